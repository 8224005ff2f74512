/*
 * Times of learning of a restricted Boltzmann machine, 784 visible and 500 hidden units {0, 1}, by CD-1:
 *
 *   rbm                               a table: hebb and dense products in turn, threads, ln Z
 *   rbm versions                      what runs
 *   rbm data CASES FILE               the cases, a byte a unit
 *   rbm updates BATCH WARM UPDATES    one line: seconds an update (median, least), shares of units on
 *
 * Cases are binarised pictures of 28 x 28 pixels like MNIST's with threshold 127, 13 % of them on, from ten prototypes; weights
 * begin normal of width .01.  The rate is .01, without momentum, decay and centring: what the baselines do.  Seconds are of the
 * processor on one thread, of the clock on two.  RUNS changes what the table is a median of, HEBB_KERNEL names the kernel.
 */
#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blas.h"
#include "contrastive.h"
#include "kernel.h"
#include "machine_limits.h"
#include "memory.h"
#include "rbm_gradient.h"
#include "timing.h"

enum { PIXELS = 28, VISIBLE = PIXELS * PIXELS, HIDDEN = 500, CASES = 10000, MAX_RUNS = 999 };

static void check(hebb_status status)
{
    if (status == HEBB_OK) return;
    const char *sentence = hebb_diagnostic();
    (void)fprintf(stderr, "rbm: %s\n", *sentence != '\0' ? sentence : hebb_status_text(status));
    exit(EXIT_FAILURE);
}

static void *room(size_t bytes)
{
    void *made = hebb_memory_zeroed(bytes);
    if (made == NULL) check(HEBB_ENOMEM);
    return made;
}

/* ---- cases ---- */

/* Three strokes from point to point, 1.5 pixels wide, each point moved a little from the prototype's. */
static void draw_case(hebb_stream *stream, size_t prototype, uint8_t *pixels)
{
    hebb_stream fixed;
    double x[4], y[4];
    hebb_stream_init(&fixed, hebb_philox_derive(1, HEBB_DRAW_PATTERNS, prototype, 0), 0, 0);
    for (size_t k = 0; k < 4; k++) {
        x[k] = 5.0 + 18.0 * hebb_stream_uniform(&fixed) + 1.2 * hebb_stream_gaussian(stream);
        y[k] = 5.0 + 18.0 * hebb_stream_uniform(&fixed) + 1.2 * hebb_stream_gaussian(stream);
    }
    memset(pixels, 0, VISIBLE);
    for (size_t p = 0; p < VISIBLE; p++)
        for (size_t k = 0; k < 3; k++) {
            const double dx = x[k + 1] - x[k], dy = y[k + 1] - y[k], px = (double)(p % PIXELS) - x[k],
                         py = (double)(p / PIXELS) - y[k], length = dx * dx + dy * dy;
            double along = length > 0.0 ? (px * dx + py * dy) / length : 0.0;
            along = along < 0.0 ? 0.0 : along > 1.0 ? 1.0 : along;
            if (hypot(px - along * dx, py - along * dy) < 1.65) pixels[p] = 1;
        }
}

static uint8_t *draw_cases(size_t n)
{
    hebb_stream stream;
    uint8_t *pixels = room(n * VISIBLE);
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (size_t r = 0; r < n; r++) draw_case(&stream, hebb_stream_below(&stream, 10), pixels + r * VISIBLE);
    return pixels;
}

static void make_data(hebb_layer_states *data)
{
    uint8_t *pixels = draw_cases(CASES);
    *data = (hebb_layer_states){.n_states = CASES, .n_units = VISIBLE, .kind = HEBB_LAYER_BINARY};
    check(hebb_index_lists_from_bytes(&data->lists, CASES, VISIBLE, pixels));
    free(pixels);
}

/* ---- the library's way ---- */

typedef struct {
    hebb_rbm rbm;
    hebb_contrastive learning;
    uint64_t n_done;
} learner;

static void make_learner(learner *made, const hebb_layer_states *data, size_t batch, int n_threads)
{
    const hebb_contrastive_options options = {
        .algorithm = HEBB_ALGORITHM_CD, .steps = 1, .batch = batch, .learning_rate = 0.01, .n_threads = n_threads};
    check(hebb_rbm_init(&made->rbm, VISIBLE, HEBB_LAYER_BINARY, HIDDEN, HEBB_LAYER_BINARY));
    hebb_contrastive_start(&made->rbm, data, 0.01, 1);
    check(hebb_contrastive_init(&made->learning, &made->rbm, data, &options, 1));
    made->n_done = 0;
}

