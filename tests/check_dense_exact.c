/* dense_exact: signs where double cancels, of sums constructed to be 0 or nearly so. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense_reference.h"
#include "engine.h"

/* Its degree is not used. */
static const hebb_interaction exponential = {HEBB_INTERACTION_EXPONENTIAL, -1000000};

typedef struct {
    hebb_patterns patterns;
    hebb_dense_memory memory;
} network;

static network *make(size_t n, size_t k, hebb_interaction interaction)
{
    network *made = calloc(1, sizeof *made);
    ck_assert_int_eq(hebb_dense_memory_fit(&made->patterns, &made->memory, n, k, interaction), HEBB_OK);
    return made;
}

static void drop(network *made)
{
    hebb_dense_memory_free(&made->memory);
    hebb_patterns_free(&made->patterns);
    free(made);
}

/* All spins up; `times` patterns with xi_0 = the sign of it and a_0 = 2 k - N - 1; from pattern `first` on. */
static size_t place(hebb_patterns *patterns, size_t first, size_t k, long times)
{
    for (size_t mu = first; mu < first + (size_t)labs(times); mu++) {
        hebb_patterns_set(patterns, 0, mu, times > 0 ? 1 : -1);
        for (size_t i = 1; i < patterns->n_neurons; i++) hebb_patterns_set(patterns, i, mu, i < k ? 1 : -1);
    }
    return first + (size_t)labs(times);
}

static void assert_drive_of_neuron_0(hebb_interaction interaction, size_t n, const long *counts, int expected)
{
    size_t n_patterns = 0, at = 0;
    for (size_t k = 0; k < n + 2; k++) n_patterns += (size_t)labs(counts[k]);
    network *made = make(n, n_patterns, interaction);
    for (size_t k = 0; k < n + 2; k++) at = place(&made->patterns, at, k, counts[k]);
    int8_t *up = malloc(n);
    memset(up, 1, n);
    hebb_dense_memory_start_at(&made->memory, up);
    ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, 0), expected);
    hebb_dense_memory_flip(&made->memory, 0); /* which D_0 does not depend on */
    ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, 0), expected);
    ck_assert_int_eq(hebb_dense_memory_unsure(&made->memory), 0);
    free(up);
    drop(made);
}

/*
 * Differences of order m of a polynomial: of its own degree they are a constant, of a higher one they are 0.  G of x^10
 * has degree 9, and terms of 1e37 at N = 10 000.
 */
START_TEST(differences_of_high_order_of_tenth_powers_are_ties_or_small)
{
    enum { N = 10000 };
    for (long order = 8; order <= 10; order++)
        for (int sign = -1; sign <= 1; sign += 2) {
            long *counts = calloc(N + 2, sizeof *counts), binomial = sign;
            for (long j = 0; j <= order; j++) {
                counts[9000 + order - j] = binomial;
                binomial = -binomial * (order - j) / (j + 1);
            }
            assert_drive_of_neuron_0((hebb_interaction){HEBB_INTERACTION_POWER, 10}, N, counts, order < 10 ? sign : 0);
            assert_drive_of_neuron_0((hebb_interaction){HEBB_INTERACTION_RECTIFIED, 10}, N, counts,
                                     order < 10 ? sign : 0);
            free(counts);
        }
}
END_TEST

/*
 * 1 = sum_k d_k e^(-2k), the digits found one by one: cut after some, what is missing is below e^(-2k) of it, of one
 * sign, and one more in the last digit turns the sign.
 */
START_TEST(expansions_of_1_in_powers_of_e_are_cut_with_the_right_sign)
{
    static const size_t lengths[] = {3, 10, 17, 18, 19, 20, 30, 100, 400};
    enum { N = 5000, BITS = 4000 };
    mpf_t e, rest;
    mpf_init2(e, BITS);
    mpf_init2(rest, BITS);
    mpf_set_ui(rest, 1);
    mpf_set_ui(e, 1);
    for (unsigned long j = 1; j < 800; j++) {
        mpf_div_ui(rest, rest, j);
        mpf_add(e, e, rest);
    }
    mpf_mul(e, e, e);
    for (size_t c = 0; c < COUNT(lengths); c++) {
        long *counts = calloc(N + 2, sizeof *counts);
        counts[N - 7] = 1;
        mpf_set_ui(rest, 1);
        for (size_t k = 1; k <= lengths[c]; k++) {
            mpf_mul(rest, rest, e);
            const unsigned long digit = mpf_get_ui(rest);
            counts[N - 7 - k] = -(long)digit;
            mpf_sub_ui(rest, rest, digit);
        }
        ck_assert_int_eq(dense_reference_exponential(N, counts), 1);
        assert_drive_of_neuron_0(exponential, N, counts, 1);
        counts[N - 7 - lengths[c]]--;
        ck_assert_int_eq(dense_reference_exponential(N, counts), -1);
        assert_drive_of_neuron_0(exponential, N, counts, -1);
        free(counts);
    }
    mpf_clear(e);
    mpf_clear(rest);
}
END_TEST

