/*
 * experiment - what `hebb run EXPERIMENT` does: a simulation and a theory on the same grid, and a verdict
 *
 * An experiment is a table of functions.  The runner plans the grid, spreads the units (a unit is one replica at one
 * point) over threads, keeps every replica's numbers, and lets the experiment report.  A unit's numbers depend on the
 * options, the point's own values and the replica alone, never on the rest of the grid or on the threads.
 */
#ifndef HEBB_EXPERIMENTS_EXPERIMENT_H
#define HEBB_EXPERIMENTS_EXPERIMENT_H

#include "study.h"

typedef struct {
    const char *name;
    const char *summary; /* one line */
    size_t n_options;
    const hebb_option *options; /* beside hebb_experiment_options */

    /*
     * Sets the study's columns, points, and `own`, and checks that it all fits in memory.  It may set options to what
     * they come to mean, before the canonical command is made of them.
     */
    hebb_status (*plan)(hebb_study *study);
    /* Relative cost of a unit, for the time left. */
    double (*cost)(const hebb_study *study, size_t point);
    /* A thread's room for any unit of the study. */
    hebb_status (*workspace_make)(const hebb_study *study, void **workspace);
    void (*workspace_free)(void *workspace);
    /* Simulates; fills in values[n_values + n_extra]. */
    hebb_status (*run)(const hebb_study *study, void *workspace, size_t point, size_t replica, double *values);
    /* Saves summary.csv, theory.csv, verdict.csv and what else there is. */
    hebb_status (*report)(hebb_study *study);
    /* Frees `own`, which may be NULL.  NULL where there is nothing to free. */
    void (*finish)(hebb_study *study);
} hebb_experiment;

/* All experiments in alphabetical order, ended by NULL. */
const hebb_experiment *const *hebb_experiments(void);

/* NULL when there is none of that name. */
const hebb_experiment *hebb_experiment_find(const char *name);

/* The options that every experiment has: --replicas and the seeds. */
extern const hebb_option_table hebb_experiment_options;

typedef struct {
    const char *folder; /* made where it is missing */
    int n_threads;
    bool show_progress;
    bool csv_plain;
    bool overwrite;   /* even another study's results */
    const char *seed; /* of a figure's runs; NULL: the recipe's */
    FILE *log;        /* messages for the user; NULL: none */
} hebb_experiment_setting;

/*
 * Runs the experiment and writes all its files but the figure.
 *
 * options   in   the experiment's and hebb_experiment_options'
 * verdicts  out  how many comparisons agree, disagree, are inconclusive
 */
HEBB_CHECK_RESULT hebb_status hebb_experiment_run(const hebb_experiment *experiment, hebb_options *options,
                                                  const hebb_experiment_setting *setting, hebb_verdict_count *verdicts);

#endif