static void drop_learner(learner *made)
{
    hebb_contrastive_free(&made->learning);
    hebb_rbm_free(&made->rbm);
}

static void update(learner *made)
{
    check(hebb_contrastive_update(&made->learning, ++made->n_done));
}

/* ---- the same update by dense products: all else, sampling and the step, is the library's ---- */

typedef struct {
    hebb_rbm rbm;
    hebb_rbm_layer up, down;
    hebb_rbm_gradient gradient;
    hebb_batch batch;
    hebb_layer_states shown, hidden, visible;
    float *v, *h, *w, *data_means, *model_means, *fields;
    uint64_t n_done;
} dense;

static void make_dense(dense *made, const hebb_layer_states *data, size_t batch)
{
    check(hebb_rbm_init(&made->rbm, VISIBLE, HEBB_LAYER_BINARY, HIDDEN, HEBB_LAYER_BINARY));
    hebb_contrastive_start(&made->rbm, data, 0.01, 1);
    check(hebb_rbm_layer_init(&made->up, &made->rbm, HEBB_RBM_UP));
    check(hebb_rbm_layer_init(&made->down, &made->rbm, HEBB_RBM_DOWN));
    check(hebb_rbm_gradient_init(&made->gradient, &made->up, batch));
    check(hebb_batch_init(&made->batch, data->n_states, batch, 1));
    check(hebb_layer_states_init(&made->shown, HEBB_LAYER_BINARY, batch, VISIBLE));
    check(hebb_layer_states_init(&made->hidden, HEBB_LAYER_BINARY, batch, HIDDEN));
    check(hebb_layer_states_init(&made->visible, HEBB_LAYER_BINARY, batch, VISIBLE));
    made->v = room(2 * batch * VISIBLE * sizeof(float)); /* data, then model */
    made->w = made->v + batch * VISIBLE;
    made->h = room(batch * HIDDEN * sizeof(float));
    made->data_means = room(batch * made->up.stride * sizeof(float));
    made->model_means = room(batch * made->up.stride * sizeof(float));
    made->fields = room(batch * made->down.stride * sizeof(float));
    made->n_done = 0;
}

static void drop_dense(dense *made)
{
    hebb_layer_states_free(&made->shown);
    hebb_layer_states_free(&made->hidden);
    hebb_layer_states_free(&made->visible);
    hebb_batch_free(&made->batch);
    hebb_rbm_gradient_free(&made->gradient);
    hebb_rbm_layer_free(&made->up);
    hebb_rbm_layer_free(&made->down);
    hebb_rbm_free(&made->rbm);
    free(made->v);
    free(made->h);
    free(made->data_means);
    free(made->model_means);
    free(made->fields);
}

static void spread(const hebb_layer_states *states, float *numbers)
{
    memset(numbers, 0, states->n_states * states->n_units * sizeof *numbers);
    for (size_t r = 0; r < states->n_states; r++)
        for (size_t k = states->lists.starts[r]; k < states->lists.starts[r + 1]; k++)
            numbers[r * states->n_units + states->lists.indices[k]] = 1.0f;
}

static void dense_fields(const hebb_rbm_layer *layer, size_t n, const float *states, float *fields)
{
    for (size_t r = 0; r < n; r++) memcpy(fields + r * layer->stride, layer->bias, layer->stride * sizeof(float));
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)n, (int)layer->n_out, (int)layer->n_in, 1.0f, states,
                (int)layer->n_in, layer->rows, (int)layer->stride, 1.0f, fields, (int)layer->stride);
}

static void move_biases(dense *made, const hebb_layer_states *model)
{
    const size_t n = made->batch.size, stride = made->up.stride;
    const float rate = 0.01f / (float)n;
    for (size_t r = 0; r < n; r++)
        for (size_t j = 0; j < HIDDEN; j++)
            made->up.bias[j] += rate * (made->data_means[r * stride + j] - made->model_means[r * stride + j]);
    for (size_t k = 0; k < made->shown.lists.starts[n]; k++) made->down.bias[made->shown.lists.indices[k]] += rate;
    for (size_t k = 0; k < model->lists.starts[n]; k++) made->down.bias[model->lists.indices[k]] -= rate;
}

