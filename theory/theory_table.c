#include "theory_table.h"

/* The registry: a line a subject, in alphabetical order. */
#define EVERY_TABLE(ENTRY)                                                                                             \
    ENTRY(hebb_capacity_table)                                                                                         \
    ENTRY(hebb_crosstalk_table)                                                                                        \
    ENTRY(hebb_curie_weiss_table)                                                                                      \
    ENTRY(hebb_dynamics_table)                                                                                         \
    ENTRY(hebb_landscape_table)                                                                                        \
    ENTRY(hebb_mixtures_table)                                                                                         \
    ENTRY(hebb_phase_diagram_table)                                                                                    \
    ENTRY(hebb_retrieval_table)                                                                                        \
    ENTRY(hebb_sk_table)

#define DECLARATION(name) extern const hebb_theory_table name;
#define ADDRESS(name)     &name,

EVERY_TABLE(DECLARATION)

const hebb_theory_table *const *hebb_theory_tables(void)
{
    static const hebb_theory_table *const tables[] = {EVERY_TABLE(ADDRESS) NULL};
    return tables;
}

hebb_status hebb_theory_table_provenance(const hebb_theory_table *theory, const hebb_options *options,
                                         hebb_provenance *provenance)
{
    char head[80];
    snprintf(head, sizeof head, "hebb theory %s", theory->subject);
    return hebb_provenance_init(provenance, head, options);
}

void hebb_theory_table_status(hebb_table *table, hebb_status status)
{
    hebb_table_text(table, hebb_status_text(status));
}
