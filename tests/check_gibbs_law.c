/*
 * gibbs: the law of the states against enumeration by brute force.  False alarms: each chi-square has P = 1e-6 of
 * failing a right program; there are 32.
 */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "engine.h"
#include "gibbs_machine.h"

#define FALSE_ALARM 1e-6

enum { LAW_UNITS = 6, LAW_STATES = 1 << LAW_UNITS, N_LAW_CHAINS = 20000 };

static void state_of(hebb_unit_kind kind, size_t index, int8_t *state)
{
    for (size_t i = 0; i < LAW_UNITS; i++) state[i] = index >> i & 1 ? 1 : hebb_unit_off(kind);
}

static size_t index_of(const hebb_gibbs *gibbs, size_t chain)
{
    size_t index = 0;
    for (size_t i = 0; i < gibbs->machine->n_units; i++) index |= (size_t)bit_of(gibbs, i, chain) << i;
    return index;
}

/* P = 1e-6 for a right program; cells where fewer than 10 are expected are put together. */
static void check_law(size_t n_states, const uint64_t *counts, const double *p, double n_samples, const char *what)
{
    double chi_square = 0.0, rest = 0.0, rest_expected = 0.0, total = 0.0;
    size_t n_bins = 0;
    for (size_t s = 0; s < n_states; s++) total += p[s];
    for (size_t s = 0; s < n_states; s++) {
        const double expected = n_samples * p[s] / total, excess = (double)counts[s] - expected;
        if (expected == 0.0) ck_assert_msg(counts[s] == 0, "%s: state %zu", what, s);
        if (expected < 10.0) {
            rest += (double)counts[s];
            rest_expected += expected;
        } else {
            chi_square += excess * excess / expected;
            n_bins++;
        }
    }
    if (rest_expected > 5.0) {
        chi_square += (rest - rest_expected) * (rest - rest_expected) / rest_expected;
        n_bins++;
    }
    ck_assert(n_bins > 1);
    ck_assert_msg(gsl_cdf_chisq_Q(chi_square, (double)n_bins - 1.0) > FALSE_ALARM, "%s: chi-square %g of %zu", what,
                  chi_square, n_bins - 1);
}

/* Units 1 and 4 clamped on and off, or none: P from the energy alone. */
static void check_equilibrium(hebb_unit_kind kind, hebb_links links, bool clamps)
{
    const double temperature = 1.3;
    hebb_boltzmann machine;
    hebb_gibbs gibbs;
    draw_machine(&machine, LAW_UNITS, kind, links, 0.8);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, N_LAW_CHAINS, noise_of(7)), HEBB_OK);
    double p[LAW_STATES];
    int8_t state[LAW_UNITS];
    for (size_t s = 0; s < LAW_STATES; s++) {
        state_of(kind, s, state);
        p[s] = !clamps || (s >> 1 & 9) == 1 ? exp(-hebb_boltzmann_energy(&machine, state) / temperature) : 0.0;
    }
    state_of(kind, 1 << 1, state);
    for (size_t c = 0; c < N_LAW_CHAINS; c++) hebb_gibbs_set(&gibbs, c, state);
    gibbs.is_clamped[1] = gibbs.is_clamped[4] = clamps;
    /* the mean time to forget is some sweeps here: what is left after 40 is nothing */
    ck_assert_int_eq(hebb_gibbs_run(&gibbs, temperature, 40), HEBB_OK);
    uint64_t counts[LAW_STATES] = {0};
    for (size_t c = 0; c < N_LAW_CHAINS; c++) counts[index_of(&gibbs, c)]++;
    check_law(LAW_STATES, counts, p, N_LAW_CHAINS, "equilibrium");
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
}

START_TEST(states_come_with_exp_of_minus_beta_E)
{
    for (int kind = 0; kind < 2; kind++)
        for (size_t l = 0; l < COUNT(all_links); l++)
            for (int clamps = 0; clamps < 2; clamps++)
                check_equilibrium((hebb_unit_kind)kind, all_links[l], clamps != 0);
}
END_TEST

/* One sweep, unit by unit, from the energies of the two states that a unit's update decides between. */
static void exact_sweep(const hebb_boltzmann *machine, double temperature, double p[])
{
    for (size_t i = 0; i < machine->n_units; i++)
        for (size_t s = 0; s >> machine->n_units == 0; s++) {
            if (s >> i & 1) continue;
            int8_t off[LAW_UNITS], on[LAW_UNITS];
            state_of(machine->kind, s, off);
            state_of(machine->kind, s | (size_t)1 << i, on);
            const double rise = hebb_boltzmann_energy(machine, on) - hebb_boltzmann_energy(machine, off);
            const double both = p[s] + p[s | (size_t)1 << i], p_on = 1.0 / (1.0 + exp(rise / temperature));
            p[s] = both * (1.0 - p_on);
            p[s | (size_t)1 << i] = both * p_on;
        }
}

/* All units' updates, or one unit's alone, the others being clamped. */
START_TEST(transitions_of_a_sweep_and_of_a_unit_have_their_probabilities)
{
    enum { N = 4, STATES = 1 << N, EACH = 3000 };
    for (int kind = 0; kind < 2; kind++)
        for (size_t start = 0; start < STATES; start += 5) {
            hebb_boltzmann machine;
            hebb_gibbs gibbs;
            draw_machine(&machine, N, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 0.9);
            ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, EACH, noise_of((uint32_t)(20 + start))), HEBB_OK);
            int8_t state[LAW_UNITS];
            state_of((hebb_unit_kind)kind, start, state);
            for (size_t c = 0; c < EACH; c++) hebb_gibbs_set(&gibbs, c, state);
            double p[STATES] = {0.0};
            p[start] = 1.0;
            exact_sweep(&machine, 0.9, p);
            ck_assert_int_eq(hebb_gibbs_run(&gibbs, 0.9, 1), HEBB_OK);
            uint64_t counts[STATES] = {0};
            for (size_t c = 0; c < EACH; c++) counts[index_of(&gibbs, c)]++;
            check_law(STATES, counts, p, EACH, "a sweep");
            /* unit 2 alone, from `start` */
            for (size_t c = 0; c < EACH; c++) hebb_gibbs_set(&gibbs, c, state);
            for (size_t i = 0; i < N; i++) gibbs.is_clamped[i] = i != 2;
            ck_assert_int_eq(hebb_gibbs_run(&gibbs, 0.9, 1), HEBB_OK);
            const double p_on =
                1.0 /
                (1.0 + exp(-(kind == HEBB_UNITS_SIGN ? 2.0 : 1.0) * hebb_boltzmann_field(&machine, state, 2) / 0.9));
            double two[2] = {1.0 - p_on, p_on};
            uint64_t found[2] = {0, 0};
            for (size_t c = 0; c < EACH; c++) {
                found[bit_of(&gibbs, 2, c)]++;
                ck_assert_uint_eq(index_of(&gibbs, c) & ~(size_t)4, start & ~(size_t)4);
            }
            check_law(2, found, two, EACH, "a unit");
            hebb_gibbs_free(&gibbs);
            hebb_boltzmann_free(&machine);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gibbs law");
    TCase *tests = tcase_create("law");
    tcase_add_test(tests, states_come_with_exp_of_minus_beta_E);
    tcase_add_test(tests, transitions_of_a_sweep_and_of_a_unit_have_their_probabilities);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
