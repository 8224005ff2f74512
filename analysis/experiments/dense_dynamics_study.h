/*
 * dense_dynamics_study - how the overlap with a pattern moves in a dense memory, F(x) = x^n, at T = 0
 *
 *   s_i(t+1) = sgn D_i(t)    D_i of dense_memory.h, all neurons at once
 *
 * Each replica draws its own patterns and a state of overlap m_0 with one of them.  Theory: the closed form to t = 2
 * (theory/dense_dynamics.h), the effective spin beyond (theory/effective_spin.h), both at the load of the point's own K and
 * at the m_0 that N allows; beside them the map without memory, whose fixed points are replica symmetry's.  One neuron
 * after the other the same is measured, without a theory.
 */
#ifndef HEBB_EXPERIMENTS_DENSE_DYNAMICS_STUDY_H
#define HEBB_EXPERIMENTS_DENSE_DYNAMICS_STUDY_H

#include "dense_relax.h"
#include "study.h"

enum {
    DENSE_DYNAMICS_DEGREE,
    DENSE_DYNAMICS_LOAD,
    DENSE_DYNAMICS_NEURONS,
    DENSE_DYNAMICS_PATTERNS,
    DENSE_DYNAMICS_ALPHA,
    DENSE_DYNAMICS_M0,
    DENSE_DYNAMICS_N_GRID
};

/* One replica's numbers: m_0 .. m_T, then the share of the neurons that the last step turned over; T = n_steps. */
typedef struct {
    size_t n_steps;
    size_t n_paths; /* of the effective spin; 0: no theory after step 2 */
    hebb_update_order order;
    uint64_t pattern_seed, dynamics_seed;
    hebb_column *columns;    /* n_steps + 2 */
    char (*names)[16];       /* theirs */
} hebb_dense_dynamics_study; /* study->own */

/* A point's K (2n-3)!!/N^(n-1), and the overlap nearest to its m_0 that N neurons can have. */
double hebb_dense_dynamics_load(const hebb_study *study, size_t point);
double hebb_dense_dynamics_start(const hebb_study *study, size_t point);

/* Writes summary.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_dense_dynamics_report(hebb_study *study);

#endif
