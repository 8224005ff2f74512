/* One-step RSB against its own equations by another quadrature, its free energy, published values, and limits. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_erf.h>

#include "one_step_average.h"
#include "one_step_rsb.h"
#include "one_step_states.h"
#include "replica_symmetric.h"
#include "sherrington_kirkpatrick.h"

static hebb_rsb1_state branch(double y)
{
    hebb_rsb1_state state;
    ck_assert_int_eq(hebb_rsb1_branch_t0(y, &state), HEBB_OK);
    return state;
}

/* ---- the oracle: textbook formulas, with H itself as the variable ---- */

/* ln of int Dz1 exp(mu |H + w z1|) over the positive and the negative fields. */
static double log_side(double field, double mu, double w)
{
    return mu * field + 0.5 * mu * mu * w * w + gsl_sf_log_erfc(-(field / w + mu * w) * M_SQRT1_2) - M_LN2;
}

typedef struct {
    double log_i;     /* ln I */
    double sgn;       /* <sgn h> */
    double density;   /* p(h = 0)/I */
    double magnitude; /* <|h|> */
} one_field;

static one_field field_at(double field, double mu, double w)
{
    const double up = log_side(field, mu, w), down = log_side(-field, mu, w), top = fmax(up, down);
    const double log_i = top + log1p(exp(fmin(up, down) - top));
    const double p = exp(-0.5 * field * field / (w * w) - log_i) / (w * sqrt(2.0 * M_PI));
    const double share_up = exp(up - log_i), share_down = exp(down - log_i);
    const double magnitude = share_up * (field + mu * w * w) + share_down * (mu * w * w - field) + 2.0 * w * w * p;
    return (one_field){log_i, share_up - share_down, p, magnitude};
}

/* The relative amounts by which a T = 0 state misses its equations, by a sum over H of step w/10 where |H| < 14 w. */
static void check_saddle_point(const hebb_rsb1_state *s, double tolerance)
{
    const double lambda = s->c + s->breakpoint * s->gap, mu = s->breakpoint;
    const double spread = s->alpha * s->r0;
    const double w = sqrt(s->alpha * s->gap / ((1.0 - lambda) * (1.0 - s->c)));
    double gap = 0.0, c = 0.0, wrong = 0.0, breaking = 0.0;
    for (int k = -140; k <= 140; k++) {
        const double field = 0.1 * k * w, width = 0.1 * w;
        const double weight = width * exp(-0.5 * (field - s->m) * (field - s->m) / spread) / sqrt(2.0 * M_PI * spread);
        const one_field at = field_at(field, mu, w);
        gap += weight * (1.0 - at.sgn) * (1.0 + at.sgn);
        c += weight * 2.0 * at.density;
        wrong += weight * (erf(field / w * M_SQRT1_2) - at.sgn);
        breaking += weight * (at.log_i - mu * at.magnitude + 0.5 * mu * mu * w * w);
    }
    wrong += erfc(s->m / sqrt(2.0 * (spread + w * w)));
    const double a = mu * gap / (1.0 - c), b = a / (1.0 - a);
    const double log_ratio =
        a < 1e-3 ? a * a * (0.5 + a * (2.0 / 3.0 + a * (0.75 + a * (0.8 + a * 5.0 / 6.0)))) : b - log1p(b);
    assert_close(s->gap, gap, tolerance);
    assert_close(s->c, c, tolerance);
    assert_close(2.0 * s->error, wrong, tolerance);
    assert_close(breaking, 0.5 * s->alpha * log_ratio, 4.0 * tolerance);
    assert_close(s->r0, s->q0 / ((1.0 - lambda) * (1.0 - lambda)), tolerance);
    const double between = s->gap / ((1.0 - lambda) * (1.0 - s->c));
    ck_assert_double_eq_tol(s->r1 - s->r0, between, tolerance * between + 1e-15 * s->r1);
    ck_assert_double_eq_tol(s->m, 1.0 - 2.0 * s->error, 1e-15);
    ck_assert_double_eq_tol(s->q0, 1.0 - s->gap, 1e-15);
}

