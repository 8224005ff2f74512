/* What the annealing experiment says of its replicas: summary.csv, theory.csv, swaps.csv, verdict.csv. */
#include "annealing_study.h"

#include <math.h>
#include <stdlib.h>

#include "mixture.h"
#include "replica_symmetric_branch.h"
#include "summary.h"
#include "theory_table.h"
#include "valley.h"

/*
 * Fixed before any run but for the tolerance of energies, which replaced a narrower one when trial runs had shown that
 * runs prefer low states; it is computed from the patterns' law, not from what those runs gave.
 *
 * Energies.  Random patterns are neither balanced nor orthogonal, so that the states of one order n have different
 * energies, random numbers of standard deviation
 *
 *   sigma^2 = m_n^2 Var|z|/N + (p - n)/(2 N^2),   z = xi^1 + .. + xi^n
 *
 * where the first part is that of the n overlaps, and the second that of the sum of the others' squares.  Which of them
 * a run ends in is not known, but that it is rather a low one, and slow cooling ends in one of the lowest.  Of K of
 * them the lowest is at -sigma sqrt(2 ln K) or above; K = 2^(n-1) C(p, n), s and -s being one.  That is the tolerance,
 * with the n m_n^2/N, twice what J_ii = 0 leaves above.  Where it is more than half of what is between mixtures of 3 and
 * of 5, 0.0234, it could not tell them apart, and there is no verdict: at N = 1000 for mixtures, but not for patterns.
 *
 * Up to LOAD_JUDGED relaxation's first minimum is the equilibrium of the retrieval state within 1e-5; nearer to alpha_c
 * it is not.
 *
 * One or two patterns.  Then nothing but patterns is a minimum, p/N -> 0: all runs end there.
 */
static const double ENERGY_RESOLUTION = 0.0234 / 2.0, LOAD_JUDGED = 0.05;
static const double SHARE_TOLERANCE = 0.01, SHARE_RESOLUTION = 0.05;

static const char LOWEST[] =
    "tolerance: the lowest of all states of this order, as random patterns leave them different "
    "energies and runs end rather in low ones";

enum {
    SHARE_PATTERN,
    SHARE_MIXTURE,
    SHARE_MIXTURE_3,
    SHARE_MIXTURE_5,
    SHARE_MIXTURE_7,
    SHARE_MIXTURE_9,
    SHARE_ELSEWHERE,
    ENERGY,
    ENERGY_PATTERN,
    ENERGY_MIXTURE_3,
    ENERGY_MIXTURE_5,
    N_OBSERVABLES
};

#define MIXTURE_SHARE(n)                                                                                               \
    HEBB_OBSERVABLE("share_mixture_" n, "1", "share of runs that ended in a symmetric mixture of " n " patterns",      \
                    "0 for p < 3")
#define ENERGY_OF(name, which)                                                                                         \
    HEBB_OBSERVABLE("energy_" name, "J", "energy per neuron of the runs that ended in a " which,                       \
                    "replica symmetry at T = 0 and p/N; empty where it has no such state")
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("share_pattern", "1", "share of runs that ended in a single pattern or its negative",
                    "1 for p < 3, where there are no mixtures"),
    HEBB_OBSERVABLE("share_mixture", "1", "share of runs that ended in a symmetric mixture of 3, 5, 7 or 9 patterns",
                    "0 for p < 3"),
    MIXTURE_SHARE("3"),
    MIXTURE_SHARE("5"),
    MIXTURE_SHARE("7"),
    MIXTURE_SHARE("9"),
    HEBB_OBSERVABLE("share_elsewhere", "1", "share of runs that ended elsewhere: asymmetric mixtures, glass",
                    "0 for p < 3"),
    HEBB_OBSERVABLE("energy", "J", "energy per neuron at the end, mean over all runs", "none"),
    ENERGY_OF("pattern", "single pattern"),
    ENERGY_OF("mixture_3", "mixture of 3"),
    ENERGY_OF("mixture_5", "mixture of 5"),
};
#undef MIXTURE_SHARE
#undef ENERGY_OF

typedef struct {
    hebb_measurement of[N_OBSERVABLES];
} point_result;

static int order_of(int observable)
{
    return observable == ENERGY_PATTERN ? 1 : observable == ENERGY_MIXTURE_3 ? 3 : 5;
}

static double load_of(const hebb_study *study, size_t point)
{
    return (double)hebb_annealing_patterns(study, point) / (double)hebb_annealing_neurons(study, point);
}

/* ---- measured ---- */

/* Energies of the runs that ended in a mixture of n; energies has room for all. */
static hebb_estimate energy_of(const hebb_study *study, size_t point, int n, double *energies)
{
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        energies[r] = values[ANNEALING_MIXED] == (double)n ? values[ANNEALING_ENERGY] : NAN;
    }
    return hebb_estimate_mean(study->n_replicas, energies);
}

