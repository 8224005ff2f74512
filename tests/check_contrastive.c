/* contrastive: gradients, their limits, momentum and decay, what is said of the machine, threads and kernels, refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contrastive.h"
#include "kernel.h"
#include "training_data.h"

enum { V = 5, H = 3 };

/* A machine with numbers of size `scale` and cases drawn at random, of those kinds. */
typedef struct {
    hebb_rbm rbm;
    hebb_layer_states data;
    hebb_contrastive_options options;
    hebb_contrastive learning;
} lesson;

static lesson prepare(size_t nv, hebb_layer_kind v, size_t nh, hebb_layer_kind h, size_t n_cases, double scale)
{
    lesson made = {.options = {.algorithm = HEBB_ALGORITHM_EXACT, .steps = 1, .learning_rate = 1.0, .n_threads = 1}};
    hebb_stream stream;
    hebb_problem problem = {.n_visible = nv, .n_cases = n_cases};
    hebb_stream_init(&stream, hebb_philox_derive(5, HEBB_DRAW_REAL, nv, (uint32_t)n_cases), 0, 0);
    ck_assert_int_eq(hebb_rbm_init(&made.rbm, nv, v, nh, h), HEBB_OK);
    made.rbm.sigma_v = v == HEBB_LAYER_GAUSSIAN ? 0.8 : 1.0;
    made.rbm.sigma_h = h == HEBB_LAYER_GAUSSIAN ? 0.7 : 1.0;
    for (size_t k = 0; k < nv * nh; k++) made.rbm.weights[k] = (double)(float)(scale * hebb_stream_gaussian(&stream));
    for (size_t i = 0; i < nv; i++) made.rbm.visible_bias[i] = 0.3 * hebb_stream_gaussian(&stream);
    for (size_t j = 0; j < nh; j++) made.rbm.hidden_bias[j] = 0.3 * hebb_stream_gaussian(&stream);
    problem.cases = calloc(n_cases, nv);
    problem.reals = calloc(n_cases * nv, sizeof *problem.reals);
    for (size_t k = 0; k < n_cases * nv; k++) {
        problem.cases[k] = hebb_stream_u32(&stream) >> 31 & (k % nv == 0 || hebb_stream_u32(&stream) > 1U << 30);
        problem.reals[k] = (float)hebb_stream_gaussian(&stream);
    }
    ck_assert_int_eq(hebb_training_data_states(&problem, v, &made.data), HEBB_OK);
    hebb_problem_free(&problem);
    return made;
}

static void begin(lesson *made)
{
    ck_assert_msg(hebb_contrastive_init(&made->learning, &made->rbm, &made->data, &made->options, 7) == HEBB_OK, "%s",
                  hebb_diagnostic());
}

static void update(lesson *made, uint64_t n)
{
    ck_assert_msg(hebb_contrastive_update(&made->learning, n) == HEBB_OK, "%s", hebb_diagnostic());
    hebb_contrastive_store(&made->learning);
}

static void end(lesson *made)
{
    hebb_contrastive_free(&made->learning);
    hebb_contrastive_free(&made->learning);
    hebb_layer_states_free(&made->data);
    hebb_rbm_free(&made->rbm);
}

/* ---- the gradient ---- */

static double log_likelihood(const lesson *made)
{
    double ln_z, found;
    ck_assert_int_eq(hebb_rbm_log_partition(&made->rbm, 1, &ln_z), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_log_likelihood(&made->rbm, &made->data, ln_z, 1, &found), HEBB_OK);
    return found;
}

/* d ln p / dx by five points: its error is of order step^4. */
static double slope(const lesson *made, double *x)
{
    static const double STEP = 2e-3;
    const double at = *x;
    double values[4];
    const double shifts[4] = {-2.0, -1.0, 1.0, 2.0};
    for (int k = 0; k < 4; k++) {
        *x = at + shifts[k] * STEP;
        values[k] = log_likelihood(made);
    }
    *x = at;
    return (values[0] - 8.0 * values[1] + 8.0 * values[2] - values[3]) / (12.0 * STEP);
}

/* All numbers of a machine, weights first. */
static double *number(hebb_rbm *rbm, size_t k)
{
    const size_t n = rbm->n_visible * rbm->n_hidden;
    if (k < n) return &rbm->weights[k];
    return k < n + rbm->n_visible ? &rbm->visible_bias[k - n] : &rbm->hidden_bias[k - n - rbm->n_visible];
}

