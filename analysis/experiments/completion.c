/*
 * completion - a part of a stored image is given, and the softmax memory is to find the rest
 *
 * K images are patterns of mean 0 and norm 1 (image_set.h); of one of them a part is masked, that is, set to its mean, and
 * the memory updates what is left: continuous_memory.h.  Theory, from the overlaps alone: theory/completion.h.
 * Every replica stores other images; all beta see the same.
 */
#include "completion_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "completion.h"
#include "continuous_memory.h"
#include "experiment.h"
#include "grid.h"

enum { MAX_UPDATES = 10000, MAX_STORED = 1000000 };
static const double AT_REST = 1e-12; /* an update that moves the state by less */

static const hebb_option options[] = {
    {"data", 0, HEBB_OPTION_TEXT, "FILE", "builtin:digits", HEBB_ANY, 0,
     "images: builtin:digits, or a file of your own, .csv, .npy, .idx or .idx.gz"},
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "100", HEBB_FROM_TO(1.0, MAX_STORED), HEBB_OPTION_RESULT,
     "numbers of stored images K"},
    {"beta", 0, HEBB_OPTION_REAL_LIST, "LIST", "2,10,20,50,100,200", HEBB_FROM_TO(1e-3, 1e4), HEBB_OPTION_RESULT,
     "beta of the memory, for patterns of norm 1"},
    {"mask", 0, HEBB_OPTION_REAL, "X", "0.5", HEBB_FROM_TO(0.0, 0.999), HEBB_OPTION_RESULT,
     "share of the image that is masked"},
    {"mask-kind", 0, HEBB_OPTION_CHOICE, "lower|right|random", "lower", HEBB_ANY, HEBB_OPTION_RESULT,
     "the image's lower part, its right part, or pixels here and there"},
};

static const hebb_column grid_columns[COMPLETION_N_GRID] = {
    {"n_patterns", "1", "number of stored images K"},
    {"beta", "1", "beta of the memory, for patterns of norm 1"},
};

static const hebb_column value_columns[COMPLETION_N_VALUES] = {
    {"right", "1", "1 where the image is the one next to the state at rest, else 0"},
    {"right_first", "1", "1 where it is the one next to the state after one update"},
    {"weight", "1", "its weight in the first update"},
    {"weight_theory", "1", "the same, from the overlaps by the theory's own sums"},
    {"error_first", "1", "distance of the state from the image's pattern after one update"},
    {"error_first_theory", "1", "the same by theory"},
    {"bound", "1", "that it cannot exceed"},
    {"error", "1", "the distance at rest"},
    {"separation", "1", "overlap of the masked image with its pattern less that with any other"},
    {"updates", "1", "until the state was at rest; empty: it was not by 10000"},
};

/* ---- plan ---- */

static size_t patterns_at(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, COMPLETION_PATTERNS);
}

static size_t order_room(const hebb_image_set *images)
{
    return images->is_builtin || images->n_images < images->n_pixels ? images->n_pixels : images->n_images;
}

static double bytes(const hebb_study *study, size_t point)
{
    const hebb_completion_study *own = study->own;
    const double n = (double)own->images.n_pixels, k = (double)patterns_at(study, point);
    return sizeof(double) * (2.0 * n * k + 2.0 * n + 2.0 * k) + sizeof(uint32_t) * (double)order_room(&own->images) +
           hebb_continuous_memory_bytes(patterns_at(study, point));
}

static hebb_status check_memory(const hebb_study *study)
{
    double most = 0.0;
    char what[80] = "";
    for (size_t k = 0; k < study->n_points; k++) {
        if (bytes(study, k) <= most) continue;
        most = bytes(study, k);
        snprintf(what, sizeof what, "%zu images", patterns_at(study, k));
    }
    return hebb_study_check_memory(study, what, most);
}

/* Something is to be left of an image, and the file must have so many. */
static hebb_status check_images(const hebb_study *study, const hebb_completion_study *own)
{
    const hebb_image_set *images = &own->images;
    const hebb_list *patterns = hebb_options_list(study->options, "patterns");
    for (size_t k = 0; k < patterns->length; k++)
        if (patterns->values[k] > (double)images->n_images)
            return hebb_fail(HEBB_EDOM, "--patterns: %.0f are more than the %zu images there are", patterns->values[k],
                             images->n_images);
    const size_t n = own->kind == HEBB_MASK_LOWER   ? images->n_rows
                     : own->kind == HEBB_MASK_RIGHT ? images->n_columns
                                                    : images->n_pixels;
    if (llround(own->mask * (double)n) >= (long long)n)
        return hebb_fail(HEBB_EDOM, "--mask: %g of %zu leaves nothing of an image; take less or another --mask-kind",
                         own->mask, n);
    return HEBB_OK;
}

