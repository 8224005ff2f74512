/* What the completion experiment says of its replicas: summary.csv, theory.csv, verdict.csv, and images.csv to look at. */
#include <math.h>
#include <stdlib.h>

#include "completion_study.h"
#include "continuous_memory.h"
#include "summary.h"

/*
 * Fixed before any run.
 *
 * Weight and distance after one update are sums that the theory does in its own way.  Scores beta x.sigma are known to
 * 1e-15 (4 + N^(1/2) + 2 beta) (continuous_memory.h): 2e-11 for N = 784 at the largest beta, 1e4; 1e-9 leaves room for
 * larger images.  The largest difference of all replicas is compared: nothing is random in it.
 *
 * The bound is a theorem; the same rounding is allowed.
 *
 * Whether the right image is found is not judged: that hangs on the images, of which there is no theory.
 */
static const double ROUNDING = 1e-9;

enum { RIGHT, RIGHT_FIRST, WEIGHT, ERROR_FIRST, ERROR_END, SEPARATION, N_OBSERVABLES };
enum { COMPARISONS_PER_POINT = 3 };

static const struct {
    int value, theory; /* of a replica; theory -1: none */
} sources[N_OBSERVABLES] = {{COMPLETION_RIGHT, -1},
                            {COMPLETION_RIGHT_FIRST, -1},
                            {COMPLETION_WEIGHT, COMPLETION_WEIGHT_THEORY},
                            {COMPLETION_ERROR_FIRST, COMPLETION_ERROR_THEORY},
                            {COMPLETION_ERROR_END, -1},
                            {COMPLETION_SEPARATION, -1}};

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("right", "1", "share of images found: the nearest to the state at rest", "none"),
    HEBB_OBSERVABLE("right_first", "1", "share of images that are the nearest after one update", "none"),
    HEBB_OBSERVABLE("weight", "1", "weight of the right image in the first update",
                    "from the overlaps, mean over the replicas"),
    HEBB_OBSERVABLE("error_first", "1", "distance from the right pattern, of norm 1, after one update",
                    "from the overlaps, mean over the replicas"),
    HEBB_OBSERVABLE("error", "1", "distance from the right pattern at rest", "none"),
    HEBB_OBSERVABLE("separation", "1", "overlap of the masked image with its pattern less that with any other", "none"),
};

static double mean_of(const hebb_study *study, size_t point, int value, double *scratch, hebb_estimate *estimate)
{
    hebb_study_gather(study, point, (size_t)value, scratch);
    *estimate = hebb_estimate_mean(study->n_replicas, scratch);
    return estimate->value;
}

static void measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured)
{
    for (size_t k = 0; k < N_OBSERVABLES; k++) {
        hebb_estimate theory;
        (void)mean_of(study, point, sources[k].value, scratch, &measured[k].estimate);
        measured[k].theory = sources[k].theory < 0 ? NAN : mean_of(study, point, sources[k].theory, scratch, &theory);
    }
    for (size_t k = RIGHT; k <= RIGHT_FIRST; k++) {
        const double n_right = measured[k].estimate.value * (double)study->n_replicas;
        measured[k].estimate.error = hebb_estimate_share((size_t)llround(n_right), study->n_replicas).error;
    }
}

static hebb_comparison deviation(const char *quantity, size_t point, double x, const char *note)
{
    return (hebb_comparison){
        .quantity = quantity, .point = point, .simulation = x, .theory = 0.0, .tolerance = ROUNDING, .note = note};
}

/* What is no number is larger than any: it must not go unseen. */
static double larger(double most, double x)
{
    return isnan(x) || x > most ? x : most;
}

