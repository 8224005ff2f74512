/* The law of the singular values: its integral and moments, the square matrix, and the spectrum of a drawn matrix. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "marchenko_pastur.h"

/*
 * <s^k> by the midpoint rule in the angle of s^2 = middle + half cos(angle): the roots at the edges become a sine,
 * and the rule converges as a power of the ratio of the edges.
 */
static double moment(size_t n_visible, size_t n_hidden, double sigma, int k)
{
    const double low = hebb_marchenko_pastur_lower_edge(n_visible, n_hidden, sigma);
    const double high = hebb_marchenko_pastur_edge(n_visible, n_hidden, sigma);
    const double middle = 0.5 * (low * low + high * high), half = 0.5 * (high - low) * (high + low);
    const int n = 20000;
    double sum = 0.0;
    for (int j = 0; j < n; j++) {
        const double angle = M_PI * (j + 0.5) / n;
        const double s = sqrt(middle + half * cos(angle));
        const double ds = half * sin(angle) / (2.0 * s) * M_PI / n;
        sum += pow(s, k) * hebb_marchenko_pastur_density(n_visible, n_hidden, sigma, s) * ds;
    }
    return sum;
}

START_TEST(the_density_has_integral_one_and_the_known_moments)
{
    static const size_t sizes[][2] = {{784, 500}, {500, 784}, {100, 100}, {10, 1000}, {3, 2}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const size_t v = sizes[k][0], h = sizes[k][1];
        const double sigma = 0.3, big = (double)(v > h ? v : h), all = (double)(v + h);
        ck_assert_double_eq_tol(moment(v, h, sigma, 0), 1.0, v == h ? 1e-8 : 1e-10);
        ck_assert_double_eq_tol(moment(v, h, sigma, 2) / (sigma * sigma * big), 1.0, 1e-10);
        ck_assert_double_eq_tol(moment(v, h, sigma, 4) / (pow(sigma, 4) * big * all), 1.0, 1e-10);
    }
}
END_TEST

START_TEST(a_square_matrix_has_the_quarter_circle)
{
    const double sigma = 0.1, edge = hebb_marchenko_pastur_edge(400, 400, sigma);
    ck_assert_double_eq_tol(edge, 4.0, 1e-14);
    ck_assert_double_eq(hebb_marchenko_pastur_lower_edge(400, 400, sigma), 0.0);
    for (double s = 0.0; s <= 4.0; s += 0.25)
        ck_assert_double_eq_tol(hebb_marchenko_pastur_density(400, 400, sigma, s), sqrt(16.0 - s * s) / (4.0 * M_PI),
                                1e-14);
}
END_TEST

START_TEST(outside_the_edges_there_is_nothing)
{
    const double low = hebb_marchenko_pastur_lower_edge(784, 500, 0.05);
    const double high = hebb_marchenko_pastur_edge(784, 500, 0.05);
    ck_assert_double_eq_tol(low, 0.05 * (28.0 - sqrt(500.0)), 1e-14);
    ck_assert_double_eq(hebb_marchenko_pastur_density(784, 500, 0.05, low * (1 - 1e-12)), 0.0);
    ck_assert_double_eq(hebb_marchenko_pastur_density(784, 500, 0.05, high * (1 + 1e-12)), 0.0);
    ck_assert_double_gt(hebb_marchenko_pastur_density(784, 500, 0.05, low * (1 + 1e-9)), 0.0);
    ck_assert_double_eq(hebb_marchenko_pastur_density(784, 500, 0.05, NAN), 0.0);
}
END_TEST

/* Singular values of a 90 x 60 matrix of deviation sigma, plus a mode of weight w; ascending order not needed. */
static void draw_spectrum(unsigned long seed, double sigma, double w, double *values)
{
    enum { V = 90, H = 60 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_matrix *a = gsl_matrix_alloc(V, H), *right = gsl_matrix_alloc(H, H);
    gsl_vector *s = gsl_vector_alloc(H), *work = gsl_vector_alloc(H);
    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < V; i++)
        for (size_t j = 0; j < H; j++) gsl_matrix_set(a, i, j, gsl_ran_gaussian(rng, sigma) + w / sqrt((double)V * H));
    ck_assert_int_eq(gsl_linalg_SV_decomp(a, right, s, work), 0);
    for (size_t j = 0; j < H; j++) values[j] = gsl_vector_get(s, j);
    gsl_vector_free(work);
    gsl_vector_free(s);
    gsl_matrix_free(right);
    gsl_matrix_free(a);
    gsl_rng_free(rng);
}

/*
 * The largest value fluctuates by some 0.05 about its limit, and lies below the edge by as much at this size; the
 * tolerances are 8 of these.  Seeds are fixed.
 */
START_TEST(a_drawn_matrix_ends_at_the_edge_and_its_mode_stands_where_it_should)
{
    double values[60], mean = 0.0;
    const double sigma = 0.1, edge = hebb_marchenko_pastur_edge(90, 60, sigma);
    draw_spectrum(1, sigma, 0.0, values);
    for (size_t j = 0; j < 60; j++) mean += values[j] * values[j] / 60.0;
    ck_assert_double_eq_tol(mean / (sigma * sigma * 90.0), 1.0, 6.0 * sqrt(2.0 / (90.0 * 60.0)));
    ck_assert_double_eq_tol(values[0], edge, 0.16);
    draw_spectrum(2, sigma, 3.0, values);
    ck_assert_double_eq_tol(values[0], hebb_marchenko_pastur_outlier(90, 60, sigma, 3.0), 0.4);
    ck_assert_double_gt(values[0], 3.0 + 0.05);
    ck_assert_double_le(values[1], edge + 0.1);
}
END_TEST

START_TEST(the_mode_leaves_the_bulk_at_its_threshold)
{
    const double sigma = 0.2, threshold = sigma * pow(90.0 * 60.0, 0.25);
    const double edge = hebb_marchenko_pastur_edge(90, 60, sigma);
    ck_assert_double_eq(hebb_marchenko_pastur_outlier(90, 60, sigma, 0.9 * threshold), edge);
    ck_assert_double_eq_tol(hebb_marchenko_pastur_outlier(90, 60, sigma, threshold * (1 + 1e-9)), edge, 1e-9);
    ck_assert_double_gt(hebb_marchenko_pastur_outlier(90, 60, sigma, 1.2 * threshold), edge * 1.001);
    ck_assert_double_eq(hebb_marchenko_pastur_outlier(90, 60, 0.0, 2.5), 2.5);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("marchenko_pastur");
    tcase_add_test(tcase, the_density_has_integral_one_and_the_known_moments);
    tcase_add_test(tcase, a_square_matrix_has_the_quarter_circle);
    tcase_add_test(tcase, outside_the_edges_there_is_nothing);
    tcase_add_test(tcase, a_drawn_matrix_ends_at_the_edge_and_its_mode_stands_where_it_should);
    tcase_add_test(tcase, the_mode_leaves_the_bulk_at_its_threshold);
    Suite *suite = suite_create("marchenko_pastur");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
