/* rbm_ladder: exchange samples a machine's law where Gibbs chains stay where they are, against enumeration; threads. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rbm_exact.h"
#include "rbm_ladder.h"

enum { V = 10, H = 4, LADDERS = 600 };

/* All units drawn to each other, so that they are all up or all down; up a little more likely by the bias. */
static hebb_rbm two_valleys(double weight, hebb_layer_kind visible)
{
    hebb_rbm rbm;
    ck_assert_int_eq(hebb_rbm_init(&rbm, V, visible, H, HEBB_LAYER_SIGN), HEBB_OK);
    for (size_t k = 0; k < V * H; k++) rbm.weights[k] = weight;
    for (size_t i = 0; i < V; i++) rbm.visible_bias[i] = 0.06;
    rbm.sigma_v = visible == HEBB_LAYER_GAUSSIAN ? 0.4 : 1.0;
    return rbm;
}

/* P(more units up than down), from all states of both layers' smaller one; of Gaussian units P(h up). */
static double exact_share(const hebb_rbm *rbm)
{
    double total = 0.0, up = 0.0, visible[V], fields[H];
    for (unsigned state = 0; state < 1U << V; state++) {
        double sum = 0.0;
        for (size_t i = 0; i < V; i++) sum += visible[i] = state >> i & 1 ? 1.0 : -1.0;
        hebb_rbm_hidden_fields(rbm, visible, fields);
        const double p = exp(-hebb_rbm_free_energy(rbm, visible, fields));
        total += p;
        up += sum > 0.0 ? p : sum == 0.0 ? 0.5 * p : 0.0;
    }
    return up / total;
}

static double share_of(const hebb_layer_states *visible)
{
    double up = 0.0, numbers[V];
    for (size_t r = 0; r < visible->n_states; r++) {
        double sum = 0.0;
        hebb_layer_states_get(visible, r, numbers);
        for (size_t i = 0; i < V; i++) sum += numbers[i];
        up += sum > 0.0 ? 1.0 : sum == 0.0 ? 0.5 : 0.0;
    }
    return up / (double)visible->n_states;
}

