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
#include "training_folder.h"
#include "training_run.h"

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

static hebb_status make_room(hebb_training_sample *sample)
{
    const double n = (double)sample->n_samples * (double)sample->n_visible;
    const hebb_status status = hebb_memory_check("samples", n, 1);
    if (status != HEBB_OK) return status;
    sample->states = malloc(sample->n_samples * sample->n_visible);
    return sample->states != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for %zu samples", sample->n_samples);
}

static hebb_status copy_provenance(const hebb_manifest *manifest, hebb_training_sample *sample)
{
    const char *trained = hebb_provenance_get(&manifest->provenance, "command"),
               *data = hebb_provenance_get(&manifest->provenance, "data");
    sample->trained = strdup(trained != NULL ? trained : "");
    sample->data = strdup(data != NULL ? data : "");
    return sample->trained != NULL && sample->data != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a line");
}

static hebb_status draw(hebb_training_sample *sample, const hebb_training_sample_setting *setting,
                        const hebb_manifest *manifest, const hebb_learner *learner, const hebb_options *options)
{
    hebb_training_arrays arrays = {0};
    uint8_t *input = NULL;
    hebb_sample_request request = {.options = options,
                                   .temperature = setting->temperature,
                                   .sweeps = setting->sweeps,
                                   .seed = setting->seed,
                                   .n_samples = setting->n_samples};
    hebb_status status = read_count(manifest, setting->folder, "n_input", &request.n_input);
    if (status == HEBB_OK) status = read_count(manifest, setting->folder, "n_output", &request.n_output);
    if (status == HEBB_OK) status = read_input(&request, setting->input, &input);
    if (status == HEBB_OK) status = find_update(setting, &sample->update);
    if (status == HEBB_OK) status = hebb_training_folder_read(setting->folder, sample->update, &arrays);
    sample->n_visible = request.n_input + request.n_output;
    if (status == HEBB_OK) status = check_arrays(setting->folder, &arrays, sample->n_visible);
    if (status == HEBB_OK) status = make_room(sample);
    request.n_hidden = arrays.arrays[0].n_columns;
    request.n_arrays = arrays.n;
    request.arrays = arrays.arrays;
    request.input = input;
    if (status == HEBB_OK) status = learner->sample(&request, sample->states);
    free(input);
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
    free(sample->trained);
    free(sample->data);
    free(sample->names);
    *sample = (hebb_training_sample){0};
}

/* ---- files ---- */

hebb_status hebb_training_sample_table(hebb_training_sample *sample, hebb_table *table)
{
    *table = (hebb_table){0};
    if (sample->names == NULL) sample->names = calloc(sample->n_visible, sizeof *sample->names);
    if (sample->names == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for the names of %zu columns", sample->n_visible);
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < sample->n_visible && status == HEBB_OK; i++) {
        snprintf(sample->names[i], sizeof sample->names[i], "v%zu", i + 1);
        status = hebb_table_add_column(
            table, (hebb_column){sample->names[i], "1", "state of a visible unit, input before output"});
    }
    const size_t n = sample->n_samples * sample->n_visible;
    for (size_t k = 0; k < n && status == HEBB_OK; k++) hebb_table_number(table, sample->states[k]);
    return status;
}

hebb_status hebb_training_sample_write_npy(const hebb_training_sample *sample, const char *path)
{
    return hebb_npy_write(&(hebb_array){.type = HEBB_ARRAY_I8,
                                        .n_dimensions = 2,
                                        .shape = {sample->n_samples, sample->n_visible},
                                        .data = sample->states},
                          path);
}

static hebb_status read_shape(const hebb_training_sample *sample, const char *shape, size_t *rows, size_t *columns)
{
    int length = 0;
    const size_t n = sample->n_visible, side = (size_t)llround(sqrt((double)n));
    *rows = side * side == n ? side : 1;
    *columns = n / *rows;
    if (shape == NULL) return HEBB_OK;
    if (strspn(shape, "0123456789x") != strlen(shape) || sscanf(shape, "%zux%zu%n", rows, columns, &length) != 2 ||
        shape[length] != '\0')
        return hebb_fail(HEBB_EUSAGE, "--shape: '%s' is no shape: give ROWSxCOLUMNS, e.g. 28x28", shape);
    if (*rows > 0 && *rows <= n && n % *rows == 0 && n / *rows == *columns) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--shape: %s is not %zu pixels, one a visible unit", shape, n);
}

hebb_status hebb_training_sample_write_pgm(const hebb_training_sample *sample, const char *shape, const char *path)
{
    enum { OFF = 0, BETWEEN = 128, ON = 255 };
    size_t rows, columns;
    hebb_status status = read_shape(sample, shape, &rows, &columns);
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
                sample->states[c * sample->n_visible + i] > 0 ? ON : OFF;
    status = hebb_pgm_write(path, height, width, sheet);
    free(sheet);
    return status;
}
