/* effective_spin against the closed form of the first steps, simulated networks, and its own limits. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "effective_spin.h"
#include "philox.h"
#include "retrieval_dynamics.h"

enum { MOST_STEPS = 40 };

static const hebb_effective_step *follow(double alpha, double m0, size_t n_steps, size_t n_paths)
{
    static hebb_effective_step steps[MOST_STEPS + 1];
    ck_assert_int_eq(hebb_effective_spin_follow(alpha, m0, n_steps, n_paths, 1, steps), HEBB_OK);
    return steps;
}

/* Errors come from 16 sets; the bias of 1250 paths a set stays within 1e-3.  False alarms: 5 errors of a Student's law of
   15 degrees of freedom, P = 1.6e-4 a number, with the seed fixed. */
static void assert_within(double got, double error, double want)
{
    ck_assert_msg(fabs(got - want) <= 5.0 * error + 1e-3, "got %.6f +- %.6f, want %.6f", got, error, want);
    ck_assert_double_lt(error, 0.01);
}

static const double starts[][2] = {{0.08, 0.2}, {0.2, 0.5}, {0.2, 1.0}, {0.5, 0.5}, {1.5, 0.7}, {0.1, 0.0}};
enum { N_STARTS = sizeof starts / sizeof *starts };

START_TEST(the_first_two_steps_are_those_of_the_closed_form)
{
    for (size_t k = 0; k < N_STARTS; k++) {
        double m[3], sigma2[2];
        const hebb_effective_step *steps = follow(starts[k][0], starts[k][1], 3, 20000);
        ck_assert_int_eq(hebb_retrieval_dynamics_exact(starts[k][0], starts[k][1], m), HEBB_OK);
        ck_assert_int_eq(hebb_retrieval_dynamics_exact_noise(starts[k][0], starts[k][1], sigma2), HEBB_OK);
        ck_assert(steps[0].m == m[0] && steps[0].m_error == 0.0);
        ck_assert_double_eq_tol(steps[1].m, m[1], 1e-12);
        ck_assert_double_eq_tol(steps[0].sigma2, sigma2[0], 1e-12);
        ck_assert_double_eq_tol(steps[1].sigma2, sigma2[1], 1e-9);
        assert_within(steps[2].m, steps[2].m_error, m[2]);
        ck_assert(isnan(steps[3].sigma2));
    }
}
END_TEST

/* ---- networks: overlaps and fields from the signs, one after the other ---- */

enum { N = 701, MOST_PATTERNS = 701, N_SETS = 60, N_STEPS = 6 };
static signed char xi[MOST_PATTERNS][N], s[N];

static double overlap(int mu)
{
    long sum = 0;
    for (int i = 0; i < N; i++) sum += xi[mu][i] * s[i];
    return (double)sum / N;
}

static void draw(int p, double m0, uint32_t set)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(11, HEBB_DRAW_PATTERNS, (uint64_t)p, set), 0, 0);
    for (int mu = 0; mu < p; mu++)
        for (int i = 0; i < N; i++) xi[mu][i] = hebb_stream_u32(&stream) & 1U ? 1 : -1;
    const int n_turned = (int)lround(0.5 * N * (1.0 - m0)); /* the patterns are random: any neurons will do */
    for (int i = 0; i < N; i++) s[i] = (signed char)(i < n_turned ? -xi[0][i] : xi[0][i]);
}

/* The variance of xi_i h_i; then all neurons are updated. */
static double update(int p)
{
    double h[N], sum = 0.0, squares = 0.0, m[MOST_PATTERNS];
    for (int mu = 0; mu < p; mu++) m[mu] = overlap(mu);
    for (int i = 0; i < N; i++) {
        h[i] = -(double)p / N * s[i];
        for (int mu = 0; mu < p; mu++) h[i] += xi[mu][i] * m[mu];
        sum += xi[0][i] * h[i] / N;
        squares += h[i] * h[i] / N;
    }
    for (int i = 0; i < N; i++)
        if (fabs(h[i]) > 1e-9) s[i] = h[i] > 0.0 ? 1 : -1;
    return squares - sum * sum;
}

