/*
 * crosstalk - the noise on a stored pattern's fields, measured, against the Gaussian and the exact law
 *
 *   C_i^mu = -xi_i^mu (N h_i - (N-1) xi_i^mu)/N    in the state xi^mu; the bit is wrong when N C > N-1
 *
 * The sign is that of [HKP91] sec. 2.2: positive C works against the bit.  Theory: theory/crosstalk.h.
 *
 * [HKP91] Hertz, Krogh, Palmer, Introduction to the Theory of Neural Computation (1991).
 */
#include "crosstalk.h"

#include <math.h>
#include <stdlib.h>

#include "experiment.h"
#include "hopfield.h"
#include "load_grid.h"
#include "summary.h"
#include "theory_table.h"

enum { P_WRONG, P_TIE, VARIANCE, N_VALUES };
enum { N_BINS = 96 }; /* over at least 6 standard deviations on either side */

/*
 * Fixed before any run.  Both laws are exact, so nothing is tolerated; the resolution of p_wrong tells the exact law
 * from the Gaussian one at N = 100, which differ by a third.
 */
static const double TOLERANCE = 0.0, P_WRONG_RESOLUTION = 0.1, VARIANCE_RESOLUTION = 0.02; /* shares of the theory */

static const hebb_option options[] = {
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "100,1000", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS),
     HEBB_OPTION_RESULT, "sizes N"},
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.105,0.138,0.185,0.37,0.61", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads; p = round(alpha N)"},
    {"starts", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(1.0, HEBB_MAX_PATTERNS), HEBB_OPTION_RESULT,
     "patterns whose fields are looked at in each realisation, at most p"},
    {"self-coupling", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT, "keep J_ii = p/N"},
};

static const hebb_column value_columns[N_VALUES] = {
    {"p_wrong", "1", "share of bits whose field is against them"},
    {"p_tie", "1", "share of bits whose field is zero"},
    {"variance", "1", "mean of the squared crosstalk C^2"},
};

/* ---- the histogram's bins: bin b holds the values NC with low <= NC <= high ---- */

typedef struct {
    long low, high;
    double centre, width; /* of C, over the values that occur: those with the parity of (N-1)(p-1) */
} bin;

static double n_terms_at(const hebb_study *study, size_t point)
{
    return (hebb_study_grid(study, point, HEBB_GRID_NEURONS) - 1.0) *
           (hebb_study_grid(study, point, HEBB_GRID_PATTERNS) - 1.0);
}

/* Half of a bin's width in units of NC: so many values of one parity are in it. */
static long values_per_bin(const hebb_study *study, size_t point)
{
    const long k = lround(sqrt(n_terms_at(study, point)) / 16.0);
    return k > 1 ? k : 1;
}

static bin bin_at(const hebb_study *study, size_t point, long b)
{
    const double n = hebb_study_grid(study, point, HEBB_GRID_NEURONS);
    const long k = values_per_bin(study, point), parity = (long)fmod(n_terms_at(study, point), 2.0);
    const long low = (b - N_BINS / 2) * 2 * k, first = low + parity;
    return (bin){low, low + 2 * k - 1, ((double)first + (double)(k - 1)) / n, 2.0 * (double)k / n};
}

/* N_BINS where NC is beyond the bins. */
static long bin_of(long nc, long k)
{
    const long b = (nc >= 0 ? nc / (2 * k) : -((-nc + 2 * k - 1) / (2 * k))) + N_BINS / 2;
    return b >= 0 && b < N_BINS ? b : N_BINS;
}

/* ---- simulation ---- */

/* Patterns whose fields a replica looks at. */
static size_t starts_at(const hebb_study *study, size_t point)
{
    const size_t asked = (size_t)hebb_options_integer(study->options, "starts");
    const size_t p = hebb_load_grid_patterns(study, point);
    return asked < p ? asked : p;
}

static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = hebb_load_grid_neurons(study, point), p = hebb_load_grid_patterns(study, point);
    return hebb_patterns_bytes(n, p, HEBB_STORE_SLICES) + hebb_hopfield_bytes(n, p) + hebb_field_tables_bytes(p);
}

static hebb_status plan(hebb_study *study)
{
    study->n_values = N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = N_BINS;
    const hebb_status status = hebb_load_grid_plan(study, hebb_options_list(study->options, "alpha"),
                                                   hebb_options_list(study->options, "neurons"), HEBB_MAX_PATTERNS);
    return status == HEBB_OK ? hebb_load_grid_check_memory(study, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)hebb_load_grid_neurons(study, point) * (double)hebb_load_grid_patterns(study, point);
}

typedef struct {
    hebb_patterns patterns;
    hebb_hopfield network;
    hebb_field_tables tables;
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_field_tables_free(&w->tables);
    hebb_hopfield_free(&w->network);
    hebb_patterns_free(&w->patterns);
    free(w);
}

