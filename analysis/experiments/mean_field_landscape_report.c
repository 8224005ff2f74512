/* What the mean-field-landscape experiment says of its machines: summary, theory, landscape, flips and verdict.csv. */
#include "mean_field_landscape_study.h"

#include <math.h>
#include <stdlib.h>

#include "mean_field.h"
#include "summary.h"

/*
 * Fixed before any run.
 *
 * Difference.  <E> - T S of independent units is F(V) for every V [Gibbs, Bogoliubov]: nothing is tolerated, and .005
 * of the couplings' energy scale, 1 a unit, is asked for.  Square: its sum over some 19 positions is chi squared but
 * for the error's own error at 400 samples, 1/400 of it with the fourth moments of products of some units: 5 % is
 * allowed, and 20 % would be an error bar that is wrong by a tenth.  With fewer samples it is not judged.
 *
 * Single.  Without biases F is convex, and V = 0 its only minimum, where the largest eigenvalue is below T; above,
 * V = 0 is a saddle and minima come in pairs: an exact equivalence.  Within 1 % of T means settle too slowly to tell: such
 * machines are left out on both sides.
 */
static const double DIFFERENCE_RESOLUTION = 0.005, SQUARE_TOLERANCE = 0.05, SQUARE_RESOLUTION = 0.2, CRITICAL = 0.01;
enum { SAMPLES_JUDGED = 400 };

enum { MINIMA, STABLE, BARRIER, FLIP_BARRIER, DIFFERENCE, SQUARE, SINGLE, N_OBSERVABLES };
enum { COMPARISONS_PER_POINT = 3, N_FINE = 100 };

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("minima", "1", "minima of F(V) found", "none; for T -> 0 stable_states"),
    HEBB_OBSERVABLE("stable_states", "1", "states that no single flip lowers", "none"),
    HEBB_OBSERVABLE("barrier", "1", "barrier of F along the straight line", "none"),
    HEBB_OBSERVABLE("flip_barrier", "1", "barrier of the energy by single flips", "none"),
    HEBB_OBSERVABLE("difference", "1", "F from samples less F(V), over N", "0"),
    HEBB_OBSERVABLE("square", "1", "square of that over its error squared", "1"),
    HEBB_OBSERVABLE("single", "1",
                    "share of machines with one minimum; machines whose eigenvalue is within 1 % of T left out",
                    "share of these whose largest eigenvalue is below T"),
};

static double temperature_at(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, LANDSCAPE_TEMPERATURE);
}

static bool is_critical(const double *values, double temperature)
{
    return fabs(values[LANDSCAPE_EIGENVALUE] - temperature) <= CRITICAL * temperature;
}

static double value_of(const hebb_study *study, size_t point, size_t replica, int observable)
{
    static const int value[N_OBSERVABLES] = {LANDSCAPE_MINIMA,       LANDSCAPE_STABLE,     LANDSCAPE_BARRIER,
                                             LANDSCAPE_FLIP_BARRIER, LANDSCAPE_DIFFERENCE, LANDSCAPE_SQUARE,
                                             LANDSCAPE_MINIMA};
    const double *values = hebb_study_values(study, point, replica);
    const double x = values[value[observable]];
    if (observable != SINGLE || isnan(x)) return x;
    return is_critical(values, temperature_at(study, point)) ? NAN : x == 1.0;
}

/* The share of the point's machines whose largest eigenvalue is below T: of all, or of those that `single` counts. */
static double share_below(const hebb_study *study, size_t point, double temperature, bool only_counted)
{
    double n = 0.0, below = 0.0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        if (only_counted && isnan(value_of(study, point, r, SINGLE))) continue;
        n += 1.0;
        below += hebb_study_values(study, point, r)[LANDSCAPE_EIGENVALUE] < temperature;
    }
    return below / n;
}

static void measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured)
{
    for (int k = 0; k < N_OBSERVABLES; k++) {
        for (size_t r = 0; r < study->n_replicas; r++) scratch[r] = value_of(study, point, r, k);
        measured[k] = (hebb_measurement){hebb_estimate_mean(study->n_replicas, scratch), NAN};
    }
    measured[DIFFERENCE].theory = 0.0;
    measured[SQUARE].theory = 1.0;
    measured[SINGLE].theory = share_below(study, point, temperature_at(study, point), true);
}

static void compare(const hebb_study *study, size_t point, const hebb_measurement *measured,
                    hebb_comparison *comparisons)
{
    const bool has_few = hebb_options_integer(study->options, "samples") < SAMPLES_JUDGED;
    const hebb_estimate difference = measured[DIFFERENCE].estimate, square = measured[SQUARE].estimate;
    comparisons[0] = (hebb_comparison){.quantity = "difference",
                                       .point = point,
                                       .simulation = difference.value,
                                       .error = difference.error,
                                       .n_samples = difference.n,
                                       .theory = 0.0,
                                       .resolution = DIFFERENCE_RESOLUTION,
                                       .note = "energy less T entropy of sampled independent units, less F(V)"};
    comparisons[1] =
        (hebb_comparison){.quantity = "square",
                          .point = point,
                          .simulation = square.value,
                          .error = square.error,
                          .n_samples = square.n,
                          .theory = 1.0,
                          .tolerance = SQUARE_TOLERANCE,
                          .resolution = SQUARE_RESOLUTION,
                          .not_judged = has_few,
                          .note = has_few ? "so few samples do not know their own variance"
                                          : "the same squared, over its variance; tolerance: the variance's own error"};
    comparisons[2] =
        (hebb_comparison){.quantity = "single",
                          .point = point,
                          .simulation = measured[SINGLE].estimate.value,
                          .theory = measured[SINGLE].theory,
                          .note = "share with one minimum; of the same machines, largest eigenvalue below T"};
}

