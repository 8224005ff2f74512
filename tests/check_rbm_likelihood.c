/* rbm_ais, rbm_bridge, rbm_states, rbm_likelihood: every estimate of ln Z against enumeration, and its error bar. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "npy.h"
#include "rbm_ais.h"
#include "rbm_bridge.h"
#include "rbm_exact.h"
#include "rbm_likelihood.h"
#include "rbm_states.h"
#include "scratch.h"

enum { V = 9, H = 5, SEEDS = 24 };

static hebb_rbm random_machine(hebb_layer_kind visible, hebb_layer_kind hidden, double width)
{
    hebb_rbm rbm;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(2, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    ck_assert_int_eq(hebb_rbm_init(&rbm, V, visible, H, hidden), HEBB_OK);
    for (size_t k = 0; k < V * H; k++) rbm.weights[k] = (double)(float)(width * hebb_stream_gaussian(&stream));
    for (size_t i = 0; i < V; i++) rbm.visible_bias[i] = (double)(float)(0.5 * hebb_stream_gaussian(&stream));
    for (size_t j = 0; j < H; j++) rbm.hidden_bias[j] = (double)(float)(0.5 * hebb_stream_gaussian(&stream));
    rbm.sigma_v = visible == HEBB_LAYER_GAUSSIAN ? 0.7 : 1.0;
    rbm.sigma_h = hidden == HEBB_LAYER_GAUSSIAN ? 0.5 : 1.0;
    return rbm;
}

static double exact(const hebb_rbm *rbm)
{
    double ln_z;
    ck_assert_int_eq(hebb_rbm_log_partition(rbm, 1, &ln_z), HEBB_OK);
    return ln_z;
}

/* 24 normal numbers: one is beyond 4.5 with probability 2e-4; their squares add up to less than 5.5 or more than 60 with 1e-4. */
static void check_normal(const double z[SEEDS])
{
    double sum = 0.0;
    for (int k = 0; k < SEEDS; k++) {
        ck_assert_double_le(fabs(z[k]), 4.5);
        sum += z[k] * z[k];
    }
    ck_assert_double_ge(sum, 5.5);
    ck_assert_double_le(sum, 60.0);
}

static const hebb_layer_kind kinds[][2] = {{HEBB_LAYER_BINARY, HEBB_LAYER_BINARY},
                                           {HEBB_LAYER_SIGN, HEBB_LAYER_BINARY},
                                           {HEBB_LAYER_GAUSSIAN, HEBB_LAYER_SIGN},
                                           {HEBB_LAYER_BINARY, HEBB_LAYER_GAUSSIAN}};

