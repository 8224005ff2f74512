/* hebb train LEARNER --data FILE --out DIR: a machine learns a problem */
#include "command.h"

#include <string.h>

#include "training_run.h"

enum { MAX_LEARNERS = 16 };

static int list_learners(void)
{
    (void)printf("usage: hebb train LEARNER --data FILE|builtin:NAME --out DIR [options]\n\n");
    for (const hebb_learner *const *l = hebb_learners(); *l != NULL; l++)
        (void)printf("  %-16s%s\n", (*l)->name, (*l)->summary);
    return hebb_command_close_output();
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    const hebb_learner *learner = subject;
    hebb_training_setting setting;
    hebb_status status = HEBB_OK;
    if (n_operands > 0)
        status = hebb_fail(HEBB_EUSAGE, "train %s takes options alone, not '%s'", learner->name, operands[0]);
    if (status == HEBB_OK) status = hebb_options_require(options, "data");
    if (status == HEBB_OK) status = hebb_options_require(options, "out");
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status == HEBB_OK) status = hebb_command_training_setting(options, &setting);
    if (status != HEBB_OK) return hebb_command_fail(status);
    setting.folder = hebb_options_text(options, "out");
    setting.overwrite = hebb_options_flag(options, "overwrite");
    status = hebb_training_run(learner, options, &setting);
    return status == HEBB_OK ? HEBB_EXIT_OK : hebb_command_fail(status);
}

static int execute(const hebb_learner *learner, int argc, char **argv)
{
    hebb_option_table tables[HEBB_TRAINING_MAX_TABLES + 3];
    size_t n = hebb_training_tables(learner, tables);
    tables[n++] = hebb_folder_options;
    tables[n++] = hebb_computing_options;
    tables[n++] = hebb_common_options;
    char usage[160];
    snprintf(usage, sizeof usage, "hebb train %s --data FILE|builtin:NAME --out DIR [options]", learner->name);
    const hebb_command command = {usage, learner->summary, n, tables, run, learner};
    return hebb_command_execute(&command, argc, argv);
}

int hebb_cmd_train(int argc, char **argv)
{
    const char *names[MAX_LEARNERS];
    size_t n = 0;
    if (argc < 2)
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "train: a learner is missing; hebb train --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return list_learners();
    for (const hebb_learner *const *l = hebb_learners(); *l != NULL && n < MAX_LEARNERS; l++) {
        if (strcmp((*l)->name, argv[1]) == 0) return execute(*l, argc - 1, argv + 1);
        names[n++] = (*l)->name;
    }
    return hebb_command_fail_unknown("learner", argv[1], n, names);
}
