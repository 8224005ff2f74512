/* The T = 0 replica-symmetric solutions against their own equations, the free energy by quadrature, and limits. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>

#include "replica_symmetric.h"

static hebb_rs_state retrieval(double alpha)
{
    hebb_rs_state state;
    ck_assert_int_eq(hebb_rs_retrieval_t0(alpha, &state), HEBB_OK);
    return state;
}

static hebb_rs_state glass(double alpha)
{
    hebb_rs_state state;
    ck_assert_int_eq(hebb_rs_glass_t0(alpha, &state), HEBB_OK);
    return state;
}

static hebb_rs_state branch(double y)
{
    hebb_rs_state state;
    ck_assert_int_eq(hebb_rs_branch_t0(y, &state), HEBB_OK);
    return state;
}

static hebb_rs_state spinodal(void)
{
    hebb_rs_state state;
    ck_assert_int_eq(hebb_rs_spinodal_t0(&state), HEBB_OK);
    return state;
}

static void assert_close(double got, double want, double relative)
{
    ck_assert_msg(fabs(got - want) <= relative * fabs(want), "got %.17g, want %.17g, relative error %.2g", got, want,
                  fabs(got / want - 1.0));
}

/* <|m + sigma z|>, or T <ln 2cosh((m + sigma z)/T)>, by adaptive quadrature on both sides of the kink. */
typedef struct {
    double m, sigma, temperature;
} local_field;

static double weighted_field(double z, void *params)
{
    const local_field *field = params;
    const double h = fabs(field->m + field->sigma * z);
    const double thermal =
        field->temperature > 0.0 ? field->temperature * log1p(exp(-2.0 * h / field->temperature)) : 0.0;
    return (h + thermal) * exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
}

static double mean_field_energy(double m, double sigma, double temperature)
{
    local_field field = {m, sigma, temperature};
    gsl_function integrand = {.function = weighted_field, .params = &field};
    gsl_integration_workspace *workspace = gsl_integration_workspace_alloc(500);
    const double kink = -m / sigma;
    const double layer = 40.0 * temperature / sigma; /* where the cusp is rounded */
    double cut[] = {fmin(-12.0, kink - 1.0), kink - layer, kink, kink + layer, 12.0};
    double sum = 0.0;
    for (int i = 0; i < 4; i++) {
        double part;
        double error;
        (void)gsl_integration_qag(&integrand, cut[i], cut[i + 1], 1e-15, 1e-14, 500, GSL_INTEG_GAUSS61, workspace,
                                  &part, &error);
        sum += part;
    }
    gsl_integration_workspace_free(workspace);
    return sum;
}

/* The free energy of [AGS87] per neuron as a functional of m, C, r, with q = 1 - T C; T = 0 is allowed. */
static double free_energy(double alpha, double temperature, double m, double c, double r)
{
    const double q = 1.0 - temperature * c;
    return 0.5 * alpha + 0.5 * m * m + 0.5 * alpha * (temperature * log1p(-c) - q / (1.0 - c)) + 0.5 * alpha * r * c -
           mean_field_energy(m, sqrt(alpha * r), temperature);
}

static void assert_equations_hold(const hebb_rs_state *state, double relative)
{
    const double variance = state->alpha * state->r;
    const double y = state->m / sqrt(2.0 * variance);
    assert_close(state->m, erf(y), relative);
    ck_assert_double_eq_tol(state->error, 0.5 * (1.0 - state->m), 1.2e-16);
    assert_close(state->r * (1.0 - state->c) * (1.0 - state->c), 1.0, relative);
    if (state->c > 1e-300) assert_close(state->c, sqrt(2.0 / (M_PI * variance)) * exp(-y * y), relative);
    assert_close(state->e, -0.5 * state->m * state->m + 0.5 * state->alpha * (1.0 - state->r), relative);
    ck_assert_double_eq(state->q, 1.0);
    ck_assert_double_eq(state->f, state->e);
    ck_assert_double_eq(state->temperature, 0.0);
    ck_assert(isinf(state->at_margin) && state->at_margin < 0.0);
    ck_assert(state->s <= 0.0 && !(state->s == 0.0 && signbit(state->s)));
}

