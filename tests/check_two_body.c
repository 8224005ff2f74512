/* two_body: the first order in tau_h/tau_v against the flow itself, one neuron by hand, the overlap at rest. */
#include <stdlib.h>
#include <string.h>

#include "two_body.h"
#include "two_body_flow.h"
#include "two_body_system.h"

/* v(t) at a ratio. */
static void flow_to(two_body_system *s, double ratio, double time, double *v)
{
    hebb_two_body_flow flow;
    const hebb_two_body_flow_options options = {1.0, ratio, 1e-12, 100000};
    ck_assert_int_eq(hebb_two_body_flow_init(&flow, &s->memory, options), HEBB_OK);
    ck_assert_int_eq(hebb_two_body_flow_start(&flow, s->v, NULL), HEBB_OK);
    ck_assert_int_eq(hebb_two_body_flow_advance(&flow, time), HEBB_OK);
    memcpy(v, flow.state, TWO_BODY_N * sizeof *v);
    hebb_two_body_flow_free(&flow);
}

/* Three ratios and 0 give the derivative at 0 to third order in them. */
START_TEST(the_lag_is_the_flow_s_derivative_in_tau_h)
{
    for (int l = 2; l < N_TWO_BODY_LAWS; l++)
        for (double time = 0.4; time < 2.5; time += 0.8) {
            const double ratio = 0.004;
            double at[4][TWO_BODY_N], sum = 0.0, lag;
            two_body_system s;
            two_body_make(&s, two_body_laws[l], NULL, 0);
            const hebb_two_body_law law = two_body_laws[l];
            const hebb_two_body_problem problem = {law.kind == HEBB_TWO_BODY_SOFTMAX,
                                                   law.temperature,
                                                   law.degree,
                                                   law.beta,
                                                   TWO_BODY_N,
                                                   TWO_BODY_K,
                                                   s.patterns};
            for (int k = 0; k < 4; k++) flow_to(&s, k * ratio, time, at[k]);
            for (int i = 0; i < TWO_BODY_N; i++) {
                const double slope = (-11.0 * at[0][i] + 18.0 * at[1][i] - 9.0 * at[2][i] + 2.0 * at[3][i]) / 6.0;
                sum += slope * slope / (ratio * ratio);
            }
            ck_assert_int_eq(hebb_two_body_lag(&problem, s.v, time, &lag), HEBB_OK);
            ck_assert_double_gt(lag, 1e-4);
            ck_assert_double_eq_tol(lag, sqrt(sum), 1e-3 * lag);
            hebb_two_body_free(&s.memory);
        }
}
END_TEST

/* N = K = 1, n = 2, v small: h_0 = v/T, v_0' = -c v_0 with c = 1 - 1/T, v_1' = -c v_1 + (c/T) v_0. */
START_TEST(one_linear_neuron_lags_as_by_hand)
{
    const double xi[1] = {1.0}, start[1] = {1e-6}, temperature = 4.0, time = 1.3, c = 1.0 - 1.0 / temperature;
    const hebb_two_body_problem problem = {false, temperature, 2, 0.0, 1, 1, xi};
    double lag;
    ck_assert_int_eq(hebb_two_body_lag(&problem, start, time, &lag), HEBB_OK);
    ck_assert_double_eq_tol(lag / start[0], c / temperature * time * exp(-c * time), 1e-9);
    ck_assert_int_eq(hebb_two_body_lag(&problem, start, 0.0, &lag), HEBB_OK);
    ck_assert_double_eq(lag, 0.0);
}
END_TEST

START_TEST(the_overlap_at_rest_solves_its_equation)
{
    double m;
    for (int degree = 2; degree < 6; degree++) {
        ck_assert_int_eq(hebb_two_body_overlap(degree, 0.3, &m), HEBB_OK);
        ck_assert_double_eq_tol(m, tanh(pow(m, degree - 1) / 0.3), 1e-14);
        ck_assert_double_gt(m, 0.9);
        ck_assert_int_eq(hebb_two_body_overlap(degree, 1.1, &m), HEBB_ENOSOLUTION);
    }
}
END_TEST

START_TEST(parameters_out_of_range_are_refused)
{
    const double xi[1] = {1.0};
    const hebb_two_body_problem bad[] = {{true, 1.0, 2, 0.0, 1, 1, xi},
                                         {true, 1.0, 2, NAN, 1, 1, xi},
                                         {false, 0.0, 2, 1.0, 1, 1, xi},
                                         {false, 1.0, 1, 1.0, 1, 1, xi},
                                         {false, 1.0, 2, 1.0, 1, 0, xi}};
    double x;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        ck_assert_int_eq(hebb_two_body_lag(&bad[k], xi, 1.0, &x), HEBB_EDOM);
    const hebb_two_body_problem good = {false, 1.0, 2, 1.0, 1, 1, xi};
    ck_assert_int_eq(hebb_two_body_lag(&good, xi, -1.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_two_body_lag(&good, xi, NAN, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_two_body_overlap(1, 0.3, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_two_body_overlap(2, NAN, &x), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("two_body");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, the_lag_is_the_flow_s_derivative_in_tau_h);
    tcase_add_test(physics, one_linear_neuron_lags_as_by_hand);
    tcase_add_test(physics, the_overlap_at_rest_solves_its_equation);
    tcase_add_test(physics, parameters_out_of_range_are_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
