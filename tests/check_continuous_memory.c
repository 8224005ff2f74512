/* continuous_memory: one attention head, its energy, its separations, and what is refused. */
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "blas.h"
#include "continuous_memory.h"
#include "philox.h"

static double *draw(size_t n, double scale, uint32_t replica)
{
    hebb_stream stream;
    double *x = calloc(n, sizeof *x);
    ck_assert_ptr_nonnull(x);
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_REAL, n, replica), 0, 0);
    for (size_t k = 0; k < n; k++) x[k] = scale * hebb_stream_gaussian(&stream);
    return x;
}

static hebb_continuous_memory memory_of(size_t n, size_t k, const double *patterns, double beta)
{
    hebb_continuous_memory memory;
    const hebb_status status = hebb_continuous_memory_init(&memory, n, k, patterns, beta);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    return memory;
}

static long double product(size_t n, const double *x, const double *y)
{
    long double sum = 0.0L;
    for (size_t i = 0; i < n; i++) sum += (long double)x[i] * y[i];
    return sum;
}

/* out = softmax(beta q K^T) V, term by term in long double. */
static void attend(size_t n, size_t k, const double *keys, double beta, const double *query, double *out,
                   double *weights)
{
    long double *p = calloc(k, sizeof *p), max = -INFINITY, sum = 0.0L;
    ck_assert_ptr_nonnull(p);
    for (size_t mu = 0; mu < k; mu++) max = fmaxl(max, p[mu] = beta * product(n, keys + mu * n, query));
    for (size_t mu = 0; mu < k; mu++) sum += p[mu] = expl(p[mu] - max);
    for (size_t i = 0; i < n; i++) {
        long double x = 0.0L;
        for (size_t mu = 0; mu < k; mu++) x += p[mu] / sum * keys[mu * n + i];
        out[i] = (double)x;
    }
    for (size_t mu = 0; mu < k; mu++) weights[mu] = (double)(p[mu] / sum);
    free(p);
}

static double norm(size_t n, const double *x)
{
    return (double)sqrtl(product(n, x, x));
}

static double distance(size_t n, const double *x, const double *y)
{
    long double sum = 0.0L;
    for (size_t i = 0; i < n; i++) sum += ((long double)x[i] - y[i]) * ((long double)x[i] - y[i]);
    return (double)sqrtl(sum);
}

/* At the header's accuracy; the sizes take several blocks of states, a last block, and the products of one state. */
static void check_attention(size_t n, size_t k, size_t n_states, double beta)
{
    double *patterns = draw(n * k, 1.0, 1), *states = draw(n * n_states, 1.0, 2);
    double *next = draw(n * n_states, 0.0, 0), *weights = draw(k * n_states, 0.0, 0), *out = draw(n, 0.0, 0);
    double *p = draw(k, 0.0, 0);
    hebb_continuous_memory memory = memory_of(n, k, patterns, beta);
    ck_assert_int_eq(hebb_continuous_memory_update(&memory, n_states, states, next, weights), HEBB_OK);
    for (size_t a = 0; a < n_states; a += 1 + n_states / 9) {
        attend(n, k, patterns, beta, states + a * n, out, p);
        const double scores = beta * memory.largest_norm * norm(n, states + a * n);
        const double allowed = 1e-15 * (4.0 + sqrt((double)n) + 2.0 * scores);
        ck_assert_double_le(distance(n, next + a * n, out), allowed * memory.largest_norm);
        for (size_t mu = 0; mu < k; mu++)
            ck_assert_double_le(fabs(weights[a * k + mu] - p[mu]), 10.0 * allowed * p[mu] + 1e-300);
    }
    double *again = draw(n * n_states, 0.0, 0);
    ck_assert_int_eq(hebb_continuous_memory_update(&memory, n_states, states, again, NULL), HEBB_OK);
    ck_assert_mem_eq(again, next, n * n_states * sizeof *next); /* whether weights are wanted makes no difference */
    hebb_continuous_memory_free(&memory);
    hebb_continuous_memory_free(&memory);
    free(again), free(p), free(out), free(weights), free(next), free(states), free(patterns);
}

