/* What the dense experiment says of its replicas: summary.csv, theory.csv, finite_size.csv, verdict.csv. */
#include <math.h>
#include <stdlib.h>

#include "dense_study.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before the runs that are judged by them.
 *
 * Tolerance of m.  Relaxation from the pattern stops in the first minimum, nearer the pattern than equilibrium.  Up to
 * M_JUDGED_TO of a_c the excess is bounded by FIRST_MINIMUM_EXCESS (at n = 2, alpha = .083, none is seen:
 * docs/capacity.md); beyond, no bound is known.  Finite size moves the load by a share of at most n^2/N: signal and
 * noise are moments of sums of N signs, whose corrections are (n-1)/N and (n-1)(n-2)/N; m moves by that times
 * dm/d ln a.
 *
 * Lost runs.  The noise on the N fields is a sample, so that the transition is rounded over O(N^(-1/2)): at n = 2
 * within [alpha_c - N^(-1/2), alpha_c + 3 N^(-1/2)], the shares -7 .. 22 of alpha_c.  There the theory of infinite N
 * does not say which share is lost.
 *
 * At T > 0 nothing stops in a first minimum; m is judged up to M_JUDGED_TO_WARM, where replica symmetry is stable.
 * Above a_c a pattern takes time to be lost.
 *
 * a_c.  As for the capacity at n = 2, .004 and .006 of .138: the straight line in N^(-1/2) is a leading law.
 */
static const double M_JUDGED_TO = 0.6, M_JUDGED_TO_WARM = 0.75, FIRST_MINIMUM_EXCESS = 1e-3, M_RESOLUTION = 3e-3;
static const double WINDOW_BELOW = 7.0, WINDOW_ABOVE = 22.0, LOST_TOLERANCE = 0.02, LOST_RESOLUTION = 0.05;
static const double A_C_TOLERANCE = 0.03, A_C_RESOLUTION = 0.045; /* shares of a_c */

static const char FIRST_MINIMUM[] = "relaxation stops in the first minimum, a little nearer the pattern than "
                                    "equilibrium; finite size moves the load by a share of up to n^2/N";
static const char FINITE_SIZE[] = "finite size moves the load by a share of up to n^2/N";
static const char BROKEN[] = "replica symmetry is broken at this temperature";
static const char UNSETTLED[] = "some runs had not settled within --sweeps";
static const char NO_THEORY[] = "the theory has the rectified power at T = 0 and n > 2 alone";
static const char NEAR_PATTERN[] = "the theory is of what is near the pattern: only starts at the pattern are judged";
static const char REMANENCE[] = "for n >= 3 relaxation at T = 0 keeps a remanent overlap above a_c: see a_c";

enum { N_OBSERVABLES = 6, N_COMPARISONS_A_POINT = 2 };
enum { M, M_RETRIEVED, ERROR_RETRIEVED, ENERGY_RETRIEVED, M_COOLED, LOST };

#define THEORY "replica-symmetric theory at the point's K; empty where it has no retrieval state"
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("m", "1", "overlap with the pattern, mean over all runs", THEORY),
    HEBB_OBSERVABLE("m_retrieved", "1", "the same over the runs that were not lost", THEORY),
    HEBB_OBSERVABLE("error_retrieved", "1", "share of wrong bits (1-m)/2 of the runs that were not lost", THEORY),
    HEBB_OBSERVABLE(
        "energy_retrieved", "J", "energy per neuron of the runs that were not lost",
        "replica-symmetric theory; empty for even n and rectified, whose energies have a mean over all states"),
    HEBB_OBSERVABLE("m_cooled", "1", "overlap after relaxation at T = 0, of the runs that were not lost", "at T = 0"),
    HEBB_OBSERVABLE("lost", "1", "share of runs whose overlap m was below three quarters of m_c",
                    "0 where the theory has a retrieval state at the point's K, else 1"),
};
#undef THEORY

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
    double m_slope;   /* dm/d ln a of the theory */
    double at_margin; /* and its stability */
    size_t n_lost, n_unsettled;
} point_result;

typedef struct {
    hebb_study *study;
    size_t n_groups;
    hebb_dense_group *groups;
    point_result *results;
} report;

