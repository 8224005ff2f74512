#include "theory_table.h"

#include <stdint.h>

#include "memory.h"

/* The registry: a line a subject, in alphabetical order. */
#define EVERY_TABLE(ENTRY)                                                                                             \
    ENTRY(hebb_capacity_table)                                                                                         \
    ENTRY(hebb_continuous_table)                                                                                       \
    ENTRY(hebb_crosstalk_table)                                                                                        \
    ENTRY(hebb_curie_weiss_table)                                                                                      \
    ENTRY(hebb_dense_dynamics_table)                                                                                   \
    ENTRY(hebb_dense_retrieval_table)                                                                                  \
    ENTRY(hebb_dense_table)                                                                                            \
    ENTRY(hebb_dynamics_table)                                                                                         \
    ENTRY(hebb_exponential_table)                                                                                      \
    ENTRY(hebb_landscape_table)                                                                                        \
    ENTRY(hebb_marchenko_pastur_table)                                                                                 \
    ENTRY(hebb_mixtures_table)                                                                                         \
    ENTRY(hebb_phase_diagram_table)                                                                                    \
    ENTRY(hebb_rbm_modes_table)                                                                                        \
    ENTRY(hebb_rbm_phases_table)                                                                                       \
    ENTRY(hebb_retrieval_table)                                                                                        \
    ENTRY(hebb_sk_table)                                                                                               \
    ENTRY(hebb_stability_table)

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

hebb_status hebb_theory_table_room(const hebb_table *table, double n_rows)
{
    /* What malloc takes for a copy of a text of up to 40 bytes, a column without a unit. */
    enum { TEXT_BYTES = 48 };
    const double gib = 1024.0 * 1024.0 * 1024.0;
    const size_t available = hebb_memory_available();
    double row = (double)(table->n_columns * sizeof *table->cells);
    for (size_t k = 0; k < table->n_columns; k++) row += *table->columns[k].unit == '\0' ? TEXT_BYTES : 0;
    if (available == SIZE_MAX || n_rows * row <= (double)available) return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "a table of %.3g rows is %.3g GiB, and %.3g GiB may be had; ask for fewer points",
                     n_rows, n_rows * row / gib, (double)available / gib);
}

void hebb_theory_table_status(hebb_table *table, hebb_status status)
{
    if (status == HEBB_ENOMEM)
        table->failed = true; /* says nothing of the point */
    else
        hebb_table_text(table, hebb_status_text(status));
}
