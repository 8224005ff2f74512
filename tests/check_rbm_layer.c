/*
 * rbm_layer: fields, means and states against the double reference, within the rounding that docs/numerics.md states; sums of
 * rows in the order of the lists; the same bits from every kernel and any number of threads.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "kernel.h"
#include "rbm_layer.h"
#include "rbm_reference.h"
#include "rows_gather.h"

static const size_t sizes[][2] = {{1, 1}, {3, 2}, {16, 33}, {130, 70}, {37, 530}, {300, 5}};
enum { MOST_UNITS = 530, N_STATES = 37 };

static hebb_philox noise_of(uint32_t replica)
{
    return hebb_philox_derive(92, HEBB_DRAW_GIBBS, 0, replica);
}

/* Two-valued units on with probability `share`, real ones normal. */
static void draw_states(hebb_layer_states *states, hebb_layer_kind kind, size_t n_states, size_t n_units, double share)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(93, HEBB_DRAW_STATE, n_units, 0), 0, 0);
    ck_assert_int_eq(hebb_layer_states_init(states, kind, n_states, n_units), HEBB_OK);
    uint8_t *bytes = calloc(n_states * n_units, 1);
    for (size_t k = 0; k < n_states * n_units; k++) {
        bytes[k] = hebb_stream_uniform(&stream) < share;
        if (kind == HEBB_LAYER_GAUSSIAN) states->reals[k] = (float)hebb_stream_gaussian(&stream);
    }
    if (kind != HEBB_LAYER_GAUSSIAN) hebb_index_lists_set(&states->lists, n_states, bytes);
    free(bytes);
}

/* ---- fields ---- */

/*
 * A number's sum has as many roundings as it has terms, and the weights one each: 2^-24 of the sum of the sizes times the
 * number of terms and 3, twice that for units -1, +1, whose offset is a sum itself.
 */
static void check_fields(hebb_layer_kind in, hebb_layer_kind out, hebb_rbm_direction direction, const size_t size[2])
{
    const bool up = direction == HEBB_RBM_UP;
    hebb_rbm rbm;
    hebb_rbm_layer layer;
    hebb_layer_states states;
    double numbers[MOST_UNITS], want[MOST_UNITS];
    if (up)
        rbm_reference_make(&rbm, size[0], in, size[1], out, 0.3);
    else
        rbm_reference_make(&rbm, size[1], out, size[0], in, 0.3);
    ck_assert_int_eq(hebb_rbm_layer_init(&layer, &rbm, direction), HEBB_OK);
    draw_states(&states, in, N_STATES, size[0], 0.4);
    float *fields = calloc(N_STATES * layer.stride, sizeof *fields);
    hebb_rbm_layer_fields(&layer, &states, fields);
    for (size_t r = 0; r < N_STATES; r++) {
        size_t n_wrong = 0;
        hebb_layer_states_get(&states, r, numbers);
        (up ? hebb_rbm_hidden_fields : hebb_rbm_visible_fields)(&rbm, numbers, want);
        for (size_t j = 0; j < size[1]; j++) {
            double bound = fabs(up ? rbm.hidden_bias[j] : rbm.visible_bias[j]);
            for (size_t i = 0; i < size[0]; i++)
                bound += fabs(rbm.weights[up ? i * size[1] + j : j * size[0] + i] *
                              (in == HEBB_LAYER_GAUSSIAN ? numbers[i] : 2.0));
            bound *= (2.0 * (double)size[0] + 3.0) * 0x1p-24;
            n_wrong += !(fabs((double)fields[r * layer.stride + j] - want[j]) <= bound);
        }
        ck_assert_uint_eq(n_wrong, 0);
    }
    free(fields);
    hebb_layer_states_free(&states);
    hebb_rbm_layer_free(&layer);
    hebb_rbm_layer_free(&layer);
    hebb_rbm_free(&rbm);
}

START_TEST(fields_are_the_machine_s_within_rounding)
{
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (int in = 0; in < HEBB_LAYER_KINDS; in++)
            for (int direction = 0; direction < 2; direction++)
                check_fields((hebb_layer_kind)in, HEBB_LAYER_BINARY, (hebb_rbm_direction)direction, sizes[s]);
}
END_TEST

