#include "crosstalk.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_sf_gamma.h>

/* Values summed from one evaluation of the mass function, so that rounding cannot pile up along a wide bin. */
#define BLOCK 512

/* A bin of fewer values is summed term by term; the difference of two tails loses a factor < 100 on any wider one. */
static double narrow(double n)
{
    return 64.0 + sqrt(n) / 64.0;
}

hebb_status hebb_crosstalk_gaussian(double alpha, double *p_error)
{
    if (!(alpha > 0.0) || !isfinite(alpha)) return HEBB_EDOM;
    const double variance = 2.0 * alpha;
    const double x = 1.0 / sqrt(variance);
    const double x2 = x * x;
    /* erfc multiplies the relative error of x by 2 x^2, up to 1400: take what rounding did to x back to first order. */
    const double excess = fma(x2, variance, -1.0) + variance * fma(x, x, -x2);
    const double correction = isfinite(excess) ? M_2_SQRTPI * 0.25 * x * excess * exp(-x2) : 0.0;
    *p_error = 0.5 * erfc(x) + correction;
    return HEBB_OK;
}

double hebb_crosstalk_gaussian_density(double alpha, double c)
{
    return exp(-c * c / (2.0 * alpha)) / sqrt(2.0 * M_PI * alpha);
}

/* n times the relative entropy of (k/n, 1-k/n) to (1/2, 1/2), for d = n - 2k: [L00]'s deviance. */
static double deviance(double n, double d)
{
    const double u = d / n;
    const double u2 = u * u;
    if (u2 > 0.25) return d * atanh(u) + 0.5 * n * log1p(-u2); /* mild cancellation: 3 ulp at most */

    double sum = 0.0;
    double power = 1.0;
    for (int j = 1; j < 32; j++, power *= u2) sum += power / (2 * j * (2 * j - 1));
    return d * u * sum;
}

/* C(n,k)/2^n, 0 <= k <= n, by the saddle-point form: n! = sqrt(2 pi n) (n/e)^n gammastar(n).      [L00] */
static double binomial(double n, double k)
{
    if (k == 0.0 || k == n) return exp2(-n);
    const double stirling = gsl_sf_gammastar(n) / (gsl_sf_gammastar(k) * gsl_sf_gammastar(n - k));
    return sqrt(n / (2.0 * M_PI * k * (n - k))) * stirling * exp(-deviance(n, n - 2.0 * k));
}

/* sum_{j=first}^{last} C(n,j)/2^n, downwards from last in blocks; empty when last < first. */
static double binomial_sum(double n, double first, double last)
{
    double sum = 0.0;
    for (double top = last; top >= first; top -= BLOCK) {
        const double bottom = fmax(first, top - BLOCK + 1.0);
        double term = 1.0;
        double block = 1.0;
        for (double j = top; j > bottom; j--) {
            term *= j / (n - j + 1.0);
            block += term;
        }
        sum += binomial(n, top) * block;
    }
    return sum;
}

/*
 * The lower tail by the continued fraction of the incomplete beta function I_{1/2}(a, b), a = n-k, b = k+1, in the
 * contracted form of [DM92], whose terms are all positive for a >= b; evaluated by Lentz's method.
 */
static hebb_status tail_fraction(double n, double k, double *tail)
{
    const double a = n - k;
    const double b = k + 1.0;
    const double lambda = 0.5 * (a - b);
    double value = a / (a + 1.0) * (1.0 + lambda);
    double numerator = value;
    double denominator = 0.0;
    double m = 1.0;
    for (; m < b && m < 1e7; m++) {
        const double s = a + 2.0 * m - 1.0;
        const double a_m = 0.25 * ((a + m - 1.0) / s) * ((n + m) / s) * m * (b - m);
        const double b_m = m + 0.5 * m * (b - m) / s + (a + m) / (s + 2.0) * (1.0 + lambda + 1.5 * m);
        denominator = 1.0 / (b_m + a_m * denominator);
        numerator = b_m + a_m / numerator;
        const double change = numerator * denominator;
        value *= change;
        if (fabs(change - 1.0) <= DBL_EPSILON) break;
    }
    *tail = 0.5 * a * binomial(n, k) / value;
    return m < 1e7 ? HEBB_OK : HEBB_ENOCONV;
}