static void count_ends(const hebb_study *study, size_t point, size_t counts[HEBB_VALLEY_MOST + 1])
{
    for (int n = 0; n <= HEBB_VALLEY_MOST; n++) counts[n] = 0;
    for (size_t r = 0; r < study->n_replicas; r++) counts[(int)hebb_study_values(study, point, r)[ANNEALING_MIXED]]++;
}

static point_result measure(const hebb_study *study, size_t point, double *energies)
{
    point_result result;
    size_t counts[HEBB_VALLEY_MOST + 1], n_mixed = 0;
    const size_t n = study->n_replicas;
    count_ends(study, point, counts);
    for (int k = 3; k <= HEBB_VALLEY_MOST; k += 2) {
        result.of[SHARE_MIXTURE_3 + (k - 3) / 2].estimate = hebb_estimate_share(counts[k], n);
        n_mixed += counts[k];
    }
    result.of[SHARE_PATTERN].estimate = hebb_estimate_share(counts[1], n);
    result.of[SHARE_MIXTURE].estimate = hebb_estimate_share(n_mixed, n);
    result.of[SHARE_ELSEWHERE].estimate = hebb_estimate_share(counts[0], n);
    for (int k = ENERGY_PATTERN; k < N_OBSERVABLES; k++)
        result.of[k].estimate = energy_of(study, point, order_of(k), energies);
    hebb_study_gather(study, point, ANNEALING_ENERGY, energies);
    result.of[ENERGY].estimate = hebb_estimate_mean(n, energies);
    return result;
}

/* ---- theory ---- */

/* Points that differ in sweeps alone have the same theory: `before` is the result of the one before, or NULL. */
static hebb_status add_theory(const hebb_study *study, size_t point, const point_result *before, point_result *result)
{
    const size_t p = hebb_annealing_patterns(study, point);
    const bool is_known = before != NULL && hebb_annealing_patterns(study, point - 1) == p &&
                          hebb_annealing_neurons(study, point - 1) == hebb_annealing_neurons(study, point);
    for (int k = 0; k <= ENERGY; k++) result->of[k].theory = k < ENERGY && p < 3 ? (double)(k == SHARE_PATTERN) : NAN;
    for (int k = ENERGY_PATTERN; k < N_OBSERVABLES; k++) {
        hebb_rs_state state = {.e = NAN};
        hebb_status status = HEBB_ENOSOLUTION;
        if (is_known) {
            result->of[k].theory = before->of[k].theory;
            continue;
        }
        if ((size_t)order_of(k) <= p) status = hebb_rs_retrieval(load_of(study, point), 0.0, order_of(k), &state);
        if (status != HEBB_OK && status != HEBB_ENOSOLUTION)
            return hebb_fail(status, "the saddle-point equations failed at p/N = %g", load_of(study, point));
        result->of[k].theory = status == HEBB_OK ? state.e : NAN;
    }
    return HEBB_OK;
}

static hebb_status measure_all(const hebb_study *study, point_result *results)
{
    double *energies = calloc(study->n_replicas, sizeof *energies);
    if (energies == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = HEBB_OK;
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        results[point] = measure(study, point, energies);
        status = add_theory(study, point, point > 0 ? &results[point - 1] : NULL, &results[point]);
    }
    free(energies);
    return status;
}

/* ---- summary.csv and theory.csv ---- */

static void add_summary_row(const hebb_study *study, size_t point, const void *results, hebb_table *table)
{
    const point_result *x = (const point_result *)results + point;
    hebb_summary_add(study, point, N_OBSERVABLES, x->of, table);
}

/* The states that there are, p/N -> 0: those at finite p/N are in the summary. */
static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"order", "1", "patterns mixed n; 1 a single pattern"},
        {"m", "1", "overlap with each of the n patterns, T = 0, p/N -> 0"},
        {"energy", "J", "energy per neuron, -n m^2/2"},
        {"critical_temperature", "J", "below it the state is stable, p/N -> 0"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (int n = 1; status == HEBB_OK && n <= HEBB_VALLEY_MOST; n += 2) {
        hebb_mixture mixture = {.m = NAN, .f = NAN}, critical = {.temperature = NAN};
        hebb_status solved = hebb_mixture_solve(n, 0.0, &mixture);
        if (solved == HEBB_OK) solved = hebb_mixture_critical(n, &critical);
        hebb_table_number(&table, (double)n);
        hebb_table_number(&table, mixture.m);
        hebb_table_number(&table, mixture.f);
        hebb_table_number(&table, critical.temperature);
        hebb_theory_table_status(&table, solved);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- swaps.csv ---- */

static void add_pair(const hebb_study *study, size_t point, size_t k, double *rates, hebb_table *table)
{
    const hebb_annealing_study *own = study->own;
    hebb_study_gather(study, point, ANNEALING_N_VALUES + k, rates);
    const hebb_estimate rate = hebb_estimate_mean(study->n_replicas, rates);
    hebb_study_add_grid(study, point, table);
    hebb_table_number(table, own->rungs[k]);
    hebb_table_number(table, own->rungs[k + 1]);
    hebb_table_number(table, rate.value);
    hebb_table_number(table, rate.error);
}

/* A row a point and pair of neighbouring temperatures; nothing for a quench. */
static hebb_status save_swaps(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"temperature", "J", "the lower temperature of the pair"},
        {"temperature_above", "J", "the higher one"},
        {"swap_rate", "1", "share of the tried exchanges that were accepted, mean over the replicas of the study"},
        {"swap_rate_err", "1", "its standard error"},
    };
    double *rates = calloc(study->n_replicas, sizeof *rates);
    if (rates == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the swap rates");
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t k = 0; hebb_annealing_sweeps(study, point) > 0 && k < study->n_extra; k++)
            add_pair(study, point, k, rates, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "swaps.csv");
    hebb_table_free(&table);
    free(rates);
    return status;
}

