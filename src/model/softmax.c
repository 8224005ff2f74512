#include "softmax.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

enum { LANES = 8 };

typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t bits __attribute__((vector_size(8 * LANES)));

/* ln 2 in two parts, the first with 32 bits, so that n times it is exact. */
static const double LN2_HIGH = 0x1.62e42feep-1, LN2_LOW = 0x1.a39ef35793c76p-33, LOG2_E = 0x1.71547652b82fep+0;
static const double LEAST = -708.0; /* e^y is a normal number above */

/* 1.5 * 2^52: adding it rounds to an integer, whose low bits are then those of the sum. */
static const double ROUNDER = 0x1.8p52;

/* 1/j! */
static const double TAYLOR[] = {
    1.0,          1.0,           1.0 / 2.0,      1.0 / 6.0,     1.0 / 24.0,     1.0 / 120.0,     1.0 / 720.0,
    1.0 / 5040.0, 1.0 / 40320.0, 1.0 / 362880.0, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800.0};

/* v <- e^v.  The polynomial in parts that do not wait for each other. */
static inline __attribute__((always_inline)) void exponential(lanes *v)
{
    const bits is_kept = *v >= LEAST;
    const lanes y = (lanes)((bits)*v & is_kept); /* 0 where it is too small: no overflow on the way */
    const lanes shifted = y * LOG2_E + ROUNDER;
    const lanes n = shifted - ROUNDER;
    const lanes r = (y - n * LN2_HIGH) - n * LN2_LOW;
    const lanes r2 = r * r, r4 = r2 * r2;
    const lanes low = (r * TAYLOR[3] + TAYLOR[2]) * r2;
    const lanes middle = (r * TAYLOR[7] + TAYLOR[6]) * r2 + (r * TAYLOR[5] + TAYLOR[4]);
    const lanes high = (r * TAYLOR[11] + TAYLOR[10]) * r2 + (r * TAYLOR[9] + TAYLOR[8]);
    const lanes highest = r * TAYLOR[13] + TAYLOR[12];
    const lanes p = ((((highest * r4 + high) * r4 + middle) * r4 + low) + r) + 1.0;
    const lanes power = (lanes)(((bits)shifted + 1023) << 52);
    *v = (lanes)((bits)(p * power) & is_kept);
}

static inline __attribute__((always_inline)) void take_larger(lanes *a, const lanes *b)
{
    const bits is_larger = *b > *a;
    *a = (lanes)(((bits)*b & is_larger) | ((bits)*a & ~is_larger));
}

#define TARGET
#define NAME(x)     portable_##x
#define EXPONENTIAL exponential
#define TAKE_LARGER take_larger
#include "softmax_body.h"

#ifdef __x86_64__

#define TARGET      __attribute__((target("avx2")))
#define NAME(x)     avx2_##x
#define EXPONENTIAL exponential
#define TAKE_LARGER take_larger
#include "softmax_body.h"

#define AVX512 __attribute__((target("avx512f,avx512dq")))

#define CONSTANT(x)           _mm512_set1_pd(x)
#define MULTIPLY_ADD(a, b, c) _mm512_fmadd_pd(a, b, c)

/* The same with fused operations: half of the instructions. */
AVX512 static inline __attribute__((always_inline)) void exponential_fused(lanes *v)
{
    const __m512d y = (__m512d)*v;
    const __mmask8 is_kept = _mm512_cmp_pd_mask(y, CONSTANT(LEAST), _CMP_GE_OQ);
    const __m512d n =
        _mm512_roundscale_pd(_mm512_mul_pd(y, CONSTANT(LOG2_E)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512d r = _mm512_fnmadd_pd(n, CONSTANT(LN2_LOW), _mm512_fnmadd_pd(n, CONSTANT(LN2_HIGH), y));
    const __m512d r2 = _mm512_mul_pd(r, r), r4 = _mm512_mul_pd(r2, r2);
    __m512d p = MULTIPLY_ADD(r, CONSTANT(TAYLOR[13]), CONSTANT(TAYLOR[12]));
    const __m512d high = MULTIPLY_ADD(MULTIPLY_ADD(r, CONSTANT(TAYLOR[11]), CONSTANT(TAYLOR[10])), r2,
                                      MULTIPLY_ADD(r, CONSTANT(TAYLOR[9]), CONSTANT(TAYLOR[8])));
    const __m512d middle = MULTIPLY_ADD(MULTIPLY_ADD(r, CONSTANT(TAYLOR[7]), CONSTANT(TAYLOR[6])), r2,
                                        MULTIPLY_ADD(r, CONSTANT(TAYLOR[5]), CONSTANT(TAYLOR[4])));
    const __m512d low = MULTIPLY_ADD(MULTIPLY_ADD(r, CONSTANT(TAYLOR[3]), CONSTANT(TAYLOR[2])), r2, r);
    p = MULTIPLY_ADD(MULTIPLY_ADD(p, r4, high), r4, middle);
    p = _mm512_add_pd(MULTIPLY_ADD(p, r4, low), CONSTANT(1.0));
    *v = (lanes)_mm512_maskz_scalef_pd(is_kept, p, n);
}

AVX512 static inline __attribute__((always_inline)) void take_larger_at_once(lanes *a, const lanes *b)
{
    *a = (lanes)_mm512_max_pd((__m512d)*b, (__m512d)*a);
}

#define TARGET      AVX512
#define NAME(x)     avx512_##x
#define EXPONENTIAL exponential_fused
#define TAKE_LARGER take_larger_at_once
#include "softmax_body.h"

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
}

/* Calls the function's copy for this processor. */
#define CALL(function, ...)                                                                                            \
    (has_avx512()                     ? avx512_##function(__VA_ARGS__)                                                 \
     : __builtin_cpu_supports("avx2") ? avx2_##function(__VA_ARGS__)                                                   \
                                      : portable_##function(__VA_ARGS__))
#else
#define CALL(function, ...) portable_##function(__VA_ARGS__)
#endif

double hebb_softmax(size_t n, double *x, double *max)
{
    return CALL(softmax, n, x, max);
}

double hebb_softmax_square(size_t n, const double *x)
{
    return CALL(square, n, x);
}

void hebb_softmax_scale(size_t n, double factor, double *x)
{
    CALL(scale, n, factor, x);
}
