/* hebb analyse spectrum: the singular values of the weights through training, and when each leaves the bulk */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "marchenko_pastur.h"
#include "run_choice.h"
#include "spectrum.h"

static const hebb_option options[] = {
    HEBB_RUN_CHOICE_OPTION,
    {"modes", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1048576.0), HEBB_OPTION_RESULT,
     "the N largest alone; all where not given"},
    {"departures", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "a row a mode instead: the update at which it leaves the bulk for good"},
};

static const hebb_column columns[] = {
    {"update", "1", "of the checkpoint"},
    {"mode", "1", "1 is the largest"},
    {"w", "1", "singular value of the weights"},
    {"sigma", "1", "width of the bulk's weights: from the median singular value"},
    {"edge", "1", "upper edge of the Marchenko-Pastur bulk of that width"},
    {"edge_start", "1", "the same with the width of all weights at the first checkpoint"},
    {"limit", "1", "the edge with the margin of the largest of a random matrix: what is above is outside the bulk"},
    {"outside", "1", "1: above the limit; 0: within the bulk"},
    {"left_at", "1", "the update from which on the mode is outside at every checkpoint"},
    {"status", "", "ok, or why there is no bulk"},
};

static const hebb_column departure_columns[] = {
    {"mode", "1", "1 is the largest"},
    {"left_at", "1", "the update from which on the mode is outside the bulk at every checkpoint"},
    {"last_inside", "1", "the last checkpoint before"},
    {"w", "1", "its singular value when it is first outside"},
    {"edge", "1", "upper edge of the Marchenko-Pastur bulk then"},
    {"limit", "1", "the edge with the margin of the largest of a random matrix"},
    {"w_last", "1", "its singular value at the last checkpoint"},
    {"status", "", "ok, or why it has not left the bulk"},
};

typedef struct {
    double sigma, edge, limit;
} bulk;

typedef struct {
    hebb_run_choice choice;
    size_t n_visible, n_hidden, n_modes; /* n_modes: of a machine */
    double median, width;                /* of the law at sigma = 1; of the first machine's weights */
    double *values;                      /* n checkpoints x n_modes */
    bulk *bulks;                         /* n checkpoints */
    size_t *first;                       /* n_modes: of the checkpoints from which on it is outside; n: none */
} spectrum;

static bool has_bulk(const spectrum *s)
{
    return s->n_modes >= HEBB_SPECTRUM_MIN_BULK;
}

static hebb_status look(void *context, size_t k, const hebb_rbm *rbm)
{
    spectrum *s = context;
    double *values = s->values + k * s->n_modes;
    if (rbm->n_visible != s->n_visible || rbm->n_hidden != s->n_hidden)
        return hebb_fail(HEBB_EDATA, "%s: checkpoints of %zu x %zu and %zu x %zu weights", s->choice.run.folder,
                         s->n_visible, s->n_hidden, rbm->n_visible, rbm->n_hidden);
    const hebb_status status = hebb_spectrum_values(rbm, values);
    if (status != HEBB_OK) return status;
    const double sigma = has_bulk(s) ? hebb_spectrum_bulk_width(s->n_modes, values, s->median) : s->width;
    s->bulks[k] = (bulk){.sigma = sigma,
                         .edge = hebb_marchenko_pastur_edge(s->n_visible, s->n_hidden, sigma),
                         .limit = hebb_spectrum_limit(s->n_visible, s->n_hidden, sigma)};
    return HEBB_OK;
}

static bool is_outside(const spectrum *s, size_t k, size_t mode)
{
    return s->values[k * s->n_modes + mode] > s->bulks[k].limit;
}

