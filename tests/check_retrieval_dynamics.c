/* retrieval_dynamics against the two-variable map, quadrature, simulated networks, bisection of the flow, limits. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_rng.h>

#include "crosstalk.h"
#include "retrieval_dynamics.h"

#define PI_L 3.141592653589793238462643383279502884L

static void assert_close(double got, long double want, double relative)
{
    const double error = (double)fabsl(got - want);
    ck_assert_msg(error <= relative * (double)fabsl(want), "got %.17g, want %.17Lg, relative error %.2g", got, want,
                  error / (double)fabsl(want));
}

/* What rounding in long double may leave; it matters only where long double is double. */
static double at_least(double relative)
{
    return fmax(relative, 100.0 * (double)LDBL_EPSILON);
}

static hebb_retrieval_fixed_point capacity(void)
{
    hebb_retrieval_fixed_point end;
    hebb_retrieval_dynamics_capacity(&end);
    return end;
}

typedef struct {
    hebb_retrieval_fixed_point stable, unstable;
} both_points;

static both_points fixed_points(double alpha)
{
    both_points points;
    ck_assert_int_eq(hebb_retrieval_dynamics_fixed_points(alpha, &points.stable, &points.unstable), HEBB_OK);
    return points;
}

static double exact_second(double alpha, double m0)
{
    double m[3];
    ck_assert_int_eq(hebb_retrieval_dynamics_exact(alpha, m0, m), HEBB_OK);
    return m[2];
}

/* ---- the map as it is printed: overlap a and noise sigma, in long double ---- */

typedef struct {
    long double a, sigma;
} am_state;

static am_state am_start(double alpha, long double m0)
{
    return (am_state){m0, sqrtl((long double)alpha)};
}

static am_state am_step(long double alpha, am_state s)
{
    const long double u = s.a / s.sigma, phi = expl(-0.5L * u * u) / sqrtl(2.0L * PI_L);
    const long double next = erfl(s.a / (sqrtl(2.0L) * s.sigma));
    return (am_state){next, sqrtl(alpha + 4.0L * phi * phi + 4.0L * alpha * s.a * next * phi / s.sigma)};
}

static double random_load(gsl_rng *rng, double low, double high)
{
    return exp(log(low) + gsl_rng_uniform(rng) * log(high / low));
}

static double random_overlap(gsl_rng *rng, int trial)
{
    return trial % 2 == 0 ? gsl_rng_uniform(rng) : exp(-25.0 * gsl_rng_uniform(rng));
}

START_TEST(ten_steps_from_12000_starts_equal_the_map_in_two_variables)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int trial = 0; trial < 12000; trial++) {
        const double alpha = random_load(rng, 1e-4, 100.0), m0 = random_overlap(rng, trial);
        double m[11];
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(alpha, m0, 10, m), HEBB_OK);
        am_state want = am_start(alpha, m0);
        for (int t = 0; t <= 10; t++) {
            assert_close(m[t], want.a, at_least(t == 0 ? 1e-300 : 2e-14)); /* d ln y'/d ln y < 2: rounding grows */
            want = am_step(alpha, want);
        }
    }
    gsl_rng_free(rng);
}
END_TEST

/* ---- the exact second step ---- */

static long double exact_second_l(long double alpha, long double m0)
{
    const long double m1 = erfl(m0 / sqrtl(2.0L * alpha));
    const long double c = sqrtl(2.0L / (PI_L * alpha)) * expl(-m0 * m0 / (2.0L * alpha));
    const long double width = sqrtl(2.0L * alpha * (1.0L + c * c + 2.0L * c * m0 * m1));
    return 0.5L * ((1.0L + m0) * erfl((m1 + alpha * c) / width) + (1.0L - m0) * erfl((m1 - alpha * c) / width));
}

START_TEST(exact_steps_equal_the_formula_in_long_double_at_12000_points)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int trial = 0; trial < 12000; trial++) {
        const double alpha = random_load(rng, 1e-4, 100.0), m0 = random_overlap(rng, trial);
        double m[3];
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(alpha, m0, m), HEBB_OK);
        ck_assert(m[0] == m0);
        assert_close(m[1], erfl(m0 / sqrtl(2.0L * (long double)alpha)), 1e-15);
        /* the formula's two terms cancel for small m0 and leave its rounding */
        const double cancelled = 10.0 * (double)LDBL_EPSILON * fmax(1.0, sqrt(alpha)) / m0;
        assert_close(m[2], exact_second_l(alpha, m0), fmax(3e-15, cancelled));
    }
    gsl_rng_free(rng);
}
END_TEST

