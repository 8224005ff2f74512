/*
 * The rbm-phases experiment: its machines, their chains against enumeration, and its verdicts.  Seeds are fixed; a
 * verdict's false alarm over a run has P = 0.0027.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"
#include "rbm_phases_machine.h"

static hebb_planted_draws draws_of(uint32_t replica)
{
    return (hebb_planted_draws){.weights = hebb_philox_derive(1, HEBB_DRAW_WEIGHTS, 7, replica),
                                .mode = hebb_philox_derive(1, HEBB_DRAW_REAL, 7, replica),
                                .start = hebb_philox_derive(1, HEBB_DRAW_STATE, 7, replica),
                                .noise = hebb_philox_derive(1, HEBB_DRAW_GIBBS, 7, replica),
                                .swap = hebb_philox_derive(1, HEBB_DRAW_SWAP, 7, replica)};
}

/* The rest's mean square has a relative deviation of (2/(N_v N_h))^(1/2); 6 of these are a chance of 2e-9. */
START_TEST(a_machine_is_its_mode_and_noise_of_the_width_asked_for)
{
    const hebb_rbm_mode_law laws[] = {HEBB_RBM_GAUSSIAN_MODE, HEBB_RBM_BINARY_MODE, HEBB_RBM_LAPLACE_MODE};
    const double fourth[] = {3.0, 1.0, 6.0}; /* E u^4, to a deviation of (96, 0, 2 484)^(1/2)/30 for u of variance 1 */
    for (int l = 0; l < 3; l++) {
        hebb_planted_machine m = {0};
        const hebb_rbm_system system = {0.25, 0.7, 2.5, laws[l]};
        const hebb_planted_draws draws = draws_of((uint32_t)l);
        ck_assert_int_eq(hebb_planted_machine_fit(&m, false, 900, 225, 2, 1), HEBB_OK);
        hebb_planted_machine_draw(&m, &system, &draws);
        double norm = 0.0, along = 0.0, rest = 0.0, kurtosis = 0.0;
        for (size_t i = 0; i < 900; i++) {
            norm += m.u[i] * m.u[i];
            kurtosis += pow(m.u[i], 4.0) / 900.0;
            for (size_t j = 0; j < 225; j++) {
                const double w = m.rbm.weights[i * 225 + j], r = w - 2.5 * m.u[i] * m.v[j] / 450.0;
                along += m.u[i] * w * m.v[j] / 450.0;
                rest += r * r;
            }
        }
        ck_assert_double_eq_tol(norm, 900.0, 1e-9);
        ck_assert_double_eq_tol(along, 2.5, 6.0 * 0.7 / sqrt(450.0));
        ck_assert_double_eq_tol(rest / (900.0 * 225.0) * 450.0 / 0.49, 1.0, 6.0 * sqrt(2.0 / (900.0 * 225.0)));
        ck_assert_double_eq_tol(kurtosis, fourth[l], 0.5 * (fourth[l] - 1.0) + 1e-9);
        hebb_planted_machine_free(&m);
    }
}
END_TEST

/* <E>/L, <|M|>/N_v and <M^2>/N_v^2 of a machine over all its states. */
static void enumerate(const hebb_planted_machine *m, double *means)
{
    double z = 0.0, sums[3] = {0};
    for (unsigned s = 0; s < 1u << m->n_visible; s++)
        for (unsigned t = 0; t < 1u << m->n_hidden; t++) {
            double energy = 0.0, M = 0.0;
            for (size_t i = 0; i < m->n_visible; i++) {
                const double si = s >> i & 1 ? 1.0 : -1.0;
                M += m->u[i] * si / (double)m->n_visible;
                for (size_t j = 0; j < m->n_hidden; j++)
                    energy -= si * m->rbm.weights[i * m->n_hidden + j] * (t >> j & 1 ? 1.0 : -1.0);
            }
            const double weight = exp(-energy);
            z += weight;
            sums[0] += weight * energy / sqrt((double)(m->n_visible * m->n_hidden));
            sums[1] += weight * fabs(M);
            sums[2] += weight * M * M;
        }
    for (int k = 0; k < 3; k++) means[k] = sums[k] / z;
}

