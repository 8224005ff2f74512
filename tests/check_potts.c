/* potts: fixed points, stabilities and thresholds against the map p -> softmax(k p) itself. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "potts.h"

static hebb_potts_state solve(double q, double g, double k, hebb_potts_branch branch)
{
    hebb_potts_state x;
    ck_assert_int_eq(hebb_potts_solve(q, g, k, branch, &x), HEBB_OK);
    return x;
}

static double k_spinodal(double q)
{
    hebb_potts_thresholds at;
    ck_assert_int_eq(hebb_potts_thresholds_find(q, &at), HEBB_OK);
    return at.k_spinodal;
}

/* As printed in the project's sheet of formulas, to its digits; and what is known in closed form. */
START_TEST(thresholds_are_those_known)
{
    hebb_potts_thresholds at;
    ck_assert_double_eq_tol(k_spinodal(3.0), 2.74564357, 1e-8); /* printed cut, not rounded: 2.7456435767 */
    ck_assert_int_eq(hebb_potts_thresholds_find(2.0, &at), HEBB_OK);
    ck_assert(at.k_spinodal == 2.0 && at.k_average_unstable == 2.0 && at.k_crossing == 2.0 && at.log_ratio == 0.0);
    for (double q = 3.0; q < 1e15; q = floor(q * 1.7)) {
        ck_assert_int_eq(hebb_potts_thresholds_find(q, &at), HEBB_OK);
        ck_assert(at.k_spinodal < at.k_crossing && at.k_crossing < q && at.k_average_unstable == q);
        const hebb_potts_state single = solve(q, 1.0, at.k_crossing, HEBB_POTTS_CONDENSED);
        const hebb_potts_state average = solve(q, 1.0, at.k_crossing, HEBB_POTTS_AVERAGE);
        ck_assert_double_eq_tol(single.energy, average.energy, 1e-13 * average.energy);
        ck_assert_double_eq_tol(single.large, (q - 1.0) / q, 1e-13); /* known there */
    }
}
END_TEST

/* dk/dt = 0, in long double; at the spinodal the collective eigenvalue is 1, and k is least. */
START_TEST(the_spinodal_is_where_the_branch_turns)
{
    for (double q = 3.0; q < 1e15; q = floor(q * 2.3))
        for (double g = 1.0; 2.0 * g < q; g = floor(1.0 + 3.0 * g)) {
            double k, t;
            ck_assert_int_eq(hebb_potts_spinodal(q, g, &k, &t), HEBB_OK);
            const long double e = expm1l(t), slope = g + q * (e - t * (e + 1.0L)) / (e * e);
            ck_assert_double_le(fabs((double)slope), 1e-12 * g + 1e-13 * q * t);
            ck_assert_double_eq_tol(hebb_potts_state_at(q, g, t).eig_collective, 1.0, 1e-12);
            ck_assert_double_gt(hebb_potts_state_at(q, g, 1.01 * t).k, k);
            ck_assert_double_gt(hebb_potts_state_at(q, g, 0.99 * t).k, k);
        }
    double k, t; /* g next to q/2: t is small, and known from the first terms of its series */
    ck_assert_int_eq(hebb_potts_spinodal(2e6, 1e6 - 1.0, &k, &t), HEBB_OK);
    ck_assert_double_eq_tol(t, 3e-6, 1e-16);
    ck_assert_int_eq(hebb_potts_spinodal(1e6, 5e5, &k, &t), HEBB_OK);
    ck_assert(t == 0.0 && k == 1e6);
}
END_TEST

/* The state is a fixed point: a = e^(ka)/(g e^(ka) + (q-g) e^(kb)); its energy is the one written, its weights sum to 1. */
static void check_state(const hebb_potts_state *x)
{
    const long double a = x->large, b = x->small, k = x->k, g = x->g, q = x->q;
    const long double z = g + (q - g) * expl(-k * (a - b));
    const double allowed = 1e-15 * (1.0 + x->k) * (10.0 + 1.0 / fabs(1.0 - x->eig_collective));
    ck_assert_double_eq_tol(x->large, (double)(1.0L / z), allowed * x->large);
    ck_assert_double_eq_tol((double)(g * a + (q - g) * b), 1.0, 1e-13);
    const long double energy = -k * a - logl(z) + 0.5L * k * (g * a * a + (q - g) * b * b) + logl(q) + 0.5L * k;
    ck_assert_double_eq_tol(x->energy, (double)energy, 1e-13 * (1.0 + (double)k));
}

