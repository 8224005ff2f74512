/* npy against files as numpy 1.24 writes them, files cut or damaged anywhere, and its own refusals. */
#include <stdint.h>

#include "npy.h"
#include "scratch.h"

enum { LIMIT = 1 << 20 };

/* numpy.save's bytes for numpy.array([[1, -2], [3, 4]], dtype='<i2') */
static const char as_saved[] = "\x93NUMPY\x01\x00v\x00"
                               "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }"
                               "                                                          \n"
                               "\x01\x00\xfe\xff\x03\x00\x04\x00";

/* A file of that version with that dictionary, and numpy's newline, before the data. */
static const char *write_npy(int version, const char *dictionary, const void *data, size_t n_data)
{
    char file[2000] = "\x93NUMPY";
    const size_t n_text = strlen(dictionary) + 1, n_start = version == 1 ? 10 : 12;
    file[6] = (char)version;
    file[8] = (char)(n_text & 0xff);
    file[9] = (char)(n_text >> 8);
    memcpy(file + n_start, dictionary, n_text - 1);
    file[n_start + n_text - 1] = '\n';
    memcpy(file + n_start + n_text, data, n_data);
    return scratch_write("a.npy", file, n_start + n_text + n_data);
}

static hebb_array read_npy(const char *path)
{
    hebb_array array;
    const hebb_status status = hebb_npy_read(path, LIMIT, &array);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    return array;
}

static void assert_npy_refused(const char *path, const char *words)
{
    hebb_array array;
    assert_refused(hebb_npy_read(path, LIMIT, &array), HEBB_EDATA, path, words);
    ck_assert_ptr_null(array.data);
}

/* Eight data bytes are there. */
static void assert_dictionary_refused(const char *dictionary, const char *words)
{
    assert_npy_refused(write_npy(1, dictionary, "\0\0\0\0\0\0\0", 8), words);
}

static void assert_is_as_saved(hebb_array *array)
{
    static const double want[] = {1, -2, 3, 4};
    ck_assert_int_eq(array->type, HEBB_ARRAY_I16);
    ck_assert_uint_eq(array->n_dimensions, 2);
    ck_assert_uint_eq(array->shape[0], 2);
    ck_assert_uint_eq(array->shape[1], 2);
    for (size_t i = 0; i < 4; i++) ck_assert(hebb_array_get(array, i) == want[i]);
    hebb_array_free(array);
}

START_TEST(a_file_of_numpy_save_reads_back)
{
    hebb_array array = read_npy(scratch_write("a.npy", as_saved, sizeof as_saved - 1));
    assert_is_as_saved(&array);
}
END_TEST

START_TEST(versions_1_2_and_3_read_alike)
{
    for (int version = 1; version <= 3; version++) {
        hebb_array array = read_npy(write_npy(version, "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }",
                                              "\x01\x00\xfe\xff\x03\x00\x04\x00", 8));
        assert_is_as_saved(&array);
    }
}
END_TEST

