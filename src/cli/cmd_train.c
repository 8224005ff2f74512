/* hebb train LEARNER --data FILE --out DIR: a machine learns a problem */
#include "training_run.h"
#include "verb.h"

static bool subject_at(size_t k, hebb_subject *subject)
{
    const hebb_learner *learner = hebb_learners()[k];
    if (learner == NULL) return false;
    *subject = (hebb_subject){.name = learner->name, .summary = learner->summary, .entry = learner};
    return true;
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

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    size_t n = hebb_training_tables(entry, tables);
    tables[n++] = hebb_folder_options;
    tables[n++] = hebb_computing_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_train;
const hebb_verb hebb_verb_train = {.name = "train",
                                   .summary = "let a machine learn a problem",
                                   .operands = "--data FILE|DIR|builtin:NAME --out DIR",
                                   .noun = "learner",
                                   .subject = subject_at,
                                   .tables = tables_of,
                                   .run = run};
