#include "rbm_sample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "memory.h"
#include "parallel.h"
#include "rbm_gibbs.h"
#include "rbm_ladder.h"
#include "rbm_learner.h"
#include "training_data.h"
#include "training_folder.h"

/* ---- what is kept of chains ---- */

/* Of the chains of `gibbs`, those of samples from first on. */
static void keep(const hebb_sample_request *request, const hebb_rbm_gibbs *gibbs, size_t first, double *room,
                 int8_t *states)
{
    const size_t n = gibbs->down->n_out, stride = gibbs->down->stride;
    if (request->wants_means)
        hebb_rbm_layer_means(gibbs->down, gibbs->n_chains, gibbs->visible_fields, gibbs->visible_fields);
    for (size_t r = 0; r < gibbs->n_chains; r++) {
        hebb_layer_states_get(&gibbs->visible, r, room);
        for (size_t i = 0; i < n; i++) {
            const size_t at = (first + r) * n + i;
            if (request->values == NULL || gibbs->visible.kind != HEBB_LAYER_GAUSSIAN) states[at] = (int8_t)room[i];
            if (request->values == NULL) continue;
            request->values[at] = request->wants_means ? (double)gibbs->visible_fields[r * stride + i] : room[i];
        }
    }
}

/* ---- Gibbs chains ---- */

typedef struct {
    const hebb_sample_request *request;
    hebb_rbm_layer up, down;
    hebb_layer_states cases; /* that chains begin at */
    uint32_t *order;         /* of these */
    int8_t *states;
} sampling;

enum { AT_ONCE = 64 };

/* `cases` is of the kind of the visible units. */
static void set_cases(const sampling *of, size_t first, hebb_layer_states *visible)
{
    const hebb_layer_states *cases = &of->cases;
    uint32_t which[AT_ONCE];
    for (size_t r = 0; r < visible->n_states; r++) which[r] = of->order[(first + r) % cases->n_states];
    if (visible->kind != HEBB_LAYER_GAUSSIAN)
        hebb_index_lists_select(&visible->lists, &cases->lists, visible->n_states, which);
    for (size_t r = 0; r < visible->n_states && visible->kind == HEBB_LAYER_GAUSSIAN; r++)
        memcpy(visible->reals + r * visible->n_units, cases->reals + (size_t)which[r] * visible->n_units,
               visible->n_units * sizeof *visible->reals);
}

static hebb_status run_chains(void *context, void *workspace, size_t unit)
{
    const sampling *of = context;
    const hebb_sample_request *request = of->request;
    const size_t first = unit * AT_ONCE, n_left = request->n_samples - first;
    hebb_rbm_gibbs gibbs;
    (void)workspace;
    double *room = calloc(of->down.n_out, sizeof *room);
    hebb_status status = hebb_rbm_gibbs_init(&gibbs, &of->up, &of->down, n_left < AT_ONCE ? n_left : AT_ONCE,
                                             hebb_philox_derive(request->seed, HEBB_DRAW_GIBBS, request->update, 0));
    if (status == HEBB_OK && room == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for a state");
    if (status == HEBB_OK) {
        gibbs.first_chain = (uint32_t)first;
        hebb_rbm_gibbs_randomise(&gibbs, hebb_philox_derive(request->seed, HEBB_DRAW_STATE, request->update, 0));
        if (request->start != NULL) set_cases(of, first, &gibbs.visible);
    }
    if (status == HEBB_OK) status = hebb_rbm_gibbs_run(&gibbs, request->sweeps);
    if (status == HEBB_OK) keep(request, &gibbs, first, room, of->states);
    free(room);
    hebb_rbm_gibbs_free(&gibbs);
    return status;
}

static hebb_status order_cases(sampling *of)
{
    const hebb_problem *start = of->request->start;
    hebb_stream stream;
    if (start == NULL) return HEBB_OK;
    of->order = malloc(start->n_cases * sizeof *of->order);
    if (of->order == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu cases", start->n_cases);
    hebb_stream_init(&stream, hebb_philox_derive(of->request->seed, HEBB_DRAW_SUBSET, 0, 0), 0, 0);
    hebb_stream_permutation(&stream, (uint32_t)start->n_cases, of->order);
    return hebb_training_data_states(start, of->down.out, &of->cases);
}

static hebb_status by_gibbs(const hebb_sample_request *request, int8_t *states)
{
    sampling of = {.request = request, .states = states};
    hebb_rbm rbm = {0};
    const hebb_parallel_work work = {.context = &of, .run = run_chains};
    hebb_status status = hebb_rbm_learner_machine(request->folder, request->update, request->options, &rbm);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&of.up, &rbm, HEBB_RBM_UP);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&of.down, &rbm, HEBB_RBM_DOWN);
    if (status == HEBB_OK) status = order_cases(&of);
    if (status == HEBB_OK)
        status = hebb_parallel_run(&work, (request->n_samples + AT_ONCE - 1) / AT_ONCE, request->n_threads);
    free(of.order);
    hebb_layer_states_free(&of.cases);
    hebb_rbm_layer_free(&of.up);
    hebb_rbm_layer_free(&of.down);
    hebb_rbm_free(&rbm);
    return status;
}