static void dense_update(dense *made, const hebb_layer_states *data)
{
    const size_t n = made->batch.size;
    const int stride = (int)made->up.stride;
    const hebb_philox noise = hebb_philox_derive(1, HEBB_DRAW_GIBBS, ++made->n_done, 0);
    const hebb_rbm_step step = {.scale = 1.0f / (float)n, .rate = 0.01f};
    hebb_batch_choose(&made->batch, made->n_done);
    hebb_index_lists_select(&made->shown.lists, &data->lists, n, made->batch.order + made->batch.first);
    spread(&made->shown, made->v);
    dense_fields(&made->up, n, made->v, made->data_means);
    hebb_rbm_layer_sample(&made->up, made->data_means, noise, 0, 0, &made->hidden);
    hebb_rbm_layer_means(&made->up, n, made->data_means, made->data_means);
    spread(&made->hidden, made->h);
    dense_fields(&made->down, n, made->h, made->fields);
    hebb_rbm_layer_sample(&made->down, made->fields, noise, 1, 0, &made->visible);
    spread(&made->visible, made->w);
    dense_fields(&made->up, n, made->w, made->model_means);
    hebb_rbm_layer_means(&made->up, n, made->model_means, made->model_means);
    for (int phase = 0; phase < 2; phase++)
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, VISIBLE, HIDDEN, (int)n, phase == 0 ? 1.0f : -1.0f,
                    phase == 0 ? made->v : made->w, VISIBLE, phase == 0 ? made->data_means : made->model_means, stride,
                    phase == 0 ? 0.0f : 1.0f, made->gradient.sums, stride);
    (void)hebb_rbm_gradient_step(&made->gradient, &step, &made->up, &made->down, 1);
    move_biases(made, &made->visible);
    hebb_rbm_layer_refresh(&made->up);
    hebb_rbm_layer_refresh(&made->down);
}

/* ---- lines for rbm.sh ---- */

static double least(size_t n, const double *values)
{
    double smallest = values[0];
    for (size_t k = 1; k < n; k++) smallest = values[k] < smallest ? values[k] : smallest;
    return smallest;
}

static void print_updates(size_t batch, size_t n_warm, size_t n_updates)
{
    static double seconds[MAX_RUNS];
    hebb_layer_states data;
    learner made;
    make_data(&data);
    make_learner(&made, &data, batch, 1);
    for (size_t k = 0; k < n_warm; k++) update(&made);
    if (n_updates > MAX_RUNS) n_updates = MAX_RUNS;
    for (size_t k = 0; k < n_updates; k++) {
        const double started = hebb_timing_processor();
        update(&made);
        seconds[k] = hebb_timing_processor() - started;
    }
    const hebb_rbm_gibbs *chains = &made.learning.chains;
    const double smallest = least(n_updates, seconds);
    (void)printf("%.9f %.9f %.4f %.4f\n", hebb_timing_median(n_updates, seconds), smallest,
                 (double)chains->visible.lists.starts[batch] / (double)(batch * VISIBLE),
                 (double)chains->hidden.lists.starts[batch] / (double)(batch * HIDDEN));
    drop_learner(&made);
    hebb_layer_states_free(&data);
}

/* ---- the table ---- */

/* hebb, dense products and the limit in turn. */
static void print_batch(const hebb_layer_states *data, size_t batch, size_t n_runs)
{
    static double ours[MAX_RUNS], theirs[MAX_RUNS], limit[MAX_RUNS];
    learner made;
    dense other;
    make_learner(&made, data, batch, 1);
    make_dense(&other, data, batch);
    for (size_t k = 0; k < 30; k++) {
        update(&made);
        dense_update(&other, data);
    }
    for (size_t k = 0; k < n_runs; k++) {
        double started = hebb_timing_processor();
        update(&made);
        ours[k] = hebb_timing_processor() - started;
        started = hebb_timing_processor();
        dense_update(&other, data);
        theirs[k] = hebb_timing_processor() - started;
        limit[k] = 5.0 * (double)batch * VISIBLE * HIDDEN / (1e-9 + hebb_machine_products());
    }
    const double a = hebb_timing_median(n_runs, ours), b = hebb_timing_median(n_runs, theirs),
                 c = hebb_timing_median(n_runs, limit);
    (void)printf("%6zu %10.3f %10.3f %9.2f %10.3f %8.2f %10.3f %10.3f\n", batch, 1e3 * a, 1e3 * b, b / a, 1e3 * c,
                 c / a, 1e3 * ours[0], 1e3 * theirs[0]);
    (void)fflush(stdout);
    drop_learner(&made);
    drop_dense(&other);
}