static hebb_status open_images(hebb_study *study, hebb_completion_study *own)
{
    const char *data = hebb_options_text(study->options, "data");
    const hebb_status status = hebb_image_set_open(&own->images, data, own->pattern_seed);
    if (status != HEBB_OK) return status;
    if (own->images.is_builtin) return hebb_provenance_add(&study->notes, "images", "%s", data);
    return hebb_provenance_add(&study->notes, "images", "%zu of %zu pixels, CRC-32 %08x", own->images.n_images,
                               own->images.n_pixels, own->images.checksum);
}

static hebb_status plan(hebb_study *study)
{
    hebb_completion_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    const char *kind = hebb_options_text(study->options, "mask-kind");
    own->kind = strcmp(kind, "lower") == 0   ? HEBB_MASK_LOWER
                : strcmp(kind, "right") == 0 ? HEBB_MASK_RIGHT
                                             : HEBB_MASK_RANDOM;
    own->mask = hebb_options_real(study->options, "mask");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    study->n_grid = COMPLETION_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = COMPLETION_N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = COMPLETION_N_EXTRA;
    const hebb_list *const axes[COMPLETION_N_GRID] = {hebb_options_list(study->options, "patterns"),
                                                      hebb_options_list(study->options, "beta")};
    hebb_status status = open_images(study, own);
    if (status == HEBB_OK) status = check_images(study, own);
    if (status == HEBB_OK) status = hebb_grid_plan(study, axes, NULL, NULL);
    return status == HEBB_OK ? check_memory(study) : status;
}

static void finish(hebb_study *study)
{
    hebb_completion_study *own = study->own;
    if (own != NULL) hebb_image_set_free(&own->images);
    free(own);
}

static double cost(const hebb_study *study, size_t point)
{
    return (double)patterns_at(study, point);
}

/* ---- room ---- */

void hebb_completion_room_free(hebb_completion_room *room)
{
    free(room->pixels);
    free(room->patterns);
    free(room->state);
    free(room->next);
    free(room->weights);
    free(room->overlaps);
    free(room->order);
    *room = (hebb_completion_room){0};
}

static void workspace_free(void *room)
{
    if (room == NULL) return;
    hebb_completion_room_free(room);
    free(room);
}

static hebb_status fit(hebb_completion_room *room, const hebb_image_set *images, size_t k)
{
    const size_t n = images->n_pixels;
    if (room->n_patterns == k) return HEBB_OK;
    hebb_completion_room_free(room);
    room->pixels = calloc(n * k, sizeof *room->pixels);
    room->patterns = calloc(n * k, sizeof *room->patterns);
    room->state = calloc(n, sizeof *room->state);
    room->next = calloc(n, sizeof *room->next);
    room->weights = calloc(k, sizeof *room->weights);
    room->overlaps = calloc(k, sizeof *room->overlaps);
    room->order = calloc(order_room(images), sizeof *room->order);
    if (room->pixels == NULL || room->patterns == NULL || room->state == NULL || room->next == NULL ||
        room->weights == NULL || room->overlaps == NULL || room->order == NULL) {
        hebb_completion_room_free(room);
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu images", k);
    }
    room->n_pixels = n;
    room->n_patterns = k;
    return HEBB_OK;
}

hebb_status hebb_completion_room_set(const hebb_study *study, size_t point, size_t replica, hebb_completion_room *room)
{
    const hebb_completion_study *own = study->own;
    const hebb_image_set *images = &own->images;
    const size_t k = patterns_at(study, point), n = images->n_pixels;
    hebb_status status = fit(room, images, k);
    if (status != HEBB_OK) return status;
    if (!images->is_builtin) {
        hebb_stream stream;
        hebb_stream_init(&stream, hebb_philox_derive(own->pattern_seed, HEBB_DRAW_SUBSET, k, (uint32_t)replica), 0, 0);
        hebb_stream_permutation(&stream, (uint32_t)images->n_images, room->order);
    }
    for (size_t mu = 0; mu < k; mu++) {
        const size_t index = images->is_builtin ? mu : room->order[mu];
        hebb_image_set_get(images, (uint32_t)replica, index, room->pixels + mu * n);
        memcpy(room->patterns + mu * n, room->pixels + mu * n, n * sizeof *room->patterns);
        status = hebb_image_normalise(n, room->patterns + mu * n);
        if (status != HEBB_OK) return hebb_fail(status, "image %zu has one grey throughout", index + 1);
    }
    return HEBB_OK;
}

