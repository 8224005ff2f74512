/*
 * How often sampled learning with its default settings succeeds, how near it comes to the law of the cases, and what the
 * encoder's needs noise and decay for: the tables of docs/learning.md.  The arguments are the first seed and how many there are (100).
 *
 * Where there is an answer: success is ten epochs running without an error.  Of xor 95 of 100 seeds must, of the encoder
 * 4-2-4 90: of rates of 99 in 100, as measured, that fails once in 10^4 times and never.  Divergences are those after
 * all updates of the defaults.  Nothing of this was tuned on seeds up to 1000; a clock's second is far above.
 */
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boltzmann_learning.h"
#include "criterion.h"

typedef struct {
    const char *name, *what;
    hebb_gradient gradient;
    size_t largest;    /* seeds at most */
    double wanted;     /* share that must succeed */
    bool has_distance; /* all updates, then the divergence */
    bool has_no_noise, has_no_decay;
    hebb_unit_kind kind;
    double learning_rate; /* 0: the default's, and so with the number of updates */
    uint64_t max_updates;
} measurement;

static const measurement measurements[] = {
    {.name = "xor", .what = "sampled", .largest = 1000, .wanted = 0.95},
    {.name = "encoder-4-2-4", .what = "sampled", .largest = 1000, .wanted = 0.90},
    {.name = "encoder-8-3-8", .what = "sampled", .largest = 100},
    {.name = "line-symmetry", .what = "sampled", .largest = 100},
    {.name = "shifter", .what = "sampled", .largest = 100},
    {.name = "shifter", .what = "sampled", .largest = 10, .has_distance = true},
    {.name = "shifter", .what = "exact", .gradient = HEBB_GRADIENT_EXACT, .largest = 3, .has_distance = true},
    {.name = "bars-and-stripes", .what = "sampled", .largest = 10, .has_distance = true},
    {.name = "bars-and-stripes", .what = "exact", .gradient = HEBB_GRADIENT_EXACT, .largest = 10, .has_distance = true},
    {.name = "encoder-4-2-4", .what = "no noise", .largest = 100, .has_no_noise = true},
    {.name = "encoder-4-2-4", .what = "no decay", .largest = 100, .has_no_decay = true},
    {.name = "encoder-4-2-4", .what = "neither", .largest = 100, .has_no_noise = true, .has_no_decay = true},
    {.name = "encoder-4-2-4", .what = "units {0, 1}", .largest = 100, .kind = HEBB_UNITS_BINARY},
    {.name = "encoder-4-2-4",
     .what = "neither, exact, rate 0.1",
     .gradient = HEBB_GRADIENT_EXACT,
     .largest = 100,
     .has_no_noise = true,
     .has_no_decay = true,
     .learning_rate = 0.1,
     .max_updates = 4000}};

typedef struct {
    double epochs;       /* until success; NaN: none */
    double unit_updates; /* of both phases */
    double distance;
} outcome;

static void leave(void)
{
    fprintf(stderr, "learning: %s\n", hebb_diagnostic());
    exit(EXIT_FAILURE);
}

static void change(const measurement *what, hebb_machine_recipe *recipe, hebb_boltzmann_learning_options *options)
{
    options->gradient = what->gradient;
    recipe->kind = what->kind;
    if (what->has_no_noise) options->on_to_off = options->off_to_on = 0.0;
    if (what->has_no_decay) options->weight_decay = 0.0;
    if (what->learning_rate > 0.0) options->learning_rate = what->learning_rate;
    if (what->max_updates > 0) recipe->max_updates = what->max_updates;
}

static outcome learn(const measurement *what, uint64_t seed)
{
    hebb_problem problem;
    hebb_machine_recipe recipe;
    hebb_boltzmann machine;
    hebb_boltzmann_learning_options options;
    hebb_boltzmann_learning learning;
    double temperatures[HEBB_MAX_TEMPERATURES];
    if (hebb_problem_builtin(what->name, &problem) != HEBB_OK) leave();
    hebb_boltzmann_learning_defaults(&problem, &recipe, &options);
    hebb_machine_recipe_temperatures(&recipe, temperatures);
    options.temperatures = temperatures;
    change(what, &recipe, &options);
    if (hebb_machine_recipe_make(&recipe, &problem, seed, &machine) != HEBB_OK ||
        hebb_boltzmann_learning_init(&learning, &machine, &problem, &options, seed) != HEBB_OK)
        leave();
    const uint64_t length = hebb_boltzmann_learning_epoch_length(&learning);
    hebb_criterion criterion = {.wanted = HEBB_CRITERION_EPOCHS * length};
    outcome found = {.epochs = NAN};
    for (uint64_t u = 1; u <= recipe.max_updates && (what->has_distance || isnan(found.epochs)); u++) {
        if (hebb_boltzmann_learning_update(&learning, u) != HEBB_OK) leave();
        if (hebb_criterion_add(&criterion, hebb_boltzmann_learning_error_rate(&learning)) && isnan(found.epochs))
            found.epochs = (double)u / (double)length;
    }
    found.unit_updates = (double)learning.n_unit_updates;
    if (what->has_distance &&
        hebb_boltzmann_divergence(&machine, &problem, recipe.t_end, options.is_conditional, &found.distance) != HEBB_OK)
        leave();
    hebb_boltzmann_learning_free(&learning);
    hebb_boltzmann_free(&machine);
    hebb_problem_free(&problem);
    return found;
}

static double median(double *values, size_t n)
{
    if (n == 0) return NAN;
    gsl_sort(values, 1, n);
    return gsl_stats_median_from_sorted_data(values, 1, n);
}

/* Prints a line of the table; false where fewer succeed than must. */
static bool measure(const measurement *what, uint64_t first, size_t n)
{
    double *epochs = calloc(n, sizeof *epochs), *updates = calloc(n, sizeof *updates),
           *distances = calloc(n, sizeof *distances);
    if (epochs == NULL || updates == NULL || distances == NULL) leave();
    size_t n_learnt = 0;
    for (size_t k = 0; k < n; k++) {
        const outcome found = learn(what, first + k);
        distances[k] = found.distance;
        if (isnan(found.epochs)) continue;
        updates[n_learnt] = found.unit_updates;
        epochs[n_learnt++] = found.epochs;
    }
    printf("%s, %s: ", what->name, what->what);
    if (what->has_distance) {
        const double middle = median(distances, n);
        printf("divergence of %zu seeds: median %.3g nats, from %.3g to %.3g\n", n, middle, distances[0],
               distances[n - 1]);
    } else {
        printf("%zu of %zu seeds; median of %g epochs, %.3g unit updates\n", n_learnt, n, median(epochs, n_learnt),
               median(updates, n_learnt));
    }
    fflush(stdout);
    free(epochs);
    free(updates);
    free(distances);
    return (double)n_learnt >= what->wanted * (double)n;
}

int main(int argc, char **argv)
{
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    const size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 100;
    bool is_enough = n > 0;
    for (size_t k = 0; k < sizeof measurements / sizeof *measurements; k++)
        is_enough &= measure(measurements + k, first, n < measurements[k].largest ? n : measurements[k].largest);
    return is_enough ? EXIT_SUCCESS : EXIT_FAILURE;
}
