/* recipe: steps with places of their own and names that are no paths, and the same steps when they are written out. */
#include "recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED(
        "# a comment\ntitle = The fall\n\n[run capacity]\nalpha = 0.1:0.2:0.01\n[run capacity quick]\n  replicas=10  "
        "\n[run capacity paper]\nreplicas = 400\n[theory retrieval as glass]\nstate = glass\n"),
    FUZZ_SEED("[run crosstalk as big paper]\r\nreplicas = 9\r\n[run capacity]\r\n= 2\r\n"),
    FUZZ_SEED("[run a]\n[run b]\n"),
    FUZZ_SEED("[theory x as ../../up]\n"),
    FUZZ_SEED("[train rbm as d mnist]\ndata = $HEBB_MNIST/a\n[train rbm as d no-mnist quick]\ndata = builtin:digits\n"
              "[sample d as s]\ncount = 3\n[analyse likelihood as l paper]\nof = d\n[analyse likelihood as l quick]\n"),
    FUZZ_SEED("\xef\xbb\xbftitle=\n[theory x as -]\n"),
    FUZZ_SEED("[run a mnist quick]\nb = 1\n[run a paper no-mnist]\nb = 1\n[run a]\nb = 1\nc = 1\nb = 1\n"),
    FUZZ_SEED("[run as as as quick]\n[run quick quick]\r[run]"),
    {NULL, 0}};
const char *const fuzz_words[] = {
    "[run ",   "[theory ", "[train ", "[sample ", "[analyse ", " mnist",   " no-mnist", " as ",      " quick]",
    " paper]", "]\n",      "title",   "=",        "#",         "\n",       "\r\n",      "[run a]\n", "[run a as b]\n",
    "../",     "/",        "-",       "a",        "\v",        "\xc2\x9b", NULL};

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_steps(const hebb_recipe *recipe)
{
    FUZZ_EXPECT(recipe->n_steps > 0);
    for (size_t s = 0; s < recipe->n_steps; s++) {
        const hebb_step *step = &recipe->steps[s];
        FUZZ_EXPECT(step->is_wanted && step->line > 0 && *step->subject != '\0');
        FUZZ_EXPECT(step->label == NULL || (*step->label != '\0' && strpbrk(step->label, "./\\ \n") == NULL));
        FUZZ_EXPECT(step->label != NULL || step->kind == HEBB_STEP_RUN);
        for (size_t t = 0; t < s && !recipe->has_all; t++)
            FUZZ_EXPECT(step->kind != recipe->steps[t].kind || !same(step->label, recipe->steps[t].label));
    }
}

static char *write_recipe(const hebb_recipe *recipe, size_t *n)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, n);
    FUZZ_EXPECT(stream != NULL);
    if (recipe->title != NULL) (void)fprintf(stream, "title = %s\n", recipe->title);
    for (size_t s = 0; s < recipe->n_steps; s++) {
        const hebb_step *step = &recipe->steps[s];
        for (size_t k = 0; k < step->n_settings || k == 0; k++) { /* a section each: a key may come from several */
            (void)fprintf(stream, "[%s %s%s%s]\n", hebb_step_words[step->kind], step->subject,
                          step->label != NULL ? " as " : "", step->label != NULL ? step->label : "");
            if (k < step->n_settings)
                (void)fprintf(stream, "%s = %s\n", step->settings[k].name, step->settings[k].value);
        }
    }
    FUZZ_EXPECT(fclose(stream) == 0);
    return text;
}

static void check_same(const hebb_recipe *a, const hebb_recipe *b)
{
    FUZZ_EXPECT(same(a->title, b->title) && a->n_steps == b->n_steps);
    for (size_t s = 0; s < a->n_steps; s++) {
        const hebb_step *x = &a->steps[s], *y = &b->steps[s];
        FUZZ_EXPECT(x->kind == y->kind && same(x->subject, y->subject) && same(x->label, y->label));
        FUZZ_EXPECT(x->n_settings == y->n_settings);
        for (size_t k = 0; k < x->n_settings; k++)
            FUZZ_EXPECT(same(x->settings[k].name, y->settings[k].name) &&
                        same(x->settings[k].value, y->settings[k].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const sizes[] = {"quick", "paper", NULL};
    const char *path = fuzz_file(0, data, size);
    for (size_t k = 0; k < 3; k++) {
        hebb_recipe recipe, again;
        if (fuzz_check_status(hebb_recipe_read(path, sizes[k], &recipe), path)) {
            size_t n;
            FUZZ_EXPECT(memchr(data, '\0', size) == NULL);
            check_steps(&recipe);
            char *text = write_recipe(&recipe, &n);
            FUZZ_EXPECT(hebb_recipe_read(fuzz_file(1, text, n), sizes[k], &again) == HEBB_OK);
            check_same(&recipe, &again);
            hebb_recipe_free(&again);
            free(text);
        } else {
            FUZZ_EXPECT(recipe.n_steps == 0 && recipe.steps == NULL && recipe.title == NULL);
        }
        hebb_recipe_free(&recipe);
    }
    return 0;
}
