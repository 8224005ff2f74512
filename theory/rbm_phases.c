#include "rbm_phases.h"

#include <math.h>
#include <stdbool.h>

#include "field_average.h"
#include "one_spin.h"
#include "root.h"

#define MOST_KAPPA  1e12
#define MOST_WEIGHT 1e6

static bool is_valid(const hebb_rbm_system *s)
{
    return s->kappa >= 1.0 / MOST_KAPPA && s->kappa <= MOST_KAPPA && s->sigma >= 0.0 && s->sigma <= MOST_WEIGHT &&
           s->weight >= 0.0 && s->weight <= MOST_WEIGHT;
}

const char *hebb_rbm_phases_text(hebb_rbm_phase phase)
{
    return phase == HEBB_RBM_PARAMAGNET ? "paramagnet" : phase == HEBB_RBM_FERROMAGNET ? "ferromagnet" : "glass";
}

/* ---- one layer: averages over the field h = b u + a x ---- */

typedef struct {
    double overlap;      /* E[u tanh h] */
    double q;            /* E tanh^2 h */
    double sech2, sech4; /* E sech^2 h, E sech^4 h */
    double potential;    /* E ln 2cosh h, where asked for */
} layer;

/* h = mean + width x; overlap is E tanh h. */
static layer average_at(double mean, double width, bool with_potential)
{
    if (width == 0.0) {
        const double t = tanh(mean), sech2 = hebb_one_spin_sech2(mean);
        return (layer){t, t * t, sech2, sech2 * sech2, mean + hebb_one_spin_log_2cosh_excess(mean)};
    }
    const hebb_field_average f = hebb_field_average_at(mean, width, 1.0);
    return (layer){f.m, f.q, f.c, f.sech4,
                   with_potential ? hebb_field_potential_at(mean, width, 1.0).potential + M_LN2 : 0.0};
}

/* For Gaussian u of that variance h is Gaussian, and E[u tanh h] = variance b E sech^2 h by parts. */
static layer average_gaussian(double b, double a, double variance, bool with_potential)
{
    layer l = average_at(0.0, hypot(a, sqrt(variance) * b), with_potential);
    l.overlap = variance * b * l.sech2;
    return l;
}

/* The doubly exponential rule s = exp(x - exp(-x)) for int_0^inf exp(-s) g(s) ds; half the step changes 1e-14. */
#define LAPLACE_STEP 0.125
#define LAPLACE_END  3.75

/* A Laplace variable of variance 1 is a Gaussian one whose variance s has the density exp(-s). */
static layer average_laplace(double b, double a, bool with_potential)
{
    layer sum = {0};
    for (double x = -LAPLACE_END; x <= LAPLACE_END; x += LAPLACE_STEP) {
        const double s = exp(x - exp(-x)), weight = LAPLACE_STEP * s * (1.0 + exp(-x)) * exp(-s);
        const layer l = average_gaussian(b, a, s, with_potential);
        sum.overlap += weight * l.overlap;
        sum.q += weight * l.q;
        sum.sech2 += weight * l.sech2;
        sum.sech4 += weight * l.sech4;
        sum.potential += weight * l.potential;
    }
    return sum;
}

static layer average(hebb_rbm_mode_law law, double b, double a, bool with_potential)
{
    if (law == HEBB_RBM_BINARY_MODE || b == 0.0) {
        layer l = average_at(b, a, with_potential);
        if (b == 0.0) l.overlap = 0.0;
        return l;
    }
    return law == HEBB_RBM_GAUSSIAN_MODE ? average_gaussian(b, a, 1.0, with_potential)
                                         : average_laplace(b, a, with_potential);
}

/* ---- both layers ---- */

static layer visible_at(const hebb_rbm_system *s, double m, double q, bool with_potential)
{
    const double scale = sqrt(sqrt(s->kappa));
    return average(s->law, scale * s->weight * m, scale * s->sigma * sqrt(q), with_potential);
}

static layer hidden_at(const hebb_rbm_system *s, double m_bar, double q_bar, bool with_potential)
{
    const double scale = 1.0 / sqrt(sqrt(s->kappa));
    return average(s->law, scale * s->weight * m_bar, scale * s->sigma * sqrt(q_bar), with_potential);
}

double hebb_rbm_phases_free_energy(const hebb_rbm_system *s, double m, double m_bar, double q, double q_bar)
{
    if (!is_valid(s)) return NAN;
    const double ratio = sqrt(s->kappa);
    const double visible = visible_at(s, m, q, true).potential, hidden = hidden_at(s, m_bar, q_bar, true).potential;
    return s->weight * m * m_bar - 0.5 * s->sigma * s->sigma * (1.0 - q) * (1.0 - q_bar) - visible / ratio -
           hidden * ratio;
}

