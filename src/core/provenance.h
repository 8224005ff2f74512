/*
 * provenance - where a result comes from: the `# key: value` block at the head of each result file
 *
 * Version, seeds and the canonical command, that is what can change the result, and nothing that cannot: no threads,
 * shards, paths or dates, so that equal studies give equal bytes.
 */
#ifndef HEBB_CORE_PROVENANCE_H
#define HEBB_CORE_PROVENANCE_H

#include <stdio.h>
#include "options.h"
#include "status.h"

enum { HEBB_PROVENANCE_MAX = 256 }; /* a recipe of tables alone has a line for each */

/* Beside a file's provenance what is below this key is no part of it. */
#define HEBB_PROVENANCE_STUDY "study"

typedef struct {
    size_t n;
    struct {
        char *key, *value;
    } entries[HEBB_PROVENANCE_MAX];
} hebb_provenance;

/*
 * Starts the block: the version, and the canonical command.
 *
 * head     in   its beginning, e.g. "hebb run capacity"
 * options  in   what hebb_options_canonical makes of them is the rest; NULL: none
 */
HEBB_CHECK_RESULT hebb_status hebb_provenance_init(hebb_provenance *provenance, const char *head,
                                                   const hebb_options *options);

/* Adds a line; line breaks and control characters in it become '?'.  HEBB_ENOMEM, HEBB_EINTERNAL when full. */
HEBB_CHECK_RESULT hebb_status hebb_provenance_add(hebb_provenance *provenance, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The value of a key, NULL when there is none. */
const char *hebb_provenance_get(const hebb_provenance *provenance, const char *key);

/* The block; the stream's error flag tells whether it went well. */
void hebb_provenance_write(const hebb_provenance *provenance, FILE *stream);

/* The same as a JSON file, {"key": "value", ...}, written whole or not at all. */
HEBB_CHECK_RESULT hebb_status hebb_provenance_save(const hebb_provenance *provenance, const char *path);

/*
 * HEBB_OK when there is no file at `path`, or one that hebb_provenance_save wrote for the same provenance; else
 * HEBB_EUSAGE, with a sentence that says what the folder holds, of commands the options that differ, so that one study
 * does not overwrite another.  What is no regular file, or larger than any manifest, is none and is not read.
 */
HEBB_CHECK_RESULT hebb_status hebb_provenance_match(const hebb_provenance *provenance, const char *path);

/* Safe on a zeroed one and twice. */
void hebb_provenance_free(hebb_provenance *provenance);

#endif
