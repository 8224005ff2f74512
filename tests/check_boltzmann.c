/* The machine: masks, energies and fields against their definitions, the two kinds of units against each other. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_reference.h"
#include "memory.h"

static const hebb_unit_kind kinds[] = {HEBB_UNITS_SIGN, HEBB_UNITS_BINARY};

static hebb_stream stream_of(uint64_t seed)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    return stream;
}

static hebb_boltzmann make(size_t n_input, size_t n_output, size_t n_hidden, hebb_unit_kind kind, hebb_links links)
{
    hebb_boltzmann machine;
    ck_assert_int_eq(hebb_boltzmann_init(&machine, n_input, n_output, n_hidden, kind, links), HEBB_OK);
    return machine;
}

static void draw_state(hebb_stream *stream, const hebb_boltzmann *machine, int8_t *state)
{
    for (size_t i = 0; i < machine->n_units; i++)
        state[i] = hebb_stream_uniform(stream) < 0.5 ? 1 : hebb_unit_off(machine->kind);
}

/* Rows of 0 and 1, unit by unit. */
static void check_mask(const hebb_boltzmann *machine, const char *const *rows)
{
    for (size_t i = 0; i < machine->n_units; i++)
        for (size_t j = 0; j < machine->n_units; j++)
            ck_assert_msg(machine->may_link[i * machine->n_units + j] == rows[i][j] - '0', "units %zu and %zu", i, j);
}

START_TEST(a_mask_joins_the_layers_it_names)
{
    static const char *const masks[][5] = {{"01111", "10111", "11011", "11101", "11110"},
                                           {"01011", "10011", "00011", "11101", "11110"},
                                           {"00011", "00011", "00011", "11100", "11100"},
                                           {"00011", "00011", "00011", "11100", "11100"}};
    static const hebb_links links[] = {HEBB_LINKS_FULL, HEBB_LINKS_NO_INPUT_OUTPUT, HEBB_LINKS_LAYERED,
                                       HEBB_LINKS_RESTRICTED};
    for (size_t k = 0; k < 4; k++) {
        hebb_boltzmann machine = make(2, 1, 2, HEBB_UNITS_SIGN, links[k]);
        check_mask(&machine, masks[k]);
        for (size_t i = 0; i < 5; i++) ck_assert_uint_eq(machine.has_bias[i], 1);
        hebb_boltzmann_free(&machine);
        hebb_boltzmann_free(&machine);
    }
}
END_TEST

START_TEST(any_mask_can_be_made_and_is_kept_by_random_weights)
{
    hebb_stream stream = stream_of(1);
    hebb_boltzmann machine = make(1, 1, 2, HEBB_UNITS_BINARY, HEBB_LINKS_FULL);
    hebb_boltzmann_set_weight(&machine, 0, 3, 7.0);
    machine.biases[2] = 3.0;
    hebb_boltzmann_permit(&machine, 3, 0, false);
    hebb_boltzmann_permit(&machine, 1, 2, false);
    hebb_boltzmann_permit(&machine, 2, 1, true);
    hebb_boltzmann_permit(&machine, 1, 1, true); /* never with itself */
    hebb_boltzmann_permit_bias(&machine, 2, false);
    check_mask(&machine, (const char *const[]){"0110", "1011", "1101", "0110"});
    ck_assert_double_eq(machine.weights[3], 0.0);
    ck_assert_double_eq(machine.weights[12], 0.0);
    ck_assert_double_eq(machine.biases[2], 0.0);
    hebb_boltzmann_draw_uniform(&machine, &stream, 0.5);
    ck_assert_int_eq(hebb_boltzmann_check(&machine), HEBB_OK);
    for (size_t i = 0; i < 4; i++) {
        ck_assert((machine.biases[i] != 0.0) == (i != 2) && fabs(machine.biases[i]) < 0.5);
        for (size_t j = 0; j < 4; j++) {
            ck_assert((machine.weights[4 * i + j] != 0.0) == machine.may_link[4 * i + j]);
            ck_assert(fabs(machine.weights[4 * i + j]) < 0.5);
        }
    }
    hebb_boltzmann_free(&machine);
}
END_TEST