START_TEST(every_type_reads_in_either_byte_order)
{
    static const struct {
        const char *descr;
        hebb_array_type type;
        size_t n_bytes;
        const char *bytes;
        double value;
    } row[] = {{"|b1", HEBB_ARRAY_U8, 1, "\x01", 1},
               {"|u1", HEBB_ARRAY_U8, 1, "\xff", 255},
               {"|i1", HEBB_ARRAY_I8, 1, "\xff", -1},
               {"<u2", HEBB_ARRAY_U16, 2, "\x34\x12", 0x1234},
               {">u2", HEBB_ARRAY_U16, 2, "\x12\x34", 0x1234},
               {"<i2", HEBB_ARRAY_I16, 2, "\xfe\xff", -2},
               {">i2", HEBB_ARRAY_I16, 2, "\xff\xfe", -2},
               {"<u4", HEBB_ARRAY_U32, 4, "\x04\x03\x02\xf1", 0xf1020304p0},
               {">u4", HEBB_ARRAY_U32, 4, "\xf1\x02\x03\x04", 0xf1020304p0},
               {"<i4", HEBB_ARRAY_I32, 4, "\xfd\xff\xff\xff", -3},
               {">i4", HEBB_ARRAY_I32, 4, "\xff\xff\xff\xfd", -3},
               {"<u8", HEBB_ARRAY_U64, 8, "\x00\x00\x00\x00\x00\x00\x00\x80", 0x1p63},
               {">u8", HEBB_ARRAY_U64, 8, "\x80\x00\x00\x00\x00\x00\x00\x00", 0x1p63},
               {"<i8", HEBB_ARRAY_I64, 8, "\xfc\xff\xff\xff\xff\xff\xff\xff", -4},
               {">i8", HEBB_ARRAY_I64, 8, "\xff\xff\xff\xff\xff\xff\xff\xfc", -4},
               {"<f4", HEBB_ARRAY_F32, 4, "\x00\x00\xc0\xbf", -1.5},
               {">f4", HEBB_ARRAY_F32, 4, "\xbf\xc0\x00\x00", -1.5},
               {"<f8", HEBB_ARRAY_F64, 8, "\x9a\x99\x99\x99\x99\x99\xb9\x3f", 0.1},
               {">f8", HEBB_ARRAY_F64, 8, "\x3f\xb9\x99\x99\x99\x99\x99\x9a", 0.1}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        char dictionary[100];
        snprintf(dictionary, sizeof dictionary, "{'descr': '%s', 'fortran_order': False, 'shape': (1,), }",
                 row[k].descr);
        hebb_array array = read_npy(write_npy(1, dictionary, row[k].bytes, row[k].n_bytes));
        ck_assert_int_eq(array.type, row[k].type);
        ck_assert(hebb_array_get(&array, 0) == row[k].value);
        hebb_array_free(&array);
    }
}
END_TEST

/* numpy.save's data of an array in Fortran order whose element (i, j, k) is 100 i + 10 j + k. */
START_TEST(fortran_order_becomes_row_major)
{
    enum { N0 = 2, N1 = 3, N2 = 4, N = N0 * N1 * N2 };
    unsigned char file[N];
    for (int n = 0; n < N; n++) file[n] = (unsigned char)(100 * (n % N0) + 10 * (n / N0 % N1) + n / N0 / N1);
    hebb_array array = read_npy(write_npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", file, N));
    for (int n = 0; n < N; n++) {
        const int i = n / (N1 * N2), j = n / N2 % N1, k = n % N2;
        ck_assert(hebb_array_get(&array, (size_t)n) == 100 * i + 10 * j + k);
    }
    hebb_array_free(&array);

    array = read_npy(write_npy(1, "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 2), }",
                               "\x00\x01\x00\x03\xff\xfe\x00\x04", 8));
    assert_is_as_saved(&array);
}
END_TEST

START_TEST(scalars_vectors_and_arrays_of_nothing_keep_their_shape)
{
    static const struct {
        const char *dictionary;
        size_t n_dimensions, shape[3], n_elements;
    } row[] = {{"{'descr': '|u1', 'fortran_order': False, 'shape': (), }", 0, {0}, 1},
               {"{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", 1, {2}, 2},
               {"{'descr': '|u1', 'fortran_order': True, 'shape': (2,), }", 1, {2}, 2},
               {"{'descr': '|u1', 'fortran_order': False, 'shape': (0, 3), }", 2, {0, 3}, 0},
               {"{'descr': '|u1', 'fortran_order': True, 'shape': (5, 0, 3), }", 3, {5, 0, 3}, 0}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        hebb_array array = read_npy(write_npy(1, row[k].dictionary, "\x07\x08", row[k].n_elements));
        ck_assert_uint_eq(array.n_dimensions, row[k].n_dimensions);
        for (size_t d = 0; d < array.n_dimensions; d++) ck_assert_uint_eq(array.shape[d], row[k].shape[d]);
        ck_assert_uint_eq(hebb_array_n_elements(&array), row[k].n_elements);
        for (size_t i = 0; i < row[k].n_elements; i++) ck_assert(hebb_array_get(&array, i) == 7 + (double)i);
        hebb_array_free(&array);
    }
}
END_TEST

START_TEST(dictionaries_may_be_written_otherwise_than_numpy_does)
{
    static const char *const dictionaries[] = {
        "{'shape':(2,2),'fortran_order':False,'descr':'<i2'}",
        "{\"descr\": \"<i2\", \"shape\": (2, 2), \"fortran_order\": False}",
        " \t{ 'descr' : '<i2' , 'fortran_order' : False , 'shape' : ( 2 , 2 , ) , } \n ",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (2L, 2L), }"};
    for (size_t k = 0; k < sizeof dictionaries / sizeof *dictionaries; k++) {
        hebb_array array = read_npy(write_npy(1, dictionaries[k], "\x01\x00\xfe\xff\x03\x00\x04\x00", 8));
        assert_is_as_saved(&array);
    }
}
END_TEST

START_TEST(a_file_cut_anywhere_is_refused)
{
    for (size_t n = 0; n < sizeof as_saved - 1; n++)
        assert_npy_refused(scratch_write("a.npy", as_saved, n), n < 12 ? "no .npy file: only " : "truncated: ");
}
END_TEST

START_TEST(a_file_with_any_byte_changed_is_read_or_refused)
{
    char file[sizeof as_saved - 1];
    for (size_t n = 0; n < sizeof file; n++)
        for (int byte = 0; byte < 256; byte += 5) {
            memcpy(file, as_saved, sizeof file);
            file[n] = (char)byte;
            hebb_array array;
            const char *path = scratch_write("a.npy", file, sizeof file);
            const hebb_status status = hebb_npy_read(path, LIMIT, &array);
            if (status != HEBB_OK) assert_refused(status, HEBB_EDATA, path, ": ");
            hebb_array_free(&array);
        }
}
END_TEST

START_TEST(lengths_other_than_the_shape_promises_are_refused)
{
    assert_npy_refused(scratch_write("a.npy", as_saved, sizeof as_saved),
                       "too long: the header promises 8 bytes of data, the file has 9");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
                              "truncated: the header promises 16 bytes of data, the file has 8");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
                              "truncated: the header promises more than ");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': True, 'shape': (2305843009213693953,), }",
                              "truncated: the header promises more than ");
}
END_TEST

