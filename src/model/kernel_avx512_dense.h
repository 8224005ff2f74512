/* The loops of dense memories for AVX-512, part of kernel_avx512.c: a row's bits are masks as they stand. */

LOOP inline __mmask16 sixteen_signs(const uint64_t *row, size_t first)
{
    return (__mmask16)(row[first / 64] >> first % 64);
}

LOOP void turn_row_by_masks(size_t n_patterns, const uint64_t *row, int change, int32_t *overlaps)
{
    const __m512i up = _mm512_set1_epi32(change), down = _mm512_set1_epi32(-change);
    for (size_t first = 0; first < n_patterns; first += 16) {
        const __mmask16 kept = n_patterns - first < 16 ? (__mmask16)((1u << (n_patterns - first)) - 1) : 0xFFFF;
        const __m512i changes = _mm512_mask_mov_epi32(down, sixteen_signs(row, first), up);
        const __m512i old = _mm512_maskz_loadu_epi32(kept, overlaps + first);
        _mm512_mask_storeu_epi32(overlaps + first, kept, _mm512_add_epi32(old, changes));
    }
}

/* Two neighbouring steps in one fetch of 64 bits. */
LOOP inline __m512i two_steps(__m256i at, const int32_t *steps)
{
    return _mm512_i32gather_epi64(at, steps, sizeof *steps);
}

LOOP void weigh_whole_by_masks(size_t n_patterns, const int32_t *overlaps, int32_t offset, const int32_t *steps,
                               int32_t *weights, int64_t sums[HEBB_WEIGHT_SUMS])
{
    const __m256i origin = _mm256_set1_epi32(offset);
    __m512i rise = _mm512_setzero_si512(), all = rise, size = rise;
    for (size_t first = 0; first < n_patterns; first += 8) {
        const __mmask8 kept = n_patterns - first < 8 ? (__mmask8)((1u << (n_patterns - first)) - 1) : 0xFF;
        const __m256i overlap =
            _mm256_mask_loadu_epi32(_mm256_sub_epi32(_mm256_setzero_si256(), origin), kept, overlaps + first);
        const __m512i pair = two_steps(_mm256_srai_epi32(_mm256_add_epi32(overlap, origin), 1), steps);
        const __m512i step = _mm512_srai_epi64(pair, 32); /* the upper one */
        const __m512i before = _mm512_srai_epi64(_mm512_slli_epi64(pair, 32), 32);
        const __m512i weight = _mm512_add_epi64(step, before);
        _mm256_mask_storeu_epi32(weights + first, kept, _mm512_cvtepi64_epi32(weight));
        rise = _mm512_mask_add_epi64(rise, kept, rise, step);
        all = _mm512_mask_add_epi64(all, kept, all, weight);
        size =
            _mm512_mask_add_epi64(size, kept, size, _mm512_add_epi64(_mm512_abs_epi64(before), _mm512_abs_epi64(step)));
    }
    sums[HEBB_SUM_OF_RISES] = _mm512_reduce_add_epi64(rise);
    sums[HEBB_SUM_OF_WEIGHTS] = _mm512_reduce_add_epi64(all);
    sums[HEBB_SUM_OF_SIZES] = _mm512_reduce_add_epi64(size);
}

LOOP inline double sum_register(__m512d lanes)
{
    double stored[8];
    _mm512_storeu_pd(stored, lanes);
    return sum_lanes(stored);
}

LOOP void weigh_real_by_masks(size_t n_patterns, const int32_t *overlaps, int32_t offset, const double *steps,
                              double *weights, double sums[HEBB_WEIGHT_SUMS])
{
    const __m256i origin = _mm256_set1_epi32(offset);
    __m512d rise = _mm512_setzero_pd(), all = rise, size = rise;
    for (size_t first = 0; first < n_patterns; first += 8) {
        const __mmask8 kept = n_patterns - first < 8 ? (__mmask8)((1u << (n_patterns - first)) - 1) : 0xFF;
        const __m256i overlap =
            _mm256_mask_loadu_epi32(_mm256_sub_epi32(_mm256_setzero_si256(), origin), kept, overlaps + first);
        const __m256i at = _mm256_srai_epi32(_mm256_add_epi32(overlap, origin), 1);
        const __m512d step = _mm512_i32gather_pd(at, steps + 1, sizeof *steps);
        const __m512d before = _mm512_i32gather_pd(at, steps, sizeof *steps);
        const __m512d weight = _mm512_add_pd(before, step);
        _mm512_mask_storeu_pd(weights + first, kept, weight);
        rise = _mm512_mask_add_pd(rise, kept, rise, step);
        all = _mm512_mask_add_pd(all, kept, all, weight);
        size = _mm512_mask_add_pd(size, kept, size, _mm512_add_pd(_mm512_abs_pd(before), _mm512_abs_pd(step)));
    }
    sums[HEBB_SUM_OF_RISES] = sum_register(rise);
    sums[HEBB_SUM_OF_WEIGHTS] = sum_register(all);
    sums[HEBB_SUM_OF_SIZES] = sum_register(size);
}

