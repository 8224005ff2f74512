#include "rbm_ais.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parallel.h"
#include "rbm_free_energy.h"

enum { UP = 0, DOWN = 1, AT_ONCE = 32 /* chains of a unit of work: their fields stay in the cache */ };

double hebb_rbm_ais_base(const hebb_rbm *rbm, const double *base)
{
    double sum = 0.0;
    for (size_t i = 0; i < rbm->n_visible; i++) sum += hebb_layer_log_sum(rbm->visible_kind, rbm->sigma_v, base[i]);
    return sum + (double)rbm->n_hidden * hebb_layer_log_sum(rbm->hidden_kind, rbm->sigma_h, 0.0);
}

void hebb_rbm_ais_base_of(const hebb_rbm *rbm, const hebb_layer_states *cases, double *base)
{
    const double n = (double)cases->n_states;
    for (size_t i = 0; i < rbm->n_visible; i++) base[i] = 0.0;
    if (cases->kind == HEBB_LAYER_GAUSSIAN) {
        for (size_t k = 0; k < cases->n_states * cases->n_units; k++)
            base[k % cases->n_units] += (double)cases->reals[k] / (n * rbm->sigma_v * rbm->sigma_v);
        return;
    }
    for (size_t k = 0; k < cases->lists.starts[cases->n_states]; k++) base[cases->lists.indices[k]] += 1.0;
    const double scale = cases->kind == HEBB_LAYER_SIGN ? 0.5 : 1.0; /* atanh(2p - 1) = ln(p/(1 - p))/2 */
    for (size_t i = 0; i < rbm->n_visible; i++) base[i] = scale * log((base[i] + 1.0) / (n - base[i] + 1.0));
}

/* ---- one chunk of chains ---- */

typedef struct {
    const hebb_rbm_ais *ais;
    int direction;
    const hebb_layer_states *states; /* that they begin with, down */
    hebb_rbm_layer up, down;         /* `down` with the base */
    double *tilt;                    /* n_visible: b - a, in single precision as `down` has them */
    hebb_philox start, noise;
    double *logs;
} annealing;

typedef struct {
    hebb_layer_states visible, hidden;
    float *hidden_fields, *visible_fields;
} chunk;

static void free_chunk(void *workspace)
{
    chunk *own = workspace;
    if (own == NULL) return;
    hebb_layer_states_free(&own->visible);
    hebb_layer_states_free(&own->hidden);
    free(own->hidden_fields);
    free(own->visible_fields);
    free(own);
}

static hebb_status make_chunk(void *context, void **workspace)
{
    const annealing *of = context;
    chunk *own = calloc(1, sizeof *own);
    *workspace = own;
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for chains");
    hebb_status status = hebb_layer_states_init(&own->visible, of->down.out, AT_ONCE, of->down.n_out);
    if (status == HEBB_OK) status = hebb_layer_states_init(&own->hidden, of->up.out, AT_ONCE, of->up.n_out);
    own->hidden_fields = calloc(AT_ONCE * of->up.stride, sizeof(float));
    own->visible_fields = calloc(AT_ONCE * of->down.stride, sizeof(float));
    if (status == HEBB_OK && (own->hidden_fields == NULL || own->visible_fields == NULL))
        status = hebb_fail(HEBB_ENOMEM, "no memory for chains");
    return status;
}

static void set_number(chunk *own, size_t n)
{
    own->visible.n_states = own->hidden.n_states = n;
    own->visible.lists.n_states = own->hidden.lists.n_states = n;
}

static void begin_up(const annealing *of, chunk *own, uint32_t first)
{
    for (size_t r = 0; r < own->visible.n_states; r++)
        memcpy(own->visible_fields + r * of->down.stride, of->down.base, of->down.stride * sizeof(float));
    hebb_rbm_layer_sample(&of->down, own->visible_fields, of->start, 0, first, &own->visible);
}

static void begin_down(const annealing *of, chunk *own, uint32_t first)
{
    const size_t n = own->visible.n_states, units = own->visible.n_units;
    uint32_t which[AT_ONCE];
    for (size_t r = 0; r < n; r++) which[r] = first + (uint32_t)r;
    if (own->visible.kind == HEBB_LAYER_GAUSSIAN)
        memcpy(own->visible.reals, of->states->reals + first * units, n * units * sizeof(float));
    else
        hebb_index_lists_select(&own->visible.lists, &of->states->lists, n, which);
}

/* ln w += ln p*_to - ln p*_from, of the present states; leaves their fields. */
static void weigh(const annealing *of, chunk *own, double from, double to, double *logs)
{
    const double sigma = of->ais->rbm->sigma_h;
    hebb_rbm_layer_fields(&of->up, &own->visible, own->hidden_fields);
    for (size_t r = 0; r < own->visible.n_states; r++) {
        const float *x = own->hidden_fields + r * of->up.stride;
        logs[r] += (to - from) * hebb_layer_bias_sum(&own->visible, r, of->tilt) +
                   hebb_layer_log_sums(of->up.out, sigma, to, of->up.n_out, x) -
                   hebb_layer_log_sums(of->up.out, sigma, from, of->up.n_out, x);
    }
}