START_TEST(one_update_is_one_attention_head)
{
    check_attention(64, 300, 40, 0.125);
    check_attention(7, 13, 1, 0.7);
    check_attention(33, 1001, 3, 0.2);
    check_attention(16, 5000, 70, 0.5);
    check_attention(5, 1, 2, 1.0);
    check_attention(1, 4, 600, 3.0);
}
END_TEST

/* Scores of 1e6 and more: e^x of them is far beyond any double, their differences decide. */
START_TEST(large_scores_neither_overflow_nor_blur)
{
    enum { N = 50, K = 20 };
    double *patterns = draw(N * K, 1e3, 3), next[N];
    hebb_continuous_memory memory = memory_of(N, K, patterns, 1.0);
    for (size_t mu = 0; mu < K; mu++) {
        ck_assert_int_eq(hebb_continuous_memory_update(&memory, 1, patterns + mu * N, next, NULL), HEBB_OK);
        ck_assert_mem_eq(next, patterns + mu * N, sizeof next);
        ck_assert_double_eq_tol(hebb_continuous_memory_energy(&memory, next),
                                log(K) + 0.5 * (pow(memory.largest_norm, 2.0) - memory.squared_norms[mu]), 1e-6);
    }
    hebb_continuous_memory_free(&memory);
    for (size_t k = 0; k < N * K; k++) patterns[k] *= 1e140;
    memory = memory_of(N, K, patterns, 1e-280);
    ck_assert_int_eq(hebb_continuous_memory_update(&memory, 1, patterns, next, NULL), HEBB_OK);
    ck_assert_double_le(distance(N, next, patterns) / memory.largest_norm, 1e-12);
    ck_assert(isfinite(hebb_continuous_memory_energy(&memory, next)));
    hebb_continuous_memory_free(&memory);
    free(patterns);
}
END_TEST

/* E as it is written, in long double. */
static long double written_energy(const hebb_continuous_memory *m, const double *state)
{
    long double max = -INFINITY, sum = 0.0L;
    for (size_t mu = 0; mu < m->n_patterns; mu++)
        max = fmaxl(max, m->beta * product(m->n_neurons, m->patterns + mu * m->n_neurons, state));
    for (size_t mu = 0; mu < m->n_patterns; mu++)
        sum += expl(m->beta * product(m->n_neurons, m->patterns + mu * m->n_neurons, state) - max);
    return -(max + logl(sum)) / m->beta + 0.5L * product(m->n_neurons, state, state) +
           logl((long double)m->n_patterns) / m->beta + 0.5L * m->largest_norm * m->largest_norm;
}

START_TEST(the_energy_is_as_written_and_no_update_raises_it)
{
    enum { N = 24, K = 90 };
    double *patterns = draw(N * K, 1.0, 4), state[N], next[N], weights[K];
    for (int b = 0; b < 12; b++) {
        hebb_continuous_memory memory = memory_of(N, K, patterns, 0.01 * pow(2.0, b));
        memcpy(state, patterns + 7 * N, sizeof state);
        for (size_t i = 0; i < N / 2; i++) state[i] = 0.0;
        double before = INFINITY;
        for (int step = 0; step < 30; step++) {
            const double energy = hebb_continuous_memory_energy(&memory, state);
            ck_assert_double_eq_tol(energy, (double)written_energy(&memory, state), 1e-13 * (1.0 + energy));
            ck_assert(energy >= 0.0 && energy <= 2.0 * memory.largest_norm * memory.largest_norm);
            ck_assert_double_le(energy, before + 1e-12);
            before = energy;
            ck_assert_int_eq(hebb_continuous_memory_update(&memory, 1, state, next, weights), HEBB_OK);
            memcpy(state, next, sizeof state);
        }
        hebb_continuous_memory_free(&memory);
    }
    free(patterns);
}
END_TEST

