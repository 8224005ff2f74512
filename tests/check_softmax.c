/* softmax: the copies for each instruction set, which the program chooses from, all at the stated accuracy. */
#include "softmax.c" /* the copies are static */

#include <check.h>
#include <stdlib.h>

#include "philox.h"

typedef struct {
    const char *name;
    bool runs;
    double (*softmax)(size_t n, double *x, double *max);
    double (*square)(size_t n, const double *x);
    void (*scale)(size_t n, double factor, double *x);
} copy;

enum { MAX_COPIES = 4 };

static size_t copies_here(copy *copies)
{
    size_t n = 0;
    copies[n++] = (copy){"chosen", true, hebb_softmax, hebb_softmax_square, hebb_softmax_scale};
    copies[n++] = (copy){"portable", true, portable_softmax, portable_square, portable_scale};
#ifdef __x86_64__
    copies[n++] = (copy){"avx2", __builtin_cpu_supports("avx2"), avx2_softmax, avx2_square, avx2_scale};
    copies[n++] = (copy){"avx512", has_avx512(), avx512_softmax, avx512_square, avx512_scale};
#endif
    return n;
}

static void check_exponential(const copy *its)
{
    double worst = 0.0;
    for (int k = 0; k <= 20000; k++) {
        double max, x[3] = {0.0, -708.0 * k / 20000.0, -1e-3 * k / 20000.0};
        const double y[3] = {x[0], x[1], x[2]};
        const double sum = its->softmax(3, x, &max);
        ck_assert_double_eq(max, 0.0);
        ck_assert_double_eq_tol(sum, 1.0 + x[1] + x[2], 1e-15);
        for (int j = 0; j < 3; j++) worst = fmax(worst, fabs((double)(x[j] / expl(y[j]) - 1.0L)));
    }
    ck_assert_msg(worst <= 3e-16, "%s: %g", its->name, worst);
}

/* All lengths to several vectors; the largest anywhere; what is too small, or -inf, is 0. */
static void check_lengths(const copy *its)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_REAL, 0, 0), 0, 0);
    for (size_t n = 1; n <= 40; n++)
        for (size_t at = 0; at < n; at++) {
            double x[41], y[41], max, squares = 0.0;
            long double sum = 0.0L;
            for (size_t k = 0; k < n; k++) y[k] = x[k] = 20.0 * hebb_stream_gaussian(&stream) - 1000.0;
            y[at] = x[at] = -500.0;
            y[n] = x[n] = 7.0;
            if (n > 2) y[(at + 1) % n] = x[(at + 1) % n] = -1300.0;
            if (n > 3) x[(at + 2) % n] = y[(at + 2) % n] = -INFINITY;
            const double total = its->softmax(n, x, &max);
            ck_assert(max == -500.0 && x[at] == 1.0 && x[n] == 7.0);
            for (size_t k = 0; k < n; k++) {
                const long double want = y[k] + 500.0 < -708.0 ? 0.0L : expl((long double)y[k] + 500.0L);
                ck_assert(x[k] == 0.0 ? want == 0.0L : fabsl(x[k] / want - 1.0L) < 3e-16L);
                sum += x[k];
                squares += x[k] * x[k];
            }
            ck_assert_double_eq_tol(total, (double)sum, 1e-14);
            ck_assert_double_eq_tol(its->square(n, x), squares, 1e-14);
            its->scale(n, 3.0, x);
            ck_assert(x[at] == 3.0 && x[n] == 7.0);
        }
    const double bad[9] = {[8] = NAN}, huge[9] = {[3] = 1e200};
    ck_assert(isnan(its->square(9, bad)) && isinf(its->square(9, huge)));
}

START_TEST(every_copy_is_right_to_its_last_bits)
{
    copy copies[MAX_COPIES];
    const size_t n = copies_here(copies);
    for (size_t k = 0; k < n; k++)
        if (copies[k].runs) check_exponential(&copies[k]);
}
END_TEST

START_TEST(every_copy_takes_any_length)
{
    copy copies[MAX_COPIES];
    const size_t n = copies_here(copies);
    for (size_t k = 0; k < n; k++)
        if (copies[k].runs) check_lengths(&copies[k]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("softmax");
    TCase *numbers = tcase_create("numbers");
    tcase_add_test(numbers, every_copy_is_right_to_its_last_bits);
    tcase_add_test(numbers, every_copy_takes_any_length);
    suite_add_tcase(suite, numbers);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
