/* The replica-symmetric states at any temperature: residuals, plain iteration, the free energy's derivatives, limits. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>

#include "field_average.h"
#include "pattern_sum.h"
#include "replica_symmetric_branch.h"

static void assert_close(double got, double want, double tolerance)
{
    ck_assert_msg(fabs(got - want) <= tolerance, "got %.17g, want %.17g, error %.2g, allowed %.2g", got, want,
                  fabs(got - want), tolerance);
}

static hebb_rs_state retrieval(double alpha, double T, int order)
{
    hebb_rs_state state;
    ck_assert_msg(hebb_rs_retrieval(alpha, T, order, &state) == HEBB_OK, "no state at %g, %g, %d", alpha, T, order);
    return state;
}

static hebb_rs_state glass(double alpha, double T)
{
    hebb_rs_state state;
    ck_assert_msg(hebb_rs_glass(alpha, T, &state) == HEBB_OK, "no glass at %g, %g", alpha, T);
    return state;
}

/* ---- the equations, written out once more ---- */

typedef struct {
    double m, q, c, sech4;
} right_sides;

/* Averages over the 2^n signs and over z, all in long double with a fine trapezoidal sum: nothing of the library's. */
static right_sides plain_right_sides(double m, double width, double T, int n)
{
    const long double s = (long double)width / T, step = fminl(0.1L, s / 8.0L);
    long double sum_m = 0, sum_q = 0, sum_c = 0, sum_4 = 0, weight_z = powl(0.5L, n);
    for (int k = 0; k <= n; k++) {
        const int z = n - 2 * k;
        const long double h = (long double)m * z / T;
        for (long double w = -13.0L * s; w <= 13.0L * s; w += step) {
            const long double weight =
                weight_z * expl(-0.5L * (w / s) * (w / s)) * step / s * 0.398942280401432677939946L;
            const long double t = tanhl(h + w), v = 1.0L / coshl(h + w), v2 = v * v;
            sum_m += weight * z / n * t;
            sum_q += weight * t * t;
            sum_c += weight * v2 / T;
            sum_4 += weight * v2 * v2 / T;
        }
        weight_z *= (long double)(n - k) / (k + 1);
    }
    return (right_sides){(double)sum_m, (double)sum_q, (double)sum_c, (double)sum_4};
}

/* The same by the library's averages, for many points. */
static right_sides quick_right_sides(double m, double width, double T, int n)
{
    double law[HEBB_MAX_ORDER + 1];
    right_sides sum = {0};
    hebb_pattern_sum_law(n, law);
    for (int k = 0; 2 * k <= n; k++) {
        const double z = n - 2 * k, weight = 2 * k == n ? law[k] : 2.0 * law[k];
        const hebb_field_average f = hebb_field_average_at(m * z, width, T);
        sum.m += weight * z / n * f.m;
        sum.q += weight * f.q;
        sum.c += weight * f.c;
        sum.sech4 += weight * f.sech4;
    }
    return sum;
}

static void assert_solves(const hebb_rs_state *state, const right_sides *right)
{
    const double gap = 1.0 - state->c;
    assert_close(state->m, right->m, 1e-12);
    assert_close(state->q, right->q, 1e-12);
    assert_close(state->c, right->c, 1e-12 / fmin(1.0, state->temperature));
    assert_close(state->r * gap * gap, state->q, 1e-14 / fmin(gap, 0.01));
    assert_close(state->at_margin, 1.0 - state->alpha * right->sech4 / (state->temperature * gap * gap),
                 (1.0 + fabs(state->at_margin)) * 1e-13 / fmin(gap, 0.01));
    assert_close(state->e, state->f + state->temperature * state->s, 1e-14);
}

