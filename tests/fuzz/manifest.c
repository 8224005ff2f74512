/*
 * manifest: refused with a sentence, or what the file says; saved and read again it is the same study.
 *
 * After a first byte 's' the rest is JSON whose fingerprint and checksum are made to hold, by a reckoning of our own, so
 * that mutations get behind them; after another one the rest is the file.
 */
#include "manifest.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "fuzz.h"
#include "shard.h"

#define BEGIN "{\"hebb\": \"" PACKAGE_VERSION "\", \"command\": \"hebb run capacity --alpha 0.1\", \"study\": "
#define STUDY                                                                                                          \
    "{\"experiment\": \"capacity\", \"options\": {\"alpha\": \".1\", \"patterns-file\": \"\\u00e9\\n.csv\"}, "         \
    "\"points\": 4, \"replicas\": 25, \"numbers\": 6, \"csv_plain\": true, \"shard\": \"2/3\", \"resume\": \"\", "     \
    "\"fingerprint\": \"\", \"checksum\": \"\"}"
#define COUNTS(points, replicas, numbers)                                                                              \
    "{\"points\": " points ", \"replicas\": " replicas ", \"numbers\": " numbers ", \"shard\": \"1/1\"}}"
/* 56 lines of provenance; 8 more beside the version are too many. */
#define EIGHT(x)                                                                                                       \
    "\"" x "0\": \"\", \"" x "1\": \"\", \"" x "2\": \"\", \"" x "3\": \"\", "                                         \
    "\"" x "4\": \"\", \"" x "5\": \"\", \"" x "6\": \"\", \"" x "7\": \"\", "
#define MANY EIGHT("a") EIGHT("b") EIGHT("c") EIGHT("d") EIGHT("e") EIGHT("f") EIGHT("g")
#define END  "\"hebb\": \"" PACKAGE_VERSION "\", \"study\": " STUDY "}"
const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("s" BEGIN STUDY "}"),
    FUZZ_SEED("s" BEGIN COUNTS("1", "1", "1")),
    FUZZ_SEED("s" BEGIN COUNTS("9007199254740992", "1", "9007199254740992")),
    FUZZ_SEED("s" BEGIN COUNTS("9007199254740992", "2048", "1")),
    FUZZ_SEED("s" BEGIN COUNTS("0", "-1", "1.0")),
    FUZZ_SEED("s{\"hebb\": \"0.0.1\", \"a\\u009b\\n\": \"\\u001b[2J\", \"study\": " STUDY "}"),
    FUZZ_SEED("s{" MANY END),
    FUZZ_SEED("s{" MANY EIGHT("h") END),
    FUZZ_SEED("r" BEGIN STUDY "}"),
    FUZZ_SEED("r{\"hebb\": [], \"study\": {}}"),
    FUZZ_SEED("r"),
    {NULL, 0}};
const char *const fuzz_words[] = {"\"hebb\": ",
                                  "\"" PACKAGE_VERSION "\"",
                                  "\"study\": ",
                                  "\"experiment\": ",
                                  "\"options\": ",
                                  "\"points\": ",
                                  "\"replicas\": ",
                                  "\"numbers\": ",
                                  "\"csv_plain\": ",
                                  "\"shard\": ",
                                  "\"resume\": ",
                                  "\"1/1\"",
                                  "\"1000000/1000000\"",
                                  "9007199254740992",
                                  "9223372036854775807",
                                  "true",
                                  "null",
                                  "\"a\": \"\", ",
                                  "\"\": {}",
                                  "\\u0000",
                                  "\\u001b",
                                  "\\u009b",
                                  "\\ud800",
                                  "\xff",
                                  "{",
                                  "}",
                                  ", ",
                                  NULL};

/* ---- the fingerprint and the checksum, made to hold ---- */

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void print_text(FILE *stream, const char *text, bool is_cleaned)
{
    (void)fprintf(stream, "%zu ", strlen(text));
    for (const char *c = text; *c != '\0'; c++) {
        const bool is_control = (unsigned char)*c < ' ' || *c == 0x7f;
        (void)fputc(is_cleaned && is_control ? '?' : *c, stream);
    }
    (void)fputc('\n', stream);
}