/* ---- verdict.csv ---- */

/* How far the mean of runs that ended in states of order n may be from the theory's energy: see above. */
static double energy_tolerance(int n, double n_neurons, double n_patterns)
{
    hebb_mixture mixture;
    if (n > n_patterns || hebb_mixture_solve(n, 0.0, &mixture) != HEBB_OK) return NAN;
    const double sum = (double)n * mixture.m; /* <|z|>; and <z^2> = n */
    const double variance = mixture.m * mixture.m * ((double)n - sum * sum) / n_neurons +
                            (n_patterns - (double)n) / (2.0 * n_neurons * n_neurons);
    const double log_states =
        (n - 1.0) * M_LN2 + lgamma(n_patterns + 1.0) - lgamma((double)n + 1.0) - lgamma(n_patterns - (double)n + 1.0);
    return sqrt(2.0 * variance * fmax(log_states, 0.0)) + sum * mixture.m / n_neurons;
}

static hebb_comparison compare_energy(const hebb_study *study, size_t point, int which, const hebb_measurement *x)
{
    hebb_comparison c = {.quantity = observables[which].value.name,
                         .point = point,
                         .simulation = x->estimate.value,
                         .error = x->estimate.error,
                         .n_samples = x->estimate.n,
                         .theory = x->theory,
                         .tolerance = energy_tolerance(order_of(which), (double)hebb_annealing_neurons(study, point),
                                                       (double)hebb_annealing_patterns(study, point)),
                         .resolution = ENERGY_RESOLUTION,
                         .note = LOWEST};
    if (isnan(x->theory))
        c.note = "there is no such state at p/N";
    else if (x->estimate.n == 0)
        c.note = "no run ended there";
    else if (c.tolerance > ENERGY_RESOLUTION)
        c.note =
            "N is too small: by chance one mixture's energy is farther from another's than orders 3 and 5 are apart";
    else if (load_of(study, point) > LOAD_JUDGED)
        c.note = "beyond p/N = 0.05 relaxation stops before the equilibrium of a state";
    c.not_judged = c.note != LOWEST;
    return c;
}

static hebb_comparison compare_share(size_t point, const hebb_measurement *x)
{
    return (hebb_comparison){.quantity = "share_pattern",
                             .point = point,
                             .simulation = x->estimate.value,
                             .error = x->estimate.error,
                             .theory = x->theory,
                             .tolerance = SHARE_TOLERANCE,
                             .resolution = SHARE_RESOLUTION,
                             .note = isnan(x->theory) ? "no theory says how often cooling ends where"
                                                      : "one or two patterns: nothing else is a minimum",
                             .not_judged = isnan(x->theory)};
}

static hebb_status save_verdicts(hebb_study *study, const point_result *results)
{
    enum { N_ENERGIES = N_OBSERVABLES - ENERGY_PATTERN };
    const size_t n_points = study->n_points, n = (N_ENERGIES + 1) * n_points;
    hebb_comparison *comparisons = calloc(n, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n);
    for (size_t point = 0; point < n_points; point++) {
        for (int k = 0; k < N_ENERGIES; k++)
            comparisons[(size_t)k * n_points + point] =
                compare_energy(study, point, ENERGY_PATTERN + k, &results[point].of[ENERGY_PATTERN + k]);
        comparisons[N_ENERGIES * n_points + point] = compare_share(point, &results[point].of[SHARE_PATTERN]);
    }
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

hebb_status hebb_annealing_report(hebb_study *study)
{
    point_result *results = calloc(study->n_points, sizeof *results);
    if (results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu points", study->n_points);
    hebb_status status = measure_all(study, results);
    if (status == HEBB_OK)
        status = hebb_summary_save(study, N_OBSERVABLES, observables, 0, NULL, add_summary_row, results);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK && ((const hebb_annealing_study *)study->own)->exchanges) status = save_swaps(study);
    if (status == HEBB_OK) status = save_verdicts(study, results);
    free(results);
    return status;
}
