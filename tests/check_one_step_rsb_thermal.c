/* One-step RSB at T > 0: its free energy by another quadrature, dF = -S dT, T -> 0, and the symmetric states. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>

#include "one_step_rsb.h"
#include "one_step_states.h"

static hebb_rsb1_state warm_retrieval(double alpha, double temperature)
{
    hebb_rsb1_state state;
    ck_assert_int_eq(hebb_rsb1_retrieval(alpha, temperature, &state), HEBB_OK);
    return state;
}

static hebb_rsb1_state warm_glass(double alpha, double temperature)
{
    hebb_rsb1_state state;
    ck_assert_int_eq(hebb_rsb1_glass(alpha, temperature, &state), HEBB_OK);
    return state;
}

/* docs/theory/one_step_rsb.md (2), by plain trapezoids in z0 and z1, fine enough for the states below. */
static double warm_free_energy(double alpha, double temperature, const double p[6])
{
    const double m = p[0], q0 = p[1], q1 = p[2], r0 = p[3], r1 = p[4], x = p[5], beta = 1.0 / temperature;
    const double c = beta * (1.0 - q1), lambda = c + x * beta * (q1 - q0), mu = x * beta;
    const double spread = sqrt(alpha * r0), w = sqrt(alpha * (r1 - r0));
    const double inner_step = fmin(0.4, 0.25 * temperature / w);
    const double step = fmin(0.4, 0.3 * fmax(temperature, w) / spread);
    const int n = (int)(8.5 / step), n_inner = (int)(8.5 / inner_step);
    double sum = 0.0;
    for (int i = -n; i <= n; i++) {
        const double field = m + spread * i * step;
        const double shift = beta * fabs(field);
        double inner = 0.0;
        for (int j = -n_inner; j <= n_inner; j++) {
            const double z = j * inner_step, h = beta * fabs(field + w * z);
            inner += exp(-0.5 * z * z + x * (h - shift + log1p(exp(-2.0 * h))));
        }
        sum += exp(-0.5 * i * step * i * step) * (shift + log(inner * inner_step / sqrt(2.0 * M_PI)) / x);
    }
    sum *= step / sqrt(2.0 * M_PI);
    return 0.5 * alpha + 0.5 * m * m + 0.5 * alpha * temperature * log(1.0 - c) +
           0.5 * alpha / mu * log((1.0 - lambda) / (1.0 - c)) - 0.5 * alpha * q0 / (1.0 - lambda) +
           0.5 * alpha * (r1 * c + mu * (r1 * q1 - r0 * q0)) - temperature * sum;
}

START_TEST(at_finite_temperature_too_the_free_energy_is_stationary)
{
    const hebb_rsb1_state states[] = {warm_retrieval(0.13, 0.005), warm_retrieval(0.138, 0.01), warm_glass(0.1, 0.3),
                                      warm_glass(1.0, 1.2)};
    for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
        const hebb_rsb1_state *s = &states[k];
        const double at[6] = {s->m, s->q0, s->q1, s->r0, s->r1, s->breakpoint};
        const double f = warm_free_energy(s->alpha, s->temperature, at);
        ck_assert_double_eq_tol(s->f, f, 1e-13);
        for (int j = 0; j < 6; j++) {
            const double step = j == 0   ? 1e-4
                                : j == 5 ? 1e-2 * at[5]
                                         : (k < 2 ? 0.1 : 0.005) * (j < 3 ? s->gap : s->r1 - s->r0);
            double up[6], down[6];
            for (int i = 0; i < 6; i++) up[i] = down[i] = at[i];
            up[j] += step;
            down[j] -= step;
            if (up[2] > 1.0) continue;
            const double f_up = warm_free_energy(s->alpha, s->temperature, up);
            const double f_down = warm_free_energy(s->alpha, s->temperature, down);
            const double first = fabs(f_up - f_down), second = fabs(f_up + f_down - 2.0 * f);
            ck_assert_msg(first <= 0.15 * second + 2e-13, "state %zu, parameter %d: differences %.3g, %.3g", k, j,
                          first, second);
        }
    }
}
END_TEST