/* A sweep at beta, from the fields that weigh has left. */
static void move(const annealing *of, chunk *own, double beta, uint32_t step, uint32_t first)
{
    hebb_rbm_layer down = of->down; /* the weights stay shared */
    down.beta = (float)beta;
    const size_t n = own->visible.n_states * of->up.stride;
    for (size_t k = 0; k < n; k++) own->hidden_fields[k] *= (float)beta;
    hebb_rbm_layer_sample(&of->up, own->hidden_fields, of->noise, 2 * step, first, &own->hidden);
    hebb_rbm_layer_fields(&down, &own->hidden, own->visible_fields);
    hebb_rbm_layer_sample(&down, own->visible_fields, of->noise, 2 * step + 1, first, &own->visible);
}

static hebb_status anneal(void *context, void *workspace, size_t unit)
{
    const annealing *of = context;
    chunk *own = workspace;
    const size_t first = unit * AT_ONCE, n_left = of->ais->n_chains - first;
    const long n_steps = of->ais->n_steps;
    double *logs = of->logs + first;
    set_number(own, n_left < AT_ONCE ? n_left : AT_ONCE);
    if (of->direction == UP)
        begin_up(of, own, (uint32_t)first);
    else
        begin_down(of, own, (uint32_t)first);
    for (size_t r = 0; r < own->visible.n_states; r++) logs[r] = 0.0;
    /* The transition takes beta in single precision: the path has these values. */
    for (long k = 1; k <= n_steps; k++) {
        const double share[2] = {(double)(k - 1) / (double)n_steps, (double)k / (double)n_steps};
        const double from = (double)(float)(of->direction == UP ? share[0] : 1.0 - share[0]),
                     to = (double)(float)(of->direction == UP ? share[1] : 1.0 - share[1]);
        weigh(of, own, from, to, logs);
        if (k < n_steps) move(of, own, to, (uint32_t)k, (uint32_t)first);
    }
    return HEBB_OK;
}

/* ---- all chains ---- */

static hebb_status set_base(annealing *of)
{
    const hebb_rbm *rbm = of->ais->rbm;
    of->down.base = calloc(of->down.stride, sizeof(float));
    of->tilt = calloc(rbm->n_visible, sizeof(double));
    if (of->down.base == NULL || of->tilt == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu biases", rbm->n_visible);
    for (size_t i = 0; i < rbm->n_visible; i++) {
        of->down.base[i] = (float)of->ais->base[i];
        of->tilt[i] = (double)of->down.bias[i] - (double)of->down.base[i];
    }
    return HEBB_OK;
}

static hebb_status run(const hebb_rbm_ais *ais, int direction, const hebb_layer_states *states, double *logs)
{
    const uint32_t replica = (uint32_t)direction;
    annealing of = {.ais = ais,
                    .direction = direction,
                    .states = states,
                    .start = hebb_philox_derive(ais->seed, HEBB_DRAW_STATE, ais->realisation, replica),
                    .noise = hebb_philox_derive(ais->seed, HEBB_DRAW_GIBBS, ais->realisation, replica),
                    .logs = logs};
    const hebb_parallel_work work = {
        .context = &of, .workspace_make = make_chunk, .workspace_free = free_chunk, .run = anneal};
    if (ais->n_chains < 1 || ais->n_chains > UINT32_MAX || ais->n_steps < 1 || ais->n_steps > INT32_MAX)
        return hebb_fail(HEBB_EDOM, "%zu chains over %ld temperatures: both must be from 1 to 2^31 - 1", ais->n_chains,
                         ais->n_steps);
    hebb_status status = hebb_rbm_layer_init(&of.up, ais->rbm, HEBB_RBM_UP);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&of.down, ais->rbm, HEBB_RBM_DOWN);
    if (status == HEBB_OK) status = set_base(&of);
    if (status == HEBB_OK) status = hebb_parallel_run(&work, (ais->n_chains + AT_ONCE - 1) / AT_ONCE, ais->n_threads);
    free(of.tilt);
    hebb_rbm_layer_free(&of.up);
    hebb_rbm_layer_free(&of.down);
    return status;
}

hebb_status hebb_rbm_ais_up(const hebb_rbm_ais *ais, double *logs)
{
    return run(ais, UP, NULL, logs);
}

hebb_status hebb_rbm_ais_down(const hebb_rbm_ais *ais, const hebb_layer_states *states, double *logs)
{
    hebb_rbm_ais own = *ais;
    own.n_chains = states->n_states;
    return run(&own, DOWN, states, logs);
}

double hebb_log_mean(size_t n, const double *logs, double *err, double *ess)
{
    const double number = (double)n;
    double largest = -INFINITY, sum = 0.0, squares = 0.0, left_out = 0.0, spread = 0.0;
    for (size_t k = 0; k < n; k++) largest = fmax(largest, logs[k]);
    for (size_t k = 0; k < n; k++) {
        const double w = exp(logs[k] - largest);
        sum += w;
        squares += w * w;
    }
    /* Of the mean without one of them; where that one is all there is, what is left is nothing. */
    for (size_t k = 0; k < n; k++) {
        const double rest = fmax(sum - exp(logs[k] - largest), sum * 0x1p-52);
        left_out += (log(rest / (number - 1.0)) - log(sum / number)) / number;
    }
    for (size_t k = 0; k < n; k++) {
        const double rest = fmax(sum - exp(logs[k] - largest), sum * 0x1p-52);
        spread += pow(log(rest / (number - 1.0)) - log(sum / number) - left_out, 2.0);
    }
    const double bias = (number - 1.0) * left_out;
    *ess = sum * sum / squares;
    *err = sqrt((number - 1.0) / number * spread + bias * bias);
    return largest + log(sum / number);
}