/* One thread and two in turn, by the clock. */
static void print_threads(const hebb_layer_states *data, size_t batch, size_t n_runs)
{
    static double seconds[2][MAX_RUNS];
    learner made[2];
    for (int t = 0; t < 2; t++) make_learner(made + t, data, batch, t + 1);
    for (size_t k = 0; k < n_runs + 10; k++)
        for (int t = 0; t < 2; t++) {
            const double started = hebb_timing_now();
            update(made + t);
            if (k >= 10) seconds[t][k - 10] = hebb_timing_now() - started;
        }
    hebb_contrastive_store(&made[0].learning);
    hebb_contrastive_store(&made[1].learning);
    const bool same = memcmp(made[0].rbm.weights, made[1].rbm.weights, VISIBLE * HIDDEN * sizeof(double)) == 0;
    const double one = hebb_timing_median(n_runs, seconds[0]), two = hebb_timing_median(n_runs, seconds[1]);
    (void)printf("%6zu %10.3f %10.3f %9.2f %10.3f %10.3f %9.2f %s\n", batch, 1e3 * one, 1e3 * two, one / two,
                 1e3 * seconds[0][0], 1e3 * seconds[1][0], seconds[0][0] / seconds[1][0], same ? "equal" : "DIFFERENT");
    for (int t = 0; t < 2; t++) drop_learner(made + t);
}

static void print_table(void)
{
    const char *wanted = getenv("RUNS");
    const int n_runs = wanted == NULL ? 101 : atoi(wanted);
    const size_t n = n_runs < 1 ? 1 : n_runs > MAX_RUNS ? MAX_RUNS : (size_t)n_runs;
    hebb_layer_states data;
    hebb_rbm small;
    double ln_z;
    make_data(&data);
    (void)printf("784 x 500, CD-1, one thread: ms an update, medians and least of %zu\n", n);
    (void)printf("%6s %10s %10s %9s %10s %8s %10s %10s\n", "batch", "hebb", "sgemm", "over_hebb", "fma_limit", "share",
                 "hebb_min", "sgemm_min");
    print_batch(&data, 100, n);
    print_batch(&data, 500, n / 3 + 1);
    (void)printf("one thread and two, by the clock\n%6s %10s %10s %9s %10s %10s %9s\n", "batch", "one", "two", "faster",
                 "one_min", "two_min", "faster");
    print_threads(&data, 500, n / 3 + 1);
    check(hebb_rbm_init(&small, VISIBLE, HEBB_LAYER_BINARY, 25, HEBB_LAYER_BINARY));
    hebb_contrastive_start(&small, &data, 0.1, 1);
    const double started = hebb_timing_processor();
    check(hebb_rbm_log_partition(&small, 1, &ln_z));
    (void)printf("ln Z of 784 x 25 units, one thread: %.2f s (%.6f)\n", hebb_timing_processor() - started, ln_z);
    hebb_rbm_free(&small);
    hebb_layer_states_free(&data);
}

static void print_cases(size_t n, const char *path)
{
    uint8_t *pixels = draw_cases(n);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(pixels, VISIBLE, n, file) != n || fclose(file) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    free(pixels);
}

int main(int argc, char **argv)
{
    hebb_blas_use_one_thread();
    check(hebb_kernel_select(getenv("HEBB_KERNEL")));
    if (argc == 1)
        print_table();
    else if (argc == 2 && strcmp(argv[1], "versions") == 0)
        (void)printf("hebb, kernel %s; OpenBLAS, core %s\n", hebb_kernel_in_use()->name, hebb_blas_core());
    else if (argc == 4 && strcmp(argv[1], "data") == 0)
        print_cases(strtoul(argv[2], NULL, 10), argv[3]);
    else if (argc == 5 && strcmp(argv[1], "updates") == 0)
        print_updates(strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10), strtoul(argv[4], NULL, 10));
    else {
        (void)fprintf(stderr, "usage: rbm [versions | data CASES FILE | updates BATCH WARM UPDATES]\n");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