START_TEST(ten_thousand_random_points_of_the_branch_solve_the_equations)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 1);
    for (int k = 0; k < 10000; k++) {
        const double y = k % 2 == 0 ? 1.0 + 2.5 * gsl_rng_uniform(rng) : 3.5 + 8.5 * gsl_rng_uniform(rng);
        const hebb_rsb1_state s = branch(y);
        check_saddle_point(&s, 4e-13 + 1e-15 * y * y);
        assert_close(s.m / sqrt(s.alpha * s.r0), y, 1e-14);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(ten_thousand_random_glasses_solve_the_equations)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 2);
    for (int k = 0; k < 10000; k++) {
        const hebb_rsb1_state s = glass(pow(10.0, -2.0 + 5.0 * gsl_rng_uniform(rng)));
        check_saddle_point(&s, 4e-13);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(ten_thousand_random_loads_are_on_the_branch)
{
    hebb_rsb1_state end;
    ck_assert_int_eq(hebb_rsb1_spinodal_t0(&end), HEBB_OK);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 3);
    for (int k = 0; k < 10000; k++) {
        const double alpha = end.alpha * (1.0 - pow(10.0, -7.0 * gsl_rng_uniform(rng)));
        if (alpha < 1e-3) continue; /* what is below is exponentially small to the end of doubles */
        const hebb_rsb1_state s = retrieval(alpha);
        const double lambda = s.c + s.breakpoint * s.gap, y = s.m / sqrt(alpha * s.r0);
        ck_assert_double_eq(s.alpha, alpha);
        assert_close(sqrt(alpha) * y, s.m * (1.0 - lambda) / sqrt(s.q0), 2e-15);
        if (k % 10 == 0) check_saddle_point(&s, 4e-13 + 2e-15 * y * y);
        ck_assert_double_ge(s.m, end.m);
        ck_assert_double_le(s.s, 0.0);
    }
    gsl_rng_free(rng);
}
END_TEST

/* ---- the free energy ---- */

typedef struct {
    double m, q0, c, r0, r1, mu;
} parameters;

typedef struct {
    double m, spread, w, mu;
} log_integrand;

static double log_of_i(double z, void *params)
{
    const log_integrand *p = params;
    const double field = p->m + p->spread * z;
    return exp(-0.5 * z * z) / sqrt(2.0 * M_PI) * field_at(field, p->mu, p->w).log_i;
}

/* docs/theory/one_step_rsb.md (2) at T = 0, by adaptive quadrature. */
static double free_energy(double alpha, const parameters *p)
{
    gsl_integration_workspace *workspace = gsl_integration_workspace_alloc(1000);
    log_integrand integrand = {p->m, sqrt(alpha * p->r0), sqrt(alpha * (p->r1 - p->r0)), p->mu};
    gsl_function f = {.function = log_of_i, .params = &integrand};
    double kink = -p->m / integrand.spread, ends[] = {-12.0, kink, 12.0}, result, error;
    ck_assert_int_eq(gsl_integration_qagp(&f, ends, 3, 0.0, 1e-13, 1000, workspace, &result, &error), GSL_SUCCESS);
    gsl_integration_workspace_free(workspace);
    const double lambda = p->c + p->mu * (1.0 - p->q0);
    return 0.5 * alpha + 0.5 * p->m * p->m + 0.5 * alpha / p->mu * log((1.0 - lambda) / (1.0 - p->c)) -
           0.5 * alpha * p->q0 / (1.0 - lambda) + 0.5 * alpha * (p->r1 * p->c + p->mu * (p->r1 - p->r0 * p->q0)) -
           result / p->mu;
}

static parameters parameters_of(const hebb_rsb1_state *s)
{
    return (parameters){s->m, s->q0, s->c, s->r0, s->r1, s->breakpoint};
}