/* A load and a temperature with retrieval, not closer to its end than a given slope d ln alpha/d ln a. */
static hebb_rs_state random_retrieval(gsl_rng *random, double least_slope)
{
    for (;;) {
        const double alpha = 0.139 * pow(gsl_rng_uniform(random), 2) + 1e-7;
        const double T = pow(gsl_rng_uniform(random), 3) * (1.0 - 1.9 * sqrt(alpha));
        hebb_rs_point point;
        const hebb_status status = hebb_rs_point_of_load(alpha, T, 1, &point);
        ck_assert(status == HEBB_OK || status == HEBB_ENOSOLUTION);
        if (status == HEBB_OK && point.slope > least_slope && T > 0.0) return hebb_rs_state_of(&point);
    }
}

START_TEST(retrieval_solves_its_equations_at_10000_points)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 10000; k++) {
        const hebb_rs_state state = random_retrieval(random, 0.0);
        const double width = sqrt(state.alpha * state.r);
        const right_sides right = quick_right_sides(state.m, width, state.temperature, 1);
        assert_solves(&state, &right);
        assert_close(2.0 * state.error, 1.0 - state.m, 4e-15);
        if (k % 50 != 0 || width > 200.0 * state.temperature) continue;
        const right_sides plain = plain_right_sides(state.m, width, state.temperature, 1);
        assert_solves(&state, &plain);
    }
    gsl_rng_free(random);
}
END_TEST

START_TEST(the_spin_glass_solves_its_equations_at_10000_points)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 10000; k++) {
        const double alpha = exp(-16.0 + 23.0 * gsl_rng_uniform(random));
        const double T = (1.0 + sqrt(alpha)) * (1.0 - 1e-4) * pow(gsl_rng_uniform(random), 2) + 1e-9;
        const hebb_rs_state state = glass(alpha, T);
        const double width = sqrt(alpha * state.r);
        const hebb_field_average f = hebb_field_average_at(0.0, width, T);
        const right_sides right = {0.0, f.q, f.c, f.sech4};
        assert_solves(&state, &right);
        ck_assert_msg(state.at_margin < 0.0, "the glass is unstable [AT78]: %g at %g, %g", state.at_margin, alpha, T);
        if (k % 50 != 0 || width > 200.0 * T) continue;
        const right_sides plain = plain_right_sides(0.0, width, T, 1);
        assert_solves(&state, &plain);
    }
    gsl_rng_free(random);
}
END_TEST

/* Order to 15 at any width: the load is what the equations say. */
START_TEST(mixtures_solve_their_equations_at_10000_points)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    int n_solved = 0;
    while (n_solved < 10000) {
        const int n = 2 + (int)gsl_rng_uniform_int(random, 14);
        const double T = 0.95 * pow(gsl_rng_uniform(random), 2) + 1e-6,
                     width = 0.7 * pow(gsl_rng_uniform(random), 2) + 1e-3;
        hebb_rs_point point;
        const hebb_status status = hebb_rs_point_at(width, T, n, &point);
        ck_assert(status == HEBB_OK || status == HEBB_ENOSOLUTION);
        if (status != HEBB_OK) continue;
        n_solved++;
        const hebb_rs_state state = hebb_rs_state_of(&point);
        assert_close(sqrt(state.alpha * state.r), width, 1e-13);
        const right_sides right = quick_right_sides(state.m, width, T, n);
        assert_solves(&state, &right);
        if (n_solved % 100 != 0 || width > 100.0 * T) continue;
        const right_sides plain = plain_right_sides(state.m, width, T, n);
        assert_solves(&state, &plain);
    }
    gsl_rng_free(random);
}
END_TEST

/* ---- thermodynamics ---- */

/* -df/dT by differences of fourth order. */
static double minus_slope(double (*f)(double, double, int), double alpha, double T, int n, double d)
{
    return (8.0 * (f(alpha, T - d, n) - f(alpha, T + d, n)) - (f(alpha, T - 2.0 * d, n) - f(alpha, T + 2.0 * d, n))) /
           (12.0 * d);
}

static double free_energy(double alpha, double T, int n)
{
    return retrieval(alpha, T, n).f;
}

