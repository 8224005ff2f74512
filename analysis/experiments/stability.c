#include "stability_study.h"

#include <math.h>
#include <stdlib.h>

#include "dense_memory.h"
#include "experiment.h"
#include "grid.h"
#include "pattern_stability.h"

/* Looking at all K patterns costs N K^2: at 1e5, N = 38, minutes a replica. */
enum { MAX_DEGREE = 20, USUAL_STARTS = 20, MOST_ALL = 100000 };

static const hebb_option options[] = {
    {"interaction", 0, HEBB_OPTION_CHOICE, "power|rectified|exponential|both", "both", HEBB_ANY, HEBB_OPTION_RESULT,
     "F(x) = x^n; the same for x > 0 and else 0; e^x; or x^n and e^x"},
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, MAX_DEGREE), HEBB_OPTION_RESULT,
     "powers n; 2,3,4 if not given; not for e^x"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(3.0, 16000.0), HEBB_OPTION_RESULT,
     "sizes N; if not given 500,1000,2000 for n = 2, 60,100,160,250 for n = 3, 40,60,90 for others, 16,18,20,22 for "
     "e^x"},
    {"large", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "sizes 500,1000,2000,5000 for n = 2, 60,100,160,250,400 for n = 3, 40,60,90,150 for others, 16,20,24,28 for e^x"},
    {"load", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.7,0.8,0.9,1,1.1,1.25,1.4", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "K over the Gaussian N^(n-1)/((2n-3)!! z^2), at which half of the patterns are stable; for e^x over that at which "
     "all are in half of the realisations"},
    {"starts", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, HEBB_MAX_PATTERNS), HEBB_OPTION_RESULT,
     "patterns looked at in each realisation, at most K; if not given 20, and all for e^x"},
};

static const hebb_column grid_columns[STABILITY_N_GRID] = {
    {"degree", "1", "power n; empty: e^x"},
    {"n_neurons", "1", "number of neurons N"},
    {"load", "1", "K asked for, over the Gaussian K_half, or for e^x the theory's K_c"},
    {"n_patterns", "1", "number of patterns K"},
};

static const hebb_column value_columns[STABILITY_N_VALUES] = {
    {"p_wrong", "1", "share of bits whose drive is against them"},
    {"p_tie", "1", "share of bits whose drive is zero"},
    {"stable", "1", "share of patterns that are fixed points"},
    {"all_stable", "1", "1 where all patterns looked at are"},
};

bool hebb_stability_is_exponential(const hebb_study *study, size_t point)
{
    return isnan(hebb_study_grid(study, point, STABILITY_DEGREE));
}

hebb_dense_energy hebb_stability_energy(const hebb_study *study, size_t point)
{
    const hebb_stability_study *own = study->own;
    return (hebb_dense_energy){(int)hebb_study_grid(study, point, STABILITY_DEGREE), own->rectified};
}

static size_t neurons_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, STABILITY_NEURONS);
}

static size_t patterns_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, STABILITY_PATTERNS);
}

size_t hebb_stability_starts(const hebb_study *study, size_t point)
{
    const hebb_stability_study *own = study->own;
    const size_t k = patterns_at(study, point);
    if (own->n_starts == 0) return hebb_stability_is_exponential(study, point) || k < USUAL_STARTS ? k : USUAL_STARTS;
    return (size_t)own->n_starts < k ? (size_t)own->n_starts : k;
}

/* ---- the grid ---- */

/* Sizes at which K_half is large enough for the leading laws, and a pattern is looked at in a millisecond or so. */
static hebb_list usual_sizes(double degree, bool large)
{
    static double two[] = {500.0, 1000.0, 2000.0, 5000.0}, three[] = {60.0, 100.0, 160.0, 250.0, 400.0},
                  more[] = {40.0, 60.0, 90.0, 150.0}, exponential[] = {16.0, 18.0, 20.0, 22.0},
                  large_exponential[] = {16.0, 20.0, 24.0, 28.0};
    if (isnan(degree)) return (hebb_list){4, large ? large_exponential : exponential};
    if (degree == 2.0) return (hebb_list){large ? 4 : 3, two};
    if (degree == 3.0) return (hebb_list){large ? 5 : 4, three};
    return (hebb_list){large ? 4 : 3, more};
}

