/* field_average: its two sums against each other, a plain long sum, closed forms at T = 0, limits and derivatives. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_rng.h>

#include "field_average.h"

static void assert_close(double got, double want, double scale, double relative)
{
    ck_assert_msg(fabs(got - want) <= relative * scale, "got %.17g, want %.17g, error %.2g", got, want,
                  fabs(got - want) / scale);
}

static void assert_same(const hebb_field_average *a, const hebb_field_average *b, double width, double relative)
{
    assert_close(a->m, b->m, 1.0, relative);
    assert_close(a->error, b->error, b->error, relative);
    assert_close(a->q, b->q, 1.0, relative);
    assert_close(a->c, b->c, b->c, relative);
    assert_close(a->sech4, b->sech4, b->sech4, relative);
    assert_close(a->c1, b->c1, b->c / width, 10.0 * relative);
    assert_close(a->c2, b->c2, b->c / (width * width), 10.0 * relative);
}

static double log_uniform(gsl_rng *random, double low, double high)
{
    return low * pow(high / low, gsl_rng_uniform(random));
}

/* Where they take turns, at a = 2T, the sum over z and the smeared one are two methods for one number. */
START_TEST(the_two_sums_agree_where_they_meet_at_10000_points)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 10000; k++) {
        const double T = log_uniform(random, 1e-3, 10.0), h = 30.0 * T * gsl_rng_uniform(random);
        const double below = nextafter(2.0 * T, 0.0), above = nextafter(2.0 * T, 100.0);
        const hebb_field_average by_z = hebb_field_average_at(h, below, T),
                                 smeared = hebb_field_average_at(h, above, T);
        assert_same(&by_z, &smeared, 2.0 * T, 2e-13);
        const hebb_field_potential one = hebb_field_potential_at(h, below, T),
                                   other = hebb_field_potential_at(h, above, T);
        assert_close(one.potential, other.potential, h + T, 4e-15);
        assert_close(one.potential, other.potential, one.potential, 2e-13);
        assert_close(one.entropy, other.entropy, other.entropy, 2e-13);
    }
    gsl_rng_free(random);
}
END_TEST

/* The definitions, with a step that leaves nothing to argue about. */
static hebb_field_average plain_sum(double h, double a, double T, double *entropy)
{
    const long double s = (long double)a / T, x0 = (long double)h / T, step = fminl(0.1L, s / 6.0L);
    const long double left = fmaxl(x0 - 4.0L * s * s - 14.0L * s, -60.0L - 14.0L * s), right = x0 + 14.0L * s;
    long double m = 0, error = 0, q = 0, c = 0, c1 = 0, c2 = 0, sech4 = 0, e = 0, shortfall = 0;
    for (long double x = left; x <= right; x += step) {
        const long double z = (x - x0) / s, weight = expl(-0.5L * z * z), t = tanhl(x), u = 1.0L / coshl(x), v = u * u;
        m += weight * t;
        shortfall += weight * (x - t);
        error += weight / (1.0L + expl(2.0L * x));
        q += weight * t * t;
        c += weight * v;
        c1 -= weight * 2.0L * t * v;
        c2 += weight * (4.0L * v - 6.0L * v * v);
        sech4 += weight * v * v;
        const long double p = expl(-2.0L * fabsl(x));
        e += weight * (log1pl(p) + 2.0L * fabsl(x) * p / (1.0L + p));
    }
    const double scale = (double)(step / s) * M_SQRT1_2 * M_2_SQRTPI * 0.5;
    *entropy = scale * (double)e;
    return (hebb_field_average){.m = scale * (double)m,
                                .error = scale * (double)error,
                                .q = scale * (double)q,
                                .c = scale * (double)c / T,
                                .c1 = scale * (double)c1 / (T * T),
                                .c2 = scale * (double)c2 / (T * T * T),
                                .sech4 = scale * (double)sech4 / T,
                                .shortfall = scale * (double)shortfall};
}

