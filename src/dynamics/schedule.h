/*
 * schedule - at which temperature an annealing goes on
 *
 *   linear      T' = T - step
 *   geometric   T' = step T
 *   adaptive    1/T' = 1/T + step/sigma_E,   T/2 <= T' <= 0.999 T
 *
 * down to the end temperature, which is the last one.  sigma_E is the standard deviation of the energy H of the network
 * (not per neuron) over the sweeps at T.  Equal steps in sigma_E d(1/T) make the canonical distributions of neighbouring
 * temperatures overlap equally: constant thermodynamic speed [SNHB88].  To first order in the step this is the rule
 * T' = T exp(-step T/sigma_E) of [HRS86], with its lower limit; the form is that of [AL85], with step = ln(1 + delta)/3.
 * The upper limit bounds the number of temperatures.
 *
 * There is no transcendental function in it: temperatures are equal to the bit on every machine.
 *
 * [AL85]   E. H. L. Aarts, P. J. M. van Laarhoven, Philips J. Res. 40 (1985) 193.
 * [HRS86]  M. D. Huang, F. Romeo, A. Sangiovanni-Vincentelli, Proc. IEEE ICCAD (1986) 381.
 * [SNHB88] P. Salamon, J. D. Nulton, J. R. Harland, J. Pedersen, G. Ruppeiner, L. Liao, Comput. Phys. Commun. 49 (1988)
 *          423.
 */
#ifndef HEBB_DYNAMICS_SCHEDULE_H
#define HEBB_DYNAMICS_SCHEDULE_H

#include <stdbool.h>
#include "status.h"

typedef enum { HEBB_COOLING_LINEAR, HEBB_COOLING_GEOMETRIC, HEBB_COOLING_ADAPTIVE } hebb_cooling;

typedef struct {
    hebb_cooling cooling;
    double start, end; /* temperatures, in units of J */
    double step;
} hebb_schedule;

/* Energies seen at one temperature.  Zero it at each new one; three numbers, to be kept in a checkpoint. */
typedef struct {
    double n, mean;
    double squares; /* sum of (E - mean)^2 */
} hebb_energy_moments;

/*
 * step  in   linear: above 0; geometric: above 0 and below 1; adaptive: above 0
 *
 * Returns HEBB_OK; HEBB_EDOM, with a sentence, for such a step or unless start >= end > 0 are finite.
 */
HEBB_CHECK_RESULT hebb_status hebb_schedule_init(hebb_schedule *schedule, hebb_cooling cooling, double start,
                                                 double end, double step);

/* Takes the energy H after a sweep into account, in units of J; by the updating formula, which keeps its digits. */
void hebb_energy_moments_add(hebb_energy_moments *moments, double energy);

/* sqrt(sum (E - mean)^2/(n - 1)); 0 from fewer than two energies. */
double hebb_energy_moments_deviation(const hebb_energy_moments *moments);

/*
 * Sets the temperature to the one that follows it; false, and nothing changed, at the end.
 *
 * moments  in   at this temperature; NULL will do unless adaptive.  Fewer than two energies count as sigma_E = 0, and
 *               then T' = T/2
 */
bool hebb_schedule_next(const hebb_schedule *schedule, const hebb_energy_moments *moments, double *temperature);

#endif
