#include "replica_symmetric_branch.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

#include <gsl/gsl_sf_log.h>

#include "field_average.h"
#include "pattern_sum.h"
#include "root.h"

/* ---- the equations at given width ---- */

/* The fields m|z| and how many neurons feel them: one for a pattern, (n + 2)/2 for a mixture, |z| = 0 in the glass. */
typedef struct {
    int order, n_fields;
    double z[HEBB_MAX_ORDER], weight[HEBB_MAX_ORDER];
} field_law;

static void field_law_init(field_law *law, int order)
{
    double weight[HEBB_MAX_ORDER + 1];
    law->order = order;
    law->n_fields = order / 2 + 1;
    if (order > 0)
        hebb_pattern_sum_law(order, weight);
    else
        weight[0] = 1.0;
    if (order % 2 == 1) law->n_fields = (order + 1) / 2;
    for (int k = 0; k < law->n_fields; k++) {
        law->z[k] = order - 2 * k;
        law->weight[k] = order == 2 * k ? weight[k] : 2.0 * weight[k];
    }
}

/* Sums over the fields; R is the right-hand side of the equation for m, its subscripts are derivatives. */
typedef struct {
    double error, R, R_m, R_a, R_T;
    double q, c, c_m, c_a, c_T, sech4;
    double z2_c;      /* <z^2 c> */
    double misfit;    /* m - R */
    double stiffness; /* 1 - R_m */
    double gap;       /* 1 - C */
    double split;     /* (<z^2 c> - n C)/(n (n - 1)) */
} field_sums;

/* Below T = COLD a the derivatives by T, of order T, are 0: their terms would cancel to rounding noise. */
#define COLD 1e-8

static void add_field(const field_law *law, int k, const hebb_field_average *f, double m, double a, double T,
                      field_sums *sum)
{
    const double z = law->z[k], weight = law->weight[k], share = law->order > 0 ? z / law->order : 0.0;
    /* From Euler's theorem: tanh((h + a x)/T) is of degree 0 in h, a, T together, c of degree -1. */
    const double m_T = T > COLD * a ? -(m * z * f->c + a * a * f->c1) / T : 0.0;
    const double c_T = T > COLD * a ? -(f->c + m * z * f->c1 + a * a * f->c2) / T : 0.0;
    sum->error += weight * share * f->error;
    sum->R += weight * share * f->m;
    sum->R_m += weight * share * z * f->c;
    sum->R_a += weight * share * a * f->c1;
    sum->R_T += weight * share * m_T;
    sum->q += weight * f->q;
    sum->c += weight * f->c;
    sum->c_m += weight * z * f->c1;
    sum->c_a += weight * a * f->c2;
    sum->c_T += weight * c_T;
    sum->sech4 += weight * f->sech4;
    sum->z2_c += weight * z * z * f->c;
}

/*
 * Towards T = 1 m, q and 1 - C vanish together: differences of sums of order 1 would keep nothing.  There
 * C = (1 - q)/T turns them into differences from 1 - T, which is exact.
 */
static bool is_warm(double a, double T)
{
    return T > 0.5 && a <= HEBB_FIELD_SMEARED_FROM * T;
}

/* 1 - C */
static double gap_from(double q, double c, double a, double T)
{
    return is_warm(a, T) ? (q - (1.0 - T)) / T : 1.0 - c;
}

static field_sums sum_fields(const field_law *law, double m, double a, double T)
{
    const int n = law->order;
    field_sums sum = {0};
    double shortfall = 0.0, z2_q = 0.0;
    for (int k = 0; k < law->n_fields; k++) {
        const hebb_field_average f = hebb_field_average_at(m * law->z[k], a, T);
        add_field(law, k, &f, m, a, T, &sum);
        shortfall += law->weight[k] * law->z[k] * f.shortfall;
        z2_q += law->weight[k] * law->z[k] * law->z[k] * f.q;
    }
    sum.gap = gap_from(sum.q, sum.c, a, T);
    if (is_warm(a, T)) {
        sum.misfit = n > 0 ? shortfall / n - (1.0 - T) * m / T : 0.0;
        sum.stiffness = n > 0 ? (z2_q / n - (1.0 - T)) / T : 1.0;
        sum.split = n > 1 ? -(z2_q - n * sum.q) / (T * n * (n - 1.0)) : NAN;
    } else {
        sum.misfit = m - sum.R;
        sum.stiffness = 1.0 - sum.R_m;
        sum.split = n > 1 ? (sum.z2_c - n * sum.c) / (n * (n - 1.0)) : NAN;
    }
    return sum;
}

