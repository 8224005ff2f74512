#include "manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json_file.h"
#include "shard.h"

static hebb_status fail_memory(const char *folder)
{
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for its manifest", folder);
}

/* ---- what it is known by ---- */

/* Each text with its length before it, so that no two studies run together. */
static void print_text(FILE *stream, const char *text)
{
    (void)fprintf(stream, "%zu %s\n", strlen(text), text);
}

static void print_study(FILE *stream, const hebb_manifest *manifest)
{
    const hebb_provenance *provenance = &manifest->provenance;
    for (size_t k = 0; k < provenance->n; k++) {
        print_text(stream, provenance->entries[k].key);
        print_text(stream, provenance->entries[k].value);
    }
    (void)fprintf(stream, "%zu %zu %zu\n", manifest->n_points, manifest->n_replicas, manifest->n_numbers);
}

/* What the fingerprint does not cover. */
static void print_rest(FILE *stream, const hebb_manifest *manifest)
{
    print_text(stream, manifest->experiment);
    print_text(stream, manifest->resume);
    for (size_t k = 0; k < manifest->n_options; k++) {
        print_text(stream, manifest->options[k].name);
        print_text(stream, manifest->options[k].text);
    }
    (void)fprintf(stream, "%zu %zu %d\n", manifest->shard, manifest->n_shards, manifest->csv_plain);
}

static hebb_status digest(const hebb_manifest *manifest, bool whole, hebb_fingerprint *of)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL) return fail_memory(manifest->experiment);
    print_study(stream, manifest);
    if (whole) print_rest(stream, manifest);
    const bool failed = ferror(stream) != 0;
    const hebb_status status = fclose(stream) != 0 || failed ? fail_memory(manifest->experiment) : HEBB_OK;
    if (status == HEBB_OK) *of = hebb_fingerprint_of(size, text);
    free(text);
    return status;
}

/* ---- making one ---- */

static hebb_status copy_provenance(const hebb_provenance *from, hebb_provenance *to)
{
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < from->n; k++)
        status = hebb_provenance_add(to, from->entries[k].key, "%s", from->entries[k].value);
    return status;
}

hebb_status hebb_manifest_init(hebb_manifest *manifest, const char *experiment, const hebb_provenance *provenance,
                               size_t n_points, size_t n_replicas, size_t n_numbers)
{
    *manifest = (hebb_manifest){.experiment = strdup(experiment),
                                .resume = strdup(""),
                                .n_points = n_points,
                                .n_replicas = n_replicas,
                                .n_numbers = n_numbers,
                                .shard = 1,
                                .n_shards = 1};
    hebb_status status = HEBB_OK;
    if (manifest->experiment == NULL || manifest->resume == NULL) status = fail_memory(experiment);
    if (status == HEBB_OK) status = copy_provenance(provenance, &manifest->provenance);
    if (status == HEBB_OK) status = digest(manifest, false, &manifest->fingerprint);
    if (status != HEBB_OK) hebb_manifest_free(manifest);
    return status;
}

hebb_status hebb_manifest_add_option(hebb_manifest *manifest, const char *name, const char *text)
{
    hebb_manifest_option *more = reallocarray(manifest->options, manifest->n_options + 1, sizeof *more);
    if (more == NULL) return fail_memory(name);
    manifest->options = more;
    hebb_manifest_option *option = &more[manifest->n_options];
    *option = (hebb_manifest_option){strdup(name), strdup(text)};
    manifest->n_options++;
    return option->name != NULL && option->text != NULL ? HEBB_OK : fail_memory(name);
}

hebb_status hebb_manifest_set_resume(hebb_manifest *manifest, const char *command)
{
    char *copy = strdup(command);
    if (copy == NULL) return fail_memory(command);
    free(manifest->resume);
    manifest->resume = copy;
    return HEBB_OK;
}

void hebb_manifest_free(hebb_manifest *manifest)
{
    for (size_t k = 0; k < manifest->n_options; k++) {
        free(manifest->options[k].name);
        free(manifest->options[k].text);
    }
    free(manifest->options);
    free(manifest->experiment);
    free(manifest->resume);
    hebb_provenance_free(&manifest->provenance);
    *manifest = (hebb_manifest){0};
}

/* ---- what follows from it ---- */

size_t hebb_manifest_units(const hebb_manifest *manifest)
{
    return manifest->n_points * manifest->n_replicas;
}

size_t hebb_manifest_shard_units(const hebb_manifest *manifest)
{
    return hebb_manifest_units(manifest) / manifest->n_shards +
           (hebb_manifest_units(manifest) % manifest->n_shards >= manifest->shard);
}

