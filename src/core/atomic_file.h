/*
 * atomic_file - a file that appears whole or not at all
 *
 * What is written goes to a hidden temporary file in the same folder; commit checks every write, syncs it to the
 * disk, renames it over the name asked for and syncs the folder.  A killed program leaves the old file as it was.
 * A name that stands for something else than a regular file (a device, a pipe), or for standard output, is written to
 * directly.  A link stays a link: the file that it leads to is replaced.
 */
#ifndef HEBB_CORE_ATOMIC_FILE_H
#define HEBB_CORE_ATOMIC_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include "status.h"

typedef struct {
    FILE *stream;    /* write here */
    char *path;      /* the name it will bear */
    char *temporary; /* the name it bears till then; NULL when written directly */
    int descriptor;
    int reason; /* errno of the first write that failed; 0: none has */
} hebb_atomic_file;

/*
 * From here to commit or discard the struct stays where it is: the stream refers to it.
 * Returns HEBB_OK, HEBB_EIO (the folder is missing or not writable), HEBB_ENOMEM; the sentence names the path.
 */
HEBB_CHECK_RESULT hebb_status hebb_atomic_file_open(hebb_atomic_file *file, const char *path);

/*
 * Returns HEBB_OK, or HEBB_EIO when a write, the sync, the close or the rename failed; the temporary is then gone.
 * Frees in either case.
 */
HEBB_CHECK_RESULT hebb_status hebb_atomic_file_commit(hebb_atomic_file *file);

/* Gives up what was written.  Safe on a zeroed file, and after commit. */
void hebb_atomic_file_discard(hebb_atomic_file *file);

/* Removes the temporary files that processes which are no more have left in a folder. */
void hebb_atomic_file_sweep(const char *folder);

/* Brings the folder that a file is in to the disk: a new or renamed file is there only once its folder is.  HEBB_EIO. */
HEBB_CHECK_RESULT hebb_status hebb_folder_sync(const char *path);

/* Makes the folder and those above it.  HEBB_EIO when that cannot be done or something else bears the name. */
HEBB_CHECK_RESULT hebb_status hebb_folder_make(const char *path);

#endif
