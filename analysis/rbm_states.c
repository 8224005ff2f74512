#include "rbm_states.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "rbm_free_energy.h"

static bool takes_hidden(const hebb_rbm *rbm)
{
    if (rbm->hidden_kind == HEBB_LAYER_GAUSSIAN) return false;
    return rbm->visible_kind == HEBB_LAYER_GAUSSIAN || rbm->n_hidden <= rbm->n_visible;
}

bool hebb_rbm_states_can_be_drawn(const hebb_rbm *rbm)
{
    const bool hidden = takes_hidden(rbm);
    if ((hidden ? rbm->hidden_kind : rbm->visible_kind) == HEBB_LAYER_GAUSSIAN) return false;
    return (hidden ? rbm->n_hidden : rbm->n_visible) <= HEBB_RBM_STATES_MAX_UNITS;
}

/* The enumerated layer is `in` of `layer`; its own bias is `bias`. */
typedef struct {
    hebb_rbm_layer layer;
    size_t n_units;
    const double *bias;
    double sigma; /* of the other layer */
    hebb_layer_states one;
    float *fields;
    uint8_t *units;
} enumeration;

static double log_share(enumeration *of, uint64_t state)
{
    for (size_t a = 0; a < of->n_units; a++) of->units[a] = state >> a & 1;
    hebb_index_lists_set(&of->one.lists, 1, of->units);
    hebb_rbm_layer_fields(&of->layer, &of->one, of->fields);
    return hebb_layer_bias_sum(&of->one, 0, of->bias) +
           hebb_layer_log_sums(of->layer.out, of->sigma, 1.0, of->layer.n_out, of->fields);
}

/* Of all states, the sum of the shares up to it. */
static hebb_status accumulate(enumeration *of, double **sums)
{
    const size_t n = (size_t)1 << of->n_units;
    double largest = -INFINITY, sum = 0.0;
    *sums = malloc(n * sizeof **sums);
    if (*sums == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the shares of %zu states", n);
    for (size_t k = 0; k < n; k++) {
        (*sums)[k] = log_share(of, k);
        largest = fmax(largest, (*sums)[k]);
    }
    for (size_t k = 0; k < n; k++) (*sums)[k] = sum += exp((*sums)[k] - largest);
    return HEBB_OK;
}

static size_t find(size_t n, const double *sums, double u)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (sums[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void draw_units(const enumeration *of, const double *sums, size_t n, hebb_philox noise, uint8_t *units)
{
    const size_t n_states = (size_t)1 << of->n_units;
    for (size_t r = 0; r < n; r++) {
        hebb_stream stream;
        hebb_stream_init(&stream, noise, 0, (uint32_t)r);
        const size_t state = find(n_states, sums, hebb_stream_uniform(&stream) * sums[n_states - 1]);
        for (size_t a = 0; a < of->n_units; a++) units[r * of->n_units + a] = state >> a & 1;
    }
}

/* The other layer, given the enumerated one. */
static hebb_status draw_other(const enumeration *of, size_t n, hebb_layer_states *one, hebb_philox noise,
                              hebb_layer_states *other)
{
    hebb_status status = hebb_layer_states_init(other, of->layer.out, n, of->layer.n_out);
    float *fields = calloc(n * of->layer.stride, sizeof *fields);
    if (status == HEBB_OK && fields == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for %zu states", n);
    if (status == HEBB_OK) {
        hebb_rbm_layer_fields(&of->layer, one, fields);
        hebb_rbm_layer_sample(&of->layer, fields, noise, 1, 0, other);
    }
    free(fields);
    return status;
}

static hebb_status begin(const hebb_rbm *rbm, enumeration *of)
{
    const bool hidden = takes_hidden(rbm);
    *of = (enumeration){.n_units = hidden ? rbm->n_hidden : rbm->n_visible,
                        .bias = hidden ? rbm->hidden_bias : rbm->visible_bias,
                        .sigma = hidden ? rbm->sigma_v : rbm->sigma_h};
    hebb_status status = hebb_rbm_layer_init(&of->layer, rbm, hidden ? HEBB_RBM_DOWN : HEBB_RBM_UP);
    if (status == HEBB_OK) status = hebb_layer_states_init(&of->one, of->layer.in, 1, of->n_units);
    of->fields = calloc(of->layer.stride > 0 ? of->layer.stride : 1, sizeof *of->fields);
    of->units = calloc(of->n_units, 1);
    if (status == HEBB_OK && (of->fields == NULL || of->units == NULL))
        status = hebb_fail(HEBB_ENOMEM, "no memory for an enumeration");
    return status;
}

hebb_status hebb_rbm_states_draw(const hebb_rbm *rbm, size_t n, uint64_t seed, uint64_t realisation,
                                 hebb_layer_states *states)
{
    *states = (hebb_layer_states){0};
    if (!hebb_rbm_states_can_be_drawn(rbm))
        return hebb_fail(HEBB_EDOM, "%zu x %zu units: states are enumerated of %d units at most", rbm->n_visible,
                         rbm->n_hidden, HEBB_RBM_STATES_MAX_UNITS);
    const double n_units = (double)rbm->n_visible + (double)rbm->n_hidden;
    const hebb_status fits = hebb_memory_check("states of a machine", 8.0 * n_units * (double)n, 1);
    if (fits != HEBB_OK) return fits;
    const hebb_philox noise = hebb_philox_derive(seed, HEBB_DRAW_STATE, realisation, 2);
    const bool hidden = takes_hidden(rbm);
    enumeration of;
    hebb_layer_states one = {0};
    double *sums = NULL;
    uint8_t *units = NULL;
    hebb_status status = begin(rbm, &of);
    if (status == HEBB_OK) status = accumulate(&of, &sums);
    if (status == HEBB_OK) {
        units = calloc(n * of.n_units, 1);
        status = units != NULL ? hebb_layer_states_init(&one, of.layer.in, n, of.n_units)
                               : hebb_fail(HEBB_ENOMEM, "no memory for %zu states", n);
    }
    if (status == HEBB_OK) {
        draw_units(&of, sums, n, noise, units);
        hebb_index_lists_set(&one.lists, n, units);
        if (hidden)
            status = draw_other(&of, n, &one, noise, states);
        else
            *states = one;
    }
    if (hidden || status != HEBB_OK) hebb_layer_states_free(&one);
    free(units);
    free(sums);
    free(of.units);
    free(of.fields);
    hebb_layer_states_free(&of.one);
    hebb_rbm_layer_free(&of.layer);
    return status;
}
