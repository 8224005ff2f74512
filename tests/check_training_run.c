/* training_run, training_folder, training_state */
#include "training.h"

#include <fcntl.h>

#include "boltzmann_learning.h"
#include "npy.h"
#include "stop.h"

/* ---- a learner that shows what the run does with it ---- */

typedef struct {
    double weights[6], hidden; /* 3 x 2; one that is in no checkpoint */
    uint64_t n_input;
} counter;

static uint64_t stop_at, wrong_until, infinite_at; /* 0: never */
static uint64_t n_updates_done;

static hebb_status complete_counter(hebb_options *options, const hebb_problem *problem)
{
    (void)problem;
    return hebb_options_is_set(options, "updates") ? HEBB_OK : hebb_options_set(options, "default", "updates", "25");
}

static hebb_status init_counter(void *self, const hebb_learner_setting *setting)
{
    counter *c = self;
    c->n_input = setting->problem->n_input;
    c->hidden = (double)setting->seed;
    return HEBB_OK;
}

static void free_counter(void *self)
{
    (void)self;
}

static hebb_status update_counter(void *self, uint64_t n)
{
    counter *c = self;
    c->hidden = fmod(1.5 * c->hidden + (double)n, 17.0);
    for (int k = 0; k < 6; k++) c->weights[k] += sin((double)(k + 1) * c->hidden);
    if (n == infinite_at) c->weights[3] = INFINITY;
    if (n == stop_at) hebb_stop_request("the test");
    n_updates_done++;
    return HEBB_OK;
}

static size_t arrays_of_counter(void *self, hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS])
{
    counter *c = self;
    arrays[0] = (hebb_learner_array){HEBB_ARRAY_WEIGHTS, 3, 2, c->weights, false};
    arrays[1] = (hebb_learner_array){"hidden", 1, 0, &c->hidden, true};
    return 2;
}

static void nothing(void *self)
{
    (void)self;
}

static hebb_status log_counter(void *self, uint64_t n, bool is_checkpoint, double *cells)
{
    const counter *c = self;
    cells[0] = c->weights[0] / 3.0;
    cells[1] = is_checkpoint ? (double)n : NAN;
    return HEBB_OK;
}

static double error_rate_of_counter(void *self, uint64_t n)
{
    (void)self;
    return n % 2 == 1 ? NAN : n <= wrong_until ? 0.25 : 0.0; /* epochs of two updates */
}

static const hebb_column counter_columns[] = {{"x", "1", "a number"}, {"at_checkpoint", "1", "a number now and then"}};
static const hebb_learner counter_learner = {.name = "counter",
                                             .summary = "",
                                             .size = sizeof(counter),
                                             .complete = complete_counter,
                                             .init = init_counter,
                                             .free = free_counter,
                                             .update = update_counter,
                                             .arrays = arrays_of_counter,
                                             .gather = nothing,
                                             .scatter = nothing,
                                             .n_columns = 2,
                                             .columns = counter_columns,
                                             .log = log_counter,
                                             .error_rate = error_rate_of_counter};

static void set_up(void)
{
    scratch_make();
    stop_at = wrong_until = infinite_at = n_updates_done = 0;
    hebb_stop_clear();
}

/* ---- runs ---- */

static void assert_same_file(const char *a, const char *b, const char *name)
{
    char path[2][700];
    FILE *files[2];
    snprintf(path[0], sizeof path[0], "%s/%s", a, name);
    snprintf(path[1], sizeof path[1], "%s/%s", b, name);
    for (int k = 0; k < 2; k++) ck_assert_msg((files[k] = fopen(path[k], "rb")) != NULL, "%s", path[k]);
    for (int c = 0; c != EOF;)
        ck_assert_msg((c = fgetc(files[0])) == fgetc(files[1]), "%s and %s differ", path[0], path[1]);
    for (int k = 0; k < 2; k++) (void)fclose(files[k]);
}