START_TEST(random_loads_satisfy_the_saddle_point_equations)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 1);
    const hebb_rs_state end = spinodal();
    for (int trial = 0; trial < 20000; trial++) {
        const double u = gsl_rng_uniform(rng);
        const double span = log(end.alpha / 1e-8);
        /* half over all decades of alpha, half over all decades of the distance to alpha_c */
        const double alpha =
            trial % 2 != 0 ? 1e-8 * exp(u * span) : end.alpha * (1.0 - pow(10.0, -16.0 * u) * gsl_rng_uniform(rng));
        const hebb_rs_state state = retrieval(alpha);
        ck_assert_double_eq(state.alpha, alpha);
        assert_equations_hold(&state, 1e-12);
        const double y = state.m / sqrt(2.0 * alpha * state.r);
        assert_close(gsl_sf_gamma_inc_P(1.5, y * y), sqrt(2.0 * alpha) * y, 1e-12);
        ck_assert_double_ge(state.m, end.m);
        ck_assert_double_le(state.r, end.r * (1.0 + 1e-15));
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(overlap_falls_and_error_rises_with_the_load)
{
    hebb_rs_state before = retrieval(1.5e-3); /* s, of the order of the error squared, underflows below */
    const double end = spinodal().alpha;
    for (double alpha = 1.51e-3; alpha < end; alpha += 1e-5) {
        const hebb_rs_state state = retrieval(alpha);
        ck_assert_double_le(state.m, before.m);
        ck_assert_double_gt(state.error, before.error);
        ck_assert_double_gt(state.c, before.c);
        ck_assert_double_lt(state.s, before.s);
        before = state;
    }
}
END_TEST

/* By mpmath with 40 digits: the root of sqrt(2 alpha) y = L(y) above 1.511. */
START_TEST(retrieval_has_the_digits_of_a_multiprecision_solution)
{
    static const struct {
        double alpha, error, r, e, s;
    } row[] = {{0.002, 4.75269888327707062e-111, 1.0, -0.5, -1.13391155256878126e-218},
               {0.01, 7.61985302416053408e-24, 1.0, -0.5, -5.92068480261124378e-45},
               {0.05, 3.88592547688183886e-6, 1.00032512814776138, -0.500000356382941105, -3.30248998511673552e-10},
               {0.1, 0.00100036682635042222, 1.04305883064920391, -0.500154209347333876, -0.0000111863444581318704},
               {0.12, 0.00338863411714717905, 1.1213589825015372, -0.500527236398157661, -0.000100303509817719704},
               {0.13, 0.0063940546003826728, 1.20951869487409632, -0.500912373834516266, -0.000303546708425112691},
               {0.1379, 0.0159493930066210546, 1.4762119491628353, -0.501444794156094689, -0.00139658037743811546}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const hebb_rs_state state = retrieval(row[i].alpha);
        assert_close(state.error, row[i].error, 5e-13);
        assert_close(state.m, 1.0 - 2.0 * row[i].error, 1e-14);
        assert_close(state.r, row[i].r, 2e-14);
        assert_close(state.e, row[i].e, 1e-15);
        assert_close(state.s, row[i].s, 1e-12);
    }
}
END_TEST

START_TEST(branch_and_retrieval_are_inverse_above_the_spinodal)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 2);
    for (int trial = 0; trial < 10000; trial++) {
        const double y = 1.6 + gsl_rng_uniform(rng) * (trial % 2 != 0 ? 1.0 : 24.0);
        const hebb_rs_state want = branch(y);
        const hebb_rs_state got = retrieval(want.alpha);
        assert_close(got.m, want.m, 1e-14);
        assert_close(got.error, want.error, 1e-14 * (10.0 + y * y));
        assert_close(got.e, want.e, 1e-15);
        assert_equations_hold(&want, 1e-12);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(two_solutions_meet_at_the_spinodal)
{
    const hebb_rs_state end = spinodal();
    const double y_c = end.m / sqrt(2.0 * end.alpha * end.r);
    for (double step = 1e-5; step < 0.4; step *= 2.0) {
        const hebb_rs_state stable = branch(y_c + step);
        const hebb_rs_state unstable = branch(y_c - step);
        ck_assert_double_lt(stable.alpha, end.alpha);
        ck_assert_double_lt(unstable.alpha, end.alpha);
        ck_assert_double_lt(retrieval(unstable.alpha).e, unstable.e);
        assert_equations_hold(&unstable, 1e-12);
    }
    /* alpha falls off as a parabola on both sides */
    const double drop = (end.alpha - branch(y_c + 1e-3).alpha) / (end.alpha - branch(y_c - 1e-3).alpha);
    ck_assert_double_eq_tol(drop, 1.0, 5e-3);
}
END_TEST

START_TEST(free_energy_by_quadrature_is_stationary_and_equals_f)
{
    const double load[] = {0.01, 0.05, 0.1, 0.137, 0.05, 0.5, 10.0};
    for (size_t i = 0; i < sizeof load / sizeof *load; i++) {
        const hebb_rs_state x = i < 4 ? retrieval(load[i]) : glass(load[i]);
        const double a = x.alpha;
        const double h = 1e-4;
        assert_close(x.f, free_energy(a, 0.0, x.m, x.c, x.r), 1e-12);
        const double slope[] = {free_energy(a, 0.0, x.m + h, x.c, x.r) - free_energy(a, 0.0, x.m - h, x.c, x.r),
                                free_energy(a, 0.0, x.m, x.c + h, x.r) - free_energy(a, 0.0, x.m, x.c - h, x.r),
                                free_energy(a, 0.0, x.m, x.c, x.r + h) - free_energy(a, 0.0, x.m, x.c, x.r - h)};
        for (size_t j = 0; j < 3; j++) ck_assert_double_eq_tol(slope[j] / (2.0 * h), 0.0, 1e-6);
    }
}
END_TEST

/* f is stationary, so its slope in T is the partial one; the spins' own entropy adds only T^2. */
START_TEST(entropy_is_minus_the_slope_of_f_at_low_temperature)
{
    const double load[] = {0.08, 0.1, 0.137, 0.05, 0.5, 10.0};
    for (size_t i = 0; i < sizeof load / sizeof *load; i++) {
        const hebb_rs_state x = i < 3 ? retrieval(load[i]) : glass(load[i]);
        const double t = 1e-3;
        const double once = (free_energy(x.alpha, t, x.m, x.c, x.r) - x.f) / t;
        const double twice = (free_energy(x.alpha, 2.0 * t, x.m, x.c, x.r) - x.f) / (2.0 * t);
        ck_assert_double_eq_tol(x.s, -(2.0 * once - twice), 2e-5 * fabs(x.s) + 1e-9);
    }
}
END_TEST

/* de/dalpha = -(C/(1-C))/2, the partial derivative of the functional. */
START_TEST(energy_has_the_thermodynamic_slope_in_the_load)
{
    for (double alpha = 0.02; alpha < 0.137; alpha += 0.005) {
        const double h = 1e-4;
        const hebb_rs_state x = retrieval(alpha);
        const double slope = (8.0 * (retrieval(alpha + h).e - retrieval(alpha - h).e) -
                              (retrieval(alpha + 2.0 * h).e - retrieval(alpha - 2.0 * h).e)) /
                             (12.0 * h);
        ck_assert_double_eq_tol(slope, -0.5 * x.c / (1.0 - x.c), 1e-8);
        const hebb_rs_state g = glass(alpha);
        const double glass_slope =
            (8.0 * (glass(alpha + h).e - glass(alpha - h).e) - (glass(alpha + 2.0 * h).e - glass(alpha - 2.0 * h).e)) /
            (12.0 * h);
        ck_assert_double_eq_tol(glass_slope, -0.5 * g.c / (1.0 - g.c), 1e-8);
    }
}
END_TEST

/* error = one-step error (1 + (4/sqrt(pi)) y^3 exp(-y^2) + ...), y^2 = 1/(2 alpha) */
START_TEST(error_tends_to_the_one_step_error_at_small_load)
{
    for (double alpha = 0.001; alpha < 0.021; alpha += 0.001) {
        const double y = 1.0 / sqrt(2.0 * alpha);
        const double excess = retrieval(alpha).error / (0.5 * erfc(y)) - 1.0;
        const double leading = 2.0 * M_2_SQRTPI * y * y * y * exp(-y * y);
        ck_assert_double_ge(excess, -1e-12);
        ck_assert_double_eq_tol(excess, leading, 0.06 * leading + 1e-12);
    }
    const hebb_rs_state tiny = retrieval(1e-8);
    ck_assert(tiny.m == 1.0 && tiny.error == 0.0 && tiny.c == 0.0 && tiny.r == 1.0 && tiny.e == -0.5);
    ck_assert_double_eq(retrieval(4.9e-324).m, 1.0);
}
END_TEST

START_TEST(glass_solves_the_equations_without_overlap)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 3);
    for (int trial = 0; trial < 10000; trial++) {
        const double alpha = exp((2.0 * gsl_rng_uniform(rng) - 1.0) * log(1e8));
        const hebb_rs_state state = glass(alpha);
        ck_assert(state.m == 0.0 && state.error == 0.5 && state.q == 1.0 && state.temperature == 0.0);
        assert_close(state.c, sqrt(2.0 / (M_PI * alpha * state.r)), 1e-14);
        assert_close(state.e, -0.5 * alpha * (state.r - 1.0), 1e-14 + 1e-15 * sqrt(alpha));
        ck_assert(state.s < 0.0 && state.f == state.e && isinf(state.at_margin));
    }
    gsl_rng_free(rng);
}
END_TEST

