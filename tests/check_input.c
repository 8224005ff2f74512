/* input: what is a file, what is not, and what is printed of it. */
#include <stdint.h>

#include "input.h"
#include "scratch.h"

START_TEST(a_file_opens_with_its_length_and_reads_back)
{
    const char *path = scratch_write("three", "abc", 3);
    FILE *stream;
    size_t n;
    char bytes[3];
    ck_assert_int_eq(hebb_input_open(path, &stream, &n), HEBB_OK);
    ck_assert_uint_eq(n, 3);
    ck_assert_int_eq(hebb_input_read(path, stream, bytes, 3), HEBB_OK);
    ck_assert_mem_eq(bytes, "abc", 3);
    assert_refused(hebb_input_read(path, stream, bytes, 1), HEBB_EIO, path, "became shorter");
    fclose(stream);
}
END_TEST

START_TEST(a_file_is_loaded_whole_with_a_nul_behind_it)
{
    const char *path = scratch_write("three", "a\0c", 3);
    char *text;
    size_t n;
    ck_assert_int_eq(hebb_input_load(path, 3, &text, &n), HEBB_OK);
    ck_assert_uint_eq(n, 3);
    ck_assert_mem_eq(text, "a\0c", 4);
    free(text);
    assert_refused(hebb_input_load(path, 2, &text, &n), HEBB_EDATA, path, ": 3 bytes; at most 2 are read");
    ck_assert_ptr_null(text);
    assert_refused(hebb_input_load(scratch_folder, 2, &text, &n), HEBB_ENOINPUT, scratch_folder, "is a folder");
    ck_assert_ptr_null(text);
}
END_TEST

START_TEST(links_are_followed_to_files_and_to_nothing_else)
{
    char *path = strdup(scratch_path("link"));
    static const char *const targets[] = {"three", "/dev/zero", ".", "link", "nowhere"};
    static const char *const words[] = {NULL, "is a device", "is a folder", "cannot be opened", "No such file"};
    scratch_write("three", "abc", 3);
    for (size_t k = 0; k < sizeof targets / sizeof *targets; k++) {
        char *text;
        size_t n;
        ck_assert_int_eq(symlink(targets[k], path), 0);
        const hebb_status status = hebb_input_load(path, 10, &text, &n);
        if (words[k] == NULL)
            ck_assert_int_eq(status, HEBB_OK);
        else
            assert_refused(status, HEBB_ENOINPUT, path, words[k]);
        free(text);
        ck_assert_int_eq(unlink(path), 0);
    }
    free(path);
}
END_TEST

START_TEST(folders_pipes_devices_and_missing_files_are_named_at_once)
{
    static const char *const words[SCRATCH_N_ODD_PATHS] = {"is a folder", "is a pipe", "is a device",
                                                           "No such file or directory"};
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        FILE *stream;
        size_t n;
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_input_open(path, &stream, &n), HEBB_ENOINPUT, path, words[k]);
    }
}
END_TEST

START_TEST(lengths_that_differ_from_the_promise_are_refused_with_both_numbers)
{
    ck_assert_int_eq(hebb_input_check_length("a", 0, 0), HEBB_OK);
    assert_refused(hebb_input_check_length("a", 7840000, 4984), HEBB_EDATA, "a",
                   "truncated: the header promises 7840000 bytes of data, the file has 4984; download it again");
    assert_refused(hebb_input_check_length("a", 5, 7), HEBB_EDATA, "a", "too long: the header promises 5 bytes");
    assert_refused(hebb_input_check_length("a", SIZE_MAX, 7), HEBB_EDATA, "a", "promises more than ");
}
END_TEST

START_TEST(blame_puts_the_path_before_the_sentence)
{
    hebb_fail(HEBB_ENOMEM, "too much");
    ck_assert_int_eq(hebb_input_blame("a.npy", HEBB_ENOMEM), HEBB_ENOMEM);
    ck_assert_str_eq(hebb_diagnostic(), "a.npy: too much");
}
END_TEST

START_TEST(excerpts_are_printable_and_short)
{
    static const char long_text[100] = {0};
    char excerpt[HEBB_INPUT_EXCERPT_SIZE];
    ck_assert_str_eq(hebb_input_excerpt(excerpt, "", 0), "");
    ck_assert_str_eq(hebb_input_excerpt(excerpt, "a b\n\x1b[0m\xc3\xa9\x7f", 11), "a b\\x0a\\x1b[0m\\xc3\\xa9\\x7f");
    ck_assert_str_eq(hebb_input_excerpt(excerpt, "12345678901234567890123456789012", 32),
                     "12345678901234567890123456789012");
    ck_assert_str_eq(hebb_input_excerpt(excerpt, "123456789012345678901234567890123", 33),
                     "12345678901234567890123456789012...");
    ck_assert_uint_eq(strlen(hebb_input_excerpt(excerpt, long_text, sizeof long_text)), HEBB_INPUT_EXCERPT_SIZE - 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("input");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, a_file_opens_with_its_length_and_reads_back);
    tcase_add_test(files, a_file_is_loaded_whole_with_a_nul_behind_it);
    tcase_add_test(files, links_are_followed_to_files_and_to_nothing_else);
    tcase_add_test(files, folders_pipes_devices_and_missing_files_are_named_at_once);
    tcase_add_test(files, lengths_that_differ_from_the_promise_are_refused_with_both_numbers);
    tcase_add_test(files, blame_puts_the_path_before_the_sentence);
    tcase_add_test(files, excerpts_are_printable_and_short);
    suite_add_tcase(suite, files);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
