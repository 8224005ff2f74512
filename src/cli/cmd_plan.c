/* hebb plan EXPERIMENT [options], hebb plan DIR: what a study would take, as a table */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "input.h"
#include "verb.h"

/* The cells hang on the machine: there is no provenance to reproduce them by. */
static int plan(hebb_options *options, int n_operands, char **operands, const void *entry)
{
    const hebb_experiment *experiment = entry; /* NULL: that of the folder */
    const int n_expected = experiment == NULL ? 1 : 0;
    hebb_experiment_setting setting = {0};
    hebb_table table = {0};
    hebb_status status = HEBB_OK;
    if (n_operands > n_expected)
        status =
            hebb_fail(HEBB_EUSAGE, "plan: give one experiment or one folder, not '%s' as well", operands[n_expected]);
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK) status = hebb_command_setting(options, &setting);
    setting.folder = experiment == NULL ? operands[0] : NULL;
    if (status == HEBB_OK && experiment != NULL) status = hebb_command_set_shard(options, &setting);
    if (status == HEBB_OK)
        status = experiment != NULL ? hebb_experiment_plan(experiment, options, &setting, &table)
                                    : hebb_experiment_plan_folder(&setting, &table);
    const int exit_status = hebb_command_print_table(status, &table, NULL, options);
    hebb_table_free(&table);
    return exit_status;
}

/* Also where the system fails to say: then the manifest is asked, which has a sentence for it. */
static bool is_folder(const char *name)
{
    struct stat info;
    if (strchr(name, '/') != NULL) return true;
    return stat(name, &info) == 0 ? S_ISDIR(info.st_mode) : hebb_input_status(errno) == HEBB_EIO;
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    const hebb_experiment *experiment = entry;
    size_t n = 0;
    if (experiment != NULL) {
        tables[n++] = (hebb_option_table){experiment->n_options, experiment->options};
        tables[n++] = hebb_experiment_options;
        tables[n++] = hebb_shard_options;
    } else {
        tables[n++] = hebb_no_seed_options;
    }
    tables[n++] = hebb_output_options;
    tables[n++] = hebb_simulation_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_plan;
const hebb_verb hebb_verb_plan = {.name = "plan",
                                  .summary = "what a study would take: units, memory, time",
                                  .noun = "experiment",
                                  .subject = hebb_verb_experiment,
                                  .page = "run",
                                  .instead = "DIR",
                                  .is_instead = is_folder,
                                  .tables = tables_of,
                                  .run = plan};
