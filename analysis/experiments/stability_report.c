/* What the stability experiment says of its replicas: summary.csv, k_half.csv, theory.csv, verdict.csv. */
#include "stability_study.h"

#include <math.h>
#include <stdlib.h>

#include "c_locale.h"
#include "dense_capacity.h"
#include "pattern_stability.h"
#include "polynomial.h"
#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.
 *
 * p_wrong is against an exact law: nothing is tolerated.  Its resolution tells apart the exact law and the Gaussian one
 * of small networks, which differ by a third at N = 30, n = 3.
 *
 * K_half is against the exact law and the leading correction for bits that are not independent; the next one is taken for
 * a quarter at most of the terms of that.  K_c of e^x leaves out pairs of patterns at distance 2, which need the help
 * of others: below 1 %.
 *
 * The exponents and the prefactor are laws of large N: what is tolerated is what separates n - 1 from another law, not what
 * a correction of 1/N would.
 */
static const double P_WRONG_RESOLUTION = 0.25, K_HALF_RESOLUTION = 0.05, SHIFT_TOLERANCE = 0.25;
static const double ALL_TOLERANCE = 0.01, ALL_RESOLUTION = 0.15, K_ALL_TOLERANCE = 0.01, K_ALL_RESOLUTION = 0.08;
static const double EXPONENT_TOLERANCE = 0.03, EXPONENT_TOLERANCE_OF_2 = 0.04, PREFACTOR_TOLERANCE = 0.05;

static const char NO_CURVE[] = "fewer than two loads at which some patterns, not all, are stable";

static const hebb_observable observables[STABILITY_N_VALUES] = {
    HEBB_OBSERVABLE("p_wrong", "1", "share of bits whose drive is against them", "exact law at N and K; e^x: none"),
    HEBB_OBSERVABLE("p_tie", "1", "share of bits whose drive is zero", "exact law at N and K; e^x: none"),
    HEBB_OBSERVABLE("stable", "1", "share of patterns that are fixed points", "(1 - p_wrong)^N; e^x: none"),
    HEBB_OBSERVABLE("all_stable", "1", "share of replicas in which all patterns looked at are fixed points",
                    "e^x: no two patterns at distance 1; else none"),
};

typedef struct {
    hebb_measurement of[STABILITY_N_VALUES];
    double gaussian;
} point_result;

/* One memory at one size: its loads are points one after the other. */
typedef struct {
    size_t first, n_points;
    bool is_fitted;
    double k, error; /* K_half measured, or K_c of e^x */
    hebb_status solved;
    hebb_pattern_half theory; /* e^x: exact alone */
} size_result;

typedef struct {
    point_result *points;
    size_t n_sizes;
    size_result *sizes;
    double *room; /* 4 numbers a point */
} results;

static double number(const hebb_study *study, size_t point, size_t column)
{
    return hebb_study_grid(study, point, column);
}

static bool same_memory(const hebb_study *study, size_t a, size_t b)
{
    const double x = number(study, a, STABILITY_DEGREE), y = number(study, b, STABILITY_DEGREE);
    return x == y || (isnan(x) && isnan(y));
}

/* ---- the points ---- */

/* The mean over replicas; a share's error is at least what that many independent patterns or bits would give. */
static hebb_estimate estimate(const hebb_study *study, size_t point, size_t value, double *scratch)
{
    hebb_study_gather(study, point, value, scratch);
    hebb_estimate x = hebb_estimate_mean(study->n_replicas, scratch);
    double n = (double)study->n_replicas;
    if (value != STABILITY_ALL) n *= (double)hebb_stability_starts(study, point);
    if (value == STABILITY_WRONG || value == STABILITY_TIE) n *= number(study, point, STABILITY_NEURONS);
    const hebb_estimate share = hebb_estimate_share((size_t)llround(x.value * n), (size_t)n);
    x.error = isnan(x.error) ? share.error : fmax(x.error, share.error);
    return x;
}

