#include "training_run.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "c_locale.h"
#include "progress.h"
#include "shell_path.h"
#include "stop.h"
#include "training_data.h"
#include "training_folder.h"
#include "training_state.h"

static const hebb_option options_of_trainings[] = {
    {"data", 0, HEBB_OPTION_TEXT, "FILE|DIR|builtin:NAME", NULL, HEBB_ANY, 0,
     "what to learn: .csv, .npy, .idx or .idx.gz, a case a row, 0 and 1 or -1 and 1; builtin:NAME; or the folder of a "
     "training of an RBM, whose hidden layer is learnt"},
    {"threshold", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "makes a file's grey binary: what is above is on"},
    {"inputs", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1048576.0), HEBB_OPTION_RESULT,
     "of a file's columns the first N are input, the others output; none where not given"},
    {"cases", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e7), HEBB_OPTION_RESULT,
     "cases that builtin:digits and builtin:spin-modes draw; 1000 and 10000 where not given"},
    {"test", 0, HEBB_OPTION_TEXT, "FILE|builtin:NAME", NULL, HEBB_ANY, 0,
     "cases to be answered that are not learnt, as --data"},
    {"hidden", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1048576.0), HEBB_OPTION_RESULT, "hidden units"},
    {"updates", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e12), HEBB_OPTION_RESULT,
     "updates of the weights at most; 0: the start is kept"},
    {"batch", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT, "cases an update; 0: all"},
    {"learning-rate", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT, "length of a step"},
    {"stop-after", 0, HEBB_OPTION_INTEGER, "N", "10", HEBB_FROM_TO(0.0, 1e12), HEBB_OPTION_RESULT,
     "end once all cases were right for so many epochs running; 0: go on to --updates"},
    {"log-every", 0, HEBB_OPTION_INTEGER, "N", "0", HEBB_FROM_TO(0.0, 1e12), HEBB_OPTION_RESULT,
     "updates from one row of log.csv to the next; 0: each up to 1000, then some 100 a decade"},
    {"per-decade", 0, HEBB_OPTION_INTEGER, "N", "10", HEBB_FROM_TO(1.0, 1000.0), HEBB_OPTION_RESULT,
     "checkpoints while the number of updates grows tenfold"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "of the starting weights, the batches and the sampling"},
};
const hebb_option_table hebb_training_options = {sizeof options_of_trainings / sizeof *options_of_trainings,
                                                 options_of_trainings};

typedef struct {
    const hebb_learner *learner;
    hebb_options *options; /* borrowed */
    const hebb_training_setting *setting;
    hebb_problem problem, test;
    hebb_provenance provenance;
    hebb_manifest manifest;
    uint64_t n_updates, log_every, stop_after;
    double per_decade;
    void *self;
    hebb_training_state state;
    hebb_progress progress;
    int lock;
} training;

size_t hebb_training_tables(const hebb_learner *learner, hebb_option_table tables[HEBB_TRAINING_MAX_TABLES])
{
    size_t n = 0;
    tables[n++] = hebb_training_options;
    for (size_t k = 0; k < learner->n_tables && n < HEBB_TRAINING_MAX_TABLES; k++) tables[n++] = *learner->tables[k];
    return n;
}

static void __attribute__((format(printf, 2, 3))) say(const training *t, const char *format, ...)
{
    va_list arguments;
    if (t->setting->log == NULL) return;
    va_start(arguments, format);
    (void)fprintf(t->setting->log, "train %s: ", t->learner->name);
    (void)hebb_c_locale_write_list(t->setting->log, format, arguments);
    (void)fputc('\n', t->setting->log);
    va_end(arguments);
}

/* ---- what is learnt ---- */

static bool is_file(const char *data)
{
    return strncmp(data, "builtin:", strlen("builtin:")) != 0;
}

