/*
 * rbm_gibbs: samples against exact averages, transitions against the conditionals, and the joint test of [G04], which must also
 * notice a deliberate fault.  Chains do not depend on kernels, threads or each other.
 *
 * False alarms: each of the statistical tests has P < 1e-5 of failing a right program; seeds are fixed.
 *
 * [G04] J. Geweke, Getting it right: joint distribution tests of posterior simulators, J. Am. Stat. Assoc. 99 (2004) 799.
 */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "kernel.h"
#include "rbm_exact.h"
#include "rbm_gibbs.h"
#include "rbm_reference.h"
#include "rbm_samples.h"

static hebb_philox noise_of(uint32_t replica)
{
    return hebb_philox_derive(94, HEBB_DRAW_GIBBS, 0, replica);
}

/* A machine with both directions and chains. */
typedef struct {
    hebb_rbm rbm;
    hebb_rbm_layer up, down;
    hebb_rbm_gibbs gibbs;
} sampler;

static void make_sampler(sampler *s, size_t n_visible, hebb_layer_kind visible, size_t n_hidden, hebb_layer_kind hidden,
                         double width, size_t n_chains)
{
    rbm_reference_make(&s->rbm, n_visible, visible, n_hidden, hidden, width);
    ck_assert_int_eq(hebb_rbm_layer_init(&s->up, &s->rbm, HEBB_RBM_UP), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_layer_init(&s->down, &s->rbm, HEBB_RBM_DOWN), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_gibbs_init(&s->gibbs, &s->up, &s->down, n_chains, noise_of(1)), HEBB_OK);
    hebb_rbm_gibbs_randomise(&s->gibbs, noise_of(2));
}

static void drop_sampler(sampler *s)
{
    hebb_rbm_gibbs_free(&s->gibbs);
    hebb_rbm_gibbs_free(&s->gibbs);
    hebb_rbm_layer_free(&s->up);
    hebb_rbm_layer_free(&s->down);
    hebb_rbm_free(&s->rbm);
}

/* ---- what chains depend on ---- */

static void check_same_chain(const hebb_rbm_gibbs *a, size_t r, const hebb_rbm_gibbs *b, size_t s)
{
    double x[64], y[64];
    hebb_layer_states_get(&a->visible, r, x);
    hebb_layer_states_get(&b->visible, s, y);
    ck_assert_mem_eq(x, y, a->visible.n_units * sizeof(double));
    hebb_layer_states_get(&a->hidden, r, x);
    hebb_layer_states_get(&b->hidden, s, y);
    ck_assert_mem_eq(x, y, a->hidden.n_units * sizeof(double));
}

START_TEST(a_chain_depends_neither_on_kernels_nor_threads_nor_other_chains)
{
    for (int kinds = 0; kinds < 4; kinds++) {
        sampler all, few;
        make_sampler(&all, 50, (hebb_layer_kind)(kinds / 2), 37, (hebb_layer_kind)(kinds % 2), 0.4, 75);
        ck_assert_int_eq(hebb_rbm_gibbs_run(&all.gibbs, 7), HEBB_OK);
        for (EACH_KERNEL(kernel))
            for (int n_threads = 1; n_threads < 3; n_threads++) {
                ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
                make_sampler(&few, 50, (hebb_layer_kind)(kinds / 2), 37, (hebb_layer_kind)(kinds % 2), 0.4, 40);
                few.up.n_threads = few.down.n_threads = n_threads;
                few.gibbs.first_chain = 35;
                hebb_rbm_gibbs_randomise(&few.gibbs, noise_of(2));
                ck_assert_int_eq(hebb_rbm_gibbs_run(&few.gibbs, 3), HEBB_OK);
                ck_assert_int_eq(hebb_rbm_gibbs_run(&few.gibbs, 4), HEBB_OK);
                for (size_t r = 0; r < 40; r++) check_same_chain(&all.gibbs, 35 + r, &few.gibbs, r);
                drop_sampler(&few);
            }
        ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
        drop_sampler(&all);
    }
}
END_TEST

START_TEST(a_random_start_has_half_of_the_units_on)
{
    sampler s;
    make_sampler(&s, 100, HEBB_LAYER_SIGN, 3, HEBB_LAYER_BINARY, 0.4, 400);
    const double n_on = (double)s.gibbs.visible.lists.starts[400];
    ck_assert_double_eq_tol(n_on, 20000.0, 5.0 * 100.0); /* 5 standard errors: P = 6e-7 */
    drop_sampler(&s);
}
END_TEST

/* ---- against exact averages ---- */

