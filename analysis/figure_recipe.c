/* How a recipe is followed: its steps checked, then taken one after the other, then the figure drawn. */
#include "figure.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Why a figure has no verdicts; NULL: its runs, in folders of their own, have some. */
static const char *why_none(size_t n, const hebb_figure_step *prepared)
{
    bool has_run = false, is_theory = true;
    for (size_t k = 0; k < n; k++) {
        has_run = has_run || prepared[k].step->kind == HEBB_STEP_RUN;
        is_theory = is_theory && prepared[k].step->kind == HEBB_STEP_THEORY;
    }
    return is_theory ? "theory alone" : has_run ? NULL : "no theory to compare with";
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
    const char *why = why_none(n, prepared);
    if (status == HEBB_OK && setting->log != NULL && why != NULL)
        (void)fprintf(setting->log, "figure: %s, so no verdicts\n", why);
    hebb_provenance_free(&provenance);
    return status;
}

/* ---- what a finished folder says of itself ---- */

/* The title is left out where it is no UTF-8 text: no file of JSON has it. */
static hebb_status add_title(const char *title, hebb_provenance *provenance)
{
    if (title == NULL) return HEBB_OK;
    errno = 0; /* tells no memory from no UTF-8 */
    json_t *text = json_string(title);
    if (text == NULL && errno == ENOMEM) return hebb_figure_fail_memory(title);
    const hebb_status status = text != NULL ? hebb_provenance_add(provenance, "title", "%s", title) : HEBB_OK;
    json_decref(text);
    return status;
}

/* The file's hash, under that key. */
static hebb_status add_hash(const char *folder, const char *name, const char *key, hebb_provenance *provenance)
{
    char hash[HEBB_FINGERPRINT_LENGTH], *path = hebb_figure_path(folder, name);
    if (path == NULL) return hebb_figure_fail_memory(folder);
    hebb_status status = hebb_figure_hash(path, hash);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, key, "%s", hash);
    free(path);
    return status;
}

/* What the stamp says of the results folder as it is now. */
static hebb_status stamp_provenance(const figure_call *call, const hebb_experiment_setting *setting,
                                    const hebb_recipe *recipe, const hebb_figure_step *prepared,
                                    hebb_provenance *provenance)
{
    hebb_status status = tables_provenance(call, recipe->n_steps, prepared, provenance);
    if (status == HEBB_OK) status = add_title(recipe->title, provenance);
    if (status == HEBB_OK)
        status = hebb_provenance_add(provenance, "seed", "%s", setting->seed != NULL ? setting->seed : "recipe");
    if (status == HEBB_OK) status = add_hash(call->folder, "recipe.conf", "recipe", provenance);
    if (status == HEBB_OK) status = add_hash(setting->folder, "manifest.json", "manifest", provenance);
    return status;
}

/* Whether the folder has the stamp: written by this version for this recipe, this size, this seed and this manifest. */
static hebb_status match_stamp(const hebb_provenance *provenance, const char *path, bool *is_made)
{
    *is_made = access(path, F_OK) == 0;
    if (!*is_made && errno != ENOENT && errno != ENOTDIR) return hebb_figure_fail_input(path);
    if (!*is_made) return HEBB_OK;
    const hebb_status status = hebb_provenance_match(provenance, path);
    *is_made = status == HEBB_OK;
    if (status == HEBB_ENOMEM || status == HEBB_EIO) return status;
    hebb_diagnostic_clear(); /* another one is no failure */
    return HEBB_OK;
}

/* Of files that a step reads the stamp knows nothing. */
static bool reads_files(size_t n, const hebb_figure_step *prepared)
{
    for (size_t k = 0; k < n; k++) {
        const hebb_step *step = prepared[k].step;
        if (step->kind == HEBB_STEP_TRAIN) return true;
        for (size_t s = 0; s < step->n_settings; s++)
            if (strcmp(step->settings[s].name, "data") == 0 || strcmp(step->settings[s].name, "patterns-file") == 0)
                return true;
    }
    return false;
}

static hebb_status is_there(const char *path, bool *there)
{
    *there = access(path, F_OK) == 0;
    return *there || errno != EIO ? HEBB_OK : hebb_figure_fail_input(path);
}

/* Whether the picture is there, and drawn by the recipe's script. */
static hebb_status is_drawn(const char *folder, const char *out, bool *drawn)
{
    char *from = hebb_figure_path(folder, "plot.gp"), *to = hebb_figure_path(out, "plot.gp");
    char *picture = hebb_figure_path(out, "figure.svg");
    hebb_status status = from != NULL && to != NULL && picture != NULL ? HEBB_OK : hebb_figure_fail_memory(out);
    *drawn = false;
    if (status == HEBB_OK) status = is_there(picture, drawn);
    if (status == HEBB_OK && *drawn) status = is_there(to, drawn);
    if (status == HEBB_OK && *drawn) status = hebb_figure_is_same_content(from, to, drawn);
    free(picture);
    free(to);
    free(from);
    return status;
}

