#include "rbm_mean_field.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cblas.h>

#include "blas.h"
#include "softmax.h"

/* ---- rooms ---- */

hebb_status hebb_rbm_mean_field_init(hebb_rbm_mean_field *field, const hebb_rbm *rbm, hebb_rbm_mean_field_order order)
{
    const size_t n = rbm->n_visible * rbm->n_hidden;
    *field = (hebb_rbm_mean_field){.rbm = rbm, .order = order};
    if (order >= HEBB_RBM_TAP2) field->squares = malloc(n * sizeof *field->squares);
    if (order >= HEBB_RBM_TAP3) field->cubes = malloc(n * sizeof *field->cubes);
    if ((order >= HEBB_RBM_TAP2 && field->squares == NULL) || (order >= HEBB_RBM_TAP3 && field->cubes == NULL))
        return hebb_fail(HEBB_ENOMEM, "no memory for the powers of %zu weights", n);
    const double *w = rbm->weights;
    for (size_t k = 0; k < n && field->squares != NULL; k++) field->squares[k] = w[k] * w[k];
    for (size_t k = 0; k < n && field->cubes != NULL; k++) field->cubes[k] = w[k] * w[k] * w[k];
    return HEBB_OK;
}

void hebb_rbm_mean_field_free(hebb_rbm_mean_field *field)
{
    free(field->squares);
    free(field->cubes);
    *field = (hebb_rbm_mean_field){0};
}

hebb_status hebb_rbm_means_init(hebb_rbm_means *means, const hebb_rbm *rbm, size_t n)
{
    const size_t nv = rbm->n_visible, nh = rbm->n_hidden;
    *means = (hebb_rbm_means){.n = n};
    means->visible = calloc(n * nv, sizeof *means->visible);
    means->hidden = calloc(n * nh, sizeof *means->hidden);
    means->visible_fields = calloc(n * nv, sizeof *means->visible_fields);
    means->hidden_fields = calloc(n * nh, sizeof *means->hidden_fields);
    if (means->visible != NULL && means->hidden != NULL && means->visible_fields != NULL &&
        means->hidden_fields != NULL)
        return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory for the means of %zu + %zu units in %zu states", nv, nh, n);
}

void hebb_rbm_means_free(hebb_rbm_means *means)
{
    free(means->visible);
    free(means->hidden);
    free(means->visible_fields);
    free(means->hidden_fields);
    *means = (hebb_rbm_means){0};
}

void hebb_rbm_means_copy(hebb_rbm_means *means, size_t to, const hebb_rbm *rbm, const hebb_rbm_means *others,
                         size_t from)
{
    const size_t nv = rbm->n_visible, nh = rbm->n_hidden;
    memmove(means->visible + to * nv, others->visible + from * nv, nv * sizeof(double));
    memmove(means->hidden + to * nh, others->hidden + from * nh, nh * sizeof(double));
    memmove(means->visible_fields + to * nv, others->visible_fields + from * nv, nv * sizeof(double));
    memmove(means->hidden_fields + to * nh, others->hidden_fields + from * nh, nh * sizeof(double));
}

hebb_status hebb_rbm_mean_field_room_init(hebb_rbm_mean_field_room *room, const hebb_rbm *rbm, size_t n)
{
    const size_t most = rbm->n_visible > rbm->n_hidden ? rbm->n_visible : rbm->n_hidden;
    *room = (hebb_rbm_mean_field_room){.cumulants = calloc(n * most, sizeof(double)),
                                       .fields = calloc(n * most, sizeof(double)),
                                       .squares = calloc(n * most, sizeof(double)),
                                       .cubes = calloc(n * most, sizeof(double))};
    if (room->cumulants != NULL && room->fields != NULL && room->squares != NULL && room->cubes != NULL) return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "no memory for the fields of %zu units in %zu states", most, n);
}

void hebb_rbm_mean_field_room_free(hebb_rbm_mean_field_room *room)
{
    free(room->cumulants);
    free(room->fields);
    free(room->squares);
    free(room->cubes);
    *room = (hebb_rbm_mean_field_room){0};
}

/* ---- one unit ---- */

/*
 * Of a two-valued unit, with its values low and high: d = (m - low)(high - m), d' = low + high - 2 m, d'' = -2, and as
 * dm/dx = d,  k = d d',  k' = d'^2 - 2 d,  k'' = -6 d'.
 */
typedef struct {
    double low, high;
} two_values;

static two_values values_of(hebb_layer_kind kind)
{
    return (two_values){kind == HEBB_LAYER_SIGN ? -1.0 : 0.0, 1.0};
}

static double variance(hebb_layer_kind kind, double sigma, double m)
{
    const two_values of = values_of(kind);
    return kind == HEBB_LAYER_GAUSSIAN ? sigma * sigma : (m - of.low) * (of.high - m);
}

