/* What the boltzmann-learning experiment says of its replicas: summary.csv, theory.csv, verdict.csv. */
#include "boltzmann_learning_study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "estimators.h"

/*
 * Fixed before any run.
 *
 * Exact descent.  Both ways take the same steps; each rounds an average to some 1e-15, and a descent towards a minimum
 * does not let errors grow.  Where it passes a saddle they grow by exp(eta kappa t), kappa the curvature, below 1 here:
 * some 1e5 at such places.
 *
 * First excess.  (eta^2/2) tr(C d2G) is the lowest order.  The next are those of eta^4 with C twice, of relative size
 * (eta^2/4) tr C d4G/d2G, tr C <= n_features/(2 n_chains) and d4G/d2G <= 2 for averages of +-1, and of the third cumulant,
 * smaller: tolerance eta^2 n_features/(4 n_chains) of the excess.  Judged where that is a tenth at most; the resolution
 * tells the excess from none, and from half of it, which one phase's noise alone would make.  The term of first order,
 * (theta - mean).dG, has the mean 0 and most of the variance: it is taken off, replica by replica.
 *
 * Limit.  With c chains the divergence is G + A/c + B/c^2, and (c2 G2 - c1 G1)/(c2 - c1) is G - B/(c1 c2), with B of order
 * A^2/G: where the excess A/c1 of the fewer chains is a tenth of G at most that is 1e-2 G, and less by c1/c2; twice that is
 * tolerated.
 */
static const double DESCENT_TOLERANCE = 1e-9;
static const double EXCESS_JUDGED = 0.1, EXCESS_RESOLUTION = 0.3;
static const double LIMIT_JUDGED = 0.1, LIMIT_TOLERANCE = 0.02, LIMIT_RESOLUTION = 0.05;

enum { MAX_DECADES = 8, NAME_ROOM = 24 };

static const hebb_column summary_columns[] = {
    {"update", "1", "updates so far"},
    {"replicas", "1", "starting weights"},
    {"sampled", "nat", "divergence by the sampled rule, exact, mean over the replicas"},
    {"sampled_err", "nat", "standard error of sampled, that of the starting weights included"},
    {"sampled_theory", "nat", "annealed law: the same for infinitely many chains"},
    {"sampled_z", "1", "(sampled - sampled_theory)/sampled_err"},
    {"exact", "nat", "divergence by the exact rule"},
    {"exact_err", "nat", "standard error of exact: that of the starting weights"},
    {"exact_theory", "nat", "gradient descent from the same starting weights"},
    {"exact_z", "1", "(exact - exact_theory)/exact_err"},
    {"mean_field", "nat", "exact divergence of the machine that learnt in mean field"},
    {"mean_field_err", "nat", "standard error of mean_field"},
    {"mean_field_theory", "nat", "none"},
    {"mean_field_z", "1", "none"},
    {"excess", "nat",
     "sampled less annealed law, replica by replica: what the noise of sampling adds; after the first update less its "
     "term of first order too, whose mean is 0"},
    {"excess_err", "nat", "standard error of excess"},
    {"excess_theory", "nat", "(eta^2/2) tr(C d2G), after the first update; else empty"},
    {"excess_z", "1", "(excess - excess_theory)/excess_err"},
    {"mean_field_gap", "nat", "mean_field less exact, replica by replica"},
    {"mean_field_gap_err", "nat", "standard error of mean_field_gap"},
};

typedef struct {
    hebb_estimate of[N_LEARNERS], excess, gap;
    double excess_theory;
} record_result;

/* Means over the replicas of one point after one record.  scratch: n_replicas. */
static record_result measure(const hebb_study *study, size_t point, size_t k, double *scratch)
{
    const hebb_learning_study *own = study->own;
    const size_t n = study->n_replicas;
    record_result x = {.excess_theory = NAN};
    for (size_t learner = 0; learner < N_LEARNERS; learner++) {
        for (size_t r = 0; r < n; r++) scratch[r] = hebb_learning_study_at(study, point, r, learner, k);
        x.of[learner] = hebb_estimate_mean(n, scratch);
    }
    for (size_t r = 0; r < n; r++) {
        const double linear = hebb_study_values(study, point, r)[LEARNING_FIRST_LINEAR];
        scratch[r] = hebb_learning_study_at(study, point, r, LEARNER_SAMPLED, k) -
                     hebb_learning_study_at(study, point, r, LEARNER_ANNEALED, k) -
                     (own->records[k] == 1 && !isnan(linear) ? linear : 0.0);
    }
    x.excess = hebb_estimate_mean(n, scratch);
    for (size_t r = 0; r < n; r++)
        scratch[r] = hebb_learning_study_at(study, point, r, LEARNER_MEAN_FIELD, k) -
                     hebb_learning_study_at(study, point, r, LEARNER_EXACT, k);
    x.gap = hebb_estimate_mean(n, scratch);
    if (own->records[k] == 1) {
        hebb_study_gather(study, point, LEARNING_FIRST_EXCESS, scratch);
        x.excess_theory = hebb_estimate_mean(n, scratch).value;
    }
    return x;
}

