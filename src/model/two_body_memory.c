#include "two_body_memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* ---- the memory ---- */

static hebb_status check_law(hebb_two_body_law law)
{
    const bool is_softmax = law.kind == HEBB_TWO_BODY_SOFTMAX;
    const double x = is_softmax ? law.beta : law.temperature;
    if (!(x > 0.0) || !isfinite(x))
        return hebb_fail(HEBB_EDOM, "%s %g: it is to be above 0 and finite", is_softmax ? "beta" : "temperature", x);
    if (is_softmax) return HEBB_OK;
    if (law.degree < 2 || law.degree > HEBB_TWO_BODY_MAX_DEGREE)
        return hebb_fail(HEBB_EDOM, "degree %d is out of 2 .. %d", law.degree, HEBB_TWO_BODY_MAX_DEGREE);
    if (law.kind == HEBB_TWO_BODY_POWER && law.degree % 2 != 0)
        return hebb_fail(HEBB_EDOM, "degree %d: an odd power is not convex, and no energy falls; take the rectified",
                         law.degree);
    return HEBB_OK;
}

static hebb_status check_patterns(size_t n_visible, size_t n_hidden, const double *patterns, const double *input)
{
    if (n_visible == 0 || n_hidden == 0) return hebb_fail(HEBB_EDOM, "a memory takes a neuron and a pattern at least");
    for (size_t mu = 0; mu < n_hidden; mu++) {
        bool is_zero = true;
        for (size_t i = 0; i < n_visible; i++) {
            const double x = patterns[mu * n_visible + i];
            if (!isfinite(x)) return hebb_fail(HEBB_EDOM, "pattern %zu, neuron %zu is not finite", mu + 1, i + 1);
            is_zero = is_zero && x == 0.0;
        }
        if (is_zero) return hebb_fail(HEBB_EDOM, "pattern %zu is zero throughout", mu + 1);
    }
    for (size_t i = 0; input != NULL && i < n_visible; i++)
        if (!isfinite(input[i])) return hebb_fail(HEBB_EDOM, "the input of neuron %zu is not finite", i + 1);
    return HEBB_OK;
}

hebb_status hebb_two_body_init(hebb_two_body *memory, hebb_two_body_law law, size_t n_visible, size_t n_hidden,
                               const double *patterns, const double *input)
{
    *memory = (hebb_two_body){0};
    hebb_status status = check_law(law);
    if (status == HEBB_OK) status = check_patterns(n_visible, n_hidden, patterns, input);
    if (status != HEBB_OK) return status;
    *memory = (hebb_two_body){.law = law,
                              .n_visible = n_visible,
                              .n_hidden = n_hidden,
                              .patterns = patterns,
                              .input = input,
                              .g = calloc(n_visible, sizeof(double)),
                              .f = calloc(n_hidden, sizeof(double)),
                              .h = calloc(n_hidden, sizeof(double))};
    if (memory->g != NULL && memory->f != NULL && memory->h != NULL) return HEBB_OK;
    hebb_two_body_free(memory);
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu visible and %zu hidden neurons", n_visible, n_hidden);
}

void hebb_two_body_free(hebb_two_body *memory)
{
    free(memory->g);
    free(memory->f);
    free(memory->h);
    *memory = (hebb_two_body){0};
}

double hebb_two_body_bytes(size_t n_visible, size_t n_hidden)
{
    return sizeof(double) * ((double)n_visible + 2.0 * (double)n_hidden);
}

/* ---- outputs and Lagrangians ---- */

/* x^n by squaring; the rectified one vanishes for x < 0. */
static double power(const hebb_two_body *memory, double x, int degree)
{
    if (memory->law.kind == HEBB_TWO_BODY_RECTIFIED && x <= 0.0) return 0.0;
    double product = 1.0;
    for (; degree > 0; degree /= 2, x *= x)
        if (degree % 2 != 0) product *= x;
    return product;
}

static double largest(size_t n, const double *x)
{
    double most = x[0];
    for (size_t k = 1; k < n; k++) most = fmax(most, x[k]);
    return most;
}

void hebb_two_body_visible_outputs(const hebb_two_body *memory, const double *v, double *g)
{
    const bool is_linear = memory->law.kind == HEBB_TWO_BODY_SOFTMAX;
    for (size_t i = 0; i < memory->n_visible; i++) g[i] = is_linear ? v[i] : tanh(v[i] / memory->law.temperature);
}

