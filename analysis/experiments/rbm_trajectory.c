/*
 * rbm-trajectory - a restricted Boltzmann machine's way through the phase diagram while it learns digits
 *
 * Units are +-1 in both layers, without biases, which the phase diagram of theory/rbm_phases.h is for.  The data are the
 * program's own digits and their negatives, whose gradient has none either but for the batch's and the chains' noise.  With
 * L = sqrt(N_v N_h) a weight of the bulk has variance sigma^2/L, and a mode's weight is w:
 *
 *   sigma^2 = L sum_bulk s^2/((N_v - k)(N_h - k)),   k singular values s above Marchenko and Pastur's edge
 *   w^2 = |u'W|^2 - sigma^2 (N_h/N_v)^(1/2),         u the leading eigenvector of the cases' correlation
 *
 * where what is taken off is the bulk's own share of |u'W|^2.  So w is known below the edge too, where no singular value
 * shows it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "contrastive.h"
#include "digits.h"
#include "experiment.h"
#include "grid.h"
#include "lapack.h"
#include "marchenko_pastur.h"
#include "rbm_trajectory_study.h"
#include "thermal_walk.h"

enum { MAX_HIDDEN = 4096, TIMES_A_DECADE = 12 };
static const uint32_t DIGITS_SET = 2;
static const size_t INK = 64; /* of 255, the mean grey above which a block of pixels is on */

static const hebb_option options[] = {
    {"hidden", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "64", HEBB_FROM_TO(2.0, MAX_HIDDEN), HEBB_OPTION_RESULT,
     "numbers of hidden units"},
    {"sigma", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.3,0.7,1.2", HEBB_FROM_TO(0.01, 5.0), HEBB_OPTION_RESULT,
     "where learning begins: weights normal of variance sigma^2/sqrt(N_v N_h)"},
    {"pool", 0, HEBB_OPTION_INTEGER, "N", "2", HEBB_FROM_TO(1.0, 14.0), HEBB_OPTION_RESULT,
     "N x N of the digits' 28 x 28 pixels become one"},
    {"cases", 0, HEBB_OPTION_INTEGER, "N", "1000", HEBB_FROM_TO(2.0, 1e6), HEBB_OPTION_RESULT,
     "digits and their negatives, an even number"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT, "persistent ones"},
    {"batch", 0, HEBB_OPTION_INTEGER, "N", "200", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT, "cases an update"},
    {"learning-rate", 0, HEBB_OPTION_REAL, "X", "0.0005", HEBB_FROM_TO(1e-6, 1.0), HEBB_OPTION_RESULT, "a step's size"},
    {"updates", 0, HEBB_OPTION_INTEGER, "N", "800", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT, "of the weights"},
    {"steps", 0, HEBB_OPTION_INTEGER, "K", "1", HEBB_FROM_TO(1.0, 1000.0), HEBB_OPTION_RESULT,
     "sweeps of the chains an update"},
};

static const hebb_column grid_columns[TRAJECTORY_N_GRID] = {
    {"n_visible", "1", "number of visible units"},
    {"n_hidden", "1", "number of hidden units"},
    {"sigma", "1", "width of the bulk that was drawn at the start, times (N_v N_h)^(1/4)"},
};

static const hebb_column value_columns[TRAJECTORY_N_VALUES] = {
    {"sigma_start", "1", "width of the bulk as estimated at the start"},
    {"edge_start", "1", "largest singular value at the start"},
    {"sigma_end", "1", "width of the bulk at the end"},
    {"w_end", "1", "weight of the leading mode at the end"},
    {"modes_end", "1", "singular values above the bulk's edge at the end"},
    {"crossing", "1", "updates at which the leading mode's weight reached 1; empty: it did not"},
};

size_t hebb_trajectory_rank(const hebb_study *study, size_t point)
{
    return (size_t)fmin(hebb_study_grid(study, point, TRAJECTORY_VISIBLE),
                        hebb_study_grid(study, point, TRAJECTORY_HIDDEN));
}

