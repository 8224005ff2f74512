/*
 * rbm_modes_study - what the rbm-modes experiment and its report share
 */
#ifndef HEBB_EXPERIMENTS_RBM_MODES_STUDY_H
#define HEBB_EXPERIMENTS_RBM_MODES_STUDY_H

#include "list.h"
#include "philox.h"
#include "rbm_layer.h"
#include "rbm_modes.h"
#include "study.h"

enum { RBM_MODES_VISIBLE, RBM_MODES_HIDDEN, RBM_MODES_CHAINS, RBM_MODES_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum { RBM_MODES_LARGEST, RBM_MODES_GROWTH, RBM_MODES_WORST, RBM_MODES_FADE, RBM_MODES_END, RBM_MODES_N_VALUES };

typedef struct {
    hebb_modes_law law;
    const hebb_list *planted; /* eigenvalues, in units of the variance that independent units have */
    size_t n_cases;           /* even: each has its opposite */
    double w0, rate;
    size_t n_updates;
    long n_steps;        /* sweeps an update */
    size_t n_modes_most; /* visible units of the largest point: a unit's further numbers have room for that */
    uint64_t pattern_seed, dynamics_seed;
} hebb_rbm_modes_study; /* study->own */

/* The eigenvalue of independent units: 1 (spin), 1/4 (binary), sigma_v^2 = 1 (gaussian). */
double hebb_rbm_modes_unit(hebb_modes_law law);

/* Growth is compared while the largest w is at most this: the first order in W. */
#define RBM_MODES_LINEAR_UP_TO 0.1

/* Modes of an excess (lambda - unit)/unit at least this are compared step by step: see the report. */
#define RBM_MODES_JUDGED_EXCESS 1.5

size_t hebb_rbm_modes_visible(const hebb_study *study, size_t point);

/* Further numbers of a replica: of mode a its eigenvalue, growth over prediction, late mean of w; and w after update n. */
double *hebb_rbm_modes_eigenvalues(const hebb_study *study, double *values);
double *hebb_rbm_modes_growths(const hebb_study *study, double *values);
double *hebb_rbm_modes_levels(const hebb_study *study, double *values);
double *hebb_rbm_modes_path(const hebb_study *study, double *values, size_t n);

/*
 * Data with planted modes: the visible units in as many blocks as there are eigenvalues, each with a mode
 * (1, ..., 1)/sqrt(n) of its own, of eigenvalue lambda; the block's other n - 1 have (n - lambda)/(n - 1).
 *
 *   units of two values  a block is a Curie-Weiss magnet, P(v) ~ exp(J (sum_i v_i)^2/(2n)): of all laws with that
 *                        eigenvalue the one of largest entropy; {0,1} units are (1 + v)/2
 *   gaussian             normal
 *
 * The second half of the cases are the opposites of the first: the mean is that of independent units, exactly.
 *
 * data  out  n_cases states of n_visible units; to be freed, also after a failure
 *
 * Returns HEBB_OK; HEBB_EDOM for an eigenvalue that a block of units of two values cannot have; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_modes_draw(const hebb_rbm_modes_study *own, size_t n_visible, hebb_philox draws,
                                                  hebb_layer_states *data);

/* J of a block of n units with that eigenvalue.  HEBB_EDOM where there is none between -50 and 50. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_modes_magnet(size_t n, double eigenvalue, double *coupling);

/* Writes summary.csv, modes.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_modes_report(hebb_study *study);

#endif