/*
 * 300 chains of 300 sweeps, of which some hundred in a chain are independent: the error is below 1/170 of a deviation
 * below .7, the tolerance five of these, P < 1e-5.
 */
START_TEST(chains_with_and_without_a_ladder_sample_the_enumerated_law)
{
    for (int ladder = 0; ladder < 2; ladder++) {
        hebb_planted_machine m = {0};
        const hebb_rbm_system system = {0.5, ladder ? 2.0 : 0.8, 1.2, HEBB_RBM_GAUSSIAN_MODE};
        const hebb_planted_draws draws = draws_of(3);
        double values[RBM_PHASES_N_VALUES] = {0}, exact[3];
        ck_assert_int_eq(hebb_planted_machine_fit(&m, false, 8, 4, 300, ladder ? 3 : 1), HEBB_OK);
        hebb_planted_machine_draw(&m, &system, &draws);
        ck_assert_int_eq(hebb_planted_machine_sample(&m, &system, &draws, 30, 300, NULL, values), HEBB_OK);
        enumerate(&m, exact);
        ck_assert_double_eq_tol(values[RBM_PHASES_ENERGY], exact[0], 0.02);
        ck_assert_double_eq_tol(values[RBM_PHASES_VISIBLE1], exact[1], 0.02);
        ck_assert_double_eq_tol(values[RBM_PHASES_VISIBLE2], exact[2], 0.02);
        ck_assert_int_eq(isnan(values[RBM_PHASES_SWAPS]) != 0, !ladder);
        if (ladder) ck_assert_double_gt(values[RBM_PHASES_SWAPS], 0.3);
        hebb_planted_machine_free(&m);
    }
}
END_TEST

START_TEST(order_parameters_agree_in_paramagnet_and_ferromagnet)
{
    const hebb_verdict_count found = experiment_run(
        "rbm-phases", (const char *[]){"units=24,48", "kappa=.25", "sigma=.2", "weight=.3,3", "mode-law=binary",
                                       "chains=16", "settle=20", "sweeps=60", "replicas=40", NULL});
    ck_assert_uint_eq(found.n_disagree, 0);
    ck_assert_uint_ge(found.n_agree, 8); /* of 10: some may want more chains */
    result_table *limit = result_read("extrapolated.csv");
    ck_assert_uint_eq(limit->n_rows, 2);
    ck_assert_str_eq(result_text(limit, 0, "phase"), "paramagnet");
    ck_assert_str_eq(result_text(limit, 1, "phase"), "ferromagnet");
    ck_assert_double_eq_tol(result_cell(limit, 1, "q_bar"), result_cell(limit, 1, "q_bar_theory"), 0.03);
    result_free(limit);
}
END_TEST

START_TEST(the_susceptibility_agrees_with_the_exact_one_and_its_peak_grows)
{
    const hebb_verdict_count found =
        experiment_run("rbm-phases", (const char *[]){"units=8,32", "sigma=0", "weight=.8:1.2:.1", "mode-law=binary",
                                                      "chains=8", "settle=20", "sweeps=100", "replicas=30", NULL});
    ck_assert_uint_eq(found.n_disagree, 0);
    ck_assert_uint_ge(found.n_agree, 2 * 10);
    result_table *peaks = result_read("peaks.csv");
    ck_assert_uint_eq(peaks->n_rows, 2);
    ck_assert_double_gt(result_cell(peaks, 1, "peak"), 1.5 * result_cell(peaks, 0, "peak"));
    result_free(peaks);
}
END_TEST

