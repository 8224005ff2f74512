/* The loops of dense memories for AVX2, part of kernel_avx2.c: a row's bits become masks of lanes. */

/* Bits 0 .. 7 of all lanes, as lanes of ones or zeros. */
LOOP inline __m256i eight_masks(__m256i bits)
{
    const __m256i each = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    return _mm256_cmpeq_epi32(_mm256_and_si256(bits, each), each);
}

LOOP inline __m256i eight_signs(const uint64_t *row, size_t first)
{
    return eight_masks(_mm256_set1_epi32((int)(row[first / 64] >> first % 64 & 255)));
}

LOOP void turn_row_by_masks(size_t n_patterns, const uint64_t *row, int change, int32_t *overlaps)
{
    const __m256i down = _mm256_set1_epi32(-change), twice = _mm256_set1_epi32(2 * change);
    size_t first = 0;
    for (; first + 8 <= n_patterns; first += 8) {
        __m256i *eight = (__m256i *)(void *)(overlaps + first);
        const __m256i changes = _mm256_add_epi32(down, _mm256_and_si256(eight_signs(row, first), twice));
        _mm256_storeu_si256(eight, _mm256_add_epi32(_mm256_loadu_si256(eight), changes));
    }
    for (; first < n_patterns; first++) overlaps[first] += row[first / 64] >> first % 64 & 1 ? change : -change;
}

LOOP inline int64_t sum_of_four(__m256i lanes)
{
    int64_t stored[4];
    _mm256_storeu_si256((__m256i *)(void *)stored, lanes);
    return stored[0] + stored[1] + stored[2] + stored[3];
}

/* Two neighbouring steps in one fetch of 64 bits; the compiler would fetch one by one. */
LOOP void weigh_whole_by_fours(size_t n_patterns, const int32_t *overlaps, int32_t offset, const int32_t *steps,
                               int32_t *weights, int64_t sums[HEBB_WEIGHT_SUMS])
{
    const __m256i apart = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
    const __m128i origin = _mm_set1_epi32(offset);
    __m256i rise = _mm256_setzero_si256(), all = rise, size = rise;
    size_t mu = 0;
    for (; mu + 4 <= n_patterns; mu += 4) {
        const __m128i overlap = _mm_loadu_si128((const __m128i *)(const void *)(overlaps + mu));
        const __m128i at = _mm_srai_epi32(_mm_add_epi32(overlap, origin), 1);
        const __m256i pairs = _mm256_permutevar8x32_epi32(
            _mm256_i32gather_epi64((const long long *)(const void *)steps, at, sizeof *steps), apart);
        const __m128i before = _mm256_castsi256_si128(pairs), step = _mm256_extracti128_si256(pairs, 1);
        const __m128i weight = _mm_add_epi32(before, step);
        _mm_storeu_si128((__m128i *)(void *)(weights + mu), weight);
        rise = _mm256_add_epi64(rise, _mm256_cvtepi32_epi64(step));
        all = _mm256_add_epi64(all, _mm256_cvtepi32_epi64(weight));
        size = _mm256_add_epi64(size, _mm256_cvtepi32_epi64(_mm_add_epi32(_mm_abs_epi32(before), _mm_abs_epi32(step))));
    }
    weigh_whole(n_patterns - mu, overlaps + mu, offset, steps, weights + mu, sums);
    sums[HEBB_SUM_OF_RISES] += sum_of_four(rise);
    sums[HEBB_SUM_OF_WEIGHTS] += sum_of_four(all);
    sums[HEBB_SUM_OF_SIZES] += sum_of_four(size);
}

LOOP inline int64_t sum_of_eight(__m256i lanes)
{
    int32_t stored[8];
    int64_t sum = 0;
    _mm256_storeu_si256((__m256i *)(void *)stored, lanes);
    for (int l = 0; l < 8; l++) sum += stored[l];
    return sum;
}

/* Rows at once, so that a weight is read once for all of them. */
LOOP inline void sum_whole_of(const size_t n_rows, const uint64_t *const *rows, size_t n_words, size_t n_words_narrow,
                              const int32_t *weights, int64_t *sums)
{
    for (size_t r = 0; r < n_rows; r++) sums[r] = 0;
    for (size_t w = 0; w < n_words;) {
        const size_t end = n_words - w > n_words_narrow ? w + n_words_narrow : n_words;
        __m256i lanes[4];
        for (size_t r = 0; r < n_rows; r++) lanes[r] = _mm256_setzero_si256();
        for (; w < end; w++)
            for (size_t q = 0; q < 64; q += 8) {
                const __m256i weight = _mm256_loadu_si256((const __m256i *)(const void *)(weights + 64 * w + q));
                for (size_t r = 0; r < n_rows; r++)
                    lanes[r] = _mm256_add_epi32(lanes[r], _mm256_and_si256(eight_signs(rows[r] + w, q), weight));
            }
        for (size_t r = 0; r < n_rows; r++) sums[r] += sum_of_eight(lanes[r]);
    }
}

LOOP void sum_whole_by_masks(size_t n_rows, const uint64_t *const *rows, size_t n_words, size_t n_words_narrow,
                             const int32_t *weights, int64_t *sums)
{
    size_t r = 0;
    for (; r + 4 <= n_rows; r += 4) sum_whole_of(4, rows + r, n_words, n_words_narrow, weights, sums + r);
    for (; r < n_rows; r++) sum_whole_of(1, rows + r, n_words, n_words_narrow, weights, sums + r);
}

/* Four masks of 64 bits from one of eight times 32. */
LOOP inline __m256d masked_four(__m128i masks, const double *weights)
{
    return _mm256_and_pd(_mm256_castsi256_pd(_mm256_cvtepi32_epi64(masks)), _mm256_loadu_pd(weights));
}

LOOP inline void sum_real_of(const size_t n_rows, const uint64_t *const *rows, size_t n_words, const double *weights,
                             double *sums)
{
    __m256d low[4], high[4];
    for (size_t r = 0; r < n_rows; r++) low[r] = high[r] = _mm256_setzero_pd();
    for (size_t mu = 0; mu < 64 * n_words; mu += 8)
        for (size_t r = 0; r < n_rows; r++) {
            const __m256i masks = eight_signs(rows[r], mu);
            low[r] = _mm256_add_pd(low[r], masked_four(_mm256_castsi256_si128(masks), weights + mu));
            high[r] = _mm256_add_pd(high[r], masked_four(_mm256_extracti128_si256(masks, 1), weights + mu + 4));
        }
    for (size_t r = 0; r < n_rows; r++) {
        double lanes[8];
        _mm256_storeu_pd(lanes, low[r]);
        _mm256_storeu_pd(lanes + 4, high[r]);
        sums[r] = sum_lanes(lanes);
    }
}

LOOP void sum_real_by_masks(size_t n_rows, const uint64_t *const *rows, size_t n_words, const double *weights,
                            double *sums)
{
    size_t r = 0;
    for (; r + 4 <= n_rows; r += 4) sum_real_of(4, rows + r, n_words, weights, sums + r);
    for (; r < n_rows; r++) sum_real_of(1, rows + r, n_words, weights, sums + r);
}
