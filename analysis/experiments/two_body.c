/*
 * two-body - visible and hidden neurons in continuous time: does the energy fall, where does it end, and how far is it
 * from the memory whose hidden neurons follow at once
 *
 * Model: src/model/two_body_memory.h.  The start is a pattern with some neurons turned over, v = xi, h = xi g(v).
 * Replicas have the same patterns and start at every tau_h/tau_v and sharpness.
 */
#include "two_body_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "continuous_memory.h"
#include "dense_relax.h"
#include "experiment.h"
#include "grid.h"
#include "two_body.h"

/*
 * The error of a step, and when the flow is at rest: |tau dv/dt| and |tau dh/dt| below 1e-8 of what they are made of, of
 * order N for the dense memory's hidden neurons.
 */
static const double STEP_TOLERANCE = 1e-11, REST = 1e-8, LONGEST = 1000.0;
enum { MAX_STEPS = 10000000, MAX_UPDATES = 100000, MAX_SIZE = 10000 };

static const hebb_option options[] = {
    {"model", 0, HEBB_OPTION_CHOICE, "dense|softmax", "dense", HEBB_ANY, HEBB_OPTION_RESULT,
     "rectified powers of an overlap, or the softmax memory"},
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, HEBB_TWO_BODY_MAX_DEGREE),
     HEBB_OPTION_RESULT, "degrees n of the dense memory: 3 where not given"},
    {"temperature", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(0.02, 10.0), HEBB_OPTION_RESULT,
     "of the dense memory's outputs tanh(v/T): 0.2 where not given"},
    {"beta", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-3, 1e4), HEBB_OPTION_RESULT,
     "of the softmax memory, with patterns of norm 1: 10 where not given"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "100", HEBB_FROM_TO(2.0, MAX_SIZE), HEBB_OPTION_RESULT,
     "numbers of visible neurons N"},
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "4", HEBB_FROM_TO(1.0, MAX_SIZE), HEBB_OPTION_RESULT,
     "numbers of hidden neurons K, one a random pattern of signs"},
    {"tau-ratio", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.005,0.01,0.02,0.05,0.1,0.2,0.5,1", HEBB_FROM_TO(1e-3, 100.0),
     HEBB_OPTION_RESULT, "tau_h/tau_v"},
    {"turned", 0, HEBB_OPTION_REAL, "X", "0.2", HEBB_FROM_TO(0.0, 0.5), HEBB_OPTION_RESULT,
     "share of the neurons that are turned over at the start"},
    {"time", 0, HEBB_OPTION_REAL, "X", "1", HEBB_FROM_TO(0.01, 100.0), HEBB_OPTION_RESULT,
     "at which trajectories are compared, in units of tau_v"},
};

static const hebb_column grid_columns[TWO_BODY_N_GRID] = {
    {"degree", "1", "degree n of the dense memory's rectified power; 0: softmax"},
    {"beta", "1", "beta of the softmax memory, for patterns of norm 1; 0: dense"},
    {"n_neurons", "1", "number of visible neurons N"},
    {"n_patterns", "1", "number of hidden neurons K, patterns"},
    {"tau_ratio", "1", "tau_h/tau_v"},
};

static const hebb_column value_columns[TWO_BODY_N_VALUES] = {
    {"overlap", "1", "of the outputs g with the pattern at the end: xi.g/N; of norm 1: xi.v"},
    {"fall", "1", "by how much the energy fell"},
    {"rise", "1", "largest rise of the energy over one step, as a share of the fall; below 0: it fell at each"},
    {"distance", "1", "of v at --time from the trajectory whose hidden neurons follow at once, over a pattern's norm"},
    {"first_order", "1", "the same by theory, to first order in tau_h/tau_v"},
    {"difference", "1",
     "of the end from the memory's own fixed point: share of signs that differ, or distance of the softmax update's"},
    {"rest_time", "1", "until the neurons were at rest, in units of tau_v; empty: they were not by 1000"},
    {"steps", "1", "steps of the flow"},
};

size_t hebb_two_body_study_neurons(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, TWO_BODY_NEURONS);
}

size_t hebb_two_body_study_patterns(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, TWO_BODY_PATTERNS);
}

