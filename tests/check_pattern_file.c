/* pattern_file: which values become which signs, what is refused, and how a replica's patterns are chosen. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "pattern_file.h"
#include "scratch.h"

static hebb_status read_text(const char *text, const double *threshold, hebb_pattern_file *file)
{
    return hebb_pattern_file_read(scratch_write("patterns.csv", text, strlen(text)), threshold, file);
}

static void check_signs(const char *text, const double *threshold, size_t n, const int8_t *signs)
{
    hebb_pattern_file file;
    ck_assert_int_eq(read_text(text, threshold, &file), HEBB_OK);
    ck_assert_uint_eq(file.n_patterns * file.n_neurons, n);
    ck_assert_mem_eq(file.signs, signs, n);
    hebb_pattern_file_free(&file);
    hebb_pattern_file_free(&file);
}

START_TEST(two_valued_files_need_no_threshold)
{
    static const int8_t signs[] = {1, -1, 1, -1, -1, 1};
    check_signs("1,-1,1\n-1,-1,1\n", NULL, 6, signs);
    check_signs("1,0,1\n0,0,1\n", NULL, 6, signs);
}
END_TEST

START_TEST(above_the_threshold_is_plus_one_at_it_is_minus_one)
{
    static const int8_t signs[] = {-1, -1, 1, 1};
    const double threshold = 127.0;
    check_signs("0,127\n127.5,255\n", &threshold, 4, signs);
}
END_TEST

START_TEST(other_values_are_refused_by_place_and_value)
{
    hebb_pattern_file file;
    ck_assert_int_eq(read_text("1,0,1\n0,7,1\n", NULL, &file), HEBB_EDATA);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "pattern 2, pixel 2 is 7"));
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "--threshold"));
    ck_assert_int_eq(read_text("1,0,1\n0,-1,1\n", NULL, &file), HEBB_EDATA); /* 0 and -1 cannot both be off */
    ck_assert_ptr_null(file.signs);
    ck_assert_int_eq(hebb_pattern_file_read(scratch_write("p.txt", "1", 1), NULL, &file), HEBB_EDATA);
    ck_assert_int_eq(hebb_pattern_file_read(scratch_path("nothing.csv"), NULL, &file), HEBB_ENOINPUT);
}
END_TEST

START_TEST(the_checksum_tells_files_apart)
{
    hebb_pattern_file a, b, c;
    ck_assert_int_eq(read_text("1,0,1\n0,0,1\n", NULL, &a), HEBB_OK);
    ck_assert_int_eq(read_text("1,-1,1\n-1,-1,1\n", NULL, &b), HEBB_OK);
    ck_assert_int_eq(read_text("1,0,1\n0,1,1\n", NULL, &c), HEBB_OK);
    ck_assert_uint_eq(a.checksum, b.checksum); /* the same signs */
    ck_assert_uint_ne(a.checksum, c.checksum);
    hebb_pattern_file_free(&a);
    hebb_pattern_file_free(&b);
    hebb_pattern_file_free(&c);
}
END_TEST

/* Row k of the file has its only +1 at place k, so a chosen pattern tells which row it is. */
static void check_choice(hebb_pattern_store store)
{
    hebb_pattern_file file;
    hebb_patterns patterns;
    char text[16 * 32 + 1] = "";
    for (int k = 0; k < 16; k++)
        for (int i = 0; i < 16; i++) strcat(text, i == k ? (i < 15 ? "1," : "1\n") : i < 15 ? "0," : "0\n");
    ck_assert_int_eq(read_text(text, NULL, &file), HEBB_OK);
    ck_assert_int_eq(hebb_patterns_init(&patterns, 16, 5, store), HEBB_OK);
    uint32_t indices[16];
    unsigned n_first[16] = {0};
    for (uint32_t replica = 0; replica < 1600; replica++) {
        unsigned seen = 0;
        hebb_pattern_file_choose(&file, 1, replica, indices, &patterns);
        for (size_t mu = 0; mu < 5; mu++)
            for (size_t i = 0; i < 16; i++)
                if (hebb_patterns_get(&patterns, i, mu) > 0) {
                    seen |= 1u << i;
                    n_first[i] += mu == 0;
                }
        ck_assert_int_eq(__builtin_popcount(seen), 5);
    }
    for (int k = 0; k < 16; k++)
        ck_assert(n_first[k] > 100 - 50 && n_first[k] < 100 + 50); /* 5 sigma; false alarm 1e-5 */
    hebb_patterns_free(&patterns);
    hebb_pattern_file_free(&file);
}

START_TEST(a_replica_stores_different_patterns_of_the_file_drawn_anew)
{
    check_choice(HEBB_STORE_SLICES);
    check_choice(HEBB_STORE_ROWS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pattern_file");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, two_valued_files_need_no_threshold);
    tcase_add_test(files, above_the_threshold_is_plus_one_at_it_is_minus_one);
    tcase_add_test(files, other_values_are_refused_by_place_and_value);
    tcase_add_test(files, the_checksum_tells_files_apart);
    tcase_add_test(files, a_replica_stores_different_patterns_of_the_file_drawn_anew);
    suite_add_tcase(suite, files);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
