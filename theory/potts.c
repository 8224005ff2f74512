#include "potts.h"

#include <math.h>

#include "root.h"

/* t/(e^t - 1) */
static double bernoulli(double t)
{
    return t == 0.0 ? 1.0 : t / expm1(t);
}

/* Less its derivative, (t e^t - e^t + 1)/(e^t - 1)^2, for t of order 1 and above. */
static double fall(double t)
{
    const double rest = -expm1(-t);
    return ((t - 1.0) + exp(-t)) * exp(-t) / (rest * rest);
}

/* 1/2 less that, by the Bernoulli numbers, for t <= 1/2: to 1e-17 of it. */
static double slack(double t)
{
    static const double numbers[] = {1.0 / 6.0,  -1.0 / 30.0,     1.0 / 42.0, -1.0 / 30.0,
                                     5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0,  -3617.0 / 510.0};
    double sum = 0.0, power = t; /* t^(2n-1)/(2n-1)! */
    for (int n = 1; n <= 8; n++) {
        sum += numbers[n - 1] * power;
        power *= t * t / (double)(2 * n * (2 * n + 1));
    }
    return sum;
}

typedef struct {
    double q, g, k;
} problem;

static double log_fall_excess(double t, void *params)
{
    const problem *at = params;
    return log(fall(t)) - log(at->g) + log(at->q);
}

static double slack_excess(double t, void *params)
{
    const problem *at = params;
    return slack(t) / (0.5 - at->g / at->q) - 1.0;
}

hebb_status hebb_potts_spinodal(double q, double g, double *k, double *log_ratio)
{
    problem at = {q, g, NAN};
    hebb_status status = HEBB_OK;
    if (!(q >= 2.0) || q > HEBB_POTTS_MAX_PATTERNS || !(g >= 1.0) || g > q - 1.0) return HEBB_EDOM;
    if (2.0 * g >= q)
        *log_ratio = 0.0;
    else if (0.5 - g / q < slack(0.5))
        status = hebb_root_brent(slack_excess, &at, 0.0, 0.6, log_ratio);
    else /* fall(t) <= t e^-t/(1 - e^-t)^2, below g/q at the bracket's end */
        status = hebb_root_brent(log_fall_excess, &at, 0.45, 5.0 + 1.5 * log(q / g), log_ratio);
    if (status == HEBB_OK) *k = g * *log_ratio + q * bernoulli(*log_ratio);
    return status;
}

hebb_status hebb_potts_thresholds_find(double q, hebb_potts_thresholds *thresholds)
{
    thresholds->k_average_unstable = q;
    thresholds->k_crossing = q == 2.0 ? 2.0 : 2.0 * (q - 1.0) * log1p(q - 2.0) / (q - 2.0);
    return hebb_potts_spinodal(q, 1.0, &thresholds->k_spinodal, &thresholds->log_ratio);
}

const char *hebb_potts_branch_text(hebb_potts_branch branch)
{
    static const char *const texts[] = {"average", "condensed", "saddle"};
    return texts[branch];
}

/* For g = 1 what is of order k cancels by hand: 1 - a = (q-1) b. */
static double energy(const hebb_potts_state *x)
{
    const double rest = (x->q - x->g) * x->small;
    const double quadratic = x->g == 1.0 ? rest * rest : 1.0 - 2.0 * x->large + x->g * x->large * x->large;
    return 0.5 * x->k * (quadratic + rest * x->small) + log(x->q / x->g) -
           log1p((x->q - x->g) / x->g * exp(-x->log_ratio));
}

hebb_potts_state hebb_potts_state_at(double q, double g, double t)
{
    hebb_potts_state x = {.q = q, .g = g, .log_ratio = t, .k = g * t + q * bernoulli(t)};
    x.large = 1.0 / (g + (q - g) * exp(-t));
    x.small = exp(-t) * x.large;
    x.energy = energy(&x);
    x.eig_condensed = g > 1.0 ? x.k * x.large : NAN;
    x.eig_rest = q - g > 1.0 ? x.k * x.small : NAN;
    x.eig_collective = x.k * q * x.large * x.small;
    x.stable = !(x.eig_condensed >= 1.0) && !(x.eig_rest >= 1.0) && x.eig_collective < 1.0;
    return x;
}

static hebb_potts_state average(double q, double k)
{
    return (hebb_potts_state){.k = k,
                              .q = q,
                              .g = q,
                              .large = 1.0 / q,
                              .small = NAN,
                              .energy = 0.5 * k * (1.0 - 1.0 / q),
                              .eig_condensed = k / q,
                              .eig_rest = NAN,
                              .eig_collective = NAN,
                              .stable = k < q};
}

static double k_excess(double t, void *params)
{
    const problem *at = params;
    return (at->g * t + at->q * bernoulli(t)) / at->k - 1.0;
}

hebb_status hebb_potts_solve(double q, double g, double k, hebb_potts_branch branch, hebb_potts_state *state)
{
    problem at = {q, g, k};
    double least, turn, t;
    if (!(k > 0.0) || !isfinite(k)) return HEBB_EDOM;
    if (branch == HEBB_POTTS_AVERAGE) {
        if (!(q >= 2.0) || q > HEBB_POTTS_MAX_PATTERNS) return HEBB_EDOM;
        *state = average(q, k);
        return HEBB_OK;
    }
    hebb_status status = hebb_potts_spinodal(q, g, &least, &turn);
    if (status != HEBB_OK) return status;
    if (k <= least || (branch == HEBB_POTTS_SADDLE && (turn == 0.0 || k >= q))) return HEBB_ENOSOLUTION;
    status = branch == HEBB_POTTS_SADDLE ? hebb_root_brent(k_excess, &at, 0.0, turn, &t)
                                         : hebb_root_brent(k_excess, &at, turn, k / g, &t);
    if (status != HEBB_OK) return status;
    *state = hebb_potts_state_at(q, g, t);
    state->k = k;
    return HEBB_OK;
}

double hebb_potts_sum_of_squares(const hebb_potts_state *state)
{
    const double rest = state->g < state->q ? (state->q - state->g) * state->small * state->small : 0.0;
    return state->g * state->large * state->large + rest;
}
