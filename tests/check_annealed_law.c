/* annealed_law: transitions written down state by state, equilibrium as the fixed point, slow annealing, the sampler. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annealed_law.h"
#include "boltzmann_exact.h"
#include "gibbs.h"

enum { N = 5, N_FIXED = 2, N_FREE = N - N_FIXED, N_STATES = 1 << N_FREE };

typedef struct {
    double weights[N * N], biases[N];
    uint8_t fixed[N_FIXED];
    hebb_law_machine machine;
} small_machine;

/* Couplings of order `scale`, every pair and unit. */
static void make(small_machine *s, bool is_sign, double scale, uint64_t seed)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    *s = (small_machine){.fixed = {1, 0}};
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < i; j++)
            s->weights[i * N + j] = s->weights[j * N + i] = scale * hebb_stream_gaussian(&stream);
        s->biases[i] = scale * hebb_stream_gaussian(&stream);
    }
    s->machine = (hebb_law_machine){N, N_FIXED, is_sign, s->weights, s->biases, s->fixed};
}

static double energy(const small_machine *s, const double *x)
{
    double sum = 0.0;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j <= i; j++) sum -= i == j ? s->biases[i] * x[i] : s->weights[i * N + j] * x[i] * x[j];
    return sum;
}

static void state_of(const small_machine *s, size_t index, double *x)
{
    for (size_t i = 0; i < N; i++) {
        const bool on = i < N_FIXED ? s->fixed[i] : index >> (i - N_FIXED) & 1;
        x[i] = on ? 1.0 : s->machine.is_sign ? -1.0 : 0.0;
    }
}

/* One sweep as a product of matrices of energies: P(t | s) = e^{-E(t)/T}/(e^{-E(t)/T} + e^{-E(t')/T}). */
START_TEST(a_sweep_is_the_heat_bath_of_one_unit_after_the_other)
{
    for (int kind = 0; kind < 2; kind++) {
        small_machine s;
        const double t = 0.7;
        double law[N_STATES], want[N_STATES], next[N_STATES], e[N_STATES], x[N];
        make(&s, kind == 0, 1.0, 3);
        for (size_t k = 0; k < N_STATES; k++) {
            state_of(&s, k, x);
            e[k] = energy(&s, x);
            law[k] = want[k] = (double)(k + 1) * 2.0 / (N_STATES * (N_STATES + 1));
        }
        for (size_t i = 0; i < N_FREE; i++) {
            for (size_t k = 0; k < N_STATES; k++) {
                const size_t other = k ^ (size_t)1 << i;
                next[k] = (want[k] + want[other]) / (1.0 + exp((e[k] - e[other]) / t));
            }
            memcpy(want, next, sizeof want);
        }
        ck_assert_int_eq(hebb_law_sweep(&s.machine, t, 1, law, NULL), HEBB_OK);
        for (size_t k = 0; k < N_STATES; k++) ck_assert_double_eq_tol(law[k], want[k], 1e-14);
    }
}
END_TEST

START_TEST(equilibrium_stays_and_is_where_many_sweeps_end)
{
    for (int kind = 0; kind < 2; kind++) {
        small_machine s;
        double rest[N_STATES], law[N_STATES], mean[N_STATES], ln_z;
        make(&s, kind == 0, 1.0, 4);
        hebb_law_equilibrium(&s.machine, 1.3, rest, &ln_z);
        memcpy(law, rest, sizeof law);
        ck_assert_int_eq(hebb_law_sweep(&s.machine, 1.3, 3, law, mean), HEBB_OK);
        for (size_t k = 0; k < N_STATES; k++) {
            ck_assert_double_eq_tol(law[k], rest[k], 1e-14);
            ck_assert_double_eq_tol(mean[k], rest[k], 1e-14);
        }
        hebb_law_start(&s.machine, law);
        ck_assert_int_eq(hebb_law_sweep(&s.machine, 1.3, 2000, law, NULL), HEBB_OK);
        for (size_t k = 0; k < N_STATES; k++) ck_assert_double_eq_tol(law[k], rest[k], 1e-12);
    }
}
END_TEST

/* At T = 0.05 and couplings of order 1 a quench stays in other minima than the lowest; slower cooling, less and less. */
START_TEST(slow_cooling_finds_the_lowest_state_and_a_quench_does_not)
{
    small_machine s;
    double rest[N_STATES], law[N_STATES], ln_z, off[3];
    make(&s, true, 1.0, 11);
    const double t_end = 0.05, t_start = 5.0;
    hebb_law_equilibrium(&s.machine, t_end, rest, &ln_z);
    const int lengths[3] = {1, 100, 10000};
    for (int l = 0; l < 3; l++) {
        hebb_law_start(&s.machine, law);
        for (int k = lengths[l]; k-- > 0;) {
            const double t = t_end * pow(t_start / t_end, lengths[l] > 1 ? (double)k / (lengths[l] - 1) : 0.0);
            ck_assert_int_eq(hebb_law_sweep(&s.machine, t, 1, law, NULL), HEBB_OK);
        }
        off[l] = 0.0;
        for (size_t k = 0; k < N_STATES; k++) off[l] += 0.5 * fabs(law[k] - rest[k]);
    }
    ck_assert_double_gt(off[0], 0.05);
    ck_assert_double_lt(off[1], 0.6 * off[0]);
    ck_assert_double_lt(off[2], 0.05 * off[0]);
}
END_TEST

