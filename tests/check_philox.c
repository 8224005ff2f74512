/*
 * philox against Random123's known answers, its own equations, counts without exception where there are few enough,
 * and the laws that its numbers should follow.
 *
 * Seeds are fixed.  Under a fresh seed each statistical test would refuse good numbers with probability 5e-6 at most.
 */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "philox.h"

static const double FALSE_ALARM = 1e-7; /* of one statistic */

static hebb_stream make_stream(uint64_t seed)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_STATE, 0, 0), 0, 0);
    return stream;
}

/* A stream whose next words are known. */
static hebb_stream make_stream_of(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return (hebb_stream){.block = {a, b, c, d}, .n_left = 4};
}

/* The draws fall no more unevenly than by chance, nor, where cells are many enough to tell, more evenly. */
static void assert_uniform(const char *what, size_t n_cells, const long *counts, long n_draws)
{
    const double expected = (double)n_draws / (double)n_cells;
    double chi_square = 0.0;
    for (size_t k = 0; k < n_cells; k++) chi_square += pow((double)counts[k] - expected, 2) / expected;
    const double freedom = (double)n_cells - 1.0;
    ck_assert_msg(gsl_cdf_chisq_Q(chi_square, freedom) > FALSE_ALARM / 2, "%s: chi-square %g", what, chi_square);
    ck_assert_msg(freedom < 20.0 || gsl_cdf_chisq_P(chi_square, freedom) > FALSE_ALARM / 2, "%s: chi-square %g", what,
                  chi_square);
}

/* sum is that of n independent terms of mean 0 and that variance: 6 standard errors, 2e-9 by the normal law. */
static void assert_centred(const char *what, double sum, double n, double variance)
{
    const double z = sum / sqrt(n * variance);
    if (!(fabs(z) < 6.0)) ck_abort_msg("%s: %g standard errors", what, z);
}

/* ---- known answers ---- */

