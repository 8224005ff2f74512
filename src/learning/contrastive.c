#include "contrastive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "rbm_gradient.h"

static const double LONGEST_STEP = 1e6; /* of weights and biases together: beyond it nothing is learnt */
static const double SLIDE = 0.01;       /* share of a batch's mean in the hidden offsets that follow it */

static bool is_exact(const hebb_contrastive *l)
{
    return l->options.algorithm == HEBB_ALGORITHM_EXACT;
}

/* ---- room ---- */

struct hebb_contrastive_room {
    double rate; /* of this update */

    /* In single precision: cd and pcd. */
    hebb_rbm_gradient gradient;
    float *data_means, *model_means; /* of the hidden units: a row a state */
    float *change, *hidden_offset;   /* stride */
    float *dw_mu;                    /* stride: sum_i dW_ij mu_i */
    float *left, *right;             /* n_visible */
    float *visible_offset, *dw_lambda;

    /* In double precision: exact. */
    double *v, *h; /* of one state */
    double *dw;    /* n_visible x n_hidden */
    hebb_rbm_moments exact;

    double *visible_data, *visible_model, *hidden_data, *hidden_model; /* averages */
    double *db, *dc;                                                   /* the gradient */
};

/* What learning in single precision needs. */
static hebb_status make_floats(hebb_contrastive *l)
{
    struct hebb_contrastive_room *room = l->room;
    const size_t nv = l->rbm->n_visible, stride = l->up.stride,
                 most = l->batch.size > l->chains.n_chains ? l->batch.size : l->chains.n_chains;
    float **const small[] = {&room->change, &room->hidden_offset,  &room->dw_mu,    &room->left,
                             &room->right,  &room->visible_offset, &room->dw_lambda};
    for (size_t k = 0; k < sizeof small / sizeof *small; k++) {
        *small[k] = hebb_memory_zeroed((nv > stride ? nv : stride) * sizeof(float));
        if (*small[k] == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the gradient");
    }
    room->data_means = hebb_memory_zeroed(l->batch.size * stride * sizeof(float));
    room->model_means = hebb_memory_zeroed(l->chains.n_chains * stride * sizeof(float));
    if (room->data_means == NULL || room->model_means == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for batches of %zu cases", l->batch.size);
    return hebb_rbm_gradient_init(&room->gradient, &l->up, most);
}

static hebb_status make_room(hebb_contrastive *l)
{
    const size_t nv = l->rbm->n_visible, nh = l->rbm->n_hidden;
    struct hebb_contrastive_room *room = l->room = calloc(1, sizeof *room);
    if (room == NULL) return HEBB_ENOMEM;
    double **const small[] = {&room->v,
                              &room->h,
                              &room->db,
                              &room->dc,
                              &room->visible_data,
                              &room->visible_model,
                              &room->hidden_data,
                              &room->hidden_model,
                              &l->visible_velocity,
                              &l->hidden_velocity,
                              &l->visible_offset,
                              &l->hidden_offset};
    for (size_t k = 0; k < sizeof small / sizeof *small; k++) {
        *small[k] = calloc(nv > nh ? nv : nh, sizeof(double));
        if (*small[k] == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the gradient");
    }
    l->velocity = hebb_memory_zeroed(nv * nh * sizeof(double));
    if (is_exact(l)) room->dw = hebb_memory_zeroed(nv * nh * sizeof(double));
    if (l->velocity == NULL || (is_exact(l) && room->dw == NULL))
        return hebb_fail(HEBB_ENOMEM, "no memory for the gradient of %zu x %zu weights", nv, nh);
    return is_exact(l) ? hebb_rbm_moments_init(&room->exact, l->rbm) : make_floats(l);
}

static void free_room(struct hebb_contrastive_room *room)
{
    if (room == NULL) return;
    void *const arrays[] = {room->data_means,
                            room->model_means,
                            room->change,
                            room->hidden_offset,
                            room->dw_mu,
                            room->left,
                            room->right,
                            room->visible_offset,
                            room->dw_lambda,
                            room->v,
                            room->h,
                            room->dw,
                            room->visible_data,
                            room->visible_model,
                            room->hidden_data,
                            room->hidden_model,
                            room->db,
                            room->dc};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) free(arrays[k]);
    hebb_rbm_gradient_free(&room->gradient);
    hebb_rbm_moments_free(&room->exact);
    free(room);
}

/* ---- the start ---- */

/* Means of the data, of units as they are: 0 and 1, -1 and 1, or real. */
static void average_data(const hebb_layer_states *data, double *means)
{
    const double n = (double)data->n_states;
    memset(means, 0, data->n_units * sizeof *means);
    if (data->kind == HEBB_LAYER_GAUSSIAN) {
        for (size_t k = 0; k < data->n_states * data->n_units; k++) means[k % data->n_units] += (double)data->reals[k];
        for (size_t i = 0; i < data->n_units; i++) means[i] /= n;
        return;
    }
    for (size_t k = 0; k < data->lists.starts[data->n_states]; k++) means[data->lists.indices[k]] += 1.0;
    for (size_t i = 0; i < data->n_units; i++)
        means[i] = data->kind == HEBB_LAYER_SIGN ? 2.0 * means[i] / n - 1.0 : means[i] / n;
}

void hebb_contrastive_start(hebb_rbm *rbm, const hebb_layer_states *data, double width, uint64_t seed)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_WEIGHTS, 0, 0), 0, 0);
    for (size_t k = 0; k < rbm->n_visible * rbm->n_hidden; k++) rbm->weights[k] = width * hebb_stream_gaussian(&stream);
    memset(rbm->hidden_bias, 0, rbm->n_hidden * sizeof(double));
    average_data(data, rbm->visible_bias);
    for (size_t i = 0; i < rbm->n_visible; i++) {
        const double mean = rbm->visible_bias[i], n = (double)data->n_states;
        if (data->kind == HEBB_LAYER_GAUSSIAN) {
            rbm->visible_bias[i] = mean / (rbm->sigma_v * rbm->sigma_v);
            continue;
        }
        const double on = data->kind == HEBB_LAYER_SIGN ? 0.5 * n * (1.0 + mean) : n * mean;
        rbm->visible_bias[i] = (data->kind == HEBB_LAYER_SIGN ? 0.5 : 1.0) * log((on + 1.0) / (n - on + 1.0));
    }
}