START_TEST(annealing_up_and_down_meets_the_exact_value_within_its_error_bar)
{
    enum { CHAINS = 300, STEPS = 25 }; /* of fewer the weights are too skew for their errors to be normal */
    const hebb_layer_kind *kind = kinds[_i];
    hebb_rbm rbm = random_machine(kind[0], kind[1], 0.6);
    const double base[V] = {0.3, -0.3, 0.1}, ln_z = exact(&rbm);
    double up[SEEDS], down[SEEDS], logs[CHAINS], err, ess;
    for (int s = 0; s < SEEDS; s++) {
        const hebb_rbm_ais ais = {&rbm, base, CHAINS, STEPS, (uint64_t)s + 1, 7, 1};
        ck_assert_int_eq(hebb_rbm_ais_up(&ais, logs), HEBB_OK);
        up[s] = (hebb_rbm_ais_base(&rbm, base) + hebb_log_mean(CHAINS, logs, &err, &ess) - ln_z) / err;
        ck_assert(ess > 10.0 && ess < CHAINS);
        hebb_layer_states states;
        ck_assert_int_eq(hebb_rbm_states_draw(&rbm, CHAINS, (uint64_t)s + 1, 7, &states), HEBB_OK);
        ck_assert_int_eq(hebb_rbm_ais_down(&ais, &states, logs), HEBB_OK);
        down[s] = (hebb_rbm_ais_base(&rbm, base) - hebb_log_mean(CHAINS, logs, &err, &ess) - ln_z) / err;
        hebb_layer_states_free(&states);
    }
    check_normal(up);
    check_normal(down);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(without_weights_and_from_its_own_base_every_weight_is_the_same)
{
    enum { CHAINS = 40 };
    hebb_rbm rbm = random_machine(HEBB_LAYER_SIGN, HEBB_LAYER_BINARY, 0.0);
    memset(rbm.hidden_bias, 0, H * sizeof(double));
    double logs[CHAINS], err, ess;
    const hebb_rbm_ais ais = {&rbm, rbm.visible_bias, CHAINS, 10, 1, 0, 1};
    ck_assert_int_eq(hebb_rbm_ais_up(&ais, logs), HEBB_OK);
    ck_assert_double_eq_tol(hebb_rbm_ais_base(&rbm, rbm.visible_bias), exact(&rbm), 1e-12);
    ck_assert_double_eq_tol(hebb_log_mean(CHAINS, logs, &err, &ess), 0.0, 1e-12);
    ck_assert_double_le(err, 1e-12);
    ck_assert_double_eq_tol(ess, CHAINS, 1e-9);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(threads_do_not_show)
{
    enum { CHAINS = 70 };
    hebb_rbm rbm = random_machine(HEBB_LAYER_BINARY, HEBB_LAYER_BINARY, 1.0);
    double one[CHAINS], three[CHAINS];
    for (int t = 0; t < 2; t++) {
        const hebb_rbm_ais ais = {&rbm, rbm.visible_bias, CHAINS, 10, 1, 0, 1 + 2 * t};
        ck_assert_int_eq(hebb_rbm_ais_up(&ais, t == 0 ? one : three), HEBB_OK);
    }
    ck_assert_mem_eq(one, three, sizeof one);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(the_base_is_that_of_the_means)
{
    enum { N = 6 };
    uint8_t cases[N * V] = {0};
    for (int r = 0; r < 5; r++) cases[r * V] = 1; /* 5 of 6: with one on and one off more, 6 to 2 */
    hebb_layer_states states;
    double base[V];
    for (int sign = 0; sign < 2; sign++) {
        hebb_rbm rbm = random_machine((hebb_layer_kind)sign, HEBB_LAYER_BINARY, 0.0);
        ck_assert_int_eq(hebb_layer_states_init(&states, (hebb_layer_kind)sign, N, V), HEBB_OK);
        hebb_index_lists_set(&states.lists, N, cases);
        hebb_rbm_ais_base_of(&rbm, &states, base);
        ck_assert_double_eq_tol(base[0], log(3.0) / (sign + 1.0), 1e-14);
        ck_assert_double_eq_tol(base[1], -log(7.0) / (sign + 1.0), 1e-14);
        hebb_layer_states_free(&states);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

START_TEST(a_log_of_a_mean_has_its_jackknife)
{
    static const double logs[3] = {0.0, -HUGE_VAL, 1000.0};
    double err, ess;
    ck_assert_double_eq_tol(hebb_log_mean(2, logs, &err, &ess), log(0.5), 1e-15);
    ck_assert_double_eq_tol(ess, 1.0, 1e-15);
    ck_assert(err > 10.0); /* one is all there is: nothing is known */
    ck_assert_double_eq_tol(hebb_log_mean(3, logs, &err, &ess), 1000.0 - log(3.0), 1e-12);
    /* 1 and 3: without one of them ln 3 and ln 1 */
    const double some[2] = {0.0, log(3.0)}, a = log(3.0) - log(2.0), b = -log(2.0), mean = 0.5 * (a + b);
    ck_assert_double_eq_tol(hebb_log_mean(2, some, &err, &ess), log(2.0), 1e-14);
    ck_assert_double_eq_tol(err, sqrt(0.5 * (pow(a - mean, 2) + pow(b - mean, 2)) + mean * mean), 1e-14);
    ck_assert_double_eq_tol(ess, 1.6, 1e-14);
}
END_TEST

/* Normal laws of widths 1 and 2: Z_b/Z_a = 2. */
START_TEST(a_bridge_meets_the_ratio_within_the_error_of_its_groups)
{
    enum { ROUNDS = 5, GROUPS = 40 };
    double z[SEEDS], below[ROUNDS * GROUPS], above[ROUNDS * GROUPS], influences[GROUPS];
    for (int s = 0; s < SEEDS; s++) {
        hebb_stream stream;
        hebb_stream_init(&stream, hebb_philox_derive((uint64_t)s, HEBB_DRAW_REAL, 0, 0), 0, 0);
        for (int k = 0; k < ROUNDS * GROUPS; k++) {
            /* groups hold numbers that belong together */
            const double a = k < GROUPS ? hebb_stream_gaussian(&stream) : 0.0,
                         b = k < GROUPS ? 2.0 * hebb_stream_gaussian(&stream) : 0.0;
            below[k] = k < GROUPS ? a * a / 2.0 - a * a / 8.0 : below[k % GROUPS];
            above[k] = k < GROUPS ? b * b / 2.0 - b * b / 8.0 : above[k % GROUPS];
        }
        double squares = 0.0;
        const double x = hebb_bridge(ROUNDS, GROUPS, below, above, influences);
        for (int g = 0; g < GROUPS; g++) squares += influences[g] * influences[g];
        z[s] = (x - log(2.0)) / sqrt(squares);
    }
    check_normal(z);
}
END_TEST

/* 4000 draws of 2^9 states: pooled by the number of units on, each share within 4.5 errors, 10 of them: 7e-5. */
START_TEST(states_are_drawn_by_their_law)
{
    enum { N = 4000 };
    hebb_rbm rbm = random_machine(HEBB_LAYER_BINARY, HEBB_LAYER_BINARY, 1.5);
    const double ln_z = exact(&rbm);
    double expected[V + 1] = {0.0}, found[V + 1] = {0.0}, visible[V], fields[H];
    for (unsigned state = 0; state < 1U << V; state++) {
        for (size_t i = 0; i < V; i++) visible[i] = state >> i & 1;
        hebb_rbm_hidden_fields(&rbm, visible, fields);
        expected[__builtin_popcount(state)] += exp(-hebb_rbm_free_energy(&rbm, visible, fields) - ln_z);
    }
    hebb_layer_states states;
    ck_assert_int_eq(hebb_rbm_states_draw(&rbm, N, 3, 0, &states), HEBB_OK);
    for (size_t r = 0; r < N; r++) found[states.lists.starts[r + 1] - states.lists.starts[r]] += 1.0 / N;
    for (size_t k = 0; k <= V; k++)
        ck_assert_double_le(fabs(found[k] - expected[k]), 4.5 * sqrt(expected[k] * (1.0 - expected[k]) / N) + 1.0 / N);
    hebb_layer_states_free(&states);
    hebb_rbm_free(&rbm);
}
END_TEST

/* ---- a folder ---- */

static void save(const char *name, size_t rows, size_t columns, double *values)
{
    const hebb_array array = {
        .type = HEBB_ARRAY_F64, .n_dimensions = columns > 0 ? 2 : 1, .shape = {rows, columns}, .data = values};
    ck_assert_int_eq(hebb_npy_write(&array, scratch_path(name)), HEBB_OK);
}

/* The folder of weights trained elsewhere; the caller frees it. */
static char *save_machine(const hebb_rbm *rbm)
{
    save("weights.npy", V, H, rbm->weights);
    save("visible_bias.npy", V, 0, rbm->visible_bias);
    save("hidden_bias.npy", H, 0, rbm->hidden_bias);
    char *folder = strdup(scratch_path("weights.npy"));
    *strrchr(folder, '/') = '\0';
    return folder;
}

static hebb_likelihood_options few_options(uint64_t seed)
{
    return (hebb_likelihood_options){.wants = {true, true, true, true},
                                     .n_chains = 60,
                                     .n_steps = 25,
                                     .n_ladders = 40,
                                     .settle = 20,
                                     .sweeps = 40,
                                     .seed = seed,
                                     .n_threads = 1};
}

START_TEST(all_methods_agree_with_the_exact_one_and_the_ladders_error_is_honest)
{
    static const size_t first = 0;
    hebb_rbm rbm = random_machine(HEBB_LAYER_BINARY, HEBB_LAYER_BINARY, 1.0);
    char *folder = save_machine(&rbm);
    hebb_rbm_run run;
    double z[SEEDS];
    ck_assert_msg(hebb_rbm_run_open(&run, folder) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_uint_eq(run.n_visible, V);
    for (int s = 0; s < SEEDS; s++) {
        hebb_likelihood_options options = few_options((uint64_t)s + 1);
        hebb_likelihood_row *rows;
        size_t n;
        if (s > 0) options.wants[HEBB_LIKELIHOOD_AIS] = options.wants[HEBB_LIKELIHOOD_REVERSE_AIS] = false;
        ck_assert_msg(hebb_rbm_likelihood(&run, 1, &first, NULL, NULL, &options, &n, &rows) == HEBB_OK, "%s",
                      hebb_diagnostic());
        ck_assert_uint_eq(n, s > 0 ? 2 : 4);
        ck_assert_double_eq_tol(rows[0].ln_z, exact(&rbm), 1e-12);
        for (size_t k = 0; k < n; k++) ck_assert_str_eq(rows[k].note, "ok");
        z[s] = (rows[n - 1].ln_z - rows[0].ln_z) / rows[n - 1].ln_z_err;
        free(rows);
    }
    check_normal(z);
    hebb_rbm_run_close(&run);
    hebb_rbm_free(&rbm);
    free(folder);
}
END_TEST

START_TEST(methods_that_differ_and_few_effective_samples_are_reported)
{
    static const size_t first = 0;
    hebb_rbm rbm = random_machine(HEBB_LAYER_BINARY, HEBB_LAYER_BINARY, 4.0);
    char *folder = save_machine(&rbm);
    hebb_rbm_run run;
    hebb_likelihood_row *rows;
    size_t n;
    ck_assert_int_eq(hebb_rbm_run_open(&run, folder), HEBB_OK);
    hebb_likelihood_options options = few_options(1);
    options.n_chains = 4;
    options.n_steps = 1;
    ck_assert_int_eq(hebb_rbm_likelihood(&run, 1, &first, NULL, NULL, &options, &n, &rows), HEBB_OK);
    ck_assert_ptr_nonnull(strstr(rows[1].note, "effective samples of 4: a bound from below"));
    free(rows);
    hebb_rbm_run_close(&run);
    /* All units on is the one state that counts, and one that a single step from units that are off never sees. */
    for (size_t k = 0; k < V * H; k++) rbm.weights[k] = 4.0;
    for (size_t i = 0; i < V; i++) rbm.visible_bias[i] = -6.0;
    for (size_t j = 0; j < H; j++) rbm.hidden_bias[j] = -6.0;
    free(folder);
    folder = save_machine(&rbm);
    ck_assert_int_eq(hebb_rbm_run_open(&run, folder), HEBB_OK);
    options.n_chains = 60;
    options.wants[HEBB_LIKELIHOOD_LADDER] = options.wants[HEBB_LIKELIHOOD_REVERSE_AIS] = false;
    ck_assert_int_eq(hebb_rbm_likelihood(&run, 1, &first, NULL, NULL, &options, &n, &rows), HEBB_OK);
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(rows[0].note, "ok"); /* enumeration */
    ck_assert_ptr_nonnull(strstr(rows[1].note, "exact and ais differ by 9"));
    ck_assert_ptr_nonnull(strstr(rows[1].note, ": take exact"));
    free(rows);
    hebb_rbm_run_close(&run);
    hebb_rbm_free(&rbm);
    free(folder);
}
END_TEST

/* All units on and all off are the states that count, and ladders that begin in the second find the first one by one. */
START_TEST(a_ladder_that_is_not_at_rest_says_so)
{
    static const size_t first = 0;
    hebb_rbm rbm = random_machine(HEBB_LAYER_BINARY, HEBB_LAYER_BINARY, 0.0);
    for (size_t k = 0; k < V * H; k++) rbm.weights[k] = 1.5;
    for (size_t i = 0; i < V; i++) rbm.visible_bias[i] = -3.5;
    for (size_t j = 0; j < H; j++) rbm.hidden_bias[j] = -3.5;
    char *folder = save_machine(&rbm);
    hebb_rbm_run run;
    hebb_likelihood_row *rows;
    size_t n;
    hebb_likelihood_options options = few_options(1);
    options.wants[HEBB_LIKELIHOOD_AIS] = options.wants[HEBB_LIKELIHOOD_REVERSE_AIS] = false;
    options.settle = 0;
    options.sweeps = 20;
    ck_assert_int_eq(hebb_rbm_run_open(&run, folder), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_likelihood(&run, 1, &first, NULL, NULL, &options, &n, &rows), HEBB_OK);
    ck_assert_uint_eq(n, 2);
    ck_assert_double_lt(rows[1].ln_z, rows[0].ln_z);
    ck_assert_ptr_nonnull(strstr(rows[1].note, "not at rest: the later half of the rounds gives"));
    ck_assert_ptr_nonnull(strstr(rows[1].note, " more than the earlier one"));
    free(rows);
    hebb_rbm_run_close(&run);
    hebb_rbm_free(&rbm);
    free(folder);
}
END_TEST

START_TEST(the_mean_over_cases_is_that_of_the_free_energies)
{
    enum { N = 70 };
    for (int kind = 0; kind < HEBB_LAYER_KINDS; kind++) {
        hebb_rbm rbm = random_machine((hebb_layer_kind)kind, HEBB_LAYER_BINARY, 1.0);
        hebb_layer_states cases;
        hebb_stream stream;
        uint8_t bytes[N * V];
        double expected = 0.0, visible[V], fields[H], mean;
        ck_assert_int_eq(hebb_layer_states_init(&cases, (hebb_layer_kind)kind, N, V), HEBB_OK);
        hebb_stream_init(&stream, hebb_philox_derive(9, HEBB_DRAW_REAL, 0, 0), 0, 0);
        for (size_t k = 0; k < N * V; k++) bytes[k] = hebb_stream_u32(&stream) >> 31;
        if (kind == HEBB_LAYER_GAUSSIAN)
            for (size_t k = 0; k < N * V; k++) cases.reals[k] = (float)hebb_stream_gaussian(&stream);
        else
            hebb_index_lists_set(&cases.lists, N, bytes);
        for (size_t r = 0; r < N; r++) {
            hebb_layer_states_get(&cases, r, visible);
            hebb_rbm_hidden_fields(&rbm, visible, fields);
            expected -= hebb_rbm_free_energy(&rbm, visible, fields) / N;
        }
        ck_assert_int_eq(hebb_rbm_mean_log_weight(&rbm, &cases, &mean), HEBB_OK);
        ck_assert_double_eq_tol(mean, expected, 1e-6);
        hebb_layer_states_free(&cases);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

START_TEST(weights_of_another_shape_are_named_and_refused)
{
    hebb_rbm rbm = random_machine(HEBB_LAYER_BINARY, HEBB_LAYER_BINARY, 1.0);
    hebb_rbm_run run;
    hebb_layer_states cases;
    char *folder = save_machine(&rbm);
    ck_assert_int_eq(hebb_rbm_run_open(&run, folder), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_run_data(&run, &cases), HEBB_EUSAGE);
    ck_assert_int_eq(hebb_rbm_run_test(&run, "builtin:xor", NAN, &cases), HEBB_EDATA);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "9 visible"));
    hebb_rbm_run_close(&run);
    save("hidden_bias.npy", H + 1, 0, (double[H + 1]){0.0});
    ck_assert_int_eq(hebb_rbm_run_open(&run, folder), HEBB_EDATA);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "hidden_bias.npy"));
    hebb_rbm_run_close(&run);
    rbm.weights[3] = NAN;
    save("weights.npy", V, H, rbm.weights);
    ck_assert_int_eq(hebb_rbm_run_open(&run, folder), HEBB_EDATA);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "weights.npy"));
    hebb_rbm_run_close(&run);
    hebb_rbm_free(&rbm);
    free(folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_likelihood");
    TCase *parts = tcase_create("parts"), *folders = tcase_create("folders");
    tcase_add_loop_test(parts, annealing_up_and_down_meets_the_exact_value_within_its_error_bar, 0,
                        (int)(sizeof kinds / sizeof *kinds));
    tcase_add_test(parts, without_weights_and_from_its_own_base_every_weight_is_the_same);
    tcase_add_test(parts, threads_do_not_show);
    tcase_add_test(parts, the_base_is_that_of_the_means);
    tcase_add_test(parts, a_log_of_a_mean_has_its_jackknife);
    tcase_add_test(parts, a_bridge_meets_the_ratio_within_the_error_of_its_groups);
    tcase_add_test(parts, states_are_drawn_by_their_law);
    tcase_add_test(parts, the_mean_over_cases_is_that_of_the_free_energies);
    suite_add_tcase(suite, parts);
    tcase_add_checked_fixture(folders, scratch_make, scratch_remove);
    tcase_add_test(folders, all_methods_agree_with_the_exact_one_and_the_ladders_error_is_honest);
    tcase_add_test(folders, methods_that_differ_and_few_effective_samples_are_reported);
    tcase_add_test(folders, a_ladder_that_is_not_at_rest_says_so);
    tcase_add_test(folders, weights_of_another_shape_are_named_and_refused);
    suite_add_tcase(suite, folders);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
