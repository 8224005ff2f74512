/* thermal_state: networks left after any sweep and taken up again go on as if they had never been left. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "thermal_state.h"

enum { N = 301, P = 40, N_NETWORKS = 3, N_SWEEPS = 8 };

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM};

static void prepare(engine *made, hebb_update_order order, hebb_couplings_choice couplings, double temperature,
                    hebb_thermal *run)
{
    hebb_philox noise[N_NETWORKS];
    for (uint32_t a = 0; a < N_NETWORKS; a++) noise[a] = hebb_philox_derive(5, HEBB_DRAW_NOISE, 1, a);
    const hebb_thermal_options how = {.temperature = temperature,
                                      .order = order,
                                      .order_generator = {{7, 8}},
                                      .noise = noise,
                                      .couplings = couplings};
    engine_start(made);
    ck_assert_int_eq(hebb_thermal_init(run, made->n_networks, made->networks, &how), HEBB_OK);
}

/* At another temperature every other sweep. */
static void sweep(hebb_thermal *run)
{
    ck_assert_int_eq(hebb_thermal_run(run, 1), HEBB_OK);
    ck_assert_int_eq(hebb_thermal_set_temperature(run, run->n_sweeps % 2 == 0 ? 0.5 : 0.3), HEBB_OK);
}

START_TEST(left_after_any_sweep_they_go_on_as_if_they_had_not_been_left)
{
    for (size_t o = 0; o < COUNT(orders); o++)
        for (hebb_couplings_choice c = HEBB_COUPLINGS_AUTO; c <= HEBB_COUPLINGS_STORED; c++) {
            unsigned char *states[N_SWEEPS + 1];
            hebb_thermal run, again;
            engine *made = engine_make(NULL, HEBB_STORE_SLICES, N, P, 0, N_NETWORKS);
            engine *other = engine_make(NULL, engine_stores[o], N, P, 0, N_NETWORKS);
            prepare(made, orders[o], c, 0.5, &run);
            prepare(other, orders[o], (hebb_couplings_choice)((c + 1) % 3), 0.9, &again);
            const size_t bytes = hebb_thermal_state_bytes(&run);
            for (int t = 0; t <= N_SWEEPS; t++) {
                states[t] = malloc(bytes);
                hebb_thermal_state_save(&run, states[t]);
                sweep(&run);
            }
            for (int t = 0; t < N_SWEEPS; t++) {
                unsigned char *now = malloc(bytes);
                ck_assert_int_eq(hebb_thermal_run(&again, 1), HEBB_OK); /* elsewhere */
                ck_assert_int_eq(hebb_thermal_state_restore(&again, states[t], bytes), HEBB_OK);
                sweep(&again);
                hebb_thermal_state_save(&again, now);
                ck_assert_mem_eq(now, states[t + 1], bytes);
                free(now);
            }
            for (int t = 0; t <= N_SWEEPS; t++) free(states[t]);
            hebb_thermal_free(&again);
            hebb_thermal_free(&run);
            engine_drop(other);
            engine_drop(made);
        }
}
END_TEST

/* The same bytes on every machine: those of thermal_state.h, the checksum by another program. */
START_TEST(a_state_is_these_bytes)
{
    static const unsigned char want[] = {'h',  'e',  'b',  'b',  't',  'h',  'm',  '1', /* */
                                         1,    0,    0,    0,    10,   0,    0,    0,
                                         3,    0,    0,    0,                            /* networks, N, p */
                                         0x04, 0x03, 0x02, 0x01, 0,    0,    0,    0,    /* sweeps */
                                         0,    0,    0,    0,    0,    0,    0xF4, 0x3F, /* T = 1.25 */
                                         0x08, 0x07, 0x06, 0x05, 0,    0,    0,    0,    /* flips */
                                         0x81, 0x02,                                     /* neurons 0, 7, 9 are up */
                                         0xAA, 0x2E, 0x61, 0x20, 0x70, 0xD5, 0x47, 0x66};
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 10, 3, 0, 1);
    hebb_thermal run;
    unsigned char state[sizeof want];
    prepare(made, HEBB_ORDER_SEQUENTIAL, HEBB_COUPLINGS_AUTO, 1.25, &run);
    hebb_hopfield_start_at(made->networks, (const int8_t[]){1, -1, -1, -1, -1, -1, -1, 1, -1, 1});
    run.n_sweeps = 0x01020304;
    run.n_flips[0] = 0x05060708;
    ck_assert_uint_eq(hebb_thermal_state_bytes(&run), sizeof want);
    hebb_thermal_state_save(&run, state);
    ck_assert_mem_eq(state, want, sizeof want);
    hebb_thermal_free(&run);
    engine_drop(made);
}
END_TEST

