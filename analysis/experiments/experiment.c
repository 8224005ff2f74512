#include "experiment.h"

#include <stdlib.h>
#include <string.h>

/* The registry: a line an experiment, in alphabetical order. */
#define EVERY_EXPERIMENT(ENTRY)                                                                                        \
    ENTRY(hebb_annealing_experiment)                                                                                   \
    ENTRY(hebb_annealing_schedule_experiment)                                                                          \
    ENTRY(hebb_basins_experiment)                                                                                      \
    ENTRY(hebb_boltzmann_equilibrium_experiment)                                                                       \
    ENTRY(hebb_boltzmann_learning_experiment)                                                                          \
    ENTRY(hebb_capacity_experiment)                                                                                    \
    ENTRY(hebb_completion_experiment)                                                                                  \
    ENTRY(hebb_continuous_experiment)                                                                                  \
    ENTRY(hebb_crosstalk_experiment)                                                                                   \
    ENTRY(hebb_curie_weiss_experiment)                                                                                 \
    ENTRY(hebb_dense_dynamics_experiment)                                                                              \
    ENTRY(hebb_dense_experiment)                                                                                       \
    ENTRY(hebb_dynamics_experiment)                                                                                    \
    ENTRY(hebb_energy_descent_experiment)                                                                              \
    ENTRY(hebb_exponential_experiment)                                                                                 \
    ENTRY(hebb_mean_field_accuracy_experiment)                                                                         \
    ENTRY(hebb_mean_field_landscape_experiment)                                                                        \
    ENTRY(hebb_mean_field_xor_experiment)                                                                              \
    ENTRY(hebb_microscopic_reversibility_experiment)                                                                   \
    ENTRY(hebb_mixtures_experiment)                                                                                    \
    ENTRY(hebb_phase_diagram_experiment)                                                                               \
    ENTRY(hebb_rbm_modes_experiment)                                                                                   \
    ENTRY(hebb_rbm_phases_experiment)                                                                                  \
    ENTRY(hebb_rbm_trajectory_experiment)                                                                              \
    ENTRY(hebb_retrieval_experiment)                                                                                   \
    ENTRY(hebb_sigmoid_experiment)                                                                                     \
    ENTRY(hebb_stability_experiment)                                                                                   \
    ENTRY(hebb_two_body_experiment)                                                                                    \
    ENTRY(hebb_universal_experiment)

#define DECLARATION(name) extern const hebb_experiment name;
#define ADDRESS(name)     &name,

EVERY_EXPERIMENT(DECLARATION)

const hebb_experiment *const *hebb_experiments(void)
{
    static const hebb_experiment *const experiments[] = {EVERY_EXPERIMENT(ADDRESS) NULL};
    return experiments;
}

const hebb_experiment *hebb_experiment_find(const char *name)
{
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL; e++)
        if (strcmp((*e)->name, name) == 0) return *e;
    return NULL;
}

hebb_status hebb_experiment_make_workspace(const hebb_experiment *experiment, const hebb_study *study, int n_threads,
                                           void **workspace)
{
    *workspace = calloc(1, experiment->workspace_size);
    if (*workspace == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a thread");
    return experiment->workspace_make != NULL ? experiment->workspace_make(study, n_threads, *workspace) : HEBB_OK;
}

const char *hebb_experiment_figure(const hebb_experiment *experiment)
{
    return experiment->figure != NULL ? experiment->figure : experiment->name;
}

static const hebb_option common_options[] = {
    {"replicas", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "independent realisations at each point"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "seed of everything random"},
    {"pattern-seed", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "seed of the patterns alone; --seed where not given"},
    {"dynamics-seed", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "seed of the dynamics alone; --seed where not given"},
};
const hebb_option_table hebb_experiment_options = {sizeof common_options / sizeof *common_options, common_options};

static bool has_name(size_t n, const hebb_option *options, const char *name)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(options[k].name, name) == 0) return true;
    return false;
}

bool hebb_experiment_has_option(const hebb_experiment *experiment, const char *name)
{
    return has_name(experiment->n_options, experiment->options, name) ||
           has_name(hebb_experiment_options.n, hebb_experiment_options.options, name);
}
