/* table: what is written reads back, byte by byte where it is promised, and what is refused. */
#include <math.h>
#include <signal.h>

#include <jansson.h>

#include "memory.h"
#include "scratch.h"
#include "table.h"

static hebb_column columns[] = {
    {"alpha", "1", "load p/N"}, {"note", "", "what is \"odd\" about it"}, {"t_half", "sweeps", "half-life"}};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static void make(hebb_table *table)
{
    ck_assert_int_eq(hebb_table_init(table, N_COLUMNS, columns), HEBB_OK);
}

static void add_row(hebb_table *table, double alpha, const char *note, double t_half)
{
    hebb_table_number(table, alpha);
    hebb_table_text(table, note);
    hebb_table_number(table, t_half);
}

static void assert_saved(const hebb_table *table, const hebb_provenance *provenance, const char *name)
{
    ck_assert_msg(hebb_table_save(table, provenance, scratch_path(name)) == HEBB_OK, "%s", hebb_diagnostic());
}

static void assert_content(const char *name, const char *want)
{
    char text[2000];
    FILE *stream = fopen(scratch_path(name), "r");
    ck_assert_ptr_nonnull(stream);
    text[fread(text, 1, sizeof text - 1, stream)] = '\0';
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(text, want);
}

static void assert_reads_refused(const char *content, hebb_status want, const char *words)
{
    hebb_table table;
    make(&table);
    const char *path = scratch_write("bad.csv", content, strlen(content));
    assert_refused(hebb_table_read(&table, path), want, path, words);
    hebb_table_free(&table);
}

START_TEST(files_are_a_header_and_rows_in_the_shortest_numbers)
{
    hebb_table table;
    make(&table);
    add_row(&table, 0.1, "ok", 1e-7);
    hebb_table_missing(&table);
    hebb_table_text(&table, "");
    hebb_table_number(&table, -INFINITY);
    add_row(&table, 1.0 / 3.0, "no solution", NAN);
    ck_assert_uint_eq(table.n_rows, 3);
    assert_saved(&table, NULL, "a.csv");
    assert_content("a.csv", "alpha,note,t_half\n0.1,ok,1e-7\n,,-inf\n0.3333333333333333,no solution,\n");
    hebb_table_free(&table);
}
END_TEST

static void fill_row(void *context, size_t row, hebb_table *table)
{
    ck_assert_ptr_eq(context, columns);
    add_row(table, (double)row / 7.0, row % 3 == 0 ? "a, b" : "", row % 5 == 0 ? NAN : (double)row);
}

static void assert_same_content(const char *a, const char *b)
{
    FILE *first = fopen(scratch_path(a), "r"), *second = fopen(scratch_path(b), "r");
    int c;
    ck_assert(first != NULL && second != NULL);
    while ((c = fgetc(first)) != EOF) ck_assert_int_eq(fgetc(second), c);
    ck_assert_int_eq(fgetc(second), EOF);
    ck_assert(fclose(first) == 0 && fclose(second) == 0);
}

START_TEST(rows_made_one_at_a_time_make_the_same_file)
{
    static const size_t sizes[] = {0, 1, 100};
    hebb_provenance provenance;
    ck_assert_int_eq(hebb_provenance_init(&provenance, "a command", NULL), HEBB_OK);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const hebb_table_rows rows = {sizes[k], fill_row, columns};
        hebb_table whole, rowwise;
        make(&whole);
        make(&rowwise);
        for (size_t row = 0; row < sizes[k]; row++) fill_row(columns, row, &whole);
        fill_row(columns, 99, &rowwise); /* forgotten */
        assert_saved(&whole, &provenance, "whole.csv");
        ck_assert_int_eq(hebb_table_save_rows(&rowwise, &rows, &provenance, scratch_path("rows.csv")), HEBB_OK);
        assert_same_content("whole.csv", "rows.csv");
        assert_same_content("whole.meta.json", "rows.meta.json");
        hebb_table_free(&whole);
        hebb_table_free(&rowwise);
    }
    hebb_provenance_free(&provenance);
}
END_TEST

