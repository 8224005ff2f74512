#include "rbm.h"

#include <math.h>
#include <stdlib.h>

#include "memory.h"

const char *const hebb_layer_words[] = {
    [HEBB_LAYER_BINARY] = "binary", [HEBB_LAYER_SIGN] = "sign", [HEBB_LAYER_GAUSSIAN] = "gaussian"};

hebb_status hebb_rbm_init(hebb_rbm *rbm, size_t n_visible, hebb_layer_kind visible_kind, size_t n_hidden,
                          hebb_layer_kind hidden_kind)
{
    const size_t most = (size_t)1 << 20;
    *rbm = (hebb_rbm){0};
    if (n_visible == 0 || n_hidden == 0 || n_visible > most || n_hidden > most)
        return hebb_fail(HEBB_EDOM, "%zu visible and %zu hidden units: each layer must have from 1 to 2^20", n_visible,
                         n_hidden);
    const hebb_status status = hebb_memory_check("weights", 8.0 * (double)n_visible * (double)n_hidden, 1);
    if (status != HEBB_OK) return status;
    *rbm = (hebb_rbm){.n_visible = n_visible,
                      .n_hidden = n_hidden,
                      .visible_kind = visible_kind,
                      .hidden_kind = hidden_kind,
                      .sigma_v = 1.0,
                      .sigma_h = 1.0,
                      .weights = calloc(n_visible * n_hidden, sizeof(double)),
                      .visible_bias = calloc(n_visible, sizeof(double)),
                      .hidden_bias = calloc(n_hidden, sizeof(double))};
    if (rbm->weights != NULL && rbm->visible_bias != NULL && rbm->hidden_bias != NULL) return HEBB_OK;
    hebb_rbm_free(rbm);
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu x %zu weights", n_visible, n_hidden);
}

void hebb_rbm_free(hebb_rbm *rbm)
{
    free(rbm->weights);
    free(rbm->visible_bias);
    free(rbm->hidden_bias);
    *rbm = (hebb_rbm){0};
}

void hebb_rbm_hidden_fields(const hebb_rbm *rbm, const double *visible, double *fields)
{
    for (size_t j = 0; j < rbm->n_hidden; j++) fields[j] = rbm->hidden_bias[j];
    for (size_t i = 0; i < rbm->n_visible; i++)
        for (size_t j = 0; j < rbm->n_hidden && visible[i] != 0.0; j++)
            fields[j] += visible[i] * rbm->weights[i * rbm->n_hidden + j];
}

void hebb_rbm_visible_fields(const hebb_rbm *rbm, const double *hidden, double *fields)
{
    for (size_t i = 0; i < rbm->n_visible; i++) {
        fields[i] = rbm->visible_bias[i];
        for (size_t j = 0; j < rbm->n_hidden; j++) fields[i] += rbm->weights[i * rbm->n_hidden + j] * hidden[j];
    }
}

double hebb_layer_mean(hebb_layer_kind kind, double sigma, double x)
{
    if (kind == HEBB_LAYER_BINARY) return 1.0 / (1.0 + exp(-x));
    if (kind == HEBB_LAYER_SIGN) return tanh(x);
    return sigma * sigma * x;
}

double hebb_layer_variance(hebb_layer_kind kind, double sigma, double x)
{
    const double e = exp(-fabs(x)), sech = 2.0 * e / (1.0 + e * e);
    if (kind == HEBB_LAYER_BINARY) return e / ((1.0 + e) * (1.0 + e));
    if (kind == HEBB_LAYER_SIGN) return sech * sech;
    return sigma * sigma;
}

double hebb_layer_log_sum(hebb_layer_kind kind, double sigma, double x)
{
    if (kind == HEBB_LAYER_BINARY) return fmax(x, 0.0) + log1p(exp(-fabs(x)));
    if (kind == HEBB_LAYER_SIGN) return fabs(x) + log1p(exp(-2.0 * fabs(x)));
    return 0.5 * sigma * sigma * x * x + log(sigma) + 0.5 * log(2.0 * M_PI);
}

/* -sum bias s [+ sum s^2/(2 sigma^2)] */
static double own_energy(hebb_layer_kind kind, double sigma, size_t n, const double *bias, const double *states)
{
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) {
        sum -= bias[k] * states[k];
        if (kind == HEBB_LAYER_GAUSSIAN) sum += states[k] * states[k] / (2.0 * sigma * sigma);
    }
    return sum;
}

double hebb_rbm_energy(const hebb_rbm *rbm, const double *visible, const double *hidden)
{
    double sum = own_energy(rbm->visible_kind, rbm->sigma_v, rbm->n_visible, rbm->visible_bias, visible) +
                 own_energy(rbm->hidden_kind, rbm->sigma_h, rbm->n_hidden, rbm->hidden_bias, hidden);
    for (size_t i = 0; i < rbm->n_visible; i++)
        for (size_t j = 0; j < rbm->n_hidden; j++) sum -= visible[i] * rbm->weights[i * rbm->n_hidden + j] * hidden[j];
    return sum;
}

double hebb_rbm_free_energy(const hebb_rbm *rbm, const double *visible, const double *fields)
{
    double sum = own_energy(rbm->visible_kind, rbm->sigma_v, rbm->n_visible, rbm->visible_bias, visible);
    for (size_t j = 0; j < rbm->n_hidden; j++) sum -= hebb_layer_log_sum(rbm->hidden_kind, rbm->sigma_h, fields[j]);
    return sum;
}