bool hebb_manifest_has_unit(const hebb_manifest *manifest, size_t unit)
{
    return unit % manifest->n_shards == manifest->shard - 1;
}

hebb_journal_kind hebb_manifest_journals(const hebb_manifest *manifest)
{
    return (hebb_journal_kind){manifest->fingerprint, hebb_manifest_units(manifest), manifest->n_numbers};
}

/* ---- the file ---- */

static hebb_status manifest_path(const char *folder, char **path)
{
    if (asprintf(path, "%s/manifest.json", folder) >= 0) return HEBB_OK;
    *path = NULL;
    return fail_memory(folder);
}

/* Jansson refuses what is no UTF-8; errno tells it from want of memory. */
static hebb_status put_text(json_t *object, const char *path, const char *key, const char *text)
{
    errno = 0;
    if (json_object_set_new(object, key, json_string(text)) == 0) return HEBB_OK;
    if (object == NULL || errno == ENOMEM) return fail_memory(path);
    return hebb_fail(HEBB_EDATA, "%s: '%s' is no UTF-8 text", path, key);
}

static hebb_status put_study(const hebb_manifest *manifest, const char *path, json_t *study)
{
    char shard[HEBB_SHARD_LENGTH], fingerprint[HEBB_FINGERPRINT_LENGTH], checksum[HEBB_FINGERPRINT_LENGTH];
    json_t *options = json_object();
    hebb_fingerprint whole;
    hebb_status status = digest(manifest, true, &whole);
    if (status == HEBB_OK) {
        hebb_fingerprint_format(manifest->fingerprint, fingerprint);
        hebb_fingerprint_format(whole, checksum);
        status = put_text(study, path, "experiment", manifest->experiment);
    }
    for (size_t k = 0; status == HEBB_OK && k < manifest->n_options; k++)
        status = put_text(options, path, manifest->options[k].name, manifest->options[k].text);
    int failed = json_object_set_new(study, "options", options);
    failed |= json_object_set_new(study, "points", json_integer((json_int_t)manifest->n_points));
    failed |= json_object_set_new(study, "replicas", json_integer((json_int_t)manifest->n_replicas));
    failed |= json_object_set_new(study, "numbers", json_integer((json_int_t)manifest->n_numbers));
    failed |= json_object_set_new(study, "csv_plain", json_boolean(manifest->csv_plain));
    if (status == HEBB_OK)
        status = put_text(study, path, "shard", hebb_shard_format(manifest->shard, manifest->n_shards, shard));
    if (status == HEBB_OK) status = put_text(study, path, "resume", manifest->resume);
    if (status == HEBB_OK) status = put_text(study, path, "fingerprint", fingerprint);
    if (status == HEBB_OK) status = put_text(study, path, "checksum", checksum);
    return status == HEBB_OK && failed ? fail_memory(path) : status;
}

hebb_status hebb_manifest_save(const hebb_manifest *manifest, const char *folder)
{
    const hebb_provenance *provenance = &manifest->provenance;
    char *path;
    hebb_status status = manifest_path(folder, &path);
    if (status != HEBB_OK) return status;
    json_t *object = json_object(), *study = json_object();
    for (size_t k = 0; status == HEBB_OK && k < provenance->n; k++)
        status = put_text(object, path, provenance->entries[k].key, provenance->entries[k].value);
    if (status == HEBB_OK) status = put_study(manifest, path, study);
    if (json_object_set_new(object, HEBB_PROVENANCE_STUDY, study) != 0 && status == HEBB_OK) status = fail_memory(path);
    if (status == HEBB_OK) status = hebb_json_save(object, path);
    json_decref(object);
    free(path);
    return status;
}

/* So that units and bytes of a record can be counted. */
static const uint64_t MOST = SIZE_MAX / 16 < UINT64_C(1) << 53 ? SIZE_MAX / 16 : UINT64_C(1) << 53;

/* The integer of that name in [low, MOST]; 0 where it is none. */
static size_t get_count(const json_t *study, const char *key, json_int_t low)
{
    const json_t *value = json_object_get(study, key);
    const json_int_t n = json_integer_value(value);
    return json_is_integer(value) && n >= low && (uint64_t)n <= MOST ? (size_t)n : 0;
}

