/*
 * results_folder - whose results a folder holds: its manifest.json, written before the first of them
 *
 * A study is repeated into its own folder, and its files are replaced one by one.  Another study's folder is refused,
 * and one with results that no manifest explains.
 */
#ifndef HEBB_EXPERIMENTS_RESULTS_FOLDER_H
#define HEBB_EXPERIMENTS_RESULTS_FOLDER_H

#include <stdbool.h>
#include "manifest.h"
#include "provenance.h"
#include "status.h"

/*
 * Makes the folder, and manifest.json in it.
 *
 * overwrite  in   take it whatever it holds
 *
 * Returns HEBB_OK; HEBB_EUSAGE for a folder that is refused, which stays as it was; HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_results_folder_claim(const char *folder, const hebb_provenance *provenance,
                                                        bool overwrite);

/*
 * The same for a study, whose journals in the folder are kept: it goes on where it was.  With overwrite they are removed,
 * but a training's folder (training_folder.h) is refused.
 * A manifest that is there stays; HEBB_EUSAGE where it is another shard's.
 */
HEBB_CHECK_RESULT hebb_status hebb_results_folder_claim_study(const char *folder, const hebb_manifest *manifest,
                                                              bool overwrite);

/* HEBB_EUSAGE when the folder has a file of that name but no manifest: for names that claim does not look for. */
HEBB_CHECK_RESULT hebb_status hebb_results_folder_check(const char *folder, const char *name);

#endif