size_t hebb_two_body_study_turned(const hebb_two_body_study *own, size_t n_neurons)
{
    return (size_t)llround(own->turned * (double)n_neurons);
}

/* ---- plan ---- */

/* An option of the other model is refused; one of this model's that is not given gets its default. */
static hebb_status choose(hebb_options *given, bool mine, const char *name, const char *text)
{
    if (!mine && hebb_options_is_set(given, name))
        return hebb_fail(HEBB_EUSAGE, "--%s goes with --model %s", name,
                         strcmp(name, "beta") == 0 ? "softmax" : "dense");
    return mine && !hebb_options_is_set(given, name) ? hebb_options_set(given, name, name, text) : HEBB_OK;
}

static double bytes(const hebb_study *study, size_t point)
{
    const size_t n = hebb_two_body_study_neurons(study, point), k = hebb_two_body_study_patterns(study, point);
    const double numbers = (double)n * (double)k + 4.0 * (double)n + 40.0 * (double)(n + k) + 10.0 * (double)n;
    return sizeof(double) * numbers + hebb_patterns_bytes(n, k, HEBB_STORE_ROWS) + hebb_dense_memory_bytes(n, k) +
           hebb_two_body_bytes(n, k) + hebb_continuous_memory_bytes(k);
}

static hebb_status plan(hebb_study *study)
{
    hebb_options *given = study->options;
    hebb_two_body_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->is_softmax = strcmp(hebb_options_text(given, "model"), "softmax") == 0;
    hebb_status status = choose(given, !own->is_softmax, "degree", "3");
    if (status == HEBB_OK) status = choose(given, !own->is_softmax, "temperature", "0.2");
    if (status == HEBB_OK) status = choose(given, own->is_softmax, "beta", "10");
    if (status != HEBB_OK) return status;
    own->temperature = own->is_softmax ? 0.0 : hebb_options_real(given, "temperature");
    own->turned = hebb_options_real(given, "turned");
    own->time = hebb_options_real(given, "time");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    const hebb_list *const axes[TWO_BODY_N_GRID] = {
        own->is_softmax ? NULL : hebb_options_list(given, "degree"),
        own->is_softmax ? hebb_options_list(given, "beta") : NULL, hebb_options_list(given, "neurons"),
        hebb_options_list(given, "patterns"), hebb_options_list(given, "tau-ratio")};
    study->n_grid = TWO_BODY_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = TWO_BODY_N_VALUES;
    study->value_columns = value_columns;
    status = hebb_grid_plan(study, axes, NULL, NULL);
    return status == HEBB_OK ? hebb_grid_check_memory(study, TWO_BODY_NEURONS, TWO_BODY_PATTERNS, bytes) : status;
}

/* Steps are some tau_h long, or tau_v. */
static double cost(const hebb_study *study, size_t point)
{
    const double n = (double)hebb_two_body_study_neurons(study, point);
    return n * ((double)hebb_two_body_study_patterns(study, point) + 20.0) *
           (1.0 + 0.2 / hebb_study_grid(study, point, TWO_BODY_RATIO));
}

/* ---- room ---- */

void hebb_two_body_room_free(hebb_two_body_room *room)
{
    hebb_two_body_flow_free(&room->flow);
    hebb_two_body_free(&room->memory);
    hebb_dense_memory_free(&room->dense);
    hebb_patterns_free(&room->patterns);
    free(room->turn);
    free(room->xi);
    free(room->v);
    free(room->end);
    free(room->next);
    *room = (hebb_two_body_room){0};
}

static void workspace_free(void *room)
{
    if (room == NULL) return;
    hebb_two_body_room_free(room);
    free(room);
}

static hebb_status fit(hebb_two_body_room *room, size_t n, size_t k, hebb_interaction interaction)
{
    if (room->n_neurons != n || room->n_patterns != k) {
        hebb_two_body_room_free(room);
        room->turn = calloc(n, sizeof *room->turn);
        room->xi = calloc(n * k, sizeof *room->xi);
        room->v = calloc(n, sizeof *room->v);
        room->end = calloc(n, sizeof *room->end);
        room->next = calloc(n, sizeof *room->next);
        if (room->turn == NULL || room->xi == NULL || room->v == NULL || room->end == NULL || room->next == NULL) {
            hebb_two_body_room_free(room);
            return hebb_fail(HEBB_ENOMEM, "no memory for %zu patterns of %zu neurons", k, n);
        }
        room->n_neurons = n;
        room->n_patterns = k;
    }
    return hebb_dense_memory_fit(&room->patterns, &room->dense, n, k, interaction);
}

