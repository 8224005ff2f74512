/* Enumeration against the plain sum over states, with limits and refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_reference.h"

static const hebb_unit_kind kinds[] = {HEBB_UNITS_SIGN, HEBB_UNITS_BINARY};
static const hebb_links all_links[] = {HEBB_LINKS_FULL, HEBB_LINKS_NO_INPUT_OUTPUT, HEBB_LINKS_LAYERED,
                                       HEBB_LINKS_RESTRICTED};

static hebb_stream stream_of(uint64_t seed)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    return stream;
}

/* A random machine of n_units, with some pairs and biases forbidden beside the links' own. */
static hebb_boltzmann make(hebb_stream *stream, size_t n_units, hebb_unit_kind kind, hebb_links links, double scale)
{
    hebb_boltzmann machine;
    const size_t n_input = n_units / 4, n_output = 1 + n_units / 4, n_hidden = n_units - n_input - n_output;
    ck_assert_int_eq(hebb_boltzmann_init(&machine, n_input, n_output, n_hidden, kind, links), HEBB_OK);
    if (n_units > 2) hebb_boltzmann_permit(&machine, 1, n_units - 1, false);
    if (n_units > 3) hebb_boltzmann_permit_bias(&machine, 2, false);
    hebb_boltzmann_draw_gaussian(&machine, stream, scale);
    return machine;
}

/* Some units clamped to random values; returns how many are free. */
static size_t clamp(hebb_stream *stream, const hebb_boltzmann *machine, uint8_t *is_clamped, int8_t *state)
{
    size_t n_free = 0;
    for (size_t i = 0; i < machine->n_units; i++) {
        is_clamped[i] = hebb_stream_uniform(stream) < 0.3;
        state[i] = hebb_stream_uniform(stream) < 0.5 ? 1 : hebb_unit_off(machine->kind);
        n_free += !is_clamped[i];
    }
    return n_free;
}

static void check_moments(const hebb_boltzmann *machine, double temperature, const uint8_t *is_clamped,
                          const int8_t *state, double tolerance)
{
    const size_t n = machine->n_units;
    hebb_moments found, wanted;
    ck_assert_int_eq(hebb_moments_init(&found, n), HEBB_OK);
    ck_assert_int_eq(hebb_moments_init(&wanted, n), HEBB_OK);
    for (size_t i = 0; i < n * n; i++) found.products[i] = 7.0; /* what was there before does not matter */
    ck_assert_int_eq(hebb_boltzmann_exact_moments(machine, temperature, is_clamped, state, &found), HEBB_OK);
    boltzmann_reference_moments(machine, temperature, is_clamped, state, &wanted);
    ck_assert_double_eq_tol(found.ln_z, wanted.ln_z, tolerance * fmax(1.0, fabs(wanted.ln_z)));
    for (size_t i = 0; i < n; i++) ck_assert_double_eq_tol(found.means[i], wanted.means[i], tolerance);
    for (size_t i = 0; i < n * n; i++) ck_assert_double_eq_tol(found.products[i], wanted.products[i], tolerance);
    hebb_moments_free(&found);
    hebb_moments_free(&wanted);
}

static void check_law(const hebb_boltzmann *machine, double temperature, const uint8_t *is_clamped, const int8_t *state,
                      size_t n_kept, double tolerance)
{
    const size_t n_laws = (size_t)1 << reference_count_free(machine, is_clamped, n_kept);
    double *found = calloc(n_laws, sizeof *found), *wanted = calloc(n_laws, sizeof *wanted);
    ck_assert_int_eq(hebb_boltzmann_exact_law(machine, temperature, is_clamped, state, n_kept, found), HEBB_OK);
    boltzmann_reference_law(machine, temperature, is_clamped, state, n_kept, wanted);
    for (size_t k = 0; k < n_laws; k++)
        ck_assert_double_eq_tol(found[k], wanted[k], tolerance * fmax(1.0, fabs(wanted[k])));
    free(wanted);
    free(found);
}

