/* The loads at which half of the runs are lost, for each degree, start, temperature and N: finite_size.csv. */
#include <math.h>
#include <stdlib.h>

#include "dense_study.h"

const double hebb_dense_powers[DENSE_N_POWERS] = {0.5, 1.0};

const hebb_extrapolation *hebb_dense_limit(const hebb_dense_group *group)
{
    return &group->limits[group->end.temperature > 0.0 ? DENSE_BY_SIZE : DENSE_BY_SAMPLE];
}

bool hebb_dense_is_of(const hebb_study *study, const hebb_dense_group *group, size_t point)
{
    return hebb_study_grid(study, point, DENSE_DEGREE) == hebb_study_grid(study, group->first, DENSE_DEGREE) &&
           hebb_study_grid(study, point, DENSE_M0) == hebb_study_grid(study, group->first, DENSE_M0) &&
           hebb_study_grid(study, point, DENSE_TEMPERATURE) == hebb_study_grid(study, group->first, DENSE_TEMPERATURE);
}

/* Room for the points of a study. */
typedef struct {
    hebb_loss_count *counts;
    double *n_neurons, *half, *error;
} scan;

static bool is_first_of_its_size(const hebb_study *study, const hebb_dense_group *group, size_t point)
{
    for (size_t k = 0; k < point; k++)
        if (hebb_dense_is_of(study, group, k) &&
            hebb_study_grid(study, k, DENSE_NEURONS) == hebb_study_grid(study, point, DENSE_NEURONS))
            return false;
    return true;
}

/* Loads that round to the same K are the same runs: only the first of them counts. */
static size_t counts_at_size(const hebb_study *study, const hebb_dense_group *group, double n_neurons,
                             const size_t *n_lost, hebb_loss_count *counts)
{
    size_t n = 0;
    for (size_t k = 0; k < study->n_points; k++) {
        if (!hebb_dense_is_of(study, group, k) || hebb_study_grid(study, k, DENSE_NEURONS) != n_neurons) continue;
        const double load = hebb_dense_study_load(study, k);
        size_t same = 0;
        while (same < n && counts[same].x != load) same++;
        if (same == n) counts[n++] = (hebb_loss_count){load, n_lost[k], study->n_replicas};
    }
    return n;
}

/* The cells that every row begins with; n_neurons NaN: a limit. */
static void begin_row(const hebb_study *study, const hebb_dense_group *group, double n_neurons, hebb_table *table)
{
    hebb_table_number(table, hebb_study_grid(study, group->first, DENSE_DEGREE));
    hebb_table_number(table, hebb_study_grid(study, group->first, DENSE_M0));
    hebb_table_number(table, hebb_study_grid(study, group->first, DENSE_TEMPERATURE));
    hebb_table_number(table, n_neurons);
}

static void add_size(const hebb_study *study, const hebb_dense_group *group, double n_neurons,
                     const hebb_loss_curve *curve, bool fitted, hebb_table *table)
{
    begin_row(study, group, n_neurons, table);
    hebb_table_number(table, curve->half);
    hebb_table_number(table, curve->half_error);
    hebb_table_number(table, curve->width);
    hebb_table_number(table, curve->width_error);
    hebb_table_missing(table);
    hebb_table_missing(table);
    hebb_table_number(table, group->has_theory ? group->end.load : NAN);
    hebb_table_text(table, fitted ? "ok" : "fewer than two loads at which some runs, not all, are lost");
}

static void add_limit(const hebb_study *study, const hebb_dense_group *group, int power, hebb_table *table)
{
    const hebb_extrapolation *limit = &group->limits[power];
    begin_row(study, group, NAN, table);
    hebb_table_number(table, limit->limit);
    hebb_table_number(table, limit->limit_error);
    hebb_table_number(table, limit->shift);
    hebb_table_number(table, limit->shift_error);
    hebb_table_number(table, hebb_dense_powers[power]);
    hebb_table_number(table, limit->chi_squared);
    hebb_table_number(table, group->has_theory ? group->end.load : NAN);
    hebb_table_text(table, group->extrapolated == HEBB_OK ? "ok" : "fewer than two sizes to extrapolate from");
}

static void scan_group(const hebb_study *study, const size_t *n_lost, const scan *room, hebb_dense_group *group,
                       hebb_table *table)
{
    group->n_fitted = 0;
    for (size_t point = 0; point < study->n_points; point++) {
        if (!hebb_dense_is_of(study, group, point) || !is_first_of_its_size(study, group, point)) continue;
        const double n_neurons = hebb_study_grid(study, point, DENSE_NEURONS);
        const size_t n = counts_at_size(study, group, n_neurons, n_lost, room->counts);
        hebb_loss_curve curve = {NAN, NAN, NAN, NAN};
        const bool fitted = hebb_loss_curve_fit(n, room->counts, &curve) == HEBB_OK;
        add_size(study, group, n_neurons, &curve, fitted, table);
        if (!fitted) continue;
        room->n_neurons[group->n_fitted] = n_neurons;
        room->half[group->n_fitted] = curve.half;
        room->error[group->n_fitted++] = curve.half_error;
    }
    for (int power = 0; power < DENSE_N_POWERS; power++) {
        group->limits[power] = (hebb_extrapolation){NAN, NAN, NAN, NAN, NAN};
        group->extrapolated = hebb_extrapolate_in(group->n_fitted, room->n_neurons, room->half, room->error,
                                                  hebb_dense_powers[power], 1, &group->limits[power]);
        add_limit(study, group, power, table);
    }
}

hebb_status hebb_dense_finite_size(const hebb_study *study, const size_t *n_lost, size_t n_groups,
                                   hebb_dense_group *groups)
{
    static const hebb_column columns[] = {
        {"degree", "1", "degree n of F(x) = x^n"},
        {"m0", "1", "initial overlap asked for"},
        {"temperature", "J", "temperature T"},
        {"n_neurons", "1", "number of neurons N; empty: the limit of infinite N"},
        {"load_half", "1", "load a at which half of the runs are lost, by a probit fit"},
        {"load_half_err", "1", "its standard error"},
        {"width", "1", "width of the Gaussian of that fit; for a limit, d load_half / d N^(-exponent)"},
        {"width_err", "1", "its standard error"},
        {"exponent", "1", "of a limit: the straight line is in N^(-exponent)"},
        {"chi_squared", "1", "of a limit: of the sizes less two degrees of freedom"},
        {"a_c", "1", "the largest load with a retrieval state, replica symmetry"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    hebb_table table;
    double *room = calloc(3 * study->n_points, sizeof *room);
    hebb_loss_count *counts = calloc(study->n_points, sizeof *counts);
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK && (room == NULL || counts == NULL))
        status = hebb_fail(HEBB_ENOMEM, "no memory for the finite-size analysis");
    for (size_t g = 0; status == HEBB_OK && g < n_groups; g++)
        scan_group(study, n_lost, &(scan){counts, room, room + study->n_points, room + 2 * study->n_points}, &groups[g],
                   &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "finite_size.csv");
    hebb_table_free(&table);
    free(counts);
    free(room);
    return status;
}
