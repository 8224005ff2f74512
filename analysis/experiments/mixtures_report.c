/* What the mixtures experiment says of its replicas: summary.csv, theory.csv, verdict.csv, and those of mixtures_edges.c. */
#include "mixtures_study.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_sort.h>

#include "jackknife.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Tolerances were fixed before any run, the resolution of the eigenvalues after small pilot runs.
 *
 * Eigenvalues and m are those of infinite N.  They are judged where the first correction in 1/N, computed, is within the
 * tolerance: closer to T_n, as 1/(N lambda^3), fluctuations explore the barrier.  That correction counts the n patterns
 * alone.  Roots and limits: 3 % tell .4598 from .3847, and hold the bend of the curve beyond the last point.
 */
static const double EIGENVALUE_TOLERANCE = 0.02, EIGENVALUE_RESOLUTION = 0.1; /* shares of the theory */
static const double M_TOLERANCE = 2e-4, M_RESOLUTION = 1e-3;
static const double EDGE_TOLERANCE = 0.03, EDGE_RESOLUTION = 0.03; /* shares of T_n */

/* Relaxation times that must be over before measuring: e^-10 of the start is left in the variance. */
static const double RELAXATIONS_WANTED = 5.0, DRIFT_Z_ALLOWED = 4.0;

#define THEORY "theory of infinite N; empty where there is no mixture, at T >= 1"
static const hebb_observable observables[] = {
    HEBB_OBSERVABLE("m", "1", "overlap with each of the n patterns, mean over the runs that stayed", THEORY),
    HEBB_OBSERVABLE("energy", "J", "energy per neuron of these", THEORY),
    HEBB_OBSERVABLE("eig_longitudinal", "1", "eigenvalue of the Hessian along (1, .., 1), from fluctuations", THEORY),
    HEBB_OBSERVABLE("eig_unmixed", "1", "eigenvalue along a pattern that is not mixed", THEORY),
    HEBB_OBSERVABLE("eig_transverse", "1", "eigenvalue across (1, .., 1) among the mixed", THEORY),
};
#undef THEORY
enum { N_OBSERVABLES = sizeof observables / sizeof *observables };

/* ---- measurement ---- */

static double eigenvalue(const void *context, const double *means)
{
    (void)context;
    return 1.0 / (1.0 + means[0]);
}

/* The runs that stayed: x[n] of them. */
static size_t gather(const hebb_study *study, size_t point, size_t value, double *x)
{
    size_t n = 0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        if (values[MIXTURES_LEFT] == 0.0 && !isnan(values[value])) x[n++] = values[value];
    }
    return n;
}

static hebb_status find_eigenvalue(const hebb_study *study, size_t point, size_t value, double *scratch,
                                   hebb_estimate *estimate)
{
    const size_t n = gather(study, point, value, scratch);
    const hebb_status status = hebb_jackknife(n, 1, scratch, eigenvalue, NULL, estimate);
    return status == HEBB_OK ? HEBB_OK : hebb_fail(status, "no memory for the estimates");
}

/* The sweeps until half of the runs had left. */
static double find_half_life(const hebb_study *study, size_t point, double *scratch)
{
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        scratch[r] = values[MIXTURES_LEFT] != 0.0 ? values[MIXTURES_SWEEPS] : INFINITY;
    }
    gsl_sort(scratch, 1, study->n_replicas);
    const double half = scratch[(study->n_replicas - 1) / 2];
    return isfinite(half) ? half : NAN;
}

static void add_theory(hebb_mixtures_point *x)
{
    x->exists = hebb_mixture_solve(x->order, x->temperature, &x->theory) == HEBB_OK;
    if (!x->exists) {
        x->theory =
            (hebb_mixture){.m = NAN, .f = NAN, .eig_longitudinal = NAN, .eig_unmixed = NAN, .eig_transverse = NAN};
        x->shift = (hebb_mixture_shift){NAN, NAN};
    } else if (hebb_mixture_shift_find(&x->theory, &x->shift) != HEBB_OK)
        x->shift = (hebb_mixture_shift){NAN, NAN};
}

