/* real_pattern_file: the numbers as they stand, from every kind of file; what is no number is refused by its place. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "real_pattern_file.h"
#include "scratch.h"

static hebb_status read_bytes(const char *name, const void *bytes, size_t size, hebb_real_pattern_file *file)
{
    return hebb_real_pattern_file_read(scratch_write(name, bytes, size), file);
}

static hebb_status read_text(const char *text, hebb_real_pattern_file *file)
{
    return read_bytes("patterns.csv", text, strlen(text), file);
}

START_TEST(numbers_are_read_as_they_stand)
{
    hebb_real_pattern_file file;
    ck_assert_int_eq(read_text("0.5,-1e-300,3\n-0,7,2.25e100\n", &file), HEBB_OK);
    ck_assert(file.n_patterns == 2 && file.n_neurons == 3);
    const double want[] = {0.5, -1e-300, 3.0, 0.0, 7.0, 2.25e100};
    ck_assert_mem_eq(file.patterns, want, sizeof want);
    hebb_real_pattern_file_free(&file);
    hebb_real_pattern_file_free(&file);
}
END_TEST

/* A grey image of 2 x 2 pixels is a pattern of 4. */
START_TEST(images_are_patterns)
{
    static const char idx[] = "\0\0\010\003\0\0\0\002\0\0\0\002\0\0\0\002\000\001\002\003\377\200\001\000";
    hebb_real_pattern_file file;
    ck_assert_int_eq(read_bytes("images.idx", idx, sizeof idx - 1, &file), HEBB_OK);
    const double want[] = {0.0, 1.0, 2.0, 3.0, 255.0, 128.0, 1.0, 0.0};
    ck_assert(file.n_patterns == 2 && file.n_neurons == 4);
    ck_assert_mem_eq(file.patterns, want, sizeof want);
    hebb_real_pattern_file_free(&file);
}
END_TEST

static void check_refused(hebb_status status, const hebb_real_pattern_file *file, hebb_status want, const char *words)
{
    ck_assert_int_eq(status, want);
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "'%s' lacks '%s'", hebb_diagnostic(), words);
    ck_assert(file->patterns == NULL && file->n_patterns == 0);
}

START_TEST(what_is_no_number_is_refused_by_its_place)
{
    hebb_real_pattern_file file;
    char npy[128 + 16] = "\x93NUMPY\x01";
    const float numbers[] = {1.0f, 2.0f, 3.0f, NAN};
    memset(npy + 8, ' ', 120);
    npy[7] = 0, npy[8] = 118, npy[9] = 0;
    memcpy(npy + 10, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", 59);
    npy[127] = '\n';
    memcpy(npy + 128, numbers, sizeof numbers);
    check_refused(read_bytes("p.npy", npy, sizeof npy, &file), &file, HEBB_EDATA, "pattern 2, pixel 2 is nan");
    const float other[] = {1.0f, -INFINITY, 3.0f, 4.0f};
    memcpy(npy + 128, other, sizeof other);
    check_refused(read_bytes("p.npy", npy, sizeof npy, &file), &file, HEBB_EDATA, "pattern 1, pixel 2 is -inf");
    check_refused(read_text("1,2\n3,nan\n", &file), &file, HEBB_EDATA, "patterns.csv:2");
    check_refused(read_text("1,2\n3,x\n", &file), &file, HEBB_EDATA, "patterns.csv:2");
}
END_TEST

START_TEST(other_files_are_refused)
{
    hebb_real_pattern_file file;
    check_refused(read_text("", &file), &file, HEBB_EDATA, "patterns.csv");
    check_refused(hebb_real_pattern_file_read(scratch_path("nothing.csv"), &file), &file, HEBB_ENOINPUT, "nothing.csv");
    check_refused(hebb_real_pattern_file_read(scratch_write("p.txt", "1", 1), &file), &file, HEBB_EDATA, ".idx.gz");
    static const char line[] = "\0\0\010\001\0\0\0\002\1\1", none[] = "\0\0\010\002\0\0\0\000\0\0\0\003";
    check_refused(read_bytes("line.idx", line, sizeof line - 1, &file), &file, HEBB_EDATA, "1 dimension");
    check_refused(read_bytes("none.idx", none, sizeof none - 1, &file), &file, HEBB_EDATA, "no patterns");
}
END_TEST

START_TEST(the_checksum_is_of_the_numbers)
{
    hebb_real_pattern_file a, b, c;
    ck_assert_int_eq(read_text("1,0\n.5,2\n", &a), HEBB_OK);
    ck_assert_int_eq(read_text("1.0,-0\n5e-1,2\n", &b), HEBB_OK);
    ck_assert_int_eq(read_text("1,0\n.5,2.0000000000000004\n", &c), HEBB_OK);
    ck_assert(a.checksum == b.checksum && a.checksum != c.checksum);
    hebb_real_pattern_file_free(&a);
    hebb_real_pattern_file_free(&b);
    hebb_real_pattern_file_free(&c);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("real_pattern_file");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, numbers_are_read_as_they_stand);
    tcase_add_test(files, images_are_patterns);
    tcase_add_test(files, what_is_no_number_is_refused_by_its_place);
    tcase_add_test(files, other_files_are_refused);
    tcase_add_test(files, the_checksum_is_of_the_numbers);
    suite_add_tcase(suite, files);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