/* An option that neither the data nor the test's have a use for is a mistake.  test: NULL, none. */
static hebb_status check_use(const hebb_options *options, const char *data, const char *test)
{
    static const char digits[] = "builtin:digits", modes[] = "builtin:spin-modes";
    const bool has_file = is_file(data) || (test != NULL && is_file(test));
    if (!has_file && hebb_options_is_set(options, "threshold"))
        return hebb_fail(HEBB_EUSAGE, "--threshold is for files; %s needs none, leave it out", data);
    if (!is_file(data) && hebb_options_is_set(options, "inputs"))
        return hebb_fail(HEBB_EUSAGE, "--inputs is for files; %s needs none, leave it out", data);
    if (hebb_options_is_set(options, "cases") && strcmp(data, digits) != 0 && strcmp(data, modes) != 0 &&
        (test == NULL || (strcmp(test, digits) != 0 && strcmp(test, modes) != 0)))
        return hebb_fail(HEBB_EUSAGE, "--cases is for builtin:digits and builtin:spin-modes; leave it out");
    return HEBB_OK;
}

static hebb_status open_problems(training *t)
{
    hebb_status status = hebb_options_require(t->options, "data");
    if (status != HEBB_OK) return status;
    const char *data = hebb_options_text(t->options, "data"), *test = hebb_options_text(t->options, "test");
    const bool has_inputs = hebb_options_is_set(t->options, "inputs");
    hebb_training_source source = {.learner = t->learner,
                                   .options = t->options,
                                   .n_input = has_inputs ? (size_t)hebb_options_integer(t->options, "inputs") : 0,
                                   .threshold = NAN};
    status = check_use(t->options, data, test);
    if (status == HEBB_OK) status = hebb_training_data_open(&source, &t->problem);
    if (status != HEBB_OK || test == NULL) return status;
    source.file = test;
    source.is_test = true;
    source.n_input = t->problem.n_input;
    status = hebb_training_data_open(&source, &t->test);
    if (status != HEBB_OK) return status;
    if (t->test.n_visible != t->problem.n_visible)
        return hebb_fail(HEBB_EDATA, "%s: its cases have %zu units, those of %s have %zu", test, t->test.n_visible,
                         data, t->problem.n_visible);
    if (t->test.n_input == t->problem.n_input) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s: %zu of its units are input, %zu of those of %s", test, t->test.n_input,
                     t->problem.n_input, data);
}

static hebb_status note_problem(hebb_provenance *provenance, const char *key, const hebb_problem *problem)
{
    char line[HEBB_TRAINING_DATA_LINE];
    hebb_training_data_describe(problem, line);
    return hebb_provenance_add(provenance, key, "%s", line);
}

static hebb_status make_provenance(training *t)
{
    char head[80];
    hebb_provenance *provenance = &t->provenance;
    snprintf(head, sizeof head, "hebb train %s", t->learner->name);
    hebb_status status = hebb_provenance_init(provenance, head, t->options);
    if (status == HEBB_OK) status = note_problem(provenance, "data", &t->problem);
    if (status == HEBB_OK && t->test.n_cases > 0) status = note_problem(provenance, "test", &t->test);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, "n_cases", "%zu", t->problem.n_cases);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, "n_input", "%zu", t->problem.n_input);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, "n_output", "%zu", t->problem.n_output);
    if (status == HEBB_OK && t->learner->note != NULL) status = t->learner->note(t->options, provenance);
    return status;
}

static bool is_of_training(const hebb_learner *learner, const char *name)
{
    hebb_option_table tables[HEBB_TRAINING_MAX_TABLES];
    const size_t n = hebb_training_tables(learner, tables);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < tables[k].n; i++)
            if (strcmp(tables[k].options[i].name, name) == 0) return true;
    return false;
}

