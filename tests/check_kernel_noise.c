/* kernel, thermal noise: limits against the formula in long double, equal over kernels to the bit, and edge words. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "kernel.h"
#define KERNEL_TARGET
#include "kernel_body.h"

enum { N_WORDS = 1 << 20 };

static const double scales[] = {1e-300, 1e-9, 0.3, 15.0, 1500.0, 1e6, 3.7e8, 1e300};

/* Words 0 and 2^64 - 1, those around the middle, powers of 2, then random ones. */
static uint64_t *make_words(void)
{
    uint64_t *words = calloc(N_WORDS + 32, sizeof *words);
    size_t n = 0;
    for (uint64_t k = 0; k < 8; k++) {
        words[n++] = k << 12;
        words[n++] = ~(k << 12);
        words[n++] = (UINT64_C(1) << 63) + (k << 12);
        words[n++] = (UINT64_C(1) << 63) - 1 - (k << 12);
    }
    for (int bit = 0; bit < 64; bit++) {
        words[n++] = UINT64_C(1) << bit;
        words[n++] = (UINT64_C(1) << bit) - 1;
        words[n++] = ~(UINT64_C(1) << bit);
    }
    const hebb_philox generator = hebb_philox_derive(4, HEBB_DRAW_STATE, 0, 0);
    for (; n < N_WORDS; n++) {
        uint32_t drawn[4];
        hebb_philox_block(generator, 0, (uint32_t)n, 0, drawn);
        words[n] = drawn[0] | (uint64_t)drawn[1] << 32;
        if (n % 8 == 0) words[n] >>= drawn[2] % 64; /* small u */
        if (n % 8 == 1) words[n] = ~(words[n] >> drawn[2] % 64);
    }
    return words;
}

static void find_limits(const hebb_kernel *kernel, bool is_heat_bath, const int8_t *spins, const uint64_t *words,
                        size_t n, double scale, int32_t p, int32_t *limits)
{
    if (is_heat_bath)
        kernel->heat_bath(n, spins, words, scale, p, limits);
    else
        kernel->metropolis(n, words, scale, p, limits);
}

START_TEST(limits_are_the_same_from_every_kernel_to_the_bit)
{
    uint64_t *words = make_words();
    int8_t *spins = malloc(N_WORDS);
    engine_random_spins(N_WORDS, 1, spins);
    for (int is_heat_bath = 0; is_heat_bath < 2; is_heat_bath++)
        for (size_t s = 0; s < COUNT(scales); s++)
            for (size_t first = 0, n = 1; first < N_WORDS; first += n, n = n % HEBB_BLOCK + 1) {
                int32_t want[HEBB_BLOCK], got[HEBB_BLOCK];
                if (n > N_WORDS - first) n = N_WORDS - first;
                find_limits(hebb_kernels()[0], is_heat_bath, spins + first, words + first, n, scales[s], 1000, want);
                for (EACH_KERNEL(kernel)) {
                    find_limits(*kernel, is_heat_bath, spins + first, words + first, n, scales[s], 1000, got);
                    if (memcmp(got, want, n * sizeof *got) != 0)
                        ck_abort_msg("%s, scale %g, words from %zu on", (*kernel)->name, scales[s], first);
                }
            }
    free(spins);
    free(words);
}
END_TEST

/* ---- the formula ---- */

/* u as documented: the odd multiples of 2^-53. */
static long double exact_uniform(uint64_t word)
{
    return ((long double)(word >> 12) * 2.0L + 1.0L) * 0x1p-53L;
}

static int32_t bounded(long double threshold)
{
    const long double bound = HEBB_FIELD_BOUND;
    return (int32_t)floorl(threshold > bound ? bound : threshold < -bound ? -bound : threshold);
}

/* Within what the limits' own double rounding may do to a threshold. */
static bool is_close_to_whole(long double threshold)
{
    const long double tolerance = 2e-15L * fabsl(threshold);
    return fabsl(threshold) < 2.0L * HEBB_FIELD_BOUND && floorl(threshold - tolerance) != floorl(threshold + tolerance);
}

/* Words whose limit differs from the formula's where rounding cannot be the reason; adds those left out. */
static size_t count_wrong(bool is_heat_bath, const int8_t *spins, const uint64_t *words, double scale,
                          size_t *n_left_out)
{
    const hebb_kernel *kernel = hebb_kernels()[0];
    size_t n_wrong = 0;
    for (size_t first = 0; first < N_WORDS / 4; first += HEBB_BLOCK) {
        int32_t limits[HEBB_BLOCK];
        find_limits(kernel, is_heat_bath, spins + first, words + first, HEBB_BLOCK, scale, 77, limits);
        for (size_t k = 0; k < HEBB_BLOCK; k++) {
            const long double u = exact_uniform(words[first + k]);
            const long double threshold = scale * (is_heat_bath ? logl(u) - log1pl(-u) : logl(u));
            const int32_t whole = bounded(threshold);
            const int32_t want = !is_heat_bath ? 76 - whole : 77 + (spins[first + k] > 0 ? whole : -whole - 1);
            if (is_close_to_whole(threshold))
                ++*n_left_out;
            else
                n_wrong += limits[k] != want;
        }
    }
    return n_wrong;
}

START_TEST(limits_are_those_of_the_formula)
{
    uint64_t *words = make_words();
    int8_t *spins = malloc(N_WORDS);
    engine_random_spins(N_WORDS, 2, spins);
    for (size_t s = 0; s < COUNT(scales); s++)
        for (int is_heat_bath = 0; is_heat_bath < 2; is_heat_bath++) {
            size_t n_left_out = 0;
            ck_assert_uint_eq(count_wrong(is_heat_bath, spins, words, scales[s], &n_left_out), 0);
            ck_assert_uint_lt(n_left_out, 50);
        }
    free(spins);
    free(words);
}
END_TEST