void hebb_completion_room_mask(const hebb_study *study, size_t replica, size_t target, hebb_completion_room *room)
{
    const hebb_completion_study *own = study->own;
    hebb_stream stream;
    hebb_stream_init(&stream,
                     hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_PROBE, room->n_patterns, (uint32_t)replica), 1,
                     (uint32_t)target);
    memcpy(room->state, room->patterns + target * room->n_pixels, room->n_pixels * sizeof *room->state);
    hebb_image_mask(&own->images, own->kind, own->mask, &stream, room->order, room->state);
}

double hebb_completion_curve_beta(size_t k)
{
    return pow(10.0, 3.0 * (double)k / (COMPLETION_N_CURVE - 1));
}

/* ---- a unit ---- */

static double distance_between(size_t n, const double *a, const double *b)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt(sum);
}

static hebb_status predict(const hebb_completion_room *room, size_t target, double beta, double *values)
{
    double norm;
    hebb_completion law;
    hebb_completion_overlaps(room->n_pixels, room->n_patterns, room->patterns, room->state, room->overlaps, &norm);
    hebb_status status = hebb_completion_weigh(room->n_patterns, room->overlaps, norm, target, beta, &law);
    if (status == HEBB_OK)
        status = hebb_completion_error(room->n_pixels, room->n_patterns, room->patterns, room->overlaps, target, beta,
                                       room->weights, &values[COMPLETION_ERROR_THEORY]);
    if (status != HEBB_OK) return hebb_fail(status, "no theory of the first update at beta = %g", beta);
    values[COMPLETION_WEIGHT_THEORY] = law.weight;
    values[COMPLETION_BOUND] = law.bound;
    values[COMPLETION_SEPARATION] = isfinite(law.separation) ? law.separation : NAN;
    for (size_t k = 0; status == HEBB_OK && k < COMPLETION_N_CURVE; k++) {
        status =
            hebb_completion_weigh(room->n_patterns, room->overlaps, norm, target, hebb_completion_curve_beta(k), &law);
        values[COMPLETION_N_VALUES + 2 * k] = law.weight;
        values[COMPLETION_N_VALUES + 2 * k + 1] = law.bound;
    }
    return status;
}

static hebb_status retrieve(hebb_completion_room *room, hebb_continuous_memory *memory, size_t target, double *values)
{
    const size_t n = room->n_pixels;
    const double *pattern = room->patterns + target * n;
    double moved = INFINITY, distance;
    long k = 0;
    for (; moved > AT_REST && k < MAX_UPDATES; k++) {
        const hebb_status status = hebb_continuous_memory_update(memory, 1, room->state, room->next, room->weights);
        if (status != HEBB_OK) return status;
        moved = distance_between(n, room->state, room->next);
        memcpy(room->state, room->next, n * sizeof *room->state);
        if (k > 0) continue;
        values[COMPLETION_WEIGHT] = room->weights[target];
        values[COMPLETION_ERROR_FIRST] = distance_between(n, room->state, pattern);
        values[COMPLETION_RIGHT_FIRST] = hebb_continuous_memory_nearest(memory, room->state, &distance) == target;
    }
    values[COMPLETION_UPDATES] = moved <= AT_REST ? (double)k : NAN;
    values[COMPLETION_ERROR_END] = distance_between(n, room->state, pattern);
    values[COMPLETION_RIGHT] = hebb_continuous_memory_nearest(memory, room->state, &distance) == target;
    return HEBB_OK;
}

static hebb_status run(const hebb_study *study, void *workspace, const hebb_unit *unit, double *values)
{
    const hebb_completion_study *own = study->own;
    hebb_completion_room *room = workspace;
    const double beta = hebb_study_grid(study, unit->point, COMPLETION_BETA);
    hebb_continuous_memory memory = {0};
    hebb_stream stream;
    hebb_status status = hebb_completion_room_set(study, unit->point, unit->replica, room);
    if (status != HEBB_OK) return status;
    hebb_stream_init(&stream,
                     hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_PROBE, room->n_patterns, (uint32_t)unit->replica),
                     0, 0);
    const size_t target = hebb_stream_below(&stream, (uint32_t)room->n_patterns);
    hebb_completion_room_mask(study, unit->replica, target, room);
    status = predict(room, target, beta, values);
    if (status == HEBB_OK)
        status = hebb_continuous_memory_init(&memory, room->n_pixels, room->n_patterns, room->patterns, beta);
    if (status == HEBB_OK) status = retrieve(room, &memory, target, values);
    hebb_continuous_memory_free(&memory);
    return status;
}

const hebb_experiment hebb_completion_experiment = {
    .name = "completion",
    .summary = "a part of a stored image is given: the softmax memory finds the rest",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(hebb_completion_room),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_completion_report,
    .finish = finish};
