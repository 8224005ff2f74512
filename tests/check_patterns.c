/* patterns: the three stores against each other, single bits, a plain sum, and the statistics of fair signs. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "patterns.h"

static const size_t sizes[] = {1, 2, 63, 64, 65, 127, 256, 257, 1000};
static const size_t loads[] = {1, 2, 47, 48, 49, 63, 64, 65, 127, 128, 129, 1000};

static void init(hebb_patterns *patterns, const hebb_kernel *kernel, hebb_pattern_store store, size_t n, size_t p)
{
    ck_assert_int_eq(hebb_kernel_select(kernel == NULL ? NULL : kernel->name), HEBB_OK);
    ck_assert_int_eq(hebb_patterns_init(patterns, n, p, store), HEBB_OK);
    if (kernel != NULL) ck_assert_ptr_eq(patterns->kernel, kernel);
}

START_TEST(a_sign_set_is_the_sign_read_and_no_other_changes)
{
    for (size_t s = 0; s < 2; s++) {
        hebb_patterns patterns;
        init(&patterns, NULL, engine_stores[s], 259, 130);
        hebb_patterns_set(&patterns, 257, 64, 1);
        for (size_t i = 0; i < 259; i++)
            for (size_t mu = 0; mu < 130; mu++)
                ck_assert_int_eq(hebb_patterns_get(&patterns, i, mu), i == 257 && mu == 64 ? 1 : -1);
        hebb_patterns_set(&patterns, 257, 64, -1);
        ck_assert_int_eq(hebb_patterns_get(&patterns, 257, 64), -1);
        hebb_patterns_free(&patterns);
        hebb_patterns_free(&patterns);
    }
}
END_TEST

static void check_signs(const hebb_kernel *kernel, hebb_pattern_store store, size_t n, size_t p)
{
    hebb_patterns patterns;
    init(&patterns, kernel, store, n, p);
    hebb_patterns_draw(&patterns, 7, 3);
    const hebb_philox generator = hebb_philox_derive(7, HEBB_DRAW_PATTERNS, (uint64_t)n << 32 | p, 3);
    uint64_t *words = calloc((p + 63) / 64, sizeof *words);
    size_t n_wrong = 0;
    for (size_t i = 0; i < n; i++) {
        hebb_philox_bits(generator, 0, (uint32_t)i, p, words);
        for (size_t mu = 0; mu < p; mu++)
            n_wrong += hebb_patterns_get(&patterns, i, mu) != (words[mu / 64] >> mu % 64 & 1 ? 1 : -1);
    }
    int8_t *column = calloc(n, 1);
    for (size_t mu = 0; mu < p; mu += p < 9 ? 1 : p / 9) {
        hebb_patterns_column(&patterns, mu, column);
        for (size_t i = 0; i < n; i++) n_wrong += column[i] != hebb_patterns_get(&patterns, i, mu);
    }
    ck_assert_uint_eq(n_wrong, 0);
    free(column);
    free(words);
    hebb_patterns_free(&patterns);
}

START_TEST(all_stores_hold_the_bits_at_the_address_of_each_neuron)
{
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        for (size_t s = 0; s < N_STORES; s++)
            for (size_t a = 0; a < COUNT(sizes); a++) check_signs(*kernel, engine_stores[s], sizes[a], loads[a]);
}
END_TEST

static void check_slices(const hebb_patterns *patterns, size_t n, const uint32_t *neurons, const uint16_t *slices)
{
    size_t n_wrong = 0;
    for (size_t k = 0; k < n; k++)
        for (size_t mu = 0; mu < 16 * patterns->n_words; mu++)
            n_wrong += engine_sliced_sign(slices, k, mu) !=
                       (mu < patterns->n_patterns ? hebb_patterns_get(patterns, neurons[k], mu) : -1);
    ck_assert_uint_eq(n_wrong, 0);
}

static void check_reading(const hebb_kernel *kernel, hebb_pattern_store store, size_t n, size_t p)
{
    hebb_patterns patterns;
    init(&patterns, kernel, store, n, p);
    hebb_patterns_draw(&patterns, 7, 3);
    uint16_t *room = calloc(hebb_patterns_block_room(p), sizeof *room);
    uint32_t neurons[HEBB_BLOCK], *turn = calloc(n, sizeof *turn);
    for (size_t first = 0; first < n; first += 32) {
        const size_t left = HEBB_BLOCK - first % HEBB_BLOCK, n_block = n - first < left ? n - first : left;
        for (size_t k = 0; k < n_block; k++) neurons[k] = (uint32_t)(first + k);
        check_slices(&patterns, n_block, neurons, hebb_patterns_block(&patterns, first, n_block, room));
    }
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_ORDER, n, 0), 0, 0);
    hebb_stream_permutation(&stream, (uint32_t)n, turn);
    const size_t n_gathered = n < HEBB_BLOCK ? n : HEBB_BLOCK;
    hebb_patterns_gather(&patterns, n_gathered, turn, room);
    check_slices(&patterns, n_gathered, turn, room);
    free(turn);
    free(room);
    hebb_patterns_free(&patterns);
}

START_TEST(blocks_and_gathered_neurons_are_the_signs_and_the_padding_is_zero)
{
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        for (size_t s = 0; s < N_STORES; s++) {
            for (size_t b = 0; b < COUNT(loads); b++) check_reading(*kernel, engine_stores[s], 65, loads[b]);
            for (size_t a = 0; a < COUNT(sizes) - 1; a++) check_reading(*kernel, engine_stores[s], sizes[a], 50);
        }
}
END_TEST

static void check_overlaps(const hebb_kernel *kernel, hebb_pattern_store store, size_t n, size_t p)
{
    hebb_patterns patterns;
    init(&patterns, kernel, store, n, p);
    hebb_patterns_draw(&patterns, 7, 3);
    int8_t *spins = malloc(n);
    int32_t *overlaps = malloc(hebb_patterns_padded(p) * sizeof *overlaps);
    uint16_t *room = malloc(hebb_patterns_block_room(p) * sizeof *room);
    for (size_t i = 0; i < n; i++) spins[i] = i * 2654435761u % 7 < 3 ? -1 : 1;
    hebb_patterns_overlaps(&patterns, spins, room, overlaps);
    for (size_t mu = 0; mu < hebb_patterns_padded(p); mu++) {
        int32_t sum = 0;
        for (size_t i = 0; i < n && mu < p; i++) sum += hebb_patterns_get(&patterns, i, mu) * spins[i];
        ck_assert_int_eq(overlaps[mu], sum);
    }
    free(room);
    free(overlaps);
    free(spins);
    hebb_patterns_free(&patterns);
}

START_TEST(overlaps_equal_the_plain_sum_and_the_padding_is_zero)
{
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        for (size_t s = 0; s < N_STORES; s++) {
            for (size_t b = 0; b < COUNT(loads); b++) check_overlaps(*kernel, engine_stores[s], 65, loads[b]);
            for (size_t a = 0; a < COUNT(sizes); a++) check_overlaps(*kernel, engine_stores[s], sizes[a], 129);
        }
}
END_TEST

/* ---- parts ---- */

