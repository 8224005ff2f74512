/* The Sherrington-Kirkpatrick glass: published values, its free energy by quadrature, and dF = -S dT. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>

#include "sherrington_kirkpatrick.h"

static hebb_sk_state rs(double temperature)
{
    hebb_sk_state state;
    ck_assert_int_eq(hebb_sk_rs(temperature, &state), HEBB_OK);
    return state;
}

static hebb_sk_state rsb(double temperature)
{
    hebb_sk_state state;
    ck_assert_int_eq(hebb_sk_rsb1(temperature, &state), HEBB_OK);
    return state;
}

/* T ln 2cosh(h/T), |h| at T = 0 */
static double spin_energy(double h, double temperature)
{
    return fabs(h) + (temperature > 0.0 ? temperature * log1p(exp(-2.0 * fabs(h) / temperature)) : 0.0);
}

/*
 * The free energy of any order parameters, as a textbook has it: plain trapezoids in z0 and z1, without the kink at
 * T = 0 that they cannot do.  x = 0 is replica symmetry with q1 = q0.
 */
static double free_energy(double temperature, double q0, double q1, double x)
{
    const double beta = 1.0 / temperature;
    const int n = 240;
    const double step = 10.0 / n;
    double sum = 0.0;
    for (int i = -n; i <= n; i++) {
        const double z0 = i * step, common = sqrt(q0) * z0;
        double inner = 0.0, shift = x * beta * spin_energy(common, temperature);
        for (int j = -n; j <= n; j++) {
            const double z1 = j * step, value = beta * spin_energy(common + sqrt(q1 - q0) * z1, temperature);
            inner += step / sqrt(2.0 * M_PI) * exp(-0.5 * z1 * z1) * (x > 0.0 ? exp(x * value - shift) : value);
        }
        sum += step / sqrt(2.0 * M_PI) * exp(-0.5 * z0 * z0) * (x > 0.0 ? (shift + log(inner)) / x : inner);
    }
    return -0.25 * beta * (1.0 - 2.0 * q1 + (1.0 - x) * q1 * q1 + x * q0 * q0) - temperature * sum;
}

START_TEST(energies_at_zero_temperature_are_the_published_ones)
{
    const hebb_sk_state symmetric = rs(0.0), broken = rsb(0.0);
    ck_assert_double_eq_tol(symmetric.e, -sqrt(2.0 / M_PI), 1e-15);
    ck_assert_double_eq_tol(symmetric.s, -0.5 / M_PI, 1e-15);
    ck_assert_double_eq_tol(broken.e, -0.765259, 5e-7);
    ck_assert_double_eq_tol(broken.e, -0.7652594346737, 1e-12); /* by another program, a step of 0.1 */
    ck_assert_double_eq_tol(broken.s, -0.01, 5e-3);             /* Parisi 1979 */
    ck_assert_double_eq_tol(broken.s, -0.0143427205881, 1e-12);
    ck_assert_double_eq_tol(broken.q0, 0.476784, 5e-7);
    ck_assert_double_eq_tol(broken.breakpoint, 1.36082, 5e-6);
    ck_assert_double_eq(broken.f, broken.e);
    ck_assert_double_lt(broken.e, -0.763167); /* the exact energy is above both */
}
END_TEST

START_TEST(the_free_energy_is_that_of_its_formula_and_stationary)
{
    for (double temperature = 0.2; temperature < 0.95; temperature += 0.1) {
        const hebb_sk_state s = rsb(temperature), r = rs(temperature);
        ck_assert_double_eq_tol(r.f, free_energy(temperature, r.q0, r.q0, 0.0), 1e-12);
        const double f = free_energy(temperature, s.q0, s.q1, s.breakpoint);
        ck_assert_double_eq_tol(s.f, f, 1e-12);
        const double h = 1e-3;
        const double up[] = {free_energy(temperature, s.q0 * (1 + h), s.q1, s.breakpoint),
                             free_energy(temperature, s.q0, s.q1 * (1 + h), s.breakpoint),
                             free_energy(temperature, s.q0, s.q1, s.breakpoint * (1 + h))};
        const double down[] = {free_energy(temperature, s.q0 * (1 - h), s.q1, s.breakpoint),
                               free_energy(temperature, s.q0, s.q1 * (1 - h), s.breakpoint),
                               free_energy(temperature, s.q0, s.q1, s.breakpoint * (1 - h))};
        for (int k = 0; k < 3; k++)
            ck_assert_double_le(fabs(up[k] - down[k]), 0.02 * fabs(up[k] + down[k] - 2.0 * f) + 2e-14);
    }
}
END_TEST

