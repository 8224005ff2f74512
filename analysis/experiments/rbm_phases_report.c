/*
 * What the rbm-phases experiment says of its replicas: summary.csv, extrapolated.csv, theory.csv, verdict.csv;
 * peaks.csv and susceptibility.csv come from rbm_phases_scaling.c.
 */
#include "rbm_phases_study.h"

#include <math.h>
#include <stdlib.h>

#include "curie_weiss.h"
#include "finite_size.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run, but for HIGH and ENERGY_RESOLUTION, which came after a first one.
 *
 * Judged are order parameters extrapolated in 1/L: corrections to a saddle point are powers of 1/L, and the straight
 * line leaves the next one.  CURVATURE/L_min^2 is tolerated for that: its coefficient is of order 10, as far from the
 * lines as is judged.  With four sizes and more the line has a second power, and the same tolerance.
 *
 * Near a line corrections grow as powers of 1/(L d^2) towards the ferromagnet, d = |1 - w^2|, and of 1/(L d^3)
 * towards the glass, d the margin of replica symmetry.  Where the smallest machine has less than FAR of these no power
 * series is to be expected from it.
 *
 * In a ferromagnet chains must stay on their side.  They cross with a probability of exp(-L df) in a sweep, df what the
 * solution with m = 0 is higher by in the free energy: below HIGH for the smallest machine too many do.
 *
 * Order parameters are wanted to a hundredth; the energy, which is no order parameter, to a fiftieth of itself; a
 * hundredth of 1, as at first, is asking ten times as much of it where w is large.
 *
 * Where replica symmetry is broken the theory is an approximation of unknown error.
 */
static const double CURVATURE = 10.0, FAR = 10.0, HIGH = 12.0, ORDER_RESOLUTION = 0.01, ENERGY_RESOLUTION = 0.02;

static const char BROKEN[] =
    "replica symmetry is broken here and the theory approximate; it stands beside the simulation",
                  NEAR[] = "too near a line for the smallest machine: corrections are no series in 1/L",
                  LOW[] = "the smallest machine's chains cross to the other side: L df < 12",
                  FEW[] = "two sizes at least, of two machines each, make an extrapolation",
                  LINE[] = "extrapolated in 1/L from the sizes at hand; tolerance: the next power";

enum { M, M_BAR, Q, Q_BAR, ENERGY, N_JUDGED, SUSCEPTIBILITY = N_JUDGED, N_OBSERVABLES };

#define THEORY "replica-symmetric theory at N_h/N_v"
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("m", "1", "overlap of the hidden layer with the mode", THEORY),
    HEBB_OBSERVABLE("m_bar", "1", "overlap of the visible layer with the mode", THEORY),
    HEBB_OBSERVABLE("q", "1", "overlap of two chains in the hidden layer", THEORY),
    HEBB_OBSERVABLE("q_bar", "1", "overlap of two chains in the visible layer", THEORY),
    HEBB_OBSERVABLE("energy", "1", "E/sqrt(N_v N_h)", THEORY ": -w m m_bar - sigma^2 (1 - q q_bar)"),
    HEBB_OBSERVABLE("susceptibility", "1", "(<M^2> - <|M|>^2)/N_v of M = sum_i u_i s_i",
                    "exact at this size; empty but for a binary mode without noise"),
};
#undef THEORY

static const int value_of[N_JUDGED] = {RBM_PHASES_M, RBM_PHASES_M_BAR, RBM_PHASES_Q, RBM_PHASES_Q_BAR,
                                       RBM_PHASES_ENERGY};

typedef struct {
    double of[N_JUDGED];
    double at_margin;
    double barrier; /* df of a ferromagnet; infinite elsewhere */
    hebb_rbm_phase phase;
} prediction;

/* One Gaussian hidden unit: the ferromagnet at T = 1/w^2, its free energy over T. */
static hebb_status predict_gaussian(double w, prediction *made)
{
    hebb_curie_weiss s = {0.0, 0.0};
    const hebb_status status = w > 1.0 ? hebb_curie_weiss_limit(1.0 / (w * w), &s) : HEBB_OK;
    *made = (prediction){{w * s.m, s.m, NAN, s.m * s.m, NAN}, 1.0, INFINITY, HEBB_RBM_PARAMAGNET};
    if (!(w > 1.0)) return HEBB_OK;
    made->barrier = -M_LN2 - s.f * w * w;
    made->phase = HEBB_RBM_FERROMAGNET;
    return status;
}