static double skewness(hebb_layer_kind kind, double m)
{
    const two_values of = values_of(kind);
    return kind == HEBB_LAYER_GAUSSIAN ? 0.0 : (m - of.low) * (of.high - m) * (of.low + of.high - 2.0 * m);
}

static double width(hebb_layer_kind kind, double sigma)
{
    const two_values of = values_of(kind);
    return kind == HEBB_LAYER_GAUSSIAN ? sigma : of.high - of.low;
}

/* ---- a layer ---- */

typedef struct {
    size_t n_units;
    hebb_layer_kind kind;
    double sigma;
    const double *bias;
    double *means, *fields;
} layer;

static layer visible_layer(const hebb_rbm *rbm, const hebb_rbm_means *means)
{
    return (layer){rbm->n_visible,    rbm->visible_kind, rbm->sigma_v,
                   rbm->visible_bias, means->visible,    means->visible_fields};
}

static layer hidden_layer(const hebb_rbm *rbm, const hebb_rbm_means *means)
{
    return (layer){rbm->n_hidden,    rbm->hidden_kind, rbm->sigma_h,
                   rbm->hidden_bias, means->hidden,    means->hidden_fields};
}

/* out = in W for the hidden layer, in W^T for the visible one; matrix: n_visible x n_hidden. */
static void multiply(const hebb_rbm *rbm, const double *matrix, bool is_up, size_t n, const double *in, double *out)
{
    const int nv = (int)rbm->n_visible, nh = (int)rbm->n_hidden;
    hebb_blas_enter();
    cblas_dgemm(CblasRowMajor, CblasNoTrans, is_up ? CblasNoTrans : CblasTrans, (int)n, is_up ? nh : nv,
                is_up ? nv : nh, 1.0, in, is_up ? nv : nh, matrix, nh, 0.0, out, is_up ? nh : nv);
    hebb_blas_leave();
}

/* The means of n units in their fields, by e^-|x|. */
static void find_means(hebb_layer_kind kind, double sigma, size_t n, const double *fields, double *means)
{
    const double range = kind == HEBB_LAYER_SIGN ? 2.0 : 1.0;
    if (kind == HEBB_LAYER_GAUSSIAN) {
        for (size_t j = 0; j < n; j++) means[j] = sigma * sigma * fields[j];
        return;
    }
    double max;
    for (size_t j = 0; j < n; j++) means[j] = -range * fabs(fields[j]);
    (void)hebb_softmax(n, means, &max);
    const double unit = exp(max);
    for (size_t j = 0; j < n; j++) {
        const double e = unit * means[j], high = 1.0 / (1.0 + e), low = e * high; /* the chances of the two values */
        const double on = fields[j] < 0.0 ? low : high;
        means[j] = kind == HEBB_LAYER_SIGN ? (fields[j] < 0.0 ? low - high : high - low) : on;
    }
}

/*
 * Each unit's way towards the root of g(x) = x - h - d' A/2 - k' K/6, by Newton's rule with the largest slope 1 + d A there
 * is on the way.  Where |x| falls, d grows: by e^t at most, t = (high - low)|way|, which is below 1 + 2 t for t < 1.25, and
 * to no more than ((high - low)/2)^2.
 */
static void step(const layer *its, bool has_third, const double *restrict h, const double *restrict a,
                 const double *restrict k, const double *restrict m, double *restrict x)
{
    const two_values of = values_of(its->kind);
    const double range = of.high - of.low, most = range * range / 4.0;
    for (size_t j = 0; j < its->n_units; j++) {
        const double d = (m[j] - of.low) * (of.high - m[j]), bend = of.low + of.high - 2.0 * m[j];
        const double third = has_third ? k[j] : 0.0;
        const double g = x[j] - (h[j] + its->bias[j]) - bend * a[j] / 2.0 - (bend * bend - 2.0 * d) * third / 6.0;
        const double plain = 1.0 + d * a[j], steep = plain + bend * d * third;
        const double slope = steep > plain ? steep : plain, way = -g / slope, t = range * fabs(way);
        const double grown = t < 1.25 ? d * (1.0 + 2.0 * t) : most, bound = grown < most ? grown : most;
        const double largest = 1.0 + (way * x[j] < 0.0 ? bound : d) * a[j];
        x[j] -= g / (largest > slope ? largest : slope);
    }
}

/* The products of (1) with what the other layer's units are. */
static void find_products(const hebb_rbm_mean_field *field, const layer *from, bool is_up, size_t n,
                          hebb_rbm_mean_field_room *room)
{
    const hebb_rbm *rbm = field->rbm;
    multiply(rbm, rbm->weights, is_up, n, from->means, room->fields);
    if (field->order >= HEBB_RBM_TAP2) {
        for (size_t k = 0; k < n * from->n_units; k++)
            room->cumulants[k] = variance(from->kind, from->sigma, from->means[k]);
        multiply(rbm, field->squares, is_up, n, room->cumulants, room->squares);
    }
    if (field->order >= HEBB_RBM_TAP3) {
        for (size_t k = 0; k < n * from->n_units; k++) room->cumulants[k] = skewness(from->kind, from->means[k]);
        multiply(rbm, field->cubes, is_up, n, room->cumulants, room->cubes);
    }
}