static void start_offsets(hebb_contrastive *l)
{
    if (!l->options.is_centred) return;
    average_data(l->data, l->visible_offset);
    for (size_t j = 0; j < l->rbm->n_hidden; j++)
        l->hidden_offset[j] = hebb_layer_mean(l->rbm->hidden_kind, l->rbm->sigma_h, l->rbm->hidden_bias[j]);
}

static hebb_status check(const hebb_contrastive *l)
{
    const hebb_contrastive_options *its = &l->options;
    if (l->data->kind != l->rbm->visible_kind || l->data->n_units != l->rbm->n_visible)
        return hebb_fail(HEBB_EDOM, "data of %zu %s units for a machine of %zu %s visible ones", l->data->n_units,
                         hebb_layer_words[l->data->kind], l->rbm->n_visible, hebb_layer_words[l->rbm->visible_kind]);
    if (its->steps < 1 || !(its->learning_rate >= 0.0) || !(its->momentum >= 0.0 && its->momentum < 1.0) ||
        !(its->weight_decay >= 0.0) || (its->n_updates > 0 && !(its->final_rate >= 0.0)))
        return hebb_fail(HEBB_EDOM,
                         "steps must be 1 or more, the momentum from 0 to below 1, rates and decay 0 or more");
    if (is_exact(l) && !hebb_rbm_is_enumerable(l->rbm))
        return hebb_fail(HEBB_EDOM,
                         "the exact gradient: the smaller layer may have at most %d units; take --algorithm pcd",
                         HEBB_RBM_EXACT_MAX_UNITS);
    return HEBB_OK;
}

