/* hebb VERB SUBJECT [options]: which verb */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "blas.h"
#include "command.h"
#include "kernel.h"
#include "memory.h"
#include "parallel.h"

static const struct {
    const char *name, *summary;
    int (*run)(int argc, char **argv);
    bool by_all; /* ranks of an MPI job; else by rank 0 alone */
} verbs[] = {
    {"analyse", "estimates from files: means of correlated series, and their errors", hebb_cmd_analyse, false},
    {"figure", "compute and draw a figure of the literature", hebb_cmd_figure, false},
    {"merge", "join the shards of a study", hebb_cmd_merge, false},
    {"plan", "what a study would take: units, memory, time", hebb_cmd_plan, false},
    {"resume", "go on with a study or a training that was stopped", hebb_cmd_resume, true},
    {"run", "simulate, solve, compare: an experiment with its verdict", hebb_cmd_run, true},
    {"sample", "visible states of a trained machine", hebb_cmd_sample, false},
    {"status", "how far studies are", hebb_cmd_status, false},
    {"theory", "a solver's numbers as a table", hebb_cmd_theory, false},
    {"train", "let a machine learn a problem", hebb_cmd_train, false},
};
enum { N_VERBS = sizeof verbs / sizeof *verbs };

static int print_help(void)
{
    (void)printf("usage: hebb VERB SUBJECT [options]\n\n");
    for (size_t k = 0; k < N_VERBS; k++) (void)printf("  %-10s%s\n", verbs[k].name, verbs[k].summary);
    (void)printf("\nhebb VERB --help lists a verb's subjects, hebb VERB SUBJECT --help its options.\n");
    return hebb_command_close_output();
}

static int print_version(void)
{
    (void)printf("hebb %s\n", PACKAGE_VERSION);
    const hebb_status status = hebb_command_select_kernel(NULL);
    if (status != HEBB_OK) return hebb_command_fail(status);
    (void)printf("kernel %s, of those that this processor runs:", hebb_kernel_in_use()->name);
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        (void)printf(" %s", (*kernel)->name);
    (void)printf("\n");
    return hebb_command_close_output();
}

int hebb_program_run(int argc, char **argv, const hebb_team *team)
{
    const char *names[N_VERBS];
    (void)gsl_set_error_handler_off(); /* its functions' status is looked at where they are called */
    hebb_blas_use_one_thread();
    hebb_parallel_allow_two_levels();
    hebb_command_set_team(team);
    hebb_memory_share(team->n_neighbours);
    for (size_t k = 0; argc >= 2 && k < N_VERBS; k++)
        if (verbs[k].by_all && strcmp(verbs[k].name, argv[1]) == 0) return verbs[k].run(argc - 1, argv + 1);
    if (team->rank > 0) return HEBB_EXIT_OK;
    hebb_command_set_team(&hebb_team_alone);
    hebb_memory_share(1);
    if (argc < 2) return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "a verb is missing; hebb --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return print_help();
    if (strcmp(argv[1], "--version") == 0) return print_version();
    for (size_t k = 0; k < N_VERBS; k++) {
        if (strcmp(verbs[k].name, argv[1]) == 0) return verbs[k].run(argc - 1, argv + 1);
        names[k] = verbs[k].name;
    }
    return hebb_command_fail_unknown("verb", argv[1], N_VERBS, names);
}
