/*
 * The loops of Boltzmann machines for AVX2, part of kernel_avx2.c: what kernel_avx512_gibbs.h does, eight chains a register.
 * Of a group's 16 sums eight fit one, and the fourth bit says which.
 */

/* (word + 1/2), to 2^-23 of it; there is no conversion of unsigned numbers. */
LOOP inline __m256 word_and_half(__m256i word)
{
    const __m256 high = _mm256_cvtepi32_ps(_mm256_srli_epi32(word, 16));
    const __m256 low = _mm256_cvtepi32_ps(_mm256_and_si256(word, _mm256_set1_epi32(0xFFFF)));
    const __m256 whole = _mm256_add_ps(_mm256_mul_ps(high, _mm256_set1_ps(65536.0F)), low);
    return _mm256_add_ps(whole, _mm256_set1_ps(0.5F));
}

/* log(u/(1 - u)) to 5e-6, u = (word + 1/2)/2^32: as fixed_log_ratio, but for the series up to g^3 and the rounding. */
LOOP inline __m256 rough_logit(__m256i word)
{
    const __m256 a = word_and_half(word), b = word_and_half(_mm256_xor_si256(word, _mm256_set1_epi32(-1)));
    const __m256i bits_b = _mm256_castps_si256(b);
    const __m256i between =
        _mm256_add_epi32(_mm256_sub_epi32(_mm256_castps_si256(a), bits_b), _mm256_set1_epi32(1 << 22));
    const __m256 e = _mm256_cvtepi32_ps(_mm256_srai_epi32(between, 23));
    const __m256i exponent = _mm256_and_si256(between, _mm256_set1_epi32(-(1 << 23)));
    const __m256 near = _mm256_castsi256_ps(_mm256_add_epi32(bits_b, exponent));
    const __m256 f = _mm256_div_ps(_mm256_sub_ps(a, near), _mm256_add_ps(a, near)), g = _mm256_mul_ps(f, f);
    __m256 sum = _mm256_add_ps(_mm256_mul_ps(_mm256_set1_ps(2.0F / 7.0F), g), _mm256_set1_ps(2.0F / 5.0F));
    sum = _mm256_add_ps(_mm256_mul_ps(sum, g), _mm256_set1_ps(2.0F / 3.0F));
    sum = _mm256_add_ps(_mm256_mul_ps(sum, g), _mm256_set1_ps(2.0F));
    return _mm256_add_ps(_mm256_mul_ps(f, sum), _mm256_mul_ps(e, _mm256_set1_ps(0.693147181F)));
}

/* Which of 16 chains have their unit on next: in single precision where that decides. */
LOOP uint64_t next_of_eights(const hebb_gibbs_table *table, size_t stride, const uint32_t *rows,
                             const uint32_t random[LANES], double scale)
{
    __m256 field[2] = {_mm256_set1_ps((float)table->bias), _mm256_set1_ps((float)table->bias)};
    for (size_t g = 0; g < table->n_groups; g++) {
        const uint32_t *row = rows + table->groups[g] / 8 * stride;
        const int at = (int)(4 * (table->groups[g] % 8));
        const __m128i shift = _mm_cvtsi32_si128(at), to_sign = _mm_cvtsi32_si128(28 - at);
        const __m256 low = _mm256_loadu_ps(table->rough + 16 * g), high = _mm256_loadu_ps(table->rough + 16 * g + 8);
        for (int r = 0; r < 2; r++) {
            const __m256i units = _mm256_loadu_si256((const __m256i *)(const void *)(row + 8 * r));
            const __m256i which = _mm256_srl_epi32(units, shift);
            const __m256 is_high = _mm256_castsi256_ps(_mm256_sll_epi32(units, to_sign));
            field[r] = _mm256_add_ps(field[r], _mm256_blendv_ps(_mm256_permutevar8x32_ps(low, which),
                                                                _mm256_permutevar8x32_ps(high, which), is_high));
        }
    }
    const __m256 doubt = _mm256_set1_ps(doubt_of(table, scale)), factor = _mm256_set1_ps((float)scale);
    unsigned on = 0, in_doubt = 0;
    for (int r = 0; r < 2; r++) {
        const __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(random + 8 * r));
        const __m256 excess = _mm256_sub_ps(_mm256_mul_ps(factor, field[r]), rough_logit(words));
        const __m256 size = _mm256_andnot_ps(_mm256_set1_ps(-0.0F), excess);
        on |= (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(excess, _mm256_setzero_ps(), _CMP_GT_OQ)) << 8 * r;
        in_doubt |= (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(size, doubt, _CMP_NGT_UQ));
    }
    return __builtin_expect(in_doubt != 0, 0) ? next_of_lanes(table, stride, rows, random, scale) : on;
}

LOOP void gibbs_four_by_eights(const hebb_gibbs_four *four, hebb_philox noise, uint32_t sweep, double scale)
{
    gibbs_four_with(next_of_eights, four, noise, sweep, scale);
}