START_TEST(parts_are_all_patterns_in_turn_and_as_large_as_each_other)
{
    static const size_t many[] = {1, 47, 48, 384, 385, 768, 769, 1153, 2011, 26000, 130000};
    for (size_t b = 0; b < COUNT(many); b++) {
        const size_t p = many[b], most = hebb_patterns_most_parts(p);
        ck_assert_uint_eq(most, (p + 383) / 384);
        for (size_t n_parts = 1; n_parts <= most; n_parts += 1 + n_parts / 10) {
            size_t n_words = 0, n_patterns = 0;
            for (size_t k = 0; k < n_parts; k++) {
                const hebb_pattern_part part = hebb_patterns_part(p, k, n_parts);
                ck_assert_uint_eq(part.first_word, n_words);
                ck_assert_uint_eq(part.first_word % HEBB_PART_WORDS, 0);
                ck_assert_uint_gt(part.n_patterns, 0);
                ck_assert_uint_le(part.n_patterns, 384 * ((most + n_parts - 1) / n_parts));
                n_words += part.n_words;
                n_patterns += part.n_patterns;
                ck_assert_uint_eq(n_patterns, 16 * n_words < p ? 16 * n_words : p);
            }
            ck_assert_uint_eq(16 * n_words, hebb_patterns_padded(p));
        }
    }
}
END_TEST

