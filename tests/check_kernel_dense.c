/* kernel, dense memories: every loop of every kernel that this processor runs against plain sums over single bits. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "kernel.h"

static const size_t loads[] = {1, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 1000};
enum { MAX_LOAD = 1024, MAX_WORDS = MAX_LOAD / 64, N_LEVELS = 402 };

typedef struct {
    uint64_t bits[HEBB_DENSE_ROWS][MAX_WORDS];
    const uint64_t *rows[HEBB_DENSE_ROWS];
    int32_t overlaps[MAX_LOAD]; /* even, -200 .. 200 */
    hebb_stream stream;
} block;

/* Bits beyond the load are 0, as in patterns. */
static block *make(size_t k)
{
    block *b = calloc(1, sizeof *b);
    hebb_stream_init(&b->stream, hebb_philox_derive(51, HEBB_DRAW_STATE, k, 0), 0, 0);
    for (size_t r = 0; r < HEBB_DENSE_ROWS; r++) {
        hebb_philox_bits(hebb_philox_derive(52, HEBB_DRAW_PATTERNS, k, 0), 0, (uint32_t)r, k, b->bits[r]);
        b->rows[r] = b->bits[r];
    }
    for (size_t mu = 0; mu < k; mu++) b->overlaps[mu] = 2 * (int32_t)hebb_stream_below(&b->stream, 201) - 200;
    return b;
}

static int is_set(const uint64_t *row, size_t mu)
{
    return row[mu / 64] >> mu % 64 & 1;
}

START_TEST(a_row_is_turned_and_no_other_overlap_touched)
{
    for (EACH_KERNEL(kernel))
        for (size_t c = 0; c < COUNT(loads); c++)
            for (int change = -2; change <= 2; change += 4) {
                block *b = make(loads[c]);
                int32_t overlaps[MAX_LOAD];
                memcpy(overlaps, b->overlaps, sizeof overlaps);
                (*kernel)->turn_row(loads[c], b->rows[1], change, overlaps);
                for (size_t mu = 0; mu < MAX_LOAD; mu++) {
                    const int expected = mu < loads[c] ? is_set(b->rows[1], mu) ? change : -change : 0;
                    ck_assert_int_eq(overlaps[mu] - b->overlaps[mu], expected);
                }
                free(b);
            }
}
END_TEST

START_TEST(the_largest_overlap_is_found_wherever_it_is)
{
    for (EACH_KERNEL(kernel))
        for (size_t c = 0; c < COUNT(loads); c++) {
            block *b = make(loads[c]);
            for (size_t mu = 0; mu < loads[c]; mu++) b->overlaps[mu] -= 1000;
            for (size_t mu = 0; mu < loads[c]; mu += 3) {
                b->overlaps[mu] += 500;
                ck_assert_int_eq((*kernel)->largest(loads[c], b->overlaps), b->overlaps[mu]);
                b->overlaps[mu] -= 500;
            }
            free(b);
        }
}
END_TEST

START_TEST(weights_are_two_steps_and_so_are_their_sums)
{
    for (EACH_KERNEL(kernel))
        for (size_t c = 0; c < COUNT(loads); c++) {
            block *b = make(loads[c]);
            int32_t steps[N_LEVELS], weights[MAX_LOAD] = {0};
            double real_steps[N_LEVELS], real_weights[MAX_LOAD] = {0}, real_sums[HEBB_WEIGHT_SUMS];
            int64_t sums[HEBB_WEIGHT_SUMS], expected[HEBB_WEIGHT_SUMS] = {0};
            for (size_t l = 0; l < N_LEVELS; l++) {
                steps[l] = (int32_t)hebb_stream_below(&b->stream, 1u << 28) - (1 << 27);
                real_steps[l] = steps[l];
            }
            (*kernel)->weigh_whole(loads[c], b->overlaps, 200, steps, weights, sums);
            (*kernel)->weigh_real(loads[c], b->overlaps, 200, real_steps, real_weights, real_sums);
            for (size_t mu = 0; mu < MAX_LOAD; mu++) {
                const int32_t *step = steps + (b->overlaps[mu] + 200) / 2;
                const int64_t weight = mu < loads[c] ? (int64_t)step[0] + step[1] : 0;
                ck_assert_int_eq(weights[mu], weight);
                ck_assert_double_eq(real_weights[mu], (double)weight);
                if (mu >= loads[c]) continue;
                expected[HEBB_SUM_OF_RISES] += step[1];
                expected[HEBB_SUM_OF_WEIGHTS] += weight;
                expected[HEBB_SUM_OF_SIZES] += labs(step[0]) + labs(step[1]);
            }
            for (size_t s = 0; s < HEBB_WEIGHT_SUMS; s++) {
                ck_assert_int_eq(sums[s], expected[s]);
                ck_assert_double_eq(real_sums[s], (double)expected[s]); /* whole numbers are added exactly */
            }
            free(b);
        }
}
END_TEST

