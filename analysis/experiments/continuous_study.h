/*
 * continuous_study - the softmax memory's fixed points against k = beta N: single patterns, averages of some, of all
 *
 * Each replica draws patterns of norm N^(1/2) (gaussian ones: on average) and relaxes states from three kinds of starts:
 * patterns, random mixtures (weights uniform on the simplex) and the average of all, the first and the last moved by
 * --noise N^(1/2) in a random direction.  Theory: theory/potts.h, exact for orthogonal patterns; random ones differ by
 * products x.y/N of order N^(-1/2) (docs/theory/continuous.md (9)).
 */
#ifndef HEBB_EXPERIMENTS_CONTINUOUS_STUDY_H
#define HEBB_EXPERIMENTS_CONTINUOUS_STUDY_H

#include "continuous_relax.h"
#include "estimators.h"
#include "potts.h"
#include "real_patterns.h"
#include "study.h"

enum { CONTINUOUS_NEURONS, CONTINUOUS_PATTERNS, CONTINUOUS_K, CONTINUOUS_N_GRID };

enum { CONTINUOUS_FROM_PATTERN, CONTINUOUS_FROM_MIXTURE, CONTINUOUS_FROM_AVERAGE, CONTINUOUS_N_STARTS };

/* The observables of one replica, in the order of units.csv; first the shares of each kind of end from each kind of start. */
enum {
    CONTINUOUS_SHARES,
    CONTINUOUS_KEPT = CONTINUOUS_SHARES + 3 * CONTINUOUS_N_STARTS,
    CONTINUOUS_WEIGHT,
    CONTINUOUS_OVERLAP,
    CONTINUOUS_ENERGY,
    CONTINUOUS_EFFECTIVE,
    CONTINUOUS_ITERATIONS,
    CONTINUOUS_UNFINISHED,
    CONTINUOUS_N_VALUES
};

static inline size_t hebb_continuous_share(int from, hebb_continuous_kind kind)
{
    return (size_t)(CONTINUOUS_SHARES + 3 * from + (int)kind);
}

/* Of the residual |f(sigma) - sigma|/M: far above rounding at every size in use, far below what is judged. */
#define CONTINUOUS_TOLERANCE 1e-13

typedef struct {
    hebb_ensemble_law law;
    double noise;
    size_t n_starts; /* of each kind, at most; no more than patterns */
    long max_iterations;
    uint64_t pattern_seed, dynamics_seed;
} hebb_continuous_study; /* study->own */

/* Starts of each kind at a point. */
size_t hebb_continuous_starts(const hebb_study *study, size_t point);

/* Where a kind of end gives way, measured: the single pattern (going down in k) or the average (going up). */
typedef struct {
    char name[40]; /* for the verdict: k_spinodal_q3 */
    double n_neurons, n_patterns;
    double k, error; /* half of the starts are lost; NaN: not found */
    double theory;
    double low, high; /* orthogonal: the bracket's ends */
    double k_largest; /* a limit over the sizes: that of the largest */
} hebb_continuous_edge;

/*
 * Saves finite_size.csv.
 *
 * edges  out  room for 4 a point: those of each size, of orthogonal patterns, or else the limits over the sizes
 */
HEBB_CHECK_RESULT hebb_status hebb_continuous_save_edges(const hebb_study *study, hebb_continuous_edge *edges,
                                                         size_t *n_edges);

/* Writes summary.csv, theory.csv, finite_size.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_continuous_report(hebb_study *study);

#endif