/* Sizes and width are those of the run's first checkpoint, also where it is not among those chosen. */
static hebb_status measure(spectrum *s)
{
    hebb_rbm rbm;
    hebb_status status = hebb_rbm_run_machine(&s->choice.run, 0, &rbm);
    if (status == HEBB_OK) {
        s->n_visible = rbm.n_visible;
        s->n_hidden = rbm.n_hidden;
        s->n_modes = hebb_spectrum_n_modes(&rbm);
        s->median = hebb_spectrum_median(rbm.n_visible, rbm.n_hidden);
        s->width = hebb_spectrum_entry_width(&rbm);
        s->values = calloc(s->choice.n * s->n_modes, sizeof *s->values);
        s->bulks = calloc(s->choice.n, sizeof *s->bulks);
        s->first = calloc(s->n_modes, sizeof *s->first);
        if (s->values == NULL || s->bulks == NULL || s->first == NULL)
            status = hebb_fail(HEBB_ENOMEM, "no memory for %zu spectra of %zu values", s->choice.n, s->n_modes);
    }
    hebb_rbm_free(&rbm);
    if (status == HEBB_OK) status = hebb_run_choice_each(&s->choice, look, s);
    for (size_t a = 0; status == HEBB_OK && a < s->n_modes; a++) {
        s->first[a] = s->choice.n;
        while (s->first[a] > 0 && is_outside(s, s->first[a] - 1, a)) s->first[a]--;
    }
    return status;
}

static const char *remark(const spectrum *s)
{
    return has_bulk(s) ? "ok" : "too few modes for a bulk: sigma is that of the first checkpoint's weights";
}

static void add_rows(const spectrum *s, size_t n_wanted, hebb_table *table)
{
    const double edge_start = hebb_marchenko_pastur_edge(s->n_visible, s->n_hidden, s->width);
    for (size_t k = 0; k < s->choice.n; k++)
        for (size_t a = 0; a < n_wanted; a++) {
            hebb_table_number(table, (double)hebb_run_choice_update(&s->choice, k));
            hebb_table_number(table, (double)(a + 1));
            hebb_table_number(table, s->values[k * s->n_modes + a]);
            hebb_table_number(table, s->bulks[k].sigma);
            hebb_table_number(table, s->bulks[k].edge);
            hebb_table_number(table, edge_start);
            hebb_table_number(table, s->bulks[k].limit);
            hebb_table_number(table, is_outside(s, k, a) ? 1.0 : 0.0);
            if (s->first[a] < s->choice.n)
                hebb_table_number(table, (double)hebb_run_choice_update(&s->choice, s->first[a]));
            else
                hebb_table_missing(table);
            hebb_table_text(table, remark(s));
        }
}

static void add_departures(const spectrum *s, size_t n_wanted, hebb_table *table)
{
    const size_t n = s->choice.n;
    for (size_t a = 0; a < n_wanted; a++) {
        const size_t k = s->first[a];
        const double before = k > 0 && k < n ? (double)hebb_run_choice_update(&s->choice, k - 1) : NAN;
        hebb_table_number(table, (double)(a + 1));
        hebb_table_number(table, k < n ? (double)hebb_run_choice_update(&s->choice, k) : NAN);
        hebb_table_number(table, before);
        hebb_table_number(table, k < n ? s->values[k * s->n_modes + a] : NAN);
        hebb_table_number(table, k < n ? s->bulks[k].edge : NAN);
        hebb_table_number(table, k < n ? s->bulks[k].limit : NAN);
        hebb_table_number(table, s->values[(n - 1) * s->n_modes + a]);
        hebb_table_text(table, k == n ? "within the bulk at the last checkpoint" : remark(s));
    }
}

static hebb_status fill(const hebb_analysis_input *input, hebb_table *table, hebb_provenance *provenance)
{
    spectrum s = {0};
    const bool is_brief = hebb_options_flag(input->options, "departures");
    hebb_status status = hebb_run_choice_open(&s.choice, "spectrum", input, provenance);
    if (status == HEBB_OK) status = measure(&s);
    if (status == HEBB_OK)
        status = is_brief
                     ? hebb_table_init(table, sizeof departure_columns / sizeof *departure_columns, departure_columns)
                     : hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) {
        size_t n_wanted = s.n_modes;
        if (hebb_options_is_set(input->options, "modes") &&
            (size_t)hebb_options_integer(input->options, "modes") < n_wanted)
            n_wanted = (size_t)hebb_options_integer(input->options, "modes");
        (is_brief ? add_departures : add_rows)(&s, n_wanted, table);
    }
    free(s.values);
    free(s.bulks);
    free(s.first);
    hebb_run_choice_close(&s.choice);
    return status;
}

const hebb_analysis_table hebb_spectrum_table = {.subject = "spectrum",
                                                 .files = "DIR",
                                                 .summary = "singular values of an RBM's weights through training, "
                                                            "and when each leaves the bulk",
                                                 .n_options = sizeof options / sizeof *options,
                                                 .options = options,
                                                 .fill = fill};