hebb_status hebb_two_body_room_set(const hebb_study *study, size_t point, size_t replica, hebb_two_body_room *room)
{
    const hebb_two_body_study *own = study->own;
    const size_t n = hebb_two_body_study_neurons(study, point), k = hebb_two_body_study_patterns(study, point);
    const int degree = own->is_softmax ? 2 : (int)hebb_study_grid(study, point, TWO_BODY_DEGREE);
    const hebb_two_body_law law = {.kind = own->is_softmax ? HEBB_TWO_BODY_SOFTMAX : HEBB_TWO_BODY_RECTIFIED,
                                   .degree = degree,
                                   .temperature = own->temperature,
                                   .beta = hebb_study_grid(study, point, TWO_BODY_BETA)};
    const hebb_status status = fit(room, n, k, (hebb_interaction){HEBB_INTERACTION_RECTIFIED, degree});
    if (status != HEBB_OK) return status;
    const double size = own->is_softmax ? 1.0 / sqrt((double)n) : 1.0;
    hebb_patterns_draw(&room->patterns, own->pattern_seed, (uint32_t)replica);
    hebb_dense_memory_start_near_pattern(
        &room->dense, 0, hebb_two_body_study_turned(own, n),
        hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, hebb_patterns_address(n, k), (uint32_t)replica));
    for (size_t mu = 0; mu < k; mu++)
        for (size_t i = 0; i < n; i++) room->xi[mu * n + i] = size * hebb_patterns_get(&room->patterns, i, mu);
    for (size_t i = 0; i < n; i++) room->v[i] = size * room->dense.spins[i];
    hebb_two_body_flow_free(&room->flow);
    hebb_two_body_free(&room->memory);
    return hebb_two_body_init(&room->memory, law, n, k, room->xi, NULL);
}

hebb_status hebb_two_body_room_start(hebb_two_body_room *room, double ratio)
{
    const hebb_two_body_flow_options flow = {1.0, ratio, STEP_TOLERANCE, MAX_STEPS};
    hebb_two_body_flow_free(&room->flow);
    const hebb_status status = hebb_two_body_flow_init(&room->flow, &room->memory, flow);
    return status == HEBB_OK ? hebb_two_body_flow_start(&room->flow, room->v, NULL) : status;
}

/* ---- a unit ---- */

static double distance_between(size_t n, const double *a, const double *b)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt(sum);
}

/* Both ways to the time of the comparison; the one with hidden neurons on to its rest, which is left in the flow. */
static hebb_status follow(const hebb_study *study, const hebb_unit *unit, hebb_two_body_room *room, double *values)
{
    const hebb_two_body_study *own = study->own;
    const double ratio = hebb_study_grid(study, unit->point, TWO_BODY_RATIO);
    const double scale = own->is_softmax ? 1.0 : (double)room->n_neurons, norm = sqrt(scale);
    hebb_status status = hebb_two_body_room_start(room, 0.0);
    if (status == HEBB_OK) status = hebb_two_body_flow_advance(&room->flow, own->time);
    if (status != HEBB_OK) return status;
    memcpy(room->end, room->flow.state, room->n_neurons * sizeof *room->end);
    status = hebb_two_body_room_start(room, ratio);
    if (status == HEBB_OK) status = hebb_two_body_flow_advance(&room->flow, own->time);
    if (status != HEBB_OK) return status;
    values[TWO_BODY_DISTANCE] = distance_between(room->n_neurons, room->flow.state, room->end) / norm;
    status = hebb_two_body_flow_settle(&room->flow, REST * scale, LONGEST);
    if (status != HEBB_OK && status != HEBB_ENOCONV) return status;
    const double fall = room->flow.energy_start - room->flow.energy;
    values[TWO_BODY_REST_TIME] = status == HEBB_OK ? room->flow.time : NAN;
    values[TWO_BODY_FALL] = fall;
    values[TWO_BODY_RISE] = room->flow.largest_rise / fall;
    values[TWO_BODY_STEPS] = (double)room->flow.n_steps;
    return HEBB_OK;
}

