#include "boltzmann_equilibrium_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "thermal_walk.h"

static const hebb_option options[] = {
    {"units", 0, HEBB_OPTION_INTEGER, "N", "8", HEBB_FROM_TO(1.0, HEBB_MACHINE_MAX_UNITS), HEBB_OPTION_RESULT,
     "number of units"},
    HEBB_MACHINE_KIND_OPTIONS,
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "1", HEBB_FROM_TO(0.05, 1e6), HEBB_OPTION_RESULT, "temperatures"},
    {"start", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "0,1,2", HEBB_FROM_TO(0.0, 2.0), HEBB_OPTION_RESULT,
     "where chains begin: 0 all units off, 1 all on, 2 each at random"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", "128", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT, "chains of a replica"},
    {"equilibration", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(0.0, 1e9), HEBB_OPTION_RESULT,
     "sweeps before states are counted"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "5000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "sweeps that are counted"},
};

static const hebb_column grid_columns[EQUILIBRIUM_N_GRID] = {
    {"n_units", "1", "number of units"},
    {"temperature", "1", "temperature T"},
    {"start", "1", "where chains begin: 0 all units off, 1 all on, 2 each at random"},
};

static const hebb_column value_columns[EQUILIBRIUM_N_VALUES] = {
    {"total_variation", "1", "distance of a chain's states from exp(-E/T)/Z at the end, mean over the chains"},
    {"energy", "1", "energy E over all chains and sweeps"},
};

/* ---- plan ---- */

/* What a unit keeps from sweep to sweep, in one piece for its checkpoint. */
typedef struct {
    uint64_t n_done;
    double variation[EQUILIBRIUM_MAX_TIMES];
    uint64_t numbers[]; /* the chains' bits, then each chain's counts of states, 32 bits each */
} kept_state;

static size_t words_of_bits(const hebb_boltzmann_equilibrium_study *own)
{
    return own->machine.n_units * ((own->n_chains + 63) / 64);
}

static size_t kept_bytes(const hebb_boltzmann_equilibrium_study *own)
{
    return sizeof(kept_state) + words_of_bits(own) * sizeof(uint64_t) +
           own->n_chains * own->machine.n_states * sizeof(uint32_t);
}

static double bytes(const hebb_study *study, size_t point)
{
    (void)point;
    const hebb_boltzmann_equilibrium_study *own = study->own;
    return (double)kept_bytes(own) + 4.0 * (double)own->n_chains + 2e5 + 64.0 * (double)own->machine.n_states;
}

static void choose_times(hebb_boltzmann_equilibrium_study *own)
{
    static const long steps[] = {1, 2, 5};
    for (long decade = 1; decade <= own->n_sweeps; decade *= 10)
        for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
            if (steps[k] * decade < own->n_sweeps) own->times[own->n_times++] = steps[k] * decade;
    own->times[own->n_times++] = own->n_sweeps;
}

static hebb_status plan(hebb_study *study)
{
    const hebb_list *const axes[EQUILIBRIUM_N_GRID] = {NULL, hebb_options_list(study->options, "temperature"),
                                                       hebb_options_list(study->options, "start")};
    hebb_boltzmann_equilibrium_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    study->own = own;
    own->machine = hebb_machine_choose(study);
    own->n_chains = (size_t)hebb_options_integer(study->options, "chains");
    own->n_equilibration = hebb_options_integer(study->options, "equilibration");
    own->n_sweeps = hebb_options_integer(study->options, "sweeps");
    choose_times(own);
    study->n_grid = EQUILIBRIUM_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = EQUILIBRIUM_N_VALUES;
    study->value_columns = value_columns;
    study->n_extra = own->n_times + 2 * own->machine.n_states;
    const hebb_status status = hebb_grid_plan(study, axes, NULL, NULL);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < study->n_points; k++)
        study->grid[k * study->n_grid + EQUILIBRIUM_UNITS] = (double)own->machine.n_units;
    char what[80];
    snprintf(what, sizeof what, "%zu chains' counts of %zu states", own->n_chains, own->machine.n_states);
    return hebb_study_check_memory(study, what, bytes(study, 0));
}

static double cost(const hebb_study *study, size_t point)
{
    (void)study, (void)point;
    return 1.0;
}

/* ---- one unit ---- */

typedef struct {
    hebb_boltzmann machine;
    hebb_gibbs chains;
    kept_state *kept;
    uint16_t *states;
    double *p, *energies;
    double temperature; /* that p is of; 0: none yet */
} workspace;

static void workspace_free(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_gibbs_free(&w->chains);
    hebb_boltzmann_free(&w->machine);
    free(w->kept);
    free(w->states);
    free(w->p);
    free(w->energies);
    free(w);
}