static double glass_free_energy(double alpha, double T, int n)
{
    (void)n;
    return glass(alpha, T).f;
}

START_TEST(the_free_energy_falls_by_the_entropy_at_10000_points_each)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 10000; k++) {
        const hebb_rs_state state = random_retrieval(random, 0.6);
        const double T = state.temperature, d = 5e-4 * fmin(T, 1.0 - T);
        hebb_rs_state end; /* near T_M four neighbours may be too many */
        if (hebb_rs_retrieval(state.alpha, T + 4.0 * d, 1, &end) != HEBB_OK) continue;
        assert_close(minus_slope(free_energy, state.alpha, T, 1, d), state.s, 1e-8 + 1e-15 / d);
    }
    for (int k = 0; k < 10000; k++) {
        const double alpha = exp(-9.0 + 14.0 * gsl_rng_uniform(random));
        const double T = (1.0 + sqrt(alpha)) * (0.01 + 0.95 * gsl_rng_uniform(random));
        const double d = 5e-4 * T * fmin(1.0, 5.0 * sqrt(alpha));
        const double scale = 1.0 + sqrt(alpha);
        assert_close(minus_slope(glass_free_energy, alpha, T, 1, d), glass(alpha, T).s, scale * (1e-8 + 1e-15 / d));
    }
    gsl_rng_free(random);
}
END_TEST

START_TEST(the_free_energy_of_mixtures_falls_by_the_entropy)
{
    for (int n = 2; n <= 7; n++)
        for (double T = 0.1; T < 0.75; T += 0.11) {
            hebb_rs_point end;
            ck_assert_int_eq(hebb_rs_point_last(T + 0.02, n, &end), HEBB_OK);
            const double alpha = 0.5 * end.alpha;
            if (hebb_rs_point_last(T - 0.02, n, &end) != HEBB_OK || end.alpha < alpha) continue;
            assert_close(minus_slope(free_energy, alpha, T, n, 2e-3), retrieval(alpha, T, n).s, 1e-7);
        }
}
END_TEST

/* f(m, q, r) of [AGS87] with its own letters; stationary at the solution. */
static double functional(double alpha, double T, double m, double q, double r)
{
    const double gap = 1.0 - (1.0 - q) / T;
    return 0.5 * alpha + 0.5 * m * m + 0.5 * alpha * T * (log(gap) - q / (T * gap)) + 0.5 * alpha * r * (1.0 - q) / T -
           hebb_field_potential_at(m, sqrt(alpha * r), T).potential - T * M_LN2;
}

START_TEST(the_free_energy_is_stationary)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < 2000; k++) {
        const hebb_rs_state x = random_retrieval(random, 0.1);
        const double T = x.temperature, d = 1e-5;
        if (T < 0.05 || x.alpha < 1e-3) continue;
        assert_close(functional(x.alpha, T, x.m, x.q, x.r), x.f, 1e-13);
        const double by_m = functional(x.alpha, T, x.m + d, x.q, x.r) - functional(x.alpha, T, x.m - d, x.q, x.r);
        const double by_r = functional(x.alpha, T, x.m, x.q, x.r + d) - functional(x.alpha, T, x.m, x.q, x.r - d);
        const double e = 1e-3 * T * d * 100.0;
        const double by_q = functional(x.alpha, T, x.m, x.q + e, x.r) - functional(x.alpha, T, x.m, x.q - e, x.r);
        assert_close(by_m / (2.0 * d), 0.0, 1e-7);
        assert_close(by_r / (2.0 * d), 0.0, 1e-7);
        assert_close(by_q / (2.0 * e), 0.0, 1e-5);
    }
    gsl_rng_free(random);
}
END_TEST

/* ---- second methods and limits ---- */

