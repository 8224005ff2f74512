/* hebb analyse SUBJECT FILE...: estimates from files, as a table, to standard output or a file */
#include <string.h>

#include "analysis_table.h"
#include "parallel.h"
#include "verb.h"

static bool subject_at(size_t k, hebb_subject *subject)
{
    const hebb_analysis_table *analysis = hebb_analysis_tables()[k];
    if (analysis == NULL) return false;
    *subject = (hebb_subject){analysis->subject, analysis->summary, analysis->files, analysis};
    return true;
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

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    const hebb_analysis_table *analysis = entry;
    bool has_seed = false;
    for (size_t k = 0; k < analysis->n_options; k++)
        has_seed = has_seed || strcmp(analysis->options[k].name, "seed") == 0;
    size_t n = 0;
    tables[n++] = (hebb_option_table){analysis->n_options, analysis->options};
    tables[n++] = hebb_output_options;
    tables[n++] = hebb_common_options;
    if (!has_seed) tables[n++] = hebb_no_seed_options;
    return n;
}

extern const hebb_verb hebb_verb_analyse;
const hebb_verb hebb_verb_analyse = {.name = "analyse",
                                     .summary = "estimates from files: series, trained machines",
                                     .operands = "FILE...|DIR",
                                     .noun = "subject",
                                     .subject = subject_at,
                                     .tables = tables_of,
                                     .run = run};