static hebb_status predict(const hebb_rbm_phases_study *own, const hebb_rbm_system *system, prediction *made)
{
    if (own->is_gaussian) return predict_gaussian(system->weight, made);
    hebb_rbm_state s, without;
    hebb_status status = hebb_rbm_phases_at(system, &s, &made->phase);
    if (status == HEBB_OK) status = hebb_rbm_phases_unmagnetised(system, &without);
    if (status != HEBB_OK)
        return hebb_fail(status, "no solution at kappa = %g, sigma = %g, w = %g", system->kappa, system->sigma,
                         system->weight);
    made->of[M] = s.m;
    made->of[M_BAR] = s.m_bar;
    made->of[Q] = s.q;
    made->of[Q_BAR] = s.q_bar;
    made->of[ENERGY] = s.energy;
    made->at_margin = s.at_margin;
    made->barrier = made->phase == HEBB_RBM_FERROMAGNET ? without.free_energy - s.free_energy : INFINITY;
    return HEBB_OK;
}

/* ---- summary.csv ---- */

static hebb_status save_summary(const hebb_study *study, hebb_measurement (*results)[N_OBSERVABLES],
                                const prediction *theory)
{
    static const hebb_column more[] = {
        {"at_margin", "1", "theory's margin of replica symmetry, stable where positive"},
        {"swaps", "1", "share of accepted swaps of the replica exchange; empty: none"},
        {"phase", "", "theory's phase"},
    };
    hebb_table table;
    double *x = calloc(study->n_replicas, sizeof *x);
    hebb_status status = x != NULL ? hebb_summary_init(study, N_OBSERVABLES, observables, &table)
                                   : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    if (x == NULL) return status;
    for (size_t k = 0; status == HEBB_OK && k < sizeof more / sizeof *more; k++)
        status = hebb_table_add_column(&table, more[k]);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_summary_add(study, point, N_OBSERVABLES, results[point], &table);
        hebb_study_gather(study, point, RBM_PHASES_SWAPS, x);
        hebb_table_number(&table, theory[point].at_margin);
        hebb_table_number(&table, hebb_estimate_mean(study->n_replicas, x).value);
        hebb_table_text(&table, hebb_rbm_phases_text(theory[point].phase));
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    hebb_table_free(&table);
    free(x);
    return status;
}

static hebb_status measure(const hebb_study *study, size_t point, hebb_measurement *results, prediction *theory)
{
    const hebb_rbm_system system = hebb_rbm_phases_system(study, point);
    double *x = calloc(study->n_replicas, sizeof *x);
    hebb_status status =
        x != NULL ? predict(study->own, &system, theory) : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (int k = 0; status == HEBB_OK && k < N_JUDGED; k++) {
        hebb_study_gather(study, point, (size_t)value_of[k], x);
        results[k] = (hebb_measurement){hebb_estimate_mean(study->n_replicas, x), theory->of[k]};
    }
    if (status == HEBB_OK)
        status = hebb_rbm_phases_susceptibility(study, point, &results[SUSCEPTIBILITY].estimate,
                                                &results[SUSCEPTIBILITY].theory);
    free(x);
    return status;
}

/* ---- extrapolation ---- */

static bool same_but_size(const hebb_study *study, size_t a, size_t b)
{
    for (size_t g = 0; g < RBM_PHASES_UNITS; g++)
        if (hebb_study_grid(study, a, g) != hebb_study_grid(study, b, g)) return false;
    return true;
}

typedef struct {
    const hebb_study *study;
    hebb_measurement (*results)[N_OBSERVABLES];
    const prediction *theory;
    double *sizes, *excess, *errors; /* n_points of each */
    hebb_table table;
    hebb_comparison *comparisons;
    size_t n_comparisons;
} scan;

