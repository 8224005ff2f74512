/* schedule: the temperatures of each kind, against their formula in long double, and what is refused. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "schedule.h"

enum { MOST = 10000 };

/* All temperatures, the first one included. */
static size_t walk(const hebb_schedule *schedule, const hebb_energy_moments *moments, double *temperatures)
{
    size_t n = 1;
    temperatures[0] = schedule->start;
    double temperature = schedule->start;
    while (hebb_schedule_next(schedule, moments, &temperature)) {
        ck_assert_uint_lt(n, MOST);
        temperatures[n++] = temperature;
    }
    return n;
}

static hebb_schedule make(hebb_cooling cooling, double start, double end, double step)
{
    hebb_schedule schedule;
    ck_assert_int_eq(hebb_schedule_init(&schedule, cooling, start, end, step), HEBB_OK);
    return schedule;
}

START_TEST(a_linear_schedule_goes_in_equal_steps_and_ends_at_the_end)
{
    double t[MOST];
    hebb_schedule schedule = make(HEBB_COOLING_LINEAR, 1.2, 0.2, 0.1);
    ck_assert_uint_eq(walk(&schedule, NULL, t), 11); /* 1.2 - 0.1 ten times is 0.2 and a little more, no temperature */
    for (int k = 0; k <= 10; k++) ck_assert_double_eq_tol(t[k], 1.2 - 0.1 * k, 1e-15);
    ck_assert(t[10] == 0.2);
    schedule = make(HEBB_COOLING_LINEAR, 1.0, 0.25, 0.5); /* a last step that is shorter */
    ck_assert_uint_eq(walk(&schedule, NULL, t), 3);
    ck_assert(t[1] == 0.5 && t[2] == 0.25);
    schedule = make(HEBB_COOLING_LINEAR, 0.7, 0.7, 0.5);
    ck_assert_uint_eq(walk(&schedule, NULL, t), 1);
}
END_TEST

START_TEST(a_geometric_schedule_goes_by_equal_factors_and_ends_at_the_end)
{
    double t[MOST];
    hebb_schedule schedule = make(HEBB_COOLING_GEOMETRIC, 1.2, 0.05, 0.9);
    ck_assert_uint_eq(walk(&schedule, NULL, t), 32); /* 1.2 x 0.9^30 = 0.0509 */
    for (int k = 0; k <= 30; k++) ck_assert_double_eq_tol(t[k], 1.2 * (double)powl(0.9L, k), 1e-15);
    ck_assert(t[31] == 0.05);
    schedule = make(HEBB_COOLING_GEOMETRIC, 1.0, 0.125, 0.5);
    ck_assert_uint_eq(walk(&schedule, NULL, t), 4);
}
END_TEST

START_TEST(moments_are_those_of_the_energies_also_far_from_zero)
{
    static const double energies[] = {3.0, -1.0, 4.0, -1.0, 5.0, 9.0, -2.0, 6.0};
    for (double offset = 0.0; offset <= 1e12; offset += 1e12) {
        hebb_energy_moments moments = {0};
        ck_assert(hebb_energy_moments_deviation(&moments) == 0.0);
        hebb_energy_moments_add(&moments, offset + energies[0]);
        ck_assert(hebb_energy_moments_deviation(&moments) == 0.0);
        for (int k = 1; k < 8; k++) hebb_energy_moments_add(&moments, offset + energies[k]);
        /* sum 23, of squares 173: variance (173 - 23^2/8)/7 */
        ck_assert_double_eq_tol(hebb_energy_moments_deviation(&moments), sqrt((173.0 - 529.0 / 8.0) / 7.0),
                                1e-3 * (offset > 0) + 1e-14);
        ck_assert_double_eq_tol(moments.mean, offset + 2.875, 1e-3 * (offset > 0) + 1e-14);
    }
}
END_TEST

static hebb_energy_moments spread(double sigma)
{
    hebb_energy_moments moments = {0};
    hebb_energy_moments_add(&moments, -5.0 - sigma / M_SQRT2);
    hebb_energy_moments_add(&moments, -5.0 + sigma / M_SQRT2);
    return moments;
}