/* grad E = sigma - Xi^T p, by central differences. */
START_TEST(an_update_is_a_step_down_the_gradient)
{
    enum { N = 10, K = 6 };
    double *patterns = draw(N * K, 1.0, 5), *state = draw(N, 1.0, 6), next[N];
    hebb_continuous_memory memory = memory_of(N, K, patterns, 0.8);
    ck_assert_int_eq(hebb_continuous_memory_update(&memory, 1, state, next, NULL), HEBB_OK);
    for (size_t i = 0; i < N; i++) {
        const double h = 1e-5, x = state[i];
        state[i] = x + h;
        const double up = hebb_continuous_memory_energy(&memory, state);
        state[i] = x - h;
        const double down = hebb_continuous_memory_energy(&memory, state);
        state[i] = x;
        ck_assert_double_eq_tol((up - down) / (2.0 * h), x - next[i], 1e-8);
    }
    hebb_continuous_memory_free(&memory);
    free(state), free(patterns);
}
END_TEST

/*
 * [R20] theorem 4 as derived in docs/theory/continuous.md: |f(sigma) - x| <= 2 M (K-1) e^(-beta (Delta - 2 M r)) for
 * |sigma - x| = r.
 */
START_TEST(one_update_retrieves_to_the_error_that_separation_allows)
{
    enum { N = 200, K = 40 };
    double *patterns = draw(N * K, 1.0, 7), *turn = draw(N, 1.0, 8), state[N], next[N];
    int n_close = 0;
    for (int b = 0; b < 5; b++) {
        hebb_continuous_memory memory = memory_of(N, K, patterns, 0.03 * (b + 1));
        const double r = 0.05 * memory.largest_norm, length = norm(N, turn);
        for (size_t mu = 0; mu < K; mu++) {
            const double separation = hebb_continuous_memory_separation(&memory, mu);
            long double most = -INFINITY;
            for (size_t nu = 0; nu < K; nu++)
                if (nu != mu) most = fmaxl(most, product(N, patterns + mu * N, patterns + nu * N));
            ck_assert_double_eq_tol(separation, (double)(product(N, patterns + mu * N, patterns + mu * N) - most),
                                    1e-11);
            for (size_t i = 0; i < N; i++) state[i] = patterns[mu * N + i] + r * turn[i] / length;
            ck_assert_int_eq(hebb_continuous_memory_update(&memory, 1, state, next, NULL), HEBB_OK);
            const double bound =
                2.0 * memory.largest_norm * (K - 1) * exp(-memory.beta * (separation - 2.0 * memory.largest_norm * r));
            ck_assert_double_le(distance(N, next, patterns + mu * N), bound + 1e-11);
            n_close += bound < 1.0;
            double d;
            ck_assert_uint_eq(hebb_continuous_memory_nearest(&memory, state, &d), mu);
            ck_assert_double_eq_tol(d, r, 1e-12);
        }
        hebb_continuous_memory_free(&memory);
    }
    ck_assert_int_ge(n_close, 40); /* the bound says something */
    free(turn), free(patterns);
}
END_TEST

static void check_refused(size_t n, size_t k, const double *patterns, double beta, hebb_status want, const char *words)
{
    hebb_continuous_memory memory;
    const hebb_status status = hebb_continuous_memory_init(&memory, n, k, patterns, beta);
    ck_assert_msg(status == want, "status %d: %s", (int)status, hebb_diagnostic());
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "'%s' lacks '%s'", hebb_diagnostic(), words);
    ck_assert(memory.weights == NULL && memory.squared_norms == NULL);
}

START_TEST(what_is_no_memory_is_refused)
{
    double patterns[6] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
    const double betas[] = {0.0, -1.0, NAN, INFINITY, -INFINITY, 1e308};
    check_refused(3, 0, patterns, 1.0, HEBB_EDOM, "0 patterns");
    check_refused(0, 2, patterns, 1.0, HEBB_EDOM, "of 0 numbers");
    for (size_t k = 0; k < 6; k++) check_refused(3, 2, patterns, betas[k], HEBB_EDOM, "beta is ");
    patterns[4] = NAN;
    check_refused(3, 2, patterns, 1.0, HEBB_EDATA, "pattern 2, column 2 is nan");
    patterns[4] = -INFINITY;
    check_refused(3, 2, patterns, 1.0, HEBB_EDATA, "pattern 2, column 2 is -inf");
    patterns[4] = 1e200;
    check_refused(3, 2, patterns, 1.0, HEBB_EDATA, "pattern 2 is too large");
    const double nothing[6] = {0.0};
    check_refused(3, 2, nothing, 1.0, HEBB_EDATA, "all 0");
}
END_TEST