/* ---- groups ---- */

static hebb_interaction_kind kind_of(const hebb_study *study)
{
    return ((const hebb_dense_study *)study->own)->kind;
}

/* Loads of the theory's power are these times a load of the study's interaction: half of the noise is cut off. */
static double load_factor(const hebb_study *study)
{
    return kind_of(study) == HEBB_INTERACTION_RECTIFIED ? 0.5 : 1.0;
}

static hebb_dense_group *group_of(const report *r, size_t point)
{
    for (size_t g = 0; g < r->n_groups; g++)
        if (hebb_dense_is_of(r->study, &r->groups[g], point)) return &r->groups[g];
    return NULL;
}

static hebb_status find_groups(report *r)
{
    for (size_t point = 0; point < r->study->n_points; point++) {
        if (group_of(r, point) != NULL) continue;
        const int degree = hebb_dense_study_degree(r->study, point);
        const double T = hebb_study_grid(r->study, point, DENSE_TEMPERATURE);
        const bool plain = kind_of(r->study) == HEBB_INTERACTION_POWER;
        hebb_dense_group *group = &r->groups[r->n_groups++];
        *group = (hebb_dense_group){.first = point, .has_theory = plain || (degree > 2 && T == 0.0)};
        const hebb_status status = hebb_dense_spinodal(degree, T, &group->end);
        if (status != HEBB_OK) return hebb_fail(status, "the end of retrieval at degree %d was not found", degree);
        group->end.load /= load_factor(r->study);
    }
    return HEBB_OK;
}

/* ---- estimates ---- */

/* The mean of a value over the runs that were not lost, which stay in kept; the others are NaN there. */
static hebb_estimate mean_of_kept(const hebb_study *study, size_t point, size_t value, double least, double *kept)
{
    for (size_t k = 0; k < study->n_replicas; k++) {
        const double *run = hebb_study_values(study, point, k);
        kept[k] = run[DENSE_M] < least ? NAN : run[value];
    }
    return hebb_estimate_mean(study->n_replicas, kept);
}

static void measure(const report *r, size_t point, double *scratch)
{
    point_result *result = &r->results[point];
    const hebb_study *study = r->study;
    const size_t n = study->n_replicas;
    const double least = DENSE_LOST_BELOW * group_of(r, point)->end.m;
    hebb_study_gather(study, point, DENSE_M, scratch);
    result->of[M].estimate = hebb_estimate_mean(n, scratch);
    for (size_t k = 0; k < n; k++) {
        result->n_unsettled += hebb_study_values(study, point, k)[DENSE_OUTCOME] == HEBB_RELAX_UNFINISHED;
        result->n_lost += scratch[k] < least;
    }
    result->of[M_RETRIEVED].estimate = mean_of_kept(study, point, DENSE_M, least, scratch);
    for (size_t k = 0; k < n; k++) scratch[k] = 0.5 * (1.0 - scratch[k]);
    result->of[ERROR_RETRIEVED].estimate = hebb_estimate_mean(n, scratch);
    result->of[ENERGY_RETRIEVED].estimate = mean_of_kept(study, point, DENSE_ENERGY, least, scratch);
    result->of[M_COOLED].estimate = mean_of_kept(study, point, DENSE_M_COOLED, least, scratch);
    result->of[LOST].estimate = hebb_estimate_share(result->n_lost, n);
}

static hebb_status add_theory(const report *r, size_t point)
{
    const double load = hebb_dense_study_load(r->study, point) * load_factor(r->study), step = 1e-4;
    const double T = hebb_study_grid(r->study, point, DENSE_TEMPERATURE);
    const int degree = hebb_dense_study_degree(r->study, point);
    point_result *result = &r->results[point];
    hebb_dense_state state, below;
    for (int k = 0; k < N_OBSERVABLES; k++) result->of[k].theory = NAN;
    if (!group_of(r, point)->has_theory) return HEBB_OK;
    const hebb_status status = hebb_dense_retrieval(degree, load, T, &state);
    result->of[LOST].theory = status == HEBB_OK ? 0.0 : 1.0;
    if (status == HEBB_ENOSOLUTION) return HEBB_OK;
    if (status != HEBB_OK)
        return hebb_fail(status, "the saddle-point equations failed at degree %d, load %g", degree, load);
    result->of[M].theory = result->of[M_RETRIEVED].theory = state.m;
    result->of[ERROR_RETRIEVED].theory = state.error;
    if (degree % 2 != 0 && kind_of(r->study) == HEBB_INTERACTION_POWER) result->of[ENERGY_RETRIEVED].theory = state.e;
    result->at_margin = state.at_margin;
    if (hebb_dense_retrieval(degree, load * (1.0 - step), T, &below) == HEBB_OK)
        result->m_slope = (below.m - state.m) / step;
    return HEBB_OK;
}

