/* `hebb analyse likelihood`: ln Z of the machines of a training, and the likelihood of its data */
#include "analysis_table.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rbm_likelihood.h"

static const hebb_option likelihood_options[] = {
    {"update", 0, HEBB_OPTION_TEXT, "N|all", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "of the checkpoint, or of all of them; the last where not given"},
    {"method", 0, HEBB_OPTION_TEXT, "LIST", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "of exact, ais, reverse-ais, ladder; with all updates exact and ladder where not given, else all"},
    {"data", 0, HEBB_OPTION_TEXT, "FILE|builtin:NAME", NULL, HEBB_ANY, 0,
     "the data to train with, where the folder does not say: weights trained elsewhere"},
    {"test", 0, HEBB_OPTION_TEXT, "FILE|builtin:NAME", NULL, HEBB_ANY, 0,
     "cases that were not learnt, as --data of hebb train"},
    {"threshold", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "makes a file's grey binary: what is above is on; the training's where not given"},
    {"cases", 0, HEBB_OPTION_INTEGER, "N", "0", HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT,
     "take the first N of each file; 0: all"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", "500", HEBB_FROM_TO(2.0, 1e6), HEBB_OPTION_RESULT,
     "of annealed importance sampling"},
    {"temperatures", 0, HEBB_OPTION_INTEGER, "N", "2000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "steps of each of these"},
    {"ladders", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(2.0, 1e6), HEBB_OPTION_RESULT,
     "of replica exchange through the training"},
    {"settle", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(0.0, 1e8), HEBB_OPTION_RESULT,
     "rounds of these that are left out"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "200", HEBB_FROM_TO(2.0, 1e8), HEBB_OPTION_RESULT, "rounds that count"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT, "of all sampling"},
};

static const hebb_column columns[] = {
    {"update", "1", "updates before the checkpoint"},
    {"ln_z", "nat", "logarithm of the normalisation"},
    {"ln_z_err", "nat", "its standard error; 0: by enumeration"},
    {"method", "", "exact, ais, reverse-ais or ladder"},
    {"ess", "1", "effective sample size of importance weights"},
    {"ll_train", "nat", "mean ln p(v) over the data of the training"},
    {"ll_test", "nat", "mean ln p(v) over the test's cases"},
    {"status", "", "ok, or what to think of the row"},
};

static hebb_status read_methods(const hebb_options *options, bool all_updates, bool wants[HEBB_LIKELIHOOD_METHODS])
{
    const char *text = hebb_options_text(options, "method");
    for (int m = 0; m < HEBB_LIKELIHOOD_METHODS; m++)
        wants[m] = text == NULL && (!all_updates || m == HEBB_LIKELIHOOD_EXACT || m == HEBB_LIKELIHOOD_LADDER);
    if (text == NULL) return HEBB_OK;
    char *copy = strdup(text), *rest = copy;
    hebb_status status = copy != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for --method");
    for (char *word = copy; status == HEBB_OK && word != NULL && (word = strsep(&rest, ",")) != NULL;) {
        int m = 0;
        while (m < HEBB_LIKELIHOOD_METHODS && strcmp(word, hebb_likelihood_words[m]) != 0) m++;
        if (m == HEBB_LIKELIHOOD_METHODS)
            status = hebb_fail(HEBB_EUSAGE, "--method: '%s' is none of exact, ais, reverse-ais, ladder", word);
        else
            wants[m] = true;
    }
    free(copy);
    return status;
}

static bool is_all(const hebb_options *options)
{
    const char *text = hebb_options_text(options, "update");
    return text != NULL && strcmp(text, "all") == 0;
}

/* The numbers of the checkpoints that are wanted, rising; room for all. */
static hebb_status choose(const hebb_options *options, const hebb_rbm_run *run, size_t *n, size_t *checkpoints)
{
    const char *text = hebb_options_text(options, "update");
    *n = 0;
    if (text != NULL && strcmp(text, "all") != 0 && (*text == '\0' || strspn(text, "0123456789") != strlen(text)))
        return hebb_fail(HEBB_EUSAGE, "--update: '%s' is neither a number of updates nor all", text);
    for (size_t k = 0; k < run->n_checkpoints; k++)
        if (text == NULL ? k + 1 == run->n_checkpoints
                         : strcmp(text, "all") == 0 || run->updates[k] == (uint64_t)strtoull(text, NULL, 10))
            checkpoints[(*n)++] = k;
    if (*n > 0) return HEBB_OK;
    return hebb_fail(HEBB_ENOINPUT, "%s/checkpoints: there is none of update %s; the last is of update %" PRIu64,
                     run->folder, text, run->updates[run->n_checkpoints - 1]);
}

static void keep_first(hebb_layer_states *cases, size_t n)
{
    if (n == 0 || n >= cases->n_states) return;
    cases->n_states = cases->lists.n_states = n;
}

typedef struct {
    hebb_rbm_run run;
    hebb_layer_states train, test;
    bool has_train, has_test;
    size_t *checkpoints, n_checkpoints;
} reading;

static hebb_status read_cases(const hebb_options *options, reading *of)
{
    const char *data = hebb_options_text(options, "data"), *test = hebb_options_text(options, "test");
    const double threshold = hebb_options_is_set(options, "threshold") ? hebb_options_real(options, "threshold") : NAN;
    const size_t n = (size_t)hebb_options_integer(options, "cases");
    hebb_status status = HEBB_OK;
    if (of->run.is_training && data != NULL)
        return hebb_fail(HEBB_EUSAGE, "--data: %s says itself what it was trained with; leave it out", of->run.folder);
    of->has_train = of->run.is_training || data != NULL;
    of->has_test = test != NULL;
    if (of->run.is_training)
        status = hebb_rbm_run_data(&of->run, &of->train);
    else if (data != NULL)
        status = hebb_rbm_run_cases(&of->run, data, threshold, &of->train);
    if (status == HEBB_OK && test != NULL) status = hebb_rbm_run_test(&of->run, test, threshold, &of->test);
    if (status == HEBB_OK && of->has_train) keep_first(&of->train, n);
    if (status == HEBB_OK && of->has_test) keep_first(&of->test, n);
    return status;
}

static hebb_status read_run(const hebb_analysis_input *input, reading *of)
{
    hebb_status status = hebb_rbm_run_open(&of->run, input->files[0]);
    if (status != HEBB_OK) return status;
    of->checkpoints = calloc(of->run.n_checkpoints, sizeof *of->checkpoints);
    if (of->checkpoints == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu numbers", of->run.n_checkpoints);
    status = choose(input->options, &of->run, &of->n_checkpoints, of->checkpoints);
    return status == HEBB_OK ? read_cases(input->options, of) : status;
}

static hebb_status note_data(hebb_provenance *provenance, const reading *of)
{
    static const char *const keys[] = {"command", "data"}, *const names[] = {"trained", "data"};
    hebb_status status = HEBB_OK;
    for (int k = 0; k < 2 && status == HEBB_OK && of->run.is_training; k++) {
        const char *text = hebb_provenance_get(&of->run.manifest.provenance, keys[k]);
        if (text != NULL) status = hebb_provenance_add(provenance, names[k], "%s", text);
    }
    if (status == HEBB_OK && of->has_train)
        status = hebb_provenance_add(provenance, "n_train", "%zu", of->train.n_states);
    if (status == HEBB_OK && of->has_test) status = hebb_provenance_add(provenance, "n_test", "%zu", of->test.n_states);
    return status;
}

static void add_rows(size_t n, const hebb_likelihood_row *rows, hebb_table *table)
{
    for (size_t k = 0; k < n; k++) {
        hebb_table_number(table, (double)rows[k].update);
        hebb_table_number(table, rows[k].ln_z);
        hebb_table_number(table, rows[k].ln_z_err);
        hebb_table_text(table, hebb_likelihood_words[rows[k].method]);
        hebb_table_number(table, rows[k].ess);
        hebb_table_number(table, rows[k].ll_train);
        hebb_table_number(table, rows[k].ll_test);
        hebb_table_text(table, rows[k].note);
    }
}

/* What the user should not overlook. */
static void say(FILE *log, size_t n, const hebb_likelihood_row *rows)
{
    for (size_t k = 0; k < n && log != NULL; k++)
        if (strcmp(rows[k].note, "ok") != 0)
            (void)fprintf(log, "likelihood: update %" PRIu64 ", %s: %s\n", rows[k].update,
                          hebb_likelihood_words[rows[k].method], rows[k].note);
}

static hebb_status fill(const hebb_analysis_input *input, hebb_table *table, hebb_provenance *provenance)
{
    const hebb_options *options = input->options;
    reading of = {0};
    hebb_likelihood_options own = {.n_chains = (size_t)hebb_options_integer(options, "chains"),
                                   .n_steps = hebb_options_integer(options, "temperatures"),
                                   .n_ladders = (size_t)hebb_options_integer(options, "ladders"),
                                   .settle = hebb_options_integer(options, "settle"),
                                   .sweeps = hebb_options_integer(options, "sweeps"),
                                   .seed = (uint64_t)hebb_options_integer(options, "seed"),
                                   .n_threads = input->n_threads,
                                   .log = input->log};
    size_t n_rows = 0;
    hebb_likelihood_row *rows = NULL;
    hebb_status status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK && input->n_files != 1)
        status = hebb_fail(HEBB_EUSAGE, "likelihood: give the folder of one training");
    if (status == HEBB_OK) status = read_methods(options, is_all(options), own.wants);
    if (status == HEBB_OK) status = read_run(input, &of);
    if (status == HEBB_OK) status = note_data(provenance, &of);
    if (status == HEBB_OK)
        status = hebb_rbm_likelihood(&of.run, of.n_checkpoints, of.checkpoints, of.has_train ? &of.train : NULL,
                                     of.has_test ? &of.test : NULL, &own, &n_rows, &rows);
    if (status == HEBB_OK && n_rows == 0)
        status = hebb_fail(HEBB_EDOM,
                           "likelihood: exact is for %d units at most in the smaller layer; take another --method", 25);
    add_rows(n_rows, rows, table);
    if (status == HEBB_OK && of.run.is_training && !of.has_test && input->log != NULL &&
        hebb_options_is_set(&of.run.options, "test"))
        (void)fprintf(input->log, "likelihood: ll_test is empty: give --test %s, as the training was given it\n",
                      hebb_options_text(&of.run.options, "test"));
    say(input->log, n_rows, rows);
    free(rows);
    free(of.checkpoints);
    hebb_layer_states_free(&of.train);
    hebb_layer_states_free(&of.test);
    hebb_rbm_run_close(&of.run);
    return status;
}

const hebb_analysis_table hebb_likelihood_table = {
    .subject = "likelihood",
    .files = "DIR",
    .summary = "ln Z and the likelihood of an RBM through its training, by several methods",
    .n_options = sizeof likelihood_options / sizeof *likelihood_options,
    .options = likelihood_options,
    .fill = fill,
};
