/* one_spin: functions against their definitions, updates against detailed balance and their limits. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "one_spin.h"

START_TEST(functions_are_those_of_their_names)
{
    for (double x = -9.0; x <= 9.0; x += 0.37) {
        ck_assert_double_eq_tol(hebb_one_spin_x_minus_tanh(x), x - tanh(x), 1e-15 * (1.0 + fabs(x)));
        ck_assert_double_eq_tol(hebb_one_spin_sech2(x), 1.0 / (cosh(x) * cosh(x)), 1e-15);
        ck_assert_double_eq_tol(hebb_one_spin_log_2cosh_excess(x), log(2.0 * cosh(x)) - fabs(x), 4e-15);
    }
    ck_assert_double_eq_tol(hebb_one_spin_x_minus_tanh(1e-5) / 1e-15, 1.0 / 3.0, 1e-10);
    ck_assert_double_eq(hebb_one_spin_sech2(INFINITY), 0.0);
    ck_assert_double_eq(hebb_one_spin_log_2cosh_excess(-INFINITY), 0.0);
}
END_TEST

/* P(s -> -s) e^(s h/T) = P(-s -> s) e^(-s h/T); the heat bath's mean is tanh(h/T). */
START_TEST(updates_are_in_detailed_balance)
{
    static const double temperatures[] = {0.1, 0.7, 1.0, 30.0};
    for (size_t k = 0; k < sizeof temperatures / sizeof *temperatures; k++)
        for (double h = 0.05; h < 3.0; h *= 1.5) {
            const double T = temperatures[k], ratio = exp(-2.0 * h / T), up = hebb_one_spin_heat_bath(h, T);
            ck_assert_double_eq_tol(hebb_one_spin_heat_bath(-h, T), up * ratio, 1e-15);
            ck_assert_double_eq_tol(2.0 * up - 1.0, tanh(h / T), 1e-15);
            ck_assert_double_eq_tol(hebb_one_spin_metropolis(h, T), hebb_one_spin_metropolis(-h, T) * ratio, 1e-15);
            ck_assert_double_eq(hebb_one_spin_metropolis(-h, T), 1.0);
        }
}
END_TEST

START_TEST(at_zero_temperature_the_field_decides)
{
    ck_assert_double_eq(hebb_one_spin_heat_bath(1e-300, 0.0), 1.0);
    ck_assert_double_eq(hebb_one_spin_heat_bath(-1e-300, 0.0), 0.0);
    ck_assert(isnan(hebb_one_spin_heat_bath(0.0, 0.0)));
    ck_assert_double_eq(hebb_one_spin_metropolis(1e-300, 0.0), 0.0);
    ck_assert_double_eq(hebb_one_spin_metropolis(-1e-300, 0.0), 1.0);
    ck_assert_double_eq(hebb_one_spin_metropolis(0.0, 0.0), 0.0);
    ck_assert_double_eq(hebb_one_spin_heat_bath(0.0, 0.4), 0.5);
    ck_assert_double_eq(hebb_one_spin_heat_bath(-1e5, 0.1), 0.0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("one spin");
    TCase *spin = tcase_create("spin");
    tcase_add_test(spin, functions_are_those_of_their_names);
    tcase_add_test(spin, updates_are_in_detailed_balance);
    tcase_add_test(spin, at_zero_temperature_the_field_decides);
    suite_add_tcase(suite, spin);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