START_TEST(the_free_energy_is_stationary_in_every_parameter)
{
    const hebb_rsb1_state states[] = {retrieval(0.1), retrieval(0.13), retrieval(0.138), branch(1.5),
                                      glass(0.05),    glass(0.5),      glass(5.0)};
    for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
        const hebb_rsb1_state *s = &states[k];
        const parameters at = parameters_of(s);
        const double f = free_energy(s->alpha, &at);
        assert_close(s->f, f, 1e-12);
        ck_assert_double_eq(s->f, s->e);
        for (int j = 0; j < 6; j++) {
            parameters up = at, down = at;
            double *x_up = &up.m + j, *x_down = &down.m + j;
            const double step = j == 0 ? 1e-4 : 1e-3 * fmin(*x_up, j == 1 ? s->gap : *x_up);
            const double scale = j == 3 || j == 4 ? 0.1 * (s->r1 - s->r0) : step;
            *x_up += scale;
            *x_down -= scale;
            const double f_up = free_energy(s->alpha, &up), f_down = free_energy(s->alpha, &down);
            /* the first difference against the second, or against rounding where that is small */
            const double first = fabs(f_up - f_down), second = fabs(f_up + f_down - 2.0 * f);
            ck_assert_msg(first <= 0.05 * second + 2e-13, "state %zu, parameter %d: differences %.3g, %.3g", k, j,
                          first, second);
        }
    }
}
END_TEST

START_TEST(the_slope_of_the_energy_is_its_explicit_derivative)
{
    for (double alpha = 0.06; alpha < 0.138; alpha += 0.007) {
        const double h = 1e-4;
        const hebb_rsb1_state s = retrieval(alpha);
        const double slope = (8.0 * (retrieval(alpha + h).e - retrieval(alpha - h).e) - retrieval(alpha + 2 * h).e +
                              retrieval(alpha - 2 * h).e) /
                             (12.0 * h);
        /* at fixed variances alpha r, that of (2) */
        const double lambda = s.c + s.breakpoint * s.gap, mu = s.breakpoint;
        const double want = 0.5 + 0.5 / mu * log((1.0 - lambda) / (1.0 - s.c)) - 0.5 * s.q0 / (1.0 - lambda);
        ck_assert_double_eq_tol(slope, want, alpha > 0.13 ? 1e-7 : 1e-10);
    }
}
END_TEST

/* ---- values and limits ---- */

START_TEST(capacity_is_the_published_one)
{
    hebb_capacity capacity;
    hebb_rsb1_state end, next;
    ck_assert_int_eq(hebb_rsb1_capacity_t0(&capacity), HEBB_OK);
    ck_assert_double_eq_tol(capacity.alpha, 0.138186, 5e-7);          /* Steffan, Kuehn 1994, one step */
    ck_assert_double_eq_tol(capacity.alpha, 0.13818648956487, 1e-14); /* by another program, 25 digits */
    ck_assert_int_eq(hebb_rsb1_spinodal_t0(&end), HEBB_OK);
    ck_assert_double_eq(end.alpha, capacity.alpha);
    ck_assert_double_eq(end.m, capacity.m);
    ck_assert_double_eq(retrieval(capacity.alpha).m, capacity.m);
    ck_assert_int_eq(hebb_rsb1_retrieval_t0(nextafter(capacity.alpha, 1.0), &next), HEBB_ENOSOLUTION);
    ck_assert_double_eq_tol(retrieval(nextafter(capacity.alpha, 0.0)).m, capacity.m, 1e-7);
    /* the largest load: a parabola around it, whose ends are 0.02 apart in y */
    const double y = end.m / sqrt(end.alpha * end.r0);
    const double left = branch(y - 0.02).alpha, right = branch(y + 0.02).alpha;
    ck_assert_double_lt(left, end.alpha);
    ck_assert_double_lt(right, end.alpha);
    ck_assert_double_eq_tol(left, right, 0.05 * (end.alpha - left));
    /* the square root there: half the distance to alpha_c, 1/sqrt(2) of that to m_c */
    const double far = retrieval(end.alpha * (1.0 - 2e-8)).m - end.m,
                 near = retrieval(end.alpha * (1.0 - 1e-8)).m - end.m;
    assert_close(far / near, M_SQRT2, 1e-3);
}
END_TEST