static hebb_status remove_stamp(const char *path)
{
    if (unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR) return HEBB_OK;
    return hebb_fail(HEBB_EIO, "%s: cannot be removed: %s", path, strerror(errno));
}

/* ---- all steps ---- */

static bool writes_to_folder_itself(const hebb_step *step)
{
    return step->kind == HEBB_STEP_RUN && step->label == NULL;
}

/* Every section, for whatever it is: a slip in one for the other size is found before anybody waits for that size. */
static hebb_status check_all_sections(const char *path)
{
    hebb_recipe recipe;
    hebb_status status = hebb_recipe_read(path, NULL, &recipe);
    for (size_t k = 0; status == HEBB_OK && k < recipe.n_steps; k++) {
        hebb_figure_step prepared;
        status = hebb_figure_step_prepare(path, NULL, &recipe, k, &prepared);
        hebb_options_free(&prepared.options);
    }
    hebb_recipe_free(&recipe);
    return status;
}

/* A recipe read, its steps checked, what its folder will say of itself. */
typedef struct {
    char *path, *stamp;
    hebb_recipe recipe;
    hebb_figure_step *steps;
    hebb_provenance provenance; /* of the stamp, once it is asked for */
} figure_plan;

static void free_plan(figure_plan *plan)
{
    for (size_t k = 0; plan->steps != NULL && k < plan->recipe.n_steps; k++) hebb_options_free(&plan->steps[k].options);
    free(plan->steps);
    hebb_provenance_free(&plan->provenance);
    hebb_recipe_free(&plan->recipe);
    free(plan->stamp);
    free(plan->path);
}

/* All steps are checked before the first one runs.  To be freed also after a failure. */
static hebb_status make_plan(const figure_call *call, const hebb_experiment_setting *setting, figure_plan *plan)
{
    *plan = (figure_plan){.path = hebb_figure_path(call->folder, "recipe.conf"),
                          .stamp = hebb_figure_path(setting->folder, HEBB_FIGURE_STAMP)};
    if (plan->path == NULL || plan->stamp == NULL) return hebb_figure_fail_memory(call->folder);
    hebb_status status = check_all_sections(plan->path);
    if (status == HEBB_OK) status = hebb_recipe_read(plan->path, call->size, &plan->recipe);
    if (status == HEBB_OK) status = hebb_figure_check_script(call->folder, setting->folder);
    if (status != HEBB_OK) return status;
    plan->steps = calloc(plan->recipe.n_steps, sizeof *plan->steps);
    if (plan->steps == NULL) return hebb_figure_fail_memory(plan->path);
    for (size_t k = 0; status == HEBB_OK && k < plan->recipe.n_steps; k++)
        status = hebb_figure_step_prepare(plan->path, setting->seed, &plan->recipe, k, &plan->steps[k]);
    return status;
}

static hebb_status follow(const figure_call *call, figure_plan *plan, const hebb_experiment_setting *setting,
                          hebb_verdict_count *verdicts)
{
    const size_t n = plan->recipe.n_steps;
    bool is_claimed = false;
    for (size_t k = 0; k < n; k++) is_claimed = is_claimed || writes_to_folder_itself(&plan->recipe.steps[k]);
    hebb_status status = setting->overwrite ? remove_stamp(plan->stamp) : HEBB_OK;
    if (status == HEBB_OK && !is_claimed) status = claim_folder(call, n, plan->steps, setting);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        status = hebb_figure_step_follow(&plan->steps[k], setting, verdicts);
        if (status == HEBB_OK && k == 0) status = remove_stamp(plan->stamp); /* the folder is not refused */
    }
    return status;
}

hebb_status hebb_figure_make(const char *folder, const char *size, const hebb_experiment_setting *setting,
                             hebb_verdict_count *verdicts)
{
    const figure_call call = {folder, size};
    figure_plan plan;
    *verdicts = (hebb_verdict_count){0};
    hebb_status status = make_plan(&call, setting, &plan);
    if (status == HEBB_OK) status = follow(&call, &plan, setting, verdicts);
    if (status == HEBB_OK) status = hebb_figure_draw(folder, setting->folder, setting->overwrite, setting->log);
    if (status == HEBB_OK) status = stamp_provenance(&call, setting, &plan.recipe, plan.steps, &plan.provenance);
    if (status == HEBB_OK) status = hebb_provenance_save(&plan.provenance, plan.stamp);
    free_plan(&plan);
    return status;
}

hebb_status hebb_figure_is_made(const char *folder, const char *size, const hebb_experiment_setting *setting,
                                bool *is_made)
{
    const figure_call call = {folder, size};
    figure_plan plan;
    *is_made = false;
    bool drawn = false;
    hebb_status status = make_plan(&call, setting, &plan);
    if (status == HEBB_OK && !reads_files(plan.recipe.n_steps, plan.steps))
        status = is_drawn(folder, setting->folder, &drawn);
    if (status == HEBB_OK && drawn)
        status = stamp_provenance(&call, setting, &plan.recipe, plan.steps, &plan.provenance);
    if (status == HEBB_OK && drawn) status = match_stamp(&plan.provenance, plan.stamp, is_made);
    free_plan(&plan);
    return status;
}