static hebb_rs_point point_from(const field_law *law, double m, double a, double T, const field_sums *sum)
{
    const double feedback = law->order > 0 ? 1.0 / sum->stiffness : 0.0, gap = sum->gap;
    const double c_a = sum->c_a + sum->c_m * sum->R_a * feedback;
    const double c_T = sum->c_T + sum->c_m * sum->R_T * feedback;
    /* q = 1 - T C: dq/da = -T dC/da, dq/dT = -C - T dC/dT */
    return (hebb_rs_point){.temperature = T,
                           .order = law->order,
                           .width = a,
                           .alpha = a * gap * (a * gap / sum->q),
                           .m = m,
                           .error = law->order == 1 ? sum->error : 0.5 * (1.0 - m),
                           .q = sum->q,
                           .c = sum->c,
                           .gap = gap,
                           .sech4 = sum->sech4,
                           .slope = 2.0 - 2.0 * a * c_a / gap + T * a * c_a / sum->q,
                           .slope_t = -2.0 * c_T / gap + (sum->c + T * c_T) / sum->q,
                           .eig_transverse = gap + sum->split};
}

/* 1 - C at m = 0.  Retrieval exists where it is negative, as then R'(0) = C > 1; the glass where it is positive. */
static double gap_at_zero(double a, double T)
{
    const hebb_field_average f = hebb_field_average_at(0.0, a, T);
    return gap_from(f.q, f.c, a, T);
}

/*
 * R(m) - m is concave: Newton comes down from m = 1 to the larger root and stops where rounding does.
 *
 * start  in   1, or a guess that saves steps: the first one leads from either side to the right of the root, unless the
 *             guess is left of the maximum
 */
static hebb_status solve_overlap(const field_law *law, double a, double T, double start, hebb_rs_point *point)
{
    double m = start;
    for (int step = 0; step < 300; step++) {
        const field_sums sum = sum_fields(law, m, a, T);
        double next = m - sum.misfit / sum.stiffness;
        if (step == 0 && start < 1.0) {
            if (!(sum.stiffness > 0.0 && next < 1.0)) next = 1.0;
        } else {
            if (!(next > 0.0)) return HEBB_ENOSOLUTION;
            if (!(next < m)) {
                if (!(sum.gap > 0.0) || (m < 1e-3 && !(gap_at_zero(a, T) < 0.0))) return HEBB_ENOSOLUTION;
                *point = point_from(law, m, a, T, &sum);
                return HEBB_OK;
            }
        }
        m = next;
    }
    return HEBB_ENOCONV;
}

static bool is_in_domain(double x, double temperature, int order)
{
    return x > 0.0 && isfinite(x) && temperature >= 0.0 && isfinite(temperature) && order >= 1 &&
           order <= HEBB_MAX_ORDER;
}

hebb_status hebb_rs_point_at(double width, double temperature, int order, hebb_rs_point *point)
{
    if (!is_in_domain(width, temperature, order)) return HEBB_EDOM;
    field_law law;
    field_law_init(&law, order);
    return solve_overlap(&law, width, temperature, 1.0, point);
}

hebb_status hebb_rs_glass_point_at(double width, double temperature, hebb_rs_point *point)
{
    if (!is_in_domain(width, temperature, 1)) return HEBB_EDOM;
    field_law law;
    field_law_init(&law, 0);
    const field_sums sum = sum_fields(&law, 0.0, width, temperature);
    if (!(sum.gap > 0.0)) return HEBB_ENOSOLUTION;
    *point = point_from(&law, 0.0, width, temperature, &sum);
    return HEBB_OK;
}

