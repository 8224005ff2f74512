/*
 * rbm_gradient: correlations and the step against sums in double precision, within their rounding; the same bits from every
 * kernel and any number of threads.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "kernel.h"
#include "rbm_gradient.h"
#include "rbm_reference.h"

enum { N = 150, M = 37, N_DATA = 43, N_MODEL = 29 };

typedef struct {
    hebb_rbm rbm;
    hebb_rbm_layer up, down;
    hebb_layer_states data, model;
    float *data_means, *model_means;
    float left[N], right[N], column_factors[N], change[64], offset[64], row_factors[64];
} system_of_states;

static float draw(hebb_stream *stream)
{
    return (float)hebb_stream_gaussian(stream);
}

static void fill(hebb_stream *stream, hebb_layer_states *states, hebb_layer_kind kind, size_t n_states)
{
    uint8_t bytes[N_DATA * N];
    ck_assert_int_eq(hebb_layer_states_init(states, kind, n_states, N), HEBB_OK);
    for (size_t k = 0; k < n_states * N; k++) {
        bytes[k] = hebb_stream_below(stream, 3) == 0;
        if (kind == HEBB_LAYER_GAUSSIAN) states->reals[k] = draw(stream);
    }
    if (kind != HEBB_LAYER_GAUSSIAN) hebb_index_lists_set(&states->lists, n_states, bytes);
}

static void make_system(system_of_states *s, hebb_layer_kind kind)
{
    hebb_stream stream;
    memset(s, 0, sizeof *s);
    hebb_stream_init(&stream, hebb_philox_derive(96, HEBB_DRAW_STATE, 0, 0), 0, 0);
    rbm_reference_make(&s->rbm, N, kind, M, HEBB_LAYER_BINARY, 0.3);
    ck_assert_int_eq(hebb_rbm_layer_init(&s->up, &s->rbm, HEBB_RBM_UP), HEBB_OK);
    ck_assert_int_eq(hebb_rbm_layer_init(&s->down, &s->rbm, HEBB_RBM_DOWN), HEBB_OK);
    fill(&stream, &s->data, kind, N_DATA);
    fill(&stream, &s->model, kind, N_MODEL);
    s->data_means = calloc(N_DATA * s->up.stride, sizeof(float));
    s->model_means = calloc(N_MODEL * s->up.stride, sizeof(float));
    for (size_t r = 0; r < N_DATA; r++)
        for (size_t j = 0; j < M; j++) s->data_means[r * s->up.stride + j] = draw(&stream);
    for (size_t r = 0; r < N_MODEL; r++)
        for (size_t j = 0; j < M; j++) s->model_means[r * s->up.stride + j] = draw(&stream);
    for (size_t i = 0; i < N; i++) {
        s->left[i] = draw(&stream);
        s->right[i] = draw(&stream);
        s->column_factors[i] = draw(&stream);
    }
    for (size_t j = 0; j < M; j++) {
        s->change[j] = draw(&stream);
        s->offset[j] = draw(&stream);
        s->row_factors[j] = draw(&stream);
    }
}

static void drop_system(system_of_states *s)
{
    hebb_rbm_free(&s->rbm);
    hebb_rbm_layer_free(&s->up);
    hebb_rbm_layer_free(&s->down);
    hebb_layer_states_free(&s->data);
    hebb_layer_states_free(&s->model);
    free(s->data_means);
    free(s->model_means);
}

/* Units count as 0 and 1, sign ones too. */
static double unit_of(const hebb_layer_states *states, size_t r, size_t i)
{
    double numbers[N];
    hebb_layer_states_get(states, r, numbers);
    return states->kind == HEBB_LAYER_SIGN ? 0.5 * (numbers[i] + 1.0) : numbers[i];
}

START_TEST(correlations_are_sums_over_states)
{
    for (int kind = 0; kind < HEBB_LAYER_KINDS; kind++) {
        system_of_states s;
        hebb_rbm_gradient gradient;
        make_system(&s, (hebb_layer_kind)kind);
        ck_assert_int_eq(hebb_rbm_gradient_init(&gradient, &s.up, N_DATA), HEBB_OK);
        hebb_rbm_gradient_correlate(&gradient, &s.data, s.data_means, &s.model, s.model_means, 1);
        for (size_t i = 0; i < N; i += 7)
            for (size_t j = 0; j < M; j += 3) {
                double want = 0.0, size = 0.0;
                for (size_t r = 0; r < N_DATA; r++) {
                    const double term = unit_of(&s.data, r, i) * (double)s.data_means[r * s.up.stride + j];
                    want += term;
                    size += fabs(term);
                }
                for (size_t r = 0; r < N_MODEL; r++) {
                    const double term = unit_of(&s.model, r, i) * (double)s.model_means[r * s.up.stride + j];
                    want -= term;
                    size += fabs(term);
                }
                ck_assert_double_eq_tol((double)gradient.sums[i * s.up.stride + j], want,
                                        (N_DATA + N_MODEL + 1) * 0x1p-24 * size);
            }
        hebb_rbm_gradient_free(&gradient);
        hebb_rbm_gradient_free(&gradient);
        drop_system(&s);
    }
}
END_TEST

static hebb_rbm_step step_of(system_of_states *s, float *row_products, float *column_products)
{
    return (hebb_rbm_step){.scale = 0.1f,
                           .rate = 0.02f,
                           .momentum = 0.7f,
                           .decay = 0.01f,
                           .left = s->left,
                           .right = s->right,
                           .change = s->change,
                           .offset = s->offset,
                           .row_factors = s->row_factors,
                           .row_products = row_products,
                           .column_factors = s->column_factors,
                           .column_products = column_products};
}

