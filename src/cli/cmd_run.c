/* hebb run EXPERIMENT --out DIR: simulation and theory on one grid, with figure and verdict */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "figure.h"

enum { MAX_EXPERIMENTS = 64 };

static int list_experiments(void)
{
    (void)printf("usage: hebb run EXPERIMENT --out DIR [options]\n\n");
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL; e++)
        (void)printf("  %-16s%s\n", (*e)->name, (*e)->summary);
    return hebb_command_close_output();
}

/* The figure of the experiment's name draws it: looked for first, so that nothing is computed in vain. */
static hebb_status run_and_draw(const hebb_experiment *experiment, hebb_options *options, hebb_verdict_count *verdicts)
{
    const hebb_experiment_setting setting = hebb_command_setting(options);
    char *folder;
    hebb_status status = hebb_figure_find(experiment->name, &folder);
    if (status == HEBB_OK) status = hebb_experiment_run(experiment, options, &setting, verdicts);
    if (status == HEBB_OK) status = hebb_figure_draw(folder, setting.folder, setting.overwrite, setting.log);
    free(folder);
    return status;
}

static int run(const hebb_experiment *experiment, int argc, char **argv)
{
    const hebb_option_table tables[] = {{experiment->n_options, experiment->options},
                                        hebb_experiment_options,
                                        hebb_simulation_options,
                                        hebb_common_options};
    hebb_options options;
    hebb_verdict_count verdicts;
    char usage[160];
    int n_operands, exit_status;
    snprintf(usage, sizeof usage, "hebb run %s --out DIR [options]", experiment->name);
    hebb_status status = hebb_options_init(&options, 4, tables);
    if (status != HEBB_OK) {
        exit_status = hebb_command_fail(status);
        goto out;
    }
    if (!hebb_command_begin(&options, argc, argv, usage, experiment->summary, &n_operands, &exit_status)) goto out;
    if (n_operands > 0)
        status =
            hebb_fail(HEBB_EUSAGE, "run %s takes options alone, not '%s'", experiment->name, argv[argc - n_operands]);
    if (status == HEBB_OK) status = hebb_options_require(&options, "out");
    if (status == HEBB_OK) status = hebb_command_use_machine(&options);
    if (status == HEBB_OK) status = run_and_draw(experiment, &options, &verdicts);
    exit_status = status == HEBB_OK ? hebb_command_end(&options, &verdicts) : hebb_command_fail(status);
out:
    hebb_options_free(&options);
    return exit_status;
}

int hebb_cmd_run(int argc, char **argv)
{
    const char *names[MAX_EXPERIMENTS];
    size_t n = 0;
    if (argc < 2)
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "run: an experiment is missing; hebb run --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return list_experiments();
    for (const hebb_experiment *const *e = hebb_experiments(); *e != NULL && n < MAX_EXPERIMENTS; e++) {
        if (strcmp((*e)->name, argv[1]) == 0) return run(*e, argc - 1, argv + 1);
        names[n++] = (*e)->name;
    }
    return hebb_command_fail_unknown("experiment", argv[1], n, names);
}