/* P(K <= k) for a binomial K of n fair trials, 2k < n. */
static hebb_status lower_tail(double n, double k, double *tail)
{
    *tail = 0.0;
    if (k < 0.0) return HEBB_OK;
    const double n_central = n - 2.0 * k - 1.0;
    if (n_central > sqrt(n) / 32.0) return tail_fraction(n, k, tail);
    *tail = 0.5 * (1.0 - binomial_sum(n, k + 1.0, n - k - 1.0)); /* the fraction is slow near the middle */
    return HEBB_OK;
}

static hebb_status count_terms(long n_neurons, long n_patterns, int64_t *n_terms)
{
    if (n_neurons < 2 || n_patterns < 1) return HEBB_EDOM;
    if (n_patterns - 1 > HEBB_CROSSTALK_MAX_TERMS / (n_neurons - 1)) return HEBB_EDOM;
    *n_terms = (int64_t)(n_neurons - 1) * (n_patterns - 1);
    return HEBB_OK;
}

hebb_status hebb_crosstalk_exact(long n_neurons, long n_patterns, bool self_coupling, hebb_crosstalk *law)
{
    int64_t n_terms;
    const hebb_status status = count_terms(n_neurons, n_patterns, &n_terms);
    if (status != HEBB_OK) return status;

    *law = (hebb_crosstalk){0.0, 0.0};
    const int64_t signal = (int64_t)(n_neurons - 1) + (self_coupling ? n_patterns : 0);
    const int64_t twice_k_at_tie = n_terms - signal;
    if (twice_k_at_tie < 0) return HEBB_OK; /* even all terms against the bit cannot turn it */

    const double n = (double)n_terms;
    const double k = (double)(twice_k_at_tie / 2);
    if (twice_k_at_tie % 2 != 0) return lower_tail(n, k, &law->wrong);
    law->tie = binomial(n, k);
    return lower_tail(n, k - 1.0, &law->wrong);
}

hebb_status hebb_crosstalk_mass(long n_neurons, long n_patterns, long lo, long hi, double *mass)
{
    int64_t n_terms;
    hebb_status status = count_terms(n_neurons, n_patterns, &n_terms);
    if (status != HEBB_OK) return status;
    if (lo > hi) return HEBB_EDOM;

    *mass = 0.0;
    if (lo > n_terms || hi < -n_terms) return HEBB_OK;
    int64_t first = lo <= -n_terms ? 0 : (lo + n_terms + 1) / 2;
    int64_t last = hi >= n_terms ? n_terms : (hi + n_terms) / 2;
    if (first + last > n_terms) { /* X is symmetric: bring the middle of the bin to the left */
        const int64_t mirrored = n_terms - last;
        last = n_terms - first;
        first = mirrored;
    }
    const double n = (double)n_terms;
    if ((double)(last - first) < narrow(n)) {
        *mass = binomial_sum(n, (double)first, (double)last);
        return HEBB_OK;
    }

    const bool left_of_middle = 2 * last < n_terms;
    double below;
    double above;
    status = lower_tail(n, (double)(first - 1), &below);
    if (status != HEBB_OK) return status;
    status = lower_tail(n, (double)(left_of_middle ? last : n_terms - last - 1), &above);
    *mass = left_of_middle ? above - below : (1.0 - above) - below;
    return status;
}

hebb_status hebb_crosstalk_capacity(long n_neurons, double *one_pattern, double *all_patterns)
{
    if (n_neurons < 2) return HEBB_EDOM;
    const double n = (double)n_neurons;
    *one_pattern = n / (2.0 * log(n));
    *all_patterns = n / (4.0 * log(n));
    return HEBB_OK;
}