static hebb_status make_manifest(training *t)
{
    char experiment[80];
    snprintf(experiment, sizeof experiment, HEBB_TRAINING_PREFIX "%s", t->learner->name);
    hebb_status status =
        hebb_manifest_init(&t->manifest, experiment, &t->provenance, 1, t->n_updates > 0 ? (size_t)t->n_updates : 1, 1);
    for (size_t k = 0; k < t->options->n && status == HEBB_OK; k++) {
        const hebb_option_value *value = &t->options->values[k];
        if (value->text != NULL && is_of_training(t->learner, value->option->name))
            status = hebb_manifest_add_option(&t->manifest, value->option->name, value->text);
    }
    t->manifest.csv_plain = t->setting->csv_plain;
    return status;
}

/* All that can be refused is, before anything is written. */
static hebb_status plan(training *t)
{
    hebb_status status = open_problems(t);
    if (status == HEBB_OK) status = t->learner->complete(t->options, &t->problem);
    if (status != HEBB_OK) return status;
    t->n_updates = (uint64_t)hebb_options_integer(t->options, "updates");
    t->log_every = (uint64_t)hebb_options_integer(t->options, "log-every");
    t->stop_after = (uint64_t)hebb_options_integer(t->options, "stop-after");
    t->per_decade = (double)hebb_options_integer(t->options, "per-decade");
    status = make_provenance(t);
    return status == HEBB_OK ? make_manifest(t) : status;
}

/* ---- training ---- */

/* Whether n is the whole number next to some 10^(k/per_decade). */
static bool is_on_grid(uint64_t n, double per_decade)
{
    if (n == 0) return true;
    return llround(pow(10.0, round(per_decade * log10((double)n)) / per_decade)) == (long long)n;
}

static bool is_logged(const training *t, uint64_t n)
{
    enum { EACH_UP_TO = 1000 };
    if (t->log_every > 0) return n % t->log_every == 0;
    return n <= EACH_UP_TO || is_on_grid(n, 100.0);
}

static hebb_status begin(training *t)
{
    const hebb_learner_setting setting = {.options = t->options,
                                          .problem = &t->problem,
                                          .test = t->test.n_cases > 0 ? &t->test : NULL,
                                          .seed = (uint64_t)hebb_options_integer(t->options, "seed"),
                                          .n_threads = t->setting->n_threads};
    t->self = calloc(1, t->learner->size);
    if (t->self == NULL) return hebb_fail(HEBB_ENOMEM, "train %s: no memory for its state", t->learner->name);
    return t->learner->init(t->self, &setting);
}

/* What belongs to update n, once it is done. */
static hebb_status record(training *t)
{
    hebb_training_state *state = &t->state;
    const bool is_checkpoint = state->is_over || is_on_grid(state->update, t->per_decade);
    hebb_status status = HEBB_OK;
    if (state->is_over || is_logged(t, state->update)) status = hebb_training_state_log(state, is_checkpoint);
    if (status == HEBB_OK && is_checkpoint) status = hebb_training_state_keep(state);
    return status;
}

static hebb_status step(training *t)
{
    hebb_training_state *state = &t->state;
    hebb_status status = t->learner->update(t->self, state->update + 1);
    if (status != HEBB_OK) return status;
    state->update++;
    const double error_rate = t->learner->error_rate(t->self, state->update);
    if (t->stop_after > 0 && !isnan(error_rate)) state->is_over = hebb_criterion_add(&state->criterion, error_rate);
    state->is_over = state->is_over || state->update >= t->n_updates;
    return record(t);
}

static hebb_status fail_stopped(const training *t)
{
    const char *why = hebb_stop_reason();
    char *word = hebb_shell_path(t->setting->folder);
    const hebb_status status =
        hebb_fail(HEBB_ESTOPPED,
                  "train %s: stopped%s%s: %" PRIu64 " of %" PRIu64 " updates are done and kept; go on "
                  "with: hebb resume %s",
                  t->learner->name, why != NULL ? " by " : "", why != NULL ? why : "", t->state.update, t->n_updates,
                  word != NULL ? word : t->setting->folder);
    free(word);
    return status;
}