enum { NUMBERS = V * H + V + H };

START_TEST(the_exact_gradient_is_the_slope_of_the_exact_likelihood)
{
    const hebb_layer_kind v = (hebb_layer_kind)(_i / HEBB_LAYER_KINDS), h = (hebb_layer_kind)(_i % HEBB_LAYER_KINDS);
    lesson made = prepare(V, v, H, h, 6, 0.25);
    double slopes[NUMBERS], before[NUMBERS], norm = 0.0;
    for (size_t k = 0; k < NUMBERS; k++) {
        before[k] = *number(&made.rbm, k);
        slopes[k] = slope(&made, number(&made.rbm, k));
        norm += slopes[k] * slopes[k];
    }
    begin(&made);
    update(&made, 1);
    for (size_t k = 0; k < NUMBERS; k++) ck_assert_double_eq_tol(*number(&made.rbm, k) - before[k], slopes[k], 1e-9);
    ck_assert_double_eq_tol(made.learning.gradient_norm, sqrt(norm), 1e-8);
    end(&made);
}
END_TEST

/* The steps of one update with and without offsets. */
static void take_steps(hebb_contrastive_algorithm algorithm, hebb_layer_kind v, double steps[2][NUMBERS], double mu[V],
                       double lambda[H])
{
    for (int is_centred = 0; is_centred < 2; is_centred++) {
        double before[NUMBERS];
        lesson made = prepare(V, v, H, HEBB_LAYER_BINARY, 40, 0.4);
        made.options.algorithm = algorithm;
        made.options.is_centred = is_centred;
        begin(&made);
        if (is_centred) {
            memcpy(mu, made.learning.visible_offset, V * sizeof *mu);
            memcpy(lambda, made.learning.hidden_offset, H * sizeof *lambda);
        }
        for (size_t k = 0; k < NUMBERS; k++) before[k] = *number(&made.rbm, k);
        update(&made, 1);
        for (size_t k = 0; k < NUMBERS; k++) steps[is_centred][k] = *number(&made.rbm, k) - before[k];
        end(&made);
    }
}

/*
 * dW' = dW - mu dc^T - db lambda^T, db' = db - dW' lambda, dc' = dc - dW'^T mu: so both vanish together, and are one where
 * offsets are 0.
 */
START_TEST(the_centred_gradient_is_the_plain_one_seen_from_the_offsets)
{
    static const hebb_contrastive_algorithm algorithms[] = {HEBB_ALGORITHM_EXACT, HEBB_ALGORITHM_CD,
                                                            HEBB_ALGORITHM_PCD};
    const hebb_contrastive_algorithm algorithm = algorithms[_i / HEBB_LAYER_KINDS];
    double steps[2][NUMBERS], mu[V], lambda[H], sums_b[V] = {0}, sums_c[H] = {0};
    take_steps(algorithm, (hebb_layer_kind)(_i % HEBB_LAYER_KINDS), steps, mu, lambda);
    const double *w = steps[0], *b = w + V * H, *c = b + V, *centred = steps[1],
                 tolerance =
                     algorithm == HEBB_ALGORITHM_EXACT ? 1e-13 : 3e-6; /* weights of some .5 in single precision */
    for (size_t i = 0; i < V; i++)
        for (size_t j = 0; j < H; j++) {
            ck_assert_double_eq_tol(centred[i * H + j], w[i * H + j] - mu[i] * c[j] - b[i] * lambda[j], tolerance);
            sums_b[i] += centred[i * H + j] * lambda[j];
            sums_c[j] += centred[i * H + j] * mu[i];
        }
    for (size_t i = 0; i < V; i++) ck_assert_double_eq_tol(centred[V * H + i], b[i] - sums_b[i], tolerance);
    for (size_t j = 0; j < H; j++) ck_assert_double_eq_tol(centred[V * H + V + j], c[j] - sums_c[j], tolerance);
}
END_TEST

/*
 * Averages over M chains are normal, of a variance of 1/M at most for two-valued units (sign), and the gradient is their
 * difference from the data's.  5 standard deviations: a false alarm of 3e-5 for all numbers of a kind, seeds being fixed.
 */