/* Many weak patterns are the Sherrington-Kirkpatrick model with J = sqrt(alpha): E = -sqrt(2/pi) J, S = -1/(2 pi). */
START_TEST(glass_at_large_load_is_sherrington_kirkpatrick)
{
    const hebb_rs_state state = glass(1e12);
    ck_assert_double_eq_tol(state.e / 1e6, -0.797885, 1e-6);
    ck_assert_double_eq_tol(state.s, -0.5 * M_1_PI, 1e-6);
    ck_assert_double_eq_tol(glass(1e-12).e, -M_1_PI, 1e-6);
}
END_TEST

START_TEST(the_last_doubles_below_the_capacity_have_a_solution)
{
    const hebb_rs_state end = spinodal();
    double alpha = end.alpha;
    const hebb_rs_state same = retrieval(alpha);
    ck_assert(same.m == end.m && same.error == end.error && same.r == end.r && same.e == end.e);
    for (int ulp = 1; ulp <= 10000; ulp++) {
        alpha = nextafter(alpha, 0.0);
        const hebb_rs_state state = retrieval(alpha);
        /* m - m_c goes as the root of the distance, which the load function's rounding blurs by an ulp or two */
        ck_assert_double_ge(state.m, end.m);
        ck_assert_double_le(state.m, end.m + 1e-8 * sqrt((double)ulp + 4.0));
        assert_close(state.e, end.e, 1e-13);
    }
}
END_TEST