START_TEST(they_are_the_averages_they_are_called)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 400; k++) {
        const double T = log_uniform(random, 1e-3, 10.0), a = T * log_uniform(random, 0.01, 20.0);
        const double h = k % 2 ? a * 8.0 * gsl_rng_uniform(random) : T * log_uniform(random, 1e-4, 50.0);
        double entropy;
        const hebb_field_average want = plain_sum(h, a, T, &entropy), got = hebb_field_average_at(h, a, T);
        assert_close(got.m, want.m, want.m, a < 2.0 * T ? 1e-13 : 1e-15 / want.m);
        assert_close(got.error, want.error, want.error, 1e-13);
        assert_close(got.q, want.q, want.q, 1e-13);
        assert_close(got.shortfall, want.shortfall, want.shortfall + a / T, 1e-15); /* odd: for h << a it cancels */
        assert_close(got.c, want.c, want.c, 1e-13);
        assert_close(got.sech4, want.sech4, want.sech4, 1e-13);
        assert_close(got.c1, want.c1, want.c / fmin(a, T), 1e-12);
        assert_close(got.c2, want.c2, want.c / pow(fmin(a, T), 2), 1e-12);
        assert_close(hebb_field_potential_at(h, a, T).entropy, entropy, entropy, 1e-13);
    }
    gsl_rng_free(random);
}
END_TEST

START_TEST(at_zero_temperature_they_are_the_closed_forms)
{
    for (double u = 0.0; u < 30.0; u += 0.37) {
        const double a = 0.3, h = u * a, density = M_2_SQRTPI * M_SQRT1_2 * exp(-0.5 * u * u);
        const double tail = 1e-14 + 4e-16 * u * u; /* what the rounding of h/a does to exp(-u^2/2) */
        const hebb_field_average f = hebb_field_average_at(h, a, 0.0);
        assert_close(f.m, erf(u * M_SQRT1_2), 1.0, 2e-15);
        assert_close(f.error, 0.5 * erfc(u * M_SQRT1_2), 0.5 * erfc(u * M_SQRT1_2), tail);
        ck_assert(f.q == 1.0);
        assert_close(f.c, density / a, density / a, tail);
        assert_close(f.c1, -u * density / (a * a), density / (a * a), tail * (1.0 + u));
        assert_close(f.c2, (u * u - 1.0) * density / pow(a, 3), density / pow(a, 3), tail * (1.0 + u * u));
        assert_close(f.sech4, density * (2.0 / 3.0) / a, density / a, tail);
        const hebb_field_potential p = hebb_field_potential_at(h, a, 0.0);
        assert_close(p.potential, h * erf(u * M_SQRT1_2) + a * density, h + a, 2e-15);
        ck_assert(p.entropy == 0.0);
    }
}
END_TEST

/* Sommerfeld: corrections of order T^2, and an entropy pi^2/12 times T times the density of fields at 0. */
START_TEST(they_come_to_zero_temperature_as_its_square)
{
    const double a = 0.4, h = 0.7, t0 = hebb_field_average_at(h, a, 0.0).m, c0 = hebb_field_average_at(h, a, 0.0).c;
    const double far = hebb_field_average_at(h, a, 2e-3).m - t0, near = hebb_field_average_at(h, a, 1e-3).m - t0;
    assert_close(far / near, 4.0, 4.0, 1e-4);
    for (double T = 1e-4; T > 1e-300; T *= 1e-20) {
        assert_close(hebb_field_average_at(h, a, T).m, t0, 1.0, T * T + 1e-15);
        assert_close(hebb_field_potential_at(h, a, T).entropy, M_PI * M_PI / 12.0 * T * c0, T * c0, 10.0 * T + 1e-13);
    }
}
END_TEST

START_TEST(narrow_noise_leaves_the_field_alone)
{
    for (double h = 0.01; h < 5.0; h *= 1.7) {
        const double s = 1e-6, correction = -s * s * tanh(h) / pow(cosh(h), 2); /* a^2/2 times tanh'' */
        assert_close(hebb_field_average_at(h, s, 1.0).m, tanh(h) + correction, tanh(h), 1e-14);
    }
}
END_TEST

/* 1 - tanh x -> 2 exp(-2x): <.> = 2 exp(-2h + 2s^2), next term exp(-4h + 8s^2). */
START_TEST(small_errors_keep_their_digits)
{
    static const double fields[] = {20.0, 50.0, 100.0, 300.0}, widths[] = {0.1, 0.9, 1.9, 2.1, 3.0};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 5; j++) {
            const double h = fields[i], s = widths[j], want = exp(-2.0 * h + 2.0 * s * s);
            if (2.0 * h - 6.0 * s * s < 32.0) continue;
            if (h / s - 2.0 * s < 8.5) continue; /* the Gaussian's own tail */
            assert_close(hebb_field_average_at(h, s, 1.0).error, want, want, 1e-12);
            assert_close(hebb_field_average_at(h, s, 1.0).c, 4.0 * want, 4.0 * want, 1e-12);
        }
    ck_assert(hebb_field_average_at(1.0, 0.1, 1e-5).error < 1e-20); /* the thermal part underflows */
    ck_assert(hebb_field_average_at(1.0, 1e-3, 1e-7).error == 0.0);
}
END_TEST

