/*
 * phase_diagram_groups - the temperatures that the points of one load and size tell together: edge and crossings
 *
 *   edge        the T at which half of the replicas lose the pattern, by a probit through the counts (finite_size.h);
 *               where fewer than two temperatures lose some and not all, half-way between the last that keeps half
 *               and the first that does not
 *   crossing    the T at which the mean difference of two values turns from negative to positive, linear between two T
 *
 * All temperatures of a study use the same patterns, so their losses are not independent: errors are the bootstrap's
 * over replicas, each taken with all its temperatures.
 *
 * The glass's free energy is above its limit by O(N^(-2/3)), as in the Sherrington-Kirkpatrick model [B05], and with
 * it T_c: with two sizes or more the limit is the straight line's in N^(-2/3).
 *
 * [B05] S. Boettcher, Eur. Phys. J. B 46 (2005) 501: N^(-2/3) for ground states.
 */
#ifndef HEBB_EXPERIMENTS_PHASE_DIAGRAM_GROUPS_H
#define HEBB_EXPERIMENTS_PHASE_DIAGRAM_GROUPS_H

#include "study.h"

typedef struct {
    double value, error, theory; /* NaN: none */
    const char *status;          /* ok, or why there is no value */
} hebb_phase_temperature;

/* Points of one alpha, N and p. */
typedef struct {
    size_t first; /* one of the points */
    double width; /* of the edge's probit */
    hebb_phase_temperature edge, free_energies, energies;
    double t_symmetric; /* T_c of replica symmetry; free_energies.theory is that of one step of breaking in the glass */
    hebb_phase_temperature limit; /* of free_energies over all sizes of this alpha, in the last group that has it */
    bool has_limit;
} hebb_phase_group;

/* groups: out, *n of them, for free(); also after a failure. */
HEBB_CHECK_RESULT hebb_status hebb_phase_groups_measure(const hebb_study *study, size_t *n, hebb_phase_group **groups);

#endif
