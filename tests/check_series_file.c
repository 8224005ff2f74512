/* series_file: columns with and without names, text, one alone, refusals by code; their sentences are in analyse.sh. */
#include <stdint.h>

#include "scratch.h"
#include "series_file.h"

static hebb_status read_text(const char *content, const char *only, hebb_series_file *file)
{
    return hebb_series_file_read(scratch_write("a.csv", content, strlen(content)), only, file);
}

static hebb_series_file made_of(const char *content, const char *only)
{
    hebb_series_file file;
    const hebb_status status = read_text(content, only, &file);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    return file;
}

START_TEST(columns_have_names_values_and_text_or_not)
{
    hebb_series_file file = made_of("# a comment\nm,word,,e\n1,up,3,-4e-1\n5,7,6,8\n", NULL);
    const char *const names[] = {"m", "word", "3", "e"};
    const double values[][2] = {{1.0, 5.0}, {0.0, 0.0}, {3.0, 6.0}, {-0.4, 8.0}};
    ck_assert_uint_eq(file.n_rows, 2);
    ck_assert_uint_eq(file.n_columns, 4);
    for (size_t j = 0; j < 4; j++) {
        ck_assert_str_eq(file.columns[j].name, names[j]);
        ck_assert_int_eq(file.columns[j].is_text, j == 1);
        ck_assert_int_eq(file.columns[j].is_chosen, j != 1);
        if (j == 1) ck_assert_ptr_null(file.columns[j].values);
        for (size_t k = 0; k < 2 && j != 1; k++) ck_assert_double_eq(file.columns[j].values[k], values[j][k]);
    }
    hebb_series_file_free(&file);
    hebb_series_file_free(&file);
}
END_TEST

START_TEST(without_a_header_the_columns_are_numbered)
{
    hebb_series_file file = made_of("up,2\ndown,3\n", NULL);
    ck_assert_uint_eq(file.n_rows, 2);
    ck_assert_str_eq(file.columns[0].name, "1");
    ck_assert(file.columns[0].is_text);
    ck_assert_str_eq(file.columns[1].name, "2");
    ck_assert_double_eq(file.columns[1].values[1], 3.0);
    hebb_series_file_free(&file);
}
END_TEST

START_TEST(one_column_alone_is_the_first_of_its_name)
{
    hebb_series_file file = made_of("m,e,m\n1,,2\n3,x,4\n", "m");
    ck_assert(file.columns[0].is_chosen && !file.columns[1].is_chosen && !file.columns[2].is_chosen);
    ck_assert_double_eq(file.columns[0].values[1], 3.0);
    ck_assert_ptr_null(file.columns[2].values);
    hebb_series_file_free(&file);
}
END_TEST

/* Beyond the first 1024 rows, and the piece that the checksum takes at a time. */
START_TEST(long_files_keep_their_order)
{
    static char content[700000];
    char *end = content + sprintf(content, "m,n\n");
    for (int k = 0; k < 50000; k++) end += sprintf(end, "%d,%d\n", k, -k);
    hebb_series_file file = made_of(content, NULL);
    ck_assert_uint_eq(file.n_rows, 50000);
    size_t n_wrong = 0;
    for (int k = 0; k < 50000; k++) n_wrong += file.columns[0].values[k] != k || file.columns[1].values[k] != -k;
    ck_assert_uint_eq(n_wrong, 0);
    hebb_series_file_free(&file);
}
END_TEST

START_TEST(the_checksum_is_that_of_the_values)
{
    hebb_series_file one = made_of("m,e\n1,2\n3,4\n", NULL), same = made_of("a,b,word\n1.0,2,x\n3,4e0,y\n", NULL),
                     other = made_of("m,e\n1,2\n3,5\n", NULL), first = made_of("m,e\n1,2\n3,5\n", "m");
    ck_assert_uint_eq(one.checksum, same.checksum);
    ck_assert_uint_ne(one.checksum, other.checksum);
    ck_assert_uint_ne(first.checksum, other.checksum);
    hebb_series_file_free(&one);
    hebb_series_file_free(&same);
    hebb_series_file_free(&other);
    hebb_series_file_free(&first);
}
END_TEST

START_TEST(files_that_are_no_series_are_refused_and_nothing_is_left)
{
    const struct {
        const char *content, *only;
        hebb_status status;
    } bad[] = {{"", NULL, HEBB_EDATA},
               {"m\n", NULL, HEBB_EDATA},
               {"m,e\n1,2\n3\n", NULL, HEBB_EDATA},
               {"m,e\n1,2,3\n", NULL, HEBB_EDATA},
               {"m,e\n1,\n", NULL, HEBB_EDATA},
               {"m\n1\nx\n", NULL, HEBB_EDATA},
               {"m\n1\ninf\n", NULL, HEBB_EDATA},
               {"m\nup\ndown\n", NULL, HEBB_EDATA},
               {"m,w\n1,up\n", "w", HEBB_EDATA},
               {"m,w\n1,\"up\n", "m", HEBB_EDATA},
               {"m,w\n1,2\n", "v", HEBB_EUSAGE},
               {"1,2\n", "m", HEBB_EUSAGE}};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        hebb_series_file file;
        hebb_diagnostic_clear();
        ck_assert_int_eq(read_text(bad[k].content, bad[k].only, &file), bad[k].status);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "a.csv"));
        ck_assert_ptr_null(file.columns);
        ck_assert_uint_eq(file.n_columns, 0);
    }
    hebb_series_file file;
    ck_assert_int_eq(hebb_series_file_read(scratch_path("nowhere.csv"), NULL, &file), HEBB_ENOINPUT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("series_file");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, columns_have_names_values_and_text_or_not);
    tcase_add_test(files, without_a_header_the_columns_are_numbered);
    tcase_add_test(files, one_column_alone_is_the_first_of_its_name);
    tcase_add_test(files, long_files_keep_their_order);
    tcase_add_test(files, the_checksum_is_that_of_the_values);
    tcase_add_test(files, files_that_are_no_series_are_refused_and_nothing_is_left);
    suite_add_tcase(suite, files);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
