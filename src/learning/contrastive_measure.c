/* What is said of a machine that learns: likelihood, pseudo-likelihood, reconstruction. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contrastive.h"
#include "memory.h"
#include "parallel.h"

/* ---- the likelihood ---- */

enum { CASES_AT_A_TIME = 512 };

typedef struct {
    const hebb_rbm *rbm;
    const hebb_layer_states *data;
    const double *off; /* hidden fields where no two-valued unit is on */
    double *rooms;     /* of each piece: n_hidden fields, then n_visible numbers */
    double *sums;      /* of each piece: -F over its cases */
} energies;

/* F of a case whose units are two-valued, from which are on. */
static double free_energy(const energies *all, size_t r, double *fields)
{
    const hebb_rbm *rbm = all->rbm;
    const hebb_index_lists *lists = &all->data->lists;
    const double step = all->data->kind == HEBB_LAYER_SIGN ? 2.0 : 1.0;
    double sum = 0.0;
    memcpy(fields, all->off, rbm->n_hidden * sizeof *fields);
    for (size_t k = lists->starts[r]; k < lists->starts[r + 1]; k++) {
        const double *row = rbm->weights + lists->indices[k] * rbm->n_hidden;
        sum -= step * rbm->visible_bias[lists->indices[k]];
        for (size_t j = 0; j < rbm->n_hidden; j++) fields[j] += step * row[j];
    }
    for (size_t i = 0; i < rbm->n_visible && all->data->kind == HEBB_LAYER_SIGN; i++) sum += rbm->visible_bias[i];
    for (size_t j = 0; j < rbm->n_hidden; j++) sum -= hebb_layer_log_sum(rbm->hidden_kind, rbm->sigma_h, fields[j]);
    return sum;
}

static void add_energies(void *context, size_t piece)
{
    const energies *all = context;
    const hebb_rbm *rbm = all->rbm;
    const size_t first = piece * CASES_AT_A_TIME, n_left = all->data->n_states - first;
    double *fields = all->rooms + piece * (rbm->n_hidden + rbm->n_visible), *state = fields + rbm->n_hidden, sum = 0.0;
    for (size_t r = first; r < first + (n_left < CASES_AT_A_TIME ? n_left : CASES_AT_A_TIME); r++) {
        if (all->data->kind != HEBB_LAYER_GAUSSIAN) {
            sum -= free_energy(all, r, fields);
            continue;
        }
        hebb_layer_states_get(all->data, r, state);
        hebb_rbm_hidden_fields(rbm, state, fields);
        sum -= hebb_rbm_free_energy(rbm, state, fields);
    }
    all->sums[piece] = sum;
}

hebb_status hebb_rbm_log_likelihood(const hebb_rbm *rbm, const hebb_layer_states *data, double ln_z, int n_threads,
                                    double *log_likelihood)
{
    const size_t nv = rbm->n_visible, nh = rbm->n_hidden,
                 n_pieces = (data->n_states + CASES_AT_A_TIME - 1) / CASES_AT_A_TIME;
    double *off = malloc(nh * sizeof *off), *sums = calloc(n_pieces, sizeof *sums),
           *rooms = calloc(n_pieces, (nh + nv) * sizeof *rooms);
    hebb_status status = HEBB_OK;
    *log_likelihood = NAN;
    if (off == NULL || sums == NULL || rooms == NULL) {
        status = hebb_fail(HEBB_ENOMEM, "no memory for the likelihood of %zu cases", data->n_states);
        goto out;
    }
    memcpy(off, rbm->hidden_bias, nh * sizeof *off);
    for (size_t i = 0; i < nv && data->kind == HEBB_LAYER_SIGN; i++)
        for (size_t j = 0; j < nh; j++) off[j] -= rbm->weights[i * nh + j];
    hebb_parallel_each(n_pieces, n_threads, add_energies,
                       &(energies){.rbm = rbm, .data = data, .off = off, .rooms = rooms, .sums = sums});
    double total = 0.0;
    for (size_t k = 0; k < n_pieces; k++) total += sums[k];
    *log_likelihood = total / (double)data->n_states - ln_z;
out:
    free(off);
    free(sums);
    free(rooms);
    return status;
}

