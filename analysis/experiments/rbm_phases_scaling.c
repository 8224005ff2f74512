/*
 * The rbm-phases experiment at w = 1: the susceptibility beside its exact value, and how its peak and the overlap at
 * w = 1 change with size.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bipartite_ferromagnet.h"
#include "curie_weiss.h"
#include "jackknife.h"
#include "rbm_phases_study.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * A binary mode without noise has an exact law at each size, so nothing is tolerated but what a start leaves after the
 * settling sweeps: at w = 1 a chain forgets it in some L^(1/2) sweeps.  Where fewer than SETTLED L^(1/2) are left out
 * nothing is said.  The susceptibility is wanted to a tenth, the overlap's size to a fiftieth.
 *
 * Exponents are the slopes of ln x against ln N_v, over the sizes at hand, beside those of the exact law over the
 * same sizes and weights: finite ones, on the way to 1/2 and -1/4.  A twentieth tells 1/2 from 2/3 and -1/4 from -1/6.
 */
static const double SETTLED = 3.0, SUSCEPTIBILITY_RESOLUTION = 0.1, SIZE_RESOLUTION = 0.02, EXPONENT_RESOLUTION = 0.05;

static bool has_exact_law(const hebb_study *study, size_t point)
{
    const hebb_rbm_phases_study *own = study->own;
    return own->law == HEBB_RBM_BINARY_MODE && hebb_study_grid(study, point, RBM_PHASES_SIGMA) == 0.0;
}

static hebb_status exact_at(const hebb_study *study, size_t point, double weight, hebb_bipartite_averages *averages)
{
    const hebb_rbm_phases_study *own = study->own;
    if (own->is_gaussian) { /* the fully connected ferromagnet at T = 1/w^2, whose susceptibility is over T */
        const double T = 1.0 / (weight * weight);
        hebb_curie_weiss_averages at;
        const hebb_status status =
            hebb_curie_weiss_average(T, (long)hebb_study_grid(study, point, RBM_PHASES_VISIBLE), &at);
        if (status == HEBB_OK)
            *averages = (hebb_bipartite_averages){.visible = at.m,
                                                  .visible2 = at.m2,
                                                  .hidden = NAN,
                                                  .hidden2 = NAN,
                                                  .susceptibility = T * at.susceptibility};
        return status;
    }
    return hebb_bipartite_ferromagnet((size_t)hebb_study_grid(study, point, RBM_PHASES_VISIBLE),
                                      (size_t)hebb_study_grid(study, point, RBM_PHASES_HIDDEN), weight, averages);
}

hebb_status hebb_rbm_phases_susceptibility(const hebb_study *study, size_t point, hebb_estimate *estimate,
                                           double *theory)
{
    const double n_visible = hebb_study_grid(study, point, RBM_PHASES_VISIBLE);
    double *blocks = calloc(2 * study->n_replicas, sizeof *blocks);
    if (blocks == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the susceptibility");
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        blocks[2 * r] = values[RBM_PHASES_VISIBLE1];
        blocks[2 * r + 1] = values[RBM_PHASES_VISIBLE2];
    }
    const hebb_status status =
        hebb_jackknife(study->n_replicas, 2, blocks, hebb_jackknife_susceptibility, &n_visible, estimate);
    free(blocks);
    hebb_bipartite_averages exact = {.susceptibility = NAN};
    if (status == HEBB_OK && has_exact_law(study, point) &&
        exact_at(study, point, hebb_study_grid(study, point, RBM_PHASES_WEIGHT), &exact) != HEBB_OK)
        exact.susceptibility = NAN;
    *theory = exact.susceptibility;
    return status;
}

static hebb_estimate size_of_overlap(const hebb_study *study, size_t point, double *x)
{
    hebb_study_gather(study, point, RBM_PHASES_VISIBLE1, x);
    return hebb_estimate_mean(study->n_replicas, x);
}

/* ---- one size ---- */

typedef struct {
    double n_visible, weight; /* weight: where the susceptibility is largest */
    hebb_estimate peak, at_one;
    double peak_exact, weight_exact, at_one_exact; /* on the same weights; NaN without an exact law */
} size_result;

static bool is_of(const hebb_study *study, size_t point, size_t other, size_t last_column)
{
    for (size_t g = 0; g <= last_column; g++)
        if (g != RBM_PHASES_WEIGHT && hebb_study_grid(study, point, g) != hebb_study_grid(study, other, g))
            return false;
    return true;
}

