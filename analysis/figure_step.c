#include "figure_step.h"

#include <stdlib.h>
#include <string.h>

#include "atomic_file.h"
#include "figure_path.h"
#include "nearest.h"
#include "training_sample.h"

/* ---- what it is of ---- */

enum { MAX_SUBJECTS = 64 };

static hebb_status find_subject(const char *path, hebb_figure_step *prepared)
{
    static const char *const what[] = {"experiment", "subject", "learner", "training", "subject"};
    const hebb_step *step = prepared->step;
    const hebb_step_kind kind = step->kind;
    const char *names[MAX_SUBJECTS];
    size_t n = 0;
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL && kind == HEBB_STEP_RUN; e++) {
        if (strcmp((*e)->name, step->subject) == 0) prepared->experiment = *e;
        if (n < MAX_SUBJECTS) names[n++] = (*e)->name;
    }
    for (const hebb_theory_table *const *t = hebb_theory_tables(); *t != NULL && kind == HEBB_STEP_THEORY; t++) {
        if (strcmp((*t)->subject, step->subject) == 0) prepared->theory = *t;
        if (n < MAX_SUBJECTS) names[n++] = (*t)->subject;
    }
    for (const hebb_learner *const *l = hebb_learners(); *l != NULL && kind == HEBB_STEP_TRAIN; l++) {
        if (strcmp((*l)->name, step->subject) == 0) prepared->learner = *l;
        if (n < MAX_SUBJECTS) names[n++] = (*l)->name;
    }
    for (const hebb_analysis_table *const *t = hebb_analysis_tables(); *t != NULL && kind == HEBB_STEP_ANALYSE; t++) {
        if (strcmp((*t)->subject, step->subject) == 0) prepared->analysis = *t;
        if (n < MAX_SUBJECTS) names[n++] = (*t)->subject;
    }
    if (kind == HEBB_STEP_SAMPLE || prepared->experiment != NULL || prepared->theory != NULL ||
        prepared->learner != NULL || prepared->analysis != NULL)
        return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s:%ld: unknown %s %s; did you mean %s?", path, step->line, what[kind], step->subject,
                     hebb_nearest(step->subject, n, names));
}

/* A training of that name must stand above. */
static hebb_status find_training(const char *path, long line, const char *name, const hebb_recipe *recipe, size_t k,
                                 hebb_figure_step *prepared)
{
    for (size_t s = 0; s < k; s++)
        if (recipe->steps[s].kind == HEBB_STEP_TRAIN && strcmp(recipe->steps[s].label, name) == 0)
            prepared->training = recipe->steps[s].label;
    if (prepared->training != NULL) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s:%ld: there is no [train LEARNER as %s] above it", path, line, name);
}

/* The last one above it, for an analysis that does not say of which. */
static hebb_status find_training_above(const char *path, const hebb_recipe *recipe, size_t k,
                                       hebb_figure_step *prepared)
{
    for (size_t s = 0; s < k; s++)
        if (recipe->steps[s].kind == HEBB_STEP_TRAIN) prepared->training = recipe->steps[s].label;
    if (prepared->training != NULL) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s:%ld: there is no [train LEARNER as NAME] above it", path, prepared->step->line);
}

/* ---- options ---- */

/* What an analysis has in a recipe alone. */
static const hebb_option of_option = {"of",     0, HEBB_OPTION_TEXT,         "TRAINING", NULL,
                                      HEBB_ANY, 0, "which training's folder"};

static hebb_status init_options(hebb_figure_step *prepared)
{
    hebb_option_table tables[HEBB_TRAINING_MAX_TABLES];
    size_t n = 1;
    switch (prepared->step->kind) {
    case HEBB_STEP_RUN:
        tables[0] = (hebb_option_table){prepared->experiment->n_options, prepared->experiment->options};
        tables[n++] = hebb_experiment_options;
        break;
    case HEBB_STEP_THEORY:
        tables[0] = (hebb_option_table){prepared->theory->n_options, prepared->theory->options};
        break;
    case HEBB_STEP_TRAIN:
        n = hebb_training_tables(prepared->learner, tables);
        break;
    case HEBB_STEP_SAMPLE:
        tables[0] = hebb_training_sample_options;
        break;
    case HEBB_STEP_ANALYSE:
        tables[0] = (hebb_option_table){prepared->analysis->n_options, prepared->analysis->options};
        tables[n++] = (hebb_option_table){1, &of_option};
        break;
    }
    return hebb_options_init(&prepared->options, n, tables);
}

