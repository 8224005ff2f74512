/*
 * exponential_study - does the exponential memory give a pattern back, out of e^{alpha N}?
 *
 * Each replica draws K = round(e^{alpha N}) patterns, turns d = round(rho N) neurons of the first over, and lets all neurons
 * choose at once.  The patterns are drawn from the counter and forgotten (model/rivals.h), or what they do is drawn from
 * its law (model/rival_law.h).  Theory: theory/exponential_step.h at N and K, theory/exponential_capacity.h for N to
 * infinity.
 */
#ifndef HEBB_EXPERIMENTS_EXPONENTIAL_STUDY_H
#define HEBB_EXPERIMENTS_EXPONENTIAL_STUDY_H

#include <stdbool.h>
#include "study.h"

/* The grid's columns, and the observables of one replica in the order of units.csv. */
enum {
    EXPONENTIAL_RHO,
    EXPONENTIAL_ALPHA,
    EXPONENTIAL_NEURONS,
    EXPONENTIAL_ERRORS,
    EXPONENTIAL_PATTERNS,
    EXPONENTIAL_N_GRID
};
enum { EXPONENTIAL_RIGHT, EXPONENTIAL_RETRIEVED, EXPONENTIAL_END, EXPONENTIAL_STEPS, EXPONENTIAL_N_VALUES };

/* Whether all patterns are drawn, or their law is, by --rivals. */
bool hebb_exponential_is_drawn(const hebb_study *study, double n_neurons, double n_patterns);

/* Half of the retrievals gone, measured and by the theory, for one share of errors and one size. */
typedef struct {
    double rho, n_neurons, n_errors;
    size_t first_point;  /* of that share and size */
    double alpha, error; /* measured; NaN: the grid does not have it */
    double expected;     /* the theory at the same loads, read off in the same way */
    double exact;        /* the theory's own; NaN where --curve is 0 */
    double typical, all; /* at rho, N to infinity */
    size_t n_loads;      /* read off from so many */
} hebb_exponential_threshold;

/* Writes threshold.csv: a row for each share and size, and one a share for the limit.  thresholds: n_points at most. */
HEBB_CHECK_RESULT hebb_status hebb_exponential_thresholds(const hebb_study *study, const double *theory,
                                                          size_t *n_thresholds, hebb_exponential_threshold *thresholds);

/* The limit of infinite N at one share: the mean over the sizes of measured - expected, and the theory's limit. */
void hebb_exponential_limit(size_t n, const hebb_exponential_threshold *thresholds, double rho, double *alpha,
                            double *error);

/* Writes summary.csv, theory.csv, limits.csv, threshold.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_exponential_report(hebb_study *study);

#endif