double *hebb_trajectory_record(const hebb_study *study, double *values, size_t k)
{
    return values + study->n_values + k * TRAJECTORY_N_RECORDED;
}

double *hebb_trajectory_spectrum(const hebb_study *study, double *values, int at_end)
{
    const hebb_trajectory_study *own = study->own;
    return hebb_trajectory_record(study, values, own->n_times) + (at_end ? own->n_values_most : 0);
}

/* ---- plan ---- */

static void choose_times(hebb_trajectory_study *own)
{
    own->times[own->n_times++] = 0;
    for (double at = 1.0; at < (double)own->n_updates && own->n_times < TRAJECTORY_MAX_TIMES - 1;
         at *= pow(10.0, 1.0 / TIMES_A_DECADE))
        if ((uint64_t)at > own->times[own->n_times - 1]) own->times[own->n_times++] = (uint64_t)at;
    own->times[own->n_times++] = own->n_updates;
}

static double bytes(const hebb_study *study, size_t point)
{
    const hebb_trajectory_study *own = study->own;
    const double n = (double)own->n_visible, m = hebb_study_grid(study, point, TRAJECTORY_HIDDEN);
    return 5.0 * n * (double)own->n_cases +
           8.0 * ((double)own->n_chains + (double)own->n_batch) * (2.0 * n + 2.0 * m + 32.0) + 100.0 * n * (m + n);
}

static hebb_status plan(hebb_study *study)
{
    const hebb_options *given = study->options;
    hebb_trajectory_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->n_cases = (size_t)hebb_options_integer(given, "cases");
    own->n_chains = (size_t)hebb_options_integer(given, "chains");
    own->n_batch = (size_t)hebb_options_integer(given, "batch");
    own->n_updates = (size_t)hebb_options_integer(given, "updates");
    own->n_steps = hebb_options_integer(given, "steps");
    own->rate = hebb_options_real(given, "learning-rate");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    own->pool = (size_t)hebb_options_integer(given, "pool");
    own->n_visible = (HEBB_DIGIT_SIDE / own->pool) * (HEBB_DIGIT_SIDE / own->pool);
    if (HEBB_DIGIT_SIDE % own->pool != 0)
        return hebb_fail(HEBB_EDOM, "--pool %zu: a divisor of %d: 1, 2, 4, 7 or 14", own->pool, HEBB_DIGIT_SIDE);
    if (own->n_cases % 2 != 0)
        return hebb_fail(HEBB_EDOM, "--cases %zu: an even number, as each digit has its negative", own->n_cases);
    if (own->n_batch > own->n_cases)
        return hebb_fail(HEBB_EDOM, "--batch %zu: there are %zu cases", own->n_batch, own->n_cases);
    choose_times(own);
    const hebb_list *const axes[TRAJECTORY_N_GRID] = {NULL, hebb_options_list(given, "hidden"),
                                                      hebb_options_list(given, "sigma")};
    study->n_grid = TRAJECTORY_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = TRAJECTORY_N_VALUES;
    study->value_columns = value_columns;
    const hebb_status status = hebb_grid_plan(study, axes, NULL, NULL);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < study->n_points; k++) {
        study->grid[k * study->n_grid + TRAJECTORY_VISIBLE] = (double)own->n_visible;
        const size_t rank = hebb_trajectory_rank(study, k);
        own->n_values_most = rank > own->n_values_most ? rank : own->n_values_most;
    }
    study->n_extra = own->n_times * TRAJECTORY_N_RECORDED + 2 * own->n_values_most;
    return hebb_grid_check_memory(study, TRAJECTORY_VISIBLE, TRAJECTORY_HIDDEN, bytes);
}

static double cost(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, TRAJECTORY_HIDDEN);
}

/* ---- one unit ---- */

/* What a unit keeps from update to update, in one piece for its checkpoint: an update depends on these and its number. */
typedef struct {
    uint64_t n_done, n_recorded;
    double numbers[]; /* the weights; the unit's numbers; then bytes: n_chains x n_visible */
} kept_state;

