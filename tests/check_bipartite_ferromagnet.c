/* One binary mode at finite size: enumeration of both layers, the limit, and the exponents at w = 1. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "bipartite_ferromagnet.h"
#include "rbm_phases.h"

/* All states of both layers, one by one: up to 2^18 terms. */
static hebb_bipartite_averages enumerate(int n_visible, int n_hidden, double weight)
{
    double sum[6] = {0};
    const double coupling = weight / sqrt((double)n_visible * n_hidden);
    for (unsigned s = 0; s < 1u << n_visible; s++)
        for (unsigned t = 0; t < 1u << n_hidden; t++) {
            const double M = 2.0 * __builtin_popcount(s) - n_visible, K = 2.0 * __builtin_popcount(t) - n_hidden;
            const double w = exp(coupling * M * K);
            sum[0] += w;
            sum[1] += w * fabs(M);
            sum[2] += w * K * (M > 0.0 ? 1.0 : M < 0.0 ? -1.0 : 0.0);
            sum[3] += w * M * M;
            sum[4] += w * K * K;
        }
    for (int k = 1; k < 5; k++) sum[k] /= sum[0];
    return (hebb_bipartite_averages){sum[1] / n_visible, sum[2] / n_hidden, sum[3] / (n_visible * n_visible),
                                     sum[4] / (n_hidden * n_hidden), (sum[3] - sum[1] * sum[1]) / n_visible};
}

static hebb_bipartite_averages exact(size_t n_visible, size_t n_hidden, double weight)
{
    hebb_bipartite_averages a;
    ck_assert_int_eq(hebb_bipartite_ferromagnet(n_visible, n_hidden, weight, &a), HEBB_OK);
    return a;
}

START_TEST(small_machines_are_as_enumerated)
{
    static const int sizes[][2] = {{1, 1}, {8, 5}, {5, 8}, {9, 9}, {10, 2}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (double w = 0.0; w < 4.0; w += 0.75) {
            const hebb_bipartite_averages e = enumerate(sizes[k][0], sizes[k][1], w);
            const hebb_bipartite_averages a = exact((size_t)sizes[k][0], (size_t)sizes[k][1], w);
            ck_assert_double_eq_tol(a.visible, e.visible, 1e-10);
            ck_assert_double_eq_tol(a.hidden, e.hidden, 1e-10);
            ck_assert_double_eq_tol(a.visible2, e.visible2, 1e-10);
            ck_assert_double_eq_tol(a.hidden2, e.hidden2, 1e-10);
            ck_assert_double_eq_tol(a.susceptibility, e.susceptibility, 1e-10);
        }
}
END_TEST

/* Another derivation: replica symmetry at sigma = 0, corrections of order 1/N. */
START_TEST(large_machines_approach_the_replica_symmetric_solution)
{
    const double weights[] = {1.2, 2.0};
    for (int k = 0; k < 2; k++) {
        const hebb_rbm_system system = {.kappa = 0.25, .weight = weights[k], .law = HEBB_RBM_BINARY_MODE};
        hebb_rbm_state limit;
        ck_assert_int_eq(hebb_rbm_phases_ferromagnet(&system, &limit), HEBB_OK);
        const double scale = pow(0.25, 0.25);
        double last = 1.0;
        for (size_t n = 1000; n <= 100000; n *= 10) {
            const hebb_bipartite_averages a = exact(n, n / 4, weights[k]);
            const double off = fabs(a.visible / scale - limit.m_bar);
            ck_assert_double_le(off, 30.0 / (double)n);
            ck_assert_double_le(off, 0.2 * last);
            ck_assert_double_eq_tol(a.hidden * scale, limit.m, 30.0 / (double)n);
            last = off;
        }
    }
}
END_TEST

/* chi ~ N^(1/2) and <|M|>/N ~ N^(-1/4), the next order smaller by N^(-1/2). */
START_TEST(the_exponents_at_the_transition_are_those_of_mean_field)
{
    const hebb_bipartite_averages a = exact(250000, 250000, 1.0), b = exact(1000000, 1000000, 1.0);
    ck_assert_double_eq_tol(log(b.susceptibility / a.susceptibility) / log(4.0), 0.5, 2e-3);
    ck_assert_double_eq_tol(log(b.visible / a.visible) / log(4.0), -0.25, 1e-3);
    const hebb_bipartite_averages below = exact(1000000, 1000000, 0.5);
    /* <M^2>/N = 1/(1 - w^2) below, of which |M| leaves 1 - 2/pi */
    ck_assert_double_eq_tol(below.susceptibility, (1.0 - M_2_PI) / 0.75, 1e-4);
}
END_TEST

START_TEST(systems_out_of_range_are_refused)
{
    hebb_bipartite_averages a;
    ck_assert_int_eq(hebb_bipartite_ferromagnet(0, 3, 1.0, &a), HEBB_EDOM);
    ck_assert_int_eq(hebb_bipartite_ferromagnet(3, 0, 1.0, &a), HEBB_EDOM);
    ck_assert_int_eq(hebb_bipartite_ferromagnet(3, 3, -1.0, &a), HEBB_EDOM);
    ck_assert_int_eq(hebb_bipartite_ferromagnet(3, 3, NAN, &a), HEBB_EDOM);
    ck_assert_int_eq(hebb_bipartite_ferromagnet(100000000, 3, 1.0, &a), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bipartite_ferromagnet");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, small_machines_are_as_enumerated);
    tcase_add_test(physics, large_machines_approach_the_replica_symmetric_solution);
    tcase_add_test(physics, the_exponents_at_the_transition_are_those_of_mean_field);
    tcase_add_test(physics, systems_out_of_range_are_refused);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
