/* weights: histograms and distances by hand, what is all equal, machines of one hidden unit */
#include <math.h>
#include <stdlib.h>

#include "engine.h"
#include "random_rbm.h"
#include "weights.h"

START_TEST(every_value_is_in_one_bin)
{
    const double values[] = {0.0, 0.24, 0.26, 0.5, 0.74, 1.0, 1.0};
    const uint64_t counts[] = {2, 1, 2, 2};
    hebb_histogram histogram;
    ck_assert_int_eq(hebb_histogram_init(&histogram, 4, COUNT(values), values), HEBB_OK);
    for (size_t b = 0; b < 4; b++) {
        ck_assert_uint_eq(histogram.counts[b], counts[b]);
        ck_assert_double_eq(hebb_histogram_end(&histogram, b), 0.25 * (double)b);
    }
    ck_assert_double_eq(hebb_histogram_end(&histogram, 4), 1.0);
    hebb_histogram_free(&histogram);
    hebb_histogram_free(&histogram);
}
END_TEST

START_TEST(equal_values_are_one_bin_without_width)
{
    const double values[] = {0.3, 0.3, 0.3};
    hebb_histogram histogram;
    ck_assert_int_eq(hebb_histogram_init(&histogram, 50, 3, values), HEBB_OK);
    ck_assert_uint_eq(histogram.n_bins, 1);
    ck_assert_uint_eq(histogram.counts[0], 3);
    ck_assert_double_eq(hebb_histogram_end(&histogram, 0), 0.3);
    ck_assert_double_eq(hebb_histogram_end(&histogram, 1), 0.3);
    hebb_histogram_free(&histogram);
    ck_assert_int_eq(hebb_histogram_init(&histogram, 50, 0, values), HEBB_OK);
    ck_assert_uint_eq(histogram.n, 0);
    hebb_histogram_free(&histogram);
}
END_TEST

START_TEST(distances_are_those_of_the_columns)
{
    double distances[6];
    hebb_rbm rbm = random_rbm(7, HEBB_LAYER_BINARY, 4, HEBB_LAYER_BINARY, 1.0, 0.0, 1);
    size_t n = 0;
    ck_assert_uint_eq(hebb_weight_distances_count(&rbm), 6);
    ck_assert_int_eq(hebb_weight_distances(&rbm, distances), HEBB_OK);
    for (size_t j = 0; j < 4; j++)
        for (size_t k = j + 1; k < 4; k++) {
            double sum = 0.0;
            for (size_t i = 0; i < 7; i++) sum += pow(rbm.weights[i * 4 + j] - rbm.weights[i * 4 + k], 2.0);
            ck_assert_double_eq_tol(distances[n++], sqrt(sum), 1e-14);
        }
    hebb_rbm_free(&rbm);
}
END_TEST

/* Of independent weights of width w: w sqrt(2 n_visible), each to 1/sqrt(4 n_visible) of itself. */
START_TEST(independent_weights_are_all_about_as_far_apart)
{
    enum { NV = 400, NH = 20, N = NH * (NH - 1) / 2 };
    double distances[N], sum = 0.0;
    hebb_rbm rbm = random_rbm(NV, HEBB_LAYER_BINARY, NH, HEBB_LAYER_BINARY, 0.01, 0.0, 2);
    ck_assert_int_eq(hebb_weight_distances(&rbm, distances), HEBB_OK);
    for (size_t k = 0; k < N; k++) {
        ck_assert_double_eq_tol(distances[k] / (0.01 * sqrt(2.0 * NV)), 1.0, 5.0 / sqrt(4.0 * NV));
        sum += distances[k];
    }
    ck_assert_double_eq_tol(sum / N / (0.01 * sqrt(2.0 * NV)), 1.0, 0.03);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(one_hidden_unit_has_no_distances)
{
    double none = 7.0;
    hebb_rbm rbm = random_rbm(5, HEBB_LAYER_BINARY, 1, HEBB_LAYER_BINARY, 1.0, 0.0, 1);
    ck_assert_uint_eq(hebb_weight_distances_count(&rbm), 0);
    ck_assert_int_eq(hebb_weight_distances(&rbm, &none), HEBB_OK);
    ck_assert_double_eq(none, 7.0);
    hebb_rbm_free(&rbm);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("weights");
    TCase *all = tcase_create("all");
    tcase_add_test(all, every_value_is_in_one_bin);
    tcase_add_test(all, equal_values_are_one_bin_without_width);
    tcase_add_test(all, distances_are_those_of_the_columns);
    tcase_add_test(all, independent_weights_are_all_about_as_far_apart);
    tcase_add_test(all, one_hidden_unit_has_no_distances);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
