/* disordered_phase against the paramagnet's expansion, thermodynamics across T_g, and both sides of the crossings. */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

#include "disordered_phase.h"
#include "phase_diagram.h"
#include "replica_symmetric_branch.h"

static hebb_disordered_phase phase_at(double alpha, double temperature)
{
    hebb_disordered_phase phase;
    ck_assert_int_eq(hebb_disordered_phase_solve(alpha, temperature, &phase), HEBB_OK);
    return phase;
}

/* -beta f = ln 2 + (alpha/2) (beta^2/2 + beta^3/3 + ..): the patterns' Gaussian modes; e = d(beta f)/d beta, by terms. */
START_TEST(the_paramagnet_is_the_sum_over_closed_loops)
{
    static const double alphas[] = {1e-3, 0.05, 1.0, 7.0};
    for (size_t k = 0; k < sizeof alphas / sizeof *alphas; k++)
        for (double t = 1.0 + sqrt(alphas[k]); t < 100.0; t *= 1.3) {
            const double beta = 1.0 / t;
            double f = M_LN2, e = 0.0, power = beta;
            for (int n = 2; n < 4000; n++) {
                e += 0.5 * alphas[k] * power;
                power *= beta;
                f += 0.5 * alphas[k] * power / n;
            }
            const hebb_disordered_phase phase = phase_at(alphas[k], t);
            ck_assert_double_eq_tol(phase.f, -t * f, 1e-13 * t);
            ck_assert_double_eq_tol(phase.e, -e, 1e-13);
        }
}
END_TEST

/* e = d(beta f)/d beta on both sides of T_g = 1 + sqrt(alpha) and where one step of breaking does not converge. */
START_TEST(energy_is_the_slope_of_the_free_energy_through_the_glass_transition)
{
    static const double alphas[] = {0.05, 0.138, 1.0};
    static const double shares[] = {0.3, 0.7, 0.9, 0.9985, 0.9995, 1.0005, 1.1, 2.0};
    static const double STEP = 1e-4;
    for (size_t k = 0; k < sizeof alphas / sizeof *alphas; k++)
        for (size_t j = 0; j < sizeof shares / sizeof *shares; j++) {
            const double t = shares[j] * (1.0 + sqrt(alphas[k])), beta = 1.0 / t;
            const double low = beta * (1.0 - STEP), high = beta * (1.0 + STEP);
            const double slope =
                (high * phase_at(alphas[k], 1.0 / high).f - low * phase_at(alphas[k], 1.0 / low).f) / (high - low);
            ck_assert_double_eq_tol(phase_at(alphas[k], t).e, slope, 1e-6);
        }
}
END_TEST

START_TEST(glass_and_paramagnet_meet_at_the_glass_transition)
{
    for (double alpha = 0.01; alpha < 2.0; alpha *= 2.0) {
        const double t_glass = 1.0 + sqrt(alpha);
        const hebb_disordered_phase below = phase_at(alpha, t_glass * (1.0 - 1e-7));
        const hebb_disordered_phase above = phase_at(alpha, t_glass * (1.0 + 1e-7));
        ck_assert_double_eq_tol(below.f, above.f, 1e-6);
        ck_assert_double_eq_tol(below.e, above.e, 1e-6);
        const hebb_disordered_phase broken = phase_at(alpha, t_glass * (1.0 - 2e-3));
        hebb_rs_state symmetric;
        ck_assert_int_eq(hebb_rs_glass(alpha, t_glass * (1.0 - 2e-3), &symmetric), HEBB_OK);
        ck_assert_double_eq_tol(broken.f, symmetric.f, 1e-12);
        ck_assert_double_eq_tol(broken.e, symmetric.e, 1e-9);
    }
}
END_TEST

static double excess(double alpha, double temperature, hebb_disordered_crossing of)
{
    hebb_rs_state retrieval;
    ck_assert_int_eq(hebb_rs_retrieval(alpha, temperature, 1, &retrieval), HEBB_OK);
    const hebb_disordered_phase phase = phase_at(alpha, temperature);
    return of == HEBB_CROSSING_OF_ENERGIES ? retrieval.e - phase.e : retrieval.f - phase.f;
}

/* At .05 T_c of replica symmetry is .21638: states that one step takes from the glass move it up. */
START_TEST(retrieval_is_the_lower_below_a_crossing_and_the_higher_above)
{
    static const double alphas[] = {0.05, 0.053};
    hebb_phase_tops tops;
    ck_assert_int_eq(hebb_phase_tops_find(&tops), HEBB_OK);
    for (size_t k = 0; k < sizeof alphas / sizeof *alphas; k++) {
        hebb_phase_lines lines;
        double f, e;
        ck_assert_int_eq(hebb_phase_lines_at(alphas[k], &tops, &lines), HEBB_OK);
        ck_assert_int_eq(hebb_disordered_phase_crossing(alphas[k], lines.retrieval, HEBB_CROSSING_OF_FREE_ENERGIES, &f),
                         HEBB_OK);
        ck_assert_int_eq(hebb_disordered_phase_crossing(alphas[k], lines.retrieval, HEBB_CROSSING_OF_ENERGIES, &e),
                         HEBB_OK);
        ck_assert(f > lines.thermodynamic && f < e && e < lines.retrieval); /* the glass has the larger entropy */
        ck_assert_double_lt(excess(alphas[k], f * (1.0 - 1e-8), HEBB_CROSSING_OF_FREE_ENERGIES), 0.0);
        ck_assert_double_gt(excess(alphas[k], f * (1.0 + 1e-8), HEBB_CROSSING_OF_FREE_ENERGIES), 0.0);
        ck_assert_double_lt(excess(alphas[k], e * (1.0 - 1e-8), HEBB_CROSSING_OF_ENERGIES), 0.0);
        ck_assert_double_gt(excess(alphas[k], e * (1.0 + 1e-8), HEBB_CROSSING_OF_ENERGIES), 0.0);
    }
}
END_TEST

START_TEST(what_does_not_cross_is_said_and_values_out_of_range_are_refused)
{
    static const double bad[] = {0.0, -1.0, NAN, INFINITY, -INFINITY};
    hebb_disordered_phase phase;
    double t;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        ck_assert_int_eq(hebb_disordered_phase_solve(bad[k], 0.5, &phase), HEBB_EDOM);
        ck_assert_int_eq(hebb_disordered_phase_solve(0.1, bad[k], &phase), HEBB_EDOM);
        ck_assert_int_eq(hebb_disordered_phase_crossing(bad[k], 0.5, HEBB_CROSSING_OF_ENERGIES, &t), HEBB_EDOM);
        ck_assert_int_eq(hebb_disordered_phase_crossing(0.1, bad[k], HEBB_CROSSING_OF_ENERGIES, &t), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_disordered_phase_crossing(0.02, 0.7164, HEBB_CROSSING_OF_ENERGIES, &t), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_disordered_phase_crossing(0.12, 0.15, HEBB_CROSSING_OF_FREE_ENERGIES, &t), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("disordered phase");
    TCase *phases = tcase_create("phases");
    tcase_add_test(phases, the_paramagnet_is_the_sum_over_closed_loops);
    tcase_add_test(phases, energy_is_the_slope_of_the_free_energy_through_the_glass_transition);
    tcase_add_test(phases, glass_and_paramagnet_meet_at_the_glass_transition);
    tcase_add_test(phases, retrieval_is_the_lower_below_a_crossing_and_the_higher_above);
    tcase_add_test(phases, what_does_not_cross_is_said_and_values_out_of_range_are_refused);
    suite_add_tcase(suite, phases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
