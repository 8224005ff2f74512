/*
 * json_file - a JSON object in a file, written whole or not at all
 */
#ifndef HEBB_CORE_JSON_FILE_H
#define HEBB_CORE_JSON_FILE_H

#include <jansson.h>
#include "status.h"

/* Writes the object, indented by 2.  HEBB_OK, HEBB_ENOMEM, or as hebb_atomic_file_commit; the sentence names the path. */
HEBB_CHECK_RESULT hebb_status hebb_json_save(const json_t *object, const char *path);

/*
 * Reads it; a key that stands twice is refused.
 *
 * object  out  the caller's to give back with json_decref; NULL after a failure
 *
 * Returns HEBB_OK; HEBB_EDATA for what is no JSON or longer than 16 MiB; else as hebb_input_open.  The sentence names the
 * path.
 */
HEBB_CHECK_RESULT hebb_status hebb_json_load(const char *path, json_t **object);

#endif
