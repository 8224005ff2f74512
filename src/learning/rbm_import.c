/* Machines from files: checkpoints of trainings, and weights trained elsewhere. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"
#include "memory.h"
#include "npy.h"
#include "rbm_learner.h"
#include "training_folder.h"

hebb_layer_kind hebb_rbm_learner_kind(const hebb_options *options, const char *name)
{
    const char *word = hebb_options_text(options, name);
    size_t k = HEBB_LAYER_KINDS - 1;
    while (k > 0 && (word == NULL || strcmp(word, hebb_layer_words[k]) != 0)) k--;
    return (hebb_layer_kind)k;
}

static hebb_status check_hidden(const char *folder, uint64_t update, const hebb_options *options, size_t nv, size_t nh)
{
    if (!hebb_options_is_set(options, "hidden") || (size_t)hebb_options_integer(options, "hidden") == nh)
        return HEBB_OK;
    return hebb_fail(HEBB_EDATA,
                     "%s/checkpoints/%08" PRIu64 "/weights.npy: %zu x %zu weights; manifest.json says %ld hidden units",
                     folder, update, nv, nh, hebb_options_integer(options, "hidden"));
}

hebb_status hebb_rbm_learner_machine(const char *folder, uint64_t update, const hebb_options *options, hebb_rbm *rbm)
{
    hebb_training_arrays arrays;
    *rbm = (hebb_rbm){0};
    hebb_status status = hebb_training_folder_read(folder, update, &arrays);
    const size_t nv = arrays.arrays[0].n_rows, nh = arrays.arrays[0].n_columns;
    if (status == HEBB_OK) status = check_hidden(folder, update, options, nv, nh);
    if (status == HEBB_OK)
        status = hebb_rbm_init(rbm, nv, hebb_rbm_learner_kind(options, "visible-units"), nh,
                               hebb_rbm_learner_kind(options, "hidden-units"));
    for (size_t k = 0; k < arrays.n && status == HEBB_OK; k++) {
        const hebb_learner_array *array = arrays.arrays + k;
        if (strcmp(array->name, HEBB_ARRAY_WEIGHTS) == 0) memcpy(rbm->weights, array->values, nv * nh * sizeof(double));
        if (strcmp(array->name, HEBB_ARRAY_VISIBLE_BIAS) == 0)
            memcpy(rbm->visible_bias, array->values, nv * sizeof(double));
        if (strcmp(array->name, HEBB_ARRAY_HIDDEN_BIAS) == 0)
            memcpy(rbm->hidden_bias, array->values, nh * sizeof(double));
    }
    if (status == HEBB_OK) {
        rbm->sigma_v = hebb_options_real(options, "sigma-v");
        rbm->sigma_h = hebb_options_real(options, "sigma-h");
    }
    hebb_training_arrays_free(&arrays);
    return status;
}

/* ---- weights trained elsewhere ---- */

static const double LARGEST = 1e30; /* of a weight or a bias */

/* Numbers that must be finite, and sums of 2^20 of them too. */
static hebb_status take_numbers(const char *path, const hebb_array *array, double *numbers)
{
    const size_t n = hebb_array_n_elements(array);
    for (size_t k = 0; k < n; k++) {
        numbers[k] = hebb_array_get(array, k);
        if (!isfinite(numbers[k])) return hebb_fail(HEBB_EDATA, "%s: element %zu is not finite", path, k);
        if (fabs(numbers[k]) > LARGEST)
            return hebb_fail(HEBB_EDATA, "%s: element %zu is %g: sums of such numbers leave single precision", path, k,
                             numbers[k]);
    }
    return HEBB_OK;
}

static hebb_status read_weights(const char *path, hebb_rbm *rbm)
{
    hebb_array array;
    hebb_status status = hebb_npy_read(path, hebb_memory_available() / 4, &array);
    if (status != HEBB_OK) return status;
    if (array.n_dimensions != 2)
        status = hebb_fail(HEBB_EDATA, "%s: %zu dimensions; weights are an array of visible by hidden units", path,
                           array.n_dimensions);
    if (status == HEBB_OK)
        status = hebb_rbm_init(rbm, array.shape[0], HEBB_LAYER_BINARY, array.shape[1], HEBB_LAYER_BINARY);
    if (status == HEBB_OK) status = take_numbers(path, &array, rbm->weights);
    hebb_array_free(&array);
    return status;
}

