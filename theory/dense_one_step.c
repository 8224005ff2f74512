#include "dense_one_step.h"

#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_fft_complex.h>

#include "root.h"

__extension__ typedef __int128 wide;

/* -ln of what may be left out, relative to one; work before a Fourier transform, and the longest one, 256 MiB. */
static const double NOTHING = 46.0, MOST_TERMS = 1e8;
enum { LONGEST_TRANSFORM = 1 << 24 };

/* Of so few patterns hardly a frequency can be left out, and a transform is the shorter way on more than a few places. */
static const double FEW = 30.0, SHORT = 4096.0;

/* ---- one pattern's law ---- */

static wide power(wide x, int n)
{
    wide product = 1;
    for (int k = 0; k < n; k++) product *= x;
    return product;
}

/* G(a) for a >= 0: only a = 0 tells the rectified F from the other. */
static wide difference(hebb_dense_energy energy, long a)
{
    const wide below = energy.rectified && a == 0 ? 0 : power((wide)a - 1, energy.degree);
    return power((wide)a + 1, energy.degree) - below;
}

static wide divisor(wide a, wide b)
{
    if (a < 0) a = -a;
    if (b < 0) b = -b;
    while (b != 0) {
        const wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void add(hebb_dense_noise *noise, double value, double log_probability)
{
    noise->value[noise->n] = value;
    noise->log_probability[noise->n++] = log_probability;
}

/* ln P(a) of the N-1 signs' sum relative to its middle, upwards from a = 0 or 1; what they sum to over all a. */
static double binomials(long n, double *log_weight)
{
    const long middle = (n + 1) / 2;
    double log_ratio = 0.0, total = 0.0;
    for (long k = middle; k <= n; k++) {
        log_weight[k - middle] = log_ratio;
        total += exp(log_ratio) * (2 * k == n ? 1.0 : 2.0);
        log_ratio += log((double)(n - k) / (double)(k + 1));
    }
    return total;
}

/* Both signs of G(a) with half of P(a), or P(|a|), each. */
static void list_values(hebb_dense_noise *noise, hebb_dense_energy energy, long n, double *log_weight)
{
    const double log_total = log(binomials(n, log_weight));
    const long lowest = n % 2;
    double none = 1.0; /* the rectified memory's chance of no noise, a < 0 */
    for (long a = lowest; a <= n; a += 2) {
        const double value = (double)(2 * difference(energy, a) / (wide)noise->step) / 2.0;
        const bool twice = a != 0 && !energy.rectified;
        const double log_p = log_weight[(a - lowest) / 2] - log_total + (twice ? M_LN2 : 0.0);
        none -= exp(log_p);
        if (value == 0.0) {
            add(noise, 0.0, log_p);
            continue;
        }
        add(noise, value, log_p - M_LN2);
        add(noise, -value, log_p - M_LN2);
    }
    if (energy.rectified) add(noise, 0.0, log(none));
}

static void find_moments(hebb_dense_noise *noise)
{
    double second = 0.0, fourth = 0.0;
    for (size_t k = 0; k < noise->n; k++) {
        const double square = noise->value[k] * noise->value[k];
        const double part = exp(noise->log_probability[k]) * square;
        second += part;
        fourth += part * square;
    }
    noise->variance = second;
    noise->kurtosis = fourth / (second * second);
}

hebb_status hebb_dense_noise_init(hebb_dense_noise *noise, hebb_dense_energy energy, long n_neurons)
{
    *noise = (hebb_dense_noise){0};
    if (energy.degree < 2 || n_neurons < 2 || n_neurons > 16000) return HEBB_EDOM;
    if (energy.degree * log2((double)n_neurons) > 126.0) return HEBB_EDOM;
    const long n = n_neurons - 1;
    const wide signal = difference(energy, n);
    wide step = 2 * signal;
    for (long a = n % 2; a <= n; a += 2) step = divisor(step, signal - difference(energy, a));
    if (energy.rectified) step = divisor(step, signal);
    if (signal / step >= (wide)1 << 52 || step >= (wide)1 << 52) return HEBB_EDOM;
    noise->step = (double)step;
    noise->signal = (double)(2 * signal / step) / 2.0;

    const size_t room = (size_t)n + 4;
    double *log_weight = calloc(room, sizeof *log_weight);
    noise->value = calloc(room, sizeof *noise->value);
    noise->log_probability = calloc(room, sizeof *noise->log_probability);
    const bool is_there = log_weight != NULL && noise->value != NULL && noise->log_probability != NULL;
    if (is_there) {
        list_values(noise, energy, n, log_weight);
        find_moments(noise);
    }
    free(log_weight);
    if (!is_there) hebb_dense_noise_free(noise);
    return is_there ? HEBB_OK : HEBB_ENOMEM;
}

void hebb_dense_noise_free(hebb_dense_noise *noise)
{
    free(noise->value);
    free(noise->log_probability);
    *noise = (hebb_dense_noise){0};
}

/* ---- the tilted law ---- */

/* The place s is the highest on the lattice that is at most -G(N-1); u - s/(K-1) is a value seen from there. */
typedef struct {
    const hebb_dense_noise *noise;
    double n_others; /* K-1 */
    double place;    /* s */
    bool ties;       /* s = -G(N-1): it has a tie */
    double centre;   /* s/(K-1) */
    double tilt;     /* t: the tilted values have the mean `centre` */
    double cumulant; /* ln sum p e^{-t (u - centre)} <= 0 */
    double spread;   /* mean of |u - centre|, and their */
    double variance; /* in the tilted law */
    double *share;   /* tilted probabilities */
} tilted;

/* ln sum p e^{-t (u - centre)}, for any t. */
static double log_sum(const tilted *x, double t)
{
    const hebb_dense_noise *noise = x->noise;
    double largest = -INFINITY, sum = 0.0;
    for (size_t k = 0; k < noise->n; k++)
        largest = fmax(largest, noise->log_probability[k] - t * (noise->value[k] - x->centre));
    for (size_t k = 0; k < noise->n; k++)
        sum += exp(noise->log_probability[k] - t * (noise->value[k] - x->centre) - largest);
    return largest + log(sum);
}

/* The same at the tilt; K-1 times it is wanted, so where it is near 0 it is found from the sum less 1. */
static double cumulant(const tilted *x)
{
    const hebb_dense_noise *noise = x->noise;
    double excess = 0.0;
    for (size_t k = 0; k < noise->n; k++) {
        const double y = -x->tilt * (noise->value[k] - x->centre), log_p = noise->log_probability[k];
        excess += fabs(y) < 1.0 ? exp(log_p) * expm1(y) : exp(log_p + y) - exp(log_p);
    }
    return excess > -0.5 ? log1p(excess) : log_sum(x, x->tilt);
}

/* The tilted law's mean seen from the place: falls with the tilt. */
static double mean(double t, void *params, double *slope)
{
    tilted *x = params;
    const hebb_dense_noise *noise = x->noise;
    const double log_total = log_sum(x, t);
    double first = 0.0, second = 0.0;
    for (size_t k = 0; k < noise->n; k++) {
        const double y = noise->value[k] - x->centre;
        const double p = exp(noise->log_probability[k] - t * y - log_total);
        first += p * y;
        second += p * y * y;
    }
    *slope = first * first - second;
    return first;
}

/* x->share is room for the law. */
static hebb_status tilt(tilted *x)
{
    double slope, high = -2.0 * x->centre / x->noise->variance;
    while (mean(high, x, &slope) > 0.0) {
        high *= 2.0;
        if (!isfinite(high)) return HEBB_ENOCONV;
    }
    const hebb_status status = hebb_root_newton(mean, x, 0.0, high, 0.5 * high, &x->tilt);
    if (status != HEBB_OK) return status;
    x->cumulant = cumulant(x);
    double total = 0.0;
    const double log_total = log_sum(x, x->tilt);
    for (size_t k = 0; k < x->noise->n; k++) {
        x->share[k] = exp(x->noise->log_probability[k] - x->tilt * (x->noise->value[k] - x->centre) - log_total);
        total += x->share[k];
    }
    x->spread = x->variance = 0.0;
    for (size_t k = 0; k < x->noise->n; k++) {
        const double y = x->noise->value[k] - x->centre;
        x->share[k] /= total;
        x->spread += x->share[k] * fabs(y);
        x->variance += x->share[k] * y * y;
    }
    return HEBB_OK;
}

/* Chernoff: beyond so many steps above (direction 1) or below (-1) the place, the tilted sum is with P < e^-NOTHING. */
static double reach(const tilted *x, int direction)
{
    const double best = sqrt(2.0 * NOTHING / (x->n_others * x->variance));   /* if it were Gaussian */
    double shortest = x->n_others * x->noise->signal - direction * x->place; /* the sum's own end */
    for (int k = -16; k <= 8; k++) {
        const double v = best * exp2(0.5 * k);
        const double growth = log_sum(x, x->tilt - direction * v) - x->cumulant;
        shortest = fmin(shortest, (x->n_others * growth + NOTHING) / v);
    }
    return ceil(shortest) + 1.0;
}

/* ---- the inversion ---- */

typedef struct {
    double length; /* places of the lattice in a period, odd or a power of two */
    double below;  /* of them, so many from the place downwards are looked at */
    double wrong, tie;
} window;

/* C11's CMPLX, which glibc has for GCC alone. */
static double complex complex_of(double re, double im)
{
    const double parts[2] = {re, im};
    double complex z;
    memcpy(&z, parts, sizeof z);
    return z;
}

/* E e^{i theta (u - centre)} - 1 in the tilted law: without cancellation at small angles. */
static double complex characteristic(const tilted *x, double theta)
{
    double re = 0.0, im = 0.0;
    for (size_t k = 0; k < x->noise->n; k++) {
        const double half = 0.5 * theta * (x->noise->value[k] - x->centre);
        const double s = sin(half), c = cos(half);
        re -= 2.0 * x->share[k] * s * s;
        im += 2.0 * x->share[k] * s * c;
    }
    return complex_of(re, im);
}

static double log_modulus(double complex less_one)
{
    const double re = creal(less_one), im = cimag(less_one);
    return 0.5 * log1p(fmax(2.0 * re + re * re + im * im, -1.0));
}

/*
 * Adds one frequency: its power times sum_j e^{(-t + i theta) j}, j steps below the place, j from 1 for the wrong and j =
 * 0 for the tie, or all from 0 where there is no tie.
 */
static void add_frequency(const tilted *x, double k, double complex less_one, window *w)
{
    const double theta = 2.0 * M_PI * k / w->length, t = x->tilt;
    const double modulus = exp(x->n_others * log_modulus(less_one));
    const double phase = x->n_others * atan2(cimag(less_one), 1.0 + creal(less_one));
    const double complex transform = complex_of(modulus * cos(phase), modulus * sin(phase));
    const double first = x->ties ? 1.0 : 0.0, n = w->below - first;
    const double turn = 2.0 * M_PI * fmod(k * n, w->length) / w->length;
    const double s = sin(0.5 * theta), last = exp(-t * n);
    /* 1 - e^{-t + i theta}, and 1 - e^{(-t + i theta) n} */
    const double complex rest = complex_of(-expm1(-t) + 2.0 * exp(-t) * s * s, -exp(-t) * sin(theta));
    const double complex end = complex_of(1.0 - last * cos(turn), -last * sin(turn));
    double complex sum = rest != 0.0 ? end / rest : n;
    if (x->ties) sum *= exp(-t) * complex_of(cos(theta), sin(theta));
    const double weight = k == 0.0 || 2.0 * k == w->length ? 1.0 : 2.0; /* k and -k are conjugate */
    w->wrong += weight * creal(transform * sum);
    if (x->ties) w->tie += weight * creal(transform);
}

/*
 * Frequency after frequency.  Where |phi| is below the bound that leaves nothing of its power, the next ones that can
 * reach the bound again are at least (bound - |phi|)/E|u - centre| away, for that is the slope that |phi| may have.
 */
static hebb_status sum_directly(const tilted *x, window *w)
{
    const double log_bound = -(NOTHING + log(w->below)) / x->n_others, bound = exp(log_bound);
    const double per_step = x->spread * 2.0 * M_PI / w->length;
    double n_terms = 0.0;
    for (double k = 0.0; 2.0 * k <= w->length;) {
        const double complex less_one = characteristic(x, 2.0 * M_PI * k / w->length);
        const double log_phi = log_modulus(less_one);
        n_terms += (double)x->noise->n;
        if (n_terms > MOST_TERMS) return HEBB_ENOCONV;
        if (log_phi >= log_bound) add_frequency(x, k, less_one, w);
        k += log_phi >= log_bound ? 1.0 : fmax(1.0, floor((bound - exp(log_phi)) / per_step));
    }
    return HEBB_OK;
}

/* All frequencies at once, for few patterns. */
static hebb_status sum_by_transform(const tilted *x, window *w)
{
    size_t length = 1;
    while ((double)length < w->length) length *= 2;
    if (length > LONGEST_TRANSFORM) return HEBB_ENOCONV;
    double *law = calloc(2 * length, sizeof *law);
    if (law == NULL) return HEBB_ENOMEM;
    w->length = (double)length;
    const double lowest = -x->noise->signal;
    for (size_t k = 0; k < x->noise->n; k++)
        law[2 * (size_t)fmod(x->noise->value[k] - lowest, w->length)] += x->share[k];
    int failed = gsl_fft_complex_radix2_backward(law, 1, length);
    for (size_t k = 0; k <= length / 2 && !failed; k++) {
        const double turn = 2.0 * M_PI * (double)k / w->length * (lowest - x->centre);
        const double complex phi = complex_of(law[2 * k], law[2 * k + 1]) * complex_of(cos(turn), sin(turn));
        add_frequency(x, (double)k, phi - 1.0, w);
    }
    free(law);
    return failed ? HEBB_ENOCONV : HEBB_OK;
}

static hebb_status invert(const tilted *x, hebb_dense_law *law)
{
    window w = {.below = reach(x, -1)};
    w.length = w.below + reach(x, 1);
    w.length += 1.0 - fmod(w.length, 2.0);
    const double below = w.below, length = w.length;
    if (!(length < 0x1p52)) return HEBB_ENOCONV;
    const bool few = x->n_others < FEW && length > SHORT;
    hebb_status status = few ? sum_by_transform(x, &w) : sum_directly(x, &w);
    if (status == HEBB_ENOCONV) {
        w = (window){.below = below, .length = length};
        status = few ? sum_directly(x, &w) : sum_by_transform(x, &w);
    }
    if (status != HEBB_OK) return status;
    const double scale = exp(x->n_others * x->cumulant) / w.length;
    law->wrong = fmax(scale * w.wrong, 0.0);
    law->tie = fmax(scale * w.tie, 0.0);
    return HEBB_OK;
}

hebb_status hebb_dense_one_step(const hebb_dense_noise *noise, long n_patterns, hebb_dense_law *law)
{
    if (n_patterns < 1 || n_patterns > 1L << 52) return HEBB_EDOM;
    *law = (hebb_dense_law){0.0, 0.0, 0.0};
    if (n_patterns == 1) return HEBB_OK;
    const double n_others = (double)(n_patterns - 1), signal = noise->signal;
    law->moments = 0.5 * erfc(signal / sqrt(2.0 * n_others * noise->variance));

    /* S is on -(K-1) G + integers, in units of the step, and 2G is an integer. */
    const bool ties = n_patterns % 2 == 0 || fmod(2.0 * signal, 2.0) == 0.0;
    tilted x = {.noise = noise, .n_others = n_others, .ties = ties, .place = ties ? -signal : -signal - 0.5};
    x.centre = x.place / n_others;
    if (x.place <= -n_others * signal) { /* every pattern must be at its worst */
        double worst = 0.0;
        for (size_t k = 0; k < noise->n; k++)
            if (noise->value[k] == -signal) worst += exp(n_others * noise->log_probability[k]);
        *(ties ? &law->tie : &law->wrong) = worst;
        return HEBB_OK;
    }
    x.share = calloc(noise->n, sizeof *x.share);
    if (x.share == NULL) return HEBB_ENOMEM;
    hebb_status status = tilt(&x);
    if (status == HEBB_OK && n_others * x.cumulant > -740.0) status = invert(&x, law);
    free(x.share);
    return status;
}
