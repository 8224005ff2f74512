/* Theory: bounds of the KL between a distribution and the machine built for it. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "universal.h"

enum { N = 5, N_STATES = 1 << N, K = 6 };

static const uint32_t vectors[K] = {0, 1, 7, 12, 28, 31};
static const double probability[K] = {.3, .05, .25, .1, .2, .1};
static const hebb_universal_problem problem = {N, K, vectors, probability};

/* u(v) by its definition, summed over all v. */
static void by_enumeration(const hebb_universal_problem *p, double w, double *kl, double *outside)
{
    const double height = exp(0.5 * ((double)p->n_visible * log(2.0) + w));
    double u[1 << 8], all = 0.0, on = 0.0;
    for (uint32_t v = 0; v < (uint32_t)1 << p->n_visible; v++) {
        u[v] = 1.0;
        for (size_t i = 0; i < p->n_support; i++)
            u[v] *= 1.0 + p->probability[i] * height * exp(-w * __builtin_popcount(v ^ p->vectors[i]));
        all += u[v];
    }
    *kl = 0.0;
    for (size_t i = 0; i < p->n_support; i++) {
        *kl += p->probability[i] * log(p->probability[i] * all / u[p->vectors[i]]);
        on += u[p->vectors[i]];
    }
    *outside = 1.0 - on / all;
}

START_TEST(the_kl_lies_between_its_bounds_at_every_weight)
{
    for (double w = 0.5; w < 30.0; w += 0.5) {
        hebb_universal_bounds bounds;
        double kl, outside;
        by_enumeration(&problem, w, &kl, &outside);
        ck_assert_int_eq(hebb_universal_bounds_at(&problem, w, &bounds), HEBB_OK);
        const double y = pow(2.0, 0.5 * N) * exp(-0.5 * w);
        ck_assert_double_eq_tol(bounds.small, y, 1e-14 * y);
        ck_assert_double_ge(kl, bounds.low - 1e-13);
        ck_assert_double_le(kl, bounds.high + 1e-13);
        ck_assert_double_ge(outside, bounds.outside_low - 1e-13);
        ck_assert_double_le(outside, bounds.outside_high + 1e-13);
        if (y < 0.1) ck_assert_double_le(bounds.high - bounds.low, 0.6 * N * y * y * y / N_STATES);
    }
}
END_TEST

/* The law is the first order: what is left falls by four where y falls by two. */
START_TEST(the_law_is_the_first_order)
{
    double before = NAN;
    for (double w = 12.0; w < 22.0; w += 2.0 * log(2.0)) {
        hebb_universal_bounds bounds;
        double kl, outside;
        by_enumeration(&problem, w, &kl, &outside);
        ck_assert_int_eq(hebb_universal_bounds_at(&problem, w, &bounds), HEBB_OK);
        const double left = kl - bounds.law;
        if (!isnan(before)) ck_assert_double_eq_tol(before / left, 4.0, 0.15);
        before = left;
    }
}
END_TEST

/* Nothing lies off a full support: the two bounds are one number, the KL. */
START_TEST(a_full_support_has_one_bound)
{
    enum { ALL = 8 };
    uint32_t every[ALL];
    double p[ALL];
    for (uint32_t v = 0; v < ALL; v++) {
        every[v] = v;
        p[v] = (v + 1.0) / 36.0;
    }
    const hebb_universal_problem full = {3, ALL, every, p};
    for (double w = 2.0; w < 16.0; w += 1.0) {
        hebb_universal_bounds bounds;
        double kl, outside;
        by_enumeration(&full, w, &kl, &outside);
        ck_assert_int_eq(hebb_universal_bounds_at(&full, w, &bounds), HEBB_OK);
        ck_assert_double_eq_tol(bounds.low, kl, 1e-13);
        ck_assert_double_eq_tol(bounds.high, kl, 1e-13);
        ck_assert_double_eq(bounds.law, 0.0);
        ck_assert_double_eq(bounds.outside_high, 0.0);
    }
}
END_TEST

START_TEST(a_weight_for_a_kl_is_the_least_that_is_certain)
{
    for (double kl = 0.9; kl > 1e-8; kl *= 0.1) {
        double w, found, outside;
        hebb_universal_bounds bounds;
        ck_assert_int_eq(hebb_universal_weight(&problem, kl, &w), HEBB_OK);
        by_enumeration(&problem, w, &found, &outside);
        ck_assert_double_le(found, kl + 1e-13);
        ck_assert_int_eq(hebb_universal_bounds_at(&problem, w, &bounds), HEBB_OK);
        ck_assert_double_le(bounds.high, kl);
        ck_assert_double_eq_tol(bounds.high, kl, 1e-6 * kl);
    }
}
END_TEST

START_TEST(what_is_no_distribution_is_refused)
{
    hebb_universal_bounds bounds;
    double w;
    static const double negative[K] = {.3, .05, .25, .1, -.2, .5};
    static const uint32_t long_one[K] = {0, 1, 7, 12, 28, 32};
    const hebb_universal_problem bad[] = {
        {0, K, vectors, probability},  {2, K, vectors, probability},
        {N, 0, vectors, probability},  {N, K, vectors, negative},
        {N, K, long_one, probability}, {HEBB_UNIVERSAL_MAX_VISIBLE + 1, K, vectors, probability}};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        ck_assert_int_eq(hebb_universal_bounds_at(bad + k, 10.0, &bounds), HEBB_EDOM);
        ck_assert_int_eq(hebb_universal_weight(bad + k, 0.1, &w), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_universal_bounds_at(&problem, 0.0, &bounds), HEBB_EDOM);
    ck_assert_int_eq(hebb_universal_bounds_at(&problem, NAN, &bounds), HEBB_EDOM);
    ck_assert_int_eq(hebb_universal_weight(&problem, 0.0, &w), HEBB_EDOM);
    ck_assert_int_eq(hebb_universal_weight(&problem, 1e-300, &w), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("universal");
    TCase *theory = tcase_create("theory");
    tcase_add_test(theory, the_kl_lies_between_its_bounds_at_every_weight);
    tcase_add_test(theory, the_law_is_the_first_order);
    tcase_add_test(theory, a_full_support_has_one_bound);
    tcase_add_test(theory, a_weight_for_a_kl_is_the_least_that_is_certain);
    tcase_add_test(theory, what_is_no_distribution_is_refused);
    suite_add_tcase(suite, theory);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