static void compare(const hebb_study *study, size_t point, hebb_comparison *comparisons)
{
    double weight = 0.0, error = 0.0, excess = 0.0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *x = hebb_study_values(study, point, r);
        weight = larger(weight, fabs(x[COMPLETION_WEIGHT] - x[COMPLETION_WEIGHT_THEORY]));
        error = larger(error, fabs(x[COMPLETION_ERROR_FIRST] - x[COMPLETION_ERROR_THEORY]));
        excess = larger(excess, x[COMPLETION_ERROR_FIRST] - x[COMPLETION_BOUND]);
    }
    comparisons[0] = deviation("weight_deviation", point, weight,
                               "largest difference of the first update's weight from theory; tolerance: rounding");
    comparisons[1] =
        deviation("error_deviation", point, error, "the same of the distance after it; tolerance: rounding");
    comparisons[2] =
        deviation("bound_excess", point, excess, "largest excess of that distance over its bound; tolerance: rounding");
}

/* ---- theory.csv ---- */

static hebb_status save_theory(const hebb_study *study, double *scratch)
{
    static const hebb_column columns[] = {
        {"n_patterns", "1", "number of stored images K"},
        {"beta", "1", "beta of the memory, for patterns of norm 1"},
        {"weight", "1", "weight of the right image in the first update, mean over the replicas"},
        {"bound", "1", "bound of the distance after it, mean over the replicas; 2 at most"},
    };
    hebb_table table;
    hebb_estimate mean;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        const double n_patterns = hebb_study_grid(study, point, COMPLETION_PATTERNS);
        if (point > 0 && hebb_study_grid(study, point - 1, COMPLETION_PATTERNS) == n_patterns) continue;
        for (int k = 0; k < COMPLETION_N_CURVE; k++) {
            hebb_table_number(&table, n_patterns);
            hebb_table_number(&table, hebb_completion_curve_beta((size_t)k));
            hebb_table_number(&table, mean_of(study, point, COMPLETION_N_VALUES + 2 * k, scratch, &mean));
            hebb_table_number(&table, mean_of(study, point, COMPLETION_N_VALUES + 2 * k + 1, scratch, &mean));
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- images.csv: a picture of rows of images, with a gap between them ---- */

static const double MASKED = -INFINITY; /* no grey */

enum { MAX_COLUMNS = 10, MAX_SIDE = 64, GAP = 2 };

typedef struct {
    size_t n_rows, n_columns, height, width; /* in images; in pixels, gaps included */
    size_t image_height, image_width, thin;  /* of one; every so many pixels of an image one is taken */
    double *grey;                            /* height x width */
} picture;

static void put(picture *p, const hebb_image_set *images, size_t row, size_t column, const double *pixels)
{
    const size_t top = row * (p->image_height + GAP), left = column * (p->image_width + GAP);
    for (size_t y = 0; y < p->image_height; y++)
        for (size_t x = 0; x < p->image_width; x++)
            p->grey[(top + y) * p->width + left + x] = pixels[y * p->thin * images->n_columns + x * p->thin];
}

/* Images as they are stored; what is left of them; a row a beta with the images weighed as in the first update. */
static hebb_status draw(const hebb_study *study, hebb_completion_room *room, picture *p)
{
    const hebb_completion_study *own = study->own;
    const size_t n = room->n_pixels;
    hebb_status status = HEBB_OK;
    for (size_t column = 0; status == HEBB_OK && column < p->n_columns; column++) {
        const double *stored = room->pixels + column * n;
        put(p, &own->images, 0, column, stored);
        hebb_completion_room_mask(study, 0, column, room);
        for (size_t i = 0; i < n; i++) room->next[i] = room->state[i] == 0.0 ? MASKED : stored[i];
        put(p, &own->images, 1, column, room->next);
        for (size_t row = 2; status == HEBB_OK && row < p->n_rows; row++) {
            hebb_continuous_memory memory = {0};
            status = hebb_continuous_memory_init(&memory, n, room->n_patterns, room->patterns,
                                                 hebb_study_grid(study, row - 2, COMPLETION_BETA));
            if (status == HEBB_OK)
                status = hebb_continuous_memory_update(&memory, 1, room->state, room->next, room->weights);
            hebb_continuous_memory_free(&memory);
            for (size_t i = 0; i < n; i++) room->next[i] = 0.0;
            for (size_t mu = 0; mu < room->n_patterns; mu++)
                for (size_t i = 0; i < n; i++) room->next[i] += room->weights[mu] * room->pixels[mu * n + i];
            put(p, &own->images, row, column, room->next);
        }
    }
    return status;
}

static void add_picture(const hebb_study *study, const picture *p, hebb_table *table)
{
    for (size_t y = 0; y < p->height; y++)
        for (size_t x = 0; x < p->width; x++) {
            const size_t row = y / (p->image_height + GAP);
            hebb_table_number(table, (double)x);
            hebb_table_number(table, (double)y);
            hebb_table_number(table, (double)row);
            hebb_table_number(table, (double)(x / (p->image_width + GAP)));
            hebb_table_number(table, row > 1 ? hebb_study_grid(study, row - 2, COMPLETION_BETA) : NAN);
            const double grey = p->grey[y * p->width + x];
            hebb_table_number(table, grey == MASKED ? 1.0 : 0.0);
            hebb_table_number(table, grey == MASKED ? 0.0 : grey);
        }
}

/* The first K, its first replica.  Images of more than MAX_SIDE pixels are thinned. */
static hebb_status save_images(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"x", "1", "pixel of the picture, from the left"},
        {"y", "1", "pixel of the picture, from the top"},
        {"row", "1", "0: stored; 1: what is given; 2 and on: after one update, a row a beta"},
        {"column", "1", "which of the images"},
        {"beta", "1", "of the row; empty for the first two"},
        {"is_masked", "1", "1 where the image is masked, else 0"},
        {"grey", "1", "as in the data; after an update, the stored images' mean with its weights; 0: masked, or a gap"},
    };
    const hebb_completion_study *own = study->own;
    const size_t n_betas = hebb_options_list(study->options, "beta")->length;
    const size_t k = (size_t)hebb_study_grid(study, 0, COMPLETION_PATTERNS);
    picture p = {.n_rows = 2 + n_betas, .n_columns = k < MAX_COLUMNS ? k : MAX_COLUMNS};
    const size_t side = own->images.n_rows > own->images.n_columns ? own->images.n_rows : own->images.n_columns;
    p.thin = (side + MAX_SIDE - 1) / MAX_SIDE;
    p.image_height = (own->images.n_rows + p.thin - 1) / p.thin;
    p.image_width = (own->images.n_columns + p.thin - 1) / p.thin;
    p.height = p.n_rows * (p.image_height + GAP) - GAP;
    p.width = p.n_columns * (p.image_width + GAP) - GAP;
    hebb_completion_room room = {0};
    hebb_table table = {0};
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) p.grey = calloc(p.height * p.width, sizeof *p.grey);
    if (status == HEBB_OK && p.grey == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for the picture");
    if (status == HEBB_OK) status = hebb_completion_room_set(study, 0, 0, &room);
    if (status == HEBB_OK) status = draw(study, &room, &p);
    if (status == HEBB_OK) add_picture(study, &p, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "images.csv");
    hebb_table_free(&table);
    hebb_completion_room_free(&room);
    free(p.grey);
    return status;
}

hebb_status hebb_completion_report(hebb_study *study)
{
    hebb_table summary = {0};
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    hebb_comparison *comparisons = calloc(COMPARISONS_PER_POINT * study->n_points, sizeof *comparisons);
    hebb_status status = scratch != NULL && comparisons != NULL
                             ? hebb_summary_init(study, N_OBSERVABLES, observables, &summary)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_measurement measured[N_OBSERVABLES];
        measure(study, point, scratch, measured);
        hebb_summary_add(study, point, N_OBSERVABLES, measured, &summary);
        compare(study, point, comparisons + COMPARISONS_PER_POINT * point);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = save_theory(study, scratch);
    if (status == HEBB_OK) status = save_images(study);
    if (status == HEBB_OK)
        status = hebb_study_save_verdicts(study, COMPARISONS_PER_POINT * study->n_points, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(scratch);
    return status;
}