/* Adds a point's susceptibility to its size's peak. */
static hebb_status add_point(const hebb_study *study, size_t point, double *x, size_result *size,
                             hebb_comparison *comparisons, size_t *n)
{
    const hebb_rbm_phases_study *own = study->own;
    const double weight = hebb_study_grid(study, point, RBM_PHASES_WEIGHT);
    hebb_estimate found;
    double theory;
    const hebb_status status = hebb_rbm_phases_susceptibility(study, point, &found, &theory);
    if (status != HEBB_OK) return status;
    if (!(found.value <= size->peak.value)) {
        size->peak = found;
        size->weight = weight;
    }
    if (weight == 1.0) size->at_one = size_of_overlap(study, point, x);
    if (!has_exact_law(study, point)) return HEBB_OK;
    hebb_bipartite_averages exact = {.visible = NAN};
    if (exact_at(study, point, weight, &exact) != HEBB_OK) return HEBB_OK;
    if (!(theory <= size->peak_exact)) {
        size->peak_exact = theory;
        size->weight_exact = weight;
    }
    if (weight == 1.0) size->at_one_exact = exact.visible;
    const bool is_settled = (double)own->n_settle >= SETTLED * sqrt(size->n_visible);
    const hebb_estimate overlap = size_of_overlap(study, point, x);
    hebb_comparison both[] = {{.quantity = "susceptibility",
                               .simulation = found.value,
                               .error = found.error,
                               .theory = theory,
                               .resolution = SUSCEPTIBILITY_RESOLUTION * theory},
                              {.quantity = "overlap_size",
                               .simulation = overlap.value,
                               .error = overlap.error,
                               .theory = exact.visible,
                               .resolution = SIZE_RESOLUTION}};
    for (size_t k = 0; k < 2; k++) {
        both[k].point = point;
        both[k].n_samples = study->n_replicas;
        both[k].not_judged = !is_settled;
        both[k].note =
            is_settled ? "exact at this size" : "too few sweeps are left out for chains to forget their start";
        comparisons[(*n)++] = both[k];
    }
    return HEBB_OK;
}

static hebb_status add_size(const hebb_study *study, size_t point, double *x, size_result *size,
                            hebb_comparison *comparisons, size_t *n)
{
    const hebb_estimate none = {NAN, NAN, 0};
    *size = (size_result){.n_visible = hebb_study_grid(study, point, RBM_PHASES_VISIBLE),
                          .weight = NAN,
                          .peak = none,
                          .at_one = none,
                          .peak_exact = NAN,
                          .weight_exact = NAN,
                          .at_one_exact = NAN};
    hebb_status status = HEBB_OK;
    for (size_t other = point; status == HEBB_OK && other < study->n_points; other++)
        if (is_of(study, point, other, RBM_PHASES_UNITS)) status = add_point(study, other, x, size, comparisons, n);
    return status;
}

/* ---- slopes ---- */

typedef struct {
    double slope, error, theory;
} exponent;

/* ln y against ln N_v, each size as its own error has it; theory's with the same weights. */
static exponent fit(size_t n, const size_result *sizes, bool peak)
{
    double sum = 0.0, x1 = 0.0, y1 = 0.0, t1 = 0.0, xx = 0.0, xy = 0.0, xt = 0.0;
    for (size_t k = 0; k < n; k++) {
        const hebb_estimate *found = peak ? &sizes[k].peak : &sizes[k].at_one;
        const double x = log(sizes[k].n_visible), y = log(found->value), weight = pow(found->value / found->error, 2.0);
        const double t = log(peak ? sizes[k].peak_exact : sizes[k].at_one_exact);
        sum += weight;
        x1 += weight * x;
        y1 += weight * y;
        t1 += weight * t;
        xx += weight * x * x;
        xy += weight * x * y;
        xt += weight * x * t;
    }
    const double determinant = sum * xx - x1 * x1;
    if (n < 2 || !(determinant > 1e-9 * sum * xx)) return (exponent){NAN, NAN, NAN};
    return (exponent){(sum * xy - x1 * y1) / determinant, sqrt(sum / determinant), (sum * xt - x1 * t1) / determinant};
}

static void compare_exponent(const hebb_study *study, size_t point, const char *quantity, exponent found,
                             hebb_comparison *comparisons, size_t *n)
{
    if (isnan(found.slope)) return;
    comparisons[(*n)++] = (hebb_comparison){
        .quantity = quantity,
        .point = point,
        .simulation = found.slope,
        .error = found.error,
        .n_samples = study->n_replicas,
        .theory = found.theory,
        .resolution = EXPONENT_RESOLUTION,
        .not_judged = isnan(found.theory),
        .note = isnan(found.theory) ? "no exact law at finite size but for a binary mode without noise"
                                    : "slope in ln N_v, beside the exact law's over the same sizes"};
}

/* ---- the tables ---- */

static const hebb_column peak_columns[] = {
    {"kappa", "1", "ratio of hidden to visible units"},
    {"sigma", "1", "width of the noise"},
    {"n_units", "1", "size L that was asked for"},
    {"n_visible", "1", "number of visible units N_v"},
    {"peak_weight", "1", "weight of the grid with the largest susceptibility"},
    {"peak", "1", "that susceptibility"},
    {"peak_err", "1", "its standard error"},
    {"peak_weight_theory", "1", "where it is largest in the exact law, on the same weights"},
    {"peak_theory", "1", "that one"},
    {"at_one", "1", "<|M|>/N_v at w = 1; empty: not on the grid"},
    {"at_one_err", "1", "its standard error"},
    {"at_one_theory", "1", "exact"},
};