static hebb_status measure(const hebb_study *study, size_t point, double *scratch, point_result *result)
{
    const double n = number(study, point, STABILITY_NEURONS), k = number(study, point, STABILITY_PATTERNS);
    const bool is_exponential = hebb_stability_is_exponential(study, point);
    hebb_dense_law law = {NAN, NAN, NAN};
    result->gaussian = NAN;
    if (!is_exponential) {
        const hebb_dense_energy energy = hebb_stability_energy(study, point);
        hebb_dense_noise noise;
        hebb_status status = hebb_dense_noise_init(&noise, energy, (long)n);
        if (status == HEBB_OK) status = hebb_dense_one_step(&noise, (long)k, &law);
        hebb_dense_noise_free(&noise);
        if (status == HEBB_ENOMEM) return hebb_fail(status, "no memory for the exact law");
        if (status != HEBB_OK) law.wrong = law.tie = NAN; /* too long a lattice: no theory here */
        status = hebb_dense_gaussian(energy.degree, energy.rectified, n, k, &result->gaussian);
        if (status != HEBB_OK) return hebb_fail(status, "no Gaussian law at N = %g, K = %g", n, k);
    }
    const double theory[STABILITY_N_VALUES] = {law.wrong, law.tie, hebb_pattern_stable(n, law.wrong),
                                               is_exponential ? hebb_pattern_all_stable(n, k) : NAN};
    for (size_t v = 0; v < STABILITY_N_VALUES; v++)
        result->of[v] = (hebb_measurement){estimate(study, point, v, scratch), theory[v]};
    return HEBB_OK;
}

static void add_summary_row(const hebb_study *study, size_t point, const void *points, hebb_table *table)
{
    const point_result *x = (const point_result *)points + point;
    hebb_summary_add(study, point, STABILITY_N_VALUES, x->of, table);
    hebb_table_number(table, x->gaussian);
}

static hebb_status save_summary(const hebb_study *study, const results *all)
{
    static const hebb_column gaussian = {"p_error_gaussian", "1", "share of wrong bits, Gaussian law"};
    return hebb_summary_save(study, STABILITY_N_VALUES, observables, 1, &gaussian, add_summary_row, all->points);
}

/* ---- the sizes: where half are stable ---- */

/*
 * ln(-ln share) - ln ln2 against ln K is all but straight for e^x, slope 2, and a little bent for x^n, where it is ln(N
 * p(K)): a line or a parabola, and its zero.
 */
static void fit_half(const hebb_study *study, const results *all, size_result *size)
{
    const bool is_exponential = hebb_stability_is_exponential(study, size->first);
    double *x = all->room, *y = x + study->n_points, *error = y + study->n_points, nearest = 0.0;
    size_t n = 0;
    for (size_t point = size->first; point < size->first + size->n_points; point++) {
        const hebb_estimate share = all->points[point].of[is_exponential ? STABILITY_ALL : STABILITY_STABLE].estimate;
        const double ln_k = log(number(study, point, STABILITY_PATTERNS));
        if (!(share.value > 2.0 * share.error) || !(1.0 - share.value > 2.0 * share.error)) continue;
        if (n > 0 && x[n - 1] == ln_k) continue; /* loads that round to one K are the same runs */
        x[n] = ln_k;
        y[n] = log(-log(share.value) / M_LN2);
        error[n] = share.error / (share.value * -log(share.value));
        if (n == 0 || fabs(y[n]) < fabs(y[(size_t)nearest])) nearest = (double)n;
        n++;
    }
    hebb_polynomial fit;
    double zero, zero_error;
    if (n < 2 || hebb_polynomial_fit(n, x, y, error, n > 3 && !is_exponential ? 2 : 1, &fit) != HEBB_OK) return;
    if (hebb_polynomial_zero(&fit, x[(size_t)nearest], &zero, &zero_error) != HEBB_OK) return;
    size->is_fitted = true;
    size->k = exp(zero);
    size->error = size->k * zero_error;
}

static hebb_status solve_half(const hebb_study *study, size_result *size)
{
    const double n = number(study, size->first, STABILITY_NEURONS);
    if (hebb_stability_is_exponential(study, size->first)) {
        size->theory = (hebb_pattern_half){hebb_pattern_all_half(n), 0.0, 0.0, NAN, NAN};
        size->solved = HEBB_OK;
        return HEBB_OK;
    }
    const hebb_dense_energy energy = hebb_stability_energy(study, size->first);
    size->solved = hebb_pattern_half_solve(energy, (long)n, &size->theory);
    return size->solved == HEBB_ENOMEM ? hebb_fail(HEBB_ENOMEM, "no memory for the exact law") : HEBB_OK;
}