START_TEST(states_out_of_range_are_refused)
{
    const double patterns[4] = {1.0, 0.0, 0.0, 1.0};
    double states[6] = {0.0}, next[6];
    hebb_continuous_memory memory = memory_of(2, 2, patterns, 2.0);
    ck_assert_int_eq(hebb_continuous_memory_update(&memory, 3, states, next, NULL), HEBB_OK);
    const double bad[] = {NAN, INFINITY, 1e301};
    for (size_t k = 0; k < 3; k++) {
        states[3] = bad[k];
        ck_assert_int_eq(hebb_continuous_memory_update(&memory, 3, states, next, NULL), HEBB_EDOM);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "state 2"));
    }
    ck_assert_int_eq(hebb_continuous_memory_set_beta(&memory, -1.0), HEBB_EDOM);
    ck_assert_double_eq(memory.beta, 2.0);
    hebb_continuous_memory_free(&memory);
}
END_TEST

/* Threads each with a memory of their own, at once, as units run: a product in one must not disturb another's. */
typedef struct {
    const double *patterns, *states;
    double *next;
    bool failed;
} work;

enum { SHARED_N = 60, SHARED_K = 150, SHARED_STATES = 40 };

static void *work_on(void *room)
{
    work *w = room;
    for (int round = 0; round < 60; round++) {
        hebb_continuous_memory memory;
        if (hebb_continuous_memory_init(&memory, SHARED_N, SHARED_K, w->patterns, 0.1) != HEBB_OK ||
            hebb_continuous_memory_update(&memory, SHARED_STATES, w->states,
                                          w->next + round % 2 * SHARED_N * SHARED_STATES, NULL) != HEBB_OK)
            w->failed = true;
        hebb_continuous_memory_free(&memory);
        if (round > 0 &&
            memcmp(w->next, w->next + SHARED_N * SHARED_STATES, SHARED_N * SHARED_STATES * sizeof *w->next) != 0)
            w->failed = true;
    }
    return NULL;
}

START_TEST(threads_do_not_disturb_each_other)
{
    enum { N_THREADS = 4 };
    double *patterns = draw(SHARED_N * SHARED_K, 1.0, 9), *states = draw(SHARED_N * SHARED_STATES, 1.0, 10);
    work works[N_THREADS];
    pthread_t threads[N_THREADS];
    for (int k = 0; k < N_THREADS; k++) {
        works[k] = (work){patterns, states, draw(2 * SHARED_N * SHARED_STATES, 0.0, 0), false};
        ck_assert_int_eq(pthread_create(&threads[k], NULL, work_on, &works[k]), 0);
    }
    for (int k = 0; k < N_THREADS; k++) ck_assert_int_eq(pthread_join(threads[k], NULL), 0);
    for (int k = 0; k < N_THREADS; k++) {
        ck_assert(!works[k].failed);
        ck_assert_mem_eq(works[k].next, works[0].next, SHARED_N * SHARED_STATES * sizeof *patterns);
    }
    for (int k = 0; k < N_THREADS; k++) free(works[k].next);
    free(states), free(patterns);
}
END_TEST

int main(void)
{
    hebb_blas_use_one_thread();
    Suite *suite = suite_create("continuous_memory");
    TCase *physics = tcase_create("physics"), *contract = tcase_create("contract");
    tcase_add_test(physics, one_update_is_one_attention_head);
    tcase_add_test(physics, large_scores_neither_overflow_nor_blur);
    tcase_add_test(physics, the_energy_is_as_written_and_no_update_raises_it);
    tcase_add_test(physics, an_update_is_a_step_down_the_gradient);
    tcase_add_test(physics, one_update_retrieves_to_the_error_that_separation_allows);
    tcase_add_test(contract, what_is_no_memory_is_refused);
    tcase_add_test(contract, states_out_of_range_are_refused);
    tcase_add_test(contract, threads_do_not_disturb_each_other);
    suite_add_tcase(suite, physics);
    suite_add_tcase(suite, contract);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
