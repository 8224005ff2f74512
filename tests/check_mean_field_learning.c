/*
 * mean_field_learning: its slopes against the free energy's, what an update costs and shows, and that the defaults
 * learn.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_learning.h"
#include "criterion.h"
#include "mean_field_learning.h"

enum { MAX_UNITS = 12 };

static const double hot[] = {3.0, 1.0};

static hebb_mean_field_learning_options converged(hebb_mean_field_order order, bool is_conditional)
{
    return (hebb_mean_field_learning_options){
        .is_conditional = is_conditional,
        .settling = {.order = order, .tolerance = 1e-15, .max_sweeps = 5000, .damping = 0.2},
        .learning_rate = 0.1,
        .n_temperatures = 2,
        .temperatures = hot};
}

static hebb_problem take(const char *name)
{
    hebb_problem problem;
    ck_assert_int_eq(hebb_problem_builtin(name, &problem), HEBB_OK);
    return problem;
}

static hebb_boltzmann random_machine(const hebb_problem *problem, size_t n_hidden, hebb_unit_kind kind,
                                     hebb_links links, double scale, uint64_t seed)
{
    hebb_boltzmann machine;
    hebb_stream stream;
    ck_assert_int_eq(hebb_boltzmann_init(&machine, problem->n_input, problem->n_output, n_hidden, kind, links),
                     HEBB_OK);
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    hebb_boltzmann_draw_uniform(&machine, &stream, scale);
    return machine;
}

static hebb_mean_field_learning begin(hebb_boltzmann *machine, const hebb_problem *problem,
                                      const hebb_mean_field_learning_options *options, uint64_t seed)
{
    hebb_mean_field_learning learning;
    ck_assert_int_eq(hebb_mean_field_learning_init(&learning, machine, problem, options, seed), HEBB_OK);
    return learning;
}

/* ---- the free energy that learning goes down, written once more ---- */

static double entropy_of(double p)
{
    return (p > 0.0 ? -p * log(p) : 0.0) + (p < 1.0 ? -(1.0 - p) * log1p(-p) : 0.0);
}

/* F/T at T = 1 of means iterated to rest from the middle, the first n_fixed units clamped to a case. */
static double settled_free_energy(const hebb_boltzmann *m, bool is_tap, const uint8_t *units, size_t n_fixed)
{
    const bool is_sign = m->kind == HEBB_UNITS_SIGN;
    const size_t n = m->n_units;
    double v[MAX_UNITS], moved = 1.0, f = 0.0;
    for (size_t i = 0; i < n; i++) v[i] = i >= n_fixed ? (is_sign ? 0.0 : 0.5) : units[i] ? 1.0 : is_sign ? -1.0 : 0.0;
    for (long sweep = 0; moved > 1e-15 && sweep < 20000; sweep++) {
        moved = 0.0;
        for (size_t i = n_fixed; i < n; i++) {
            double h = m->biases[i], reaction = 0.0;
            for (size_t j = 0; j < n; j++) {
                const double w = m->weights[i * n + j];
                h += w * v[j];
                reaction += w * w * (is_sign ? 1.0 - v[j] * v[j] : v[j] * (1.0 - v[j]));
            }
            if (is_tap) h += reaction * (is_sign ? -v[i] : 0.5 - v[i]);
            const double next = 0.5 * v[i] + 0.5 * (is_sign ? tanh(h) : 0.5 + 0.5 * tanh(0.5 * h));
            moved = fmax(moved, fabs(next - v[i]));
            v[i] = next;
        }
    }
    for (size_t i = 0; i < n; i++) {
        f -= m->biases[i] * v[i] + entropy_of(is_sign ? 0.5 * (1.0 + v[i]) : v[i]);
        for (size_t j = 0; j < i; j++) {
            const double w = m->weights[i * n + j], d_i = is_sign ? 1.0 - v[i] * v[i] : v[i] * (1.0 - v[i]),
                         d_j = is_sign ? 1.0 - v[j] * v[j] : v[j] * (1.0 - v[j]);
            f -= w * v[i] * v[j] + (is_tap ? 0.5 * w * w * d_i * d_j : 0.0);
        }
    }
    return f;
}