/* What is read as a part, against the same words of the whole. */
static void check_part(const hebb_patterns *patterns, hebb_pattern_part part, size_t first, size_t n)
{
    const size_t n_words = HEBB_BLOCK * patterns->n_words;
    uint32_t neurons[HEBB_BLOCK];
    uint16_t *all_room = calloc(n_words, sizeof *all_room), *room = calloc(n_words, sizeof *room);
    for (size_t k = 0; k < n; k++) neurons[k] = (uint32_t)((first + 7 * k) % patterns->n_neurons);
    for (int is_gathered = 0; is_gathered < 2; is_gathered++) {
        const uint16_t *all = all_room, *some = room;
        if (is_gathered) {
            hebb_patterns_gather(patterns, n, neurons, all_room);
            hebb_patterns_part_gather(patterns, part, n, neurons, room);
        } else {
            all = hebb_patterns_block(patterns, first, n, all_room);
            some = hebb_patterns_part_block(patterns, part, first, n, room);
        }
        for (size_t w = 0; w < part.n_words; w++)
            ck_assert_mem_eq(some + HEBB_BLOCK * w, all + HEBB_BLOCK * (part.first_word + w), n * sizeof *some);
    }
    free(room);
    free(all_room);
}

START_TEST(the_words_of_a_part_are_those_of_the_whole)
{
    static const size_t many[] = {769, 1153, 1163, 2011};
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        for (size_t s = 0; s < N_STORES; s++)
            for (size_t b = 0; b < COUNT(many); b++) {
                hebb_patterns patterns;
                init(&patterns, *kernel, engine_stores[s], 300, many[b]);
                hebb_patterns_draw(&patterns, 7, 3);
                for (size_t n_parts = 1; n_parts <= hebb_patterns_most_parts(many[b]); n_parts++)
                    for (size_t k = 0; k < n_parts; k++) {
                        check_part(&patterns, hebb_patterns_part(many[b], k, n_parts), 0, 256);
                        check_part(&patterns, hebb_patterns_part(many[b], k, n_parts), 256, 44);
                    }
                hebb_patterns_free(&patterns);
            }
}
END_TEST

START_TEST(drawn_and_summed_by_several_threads_they_are_the_same)
{
    const size_t n = 1000, p = 1163, n_padded = hebb_patterns_padded(p);
    uint16_t *room = calloc(hebb_patterns_block_room(p), sizeof *room);
    int32_t *overlaps[2] = {calloc(n_padded, sizeof **overlaps), calloc(n_padded, sizeof **overlaps)};
    int8_t *spins = calloc(n, 1);
    engine_random_spins(n, 1, spins);
    for (size_t s = 0; s < N_STORES; s++)
        for (int n_threads = 2; n_threads < 8; n_threads++) {
            hebb_patterns one, many;
            init(&one, NULL, engine_stores[s], n, p);
            init(&many, NULL, engine_stores[s], n, p);
            many.n_threads = n_threads;
            hebb_patterns_draw(&one, 7, 3);
            hebb_patterns_draw(&many, 7, 3);
            const size_t bytes = (size_t)hebb_patterns_bytes(n, p, engine_stores[s]);
            if (one.slices != NULL) ck_assert_mem_eq(one.slices, many.slices, bytes);
            if (one.rows != NULL) ck_assert_mem_eq(one.rows, many.rows, bytes);
            memset(overlaps[1], 0x5A, n_padded * sizeof **overlaps);
            hebb_patterns_overlaps(&one, spins, room, overlaps[0]);
            hebb_patterns_overlaps(&many, spins, room, overlaps[1]);
            ck_assert_mem_eq(overlaps[0], overlaps[1], n_padded * sizeof **overlaps);
            hebb_patterns_free(&one);
            hebb_patterns_free(&many);
        }
    free(spins);
    free(overlaps[0]);
    free(overlaps[1]);
    free(room);
}
END_TEST

static size_t n_equal_signs(const hebb_patterns *a, const hebb_patterns *b)
{
    size_t n_equal = 0;
    for (size_t i = 0; i < a->n_neurons; i++)
        for (size_t mu = 0; mu < a->n_patterns; mu++)
            n_equal += hebb_patterns_get(a, i, mu) == hebb_patterns_get(b, i, mu);
    return n_equal;
}

