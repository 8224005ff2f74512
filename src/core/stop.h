/*
 * stop - whether to end early: somebody asked for it, or the time is up
 *
 * One request for the whole process.  A signal handler may make it; those who work look at it between two pieces of
 * work.  Nothing here installs a handler: that is for the program.
 */
#ifndef HEBB_CORE_STOP_H
#define HEBB_CORE_STOP_H

#include <stdbool.h>

/* why: a literal that ends the sentence "stopped by ...", e.g. "SIGTERM".  Async-signal-safe; the first one stays. */
void hebb_stop_request(const char *why);

/* A request of its own so many seconds from now; INFINITY: none. */
void hebb_stop_after(double seconds);

/* Cheap enough for every unit and every sweep. */
bool hebb_stop_is_requested(void);

/* As given, "the time limit", or NULL while nobody asked. */
const char *hebb_stop_reason(void);

/* Forgets requests and time limit, for tests. */
void hebb_stop_clear(void);

#endif
