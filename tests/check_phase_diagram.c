/* The phase diagram: each line by what defines it, at 1000 loads, with HEBB_LONG set at 10 000; published values; where
   lines bend back. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>

#include "capacity.h"
#include "field_average.h"
#include "phase_diagram.h"
#include "replica_symmetric_branch.h"

static hebb_phase_tops tops;

static void find_tops(void)
{
    ck_assert_int_eq(hebb_phase_tops_find(&tops), HEBB_OK);
}

static hebb_phase_lines lines_at(double alpha)
{
    hebb_phase_lines lines;
    ck_assert_msg(hebb_phase_lines_at(alpha, &tops, &lines) == HEBB_OK, "no lines at %.17g", alpha);
    return lines;
}

static void assert_close(double got, double want, double tolerance)
{
    ck_assert_msg(fabs(got - want) <= tolerance, "got %.17g, want %.17g, error %.2g, allowed %.2g", got, want,
                  fabs(got - want), tolerance);
}

/* [AGS87] and the values that follow from its equations, in the digits known. */
START_TEST(the_lines_pass_through_the_known_values)
{
    assert_close(lines_at(0.05).retrieval, 0.542255038, 5e-10);
    assert_close(lines_at(0.05).thermodynamic, 0.216383350, 5e-10);
    assert_close(lines_at(0.05).at, 5.4192428e-6, 5e-14);
    assert_close(lines_at(0.01).at, 1.026e-23, 5e-27);
    assert_close(tops.retrieval.alpha, 0.138188511, 5e-10);
    assert_close(tops.retrieval.temperature, 0.02287, 5e-6);
    assert_close(tops.retrieval_t0, 0.137905566, 5e-10);
    assert_close(tops.thermodynamic_t0, 0.0518543, 5e-8);
    assert_close(tops.at, 0.138186, 5e-7);
    assert_close((1.0 - lines_at(1e-9).retrieval) / sqrt(1e-9), 1.954, 5e-4);
    assert_close((1.0 - lines_at(1e-9).thermodynamic) / sqrt(1e-9), 2.596, 5e-4);
}
END_TEST

static hebb_rs_state retrieval(double alpha, double T)
{
    hebb_rs_state state;
    ck_assert_msg(hebb_rs_retrieval(alpha, T, 1, &state) == HEBB_OK, "no retrieval at %.17g, %.17g", alpha, T);
    return state;
}

static bool has_retrieval(double alpha, double T)
{
    hebb_rs_state state;
    const hebb_status status = hebb_rs_retrieval(alpha, T, 1, &state);
    ck_assert(status == HEBB_OK || status == HEBB_ENOSOLUTION);
    return status == HEBB_OK;
}

/* How well T is determined: as the square root of what is left to the top, 1 - alpha/top. */
static double blur(double alpha, double top)
{
    return 1e-13 + 1e-14 / sqrt(fmax(1.0 - alpha / top, 1e-16));
}

static void check_retrieval(double alpha, const hebb_phase_lines *lines)
{
    hebb_capacity end;
    if (alpha > tops.retrieval.alpha) {
        ck_assert_double_nan(lines->retrieval);
        ck_assert(!has_retrieval(alpha, tops.retrieval.temperature));
        return;
    }
    ck_assert_int_eq(hebb_capacity_at(lines->retrieval, 1, &end), HEBB_OK);
    assert_close(end.alpha, alpha, 1e-13 * alpha + 1e-14 * sqrt(alpha)); /* 1 - C has lost some */
    const double step = 1e-7 * (1.0 - lines->retrieval) + 10.0 * blur(alpha, tops.retrieval.alpha);
    ck_assert(!has_retrieval(alpha, lines->retrieval + step));
    if (lines->retrieval - step > tops.retrieval.temperature) ck_assert(has_retrieval(alpha, lines->retrieval - step));
    if (alpha <= tops.retrieval_t0) {
        ck_assert_double_nan(lines->retrieval_lower);
        return;
    }
    ck_assert_int_eq(hebb_capacity_at(lines->retrieval_lower, 1, &end), HEBB_OK);
    assert_close(end.alpha, alpha, 1e-14);
    ck_assert(!has_retrieval(alpha, 0.99 * lines->retrieval_lower));
}

