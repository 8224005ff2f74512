/*
 * mean_field_accuracy_study - what the mean-field-accuracy experiment and its report share
 */
#ifndef HEBB_EXPERIMENTS_MEAN_FIELD_ACCURACY_STUDY_H
#define HEBB_EXPERIMENTS_MEAN_FIELD_ACCURACY_STUDY_H

#include "study.h"

enum { ACCURACY_UNITS, ACCURACY_FIELD, ACCURACY_COUPLING, ACCURACY_N_GRID };

/* The observables of one replica, a machine, in the order of units.csv. */
enum {
    ACCURACY_NAIVE_SQUARE,
    ACCURACY_TAP_SQUARE,
    ACCURACY_NAIVE_FREE,
    ACCURACY_TAP_FREE,
    ACCURACY_EXACT_Q,
    ACCURACY_NAIVE_Q,
    ACCURACY_TAP_Q,
    ACCURACY_NAIVE_SETTLED,
    ACCURACY_TAP_SETTLED,
    ACCURACY_EIGENVALUE,
    ACCURACY_N_VALUES
};

/* Writes summary.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_mean_field_accuracy_report(hebb_study *study);

#endif
