/* What the dense-dynamics experiment says of its replicas: summary.csv, theory.csv, verdict.csv. */
#include "dense_dynamics_study.h"

#include <math.h>
#include <stdlib.h>

#include "dense_dynamics.h"
#include "dense_retrieval.h"
#include "effective_spin.h"
#include "estimators.h"

/*
 * Fixed before any run.
 *
 * Tolerance.  Theory is of infinite N.  A neuron's own share of M^mu is left out of its field, which takes (n-1)/N from the
 * signal, and the variance of the noise, a (2n-2)-th moment of a sum of N signs, is off by as much; times the density of
 * the fields at 0, some 1/2 where overlaps fall, that is (n-1)/2N in m a step.  Next to a_c a step passes on what the one
 * before was off by, neither more nor less: (n-1) t/2N after t of them, and no less than (n-1)/N, for the curvature of the
 * map acts on the networks' scatter of N^(-1/2) from the first step on.
 *
 * Resolution.  Tells the exact steps from the map without memory, which is off by .05 and more after ten steps at any load
 * above .8 a_c.
 */
static const double TOLERANCE = 0.5, RESOLUTION = 0.03;

static const char FINITE_SIZE[] = "theory of infinite N; finite N shifts the mean by (n-1)/2N a step";
static const char ONE_BY_ONE[] = "one neuron after the other: there is no theory";

typedef struct {
    double m, m_error, m_map; /* NaN where there is none */
} theory_step;

static int degree_at(const hebb_study *study, size_t point)
{
    return (int)hebb_study_grid(study, point, DENSE_DYNAMICS_DEGREE);
}

/* n_steps + 1 of them for one start. */
static hebb_status solve(const hebb_dense_dynamics_study *own, int degree, double load, double m0, theory_step *steps)
{
    const size_t n = own->n_steps;
    const bool has_theory = own->order == HEBB_ORDER_SYNCHRONOUS;
    double *map = malloc((n + 1) * sizeof *map), exact[3];
    hebb_effective_step *sampled = calloc(n + 1, sizeof *sampled);
    hebb_status status = map != NULL && sampled != NULL ? HEBB_OK : HEBB_ENOMEM;
    if (status == HEBB_OK) status = hebb_dense_dynamics_exact(degree, load, m0, exact);
    if (status == HEBB_OK && own->n_paths > 0 && has_theory)
        status = hebb_effective_spin_follow_dense(degree, load, m0, n, own->n_paths, HEBB_EFFECTIVE_SEED, sampled);
    if (status == HEBB_OK) hebb_dense_dynamics_map(degree, load, m0, n, map);
    for (size_t t = 0; status == HEBB_OK && t <= n; t++) {
        steps[t] = (theory_step){NAN, NAN, map[t]};
        if (!has_theory && t > 0) continue;
        if (t <= 2)
            steps[t] = (theory_step){exact[t], 0.0, map[t]};
        else if (own->n_paths > 0)
            steps[t] = (theory_step){sampled[t].m, sampled[t].m_error, map[t]};
    }
    free(map);
    free(sampled);
    return status == HEBB_OK ? HEBB_OK
                             : hebb_fail(status, "no theory at degree %d and load %g from m0 = %g", degree, load, m0);
}

/* ---- summary.csv ---- */

typedef struct {
    hebb_estimate m;
    theory_step theory;
} step_result;

static const hebb_column summary_columns[] = {
    {"step", "1", "updates of all neurons so far"},
    {"replicas", "1", "number of replicas"},
    {"m", "1", "overlap with the pattern"},
    {"m_err", "1", "standard error of m"},
    {"m_theory", "1", "exact for N to infinity at the point's own K; after step 2 by sampled paths, see --paths"},
    {"m_z", "1", "(m - m_theory)/sqrt(m_err^2 + m_theory_err^2)"},
    {"m_theory_err", "1", "statistical error of m_theory"},
    {"m_map", "1", "m <- erf(m^(n-1)/sqrt(2a)): as if the patterns were drawn anew at every step"},
    {"moving", "1", "share of the neurons that the last step turned over; empty before it"},
    {"moving_err", "1", "standard error of moving"},
};

static void add_row(const hebb_study *study, size_t point, size_t t, const step_result *x, const hebb_estimate *moving,
                    hebb_table *table)
{
    const theory_step *theory = &x->theory;
    const bool is_last = t == ((const hebb_dense_dynamics_study *)study->own)->n_steps;
    const double cells[] = {(double)t,
                            (double)study->n_replicas,
                            x->m.value,
                            x->m.error,
                            theory->m,
                            hebb_verdict_z(x->m.value, hypot(x->m.error, theory->m_error), theory->m),
                            theory->m_error,
                            theory->m_map,
                            is_last ? moving->value : NAN,
                            is_last ? moving->error : NAN};
    hebb_study_add_grid(study, point, table);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
}

