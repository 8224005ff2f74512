/* How a recipe is followed: its steps checked, then taken one after the other, then the figure drawn. */
#include "figure.h"

#include <stdlib.h>
#include <string.h>

#include "atomic_file.h"
#include "figure_path.h"
#include "nearest.h"
#include "recipe.h"
#include "results_folder.h"
#include "theory_table.h"

/* ---- one step ---- */

/* A step with its options set: what there is to check before the first of them runs. */
typedef struct {
    const hebb_step *step;
    const hebb_experiment *experiment; /* of a run */
    const hebb_theory_table *theory;   /* of a theory table */
    hebb_options options;
} prepared_step;

enum { MAX_SUBJECTS = 64 };

static hebb_status find_subject(const char *path, prepared_step *prepared)
{
    const hebb_step *step = prepared->step;
    const char *names[MAX_SUBJECTS];
    size_t n = 0;
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL && step->kind == HEBB_STEP_RUN; e++) {
        if (strcmp((*e)->name, step->subject) == 0) prepared->experiment = *e;
        if (n < MAX_SUBJECTS) names[n++] = (*e)->name;
    }
    for (const hebb_theory_table *const *t = hebb_theory_tables(); *t != NULL && step->kind == HEBB_STEP_THEORY; t++) {
        if (strcmp((*t)->subject, step->subject) == 0) prepared->theory = *t;
        if (n < MAX_SUBJECTS) names[n++] = (*t)->subject;
    }
    if (prepared->experiment != NULL || prepared->theory != NULL) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s:%ld: unknown %s %s; did you mean %s?", path, step->line,
                     step->kind == HEBB_STEP_RUN ? "experiment" : "subject", step->subject,
                     hebb_nearest(step->subject, n, names));
}

static hebb_status set_options(const char *path, const char *seed, prepared_step *prepared)
{
    const hebb_step *step = prepared->step;
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < step->n_settings; k++) {
        const hebb_setting *setting = &step->settings[k];
        char origin[1024];
        snprintf(origin, sizeof origin, "%s:%ld: %s", path, setting->line, setting->name);
        status = hebb_options_set(&prepared->options, origin, setting->name, setting->value);
    }
    if (status == HEBB_OK && seed != NULL && step->kind == HEBB_STEP_RUN)
        status = hebb_options_set(&prepared->options, "--seed", "seed", seed);
    return status;
}

static hebb_status prepare(const char *path, const char *seed, const hebb_step *step, prepared_step *prepared)
{
    prepared->step = step;
    hebb_status status = find_subject(path, prepared);
    if (status != HEBB_OK) return status;
    if (step->kind == HEBB_STEP_RUN) {
        const hebb_option_table tables[] = {{prepared->experiment->n_options, prepared->experiment->options},
                                            hebb_experiment_options};
        status = hebb_options_init(&prepared->options, 2, tables);
    } else {
        const hebb_option_table table = {prepared->theory->n_options, prepared->theory->options};
        status = hebb_options_init(&prepared->options, 1, &table);
    }
    return status == HEBB_OK ? set_options(path, seed, prepared) : status;
}

static hebb_status follow_run(prepared_step *prepared, const hebb_experiment_setting *setting,
                              hebb_verdict_count *verdicts)
{
    const char *label = prepared->step->label;
    hebb_experiment_setting own = *setting;
    hebb_experiment_result result;
    char *folder = label != NULL ? hebb_figure_path(setting->folder, label) : strdup(setting->folder);
    if (folder == NULL) return hebb_figure_fail_memory(setting->folder);
    own.folder = folder;
    const hebb_status status = hebb_experiment_run(prepared->experiment, &prepared->options, &own, &result);
    *verdicts = hebb_verdict_count_add(*verdicts, result.verdicts);
    free(folder);
    return status;
}

/* theory-LABEL.csv: no experiment's file begins so. */
static hebb_status follow_theory(const prepared_step *prepared, const hebb_experiment_setting *setting)
{
    hebb_table table = {0};
    hebb_provenance provenance = {0};
    char *path = NULL;
    hebb_status status = hebb_theory_table_provenance(prepared->theory, &prepared->options, &provenance);
    if (status == HEBB_OK && asprintf(&path, "%s/theory-%s.csv", setting->folder, prepared->step->label) < 0) {
        path = NULL;
        status = hebb_figure_fail_memory(prepared->step->label);
    }
    if (status == HEBB_OK) status = prepared->theory->fill(&prepared->options, &table);
    if (status == HEBB_OK) status = hebb_folder_make(setting->folder);
    if (status == HEBB_OK) status = hebb_table_save(&table, setting->csv_plain ? NULL : &provenance, path);
    hebb_table_free(&table);
    hebb_provenance_free(&provenance);
    free(path);
    return status;
}

/* Which figure, and how large. */
typedef struct {
    const char *folder, *size;
} figure_call;

/* ---- a figure's folder into which no run writes ---- */

