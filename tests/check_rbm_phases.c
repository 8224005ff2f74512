/*
 * Phases of a machine with one mode: the equations by another quadrature, the free energy's slopes, analytic limits,
 * and the lines.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "rbm_phases.h"

static const hebb_rbm_mode_law laws[] = {HEBB_RBM_GAUSSIAN_MODE, HEBB_RBM_BINARY_MODE, HEBB_RBM_LAPLACE_MODE};

static hebb_rbm_state solve(hebb_rbm_system system, hebb_rbm_phase expected)
{
    hebb_rbm_state state;
    hebb_rbm_phase phase;
    ck_assert_int_eq(hebb_rbm_phases_at(&system, &state, &phase), HEBB_OK);
    ck_assert_int_eq(phase, expected);
    ck_assert_double_le(state.residual, 1e-11);
    return state;
}

/* ---- the equations as they stand: a plain sum over x, and over u by its own density ---- */

typedef struct {
    double overlap, q, sech4;
} sums;

static double density(hebb_rbm_mode_law law, double u)
{
    return law == HEBB_RBM_LAPLACE_MODE ? M_SQRT1_2 * exp(-M_SQRT2 * fabs(u)) : exp(-0.5 * u * u) / sqrt(2.0 * M_PI);
}

static void add_u(double weight, double u, double b, double a, sums *sum)
{
    const double step = 0.2;
    for (int j = -45; j <= 45; j++) {
        const double x = step * j, t = tanh(b * u + a * x);
        const double w = weight * step * density(HEBB_RBM_GAUSSIAN_MODE, x), sech2 = 1.0 - t * t;
        sum->overlap += w * u * t;
        sum->q += w * t * t;
        sum->sech4 += w * sech2 * sech2;
    }
}

static sums plain(hebb_rbm_mode_law law, double b, double a)
{
    sums sum = {0};
    if (law == HEBB_RBM_BINARY_MODE) {
        add_u(0.5, 1.0, b, a, &sum);
        add_u(0.5, -1.0, b, a, &sum);
        return sum;
    }
    /* u > 0 twice, by Simpson's rule: the Laplace density has its kink at 0 */
    const int n = 3000;
    const double step = (law == HEBB_RBM_LAPLACE_MODE ? 24.0 : 9.0) / n;
    for (int k = 0; k <= n; k++) {
        const double simpson = (k == 0 || k == n ? 1.0 : k % 2 == 1 ? 4.0 : 2.0) * step / 3.0;
        add_u(2.0 * simpson * density(law, k * step), k * step, b, a, &sum);
    }
    return sum;
}

START_TEST(the_solutions_satisfy_the_equations_as_they_stand)
{
    static const double points[][3] = {{0.3, 0.7, 2.5}, {1.0, 0.0, 1.3}, {4.0, 0.9, 1.4}, {1.0, 1.2, 2.0}};
    for (size_t k = 0; k < sizeof points / sizeof *points; k++)
        for (int l = 0; l < 3; l++) {
            const double kappa = points[k][0], sigma = points[k][1], w = points[k][2], scale = pow(kappa, 0.25);
            const hebb_rbm_state s = solve((hebb_rbm_system){kappa, sigma, w, laws[l]}, HEBB_RBM_FERROMAGNET);
            const sums visible = plain(laws[l], scale * w * s.m, scale * sigma * sqrt(s.q));
            const sums hidden = plain(laws[l], w * s.m_bar / scale, sigma * sqrt(s.q_bar) / scale);
            ck_assert_double_eq_tol(s.m_bar, visible.overlap / scale, 1e-9);
            ck_assert_double_eq_tol(s.q_bar, visible.q, 1e-9);
            ck_assert_double_eq_tol(s.m, hidden.overlap * scale, 1e-9);
            ck_assert_double_eq_tol(s.q, hidden.q, 1e-9);
            ck_assert_double_eq_tol(s.at_margin, 1.0 - pow(sigma, 4) * visible.sech4 * hidden.sech4, 1e-9);
        }
}
END_TEST

