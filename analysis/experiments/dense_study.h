/*
 * dense_study - does a dense memory, F(x) = x^n, hold a stored pattern at load a = K (2n-3)!!/N^(n-1)?
 *
 * Each replica draws its own patterns, starts at one of them, or as near it as asked for, and relaxes at T = 0; at
 * T > 0 it is followed in the heat bath and relaxes at T = 0 from there.  Theory: the replica-symmetric retrieval state
 * (theory/dense_retrieval.h) at the point's own K, and its end a_c.  The rectified x^n has, at T = 0 and for n >= 3,
 * the noise of half as many patterns.
 *
 * [KH16] D. Krotov, J. J. Hopfield, Dense associative memory for pattern recognition, NIPS 29 (2016).
 */
#ifndef HEBB_EXPERIMENTS_DENSE_STUDY_H
#define HEBB_EXPERIMENTS_DENSE_STUDY_H

#include "dense_retrieval.h"
#include "dense_room.h"
#include "finite_size.h"
#include "study.h"

enum {
    DENSE_DEGREE,
    DENSE_LOAD,
    DENSE_NEURONS,
    DENSE_PATTERNS,
    DENSE_ALPHA,
    DENSE_M0,
    DENSE_TEMPERATURE,
    DENSE_N_GRID
};

/* The observables of one replica, in the order of units.csv. */
enum {
    DENSE_M,
    DENSE_M_INITIAL,
    DENSE_M_COOLED,
    DENSE_SWEEPS,
    DENSE_FLIPS,
    DENSE_ENERGY,
    DENSE_OUTCOME,
    DENSE_N_VALUES
};

/*
 * A run is lost when it ends below this share of m_c, the overlap at the end of the theory's branch.  At n = 2 that is
 * 0.73, in the valley between the two peaks of the overlaps (capacity_study.h).  For n >= 3 at T = 0 there is one peak,
 * and the share is a convention: docs/theory/dense_retrieval.md.
 */
#define DENSE_LOST_BELOW 0.75

typedef struct {
    hebb_interaction_kind kind;
    hebb_dense_way way; /* without temperature and generators */
    uint64_t pattern_seed, dynamics_seed;
} hebb_dense_study; /* study->own */

size_t hebb_dense_study_neurons(const hebb_study *study, size_t point);
size_t hebb_dense_study_patterns(const hebb_study *study, size_t point);
int hebb_dense_study_degree(const hebb_study *study, size_t point);

/* K (2n-3)!!/N^(n-1) of the point's own K. */
double hebb_dense_study_load(const hebb_study *study, size_t point);

/*
 * Powers of N in which half-loss loads are extrapolated: at T = 0 N^(-1/2), as the capacity, where relaxation finds the
 * way out that the sample of the noise has; in the heat bath 1/N.  The first is known at n = 2, the second is what pilot
 * runs at T > 0 suggested (docs/theory/dense_retrieval.md): finite_size.csv has both.
 */
enum { DENSE_BY_SAMPLE, DENSE_BY_SIZE, DENSE_N_POWERS };
extern const double hebb_dense_powers[DENSE_N_POWERS];

/* Points of one degree, start and temperature. */
typedef struct {
    size_t first;         /* one of the points */
    bool has_theory;      /* false: rectified at n = 2 or at T > 0 */
    hebb_dense_state end; /* of the theory's branch; its load is that of the study's interaction */
    size_t n_fitted;      /* sizes with a loss curve */
    hebb_extrapolation limits[DENSE_N_POWERS];
    hebb_status extrapolated;
} hebb_dense_group;

/* The limit that is judged. */
const hebb_extrapolation *hebb_dense_limit(const hebb_dense_group *group);

/* Writes finite_size.csv.  lost: in, runs lost at each point; groups: in/out. */
HEBB_CHECK_RESULT hebb_status hebb_dense_finite_size(const hebb_study *study, const size_t *n_lost, size_t n_groups,
                                                     hebb_dense_group *groups);

/* Whether the point is of the group. */
bool hebb_dense_is_of(const hebb_study *study, const hebb_dense_group *group, size_t point);

/* Writes summary.csv, theory.csv, finite_size.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_dense_report(hebb_study *study);

#endif
