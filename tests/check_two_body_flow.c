/* two_body_flow: its energy falls, it ends where the memories it stands for end, and approaches them with tau_h. */
#include <stdlib.h>
#include <string.h>

#include "dense_relax.h"
#include "two_body_flow.h"
#include "two_body_system.h"

static hebb_two_body_flow_options options_at(double ratio)
{
    return (hebb_two_body_flow_options){.tau_v = 1.0, .tau_h = ratio, .tolerance = 1e-11, .max_steps = 100000};
}

/* From any start, hidden neurons too, and with an input: down at every step, but for rounding and the tolerance. */
START_TEST(the_energy_falls_at_every_step)
{
    static const double ratios[] = {0.0, 0.01, 0.3, 4.0};
    double input[TWO_BODY_N], h[TWO_BODY_K] = {0.5, -0.3, 0.1};
    for (int i = 0; i < TWO_BODY_N; i++) input[i] = 0.01 * (i % 7 - 3);
    for (int l = 0; l < N_TWO_BODY_LAWS; l++)
        for (int r = 0; r < 4; r++) {
            two_body_system s;
            hebb_two_body_flow flow;
            two_body_make(&s, two_body_laws[l], input, 0);
            ck_assert_int_eq(hebb_two_body_flow_init(&flow, &s.memory, options_at(ratios[r])), HEBB_OK);
            ck_assert_int_eq(hebb_two_body_flow_start(&flow, s.v, r % 2 == 0 ? h : NULL), HEBB_OK);
            ck_assert_int_eq(hebb_two_body_flow_advance(&flow, 8.0), HEBB_OK);
            const double fall = flow.energy_start - flow.energy;
            ck_assert_double_gt(fall, 0.1);
            ck_assert_double_lt(flow.largest_rise, 1e-9 * fall);
            ck_assert_int_gt(flow.n_steps, 5);
            hebb_two_body_flow_free(&flow);
            hebb_two_body_free(&s.memory);
        }
}
END_TEST

/* The signs that zero-temperature relaxation of the dense memory ends in, from the same start. */
START_TEST(at_low_temperature_it_ends_in_the_dense_memory_s_fixed_point)
{
    for (uint32_t replica = 0; replica < 10; replica++)
        for (int l = 0; l < 3; l++) {
            two_body_system s;
            hebb_two_body_flow flow;
            hebb_patterns patterns = {0};
            hebb_dense_memory dense = {0};
            hebb_relaxation result;
            int8_t signs[TWO_BODY_N];
            uint32_t turn[TWO_BODY_N];
            hebb_two_body_law law = two_body_laws[l];
            law.temperature = 0.05;
            two_body_make(&s, law, NULL, replica);
            const hebb_interaction interaction = {
                law.kind == HEBB_TWO_BODY_POWER ? HEBB_INTERACTION_POWER : HEBB_INTERACTION_RECTIFIED, law.degree};
            ck_assert_int_eq(hebb_dense_memory_fit(&patterns, &dense, TWO_BODY_N, TWO_BODY_K, interaction), HEBB_OK);
            for (size_t mu = 0; mu < TWO_BODY_K; mu++)
                for (size_t i = 0; i < TWO_BODY_N; i++)
                    hebb_patterns_set(&patterns, i, mu, s.patterns[mu * TWO_BODY_N + i] > 0.0 ? 1 : -1);
            for (int i = 0; i < TWO_BODY_N; i++) signs[i] = s.v[i] > 0.0 ? 1 : -1;
            hebb_dense_memory_start_at(&dense, signs);
            const hebb_dense_relax_options relax = {.order = HEBB_ORDER_SEQUENTIAL, .max_sweeps = 100, .turn = turn};
            ck_assert_int_eq(hebb_dense_relax(&dense, &relax, &result), HEBB_OK);
            ck_assert_uint_eq(hebb_dense_memory_count_unstable(&dense, NULL), 0);
            ck_assert_int_eq(hebb_two_body_flow_init(&flow, &s.memory, options_at(0.2)), HEBB_OK);
            ck_assert_int_eq(hebb_two_body_flow_start(&flow, s.v, NULL), HEBB_OK);
            ck_assert_int_eq(hebb_two_body_flow_settle(&flow, 1e-6, 200.0), HEBB_OK);
            for (int i = 0; i < TWO_BODY_N; i++) ck_assert_int_eq(flow.state[i] > 0.0 ? 1 : -1, dense.spins[i]);
            hebb_two_body_flow_free(&flow);
            hebb_dense_memory_free(&dense);
            hebb_patterns_free(&patterns);
            hebb_two_body_free(&s.memory);
        }
}
END_TEST