/* Unequal disorders agree in half of 7000 fair coins, to 5 sigma: false alarm 6e-7 each. */
START_TEST(signs_depend_on_seed_size_and_replica_alone)
{
    for (size_t s = 0; s < N_STORES; s++) {
        hebb_patterns a, b;
        init(&a, NULL, engine_stores[s], 100, 70);
        init(&b, NULL, engine_stores[(s + 1) % N_STORES], 100, 70);
        hebb_patterns_draw(&a, 1, 0);
        hebb_patterns_draw(&b, 1, 5);
        ck_assert_uint_lt(n_equal_signs(&a, &b), 3500 + 5 * 42);
        hebb_patterns_draw(&b, 2, 0);
        ck_assert_uint_lt(n_equal_signs(&a, &b), 3500 + 5 * 42);
        hebb_patterns_draw(&b, 1, 0);
        ck_assert_uint_eq(n_equal_signs(&a, &b), 7000);
        hebb_patterns_free(&b);
        init(&b, NULL, engine_stores[s], 100, 71); /* one pattern more is another disorder altogether */
        hebb_patterns_draw(&b, 1, 0);
        ck_assert_uint_lt(n_equal_signs(&a, &b), 3500 + 5 * 42);
        ck_assert_uint_gt(n_equal_signs(&a, &b), 3500 - 5 * 42);
        hebb_patterns_free(&a);
        hebb_patterns_free(&b);
    }
}
END_TEST

/* Fixed seed; each of the three bounds is 5 sigma, false alarm 6e-7. */
START_TEST(signs_are_fair_and_neighbours_independent)
{
    hebb_patterns patterns;
    const size_t n = 1000, p = 640;
    init(&patterns, NULL, HEBB_STORE_ROWS, n, p);
    hebb_patterns_draw(&patterns, 11, 0);
    double sum = 0.0, across_neurons = 0.0, across_patterns = 0.0;
    for (size_t i = 1; i < n; i++)
        for (size_t mu = 1; mu < p; mu++) {
            const int sign = hebb_patterns_get(&patterns, i, mu);
            sum += sign;
            across_neurons += sign * hebb_patterns_get(&patterns, i - 1, mu);
            across_patterns += sign * hebb_patterns_get(&patterns, i, mu - 1);
        }
    const double bound = 5.0 * sqrt((double)((n - 1) * (p - 1)));
    ck_assert_double_lt(fabs(sum), bound);
    ck_assert_double_lt(fabs(across_neurons), bound);
    ck_assert_double_lt(fabs(across_patterns), bound);
    hebb_patterns_free(&patterns);
}
END_TEST

START_TEST(the_load_is_rounded_to_the_nearest_pattern)
{
    ck_assert_uint_eq(hebb_patterns_at_load(0.138, 1000), 138);
    ck_assert_uint_eq(hebb_patterns_at_load(0.138, 100), 14);
    ck_assert_uint_eq(hebb_patterns_at_load(0.0004, 1000), 0);
    ck_assert_uint_eq(hebb_patterns_at_load(0.13, 5000), 650);
    ck_assert_uint_eq(hebb_patterns_at_load(0.25, 10), 3); /* halves away from zero */
    ck_assert_uint_eq(hebb_patterns_at_load(0.25, 14), 4);
}
END_TEST

START_TEST(balanced_patterns_have_every_combination_of_signs_as_often)
{
    static const size_t stores[] = {HEBB_STORE_SLICES, HEBB_STORE_ROWS};
    for (size_t s = 0; s < 2; s++) {
        hebb_patterns patterns;
        int n_of_class[32] = {0};
        ck_assert_int_eq(hebb_patterns_init(&patterns, 331, 5, (hebb_pattern_store)stores[s]), HEBB_OK);
        ck_assert_int_eq(hebb_patterns_balance(&patterns), HEBB_OK);
        for (size_t i = 0; i < 331; i++) {
            int class = 0;
            for (size_t mu = 0; mu < 5; mu++) class += (hebb_patterns_get(&patterns, i, mu) > 0) << mu;
            n_of_class[class]++;
        }
        for (int k = 0; k < 32; k++) ck_assert_int_eq(n_of_class[k], 10 + (k < 331 % 32));
        hebb_patterns_free(&patterns);
        ck_assert_int_eq(hebb_patterns_init(&patterns, 31, 5, (hebb_pattern_store)stores[s]), HEBB_OK);
        ck_assert_int_eq(hebb_patterns_balance(&patterns), HEBB_EDOM);
        hebb_patterns_free(&patterns);
        ck_assert_int_eq(hebb_patterns_init(&patterns, 31, 64, (hebb_pattern_store)stores[s]), HEBB_OK);
        ck_assert_int_eq(hebb_patterns_balance(&patterns), HEBB_EDOM);
        hebb_patterns_free(&patterns);
    }
}
END_TEST

