#include "rbm_layer.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cblas.h>

#include "blas.h"
#include "kernel.h"
#include "memory.h"
#include "parallel.h"
#include "rows_gather.h"

/* ---- states ---- */

hebb_status hebb_layer_states_init(hebb_layer_states *states, hebb_layer_kind kind, size_t n_states, size_t n_units)
{
    *states = (hebb_layer_states){.n_states = n_states, .n_units = n_units, .kind = kind};
    if (kind != HEBB_LAYER_GAUSSIAN) return hebb_index_lists_init(&states->lists, n_states, n_units);
    if (n_states > INT_MAX || n_units > INT_MAX)
        return hebb_fail(HEBB_EDOM, "%zu states of %zu Gaussian units: at most %d of either, as sgemm counts in int",
                         n_states, n_units, INT_MAX);
    states->reals = calloc(n_states * n_units, sizeof *states->reals);
    return states->reals != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for %zu states", n_states);
}

void hebb_layer_states_free(hebb_layer_states *states)
{
    hebb_index_lists_free(&states->lists);
    free(states->reals);
    *states = (hebb_layer_states){0};
}

void hebb_layer_states_get(const hebb_layer_states *states, size_t r, double *numbers)
{
    const hebb_index_lists *lists = &states->lists;
    for (size_t i = 0; i < states->n_units; i++)
        numbers[i] = states->kind == HEBB_LAYER_GAUSSIAN ? (double)states->reals[r * states->n_units + i]
                     : states->kind == HEBB_LAYER_SIGN   ? -1.0
                                                         : 0.0;
    if (states->kind == HEBB_LAYER_GAUSSIAN) return;
    for (size_t k = lists->starts[r]; k < lists->starts[r + 1]; k++) numbers[lists->indices[k]] = 1.0;
}

/* ---- a direction ---- */

hebb_status hebb_rbm_layer_init(hebb_rbm_layer *layer, const hebb_rbm *rbm, hebb_rbm_direction direction)
{
    const bool up = direction == HEBB_RBM_UP;
    const size_t n_in = up ? rbm->n_visible : rbm->n_hidden, n_out = up ? rbm->n_hidden : rbm->n_visible,
                 stride = hebb_rows_stride(n_out);
    *layer = (hebb_rbm_layer){.direction = direction,
                              .n_in = n_in,
                              .n_out = n_out,
                              .stride = stride,
                              .in = up ? rbm->visible_kind : rbm->hidden_kind,
                              .out = up ? rbm->hidden_kind : rbm->visible_kind,
                              .sigma = (float)(up ? rbm->sigma_h : rbm->sigma_v),
                              .beta = 1.0f,
                              .rows = hebb_memory_zeroed(n_in * stride * sizeof(float)),
                              .bias = hebb_memory_zeroed(stride * sizeof(float)),
                              .offset = hebb_memory_zeroed(stride * sizeof(float)),
                              .start = hebb_memory_zeroed(stride * sizeof(float)),
                              .n_threads = 1};
    if (layer->rows != NULL && layer->bias != NULL && layer->offset != NULL && layer->start != NULL) {
        hebb_rbm_layer_load(layer, rbm);
        return HEBB_OK;
    }
    hebb_rbm_layer_free(layer);
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu x %zu weights", n_in, n_out);
}

void hebb_rbm_layer_free(hebb_rbm_layer *layer)
{
    free(layer->rows);
    free(layer->bias);
    free(layer->base);
    free(layer->offset);
    free(layer->start);
    *layer = (hebb_rbm_layer){0};
}

void hebb_rbm_layer_load(hebb_rbm_layer *layer, const hebb_rbm *rbm)
{
    const bool up = layer->direction == HEBB_RBM_UP;
    const double *bias = up ? rbm->hidden_bias : rbm->visible_bias;
    for (size_t j = 0; j < layer->n_out; j++) layer->bias[j] = (float)bias[j];
    for (size_t i = 0; i < layer->n_in; i++)
        for (size_t j = 0; j < layer->n_out; j++)
            layer->rows[i * layer->stride + j] =
                (float)rbm->weights[up ? i * rbm->n_hidden + j : j * rbm->n_hidden + i];
    hebb_rbm_layer_refresh(layer);
}

