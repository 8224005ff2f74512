#include "dense_retrieval.h"

#include <math.h>
#include <stdbool.h>

#include "capacity.h"
#include "field_average.h"
#include "replica_symmetric_branch.h"
#include "root.h"

/* ---- the noise's covariance ---- */

/*
 * x^k = sum_j c_kj He_j(x), j = k, k-2, ..: c_kj = k!/(j! h! 2^h) with h = (k-j)/2, and E[He_j(u) He_j(v)] = j! q^j.
 * weight = j! c_kj^2; from h to h + 1 it takes the factor j (j-1)/(2 (h+1))^2.
 */
double hebb_dense_gaussian_moment(int k, double q)
{
    double weight = 1.0, sum = 0.0;
    for (int j = 2; j <= k; j++) weight *= j;
    for (int j = k, h = 0; j >= 0; j -= 2, h++) {
        sum += weight * pow(q, j);
        weight *= j * (j - 1.0) / (4.0 * (h + 1.0) * (h + 1.0));
    }
    return sum;
}

/*
 * (nu(1) - nu(q) - (1-q) nu'(q))/(1-q)^2 for nu(q) = E[(uv)^n]/n^2, a term at a time: for q^j it is
 * 1 + 2q + 3q^2 + .. + (j-1) q^(j-2), without the cancellation at q = 1.
 */
static double curvature(int n, double q)
{
    double weight = 1.0, sum = 0.0;
    for (int j = 2; j <= n; j++) weight *= j;
    for (int j = n, h = 0; j >= 0; j -= 2, h++) {
        double inner = 0.0;
        for (int i = j - 2; i >= 0; i--) inner = inner * q + (i + 1.0);
        sum += weight * inner;
        weight *= j * (j - 1.0) / (4.0 * (h + 1.0) * (h + 1.0));
    }
    return sum / ((double)n * n);
}

/* ---- one solution at a given field and noise ---- */

/* From the width of the noise that solves the equations; all else follows. */
static hebb_dense_state state_of(int n, double T, double y, double width)
{
    const double h = M_SQRT2 * y * width;
    const hebb_field_average field = hebb_field_average_at(h, width, T);
    const hebb_field_potential potential = hebb_field_potential_at(h, width, T);
    const double norm = hebb_dense_double_factorial(n), load = width * width * norm;
    hebb_dense_state x = {.degree = n,
                          .temperature = T,
                          .m = field.m,
                          .error = field.error,
                          .q = field.q,
                          .noise = width * width,
                          .c = field.c};
    x.load = load / hebb_dense_gaussian_moment(n - 1, field.q);
    const double alpha = x.load / norm, reaction = 0.5 * alpha * field.c * field.c * curvature(n, field.q);
    const double slope = alpha * (n - 1.0) * (n - 1.0) * hebb_dense_gaussian_moment(n - 2, field.q);
    x.f = (1.0 - 1.0 / n) * pow(field.m, n) - potential.potential - T * M_LN2 - T * reaction;
    x.s = potential.entropy - reaction;
    x.e = x.f + T * x.s;
    x.at_margin = T > 0.0 ? 1.0 - slope * field.sech4 / T : -INFINITY;
    return x;
}

typedef struct {
    int degree;
    double y, temperature;
} ray;

/* m^(n-1) - h at noise of this width: zero at a solution. */
static double mismatch(double width, void *params)
{
    const ray *along = params;
    const double h = M_SQRT2 * along->y * width;
    return pow(hebb_field_average_at(h, width, along->temperature).m, along->degree - 1) - h;
}

/*
 * The widest noise with a solution on the ray.  Noise lowers m below its value at T = 0, so that the search goes down
 * from there; as m < h/T, no solution has h < T^((n-1)/(n-2)).
 */
static hebb_status solve_ray(ray *along, double *width)
{
    enum { STEPS_A_DECADE = 40 };
    const int n = along->degree;
    const double T = along->temperature, down = pow(10.0, -1.0 / STEPS_A_DECADE);
    const double lowest = pow(T, (n - 1.0) / (n - 2.0)) / (M_SQRT2 * along->y);
    double high = pow(erf(along->y), n - 1) / (M_SQRT2 * along->y);
    *width = high;
    if (T == 0.0) return HEBB_OK;
    for (double low = high; low > lowest; high = low) {
        low = high * down;
        if (mismatch(low, along) >= 0.0) return hebb_root_brent(mismatch, along, low, high, width);
    }
    return HEBB_ENOSOLUTION;
}

