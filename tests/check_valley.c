/* valley: states of known place, to the last neuron of the threshold, and their names. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "valley.h"

enum { N = 3200, P = 12 };

static hebb_patterns patterns;
static hebb_hopfield network;

static void make(void)
{
    ck_assert_int_eq(hebb_patterns_init(&patterns, N, P, HEBB_STORE_SLICES), HEBB_OK);
    hebb_patterns_draw(&patterns, 1, 0);
    ck_assert_int_eq(hebb_hopfield_init(&network, &patterns), HEBB_OK);
}

static void drop(void)
{
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
}

/* sgn(sum of weights[mu] xi^mu), with n_turned neurons turned over. */
static hebb_valley place(const double weights[P], size_t n_turned)
{
    int8_t spins[N];
    for (size_t i = 0; i < N; i++) {
        double sum = 0.0;
        for (size_t mu = 0; mu < P; mu++) sum += weights[mu] * hebb_patterns_get(&patterns, i, mu);
        spins[i] = (int8_t)((sum > 0.0) == (i * 7 % N >= n_turned) ? 1 : -1);
    }
    hebb_hopfield_start_at(&network, spins);
    return hebb_valley_of(&network);
}

static void check_named(const hebb_valley *valley, const char *name)
{
    char text[HEBB_VALLEY_LENGTH];
    ck_assert_str_eq(hebb_valley_name(valley, text), name);
}

START_TEST(patterns_and_their_negatives_are_named_up_to_one_neuron_in_32)
{
    for (size_t mu = 0; mu < P; mu += 5)
        for (int sign = -1; sign <= 1; sign += 2) {
            char name[HEBB_VALLEY_LENGTH];
            double weights[P] = {0};
            weights[mu] = sign;
            snprintf(name, sizeof name, "%spattern %zu", sign < 0 ? "-" : "", mu + 1);
            for (size_t n_turned = 0; n_turned <= N / 32; n_turned += N / 32) {
                const hebb_valley valley = place(weights, n_turned);
                ck_assert_int_eq(valley.n, 1);
                ck_assert_uint_eq(valley.patterns[0], mu);
                ck_assert_int_eq(valley.signs[0], sign);
                ck_assert(valley.distance == (double)n_turned / N);
                check_named(&valley, name);
            }
            const hebb_valley valley = place(weights, N / 32 + 1);
            ck_assert_int_eq(valley.n, 0);
            check_named(&valley, "elsewhere");
        }
}
END_TEST

START_TEST(mixtures_of_any_patterns_and_signs_are_named)
{
    for (int n = 3; n <= HEBB_VALLEY_MOST; n += 2) {
        char name[HEBB_VALLEY_LENGTH];
        double weights[P] = {0};
        for (int k = 0; k < n; k++) weights[(5 * k + 2) % P] = k % 3 == 1 ? -1.0 : 1.0;
        const hebb_valley valley = place(weights, N / 40);
        snprintf(name, sizeof name, "mixture of %d", n);
        ck_assert_int_eq(valley.n, n);
        for (int k = 0; k < n; k++) ck_assert(weights[valley.patterns[k]] == (double)valley.signs[k]);
        ck_assert(valley.distance == 0.025);
        check_named(&valley, name);
    }
}
END_TEST

/* Minima of E too, 1/16 away from (1/2, 1/2, 1/2) and from the mixture of 5. */
START_TEST(asymmetric_mixtures_and_mixtures_of_more_are_elsewhere)
{
    static const double weights[][P] = {{5, 3, 3, 1.01, 0.99},
                                        {2, 2, 1.01, 0.99, 1},
                                        {3, 1.01, 0.99, 1, 1, 1},
                                        {1, 1},
                                        {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}};
    for (size_t k = 0; k < sizeof weights / sizeof *weights; k++) {
        const hebb_valley valley = place(weights[k], 0);
        ck_assert_int_eq(valley.n, 0);
        ck_assert_double_gt(valley.distance, 0.04);
    }
}
END_TEST

START_TEST(with_few_patterns_nothing_is_looked_at_that_is_not_there)
{
    for (size_t p = 1; p <= 3; p++) {
        drop();
        ck_assert_int_eq(hebb_patterns_init(&patterns, 40, p, HEBB_STORE_ROWS), HEBB_OK);
        hebb_patterns_draw(&patterns, 1, 0);
        ck_assert_int_eq(hebb_hopfield_init(&network, &patterns), HEBB_OK);
        hebb_hopfield_start_at_pattern(&network, p - 1);
        const hebb_valley valley = hebb_valley_of(&network);
        ck_assert_int_eq(valley.n, 1);
        ck_assert_int_eq(valley.n_patterns, (int)p);
        ck_assert_uint_eq(valley.patterns[0], p - 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("valley");
    TCase *states = tcase_create("states");
    tcase_add_checked_fixture(states, make, drop);
    tcase_add_test(states, patterns_and_their_negatives_are_named_up_to_one_neuron_in_32);
    tcase_add_test(states, mixtures_of_any_patterns_and_signs_are_named);
    tcase_add_test(states, asymmetric_mixtures_and_mixtures_of_more_are_elsewhere);
    tcase_add_test(states, with_few_patterns_nothing_is_looked_at_that_is_not_there);
    suite_add_tcase(suite, states);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