static void check_machine(hebb_stream *stream, size_t n, hebb_unit_kind kind, hebb_links links)
{
    hebb_boltzmann machine = make(stream, n, kind, links, 1.0);
    uint8_t is_clamped[REFERENCE_MAX_UNITS];
    int8_t state[REFERENCE_MAX_UNITS];
    const double temperature = 0.3 + 2.0 * hebb_stream_uniform(stream);
    check_moments(&machine, temperature, NULL, NULL, 1e-12);
    check_law(&machine, temperature, NULL, NULL, machine.n_visible, 1e-12);
    check_law(&machine, temperature, NULL, NULL, n, 1e-12);
    (void)clamp(stream, &machine, is_clamped, state);
    check_moments(&machine, temperature, is_clamped, state, 1e-12);
    check_law(&machine, temperature, is_clamped, state, machine.n_visible, 1e-12);
    hebb_boltzmann_free(&machine);
}

START_TEST(enumeration_is_the_plain_sum_for_all_masks_and_kinds_clamped_and_free)
{
    hebb_stream stream = stream_of(1);
    for (size_t n = 1; n <= 10; n++)
        for (size_t k = 0; k < 2; k++)
            for (size_t l = 0; l < 4; l++) check_machine(&stream, n, kinds[k], all_links[l]);
    check_machine(&stream, 12, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    check_machine(&stream, 12, HEBB_UNITS_BINARY, HEBB_LINKS_FULL);
}
END_TEST

/* 12 units stand in the table; from 13 on the Gray code goes over the others, 64 steps of it at 19. */
START_TEST(units_beyond_the_table_are_summed_as_well)
{
    hebb_stream stream = stream_of(2);
    hebb_boltzmann machine = make(&stream, 15, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 0.7);
    check_moments(&machine, 0.8, NULL, NULL, 1e-12);
    check_law(&machine, 0.8, NULL, NULL, 15, 1e-12);
    check_law(&machine, 0.8, NULL, NULL, 14, 1e-12);
    check_law(&machine, 0.8, NULL, NULL, 2, 1e-12); /* 13 are summed over: one more than the table has */
    hebb_boltzmann_free(&machine);
}
END_TEST

/* Independent units: known for any number of them, here through 4096 blocks and 64 of the sums from the beginning. */
START_TEST(units_without_links_are_independent)
{
    enum { N = 22 };
    hebb_stream stream = stream_of(3);
    hebb_boltzmann machine;
    hebb_moments moments;
    double ln_z = 0.0, mean[N];
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, N, 0, HEBB_UNITS_BINARY, HEBB_LINKS_RESTRICTED), HEBB_OK);
    ck_assert_int_eq(hebb_moments_init(&moments, N), HEBB_OK);
    hebb_boltzmann_draw_gaussian(&machine, &stream, 2.0);
    for (size_t i = 0; i < N; i++) {
        ln_z += log1p(exp(machine.biases[i] / 1.5));
        mean[i] = 1.0 / (1.0 + exp(-machine.biases[i] / 1.5));
    }
    ck_assert_int_eq(hebb_boltzmann_exact_moments(&machine, 1.5, NULL, NULL, &moments), HEBB_OK);
    ck_assert_double_eq_tol(moments.ln_z, ln_z, 1e-12);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            ck_assert_double_eq_tol(moments.products[i * N + j], i == j ? mean[i] : mean[i] * mean[j], 1e-12);
    hebb_moments_free(&moments);
    hebb_boltzmann_free(&machine);
}
END_TEST