/* A point's sizes; excess over the theory at each size's own N_h/N_v.  Returns their number. */
static size_t gather_sizes(const scan *s, size_t point, int k)
{
    size_t n = 0;
    for (size_t other = 0; other < s->study->n_points; other++) {
        if (!same_but_size(s->study, point, other)) continue;
        const hebb_measurement *found = &s->results[other][k];
        s->sizes[n] = hebb_rbm_phases_size(s->study, other);
        s->excess[n] = found->estimate.value - found->theory;
        s->errors[n++] = found->estimate.error;
    }
    return n;
}

static const char *why_not(const prediction *limit, const hebb_rbm_system *system, double smallest)
{
    const double to_ferromagnet = fabs(1.0 - system->weight * system->weight);
    if (!(limit->at_margin > 0.0)) return BROKEN;
    if (system->sigma <= 1.0 && smallest * to_ferromagnet * to_ferromagnet < FAR) return NEAR;
    if (system->sigma <= 1.0 && smallest * limit->barrier < HIGH) return LOW;
    return smallest * pow(limit->at_margin, 3.0) < FAR ? NEAR : NULL;
}

/* An observable of the points that share kappa, sigma and w with `point`, the first of them. */
static hebb_status extrapolate(scan *s, size_t point, int k, const prediction *limit, const hebb_rbm_system *system)
{
    const size_t n = gather_sizes(s, point, k);
    double smallest = s->sizes[0];
    for (size_t j = 1; j < n; j++) smallest = fmin(smallest, s->sizes[j]);
    hebb_extrapolation line = {NAN, NAN, NAN, NAN, NAN};
    const hebb_status fitted = hebb_extrapolate_in(n, s->sizes, s->excess, s->errors, 1.0, n >= 4 ? 2 : 1, &line);
    if (fitted == HEBB_ENOMEM) return fitted;
    const double value = limit->of[k] + line.limit;
    const double cells[] = {value, line.limit_error, limit->of[k],
                            hebb_verdict_z(value, line.limit_error, limit->of[k])};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(&s->table, cells[c]);
    if (isnan(limit->of[k])) return HEBB_OK;
    const char *reason = why_not(limit, system, smallest);
    s->comparisons[s->n_comparisons++] = (hebb_comparison){
        .quantity = observables[k].value.name,
        .point = point,
        .simulation = value,
        .error = line.limit_error,
        .n_samples = s->study->n_replicas,
        .theory = limit->of[k],
        .tolerance = CURVATURE / (smallest * smallest),
        .resolution = k == ENERGY ? ENERGY_RESOLUTION * fmax(1.0, fabs(limit->of[k])) : ORDER_RESOLUTION,
        .not_judged = reason != NULL || fitted != HEBB_OK,
        .note = reason != NULL      ? reason
                : fitted != HEBB_OK ? FEW
                                    : LINE};
    return HEBB_OK;
}

static hebb_status start_extrapolated(scan *s)
{
    static const hebb_column head[] = {
        {"kappa", "1", "ratio of hidden to visible units"},
        {"sigma", "1", "width of the noise"},
        {"weight", "1", "weight w of the mode"},
    };
    hebb_status status = hebb_table_init(&s->table, sizeof head / sizeof *head, head);
    for (int k = 0; k < N_JUDGED; k++) {
        const hebb_column four[] = {observables[k].value, observables[k].error, observables[k].theory,
                                    observables[k].z};
        for (size_t c = 0; status == HEBB_OK && c < 4; c++) status = hebb_table_add_column(&s->table, four[c]);
    }
    const hebb_column phase = {"phase", "", "theory's phase"};
    return status == HEBB_OK ? hebb_table_add_column(&s->table, phase) : status;
}

static hebb_status save_extrapolated(scan *s)
{
    const hebb_study *study = s->study;
    hebb_status status = start_extrapolated(s);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        bool is_first = true;
        for (size_t k = 0; k < point; k++) is_first &= !same_but_size(study, k, point);
        if (!is_first) continue;
        hebb_rbm_system system = hebb_rbm_phases_system(study, point);
        system.kappa = hebb_study_grid(study, point, RBM_PHASES_KAPPA);
        prediction limit;
        status = predict(study->own, &system, &limit);
        for (size_t g = 0; status == HEBB_OK && g < RBM_PHASES_UNITS; g++)
            hebb_table_number(&s->table, hebb_study_grid(study, point, g));
        for (int k = 0; status == HEBB_OK && k < N_JUDGED; k++) status = extrapolate(s, point, k, &limit, &system);
        if (status == HEBB_OK) hebb_table_text(&s->table, hebb_rbm_phases_text(limit.phase));
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &s->table, "extrapolated.csv");
    hebb_table_free(&s->table);
    return status;
}

