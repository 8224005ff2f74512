/* How a recipe is followed: its steps checked, then taken one after the other, then the figure drawn. */
#include "figure.h"

#include <stdlib.h>

#include "figure_path.h"
#include "figure_step.h"
#include "recipe.h"
#include "results_folder.h"

/* Which figure, and how large. */
typedef struct {
    const char *folder, *size;
} figure_call;

/* ---- a figure's folder into which no run writes ---- */

/* The figure's command, and those of its tables: what makes one figure's folder another's, and one size's. */
static hebb_status tables_provenance(const figure_call *call, size_t n, const hebb_figure_step *prepared,
                                     hebb_provenance *provenance)
{
    char *command, *name = hebb_figure_name(call->folder);
    if (name == NULL || asprintf(&command, "hebb figure %s --size %s", name, call->size) < 0) command = NULL;
    hebb_status status =
        command != NULL ? hebb_provenance_init(provenance, command, NULL) : hebb_figure_fail_memory(call->folder);
    free(command);
    free(name);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        if (!hebb_figure_step_makes_folder(prepared[k].step)) status = hebb_figure_step_note(&prepared[k], provenance);
    }
    return status;
}

static hebb_status check_tables(size_t n, const hebb_figure_step *prepared, const char *folder)
{
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        if (hebb_figure_step_makes_folder(prepared[k].step)) continue;
        char *name = hebb_figure_step_file(prepared[k].step);
        if (name == NULL) return hebb_figure_fail_memory(folder);
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
static hebb_status claim_folder(const figure_call *call, size_t n, const hebb_figure_step *prepared,
                                const hebb_experiment_setting *setting)
{
    hebb_provenance provenance = {0};
    hebb_status status = tables_provenance(call, n, prepared, &provenance);
    if (status == HEBB_OK && !setting->overwrite) status = check_tables(n, prepared, setting->folder);
    if (status == HEBB_OK) status = hebb_results_folder_claim(setting->folder, &provenance, setting->overwrite);
    if (status == HEBB_OK) status = save_no_verdicts(setting->csv_plain ? NULL : &provenance, setting->folder);
    if (status == HEBB_OK && setting->log != NULL)
        (void)fprintf(setting->log, "figure: nothing is compared in %s: verdict.csv has no rows\n", setting->folder);
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
    hebb_figure_step *prepared = calloc(recipe->n_steps, sizeof *prepared);
    if (prepared == NULL) return hebb_figure_fail_memory(path);
    hebb_status status = HEBB_OK;
    bool is_claimed = false;
    for (size_t k = 0; status == HEBB_OK && k < recipe->n_steps; k++) {
        status = hebb_figure_step_prepare(path, setting->seed, recipe, k, &prepared[k]);
        is_claimed = is_claimed || writes_to_folder_itself(&recipe->steps[k]);
    }
    if (status == HEBB_OK && !is_claimed) status = claim_folder(call, recipe->n_steps, prepared, setting);
    for (size_t k = 0; status == HEBB_OK && k < recipe->n_steps; k++)
        status = hebb_figure_step_follow(&prepared[k], setting, verdicts);
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