/* The first transition of learning: |W|^2/N_v = w^2 = 1. */
START_TEST(one_gaussian_hidden_unit_is_the_fully_connected_ferromagnet)
{
    const hebb_verdict_count found =
        experiment_run("rbm-phases", (const char *[]){"hidden-units=gaussian", "units=30,60", "weight=.4,1,1.1,1.7",
                                                      "chains=8", "settle=30", "sweeps=60", "replicas=40", NULL});
    ck_assert_uint_eq(found.n_disagree, 0);
    ck_assert_uint_ge(found.n_agree, 16 + 4); /* the exact law at eight points, order parameters at two weights */
    result_table *limit = result_read("extrapolated.csv");
    ck_assert_double_eq_tol(result_cell(limit, 3, "m_theory"), 1.7 * result_cell(limit, 3, "m_bar_theory"), 1e-12);
    ck_assert_double_eq_tol(result_cell(limit, 3, "m"), result_cell(limit, 3, "m_theory"), 0.02);
    ck_assert_str_eq(result_text(limit, 3, "q"), "");
    result_free(limit);
}
END_TEST

START_TEST(in_the_glass_theory_stands_beside_and_nothing_is_judged)
{
    const hebb_verdict_count found =
        experiment_run("rbm-phases", (const char *[]){"units=16,32", "sigma=1.5", "weight=.5", "chains=4", "settle=20",
                                                      "sweeps=20", "levels=5", "replicas=30", NULL});
    ck_assert_uint_eq(found.n_agree + found.n_disagree, 0);
    ck_assert_uint_eq(found.n_inconclusive, 5);
    ck_assert_uint_eq(found.n_not_judged, 5);
    result_table *summary = result_read("summary.csv");
    ck_assert_str_eq(result_text(summary, 1, "phase"), "glass");
    ck_assert_double_gt(result_cell(summary, 1, "q"), 0.1);
    ck_assert_double_gt(result_cell(summary, 1, "swaps"), 0.1);
    ck_assert_double_lt(result_cell(summary, 1, "at_margin"), 0.0);
    result_free(summary);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    experiment_refuse("rbm-phases", (const char *[]){"kappa=0", NULL}, HEBB_EDOM, "kappa");
    experiment_refuse("rbm-phases", (const char *[]){"sigma=-1", NULL}, HEBB_EDOM, "sigma");
    experiment_refuse("rbm-phases", (const char *[]){"weight=nan", NULL}, HEBB_EDOM, "weight");
    experiment_refuse("rbm-phases", (const char *[]){"units=1", NULL}, HEBB_EDOM, "units");
    experiment_refuse("rbm-phases", (const char *[]){"chains=1", NULL}, HEBB_EDOM, "chains");
    experiment_refuse("rbm-phases", (const char *[]){"mode-law=cauchy", NULL}, HEBB_EUSAGE, "cauchy");
    experiment_refuse("rbm-phases", (const char *[]){"hidden-units=gaussian", "kappa=1", NULL}, HEBB_EUSAGE, "--kappa");
    experiment_refuse("rbm-phases", (const char *[]){"hidden-units=gaussian", "sigma=.1", NULL}, HEBB_EUSAGE,
                      "--sigma");
    experiment_refuse("rbm-phases", (const char *[]){"hidden-units=gaussian", "mode-law=laplace", NULL}, HEBB_EUSAGE,
                      "laplace");
    experiment_refuse("rbm-phases", (const char *[]){"units=4", "kappa=1000", NULL}, HEBB_EDOM, "--kappa 1000");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm-phases experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, a_machine_is_its_mode_and_noise_of_the_width_asked_for);
    tcase_add_test(physics, chains_with_and_without_a_ladder_sample_the_enumerated_law);
    tcase_add_test(physics, order_parameters_agree_in_paramagnet_and_ferromagnet);
    tcase_add_test(physics, the_susceptibility_agrees_with_the_exact_one_and_its_peak_grows);
    tcase_add_test(physics, one_gaussian_hidden_unit_is_the_fully_connected_ferromagnet);
    tcase_add_test(physics, in_the_glass_theory_stands_beside_and_nothing_is_judged);
    tcase_add_test(physics, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
