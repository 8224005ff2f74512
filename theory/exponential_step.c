#include "exponential_step.h"

#include <gsl/gsl_fft_complex.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "root.h"

static const double E2 = 7.38905609893065023; /* e^2 */

typedef struct {
    long n, d;
    double log_rate; /* ln((K-1)/2^N) */
} setting;

static bool is_valid(long n, double n_patterns, long d)
{
    return n >= 2 && n <= HEBB_EXPONENTIAL_MAX_NEURONS && n_patterns >= 1.0 && isfinite(n_patterns) && d >= 0 &&
           2 * d < n;
}

static double log_choose(long n, long k)
{
    return gsl_sf_lngamma((double)n + 1.0) - gsl_sf_lngamma((double)k + 1.0) - gsl_sf_lngamma((double)(n - k) + 1.0);
}

/* Mean number of rivals that disagree with given signs at j of n neurons, the others agreeing or left open. */
static double rate(const setting *at, long n, long j)
{
    return j < 0 || j > n ? 0.0 : exp(at->log_rate + log_choose(n, j));
}

/* w_j. */
static double weight(const setting *at, long j)
{
    return exp(-2.0 * (double)(j - at->d));
}

/* The shells of a sum: rates and weights of those that add to its variance. */
typedef struct {
    long n;
    double variance;
    double rate[HEBB_EXPONENTIAL_MAX_NEURONS], weight[HEBB_EXPONENTIAL_MAX_NEURONS];
} shells;

/* Those from `first` on, up to where what is left is below 1e-14 of the variance or of the unit. */
static void take_shells(const setting *at, long first, shells *s)
{
    s->n = 0;
    s->variance = 0.0;
    for (long j = first; j <= at->n - 1; j++) {
        const double r = rate(at, at->n - 1, j), w = weight(at, j), add = r * w * w;
        /* terms fall by (N-j) e^{-4}/j: geometrically beyond their maximum */
        if (j > first + 4 && (double)j > 0.1 * (double)at->n && add < 1e-16 * (s->variance + 1e-12)) break;
        s->rate[s->n] = r;
        s->weight[s->n++] = w;
        s->variance += add;
    }
}

/* ---- the law of one neuron ---- */

/* ln of the characteristic function of sum_j w_j (n_j - b_j). */
static double symmetric_exponent(const shells *s, double t)
{
    double sum = 0.0;
    for (long k = 0; k < s->n; k++) {
        const double half = sin(0.5 * t * s->weight[k]);
        sum -= 4.0 * s->rate[k] * half * half;
        if (sum < -60.0) break;
    }
    return sum;
}

/*
 * P(R < low) and P(R < high), by the Fourier series of the law folded onto a period that holds it.  A Gaussian of width
 * SMOOTH stands in for the atoms of small rates.
 */
static void symmetric_law(const shells *s, double low, double high, double *below_low, double *below_high)
{
    const double SMOOTH = 0.02;
    enum { MAX_TERMS = 400000 };
    const double period = 2.0 * (10.0 * s->weight[0] + 12.0 * sqrt(2.0 * s->variance) + 16.0);
    *below_low = 0.5 + low / period;
    *below_high = 0.5 + high / period;
    for (int m = 1; m < MAX_TERMS; m++) {
        const double t = 2.0 * M_PI * m / period, smooth = 0.5 * t * t * SMOOTH * SMOOTH;
        if (smooth > 40.0) break;
        const double psi = exp(symmetric_exponent(s, t) - smooth) / (M_PI * m);
        *below_low += psi * sin(t * low);
        *below_high += psi * sin(t * high);
    }
}