/* The K that the load is in units of. */
static hebb_status unit_at(const hebb_study *study, double degree, double n_neurons, double *unit)
{
    const hebb_stability_study *own = study->own;
    const hebb_dense_energy energy = {isnan(degree) ? 0 : (int)degree, own->rectified};
    if (!isnan(degree)) return hebb_pattern_half_gaussian(energy, n_neurons, unit, NULL);
    *unit = hebb_pattern_all_half(n_neurons);
    return HEBB_OK;
}

static hebb_status add_memory(hebb_study *study, double degree)
{
    const hebb_list *asked = hebb_options_list(study->options, "neurons"),
                    *loads = hebb_options_list(study->options, "load");
    const hebb_list sizes =
        asked->length > 0 ? *asked : usual_sizes(degree, hebb_options_flag(study->options, "large"));
    for (size_t a = 0; a < sizes.length; a++) {
        double unit;
        hebb_status status = unit_at(study, degree, sizes.values[a], &unit);
        if (status != HEBB_OK) return hebb_fail(status, "--neurons: %g: no such size", sizes.values[a]);
        for (size_t b = 0; status == HEBB_OK && b < loads->length; b++) {
            const double k = round(loads->values[b] * unit);
            if (!(k >= 2.0) || k > HEBB_MAX_PATTERNS)
                return hebb_fail(HEBB_EDOM, "--load %g at --neurons %g are %.4g patterns: give loads for 2 to %d",
                                 loads->values[b], sizes.values[a], k, HEBB_MAX_PATTERNS);
            if (isnan(degree) && !hebb_options_is_set(study->options, "starts") && k > MOST_ALL)
                return hebb_fail(
                    HEBB_EDOM,
                    "--neurons %g: all of %.3g patterns of e^x, looked at one by one, would take too long; "
                    "give --starts, smaller --neurons, or --interaction power",
                    sizes.values[a], k);
            status = hebb_study_add_point(study, (double[]){degree, sizes.values[a], loads->values[b], k});
        }
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = neurons_at(study, point), k = patterns_at(study, point);
    return hebb_patterns_bytes(n, k, HEBB_STORE_ROWS) + hebb_dense_memory_bytes(n, k);
}

static hebb_status plan(hebb_study *study)
{
    hebb_stability_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    study->n_grid = STABILITY_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = STABILITY_N_VALUES;
    study->value_columns = value_columns;
    const char interaction = *hebb_options_text(study->options, "interaction");
    own->rectified = interaction == 'r';
    own->n_starts = hebb_options_is_set(study->options, "starts") ? hebb_options_integer(study->options, "starts") : 0;
    hebb_status status = HEBB_OK;
    if (interaction == 'e' && hebb_options_is_set(study->options, "degree"))
        return hebb_fail(HEBB_EUSAGE, "--degree: e^x has none; leave the option out");
    if (interaction != 'e' && !hebb_options_is_set(study->options, "degree"))
        status = hebb_options_set(study->options, "--degree", "degree", "2,3,4");
    if (hebb_options_flag(study->options, "large") && hebb_options_is_set(study->options, "neurons"))
        return hebb_fail(HEBB_EUSAGE, "--large: --neurons says which sizes; give one of the two");
    const hebb_list *degrees = hebb_options_list(study->options, "degree");
    for (size_t k = 0; status == HEBB_OK && interaction != 'e' && k < degrees->length; k++)
        status = add_memory(study, degrees->values[k]);
    if (status == HEBB_OK && (interaction == 'e' || interaction == 'b')) status = add_memory(study, NAN);
    return status == HEBB_OK ? hebb_grid_check_memory(study, STABILITY_NEURONS, STABILITY_PATTERNS, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)neurons_at(study, point) * (double)patterns_at(study, point) *
           (1.0 + (double)hebb_stability_starts(study, point));
}

/* ---- one unit ---- */

typedef struct {
    hebb_patterns patterns;
    hebb_dense_memory memory;
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_dense_memory_free(&w->memory);
    hebb_patterns_free(&w->patterns);
    free(w);
}

/* Adds the bits of the memory's state, and returns how many are wrong. */
static size_t count_bits(const hebb_dense_memory *memory, double *values)
{
    size_t n_ties;
    const size_t n_wrong = hebb_dense_memory_count_unstable(memory, &n_ties);
    values[STABILITY_WRONG] += (double)n_wrong;
    values[STABILITY_TIE] += (double)n_ties;
    return n_wrong;
}

/* What is kept of a unit on the way: e^x at 40 neurons takes hours. */
typedef struct {
    uint64_t n_done; /* patterns */
    double sums[STABILITY_N_VALUES];
} progress;

static hebb_status count_patterns(hebb_dense_memory *memory, size_t n_starts, hebb_checkpoint *checkpoint,
                                  double *values)
{
    const int64_t n_unsure = hebb_dense_memory_unsure(memory);
    progress at = {0};
    (void)hebb_checkpoint_load(checkpoint, sizeof at, &at);
    while (at.n_done < n_starts) {
        hebb_dense_memory_start_at_pattern(memory, (size_t)at.n_done);
        at.sums[STABILITY_STABLE] += count_bits(memory, at.sums) == 0;
        at.n_done++;
        hebb_status status = hebb_dense_memory_check_sure(memory, n_unsure); /* or it would pass for a tie */
        if (status != HEBB_OK) return status;
        if (!hebb_checkpoint_is_due(checkpoint)) continue;
        status = hebb_checkpoint_save(checkpoint, sizeof at, &at);
        if (status != HEBB_OK) return status;
    }
    for (size_t k = 0; k < STABILITY_N_VALUES; k++) values[k] = at.sums[k];
    return HEBB_OK;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    workspace *w = room;
    const size_t n = neurons_at(study, unit->point), k = patterns_at(study, unit->point);
    const bool is_exponential = hebb_stability_is_exponential(study, unit->point);
    const hebb_dense_energy energy = hebb_stability_energy(study, unit->point);
    const hebb_interaction interaction = {is_exponential     ? HEBB_INTERACTION_EXPONENTIAL
                                          : energy.rectified ? HEBB_INTERACTION_RECTIFIED
                                                             : HEBB_INTERACTION_POWER,
                                          is_exponential ? 0 : energy.degree};
    const hebb_status status = hebb_dense_memory_fit(&w->patterns, &w->memory, n, k, interaction);
    if (status != HEBB_OK) return status;
    hebb_patterns_draw(&w->patterns, hebb_study_seed(study, "pattern-seed"), (uint32_t)unit->replica);
    const size_t n_starts = hebb_stability_starts(study, unit->point);
    const hebb_status counted = count_patterns(&w->memory, n_starts, unit->checkpoint, values);
    if (counted != HEBB_OK) return counted;
    values[STABILITY_ALL] = values[STABILITY_STABLE] == (double)n_starts;
    values[STABILITY_WRONG] /= (double)(n_starts * n);
    values[STABILITY_TIE] /= (double)(n_starts * n);
    values[STABILITY_STABLE] /= (double)n_starts;
    return HEBB_OK;
}

const hebb_experiment hebb_stability_experiment = {.name = "stability",
                                                   .summary = "patterns that are fixed points of a dense memory",
                                                   .figure = "capacity-ladder",
                                                   .n_options = sizeof options / sizeof *options,
                                                   .options = options,
                                                   .plan = plan,
                                                   .cost = cost,
                                                   .bytes = bytes,
                                                   .workspace_size = sizeof(workspace),
                                                   .workspace_free = workspace_free,
                                                   .run = run,
                                                   .report = hebb_stability_report};
