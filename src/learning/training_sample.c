#include "training_sample.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "npy.h"
#include "number.h"
#include "pgm.h"
#include "training_data.h"
#include "training_folder.h"
#include "training_run.h"

/* ---- options ---- */

static const hebb_option sampling[] = {
    {"count", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 4294967295.0), HEBB_OPTION_RESULT,
     "samples, each of a chain of its own"},
    {"update", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 1e12), HEBB_OPTION_RESULT,
     "the checkpoint after so many updates; the last where not given"},
    {"input", 0, HEBB_OPTION_TEXT, "BITS", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "clamp the input units, a digit 0 or 1 each; free where not given"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT,
     "at each temperature of annealing, or rounds of exchange: enough to reach the machine's law"},
    {"method", 0, HEBB_OPTION_CHOICE, "gibbs|trajectory", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "of an RBM: chains of the machine alone, or replica exchange through its training; gibbs where not given"},
    {"start", 0, HEBB_OPTION_CHOICE, "random|data", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "of an RBM's chains: random states, or cases that it learnt; random where not given"},
    {"means", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "of an RBM: the means of the visible units given the hidden ones, in place of states"},
    {"temperature", 0, HEBB_OPTION_REAL, "T", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "where annealing ends; as in training where not given"},
    {"shape", 0, HEBB_OPTION_TEXT, "RxC", NULL, HEBB_ANY, 0,
     "rows and columns of an image in a .pgm; a square where not given"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "of the starts and the sampling"},
};
const hebb_option_table hebb_training_sample_options = {sizeof sampling / sizeof *sampling, sampling};

static bool is_choice(const hebb_options *options, const char *name, const char *word)
{
    const char *text = hebb_options_text(options, name);
    return text != NULL && strcmp(text, word) == 0;
}

hebb_training_sample_setting hebb_training_sample_read(const hebb_options *options, const char *folder)
{
    const bool has_update = hebb_options_is_set(options, "update"),
               has_temperature = hebb_options_is_set(options, "temperature");
    return (hebb_training_sample_setting){.folder = folder,
                                          .update = has_update ? hebb_options_integer(options, "update") : -1,
                                          .input = hebb_options_text(options, "input"),
                                          .temperature =
                                              has_temperature ? hebb_options_real(options, "temperature") : NAN,
                                          .sweeps = hebb_options_integer(options, "sweeps"),
                                          .seed = (uint64_t)hebb_options_integer(options, "seed"),
                                          .n_samples = (size_t)hebb_options_integer(options, "count"),
                                          .follows_trajectory = is_choice(options, "method", "trajectory"),
                                          .starts_at_data = is_choice(options, "start", "data"),
                                          .wants_means = hebb_options_flag(options, "means"),
                                          .n_threads = 1};
}

/* ---- pictures ---- */

/* Rows and columns of an image of n units; shape: NULL, a square.  A wide one is proposed in the place of a square. */
static hebb_status read_shape(size_t n, const char *shape, size_t *rows, size_t *columns)
{
    int length = 0;
    const size_t side = (size_t)llround(sqrt((double)n));
    *rows = *columns = side;
    if (shape == NULL && side * side == n) return HEBB_OK;
    if (shape == NULL) {
        size_t most = (size_t)sqrt((double)n);
        while (most > 1 && n % most != 0) most--;
        return hebb_fail(HEBB_EUSAGE, "%zu units make no square picture: give --shape ROWSxCOLUMNS, e.g. %zux%zu", n,
                         most, n / most);
    }
    if (strspn(shape, "0123456789x") != strlen(shape) || sscanf(shape, "%zux%zu%n", rows, columns, &length) != 2 ||
        shape[length] != '\0')
        return hebb_fail(HEBB_EUSAGE, "--shape: '%s' is no shape: give ROWSxCOLUMNS, e.g. 28x28", shape);
    if (*rows > 0 && *rows <= n && n % *rows == 0 && n / *rows == *columns) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--shape: %s is not %zu pixels, one a visible unit", shape, n);
}

static hebb_status check_picture(const hebb_training_sample_setting *setting, size_t n_visible)
{
    size_t rows, columns;
    return setting->is_picture ? read_shape(n_visible, setting->shape, &rows, &columns) : HEBB_OK;
}

/* ---- drawing ---- */