/* *path: FOLDER/NAME.npy, the caller's to free; NULL where there is no such file, or after a failure. */
static hebb_status find_file(const char *folder, const char *name, char **path)
{
    hebb_status status = HEBB_OK;
    if (asprintf(path, "%s/%s.npy", folder, name) < 0) {
        *path = NULL;
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", folder);
    }
    if (access(*path, F_OK) == 0) return HEBB_OK;
    if (errno != ENOENT)
        status = hebb_fail(hebb_input_status(errno), "%s: cannot be looked at: %s", *path, strerror(errno));
    free(*path);
    *path = NULL;
    return status;
}

/* A bias of the weights' file, where it is there. */
static hebb_status read_bias(const char *folder, const char *name, size_t n, double *bias)
{
    char *path;
    hebb_array array = {0};
    hebb_status status = find_file(folder, name, &path);
    if (status != HEBB_OK || path == NULL) return status;
    status = hebb_npy_read(path, hebb_memory_available() / 4, &array);
    if (status == HEBB_OK && array.n_dimensions != 1)
        status = hebb_fail(HEBB_EDATA, "%s: %zu dimensions; a bias is an array of one, a number a unit", path,
                           array.n_dimensions);
    if (status == HEBB_OK && hebb_array_n_elements(&array) != n)
        status = hebb_fail(HEBB_EDATA, "%s: %zu numbers, the weights beside it have %zu such units", path,
                           hebb_array_n_elements(&array), n);
    if (status == HEBB_OK) status = take_numbers(path, &array, bias);
    hebb_array_free(&array);
    free(path);
    return status;
}

/* The folder of a training's last checkpoint; the caller frees it. */
static hebb_status find_checkpoint(const char *folder, char **checkpoint)
{
    size_t n;
    uint64_t *updates;
    hebb_status status = hebb_training_folder_list(folder, &n, &updates);
    if (status != HEBB_OK) return status;
    if (n == 0)
        status = hebb_fail(HEBB_ENOINPUT, "%s: has neither weights.npy nor a training's checkpoints", folder);
    else if (asprintf(checkpoint, "%s/checkpoints/%08" PRIu64, folder, updates[n - 1]) < 0) {
        *checkpoint = NULL;
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory", folder);
    }
    free(updates);
    return status;
}

hebb_status hebb_rbm_import(const char *path, hebb_rbm *rbm)
{
    struct stat info;
    char *folder = NULL, *weights = NULL;
    hebb_status status = HEBB_OK;
    *rbm = (hebb_rbm){0};
    if (stat(path, &info) != 0)
        return hebb_fail(hebb_input_status(errno), "%s: cannot be opened: %s", path, strerror(errno));
    if (S_ISDIR(info.st_mode)) {
        status = find_file(path, HEBB_ARRAY_WEIGHTS, &weights);
        if (status == HEBB_OK && weights != NULL) folder = strdup(path);
        if (status == HEBB_OK && weights == NULL) {
            status = find_checkpoint(path, &folder);
            if (status == HEBB_OK) status = find_file(folder, HEBB_ARRAY_WEIGHTS, &weights);
            if (status == HEBB_OK && weights == NULL)
                status = hebb_fail(HEBB_ENOINPUT, "%s: has no weights.npy", folder);
        }
    } else {
        const char *slash = strrchr(path, '/');
        folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
        weights = strdup(path);
    }
    if (status == HEBB_OK && (folder == NULL || weights == NULL))
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its path", path);
    if (status == HEBB_OK) status = read_weights(weights, rbm);
    if (status == HEBB_OK) status = read_bias(folder, HEBB_ARRAY_VISIBLE_BIAS, rbm->n_visible, rbm->visible_bias);
    if (status == HEBB_OK) status = read_bias(folder, HEBB_ARRAY_HIDDEN_BIAS, rbm->n_hidden, rbm->hidden_bias);
    free(folder);
    free(weights);
    return status;
}