/*
 * The field of a neuron after one step is m1 + w + c n + alpha c s: n its noise before, w the fresh noise, s its own
 * old sign; here n is integrated over by hand, with w Gaussian given n.
 */
typedef struct {
    double alpha, m0, m1, c, sign;
} field;

static double given_noise(double z, void *parameters)
{
    const field *f = parameters;
    const double rho = f->m0 * f->m1, n = sqrt(f->alpha) * z; /* correlation of w and n */
    const double mean = f->m1 + f->alpha * f->c * f->sign + (rho + f->c) * n;
    const double width = sqrt(2.0 * f->alpha * (1.0 - rho * rho));
    return exp(-0.5 * z * z) / sqrt(2.0 * M_PI) * (width > 0.0 ? erf(mean / width) : (mean > 0.0) - (mean < 0.0));
}

START_TEST(exact_second_step_is_the_integral_over_old_and_new_noise)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_integration_workspace *room = gsl_integration_workspace_alloc(1000);
    for (int trial = 0; trial < 1000; trial++) {
        const double alpha = random_load(rng, 0.05, 5.0), m0 = 0.99 * gsl_rng_uniform(rng);
        field f = {alpha, m0, erf(m0 / sqrt(2.0 * alpha)), 0.0, 0.0};
        f.c = sqrt(2.0 / (M_PI * alpha)) * exp(-m0 * m0 / (2.0 * alpha));
        double want = 0.0;
        for (f.sign = -1.0; f.sign <= 1.0; f.sign += 2.0) {
            const gsl_function integrand = {.function = given_noise, .params = &f};
            double mean, error;
            ck_assert_int_eq(
                gsl_integration_qag(&integrand, -9.0, 9.0, 1e-13, 1e-12, 1000, GSL_INTEG_GAUSS31, room, &mean, &error),
                GSL_SUCCESS);
            want += 0.5 * (1.0 + f.sign * m0) * mean;
        }
        ck_assert_double_eq_tol(exact_second(alpha, m0), want, 1e-12);
    }
    gsl_integration_workspace_free(room);
    gsl_rng_free(rng);
}
END_TEST

/* ---- networks of N = 1001 by plain sums ---- */

enum { N = 1001 };

/* Two synchronous steps from a state of overlap m0 with a pattern of +1; p - 1 other, random patterns; no ties: N - 1
 * times p is even, but a tie is left as it is, and its probability is 1/N. */
static void simulate(gsl_rng *rng, int p, double m0, double *m)
{
    int8_t *xi = malloc((size_t)p * N);
    int *overlap = malloc((size_t)p * sizeof *overlap);
    int state[N];
    for (int k = 0; k < p * N; k++) xi[k] = k < N || (gsl_rng_get(rng) >> 16 & 1) ? 1 : -1;
    for (int i = 0; i < N; i++) state[i] = i < (int)lround(0.5 * (1.0 + m0) * N) ? 1 : -1;
    for (int t = 1; t <= 2; t++) {
        long sum[N] = {0};
        for (int mu = 0; mu < p; mu++) {
            const int8_t *pattern = xi + (size_t)mu * N;
            overlap[mu] = 0;
            for (int i = 0; i < N; i++) overlap[mu] += pattern[i] * state[i];
            for (int i = 0; i < N; i++) sum[i] += overlap[mu] * pattern[i];
        }
        m[t] = 0.0;
        for (int i = 0; i < N; i++) {
            const long h = sum[i] - (long)p * state[i];
            if (h != 0) state[i] = h > 0 ? 1 : -1;
            m[t] += state[i] / (double)N;
        }
    }
    free(overlap);
    free(xi);
}

/*
 * False alarms: each mean is tested at 5 of its standard errors, and 3/N for the finite size.  Amari and Maginu's m2
 * lies more than 20 of them away.
 */