/* bias, then the rows from left to right, in single precision: to the bit, in every kernel and on any number of threads. */
START_TEST(sums_are_added_in_the_order_of_the_lists)
{
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (int is_sign = 0; is_sign < 2; is_sign++) {
            const size_t n = sizes[s][0], m = sizes[s][1];
            hebb_rbm rbm;
            hebb_rbm_layer layer;
            hebb_layer_states states;
            rbm_reference_make(&rbm, n, is_sign ? HEBB_LAYER_SIGN : HEBB_LAYER_BINARY, m, HEBB_LAYER_BINARY, 0.3);
            ck_assert_int_eq(hebb_rbm_layer_init(&layer, &rbm, HEBB_RBM_UP), HEBB_OK);
            draw_states(&states, rbm.visible_kind, N_STATES, n, 0.5);
            float *fields = calloc(N_STATES * layer.stride, sizeof *fields),
                  *want = calloc(N_STATES * layer.stride, sizeof *want);
            for (size_t r = 0; r < N_STATES; r++)
                for (size_t j = 0; j < m; j++) {
                    volatile float sum = layer.offset[j];
                    for (size_t k = states.lists.starts[r]; k < states.lists.starts[r + 1]; k++)
                        sum += (is_sign ? 2.0f : 1.0f) * layer.rows[states.lists.indices[k] * layer.stride + j];
                    want[r * layer.stride + j] = sum;
                }
            for (EACH_KERNEL(kernel)) {
                ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
                for (layer.n_threads = 1; layer.n_threads < 4; layer.n_threads++) {
                    memset(fields, 0xFF, N_STATES * layer.stride * sizeof *fields);
                    hebb_rbm_layer_fields(&layer, &states, fields);
                    for (size_t r = 0; r < N_STATES; r++)
                        ck_assert_mem_eq(fields + r * layer.stride, want + r * layer.stride, m * sizeof *fields);
                }
            }
            ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
            free(fields);
            free(want);
            hebb_layer_states_free(&states);
            hebb_rbm_layer_free(&layer);
            hebb_rbm_free(&rbm);
        }
}
END_TEST

/* More rows than are looked at in one go. */
START_TEST(thousands_of_rows_are_added_too)
{
    enum { N_ROWS = 4100, STRIDE = 16 };
    hebb_layer_states plus, minus;
    draw_states(&plus, HEBB_LAYER_BINARY, 150, N_ROWS, 0.05);
    draw_states(&minus, HEBB_LAYER_BINARY, 150, 7, 0.5);
    float *rows = calloc(N_ROWS * STRIDE, sizeof *rows), *sums = calloc(150 * STRIDE, sizeof *sums);
    for (size_t k = 0; k < N_ROWS * STRIDE; k++) rows[k] = (float)(k % 1021) * 0.37f - 100.0f;
    for (int n_threads = 1; n_threads < 3; n_threads++) {
        size_t n_wrong = 0;
        hebb_rows_gather_difference(&plus.lists, rows, &minus.lists, rows, STRIDE, STRIDE, sums, n_threads);
        for (size_t r = 0; r < 150; r++)
            for (size_t j = 0; j < STRIDE; j++) {
                volatile float sum = 0.0f;
                for (size_t k = plus.lists.starts[r]; k < plus.lists.starts[r + 1]; k++)
                    sum += rows[plus.lists.indices[k] * STRIDE + j];
                for (size_t k = minus.lists.starts[r]; k < minus.lists.starts[r + 1]; k++)
                    sum -= rows[minus.lists.indices[k] * STRIDE + j];
                n_wrong += !(sums[r * STRIDE + j] == sum);
            }
        ck_assert_uint_eq(n_wrong, 0);
    }
    free(rows);
    free(sums);
    hebb_layer_states_free(&plus);
    hebb_layer_states_free(&minus);
}
END_TEST