/* All steps of one point, and its rows. */
static hebb_status measure(const hebb_study *study, size_t point, theory_step *theory, double *scratch,
                           step_result *results, hebb_table *table)
{
    const hebb_dense_dynamics_study *own = study->own;
    const hebb_status status = solve(own, degree_at(study, point), hebb_dense_dynamics_load(study, point),
                                     hebb_dense_dynamics_start(study, point), theory);
    if (status != HEBB_OK) return status;
    hebb_study_gather(study, point, own->n_steps + 1, scratch);
    const hebb_estimate moving = hebb_estimate_mean(study->n_replicas, scratch);
    for (size_t t = 0; t <= own->n_steps; t++) {
        results[t].theory = theory[t];
        hebb_study_gather(study, point, t, scratch);
        results[t].m = hebb_estimate_mean(study->n_replicas, scratch);
        add_row(study, point, t, results + t, &moving, table);
    }
    return HEBB_OK;
}

static hebb_status save_summary(const hebb_study *study, step_result *results)
{
    const size_t n = ((const hebb_dense_dynamics_study *)study->own)->n_steps + 1;
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    theory_step *theory = calloc(n, sizeof *theory);
    hebb_table table = {0};
    hebb_status status =
        scratch != NULL && theory != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    if (status == HEBB_OK)
        status =
            hebb_study_table_init(study, sizeof summary_columns / sizeof *summary_columns, summary_columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        status = measure(study, point, theory, scratch, results + point * n, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    hebb_table_free(&table);
    free(scratch);
    free(theory);
    return status;
}

/* ---- theory.csv ---- */

static const hebb_column theory_columns[] = {
    {"degree", "1", "degree n of F(x) = x^n"},
    {"load", "1", "load a = K (2n-3)!!/N^(n-1)"},
    {"m0", "1", "overlap of the initial state"},
    {"step", "1", "updates of all neurons so far"},
    {"m", "1", "overlap, exact; after step 2 by sampled paths"},
    {"m_err", "1", "its statistical error"},
    {"m_map", "1", "m <- erf(m^(n-1)/sqrt(2a))"},
    {"m_replica", "1", "overlap of replica symmetry's retrieval state, T = 0; empty above a_c"},
    {"a_c", "1", "the largest load that has one"},
};

/* The lines at the loads and starts asked for: one a point of the first size. */
static hebb_status save_theory(const hebb_study *study)
{
    const hebb_dense_dynamics_study *own = study->own;
    hebb_table table = {0};
    theory_step *steps = calloc(own->n_steps + 1, sizeof *steps);
    hebb_status status = steps != NULL
                             ? hebb_table_init(&table, sizeof theory_columns / sizeof *theory_columns, theory_columns)
                             : hebb_fail(HEBB_ENOMEM, "no memory for %zu steps", own->n_steps);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        const double n = hebb_study_grid(study, point, DENSE_DYNAMICS_NEURONS);
        if (n != hebb_study_grid(study, 0, DENSE_DYNAMICS_NEURONS)) continue;
        const double load = hebb_study_grid(study, point, DENSE_DYNAMICS_LOAD);
        const double m0 = hebb_study_grid(study, point, DENSE_DYNAMICS_M0);
        const int degree = degree_at(study, point);
        if ((status = solve(own, degree, load, m0, steps)) != HEBB_OK) break;
        hebb_dense_state rest, end;
        const double m_replica = hebb_dense_retrieval(degree, load, 0.0, &rest) == HEBB_OK ? rest.m : NAN;
        const double a_c = hebb_dense_spinodal(degree, 0.0, &end) == HEBB_OK ? end.load : NAN;
        for (size_t t = 0; t <= own->n_steps; t++) {
            const double cells[] = {degree,           load,           m0,        (double)t, steps[t].m,
                                    steps[t].m_error, steps[t].m_map, m_replica, a_c};
            for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(&table, cells[k]);
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    free(steps);
    return status;
}

/* ---- verdict.csv ---- */

static hebb_comparison compare(const hebb_study *study, size_t point, size_t t, const step_result *x)
{
    const hebb_dense_dynamics_study *own = study->own;
    const double n = hebb_study_grid(study, point, DENSE_DYNAMICS_NEURONS);
    hebb_comparison c = {.quantity = own->names[t],
                         .point = point,
                         .simulation = x->m.value,
                         .error = hypot(x->m.error, x->theory.m_error),
                         .n_samples = x->m.n,
                         .theory = x->theory.m,
                         .tolerance = TOLERANCE * (degree_at(study, point) - 1.0) * fmax((double)t, 2.0) / n,
                         .resolution = RESOLUTION,
                         .note = FINITE_SIZE};
    if (own->order != HEBB_ORDER_SYNCHRONOUS)
        c.note = ONE_BY_ONE;
    else if (isnan(c.theory))
        c.note = "no theory after the first steps with --paths 0";
    c.not_judged = c.note != FINITE_SIZE;
    return c;
}

static hebb_status save_verdicts(hebb_study *study, const step_result *results)
{
    const size_t n_steps = ((const hebb_dense_dynamics_study *)study->own)->n_steps;
    hebb_comparison *comparisons = calloc(n_steps * study->n_points, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n_steps * study->n_points);
    size_t n = 0;
    for (size_t point = 0; point < study->n_points; point++)
        for (size_t t = 1; t <= n_steps; t++)
            comparisons[n++] = compare(study, point, t, results + point * (n_steps + 1) + t);
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

hebb_status hebb_dense_dynamics_report(hebb_study *study)
{
    const hebb_dense_dynamics_study *own = study->own;
    step_result *results = calloc(study->n_points * (own->n_steps + 1), sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = save_summary(study, results);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = save_verdicts(study, results);
    free(results);
    return status;
}