/*
 * The program's own sampler from random starts, two temperatures, 40 000 chains: chi^2 of 7 degrees of freedom; below 30
 * but for 1e-4.
 */
START_TEST(chains_of_the_sampler_have_that_law)
{
    enum { CHAINS = 40000 };
    small_machine s;
    double law[N_STATES];
    size_t counts[N_STATES] = {0};
    hebb_boltzmann machine = {0};
    hebb_gibbs gibbs = {0};
    make(&s, true, 1.5, 5);
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 1, 1, N_FREE, HEBB_UNITS_SIGN, HEBB_LINKS_FULL), HEBB_OK);
    memcpy(machine.weights, s.weights, sizeof s.weights);
    memcpy(machine.biases, s.biases, sizeof s.biases);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, CHAINS, hebb_philox_derive(7, HEBB_DRAW_GIBBS, 0, 0)), HEBB_OK);
    const int8_t start[N] = {1, -1, -1, -1, -1};
    for (size_t c = 0; c < CHAINS; c++) hebb_gibbs_set(&gibbs, c, start);
    gibbs.is_clamped[0] = gibbs.is_clamped[1] = 1;
    hebb_gibbs_randomise(&gibbs, hebb_philox_derive(7, HEBB_DRAW_STATE, 0, 0));
    hebb_law_start(&s.machine, law);
    for (int k = 0; k < 2; k++) {
        const double t = k == 0 ? 2.0 : 0.5;
        ck_assert_int_eq(hebb_gibbs_run(&gibbs, t, 1), HEBB_OK);
        ck_assert_int_eq(hebb_law_sweep(&s.machine, t, 1, law, NULL), HEBB_OK);
    }
    for (size_t c = 0; c < CHAINS; c++) {
        int8_t state[N];
        size_t index = 0;
        hebb_gibbs_get(&gibbs, c, state);
        for (size_t i = 0; i < N_FREE; i++) index |= (size_t)(state[N_FIXED + i] > 0) << i;
        counts[index]++;
    }
    double chi_squared = 0.0;
    for (size_t k = 0; k < N_STATES; k++) {
        const double want = CHAINS * law[k];
        chi_squared += ((double)counts[k] - want) * ((double)counts[k] - want) / want;
    }
    ck_assert_double_lt(chi_squared, 30.0);
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
}
END_TEST

START_TEST(averages_and_covariances_are_sums_over_states)
{
    const hebb_law_feature features[4] = {{2, 2}, {3, 2}, {4, 0}, {1, 0}};
    small_machine s;
    double law[N_STATES], ln_z, mean[4] = {0}, covariances[16] = {0}, x[N], want = 0.0, m[4] = {0}, z = 0.0;
    make(&s, true, 1.0, 6);
    hebb_law_equilibrium(&s.machine, 1.0, law, &ln_z);
    hebb_law_average(&s.machine, law, 4, features, 2.0, mean);
    ck_assert_int_eq(hebb_law_covary(&s.machine, law, 4, features, 3.0, covariances), HEBB_OK);
    for (size_t k = 0; k < N_STATES; k++) {
        state_of(&s, k, x);
        z += exp(-energy(&s, x));
        m[0] += law[k] * x[2];
        m[1] += law[k] * x[3] * x[2];
        m[2] += law[k] * x[4] * x[0];
        want += law[k] * x[2] * x[3] * x[2];
    }
    ck_assert_double_eq_tol(ln_z, log(z), 1e-13);
    for (int k = 0; k < 3; k++) ck_assert_double_eq_tol(mean[k], 2.0 * m[k], 1e-13);
    ck_assert_double_eq_tol(mean[3], -2.0, 1e-13); /* both fixed: on and off */
    ck_assert_double_eq_tol(covariances[1], 3.0 * (want - m[0] * m[1]), 1e-13);
    ck_assert_double_eq(covariances[4], covariances[1]);
    ck_assert_double_eq_tol(covariances[15], 0.0, 1e-13);
}
END_TEST

START_TEST(what_cannot_be_listed_is_refused)
{
    static double weights[40 * 40], biases[40], law[2];
    const hebb_law_machine large = {40, 40 - HEBB_LAW_MAX_FREE - 1, true, weights, biases, NULL};
    small_machine s;
    make(&s, true, 1.0, 6);
    ck_assert_int_eq(hebb_law_sweep(&large, 1.0, 1, law, NULL), HEBB_EDOM);
    ck_assert_int_eq(hebb_law_sweep(&s.machine, 0.0, 1, law, NULL), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("annealed law");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, a_sweep_is_the_heat_bath_of_one_unit_after_the_other);
    tcase_add_test(physics, equilibrium_stays_and_is_where_many_sweeps_end);
    tcase_add_test(physics, slow_cooling_finds_the_lowest_state_and_a_quench_does_not);
    tcase_add_test(physics, chains_of_the_sampler_have_that_law);
    tcase_add_test(physics, averages_and_covariances_are_sums_over_states);
    tcase_add_test(physics, what_cannot_be_listed_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