/* Random123, tests/kat_vectors: counter, key, philox4x32 with 10 rounds. */
static const struct {
    uint32_t counter[4], key[2], drawn[4];
} known[] = {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
             {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
              {0xffffffff, 0xffffffff},
              {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
             {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
              {0xa4093822, 0x299f31d0},
              {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
enum { N_KNOWN = sizeof known / sizeof *known };

START_TEST(blocks_are_the_known_answers_at_the_counter_index_site_sweep)
{
    for (int k = 0; k < N_KNOWN; k++) {
        const uint32_t *counter = known[k].counter;
        const hebb_philox generator = {{known[k].key[0], known[k].key[1]}};
        uint32_t block[4];
        hebb_philox_block(generator, counter[3], counter[2], counter[0] | (uint64_t)counter[1] << 32, block);
        ck_assert_mem_eq(block, known[k].drawn, sizeof block);
    }
}
END_TEST

START_TEST(generators_are_the_known_answers_at_the_counter_what_realisation_replica)
{
    for (int k = 0; k < N_KNOWN; k++) {
        const uint32_t *counter = known[k].counter;
        const uint64_t seed = known[k].key[0] | (uint64_t)known[k].key[1] << 32;
        const uint64_t realisation = counter[1] | (uint64_t)counter[2] << 32;
        const hebb_philox generator = hebb_philox_derive(seed, (hebb_draw)counter[0], realisation, counter[3]);
        ck_assert_mem_eq(generator.key, known[k].drawn, sizeof generator.key);
    }
}
END_TEST

START_TEST(purposes_keep_the_numbers_that_results_were_drawn_with)
{
    ck_assert_int_eq(HEBB_DRAW_PATTERNS, 1);
    ck_assert_int_eq(HEBB_DRAW_SUBSET, 2);
    ck_assert_int_eq(HEBB_DRAW_ORDER, 3);
    ck_assert_int_eq(HEBB_DRAW_BOOTSTRAP, 4);
    ck_assert_int_eq(HEBB_DRAW_STATE, 5);
}
END_TEST

/* ---- addresses ---- */

START_TEST(streams_are_the_words_of_their_blocks_in_order)
{
    const hebb_philox generator = hebb_philox_derive(7, HEBB_DRAW_ORDER, 3, 1);
    hebb_stream stream;
    hebb_stream_init(&stream, generator, 5, 9);
    for (uint64_t index = 0; index < 100; index++) {
        uint32_t block[4];
        hebb_philox_block(generator, 5, 9, index, block);
        for (int k = 0; k < 4; k++) ck_assert_uint_eq(hebb_stream_u32(&stream), block[k]);
    }
}
END_TEST

START_TEST(draws_do_not_depend_on_their_order)
{
    enum { N_SITES = 64, N_DRAWS = 10 };
    const hebb_philox generator = hebb_philox_derive(7, HEBB_DRAW_STATE, 0, 0);
    hebb_stream streams[N_SITES];
    double in_turn[N_SITES][N_DRAWS];
    for (uint32_t site = 0; site < N_SITES; site++) {
        hebb_stream_init(&streams[site], generator, 2, site);
        for (int k = 0; k < N_DRAWS; k++) in_turn[site][k] = hebb_stream_gaussian(&streams[site]);
        hebb_stream_init(&streams[site], generator, 2, site);
    }
    for (int k = 0; k < N_DRAWS; k++)
        for (uint32_t i = 0; i < N_SITES; i++) {
            const uint32_t site = (29 * i + 11) % N_SITES; /* each once, far from in order */
            ck_assert(hebb_stream_gaussian(&streams[site]) == in_turn[site][k]);
        }
}
END_TEST

static int count_differing_bits(const uint32_t a[4], const uint32_t b[4])
{
    int n = 0;
    for (int k = 0; k < 4; k++) n += __builtin_popcount(a[k] ^ b[k]);
    return n;
}

/* Fewer than 20 or more than 108 of 128 fair bits: 1e-15 for each of the 523776 pairs. */
static void assert_unrelated(size_t n_blocks, uint32_t (*blocks)[4])
{
    for (size_t a = 0; a < n_blocks; a++)
        for (size_t b = 0; b < a; b++) {
            const int n = count_differing_bits(blocks[a], blocks[b]);
            if (n < 20 || n > 108) ck_abort_msg("addresses %zu and %zu: %d bits differ", a, b, n);
        }
}

/* Each half of each coordinate is 0 or 1, or one of two purposes. */
START_TEST(addresses_that_differ_anywhere_draw_unrelated_blocks)
{
    enum { N_COORDINATES = 10, N = 1 << N_COORDINATES };
    static uint32_t blocks[N][4];
    for (unsigned k = 0; k < N; k++) {
        uint32_t bit[N_COORDINATES];
        for (int j = 0; j < N_COORDINATES; j++) bit[j] = k >> j & 1;
        const hebb_draw what = bit[2] ? HEBB_DRAW_PATTERNS : HEBB_DRAW_ORDER;
        const uint64_t high = UINT64_C(1) << 32;
        const hebb_philox generator = hebb_philox_derive(bit[0] + bit[1] * high, what, bit[3] + bit[4] * high, bit[5]);
        hebb_philox_block(generator, bit[6], bit[7], bit[8] + bit[9] * high, blocks[k]);
    }
    assert_unrelated(N, blocks);
}
END_TEST

/* ---- bits ---- */

START_TEST(bits_are_those_of_the_blocks_and_the_rest_of_the_last_word_is_zero)
{
    const hebb_philox generator = hebb_philox_derive(1, HEBB_DRAW_PATTERNS, 0, 0);
    for (size_t n_bits = 0; n_bits <= 300; n_bits++) {
        uint64_t words[6];
        memset(words, 0xa5, sizeof words);
        hebb_philox_bits(generator, 4, 2, n_bits, words);
        const size_t n_words = (n_bits + 63) / 64;
        for (size_t k = 0; k < 64 * n_words; k++) {
            uint32_t block[4];
            hebb_philox_block(generator, 4, 2, k / 128, block);
            const unsigned want = k < n_bits ? block[k / 32 % 4] >> k % 32 & 1 : 0;
            if ((words[k / 64] >> k % 64 & 1) != want) ck_abort_msg("bit %zu of %zu", k, n_bits);
        }
        ck_assert_uint_eq(words[n_words], UINT64_C(0xa5a5a5a5a5a5a5a5));
    }
}
END_TEST

/* Over 2000 sites, each of 512 bits and its products with the bit before it, at the site before, half a block off. */
START_TEST(bits_are_fair_and_independent)
{
    enum { N_SITES = 2000, N_BITS = 512, N_WORDS = N_BITS / 64 };
    const hebb_philox generator = hebb_philox_derive(2, HEBB_DRAW_PATTERNS, 0, 0);
    static int spins[N_SITES][N_BITS];
    for (uint32_t site = 0; site < N_SITES; site++) {
        uint64_t words[N_WORDS];
        hebb_philox_bits(generator, 0, site, N_BITS, words);
        for (int k = 0; k < N_BITS; k++) spins[site][k] = (words[k / 64] >> k % 64 & 1) ? 1 : -1;
    }
    double all = 0.0;
    for (int k = 0; k < N_BITS; k++) {
        double sum = 0.0, with_bit_before = 0.0, with_site_before = 0.0, with_half_block = 0.0;
        for (int site = 0; site < N_SITES; site++) {
            const int *s = spins[site];
            sum += s[k];
            with_bit_before += s[k] * s[(k + N_BITS - 1) % N_BITS];
            with_site_before += s[k] * spins[(site + 1) % N_SITES][k];
            with_half_block += s[k] * s[(k + 64) % N_BITS];
        }
        assert_centred("bit", sum, N_SITES, 1.0);
        assert_centred("bit times the one before", with_bit_before, N_SITES, 1.0);
        assert_centred("bit times that of the site before", with_site_before, N_SITES, 1.0);
        assert_centred("bit times that 64 later", with_half_block, N_SITES, 1.0);
        all += sum;
    }
    assert_centred("all bits", all, (double)N_SITES * N_BITS, 1.0);
}
END_TEST

/* ---- uniform numbers ---- */

START_TEST(uniform_numbers_are_odd_multiples_of_two_to_the_minus_53)
{
    hebb_stream least = make_stream_of(0, 0, 0, 0), most = make_stream_of(UINT32_MAX, UINT32_MAX, 0, 0);
    ck_assert(hebb_stream_uniform(&least) == 0x1p-53);
    ck_assert(hebb_stream_uniform(&most) == 1.0 - 0x1p-53);
    hebb_stream low_word_first = make_stream_of(0, 0x80000000, 1 << 12, 0);
    ck_assert(hebb_stream_uniform(&low_word_first) == 0.5 + 0x1p-53);
    ck_assert(hebb_stream_uniform(&low_word_first) == 3 * 0x1p-53);

    hebb_stream stream = make_stream(3);
    for (int k = 0; k < 100000; k++) {
        const double u = hebb_stream_uniform(&stream);
        if (!(u > 0.0 && u < 1.0 && fmod(u * 0x1p53, 2.0) == 1.0)) ck_abort_msg("%a", u);
    }
}
END_TEST

START_TEST(uniform_numbers_fill_the_interval_and_pairs_of_them_the_square)
{
    enum { N = 200000, N_CELLS = 100, N_SIDE = 10 };
    hebb_stream stream = make_stream(4);
    long cells[N_CELLS] = {0}, squares[N_SIDE * N_SIDE] = {0};
    double before = 0.0, sum = 0.0;
    for (int k = 0; k < N; k++) {
        const double u = hebb_stream_uniform(&stream);
        cells[(int)(u * N_CELLS)]++;
        if (k % 2 == 1) squares[(int)(before * N_SIDE) * N_SIDE + (int)(u * N_SIDE)]++;
        before = u;
        sum += u - 0.5;
    }
    assert_uniform("interval", N_CELLS, cells, N);
    assert_uniform("square", N_SIDE * N_SIDE, squares, N / 2);
    assert_centred("mean", sum, N, 1.0 / 12.0);
}
END_TEST

/* ---- whole numbers below a bound ---- */

/* The words w with floor(w bound / 2^32) = value, each put at the head of a stream; one more is drawn if refused. */
static uint32_t count_accepted_words(uint32_t bound, uint32_t value)
{
    const uint64_t first = (((uint64_t)value << 32) + bound - 1) / bound;
    uint32_t n = 0;
    for (uint64_t w = first; w <= UINT32_MAX && w * bound >> 32 == value; w++) {
        hebb_stream stream = make_stream_of((uint32_t)w, UINT32_MAX, UINT32_MAX, UINT32_MAX);
        const uint32_t drawn = hebb_stream_below(&stream, bound);
        if (stream.n_left != 3) continue;
        if (drawn != value) ck_abort_msg("word %llu: %u, not %u", (unsigned long long)w, drawn, value);
        n++;
    }
    return n;
}

START_TEST(each_value_below_a_bound_takes_equally_many_words)
{
    static const uint32_t bounds[] = {1000003,    0x1000000,  0x1000001,  0x55555555, 0x55555556,
                                      0x80000000, 0x80000001, 0xc0000000, 0xfffffffe, 0xffffffff};
    for (size_t b = 0; b < sizeof bounds / sizeof *bounds; b++) {
        const uint32_t bound = bounds[b];
        const uint32_t want = (uint32_t)((UINT64_C(1) << 32) / bound);
        for (uint32_t k = 0; k < 50; k++) {
            ck_assert_uint_eq(count_accepted_words(bound, k), want);
            ck_assert_uint_eq(count_accepted_words(bound, bound - 1 - k), want);
            ck_assert_uint_eq(count_accepted_words(bound, bound / 50 * k), want);
        }
    }
}
END_TEST

START_TEST(below_one_is_zero_and_the_largest_bound_refuses_one_word)
{
    hebb_stream any = make_stream_of(0, 1, 0x80000000, UINT32_MAX);
    for (int k = 0; k < 4; k++) ck_assert_uint_eq(hebb_stream_below(&any, 1), 0);
    ck_assert_uint_eq(any.n_left, 0);
    hebb_stream words = make_stream_of(0, 1, 0x80000000, UINT32_MAX);
    ck_assert_uint_eq(hebb_stream_below(&words, UINT32_MAX), 0); /* word 0 refused, word w gives w - 1 */
    ck_assert_uint_eq(hebb_stream_below(&words, UINT32_MAX), 0x7fffffff);
    ck_assert_uint_eq(hebb_stream_below(&words, UINT32_MAX), UINT32_MAX - 1);
    ck_assert_uint_eq(words.n_left, 0);
}
END_TEST

START_TEST(numbers_below_small_bounds_are_uniform)
{
    enum { N = 100000, LARGEST = 256 };
    static const uint32_t bounds[] = {2, 3, 5, 6, 7, 10, 100, LARGEST};
    hebb_stream stream = make_stream(5);
    for (size_t b = 0; b < sizeof bounds / sizeof *bounds; b++) {
        long counts[LARGEST] = {0};
        for (int k = 0; k < N; k++) {
            const uint32_t drawn = hebb_stream_below(&stream, bounds[b]);
            if (drawn >= bounds[b]) ck_abort_msg("%u below %u", drawn, bounds[b]);
            counts[drawn]++;
        }
        assert_uniform("below a small bound", bounds[b], counts, N);
    }
}
END_TEST

/* Without refusals every third value would come twice as often. */
START_TEST(numbers_below_three_quarters_of_the_range_are_uniform)
{
    enum { N = 100000 };
    hebb_stream stream = make_stream(6);
    long counts[3] = {0};
    for (int k = 0; k < N; k++) counts[hebb_stream_below(&stream, 0xc0000000) % 3]++;
    assert_uniform("below 3/4 of the range", 3, counts, N);
}
END_TEST

/* ---- gaussian numbers ---- */

START_TEST(gaussian_numbers_are_those_of_box_and_muller)
{
    hebb_stream gaussian = make_stream(8), uniform = make_stream(8);
    for (int k = 0; k < 1000; k++) {
        const double radius = sqrt(-2.0 * log(hebb_stream_uniform(&uniform)));
        const double angle = 2.0 * 3.14159265358979323846 * hebb_stream_uniform(&uniform);
        ck_assert_double_eq_tol(hebb_stream_gaussian(&gaussian), radius * cos(angle), 1e-14);
        ck_assert_double_eq_tol(hebb_stream_gaussian(&gaussian), radius * sin(angle), 1e-14);
    }
}
END_TEST

/* E x^2 = 1, E x^4 = 3, E x^6 = 15, E x^8 = 105 give the variances of the first four. */
START_TEST(gaussian_numbers_have_the_moments_of_the_normal_law)
{
    enum { N = 200000 };
    hebb_stream stream = make_stream(9);
    double sums[5] = {0.0}, product = 0.0, product_of_squares = 0.0, before = 0.0;
    for (int k = 0; k < N; k++) {
        const double x = hebb_stream_gaussian(&stream);
        for (int j = 1; j <= 4; j++) sums[j] += pow(x, j);
        if (k % 2 == 1) {
            product += x * before;
            product_of_squares += (x * x - 1.0) * (before * before - 1.0);
        }
        before = x;
    }
    assert_centred("mean", sums[1], N, 1.0);
    assert_centred("variance", sums[2] - N, N, 3.0 - 1.0);
    assert_centred("third moment", sums[3], N, 15.0);
    assert_centred("fourth moment", sums[4] - 3.0 * N, N, 105.0 - 9.0);
    assert_centred("product of a pair", product, N / 2.0, 1.0);
    assert_centred("product of a pair's squares", product_of_squares, N / 2.0, 4.0);
}
END_TEST

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov and Smirnov: sqrt(n) D > 2.7 has probability 2 exp(-2 2.7^2) = 9e-7. */
START_TEST(gaussian_numbers_follow_the_normal_law)
{
    enum { N = 100000 };
    static double numbers[N];
    hebb_stream stream = make_stream(10);
    for (int k = 0; k < N; k++) numbers[k] = hebb_stream_gaussian(&stream);
    qsort(numbers, N, sizeof *numbers, compare);
    double largest = 0.0;
    for (int k = 0; k < N; k++) {
        const double law = 0.5 * erfc(-numbers[k] / sqrt(2.0));
        largest = fmax(largest, fmax((k + 1.0) / N - law, law - (double)k / N));
    }
    ck_assert_double_lt(sqrt(N) * largest, 2.7);
    ck_assert_double_gt(sqrt(N) * largest, 0.2); /* 1e-12: too even by far */
}
END_TEST

/* ---- permutations ---- */

/* Its number in the order of the dictionary. */
static size_t rank_of(const uint32_t permutation[4])
{
    static const size_t factorial[] = {6, 2, 1, 1};
    size_t rank = 0;
    for (int i = 0; i < 4; i++)
        for (int j = i + 1; j < 4; j++) rank += permutation[j] < permutation[i] ? factorial[i] : 0;
    return rank;
}

START_TEST(all_permutations_of_four_are_equally_likely)
{
    enum { N = 48000, N_PERMUTATIONS = 24 };
    hebb_stream stream = make_stream(11);
    long counts[N_PERMUTATIONS] = {0};
    for (int k = 0; k < N; k++) {
        uint32_t permutation[4];
        hebb_stream_permutation(&stream, 4, permutation);
        counts[rank_of(permutation)]++;
    }
    assert_uniform("permutations", N_PERMUTATIONS, counts, N);
}
END_TEST

START_TEST(permutations_have_each_element_once)
{
    enum { LARGEST = 1000 };
    hebb_stream stream = make_stream(12);
    for (uint32_t n = 0; n <= LARGEST; n += n < 10 ? 1 : 99) {
        uint32_t permutation[LARGEST + 1];
        bool is_there[LARGEST] = {false};
        permutation[n] = 4711;
        hebb_stream_permutation(&stream, n, permutation);
        ck_assert_uint_eq(permutation[n], 4711);
        for (uint32_t i = 0; i < n; i++) {
            ck_assert_uint_lt(permutation[i], n);
            ck_assert(!is_there[permutation[i]]);
            is_there[permutation[i]] = true;
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("philox");
    TCase *addresses = tcase_create("addresses");
    tcase_add_test(addresses, blocks_are_the_known_answers_at_the_counter_index_site_sweep);
    tcase_add_test(addresses, generators_are_the_known_answers_at_the_counter_what_realisation_replica);
    tcase_add_test(addresses, purposes_keep_the_numbers_that_results_were_drawn_with);
    tcase_add_test(addresses, streams_are_the_words_of_their_blocks_in_order);
    tcase_add_test(addresses, draws_do_not_depend_on_their_order);
    tcase_add_test(addresses, addresses_that_differ_anywhere_draw_unrelated_blocks);
    tcase_add_test(addresses, bits_are_those_of_the_blocks_and_the_rest_of_the_last_word_is_zero);
    suite_add_tcase(suite, addresses);
    TCase *laws = tcase_create("laws");
    tcase_add_test(laws, bits_are_fair_and_independent);
    tcase_add_test(laws, uniform_numbers_are_odd_multiples_of_two_to_the_minus_53);
    tcase_add_test(laws, uniform_numbers_fill_the_interval_and_pairs_of_them_the_square);
    tcase_add_test(laws, each_value_below_a_bound_takes_equally_many_words);
    tcase_add_test(laws, below_one_is_zero_and_the_largest_bound_refuses_one_word);
    tcase_add_test(laws, numbers_below_small_bounds_are_uniform);
    tcase_add_test(laws, numbers_below_three_quarters_of_the_range_are_uniform);
    tcase_add_test(laws, gaussian_numbers_are_those_of_box_and_muller);
    tcase_add_test(laws, gaussian_numbers_have_the_moments_of_the_normal_law);
    tcase_add_test(laws, gaussian_numbers_follow_the_normal_law);
    tcase_add_test(laws, all_permutations_of_four_are_equally_likely);
    tcase_add_test(laws, permutations_have_each_element_once);
    suite_add_tcase(suite, laws);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