START_TEST(states_are_fixed_points_with_the_energy_as_written)
{
    int n = 0;
    for (double q = 2.0; q < 1e9; q = floor(q * 1.9))
        for (double g = 1.0; g < q; g = floor(1.0 + 2.5 * g))
            for (double k = 0.5; k < 3e3; k *= 1.3)
                for (int branch = HEBB_POTTS_CONDENSED; branch <= HEBB_POTTS_SADDLE; branch++) {
                    hebb_potts_state x;
                    if (hebb_potts_solve(q, g, k, (hebb_potts_branch)branch, &x) != HEBB_OK) continue;
                    check_state(&x);
                    n++;
                }
    ck_assert_int_gt(n, 1000);
}
END_TEST

/* J v for J = k (diag p - p p^T); p has its g large weights first. */
static void check_eigenvector(const hebb_potts_state *x, const double *v, double eigenvalue)
{
    const int q = (int)x->q, g = (int)x->g;
    double mean = 0.0;
    for (int mu = 0; mu < q; mu++) mean += (mu < g ? x->large : x->small) * v[mu];
    for (int mu = 0; mu < q; mu++) {
        const double p = mu < g ? x->large : x->small;
        ck_assert_double_eq_tol(x->k * p * (v[mu] - mean), eigenvalue * v[mu], 1e-12);
    }
}

START_TEST(eigenvalues_are_those_of_the_jacobian)
{
    const hebb_potts_state states[] = {
        solve(7.0, 1.0, 5.0, HEBB_POTTS_CONDENSED), solve(7.0, 1.0, 5.0, HEBB_POTTS_SADDLE),
        solve(7.0, 3.0, 9.0, HEBB_POTTS_CONDENSED), solve(7.0, 3.0, 6.99, HEBB_POTTS_SADDLE),
        solve(7.0, 6.0, 9.0, HEBB_POTTS_CONDENSED)};
    for (size_t s = 0; s < sizeof states / sizeof *states; s++) {
        const hebb_potts_state *x = &states[s];
        double collective[7];
        for (int mu = 0; mu < 7; mu++) collective[mu] = mu < x->g ? 1.0 / x->g : -1.0 / (7.0 - x->g);
        check_eigenvector(x, collective, x->eig_collective);
        if (x->g > 1.0) check_eigenvector(x, (double[7]){1.0, -1.0}, x->eig_condensed);
        if (x->g < 6.0) check_eigenvector(x, (double[7]){[5] = 1.0, [6] = -1.0}, x->eig_rest);
        ck_assert_int_eq(isnan(x->eig_condensed), x->g == 1.0);
        ck_assert_int_eq(isnan(x->eig_rest), x->g == 6.0);
    }
}
END_TEST

/* b < 1/k < a: what is condensed and more than one never stands; and where the classes of continuous_relax.h take it. */
START_TEST(only_single_patterns_and_the_average_are_stable)
{
    for (double q = 2.0; q < 1e9; q = floor(q * 1.9))
        for (double g = 1.0; g < q; g = floor(1.0 + 2.5 * g))
            for (double t = 1e-3; t < 600.0; t *= 1.2) {
                const hebb_potts_state x = hebb_potts_state_at(q, g, t);
                ck_assert_double_gt(x.k * x.large, 1.0);
                ck_assert_double_lt(x.k * x.small, 1.0);
                double least, turn;
                ck_assert_int_eq(hebb_potts_spinodal(q, g, &least, &turn), HEBB_OK);
                if (fabs(t / turn - 1.0) > 1e-6) ck_assert_int_eq(x.stable, g == 1.0 && t > turn);
            }
    for (double q = 3.0; q < 1e15; q = floor(q * 1.7)) {
        double k, t;
        ck_assert_int_eq(hebb_potts_spinodal(q, 1.0, &k, &t), HEBB_OK);
        const hebb_potts_state x = hebb_potts_state_at(q, 1.0, t);
        ck_assert_double_gt(x.large, 0.58);
        ck_assert_double_gt(q * (x.large * x.large + (q - 1.0) * x.small * x.small) - 1.0, 0.28);
    }
}
END_TEST