START_TEST(the_free_energy_is_stationary_in_all_four_order_parameters)
{
    static const double points[][3] = {{0.3, 0.7, 2.5}, {2.0, 1.2, 2.2}, {1.0, 1.5, 0.4}};
    for (size_t k = 0; k < sizeof points / sizeof *points; k++)
        for (int l = 0; l < 3; l++) {
            const hebb_rbm_system system = {points[k][0], points[k][1], points[k][2], laws[l]};
            const hebb_rbm_state s = solve(system, k == 2 ? HEBB_RBM_GLASS : HEBB_RBM_FERROMAGNET);
            const double at[] = {s.m, s.m_bar, s.q, s.q_bar}, d = 1e-3;
            ck_assert_double_eq(s.free_energy, hebb_rbm_phases_free_energy(&system, at[0], at[1], at[2], at[3]));
            for (int p = s.m > 0.0 ? 0 : 2; p < 4; p++) {
                double f[4], x[4] = {at[0], at[1], at[2], at[3]};
                const double steps[] = {-2.0, -1.0, 1.0, 2.0};
                for (int j = 0; j < 4; j++) {
                    x[p] = at[p] + d * steps[j];
                    f[j] = hebb_rbm_phases_free_energy(&system, x[0], x[1], x[2], x[3]);
                }
                const double slope = (f[0] - 8.0 * f[1] + 8.0 * f[2] - f[3]) / (12.0 * d);
                ck_assert_double_eq_tol(slope, 0.0, 1e-9);
            }
        }
}
END_TEST

/* The energy is d(beta f)/d beta of the machine with beta W, at the solution of each beta. */
START_TEST(the_energy_is_the_slope_of_the_free_energy)
{
    static const double points[][3] = {{0.3, 0.7, 2.5}, {2.0, 1.2, 2.2}, {1.0, 1.5, 0.4}, {0.5, 0.6, 0.4}};
    for (size_t k = 0; k < sizeof points / sizeof *points; k++)
        for (int l = 0; l < 3; l++) {
            const double steps[] = {-2.0, -1.0, 1.0, 2.0}, d = 1e-3;
            double f[4];
            hebb_rbm_state s;
            hebb_rbm_phase phase;
            for (int j = 0; j < 4; j++) {
                const double beta = 1.0 + d * steps[j];
                const hebb_rbm_system scaled = {points[k][0], beta * points[k][1], beta * points[k][2], laws[l]};
                ck_assert_int_eq(hebb_rbm_phases_at(&scaled, &s, &phase), HEBB_OK);
                f[j] = s.free_energy;
            }
            const hebb_rbm_system system = {points[k][0], points[k][1], points[k][2], laws[l]};
            ck_assert_int_eq(hebb_rbm_phases_at(&system, &s, &phase), HEBB_OK);
            ck_assert_double_eq_tol(s.energy, (f[0] - 8.0 * f[1] + 8.0 * f[2] - f[3]) / (12.0 * d), 1e-9);
        }
}
END_TEST

/* Gaussian u and v; the experiment rbm-phases has the same within its errors: see the notes. */
START_TEST(the_known_value_is_met_to_its_digits)
{
    const hebb_rbm_state s = solve((hebb_rbm_system){0.3, 0.7, 2.5, HEBB_RBM_GAUSSIAN_MODE}, HEBB_RBM_FERROMAGNET);
    ck_assert_double_eq_tol(s.m, 0.5456, 5e-5);
    ck_assert_double_eq_tol(s.m_bar, 0.7783, 5e-5);
    ck_assert_double_eq_tol(s.q, 0.7196, 5e-5);
    ck_assert_double_eq_tol(s.q_bar, 0.4294, 5e-5);
}
END_TEST

/* By parts m_bar = w m (1 - q_bar) and m = w m_bar (1 - q), for Gaussian u and v alone. */
START_TEST(gaussian_modes_have_w2_times_both_rests_equal_to_one)
{
    for (double w = 1.1; w < 50.0; w *= 1.7)
        for (double sigma = 0.0; sigma < 1.0; sigma += 0.4) {
            const hebb_rbm_state s =
                solve((hebb_rbm_system){0.5, sigma, w, HEBB_RBM_GAUSSIAN_MODE}, HEBB_RBM_FERROMAGNET);
            ck_assert_double_eq_tol(w * w * (1.0 - s.q) * (1.0 - s.q_bar), 1.0, 1e-9);
        }
}
END_TEST

