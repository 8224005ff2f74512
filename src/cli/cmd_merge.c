/* hebb merge DIR... --out DIR: joins the shards of a study */
#include "command.h"

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

int hebb_cmd_merge(int argc, char **argv)
{
    const hebb_option_table tables[] = {hebb_folder_options, hebb_simulation_options, hebb_no_seed_options,
                                        hebb_common_options};
    const hebb_command command = {.usage = "hebb merge DIR... --out DIR [options]",
                                  .summary =
                                      "joins the shards of a study, also unfinished ones, and reports when nothing "
                                      "is missing",
                                  .n_tables = sizeof tables / sizeof *tables,
                                  .tables = tables,
                                  .run = merge};
    return hebb_command_execute(&command, argc, argv);
}
