#include "phase_diagram_groups.h"

#include <math.h>
#include <stdlib.h>

#include "disordered_phase.h"
#include "estimators.h"
#include "finite_size.h"
#include "load_grid.h"
#include "patterns.h"
#include "phase_diagram.h"
#include "phase_diagram_study.h"

/* ---- measured ---- */

/* What a statistic of resampled replicas needs. */
typedef struct {
    const hebb_study *study;
    size_t n;             /* temperatures */
    const size_t *points; /* in ascending order of T, each T once */
    hebb_loss_count *counts;
    size_t plus, minus; /* values whose difference is to cross */
    double width;       /* of the last edge */
    bool is_fitted;     /* it is a probit's */
    double gap;         /* between the temperatures that it lies between, where it is not */
} statistic;

static double temperature_of(const statistic *s, size_t k)
{
    return hebb_study_grid(s->study, s->points[k], PHASE_GRID_TEMPERATURE);
}

/* Half-way between the last T that keeps at least half of the replicas and the next. */
static double between(statistic *s)
{
    for (size_t k = 1; k < s->n; k++)
        if (2 * s->counts[k - 1].n_lost <= s->counts[k - 1].n_runs && 2 * s->counts[k].n_lost > s->counts[k].n_runs) {
            s->gap = s->counts[k].x - s->counts[k - 1].x;
            return 0.5 * (s->counts[k].x + s->counts[k - 1].x);
        }
    return NAN;
}

static double edge(void *context, size_t n, const uint32_t *replicas)
{
    statistic *s = context;
    for (size_t k = 0; k < s->n; k++) {
        size_t n_lost = 0;
        for (size_t r = 0; r < n; r++)
            n_lost += hebb_study_values(s->study, s->points[k], replicas[r])[PHASE_LOST] != 0.0;
        s->counts[k] = (hebb_loss_count){temperature_of(s, k), n_lost, n};
    }
    hebb_loss_curve curve;
    const hebb_status fitted = hebb_loss_curve_fit(s->n, s->counts, &curve);
    s->is_fitted = fitted == HEBB_OK && curve.half >= temperature_of(s, 0) && curve.half <= temperature_of(s, s->n - 1);
    s->width = s->is_fitted ? curve.width : NAN;
    return s->is_fitted ? curve.half : between(s);
}

/* Mean of plus - minus over those replicas that have both, and a glass; NaN where fewer than half of them do. */
static double mean_difference(const statistic *s, size_t k, size_t n, const uint32_t *replicas)
{
    double sum = 0.0;
    size_t n_there = 0;
    for (size_t r = 0; r < n; r++) {
        const double *x = hebb_study_values(s->study, s->points[k], replicas[r]);
        const double d = x[s->plus] - x[s->minus];
        if (isnan(d) || x[PHASE_FOUND] != 0.0) continue;
        sum += d;
        n_there++;
    }
    return 2 * n_there >= n && n_there > 0 ? sum / (double)n_there : NAN;
}

static double crossing(void *context, size_t n, const uint32_t *replicas)
{
    const statistic *s = context;
    double low = NAN, below = NAN;
    for (size_t k = 0; k < s->n; k++) {
        const double d = mean_difference(s, k, n, replicas), t = temperature_of(s, k);
        if (d >= 0.0 && below < 0.0) return low + (t - low) * below / (below - d);
        low = t;
        below = d;
    }
    return NAN;
}

/* ---- one group ---- */

/* Room for all groups' estimates: as many temperatures and replicas as there may be. */
typedef struct {
    size_t *points;
    hebb_loss_count *counts;
    uint32_t *all, *indices;
} room;

static void room_free(room *r)
{
    free(r->points);
    free(r->counts);
    free(r->all);
    free(r->indices);
}

