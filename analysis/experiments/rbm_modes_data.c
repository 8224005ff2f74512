/* The rbm-modes experiment's data: blocks of units with a mode each. */
#include <math.h>
#include <stdlib.h>

#include "rbm_modes_study.h"

static const double LARGEST_COUPLING = 50.0;

/* ln of how many states of n units have k of them up, times exp(J (2k-n)^2/(2n)). */
static double log_weight(size_t n, size_t k, double coupling)
{
    const double m = 2.0 * (double)k - (double)n;
    return lgamma((double)n + 1.0) - lgamma((double)k + 1.0) - lgamma((double)(n - k) + 1.0) +
           0.5 * coupling * m * m / (double)n;
}

static double square_of_mode(size_t n, double coupling)
{
    double most = -INFINITY, sum = 0.0, square = 0.0;
    for (size_t k = 0; k <= n; k++) most = fmax(most, log_weight(n, k, coupling));
    for (size_t k = 0; k <= n; k++) {
        const double p = exp(log_weight(n, k, coupling) - most), m = 2.0 * (double)k - (double)n;
        sum += p;
        square += p * m * m / (double)n;
    }
    return square / sum;
}

hebb_status hebb_rbm_modes_magnet(size_t n, double eigenvalue, double *coupling)
{
    double low = -LARGEST_COUPLING, high = LARGEST_COUPLING;
    if (!(eigenvalue > square_of_mode(n, low)) || !(eigenvalue < square_of_mode(n, high))) return HEBB_EDOM;
    for (int step = 0; step < 100; step++) {
        const double middle = 0.5 * (low + high);
        if (square_of_mode(n, middle) < eigenvalue)
            low = middle;
        else
            high = middle;
    }
    *coupling = 0.5 * (low + high);
    return HEBB_OK;
}

/* One state of a block, +1 and -1: how many are up, then which. */
static void draw_magnet(hebb_stream *stream, size_t n, double coupling, double *v)
{
    double most = -INFINITY, sum = 0.0;
    for (size_t k = 0; k <= n; k++) most = fmax(most, log_weight(n, k, coupling));
    for (size_t k = 0; k <= n; k++) sum += exp(log_weight(n, k, coupling) - most);
    double left = sum * hebb_stream_uniform(stream);
    size_t up = 0;
    for (; up < n; up++) {
        left -= exp(log_weight(n, up, coupling) - most);
        if (left < 0.0) break;
    }
    for (size_t i = 0; i < n; i++) v[i] = hebb_stream_chooses(stream, (uint32_t)(n - i), &up) ? 1.0 : -1.0;
}

static void draw_normal(hebb_stream *stream, size_t n, double eigenvalue, double *v)
{
    const double other = sqrt(((double)n - eigenvalue) / ((double)n - 1.0));
    double mean = 0.0;
    for (size_t i = 0; i < n; i++) {
        v[i] = hebb_stream_gaussian(stream);
        mean += v[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) v[i] = other * (v[i] - mean) + sqrt(eigenvalue) * mean;
}

static void draw_case(const hebb_rbm_modes_study *own, size_t n_visible, const double *couplings, hebb_stream *stream,
                      double *v)
{
    const size_t n = n_visible / own->planted->length;
    for (size_t b = 0; b < own->planted->length; b++) {
        if (own->law == HEBB_MODES_GAUSSIAN)
            draw_normal(stream, n, own->planted->values[b], v + b * n);
        else
            draw_magnet(stream, n, couplings[b], v + b * n);
    }
}

hebb_status hebb_rbm_modes_draw(const hebb_rbm_modes_study *own, size_t n_visible, hebb_philox draws,
                                hebb_layer_states *data)
{
    static const hebb_layer_kind kinds[] = {[HEBB_MODES_BINARY] = HEBB_LAYER_BINARY,
                                            [HEBB_MODES_SPIN] = HEBB_LAYER_SIGN,
                                            [HEBB_MODES_GAUSSIAN] = HEBB_LAYER_GAUSSIAN};
    const bool is_real = own->law == HEBB_MODES_GAUSSIAN;
    const size_t n_blocks = own->planted->length, half = own->n_cases / 2;
    *data = (hebb_layer_states){0};
    double *couplings = calloc(n_blocks + n_visible, sizeof *couplings);
    double *v = couplings != NULL ? couplings + n_blocks : NULL;
    uint8_t *bytes = calloc(own->n_cases * n_visible, 1);
    hebb_status status = couplings != NULL && bytes != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for data");
    for (size_t b = 0; status == HEBB_OK && !is_real && b < n_blocks; b++)
        status = hebb_rbm_modes_magnet(n_visible / n_blocks, own->planted->values[b], &couplings[b]);
    if (status == HEBB_OK) status = hebb_layer_states_init(data, kinds[own->law], own->n_cases, n_visible);
    for (size_t r = 0; status == HEBB_OK && r < half; r++) {
        hebb_stream stream;
        hebb_stream_init(&stream, draws, 0, (uint32_t)r);
        draw_case(own, n_visible, couplings, &stream, v);
        for (size_t i = 0; i < n_visible; i++) {
            if (is_real) {
                data->reals[r * n_visible + i] = (float)v[i];
                data->reals[(half + r) * n_visible + i] = -(float)v[i];
            } else {
                bytes[r * n_visible + i] = v[i] > 0.0;
                bytes[(half + r) * n_visible + i] = v[i] < 0.0;
            }
        }
    }
    if (status == HEBB_OK && !is_real) hebb_index_lists_set(&data->lists, own->n_cases, bytes);
    free(bytes);
    free(couplings);
    return status;
}