static hebb_status get_provenance(hebb_manifest *manifest, json_t *object, const char *path)
{
    const char *key;
    json_t *value;
    hebb_status status = HEBB_OK;
    json_object_foreach(object, key, value)
    {
        if (status != HEBB_OK || strcmp(key, HEBB_PROVENANCE_STUDY) == 0) continue;
        if (manifest->provenance.n == HEBB_PROVENANCE_MAX)
            return hebb_fail(HEBB_EDATA, "%s: more than %d lines of provenance", path, HEBB_PROVENANCE_MAX);
        status = json_is_string(value) ? hebb_provenance_add(&manifest->provenance, key, "%s", json_string_value(value))
                                       : hebb_fail(HEBB_EDATA, "%s: '%s' is no text", path, key);
    }
    return status;
}

static hebb_status get_options(hebb_manifest *manifest, json_t *options, const char *path)
{
    const char *name;
    json_t *text;
    hebb_status status = HEBB_OK;
    json_object_foreach(options, name, text)
    {
        if (status != HEBB_OK) continue;
        status = json_is_string(text) ? hebb_manifest_add_option(manifest, name, json_string_value(text))
                                      : hebb_fail(HEBB_EDATA, "%s: option '%s' is no text", path, name);
    }
    return status;
}

static hebb_status copy_text(const json_t *study, const char *key, char **copy)
{
    const char *text = json_string_value(json_object_get(study, key));
    *copy = strdup(text != NULL ? text : "");
    return *copy != NULL ? HEBB_OK : fail_memory(key);
}

static bool holds(const json_t *study, const char *key, hebb_fingerprint actual)
{
    char text[HEBB_FINGERPRINT_LENGTH];
    const char *given = json_string_value(json_object_get(study, key));
    return given != NULL && strcmp(given, hebb_fingerprint_format(actual, text)) == 0;
}

static hebb_status get_study(hebb_manifest *manifest, json_t *study, const char *path)
{
    const char *shard = json_string_value(json_object_get(study, "shard"));
    manifest->n_points = get_count(study, "points", 1);
    manifest->n_replicas = get_count(study, "replicas", 1);
    manifest->n_numbers = get_count(study, "numbers", 1);
    manifest->csv_plain = json_is_true(json_object_get(study, "csv_plain"));
    if ((double)manifest->n_points * (double)manifest->n_replicas > (double)MOST) manifest->n_points = 0;
    hebb_status status = copy_text(study, "experiment", &manifest->experiment);
    if (status == HEBB_OK) status = copy_text(study, "resume", &manifest->resume);
    if (status == HEBB_OK) status = get_options(manifest, json_object_get(study, "options"), path);
    if (status != HEBB_OK) return status;
    const bool has_shard = shard != NULL && hebb_shard_parse(shard, &manifest->shard, &manifest->n_shards) == HEBB_OK;
    const bool has_units = hebb_manifest_units(manifest) > 0 && manifest->n_numbers > 0;
    hebb_fingerprint whole;
    status = digest(manifest, false, &manifest->fingerprint);
    if (status == HEBB_OK) status = digest(manifest, true, &whole);
    if (status != HEBB_OK) return status;
    if (has_shard && has_units && holds(study, "fingerprint", manifest->fingerprint) && holds(study, "checksum", whole))
        return HEBB_OK;
    return hebb_fail(HEBB_EDATA,
                     "%s: is damaged: its contents do not have the fingerprint and the checksum it gives; give the "
                     "command that began the study once more, which goes on",
                     path);
}

static hebb_status get_all(hebb_manifest *manifest, json_t *object, const char *path)
{
    json_t *study = json_object_get(object, HEBB_PROVENANCE_STUDY);
    if (!json_is_object(study) || json_string_value(json_object_get(object, "hebb")) == NULL)
        return hebb_fail(HEBB_EDATA, "%s: is no manifest of a study", path);
    hebb_status status = get_provenance(manifest, object, path);
    if (status == HEBB_OK) status = get_study(manifest, study, path);
    if (status != HEBB_OK) return status;
    const char *version = hebb_provenance_get(&manifest->provenance, "hebb");
    if (strcmp(version, PACKAGE_VERSION) == 0) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s: the study was begun by hebb %s and this is %s, which may compute other numbers",
                     path, version, PACKAGE_VERSION);
}

hebb_status hebb_manifest_read(hebb_manifest *manifest, const char *folder)
{
    char *path;
    *manifest = (hebb_manifest){0};
    hebb_status status = manifest_path(folder, &path);
    if (status != HEBB_OK) return status;
    if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        status = hebb_fail(HEBB_ENOINPUT, "%s: is no study's folder: it has no manifest.json", folder);
        goto out;
    }
    json_t *object;
    status = hebb_json_load(path, &object);
    if (status == HEBB_OK) status = get_all(manifest, object, path);
    json_decref(object);
out:
    free(path);
    if (status != HEBB_OK) hebb_manifest_free(manifest);
    return status;
}
