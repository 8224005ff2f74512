/*
 * What the microscopic-reversibility experiment says of its replicas: summary.csv, flows.csv, theory.csv, verdict.csv.
 */
#include "microscopic_reversibility_study.h"

#include <math.h>
#include <stdlib.h>

#include "summary.h"
#include "theory_table.h"

/*
 * Fixed before any run.  Chains are in equilibrium once their starts are forgotten, and counts have no bias: nothing is
 * tolerated.  A net flow is judged for each pair of states between which theory has one of the two flows, one update or sweep
 * away, at FLOW_JUDGED or more; it is resolved where its error can tell a fifth of the pair's mean flow.  The summed
 * circulation and the turnover are resolved to a hundredth, the energy to a hundredth of T.
 */
static const double FLOW_JUDGED = 1e-4, FLOW_RESOLUTION = 0.2, SUM_RESOLUTION = 0.01, ENERGY_RESOLUTION = 0.01;

enum { NOTE_LENGTH = 128 };

static const hebb_observable observables[REVERSIBILITY_N_VALUES] = {
    HEBB_OBSERVABLE("circulation", "1", "net flows a step in the directions that a sweep's have in theory, summed",
                    "0 for one unit at a time; of a sweep the sum of the net flows' sizes"),
    HEBB_OBSERVABLE("turnover", "1", "share of the steps that changed the state", "sum of the flows between states"),
    HEBB_OBSERVABLE("energy", "1", "mean energy E", "sum of E exp(-E/T)/Z"),
};

typedef struct {
    double *p, *energies, *room, *sweep, *flows; /* flows: of the point's own steps */
    double *x;                                   /* a number of each replica */
    hebb_table summary, flow_table, theory;
    hebb_comparison *comparisons;
    char (*notes)[NOTE_LENGTH];
    size_t n_comparisons;
} report;

static const hebb_column flow_columns[] = {
    {"state_a", "1", "number of a state: bit i is set where unit i is on"},
    {"state_b", "1", "number of a state above state_a"},
    {"there", "1", "flow from a to b: share of all steps"},
    {"there_err", "1", "standard error of there"},
    {"there_theory", "1", "p_a times the probability of a step to b"},
    {"back", "1", "flow from b to a"},
    {"back_err", "1", "standard error of back"},
    {"back_theory", "1", "p_b times the probability of a step to a"},
    {"net", "1", "there - back"},
    {"net_err", "1", "standard error of net"},
    {"net_theory", "1", "there_theory - back_theory"},
};

/* The difference of two numbers of each replica, or the first alone. */
static hebb_estimate estimate(const hebb_study *study, size_t point, size_t number, size_t less, double *x)
{
    for (size_t r = 0; r < study->n_replicas; r++) {
        const double *values = hebb_study_values(study, point, r);
        x[r] = values[number] - (less == SIZE_MAX ? 0.0 : values[less]);
    }
    return hebb_estimate_mean(study->n_replicas, x);
}

static void add_estimate(hebb_estimate found, double theory, hebb_table *table)
{
    hebb_table_number(table, found.value);
    hebb_table_number(table, found.error);
    hebb_table_number(table, theory);
}

static void add_pair(const hebb_study *study, size_t point, size_t a, size_t b, report *made)
{
    const hebb_microscopic_reversibility_study *own = study->own;
    const size_t n = own->machine.n_states, ab = a * n + b, ba = b * n + a;
    const double there = made->flows[ab], back = made->flows[ba];
    if (there == 0.0 && back == 0.0) return;
    const hebb_estimate net = estimate(study, point, REVERSIBILITY_N_VALUES + ab, REVERSIBILITY_N_VALUES + ba, made->x);
    hebb_study_add_grid(study, point, &made->flow_table);
    hebb_table_number(&made->flow_table, (double)a);
    hebb_table_number(&made->flow_table, (double)b);
    add_estimate(estimate(study, point, REVERSIBILITY_N_VALUES + ab, SIZE_MAX, made->x), there, &made->flow_table);
    add_estimate(estimate(study, point, REVERSIBILITY_N_VALUES + ba, SIZE_MAX, made->x), back, &made->flow_table);
    add_estimate(net, there - back, &made->flow_table);
    if (fmax(there, back) < FLOW_JUDGED) return;
    char *note = made->notes[made->n_comparisons];
    snprintf(note, NOTE_LENGTH, "from state %zu to %zu less back; resolution: a fifth of the mean flow", a, b);
    made->comparisons[made->n_comparisons++] = (hebb_comparison){.quantity = "net_flow",
                                                                 .point = point,
                                                                 .simulation = net.value,
                                                                 .error = net.error,
                                                                 .n_samples = net.n,
                                                                 .theory = there - back,
                                                                 .resolution = FLOW_RESOLUTION * 0.5 * (there + back),
                                                                 .note = note};
}