START_TEST(beta_scales_fields_towards_the_base)
{
    hebb_rbm rbm;
    hebb_rbm_layer layer;
    hebb_layer_states states;
    double numbers[20], want[11];
    rbm_reference_make(&rbm, 20, HEBB_LAYER_SIGN, 11, HEBB_LAYER_BINARY, 0.3);
    ck_assert_int_eq(hebb_rbm_layer_init(&layer, &rbm, HEBB_RBM_UP), HEBB_OK);
    draw_states(&states, HEBB_LAYER_SIGN, 3, 20, 0.4);
    float *fields = calloc(3 * layer.stride, sizeof *fields);
    for (int with_base = 0; with_base < 2; with_base++) {
        layer.beta = 0.25f;
        if (with_base) layer.base = calloc(layer.stride, sizeof *layer.base);
        for (size_t j = 0; j < 11 && with_base; j++) layer.base[j] = (float)j;
        hebb_rbm_layer_fields(&layer, &states, fields);
        for (size_t r = 0; r < 3; r++) {
            hebb_layer_states_get(&states, r, numbers);
            hebb_rbm_hidden_fields(&rbm, numbers, want);
            for (size_t j = 0; j < 11; j++)
                ck_assert_double_eq_tol((double)fields[r * layer.stride + j],
                                        0.25 * want[j] + (with_base ? 0.75 * (double)j : 0.0), 1e-5);
        }
    }
    free(fields);
    hebb_layer_states_free(&states);
    hebb_rbm_layer_free(&layer);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(the_other_direction_s_rows_are_the_transposed)
{
    for (size_t s = 0; s < COUNT(sizes); s++) {
        hebb_rbm rbm;
        hebb_rbm_layer up, down, want;
        rbm_reference_make(&rbm, sizes[s][0], HEBB_LAYER_BINARY, sizes[s][1], HEBB_LAYER_BINARY, 1.0);
        ck_assert_int_eq(hebb_rbm_layer_init(&up, &rbm, HEBB_RBM_UP), HEBB_OK);
        ck_assert_int_eq(hebb_rbm_layer_init(&want, &rbm, HEBB_RBM_DOWN), HEBB_OK);
        for (EACH_KERNEL(kernel)) {
            ck_assert_int_eq(hebb_rbm_layer_init(&down, &rbm, HEBB_RBM_DOWN), HEBB_OK);
            memset(down.rows, 0, down.n_in * down.stride * sizeof(float));
            (*kernel)->transpose_rows(up.n_in, up.n_out, up.stride, up.rows, down.stride, down.rows);
            ck_assert_mem_eq(down.rows, want.rows, down.n_in * down.stride * sizeof(float));
            hebb_rbm_layer_free(&down);
        }
        hebb_rbm_layer_free(&up);
        hebb_rbm_layer_free(&want);
        hebb_rbm_free(&rbm);
    }
}
END_TEST

/* ---- means ---- */

enum { N_FIELDS = 1 << 14 };

/* -200 .. 200 evenly, then numbers of all sizes of either sign, and some at the edges. */
static float *make_fields(void)
{
    float *fields = calloc(N_FIELDS, sizeof *fields);
    const float edges[] = {0.0f,   -0.0f, 1e38f,  -1e38f,   87.0f,     -87.0f, 87.5f,
                           -87.5f, 43.5f, -43.5f, INFINITY, -INFINITY, 1e-45f};
    for (size_t k = 0; k < N_FIELDS; k++)
        fields[k] = k < N_FIELDS / 2
                        ? (float)k * (400.0f * 2.0f / N_FIELDS) - 200.0f
                        : ldexpf(k % 2 == 0 ? 1.37f : -1.37f, (int)(k / 2 % 200) - 100) * (1.0f + (float)k * 1e-5f);
    memcpy(fields + N_FIELDS - COUNT(edges), edges, sizeof edges);
    return fields;
}

START_TEST(means_are_the_logistic_function_s_within_rounding)
{
    float *fields = make_fields(), *means = calloc(N_FIELDS, sizeof *means), *first = calloc(N_FIELDS, sizeof *first);
    for (int is_sign = 0; is_sign < 2; is_sign++) {
        hebb_kernels()[0]->logistic_means(is_sign, N_FIELDS, fields, first);
        for (EACH_KERNEL(kernel)) {
            (*kernel)->logistic_means(is_sign, N_FIELDS, fields, means);
            ck_assert_mem_eq(means, first, N_FIELDS * sizeof *means);
        }
        size_t n_wrong = 0;
        for (size_t k = 0; k < N_FIELDS; k++) {
            const double x = (double)fields[k], want = is_sign ? tanh(x) : 1.0 / (1.0 + exp(-x));
            /* binary: 6e-7 of itself, or 2e-38; sign: 3e-7, its sign right */
            n_wrong += !(fabs((double)means[k] - want) <= (is_sign ? 3e-7 : 6e-7 * want + 2e-38)) ||
                       (is_sign && signbit(means[k]) != signbit(fields[k]));
        }
        ck_assert_uint_eq(n_wrong, 0);
    }
    fields[5] = NAN;
    for (EACH_KERNEL(kernel))
        for (int is_sign = 0; is_sign < 2; is_sign++) {
            (*kernel)->logistic_means(is_sign, 16, fields, means);
            ck_assert(isnan(means[5]));
            ck_assert(!isnan(means[4]));
        }
    free(fields);
    free(means);
    free(first);
}
END_TEST

/* ---- states ---- */

/* In a chain's own words, but for those so near that rounding decides. */
static void check_draws(const hebb_kernel *kernel, bool is_sign, size_t n, const float *fields, uint32_t chain)
{
    uint32_t *indices = malloc(n * sizeof *indices);
    const size_t n_on = kernel->draw_layer(is_sign, n, fields, noise_of(3), 17, chain, indices);
    size_t next = 0, n_wrong = 0;
    ck_assert_uint_le(n_on, n);
    for (size_t j = 0; j < n; j++) {
        uint32_t block[4];
        const bool on = next < n_on && indices[next] == j;
        next += on;
        hebb_philox_block(noise_of(3), 17, chain, j / 4, block);
        const double u = ((double)block[j % 4] + 0.5) * 0x1p-32, y = (is_sign ? 2.0 : 1.0) * (double)fields[j],
                     p = 1.0 / (1.0 + exp(-y)), q = 1.0 / (1.0 + exp(y)), rounding = 0x1p-31 + 6e-7 * fmin(p, q);
        n_wrong += !on && (p < 0.5 ? u < p - rounding : 1.0 - u > q + rounding);
        n_wrong += on && (p < 0.5 ? u > p + rounding : 1.0 - u < q - rounding);
    }
    ck_assert_uint_eq(n_wrong, 0);
    ck_assert_uint_eq(next, n_on);
    free(indices);
}

START_TEST(units_are_on_where_their_word_says_so)
{
    float *fields = make_fields();
    for (size_t k = 0; k < 3000; k++) fields[k] = (float)(k % 101) * 0.1f - 5.0f;
    fields[3] = INFINITY;
    fields[4] = -INFINITY;
    fields[6] = 120.0f;
    for (EACH_KERNEL(kernel))
        for (int is_sign = 0; is_sign < 2; is_sign++) {
            check_draws(*kernel, is_sign, N_FIELDS, fields, 5);
            for (size_t n = 1; n < 140; n += 3) check_draws(*kernel, is_sign, n, fields, (uint32_t)-1);
        }
    free(fields);
}
END_TEST

START_TEST(states_are_the_same_from_every_kernel_and_any_number_of_threads)
{
    enum { STATES = 101 };
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (int kind = 0; kind < 2; kind++) {
            const size_t n = sizes[s][1];
            hebb_rbm rbm;
            hebb_rbm_layer layer;
            hebb_layer_states want, states;
            rbm_reference_make(&rbm, 1, HEBB_LAYER_BINARY, n, (hebb_layer_kind)kind, 1.0);
            ck_assert_int_eq(hebb_rbm_layer_init(&layer, &rbm, HEBB_RBM_UP), HEBB_OK);
            float *fields = calloc(STATES * layer.stride, sizeof *fields);
            /* some states with all units on, some with none */
            for (size_t k = 0; k < STATES * layer.stride; k++)
                fields[k] = k / layer.stride % 5 == 0   ? 90.0f
                            : k / layer.stride % 7 == 0 ? -90.0f
                                                        : (float)(k % 9) - 4.0f;
            ck_assert_int_eq(hebb_layer_states_init(&want, layer.out, STATES, n), HEBB_OK);
            ck_assert_int_eq(hebb_layer_states_init(&states, layer.out, STATES, n), HEBB_OK);
            ck_assert_int_eq(hebb_kernel_select("portable"), HEBB_OK);
            for (size_t r = 0; r < STATES; r++) { /* one by one */
                const size_t start = want.lists.starts[r];
                want.lists.starts[r + 1] =
                    start + hebb_kernel_in_use()->draw_layer(kind, n, fields + r * layer.stride, noise_of(4), 9,
                                                             100 + (uint32_t)r, want.lists.indices + start);
            }
            for (EACH_KERNEL(kernel))
                for (layer.n_threads = 1; layer.n_threads < 4; layer.n_threads++) {
                    ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
                    hebb_rbm_layer_sample(&layer, fields, noise_of(4), 9, 100, &states);
                    ck_assert_mem_eq(states.lists.starts, want.lists.starts, (STATES + 1) * sizeof(size_t));
                    ck_assert_mem_eq(states.lists.indices, want.lists.indices,
                                     want.lists.starts[STATES] * sizeof(uint32_t));
                }
            ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
            free(fields);
            hebb_layer_states_free(&states);
            hebb_layer_states_free(&want);
            hebb_rbm_layer_free(&layer);
            hebb_rbm_free(&rbm);
        }
}
END_TEST

/* 40 000 of them: mean, variance and the correlation of a pair within 5 standard errors, P = 2e-6 of a false alarm in all. */
START_TEST(gaussian_units_have_their_mean_and_width)
{
    enum { STATES = 400, UNITS = 100 };
    hebb_rbm rbm;
    hebb_rbm_layer layer;
    hebb_layer_states states;
    double sum = 0.0, squares = 0.0, pairs = 0.0;
    const double sigma = 0.6, n = STATES * UNITS;
    rbm_reference_make(&rbm, 1, HEBB_LAYER_BINARY, UNITS, HEBB_LAYER_GAUSSIAN, 1.0);
    rbm.sigma_h = sigma;
    ck_assert_int_eq(hebb_rbm_layer_init(&layer, &rbm, HEBB_RBM_UP), HEBB_OK);
    ck_assert_int_eq(hebb_layer_states_init(&states, HEBB_LAYER_GAUSSIAN, STATES, UNITS), HEBB_OK);
    float *fields = calloc(STATES * layer.stride, sizeof *fields),
          *means = calloc(STATES * layer.stride, sizeof *means);
    for (size_t k = 0; k < STATES * layer.stride; k++) fields[k] = (float)(k % 7);
    hebb_rbm_layer_sample(&layer, fields, noise_of(5), 1, 0, &states);
    hebb_rbm_layer_means(&layer, STATES, fields, means);
    for (size_t r = 0; r < STATES; r++)
        for (size_t j = 0; j < UNITS; j++) {
            const double mean = sigma * sigma * (double)fields[r * layer.stride + j],
                         x = ((double)states.reals[r * UNITS + j] - mean) / sigma;
            ck_assert_double_eq_tol((double)means[r * layer.stride + j], mean, 1e-6);
            sum += x;
            squares += x * x;
            if (j % 2 == 1)
                pairs += x *
                         ((double)states.reals[r * UNITS + j - 1] -
                          sigma * sigma * (double)fields[r * layer.stride + j - 1]) /
                         sigma;
        }
    ck_assert_double_eq_tol(sum / n, 0.0, 5.0 / sqrt(n));
    ck_assert_double_eq_tol(squares / n, 1.0, 5.0 * sqrt(2.0 / n));
    ck_assert_double_eq_tol(pairs / (n / 2.0), 0.0, 5.0 / sqrt(n / 2.0));
    free(fields);
    free(means);
    hebb_layer_states_free(&states);
    hebb_rbm_layer_free(&layer);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(more_real_states_than_sgemm_counts_are_refused)
{
    hebb_layer_states states;
    ck_assert_int_eq(hebb_layer_states_init(&states, HEBB_LAYER_GAUSSIAN, (size_t)1 << 31, 1), HEBB_EDOM);
    hebb_layer_states_free(&states);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_layer");
    TCase *tests = tcase_create("rbm_layer");
    tcase_add_test(tests, fields_are_the_machine_s_within_rounding);
    tcase_add_test(tests, sums_are_added_in_the_order_of_the_lists);
    tcase_add_test(tests, thousands_of_rows_are_added_too);
    tcase_add_test(tests, beta_scales_fields_towards_the_base);
    tcase_add_test(tests, the_other_direction_s_rows_are_the_transposed);
    tcase_add_test(tests, means_are_the_logistic_function_s_within_rounding);
    tcase_add_test(tests, units_are_on_where_their_word_says_so);
    tcase_add_test(tests, states_are_the_same_from_every_kernel_and_any_number_of_threads);
    tcase_add_test(tests, gaussian_units_have_their_mean_and_width);
    tcase_add_test(tests, more_real_states_than_sgemm_counts_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
