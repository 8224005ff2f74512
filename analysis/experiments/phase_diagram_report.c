/* What the phase-diagram experiment says of its replicas: summary, edges, crossings, theory and verdicts. */
#include "phase_diagram_study.h"

#include <math.h>
#include <stdlib.h>

#include "disordered_phase.h"
#include "phase_diagram.h"
#include "phase_diagram_groups.h"
#include "replica_symmetric_branch.h"
#include "summary.h"
#include "theory_table.h"

/*
 * The percentages were fixed before any run; that T_c is judged in the limit of infinite N alone, and against the glass
 * with one step of breaking, after pilot runs.
 *
 * Edge.  At finite N and within finite time the end of a metastable state is neither sharp nor at T_M: fluctuations
 * carry networks over what is left of the barrier before, and the passage slows down right behind.  Both are a few
 * per cent at N = 5000 and shrink; smaller networks are not judged.
 *
 * T_c.  By the sizes' straight line in N^(-2/3), a leading law; and free energies by heating and cooling at finite
 * speed are too high by the lag of the energy, while the lines cross at an angle, an entropy, of a few tenths at
 * most.  One size alone is not judged: its shift is of the order of T_c itself at loads next to the end of the line.
 *
 * Replicas.  These temperatures are means over the replicas' own: 20 will do.
 */
static const double EDGE_TOLERANCE = 0.03, EDGE_RESOLUTION = 0.03, N_JUDGED = 5000.0; /* shares of the theory */
static const double CROSSING_TOLERANCE = 0.05, CROSSING_RESOLUTION = 0.1;
enum { N_WANTED = 20 };

enum { M_RETRIEVED, LOST, ENERGY, ENERGY_RANDOM, F_RETRIEVAL, F_RANDOM, N_OBSERVABLES };

#define RETRIEVAL "replica-symmetric retrieval state at p/N and T; empty where there is none"
#define GLASS     "spin glass at p/N and T, one step of replica-symmetry breaking; the paramagnet above T_g"
static const hebb_observable observables[N_OBSERVABLES] = {
    HEBB_OBSERVABLE("m_retrieved", "1", "overlap with the pattern of the replicas that kept it", RETRIEVAL),
    HEBB_OBSERVABLE("lost", "1", "share of replicas that lost the pattern", "0 below T_M, 1 above"),
    HEBB_OBSERVABLE("energy", "J", "energy per neuron of the replicas that kept the pattern", RETRIEVAL),
    HEBB_OBSERVABLE("energy_random", "J", "energy per neuron from a random state, cooled", GLASS),
    HEBB_OBSERVABLE("f_retrieval", "J", "free energy per neuron by heating from the pattern", RETRIEVAL),
    HEBB_OBSERVABLE("f_random", "J", "free energy per neuron by cooling from a random state", GLASS),
};
#undef RETRIEVAL
#undef GLASS

/* ---- summary.csv ---- */

static hebb_status find_theory(double alpha, double temperature, double *theory)
{
    hebb_rs_state retrieval = {0};
    hebb_disordered_phase glass = {0};
    const hebb_status status = hebb_rs_retrieval(alpha, temperature, 1, &retrieval);
    const hebb_status other = hebb_disordered_phase_solve(alpha, temperature, &glass);
    if ((status != HEBB_OK && status != HEBB_ENOSOLUTION) || other != HEBB_OK)
        return hebb_fail(other != HEBB_OK ? other : status, "the saddle-point equations failed at p/N = %g, T = %g",
                         alpha, temperature);
    const bool exists = status == HEBB_OK;
    theory[M_RETRIEVED] = exists ? retrieval.m : NAN;
    theory[LOST] = exists ? 0.0 : 1.0;
    theory[ENERGY] = exists ? retrieval.e : NAN;
    theory[ENERGY_RANDOM] = glass.e;
    theory[F_RANDOM] = glass.f;
    theory[F_RETRIEVAL] = exists ? retrieval.f : NAN;
    return HEBB_OK;
}