START_TEST(breaking_raises_the_energy_and_the_entropy)
{
    hebb_rs_state symmetric;
    for (double alpha = 0.04; alpha < 0.1379; alpha += 0.0013) {
        const hebb_rsb1_state s = retrieval(alpha);
        ck_assert_int_eq(hebb_rs_retrieval_t0(alpha, &symmetric), HEBB_OK);
        ck_assert_double_ge(s.e, symmetric.e - 2e-16);
        ck_assert_double_gt(s.s, symmetric.s);
        ck_assert_double_ge(s.m, symmetric.m - 2e-16);
        ck_assert_double_lt(s.error, symmetric.error);
    }
    for (double alpha = 1e-6; alpha < 1e6; alpha *= 3.0) {
        const hebb_rsb1_state s = glass(alpha);
        ck_assert_int_eq(hebb_rs_glass_t0(alpha, &symmetric), HEBB_OK);
        ck_assert_double_gt(s.e, symmetric.e);
        ck_assert_double_gt(s.s, symmetric.s);
        ck_assert_double_lt(s.s, 0.0);
    }
}
END_TEST

START_TEST(a_small_load_is_universal)
{
    /* docs/theory/one_step_rsb.md: A exp(y^2/2) and kappa = mu w tend to numbers, the gap goes as exp(-y^2) */
    for (double y = 8.0; y < 26.0; y += 0.7) {
        const hebb_rsb1_state s = branch(y);
        assert_close(sqrt(s.alpha * s.gap) * s.breakpoint, 1.05432979, 1e-8);
        assert_close(sqrt(s.gap) * exp(0.5 * y * y), 0.58009103, 1e-8);
        /* the number of wrong bits is that of one step */
        assert_close(s.error, 0.5 * erfc(1.0 / sqrt(2.0 * s.alpha)), 1e-9);
    }
    hebb_rs_state symmetric;
    for (double alpha = 1e-300; alpha < 0.01; alpha *= 1e7) {
        const hebb_rsb1_state s = retrieval(alpha);
        ck_assert_int_eq(hebb_rs_retrieval_t0(alpha, &symmetric), HEBB_OK);
        ck_assert_double_eq(s.m, symmetric.m);
        ck_assert_double_eq_tol(s.e, symmetric.e, 2e-16);
        ck_assert(isinf(s.breakpoint) || s.breakpoint > 1e20);
    }
}
END_TEST

START_TEST(a_glass_of_many_patterns_is_that_of_sherrington_and_kirkpatrick)
{
    hebb_sk_state sk;
    ck_assert_int_eq(hebb_sk_rsb1(0.0, &sk), HEBB_OK);
    /* the third order of ln det(1 - beta Q), (1/6) of its trace: what the first order in 1/sqrt(alpha) is */
    const double lambda = sk.c + sk.breakpoint * sk.gap;
    const double third = (pow(lambda, 3.0) - pow(sk.c, 3.0)) / sk.breakpoint + 3.0 * sk.q0 * lambda * lambda;
    for (double alpha = 1e2; alpha <= 1e10; alpha *= 1e2) {
        const hebb_rsb1_state s = glass(alpha);
        const double root = sqrt(alpha);
        ck_assert_double_eq_tol(s.e - root * sk.e, -third / 6.0, 0.5 / root + 2e-15 * fabs(s.e));
        ck_assert_double_eq_tol(s.q0, sk.q0, 2.0 / root);
        ck_assert_double_eq_tol(s.c * root, sk.c, 2.0 / root);
        ck_assert_double_eq_tol(s.breakpoint * root, sk.breakpoint, 4.0 / root);
        ck_assert_double_eq_tol(s.s, sk.s, 1.0 / root);
    }
}
END_TEST

START_TEST(the_step_of_the_quadrature_leaves_no_trace)
{
    static const double at[][3] = {{1.05, 0.98, 0.0},  {0.6, 0.3, 0.0}, {0.55, 0.01, 0.0},
                                   {0.53, 0.92, 2.13}, {0.5, 0.5, 1.2}, {0.58, 1.05, 12.0}};
    for (size_t k = 0; k < sizeof at / sizeof *at; k++)
        for (double t = 0.0; t < 40.0; t = t == 0.0 ? 1e-6 : 7.3 * t) {
            hebb_rsb1_averages coarse, fine;
            hebb_rsb1_average(at[k][0], at[k][1], at[k][2], t, HEBB_RSB1_STEP, &coarse);
            hebb_rsb1_average(at[k][0], at[k][1], at[k][2], t, 0.37 * HEBB_RSB1_STEP, &fine);
            assert_close(coarse.gap.v, fine.gap.v, 1e-14 * (1.0 + t * t));
            assert_close(coarse.c.v, fine.c.v, 1e-14);
            assert_close(coarse.complexity.v, fine.complexity.v, 4e-14 * (1.0 + t * t) / fmin(1.0, 4.0 * at[k][1]));
            assert_close(coarse.miss.v, fine.miss.v, 2e-14);
            assert_close(coarse.entropy + 1.0, fine.entropy + 1.0, 1e-14 * (1.0 + t));
        }
}
END_TEST

