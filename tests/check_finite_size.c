/* finite_size: known curves recovered, with error bars that cover as they should. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "estimators.h"
#include "finite_size.h"

enum { N_LOADS = 12, N_RUNS = 100 };

static double phi(double z)
{
    return 0.5 * erfc(-z / M_SQRT2);
}

static void draw_counts(double half, double width, hebb_stream *stream, hebb_loss_count *counts)
{
    for (int k = 0; k < N_LOADS; k++) {
        counts[k] = (hebb_loss_count){0.13 + 0.004 * k, 0, N_RUNS};
        const double lost = phi((counts[k].x - half) / width);
        for (int r = 0; r < N_RUNS; r++) counts[k].n_lost += hebb_stream_uniform(stream) < lost;
    }
}

/* 2000 studies; bounds are 5 sigma of a binomial share, false alarm 6e-7 each; the seed is fixed. */
START_TEST(the_probit_recovers_the_curve_and_its_errors_cover)
{
    const double half = 0.152, width = 0.011;
    double covered_half = 0.0, covered_width = 0.0, sum = 0.0;
    for (uint32_t study = 0; study < 2000; study++) {
        hebb_loss_count counts[N_LOADS];
        hebb_loss_curve curve;
        hebb_stream stream;
        hebb_stream_init(&stream, hebb_philox_derive(3, HEBB_DRAW_STATE, 0, study), 0, 0);
        draw_counts(half, width, &stream, counts);
        ck_assert_int_eq(hebb_loss_curve_fit(N_LOADS, counts, &curve), HEBB_OK);
        covered_half += fabs(curve.half - half) < curve.half_error;
        covered_width += fabs(curve.width - width) < curve.width_error;
        sum += curve.half;
    }
    const double share = erf(M_SQRT1_2), bound = 5.0 * sqrt(share * (1.0 - share) / 2000.0);
    ck_assert_double_eq_tol(covered_half / 2000.0, share, bound);
    ck_assert_double_eq_tol(covered_width / 2000.0, share, bound);
    ck_assert_double_eq_tol(sum / 2000.0, half, 1e-4); /* a thirtieth of one study's error would be 2e-5 */
}
END_TEST

/* A second way to the maximum: a grid of the likelihood itself around the fit. */
START_TEST(no_other_curve_is_more_likely)
{
    hebb_loss_count counts[N_LOADS];
    hebb_loss_curve curve;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(4, HEBB_DRAW_STATE, 0, 0), 0, 0);
    draw_counts(0.15, 0.008, &stream, counts);
    ck_assert_int_eq(hebb_loss_curve_fit(N_LOADS, counts, &curve), HEBB_OK);
    double best = -INFINITY, at_fit = 0.0;
    for (int a = -10; a <= 10; a++)
        for (int b = -10; b <= 10; b++) {
            const double half = curve.half + 1e-4 * a, width = curve.width + 1e-4 * b;
            double log_likelihood = 0.0;
            for (int k = 0; k < N_LOADS; k++) {
                const double z = (counts[k].x - half) / width, n_lost = (double)counts[k].n_lost;
                if (n_lost > 0.0) log_likelihood += n_lost * log(phi(z));
                if (n_lost < N_RUNS) log_likelihood += (N_RUNS - n_lost) * log(phi(-z));
            }
            if (a == 0 && b == 0) at_fit = log_likelihood;
            best = fmax(best, log_likelihood);
        }
    ck_assert_double_eq(best, at_fit);
}
END_TEST

START_TEST(the_bootstrap_gives_the_same_error)
{
    /* Resampling the runs of each load is drawing its losses from the share measured: done here by that law. */
    hebb_loss_count counts[N_LOADS], resampled[N_LOADS];
    hebb_loss_curve curve, other;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(5, HEBB_DRAW_STATE, 0, 0), 0, 0);
    draw_counts(0.15, 0.01, &stream, counts);
    ck_assert_int_eq(hebb_loss_curve_fit(N_LOADS, counts, &curve), HEBB_OK);
    double halves[1000];
    for (int b = 0; b < 1000; b++) {
        for (int k = 0; k < N_LOADS; k++) {
            resampled[k] = (hebb_loss_count){counts[k].x, 0, N_RUNS};
            for (int r = 0; r < N_RUNS; r++)
                resampled[k].n_lost += hebb_stream_below(&stream, N_RUNS) < counts[k].n_lost;
        }
        ck_assert_int_eq(hebb_loss_curve_fit(N_LOADS, resampled, &other), HEBB_OK);
        halves[b] = other.half;
    }
    const double spread = hebb_estimate_mean(1000, halves).error * sqrt(1000.0);
    ck_assert_double_eq_tol(spread, curve.half_error, 0.15 * curve.half_error); /* 1000: to 2.2 % and the fit's own */
}
END_TEST

