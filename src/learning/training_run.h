/*
 * training_run - a learner driven through its updates into a folder, from which it goes on after any interruption
 *
 * The folder is training_folder.h's.  State, log and checkpoints depend on the options and the data alone: a run that was
 * stopped or killed at any moment and went on leaves the same bytes in every file.
 *
 *   log.csv      a row before the first update, after each of the first 1000, then some 100 a decade (or every so many,
 *                --log-every), and after the last
 *   checkpoints  before the first update, after round(10^(k/per decade)), and after the last
 *
 * Training ends after --updates, or once all cases were answered rightly for --stop-after epochs running (criterion.h).
 */
#ifndef HEBB_LEARNING_TRAINING_RUN_H
#define HEBB_LEARNING_TRAINING_RUN_H

#include "learner.h"
#include "manifest.h"

/* Options of every training. */
extern const hebb_option_table hebb_training_options;

enum { HEBB_TRAINING_MAX_TABLES = 8 };

typedef struct {
    const char *folder;
    bool overwrite, csv_plain, show_progress;
    int n_threads;
    double save_interval; /* seconds between two saves of the state */
    FILE *log;            /* NULL: no messages */
} hebb_training_setting;

/* The tables of a learner's options: its own, then hebb_training_options.  Returns how many. */
size_t hebb_training_tables(const hebb_learner *learner, hebb_option_table tables[HEBB_TRAINING_MAX_TABLES]);

/*
 * Trains, or goes on; a training that is over stays as it is.
 *
 * options  inout  what was left out is set to what is taken for the problem
 *
 * Returns HEBB_OK; HEBB_ESTOPPED, the state being saved and the sentence saying how to go on; HEBB_EUSAGE, HEBB_EDOM,
 * HEBB_EDATA, HEBB_ENOINPUT for options and data that do not do; HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_run(const hebb_learner *learner, hebb_options *options,
                                                const hebb_training_setting *setting);

/* Goes on with the training whose manifest was read from setting->folder.  HEBB_EDATA where its data have changed. */
HEBB_CHECK_RESULT hebb_status hebb_training_resume(const hebb_manifest *manifest, const hebb_training_setting *setting);

/* The learner and the options of a training's manifest.  HEBB_EDATA where they are none; to be freed in any case. */
HEBB_CHECK_RESULT hebb_status hebb_training_read_options(const hebb_manifest *manifest, const char *folder,
                                                         const hebb_learner **learner, hebb_options *options);

/*
 * How many updates the saved state has behind it, and whether the training is over; 0, false where there is none.
 * HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_survey(const char *folder, const hebb_manifest *manifest, uint64_t *n_done,
                                                   bool *is_over);

#endif