hebb_status hebb_exponential_step_share(long n_neurons, double n_patterns, long n_errors, double *share)
{
    if (!is_valid(n_neurons, n_patterns, n_errors)) return HEBB_EDOM;
    *share = 1.0;
    if (n_patterns < 2.0) return HEBB_OK;
    const setting at = {n_neurons, n_errors, log(n_patterns - 1.0) - (double)n_neurons * M_LN2};
    /* A rival two shells or more inside the pattern's decides alone, for or against as likely. */
    const long first = n_errors > 1 ? n_errors - 1 : 0;
    double inside = 0.0;
    for (long j = 0; j < first; j++) inside += 2.0 * rate(&at, n_neurons - 1, j);
    const double alone = -expm1(-inside);
    shells s;
    take_shells(&at, first, &s);
    double right, wrong;
    symmetric_law(&s, 1.0, E2, &right, &wrong);
    const double n = (double)n_neurons, d = (double)n_errors;
    *share = 0.5 * alone + (1.0 - alone) * ((n - d) * right + d * wrong) / n;
    return HEBB_OK;
}

/* ---- all neurons at once ---- */

enum { N_GRID = 1024, N_COMMON = 33, MAX_HITS = 14, MAX_NEAR = 1000, MAX_TURNS = 1000 };

/* Densities on a grid of step `step` around their means: A of what agrees, B of what disagrees with a neuron. */
typedef struct {
    double step;
    double deviation_a, deviation_b;
    double mean;                 /* of A - B */
    double a[N_GRID], b[N_GRID]; /* at (k - N_GRID/2) step */
    double below[N_GRID];        /* P(B below the k-th point | the common sum) */
    double transform[2 * N_GRID];
} densities;

static void density(const shells *s, double step, double *transform, double *f)
{
    const double smooth = 1.0 * step;
    for (int k = 0; k < N_GRID; k++) {
        const double t = 2.0 * M_PI * (k < N_GRID / 2 ? k : k - N_GRID) / (N_GRID * step);
        double re = -0.5 * t * t * smooth * smooth, im = 0.0;
        for (long j = 0; j < s->n && re > -60.0; j++) {
            const double x = t * s->weight[j], half = sin(0.5 * x);
            re -= 2.0 * s->rate[j] * half * half;
            im += s->rate[j] * (sin(x) - x);
        }
        transform[2 * k] = exp(re) * cos(im) * (k % 2 == 0 ? 1.0 : -1.0); /* the sign brings 0 to the middle */
        transform[2 * k + 1] = exp(re) * sin(im) * (k % 2 == 0 ? 1.0 : -1.0);
    }
    gsl_fft_complex_radix2_forward(transform, 1, N_GRID);
    for (int k = 0; k < N_GRID; k++) f[k] = fmax(0.0, transform[2 * k] / (N_GRID * step));
}

static void find_densities(const setting *at, densities *f, shells *s)
{
    take_shells(at, at->d + 2, s);
    f->deviation_a = sqrt(s->variance);
    take_shells(at, at->d + 1, s);
    f->deviation_b = sqrt(s->variance);
    f->step = fmax(2.0, 24.0 * f->deviation_b) / N_GRID;
    density(s, f->step, f->transform, f->b);
    take_shells(at, at->d + 2, s);
    density(s, f->step, f->transform, f->a);
    f->mean = -rate(at, at->n - 1, at->d + 1) / E2; /* all but one of the shells' means cancel */
}

static double interpolate(const double *f, double step, double x, double beyond)
{
    const double place = x / step + N_GRID / 2;
    if (!(place > 0.0)) return 0.0;
    if (place >= N_GRID - 1) return beyond;
    const int k = (int)place;
    return f[k] + (place - k) * (f[k + 1] - f[k]);
}

/* Conditions B on A + e^{-2} B = x; returns the density of that sum there. */
static double condition(densities *f, double x)
{
    double sum = 0.0;
    for (int k = 0; k < N_GRID; k++) {
        const double b = (k - N_GRID / 2) * f->step;
        const double mass = f->b[k] * interpolate(f->a, f->step, x - b / E2, 0.0) * f->step;
        f->below[k] = sum + 0.5 * mass;
        sum += mass;
    }
    for (int k = 0; sum > 0.0 && k < N_GRID; k++) f->below[k] /= sum;
    return sum;
}

/* Sums q_b t^b/b!, b <= MAX_HITS, as numbers a_b = q_b/b!. */
static void divide_by_factorials(const double *q, double *a)
{
    double factorial = 1.0;
    for (int b = 0; b <= MAX_HITS; factorial *= ++b) a[b] = q[b] / factorial;
}

