#include "retrieval_dynamics.h"

#include <math.h>
#include <stdbool.h>

#include "root.h"

/* What one step makes of y, docs/theory/retrieval_dynamics.md (5). */
typedef struct {
    double m;     /* erf(y), the next overlap */
    double g;     /* (2/sqrt(pi)) exp(-y^2) */
    double w;     /* 1 + 2 y m g: correlation of the old noise with the new */
    double width; /* sqrt(2) times the next sigma */
} step_result;

static double erf_slope(double y)
{
    return M_2_SQRTPI * exp(-y * y);
}

static step_result step(double alpha, double y)
{
    const double m = erf(y), g = erf_slope(y), w = 1.0 + 2.0 * y * g * m;
    return (step_result){.m = m, .g = g, .w = w, .width = sqrt(2.0 * alpha * w + g * g)};
}

/* Beyond, squares of what the equations hold are no normal numbers. */
static bool is_load(double alpha)
{
    return alpha >= 1e-300 && alpha <= 1e300;
}

static bool is_start(double alpha, double m0)
{
    return is_load(alpha) && m0 >= 0.0 && m0 <= 1.0;
}

hebb_status hebb_retrieval_dynamics_iterate(double alpha, double m0, size_t n_steps, double *m)
{
    if (!is_start(alpha, m0)) return HEBB_EDOM;
    double y = m0 / sqrt(2.0 * alpha);
    m[0] = m0;
    for (size_t t = 1; t <= n_steps; t++) {
        const step_result next = step(alpha, y);
        m[t] = next.m;
        y = next.m / next.width;
    }
    return HEBB_OK;
}

/*
 * erf(x + h) - erf(x - h) for x, h >= 0.  A small h would cancel: there the Taylor series in h, whose derivatives are
 * Hermite polynomials.  The first term left out is below h^14 H_14(x)/15! < 2e-19.
 */
static double erf_between(double x, double h)
{
    if (h * (1.0 + x) >= 0.1) return x > h ? erfc(x - h) - erfc(x + h) : erf(x + h) + erf(h - x);
    const double g = erf_slope(x);
    if (g == 0.0) return 0.0;                                  /* before the polynomials overflow */
    double sum = 0.0, hermite = 1.0, before = 0.0, term = 1.0; /* H_n, H_{n-1}, h^n/(n+1)! */
    for (int n = 0; n < 14; n++) {
        if (n % 2 == 0) sum += term * hermite;
        const double after = 2.0 * x * hermite - 2.0 * n * before;
        before = hermite;
        hermite = after;
        term *= h / (n + 2);
    }
    return 2.0 * h * g * sum;
}

/* Equation (4): the mean of erf over the fields with and against the neuron's own old sign. */
hebb_status hebb_retrieval_dynamics_exact(double alpha, double m0, double *m)
{
    if (!is_start(alpha, m0)) return HEBB_EDOM;
    const step_result first = step(alpha, m0 / sqrt(2.0 * alpha));
    const double y = first.m / first.width, echo = sqrt(0.5 * alpha) * first.g / first.width;
    m[0] = m0;
    m[1] = first.m;
    m[2] = 0.5 * (erf_between(echo, y) + m0 * erf_between(y, echo));
    return HEBB_OK;
}

hebb_status hebb_retrieval_dynamics_noise(double alpha, double m0, size_t n_steps, double *sigma2)
{
    if (!is_start(alpha, m0)) return HEBB_EDOM;
    double y = m0 / sqrt(2.0 * alpha);
    sigma2[0] = alpha;
    for (size_t t = 1; t <= n_steps; t++) {
        const step_result next = step(alpha, y);
        sigma2[t] = 0.5 * next.width * next.width;
        y = next.m / next.width;
    }
    return HEBB_OK;
}

/* docs/theory/retrieval_dynamics.md (3), (2): Sigma^2, and the echo's variance, alpha c = sqrt(alpha/2) g. */
hebb_status hebb_retrieval_dynamics_exact_noise(double alpha, double m0, double *sigma2)
{
    if (!is_start(alpha, m0)) return HEBB_EDOM;
    const step_result first = step(alpha, m0 / sqrt(2.0 * alpha));
    sigma2[0] = alpha;
    sigma2[1] = 0.5 * (first.width * first.width + alpha * first.g * first.g * (1.0 - m0) * (1.0 + m0));
    return HEBB_OK;
}

