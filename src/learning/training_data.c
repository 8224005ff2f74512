#include "training_data.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fingerprint.h"
#include "input.h"
#include "problem_file.h"
#include "rbm_learner.h"
#include "training_folder.h"
#include "training_run.h"

static const char SPIN_MODES[] = "builtin:spin-modes";

static bool is_builtin(const char *name)
{
    return strncmp(name, "builtin:", strlen("builtin:")) == 0;
}

/* What is not there is left to the files' readers. */
static hebb_status look(const char *name, bool *is_folder)
{
    struct stat info;
    *is_folder = false;
    if (is_builtin(name)) return HEBB_OK;
    if (stat(name, &info) == 0)
        *is_folder = S_ISDIR(info.st_mode);
    else if (hebb_input_status(errno) != HEBB_ENOINPUT)
        return hebb_fail(hebb_input_status(errno), "%s: cannot be looked at: %s", name, strerror(errno));
    return HEBB_OK;
}

static bool is_real(const hebb_training_source *source)
{
    return source->learner->takes_reals != NULL && source->learner->takes_reals(source->options);
}

/* ---- files and what is built in ---- */

/* A threshold that is beyond all numbers of a file leaves nothing to learn. */
static hebb_status check_threshold(const char *file, double threshold, const hebb_problem *problem)
{
    const size_t n = problem->n_cases * problem->n_visible;
    for (size_t k = 1; k < n; k++)
        if (problem->cases[k] != problem->cases[0]) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--threshold %g: %s of %s is above it: every unit of every case would be %s", threshold,
                     problem->cases[0] != 0 ? "every number" : "no number", file,
                     problem->cases[0] != 0 ? "on" : "off");
}

static hebb_status open_plain(const hebb_training_source *of, const char *file, hebb_problem *problem)
{
    enum { N_DIGITS = 1000, N_SPIN_MODES = 10000 };
    const hebb_options *options = of->options;
    const bool has_threshold = !isnan(of->threshold) || hebb_options_is_set(options, "threshold");
    const double threshold = !isnan(of->threshold) ? of->threshold
                             : has_threshold       ? hebb_options_real(options, "threshold")
                                                   : 0.0;
    const hebb_problem_source source = {.threshold = has_threshold ? &threshold : NULL,
                                        .n_input = of->n_input,
                                        .n_digits = hebb_options_is_set(options, "cases")
                                                        ? (size_t)hebb_options_integer(options, "cases")
                                                    : strcmp(file, SPIN_MODES) == 0 ? N_SPIN_MODES
                                                                                    : N_DIGITS,
                                        .digit_set = of->is_test,
                                        .seed = (uint64_t)hebb_options_integer(options, "seed"),
                                        .is_real = is_real(of)};
    if (source.is_real && is_builtin(file))
        return hebb_fail(HEBB_EUSAGE, "%s is two-valued, --visible-units gaussian takes real data: give binary or sign",
                         file);
    if (source.is_real && has_threshold)
        return hebb_fail(
            HEBB_EUSAGE,
            "--threshold makes data two-valued, --visible-units gaussian takes them as they are: leave one "
            "of them out");
    hebb_status status = hebb_problem_open(file, &source, problem);
    if (status == HEBB_OK && has_threshold && !is_builtin(file)) status = check_threshold(file, threshold, problem);
    if (status != HEBB_OK) hebb_problem_free(problem);
    return status;
}

/* ---- another training's hidden layer ---- */

static hebb_status open_any(const hebb_training_source *source, int n_above, hebb_problem *problem);

typedef struct {
    const char *folder;
    hebb_manifest manifest;
    const hebb_learner *learner;
    hebb_options options;
    uint64_t update;
    hebb_rbm rbm;
} lower;

static void close_lower(lower *it)
{
    hebb_options_free(&it->options);
    hebb_manifest_free(&it->manifest);
    hebb_rbm_free(&it->rbm);
}