START_TEST(simulated_networks_take_the_exact_second_step_and_not_the_gaussian_one)
{
    static const struct {
        double alpha, m0;
    } point[] = {{0.2, 0.5}, {0.5, 0.5}, {0.5, 0.9}};
    enum { N_NETWORKS = 60 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 7);
    for (size_t k = 0; k < sizeof point / sizeof *point; k++) {
        const int p = (int)lround(point[k].alpha * N);
        const double alpha = (double)p / N, m0 = (2.0 * floor(0.5 * (1.0 + point[k].m0) * N + 0.5) - N) / N;
        double mean[3] = {0}, square[3] = {0}, m[3], exact[3], gaussian[3];
        for (int r = 0; r < N_NETWORKS; r++) {
            simulate(rng, p, point[k].m0, m);
            for (int t = 1; t <= 2; t++) {
                mean[t] += m[t] / N_NETWORKS;
                square[t] += m[t] * m[t] / N_NETWORKS;
            }
        }
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(alpha, m0, exact), HEBB_OK);
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(alpha, m0, 2, gaussian), HEBB_OK);
        for (int t = 1; t <= 2; t++) {
            const double error = sqrt((square[t] - mean[t] * mean[t]) / (N_NETWORKS - 1));
            ck_assert_msg(fabs(mean[t] - exact[t]) < 5.0 * error + 3.0 / N, "alpha %g, m0 %g: m%d = %g(%g), exact %g",
                          alpha, m0, t, mean[t], error, exact[t]);
            if (t == 2) ck_assert_double_gt(mean[t] - gaussian[t], 10.0 * error);
        }
    }
    gsl_rng_free(rng);
}
END_TEST

/* ---- limits ---- */

START_TEST(from_a_pattern_the_first_step_makes_the_errors_of_the_crosstalk)
{
    for (double alpha = 1e-3; alpha < 1e3; alpha *= 1.3) {
        double p_error, m[3];
        ck_assert_int_eq(hebb_crosstalk_gaussian(alpha, &p_error), HEBB_OK);
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(alpha, 1.0, m), HEBB_OK);
        ck_assert_double_eq_tol(m[1], 1.0 - 2.0 * p_error, 2e-16);
    }
}
END_TEST

START_TEST(without_overlap_there_will_be_none)
{
    for (double alpha = 1e-300; alpha < 1e300; alpha *= 1e10) {
        double m[6];
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(alpha, 0.0, 5, m), HEBB_OK);
        for (int t = 0; t <= 5; t++) ck_assert(m[t] == 0.0);
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(alpha, 0.0, m), HEBB_OK);
        for (int t = 0; t <= 2; t++) ck_assert(m[t] == 0.0);
    }
}
END_TEST

START_TEST(a_small_overlap_keeps_its_digits)
{
    for (double alpha = 1e-3; alpha < 1e3; alpha *= 1.7) {
        const double width = sqrt(2.0 * alpha + 4.0 / M_PI), echo = sqrt(2.0 * alpha / M_PI) / width;
        const double slope = erf(echo) + 4.0 / (M_PI * sqrt(2.0 * alpha)) * exp(-echo * echo) / width;
        for (double m0 = 1e-15; m0 > 1e-290; m0 *= 1e-9) assert_close(exact_second(alpha, m0) / m0, slope, 3e-15);
    }
}
END_TEST

START_TEST(at_a_vanishing_load_one_step_is_enough)
{
    double m[3];
    for (double alpha = 1e-300; alpha < 1e-4; alpha *= 1e7) {
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(alpha, 0.1, m), HEBB_OK);
        ck_assert(m[1] == 1.0 && m[2] == 1.0);
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(alpha, 0.1, 2, m), HEBB_OK);
        ck_assert(m[1] == 1.0 && m[2] == 1.0);
    }
}
END_TEST

/* ---- fixed points ---- */

/* y after one step of the printed map, from a state with that y. */
static long double next_y(long double alpha, long double y)
{
    const am_state next = am_step(alpha, (am_state){y, 1.0L / sqrtl(2.0L)});
    return next.a / (sqrtl(2.0L) * next.sigma);
}

START_TEST(the_fixed_points_of_12000_loads_do_not_move)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    const hebb_retrieval_fixed_point end = capacity();
    for (int trial = 0; trial < 12000; trial++) {
        const double alpha = trial % 3 == 0   ? end.alpha * gsl_rng_uniform_pos(rng)
                             : trial % 3 == 1 ? random_load(rng, 1e-12, end.alpha)
                                              : end.alpha * (1.0 - random_load(rng, 1e-15, 1.0));
        if (!(alpha > 0.0)) continue;
        const both_points at = fixed_points(alpha);
        /* 1 - slope is the distance of the roots, near the capacity; far from it a residual is an error */
        assert_close((double)next_y(alpha, at.stable.y), at.stable.y, at_least(5e-16));
        assert_close((double)next_y(alpha, at.unstable.y), at.unstable.y, at_least(5e-16));
        ck_assert(at.unstable.y <= end.y && end.y <= at.stable.y);
        assert_close(at.stable.m, erfl((long double)at.stable.y), 3e-16);
        if (alpha > 1e-3) assert_close(at.stable.error, 0.5L * erfcl((long double)at.stable.y), 1e-15);
        assert_close(at.unstable.m0, sqrtl(2.0L * (long double)alpha) * (long double)at.unstable.y, 4e-16);
        ck_assert(at.unstable.m0 < at.unstable.m && at.unstable.m <= at.stable.m && at.stable.m <= 1.0);
    }
    gsl_rng_free(rng);
}
END_TEST

