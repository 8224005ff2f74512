/*
 * timing - a clock, and medians
 */
#ifndef HEBB_BENCH_TIMING_H
#define HEBB_BENCH_TIMING_H

#include <stddef.h>

/* Seconds from some moment on. */
double hebb_timing_now(void);

/* Seconds of processor time that this process has taken: what one thread needs, whatever else runs. */
double hebb_timing_processor(void);

/* Sorts the values; the upper one of the two in the middle. */
double hebb_timing_median(size_t n, double *values);

#endif
