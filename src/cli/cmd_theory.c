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

static hebb_status print_table(const hebb_theory_table *theory, const hebb_options *options, const hebb_table *filled)
{
    hebb_provenance provenance = {0};
    hebb_status status = hebb_theory_table_provenance(theory, options, &provenance);
    const hebb_provenance *shown = hebb_options_flag(options, "csv-plain") ? NULL : &provenance;
    const char *path = hebb_options_text(options, "output");
    if (status == HEBB_OK)
        status = path != NULL ? hebb_table_save(filled, shown, path)
                              : hebb_table_write(filled, shown, "standard output", stdout);
    hebb_provenance_free(&provenance);
    return status;
}

static int run(const hebb_theory_table *theory, int argc, char **argv)
{
    const hebb_option_table tables[] = {{theory->n_options, theory->options}, hebb_table_options, hebb_common_options};
    hebb_options options;
    hebb_table filled = {0};
    char usage[160];
    int n_operands, exit_status;
    snprintf(usage, sizeof usage, "hebb theory %s [options]", theory->subject);
    hebb_status status = hebb_options_init(&options, 3, tables);
    if (status != HEBB_OK) {
        exit_status = hebb_command_fail(status);
        goto out;
    }
    if (!hebb_command_begin(&options, argc, argv, usage, theory->summary, &n_operands, &exit_status)) goto out;
    if (n_operands > 0)
        status =
            hebb_fail(HEBB_EUSAGE, "theory %s takes options alone, not '%s'", theory->subject, argv[argc - n_operands]);
    if (status == HEBB_OK) status = theory->fill(&options, &filled);
    if (status == HEBB_OK) status = print_table(theory, &options, &filled);
    exit_status = status == HEBB_OK ? hebb_command_close_output() : hebb_command_fail(status);
out:
    hebb_table_free(&filled);
    hebb_options_free(&options);
    return exit_status;
}

int hebb_cmd_theory(int argc, char **argv)
{
    const char *subjects[MAX_SUBJECTS];
    size_t n = 0;
    if (argc < 2)
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "theory: a subject is missing; hebb theory --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return list_subjects();
    for (const hebb_theory_table *const *t = hebb_theory_tables(); *t != NULL && n < MAX_SUBJECTS; t++) {
        if (strcmp((*t)->subject, argv[1]) == 0) return run(*t, argc - 1, argv + 1);
        subjects[n++] = (*t)->subject;
    }
    return hebb_command_fail_unknown("subject", argv[1], n, subjects);
}