void hebb_rbm_layer_refresh(hebb_rbm_layer *layer)
{
    memcpy(layer->offset, layer->bias, layer->stride * sizeof(float));
    for (size_t i = 0; i < layer->n_in && layer->in == HEBB_LAYER_SIGN; i++)
        for (size_t j = 0; j < layer->n_out; j++) layer->offset[j] -= layer->rows[i * layer->stride + j];
    for (size_t j = 0; j < layer->n_out; j++)
        layer->start[j] = layer->in == HEBB_LAYER_SIGN ? 0.5f * layer->offset[j] : layer->offset[j];
}

/* ---- states in parts, a part a unit of work ---- */

enum { PART_STATES = 32 };

typedef struct {
    const hebb_rbm_layer *layer;
    size_t n_states, width; /* the latter in whole 16s */
    const float *fields;
    float *means, *sums; /* sums: fields being made */
    hebb_philox noise;
    uint32_t sweep, first_chain;
    hebb_layer_states *states;
    size_t *counts;
} work;

static void run_parts(work *job, size_t n_states, void (*run)(void *context, size_t part))
{
    job->n_states = n_states;
    job->width = (job->layer->n_out + 15) / 16 * 16;
    hebb_parallel_each((n_states + PART_STATES - 1) / PART_STATES, job->layer->n_threads, run, job);
}

static size_t part_end(const work *job, size_t part)
{
    const size_t end = (part + 1) * PART_STATES;
    return end < job->n_states ? end : job->n_states;
}

/* ---- fields and means ---- */

/* From the sums: twice as much for units -1, +1, and beta. */
static void finish_fields(void *context, size_t part)
{
    const work *job = context;
    const hebb_rbm_layer *layer = job->layer;
    const bool is_sign = layer->in == HEBB_LAYER_SIGN;
    for (size_t r = part * PART_STATES; r < part_end(job, part); r++) {
        float *x = job->sums + r * layer->stride;
        for (size_t j = 0; j < job->width && is_sign; j++) x[j] *= 2.0f;
        if (layer->beta == 1.0f) continue;
        for (size_t j = 0; j < job->width; j++) x[j] *= layer->beta;
        for (size_t j = 0; j < job->width && layer->base != NULL; j++) x[j] += (1.0f - layer->beta) * layer->base[j];
    }
}

static void add_real(const hebb_rbm_layer *layer, const hebb_layer_states *states, float *fields)
{
    for (size_t r = 0; r < states->n_states; r++)
        memcpy(fields + r * layer->stride, layer->offset, layer->stride * sizeof *fields);
    hebb_blas_enter();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)states->n_states, (int)layer->n_out, (int)layer->n_in,
                1.0f, states->reals, (int)states->n_units, layer->rows, (int)layer->stride, 1.0f, fields,
                (int)layer->stride);
    hebb_blas_leave();
}

void hebb_rbm_layer_fields(const hebb_rbm_layer *layer, const hebb_layer_states *states, float *fields)
{
    work job = {.layer = layer, .sums = fields};
    if (states->n_states == 0) return;
    if (states->kind == HEBB_LAYER_GAUSSIAN) {
        add_real(layer, states, fields);
    } else {
        hebb_index_lists lists = states->lists;
        lists.n_states = states->n_states;
        lists.n_units = layer->n_in;
        hebb_rows_gather(&lists, layer->rows, (layer->n_out + 15) / 16 * 16, layer->stride, layer->start, fields,
                         layer->n_threads);
    }
    if (layer->in == HEBB_LAYER_SIGN || layer->beta != 1.0f) run_parts(&job, states->n_states, finish_fields);
}