typedef struct {
    double sum, squares;
} sample;

static void assert_mean(const sample *x, double want, double tolerance)
{
    const double mean = x->sum / N_SETS;
    const double error = sqrt((x->squares / N_SETS - mean * mean) / (N_SETS - 1));
    ck_assert_msg(fabs(mean - want) < 4.0 * error + tolerance, "got %.4f +- %.4f, want %.4f", mean, error, want);
    ck_assert_double_lt(error, 0.04);
}

static void compare_with_networks(double load, double m0)
{
    const int p = (int)lround(load * N);
    sample m[N_STEPS + 1] = {{0}}, sigma2[N_STEPS] = {{0}};
    for (uint32_t set = 0; set < N_SETS; set++) {
        draw(p, m0, set);
        for (int t = 0; t <= N_STEPS; t++) {
            const double now = overlap(0);
            m[t].sum += now;
            m[t].squares += now * now;
            if (t == N_STEPS) continue;
            const double noise = update(p);
            sigma2[t].sum += noise;
            sigma2[t].squares += noise * noise;
        }
    }
    const hebb_effective_step *steps = follow((double)p / N, m0, N_STEPS, 50000);
    for (int t = 1; t <= N_STEPS; t++) {
        assert_mean(&m[t], steps[t].m, 4.0 / N);
        if (t < N_STEPS) assert_mean(&sigma2[t], steps[t].sigma2, 12.0 / N);
    }
}

/*
 * The numbers of Amari and Maginu are off by .05 to .2 there, those without the spin's memory by as much.  Of 44 numbers
 * one is beyond 4 errors by chance in 1 of 200 seeds; the seed is fixed.
 */
START_TEST(networks_follow_the_effective_spin_at_every_step)
{
    compare_with_networks(0.2, 0.5);
    compare_with_networks(0.5, 0.9);
}
END_TEST

START_TEST(a_start_at_rest_stays_there_and_gives_numbers)
{
    const hebb_effective_step *steps = follow(0.05, 1.0, MOST_STEPS, 4096);
    for (size_t t = 1; t <= MOST_STEPS; t++) {
        ck_assert_double_gt(steps[t].m, 0.9999);
        ck_assert_double_le(steps[t].m, 1.0 + 1e-12);
        if (t < MOST_STEPS) ck_assert(steps[t].sigma2 > 0.049 && steps[t].sigma2 < 0.052);
    }
    steps = follow(1e-6, 0.5, 5, 4096);
    ck_assert_double_eq_tol(steps[5].m, 1.0, 1e-12);
}
END_TEST

/*
 * 24 seeds: the squares of (m - mean)/error add up to 23 on average, 26 for Student's law of 15 degrees of freedom, with a
 * standard deviation of 9.  The seeds are fixed.
 */
START_TEST(the_error_is_what_other_seeds_show)
{
    enum { N_SEEDS = 24 };
    double m[N_SEEDS], error[N_SEEDS], mean = 0.0, chi_squared = 0.0;
    for (int k = 0; k < N_SEEDS; k++) {
        hebb_effective_step steps[5];
        ck_assert_int_eq(hebb_effective_spin_follow(0.2, 0.5, 4, 16384, (uint64_t)k + 100, steps), HEBB_OK);
        m[k] = steps[4].m;
        error[k] = steps[4].m_error;
        mean += m[k] / N_SEEDS;
    }
    for (int k = 0; k < N_SEEDS; k++) chi_squared += (m[k] - mean) * (m[k] - mean) / (error[k] * error[k]);
    ck_assert_double_gt(chi_squared, 8.0);
    ck_assert_double_lt(chi_squared, 60.0);
    const hebb_effective_step *many = follow(0.2, 0.5, 4, 200000);
    ck_assert_double_eq_tol(mean, many[4].m, 4.0 * many[4].m_error + 2e-3); /* the bias of 1024 paths a set */
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bits)
{
    hebb_effective_step first[6], second[6];
    ck_assert_int_eq(hebb_effective_spin_follow(0.2, 0.5, 5, 4096, 3, first), HEBB_OK);
    ck_assert_int_eq(hebb_effective_spin_follow(0.2, 0.5, 5, 4096, 3, second), HEBB_OK);
    for (int t = 0; t <= 5; t++) ck_assert(first[t].m == second[t].m && first[t].m_error == second[t].m_error);
    ck_assert_int_eq(hebb_effective_spin_follow(0.2, 0.5, 5, 4096, 4, second), HEBB_OK);
    ck_assert(first[3].m != second[3].m);
}
END_TEST

