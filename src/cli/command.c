#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "memory.h"
#include "nearest.h"
#include "parallel.h"

static const hebb_option common[] = {
    {"quiet", 'q', HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, 0, "no messages and no progress bar"},
    {"csv-plain", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, 0, "leave the '#' block out of CSV files"},
    {"threads", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 4096.0), 0,
     "threads; as many as there are processors where not given"},
    {"config", 0, HEBB_OPTION_TEXT, "FILE", NULL, HEBB_ANY, HEBB_OPTION_ACTION,
     "read options from a file; the command line goes first"},
    {"print-config", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION,
     "print the options as such a file and stop"},
    {"help", 'h', HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION, "print this and stop"},
};
const hebb_option_table hebb_common_options = {sizeof common / sizeof *common, common};

static const hebb_option simulation[] = {
    {"out", 'o', HEBB_OPTION_TEXT, "DIR", NULL, HEBB_ANY, 0, "folder for the results, made where it is missing"},
    {"overwrite", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION,
     "even if the folder holds another study's results"},
    {"kernel", 0, HEBB_OPTION_CHOICE, "portable|avx2|avx512", NULL, HEBB_ANY, 0,
     "inner loops, of those this processor runs: same results; also from the environment, HEBB_KERNEL"},
    {"max-memory", 0, HEBB_OPTION_TEXT, "SIZE", NULL, HEBB_ANY, 0,
     "memory to make do with, e.g. 500M or 8G; what is free where not given"},
    {"strict", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, 0, "exit with status 2 when a verdict is «disagree»"},
};
const hebb_option_table hebb_simulation_options = {sizeof simulation / sizeof *simulation, simulation};

static const hebb_option table[] = {
    {"output", 'o', HEBB_OPTION_TEXT, "FILE", NULL, HEBB_ANY, 0, "write there, not to standard output"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), 0, "no effect: nothing here is random"},
};
const hebb_option_table hebb_table_options = {sizeof table / sizeof *table, table};

int hebb_command_fail(hebb_status status)
{
    const char *sentence = hebb_diagnostic();
    (void)fprintf(stderr, "hebb: %s\n", *sentence != '\0' ? sentence : hebb_status_text(status));
    switch (status) {
    case HEBB_OK:
        return HEBB_EXIT_OK;
    case HEBB_EUSAGE:
        return HEBB_EXIT_USAGE;
    case HEBB_EDOM:
    case HEBB_EDATA:
    case HEBB_ENOMEM:
        return HEBB_EXIT_DATA;
    case HEBB_ENOINPUT:
        return HEBB_EXIT_NOINPUT;
    case HEBB_EIO:
        return HEBB_EXIT_IO;
    case HEBB_ENOCONV:
    case HEBB_ENOSOLUTION:
    case HEBB_EINTERNAL:
        break;
    }
    return HEBB_EXIT_INTERNAL;
}

bool hebb_command_begin(hebb_options *options, int argc, char **argv, const char *usage, const char *summary,
                        int *n_operands, int *exit_status)
{
    hebb_status status = hebb_options_parse(options, argc, argv, n_operands);
    if (status == HEBB_OK && hebb_options_flag(options, "help")) {
        (void)printf("usage: %s\n%s\n\n", usage, summary);
        hebb_options_print_help(options, stdout);
        *exit_status = hebb_command_close_output();
        return false;
    }
    if (status == HEBB_OK && hebb_options_is_set(options, "config"))
        status = hebb_options_read_config(options, hebb_options_text(options, "config"));
    if (status != HEBB_OK) {
        *exit_status = hebb_command_fail(status);
        return false;
    }
    if (hebb_options_flag(options, "print-config")) {
        hebb_options_print_config(options, stdout);
        *exit_status = hebb_command_close_output();
        return false;
    }
    return true;
}

hebb_status hebb_command_select_kernel(const char *name)
{
    const bool from_environment = name == NULL;
    if (from_environment) name = getenv("HEBB_KERNEL");
    const hebb_status status = hebb_kernel_select(name);
    if (status == HEBB_OK) return status;
    char why[256];
    snprintf(why, sizeof why, "%s", hebb_diagnostic());
    return hebb_fail(status, "%s: %s", from_environment ? "HEBB_KERNEL" : "--kernel", why);
}

hebb_status hebb_command_use_machine(const hebb_options *options)
{
    const hebb_status status = hebb_command_select_kernel(hebb_options_text(options, "kernel"));
    if (status != HEBB_OK || !hebb_options_is_set(options, "max-memory")) return status;
    const hebb_status limited = hebb_memory_limit(hebb_options_text(options, "max-memory"));
    if (limited == HEBB_OK) return HEBB_OK;
    char why[256];
    snprintf(why, sizeof why, "%s", hebb_diagnostic());
    return hebb_fail(limited, "--max-memory: %s", why);
}

int hebb_command_fail_unknown(const char *what, const char *name, size_t n, const char *const *names)
{
    return hebb_command_fail(
        hebb_fail(HEBB_EUSAGE, "unknown %s %s; did you mean %s?", what, name, hebb_nearest(name, n, names)));
}

hebb_experiment_setting hebb_command_setting(const hebb_options *options)
{
    const bool quiet = hebb_options_flag(options, "quiet");
    return (hebb_experiment_setting){.folder = hebb_options_text(options, "out"),
                                     .n_threads = hebb_options_is_set(options, "threads")
                                                      ? (int)hebb_options_integer(options, "threads")
                                                      : hebb_parallel_processors(),
                                     .show_progress = !quiet,
                                     .csv_plain = hebb_options_flag(options, "csv-plain"),
                                     .overwrite = hebb_options_flag(options, "overwrite"),
                                     .log = quiet ? NULL : stderr};
}

int hebb_command_end(const hebb_options *options, const hebb_verdict_count *verdicts)
{
    const size_t n = verdicts->n_agree + verdicts->n_disagree + verdicts->n_inconclusive;
    if (n > 0 && !hebb_options_flag(options, "quiet")) {
        (void)fprintf(stderr, "verdict: %zu agree, %zu disagree, %zu inconclusive", verdicts->n_agree,
                      verdicts->n_disagree, verdicts->n_inconclusive);
        if (verdicts->n_not_judged > 0)
            (void)fprintf(stderr, " (%zu of them beyond what the theory covers: see their notes)",
                          verdicts->n_not_judged);
        (void)fputc('\n', stderr);
    }
    return hebb_options_flag(options, "strict") && verdicts->n_disagree > 0 ? HEBB_EXIT_DISAGREE : HEBB_EXIT_OK;
}

int hebb_command_close_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return HEBB_EXIT_OK;
    return hebb_command_fail(hebb_fail(HEBB_EIO, "standard output: %s", strerror(errno)));
}
