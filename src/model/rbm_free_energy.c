#include "rbm_free_energy.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 8, AT_ONCE = 4080 };

typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t bits __attribute__((vector_size(8 * LANES)));
typedef float floats __attribute__((vector_size(4 * LANES)));

/* ln 2 in two parts, the first with 32 bits, so that n times it is exact. */
static const double LN2_HIGH = 0x1.62e42feep-1, LN2_LOW = 0x1.a39ef35793c76p-33, LOG2_E = 0x1.71547652b82fep+0;
static const double LEAST = -700.0;     /* e^y is a normal number above, and nothing beside 1 below */
static const double ROUNDER = 0x1.8p52; /* adding it rounds to an integer, whose low bits are then those of the sum */

/* 1/j!: the rest is below 1e-16 for |r| <= ln 2/2 */
static const double TAYLOR[] = {
    1.0,          1.0,           1.0 / 2.0,      1.0 / 6.0,     1.0 / 24.0,     1.0 / 120.0,    1.0 / 720.0,
    1.0 / 5040.0, 1.0 / 40320.0, 1.0 / 362880.0, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600};

/* v <- e^v for LEAST <= v <= 0; in place: a vector that is passed on by value would depend on the target. */
static inline __attribute__((always_inline)) void exponential(lanes *v)
{
    const lanes shifted = *v * LOG2_E + ROUNDER, n = shifted - ROUNDER;
    const lanes r = (*v - n * LN2_HIGH) - n * LN2_LOW;
    lanes p = r * TAYLOR[12] + TAYLOR[11];
    for (int j = 10; j >= 0; j--) p = p * r + TAYLOR[j];
    *v = p * (lanes)(((bits)shifted + 1023) << 52);
}

/*
 * n <= AT_ONCE, so that no product of factors up to 2 overflows.
 *
 * scale  in   of the field: beta, twice that for units -1, +1
 * sum    out  of |scale x| over units, or where is_binary of its positive part
 */
static inline __attribute__((always_inline)) double product_body(double scale, size_t n, const float *fields,
                                                                 bool is_binary, double *sum)
{
    lanes product = {0.0}, total = {0.0};
    product += 1.0;
    for (size_t k = 0; k < n; k += LANES) {
        floats few = {0.0f};
        const size_t n_here = n - k < LANES ? n - k : LANES;
        if (n_here == LANES)
            memcpy(&few, fields + k, sizeof few);
        else
            memcpy(&few, fields + k, n_here * sizeof *fields);
        const lanes x = __builtin_convertvector(few, lanes) * scale;
        const bits is_negative = x < 0.0;
        const lanes magnitude = (lanes)(((bits)x & ~is_negative) | ((bits)-x & is_negative));
        const bits is_kept = -magnitude >= LEAST;
        lanes e = (lanes)((bits)-magnitude & is_kept);
        exponential(&e);
        lanes factor = (lanes)((bits)e & is_kept) + 1.0;
        if (n_here < LANES)
            for (size_t l = n_here; l < LANES; l++) factor[l] = 1.0;
        product *= factor;
        total += is_binary ? (lanes)((bits)x & ~is_negative) : magnitude;
    }
    *sum = ((total[0] + total[4]) + (total[2] + total[6])) + ((total[1] + total[5]) + (total[3] + total[7]));
    /* Each lane is at most 2^510: two of them are multiplied safely. */
    return log(product[0] * product[1]) + log(product[2] * product[3]) + log(product[4] * product[5]) +
           log(product[6] * product[7]);
}

typedef double product_function(double scale, size_t n, const float *fields, bool is_binary, double *sum);

static double portable_product(double scale, size_t n, const float *fields, bool is_binary, double *sum)
{
    return product_body(scale, n, fields, is_binary, sum);
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static double avx2_product(double scale, size_t n, const float *fields, bool is_binary,
                                                           double *sum)
{
    return product_body(scale, n, fields, is_binary, sum);
}

__attribute__((target("avx512f,avx512dq"))) static double avx512_product(double scale, size_t n, const float *fields,
                                                                         bool is_binary, double *sum)
{
    return product_body(scale, n, fields, is_binary, sum);
}
#endif

static product_function *product(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return avx512_product;
    if (__builtin_cpu_supports("avx2")) return avx2_product;
#endif
    return portable_product;
}

static double gaussian_sums(double sigma, double beta, size_t n, const float *fields)
{
    double squares = 0.0;
    for (size_t j = 0; j < n; j++) squares += (double)fields[j] * (double)fields[j];
    return 0.5 * sigma * sigma * beta * beta * squares + (double)n * (log(sigma) + 0.5 * log(2.0 * M_PI));
}

double hebb_layer_log_sums(hebb_layer_kind kind, double sigma, double beta, size_t n, const float *fields)
{
    if (kind == HEBB_LAYER_GAUSSIAN) return gaussian_sums(sigma, beta, n, fields);
    const bool is_binary = kind == HEBB_LAYER_BINARY;
    product_function *of_some = product();
    double total = 0.0;
    for (size_t j = 0; j < n; j += AT_ONCE) {
        double sum;
        total += of_some(is_binary ? beta : 2.0 * beta, n - j < AT_ONCE ? n - j : AT_ONCE, fields + j, is_binary, &sum);
        total += is_binary ? sum : 0.5 * sum;
    }
    return total;
}

double hebb_layer_bias_sum(const hebb_layer_states *states, size_t r, const double *bias)
{
    const hebb_index_lists *lists = &states->lists;
    double sum = 0.0;
    if (states->kind == HEBB_LAYER_GAUSSIAN) {
        const float *reals = states->reals + r * states->n_units;
        for (size_t i = 0; i < states->n_units; i++) sum += bias[i] * (double)reals[i];
        return sum;
    }
    for (size_t k = lists->starts[r]; k < lists->starts[r + 1]; k++) sum += bias[lists->indices[k]];
    if (states->kind == HEBB_LAYER_BINARY) return sum;
    double all = 0.0;
    for (size_t i = 0; i < states->n_units; i++) all += bias[i];
    return 2.0 * sum - all;
}

double hebb_layer_own_log(const hebb_layer_states *states, size_t r, const double *bias, double sigma)
{
    const double sum = hebb_layer_bias_sum(states, r, bias);
    if (states->kind != HEBB_LAYER_GAUSSIAN) return sum;
    const float *reals = states->reals + r * states->n_units;
    double squares = 0.0;
    for (size_t i = 0; i < states->n_units; i++) squares += (double)reals[i] * (double)reals[i];
    return sum - squares / (2.0 * sigma * sigma);
}