static const char *text_of(json_t *study, const char *key)
{
    const char *text = json_string_value(json_object_get(study, key));
    return text != NULL ? text : "";
}

static void print_pairs(FILE *stream, json_t *object, bool is_cleaned)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (is_cleaned && strcmp(key, "study") == 0) continue;
        print_text(stream, key, false);
        print_text(stream, json_string_value(value) != NULL ? json_string_value(value) : "", is_cleaned);
    }
}

static void set_digest(json_t *study, const char *key, const char *text, size_t n)
{
    char digits[HEBB_FINGERPRINT_LENGTH];
    (void)json_object_set_new(study, key, json_string(hebb_fingerprint_format(hebb_fingerprint_of(n, text), digits)));
}

static void seal(json_t *object)
{
    char *text = NULL;
    size_t n, shard = 0, n_shards = 0;
    json_t *study = json_object_get(object, "study");
    if (!json_is_object(study)) return;
    FILE *stream = open_memstream(&text, &n);
    FUZZ_EXPECT(stream != NULL);
    print_pairs(stream, object, true);
    (void)fprintf(stream, "%lld %lld %lld\n", (long long)json_integer_value(json_object_get(study, "points")),
                  (long long)json_integer_value(json_object_get(study, "replicas")),
                  (long long)json_integer_value(json_object_get(study, "numbers")));
    FUZZ_EXPECT(fflush(stream) == 0);
    set_digest(study, "fingerprint", text, n);
    print_text(stream, text_of(study, "experiment"), false);
    print_text(stream, text_of(study, "resume"), false);
    print_pairs(stream, json_object_get(study, "options"), false);
    const hebb_status status = hebb_shard_parse(text_of(study, "shard"), &shard, &n_shards);
    (void)fprintf(stream, "%zu %zu %d\n", shard, n_shards, json_is_true(json_object_get(study, "csv_plain")));
    FUZZ_EXPECT(fclose(stream) == 0);
    if (status == HEBB_OK) set_digest(study, "checksum", text, n);
    free(text);
}

/* Whether such a file, sealed, is a study's. */
static bool is_right(json_t *object)
{
    static const char *const names[] = {"points", "replicas", "numbers"};
    const char *key;
    json_t *value, *study = json_object_get(object, "study");
    size_t shard, n_shards;
    double counts[3];
    for (size_t k = 0; k < 3; k++) {
        value = json_object_get(study, names[k]);
        counts[k] = json_is_integer(value) ? (double)json_integer_value(value) : 0.0;
        if (!(counts[k] >= 1.0 && counts[k] <= 0x1p53)) return false;
    }
    json_object_foreach(object, key, value) if (value != study && !json_is_string(value)) return false;
    json_object_foreach(json_object_get(study, "options"), key, value) if (!json_is_string(value)) return false;
    return same(text_of(object, "hebb"), PACKAGE_VERSION) && json_object_size(object) <= HEBB_PROVENANCE_MAX + 1 &&
           counts[0] * counts[1] <= 0x1p53 && hebb_shard_parse(text_of(study, "shard"), &shard, &n_shards) == HEBB_OK;
}

/* ---- what is read ---- */

static void check_same(const hebb_manifest *a, const hebb_manifest *b)
{
    FUZZ_EXPECT(hebb_fingerprint_equals(a->fingerprint, b->fingerprint));
    FUZZ_EXPECT(same(a->experiment, b->experiment) && same(a->resume, b->resume));
    FUZZ_EXPECT(a->n_points == b->n_points && a->n_replicas == b->n_replicas && a->n_numbers == b->n_numbers);
    FUZZ_EXPECT(a->shard == b->shard && a->n_shards == b->n_shards && a->csv_plain == b->csv_plain);
    FUZZ_EXPECT(a->n_options == b->n_options && a->provenance.n == b->provenance.n);
    for (size_t k = 0; k < a->n_options; k++)
        FUZZ_EXPECT(same(a->options[k].name, b->options[k].name) && same(a->options[k].text, b->options[k].text));
    for (size_t k = 0; k < a->provenance.n; k++)
        FUZZ_EXPECT(same(a->provenance.entries[k].key, b->provenance.entries[k].key) &&
                    same(a->provenance.entries[k].value, b->provenance.entries[k].value));
}

