#include "experiment.h"

#include <stdlib.h>
#include <string.h>

#include "parallel.h"
#include "progress.h"
#include "results_folder.h"

/* The registry: a line an experiment, in alphabetical order. */
#define EVERY_EXPERIMENT(ENTRY)                                                                                        \
    ENTRY(hebb_capacity_experiment)                                                                                    \
    ENTRY(hebb_crosstalk_experiment)

#define DECLARATION(name) extern const hebb_experiment name;
#define ADDRESS(name)     &name,

EVERY_EXPERIMENT(DECLARATION)

const hebb_experiment *const *hebb_experiments(void)
{
    static const hebb_experiment *const experiments[] = {EVERY_EXPERIMENT(ADDRESS) NULL};
    return experiments;
}

const hebb_experiment *hebb_experiment_find(const char *name)
{
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL; e++)
        if (strcmp((*e)->name, name) == 0) return *e;
    return NULL;
}

static const hebb_option common_options[] = {
    {"replicas", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "independent realisations at each point"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "seed of everything random"},
    {"pattern-seed", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "seed of the patterns alone; --seed where not given"},
    {"dynamics-seed", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "seed of the dynamics alone; --seed where not given"},
};
const hebb_option_table hebb_experiment_options = {sizeof common_options / sizeof *common_options, common_options};

/* What the threads share while units run. */
typedef struct {
    const hebb_experiment *experiment;
    const hebb_study *study;
    hebb_progress progress;
} running;

static hebb_status make_workspace(void *context, void **workspace)
{
    const running *r = context;
    return r->experiment->workspace_make(r->study, workspace);
}

static hebb_status run_unit(void *context, void *workspace, size_t unit)
{
    running *r = context;
    const size_t point = unit / r->study->n_replicas, replica = unit % r->study->n_replicas;
    double *values = hebb_study_values(r->study, point, replica);
    const hebb_status status = r->experiment->run(r->study, workspace, point, replica, values);
    hebb_progress_add(&r->progress, r->experiment->cost(r->study, point));
    return status;
}

static hebb_status run_all(const hebb_experiment *experiment, hebb_study *study, bool show_progress)
{
    const size_t n_units = study->n_points * study->n_replicas;
    study->values = calloc(n_units, (study->n_values + study->n_extra) * sizeof *study->values);
    if (study->values == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the results of %zu replicas", n_units);
    double cost = 0.0;
    for (size_t point = 0; point < study->n_points; point++)
        cost += (double)study->n_replicas * experiment->cost(study, point);
    running shared = {.experiment = experiment, .study = study};
    const hebb_parallel_work work = {&shared, make_workspace, experiment->workspace_free, run_unit};
    hebb_progress_init(&shared.progress, experiment->name, n_units, cost, !show_progress);
    const hebb_status status = hebb_parallel_run(&work, n_units, study->n_threads);
    hebb_progress_end(&shared.progress);
    return status;
}

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

hebb_status hebb_experiment_run(const hebb_experiment *experiment, hebb_options *options,
                                const hebb_experiment_setting *setting, hebb_verdict_count *verdicts)
{
    hebb_study study = {.options = options,
                        .folder = setting->folder,
                        .log = setting->log,
                        .n_threads = setting->n_threads,
                        .csv_plain = setting->csv_plain,
                        .n_replicas = (size_t)hebb_options_integer(options, "replicas")};
    hebb_status status = experiment->plan(&study);
    if (status == HEBB_OK) status = begin_provenance(experiment, &study);
    if (status == HEBB_OK) status = hebb_results_folder_claim(study.folder, &study.provenance, setting->overwrite);
    if (status == HEBB_OK) status = run_all(experiment, &study, setting->show_progress);
    if (status == HEBB_OK) status = hebb_study_save_units(&study);
    if (status == HEBB_OK) status = experiment->report(&study);
    *verdicts = study.verdicts;
    if (experiment->finish != NULL) experiment->finish(&study);
    hebb_study_free(&study);
    return status;
}