static void update(const hebb_rbm_mean_field *field, const layer *from, const layer *to, bool is_up, size_t n,
                   hebb_rbm_mean_field_room *room, double *moves)
{
    const double unit = width(to->kind, to->sigma);
    const bool is_plain = field->order == HEBB_RBM_NAIVE || to->kind == HEBB_LAYER_GAUSSIAN;
    find_products(field, from, is_up, n, room);
    for (size_t r = 0; r < n; r++) {
        const size_t first = r * to->n_units;
        double *x = to->fields + first, *m = to->means + first, *next = room->cumulants;
        if (is_plain)
            for (size_t j = 0; j < to->n_units; j++) x[j] = to->bias[j] + room->fields[first + j];
        else
            step(to, field->order == HEBB_RBM_TAP3, room->fields + first, room->squares + first, room->cubes + first, m,
                 x);
        find_means(to->kind, to->sigma, to->n_units, x, next);
        double largest = 0.0;
        bool is_lost = false;
        for (size_t j = 0; j < to->n_units; j++) {
            const double move = fabs(next[j] - m[j]);
            largest = move > largest ? move : largest;
            is_lost = is_lost || isnan(move);
            m[j] = next[j];
        }
        largest = is_lost ? NAN : largest / unit;
        if (largest > moves[r] || isnan(largest)) moves[r] = largest;
    }
}

/* ---- states ---- */

/* A layer in the naive field of the other. */
static void place(const hebb_rbm *rbm, const layer *from, const layer *to, bool is_up, size_t n)
{
    multiply(rbm, rbm->weights, is_up, n, from->means, to->fields);
    for (size_t r = 0; r < n; r++) {
        double *fields = to->fields + r * to->n_units;
        for (size_t j = 0; j < to->n_units; j++) fields[j] += to->bias[j];
        find_means(to->kind, to->sigma, to->n_units, fields, to->means + r * to->n_units);
    }
}

void hebb_rbm_mean_field_begin(const hebb_rbm *rbm, hebb_rbm_means *means, size_t n)
{
    const layer visible = visible_layer(rbm, means), hidden = hidden_layer(rbm, means);
    place(rbm, &visible, &hidden, true, n);
    place(rbm, &hidden, &visible, false, n);
}

void hebb_rbm_mean_field_sweep(const hebb_rbm_mean_field *field, hebb_rbm_means *means, size_t n,
                               hebb_rbm_mean_field_room *room, double *moves)
{
    const layer visible = visible_layer(field->rbm, means), hidden = hidden_layer(field->rbm, means);
    for (size_t r = 0; r < n; r++) moves[r] = 0.0;
    update(field, &visible, &hidden, true, n, room, moves);
    update(field, &hidden, &visible, false, n, room, moves);
}

/* phi(m) = x m - ln sum_s e^{sx} at the field x of the mean m, less the bias. */
static double layer_terms(const layer *its, size_t state)
{
    double sum = 0.0;
    for (size_t j = 0; j < its->n_units; j++) {
        const size_t at = state * its->n_units + j;
        sum += (its->fields[at] - its->bias[j]) * its->means[at] -
               hebb_layer_log_sum(its->kind, its->sigma, its->fields[at]);
    }
    return sum;
}

double hebb_rbm_mean_field_free_energy(const hebb_rbm_mean_field *field, const hebb_rbm_means *means, size_t state)
{
    const hebb_rbm *rbm = field->rbm;
    const layer visible = visible_layer(rbm, means), hidden = hidden_layer(rbm, means);
    const double *mv = visible.means + state * visible.n_units, *mh = hidden.means + state * hidden.n_units;
    double sum = layer_terms(&visible, state) + layer_terms(&hidden, state);
    for (size_t i = 0; i < rbm->n_visible; i++) {
        const double d = variance(visible.kind, visible.sigma, mv[i]), s = skewness(visible.kind, mv[i]);
        const size_t row = i * rbm->n_hidden;
        double first = 0.0, second = 0.0, third = 0.0;
        for (size_t j = 0; j < rbm->n_hidden; j++) {
            first += rbm->weights[row + j] * mh[j];
            if (field->order >= HEBB_RBM_TAP2)
                second += field->squares[row + j] * variance(hidden.kind, hidden.sigma, mh[j]);
            if (field->order >= HEBB_RBM_TAP3) third += field->cubes[row + j] * skewness(hidden.kind, mh[j]);
        }
        sum -= mv[i] * first + d * second / 2.0 + s * third / 6.0;
    }
    return sum;
}
