/* Random bits of the AVX-512 kernel: Philox of 32 sites at once, and what is drawn with it. */

/*
 * Philox of 32 sites, a 64-bit lane each, 8 a register.  Only the lower halves count: vpmuludq reads no others.
 * word[c][g] is word c of sites 8 g .. 8 g + 7.                                                          [SMDS11]
 */
LOOP inline void philox_tile(hebb_philox generator, uint32_t sweep, const uint32_t sites[TILE], uint64_t index,
                             __m512i word[4][4])
{
    const __m512i multiplier0 = _mm512_set1_epi64(0xD2511F53), multiplier1 = _mm512_set1_epi64(0xCD9E8D57);
    uint32_t key0 = generator.key[0], key1 = generator.key[1];
    for (int g = 0; g < 4; g++) {
        word[0][g] = _mm512_set1_epi64((uint32_t)index);
        word[1][g] = _mm512_set1_epi64((int64_t)(index >> 32));
        word[2][g] = _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(const void *)(sites + 8 * g)));
        word[3][g] = _mm512_set1_epi64(sweep);
    }
    for (int round = 0; round < 10; round++) {
        const __m512i keys0 = _mm512_set1_epi64(key0), keys1 = _mm512_set1_epi64(key1);
        for (int g = 0; g < 4; g++) {
            const __m512i product0 = _mm512_mul_epu32(word[0][g], multiplier0);
            const __m512i product1 = _mm512_mul_epu32(word[2][g], multiplier1);
            word[0][g] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product1, 32), word[1][g], keys0, 0x96);
            word[2][g] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product0, 32), word[3][g], keys1, 0x96);
            word[1][g] = product1;
            word[3][g] = product0;
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
}

/* The next 32 sites, the last one repeated where there are fewer. */
LOOP inline size_t take_tile(size_t n, const uint32_t *neurons, uint32_t sites[TILE])
{
    const size_t n_sites = n < TILE ? n : TILE;
    for (size_t l = 0; l < TILE; l++) sites[l] = neurons[l < n_sites ? l : n_sites - 1];
    return n_sites;
}

LOOP inline __m512i even_dwords(__m512i a, __m512i b)
{
    const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    return _mm512_permutex2var_epi32(a, even, b);
}

