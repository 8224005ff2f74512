#include "json_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "atomic_file.h"
#include "input.h"

hebb_status hebb_json_save(const json_t *object, const char *path)
{
    hebb_atomic_file file;
    const hebb_status status = hebb_atomic_file_open(&file, path);
    if (status != HEBB_OK) return status;
    const int failed = json_dumpf(object, file.stream, JSON_INDENT(2));
    if (failed != 0 && !ferror(file.stream)) { /* it allocates; of a write that failed commit knows more */
        hebb_atomic_file_discard(&file);
        return hebb_fail(HEBB_ENOMEM, "%s: no memory to write it", path);
    }
    (void)fputc('\n', file.stream);
    return hebb_atomic_file_commit(&file);
}

static _Thread_local bool has_run_out;

static json_malloc_t usual_malloc;

static void *allocate(size_t n)
{
    void *block = usual_malloc(n);
    has_run_out = has_run_out || block == NULL;
    return block;
}

/* Jansson does not say that there is no memory: it may drop a letter of a text and go on, and clears errno on its way. */
static json_t *parse(const char *text, size_t n_bytes, json_error_t *error, bool *ran_out)
{
    json_free_t usual_free;
    json_get_alloc_funcs(&usual_malloc, &usual_free);
    json_set_alloc_funcs(allocate, usual_free);
    has_run_out = false;
    json_t *object = json_loadb(text, n_bytes, JSON_REJECT_DUPLICATES, error);
    *ran_out = has_run_out;
    json_set_alloc_funcs(usual_malloc, usual_free);
    return object;
}

hebb_status hebb_json_load(const char *path, json_t **object)
{
    enum { MAX_BYTES = 1 << 24 }; /* twice a list of a million numbers */
    char *text;
    size_t n_bytes;
    json_error_t error;
    *object = NULL;
    hebb_status status = hebb_input_load(path, MAX_BYTES, &text, &n_bytes);
    if (status != HEBB_OK) return status;
    bool ran_out;
    *object = parse(text, n_bytes, &error, &ran_out);
    if (ran_out)
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for what it holds", path);
    else if (*object == NULL)
        status = hebb_fail(HEBB_EDATA, "%s:%d: no JSON: %s", path, error.line, error.text);
    free(text);
    if (status == HEBB_OK) return HEBB_OK;
    json_decref(*object);
    *object = NULL;
    return status;
}
