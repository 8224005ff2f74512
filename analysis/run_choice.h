/*
 * run_choice - what the analyses of an RBM's training have in common: its folder, and which checkpoints are looked at
 */
#ifndef HEBB_ANALYSIS_RUN_CHOICE_H
#define HEBB_ANALYSIS_RUN_CHOICE_H

#include "analysis_table.h"
#include "rbm_run.h"

/* The option of that name; LIST of updates. */
#define HEBB_RUN_CHOICE_OPTION                                                                                         \
    {                                                                                                                  \
        "update", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,            \
            "checkpoints after so many updates alone; all where not given"                                             \
    }

typedef struct {
    hebb_rbm_run run;
    size_t n;
    size_t *which; /* n numbers of checkpoints, rising */
    int n_threads;
} hebb_run_choice;

/*
 * Opens the one folder that is given, and takes the checkpoints that --update names.  What identifies the training goes into
 * the provenance.
 *
 * Returns HEBB_OK; HEBB_EUSAGE for no folder, or several; HEBB_ENOINPUT for a checkpoint that is not there, the nearest being
 * named; as hebb_rbm_run_open.  To be closed in any case.
 */
HEBB_CHECK_RESULT hebb_status hebb_run_choice_open(hebb_run_choice *choice, const char *subject,
                                                   const hebb_analysis_input *input, hebb_provenance *provenance);

/* Safe on a zeroed one and twice. */
void hebb_run_choice_close(hebb_run_choice *choice);

/* The update of the k-th that was chosen. */
uint64_t hebb_run_choice_update(const hebb_run_choice *choice, size_t k);

/*
 * Reads the machines that were chosen, one after the other a thread, and calls `look` with each.
 *
 * look  in   it writes where k says, and leaves nothing else behind
 *
 * Returns HEBB_OK, or what reading the first machine that failed, or looking at it, returned.
 */
HEBB_CHECK_RESULT hebb_status hebb_run_choice_each(const hebb_run_choice *choice,
                                                   hebb_status (*look)(void *context, size_t k, const hebb_rbm *rbm),
                                                   void *context);

#endif
