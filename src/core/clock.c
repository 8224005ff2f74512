#include "clock.h"

#include <math.h>
#include <time.h>

#include "c_locale.h"
#include "number.h"

double hebb_clock_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

hebb_status hebb_clock_parse(const char *text, double *seconds)
{
    static const double units[] = {1.0, 60.0, 3600.0, 86400.0};
    double x;
    if (!hebb_number_parse_with_unit(text, "smhd", units, &x))
        return hebb_fail(HEBB_EUSAGE, "'%s' is no span of time: give seconds, or a number with s, m, h or d", text);
    if (!(x >= 0.0) || !isfinite(x)) return hebb_fail(HEBB_EDOM, "'%s' is out of range: from 0 seconds on", text);
    *seconds = x;
    return HEBB_OK;
}

char *hebb_clock_format(double seconds, char text[HEBB_CLOCK_LENGTH])
{
    static const struct {
        double until, unit;
        const char *name;
    } scales[] = {
        {100.0, 1.0, "s"}, {100.0 * 60.0, 60.0, "min"}, {48.0 * 3600.0, 3600.0, "h"}, {INFINITY, 86400.0, "d"}};
    size_t k = 0;
    while (seconds >= scales[k].until && k + 1 < sizeof scales / sizeof *scales) k++;
    const double x = seconds / scales[k].unit;
    hebb_c_locale_print(text, HEBB_CLOCK_LENGTH, x < 9.95 ? "%.1f %s" : "%.0f %s", x, scales[k].name);
    return text;
}
