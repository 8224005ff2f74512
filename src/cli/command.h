/*
 * command - what every `hebb VERB SUBJECT` has in common: its options, --help, --config, --print-config, exit status
 */
#ifndef HEBB_CLI_COMMAND_H
#define HEBB_CLI_COMMAND_H

#include <stdbool.h>
#include "experiment.h"
#include "options.h"

/* From sysexits.h, 2 apart; scripts rely on them. */
enum {
    HEBB_EXIT_OK = 0,
    HEBB_EXIT_DISAGREE = 2,
    HEBB_EXIT_USAGE = 64,
    HEBB_EXIT_DATA = 65,
    HEBB_EXIT_NOINPUT = 66,
    HEBB_EXIT_INTERNAL = 70,
    HEBB_EXIT_IO = 74
};

/* The verbs; argv[0] is the verb itself.  Each returns an exit status. */
int hebb_cmd_theory(int argc, char **argv);
int hebb_cmd_run(int argc, char **argv);
int hebb_cmd_figure(int argc, char **argv);

/* Options of every command, of those that simulate, and of those that print a table. */
extern const hebb_option_table hebb_common_options, hebb_simulation_options, hebb_table_options;

/* Prints the diagnostic of a failure, "hebb: ...".  Returns the exit status. */
int hebb_command_fail(hebb_status status);

/*
 * Reads the command line, then the config file; answers --help and --print-config.
 *
 * usage       in   first line of --help, e.g. "hebb run capacity --out DIR [options]"
 * summary     in   second line
 * n_operands  out  words that are no options, at the end of argv
 *
 * Returns true to go on; false when all is said, with the exit status in *exit_status.
 */
bool hebb_command_begin(hebb_options *options, int argc, char **argv, const char *usage, const char *summary,
                        int *n_operands, int *exit_status);

/*
 * Selects the kernel of that name; NULL: the one that HEBB_KERNEL names, else the fastest.
 * Returns as hebb_kernel_select, the sentence naming the option or the variable.
 */
hebb_status hebb_command_select_kernel(const char *name);

/* Follows --kernel and --max-memory.  HEBB_EUSAGE or HEBB_EDOM, the sentence naming the option. */
hebb_status hebb_command_use_machine(const hebb_options *options);

/* "unknown WHAT NAME; did you mean ...?" on standard error.  Returns HEBB_EXIT_USAGE. */
int hebb_command_fail_unknown(const char *what, const char *name, size_t n, const char *const *names);

/* The setting that --out, --threads, --quiet, --csv-plain and --overwrite describe. */
hebb_experiment_setting hebb_command_setting(const hebb_options *options);

/* Says how the verdicts fell, where there are any; HEBB_EXIT_DISAGREE with --strict where one is «disagree». */
int hebb_command_end(const hebb_options *options, const hebb_verdict_count *verdicts);

/* Standard output flushed and without an error, or HEBB_EXIT_IO and a sentence. */
int hebb_command_close_output(void);

#endif
