/*
 * The loops of Boltzmann machines for AVX-512, part of kernel_avx512.c: a lane has the units of one chain, and four of its
 * bits pick one of a group's 16 sums.
 *
 * Whether a unit is on is first tried in single precision, 16 chains a register (vpermps), with a bound on all that this can
 * be wrong by; where the two sides are nearer, in one of some hundreds of words, the 64 chains are looked at again
 * in double precision, 8 a register (vpermi2pd), as the other kernels do it.  The outcome is the same to the bit.
 */

LOOP void sum_four_at_once(const double weights[4], bool is_sign, double table[16], float rough[16])
{
    __m512d low = _mm512_setzero_pd(), high = low;
    const __m512d absent = is_sign ? _mm512_set1_pd(-0.0) : _mm512_setzero_pd();
    UNROLLED
    for (int k = 0; k < 4; k++) {
        const __mmask8 on[3] = {0xAA, 0xCC, 0xF0};
        const __m512d weight = _mm512_set1_pd(weights[k]);
        const __m512d off = is_sign ? _mm512_xor_pd(weight, absent) : absent;
        const __m512d low_term = k < 3 ? _mm512_mask_mov_pd(off, on[k], weight) : off;
        const __m512d high_term = k < 3 ? low_term : weight;
        low = k == 0 ? low_term : _mm512_add_pd(low, low_term);
        high = k == 0 ? high_term : _mm512_add_pd(high, high_term);
    }
    _mm512_storeu_pd(table, low);
    _mm512_storeu_pd(table + 8, high);
    _mm256_storeu_ps(rough, _mm512_cvtpd_ps(low));
    _mm256_storeu_ps(rough + 8, _mm512_cvtpd_ps(high));
}

LOOP void chain_rows_by_masks(size_t n_units, size_t n_words, const uint64_t *bits, size_t stride, uint32_t *rows)
{
    for (size_t first = 0; first < n_units; first += 32) {
        __m512i row[4];
        UNROLLED
        for (int r = 0; r < 4; r++) row[r] = _mm512_setzero_si512();
        for (size_t k = 0; k < 32 && first + k < n_units; k++) {
            const uint64_t word = bits[(first + k) * n_words];
            const __m512i bit = _mm512_set1_epi32((int)(1u << k));
            UNROLLED
            for (int r = 0; r < 4; r++) row[r] = _mm512_mask_or_epi32(row[r], (__mmask16)(word >> 16 * r), row[r], bit);
        }
        UNROLLED
        for (int r = 0; r < 4; r++) _mm512_storeu_si512(rows + first / 32 * stride + 16 * (size_t)r, row[r]);
    }
}

/* log(a / b) of one register: log_ratios of kernel_avx512_noise.h; here the processor finds what goes side by side. */
LOOP inline __m512d log_ratio_of(__m512d a, __m512d b)
{
    const __m512i half = _mm512_set1_epi64(INT64_C(1) << 51), upper = _mm512_set1_epi64(-(INT64_C(1) << 52));
    const __m512i bits_a = _mm512_castpd_si512(a), bits_b = _mm512_castpd_si512(b);
    const __m512i exponent = _mm512_and_si512(_mm512_add_epi64(_mm512_sub_epi64(bits_a, bits_b), half), upper);
    b = _mm512_castsi512_pd(_mm512_add_epi64(bits_b, exponent));
    const __m512d e = _mm512_cvtepi64_pd(_mm512_srai_epi64(exponent, 52));
    const __m512d f = _mm512_div_pd(_mm512_sub_pd(a, b), _mm512_add_pd(a, b));
    const __m512d g = _mm512_mul_pd(f, f), g2 = _mm512_mul_pd(g, g), twice = _mm512_add_pd(f, f);
    __m512d even = _mm512_set1_pd(1.0 / 21.0), odd = _mm512_set1_pd(1.0 / 19.0);
    UNROLLED
    for (int k = 17; k > 4; k -= 4) {
        even = _mm512_add_pd(_mm512_mul_pd(even, g2), _mm512_set1_pd(1.0 / k));
        odd = _mm512_add_pd(_mm512_mul_pd(odd, g2), _mm512_set1_pd(1.0 / (k - 2)));
    }
    const __m512d sum = _mm512_add_pd(_mm512_mul_pd(even, g2), _mm512_mul_pd(odd, g));
    return _mm512_add_pd(_mm512_mul_pd(e, _mm512_set1_pd(0.693147180559945309417232121458)),
                         _mm512_add_pd(_mm512_mul_pd(twice, sum), twice));
}