/* A file's name that begins with $HEBB_MNIST is one in that folder; where it is only checked, the folder may be absent. */
static hebb_status set_option(hebb_options *options, bool is_check, const char *origin, const char *name,
                              const char *value)
{
    static const char variable[] = "$HEBB_MNIST/";
    if (is_check || strncmp(value, variable, strlen(variable)) != 0)
        return hebb_options_set(options, origin, name, value);
    const char *folder = hebb_recipe_mnist();
    if (folder == NULL)
        return hebb_fail(HEBB_ENOINPUT, "%s: HEBB_MNIST does not name a folder with the four files of MNIST", origin);
    char *path = hebb_figure_path(folder, value + strlen(variable));
    if (path == NULL) return hebb_figure_fail_memory(value);
    const hebb_status status = hebb_options_set(options, origin, name, path);
    free(path);
    return status;
}

static bool has_option(const hebb_options *options, const char *name)
{
    for (size_t k = 0; k < options->n; k++)
        if (strcmp(options->values[k].option->name, name) == 0) return true;
    return false;
}

static hebb_status set_options(const char *path, const char *seed, const hebb_recipe *recipe, size_t k,
                               hebb_figure_step *prepared)
{
    const hebb_step *step = prepared->step;
    hebb_status status = HEBB_OK;
    for (size_t s = 0; status == HEBB_OK && s < step->n_settings; s++) {
        const hebb_setting *setting = &step->settings[s];
        char origin[1024];
        snprintf(origin, sizeof origin, "%s:%ld: %s", path, setting->line, setting->name);
        status = set_option(&prepared->options, recipe->has_all, origin, setting->name, setting->value);
        if (status == HEBB_OK && step->kind == HEBB_STEP_ANALYSE && strcmp(setting->name, "of") == 0)
            status = find_training(path, setting->line, setting->value, recipe, k, prepared);
    }
    if (status == HEBB_OK && seed != NULL && step->kind != HEBB_STEP_THEORY && has_option(&prepared->options, "seed"))
        status = hebb_options_set(&prepared->options, "--seed", "seed", seed);
    return status;
}

hebb_status hebb_figure_step_prepare(const char *path, const char *seed, const hebb_recipe *recipe, size_t k,
                                     hebb_figure_step *prepared)
{
    const hebb_step *step = &recipe->steps[k];
    *prepared = (hebb_figure_step){.step = step};
    hebb_status status = find_subject(path, prepared);
    if (status == HEBB_OK && step->kind == HEBB_STEP_SAMPLE)
        status = find_training(path, step->line, step->subject, recipe, k, prepared);
    if (status == HEBB_OK) status = init_options(prepared);
    if (status == HEBB_OK) status = set_options(path, seed, recipe, k, prepared);
    if (status == HEBB_OK && step->kind == HEBB_STEP_ANALYSE && prepared->training == NULL)
        status = find_training_above(path, recipe, k, prepared);
    const char *needed = step->kind == HEBB_STEP_TRAIN ? "data" : step->kind == HEBB_STEP_SAMPLE ? "count" : NULL;
    if (status == HEBB_OK && needed != NULL && !hebb_options_is_set(&prepared->options, needed))
        status = hebb_fail(HEBB_EDATA, "%s:%ld: [%s %s as %s] needs a line  %s = ..", path, step->line,
                           hebb_step_words[step->kind], step->subject, step->label, needed);
    return status;
}

/* ---- where it writes ---- */

bool hebb_figure_step_makes_folder(const hebb_step *step)
{
    return step->kind == HEBB_STEP_RUN || step->kind == HEBB_STEP_TRAIN;
}

static const char *prefix(const hebb_step *step)
{
    return step->kind == HEBB_STEP_THEORY ? "theory" : step->kind == HEBB_STEP_SAMPLE ? "sample" : "analysis";
}

char *hebb_figure_step_file(const hebb_step *step)
{
    char *name;
    return asprintf(&name, "%s-%s.csv", prefix(step), step->label) < 0 ? NULL : name;
}

/* The canonical command; of a sample or an analysis what its data are stands in its own file. */
static hebb_status provenance_of(const hebb_figure_step *prepared, hebb_provenance *provenance)
{
    char head[80];
    if (prepared->theory != NULL) return hebb_theory_table_provenance(prepared->theory, &prepared->options, provenance);
    const bool has_subject = prepared->step->kind != HEBB_STEP_SAMPLE;
    snprintf(head, sizeof head, "hebb %s%s%s", hebb_step_words[prepared->step->kind], has_subject ? " " : "",
             has_subject ? prepared->step->subject : "");
    return hebb_provenance_init(provenance, head, &prepared->options);
}

