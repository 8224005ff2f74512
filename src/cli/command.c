#include "command.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "figure.h"
#include "kernel.h"
#include "memory.h"
#include "nearest.h"
#include "parallel.h"
#include "shard.h"
#include "signals.h"
#include "stop.h"

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

static const hebb_option folder[] = {
    {"out", 'o', HEBB_OPTION_TEXT, "DIR", NULL, HEBB_ANY, 0, "folder for the results, made where it is missing"},
    {"overwrite", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION,
     "begin again, even if the folder holds another study's results"},
};
const hebb_option_table hebb_folder_options = {sizeof folder / sizeof *folder, folder};

static const hebb_option simulation[] = {
    {"kernel", 0, HEBB_OPTION_CHOICE, "portable|avx2|avx512", NULL, HEBB_ANY, 0,
     "inner loops, of those this processor runs: same results; also from the environment, HEBB_KERNEL"},
    {"max-memory", 0, HEBB_OPTION_TEXT, "SIZE", NULL, HEBB_ANY, 0,
     "memory to make do with, e.g. 500M or 8G; what is free where not given"},
    {"time-limit", 0, HEBB_OPTION_TEXT, "TIME", NULL, HEBB_ANY, 0,
     "begin nothing new after so long, e.g. 90s, 30m or 12h; hebb resume goes on"},
    {"checkpoint-interval", 0, HEBB_OPTION_TEXT, "TIME", "60s", HEBB_ANY, 0,
     "bring the journal to the disk, and save units that take longer, so often"},
    {"strict", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, 0, "exit with status 2 when a verdict is «disagree»"},
};
const hebb_option_table hebb_simulation_options = {sizeof simulation / sizeof *simulation, simulation};
const hebb_option_table hebb_computing_options = {sizeof simulation / sizeof *simulation - 1,
                                                  simulation}; /* no --strict */

static const hebb_option shard[] = {
    {"shard", 0, HEBB_OPTION_TEXT, "K/N", NULL, HEBB_ANY, 0,
     "compute the K-th of N parts, K from 1, for hebb merge; from the array's variables in a job array of Slurm"},
};
const hebb_option_table hebb_shard_options = {sizeof shard / sizeof *shard, shard};

static const hebb_option drawing[] = {
    {"terminal", 0, HEBB_OPTION_CHOICE, "cairolatex", NULL, HEBB_ANY, 0,
     "also figure-tex.tex, for \\input in a LaTeX document: labels in its fonts"},
};
const hebb_option_table hebb_drawing_options = {sizeof drawing / sizeof *drawing, drawing};

static const hebb_option output[] = {
    {"output", 'o', HEBB_OPTION_TEXT, "FILE", NULL, HEBB_ANY, 0, "write there; -, as without it, is standard output"},
};
const hebb_option_table hebb_output_options = {sizeof output / sizeof *output, output};

static const hebb_option no_seed[] = {
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), 0,
     "no effect: nothing random is chosen here"},
};
const hebb_option_table hebb_no_seed_options = {sizeof no_seed / sizeof *no_seed, no_seed};

static const hebb_team *the_team = &hebb_team_alone;

void hebb_command_set_team(const hebb_team *team)
{
    the_team = team;
}

int hebb_command_fail(hebb_status status)
{
    const char *sentence = hebb_diagnostic();
    if (the_team->rank == 0)
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
    case HEBB_ESTOPPED:
        return HEBB_EXIT_STOPPED;
    case HEBB_ENOCONV:
    case HEBB_ENOSOLUTION:
    case HEBB_EINTERNAL:
        break;
    }
    return HEBB_EXIT_INTERNAL;
}

static int print_help(const hebb_command *command, const hebb_options *options)
{
    (void)printf("usage: %s\n%s\n\n", command->usage, command->summary);
    hebb_options_print_help(options, stdout);
    return hebb_command_close_output();
}

static int print_config(const hebb_options *options)
{
    hebb_options_print_config(options, stdout);
    return hebb_command_close_output();
}

static int execute(const hebb_command *command, hebb_options *options, int argc, char **argv)
{
    int n_operands;
    hebb_status status = hebb_options_parse(options, argc, argv, &n_operands);
    if (status == HEBB_OK && hebb_options_flag(options, "help")) return print_help(command, options);
    if (status == HEBB_OK && hebb_options_is_set(options, "config"))
        status = hebb_options_read_config(options, hebb_options_text(options, "config"));
    if (status != HEBB_OK) return hebb_command_fail(status);
    if (hebb_options_flag(options, "print-config")) return print_config(options);
    return command->run(options, n_operands, argv + argc - n_operands, command->subject);
}

