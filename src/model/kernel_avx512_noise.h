/*
 * Thermal noise of the AVX-512 kernel: what kernel_body.h does number by number, 32 at a time, the same operations in
 * the same order.  Four registers go side by side, since one waits for each of its operations.
 */

enum { ABREAST = TILE / 8 };
typedef struct {
    __m512d x[ABREAST];
} reals;

#define EACH_REGISTER                                                                                                  \
    UNROLLED                                                                                                           \
    for (int r = 0; r < ABREAST; r++)

/* a = a b + c */
LOOP inline void times_plus(reals *a, const reals *b, double c)
{
    EACH_REGISTER a->x[r] = _mm512_mul_pd(a->x[r], b->x[r]);
    EACH_REGISTER a->x[r] = _mm512_add_pd(a->x[r], _mm512_set1_pd(c));
}

/* log(a / b)                                                                                  fixed_log_ratio */
LOOP inline reals log_ratios(reals a, reals b)
{
    const __m512i half = _mm512_set1_epi64(INT64_C(1) << 51), upper = _mm512_set1_epi64(-(INT64_C(1) << 52));
    reals e, f, g, g2, even, odd;
    EACH_REGISTER
    {
        const __m512i bits_a = _mm512_castpd_si512(a.x[r]), bits_b = _mm512_castpd_si512(b.x[r]);
        const __m512i exponent = _mm512_and_si512(_mm512_add_epi64(_mm512_sub_epi64(bits_a, bits_b), half), upper);
        b.x[r] = _mm512_castsi512_pd(_mm512_add_epi64(bits_b, exponent));
        e.x[r] = _mm512_cvtepi64_pd(_mm512_srai_epi64(exponent, 52));
    }
    EACH_REGISTER f.x[r] = _mm512_div_pd(_mm512_sub_pd(a.x[r], b.x[r]), _mm512_add_pd(a.x[r], b.x[r]));
    EACH_REGISTER e.x[r] = _mm512_mul_pd(e.x[r], _mm512_set1_pd(0.693147180559945309417232121458));
    EACH_REGISTER g.x[r] = _mm512_mul_pd(f.x[r], f.x[r]);
    EACH_REGISTER g2.x[r] = _mm512_mul_pd(g.x[r], g.x[r]);
    EACH_REGISTER even.x[r] = _mm512_set1_pd(1.0 / 21.0);
    EACH_REGISTER odd.x[r] = _mm512_set1_pd(1.0 / 19.0);
    UNROLLED
    for (int k = 17; k > 4; k -= 4) {
        times_plus(&even, &g2, 1.0 / k);
        times_plus(&odd, &g2, 1.0 / (k - 2));
    }
    EACH_REGISTER
    {
        const __m512d sum = _mm512_add_pd(_mm512_mul_pd(even.x[r], g2.x[r]), _mm512_mul_pd(odd.x[r], g.x[r]));
        const __m512d twice = _mm512_add_pd(f.x[r], f.x[r]);
        f.x[r] = _mm512_add_pd(e.x[r], _mm512_add_pd(_mm512_mul_pd(twice, sum), twice));
    }
    return f;
}

LOOP inline reals uniforms(const uint64_t words[TILE])
{
    reals u;
    EACH_REGISTER
    {
        const __m512i bits =
            _mm512_or_si512(_mm512_srli_epi64(load(words + 8 * r), 12), _mm512_set1_epi64(0x3FF0000000000000));
        u.x[r] = _mm512_sub_pd(_mm512_castsi512_pd(bits), _mm512_set1_pd(1.0 - 0x1p-53));
    }
    return u;
}

/* The floors of scale x, within the bound of the fields. */
LOOP inline void scaled_floors(double scale, reals x, int32_t floors[TILE])
{
    const __m512d bound = _mm512_set1_pd(HEBB_FIELD_BOUND), low = _mm512_set1_pd(-HEBB_FIELD_BOUND);
    EACH_REGISTER x.x[r] = _mm512_mul_pd(x.x[r], _mm512_set1_pd(scale));
    EACH_REGISTER
    {
        const __m512d held = _mm512_max_pd(_mm512_min_pd(x.x[r], bound), low);
        _mm256_storeu_si256((__m256i *)(void *)(floors + 8 * r),
                            _mm512_cvt_roundpd_epi32(held, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC));
    }
}

LOOP void heat_bath_by_tiles(size_t n, const int8_t *spins, const uint64_t *words, double scale, int32_t n_patterns,
                             int32_t *limits)
{
    for (size_t k = 0; k < n; k += TILE) {
        const reals u = uniforms(words + k);
        reals rest;
        EACH_REGISTER rest.x[r] = _mm512_sub_pd(_mm512_set1_pd(1.0), u.x[r]);
        scaled_floors(scale, log_ratios(u, rest), limits + k);
    }
    /* -threshold - 1 is its complement */
    for (size_t k = 0; k < n; k++) limits[k] = n_patterns + (limits[k] ^ (spins[k] >> 7));
}

LOOP void metropolis_by_tiles(size_t n, const uint64_t *words, double scale, int32_t n_patterns, int32_t *limits)
{
    reals ones;
    EACH_REGISTER ones.x[r] = _mm512_set1_pd(1.0);
    for (size_t k = 0; k < n; k += TILE) scaled_floors(scale, log_ratios(uniforms(words + k), ones), limits + k);
    for (size_t k = 0; k < n; k++) limits[k] = n_patterns - 1 - limits[k];
}