static hebb_status measure(const hebb_study *study, size_t point, double *scratch, hebb_mixtures_point *x)
{
    *x = (hebb_mixtures_point){.order = (int)hebb_study_grid(study, point, MIXTURES_ORDER),
                               .temperature = hebb_study_grid(study, point, MIXTURES_TEMPERATURE),
                               .n_neurons = hebb_study_grid(study, point, MIXTURES_NEURONS),
                               .n_runs = study->n_replicas};
    for (size_t r = 0; r < study->n_replicas; r++)
        x->n_left += hebb_study_values(study, point, r)[MIXTURES_LEFT] != 0.0;
    x->m = hebb_estimate_mean(gather(study, point, MIXTURES_M, scratch), scratch);
    x->energy = hebb_estimate_mean(gather(study, point, MIXTURES_ENERGY, scratch), scratch);
    const double r = hebb_estimate_mean(gather(study, point, MIXTURES_CORRELATION, scratch), scratch).value;
    x->relaxation = r > 0.0 && r < 1.0 ? -1.0 / log(r) : NAN;
    const hebb_estimate drift = hebb_estimate_mean(gather(study, point, MIXTURES_DRIFT, scratch), scratch);
    x->drift_z = hebb_verdict_z(drift.value, drift.error, 0.0);
    x->half_life = find_half_life(study, point, scratch);
    hebb_status status = find_eigenvalue(study, point, MIXTURES_CHI_LONGITUDINAL, scratch, &x->longitudinal);
    if (status == HEBB_OK) status = find_eigenvalue(study, point, MIXTURES_CHI_UNMIXED, scratch, &x->unmixed);
    if (status == HEBB_OK) status = find_eigenvalue(study, point, MIXTURES_CHI_TRANSVERSE, scratch, &x->transverse);
    add_theory(x);
    return status;
}

const char *hebb_mixtures_unsettled(const hebb_study *study, const hebb_mixtures_point *x)
{
    const hebb_mixtures_study *own = study->own;
    if (x->n_left == x->n_runs) return "every run left the mixture";
    if (x->n_left > 0) return "some runs left the mixture: those that stayed are a selection";
    if ((double)own->equilibration < RELAXATIONS_WANTED * x->relaxation) /* not where they are too fast to be known */
        return "fluctuations relax slowly: give more sweeps to --equilibration";
    if (fabs(x->drift_z) > DRIFT_Z_ALLOWED) return "the two halves of the measured sweeps differ";
    return NULL;
}

/* Why the averages of a point are not those of the theory's mixture; NULL: they are. */
static const char *shortcoming(const hebb_study *study, const hebb_mixtures_point *x)
{
    if (!x->exists) return "there is no mixture at T >= 1";
    if (!x->theory.stable) return "the mixture is unstable at this temperature";
    return hebb_mixtures_unsettled(study, x);
}

/* ---- summary.csv and theory.csv ---- */

static const hebb_column further[] = {
    {"left", "1", "share of the runs that left the mixture within --sweeps; the averages are over the others"},
    {"left_err", "1", "standard error of left"},
    {"escaped", "1", "number of these runs"},
    {"half_life", "sweeps", "after which half of the runs had left; empty where they had not"},
    {"relaxation", "sweeps", "in which transverse fluctuations fall by a factor e"},
    {"halves_z", "1",
     "chi_transverse of the second half of the measured sweeps less that of the first, over its error"},
    {"eig_transverse_finite", "1", "theory with the first correction in 1/N"},
    {"status", "", "ok, or what is wrong with the averages"},
};

static void add_further(const hebb_study *study, const hebb_mixtures_point *x, hebb_table *table)
{
    const hebb_estimate left = hebb_estimate_share(x->n_left, x->n_runs);
    const char *status = shortcoming(study, x);
    const double cells[] = {left.value,
                            left.error,
                            (double)x->n_left,
                            x->half_life,
                            x->relaxation,
                            x->drift_z,
                            x->theory.eig_transverse + x->shift.eig_transverse / x->n_neurons};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_table_text(table, status != NULL ? status : "ok");
}

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const hebb_mixtures_point *x = (const hebb_mixtures_point *)results + point;
    const hebb_measurement measured[N_OBSERVABLES] = {
        {x->m, x->theory.m},
        {x->energy, x->exists ? -0.5 * x->order * x->theory.m * x->theory.m : NAN},
        {x->longitudinal, x->theory.eig_longitudinal},
        {x->unmixed, x->theory.eig_unmixed},
        {x->transverse, x->theory.eig_transverse}};
    hebb_summary_add(study, point, N_OBSERVABLES, measured, table);
    add_further(study, x, table);
}

static void add_theory_row(int order, double T, hebb_table *table)
{
    hebb_mixture at;
    const hebb_status solved = hebb_mixture_solve(order, T, &at);
    const double cells[] = {at.m, at.f, at.eig_longitudinal, at.eig_unmixed, at.eig_transverse};
    hebb_table_number(table, order);
    hebb_table_number(table, T);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
        hebb_table_number(table, solved == HEBB_OK ? cells[k] : NAN);
    hebb_theory_table_status(table, solved);
}

