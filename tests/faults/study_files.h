/*
 * study_files - what may be left of a study that failed on its way: a part of a journal, a checkpoint
 */
#ifndef HEBB_FAULTS_STUDY_FILES_H
#define HEBB_FAULTS_STUDY_FILES_H

#include <stdbool.h>
#include "folder.h"

/* A journal, or a training's log, which grows in the same way. */
bool study_is_journal(const char *path);
bool study_is_checkpoint(const char *path);

/* Whether the folder is a training's, whose state stays, and whether --overwrite of one removes that file first. */
bool study_is_training(const folder *files);
bool study_is_cleared(const char *path);

/*
 * Whether a journal may be so: as far as it goes that of the run without a fault (threads: 1), and what was there
 * before is still there.
 *
 * old   in  NULL: there was none, or it was to be overwritten
 * good  in  NULL: there is none without a fault
 */
bool study_journal_may_be(const folder_entry *journal, const folder_entry *old, const folder_entry *good);

/* Whether a checkpoint is as long as its head says. */
bool study_checkpoint_is_whole(const folder_entry *checkpoint);

/* Whether the folder holds what it is to hold, and beside that whole checkpoints at most. */
bool study_same_but_checkpoints(const folder *files, const folder *good);

#endif