/* Philox of n_registers x 8 chains from `site` on: word c of register r, in the lower halves of the lanes.    [SMDS11] */
LOOP inline __attribute__((always_inline)) void philox_chains(const int n_registers, hebb_philox generator,
                                                              uint32_t sweep, uint32_t site, uint64_t index,
                                                              __m512i word[4][8])
{
    const __m512i multiplier0 = _mm512_set1_epi64(0xD2511F53), multiplier1 = _mm512_set1_epi64(0xCD9E8D57);
    const __m512i eight = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
    uint32_t key0 = generator.key[0], key1 = generator.key[1];
    UNROLLED
    for (int r = 0; r < n_registers; r++) {
        word[0][r] = _mm512_set1_epi64((uint32_t)index);
        word[1][r] = _mm512_set1_epi64((int64_t)(index >> 32));
        word[2][r] = _mm512_add_epi64(_mm512_set1_epi64((int64_t)site + 8 * r), eight);
        word[3][r] = _mm512_set1_epi64(sweep);
    }
    ROLLED
    for (int round = 0; round < 10; round++) {
        const __m512i keys0 = _mm512_set1_epi64(key0), keys1 = _mm512_set1_epi64(key1);
        UNROLLED
        for (int r = 0; r < n_registers; r++) {
            const __m512i product0 = _mm512_mul_epu32(word[0][r], multiplier0);
            const __m512i product1 = _mm512_mul_epu32(word[2][r], multiplier1);
            word[0][r] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product1, 32), word[1][r], keys0, 0x96);
            word[2][r] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product0, 32), word[3][r], keys1, 0x96);
            word[1][r] = product1;
            word[3][r] = product0;
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
}

/* Which of 16 n chains have their unit on next: as the other kernels have it. */
LOOP uint64_t next_on_exactly(size_t n, const hebb_gibbs_table *table, size_t stride, const uint32_t *rows,
                              const uint32_t *random, double scale)
{
    uint64_t on = 0;
    for (size_t first = 0; first < 16 * n; first += 8) {
        __m512d field = _mm512_set1_pd(table->bias);
        for (size_t g = 0; g < table->n_groups; g++) {
            const __m256i row =
                _mm256_loadu_si256((const __m256i *)(const void *)(rows + table->groups[g] / 8 * stride + first));
            const __m512i which =
                _mm512_cvtepu32_epi64(_mm256_srl_epi32(row, _mm_cvtsi32_si128((int)(4 * (table->groups[g] % 8)))));
            const __m512d low = _mm512_loadu_pd(table->sums + 16 * g), high = _mm512_loadu_pd(table->sums + 16 * g + 8);
            field = _mm512_add_pd(field, _mm512_permutex2var_pd(low, which, high));
        }
        const __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(random + first));
        const __m512d u = _mm512_add_pd(_mm512_cvtepu32_pd(words), _mm512_set1_pd(0.5));
        const __m512d limit = log_ratio_of(u, _mm512_sub_pd(_mm512_set1_pd(0x1p32), u));
        const __mmask8 eight = _mm512_cmp_pd_mask(limit, _mm512_mul_pd(_mm512_set1_pd(scale), field), _CMP_LT_OQ);
        on |= (uint64_t)eight << first;
    }
    return on;
}

/*
 * log(u/(1 - u)) to 3e-5, u = (word + 1/2)/2^32: as fixed_log_ratio, but for the reciprocal to 2^-14, which counts 2.6e-5, the
 * series up to g^3, and the rounding of numbers up to 23.
 */
LOOP inline __m512 rough_logit(__m512i word)
{
    const __m512 half = _mm512_set1_ps(0.5F);
    const __m512 a = _mm512_add_ps(_mm512_cvtepu32_ps(word), half);
    const __m512 b = _mm512_add_ps(_mm512_cvtepu32_ps(_mm512_ternarylogic_epi32(word, word, word, 0x55)), half);
    const __m512i bits_b = _mm512_castps_si512(b);
    const __m512i between =
        _mm512_add_epi32(_mm512_sub_epi32(_mm512_castps_si512(a), bits_b), _mm512_set1_epi32(1 << 22));
    const __m512 e = _mm512_cvtepi32_ps(_mm512_srai_epi32(between, 23));
    const __m512i exponent = _mm512_and_si512(between, _mm512_set1_epi32(-(1 << 23)));
    const __m512 near = _mm512_castsi512_ps(_mm512_add_epi32(bits_b, exponent));
    const __m512 f = _mm512_mul_ps(_mm512_sub_ps(a, near), _mm512_rcp14_ps(_mm512_add_ps(a, near)));
    const __m512 g = _mm512_mul_ps(f, f);
    __m512 sum = _mm512_fmadd_ps(_mm512_set1_ps(2.0F / 7.0F), g, _mm512_set1_ps(2.0F / 5.0F));
    sum = _mm512_fmadd_ps(sum, g, _mm512_set1_ps(2.0F / 3.0F));
    sum = _mm512_fmadd_ps(sum, g, _mm512_set1_ps(2.0F));
    return _mm512_fmadd_ps(f, sum, _mm512_mul_ps(e, _mm512_set1_ps(0.693147181F)));
}