START_TEST(it_ends_in_the_fixed_point_of_the_softmax_update)
{
    for (uint32_t replica = 0; replica < 5; replica++) {
        two_body_system s;
        hebb_two_body_flow flow;
        double x[TWO_BODY_N];
        two_body_make(&s, two_body_laws[3], NULL, replica);
        memcpy(x, s.v, sizeof x);
        for (int t = 0; t < 300; t++) {
            double weight[TWO_BODY_K], sum = 0.0;
            for (int mu = 0; mu < TWO_BODY_K; mu++) {
                double overlap = 0.0;
                for (int i = 0; i < TWO_BODY_N; i++) overlap += s.patterns[mu * TWO_BODY_N + i] * x[i];
                sum += weight[mu] = exp(two_body_laws[3].beta * overlap);
            }
            for (int i = 0; i < TWO_BODY_N; i++) {
                x[i] = 0.0;
                for (int mu = 0; mu < TWO_BODY_K; mu++) x[i] += weight[mu] / sum * s.patterns[mu * TWO_BODY_N + i];
            }
        }
        for (int r = 0; r < 2; r++) {
            ck_assert_int_eq(hebb_two_body_flow_init(&flow, &s.memory, options_at(0.5 * r)), HEBB_OK);
            ck_assert_int_eq(hebb_two_body_flow_start(&flow, s.v, NULL), HEBB_OK);
            ck_assert_int_eq(hebb_two_body_flow_settle(&flow, 1e-10, 400.0), HEBB_OK);
            for (int i = 0; i < TWO_BODY_N; i++) ck_assert_double_eq_tol(flow.state[i], x[i], 1e-8);
            hebb_two_body_flow_free(&flow);
        }
        hebb_two_body_free(&s.memory);
    }
}
END_TEST

/* Distance at t = 1 of the flow with hidden neurons from the one whose hidden neurons follow at once. */
static double distance_at(hebb_two_body_law law, double ratio, bool cold)
{
    const double h[TWO_BODY_K] = {0.0};
    double at_once[TWO_BODY_N] = {0.0}, sum = 0.0;
    two_body_system s;
    two_body_make(&s, law, NULL, 3);
    for (int r = 0; r < 2; r++) {
        hebb_two_body_flow flow;
        ck_assert_int_eq(hebb_two_body_flow_init(&flow, &s.memory, options_at(ratio * r)), HEBB_OK);
        ck_assert_int_eq(hebb_two_body_flow_start(&flow, s.v, cold ? h : NULL), HEBB_OK);
        ck_assert_int_eq(hebb_two_body_flow_advance(&flow, 1.0), HEBB_OK);
        ck_assert_double_eq(flow.time, 1.0);
        for (int i = 0; r == 1 && i < TWO_BODY_N; i++) sum += pow(flow.state[i] - at_once[i], 2.0);
        memcpy(at_once, flow.state, sizeof at_once);
        hebb_two_body_flow_free(&flow);
    }
    hebb_two_body_free(&s.memory);
    return sqrt(sum);
}

/* docs/theory/two_body.md: also from hidden neurons at 0, whose first moments are O(tau_h).  Smooth laws. */
START_TEST(the_distance_to_the_adiabatic_flow_is_of_first_order_in_tau_h)
{
    for (int l = 0; l < N_TWO_BODY_LAWS; l++)
        for (int cold = 0; cold < 2; cold++) {
            const double a = distance_at(two_body_laws[l], 0.008, cold), b = distance_at(two_body_laws[l], 0.004, cold);
            ck_assert_double_gt(b, 1e-5);
            ck_assert_double_eq_tol(log2(a / b), 1.0, 0.05);
        }
}
END_TEST

