/* What the rbm-modes experiment says of its replicas: summary.csv, modes.csv, theory.csv, verdict.csv. */
#include <math.h>
#include <stdlib.h>

#include "estimators.h"
#include "rbm_modes_study.h"
#include "summary.h"

/*
 * Tolerances were fixed before any run.  What is compared was not: at first a mode was followed while its own w <= .1,
 * and a slow one beside a fast one missed theory by 4 %, as the first order is one of all of W.
 *
 * Growth, units of two values.  Theory is the first order in w.  Of the next one, docs/theory/rbm_modes.md, growth has
 * the relative part -w^2 (1 + lambda^2/n_hidden)/(lambda - 1) in units of +-1, a sixteenth of w^2 in {0,1}: at w = .1 below
 * 1 % where lambda - 1 >= 1.5 and n_hidden >= 32 (.80 % at lambda = 2.5), so such modes are judged up to there, each
 * update (exact gradient), and all of them summed: a third of it.  All modes count in W: a slow one is followed only until
 * the fastest is at .1.  With sampled
 * averages the noise of n chains adds its standard error, which at 5000 chains is a per cent or two a replica: 3 % is allowed.
 *
 * Fade.  A mode with lambda < 1 does not grow: w at the end over w at the start is 1 at most, without tolerance where the
 * gradient is exact.  Of sampled ones the mean over these modes is judged.
 *
 * Fixed point, Gaussian units.  W fluctuates about it by the learning rate times the chains' noise; w is concave in C, and
 * both shift its mean by the square of that, some 1e-4.  The first half of 200 updates at .03 leaves
 * exp(-2 * .03 * 100 lambda (lambda - 1)) of what is left after growth, 1e-2 at lambda = 1.5.  Judged there.
 */
static const double EXACT_TOLERANCE = 0.01, SAMPLED_TOLERANCE = 0.03, FIXED_TOLERANCE = 0.01, FADE_RESOLUTION = 0.1;
static const double GROWN_EXCESS = 0.5; /* of a Gaussian mode that has arrived */

enum { N_OBSERVABLES = RBM_MODES_N_VALUES, N_TIMES = 100 };

static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("eigenvalue", "1", "the largest of the cases'", "the largest planted one"),
    HEBB_OBSERVABLE("growth", "1", "of the first mode while w <= 0.1, over prediction", "1; gaussian: none"),
    HEBB_OBSERVABLE("worst_step", "1", "largest |growth over prediction - 1| of an update", "0; gaussian: none"),
    HEBB_OBSERVABLE("fade", "1", "w at the end over w at the start, the largest of modes below the threshold", "none"),
    HEBB_OBSERVABLE("w", "1", "of the first mode at the end",
                    "the flow of theory.csv at that time, mean over the replicas; binary: none"),
};

static bool is_exact(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, RBM_MODES_CHAINS) == 0.0;
}

typedef double *(*numbers_of)(const hebb_study *study, double *values);

/* Number a of those of all replicas. */
static hebb_estimate estimate(const hebb_study *study, size_t point, numbers_of numbers, size_t a, double *scratch)
{
    for (size_t r = 0; r < study->n_replicas; r++) scratch[r] = numbers(study, hebb_study_values(study, point, r))[a];
    return hebb_estimate_mean(study->n_replicas, scratch);
}

static hebb_estimate estimate_path(const hebb_study *study, size_t point, size_t update, size_t a, double *scratch)
{
    for (size_t r = 0; r < study->n_replicas; r++)
        scratch[r] = hebb_rbm_modes_path(study, hebb_study_values(study, point, r), update)[a];
    return hebb_estimate_mean(study->n_replicas, scratch);
}

/* ---- theory ---- */

/* One mode by itself: linear, or the flow to all orders that the law has, in which a block's mode is that of its own units. */
static hebb_status follow(const hebb_study *study, size_t point, double eigenvalue, hebb_modes_flow flow, size_t n,
                          const double *times, double *w)
{
    const hebb_rbm_modes_study *own = study->own;
    const hebb_modes_problem problem = {.law = own->law,
                                        .flow = flow,
                                        .n = 1,
                                        .eigenvalues = &eigenvalue,
                                        .n_started = 1,
                                        .w0 = &own->w0,
                                        .mean = 0.5,
                                        .sigma_v = 1.0,
                                        .sigma_h = 1.0,
                                        .n_visible = hebb_rbm_modes_visible(study, point) / own->planted->length,
                                        .n_hidden = (size_t)hebb_study_grid(study, point, RBM_MODES_HIDDEN)};
    hebb_modes_path *path;
    hebb_status status = hebb_modes_path_init(&problem, &path);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) status = hebb_modes_path_follow(path, times[k], &w[k]);
    hebb_modes_path_free(path);
    return status;
}

