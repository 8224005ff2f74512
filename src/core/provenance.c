#include "provenance.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "c_locale.h"
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
    const locale_t before = hebb_c_locale_enter();
    const int length = vasprintf(&value, format, arguments);
    hebb_c_locale_leave(before);
    va_end(arguments);
    char *copy = strdup(key);
    if (length < 0 || copy == NULL) {
        if (length >= 0) free(value);
        free(copy);
        return hebb_fail(HEBB_ENOMEM, "no memory for the provenance");
    }
    for (char *c = value; *c != '\0'; c++)
        if (hebb_c_locale_is_control(*c)) *c = '?';
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

/* ---- what commands differ by ---- */

/* The first option of a command, or of what is left of one, up to the next; NULL: there is none. */
static const char *next_option(const char *command, int *length)
{
    const char *option = strstr(command, " --");
    if (option == NULL) return NULL;
    const char *end = strstr(++option, " --");
    *length = (int)(end != NULL ? end - option : (ptrdiff_t)strlen(option));
    return option;
}

static const char NOT_GIVEN[] = "not given";

/* The value of the option that `option` begins with, as it stands in a command; a flag's is "given". */
static const char *value_in(const char *command, const char *option, int *length)
{
    const size_t name = strcspn(option, " ");
    int whole = 0;
    for (const char *rest = command; (rest = next_option(rest, &whole)) != NULL; rest += whole) {
        if (strcspn(rest, " ") != name || strncmp(rest, option, name) != 0) continue;
        const bool is_flag = (size_t)whole <= name;
        *length = is_flag ? (int)strlen("given") : whole - (int)name - 1;
        return is_flag ? "given" : rest + name + 1;
    }
    *length = (int)strlen(NOT_GIVEN);
    return NOT_GIVEN;
}

/* "; --name is A there, B here" for the options of `of` that differ; only_new: those that `theirs` lacks. */
static void list_options(const char *of, const char *theirs, const char *mine, bool only_new, FILE *stream, int *n)
{
    int whole = 0;
    for (const char *option = of; (option = next_option(option, &whole)) != NULL; option += whole) {
        int there, here;
        const char *a = value_in(theirs, option, &there), *b = value_in(mine, option, &here);
        if (there == here && strncmp(a, b, (size_t)there) == 0) continue;
        if (only_new && a != NOT_GIVEN) continue;
        (void)fprintf(stream, "%s%.*s is %.*s there, %.*s here", (*n)++ > 0 ? "; " : "", (int)strcspn(option, " "),
                      option, there, a, here, b);
    }
}

/* Of another subject: its name; of the same: the options that differ.  NULL without memory; to be freed. */
static char *tell_commands_apart(const char *theirs, const char *mine)
{
    char *text = NULL;
    size_t size;
    int n = 0;
    const char *their_options = strstr(theirs, " --"), *my_options = strstr(mine, " --");
    const size_t their_head = their_options != NULL ? (size_t)(their_options - theirs) : strlen(theirs),
                 my_head = my_options != NULL ? (size_t)(my_options - mine) : strlen(mine);
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL) return NULL;
    if (their_head == my_head && strncmp(theirs, mine, my_head) == 0) {
        list_options(theirs, theirs, mine, false, stream, &n);
        list_options(mine, theirs, mine, true, stream, &n);
    }
    if (n == 0) (void)fprintf(stream, "command: %.*s", (int)their_head, theirs);
    if (fclose(stream) == 0) return text;
    free(text);
    return NULL;
}

/* theirs: NULL, there is no such line. */
static hebb_status fail_other(const char *path, const char *key, const char *theirs, const char *mine)
{
    char *apart = theirs != NULL && strcmp(key, "command") == 0 ? tell_commands_apart(theirs, mine) : NULL;
    const hebb_status status =
        hebb_fail(HEBB_EUSAGE, "%s: holds another study (%s%s%s); choose another folder or give --overwrite", path,
                  apart != NULL ? "" : key, apart != NULL ? "" : ": ",
                  apart != NULL    ? apart
                  : theirs != NULL ? theirs
                                   : "none");
    free(apart);
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
            status = fail_other(path, provenance->entries[k].key, theirs, provenance->entries[k].value);
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