START_TEST(shapes_that_are_none_are_refused)
{
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }",
                              "expected a size of at least 0 where it says '-1,), }\\x0a'");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }",
                              "expected a size that fits the machine where it says '99999999999999999999");
    assert_dictionary_refused("{'descr': '|u1', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,8), }",
                              "more than 8 dimensions");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': 1, }", "expected a shape");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1 1), }", "expected a comma");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1.0,), }", "expected a comma");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (,), }", "expected a size");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,", "expected a size");
}
END_TEST

START_TEST(types_that_are_no_plain_numbers_are_refused_by_name)
{
    static const struct {
        const char *descr, *words;
    } row[] = {{"'|O'", "holds Python objects (|O); save a plain numeric array"},
               {"[('a', '<f4'), ('b', '<f4')]", "holds structures"},
               {"'|V8'", "holds structures (|V8)"},
               {"'|S8'", "holds strings (|S8)"},
               {"'<U2'", "holds strings (<U2)"},
               {"'<c8'", "holds complex numbers (<c8)"},
               {"'<M8[s]'", "holds dates (<M8[s])"},
               {"'<m8[s]'", "holds spans of time (<m8[s])"},
               {"'<f2'", "holds an unsupported type (<f2)"},
               {"'<f16'", "holds an unsupported type (<f16)"},
               {"'|f8'", "holds an unsupported type (|f8)"},
               {"'f8'", "holds an unsupported type (f8)"},
               {"'\x1b'", "holds an unsupported type (\\x1b)"},
               {"''", "holds an unsupported type ()"}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        char dictionary[200];
        snprintf(dictionary, sizeof dictionary, "{'descr': %s, 'fortran_order': False, 'shape': (1,), }", row[k].descr);
        assert_dictionary_refused(dictionary, row[k].words);
    }
}
END_TEST

START_TEST(booleans_other_than_0_and_1_are_refused)
{
    static const char dictionary[] = "{'descr': '|b1', 'fortran_order': True, 'shape': (2, 2), }";
    hebb_array array = read_npy(write_npy(1, dictionary, "\1\0\1\1", 4));
    hebb_array_free(&array);
    assert_npy_refused(write_npy(1, dictionary, "\1\0\2\1", 4), "element 2 of a boolean array is 2, neither 0 nor 1");
}
END_TEST