static hebb_status measure(const hebb_study *study, size_t point, double *scratch, hebb_measurement *x, size_t *n_found)
{
    static const size_t values[N_OBSERVABLES] = {PHASE_M,           PHASE_LOST,    PHASE_ENERGY, PHASE_ENERGY_RANDOM,
                                                 PHASE_F_RETRIEVAL, PHASE_F_RANDOM};
    double theory[N_OBSERVABLES];
    const hebb_status status =
        find_theory(hebb_load_grid_load(study, point), hebb_study_grid(study, point, PHASE_GRID_TEMPERATURE), theory);
    if (status != HEBB_OK) return status;
    size_t n_lost = 0;
    *n_found = 0;
    for (size_t k = 0; k < N_OBSERVABLES; k++) {
        hebb_study_gather(study, point, values[k], scratch);
        for (size_t r = 0; r < study->n_replicas; r++) {
            const bool is_lost = hebb_study_values(study, point, r)[PHASE_LOST] != 0.0;
            const bool has_found = hebb_study_values(study, point, r)[PHASE_FOUND] != 0.0;
            if ((k == M_RETRIEVED && is_lost) || ((k == ENERGY_RANDOM || k == F_RANDOM) && has_found)) scratch[r] = NAN;
            n_lost += k == LOST && is_lost;
            *n_found += k == F_RANDOM && has_found;
        }
        x[k] = (hebb_measurement){k == LOST ? hebb_estimate_share(n_lost, study->n_replicas)
                                            : hebb_estimate_mean(study->n_replicas, scratch),
                                  theory[k]};
    }
    return HEBB_OK;
}