static void lose_cell(void *context, size_t row, hebb_table *table)
{
    fill_row(context, row, table);
    table->failed = row == 3;
}

START_TEST(of_rows_made_one_at_a_time_none_is_lost_unnoticed)
{
    const hebb_table_rows losing = {10, lose_cell, columns}, rows = {100000, fill_row, columns};
    hebb_table table;
    make(&table);
    const char *path = scratch_path("rows.csv");
    assert_refused(hebb_table_save_rows(&table, &losing, NULL, path), HEBB_ENOMEM, path, ": no memory");
    ck_assert_int_ne(access(path, F_OK), 0);
    hebb_table_free(&table);
    make(&table);
    path = scratch_full_device();
    if (path != NULL)
        assert_refused(hebb_table_save_rows(&table, &rows, NULL, path), HEBB_EIO, path, ": cannot be written");
    hebb_table_free(&table);
}
END_TEST

START_TEST(numbers_read_back_to_the_same_doubles)
{
    hebb_table table, back;
    make(&table);
    make(&back);
    double x = 1.0;
    for (int k = 0; k < 2000; k++, x *= -1.37) add_row(&table, x, "x", 1.0 / x);
    assert_saved(&table, NULL, "a.csv");
    ck_assert_int_eq(hebb_table_read(&back, scratch_path("a.csv")), HEBB_OK);
    ck_assert_uint_eq(back.n_rows, 2000);
    for (size_t row = 0; row < 2000; row++)
        for (size_t k = 0; k < N_COLUMNS; k += 2) {
            ck_assert_ptr_null(hebb_table_cell(&back, row, k)->text);
            ck_assert(hebb_table_cell(&back, row, k)->number == hebb_table_cell(&table, row, k)->number);
        }
    hebb_table_free(&table);
    hebb_table_free(&back);
}
END_TEST

START_TEST(texts_read_back_whatever_is_in_them)
{
    static const char *const texts[] = {"plain",
                                        "two words",
                                        "a,b",
                                        "say \"no\"",
                                        "\"",
                                        "\"\"",
                                        "first\nsecond",
                                        "a\r\nb",
                                        "#1",
                                        "# note: x",
                                        " before",
                                        "after ",
                                        "\ttab",
                                        ",",
                                        "\n",
                                        "m = 0.967 \xc2\xb1 0.002",
                                        "'single'",
                                        "a#b",
                                        "1,5",
                                        "0x10",
                                        " ",
                                        "\n# no comment\n",
                                        "a\r",
                                        "\rb"};
    enum { N_TEXTS = sizeof texts / sizeof *texts };
    for (size_t place = 0; place < N_COLUMNS; place++) {
        hebb_table table, back;
        make(&table);
        make(&back);
        for (size_t k = 0; k < N_TEXTS; k++)
            for (size_t j = 0; j < N_COLUMNS; j++) hebb_table_text(&table, j == place ? texts[k] : "other");
        assert_saved(&table, NULL, "a.csv");
        ck_assert_msg(hebb_table_read(&back, scratch_path("a.csv")) == HEBB_OK, "%s", hebb_diagnostic());
        ck_assert_uint_eq(back.n_rows, N_TEXTS);
        for (size_t k = 0; k < N_TEXTS; k++) {
            const char *got = hebb_table_cell(&back, k, place)->text;
            ck_assert_ptr_nonnull(got);
            ck_assert_str_eq(got, texts[k]);
        }
        hebb_table_free(&table);
        hebb_table_free(&back);
    }
}
END_TEST

START_TEST(only_texts_that_need_it_are_quoted)
{
    hebb_table table;
    make(&table);
    add_row(&table, 1.0, "two words", 2.0);
    add_row(&table, 1.0, "say \"no\"", 2.0);
    add_row(&table, 1.0, "#1", 2.0);
    assert_saved(&table, NULL, "a.csv");
    assert_content("a.csv", "alpha,note,t_half\n1,two words,2\n1,\"say \"\"no\"\"\",2\n1,\"#1\",2\n");
    hebb_table_free(&table);
}
END_TEST

