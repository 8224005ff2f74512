/*
 * The kernel for processors with AVX2: the plain loops, which the vectoriser widens, but for the fields, whose look-up
 * is a byte shuffle: the sums of 4 overlaps, 16 of them, as a table of their lower and one of their upper bytes.
 */
#ifdef __x86_64__
#define KERNEL_TARGET __attribute__((target("avx2,popcnt")))
#define VECTOR_LANES  8
#include "kernel_body.h"

#include <immintrin.h>

enum { NIBBLES = HEBB_UNIT / 4, NIBBLE_TABLE = 32, NIBBLE_UNIT = NIBBLES * NIBBLE_TABLE, TILE = 16, N_TILES = 4 };

LOOP void fill_nibble_tables(const int16_t numbers[HEBB_UNIT], char *table)
{
    for (int nibble = 0; nibble < NIBBLES; nibble++, table += NIBBLE_TABLE) {
        int16_t sums[16];
        fill_partial_sums(4, numbers + 4 * nibble, sums);
        for (int b = 0; b < 16; b++) {
            table[b] = (char)(sums[b] & 255);
            table[16 + b] = (char)((uint16_t)sums[b] >> 8);
        }
    }
}

LOOP inline __m256i look_up(const char *table, __m256i nibbles)
{
    const __m128i bytes = _mm_load_si128((const __m128i *)(const void *)table);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(bytes), nibbles);
}

/* Adds the sums of nibbles j and j + 2 of a word, which lie in the lower halves of the two bytes of `nibbles`. */
LOOP inline __m256i add_two_nibbles(__m256i sum, const char *table, const char *table_two_on, __m256i nibbles)
{
    const __m256i lower = _mm256_set1_epi16(0x00FF);
    const __m256i low = _mm256_and_si256(look_up(table, nibbles), lower);
    const __m256i high = _mm256_slli_epi16(look_up(table + 16, nibbles), 8);
    const __m256i low_two_on = _mm256_srli_epi16(look_up(table_two_on, nibbles), 8);
    const __m256i high_two_on = _mm256_andnot_si256(lower, look_up(table_two_on + 16, nibbles));
    sum = _mm256_add_epi16(sum, _mm256_or_si256(low, high));
    return _mm256_add_epi16(sum, _mm256_or_si256(low_two_on, high_two_on));
}

/* The segment's sums of n_tiles x 16 neurons, in 16 bits. */
LOOP inline void sum_tiles(size_t n_tiles, const uint16_t *slices, const hebb_table_segment *segment,
                           __m256i sums[N_TILES])
{
    const __m256i lower_halves = _mm256_set1_epi16(0x0F0F);
    for (size_t t = 0; t < n_tiles; t++) sums[t] = _mm256_setzero_si256();
    for (size_t u = 0; u < segment->n_units; u++) {
        const char *table = segment->tables + u * NIBBLE_UNIT;
        const uint16_t *words = slices + segment->units[u] * HEBB_UNIT_WORDS * HEBB_BLOCK;
        for (size_t w = 0; w < HEBB_UNIT_WORDS; w++, table += 4 * NIBBLE_TABLE, words += HEBB_BLOCK)
            for (size_t t = 0; t < n_tiles; t++) {
                const __m256i word = _mm256_loadu_si256((const __m256i *)(const void *)(words + TILE * t));
                const __m256i even = _mm256_and_si256(word, lower_halves);
                const __m256i odd = _mm256_and_si256(_mm256_srli_epi16(word, 4), lower_halves);
                sums[t] = add_two_nibbles(sums[t], table, table + 2 * NIBBLE_TABLE, even);
                sums[t] = add_two_nibbles(sums[t], table + NIBBLE_TABLE, table + 3 * NIBBLE_TABLE, odd);
            }
    }
}