/* Iterating m, q, r from a pattern comes to the stable solution, slowly, or to m = 0. */
static double iterate(double alpha, double T)
{
    double m = 1.0, q = 1.0, c = 0.0;
    for (int step = 0; step < 100000; step++) {
        const double r = q / ((1.0 - c) * (1.0 - c));
        const hebb_field_average f = hebb_field_average_at(m, sqrt(alpha * r), T);
        const double change = fabs(f.m - m);
        m = f.m;
        q = f.q;
        c = fmin(f.c, 0.999);
        if (change < 1e-15) break;
    }
    return m;
}

START_TEST(iterating_the_equations_from_a_pattern_comes_to_the_same_state)
{
    static const double points[][2] = {{1e-4, 0.9}, {0.01, 0.5}, {0.05, 0.02}, {0.05, 0.5},   {0.1, 0.1},
                                       {0.1, 0.3},  {0.12, 0.2}, {0.13, 0.01}, {0.137, 0.03}, {0.138, 0.02}};
    for (size_t k = 0; k < sizeof points / sizeof *points; k++)
        assert_close(iterate(points[k][0], points[k][1]), retrieval(points[k][0], points[k][1], 1).m, 1e-11);
}
END_TEST

START_TEST(where_there_is_no_retrieval_none_is_reported)
{
    static const double points[][2] = {{0.15, 0.01},   {0.48, 0.05},  {0.13819, 0.0229}, {0.138, 0.0}, {0.138, 0.004},
                                       {0.05, 0.5423}, {0.001, 0.95}, {1e-4, 1.0},       {0.1, 3.0}};
    hebb_rs_state state;
    for (size_t k = 0; k < sizeof points / sizeof *points; k++)
        ck_assert_int_eq(hebb_rs_retrieval(points[k][0], points[k][1], 1, &state), HEBB_ENOSOLUTION);
    ck_assert(iterate(0.15, 0.01) < 0.5); /* a fixed quadrature that stops early reports more than 0.9 there */
    ck_assert(iterate(0.48, 0.05) < 0.5);
    ck_assert_int_eq(hebb_rs_glass(0.25, 1.5, &state), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rs_glass(0.25, 1.4999, &state), HEBB_OK);
}
END_TEST

static void assert_same_state(const hebb_rs_state *a, const hebb_rs_state *b, double tolerance)
{
    assert_close(a->m, b->m, tolerance);
    assert_close(a->q, b->q, tolerance);
    assert_close(a->r, b->r, tolerance * b->r);
    assert_close(a->c, b->c, tolerance);
    assert_close(a->f, b->f, tolerance * (1.0 + fabs(b->f)));
    assert_close(a->e, b->e, tolerance * (1.0 + fabs(b->e)));
    assert_close(a->s, b->s, tolerance);
}

/* T = 0 is solved in closed form elsewhere; the general way, at T = 0 and as the limit, comes to the same. */
START_TEST(temperature_going_to_zero_meets_the_zero_temperature_branch)
{
    for (double alpha = 1e-3; alpha < 0.1379; alpha *= 1.07) {
        hebb_rs_state exact;
        hebb_rs_point point;
        ck_assert_int_eq(hebb_rs_retrieval_t0(alpha, &exact), HEBB_OK);
        ck_assert_int_eq(hebb_rs_point_of_load(alpha, 0.0, 1, &point), HEBB_OK);
        const hebb_rs_state general = hebb_rs_state_of(&point);
        const double sharp = 1e-14 / sqrt(1.0 - alpha / 0.137905566495);
        assert_same_state(&general, &exact, sharp);
        for (double T = 1e-11; T > 1e-310; T *= 1e-40) {
            const hebb_rs_state cold = retrieval(alpha, T, 1);
            assert_same_state(&cold, &exact, sharp + 10.0 * T);
        }
    }
    for (double alpha = 1e-6; alpha < 1e6; alpha *= 3.0) {
        hebb_rs_state exact;
        ck_assert_int_eq(hebb_rs_glass_t0(alpha, &exact), HEBB_OK);
        const hebb_rs_state cold = glass(alpha, 1e-13);
        assert_same_state(&cold, &exact, 1e-10);
    }
}
END_TEST