static hebb_status fit(workspace *w, size_t n_neurons, size_t n_patterns)
{
    if (w->patterns.n_neurons == n_neurons && w->patterns.n_patterns == n_patterns) return HEBB_OK;
    hebb_field_tables_free(&w->tables);
    const hebb_status status = hebb_hopfield_fit(&w->patterns, &w->network, n_neurons, n_patterns, HEBB_STORE_SLICES);
    if (status != HEBB_OK) return status;
    const hebb_status made = hebb_field_tables_init(&w->tables, w->patterns.kernel, n_patterns);
    if (made != HEBB_OK) hebb_patterns_free(&w->patterns); /* the next call begins anew */
    return made;
}

/* Adds the bits of the network's state, a stored pattern, to the sums. */
static void count_bits(workspace *w, bool self_coupling, long values_in_bin, double *values)
{
    const long n = (long)w->patterns.n_neurons, p = (long)w->patterns.n_patterns;
    hebb_field_tables_set(&w->tables, w->network.overlaps);
    for (long first = 0; first < n; first += HEBB_BLOCK) {
        int64_t fields[HEBB_BLOCK];
        const size_t size = n - first < HEBB_BLOCK ? (size_t)(n - first) : HEBB_BLOCK;
        hebb_hopfield_block_fields(&w->network, &w->tables, (size_t)first, size, fields);
        for (size_t k = 0; k < size; k++) {
            const long with_bit = w->network.spins[(size_t)first + k] * fields[k] - p; /* N h_i, along the bit */
            const long held = with_bit + (self_coupling ? p : 0);
            const long nc = n - 1 - with_bit;
            const long b = bin_of(nc, values_in_bin);
            values[P_WRONG] += held < 0;
            values[P_TIE] += held == 0;
            values[VARIANCE] += ((double)nc / (double)n) * ((double)nc / (double)n);
            if (b < N_BINS) values[N_VALUES + b]++;
        }
    }
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    workspace *w = room;
    const size_t n = hebb_load_grid_neurons(study, unit->point);
    const size_t p = hebb_load_grid_patterns(study, unit->point);
    const hebb_status status = fit(w, n, p);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < N_VALUES + N_BINS; k++) values[k] = 0.0;
    hebb_patterns_draw(&w->patterns, hebb_study_seed(study, "pattern-seed"), (uint32_t)unit->replica);
    const size_t n_starts = starts_at(study, unit->point);
    for (size_t mu = 0; mu < n_starts; mu++) {
        hebb_hopfield_start_at_pattern(&w->network, mu);
        count_bits(w, hebb_options_flag(study->options, "self-coupling"), values_per_bin(study, unit->point), values);
    }
    for (size_t k = 0; k < N_VALUES + N_BINS; k++) values[k] /= (double)(n_starts * n);
    return HEBB_OK;
}

/* ---- report ---- */

static const hebb_observable observables[N_VALUES] = {
    HEBB_OBSERVABLE("p_wrong", "1", "share of bits whose field is against them", "exact probability at N and p"),
    HEBB_OBSERVABLE("p_tie", "1", "share of bits whose field is zero", "exact probability at N and p"),
    HEBB_OBSERVABLE("variance", "1", "mean of the squared crosstalk C^2", "(N-1)(p-1)/N^2"),
};

/*
 * The mean over replicas; a share's error is at least what that many independent bits give, so that no wrong bit in a
 * short run is not taken for certainty.
 */
static hebb_estimate estimate(const hebb_study *study, size_t point, size_t value, double *scratch)
{
    hebb_study_gather(study, point, value, scratch);
    hebb_estimate x = hebb_estimate_mean(study->n_replicas, scratch);
    const double n_bits = (double)(study->n_replicas * starts_at(study, point) * hebb_load_grid_neurons(study, point));
    if (value == VARIANCE) return x;
    const hebb_estimate share = hebb_estimate_share((size_t)llround(x.value * n_bits), (size_t)n_bits);
    x.error = isnan(x.error) ? share.error : fmax(x.error, share.error);
    return x;
}

/* One point's observables beside the exact law, and the Gaussian one's error. */
static hebb_status measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured,
                           double *gaussian)
{
    const long n = (long)hebb_load_grid_neurons(study, point), p = (long)hebb_load_grid_patterns(study, point);
    hebb_crosstalk law;
    hebb_status status = hebb_crosstalk_exact(n, p, hebb_options_flag(study->options, "self-coupling"), &law);
    if (status == HEBB_OK) status = hebb_crosstalk_gaussian((double)p / (double)n, gaussian);
    if (status != HEBB_OK) return hebb_fail(status, "no law of the crosstalk at N = %ld, p = %ld", n, p);
    const double theory[N_VALUES] = {law.wrong, law.tie, n_terms_at(study, point) / ((double)n * (double)n)};
    for (size_t k = 0; k < N_VALUES; k++)
        measured[k] = (hebb_measurement){estimate(study, point, k, scratch), theory[k]};
    return HEBB_OK;
}