START_TEST(dictionaries_that_are_none_are_refused_where_they_go_wrong)
{
    assert_dictionary_refused("", "expected a dictionary where it says ''");
    assert_dictionary_refused("[]", "expected a dictionary where it says '[]");
    assert_dictionary_refused("{}", "no descr in it");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, }", "no shape in it");
    assert_dictionary_refused("{'descr': '<f8', 'descr': '<f8', }", "once where it says ''descr': '<f8', }");
    assert_dictionary_refused("{'color': '<f8', }", "once where it says ''color'");
    assert_dictionary_refused("{descr: '<f8', }", "expected a key where it says 'descr");
    assert_dictionary_refused("{'descr': f8, }", "expected a type where it says 'f8, }");
    assert_dictionary_refused("{'descr': '<f8}", "expected a type where it says ''<f8}");
    assert_dictionary_refused("{'fortran_order': 1, }", "expected True or False where it says '1");
    assert_dictionary_refused("{'shape': (1,) 'descr': '<f8'}", "expected a comma or the dictionary's end");
    assert_dictionary_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } x", "the header's end");
    assert_dictionary_refused("{'01234567890123456789012345678901': 1}", "expected a key");
    assert_dictionary_refused("{'\x1b[31m': 1}", "''\\x1b[31m': 1}");
}
END_TEST

START_TEST(starts_that_are_no_npy_file_are_refused)
{
    static const char zip[16] = "PK\x03\x04", version_4[16] = "\x93NUMPY\x04", version_1_1[16] = "\x93NUMPY\x01\x01";
    assert_npy_refused(scratch_write("a.npy", zip, 16), "no .npy file: it starts with 'PK\\x03\\x04\\x00\\x00'");
    assert_npy_refused(scratch_write("a.npy", version_4, 16), ".npy version 4.0, expected 1.0, 2.0 or 3.0");
    assert_npy_refused(scratch_write("a.npy", version_1_1, 16), ".npy version 1.1");
}
END_TEST

START_TEST(headers_longer_than_the_file_or_than_any_array_needs_are_refused)
{
    char file[11000] = "\x93NUMPY\x02";
    memcpy(file + 8, "\xff\xff\xff\xff", 4);
    assert_npy_refused(scratch_write("a.npy", file, sizeof file),
                       "truncated: a header of 4294967295 bytes is promised, 10988 are left");
    memcpy(file + 8, "\x11\x27\x00\x00", 4);
    assert_npy_refused(scratch_write("a.npy", file, sizeof file), "a header of 10001 bytes; at most 10000 are read");
}
END_TEST

START_TEST(arrays_over_the_limit_are_refused_with_the_file_named)
{
    hebb_array array;
    const char *path = scratch_write("a.npy", as_saved, sizeof as_saved - 1);
    assert_refused(hebb_npy_read(path, 7, &array), HEBB_ENOMEM, path, ": an array of 8 bytes; at most 7 are allowed");
    ck_assert_ptr_null(array.data);
}
END_TEST

START_TEST(a_file_of_holes_as_large_as_it_promises_is_refused_by_the_limit)
{
    static const char dictionary[] = "{'descr': '|u1', 'fortran_order': True, 'shape': (1048576, 1048576), }";
    hebb_array array;
    const char *path = write_npy(1, dictionary, "", 0);
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(truncate(path, info.st_size + ((off_t)1 << 40)), 0); /* takes no room on the disk */
    assert_refused(hebb_npy_read(path, LIMIT, &array), HEBB_ENOMEM, path, ": an array of 1099511627776 bytes; at most");
    ck_assert_ptr_null(array.data);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        hebb_array array;
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_npy_read(path, LIMIT, &array), HEBB_ENOINPUT, path, ": ");
    }
}
END_TEST