START_TEST(at_small_load_the_states_are_those_of_finitely_many_patterns)
{
    for (int n = 1; n <= 9; n += 2)
        for (double T = 0.05; T < 0.9; T += 0.17) {
            double law[HEBB_MAX_ORDER + 1], m = 1.0;
            hebb_pattern_sum_law(n, law);
            for (int step = 0; step < 20000; step++) {
                double sum = 0.0;
                for (int k = 0; k <= n; k++) sum += law[k] * (n - 2 * k) / n * tanh(m * (n - 2 * k) / T);
                m = sum;
            }
            hebb_rs_state state;
            const hebb_status status = hebb_rs_retrieval(1e-12, T, n, &state);
            ck_assert_int_eq(status, HEBB_OK);
            assert_close(state.m, m, 1e-9);
        }
}
END_TEST

START_TEST(mixtures_end_at_the_published_loads)
{
    hebb_rs_point end;
    ck_assert_int_eq(hebb_rs_point_last(0.0, 3, &end), HEBB_OK);
    assert_close(end.alpha, 0.02994, 5e-6);
    ck_assert(end.eig_transverse > 0.0);
    ck_assert_int_eq(hebb_rs_point_last(0.0, 5, &end), HEBB_OK);
    assert_close(end.alpha, 0.01627, 5e-6);
    ck_assert(end.eig_transverse > 0.0);
    for (int n = 2; n <= 12; n += 2) {
        ck_assert_int_eq(hebb_rs_point_last(0.0, n, &end), HEBB_OK);
        ck_assert_msg(end.eig_transverse < 0.0, "even mixtures are saddle points");
    }
}
END_TEST

START_TEST(the_end_of_the_branch_is_its_first_maximum)
{
    for (int n = 1; n <= 25; n++)
        for (double T = 0.0; T < 1.0; T += 0.0833) {
            hebb_rs_point end, before, after;
            ck_assert_msg(hebb_rs_point_last(T, n, &end) == HEBB_OK, "%d %g", n, T);
            ck_assert_int_eq(hebb_rs_point_at(end.width * 0.995, T, n, &before), HEBB_OK);
            ck_assert_int_eq(hebb_rs_point_at(end.width * 1.005, T, n, &after), HEBB_OK);
            ck_assert(before.alpha < end.alpha && after.alpha < end.alpha);
            assert_close(end.slope, 0.0, 1e-12 / (1.0 - T)); /* what 1 - C has lost */
            if (n % 2 == 0) continue;
            for (double a = 0.02 * end.width; a < end.width; a *= 1.3) {
                ck_assert_int_eq(hebb_rs_point_at(a, T, n, &before), HEBB_OK);
                ck_assert_msg(before.slope > 0.0, "n = %d, T = %g: a maximum before the first one", n, T);
            }
        }
}
END_TEST

/*
 * Near T = 1, with t = 1-T: alpha_c = t^2 (A - B t + ..), A the maximum of (4/9) x/((1+x)(1/3+x)^2), at 2x^2 + x = 1/3.
 * Two temperatures take B out.
 */