START_TEST(many_sweeps_give_the_exact_gradient)
{
    enum { M = 4000 };
    const hebb_layer_kind v = (hebb_layer_kind)(_i % HEBB_LAYER_KINDS);
    const bool is_cd = _i / HEBB_LAYER_KINDS == 0;
    double steps[2][NUMBERS], largest = 0.0;
    for (int is_sampled = 0; is_sampled < 2; is_sampled++) {
        double before[NUMBERS];
        lesson made = prepare(V, v, H, HEBB_LAYER_SIGN, is_cd ? M : 30, 0.3);
        made.options.algorithm = !is_sampled ? HEBB_ALGORITHM_EXACT : is_cd ? HEBB_ALGORITHM_CD : HEBB_ALGORITHM_PCD;
        made.options.steps = 25;
        made.options.n_chains = M;
        for (size_t k = 0; k < NUMBERS; k++) before[k] = *number(&made.rbm, k);
        begin(&made);
        update(&made, 1);
        for (size_t k = 0; k < NUMBERS; k++) steps[is_sampled][k] = *number(&made.rbm, k) - before[k];
        end(&made);
    }
    for (size_t k = 0; k < NUMBERS; k++) {
        ck_assert_double_eq_tol(steps[1][k], steps[0][k], 5.0 / sqrt(M));
        largest = fmax(largest, fabs(steps[0][k]));
    }
    ck_assert_double_gt(largest, 0.15); /* there is something to be seen */
}
END_TEST

START_TEST(the_likelihood_rises)
{
    lesson made = prepare(V, HEBB_LAYER_BINARY, H, HEBB_LAYER_BINARY, 20, 0.1);
    made.options.learning_rate = 0.2;
    made.options.is_centred = true;
    begin(&made);
    double before = log_likelihood(&made);
    for (uint64_t n = 1; n <= 60; n++) {
        update(&made, n);
        const double now = log_likelihood(&made);
        ck_assert_double_gt(now, before);
        before = now;
    }
    end(&made);
}
END_TEST

/* ---- the step ---- */

START_TEST(momentum_decay_and_the_rate_s_line_are_what_the_header_says)
{
    static const hebb_contrastive_algorithm algorithms[] = {HEBB_ALGORITHM_EXACT, HEBB_ALGORITHM_CD};
    static const double RATE = 0.25, FINAL = 0.0625, MOMENTUM = 0.5, DECAY = 0.125;
    enum { LAST = 4 };
    lesson made = prepare(V, HEBB_LAYER_SIGN, H, HEBB_LAYER_BINARY, 30, 0.4);
    double velocity[NUMBERS] = {0}, expected[NUMBERS];
    const double tolerance = _i == 0 ? 1e-14 : 1e-6;
    made.options.algorithm = algorithms[_i];
    made.options.batch = 8;
    lesson other = made; /* takes the bare gradient at each place */
    made.options.learning_rate = RATE;
    made.options.final_rate = FINAL;
    made.options.n_updates = LAST;
    made.options.momentum = MOMENTUM;
    made.options.weight_decay = DECAY;
    ck_assert_int_eq(hebb_rbm_init(&other.rbm, V, HEBB_LAYER_SIGN, H, HEBB_LAYER_BINARY), HEBB_OK);
    begin(&made);
    for (uint64_t n = 1; n <= LAST; n++) {
        const double rate = RATE + (FINAL - RATE) * (double)(n - 1) / (LAST - 1);
        for (size_t k = 0; k < NUMBERS; k++) *number(&other.rbm, k) = *number(&made.rbm, k);
        begin(&other);
        update(&other, n);
        for (size_t k = 0; k < NUMBERS; k++) {
            const double x = *number(&made.rbm, k), gradient = *number(&other.rbm, k) - x;
            velocity[k] = MOMENTUM * velocity[k] + rate * (gradient - (k < V * H ? DECAY * x : 0.0));
            expected[k] = x + velocity[k];
        }
        hebb_contrastive_free(&other.learning);
        update(&made, n);
        for (size_t k = 0; k < NUMBERS; k++) ck_assert_double_eq_tol(*number(&made.rbm, k), expected[k], tolerance);
    }
    hebb_rbm_free(&other.rbm);
    end(&made);
}
END_TEST

