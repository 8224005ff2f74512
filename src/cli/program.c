/* hebb VERB SUBJECT [options]: which verb */
#include "program.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "blas.h"
#include "kernel.h"
#include "memory.h"
#include "parallel.h"
#include "verb.h"

static int print_help(void)
{
    (void)printf("usage: hebb VERB SUBJECT [options]\n\n");
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++)
        (void)printf("  %-10s%s\n", (*verb)->name, (*verb)->summary);
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

/* Who types a subject alone is told of the first verb that has it. */
static int fail_unknown_verb(const char *word, size_t n, const char *const *names)
{
    hebb_subject subject;
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++)
        for (size_t k = 0; (*verb)->noun != NULL && (*verb)->page == NULL && (*verb)->subject(k, &subject); k++)
            if (strcmp(subject.name, word) == 0)
                return hebb_command_fail(
                    hebb_fail(HEBB_EUSAGE, "unknown verb %s; did you mean hebb %s %s?", word, (*verb)->name, word));
    return hebb_command_fail_unknown("verb", word, n, names);
}

int hebb_program_run(int argc, char **argv, const hebb_team *team)
{
    const char *names[HEBB_VERB_MAX_SUBJECTS];
    const hebb_verb *chosen = NULL;
    size_t n = 0;
    (void)gsl_set_error_handler_off(); /* its functions' status is looked at where they are called */
    (void)signal(SIGXFSZ, SIG_IGN);    /* the write fails instead, and is looked at */
    hebb_blas_use_one_thread();
    hebb_parallel_allow_two_levels();
    hebb_command_set_team(team);
    hebb_memory_share(team->n_neighbours);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL && n < HEBB_VERB_MAX_SUBJECTS; verb++) {
        if (argc >= 2 && strcmp((*verb)->name, argv[1]) == 0) chosen = *verb;
        names[n++] = (*verb)->name;
    }
    if (chosen == NULL || !chosen->is_for_all) {
        if (team->rank > 0) return HEBB_EXIT_OK;
        hebb_command_set_team(&hebb_team_alone);
        hebb_memory_share(1);
    }
    if (chosen != NULL) return hebb_verb_execute(chosen, argc - 1, argv + 1);
    if (argc < 2) return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "a verb is missing; hebb --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return print_help();
    if (strcmp(argv[1], "--version") == 0) return print_version();
    return fail_unknown_verb(argv[1], n, names);
}