/* Energies over T of some 1e5: no weight overflows, and the least likely state's ln P is a number. */
START_TEST(large_weights_neither_overflow_nor_vanish)
{
    hebb_stream stream = stream_of(4);
    for (size_t k = 0; k < 2; k++) {
        hebb_boltzmann machine = make(&stream, 10, kinds[k], HEBB_LINKS_FULL, 50.0);
        double ln_p[1 << 10];
        check_moments(&machine, 0.05, NULL, NULL, 1e-10);
        check_law(&machine, 0.05, NULL, NULL, 5, 1e-10);
        check_law(&machine, 0.05, NULL, NULL, 10, 1e-10);
        ck_assert_int_eq(hebb_boltzmann_exact_states(&machine, 0.05, ln_p), HEBB_OK);
        for (size_t s = 0; s < 1 << 10; s++) ck_assert(isfinite(ln_p[s]) && ln_p[s] <= 0.0);
        hebb_boltzmann_free(&machine);
    }
}
END_TEST

START_TEST(all_units_clamped_leave_one_state)
{
    hebb_stream stream = stream_of(5);
    hebb_boltzmann machine = make(&stream, 7, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 1.0);
    const uint8_t is_clamped[7] = {1, 1, 1, 1, 1, 1, 1};
    const int8_t state[7] = {1, -1, -1, 1, 1, -1, 1};
    double ln_p = 7.0;
    hebb_moments moments;
    ck_assert_int_eq(hebb_moments_init(&moments, 7), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_moments(&machine, 2.0, is_clamped, state, &moments), HEBB_OK);
    ck_assert_double_eq_tol(moments.ln_z, -hebb_boltzmann_energy(&machine, state) / 2.0, 1e-13);
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 7; j++) ck_assert_double_eq(moments.products[i * 7 + j], state[i] * state[j]);
    ck_assert_int_eq(hebb_boltzmann_exact_law(&machine, 2.0, is_clamped, state, 3, &ln_p), HEBB_OK);
    ck_assert_double_eq(ln_p, 0.0);
    hebb_moments_free(&moments);
    hebb_boltzmann_free(&machine);
}
END_TEST

/* One room for machines one after the other, of other sizes and with other units clamped: nothing is left behind. */
START_TEST(a_room_forgets_the_machine_before)
{
    hebb_stream stream = stream_of(6);
    hebb_boltzmann_exact exact;
    hebb_boltzmann large = make(&stream, 14, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 1.0);
    hebb_boltzmann small = make(&stream, 5, HEBB_UNITS_BINARY, HEBB_LINKS_FULL, 1.0);
    hebb_moments first, second;
    double ln_p[1 << 5], again[1 << 5];
    ck_assert_int_eq(hebb_boltzmann_exact_init(&exact, 14), HEBB_OK);
    ck_assert_int_eq(hebb_moments_init(&first, 14), HEBB_OK);
    ck_assert_int_eq(hebb_moments_init(&second, 14), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_find_moments(&exact, &small, 1.0, NULL, NULL, &first), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_find_law(&exact, &small, 1.0, NULL, NULL, 5, ln_p), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_find_moments(&exact, &large, 0.5, NULL, NULL, &second), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_find_moments(&exact, &small, 1.0, NULL, NULL, &second), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_find_law(&exact, &small, 1.0, NULL, NULL, 5, again), HEBB_OK);
    ck_assert(first.ln_z == second.ln_z); /* to the bit */
    ck_assert_mem_eq(first.means, second.means, 5 * sizeof *first.means);
    ck_assert_mem_eq(first.products, second.products, 25 * sizeof *first.products);
    ck_assert_mem_eq(ln_p, again, sizeof ln_p);
    hebb_moments_free(&second);
    hebb_moments_free(&first);
    hebb_boltzmann_exact_free(&exact);
    hebb_boltzmann_exact_free(&exact);
    hebb_boltzmann_free(&small);
    hebb_boltzmann_free(&large);
}
END_TEST