START_TEST(the_average_turns_unstable_at_q)
{
    ck_assert_int_eq(solve(10.0, 1.0, 9.999, HEBB_POTTS_AVERAGE).stable, 1);
    ck_assert_int_eq(solve(10.0, 1.0, 10.001, HEBB_POTTS_AVERAGE).stable, 0);
    ck_assert_double_eq_tol(solve(10.0, 1.0, 4.0, HEBB_POTTS_AVERAGE).energy, 1.8, 1e-15);
}
END_TEST

START_TEST(what_there_is_not_is_said)
{
    hebb_potts_state x;
    hebb_potts_thresholds at;
    double k, t;
    const double bad[] = {0.0, 1.0, -3.0, NAN, INFINITY, 1e17};
    for (size_t j = 0; j < sizeof bad / sizeof *bad; j++) {
        ck_assert_int_eq(hebb_potts_thresholds_find(bad[j], &at), HEBB_EDOM);
        ck_assert_int_eq(hebb_potts_solve(bad[j], 1.0, 3.0, HEBB_POTTS_AVERAGE, &x), HEBB_EDOM);
    }
    const double bad_k[] = {0.0, -1.0, NAN, INFINITY};
    for (size_t j = 0; j < 4; j++)
        ck_assert_int_eq(hebb_potts_solve(3.0, 1.0, bad_k[j], HEBB_POTTS_CONDENSED, &x), HEBB_EDOM);
    ck_assert_int_eq(hebb_potts_spinodal(3.0, 3.0, &k, &t), HEBB_EDOM);
    ck_assert_int_eq(hebb_potts_spinodal(3.0, 0.0, &k, &t), HEBB_EDOM);
    ck_assert_int_eq(hebb_potts_solve(3.0, 1.0, 2.7456, HEBB_POTTS_CONDENSED, &x), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_potts_solve(3.0, 1.0, 2.7457, HEBB_POTTS_CONDENSED, &x), HEBB_OK);
    ck_assert_int_eq(hebb_potts_solve(3.0, 1.0, 3.0, HEBB_POTTS_SADDLE, &x), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_potts_solve(3.0, 2.0, 4.0, HEBB_POTTS_SADDLE, &x), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_potts_solve(2.0, 1.0, 2.0, HEBB_POTTS_CONDENSED, &x), HEBB_ENOSOLUTION);
}
END_TEST

START_TEST(weights_spread_over_as_many_patterns_as_their_squares_say)
{
    const hebb_potts_state average = solve(7.0, 1.0, 2.0, HEBB_POTTS_AVERAGE);
    ck_assert_double_eq_tol(hebb_potts_sum_of_squares(&average), 1.0 / 7.0, 1e-15);
    for (double g = 1.0; g <= 3.0; g++) {
        const hebb_potts_state x = hebb_potts_state_at(7.0, g, 2.5);
        double sum = 0.0;
        for (int mu = 0; mu < 7; mu++) sum += mu < g ? x.large * x.large : x.small * x.small;
        ck_assert_double_eq_tol(hebb_potts_sum_of_squares(&x), sum, 1e-15);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("potts");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, thresholds_are_those_known);
    tcase_add_test(physics, the_spinodal_is_where_the_branch_turns);
    tcase_add_test(physics, states_are_fixed_points_with_the_energy_as_written);
    tcase_add_test(physics, eigenvalues_are_those_of_the_jacobian);
    tcase_add_test(physics, only_single_patterns_and_the_average_are_stable);
    tcase_add_test(physics, the_average_turns_unstable_at_q);
    tcase_add_test(physics, what_there_is_not_is_said);
    tcase_add_test(physics, weights_spread_over_as_many_patterns_as_their_squares_say);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