/*
 * ---- fixed points: y labels them, and their load is known in closed form, docs/theory/retrieval_dynamics.md (7) ----
 *
 *   alpha(y) = (E - g)(E + g)/(2 w),   E = erf(y)/y
 */

/* E - g = (2/sqrt(pi)) exp(-y^2) sum_{k>0} (2 y^2)^k/(2k+1)!!, positive terms, where the difference would cancel. */
static double difference(double y, double e, double g)
{
    if (y >= 1.0) return e - g;
    const double x = 2.0 * y * y;
    double sum = 0.0, term = 1.0;
    for (int k = 1; k < 25; k++) {
        term *= x / (2 * k + 1);
        sum += term;
    }
    return g * sum;
}

typedef struct {
    double alpha; /* of which y labels a fixed point */
    double slope; /* d ln alpha/d ln y */
} load;

/* Equation (8); the products are ordered so that none overflows where g is 0. */
static load load_at(double y)
{
    const double m = erf(y), e = m / y, g = erf_slope(y), yg = y * g;
    const double d = difference(y, e, g), s = e + g, w = 1.0 + 2.0 * yg * m;
    const double slope =
        2.0 * (y * yg / d + (g - y * yg) / s - 1.0 - (y * yg * s - 2.0 * yg * y * (y * m)) / w); /* 2 y^2 E = 2 y m */
    return (load){.alpha = 0.5 * d * s / w, .slope = slope};
}

static hebb_retrieval_fixed_point fixed_point(double alpha, double y)
{
    return (hebb_retrieval_fixed_point){
        .alpha = alpha, .y = y, .m = erf(y), .error = 0.5 * erfc(y), .m0 = sqrt(2.0 * alpha) * y};
}

static double slope_at(double y, void *unused)
{
    (void)unused;
    return load_at(y).slope;
}

/* The slope falls from 2 at y = 0 to -2 at infinity. */
void hebb_retrieval_dynamics_capacity(hebb_retrieval_fixed_point *point)
{
    double low = 0.5, high = 4.0;
    hebb_root_bisect(slope_at, NULL, &low, &high);
    *point = fixed_point(load_at(low).alpha, low);
}

/*
 * Newton's iteration for alpha(y) = alpha in the logarithms.  ln alpha is a concave function of ln y and lies below its
 * asymptotes 2 ln y + ln(8/(3 pi)) and -2 ln y - ln 2.  Started at their roots it comes to the solution from the
 * outside, never past it, and ends where rounding stops it.  At the capacity the root is double and each step only
 * halves the distance: hence the limit.
 */
static hebb_status solve(double alpha, double start, double y_end, double *root)
{
    const double direction = start < y_end ? 1.0 : -1.0; /* towards the capacity's y */
    double y = start;
    for (int n = 0; n < 200; n++) {
        const load at = load_at(y);
        double next = direction * at.slope > 0.0 ? y * exp(-log(at.alpha / alpha) / at.slope) : y_end;
        if (direction * (next - y_end) > 0.0) next = y_end; /* a double root, met within rounding */
        if (!(direction * (next - y) > 0.0)) {
            *root = y;
            return HEBB_OK;
        }
        y = next;
    }
    return HEBB_ENOCONV;
}

hebb_status hebb_retrieval_dynamics_fixed_points(double alpha, hebb_retrieval_fixed_point *stable,
                                                 hebb_retrieval_fixed_point *unstable)
{
    if (!is_load(alpha)) return HEBB_EDOM;
    hebb_retrieval_fixed_point end;
    hebb_retrieval_dynamics_capacity(&end);
    if (alpha > end.alpha) return HEBB_ENOSOLUTION;
    double above = end.y, below = end.y;
    hebb_status status = HEBB_OK;
    if (alpha < end.alpha && stable != NULL) status = solve(alpha, 1.0 / sqrt(2.0 * alpha), end.y, &above);
    if (alpha < end.alpha && unstable != NULL && status == HEBB_OK)
        status = solve(alpha, sqrt(0.375 * M_PI * alpha), end.y, &below);
    if (status != HEBB_OK) return status;
    if (stable != NULL) *stable = fixed_point(alpha, above);
    if (unstable != NULL) *unstable = fixed_point(alpha, below);
    return HEBB_OK;
}