START_TEST(what_is_written_reads_back_with_its_data_at_a_multiple_of_64_bytes)
{
    static const size_t shapes[][3] = {{0, 0, 0}, {1, 0, 0}, {7, 0, 0}, {3, 5, 0}, {4, 0, 0}, {2, 3, 4}};
    static const size_t dimensions[] = {0, 1, 1, 2, 2, 3};
    for (size_t k = 0; k < sizeof dimensions / sizeof *dimensions; k++)
        for (int type = HEBB_ARRAY_U8; type <= HEBB_ARRAY_F64; type++) {
            hebb_array written, read;
            struct stat info;
            ck_assert_int_eq(hebb_array_init(&written, (hebb_array_type)type, dimensions[k], shapes[k], LIMIT),
                             HEBB_OK);
            const size_t n = hebb_array_n_bytes(written.type, written.n_dimensions, written.shape);
            for (size_t i = 0; i < n; i++) ((unsigned char *)written.data)[i] = (unsigned char)(37 * i + 1);
            const char *path = scratch_path("written.npy");
            ck_assert_int_eq(hebb_npy_write(&written, path), HEBB_OK);
            ck_assert_int_eq(stat(path, &info), 0);
            ck_assert_uint_eq(((size_t)info.st_size - n) % 64, 0);
            ck_assert_int_eq(hebb_npy_read(path, LIMIT, &read), HEBB_OK);
            ck_assert_int_eq(read.type, written.type);
            ck_assert_uint_eq(read.n_dimensions, written.n_dimensions);
            for (size_t d = 0; d < read.n_dimensions; d++) ck_assert_uint_eq(read.shape[d], written.shape[d]);
            ck_assert(n == 0 || memcmp(read.data, written.data, n) == 0);
            hebb_array_free(&written);
            hebb_array_free(&read);
        }
}
END_TEST

/* numpy.save of numpy.array([[1., -2.]]), byte by byte: the header as numpy writes it. */
START_TEST(a_file_is_what_numpy_save_writes)
{
    double values[] = {1.0, -2.0};
    char bytes[256], expected[128];
    memset(expected, ' ', sizeof expected);
    memcpy(expected, "\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", 69);
    expected[127] = '\n';
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) return;
    const char *path = scratch_path("saved.npy");
    const hebb_array array = {.type = HEBB_ARRAY_F64, .n_dimensions = 2, .shape = {1, 2}, .data = values};
    ck_assert_int_eq(hebb_npy_write(&array, path), HEBB_OK);
    FILE *stream = fopen(path, "rb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fread(bytes, 1, sizeof bytes, stream), 128 + sizeof values);
    ck_assert_mem_eq(bytes, expected, 128);
    ck_assert_mem_eq(bytes + 128, values, sizeof values);
    (void)fclose(stream);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("npy");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, a_file_of_numpy_save_reads_back);
    tcase_add_test(files, versions_1_2_and_3_read_alike);
    tcase_add_test(files, every_type_reads_in_either_byte_order);
    tcase_add_test(files, fortran_order_becomes_row_major);
    tcase_add_test(files, scalars_vectors_and_arrays_of_nothing_keep_their_shape);
    tcase_add_test(files, dictionaries_may_be_written_otherwise_than_numpy_does);
    tcase_add_test(files, what_is_written_reads_back_with_its_data_at_a_multiple_of_64_bytes);
    tcase_add_test(files, a_file_is_what_numpy_save_writes);
    suite_add_tcase(suite, files);
    TCase *refusals = tcase_create("refusals");
    tcase_add_checked_fixture(refusals, scratch_make, scratch_remove);
    tcase_add_test(refusals, a_file_cut_anywhere_is_refused);
    tcase_add_test(refusals, a_file_with_any_byte_changed_is_read_or_refused);
    tcase_add_test(refusals, lengths_other_than_the_shape_promises_are_refused);
    tcase_add_test(refusals, shapes_that_are_none_are_refused);
    tcase_add_test(refusals, types_that_are_no_plain_numbers_are_refused_by_name);
    tcase_add_test(refusals, booleans_other_than_0_and_1_are_refused);
    tcase_add_test(refusals, dictionaries_that_are_none_are_refused_where_they_go_wrong);
    tcase_add_test(refusals, starts_that_are_no_npy_file_are_refused);
    tcase_add_test(refusals, headers_longer_than_the_file_or_than_any_array_needs_are_refused);
    tcase_add_test(refusals, arrays_over_the_limit_are_refused_with_the_file_named);
    tcase_add_test(refusals, a_file_of_holes_as_large_as_it_promises_is_refused_by_the_limit);
    tcase_add_test(refusals, what_is_no_file_is_refused);
    suite_add_tcase(suite, refusals);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
