/* hebb analyse weights: histograms of an RBM's weights, and of distances between hidden units', through training */
#include <math.h>
#include <stdlib.h>

#include "memory.h"
#include "run_choice.h"
#include "weights.h"

static const hebb_option options[] = {
    HEBB_RUN_CHOICE_OPTION,
    {"bins", 0, HEBB_OPTION_INTEGER, "N", "50", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "equal bins, from the least to the largest at each checkpoint"},
};

static const hebb_column columns[] = {
    {"update", "1", "of the checkpoint"},
    {"quantity", "", "weight, or distance: between two hidden units' weight vectors"},
    {"bin_low", "1", "lower end of the bin"},
    {"bin_high", "1", "its upper end, in the last bin alone"},
    {"count", "1", "weights, or pairs of hidden units, in it"},
    {"density", "1", "their share over the bin's width; none where the width is 0"},
    {"status", "", "ok, or why there is no histogram"},
};

enum { WEIGHT, DISTANCE, QUANTITIES };
static const char *const names[QUANTITIES] = {"weight", "distance"};

typedef struct {
    hebb_run_choice choice;
    size_t n_bins;
    hebb_histogram *histograms; /* n checkpoints x QUANTITIES */
} weights;

static hebb_status look(void *context, size_t k, const hebb_rbm *rbm)
{
    const weights *w = context;
    hebb_histogram *histograms = w->histograms + k * QUANTITIES;
    const size_t n = hebb_weight_distances_count(rbm);
    hebb_status status = hebb_memory_check("distances between hidden units", 8.0 * (double)n, w->choice.n_threads);
    if (status != HEBB_OK) return status;
    status = hebb_histogram_init(&histograms[WEIGHT], w->n_bins, rbm->n_visible * rbm->n_hidden, rbm->weights);
    if (status != HEBB_OK) return status;
    double *distances = malloc((n > 0 ? n : 1) * sizeof *distances);
    if (distances == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu distances", n);
    status = hebb_weight_distances(rbm, distances);
    if (status == HEBB_OK) status = hebb_histogram_init(&histograms[DISTANCE], w->n_bins, n, distances);
    free(distances);
    return status;
}

static void add_head(const weights *w, size_t k, int quantity, hebb_table *table)
{
    hebb_table_number(table, (double)hebb_run_choice_update(&w->choice, k));
    hebb_table_text(table, names[quantity]);
}

static void add_rows(const weights *w, size_t k, int quantity, hebb_table *table)
{
    const hebb_histogram *histogram = &w->histograms[k * QUANTITIES + (size_t)quantity];
    if (histogram->n == 0) {
        add_head(w, k, quantity, table);
        for (int c = 0; c < 4; c++) hebb_table_missing(table);
        hebb_table_text(table, "one hidden unit: no distances");
        return;
    }
    for (size_t b = 0; b < histogram->n_bins; b++) {
        const double low = hebb_histogram_end(histogram, b), high = hebb_histogram_end(histogram, b + 1);
        const double share = (double)histogram->counts[b] / (double)histogram->n;
        add_head(w, k, quantity, table);
        hebb_table_number(table, low);
        hebb_table_number(table, high);
        hebb_table_number(table, (double)histogram->counts[b]);
        hebb_table_number(table, high > low ? share / (high - low) : NAN);
        hebb_table_text(table, high > low ? "ok" : "all are equal");
    }
}

static hebb_status fill(const hebb_analysis_input *input, hebb_table *table, hebb_provenance *provenance)
{
    weights w = {.n_bins = (size_t)hebb_options_integer(input->options, "bins")};
    hebb_status status = hebb_run_choice_open(&w.choice, "weights", input, provenance);
    if (status == HEBB_OK) {
        w.histograms = calloc(w.choice.n * QUANTITIES, sizeof *w.histograms);
        if (w.histograms == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for %zu histograms", w.choice.n);
    }
    if (status == HEBB_OK) status = hebb_run_choice_each(&w.choice, look, &w);
    if (status == HEBB_OK) status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; status == HEBB_OK && k < w.choice.n; k++)
        for (int quantity = 0; quantity < QUANTITIES; quantity++) add_rows(&w, k, quantity, table);
    for (size_t k = 0; w.histograms != NULL && k < w.choice.n * QUANTITIES; k++) hebb_histogram_free(&w.histograms[k]);
    free(w.histograms);
    hebb_run_choice_close(&w.choice);
    return status;
}

const hebb_analysis_table hebb_weights_table = {.subject = "weights",
                                                .files = "DIR",
                                                .summary = "histograms of an RBM's weights, and of distances between "
                                                           "its hidden units', through training",
                                                .n_options = sizeof options / sizeof *options,
                                                .options = options,
                                                .fill = fill};