static hebb_status find_sizes(const hebb_study *study, results *all)
{
    for (size_t point = 0; point < study->n_points; point++) {
        size_result *last = all->n_sizes > 0 ? &all->sizes[all->n_sizes - 1] : NULL;
        const bool goes_on = last != NULL && same_memory(study, last->first, point) &&
                             number(study, last->first, STABILITY_NEURONS) == number(study, point, STABILITY_NEURONS);
        if (goes_on)
            last->n_points++;
        else
            all->sizes[all->n_sizes++] = (size_result){.first = point, .n_points = 1, .k = NAN, .error = NAN};
    }
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < all->n_sizes; k++) {
        fit_half(study, all, &all->sizes[k]);
        status = solve_half(study, &all->sizes[k]);
    }
    return status;
}

/* One over the leading law of K_half. */
static double scale_of(const hebb_study *study, const size_result *size)
{
    const double n = number(study, size->first, STABILITY_NEURONS);
    return 1.0 /
           (hebb_stability_is_exponential(study, size->first) ? hebb_pattern_all_leading(n) : size->theory.gaussian);
}

static hebb_status save_sizes(const hebb_study *study, const results *all)
{
    static const hebb_column columns[] = {
        {"degree", "1", "power n; empty: e^x"},
        {"n_neurons", "1", "number of neurons N"},
        {"k_half", "1", "K at which half of the patterns are stable; e^x: all are in half of the realisations"},
        {"k_half_err", "1", "its standard error"},
        {"k_half_theory", "1",
         "exact one-step law, corrected for bits that are not independent; e^x: no pair at distance 1"},
        {"k_half_z", "1", "(k_half - k_half_theory)/k_half_err"},
        {"k_independent", "1", "exact one-step law, bits independent"},
        {"k_leading", "1", "N^(n-1)/((2n-3)!! z^2); e^x: (2 ln2/N)^(1/2) 2^(N/2)"},
        {"z", "1", "Phi^-1(1 - ln2/N)"},
        {"scaled", "1", "k_half/k_leading"},
        {"scaled_err", "1", "its standard error"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; status == HEBB_OK && k < all->n_sizes; k++) {
        const size_result *size = &all->sizes[k];
        const double theory = hebb_pattern_half_corrected(&size->theory), scale = scale_of(study, size);
        const double cells[] = {number(study, size->first, STABILITY_DEGREE),
                                number(study, size->first, STABILITY_NEURONS),
                                size->k,
                                size->error,
                                theory,
                                hebb_verdict_z(size->k, size->error, theory),
                                size->theory.exact,
                                1.0 / scale,
                                size->theory.z,
                                size->k * scale,
                                size->error * scale};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(&table, cells[c]);
        hebb_table_text(&table, size->is_fitted ? hebb_status_text(size->solved) : NO_CURVE);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "k_half.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- theory.csv: the ladder's lines ---- */

static void add_theory_row(hebb_table *table, const hebb_study *study, size_t point, double n_neurons)
{
    hebb_pattern_half half = {NAN, 0.0, 0.0, NAN, NAN};
    hebb_status solved = HEBB_OK;
    if (hebb_stability_is_exponential(study, point))
        half =
            (hebb_pattern_half){hebb_pattern_all_half(n_neurons), 0.0, 0.0, hebb_pattern_all_leading(n_neurons), NAN};
    else
        solved = hebb_pattern_half_solve(hebb_stability_energy(study, point), (long)n_neurons, &half);
    hebb_table_number(table, number(study, point, STABILITY_DEGREE));
    hebb_table_number(table, n_neurons);
    hebb_table_number(table, hebb_pattern_half_corrected(&half));
    hebb_table_number(table, half.exact);
    hebb_table_number(table, half.gaussian);
    hebb_theory_table_status(table, solved);
}

/* For each memory, somewhat beyond its smallest and its largest size. */
static hebb_status save_theory(const hebb_study *study, const results *all)
{
    static const hebb_column columns[] = {
        {"degree", "1", "power n; empty: e^x"},
        {"n_neurons", "1", "number of neurons N"},
        {"k_half", "1", "K at which half of the patterns are stable; e^x: all are in half of the realisations"},
        {"k_independent", "1", "the same if bits were independent"},
        {"k_leading", "1", "N^(n-1)/((2n-3)!! z^2); e^x: (2 ln2/N)^(1/2) 2^(N/2)"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    enum { N_STEPS = 16 };
    static const double BEYOND = 1.5;
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0, next; status == HEBB_OK && k < all->n_sizes; k = next) {
        const size_t point = all->sizes[k].first;
        double low = INFINITY, high = 0.0, last = 0.0;
        for (next = k; next < all->n_sizes && same_memory(study, point, all->sizes[next].first); next++) {
            const double n = number(study, all->sizes[next].first, STABILITY_NEURONS);
            low = fmin(low, n);
            high = fmax(high, n);
        }
        const double odd = fmod(low, 2.0); /* ties come and go with the parity of N */
        low = fmax(low / BEYOND, 3.0);
        high = fmin(high * BEYOND, 16000.0);
        for (int step = 0; step <= N_STEPS; step++) {
            const double n = odd + 2.0 * round(0.5 * (low * pow(high / low, (double)step / N_STEPS) - odd));
            if (n != last) add_theory_row(&table, study, point, n);
            last = n;
        }
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv ---- */

static hebb_comparison compare_point(const hebb_study *study, size_t point, const point_result *result)
{
    const bool is_exponential = hebb_stability_is_exponential(study, point);
    const hebb_measurement *x = &result->of[is_exponential ? STABILITY_ALL : STABILITY_WRONG];
    hebb_comparison c = {.quantity = is_exponential ? "all_stable" : "p_wrong",
                         .point = point,
                         .simulation = x->estimate.value,
                         .error = x->estimate.error,
                         .n_samples = x->estimate.n,
                         .theory = x->theory,
                         .tolerance = is_exponential ? ALL_TOLERANCE : 0.0,
                         .resolution = is_exponential ? ALL_RESOLUTION : P_WRONG_RESOLUTION * x->theory,
                         .note = is_exponential ? "no two patterns at distance 1: the leading order"
                                                : "the exact law: nothing is tolerated"};
    if (is_exponential && hebb_stability_starts(study, point) < number(study, point, STABILITY_PATTERNS)) {
        c.not_judged = 1;
        c.note = "not all patterns are looked at";
    }
    return c;
}

static hebb_comparison compare_half(const hebb_study *study, const size_result *size)
{
    const bool is_exponential = hebb_stability_is_exponential(study, size->first);
    const double theory = hebb_pattern_half_corrected(&size->theory);
    hebb_comparison c = {.quantity = "k_half",
                         .point = size->first,
                         .simulation = size->k,
                         .error = size->error,
                         .n_samples = study->n_replicas,
                         .theory = theory,
                         .tolerance =
                             is_exponential ? K_ALL_TOLERANCE * theory : SHIFT_TOLERANCE * size->theory.terms * theory,
                         .resolution = theory * (is_exponential ? K_ALL_RESOLUTION : K_HALF_RESOLUTION),
                         .note = "from all loads at this size"};
    if (!size->is_fitted) {
        c.not_judged = 1;
        c.note = NO_CURVE;
    }
    return c;
}

/* The straight line of ln(K z^2) in ln N, or of ln K + ln(N)/2 in N, through the sizes from k on of one memory. */
static hebb_comparison compare_exponent(const hebb_study *study, const results *all, size_t k, size_t n_sizes)
{
    const size_t point = all->sizes[k].first;
    const double degree = number(study, point, STABILITY_DEGREE);
    const bool is_exponential = isnan(degree);
    double *x = all->room, *y = x + study->n_points, *error = y + study->n_points;
    size_t n = 0;
    for (size_t j = k; j < k + n_sizes; j++) {
        const size_result *size = &all->sizes[j];
        const double n_neurons = number(study, size->first, STABILITY_NEURONS), z = size->theory.z;
        if (!size->is_fitted || !(size->error > 0.0)) continue;
        x[n] = is_exponential ? n_neurons : log(n_neurons);
        y[n] = log(size->k) + (is_exponential ? 0.5 * log(n_neurons) : log(z * z));
        error[n++] = size->error / size->k;
    }
    hebb_polynomial fit;
    double slope = NAN, slope_error = NAN;
    if (n >= 3 && hebb_polynomial_fit(n, x, y, error, 1, &fit) == HEBB_OK) {
        (void)hebb_polynomial_at(&fit, x[0], &slope, NULL);
        slope_error = hebb_polynomial_slope_error(&fit, x[0]);
    }
    const double theory = is_exponential ? 0.5 * M_LN2 : degree - 1.0,
                 tolerance = theory * (degree == 2.0 ? EXPONENT_TOLERANCE_OF_2 : EXPONENT_TOLERANCE);
    return (hebb_comparison){.quantity = "exponent",
                             .point = point,
                             .simulation = slope,
                             .error = slope_error,
                             .n_samples = study->n_replicas,
                             .theory = theory,
                             .tolerance = tolerance,
                             .resolution = tolerance,
                             .not_judged = isnan(slope),
                             .note = isnan(slope)     ? "fewer than three sizes with a K_half"
                                     : is_exponential ? "slope of ln K_c + ln(N)/2 in N, from all loads and sizes"
                                                      : "slope of ln(K_half z^2) in ln N, from all loads and sizes"};
}

static hebb_comparison compare_prefactor(const hebb_study *study, const size_result *largest)
{
    const double scale = scale_of(study, largest);
    hebb_comparison c = {.quantity = "prefactor",
                         .point = largest->first,
                         .simulation = largest->k * scale,
                         .error = largest->error * scale,
                         .n_samples = study->n_replicas,
                         .theory = 1.0,
                         .tolerance = PREFACTOR_TOLERANCE,
                         .resolution = PREFACTOR_TOLERANCE,
                         .not_judged = 1};
    if (!largest->is_fitted)
        c.note = NO_CURVE;
    else if (!(fabs(hebb_pattern_half_corrected(&largest->theory) * scale - 1.0) < PREFACTOR_TOLERANCE))
        c.note =
            "the largest size is too small: the theory of finite N is off its leading law by as much as is tolerated";
    else {
        c.note = "K_half over its leading law at the largest size";
        c.not_judged = 0;
    }
    return c;
}

static hebb_status save_verdicts(hebb_study *study, const results *all)
{
    hebb_comparison *comparisons = calloc(study->n_points + 3 * all->n_sizes, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    size_t n = 0;
    for (size_t point = 0; point < study->n_points; point++)
        comparisons[n++] = compare_point(study, point, &all->points[point]);
    for (size_t k = 0; k < all->n_sizes; k++) comparisons[n++] = compare_half(study, &all->sizes[k]);
    for (size_t k = 0, next; k < all->n_sizes; k = next) {
        const size_result *largest = &all->sizes[k];
        for (next = k; next < all->n_sizes && same_memory(study, all->sizes[k].first, all->sizes[next].first); next++)
            if (number(study, all->sizes[next].first, STABILITY_NEURONS) >
                number(study, largest->first, STABILITY_NEURONS))
                largest = &all->sizes[next];
        comparisons[n++] = compare_exponent(study, all, k, next - k);
        comparisons[n++] = compare_prefactor(study, largest);
        const hebb_comparison *exponent = &comparisons[n - 2], *prefactor = &comparisons[n - 1];
        char memory[20] = "e^x";
        const double degree = number(study, largest->first, STABILITY_DEGREE);
        if (!isnan(degree)) snprintf(memory, sizeof memory, "n = %.0f", degree);
        if (isnan(prefactor->simulation)) continue;
        char slope[80] = "";
        if (!isnan(exponent->simulation))
            hebb_c_locale_print(slope, sizeof slope, "exponent %.4f +- %.4f (theory %.4f), ", exponent->simulation,
                                exponent->error, exponent->theory);
        hebb_study_say(study, "stability: %s: %sprefactor %.3f +- %.3f at N = %.0f", memory, slope,
                       prefactor->simulation, prefactor->error, number(study, largest->first, STABILITY_NEURONS));
    }
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

hebb_status hebb_stability_report(hebb_study *study)
{
    results all = {.points = calloc(study->n_points, sizeof *all.points),
                   .sizes = calloc(study->n_points, sizeof *all.sizes),
                   .room = calloc(study->n_points, 3 * sizeof *all.room)};
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    hebb_status status = HEBB_OK;
    if (all.points == NULL || all.sizes == NULL || all.room == NULL || scratch == NULL)
        status = hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        status = measure(study, point, scratch, &all.points[point]);
    if (status == HEBB_OK) status = find_sizes(study, &all);
    if (status == HEBB_OK) status = save_summary(study, &all);
    if (status == HEBB_OK) status = save_sizes(study, &all);
    if (status == HEBB_OK) status = save_theory(study, &all);
    if (status == HEBB_OK) status = save_verdicts(study, &all);
    free(scratch);
    free(all.room);
    free(all.sizes);
    free(all.points);
    return status;
}