LOOP void add_segment(size_t n, const uint16_t *slices, const hebb_table_segment *segment, int32_t *fields)
{
    for (size_t first = 0; first < n; first += N_TILES * TILE) {
        const size_t left = n - first;
        const size_t n_tiles = left >= N_TILES * TILE ? N_TILES : (left + TILE - 1) / TILE;
        __m256i sums[N_TILES];
        int16_t numbers[N_TILES * TILE];
        if (n_tiles == N_TILES)
            sum_tiles(N_TILES, slices + first, segment, sums);
        else
            sum_tiles(n_tiles, slices + first, segment, sums);
        for (size_t t = 0; t < n_tiles; t++) _mm256_storeu_si256((__m256i *)(void *)(numbers + TILE * t), sums[t]);
        for (size_t k = 0; k < n_tiles * TILE && k < left; k++) fields[first + k] += numbers[k] * (1 << segment->shift);
    }
}

LOOP void fields_by_nibbles(size_t n, const uint16_t *slices, const hebb_table_plan *plan, int32_t *fields)
{
    fields_with(fill_nibble_tables, NIBBLE_UNIT, add_segment, n, slices, plan, fields);
}

LOOP void fields_together_by_nibbles(size_t n, const uint16_t *slices, size_t n_plans,
                                     const hebb_table_plan *const *plans, int32_t (*fields)[HEBB_BLOCK])
{
    for (size_t a = 0; a < n_plans; a++) fields_by_nibbles(n, slices, plans[a], fields[a]);
}

/*
 * n_different[j] = number of bits in which n_words words of neuron j differ from those of one neuron, for whole tiles;
 * bits of a byte are counted by two look-ups of 4.
 */
LOOP void count_different(size_t n, size_t n_words, const uint16_t *slices, const uint16_t *one, uint16_t *n_different)
{
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1,
                                            2, 2, 3, 2, 3, 3, 4);
    const __m256i lower_halves = _mm256_set1_epi8(0x0F), ones = _mm256_set1_epi8(1);
    for (size_t first = 0; first < n; first += TILE) {
        __m256i sums = _mm256_setzero_si256();
        for (size_t w = 0; w < n_words; w++) {
            const __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(slices + w * HEBB_BLOCK + first));
            const __m256i differ = _mm256_xor_si256(words, _mm256_set1_epi16((int16_t)one[w * HEBB_BLOCK]));
            const __m256i low = _mm256_shuffle_epi8(counts, _mm256_and_si256(differ, lower_halves));
            const __m256i high =
                _mm256_shuffle_epi8(counts, _mm256_and_si256(_mm256_srli_epi16(differ, 4), lower_halves));
            sums = _mm256_add_epi16(sums, _mm256_maddubs_epi16(_mm256_add_epi8(low, high), ones));
        }
        _mm256_storeu_si256((__m256i *)(void *)(n_different + first), sums);
    }
}

/* At most 65 520 differences are counted before the 16 bits are widened. */
enum { COUNTED_WORDS = 4095 };

LOOP void add_products_by_tiles(const hebb_scan *block, size_t k, int change, int32_t *slack)
{
    const size_t n = block->n, n_words = block->n_words, start = (k + 1) / TILE * TILE;
    int32_t n_different[HEBB_BLOCK] = {0};
    for (size_t w = 0; w < n_words && start < n; w += COUNTED_WORDS) {
        const uint16_t *words = block->slices + w * HEBB_BLOCK;
        uint16_t counts[HEBB_BLOCK];
        count_different(n - start, n_words - w < COUNTED_WORDS ? n_words - w : COUNTED_WORDS, words + start, words + k,
                        counts);
        for (size_t j = start; j < n; j++) n_different[j] += counts[j - start];
    }
    add_joined(block, k, change, n_different, slack);
}

LOOP void find_products_by_tiles(size_t n, size_t n_patterns, size_t n_words, const uint16_t *slices,
                                 const uint16_t *one, int16_t *products)
{
    uint16_t n_different[HEBB_BLOCK];
    count_different(n, n_words, slices, one, n_different);
    for (size_t j = 0; j < n; j++) products[j] = (int16_t)((int)n_patterns - 2 * n_different[j]);
}