LOOP void draw_tile(hebb_philox generator, size_t n, const uint32_t *neurons, size_t first_word, size_t n_words,
                    uint16_t *slices)
{
    const __m512i low = _mm512_set_epi16(62, 60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24,
                                         22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    const __m512i high = _mm512_add_epi16(low, _mm512_set1_epi16(1));
    uint32_t sites[TILE];
    (void)take_tile(n, neurons, sites);
    for (size_t w = 0; w < n_words; w += 8) {
        __m512i word[4][4];
        philox_tile(generator, 0, sites, (first_word + w) / 8, word);
        for (size_t c = 0; c < 4; c++) {
            const __m512i a = even_dwords(word[c][0], word[c][1]), b = even_dwords(word[c][2], word[c][3]);
            uint16_t *target = slices + (w + 2 * c) * HEBB_BLOCK;
            if (w + 2 * c < n_words) _mm512_storeu_si512(target, _mm512_permutex2var_epi16(a, low, b));
            if (w + 2 * c + 1 < n_words)
                _mm512_storeu_si512(target + HEBB_BLOCK, _mm512_permutex2var_epi16(a, high, b));
        }
    }
}

LOOP void draw_slices_by_tiles(hebb_philox generator, size_t n, const uint32_t *neurons, size_t n_patterns,
                               size_t first_word, size_t n_words, uint16_t *slices)
{
    for (size_t first = 0; first < n; first += TILE)
        draw_tile(generator, n - first, neurons + first, first_word, n_words, slices + first);
    clear_padding(n, n_patterns - 16 * first_word, n_words, slices);
}

/* Words 2 h and 2 h + 1 of 32 sites, joined to 64 bits. */
LOOP inline void join_words(__m512i word[4][4], int h, uint64_t joined[TILE])
{
    for (int g = 0; g < 4; g++) {
        const __m512i upper = _mm512_slli_epi64(word[2 * h + 1][g], 32);
        _mm512_storeu_si512(joined + 8 * g, _mm512_mask_blend_epi32(0xAAAA, word[2 * h][g], upper));
    }
}

LOOP void draw_rows_by_tiles(hebb_philox generator, uint32_t first, size_t n, size_t n_patterns,
                             size_t words_per_neuron, uint64_t *rows)
{
    const uint64_t last_word = n_patterns % 64 == 0 ? ~UINT64_C(0) : (UINT64_C(1) << n_patterns % 64) - 1;
    for (size_t k = 0; k < n; k += TILE) {
        const size_t n_sites = n - k < TILE ? n - k : TILE;
        uint32_t sites[TILE];
        for (size_t l = 0; l < TILE; l++) sites[l] = first + (uint32_t)(k + l);
        for (size_t w = 0; w < words_per_neuron; w += 2) {
            __m512i word[4][4];
            uint64_t joined[2][TILE];
            philox_tile(generator, 0, sites, w / 2, word);
            join_words(word, 0, joined[0]);
            join_words(word, 1, joined[1]);
            for (size_t v = 0; v < 2 && w + v < words_per_neuron; v++)
                for (size_t l = 0; l < n_sites; l++) rows[(k + l) * words_per_neuron + w + v] = joined[v][l];
        }
        for (size_t l = 0; l < n_sites; l++) rows[(k + l + 1) * words_per_neuron - 1] &= last_word;
    }
}

/* 64 consecutive neurons, from an even one on. */
LOOP inline void random_run(hebb_philox generator, uint32_t sweep, uint32_t first, uint64_t words[2 * TILE])
{
    const __m512i lower = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0),
                  upper = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
    uint32_t sites[TILE];
    __m512i word[4][4];
    for (uint32_t l = 0; l < TILE; l++) sites[l] = first / 2 + l;
    philox_tile(generator, sweep, sites, 0, word);
    for (int g = 0; g < 4; g++) {
        const __m512i even = _mm512_mask_blend_epi32(0xAAAA, word[0][g], _mm512_slli_epi64(word[1][g], 32));
        const __m512i odd = _mm512_mask_blend_epi32(0xAAAA, word[2][g], _mm512_slli_epi64(word[3][g], 32));
        _mm512_storeu_si512(words + 16 * g, _mm512_permutex2var_epi64(even, lower, odd));
        _mm512_storeu_si512(words + 16 * g + 8, _mm512_permutex2var_epi64(even, upper, odd));
    }
}

/* Any neurons, at most 32. */
LOOP inline void random_scattered(hebb_philox generator, uint32_t sweep, size_t n, const uint32_t *neurons,
                                  uint64_t *words)
{
    uint32_t sites[TILE];
    uint64_t joined[2][TILE];
    __m512i word[4][4];
    const size_t n_sites = take_tile(n, neurons, sites);
    for (size_t l = 0; l < TILE; l++) sites[l] /= 2;
    philox_tile(generator, sweep, sites, 0, word);
    join_words(word, 0, joined[0]);
    join_words(word, 1, joined[1]);
    for (size_t l = 0; l < n_sites; l++) words[l] = joined[neurons[l] % 2][l];
}

/* Consecutive neurons, from an even one on. */
LOOP inline bool is_run(size_t n, const uint32_t *neurons)
{
    const __m512i sixteen = _mm512_set1_epi32(16);
    __m512i run = _mm512_add_epi32(_mm512_set1_epi32((int)neurons[0]),
                                   _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    unsigned n_others = neurons[0] % 2;
    size_t k = 0;
    for (; k + 16 <= n; k += 16, run = _mm512_add_epi32(run, sixteen))
        n_others |= _mm512_cmpneq_epi32_mask(load(neurons + k), run);
    for (; k < n; k++) n_others |= neurons[k] != neurons[0] + k;
    return n_others == 0;
}

LOOP void random_words_by_tiles(hebb_philox generator, uint32_t sweep, size_t n, const uint32_t *neurons,
                                uint64_t *words)
{
    size_t first = 0;
    if (is_run(n, neurons))
        for (; first + 2 * TILE <= n; first += 2 * TILE) random_run(generator, sweep, neurons[first], words + first);
    for (; first < n; first += TILE) random_scattered(generator, sweep, n - first, neurons + first, words + first);
}
