/* What the two-phase rule takes for a problem when nothing is said: found on seeds above 1000; see docs/learning.md. */
#include <string.h>

#include "boltzmann_learning.h"

typedef struct {
    const char *name;
    hebb_links links;
    size_t n_hidden;
    double start;
    size_t n_temperatures; /* from 5 to 1 */
    uint64_t max_updates;
    double learning_rate, weight_decay, on_to_off, off_to_on;
    uint64_t noise_updates;
    size_t n_chains;
    long collecting_sweeps;
} setting;

static const setting settings[] = {
    {"bars-and-stripes", HEBB_LINKS_LAYERED, 8, 0.5, 16, 4000, 0.05, 0.0, 0.0, 0.0, 0, 32, 10},
    {"encoder-4-2-4", HEBB_LINKS_NO_INPUT_OUTPUT, 2, 0.02, 8, 2000, 0.8, 0.03, 0.07, 0.03, 1000, 1, 5},
    {"encoder-8-3-8", HEBB_LINKS_LAYERED, 3, 0.02, 8, 4000, 0.8, 0.005, 0.3, 0.04, 3000, 1, 10},
    {"line-symmetry", HEBB_LINKS_LAYERED, 8, 0.5, 16, 1000, 4.0, 0.0, 0.0, 0.0, 0, 4, 25},
    {"shifter", HEBB_LINKS_LAYERED, 12, 0.5, 16, 1000, 1.0, 0.0, 0.0, 0.0, 0, 4, 25},
    {"xor", HEBB_LINKS_LAYERED, 4, 0.5, 8, 1000, 0.4, 0.0, 0.0, 0.0, 0, 1, 10}};

/* Of any other problem: cautious, and cheap where there are many cases. */
static const setting others = {"", HEBB_LINKS_LAYERED, 0, 0.5, 8, 1000, 0.1, 0.0, 0.0, 0.0, 0, 1, 10};

static const setting *find(const char *name)
{
    for (size_t k = 0; k < sizeof settings / sizeof *settings; k++)
        if (strcmp(name, settings[k].name) == 0) return settings + k;
    return &others;
}

void hebb_boltzmann_learning_defaults(const hebb_problem *problem, hebb_machine_recipe *recipe,
                                      hebb_boltzmann_learning_options *options)
{
    const setting *s = find(problem->name);
    *recipe = (hebb_machine_recipe){.kind = HEBB_UNITS_SIGN,
                                    .links = s->links,
                                    .n_hidden = s == &others ? problem->n_hidden : s->n_hidden,
                                    .start = s->start,
                                    .t_start = 5.0,
                                    .t_end = 1.0,
                                    .n_temperatures = s->n_temperatures,
                                    .max_updates = s->max_updates};
    *options = (hebb_boltzmann_learning_options){.is_conditional = problem->has_answer,
                                                 .learning_rate = s->learning_rate,
                                                 .weight_decay = s->weight_decay,
                                                 .on_to_off = s->on_to_off,
                                                 .off_to_on = s->off_to_on,
                                                 .noise_updates = s->noise_updates,
                                                 .n_chains = s->n_chains,
                                                 .n_temperatures = s->n_temperatures,
                                                 .sweeps_each = 1,
                                                 .collecting_sweeps = s->collecting_sweeps};
}