static void assert_same_folder(const char *a, const char *b)
{
    size_t n[2];
    uint64_t *updates[2];
    const char *folders[] = {a, b};
    static const char *const names[] = {"log.csv", "log.meta.json", "manifest.json", "unit-0.checkpoint"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) assert_same_file(a, b, names[k]);
    for (int k = 0; k < 2; k++) ck_assert_int_eq(hebb_training_folder_list(folders[k], &n[k], &updates[k]), HEBB_OK);
    ck_assert_uint_eq(n[0], n[1]);
    for (size_t k = 0; k < n[0]; k++) {
        char name[64];
        ck_assert_uint_eq(updates[0][k], updates[1][k]);
        snprintf(name, sizeof name, "checkpoints/%08llu/weights.npy", (unsigned long long)updates[0][k]);
        assert_same_file(a, b, name);
    }
    free(updates[0]);
    free(updates[1]);
}

START_TEST(checkpoints_and_rows_come_as_promised)
{
    static const uint64_t expected[] = {0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25};
    const char *folder = folder_named("a");
    size_t n;
    uint64_t *updates;
    wrong_until = 1000;
    ck_assert_msg(train(&counter_learner, folder, "log-every 10") == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_int_eq(hebb_training_folder_list(folder, &n, &updates), HEBB_OK);
    ck_assert_uint_eq(n, sizeof expected / sizeof *expected);
    ck_assert_mem_eq(updates, expected, sizeof expected);
    free(updates);
    hebb_table table;
    const hebb_column columns[] = {{"update", "1", ""}, counter_columns[0], counter_columns[1]};
    ck_assert_int_eq(hebb_table_init(&table, 3, columns), HEBB_OK);
    ck_assert_int_eq(hebb_table_read(&table, scratch_path("a/log.csv")), HEBB_OK);
    const double rows[] = {0.0, 10.0, 20.0, 25.0};
    ck_assert_uint_eq(table.n_rows, 4);
    for (size_t k = 0; k < 4; k++) ck_assert_double_eq(hebb_table_cell(&table, k, 0)->number, rows[k]);
    hebb_table_free(&table);
}
END_TEST

START_TEST(a_run_stopped_at_any_update_goes_on_to_the_same_bytes)
{
    const char *whole = folder_named("whole");
    wrong_until = 1000;
    ck_assert_int_eq(train(&counter_learner, whole, "seed 5 per-decade 2"), HEBB_OK);
    static const uint64_t stops[] = {1, 7, 8, 24};
    for (size_t k = 0; k < sizeof stops / sizeof *stops; k++) {
        char name[32];
        const uint64_t at = stops[k];
        snprintf(name, sizeof name, "at-%d", (int)at);
        const char *folder = folder_named(name);
        stop_at = at;
        ck_assert_int_eq(train(&counter_learner, folder, "seed 5 per-decade 2"), HEBB_ESTOPPED);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "hebb resume "));
        hebb_stop_clear();
        stop_at = n_updates_done = 0;
        ck_assert_int_eq(train(&counter_learner, folder, "seed 5 per-decade 2"), HEBB_OK);
        ck_assert_uint_eq(n_updates_done, 25 - at);
        assert_same_folder(whole, folder);
    }
}
END_TEST

START_TEST(epochs_without_an_error_are_counted_through_a_stop)
{
    const char *whole = folder_named("whole"), *stopped = folder_named("stopped");
    wrong_until = 3;
    ck_assert_int_eq(train(&counter_learner, whole, "updates 100 per-decade 2"), HEBB_OK);
    stop_at = 15;
    ck_assert_int_eq(train(&counter_learner, stopped, "updates 100 per-decade 2"), HEBB_ESTOPPED);
    hebb_stop_clear();
    ck_assert_int_eq(train(&counter_learner, stopped, "updates 100 per-decade 2"), HEBB_OK);
    assert_same_folder(whole, stopped);
}
END_TEST

START_TEST(training_ends_with_ten_epochs_without_an_error)
{
    const char *folder = folder_named("a");
    size_t n;
    uint64_t *updates;
    wrong_until = 7;
    ck_assert_int_eq(train(&counter_learner, folder, "updates 100"), HEBB_OK);
    ck_assert_int_eq(hebb_training_folder_list(folder, &n, &updates), HEBB_OK);
    ck_assert_uint_eq(updates[n - 1], 6 + 2 * 10); /* 8, 10, ..., 26 */
    free(updates);
    n_updates_done = 0;
    ck_assert_int_eq(train(&counter_learner, folder, "updates 100"), HEBB_OK);
    ck_assert_uint_eq(n_updates_done, 0);
    ck_assert_int_eq(train(&counter_learner, folder_named("b"), "updates 100 stop-after 0"), HEBB_OK);
    ck_assert_uint_eq(n_updates_done, 100);
}
END_TEST

