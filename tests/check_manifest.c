/* manifest: what a study is comes back as it was saved; damaged in any byte it is refused or says the same. */
#include "manifest.h"
#include "scratch.h"

static hebb_manifest make(const char *version, const char *command, size_t n_points, size_t n_replicas,
                          size_t n_numbers)
{
    hebb_provenance provenance = {0};
    hebb_manifest manifest;
    ck_assert_int_eq(hebb_provenance_add(&provenance, "hebb", "%s", version), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_add(&provenance, "command", "%s", command), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_init(&manifest, "capacity", &provenance, n_points, n_replicas, n_numbers), HEBB_OK);
    hebb_provenance_free(&provenance);
    return manifest;
}

static hebb_manifest make_usual(void)
{
    hebb_manifest manifest = make(PACKAGE_VERSION, "hebb run capacity --alpha 0.1", 4, 25, 6);
    ck_assert_int_eq(hebb_manifest_add_option(&manifest, "alpha", ".1"), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_add_option(&manifest, "patterns-file", "a \"folder\"/\xc3\xa9\n.csv"), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_set_resume(&manifest, "hebb figure capacity"), HEBB_OK);
    manifest.shard = 2;
    manifest.n_shards = 3;
    manifest.csv_plain = true;
    return manifest;
}

/* Field by field: a test that compared fingerprints alone would not see what is not in them. */
static bool is_same(const hebb_manifest *a, const hebb_manifest *b)
{
    bool same = strcmp(a->experiment, b->experiment) == 0 && strcmp(a->resume, b->resume) == 0 &&
                a->n_points == b->n_points && a->n_replicas == b->n_replicas && a->n_numbers == b->n_numbers &&
                a->shard == b->shard && a->n_shards == b->n_shards && a->csv_plain == b->csv_plain &&
                a->n_options == b->n_options && a->provenance.n == b->provenance.n;
    for (size_t k = 0; same && k < a->n_options; k++)
        same =
            strcmp(a->options[k].name, b->options[k].name) == 0 && strcmp(a->options[k].text, b->options[k].text) == 0;
    for (size_t k = 0; same && k < a->provenance.n; k++)
        same = strcmp(a->provenance.entries[k].key, b->provenance.entries[k].key) == 0 &&
               strcmp(a->provenance.entries[k].value, b->provenance.entries[k].value) == 0;
    return same && hebb_fingerprint_equals(a->fingerprint, b->fingerprint);
}

/* The bytes of manifest.json, and how many; they are text. */
static size_t read_file(char *bytes, size_t room)
{
    FILE *file = fopen(scratch_path("manifest.json"), "rb");
    ck_assert_ptr_nonnull(file);
    const size_t size = fread(bytes, 1, room - 1, file);
    ck_assert_uint_lt(size, room - 1);
    ck_assert_int_eq(fclose(file), 0);
    bytes[size] = '\0';
    return size;
}

static hebb_status read_bytes(const char *bytes, size_t size, hebb_manifest *manifest)
{
    (void)scratch_write("manifest.json", bytes, size);
    return hebb_manifest_read(manifest, scratch_folder);
}

static void assert_text_refused(const char *text, const char *words)
{
    hebb_manifest manifest;
    char path[600];
    const hebb_status status = read_bytes(text, strlen(text), &manifest);
    snprintf(path, sizeof path, "%s", scratch_path("manifest.json"));
    assert_refused(status, HEBB_EDATA, path, words);
    hebb_manifest_free(&manifest); /* safe after a failure */
}

/* ---- round trip ---- */

START_TEST(what_was_saved_is_read)
{
    hebb_manifest saved = make_usual(), read;
    ck_assert_int_eq(hebb_manifest_save(&saved, scratch_folder), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_read(&read, scratch_folder), HEBB_OK);
    ck_assert(is_same(&saved, &read));
    hebb_manifest_free(&read);
    hebb_manifest_free(&read);
    hebb_manifest_free(&saved);
    saved = make(PACKAGE_VERSION, "c", 1, 1, 1); /* nothing that could be left out */
    ck_assert_int_eq(hebb_manifest_save(&saved, scratch_folder), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_read(&read, scratch_folder), HEBB_OK);
    ck_assert(is_same(&saved, &read));
    ck_assert(read.shard == 1 && read.n_shards == 1 && !read.csv_plain && *read.resume == '\0');
    hebb_manifest_free(&read);
    hebb_manifest_free(&saved);
}
END_TEST

