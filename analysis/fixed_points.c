#include "fixed_points.h"

#include <math.h>
#include <stdlib.h>

#include "parallel.h"

enum { BLOCK = 64 }; /* starts that are settled together; part of the result, by the order of sums in dgemm */

hebb_status hebb_fixed_points_init(hebb_fixed_points *points, const hebb_rbm *rbm, size_t n)
{
    *points = (hebb_fixed_points){.n = n};
    const hebb_status status = hebb_rbm_means_init(&points->means, rbm, n);
    if (status != HEBB_OK) return status;
    points->is_settled = calloc(n, sizeof *points->is_settled);
    points->sweeps = calloc(n, sizeof *points->sweeps);
    points->moves = calloc(n, sizeof *points->moves);
    points->energies = calloc(n, sizeof *points->energies);
    if (points->is_settled != NULL && points->sweeps != NULL && points->moves != NULL && points->energies != NULL)
        return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu fixed points", n);
}

void hebb_fixed_points_free(hebb_fixed_points *points)
{
    hebb_rbm_means_free(&points->means);
    free(points->is_settled);
    free(points->sweeps);
    free(points->moves);
    free(points->energies);
    *points = (hebb_fixed_points){0};
}

/* ---- starts ---- */

void hebb_fixed_points_from_data(hebb_fixed_points *points, const hebb_layer_states *data)
{
    for (size_t r = 0; r < points->n; r++)
        hebb_layer_states_get(data, (size_t)((double)r * (double)data->n_states / (double)points->n),
                              points->means.visible + r * data->n_units);
}

void hebb_fixed_points_from_noise(hebb_fixed_points *points, const hebb_rbm *rbm, hebb_philox noise)
{
    for (size_t r = 0; r < points->n; r++) {
        hebb_stream stream;
        hebb_stream_init(&stream, noise, 0, (uint32_t)r);
        for (size_t i = 0; i < rbm->n_visible; i++) {
            double *m = &points->means.visible[r * rbm->n_visible + i];
            if (rbm->visible_kind == HEBB_LAYER_GAUSSIAN) {
                *m = rbm->sigma_v * hebb_stream_gaussian(&stream);
            } else {
                const bool is_on = hebb_stream_uniform(&stream) < 0.5;
                *m = is_on ? 1.0 : rbm->visible_kind == HEBB_LAYER_SIGN ? -1.0 : 0.0;
            }
        }
    }
}

void hebb_fixed_points_follow(hebb_fixed_points *to, const hebb_rbm *rbm, const hebb_fixed_points *from,
                              const size_t *which)
{
    to->is_whole = true;
    for (size_t r = 0; r < to->n; r++) hebb_rbm_means_copy(&to->means, r, rbm, &from->means, which[r]);
}

/* ---- settling ---- */

typedef struct {
    const hebb_rbm *rbm;
    const hebb_fixed_points_setting *setting;
    hebb_fixed_points *points;
    hebb_rbm_mean_field field;
} settling;

typedef struct {
    hebb_rbm_means means; /* those that move still, without gaps */
    hebb_rbm_mean_field_room room;
    double moves[BLOCK];
    size_t starts[BLOCK]; /* whose they are */
} block;

static void free_block(void *workspace)
{
    block *b = workspace;
    if (b == NULL) return;
    hebb_rbm_means_free(&b->means);
    hebb_rbm_mean_field_room_free(&b->room);
    free(b);
}