static void check_thermodynamic(double alpha, const hebb_phase_lines *lines)
{
    const double T[] = {lines->thermodynamic, lines->thermodynamic_lower};
    ck_assert((alpha > tops.thermodynamic.alpha) == isnan(T[0]));
    ck_assert((alpha <= tops.thermodynamic_t0 || alpha > tops.thermodynamic.alpha) == isnan(T[1]));
    for (int k = 0; k < 2; k++) {
        hebb_rs_state glass;
        if (isnan(T[k])) continue;
        ck_assert_int_eq(hebb_rs_glass(alpha, T[k], &glass), HEBB_OK);
        const hebb_rs_state state = retrieval(alpha, T[k]);
        assert_close(state.f, glass.f, 4e-15); /* says nothing for the smallest loads: see the asymptotes */
        ck_assert((state.s < glass.s) ==
                  (k == 0)); /* retrieval wins on cooling through T_c, loses below the lower end */
        ck_assert(T[k] < lines->retrieval);
    }
}

/* The margin vanishes: from what T's last places do to it. */
static void check_at(double alpha, const hebb_phase_lines *lines)
{
    if (alpha > tops.at) {
        ck_assert_double_nan(lines->at);
        if (alpha < tops.retrieval.alpha)
            ck_assert(retrieval(alpha, 0.5 * (lines->retrieval + lines->retrieval_lower)).at_margin < 0.0);
        return;
    }
    if (alpha < 1.0 / 1400.0) return;
    const double signal = 1.0 / (2.0 * alpha); /* T_R = exp(-signal) */
    assert_close(retrieval(alpha, lines->at).at_margin, 0.0, 1e-14 * signal + blur(alpha, tops.at));
    ck_assert(retrieval(alpha, 0.999 * lines->at).at_margin < 0.0);
}

START_TEST(each_line_is_what_defines_it_at_every_load)
{
    const int n_loads = getenv("HEBB_LONG") == NULL ? 1000 : 10000;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < n_loads; k++) {
        const double x = gsl_rng_uniform(random);
        const double alpha = k % 10 == 0   ? 0.1379 + 0.0003 * x /* where T_M bends back */
                             : k % 10 == 1 ? 0.0518 + 0.0014 * x /* and T_c */
                             : k % 10 == 2 ? pow(10.0, -9.0 + 8.0 * x)
                                           : 0.145 * x + 1e-6;
        const hebb_phase_lines lines = lines_at(alpha);
        assert_close(lines.glass, 1.0 + sqrt(alpha), 4e-16);
        check_retrieval(alpha, &lines);
        check_thermodynamic(alpha, &lines);
        if (k % 4 == 0) check_at(alpha, &lines);
    }
    gsl_rng_free(random);
}
END_TEST

/* T_M once more, by halving on whether plain iteration from a pattern keeps an overlap. */
static bool iteration_keeps(double alpha, double T)
{
    double m = 1.0, q = 1.0, c = 0.0;
    for (int step = 0; step < 40000; step++) {
        const hebb_field_average f = hebb_field_average_at(m, sqrt(alpha * q) / (1.0 - c), T);
        if (f.m < 0.5 * (1.0 - T)) return false;
        m = f.m;
        q = f.q;
        c = fmin(f.c, 0.999);
    }
    return true;
}

START_TEST(iteration_from_a_pattern_ends_at_the_same_temperature)
{
    static const double loads[] = {0.01, 0.05, 0.12};
    for (int k = 0; k < 3; k++) {
        double low = 0.05, high = 1.0;
        while (high - low > 1e-6) {
            const double T = 0.5 * (low + high);
            *(iteration_keeps(loads[k], T) ? &low : &high) = T;
        }
        assert_close(low, lines_at(loads[k]).retrieval, 3e-6);
    }
}
END_TEST

