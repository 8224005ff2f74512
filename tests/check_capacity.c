/* capacity against plain iteration, minimisation, a bisection in the load, published values, and a common misprint. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>

#include "capacity.h"
#include "replica_symmetric.h"

static hebb_capacity spinodal(void)
{
    hebb_capacity capacity;
    ck_assert_int_eq(hebb_capacity_t0(&capacity), HEBB_OK);
    return capacity;
}

static hebb_capacity global(void)
{
    hebb_capacity capacity;
    ck_assert_int_eq(hebb_capacity_global_t0(&capacity), HEBB_OK);
    return capacity;
}

START_TEST(capacities_have_the_digits_of_a_multiprecision_solution) /* mpmath, 40 digits */
{
    const hebb_capacity c = spinodal();
    ck_assert_double_eq_tol(c.alpha, 0.137905566494931738, 1e-15);
    ck_assert_double_eq_tol(c.m, 0.967417115685291592, 1e-15);
    ck_assert_double_eq_tol(c.error, 0.0162914421573542040, 1e-15);
    const hebb_capacity g = global();
    ck_assert_double_eq_tol(g.alpha, 0.0518543309189170567, 1e-15);
    ck_assert_double_eq_tol(g.m, 0.999988685370116100, 1e-15);
    ck_assert_double_eq_tol(g.error, 5.65731494195024280e-6, 1e-18);
}
END_TEST

START_TEST(capacities_agree_with_print)
{
    ck_assert_double_eq_tol(spinodal().alpha, 0.138, 5e-4); /* [AGS85b], [AGS87] */
    ck_assert_double_eq_tol(spinodal().m, 0.967, 5e-4);     /* [AGS87] */
    ck_assert_double_eq_tol(global().alpha, 0.051, 1e-3); /* [AGS85b], [AGS87]; their last digit is cut, not rounded */
    ck_assert_double_eq_tol(spinodal().error, 0.5 * (1.0 - spinodal().m), 1.2e-16);
}
END_TEST

/* One pass m, C, r -> the right-hand sides, from the pattern; true when the overlap stays, false when it falls. */
static bool iteration_holds(double alpha, double *m)
{
    double r = 1.0;
    double step = 1.0;
    *m = 1.0;
    while (fabs(step) > 2e-13 && *m > 0.8) {
        const double sigma = sqrt(alpha * r);
        const double c = sqrt(2.0 / M_PI) / sigma * exp(-0.5 * (*m / sigma) * (*m / sigma));
        const double next = erf(*m / (M_SQRT2 * sigma));
        step = next - *m;
        *m = next;
        r = 1.0 / ((1.0 - c) * (1.0 - c));
    }
    return *m > 0.8;
}

START_TEST(plain_iteration_falls_from_the_pattern_at_the_capacity)
{
    double held = 0.1;
    double fell = 0.2;
    double m = 0.0;
    double m_held = 0.0;
    while (fell - held > 2e-12) {
        const double alpha = 0.5 * (held + fell);
        if (iteration_holds(alpha, &m)) {
            held = alpha;
            m_held = m;
        } else {
            fell = alpha;
        }
    }
    ck_assert_double_eq_tol(0.5 * (held + fell), spinodal().alpha, 1e-11);
    ck_assert_double_eq_tol(m_held, spinodal().m, 1e-5); /* a square root away */
}
END_TEST

/* The load along the branch, and what becomes of it when factors of 2 get lost. */
typedef struct {
    double erf_factor, exp_factor;
} misprint;

static double minus_load(double y, void *params)
{
    const misprint *by = params;
    const double root = by->erf_factor * erf(y) / y - by->exp_factor * M_2_SQRTPI * exp(-y * y);
    return -0.5 * root * root;
}

static double largest_load(misprint by, double guess, double *y)
{
    gsl_function load = {.function = minus_load, .params = &by};
    gsl_min_fminimizer *minimizer = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    ck_assert_int_eq(gsl_min_fminimizer_set(minimizer, &load, guess, guess - 0.4, guess + 0.4), GSL_SUCCESS);
    for (int step = 0; step < 100; step++) {
        if (gsl_min_fminimizer_iterate(minimizer) != GSL_SUCCESS) break;
        if (gsl_min_fminimizer_x_upper(minimizer) - gsl_min_fminimizer_x_lower(minimizer) < 1e-9) break;
    }
    *y = gsl_min_fminimizer_x_minimum(minimizer);
    const double largest = -gsl_min_fminimizer_f_minimum(minimizer);
    gsl_min_fminimizer_free(minimizer);
    return largest;
}

