#include "dense_broken.h"

#include <math.h>

#include "dense_retrieval.h"
#include "root.h"

/* Above this q0 the inner law is narrower than what the sum over z0 resolves. */
static const double NARROWEST = 0.996;

/* Lengths in units of sqrt(a), with y times sqrt 2 for the mean field. */
typedef struct {
    int degree;
    double h;  /* m^(n-1) */
    double mu; /* of the trial */
    double q0; /* that solves its equation at mu */
} trial;

/* Averages over z0. */
typedef struct {
    double sgn, sgn2; /* <sgn>, <sgn>^2 of the inner law */
    double ln_i;      /* ln I(H) */
    double slope;     /* d ln I/d mu = <|H + sqrt(v) z1|> */
} averages;

/* Of one H >= 0: I = e^(mu^2 v/2) [e^(mu H) Phi((H + mu v)/s) + e^(-mu H) Phi((-H + mu v)/s)], s = sqrt(v). */
static averages inner(double H, double v, double mu)
{
    const double s = sqrt(v), e = exp(-2.0 * mu * H), x = (H + mu * v) / s;
    const double up = 0.5 * erfc(-M_SQRT1_2 * x), down = 0.5 * e * erfc(-M_SQRT1_2 * (mu * v - H) / s);
    const double sum = up + down, sgn = (up - down) / sum;
    const double density = exp(-0.5 * x * x) / sqrt(2.0 * M_PI);
    return (averages){sgn, sgn * sgn, mu * H + 0.5 * mu * mu * v + log(sum),
                      H * sgn + mu * v + 2.0 * s * density / sum};
}

static averages average(const trial *at, double q0)
{
    const double r0 = hebb_dense_gaussian_moment(at->degree - 1, q0) / hebb_dense_double_factorial(at->degree);
    const double width = sqrt(r0), step = 0.05;
    averages sum = {0};
    for (int k = -160; k <= 160; k++) {
        const double z = step * k, H = at->h + width * z, weight = step * exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
        const averages one = inner(fabs(H), 1.0 - r0, at->mu);
        sum.sgn += weight * copysign(one.sgn, H);
        sum.sgn2 += weight * one.sgn2;
        sum.ln_i += weight * one.ln_i;
        sum.slope += weight * one.slope;
    }
    return sum;
}

/* theta(q)/a, up to a constant. */
static double theta(int n, double q)
{
    return (q * hebb_dense_gaussian_moment(n - 1, q) - hebb_dense_gaussian_moment(n, q) / ((double)n * n)) /
           hebb_dense_double_factorial(n);
}

static double excess_of_q0(double q0, void *params)
{
    return average(params, q0).sgn2 - q0;
}

/* df/dmu over sqrt(a), at the q0 that belongs to mu: positive below the root. */
static double slope_of_f(double ln_mu, void *params)
{
    trial *at = params;
    at->mu = exp(ln_mu);
    if (hebb_root_brent(excess_of_q0, at, 1e-6, NARROWEST, &at->q0) != HEBB_OK) return NAN;
    const averages x = average(at, at->q0);
    return 0.5 * (theta(at->degree, 1.0) - theta(at->degree, at->q0)) + (x.ln_i / at->mu - x.slope) / at->mu;
}

hebb_status hebb_dense_broken_branch(int degree, double y, hebb_dense_broken_state *state)
{
    if (degree < 3 || degree > HEBB_DENSE_MAX_DEGREE || !(y >= 0.3) || !(y <= 1.8)) return HEBB_EDOM;
    trial at = {.degree = degree, .h = M_SQRT2 * y};
    double ln_mu = log(0.3), high = 0.0;
    while (high < 5.0 && slope_of_f(high, &at) > 0.0) high += 0.5;
    const hebb_status status = hebb_root_brent(slope_of_f, &at, ln_mu, high, &ln_mu);
    if (status != HEBB_OK) return status;
    if (isnan(slope_of_f(ln_mu, &at))) return HEBB_ENOCONV;
    const averages x = average(&at, at.q0);
    const double width = pow(x.sgn, degree - 1) / at.h;
    const double noise = 0.5 * at.mu * (theta(degree, 1.0) - theta(degree, at.q0)) - x.ln_i / at.mu;
    *state = (hebb_dense_broken_state){.degree = degree,
                                       .load = width * width,
                                       .m = x.sgn,
                                       .q0 = at.q0,
                                       .breakpoint = at.mu / width,
                                       .e = (1.0 - 1.0 / degree) * pow(x.sgn, degree) + width * noise};
    return HEBB_OK;
}

static double load_at(double y, void *params)
{
    const int *degree = params;
    hebb_dense_broken_state state;
    return hebb_dense_broken_branch(*degree, y, &state) == HEBB_OK ? state.load : NAN;
}

hebb_status hebb_dense_broken_spinodal(int degree, hebb_dense_broken_state *state)
{
    hebb_dense_state symmetric;
    const hebb_status status = hebb_dense_spinodal(degree, 0.0, &symmetric);
    if (status != HEBB_OK) return status;
    if (degree < 3) return HEBB_EDOM;
    double y;
    const double centre = pow(symmetric.m, degree - 1) / sqrt(2.0 * symmetric.load); /* moved by some per cent */
    const hebb_status found =
        hebb_root_maximum(load_at, &degree, 0.75 * centre, fmin(1.15 * centre, 1.8), 1e-5, 0.0, &y);
    return found == HEBB_OK ? hebb_dense_broken_branch(degree, y, state) : found;
}