/* D(P||P) = 0; a uniform P over one half of a uniform Q: ln 2; what is summed over can only lower it. */
START_TEST(divergences_obey_their_rules)
{
    enum { A = 2, B = 3, N = 1 << (A + B) };
    hebb_stream stream = stream_of(7);
    double p[N], ln_p[N], ln_q[N], p_a[1 << A] = {0.0}, q_a[1 << A] = {0.0}, sum_p = 0.0, sum_q = 0.0;
    for (size_t k = 0; k < N; k++) {
        sum_p += p[k] = k % 5 == 0 ? 0.0 : hebb_stream_uniform(&stream);
        sum_q += ln_q[k] = hebb_stream_uniform(&stream);
    }
    for (size_t k = 0; k < N; k++) {
        p[k] /= sum_p;
        ln_p[k] = log(p[k]);
        p_a[k % (1 << A)] += p[k];
        q_a[k % (1 << A)] += ln_q[k] / sum_q;
        ln_q[k] = log(ln_q[k] / sum_q);
    }
    for (size_t a = 0; a < 1 << A; a++) q_a[a] = log(q_a[a]);
    ck_assert_double_eq_tol(hebb_law_divergence(N, p, ln_p), 0.0, 1e-15);
    const double joint = hebb_law_divergence(N, p, ln_q), given = hebb_law_divergence(1 << A, p_a, q_a);
    ck_assert_double_gt(joint, given + 0.01);
    ck_assert_double_gt(given, 0.0);
    ck_assert_double_eq_tol(hebb_law_divergence(2, (double[]){1.0, 0.0}, (double[]){-log(2.0), -log(2.0)}), log(2.0),
                            1e-15);
    ck_assert_double_infinite(hebb_law_divergence(2, (double[]){0.5, 0.5}, (double[]){0.0, -INFINITY}));
    ck_assert_double_nan(hebb_law_divergence(2, (double[]){0.5, 0.6}, (double[]){-1.0, -1.0}));
    ck_assert_double_nan(hebb_law_divergence(2, (double[]){1.5, -0.5}, (double[]){-1.0, -1.0}));
}
END_TEST

static void refuse(const hebb_boltzmann *machine, double temperature, const char *words)
{
    hebb_moments moments;
    ck_assert_int_eq(hebb_moments_init(&moments, machine->n_units), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_moments(machine, temperature, NULL, NULL, &moments), HEBB_EDOM);
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "'%s' lacks '%s'", hebb_diagnostic(), words);
    hebb_moments_free(&moments);
}

START_TEST(what_cannot_be_enumerated_is_refused)
{
    hebb_boltzmann machine;
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, 25, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_OK);
    refuse(&machine, 1.0, "25 free units: enumeration takes 24");
    hebb_boltzmann_free(&machine);
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, 3, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_OK);
    refuse(&machine, 0.0, "temperature of 0");
    refuse(&machine, NAN, "temperature of");
    refuse(&machine, INFINITY, "temperature of inf");
    machine.biases[1] = NAN;
    refuse(&machine, 1.0, "not finite");
    machine.biases[1] = 0.0;
    hebb_boltzmann_set_weight(&machine, 0, 2, 1e300);
    refuse(&machine, 1e-20, "not finite");
    hebb_boltzmann_exact exact;
    hebb_moments moments = {0};
    ck_assert_int_eq(hebb_boltzmann_exact_init(&exact, 2), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_exact_find_moments(&exact, &machine, 1.0, NULL, NULL, &moments), HEBB_EDOM);
    hebb_boltzmann_exact_free(&exact);
    hebb_boltzmann_free(&machine);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("boltzmann_exact");
    TCase *exact = tcase_create("exact");
    tcase_add_test(exact, enumeration_is_the_plain_sum_for_all_masks_and_kinds_clamped_and_free);
    tcase_add_test(exact, units_beyond_the_table_are_summed_as_well);
    tcase_add_test(exact, units_without_links_are_independent);
    tcase_add_test(exact, large_weights_neither_overflow_nor_vanish);
    tcase_add_test(exact, all_units_clamped_leave_one_state);
    tcase_add_test(exact, a_room_forgets_the_machine_before);
    tcase_add_test(exact, divergences_obey_their_rules);
    tcase_add_test(exact, what_cannot_be_enumerated_is_refused);
    suite_add_tcase(suite, exact);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
