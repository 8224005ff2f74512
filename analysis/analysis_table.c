#include "analysis_table.h"

/* The registry: a line a subject, in alphabetical order. */
#define EVERY_TABLE(ENTRY)                                                                                             \
    ENTRY(hebb_fixed_points_table)                                                                                     \
    ENTRY(hebb_likelihood_table)                                                                                       \
    ENTRY(hebb_series_table)                                                                                           \
    ENTRY(hebb_spectrum_table)                                                                                         \
    ENTRY(hebb_weights_table)

#define DECLARATION(name) extern const hebb_analysis_table name;
#define ADDRESS(name)     &name,

EVERY_TABLE(DECLARATION)

const hebb_analysis_table *const *hebb_analysis_tables(void)
{
    static const hebb_analysis_table *const tables[] = {EVERY_TABLE(ADDRESS) NULL};
    return tables;
}
