/* hebb VERB SUBJECT [options] */
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "command.h"
#include "kernel.h"

static const struct {
    const char *name, *summary;
    int (*run)(int argc, char **argv);
} verbs[] = {
    {"figure", "compute and draw a figure of the literature", hebb_cmd_figure},
    {"run", "simulate, solve, compare: an experiment with its verdict", hebb_cmd_run},
    {"theory", "a solver's numbers as a table", hebb_cmd_theory},
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

int main(int argc, char **argv)
{
    const char *names[N_VERBS];
    (void)gsl_set_error_handler_off(); /* its functions' status is looked at where they are called */
    if (argc < 2) return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "a verb is missing; hebb --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return print_help();
    if (strcmp(argv[1], "--version") == 0) {
        return print_version();
    }
    for (size_t k = 0; k < N_VERBS; k++) {
        if (strcmp(verbs[k].name, argv[1]) == 0) return verbs[k].run(argc - 1, argv + 1);
        names[k] = verbs[k].name;
    }
    return hebb_command_fail_unknown("verb", argv[1], N_VERBS, names);
}