START_TEST(hidden_layers_are_joined_one_to_the_next)
{
    hebb_boltzmann machine = make(2, 1, 3, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    ck_assert_int_eq(hebb_boltzmann_layer(&machine, 2, (size_t[]){1, 2}), HEBB_OK);
    check_mask(&machine, (const char *const[]){"000100", "000100", "000011", "110011", "001100", "001100"});
    ck_assert_int_eq(hebb_boltzmann_layer(&machine, 1, (size_t[]){3}), HEBB_OK);
    hebb_boltzmann layered = make(2, 1, 3, HEBB_UNITS_SIGN, HEBB_LINKS_LAYERED);
    ck_assert_mem_eq(machine.may_link, layered.may_link, 36);
    ck_assert_int_eq(hebb_boltzmann_layer(&machine, 2, (size_t[]){1, 1}), HEBB_EDOM);
    ck_assert_int_eq(hebb_boltzmann_layer(&machine, 2, (size_t[]){3, 0}), HEBB_EDOM);
    ck_assert_int_eq(hebb_boltzmann_layer(&machine, 2, (size_t[]){SIZE_MAX, 4}), HEBB_EDOM);
    ck_assert_int_eq(hebb_boltzmann_layer(&machine, 0, NULL), HEBB_EDOM);
    ck_assert_mem_eq(machine.may_link, layered.may_link, 36);
    hebb_boltzmann_free(&layered);
    hebb_boltzmann_free(&machine);
}
END_TEST

START_TEST(energies_fields_and_flips_are_those_of_the_definition)
{
    hebb_stream stream = stream_of(2);
    for (size_t n = 1; n <= 13; n++)
        for (size_t k = 0; k < 2; k++) {
            hebb_boltzmann machine = make(0, n, 0, kinds[k], HEBB_LINKS_FULL);
            int8_t state[13], other[13];
            double fields[13];
            hebb_boltzmann_draw_gaussian(&machine, &stream, 1.0);
            draw_state(&stream, &machine, state);
            const double energy = hebb_boltzmann_energy(&machine, state);
            ck_assert_double_eq_tol(energy, (double)reference_energy(&machine, state), 1e-13);
            hebb_boltzmann_fields(&machine, state, fields);
            for (size_t i = 0; i < n; i++) {
                memcpy(other, state, n);
                other[i] = state[i] == 1 ? hebb_unit_off(kinds[k]) : 1;
                const double change = (double)(reference_energy(&machine, other) - reference_energy(&machine, state));
                ck_assert_double_eq_tol(hebb_boltzmann_flip_energy(&machine, state, i), change, 1e-13);
                ck_assert_double_eq_tol(fields[i] * (state[i] - other[i]), change, 1e-13);
                ck_assert(fields[i] == hebb_boltzmann_field(&machine, state, i));
            }
            hebb_boltzmann_free(&machine);
        }
}
END_TEST

/* Weights return to the bit, biases to the stated rounding; the energy of every state is the same but for the offset. */
static void check_conversion(hebb_stream *stream, hebb_unit_kind kind)
{
    enum { N = 8 };
    hebb_boltzmann machine = make(2, 2, 4, kind, HEBB_LINKS_NO_INPUT_OUTPUT), other, back;
    double offset, offset_back;
    int8_t here[N], there[N];
    hebb_boltzmann_permit_bias(&machine, 1, false);
    hebb_boltzmann_draw_gaussian(&machine, stream, 3.0);
    ck_assert_int_eq(hebb_boltzmann_convert(&machine, &other, &offset), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_convert(&other, &back, &offset_back), HEBB_OK);
    ck_assert(other.kind != kind && back.kind == kind);
    ck_assert_mem_eq(other.may_link, machine.may_link, N * N);
    ck_assert_uint_eq(other.n_input, 2);
    ck_assert_uint_eq(other.n_hidden, 4);
    ck_assert_mem_eq(back.weights, machine.weights, N * N * sizeof(double));
    ck_assert_double_eq_tol(offset_back, -offset, 1e-13);
    for (size_t i = 0; i < N; i++) {
        double size = fabs(machine.biases[i]);
        for (size_t j = 0; j < N; j++) size += fabs(machine.weights[i * N + j]);
        ck_assert_double_eq_tol(back.biases[i], machine.biases[i], 2 * N * 0x1p-53 * size);
    }
    for (size_t index = 0; index < 1 << N; index++) {
        (void)reference_set_free(&machine, NULL, index, N, here);
        (void)reference_set_free(&other, NULL, index, N, there);
        ck_assert_double_eq_tol((double)reference_energy(&machine, here),
                                (double)reference_energy(&other, there) + offset, 1e-12);
    }
    hebb_boltzmann_free(&back);
    hebb_boltzmann_free(&other);
    hebb_boltzmann_free(&machine);
}

START_TEST(the_two_kinds_of_units_are_one_machine)
{
    hebb_stream stream = stream_of(3);
    for (size_t k = 0; k < 20; k++) check_conversion(&stream, kinds[k % 2]);
}
END_TEST

static void refuse(hebb_boltzmann *machine, const char *words)
{
    hebb_boltzmann other;
    double offset;
    ck_assert_int_eq(hebb_boltzmann_check(machine), HEBB_EDATA);
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "'%s' lacks '%s'", hebb_diagnostic(), words);
    ck_assert_int_eq(hebb_boltzmann_convert(machine, &other, &offset), HEBB_EDATA);
    hebb_boltzmann_free(&other);
    hebb_boltzmann_free(machine);
}

