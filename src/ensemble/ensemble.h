/*
 * ensemble - the units of a study computed and kept: over threads and ranks, with a journal each, in any order
 *
 * A study is a folder with a manifest (manifest.h) and journals (journal.h): `journal`, and `journal.R` of rank R of an
 * MPI job.  What is in the journals is done.  Results are read back from there, each unit at its own place, so that they
 * depend on no order: not of threads, shards, ranks, nor of what was stopped and went on.
 */
#ifndef HEBB_ENSEMBLE_ENSEMBLE_H
#define HEBB_ENSEMBLE_ENSEMBLE_H

#include "checkpoint.h"
#include "manifest.h"
#include "team.h"
#include "units.h"

/* How a unit is computed. */
typedef struct {
    void *context;
    /* A thread's room.  n_unit_threads: the threads that each unit may use itself, where there are fewer units than threads. */
    hebb_status (*workspace_make)(void *context, int n_unit_threads, void **workspace);
    void (*workspace_free)(void *workspace);
    /* Fills in the numbers.  HEBB_ESTOPPED: the unit is saved half-way. */
    hebb_status (*run)(void *context, void *workspace, size_t unit, hebb_checkpoint *checkpoint, double *numbers);
    /* A unit is in the journal.  May be NULL; called from several threads. */
    void (*done)(void *context, size_t unit);
} hebb_ensemble_work;

typedef struct {
    const char *folder;            /* of the study; there already */
    const hebb_manifest *manifest; /* as it is there */
    const hebb_team *team;
    int n_threads;              /* of this process */
    double checkpoint_interval; /* seconds */
} hebb_ensemble;

/*
 * Which units the folder's journals hold.
 *
 * units   out  to be freed, also after a failure
 * report  out  over all journals
 *
 * Returns as hebb_journal_read.
 */
HEBB_CHECK_RESULT hebb_status hebb_ensemble_survey(const char *folder, const hebb_manifest *manifest, hebb_units *units,
                                                   hebb_journal_report *report);

/*
 * Computes the units of the manifest's shard that are not done.  All ranks call it.
 *
 * units  in   at rank 0: those that are done
 *
 * Returns HEBB_OK, also when it was asked to stop before the end; or the first failure.  What was finished is in the
 * journals in any case.
 */
HEBB_CHECK_RESULT hebb_status hebb_ensemble_run(const hebb_ensemble *ensemble, const hebb_units *units,
                                                const hebb_ensemble_work *work);

/*
 * Reads the numbers of all units into numbers[n_units * n_numbers].
 *
 * units  out  those that were found; their numbers alone are set.  To be freed, also after a failure.
 *
 * Returns as hebb_journal_read, and HEBB_EDATA where one unit has two different results.
 */
HEBB_CHECK_RESULT hebb_status hebb_ensemble_collect(const char *folder, const hebb_manifest *manifest, double *numbers,
                                                    hebb_units *units);

/* The same, into what other folders have given already: units is in and out. */
HEBB_CHECK_RESULT hebb_status hebb_ensemble_collect_more(const char *folder, const hebb_manifest *manifest,
                                                         double *numbers, hebb_units *units);

/* Removes the folder's journals and checkpoints.  HEBB_EUSAGE while a process adds to them: none is removed.  HEBB_EIO. */
HEBB_CHECK_RESULT hebb_status hebb_ensemble_clear(const char *folder);

/* Whether a process is at work in the folder. */
bool hebb_ensemble_is_busy(const char *folder);

#endif
