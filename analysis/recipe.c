#include "recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "c_locale.h"
#include "text_reader.h"

const char *const hebb_step_words[] = {[HEBB_STEP_RUN] = "run",
                                       [HEBB_STEP_THEORY] = "theory",
                                       [HEBB_STEP_TRAIN] = "train",
                                       [HEBB_STEP_SAMPLE] = "sample",
                                       [HEBB_STEP_ANALYSE] = "analyse"};

typedef struct {
    const char *path, *size;
    bool has_mnist;
    long line;
    hebb_recipe *recipe;
    hebb_step *step; /* NULL before the first section */
    size_t first;    /* of the step's settings, the section's first */
    bool skipped;    /* the section is for another size, or other digits */
} reading;

static hebb_status fail_memory(const reading *at)
{
    return hebb_fail(HEBB_ENOMEM, "%s:%ld: no memory", at->path, at->line);
}

static char *trim(char *text)
{
    text += strspn(text, " \t");
    for (size_t n = strlen(text); n > 0 && hebb_c_locale_is_space(text[n - 1]); n--) text[n - 1] = '\0';
    return text;
}

/* Labels become names of files and folders: nothing but small letters, digits and inner dashes. */
static bool is_plain(const char *label)
{
    return *label != '\0' && *label != '-' && strspn(label, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(label);
}

static bool same(const char *a, const char *b)
{
    return (a == NULL && b == NULL) || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The step of that name, added where it is new; NULL without memory. */
static hebb_step *step_named(hebb_recipe *recipe, long line, hebb_step_kind kind, const char *subject,
                             const char *label)
{
    for (size_t k = 0; k < recipe->n_steps; k++) {
        hebb_step *step = &recipe->steps[k];
        if (step->kind == kind && same(step->subject, subject) && same(step->label, label)) return step;
    }
    hebb_step *steps = reallocarray(recipe->steps, recipe->n_steps + 1, sizeof *steps);
    if (steps == NULL) return NULL;
    recipe->steps = steps;
    hebb_step *step = &steps[recipe->n_steps++];
    *step = (hebb_step){
        .line = line, .kind = kind, .subject = strdup(subject), .label = label != NULL ? strdup(label) : NULL};
    return step->subject != NULL && (label == NULL || step->label != NULL) ? step : NULL;
}

/* HEBB_STEP_KINDS: there is none of that name. */
static int kind_of(const char *word)
{
    int kind = 0;
    while (kind < HEBB_STEP_KINDS && (word == NULL || strcmp(word, hebb_step_words[kind]) != 0)) kind++;
    return kind;
}

/* What follows «as», and then the next word; NULL without. */
static hebb_status read_label(const reading *at, hebb_step_kind kind, const char *subject, char **rest,
                              const char **label, const char **word)
{
    *label = NULL;
    *word = strtok_r(NULL, " \t", rest);
    if (*word != NULL && strcmp(*word, "as") == 0) {
        *label = strtok_r(NULL, " \t", rest);
        if (*label == NULL || !is_plain(*label))
            return hebb_fail(HEBB_EDATA, "%s:%ld: the name after «as» takes a-z, 0-9 and dashes", at->path, at->line);
        *word = strtok_r(NULL, " \t", rest);
    }
    if (kind != HEBB_STEP_RUN && *label == NULL)
        return hebb_fail(HEBB_EDATA, "%s:%ld: it needs a name: [%s %s as NAME]", at->path, at->line,
                         hebb_step_words[kind], subject);
    return HEBB_OK;
}

/* The words after the name: at most one of each pair, in any order. */
static hebb_status read_conditions(reading *at, const char *word, char **rest)
{
    const struct {
        const char *word;
        bool holds;
    } conditions[2][2] = {{{"quick", same(at->size, "quick")}, {"paper", same(at->size, "paper")}},
                          {{"mnist", at->has_mnist}, {"no-mnist", !at->has_mnist}}};
    bool is_said[2] = {false, false}, holds = true;
    for (; word != NULL; word = strtok_r(NULL, " \t", rest)) {
        int k = 0;
        while (k < 4 && (strcmp(word, conditions[k / 2][k % 2].word) != 0 || is_said[k / 2])) k++;
        if (k == 4)
            return hebb_fail(HEBB_EDATA,
                             "%s:%ld: '%s': a section ends in what it is for, quick or paper, mnist or no-mnist, each "
                             "pair once, or in nothing",
                             at->path, at->line, word);
        is_said[k / 2] = true;
        holds = holds && conditions[k / 2][k % 2].holds;
    }
    at->skipped = !holds && at->size != NULL;
    return HEBB_OK;
}

/* "[run capacity as big quick]", the brackets already checked and gone */
static hebb_status read_section(reading *at, char *text)
{
    char *rest = text;
    const int kind = kind_of(strtok_r(text, " \t", &rest));
    const char *subject = strtok_r(NULL, " \t", &rest), *word, *label;
    if (kind == HEBB_STEP_KINDS || subject == NULL)
        return hebb_fail(HEBB_EDATA,
                         "%s:%ld: a section is [run EXPERIMENT], or [theory SUBJECT as NAME], [train LEARNER as NAME], "
                         "[sample TRAINING as NAME], [analyse SUBJECT as NAME]",
                         at->path, at->line);
    hebb_status status = read_label(at, (hebb_step_kind)kind, subject, &rest, &label, &word);
    if (status == HEBB_OK) status = read_conditions(at, word, &rest);
    if (status != HEBB_OK) return status;
    at->step = step_named(at->recipe, at->line, (hebb_step_kind)kind, subject, label);
    if (at->step == NULL) return fail_memory(at);
    if (at->recipe->n_steps > HEBB_RECIPE_MAX_STEPS)
        return hebb_fail(HEBB_EDATA, "%s:%ld: more than %d steps", at->path, at->line, HEBB_RECIPE_MAX_STEPS);
    at->step->is_wanted = at->step->is_wanted || !at->skipped;
    at->first = at->step->n_settings;
    return HEBB_OK;
}

static hebb_status add_setting(reading *at, const char *name, const char *value)
{
    if (at->skipped) return HEBB_OK;
    hebb_step *step = at->step;
    for (size_t k = at->first; k < step->n_settings; k++)
        if (strcmp(step->settings[k].name, name) == 0)
            return hebb_fail(HEBB_EDATA, "%s:%ld: the section has %s in line %ld already", at->path, at->line, name,
                             step->settings[k].line);
    hebb_setting *settings = reallocarray(step->settings, step->n_settings + 1, sizeof *settings);
    if (settings == NULL) return fail_memory(at);
    step->settings = settings;
    hebb_setting *setting = &settings[step->n_settings++];
    *setting = (hebb_setting){at->line, strdup(name), strdup(value)};
    return setting->name != NULL && setting->value != NULL ? HEBB_OK : fail_memory(at);
}

static hebb_status read_line(void *context, const char *path, long number, char *line)
{
    reading *at = context;
    (void)path; /* at has it */
    at->line = number;
    char *text = trim(line);
    const size_t length = strlen(text);
    if (length == 0 || *text == '#') return HEBB_OK;
    if (*text == '[') {
        if (text[length - 1] != ']') return hebb_fail(HEBB_EDATA, "%s:%ld: ']' is missing", at->path, at->line);
        text[length - 1] = '\0';
        return read_section(at, text + 1);
    }
    char *equals = strchr(text, '=');
    if (equals == NULL) return hebb_fail(HEBB_EDATA, "%s:%ld: no line of the form name = value", at->path, at->line);
    *equals = '\0';
    const char *name = trim(text), *value = trim(equals + 1);
    if (at->step != NULL) return add_setting(at, name, value);
    if (strcmp(name, "title") != 0)
        return hebb_fail(HEBB_EDATA, "%s:%ld: '%s' stands before the first section, where only title can", at->path,
                         at->line, name);
    if (at->recipe->title != NULL) return hebb_fail(HEBB_EDATA, "%s:%ld: a second title", at->path, at->line);
    at->recipe->title = strdup(value);
    return at->recipe->title != NULL ? HEBB_OK : fail_memory(at);
}

static void free_step(hebb_step *step)
{
    for (size_t k = 0; k < step->n_settings; k++) {
        free(step->settings[k].name);
        free(step->settings[k].value);
    }
    free(step->settings);
    free(step->subject);
    free(step->label);
}

/* Steps with sections for what is not asked for alone go. */
static void drop_unwanted(hebb_recipe *recipe)
{
    size_t n = 0;
    for (size_t s = 0; s < recipe->n_steps; s++) {
        if (recipe->steps[s].is_wanted)
            recipe->steps[n++] = recipe->steps[s];
        else
            free_step(&recipe->steps[s]);
    }
    recipe->n_steps = n;
}

static bool makes_folder(const hebb_step *step)
{
    return step->kind == HEBB_STEP_RUN || step->kind == HEBB_STEP_TRAIN;
}

/* Two steps must not write to the same place. */
static hebb_status check_places(const char *path, const hebb_recipe *recipe)
{
    for (size_t a = 0; a < recipe->n_steps; a++)
        for (size_t b = 0; b < a; b++)
            if ((recipe->steps[a].kind == recipe->steps[b].kind ||
                 (makes_folder(&recipe->steps[a]) && makes_folder(&recipe->steps[b]))) &&
                same(recipe->steps[a].label, recipe->steps[b].label))
                return hebb_fail(HEBB_EDATA, "%s:%ld: writes where line %ld does; give it a name of its own with «as»",
                                 path, recipe->steps[a].line, recipe->steps[b].line);
    return HEBB_OK;
}

const char *hebb_recipe_mnist(void)
{
    static const char *const names[] = {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                                        "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"};
    const char *folder = getenv("HEBB_MNIST");
    if (folder == NULL || *folder == '\0') return NULL;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        char path[4096];
        const int length = snprintf(path, sizeof path, "%s/%s", folder, names[k]);
        if (length < 0 || (size_t)length >= sizeof path || access(path, R_OK) != 0) return NULL;
    }
    return folder;
}

hebb_status hebb_recipe_read(const char *path, const char *size, hebb_recipe *recipe)
{
    *recipe = (hebb_recipe){.has_all = size == NULL};
    reading at = {.path = path, .size = size, .has_mnist = hebb_recipe_mnist() != NULL, .recipe = recipe};
    hebb_status status = hebb_text_read(path, read_line, &at);
    if (status == HEBB_OK) drop_unwanted(recipe);
    if (status == HEBB_OK && recipe->n_steps == 0)
        status = hebb_fail(HEBB_EDATA, "%s: has no section%s%s", path, size != NULL ? " for the size " : "",
                           size != NULL ? size : "");
    if (status == HEBB_OK && size != NULL) status = check_places(path, recipe);
    if (status != HEBB_OK) hebb_recipe_free(recipe);
    return status;
}

void hebb_recipe_free(hebb_recipe *recipe)
{
    for (size_t s = 0; s < recipe->n_steps; s++) free_step(&recipe->steps[s]);
    free(recipe->steps);
    free(recipe->title);
    *recipe = (hebb_recipe){0};
}