/* Held against the JSON, read once more. */
static void check_contents(const hebb_manifest *manifest, const char *bytes, size_t n)
{
    json_t *object = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL), *study = json_object_get(object, "study");
    FUZZ_EXPECT(json_is_object(study) && same(text_of(object, "hebb"), PACKAGE_VERSION));
    FUZZ_EXPECT(json_integer_value(json_object_get(study, "points")) == (json_int_t)manifest->n_points);
    FUZZ_EXPECT(json_integer_value(json_object_get(study, "replicas")) == (json_int_t)manifest->n_replicas);
    FUZZ_EXPECT(json_integer_value(json_object_get(study, "numbers")) == (json_int_t)manifest->n_numbers);
    FUZZ_EXPECT(same(text_of(study, "experiment"), manifest->experiment));
    FUZZ_EXPECT(json_object_size(object) == manifest->provenance.n + 1);
    FUZZ_EXPECT(json_object_size(json_object_get(study, "options")) == manifest->n_options);
    for (size_t k = 0; k < manifest->n_options; k++)
        FUZZ_EXPECT(
            same(text_of(json_object_get(study, "options"), manifest->options[k].name), manifest->options[k].text));
    json_decref(object);
}

static void check_counts(const hebb_manifest *manifest)
{
    const size_t n = hebb_manifest_units(manifest);
    const hebb_journal_kind kind = hebb_manifest_journals(manifest);
    FUZZ_EXPECT(manifest->n_points > 0 && manifest->n_replicas > 0 && manifest->n_numbers > 0);
    FUZZ_EXPECT(n / manifest->n_points == manifest->n_replicas && n <= (size_t)1 << 53);
    FUZZ_EXPECT(manifest->n_numbers <= (size_t)1 << 53 && kind.n_units == n && kind.n_numbers == manifest->n_numbers);
    FUZZ_EXPECT(1 <= manifest->shard && manifest->shard <= manifest->n_shards && manifest->n_shards <= HEBB_MAX_SHARDS);
    FUZZ_EXPECT(hebb_manifest_shard_units(manifest) <= n / manifest->n_shards + 1);
}

static bool check_file(const char *bytes, size_t n)
{
    hebb_manifest manifest, again;
    const char *path = fuzz_folder_file("manifest.json", bytes, n);
    if (!fuzz_check_status(hebb_manifest_read(&manifest, fuzz_folder()), path)) {
        FUZZ_EXPECT(manifest.options == NULL && manifest.experiment == NULL && manifest.provenance.n == 0);
        return false;
    }
    check_contents(&manifest, bytes, n);
    check_counts(&manifest);
    FUZZ_EXPECT(hebb_manifest_save(&manifest, fuzz_folder()) == HEBB_OK);
    FUZZ_EXPECT(hebb_manifest_read(&again, fuzz_folder()) == HEBB_OK);
    check_same(&manifest, &again);
    hebb_manifest_free(&again);
    hebb_manifest_free(&manifest);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    const char *bytes = (const char *)data + 1;
    if (*data != 's') {
        (void)check_file(bytes, size - 1);
        return 0;
    }
    json_t *object = json_loadb(bytes, size - 1, JSON_REJECT_DUPLICATES, NULL);
    if (object == NULL) return 0;
    seal(object);
    char *text = json_dumps(object, JSON_COMPACT);
    if (text != NULL) FUZZ_EXPECT(check_file(text, strlen(text)) == is_right(object));
    free(text);
    json_decref(object);
    return 0;
}