START_TEST(the_entropy_is_the_slope_of_the_free_energy_at_ten_thousand_temperatures)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 4);
    for (int k = 0; k < 10000; k++) {
        const double temperature = 0.01 + 0.95 * gsl_rng_uniform(rng), h = 2e-4;
        const int every = k % 5 == 0; /* breaking takes some ten times longer: 2000 of them */
        hebb_sk_state (*solve)(double) = every ? rsb : rs;
        const double slope = (8.0 * (solve(temperature + h).f - solve(temperature - h).f) -
                              (solve(temperature + 2.0 * h).f - solve(temperature - 2.0 * h).f)) /
                             (12.0 * h);
        const hebb_sk_state s = solve(temperature);
        ck_assert_double_eq_tol(slope, -s.s, 1e-10);
        ck_assert_double_eq_tol(s.f, s.e - temperature * s.s, 1e-15);
        ck_assert_double_eq_tol(s.c * temperature, 1.0 - s.q1, 1e-13);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(breaking_raises_the_free_energy)
{
    for (double temperature = 0.0; temperature < 0.99; temperature += 0.03) {
        const hebb_sk_state s = rsb(temperature), r = rs(temperature);
        ck_assert_double_gt(s.f, r.f);
        ck_assert_double_gt(s.s, r.s);
        ck_assert_double_ge(s.q1, r.q0);
        ck_assert_double_lt(s.q0, r.q0);
    }
}
END_TEST

START_TEST(low_temperatures_tend_to_zero_temperature)
{
    const hebb_sk_state symmetric = rs(0.0), broken = rsb(0.0);
    for (double temperature = 1e-3; temperature > 1e-300; temperature *= 1e-3) {
        const hebb_sk_state s = rsb(temperature), r = rs(temperature);
        ck_assert_double_eq_tol(r.e, symmetric.e, 2.0 * temperature * temperature + 1e-14);
        ck_assert_double_eq_tol(r.s, symmetric.s, temperature + 1e-14);
        ck_assert_double_eq_tol(r.c, symmetric.c, temperature + 1e-14);
        ck_assert_double_eq_tol(s.e, broken.e, temperature * temperature + 1e-14);
        ck_assert_double_eq_tol(s.s, broken.s, temperature + 1e-14);
        ck_assert_double_eq_tol(s.gap, broken.gap, temperature + 1e-13);
        ck_assert_double_eq_tol(s.breakpoint / temperature, broken.breakpoint, 10.0 * temperature + 1e-12);
    }
}
END_TEST

START_TEST(no_temperature_is_too_low)
{
    const hebb_sk_state symmetric = rs(0.0), broken = rsb(0.0);
    static const double temperatures[] = {1e-149, 9e-151, 1e-307, 1e-320, 5e-324};
    for (size_t k = 0; k < sizeof temperatures / sizeof *temperatures; k++) {
        const hebb_sk_state r = rs(temperatures[k]), s = rsb(temperatures[k]);
        ck_assert_double_eq_tol(r.f, symmetric.f, 1e-15);
        ck_assert_double_eq_tol(r.e, symmetric.e, 1e-15);
        ck_assert_double_eq_tol(s.f, broken.f, 1e-15);
        ck_assert_double_eq_tol(s.q0, broken.q0, 1e-14);
        if (temperatures[k] > 1e-300) ck_assert_double_eq_tol(s.breakpoint / s.temperature, broken.breakpoint, 1e-13);
        ck_assert_double_eq(s.temperature, temperatures[k]);
    }
}
END_TEST

START_TEST(the_glass_begins_at_one)
{
    const double paramagnet = -0.25 - M_LN2;
    ck_assert_double_eq_tol(rs(1.0).f, paramagnet, 1e-15);
    ck_assert_double_eq_tol(rsb(1.0).f, paramagnet, 1e-15);
    ck_assert_double_eq_tol(rsb(3.0).f, -3.0 * M_LN2 - 1.0 / 12.0, 1e-15);
    ck_assert_double_eq_tol(rsb(3.0).s, M_LN2 - 1.0 / 36.0, 1e-15);
    ck_assert_double_eq(rs(1.5).q0, 0.0);
    /* Landau's expansion: q = tau + tau^2/3 in RS; q1 -> 3 q0, x -> 4 tau/3 in 1RSB, tau = 1 - T */
    for (double tau = 1e-2; tau > 1e-12; tau *= 0.1)
        ck_assert_double_eq_tol(rs(1.0 - tau).q0, tau + tau * tau / 3.0, tau * tau * tau + 1e-15);
    const hebb_sk_state near = rsb(0.995);
    ck_assert_double_eq_tol(near.q1 / near.q0, 3.0, 3e-3);
    ck_assert_double_eq_tol(near.breakpoint / 0.005, 4.0 / 3.0, 2e-2);
}
END_TEST

START_TEST(temperatures_out_of_range_are_refused)
{
    static const double bad[] = {-1e-9, NAN, INFINITY, -INFINITY};
    hebb_sk_state s;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        ck_assert_int_eq(hebb_sk_rs(bad[k], &s), HEBB_EDOM);
        ck_assert_int_eq(hebb_sk_rsb1(bad[k], &s), HEBB_EDOM);
    }
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("sherrington_kirkpatrick");
    TCase *glass = tcase_create("glass");
    tcase_add_test(glass, energies_at_zero_temperature_are_the_published_ones);
    tcase_add_test(glass, the_free_energy_is_that_of_its_formula_and_stationary);
    tcase_add_test(glass, the_entropy_is_the_slope_of_the_free_energy_at_ten_thousand_temperatures);
    tcase_add_test(glass, breaking_raises_the_free_energy);
    tcase_add_test(glass, low_temperatures_tend_to_zero_temperature);
    tcase_add_test(glass, no_temperature_is_too_low);
    tcase_add_test(glass, the_glass_begins_at_one);
    tcase_add_test(glass, temperatures_out_of_range_are_refused);
    suite_add_tcase(suite, glass);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