/* One pattern, power 2, T -> infinity of the slope: v and h are linear, and the flow is a matrix exponential. */
START_TEST(a_linear_flow_is_the_matrix_exponential)
{
    const double xi[1] = {1.0}, start[1] = {1e-7}, none[1] = {0.0};
    hebb_two_body memory;
    hebb_two_body_flow flow;
    const hebb_two_body_law law = {.kind = HEBB_TWO_BODY_POWER, .degree = 2, .temperature = 4.0};
    hebb_two_body_flow_options options = options_at(0.25);
    ck_assert_int_eq(hebb_two_body_init(&memory, law, 1, 1, xi, NULL), HEBB_OK);
    ck_assert_int_eq(hebb_two_body_flow_init(&flow, &memory, options), HEBB_OK);
    ck_assert_int_eq(hebb_two_body_flow_start(&flow, start, none), HEBB_OK);
    ck_assert_int_eq(hebb_two_body_flow_advance(&flow, 1.0), HEBB_OK);
    /* v' = h - v, h' = 4 (v/4 - h): eigenvalues (-5 +- sqrt 13)/2 */
    const double a = 0.5 * (-5.0 + sqrt(13.0)), b = 0.5 * (-5.0 - sqrt(13.0));
    const double v = 1e-7 * ((a + 4.0) * exp(a) - (b + 4.0) * exp(b)) / (a - b), h = 1e-7 * (exp(a) - exp(b)) / (a - b);
    ck_assert_double_eq_tol(flow.state[0], v, 1e-10 * 1e-7);
    ck_assert_double_eq_tol(flow.state[1], h, 1e-10 * 1e-7);
    hebb_two_body_flow_free(&flow);
    hebb_two_body_free(&memory);
}
END_TEST

START_TEST(bad_options_are_refused_and_a_flow_that_ends_early_says_so)
{
    two_body_system s;
    hebb_two_body_flow flow;
    two_body_make(&s, two_body_laws[3], NULL, 0);
    const hebb_two_body_flow_options bad[] = {{0.0, 1.0, 1e-9, 9},     {-1.0, 1.0, 1e-9, 9},    {NAN, 1.0, 1e-9, 9},
                                              {1.0, -1.0, 1e-9, 9},    {1.0, NAN, 1e-9, 9},     {1.0, 1.0, 0.0, 9},
                                              {1.0, 1.0, NAN, 9},      {1.0, 1.0, 0.1, 9},      {1.0, 1.0, 1e-9, 0},
                                              {INFINITY, 1.0, 0.1, 9}, {1.0, INFINITY, 1e-9, 9}};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        ck_assert_int_eq(hebb_two_body_flow_init(&flow, &s.memory, bad[k]), HEBB_EDOM);
        hebb_two_body_flow_free(&flow);
    }
    hebb_two_body_flow_options few = options_at(1e-3);
    few.max_steps = 3;
    ck_assert_int_eq(hebb_two_body_flow_init(&flow, &s.memory, few), HEBB_OK);
    ck_assert_int_eq(hebb_two_body_flow_start(&flow, s.v, NULL), HEBB_OK);
    ck_assert_int_eq(hebb_two_body_flow_advance(&flow, 1.0), HEBB_ENOCONV);
    ck_assert(flow.time > 0.0 && flow.time < 1.0);
    ck_assert_int_eq(hebb_two_body_flow_settle(&flow, 0.0, 1.0), HEBB_EDOM);
    ck_assert_int_eq(hebb_two_body_flow_settle(&flow, 1e-9, flow.time), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_two_body_flow_advance(&flow, NAN), HEBB_EDOM);
    s.v[3] = NAN;
    ck_assert_int_eq(hebb_two_body_flow_start(&flow, s.v, NULL), HEBB_EDOM);
    hebb_two_body_flow_free(&flow);
    hebb_two_body_flow_free(&flow);
    hebb_two_body_free(&s.memory);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("two_body_flow");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, the_energy_falls_at_every_step);
    tcase_add_test(physics, at_low_temperature_it_ends_in_the_dense_memory_s_fixed_point);
    tcase_add_test(physics, it_ends_in_the_fixed_point_of_the_softmax_update);
    tcase_add_test(physics, the_distance_to_the_adiabatic_flow_is_of_first_order_in_tau_h);
    tcase_add_test(physics, a_linear_flow_is_the_matrix_exponential);
    tcase_add_test(physics, bad_options_are_refused_and_a_flow_that_ends_early_says_so);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
