/*
 * The kernels' loops in plain C, compiled once for each processor: the including file defines KERNEL_TARGET, a function
 * attribute.  A kernel with better loops of its own leaves some of these unused.
 */
#include "kernel.h"

#include <string.h>

#define LOOP KERNEL_TARGET __attribute__((unused)) static

/* ---- random bits ---- */

enum { LANES = 16 };

/* Philox4x32-10 at (sweep, sites[l], index) for 16 sites side by side; drawn[c][l] is word c of site l.    [SMDS11] */
LOOP inline void philox_lanes(hebb_philox generator, uint32_t sweep, const uint32_t sites[LANES], uint64_t index,
                              uint32_t drawn[4][LANES])
{
    uint32_t c0[LANES], c1[LANES], c2[LANES], c3[LANES], key0 = generator.key[0], key1 = generator.key[1];
    for (int l = 0; l < LANES; l++) {
        c0[l] = (uint32_t)index;
        c1[l] = (uint32_t)(index >> 32);
        c2[l] = sites[l];
        c3[l] = sweep;
    }
    for (int round = 0; round < 10; round++) {
        for (int l = 0; l < LANES; l++) {
            const uint64_t product0 = (uint64_t)0xD2511F53 * c0[l], product1 = (uint64_t)0xCD9E8D57 * c2[l];
            c0[l] = (uint32_t)(product1 >> 32) ^ c1[l] ^ key0;
            c1[l] = (uint32_t)product1;
            c2[l] = (uint32_t)(product0 >> 32) ^ c3[l] ^ key1;
            c3[l] = (uint32_t)product0;
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
    memcpy(drawn[0], c0, sizeof c0);
    memcpy(drawn[1], c1, sizeof c1);
    memcpy(drawn[2], c2, sizeof c2);
    memcpy(drawn[3], c3, sizeof c3);
}

/* The next 16 sites, the last one repeated where there are fewer. */
LOOP inline size_t take_sites(size_t n, const uint32_t *neurons, uint32_t sites[LANES])
{
    const size_t n_sites = n < LANES ? n : LANES;
    for (size_t l = 0; l < LANES; l++) sites[l] = neurons[l < n_sites ? l : n_sites - 1];
    return n_sites;
}

/* Zeroes what a slice holds beyond pattern p. */
LOOP void clear_padding(size_t n, size_t n_patterns, size_t n_words, uint16_t *slices)
{
    for (size_t w = n_patterns / 16; w < n_words; w++) {
        const uint16_t mask = w == n_patterns / 16 ? (uint16_t)((1u << n_patterns % 16) - 1) : 0;
        for (size_t k = 0; k < n; k++) slices[w * HEBB_BLOCK + k] &= mask;
    }
}

LOOP void draw_slices(hebb_philox generator, size_t n, const uint32_t *neurons, size_t n_patterns, size_t first_word,
                      size_t n_words, uint16_t *slices)
{
    for (size_t first = 0; first < n; first += LANES) {
        uint32_t sites[LANES], drawn[4][LANES];
        const size_t n_sites = take_sites(n - first, neurons + first, sites);
        for (size_t w = 0; w < n_words; w += 8) {
            philox_lanes(generator, 0, sites, (first_word + w) / 8, drawn);
            for (size_t v = 0; v < 8 && w + v < n_words; v++)
                for (size_t l = 0; l < n_sites; l++)
                    slices[(w + v) * HEBB_BLOCK + first + l] = (uint16_t)(drawn[v / 2][l] >> 16 * (v % 2));
        }
    }
    clear_padding(n, n_patterns - 16 * first_word, n_words, slices);
}

LOOP void draw_rows(hebb_philox generator, uint32_t first, size_t n, size_t n_patterns, size_t words_per_neuron,
                    uint64_t *rows)
{
    const uint64_t last_word = n_patterns % 64 == 0 ? ~UINT64_C(0) : (UINT64_C(1) << n_patterns % 64) - 1;
    for (size_t k = 0; k < n; k += LANES) {
        const size_t n_sites = n - k < LANES ? n - k : LANES;
        uint32_t sites[LANES], drawn[4][LANES];
        for (size_t l = 0; l < LANES; l++) sites[l] = first + (uint32_t)(k + l);
        for (size_t w = 0; w < words_per_neuron; w += 2) {
            philox_lanes(generator, 0, sites, w / 2, drawn);
            for (size_t l = 0; l < n_sites; l++) {
                uint64_t *row = rows + (k + l) * words_per_neuron;
                row[w] = drawn[0][l] | (uint64_t)drawn[1][l] << 32;
                if (w + 1 < words_per_neuron) row[w + 1] = drawn[2][l] | (uint64_t)drawn[3][l] << 32;
            }
        }
        for (size_t l = 0; l < n_sites; l++) rows[(k + l + 1) * words_per_neuron - 1] &= last_word;
    }
}

LOOP void random_words(hebb_philox generator, uint32_t sweep, size_t n, const uint32_t *neurons, uint64_t *words)
{
    for (size_t first = 0; first < n; first += LANES) {
        uint32_t sites[LANES], drawn[4][LANES];
        const size_t n_sites = take_sites(n - first, neurons + first, sites);
        for (size_t l = 0; l < LANES; l++) sites[l] /= 2;
        philox_lanes(generator, sweep, sites, 0, drawn);
        for (size_t l = 0; l < n_sites; l++) {
            const size_t half = neurons[first + l] % 2 * 2;
            words[first + l] = drawn[half][l] | (uint64_t)drawn[half + 1][l] << 32;
        }
    }
}

/* ---- slices and overlaps ---- */

LOOP void slice_rows(size_t n, const uint32_t *neurons, size_t words_per_neuron, const uint64_t *rows,
                     size_t first_word, size_t n_words, uint16_t *slices)
{
    const size_t n_left = words_per_neuron - first_word / 4;
    for (size_t k = 0; k < n; k++) {
        const uint64_t *row = rows + neurons[k] * words_per_neuron + first_word / 4;
        for (size_t w = 0; w < n_words; w++)
            slices[w * HEBB_BLOCK + k] = w / 4 < n_left ? (uint16_t)(row[w / 4] >> 16 * (w % 4)) : 0;
    }
}

/*
 * The bits of a column of words are counted in bit-sliced counters: plane j holds bit j of all counts.  A word is four
 * neurons' 16 patterns; adding it ripples up the planes, one on average.
 */
LOOP void add_overlaps(size_t n, const int8_t *spins, size_t n_words, const uint16_t *slices, int32_t *overlaps)
{
    enum { N_PLANES = 7 }; /* counts up to 64 */
    uint64_t against[HEBB_BLOCK / 4] = {0}, column[HEBB_BLOCK / 4] = {0};
    const size_t n_fours = (n + 3) / 4;
    for (size_t k = 0; k < n; k++) against[k / 4] |= (uint64_t)(spins[k] > 0 ? 0 : 0xFFFF) << 16 * (k % 4);
    for (size_t w = 0; w < n_words; w++) {
        uint64_t planes[N_PLANES] = {0};
        memcpy(column, slices + w * HEBB_BLOCK, n * sizeof *slices);
        for (size_t f = 0; f < n_fours; f++) {
            uint64_t carry = column[f] ^ against[f];
            for (size_t j = 0; carry != 0; j++) {
                const uint64_t both = planes[j] & carry;
                planes[j] ^= carry;
                carry = both;
            }
        }
        for (size_t b = 0; b < 16; b++) {
            int32_t count = 0;
            for (size_t j = 0; j < N_PLANES; j++)
                count += __builtin_popcountll(planes[j] >> b & UINT64_C(0x0001000100010001)) << j;
            overlaps[16 * w + b] += 2 * count - (int32_t)n;
        }
    }
}

LOOP void add_rows(size_t n_rows, const uint16_t *which, const int8_t *changes, size_t n_words, const uint16_t *slices,
                   int32_t *overlaps)
{
    for (size_t w = 0; w < n_words; w++)
        for (size_t a = 0; a < n_rows; a++) {
            const unsigned bits = slices[w * HEBB_BLOCK + which[a]];
            for (unsigned b = 0; b < 16; b++) overlaps[16 * w + b] += (bits >> b & 1) ? changes[a] : -changes[a];
        }
}

/* ---- fields ---- */

LOOP uint32_t narrow(const int32_t overlaps[HEBB_UNIT], int16_t numbers[HEBB_UNIT])
{
    uint32_t sum = 0;
    for (int k = 0; k < HEBB_UNIT; k++) {
        sum += (uint32_t)(overlaps[k] < 0 ? -overlaps[k] : overlaps[k]);
        numbers[k] = (int16_t)(uint16_t)(uint32_t)overlaps[k];
    }
    return sum;
}

/* Six tables of 256 sums, a byte of a word each. */
enum { BYTE_UNIT = 6 * 256 * sizeof(int16_t) };

/* table[b] = sum of the numbers, each with the sign of its bit in b */
LOOP inline void fill_partial_sums(int n_numbers, const int16_t *numbers, int16_t *table)
{
    int16_t all_negative = 0;
    for (int k = 0; k < n_numbers; k++) all_negative = (int16_t)(all_negative - numbers[k]);
    table[0] = all_negative;
    for (int k = 0; k < n_numbers; k++)
        for (int b = 0; b < 1 << k; b++) table[b + (1 << k)] = (int16_t)(table[b] + 2 * numbers[k]);
}

LOOP void fill_byte_tables(const int16_t numbers[HEBB_UNIT], char *table)
{
    for (int byte = 0; byte < 6; byte++)
        fill_partial_sums(8, numbers + 8 * byte, (int16_t *)(void *)table + 256 * byte);
}

LOOP void add_segment_by_bytes(size_t n, const uint16_t *slices, const hebb_table_segment *segment, int32_t *fields)
{
    for (size_t u = 0; u < segment->n_units; u++) {
        const int16_t *table = (const int16_t *)(const void *)(segment->tables + u * BYTE_UNIT);
        const uint16_t *words = slices + segment->units[u] * HEBB_UNIT_WORDS * HEBB_BLOCK;
        for (size_t k = 0; k < n; k++) {
            int32_t sum = 0;
            for (size_t w = 0; w < HEBB_UNIT_WORDS; w++) {
                const unsigned bits = words[w * HEBB_BLOCK + k];
                sum += table[512 * w + (bits & 255)] + table[512 * w + 256 + (bits >> 8)];
            }
            fields[k] += sum * (1 << segment->shift);
        }
    }
}

/* Segment by segment, by some kernel's tables. */
LOOP inline void fields_with(void (*fill_tables_of)(const int16_t numbers[HEBB_UNIT], char *table), size_t unit_bytes,
                             void (*add_segment_of)(size_t n, const uint16_t *slices, const hebb_table_segment *segment,
                                                    int32_t *fields),
                             size_t n, const uint16_t *slices, const hebb_table_plan *plan, int32_t *fields)
{
    memset(fields, 0, n * sizeof *fields);
    for (size_t s = 0; s < plan->n_segments; s++) {
        const hebb_table_segment *segment = plan->segments + s;
        for (size_t u = 0; !plan->are_filled && u < segment->n_units; u++)
            fill_tables_of(segment->numbers + HEBB_UNIT * u, segment->tables + unit_bytes * u);
        add_segment_of(n, slices, segment, fields);
    }
}

LOOP void fields_by_bytes(size_t n, const uint16_t *slices, const hebb_table_plan *plan, int32_t *fields)
{
    fields_with(fill_byte_tables, BYTE_UNIT, add_segment_by_bytes, n, slices, plan, fields);
}

LOOP void fields_together_by_bytes(size_t n, const uint16_t *slices, size_t n_plans,
                                   const hebb_table_plan *const *plans, int32_t (*fields)[HEBB_BLOCK])
{
    for (size_t a = 0; a < n_plans; a++) fields_by_bytes(n, slices, plans[a], fields[a]);
}

/* slack[k] = s_k F_k - c_k */
LOOP void find_slack(size_t n, const int8_t *spins, const int32_t *fields, const int32_t *limits, int32_t *slack)
{
    for (size_t k = 0; k < n; k++) slack[k] = spins[k] * fields[k] - limits[k];
}

/* The same, from the number of the part's patterns in which neuron j differs from k. */
LOOP inline void add_joined(const hebb_scan *block, size_t k, int change, int32_t *n_different, int32_t *slack)
{
    if (block->join != NULL) block->join(block->join_context, block->n - k - 1, n_different + k + 1);
    for (size_t j = k + 1; j < block->n; j++)
        slack[j] += change * block->spins[j] * ((int32_t)block->n_patterns_in_all - 2 * n_different[j]);
}

/* slack[j] += change s_j sum_mu xi_k^mu xi_j^mu for the neurons j after k */
LOOP void add_products(const hebb_scan *block, size_t k, int change, int32_t *slack)
{
    int32_t n_different[HEBB_BLOCK] = {0};
    for (size_t w = 0; w < block->n_words; w++) {
        const uint16_t *words = block->slices + w * HEBB_BLOCK;
        for (size_t j = k + 1; j < block->n; j++) n_different[j] += __builtin_popcount((unsigned)words[j] ^ words[k]);
    }
    add_joined(block, k, change, n_different, slack);
}

/* The plain order of things; add_products_of says what a flip does to the neurons after it. */
LOOP inline void scan_with(void (*add_products_of)(const hebb_scan *block, size_t k, int change, int32_t *slack),
                           const hebb_scan *block, hebb_flips *made)
{
    int32_t slack[HEBB_BLOCK];
    find_slack(block->n, block->spins, block->fields, block->limits, slack);
    made->n = 0;
    for (size_t k = 0; k < block->n; k++) {
        if (slack[k] > 0) continue;
        made->which[made->n] = (uint16_t)k;
        made->changes[made->n++] = (int8_t)(-2 * block->spins[k]);
        if (!block->at_once) add_products_of(block, k, -2 * block->spins[k], slack);
    }
}

LOOP void scan(const hebb_scan *block, hebb_flips *made, int32_t *overlaps)
{
    scan_with(add_products, block, made);
    add_rows(made->n, made->which, made->changes, block->n_words, block->slices, overlaps);
}

LOOP void find_products(size_t n, size_t n_patterns, size_t n_words, const uint16_t *slices, const uint16_t *one,
                        int16_t *products)
{
    uint16_t n_different[HEBB_BLOCK] = {0};
    for (size_t w = 0; w < n_words; w++, slices += HEBB_BLOCK, one += HEBB_BLOCK)
        for (size_t j = 0; j < n; j++)
            n_different[j] = (uint16_t)(n_different[j] + __builtin_popcount((unsigned)slices[j] ^ *one));
    for (size_t j = 0; j < n; j++) products[j] = (int16_t)((int)n_patterns - 2 * n_different[j]);
}

LOOP size_t next_unstable(size_t n, const int8_t *spins, const int32_t *fields, const int32_t *limits, size_t from)
{
    while (from < n && spins[from] * fields[from] > limits[from]) from++;
    return from;
}

/* Doubling and a sign are cheaper than 32-bit products. */
LOOP void add_row(size_t n, const int16_t *row, int change, int32_t *fields)
{
    if (change > 0)
        for (size_t j = 0; j < n; j++) fields[j] += 2 * row[j];
    else
        for (size_t j = 0; j < n; j++) fields[j] -= 2 * row[j];
}

/* ---- thermal noise: additions and multiplications alone, in a fixed order ---- */

/* log(a / b) for normal a, b > 0, to 5e-16 absolute or relative, whichever is more. */
LOOP inline double fixed_log_ratio(double a, double b)
{
    /* b' = 2^e b with 2/3 < a/b' < 3/2, as the bits of a number are its logarithm to 0.09;
       log(a/b') = 2 artanh f,  f = (a-b')/(a+b'), |f| < .2005 */
    uint64_t bits_a, bits_b;
    memcpy(&bits_a, &a, sizeof a);
    memcpy(&bits_b, &b, sizeof b);
    const uint64_t exponent = (bits_a - bits_b + (UINT64_C(1) << 51)) & UINT64_C(0xFFF0000000000000);
    bits_b += exponent;
    memcpy(&b, &bits_b, sizeof b);
    const double e = (double)((int64_t)exponent >> 52);
    const double f = (a - b) / (a + b), g = f * f, g2 = g * g;
    /* sum_{k=1}^{10} g^k / (2k+1), even and odd powers apart */
    double even = 1.0 / 21.0, odd = 1.0 / 19.0;
    even = even * g2 + 1.0 / 17.0;
    odd = odd * g2 + 1.0 / 15.0;
    even = even * g2 + 1.0 / 13.0;
    odd = odd * g2 + 1.0 / 11.0;
    even = even * g2 + 1.0 / 9.0;
    odd = odd * g2 + 1.0 / 7.0;
    even = even * g2 + 1.0 / 5.0;
    odd = odd * g2 + 1.0 / 3.0;
    const double sum = even * g2 + odd * g;
    return e * 0.693147180559945309417232121458 + (2.0 * f * sum + 2.0 * f);
}

/* Uniform on (0, 1): an odd multiple of 2^-53, so that 1 - u is one too. */
LOOP inline double uniform(uint64_t word)
{
    const uint64_t bits = (word >> 12) | UINT64_C(0x3FF0000000000000); /* 1 + k 2^-52 */
    double one_to_two;
    memcpy(&one_to_two, &bits, sizeof one_to_two);
    return one_to_two - (1.0 - 0x1p-53);
}

/*
 * The largest whole numbers not above x, held within the bound of the fields; with the bits of the doubles alone, where
 * comparing them would keep the loop from being widened.
 */
LOOP inline void round_down(size_t n, const double *x, int32_t *whole)
{
    const double bound = HEBB_FIELD_BOUND, to_whole = 0x1.8p52; /* adding it rounds to the nearest whole number */
    const int64_t sign_bit = INT64_MIN;
    int64_t bound_bits;
    memcpy(&bound_bits, &bound, sizeof bound_bits);
    for (size_t k = 0; k < n; k++) {
        int64_t bits;
        double held;
        memcpy(&bits, x + k, sizeof bits);
        const int64_t size = bits & ~sign_bit, held_size = size < bound_bits ? size : bound_bits;
        bits = held_size | (bits & sign_bit);
        memcpy(&held, &bits, sizeof held);
        const double sum = held + to_whole, excess = held - (sum - to_whole);
        memcpy(&bits, &sum, sizeof bits);
        int64_t excess_bits;
        memcpy(&excess_bits, &excess, sizeof excess_bits);
        whole[k] = (int32_t)(bits - (int64_t)((uint64_t)excess_bits >> 63));
    }
}

/* s = +1 next where N h > scale log(u / (1-u)). */
LOOP void heat_bath(size_t n, const int8_t *spins, const uint64_t *words, double scale, int32_t n_patterns,
                    int32_t *limits)
{
    double thresholds[HEBB_BLOCK];
    for (size_t k = 0; k < n; k++) {
        const double u = uniform(words[k]);
        thresholds[k] = scale * fixed_log_ratio(u, 1.0 - u);
    }
    round_down(n, thresholds, limits);
    for (size_t k = 0; k < n; k++) limits[k] = n_patterns + spins[k] * limits[k] - (spins[k] < 0);
}

/* Flips where s N h < -scale log u. */
LOOP void metropolis(size_t n, const uint64_t *words, double scale, int32_t n_patterns, int32_t *limits)
{
    double thresholds[HEBB_BLOCK];
    for (size_t k = 0; k < n; k++) thresholds[k] = scale * fixed_log_ratio(uniform(words[k]), 1.0);
    round_down(n, thresholds, limits);
    for (size_t k = 0; k < n; k++) limits[k] = n_patterns - 1 - limits[k];
}

LOOP void thresholds(size_t n, const uint64_t *words, double scale, double *found)
{
    for (size_t k = 0; k < n; k++) {
        const double u = uniform(words[k]);
        found[k] = scale * fixed_log_ratio(u, 1.0 - u);
    }
}

/* ---- dense memories ---- */

#include "kernel_dense_body.h"

/* ---- Boltzmann machines ---- */

#include "kernel_gibbs_body.h"

/* ---- restricted Boltzmann machines ---- */

#include "kernel_rbm_body.h"
