/* provenance: a manifest matches when it is a JSON object of the same keys and values, and in no other case. */
#include "provenance.h"

#include <string.h>

#include <jansson.h>

#include "fuzz.h"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("{\n  \"hebb\": \"" PACKAGE_VERSION "\",\n  \"command\": \"hebb run capacity\",\n  \"seed\": \"7\"\n}\n"),
    FUZZ_SEED("{\"hebb\":\"" PACKAGE_VERSION "\",\"command\":\"hebb run basins\",\"seed\":\"7\"}"),
    FUZZ_SEED("{\"hebb\":\"" PACKAGE_VERSION "\",\"command\":\"hebb run capacity\",\"seed\":\"7\",\"a\":\"\"}"),
    FUZZ_SEED("{\"seed\":7,\"hebb\":\"\\u0000\",\"command\":[[[[{}]]]]}"),
    FUZZ_SEED("{\"hebb\": \"0.1.0\", \"hebb\": 1e999}"),
    FUZZ_SEED("\xef\xbb\xbf{}"),
    FUZZ_SEED("[null, true, -0.5e-7, \"\\ud83d\\ude00\"]"),
    {NULL, 0}};
const char *const fuzz_words[] = {"\"hebb\":",
                                  "\"command\":",
                                  "\"seed\":",
                                  "\"" PACKAGE_VERSION "\"",
                                  "\"7\"",
                                  "{",
                                  "}",
                                  "[",
                                  "]",
                                  ",",
                                  "null",
                                  "true",
                                  "1e999",
                                  "-0",
                                  "\\u0000",
                                  "\\u009b",
                                  "\\ud800",
                                  "\\\"",
                                  "[[[[[[[[[[[[[[[[",
                                  "{\"a\":{\"a\":{\"a\":",
                                  "\xff",
                                  NULL};

static void make(hebb_provenance *provenance)
{
    FUZZ_EXPECT(hebb_provenance_init(provenance, "hebb run capacity", NULL) == HEBB_OK);
    FUZZ_EXPECT(hebb_provenance_add(provenance, "seed", "%d", 7) == HEBB_OK);
}

static bool is_the_same(const hebb_provenance *provenance, const uint8_t *data, size_t size)
{
    json_t *object = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    bool same = json_object_size(object) == provenance->n;
    for (size_t k = 0; same && k < provenance->n; k++) {
        const char *value = json_string_value(json_object_get(object, provenance->entries[k].key));
        same = value != NULL && strcmp(value, provenance->entries[k].value) == 0;
    }
    json_decref(object);
    return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hebb_provenance provenance;
    make(&provenance);
    const char *path = fuzz_file(0, data, size);
    const hebb_status status = hebb_provenance_match(&provenance, path);
    FUZZ_EXPECT(fuzz_check_status(status, path) == is_the_same(&provenance, data, size));
    hebb_provenance_free(&provenance);
    return 0;
}