START_TEST(weights_that_are_not_finite_are_refused_with_the_update)
{
    infinite_at = 7;
    ck_assert_int_eq(train(&counter_learner, folder_named("a"), ""), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "after update 8 a number of weights is not finite"));
}
END_TEST

START_TEST(a_folder_where_somebody_trains_is_refused)
{
    const char *folder = folder_named("a");
    wrong_until = 1000;
    ck_assert_int_eq(train(&counter_learner, folder, ""), HEBB_OK);
    const int lock = open(scratch_path("a/lock"), O_RDWR);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    ck_assert_int_ge(lock, 0);
    ck_assert(!hebb_training_folder_is_busy(folder));
    ck_assert_int_eq(fcntl(lock, F_OFD_SETLK, &whole), 0);
    ck_assert(hebb_training_folder_is_busy(folder));
    ck_assert_int_eq(train(&counter_learner, folder, ""), HEBB_EUSAGE);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "another process is training there"));
    ck_assert_int_eq(close(lock), 0);
    ck_assert_int_eq(train(&counter_learner, folder, ""), HEBB_OK);
}
END_TEST

/* ---- Boltzmann machines ---- */

/* What the rule itself makes of the same seed. */
static void learn_directly(hebb_boltzmann *machine, uint64_t n_updates)
{
    hebb_problem problem;
    hebb_machine_recipe recipe;
    hebb_boltzmann_learning_options options;
    hebb_boltzmann_learning learning;
    double temperatures[HEBB_MAX_TEMPERATURES];
    ck_assert_int_eq(hebb_problem_builtin("xor", &problem), HEBB_OK);
    hebb_boltzmann_learning_defaults(&problem, &recipe, &options);
    recipe.links = HEBB_LINKS_NO_INPUT_OUTPUT;
    options.batch = 3;
    hebb_machine_recipe_temperatures(&recipe, temperatures);
    options.temperatures = temperatures;
    ck_assert_int_eq(hebb_machine_recipe_make(&recipe, &problem, 9, machine), HEBB_OK);
    ck_assert_int_eq(hebb_boltzmann_learning_init(&learning, machine, &problem, &options, 9), HEBB_OK);
    for (uint64_t n = 1; n <= n_updates; n++) ck_assert_int_eq(hebb_boltzmann_learning_update(&learning, n), HEBB_OK);
    hebb_boltzmann_learning_free(&learning);
    hebb_problem_free(&problem);
}

START_TEST(a_checkpoint_is_the_machine_that_the_rule_makes)
{
    hebb_boltzmann machine;
    hebb_training_arrays arrays;
    const char *folder = folder_named("a");
    ck_assert_msg(train(boltzmann(), folder, "seed 9 updates 8 batch 3 links no-input-output") == HEBB_OK, "%s",
                  hebb_diagnostic());
    learn_directly(&machine, 8);
    ck_assert_int_eq(hebb_training_folder_read(folder, 8, &arrays), HEBB_OK);
    const size_t n = machine.n_units, v = machine.n_visible, h = machine.n_hidden;
    ck_assert_uint_eq(arrays.n, 5);
    for (size_t i = 0; i < n; i++) {
        ck_assert_double_eq(machine.biases[i],
                            i < v ? value(&arrays, "visible_bias", i) : value(&arrays, "hidden_bias", i - v));
        for (size_t j = 0; j < n; j++)
            ck_assert_double_eq(machine.weights[i * n + j],
                                i < v && j < v     ? value(&arrays, "visible_weights", i * v + j)
                                : i >= v && j >= v ? value(&arrays, "hidden_weights", (i - v) * h + j - v)
                                : i < v            ? value(&arrays, "weights", i * h + j - v)
                                                   : value(&arrays, "weights", j * h + i - v));
    }
    hebb_training_arrays_free(&arrays);
    hebb_boltzmann_free(&machine);
}
END_TEST