static hebb_status train(training *t)
{
    hebb_training_state *state = &t->state;
    hebb_status status = HEBB_OK;
    state->is_over = state->is_over || state->update >= t->n_updates;
    if (state->n_rows == 0) status = record(t); /* before the first update */
    while (status == HEBB_OK && !state->is_over && !hebb_stop_is_requested()) {
        status = step(t);
        hebb_progress_add(&t->progress, 1.0);
        if (status == HEBB_OK && !state->is_over && hebb_checkpoint_is_due(&state->checkpoint))
            status = hebb_training_state_save(state);
    }
    if (status == HEBB_OK) status = hebb_training_state_save(state);
    return status == HEBB_OK && !state->is_over ? fail_stopped(t) : status;
}

static void say_how_it_ended(const training *t)
{
    if (t->stop_after > 0 && t->state.criterion.running >= t->stop_after)
        say(t, "all cases right for %" PRIu64 " epochs running after %" PRIu64 " updates", t->stop_after,
            t->state.update);
    else
        say(t, "%" PRIu64 " updates are done", t->state.update);
}

/*
 * A training that is over, and what makes it a longer one.  A rate that falls to its last value at the last update is
 * another one with more updates.
 */
static void say_it_is_over(const training *t)
{
    const char *folder = t->setting->folder;
    const bool can_start_from = is_of_training(t->learner, "start-from"),
               has_schedule =
                   is_of_training(t->learner, "final-rate") &&
                   hebb_options_real(t->options, "final-rate") != hebb_options_real(t->options, "learning-rate");
    say(t, "all %" PRIu64 " updates are in %s already; --overwrite trains again", t->state.update, folder);
    if (t->state.update < t->n_updates)
        say(t, "it ended by --stop-after: the same command with --stop-after 0 and another --out goes on");
    else if (!has_schedule)
        say(t,
            "to train longer, give the same command with a larger --updates and another --out: these updates come "
            "again, byte for byte, and then more%s%s",
            can_start_from ? "; or begin at these weights, with --start-from " : "", can_start_from ? folder : "");
    else
        say(t,
            "to train longer, begin at these weights, with --start-from %s and another --out: --final-rate makes "
            "another training of a larger --updates",
            folder);
}

/* Of grey data: what the threshold has made of them.  One below 1 is for greys from 0 to 1. */
static void say_what_is_on(const training *t)
{
    const hebb_problem *of = &t->problem;
    const size_t n = of->n_cases * of->n_visible;
    size_t n_on = 0;
    if (of->cases == NULL || !(of->most > of->least)) return;
    const double threshold = hebb_options_real(t->options, "threshold");
    for (size_t k = 0; k < n; k++) n_on += of->cases[k];
    say(t, "%zu cases of %zu units, values %g to %g, %.0f %% above %g", of->n_cases, of->n_visible, of->least, of->most,
        100.0 * (double)n_on / (double)n, threshold);
    if (threshold >= 0.0 && threshold < 1.0 && of->most > 1.0)
        say(t, "--threshold %g is for greys from 0 to 1; of 0 to %g the middle is %g", threshold, of->most,
            of->most / 2.0);
}

static hebb_status run_in_folder(training *t)
{
    const hebb_training_setting *setting = t->setting;
    hebb_status status = hebb_training_folder_claim(setting->folder, &t->manifest, setting->overwrite, &t->lock);
    if (status == HEBB_OK)
        status = hebb_training_state_init(&t->state, setting->folder, t->learner, t->self, t->manifest.fingerprint,
                                          setting->save_interval);
    if (status != HEBB_OK) return status;
    t->state.provenance = setting->csv_plain ? NULL : &t->provenance;
    t->state.criterion.wanted = t->stop_after;
    status = hebb_training_state_load(&t->state);
    if (status != HEBB_OK) return status;
    if (t->state.is_over) {
        say_it_is_over(t);
        return HEBB_OK;
    }
    if (t->state.update > 0)
        say(t, "goes on after update %" PRIu64, t->state.update);
    else if (hebb_training_folder_is_begun(setting->folder))
        say(t, "begins again: the state or the log in %s is missing or damaged", setting->folder);
    if (t->state.update == 0) say_what_is_on(t);
    const double n_left = (double)(t->n_updates - t->state.update);
    hebb_progress_init(&t->progress, t->learner->name, (size_t)n_left, n_left, !setting->show_progress);
    status = train(t);
    hebb_progress_end(&t->progress);
    if (status == HEBB_OK) say_how_it_ended(t);
    return status;
}