static hebb_status workspace_make(const hebb_study *study, int n_threads, void *room)
{
    (void)n_threads;
    const hebb_boltzmann_equilibrium_study *own = study->own;
    workspace *w = room;
    w->kept = calloc(1, kept_bytes(own));
    w->states = calloc(own->n_chains, sizeof *w->states);
    w->p = calloc(own->machine.n_states, sizeof *w->p);
    w->energies = calloc(own->machine.n_states, sizeof *w->energies);
    if (w->kept == NULL || w->states == NULL || w->p == NULL || w->energies == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu chains' counts of states", own->n_chains);
    hebb_status status = hebb_machine_draw(&own->machine, &w->machine);
    if (status == HEBB_OK) status = hebb_machine_law(&own->machine, 1.0, NULL, w->energies);
    return status == HEBB_OK ? hebb_gibbs_init(&w->chains, &w->machine, own->n_chains, (hebb_philox){{0}}) : status;
}

static void start(const hebb_study *study, const hebb_unit *unit, workspace *w)
{
    const hebb_boltzmann_equilibrium_study *own = study->own;
    const int begin = (int)hebb_study_grid(study, unit->point, EQUILIBRIUM_START);
    const uint64_t realisation =
        hebb_thermal_realisation(own->machine.n_units, (size_t)own->machine.kind, w->temperature, (double)begin);
    const uint32_t replica = (uint32_t)unit->replica;
    hebb_gibbs_reseed(&w->chains,
                      hebb_philox_derive(own->machine.dynamics_seed, HEBB_DRAW_GIBBS, realisation, replica));
    if (begin == EQUILIBRIUM_RANDOM) {
        hebb_gibbs_randomise(&w->chains,
                             hebb_philox_derive(own->machine.dynamics_seed, HEBB_DRAW_STATE, realisation, replica));
        return;
    }
    int8_t state[HEBB_MACHINE_MAX_UNITS];
    memset(state, begin == EQUILIBRIUM_ON ? 1 : 0, sizeof state);
    for (size_t c = 0; c < own->n_chains; c++) hebb_gibbs_set(&w->chains, c, state);
}

/* Mean over the chains of the distance after n sweeps. */
static double mean_variation(const hebb_boltzmann_equilibrium_study *own, const double *p, const uint32_t *counts,
                             long n)
{
    double sum = 0.0;
    for (size_t c = 0; c < own->n_chains; c++)
        for (size_t s = 0; s < own->machine.n_states; s++)
            sum += fabs((double)counts[c * own->machine.n_states + s] / (double)n - p[s]);
    return 0.5 * sum / (double)own->n_chains;
}

static hebb_status walk(const hebb_boltzmann_equilibrium_study *own, workspace *w, uint32_t *counts,
                        hebb_checkpoint *checkpoint)
{
    kept_state *kept = w->kept;
    const size_t n_bytes = words_of_bits(own) * sizeof(uint64_t);
    const uint64_t n_all = (uint64_t)own->n_equilibration + (uint64_t)own->n_sweeps;
    hebb_status status = HEBB_OK;
    while (status == HEBB_OK && kept->n_done < n_all) {
        status = hebb_gibbs_run(&w->chains, w->temperature, 1);
        const long n_counted = (long)++kept->n_done - own->n_equilibration;
        if (n_counted > 0) {
            hebb_machine_states(&w->chains, w->states);
            for (size_t c = 0; c < own->n_chains; c++) counts[c * own->machine.n_states + w->states[c]]++;
        }
        for (size_t t = 0; t < own->n_times; t++)
            if (own->times[t] == n_counted) kept->variation[t] = mean_variation(own, w->p, counts, n_counted);
        if (status == HEBB_OK && hebb_checkpoint_is_due(checkpoint)) {
            memcpy(kept->numbers, w->chains.bits, n_bytes);
            status = hebb_checkpoint_save(checkpoint, kept_bytes(own), kept);
        }
    }
    return status;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    const hebb_boltzmann_equilibrium_study *own = study->own;
    const size_t n_states = own->machine.n_states;
    workspace *w = room;
    const double temperature = hebb_study_grid(study, unit->point, EQUILIBRIUM_TEMPERATURE);
    if (temperature != w->temperature) {
        const hebb_status status = hebb_machine_law(&own->machine, temperature, w->p, NULL);
        if (status != HEBB_OK) return status;
        w->temperature = temperature;
    }
    memset(w->kept, 0, kept_bytes(own));
    start(study, unit, w);
    if (hebb_checkpoint_load(unit->checkpoint, kept_bytes(own), w->kept)) {
        memcpy(w->chains.bits, w->kept->numbers, words_of_bits(own) * sizeof(uint64_t));
        w->chains.n_sweeps = (uint32_t)w->kept->n_done;
    }
    uint32_t *counts = (uint32_t *)(w->kept->numbers + words_of_bits(own));
    const hebb_status status = walk(own, w, counts, unit->checkpoint);
    if (status != HEBB_OK) return status;
    hebb_machine_states(&w->chains, w->states);
    const double n_samples = (double)own->n_chains * (double)own->n_sweeps;
    double *visited = values + hebb_boltzmann_equilibrium_visited(own);
    for (size_t c = 0; c < own->n_chains; c++) {
        for (size_t s = 0; s < n_states; s++) visited[s] += counts[c * n_states + s];
        values[hebb_boltzmann_equilibrium_last(own) + w->states[c]]++;
    }
    for (size_t s = 0; s < n_states; s++) {
        visited[s] /= n_samples;
        values[EQUILIBRIUM_ENERGY] += visited[s] * w->energies[s];
    }
    for (size_t t = 0; t < own->n_times; t++) values[EQUILIBRIUM_N_VALUES + t] = w->kept->variation[t];
    values[EQUILIBRIUM_VARIATION] = w->kept->variation[own->n_times - 1];
    return HEBB_OK;
}

const hebb_experiment hebb_boltzmann_equilibrium_experiment = {
    .name = "boltzmann-equilibrium",
    .summary = "visited states of a Boltzmann machine against exp(-E/T)/Z",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(workspace),
    .workspace_make = workspace_make,
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_boltzmann_equilibrium_report};
