/* two_body_memory: its energy against its forces, what hidden neurons leave when they are integrated out, refusals. */
#include <stdlib.h>
#include <string.h>

#include "two_body_system.h"

/* dL/dx by central differences against the outputs, through E: E depends on a Lagrangian and its gradient alone. */
START_TEST(the_gradient_of_the_energy_is_minus_hessian_times_force)
{
    const double step = 1e-5;
    double input[TWO_BODY_N], h[TWO_BODY_K], force[TWO_BODY_N + TWO_BODY_K], up[TWO_BODY_N], down[TWO_BODY_N];
    for (int i = 0; i < TWO_BODY_N; i++) input[i] = 0.02 * (i % 7 - 3);
    for (int l = 0; l < N_TWO_BODY_LAWS; l++) {
        two_body_system s;
        two_body_make(&s, two_body_laws[l], input, 0);
        const double unit = fabs(s.patterns[0]);
        for (int mu = 0; mu < TWO_BODY_K; mu++) h[mu] = unit * unit * (11.0 - 3.0 * mu);
        hebb_two_body_force(&s.memory, s.v, h, force);
        for (int i = 0; i < TWO_BODY_N; i++) {
            const double x = s.v[i], d = step * unit;
            s.v[i] = x + d;
            const double above = hebb_two_body_energy(&s.memory, s.v, h);
            hebb_two_body_visible_outputs(&s.memory, s.v, up);
            s.v[i] = x - d;
            const double below = hebb_two_body_energy(&s.memory, s.v, h);
            hebb_two_body_visible_outputs(&s.memory, s.v, down);
            s.v[i] = x;
            const double hessian = (up[i] - down[i]) / (2.0 * d);
            ck_assert_double_ge(hessian, 0.0);
            ck_assert_double_eq_tol((above - below) / (2.0 * d), -hessian * force[i], 1e-6 * unit);
        }
        for (int mu = 0; mu < TWO_BODY_K; mu++) {
            const double x = h[mu], d = step * unit * unit * TWO_BODY_N;
            double gradient = 0.0;
            h[mu] = x + d;
            const double above = hebb_two_body_energy(&s.memory, s.v, h);
            hebb_two_body_hidden_outputs(&s.memory, h, up);
            h[mu] = x - d;
            const double below = hebb_two_body_energy(&s.memory, s.v, h);
            hebb_two_body_hidden_outputs(&s.memory, h, down);
            h[mu] = x;
            for (int nu = 0; nu < TWO_BODY_K; nu++)
                gradient -= (up[nu] - down[nu]) / (2.0 * d) * force[TWO_BODY_N + nu];
            ck_assert_double_eq_tol((above - below) / (2.0 * d), gradient, 1e-6);
        }
        hebb_two_body_free(&s.memory);
    }
}
END_TEST

/* At h = xi g and nowhere lower; the value is the dense memory's energy and T times minus the entropy, by hand. */
START_TEST(the_least_energy_over_the_hidden_neurons_is_the_memory_s_own)
{
    for (int l = 0; l < N_TWO_BODY_LAWS; l++) {
        two_body_system s;
        double g[TWO_BODY_N], h[TWO_BODY_K], want = 0.0, sum = 0.0;
        const hebb_two_body_law law = two_body_laws[l];
        two_body_make(&s, law, NULL, 1);
        hebb_two_body_visible_outputs(&s.memory, s.v, g);
        hebb_two_body_overlaps(&s.memory, g, h);
        for (int mu = 0; mu < TWO_BODY_K; mu++) {
            double overlap = 0.0;
            for (int i = 0; i < TWO_BODY_N; i++) overlap += s.patterns[mu * TWO_BODY_N + i] * g[i];
            if (law.kind == HEBB_TWO_BODY_SOFTMAX)
                sum += exp(law.beta * overlap);
            else if (overlap > 0.0 || law.kind == HEBB_TWO_BODY_POWER)
                want -= pow(overlap, law.degree) / (law.degree * pow(TWO_BODY_N, law.degree - 1.0));
        }
        if (law.kind == HEBB_TWO_BODY_SOFTMAX) want -= log(sum) / law.beta;
        for (int i = 0; i < TWO_BODY_N; i++) {
            const double up = 0.5 * (1.0 + g[i]), down = 0.5 * (1.0 - g[i]);
            want += law.kind == HEBB_TWO_BODY_SOFTMAX ? 0.5 * s.v[i] * s.v[i]
                                                      : law.temperature * (up * log(up) + down * log(down));
        }
        ck_assert_double_eq_tol(hebb_two_body_visible_energy(&s.memory, s.v), want, 1e-10);
        const double least = hebb_two_body_energy(&s.memory, s.v, h);
        ck_assert_double_eq_tol(least, want, 1e-10);
        for (int mu = 0; mu < TWO_BODY_K; mu++)
            for (int sign = -1; sign <= 1; sign += 2) {
                const double kept = h[mu];
                h[mu] += sign * 0.2 * fabs(h[0]);
                ck_assert_double_ge(hebb_two_body_energy(&s.memory, s.v, h), least - 1e-12);
                h[mu] = kept;
            }
        hebb_two_body_free(&s.memory);
    }
}
END_TEST