static hebb_status measure_all(const report *r)
{
    double *scratch = calloc(r->study->n_replicas, sizeof *scratch);
    hebb_status status = scratch != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t k = 0; status == HEBB_OK && k < r->study->n_points; k++) {
        measure(r, k, scratch);
        status = add_theory(r, k);
    }
    free(scratch);
    return status;
}

/* ---- summary.csv and theory.csv ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
    hebb_table_number(table, hebb_dense_study_load(study, point));
    hebb_table_number(table, (double)x->n_unsettled);
}

static hebb_status save_summary(const report *r)
{
    static const hebb_column more[] = {{"load_measured", "1", "load a of the point's own K, at which theory is taken"},
                                       {"unsettled", "1", "runs given up after --sweeps"}};
    return hebb_summary_save(r->study, N_OBSERVABLES, observables, sizeof more / sizeof *more, more, add_summary_row,
                             r->results);
}

/* Whether an earlier group has the same degree and temperature, and with them the same theory. */
static bool is_repeated(const report *r, size_t group)
{
    for (size_t g = 0; g < group; g++)
        if (r->groups[g].end.degree == r->groups[group].end.degree &&
            r->groups[g].end.temperature == r->groups[group].end.temperature)
            return true;
    return false;
}

/* A fine grid for the line, close together near a_c, where m falls with an infinite slope, and ending there. */
static void add_line(const report *r, const hebb_dense_group *group, hebb_table *table)
{
    enum { N_STEPS = 120 };
    for (int k = 1; k <= N_STEPS; k++) {
        const double rest = 1.0 - (double)k / N_STEPS, load = group->end.load * (1.0 - rest * rest);
        hebb_dense_state state;
        const hebb_status solved =
            hebb_dense_retrieval(group->end.degree, load * load_factor(r->study), group->end.temperature, &state);
        hebb_table_number(table, group->end.degree);
        hebb_table_number(table, group->end.temperature);
        hebb_table_number(table, load);
        hebb_table_number(table, solved == HEBB_OK ? state.m : NAN);
        hebb_table_number(table, solved == HEBB_OK ? state.error : NAN);
        hebb_theory_table_status(table, solved);
    }
}

/* Without a theory the line is its beginning: without a load nothing but the pattern counts. */
static void add_beginning(const hebb_dense_group *group, hebb_table *table)
{
    hebb_dense_state state;
    const hebb_status solved = hebb_dense_retrieval(group->end.degree, 1e-12, group->end.temperature, &state);
    hebb_table_number(table, group->end.degree);
    hebb_table_number(table, group->end.temperature);
    hebb_table_number(table, 0.0);
    hebb_table_number(table, solved == HEBB_OK ? state.m : NAN);
    hebb_table_number(table, solved == HEBB_OK ? state.error : NAN);
    hebb_table_text(table, NO_THEORY);
}

