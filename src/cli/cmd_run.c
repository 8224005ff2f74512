/* hebb run EXPERIMENT --out DIR: simulation and theory on one grid, with figure and verdict */
#include <stdlib.h>

#include "figure.h"
#include "verb.h"

/* The experiment's figure is looked for first, so that nothing is computed in vain. */
static hebb_status begin(const hebb_experiment *experiment, const hebb_options *options,
                         hebb_experiment_setting *setting)
{
    char *folder = NULL;
    hebb_status status = hebb_options_require(options, "out");
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK) status = hebb_command_setting(options, setting);
    if (status != HEBB_OK) return status;
    hebb_command_set_folder(options, setting);
    status = hebb_command_set_shard(options, setting);
    if (status == HEBB_OK) status = hebb_figure_find(hebb_experiment_figure(experiment), &folder);
    free(folder);
    return status;
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    const hebb_experiment *experiment = subject;
    hebb_experiment_setting setting = {0};
    hebb_experiment_result result = {0};
    hebb_status status = HEBB_OK;
    if (n_operands > 0)
        status = hebb_fail(HEBB_EUSAGE, "run %s takes options alone, not '%s'", experiment->name, operands[0]);
    if (status == HEBB_OK) status = begin(experiment, options, &setting);
    if (status == HEBB_OK) status = hebb_experiment_run(experiment, options, &setting, &result);
    return hebb_command_end_run(status, experiment, options, &setting, &result);
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    const hebb_experiment *experiment = entry;
    size_t n = 0;
    tables[n++] = (hebb_option_table){experiment->n_options, experiment->options};
    tables[n++] = hebb_experiment_options;
    tables[n++] = hebb_folder_options;
    tables[n++] = hebb_shard_options;
    tables[n++] = hebb_drawing_options;
    tables[n++] = hebb_simulation_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_run;
const hebb_verb hebb_verb_run = {.name = "run",
                                 .summary = "simulate, solve, compare: an experiment with its verdict",
                                 .operands = "--out DIR",
                                 .is_for_all = true,
                                 .noun = "experiment",
                                 .subject = hebb_verb_experiment,
                                 .tables = tables_of,
                                 .run = run};