START_TEST(missing_cells_read_back_as_missing)
{
    hebb_table table, back;
    make(&table);
    make(&back);
    for (int k = 0; k < 2 * N_COLUMNS; k++) hebb_table_missing(&table);
    assert_saved(&table, NULL, "a.csv");
    assert_content("a.csv", "alpha,note,t_half\n,,\n,,\n");
    ck_assert_int_eq(hebb_table_read(&back, scratch_path("a.csv")), HEBB_OK);
    ck_assert_uint_eq(back.n_rows, 2);
    for (size_t k = 0; k < N_COLUMNS; k++) {
        ck_assert(isnan(hebb_table_cell(&back, 1, k)->number));
        ck_assert_ptr_null(hebb_table_cell(&back, 1, k)->text);
    }
    hebb_table_free(&table);
    hebb_table_free(&back);
}
END_TEST

START_TEST(a_single_column_keeps_its_missing_rows)
{
    hebb_table table, back;
    ck_assert_int_eq(hebb_table_init(&table, 1, columns), HEBB_OK);
    ck_assert_int_eq(hebb_table_init(&back, 1, columns), HEBB_OK);
    hebb_table_number(&table, 1.0);
    hebb_table_missing(&table);
    hebb_table_number(&table, 2.0);
    assert_saved(&table, NULL, "a.csv");
    assert_content("a.csv", "alpha\n1\n\"\"\n2\n");
    ck_assert_int_eq(hebb_table_read(&back, scratch_path("a.csv")), HEBB_OK);
    ck_assert_uint_eq(back.n_rows, 3);
    ck_assert(isnan(hebb_table_cell(&back, 1, 0)->number));
    ck_assert(hebb_table_cell(&back, 2, 0)->number == 2.0);
    hebb_table_free(&table);
    hebb_table_free(&back);
}
END_TEST

START_TEST(rows_that_are_read_join_those_there_are)
{
    hebb_table table;
    make(&table);
    add_row(&table, 1.0, "a", 2.0);
    assert_saved(&table, NULL, "a.csv");
    ck_assert_int_eq(hebb_table_read(&table, scratch_path("a.csv")), HEBB_OK);
    ck_assert_int_eq(hebb_table_read(&table, scratch_path("a.csv")), HEBB_OK);
    ck_assert_uint_eq(table.n_rows, 3);
    ck_assert_str_eq(hebb_table_cell(&table, 2, 1)->text, "a");
    hebb_table_free(&table);
}
END_TEST

START_TEST(the_provenance_stands_before_the_header_and_is_no_row)
{
    hebb_provenance provenance;
    hebb_table table, back;
    make(&table);
    make(&back);
    add_row(&table, 1.0, "a", 2.0);
    ck_assert_int_eq(hebb_provenance_init(&provenance, "hebb theory crosstalk --alpha 1", NULL), HEBB_OK);
    ck_assert_int_eq(hebb_provenance_add(&provenance, "seed", "%d", 7), HEBB_OK);
    assert_saved(&table, &provenance, "a.csv");
    assert_content("a.csv", "# hebb: " PACKAGE_VERSION "\n# command: hebb theory crosstalk --alpha 1\n# seed: 7\n"
                            "alpha,note,t_half\n1,a,2\n");
    ck_assert_int_eq(hebb_table_read(&back, scratch_path("a.csv")), HEBB_OK);
    ck_assert_uint_eq(back.n_rows, 1);
    hebb_provenance_free(&provenance);
    hebb_table_free(&table);
    hebb_table_free(&back);
}
END_TEST