static hebb_status find_update(const hebb_training_sample_setting *setting, uint64_t *update)
{
    size_t n;
    uint64_t *updates;
    bool found = false;
    hebb_status status = hebb_training_folder_list(setting->folder, &n, &updates);
    if (status != HEBB_OK) return status;
    if (setting->update < 0 && n > 0) *update = updates[n - 1];
    for (size_t k = 0; k < n && setting->update >= 0; k++)
        if (updates[k] == (uint64_t)setting->update) found = true;
    if (setting->update >= 0) *update = (uint64_t)setting->update;
    if (n == 0)
        status = hebb_fail(HEBB_ENOINPUT, "%s/checkpoints: there is none yet", setting->folder);
    else if (setting->update >= 0 && !found)
        status = hebb_fail(HEBB_ENOINPUT, "%s/checkpoints: there is none of update %ld; the last is of update %" PRIu64,
                           setting->folder, setting->update, updates[n - 1]);
    free(updates);
    return status;
}

/* Where the last checkpoint was to be taken and the training is known to be further. */
static hebb_status note_update(const hebb_training_sample_setting *setting, const hebb_manifest *manifest,
                               hebb_training_sample *sample)
{
    uint64_t n_done;
    bool is_over;
    const size_t n = strlen(sample->note);
    if (setting->update >= 0) return HEBB_OK;
    const hebb_status status = hebb_training_survey(setting->folder, manifest, &n_done, &is_over);
    if (status == HEBB_OK && n_done > sample->update)
        snprintf(sample->note + n, sizeof sample->note - n,
                 "%sdrawn after update %" PRIu64 ", the last whole checkpoint; %" PRIu64 " updates are done",
                 n > 0 ? "; " : "", sample->update, n_done);
    return status;
}

/* A number of the manifest's provenance. */
static hebb_status read_count(const hebb_manifest *manifest, const char *folder, const char *key, size_t *n)
{
    long value;
    const char *text = hebb_provenance_get(&manifest->provenance, key);
    if (text == NULL || !hebb_number_parse_integer(text, &value) || value < 0)
        return hebb_fail(HEBB_EDATA, "%s/manifest.json: '%s' is no number of units", folder, key);
    *n = (size_t)value;
    return HEBB_OK;
}

static hebb_status read_input(const hebb_sample_request *request, const char *text, uint8_t **input)
{
    *input = NULL;
    if (text == NULL) return HEBB_OK;
    if (request->n_input == 0) return hebb_fail(HEBB_EUSAGE, "--input: this machine has no input units; leave it out");
    if (strlen(text) != request->n_input || strspn(text, "01") != request->n_input)
        return hebb_fail(HEBB_EUSAGE, "--input: '%s' is not %zu digits 0 or 1, one an input unit", text,
                         request->n_input);
    *input = malloc(request->n_input);
    if (*input == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the input");
    for (size_t i = 0; i < request->n_input; i++) (*input)[i] = text[i] == '1';
    return HEBB_OK;
}

static hebb_status check_arrays(const char *folder, const hebb_training_arrays *arrays, size_t n_visible)
{
    if (arrays->arrays[0].n_rows == n_visible) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s/checkpoints: weights of %zu visible units, %zu are in manifest.json", folder,
                     arrays->arrays[0].n_rows, n_visible);
}

static hebb_status make_room(hebb_training_sample *sample, bool has_values)
{
    const size_t n = sample->n_samples * sample->n_visible;
    const hebb_status status = hebb_memory_check("samples", has_values ? 9.0 * (double)n : (double)n, 1);
    if (status != HEBB_OK) return status;
    sample->states = malloc(n);
    if (has_values) sample->values = malloc(n * sizeof *sample->values);
    return sample->states != NULL && (!has_values || sample->values != NULL)
               ? HEBB_OK
               : hebb_fail(HEBB_ENOMEM, "no memory for %zu samples", sample->n_samples);
}

static hebb_status copy_provenance(const hebb_manifest *manifest, hebb_training_sample *sample)
{
    const char *trained = hebb_provenance_get(&manifest->provenance, "command"),
               *data = hebb_provenance_get(&manifest->provenance, "data");
    sample->trained = strdup(trained != NULL ? trained : "");
    sample->data = strdup(data != NULL ? data : "");
    return sample->trained != NULL && sample->data != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a line");
}