/* ---- summary.csv, theory.csv ---- */

static hebb_status save_summary(const hebb_study *study, double *scratch)
{
    const hebb_learning_study *own = study->own;
    hebb_table table;
    hebb_status status =
        hebb_study_table_init(study, sizeof summary_columns / sizeof *summary_columns, summary_columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t k = 0; k < own->n_records; k++) {
            const record_result x = measure(study, point, k, scratch);
            const hebb_estimate *of = x.of;
            const double annealed = of[LEARNER_ANNEALED].value, descent = of[LEARNER_DESCENT].value;
            const hebb_estimate sampled = of[LEARNER_SAMPLED], exact = of[LEARNER_EXACT],
                                field = of[LEARNER_MEAN_FIELD];
            const double cells[] = {(double)own->records[k],
                                    (double)study->n_replicas,
                                    sampled.value,
                                    sampled.error,
                                    annealed,
                                    hebb_verdict_z(sampled.value, sampled.error, annealed),
                                    exact.value,
                                    exact.error,
                                    descent,
                                    hebb_verdict_z(exact.value, exact.error, descent),
                                    field.value,
                                    field.error,
                                    NAN,
                                    NAN,
                                    x.excess.value,
                                    x.excess.error,
                                    x.excess_theory,
                                    hebb_verdict_z(x.excess.value, x.excess.error, x.excess_theory),
                                    x.gap.value,
                                    x.gap.error};
            hebb_study_add_grid(study, point, &table);
            for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(&table, cells[c]);
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    hebb_table_free(&table);
    return status;
}

/* The exact rule's own numbers where the units are too many to be listed by the theory. */
static hebb_status save_theory(const hebb_study *study, double *scratch)
{
    static const hebb_column columns[] = {
        {"update", "1", "updates so far"},
        {"descent", "nat", "divergence by gradient descent, mean over the replicas' starting weights"},
        {"annealed", "nat", "divergence by the annealed law: sampling with infinitely many chains"},
    };
    const hebb_learning_study *own = study->own;
    hebb_table table;
    hebb_status status = hebb_study_table_init(study, sizeof columns / sizeof *columns, columns, &table);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        for (size_t k = 0; k < own->n_records; k++) {
            const record_result x = measure(study, point, k, scratch);
            hebb_study_add_grid(study, point, &table);
            hebb_table_number(&table, (double)own->records[k]);
            hebb_table_number(&table, x.of[own->has_theory ? LEARNER_DESCENT : LEARNER_EXACT].value);
            hebb_table_number(&table, x.of[LEARNER_ANNEALED].value);
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdicts ---- */

static hebb_comparison compare_descent(const hebb_study *study, size_t point)
{
    const hebb_learning_study *own = study->own;
    double most = own->has_theory ? 0.0 : NAN;
    for (size_t r = 0; own->has_theory && r < study->n_replicas; r++)
        for (size_t k = 0; k < own->n_records; k++)
            most = fmax(most, fabs(hebb_learning_study_at(study, point, r, LEARNER_EXACT, k) -
                                   hebb_learning_study_at(study, point, r, LEARNER_DESCENT, k)));
    return (hebb_comparison){.quantity = "exact_descent",
                             .point = point,
                             .simulation = most,
                             .theory = 0.0,
                             .tolerance = DESCENT_TOLERANCE,
                             .not_judged = !own->has_theory,
                             .note = own->has_theory
                                         ? "the largest distance of the exact rule from the theory's, all updates and "
                                           "replicas; tolerance: rounding"
                                         : "too many units to be listed"};
}

static hebb_comparison compare_first(const hebb_study *study, size_t point, double *scratch)
{
    const hebb_learning_study *own = study->own;
    const record_result x = measure(study, point, 1, scratch);
    const double rate = hebb_study_grid(study, point, LEARNING_RATE);
    const double relative =
        0.25 * rate * rate * (double)own->n_features / hebb_study_grid(study, point, LEARNING_CHAINS);
    hebb_comparison c = {.quantity = "first_excess",
                         .point = point,
                         .simulation = x.excess.value,
                         .error = x.excess.error,
                         .n_samples = x.excess.n,
                         .theory = x.excess_theory,
                         .tolerance = relative * x.excess_theory,
                         .resolution = EXCESS_RESOLUTION * x.excess_theory};
    c.not_judged = isnan(x.excess_theory) || relative > EXCESS_JUDGED;
    c.note = isnan(x.excess_theory)     ? "states of one chain are correlated: theory for --collect 1"
             : relative > EXCESS_JUDGED ? "higher orders in the learning rate: more than a tenth is to be expected"
                                        : "tolerance: the next order in the learning rate";
    return c;
}

/* Of the points that differ from `point` in the number of chains alone, those of the most and the second most. */
static bool find_most(const hebb_study *study, size_t point, size_t most[2])
{
    size_t n = 0;
    for (size_t k = 0; k < study->n_points; k++) {
        if (hebb_study_grid(study, k, LEARNING_RATE) != hebb_study_grid(study, point, LEARNING_RATE) ||
            hebb_study_grid(study, k, LEARNING_COLLECT) != hebb_study_grid(study, point, LEARNING_COLLECT))
            continue;
        const double chains = hebb_study_grid(study, k, LEARNING_CHAINS);
        if (n > 0 && chains == hebb_study_grid(study, most[0], LEARNING_CHAINS)) continue;
        if (n == 0 || chains > hebb_study_grid(study, most[0], LEARNING_CHAINS)) {
            most[1] = most[0];
            most[0] = k;
            n++;
        } else if (n < 2 || chains > hebb_study_grid(study, most[1], LEARNING_CHAINS)) {
            most[1] = k;
            n++;
        }
    }
    return n >= 2;
}

static hebb_comparison compare_limit(const hebb_study *study, const size_t most[2], size_t k, const char *name,
                                     double *scratch)
{
    const double c2 = hebb_study_grid(study, most[0], LEARNING_CHAINS),
                 c1 = hebb_study_grid(study, most[1], LEARNING_CHAINS);
    const record_result fewer = measure(study, most[1], k, scratch);
    const double theory = fewer.of[LEARNER_ANNEALED].value;
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double many = hebb_learning_study_at(study, most[0], r, LEARNER_SAMPLED, k),
                     few = hebb_learning_study_at(study, most[1], r, LEARNER_SAMPLED, k);
        scratch[r] =
            (c2 * many - c1 * few) / (c2 - c1) - hebb_learning_study_at(study, most[1], r, LEARNER_ANNEALED, k);
    }
    const hebb_estimate off = hebb_estimate_mean(study->n_replicas, scratch);
    const bool is_small = fabs(fewer.excess.value) <= LIMIT_JUDGED * theory;
    return (hebb_comparison){
        .quantity = name,
        .point = most[0],
        .simulation = theory + off.value,
        .error = off.error,
        .n_samples = off.n,
        .theory = theory,
        .tolerance = LIMIT_TOLERANCE * theory,
        .resolution = LIMIT_RESOLUTION * theory,
        .not_judged = !is_small,
        .note = is_small
                    ? "from the two largest numbers of chains to infinitely many, at the same starts: the descent by "
                      "the annealed law"
                    : "so few chains add more than a tenth: higher orders of their number enter"};
}

/* After 1, 10, 100 ... updates and the last. */
static size_t compare_limits(const hebb_study *study, size_t point, char (*names)[NAME_ROOM], double *scratch,
                             hebb_comparison *comparisons)
{
    const hebb_learning_study *own = study->own;
    size_t most[2] = {point, point}, n = 0;
    if (!find_most(study, point, most) || most[0] != point) return 0;
    uint64_t wanted = 1;
    for (size_t k = 1; k < own->n_records; k++) {
        if (own->records[k] != wanted && k + 1 < own->n_records) continue;
        if (own->records[k] == wanted) wanted *= 10;
        comparisons[n] = compare_limit(study, most, k, names[n], scratch);
        n++;
    }
    return n;
}

static hebb_status save_verdicts(hebb_study *study, double *scratch)
{
    const hebb_learning_study *own = study->own;
    char names[MAX_DECADES][NAME_ROOM];
    uint64_t wanted = 1;
    for (size_t k = 1, n = 0; k < own->n_records && n < MAX_DECADES; k++)
        if (own->records[k] == wanted || k + 1 == own->n_records) {
            snprintf(names[n++], NAME_ROOM, "limit_%llu", (unsigned long long)own->records[k]);
            wanted *= own->records[k] == wanted ? 10 : 1;
        }
    hebb_comparison *comparisons = calloc((2 + MAX_DECADES) * study->n_points, sizeof *comparisons);
    if (comparisons == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the verdicts");
    size_t n = 0;
    for (size_t point = 0; point < study->n_points; point++) {
        comparisons[n++] = compare_descent(study, point);
        if (own->has_theory) {
            comparisons[n++] = compare_first(study, point, scratch);
            n += compare_limits(study, point, names, scratch, comparisons + n);
        }
        const record_result end = measure(study, point, own->n_records - 1, scratch);
        hebb_study_say(study, "boltzmann-learning: eta %g, %g chains: %.4g nat sampled, %.4g exact, %.4g in mean field",
                       hebb_study_grid(study, point, LEARNING_RATE), hebb_study_grid(study, point, LEARNING_CHAINS),
                       end.of[LEARNER_SAMPLED].value, end.of[LEARNER_EXACT].value, end.of[LEARNER_MEAN_FIELD].value);
    }
    const hebb_status status = hebb_study_save_verdicts(study, n, comparisons);
    free(comparisons);
    return status;
}

hebb_status hebb_learning_report(hebb_study *study)
{
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    if (scratch == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = save_summary(study, scratch);
    if (status == HEBB_OK) status = save_theory(study, scratch);
    if (status == HEBB_OK) status = save_verdicts(study, scratch);
    free(scratch);
    return status;
}