/* ---- replica exchange ---- */

/* The machines of all checkpoints up to the one that is wanted. */
static hebb_status read_machines(const hebb_sample_request *request, size_t *n, hebb_rbm **machines)
{
    uint64_t *updates = NULL;
    size_t n_there = 0;
    *n = 0;
    *machines = NULL;
    hebb_status status = hebb_training_folder_list(request->folder, &n_there, &updates);
    while (n_there > 0 && updates[n_there - 1] > request->update) n_there--;
    if (status == HEBB_OK && n_there == 0)
        status = hebb_fail(HEBB_ENOINPUT, "%s/checkpoints: there is none of update %llu", request->folder,
                           (unsigned long long)request->update);
    if (status == HEBB_OK)
        status = hebb_memory_check(
            "the machines of a training",
            12.0 * (double)n_there * (double)(request->n_input + request->n_output) * (double)request->n_hidden, 1);
    if (status == HEBB_OK && (*machines = calloc(n_there, sizeof **machines)) == NULL)
        status = hebb_fail(HEBB_ENOMEM, "no memory for %zu machines", n_there);
    for (size_t k = 0; k < n_there && status == HEBB_OK; k++) {
        *n = k + 1;
        status = hebb_rbm_learner_machine(request->folder, updates[k], request->options, &(*machines)[k]);
        if (status == HEBB_OK && ((*machines)[k].n_visible != request->n_input + request->n_output ||
                                  (*machines)[k].n_hidden != request->n_hidden))
            status = hebb_fail(HEBB_EDATA, "%s/checkpoints: weights of update %llu have another shape", request->folder,
                               (unsigned long long)updates[k]);
    }
    free(updates);
    return status;
}

static hebb_status by_trajectory(const hebb_sample_request *request, int8_t *states)
{
    hebb_rbm *machines;
    hebb_rbm_ladder ladder = {0};
    size_t n;
    double least, mean, *room = calloc(request->n_input + request->n_output, sizeof *room);
    const hebb_rbm_ladder_options options =
        hebb_rbm_ladder_defaults(request->n_samples, request->seed, request->n_threads);
    hebb_status status = read_machines(request, &n, &machines);
    if (status == HEBB_OK && room == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for a state");
    if (status == HEBB_OK) status = hebb_rbm_ladder_init(&ladder, n, machines, &options);
    if (status == HEBB_OK) status = hebb_rbm_ladder_run(&ladder, request->sweeps);
    if (status == HEBB_OK) {
        hebb_rbm_gibbs *top = &ladder.rungs[ladder.n_rungs - 1].chains;
        hebb_rbm_ladder_acceptance(&ladder, &least, &mean);
        hebb_c_locale_print(request->note, HEBB_SAMPLE_NOTE,
                            "%zu rungs over %zu checkpoints; exchanges accepted: %.3g on the average, %.3g at least",
                            ladder.n_rungs, n, mean, least);
        status = hebb_rbm_gibbs_run(top, 1); /* what came up in the last round has no fields of its own yet */
        if (status == HEBB_OK) keep(request, top, 0, room, states);
    }
    hebb_rbm_ladder_free(&ladder);
    for (size_t k = 0; k < n; k++) hebb_rbm_free(&machines[k]);
    free(machines);
    free(room);
    return status;
}

hebb_status hebb_rbm_sample(const hebb_sample_request *request, int8_t *states)
{
    return request->follows_trajectory ? by_trajectory(request, states) : by_gibbs(request, states);
}
