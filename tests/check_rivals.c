/* Patterns that are drawn, compared with a state and forgotten: their bits, their counts, and what they decide. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "dense_memory.h"
#include "rivals.h"

static hebb_philox generator_of(uint32_t replica)
{
    return hebb_philox_derive(7, HEBB_DRAW_RIVALS, 11, replica);
}

START_TEST(bits_are_those_of_the_blocks_at_their_address)
{
    const hebb_philox generator = generator_of(1);
    uint32_t block[4];
    hebb_philox_block(generator, 0, 0, 5, block);
    ck_assert_uint_eq(hebb_rivals_pattern(generator, 32, 22), block[2]);
    ck_assert_uint_eq(hebb_rivals_pattern(generator, 20, 22), block[2] & 0xFFFFF);
    ck_assert_uint_eq(hebb_rivals_pattern(generator, 64, 11), block[2] | (uint64_t)block[3] << 32);
    ck_assert_uint_eq(hebb_rivals_pattern(generator, 33, 10), block[0] | (uint64_t)(block[1] & 1) << 32);
}
END_TEST

/* The vectorised way against pattern by pattern; begun and ended inside blocks and groups; beyond 2^32 as well. */
START_TEST(counts_are_those_of_the_patterns_one_by_one_however_they_are_cut)
{
    const size_t sizes[] = {1, 5, 31, 32, 33, 48, 63, 64};
    static hebb_rivals fast, slow;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const hebb_philox generator = generator_of((uint32_t)k);
        const uint64_t state = hebb_rivals_pattern(generator_of(99), sizes[k], 3);
        const uint64_t first = k % 2 == 0 ? 3 : (UINT64_C(1) << 34) - 700, n = 5000;
        hebb_rivals_clear(&fast, sizes[k]);
        hebb_rivals_clear(&slow, sizes[k]);
        hebb_rivals_add(&fast, generator, state, first, 1234);
        hebb_rivals_add(&fast, generator, state, first + 1234, 0);
        hebb_rivals_add(&fast, generator, state, first + 1234, n - 1234);
        for (uint64_t mu = first; mu < first + n; mu++)
            hebb_rivals_add_one(&slow, state, hebb_rivals_pattern(generator, sizes[k], mu));
        ck_assert_int_eq(memcmp(fast.at, slow.at, sizeof fast.at), 0);
        ck_assert_int_eq(memcmp(fast.against, slow.against, sizeof fast.against), 0);
    }
}
END_TEST

static size_t take_step_in_dense_memory(size_t n, size_t n_patterns, hebb_philox generator, uint64_t state, int *drives)
{
    hebb_patterns patterns = {0};
    hebb_dense_memory memory = {0};
    const hebb_interaction exponential = {.kind = HEBB_INTERACTION_EXPONENTIAL};
    ck_assert_int_eq(hebb_patterns_init(&patterns, n, n_patterns, HEBB_STORE_ROWS), HEBB_OK);
    int8_t spins[64];
    for (size_t mu = 0; mu < n_patterns; mu++)
        for (size_t i = 0; i < n; i++)
            hebb_patterns_set(&patterns, i, mu, hebb_rivals_pattern(generator, n, mu) >> i & 1 ? 1 : -1);
    ck_assert_int_eq(hebb_dense_memory_init(&memory, &patterns, exponential), HEBB_OK);
    for (size_t i = 0; i < n; i++) spins[i] = state >> i & 1 ? 1 : -1;
    hebb_dense_memory_start_at(&memory, spins);
    size_t n_ties = 0;
    for (size_t i = 0; i < n; i++) {
        drives[i] = spins[i] * hebb_dense_memory_drive(&memory, i);
        n_ties += drives[i] == 0;
    }
    hebb_dense_memory_free(&memory);
    hebb_patterns_free(&patterns);
    return n_ties;
}