static hebb_status update_and_stop(void *self, uint64_t n)
{
    if (n == stop_at) hebb_stop_request("the test");
    return boltzmann()->update(self, n);
}

/* Update 5 of epochs of 2: the error rate of the epoch is of updates before and after the stop. */
START_TEST(a_training_stopped_within_an_epoch_goes_on_to_the_same_bytes)
{
    hebb_learner stopping = *boltzmann();
    const char *whole = folder_named("whole"), *stopped = folder_named("stopped");
    static const char words[] = "seed 2 updates 9 batch 3 per-decade 1";
    stopping.update = update_and_stop;
    ck_assert_int_eq(train(boltzmann(), whole, words), HEBB_OK);
    stop_at = 5;
    ck_assert_int_eq(train(&stopping, stopped, words), HEBB_ESTOPPED);
    hebb_stop_clear();
    ck_assert_int_eq(train(boltzmann(), stopped, words), HEBB_OK);
    assert_same_folder(whole, stopped);
}
END_TEST

START_TEST(damaged_checkpoints_are_refused_by_name)
{
    const char *folder = folder_named("a");
    hebb_training_arrays arrays;
    double values[] = {1.0, NAN, 2.0, 3.0};
    ck_assert_int_eq(train(boltzmann(), folder, "updates 2"), HEBB_OK);
    const char *path = scratch_path("a/checkpoints/00000002/hidden_bias.npy");
    hebb_array array = {.type = HEBB_ARRAY_F64, .n_dimensions = 1, .shape = {4}, .data = values};
    ck_assert_int_eq(hebb_npy_write(&array, path), HEBB_OK);
    ck_assert_int_eq(hebb_training_folder_read(folder, 2, &arrays), HEBB_EDATA);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "hidden_bias.npy: element 1 is not finite"));
    hebb_training_arrays_free(&arrays);
    array.shape[0] = 3;
    ck_assert_int_eq(hebb_npy_write(&array, path), HEBB_OK);
    ck_assert_int_eq(hebb_training_folder_read(folder, 2, &arrays), HEBB_EDATA);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "hidden_bias.npy: its shape does not fit"));
    hebb_training_arrays_free(&arrays);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(hebb_training_folder_read(folder, 2, &arrays), HEBB_ENOINPUT);
    hebb_training_arrays_free(&arrays);
}
END_TEST

START_TEST(learners_stand_in_alphabetical_order_with_all_they_need)
{
    const char *last = "";
    for (const hebb_learner *const *l = hebb_learners(); *l != NULL; l++) {
        ck_assert_int_lt(strcmp(last, (*l)->name), 0);
        ck_assert_ptr_eq(hebb_learner_find((*l)->name), *l);
        ck_assert_uint_le((*l)->n_columns, HEBB_LEARNER_MAX_COLUMNS);
        ck_assert((*l)->complete && (*l)->init && (*l)->free && (*l)->update && (*l)->arrays && (*l)->gather &&
                  (*l)->scatter && (*l)->log && (*l)->error_rate && (*l)->sample);
        last = (*l)->name;
    }
    ck_assert_ptr_null(hebb_learner_find("bolzmann"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("training_run");
    TCase *tests = tcase_create("runs");
    tcase_add_checked_fixture(tests, set_up, training_remove);
    tcase_add_test(tests, checkpoints_and_rows_come_as_promised);
    tcase_add_test(tests, a_run_stopped_at_any_update_goes_on_to_the_same_bytes);
    tcase_add_test(tests, epochs_without_an_error_are_counted_through_a_stop);
    tcase_add_test(tests, training_ends_with_ten_epochs_without_an_error);
    tcase_add_test(tests, weights_that_are_not_finite_are_refused_with_the_update);
    tcase_add_test(tests, a_folder_where_somebody_trains_is_refused);
    tcase_add_test(tests, a_checkpoint_is_the_machine_that_the_rule_makes);
    tcase_add_test(tests, a_training_stopped_within_an_epoch_goes_on_to_the_same_bytes);
    tcase_add_test(tests, damaged_checkpoints_are_refused_by_name);
    tcase_add_test(tests, learners_stand_in_alphabetical_order_with_all_they_need);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
