/* idx against bytes written by hand, plain and gzipped, the MNIST files where they are, and its own refusals. */
#include <math.h>
#include <stdint.h>

#include <zlib.h>

#include "idx.h"
#include "scratch.h"

enum { LIMIT = 1 << 20 };

/* A 2 x 3 array of big-endian 16-bit integers. */
static const unsigned char small[] = {0, 0, 0x0b, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 0xff, 0xfe, 0, 3, 0, 4, 1, 0, 0, 6};
static const double small_elements[] = {1, -2, 3, 4, 256, 6};

static size_t read_all(const char *path, unsigned char *bytes, size_t room)
{
    FILE *stream = fopen(path, "rb");
    ck_assert_ptr_nonnull(stream);
    const size_t n = fread(bytes, 1, room, stream);
    ck_assert_uint_lt(n, room);
    fclose(stream);
    return n;
}

static const char *write_gzip_as(const char *name, const void *bytes, size_t n)
{
    const char *path = scratch_path(name);
    gzFile file = gzopen(path, "wb9");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(gzwrite(file, bytes, (unsigned)n), (int)n);
    ck_assert_int_eq(gzclose(file), Z_OK);
    return path;
}

static const char *write_gzip(const void *bytes, size_t n)
{
    return write_gzip_as("a.gz", bytes, n);
}

static void assert_reads_small(const char *path)
{
    hebb_array array;
    const hebb_status status = hebb_idx_read(path, sizeof small - 12, &array);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_int_eq(array.type, HEBB_ARRAY_I16);
    ck_assert_uint_eq(array.n_dimensions, 2);
    ck_assert_uint_eq(array.shape[0], 2);
    ck_assert_uint_eq(array.shape[1], 3);
    for (size_t i = 0; i < 6; i++) ck_assert(hebb_array_get(&array, i) == small_elements[i]);
    hebb_array_free(&array);
}

static void assert_idx_refused(const char *path, const char *words)
{
    hebb_array array;
    assert_refused(hebb_idx_read(path, LIMIT, &array), HEBB_EDATA, path, words);
    ck_assert_ptr_null(array.data);
}

/* The MNIST file of that name, or false with a message where the files are not. */
static bool read_mnist(const char *name, hebb_array *array)
{
    const char *folder = getenv("HEBB_MNIST");
    if (folder == NULL || *folder == '\0') {
        printf("skipped: %s (HEBB_MNIST does not name the folder of the MNIST files)\n", name);
        return false;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    const hebb_status status = hebb_idx_read(path, 16 * LIMIT, array);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    return true;
}

START_TEST(a_plain_file_reads_back)
{
    assert_reads_small(scratch_write("a.idx", small, sizeof small));
}
END_TEST

START_TEST(every_type_of_the_format_reads)
{
    static const struct {
        unsigned char code;
        hebb_array_type type;
        size_t n_bytes;
        const char *bytes;
        double value;
    } row[] = {{0x08, HEBB_ARRAY_U8, 1, "\xff", 255},
               {0x09, HEBB_ARRAY_I8, 1, "\xff", -1},
               {0x0b, HEBB_ARRAY_I16, 2, "\x80\x00", -32768},
               {0x0c, HEBB_ARRAY_I32, 4, "\x01\x02\x03\x04", 0x01020304},
               {0x0d, HEBB_ARRAY_F32, 4, "\xbf\xc0\x00\x00", -1.5},
               {0x0e, HEBB_ARRAY_F64, 8, "\x3f\xb9\x99\x99\x99\x99\x99\x9a", 0.1}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        unsigned char file[16] = {0, 0, row[k].code, 1, 0, 0, 0, 1};
        memcpy(file + 8, row[k].bytes, row[k].n_bytes);
        hebb_array array;
        ck_assert_int_eq(hebb_idx_read(scratch_write("a.idx", file, 8 + row[k].n_bytes), LIMIT, &array), HEBB_OK);
        ck_assert_int_eq(array.type, row[k].type);
        ck_assert(hebb_array_get(&array, 0) == row[k].value);
        hebb_array_free(&array);
    }
}
END_TEST

START_TEST(a_gzipped_file_reads_as_the_plain_one_whatever_its_name)
{
    assert_reads_small(write_gzip(small, sizeof small));
    assert_reads_small(write_gzip_as("a.idx", small, sizeof small));
}
END_TEST

START_TEST(gzip_files_one_behind_the_other_read_as_one)
{
    unsigned char both[500];
    size_t n = read_all(write_gzip(small, 14), both, sizeof both);
    n += read_all(write_gzip(small + 14, sizeof small - 14), both + n, sizeof both - n);
    n += read_all(write_gzip("", 0), both + n, sizeof both - n);
    assert_reads_small(scratch_write("both.gz", both, n));
}
END_TEST

START_TEST(a_large_gzipped_file_reads_whole)
{
    enum { N = 1000000 };
    unsigned char *file = calloc(8 + N, 1), header[] = {0, 0, 8, 1, 0, 0x0f, 0x42, 0x40};
    ck_assert_ptr_nonnull(file);
    memcpy(file, header, sizeof header);
    for (size_t i = 0; i < N; i++) file[8 + i] = (unsigned char)(i * i >> 7);
    hebb_array array;
    ck_assert_int_eq(hebb_idx_read(write_gzip(file, 8 + N), N, &array), HEBB_OK);
    ck_assert_mem_eq(array.data, file + 8, N);
    hebb_array_free(&array);

    memset(file + 8, 0, N); /* as small as deflate can pack it */
    ck_assert_int_eq(hebb_idx_read(write_gzip(file, 8 + N), N, &array), HEBB_OK);
    ck_assert_mem_eq(array.data, file + 8, N);
    hebb_array_free(&array);
    free(file);
}
END_TEST

/* The mean over 255 is the 0.1325 that the test images are known by. */
START_TEST(the_mnist_test_images_have_their_shape_and_their_mean_grey)
{
    hebb_array images;
    if (!read_mnist("t10k-images-idx3-ubyte.gz", &images)) return;
    static const size_t shape[] = {10000, 28, 28};
    ck_assert_int_eq(images.type, HEBB_ARRAY_U8);
    ck_assert_uint_eq(images.n_dimensions, 3);
    for (size_t d = 0; d < 3; d++) ck_assert_uint_eq(images.shape[d], shape[d]);
    double sum = 0;
    for (size_t i = 0; i < 7840000; i++) sum += hebb_array_get(&images, i);
    ck_assert_double_eq_tol(sum / 7840000 / 255, 0.1325, 5e-5);
    hebb_array_free(&images);
}
END_TEST

START_TEST(the_mnist_test_labels_have_the_known_count_of_each_digit)
{
    static const int known[10] = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};
    hebb_array labels;
    if (!read_mnist("t10k-labels-idx1-ubyte.gz", &labels)) return;
    ck_assert_uint_eq(labels.n_dimensions, 1);
    ck_assert_uint_eq(labels.shape[0], 10000);
    int count[10] = {0};
    for (size_t i = 0; i < 10000; i++) {
        const double label = hebb_array_get(&labels, i);
        ck_assert(label >= 0 && label <= 9);
        count[(int)label]++;
    }
    ck_assert_mem_eq(count, known, sizeof count);
    hebb_array_free(&labels);
}
END_TEST

