/* What a study would take: its units, memory, and the time, from a probe of some seconds. */
#include <math.h>
#include <stdlib.h>

#include "clock.h"
#include "ensemble.h"
#include "memory.h"
#include "planned_study.h"
#include "stop.h"

/* The probe: so long in all, at a point until it took so long or so many units. */
static const double PROBE_SECONDS = 3.0, POINT_SECONDS = 0.1;
enum { POINT_UNITS = 20 };

typedef struct {
    size_t point;
    double cost;
    double seconds; /* a unit; NaN: not known */
    enum { IS_UNTRIED, IS_TRIED, IS_GIVEN_UP } state;
} probe;

static int by_cost(const void *a, const void *b)
{
    const probe *x = a, *y = b;
    return x->cost != y->cost ? (x->cost > y->cost) - (x->cost < y->cost)
                              : (x->point > y->point) - (x->point < y->point);
}

/* The first units of a point, whose numbers are thrown away: the first one, which sets the network up, does not count. */
static hebb_status try_point(const hebb_planned_study *planned, void *workspace, double *numbers, probe *at)
{
    const hebb_study *study = &planned->study;
    hebb_status status = HEBB_OK;
    double first = 0.0, total = 0.0;
    size_t n = 0;
    for (; status == HEBB_OK && n < study->n_replicas && n <= POINT_UNITS && total < POINT_SECONDS; n++) {
        const double began = hebb_clock_now();
        hebb_checkpoint giving_up = hebb_checkpoint_begin(NULL, (hebb_fingerprint){{0}}, 0, PROBE_SECONDS);
        const hebb_unit unit = {at->point, n, &giving_up};
        status = planned->experiment->run(study, workspace, &unit, numbers);
        total += hebb_clock_now() - began;
        if (n == 0) first = total;
    }
    at->seconds = n > 1 ? (total - first) / (double)(n - 1) : first;
    at->state = status == HEBB_ESTOPPED ? IS_GIVEN_UP : IS_TRIED;
    return status == HEBB_ESTOPPED ? HEBB_OK : status;
}

/* From the cheapest point upwards, leaving out some where there are many, while there is time. */
static hebb_status try_points(const hebb_planned_study *planned, size_t n, probe *probes)
{
    const double began = hebb_clock_now();
    const size_t most = (size_t)(PROBE_SECONDS / POINT_SECONDS), step = (n + most - 1) / most;
    void *workspace = NULL;
    double *numbers = calloc(hebb_study_numbers(&planned->study), sizeof *numbers);
    hebb_status status = numbers != NULL
                             ? hebb_experiment_make_workspace(planned->experiment, &planned->study, 1, &workspace)
                             : hebb_fail(HEBB_ENOMEM, "no memory for a unit");
    for (size_t k = 0; status == HEBB_OK && k < n && !hebb_stop_is_requested(); k += step) {
        const double elapsed = hebb_clock_now() - began;
        const double expected = k == 0 ? 0.0 : probes[k - step].seconds * probes[k].cost / probes[k - step].cost;
        if (elapsed + expected > PROBE_SECONDS) break;
        status = try_point(planned, workspace, numbers, &probes[k]);
    }
    planned->experiment->workspace_free(workspace);
    free(numbers);
    return status;
}

/* The others: from the nearest one below that was tried, in proportion to the cost. */
static void fill_in(size_t n, probe *probes)
{
    double ratio = NAN;
    for (size_t k = 0; k < n; k++) {
        if (probes[k].state != IS_UNTRIED)
            ratio = probes[k].seconds / probes[k].cost;
        else
            probes[k].seconds = ratio * probes[k].cost;
    }
}

static void count_done(const hebb_planned_study *planned, const hebb_units *units, size_t point, size_t *n_shard,
                       size_t *n_done)
{
    *n_shard = *n_done = 0;
    for (size_t replica = 0; replica < planned->study.n_replicas; replica++) {
        const size_t unit = point * planned->study.n_replicas + replica;
        if (!hebb_manifest_has_unit(&planned->manifest, unit)) continue;
        ++*n_shard;
        *n_done += hebb_units_is_done(units, unit);
    }
}

static hebb_status start_table(const hebb_study *study, hebb_table *table)
{
    static const hebb_column columns[] = {
        {"n_units", "1", "units of this point, in this shard"},
        {"n_done", "1", "those that the folder holds already"},
        {"seconds_each", "s", "time of one thread for a unit"},
        {"seconds_left", "s", "time of one thread for the units that are not done"},
        {"bytes", "B", "memory that a thread takes, results apart"},
        {"status", "", "ok: tried; estimated: from a point that was, by the cost; more: the unit tried was given up"},
    };
    return hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, table);
}