START_TEST(derivatives_are_derivatives_at_10000_points)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 10000; k++) {
        const double a = log_uniform(random, 0.02, 2.0), T = a * log_uniform(random, 1e-3, 30.0);
        const double h = 3.0 * a * gsl_rng_uniform(random) + 0.1 * a, d = 1e-3 * fmax(a, T) * fmin(1.0, h / fmax(a, T));
        const hebb_field_average at = hebb_field_average_at(h, a, T), left = hebb_field_average_at(h - d, a, T),
                                 right = hebb_field_average_at(h + d, a, T);
        const double scale = at.c / fmax(a, T);
        assert_close((right.m - left.m) / (2.0 * d), at.c, at.c, 1e-5);
        assert_close((right.c - left.c) / (2.0 * d), at.c1, scale, 1e-5);
        assert_close((right.c1 - left.c1) / (2.0 * d), at.c2, scale / fmax(a, T), 1e-4);
        assert_close(at.q + T * at.c, 1.0, 1.0, 1e-14);
        /* potential = T <ln 2cosh> - T ln 2; d/dh = m, d/dT = entropy - ln 2 */
        const double by_h =
            hebb_field_potential_at(h + d, a, T).potential - hebb_field_potential_at(h - d, a, T).potential;
        assert_close(by_h / (2.0 * d), at.m, 1.0, 1e-5);
        const double e = 1e-3 * T, warm = hebb_field_potential_at(h, a, T + e).potential;
        assert_close((warm - hebb_field_potential_at(h, a, T - e).potential) / (2.0 * e),
                     hebb_field_potential_at(h, a, T).entropy - M_LN2, 1.0, 1e-5);
    }
    gsl_rng_free(random);
}
END_TEST

/* <x - tanh x> and T <ln cosh x> where x is small: what is left of x and of x^2/2 after the leading order. */
START_TEST(small_fields_keep_the_digits_of_what_vanishes_with_them)
{
    for (double s = 1e-12; s < 1e-3; s *= 7.0)
        for (double ratio = 0.01; ratio < 100.0; ratio *= 3.0) {
            const double h = ratio * s, h2 = h * h, s2 = s * s;
            const hebb_field_average f = hebb_field_average_at(h, s, 1.0);
            assert_close(f.q, h2 + s2, h2 + s2, 3.0 * (h2 + s2) + 1e-14);
            assert_close(f.shortfall, h * (h2 / 3.0 + s2), f.shortfall, 4.0 * (h2 + s2) + 1e-13);
            assert_close(hebb_field_potential_at(h, s, 1.0).potential, 0.5 * (h2 + s2), h2 + s2, h2 + s2 + 1e-14);
        }
}
END_TEST

/* -(4/3) s^6 for small s; the difference that it is where that has digits left, at T = 0 as well. */
START_TEST(the_instability_is_negative_and_keeps_its_digits)
{
    for (double s = 1e-12; s < 0.03; s *= 3.0) {
        const double want = -4.0 / 3.0 * pow(s, 6);
        assert_close(hebb_field_instability(2.0 * s, 2.0), want, -want, 20.0 * s * s + 1e-13);
    }
    for (double s = 0.05; s < 50.0; s *= 1.1) {
        double unused;
        const hebb_field_average f = plain_sum(0.0, s, 1.0, &unused);
        const double got = hebb_field_instability(s, 1.0), want = f.q - s * s * f.sech4;
        assert_close(got, want, 1.0, 3e-15 * (1.0 + s * s * f.sech4));
        ck_assert(got < 0.0);
    }
    double below = hebb_field_instability(2.0, 1.0), above = hebb_field_instability(nextafter(2.0, 3.0), 1.0);
    assert_close(below, above, -above, 1e-14);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("field_average");
    TCase *averages = tcase_create("averages");
    tcase_add_test(averages, the_two_sums_agree_where_they_meet_at_10000_points);
    tcase_add_test(averages, they_are_the_averages_they_are_called);
    tcase_add_test(averages, at_zero_temperature_they_are_the_closed_forms);
    tcase_add_test(averages, they_come_to_zero_temperature_as_its_square);
    tcase_add_test(averages, narrow_noise_leaves_the_field_alone);
    tcase_add_test(averages, small_errors_keep_their_digits);
    tcase_add_test(averages, small_fields_keep_the_digits_of_what_vanishes_with_them);
    tcase_add_test(averages, the_instability_is_negative_and_keeps_its_digits);
    tcase_add_test(averages, derivatives_are_derivatives_at_10000_points);
    suite_add_tcase(suite, averages);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