/* What is for RBMs is refused elsewhere, and what an RBM has no use for there. */
static hebb_status check_use(const hebb_training_sample_setting *setting, const hebb_learner *learner)
{
    const char *option = setting->follows_trajectory ? "--method trajectory"
                         : setting->starts_at_data   ? "--start data"
                         : setting->wants_means      ? "--means"
                                                     : NULL;
    if (!learner->has_trajectory && option != NULL)
        return hebb_fail(HEBB_EUSAGE, "%s: for restricted Boltzmann machines; %s holds a training of %s", option,
                         setting->folder, learner->name);
    if (setting->sweeps == 0 && !setting->starts_at_data)
        return hebb_fail(HEBB_EDOM, "--sweeps: 0 is out of range without --start data: a random state is no sample");
    if (setting->sweeps == 0 && setting->wants_means)
        return hebb_fail(HEBB_EDOM, "--sweeps: 0 is out of range with --means: they are those of a sweep");
    if (!learner->has_trajectory) return HEBB_OK;
    if (!isnan(setting->temperature))
        return hebb_fail(HEBB_EUSAGE,
                         "--temperature: restricted Boltzmann machines are at temperature 1; leave it out");
    if (setting->input != NULL)
        return hebb_fail(HEBB_EUSAGE, "--input: all units of a restricted Boltzmann machine are free; leave it out");
    if (setting->follows_trajectory && setting->starts_at_data)
        return hebb_fail(HEBB_EUSAGE,
                         "--start data: --method trajectory begins without weights; leave one of them out");
    return HEBB_OK;
}

/* The cases that were learnt. */
static hebb_status open_data(const hebb_learner *learner, const hebb_options *options, hebb_problem *problem)
{
    const hebb_training_source source = {
        .learner = learner, .options = options, .file = hebb_options_text(options, "data"), .threshold = NAN};
    return hebb_training_data_open(&source, problem);
}

static hebb_status draw(hebb_training_sample *sample, const hebb_training_sample_setting *setting,
                        const hebb_manifest *manifest, const hebb_learner *learner, const hebb_options *options)
{
    hebb_training_arrays arrays = {0};
    uint8_t *input = NULL;
    hebb_problem cases = {0};
    hebb_sample_request request = {.options = options,
                                   .folder = setting->folder,
                                   .follows_trajectory = setting->follows_trajectory,
                                   .wants_means = setting->wants_means,
                                   .n_threads = setting->n_threads,
                                   .note = sample->note,
                                   .temperature = setting->temperature,
                                   .sweeps = setting->sweeps,
                                   .seed = setting->seed,
                                   .n_samples = setting->n_samples};
    const bool has_values = setting->wants_means || (learner->takes_reals != NULL && learner->takes_reals(options));
    hebb_status status = check_use(setting, learner);
    if (status == HEBB_OK) status = read_count(manifest, setting->folder, "n_input", &request.n_input);
    if (status == HEBB_OK) status = read_count(manifest, setting->folder, "n_output", &request.n_output);
    if (status == HEBB_OK) status = read_input(&request, setting->input, &input);
    if (status == HEBB_OK) status = find_update(setting, &sample->update);
    if (status == HEBB_OK) status = hebb_training_folder_read(setting->folder, sample->update, &arrays);
    sample->n_visible = request.n_input + request.n_output;
    if (status == HEBB_OK) status = check_picture(setting, sample->n_visible);
    if (status == HEBB_OK) status = check_arrays(setting->folder, &arrays, sample->n_visible);
    if (status == HEBB_OK) status = make_room(sample, has_values);
    if (status == HEBB_OK && setting->starts_at_data) status = open_data(learner, options, &cases);
    if (status == HEBB_OK && setting->starts_at_data && cases.n_visible != sample->n_visible)
        status = hebb_fail(HEBB_EDATA, "%s: its cases have %zu units, %zu are in manifest.json",
                           hebb_options_text(options, "data"), cases.n_visible, sample->n_visible);
    request.update = sample->update;
    request.values = sample->values;
    request.start = setting->starts_at_data ? &cases : NULL;
    request.n_hidden = arrays.arrays[0].n_columns;
    request.n_arrays = arrays.n;
    request.arrays = arrays.arrays;
    request.input = input;
    if (status == HEBB_OK) status = learner->sample(&request, sample->states);
    if (status == HEBB_OK) status = note_update(setting, manifest, sample);
    free(input);
    hebb_problem_free(&cases);
    hebb_training_arrays_free(&arrays);
    return status;
}