START_TEST(what_is_no_machine_is_refused)
{
    hebb_boltzmann machine = make(2, 1, 0, HEBB_UNITS_SIGN, HEBB_LINKS_NO_INPUT_OUTPUT), other;
    double offset;
    hebb_boltzmann_set_weight(&machine, 0, 2, 1.0);
    refuse(&machine, "units 0 and 2 is 1: they may not be linked");
    machine = make(2, 1, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    machine.weights[1] = 0.5;
    refuse(&machine, "units 0 and 1 is 0.5 one way and 0 the other");
    machine = make(2, 1, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    hebb_boltzmann_set_weight(&machine, 1, 2, NAN);
    refuse(&machine, "units 1 and 2 is");
    machine = make(2, 1, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    machine.biases[1] = INFINITY;
    refuse(&machine, "bias of unit 1 is inf");
    machine = make(2, 1, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    machine.has_bias[2] = 0;
    machine.biases[2] = 1.0;
    refuse(&machine, "bias of unit 2 is 1: it may have none");
    machine = make(2, 1, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    hebb_boltzmann_set_weight(&machine, 1, 2, 1e308);
    ck_assert_int_eq(hebb_boltzmann_convert(&machine, &other, &offset), HEBB_EDOM);
    hebb_boltzmann_free(&machine);
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, 0, 5, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_EDOM);
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 1, SIZE_MAX, 1, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_EDOM);
    hebb_boltzmann_free(&machine);
}
END_TEST

/* In a process of its own: the limit is the process's. */
START_TEST(more_memory_than_there_is_is_refused_before_it_is_taken)
{
    hebb_boltzmann machine;
    ck_assert_int_eq(hebb_memory_limit("512M"), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, 1 << 20, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_ENOMEM);
    ck_assert_msg(strstr(hebb_diagnostic(), "a machine of 1048576 units: ") != NULL, "%s", hebb_diagnostic());
    ck_assert_ptr_null(machine.weights);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("boltzmann");
    TCase *machine = tcase_create("machine");
    tcase_add_test(machine, a_mask_joins_the_layers_it_names);
    tcase_add_test(machine, any_mask_can_be_made_and_is_kept_by_random_weights);
    tcase_add_test(machine, hidden_layers_are_joined_one_to_the_next);
    tcase_add_test(machine, energies_fields_and_flips_are_those_of_the_definition);
    tcase_add_test(machine, the_two_kinds_of_units_are_one_machine);
    tcase_add_test(machine, what_is_no_machine_is_refused);
    tcase_add_test(machine, more_memory_than_there_is_is_refused_before_it_is_taken);
    suite_add_tcase(suite, machine);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