static bool in_range(int degree, double T)
{
    return degree >= 2 && degree <= HEBB_DENSE_MAX_DEGREE && T >= 0.0 && isfinite(T);
}

hebb_status hebb_dense_branch(int degree, double y, double temperature, hebb_dense_state *state)
{
    if (!in_range(degree, temperature) || degree < 3 || !(y >= 1e-3) || !(y <= 1e100)) return HEBB_EDOM;
    ray along = {degree, y, temperature};
    double width;
    const hebb_status status = solve_ray(&along, &width);
    if (status == HEBB_OK) *state = state_of(degree, temperature, y, width);
    return status;
}

/* ---- n = 2 ---- */

static hebb_dense_state of_hopfield(const hebb_rs_state *x)
{
    return (hebb_dense_state){2,    x->alpha, x->temperature, x->m, x->error,    x->q, x->alpha * x->r,
                              x->c, x->f,     x->e,           x->s, x->at_margin};
}

static hebb_status hopfield_spinodal(double T, hebb_dense_state *state)
{
    hebb_rs_state x;
    if (T == 0.0) {
        const hebb_status status = hebb_rs_spinodal_t0(&x);
        if (status == HEBB_OK) *state = of_hopfield(&x);
        return status;
    }
    hebb_rs_point end;
    const hebb_status status = hebb_rs_point_last(T, 1, &end);
    if (status != HEBB_OK) return status;
    x = hebb_rs_state_of(&end);
    *state = of_hopfield(&x);
    return HEBB_OK;
}

/* ---- the end of the branch ---- */

/* 0 where there is no solution. */
static double load_at(double y, void *params)
{
    const ray *along = params;
    const int degree = along->degree;
    hebb_dense_state state;
    if (along->temperature == 0.0) return 0.5 * pow(pow(erf(y), degree - 1) / y, 2.0);
    return hebb_dense_branch(degree, y, along->temperature, &state) == HEBB_OK ? state.load : 0.0;
}

/* At T > 0 the largest load of a coarse walk, and then between its neighbours. */
static hebb_status spinodal_y(int degree, double T, double *y)
{
    const double step = 1.15;
    double best = 0.0, best_y = 0.0;
    ray along = {.degree = degree, .temperature = T};
    if (T == 0.0) return hebb_dense_end_y(degree, y);
    for (double at = 0.4; at < 1e4; at *= step) {
        const double load = load_at(at, &along);
        if (load > best) {
            best = load;
            best_y = at;
        } else if (best > 0.0)
            break;
    }
    if (!(best > 0.0)) return HEBB_ENOSOLUTION;
    return hebb_root_maximum(load_at, &along, best_y / step, best_y * step, 0.0, 1e-7, y);
}

hebb_status hebb_dense_spinodal(int degree, double temperature, hebb_dense_state *state)
{
    if (!in_range(degree, temperature)) return HEBB_EDOM;
    if (degree == 2) return hopfield_spinodal(temperature, state);
    double y;
    const hebb_status status = spinodal_y(degree, temperature, &y);
    return status == HEBB_OK ? hebb_dense_branch(degree, y, temperature, state) : status;
}

/* ---- a load's solution ---- */

typedef struct {
    int degree;
    double load, temperature;
} request;

static double load_excess(double ln_y, void *params)
{
    const request *asked = params;
    ray along = {.degree = asked->degree, .temperature = asked->temperature};
    return log(load_at(exp(ln_y), &along) / asked->load);
}

hebb_status hebb_dense_retrieval(int degree, double load, double temperature, hebb_dense_state *state)
{
    if (!in_range(degree, temperature) || !(load > 0.0) || !isfinite(load)) return HEBB_EDOM;
    if (degree == 2) {
        hebb_rs_state x;
        const hebb_status status = hebb_rs_retrieval(load, temperature, 1, &x);
        if (status == HEBB_OK) *state = of_hopfield(&x);
        return status;
    }
    double y;
    hebb_dense_state end;
    hebb_status status = spinodal_y(degree, temperature, &y);
    if (status == HEBB_OK) status = hebb_dense_branch(degree, y, temperature, &end);
    if (status != HEBB_OK) return status;
    if (load > end.load) return HEBB_ENOSOLUTION;
    request asked = {degree, load, temperature};
    double low = log(y), high = low;
    do high += M_LN2;
    while (high < 200.0 && load_excess(high, &asked) > 0.0);
    status = load == end.load ? HEBB_OK : hebb_root_brent(load_excess, &asked, low, high, &low);
    if (status != HEBB_OK) return status;
    status = hebb_dense_branch(degree, exp(low), temperature, state);
    state->load = load;
    return status;
}
