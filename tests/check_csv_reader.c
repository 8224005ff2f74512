/* csv_reader against rows written out by hand, files cut anywhere, and its own refusals. */
#include <stdarg.h>
#include <stdint.h>

#include "csv_reader.h"
#include "scratch.h"

enum { LIMIT = 1 << 20 };

/* Writes each row as line<field|field>, to be compared with one string. */
static hebb_status write_row(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    ck_assert_str_eq(path, scratch_path("a.csv"));
    char *text = context;
    text += strlen(text);
    text += sprintf(text, "%ld", line);
    for (size_t j = 0; j < n_fields; j++) text += sprintf(text, "%c%s", j == 0 ? '<' : '|', fields[j]);
    strcpy(text, ">");
    return HEBB_OK;
}

static void assert_rows(const char *content, const char *want)
{
    char got[500] = "";
    const char *path = scratch_write("a.csv", content, strlen(content));
    const hebb_status status = hebb_csv_read(path, LIMIT, write_row, got);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_str_eq(got, want);
}

/* The array's numbers: rows x columns of them. */
static void assert_numbers(const char *content, size_t n_rows, size_t n_columns, ...)
{
    hebb_array array;
    const char *path = scratch_write("a.csv", content, strlen(content));
    const hebb_status status = hebb_csv_read_array(path, LIMIT, &array);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_int_eq(array.type, HEBB_ARRAY_F64);
    ck_assert_uint_eq(array.n_dimensions, 2);
    ck_assert_uint_eq(array.shape[0], n_rows);
    ck_assert_uint_eq(array.shape[1], n_columns);
    va_list numbers;
    va_start(numbers, n_columns);
    for (size_t i = 0; i < n_rows * n_columns; i++) ck_assert(hebb_array_get(&array, i) == va_arg(numbers, double));
    va_end(numbers);
    hebb_array_free(&array);
}

static void assert_array_refused(const char *content, const char *words)
{
    hebb_array array;
    const char *path = scratch_write("a.csv", content, strlen(content));
    assert_refused(hebb_csv_read_array(path, LIMIT, &array), HEBB_EDATA, path, words);
    ck_assert_ptr_null(array.data);
}

START_TEST(fields_are_what_stands_between_commas)
{
    assert_rows("a,b,c\nd,,f\n", "1<a|b|c>2<d||f>");
    assert_rows("a,\n,\n", "1<a|>2<|>");
    assert_rows("one\n", "1<one>");
    assert_rows(" a\t,  b c \n", "1<a|b c>");
}
END_TEST

START_TEST(quoted_fields_hold_commas_line_breaks_and_quotes)
{
    assert_rows("\"a,b\",c\n", "1<a,b|c>");
    assert_rows("\"say \"\"no\"\"\",\"\"\n", "1<say \"no\"|>");
    assert_rows("\"first\nsecond\",x\ny,z\n", "1<first\nsecond|x>3<y|z>");
    assert_rows("\" kept \" ,x\n", "1< kept |x>");
}
END_TEST

START_TEST(lines_may_end_in_crlf_and_the_last_one_in_nothing)
{
    assert_rows("a,b\r\nc,\r\n\r\n\"d\"\r\n", "1<a|b>2<c|>4<d>");
    assert_rows("a,b\nc,d", "1<a|b>2<c|d>");
    assert_rows("a,b\nc,", "1<a|b>2<c|>");
    assert_rows("a,\"b\"", "1<a|b>");
    assert_rows("a,\"b\"\r", "1<a|b>");
}
END_TEST

START_TEST(comments_and_blank_lines_count_as_lines_and_not_as_rows)
{
    assert_rows("# one\n#\n\n \t\na,b\n# \"unclosed\n\nc,d\n#end", "5<a|b>8<c|d>");
    assert_rows("\"a\n# no comment\n\nb\"\n#c\nd\n", "1<a\n# no comment\n\nb>6<d>");
    assert_rows("a,#b\n", "1<a|#b>");
    assert_rows("", "");
    assert_rows("# nothing\n", "");
}
END_TEST

START_TEST(a_byte_order_mark_is_no_text)
{
    assert_rows("\xef\xbb\xbf"
                "a,b\n",
                "1<a|b>");
    assert_numbers("\xef\xbb\xbf"
                   "1\n2\n",
                   2, 1, 1.0, 2.0);
}
END_TEST

START_TEST(a_lone_carriage_return_ends_no_line)
{
    assert_rows("a\rb,c\n", "1<a\rb|c>");
    assert_array_refused("1,2\r3,4\r", ":1: column 2: '2\\x0d3' is no number");
}
END_TEST