/* ---- the end of the branch ---- */

/* A walk along a branch; it remembers the last overlap. */
typedef struct {
    const field_law *law;
    double temperature, m;
} branch;

static hebb_status walk_to(branch *b, double a, hebb_rs_point *point)
{
    const hebb_status status = solve_overlap(b->law, a, b->temperature, b->m, point);
    b->m = status == HEBB_OK ? point->m : 1.0;
    return status;
}

/* Stands for an infinite slope, where there is no solution: Brent's interpolation needs numbers. */
#define STEEP 100.0

/* d ln alpha/d ln a.  Where C >= 1 no load belongs to a, and alpha is still to rise from 0. */
static double slope_at(double a, void *params)
{
    branch *b = params;
    hebb_rs_point point;
    const hebb_status status = walk_to(b, a, &point);
    if (status == HEBB_ENOSOLUTION) return gap_at_zero(a, b->temperature) < 0.0 ? STEEP : -STEEP;
    return status == HEBB_OK ? fmax(-STEEP, fmin(point.slope, STEEP)) : NAN;
}

/* C - 1 at m = 0, which falls with a. */
static double excess_at_zero(double a, void *params, double *slope)
{
    const double T = *(const double *)params;
    *slope = a * hebb_field_average_at(0.0, a, T).c2;
    return -gap_at_zero(a, T);
}

/* a_max: C = 1 at m = 0.  sech^2 x >= 1 - x^2 and C <= sqrt(2/pi)/a bound it from both sides, and one of them is close. */
static hebb_status solve_widest(double T, double *a_max)
{
    const double low = T * sqrt(1.0 - T), high = sqrt(M_2_PI);
    if (T == 0.0) {
        *a_max = high;
        return HEBB_OK;
    }
    return hebb_root_newton(excess_at_zero, &T, 0.999999 * low, 1.000001 * high, T < 0.5 ? high : low, a_max);
}

/* A step of the search for the first maximum; humps of alpha(a) are wider than a factor of 2. */
#define STRIDE 1.15

/* The smallest field of a mixture, m_n > 0.8/sqrt(n), sets the scale of the width at which it is lost. */
static hebb_status find_first_maximum(branch *b, double a_max, double *a)
{
    double high = 0.1 * a_max / sqrt(b->law->order), low, slope;
    do {
        low = high;
        high = fmin(STRIDE * low, a_max);
        slope = slope_at(high, b);
    } while (slope > 0.0 && high < a_max);
    return hebb_root_brent(slope_at, b, low, high, a);
}

hebb_status hebb_rs_point_last(double temperature, int order, hebb_rs_point *point)
{
    if (!is_in_domain(1.0, temperature, order)) return HEBB_EDOM;
    if (!(temperature < 1.0)) return HEBB_ENOSOLUTION;
    field_law law;
    field_law_init(&law, order);
    branch b = {&law, temperature, 1.0};
    double a_max, a;
    hebb_status status = solve_widest(temperature, &a_max);
    if (status != HEBB_OK) return status;
    /* For n = 1 the one maximum is at 0.567 a_max (T = 0) to 0.638 a_max (T -> 1). */
    status =
        order == 1 ? hebb_root_brent(slope_at, &b, 0.55 * a_max, 0.66 * a_max, &a) : find_first_maximum(&b, a_max, &a);
    return status == HEBB_OK ? walk_to(&b, a, point) : status;
}

/* ---- the solution at a given load ---- */

typedef struct {
    branch on; /* its law is NULL for the glass */
    double alpha;
    hebb_rs_point point; /* the last one computed */
    hebb_status status;
} load_search;

