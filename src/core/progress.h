/*
 * progress - a bar with rate and time left, on standard error, only where that is a terminal
 */
#ifndef HEBB_CORE_PROGRESS_H
#define HEBB_CORE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    bool active;
    const char *label;
    size_t n_units, n_done;
    double total_cost, done_cost; /* the time left follows the cost done, not the count: units differ in size */
    double started, drawn;        /* seconds on the monotonic clock */
} hebb_progress;

/* quiet, or standard error not a terminal: nothing is ever shown. */
void hebb_progress_init(hebb_progress *progress, const char *label, size_t n_units, double total_cost, bool quiet);

/* One unit of that cost is done.  Safe from several threads.  NULL is taken for no bar. */
void hebb_progress_add(hebb_progress *progress, double cost);

/* Wipes the bar. */
void hebb_progress_end(hebb_progress *progress);

/* The line that the bar shows `elapsed` seconds in; for tests.  Returns text. */
char *hebb_progress_line(const hebb_progress *progress, double elapsed, size_t size, char *text);

#endif
