/* hebb theory SUBJECT: a solver's table, to standard output or a file */
#include "command.h"

#include <string.h>

#include "theory_table.h"

enum { MAX_SUBJECTS = 64 };

static int list_subjects(void)
{
    (void)printf("usage: hebb theory SUBJECT [options]\n\n");
    for (const hebb_theory_table *const *t = hebb_theory_tables(); *t != NULL; t++)
        (void)printf("  %-16s%s\n", (*t)->subject, (*t)->summary);
    return hebb_command_close_output();
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    const hebb_theory_table *theory = subject;
    hebb_table filled = {0};
    hebb_provenance provenance = {0};
    hebb_status status = HEBB_OK;
    if (n_operands > 0)
        status = hebb_fail(HEBB_EUSAGE, "theory %s takes options alone, not '%s'", theory->subject, operands[0]);
    if (status == HEBB_OK) status = theory->fill(options, &filled);
    if (status == HEBB_OK) status = hebb_theory_table_provenance(theory, options, &provenance);
    const int exit_status = hebb_command_print_table(status, &filled, &provenance, options);
    hebb_provenance_free(&provenance);
    hebb_table_free(&filled);
    return exit_status;
}

static int execute(const hebb_theory_table *theory, int argc, char **argv)
{
    const hebb_option_table tables[] = {
        {theory->n_options, theory->options}, hebb_output_options, hebb_no_seed_options, hebb_common_options};
    char usage[160];
    snprintf(usage, sizeof usage, "hebb theory %s [options]", theory->subject);
    const hebb_command command = {usage, theory->summary, sizeof tables / sizeof *tables, tables, run, theory};
    return hebb_command_execute(&command, argc, argv);
}

int hebb_cmd_theory(int argc, char **argv)
{
    const char *subjects[MAX_SUBJECTS];
    size_t n = 0;
    if (argc < 2)
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "theory: a subject is missing; hebb theory --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return list_subjects();
    for (const hebb_theory_table *const *t = hebb_theory_tables(); *t != NULL && n < MAX_SUBJECTS; t++) {
        if (strcmp((*t)->subject, argv[1]) == 0) return execute(*t, argc - 1, argv + 1);
        subjects[n++] = (*t)->subject;
    }
    return hebb_command_fail_unknown("subject", argv[1], n, subjects);
}
