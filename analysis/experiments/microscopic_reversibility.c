#include "microscopic_reversibility_study.h"

#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "thermal_walk.h"

static const hebb_option options[] = {
    {"units", 0, HEBB_OPTION_INTEGER, "N", "3", HEBB_FROM_TO(1.0, REVERSIBILITY_MAX_UNITS), HEBB_OPTION_RESULT,
     "number of units"},
    HEBB_MACHINE_KIND_OPTIONS,
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "1", HEBB_FROM_TO(0.05, 1e6), HEBB_OPTION_RESULT, "temperatures"},
    {"update", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "0,1", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "a step is: 0 the update of one unit, chosen at random; 1 a sweep over all, in order"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", "1024", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT, "chains of a replica"},
    {"equilibration", 0, HEBB_OPTION_INTEGER, "N", "200", HEBB_FROM_TO(0.0, 5e8), HEBB_OPTION_RESULT,
     "sweeps before states are counted"},
    {"steps", 0, HEBB_OPTION_INTEGER, "N", "1000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "steps that are counted"},
};

static const hebb_column grid_columns[REVERSIBILITY_N_GRID] = {
    {"n_units", "1", "number of units"},
    {"temperature", "1", "temperature T"},
    {"update", "1", "a step is: 0 the update of one unit, chosen at random; 1 a sweep over all, in order"},
};

static const hebb_column value_columns[REVERSIBILITY_N_VALUES] = {
    {"circulation", "1",
     "net flows a step in the directions that a sweep's have in theory, summed over pairs of states"},
    {"turnover", "1", "share of the steps that changed the state"},
    {"energy", "1", "energy E over all chains and steps"},
};

/* ---- plan ---- */

/* What a unit keeps from step to step, in one piece for its checkpoint. */
typedef struct {
    uint64_t n_done;    /* steps, those of the equilibration included */
    uint64_t numbers[]; /* the chains' bits, then how often each flow was seen */
} kept_state;

static size_t words_of_bits(const hebb_microscopic_reversibility_study *own)
{
    return own->machine.n_units * ((own->n_chains + 63) / 64);
}

static size_t kept_bytes(const hebb_microscopic_reversibility_study *own)
{
    return sizeof(kept_state) + (words_of_bits(own) + own->machine.n_states * own->machine.n_states) * sizeof(uint64_t);
}

static double bytes(const hebb_study *study, size_t point)
{
    (void)point;
    const hebb_microscopic_reversibility_study *own = study->own;
    return 2.0 * (double)kept_bytes(own) + 4.0 * (double)own->n_chains + 1e5;
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *const axes[REVERSIBILITY_N_GRID] = {NULL, hebb_options_list(study->options, "temperature"),
                                                         hebb_options_list(study->options, "update")};
    hebb_microscopic_reversibility_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->machine = hebb_machine_choose(study);
    own->n_chains = (size_t)hebb_options_integer(study->options, "chains");
    own->n_equilibration = hebb_options_integer(study->options, "equilibration");
    own->n_steps = hebb_options_integer(study->options, "steps");
    study->n_grid = REVERSIBILITY_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = REVERSIBILITY_N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = own->machine.n_states * own->machine.n_states;
    const hebb_status status = hebb_grid_plan(study, axes, NULL, NULL);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < study->n_points; k++)
        study->grid[k * study->n_grid + REVERSIBILITY_UNITS] = (double)own->machine.n_units;
    char what[80];
    snprintf(what, sizeof what, "%zu chains and their flows", own->n_chains);
    return hebb_study_check_memory(study, what, bytes(study, 0));
}

static double cost(const hebb_study *study, size_t point)
{
    (void)study, (void)point;
    return 1.0;
}

/* ---- theory: the directions in which a sweep's flows run ---- */

void hebb_reversibility_flows(const hebb_machine_choice *machine, int update, const double *p, double *flows,
                              double *room)
{
    const size_t n = machine->n_states;
    memset(flows, 0, n * n * sizeof *flows);
    for (size_t a = 0; a < n; a++) {
        memset(room, 0, n * sizeof *room);
        room[a] = p[a];
        for (size_t i = 0; i < machine->n_units; i++) {
            hebb_machine_update(machine, p, i, room);
            if (update == REVERSIBILITY_SWEEP) continue;
            for (size_t b = 0; b < n; b++) flows[a * n + b] += room[b] / (double)machine->n_units;
            memset(room, 0, n * sizeof *room);
            room[a] = p[a];
        }
        if (update == REVERSIBILITY_SWEEP) memcpy(flows + a * n, room, n * sizeof *room);
    }
}

/* ---- one unit ---- */

typedef struct {
    hebb_boltzmann machine;
    hebb_gibbs chains;
    kept_state *kept;
    uint16_t *before, *after;
    double *energies, *p, *room, *flows; /* flows: a sweep's, in theory */
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_gibbs_free(&w->chains);
    hebb_boltzmann_free(&w->machine);
    free(w->kept);
    free(w->before);
    free(w->after);
    free(w->energies);
    free(w->p);
    free(w->room);
    free(w->flows);
    free(w);
}

