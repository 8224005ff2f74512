/*
 * thermal, the transition matrices of small networks: detailed balance of every single update, pi P = pi of a sweep
 *
 * Their elements are the kernels' own: for each state and neuron the word at which a limit starts or ceases to let the
 * neuron flip is found by bisection, so that the probability of a flip is known exactly, as a multiple of 2^-52.
 */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "canonical_law.h"
#include "engine.h"

enum { MAX_N = 8, MAX_STATES = 1 << MAX_N };

static const uint64_t n_words = UINT64_C(1) << 52; /* different ones: the lower 12 bits do not count */

/* All states of a network and one neuron of it. */
typedef struct {
    const hebb_kernel *kernel;
    const boltzmann *b;
    bool is_heat_bath;
    size_t p, neuron;
    int8_t spins[MAX_STATES];
    int32_t fields[MAX_STATES]; /* N h + p s, as a sweep has them */
} question;

static question ask(const hebb_kernel *kernel, const boltzmann *b, bool is_heat_bath, size_t p, size_t i)
{
    question q = {.kernel = kernel, .b = b, .is_heat_bath = is_heat_bath, .p = p, .neuron = i};
    for (size_t state = 0; state < b->n_states; state++) {
        q.spins[state] = (int8_t)boltzmann_spin(state, i);
        q.fields[state] = b->fields[state * b->n + i] + (int32_t)p * q.spins[state];
    }
    return q;
}

/* Which states' neuron flips, each with a word of its own (of 52 bits). */
static void find_flips(const question *q, const uint64_t *words, bool *flips)
{
    const double scale = 0.5 * q->b->temperature * (double)q->b->n;
    uint64_t whole[MAX_STATES];
    int32_t limits[MAX_STATES];
    for (size_t state = 0; state < q->b->n_states; state++) whole[state] = words[state] << 12;
    if (q->is_heat_bath)
        q->kernel->heat_bath(q->b->n_states, q->spins, whole, scale, (int32_t)q->p, limits);
    else
        q->kernel->metropolis(q->b->n_states, whole, scale, (int32_t)q->p, limits);
    for (size_t state = 0; state < q->b->n_states; state++)
        flips[state] = q->spins[state] * q->fields[state] <= limits[state];
}

/* Heat bath, up: flips where u is large.  In all other cases where it is small.  u < limit for how many words? */
static void find_probabilities(const question *q, long double *probabilities)
{
    uint64_t low[MAX_STATES] = {0}, high[MAX_STATES], middle[MAX_STATES];
    bool flips[MAX_STATES], small_flips[MAX_STATES];
    size_t n_open = 0;
    for (size_t state = 0; state < q->b->n_states; state++) {
        small_flips[state] = !(q->is_heat_bath && q->spins[state] > 0);
        high[state] = n_words;
    }
    for (int step = 0; step < 53; step++) { /* words below low are of one kind, from high on of the other */
        for (size_t state = 0; state < q->b->n_states; state++) {
            middle[state] = (low[state] + high[state]) / 2;
            if (middle[state] == n_words) middle[state]--;
        }
        find_flips(q, middle, flips);
        for (size_t state = 0; state < q->b->n_states; state++) {
            if (low[state] == high[state]) continue;
            if (flips[state] == small_flips[state])
                low[state] = middle[state] + 1;
            else
                high[state] = middle[state];
        }
    }
    for (size_t state = 0; state < q->b->n_states; state++) {
        n_open += low[state] != high[state];
        probabilities[state] = (long double)(small_flips[state] ? low[state] : n_words - low[state]) / n_words;
    }
    ck_assert_uint_eq(n_open, 0);
}

