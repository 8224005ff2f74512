/* What rivals do, drawn from their law, against rivals that are drawn themselves. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "rival_law.h"
#include "rivals.h"

typedef struct {
    double right, right_error, all;
} shares;

static void note(double right, shares *s)
{
    s->right += right;
    s->right_error += right * right;
    s->all += right == 1.0;
}

static void finish(double n, shares *s)
{
    s->right /= n;
    s->right_error = sqrt((s->right_error / n - s->right * s->right) / n);
    s->all /= n;
}

static shares draw_law(size_t n, double n_patterns, size_t d, uint32_t n_replicas)
{
    static hebb_rival_law law;
    static double fields[HEBB_RIVAL_LAW_MAX_NEURONS];
    static uint32_t chosen[HEBB_RIVAL_LAW_MAX_NEURONS];
    shares s = {0};
    ck_assert_int_eq(hebb_rival_law_init(&law, n, n_patterns, d), HEBB_OK);
    for (uint32_t r = 0; r < n_replicas; r++) {
        hebb_stream stream;
        hebb_stream_init(&stream, hebb_philox_derive(3, HEBB_DRAW_RIVALS, n << 8 | d, r), 0, 0);
        note((double)hebb_rival_law_step(&law, &stream, fields, chosen) / (double)n, &s);
    }
    finish(n_replicas, &s);
    return s;
}

static shares draw_rivals(size_t n, uint64_t n_patterns, size_t d, uint32_t n_replicas)
{
    static hebb_rivals rivals;
    shares s = {0};
    for (uint32_t r = 0; r < n_replicas; r++) {
        const hebb_philox generator = hebb_philox_derive(4, HEBB_DRAW_RIVALS, n << 8 | d, r);
        const uint64_t pattern = hebb_rivals_pattern(generator, n, 0), state = pattern ^ ((UINT64_C(1) << d) - 1);
        hebb_rivals_clear(&rivals, n);
        hebb_rivals_add(&rivals, generator, state, 0, n_patterns);
        note(1.0 - __builtin_popcountll(hebb_rivals_step(&rivals, state) ^ pattern) / (double)n, &s);
    }
    finish(n_replicas, &s);
    return s;
}

/*
 * All distances drawn one by one (N = 14), and the far ones as a Gaussian (N = 24, 26); at loads at which a third of the
 * patterns or more is lost.  Bound: 5 standard errors, six comparisons; the seeds are fixed.
 */
START_TEST(the_law_does_what_drawn_rivals_do)
{
    static const struct {
        size_t n;
        uint64_t n_patterns;
        size_t d;
        uint32_t n_replicas;
    } cases[] = {{14, 1500, 0, 1500}, {24, 60000, 1, 250}, {26, 12000, 2, 500}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const shares law = draw_law(cases[k].n, (double)cases[k].n_patterns, cases[k].d, cases[k].n_replicas);
        const shares drawn = draw_rivals(cases[k].n, cases[k].n_patterns, cases[k].d, cases[k].n_replicas);
        const double pooled = 0.5 * (law.all + drawn.all);
        ck_assert_double_lt(pooled, 0.9);
        ck_assert_double_gt(pooled, 0.1);
        ck_assert_double_lt(fabs(law.right - drawn.right), 5.0 * hypot(law.right_error, drawn.right_error));
        ck_assert_double_lt(fabs(law.all - drawn.all), 5.0 * sqrt(2.0 * pooled * (1.0 - pooled) / cases[k].n_replicas));
    }
}
END_TEST

/*
 * The moments of the Gaussian for the far ones, by enumeration of all sets at N = 12: of the field of neuron 0, and of
 * neurons 0 and 1.
 */
START_TEST(far_rivals_have_the_mean_variance_and_covariance_of_all_their_sets)
{
    static hebb_rival_law law;
    const size_t n = 12, d = 1;
    const double n_patterns = 1e6, rate = (n_patterns - 1.0) / 4096.0;
    ck_assert_int_eq(hebb_rival_law_init(&law, n, n_patterns, d), HEBB_OK);
    ck_assert_uint_eq(law.n_near, 2);
    double mean = 0.0, variance = 0.0, covariance = 0.0;
    for (unsigned set = 0; set < 4096; set++) {
        const int k = __builtin_popcount(set);
        if ((size_t)k < law.n_near) continue;
        const double w = exp(-2.0 * (k - (double)d)), first = set & 1 ? -exp(2.0) * w : w,
                     second = set & 2 ? -exp(2.0) * w : w;
        mean += rate * first;
        variance += rate * first * first;
        covariance += rate * first * second;
    }
    const double v = law.deviation * law.deviation, excess = v * (2.0 * law.common + law.common * law.common) / 12.0;
    ck_assert_double_eq_tol(law.mean, mean, 1e-9 * fabs(mean) + 1e-9 * sqrt(variance));
    ck_assert_double_eq_tol(v + excess, variance, 1e-9 * variance);
    ck_assert_double_eq_tol(excess, covariance, 1e-9 * variance);
}
END_TEST

START_TEST(one_pattern_comes_back_and_bad_sizes_are_refused)
{
    static hebb_rival_law law;
    double fields[20];
    uint32_t chosen[20];
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_RIVALS, 0, 0), 0, 0);
    ck_assert_int_eq(hebb_rival_law_init(&law, 20, 1.0, 5), HEBB_OK);
    ck_assert_uint_eq(hebb_rival_law_step(&law, &stream, fields, chosen), 20);
    ck_assert_int_eq(hebb_rival_law_init(&law, 1, 10.0, 0), HEBB_EDOM);
    ck_assert_int_eq(hebb_rival_law_init(&law, HEBB_RIVAL_LAW_MAX_NEURONS + 1, 10.0, 0), HEBB_EDOM);
    ck_assert_int_eq(hebb_rival_law_init(&law, 20, 10.0, 10), HEBB_EDOM);
    ck_assert_int_eq(hebb_rival_law_init(&law, 20, NAN, 0), HEBB_EDOM);
    ck_assert_int_eq(hebb_rival_law_init(&law, 20, INFINITY, 0), HEBB_EDOM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rival law");
    TCase *tests = tcase_create("law");
    tcase_add_test(tests, the_law_does_what_drawn_rivals_do);
    tcase_add_test(tests, far_rivals_have_the_mean_variance_and_covariance_of_all_their_sets);
    tcase_add_test(tests, one_pattern_comes_back_and_bad_sizes_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