static void free_training(training *t)
{
    if (t->self != NULL) t->learner->free(t->self);
    free(t->self);
    hebb_training_state_free(&t->state);
    if (t->lock >= 0) (void)close(t->lock);
    hebb_manifest_free(&t->manifest);
    hebb_provenance_free(&t->provenance);
    hebb_problem_free(&t->problem);
    hebb_problem_free(&t->test);
}

/* expected: what an earlier call made of the same options; NULL: there was none. */
static hebb_status run(const hebb_learner *learner, hebb_options *options, const hebb_training_setting *setting,
                       const hebb_fingerprint *expected)
{
    training t = {.learner = learner, .options = options, .setting = setting, .lock = -1};
    hebb_status status = plan(&t);
    if (status == HEBB_OK && expected == NULL && learner->refuse_idle != NULL)
        status = learner->refuse_idle(options, &t.problem);
    if (status == HEBB_OK && expected != NULL && !hebb_fingerprint_equals(*expected, t.manifest.fingerprint))
        status = hebb_fail(HEBB_EDATA,
                           "%s/manifest.json: is not the training that its options make now: a file that it read has "
                           "changed; start again in another folder",
                           setting->folder);
    if (status == HEBB_OK) status = begin(&t);
    if (status == HEBB_OK) status = run_in_folder(&t);
    free_training(&t);
    return status;
}

hebb_status hebb_training_run(const hebb_learner *learner, hebb_options *options, const hebb_training_setting *setting)
{
    return run(learner, options, setting, NULL);
}

/* ---- going on ---- */

hebb_status hebb_training_read_options(const hebb_manifest *manifest, const char *folder, const hebb_learner **learner,
                                       hebb_options *options)
{
    hebb_option_table tables[HEBB_TRAINING_MAX_TABLES];
    const char *name = hebb_training_learner_name(manifest);
    *options = (hebb_options){0};
    *learner = name != NULL ? hebb_learner_find(name) : NULL;
    if (*learner == NULL)
        return hebb_fail(HEBB_EDATA, "%s/manifest.json: '%s' is no training", folder, manifest->experiment);
    const size_t n = hebb_training_tables(*learner, tables);
    hebb_status status = hebb_options_init(options, n, tables);
    for (size_t k = 0; k < manifest->n_options && status == HEBB_OK; k++) {
        char origin[1024];
        snprintf(origin, sizeof origin, "%s/manifest.json: %s", folder, manifest->options[k].name);
        status = hebb_options_set(options, origin, manifest->options[k].name, manifest->options[k].text);
    }
    return status;
}

hebb_status hebb_training_resume(const hebb_manifest *manifest, const hebb_training_setting *setting)
{
    const hebb_learner *learner;
    hebb_options options;
    hebb_training_setting own = *setting;
    own.csv_plain = setting->csv_plain || manifest->csv_plain;
    hebb_status status = hebb_training_read_options(manifest, setting->folder, &learner, &options);
    if (status == HEBB_OK) status = run(learner, &options, &own, &manifest->fingerprint);
    hebb_options_free(&options);
    return status;
}

hebb_status hebb_training_survey(const char *folder, const hebb_manifest *manifest, uint64_t *n_done, bool *is_over)
{
    return hebb_training_state_peek(folder, manifest->fingerprint, n_done, is_over);
}
