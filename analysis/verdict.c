#include "verdict.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

static const double N_SIGMA = 3.0;
enum { MIN_SAMPLES = 30 }; /* their error is known to 13 % */

const char *hebb_verdict_text(hebb_verdict verdict)
{
    return verdict == HEBB_AGREE ? "agree" : verdict == HEBB_DISAGREE ? "disagree" : "inconclusive";
}

double hebb_verdict_z(double simulation, double error, double theory)
{
    return error > 0.0 ? (simulation - theory) / error : NAN;
}

static bool is_conclusive(const hebb_comparison *c)
{
    const bool error_is_known = c->n_samples == 0 || c->n_samples >= (c->n_wanted > 0 ? c->n_wanted : MIN_SAMPLES);
    return !c->not_judged && error_is_known && isfinite(c->simulation) && isfinite(c->theory) &&
           N_SIGMA * c->error <= c->resolution;
}

/* How likely chance alone puts the simulation this far outside the tolerance, on either side. */
static double probability(const hebb_comparison *c)
{
    const double excess = fabs(c->simulation - c->theory) - c->tolerance;
    if (excess <= 0.0) return 1.0;
    if (!(c->error > 0.0)) return 0.0;
    const double t = excess / c->error;
    return c->n_samples == 0 ? erfc(t / M_SQRT2) : 2.0 * gsl_cdf_tdist_Q(t, (double)c->n_samples - 1.0);
}

static int by_probability(const void *a, const void *b)
{
    const double p = probability(*(hebb_comparison *const *)a), q = probability(*(hebb_comparison *const *)b);
    return (p > q) - (p < q);
}

hebb_status hebb_verdict_judge(size_t n, hebb_comparison *comparisons)
{
    hebb_comparison **conclusive = malloc((n > 0 ? n : 1) * sizeof *conclusive);
    if (conclusive == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n);
    size_t n_conclusive = 0;
    for (size_t k = 0; k < n; k++) {
        comparisons[k].verdict = HEBB_INCONCLUSIVE;
        if (is_conclusive(&comparisons[k]))
            conclusive[n_conclusive++] = &comparisons[k];
        else if (!comparisons[k].not_judged)
            comparisons[k].note =
                "too few replicas to know the error, or three standard errors exceed the resolution needed";
    }
    qsort(conclusive, n_conclusive, sizeof *conclusive, by_probability);
    const double level = erfc(N_SIGMA / M_SQRT2);
    bool rejecting = true; /* Holm: the first that is not rejected saves all less extreme ones */
    for (size_t k = 0; k < n_conclusive; k++) {
        rejecting = rejecting && probability(conclusive[k]) < level / (double)(n_conclusive - k);
        conclusive[k]->verdict = rejecting ? HEBB_DISAGREE : HEBB_AGREE;
    }
    free(conclusive);
    return HEBB_OK;
}

hebb_verdict_count hebb_verdict_count_all(size_t n, const hebb_comparison *comparisons)
{
    hebb_verdict_count count = {0};
    for (size_t k = 0; k < n; k++) {
        count.n_agree += comparisons[k].verdict == HEBB_AGREE;
        count.n_disagree += comparisons[k].verdict == HEBB_DISAGREE;
        count.n_inconclusive += comparisons[k].verdict == HEBB_INCONCLUSIVE;
        count.n_not_judged += comparisons[k].not_judged != 0;
    }
    return count;
}

hebb_verdict_count hebb_verdict_count_add(hebb_verdict_count a, hebb_verdict_count b)
{
    return (hebb_verdict_count){a.n_agree + b.n_agree, a.n_disagree + b.n_disagree, a.n_inconclusive + b.n_inconclusive,
                                a.n_not_judged + b.n_not_judged};
}

static const hebb_column quantity_column = {"quantity", "", "what is compared"};

static const hebb_column comparison_columns[] = {
    {"simulation", "1", "mean over the replicas"},
    {"simulation_err", "1", "its standard error e"},
    {"theory", "1", "the theory's value at p/N"},
    {"z", "1", "(simulation - theory)/e"},
    {"tolerance", "1", "known systematic difference tau that is allowed for"},
    {"verdict", "",
     "inconclusive if 3e exceeds the resolution needed; disagree if |simulation-theory| - tau > 3e, by "
     "Holm's test over the table; agree otherwise"},
    {"note", "", "why this tolerance, or why no verdict"},
};

hebb_status hebb_verdict_tabulate(size_t n, const hebb_comparison *comparisons, size_t n_grid,
                                  const hebb_column *grid_columns, const double *grid, hebb_table *table)
{
    hebb_status status = hebb_table_init(table, 1, &quantity_column);
    for (size_t g = 0; status == HEBB_OK && g < n_grid; g++) status = hebb_table_add_column(table, grid_columns[g]);
    for (size_t k = 0; status == HEBB_OK && k < sizeof comparison_columns / sizeof *comparison_columns; k++)
        status = hebb_table_add_column(table, comparison_columns[k]);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < n; k++) {
        const hebb_comparison *c = &comparisons[k];
        hebb_table_text(table, c->quantity);
        for (size_t g = 0; g < n_grid; g++)
            hebb_table_number(table, c->point == SIZE_MAX ? NAN : grid[c->point * n_grid + g]);
        hebb_table_number(table, c->simulation);
        hebb_table_number(table, c->error);
        hebb_table_number(table, c->theory);
        hebb_table_number(table, hebb_verdict_z(c->simulation, c->error, c->theory));
        hebb_table_number(table, c->tolerance);
        hebb_table_text(table, hebb_verdict_text(c->verdict));
        hebb_table_text(table, c->note);
    }
    return HEBB_OK;
}