/* From m and q to the barred ones and back. */
typedef struct {
    double m, m_bar, q, q_bar;
    double sech4; /* of both layers, multiplied */
} turn;

static turn turn_at(const hebb_rbm_system *s, double m, double q)
{
    const double scale = sqrt(sqrt(s->kappa));
    const layer visible = visible_at(s, m, q, false);
    const double m_bar = visible.overlap / scale;
    const layer hidden = hidden_at(s, m_bar, visible.q, false);
    return (turn){scale * hidden.overlap, m_bar, hidden.q, visible.q, visible.sech4 * hidden.sech4};
}

static void fill_state(const hebb_rbm_system *s, double m, double q, hebb_rbm_state *state)
{
    const turn t = turn_at(s, m, q);
    const double sigma2 = s->sigma * s->sigma;
    *state = (hebb_rbm_state){.m = m, .m_bar = t.m_bar, .q = q, .q_bar = t.q_bar};
    state->free_energy = hebb_rbm_phases_free_energy(s, m, t.m_bar, q, t.q_bar);
    state->energy = 0.0 - s->weight * m * t.m_bar - sigma2 * (1.0 - q * t.q_bar); /* never -0 */
    state->at_margin = 1.0 - sigma2 * sigma2 * t.sech4;
    if (m > 0.0) state->residual = fabs(t.m / m - 1.0);
    if (q > 0.0) state->residual = fmax(state->residual, fabs(t.q / q - 1.0));
}

/* ---- m = 0 ---- */

/*
 * q'(q)/q - 1, which falls with q, as both layers' q is concave in the variance v of the field: with x^2 -> v,
 * d/dv E tanh^2 = E[3 sech^4 - 2 sech^2].
 */
static double excess(double q, void *params, double *slope)
{
    const hebb_rbm_system *s = params;
    const layer visible = visible_at(s, 0.0, q, false), hidden = hidden_at(s, 0.0, visible.q, false);
    const double sigma2 = s->sigma * s->sigma;
    const double derivative =
        sigma2 * sigma2 * (3.0 * visible.sech4 - 2.0 * visible.sech2) * (3.0 * hidden.sech4 - 2.0 * hidden.sech2);
    *slope = (derivative - hidden.q / q) / q;
    return hidden.q / q - 1.0;
}

hebb_status hebb_rbm_phases_unmagnetised(const hebb_rbm_system *system, hebb_rbm_state *state)
{
    if (!is_valid(system)) return HEBB_EDOM;
    double q = 0.0;
    if (system->sigma > 1.0) {
        hebb_rbm_system s = *system;
        const hebb_status status = hebb_root_newton(excess, &s, 1e-30, 1.0, 0.5, &q);
        if (status != HEBB_OK) return status;
    }
    fill_state(system, 0.0, q, state);
    return HEBB_OK;
}

/* ---- m > 0 ---- */

/* Newton's method in ln m and ln q: both may be small, and m = 0 is then no solution. */
enum { N_NEWTON = 200, N_ITERATIONS = 25 };
static const double DIFFERENCE = 1e-6, LONGEST_STEP = 1.0, SMALLEST_LOG_M = -60.0;

typedef struct {
    double m, q; /* logarithms, or their changes */
} log_pair;

/* 0 at the solution. */
static log_pair residual_at(const hebb_rbm_system *s, log_pair at)
{
    const turn t = turn_at(s, exp(at.m), fmin(1.0, exp(at.q)));
    return (log_pair){log(t.m) - at.m, log(t.q) - at.q};
}

static double clamped(double step)
{
    return fmax(-LONGEST_STEP, fmin(LONGEST_STEP, step));
}

/* Newton's step; the map's own where the matrix says nothing. */
static log_pair step_at(const hebb_rbm_system *s, log_pair at, log_pair r)
{
    const log_pair by_m = residual_at(s, (log_pair){at.m + DIFFERENCE, at.q});
    const log_pair by_q = residual_at(s, (log_pair){at.m, at.q - DIFFERENCE}); /* q stays below 1 */
    const double mm = (by_m.m - r.m) / DIFFERENCE, qm = (by_m.q - r.q) / DIFFERENCE;
    const double mq = (r.m - by_q.m) / DIFFERENCE, qq = (r.q - by_q.q) / DIFFERENCE;
    const double determinant = mm * qq - mq * qm;
    const log_pair step = {-(qq * r.m - mq * r.q) / determinant, -(mm * r.q - qm * r.m) / determinant};
    if (!isfinite(step.m) || !isfinite(step.q)) return r;
    return (log_pair){clamped(step.m), clamped(step.q)};
}