/*
 * How many threads an update is worth.  2^23 products of a unit with a weight, of which gathering skips those with units that
 * are off, take some 20 us: with less for each, threads cost more than they save.
 */
static int choose_threads(const hebb_contrastive *l, size_t n_chains)
{
    static const double LEAST = 0x1p23;
    const double nv = (double)l->rbm->n_visible, nh = (double)l->rbm->n_hidden,
                 n_states = (double)(n_chains > l->batch.size ? n_chains : l->batch.size),
                 products = is_exact(l) ? ldexp(fmax(nv, nh), (int)fmin(nv, nh)) : n_states * nv * nh,
                 most = 1.0 + products / LEAST;
    return most < (double)l->options.n_threads ? (int)most : l->options.n_threads;
}

/* Bytes beside the weights. */
static double memory_of(const hebb_contrastive *l, size_t n_chains)
{
    const double nv = (double)l->rbm->n_visible, nh = (double)l->rbm->n_hidden, n = (double)l->batch.size,
                 m = (double)n_chains;
    if (is_exact(l)) return 8.0 * 3.0 * nv * nh + 4.0 * n * nv;
    return nv * nh * (3.0 * 4.0 + 8.0) + 4.0 * (3.0 * n * nv + 3.0 * m * nv + (n + 3.0 * m) * nh);
}

hebb_status hebb_contrastive_init(hebb_contrastive *l, hebb_rbm *rbm, const hebb_layer_states *data,
                                  const hebb_contrastive_options *options, uint64_t seed)
{
    *l = (hebb_contrastive){.rbm = rbm, .data = data, .options = *options, .seed = seed};
    hebb_status status = check(l);
    if (status == HEBB_OK) status = hebb_batch_init(&l->batch, data->n_states, options->batch, seed);
    const size_t n_chains = is_exact(l)                                                         ? 1
                            : options->algorithm == HEBB_ALGORITHM_PCD && options->n_chains > 0 ? options->n_chains
                                                                                                : l->batch.size;
    if (status == HEBB_OK) status = hebb_memory_check("batch and chains", memory_of(l, n_chains), 1);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&l->up, rbm, HEBB_RBM_UP);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&l->down, rbm, HEBB_RBM_DOWN);
    l->options.n_threads = l->up.n_threads = l->down.n_threads = choose_threads(l, n_chains);
    if (status == HEBB_OK) status = hebb_layer_states_init(&l->shown, data->kind, l->batch.size, data->n_units);
    if (status == HEBB_OK)
        status = hebb_rbm_gibbs_init(&l->chains, &l->up, &l->down, n_chains,
                                     hebb_philox_derive(seed, HEBB_DRAW_GIBBS, 0, 0));
    if (status == HEBB_OK) status = make_room(l);
    if (status == HEBB_OK) start_offsets(l);
    if (status == HEBB_OK) hebb_rbm_gibbs_randomise(&l->chains, hebb_philox_derive(seed, HEBB_DRAW_STATE, 0, 0));
    if (status != HEBB_OK) hebb_contrastive_free(l);
    return status;
}

void hebb_contrastive_free(hebb_contrastive *l)
{
    hebb_batch_free(&l->batch);
    hebb_rbm_layer_free(&l->up);
    hebb_rbm_layer_free(&l->down);
    hebb_layer_states_free(&l->shown);
    hebb_rbm_gibbs_free(&l->chains);
    free(l->velocity);
    free(l->visible_velocity);
    free(l->hidden_velocity);
    free(l->visible_offset);
    free(l->hidden_offset);
    free_room(l->room);
    *l = (hebb_contrastive){0};
}

/* ---- a phase ---- */

static void show(hebb_contrastive *l, uint64_t n)
{
    hebb_batch_choose(&l->batch, n);
    const uint32_t *which = l->batch.order + l->batch.first;
    l->shown.n_states = l->batch.n_shown;
    if (l->shown.kind != HEBB_LAYER_GAUSSIAN) {
        hebb_index_lists_select(&l->shown.lists, &l->data->lists, l->batch.n_shown, which);
        return;
    }
    for (size_t r = 0; r < l->batch.n_shown; r++)
        memcpy(l->shown.reals + r * l->shown.n_units, l->data->reals + which[r] * l->shown.n_units,
               l->shown.n_units * sizeof(float));
}