START_TEST(averages_approach_the_exact_ones)
{
    const rbm_sampling_error error = rbm_samples_error(100000, 1);
    /* the root mean square of 192 z-scores is 1 to .05 where they are independent, to .2 as they are */
    ck_assert_double_gt(error.z, 0.6);
    ck_assert_double_lt(error.z, 1.6);
    ck_assert_double_lt(error.largest, 0.02);
}
END_TEST

/* Layers of Gaussian units: 10 000 samples, 15 sweeps apart; |z| < 5.5 of 30 averages, P = 1e-6. */
START_TEST(gaussian_layers_have_their_exact_averages)
{
    enum { CHAINS = 2000, ROUNDS = 5 };
    for (int kinds = 0; kinds < 9; kinds++) {
        if (kinds / 3 != HEBB_LAYER_GAUSSIAN && kinds % 3 != HEBB_LAYER_GAUSSIAN) continue;
        sampler s;
        hebb_rbm_moments exact;
        double sum[6] = {0}, squares[6] = {0}, v[3], h[2];
        make_sampler(&s, 3, (hebb_layer_kind)(kinds / 3), 2, (hebb_layer_kind)(kinds % 3), 0.35, CHAINS);
        ck_assert_int_eq(hebb_rbm_moments_init(&exact, &s.rbm), HEBB_OK);
        ck_assert_int_eq(hebb_rbm_exact_moments(&s.rbm, 1, &exact), HEBB_OK);
        for (int round = 0; round < ROUNDS; round++) {
            ck_assert_int_eq(hebb_rbm_gibbs_run(&s.gibbs, 15), HEBB_OK);
            for (size_t r = 0; r < CHAINS; r++) {
                hebb_layer_states_get(&s.gibbs.visible, r, v);
                hebb_layer_states_get(&s.gibbs.hidden, r, h);
                for (size_t k = 0; k < 6; k++) {
                    sum[k] += v[k / 2] * h[k % 2];
                    squares[k] += v[k / 2] * h[k % 2] * v[k / 2] * h[k % 2];
                }
            }
        }
        for (size_t k = 0; k < 6; k++) {
            const double n = CHAINS * ROUNDS, mean = sum[k] / n, error = sqrt((squares[k] / n - mean * mean) / n);
            ck_assert_double_eq_tol(mean, exact.products[k], 5.5 * error);
        }
        hebb_rbm_moments_free(&exact);
        drop_sampler(&s);
    }
}
END_TEST

/* From every visible state to every other in one sweep: sum_h P(h|v) P(v'|h); and flows are the same both ways. */
START_TEST(transitions_have_their_probabilities_and_flows_balance)
{
    enum { N = 3, M = 2, CHAINS = 8 * 4000 };
    for (int kinds = 0; kinds < 4; kinds++) {
        sampler s;
        double v[N], h[M], x[N], p[8][8] = {{0}}, law[8], chi2 = 0.0;
        static long counts[8][8];
        uint8_t *bytes = calloc(CHAINS, N);
        memset(counts, 0, sizeof counts);
        make_sampler(&s, N, (hebb_layer_kind)(kinds / 2), M, (hebb_layer_kind)(kinds % 2), 1.0, CHAINS);
        for (size_t a = 0; a < 8; a++) {
            rbm_reference_state(s.rbm.visible_kind, N, a, v);
            double fields[M];
            hebb_rbm_hidden_fields(&s.rbm, v, fields);
            law[a] = exp(-hebb_rbm_free_energy(&s.rbm, v, fields));
            for (size_t b = 0; b < 4; b++) {
                double share = 1.0;
                rbm_reference_state(s.rbm.hidden_kind, M, b, h);
                for (size_t j = 0; j < M; j++) {
                    const double on = 1.0 / (1.0 + exp((kinds % 2 == 1 ? -2.0 : -1.0) * fields[j]));
                    share *= b >> j & 1 ? on : 1.0 - on;
                }
                hebb_rbm_visible_fields(&s.rbm, h, x);
                for (size_t c = 0; c < 8; c++) {
                    double q = share;
                    for (size_t i = 0; i < N; i++) {
                        const double on = 1.0 / (1.0 + exp((kinds / 2 == 1 ? -2.0 : -1.0) * x[i]));
                        q *= c >> i & 1 ? on : 1.0 - on;
                    }
                    p[a][c] += q;
                }
            }
        }
        for (size_t a = 0; a < 8; a++)
            for (size_t c = 0; c < 8; c++) ck_assert_double_eq_tol(law[a] * p[a][c], law[c] * p[c][a], 1e-12 * law[a]);
        for (size_t r = 0; r < CHAINS; r++)
            for (size_t i = 0; i < N; i++) bytes[r * N + i] = r % 8 >> i & 1;
        hebb_index_lists_set(&s.gibbs.visible.lists, CHAINS, bytes);
        ck_assert_int_eq(hebb_rbm_gibbs_run(&s.gibbs, 1), HEBB_OK);
        hebb_index_lists_get(&s.gibbs.visible.lists, bytes);
        for (size_t r = 0; r < CHAINS; r++)
            counts[r % 8][bytes[r * N] | bytes[r * N + 1] << 1 | bytes[r * N + 2] << 2]++;
        for (size_t a = 0; a < 8; a++)
            for (size_t c = 0; c < 8; c++)
                chi2 += pow((double)counts[a][c] - 4000.0 * p[a][c], 2.0) / (4000.0 * p[a][c]);
        ck_assert_double_gt(gsl_cdf_chisq_Q(chi2, 56.0), 1e-6);
        free(bytes);
        drop_sampler(&s);
    }
}
END_TEST

