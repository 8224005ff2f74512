#include "continuous_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "thermal_walk.h"

#define K_MAX 1e4 /* the scores' rounding, 1e-16 k, stays below CONTINUOUS_TOLERANCE where the weights still move */

static const hebb_option options[] = {
    {"ensemble", 0, HEBB_OPTION_CHOICE, HEBB_ENSEMBLE_LAWS, "orthogonal", HEBB_ANY, HEBB_OPTION_RESULT,
     "law of the patterns"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "64,256", HEBB_FROM_TO(2.0, 1e6), HEBB_OPTION_RESULT, "sizes N"},
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "3,10", HEBB_FROM_TO(2.0, 1e5), HEBB_OPTION_RESULT,
     "numbers of patterns q"},
    {"k",
     0,
     HEBB_OPTION_REAL_LIST,
     "LIST",
     "1:12:0.5",
     {0.0, K_MAX, true},
     HEBB_OPTION_RESULT,
     "inverse temperatures k = beta N"},
    {"starts", 0, HEBB_OPTION_INTEGER, "N", "10", HEBB_FROM_TO(1.0, 1e5), HEBB_OPTION_RESULT,
     "starts of each kind in each realisation, at most q"},
    {"noise", 0, HEBB_OPTION_REAL, "X", "0.01", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "how far a start is from its pattern or the average, in units of a pattern's norm"},
    {"iterations", 0, HEBB_OPTION_INTEGER, "N", "100000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "give a state up after so many updates"},
};

static const hebb_column grid_columns[CONTINUOUS_N_GRID] = {
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns q"},
    {"k", "1", "inverse temperature beta N"},
};

static const hebb_column value_columns[CONTINUOUS_N_VALUES] = {
    {"pattern_single", "1", "share of the starts at a pattern that end in a single pattern"},
    {"pattern_metastable", "1", "share of them that end in the average of some"},
    {"pattern_average", "1", "share of them that end in the average of all"},
    {"mixture_single", "1", "share of the starts at a random mixture that end in a single pattern"},
    {"mixture_metastable", "1", "share of them that end in the average of some"},
    {"mixture_average", "1", "share of them that end in the average of all"},
    {"average_single", "1", "share of the starts at the average that end in a single pattern"},
    {"average_metastable", "1", "share of them that end in the average of some"},
    {"average_average", "1", "share of them that end in the average of all"},
    {"kept", "1", "share of the starts at a pattern that end in that pattern"},
    {"weight", "1", "softmax weight of the pattern started at, at the end"},
    {"overlap", "1", "overlap with the pattern started at, x.sigma/N, at the end"},
    {"energy", "1", "beta E at the end of the starts at a pattern"},
    {"effective", "1", "effective number of patterns, 1/sum p^2, at the end of the starts at a mixture"},
    {"iterations", "1", "updates until nothing moves, mean over all starts"},
    {"unfinished", "1", "share of all starts that --iterations were too few for"},
};

static size_t neurons_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, CONTINUOUS_NEURONS);
}

static size_t patterns_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, CONTINUOUS_PATTERNS);
}

size_t hebb_continuous_starts(const hebb_study *study, size_t point)
{
    const hebb_continuous_study *own = study->own;
    const size_t q = patterns_at(study, point);
    return own->n_starts < q ? own->n_starts : q;
}

/* ---- plan ---- */

static double bytes(const hebb_study *study, size_t point)
{
    const double n = (double)neurons_at(study, point), q = (double)patterns_at(study, point);
    const size_t states = CONTINUOUS_N_STARTS * hebb_continuous_starts(study, point);
    return sizeof(double) * (n * q + (double)states * (2.0 * n + q)) + hebb_continuous_memory_bytes((size_t)q) +
           hebb_continuous_relax_bytes((size_t)n, (size_t)q, states);
}

static hebb_status check_point(void *context, double *row)
{
    const hebb_continuous_study *own = context;
    if (own->law != HEBB_ENSEMBLE_ORTHOGONAL || row[CONTINUOUS_PATTERNS] <= row[CONTINUOUS_NEURONS]) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--patterns: %.0f orthogonal patterns need as many neurons, and --neurons has %.0f",
                     row[CONTINUOUS_PATTERNS], row[CONTINUOUS_NEURONS]);
}

