/*
 * boltzmann_learning: its divergence against brute force, its exact averages against finite differences of the divergence,
 * its sampled averages against the exact ones: both kinds of units, all masks, conditional and generative, T = 1 and not.
 *
 * False alarms: there are some 2 000 sampled averages of independent chains, each further than 5.5 standard errors from the
 * exact one with a probability of 4e-8 to the right: 8e-5 in all.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_learning.h"

enum { N_INPUT = 3, N_OUTPUT = 2, N_CASES = 5, N_CHAINS = 512, MAX_UNITS = 12 };

static const double z_limit = 5.5;
static const double temperatures[] = {4.0, 2.0, 1.0, 0.7};

static hebb_problem make_problem(void)
{
    /* The last but one says another output to an input that was there, the last stands twice. */
    static const uint8_t cases[N_CASES][N_INPUT + N_OUTPUT] = {
        {0, 1, 0, 1, 1}, {1, 1, 0, 0, 1}, {1, 0, 1, 1, 0}, {0, 1, 0, 0, 1}, {1, 1, 0, 0, 1}};
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_init(&problem, N_INPUT, N_OUTPUT, N_CASES), HEBB_OK);
    memcpy(problem.cases, cases, sizeof cases);
    return problem;
}

static hebb_boltzmann make_machine(hebb_unit_kind kind, hebb_links links, size_t n_hidden)
{
    hebb_boltzmann machine;
    ck_assert_int_eq(hebb_boltzmann_init(&machine, N_INPUT, N_OUTPUT, n_hidden, kind, links), HEBB_OK);
    machine.has_bias[1] = 0;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(41, HEBB_DRAW_WEIGHTS, n_hidden, (uint32_t)kind), 0, 0);
    hebb_boltzmann_draw_gaussian(&machine, &stream, 0.4);
    return machine;
}

/* ---- the divergence, state by state ---- */

static int8_t value(hebb_unit_kind kind, size_t index, size_t unit)
{
    return index >> unit & 1 ? 1 : hebb_unit_off(kind);
}

static long double brute_energy(const hebb_boltzmann *machine, size_t index)
{
    long double energy = 0.0L;
    for (size_t i = 0; i < machine->n_units; i++) {
        const int8_t s = value(machine->kind, index, i);
        energy -= (long double)machine->biases[i] * s;
        for (size_t j = 0; j < i; j++)
            energy -= (long double)machine->weights[i * machine->n_units + j] * s * value(machine->kind, index, j);
    }
    return energy;
}

/* ln of the sum of exp(-E/T) over the states whose first n units are those of `index`. */
static long double brute_ln_z(const hebb_boltzmann *machine, double temperature, size_t index, size_t n)
{
    long double sum = 0.0L;
    const size_t mask = ((size_t)1 << n) - 1;
    for (size_t state = 0; state >> machine->n_units == 0; state++)
        if ((state & mask) == (index & mask)) sum += expl(-brute_energy(machine, state) / temperature);
    return logl(sum);
}

static size_t index_of(const hebb_problem *problem, size_t c)
{
    size_t index = 0;
    for (size_t i = 0; i < problem->n_visible; i++) index |= (size_t)problem->cases[c * problem->n_visible + i] << i;
    return index;
}

static double brute_divergence(const hebb_boltzmann *machine, const hebb_problem *problem, double temperature,
                               bool is_conditional)
{
    const size_t n_given = is_conditional ? problem->n_input : 0, mask = ((size_t)1 << n_given) - 1;
    long double sum = 0.0L;
    for (size_t c = 0; c < problem->n_cases; c++) {
        const size_t index = index_of(problem, c);
        unsigned n_given_same = 0, n_same = 0;
        for (size_t d = 0; d < problem->n_cases; d++) {
            n_given_same += (index_of(problem, d) & mask) == (index & mask);
            n_same += index_of(problem, d) == index;
        }
        sum += logl((long double)n_same / n_given_same) - brute_ln_z(machine, temperature, index, problem->n_visible) +
               brute_ln_z(machine, temperature, index, n_given);
    }
    return (double)(sum / (long double)problem->n_cases);
}