static hebb_status make_block(void *context, void **workspace)
{
    const settling *s = context;
    block *b = calloc(1, sizeof *b);
    if (b == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a block of fixed points");
    hebb_status status = hebb_rbm_means_init(&b->means, s->rbm, BLOCK);
    if (status == HEBB_OK) status = hebb_rbm_mean_field_room_init(&b->room, s->rbm, BLOCK);
    *workspace = b;
    if (status == HEBB_OK) return HEBB_OK;
    free_block(b);
    *workspace = NULL;
    return status;
}

/* State k of the block has ended: its result is kept, and the last one takes its place. */
static void keep(const settling *s, block *b, size_t k, size_t n_left, long sweeps)
{
    const size_t start = b->starts[k], last = n_left - 1;
    hebb_fixed_points *points = s->points;
    hebb_rbm_means_copy(&points->means, start, s->rbm, &b->means, k);
    points->sweeps[start] = sweeps;
    points->moves[start] = b->moves[k];
    points->is_settled[start] = b->moves[k] <= s->setting->tolerance;
    points->energies[start] = hebb_rbm_mean_field_free_energy(&s->field, &points->means, start);
    hebb_rbm_means_copy(&b->means, k, s->rbm, &b->means, last);
    b->starts[k] = b->starts[last];
    b->moves[k] = b->moves[last];
}

static hebb_status settle_block(void *context, void *workspace, size_t number)
{
    const settling *s = context;
    block *b = workspace;
    const size_t first = number * BLOCK;
    size_t n_left = s->points->n - first < BLOCK ? s->points->n - first : BLOCK;
    for (size_t k = 0; k < n_left; k++) {
        b->starts[k] = first + k;
        hebb_rbm_means_copy(&b->means, k, s->rbm, &s->points->means, first + k);
    }
    if (!s->points->is_whole) hebb_rbm_mean_field_begin(s->rbm, &b->means, n_left);
    for (long t = 1; n_left > 0; t++) {
        hebb_rbm_mean_field_sweep(&s->field, &b->means, n_left, &b->room, b->moves);
        for (size_t k = n_left; k-- > 0;)
            if (!(b->moves[k] > s->setting->tolerance) || t >= s->setting->max_sweeps) keep(s, b, k, n_left--, t);
    }
    return HEBB_OK;
}

hebb_status hebb_fixed_points_settle(hebb_fixed_points *points, const hebb_rbm *rbm,
                                     const hebb_fixed_points_setting *setting)
{
    settling s = {.rbm = rbm, .setting = setting, .points = points};
    const hebb_parallel_work work = {
        .context = &s, .workspace_make = make_block, .workspace_free = free_block, .run = settle_block};
    hebb_status status = hebb_rbm_mean_field_init(&s.field, rbm, setting->order);
    if (status == HEBB_OK) status = hebb_parallel_run(&work, (points->n + BLOCK - 1) / BLOCK, setting->n_threads);
    hebb_rbm_mean_field_free(&s.field);
    return status;
}

/* ---- counting ---- */

static double squares(hebb_layer_kind kind, double sigma, size_t n, const double *x, const double *y)
{
    const double width = kind == HEBB_LAYER_GAUSSIAN ? sigma : kind == HEBB_LAYER_SIGN ? 2.0 : 1.0;
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) sum += (x[k] - y[k]) * (x[k] - y[k]);
    return sum / (width * width);
}

static bool are_one(const hebb_fixed_points *points, const hebb_rbm *rbm, double distance, size_t r, size_t s)
{
    const size_t nv = rbm->n_visible, nh = rbm->n_hidden;
    const hebb_rbm_means *means = &points->means;
    const double sum = squares(rbm->visible_kind, rbm->sigma_v, nv, means->visible + r * nv, means->visible + s * nv) +
                       squares(rbm->hidden_kind, rbm->sigma_h, nh, means->hidden + r * nh, means->hidden + s * nh);
    return sum <= distance * distance * (double)(nv + nh);
}

size_t hebb_fixed_points_distinct(const hebb_fixed_points *points, const hebb_rbm *rbm, double distance, size_t *which)
{
    size_t n = 0;
    for (size_t r = 0; r < points->n; r++) {
        if (!points->is_settled[r]) continue;
        size_t k = 0;
        while (k < n && !are_one(points, rbm, distance, r, which[k])) k++;
        if (k == n) which[n++] = r;
    }
    return n;
}

size_t hebb_fixed_points_near(const hebb_fixed_points *points, const hebb_rbm *rbm, double distance, size_t r)
{
    size_t n = 0;
    for (size_t k = 0; k < points->n; k++) n += points->is_settled[k] && are_one(points, rbm, distance, r, k);
    return n;
}