/*
 * From `at`, which holds the result.  Where the residual no longer falls below what rounding allows the last point
 * stands.
 */
static hebb_status newton(const hebb_rbm_system *s, log_pair *at)
{
    const double enough = 1e-14, rounding = 1e-11;
    log_pair best = *at;
    double least = INFINITY;
    int n_worse = 0;
    for (int k = 0; k < N_NEWTON && at->m > SMALLEST_LOG_M; k++) {
        const log_pair r = residual_at(s, *at);
        const double size = fmax(fabs(r.m), fabs(r.q));
        if (!(size < INFINITY)) return HEBB_ENOCONV;
        n_worse = size < least ? 0 : n_worse + 1;
        if (size < least) {
            least = size;
            best = *at;
        }
        if (least <= enough || (least <= rounding && n_worse >= 3)) {
            *at = best;
            return HEBB_OK;
        }
        const log_pair step = step_at(s, *at, r);
        at->m += step.m;
        at->q = fmin(0.0, at->q + step.q);
    }
    return at->m > SMALLEST_LOG_M ? HEBB_ENOCONV : HEBB_ENOSOLUTION;
}

/* So close to the line m is below 1e-6, and the equations' rounding decides. */
static const double ROUNDING = 1e-12;

/* w^2 (1 - q)(1 - q_bar) of the solution with m = 0: above 1 it is unstable and there is another. */
static double growth(const hebb_rbm_system *s, const hebb_rbm_state *unmagnetised)
{
    return s->weight * s->weight * (1.0 - unmagnetised->q) * (1.0 - unmagnetised->q_bar);
}

hebb_status hebb_rbm_phases_ferromagnet(const hebb_rbm_system *system, hebb_rbm_state *state)
{
    if (!is_valid(system)) return HEBB_EDOM;
    hebb_rbm_state without;
    hebb_status status = hebb_rbm_phases_unmagnetised(system, &without);
    if (status != HEBB_OK) return status;
    if (!(growth(system, &without) > 1.0 + ROUNDING)) return HEBB_ENOSOLUTION;
    double m = sqrt(sqrt(system->kappa)), q = 1.0;
    for (int k = 0; k < N_ITERATIONS; k++) {
        const turn t = turn_at(system, m, q);
        m = t.m;
        q = t.q;
    }
    log_pair at = {log(m), log(q)};
    status = newton(system, &at);
    if (status == HEBB_OK) fill_state(system, exp(at.m), exp(at.q), state);
    return status;
}

hebb_status hebb_rbm_phases_at(const hebb_rbm_system *system, hebb_rbm_state *state, hebb_rbm_phase *phase)
{
    hebb_status status = hebb_rbm_phases_ferromagnet(system, state);
    *phase = HEBB_RBM_FERROMAGNET;
    if (status != HEBB_ENOSOLUTION) return status;
    status = hebb_rbm_phases_unmagnetised(system, state);
    *phase = status == HEBB_OK && state->q > 0.0 ? HEBB_RBM_GLASS : HEBB_RBM_PARAMAGNET;
    return status;
}

/* ---- lines ---- */

/* The ferromagnet's margin at ln w; below its line that of the glass. */
static double margin_at(double log_w, void *params)
{
    hebb_rbm_system s = *(const hebb_rbm_system *)params;
    s.weight = exp(log_w);
    hebb_rbm_state state;
    hebb_rbm_phase phase;
    return hebb_rbm_phases_at(&s, &state, &phase) == HEBB_OK ? state.at_margin : NAN;
}

hebb_status hebb_rbm_phases_lines_at(const hebb_rbm_system *system, hebb_rbm_lines *lines)
{
    hebb_rbm_system s = *system;
    hebb_rbm_state glass;
    s.weight = 0.0;
    hebb_status status = hebb_rbm_phases_unmagnetised(&s, &glass);
    if (status != HEBB_OK) return status;
    *lines = (hebb_rbm_lines){1.0 / sqrt((1.0 - glass.q) * (1.0 - glass.q_bar)), NAN};
    if (s.sigma <= 1.0) return HEBB_OK;
    const double low = log(lines->ferromagnet);
    double high = low;
    do {
        high += 0.5;
        if (high > log(MOST_WEIGHT)) return HEBB_ENOSOLUTION;
    } while (margin_at(high, &s) < 0.0);
    double log_w;
    status = hebb_root_brent(margin_at, &s, low, high, &log_w);
    if (status == HEBB_OK) lines->at = exp(log_w);
    return status;
}