/* ---- what is said of it ---- */

START_TEST(the_pseudo_likelihood_is_what_flips_of_one_unit_at_a_time_say)
{
    static const double scales[] = {0.5, 30.0, 300.0};
    const hebb_layer_kind v = _i % 2 == 0 ? HEBB_LAYER_BINARY : HEBB_LAYER_SIGN,
                          h = (hebb_layer_kind)(_i / 2 % HEBB_LAYER_KINDS);
    const uint32_t which[] = {4, 0, 3};
    lesson made = prepare(V, v, 20, h, 6, scales[_i / 6]);
    double total = 0.0, found, visible[V], fields[20];
    for (size_t r = 0; r < 3; r++) {
        hebb_layer_states_get(&made.data, which[r], visible);
        hebb_rbm_hidden_fields(&made.rbm, visible, fields);
        const double f = hebb_rbm_free_energy(&made.rbm, visible, fields);
        for (size_t i = 0; i < V; i++) {
            const double as_it_is = visible[i];
            visible[i] = v == HEBB_LAYER_SIGN ? -as_it_is : 1.0 - as_it_is;
            hebb_rbm_hidden_fields(&made.rbm, visible, fields);
            total -= hebb_layer_log_sum(HEBB_LAYER_BINARY, 1.0, f - hebb_rbm_free_energy(&made.rbm, visible, fields));
            visible[i] = as_it_is;
        }
    }
    ck_assert_int_eq(hebb_rbm_pseudo_likelihood(&made.rbm, &made.data, 3, which, &found), HEBB_OK);
    ck_assert_double_eq_tol(found, total / 3.0, 1e-12 * (1.0 + fabs(total)));
    end(&made);
}
END_TEST

START_TEST(the_likelihood_is_that_of_free_energies)
{
    lesson made = prepare(V, (hebb_layer_kind)_i, H, HEBB_LAYER_BINARY, 1200, 0.7);
    double sum = 0.0, visible[V], fields[H], one, three;
    for (size_t r = 0; r < made.data.n_states; r++) {
        hebb_layer_states_get(&made.data, r, visible);
        hebb_rbm_hidden_fields(&made.rbm, visible, fields);
        sum -= hebb_rbm_free_energy(&made.rbm, visible, fields);
    }
    ck_assert_int_eq(hebb_rbm_log_likelihood(&made.rbm, &made.data, 2.5, 1, &one), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_log_likelihood(&made.rbm, &made.data, 2.5, 3, &three), HEBB_OK);
    ck_assert_double_eq_tol(one, sum / 1200.0 - 2.5, 1e-12);
    ck_assert_double_eq(one, three);
    end(&made);
}
END_TEST

START_TEST(without_weights_a_reconstruction_is_the_mean)
{
    lesson made = prepare(V, (hebb_layer_kind)_i, H, HEBB_LAYER_BINARY, 130, 0.0);
    double sum = 0.0, visible[V];
    made.options.algorithm = HEBB_ALGORITHM_CD;
    begin(&made);
    ck_assert_int_eq(hebb_contrastive_reconstruct(&made.learning, 3), HEBB_OK);
    for (size_t r = 0; r < HEBB_CONTRASTIVE_FIRST; r++) {
        hebb_layer_states_get(&made.data, r, visible);
        for (size_t i = 0; i < V; i++)
            sum +=
                pow(visible[i] - hebb_layer_mean(made.rbm.visible_kind, made.rbm.sigma_v, made.rbm.visible_bias[i]), 2);
    }
    ck_assert_double_eq_tol(made.learning.reconstruction_error, sum / HEBB_CONTRASTIVE_FIRST / V, 1e-6);
    end(&made);
}
END_TEST

/* ---- the start, and units that never change ---- */

START_TEST(independent_units_have_the_data_s_means_at_the_start)
{
    const hebb_layer_kind v = (hebb_layer_kind)_i;
    enum { N = 50000 };
    lesson made = prepare(V, v, H, HEBB_LAYER_BINARY, N, 0.5);
    double means[V] = {0}, visible[V];
    hebb_contrastive_start(&made.rbm, &made.data, 0.0, 1);
    for (size_t r = 0; r < N; r++) {
        hebb_layer_states_get(&made.data, r, visible);
        for (size_t i = 0; i < V; i++) means[i] += visible[i] / N;
    }
    for (size_t i = 0; i < V; i++)
        ck_assert_double_eq_tol(hebb_layer_mean(v, made.rbm.sigma_v, made.rbm.visible_bias[i]), means[i], 5e-5);
    for (size_t k = 0; k < V * H; k++) ck_assert_double_eq(made.rbm.weights[k], 0.0);
    end(&made);
}
END_TEST