START_TEST(cubics_are_weighed_as_their_tables_are)
{
    static const int32_t factors[][4] = {{0, 1, 0, 0}, {1, 0, 3, 0}, {0, 1, 0, 1}, {-5, 7, -2, 1}};
    for (EACH_KERNEL(kernel))
        for (size_t c = 0; c < COUNT(loads); c++)
            for (size_t f = 0; f < COUNT(factors); f++) {
                block *b = make(loads[c]);
                int32_t steps[N_LEVELS], weights[MAX_LOAD] = {0}, expected[MAX_LOAD] = {0};
                int64_t sums[HEBB_WEIGHT_SUMS], expected_sums[HEBB_WEIGHT_SUMS];
                for (int32_t l = 0; l < N_LEVELS; l++) {
                    const int32_t a = 2 * l - 201;
                    steps[l] = factors[f][0] + factors[f][1] * a + factors[f][2] * a * a + factors[f][3] * a * a * a;
                }
                hebb_kernels()[0]->weigh_whole(loads[c], b->overlaps, 200, steps, expected, expected_sums);
                (*kernel)->weigh_cubic(loads[c], b->overlaps, factors[f], weights, sums);
                ck_assert_mem_eq(weights, expected, sizeof weights);
                ck_assert_mem_eq(sums, expected_sums, sizeof sums);
                free(b);
            }
}
END_TEST

/* Weights of 2^28 and their opposites, so that 32 bits overflow unless a sum is widened after each word. */
START_TEST(sums_over_bits_are_those_of_single_weights)
{
    for (EACH_KERNEL(kernel))
        for (size_t c = 0; c < COUNT(loads); c++)
            for (size_t n_rows = 1; n_rows <= HEBB_DENSE_ROWS; n_rows++) {
                block *b = make(loads[c]);
                const size_t n_words = (loads[c] + 63) / 64;
                const int is_large = c % 2 == 0;
                int32_t weights[MAX_LOAD];
                double real_weights[MAX_LOAD], real_sums[HEBB_DENSE_ROWS], first[HEBB_DENSE_ROWS];
                int64_t sums[HEBB_DENSE_ROWS];
                for (size_t mu = 0; mu < MAX_LOAD; mu++) {
                    weights[mu] = is_large ? (1 << 28) - 2 : (int32_t)hebb_stream_below(&b->stream, 2000) - 1000;
                    real_weights[mu] = hebb_stream_uniform(&b->stream) - 0.3;
                }
                (*kernel)->sum_whole(n_rows, b->rows, n_words, is_large ? 1 : n_words, weights, sums);
                (*kernel)->sum_real(n_rows, b->rows, n_words, real_weights, real_sums);
                hebb_kernels()[0]->sum_real(n_rows, b->rows, n_words, real_weights, first);
                for (size_t r = 0; r < n_rows; r++) {
                    int64_t expected = 0;
                    double real_expected = 0.0;
                    for (size_t mu = 0; mu < loads[c]; mu++) {
                        expected += is_set(b->rows[r], mu) * (int64_t)weights[mu];
                        real_expected += is_set(b->rows[r], mu) * real_weights[mu];
                    }
                    ck_assert_int_eq(sums[r], expected);
                    ck_assert_double_eq_tol(real_sums[r], real_expected, 1e-12);
                    ck_assert_double_eq(real_sums[r], first[r]);
                }
                free(b);
            }
}
END_TEST

/* Against libm, and against the whole numbers that heat_bath makes of them. */
START_TEST(thresholds_are_logarithms_of_odds)
{
    enum { SIZE = 256 };
    uint64_t words[SIZE];
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(53, HEBB_DRAW_NOISE, 0, 0), 0, 0);
    for (size_t k = 0; k < SIZE; k++) words[k] = (uint64_t)hebb_stream_u32(&stream) << 32 | hebb_stream_u32(&stream);
    words[0] = 0;
    words[1] = UINT64_MAX;
    for (EACH_KERNEL(kernel)) {
        double thresholds[SIZE], first[SIZE];
        int8_t spins[SIZE];
        int32_t limits[SIZE];
        memset(spins, 1, sizeof spins);
        (*kernel)->thresholds(SIZE, words, 700.0, thresholds);
        (*kernel)->heat_bath(SIZE, spins, words, 700.0, 0, limits);
        hebb_kernels()[0]->thresholds(SIZE, words, 700.0, first);
        for (size_t k = 0; k < SIZE; k++) {
            const long double u = (2.0L * (long double)(words[k] >> 12) + 1.0L) * 0x1p-53L;
            ck_assert_double_eq_tol(thresholds[k], (double)(700.0L * (logl(u) - log1pl(-u))), 1e-11);
            ck_assert_double_eq(thresholds[k], first[k]);
            ck_assert_int_eq(limits[k], (int32_t)floor(thresholds[k]));
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kernel_dense");
    TCase *tests = tcase_create("kernel_dense");
    tcase_add_test(tests, a_row_is_turned_and_no_other_overlap_touched);
    tcase_add_test(tests, the_largest_overlap_is_found_wherever_it_is);
    tcase_add_test(tests, weights_are_two_steps_and_so_are_their_sums);
    tcase_add_test(tests, cubics_are_weighed_as_their_tables_are);
    tcase_add_test(tests, sums_over_bits_are_those_of_single_weights);
    tcase_add_test(tests, thresholds_are_logarithms_of_odds);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed != 0;
}
