/*
 * The kernel for processors with AVX-512 as of Ice Lake and Zen 4.
 */
#ifdef __x86_64__
#ifdef __clang__ /* which knows the vectors' width as an option of the command line alone */
#define VECTORS
#else
#define VECTORS ",prefer-vector-width=512"
#endif
#define KERNEL_TARGET                                                                                                  \
    __attribute__((target("avx2,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,avx512bitalg,"        \
                          "avx512vnni,gfni" VECTORS)))
#define VECTOR_LANES 16
#include "kernel_avx512_rbm.h"
#include "kernel_body.h"

enum {
    TILE = 32,                     /* neurons a register */
    MAX_TILES = HEBB_BLOCK / TILE, /* registers a word of a block */
    PRODUCT_TILES = 4,             /* registers of products made at once */
    FETCHED_WORDS = 64,            /* of a row, ahead of its use; then the processor sees the run */
};

/* slices may end anywhere; a tile's lanes beyond n are read, never used. */
LOOP inline __m512i load(const void *address)
{
    return _mm512_loadu_si512(address);
}

/* Arrays of registers must not be indexed at run time; and what is unrolled too far no longer fits the registers. */
#ifdef __clang__
#define UNROLLED _Pragma("unroll")
#define ROLLED   _Pragma("nounroll")
#else
#define UNROLLED _Pragma("GCC unroll 32")
#define ROLLED   _Pragma("GCC unroll 1")
#endif

#include "kernel_avx512_random.h"
#include "kernel_avx512_fields.h"

/* ---- slices and overlaps ---- */

/* 32 registers of 32 16-bit lanes, transposed in place: five rounds that swap lanes 1, 2, 4, 8, 16 apart. */
LOOP inline void transpose_tile(__m512i row[TILE])
{
    __m512i swapped[TILE];
    UNROLLED
    for (int k = 0; k < TILE; k += 2) {
        swapped[k] = _mm512_mask_blend_epi16(0xAAAAAAAA, row[k], _mm512_slli_epi32(row[k + 1], 16));
        swapped[k + 1] = _mm512_mask_blend_epi16(0xAAAAAAAA, _mm512_srli_epi32(row[k], 16), row[k + 1]);
    }
    UNROLLED
    for (int k = 0; k < TILE; k++)
        if (!(k & 2)) {
            row[k] = _mm512_mask_blend_epi32(0xAAAA, swapped[k], _mm512_slli_epi64(swapped[k + 2], 32));
            row[k + 2] = _mm512_mask_blend_epi32(0xAAAA, _mm512_srli_epi64(swapped[k], 32), swapped[k + 2]);
        }
    UNROLLED
    for (int k = 0; k < TILE; k++)
        if (!(k & 4)) {
            swapped[k] = _mm512_unpacklo_epi64(row[k], row[k + 4]);
            swapped[k + 4] = _mm512_unpackhi_epi64(row[k], row[k + 4]);
        }
    UNROLLED
    for (int k = 0; k < TILE; k++)
        if (!(k & 8)) {
            const __m512i a = swapped[k], b = swapped[k + 8];
            row[k] = _mm512_permutex2var_epi64(a, _mm512_set_epi64(13, 12, 5, 4, 9, 8, 1, 0), b);
            row[k + 8] = _mm512_permutex2var_epi64(a, _mm512_set_epi64(15, 14, 7, 6, 11, 10, 3, 2), b);
        }
    UNROLLED
    for (int k = 0; k < TILE / 2; k++) {
        const __m512i a = row[k], b = row[k + 16];
        row[k] = _mm512_shuffle_i64x2(a, b, 0x44);
        row[k + 16] = _mm512_shuffle_i64x2(a, b, 0xEE);
    }
}