START_TEST(starts_on_either_side_of_the_edge_part)
{
    hebb_effective_edge edge;
    hebb_retrieval_fixed_point map;
    ck_assert_int_eq(hebb_effective_spin_edge(0.08, 24, 4096, 1, &edge), HEBB_OK);
    ck_assert_double_lt(edge.m0_error, 0.01);
    ck_assert_double_gt(follow(0.08, edge.m0 + 0.04, 24, 16384)[24].m, 0.95);
    ck_assert_double_lt(follow(0.08, edge.m0 - 0.04, 24, 16384)[24].m, 0.6);
    ck_assert_int_eq(hebb_retrieval_dynamics_fixed_points(0.08, NULL, &map), HEBB_OK);
    ck_assert_double_gt(edge.m0, map.m0 + 0.08); /* a basin smaller than Amari and Maginu's */
    ck_assert_int_eq(hebb_effective_spin_edge(1.0, 8, 4096, 1, &edge), HEBB_ENOSOLUTION);
    ck_assert(isnan(edge.m0) && isnan(edge.m0_error));
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    static const double bad[][2] = {{0.0, 0.5},  {-0.1, 0.5}, {NAN, 0.5}, {1e7, 0.5},
                                    {0.1, -0.1}, {0.1, 1.1},  {0.1, NAN}};
    hebb_effective_step steps[HEBB_EFFECTIVE_MAX_STEPS + 2];
    hebb_effective_edge edge;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        ck_assert_int_eq(hebb_effective_spin_follow(bad[k][0], bad[k][1], 3, 4096, 1, steps), HEBB_EDOM);
    ck_assert_int_eq(hebb_effective_spin_follow(0.1, 0.5, 0, 4096, 1, steps), HEBB_EDOM);
    ck_assert_int_eq(hebb_effective_spin_follow(0.1, 0.5, HEBB_EFFECTIVE_MAX_STEPS + 1, 4096, 1, steps), HEBB_EDOM);
    ck_assert_int_eq(hebb_effective_spin_follow(0.1, 0.5, 3, HEBB_EFFECTIVE_MIN_PATHS - 1, 1, steps), HEBB_EDOM);
    ck_assert_int_eq(hebb_effective_spin_edge(NAN, 8, 4096, 1, &edge), HEBB_EDOM);
    ck_assert_int_eq(hebb_effective_spin_edge(0.1, 8, 10, 1, &edge), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("effective_spin");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, the_first_two_steps_are_those_of_the_closed_form);
    tcase_add_test(physics, networks_follow_the_effective_spin_at_every_step);
    tcase_add_test(physics, a_start_at_rest_stays_there_and_gives_numbers);
    tcase_add_test(physics, starts_on_either_side_of_the_edge_part);
    suite_add_tcase(suite, physics);
    TCase *contract = tcase_create("contract");
    tcase_add_test(contract, the_error_is_what_other_seeds_show);
    tcase_add_test(contract, the_same_seed_gives_the_same_bits);
    tcase_add_test(contract, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, contract);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