START_TEST(a_plain_file_cut_anywhere_is_refused)
{
    for (size_t n = 0; n < sizeof small; n++)
        assert_idx_refused(scratch_write("a.idx", small, n), n < 4 ? "no IDX file: only " : "truncated: ");
}
END_TEST

START_TEST(a_gzipped_file_cut_anywhere_is_refused)
{
    unsigned char packed[500];
    const size_t n_packed = read_all(write_gzip(small, sizeof small), packed, sizeof packed);
    for (size_t n = 2; n < n_packed; n++)
        assert_idx_refused(scratch_write("cut.gz", packed, n), "truncated: its gzip data break off after ");
    assert_idx_refused(scratch_write("cut.gz", packed, 1), "no IDX file: only 1 bytes");
}
END_TEST

START_TEST(a_gzipped_file_with_any_byte_changed_is_read_or_refused)
{
    unsigned char packed[500];
    const size_t n_packed = read_all(write_gzip(small, sizeof small), packed, sizeof packed);
    for (size_t n = 0; n < n_packed; n++)
        for (int flip = 1; flip < 256; flip *= 2) {
            packed[n] ^= (unsigned char)flip;
            hebb_array array;
            const char *path = scratch_write("changed.gz", packed, n_packed);
            const hebb_status status = hebb_idx_read(path, LIMIT, &array);
            if (status != HEBB_OK) assert_refused(status, HEBB_EDATA, path, ": ");
            if (n >= n_packed - 8) ck_assert_int_eq(status, HEBB_EDATA); /* checksum and length */
            hebb_array_free(&array);
            packed[n] ^= (unsigned char)flip;
        }
}
END_TEST

START_TEST(more_than_the_header_promises_is_refused)
{
    unsigned char longer[sizeof small + 1] = {0}, packed[500];
    memcpy(longer, small, sizeof small);
    assert_idx_refused(scratch_write("a.idx", longer, sizeof longer),
                       "too long: the header promises 12 bytes of data, the file has 13");
    assert_idx_refused(write_gzip(longer, sizeof longer), "more follows the 12 bytes of data");
    const size_t n_packed = read_all(write_gzip(small, sizeof small), packed, sizeof packed);
    packed[n_packed] = 'x';
    assert_idx_refused(scratch_write("behind.gz", packed, n_packed + 1), "other data follow its gzip data");
    memcpy(packed + n_packed, "\x1f\x8b\0", 4);
    assert_idx_refused(scratch_write("behind.gz", packed, n_packed + 1), "truncated: its gzip data break off");
    assert_idx_refused(scratch_write("behind.gz", packed, n_packed + 4), "corrupt gzip data");
}
END_TEST

