/*
 * dynamics_study - how the overlap with a pattern and the noise on the fields move, T = 0, all neurons at once
 *
 *   h_i(t) = sum_{j != i} J_ij s_j(t),   s_i(t+1) = sgn h_i(t);   of the pattern's sign, m_t = (1/N) sum_i xi_i s_i(t)
 *   sigma2_t = (1/N) sum_i h_i(t)^2 - ((1/N) sum_i xi_i h_i(t))^2,    the variance of xi_i h_i over the neurons
 *
 * Each replica draws its own patterns and a random state of overlap m_0 with one of them.  Theory: the closed form to
 * t = 2 (theory/retrieval_dynamics.h), the effective spin beyond (theory/effective_spin.h), both at p/N and at the m_0
 * that N allows; beside them Amari and Maginu's map.
 */
#ifndef HEBB_EXPERIMENTS_DYNAMICS_STUDY_H
#define HEBB_EXPERIMENTS_DYNAMICS_STUDY_H

#include "load_grid.h"
#include "study.h"

enum { DYNAMICS_M0 = HEBB_N_LOAD_GRID, DYNAMICS_N_GRID };

/* One replica's numbers: m_0 .. m_T, then sigma2_0 .. sigma2_{T-1}, T = n_steps. */
typedef struct {
    size_t n_steps;
    size_t n_paths; /* of the effective spin; 0: no theory after step 2 */
    uint64_t pattern_seed, dynamics_seed;
    hebb_column *columns; /* 2 n_steps + 1 */
    char (*names)[32];    /* theirs */
} hebb_dynamics_study;    /* study->own */

/* The overlap nearest to a point's m_0 that N neurons can have. */
double hebb_dynamics_start(const hebb_study *study, size_t point);

/* Writes summary.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_dynamics_report(hebb_study *study);

#endif