/* sigma = 0, binary: m = kappa^(1/4) tanh(kappa^(-1/4) w m_bar) and its counterpart; q = tanh^2. */
START_TEST(without_noise_a_binary_mode_is_the_bipartite_ferromagnet)
{
    for (double w = 1.05; w < 4.0; w *= 1.4) {
        const hebb_rbm_state s = solve((hebb_rbm_system){1.0, 0.0, w, HEBB_RBM_BINARY_MODE}, HEBB_RBM_FERROMAGNET);
        double m = 1.0;
        for (int k = 0; k < 2000; k++) m = tanh(w * m);
        ck_assert_double_eq_tol(s.m, m, 1e-12);
        ck_assert_double_eq_tol(s.m_bar, m, 1e-12);
        ck_assert_double_eq_tol(s.q, m * m, 1e-12);
        const double f = w * m * m - 2.0 * log(2.0 * cosh(w * m));
        ck_assert_double_eq_tol(s.free_energy, f, 1e-12);
    }
}
END_TEST

/* kappa = 1, w = 0: q = E tanh^2(sigma sqrt(q) x), the Sherrington-Kirkpatrick glass at T = 1/sigma. */
START_TEST(without_a_mode_equal_layers_have_the_glass_of_sherrington_and_kirkpatrick)
{
    for (double sigma = 1.1; sigma < 2.2; sigma += 0.4) {
        const hebb_rbm_state s = solve((hebb_rbm_system){1.0, sigma, 0.0, HEBB_RBM_LAPLACE_MODE}, HEBB_RBM_GLASS);
        double q = 1.0;
        for (int k = 0; k < 3000; k++) q = plain(HEBB_RBM_BINARY_MODE, 0.0, sigma * sqrt(q)).q;
        ck_assert_double_eq_tol(s.q, q, 1e-9);
        ck_assert_double_eq_tol(s.q, s.q_bar, 1e-12);
        ck_assert_double_lt(s.at_margin, 0.0);
    }
}
END_TEST

START_TEST(the_paramagnet_has_exact_zeros_and_all_boundaries_are_where_they_should_be)
{
    for (int l = 0; l < 3; l++) {
        const double sigmas[] = {0.0, 0.5, 1.0}, weights[] = {0.0, 0.7, 1.0};
        for (int k = 0; k < 9; k++) {
            const hebb_rbm_system system = {0.3, sigmas[k / 3], weights[k % 3], laws[l]};
            const hebb_rbm_state s = solve(system, HEBB_RBM_PARAMAGNET);
            ck_assert(s.m == 0.0 && s.m_bar == 0.0 && s.q == 0.0 && s.q_bar == 0.0);
            ck_assert_double_eq_tol(s.at_margin, 1.0 - pow(system.sigma, 4), 1e-15);
            const double entropy = (pow(0.3, -0.5) + pow(0.3, 0.5)) * M_LN2;
            ck_assert_double_eq_tol(s.free_energy, -0.5 * system.sigma * system.sigma - entropy, 1e-14);
        }
        solve((hebb_rbm_system){0.3, 0.5, 1.0001, laws[l]}, HEBB_RBM_FERROMAGNET);
        solve((hebb_rbm_system){0.3, 1.0, 1.0001, laws[l]}, HEBB_RBM_FERROMAGNET);
        solve((hebb_rbm_system){0.3, 1.0001, 1.0, laws[l]}, HEBB_RBM_GLASS);
    }
}
END_TEST

/* Saturated layers: overlaps E|u| and E|v|, q = 1. */
START_TEST(a_huge_weight_saturates_both_layers)
{
    const double mean[] = {sqrt(M_2_PI), 1.0, M_SQRT1_2};
    for (int l = 0; l < 3; l++) {
        const hebb_rbm_state s = solve((hebb_rbm_system){0.3, 2.0, 1e6, laws[l]}, HEBB_RBM_FERROMAGNET);
        ck_assert_double_eq_tol(s.m, pow(0.3, 0.25) * mean[l], 1e-5);
        ck_assert_double_eq_tol(s.m_bar, pow(0.3, -0.25) * mean[l], 1e-5);
        ck_assert_double_eq_tol(s.q, 1.0, 1e-5);
        ck_assert_double_gt(s.at_margin, 0.99);
    }
}
END_TEST