/* Unit 1 is always on, unit 2 always off. */
START_TEST(constant_units_keep_finite_biases_and_small_weights)
{
    static const hebb_contrastive_algorithm algorithms[] = {HEBB_ALGORITHM_CD, HEBB_ALGORITHM_PCD,
                                                            HEBB_ALGORITHM_EXACT};
    enum { N = 40, UPDATES = 600 };
    lesson made = prepare(V, HEBB_LAYER_BINARY, H, HEBB_LAYER_BINARY, 2, 0.1);
    hebb_layer_states_free(&made.data);
    hebb_problem problem = {.n_visible = V, .n_cases = N, .cases = calloc(N, V)};
    for (size_t r = 0; r < N; r++) {
        problem.cases[r * V] = r % 2;
        problem.cases[r * V + 1] = 1;
        problem.cases[r * V + 3] = problem.cases[r * V + 4] = r % 4 < 2;
    }
    ck_assert_int_eq(hebb_training_data_states(&problem, HEBB_LAYER_BINARY, &made.data), HEBB_OK);
    made.options.algorithm = algorithms[_i % 3];
    made.options.is_centred = _i / 3 == 0;
    made.options.learning_rate = 0.1;
    hebb_contrastive_start(&made.rbm, &made.data, 0.01, 1);
    begin(&made);
    for (uint64_t n = 1; n <= UPDATES; n++) update(&made, n);
    /* the plain gradient takes weights along with a bias that grows like ln of the number of updates */
    for (size_t k = H; k < 3 * H; k++)
        ck_assert_double_lt(fabs(made.rbm.weights[k]), made.options.is_centred ? 0.5 : 3.0);
    ck_assert_double_lt(fabs(made.rbm.visible_bias[1]), 10.0);
    ck_assert_double_gt(made.rbm.visible_bias[1], 3.0);
    ck_assert_double_lt(fabs(made.rbm.visible_bias[2]), 10.0);
    ck_assert_double_lt(made.rbm.visible_bias[2], -3.0);
    hebb_problem_free(&problem);
    end(&made);
}
END_TEST

/* ---- threads, kernels, and going on ---- */

/* Six updates of a machine that fills neither rows nor tiles; after the third, stored, freed and loaded where `in_two`. */
static void learn(hebb_layer_kind v, hebb_contrastive_algorithm algorithm, int n_threads, bool in_two, double *weights)
{
    lesson made = prepare(71, v, 21, HEBB_LAYER_BINARY, 103, 0.2);
    made.options.algorithm = algorithm;
    made.options.batch = 37;
    made.options.n_chains = 53;
    made.options.learning_rate = 0.1;
    made.options.momentum = 0.5;
    made.options.is_centred = true;
    made.options.n_threads = n_threads;
    made.options.steps = 2;
    begin(&made);
    ck_assert_int_eq(made.learning.options.n_threads, 1); /* not worth more, but it shall have them */
    made.learning.options.n_threads = made.learning.up.n_threads = made.learning.down.n_threads = n_threads;
    for (uint64_t n = 1; n <= 6; n++) {
        update(&made, n);
        if (in_two && n == 3) hebb_contrastive_load(&made.learning); /* what was stored is all there is */
    }
    memcpy(weights, made.rbm.weights, 71 * 21 * sizeof *weights);
    memcpy(weights + 71 * 21, made.rbm.visible_bias, 71 * sizeof *weights);
    end(&made);
}

START_TEST(threads_and_going_on_leave_the_same_bits)
{
    enum { N = 71 * 22 };
    const hebb_layer_kind v = (hebb_layer_kind)(_i / 2);
    const hebb_contrastive_algorithm algorithm = _i % 2 == 0 ? HEBB_ALGORITHM_CD : HEBB_ALGORITHM_PCD;
    double weights[3][N];
    learn(v, algorithm, 1, false, weights[0]);
    learn(v, algorithm, 3, false, weights[1]);
    learn(v, algorithm, 1, true, weights[2]);
    ck_assert_mem_eq(weights[0], weights[1], sizeof weights[0]);
    ck_assert_mem_eq(weights[0], weights[2], sizeof weights[0]);
}
END_TEST