START_TEST(loads_out_of_range_are_refused)
{
    static const double bad[] = {0.0, -0.1, NAN, INFINITY, -INFINITY};
    hebb_rs_state state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_int_eq(hebb_rs_retrieval_t0(bad[i], &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_rs_glass_t0(bad[i], &state), HEBB_EDOM);
        ck_assert_int_eq(hebb_rs_branch_t0(bad[i], &state), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_rs_branch_t0(0.999, &state), HEBB_EDOM);
    ck_assert_int_eq(hebb_rs_branch_t0(1e151, &state), HEBB_EDOM);
    ck_assert_double_eq(branch(1e150).m, 1.0);
    double alpha = spinodal().alpha;
    for (int ulp = 1; ulp <= 1000; ulp++) {
        alpha = nextafter(alpha, 1.0);
        ck_assert_int_eq(hebb_rs_retrieval_t0(alpha, &state), HEBB_ENOSOLUTION);
    }
    ck_assert_int_eq(hebb_rs_retrieval_t0(0.138, &state), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rs_retrieval_t0(DBL_MAX, &state), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("replica_symmetric");
    TCase *solutions = tcase_create("solutions");
    tcase_add_test(solutions, random_loads_satisfy_the_saddle_point_equations);
    tcase_add_test(solutions, overlap_falls_and_error_rises_with_the_load);
    tcase_add_test(solutions, retrieval_has_the_digits_of_a_multiprecision_solution);
    tcase_add_test(solutions, branch_and_retrieval_are_inverse_above_the_spinodal);
    tcase_add_test(solutions, two_solutions_meet_at_the_spinodal);
    tcase_add_test(solutions, free_energy_by_quadrature_is_stationary_and_equals_f);
    tcase_add_test(solutions, entropy_is_minus_the_slope_of_f_at_low_temperature);
    tcase_add_test(solutions, energy_has_the_thermodynamic_slope_in_the_load);
    tcase_add_test(solutions, error_tends_to_the_one_step_error_at_small_load);
    tcase_add_test(solutions, glass_solves_the_equations_without_overlap);
    tcase_add_test(solutions, glass_at_large_load_is_sherrington_kirkpatrick);
    tcase_add_test(solutions, the_last_doubles_below_the_capacity_have_a_solution);
    tcase_add_test(solutions, loads_out_of_range_are_refused);
    suite_add_tcase(suite, solutions);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
