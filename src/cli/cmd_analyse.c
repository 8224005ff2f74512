/* hebb analyse SUBJECT FILE...: estimates from files, as a table, to standard output or a file */
#include "command.h"

#include <string.h>

#include "analysis_table.h"
#include "parallel.h"

enum { MAX_SUBJECTS = 64 };

static int list_subjects(void)
{
    (void)printf("usage: hebb analyse SUBJECT FILE... [options]\n\n");
    for (const hebb_analysis_table *const *t = hebb_analysis_tables(); *t != NULL; t++)
        (void)printf("  %-16s%s\n", (*t)->subject, (*t)->summary);
    return hebb_command_close_output();
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    const hebb_analysis_table *analysis = subject;
    const hebb_analysis_input input = {.options = options,
                                       .n_files = (size_t)n_operands,
                                       .files = (const char *const *)operands,
                                       .log = hebb_options_flag(options, "quiet") ? NULL : stderr,
                                       .n_threads = hebb_options_is_set(options, "threads")
                                                        ? (int)hebb_options_integer(options, "threads")
                                                        : hebb_parallel_processors()};
    hebb_table filled = {0};
    hebb_provenance provenance = {0};
    char head[80];
    snprintf(head, sizeof head, "hebb analyse %s", analysis->subject);
    hebb_status status = hebb_provenance_init(&provenance, head, options);
    if (status == HEBB_OK) status = analysis->fill(&input, &filled, &provenance);
    const int exit_status = hebb_command_print_table(status, &filled, &provenance, options);
    hebb_provenance_free(&provenance);
    hebb_table_free(&filled);
    return exit_status;
}

static int execute(const hebb_analysis_table *analysis, int argc, char **argv)
{
    hebb_option_table tables[4] = {
        {analysis->n_options, analysis->options}, hebb_output_options, hebb_common_options, hebb_no_seed_options};
    bool has_seed = false;
    for (size_t k = 0; k < analysis->n_options; k++)
        has_seed = has_seed || strcmp(analysis->options[k].name, "seed") == 0;
    char usage[160];
    snprintf(usage, sizeof usage, "hebb analyse %s %s [options]", analysis->subject, analysis->files);
    const hebb_command command = {usage, analysis->summary, has_seed ? 3 : 4, tables, run, analysis};
    return hebb_command_execute(&command, argc, argv);
}

int hebb_cmd_analyse(int argc, char **argv)
{
    const char *subjects[MAX_SUBJECTS];
    size_t n = 0;
    if (argc < 2)
        return hebb_command_fail(
            hebb_fail(HEBB_EUSAGE, "analyse: a subject is missing; hebb analyse --help lists them"));
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return list_subjects();
    for (const hebb_analysis_table *const *t = hebb_analysis_tables(); *t != NULL && n < MAX_SUBJECTS; t++) {
        if (strcmp((*t)->subject, argv[1]) == 0) return execute(*t, argc - 1, argv + 1);
        subjects[n++] = (*t)->subject;
    }
    return hebb_command_fail_unknown("subject", argv[1], n, subjects);
}