/* Coefficients of t^0 .. t^h in (a_0 + a_1 t + ..)^m; for h <= m all terms are positive. */
static void power_of_series(const double *a, long m, long h, double *c)
{
    c[0] = pow(a[0], (double)m);
    for (long k = 1; k <= h; k++) {
        c[k] = 0.0;
        if (k > MAX_HITS * m) continue;
        for (int j = 1; j <= MAX_HITS && j <= k; j++)
            c[k] += ((double)j * ((double)m + 1.0) - (double)k) * a[j] * c[k - j] / ((double)k * a[0]);
        c[k] = fmax(0.0, c[k]);
    }
}

/* ln(a_0 + a_1 t + ..) at t = e^u, its derivative by u, and the second. */
static double log_of_series(const double *a, double t, double *slope, double *curvature)
{
    double sum = 0.0, first = 0.0, second = 0.0, power = 1.0;
    for (int b = 0; b <= MAX_HITS; b++, power *= t) {
        const double term = a[b] * power;
        sum += term;
        first += b * term;
        second += (double)(b * b) * term;
    }
    *slope = first / sum;
    *curvature = second / sum - *slope * *slope;
    return log(sum);
}

/* h!/N^h times the coefficient of t^h in a(t)^m b(t)^n, N = m + n, by the saddle point: for large h, to 1/(10 h). */
static double saddle_point(const double *a, long m, const double *b, long n, long h)
{
    double low = -12.0, high = 12.0, value = 0.0, curvature = 0.0;
    for (int k = 0; k < 32; k++) {
        const double u = 0.5 * (low + high), t = exp(u);
        double s1, s2, c1, c2;
        value = (double)m * log_of_series(a, t, &s1, &c1);
        if (n > 0) value += (double)n * log_of_series(b, t, &s2, &c2);
        const double slope = (double)m * s1 + (n > 0 ? (double)n * s2 : 0.0);
        curvature = (double)m * c1 + (n > 0 ? (double)n * c2 : 0.0);
        value -= (double)h * u;
        *(slope < (double)h ? &low : &high) = u;
    }
    if (high > 11.9 || !(curvature > 0.0)) return 0.0; /* more hits than the series have */
    return exp(value + gsl_sf_lngamma((double)h + 1.0) - (double)h * log((double)(m + n))) /
           sqrt(2.0 * M_PI * curvature);
}

/*
 * All neurons right, given the common sum x of the far rivals, n_near rivals at distance d+1 and n_same copies of the
 * pattern.  The near ones disagree with s at n_near (d+1) places, thrown onto the N neurons at random.
 */
static double all_right(const setting *at, const densities *f, double x, long n_near, long n_same)
{
    const double scale = 1.0 + 1.0 / E2;
    const double common = ((double)n_near / E2 + f->mean + x) / scale, signal = (1.0 + (double)n_same) / scale;
    double right[MAX_HITS + 1], turned[MAX_HITS + 1];
    for (int b = 0; b <= MAX_HITS; b++) {
        right[b] = interpolate(f->below, f->step, common + signal - b, 1.0);
        turned[b] = 1.0 - interpolate(f->below, f->step, common - E2 * signal - b, 1.0);
    }
    const long n_right = at->n - at->d, n_wrong = at->d, h = n_near * (at->d + 1);
    if (!((double)n_right * log(right[0]) > -40.0) || (n_wrong > 0 && turned[0] < 1e-6)) return 0.0;
    double a[MAX_HITS + 1], a_wrong[MAX_HITS + 1], c[MAX_TURNS + 1], c_wrong[MAX_TURNS + 1], sum = 0.0;
    divide_by_factorials(right, a);
    divide_by_factorials(turned, a_wrong);
    if (h > n_right) return fmin(1.0, saddle_point(a, n_right, a_wrong, n_wrong, h));
    power_of_series(a, n_right, h, c);
    power_of_series(a_wrong, n_wrong, h, c_wrong);
    for (long k = 0; k <= h; k++) sum += c[k] * c_wrong[h - k];
    return fmin(1.0, sum * exp(gsl_sf_lngamma((double)h + 1.0) - (double)h * log((double)at->n)));
}