static hebb_status open_lower(const char *folder, lower *it)
{
    size_t n = 0;
    uint64_t *updates = NULL;
    *it = (lower){.folder = folder};
    hebb_status status = hebb_manifest_read(&it->manifest, folder);
    if (status == HEBB_ENOINPUT)
        return hebb_fail(HEBB_EDATA,
                         "--data %s: is a folder, but no training's: it has no manifest.json; images are "
                         "given as one file, see hebb-train(1)",
                         folder);
    if (status == HEBB_OK) status = hebb_training_read_options(&it->manifest, folder, &it->learner, &it->options);
    if (status == HEBB_OK && it->learner != &hebb_rbm_learner)
        status =
            hebb_fail(HEBB_EDATA, "--data %s: holds a training of %s; the hidden layer to learn must be of train rbm",
                      folder, it->learner->name);
    if (status == HEBB_OK) status = hebb_training_folder_list(folder, &n, &updates);
    if (status == HEBB_OK && n == 0) status = hebb_fail(HEBB_ENOINPUT, "%s/checkpoints: there is none yet", folder);
    if (status == HEBB_OK) it->update = updates[n - 1];
    free(updates);
    if (status == HEBB_OK) status = hebb_rbm_learner_machine(folder, it->update, &it->options, &it->rbm);
    return status;
}

/* One state of the hidden layer a case; in pieces, as fields take room. */
static hebb_status lift(const lower *it, const hebb_layer_states *cases, hebb_philox noise, hebb_problem *problem)
{
    enum { PIECE = 1000 };
    const size_t nh = it->rbm.n_hidden;
    hebb_rbm_layer up = {0};
    hebb_layer_states hidden = {0};
    double *state = calloc(nh, sizeof *state);
    hebb_status status = hebb_rbm_layer_init(&up, &it->rbm, HEBB_RBM_UP);
    float *fields = status == HEBB_OK ? calloc(PIECE * up.stride, sizeof *fields) : NULL;
    if (status == HEBB_OK) status = hebb_layer_states_init(&hidden, it->rbm.hidden_kind, PIECE, nh);
    if (status == HEBB_OK && (state == NULL || fields == NULL))
        status = hebb_fail(HEBB_ENOMEM, "no memory for %zu hidden states", cases->n_states);
    for (size_t first = 0; first < cases->n_states && status == HEBB_OK; first += PIECE) {
        hebb_layer_states some = *cases;
        some.n_states = cases->n_states - first < PIECE ? cases->n_states - first : PIECE;
        if (some.kind == HEBB_LAYER_GAUSSIAN)
            some.reals += first * some.n_units;
        else
            some.lists.starts += first;
        some.lists.n_states = hidden.n_states = hidden.lists.n_states = some.n_states;
        hebb_rbm_layer_fields(&up, &some, fields);
        hebb_rbm_layer_sample(&up, fields, noise, 0, (uint32_t)first, &hidden);
        for (size_t r = 0; r < some.n_states; r++) {
            hebb_layer_states_get(&hidden, r, state);
            for (size_t j = 0; j < nh; j++)
                if (problem->reals != NULL)
                    problem->reals[(first + r) * nh + j] = (float)state[j];
                else
                    problem->cases[(first + r) * nh + j] = state[j] > 0.0;
        }
    }
    free(fields);
    free(state);
    hebb_layer_states_free(&hidden);
    hebb_rbm_layer_free(&up);
    return status;
}

/* Whether these are the data that the lower machine learnt. */
static hebb_status check_data(const lower *it, const hebb_problem *below)
{
    char line[HEBB_TRAINING_DATA_LINE];
    const char *expected = hebb_provenance_get(&it->manifest.provenance, "data");
    hebb_training_data_describe(below, line);
    if (expected != NULL && strcmp(expected, line) == 0) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "--data %s: the data of that training, %s, have changed since", it->folder,
                     hebb_options_text(&it->options, "data"));
}

static hebb_status check_kind(const hebb_training_source *source, const lower *it)
{
    const bool has_reals = it->rbm.hidden_kind == HEBB_LAYER_GAUSSIAN;
    if (hebb_options_is_set(source->options, "threshold") || hebb_options_is_set(source->options, "cases"))
        return hebb_fail(HEBB_EUSAGE, "--threshold and --cases are for the data of %s: leave them out", it->folder);
    if (is_real(source) == has_reals) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "--data %s: its hidden units are %s: %s", it->folder,
                     hebb_layer_words[it->rbm.hidden_kind],
                     has_reals ? "--visible-units gaussian learns them" : "leave --visible-units out");
}