START_TEST(the_description_beside_the_file_is_json_with_each_column)
{
    hebb_table table;
    make(&table);
    const hebb_column fourth = {"energy", "J", "of the state \xc2\xb5"};
    ck_assert_int_eq(hebb_table_add_column(&table, fourth), HEBB_OK);
    assert_saved(&table, NULL, "a.csv");
    assert_saved(&table, NULL, "b.dat"); /* NAME is the whole name where it does not end in .csv */
    static const char *const names[] = {"a.meta.json", "b.dat.meta.json"};
    for (int k = 0; k < 2; k++) {
        json_t *object = json_load_file(scratch_path(names[k]), JSON_REJECT_DUPLICATES, NULL);
        ck_assert_ptr_nonnull(object);
        ck_assert_uint_eq(json_object_size(object), table.n_columns);
        for (size_t j = 0; j < table.n_columns; j++) {
            const json_t *entry = json_object_get(object, table.columns[j].name);
            ck_assert_uint_eq(json_object_size(entry), 2);
            ck_assert_str_eq(json_string_value(json_object_get(entry, "unit")), table.columns[j].unit);
            ck_assert_str_eq(json_string_value(json_object_get(entry, "meaning")), table.columns[j].meaning);
        }
        json_decref(object);
    }
    hebb_table_free(&table);
}
END_TEST

START_TEST(columns_are_found_by_name)
{
    hebb_table table;
    make(&table);
    for (size_t k = 0; k < N_COLUMNS; k++) ck_assert_uint_eq(hebb_table_column(&table, columns[k].name), k);
    hebb_table_free(&table);
    hebb_table_free(&table);
}
END_TEST

START_TEST(a_column_that_is_not_there_is_a_defect_and_aborts)
{
    hebb_table table;
    make(&table);
    (void)hebb_table_column(&table, "beta");
}
END_TEST

/* ---- refusals ---- */

START_TEST(other_headers_are_refused_with_file_and_line)
{
    assert_reads_refused("alpha,remark,t_half\n", HEBB_EDATA, ":1: column 2 is 'remark', expected 'note'");
    assert_reads_refused("# hebb: 1\nalpha,note\n1,a\n", HEBB_EDATA, ":2: expected 3 columns, found 2");
    assert_reads_refused("alpha,note,t_half,more\n", HEBB_EDATA, ":1: expected 3 columns, found 4");
    assert_reads_refused("0.1,ok,2\n", HEBB_EDATA, ":1: column 1 is '0.1', expected 'alpha'");
    assert_reads_refused("", HEBB_EDATA, ": has no header");
    assert_reads_refused("# hebb: 1\n", HEBB_EDATA, ": has no header");
}
END_TEST

START_TEST(ragged_rows_are_refused_with_file_and_line)
{
    assert_reads_refused("alpha,note,t_half\n1,a,2\n1,a\n", HEBB_EDATA, ":3: expected 3 fields, found 2");
    assert_reads_refused("# c\nalpha,note,t_half\n1,a,2,3\n", HEBB_EDATA, ":3: expected 3 fields, found 4");
    assert_reads_refused("alpha,note,t_half\n1,\"a,2\n", HEBB_EDATA, ":2: a quote is opened");
}
END_TEST

START_TEST(files_that_are_not_there_are_refused)
{
    hebb_table table;
    make(&table);
    const char *path = scratch_path("missing.csv");
    assert_refused(hebb_table_read(&table, path), HEBB_ENOINPUT, path, "No such file");
    hebb_table_free(&table);
}
END_TEST

/* Two bytes of a file become a cell of sixteen, or a text of its own. */
START_TEST(files_whose_rows_would_not_fit_into_memory_are_refused)
{
    static char rows[60000] = "alpha,note,t_half\n";
    const size_t head = strlen(rows), n_rows = (sizeof rows - head - 1) / 6;
    for (size_t k = 0; k < n_rows; k++) memcpy(rows + head + 6 * k, "1,a,2\n", 6);
    ck_assert_int_eq(hebb_memory_limit("1M"), HEBB_OK);
    assert_reads_refused(rows, HEBB_ENOMEM, ": its rows take more than 262144 bytes");
    hebb_table table;
    make(&table);
    ck_assert_int_eq(hebb_memory_limit("10M"), HEBB_OK);
    ck_assert_int_eq(hebb_table_read(&table, scratch_path("bad.csv")), HEBB_OK);
    ck_assert_uint_eq(table.n_rows, n_rows);
    hebb_table_free(&table);
    ck_assert_int_eq(hebb_memory_limit("1000T"), HEBB_OK);
}
END_TEST