/* Of a study with one line of provenance; "": none. */
static hebb_fingerprint fingerprint_with(const char *key, const char *value)
{
    hebb_provenance provenance = {0};
    hebb_manifest manifest;
    if (*key != '\0') ck_assert_int_eq(hebb_provenance_add(&provenance, key, "%s", value), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_init(&manifest, "capacity", &provenance, 1, 1, 1), HEBB_OK);
    const hebb_fingerprint fingerprint = manifest.fingerprint;
    hebb_manifest_free(&manifest);
    hebb_provenance_free(&provenance);
    return fingerprint;
}

static bool has_fingerprint(hebb_manifest other, hebb_fingerprint fingerprint)
{
    const bool same = hebb_fingerprint_equals(other.fingerprint, fingerprint);
    hebb_manifest_free(&other);
    return same;
}

START_TEST(the_fingerprint_is_of_what_changes_a_result_and_of_nothing_else)
{
    static const char command[] = "hebb run capacity --alpha 0.1";
    hebb_manifest usual = make_usual();
    const hebb_fingerprint fingerprint = usual.fingerprint;
    ck_assert(has_fingerprint(make(PACKAGE_VERSION, command, 4, 25, 6), fingerprint)); /* no options, no shard */
    ck_assert(!has_fingerprint(make("0", command, 4, 25, 6), fingerprint));
    ck_assert(!has_fingerprint(make(PACKAGE_VERSION, "hebb run capacity --alpha 0.2", 4, 25, 6), fingerprint));
    ck_assert(!has_fingerprint(make(PACKAGE_VERSION, command, 5, 25, 6), fingerprint));
    ck_assert(!has_fingerprint(make(PACKAGE_VERSION, command, 25, 4, 6), fingerprint));
    ck_assert(!has_fingerprint(make(PACKAGE_VERSION, command, 4, 25, 7), fingerprint));
    const hebb_fingerprint without = fingerprint_with("", "");
    ck_assert(!hebb_fingerprint_equals(fingerprint_with("patterns", "12"), without));
    hebb_manifest_free(&usual);
}
END_TEST

/* A key's end and a value's beginning are not to be taken for each other. */
START_TEST(lines_of_provenance_are_told_apart_wherever_they_break)
{
    ck_assert(!hebb_fingerprint_equals(fingerprint_with("ab", "c"), fingerprint_with("a", "bc")));
    ck_assert(hebb_fingerprint_equals(fingerprint_with("ab", "c"), fingerprint_with("ab", "c")));
}
END_TEST

START_TEST(its_journals_are_of_its_fingerprint_and_counts)
{
    hebb_manifest manifest = make_usual();
    const hebb_journal_kind kind = hebb_manifest_journals(&manifest);
    ck_assert(hebb_fingerprint_equals(kind.fingerprint, manifest.fingerprint));
    ck_assert_uint_eq(kind.n_units, 100);
    ck_assert_uint_eq(kind.n_numbers, 6);
    hebb_manifest_free(&manifest);
}
END_TEST

START_TEST(shards_share_all_units_out_each_to_one)
{
    for (size_t n_shards = 1; n_shards <= 12; n_shards++) {
        hebb_manifest manifest = make("v", "c", 2, 5, 1);
        size_t n_of[10] = {0}, total = 0;
        manifest.n_shards = n_shards;
        for (manifest.shard = 1; manifest.shard <= n_shards; manifest.shard++) {
            size_t n = 0;
            for (size_t unit = 0; unit < 10; unit++)
                if (hebb_manifest_has_unit(&manifest, unit)) n_of[unit]++, n++;
            ck_assert_uint_eq(hebb_manifest_shard_units(&manifest), n);
            total += n;
        }
        ck_assert_uint_eq(total, hebb_manifest_units(&manifest));
        for (size_t unit = 0; unit < 10; unit++) ck_assert_uint_eq(n_of[unit], 1);
        hebb_manifest_free(&manifest);
    }
}
END_TEST

/* ---- damage ---- */

/* Whatever stands at one place: what is read is refused or the same. */
START_TEST(with_any_byte_changed_it_is_refused_or_the_same)
{
    static const char others[] = " 019aeu\"\\{,:\n";
    char bytes[4096];
    hebb_manifest saved = make_usual(), read;
    size_t n_same = 0;
    ck_assert_int_eq(hebb_manifest_save(&saved, scratch_folder), HEBB_OK);
    const size_t size = read_file(bytes, sizeof bytes);
    for (size_t at = 0; at < size; at++) {
        const char byte = bytes[at];
        for (size_t k = 0; k < sizeof others + 8; k++) {
            bytes[at] = k < sizeof others ? others[k] : (char)(byte ^ 1 << (k - sizeof others));
            if (bytes[at] == byte) continue;
            scratch_poke("manifest.json", at, bytes[at]);
            const hebb_status status = hebb_manifest_read(&read, scratch_folder);
            const bool is_fine = status != HEBB_OK || is_same(&saved, &read);
            n_same += status == HEBB_OK;
            ck_assert_msg(is_fine, "byte %zu from '%c' to '%c': %s", at, byte, bytes[at], bytes);
            hebb_manifest_free(&read);
        }
        bytes[at] = byte;
        scratch_poke("manifest.json", at, byte);
    }
    ck_assert_uint_gt(n_same, 0); /* blanks between words; else the test reads nothing at all */
    hebb_manifest_free(&saved);
}
END_TEST