/* A fine grid for the lines of each order, 0 < T < 1. */
static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"order", "1", "number n of patterns mixed"},
        {"temperature", "J", "temperature T"},
        {"m", "1", "overlap with each of the n patterns"},
        {"f", "J", "free energy per neuron"},
        {"eig_longitudinal", "1", "eigenvalue of the Hessian along (1, .., 1)"},
        {"eig_unmixed", "1", "eigenvalue along a pattern that is not mixed"},
        {"eig_transverse", "1", "eigenvalue across (1, .., 1) among the mixed; empty for n = 1"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    enum { N_STEPS = 400 };
    const hebb_list *orders = hebb_options_list(study->options, "order");
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t a = 0; status == HEBB_OK && a < orders->length; a++)
        for (int k = 1; k < N_STEPS; k++) add_theory_row((int)orders->values[a], (double)k / N_STEPS, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

static const char LEADING[] = "theory of infinite N; where judged, its first correction in 1/N is within the tolerance";

/* Why a point is not judged; NULL: it is. */
static const char *objection(const hebb_study *study, const hebb_mixtures_point *x, size_t point)
{
    const hebb_mixtures_study *own = study->own;
    const char *status = shortcoming(study, x);
    if (status != NULL) return status;
    if (own->are_random) return "random patterns are not balanced, which shifts the eigenvalues at finite N";
    if (fmod(x->n_neurons, ldexp(1.0, (int)hebb_study_grid(study, point, MIXTURES_PATTERNS))) != 0.0)
        return "2^p does not divide N: the patterns are not quite balanced";
    return NULL;
}

static hebb_comparison compare(const hebb_study *study, const hebb_mixtures_point *x, size_t point, const char *name,
                               const hebb_estimate *estimate, double theory)
{
    hebb_comparison c = {.quantity = name,
                         .point = point,
                         .simulation = estimate->value,
                         .error = estimate->error,
                         .n_samples = estimate->n,
                         .theory = theory,
                         .tolerance = EIGENVALUE_TOLERANCE * theory,
                         .resolution = EIGENVALUE_RESOLUTION * theory,
                         .note = objection(study, x, point)};
    double correction = x->order > 1 ? fabs(x->shift.eig_transverse / x->theory.eig_transverse) : 0.0;
    double allowed = EIGENVALUE_TOLERANCE;
    if (estimate == &x->m) {
        c.tolerance = M_TOLERANCE;
        c.resolution = M_RESOLUTION;
        correction = fabs(x->shift.m);
        allowed = M_TOLERANCE;
    }
    if (c.note == NULL && !(correction <= allowed * x->n_neurons))
        c.note = "too close to the end of the mixture at this N: the correction in 1/N exceeds the tolerance";
    c.not_judged = c.note != NULL;
    if (c.note == NULL) c.note = LEADING;
    return c;
}

static hebb_comparison compare_edge(const hebb_mixtures_edge *edge, const char *note)
{
    const double tolerance = EDGE_TOLERANCE * edge->theory;
    const bool is_off = !(fabs(edge->expected - edge->theory) <= tolerance);
    if (is_off)
        note = "too far from T_n to be extrapolated, or too small a network: t_line in roots.csv is off as well";
    return (hebb_comparison){.quantity = edge->name,
                             .point = SIZE_MAX,
                             .not_judged = is_off,
                             .simulation = edge->temperature,
                             .error = edge->error,
                             .theory = edge->theory,
                             .tolerance = tolerance,
                             .resolution = EDGE_RESOLUTION * edge->theory,
                             .note = note};
}

typedef struct {
    size_t n_roots, n_limits;
    hebb_mixtures_edge *roots, *limits; /* room for one a point */
} edges;

/* A verdict has no N for a quantity of the whole study: roots of smaller sizes are in roots.csv alone. */
static bool is_largest(const edges *found, size_t k)
{
    for (size_t j = 0; j < found->n_roots; j++)
        if (found->roots[j].order == found->roots[k].order && found->roots[j].n_neurons > found->roots[k].n_neurons)
            return false;
    return true;
}

static size_t compare_point(const hebb_study *study, const hebb_mixtures_point *x, size_t k, hebb_comparison *c)
{
    size_t n = 0;
    c[n++] = compare(study, x, k, "m", &x->m, x->theory.m);
    c[n++] = compare(study, x, k, "eig_longitudinal", &x->longitudinal, x->theory.eig_longitudinal);
    if (hebb_study_grid(study, k, MIXTURES_PATTERNS) > x->order)
        c[n++] = compare(study, x, k, "eig_unmixed", &x->unmixed, x->theory.eig_unmixed);
    if (x->order > 1) c[n++] = compare(study, x, k, "eig_transverse", &x->transverse, x->theory.eig_transverse);
    return n;
}

static hebb_status save_verdicts(hebb_study *study, const hebb_mixtures_point *points, const edges *found)
{
    size_t n = 0;
    const bool random = ((const hebb_mixtures_study *)study->own)->are_random;
    hebb_comparison *comparisons = calloc(6 * study->n_points, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    for (size_t k = 0; k < study->n_points; k++) n += compare_point(study, &points[k], k, comparisons + n);
    const size_t n_of_points = n;
    for (size_t k = 0; k < found->n_roots; k++)
        if (is_largest(found, k) && !isnan(found->roots[k].theory) && !isnan(found->roots[k].temperature))
            comparisons[n++] = compare_edge(&found->roots[k], "of the largest N, extrapolated: see roots.csv");
    for (size_t k = 0; k < found->n_limits; k++)
        if (!isnan(found->limits[k].theory) && !isnan(found->limits[k].temperature))
            comparisons[n++] = compare_edge(
                &found->limits[k],
                "half loss in a time that grows as N^(1/3), extrapolated in N^(-1/3): see finite_size.csv");
    for (size_t k = n_of_points; random && k < n; k++) {
        comparisons[k].not_judged = 1;
        comparisons[k].note = "random patterns are not balanced, which shifts T_n at finite N";
    }
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

/* ---- what the user reads ---- */

/* Of even n there is no T_n to find. */
static void say_root(const hebb_study *study, const hebb_mixtures_edge *root)
{
    if (!isnan(root->temperature))
        hebb_study_say(study,
                       "mixtures: n = %d, N = %.0f: the transverse eigenvalue vanishes at T = %.4f +- %.4f, by a line "
                       "that leads from the theory's eigenvalues to %.4f; T_n = %.6f",
                       root->order, root->n_neurons, root->temperature, root->error, root->expected, root->theory);
    else if (!isnan(root->theory))
        hebb_study_say(study,
                       "mixtures: n = %d, N = %.0f: fewer than two temperatures to find T_n from; give a larger "
                       "--neurons, or a --temperature nearer below T_n = %.4f",
                       root->order, root->n_neurons, root->theory);
}

static void say(const hebb_study *study, const hebb_mixtures_point *points, const edges *found)
{
    size_t n_points = 0;
    for (size_t k = 0; k < study->n_points; k++) n_points += points[k].n_left > 0;
    if (n_points > 0)
        hebb_study_say(study, "mixtures: at %zu of %zu points runs left the mixture: they are not in the averages",
                       n_points, study->n_points);
    for (size_t k = 0; k < found->n_roots; k++) say_root(study, &found->roots[k]);
    for (size_t k = 0; k < found->n_limits; k++)
        if (!isnan(found->limits[k].temperature))
            hebb_study_say(study, "mixtures: n = %d: half loss at T = %.4f +- %.4f for infinite N; theory %.6f",
                           found->limits[k].order, found->limits[k].temperature, found->limits[k].error,
                           found->limits[k].theory);
}

hebb_status hebb_mixtures_report(hebb_study *study)
{
    const size_t n = study->n_points;
    hebb_mixtures_point *points = calloc(n, sizeof *points);
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    edges found = {0, 0, calloc(n, sizeof *found.roots), calloc(n, sizeof *found.limits)};
    hebb_status status = points != NULL && scratch != NULL && found.roots != NULL && found.limits != NULL
                             ? HEBB_OK
                             : hebb_fail(HEBB_ENOMEM, "no memory for %zu points", n);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = measure(study, k, scratch, &points[k]);
    if (status == HEBB_OK)
        status = hebb_summary_save(study, N_OBSERVABLES, observables, sizeof further / sizeof *further, further,
                                   add_summary_row, points);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_mixtures_save_roots(study, points, found.roots, &found.n_roots);
    if (status == HEBB_OK) status = hebb_mixtures_save_losses(study, points, found.limits, &found.n_limits);
    if (status == HEBB_OK) status = save_verdicts(study, points, &found);
    if (status == HEBB_OK) say(study, points, &found);
    free(found.limits);
    free(found.roots);
    free(scratch);
    free(points);
    return status;
}
