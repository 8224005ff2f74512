#include "rbm_run.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input.h"
#include "rbm_learner.h"
#include "training_data.h"
#include "training_folder.h"
#include "training_run.h"

/* ---- weights trained elsewhere ---- */

static hebb_status fail_memory(const char *folder)
{
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for its arrays", folder);
}

/* Whether the file is there.  HEBB_EIO where that cannot be seen. */
static hebb_status has_file(const char *folder, const char *name, const char *ending, bool *found)
{
    char *path;
    *found = false;
    if (asprintf(&path, "%s/%s%s", folder, name, ending) < 0) return fail_memory(folder);
    *found = access(path, F_OK) == 0;
    const hebb_status status = *found || errno == ENOENT || errno == ENOTDIR || errno == EACCES
                                   ? HEBB_OK
                                   : hebb_fail(hebb_input_status(errno), "%s: %s", path, strerror(errno));
    free(path);
    return status;
}

/* Options as of a training of binary units, for the data that will be asked for. */
static hebb_status make_options(const hebb_rbm_run *run, hebb_options *options)
{
    hebb_option_table tables[HEBB_TRAINING_MAX_TABLES];
    const hebb_status status = hebb_options_init(options, hebb_training_tables(&hebb_rbm_learner, tables), tables);
    return status == HEBB_OK ? hebb_options_set(options, run->folder, "visible-units", "binary") : status;
}

static hebb_status open_elsewhere(hebb_rbm_run *run)
{
    hebb_rbm rbm = {0};
    run->is_training = false;
    run->visible_kind = run->hidden_kind = HEBB_LAYER_BINARY;
    run->updates = calloc(1, sizeof *run->updates);
    run->n_checkpoints = 1;
    if (run->updates == NULL) return fail_memory(run->folder);
    hebb_status status = make_options(run, &run->options);
    if (status == HEBB_OK) status = hebb_rbm_import(run->folder, &rbm);
    run->n_visible = rbm.n_visible;
    hebb_rbm_free(&rbm);
    return status;
}

/* ---- a training's folder ---- */

/* The numbers of units that the manifest tells; 0: it does not. */
static size_t count_of(const hebb_rbm_run *run, const char *key)
{
    const char *text = hebb_provenance_get(&run->manifest.provenance, key);
    return text != NULL ? (size_t)strtoull(text, NULL, 10) : 0;
}

static double width_of(const hebb_options *options, const char *name)
{
    return hebb_options_is_set(options, name) ? hebb_options_real(options, name) : 1.0;
}

static hebb_status open_training(hebb_rbm_run *run)
{
    const char *folder = run->folder;
    const hebb_learner *learner;
    hebb_status status = hebb_manifest_read(&run->manifest, folder);
    if (status == HEBB_OK) status = hebb_training_read_options(&run->manifest, folder, &learner, &run->options);
    if (status != HEBB_OK) return status;
    if (strcmp(learner->name, "rbm") != 0)
        return hebb_fail(HEBB_EDATA, "%s/manifest.json: a training of %s, not of rbm", folder, learner->name);
    run->visible_kind = hebb_rbm_learner_kind(&run->options, "visible-units");
    run->hidden_kind = hebb_rbm_learner_kind(&run->options, "hidden-units");
    run->n_visible = count_of(run, "n_input") + count_of(run, "n_output");
    run->sigma_v = width_of(&run->options, "sigma-v");
    run->sigma_h = width_of(&run->options, "sigma-h");
    status = hebb_training_folder_list(folder, &run->n_checkpoints, &run->updates);
    if (status == HEBB_OK && run->n_checkpoints == 0)
        status = hebb_fail(HEBB_ENOINPUT, "%s/checkpoints: there is none yet", folder);
    return status;
}

hebb_status hebb_rbm_run_open(hebb_rbm_run *run, const char *folder)
{
    bool is_training, has_weights = false;
    *run = (hebb_rbm_run){.folder = folder, .is_training = true, .sigma_v = 1.0, .sigma_h = 1.0};
    hebb_status status = has_file(folder, "manifest", ".json", &is_training);
    if (status == HEBB_OK && !is_training) status = has_file(folder, HEBB_ARRAY_WEIGHTS, ".npy", &has_weights);
    if (status != HEBB_OK) return status;
    if (!is_training && !has_weights)
        return hebb_fail(HEBB_ENOINPUT,
                         "%s: neither a training's manifest.json nor " HEBB_ARRAY_WEIGHTS ".npy is there", folder);
    return is_training ? open_training(run) : open_elsewhere(run);
}