START_TEST(long_rows_and_long_fields_come_whole)
{
    enum { N = 200000 };
    char *text = malloc(2 * N);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < N; i++) memcpy(text + 2 * i, i == N - 1 ? "7\n" : "7,", 2);
    hebb_array array;
    ck_assert_int_eq(hebb_csv_read_array(scratch_write("wide.csv", text, 2 * N), 10 * LIMIT, &array), HEBB_OK);
    ck_assert_uint_eq(array.shape[1], N);
    ck_assert(hebb_array_get(&array, N - 1) == 7);
    hebb_array_free(&array);

    memset(text, '0', 2 * N);
    text[2 * N - 1] = '9';
    ck_assert_int_eq(hebb_csv_read_array(scratch_write("long.csv", text, 2 * N), LIMIT, &array), HEBB_OK);
    ck_assert_uint_eq(hebb_array_n_elements(&array), 1);
    ck_assert(hebb_array_get(&array, 0) == 9);
    hebb_array_free(&array);
    free(text);
}
END_TEST

START_TEST(arrays_hold_the_numbers_of_the_file)
{
    assert_numbers("1,-2.5\n3e-7,+4\n.5,0\n", 3, 2, 1.0, -2.5, 3e-7, 4.0, 0.5, 0.0);
    assert_numbers("\"1\",2\r\n3,\"4\"", 2, 2, 1.0, 2.0, 3.0, 4.0);
    assert_numbers("# version: 1\n\n1\n2\n3", 3, 1, 1.0, 2.0, 3.0);
}
END_TEST

START_TEST(a_first_row_of_names_is_left_out)
{
    assert_numbers("alpha,m\n1,2\n", 1, 2, 1.0, 2.0);
    assert_numbers("# c\n,\"x, y\"\n1,2\n3,4\n", 2, 2, 1.0, 2.0, 3.0, 4.0);
    assert_array_refused("alpha,m\nbeta,n\n", ":2: column 1: 'beta' is no number");
    assert_array_refused("alpha,1\n1,2\n", ":1: column 1: 'alpha' is no number");
    assert_array_refused("nan,nan\n1,2\n", ":1: column 1: 'nan' is no finite number");
    assert_array_refused(",\n1,2\n", ":1: column 1 is empty");
}
END_TEST

START_TEST(ragged_rows_are_refused_with_both_counts)
{
    assert_array_refused("1,2,3\n4,5,6\n7,8\n", ":3: expected 3 fields, found 2");
    assert_array_refused("# c\n1,2\n\n4,5,6\n", ":4: expected 2 fields, found 3");
    assert_array_refused("a,b\n1\n", ":2: expected 2 fields, found 1");
}
END_TEST

START_TEST(what_is_no_finite_number_is_refused_with_its_place)
{
    assert_array_refused("1,2\n3,abc\n", ":2: column 2: 'abc' is no number");
    assert_array_refused("1,2\n3,4x\n", ":2: column 2: '4x' is no number");
    assert_array_refused("1,2\n0x10,4\n", ":2: column 1: '0x10' is no number");
    assert_array_refused("1\n1 2\n", ":2: column 1: '1 2' is no number");
    assert_array_refused("1,2\n3,\n", ":2: column 2 is empty, expected a number");
    assert_array_refused("1,2\n3,NaN\n", ":2: column 2: 'NaN' is no finite number");
    assert_array_refused("1,2\n-inf,4\n", ":2: column 1: '-inf' is no finite number");
    assert_array_refused("1\n1e999\n", ":2: column 1: '1e999' is no finite number");
    assert_array_refused("1\n\"a\nb\"\n", ":2: column 1: 'a\\x0ab' is no number");
    assert_array_refused("1\n\x1b[31m\n", "'\\x1b[31m' is no number");
    assert_array_refused("1\n0123456789012345678901234567890123456789x\n", "'01234567890123456789012345678901...'");
}
END_TEST

START_TEST(files_without_numbers_are_refused)
{
    assert_array_refused("", ": empty, expected rows of numbers");
    assert_array_refused("# only\n\n#comments\n", ": empty, expected rows of numbers");
    assert_array_refused("alpha,m\n", ": a header but no numbers");
}
END_TEST

START_TEST(unclosed_and_stray_quotes_are_refused_with_their_line)
{
    assert_array_refused("1,2\n3,\"4\n5,6\n", ":2: a quote is opened in this row and never closed");
    assert_array_refused("1,2\n3,\"", ":2: a quote is opened");
    assert_array_refused("1,2\n3,4\"5\n", ":2: a stray quote");
    assert_array_refused("1,2\n3,\"4\"5\n", ":2: a stray quote");
}
END_TEST