START_TEST(the_lines_separate_the_phases_and_the_signs_of_the_margin)
{
    for (int l = 0; l < 3; l++) {
        hebb_rbm_system system = {0.3, 1.4, 0.0, laws[l]};
        hebb_rbm_lines lines;
        ck_assert_int_eq(hebb_rbm_phases_lines_at(&system, &lines), HEBB_OK);
        system.weight = 0.999 * lines.ferromagnet;
        const hebb_rbm_state glass = solve(system, HEBB_RBM_GLASS);
        ck_assert_double_eq_tol(pow(lines.ferromagnet, -2.0), (1.0 - glass.q) * (1.0 - glass.q_bar), 1e-11);
        system.weight = 1.001 * lines.ferromagnet;
        ck_assert_double_lt(solve(system, HEBB_RBM_FERROMAGNET).m, 0.1);
        system.weight = 0.999 * lines.at;
        ck_assert_double_lt(solve(system, HEBB_RBM_FERROMAGNET).at_margin, 0.0);
        system.weight = 1.001 * lines.at;
        const hebb_rbm_state stable = solve(system, HEBB_RBM_FERROMAGNET);
        ck_assert_double_gt(stable.at_margin, 0.0);
        hebb_rbm_state without;
        ck_assert_int_eq(hebb_rbm_phases_unmagnetised(&system, &without), HEBB_OK);
        ck_assert_double_lt(stable.free_energy, without.free_energy);
        system.sigma = 0.8;
        ck_assert_int_eq(hebb_rbm_phases_lines_at(&system, &lines), HEBB_OK);
        ck_assert_double_eq(lines.ferromagnet, 1.0);
        ck_assert(isnan(lines.at));
    }
}
END_TEST

/* Exchange of the layers: kappa -> 1/kappa with m and m_bar, q and q_bar. */
START_TEST(the_layers_can_be_exchanged)
{
    for (int l = 0; l < 3; l++) {
        const hebb_rbm_state a = solve((hebb_rbm_system){0.2, 0.8, 1.7, laws[l]}, HEBB_RBM_FERROMAGNET);
        const hebb_rbm_state b = solve((hebb_rbm_system){5.0, 0.8, 1.7, laws[l]}, HEBB_RBM_FERROMAGNET);
        ck_assert_double_eq_tol(a.m, b.m_bar, 1e-11);
        ck_assert_double_eq_tol(a.m_bar, b.m, 1e-11);
        ck_assert_double_eq_tol(a.q, b.q_bar, 1e-11);
        ck_assert_double_eq_tol(a.free_energy, b.free_energy, 1e-11);
    }
}
END_TEST

START_TEST(systems_out_of_range_are_refused)
{
    static const hebb_rbm_system wrong[] = {{0.0, 1.0, 1.0, 0},  {-1.0, 1.0, 1.0, 0}, {1.0, -0.1, 1.0, 0},
                                            {1.0, 1.0, -1.0, 0}, {NAN, 1.0, 1.0, 0},  {1.0, NAN, 1.0, 0},
                                            {1.0, 1.0, NAN, 0},  {1.0, 1.0, 1e9, 0},  {1.0, INFINITY, 1.0, 0}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        hebb_rbm_state state;
        hebb_rbm_phase phase;
        hebb_rbm_lines lines;
        ck_assert_int_eq(hebb_rbm_phases_at(&wrong[k], &state, &phase), HEBB_EDOM);
        ck_assert_int_eq(hebb_rbm_phases_unmagnetised(&wrong[k], &state), HEBB_EDOM);
        ck_assert(isnan(hebb_rbm_phases_free_energy(&wrong[k], 0.1, 0.1, 0.1, 0.1)));
        if (wrong[k].weight == 1.0) ck_assert_int_eq(hebb_rbm_phases_lines_at(&wrong[k], &lines), HEBB_EDOM);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_phases");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, the_solutions_satisfy_the_equations_as_they_stand);
    tcase_add_test(physics, the_free_energy_is_stationary_in_all_four_order_parameters);
    tcase_add_test(physics, the_energy_is_the_slope_of_the_free_energy);
    tcase_add_test(physics, the_known_value_is_met_to_its_digits);
    tcase_add_test(physics, gaussian_modes_have_w2_times_both_rests_equal_to_one);
    tcase_add_test(physics, without_noise_a_binary_mode_is_the_bipartite_ferromagnet);
    tcase_add_test(physics, without_a_mode_equal_layers_have_the_glass_of_sherrington_and_kirkpatrick);
    tcase_add_test(physics, the_paramagnet_has_exact_zeros_and_all_boundaries_are_where_they_should_be);
    tcase_add_test(physics, a_huge_weight_saturates_both_layers);
    tcase_add_test(physics, the_lines_separate_the_phases_and_the_signs_of_the_margin);
    tcase_add_test(physics, the_layers_can_be_exchanged);
    tcase_add_test(physics, systems_out_of_range_are_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