/* Two steps, so that the velocity counts. */
START_TEST(a_step_is_what_the_header_says)
{
    system_of_states s;
    hebb_rbm_gradient gradient;
    float row_products[N], column_products[64];
    static double weights[N][M], velocity[N][M];
    make_system(&s, HEBB_LAYER_BINARY);
    ck_assert_int_eq(hebb_rbm_gradient_init(&gradient, &s.up, N_DATA), HEBB_OK);
    hebb_rbm_gradient_correlate(&gradient, &s.data, s.data_means, &s.model, s.model_means, 1);
    const hebb_rbm_step step = step_of(&s, row_products, column_products);
    memset(velocity, 0, sizeof velocity);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < M; j++) weights[i][j] = (double)s.up.rows[i * s.up.stride + j];
    for (int n = 0; n < 2; n++) {
        double norm = 0.0, columns[M] = {0};
        const double found = hebb_rbm_gradient_step(&gradient, &step, &s.up, &s.down, 1);
        for (size_t i = 0; i < N; i++) {
            double row = 0.0;
            for (size_t j = 0; j < M; j++) {
                const double g = 0.1 * (double)gradient.sums[i * s.up.stride + j] -
                                 (double)s.left[i] * (double)s.change[j] - (double)s.right[i] * (double)s.offset[j];
                norm += g * g;
                row += g * (double)s.row_factors[j];
                columns[j] += g * (double)s.column_factors[i];
                velocity[i][j] = 0.7 * velocity[i][j] + 0.02 * (g - 0.01 * weights[i][j]);
                weights[i][j] += velocity[i][j];
                ck_assert_double_eq_tol((double)s.up.rows[i * s.up.stride + j], weights[i][j], 2e-6);
                ck_assert(s.down.rows[j * s.down.stride + i] == s.up.rows[i * s.up.stride + j]);
            }
            ck_assert_double_eq_tol((double)row_products[i], row, 1e-4);
        }
        for (size_t j = 0; j < M; j++) ck_assert_double_eq_tol((double)column_products[j], columns[j], 1e-3);
        ck_assert_double_eq_tol(found, norm, 1e-5 * norm);
    }
    hebb_rbm_gradient_free(&gradient);
    drop_system(&s);
}
END_TEST

START_TEST(a_step_without_rank_one_terms_is_the_gradient_alone)
{
    system_of_states s;
    hebb_rbm_gradient gradient;
    make_system(&s, HEBB_LAYER_BINARY);
    ck_assert_int_eq(hebb_rbm_gradient_init(&gradient, &s.up, N_DATA), HEBB_OK);
    hebb_rbm_gradient_correlate(&gradient, &s.data, s.data_means, &s.model, s.model_means, 1);
    const float before = s.up.rows[5 * s.up.stride + 3];
    const hebb_rbm_step step = {.scale = 1.0f, .rate = 1.0f};
    ck_assert_double_gt(hebb_rbm_gradient_step(&gradient, &step, &s.up, NULL, 1), 0.0);
    volatile float want = before + gradient.sums[5 * s.up.stride + 3];
    ck_assert(s.up.rows[5 * s.up.stride + 3] == want);
    hebb_rbm_gradient_free(&gradient);
    drop_system(&s);
}
END_TEST

START_TEST(steps_are_the_same_from_every_kernel_and_any_number_of_threads)
{
    system_of_states first, s;
    hebb_rbm_gradient gradient;
    float products[2][N + 64];
    double norms[2];
    for (size_t k = 0; k < 10; k++) {
        const hebb_kernel *const *kernel = hebb_kernels();
        const int n_threads = 1 + (int)k % 3;
        for (size_t skip = 0; skip < k / 3 && kernel[1] != NULL; skip++) kernel++;
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        system_of_states *now = k == 0 ? &first : &s;
        float *made = products[k > 0];
        make_system(now, HEBB_LAYER_SIGN);
        ck_assert_int_eq(hebb_rbm_gradient_init(&gradient, &now->up, N_DATA), HEBB_OK);
        hebb_rbm_gradient_correlate(&gradient, &now->data, now->data_means, &now->model, now->model_means, n_threads);
        const hebb_rbm_step step = step_of(now, made, made + N);
        norms[k > 0] = hebb_rbm_gradient_step(&gradient, &step, &now->up, &now->down, n_threads);
        hebb_rbm_gradient_free(&gradient);
        if (k == 0) continue;
        ck_assert_mem_eq(s.up.rows, first.up.rows, N * s.up.stride * sizeof(float));
        ck_assert_mem_eq(s.down.rows, first.down.rows, M * s.down.stride * sizeof(float));
        ck_assert_mem_eq(products[1], products[0], (N + M) * sizeof(float));
        ck_assert_mem_eq(norms + 1, norms, sizeof(double));
        drop_system(&s);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
    drop_system(&first);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm_gradient");
    TCase *tests = tcase_create("rbm_gradient");
    tcase_add_test(tests, correlations_are_sums_over_states);
    tcase_add_test(tests, a_step_is_what_the_header_says);
    tcase_add_test(tests, a_step_without_rank_one_terms_is_the_gradient_alone);
    tcase_add_test(tests, steps_are_the_same_from_every_kernel_and_any_number_of_threads);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