static hebb_status workspace_make(const hebb_study *study, int n_threads, void *room)
{
    (void)n_threads;
    const hebb_microscopic_reversibility_study *own = study->own;
    const size_t n = own->machine.n_states;
    workspace *w = room;
    w->kept = calloc(1, kept_bytes(own));
    w->before = calloc(own->n_chains, sizeof *w->before);
    w->after = calloc(own->n_chains, sizeof *w->after);
    w->energies = calloc(n, sizeof *w->energies);
    w->p = calloc(n, sizeof *w->p);
    w->room = calloc(n, sizeof *w->room);
    w->flows = calloc(n * n, sizeof *w->flows);
    if (w->kept == NULL || w->before == NULL || w->after == NULL || w->energies == NULL || w->p == NULL ||
        w->room == NULL || w->flows == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu chains and their flows", own->n_chains);
    const hebb_status status = hebb_machine_draw(&own->machine, &w->machine);
    return status == HEBB_OK ? hebb_gibbs_init(&w->chains, &w->machine, own->n_chains, (hebb_philox){{0}}) : status;
}

/* The chains' noise of a step is that of a sweep of its number. */
static hebb_status step(workspace *w, int update, hebb_philox order, uint64_t number, double temperature)
{
    if (update == REVERSIBILITY_UNIT) {
        hebb_stream stream;
        hebb_stream_init(&stream, order, (uint32_t)number, 0);
        memset(w->chains.is_clamped, 1, w->machine.n_units);
        w->chains.is_clamped[hebb_stream_below(&stream, (uint32_t)w->machine.n_units)] = 0;
    } else
        memset(w->chains.is_clamped, 0, w->machine.n_units);
    return hebb_gibbs_run(&w->chains, temperature, 1);
}

typedef struct {
    int update;
    double temperature;
    hebb_philox order;
} walk_options;

static hebb_status walk(const hebb_microscopic_reversibility_study *own, workspace *w, const walk_options *how,
                        uint64_t *seen, hebb_checkpoint *checkpoint)
{
    const uint64_t a_sweep = how->update == REVERSIBILITY_UNIT ? own->machine.n_units : 1;
    const uint64_t n_before = a_sweep * (uint64_t)own->n_equilibration, n_all = n_before + (uint64_t)own->n_steps;
    kept_state *kept = w->kept;
    hebb_status status = HEBB_OK;
    hebb_machine_states(&w->chains, w->after);
    while (status == HEBB_OK && kept->n_done < n_all) {
        uint16_t *before = w->after;
        w->after = w->before;
        w->before = before;
        status = step(w, how->update, how->order, kept->n_done, how->temperature);
        hebb_machine_states(&w->chains, w->after);
        for (size_t c = 0; kept->n_done >= n_before && c < own->n_chains; c++)
            seen[w->before[c] * own->machine.n_states + w->after[c]]++;
        kept->n_done++;
        if (status == HEBB_OK && hebb_checkpoint_is_due(checkpoint)) {
            memcpy(kept->numbers, w->chains.bits, words_of_bits(own) * sizeof(uint64_t));
            status = hebb_checkpoint_save(checkpoint, kept_bytes(own), kept);
        }
    }
    return status;
}

/* Which way a sweep's flow runs between a and b; 0 where that is a matter of rounding. */
static double direction(const workspace *w, size_t n, size_t a, size_t b)
{
    const double there = w->flows[a * n + b], back = w->flows[b * n + a], net = there - back;
    return net > 1e-12 ? 1.0 : net < -1e-12 ? -1.0 : 0.0;
}

static void fill_values(const hebb_microscopic_reversibility_study *own, const workspace *w, const uint64_t *seen,
                        double *values)
{
    const size_t n = own->machine.n_states;
    const double n_samples = (double)own->n_chains * (double)own->n_steps;
    double *flows = values + REVERSIBILITY_N_VALUES;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            const double flow = (double)seen[a * n + b] / n_samples;
            flows[a * n + b] = flow;
            values[REVERSIBILITY_ENERGY] += flow * w->energies[a];
            if (a != b) values[REVERSIBILITY_TURNOVER] += flow;
            values[REVERSIBILITY_CIRCULATION] += flow * direction(w, n, a, b);
        }
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_microscopic_reversibility_study *own = study->own;
    workspace *w = room;
    const size_t n_words = words_of_bits(own);
    const uint32_t replica = (uint32_t)unit->replica;
    const uint64_t seed = own->machine.dynamics_seed;
    walk_options how = {.update = (int)hebb_study_grid(study, unit->point, REVERSIBILITY_UPDATE),
                        .temperature = hebb_study_grid(study, unit->point, REVERSIBILITY_TEMPERATURE)};
    const uint64_t realisation = hebb_thermal_realisation(own->machine.n_units, (size_t)own->machine.kind,
                                                          how.temperature, 10.0 + (double)how.update);
    how.order = hebb_philox_derive(seed, HEBB_DRAW_ORDER, realisation, replica);
    hebb_status status = hebb_machine_law(&own->machine, how.temperature, w->p, w->energies);
    if (status != HEBB_OK) return status;
    hebb_reversibility_flows(&own->machine, REVERSIBILITY_SWEEP, w->p, w->flows, w->room);
    memset(w->kept, 0, kept_bytes(own));
    memset(w->chains.is_clamped, 0, own->machine.n_units);
    hebb_gibbs_reseed(&w->chains, hebb_philox_derive(seed, HEBB_DRAW_GIBBS, realisation, replica));
    hebb_gibbs_randomise(&w->chains, hebb_philox_derive(seed, HEBB_DRAW_STATE, realisation, replica));
    if (hebb_checkpoint_load(unit->checkpoint, kept_bytes(own), w->kept)) {
        memcpy(w->chains.bits, w->kept->numbers, n_words * sizeof(uint64_t));
        w->chains.n_sweeps = (uint32_t)w->kept->n_done;
    }
    uint64_t *seen = w->kept->numbers + n_words;
    status = walk(own, w, &how, seen, unit->checkpoint);
    if (status == HEBB_OK) fill_values(own, w, seen, values);
    return status;
}

const hebb_experiment hebb_microscopic_reversibility_experiment = {
    .name = "microscopic-reversibility",
    .summary = "flows between the states of a Boltzmann machine, there and back",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(workspace),
    .workspace_make = workspace_make,
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_microscopic_reversibility_report};