/* Nothing is touched by what is refused. */
static void assert_refused(hebb_thermal *run, const unsigned char *state, size_t bytes)
{
    const size_t own = hebb_thermal_state_bytes(run);
    unsigned char *before = malloc(2 * own), *after = before + own;
    hebb_thermal_state_save(run, before);
    ck_assert_int_eq(hebb_thermal_state_restore(run, state, bytes), HEBB_EDATA);
    hebb_thermal_state_save(run, after);
    ck_assert_mem_eq(after, before, own);
    free(before);
}

START_TEST(a_wrong_byte_a_cut_and_another_networks_state_are_refused)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 21, 5, 0, 2), *other;
    other = engine_make(NULL, HEBB_STORE_SLICES, 21, 6, 0, 2);
    hebb_thermal run, others;
    prepare(made, HEBB_ORDER_SEQUENTIAL, HEBB_COUPLINGS_AUTO, 0.5, &run);
    prepare(other, HEBB_ORDER_SEQUENTIAL, HEBB_COUPLINGS_AUTO, 0.5, &others);
    const size_t bytes = hebb_thermal_state_bytes(&run);
    unsigned char *state = calloc(1, bytes + 1);
    sweep(&run);
    hebb_thermal_state_save(&run, state);
    for (size_t bit = 0; bit < 8 * bytes; bit++) {
        state[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_refused(&run, state, bytes);
        state[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    for (size_t n = 0; n <= bytes + 1; n++)
        if (n != bytes) assert_refused(&run, state, n);
    assert_refused(&others, state, bytes);
    ck_assert_int_eq(hebb_thermal_state_restore(&run, state, bytes), HEBB_OK);
    free(state);
    hebb_thermal_free(&others);
    hebb_thermal_free(&run);
    engine_drop(other);
    engine_drop(made);
}
END_TEST

/* Sealed by the writer itself, so that only what the numbers mean is wrong. */
START_TEST(a_state_that_cannot_have_come_about_is_refused)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 21, 5, 0, 1);
    hebb_thermal run;
    prepare(made, HEBB_ORDER_SEQUENTIAL, HEBB_COUPLINGS_AUTO, 0.5, &run);
    unsigned char *state = malloc(hebb_thermal_state_bytes(&run));
    for (int k = 0; k < 4; k++) {
        const hebb_thermal as_it_is = run;
        if (k == 0) run.temperature = -1.0;
        if (k == 1) run.temperature = NAN;
        if (k == 2) run.n_sweeps = -1;
        if (k == 3) run.n_flips[0] = 1; /* in no sweep */
        hebb_thermal_state_save(&run, state);
        run = as_it_is;
        run.n_flips[0] = 0;
        assert_refused(&run, state, hebb_thermal_state_bytes(&run));
    }
    free(state);
    hebb_thermal_free(&run);
    engine_drop(made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("thermal_state");
    TCase *states = tcase_create("states");
    tcase_add_test(states, left_after_any_sweep_they_go_on_as_if_they_had_not_been_left);
    tcase_add_test(states, a_state_is_these_bytes);
    tcase_add_test(states, a_wrong_byte_a_cut_and_another_networks_state_are_refused);
    tcase_add_test(states, a_state_that_cannot_have_come_about_is_refused);
    suite_add_tcase(suite, states);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
