/*
 * clock - seconds, for waiting and for estimates; never for a result
 */
#ifndef HEBB_CORE_CLOCK_H
#define HEBB_CORE_CLOCK_H

#include "status.h"

/* Seconds from some moment on; never goes back. */
double hebb_clock_now(void);

/*
 * A span of time as a user writes it: a number of seconds, or one with s, m, h or d behind it (90, 90s, 1.5h).
 * HEBB_EUSAGE for other text, HEBB_EDOM for what is negative or not finite.
 */
HEBB_CHECK_RESULT hebb_status hebb_clock_parse(const char *text, double *seconds);

enum { HEBB_CLOCK_LENGTH = 32 };

/* For messages, to two digits or so: 0.4 s, 35 s, 12 min, 3.5 h, 2.1 d.  Returns text. */
char *hebb_clock_format(double seconds, char text[HEBB_CLOCK_LENGTH]);

#endif
