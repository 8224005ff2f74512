/* provenance: the block as it is written, and studies that are told apart by it. */
#include <jansson.h>

#include "provenance.h"
#include "scratch.h"

static hebb_provenance make(const char *command, int seed)
{
    hebb_provenance provenance;
    ck_assert_int_eq(hebb_provenance_init(&provenance, command, NULL), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_add(&provenance, "seed", "%d", seed), HEBB_OK);
    return provenance;
}

static void assert_block(const hebb_provenance *provenance, const char *want)
{
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(stream);
    hebb_provenance_write(provenance, stream);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(text, want);
    free(text);
}

/* What `provenance` says of a file with that content. */
static void assert_match_refused(const hebb_provenance *provenance, const char *content, const char *words)
{
    const char *path = scratch_write("manifest.json", content, strlen(content));
    assert_refused(hebb_provenance_match(provenance, path), HEBB_EUSAGE, path, words);
}

static void assert_other(const hebb_provenance *provenance, const char *command, int seed, const char *words)
{
    hebb_provenance other = make(command, seed);
    ck_assert_int_eq(hebb_provenance_save(&other, scratch_path("manifest.json")), HEBB_OK);
    assert_refused(hebb_provenance_match(provenance, scratch_path("manifest.json")), HEBB_EUSAGE,
                   scratch_path("manifest.json"), words);
    hebb_provenance_free(&other);
}