/* ---- the pseudo-likelihood ---- */

/*
 * What a flip of visible unit i, by `delta` = -1, 1 or -2, 2, multiplies hidden unit j's sum over states by, with
 * d = delta W_ij and p_j the probability of the upper of its states s0 < s1:
 *
 *   e^{d s0} (1 - p_j + p_j e^{d (s1 - s0)})
 *
 * of which the exponentials are the same for all cases and stand in tables.
 */
typedef struct {
    const hebb_rbm *rbm;
    double step;     /* of a visible unit: 1, 2 */
    double low;      /* s0: 0, -1 */
    double gap;      /* s1 - s0: 1, 2 */
    double *up;      /* n_visible x n_hidden: e^{d gap} for delta = step */
    double *down;    /* for delta = -step */
    double *row_sum; /* n_visible: sum_j W_ij */
    double *v, *x;   /* a case, and its hidden fields */
    double *p, *q;   /* n_hidden: p_j, 1 - p_j */
} flips;

/* How many factors may be multiplied before their logarithm is taken: each is within e^-40 and e^40, or goes alone. */
enum { FACTORS = 16, MOST = 40 };

/* ln of the hidden units' sums after the flip over that before. */
static double log_ratio(const flips *f, size_t i, double delta)
{
    const hebb_rbm *rbm = f->rbm;
    const double *table = (delta > 0.0 ? f->up : f->down) + i * rbm->n_hidden, *w = rbm->weights + i * rbm->n_hidden;
    double sum = 0.0;
    if (rbm->hidden_kind == HEBB_LAYER_GAUSSIAN) {
        for (size_t j = 0; j < rbm->n_hidden; j++) {
            const double d = delta * w[j];
            sum += rbm->sigma_h * rbm->sigma_h * (f->x[j] * d + 0.5 * d * d);
        }
        return sum;
    }
    for (size_t j0 = 0; j0 < rbm->n_hidden; j0 += FACTORS) {
        double product = 1.0;
        for (size_t j = j0; j < j0 + FACTORS && j < rbm->n_hidden; j++) {
            const double d = delta * w[j] * f->gap, x = f->gap * f->x[j];
            if (fabs(d) > MOST)
                sum +=
                    hebb_layer_log_sum(HEBB_LAYER_BINARY, 1.0, x + d) - hebb_layer_log_sum(HEBB_LAYER_BINARY, 1.0, x);
            else
                product *= f->q[j] + f->p[j] * table[j];
        }
        sum += log(product);
    }
    return sum + delta * f->low * f->row_sum[i];
}