/* Words w .. w + 31 of 32 neurons' rows, of which words_to_come are left in `rows`. */
LOOP inline void slice_tile(const uint32_t neurons[TILE], size_t words_per_neuron, const uint64_t *rows,
                            size_t words_to_come, size_t w, size_t n_words, uint16_t *slices)
{
    const size_t n_here = n_words - w < TILE ? n_words - w : TILE;
    const size_t n_row_words = words_to_come > w / 4 ? words_to_come - w / 4 : 0;
    const __mmask8 in_row = (__mmask8)(n_row_words < 8 ? (1u << n_row_words) - 1 : 255);
    __m512i row[TILE];
    UNROLLED
    for (size_t k = 0; k < TILE; k++)
        row[k] = _mm512_maskz_loadu_epi64(in_row, rows + neurons[k] * words_per_neuron + w / 4);
    transpose_tile(row);
    for (size_t v = 0; v < n_here; v++) _mm512_storeu_si512(slices + (w + v) * HEBB_BLOCK, row[v]);
}

LOOP void slice_rows_by_tiles(size_t n, const uint32_t *neurons, size_t words_per_neuron, const uint64_t *rows,
                              size_t first_word, size_t n_words, uint16_t *slices)
{
    const size_t words_to_come = words_per_neuron - first_word / 4;
    rows += first_word / 4;
    for (size_t first = 0; first < n; first += TILE) {
        uint32_t sites[TILE];
        (void)take_tile(n - first, neurons + first, sites);
        for (size_t k = first + TILE; k < first + 2 * TILE && k < n; k++) /* the next tile's rows lie anywhere */
            for (size_t word = 0; word < words_to_come && word < FETCHED_WORDS; word += 8)
                _mm_prefetch((const char *)(rows + neurons[k] * words_per_neuron + word), _MM_HINT_T0);
        for (size_t w = 0; w < n_words; w += TILE)
            slice_tile(sites, words_per_neuron, rows, words_to_come, w, n_words, slices + first);
    }
}