static hebb_ensemble_law law_named(const char *name)
{
    const char *const names[] = {"orthogonal", "gaussian", "binary", "spherical"};
    size_t law = 0;
    while (strcmp(names[law], name) != 0) law++;
    return (hebb_ensemble_law)law;
}

static hebb_status plan(hebb_study *study)
{
    hebb_continuous_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->law = law_named(hebb_options_text(study->options, "ensemble"));
    own->noise = hebb_options_real(study->options, "noise");
    own->n_starts = (size_t)hebb_options_integer(study->options, "starts");
    own->max_iterations = hebb_options_integer(study->options, "iterations");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    study->n_values = CONTINUOUS_N_VALUES;
    study->value_columns = value_columns;
    study->n_grid = CONTINUOUS_N_GRID;
    study->grid_columns = grid_columns;
    const hebb_list *const axes[] = {hebb_options_list(study->options, "neurons"),
                                     hebb_options_list(study->options, "patterns"),
                                     hebb_options_list(study->options, "k")};
    const hebb_status status = hebb_grid_plan(study, axes, check_point, own);
    return status == HEBB_OK ? hebb_grid_check_memory(study, CONTINUOUS_NEURONS, CONTINUOUS_PATTERNS, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    const double n = (double)neurons_at(study, point), q = (double)patterns_at(study, point);
    const double orthogonal = ((const hebb_continuous_study *)study->own)->law == HEBB_ENSEMBLE_ORTHOGONAL ? q : 0.0;
    return n * q * (100.0 + 40.0 * (double)hebb_continuous_starts(study, point) + orthogonal);
}

/* ---- one unit ---- */

typedef struct {
    size_t n_neurons, n_patterns, n_states;
    double *patterns, *states, *next, *weights, *room;
    hebb_continuous_fixed_point *points;
} workspace;

static void empty(workspace *w)
{
    free(w->patterns);
    free(w->states);
    free(w->next);
    free(w->weights);
    free(w->room);
    free(w->points);
    *w = (workspace){0};
}

static void workspace_free(void *room)
{
    if (room != NULL) empty(room);
    free(room);
}

static hebb_status fit(workspace *w, size_t n, size_t q, size_t states)
{
    if (w->points != NULL && w->n_neurons == n && w->n_patterns == q && w->n_states == states) return HEBB_OK;
    empty(w);
    *w = (workspace){n,
                     q,
                     states,
                     calloc(n, q * sizeof *w->patterns),
                     calloc(n, states * sizeof *w->states),
                     calloc(n, states * sizeof *w->next),
                     calloc(q, states * sizeof *w->weights),
                     malloc((size_t)hebb_continuous_relax_bytes(n, q, states)),
                     calloc(states, sizeof *w->points)};
    if (w->patterns != NULL && w->states != NULL && w->next != NULL && w->weights != NULL && w->room != NULL &&
        w->points != NULL)
        return HEBB_OK;
    empty(w);
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu patterns of %zu neurons", q, n);
}

/* A step of the length noise N^(1/2) in a uniformly random direction. */
static void move(size_t n, double noise, hebb_stream *stream, double *step, double *state)
{
    double square = 0.0;
    for (size_t i = 0; i < n; i++) {
        step[i] = hebb_stream_gaussian(stream);
        square += step[i] * step[i];
    }
    for (size_t i = 0; i < n; i++) state[i] += noise * sqrt((double)n / square) * step[i];
}

/* weights <- uniform on the simplex, or all the same */
static void draw_weights(size_t q, int from, hebb_stream *stream, double *weights)
{
    double sum = 0.0;
    for (size_t mu = 0; mu < q; mu++)
        sum += weights[mu] = from == CONTINUOUS_FROM_MIXTURE ? -log(hebb_stream_uniform(stream)) : 1.0;
    for (size_t mu = 0; mu < q; mu++) weights[mu] /= sum;
}

/* State a of a kind: at pattern a, a random mixture, or the average. */
static void start(workspace *w, int from, size_t a, double noise, hebb_philox generator)
{
    const size_t n = w->n_neurons, q = w->n_patterns, place = (size_t)from * w->n_states / CONTINUOUS_N_STARTS + a;
    double *state = w->states + place * n;
    hebb_stream stream;
    hebb_stream_init(&stream, generator, (uint32_t)from, (uint32_t)a);
    if (from == CONTINUOUS_FROM_PATTERN) {
        memcpy(state, w->patterns + a * n, n * sizeof *state);
    } else {
        draw_weights(q, from, &stream, w->weights);
        memset(state, 0, n * sizeof *state);
        for (size_t mu = 0; mu < q; mu++)
            for (size_t i = 0; i < n; i++) state[i] += w->weights[mu] * w->patterns[mu * n + i];
    }
    if (from != CONTINUOUS_FROM_MIXTURE) move(n, noise, &stream, w->next, state);
}

/* Shares of the kinds, and means over the states of a kind of start; the counts first, so that a share of all is 1. */
static void count(const workspace *w, hebb_continuous_memory *memory, double *values)
{
    const size_t n_starts = w->n_states / CONTINUOUS_N_STARTS, n = w->n_neurons;
    for (size_t a = 0; a < w->n_states; a++) {
        const hebb_continuous_fixed_point *x = &w->points[a];
        const int from = (int)(a / n_starts);
        values[hebb_continuous_share(from, x->class.kind)]++;
        values[CONTINUOUS_ITERATIONS] += (double)x->iterations;
        values[CONTINUOUS_UNFINISHED] += x->status != HEBB_OK;
        if (from == CONTINUOUS_FROM_MIXTURE) values[CONTINUOUS_EFFECTIVE] += x->class.effective_number;
        if (from != CONTINUOUS_FROM_PATTERN) continue;
        double product = 0.0;
        for (size_t i = 0; i < n; i++) product += w->patterns[a * n + i] * w->next[a * n + i];
        values[CONTINUOUS_KEPT] += x->class.kind == HEBB_CONTINUOUS_SINGLE && x->class.largest == a;
        values[CONTINUOUS_WEIGHT] += w->weights[a * w->n_patterns + a];
        values[CONTINUOUS_OVERLAP] += product / (double)n;
        values[CONTINUOUS_ENERGY] += memory->beta * hebb_continuous_memory_energy(memory, w->next + a * n);
    }
    for (size_t v = 0; v < CONTINUOUS_N_VALUES; v++)
        values[v] /= (double)(v == CONTINUOUS_ITERATIONS || v == CONTINUOUS_UNFINISHED ? w->n_states : n_starts);
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_continuous_study *own = study->own;
    workspace *w = room;
    const size_t n = neurons_at(study, unit->point), q = patterns_at(study, unit->point);
    const size_t n_starts = hebb_continuous_starts(study, unit->point);
    const double k = hebb_study_grid(study, unit->point, CONTINUOUS_K);
    const uint64_t realisation = hebb_thermal_realisation(n, q, k, (double)own->law);
    const uint32_t replica = (uint32_t)unit->replica;
    hebb_continuous_memory memory = {0};
    hebb_status status = fit(w, n, q, CONTINUOUS_N_STARTS * n_starts);
    if (status == HEBB_OK)
        status = hebb_real_patterns_draw(
            own->law, n, q, hebb_philox_derive(own->pattern_seed, HEBB_DRAW_REAL, realisation, replica), w->patterns);
    if (status == HEBB_OK) status = hebb_continuous_memory_init(&memory, n, q, w->patterns, k / (double)n);
    if (status != HEBB_OK) return status;
    const hebb_philox generator = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, realisation, replica);
    for (int from = 0; from < CONTINUOUS_N_STARTS; from++)
        for (size_t a = 0; a < n_starts; a++) start(w, from, a, own->noise, generator);
    const hebb_continuous_relax_options relax = {CONTINUOUS_TOLERANCE, own->max_iterations};
    status = hebb_continuous_relax(&memory, w->n_states, w->states, &relax, w->room, w->points);
    if (status == HEBB_OK) status = hebb_continuous_memory_update(&memory, w->n_states, w->states, w->next, w->weights);
    if (status == HEBB_OK) count(w, &memory, values);
    hebb_continuous_memory_free(&memory);
    return status;
}

const hebb_experiment hebb_continuous_experiment = {
    .name = "continuous",
    .summary = "the softmax memory's fixed points: single patterns, averages of some, of all",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(workspace),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_continuous_report,
};
