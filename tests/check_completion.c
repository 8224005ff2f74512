/* completion: weights, bound and distance of one softmax update, by hand and against each other. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "completion.h"
#include "philox.h"

/* Three patterns of two pixels. */
START_TEST(a_case_by_hand)
{
    const double patterns[] = {1.0, 0.0, 0.0, 1.0, -1.0, 0.0}, state[] = {0.5, 0.0}, beta = 2.0;
    double overlaps[3], weights[3], norm, error;
    hebb_completion law;
    hebb_completion_overlaps(2, 3, patterns, state, overlaps, &norm);
    ck_assert_double_eq(overlaps[0], 0.5);
    ck_assert_double_eq(overlaps[1], 0.0);
    ck_assert_double_eq(overlaps[2], -0.5);
    ck_assert_double_eq(norm, 1.0);
    ck_assert_int_eq(hebb_completion_weigh(3, overlaps, norm, 0, beta, &law), HEBB_OK);
    const double sum = exp(1.0) + 1.0 + exp(-1.0);
    ck_assert_double_eq_tol(law.weight, exp(1.0) / sum, 1e-15);
    ck_assert_double_eq_tol(law.separation, 0.5, 1e-15);
    ck_assert_double_eq_tol(law.bound, 2.0 * 2.0 * exp(-1.0), 1e-15);
    ck_assert_int_eq(hebb_completion_error(2, 3, patterns, overlaps, 0, beta, weights, &error), HEBB_OK);
    ck_assert_double_eq_tol(error, hypot((exp(1.0) - exp(-1.0)) / sum - 1.0, 1.0 / sum), 1e-15);
}
END_TEST

/* 200 random cases, right ones and wrong: the theorem, at both sides of the bound's cap. */
START_TEST(the_distance_is_within_its_bound)
{
    enum { N = 12, K = 5 };
    double patterns[N * K], state[N], overlaps[K], weights[K], norm, error;
    int n_capped = 0, n_tight = 0;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(3, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (int trial = 0; trial < 200; trial++) {
        hebb_completion law;
        for (int k = 0; k < N * K; k++) patterns[k] = hebb_stream_gaussian(&stream);
        for (int i = 0; i < N; i++) state[i] = i < N / 2 ? patterns[i] : 0.0;
        const double beta = exp(4.0 * hebb_stream_uniform(&stream) - 2.0);
        hebb_completion_overlaps(N, K, patterns, state, overlaps, &norm);
        ck_assert_int_eq(hebb_completion_weigh(K, overlaps, norm, 0, beta, &law), HEBB_OK);
        ck_assert_int_eq(hebb_completion_error(N, K, patterns, overlaps, 0, beta, weights, &error), HEBB_OK);
        ck_assert_double_le(error, law.bound + 1e-13);
        ck_assert_double_le(1.0 - law.weight, 0.5 * law.bound / norm + 1e-13);
        n_capped += law.bound >= 2.0 * norm;
        n_tight += law.bound < 0.1 * norm;
    }
    ck_assert_int_gt(n_capped, 10);
    ck_assert_int_gt(n_tight, 10);
}
END_TEST

START_TEST(one_pattern_alone_is_always_found)
{
    const double pattern[] = {3.0, 4.0}, state[] = {0.0, 0.0};
    double overlap, weight, norm, error;
    hebb_completion law;
    hebb_completion_overlaps(2, 1, pattern, state, &overlap, &norm);
    ck_assert_double_eq(norm, 5.0);
    ck_assert_int_eq(hebb_completion_weigh(1, &overlap, norm, 0, 1.0, &law), HEBB_OK);
    ck_assert_double_eq(law.weight, 1.0);
    ck_assert_double_eq(law.bound, 0.0);
    ck_assert_int_eq(hebb_completion_error(2, 1, pattern, &overlap, 0, 1.0, &weight, &error), HEBB_OK);
    ck_assert_double_eq(error, 0.0);
}
END_TEST

START_TEST(parameters_out_of_range_are_refused)
{
    const double overlap = 1.0, pattern = 1.0;
    double weight, error;
    hebb_completion law;
    ck_assert_int_eq(hebb_completion_weigh(1, &overlap, 1.0, 0, 0.0, &law), HEBB_EDOM);
    ck_assert_int_eq(hebb_completion_weigh(1, &overlap, 1.0, 0, NAN, &law), HEBB_EDOM);
    ck_assert_int_eq(hebb_completion_weigh(1, &overlap, 1.0, 1, 1.0, &law), HEBB_EDOM);
    ck_assert_int_eq(hebb_completion_error(1, 0, &pattern, &overlap, 0, 1.0, &weight, &error), HEBB_EDOM);
    ck_assert_int_eq(hebb_completion_error(1, 1, &pattern, &overlap, 0, -1.0, &weight, &error), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("completion");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, a_case_by_hand);
    tcase_add_test(physics, the_distance_is_within_its_bound);
    tcase_add_test(physics, one_pattern_alone_is_always_found);
    tcase_add_test(physics, parameters_out_of_range_are_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
