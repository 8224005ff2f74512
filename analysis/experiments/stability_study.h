/*
 * stability_study - how many of K random patterns are fixed points of a dense memory?
 *
 * Each replica draws its own patterns and looks at the drives D_i (dense_memory.h) in the states that are the patterns:
 * share of wrong bits, s_i D_i < 0; of ties, D_i = 0; of patterns without a wrong bit; and whether all are.  Theory: the
 * exact one-step law (theory/dense_one_step.h) and the loads of theory/pattern_stability.h.
 */
#ifndef HEBB_EXPERIMENTS_STABILITY_STUDY_H
#define HEBB_EXPERIMENTS_STABILITY_STUDY_H

#include "dense_one_step.h"
#include "study.h"

/* The grid's columns.  A point of the exponential memory has no degree. */
enum { STABILITY_DEGREE, STABILITY_NEURONS, STABILITY_LOAD, STABILITY_PATTERNS, STABILITY_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum { STABILITY_WRONG, STABILITY_TIE, STABILITY_STABLE, STABILITY_ALL, STABILITY_N_VALUES };

typedef struct {
    bool rectified;
    long n_starts;      /* patterns looked at in a replica; 0: the default */
} hebb_stability_study; /* study->own */

/* Whether the point is the exponential memory's, and its power otherwise. */
bool hebb_stability_is_exponential(const hebb_study *study, size_t point);
hebb_dense_energy hebb_stability_energy(const hebb_study *study, size_t point);

/* Patterns that a replica looks at. */
size_t hebb_stability_starts(const hebb_study *study, size_t point);

/* Writes summary.csv, k_half.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_stability_report(hebb_study *study);

#endif