/* ---- the joint test ---- */

/*
 * Parameters are drawn, and visible states from their exact law: the marginal-conditional simulator.  The successive one
 * goes on from such states by sweeps of the sampler.  If that is right, states and parameters have the same joint law
 * in both.  Functions compared: products of units, of units with their weight or bias, and the energy.
 */
enum { JOINT_N = 5, JOINT_M = 4, JOINT_CHAINS = 200, JOINT_DRAWS = 40, JOINT_FUNCTIONS = JOINT_N * JOINT_M + 4 };

static void find_functions(const hebb_rbm *rbm, const double *v, const double *h, double g[JOINT_FUNCTIONS])
{
    double *more = g + JOINT_N * JOINT_M;
    for (size_t k = 0; k < 4; k++) more[k] = 0.0;
    for (size_t i = 0; i < JOINT_N; i++) {
        more[0] += rbm->visible_bias[i] * v[i];
        for (size_t j = 0; j < JOINT_M; j++) {
            g[i * JOINT_M + j] = v[i] * h[j];
            more[2] += rbm->weights[i * JOINT_M + j] * v[i] * h[j];
        }
    }
    for (size_t j = 0; j < JOINT_M; j++) more[1] += rbm->hidden_bias[j] * h[j];
    more[3] = hebb_rbm_energy(rbm, v, h);
}

/* State number k with probability law[k]. */
static size_t draw_from(const double *law, size_t n, double u)
{
    size_t k = 0;
    for (; k + 1 < n && u >= law[k]; k++) u -= law[k];
    return k;
}

/* Visible and hidden states together, by enumeration. */
static void draw_exactly(const hebb_rbm *rbm, hebb_stream *stream, size_t n, size_t *states)
{
    enum { ALL = 1 << (JOINT_N + JOINT_M) };
    double law[ALL], v[JOINT_N], h[JOINT_M], sum = 0.0;
    for (size_t k = 0; k < ALL; k++) {
        rbm_reference_state(rbm->visible_kind, JOINT_N, k % (1 << JOINT_N), v);
        rbm_reference_state(rbm->hidden_kind, JOINT_M, k >> JOINT_N, h);
        sum += law[k] = (double)expl(rbm_reference_minus_energy(rbm, v, h));
    }
    for (size_t k = 0; k < ALL; k++) law[k] /= sum;
    for (size_t r = 0; r < n; r++) states[r] = draw_from(law, ALL, hebb_stream_uniform(stream));
}

