/* two_phase: divergence against enumeration, slopes and curvatures against finite differences, the noise of one update. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_learning.h"
#include "two_phase_machine.h"

typedef struct {
    hebb_problem problem;
    hebb_boltzmann machine;
    size_t n;
    hebb_law_feature *features;
    bool is_conditional;
} learner;

static void make(learner *x, hebb_unit_kind kind, bool is_conditional, double scale)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(2, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    *x = (learner){.is_conditional = is_conditional};
    ck_assert_int_eq(hebb_problem_builtin("xor", &x->problem), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_init(&x->machine, 2, 1, 3, kind, HEBB_LINKS_NO_INPUT_OUTPUT), HEBB_OK);
    hebb_boltzmann_draw_gaussian(&x->machine, &stream, scale);
    ck_assert_int_eq(hebb_two_phase_machine_features(&x->machine, &x->n, &x->features), HEBB_OK);
}

static void release(learner *x)
{
    free(x->features);
    hebb_boltzmann_free(&x->machine);
    hebb_problem_free(&x->problem);
}

static hebb_two_phase view(const learner *x)
{
    return hebb_two_phase_machine_view(&x->machine, &x->problem, x->is_conditional, x->n, x->features);
}

static double divergence(const learner *x, double temperature)
{
    const hebb_two_phase v = view(x);
    double g;
    ck_assert_int_eq(hebb_two_phase_divergence(&v, temperature, &g, NULL), HEBB_OK);
    return g;
}

static void move(learner *x, size_t k, double by)
{
    double *slopes = calloc(x->n, sizeof *slopes);
    slopes[k] = by;
    hebb_two_phase_machine_step(&x->machine, x->n, x->features, 1.0, slopes);
    free(slopes);
}

START_TEST(the_divergence_is_that_of_the_enumerated_law)
{
    for (int k = 0; k < 4; k++) {
        learner x;
        double want;
        make(&x, k & 1 ? HEBB_UNITS_BINARY : HEBB_UNITS_SIGN, k & 2, 1.0);
        ck_assert_int_eq(hebb_boltzmann_divergence(&x.machine, &x.problem, 0.8, x.is_conditional, &want), HEBB_OK);
        ck_assert_double_eq_tol(divergence(&x, 0.8), want, 1e-12);
        release(&x);
    }
}
END_TEST

/* Differences of 1e-4 leave 1e-8 of the third derivative, and 1e-8 of rounding in the second. */
START_TEST(slopes_and_curvatures_are_derivatives_of_the_divergence)
{
    const double t = 0.8, h = 1e-4;
    const hebb_two_phase_schedule rest = {1, &t, 0, 0};
    for (int kind = 0; kind < 4; kind++) {
        learner x;
        make(&x, kind & 1 ? HEBB_UNITS_BINARY : HEBB_UNITS_SIGN, kind & 2, 1.0);
        const hebb_two_phase v = view(&x);
        double *slopes = calloc(x.n, sizeof *slopes), *curvatures = calloc(x.n * x.n, sizeof *curvatures), g;
        ck_assert_int_eq(hebb_two_phase_slopes(&v, &rest, slopes, NULL), HEBB_OK);
        ck_assert_int_eq(hebb_two_phase_divergence(&v, t, &g, curvatures), HEBB_OK);
        for (size_t k = 0; k < x.n; k++) {
            move(&x, k, h);
            const double up = divergence(&x, t);
            move(&x, k, -2.0 * h);
            const double down = divergence(&x, t);
            move(&x, k, h);
            ck_assert_double_eq_tol((up - down) / (2.0 * h), -slopes[k] / t, 1e-7);
            ck_assert_double_eq_tol((up - 2.0 * g + down) / (h * h), curvatures[k * x.n + k], 1e-6);
        }
        free(slopes);
        free(curvatures);
        release(&x);
    }
}
END_TEST

/*
 * Slopes of the program's sampler after a quick schedule, 400 times: mean and covariances are the law's.  Mean: chi^2 of
 * each of some 20 numbers below 4.5^2 but for 1e-4 in all.  Trace of the covariances: known to 3 %, five times that.
 */
START_TEST(sampled_slopes_have_the_law_s_mean_and_covariances)
{
    enum { TIMES = 400, CHAINS = 2 };
    const double temperatures[2] = {3.0, 0.7};
    for (int kind = 0; kind < 2; kind++) {
        learner x;
        hebb_boltzmann_learning learning = {0};
        make(&x, HEBB_UNITS_SIGN, kind == 0, 1.5);
        const hebb_two_phase v = view(&x);
        const hebb_two_phase_schedule schedule = {2, temperatures, 1, 1};
        const hebb_boltzmann_learning_options how = {.is_conditional = x.is_conditional,
                                                     .learning_rate = 0.1,
                                                     .n_chains = CHAINS,
                                                     .n_temperatures = 2,
                                                     .temperatures = temperatures,
                                                     .sweeps_each = 1,
                                                     .collecting_sweeps = 1};
        double *mean = calloc(x.n, sizeof *mean), *covariances = calloc(x.n * x.n, sizeof *covariances);
        double *sum = calloc(2 * x.n, sizeof *sum), *squares = sum + x.n, trace = 0.0, want = 0.0;
        ck_assert_int_eq(hebb_two_phase_slopes(&v, &schedule, mean, covariances), HEBB_OK);
        ck_assert_int_eq(hebb_boltzmann_learning_init(&learning, &x.machine, &x.problem, &how, 9), HEBB_OK);
        for (uint64_t n = 1; n <= TIMES; n++) {
            ck_assert_int_eq(hebb_boltzmann_learning_average(&learning, n), HEBB_OK);
            for (size_t k = 0; k < x.n; k++) {
                const size_t i = x.features[k].i, ij = i * x.machine.n_units + x.features[k].j;
                const double slope = i == x.features[k].j
                                         ? learning.clamped.means[i] - learning.unclamped.means[i]
                                         : learning.clamped.products[ij] - learning.unclamped.products[ij];
                sum[k] += slope / TIMES;
                squares[k] += (slope - mean[k]) * (slope - mean[k]) / TIMES;
            }
        }
        for (size_t k = 0; k < x.n; k++) {
            const double variance = covariances[k * x.n + k] / CHAINS;
            ck_assert_double_le(fabs(sum[k] - mean[k]), 4.5 * sqrt(variance / TIMES) + 1e-12);
            trace += squares[k];
            want += variance;
        }
        ck_assert_double_eq_tol(trace, want, 0.15 * want);
        hebb_boltzmann_learning_free(&learning);
        free(mean);
        free(covariances);
        free(sum);
        release(&x);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("two phases");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, the_divergence_is_that_of_the_enumerated_law);
    tcase_add_test(physics, slopes_and_curvatures_are_derivatives_of_the_divergence);
    tcase_add_test(physics, sampled_slopes_have_the_law_s_mean_and_covariances);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
