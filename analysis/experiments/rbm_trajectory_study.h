/*
 * rbm_trajectory_study - what the rbm-trajectory experiment and its report share
 */
#ifndef HEBB_EXPERIMENTS_RBM_TRAJECTORY_STUDY_H
#define HEBB_EXPERIMENTS_RBM_TRAJECTORY_STUDY_H

#include "study.h"

enum { TRAJECTORY_VISIBLE, TRAJECTORY_HIDDEN, TRAJECTORY_SIGMA, TRAJECTORY_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    TRAJECTORY_SIGMA_START,
    TRAJECTORY_EDGE,
    TRAJECTORY_SIGMA_END,
    TRAJECTORY_W_END,
    TRAJECTORY_MODES_END,
    TRAJECTORY_CROSSING,
    TRAJECTORY_N_VALUES
};

/* What is recorded at each of `n_times` numbers of updates. */
enum { TRAJECTORY_SIGMA_NOW, TRAJECTORY_W_NOW, TRAJECTORY_MODES_NOW, TRAJECTORY_N_RECORDED };

enum { TRAJECTORY_MAX_TIMES = 200 };

typedef struct {
    size_t pool, n_visible; /* so many pixels' side is one of the machine's; its pixels */
    size_t n_cases;         /* even: each has its opposite */
    double rate;
    size_t n_updates, n_chains, n_batch;
    long n_steps;
    size_t n_times;
    uint64_t times[TRAJECTORY_MAX_TIMES]; /* updates before a record; the first is 0 */
    size_t n_values_most;                 /* singular values of the largest point */
    uint64_t pattern_seed, dynamics_seed;
} hebb_trajectory_study; /* study->own */

/* Further numbers of a replica: record k, and the singular values at the start and at the end. */
double *hebb_trajectory_record(const hebb_study *study, double *values, size_t k);
double *hebb_trajectory_spectrum(const hebb_study *study, double *values, int at_end);

/* Of the smaller layer. */
size_t hebb_trajectory_rank(const hebb_study *study, size_t point);

/* Writes summary.csv, trajectory.csv, spectrum.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_trajectory_report(hebb_study *study);

#endif
