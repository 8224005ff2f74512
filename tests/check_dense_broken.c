/* One step of replica-symmetry breaking in dense memories at T = 0, against its free energy by double sums. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "dense_broken.h"
#include "dense_retrieval.h"

static double gauss(double z)
{
    return exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
}

/* n = 3: nu'(q) = a (1 + 2 q^2)/3, theta = q nu' - nu = 4 a q^3/9. */
static double free_energy(double a, double m, double q0, double mu)
{
    const double slope0 = a * (1.0 + 2.0 * q0 * q0) / 3.0, v = a - slope0, step0 = 0.1, step1 = 0.006;
    double sum = 0.0;
    for (double z0 = -7.0; z0 <= 7.0; z0 += step0) {
        double inner = 0.0;
        for (double z1 = -12.0; z1 <= 12.0; z1 += step1)
            inner += step1 * gauss(z1) * exp(mu * fabs(m * m + sqrt(slope0) * z0 + sqrt(v) * z1));
        sum += step0 * gauss(z0) * log(inner);
    }
    return 2.0 / 3.0 * m * m * m + 0.5 * mu * 4.0 * a / 9.0 * (1.0 - q0 * q0 * q0) - sum / mu;
}

START_TEST(the_free_energy_is_stationary_in_all_three_at_the_solution)
{
    hebb_dense_broken_state x;
    const double step = 1e-3;
    ck_assert_int_eq(hebb_dense_broken_branch(3, 0.95, &x), HEBB_OK);
    const double a = x.load, mu = x.breakpoint;
    const double by_m = free_energy(a, x.m + step, x.q0, mu) - free_energy(a, x.m - step, x.q0, mu);
    const double by_q0 = free_energy(a, x.m, x.q0 + step, mu) - free_energy(a, x.m, x.q0 - step, mu);
    const double by_mu = free_energy(a, x.m, x.q0, mu * (1.0 + step)) - free_energy(a, x.m, x.q0, mu * (1.0 - step));
    ck_assert_double_eq_tol(by_m / (2.0 * step), 0.0, 2e-5);
    ck_assert_double_eq_tol(by_q0 / (2.0 * step), 0.0, 2e-5);
    ck_assert_double_eq_tol(by_mu / (2.0 * step), 0.0, 2e-5);
    ck_assert_double_eq_tol(x.e, free_energy(a, x.m, x.q0, mu), 1e-6);
    ck_assert_double_eq_tol(x.m * x.m / sqrt(2.0 * a), 0.95, 1e-12);
}
END_TEST

/*
 * In the frozen phase order parameters hardly depend on T (Parisi, Toulouse, J. Physique Lett. 41 (1980) L361): the end
 * is within a thousandth of the highest that replica symmetry has at any T, and above its own at T = 0.
 */
START_TEST(the_end_is_near_the_highest_that_replica_symmetry_has_at_any_temperature)
{
    for (int n = 3; n <= 5; n += 2) {
        hebb_dense_broken_state broken;
        hebb_dense_state symmetric;
        double highest = 0.0, cold = 0.0;
        ck_assert_int_eq(hebb_dense_broken_spinodal(n, &broken), HEBB_OK);
        for (int k = 0; k <= 4; k++) {
            ck_assert_int_eq(hebb_dense_spinodal(n, 0.035 * k, &symmetric), HEBB_OK);
            highest = fmax(highest, symmetric.load);
            if (k == 0) cold = symmetric.load;
        }
        ck_assert_double_eq_tol(broken.load, highest, 1e-3 * highest);
        ck_assert_double_gt(broken.load, 1.02 * cold);
    }
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    hebb_dense_broken_state x;
    ck_assert_int_eq(hebb_dense_broken_branch(2, 1.0, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_broken_branch(3, 0.1, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_broken_branch(3, NAN, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_dense_broken_branch(3, 1.79, &x), HEBB_ENOCONV);
    ck_assert_int_eq(hebb_dense_broken_spinodal(2, &x), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense broken");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, the_free_energy_is_stationary_in_all_three_at_the_solution);
    tcase_add_test(physics, the_end_is_near_the_highest_that_replica_symmetry_has_at_any_temperature);
    tcase_add_test(physics, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