START_TEST(what_is_allocated_is_what_is_counted)
{
    ck_assert(hebb_patterns_bytes(1000, 49, HEBB_STORE_NOTHING) == 0.0);
    ck_assert(hebb_patterns_bytes(1000, 65, HEBB_STORE_ROWS) == 1000 * 2 * 8.0);
    ck_assert(hebb_patterns_bytes(257, 49, HEBB_STORE_SLICES) == 2 * 256 * 6 * 2.0);
    hebb_patterns patterns;
    init(&patterns, NULL, HEBB_STORE_NOTHING, HEBB_MAX_NEURONS, HEBB_MAX_PATTERNS);
    hebb_patterns_draw(&patterns, 1, 0);
    ck_assert_int_eq(abs(hebb_patterns_get(&patterns, HEBB_MAX_NEURONS - 1, HEBB_MAX_PATTERNS - 1)), 1);
    hebb_patterns_free(&patterns);
}
END_TEST

START_TEST(sizes_out_of_range_and_beyond_memory_are_refused)
{
    hebb_patterns patterns;
    for (size_t s = 0; s < N_STORES; s++) {
        ck_assert_int_eq(hebb_patterns_init(&patterns, 0, 5, engine_stores[s]), HEBB_EDOM);
        ck_assert_int_eq(hebb_patterns_init(&patterns, 5, 0, engine_stores[s]), HEBB_EDOM);
        ck_assert_int_eq(hebb_patterns_init(&patterns, HEBB_MAX_NEURONS + 1, 5, engine_stores[s]), HEBB_EDOM);
        ck_assert_int_eq(hebb_patterns_init(&patterns, 5, HEBB_MAX_PATTERNS + 1, engine_stores[s]), HEBB_EDOM);
    }
    for (size_t s = 0; s < 2; s++) {
        ck_assert_int_eq(hebb_patterns_init(&patterns, HEBB_MAX_NEURONS, HEBB_MAX_PATTERNS, engine_stores[s]),
                         HEBB_ENOMEM);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "iB"));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("patterns");
    TCase *bits = tcase_create("bits");
    tcase_add_test(bits, a_sign_set_is_the_sign_read_and_no_other_changes);
    tcase_add_test(bits, all_stores_hold_the_bits_at_the_address_of_each_neuron);
    tcase_add_test(bits, blocks_and_gathered_neurons_are_the_signs_and_the_padding_is_zero);
    tcase_add_test(bits, overlaps_equal_the_plain_sum_and_the_padding_is_zero);
    tcase_add_test(bits, signs_depend_on_seed_size_and_replica_alone);
    tcase_add_test(bits, signs_are_fair_and_neighbours_independent);
    tcase_add_test(bits, the_load_is_rounded_to_the_nearest_pattern);
    tcase_add_test(bits, balanced_patterns_have_every_combination_of_signs_as_often);
    tcase_add_test(bits, what_is_allocated_is_what_is_counted);
    tcase_add_test(bits, sizes_out_of_range_and_beyond_memory_are_refused);
    suite_add_tcase(suite, bits);
    TCase *parts = tcase_create("parts");
    tcase_add_test(parts, parts_are_all_patterns_in_turn_and_as_large_as_each_other);
    tcase_add_test(parts, the_words_of_a_part_are_those_of_the_whole);
    tcase_add_test(parts, drawn_and_summed_by_several_threads_they_are_the_same);
    suite_add_tcase(suite, parts);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