START_TEST(there_are_two_ends_at_138_and_none_beyond_the_top)
{
    const hebb_phase_lines lines = lines_at(0.138);
    assert_close(lines.retrieval, 0.0416059077485, 1e-12);
    assert_close(lines.retrieval_lower, 0.0041989385895, 1e-12);
    ck_assert(has_retrieval(0.138, 0.0416) && has_retrieval(0.138, 0.0042));
    ck_assert(!has_retrieval(0.138, 0.04161) && !has_retrieval(0.138, 0.0041));
    ck_assert_double_nan(lines_at(tops.retrieval.alpha + 1e-12).retrieval);
    const hebb_phase_lines top = lines_at(tops.retrieval.alpha - 1e-12);
    ck_assert(top.retrieval > top.retrieval_lower);
    assert_close(top.retrieval, top.retrieval_lower, 1e-4);
    const hebb_phase_lines global = lines_at(tops.thermodynamic.alpha - 1e-12);
    ck_assert(global.thermodynamic > global.thermodynamic_lower);
    assert_close(global.thermodynamic, global.thermodynamic_lower, 1e-4);
}
END_TEST

START_TEST(the_lower_ends_go_to_zero_at_the_loads_of_zero_temperature)
{
    for (double d = 1e-12; d < 1e-6; d *= 10.0) {
        ck_assert(lines_at(tops.retrieval_t0 + d).retrieval_lower < 50.0 * d);
        ck_assert(lines_at(tops.thermodynamic_t0 + d).thermodynamic_lower < 50.0 * d);
    }
    ck_assert_double_nan(lines_at(tops.retrieval_t0).retrieval_lower);
    ck_assert_double_nan(lines_at(tops.thermodynamic_t0).thermodynamic_lower);
}
END_TEST

START_TEST(very_small_and_very_large_loads)
{
    const hebb_phase_lines tiny = lines_at(1e-14), large = lines_at(1e10);
    assert_close((1.0 - tiny.retrieval) * 1e7, 1.954, 1e-3);
    for (double alpha = 1e-4; alpha > 1e-300; alpha *= 0.01) { /* T_M and T_c to the next order, or the last place */
        const hebb_phase_lines lines = lines_at(alpha);
        const double slack = 3.0 * alpha + 1e-14;
        assert_close(1.0 - lines.retrieval, 1.954083777566 * sqrt(alpha), slack);
        assert_close(1.0 - lines.thermodynamic, 2.595875961223 * sqrt(alpha), slack);
    }
    ck_assert(tiny.at == 0.0);
    ck_assert_double_nan(large.retrieval);
    ck_assert(large.glass == 1.0 + 1e5);
    hebb_phase_lines lines;
    static const double bad[] = {0.0, -0.1, NAN, INFINITY};
    for (int k = 0; k < 4; k++) ck_assert_int_eq(hebb_phase_lines_at(bad[k], &tops, &lines), HEBB_EDOM);
}
END_TEST

int main(void)
{
    (void)gsl_set_error_handler_off();
    Suite *suite = suite_create("phase_diagram");
    TCase *lines = tcase_create("lines");
    tcase_add_unchecked_fixture(lines, find_tops, NULL);
    tcase_add_test(lines, the_lines_pass_through_the_known_values);
    tcase_add_test(lines, each_line_is_what_defines_it_at_every_load);
    tcase_add_test(lines, iteration_from_a_pattern_ends_at_the_same_temperature);
    tcase_add_test(lines, there_are_two_ends_at_138_and_none_beyond_the_top);
    tcase_add_test(lines, the_lower_ends_go_to_zero_at_the_loads_of_zero_temperature);
    tcase_add_test(lines, very_small_and_very_large_loads);
    suite_add_tcase(suite, lines);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