static void add_summary(const hebb_study *study, size_t point, report *made)
{
    const hebb_microscopic_reversibility_study *own = study->own;
    const size_t n = own->machine.n_states;
    const double temperature = hebb_study_grid(study, point, REVERSIBILITY_TEMPERATURE);
    double theory[REVERSIBILITY_N_VALUES] = {0.0};
    for (size_t a = 0; a < n; a++) {
        theory[REVERSIBILITY_ENERGY] += made->p[a] * made->energies[a];
        for (size_t b = 0; b < n; b++) {
            const double net = made->sweep[a * n + b] - made->sweep[b * n + a];
            if (a != b) theory[REVERSIBILITY_TURNOVER] += made->flows[a * n + b];
            if (fabs(net) > 1e-12) theory[REVERSIBILITY_CIRCULATION] += copysign(made->flows[a * n + b], net);
        }
    }
    hebb_measurement measured[REVERSIBILITY_N_VALUES];
    for (size_t k = 0; k < REVERSIBILITY_N_VALUES; k++) {
        measured[k] = (hebb_measurement){estimate(study, point, k, SIZE_MAX, made->x), theory[k]};
        made->comparisons[made->n_comparisons++] = (hebb_comparison){
            .quantity = observables[k].value.name,
            .point = point,
            .simulation = measured[k].estimate.value,
            .error = measured[k].estimate.error,
            .n_samples = measured[k].estimate.n,
            .theory = theory[k],
            .resolution = k == REVERSIBILITY_ENERGY ? ENERGY_RESOLUTION * temperature : SUM_RESOLUTION,
            .note =
                k == REVERSIBILITY_ENERGY ? "resolution: a hundredth of T" : "resolution: a hundredth of all steps"};
    }
    hebb_summary_add(study, point, REVERSIBILITY_N_VALUES, measured, &made->summary);
}

/* ---- theory.csv: the line of balance, and where a sweep's pairs lie ---- */

static const hebb_column theory_columns[] = {
    {"n_units", "1", "number of units"},
    {"temperature", "1", "temperature T"},
    {"update", "1", "a step is: 0 the update of one unit, chosen at random; 1 a sweep over all, in order"},
    {"state_a", "1", "number of a state"},
    {"state_b", "1", "number of another"},
    {"there", "1", "flow from a to b"},
    {"back", "1", "flow from b to a"},
    HEBB_STATUS_COLUMN,
};

static void add_theory(const hebb_study *study, size_t point, report *made)
{
    const size_t n = ((const hebb_microscopic_reversibility_study *)study->own)->machine.n_states;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) {
            if (made->flows[a * n + b] == 0.0 && made->flows[b * n + a] == 0.0) continue;
            hebb_study_add_grid(study, point, &made->theory);
            hebb_table_number(&made->theory, (double)a);
            hebb_table_number(&made->theory, (double)b);
            hebb_table_number(&made->theory, made->flows[a * n + b]);
            hebb_table_number(&made->theory, made->flows[b * n + a]);
            hebb_theory_table_status(&made->theory, HEBB_OK);
        }
}

/* ---- all of it ---- */

static hebb_status add_point(const hebb_study *study, size_t point, report *made)
{
    const hebb_microscopic_reversibility_study *own = study->own;
    const size_t n = own->machine.n_states;
    const int update = (int)hebb_study_grid(study, point, REVERSIBILITY_UPDATE);
    const hebb_status status = hebb_machine_law(&own->machine, hebb_study_grid(study, point, REVERSIBILITY_TEMPERATURE),
                                                made->p, made->energies);
    if (status != HEBB_OK) return status;
    hebb_reversibility_flows(&own->machine, REVERSIBILITY_SWEEP, made->p, made->sweep, made->room);
    hebb_reversibility_flows(&own->machine, update, made->p, made->flows, made->room);
    add_summary(study, point, made);
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) add_pair(study, point, a, b, made);
    add_theory(study, point, made);
    return HEBB_OK;
}

static hebb_status start(const hebb_study *study, report *made)
{
    const size_t n = ((const hebb_microscopic_reversibility_study *)study->own)->machine.n_states;
    const size_t n_comparisons = study->n_points * (n * (n - 1) / 2 + REVERSIBILITY_N_VALUES);
    made->p = calloc(n, sizeof *made->p);
    made->energies = calloc(n, sizeof *made->energies);
    made->room = calloc(n, sizeof *made->room);
    made->sweep = calloc(n * n, sizeof *made->sweep);
    made->flows = calloc(n * n, sizeof *made->flows);
    made->x = calloc(study->n_replicas, sizeof *made->x);
    made->comparisons = calloc(n_comparisons, sizeof *made->comparisons);
    made->notes = calloc(n_comparisons, sizeof *made->notes);
    if (made->p == NULL || made->energies == NULL || made->room == NULL || made->sweep == NULL || made->flows == NULL ||
        made->x == NULL || made->comparisons == NULL || made->notes == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    hebb_status status = hebb_summary_init(study, REVERSIBILITY_N_VALUES, observables, &made->summary);
    if (status == HEBB_OK)
        status =
            hebb_study_table_init(study, sizeof flow_columns / sizeof *flow_columns, flow_columns, &made->flow_table);
    if (status == HEBB_OK)
        status = hebb_table_init(&made->theory, sizeof theory_columns / sizeof *theory_columns, theory_columns);
    return status;
}

static void finish(report *made)
{
    hebb_table_free(&made->summary);
    hebb_table_free(&made->flow_table);
    hebb_table_free(&made->theory);
    free(made->p);
    free(made->energies);
    free(made->room);
    free(made->sweep);
    free(made->flows);
    free(made->x);
    free(made->comparisons);
    free(made->notes);
}

hebb_status hebb_microscopic_reversibility_report(hebb_study *study)
{
    report made = {0};
    hebb_status status = start(study, &made);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        status = add_point(study, point, &made);
    if (status == HEBB_OK) status = hebb_study_save(study, &made.summary, "summary.csv");
    if (status == HEBB_OK) status = hebb_study_save(study, &made.flow_table, "flows.csv");
    if (status == HEBB_OK) status = hebb_study_save(study, &made.theory, "theory.csv");
    if (status == HEBB_OK) status = hebb_study_save_verdicts(study, made.n_comparisons, made.comparisons);
    finish(&made);
    return status;
}