/* Hidden means from fields; the columns that fill a row up are 0, so that the weights there stay so. */
static void keep_means(const hebb_rbm_layer *up, size_t n, const float *fields, float *means)
{
    hebb_rbm_layer_means(up, n, fields, means);
    for (size_t r = 0; r < n && up->n_out < up->stride; r++)
        memset(means + r * up->stride + up->n_out, 0, (up->stride - up->n_out) * sizeof *means);
}

static void resize(hebb_rbm_gibbs *gibbs, size_t n)
{
    gibbs->n_chains = gibbs->visible.n_states = gibbs->hidden.n_states = n;
    gibbs->visible.lists.n_states = gibbs->hidden.lists.n_states = n;
}

/* Both phases: the cases' and the chains' hidden means. */
static hebb_status run_phases(hebb_contrastive *l, uint64_t n)
{
    struct hebb_contrastive_room *room = l->room;
    hebb_rbm_gibbs *chains = &l->chains;
    const bool is_cd = l->options.algorithm == HEBB_ALGORITHM_CD;
    chains->noise = hebb_philox_derive(l->seed, HEBB_DRAW_GIBBS, n, 0);
    chains->n_sweeps = 0;
    hebb_rbm_layer_fields(&l->up, &l->shown, room->data_means);
    if (is_cd) { /* the first sweep begins with the fields that there are */
        resize(chains, l->shown.n_states);
        hebb_rbm_layer_sample(&l->up, room->data_means, chains->noise, 0, 0, &chains->hidden);
        hebb_rbm_layer_fields(&l->down, &chains->hidden, chains->visible_fields);
        hebb_rbm_layer_sample(&l->down, chains->visible_fields, chains->noise, 1, 0, &chains->visible);
        chains->n_sweeps = 1;
    }
    keep_means(&l->up, l->shown.n_states, room->data_means, room->data_means);
    const hebb_status status = hebb_rbm_gibbs_run(chains, is_cd ? l->options.steps - 1 : l->options.steps);
    if (status != HEBB_OK) return status;
    hebb_rbm_layer_fields(&l->up, &chains->visible, room->model_means);
    keep_means(&l->up, chains->n_chains, room->model_means, room->model_means);
    return HEBB_OK;
}

/* ---- averages and updates ---- */

/* Averages of the hidden means of n states; these are scaled then. */
static void average_hidden(size_t n, size_t n_hidden, size_t stride, float *means, float scale, double *averages)
{
    memset(averages, 0, n_hidden * sizeof *averages);
    for (size_t r = 0; r < n; r++)
        for (size_t j = 0; j < n_hidden; j++) averages[j] += (double)means[r * stride + j];
    for (size_t j = 0; j < n_hidden; j++) averages[j] /= (double)n;
    for (size_t k = 0; k < n * stride && scale != 1.0f; k++) means[k] *= scale;
}

/*
 * The weights' part of an update in single precision; sets db and dc to sum_j dW_ij lambda_j and sum_i dW_ij mu_i.  Returns
 * the square of the gradient's norm.
 */
