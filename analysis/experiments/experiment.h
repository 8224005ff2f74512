/*
 * experiment - what `hebb run EXPERIMENT` does: a simulation and a theory on the same grid, and a verdict
 *
 * An experiment is a table of functions.  The runner plans the grid, spreads the units (a unit is one replica at one
 * point) over threads, ranks and shards, keeps every replica's numbers in a journal (src/ensemble), and when all are there
 * lets the experiment report.  A unit's numbers depend on the
 * options, the point's own values and the replica alone, never on the rest of the grid or on the threads.
 */
#ifndef HEBB_EXPERIMENTS_EXPERIMENT_H
#define HEBB_EXPERIMENTS_EXPERIMENT_H

#include "study.h"
#include "team.h"

typedef struct {
    const char *name;
    const char *summary; /* one line */
    const char *figure;  /* that draws its results; NULL: the one of its name */
    size_t n_options;
    const hebb_option *options; /* beside hebb_experiment_options */

    /*
     * Sets the study's columns, points, and `own`, and checks that it all fits in memory.  It may set options to what
     * they come to mean, before the canonical command is made of them.
     */
    hebb_status (*plan)(hebb_study *study);
    /* Relative cost of a unit, for the time left. */
    double (*cost)(const hebb_study *study, size_t point);
    /* Bytes that a thread takes at a point; plan has checked that they are there. */
    double (*bytes)(const hebb_study *study, size_t point);
    /*
     * A thread's room for any unit of the study: zeroed bytes, then what `workspace_make` does to them.  n_threads: those
     * that a unit may use itself, 1 or more.  NULL: nothing.  `workspace_free` frees what is in them and the bytes; it takes
     * NULL.
     */
    size_t workspace_size;
    hebb_status (*workspace_make)(const hebb_study *study, int n_threads, void *workspace);
    void (*workspace_free)(void *workspace);
    /* Simulates; fills in values[n_values + n_extra], which are 0.  One that takes long keeps checkpoints. */
    hebb_status (*run)(const hebb_study *study, void *workspace, const hebb_unit *unit, double *values);
    /* From the values of all units: saves summary.csv, theory.csv, verdict.csv and what else there is. */
    hebb_status (*report)(hebb_study *study);
    /* Frees `own`, which may be NULL, and what it holds.  NULL: own is one block at most, which is freed. */
    void (*finish)(hebb_study *study);
} hebb_experiment;

/* All experiments in alphabetical order, ended by NULL. */
const hebb_experiment *const *hebb_experiments(void);

/* NULL when there is none of that name. */
const hebb_experiment *hebb_experiment_find(const char *name);

/* A thread's workspace; to be freed, also after a failure, by workspace_free.  HEBB_ENOMEM, or what workspace_make returned. */
HEBB_CHECK_RESULT hebb_status hebb_experiment_make_workspace(const hebb_experiment *experiment, const hebb_study *study,
                                                             int n_threads, void **workspace);

/* The name of the figure that draws its results. */
const char *hebb_experiment_figure(const hebb_experiment *experiment);

/* The options that every experiment has: --replicas and the seeds. */
extern const hebb_option_table hebb_experiment_options;

/* Whether the option is the experiment's own or one that every experiment has. */
bool hebb_experiment_has_option(const hebb_experiment *experiment, const char *name);

typedef struct {
    const char *folder; /* made where it is missing */
    int n_threads;
    bool show_progress;
    bool csv_plain;
    bool overwrite;   /* begin again, even over another study's results */
    const char *seed; /* of a figure's runs; NULL: the recipe's */
    FILE *log;        /* messages for the user; NULL: none */

    const hebb_team *team;      /* who computes; NULL: this process alone */
    size_t shard, n_shards;     /* the part of the units to compute; n_shards 0: all of them */
    double checkpoint_interval; /* seconds; 0: after every unit */
    const char *resume;         /* the command that goes on after a stop; NULL: hebb resume FOLDER */
} hebb_experiment_setting;

typedef struct {
    hebb_verdict_count verdicts; /* how many comparisons agree, disagree, are inconclusive */
    bool is_reported;            /* the results are written; not for a shard, nor at other ranks than 0 */
} hebb_experiment_result;

/*
 * Runs the experiment, or goes on with it where its folder holds a part of its units already, and writes all its files
 * but the figure.
 *
 * options  in   the experiment's and hebb_experiment_options'
 *
 * Returns HEBB_OK; HEBB_ESTOPPED when it was asked to stop (stop.h): what is done is kept, the sentence says how to go
 * on; other failures, after which it can go on as well.
 */
HEBB_CHECK_RESULT hebb_status hebb_experiment_run(const hebb_experiment *experiment, hebb_options *options,
                                                  const hebb_experiment_setting *setting,
                                                  hebb_experiment_result *result);

/*
 * Goes on with the study that setting->folder holds, whichever it is.
 *
 * experiment  out  NULL where it could not be told
 *
 * Returns as hebb_experiment_run and hebb_manifest_read.
 */
HEBB_CHECK_RESULT hebb_status hebb_experiment_resume(const hebb_experiment_setting *setting,
                                                     const hebb_experiment **experiment,
                                                     hebb_experiment_result *result);

/*
 * Joins the units of several folders of one study, finished or not, in setting->folder, and reports when they are all
 * there.  What is missing, and where, is said in the log.
 *
 * Returns HEBB_OK; HEBB_ESTOPPED when units are missing: those that there are have been joined; HEBB_EUSAGE for folders of
 * different studies; HEBB_EDATA where two of them have different results for one unit; else as hebb_experiment_run.
 */
HEBB_CHECK_RESULT hebb_status hebb_experiment_merge(size_t n_folders, const char *const *folders,
                                                    const hebb_experiment_setting *setting,
                                                    const hebb_experiment **experiment, hebb_experiment_result *result);

/*
 * What a run would take: a row a point, with its units, those that setting->folder (NULL: none) holds already, seconds a
 * unit, bytes a thread.  Units of some points are tried for a few seconds; the others follow by their cost.
 *
 * table  out  to be freed, also after a failure
 */
HEBB_CHECK_RESULT hebb_status hebb_experiment_plan(const hebb_experiment *experiment, hebb_options *options,
                                                   const hebb_experiment_setting *setting, hebb_table *table);

/* The same for the study that setting->folder holds. */
HEBB_CHECK_RESULT hebb_status hebb_experiment_plan_folder(const hebb_experiment_setting *setting, hebb_table *table);

#endif