START_TEST(cut_at_any_byte_it_is_refused)
{
    char bytes[4096];
    hebb_manifest saved = make_usual(), read;
    ck_assert_int_eq(hebb_manifest_save(&saved, scratch_folder), HEBB_OK);
    const size_t size = read_file(bytes, sizeof bytes);
    for (size_t n = 0; n < size - 1; n++) { /* the last one ends the line */
        ck_assert_int_eq(remove(scratch_path("manifest.json")), 0);
        ck_assert_int_eq(read_bytes(bytes, n, &read), HEBB_EDATA);
        hebb_manifest_free(&read);
    }
    ck_assert_int_eq(read_bytes(bytes, size - 1, &read), HEBB_OK);
    hebb_manifest_free(&read);
    hebb_manifest_free(&saved);
}
END_TEST

/* bytes with the first `from` replaced by `to`, which is as long */
static void replace(char *bytes, const char *from, const char *to)
{
    char *at = strstr(bytes, from);
    ck_assert_msg(at != NULL, "no %s in %s", from, bytes);
    ck_assert_uint_eq(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
}

START_TEST(what_the_fingerprint_does_not_cover_is_checked_as_well)
{
    static const char *const changes[][2] = {{"\"2/3\"", "\"1/3\""},
                                             {"\"2/3\"", "\"2/4\""},
                                             {"\"alpha\": \".1\"", "\"alpha\": \".2\""},
                                             {"\"alpha\": \".1\"", "\"slpha\": \".1\""},
                                             {"\"csv_plain\": true ", "\"csv_plain\": false"},
                                             {"hebb figure capacity\"", "hebb figure capacita\""},
                                             {"\"experiment\": \"capacity\"", "\"experiment\": \"capacite\""}};
    char bytes[4096], changed[4096];
    hebb_manifest saved = make_usual();
    ck_assert_int_eq(hebb_manifest_save(&saved, scratch_folder), HEBB_OK);
    (void)read_file(bytes, sizeof bytes - 1);
    char *plain = strstr(bytes, "true,"); /* "true ,": as long as "false," */
    ck_assert_ptr_nonnull(plain);
    memmove(plain + 5, plain + 4, strlen(plain + 4) + 1);
    plain[4] = ' ';
    for (size_t k = 0; k < sizeof changes / sizeof *changes; k++) {
        strcpy(changed, bytes);
        replace(changed, changes[k][0], changes[k][1]);
        assert_text_refused(changed, ": is damaged");
    }
    hebb_manifest_free(&saved);
}
END_TEST

START_TEST(files_that_are_no_manifest_are_refused)
{
    assert_text_refused("", ":1: ");
    assert_text_refused("{", ":1: ");
    assert_text_refused("[]", ": is no manifest of a study");
    assert_text_refused("{}", ": is no manifest of a study");
    assert_text_refused("{\"hebb\": \"" PACKAGE_VERSION "\", \"command\": \"hebb theory\"}",
                        ": is no manifest of a study");
    assert_text_refused("{\"hebb\": \"1\", \"study\": []}", ": is no manifest of a study");
    assert_text_refused("{\"hebb\": \"1\", \"study\": {}}", ": is damaged");
    assert_text_refused("{\"hebb\": \"1\", \"a\": 1, \"study\": {}}", ": 'a' is no text");
    assert_text_refused("{\"hebb\": \"1\", \"study\": {\"options\": {\"a\": 1}}}", ": option 'a' is no text");
    assert_text_refused("{\"hebb\": \"1\", \"hebb\": \"1\", \"study\": {}}", "duplicate");
    assert_text_refused(
        "{\"hebb\": \"1\", \"study\": {\"points\": 9007199254740992, \"replicas\": 4096, \"numbers\": 1, "
        "\"shard\": \"1/1\", \"fingerprint\": \"\"}}",
        ": is damaged");
}
END_TEST

START_TEST(a_pipe_or_a_device_is_no_manifest_and_not_waited_for)
{
    hebb_manifest read;
    const char *path = scratch_path("manifest.json");
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    assert_refused(hebb_manifest_read(&read, scratch_folder), HEBB_ENOINPUT, path, "is a pipe");
    ck_assert_int_eq(remove(path), 0);
    ck_assert_int_eq(symlink("/dev/zero", path), 0);
    assert_refused(hebb_manifest_read(&read, scratch_folder), HEBB_ENOINPUT, path, "is a device");
}
END_TEST

START_TEST(more_lines_of_provenance_than_there_is_room_for_are_refused)
{
    char text[4096] = "{\"hebb\": \"1\"";
    for (int k = 0; k < HEBB_PROVENANCE_MAX; k++)
        snprintf(text + strlen(text), sizeof text - strlen(text), ", \"key %d\": \"\"", k);
    strcat(text, ", \"study\": {}}");
    assert_text_refused(text, ": more than 256 lines of provenance");
}
END_TEST

START_TEST(another_versions_study_is_refused)
{
    hebb_manifest saved = make("0.0.1", "c", 1, 1, 1), read;
    char path[600];
    ck_assert_int_eq(hebb_manifest_save(&saved, scratch_folder), HEBB_OK);
    snprintf(path, sizeof path, "%s", scratch_path("manifest.json"));
    assert_refused(hebb_manifest_read(&read, scratch_folder), HEBB_EDATA, path,
                   ": the study was begun by hebb 0.0.1 and this is " PACKAGE_VERSION);
    hebb_manifest_free(&saved);
}
END_TEST

START_TEST(folders_without_one_are_no_input)
{
    hebb_manifest read;
    assert_refused(hebb_manifest_read(&read, scratch_folder), HEBB_ENOINPUT, scratch_folder, "is no study's folder");
    char folder[600];
    snprintf(folder, sizeof folder, "%s", scratch_path("missing"));
    assert_refused(hebb_manifest_read(&read, folder), HEBB_ENOINPUT, folder, "is no study's folder");
    snprintf(folder, sizeof folder, "%s", scratch_write("file", "x", 1));
    assert_refused(hebb_manifest_read(&read, folder), HEBB_ENOINPUT, folder, "is no study's folder");
}
END_TEST

START_TEST(what_cannot_be_saved_is_reported_and_leaves_the_old_one)
{
    hebb_manifest manifest = make_usual(), read;
    char path[600];
    snprintf(path, sizeof path, "%s", scratch_path("manifest.json"));
    ck_assert_int_eq(hebb_manifest_save(&manifest, scratch_folder), HEBB_OK);
    ck_assert_int_eq(hebb_manifest_add_option(&manifest, "title", "\xff"), HEBB_OK);
    assert_refused(hebb_manifest_save(&manifest, scratch_folder), HEBB_EDATA, path, "'title' is no UTF-8 text");
    ck_assert_int_eq(hebb_manifest_read(&read, scratch_folder), HEBB_OK);
    ck_assert_uint_eq(read.n_options, 2);
    hebb_manifest_free(&read);
    hebb_manifest_free(&manifest);
    manifest = make_usual();
    char folder[600];
    snprintf(folder, sizeof folder, "%s", scratch_path("missing"));
    assert_refused(hebb_manifest_save(&manifest, folder), HEBB_EIO, folder, "No such file or directory");
    hebb_manifest_free(&manifest);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("manifest");
    TCase *round = tcase_create("round trip");
    tcase_add_checked_fixture(round, scratch_make, scratch_remove);
    tcase_add_test(round, what_was_saved_is_read);
    tcase_add_test(round, the_fingerprint_is_of_what_changes_a_result_and_of_nothing_else);
    tcase_add_test(round, lines_of_provenance_are_told_apart_wherever_they_break);
    tcase_add_test(round, its_journals_are_of_its_fingerprint_and_counts);
    tcase_add_test(round, shards_share_all_units_out_each_to_one);
    suite_add_tcase(suite, round);
    TCase *damage = tcase_create("damage");
    tcase_add_checked_fixture(damage, scratch_make, scratch_remove);
    tcase_add_test(damage, with_any_byte_changed_it_is_refused_or_the_same);
    tcase_add_test(damage, cut_at_any_byte_it_is_refused);
    tcase_add_test(damage, what_the_fingerprint_does_not_cover_is_checked_as_well);
    tcase_add_test(damage, files_that_are_no_manifest_are_refused);
    tcase_add_test(damage, a_pipe_or_a_device_is_no_manifest_and_not_waited_for);
    tcase_add_test(damage, more_lines_of_provenance_than_there_is_room_for_are_refused);
    tcase_add_test(damage, another_versions_study_is_refused);
    tcase_add_test(damage, folders_without_one_are_no_input);
    tcase_add_test(damage, what_cannot_be_saved_is_reported_and_leaves_the_old_one);
    suite_add_tcase(suite, damage);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
