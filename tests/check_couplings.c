/* couplings against the plain sum over patterns. */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "couplings.h"

/* N rows of `stride`, padded with zeros, as the definition has them. */
static int16_t *couplings_by_sum(const hebb_patterns *patterns, size_t stride)
{
    const size_t n = patterns->n_neurons;
    int16_t *rows = calloc(n * stride, sizeof *rows);
    int8_t *signs = malloc(n);
    for (size_t mu = 0; mu < patterns->n_patterns; mu++) {
        for (size_t i = 0; i < n; i++) signs[i] = (int8_t)hebb_patterns_get(patterns, i, mu);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) rows[i * stride + j] += i == j ? 0 : (int16_t)(signs[i] * signs[j]);
    }
    free(signs);
    return rows;
}

static void check_every_coupling(size_t n, size_t p, hebb_pattern_store store)
{
    hebb_patterns patterns;
    hebb_couplings couplings;
    ck_assert_int_eq(hebb_patterns_init(&patterns, n, p, store), HEBB_OK);
    hebb_patterns_draw(&patterns, 11, 2);
    ck_assert_int_eq(hebb_couplings_init(&couplings, &patterns), HEBB_OK);
    ck_assert_uint_eq(couplings.n_neurons, n);
    ck_assert_uint_ge(couplings.stride, n);
    ck_assert_uint_eq(couplings.stride % 32, 0);
    ck_assert_uint_eq((uintptr_t)couplings.rows % 64, 0);
    int16_t *wanted = couplings_by_sum(&patterns, couplings.stride);
    ck_assert_mem_eq(couplings.rows, wanted, n * couplings.stride * sizeof *wanted);
    free(wanted);
    hebb_couplings_free(&couplings);
    hebb_couplings_free(&couplings);
    hebb_patterns_free(&patterns);
}

START_TEST(every_coupling_is_the_sum_over_patterns_whichever_kernel_and_store)
{
    static const size_t sizes[] = {1, 2, 63, 64, 65, 127, 300}, loads[] = {1, 6, 48, 64, 65, 200};
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++) {
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        for (size_t a = 0; a < sizeof sizes / sizeof *sizes; a++)
            for (size_t b = 0; b < sizeof loads / sizeof *loads; b++)
                check_every_coupling(sizes[a], loads[b], (hebb_pattern_store)((a + b) % 3));
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}
END_TEST

/* Of two equal neurons and one against them, p = 32767 is the largest number that a coupling can be. */
START_TEST(the_largest_couplings_are_held)
{
    enum { P = HEBB_MAX_COUPLED_PATTERNS };
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++) {
        hebb_patterns patterns;
        hebb_couplings couplings;
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        ck_assert_int_eq(hebb_patterns_init(&patterns, 3, P, HEBB_STORE_ROWS), HEBB_OK);
        for (size_t mu = 0; mu < P; mu++) hebb_patterns_set(&patterns, 2, mu, 1);
        ck_assert_int_eq(hebb_couplings_init(&couplings, &patterns), HEBB_OK);
        ck_assert_int_eq(couplings.rows[1], P);
        ck_assert_int_eq(couplings.rows[2], -P);
        hebb_couplings_free(&couplings);
        hebb_patterns_free(&patterns);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}
END_TEST

START_TEST(more_patterns_than_16_bits_hold_are_refused)
{
    hebb_patterns patterns;
    hebb_couplings couplings;
    ck_assert_int_eq(hebb_patterns_init(&patterns, 2, HEBB_MAX_COUPLED_PATTERNS + 1, HEBB_STORE_NOTHING), HEBB_OK);
    ck_assert_int_eq(hebb_couplings_init(&couplings, &patterns), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "32768 patterns"));
    ck_assert_ptr_null(couplings.rows);
    hebb_patterns_free(&patterns);
}
END_TEST

START_TEST(fields_that_could_pass_their_bound_are_refused)
{
    hebb_patterns patterns;
    hebb_couplings couplings;
    ck_assert_int_eq(hebb_patterns_init(&patterns, 1 << 15, 1 << 14, HEBB_STORE_NOTHING), HEBB_OK);
    ck_assert_int_eq(hebb_couplings_init(&couplings, &patterns), HEBB_EDOM);
    hebb_patterns_free(&patterns);
    ck_assert(hebb_couplings_can_hold((1 << 15) - 1, 1 << 14));
    ck_assert(!hebb_couplings_can_hold(1 << 15, 1 << 14));
}
END_TEST

START_TEST(a_matrix_beyond_the_memory_is_refused_before_anything_is_made)
{
    hebb_patterns patterns;
    hebb_couplings couplings;
    ck_assert_int_eq(hebb_patterns_init(&patterns, HEBB_MAX_NEURONS, 1, HEBB_STORE_NOTHING), HEBB_OK);
    ck_assert_int_eq(hebb_couplings_init(&couplings, &patterns), HEBB_ENOMEM); /* 512 TiB */
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "couplings of 16777215 neurons"));
    ck_assert_ptr_null(couplings.rows);
    hebb_patterns_free(&patterns);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("couplings");
    TCase *tcase = tcase_create("core");
    tcase_add_test(tcase, every_coupling_is_the_sum_over_patterns_whichever_kernel_and_store);
    tcase_add_test(tcase, the_largest_couplings_are_held);
    tcase_add_test(tcase, more_patterns_than_16_bits_hold_are_refused);
    tcase_add_test(tcase, fields_that_could_pass_their_bound_are_refused);
    tcase_add_test(tcase, a_matrix_beyond_the_memory_is_refused_before_anything_is_made);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
