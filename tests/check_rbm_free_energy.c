/* rbm_free_energy: sums of logarithms against one unit at a time, for all kinds, lengths and sizes of field. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "rbm_free_energy.h"

static double one_by_one(hebb_layer_kind kind, double sigma, double beta, size_t n, const float *fields)
{
    long double sum = 0.0L;
    for (size_t j = 0; j < n; j++) sum += (long double)hebb_layer_log_sum(kind, sigma, beta * (double)fields[j]);
    return (double)sum;
}

START_TEST(a_sum_is_that_of_its_units)
{
    static const size_t lengths[] = {1, 7, 8, 9, 500, 4079, 4080, 4081, 10000};
    static const double scales[] = {1e-6, 0.3, 5.0, 300.0, 1e5}, betas[] = {0.0, 0.37, 1.0};
    float *fields = malloc(10000 * sizeof *fields);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_REAL, 0, 0), 0, 0);
    for (int s = 0; s < 5; s++)
        for (int b = 0; b < 3; b++)
            for (int l = 0; l < 9; l++)
                for (int kind = 0; kind < HEBB_LAYER_KINDS; kind++) {
                    const size_t n = lengths[l];
                    for (size_t j = 0; j < n; j++)
                        fields[j] = (float)(scales[s] * (4.0 * hebb_stream_uniform(&stream) - 2.0));
                    const double sum = hebb_layer_log_sums((hebb_layer_kind)kind, 0.8, betas[b], n, fields),
                                 expected = one_by_one((hebb_layer_kind)kind, 0.8, betas[b], n, fields);
                    ck_assert_double_le(fabs(sum - expected), 1e-13 * (double)n + 1e-13 * fabs(expected));
                }
    free(fields);
}
END_TEST

START_TEST(a_layer_by_itself_has_its_bias_and_a_gaussian_one_its_width)
{
    enum { N = 5 };
    static const uint8_t on[N] = {1, 0, 1, 1, 0};
    static const double bias[N] = {0.5, -1.0, 2.0, 0.25, 7.0};
    hebb_layer_states states;
    for (int kind = 0; kind < 2; kind++) {
        ck_assert_int_eq(hebb_layer_states_init(&states, (hebb_layer_kind)kind, 1, N), HEBB_OK);
        hebb_index_lists_set(&states.lists, 1, on);
        ck_assert_double_eq_tol(hebb_layer_bias_sum(&states, 0, bias), kind == 0 ? 2.75 : 2.75 + 1.0 - 7.0, 1e-14);
        ck_assert_double_eq_tol(hebb_layer_own_log(&states, 0, bias, 3.0), kind == 0 ? 2.75 : -3.25, 1e-14);
        hebb_layer_states_free(&states);
    }
    ck_assert_int_eq(hebb_layer_states_init(&states, HEBB_LAYER_GAUSSIAN, 1, N), HEBB_OK);
    for (int i = 0; i < N; i++) states.reals[i] = (float)i;
    ck_assert_double_eq_tol(hebb_layer_bias_sum(&states, 0, bias), -1.0 + 4.0 + 0.75 + 28.0, 1e-14);
    ck_assert_double_eq_tol(hebb_layer_own_log(&states, 0, bias, 2.0), 31.75 - 30.0 / 8.0, 1e-14);
    hebb_layer_states_free(&states);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_free_energy");
    TCase *sums = tcase_create("sums");
    tcase_add_test(sums, a_sum_is_that_of_its_units);
    tcase_add_test(sums, a_layer_by_itself_has_its_bias_and_a_gaussian_one_its_width);
    suite_add_tcase(suite, sums);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