enum { CHAIN = 50 };

/* f(T+h) - f(T-h) against Simpson's rule for -S: each temperature is solved once and serves three intervals. */
static void check_chain(hebb_rsb1_state (*solve)(double, double), double alpha, double lowest, double h, int n,
                        double tolerance)
{
    hebb_rsb1_state s[CHAIN];
    for (int k = 0; k < n; k++) s[k] = solve(alpha, lowest + k * h);
    for (int k = 1; k < n - 1; k++) {
        const double width = s[k + 1].temperature - s[k - 1].temperature; /* as rounded */
        const double mean = (s[k - 1].s + 4.0 * s[k].s + s[k + 1].s) / 6.0;
        const double residual = (s[k + 1].f - s[k - 1].f) / width + mean;
        ck_assert_msg(fabs(residual) <= tolerance, "alpha = %.17g, T = %.17g: dF/dT + S = %.3g", alpha,
                      s[k].temperature, residual);
    }
}

/*
 * 6000 states of the glass, 0.5 ms each, and 4000 of symmetric retrieval.  Of broken retrieval, which takes 5 ms, there
 * are 150: what it has in common with the glass, the averages and Newton's iteration, is tested there.  They lie below
 * the line where the symmetry breaks: across it the third derivative of f jumps, and the rule is off by h^2.
 */