START_TEST(an_adaptive_schedule_makes_equal_steps_in_sigma_over_the_temperature)
{
    for (double sigma = 0.5; sigma < 40.0; sigma *= 2.0) {
        const hebb_energy_moments moments = spread(sigma);
        const hebb_schedule schedule = make(HEBB_COOLING_ADAPTIVE, 1.2, 0.05, 0.3);
        double t[MOST];
        const size_t n = walk(&schedule, &moments, t);
        for (size_t k = 1; k + 1 < n; k++) {
            if (t[k] == 0.5 * t[k - 1] || t[k] == 0.999 * t[k - 1]) continue;
            ck_assert_double_eq_tol((1.0 / t[k] - 1.0 / t[k - 1]) * sigma, 0.3, 1e-10);
        }
        ck_assert(t[n - 1] == 0.05);
        /* the logarithmic rule, to first order */
        const double x = 0.3 * t[0] / sigma;
        if (x < 0.5) ck_assert_double_eq_tol(t[1] / t[0], exp(-x), 0.51 * x * x);
    }
}
END_TEST

START_TEST(however_the_energy_spreads_a_step_has_its_limits)
{
    double t[MOST];
    hebb_energy_moments narrow = {0}, one = {0};
    hebb_energy_moments_add(&one, 3.0);
    const hebb_energy_moments wide = spread(1e9);
    const hebb_schedule schedule = make(HEBB_COOLING_ADAPTIVE, 1.0, 0.1, 0.5);
    ck_assert_uint_eq(walk(&schedule, &narrow, t), 5); /* .5, .25, .125, .1 */
    ck_assert(t[3] == 0.125 && t[4] == 0.1);
    ck_assert_uint_eq(walk(&schedule, &one, t), 5);
    ck_assert_uint_eq(walk(&schedule, &wide, t), 2303); /* ln 10/-ln .999 = 2301.4 */
    ck_assert(t[1] == 0.999);
}
END_TEST

START_TEST(schedules_that_do_not_cool_are_refused)
{
    static const double wrong[][3] = {{1.0, 0.0, 0.5},      {1.0, -1.0, 0.5}, {0.1, 0.2, 0.5},
                                      {INFINITY, 0.2, 0.5}, {NAN, 0.2, 0.5},  {1.0, NAN, 0.5},
                                      {1.0, 0.2, 0.0},      {1.0, 0.2, -0.5}, {1.0, 0.2, NAN}};
    hebb_schedule schedule;
    for (int cooling = 0; cooling < 3; cooling++) {
        for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
            ck_assert_int_eq(
                hebb_schedule_init(&schedule, (hebb_cooling)cooling, wrong[k][0], wrong[k][1], wrong[k][2]), HEBB_EDOM);
            ck_assert(strncmp(hebb_diagnostic(), "cooling ", 8) == 0);
        }
        ck_assert_int_eq(hebb_schedule_init(&schedule, (hebb_cooling)cooling, 1.0, 0.2, INFINITY), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_schedule_init(&schedule, HEBB_COOLING_GEOMETRIC, 1.0, 0.2, 1.0), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schedule");
    TCase *temperatures = tcase_create("temperatures");
    tcase_add_test(temperatures, a_linear_schedule_goes_in_equal_steps_and_ends_at_the_end);
    tcase_add_test(temperatures, a_geometric_schedule_goes_by_equal_factors_and_ends_at_the_end);
    tcase_add_test(temperatures, moments_are_those_of_the_energies_also_far_from_zero);
    tcase_add_test(temperatures, an_adaptive_schedule_makes_equal_steps_in_sigma_over_the_temperature);
    tcase_add_test(temperatures, however_the_energy_spreads_a_step_has_its_limits);
    tcase_add_test(temperatures, schedules_that_do_not_cool_are_refused);
    suite_add_tcase(suite, temperatures);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