/* s_k F_k <= limits[k] where the neuron flips, F = N h + p s; all N h near the threshold, p = 3, scale 10. */
START_TEST(the_next_state_is_what_thermal_says_at_every_field)
{
    const uint64_t words[32] = {UINT64_C(0x123456789ABCDEF0), UINT64_C(0xFEDCBA9876543210),
                                UINT64_C(0x8000000000000000), UINT64_C(0x00000000FFFFFFFF)};
    for (EACH_KERNEL(kernel))
        for (int s = -1; s <= 1; s += 2) {
            int8_t spins[32];
            int32_t heat_bath[32], metropolis[32];
            memset(spins, s, sizeof spins);
            (*kernel)->heat_bath(4, spins, words, 10.0, 3, heat_bath);
            (*kernel)->metropolis(4, words, 10.0, 3, metropolis);
            for (size_t w = 0; w < 4; w++) {
                const long double u = exact_uniform(words[w]);
                for (int32_t field = -600; field <= 600; field++) {
                    const bool up = field > 10.0L * (logl(u) - log1pl(-u));
                    ck_assert(up == ((s * (field + 3 * s) <= heat_bath[w]) != (s > 0)));
                    ck_assert((s * field < -10.0L * logl(u)) == (s * (field + 3 * s) <= metropolis[w]));
                }
            }
        }
}
END_TEST

/* Hot: against any field below the bound.  Cold: s F = 5 + s N h decides. */
static void check_edge(const hebb_kernel *kernel, double scale, bool is_high, int8_t s)
{
    uint64_t words[32];
    int8_t spins[32];
    int32_t heat_bath[32], metropolis[32];
    memset(words, is_high ? 0xFF : 0, sizeof words);
    memset(spins, s, sizeof spins);
    kernel->heat_bath(1, spins, words, scale, 5, heat_bath);
    kernel->metropolis(1, words, scale, 5, metropolis);
    if (scale > 1.0) {
        ck_assert_int_eq(heat_bath[0] >= HEBB_FIELD_BOUND - 1, (s > 0) == is_high);
        ck_assert_int_eq(heat_bath[0] <= 6 - HEBB_FIELD_BOUND, (s > 0) != is_high);
        ck_assert_int_ge(metropolis[0], HEBB_FIELD_BOUND - 1);
    } else {
        ck_assert_int_ge(heat_bath[0], 4);
        ck_assert_int_le(heat_bath[0], 5);
        ck_assert_int_ge(metropolis[0], 4);
        ck_assert_int_le(metropolis[0], 5);
    }
}

START_TEST(edge_words_and_extreme_scales_stay_within_the_bound_of_the_fields)
{
    static const double extremes[] = {5e-324, 1e-310, 1e308, INFINITY};
    for (EACH_KERNEL(kernel))
        for (size_t x = 0; x < COUNT(extremes); x++)
            for (int is_high = 0; is_high < 2; is_high++)
                for (int8_t s = -1; s <= 1; s += 2) check_edge(*kernel, extremes[x], is_high, s);
}
END_TEST

/* ---- the logarithm: that of the plain kernel, whose limits are all kernels' ---- */

/* In units of the last place of log(a/b), but near a = b of 2^-53. */
static double log_error(double a, double b)
{
    if (a == b) return fixed_log_ratio(a, b) == 0.0 ? 0.0 : INFINITY;
    const long double exact = logl((long double)a / b);
    return (double)(fabsl(fixed_log_ratio(a, b) - exact) / fmaxl(ldexpl(1.0L, ilogbl(exact) - 52), 0x1p-53L));
}

START_TEST(the_logarithm_is_right_to_the_last_bits)
{
    uint64_t *words = make_words();
    double worst = 0.0;
    for (size_t k = 0; k < N_WORDS; k++) {
        const double u = uniform(words[k]);
        worst = fmax(worst, fmax(log_error(u, 1.0), log_error(u, 1.0 - u)));
    }
    for (int e = -1022; e <= 1022; e++)
        for (int k = 0; k < 64; k++) worst = fmax(worst, log_error(ldexp(1.0 + k / 64.0, e), 1.0));
    ck_assert_double_lt(worst, 2.0);
    free(words);
}
END_TEST

/* Relative to log x, as the thresholds need it where log x is small: f is exact to an ulp there. */
START_TEST(near_one_the_logarithm_keeps_its_leading_digits)
{
    double worst = 0.0;
    for (int k = 1; k < 53; k++)
        for (int odd = 1; odd < 200; odd += 2)
            for (int side = -1; side <= 1; side += 2) {
                const double x = 1.0 + side * odd * ldexp(1.0, -k - 8 < -52 ? -52 : -k - 8);
                worst = fmax(worst, fabs((double)(fixed_log_ratio(x, 1.0) / logl((long double)x) - 1.0L)));
            }
    ck_assert_double_lt(worst, 5e-16);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kernel_noise");
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, limits_are_the_same_from_every_kernel_to_the_bit);
    tcase_add_test(limits, limits_are_those_of_the_formula);
    tcase_add_test(limits, the_next_state_is_what_thermal_says_at_every_field);
    tcase_add_test(limits, edge_words_and_extreme_scales_stay_within_the_bound_of_the_fields);
    tcase_add_test(limits, the_logarithm_is_right_to_the_last_bits);
    tcase_add_test(limits, near_one_the_logarithm_keeps_its_leading_digits);
    suite_add_tcase(suite, limits);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