static hebb_status save_summary(const hebb_study *study)
{
    hebb_table table = {0};
    double *scratch = calloc(study->n_replicas, sizeof *scratch);
    if (scratch == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the estimates");
    static const hebb_column found = {"found", "1", "replicas whose cooled state is no glass: left out of it"};
    hebb_status status = hebb_summary_init(study, N_OBSERVABLES, observables, &table);
    if (status == HEBB_OK) status = hebb_table_add_column(&table, found);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++) {
        hebb_measurement x[N_OBSERVABLES];
        size_t n_found;
        if ((status = measure(study, point, scratch, x, &n_found)) != HEBB_OK) break;
        hebb_summary_add(study, point, N_OBSERVABLES, x, &table);
        hebb_table_number(&table, (double)n_found);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    hebb_table_free(&table);
    free(scratch);
    return status;
}

/* ---- edges.csv and crossings.csv ---- */

static void add_names(const hebb_study *study, const hebb_phase_group *group, hebb_table *table)
{
    for (size_t k = 0; k < HEBB_N_LOAD_GRID; k++) hebb_table_number(table, hebb_study_grid(study, group->first, k));
}

static void add_temperature(const hebb_phase_temperature *t, hebb_table *table)
{
    hebb_table_number(table, t->value);
    hebb_table_number(table, t->error);
    hebb_table_number(table, t->theory);
    hebb_table_number(table, hebb_verdict_z(t->value, t->error, t->theory));
}

static hebb_status save_edges(const hebb_study *study, size_t n, const hebb_phase_group *groups)
{
    static const hebb_column columns[] = {
        HEBB_LOAD_GRID_COLUMNS,
        {"t_edge", "J", "temperature at which half of the replicas lose the pattern"},
        {"t_edge_err", "J", "its standard error, by a bootstrap over the replicas"},
        {"t_theory", "J", "T_M at p/N, where retrieval ends"},
        {"z", "1", "(t_edge - t_theory)/t_edge_err"},
        {"width", "J", "width of the Gaussian of the probit fit"},
        {"status", "", "ok; between two temperatures: no fit; or why other cells of the row are empty"},
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t g = 0; status == HEBB_OK && g < n; g++) {
        add_names(study, &groups[g], &table);
        add_temperature(&groups[g].edge, &table);
        hebb_table_number(&table, groups[g].width);
        hebb_table_text(&table, groups[g].edge.status);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "edges.csv");
    hebb_table_free(&table);
    return status;
}

/* The cells of N and p are empty for the limit. */
static void add_crossing(const hebb_study *study, const hebb_phase_group *group, const char *quantity,
                         const hebb_phase_temperature *t, hebb_table *table)
{
    hebb_table_number(table, hebb_study_grid(study, group->first, HEBB_GRID_ALPHA));
    for (size_t k = HEBB_GRID_NEURONS; k < HEBB_N_LOAD_GRID; k++)
        hebb_table_number(table, t == &group->limit ? NAN : hebb_study_grid(study, group->first, k));
    hebb_table_text(table, quantity);
    add_temperature(t, table);
    hebb_table_number(table, t == &group->energies ? NAN : group->t_symmetric);
    hebb_table_text(table, t->status);
}

static hebb_status save_crossings(const hebb_study *study, size_t n, const hebb_phase_group *groups)
{
    static const hebb_column columns[] = {
        {"alpha", "1", "load asked for"},
        {"n_neurons", "1", "number of neurons N; empty: the limit of infinite N, by a line in N^(-2/3)"},
        {"n_patterns", "1", "number of patterns p = round(alpha N)"},
        {"quantity", "", "f: free energies, whose crossing is T_c; energy: energies"},
        {"t_crossing", "J", "temperature at which those of retrieval and of the cooled random state cross"},
        {"t_crossing_err", "J", "its standard error, by a bootstrap over the replicas"},
        {"t_theory", "J", "the same at p/N of the symmetric retrieval state and the glass with one step of breaking"},
        {"z", "1", "(t_crossing - t_theory)/t_crossing_err"},
        {"t_symmetric", "J", "T_c with a replica-symmetric glass"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    hebb_table table;
    hebb_status status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (size_t g = 0; status == HEBB_OK && g < n; g++) {
        add_crossing(study, &groups[g], "f", &groups[g].free_energies, &table);
        add_crossing(study, &groups[g], "energy", &groups[g].energies, &table);
        if (groups[g].has_limit) add_crossing(study, &groups[g], "f", &groups[g].limit, &table);
    }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "crossings.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- theory.csv ---- */

static void add_lines(hebb_table *table, double alpha, const hebb_phase_tops *tops)
{
    hebb_phase_lines lines;
    const hebb_status solved = hebb_phase_lines_at(alpha, tops, &lines);
    const double cells[] = {lines.glass,         lines.retrieval,           lines.retrieval_lower,
                            lines.thermodynamic, lines.thermodynamic_lower, lines.at};
    hebb_table_number(table, alpha);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
        hebb_table_number(table, solved == HEBB_OK ? cells[k] : NAN);
    hebb_theory_table_status(table, solved);
}

/* Up to the top of T_c and from there to that of T_M, close together at both ends, where the lines are steep. */
static hebb_status save_theory(const hebb_study *study)
{
    static const hebb_column columns[] = {
        {"alpha", "1", "load p/N"},
        {"t_glass", "J", "T_g: the spin glass exists below"},
        {"t_retrieval", "J", "T_M: retrieval exists below"},
        {"t_retrieval_lower", "J", "and above, where the line is re-entrant"},
        {"t_thermodynamic", "J", "T_c: retrieval has the lower free energy below"},
        {"t_thermodynamic_lower", "J", "and above, where the line is re-entrant"},
        {"t_at", "J", "T_R: replica symmetry of retrieval is broken below"},
        {"status", "", "ok, or why other cells of the row are empty"},
    };
    const long n_steps = hebb_options_integer(study->options, "curve");
    hebb_phase_tops tops;
    hebb_table table = {0};
    hebb_status status = hebb_phase_tops_find(&tops);
    if (status != HEBB_OK) return hebb_fail(status, "the tops of the phase diagram could not be solved for");
    status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    const double ends[] = {0.0, tops.thermodynamic.alpha, tops.retrieval.alpha};
    for (size_t part = 0; status == HEBB_OK && part < 2; part++)
        for (long k = 1; k <= n_steps; k++) {
            const double x = (double)k / (double)n_steps, steep = x * x * (3.0 - 2.0 * x);
            add_lines(&table, k < n_steps ? ends[part] + steep * (ends[part + 1] - ends[part]) : ends[part + 1], &tops);
        }
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "theory.csv");
    hebb_table_free(&table);
    return status;
}

/* ---- verdict.csv: a row an edge, and one a limit of T_c; cells of what they are not at are empty ---- */

static hebb_comparison compare(const hebb_study *study, const hebb_phase_temperature *t, const char *quantity,
                               double tolerance, double resolution)
{
    return (hebb_comparison){.quantity = quantity,
                             .simulation = t->value,
                             .error = t->error,
                             .n_samples = study->n_replicas,
                             .n_wanted = N_WANTED,
                             .theory = t->theory,
                             .tolerance = tolerance * t->theory,
                             .resolution = resolution * t->theory};
}

static hebb_comparison compare_edge(const hebb_study *study, const hebb_phase_group *group)
{
    const hebb_phase_temperature *t = &group->edge;
    hebb_comparison c = compare(study, t, "t_edge", EDGE_TOLERANCE, EDGE_RESOLUTION);
    c.note = isnan(t->theory)  ? "the theory has no retrieval at this load"
             : isnan(t->value) ? t->status
             : hebb_study_grid(study, group->first, HEBB_GRID_NEURONS) < N_JUDGED
                 ? "below 5000 neurons the edge is off by more than the tolerance"
                 : "";
    c.not_judged = *c.note != '\0';
    if (!c.not_judged) c.note = "a metastable state's end is rounded by finite N and finite time";
    return c;
}

static hebb_comparison compare_limit(const hebb_study *study, const hebb_phase_group *group)
{
    hebb_comparison c = compare(study, &group->limit, "t_c", CROSSING_TOLERANCE, CROSSING_RESOLUTION);
    c.not_judged = isnan(c.simulation) || isnan(c.theory);
    c.note = isnan(c.simulation) ? group->limit.status
             : c.not_judged      ? "the theory has no crossing at this load"
                                 : "a straight line in N^(-2/3) over the sizes, the leading law";
    return c;
}

static hebb_status save_verdicts(hebb_study *study, size_t n_groups, const hebb_phase_group *groups)
{
    const size_t n_most = 2 * n_groups;
    size_t n = 0;
    hebb_comparison *comparisons = calloc(n_most, sizeof *comparisons);
    double *grid = calloc(n_most * study->n_grid, sizeof *grid);
    hebb_status status =
        comparisons != NULL && grid != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for %zu verdicts", n_most);
    for (size_t row = 0; status == HEBB_OK && row < n_most; row++) {
        const bool is_limit = row >= n_groups;
        const hebb_phase_group *group = &groups[row % n_groups];
        if (is_limit && !group->has_limit) continue;
        for (size_t k = 0; k < study->n_grid; k++)
            grid[n * study->n_grid + k] = k == PHASE_GRID_TEMPERATURE || (is_limit && k != HEBB_GRID_ALPHA)
                                              ? NAN
                                              : hebb_study_grid(study, group->first, k);
        comparisons[n] = is_limit ? compare_limit(study, group) : compare_edge(study, group);
        comparisons[n].point = n;
        n++;
    }
    if (status == HEBB_OK) status = hebb_study_save_verdicts_at(study, grid, n, comparisons);
    free(grid);
    free(comparisons);
    return status;
}

hebb_status hebb_phase_diagram_report(hebb_study *study)
{
    hebb_phase_group *groups = NULL;
    size_t n = 0;
    hebb_status status = hebb_phase_groups_measure(study, &n, &groups);
    if (status == HEBB_OK) status = save_summary(study);
    if (status == HEBB_OK) status = save_edges(study, n, groups);
    if (status == HEBB_OK) status = save_crossings(study, n, groups);
    if (status == HEBB_OK) status = save_theory(study);
    if (status == HEBB_OK) status = save_verdicts(study, n, groups);
    free(groups);
    return status;
}