static hebb_modes_flow flow_of(const hebb_study *study)
{
    const hebb_rbm_modes_study *own = study->own;
    return own->law == HEBB_MODES_SPIN       ? HEBB_MODES_MEAN_FIELD
           : own->law == HEBB_MODES_GAUSSIAN ? HEBB_MODES_EXACT
                                             : HEBB_MODES_LINEAR;
}

/* NaN where there is no solution; HEBB_ENOMEM alone is passed on. */
static hebb_status follow_or_none(const hebb_study *study, size_t point, double eigenvalue, hebb_modes_flow flow,
                                  size_t n, const double *times, double *w)
{
    const hebb_status status = follow(study, point, eigenvalue, flow, n, times, w);
    for (size_t k = 0; status != HEBB_OK && k < n; k++) w[k] = NAN;
    return status == HEBB_ENOMEM ? hebb_fail(status, "no memory for the flow") : HEBB_OK;
}

static hebb_status save_theory(const hebb_study *study, double *scratch)
{
    static const hebb_column columns[] = {
        {"mode", "1", "1, 2, ... from the largest eigenvalue"},
        {"eigenvalue", "1", "of the cases, mean over the replicas"},
        {"time", "1", "learning rate times updates"},
        {"linear", "1", "w to first order: w0 exp(r t)"},
        {"flow", "1",
         "gaussian: exact; spin: mean-field flow of one block alone, data of largest entropy; binary: empty"},
    };
    const hebb_rbm_modes_study *own = study->own;
    double times[N_TIMES + 1], linear[N_TIMES + 1], flow[N_TIMES + 1];
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t k = 0; k <= N_TIMES; k++) times[k] = own->rate * (double)own->n_updates * (double)k / N_TIMES;
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t a = 0; status == HEBB_OK && a < hebb_rbm_modes_visible(study, point); a++) {
            const double lambda = estimate(study, point, hebb_rbm_modes_eigenvalues, a, scratch).value;
            status = follow_or_none(study, point, lambda, HEBB_MODES_LINEAR, N_TIMES + 1, times, linear);
            if (status == HEBB_OK)
                status = follow_or_none(study, point, lambda, flow_of(study), N_TIMES + 1, times, flow);
            for (size_t k = 0; status == HEBB_OK && k <= N_TIMES; k++) {
                const double cells[] = {(double)(a + 1), lambda, times[k], linear[k],
                                        own->law == HEBB_MODES_BINARY ? NAN : flow[k]};
                hebb_study_add_grid(study, point, &table);
                for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(&table, cells[c]);
            }
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- modes.csv ---- */

static hebb_status save_modes(const hebb_study *study, double *scratch)
{
    static const hebb_column columns[] = {
        {"mode", "1", "1, 2, ... from the largest eigenvalue"},
        {"update", "1", "updates so far"},
        {"time", "1", "learning rate times updates"},
        {"eigenvalue", "1", "of the cases, mean over the replicas"},
        {"w", "1", "u'Wv along the cases' eigenvector and the hidden direction of the start; gaussian: |u'W|"},
        {"w_err", "1", "standard error of w"},
        {"w_theory", "1", "to first order, mean over the replicas of w0 (1 + rate r)^updates"},
        {"w_z", "1", "(w - w_theory)/w_err"},
    };
    const hebb_rbm_modes_study *own = study->own;
    const hebb_modes_problem law = {.law = own->law, .mean = 0.5, .sigma_v = 1.0, .sigma_h = 1.0};
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t a = 0; a < hebb_rbm_modes_visible(study, point); a++) {
            const double lambda = estimate(study, point, hebb_rbm_modes_eigenvalues, a, scratch).value;
            for (size_t t = 0; t <= own->n_updates; t++) {
                const hebb_estimate w = estimate_path(study, point, t, a, scratch);
                double theory = 0.0;
                for (size_t r = 0; r < study->n_replicas; r++) {
                    const double *eigenvalues = hebb_rbm_modes_eigenvalues(study, hebb_study_values(study, point, r));
                    theory += own->w0 * pow(1.0 + own->rate * hebb_modes_rate(&law, eigenvalues[a]), (double)t) /
                              (double)study->n_replicas;
                }
                const double cells[] = {(double)(a + 1),
                                        (double)t,
                                        own->rate * (double)t,
                                        lambda,
                                        w.value,
                                        w.error,
                                        theory,
                                        hebb_verdict_z(w.value, w.error, theory)};
                hebb_study_add_grid(study, point, &table);
                for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(&table, cells[c]);
            }
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "modes.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdicts ---- */

static hebb_comparison compare_growth(const hebb_study *study, size_t point, size_t a, double *scratch)
{
    const bool exact = is_exact(study, point);
    const hebb_estimate growth = estimate(study, point, hebb_rbm_modes_growths, a, scratch);
    return (hebb_comparison){
        .quantity = "growth",
        .point = point,
        .simulation = growth.value,
        .error = growth.error,
        .n_samples = growth.n,
        .theory = 1.0,
        .tolerance = exact ? EXACT_TOLERANCE : SAMPLED_TOLERANCE,
        .resolution = exact ? EXACT_TOLERANCE : SAMPLED_TOLERANCE,
        .note = a == 0 ? "first mode, over the first order in w; tolerance: the next order up to w = 0.1"
                       : "a further mode, likewise"};
}

static hebb_comparison compare_worst(const hebb_study *study, size_t point)
{
    double worst = NAN;
    for (size_t r = 0; r < study->n_replicas; r++)
        worst = fmax(worst, hebb_study_values(study, point, r)[RBM_MODES_WORST]);
    return (hebb_comparison){.quantity = "worst_step",
                             .point = point,
                             .simulation = worst,
                             .theory = 0.0,
                             .tolerance = EXACT_TOLERANCE,
                             .not_judged = isnan(worst),
                             .note = isnan(worst)
                                         ? "no mode is large enough, or none begins below w = 0.1"
                                         : "the largest of all replicas, judged modes and updates up to w = 0.1"};
}

/* Exact gradients: the largest of all.  Sampled ones: the mean over a replica's modes below the threshold. */
static hebb_comparison compare_fade(const hebb_study *study, size_t point, double *scratch)
{
    const hebb_rbm_modes_study *own = study->own;
    double largest = 0.0;
    for (size_t r = 0; r < study->n_replicas; r++) {
        double *values = hebb_study_values(study, point, r), sum = 0.0;
        size_t n = 0;
        for (size_t a = 0; a < hebb_rbm_modes_visible(study, point); a++)
            if (hebb_rbm_modes_eigenvalues(study, values)[a] < hebb_rbm_modes_unit(own->law)) {
                sum += hebb_rbm_modes_path(study, values, own->n_updates)[a] / own->w0;
                n++;
            }
        scratch[r] = n > 0 ? sum / (double)n : NAN;
        largest = fmax(largest, values[RBM_MODES_FADE]);
    }
    const bool exact = is_exact(study, point);
    const hebb_estimate mean = hebb_estimate_mean(study->n_replicas, scratch);
    const double found = exact ? largest : mean.value;
    return (hebb_comparison){.quantity = "rise_below_threshold",
                             .point = point,
                             .simulation = found <= 1.0 ? 0.0 : found - 1.0,
                             .error = exact ? 0.0 : mean.error,
                             .n_samples = exact ? 0 : mean.n,
                             .theory = 0.0,
                             .resolution = FADE_RESOLUTION,
                             .note = exact ? "by how much a mode with lambda < 1 grew: the largest of all replicas"
                                           : "by how much modes with lambda < 1 grew: their mean"};
}

static hebb_comparison compare_fixed_point(const hebb_study *study, size_t point, size_t a, double *scratch)
{
    for (size_t r = 0; r < study->n_replicas; r++) {
        double *values = hebb_study_values(study, point, r);
        scratch[r] = hebb_rbm_modes_levels(study, values)[a] /
                     hebb_modes_fixed_point(hebb_rbm_modes_eigenvalues(study, values)[a], 1.0, 1.0);
    }
    const hebb_estimate level = hebb_estimate_mean(study->n_replicas, scratch);
    return (hebb_comparison){.quantity = "fixed_point",
                             .point = point,
                             .simulation = level.value,
                             .error = level.error,
                             .n_samples = level.n,
                             .theory = 1.0,
                             .tolerance = FIXED_TOLERANCE,
                             .resolution = FIXED_TOLERANCE,
                             .note = "mean of w over the second half of the updates, over its fixed point"};
}

static size_t compare(const hebb_study *study, size_t point, double *scratch, hebb_comparison *comparisons)
{
    const hebb_rbm_modes_study *own = study->own;
    const bool is_gaussian = own->law == HEBB_MODES_GAUSSIAN;
    size_t n = 0;
    for (size_t a = 0; a < hebb_rbm_modes_visible(study, point); a++) {
        const double lambda = estimate(study, point, hebb_rbm_modes_eigenvalues, a, scratch).value;
        const double excess = lambda / hebb_rbm_modes_unit(own->law) - 1.0;
        if (is_gaussian && excess >= GROWN_EXCESS) comparisons[n++] = compare_fixed_point(study, point, a, scratch);
        if (!is_gaussian && excess >= RBM_MODES_JUDGED_EXCESS)
            comparisons[n++] = compare_growth(study, point, a, scratch);
    }
    if (!is_gaussian && is_exact(study, point)) comparisons[n++] = compare_worst(study, point);
    comparisons[n++] = compare_fade(study, point, scratch);
    return n;
}

/* ---- all of it ---- */

static hebb_status measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *measured)
{
    const hebb_rbm_modes_study *own = study->own;
    const bool is_gaussian = own->law == HEBB_MODES_GAUSSIAN;
    const double end = own->rate * (double)own->n_updates;
    for (size_t k = 0; k < N_OBSERVABLES; k++) {
        hebb_study_gather(study, point, k, scratch);
        measured[k] = (hebb_measurement){hebb_estimate_mean(study->n_replicas, scratch), NAN};
    }
    double planted = 0.0;
    for (size_t b = 0; b < own->planted->length; b++) planted = fmax(planted, own->planted->values[b]);
    measured[RBM_MODES_LARGEST].theory = planted * hebb_rbm_modes_unit(own->law);
    if (!is_gaussian) measured[RBM_MODES_GROWTH].theory = 1.0;
    if (!is_gaussian) measured[RBM_MODES_WORST].theory = 0.0;
    hebb_status status = HEBB_OK;
    measured[RBM_MODES_END].theory = own->law == HEBB_MODES_BINARY ? NAN : 0.0;
    for (size_t r = 0; own->law != HEBB_MODES_BINARY && status == HEBB_OK && r < study->n_replicas; r++) {
        double w;
        const double lambda = hebb_study_values(study, point, r)[RBM_MODES_LARGEST];
        status = follow_or_none(study, point, lambda, flow_of(study), 1, &end, &w);
        measured[RBM_MODES_END].theory += w / (double)study->n_replicas;
    }
    return status;
}

hebb_status hebb_rbm_modes_report(hebb_study *study)
{
    const hebb_rbm_modes_study *own = study->own;
    hebb_table summary = {0};
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    hebb_comparison *comparisons = calloc((own->n_modes_most + 2) * study->n_points, sizeof *comparisons);
    size_t n_comparisons = 0;
    hebb_status status = scratch != NULL && comparisons != NULL
                             ? hebb_summary_init(study, N_OBSERVABLES, observables, &summary)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_measurement measured[N_OBSERVABLES];
        status = measure(study, point, scratch, measured);
        if (status != HEBB_OK) break;
        hebb_summary_add(study, point, N_OBSERVABLES, measured, &summary);
        n_comparisons += compare(study, point, scratch, comparisons + n_comparisons);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &summary, "summary.csv");
    if (status == HEBB_OK) status = save_modes(study, scratch);
    if (status == HEBB_OK) status = save_theory(study, scratch);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, n_comparisons, comparisons);
    hebb_table_free(&summary);
    free(comparisons);
    free(scratch);
    return status;
}
