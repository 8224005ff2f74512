#include "bipartite_ferromagnet.h"

#include <math.h>

#include "one_spin.h"

/* Terms below this share of the largest are together below 1e-15 of the sum. */
static const double NEGLIGIBLE = 50.0;

/* ln of the weight of M over that of M - 2: C(n, k - 1)/C(n, k) is exact, the rest a difference of one function. */
static double log_ratio(double n_visible, double n_hidden, double coupling, double M)
{
    const double up = hebb_one_spin_log_2cosh_excess(coupling * M);
    const double down = hebb_one_spin_log_2cosh_excess(coupling * (M - 2.0));
    return log((n_visible - M + 2.0) / (n_visible + M)) + n_hidden * (coupling * (fabs(M) - fabs(M - 2.0)) + up - down);
}

/* Sums of exp(ln weight - shift), the shift following the largest term. */
typedef struct {
    double shift, weight, visible, hidden, visible2, hidden2;
} sums;

static void add(sums *s, double log_weight, double n_hidden, double coupling, double M)
{
    if (log_weight > s->shift) {
        const double factor = exp(s->shift - log_weight);
        s->weight *= factor;
        s->visible *= factor;
        s->hidden *= factor;
        s->visible2 *= factor;
        s->hidden2 *= factor;
        s->shift = log_weight;
    }
    if (log_weight < s->shift - NEGLIGIBLE) return;
    const double weight = (M == 0.0 ? 0.5 : 1.0) * exp(log_weight - s->shift), t = tanh(coupling * M);
    s->weight += weight;
    s->visible += weight * M;
    s->hidden += weight * t;
    s->visible2 += weight * M * M;
    s->hidden2 += weight * ((1.0 - t * t) / n_hidden + t * t);
}

hebb_status hebb_bipartite_ferromagnet(size_t n_visible, size_t n_hidden, double weight,
                                       hebb_bipartite_averages *averages)
{
    const double n_v = (double)n_visible, n_h = (double)n_hidden;
    if (n_visible == 0 || n_hidden == 0 || n_v > 1e7 || n_h > 1e7 || !(weight >= 0.0 && weight <= 1e3))
        return HEBB_EDOM;
    const double coupling = weight / sqrt(n_v * n_h), first = n_visible % 2 == 0 ? 0.0 : 1.0;
    sums s = {.shift = 0.0};
    double log_weight = 0.0;
    add(&s, log_weight, n_h, coupling, first);
    for (double M = first + 2.0; M <= n_v; M += 2.0) {
        log_weight += log_ratio(n_v, n_h, coupling, M);
        add(&s, log_weight, n_h, coupling, M);
    }
    const double visible = s.visible / s.weight, visible2 = s.visible2 / s.weight;
    *averages = (hebb_bipartite_averages){.visible = visible / n_v,
                                          .hidden = s.hidden / s.weight,
                                          .visible2 = visible2 / (n_v * n_v),
                                          .hidden2 = s.hidden2 / s.weight,
                                          .susceptibility = (visible2 - visible * visible) / n_v};
    return HEBB_OK;
}