/* Folders that were moved may come to name each other: n_above, layers above this one, has an end. */
static hebb_status open_stacked(const hebb_training_source *source, const char *folder, int n_above,
                                hebb_problem *problem)
{
    enum { MOST_LAYERS = 32 };
    char digest[HEBB_FINGERPRINT_LENGTH];
    lower it;
    hebb_problem below = {0};
    hebb_layer_states cases = {0};
    if (n_above == MOST_LAYERS)
        return hebb_fail(HEBB_EDATA, "--data %s: more than %d layers below; does a training learn itself?", folder,
                         MOST_LAYERS);
    hebb_status status = open_lower(folder, &it);
    if (status == HEBB_OK) status = check_kind(source, &it);
    const hebb_training_source its = {.learner = it.learner,
                                      .options = &it.options,
                                      .file = source->file,
                                      .is_test = source->is_test,
                                      .threshold = source->threshold};
    if (status == HEBB_OK) status = open_any(&its, n_above + 1, &below);
    if (status == HEBB_OK && !source->is_test) status = check_data(&it, &below);
    if (status == HEBB_OK && below.n_visible != it.rbm.n_visible)
        status = hebb_fail(HEBB_EDATA, "%s: its cases have %zu units, the machine of %s has %zu visible ones",
                           source->is_test ? source->file : folder, below.n_visible, folder, it.rbm.n_visible);
    if (status == HEBB_OK) status = hebb_training_data_states(&below, it.rbm.visible_kind, &cases);
    if (status == HEBB_OK) status = hebb_problem_init(problem, 0, it.rbm.n_hidden, below.n_cases);
    if (status != HEBB_OK) goto out;
    if (it.rbm.hidden_kind == HEBB_LAYER_GAUSSIAN) {
        free(problem->cases);
        problem->cases = NULL;
        problem->reals = calloc(below.n_cases * it.rbm.n_hidden, sizeof *problem->reals);
        if (problem->reals == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for %zu cases", below.n_cases);
    }
    problem->is_sign = it.rbm.hidden_kind == HEBB_LAYER_SIGN;
    snprintf(problem->origin, sizeof problem->origin, "hidden layer of %s after update %" PRIu64,
             hebb_fingerprint_format(it.manifest.fingerprint, digest), it.update);
    const uint64_t seed = (uint64_t)hebb_options_integer(source->options, "seed");
    if (status == HEBB_OK)
        status = lift(&it, &cases, hebb_philox_derive(seed, HEBB_DRAW_CLAMP, 0, source->is_test), problem);
    if (status != HEBB_OK) hebb_problem_free(problem);
out:
    hebb_layer_states_free(&cases);
    hebb_problem_free(&below);
    close_lower(&it);
    return status;
}

/* ---- either ---- */

static hebb_status open_any(const hebb_training_source *source, int n_above, hebb_problem *problem)
{
    const char *data = hebb_options_text(source->options, "data");
    *problem = (hebb_problem){0};
    bool is_folder;
    const hebb_status status = look(data, &is_folder);
    if (status != HEBB_OK) return status;
    if (is_folder) return open_stacked(source, data, n_above, problem);
    return open_plain(source, source->is_test ? source->file : data, problem);
}

hebb_status hebb_training_data_open(const hebb_training_source *source, hebb_problem *problem)
{
    return open_any(source, 0, problem);
}

void hebb_training_data_describe(const hebb_problem *problem, char line[HEBB_TRAINING_DATA_LINE])
{
    char digest[HEBB_FINGERPRINT_LENGTH];
    const size_t n = problem->n_cases * problem->n_visible;
    if (*problem->name != '\0') {
        snprintf(line, HEBB_TRAINING_DATA_LINE, "builtin:%s", problem->name);
        return;
    }
    const hebb_fingerprint fingerprint =
        problem->reals != NULL ? hebb_fingerprint_of(n * sizeof *problem->reals, (const char *)problem->reals)
                               : hebb_fingerprint_of(n, (const char *)problem->cases);
    snprintf(line, HEBB_TRAINING_DATA_LINE, "%s%s%zu %scases of %zu units, XXH3 %s", problem->origin,
             *problem->origin != '\0' ? ": " : "", problem->n_cases, problem->reals != NULL ? "real " : "",
             problem->n_visible, hebb_fingerprint_format(fingerprint, digest));
}

hebb_status hebb_training_data_states(const hebb_problem *problem, hebb_layer_kind kind, hebb_layer_states *states)
{
    *states = (hebb_layer_states){.n_states = problem->n_cases, .n_units = problem->n_visible, .kind = kind};
    if (kind != HEBB_LAYER_GAUSSIAN)
        return hebb_index_lists_from_bytes(&states->lists, problem->n_cases, problem->n_visible, problem->cases);
    const size_t n = problem->n_cases * problem->n_visible;
    states->reals = malloc(n * sizeof *states->reals);
    if (states->reals == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu cases", problem->n_cases);
    memcpy(states->reals, problem->reals, n * sizeof *states->reals);
    return HEBB_OK;
}