static const char *const state_names[] = {"estimated", "ok", "more: a unit was given up"};

typedef struct {
    size_t n_units, n_done;
    double seconds, bytes;
    bool is_bound; /* it takes at least so long */
} totals;

static void say_totals(const hebb_planned_study *planned, const totals *all)
{
    const hebb_study *study = &planned->study;
    char each[HEBB_MEMORY_LENGTH], results[HEBB_MEMORY_LENGTH], time[HEBB_CLOCK_LENGTH];
    const size_t n_left = all->n_units - all->n_done;
    const size_t n_threads = n_left < (size_t)study->n_threads ? (n_left > 0 ? n_left : 1) : (size_t)study->n_threads;
    hebb_memory_format(all->bytes, each);
    hebb_memory_format((double)hebb_study_units(study) * (double)hebb_study_numbers(study) * sizeof(double), results);
    hebb_study_say(
        study,
        "%s: %zu units at %zu points, %zu done; memory: %s for each of %zu thread%s, %s for the results; time left: "
        "%s %s",
        planned->experiment->name, all->n_units, study->n_points, all->n_done, each, n_threads,
        n_threads == 1 ? "" : "s", results, all->is_bound ? "more than" : "about",
        hebb_clock_format(all->seconds / (double)n_threads, time));
}

static hebb_status tabulate(const hebb_planned_study *planned, const probe *probes, const hebb_units *units,
                            hebb_table *table)
{
    const hebb_study *study = &planned->study;
    totals all = {0};
    const hebb_status status = start_table(study, table);
    if (status != HEBB_OK) return status;
    for (size_t point = 0; point < study->n_points; point++) {
        size_t n, n_done;
        const double seconds = probes[point].seconds, bytes = planned->experiment->bytes(study, point);
        count_done(planned, units, point, &n, &n_done);
        const double left = seconds * (double)(n - n_done);
        hebb_study_add_grid(study, point, table);
        hebb_table_number(table, (double)n);
        hebb_table_number(table, (double)n_done);
        hebb_table_number(table, seconds);
        hebb_table_number(table, left);
        hebb_table_number(table, bytes);
        hebb_table_text(table, state_names[probes[point].state]);
        all = (totals){all.n_units + n, all.n_done + n_done, all.seconds + left, fmax(all.bytes, bytes),
                       all.is_bound || probes[point].state == IS_GIVEN_UP};
    }
    say_totals(planned, &all);
    return HEBB_OK;
}

static int by_point(const void *a, const void *b)
{
    const probe *x = a, *y = b;
    return (x->point > y->point) - (x->point < y->point);
}

static hebb_status survey(const hebb_planned_study *planned, hebb_units *units)
{
    hebb_journal_report report;
    const size_t n_units = hebb_study_units(&planned->study);
    return planned->study.folder != NULL
               ? hebb_ensemble_survey(planned->study.folder, &planned->manifest, units, &report)
               : hebb_units_init(units, n_units);
}

static hebb_status plan(hebb_status status, hebb_planned_study *planned, hebb_table *table)
{
    const hebb_study *study = &planned->study;
    hebb_units units = {0};
    probe *probes = NULL;
    *table = (hebb_table){0};
    if (status == HEBB_OK) status = survey(planned, &units);
    if (status == HEBB_OK && (probes = calloc(study->n_points, sizeof *probes)) == NULL)
        status = hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        probes[point] = (probe){point, planned->experiment->cost(study, point), NAN, IS_UNTRIED};
    if (status == HEBB_OK) {
        qsort(probes, study->n_points, sizeof *probes, by_cost);
        status = try_points(planned, study->n_points, probes);
    }
    if (status == HEBB_OK) {
        fill_in(study->n_points, probes);
        qsort(probes, study->n_points, sizeof *probes, by_point);
        status = tabulate(planned, probes, &units, table);
    }
    free(probes);
    hebb_units_free(&units);
    hebb_planned_study_free(planned);
    return status;
}

hebb_status hebb_experiment_plan(const hebb_experiment *experiment, hebb_options *options,
                                 const hebb_experiment_setting *setting, hebb_table *table)
{
    hebb_planned_study planned;
    return plan(hebb_planned_study_init(&planned, experiment, options, setting), &planned, table);
}

hebb_status hebb_experiment_plan_folder(const hebb_experiment_setting *setting, hebb_table *table)
{
    hebb_planned_study planned = {0};
    hebb_manifest manifest;
    hebb_status status = hebb_manifest_read(&manifest, setting->folder);
    if (status == HEBB_OK) status = hebb_planned_study_from(&planned, &manifest, setting->folder, setting);
    hebb_manifest_free(&manifest);
    return plan(status, &planned, table);
}
