#include "planned_study.h"

#include <stdlib.h>

#include "ensemble.h"
#include "training_folder.h"

/* The canonical command, and the plan's notes. */
static hebb_status begin_provenance(const hebb_experiment *experiment, hebb_study *study)
{
    char head[80];
    snprintf(head, sizeof head, "hebb run %s", experiment->name);
    hebb_status status = hebb_provenance_init(&study->provenance, head, study->options);
    for (size_t k = 0; status == HEBB_OK && k < study->notes.n; k++)
        status =
            hebb_provenance_add(&study->provenance, study->notes.entries[k].key, "%s", study->notes.entries[k].value);
    return status;
}

static hebb_status make_manifest(hebb_planned_study *planned, const hebb_experiment_setting *setting)
{
    const hebb_study *study = &planned->study;
    hebb_manifest *manifest = &planned->manifest;
    hebb_status status = hebb_manifest_init(manifest, planned->experiment->name, &study->provenance, study->n_points,
                                            study->n_replicas, hebb_study_numbers(study));
    for (size_t k = 0; status == HEBB_OK && k < study->options->n; k++) {
        const hebb_option_value *value = &study->options->values[k];
        if (value->text != NULL && hebb_experiment_has_option(planned->experiment, value->option->name))
            status = hebb_manifest_add_option(manifest, value->option->name, value->text);
    }
    if (status == HEBB_OK && setting->resume != NULL) status = hebb_manifest_set_resume(manifest, setting->resume);
    if (status != HEBB_OK) return status;
    manifest->csv_plain = setting->csv_plain;
    if (setting->n_shards > 0) {
        manifest->shard = setting->shard;
        manifest->n_shards = setting->n_shards;
    }
    return HEBB_OK;
}

hebb_status hebb_planned_study_init(hebb_planned_study *planned, const hebb_experiment *experiment,
                                    hebb_options *options, const hebb_experiment_setting *setting)
{
    *planned = (hebb_planned_study){.experiment = experiment,
                                    .study = {.options = options,
                                              .folder = setting->folder,
                                              .log = setting->log,
                                              .n_threads = setting->n_threads,
                                              .csv_plain = setting->csv_plain,
                                              .n_replicas = (size_t)hebb_options_integer(options, "replicas")}};
    hebb_status status = experiment->plan(&planned->study);
    if (status == HEBB_OK) status = begin_provenance(experiment, &planned->study);
    if (status == HEBB_OK) status = make_manifest(planned, setting);
    return status;
}

static hebb_status set_options(hebb_options *options, const hebb_experiment *experiment, const hebb_manifest *manifest,
                               const char *folder)
{
    const hebb_option_table tables[] = {{experiment->n_options, experiment->options}, hebb_experiment_options};
    hebb_status status = hebb_options_init(options, 2, tables);
    for (size_t k = 0; status == HEBB_OK && k < manifest->n_options; k++) {
        char origin[1024];
        snprintf(origin, sizeof origin, "%s/manifest.json: %s", folder, manifest->options[k].name);
        status = hebb_options_set(options, origin, manifest->options[k].name, manifest->options[k].text);
    }
    return status;
}

hebb_status hebb_planned_study_from(hebb_planned_study *planned, const hebb_manifest *manifest, const char *folder,
                                    const hebb_experiment_setting *setting)
{
    hebb_options options = {0};
    *planned = (hebb_planned_study){0};
    const hebb_experiment *experiment = hebb_experiment_find(manifest->experiment);
    if (hebb_training_learner_name(manifest) != NULL)
        return hebb_fail(HEBB_EUSAGE,
                         "%s: is a training's folder (hebb %s), not a study's: hebb status, resume, sample", folder,
                         manifest->experiment);
    if (experiment == NULL)
        return hebb_fail(HEBB_EDATA, "%s/manifest.json: there is no experiment %s", folder, manifest->experiment);
    hebb_status status = set_options(&options, experiment, manifest, folder);
    if (status != HEBB_OK) {
        hebb_options_free(&options);
        return status;
    }
    hebb_experiment_setting own = *setting;
    own.csv_plain = setting->csv_plain || manifest->csv_plain;
    own.resume = *manifest->resume != '\0' ? manifest->resume : NULL;
    own.shard = manifest->shard;
    own.n_shards = manifest->n_shards;
    status = hebb_planned_study_init(planned, experiment, &options, &own);
    planned->own_options = options; /* from here on the study's: init has cleared what was there */
    planned->study.options = &planned->own_options;
    if (status != HEBB_OK || hebb_fingerprint_equals(manifest->fingerprint, planned->manifest.fingerprint))
        return status;
    return hebb_fail(HEBB_EDATA,
                     "%s/manifest.json: is not the study that its options make now: a file that it read has changed; "
                     "start again in another folder",
                     folder);
}

hebb_status hebb_planned_study_make_room(hebb_planned_study *planned)
{
    const size_t n_units = hebb_study_units(&planned->study);
    if (planned->study.values != NULL) return HEBB_OK; /* merging has made it */
    planned->study.values = calloc(n_units, hebb_study_numbers(&planned->study) * sizeof *planned->study.values);
    return planned->study.values != NULL ? HEBB_OK
                                         : hebb_fail(HEBB_ENOMEM, "no memory for the results of %zu replicas", n_units);
}

hebb_status hebb_planned_study_report(hebb_planned_study *planned)
{
    hebb_study *study = &planned->study;
    hebb_units units = {0};
    hebb_status status = hebb_planned_study_make_room(planned);
    if (status == HEBB_OK) status = hebb_ensemble_collect(study->folder, &planned->manifest, study->values, &units);
    if (status == HEBB_OK && units.n_done < units.n)
        status = hebb_fail(HEBB_EIO, "%s: %zu of %zu units are in its journals; hebb resume %s computes the others",
                           study->folder, units.n_done, units.n, study->folder);
    hebb_units_free(&units);
    if (status == HEBB_OK) status = hebb_study_save_units(study);
    if (status == HEBB_OK) status = planned->experiment->report(study);
    if (status == HEBB_OK) hebb_checkpoint_sweep(study->folder);
    return status;
}

void hebb_planned_study_free(hebb_planned_study *planned)
{
    if (planned->experiment != NULL && planned->experiment->finish != NULL)
        planned->experiment->finish(&planned->study);
    else
        free(planned->study.own);
    hebb_manifest_free(&planned->manifest);
    hebb_study_free(&planned->study);
    hebb_options_free(&planned->own_options);
    *planned = (hebb_planned_study){0};
}
