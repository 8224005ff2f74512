/*
 * ferromagnet - the fully connected Ising ferromagnet, one spin after the other: the other side of Mattis' map
 *
 *   H = -(1/N) sum_{i<j} s_i s_j,   N h_i = M - s_i,   M = sum_j s_j
 *
 *   heat bath    s_i = +1 where v_i < 1 / (1 + exp(-2 h_i / T)),  else -1
 *   Metropolis   s_i flips where v_i < exp(-2 s_i h_i / T)
 *
 * A whole number, M, and a table of probabilities are all it has: no patterns, no overlaps, no blocks, no kernel and no
 * logarithm of the noise.  So it is a second way to the trajectories of a network with one pattern (thermal.h): with
 * s_i -> xi_i s_i [M76] and, where xi_i = -1, v_i = 1 - u_i for the heat bath, which asks whether s_i = +1; Metropolis,
 * which asks whether s_i flips, takes v_i = u_i.  A v_i within some 1e-15 of a probability could be decided differently.
 *
 * [M76] D. C. Mattis, Phys. Lett. A 56 (1976) 421.
 */
#ifndef HEBB_DYNAMICS_FERROMAGNET_H
#define HEBB_DYNAMICS_FERROMAGNET_H

#include "thermal.h"

typedef struct {
    size_t n_spins;
    int8_t *spins; /* borrowed */
    int64_t magnetisation;
    hebb_thermal_rule rule;
    double *probability; /* at N h + N: that s_i = +1; Metropolis: at s_i N h + N, that it flips, or more than 1 */
} hebb_ferromagnet;

/* Bytes beside the spins. */
double hebb_ferromagnet_bytes(size_t n_spins);

/*
 * spins  in   N signs, which may be set later: then hebb_ferromagnet_restart is due
 *
 * Returns HEBB_OK; HEBB_EDOM for a temperature that is not above 0 or not finite; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_ferromagnet_init(hebb_ferromagnet *magnet, size_t n_spins, int8_t *spins,
                                                    hebb_thermal_rule rule, double temperature);

/* Safe on a zeroed one and twice. */
void hebb_ferromagnet_free(hebb_ferromagnet *magnet);

/* To be called when spins have been set from outside. */
void hebb_ferromagnet_restart(hebb_ferromagnet *magnet);

/*
 * One sweep.
 *
 * turn  in   the N spins in their order
 * v     in   N numbers in (0, 1): spin i takes v[i]
 */
void hebb_ferromagnet_sweep(hebb_ferromagnet *magnet, const uint32_t *turn, const double *v);

#endif
