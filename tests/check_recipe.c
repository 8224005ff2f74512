/* recipe: what a recipe.conf means, and what is refused by file and line. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "recipe.h"
#include "scratch.h"

static hebb_status read_text(const char *text, const char *size, hebb_recipe *recipe)
{
    return hebb_recipe_read(scratch_write("recipe.conf", text, strlen(text)), size, recipe);
}

static const char two_steps[] = "# a comment\n"
                                "title = The fall\n"
                                "\n"
                                "[run capacity]\n"
                                "alpha = 0.1:0.2:0.01\n"
                                "[run capacity quick]\n"
                                "  replicas=10  \n"
                                "[run capacity paper]\n"
                                "replicas = 400\n"
                                "[theory retrieval as glass]\n"
                                "state = glass\n";

START_TEST(sections_of_the_size_are_added_to_the_common_ones)
{
    hebb_recipe recipe;
    ck_assert_int_eq(read_text(two_steps, "quick", &recipe), HEBB_OK);
    ck_assert_str_eq(recipe.title, "The fall");
    ck_assert_uint_eq(recipe.n_steps, 2);
    const hebb_step *run = &recipe.steps[0], *theory = &recipe.steps[1];
    ck_assert_int_eq(run->kind, HEBB_STEP_RUN);
    ck_assert_str_eq(run->subject, "capacity");
    ck_assert_ptr_null(run->label);
    ck_assert_uint_eq(run->n_settings, 2);
    ck_assert_str_eq(run->settings[0].name, "alpha");
    ck_assert_str_eq(run->settings[0].value, "0.1:0.2:0.01");
    ck_assert_int_eq(run->settings[0].line, 5);
    ck_assert_str_eq(run->settings[1].name, "replicas");
    ck_assert_str_eq(run->settings[1].value, "10");
    ck_assert_int_eq(theory->kind, HEBB_STEP_THEORY);
    ck_assert_str_eq(theory->label, "glass");
    hebb_recipe_free(&recipe);
    ck_assert_int_eq(read_text(two_steps, "paper", &recipe), HEBB_OK);
    ck_assert_str_eq(recipe.steps[0].settings[1].value, "400");
    hebb_recipe_free(&recipe);
    hebb_recipe_free(&recipe);
}
END_TEST

START_TEST(a_step_of_the_other_size_alone_is_left_out)
{
    static const char text[] = "[run crosstalk as big paper]\nreplicas = 9\n[run capacity]\nreplicas = 2\n";
    hebb_recipe recipe;
    ck_assert_int_eq(read_text(text, "quick", &recipe), HEBB_OK);
    ck_assert_uint_eq(recipe.n_steps, 1);
    ck_assert_str_eq(recipe.steps[0].subject, "capacity");
    hebb_recipe_free(&recipe);
    ck_assert_int_eq(read_text(text, "paper", &recipe), HEBB_OK);
    ck_assert_uint_eq(recipe.n_steps, 2);
    hebb_recipe_free(&recipe);
}
END_TEST

START_TEST(without_a_size_all_sections_are_read)
{
    static const char text[] =
        "[run a quick mnist]\nx = 1\n[run a no-mnist paper]\nx = 2\n[run b paper]\n[run c quick]\n";
    hebb_recipe recipe;
    ck_assert_int_eq(read_text(text, NULL, &recipe), HEBB_OK);
    ck_assert(recipe.has_all);
    ck_assert_uint_eq(recipe.n_steps, 3);
    ck_assert_uint_eq(recipe.steps[0].n_settings, 2);
    ck_assert_str_eq(recipe.steps[0].settings[1].value, "2");
    hebb_recipe_free(&recipe);
    ck_assert_int_eq(read_text("[run a]\n[theory a as x quick]\n", "quick", &recipe), HEBB_OK);
    ck_assert(!recipe.has_all);
    hebb_recipe_free(&recipe);
    ck_assert_int_eq(read_text("# nothing\n", NULL, &recipe), HEBB_EDATA);
    ck_assert_msg(strstr(hebb_diagnostic(), "recipe.conf: has no section") != NULL, "%s", hebb_diagnostic());
}
END_TEST

static const char trained[] = "[train rbm as digits]\nhidden = 4\n"
                              "[train rbm as digits mnist]\ndata = $HEBB_MNIST/train-images-idx3-ubyte.gz\n"
                              "[train rbm as digits no-mnist]\ndata = builtin:digits\n"
                              "[sample digits as drawn]\ncount = 3\n"
                              "[analyse likelihood as course no-mnist quick]\nof = digits\n";

START_TEST(trainings_samples_and_analyses_are_steps_and_sections_may_ask_for_mnist)
{
    static const char *const names[] = {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                                        "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"};
    hebb_recipe recipe;
    unsetenv("HEBB_MNIST");
    ck_assert_ptr_null(hebb_recipe_mnist());
    ck_assert_int_eq(read_text(trained, "quick", &recipe), HEBB_OK);
    ck_assert_uint_eq(recipe.n_steps, 3);
    ck_assert_int_eq(recipe.steps[0].kind, HEBB_STEP_TRAIN);
    ck_assert_uint_eq(recipe.steps[0].n_settings, 2);
    ck_assert_str_eq(recipe.steps[0].settings[1].value, "builtin:digits");
    ck_assert_int_eq(recipe.steps[1].kind, HEBB_STEP_SAMPLE);
    ck_assert_str_eq(recipe.steps[1].subject, "digits");
    ck_assert_int_eq(recipe.steps[2].kind, HEBB_STEP_ANALYSE);
    hebb_recipe_free(&recipe);
    for (size_t k = 0; k < 4; k++) {
        ck_assert_ptr_null(hebb_recipe_mnist());
        char *path = strdup(scratch_write(names[k], "", 0));
        char *slash = strrchr(path, '/');
        *slash = '\0';
        setenv("HEBB_MNIST", path, 1);
        free(path);
    }
    ck_assert_ptr_nonnull(hebb_recipe_mnist());
    ck_assert_int_eq(read_text(trained, "quick", &recipe), HEBB_OK);
    ck_assert_uint_eq(recipe.n_steps, 2);
    ck_assert_str_eq(recipe.steps[0].settings[1].value, "$HEBB_MNIST/train-images-idx3-ubyte.gz");
    hebb_recipe_free(&recipe);
    unsetenv("HEBB_MNIST");
}
END_TEST

START_TEST(what_is_malformed_is_refused_by_file_and_line)
{
    static const struct {
        const char *text, *place;
    } bad[] = {
        {"[run capacity\n", "recipe.conf:1:"},
        {"title = a\n[walk capacity]\n", "recipe.conf:2:"},
        {"[run]\n", "recipe.conf:1:"},
        {"[run capacity huge]\n", "recipe.conf:1:"},
        {"[run capacity quick more]\n", "recipe.conf:1:"},
        {"[run capacity as ../up]\n", "recipe.conf:1:"},
        {"[run capacity as]\n", "recipe.conf:1:"},
        {"[run capacity as -x]\n", "recipe.conf:1:"},
        {"[theory retrieval]\n", "recipe.conf:1:"},
        {"[train rbm]\n", "recipe.conf:1:"},
        {"[sample a as b quick mnist no-mnist]\n", "recipe.conf:1: 'no-mnist': a section ends in"},
        {"[sample a as b mnist paper quick]\n", "recipe.conf:1: 'quick': a section ends in"},
        {"[run a]\nx = 1\ny = 1\nx = 2\n", "recipe.conf:4: the section has x in line 2 already"},
        {"[run b]\nx = 1\n[run a]\nx = 1\n[run b quick]\nx = 1\nx = 2\n", "recipe.conf:7: the section has x in line 6"},
        {"title = a\ntitle = b\n[run a]\n", "recipe.conf:2: a second title"},
        {"[run capacity as a]\n[train rbm as a]\n", "recipe.conf:2:"},
        {"alpha = 1\n[run capacity]\n", "recipe.conf:1:"},
        {"[run capacity]\n\nalpha\n", "recipe.conf:3:"},
        {"# nothing\n", "has no section"},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        hebb_recipe recipe;
        ck_assert_int_eq(read_text(bad[k].text, "quick", &recipe), HEBB_EDATA);
        ck_assert_msg(strstr(hebb_diagnostic(), bad[k].place) != NULL, "%s", hebb_diagnostic());
        ck_assert_uint_eq(recipe.n_steps, 0);
    }
    hebb_recipe recipe;
    ck_assert_int_eq(hebb_recipe_read(scratch_write("r", "[run c]\na\0b=1\n", 14), "quick", &recipe), HEBB_EDATA);
}
END_TEST

START_TEST(no_more_steps_are_read_than_a_figure_has)
{
    char text[20 * (HEBB_RECIPE_MAX_STEPS + 1)];
    size_t n = 0;
    for (int k = 0; k <= HEBB_RECIPE_MAX_STEPS; k++) n += (size_t)sprintf(text + n, "[run a as s%d]\n", k);
    hebb_recipe recipe;
    ck_assert_int_eq(read_text(text, "quick", &recipe), HEBB_EDATA);
    ck_assert_msg(strstr(hebb_diagnostic(), "recipe.conf:201: more than 200 steps") != NULL, "%s", hebb_diagnostic());
    *strrchr(text, '[') = '\0';
    ck_assert_int_eq(read_text(text, "quick", &recipe), HEBB_OK);
    ck_assert_uint_eq(recipe.n_steps, HEBB_RECIPE_MAX_STEPS);
    hebb_recipe_free(&recipe);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        hebb_recipe recipe;
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_recipe_read(path, "quick", &recipe), HEBB_ENOINPUT, path, ": ");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recipe");
    TCase *text = tcase_create("text");
    tcase_add_checked_fixture(text, scratch_make, scratch_remove);
    tcase_add_test(text, sections_of_the_size_are_added_to_the_common_ones);
    tcase_add_test(text, a_step_of_the_other_size_alone_is_left_out);
    tcase_add_test(text, without_a_size_all_sections_are_read);
    tcase_add_test(text, trainings_samples_and_analyses_are_steps_and_sections_may_ask_for_mnist);
    tcase_add_test(text, what_is_malformed_is_refused_by_file_and_line);
    tcase_add_test(text, no_more_steps_are_read_than_a_figure_has);
    tcase_add_test(text, what_is_no_file_is_refused);
    suite_add_tcase(suite, text);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
