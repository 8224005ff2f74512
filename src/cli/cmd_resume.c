/* hebb resume DIR: goes on with a study, or a training, that was stopped */
#include "training_folder.h"
#include "training_run.h"
#include "verb.h"

static int resume_study(const hebb_options *options, const char *folder)
{
    hebb_experiment_setting setting = {0};
    hebb_experiment_result result = {0};
    const hebb_experiment *experiment = NULL;
    hebb_status status = hebb_command_setting(options, &setting);
    setting.folder = folder;
    if (status == HEBB_OK) status = hebb_experiment_resume(&setting, &experiment, &result);
    return hebb_command_end_run(status, experiment, options, &setting, &result);
}

static int resume_training(const hebb_options *options, const char *folder, const hebb_manifest *manifest)
{
    hebb_experiment_setting of_study;
    hebb_training_setting setting;
    hebb_status status = hebb_command_setting(options, &of_study);
    if (status == HEBB_OK && of_study.team->rank > 0) return HEBB_EXIT_OK; /* one process trains */
    if (status == HEBB_OK) status = hebb_command_training_setting(options, &setting);
    if (status == HEBB_OK && hebb_options_text(options, "terminal") != NULL)
        status = hebb_fail(HEBB_EUSAGE, "--terminal: %s holds a training, which has no figure", folder);
    setting.folder = folder;
    if (status == HEBB_OK) status = hebb_training_resume(manifest, &setting);
    return status == HEBB_OK ? HEBB_EXIT_OK : hebb_command_fail(status);
}

/* What the manifest is of; one that cannot be read is for the study to refuse. */
static int resume(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    hebb_manifest manifest;
    hebb_status status = n_operands == 1 ? HEBB_OK : hebb_fail(HEBB_EUSAGE, "resume: give one folder");
    if (status == HEBB_OK) status = hebb_command_use_machine(options);
    if (status != HEBB_OK) return hebb_command_fail(status);
    status = hebb_manifest_read(&manifest, operands[0]);
    if (status == HEBB_ENOMEM || status == HEBB_EIO) return hebb_command_fail(status);
    hebb_diagnostic_clear();
    const bool is_training = status == HEBB_OK && hebb_training_learner_name(&manifest) != NULL;
    const int exit_status =
        is_training ? resume_training(options, operands[0], &manifest) : resume_study(options, operands[0]);
    hebb_manifest_free(&manifest);
    return exit_status;
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    (void)entry;
    size_t n = 0;
    tables[n++] = hebb_drawing_options;
    tables[n++] = hebb_simulation_options;
    tables[n++] = hebb_no_seed_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_resume;
const hebb_verb hebb_verb_resume = {.name = "resume",
                                    .summary = "go on with a study or a training that was stopped",
                                    .operands = "DIR",
                                    .is_for_all = true,
                                    .tables = tables_of,
                                    .run = resume};