void hebb_two_body_hidden_outputs(const hebb_two_body *memory, const double *h, double *f)
{
    const size_t n = memory->n_hidden;
    if (memory->law.kind != HEBB_TWO_BODY_SOFTMAX) {
        for (size_t mu = 0; mu < n; mu++)
            f[mu] = power(memory, h[mu] / (double)memory->n_visible, memory->law.degree - 1);
        return;
    }
    const double most = largest(n, h);
    double sum = 0.0;
    for (size_t mu = 0; mu < n; mu++) sum += f[mu] = exp(memory->law.beta * (h[mu] - most));
    for (size_t mu = 0; mu < n; mu++) f[mu] /= sum;
}

/* ln 2 cosh x = |x| + ln(1 + exp(-2|x|)): nothing overflows. */
static double visible_lagrangian(const hebb_two_body *memory, const double *v)
{
    const double t = memory->law.temperature;
    double sum = 0.0;
    for (size_t i = 0; i < memory->n_visible; i++) {
        const double size = fabs(v[i]);
        sum += memory->law.kind == HEBB_TWO_BODY_SOFTMAX ? 0.5 * v[i] * v[i] : size + t * log1p(exp(-2.0 * size / t));
    }
    return sum;
}

static double hidden_lagrangian(const hebb_two_body *memory, const double *h)
{
    const size_t n = memory->n_hidden;
    double sum = 0.0;
    if (memory->law.kind == HEBB_TWO_BODY_SOFTMAX) {
        const double most = largest(n, h);
        for (size_t mu = 0; mu < n; mu++) sum += exp(memory->law.beta * (h[mu] - most));
        return most + log(sum) / memory->law.beta;
    }
    const double n_visible = (double)memory->n_visible, degree = memory->law.degree;
    for (size_t mu = 0; mu < n; mu++) sum += power(memory, h[mu] / n_visible, memory->law.degree);
    return sum * n_visible / degree;
}

void hebb_two_body_overlaps(const hebb_two_body *memory, const double *g, double *h)
{
    for (size_t mu = 0; mu < memory->n_hidden; mu++) {
        const double *xi = memory->patterns + mu * memory->n_visible;
        double sum = 0.0;
        for (size_t i = 0; i < memory->n_visible; i++) sum += xi[i] * g[i];
        h[mu] = sum;
    }
}

void hebb_two_body_drive(const hebb_two_body *memory, const double *f, double *x)
{
    for (size_t i = 0; i < memory->n_visible; i++) x[i] = memory->input != NULL ? memory->input[i] : 0.0;
    for (size_t mu = 0; mu < memory->n_hidden; mu++) {
        const double *xi = memory->patterns + mu * memory->n_visible;
        for (size_t i = 0; i < memory->n_visible; i++) x[i] += xi[i] * f[mu];
    }
}

/* ---- energy and forces ---- */

/* From v, its g and xi g, which are in the memory's room. */
static double visible_part(const hebb_two_body *memory, const double *v)
{
    double sum = 0.0;
    for (size_t i = 0; i < memory->n_visible; i++)
        sum += (v[i] - (memory->input != NULL ? memory->input[i] : 0.0)) * memory->g[i];
    return sum - visible_lagrangian(memory, v);
}

double hebb_two_body_energy(hebb_two_body *memory, const double *v, const double *h)
{
    hebb_two_body_visible_outputs(memory, v, memory->g);
    hebb_two_body_overlaps(memory, memory->g, memory->h);
    hebb_two_body_hidden_outputs(memory, h, memory->f);
    double energy = visible_part(memory, v) - hidden_lagrangian(memory, h);
    for (size_t mu = 0; mu < memory->n_hidden; mu++) energy += memory->f[mu] * (h[mu] - memory->h[mu]);
    return energy;
}

double hebb_two_body_visible_energy(hebb_two_body *memory, const double *v)
{
    hebb_two_body_visible_outputs(memory, v, memory->g);
    hebb_two_body_overlaps(memory, memory->g, memory->h);
    return visible_part(memory, v) - hidden_lagrangian(memory, memory->h);
}

void hebb_two_body_force(hebb_two_body *memory, const double *v, const double *h, double *force)
{
    const size_t n = memory->n_visible;
    hebb_two_body_visible_outputs(memory, v, memory->g);
    hebb_two_body_overlaps(memory, memory->g, memory->h);
    hebb_two_body_hidden_outputs(memory, h != NULL ? h : memory->h, memory->f);
    hebb_two_body_drive(memory, memory->f, force);
    for (size_t i = 0; i < n; i++) force[i] -= v[i];
    for (size_t mu = 0; h != NULL && mu < memory->n_hidden; mu++) force[n + mu] = memory->h[mu] - h[mu];
}