void hebb_rbm_run_close(hebb_rbm_run *run)
{
    free(run->updates);
    hebb_options_free(&run->options);
    hebb_manifest_free(&run->manifest);
    *run = (hebb_rbm_run){0};
}

static hebb_status check_shape(const hebb_rbm_run *run, uint64_t update, size_t nv, size_t nh)
{
    const size_t v = run->n_visible, h = hebb_options_is_set(&run->options, "hidden")
                                             ? (size_t)hebb_options_integer(&run->options, "hidden")
                                             : nh;
    if ((v == 0 || v == nv) && h == nh) return HEBB_OK;
    return hebb_fail(HEBB_EDATA,
                     "%s/checkpoints/%08" PRIu64
                     "/weights.npy: %zu x %zu weights; manifest.json says %zu visible and %zu "
                     "hidden units",
                     run->folder, update, nv, nh, v, h);
}

hebb_status hebb_rbm_run_machine(const hebb_rbm_run *run, size_t k, hebb_rbm *rbm)
{
    *rbm = (hebb_rbm){0};
    if (!run->is_training) return hebb_rbm_import(run->folder, rbm);
    const hebb_status status = hebb_rbm_learner_machine(run->folder, run->updates[k], &run->options, rbm);
    return status == HEBB_OK ? check_shape(run, run->updates[k], rbm->n_visible, rbm->n_hidden) : status;
}

/* ---- data ---- */

static hebb_status open_cases(const hebb_rbm_run *run, const char *file, double threshold, bool is_test,
                              const char *described, hebb_layer_states *cases)
{
    hebb_options own = {0}; /* of weights trained elsewhere: a training with this file */
    const hebb_training_source source = {.learner = &hebb_rbm_learner,
                                         .options = run->is_training ? &run->options : &own,
                                         .file = file,
                                         .is_test = is_test,
                                         .threshold = threshold};
    hebb_problem problem = {0};
    char line[HEBB_TRAINING_DATA_LINE];
    *cases = (hebb_layer_states){0};
    hebb_status status = run->is_training ? HEBB_OK : make_options(run, &own);
    if (status == HEBB_OK && !run->is_training) status = hebb_options_set(&own, file, "data", file);
    if (status == HEBB_OK) status = hebb_training_data_open(&source, &problem);
    if (status == HEBB_OK && run->n_visible > 0 && problem.n_visible != run->n_visible)
        status = hebb_fail(HEBB_EDATA, "%s: its cases have %zu units; the machine of %s has %zu visible ones", file,
                           problem.n_visible, run->folder, run->n_visible);
    if (status == HEBB_OK) hebb_training_data_describe(&problem, line);
    if (status == HEBB_OK && described != NULL && strcmp(line, described) != 0)
        status = hebb_fail(HEBB_EDATA, "%s: its cases are not those that %s was trained with: %s, not %s", file,
                           run->folder, line, described);
    if (status == HEBB_OK) status = hebb_training_data_states(&problem, run->visible_kind, cases);
    hebb_problem_free(&problem);
    hebb_options_free(&own);
    return status;
}

hebb_status hebb_rbm_run_data(const hebb_rbm_run *run, hebb_layer_states *data)
{
    *data = (hebb_layer_states){0};
    if (!run->is_training)
        return hebb_fail(HEBB_EUSAGE, "%s: weights trained elsewhere; it does not say with which data", run->folder);
    return open_cases(run, hebb_options_text(&run->options, "data"), NAN, false,
                      hebb_provenance_get(&run->manifest.provenance, "data"), data);
}

hebb_status hebb_rbm_run_test(const hebb_rbm_run *run, const char *file, double threshold, hebb_layer_states *cases)
{
    return open_cases(run, file, threshold, true, NULL, cases);
}

hebb_status hebb_rbm_run_cases(const hebb_rbm_run *run, const char *file, double threshold, hebb_layer_states *cases)
{
    return open_cases(run, file, threshold, false, NULL, cases);
}