START_TEST(derivatives_are_those_of_the_averages)
{
    static const double at[][4] = {{0.0, -0.1, 0.3, -1.0},
                                   {-0.6, -2.5, 2.0, -3.0},
                                   {-0.5, -4.0, 0.0, -0.3},
                                   {-0.7, -0.5, 1.7, 0.4},
                                   {-0.6, 0.0, 5.0, 1.5}};
    const double h = 1e-3;
    for (size_t k = 0; k < sizeof at / sizeof *at; k++)
        for (int j = 0; j < 4; j++) {
            hebb_rsb1_averages here, around[4];
            hebb_rsb1_average(exp(at[k][0]), exp(at[k][1]), at[k][2], exp(at[k][3]), HEBB_RSB1_STEP, &here);
            for (int i = 0; i < 4; i++) {
                double x[4] = {at[k][0], at[k][1], at[k][2], at[k][3]};
                x[j] += h * (i < 2 ? i - 2 : i - 1);
                if (x[2] < 0.0) x[2] = -x[2];
                hebb_rsb1_average(exp(x[0]), exp(x[1]), x[2], exp(x[3]), HEBB_RSB1_STEP, &around[i]);
            }
            const int direction = j == 2 ? HEBB_RSB1_SIGNAL : j == 3 ? HEBB_RSB1_LN_THERMAL : j;
            const hebb_dual *values = &here.gap;
            for (int v = 0; v < (at[k][2] > 0.0 ? 4 : 3); v++) {
                const double f[] = {(&around[0].gap)[v].v, (&around[1].gap)[v].v, (&around[2].gap)[v].v,
                                    (&around[3].gap)[v].v};
                const double slope = (8.0 * (f[2] - f[1]) - (f[3] - f[0])) / (12.0 * h);
                ck_assert_double_eq_tol(values[v].d[direction], slope, 1e-9 * (fabs(values[v].v) + fabs(slope)));
            }
        }
}
END_TEST

START_TEST(loads_out_of_range_are_refused)
{
    static const double bad[] = {0.0, -0.1, NAN, INFINITY, -INFINITY};
    hebb_rsb1_state s;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        ck_assert_int_eq(hebb_rsb1_retrieval_t0(bad[k], &s), HEBB_EDOM);
        ck_assert_int_eq(hebb_rsb1_glass_t0(bad[k], &s), HEBB_EDOM);
        ck_assert_int_eq(hebb_rsb1_branch_t0(bad[k], &s), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_rsb1_retrieval_t0(0.1382, &s), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rsb1_retrieval_t0(1e300, &s), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("one_step_rsb");
    TCase *cold = tcase_create("T = 0");
    tcase_add_test(cold, ten_thousand_random_points_of_the_branch_solve_the_equations);
    tcase_add_test(cold, ten_thousand_random_glasses_solve_the_equations);
    tcase_add_test(cold, ten_thousand_random_loads_are_on_the_branch);
    tcase_add_test(cold, the_free_energy_is_stationary_in_every_parameter);
    tcase_add_test(cold, the_slope_of_the_energy_is_its_explicit_derivative);
    tcase_add_test(cold, capacity_is_the_published_one);
    tcase_add_test(cold, breaking_raises_the_energy_and_the_entropy);
    tcase_add_test(cold, a_small_load_is_universal);
    tcase_add_test(cold, a_glass_of_many_patterns_is_that_of_sherrington_and_kirkpatrick);
    tcase_add_test(cold, the_step_of_the_quadrature_leaves_no_trace);
    tcase_add_test(cold, derivatives_are_those_of_the_averages);
    tcase_add_test(cold, loads_out_of_range_are_refused);
    suite_add_tcase(suite, cold);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