START_TEST(the_block_is_version_command_and_the_rest_in_order)
{
    hebb_provenance provenance = make("hebb run capacity --alpha 0.1", 7);
    ck_assert_int_eq(hebb_provenance_add(&provenance, "data", "%s: %.1f", "mnist", 0.5), HEBB_OK);
    assert_block(&provenance, "# hebb: " PACKAGE_VERSION "\n# command: hebb run capacity --alpha 0.1\n# seed: 7\n"
                              "# data: mnist: 0.5\n");
    hebb_provenance_free(&provenance);
    assert_block(&provenance, "");
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(control_characters_become_question_marks_so_that_a_line_stays_one)
{
    hebb_provenance provenance = make("hebb run --title a\nb\r\t\x1b[31m\x7f end \xc3\xa9", 1);
    ck_assert_str_eq(hebb_provenance_get(&provenance, "command"), "hebb run --title a?b???[31m? end \xc3\xa9");
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(values_are_found_by_key)
{
    hebb_provenance provenance = make("c", 12);
    ck_assert_str_eq(hebb_provenance_get(&provenance, "hebb"), PACKAGE_VERSION);
    ck_assert_str_eq(hebb_provenance_get(&provenance, "seed"), "12");
    ck_assert_ptr_null(hebb_provenance_get(&provenance, "see"));
    hebb_provenance_free(&provenance);
    ck_assert_ptr_null(hebb_provenance_get(&provenance, "seed"));
}
END_TEST

START_TEST(a_full_block_takes_no_more)
{
    hebb_provenance provenance;
    ck_assert_int_eq(hebb_provenance_init(&provenance, "c", NULL), HEBB_OK);
    for (int k = 2; k < HEBB_PROVENANCE_MAX; k++)
        ck_assert_int_eq(hebb_provenance_add(&provenance, "key", "%d", k), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_add(&provenance, "key", "more"), HEBB_EINTERNAL);
    ck_assert_uint_eq(provenance.n, HEBB_PROVENANCE_MAX);
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(the_saved_file_is_json_with_the_same_lines_in_order)
{
    hebb_provenance provenance = make("hebb run --title \"a\\b\" \xc3\xa9", 7);
    ck_assert_int_eq(hebb_provenance_save(&provenance, scratch_path("manifest.json")), HEBB_OK);
    json_t *object = json_load_file(scratch_path("manifest.json"), JSON_REJECT_DUPLICATES, NULL);
    ck_assert_uint_eq(json_object_size(object), provenance.n);
    size_t k = 0;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        ck_assert_str_eq(key, provenance.entries[k].key);
        ck_assert_str_eq(json_string_value(value), provenance.entries[k++].value);
    }
    json_decref(object);
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(what_is_no_utf8_is_not_saved)
{
    hebb_provenance provenance = make("hebb run --title \xff", 1);
    const char *path = scratch_path("manifest.json");
    assert_refused(hebb_provenance_save(&provenance, path), HEBB_EDATA, path, "'command' is no UTF-8 text");
    ck_assert_int_ne(access(path, F_OK), 0);
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(disks_that_are_full_and_folders_that_are_missing_are_reported)
{
    hebb_provenance provenance = make("c", 1);
    const char *path = scratch_path("missing/manifest.json");
    assert_refused(hebb_provenance_save(&provenance, path), HEBB_EIO, path, "No such file or directory");
    path = scratch_full_device();
    if (path != NULL) assert_refused(hebb_provenance_save(&provenance, path), HEBB_EIO, path, "cannot be written");
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(a_folder_without_a_manifest_and_one_of_the_same_study_match)
{
    hebb_provenance provenance = make("hebb run capacity", 7), same = make("hebb run capacity", 7);
    ck_assert_int_eq(hebb_provenance_match(&provenance, scratch_path("manifest.json")), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_save(&provenance, scratch_path("manifest.json")), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_match(&provenance, scratch_path("manifest.json")), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_match(&same, scratch_path("manifest.json")), HEBB_OK);
    hebb_provenance_free(&provenance);
    hebb_provenance_free(&same);
}
END_TEST

START_TEST(another_study_does_not_match_and_is_named)
{
    hebb_provenance provenance = make("hebb run capacity", 7);
    assert_other(&provenance, "hebb run capacity", 8, ": holds another study (seed: 8); choose another folder");
    assert_other(&provenance, "hebb run basins", 7, ": holds another study (command: hebb run basins)");
    hebb_provenance_free(&provenance);
    provenance = make("hebb train rbm --hidden 9 --updates 5000 --means --title a b", 7);
    assert_other(&provenance, "hebb train rbm --hidden 9 --updates 1000 --means --title a b", 7,
                 ": holds another study (--updates is 1000 there, 5000 here); choose another folder");
    assert_other(&provenance, "hebb train rbm --batch 2 --hidden 9 --updates 5000 --title a", 7,
                 ": holds another study (--batch is 2 there, not given here; --title is a there, a b here; "
                 "--means is not given there, given here)");
    assert_other(&provenance, "hebb train rbm2 --hidden 9", 7, ": holds another study (command: hebb train rbm2)");
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(a_line_too_few_or_too_many_is_another_study)
{
    hebb_provenance less = make("c", 7), more = make("c", 7);
    const char *path = scratch_path("manifest.json");
    ck_assert_int_eq(hebb_provenance_add(&more, "data", "mnist"), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_save(&less, path), HEBB_OK);
    assert_refused(hebb_provenance_match(&more, path), HEBB_EUSAGE, path, ": holds another study (data: none)");
    ck_assert_int_eq(hebb_provenance_save(&more, path), HEBB_OK);
    assert_refused(hebb_provenance_match(&less, path), HEBB_EUSAGE, path, ": holds another study (with data)");
    hebb_provenance_free(&less);
    hebb_provenance_free(&more);
}
END_TEST

START_TEST(files_of_other_programs_do_not_match)
{
    hebb_provenance provenance = make("c", 7);
    static const char *const contents[] = {
        "", "{}", "[]", "{\"hebb\": 1}", "{\"name\": \"x\"}", "\"hebb\"", "not json", "{\"hebb\": \"1\""};
    for (size_t k = 0; k < sizeof contents / sizeof *contents; k++)
        assert_match_refused(&provenance, contents[k], ": is no manifest of this program; choose another folder");
    assert_match_refused(&provenance, "{\"hebb\": \"" PACKAGE_VERSION "\", \"command\": 1, \"seed\": \"7\"}",
                         ": holds another study (command: none)");
    for (int k = 0; k < SCRATCH_N_ODD_PATHS - 1; k++) { /* the last one is not there: nothing is in the way */
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_provenance_match(&provenance, path), HEBB_EUSAGE, path, ": is no manifest");
    }
    hebb_provenance_free(&provenance);
}
END_TEST

START_TEST(files_made_to_exhaust_a_reader_do_not_match)
{
    enum { DEPTH = 1 << 20 };
    static char nested[DEPTH + 1];
    hebb_provenance provenance = make("c", 7);
    memset(nested, '[', DEPTH);
    assert_match_refused(&provenance, nested, ": is no manifest");
    for (size_t k = 0; k + 5 <= DEPTH; k += 5) memcpy(nested + k, "{\"a\":", 5);
    assert_match_refused(&provenance, nested, ": is no manifest");
    assert_match_refused(&provenance, "{\"hebb\": 1e999}", ": is no manifest");
    const char *path = scratch_write("manifest.json", "{}", 2);
    ck_assert_int_eq(truncate(path, (off_t)1 << 40), 0); /* takes no room on the disk */
    assert_refused(hebb_provenance_match(&provenance, path), HEBB_EUSAGE, path, ": is no manifest");
    hebb_provenance_free(&provenance);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("provenance");
    TCase *block = tcase_create("block");
    tcase_add_test(block, the_block_is_version_command_and_the_rest_in_order);
    tcase_add_test(block, control_characters_become_question_marks_so_that_a_line_stays_one);
    tcase_add_test(block, values_are_found_by_key);
    tcase_add_test(block, a_full_block_takes_no_more);
    suite_add_tcase(suite, block);
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, the_saved_file_is_json_with_the_same_lines_in_order);
    tcase_add_test(files, what_is_no_utf8_is_not_saved);
    tcase_add_test(files, disks_that_are_full_and_folders_that_are_missing_are_reported);
    tcase_add_test(files, a_folder_without_a_manifest_and_one_of_the_same_study_match);
    tcase_add_test(files, another_study_does_not_match_and_is_named);
    tcase_add_test(files, a_line_too_few_or_too_many_is_another_study);
    tcase_add_test(files, files_of_other_programs_do_not_match);
    tcase_add_test(files, files_made_to_exhaust_a_reader_do_not_match);
    suite_add_tcase(suite, files);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
