/* What the dynamics experiment says of its replicas: summary.csv, theory.csv, verdict.csv. */
#include "dynamics_study.h"

#include <math.h>
#include <stdlib.h>

#include "effective_spin.h"
#include "estimators.h"
#include "retrieval_dynamics.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * Tolerance.  Theory is of infinite N; means over networks differ from it by c/N.  For the first two steps c is of order
 * 1 (the crosstalk's variance is smaller by 1/N, the signal by m_0/N); later steps act on what the earlier ones left
 * over, and fluctuations of O(N^(-1/2)) shift the mean through the curvature of the map: ten times as much is allowed.
 * Where single networks differ by more than SPLIT N^(-1/2) they go different ways, at the edge of the basin, and their
 * mean is no longer that of one large network.
 *
 * Resolution.  Tells the exact steps from Amari and Maginu's wherever these are off by .005, as at alpha = .2 by .046.
 * That of the noise is a share of it.
 */
static const double FIRST_TOLERANCE = 5.0, LATER_TOLERANCE = 50.0; /* over N */
static const double SPLIT = 5.0, M_RESOLUTION = 5e-3, SIGMA2_RESOLUTION = 0.03;

static const char FINITE_SIZE[] = "theory of infinite N; finite N shifts the mean by O(1/N)";
static const char APPROXIMATION[] =
    "Amari and Maginu take the noise for Gaussian: their second step is an approximation";

/* What theory says of one step at one point. */
typedef struct {
    double m, m_error, sigma2, sigma2_error; /* NaN where there is none */
    double m_amari_maginu, sigma2_amari_maginu;
} theory_step;

/* n_steps + 1 of them for one start.  m0: what N allows. */
static hebb_status solve(const hebb_dynamics_study *own, double alpha, double m0, theory_step *steps)
{
    const size_t n = own->n_steps;
    double *map = malloc(2 * (n + 1) * sizeof *map), exact[3], noise[2];
    hebb_effective_step *sampled = calloc(n + 1, sizeof *sampled);
    hebb_status status = map != NULL && sampled != NULL ? HEBB_OK : HEBB_ENOMEM;
    if (status == HEBB_OK) status = hebb_retrieval_dynamics_iterate(alpha, m0, n, map);
    if (status == HEBB_OK) status = hebb_retrieval_dynamics_noise(alpha, m0, n, map + n + 1);
    if (status == HEBB_OK) status = hebb_retrieval_dynamics_exact(alpha, m0, exact);
    if (status == HEBB_OK) status = hebb_retrieval_dynamics_exact_noise(alpha, m0, noise);
    if (status == HEBB_OK && own->n_paths > 0)
        status = hebb_effective_spin_follow(alpha, m0, n, own->n_paths, HEBB_EFFECTIVE_SEED, sampled);
    for (size_t t = 0; status == HEBB_OK && t <= n; t++) {
        const hebb_effective_step none = {NAN, NAN, NAN, NAN}, s = own->n_paths > 0 ? sampled[t] : none;
        steps[t] = (theory_step){.m = t <= 2 ? exact[t] : s.m,
                                 .m_error = t <= 2 ? 0.0 : s.m_error,
                                 .sigma2 = t == n   ? NAN
                                           : t <= 1 ? noise[t]
                                                    : s.sigma2,
                                 .sigma2_error = t == n   ? NAN
                                                 : t <= 1 ? 0.0
                                                          : s.sigma2_error,
                                 .m_amari_maginu = map[t],
                                 .sigma2_amari_maginu = t == n ? NAN : map[n + 1 + t]};
    }
    free(map);
    free(sampled);
    return status == HEBB_OK ? HEBB_OK : hebb_fail(status, "no theory at p/N = %g from m0 = %g", alpha, m0);
}

/* ---- summary.csv ---- */

typedef struct {
    hebb_estimate m, sigma2;
    theory_step theory;
} step_result;

static const hebb_column summary_columns[] = {
    {"step", "1", "synchronous updates so far"},
    {"replicas", "1", "number of replicas"},
    {"m", "1", "overlap with the pattern"},
    {"m_err", "1", "standard error of m"},
    {"m_theory", "1", "exact for N to infinity at p/N; after step 2 by sampled paths, see --paths"},
    {"m_z", "1", "(m - m_theory)/sqrt(m_err^2 + m_theory_err^2)"},
    {"m_theory_err", "1", "statistical error of m_theory"},
    {"m_amari_maginu", "1", "Amari and Maginu's map at p/N"},
    {"m_amari_maginu_z", "1", "(m - m_amari_maginu)/m_err"},
    {"sigma2", "1", "variance over the neurons of the field along the pattern"},
    {"sigma2_err", "1", "standard error of sigma2"},
    {"sigma2_theory", "1", "exact for N to infinity at p/N; after step 1 by sampled paths"},
    {"sigma2_z", "1", "(sigma2 - sigma2_theory)/sqrt(sigma2_err^2 + sigma2_theory_err^2)"},
    {"sigma2_theory_err", "1", "statistical error of sigma2_theory"},
    {"sigma2_amari_maginu", "1", "Amari and Maginu's variance"},
};

static void add_row(const hebb_study *study, size_t point, size_t t, const step_result *x, hebb_table *table)
{
    const theory_step *theory = &x->theory;
    const double cells[] = {
        (double)t,
        (double)study->n_replicas,
        x->m.value,
        x->m.error,
        theory->m,
        hebb_verdict_z(x->m.value, hypot(x->m.error, theory->m_error), theory->m),
        theory->m_error,
        theory->m_amari_maginu,
        hebb_verdict_z(x->m.value, x->m.error, theory->m_amari_maginu),
        x->sigma2.value,
        x->sigma2.error,
        theory->sigma2,
        hebb_verdict_z(x->sigma2.value, hypot(x->sigma2.error, theory->sigma2_error), theory->sigma2),
        theory->sigma2_error,
        theory->sigma2_amari_maginu};
    hebb_study_add_grid(study, point, table);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
}

/* All steps of one point. */
static hebb_status measure(const hebb_study *study, size_t point, theory_step *theory, double *scratch,
                           step_result *results)
{
    const hebb_dynamics_study *own = study->own;
    const hebb_status status = solve(own, hebb_load_grid_load(study, point), hebb_dynamics_start(study, point), theory);
    if (status != HEBB_OK) return status;
    for (size_t t = 0; t <= own->n_steps; t++) {
        results[t].theory = theory[t];
        hebb_study_gather(study, point, t, scratch);
        results[t].m = hebb_estimate_mean(study->n_replicas, scratch);
        results[t].sigma2 = (hebb_estimate){NAN, NAN, 0};
        if (t == own->n_steps) continue;
        hebb_study_gather(study, point, own->n_steps + 1 + t, scratch);
        results[t].sigma2 = hebb_estimate_mean(study->n_replicas, scratch);
    }
    return HEBB_OK;
}

static hebb_status measure_all(const hebb_study *study, step_result *results)
{
    const hebb_dynamics_study *own = study->own;
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    theory_step *theory = calloc(own->n_steps + 1, sizeof *theory);
    hebb_status status =
        scratch != NULL && theory != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        status = measure(study, point, theory, scratch, results + point * (own->n_steps + 1));
    free(scratch);
    free(theory);
    return status;
}

static hebb_status save_summary(const hebb_study *study, const step_result *results)
{
    const hebb_dynamics_study *own = study->own;
    hebb_table table;
    hebb_status status =
        hebb_study_table_init(study, sizeof summary_columns / sizeof *summary_columns, summary_columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t t = 0; t <= own->n_steps; t++)
            add_row(study, point, t, results + point * (own->n_steps + 1) + t, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- theory.csv ---- */

static const hebb_column theory_columns[] = {
    {"alpha", "1", "load"},
    {"m0", "1", "overlap of the initial state"},
    {"step", "1", "synchronous updates so far"},
    {"m", "1", "overlap, exact; after step 2 by sampled paths"},
    {"m_err", "1", "its statistical error"},
    {"m_amari_maginu", "1", "overlap, Amari and Maginu's map"},
    {"sigma2", "1", "variance of the field over the neurons, exact; after step 1 by sampled paths"},
    {"sigma2_err", "1", "its statistical error"},
    {"sigma2_amari_maginu", "1", "the same, Amari and Maginu"},
};

/* The lines at the loads and starts asked for: one a point of the first size. */
static hebb_status save_theory(const hebb_study *study)
{
    const hebb_dynamics_study *own = study->own;
    hebb_table table = {0};
    theory_step *steps = calloc(own->n_steps + 1, sizeof *steps);
    hebb_status status = steps != NULL
                             ? hebb_table_init(&table, sizeof theory_columns / sizeof *theory_columns, theory_columns)
                             : hebb_fail(HEBB_ENOMEM, "no memory for %zu steps", own->n_steps);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        if (hebb_load_grid_neurons(study, point) != hebb_load_grid_neurons(study, 0)) continue;
        const double alpha = hebb_study_grid(study, point, HEBB_GRID_ALPHA);
        const double m0 = hebb_study_grid(study, point, DYNAMICS_M0);
        if ((status = solve(own, alpha, m0, steps)) != HEBB_OK) break;
        for (size_t t = 0; t <= own->n_steps; t++) {
            const double cells[] = {alpha,
                                    m0,
                                    (double)t,
                                    steps[t].m,
                                    steps[t].m_error,
                                    steps[t].m_amari_maginu,
                                    steps[t].sigma2,
                                    steps[t].sigma2_error,
                                    steps[t].sigma2_amari_maginu};
            for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(&table, cells[k]);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    free(steps);
    return status;
}

/* ---- verdict.csv ---- */

static double tolerance_at(const hebb_study *study, size_t point, bool is_early)
{
    return (is_early ? FIRST_TOLERANCE : LATER_TOLERANCE) / hebb_study_grid(study, point, HEBB_GRID_NEURONS);
}

/* The networks go different ways at the step, or at the one that it follows from. */
static bool is_split(const hebb_study *study, size_t point, size_t t, const step_result *x)
{
    const double n = hebb_study_grid(study, point, HEBB_GRID_NEURONS);
    return t > 2 && x->m.error * sqrt((double)x->m.n * n) > SPLIT;
}

static hebb_comparison compare(const hebb_study *study, size_t point, size_t t, bool is_noise, const step_result *x)
{
    const hebb_dynamics_study *own = study->own;
    const hebb_estimate *e = is_noise ? &x->sigma2 : &x->m;
    const double theory = is_noise ? x->theory.sigma2 : x->theory.m;
    hebb_comparison c = {.quantity = own->names[is_noise ? own->n_steps + 1 + t : t],
                         .point = point,
                         .simulation = e->value,
                         .error = hypot(e->error, is_noise ? x->theory.sigma2_error : x->theory.m_error),
                         .n_samples = e->n,
                         .theory = theory,
                         .tolerance = tolerance_at(study, point, t <= (is_noise ? 1 : 2)),
                         .resolution = is_noise ? SIGMA2_RESOLUTION * theory : M_RESOLUTION,
                         .note = FINITE_SIZE};
    if (isnan(theory))
        c.note = "no theory after the first steps with --paths 0";
    else if (is_split(study, point, t, x))
        c.note = "at the edge of the basin: the networks go different ways";
    c.not_judged = c.note != FINITE_SIZE;
    return c;
}

/* What the second step would be without the echo. */
static hebb_comparison compare_with_map(size_t point, const step_result *x)
{
    return (hebb_comparison){.quantity = "m_2_amari_maginu",
                             .point = point,
                             .simulation = x->m.value,
                             .error = x->m.error,
                             .n_samples = x->m.n,
                             .theory = x->theory.m_amari_maginu,
                             .resolution = M_RESOLUTION,
                             .note = APPROXIMATION,
                             .not_judged = 1};
}

static hebb_status save_verdicts(hebb_study *study, const step_result *results)
{
    const hebb_dynamics_study *own = study->own;
    const size_t most = (2 * own->n_steps + 1) * study->n_points;
    hebb_comparison *comparisons = calloc(most, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", most);
    size_t n = 0;
    for (size_t point = 0; point < study->n_points; point++) {
        const step_result *x = results + point * (own->n_steps + 1);
        for (size_t t = 1; t <= own->n_steps; t++) comparisons[n++] = compare(study, point, t, false, x + t);
        for (size_t t = 0; t < own->n_steps; t++) comparisons[n++] = compare(study, point, t, true, x + t);
        if (own->n_steps >= 2) comparisons[n++] = compare_with_map(point, x + 2);
    }
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

/* Where the second step shows best what the map leaves out. */
static void say(const hebb_study *study, const step_result *results)
{
    const hebb_dynamics_study *own = study->own;
    const step_result *most = NULL;
    double z = 3.0;
    for (size_t point = 0; own->n_steps >= 2 && point < study->n_points; point++) {
        const step_result *x = results + point * (own->n_steps + 1) + 2;
        const double off = fabs(hebb_verdict_z(x->m.value, x->m.error, x->theory.m_amari_maginu));
        if (!(off > z)) continue;
        z = off;
        most = x;
    }
    if (most != NULL)
        hebb_study_say(study, "dynamics: m_2 = %.5f +- %.5f, exact %.5f; Amari and Maginu's %.5f is off by %.0f errors",
                       most->m.value, most->m.error, most->theory.m, most->theory.m_amari_maginu, z);
}

hebb_status hebb_dynamics_report(hebb_study *study)
{
    const hebb_dynamics_study *own = study->own;
    step_result *results = calloc(study->n_points * (own->n_steps + 1), sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = measure_all(study, results);
    if (status == HEBB_OK) status = save_summary(study, results);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = save_verdicts(study, results);
    if (status == HEBB_OK) say(study, results);
    free(results);
    return status;
}
