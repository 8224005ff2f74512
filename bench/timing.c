#include "timing.h"

#include <stdlib.h>
#include <time.h>

static double seconds_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double hebb_timing_now(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

double hebb_timing_processor(void)
{
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double hebb_timing_median(size_t n, double *values)
{
    qsort(values, n, sizeof *values, by_size);
    return values[n / 2];
}