static double move_rows(hebb_contrastive *l)
{
    struct hebb_contrastive_room *room = l->room;
    const size_t nv = l->rbm->n_visible, nh = l->rbm->n_hidden, n = l->shown.n_states, m = l->chains.n_chains;
    const bool is_sign = l->rbm->visible_kind == HEBB_LAYER_SIGN;
    average_data(&l->shown, room->visible_data);
    average_data(&l->chains.visible, room->visible_model);
    average_hidden(n, nh, l->up.stride, room->data_means, 1.0f, room->hidden_data);
    average_hidden(m, nh, l->up.stride, room->model_means, (float)n / (float)m, room->hidden_model);
    for (size_t i = 0; i < nv; i++) {
        room->left[i] = (float)(l->visible_offset[i] + (is_sign ? 1.0 : 0.0));
        room->right[i] = (float)(room->visible_data[i] - room->visible_model[i]);
        room->visible_offset[i] = (float)l->visible_offset[i];
    }
    for (size_t j = 0; j < nh; j++) {
        room->change[j] = (float)(room->hidden_data[j] - room->hidden_model[j]);
        room->hidden_offset[j] = (float)l->hidden_offset[j];
    }
    const hebb_rbm_step step = {.scale = (is_sign ? 2.0f : 1.0f) / (float)n,
                                .rate = (float)room->rate,
                                .momentum = (float)l->options.momentum,
                                .decay = (float)l->options.weight_decay,
                                .left = room->left,
                                .right = room->right,
                                .change = room->change,
                                .offset = room->hidden_offset,
                                .row_factors = room->hidden_offset,
                                .row_products = room->dw_lambda,
                                .column_factors = room->visible_offset,
                                .column_products = room->dw_mu};
    hebb_rbm_gradient_correlate(&room->gradient, &l->shown, room->data_means, &l->chains.visible, room->model_means,
                                l->options.n_threads);
    const double norm = hebb_rbm_gradient_step(&room->gradient, &step, &l->up, &l->down, l->options.n_threads);
    for (size_t i = 0; i < nv; i++) room->db[i] = (double)room->dw_lambda[i];
    for (size_t j = 0; j < nh; j++) room->dc[j] = (double)room->dw_mu[j];
    return norm;
}

static void average_exactly(hebb_contrastive *l)
{
    struct hebb_contrastive_room *room = l->room;
    const hebb_rbm *rbm = l->rbm;
    const size_t nv = rbm->n_visible, nh = rbm->n_hidden, n = l->shown.n_states;
    const double *mu = l->visible_offset, *lambda = l->hidden_offset, each = 1.0 / (double)n;
    memset(room->dw, 0, nv * nh * sizeof(double));
    memset(room->hidden_data, 0, nh * sizeof(double));
    average_data(&l->shown, room->visible_data);
    for (size_t r = 0; r < n; r++) {
        hebb_layer_states_get(&l->shown, r, room->v);
        hebb_rbm_hidden_fields(rbm, room->v, room->h);
        for (size_t j = 0; j < nh; j++) {
            const double mean = hebb_layer_mean(rbm->hidden_kind, rbm->sigma_h, room->h[j]);
            room->hidden_data[j] += each * mean;
            room->h[j] = each * (mean - lambda[j]);
        }
        for (size_t i = 0; i < nv; i++) {
            const double v = room->v[i] - mu[i];
            for (size_t j = 0; j < nh && v != 0.0; j++) room->dw[i * nh + j] += v * room->h[j];
        }
    }
    for (size_t i = 0; i < nv; i++)
        for (size_t j = 0; j < nh; j++)
            room->dw[i * nh + j] -= room->exact.products[i * nh + j] - mu[i] * room->exact.hidden[j] -
                                    room->exact.visible[i] * lambda[j] + mu[i] * lambda[j];
    memcpy(room->visible_model, room->exact.visible, nv * sizeof(double));
    memcpy(room->hidden_model, room->exact.hidden, nh * sizeof(double));
}

/* The learning rate of update n. */
static double rate_of(const hebb_contrastive_options *its, uint64_t n)
{
    if (its->n_updates < 2) return its->learning_rate;
    const uint64_t last = its->n_updates - 1, at = n - 1 < last ? n - 1 : last;
    return its->learning_rate + (its->final_rate - its->learning_rate) * ((double)at / (double)last);
}

static double move(size_t n, const hebb_contrastive *l, double decay, const double *gradient, double *velocity,
                   double *x)
{
    double norm = 0.0;
    for (size_t k = 0; k < n; k++) {
        norm += gradient[k] * gradient[k];
        velocity[k] = l->options.momentum * velocity[k] + l->room->rate * (gradient[k] - decay * x[k]);
        x[k] += velocity[k];
    }
    return norm;
}

