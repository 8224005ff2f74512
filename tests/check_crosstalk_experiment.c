/* The crosstalk experiment's histogram and error rate against the exact law. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "csv_reader.h"
#include "experiment.h"
#include "number.h"
#include "parallel.h"
#include "scratch.h"

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
    const hebb_experiment *experiment = hebb_experiment_find("crosstalk");
    const hebb_option_table tables[] = {{experiment->n_options, experiment->options}, hebb_experiment_options};
    const hebb_experiment_setting setting = {.folder = scratch_folder, .n_threads = hebb_parallel_processors()};
    hebb_options options;
    hebb_verdict_count verdicts;
    comparison c = {0};
    ck_assert_int_eq(hebb_options_init(&options, 2, tables), HEBB_OK);
    ck_assert_int_eq(hebb_options_set(&options, "", "neurons", "100"), HEBB_OK);
    ck_assert_int_eq(hebb_options_set(&options, "", "alpha", "0.138,0.61"), HEBB_OK);
    ck_assert_int_eq(hebb_options_set(&options, "", "replicas", "5000"), HEBB_OK);
    const hebb_status status = hebb_experiment_run(experiment, &options, &setting, &verdicts);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    hebb_options_free(&options);
    ck_assert_uint_eq(verdicts.n_disagree, 0);
    ck_assert_uint_eq(verdicts.n_agree, 4);
    ck_assert_int_eq(hebb_csv_read(scratch_path("histogram.csv"), 1 << 20, take_bin, &c), HEBB_OK);
    ck_assert_int_gt(c.n_bins, 60);
    ck_assert_double_lt(c.chi_squared, (double)c.n_bins + 5.0 * sqrt(2.0 * (double)c.n_bins));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crosstalk experiment");
    TCase *physics = tcase_create("physics");
    tcase_add_checked_fixture(physics, scratch_make, scratch_remove);
    tcase_add_test(physics, the_histogram_follows_the_exact_law_bin_by_bin);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