START_TEST(the_entropy_is_the_slope_of_the_free_energy)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 5);
    for (int k = 0; k < 6000 / CHAIN; k++) {
        const double alpha = pow(10.0, -2.0 + 4.0 * gsl_rng_uniform(rng)), root = 1.0 + sqrt(alpha);
        check_chain(warm_glass, alpha, root * (0.02 + 0.88 * gsl_rng_uniform(rng)), 1e-3 * root, CHAIN, 2e-11);
    }
    for (int k = 0; k < 4000 / CHAIN; k++) {
        const double alpha = 0.01 + 0.08 * gsl_rng_uniform(rng), temperature = 0.05 + 0.22 * gsl_rng_uniform(rng);
        check_chain(warm_retrieval, alpha, temperature, 1e-3, CHAIN, 2e-11);
    }
    for (int k = 0; k < 10; k++) {
        const double alpha = 0.122 + 0.014 * gsl_rng_uniform(rng), temperature = 0.001 + 0.002 * gsl_rng_uniform(rng);
        ck_assert_double_gt(warm_retrieval(alpha, temperature + 15e-4).gap, 0.0);
        check_chain(warm_retrieval, alpha, temperature, 1e-4, 15, 5e-11);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(low_temperatures_tend_to_zero_temperature)
{
    for (double alpha = 0.08; alpha < 0.1382; alpha += 0.0145) {
        const hebb_rsb1_state cold = retrieval(alpha), s = warm_retrieval(alpha, 1e-12),
                              cool = warm_retrieval(alpha, 1e-6);
        assert_close(s.m, cold.m, 1e-12);
        assert_close(s.f, cold.f, 1e-13);
        assert_close(s.gap, cold.gap, 1e-8);
        assert_close(s.breakpoint / 1e-12, cold.breakpoint, 1e-7);
        ck_assert_double_eq_tol((cool.f - cold.f) / 1e-6, -cold.s, 1e-6);
    }
    for (double alpha = 1e-3; alpha < 1e4; alpha *= 10.0) {
        const hebb_rsb1_state cold = glass(alpha), s = warm_glass(alpha, 1e-13);
        assert_close(s.f, cold.f, 1e-12);
        assert_close(s.q0, cold.q0, 1e-10);
        assert_close(s.s, cold.s, 1e-9);
        assert_close(s.breakpoint / 1e-13, cold.breakpoint, 1e-9);
    }
}
END_TEST

/* The replica-symmetric equations of the state, by the trapezoid in z. */
static void check_symmetric(const hebb_rsb1_state *s)
{
    const double sigma = sqrt(s->alpha * s->r1), step = fmin(0.3, 0.2 * s->temperature / sigma);
    double m = 0.0, q = 0.0;
    for (int k = (int)(-9.0 / step); k * step < 9.0; k++) {
        const double z = k * step, tau = tanh((s->m + sigma * z) / s->temperature);
        const double weight = step * exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
        m += weight * tau;
        q += weight * tau * tau;
    }
    ck_assert_double_eq_tol(s->m, m, 1e-13);
    ck_assert_double_eq_tol(s->q1, q, 1e-13);
    ck_assert_double_eq_tol(s->c, (1.0 - q) / s->temperature, 1e-13 / s->temperature);
    assert_close(s->r1, s->q1 / ((1.0 - s->c) * (1.0 - s->c)), 1e-12);
    ck_assert_double_eq(s->gap, 0.0);
    ck_assert(isnan(s->breakpoint));
}

START_TEST(no_temperature_is_too_low)
{
    for (double temperature = 1e-20; temperature > 1e-300; temperature *= 1e-31) {
        for (double alpha = 1e-9; alpha < 1e10; alpha *= 1e3) {
            const hebb_rsb1_state cold = glass(alpha), s = warm_glass(alpha, temperature);
            assert_close(s.f, cold.f, 1e-13);
            assert_close(s.q0, cold.q0, 1e-10);
            assert_close(s.breakpoint / temperature, cold.breakpoint, 1e-9);
        }
        for (double alpha = 0.02; alpha < 0.1382; alpha += 0.0295) {
            const hebb_rsb1_state cold = retrieval(alpha), s = warm_retrieval(alpha, fmin(temperature, 1e-40));
            assert_close(s.f, cold.f, 1e-13);
            assert_close(s.gap, cold.gap, 1e-9);
            assert_close(s.breakpoint / s.temperature, cold.breakpoint, 1e-9);
        }
        hebb_capacity cold, cool;
        ck_assert_int_eq(hebb_rsb1_capacity_t0(&cold), HEBB_OK);
        ck_assert_int_eq(hebb_rsb1_capacity(temperature, &cool), HEBB_OK);
        assert_close(cool.alpha, cold.alpha, 1e-13);
        assert_close(cool.m, cold.m, 1e-10);
    }
}
END_TEST

START_TEST(where_replica_symmetry_is_stable_the_state_is_the_symmetric_one)
{
    for (double temperature = 0.03; temperature < 0.95; temperature += 0.03) {
        hebb_rsb1_state end;
        ck_assert_int_eq(hebb_rsb1_spinodal(temperature, &end), HEBB_OK);
        check_symmetric(&end);
        for (double share = 0.1; share < 1.0; share += 0.29) {
            const hebb_rsb1_state s = warm_retrieval(share * end.alpha, temperature);
            check_symmetric(&s);
        }
    }
    hebb_capacity capacity;
    /* T_M(.05) by the symmetric program; d alpha_c/dT = -.2 there, which times half of its last digit is 1e-15 */
    ck_assert_int_eq(hebb_rsb1_capacity(0.54225503791809, &capacity), HEBB_OK);
    ck_assert_double_eq_tol(capacity.alpha, 0.05, 1e-14);
}
END_TEST

START_TEST(symmetry_breaks_at_the_line_of_de_almeida_and_thouless)
{
    /* T_R at alpha = .01 (four digits are known), .05, .1 */
    static const double line[][3] = {{0.01, 1.026e-23, 1e-3}, {0.05, 5.4192428e-6, 1e-4}, {0.1, 1.450247291e-3, 1e-4}};
    for (size_t k = 0; k < 3; k++) {
        const hebb_rsb1_state above = warm_retrieval(line[k][0], line[k][1] * (1.0 + line[k][2]));
        const hebb_rsb1_state below = warm_retrieval(line[k][0], line[k][1] * (1.0 - line[k][2]));
        ck_assert(isnan(above.breakpoint));
        ck_assert_double_eq(above.gap, 0.0);
        ck_assert_double_gt(below.gap, 0.0);
        ck_assert_double_gt(below.breakpoint, 0.0);
        ck_assert_double_eq_tol(above.m, below.m, 1e-8);
        ck_assert_double_eq_tol(above.s, below.s, 1e-2 * fabs(above.s));
    }
    /* close to it the gap vanishes, in proportion */
    const double near = warm_retrieval(0.1, line[2][1] * 0.99).gap,
                 nearer = warm_retrieval(0.1, line[2][1] * 0.995).gap;
    ck_assert_double_eq_tol(near / nearer, 2.0, 0.02);
    /* the line ends on the spinodal at (.138186, .025068) */
    hebb_rsb1_state end;
    ck_assert_int_eq(hebb_rsb1_spinodal(0.025069, &end), HEBB_OK);
    ck_assert(isnan(end.breakpoint));
    ck_assert_double_eq_tol(end.alpha, 0.138186, 5e-7);
    ck_assert_int_eq(hebb_rsb1_spinodal(0.02506, &end), HEBB_OK);
    ck_assert_double_gt(end.gap, 0.0);
}
END_TEST

START_TEST(breaking_leaves_a_tenth_of_the_bend_of_the_spinodal)
{
    /* the symmetric line has .1379056 at T = 0 and its maximum .1381885; one step .1381865 and */
    hebb_capacity cold, bent, past;
    ck_assert_int_eq(hebb_rsb1_capacity(0.0, &cold), HEBB_OK);
    ck_assert_int_eq(hebb_rsb1_capacity(0.013, &bent), HEBB_OK);
    ck_assert_int_eq(hebb_rsb1_capacity(0.024, &past), HEBB_OK);
    ck_assert_double_eq_tol(bent.alpha, 0.138197, 5e-7); /* six digits are known by another program */
    hebb_rsb1_state s;
    ck_assert_int_eq(hebb_rsb1_retrieval(bent.alpha * (1.0 - 1e-12), 0.013, &s), HEBB_OK);
    ck_assert_int_eq(hebb_rsb1_retrieval(bent.alpha * (1.0 + 1e-12), 0.013, &s), HEBB_ENOSOLUTION);
    ck_assert_double_eq_tol(s.m, bent.m, 1e-5); /* the square root of that distance */
    ck_assert_double_gt(bent.alpha, cold.alpha);
    ck_assert_double_gt(bent.alpha, past.alpha);
}
END_TEST

START_TEST(what_does_not_exist_at_a_temperature_says_so)
{
    hebb_rsb1_state s;
    hebb_capacity capacity;
    static const double bad[] = {-1e-9, NAN, INFINITY};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        ck_assert_int_eq(hebb_rsb1_retrieval(0.1, bad[k], &s), HEBB_EDOM);
        ck_assert_int_eq(hebb_rsb1_glass(0.1, bad[k], &s), HEBB_EDOM);
        ck_assert_int_eq(hebb_rsb1_spinodal(bad[k], &s), HEBB_EDOM);
        ck_assert_int_eq(hebb_rsb1_capacity(bad[k], &capacity), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_rsb1_retrieval(0.15, 0.01, &s), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rsb1_retrieval(0.48, 0.05, &s), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rsb1_retrieval(0.05, 0.55, &s), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rsb1_retrieval(0.05, 1.0, &s), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rsb1_capacity(1.0, &capacity), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rsb1_glass(0.25, 1.5, &s), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("one_step_rsb_thermal");
    TCase *warm = tcase_create("T > 0");
    tcase_add_test(warm, at_finite_temperature_too_the_free_energy_is_stationary);
    tcase_add_test(warm, the_entropy_is_the_slope_of_the_free_energy);
    tcase_add_test(warm, low_temperatures_tend_to_zero_temperature);
    tcase_add_test(warm, no_temperature_is_too_low);
    tcase_add_test(warm, where_replica_symmetry_is_stable_the_state_is_the_symmetric_one);
    tcase_add_test(warm, symmetry_breaks_at_the_line_of_de_almeida_and_thouless);
    tcase_add_test(warm, breaking_leaves_a_tenth_of_the_bend_of_the_spinodal);
    tcase_add_test(warm, what_does_not_exist_at_a_temperature_says_so);
    suite_add_tcase(suite, warm);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