/* ln alpha - ln alpha(a), by ln a */
static double load_excess(double log_a, void *params, double *slope)
{
    load_search *search = params;
    const double a = exp(log_a);
    search->status = search->on.law != NULL ? walk_to(&search->on, a, &search->point)
                                            : hebb_rs_glass_point_at(a, search->on.temperature, &search->point);
    *slope = NAN;
    if (search->status == HEBB_ENOSOLUTION) return STEEP; /* C >= 1: on the left of all solutions */
    if (search->status != HEBB_OK) return NAN;
    *slope = -search->point.slope;
    return log(search->alpha / search->point.alpha);
}

/*
 * Where alpha is so small that 1 - C is lost in C, the search ends next to the width where C = 1: on its right are
 * solutions.  Their order parameters are right to the last place; 1 - C is what the load says, sqrt(alpha q)/a.
 */
static hebb_status finish_search(load_search *search, double log_a, hebb_rs_point *point)
{
    double slope;
    for (double step = DBL_EPSILON; search->status == HEBB_ENOSOLUTION && step < 1e-12; step *= 2.0)
        (void)load_excess(log_a + step, search, &slope);
    if (search->status != HEBB_OK) return search->status;
    *point = search->point;
    point->alpha = search->alpha; /* not what its last place has become in a */
    point->gap = sqrt(search->alpha) * (sqrt(point->q) / point->width);
    if (point->gap < 0.5) point->c = 1.0 - point->gap;
    return HEBB_OK;
}

/* In ln a, from low, where alpha is too small or there is no solution, to high, where it is large enough. */
static hebb_status search_between(load_search *search, double low, double high, hebb_rs_point *point)
{
    double log_a;
    const hebb_status status = hebb_root_newton(load_excess, search, low, high, high, &log_a);
    return status == HEBB_OK ? finish_search(search, log_a, point) : status;
}

/*
 * For n = 1 Newton alone: ln alpha is concave in ln a, so that from a = sqrt(alpha), where r = 1, the steps come up to
 * the root from the left.  They fail, with a slope that is not positive, close to the end of the branch and beyond.
 */
static bool find_quickly(load_search *search)
{
    double log_a = 0.5 * log(search->alpha), last = INFINITY;
    for (int step = 0; step < 30; step++) {
        double slope;
        const double excess = load_excess(log_a, search, &slope);
        if (search->status != HEBB_OK || !(slope < -0.02)) return false;
        if (fabs(excess) < 1e-12 && (excess == 0.0 || fabs(excess) >= 0.5 * last)) return true;
        last = fabs(excess);
        log_a -= excess / slope;
    }
    return false;
}

hebb_status hebb_rs_point_of_load(double alpha, double temperature, int order, hebb_rs_point *point)
{
    if (!is_in_domain(alpha, temperature, order)) return HEBB_EDOM;
    if (!(temperature < 1.0)) return HEBB_ENOSOLUTION;
    field_law law;
    field_law_init(&law, order);
    load_search search = {.on = {&law, temperature, 1.0}, .alpha = alpha};
    if (order == 1 && find_quickly(&search)) return finish_search(&search, NAN, point);
    hebb_rs_point last;
    const hebb_status status = hebb_rs_point_last(temperature, order, &last);
    if (status != HEBB_OK) return status;
    if (alpha > last.alpha) return HEBB_ENOSOLUTION;
    const double high = log(last.width);
    return search_between(&search, fmin(0.5 * log(alpha), high) - 10.0, high, point);
}

/* a = a C + sqrt(alpha q) <= sqrt(2/pi) + sqrt(alpha): from this width on alpha(a) falls to 0 at a_max, or a = 0. */
hebb_status hebb_rs_glass_point_of_load(double alpha, double temperature, hebb_rs_point *point)
{
    if (!is_in_domain(alpha, temperature, 1)) return HEBB_EDOM;
    if (!(temperature < 1.0 + sqrt(alpha))) return HEBB_ENOSOLUTION;
    load_search search = {.on = {NULL, temperature, 1.0}, .alpha = alpha};
    double a_max = 0.0;
    const hebb_status status = temperature < 1.0 ? solve_widest(temperature, &a_max) : HEBB_OK;
    if (status != HEBB_OK) return status;
    const double widest = sqrt(M_2_PI) + sqrt(alpha);
    return search_between(&search, log(fmax(a_max, 1e-12 * widest)) - 1e-9, log(widest) + 1e-9, point);
}

