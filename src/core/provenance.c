#include "provenance.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input.h"
#include "json_file.h"

hebb_status hebb_provenance_init(hebb_provenance *provenance, const char *head, const hebb_options *options)
{
    memset(provenance, 0, sizeof *provenance);
    char *canonical = NULL;
    hebb_status status = options != NULL ? hebb_options_canonical(options, &canonical) : HEBB_OK;
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, "hebb", "%s", PACKAGE_VERSION);
    if (status == HEBB_OK)
        status = hebb_provenance_add(provenance, "command", "%s%s%s", head, canonical != NULL ? " " : "",
                                     canonical != NULL ? canonical : "");
    free(canonical);
    return status;
}

hebb_status hebb_provenance_add(hebb_provenance *provenance, const char *key, const char *format, ...)
{
    if (provenance->n == HEBB_PROVENANCE_MAX) return hebb_fail(HEBB_EINTERNAL, "too many lines of provenance");
    char *value;
    va_list arguments;
    va_start(arguments, format);
    const int length = vasprintf(&value, format, arguments);
    va_end(arguments);
    char *copy = strdup(key);
    if (length < 0 || copy == NULL) {
        if (length >= 0) free(value);
        free(copy);
        return hebb_fail(HEBB_ENOMEM, "no memory for the provenance");
    }
    for (char *c = value; *c != '\0'; c++)
        if (iscntrl((unsigned char)*c)) *c = '?';
    provenance->entries[provenance->n].key = copy;
    provenance->entries[provenance->n++].value = value;
    return HEBB_OK;
}

const char *hebb_provenance_get(const hebb_provenance *provenance, const char *key)
{
    for (size_t k = 0; k < provenance->n; k++)
        if (strcmp(provenance->entries[k].key, key) == 0) return provenance->entries[k].value;
    return NULL;
}

void hebb_provenance_write(const hebb_provenance *provenance, FILE *stream)
{
    for (size_t k = 0; k < provenance->n; k++)
        (void)fprintf(stream, "# %s: %s\n", provenance->entries[k].key, provenance->entries[k].value);
}

hebb_status hebb_provenance_save(const hebb_provenance *provenance, const char *path)
{
    hebb_status status = HEBB_OK;
    errno = 0; /* of what may go wrong in Jansson it tells no memory from no UTF-8 */
    json_t *object = json_object();
    for (size_t k = 0; status == HEBB_OK && k < provenance->n; k++)
        if (json_object_set_new(object, provenance->entries[k].key, json_string(provenance->entries[k].value)) != 0)
            status = errno == ENOMEM
                         ? hebb_fail(HEBB_ENOMEM, "%s: no memory for its entries", path)
                         : hebb_fail(HEBB_EDATA, "%s: '%s' is no UTF-8 text", path, provenance->entries[k].key);
    if (status == HEBB_OK) status = hebb_json_save(object, path);
    json_decref(object);
    return status;
}

hebb_status hebb_provenance_match(const hebb_provenance *provenance, const char *path)
{
    if (access(path, F_OK) != 0) {
        if (errno == ENOENT) return HEBB_OK;
        if (hebb_input_status(errno) != HEBB_ENOINPUT)
            return hebb_fail(hebb_input_status(errno), "%s: cannot be looked at: %s", path, strerror(errno));
    }
    json_t *object;
    hebb_status status = hebb_json_load(path, &object);
    if (status == HEBB_ENOMEM || status == HEBB_EIO) return status;
    status = HEBB_OK;
    if (json_string_value(json_object_get(object, "hebb")) == NULL)
        status = hebb_fail(HEBB_EUSAGE, "%s: is no manifest of this program; choose another folder or give --overwrite",
                           path);
    for (size_t k = 0; status == HEBB_OK && k < provenance->n; k++) {
        const char *theirs = json_string_value(json_object_get(object, provenance->entries[k].key));
        if (theirs == NULL || strcmp(theirs, provenance->entries[k].value) != 0)
            status =
                hebb_fail(HEBB_EUSAGE, "%s: holds another study (%s: %s); choose another folder or give --overwrite",
                          path, provenance->entries[k].key, theirs == NULL ? "none" : theirs);
    }
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (status == HEBB_OK && strcmp(key, HEBB_PROVENANCE_STUDY) != 0 &&
            hebb_provenance_get(provenance, key) == NULL)
            status = hebb_fail(
                HEBB_EUSAGE, "%s: holds another study (with %s); choose another folder or give --overwrite", path, key);
    }
    json_decref(object);
    return status;
}

void hebb_provenance_free(hebb_provenance *provenance)
{
    for (size_t k = 0; k < provenance->n; k++) {
        free(provenance->entries[k].key);
        free(provenance->entries[k].value);
    }
    memset(provenance, 0, sizeof *provenance);
}