static hebb_status make_flips(flips *f, const hebb_rbm *rbm)
{
    const size_t nv = rbm->n_visible, nh = rbm->n_hidden;
    const bool is_sign = rbm->hidden_kind == HEBB_LAYER_SIGN;
    *f = (flips){.rbm = rbm,
                 .step = rbm->visible_kind == HEBB_LAYER_SIGN ? 2.0 : 1.0,
                 .low = is_sign ? -1.0 : 0.0,
                 .gap = is_sign ? 2.0 : 1.0,
                 .up = malloc(nv * nh * sizeof(double)),
                 .down = malloc(nv * nh * sizeof(double)),
                 .row_sum = calloc(nv, sizeof(double)),
                 .v = malloc(nv * sizeof(double)),
                 .x = malloc(nh * sizeof(double)),
                 .p = malloc(nh * sizeof(double)),
                 .q = malloc(nh * sizeof(double))};
    if (f->up == NULL || f->down == NULL || f->row_sum == NULL || f->v == NULL || f->x == NULL || f->p == NULL ||
        f->q == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for the pseudo-likelihood");
    for (size_t i = 0; i < nv; i++)
        for (size_t j = 0; j < nh; j++) {
            const double d = f->step * f->gap * rbm->weights[i * nh + j];
            f->up[i * nh + j] = exp(d);
            f->down[i * nh + j] = exp(-d);
            f->row_sum[i] += rbm->weights[i * nh + j];
        }
    return HEBB_OK;
}

static void free_flips(flips *f)
{
    free(f->up);
    free(f->down);
    free(f->row_sum);
    free(f->v);
    free(f->x);
    free(f->p);
    free(f->q);
}

hebb_status hebb_rbm_pseudo_likelihood(const hebb_rbm *rbm, const hebb_layer_states *data, size_t n,
                                       const uint32_t *which, double *log_pseudo_likelihood)
{
    flips f;
    double total = 0.0;
    *log_pseudo_likelihood = NAN;
    if (rbm->visible_kind == HEBB_LAYER_GAUSSIAN) return HEBB_OK;
    const hebb_status status = make_flips(&f, rbm);
    for (size_t r = 0; r < n && status == HEBB_OK; r++) {
        hebb_layer_states_get(data, which[r], f.v);
        hebb_rbm_hidden_fields(rbm, f.v, f.x);
        for (size_t j = 0; j < rbm->n_hidden && rbm->hidden_kind != HEBB_LAYER_GAUSSIAN; j++) {
            f.p[j] = hebb_layer_mean(HEBB_LAYER_BINARY, 1.0, f.gap * f.x[j]);
            f.q[j] = hebb_layer_mean(HEBB_LAYER_BINARY, 1.0, -f.gap * f.x[j]);
        }
        for (size_t i = 0; i < rbm->n_visible; i++) {
            const double delta = f.v[i] > 0.0 ? -f.step : f.step;
            total -= hebb_layer_log_sum(HEBB_LAYER_BINARY, 1.0, delta * rbm->visible_bias[i] + log_ratio(&f, i, delta));
        }
    }
    if (status == HEBB_OK) *log_pseudo_likelihood = total / (double)n;
    free_flips(&f);
    return status;
}

/* ---- reconstruction ---- */

hebb_status hebb_contrastive_reconstruct(hebb_contrastive *l, uint64_t n)
{
    const size_t n_cases = l->data->n_states < HEBB_CONTRASTIVE_FIRST ? l->data->n_states : HEBB_CONTRASTIVE_FIRST,
                 nv = l->rbm->n_visible;
    const hebb_philox noise = hebb_philox_derive(l->seed, HEBB_DRAW_GIBBS, n, 1);
    hebb_layer_states cases = *l->data, hidden = {0};
    cases.n_states = cases.lists.n_states = n_cases;
    float *up = calloc(n_cases * l->up.stride, sizeof *up), *down = calloc(n_cases * l->down.stride, sizeof *down);
    double *state = calloc(nv, sizeof *state), sum = 0.0;
    hebb_status status = hebb_layer_states_init(&hidden, l->rbm->hidden_kind, n_cases, l->rbm->n_hidden);
    if (status == HEBB_OK && (up == NULL || down == NULL || state == NULL))
        status = hebb_fail(HEBB_ENOMEM, "no memory for the reconstruction of %zu cases", n_cases);
    if (status != HEBB_OK) goto out;
    if (l->options.algorithm == HEBB_ALGORITHM_EXACT) hebb_contrastive_load(l);
    hebb_rbm_layer_fields(&l->up, &cases, up);
    hebb_rbm_layer_sample(&l->up, up, noise, 0, 0, &hidden);
    hebb_rbm_layer_fields(&l->down, &hidden, down);
    hebb_rbm_layer_means(&l->down, n_cases, down, down);
    for (size_t r = 0; r < n_cases; r++) {
        hebb_layer_states_get(l->data, r, state);
        for (size_t i = 0; i < nv; i++) {
            const double difference = state[i] - (double)down[r * l->down.stride + i];
            sum += difference * difference;
        }
    }
    l->reconstruction_error = sum / (double)n_cases / (double)nv;
out:
    free(up);
    free(down);
    free(state);
    hebb_layer_states_free(&hidden);
    return status;
}