static hebb_status room_make(const hebb_study *study, room *r)
{
    *r = (room){.points = calloc(study->n_points, sizeof *r->points),
                .counts = calloc(study->n_points, sizeof *r->counts),
                .all = calloc(study->n_replicas, sizeof *r->all),
                .indices = calloc(study->n_replicas, sizeof *r->indices)};
    if (r->points == NULL || r->counts == NULL || r->all == NULL || r->indices == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for the edges");
    for (size_t k = 0; k < study->n_replicas; k++) r->all[k] = (uint32_t)k;
    return HEBB_OK;
}

static bool is_same_group(const hebb_study *study, size_t a, size_t b)
{
    for (size_t k = 0; k < HEBB_N_LOAD_GRID; k++)
        if (hebb_study_grid(study, a, k) != hebb_study_grid(study, b, k)) return false;
    return true;
}

/* The group's points in ascending order of T, each T once. */
static size_t collect(const hebb_study *study, size_t first, size_t *points)
{
    size_t n = 0;
    for (size_t point = 0; point < study->n_points; point++) {
        if (!is_same_group(study, first, point)) continue;
        const double t = hebb_study_grid(study, point, PHASE_GRID_TEMPERATURE);
        size_t place = n;
        while (place > 0 && hebb_study_grid(study, points[place - 1], PHASE_GRID_TEMPERATURE) >= t) place--;
        if (place < n && hebb_study_grid(study, points[place], PHASE_GRID_TEMPERATURE) == t) continue;
        for (size_t k = n++; k > place; k--) points[k] = points[k - 1];
        points[place] = point;
    }
    return n;
}

static hebb_phase_temperature estimate(statistic *s, const room *r,
                                       double (*of)(void *context, size_t n, const uint32_t *replicas), double theory,
                                       const char *why_not)
{
    enum { N_RESAMPLES = 200 };
    const size_t n = s->study->n_replicas;
    const uint64_t size = hebb_patterns_address(hebb_load_grid_neurons(s->study, s->points[0]),
                                                hebb_load_grid_patterns(s->study, s->points[0]));
    const hebb_philox generator =
        hebb_philox_derive((uint64_t)hebb_options_integer(s->study->options, "seed"), HEBB_DRAW_BOOTSTRAP, size, 0);
    hebb_phase_temperature t = {.error = NAN, .theory = theory, .status = "ok"};
    if (n > 1) hebb_bootstrap_error(n, N_RESAMPLES, generator, of, s, r->indices, &t.error);
    t.value = of(s, n, r->all); /* last: it leaves what it has found of the replicas as they are */
    if (isnan(t.value)) t.status = why_not, t.error = NAN;
    return t;
}

static void measure_edge(statistic *s, const room *r, double theory, hebb_phase_group *group)
{
    group->edge = estimate(s, r, edge, theory, "no temperature beyond which half of the replicas lose the pattern");
    group->width = s->width;
    if (s->is_fitted || isnan(group->edge.value)) return;
    group->edge.status = "between two temperatures";
    if (!isnan(group->edge.error)) /* uniform in between */
        group->edge.error = hypot(group->edge.error, s->gap / sqrt(12.0));
}

/* Of free energies or energies; theory's is looked for where there is one to compare with. */
static void measure_crossing(statistic *s, const room *r, size_t of, double alpha, double last,
                             hebb_phase_temperature *t)
{
    const bool of_energies = of == PHASE_ENERGY;
    s->plus = of;
    s->minus = of_energies ? PHASE_ENERGY_RANDOM : PHASE_F_RANDOM;
    *t = estimate(s, r, crossing, NAN,
                  of_energies ? "the measured energies do not cross" : "the measured free energies do not cross");
    if (isnan(t->value)) return;
    const hebb_disordered_crossing what = of_energies ? HEBB_CROSSING_OF_ENERGIES : HEBB_CROSSING_OF_FREE_ENERGIES;
    if (hebb_disordered_phase_crossing(alpha, last, what, &t->theory) != HEBB_OK) t->theory = NAN;
}

static hebb_status measure_group(const hebb_study *study, const hebb_phase_tops *tops, const room *r,
                                 hebb_phase_group *group)
{
    const double alpha = hebb_load_grid_load(study, group->first);
    hebb_phase_lines lines;
    const hebb_status status = hebb_phase_lines_at(alpha, tops, &lines);
    if (status != HEBB_OK)
        return hebb_fail(status, "the lines of the phase diagram could not be solved for at p/N = %g", alpha);
    statistic s = {.study = study, .points = r->points, .counts = r->counts};
    s.n = collect(study, group->first, r->points);
    measure_edge(&s, r, lines.retrieval, group);
    measure_crossing(&s, r, PHASE_F_RETRIEVAL, alpha, lines.retrieval, &group->free_energies);
    measure_crossing(&s, r, PHASE_ENERGY, alpha, lines.retrieval, &group->energies);
    group->t_symmetric = lines.thermodynamic;
    return HEBB_OK;
}

/* T_c over the sizes of the last group's alpha.  room has a number a group for each of N, T_c and its error. */
static void find_limit(const hebb_study *study, size_t n, hebb_phase_group *groups, double *numbers)
{
    hebb_phase_group *last = &groups[n - 1];
    const double alpha = hebb_study_grid(study, last->first, HEBB_GRID_ALPHA);
    double *size = numbers, *value = size + n, *error = value + n, largest = 0.0, theory = NAN;
    size_t n_sizes = 0;
    for (size_t g = 0; g < n; g++) {
        const hebb_phase_temperature *t = &groups[g].free_energies;
        if (hebb_study_grid(study, groups[g].first, HEBB_GRID_ALPHA) != alpha || !(t->error > 0.0)) continue;
        size[n_sizes] = hebb_study_grid(study, groups[g].first, HEBB_GRID_NEURONS);
        value[n_sizes] = t->value;
        error[n_sizes++] = t->error;
        if (size[n_sizes - 1] < largest) continue;
        largest = size[n_sizes - 1];
        theory = t->theory; /* p/N is nearest to alpha there */
    }
    hebb_extrapolation line = {NAN, NAN, NAN, NAN, NAN};
    const hebb_status fitted = hebb_extrapolate_in(n_sizes, size, value, error, 2.0 / 3.0, 1, &line);
    const char *status = fitted == HEBB_OK ? "ok" : "fewer than two sizes with a crossing to extrapolate from";
    last->limit = (hebb_phase_temperature){line.limit, line.limit_error, theory, status};
    last->has_limit = true;
}

static hebb_status find_limits(const hebb_study *study, size_t n, hebb_phase_group *groups)
{
    double *numbers = calloc(3 * n, sizeof *numbers);
    if (numbers == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the limits");
    for (size_t g = 0; g < n; g++) {
        const double alpha = hebb_study_grid(study, groups[g].first, HEBB_GRID_ALPHA);
        const bool is_last = g + 1 == n || hebb_study_grid(study, groups[g + 1].first, HEBB_GRID_ALPHA) != alpha;
        if (is_last) find_limit(study, g + 1, groups, numbers); /* alpha varies slowest */
    }
    free(numbers);
    return HEBB_OK;
}

hebb_status hebb_phase_groups_measure(const hebb_study *study, size_t *n, hebb_phase_group **groups)
{
    hebb_phase_tops tops;
    room r = {0};
    *n = 0;
    *groups = calloc(study->n_points, sizeof **groups);
    hebb_status status = *groups != NULL ? room_make(study, &r) : hebb_fail(HEBB_ENOMEM, "no memory for the edges");
    if (status == HEBB_OK && (status = hebb_phase_tops_find(&tops)) != HEBB_OK)
        hebb_fail(status, "the tops of the phase diagram could not be solved for");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        if (*n > 0 && is_same_group(study, (*groups)[*n - 1].first, point)) continue; /* T varies fastest */
        (*groups)[*n] = (hebb_phase_group){.first = point};
        status = measure_group(study, &tops, &r, &(*groups)[(*n)++]);
    }
    room_free(&r);
    return status == HEBB_OK ? find_limits(study, *n, *groups) : status;
}