static double gap_of(const hebb_boltzmann *m, const hebb_problem *problem, bool is_tap, bool is_conditional)
{
    double sum = 0.0;
    for (size_t c = 0; c < problem->n_cases; c++) {
        const uint8_t *units = problem->cases + c * problem->n_visible;
        sum += settled_free_energy(m, is_tap, units, m->n_visible) -
               settled_free_energy(m, is_tap, units, is_conditional ? m->n_input : 0);
    }
    return sum / (double)problem->n_cases;
}

/* Two-sided difference of the gap; of the bias where i = j. */
static double difference(hebb_boltzmann *m, const hebb_problem *problem, bool is_tap, bool is_conditional, size_t i,
                         size_t j)
{
    static const double STEP = 1e-4;
    const double before = i == j ? m->biases[i] : m->weights[i * m->n_units + j];
    double at[2];
    for (int k = 0; k < 2; k++) {
        const double x = before + (k == 0 ? STEP : -STEP);
        if (i == j) m->biases[i] = x;
        if (i != j) hebb_boltzmann_set_weight(m, i, j, x);
        at[k] = gap_of(m, problem, is_tap, is_conditional);
    }
    if (i == j) m->biases[i] = before;
    if (i != j) hebb_boltzmann_set_weight(m, i, j, before);
    return (at[0] - at[1]) / (2.0 * STEP);
}

/*
 * A machine of each mask, of weights small enough for one fixed point: slopes = -dG/dw, to the difference's own error.
 */
static void check_slopes(hebb_unit_kind kind, hebb_links links, hebb_mean_field_order order, bool is_conditional)
{
    hebb_problem problem = take("xor");
    hebb_boltzmann machine =
        random_machine(&problem, 3, kind, links, kind == HEBB_UNITS_SIGN ? 0.35 : 1.2, 40 + (uint64_t)links);
    const hebb_mean_field_learning_options options = converged(order, is_conditional);
    hebb_mean_field_learning learning = begin(&machine, &problem, &options, 1);
    const bool is_tap = order == HEBB_MEAN_FIELD_TAP;
    const size_t n = machine.n_units;
    double largest = 0.0;
    ck_assert_int_eq(hebb_mean_field_learning_average(&learning, 1), HEBB_OK);
    ck_assert_double_lt(learning.residual, 1e-14);
    ck_assert_double_eq_tol(learning.gap, gap_of(&machine, &problem, is_tap, is_conditional), 1e-11);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            if (i != j && !machine.may_link[i * n + j]) continue;
            const double slope = learning.slopes[i * n + j];
            ck_assert_double_eq_tol(slope, -difference(&machine, &problem, is_tap, is_conditional, i, j), 1e-7);
            largest = fmax(largest, fabs(slope));
        }
    ck_assert_double_gt(largest, 1e-3); /* there was something to compare */
    hebb_mean_field_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}

START_TEST(the_slopes_are_finite_differences_of_the_free_energies_of_settled_means)
{
    for (int k = 0; k < 4; k++)
        for (int links = HEBB_LINKS_FULL; links <= HEBB_LINKS_RESTRICTED; links++)
            check_slopes(_i, links, k & 1 ? HEBB_MEAN_FIELD_TAP : HEBB_MEAN_FIELD_NAIVE, k >> 1);
}
END_TEST

/*
 * One machine in two coordinates: the same gap, and the slopes of s from those of x, s_i s_j = 4 x_i x_j - 2 x_i - 2
 * x_j + 1.
 */
START_TEST(both_kinds_of_units_learn_down_the_same_free_energy)
{
    hebb_problem problem = take("xor");
    hebb_boltzmann sign = random_machine(&problem, 3, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 0.35, 9), binary;
    double offset;
    ck_assert_int_eq(hebb_boltzmann_convert(&sign, &binary, &offset), HEBB_OK);
    const size_t n = sign.n_units;
    for (int order = HEBB_MEAN_FIELD_NAIVE; order <= HEBB_MEAN_FIELD_TAP; order++) {
        const hebb_mean_field_learning_options options = converged(order, true);
        hebb_mean_field_learning a = begin(&sign, &problem, &options, 1), b = begin(&binary, &problem, &options, 1);
        ck_assert_int_eq(hebb_mean_field_learning_average(&a, 1), HEBB_OK);
        ck_assert_int_eq(hebb_mean_field_learning_average(&b, 1), HEBB_OK);
        ck_assert_double_eq_tol(a.gap, b.gap, 1e-11);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < i; j++)
                ck_assert_double_eq_tol(
                    a.slopes[i * n + j],
                    4.0 * b.slopes[i * n + j] - 2.0 * b.slopes[i * n + i] - 2.0 * b.slopes[j * n + j], 1e-11);
        hebb_mean_field_learning_free(&a);
        hebb_mean_field_learning_free(&b);
    }
    hebb_boltzmann_free(&sign);
    hebb_boltzmann_free(&binary);
    hebb_problem_free(&problem);
}
END_TEST

