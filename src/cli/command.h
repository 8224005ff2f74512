/*
 * command - what every `hebb VERB SUBJECT` has in common: its options, --help, --config, --print-config, exit status
 */
#ifndef HEBB_CLI_COMMAND_H
#define HEBB_CLI_COMMAND_H

#include <stdbool.h>
#include "experiment.h"
#include "options.h"
#include "training_run.h"

/* From sysexits.h, 2 apart; scripts rely on them. */
enum {
    HEBB_EXIT_OK = 0,
    HEBB_EXIT_DISAGREE = 2,
    HEBB_EXIT_USAGE = 64,
    HEBB_EXIT_DATA = 65,
    HEBB_EXIT_NOINPUT = 66,
    HEBB_EXIT_INTERNAL = 70,
    HEBB_EXIT_IO = 74,
    HEBB_EXIT_STOPPED = 75
};

/*
 * Options of every command; of those that compute, simulate (these too, and verdicts), make a folder, do a part, draw, print
 * a table, have no use for a seed.
 */
extern const hebb_option_table hebb_common_options, hebb_computing_options, hebb_simulation_options,
    hebb_folder_options, hebb_shard_options, hebb_drawing_options, hebb_output_options, hebb_no_seed_options;

/* The team that computes studies, until set this process alone.  Of a larger one rank 0 alone speaks. */
void hebb_command_set_team(const hebb_team *team);

/* Prints the diagnostic of a failure, "hebb: ...".  Returns the exit status. */
int hebb_command_fail(hebb_status status);

/* A command with its options; a verb (verb.h) makes it of itself and a subject. */
typedef struct {
    const char *usage;   /* first line of --help, e.g. "hebb run capacity --out DIR [options]" */
    const char *summary; /* second line */
    size_t n_tables;
    const hebb_option_table *tables;
    /* Does it, with the words that are no options.  Returns an exit status. */
    int (*run)(hebb_options *options, int n_operands, char **operands, const void *subject);
    const void *subject;
} hebb_command;

/*
 * Reads the command line, then the config file; answers --help and --print-config, or runs the command.
 * Returns the exit status.
 */
int hebb_command_execute(const hebb_command *command, int argc, char **argv);

/*
 * Selects the kernel of that name; NULL: the one that HEBB_KERNEL names, else the fastest.
 * Returns as hebb_kernel_select, the sentence naming the option or the variable.
 */
hebb_status hebb_command_select_kernel(const char *name);

/*
 * Follows --kernel, --max-memory and --time-limit, and lets signals stop what follows.  HEBB_EUSAGE or HEBB_EDOM, the
 * sentence naming the option.
 */
hebb_status hebb_command_use_machine(const hebb_options *options);

/* "unknown WHAT NAME; did you mean ...?" on standard error.  Returns HEBB_EXIT_USAGE. */
int hebb_command_fail_unknown(const char *what, const char *name, size_t n, const char *const *names);

/* The setting that hebb_common_options and hebb_simulation_options describe.  HEBB_EUSAGE, HEBB_EDOM. */
HEBB_CHECK_RESULT hebb_status hebb_command_setting(const hebb_options *options, hebb_experiment_setting *setting);

/* The same for a training; folder and overwrite are left to the caller.  HEBB_EUSAGE, HEBB_EDOM. */
HEBB_CHECK_RESULT hebb_status hebb_command_training_setting(const hebb_options *options,
                                                            hebb_training_setting *setting);

/* --out and --overwrite into a setting. */
void hebb_command_set_folder(const hebb_options *options, hebb_experiment_setting *setting);

/* --shard, or the variables of a job array, into a setting.  HEBB_EUSAGE, HEBB_EDOM. */
HEBB_CHECK_RESULT hebb_status hebb_command_set_shard(const hebb_options *options, hebb_experiment_setting *setting);

/*
 * The end of what makes a table: to --output or to standard output, with its provenance (NULL: none) unless --csv-plain.
 *
 * status  in   of its making
 *
 * Returns an exit status.
 */
int hebb_command_print_table(hebb_status status, const hebb_table *table, const hebb_provenance *provenance,
                             const hebb_options *options);

/*
 * The end of a run: draws what was reported, and says how the verdicts fell.
 *
 * status   in   of the run
 *
 * Returns an exit status.
 */
int hebb_command_end_run(hebb_status status, const hebb_experiment *experiment, const hebb_options *options,
                         const hebb_experiment_setting *setting, const hebb_experiment_result *result);

/* Says how the verdicts fell, where there are any; HEBB_EXIT_DISAGREE with --strict where one is «disagree». */
int hebb_command_end(const hebb_options *options, const hebb_verdict_count *verdicts);

/* Standard output flushed and without an error, or HEBB_EXIT_IO and a sentence. */
int hebb_command_close_output(void);

#endif