/* ---- theory.csv: the share with one minimum over T, for the machines of the first point of each size ---- */

static bool is_first_of_size(const hebb_study *study, size_t point)
{
    for (size_t k = 0; k < point; k++)
        if (hebb_study_grid(study, k, LANDSCAPE_UNITS) == hebb_study_grid(study, point, LANDSCAPE_UNITS)) return false;
    return true;
}

static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"single", "1", "share of machines whose couplings' largest eigenvalue is below T"},
        {"minima", "1", "mean number of states that no single flip lowers: the limit T -> 0"},
    };
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, 2, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        if (!is_first_of_size(study, point)) continue;
        double n_stable = 0.0;
        for (size_t r = 0; r < study->n_replicas; r++) n_stable += value_of(study, point, r, STABLE);
        for (int k = 0; k <= 120; k++) {
            const double temperature = 0.025 * k;
            hebb_table_number(&table, hebb_study_grid(study, point, LANDSCAPE_UNITS));
            hebb_table_number(&table, temperature);
            hebb_table_number(&table, share_below(study, point, temperature, false));
            hebb_table_number(&table, n_stable / (double)study->n_replicas);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- landscape.csv and flips.csv: the first machine's ---- */

static void add_line(const hebb_study *study, size_t point, const hebb_landscape_room *room, hebb_table *table)
{
    enum { EVERY = N_FINE / (LANDSCAPE_N_POSITIONS - 1) };
    const double *sampled = hebb_study_values(study, point, 0) + LANDSCAPE_N_VALUES;
    double v[LANDSCAPE_MAX_UNITS];
    for (size_t k = 0; k <= N_FINE; k++) {
        const bool has_sample = k % EVERY == 0;
        hebb_landscape_means(room, (double)k / N_FINE, v);
        hebb_study_add_grid(study, point, table);
        hebb_table_number(table, (double)k / N_FINE);
        hebb_table_number(
            table, hebb_mean_field_free_energy(&room->machine, HEBB_MEAN_FIELD_NAIVE, temperature_at(study, point), v));
        hebb_table_number(table, has_sample ? sampled[k / EVERY] : NAN);
        hebb_table_number(table, has_sample ? sampled[LANDSCAPE_N_POSITIONS + k / EVERY] : NAN);
    }
}

static void add_flips(const hebb_study *study, size_t point, const hebb_landscape_room *room, hebb_table *table)
{
    for (size_t k = 0; k <= room->n_flips; k++) {
        hebb_table_number(table, hebb_study_grid(study, point, LANDSCAPE_UNITS));
        hebb_table_number(table, (double)k);
        hebb_table_number(table, room->n_flips > 0 ? (double)k / (double)room->n_flips : 0.0);
        hebb_table_number(table, room->path[k]);
    }
}

static hebb_status save_landscape(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"position", "1", "along the straight line between two states of the first machine, 0 to 1"},
        {"f", "1", "F(V), naive"},
        {"f_sampled", "1", "<E> - T S of sampled independent units"},
        {"f_sampled_err", "1", "standard error of f_sampled"},
    };
    static const hebb_column flips_columns[] = {
        {"n_units", "1", "number of units N"},
        {"step", "1", "single flips from one state to the other, each time the cheapest"},
        {"position", "1", "share of the flips made"},
        {"energy", "1", "E of the first machine"},
    };
    hebb_landscape_room room = {0};
    hebb_table table = {0}, flips = {0};
    hebb_status status = hebb_study_table_init(study, 4, columns, &table);
    if (status == HEBB_OK) status = hebb_table_init(&flips, 4, flips_columns);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        status = hebb_landscape_room_set(study, point, 0, &room);
        if (status != HEBB_OK) break;
        add_line(study, point, &room, &table);
        if (is_first_of_size(study, point)) add_flips(study, point, &room, &flips);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "landscape.csv");
    if (status == HEBB_OK) status = hebb_study_save(study, &flips, "flips.csv");
    hebb_landscape_room_free(&room);
    hebb_table_free(&flips);
    hebb_table_free(&table);
    return status;
}

hebb_status hebb_mean_field_landscape_report(hebb_study *study)
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
        compare(study, point, measured, comparisons + COMPARISONS_PER_POINT * point);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = save_landscape(study);
    if (status == HEBB_OK)
        status = hebb_study_save_verdicts(study, COMPARISONS_PER_POINT * study->n_points, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(scratch);
    return status;
}