/* n = 2: E is quadratic in h, and -T' ln int exp(-E/T') dh is the visible energy up to one constant.  Trapezoidal rule. */
START_TEST(gaussian_hidden_neurons_integrated_out_leave_the_hopfield_energy)
{
    const double thermal = 0.7;
    double difference[2], h[TWO_BODY_K], g[TWO_BODY_N];
    for (uint32_t state = 0; state < 2; state++) {
        two_body_system s;
        two_body_make(&s, two_body_laws[0], NULL, 0);
        for (int i = 0; state == 1 && i < TWO_BODY_N; i++) s.v[i] *= i % 3 == 0 ? -0.4 : 1.3;
        hebb_two_body_visible_outputs(&s.memory, s.v, g);
        hebb_two_body_overlaps(&s.memory, g, h);
        const double least = hebb_two_body_visible_energy(&s.memory, s.v);
        double minus_log = 0.0;
        for (int mu = 0; mu < TWO_BODY_K; mu++) { /* E is a sum over mu: one integral after the other */
            const double kept = h[mu], width = sqrt(thermal * TWO_BODY_N);
            double sum = 0.0;
            for (int k = -400; k <= 400; k++) {
                h[mu] = kept + 0.025 * k * width;
                sum += exp(-(hebb_two_body_energy(&s.memory, s.v, h) - least) / thermal);
            }
            minus_log -= thermal * log(0.025 * width * sum);
            h[mu] = kept;
        }
        difference[state] = minus_log;
        hebb_two_body_free(&s.memory);
    }
    ck_assert_double_eq_tol(difference[0], difference[1], 1e-10);
    ck_assert_double_eq_tol(difference[0], -1.5 * thermal * log(2.0 * M_PI * thermal * TWO_BODY_N), 1e-9);
}
END_TEST

/* An Euler step of dt = tau_v. */
START_TEST(one_euler_step_is_the_softmax_update)
{
    two_body_system s;
    double force[TWO_BODY_N], weight[TWO_BODY_K], sum = 0.0;
    two_body_make(&s, two_body_laws[3], NULL, 2);
    hebb_two_body_force(&s.memory, s.v, NULL, force);
    for (int mu = 0; mu < TWO_BODY_K; mu++) {
        double overlap = 0.0;
        for (int i = 0; i < TWO_BODY_N; i++) overlap += s.patterns[mu * TWO_BODY_N + i] * s.v[i];
        sum += weight[mu] = exp(two_body_laws[3].beta * overlap);
    }
    for (int i = 0; i < TWO_BODY_N; i++) {
        double want = 0.0;
        for (int mu = 0; mu < TWO_BODY_K; mu++) want += weight[mu] / sum * s.patterns[mu * TWO_BODY_N + i];
        ck_assert_double_eq_tol(s.v[i] + force[i], want, 1e-14);
    }
    hebb_two_body_free(&s.memory);
}
END_TEST

START_TEST(large_arguments_do_not_overflow)
{
    two_body_system s;
    two_body_make(&s, (hebb_two_body_law){.kind = HEBB_TWO_BODY_SOFTMAX, .beta = 1e6}, NULL, 0);
    for (int i = 0; i < TWO_BODY_N; i++) s.v[i] *= 1e3;
    ck_assert(isfinite(hebb_two_body_visible_energy(&s.memory, s.v)));
    ck_assert(s.memory.h[0] > 100.0);
    hebb_two_body_free(&s.memory);
    two_body_make(&s, (hebb_two_body_law){.kind = HEBB_TWO_BODY_RECTIFIED, .degree = 3, .temperature = 1e-6}, NULL, 0);
    ck_assert(isfinite(hebb_two_body_visible_energy(&s.memory, s.v)));
    hebb_two_body_free(&s.memory);
}
END_TEST

static void refuse(hebb_two_body_law law, const double *patterns, const double *input, const char *words)
{
    hebb_two_body memory;
    ck_assert_int_eq(hebb_two_body_init(&memory, law, 2, 2, patterns, input), HEBB_EDOM);
    ck_assert_msg(strstr(hebb_diagnostic(), words) != NULL, "'%s' lacks '%s'", hebb_diagnostic(), words);
    hebb_two_body_free(&memory);
}

START_TEST(bad_laws_and_patterns_are_refused)
{
    const double good[] = {1.0, -1.0, 1.0, 1.0}, zero[] = {1.0, 1.0, 0.0, 0.0}, none[] = {1.0, NAN, 1.0, 1.0};
    const hebb_two_body_law softmax = {.kind = HEBB_TWO_BODY_SOFTMAX, .beta = 1.0};
    hebb_two_body memory;
    refuse((hebb_two_body_law){.kind = HEBB_TWO_BODY_SOFTMAX, .beta = 0.0}, good, NULL, "beta 0");
    refuse((hebb_two_body_law){.kind = HEBB_TWO_BODY_SOFTMAX, .beta = NAN}, good, NULL, "beta");
    refuse((hebb_two_body_law){.kind = HEBB_TWO_BODY_POWER, .degree = 3, .temperature = 1.0}, good, NULL, "convex");
    refuse((hebb_two_body_law){.kind = HEBB_TWO_BODY_POWER, .degree = 1, .temperature = 1.0}, good, NULL, "degree 1");
    refuse((hebb_two_body_law){.kind = HEBB_TWO_BODY_POWER, .degree = 2, .temperature = -1.0}, good, NULL,
           "temperature");
    refuse(softmax, zero, NULL, "pattern 2 is zero");
    refuse(softmax, none, NULL, "pattern 1, neuron 2");
    refuse(softmax, good, none, "input of neuron 2");
    ck_assert_int_eq(hebb_two_body_init(&memory, softmax, 2, 0, good, NULL), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("two_body_memory");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, the_gradient_of_the_energy_is_minus_hessian_times_force);
    tcase_add_test(physics, the_least_energy_over_the_hidden_neurons_is_the_memory_s_own);
    tcase_add_test(physics, gaussian_hidden_neurons_integrated_out_leave_the_hopfield_energy);
    tcase_add_test(physics, one_euler_step_is_the_softmax_update);
    tcase_add_test(physics, large_arguments_do_not_overflow);
    tcase_add_test(physics, bad_laws_and_patterns_are_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
