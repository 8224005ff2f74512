/*
 * rbm_phases_study - machines with one planted mode, sampled across the phase diagram
 *
 *   W_ij = w u_i v_j/L + r_ij,   r_ij ~ N(0, sigma^2/L),   L = sqrt(N_v N_h),   units -1, +1 in both layers
 *
 * Each replica draws a machine (u and v from the law, then scaled to sum_i u_i^2 = N_v, sum_j v_j^2 = N_h, so that w
 * is the mode's weight exactly) and samples it by block Gibbs sampling with many chains, which begin at s_i = sgn
 * u_i.  Averages over chains and sweeps, in the notation of theory/rbm_phases.h:
 *
 *   m_bar = kappa^(-1/4) <sum_i u_i s_i>/N_v,   q_bar = <s_i^a s_i^b> over sites and pairs of chains of one machine
 *
 * The start breaks the symmetry s, t -> -s, -t: in the ferromagnet chains stay on their side, in the paramagnet they
 * forget it, and one estimator serves both.  For sigma > 1, where the noise alone freezes, each chain is the coldest of
 * a ladder in which W is scaled by beta < 1, with replica exchange and random starts; the absolute values of m, m_bar
 * and of each pair's overlaps are averaged there.
 *
 * With one Gaussian hidden unit t of variance 1/N_v and W_i = w u_i, u_i = +-1, the visible layer is the fully
 * connected ferromagnet at T = 1/w^2 (theory/curie_weiss.h), <t> = w <M>/N_v with M = sum_i u_i s_i, and |W|^2/N_v =
 * w^2 [BBDS24]
 *
 * [BBDS24] D. Bachtis, G. Biroli, A. Decelle, B. Seoane, Adv. Neural Inf. Process. Syst. 37 (2024).
 */
#ifndef HEBB_EXPERIMENTS_RBM_PHASES_STUDY_H
#define HEBB_EXPERIMENTS_RBM_PHASES_STUDY_H

#include "estimators.h"
#include "rbm_phases.h"
#include "study.h"

enum {
    RBM_PHASES_KAPPA,
    RBM_PHASES_SIGMA,
    RBM_PHASES_WEIGHT,
    RBM_PHASES_UNITS,
    RBM_PHASES_VISIBLE,
    RBM_PHASES_HIDDEN,
    RBM_PHASES_N_GRID
};

/* The numbers of one replica, in the order of units.csv. */
enum {
    RBM_PHASES_M,
    RBM_PHASES_M_BAR,
    RBM_PHASES_Q,
    RBM_PHASES_Q_BAR,
    RBM_PHASES_ENERGY,   /* E/L */
    RBM_PHASES_VISIBLE1, /* <|sum_i u_i s_i|>/N_v */
    RBM_PHASES_VISIBLE2, /* <(sum_i u_i s_i)^2>/N_v^2 */
    RBM_PHASES_SWAPS,    /* share of accepted swaps; NaN without a ladder */
    RBM_PHASES_N_VALUES
};

enum { RBM_PHASES_MAX_LEVELS = 64 };

typedef struct {
    hebb_rbm_mode_law law;
    bool is_gaussian; /* one Gaussian hidden unit of variance 1/N_v instead of a layer; no noise, binary mode */
    size_t n_chains, n_levels;
    long n_settle, n_sweeps;
    uint64_t pattern_seed, dynamics_seed;
} hebb_rbm_phases_study; /* study->own */

/* Rungs of the ladder at a point: 1 for sigma <= 1. */
size_t hebb_rbm_phases_levels(const hebb_study *study, size_t point);

/* The infinite machine of a point, at its own N_h/N_v. */
hebb_rbm_system hebb_rbm_phases_system(const hebb_study *study, size_t point);

/* L, or N_v with one Gaussian hidden unit: what corrections are powers of. */
double hebb_rbm_phases_size(const hebb_study *study, size_t point);

/* Writes summary.csv, extrapolated.csv, peaks.csv, theory.csv, susceptibility.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_phases_report(hebb_study *study);

/*
 * Comparisons of the susceptibility and of <|M|> with the exact law, and of how they change with size; saves
 * peaks.csv and susceptibility.csv.
 *
 * comparisons  out  from *n_comparisons on: two a point at most, and two for each pair of kappa and sigma
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_phases_scaling(const hebb_study *study, hebb_comparison *comparisons,
                                                      size_t *n_comparisons);

/*
 * The susceptibility (<M^2> - <|M|>^2)/N_v with M = sum_i u_i s_i, of all replicas of a point: the jackknife's; and
 * beside it the exact one, NaN but for a binary mode without noise.  HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_phases_susceptibility(const hebb_study *study, size_t point,
                                                             hebb_estimate *estimate, double *theory);

#endif