/* Small N and few patterns, where ties are common, and up to where a pattern is lost. */
START_TEST(decisions_are_those_of_a_dense_memory_with_the_same_patterns)
{
    static const size_t cases[][2] = {{3, 2}, {4, 3}, {6, 40}, {9, 100}, {12, 700}, {20, 900}, {40, 300}, {64, 100}};
    static hebb_rivals rivals;
    size_t n_ties = 0, n_turned = 0;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        for (uint32_t replica = 0; replica < 6; replica++) {
            const size_t n = cases[k][0], n_patterns = cases[k][1];
            const hebb_philox generator = generator_of(100 + replica);
            const uint64_t state = hebb_rivals_pattern(generator, n, 0) ^ (replica % 3);
            int want[64];
            const size_t ties = take_step_in_dense_memory(n, n_patterns, generator, state, want);
            hebb_rivals_clear(&rivals, n);
            hebb_rivals_add(&rivals, generator, state, 0, n_patterns);
            const uint64_t next = hebb_rivals_step(&rivals, state);
            for (size_t i = 0; i < n; i++) {
                ck_assert_int_eq(hebb_rivals_drive(&rivals, i), want[i]);
                ck_assert_int_eq((int)((next ^ state) >> i & 1), want[i] < 0);
                n_turned += want[i] < 0;
            }
            n_ties += ties;
        }
    ck_assert_uint_gt(n_ties, 0); /* the cases do try them */
    ck_assert_uint_gt(n_turned, 50);
}
END_TEST

/* c_j = 0 but for a few: what doubles cannot tell is told, and what is 0 is 0. */
START_TEST(what_cancels_leaves_the_sign_to_what_is_left)
{
    static hebb_rivals rivals;
    hebb_rivals_clear(&rivals, 64);
    ck_assert_int_eq(hebb_rivals_drive(&rivals, 0), 0);
    /* At neuron 0: one for, at distance 0, and one against, at distance 1: c_0 = 1 - 1, c_1 = 1 - 1. */
    rivals.at[0] = 1;
    rivals.at[1] = 1;
    rivals.against[1][0] = 1;
    ck_assert_int_eq(hebb_rivals_drive(&rivals, 0), 0);
    /* 60 of the least weight there is, against and for. */
    rivals.at[64] = 60;
    rivals.against[64][0] = 60;
    ck_assert_int_eq(hebb_rivals_drive(&rivals, 0), -1);
    rivals.against[64][0] = 0;
    ck_assert_int_eq(hebb_rivals_drive(&rivals, 0), 1);
}
END_TEST

START_TEST(nearly_equal_sums_are_told_apart_with_more_digits)
{
    static hebb_rivals rivals;
    /* p/q, convergents of e^2 = [7; 2, 1, 1, 3, 18, 5, 1, 1, 6, ..]: below and above it in turn, and to within 1/q^2. */
    const long quotients[] = {7, 2, 1, 1, 3, 18, 5, 1, 1, 6, 30, 8, 1, 1, 9};
    long p0 = 1, q0 = 0, p1 = quotients[0], q1 = 1;
    for (size_t k = 1; k < sizeof quotients / sizeof *quotients; k++) {
        const long p = quotients[k] * p1 + p0, q = quotients[k] * q1 + q0;
        p0 = p1, q0 = q1, p1 = p, q1 = q;
        hebb_rivals_clear(&rivals, 30); /* q - p e^{-2}: c_0 = q, c_1 = -p */
        rivals.at[0] = (uint32_t)q;
        rivals.against[2][0] = (uint32_t)p; /* c_1 = -b_2, and c_2 = n_2 - b_2 = 0 */
        rivals.at[2] = (uint32_t)p;
        ck_assert_int_eq(hebb_rivals_drive(&rivals, 0), k % 2 == 0 ? 1 : -1);
    }
    ck_assert_int_gt(p1, 20000000); /* q - p e^{-2} is 1e-15 of its terms */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rivals");
    TCase *tests = tcase_create("rivals");
    tcase_add_test(tests, bits_are_those_of_the_blocks_at_their_address);
    tcase_add_test(tests, counts_are_those_of_the_patterns_one_by_one_however_they_are_cut);
    tcase_add_test(tests, decisions_are_those_of_a_dense_memory_with_the_same_patterns);
    tcase_add_test(tests, what_cancels_leaves_the_sign_to_what_is_left);
    tcase_add_test(tests, nearly_equal_sums_are_told_apart_with_more_digits);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
