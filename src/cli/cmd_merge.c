/* hebb merge DIR... --out DIR: joins the shards of a study */
#include "verb.h"

static int merge(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    hebb_experiment_setting setting = {0};
    hebb_experiment_result result = {0};
    const hebb_experiment *experiment = NULL;
    hebb_status status = n_operands > 0 ? HEBB_OK : hebb_fail(HEBB_EUSAGE, "merge: give the folders to join");
    if (status == HEBB_OK) status = hebb_options_require(options, "out");
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK) status = hebb_command_setting(options, &setting);
    hebb_command_set_folder(options, &setting);
    if (status == HEBB_OK)
        status =
            hebb_experiment_merge((size_t)n_operands, (const char *const *)operands, &setting, &experiment, &result);
    return hebb_command_end_run(status, experiment, options, &setting, &result);
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    (void)entry;
    size_t n = 0;
    tables[n++] = hebb_folder_options;
    tables[n++] = hebb_drawing_options;
    tables[n++] = hebb_simulation_options;
    tables[n++] = hebb_no_seed_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_merge;
const hebb_verb hebb_verb_merge = {.name = "merge",
                                   .summary = "join the shards of a study, also unfinished ones",
                                   .operands = "DIR... --out DIR",
                                   .tables = tables_of,
                                   .run = merge};
