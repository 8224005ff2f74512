#include "schedule.h"

#include <math.h>

static const double FASTEST = 0.5, SLOWEST = 0.999; /* T'/T of the adaptive schedule */

/* A rest of a step below this share of it is rounding: the end takes its place. */
static const double NO_STEP = 1e-9;

hebb_status hebb_schedule_init(hebb_schedule *schedule, hebb_cooling cooling, double start, double end, double step)
{
    *schedule = (hebb_schedule){cooling, start, end, step};
    if (!(end > 0.0) || !(start >= end) || !isfinite(start))
        return hebb_fail(HEBB_EDOM, "cooling from a temperature of %g to %g: they must be above 0 and fall", start,
                         end);
    if (cooling == HEBB_COOLING_GEOMETRIC && !(step > 0.0 && step < 1.0))
        return hebb_fail(HEBB_EDOM, "cooling by a factor of %g: it must be above 0 and below 1", step);
    if (!(step > 0.0) || !isfinite(step))
        return hebb_fail(HEBB_EDOM, "cooling in steps of %g: they must be above 0 and finite", step);
    return HEBB_OK;
}

void hebb_energy_moments_add(hebb_energy_moments *moments, double energy)
{
    const double difference = energy - moments->mean;
    moments->n += 1.0;
    moments->mean += difference / moments->n;
    moments->squares += difference * (energy - moments->mean);
}

double hebb_energy_moments_deviation(const hebb_energy_moments *moments)
{
    return moments->n < 2.0 ? 0.0 : sqrt(moments->squares / (moments->n - 1.0));
}

static double adapted(const hebb_schedule *schedule, const hebb_energy_moments *moments, double temperature)
{
    const double sigma = hebb_energy_moments_deviation(moments);
    const double next = temperature * sigma / (sigma + schedule->step * temperature); /* 0 for sigma = 0 */
    return fmin(fmax(next, FASTEST * temperature), SLOWEST * temperature);
}

bool hebb_schedule_next(const hebb_schedule *schedule, const hebb_energy_moments *moments, double *temperature)
{
    const double present = *temperature;
    if (present <= schedule->end) return false;
    const double next = schedule->cooling == HEBB_COOLING_LINEAR      ? present - schedule->step
                        : schedule->cooling == HEBB_COOLING_GEOMETRIC ? present * schedule->step
                                                                      : adapted(schedule, moments, present);
    const bool is_last = next - schedule->end < NO_STEP * (present - next);
    *temperature = is_last ? schedule->end : next;
    return true;
}