/* Pairs of patterns that differ in neuron 0 alone; one of 0 more decides. */
START_TEST(pairs_cancel_exactly_and_one_more_pattern_decides)
{
    enum { N = 5000, PAIRS = 150 };
    network *made = make(N, 2 * PAIRS + 1, exponential);
    hebb_patterns_draw(&made->patterns, 8, 0);
    for (size_t i = 0; i < N; i++) {
        for (size_t mu = 0; mu < PAIRS; mu++) {
            const int sign = hebb_patterns_get(&made->patterns, i, 2 * mu);
            hebb_patterns_set(&made->patterns, i, 2 * mu + 1, i == 0 ? -sign : sign);
        }
        hebb_patterns_set(&made->patterns, i, 2 * PAIRS, i % 2 == 0 ? 1 : -1);
    }
    hebb_dense_memory_start_at_pattern(&made->memory, 4);
    ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, 0), 1);
    hebb_patterns_set(&made->patterns, 0, 2 * PAIRS, -1);
    hebb_dense_memory_start_at_pattern(&made->memory, 4);
    ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, 0), -1);
    drop(made);
}
END_TEST

/* F(M) + F(-M) is 0 for an odd power: with each pattern its opposite, no neuron has a drive. */
START_TEST(a_pattern_and_its_opposite_are_nothing_to_odd_powers)
{
    static const int degrees[] = {3, 9, 21, 33, 63};
    for (size_t d = 0; d < COUNT(degrees); d++) {
        network *made = make(400, 64, (hebb_interaction){HEBB_INTERACTION_POWER, degrees[d]});
        hebb_patterns_draw(&made->patterns, 9, 0);
        for (size_t i = 0; i < 400; i++)
            for (size_t mu = 0; mu < 64; mu += 2)
                hebb_patterns_set(&made->patterns, i, mu + 1, -hebb_patterns_get(&made->patterns, i, mu));
        hebb_dense_memory_start_at_pattern(&made->memory, 2);
        for (size_t i = 0; i < 400; i += 57) ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, i), 0);
        ck_assert_uint_eq(hebb_dense_memory_count_unstable(&made->memory, NULL), 0);
        drop(made);
    }
}
END_TEST

START_TEST(a_sign_that_256_limbs_leave_open_is_counted)
{
    enum { N = 100 };
    long *counts = calloc(N + 2, sizeof *counts);
    network *made = make(N, 9, exponential);
    counts[90] = 1;
    counts[89] = -7;
    counts[88] = -1;
    size_t at = place(&made->patterns, 0, 90, 1);
    at = place(&made->patterns, at, 89, -7);
    place(&made->patterns, at, 88, -1);
    int8_t up[N];
    memset(up, 1, N);
    hebb_dense_memory_start_at(&made->memory, up);
    ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, 0), dense_reference_exponential(N, counts));
    made->memory.weights.error = INFINITY;
    made->memory.exact.n_limbs = 3; /* below the first that are tried */
    ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, 0), 0);
    ck_assert_int_eq(hebb_dense_memory_unsure(&made->memory), 1);
    ck_assert_int_eq(hebb_dense_memory_check_sure(&made->memory, 0), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_dense_memory_check_sure(&made->memory, 1), HEBB_OK);
    free(counts);
    drop(made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense_exact");
    TCase *tests = tcase_create("dense_exact");
    tcase_add_test(tests, differences_of_high_order_of_tenth_powers_are_ties_or_small);
    tcase_add_test(tests, expansions_of_1_in_powers_of_e_are_cut_with_the_right_sign);
    tcase_add_test(tests, pairs_cancel_exactly_and_one_more_pattern_decides);
    tcase_add_test(tests, a_pattern_and_its_opposite_are_nothing_to_odd_powers);
    tcase_add_test(tests, a_sign_that_256_limbs_leave_open_is_counted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed != 0;
}