/* ---- the step ---- */

START_TEST(a_step_follows_the_slopes_or_their_signs_where_the_mask_allows_it)
{
    hebb_problem problem = take("xor");
    for (int is_manhattan = 0; is_manhattan < 2; is_manhattan++) {
        hebb_boltzmann machine = random_machine(&problem, 3, HEBB_UNITS_SIGN, HEBB_LINKS_LAYERED, 0.35, 3), before;
        before = random_machine(&problem, 3, HEBB_UNITS_SIGN, HEBB_LINKS_LAYERED, 0.35, 3);
        hebb_mean_field_learning_options options = converged(HEBB_MEAN_FIELD_NAIVE, true);
        options.is_manhattan = is_manhattan;
        hebb_mean_field_learning learning = begin(&machine, &problem, &options, 1);
        ck_assert_int_eq(hebb_mean_field_learning_update(&learning, 1), HEBB_OK);
        const size_t n = machine.n_units;
        size_t n_moved = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                const double slope = learning.slopes[i > j ? i * n + j : j * n + i];
                const double want = is_manhattan ? (slope > 0.0) - (slope < 0.0) : slope;
                const double moved = i == j ? machine.biases[i] - before.biases[i]
                                            : machine.weights[i * n + j] - before.weights[i * n + j];
                const bool is_free = i == j || machine.may_link[i * n + j];
                ck_assert_double_eq_tol(moved, is_free ? 0.1 * want : 0.0, 1e-15);
                n_moved += moved != 0.0;
            }
        ck_assert_uint_eq(n_moved, 4 + 2 * (6 + 3)); /* biases but the input's, which never move; links both ways */
        hebb_mean_field_learning_free(&learning);
        hebb_boltzmann_free(&machine);
        hebb_boltzmann_free(&before);
    }
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(weights_that_outgrow_all_bounds_are_refused)
{
    hebb_problem problem = take("xor");
    hebb_boltzmann machine = random_machine(&problem, 3, HEBB_UNITS_SIGN, HEBB_LINKS_LAYERED, 0.35, 3);
    hebb_mean_field_learning_options options = converged(HEBB_MEAN_FIELD_NAIVE, true);
    options.learning_rate = 1e9;
    hebb_mean_field_learning learning = begin(&machine, &problem, &options, 1);
    ck_assert_int_eq(hebb_mean_field_learning_update(&learning, 1), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "lower the learning rate of 1e+09"));
    hebb_mean_field_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

/* ---- batches ---- */

START_TEST(an_epoch_shows_every_case_once_in_an_order_of_its_own)
{
    hebb_batch batch, other;
    size_t n_same = 0;
    uint32_t first[8];
    ck_assert_int_eq(hebb_batch_init(&batch, 8, 3, 5), HEBB_OK);
    ck_assert_int_eq(hebb_batch_init(&other, 8, 3, 5), HEBB_OK);
    ck_assert_uint_eq(hebb_batch_epoch_length(&batch), 3);
    for (uint64_t epoch = 1; epoch <= 20; epoch++) {
        unsigned seen = 0;
        for (uint64_t k = 0; k < 3; k++) {
            hebb_batch_choose(&batch, 3 * (epoch - 1) + k + 1);
            ck_assert_uint_eq(batch.n_shown, k < 2 ? 3 : 2);
            for (size_t c = 0; c < batch.n_shown; c++) seen |= 1u << batch.order[batch.first + c];
        }
        ck_assert_uint_eq(seen, 255);
        hebb_batch_choose(&other, 3 * epoch); /* from anywhere to anywhere */
        ck_assert_mem_eq(batch.order, other.order, sizeof first);
        if (epoch == 1) memcpy(first, batch.order, sizeof first);
        n_same += memcmp(first, batch.order, sizeof first) == 0;
    }
    ck_assert_uint_eq(n_same, 1);
    hebb_batch_free(&batch);
    hebb_batch_free(&other);
    hebb_batch_free(&other);
    ck_assert_int_eq(hebb_batch_init(&batch, 4, 5, 1), HEBB_EDOM);
}
END_TEST