static void find_means(void *context, size_t part)
{
    const work *job = context;
    const hebb_rbm_layer *layer = job->layer;
    const float variance = layer->sigma * layer->sigma;
    for (size_t r = part * PART_STATES; r < part_end(job, part); r++) {
        const float *fields = job->fields + r * layer->stride;
        float *means = job->means + r * layer->stride;
        if (layer->out != HEBB_LAYER_GAUSSIAN)
            hebb_kernel_in_use()->logistic_means(layer->out == HEBB_LAYER_SIGN, job->width, fields, means);
        for (size_t j = 0; j < job->width && layer->out == HEBB_LAYER_GAUSSIAN; j++) means[j] = variance * fields[j];
        memset(means + layer->n_out, 0, (layer->stride - layer->n_out) * sizeof *means);
    }
}

void hebb_rbm_layer_means(const hebb_rbm_layer *layer, size_t n_states, const float *fields, float *means)
{
    work job = {.layer = layer, .fields = fields, .means = means};
    run_parts(&job, n_states, find_means);
}

/* ---- sampling ---- */

/* Two-valued units; a part's lists lie one behind the other from where all its states would begin were all units on. */
static void draw_lists(void *context, size_t part)
{
    const work *job = context;
    const hebb_rbm_layer *layer = job->layer;
    const hebb_index_lists *lists = &job->states->lists;
    uint32_t *indices = lists->indices + part * PART_STATES * layer->n_out;
    for (size_t r = part * PART_STATES; r < part_end(job, part); r++) {
        const size_t n = hebb_kernel_in_use()->draw_layer(layer->out == HEBB_LAYER_SIGN, layer->n_out,
                                                          job->fields + r * layer->stride, job->noise, job->sweep,
                                                          job->first_chain + (uint32_t)r, indices);
        indices += n;
        lists->starts[r + 1] = n;
    }
}

/* Lengths of the lists become their starts, and the parts' lists are moved together. */
static void join_parts(const work *job)
{
    hebb_index_lists *lists = &job->states->lists;
    size_t end = 0;
    lists->n_states = job->n_states;
    lists->n_units = job->layer->n_out;
    lists->starts[0] = 0;
    for (size_t part = 0; part * PART_STATES < job->n_states; part++) {
        const size_t first = part * PART_STATES, begin = end;
        for (size_t r = first; r < part_end(job, part); r++) lists->starts[r + 1] = end += lists->starts[r + 1];
        if (begin != first * lists->n_units)
            memmove(lists->indices + begin, lists->indices + first * lists->n_units, (end - begin) * sizeof(uint32_t));
    }
}

/* Gaussian units: numbers of mean 0 and variance 1 come in pairs, from the two words of a pair of units. */
static void draw_reals(void *context, size_t part)
{
    const work *job = context;
    const hebb_rbm_layer *layer = job->layer;
    const double sigma = (double)layer->sigma;
    for (size_t r = part * PART_STATES; r < part_end(job, part); r++)
        for (size_t j = 0; j < layer->n_out; j += 4) {
            uint32_t block[4];
            const float *x = job->fields + r * layer->stride + j;
            float *reals = job->states->reals + r * job->states->n_units + j;
            hebb_philox_block(job->noise, job->sweep, job->first_chain + (uint32_t)r, j / 4, block);
            for (size_t k = 0; k < 4 && j + k < layer->n_out; k++) {
                const double u = ((double)block[k & ~(size_t)1] + 0.5) * 0x1p-32,
                             angle = 2.0 * M_PI * ((double)block[k | 1] + 0.5) * 0x1p-32;
                const double normal = sqrt(-2.0 * log(u)) * (k % 2 == 0 ? cos(angle) : sin(angle));
                reals[k] = (float)(sigma * sigma * (double)x[k] + sigma * normal);
            }
        }
}

void hebb_rbm_layer_sample(const hebb_rbm_layer *layer, const float *fields, hebb_philox noise, uint32_t sweep,
                           uint32_t first_chain, hebb_layer_states *states)
{
    work job = {
        .layer = layer, .fields = fields, .noise = noise, .sweep = sweep, .first_chain = first_chain, .states = states};
    const bool is_real = states->kind == HEBB_LAYER_GAUSSIAN;
    run_parts(&job, states->n_states, is_real ? draw_reals : draw_lists);
    if (!is_real) join_parts(&job);
}