/* As move_rows, in double precision. */
static double move_weights(hebb_contrastive *l)
{
    struct hebb_contrastive_room *room = l->room;
    const size_t nv = l->rbm->n_visible, nh = l->rbm->n_hidden;
    memset(room->db, 0, nv * sizeof(double));
    memset(room->dc, 0, nh * sizeof(double));
    for (size_t i = 0; i < nv; i++)
        for (size_t j = 0; j < nh; j++) {
            room->db[i] += room->dw[i * nh + j] * l->hidden_offset[j];
            room->dc[j] += room->dw[i * nh + j] * l->visible_offset[i];
        }
    return move(nv * nh, l, l->options.weight_decay, room->dw, l->velocity, l->rbm->weights);
}

hebb_status hebb_contrastive_update(hebb_contrastive *l, uint64_t n)
{
    struct hebb_contrastive_room *room = l->room;
    hebb_rbm *rbm = l->rbm;
    room->rate = rate_of(&l->options, n);
    show(l, n);
    const hebb_status status =
        is_exact(l) ? hebb_rbm_exact_moments(rbm, l->options.n_threads, &room->exact) : run_phases(l, n);
    if (status != HEBB_OK) return status;
    if (is_exact(l)) average_exactly(l);
    double norm = is_exact(l) ? move_weights(l) : move_rows(l);
    for (size_t i = 0; i < rbm->n_visible; i++)
        room->db[i] = room->visible_data[i] - room->visible_model[i] - room->db[i];
    for (size_t j = 0; j < rbm->n_hidden; j++) room->dc[j] = room->hidden_data[j] - room->hidden_model[j] - room->dc[j];
    norm += move(rbm->n_visible, l, 0.0, room->db, l->visible_velocity, rbm->visible_bias);
    norm += move(rbm->n_hidden, l, 0.0, room->dc, l->hidden_velocity, rbm->hidden_bias);
    l->gradient_norm = sqrt(norm);
    for (size_t j = 0; j < rbm->n_hidden && l->options.is_centred; j++)
        l->hidden_offset[j] += SLIDE * (room->hidden_data[j] - l->hidden_offset[j]);
    for (size_t i = 0; i < rbm->n_visible; i++) l->down.bias[i] = (float)rbm->visible_bias[i];
    for (size_t j = 0; j < rbm->n_hidden; j++) l->up.bias[j] = (float)rbm->hidden_bias[j];
    if (!is_exact(l)) {
        hebb_rbm_layer_refresh(&l->up);
        hebb_rbm_layer_refresh(&l->down);
    }
    const double step = room->rate * l->gradient_norm;
    if (step <= LONGEST_STEP) return HEBB_OK;
    return hebb_fail(HEBB_EDOM,
                     "update %llu: the weights run away, by a step of length %g; take a smaller --learning-rate",
                     (unsigned long long)n, step);
}

void hebb_contrastive_store(hebb_contrastive *l)
{
    const size_t nv = l->rbm->n_visible, nh = l->rbm->n_hidden, stride = l->up.stride;
    const float *velocity = l->room->gradient.velocity;
    if (is_exact(l)) return;
    for (size_t i = 0; i < nv; i++)
        for (size_t j = 0; j < nh; j++) {
            l->rbm->weights[i * nh + j] = (double)l->up.rows[i * stride + j];
            if (velocity != NULL) l->velocity[i * nh + j] = (double)velocity[i * stride + j];
        }
}

void hebb_contrastive_load(hebb_contrastive *l)
{
    const size_t nv = l->rbm->n_visible, nh = l->rbm->n_hidden, stride = l->up.stride;
    float *velocity = l->room->gradient.velocity;
    hebb_rbm_layer_load(&l->up, l->rbm);
    hebb_rbm_layer_load(&l->down, l->rbm);
    for (size_t i = 0; i < nv && velocity != NULL; i++)
        for (size_t j = 0; j < nh; j++) velocity[i * stride + j] = (float)l->velocity[i * nh + j];
}