START_TEST(no_point_of_the_branch_carries_more)
{
    double y;
    const hebb_capacity capacity = spinodal();
    ck_assert_double_eq_tol(largest_load((misprint){1.0, 1.0}, 1.5, &y), capacity.alpha, 1e-15);
    ck_assert_double_eq_tol(erf(y), capacity.m, 1e-7);
    for (double other = 1.0; other < 30.0; other += 1e-3) {
        hebb_rs_state state;
        ck_assert_int_eq(hebb_rs_branch_t0(other, &state), HEBB_OK);
        ck_assert_double_le(state.alpha, capacity.alpha + 1e-15);
    }
}
END_TEST

/* docs/theory/replica_symmetric.md: erf without its 2 moves the capacity, by how much depends on where it is lost. */
START_TEST(erf_without_its_factor_2_gives_other_capacities)
{
    double y;
    ck_assert_double_eq_tol(largest_load((misprint){0.5, 1.0}, 1.85, &y), 0.0266923, 5e-8);
    ck_assert_double_eq_tol(0.5 * erf(y), 0.495635, 5e-7);
    ck_assert_double_eq_tol(largest_load((misprint){0.5, 0.5}, 1.5, &y), 0.25 * spinodal().alpha, 1e-15);
    ck_assert_double_eq_tol(0.5 * erf(y), 0.483709, 5e-7);
    ck_assert_double_eq_tol(largest_load((misprint){1.0, 0.5}, 0.97, &y), 0.201833, 5e-7);
    ck_assert_double_eq_tol(erf(y), 0.828925, 5e-7);
}
END_TEST

/* E_retrieval - E_glass at one load, each by its own solver. */
static double energy_difference(double alpha)
{
    hebb_rs_state retrieval;
    hebb_rs_state glass;
    ck_assert_int_eq(hebb_rs_retrieval_t0(alpha, &retrieval), HEBB_OK);
    ck_assert_int_eq(hebb_rs_glass_t0(alpha, &glass), HEBB_OK);
    return retrieval.e - glass.e;
}

START_TEST(energies_cross_once_and_where_a_bisection_in_the_load_says)
{
    double below = 0.01;
    double above = 0.1;
    while (above - below > 1e-15) {
        const double alpha = 0.5 * (below + above);
        if (energy_difference(alpha) < 0.0)
            below = alpha;
        else
            above = alpha;
        if (alpha == below && alpha == above) break;
    }
    ck_assert_double_eq_tol(0.5 * (below + above), global().alpha, 3e-15);

    double before = energy_difference(1e-6);
    ck_assert_double_eq_tol(before, -0.5 + M_1_PI, 1e-3);
    for (double alpha = 1e-4; alpha < spinodal().alpha; alpha += 1e-4) {
        const double now = energy_difference(alpha);
        ck_assert_double_gt(now, before); /* monotonic: one crossing */
        before = now;
    }
    ck_assert_double_gt(before, 0.0);
}
END_TEST

START_TEST(retrieval_exists_up_to_the_capacity_and_no_further)
{
    const hebb_capacity capacity = spinodal();
    hebb_rs_state state;
    ck_assert_int_eq(hebb_rs_retrieval_t0(capacity.alpha, &state), HEBB_OK);
    ck_assert(state.m == capacity.m && state.error == capacity.error);
    ck_assert_int_eq(hebb_rs_retrieval_t0(nextafter(capacity.alpha, 1.0), &state), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_rs_retrieval_t0(global().alpha, &state), HEBB_OK);
    ck_assert_double_eq_tol(state.error, global().error, 1e-18);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("capacity");
    TCase *loads = tcase_create("loads");
    tcase_add_test(loads, capacities_have_the_digits_of_a_multiprecision_solution);
    tcase_add_test(loads, capacities_agree_with_print);
    tcase_add_test(loads, plain_iteration_falls_from_the_pattern_at_the_capacity);
    tcase_add_test(loads, no_point_of_the_branch_carries_more);
    tcase_add_test(loads, erf_without_its_factor_2_gives_other_capacities);
    tcase_add_test(loads, energies_cross_once_and_where_a_bisection_in_the_load_says);
    tcase_add_test(loads, retrieval_exists_up_to_the_capacity_and_no_further);
    suite_add_tcase(suite, loads);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
