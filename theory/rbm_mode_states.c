#include "rbm_mode_states.h"

#include <math.h>
#include <stdlib.h>

#include "one_spin.h"
#include "small_matrix.h"

enum { MAX_MODES = HEBB_MODE_STATES_MAX_MODES, MAX_GROUPS = 1 << (MAX_MODES - 1), MAX_STEPS = 200 };

/* e_a(g). */
static double sign_of(size_t a, size_t g)
{
    return a == 0 || ((g >> (a - 1)) & 1) == 0 ? 1.0 : -1.0;
}

static void fill_states(hebb_mode_states *states)
{
    const size_t each = states->n_visible / states->n_groups;
    size_t up[MAX_GROUPS] = {0}; /* units that are +1 in a group */
    for (size_t k = 0; k < states->n_states; k++) {
        states->log_count[k] = 0.0;
        for (size_t a = 0; a < states->n_modes; a++) states->s[k * states->n_modes + a] = 0.0;
        for (size_t g = 0; g < states->n_groups; g++) {
            const double n = (double)each, u = (double)up[g];
            states->log_count[k] += lgamma(n + 1.0) - lgamma(u + 1.0) - lgamma(n - u + 1.0);
            for (size_t a = 0; a < states->n_modes; a++)
                states->s[k * states->n_modes + a] += sign_of(a, g) * (2.0 * u - n) / sqrt((double)states->n_visible);
        }
        for (size_t g = 0; g < states->n_groups && ++up[g] > each; g++) up[g] = 0;
    }
}

/* From logarithms to a law; returns the logarithm of their sum. */
static double normalise(size_t n, double *p)
{
    double most = -INFINITY, sum = 0.0;
    for (size_t k = 0; k < n; k++) most = fmax(most, p[k]);
    for (size_t k = 0; k < n; k++) {
        p[k] = exp(p[k] - most);
        sum += p[k];
    }
    for (size_t k = 0; k < n; k++) p[k] /= sum;
    return most + log(sum);
}

/* ln Z - J.lambda/2, which is convex in J, and its law in states->data. */
static double dual(hebb_mode_states *states, const double *couplings, const double *eigenvalues)
{
    const size_t m = states->n_modes;
    for (size_t k = 0; k < states->n_states; k++) {
        states->data[k] = states->log_count[k];
        for (size_t a = 0; a < m; a++)
            states->data[k] += 0.5 * couplings[a] * states->s[k * m + a] * states->s[k * m + a];
    }
    double value = normalise(states->n_states, states->data);
    for (size_t a = 0; a < m; a++) value -= 0.5 * couplings[a] * eigenvalues[a];
    return value;
}

/* Means of s_a^2, and covariances of s_a^2/2 and s_b^2, over the data's law. */
static void find_moments(const hebb_mode_states *states, double *mean, double *slope)
{
    const size_t m = states->n_modes;
    for (size_t a = 0; a < m; a++) mean[a] = 0.0;
    for (size_t a = 0; a < m * m; a++) slope[a] = 0.0;
    for (size_t k = 0; k < states->n_states; k++)
        for (size_t a = 0; a < m; a++) {
            const double x = states->s[k * m + a] * states->s[k * m + a];
            mean[a] += states->data[k] * x;
            for (size_t b = 0; b < m; b++)
                slope[a * m + b] += 0.5 * states->data[k] * x * states->s[k * m + b] * states->s[k * m + b];
        }
    for (size_t a = 0; a < m; a++)
        for (size_t b = 0; b < m; b++) slope[a * m + b] -= 0.5 * mean[a] * mean[b];
}

/* Newton's method on the dual, with steps that are halved until it falls. */
static hebb_status find_couplings(hebb_mode_states *states, const double *eigenvalues)
{
    const size_t m = states->n_modes;
    double mean[MAX_MODES], slope[MAX_MODES * MAX_MODES], step[MAX_MODES], trial[MAX_MODES];
    double value = dual(states, states->couplings, eigenvalues);
    for (int n = 0; n < MAX_STEPS; n++) {
        double miss = 0.0;
        find_moments(states, mean, slope);
        for (size_t a = 0; a < m; a++) {
            step[a] = eigenvalues[a] - mean[a];
            miss = fmax(miss, fabs(step[a]) / eigenvalues[a]);
        }
        if (miss < 1e-11) return HEBB_OK;
        if (hebb_small_solve(m, m, slope, step) != HEBB_OK) return HEBB_ENOSOLUTION;
        double size = 1.0, next = INFINITY;
        for (; size > 1e-12; size *= 0.5) {
            for (size_t a = 0; a < m; a++) trial[a] = states->couplings[a] + size * step[a];
            next = dual(states, trial, eigenvalues);
            if (next <= value + 1e-13 * fabs(value)) break;
        }
        if (!(next <= value + 1e-13 * fabs(value))) return HEBB_ENOSOLUTION;
        for (size_t a = 0; a < m; a++) states->couplings[a] = trial[a];
        value = next;
    }
    return HEBB_ENOSOLUTION;
}