START_TEST(close_to_the_critical_temperature_nothing_is_lost)
{
    const double x = 0.25 * (sqrt(11.0 / 3.0) - 1.0), A = 4.0 / 9.0 * x / ((1.0 + x) * pow(1.0 / 3.0 + x, 2));
    for (int k = 18; k < 52; k++) {
        const double t = ldexp(1.0, -k);
        hebb_rs_point at, half;
        ck_assert_int_eq(hebb_rs_point_last(1.0 - t, 1, &at), HEBB_OK);
        ck_assert_int_eq(hebb_rs_point_last(1.0 - 0.5 * t, 1, &half), HEBB_OK);
        assert_close(2.0 * half.alpha / (0.25 * t * t) - at.alpha / (t * t), A, 1e-13 + t * t);
        assert_close(at.m * at.m / t, 1.0 / (1.0 / 3.0 + x), 5.0 * t + 1e-7); /* the place of a maximum */
    }
    hebb_rs_state state;
    for (double d = 1e-3; d > 1e-9; d *= 0.1) { /* the glass: q = T_g d(T_g - T) .., margin of order its square */
        const double T_g = 1.0 + sqrt(0.05);
        ck_assert_int_eq(hebb_rs_glass(0.05, T_g - d, &state), HEBB_OK);
        const double s2 = 0.05 * state.r / ((T_g - d) * (T_g - d));
        assert_close(state.at_margin / (s2 * s2), -4.0 / 3.0, 10.0 * s2 + 1e-12);
    }
}
END_TEST

/* So small a load that 1 - C is lost in C. */
START_TEST(the_smallest_loads_have_states)
{
    for (double alpha = 1e-20; alpha > 1e-300; alpha *= 1e-20) {
        const hebb_rs_state pure = retrieval(alpha, 0.1, 1), even = retrieval(alpha, 0.1, 2),
                            frozen = glass(alpha, 0.1);
        assert_close(pure.m, retrieval(1e-20, 0.1, 1).m, 1e-15);
        assert_close(even.m, retrieval(1e-20, 0.1, 2).m, 1e-9);
        assert_close(frozen.q, glass(1e-20, 0.1).q, 1e-9);
        assert_close(frozen.c, 1.0, 1e-9);
    }
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    hebb_rs_state state;
    hebb_rs_point point;
    static const double bad[] = {0.0, -1.0, NAN, INFINITY};
    for (int k = 0; k < 4; k++) {
        ck_assert_int_eq(hebb_rs_retrieval(bad[k], 0.1, 1, &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_rs_glass(bad[k], 0.1, &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_rs_point_at(bad[k], 0.1, 1, &point), HEBB_EDOM);
        if (k == 0) continue;
        ck_assert_int_eq(hebb_rs_retrieval(0.1, bad[k], 1, &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_rs_glass(0.1, bad[k], &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_rs_point_last(bad[k], 1, &point), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_rs_retrieval(0.1, 0.1, 0, &state), HEBB_EDOM);
    ck_assert_int_eq(hebb_rs_retrieval(0.1, 0.1, HEBB_MAX_ORDER + 1, &state), HEBB_EDOM);
}
END_TEST

int main(void)
{
    (void)gsl_set_error_handler_off();
    Suite *suite = suite_create("replica_symmetric_branch");
    TCase *equations = tcase_create("equations");
    tcase_add_test(equations, retrieval_solves_its_equations_at_10000_points);
    tcase_add_test(equations, the_spin_glass_solves_its_equations_at_10000_points);
    tcase_add_test(equations, mixtures_solve_their_equations_at_10000_points);
    tcase_add_test(equations, the_free_energy_falls_by_the_entropy_at_10000_points_each);
    tcase_add_test(equations, the_free_energy_of_mixtures_falls_by_the_entropy);
    tcase_add_test(equations, the_free_energy_is_stationary);
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, iterating_the_equations_from_a_pattern_comes_to_the_same_state);
    tcase_add_test(limits, where_there_is_no_retrieval_none_is_reported);
    tcase_add_test(limits, temperature_going_to_zero_meets_the_zero_temperature_branch);
    tcase_add_test(limits, at_small_load_the_states_are_those_of_finitely_many_patterns);
    tcase_add_test(limits, mixtures_end_at_the_published_loads);
    tcase_add_test(limits, the_end_of_the_branch_is_its_first_maximum);
    tcase_add_test(limits, close_to_the_critical_temperature_nothing_is_lost);
    tcase_add_test(limits, the_smallest_loads_have_states);
    tcase_add_test(limits, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, equations);
    suite_add_tcase(suite, limits);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