START_TEST(nul_bytes_are_refused_wherever_they_stand)
{
    static const char *const contents[] = {"1,2\n3\0,4\n", "1,2\n#\0 c\n", "1,2\n\"\0\"\n", "1,2\n\0\n"};
    for (size_t k = 0; k < sizeof contents / sizeof *contents; k++) {
        hebb_array array;
        const char *path = scratch_write("a.csv", contents[k], 6);
        assert_refused(hebb_csv_read_array(path, LIMIT, &array), HEBB_EDATA, path, ":2: a NUL byte");
    }
}
END_TEST

START_TEST(files_rows_and_arrays_over_the_limit_are_refused)
{
    hebb_array array;
    const char *path = scratch_write("a.csv", "1,2\n3,4\n,,,,,,,,,\n", 18);
    assert_refused(hebb_csv_read_array(path, 17, &array), HEBB_EDATA, path, ": 18 bytes; at most 17 are read");
    assert_refused(hebb_csv_read_array(path, 31, &array), HEBB_ENOMEM, path, "more than the 24 bytes allowed");
    assert_refused(hebb_csv_read_array(path, 60, &array), HEBB_EDATA, path, ":3: the row takes more than 60 bytes");
}
END_TEST

static hebb_status stop_at_line_2(void *context, const char *path, long line, size_t n_fields,
                                  const char *const *fields)
{
    (void)n_fields;
    (void)fields;
    ++*(int *)context;
    return line < 2 ? HEBB_OK : hebb_fail(HEBB_EDOM, "%s:%ld: stop", path, line);
}

START_TEST(a_refusal_of_the_callback_ends_the_reading)
{
    int n_rows = 0;
    const char *path = scratch_write("a.csv", "1\n2\n3\n\"", 7);
    assert_refused(hebb_csv_read(path, LIMIT, stop_at_line_2, &n_rows), HEBB_EDOM, path, ":2: stop");
    ck_assert_int_eq(n_rows, 2);
}
END_TEST

START_TEST(a_file_cut_anywhere_is_read_or_refused)
{
    static const char content[] = "# c\r\na,\"b \"\"q\"\"\"\r\n1,\"2\"\n\"3\" ,4e1";
    for (size_t n = 0; n < sizeof content; n++) {
        hebb_array array;
        const char *path = scratch_write("a.csv", content, n);
        const hebb_status status = hebb_csv_read_array(path, LIMIT, &array);
        if (status != HEBB_OK) assert_refused(status, HEBB_EDATA, path, ":");
        ck_assert((status == HEBB_OK) == (array.data != NULL));
        hebb_array_free(&array);
    }
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        hebb_array array;
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_csv_read_array(path, LIMIT, &array), HEBB_ENOINPUT, path, ": ");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv_reader");
    TCase *rows = tcase_create("rows");
    tcase_add_checked_fixture(rows, scratch_make, scratch_remove);
    tcase_add_test(rows, fields_are_what_stands_between_commas);
    tcase_add_test(rows, quoted_fields_hold_commas_line_breaks_and_quotes);
    tcase_add_test(rows, lines_may_end_in_crlf_and_the_last_one_in_nothing);
    tcase_add_test(rows, comments_and_blank_lines_count_as_lines_and_not_as_rows);
    tcase_add_test(rows, a_byte_order_mark_is_no_text);
    tcase_add_test(rows, a_lone_carriage_return_ends_no_line);
    tcase_add_test(rows, long_rows_and_long_fields_come_whole);
    suite_add_tcase(suite, rows);
    TCase *arrays = tcase_create("arrays");
    tcase_add_checked_fixture(arrays, scratch_make, scratch_remove);
    tcase_add_test(arrays, arrays_hold_the_numbers_of_the_file);
    tcase_add_test(arrays, a_first_row_of_names_is_left_out);
    suite_add_tcase(suite, arrays);
    TCase *refusals = tcase_create("refusals");
    tcase_add_checked_fixture(refusals, scratch_make, scratch_remove);
    tcase_add_test(refusals, ragged_rows_are_refused_with_both_counts);
    tcase_add_test(refusals, what_is_no_finite_number_is_refused_with_its_place);
    tcase_add_test(refusals, files_without_numbers_are_refused);
    tcase_add_test(refusals, unclosed_and_stray_quotes_are_refused_with_their_line);
    tcase_add_test(refusals, nul_bytes_are_refused_wherever_they_stand);
    tcase_add_test(refusals, files_rows_and_arrays_over_the_limit_are_refused);
    tcase_add_test(refusals, a_refusal_of_the_callback_ends_the_reading);
    tcase_add_test(refusals, a_file_cut_anywhere_is_read_or_refused);
    tcase_add_test(refusals, what_is_no_file_is_refused);
    suite_add_tcase(suite, refusals);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