static double poisson(double mean, long k)
{
    return mean > 0.0 ? exp((double)k * log(mean) - mean - gsl_sf_lngamma((double)k + 1.0)) : k == 0;
}

/* The sum over the numbers of near rivals at one x; of many numbers every second, third, .. stands for its neighbours. */
static double sum_over_near(const setting *at, const densities *f, double x)
{
    const double near = rate(at, at->n, at->d + 1), same = rate(at, at->n, 0);
    const double reach = 7.0 * sqrt(near) + 8.0;
    const long low = near > reach ? (long)(near - reach) : 0, high = (long)(near + reach);
    const long stride = 1 + (high - low) / 64;
    double sum = 0.0;
    for (long m = 0; m == 0 || (double)m < same + 7.0 * sqrt(same) + 8.0; m++) {
        const double p_same = poisson(same, m);
        for (long k = low; p_same > 1e-9 && k <= high; k += stride) {
            const double p = p_same * (double)stride * poisson(near, k);
            if (p > 1e-10) sum += p * all_right(at, f, x, k, m);
        }
    }
    return sum;
}

hebb_status hebb_exponential_step_retrieved(long n_neurons, double n_patterns, long n_errors, double *probability)
{
    if (!is_valid(n_neurons, n_patterns, n_errors)) return HEBB_EDOM;
    *probability = 1.0;
    if (n_patterns < 2.0) return HEBB_OK;
    const setting at = {n_neurons, n_errors, log(n_patterns - 1.0) - (double)n_neurons * M_LN2};
    /* A rival at distance d or less turns one neuron at least, unless it is the pattern once more. */
    double inside = -rate(&at, n_neurons, 0);
    for (long k = 0; k <= n_errors; k++) inside += rate(&at, n_neurons, k);
    if (n_errors == 0) inside = 0.0;
    *probability = 0.0;
    if (n_errors > 0 && inside > 40.0) return HEBB_OK;
    if (rate(&at, n_neurons, n_errors + 1) > MAX_NEAR) return HEBB_OK; /* a hundred near rivals end it */
    densities *f = malloc(sizeof *f);
    shells *s = malloc(sizeof *s);
    if (f != NULL && s != NULL) {
        find_densities(&at, f, s);
        const double deviation = hypot(f->deviation_a, f->deviation_b / E2), step = 12.0 * deviation / (N_COMMON - 1);
        double mass = 0.0, sum = 0.0;
        for (int k = 0; k < N_COMMON; k++) {
            const double x = (k - N_COMMON / 2) * step, p = condition(f, x);
            if (p <= 0.0) continue;
            mass += p;
            sum += p * sum_over_near(&at, f, x);
        }
        *probability = exp(-inside) * sum / mass;
    }
    const hebb_status status = f != NULL && s != NULL ? HEBB_OK : HEBB_ENOMEM;
    free(f);
    free(s);
    return status;
}

typedef struct {
    long n, d;
    hebb_status status; /* what ended it, if not the equation */
} half_setting;

static double excess(double log_k, void *params)
{
    half_setting *at = params;
    double p = NAN;
    if (at->status == HEBB_OK) at->status = hebb_exponential_step_retrieved(at->n, exp(log_k), at->d, &p);
    return p - 0.5; /* NaN ends the search */
}

hebb_status hebb_exponential_step_half(long n_neurons, long n_errors, double *alpha)
{
    if (!is_valid(n_neurons, 1.0, n_errors)) return HEBB_EDOM;
    half_setting at = {n_neurons, n_errors, HEBB_OK};
    const double high = (double)n_neurons * M_LN2;
    double log_k;
    *alpha = NAN;
    const double last = excess(high, &at);
    if (at.status == HEBB_OK && !(last < 0.0)) return HEBB_ENOSOLUTION; /* as few as all states there are */
    const hebb_status status = hebb_root_brent(excess, &at, M_LN2, high, &log_k);
    *alpha = status == HEBB_OK ? log_k / (double)n_neurons : NAN;
    return at.status != HEBB_OK ? at.status : status;
}