START_TEST(the_divergence_is_that_of_brute_force)
{
    hebb_problem problem = make_problem();
    for (unsigned k = 0; k < 8; k++) {
        hebb_boltzmann machine = make_machine(k & 1, HEBB_LINKS_FULL, 3);
        const double t = k & 2 ? 0.7 : 1.0;
        double divergence;
        ck_assert_int_eq(hebb_boltzmann_divergence(&machine, &problem, t, k & 4, &divergence), HEBB_OK);
        ck_assert_double_eq_tol(divergence, brute_divergence(&machine, &problem, t, k & 4), 1e-12);
        hebb_boltzmann_free(&machine);
    }
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(of_an_empty_machine_it_is_the_entropy_that_the_cases_lack)
{
    size_t n;
    const char *const *names = hebb_problem_names(&n);
    for (size_t k = 0; k < n; k++) {
        hebb_problem problem;
        hebb_boltzmann machine;
        double divergence;
        ck_assert_int_eq(hebb_problem_builtin(names[k], &problem), HEBB_OK);
        ck_assert_int_eq(
            hebb_boltzmann_init(&machine, problem.n_input, problem.n_output, 1, HEBB_UNITS_SIGN, HEBB_LINKS_FULL),
            HEBB_OK);
        if (problem.n_visible < 16) {
            ck_assert_int_eq(hebb_boltzmann_divergence(&machine, &problem, 1.0, false, &divergence), HEBB_OK);
            ck_assert_double_eq_tol(divergence, (double)problem.n_visible * log(2.0) - log((double)problem.n_cases),
                                    1e-12);
        }
        ck_assert_int_eq(hebb_boltzmann_divergence(&machine, &problem, 1.0, true, &divergence), HEBB_OK);
        ck_assert_double_eq_tol(divergence,
                                problem.has_answer
                                    ? (double)problem.n_output * log(2.0)
                                    : (double)problem.n_visible * log(2.0) - log((double)problem.n_cases),
                                1e-12);
        hebb_boltzmann_free(&machine);
        hebb_problem_free(&problem);
    }
}
END_TEST

START_TEST(more_units_than_can_be_enumerated_are_refused)
{
    hebb_problem problem = make_problem();
    hebb_boltzmann machine;
    double divergence;
    ck_assert_int_eq(hebb_boltzmann_init(&machine, N_INPUT, N_OUTPUT, 20, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_divergence(&machine, &problem, 1.0, false, &divergence), HEBB_EDOM);
    ck_assert_str_eq(hebb_diagnostic(), "25 free units: enumeration takes 24 at most");
    ck_assert_int_eq(hebb_boltzmann_divergence(&machine, &problem, 0.0, true, &divergence), HEBB_EDOM);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

/* ---- gradients ---- */

typedef struct {
    hebb_unit_kind kind;
    hebb_links links;
    bool is_conditional;
    size_t n_temperatures; /* of the list: the last is 1 or 0.7 */
    size_t n_hidden;
} variant;

/* The two kinds, four masks, two ways and two temperatures, one number for each. */
static variant variant_of(int k)
{
    return (variant){.kind = k & 1 ? HEBB_UNITS_BINARY : HEBB_UNITS_SIGN,
                     .links = (hebb_links)(k >> 1 & 3),
                     .is_conditional = k >> 3 & 1,
                     .n_temperatures = k >> 4 & 1 ? 4 : 3,
                     .n_hidden = 3};
}

enum { N_VARIANTS = 32 };

static hebb_boltzmann_learning_options options_of(const variant *v, hebb_gradient gradient)
{
    return (hebb_boltzmann_learning_options){.gradient = gradient,
                                             .is_conditional = v->is_conditional,
                                             .learning_rate = 0.1,
                                             .n_chains = N_CHAINS,
                                             .n_temperatures = v->n_temperatures,
                                             .temperatures = temperatures,
                                             .sweeps_each = 12,
                                             .collecting_sweeps = 1};
}

/* By five points: the error is of the fourth order in the step. */
static double derivative(hebb_boltzmann *machine, const hebb_problem *problem, double temperature, bool is_conditional,
                         double *weight, double *mirror)
{
    static const double shifts[] = {-2.0, -1.0, 1.0, 2.0}, shares[] = {1.0, -8.0, 8.0, -1.0};
    const double step = 2e-3, middle = *weight;
    double sum = 0.0;
    for (size_t k = 0; k < 4; k++) {
        double divergence;
        *weight = *mirror = middle + shifts[k] * step;
        ck_assert_int_eq(hebb_boltzmann_divergence(machine, problem, temperature, is_conditional, &divergence),
                         HEBB_OK);
        sum += shares[k] * divergence;
    }
    *weight = *mirror = middle;
    return sum / (12.0 * step);
}

static void check_exact(const variant *v)
{
    hebb_problem problem = make_problem();
    hebb_boltzmann machine = make_machine(v->kind, v->links, v->n_hidden);
    const hebb_boltzmann_learning_options options = options_of(v, HEBB_GRADIENT_EXACT);
    const double t = temperatures[v->n_temperatures - 1];
    hebb_boltzmann_learning learning;
    ck_assert_int_eq(hebb_boltzmann_learning_init(&learning, &machine, &problem, &options, 1), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_learning_average(&learning, 1), HEBB_OK);
    const size_t n = machine.n_units;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            const size_t ij = i * n + j;
            if (i != j && !machine.may_link[ij]) continue;
            const double slope = i == j ? learning.clamped.means[i] - learning.unclamped.means[i]
                                        : learning.clamped.products[ij] - learning.unclamped.products[ij];
            double *weight = i == j ? machine.biases + i : machine.weights + ij;
            double *mirror = i == j ? weight : machine.weights + j * n + i;
            ck_assert_double_eq_tol(derivative(&machine, &problem, t, v->is_conditional, weight, mirror), -slope / t,
                                    1e-9);
        }
    }
    hebb_boltzmann_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}

START_TEST(the_exact_gradient_is_the_finite_difference_of_the_divergence)
{
    const variant v = variant_of(_i);
    check_exact(&v);
}
END_TEST

START_TEST(so_it_is_for_twelve_units)
{
    const variant v = {.kind = HEBB_UNITS_BINARY,
                       .links = HEBB_LINKS_NO_INPUT_OUTPUT,
                       .is_conditional = true,
                       .n_temperatures = 4,
                       .n_hidden = MAX_UNITS - N_INPUT - N_OUTPUT};
    check_exact(&v);
}
END_TEST

/* Sampled of exact: mean and variance of one sample, and how many there are. */
static void check_sampled(double sampled, double exact, double variance, double n_samples)
{
    const double error = sqrt(fmax(variance, 0.0) / n_samples);
    ck_assert_double_le(fabs(sampled - exact), z_limit * error + 1e-12);
}

/* One phase.  The variance of an average over the cases is at most that of all samples being of one law. */
static void check_phase(const hebb_boltzmann *machine, const hebb_moments *sampled, const hebb_moments *exact)
{
    const size_t n = machine->n_units;
    const bool is_binary = machine->kind == HEBB_UNITS_BINARY;
    for (size_t i = 0; i < n; i++) {
        const double m = exact->means[i];
        check_sampled(sampled->means[i], m, (is_binary ? m : 1.0) - m * m, N_CASES * N_CHAINS);
        for (size_t j = 0; j < i; j++) {
            const double product = exact->products[i * n + j];
            check_sampled(sampled->products[i * n + j], product, (is_binary ? product : 1.0) - product * product,
                          N_CASES * N_CHAINS);
            ck_assert(sampled->products[i * n + j] == sampled->products[j * n + i]);
        }
    }
}

START_TEST(the_sampled_averages_are_the_exact_ones_within_error)
{
    const variant v = variant_of(_i);
    hebb_problem problem = make_problem();
    hebb_boltzmann machine = make_machine(v.kind, v.links, v.n_hidden);
    hebb_boltzmann_learning learnings[2];
    for (int k = 0; k < 2; k++) {
        const hebb_boltzmann_learning_options options =
            options_of(&v, k == 0 ? HEBB_GRADIENT_SAMPLED : HEBB_GRADIENT_EXACT);
        ck_assert_int_eq(hebb_boltzmann_learning_init(learnings + k, &machine, &problem, &options, 5), HEBB_OK);
        ck_assert_int_eq(hebb_boltzmann_learning_average(learnings + k, 1), HEBB_OK);
    }
    check_phase(&machine, &learnings[0].clamped, &learnings[1].clamped);
    check_phase(&machine, &learnings[0].unclamped, &learnings[1].unclamped);
    for (int k = 0; k < 2; k++) hebb_boltzmann_learning_free(learnings + k);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

/* With what is clamped drawn at random: the same draws for both. */
START_TEST(so_they_are_with_noisy_clamping)
{
    variant v = variant_of(8 + _i);
    hebb_problem problem = make_problem();
    hebb_boltzmann machine = make_machine(v.kind, v.links, v.n_hidden);
    hebb_boltzmann_learning learnings[2];
    for (int k = 0; k < 2; k++) {
        hebb_boltzmann_learning_options options = options_of(&v, k == 0 ? HEBB_GRADIENT_SAMPLED : HEBB_GRADIENT_EXACT);
        options.on_to_off = 0.4;
        options.off_to_on = 0.2;
        options.noise_updates = 10;
        ck_assert_int_eq(hebb_boltzmann_learning_init(learnings + k, &machine, &problem, &options, 6), HEBB_OK);
        ck_assert_int_eq(hebb_boltzmann_learning_average(learnings + k, 4), HEBB_OK);
    }
    check_phase(&machine, &learnings[0].clamped, &learnings[1].clamped);
    check_phase(&machine, &learnings[0].unclamped, &learnings[1].unclamped);
    for (size_t i = 0; i < N_INPUT + N_OUTPUT; i++) /* what is clamped has no error */
        ck_assert_double_eq_tol(learnings[0].clamped.means[i], learnings[1].clamped.means[i], 1e-12);
    for (int k = 0; k < 2; k++) hebb_boltzmann_learning_free(learnings + k);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("boltzmann_gradient");
    TCase *tests = tcase_create("divergence");
    tcase_add_test(tests, the_divergence_is_that_of_brute_force);
    tcase_add_test(tests, of_an_empty_machine_it_is_the_entropy_that_the_cases_lack);
    tcase_add_test(tests, more_units_than_can_be_enumerated_are_refused);
    suite_add_tcase(suite, tests);
    tests = tcase_create("gradients");
    tcase_add_loop_test(tests, the_exact_gradient_is_the_finite_difference_of_the_divergence, 0, N_VARIANTS);
    tcase_add_test(tests, so_it_is_for_twelve_units);
    tcase_add_loop_test(tests, the_sampled_averages_are_the_exact_ones_within_error, 0, N_VARIANTS);
    tcase_add_loop_test(tests, so_they_are_with_noisy_clamping, 0, 2);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
