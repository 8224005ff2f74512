#include "rbm_gradient.h"

#include <stdlib.h>
#include <string.h>

#include <cblas.h>

#include "blas.h"
#include "kernel.h"
#include "memory.h"
#include "parallel.h"
#include "rows_gather.h"

enum { STEP_ROWS = 64 }; /* a unit of work: its sums over rows are added up in the order of the units */

hebb_status hebb_rbm_gradient_init(hebb_rbm_gradient *gradient, const hebb_rbm_layer *up, size_t n_states)
{
    const size_t nv = up->n_in, stride = up->stride, n_parts = (nv + STEP_ROWS - 1) / STEP_ROWS;
    *gradient = (hebb_rbm_gradient){.n_visible = nv,
                                    .n_hidden = up->n_out,
                                    .stride = stride,
                                    .sums = hebb_memory_zeroed(nv * stride * sizeof(float)),
                                    .velocity = hebb_memory_zeroed(nv * stride * sizeof(float)),
                                    .column_parts = hebb_memory_zeroed(n_parts * stride * sizeof(float)),
                                    .norms = calloc(n_parts, sizeof(double))};
    hebb_status status = HEBB_OK;
    if (gradient->sums == NULL || gradient->velocity == NULL || gradient->column_parts == NULL ||
        gradient->norms == NULL)
        status = hebb_fail(HEBB_ENOMEM, "no memory for the gradient of %zu x %zu weights", nv, up->n_out);
    if (status == HEBB_OK && up->in != HEBB_LAYER_GAUSSIAN) {
        status = hebb_index_lists_init(&gradient->data, nv, n_states);
        if (status == HEBB_OK) status = hebb_index_lists_init(&gradient->model, nv, n_states);
    }
    if (status != HEBB_OK) hebb_rbm_gradient_free(gradient);
    return status;
}

void hebb_rbm_gradient_free(hebb_rbm_gradient *gradient)
{
    free(gradient->sums);
    free(gradient->velocity);
    free(gradient->column_parts);
    free(gradient->norms);
    hebb_index_lists_free(&gradient->data);
    hebb_index_lists_free(&gradient->model);
    *gradient = (hebb_rbm_gradient){0};
}

/* sums = beta sums + sign v^T m */
static void add_products(hebb_rbm_gradient *gradient, float sign, float beta, const hebb_layer_states *states,
                         const float *means)
{
    hebb_blas_enter();
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)gradient->n_visible, (int)gradient->stride,
                (int)states->n_states, sign, states->reals, (int)states->n_units, means, (int)gradient->stride, beta,
                gradient->sums, (int)gradient->stride);
    hebb_blas_leave();
}

void hebb_rbm_gradient_correlate(hebb_rbm_gradient *gradient, const hebb_layer_states *data, const float *data_means,
                                 const hebb_layer_states *model, const float *model_means, int n_threads)
{
    if (data->kind == HEBB_LAYER_GAUSSIAN) {
        add_products(gradient, 1.0f, 0.0f, data, data_means);
        add_products(gradient, -1.0f, 1.0f, model, model_means);
        return;
    }
    hebb_index_lists_transpose(&gradient->data, &data->lists);
    hebb_index_lists_transpose(&gradient->model, &model->lists);
    hebb_rows_gather_difference(&gradient->data, data_means, &gradient->model, model_means,
                                (gradient->n_hidden + 15) / 16 * 16, gradient->stride, gradient->sums, n_threads);
}

typedef struct {
    hebb_rbm_gradient *gradient;
    const hebb_rbm_step *step;
    hebb_rbm_layer *up, *down;
} work;

static void step_rows(void *context, size_t unit)
{
    const work *job = context;
    const hebb_rbm_gradient *gradient = job->gradient;
    const hebb_rbm_step *s = job->step;
    const hebb_kernel *kernel = hebb_kernel_in_use();
    const size_t stride = gradient->stride, first = unit * STEP_ROWS, left = gradient->n_visible - first,
                 n = left < STEP_ROWS ? left : STEP_ROWS;
    float *columns = s->column_factors != NULL ? gradient->column_parts + unit * stride : NULL;
    if (columns != NULL) memset(columns, 0, stride * sizeof *columns);
    gradient->norms[unit] = 0.0;
    for (size_t i = first; i < first + n; i++) {
        const hebb_step_row row = {.n_columns = (gradient->n_hidden + 15) / 16 * 16,
                                   .sums = gradient->sums + i * stride,
                                   .velocity = gradient->velocity + i * stride,
                                   .weights = job->up->rows + i * stride,
                                   .scale = s->scale,
                                   .rate = s->rate,
                                   .momentum = s->momentum,
                                   .decay = s->decay,
                                   .left = s->left != NULL ? s->left[i] : 0.0f,
                                   .right = s->right != NULL ? s->right[i] : 0.0f,
                                   .column_factor = columns != NULL ? s->column_factors[i] : 0.0f,
                                   .change = s->change,
                                   .offset = s->offset,
                                   .row_factors = s->row_factors,
                                   .row_product = s->row_factors != NULL ? s->row_products + i : NULL,
                                   .column_products = columns};
        gradient->norms[unit] += kernel->step_row(&row);
    }
    if (job->down != NULL)
        kernel->transpose_rows(n, gradient->n_hidden, stride, job->up->rows + first * stride, job->down->stride,
                               job->down->rows + first);
}

static bool is_zero(size_t n, const float *numbers)
{
    for (size_t k = 0; k < n && numbers != NULL; k++)
        if (numbers[k] != 0.0f) return false;
    return true;
}

/* Without what is 0 and would be multiplied: of a gradient that is not centred. */
static hebb_rbm_step reduce(const hebb_rbm_gradient *gradient, const hebb_rbm_step *step)
{
    const size_t nv = gradient->n_visible, nh = gradient->n_hidden;
    hebb_rbm_step s = *step;
    if (is_zero(nv, s.left) && is_zero(nh, s.offset)) s.left = s.right = s.change = s.offset = NULL;
    if (s.row_factors != NULL && is_zero(nh, s.row_factors)) {
        memset(s.row_products, 0, nv * sizeof(float));
        s.row_factors = NULL;
    }
    if (s.column_factors != NULL && is_zero(nv, s.column_factors)) {
        memset(s.column_products, 0, gradient->stride * sizeof(float));
        s.column_factors = NULL;
    }
    return s;
}

double hebb_rbm_gradient_step(hebb_rbm_gradient *gradient, const hebb_rbm_step *wanted, hebb_rbm_layer *up,
                              hebb_rbm_layer *down, int n_threads)
{
    const hebb_rbm_step reduced = reduce(gradient, wanted), *step = &reduced;
    work job = {gradient, step, up, down};
    const size_t n_parts = (gradient->n_visible + STEP_ROWS - 1) / STEP_ROWS;
    hebb_parallel_each(n_parts, n_threads, step_rows, &job);
    double norm = 0.0;
    for (size_t k = 0; k < n_parts; k++) norm += gradient->norms[k];
    if (step->column_factors == NULL) return norm;
    memset(step->column_products, 0, gradient->stride * sizeof(float));
    for (size_t k = 0; k < n_parts; k++)
        for (size_t j = 0; j < gradient->n_hidden; j++)
            step->column_products[j] += gradient->column_parts[k * gradient->stride + j];
    return norm;
}