static hebb_comparison compare(size_t value, size_t point, const hebb_measurement *x)
{
    return (hebb_comparison){.quantity = value_columns[value].name,
                             .point = point,
                             .simulation = x->estimate.value,
                             .error = x->estimate.error,
                             .n_samples = x->estimate.n,
                             .theory = x->theory,
                             .tolerance = TOLERANCE,
                             .resolution = x->theory * (value == P_WRONG ? P_WRONG_RESOLUTION : VARIANCE_RESOLUTION),
                             .note = "the exact law: nothing is tolerated"};
}

static hebb_status save_summary(hebb_study *study, double *scratch)
{
    static const hebb_column gaussian_column = {"p_error_gaussian", "1",
                                                "probability of a wrong bit for N to infinity at load p/N"};
    hebb_table table = {0};
    hebb_comparison *comparisons = calloc(2 * study->n_points, sizeof *comparisons);
    hebb_status status = comparisons != NULL ? hebb_summary_init(study, N_VALUES, observables, &table)
                                             : hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    if (status == HEBB_OK) status = hebb_table_add_column(&table, gaussian_column);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_measurement measured[N_VALUES];
        double gaussian;
        if ((status = measure(study, point, scratch, measured, &gaussian)) != HEBB_OK) break;
        hebb_summary_add(study, point, N_VALUES, measured, &table);
        hebb_table_number(&table, gaussian);
        comparisons[point] = compare(P_WRONG, point, &measured[P_WRONG]);
        comparisons[study->n_points + point] = compare(VARIANCE, point, &measured[VARIANCE]);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, 2 * study->n_points, comparisons);
    hebb_table_free(&table);
    free(comparisons);
    return status;
}

static hebb_status add_bins(const hebb_study *study, size_t point, double *scratch, hebb_table *table)
{
    const long n = (long)hebb_load_grid_neurons(study, point), p = (long)hebb_load_grid_patterns(study, point);
    const double load = hebb_load_grid_load(study, point);
    const bool self_coupling = hebb_options_flag(study->options, "self-coupling");
    for (long b = 0; b < N_BINS; b++) {
        const bin at = bin_at(study, point, b);
        double mass;
        const hebb_status status = hebb_crosstalk_mass(n, p, at.low, at.high, &mass);
        if (status != HEBB_OK) return hebb_fail(status, "no law of the crosstalk at N = %ld, p = %ld", n, p);
        const hebb_estimate x = estimate(study, point, N_VALUES + (size_t)b, scratch);
        if (mass == 0.0 && x.value == 0.0) continue; /* out of the sum's reach */
        hebb_study_add_grid(study, point, table);
        hebb_table_number(table, at.centre);
        hebb_table_number(table, x.value / at.width);
        hebb_table_number(table, x.error / at.width);
        hebb_table_number(table, mass / at.width);
        hebb_table_number(table, hebb_crosstalk_gaussian_density(load, at.centre));
        hebb_table_number(table, 1.0 - 1.0 / (double)n + (self_coupling ? load : 0.0));
    }
    return HEBB_OK;
}

static hebb_status save_histogram(const hebb_study *study, double *scratch)
{
    static const hebb_column columns[] = {
        {"c", "1", "crosstalk C, the middle of the bin"},
        {"density", "1", "measured probability density"},
        {"density_err", "1", "its standard error"},
        {"density_exact", "1", "the exact law at N and p, averaged over the bin"},
        {"density_gaussian", "1", "the Gaussian law of variance p/N, at c"},
        {"c_wrong", "1", "the bit is wrong where C is beyond: 1 - 1/N, and p/N more with --self-coupling"},
    };
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        status = add_bins(study, point, scratch, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "histogram.csv");
    hebb_table_free(&table);
    return status;
}

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"alpha", "1", "load p/N"},
        {"p_error", "1", "Gaussian probability of a wrong bit"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    enum { N_STEPS = 200 };
    double highest = 0.0;
    for (size_t k = 0; k < study->n_points; k++) highest = fmax(highest, hebb_load_grid_load(study, k));
    hebb_table table;
    hebb_status status = hebb_table_init(&table, 3, columns);
    for (int k = 1; status == HEBB_OK && k <= N_STEPS; k++) {
        double p_error = NAN;
        const double alpha = 1.1 * highest * k / N_STEPS;
        const hebb_status solved = hebb_crosstalk_gaussian(alpha, &p_error);
        hebb_table_number(&table, alpha);
        hebb_table_number(&table, p_error);
        hebb_theory_table_status(&table, solved);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

static hebb_status report(hebb_study *study)
{
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    if (scratch == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = save_summary(study, scratch);
    if (status == HEBB_OK) status = save_histogram(study, scratch);
    if (status == HEBB_OK) status = save_theory(study);
    free(scratch);
    return status;
}

const hebb_experiment hebb_crosstalk_experiment = {.name = "crosstalk",
                                                   .summary = "noise on the fields of a stored pattern",
                                                   .n_options = sizeof options / sizeof *options,
                                                   .options = options,
                                                   .plan = plan,
                                                   .cost = cost,
                                                   .bytes = bytes,
                                                   .workspace_size = sizeof(workspace),
                                                   .workspace_free = workspace_free,
                                                   .run = run,
                                                   .report = report};
