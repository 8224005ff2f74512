/*
 * mixtures_study - does a network stay in a symmetric mixture of n patterns at temperature T, and how stiff is it there?
 *
 * Each replica starts in s_i = sgn(xi_i^0 + .. + xi_i^(n-1)) and follows the heat bath.  While it stays, the overlaps
 * fluctuate; with chi = beta N Var(m) along a direction of the space of overlaps, the Hessian's eigenvalue there is
 *
 *   lambda = 1/(1 + chi)          for N to infinity                            (docs/theory/mixtures_measured.md (2))
 *
 * It leaves over a barrier of height beta N lambda^3 x const, so that half of the runs leave at a temperature below T_n
 * by N^(-1/3).  Theory: theory/mixture.h.
 *
 * [AGS85] Amit, Gutfreund, Sompolinsky, Phys. Rev. A 32 (1985) 1007.
 */
#ifndef HEBB_EXPERIMENTS_MIXTURES_STUDY_H
#define HEBB_EXPERIMENTS_MIXTURES_STUDY_H

#include "estimators.h"
#include "mixture_shift.h"
#include "study.h"
#include "sweep.h"

enum { MIXTURES_ORDER, MIXTURES_TEMPERATURE, MIXTURES_NEURONS, MIXTURES_PATTERNS, MIXTURES_N_GRID };

/* The observables of one replica, in the order of units.csv; those of a run that has left are empty but the last two. */
enum {
    MIXTURES_M,
    MIXTURES_ENERGY,
    MIXTURES_CHI_LONGITUDINAL,
    MIXTURES_CHI_UNMIXED,
    MIXTURES_CHI_TRANSVERSE,
    MIXTURES_CORRELATION, /* of the transverse fluctuations, from one sweep to the next */
    MIXTURES_DRIFT,       /* chi_transverse of the second half less that of the first */
    MIXTURES_LEFT,
    MIXTURES_SWEEPS,
    MIXTURES_N_VALUES
};

typedef struct {
    long sweeps, equilibration; /* in all; of them, not measured */
    hebb_update_order update_order;
    bool are_random; /* patterns drawn, not balanced */
    uint64_t pattern_seed, dynamics_seed;
} hebb_mixtures_study; /* study->own */

/* What the replicas of a point that stayed say together. */
typedef struct {
    int order;
    double temperature, n_neurons;
    size_t n_left, n_runs;
    hebb_estimate m, energy, longitudinal, unmixed, transverse; /* the last three: eigenvalues */
    double relaxation; /* sweeps in which transverse fluctuations fall by e; NaN: less than can be seen */
    double drift_z;    /* MIXTURES_DRIFT over its error */
    bool exists;       /* a mixture of the theory, at T < 1 */
    hebb_mixture theory;
    hebb_mixture_shift shift; /* the first correction in 1/N */
    double half_life;         /* sweeps after which half of the runs have left; NaN: they have not */
} hebb_mixtures_point;

/* Why the averages of a point are not those of runs that stayed in their mixture and settled there; NULL: they are. */
const char *hebb_mixtures_unsettled(const hebb_study *study, const hebb_mixtures_point *point);

/* Writes summary.csv, theory.csv, roots.csv, finite_size.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_mixtures_report(hebb_study *study);

/* T_n of one order, measured: from the eigenvalues of one size, or from the losses of several. */
typedef struct {
    char name[24]; /* for the verdict, whose table has no column of the order where there is no point */
    int order;
    double n_neurons; /* NaN: the limit of infinite N */
    double temperature, error, theory;
    double expected; /* of the same extrapolation of the theory's values; NaN: not known */
} hebb_mixtures_edge;

/*
 * Saves roots.csv: the temperature at which the transverse eigenvalue of an order at a size vanishes.
 *
 * edges  out  room for one a point; n_edges of them are filled in
 */
HEBB_CHECK_RESULT hebb_status hebb_mixtures_save_roots(const hebb_study *study, const hebb_mixtures_point *points,
                                                       hebb_mixtures_edge *edges, size_t *n_edges);

/* Saves finite_size.csv: the temperature of half loss at each size, and its limit. */
HEBB_CHECK_RESULT hebb_status hebb_mixtures_save_losses(const hebb_study *study, const hebb_mixtures_point *points,
                                                        hebb_mixtures_edge *edges, size_t *n_edges);

#endif