static void add_peak(const hebb_study *study, size_t point, const size_result *size, hebb_table *table)
{
    const double cells[] = {hebb_study_grid(study, point, RBM_PHASES_KAPPA),
                            hebb_study_grid(study, point, RBM_PHASES_SIGMA),
                            hebb_study_grid(study, point, RBM_PHASES_UNITS),
                            size->n_visible,
                            size->weight,
                            size->peak.value,
                            size->peak.error,
                            size->weight_exact,
                            size->peak_exact,
                            size->at_one.value,
                            size->at_one.error,
                            size->at_one_exact};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(table, cells[c]);
}

static bool is_first(const hebb_study *study, size_t point, size_t last_column)
{
    for (size_t k = 0; k < point; k++)
        if (is_of(study, k, point, last_column)) return false;
    return true;
}

/* Sizes of one kappa and sigma. */
static hebb_status scan_sizes(const hebb_study *study, size_t point, double *x, size_result *sizes, hebb_table *table,
                              hebb_comparison *comparisons, size_t *n)
{
    size_t n_sizes = 0;
    hebb_status status = HEBB_OK;
    for (size_t other = point; status == HEBB_OK && other < study->n_points; other++) {
        if (!is_of(study, point, other, RBM_PHASES_SIGMA) || !is_first(study, other, RBM_PHASES_UNITS)) continue;
        status = add_size(study, other, x, &sizes[n_sizes], comparisons, n);
        if (status == HEBB_OK) add_peak(study, other, &sizes[n_sizes++], table);
    }
    if (status != HEBB_OK) return status;
    /* a peak is one where there are weights on both sides of w = 1 */
    const hebb_list *weights = hebb_options_list(study->options, "weight");
    bool has_below = false, has_above = false;
    for (size_t k = 0; k < weights->length; k++) {
        has_below |= weights->values[k] < 1.0;
        has_above |= weights->values[k] > 1.0;
    }
    if (weights->length >= 5 && has_below && has_above)
        compare_exponent(study, point, "peak_exponent", fit(n_sizes, sizes, true), comparisons, n);
    compare_exponent(study, point, "overlap_exponent", fit(n_sizes, sizes, false), comparisons, n);
    return HEBB_OK;
}

/* The exact law on a fine grid of weights, for each size. */
static hebb_status save_susceptibility(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"kappa", "1", "ratio of hidden to visible units"},
        {"n_units", "1", "size L that was asked for"},
        {"weight", "1", "weight w of the mode"},
        {"susceptibility", "1", "exact, of a binary mode without noise"},
        {"overlap_size", "1", "<|M|>/N_v, exact"},
        HEBB_STATUS_COLUMN,
    };
    enum { N_STEPS = 120 };
    const hebb_list *weights = hebb_options_list(study->options, "weight");
    double least = INFINITY, most = 0.0;
    for (size_t k = 0; k < weights->length; k++) {
        least = fmin(least, weights->values[k]);
        most = fmax(most, weights->values[k]);
    }
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        if (!has_exact_law(study, point) || !is_first(study, point, RBM_PHASES_UNITS)) continue;
        for (int k = 0; k <= N_STEPS; k++) {
            const double weight = least + (most - least) * k / N_STEPS;
            hebb_bipartite_averages exact = {.susceptibility = NAN, .visible = NAN};
            const hebb_status solved = exact_at(study, point, weight, &exact);
            hebb_table_number(&table, hebb_study_grid(study, point, RBM_PHASES_KAPPA));
            hebb_table_number(&table, hebb_study_grid(study, point, RBM_PHASES_UNITS));
            hebb_table_number(&table, weight);
            hebb_table_number(&table, exact.susceptibility);
            hebb_table_number(&table, exact.visible);
            hebb_theory_table_status(&table, solved);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "susceptibility.csv");
    hebb_table_free(&table);
    return status;
}

hebb_status hebb_rbm_phases_scaling(const hebb_study *study, hebb_comparison *comparisons, size_t *n_comparisons)
{
    hebb_table table = {0};
    double *x = calloc(study->n_replicas, sizeof *x);
    size_result *sizes = calloc(study->n_points, sizeof *sizes);
    hebb_status status = x != NULL && sizes != NULL
                             ? hebb_table_init(&table, sizeof peak_columns / sizeof *peak_columns, peak_columns)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the susceptibility");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        if (is_first(study, point, RBM_PHASES_SIGMA))
            status = scan_sizes(study, point, x, sizes, &table, comparisons, n_comparisons);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "peaks.csv");
    if (status == HEBB_OK) status = save_susceptibility(study);
    hebb_table_free(&table);
    free(sizes);
    free(x);
    return status;
}