/* The same of n_registers x 16 chains, in single precision where that decides. */
LOOP inline __attribute__((always_inline)) uint64_t next_on(const int n_registers, const hebb_gibbs_table *table,
                                                            size_t stride, const uint32_t *rows, const uint32_t *random,
                                                            double scale)
{
    __m512 field[4];
    UNROLLED
    for (int r = 0; r < n_registers; r++) field[r] = _mm512_set1_ps((float)table->bias);
    ROLLED
    for (size_t g = 0; g < table->n_groups; g++) {
        const uint32_t *row = rows + table->groups[g] / 8 * stride;
        const __m128i shift = _mm_cvtsi32_si128((int)(4 * (table->groups[g] % 8)));
        const __m512 sums = _mm512_loadu_ps(table->rough + 16 * g);
        UNROLLED
        for (int r = 0; r < n_registers; r++) {
            const __m512i which = _mm512_srl_epi32(load(row + 16 * r), shift);
            field[r] = _mm512_add_ps(field[r], _mm512_permutexvar_ps(which, sums));
        }
    }
    const __m512 doubt = _mm512_set1_ps(doubt_of(table, scale)), factor = _mm512_set1_ps((float)scale);
    uint64_t on = 0;
    unsigned in_doubt = 0;
    UNROLLED
    for (int r = 0; r < n_registers; r++) {
        const __m512 excess = _mm512_fmsub_ps(factor, field[r], rough_logit(load(random + 16 * r)));
        on |= (uint64_t)_mm512_cmp_ps_mask(excess, _mm512_setzero_ps(), _CMP_GT_OQ) << 16 * r;
        in_doubt |= (unsigned)_mm512_cmp_ps_mask(_mm512_abs_ps(excess), doubt, _CMP_NGT_UQ);
    }
    if (__builtin_expect(in_doubt != 0, 0))
        return next_on_exactly((size_t)n_registers, table, stride, rows, random, scale);
    return on;
}

/* n_registers x 16 chains from `first` on, which do not go beyond one word of bits. */
LOOP inline __attribute__((always_inline)) void update_chains(const int n_registers, const hebb_gibbs_four *four,
                                                              hebb_philox noise, uint32_t sweep, double scale,
                                                              size_t first)
{
    __m512i word[4][8];
    uint32_t random[4][64];
    philox_chains(2 * n_registers, noise, sweep, four->first_chain + (uint32_t)first, four->first_unit / 4, word);
    UNROLLED
    for (int k = 0; k < 4; k++) {
        UNROLLED
        for (int r = 0; r < n_registers; r++)
            _mm512_storeu_si512(random[k] + 16 * r, even_dwords(word[k][2 * r], word[k][2 * r + 1]));
    }
    const size_t left = four->n_chains - first, most = 16 * (size_t)n_registers;
    const uint64_t kept = ~UINT64_C(0) >> (64 - (left < most ? left : most));
    uint32_t *rows = four->rows + four->first_unit / 32 * four->stride + first;
    for (size_t k = 0; k < 4; k++) {
        if (!(four->updated >> k & 1)) continue;
        const uint64_t on = next_on(n_registers, four->tables + k, four->stride, four->rows + first, random[k], scale);
        const __m512i bit = _mm512_set1_epi32((int)(1u << (four->first_unit + k) % 32));
        UNROLLED
        for (int r = 0; r < n_registers; r++) {
            const __m512i others = _mm512_andnot_si512(bit, load(rows + 16 * r));
            _mm512_storeu_si512(rows + 16 * r, _mm512_mask_or_epi32(others, (__mmask16)(on >> 16 * r), others, bit));
        }
        uint64_t *target = four->bits + k * four->n_words + first / 64;
        *target = (*target & ~(kept << first % 64)) | (on & kept) << first % 64;
    }
}

LOOP void gibbs_four_by_words(const hebb_gibbs_four *four, hebb_philox noise, uint32_t sweep, double scale)
{
    size_t first = 0;
    for (; first + 64 <= four->n_chains; first += 64) update_chains(4, four, noise, sweep, scale, first);
    for (; first + 16 < four->n_chains; first += 32) update_chains(2, four, noise, sweep, scale, first);
    if (first < four->n_chains) update_chains(1, four, noise, sweep, scale, first);
}