/* Byte 8 q + j of the result: how many of 8 neurons have bit j (q < 4), bit 8 + j (q >= 4) set. */
LOOP inline __m512i count_bits(__m512i words)
{
    const __m512i bytes_apart =
        _mm512_set_epi8(63, 61, 59, 57, 55, 53, 51, 49, 47, 45, 43, 41, 39, 37, 35, 33, 31, 29, 27, 25, 23, 21, 19, 17,
                        15, 13, 11, 9, 7, 5, 3, 1, 62, 60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30,
                        28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    const __m512i bits = _mm512_set1_epi64((int64_t)UINT64_C(0x8040201008040201)); /* byte j: bit j */
    const __m512i columns = _mm512_gf2p8affine_epi64_epi8(bits, _mm512_permutexvar_epi8(bytes_apart, words), 0);
    return _mm512_popcnt_epi8(columns); /* 8 x 8 bits transposed: byte j holds column j, in some order */
}

LOOP void add_overlaps_by_tiles(size_t n, const int8_t *spins, size_t n_words, const uint16_t *slices,
                                int32_t *overlaps)
{
    uint16_t against[HEBB_BLOCK] = {0}, counted[HEBB_BLOCK] = {0};
    const size_t n_tiles = (n + TILE - 1) / TILE;
    for (size_t k = 0; k < n; k++) {
        against[k] = spins[k] > 0 ? 0 : 0xFFFF;
        counted[k] = 0xFFFF;
    }
    for (size_t w = 0; w < n_words; w++, slices += HEBB_BLOCK, overlaps += 16) {
        __m512i counts = _mm512_setzero_si512(); /* at most 64 a byte */
        for (size_t t = 0; t < n_tiles; t++) {
            const __m512i agree = _mm512_xor_si512(load(slices + TILE * t), load(against + TILE * t));
            counts = _mm512_add_epi8(counts, count_bits(_mm512_and_si512(agree, load(counted + TILE * t))));
        }
        const __m256i lower = _mm512_castsi512_si256(counts), upper = _mm512_extracti64x4_epi64(counts, 1);
        const __m512i even = _mm512_cvtepu8_epi16(lower), odd = _mm512_cvtepu8_epi16(upper);
        const __m512i sums = _mm512_add_epi16(_mm512_shuffle_i64x2(even, odd, 0x44),
                                              _mm512_shuffle_i64x2(even, odd, 0xEE)); /* 8 16-bit sums a lane */
        const __m512i total = _mm512_add_epi16(sums, _mm512_shuffle_i64x2(sums, sums, 0xB1));
        const __m256i both = _mm256_inserti128_si256(_mm512_castsi512_si256(total), _mm512_extracti32x4_epi32(total, 2),
                                                     1); /* bits 0-7, bits 8-15 */
        const __m512i twice = _mm512_slli_epi32(_mm512_cvtepu16_epi32(both), 1);
        const __m512i before = load(overlaps);
        _mm512_storeu_si512(overlaps, _mm512_sub_epi32(_mm512_add_epi32(before, twice), _mm512_set1_epi32((int32_t)n)));
    }
}

/* Four rows at a time; absent ones change nothing. */
LOOP void add_rows_by_fours(size_t n_rows, const uint16_t *which, const int8_t *changes, size_t n_words,
                            const uint16_t *slices, int32_t *overlaps)
{
    for (size_t first = 0; first < n_rows; first += 4) {
        const uint16_t *row[4];
        int32_t change[4], sum = 0;
        for (size_t a = 0; a < 4; a++) {
            const bool is_there = first + a < n_rows;
            row[a] = slices + which[is_there ? first + a : first];
            change[a] = is_there ? changes[first + a] : 0;
            sum += change[a];
        }
        const __m512i minus_sum = _mm512_set1_epi32(-sum);
        const __m512i twice[4] = {_mm512_set1_epi32(2 * change[0]), _mm512_set1_epi32(2 * change[1]),
                                  _mm512_set1_epi32(2 * change[2]), _mm512_set1_epi32(2 * change[3])};
        for (size_t w = 0; w < n_words; w++) {
            __m512i total = _mm512_add_epi32(load(overlaps + 16 * w), minus_sum);
            UNROLLED
            for (int a = 0; a < 4; a++) total = _mm512_mask_add_epi32(total, row[a][w * HEBB_BLOCK], total, twice[a]);
            _mm512_storeu_si512(overlaps + 16 * w, total);
        }
    }
}

/* ---- stored couplings ---- */

/* Products with 32 n_tiles neurons, each word of the one neuron spread over a register once for all of them. */
LOOP inline void find_products_of(int n_tiles, size_t n_patterns, size_t n_words, const uint16_t *slices,
                                  const uint16_t *one, __m512i products[PRODUCT_TILES])
{
    __m512i counts[PRODUCT_TILES];
    for (int t = 0; t < n_tiles; t++) counts[t] = _mm512_setzero_si512();
    for (size_t w = 0; w < n_words; w++, slices += HEBB_BLOCK, one += HEBB_BLOCK) {
        const __m512i word = _mm512_set1_epi16((int16_t)*one);
        for (int t = 0; t < n_tiles; t++) {
            const __m512i differ = _mm512_xor_si512(load(slices + TILE * t), word);
            counts[t] = _mm512_add_epi16(counts[t], _mm512_popcnt_epi16(differ));
        }
    }
    const __m512i all = _mm512_set1_epi16((int16_t)n_patterns);
    for (int t = 0; t < n_tiles; t++) products[t] = _mm512_sub_epi16(all, _mm512_slli_epi16(counts[t], 1));
}

LOOP void find_products_by_tiles(size_t n, size_t n_patterns, size_t n_words, const uint16_t *slices,
                                 const uint16_t *one, int16_t *products)
{
    __m512i found[PRODUCT_TILES];
    size_t j = 0;
    for (; j + PRODUCT_TILES * TILE <= n; j += PRODUCT_TILES * TILE) {
        find_products_of(PRODUCT_TILES, n_patterns, n_words, slices + j, one, found);
        for (size_t t = 0; t < PRODUCT_TILES; t++) _mm512_storeu_si512(products + j + TILE * t, found[t]);
    }
    for (; j < n; j += TILE) {
        const __mmask32 kept = n - j < TILE ? (1u << (n - j)) - 1 : ~0u;
        find_products_of(1, n_patterns, n_words, slices + j, one, found);
        _mm512_mask_storeu_epi16(products + j, kept, found[0]);
    }
}

LOOP size_t next_unstable_of_sixteen(size_t n, const int8_t *spins, const int32_t *fields, const int32_t *limits,
                                     size_t from)
{
    __mmask16 looked_at = (__mmask16)(0xFFFFu << from % 16);
    for (size_t first = from & ~(size_t)15; first < n; first += 16, looked_at = 0xFFFF) {
        if (n - first < 16) looked_at &= (__mmask16)((1u << (n - first)) - 1);
        const __m512i signs = _mm512_cvtepi8_epi32(_mm_maskz_loadu_epi8(looked_at, spins + first));
        const __m512i held = _mm512_mullo_epi32(signs, _mm512_maskz_loadu_epi32(looked_at, fields + first));
        const __m512i limit = _mm512_maskz_loadu_epi32(looked_at, limits + first);
        const __mmask16 found = _mm512_mask_cmple_epi32_mask(looked_at, held, limit);
        if (found != 0) return first + (size_t)__builtin_ctz(found);
    }
    return n;
}

LOOP void add_row_by_tiles(size_t n, const int16_t *row, int change, int32_t *fields)
{
    for (size_t j = 0; j < n; j += TILE) {
        const __m512i tile = load(row + j), low = load(fields + j), high = load(fields + j + 16);
        const __m512i to_low = _mm512_slli_epi32(_mm512_cvtepi16_epi32(_mm512_castsi512_si256(tile)), 1);
        const __m512i to_high = _mm512_slli_epi32(_mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(tile, 1)), 1);
        _mm512_storeu_si512(fields + j, change > 0 ? _mm512_add_epi32(low, to_low) : _mm512_sub_epi32(low, to_low));
        _mm512_storeu_si512(fields + j + 16,
                            change > 0 ? _mm512_add_epi32(high, to_high) : _mm512_sub_epi32(high, to_high));
    }
}