int hebb_command_execute(const hebb_command *command, int argc, char **argv)
{
    hebb_options options;
    const hebb_status status = hebb_options_init(&options, command->n_tables, command->tables);
    const int exit_status = status == HEBB_OK ? execute(command, &options, argc, argv) : hebb_command_fail(status);
    hebb_options_free(&options);
    return exit_status;
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

/* The last failure's sentence, with the option that it is about. */
static hebb_status blame(const char *option, hebb_status status)
{
    char why[512];
    if (status == HEBB_OK) return HEBB_OK;
    snprintf(why, sizeof why, "%s", hebb_diagnostic());
    return hebb_fail(status, "--%s: %s", option, why);
}

/* INFINITY where the option is not set. */
static hebb_status read_time(const hebb_options *options, const char *name, double *seconds)
{
    *seconds = INFINITY;
    if (!hebb_options_is_set(options, name)) return HEBB_OK;
    return blame(name, hebb_clock_parse(hebb_options_text(options, name), seconds));
}

hebb_status hebb_command_use_machine(const hebb_options *options)
{
    double limit;
    hebb_status status = hebb_command_select_kernel(hebb_options_text(options, "kernel"));
    if (status == HEBB_OK && hebb_options_is_set(options, "max-memory"))
        status = blame("max-memory", hebb_memory_limit(hebb_options_text(options, "max-memory")));
    if (status == HEBB_OK) status = read_time(options, "time-limit", &limit);
    if (status != HEBB_OK) return status;
    hebb_stop_after(limit);
    hebb_signals_watch();
    return HEBB_OK;
}

int hebb_command_fail_unknown(const char *what, const char *name, size_t n, const char *const *names)
{
    return hebb_command_fail(
        hebb_fail(HEBB_EUSAGE, "unknown %s %s; did you mean %s?", what, name, hebb_nearest(name, n, names)));
}

hebb_status hebb_command_setting(const hebb_options *options, hebb_experiment_setting *setting)
{
    const bool quiet = hebb_options_flag(options, "quiet") || the_team->rank > 0;
    *setting = (hebb_experiment_setting){.n_threads = hebb_options_is_set(options, "threads")
                                                          ? (int)hebb_options_integer(options, "threads")
                                                      : the_team->n_processors > 0 ? the_team->n_processors
                                                                                   : hebb_parallel_processors(),
                                         .show_progress = !quiet,
                                         .csv_plain = hebb_options_flag(options, "csv-plain"),
                                         .team = the_team,
                                         .log = quiet ? NULL : stderr};
    return read_time(options, "checkpoint-interval", &setting->checkpoint_interval);
}

hebb_status hebb_command_training_setting(const hebb_options *options, hebb_training_setting *setting)
{
    hebb_experiment_setting own;
    const hebb_status status = hebb_command_setting(options, &own);
    *setting = (hebb_training_setting){.csv_plain = own.csv_plain,
                                       .show_progress = own.show_progress,
                                       .n_threads = own.n_threads,
                                       .save_interval = own.checkpoint_interval,
                                       .log = own.log};
    return status;
}

void hebb_command_set_folder(const hebb_options *options, hebb_experiment_setting *setting)
{
    setting->folder = hebb_options_text(options, "out");
    setting->overwrite = hebb_options_flag(options, "overwrite");
}

hebb_status hebb_command_set_shard(const hebb_options *options, hebb_experiment_setting *setting)
{
    if (hebb_options_is_set(options, "shard"))
        return blame("shard",
                     hebb_shard_parse(hebb_options_text(options, "shard"), &setting->shard, &setting->n_shards));
    return hebb_shard_of_array(&setting->shard, &setting->n_shards);
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

int hebb_command_print_table(hebb_status status, const hebb_table *table, const hebb_provenance *provenance,
                             const hebb_options *options)
{
    const hebb_provenance *shown = hebb_options_flag(options, "csv-plain") ? NULL : provenance;
    const char *path = hebb_options_text(options, "output");
    if (status == HEBB_OK)
        status = path != NULL && strcmp(path, "-") != 0 ? hebb_table_save(table, shown, path)
                                                        : hebb_table_write(table, shown, "standard output", stdout);
    return status == HEBB_OK ? hebb_command_close_output() : hebb_command_fail(status);
}

int hebb_command_end_run(hebb_status status, const hebb_experiment *experiment, const hebb_options *options,
                         const hebb_experiment_setting *setting, const hebb_experiment_result *result)
{
    char *figure = NULL;
    if (status == HEBB_OK && result->is_reported)
        status = hebb_figure_find(hebb_experiment_figure(experiment), &figure);
    if (status == HEBB_OK && result->is_reported)
        status = hebb_figure_draw(figure, setting->folder, setting->overwrite, setting->log);
    if (status == HEBB_OK && result->is_reported && hebb_options_text(options, "terminal") != NULL)
        status = hebb_figure_draw_tex(setting->folder, setting->log);
    free(figure);
    return status == HEBB_OK ? hebb_command_end(options, &result->verdicts) : hebb_command_fail(status);
}

int hebb_command_close_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return HEBB_EXIT_OK;
    return hebb_command_fail(hebb_fail(HEBB_EIO, "standard output: %s", strerror(errno)));
}