hebb_status hebb_figure_step_note(const hebb_figure_step *prepared, hebb_provenance *provenance)
{
    hebb_provenance own = {0};
    char *key;
    if (asprintf(&key, "%s-%s", prefix(prepared->step), prepared->step->label) < 0)
        return hebb_figure_fail_memory(prepared->step->label);
    hebb_status status = provenance_of(prepared, &own);
    if (status == HEBB_OK) status = hebb_provenance_add(provenance, key, "%s", hebb_provenance_get(&own, "command"));
    hebb_provenance_free(&own);
    free(key);
    return status;
}

/* ---- doing it ---- */

static hebb_status follow_run(hebb_figure_step *prepared, const hebb_experiment_setting *setting,
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

static hebb_status follow_training(hebb_figure_step *prepared, const hebb_experiment_setting *setting)
{
    char *folder = hebb_figure_path(setting->folder, prepared->step->label);
    if (folder == NULL) return hebb_figure_fail_memory(setting->folder);
    const hebb_training_setting own = {.folder = folder,
                                       .overwrite = setting->overwrite,
                                       .csv_plain = setting->csv_plain,
                                       .show_progress = setting->show_progress,
                                       .n_threads = setting->n_threads,
                                       .save_interval = setting->checkpoint_interval,
                                       .log = setting->log};
    hebb_status status = hebb_training_run(prepared->learner, &prepared->options, &own);
    if (status == HEBB_ESTOPPED && setting->resume != NULL)
        status = hebb_fail(status, "figure: stopped while %s learns; what is done is kept; go on with: %s", folder,
                           setting->resume);
    free(folder);
    return status;
}

static hebb_status save(const hebb_figure_step *prepared, const hebb_experiment_setting *setting,
                        const hebb_table *table, const hebb_provenance *provenance)
{
    char *name = hebb_figure_step_file(prepared->step),
         *path = name != NULL ? hebb_figure_path(setting->folder, name) : NULL;
    hebb_status status = path != NULL ? hebb_folder_make(setting->folder) : hebb_figure_fail_memory(setting->folder);
    if (status == HEBB_OK) status = hebb_table_save(table, setting->csv_plain ? NULL : provenance, path);
    free(path);
    free(name);
    return status;
}

static hebb_status follow_sample(const hebb_figure_step *prepared, const hebb_experiment_setting *setting,
                                 const char *folder)
{
    hebb_training_sample sample = {0};
    hebb_provenance provenance = {0};
    hebb_table table = {0};
    hebb_training_sample_setting own = hebb_training_sample_read(&prepared->options, folder);
    own.n_threads = setting->n_threads;
    hebb_status status = hebb_training_sample_draw(&sample, &own);
    if (*sample.note != '\0' && setting->log != NULL)
        (void)fprintf(setting->log, "sample %s: %s\n", prepared->step->label, sample.note);
    if (status == HEBB_OK) status = hebb_training_sample_provenance(&sample, &prepared->options, &provenance);
    if (status == HEBB_OK) status = hebb_training_sample_table(&sample, &table);
    if (status == HEBB_OK) status = save(prepared, setting, &table, &provenance);
    hebb_table_free(&table);
    hebb_provenance_free(&provenance);
    hebb_training_sample_free(&sample);
    return status;
}

static hebb_status follow_table(const hebb_figure_step *prepared, const hebb_experiment_setting *setting,
                                const char *folder)
{
    const hebb_analysis_input input = {.options = &prepared->options,
                                       .n_files = 1,
                                       .files = &folder,
                                       .log = setting->log,
                                       .n_threads = setting->n_threads};
    hebb_table table = {0};
    hebb_provenance provenance = {0};
    hebb_status status = provenance_of(prepared, &provenance);
    if (status == HEBB_OK)
        status = prepared->theory != NULL ? prepared->theory->fill(&prepared->options, &table)
                                          : prepared->analysis->fill(&input, &table, &provenance);
    if (status == HEBB_OK) status = save(prepared, setting, &table, &provenance);
    hebb_table_free(&table);
    hebb_provenance_free(&provenance);
    return status;
}

hebb_status hebb_figure_step_follow(hebb_figure_step *prepared, const hebb_experiment_setting *setting,
                                    hebb_verdict_count *verdicts)
{
    const hebb_step_kind kind = prepared->step->kind;
    if (kind == HEBB_STEP_RUN) return follow_run(prepared, setting, verdicts);
    if (kind == HEBB_STEP_TRAIN) return follow_training(prepared, setting);
    if (kind == HEBB_STEP_THEORY) return follow_table(prepared, setting, NULL);
    char *folder = hebb_figure_path(setting->folder, prepared->training);
    if (folder == NULL) return hebb_figure_fail_memory(setting->folder);
    const hebb_status status =
        kind == HEBB_STEP_SAMPLE ? follow_sample(prepared, setting, folder) : follow_table(prepared, setting, folder);
    free(folder);
    return status;
}