START_TEST(learning_goes_on_from_weights_and_the_number_of_the_update_alone)
{
    hebb_problem problem = take("encoder-4-2-4");
    hebb_boltzmann whole = random_machine(&problem, 2, HEBB_UNITS_SIGN, HEBB_LINKS_NO_INPUT_OUTPUT, 0.3, 4);
    hebb_boltzmann parts = random_machine(&problem, 2, HEBB_UNITS_SIGN, HEBB_LINKS_NO_INPUT_OUTPUT, 0.3, 4);
    hebb_mean_field_learning_options options = converged(HEBB_MEAN_FIELD_NAIVE, true);
    options.settling = (hebb_mean_field_options){.max_sweeps = 2};
    options.batch = 3;
    hebb_mean_field_learning one = begin(&whole, &problem, &options, 6);
    for (uint64_t update = 1; update <= 9; update++)
        ck_assert_int_eq(hebb_mean_field_learning_update(&one, update), HEBB_OK);
    for (uint64_t update = 1; update <= 9; update++) {
        hebb_mean_field_learning piece = begin(&parts, &problem, &options, 6);
        ck_assert_int_eq(hebb_mean_field_learning_update(&piece, update), HEBB_OK);
        hebb_mean_field_learning_free(&piece);
    }
    ck_assert_mem_eq(whole.weights, parts.weights, whole.n_units * whole.n_units * sizeof(double));
    ck_assert_mem_eq(whole.biases, parts.biases, whole.n_units * sizeof(double));
    hebb_mean_field_learning_free(&one);
    hebb_boltzmann_free(&whole);
    hebb_boltzmann_free(&parts);
    hebb_problem_free(&problem);
}
END_TEST

/* ---- what is counted, what is said ---- */

