#include "pattern_stability.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "dense_capacity.h"

double hebb_pattern_half_corrected(const hebb_pattern_half *half)
{
    return half->exact * exp(half->shift);
}

double hebb_pattern_stable(double n_neurons, double p_wrong)
{
    return exp(n_neurons * log1p(-p_wrong));
}

hebb_status hebb_pattern_half_gaussian(hebb_dense_energy energy, double n_neurons, double *half, double *z)
{
    if (!(n_neurons >= 3.0)) return HEBB_EDOM;
    const double p = M_LN2 / n_neurons;
    double alpha;
    const hebb_status status = hebb_dense_alpha_one_step(energy.degree, p, &alpha);
    if (status != HEBB_OK) return status;
    *half = alpha * pow(n_neurons, energy.degree - 1) * (energy.rectified ? 2.0 : 1.0);
    if (z != NULL) *z = gsl_cdf_ugaussian_Qinv(p);
    return HEBB_OK;
}

/* ln(-ln P(stable)) - ln ln2: 0 at K_half, rises with K. */
static hebb_status excess(const hebb_dense_noise *noise, double n_neurons, long n_patterns, double *y)
{
    hebb_dense_law law;
    const hebb_status status = hebb_dense_one_step(noise, n_patterns, &law);
    if (status == HEBB_OK) *y = log(-n_neurons * log1p(-law.wrong)) - log(M_LN2);
    return status;
}

/*
 * The whole K with the zero between it and K + 1, by secants in ln K, in which the function is all but straight, within a
 * bracket that closes on it.
 */
static hebb_status search(const hebb_dense_noise *noise, double n_neurons, double start, double *half)
{
    long low = 1, high = 0;
    double y_low = NAN, y_high = NAN, k = start;
    for (int step = 0; step < 200; step++) {
        double y;
        const long at = (long)fmin(fmax(floor(k), (double)low + (step > 0)), high > 0 ? (double)high - 1.0 : 0x1p50);
        const hebb_status status = excess(noise, n_neurons, at, &y);
        if (status != HEBB_OK) return status;
        if (y < 0.0)
            low = at, y_low = y;
        else
            high = at, y_high = y;
        if (high == low + 1) break;
        const double slope = 4.0; /* of y in ln K, where one side is not known yet: z^2/2 and more */
        if (high == 0)
            k = (double)low * exp(fmin(-y_low / slope, 1.0) + 1e-3) + 1.0;
        else if (!isfinite(y_low))
            k = fmin((double)high * exp(-y_high / slope - 1e-3), 0.5 * ((double)low + (double)high));
        else if (step % 8 == 7)
            k = sqrt((double)low * (double)high);
        else
            k = (double)low * exp(-y_low / (y_high - y_low) * log((double)high / (double)low)) + (step % 2 ? 1.0 : 0.0);
    }
    if (high != low + 1 || !isfinite(y_low)) return HEBB_ENOSOLUTION;
    *half = (double)low * exp(-y_low / (y_high - y_low) * log((double)high / (double)low));
    return HEBB_OK;
}

/* E|a|^k of a unit Gaussian. */
static double absolute_moment(double k)
{
    return exp2(0.5 * k) * tgamma(0.5 * (k + 1.0)) / sqrt(M_PI);
}

static void correct(hebb_dense_energy energy, double n_neurons, double kurtosis, hebb_pattern_half *half)
{
    const double n = energy.degree, z = half->z, part = energy.rectified ? 0.5 : 1.0; /* of the patterns makes noise */
    const double rho = (n - 1.0) * (n - 1.0) / ((2.0 * n - 3.0) * n_neurons);
    const double second = part * absolute_moment(2.0 * n - 2.0);
    /* G^2 G' is odd for odd n, and patterns of either sign of the overlap cancel */
    const double third =
        energy.rectified || energy.degree % 2 == 0 ? part * (n - 1.0) * absolute_moment(3.0 * n - 4.0) : 0.0;
    const double k_21 = 2.0 * third / (pow(second, 1.5) * sqrt(half->exact * n_neurons));
    const double k_22 = (kurtosis - 1.0) / half->exact;
    const double scale = M_LN2 * gsl_ran_ugaussian_pdf(z) / (gsl_cdf_ugaussian_Q(z) * z);
    half->shift = scale * (rho - z * k_21 + 0.25 * z * z * k_22);
    half->terms = scale * (rho + z * k_21 + 0.25 * z * z * k_22);
}

hebb_status hebb_pattern_half_solve(hebb_dense_energy energy, long n_neurons, hebb_pattern_half *half)
{
    *half = (hebb_pattern_half){NAN, NAN, NAN, NAN, NAN};
    const double n = (double)n_neurons;
    hebb_status status = hebb_pattern_half_gaussian(energy, n, &half->gaussian, &half->z);
    if (status != HEBB_OK) return status;
    hebb_dense_noise noise;
    status = hebb_dense_noise_init(&noise, energy, n_neurons);
    if (status == HEBB_OK) status = search(&noise, n, half->gaussian, &half->exact);
    if (status == HEBB_OK) correct(energy, n, noise.kurtosis, half);
    hebb_dense_noise_free(&noise);
    return status;
}

double hebb_pattern_all_stable(double n_neurons, double n_patterns)
{
    return exp(-0.5 * n_patterns * (n_patterns - 1.0) * n_neurons * exp2(-n_neurons));
}

double hebb_pattern_all_half(double n_neurons)
{
    const double product = 2.0 * M_LN2 * exp2(n_neurons) / n_neurons; /* K (K - 1) */
    return 0.5 + sqrt(0.25 + product);
}

double hebb_pattern_all_leading(double n_neurons)
{
    return sqrt(2.0 * M_LN2 / n_neurons) * exp2(0.5 * n_neurons);
}