static void climb(hebb_rbm_ladder *ladder, const hebb_rbm *rbm, uint64_t seed, int n_threads, long n_rounds)
{
    const hebb_rbm_ladder_options options = hebb_rbm_ladder_defaults(LADDERS, seed, n_threads);
    ck_assert_msg(hebb_rbm_ladder_init(ladder, 1, rbm, &options) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_int_eq(hebb_rbm_ladder_run(ladder, n_rounds), HEBB_OK);
}

/* 600 independent ladders: beyond 4.5 standard errors with probability 7e-6. */
START_TEST(exchange_fills_both_valleys_as_their_law_says_and_gibbs_sampling_does_not)
{
    hebb_rbm rbm = two_valleys(0.9, HEBB_LAYER_SIGN);
    const double exact = exact_share(&rbm), err = sqrt(exact * (1.0 - exact) / LADDERS);
    hebb_rbm_ladder ladder;
    double least, mean;
    ck_assert(exact > 0.7 && exact < 0.95);
    climb(&ladder, &rbm, 3, 1, 100);
    hebb_rbm_gibbs *top = &ladder.rungs[ladder.n_rungs - 1].chains;
    ck_assert_double_le(fabs(share_of(&top->visible) - exact), 4.5 * err);
    hebb_rbm_ladder_acceptance(&ladder, &least, &mean);
    ck_assert(least > 0.1 && mean > least && mean < 1.0);
    ck_assert_double_eq(ladder.rungs[0].place, 0.0);
    ck_assert_double_eq(ladder.rungs[ladder.n_rungs - 1].place, 1.0);

    hebb_rbm_gibbs_randomise(top, hebb_philox_derive(8, HEBB_DRAW_STATE, 0, 0));
    ck_assert_int_eq(hebb_rbm_gibbs_run(top, 100), HEBB_OK);
    ck_assert_double_ge(fabs(share_of(&top->visible) - exact), 8.0 * err);
    hebb_rbm_ladder_free(&ladder);
    hebb_rbm_ladder_free(&ladder);
    hebb_rbm_free(&rbm);
}
END_TEST

/* Each unit's mean at the lower rung of a pair as well: exchange leaves all machines' laws. */
START_TEST(every_rung_keeps_the_law_of_its_machine)
{
    hebb_rbm machines[2] = {two_valleys(0.25, HEBB_LAYER_SIGN), two_valleys(0.9, HEBB_LAYER_SIGN)};
    hebb_rbm_ladder_options options = hebb_rbm_ladder_defaults(LADDERS, 4, 1);
    static const bool is_needed[2] = {true, true};
    options.is_needed = is_needed;
    hebb_rbm_ladder ladder;
    size_t n_seen = 0;
    ck_assert_int_eq(hebb_rbm_ladder_init(&ladder, 2, machines, &options), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_ladder_run(&ladder, 100), HEBB_OK);
    for (size_t k = 0; k < ladder.n_rungs; k++) {
        const double place = ladder.rungs[k].place;
        if (place != 1.0 && place != 2.0) continue;
        const double exact = exact_share(&machines[(size_t)place - 1]), err = sqrt(exact * (1.0 - exact) / LADDERS);
        ck_assert_double_le(fabs(share_of(&ladder.rungs[k].chains.visible) - exact), 4.5 * err);
        n_seen++;
    }
    ck_assert_uint_eq(n_seen, 2);
    hebb_rbm_ladder_free(&ladder);
    hebb_rbm_free(&machines[0]);
    hebb_rbm_free(&machines[1]);
}
END_TEST

/* A sum over visible units given h: v is normal, so P(h) is known and <v> with it. */
START_TEST(gaussian_units_are_exchanged_too)
{
    hebb_rbm rbm = two_valleys(0.9, HEBB_LAYER_GAUSSIAN);
    const double s2 = 0.4 * 0.4;
    double total = 0.0, mean = 0.0, square = 0.0, measured = 0.0, numbers[V];
    for (unsigned h = 0; h < 1U << H; h++) {
        const double field = 0.06 + 0.9 * (2.0 * __builtin_popcount(h) - H), p = exp(0.5 * V * s2 * field * field);
        total += p;
        mean += p * s2 * field;
        square += p * (s2 * field * s2 * field + s2 / V);
    }
    mean /= total;
    square /= total;
    hebb_rbm_ladder ladder;
    climb(&ladder, &rbm, 5, 1, 100);
    const hebb_layer_states *visible = &ladder.rungs[ladder.n_rungs - 1].chains.visible;
    for (size_t r = 0; r < LADDERS; r++) {
        hebb_layer_states_get(visible, r, numbers);
        for (size_t i = 0; i < V; i++) measured += numbers[i] / (V * LADDERS);
    }
    ck_assert_double_gt(mean, 0.1);
    ck_assert_double_le(fabs(measured - mean), 4.5 * sqrt((square - mean * mean) / LADDERS));
    hebb_rbm_ladder_free(&ladder);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(threads_do_not_show)
{
    hebb_rbm rbm = two_valleys(0.9, HEBB_LAYER_SIGN);
    hebb_rbm_ladder ladders[2];
    for (int t = 0; t < 2; t++) climb(&ladders[t], &rbm, 3, 1 + 2 * t, 10);
    ck_assert_uint_eq(ladders[0].n_rungs, ladders[1].n_rungs);
    for (size_t k = 0; k < ladders[0].n_rungs; k++) {
        const hebb_index_lists *a = &ladders[0].rungs[k].chains.visible.lists,
                               *b = &ladders[1].rungs[k].chains.visible.lists;
        ck_assert_mem_eq(a->starts, b->starts, (LADDERS + 1) * sizeof *a->starts);
        ck_assert_mem_eq(a->indices, b->indices, a->starts[LADDERS] * sizeof *a->indices);
        ck_assert_double_eq(ladders[0].rungs[k].accepted, ladders[1].rungs[k].accepted);
    }
    for (int t = 0; t < 2; t++) hebb_rbm_ladder_free(&ladders[t]);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(what_makes_no_ladder_is_refused)
{
    hebb_rbm rbm = two_valleys(3.0, HEBB_LAYER_SIGN);
    hebb_rbm_ladder ladder;
    hebb_rbm_ladder_options options = hebb_rbm_ladder_defaults(0, 1, 1);
    ck_assert_int_eq(hebb_rbm_ladder_init(&ladder, 1, &rbm, &options), HEBB_EDOM);
    hebb_rbm_ladder_free(&ladder);
    options = hebb_rbm_ladder_defaults(10, 1, 1);
    options.max_rungs = 2;
    ck_assert_int_eq(hebb_rbm_ladder_init(&ladder, 1, &rbm, &options), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "too far apart"));
    hebb_rbm_ladder_free(&ladder);
    hebb_rbm_free(&rbm);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_ladder");
    TCase *exchange = tcase_create("exchange");
    tcase_add_test(exchange, exchange_fills_both_valleys_as_their_law_says_and_gibbs_sampling_does_not);
    tcase_add_test(exchange, every_rung_keeps_the_law_of_its_machine);
    tcase_add_test(exchange, gaussian_units_are_exchanged_too);
    tcase_add_test(exchange, threads_do_not_show);
    tcase_add_test(exchange, what_makes_no_ladder_is_refused);
    suite_add_tcase(suite, exchange);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
