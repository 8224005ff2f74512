/* hebb resume DIR: goes on with a study that was stopped */
#include "command.h"

static int resume(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    hebb_experiment_setting setting = {0};
    hebb_experiment_result result = {0};
    const hebb_experiment *experiment = NULL;
    hebb_status status = n_operands == 1 ? HEBB_OK : hebb_fail(HEBB_EUSAGE, "resume: give one folder");
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK) status = hebb_command_setting(options, &setting);
    setting.folder = operands[0];
    if (status == HEBB_OK) status = hebb_experiment_resume(&setting, &experiment, &result);
    return hebb_command_end_run(status, experiment, options, &setting, &result);
}

int hebb_cmd_resume(int argc, char **argv)
{
    const hebb_option_table tables[] = {hebb_simulation_options, hebb_no_seed_options, hebb_common_options};
    const hebb_command command = {.usage = "hebb resume DIR [options]",
                                  .summary =
                                      "goes on with a study that was stopped, with the options it was begun with",
                                  .n_tables = sizeof tables / sizeof *tables,
                                  .tables = tables,
                                  .run = resume};
    return hebb_command_execute(&command, argc, argv);
}