typedef struct {
    hebb_rbm rbm;
    hebb_layer_states data;
    hebb_contrastive learning;
    double *singular; /* n_visible */
    double *mode;     /* u; n_visible */
    kept_state *kept;
    size_t n_weights, n_numbers, kept_bytes;
} machine;

static void machine_free(machine *made)
{
    hebb_contrastive_free(&made->learning);
    hebb_layer_states_free(&made->data);
    hebb_rbm_free(&made->rbm);
    free(made->singular);
    free(made->mode);
    free(made->kept);
    *made = (machine){0};
}

/* The mean grey of a block of pixels, times their number, against INK. */
static bool is_on(const uint8_t *pixels, size_t pool, size_t x, size_t y)
{
    size_t grey = 0;
    for (size_t i = 0; i < pool; i++)
        for (size_t k = 0; k < pool; k++) grey += pixels[(pool * y + i) * HEBB_DIGIT_SIDE + pool * x + k];
    return grey > INK * pool * pool;
}

/* The first half are digits; the second half their negatives. */
static hebb_status draw_data(const hebb_trajectory_study *own, hebb_layer_states *data)
{
    const size_t half = own->n_cases / 2, n = own->n_visible, side = HEBB_DIGIT_SIDE / own->pool;
    hebb_status status = hebb_layer_states_init(data, HEBB_LAYER_SIGN, own->n_cases, n);
    if (status != HEBB_OK) return status;
    uint8_t *cases = calloc(own->n_cases * n, 1), pixels[HEBB_DIGIT_PIXELS];
    if (cases == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu digits", own->n_cases);
    for (size_t r = 0; r < half; r++) {
        hebb_digit_draw(own->pattern_seed, DIGITS_SET, (uint32_t)r, pixels);
        for (size_t i = 0; i < n; i++) {
            const bool on = is_on(pixels, own->pool, i % side, i / side);
            cases[r * n + i] = on;
            cases[(half + r) * n + i] = !on;
        }
    }
    hebb_index_lists_set(&data->lists, own->n_cases, cases);
    free(cases);
    return HEBB_OK;
}

/* The leading eigenvector of <v v'>. */
static hebb_status find_mode(machine *made)
{
    const size_t n = made->data.n_units;
    double *room = calloc(n * (3 * n + 1), sizeof *room);
    if (room == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a correlation of %zu pixels", n);
    double *v = room + 3 * n * n;
    for (size_t r = 0; r < made->data.n_states; r++) {
        hebb_layer_states_get(&made->data, r, v);
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++) room[i * n + k] += v[i] * v[k] / (double)made->data.n_states;
    }
    double *left = room + n * n;
    const hebb_status status = hebb_lapack_svd(n, n, room, made->singular, left, left + n * n);
    if (status == HEBB_OK) memcpy(made->mode, left, n * sizeof *left);
    free(room);
    return status;
}

static uint64_t seed_of(uint64_t seed, hebb_draw what, uint64_t realisation, uint32_t replica)
{
    const hebb_philox derived = hebb_philox_derive(seed, what, realisation, replica);
    return (uint64_t)derived.key[1] << 32 | derived.key[0];
}

static hebb_status machine_make(const hebb_study *study, const hebb_unit *unit, machine *made)
{
    const hebb_trajectory_study *own = study->own;
    const size_t n = own->n_visible, m = (size_t)hebb_study_grid(study, unit->point, TRAJECTORY_HIDDEN);
    const double sigma = hebb_study_grid(study, unit->point, TRAJECTORY_SIGMA);
    const uint64_t at = hebb_thermal_realisation(n, m, sigma, own->rate);
    const uint64_t seed = seed_of(own->dynamics_seed, HEBB_DRAW_WEIGHTS, at, (uint32_t)unit->replica);
    const hebb_contrastive_options learn = {.algorithm = HEBB_ALGORITHM_PCD,
                                            .steps = own->n_steps,
                                            .batch = own->n_batch,
                                            .n_chains = own->n_chains,
                                            .learning_rate = own->rate,
                                            .n_threads = 1};
    *made = (machine){.singular = calloc(n, sizeof(double)),
                      .mode = calloc(n, sizeof(double)),
                      .n_weights = n * m,
                      .n_numbers = hebb_study_numbers(study)};
    made->kept_bytes = sizeof(kept_state) + (made->n_weights + made->n_numbers) * sizeof(double) + own->n_chains * n;
    made->kept = calloc(1, made->kept_bytes);
    if (made->singular == NULL || made->mode == NULL || made->kept == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu x %zu units", n, m);
    hebb_status status = draw_data(own, &made->data);
    if (status == HEBB_OK) status = find_mode(made);
    if (status == HEBB_OK) status = hebb_rbm_init(&made->rbm, n, HEBB_LAYER_SIGN, m, HEBB_LAYER_SIGN);
    if (status != HEBB_OK) return status;
    hebb_contrastive_start(&made->rbm, &made->data, sigma / pow((double)n * (double)m, 0.25), seed);
    memset(made->rbm.visible_bias, 0, n * sizeof(double));
    return hebb_contrastive_init(&made->learning, &made->rbm, &made->data, &learn, seed);
}

/* Bulk and modes: from all values as bulk, those above its edge are taken out until none is. */
static void separate(size_t n, size_t m, const double *s, double *record)
{
    const size_t rank = n < m ? n : m;
    const double room = 1.0 + pow((double)rank, -2.0 / 3.0); /* what the edge of one matrix varies by */
    double entry = 0.0;
    size_t k = 0;
    for (; k < rank; k++) {
        double sum = 0.0;
        for (size_t a = k; a < rank; a++) sum += s[a] * s[a];
        entry = sqrt(sum / ((double)(n - k) * (double)(m - k)));
        if (2 * k >= rank || s[k] <= room * hebb_marchenko_pastur_edge(n, m, entry)) break; /* half are bulk at least */
    }
    record[TRAJECTORY_SIGMA_NOW] = entry * pow((double)n * (double)m, 0.25);
    record[TRAJECTORY_MODES_NOW] = (double)k;
}

static double weight_of_mode(const machine *made, double sigma)
{
    const size_t n = made->rbm.n_visible, m = made->rbm.n_hidden;
    double square = -sigma * sigma * sqrt((double)m / (double)n);
    for (size_t j = 0; j < m; j++) {
        double x = 0.0;
        for (size_t i = 0; i < n; i++) x += made->mode[i] * made->rbm.weights[i * m + j];
        square += x * x;
    }
    return sqrt(fmax(0.0, square));
}

/* Update n of the weights alone. */
static hebb_status update(machine *made, uint64_t n)
{
    const hebb_status status = hebb_contrastive_update(&made->learning, n);
    if (status != HEBB_OK) return status;
    memset(made->rbm.visible_bias, 0, made->rbm.n_visible * sizeof *made->rbm.visible_bias);
    memset(made->rbm.hidden_bias, 0, made->rbm.n_hidden * sizeof *made->rbm.hidden_bias);
    hebb_contrastive_store(&made->learning);
    hebb_contrastive_load(&made->learning);
    return HEBB_OK;
}

static hebb_status look(const hebb_study *study, machine *made, size_t k, double *values)
{
    const hebb_trajectory_study *own = study->own;
    const size_t n = made->rbm.n_visible, m = made->rbm.n_hidden, rank = n < m ? n : m;
    const hebb_status status = hebb_lapack_svd(n, m, made->rbm.weights, made->singular, NULL, NULL);
    if (status != HEBB_OK) return status;
    double *record = hebb_trajectory_record(study, values, k);
    separate(n, m, made->singular, record);
    record[TRAJECTORY_W_NOW] = weight_of_mode(made, record[TRAJECTORY_SIGMA_NOW]);
    if (k == 0 || k + 1 == own->n_times)
        memcpy(hebb_trajectory_spectrum(study, values, k > 0), made->singular, rank * sizeof(double));
    return HEBB_OK;
}

static hebb_status save(machine *made, const double *values, hebb_checkpoint *checkpoint)
{
    double *numbers = made->kept->numbers + made->n_weights;
    memcpy(made->kept->numbers, made->rbm.weights, made->n_weights * sizeof *numbers);
    memcpy(numbers, values, made->n_numbers * sizeof *numbers);
    hebb_index_lists_get(&made->learning.chains.visible.lists, (uint8_t *)(numbers + made->n_numbers));
    return hebb_checkpoint_save(checkpoint, made->kept_bytes, made->kept);
}

static void load(machine *made, double *values, hebb_checkpoint *checkpoint)
{
    const double *numbers = made->kept->numbers + made->n_weights;
    if (!hebb_checkpoint_load(checkpoint, made->kept_bytes, made->kept)) return;
    memcpy(made->rbm.weights, made->kept->numbers, made->n_weights * sizeof *numbers);
    memcpy(values, numbers, made->n_numbers * sizeof *numbers);
    hebb_contrastive_load(&made->learning);
    hebb_index_lists_set(&made->learning.chains.visible.lists, made->learning.chains.n_chains,
                         (const uint8_t *)(numbers + made->n_numbers));
}

/* All updates, and a record at each of the times. */
static hebb_status learn(const hebb_study *study, machine *made, double *values, hebb_checkpoint *checkpoint)
{
    const hebb_trajectory_study *own = study->own;
    kept_state *kept = made->kept;
    hebb_status status = HEBB_OK;
    for (; status == HEBB_OK && kept->n_recorded < own->n_times; kept->n_recorded++) {
        while (status == HEBB_OK && kept->n_done < own->times[kept->n_recorded]) {
            status = update(made, ++kept->n_done);
            if (status == HEBB_OK && hebb_checkpoint_is_due(checkpoint)) status = save(made, values, checkpoint);
        }
        if (status == HEBB_OK) status = look(study, made, kept->n_recorded, values);
    }
    return status;
}

/* Updates at w = 1, on the line between two records. */
static double find_crossing(const hebb_study *study, double *values)
{
    const hebb_trajectory_study *own = study->own;
    for (size_t k = 1; k < own->n_times; k++) {
        const double before = hebb_trajectory_record(study, values, k - 1)[TRAJECTORY_W_NOW];
        const double after = hebb_trajectory_record(study, values, k)[TRAJECTORY_W_NOW];
        if (before >= 1.0 || after < 1.0) continue;
        const double share = (1.0 - before) / (after - before);
        return (double)own->times[k - 1] + share * (double)(own->times[k] - own->times[k - 1]);
    }
    return NAN;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_trajectory_study *own = study->own;
    machine made;
    (void)room;
    hebb_status status = machine_make(study, unit, &made);
    if (status == HEBB_OK) load(&made, values, unit->checkpoint);
    if (status == HEBB_OK) status = learn(study, &made, values, unit->checkpoint);
    machine_free(&made);
    if (status != HEBB_OK) return status;
    const double *first = hebb_trajectory_record(study, values, 0);
    const double *last = hebb_trajectory_record(study, values, own->n_times - 1);
    values[TRAJECTORY_SIGMA_START] = first[TRAJECTORY_SIGMA_NOW];
    values[TRAJECTORY_EDGE] = hebb_trajectory_spectrum(study, values, 0)[0];
    values[TRAJECTORY_SIGMA_END] = last[TRAJECTORY_SIGMA_NOW];
    values[TRAJECTORY_W_END] = last[TRAJECTORY_W_NOW];
    values[TRAJECTORY_MODES_END] = last[TRAJECTORY_MODES_NOW];
    values[TRAJECTORY_CROSSING] = find_crossing(study, values);
    return HEBB_OK;
}

const hebb_experiment hebb_rbm_trajectory_experiment = {
    .name = "rbm-trajectory",
    .summary = "a restricted Boltzmann machine's way through the phase diagram while it learns digits",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = 1, /* a unit makes and frees what it needs */
    .workspace_free = free,
    .run = run,
    .report = hebb_trajectory_report};
