/* hebb theory SUBJECT: a solver's table, to standard output or a file */
#include "theory_table.h"
#include "verb.h"

static bool subject_at(size_t k, hebb_subject *subject)
{
    const hebb_theory_table *theory = hebb_theory_tables()[k];
    if (theory == NULL) return false;
    *subject = (hebb_subject){.name = theory->subject, .summary = theory->summary, .entry = theory};
    return true;
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

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    const hebb_theory_table *theory = entry;
    size_t n = 0;
    tables[n++] = (hebb_option_table){theory->n_options, theory->options};
    tables[n++] = hebb_output_options;
    tables[n++] = hebb_no_seed_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_theory;
const hebb_verb hebb_verb_theory = {.name = "theory",
                                    .summary = "a solver's numbers as a table",
                                    .noun = "subject",
                                    .subject = subject_at,
                                    .tables = tables_of,
                                    .run = run};