#include "kernel_avx512_dense.h"
#include "kernel_avx512_flips.h"
#include "kernel_avx512_gibbs.h"
#include "kernel_avx512_noise.h"

extern const hebb_kernel hebb_kernel_avx512;
const hebb_kernel hebb_kernel_avx512 = {.name = "avx512",
                                        .unit_bytes = GROUP_UNIT,
                                        .costs = {{0.2, 2.7}, {0.0026, 0.0073}, 35.0, 0.19, 21.0, 0.067, 0.13, 0.001},
                                        .draw_slices = draw_slices_by_tiles,
                                        .draw_rows = draw_rows_by_tiles,
                                        .slice_rows = slice_rows_by_tiles,
                                        .add_overlaps = add_overlaps_by_tiles,
                                        .narrow = narrow,
                                        .fields = fields_by_groups,
                                        .fields_together = fields_together_by_groups,
                                        .scan = scan_by_tiles,
                                        .products = find_products_by_tiles,
                                        .next_unstable = next_unstable_of_sixteen,
                                        .add_row = add_row_by_tiles,
                                        .add_rows = add_rows_by_fours,
                                        .random = random_words_by_tiles,
                                        .heat_bath = heat_bath_by_tiles,
                                        .metropolis = metropolis_by_tiles,
                                        .thresholds = thresholds,
                                        .turn_row = turn_row_by_masks,
                                        .largest = largest,
                                        .weigh_whole = weigh_whole_by_masks,
                                        .weigh_cubic = weigh_cubic,
                                        .weigh_real = weigh_real_by_masks,
                                        .sum_whole = sum_whole_by_masks,
                                        .sum_real = sum_real_by_masks,
                                        .sum_four = sum_four_at_once,
                                        .chain_rows = chain_rows_by_masks,
                                        .gibbs_four = gibbs_four_by_words,
                                        .count_common = count_common,
                                        .gather = gather,
                                        .logistic_means = logistic_means,
                                        .draw_layer = draw_layer,
                                        .step_row = step_row,
                                        .transpose_rows = transpose_rows,
                                        .multiply_odds = multiply_odds,
                                        .share_odds = share_odds};
#else
typedef int hebb_no_avx512_here; /* ISO C wants a declaration */
#endif