/* The largest |z| of the functions.  fault: the weights from hidden to visible units are 3/4 of what they are to be. */
static double joint_test(hebb_layer_kind visible, hebb_layer_kind hidden, bool fault)
{
    double sum[JOINT_FUNCTIONS] = {0}, squares[JOINT_FUNCTIONS] = {0}, largest = 0.0;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(95, HEBB_DRAW_WEIGHTS, (uint64_t)visible, (uint32_t)hidden), 0, 0);
    sampler s;
    make_sampler(&s, JOINT_N, visible, JOINT_M, hidden, 1.0, JOINT_CHAINS);
    for (int draw = 0; draw < JOINT_DRAWS; draw++) {
        size_t states[2][JOINT_CHAINS];
        double difference[JOINT_FUNCTIONS] = {0}, v[JOINT_N], h[JOINT_M], g[JOINT_FUNCTIONS];
        uint8_t bytes[JOINT_CHAINS * JOINT_N];
        for (size_t k = 0; k < JOINT_N * JOINT_M; k++) s.rbm.weights[k] = hebb_stream_gaussian(&stream);
        for (size_t i = 0; i < JOINT_N; i++) s.rbm.visible_bias[i] = hebb_stream_gaussian(&stream);
        for (size_t j = 0; j < JOINT_M; j++) s.rbm.hidden_bias[j] = hebb_stream_gaussian(&stream);
        hebb_rbm_layer_load(&s.up, &s.rbm);
        hebb_rbm_layer_load(&s.down, &s.rbm);
        for (size_t k = 0; k < s.down.n_in * s.down.stride && fault; k++) s.down.rows[k] *= 0.75f;
        hebb_rbm_layer_refresh(&s.down);
        for (int which = 0; which < 2; which++) draw_exactly(&s.rbm, &stream, JOINT_CHAINS, states[which]);
        for (size_t k = 0; k < JOINT_CHAINS * JOINT_N; k++) bytes[k] = states[1][k / JOINT_N] >> k % JOINT_N & 1;
        hebb_index_lists_set(&s.gibbs.visible.lists, JOINT_CHAINS, bytes);
        ck_assert_int_eq(hebb_rbm_gibbs_run(&s.gibbs, 3), HEBB_OK);
        for (size_t r = 0; r < JOINT_CHAINS; r++) {
            rbm_reference_state(visible, JOINT_N, states[0][r] % (1 << JOINT_N), v);
            rbm_reference_state(hidden, JOINT_M, states[0][r] >> JOINT_N, h);
            find_functions(&s.rbm, v, h, g);
            for (size_t k = 0; k < JOINT_FUNCTIONS; k++) difference[k] -= g[k];
            hebb_layer_states_get(&s.gibbs.visible, r, v);
            hebb_layer_states_get(&s.gibbs.hidden, r, h);
            find_functions(&s.rbm, v, h, g);
            for (size_t k = 0; k < JOINT_FUNCTIONS; k++) difference[k] += g[k];
        }
        for (size_t k = 0; k < JOINT_FUNCTIONS; k++) {
            sum[k] += difference[k];
            squares[k] += difference[k] * difference[k];
        }
    }
    drop_sampler(&s);
    for (size_t k = 0; k < JOINT_FUNCTIONS; k++) largest = fmax(largest, fabs(sum[k]) / sqrt(squares[k]));
    return largest;
}

/* sum/sqrt(sum of squares) of 40 independent differences has tails below the normal's: P(|z| > 5.2) < 2e-7, 24 functions. */
START_TEST(the_joint_law_of_parameters_and_states_is_kept)
{
    for (int kinds = 0; kinds < 4; kinds++)
        ck_assert_double_lt(joint_test((hebb_layer_kind)(kinds / 2), (hebb_layer_kind)(kinds % 2), false), 5.2);
}
END_TEST

START_TEST(the_joint_test_notices_a_fault)
{
    for (int kinds = 0; kinds < 4; kinds += 3)
        ck_assert_double_gt(joint_test((hebb_layer_kind)(kinds / 2), (hebb_layer_kind)(kinds % 2), true), 5.2);
}
END_TEST

/* ---- refusals ---- */

START_TEST(no_chains_and_too_many_sweeps_are_refused)
{
    sampler s;
    hebb_rbm_gibbs none;
    make_sampler(&s, 3, HEBB_LAYER_BINARY, 2, HEBB_LAYER_BINARY, 1.0, 1);
    ck_assert_int_eq(hebb_rbm_gibbs_init(&none, &s.up, &s.down, 0, noise_of(1)), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_gibbs_init(&none, &s.up, &s.down, (size_t)1 << 32, noise_of(1)), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_gibbs_run(&s.gibbs, -1), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_gibbs_run(&s.gibbs, (long)1 << 31), HEBB_EDOM);
    s.gibbs.n_sweeps = INT32_MAX;
    ck_assert_int_eq(hebb_rbm_gibbs_run(&s.gibbs, 1), HEBB_EDOM);
    drop_sampler(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_gibbs");
    TCase *tests = tcase_create("rbm_gibbs");
    tcase_add_test(tests, a_chain_depends_neither_on_kernels_nor_threads_nor_other_chains);
    tcase_add_test(tests, a_random_start_has_half_of_the_units_on);
    tcase_add_test(tests, averages_approach_the_exact_ones);
    tcase_add_test(tests, gaussian_layers_have_their_exact_averages);
    tcase_add_test(tests, transitions_have_their_probabilities_and_flows_balance);
    tcase_add_test(tests, the_joint_law_of_parameters_and_states_is_kept);
    tcase_add_test(tests, the_joint_test_notices_a_fault);
    tcase_add_test(tests, no_chains_and_too_many_sweeps_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