/* Bisection is right where there is one threshold: random words, and all those near it. */
static void check_monotonic(const question *q, const long double *probabilities)
{
    hebb_stream stream;
    size_t n_wrong = 0;
    hebb_stream_init(&stream, hebb_philox_derive(6, HEBB_DRAW_STATE, q->neuron, 0), 0, 0);
    for (int k = -100; k < 100; k++) {
        uint64_t words[MAX_STATES];
        bool flips[MAX_STATES];
        for (size_t state = 0; state < q->b->n_states; state++) {
            const bool small_flips = !(q->is_heat_bath && q->spins[state] > 0);
            const uint64_t share = (uint64_t)(probabilities[state] * n_words);
            const uint64_t at = small_flips ? share : n_words - share;
            words[state] = k % 2 == 0 ? at + (uint64_t)k : (uint64_t)(hebb_stream_uniform(&stream) * 0x1p52);
            words[state] &= n_words - 1;
        }
        find_flips(q, words, flips);
        for (size_t state = 0; state < q->b->n_states; state++) {
            const bool small_flips = !(q->is_heat_bath && q->spins[state] > 0);
            const uint64_t share = (uint64_t)(probabilities[state] * n_words);
            n_wrong += flips[state] != (small_flips ? words[state] < share : words[state] >= n_words - share);
        }
    }
    ck_assert_uint_eq(n_wrong, 0);
}

/* ---- a network's matrices ---- */

typedef struct {
    boltzmann b;
    long double flips[MAX_N][MAX_STATES]; /* of each neuron, from each state */
} chain;

static chain *make_chain(const hebb_kernel *kernel, bool is_heat_bath, size_t n, size_t p, double temperature)
{
    chain *made = calloc(1, sizeof *made);
    engine *network = engine_make(kernel, HEBB_STORE_ROWS, n, p, 1, 1);
    made->b = boltzmann_make(&network->patterns, temperature);
    for (size_t i = 0; i < n; i++) {
        const question q = ask(kernel, &made->b, is_heat_bath, p, i);
        find_probabilities(&q, made->flips[i]);
        check_monotonic(&q, made->flips[i]);
    }
    engine_drop(network);
    return made;
}

static void drop(chain *made)
{
    boltzmann_free(&made->b);
    free(made);
}

/* Largest deviation from the rule's formula. */
static long double formula_error(const chain *c, bool is_heat_bath)
{
    long double worst = 0.0L;
    for (size_t i = 0; i < c->b.n; i++)
        for (size_t state = 0; state < c->b.n_states; state++)
            worst = fmaxl(worst, fabsl(c->flips[i][state] - boltzmann_flip(&c->b, is_heat_bath, state, i)));
    return worst;
}

/* Largest |pi(a) P(a, b) - pi(b) P(b, a)|, in units of the larger pi of the two. */
static long double balance_error(const chain *c)
{
    long double worst = 0.0L;
    for (size_t i = 0; i < c->b.n; i++)
        for (size_t down = 0; down < c->b.n_states; down++) {
            const size_t up = down | (size_t)1 << i;
            const long double *pi = c->b.probabilities;
            const long double rises = pi[down] * c->flips[i][down], falls = pi[up] * c->flips[i][up];
            if (up != down) worst = fmaxl(worst, fabsl(rises - falls) / fmaxl(pi[down], pi[up]));
        }
    return worst;
}

/* matrix <- matrix x the update of neuron i */
static void multiply_by_update(const chain *c, size_t i, long double *matrix)
{
    for (size_t from = 0; from < c->b.n_states; from++) {
        long double *row = matrix + from * c->b.n_states;
        for (size_t down = 0; down < c->b.n_states; down++) {
            const size_t up = down | (size_t)1 << i;
            if (up == down) continue;
            const long double was_down = row[down], was_up = row[up];
            row[down] = was_down * (1.0L - c->flips[i][down]) + was_up * c->flips[i][up];
            row[up] = was_up * (1.0L - c->flips[i][up]) + was_down * c->flips[i][down];
        }
    }
}

/* Largest |(pi P)(a) - pi(a)|, P the matrix of a whole sweep; its rows must add up to 1. */
static long double sweep_error(const chain *c, const uint32_t *turn)
{
    const size_t n_states = c->b.n_states;
    long double *matrix = calloc(n_states * n_states, sizeof *matrix), worst = 0.0L;
    size_t n_leaking = 0;
    for (size_t state = 0; state < n_states; state++) matrix[state * n_states + state] = 1.0L;
    for (size_t k = 0; k < c->b.n; k++) multiply_by_update(c, turn[k], matrix);
    for (size_t to = 0; to < n_states; to++) {
        long double arrives = 0.0L, leaves = 0.0L;
        for (size_t from = 0; from < n_states; from++) {
            arrives += c->b.probabilities[from] * matrix[from * n_states + to];
            leaves += matrix[to * n_states + from];
        }
        worst = fmaxl(worst, fabsl(arrives - c->b.probabilities[to]));
        n_leaking += fabsl(leaves - 1.0L) > 1e-15L;
    }
    ck_assert_uint_eq(n_leaking, 0);
    free(matrix);
    return worst;
}