START_TEST(a_unit_update_is_a_mean_set_once)
{
    hebb_problem problem = take("encoder-4-2-4");
    hebb_boltzmann machine = random_machine(&problem, 2, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 0.3, 4);
    for (int is_conditional = 0; is_conditional < 2; is_conditional++) {
        hebb_mean_field_learning_options options = converged(HEBB_MEAN_FIELD_NAIVE, is_conditional);
        options.settling = (hebb_mean_field_options){.max_sweeps = 3};
        hebb_mean_field_learning learning = begin(&machine, &problem, &options, 6);
        ck_assert_int_eq(hebb_mean_field_learning_average(&learning, 1), HEBB_OK);
        ck_assert_uint_eq(learning.n_unit_updates, 2 * 3 * (is_conditional ? 4 * 2 + 4 * 6 : 4 * 2 + 10));
        ck_assert_uint_eq(learning.n_answer_updates, is_conditional ? 0 : 2 * 3 * 4 * 6);
        hebb_mean_field_learning_free(&learning);
    }
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(answers_are_those_of_the_clamped_input_whatever_is_learnt)
{
    hebb_problem problem = take("encoder-4-2-4");
    hebb_boltzmann machine = random_machine(&problem, 2, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 0.0, 4);
    for (int is_conditional = 0; is_conditional < 2; is_conditional++) {
        const hebb_mean_field_learning_options options = converged(HEBB_MEAN_FIELD_NAIVE, is_conditional);
        hebb_mean_field_learning learning = begin(&machine, &problem, &options, 6);
        for (size_t i = 0; i < 4; i++) hebb_boltzmann_set_weight(&machine, i, 4 + i, 0.0);
        ck_assert_int_eq(hebb_mean_field_learning_average(&learning, 1), HEBB_OK);
        ck_assert_double_eq(hebb_mean_field_learning_error_rate(&learning), 1.0); /* V = 0 says nothing */
        for (size_t i = 0; i < 4; i++) hebb_boltzmann_set_weight(&machine, i, 4 + i, i == 2 ? -1.0 : 1.0);
        ck_assert_int_eq(hebb_mean_field_learning_average(&learning, 1), HEBB_OK);
        ck_assert_double_eq(hebb_mean_field_learning_error_rate(&learning), 1.0); /* one output wrong in each */
        for (size_t i = 0; i < 4; i++) hebb_boltzmann_set_weight(&machine, i, 4 + i, 1.0);
        ck_assert_int_eq(hebb_mean_field_learning_average(&learning, 1), HEBB_OK);
        ck_assert_double_eq(hebb_mean_field_learning_error_rate(&learning), 0.0);
        hebb_mean_field_learning_free(&learning);
    }
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

START_TEST(a_problem_without_answers_has_no_error_rate)
{
    hebb_problem problem = take("bars-and-stripes");
    hebb_boltzmann machine = random_machine(&problem, 2, HEBB_UNITS_BINARY, HEBB_LINKS_RESTRICTED, 0.3, 4);
    const hebb_mean_field_learning_options options = converged(HEBB_MEAN_FIELD_NAIVE, false);
    hebb_mean_field_learning learning = begin(&machine, &problem, &options, 6);
    ck_assert_int_eq(hebb_mean_field_learning_update(&learning, 1), HEBB_OK);
    ck_assert(isnan(hebb_mean_field_learning_error_rate(&learning)));
    ck_assert_uint_eq(learning.n_answer_updates, 0);
    hebb_mean_field_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

/* ---- refusals ---- */

static void refuse(hebb_mean_field_learning_options options, const char *name, const char *words)
{
    hebb_problem problem = take(name);
    hebb_boltzmann machine = random_machine(&problem, 2, HEBB_UNITS_SIGN, HEBB_LINKS_RESTRICTED, 0.3, 4);
    hebb_mean_field_learning learning;
    ck_assert_int_eq(hebb_mean_field_learning_init(&learning, &machine, &problem, &options, 1), HEBB_EDOM);
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "%s", hebb_diagnostic());
    hebb_mean_field_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}

START_TEST(options_out_of_range_are_refused_in_a_sentence)
{
    const double frozen[] = {1.0, 0.0};
    hebb_mean_field_learning_options good = converged(HEBB_MEAN_FIELD_NAIVE, true), bad = good;
    refuse(good, "bars-and-stripes", "the problem has no input");
    bad.learning_rate = NAN;
    refuse(bad, "xor", "a learning rate of nan");
    bad = good, bad.batch = 5;
    refuse(bad, "xor", "a batch of 5 of 4 cases");
    bad = good, bad.settling.max_sweeps = 0;
    refuse(bad, "xor", "0 sweeps at each temperature");
    bad = good, bad.settling.damping = 1.0;
    refuse(bad, "xor", "a damping of 1");
    bad = good, bad.settling.tolerance = -1.0;
    refuse(bad, "xor", "a tolerance of -1");
    bad = good, bad.temperatures = frozen;
    refuse(bad, "xor", "a temperature of 0");
    bad = good, bad.n_temperatures = 0;
    refuse(bad, "xor", "no temperatures");
    hebb_problem problem = take("xor"), other = take("encoder-4-2-4");
    hebb_boltzmann machine = random_machine(&problem, 2, HEBB_UNITS_SIGN, HEBB_LINKS_RESTRICTED, 0.3, 4);
    hebb_mean_field_learning learning;
    ck_assert_int_eq(hebb_mean_field_learning_init(&learning, &machine, &other, &good, 1), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "2 input and 1 output units for a problem of 4 and 4"));
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
    hebb_problem_free(&other);
}
END_TEST

/* ---- the defaults ---- */

/* Whether a machine of that seed comes to ten epochs without an error. */
static bool learns(const char *name, uint64_t seed)
{
    hebb_problem problem = take(name);
    hebb_machine_recipe recipe;
    hebb_mean_field_learning_options options;
    double temperatures[HEBB_MAX_TEMPERATURES];
    hebb_mean_field_learning_defaults(&problem, &recipe, &options);
    hebb_machine_recipe_temperatures(&recipe, temperatures);
    options.temperatures = temperatures;
    hebb_boltzmann machine;
    ck_assert_int_eq(hebb_machine_recipe_make(&recipe, &problem, seed, &machine), HEBB_OK);
    hebb_mean_field_learning learning = begin(&machine, &problem, &options, seed);
    hebb_criterion criterion = {.wanted = HEBB_CRITERION_EPOCHS};
    bool is_met = false;
    for (uint64_t update = 1; !is_met && update <= recipe.max_updates; update++) {
        ck_assert_int_eq(hebb_mean_field_learning_update(&learning, update), HEBB_OK);
        is_met = hebb_criterion_add(&criterion, hebb_mean_field_learning_error_rate(&learning));
    }
    hebb_mean_field_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
    return is_met;
}

/*
 * Of 2000 other seeds all learn exclusive or and 8 do not learn the encoder: one of 20 at most, but once in 300 times.
 */
START_TEST(the_defaults_learn_exclusive_or_and_the_encoder)
{
    int n_xor = 0, n_encoder = 0;
    for (uint64_t seed = 301; seed <= 320; seed++) {
        n_xor += learns("xor", seed);
        n_encoder += learns("encoder-4-2-4", seed);
    }
    ck_assert_int_eq(n_xor, 20);
    ck_assert_int_ge(n_encoder, 19);
}
END_TEST

/*
 * An empty machine's divergence is 9 ln 2 - ln 14 = 3.599; after 1000 updates that of 6 seeds was from 0.23 to 0.68.
 * The free phase is at one picture, not between them.
 */
START_TEST(bars_and_stripes_are_learnt_by_weights_that_never_rest)
{
    hebb_problem problem = take("bars-and-stripes");
    hebb_machine_recipe recipe;
    hebb_mean_field_learning_options options;
    double temperatures[HEBB_MAX_TEMPERATURES], divergence;
    hebb_mean_field_learning_defaults(&problem, &recipe, &options);
    hebb_machine_recipe_temperatures(&recipe, temperatures);
    options.temperatures = temperatures;
    hebb_boltzmann machine;
    ck_assert_int_eq(hebb_machine_recipe_make(&recipe, &problem, 301, &machine), HEBB_OK);
    hebb_mean_field_learning learning = begin(&machine, &problem, &options, 301);
    for (uint64_t update = 1; update <= 1000; update++)
        ck_assert_int_eq(hebb_mean_field_learning_update(&learning, update), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_divergence(&machine, &problem, recipe.t_end, false, &divergence), HEBB_OK);
    ck_assert_double_lt(divergence, 1.5);
    for (size_t i = 0; i < problem.n_visible; i++) ck_assert_double_gt(fabs(learning.v[i]), 0.5);
    hebb_mean_field_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mean_field_learning");
    TCase *slopes = tcase_create("slopes"), *learning = tcase_create("learning");
    tcase_add_loop_test(slopes, the_slopes_are_finite_differences_of_the_free_energies_of_settled_means,
                        HEBB_UNITS_SIGN, HEBB_UNITS_BINARY + 1);
    tcase_add_test(slopes, both_kinds_of_units_learn_down_the_same_free_energy);
    tcase_add_test(learning, a_step_follows_the_slopes_or_their_signs_where_the_mask_allows_it);
    tcase_add_test(learning, weights_that_outgrow_all_bounds_are_refused);
    tcase_add_test(learning, an_epoch_shows_every_case_once_in_an_order_of_its_own);
    tcase_add_test(learning, learning_goes_on_from_weights_and_the_number_of_the_update_alone);
    tcase_add_test(learning, a_unit_update_is_a_mean_set_once);
    tcase_add_test(learning, answers_are_those_of_the_clamped_input_whatever_is_learnt);
    tcase_add_test(learning, a_problem_without_answers_has_no_error_rate);
    tcase_add_test(learning, options_out_of_range_are_refused_in_a_sentence);
    tcase_add_test(learning, the_defaults_learn_exclusive_or_and_the_encoder);
    tcase_add_test(learning, bars_and_stripes_are_learnt_by_weights_that_never_rest);
    suite_add_tcase(suite, slopes);
    suite_add_tcase(suite, learning);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