/* Whether the flow from m0 goes to retrieval: y has passed the capacity's on the way up, or is on its way to 0. */
static bool is_retrieved(long double alpha, long double m0, long double y_end)
{
    am_state s = am_start((double)alpha, m0);
    long double y = m0 / sqrtl(2.0L * alpha);
    for (int t = 0; t < 100000; t++) {
        s = am_step(alpha, s);
        const long double next = s.a / (sqrtl(2.0L) * s.sigma);
        if (next >= y_end) return true;
        if (next < 0.5L * y_end * sqrtl(alpha)) return false;
        if (next == y) break;
        y = next;
    }
    return y > y_end;
}

START_TEST(the_edge_is_where_bisection_of_the_flow_finds_it)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    const hebb_retrieval_fixed_point end = capacity();
    for (int trial = 0; trial < 60; trial++) {
        const double alpha = trial % 2 == 0 ? random_load(rng, 1e-3, 0.15) : 0.15 + 0.009 * gsl_rng_uniform(rng);
        long double low = 0.0L, high = 1.0L;
        while (high - low > 1e-15L * high) {
            const long double middle = 0.5L * (low + high);
            if (is_retrieved(alpha, middle, end.y))
                high = middle;
            else
                low = middle;
        }
        assert_close(fixed_points(alpha).unstable.m0, low, 1e-13);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(above_the_edge_all_starts_flow_to_retrieval_and_below_none)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    static double m[4001];
    for (int trial = 0; trial < 300; trial++) {
        const double alpha = random_load(rng, 0.02, 0.155), m0 = gsl_rng_uniform(rng);
        const both_points at = fixed_points(alpha);
        if (fabs(m0 - at.unstable.m0) < 1e-6) continue;
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(alpha, m0, 4000, m), HEBB_OK);
        ck_assert_double_eq_tol(m[4000], (m0 > at.unstable.m0 ? at.stable.m : 0.0), 1e-11);
    }
    for (double alpha = nextafter(capacity().alpha, 1.0) + 1e-4; alpha < 3.0; alpha *= 1.1) {
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(alpha, 1.0, 4000, m), HEBB_OK);
        ck_assert_double_lt(m[4000], 1e-11);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(one_edge_is_all_because_the_map_of_y_rises)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int trial = 0; trial < 12000; trial++) {
        const double alpha = random_load(rng, 1e-4, 0.5), y = random_load(rng, 1e-3, 5.0);
        ck_assert(next_y(alpha, 1.001L * y) > next_y(alpha, y));
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(at_vanishing_load_the_edge_and_the_errors_have_their_limits)
{
    const double limit = 0.5 * sqrt(3.0 * M_PI);
    assert_close(fixed_points(1e-9).unstable.m0 / 1e-9, limit, 1e-8);
    assert_close(fixed_points(1e-18).unstable.m0 / 1e-18, limit, 1e-15);
    assert_close(fixed_points(1e-300).unstable.m0 / 1e-300, limit, 1e-15);
    assert_close(fixed_points(1e-300).stable.y, 1.0L / sqrtl(2.0L * 1e-300L), 1e-15);
    for (double alpha = 1e-3; alpha < 0.02; alpha *= 1.2) {
        double p_error; /* feedback adds the share exp(-1/(2 alpha)) or so */
        ck_assert_int_eq(hebb_crosstalk_gaussian(alpha, &p_error), HEBB_OK);
        assert_close(fixed_points(alpha).stable.error, p_error, 2e-12 + 10.0 / pow(alpha, 1.5) * exp(-0.5 / alpha));
    }
}
END_TEST

/* ---- capacity ---- */

START_TEST(the_capacity_is_the_largest_load_of_any_y)
{
    const hebb_retrieval_fixed_point end = capacity();
    long double low = 0.5L, high = 3.0L;
    const long double golden = 0.5L * (sqrtl(5.0L) - 1.0L);
    long double best = 0.0L;
    for (int n = 0; n < 120; n++) { /* the load of which y is a fixed point, by the map: m^2 = 2 sigma^2 y^2 */
        long double y[2] = {high - golden * (high - low), low + golden * (high - low)}, load[2];
        for (int k = 0; k < 2; k++) {
            const long double phi = expl(-y[k] * y[k]) / sqrtl(2.0L * PI_L), m = erfl(y[k]);
            load[k] = (m * m / (2.0L * y[k] * y[k]) - 4.0L * phi * phi) / (1.0L + 4.0L * sqrtl(2.0L) * y[k] * m * phi);
            best = fmaxl(best, load[k]);
        }
        if (load[0] < load[1])
            low = y[0];
        else
            high = y[1];
    }
    assert_close(end.alpha, best, 5e-16);
    ck_assert_double_eq_tol(end.y, (double)low, 1e-8);
}
END_TEST

START_TEST(the_capacity_has_the_known_value)
{
    const hebb_retrieval_fixed_point end = capacity();
    ck_assert_double_eq_tol(end.alpha, 0.16, 0.005); /* as it is printed */
    assert_close(end.alpha, 0.159608134267331199L, 5e-16);
    assert_close(end.y, 1.12101894022626102L, 2e-15);
    assert_close(end.m, 0.887115478999549529L, 1e-15);
    assert_close(end.error, 0.0564422605002252357L, 5e-15);
    assert_close(end.m0, 0.633367039099561582L, 2e-15);
}
END_TEST

START_TEST(fixed_points_end_at_the_capacity_and_not_before)
{
    const hebb_retrieval_fixed_point end = capacity();
    const both_points at = fixed_points(end.alpha);
    ck_assert(at.stable.y == end.y && at.unstable.y == end.y);
    const both_points below = fixed_points(nextafter(end.alpha, 0.0));
    ck_assert_double_eq_tol(below.stable.y, end.y, 1e-7);
    ck_assert_double_eq_tol(below.unstable.y, end.y, 1e-7);
    hebb_retrieval_fixed_point untouched = {.m = 7.0};
    ck_assert_int_eq(hebb_retrieval_dynamics_fixed_points(nextafter(end.alpha, 1.0), &untouched, NULL),
                     HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_retrieval_dynamics_fixed_points(1e300, NULL, &untouched), HEBB_ENOSOLUTION);
    ck_assert(untouched.m == 7.0);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    static const double loads[] = {0.0, -0.1, NAN, INFINITY, -INFINITY, 5e-324, 9e-301, 1.1e300},
                        overlaps[] = {-1e-300, 1.0000001, NAN, INFINITY};
    double m[3];
    for (size_t k = 0; k < sizeof loads / sizeof *loads; k++) {
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(loads[k], 0.5, 2, m), HEBB_EDOM);
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(loads[k], 0.5, m), HEBB_EDOM);
        ck_assert_int_eq(hebb_retrieval_dynamics_fixed_points(loads[k], NULL, NULL), HEBB_EDOM);
    }
    for (size_t k = 0; k < sizeof overlaps / sizeof *overlaps; k++) {
        ck_assert_int_eq(hebb_retrieval_dynamics_iterate(0.1, overlaps[k], 2, m), HEBB_EDOM);
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(0.1, overlaps[k], m), HEBB_EDOM);
    }
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("retrieval_dynamics");
    TCase *steps = tcase_create("steps"), *points = tcase_create("fixed points");
    tcase_add_test(steps, ten_steps_from_12000_starts_equal_the_map_in_two_variables);
    tcase_add_test(steps, exact_steps_equal_the_formula_in_long_double_at_12000_points);
    tcase_add_test(steps, exact_second_step_is_the_integral_over_old_and_new_noise);
    tcase_add_test(steps, simulated_networks_take_the_exact_second_step_and_not_the_gaussian_one);
    tcase_add_test(steps, from_a_pattern_the_first_step_makes_the_errors_of_the_crosstalk);
    tcase_add_test(steps, without_overlap_there_will_be_none);
    tcase_add_test(steps, a_small_overlap_keeps_its_digits);
    tcase_add_test(steps, at_a_vanishing_load_one_step_is_enough);
    tcase_add_test(steps, what_is_out_of_range_is_refused);
    tcase_add_test(points, the_fixed_points_of_12000_loads_do_not_move);
    tcase_add_test(points, the_edge_is_where_bisection_of_the_flow_finds_it);
    tcase_add_test(points, above_the_edge_all_starts_flow_to_retrieval_and_below_none);
    tcase_add_test(points, one_edge_is_all_because_the_map_of_y_rises);
    tcase_add_test(points, at_vanishing_load_the_edge_and_the_errors_have_their_limits);
    tcase_add_test(points, the_capacity_is_the_largest_load_of_any_y);
    tcase_add_test(points, the_capacity_has_the_known_value);
    tcase_add_test(points, fixed_points_end_at_the_capacity_and_not_before);
    suite_add_tcase(suite, steps);
    suite_add_tcase(suite, points);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
