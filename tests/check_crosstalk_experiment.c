/* The crosstalk experiment's histogram and error rate against the exact law. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "experiment_results.h"

/* Runs the experiment into the scratch folder. */
static hebb_verdict_count run(const char *neurons, const char *alpha, const char *replicas, const char *starts)
{
    char settings[4][80];
    snprintf(settings[0], sizeof *settings, "neurons=%s", neurons);
    snprintf(settings[1], sizeof *settings, "alpha=%s", alpha);
    snprintf(settings[2], sizeof *settings, "replicas=%s", replicas);
    snprintf(settings[3], sizeof *settings, "starts=%s", starts);
    return experiment_run("crosstalk", (const char *[]){settings[0], settings[1], settings[2], settings[3], NULL});
}

/* Sum of ((density - exact)/error)^2 over the bins with an error below a tenth of the density. */
typedef struct {
    double chi_squared;
    long n_bins;
    bool past_header;
} comparison;

static hebb_status take_bin(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    (void)path, (void)line;
    comparison *c = context;
    double density, error, exact;
    ck_assert_uint_eq(n_fields, 9); /* alpha, n_neurons, n_patterns, c, density, its error, exact, Gaussian, c_wrong */
    if (!c->past_header) {
        c->past_header = true;
        return HEBB_OK;
    }
    ck_assert(hebb_number_parse(fields[4], &density) && hebb_number_parse(fields[5], &error));
    ck_assert(hebb_number_parse(fields[6], &exact));
    if (!(error < 0.1 * density)) return HEBB_OK;
    c->chi_squared += (density - exact) * (density - exact) / (error * error);
    c->n_bins++;
    return HEBB_OK;
}

/*
 * 5000 networks of 100 neurons.  Values one lattice step off shift the law by a thirty-sixth of its width, which adds
 * some 400 to chi^2.  Bound: 5 sigma above the mean of chi^2; the seed is fixed.
 */
START_TEST(the_histogram_follows_the_exact_law_bin_by_bin)
{
    const hebb_verdict_count verdicts = run("100", "0.138,0.61", "5000", "1");
    comparison c = {0};
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_eq(verdicts.n_agree, 4);
    ck_assert_int_eq(hebb_csv_read(scratch_path("histogram.csv"), 1 << 20, take_bin, &c), HEBB_OK);
    ck_assert_int_gt(c.n_bins, 60);
    ck_assert_double_lt(c.chi_squared, (double)c.n_bins + 5.0 * sqrt(2.0 * (double)c.n_bins));
}
END_TEST

/* What lies beyond the place where a bit turns, and the first row's share of wrong bits. */
typedef struct {
    double sum, p_wrong, p_wrong_error;
    bool past_header;
} tail;

static hebb_status take_tail(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    (void)path, (void)line;
    tail *t = context;
    double c, density, c_wrong;
    ck_assert_uint_eq(n_fields, 9);
    if (hebb_number_parse(fields[3], &c) && hebb_number_parse(fields[4], &density) &&
        hebb_number_parse(fields[8], &c_wrong) && c > c_wrong + 1e-9)
        t->sum += 0.1 * density;
    return HEBB_OK;
}

static hebb_status take_share(void *context, const char *path, long line, size_t n_fields, const char *const *fields)
{
    (void)path, (void)line;
    tail *t = context;
    ck_assert_uint_gt(n_fields, 5); /* alpha, n_neurons, n_patterns, replicas, p_wrong, its error */
    if (t->past_header)
        ck_assert(hebb_number_parse(fields[4], &t->p_wrong) && hebb_number_parse(fields[5], &t->p_wrong_error));
    t->past_header = true;
    return HEBB_OK;
}

/* N = 20, p = 10, where a bin holds one value, of width 2/N: the sign of C shows, as few bits are not symmetric. */
START_TEST(crosstalk_works_against_the_bit_where_it_is_positive)
{
    tail t = {0};
    (void)run("20", "0.5", "20", "1");
    ck_assert_int_eq(hebb_csv_read(scratch_path("histogram.csv"), 1 << 20, take_tail, &t), HEBB_OK);
    ck_assert_int_eq(hebb_csv_read(scratch_path("summary.csv"), 1 << 20, take_share, &t), HEBB_OK);
    ck_assert_double_gt(t.p_wrong, 0.0);
    ck_assert_double_eq_tol(t.sum, t.p_wrong, 1e-12);
}
END_TEST

/* 300000 bits, all but independent; the error from 600 replicas' spread is known to 3 %. */
START_TEST(the_error_of_a_share_counts_the_bits_of_all_starts)
{
    tail t = {0};
    (void)run("50", "0.5", "600", "10");
    ck_assert_int_eq(hebb_csv_read(scratch_path("summary.csv"), 1 << 20, take_share, &t), HEBB_OK);
    const double want = sqrt(t.p_wrong * (1.0 - t.p_wrong) / (600.0 * 50.0 * 10.0));
    ck_assert_double_eq_tol(t.p_wrong_error, want, 0.15 * want);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crosstalk experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, the_histogram_follows_the_exact_law_bin_by_bin);
    tcase_add_test(physics, crosstalk_works_against_the_bit_where_it_is_positive);
    tcase_add_test(physics, the_error_of_a_share_counts_the_bits_of_all_starts);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