START_TEST(a_large_machine_takes_the_threads_that_it_is_given)
{
    lesson made = prepare(300, HEBB_LAYER_BINARY, 200, HEBB_LAYER_BINARY, 500, 0.1);
    made.options.algorithm = HEBB_ALGORITHM_PCD;
    made.options.n_threads = 3;
    begin(&made);
    ck_assert_int_eq(made.learning.up.n_threads, 3);
    end(&made);
}
END_TEST

/* ---- refusals ---- */

START_TEST(weights_that_run_away_are_noticed_and_the_remedy_is_named)
{
    lesson made = prepare(V, HEBB_LAYER_GAUSSIAN, H, HEBB_LAYER_GAUSSIAN, 20, 0.1);
    hebb_status status = HEBB_OK;
    made.options.algorithm = HEBB_ALGORITHM_CD;
    made.options.learning_rate = 1e6;
    begin(&made);
    for (uint64_t n = 1; n < 50 && status == HEBB_OK; n++) status = hebb_contrastive_update(&made.learning, n);
    ck_assert_int_eq(status, HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "run away, by a step of length"));
    end(&made);
}
END_TEST

START_TEST(options_and_data_that_do_not_do_are_refused)
{
    lesson made = prepare(40, HEBB_LAYER_BINARY, 30, HEBB_LAYER_BINARY, 20, 0.1);
    const hebb_contrastive_options good = {.algorithm = HEBB_ALGORITHM_CD, .steps = 1, .learning_rate = 0.1};
    hebb_contrastive_options bad[] = {good, good, good, good, good, good, good};
    bad[0].algorithm = HEBB_ALGORITHM_EXACT;
    bad[1].steps = 0;
    bad[2].batch = 21;
    bad[3].momentum = 1.0;
    bad[4].learning_rate = NAN;
    bad[5].weight_decay = -1.0;
    bad[6].final_rate = -0.1;
    bad[6].n_updates = 9;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        ck_assert_int_eq(hebb_contrastive_init(&made.learning, &made.rbm, &made.data, &bad[k], 1), HEBB_EDOM);
    made.data.n_units = 41;
    ck_assert_int_eq(hebb_contrastive_init(&made.learning, &made.rbm, &made.data, &good, 1), HEBB_EDOM);
    made.data.n_units = 40;
    end(&made);
}
END_TEST

int main(void)
{
    TCase *const tests = tcase_create("contrastive");
    tcase_add_loop_test(tests, the_exact_gradient_is_the_slope_of_the_exact_likelihood, 0, 9);
    tcase_add_loop_test(tests, the_centred_gradient_is_the_plain_one_seen_from_the_offsets, 0, 9);
    tcase_add_loop_test(tests, many_sweeps_give_the_exact_gradient, 0, 6);
    tcase_add_test(tests, the_likelihood_rises);
    tcase_add_loop_test(tests, momentum_decay_and_the_rate_s_line_are_what_the_header_says, 0, 2);
    tcase_add_loop_test(tests, the_pseudo_likelihood_is_what_flips_of_one_unit_at_a_time_say, 0, 18);
    tcase_add_loop_test(tests, the_likelihood_is_that_of_free_energies, 0, 3);
    tcase_add_loop_test(tests, without_weights_a_reconstruction_is_the_mean, 0, 3);
    tcase_add_loop_test(tests, independent_units_have_the_data_s_means_at_the_start, 0, 3);
    tcase_add_loop_test(tests, constant_units_keep_finite_biases_and_small_weights, 0, 6);
    tcase_add_loop_test(tests, threads_and_going_on_leave_the_same_bits, 0, 6);
    tcase_add_test(tests, a_large_machine_takes_the_threads_that_it_is_given);
    tcase_add_test(tests, weights_that_run_away_are_noticed_and_the_remedy_is_named);
    tcase_add_test(tests, options_and_data_that_do_not_do_are_refused);
    Suite *const suite = suite_create("contrastive");
    suite_add_tcase(suite, tests);
    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
