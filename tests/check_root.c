/* root: zeros to the last place, brackets that hold, and functions that defeat plain Newton. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>

#include "root.h"

/* zero at *params */
static double logarithm(double x, void *params)
{
    return log(*(const double *)params / x);
}

static double falling_logarithm(double x, void *params, double *slope)
{
    *slope = -1.0 / x;
    return logarithm(x, params);
}

static double falling_without_slope(double x, void *params, double *slope)
{
    *slope = NAN;
    return logarithm(x, params);
}

/* Newton alone runs away from it when it starts beyond 1.4. */
static double falling_arctangent(double x, void *params, double *slope)
{
    const double y = x - *(const double *)params;
    *slope = -1.0 / (1.0 + y * y);
    return -atan(y);
}

/* a steep fall and a flat shoulder: Newton's steps from the shoulder lead far out */
static double shoulder(double x, void *params, double *slope)
{
    const double y = (x - *(const double *)params) * 1e3;
    *slope = -1e3 / pow(cosh(y), 2);
    return -tanh(y);
}

static double never(double x, void *params, double *slope)
{
    (void)params;
    *slope = -1.0;
    return x > 0.5 ? NAN : 1.0;
}

START_TEST(both_ways_find_the_zero_to_the_last_place)
{
    for (double zero = 1e-250; zero < 1e250; zero *= 3.7e12) {
        double root;
        ck_assert_int_eq(hebb_root_brent(logarithm, &zero, 0.1 * zero, 7.0 * zero, &root), HEBB_OK);
        ck_assert_double_le(fabs(root / zero - 1.0), 4.0 * DBL_EPSILON);
        ck_assert_int_eq(hebb_root_newton(falling_logarithm, &zero, 0.1 * zero, 1e5 * zero, 1e4 * zero, &root),
                         HEBB_OK);
        ck_assert_double_le(fabs(root / zero - 1.0), 4.0 * DBL_EPSILON);
        ck_assert_int_eq(hebb_root_newton(falling_without_slope, &zero, 1e-5 * zero, 1e5 * zero, 1e4 * zero, &root),
                         HEBB_OK);
        ck_assert_double_le(fabs(root / zero - 1.0), 4.0 * DBL_EPSILON);
    }
}
END_TEST

/* 10 000 zeros between two values already tried: a step back into them once ended the search a bisection too early. */
START_TEST(what_is_returned_is_the_zero_and_not_the_last_bisection)
{
    for (int k = 0; k < 10000; k++) {
        double zero = -0.999 + 1.99e-4 * k, root;
        ck_assert_int_eq(hebb_root_newton(falling_arctangent, &zero, -1.0, 1000.0, 999.0, &root), HEBB_OK);
        ck_assert_msg(fabs(root - zero) <= 2.0 * DBL_EPSILON, "%.17g is not %.17g", root, zero);
        ck_assert_int_eq(hebb_root_newton(shoulder, &zero, -1.0, 1.0, 0.999, &root), HEBB_OK);
        ck_assert_msg(fabs(root - zero) <= 2.0 * DBL_EPSILON, "%.17g is not %.17g", root, zero);
    }
}
END_TEST

/* 1 below *params and -1 above, where it is NaN from the second one on */
static double jump(double x, void *params)
{
    const double *at = params;
    return x >= at[1] ? NAN : x < at[0] ? 1.0 : -1.0;
}

START_TEST(bisection_ends_between_neighbours)
{
    for (int k = 0; k < 10000; k++) {
        double at[] = {ldexp(1.0 + k / 7e3, k % 60 - 30), INFINITY}, low = 0.0, high = 1e12;
        hebb_root_bisect(jump, at, &low, &high);
        ck_assert_double_eq(high, at[0]);
        ck_assert_double_eq(low, nextafter(high, 0.0));
        low = -1e12;
        high = 0.0;
        at[1] = at[0] = -at[0]; /* a NaN is the other sign */
        hebb_root_bisect(jump, at, &low, &high);
        ck_assert_double_eq(high, at[0]);
        ck_assert_double_eq(low, nextafter(high, -INFINITY));
    }
    double zero = 3.0, low = 1.0, high = 10.0; /* log(zero/x) is +0 at the zero: the last x with its sign */
    hebb_root_bisect(logarithm, &zero, &low, &high);
    ck_assert_double_le(fabs(low - zero), 4.0 * DBL_EPSILON);
    ck_assert(logarithm(low, &zero) >= 0.0 && logarithm(high, &zero) < 0.0);
}
END_TEST

START_TEST(what_has_no_zero_or_no_value_is_not_solved)
{
    double zero = 10.0, root;
    ck_assert_int_eq(hebb_root_brent(logarithm, &zero, 1.0, 2.0, &root), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_root_brent(logarithm, &zero, -1.0, 20.0, &root), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_root_newton(never, NULL, 0.0, 1.0, 0.2, &root), HEBB_ENOCONV);
}
END_TEST

static double bump(double x, void *params)
{
    return x > 2.9 ? NAN : -pow(x - *(double *)params, 2.0);
}

START_TEST(a_maximum_is_found_to_the_width_asked_for)
{
    double place;
    for (double top = 0.1; top < 2.0; top += 0.17) {
        ck_assert_int_eq(hebb_root_maximum(bump, &top, 0.0, 2.0, 1e-6, 0.0, &place), HEBB_OK);
        ck_assert_double_eq_tol(place, top, 1e-6);
        ck_assert_int_eq(hebb_root_maximum(bump, &top, 0.0, 2.0, 0.0, 1e-3, &place), HEBB_OK);
        ck_assert_double_eq_tol(place, top, 1e-3 * top);
    }
    double beyond = 5.0;
    ck_assert_int_eq(hebb_root_maximum(bump, &beyond, 0.0, 2.0, 1e-6, 0.0, &place), HEBB_OK);
    ck_assert_double_eq_tol(place, 2.0, 1e-6);
    ck_assert_int_eq(hebb_root_maximum(bump, &beyond, 0.0, 4.0, 1e-6, 0.0, &place), HEBB_ENOCONV);
}
END_TEST

int main(void)
{
    (void)gsl_set_error_handler_off();
    Suite *suite = suite_create("root");
    TCase *roots = tcase_create("roots");
    tcase_add_test(roots, both_ways_find_the_zero_to_the_last_place);
    tcase_add_test(roots, what_is_returned_is_the_zero_and_not_the_last_bisection);
    tcase_add_test(roots, bisection_ends_between_neighbours);
    tcase_add_test(roots, what_has_no_zero_or_no_value_is_not_solved);
    tcase_add_test(roots, a_maximum_is_found_to_the_width_asked_for);
    suite_add_tcase(suite, roots);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