static hebb_status save_theory(const report *r)
{
    static const hebb_column columns[] = {
        {"degree", "1", "degree n of F(x) = x^n"},
        {"temperature", "J", "temperature T"},
        {"load", "1", "load a = K (2n-3)!!/N^(n-1); the last row of a degree and temperature is a_c"},
        {"m", "1", "overlap of the retrieval state, replica symmetry"},
        {"error", "1", "its share of wrong bits, (1-m)/2"},
        HEBB_STATUS_COLUMN,
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t g = 0; status == HEBB_OK && g < r->n_groups; g++)
        if (!is_repeated(r, g)) {
            if (r->groups[g].has_theory)
                add_line(r, &r->groups[g], &table);
            else
                add_beginning(&r->groups[g], &table);
        }
    if (status == HEBB_OK) status = hebb_study_save(r->study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

/* Why nothing at the point is judged, or NULL. */
static const char *reason_against(const report *r, size_t point)
{
    if (!group_of(r, point)->has_theory) return NO_THEORY;
    if (hebb_study_grid(r->study, point, DENSE_M0) != 1.0) return NEAR_PATTERN;
    return r->results[point].n_unsettled > 0 ? UNSETTLED : NULL;
}

/* Why m is not judged, although something at the point may be; or NULL. */
static const char *reason_against_m(const report *r, size_t point)
{
    const hebb_dense_group *group = group_of(r, point);
    const bool warm = group->end.temperature > 0.0;
    const char *against = reason_against(r, point);
    if (against != NULL) return against;
    if (isnan(r->results[point].of[M_RETRIEVED].theory)) return "above a_c the theory has no retrieval state";
    if (hebb_dense_study_load(r->study, point) > (warm ? M_JUDGED_TO_WARM : M_JUDGED_TO) * group->end.load)
        return warm ? "too close to a_c for a long life"
                    : "too close to a_c: how far relaxation stops from equilibrium is not known";
    return warm && !(r->results[point].at_margin > 0.0) ? BROKEN : NULL;
}

static hebb_comparison compare_m(const report *r, size_t point)
{
    const hebb_measurement *x = &r->results[point].of[M_RETRIEVED];
    const double n = hebb_dense_study_degree(r->study, point);
    const double moved = fabs(r->results[point].m_slope) * n * n / (double)hebb_dense_study_neurons(r->study, point);
    const bool warm = group_of(r, point)->end.temperature > 0.0;
    const char *against = reason_against_m(r, point);
    return (hebb_comparison){.quantity = "m_retrieved",
                             .point = point,
                             .simulation = x->estimate.value,
                             .error = x->estimate.error,
                             .n_samples = x->estimate.n,
                             .theory = x->theory,
                             .tolerance = moved + (warm ? 0.0 : FIRST_MINIMUM_EXCESS),
                             .resolution = moved + M_RESOLUTION,
                             .note = against != NULL ? against
                                     : warm          ? FINITE_SIZE
                                                     : FIRST_MINIMUM,
                             .not_judged = against != NULL};
}

static hebb_comparison compare_lost(const report *r, size_t point)
{
    const hebb_measurement *x = &r->results[point].of[LOST];
    const double width = 1.0 / sqrt((double)hebb_dense_study_neurons(r->study, point));
    const double distance = hebb_dense_study_load(r->study, point) / group_of(r, point)->end.load - 1.0;
    const char *against = reason_against(r, point);
    hebb_comparison c = {.quantity = "lost",
                         .point = point,
                         .simulation = x->estimate.value,
                         .error = x->estimate.error,
                         .theory = x->theory,
                         .tolerance = LOST_TOLERANCE,
                         .resolution = LOST_RESOLUTION,
                         .note = ""};
    if (against != NULL)
        c.note = against;
    else if (distance > 0.0 && group_of(r, point)->end.degree > 2 && group_of(r, point)->end.temperature == 0.0)
        c.note = REMANENCE;
    else if (distance > -WINDOW_BELOW * width && distance < WINDOW_ABOVE * width)
        c.note = "within the finite-size rounding of the transition, shares of -7 to 22 N^(-1/2) around a_c";
    c.not_judged = *c.note != '\0';
    return c;
}

/* A limit has no point of the grid: its degree is in its name. */
static const char *const A_C_NAMES[] = {"a_c", "a_c_degree_2", "a_c_degree_3", "a_c_degree_4"};

static const char *text_of_limit(const hebb_dense_group *group)
{
    if (group->end.temperature > 0.0)
        return "in the heat bath: extrapolated in 1/N, a power that is assumed; finite_size.csv has N^(-1/2) beside it";
    return group->end.degree == 2 ? "T = 0, n = 2: extrapolated in N^(-1/2), the leading law"
                                  : "T = 0, n >= 3: relaxation stops at once, in a landscape where replica symmetry is "
                                    "broken; in the heat bath retrieval ends at a_c";
}

static hebb_comparison compare_a_c(const report *r, const hebb_dense_group *group)
{
    const char *against = NULL;
    if (!group->has_theory)
        against = NO_THEORY;
    else if (hebb_study_grid(r->study, group->first, DENSE_M0) != 1.0)
        against = NEAR_PATTERN;
    else if (group->n_fitted < 3)
        against = "fewer than three sizes with a loss curve: nothing shows whether they lie on a straight line";
    else if (group->end.temperature > 0.0 && !(group->end.at_margin > 0.0))
        against = BROKEN;
    return (hebb_comparison){.quantity = A_C_NAMES[group->end.degree > 4 ? 0 : group->end.degree - 1],
                             .point = SIZE_MAX,
                             .simulation = hebb_dense_limit(group)->limit,
                             .error = hebb_dense_limit(group)->limit_error,
                             .theory = group->has_theory ? group->end.load : NAN,
                             .tolerance = A_C_TOLERANCE * group->end.load,
                             .resolution = A_C_RESOLUTION * group->end.load,
                             .note = against != NULL ? against : text_of_limit(group),
                             .not_judged = against != NULL};
}

static hebb_status save_verdicts(const report *r)
{
    const size_t n_points = r->study->n_points, n = N_COMPARISONS_A_POINT * n_points + r->n_groups;
    hebb_comparison *comparisons = calloc(n, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n);
    for (size_t point = 0; point < n_points; point++) {
        comparisons[point] = compare_m(r, point);
        comparisons[n_points + point] = compare_lost(r, point);
    }
    for (size_t g = 0; g < r->n_groups; g++)
        comparisons[N_COMPARISONS_A_POINT * n_points + g] = compare_a_c(r, &r->groups[g]);
    const hebb_status status = hebb_study_save_verdicts(r->study, n, comparisons);
    free(comparisons);
    return status;
}

/* ---- what the user reads ---- */

static void say(const report *r)
{
    size_t n_unsettled = 0;
    for (size_t k = 0; k < r->study->n_points; k++) n_unsettled += r->results[k].n_unsettled;
    if (n_unsettled > 0)
        hebb_study_say(r->study, "dense: %zu runs had not settled and were given up: give more --sweeps", n_unsettled);
    for (size_t g = 0; g < r->n_groups; g++) {
        const hebb_dense_group *group = &r->groups[g];
        if (group->extrapolated == HEBB_OK && group->has_theory)
            hebb_study_say(r->study,
                           "dense: n = %d, T = %g: half of the runs lost at a = %.4f +- %.4f, from %zu sizes; a_c %.6f",
                           group->end.degree, group->end.temperature, hebb_dense_limit(group)->limit,
                           hebb_dense_limit(group)->limit_error, group->n_fitted, group->end.load);
    }
}

static hebb_status save_finite_size(const report *r)
{
    size_t *n_lost = calloc(r->study->n_points, sizeof *n_lost);
    if (n_lost == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the finite-size analysis");
    for (size_t k = 0; k < r->study->n_points; k++) n_lost[k] = r->results[k].n_lost;
    const hebb_status status = hebb_dense_finite_size(r->study, n_lost, r->n_groups, r->groups);
    free(n_lost);
    return status;
}

hebb_status hebb_dense_report(hebb_study *study)
{
    report r = {.study = study,
                .groups = calloc(study->n_points, sizeof *r.groups),
                .results = calloc(study->n_points, sizeof *r.results)};
    hebb_status status = r.groups != NULL && r.results != NULL
                             ? HEBB_OK
                             : hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    if (status == HEBB_OK) status = find_groups(&r);
    if (status == HEBB_OK) status = measure_all(&r);
    if (status == HEBB_OK) status = save_summary(&r);
    if (status == HEBB_OK) status = save_theory(&r);
    if (status == HEBB_OK) status = save_finite_size(&r);
    if (status == HEBB_OK) status = save_verdicts(&r);
    if (status == HEBB_OK) say(&r);
    free(r.groups);
    free(r.results);
    return status;
}