START_TEST(less_than_the_header_promises_is_refused)
{
    assert_idx_refused(scratch_write("a.idx", small, sizeof small - 1),
                       "truncated: the header promises 12 bytes of data, the file has 11; download it again");
    assert_idx_refused(write_gzip(small, sizeof small - 1),
                       "truncated: the header promises 12 bytes of data, the file has 11; download it again");
    assert_idx_refused(write_gzip(small, 9), "truncated: 9 bytes, the header alone takes 12");
    assert_idx_refused(write_gzip(small, 3), "no IDX file: only 3 bytes");
}
END_TEST

START_TEST(absurd_shapes_are_refused_before_anything_is_allocated)
{
    unsigned char file[40] = {0, 0, 0x0e, 8};
    memset(file + 4, 0xff, 32);
    assert_idx_refused(scratch_write("a.idx", file, sizeof file), "truncated: the header promises more than ");
    assert_idx_refused(write_gzip(file, sizeof file), "gzipped ones can hold");
    file[3] = 1; /* 32 GiB */
    assert_idx_refused(scratch_write("a.idx", file, sizeof file), "truncated: the header promises 34359738360 bytes");
    assert_idx_refused(write_gzip(file, sizeof file), "the header promises 34359738360 bytes of data, more than ");
}
END_TEST

START_TEST(gzipped_zeros_without_end_are_unpacked_no_further_than_promised)
{
    enum { N_ZEROS = 1 << 26 };
    static const unsigned char promises_16[] = {0, 0, 8, 1, 0, 0, 0, 16}, promises_all[] = {0, 0, 8, 1, 4, 0, 0, 0};
    unsigned char *file = calloc(N_ZEROS + 8, 1); /* 64 MiB, in a file of 64 KiB */
    ck_assert_ptr_nonnull(file);
    memcpy(file, promises_16, sizeof promises_16);
    assert_idx_refused(write_gzip(file, N_ZEROS + 8), "more follows the 16 bytes of data");
    memcpy(file, promises_all, sizeof promises_all);
    hebb_array array;
    const char *path = write_gzip(file, N_ZEROS + 8);
    assert_refused(hebb_idx_read(path, LIMIT, &array), HEBB_ENOMEM, path, ": an array of 67108864 bytes; at most");
    ck_assert_ptr_null(array.data);
    free(file);
}
END_TEST

START_TEST(starts_that_are_no_idx_file_are_refused)
{
    assert_idx_refused(scratch_write("a.idx", "\x89PNG", 4), "no IDX file: it starts with bytes 89 50, not 00 00");
    assert_idx_refused(scratch_write("a.idx", "\0\0\x0a\x01", 4), "data type 0a, expected 08, ");
    assert_idx_refused(scratch_write("a.idx", "\0\0\x08\x00", 4), "promises 0 dimensions, expected 1 to 8");
    assert_idx_refused(scratch_write("a.idx", "\0\0\x08\x09", 4), "promises 9 dimensions, expected 1 to 8");
    assert_idx_refused(scratch_write("a.idx", "", 0), "no IDX file: only 0 bytes");
    assert_idx_refused(scratch_write("a.idx", "\x1f\x8b\x07 and no gzip data", 20), "corrupt gzip data");
}
END_TEST

START_TEST(arrays_over_the_limit_are_refused_with_the_file_named)
{
    hebb_array array;
    const char *path = write_gzip(small, sizeof small);
    assert_refused(hebb_idx_read(path, 11, &array), HEBB_ENOMEM, path, ": an array of 12 bytes; at most 11");
    ck_assert_ptr_null(array.data);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        hebb_array array;
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_idx_read(path, LIMIT, &array), HEBB_ENOINPUT, path, ": ");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("idx");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, a_plain_file_reads_back);
    tcase_add_test(files, every_type_of_the_format_reads);
    tcase_add_test(files, a_gzipped_file_reads_as_the_plain_one_whatever_its_name);
    tcase_add_test(files, gzip_files_one_behind_the_other_read_as_one);
    tcase_add_test(files, a_large_gzipped_file_reads_whole);
    tcase_add_test(files, the_mnist_test_images_have_their_shape_and_their_mean_grey);
    tcase_add_test(files, the_mnist_test_labels_have_the_known_count_of_each_digit);
    suite_add_tcase(suite, files);
    TCase *refusals = tcase_create("refusals");
    tcase_add_checked_fixture(refusals, scratch_make, scratch_remove);
    tcase_add_test(refusals, a_plain_file_cut_anywhere_is_refused);
    tcase_add_test(refusals, a_gzipped_file_cut_anywhere_is_refused);
    tcase_add_test(refusals, a_gzipped_file_with_any_byte_changed_is_read_or_refused);
    tcase_add_test(refusals, more_than_the_header_promises_is_refused);
    tcase_add_test(refusals, less_than_the_header_promises_is_refused);
    tcase_add_test(refusals, absurd_shapes_are_refused_before_anything_is_allocated);
    tcase_add_test(refusals, gzipped_zeros_without_end_are_unpacked_no_further_than_promised);
    tcase_add_test(refusals, starts_that_are_no_idx_file_are_refused);
    tcase_add_test(refusals, arrays_over_the_limit_are_refused_with_the_file_named);
    tcase_add_test(refusals, what_is_no_file_is_refused);
    suite_add_tcase(suite, refusals);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