/* ---- theory.csv ---- */

static const hebb_column theory_columns[] = {
    {"kappa", "1", "ratio of hidden to visible units"},
    {"sigma", "1", "width of the noise"},
    {"weight", "1", "weight w of the mode"},
    {"m", "1", "overlap of the hidden layer with the mode"},
    {"m_bar", "1", "overlap of the visible layer with the mode"},
    {"q", "1", "mean square of the hidden units' averages"},
    {"q_bar", "1", "mean square of the visible units' averages"},
    {"energy", "1", "E/sqrt(N_v N_h)"},
    {"at_margin", "1", "margin of replica symmetry, stable where positive"},
    {"phase", "", "paramagnet, ferromagnet or glass"},
    HEBB_STATUS_COLUMN,
};

/* Lines in w for each kappa and sigma; a grid for Laplace modes costs 20 ms a point. */
static hebb_status save_theory(const hebb_study *study)
{
    const hebb_rbm_phases_study *own = study->own;
    const hebb_list *kappa = hebb_options_list(study->options, "kappa"),
                    *sigma = hebb_options_list(study->options, "sigma"),
                    *weight = hebb_options_list(study->options, "weight");
    const size_t n_steps = own->law == HEBB_RBM_LAPLACE_MODE ? 40 : 160;
    double most = 0.0;
    for (size_t c = 0; c < weight->length; c++) most = fmax(most, weight->values[c]);
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof theory_columns / sizeof *theory_columns, theory_columns);
    for (size_t a = 0; status == HEBB_OK && a < (own->is_gaussian ? 1 : kappa->length); a++)
        for (size_t b = 0; b < sigma->length; b++)
            for (size_t k = 0; k <= n_steps; k++) {
                const hebb_rbm_system system = {own->is_gaussian ? 0.0 : kappa->values[a], sigma->values[b],
                                                1.05 * most * (double)k / (double)n_steps, own->law};
                prediction at;
                const hebb_status solved = predict(own, &system, &at);
                hebb_table_number(&table, system.kappa);
                hebb_table_number(&table, system.sigma);
                hebb_table_number(&table, system.weight);
                for (int c = 0; c < N_JUDGED; c++) hebb_table_number(&table, solved == HEBB_OK ? at.of[c] : NAN);
                hebb_table_number(&table, solved == HEBB_OK ? at.at_margin : NAN);
                hebb_table_text(&table, solved == HEBB_OK ? hebb_rbm_phases_text(at.phase) : "");
                hebb_theory_table_status(&table, solved);
            }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- all of it ---- */

hebb_status hebb_rbm_phases_report(hebb_study *study)
{
    const size_t n = study->n_points;
    hebb_measurement(*results)[N_OBSERVABLES] = calloc(n, sizeof *results);
    prediction *theory = calloc(n, sizeof *theory);
    double *room = calloc(3 * n, sizeof *room);
    /* the order parameters of each point, two of the exact law, and two exponents for each pair of kappa and sigma */
    hebb_comparison *comparisons = calloc((N_JUDGED + 4) * n, sizeof *comparisons);
    scan s = {.study = study, .results = results, .theory = theory, .comparisons = comparisons};
    hebb_status status = results != NULL && theory != NULL && room != NULL && comparisons != NULL
                             ? HEBB_OK
                             : hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    s.sizes = room;
    if (room != NULL) {
        s.excess = room + n;
        s.errors = room + 2 * n;
    }
    for (size_t point = 0; status == HEBB_OK && point < n; point++)
        status = measure(study, point, results[point], &theory[point]);
    if (status == HEBB_OK) status = save_summary(study, results, theory);
    if (status == HEBB_OK) status = save_extrapolated(&s);
    if (status == HEBB_OK) status = hebb_rbm_phases_scaling(study, comparisons, &s.n_comparisons);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, s.n_comparisons, comparisons);
    free(results);
    free(theory);
    free(room);
    free(comparisons);
    return status;
}