static hebb_status find_first_order(const hebb_study *study, const hebb_unit *unit, const hebb_two_body_room *room,
                                    double *first_order)
{
    const hebb_two_body_study *own = study->own;
    const hebb_two_body_law law = room->memory.law;
    const hebb_two_body_problem problem = {own->is_softmax, law.temperature,  law.degree, law.beta,
                                           room->n_neurons, room->n_patterns, room->xi};
    double lag;
    const hebb_status status = hebb_two_body_lag(&problem, room->v, own->time, &lag);
    if (status != HEBB_OK) return hebb_fail(status, "no first order of the distance at time %g", own->time);
    const double norm = own->is_softmax ? 1.0 : sqrt((double)room->n_neurons);
    *first_order = hebb_study_grid(study, unit->point, TWO_BODY_RATIO) * lag / norm;
    return HEBB_OK;
}

/* From the same start: relaxed at T = 0, the dense memory's own state holds it. */
static hebb_status compare_with_dense(hebb_two_body_room *room, double *difference)
{
    const hebb_dense_relax_options relax = {.order = HEBB_ORDER_SEQUENTIAL, .max_sweeps = 1000, .turn = room->turn};
    hebb_relaxation result;
    const hebb_status status = hebb_dense_relax(&room->dense, &relax, &result);
    if (status != HEBB_OK) return status;
    *difference = NAN;
    if (result.outcome != HEBB_RELAX_FIXED_POINT) return HEBB_OK;
    size_t n_differ = 0;
    for (size_t i = 0; i < room->n_neurons; i++) n_differ += (room->flow.state[i] > 0.0) != (room->dense.spins[i] > 0);
    *difference = (double)n_differ / (double)room->n_neurons;
    return HEBB_OK;
}

static hebb_status compare_with_softmax(hebb_two_body_room *room, double *difference)
{
    const size_t n = room->n_neurons;
    hebb_continuous_memory memory;
    hebb_status status = hebb_continuous_memory_init(&memory, n, room->n_patterns, room->xi, room->memory.law.beta);
    memcpy(room->end, room->v, n * sizeof *room->end);
    double moved = INFINITY;
    for (long k = 0; status == HEBB_OK && moved > 1e-13 && k < MAX_UPDATES; k++) {
        status = hebb_continuous_memory_update(&memory, 1, room->end, room->next, NULL);
        moved = distance_between(n, room->end, room->next);
        memcpy(room->end, room->next, n * sizeof *room->end);
    }
    *difference = moved <= 1e-13 ? distance_between(n, room->end, room->flow.state) : NAN;
    hebb_continuous_memory_free(&memory);
    return status;
}

static hebb_status run(const hebb_study *study, void *workspace, const hebb_unit *unit, double *values)
{
    const hebb_two_body_study *own = study->own;
    hebb_two_body_room *room = workspace;
    hebb_status status = hebb_two_body_room_set(study, unit->point, unit->replica, room);
    if (status == HEBB_OK) status = follow(study, unit, room, values);
    if (status == HEBB_OK) status = find_first_order(study, unit, room, &values[TWO_BODY_FIRST_ORDER]);
    if (status != HEBB_OK) return status;
    const size_t n = room->n_neurons;
    hebb_two_body_visible_outputs(&room->memory, room->flow.state, room->end);
    for (size_t i = 0; i < n; i++)
        values[TWO_BODY_OVERLAP] += room->xi[i] * room->end[i] / (own->is_softmax ? 1.0 : (double)n);
    double *difference = &values[TWO_BODY_DIFFERENCE];
    return own->is_softmax ? compare_with_softmax(room, difference) : compare_with_dense(room, difference);
}

const hebb_experiment hebb_two_body_experiment = {
    .name = "two-body",
    .summary = "visible and hidden neurons in continuous time: energy, end, adiabatic limit",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(hebb_two_body_room),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_two_body_report};
