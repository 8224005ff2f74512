/* spectrum: singular values, the bulk's width by its median, how often chance leaves it, a planted mode outside it */
#include <math.h>
#include <stdlib.h>

#include "engine.h"
#include "marchenko_pastur.h"
#include "random_rbm.h"
#include "spectrum.h"

START_TEST(singular_values_have_the_weights_norm)
{
    double values[12], sum = 0.0;
    hebb_rbm rbm = random_rbm(12, HEBB_LAYER_BINARY, 20, HEBB_LAYER_BINARY, 0.3, 0.0, 1);
    ck_assert_uint_eq(hebb_spectrum_n_modes(&rbm), 12);
    ck_assert_int_eq(hebb_spectrum_values(&rbm, values), HEBB_OK);
    for (size_t a = 0; a < 12; a++) {
        sum += values[a] * values[a];
        ck_assert(a == 0 || (values[a] <= values[a - 1] && values[a] >= 0.0));
    }
    ck_assert_double_eq_tol(sqrt(sum / 240.0), hebb_spectrum_entry_width(&rbm), 1e-14);
    hebb_rbm_free(&rbm);
}
END_TEST

/* The quarter circle: P(s < 2 x sqrt n) = (2/pi)(x sqrt(1 - x^2) + asin x). */
START_TEST(the_median_of_a_square_matrix_is_the_quarter_circles)
{
    const double x = hebb_spectrum_median(100, 100) / 20.0;
    ck_assert_double_eq_tol(M_2_PI * (x * sqrt(1.0 - x * x) + asin(x)), 0.5, 1e-6);
}
END_TEST

/* Long matrices: all singular values near sqrt of the longer side; and the same either way round. */
START_TEST(the_median_lies_between_the_edges_and_knows_no_sides)
{
    ck_assert_double_eq_tol(hebb_spectrum_median(1000000, 1), 1000.0, 0.5);
    ck_assert_double_eq(hebb_spectrum_median(500, 784), hebb_spectrum_median(784, 500));
}
END_TEST

/* The median of 100 singular values moves by less than .6 % (measured: .2 %); five modes move it by two and a half places. */
START_TEST(the_bulk_keeps_its_width_when_modes_leave)
{
    double values[100];
    hebb_rbm rbm = random_rbm(200, HEBB_LAYER_BINARY, 100, HEBB_LAYER_BINARY, 0.01, 0.0, 2);
    const double unit = hebb_spectrum_median(200, 100);
    ck_assert_int_eq(hebb_spectrum_values(&rbm, values), HEBB_OK);
    const double alone = hebb_spectrum_bulk_width(100, values, unit);
    ck_assert_double_eq_tol(alone, 0.01, 0.0001);
    for (size_t a = 0; a < 5; a++)
        for (size_t j = 0; j < 100; j++) rbm.weights[a * 100 + j] += a == j ? 3.0 : 0.0;
    ck_assert_int_eq(hebb_spectrum_values(&rbm, values), HEBB_OK);
    ck_assert_double_eq_tol(hebb_spectrum_bulk_width(100, values, unit), alone, 0.0003);
    ck_assert_double_gt(values[4], hebb_spectrum_limit(200, 100, alone));
    ck_assert_double_lt(values[5], hebb_spectrum_limit(200, 100, alone));
    hebb_rbm_free(&rbm);
}
END_TEST

/* Where a mode shows that is planted in a random matrix: theory, to the width of one matrix's fluctuations, sigma. */
START_TEST(a_planted_mode_shows_where_theory_has_it)
{
    double values[60];
    const double sigma = 0.1, w = 2.5;
    hebb_rbm rbm = random_rbm(90, HEBB_LAYER_BINARY, 60, HEBB_LAYER_BINARY, sigma, 0.0, 3);
    for (size_t k = 0; k < 90 * 60; k++) rbm.weights[k] += w / sqrt(90.0 * 60.0);
    ck_assert_int_eq(hebb_spectrum_values(&rbm, values), HEBB_OK);
    ck_assert_double_eq_tol(values[0], hebb_marchenko_pastur_outlier(90, 60, sigma, w), 3.0 * sigma);
    ck_assert_double_gt(values[0], hebb_spectrum_limit(90, 60, sigma));
    ck_assert_double_lt(values[1], hebb_spectrum_limit(90, 60, sigma));
    hebb_rbm_free(&rbm);
}
END_TEST

/*
 * The largest of a random matrix passes the limit once in some 600 (8 of 4000 were seen, seeds 100 to 4099): of 1500 matrices
 * 2.5 are expected, and more than 8 or none are seen by chance once in 12; the seeds are fixed.
 */
START_TEST(chance_leaves_the_bulk_once_in_some_six_hundred)
{
    enum { MATRICES = 1500, NV = 24, NH = 16 };
    double values[NH], sum = 0.0;
    int n_outside = 0;
    for (uint32_t seed = 0; seed < MATRICES; seed++) {
        hebb_rbm rbm = random_rbm(NV, HEBB_LAYER_BINARY, NH, HEBB_LAYER_BINARY, 1.0, 0.0, 100 + seed);
        ck_assert_int_eq(hebb_spectrum_values(&rbm, values), HEBB_OK);
        n_outside += values[0] > hebb_spectrum_limit(NV, NH, 1.0);
        sum += values[0];
        hebb_rbm_free(&rbm);
    }
    ck_assert_int_le(n_outside, 8);
    ck_assert_int_ge(n_outside, 1);
    ck_assert_double_lt(sum / MATRICES, hebb_marchenko_pastur_edge(NV, NH, 1.0)); /* on average inside the edge */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectrum");
    TCase *all = tcase_create("all");
    tcase_add_test(all, singular_values_have_the_weights_norm);
    tcase_add_test(all, the_median_of_a_square_matrix_is_the_quarter_circles);
    tcase_add_test(all, the_median_lies_between_the_edges_and_knows_no_sides);
    tcase_add_test(all, the_bulk_keeps_its_width_when_modes_leave);
    tcase_add_test(all, a_planted_mode_shows_where_theory_has_it);
    tcase_add_test(all, chance_leaves_the_bulk_once_in_some_six_hundred);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