START_TEST(a_table_that_lost_a_cell_is_not_written)
{
    hebb_table table;
    make(&table);
    add_row(&table, 1.0, "a", 2.0);
    table.failed = true;
    const char *path = scratch_path("a.csv");
    assert_refused(hebb_table_save(&table, NULL, path), HEBB_ENOMEM, path, "no memory for all of its rows");
    assert_refused(hebb_table_write(&table, NULL, "name", stdout), HEBB_ENOMEM, "name", "no memory");
    ck_assert_int_ne(access(path, F_OK), 0);
    hebb_table_free(&table);
}
END_TEST

START_TEST(full_disks_are_reported_by_save_and_write)
{
    const char *path = scratch_full_device();
    if (path == NULL) return;
    hebb_table table;
    make(&table);
    add_row(&table, 1.0, "a", 2.0);
    FILE *full = fopen(path, "w");
    ck_assert_ptr_nonnull(full);
    ck_assert_int_eq(setvbuf(full, NULL, _IONBF, 0), 0);
    assert_refused(hebb_table_save(&table, NULL, path), HEBB_EIO, path, "cannot be written");
    assert_refused(hebb_table_write(&table, NULL, "units.csv", full), HEBB_EIO, "units.csv", "cannot be written");
    (void)fclose(full);
    hebb_table_free(&table);
}
END_TEST

START_TEST(pipes_have_no_description_beside_them)
{
    hebb_table table;
    make(&table);
    ck_assert_int_eq(mkfifo(scratch_path("pipe"), 0600), 0);
    const int reader = open(scratch_path("pipe"), O_RDONLY | O_NONBLOCK);
    ck_assert_int_ge(reader, 0);
    assert_saved(&table, NULL, "pipe");
    ck_assert_int_ne(access(scratch_path("pipe.meta.json"), F_OK), 0);
    ck_assert_int_eq(close(reader), 0);
    hebb_table_free(&table);
}
END_TEST

START_TEST(folders_that_are_not_there_are_refused)
{
    hebb_table table;
    make(&table);
    const char *path = scratch_path("missing/a.csv");
    assert_refused(hebb_table_save(&table, NULL, path), HEBB_EIO, path, "No such file or directory");
    hebb_table_free(&table);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, files_are_a_header_and_rows_in_the_shortest_numbers);
    tcase_add_test(files, rows_made_one_at_a_time_make_the_same_file);
    tcase_add_test(files, numbers_read_back_to_the_same_doubles);
    tcase_add_test(files, texts_read_back_whatever_is_in_them);
    tcase_add_test(files, only_texts_that_need_it_are_quoted);
    tcase_add_test(files, missing_cells_read_back_as_missing);
    tcase_add_test(files, a_single_column_keeps_its_missing_rows);
    tcase_add_test(files, rows_that_are_read_join_those_there_are);
    tcase_add_test(files, the_provenance_stands_before_the_header_and_is_no_row);
    tcase_add_test(files, the_description_beside_the_file_is_json_with_each_column);
    tcase_add_test(files, columns_are_found_by_name);
    suite_add_tcase(suite, files);
    TCase *defects = tcase_create("defects");
    tcase_add_test_raise_signal(defects, a_column_that_is_not_there_is_a_defect_and_aborts, SIGABRT);
    suite_add_tcase(suite, defects);
    TCase *refusals = tcase_create("refusals");
    tcase_add_checked_fixture(refusals, scratch_make, scratch_remove);
    tcase_add_test(refusals, other_headers_are_refused_with_file_and_line);
    tcase_add_test(refusals, ragged_rows_are_refused_with_file_and_line);
    tcase_add_test(refusals, files_that_are_not_there_are_refused);
    tcase_add_test(refusals, files_whose_rows_would_not_fit_into_memory_are_refused);
    tcase_add_test(refusals, a_table_that_lost_a_cell_is_not_written);
    tcase_add_test(refusals, of_rows_made_one_at_a_time_none_is_lost_unnoticed);
    tcase_add_test(refusals, full_disks_are_reported_by_save_and_write);
    tcase_add_test(refusals, pipes_have_no_description_beside_them);
    tcase_add_test(refusals, folders_that_are_not_there_are_refused);
    suite_add_tcase(suite, refusals);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