hebb_status hebb_training_sample_draw(hebb_training_sample *sample, const hebb_training_sample_setting *setting)
{
    hebb_manifest manifest;
    hebb_options options = {0};
    const hebb_learner *learner = NULL;
    *sample = (hebb_training_sample){.n_samples = setting->n_samples};
    hebb_status status = hebb_manifest_read(&manifest, setting->folder);
    if (status == HEBB_OK) status = hebb_training_read_options(&manifest, setting->folder, &learner, &options);
    if (status == HEBB_OK) status = copy_provenance(&manifest, sample);
    if (status == HEBB_OK) status = draw(sample, setting, &manifest, learner, &options);
    hebb_options_free(&options);
    hebb_manifest_free(&manifest);
    return status;
}

void hebb_training_sample_free(hebb_training_sample *sample)
{
    free(sample->states);
    free(sample->values);
    free(sample->trained);
    free(sample->data);
    free(sample->names);
    *sample = (hebb_training_sample){0};
}

/* ---- files ---- */

hebb_status hebb_training_sample_provenance(const hebb_training_sample *sample, const hebb_options *options,
                                            hebb_provenance *provenance)
{
    hebb_status status = hebb_provenance_init(provenance, "hebb sample", options);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, "trained", "%s", sample->trained);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, "data", "%s", sample->data);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, "update", "%" PRIu64, sample->update);
    return status;
}

hebb_status hebb_training_sample_table(hebb_training_sample *sample, hebb_table *table)
{
    *table = (hebb_table){0};
    if (sample->names == NULL) sample->names = calloc(sample->n_visible, sizeof *sample->names);
    if (sample->names == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for the names of %zu columns", sample->n_visible);
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < sample->n_visible && status == HEBB_OK; i++) {
        snprintf(sample->names[i], sizeof sample->names[i], "v%zu", i + 1);
        status = hebb_table_add_column(table, (hebb_column){sample->names[i], "1",
                                                            sample->values != NULL
                                                                ? "mean or state of a visible unit"
                                                                : "state of a visible unit, input before output"});
    }
    const size_t n = sample->n_samples * sample->n_visible;
    for (size_t k = 0; k < n && status == HEBB_OK; k++)
        hebb_table_number(table, sample->values != NULL ? sample->values[k] : (double)sample->states[k]);
    return status;
}

hebb_status hebb_training_sample_write_npy(const hebb_training_sample *sample, const char *path)
{
    return hebb_npy_write(&(hebb_array){.type = sample->values != NULL ? HEBB_ARRAY_F64 : HEBB_ARRAY_I8,
                                        .n_dimensions = 2,
                                        .shape = {sample->n_samples, sample->n_visible},
                                        .data = sample->values != NULL ? (void *)sample->values : sample->states},
                          path);
}

/* The lowest number of the units: -1 of those that are -1 and +1. */
static double lowest_of(const hebb_training_sample *sample)
{
    const size_t n = sample->n_samples * sample->n_visible;
    for (size_t k = 0; k < n; k++)
        if (sample->values != NULL ? sample->values[k] < 0.0 : sample->states[k] < 0) return -1.0;
    return 0.0;
}

static uint8_t grey_of(const hebb_training_sample *sample, double lowest, size_t k)
{
    const double x = sample->values != NULL ? sample->values[k] : (double)sample->states[k],
                 share = (x - lowest) / (1.0 - lowest);
    return (uint8_t)lround(255.0 * fmin(1.0, fmax(0.0, share)));
}

hebb_status hebb_training_sample_write_pgm(const hebb_training_sample *sample, const char *shape, const char *path)
{
    enum { BETWEEN = 128 };
    const double lowest = lowest_of(sample);
    size_t rows, columns;
    hebb_status status = read_shape(sample->n_visible, shape, &rows, &columns);
    if (status != HEBB_OK) return status;
    const size_t across = (size_t)ceil(sqrt((double)sample->n_samples)),
                 down = (sample->n_samples + across - 1) / across;
    const size_t height = down * (rows + 1) + 1, width = across * (columns + 1) + 1;
    status = hebb_memory_check("a sheet of images", (double)height * (double)width, 1);
    uint8_t *sheet = status == HEBB_OK ? malloc(height * width) : NULL;
    if (sheet == NULL) return status == HEBB_OK ? hebb_fail(HEBB_ENOMEM, "%s: no memory for its pixels", path) : status;
    memset(sheet, BETWEEN, height * width);
    for (size_t c = 0; c < sample->n_samples; c++)
        for (size_t i = 0; i < sample->n_visible; i++)
            sheet[(c / across * (rows + 1) + 1 + i / columns) * width + c % across * (columns + 1) + 1 + i % columns] =
                grey_of(sample, lowest, c * sample->n_visible + i);
    status = hebb_pgm_write(path, height, width, sheet);
    free(sheet);
    return status;
}