typedef struct {
    size_t n, p;
    double temperature;
} case_of;

/* Even and odd N and p, so with and without ties, from nearly frozen to nearly free. */
static const case_of cases[] = {{1, 1, 1.0}, {2, 1, 0.3}, {3, 2, 0.7}, {4, 49, 3.0}, {5, 2, 0.25},
                                {6, 1, 0.1}, {7, 3, 1.3}, {8, 3, 0.9}, {8, 8, 20.0}};

START_TEST(a_flip_has_the_probability_of_its_rule_and_every_single_update_detailed_balance)
{
    for (EACH_KERNEL(kernel))
        for (size_t k = 0; k < COUNT(cases); k++)
            for (int is_heat_bath = 0; is_heat_bath < 2; is_heat_bath++) {
                chain *c = make_chain(*kernel, is_heat_bath, cases[k].n, cases[k].p, cases[k].temperature);
                ck_assert_ldouble_lt(formula_error(c, is_heat_bath), 1e-15L);
                ck_assert_ldouble_lt(balance_error(c), 1e-15L);
                drop(c);
            }
}
END_TEST

START_TEST(a_whole_sweep_leaves_the_canonical_distribution_as_it_is_in_any_order)
{
    for (EACH_KERNEL(kernel))
        for (size_t k = 0; k < COUNT(cases); k++)
            for (int is_heat_bath = 0; is_heat_bath < 2; is_heat_bath++) {
                chain *c = make_chain(*kernel, is_heat_bath, cases[k].n, cases[k].p, cases[k].temperature);
                uint32_t turn[MAX_N] = {0, 1, 2, 3, 4, 5, 6, 7};
                hebb_stream stream;
                hebb_stream_init(&stream, hebb_philox_derive(6, HEBB_DRAW_ORDER, k, 0), 0, 0);
                for (int order = 0; order < 3; order++) { /* the first is sequential */
                    ck_assert_ldouble_lt(sweep_error(c, turn), 1e-15L);
                    hebb_stream_permutation(&stream, (uint32_t)c->b.n, turn);
                }
                drop(c);
            }
}
END_TEST

/* The tests' power: against exp(-H/T) at another T, or with probabilities a little off, they fail by orders. */
START_TEST(a_temperature_or_a_probability_that_is_off_breaks_the_balance)
{
    for (int is_heat_bath = 0; is_heat_bath < 2; is_heat_bath++) {
        chain *c = make_chain(hebb_kernel_in_use(), is_heat_bath, 8, 3, 0.9);
        const uint32_t turn[MAX_N] = {0, 1, 2, 3, 4, 5, 6, 7};
        c->flips[3][17] *= 1.0L + 1e-9L;
        ck_assert_ldouble_gt(balance_error(c), 1e-13L);
        ck_assert_ldouble_gt(sweep_error(c, turn), 1e-13L);
        drop(c);
        c = make_chain(hebb_kernel_in_use(), is_heat_bath, 8, 3, 0.9);
        boltzmann_set_temperature(&c->b, 0.9 * (1.0 + 1e-9));
        ck_assert_ldouble_gt(balance_error(c), 1e-11L);
        ck_assert_ldouble_gt(sweep_error(c, turn), 1e-11L);
        drop(c);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("thermal_matrix");
    TCase *matrix = tcase_create("matrix");
    tcase_add_test(matrix, a_flip_has_the_probability_of_its_rule_and_every_single_update_detailed_balance);
    tcase_add_test(matrix, a_whole_sweep_leaves_the_canonical_distribution_as_it_is_in_any_order);
    tcase_add_test(matrix, a_temperature_or_a_probability_that_is_off_breaks_the_balance);
    suite_add_tcase(suite, matrix);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