/* N_ROWS rows at once, so that a weight is read once for all of them; a word's bits come into the masks at once. */
LOOP inline void sum_whole_of(const size_t n_rows, const uint64_t *const *rows, size_t n_words, size_t n_words_narrow,
                              const int32_t *weights, int64_t *sums)
{
    for (size_t r = 0; r < n_rows; r++) sums[r] = 0;
    for (size_t w = 0; w < n_words;) {
        const size_t end = n_words - w > n_words_narrow ? w + n_words_narrow : n_words;
        __m512i lanes[HEBB_DENSE_ROWS];
        UNROLLED
        for (size_t r = 0; r < n_rows; r++) lanes[r] = _mm512_setzero_si512();
        for (; w < end; w++) {
            const int32_t *of_word = weights + 64 * w;
            const __m512i w0 = load(of_word), w1 = load(of_word + 16), w2 = load(of_word + 32), w3 = load(of_word + 48);
            UNROLLED
            for (size_t r = 0; r < n_rows; r++) {
                const __mmask64 bits = _load_mask64((__mmask64 *)(uintptr_t)(rows[r] + w));
                __m512i sum = _mm512_mask_add_epi32(lanes[r], (__mmask16)bits, lanes[r], w0);
                sum = _mm512_mask_add_epi32(sum, (__mmask16)_kshiftri_mask64(bits, 16), sum, w1);
                sum = _mm512_mask_add_epi32(sum, (__mmask16)_kshiftri_mask64(bits, 32), sum, w2);
                lanes[r] = _mm512_mask_add_epi32(sum, (__mmask16)_kshiftri_mask64(bits, 48), sum, w3);
            }
        }
        UNROLLED
        for (size_t r = 0; r < n_rows; r++)
            sums[r] += _mm512_reduce_add_epi64(
                _mm512_add_epi64(_mm512_cvtepi32_epi64(_mm512_castsi512_si256(lanes[r])),
                                 _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(lanes[r], 1))));
    }
}

LOOP void sum_whole_by_masks(size_t n_rows, const uint64_t *const *rows, size_t n_words, size_t n_words_narrow,
                             const int32_t *weights, int64_t *sums)
{
    size_t r = 0;
    for (; r + 8 <= n_rows; r += 8) sum_whole_of(8, rows + r, n_words, n_words_narrow, weights, sums + r);
    for (; r + 4 <= n_rows; r += 4) sum_whole_of(4, rows + r, n_words, n_words_narrow, weights, sums + r);
    for (; r < n_rows; r++) sum_whole_of(1, rows + r, n_words, n_words_narrow, weights, sums + r);
}

/* Inlined always: without a number of rows that it knows, clang cannot unroll. */
LOOP inline __attribute__((always_inline)) void sum_real_of(const size_t n_rows, const uint64_t *const *rows,
                                                            size_t n_words, const double *weights, double *sums)
{
    __m512d lanes[4]; /* there are seven masks */
    UNROLLED
    for (size_t r = 0; r < n_rows; r++) lanes[r] = _mm512_setzero_pd();
    for (size_t w = 0; w < n_words; w++) {
        __mmask64 bits[4];
        UNROLLED
        for (size_t r = 0; r < n_rows; r++) bits[r] = _load_mask64((__mmask64 *)(uintptr_t)(rows[r] + w));
        UNROLLED
        for (size_t q = 0; q < 8; q++) {
            const __m512d weight = _mm512_loadu_pd(weights + 64 * w + 8 * q);
            UNROLLED
            for (size_t r = 0; r < n_rows; r++) {
                lanes[r] = _mm512_mask_add_pd(lanes[r], (__mmask8)bits[r], lanes[r], weight);
                bits[r] = _kshiftri_mask64(bits[r], 8);
            }
        }
    }
    UNROLLED
    for (size_t r = 0; r < n_rows; r++) sums[r] = sum_register(lanes[r]);
}

LOOP void sum_real_by_masks(size_t n_rows, const uint64_t *const *rows, size_t n_words, const double *weights,
                            double *sums)
{
    size_t r = 0;
    for (; r + 4 <= n_rows; r += 4) sum_real_of(4, rows + r, n_words, weights, sums + r);
    for (; r < n_rows; r++) sum_real_of(1, rows + r, n_words, weights, sums + r);
}
