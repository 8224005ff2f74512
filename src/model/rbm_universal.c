#include "rbm_universal.h"

#include <math.h>
#include <stdbool.h>

static hebb_status check(size_t n_visible, hebb_layer_kind visible_kind, hebb_layer_kind hidden_kind, size_t n_support,
                         const uint32_t *vectors, const double *probability, double weight)
{
    if (visible_kind == HEBB_LAYER_GAUSSIAN || hidden_kind == HEBB_LAYER_GAUSSIAN)
        return hebb_fail(HEBB_EDOM, "a machine for a distribution on vectors of two values has no Gaussian units");
    if (n_visible == 0 || n_visible > HEBB_RBM_UNIVERSAL_MAX_VISIBLE)
        return hebb_fail(HEBB_EDOM, "%zu visible units: there must be from 1 to %d", n_visible,
                         HEBB_RBM_UNIVERSAL_MAX_VISIBLE);
    if (n_support == 0 || n_support > (size_t)1 << n_visible)
        return hebb_fail(HEBB_EDOM, "a support of %zu vectors: there must be from 1 to %zu of %zu units", n_support,
                         (size_t)1 << n_visible, n_visible);
    if (!(weight > 0.0) || isinf(weight)) return hebb_fail(HEBB_EDOM, "a weight of %g: it must be positive", weight);
    for (size_t i = 0; i < n_support; i++)
        if (!(probability[i] > 0.0) || isinf(probability[i]) || vectors[i] >> n_visible != 0)
            return hebb_fail(HEBB_EDOM, "vector %zu of the support has no such probability or more than %zu units", i,
                             n_visible);
    return HEBB_OK;
}

/* 1 + e^X = e^{X/2} 2 cosh(X/2): units -1, +1 take half the field, the visible units what is left of it. */
static void make_hidden_signs(hebb_rbm *rbm)
{
    for (size_t j = 0; j < rbm->n_hidden; j++) rbm->hidden_bias[j] *= 0.5;
    for (size_t i = 0; i < rbm->n_visible; i++)
        for (size_t j = 0; j < rbm->n_hidden; j++) {
            double *weight = rbm->weights + i * rbm->n_hidden + j;
            *weight *= 0.5;
            rbm->visible_bias[i] += *weight;
        }
}

/* v = (1 + s)/2: the fields of the hidden units are the same ones. */
static void make_visible_signs(hebb_rbm *rbm)
{
    for (size_t i = 0; i < rbm->n_visible; i++) {
        rbm->visible_bias[i] *= 0.5;
        for (size_t j = 0; j < rbm->n_hidden; j++) {
            double *weight = rbm->weights + i * rbm->n_hidden + j;
            *weight *= 0.5;
            rbm->hidden_bias[j] += *weight;
        }
    }
}

hebb_status hebb_rbm_universal_build(hebb_rbm *rbm, size_t n_visible, hebb_layer_kind visible_kind,
                                     hebb_layer_kind hidden_kind, size_t n_support, const uint32_t *vectors,
                                     const double *probability, double weight)
{
    *rbm = (hebb_rbm){0};
    hebb_status status = check(n_visible, visible_kind, hidden_kind, n_support, vectors, probability, weight);
    if (status == HEBB_OK) status = hebb_rbm_init(rbm, n_visible, visible_kind, n_support + 1, hidden_kind);
    if (status != HEBB_OK) return status;
    const double ln_height = 0.5 * ((double)n_visible * M_LN2 + weight);
    for (size_t i = 0; i < n_support; i++) {
        rbm->hidden_bias[i + 1] = log(probability[i]) + ln_height;
        for (size_t l = 0; l < n_visible; l++) {
            const bool on = vectors[i] >> l & 1;
            rbm->weights[l * rbm->n_hidden + i + 1] = on ? weight : -weight;
            if (on) rbm->hidden_bias[i + 1] -= weight;
        }
    }
    if (hidden_kind == HEBB_LAYER_SIGN) make_hidden_signs(rbm);
    if (visible_kind == HEBB_LAYER_SIGN) make_visible_signs(rbm);
    return HEBB_OK;
}
