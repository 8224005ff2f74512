/*
 * sigmoid_study - what a neuron does in its field: the update probability, measured update by update
 *
 *   heat bath    P(s_i = +1 | h_i) = 1 / (1 + exp(-2 h_i / T)),     T = 0: a step
 *   Metropolis   P(s_i flips | s_i h_i) = min(1, exp(-2 s_i h_i / T))
 *
 * A network of p random patterns is swept.  Each sweep is then gone through once more: from the state before it, in the
 * order of its updates, each neuron's field is the plain sum over patterns and its outcome is taken from the state after
 * the sweep, which no later update of that sweep has changed.  What decides (limits on blocks of fields, dynamics/sweep.h)
 * and what measures have no code in common.  Given the fields, outcomes are independent whatever the states are, so that
 * counts are binomial without equilibrium.
 *
 * Fields are whole numbers over N: they are counted at their exact values, up to |h| = 3.
 *
 * [G63] R. J. Glauber, J. Math. Phys. 4 (1963) 294.
 */
#ifndef HEBB_EXPERIMENTS_SIGMOID_STUDY_H
#define HEBB_EXPERIMENTS_SIGMOID_STUDY_H

#include "load_grid.h"
#include "thermal.h"

enum { SIGMOID_TEMPERATURE = HEBB_N_LOAD_GRID, SIGMOID_N_GRID };

/* The numbers of one replica, in the order of units.csv; then, for each value of the field, updates and hits. */
enum {
    SIGMOID_UPDATES,
    SIGMOID_FLIPS,
    SIGMOID_UPS,
    SIGMOID_FIELD_2, /* mean of h^2 */
    SIGMOID_OUTSIDE,
    SIGMOID_FLIPS_AT_ZERO,
    SIGMOID_N_VALUES
};

/*
 * The values that N h can have, or s_i N h for Metropolis: every second whole number.  A hit is an outcome s_i = +1, or
 * a flip.
 */
typedef struct {
    long low;        /* the first */
    size_t n_values; /* low, low + 2, .., up to 3N */
} hebb_sigmoid_fields;

hebb_sigmoid_fields hebb_sigmoid_fields_at(const hebb_study *study, size_t point);

typedef struct {
    hebb_thermal_rule rule;
    hebb_update_order order;
    long n_sweeps;
    uint64_t pattern_seed, dynamics_seed;
} hebb_sigmoid_study; /* study->own */

/* Writes summary.csv, curve.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_sigmoid_report(hebb_study *study);

#endif
