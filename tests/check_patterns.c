/* patterns against single bits, a plain sum, and the statistics of fair signs. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

static const size_t sizes[] = {1, 2, 63, 64, 65, 127, 1000};
enum { N_SIZES = sizeof sizes / sizeof *sizes };

START_TEST(a_sign_set_is_the_sign_read_and_no_other_changes)
{
    hebb_patterns patterns;
    ck_assert_int_eq(hebb_patterns_init(&patterns, 5, 130), HEBB_OK);
    hebb_patterns_set(&patterns, 3, 64, 1);
    for (size_t i = 0; i < 5; i++)
        for (size_t mu = 0; mu < 130; mu++)
            ck_assert_int_eq(hebb_patterns_get(&patterns, i, mu), i == 3 && mu == 64 ? 1 : -1);
    hebb_patterns_set(&patterns, 3, 64, -1);
    ck_assert_int_eq(hebb_patterns_get(&patterns, 3, 64), -1);
    hebb_patterns_free(&patterns);
    hebb_patterns_free(&patterns);
}
END_TEST

static void check_overlaps(size_t n, size_t p)
{
    hebb_patterns patterns;
    ck_assert_int_eq(hebb_patterns_init(&patterns, n, p), HEBB_OK);
    hebb_patterns_draw(&patterns, 7, 3);
    int8_t *spins = malloc(n);
    int32_t *overlaps = malloc(64 * patterns.words_per_neuron * sizeof *overlaps);
    uint64_t *counters = malloc(HEBB_PATTERNS_COUNTER_PLANES * patterns.words_per_neuron * sizeof *counters);
    for (size_t i = 0; i < n; i++) spins[i] = i * 2654435761u % 7 < 3 ? -1 : 1;
    hebb_patterns_overlaps(&patterns, spins, counters, overlaps);
    for (size_t mu = 0; mu < 64 * patterns.words_per_neuron; mu++) {
        int32_t sum = 0;
        for (size_t i = 0; i < n && mu < p; i++) sum += hebb_patterns_get(&patterns, i, mu) * spins[i];
        ck_assert_int_eq(overlaps[mu], sum);
    }
    free(counters);
    free(overlaps);
    free(spins);
    hebb_patterns_free(&patterns);
}

START_TEST(overlaps_equal_the_plain_sum_and_the_padding_is_zero)
{
    for (size_t a = 0; a < N_SIZES; a++)
        for (size_t b = 0; b < N_SIZES; b++) check_overlaps(sizes[a], sizes[b]);
}
END_TEST

START_TEST(signs_depend_on_seed_size_and_replica_alone)
{
    hebb_patterns a, b;
    ck_assert_int_eq(hebb_patterns_init(&a, 100, 70), HEBB_OK);
    ck_assert_int_eq(hebb_patterns_init(&b, 100, 70), HEBB_OK);
    const size_t bytes = 100 * 2 * sizeof(uint64_t);
    hebb_patterns_draw(&a, 1, 0);
    hebb_patterns_draw(&b, 1, 5);
    ck_assert_int_ne(memcmp(a.bits, b.bits, bytes), 0);
    hebb_patterns_draw(&b, 2, 0);
    ck_assert_int_ne(memcmp(a.bits, b.bits, bytes), 0);
    hebb_patterns_draw(&b, 1, 0);
    ck_assert_int_eq(memcmp(a.bits, b.bits, bytes), 0);
    hebb_patterns_free(&b);
    ck_assert_int_eq(hebb_patterns_init(&b, 100, 71), HEBB_OK); /* one pattern more is another disorder altogether */
    hebb_patterns_draw(&b, 1, 0);
    size_t n_equal = 0;
    for (size_t i = 0; i < 100; i++)
        for (size_t mu = 0; mu < 70; mu++) n_equal += hebb_patterns_get(&a, i, mu) == hebb_patterns_get(&b, i, mu);
    ck_assert(n_equal > 3500 - 5 * 42 && n_equal < 3500 + 5 * 42); /* 5 sigma of 7000 fair coins */
    hebb_patterns_free(&a);
    hebb_patterns_free(&b);
}
END_TEST

/* Fixed seed; each of the three bounds is 5 sigma, false alarm 6e-7. */
START_TEST(signs_are_fair_and_neighbours_independent)
{
    hebb_patterns patterns;
    const size_t n = 1000, p = 640;
    ck_assert_int_eq(hebb_patterns_init(&patterns, n, p), HEBB_OK);
    hebb_patterns_draw(&patterns, 11, 0);
    double sum = 0.0, across_neurons = 0.0, across_patterns = 0.0;
    for (size_t i = 1; i < n; i++)
        for (size_t mu = 1; mu < p; mu++) {
            const int sign = hebb_patterns_get(&patterns, i, mu);
            sum += sign;
            across_neurons += sign * hebb_patterns_get(&patterns, i - 1, mu);
            across_patterns += sign * hebb_patterns_get(&patterns, i, mu - 1);
        }
    const double bound = 5.0 * sqrt((double)((n - 1) * (p - 1)));
    ck_assert_double_lt(fabs(sum), bound);
    ck_assert_double_lt(fabs(across_neurons), bound);
    ck_assert_double_lt(fabs(across_patterns), bound);
    hebb_patterns_free(&patterns);
}
END_TEST

START_TEST(the_load_is_rounded_to_the_nearest_pattern)
{
    ck_assert_uint_eq(hebb_patterns_at_load(0.138, 1000), 138);
    ck_assert_uint_eq(hebb_patterns_at_load(0.138, 100), 14);
    ck_assert_uint_eq(hebb_patterns_at_load(0.0004, 1000), 0);
    ck_assert_uint_eq(hebb_patterns_at_load(0.13, 5000), 650);
}
END_TEST

START_TEST(sizes_out_of_range_and_beyond_memory_are_refused)
{
    hebb_patterns patterns;
    ck_assert_int_eq(hebb_patterns_init(&patterns, 0, 5), HEBB_EDOM);
    ck_assert_int_eq(hebb_patterns_init(&patterns, 5, 0), HEBB_EDOM);
    ck_assert_int_eq(hebb_patterns_init(&patterns, HEBB_MAX_NEURONS + 1, 5), HEBB_EDOM);
    ck_assert_int_eq(hebb_patterns_init(&patterns, HEBB_MAX_NEURONS, HEBB_MAX_PATTERNS), HEBB_ENOMEM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "GiB"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("patterns");
    TCase *bits = tcase_create("bits");
    tcase_add_test(bits, a_sign_set_is_the_sign_read_and_no_other_changes);
    tcase_add_test(bits, overlaps_equal_the_plain_sum_and_the_padding_is_zero);
    tcase_add_test(bits, signs_depend_on_seed_size_and_replica_alone);
    tcase_add_test(bits, signs_are_fair_and_neighbours_independent);
    tcase_add_test(bits, the_load_is_rounded_to_the_nearest_pattern);
    tcase_add_test(bits, sizes_out_of_range_and_beyond_memory_are_refused);
    suite_add_tcase(suite, bits);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