LOOP void add_rows_by_words(size_t n_rows, const uint16_t *which, const int8_t *changes, size_t n_words,
                            const uint16_t *slices, int32_t *overlaps)
{
    const __m256i low_bits = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128), high_bits = _mm256_slli_epi32(low_bits, 8);
    int32_t sum = 0;
    for (size_t a = 0; a < n_rows; a++) sum += changes[a];
    for (size_t w = 0; w < n_words; w++, slices += HEBB_BLOCK, overlaps += 16) {
        __m256i *low = (__m256i *)(void *)overlaps, *high = (__m256i *)(void *)(overlaps + 8);
        __m256i low_total = _mm256_sub_epi32(_mm256_loadu_si256(low), _mm256_set1_epi32(sum));
        __m256i high_total = _mm256_sub_epi32(_mm256_loadu_si256(high), _mm256_set1_epi32(sum));
        for (size_t a = 0; a < n_rows; a++) {
            const __m256i word = _mm256_set1_epi32(slices[which[a]]), twice = _mm256_set1_epi32(2 * changes[a]);
            const __m256i low_set = _mm256_cmpeq_epi32(_mm256_and_si256(word, low_bits), low_bits);
            const __m256i high_set = _mm256_cmpeq_epi32(_mm256_and_si256(word, high_bits), high_bits);
            low_total = _mm256_add_epi32(low_total, _mm256_and_si256(low_set, twice));
            high_total = _mm256_add_epi32(high_total, _mm256_and_si256(high_set, twice));
        }
        _mm256_storeu_si256(low, low_total);
        _mm256_storeu_si256(high, high_total);
    }
}

LOOP void scan_by_tiles(const hebb_scan *block, hebb_flips *made, int32_t *overlaps)
{
    scan_with(add_products_by_tiles, block, made);
    add_rows_by_words(made->n, made->which, made->changes, block->n_words, block->slices, overlaps);
}

#include "kernel_avx2_dense.h"
#include "kernel_avx2_gibbs.h"

extern const hebb_kernel hebb_kernel_avx2;
const hebb_kernel hebb_kernel_avx2 = {.name = "avx2",
                                      .unit_bytes = NIBBLE_UNIT,
                                      .costs = {{0.8, 1.8}, {0.0165, 0.07}, 60.0, 0.7, 14.0, 0.085, 0.28, 0.003},
                                      .draw_slices = draw_slices,
                                      .draw_rows = draw_rows,
                                      .slice_rows = slice_rows,
                                      .add_overlaps = add_overlaps,
                                      .narrow = narrow,
                                      .fields = fields_by_nibbles,
                                      .fields_together = fields_together_by_nibbles,
                                      .scan = scan_by_tiles,
                                      .products = find_products_by_tiles,
                                      .next_unstable = next_unstable,
                                      .add_row = add_row,
                                      .add_rows = add_rows_by_words,
                                      .random = random_words,
                                      .heat_bath = heat_bath,
                                      .metropolis = metropolis,
                                      .thresholds = thresholds,
                                      .turn_row = turn_row_by_masks,
                                      .largest = largest,
                                      .weigh_whole = weigh_whole_by_fours,
                                      .weigh_cubic = weigh_cubic,
                                      .weigh_real = weigh_real,
                                      .sum_whole = sum_whole_by_masks,
                                      .sum_real = sum_real_by_masks,
                                      .sum_four = sum_four,
                                      .chain_rows = chain_rows,
                                      .gibbs_four = gibbs_four_by_eights,
                                      .count_common = count_common,
                                      .gather = gather,
                                      .logistic_means = logistic_means,
                                      .draw_layer = draw_layer,
                                      .step_row = step_row,
                                      .transpose_rows = transpose_rows,
                                      .multiply_odds = multiply_odds,
                                      .share_odds = share_odds};
#else
typedef int hebb_no_avx2_here; /* ISO C wants a declaration */
#endif
