#include "two_body.h"

#include <math.h>
#include <stdlib.h>

static const double STEP = 1.0 / 400.0;

/* v_0 and v_1 one after the other, four rates, and what is in between. */
typedef struct {
    const hebb_two_body_problem *problem;
    double *state, *trial, *rate, *sum;
    double *g, *slope;             /* N: g and dg/dv */
    double *h, *drift, *f, *shift; /* K: h_0, xi Dg v_1 - h_0', f, Df times that */
} solver;

static double power(double x, int n)
{
    double product = 1.0;
    while (n-- > 0) product *= x;
    return product;
}

static void find_outputs(const solver *s, const double *v)
{
    const hebb_two_body_problem *p = s->problem;
    for (size_t i = 0; i < p->n_visible; i++) {
        s->g[i] = p->is_softmax ? v[i] : tanh(v[i] / p->temperature);
        s->slope[i] = p->is_softmax ? 1.0 : (1.0 - s->g[i] * s->g[i]) / p->temperature;
    }
    for (size_t mu = 0; mu < p->n_hidden; mu++) {
        s->h[mu] = 0.0;
        for (size_t i = 0; i < p->n_visible; i++) s->h[mu] += p->patterns[mu * p->n_visible + i] * s->g[i];
    }
}

static void find_hidden_outputs(const solver *s)
{
    const hebb_two_body_problem *p = s->problem;
    double most = s->h[0], sum = 0.0;
    for (size_t mu = 0; mu < p->n_hidden; mu++) most = fmax(most, s->h[mu]);
    for (size_t mu = 0; mu < p->n_hidden; mu++) {
        const double x = fmax(0.0, s->h[mu] / (double)p->n_visible);
        s->f[mu] = p->is_softmax ? exp(p->beta * (s->h[mu] - most)) : power(x, p->degree - 1);
        sum += s->f[mu];
    }
    for (size_t mu = 0; p->is_softmax && mu < p->n_hidden; mu++) s->f[mu] /= sum;
}

/* shift = Df(h_0) drift. */
static void find_shift(const solver *s)
{
    const hebb_two_body_problem *p = s->problem;
    double mean = 0.0;
    for (size_t mu = 0; p->is_softmax && mu < p->n_hidden; mu++) mean += s->f[mu] * s->drift[mu];
    for (size_t mu = 0; mu < p->n_hidden; mu++) {
        const double x = s->h[mu] / (double)p->n_visible;
        if (p->is_softmax)
            s->shift[mu] = p->beta * s->f[mu] * (s->drift[mu] - mean);
        else
            s->shift[mu] =
                x <= 0.0 ? 0.0 : (p->degree - 1) * power(x, p->degree - 2) / (double)p->n_visible * s->drift[mu];
    }
}

static void find_rate(const solver *s, const double *state, double *rate)
{
    const hebb_two_body_problem *p = s->problem;
    const size_t n = p->n_visible;
    const double *v0 = state, *v1 = state + n;
    find_outputs(s, v0);
    find_hidden_outputs(s);
    for (size_t i = 0; i < n; i++) {
        rate[i] = -v0[i];
        for (size_t mu = 0; mu < p->n_hidden; mu++) rate[i] += p->patterns[mu * n + i] * s->f[mu];
    }
    for (size_t mu = 0; mu < p->n_hidden; mu++) {
        s->drift[mu] = 0.0;
        for (size_t i = 0; i < n; i++) s->drift[mu] += p->patterns[mu * n + i] * s->slope[i] * (v1[i] - rate[i]);
    }
    find_shift(s);
    for (size_t i = 0; i < n; i++) {
        rate[n + i] = -v1[i];
        for (size_t mu = 0; mu < p->n_hidden; mu++) rate[n + i] += p->patterns[mu * n + i] * s->shift[mu];
    }
}

/* Runge and Kutta's classical step. */
static void take_step(const solver *s, double dt)
{
    static const double weight[4] = {1.0, 2.0, 2.0, 1.0}, ahead[4] = {0.5, 0.5, 1.0, 0.0};
    const size_t n = 2 * s->problem->n_visible;
    for (size_t k = 0; k < n; k++) {
        s->trial[k] = s->state[k];
        s->sum[k] = 0.0;
    }
    for (int stage = 0; stage < 4; stage++) {
        find_rate(s, s->trial, s->rate);
        for (size_t k = 0; k < n; k++) {
            s->sum[k] += weight[stage] * s->rate[k];
            s->trial[k] = s->state[k] + ahead[stage] * dt * s->rate[k];
        }
    }
    for (size_t k = 0; k < n; k++) s->state[k] += dt / 6.0 * s->sum[k];
}

static bool is_valid(const hebb_two_body_problem *p, double time)
{
    if (p->n_visible == 0 || p->n_hidden == 0 || !(time >= 0.0) || !isfinite(time)) return false;
    if (p->is_softmax) return p->beta > 0.0 && isfinite(p->beta);
    return p->degree >= 2 && p->temperature > 0.0 && isfinite(p->temperature);
}

hebb_status hebb_two_body_lag(const hebb_two_body_problem *problem, const double *start, double time, double *lag)
{
    if (!is_valid(problem, time)) return HEBB_EDOM;
    const size_t n = problem->n_visible, k = problem->n_hidden;
    double *room = calloc(10 * n + 4 * k, sizeof *room);
    if (room == NULL) return HEBB_ENOMEM;
    const solver s = {
        problem,      room,          room + 2 * n,      room + 4 * n,          room + 6 * n,         room + 8 * n,
        room + 9 * n, room + 10 * n, room + 10 * n + k, room + 10 * n + 2 * k, room + 10 * n + 3 * k};
    for (size_t i = 0; i < n; i++) s.state[i] = start[i];
    const long n_steps = (long)ceil(time / STEP);
    for (long step = 0; step < n_steps; step++) take_step(&s, time / (double)n_steps);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += s.state[n + i] * s.state[n + i];
    *lag = sqrt(sum);
    free(room);
    return HEBB_OK;
}

/* m falls from 1 to the largest root, as tanh(m^(n-1)/T) rises with m. */
hebb_status hebb_two_body_overlap(int degree, double temperature, double *m)
{
    if (degree < 2 || !(temperature > 0.0) || !isfinite(temperature)) return HEBB_EDOM;
    double x = 1.0;
    for (long step = 0; step < 1000000; step++) {
        const double y = tanh(power(x, degree - 1) / temperature);
        if (y < 1e-3) return HEBB_ENOSOLUTION;
        if (x - y <= 1e-15) {
            *m = y;
            return HEBB_OK;
        }
        x = y;
    }
    return HEBB_ENOSOLUTION;
}
