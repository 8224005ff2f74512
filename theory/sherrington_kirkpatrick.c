#include "sherrington_kirkpatrick.h"

#include <math.h>
#include <stddef.h>

#include "one_step_equations.h"
#include "one_step_field.h"

/* Below it energies and overlaps are those of T = 0 to the last bit, and 1/T is soon no number. */
#define COLDEST 1e-150

static hebb_sk_state paramagnet(double temperature)
{
    const double beta = 1.0 / temperature;
    return (hebb_sk_state){.temperature = temperature,
                           .c = beta,
                           .breakpoint = NAN,
                           .f = -temperature * M_LN2 - 0.25 * beta,
                           .e = -0.5 * beta,
                           .s = M_LN2 - 0.25 * beta * beta};
}

/* The fields in units of their width sqrt(q), t = T/sqrt(q): one value u = 0 of the common field, kappa = 0. */
static hebb_rsb1_field all_fields(double t)
{
    hebb_rsb1_nodes nodes;
    hebb_rsb1_nodes_init(&nodes, 0.0, t);
    return hebb_rsb1_field_thermal(0.0, &nodes);
}

/* The root t of T = t sqrt(q(t)), whose right-hand side rises with t; q = 1 - T to a few per cent as the start. */
static hebb_status solve_rs(double temperature, double *t, hebb_rsb1_field *fields)
{
    double ln_t = log(temperature) - 0.5 * log1p(-temperature), last = INFINITY;
    for (int step = 0; step < 50; step++) {
        *t = exp(ln_t);
        *fields = all_fields(*t);
        const double difference = ln_t + 0.5 * log(fields->gap) - log(temperature);
        const double change = difference / (1.0 + 0.5 * fields->gap_t / fields->gap);
        if (!isfinite(change)) return HEBB_ENOCONV;
        if (fabs(change) < 1e-15 || (fabs(change) < 1e-3 && fabs(change) >= 0.25 * last)) return HEBB_OK; /* rounding */
        last = fabs(change);
        ln_t -= change;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_sk_rs(double temperature, hebb_sk_state *state)
{
    if (!(temperature >= 0.0) || !(temperature <= 1e150)) return HEBB_EDOM;
    if (temperature >= 1.0) {
        *state = paramagnet(temperature);
        return HEBB_OK;
    }
    double q = 1.0, c = sqrt(M_2_PI), entropy = 0.0;
    if (temperature >= COLDEST) {
        double t;
        hebb_rsb1_field at;
        const hebb_status status = solve_rs(temperature, &t, &at);
        if (status != HEBB_OK) return status;
        q = at.gap;
        c = at.c / sqrt(q);
        entropy = at.entropy;
    }
    const double e = -0.5 * c * (1.0 + q), s = entropy - 0.25 * c * c;
    *state = (hebb_sk_state){.temperature = temperature,
                             .q0 = q,
                             .q1 = q,
                             .c = c,
                             .breakpoint = NAN,
                             .f = e - temperature * s,
                             .e = e,
                             .s = s};
    return HEBB_OK;
}

/* No patterns: C and mu (q1-q0) are nothing beside sqrt(alpha), and the width of the fields is sqrt(q1-q0). */
static void close_sk(hebb_rsb1_point *p, const void *unused)
{
    (void)unused;
    p->a = hebb_dual_constant(0.0);
    p->w = hebb_dual_sqrt(p->gap);
}

hebb_status hebb_sk_rsb1(double temperature, hebb_sk_state *state)
{
    if (!(temperature >= 0.0) || !(temperature <= 1e150)) return HEBB_EDOM;
    if (temperature >= 1.0) {
        *state = paramagnet(temperature);
        return HEBB_OK;
    }
    const double solved_at = temperature >= COLDEST ? temperature : 0.0;
    hebb_rsb1_point p = {.ratio = 1.05, .kappa = 1.0};
    hebb_rsb1_warm_glass(solved_at, &p);
    const hebb_status status = hebb_rsb1_solve(&p, solved_at, close_sk, NULL, NULL);
    if (status != HEBB_OK) return status;
    const double w = p.w.v, gap = p.gap.v, q0 = p.q0.v, q1 = q0 + gap;
    const double factor = p.ratio_a * p.scale, c = factor * p.average.c.v / w, mu = p.kappa / w;
    const double e = -0.5 * (c * (1.0 + q1) + mu * gap * (q1 + q0)), s = factor * p.average.entropy - 0.25 * c * c;
    *state = (hebb_sk_state){.temperature = temperature,
                             .q0 = q0,
                             .q1 = q1,
                             .gap = gap,
                             .c = c,
                             .breakpoint = solved_at > 0.0     ? p.kappa * p.t
                                           : temperature > 0.0 ? mu * temperature
                                                               : mu,
                             .f = e - temperature * s,
                             .e = e,
                             .s = s};
    return HEBB_OK;
}