/* ---- energies ---- */

static hebb_field_potential sum_potentials(const hebb_rs_point *point)
{
    field_law law;
    hebb_field_potential sum = {0};
    field_law_init(&law, point->order);
    for (int k = 0; k < law.n_fields; k++) {
        const hebb_field_potential field =
            hebb_field_potential_at(point->m * law.z[k], point->width, point->temperature);
        sum.potential += law.weight[k] * field.potential;
        sum.entropy += law.weight[k] * field.entropy;
    }
    return sum;
}

/* f + T ln 2 = n m^2/2 + [alpha + alpha T ln(1-C) - alpha q/(1-C) + alpha r C]/2 - <T ln cosh(H/T)>; a^2 = alpha r */
static double free_energy_excess(const hebb_rs_point *point, double potential)
{
    const double a = point->width, T = point->temperature, C = point->c, gap = point->gap;
    const double log_gap = C < 0.5 ? log1p(-C) : log(gap);
    return 0.5 * (point->order * point->m * point->m + a * a * (1.0 - 2.0 * gap)) - potential +
           0.5 * point->alpha * (1.0 + T * log_gap);
}

double hebb_rs_free_energy_excess(const hebb_rs_point *point)
{
    return free_energy_excess(point, sum_potentials(point).potential);
}

/* 1 - alpha <sech^4>/(T (1-C))^2 with alpha/(1-C)^2 = a^2/q.  In the glass, which is always unstable, nothing cancels. */
static double at_margin(const hebb_rs_point *point)
{
    const double a = point->width, T = point->temperature, q = point->q;
    if (T == 0.0) return -INFINITY;
    return point->order == 0 ? hebb_field_instability(a, T) / q : 1.0 - a * a * point->sech4 / (T * q);
}

/*
 * As f is stationary, s is its explicit derivative by T: -(alpha/2) [ln(1-C) + C/(1-C)] from the noise and the entropy of
 * spins in their fields.
 */
hebb_rs_state hebb_rs_state_of(const hebb_rs_point *point)
{
    const double T = point->temperature, a = point->width, alpha = point->alpha, gap = point->gap, q = point->q;
    const hebb_field_potential spins = sum_potentials(point);
    const double f = free_energy_excess(point, spins.potential) - T * M_LN2;
    const double s = spins.entropy + 0.5 * alpha * gsl_sf_log_1plusx_mx(point->c / gap) + 0.0; /* + 0.0: no -0 */
    return (hebb_rs_state){.alpha = alpha,
                           .temperature = T,
                           .m = point->m,
                           .error = point->error,
                           .q = q,
                           .r = gap < 0.1 ? a * a / alpha : q / (gap * gap),
                           .c = point->c,
                           .f = f,
                           .e = f + T * s,
                           .s = s,
                           .at_margin = at_margin(point),
                           .eig_transverse = point->eig_transverse};
}

hebb_status hebb_rs_retrieval(double alpha, double temperature, int order, hebb_rs_state *state)
{
    hebb_rs_point point;
    if (temperature == 0.0 && order == 1) return hebb_rs_retrieval_t0(alpha, state);
    const hebb_status status = hebb_rs_point_of_load(alpha, temperature, order, &point);
    if (status == HEBB_OK) *state = hebb_rs_state_of(&point);
    return status;
}

hebb_status hebb_rs_glass(double alpha, double temperature, hebb_rs_state *state)
{
    hebb_rs_point point;
    if (temperature == 0.0) return hebb_rs_glass_t0(alpha, state);
    const hebb_status status = hebb_rs_glass_point_of_load(alpha, temperature, &point);
    if (status == HEBB_OK) *state = hebb_rs_state_of(&point);
    return status;
}

bool hebb_rs_ends_stable(double temperature)
{
    hebb_rs_point end;
    return hebb_rs_point_last(temperature, 1, &end) == HEBB_OK && at_margin(&end) >= 0.0;
}