static hebb_status count_states(hebb_mode_states *states)
{
    if (states->n_modes < 1 || states->n_modes > MAX_MODES) return HEBB_EDOM;
    states->n_groups = (size_t)1 << (states->n_modes - 1);
    const size_t g = states->n_groups;
    if (states->n_visible == 0 || states->n_hidden == 0 || states->n_visible % g != 0 || states->n_hidden % g != 0)
        return HEBB_EDOM;
    const double n = pow((double)(states->n_visible / g) + 1.0, (double)g);
    if (n > HEBB_MODE_STATES_MAX) return HEBB_EDOM;
    states->n_states = (size_t)lround(n);
    return HEBB_OK;
}

hebb_status hebb_mode_states_init(hebb_mode_states *states, size_t n_modes, size_t n_visible, size_t n_hidden,
                                  const double *eigenvalues)
{
    *states = (hebb_mode_states){.n_modes = n_modes, .n_visible = n_visible, .n_hidden = n_hidden};
    hebb_status status = count_states(states);
    for (size_t a = 0; status == HEBB_OK && a < n_modes; a++)
        if (!(eigenvalues[a] > 0.0) || !isfinite(eigenvalues[a])) status = HEBB_EDOM;
    if (status != HEBB_OK) return status;
    double sum = 0.0;
    for (size_t a = 0; a < n_modes; a++) sum += eigenvalues[a];
    if (sum >= (double)n_visible) return HEBB_ENOSOLUTION;
    states->s = calloc(states->n_states * n_modes, sizeof *states->s);
    states->log_count = calloc(states->n_states, sizeof *states->log_count);
    states->data = calloc(states->n_states, sizeof *states->data);
    states->model = calloc(states->n_states, sizeof *states->model);
    if (states->s == NULL || states->log_count == NULL || states->data == NULL || states->model == NULL)
        return HEBB_ENOMEM;
    fill_states(states);
    return find_couplings(states, eigenvalues);
}

void hebb_mode_states_free(hebb_mode_states *states)
{
    free(states->s);
    free(states->log_count);
    free(states->data);
    free(states->model);
    *states = (hebb_mode_states){0};
}

/* x_g of a state, the field of the hidden units of a group. */
static double field(const hebb_mode_states *states, const double *w, size_t k, size_t g)
{
    double x = 0.0;
    for (size_t a = 0; a < states->n_modes; a++) x += w[a] * states->s[k * states->n_modes + a] * sign_of(a, g);
    return x / sqrt((double)states->n_hidden);
}

/* ln 2cosh x */
static double log_two_cosh(double x)
{
    return fabs(x) + hebb_one_spin_log_2cosh_excess(x);
}

void hebb_mode_states_correlate(hebb_mode_states *states, const double *w, double *data, double *model)
{
    const size_t m = states->n_modes;
    const double each = (double)(states->n_hidden / states->n_groups), root = sqrt((double)states->n_hidden);
    for (size_t k = 0; k < states->n_states; k++) {
        states->model[k] = states->log_count[k];
        for (size_t g = 0; g < states->n_groups; g++) states->model[k] += each * log_two_cosh(field(states, w, k, g));
    }
    (void)normalise(states->n_states, states->model);
    for (size_t a = 0; a < m; a++) data[a] = model[a] = 0.0;
    for (size_t k = 0; k < states->n_states; k++)
        for (size_t g = 0; g < states->n_groups; g++) {
            const double mean = each * tanh(field(states, w, k, g)) / root;
            for (size_t a = 0; a < m; a++) {
                const double x = states->s[k * m + a] * sign_of(a, g) * mean;
                data[a] += states->data[k] * x;
                model[a] += states->model[k] * x;
            }
        }
}