/* The figure's command, and those of the tables: what makes one figure's folder another's, and one size's. */
static hebb_status tables_provenance(const figure_call *call, size_t n, const prepared_step *prepared,
                                     hebb_provenance *provenance)
{
    char *command, *name = hebb_figure_name(call->folder);
    if (name == NULL || asprintf(&command, "hebb figure %s --size %s", name, call->size) < 0) command = NULL;
    hebb_status status =
        command != NULL ? hebb_provenance_init(provenance, command, NULL) : hebb_figure_fail_memory(call->folder);
    free(command);
    free(name);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        if (prepared[k].theory == NULL) continue;
        hebb_provenance own = {0};
        char *key;
        if (asprintf(&key, "theory-%s", prepared[k].step->label) < 0)
            return hebb_figure_fail_memory(prepared[k].step->label);
        status = hebb_theory_table_provenance(prepared[k].theory, &prepared[k].options, &own);
        if (status == HEBB_OK)
            status = hebb_provenance_add(provenance, key, "%s", hebb_provenance_get(&own, "command"));
        hebb_provenance_free(&own);
        free(key);
    }
    return status;
}

static hebb_status check_tables(size_t n, const prepared_step *prepared, const char *folder)
{
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        char *name;
        if (prepared[k].theory == NULL) continue;
        if (asprintf(&name, "theory-%s.csv", prepared[k].step->label) < 0) return hebb_figure_fail_memory(folder);
        status = hebb_results_folder_check(folder, name);
        free(name);
    }
    return status;
}

/* A figure's folder has its verdict.csv, even where there is nothing to judge. */
static hebb_status save_no_verdicts(const hebb_provenance *provenance, const char *folder)
{
    hebb_table table = {0};
    char *path = hebb_figure_path(folder, "verdict.csv");
    if (path == NULL) return hebb_figure_fail_memory(folder);
    hebb_status status = hebb_verdict_tabulate(0, NULL, 0, NULL, NULL, &table);
    if (status == HEBB_OK) status = hebb_table_save(&table, provenance, path);
    hebb_table_free(&table);
    free(path);
    return status;
}

/* What a run does for the folder that it writes into. */
static hebb_status claim_folder(const figure_call *call, size_t n, const prepared_step *prepared,
                                const hebb_experiment_setting *setting)
{
    hebb_provenance provenance = {0};
    hebb_status status = tables_provenance(call, n, prepared, &provenance);
    if (status == HEBB_OK && !setting->overwrite) status = check_tables(n, prepared, setting->folder);
    if (status == HEBB_OK) status = hebb_results_folder_claim(setting->folder, &provenance, setting->overwrite);
    if (status == HEBB_OK) status = save_no_verdicts(setting->csv_plain ? NULL : &provenance, setting->folder);
    if (status == HEBB_OK && setting->log != NULL)
        (void)fprintf(setting->log, "figure: nothing is simulated in %s: verdict.csv has no rows\n", setting->folder);
    hebb_provenance_free(&provenance);
    return status;
}

/* ---- all steps ---- */

static bool writes_to_folder_itself(const hebb_step *step)
{
    return step->kind == HEBB_STEP_RUN && step->label == NULL;
}

/* All steps are checked before the first one runs. */
static hebb_status follow(const figure_call *call, const char *path, const hebb_recipe *recipe,
                          const hebb_experiment_setting *setting, hebb_verdict_count *verdicts)
{
    prepared_step *prepared = calloc(recipe->n_steps, sizeof *prepared);
    if (prepared == NULL) return hebb_figure_fail_memory(path);
    hebb_status status = HEBB_OK;
    bool is_claimed = false;
    for (size_t k = 0; status == HEBB_OK && k < recipe->n_steps; k++) {
        status = prepare(path, setting->seed, &recipe->steps[k], &prepared[k]);
        is_claimed = is_claimed || writes_to_folder_itself(&recipe->steps[k]);
    }
    if (status == HEBB_OK && !is_claimed) status = claim_folder(call, recipe->n_steps, prepared, setting);
    for (size_t k = 0; status == HEBB_OK && k < recipe->n_steps; k++)
        status = recipe->steps[k].kind == HEBB_STEP_RUN ? follow_run(&prepared[k], setting, verdicts)
                                                        : follow_theory(&prepared[k], setting);
    for (size_t k = 0; k < recipe->n_steps; k++) hebb_options_free(&prepared[k].options);
    free(prepared);
    return status;
}

hebb_status hebb_figure_make(const char *folder, const char *size, const hebb_experiment_setting *setting,
                             hebb_verdict_count *verdicts)
{
    const figure_call call = {folder, size};
    hebb_recipe recipe = {0};
    *verdicts = (hebb_verdict_count){0};
    char *path = hebb_figure_path(folder, "recipe.conf");
    if (path == NULL) return hebb_figure_fail_memory(folder);
    hebb_status status = hebb_recipe_read(path, size, &recipe);
    if (status == HEBB_OK) status = hebb_figure_check_script(folder, setting->folder);
    if (status == HEBB_OK) status = follow(&call, path, &recipe, setting, verdicts);
    if (status == HEBB_OK) status = hebb_figure_draw(folder, setting->folder, setting->overwrite, setting->log);
    hebb_recipe_free(&recipe);
    free(path);
    return status;
}