START_TEST(counts_that_fix_no_curve_are_said_to)
{
    hebb_loss_curve curve;
    const hebb_loss_count one[] = {{0.1, 0, 10}, {0.12, 4, 10}, {0.14, 10, 10}};
    const hebb_loss_count falling[] = {{0.1, 8, 10}, {0.12, 5, 10}, {0.14, 2, 10}};
    const hebb_loss_count none[] = {{0.1, 0, 10}, {0.12, 0, 10}};
    ck_assert_int_eq(hebb_loss_curve_fit(3, one, &curve), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_loss_curve_fit(3, falling, &curve), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_loss_curve_fit(2, none, &curve), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_loss_curve_fit(0, none, &curve), HEBB_ENOSOLUTION);
}
END_TEST

START_TEST(the_line_in_inverse_square_roots_is_recovered_and_one_in_1_over_n_is_not)
{
    const double sizes[] = {500, 1000, 2000, 5000, 20000};
    double value[5], error[5];
    hebb_extrapolation limit;
    for (int k = 0; k < 5; k++) {
        value[k] = 0.138 + 0.8 / sqrt(sizes[k]);
        error[k] = 1e-4 * (k + 1);
    }
    ck_assert_int_eq(hebb_extrapolate(5, sizes, value, error, &limit), HEBB_OK);
    ck_assert_double_eq_tol(limit.limit, 0.138, 1e-13);
    ck_assert_double_eq_tol(limit.shift, 0.8, 1e-11);
    ck_assert_double_lt(limit.chi_squared, 1e-15);
    for (int k = 0; k < 5; k++) value[k] = 0.138 + 20.0 / sizes[k];
    ck_assert_int_eq(hebb_extrapolate(5, sizes, value, error, &limit), HEBB_OK);
    ck_assert_double_lt(limit.limit, 0.134); /* wrong by several per cent, and the errors say so */
    ck_assert_double_gt(limit.chi_squared, 100.0);
    ck_assert_double_gt(limit.limit_error, 5e-4);
}
END_TEST

START_TEST(other_powers_and_a_second_term_are_recovered)
{
    const double sizes[] = {500, 4000, 32000, 256000}, error[] = {1e-3, 1e-3, 1e-3, 1e-3};
    double value[4];
    hebb_extrapolation limit;
    for (int k = 0; k < 4; k++) value[k] = 0.46 - 1.3 / cbrt(sizes[k]);
    ck_assert_int_eq(hebb_extrapolate_in(4, sizes, value, error, 1.0 / 3.0, 1, &limit), HEBB_OK);
    ck_assert_double_eq_tol(limit.limit, 0.46, 1e-13);
    ck_assert_double_eq_tol(limit.shift, -1.3, 1e-11);
    for (int k = 0; k < 4; k++) value[k] += 2.0 / pow(sizes[k], 2.0 / 3.0);
    ck_assert_int_eq(hebb_extrapolate_in(4, sizes, value, error, 1.0 / 3.0, 2, &limit), HEBB_OK);
    ck_assert_double_eq_tol(limit.limit, 0.46, 1e-12);
    ck_assert_double_eq_tol(limit.shift, -1.3, 1e-10);
    ck_assert_int_eq(hebb_extrapolate_in(2, sizes, value, error, 1.0 / 3.0, 2, &limit), HEBB_ENOSOLUTION);
}
END_TEST

START_TEST(one_size_cannot_be_extrapolated)
{
    const double sizes[] = {500, 500}, value[] = {0.15, 0.16}, error[] = {0.01, 0.01};
    hebb_extrapolation limit;
    ck_assert_int_eq(hebb_extrapolate(2, sizes, value, error, &limit), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_extrapolate(0, sizes, value, error, &limit), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("finite_size");
    TCase *fits = tcase_create("fits");
    tcase_add_test(fits, the_probit_recovers_the_curve_and_its_errors_cover);
    tcase_add_test(fits, no_other_curve_is_more_likely);
    tcase_add_test(fits, the_bootstrap_gives_the_same_error);
    tcase_add_test(fits, counts_that_fix_no_curve_are_said_to);
    tcase_add_test(fits, the_line_in_inverse_square_roots_is_recovered_and_one_in_1_over_n_is_not);
    tcase_add_test(fits, other_powers_and_a_second_term_are_recovered);
    tcase_add_test(fits, one_size_cannot_be_extrapolated);
    suite_add_tcase(suite, fits);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
