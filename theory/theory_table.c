#include "theory_table.h"

extern const hebb_theory_table hebb_capacity_table, hebb_crosstalk_table, hebb_retrieval_table;

const hebb_theory_table *const *hebb_theory_tables(void)
{
    static const hebb_theory_table *const tables[] = {
        &hebb_capacity_table,
        &hebb_crosstalk_table,
        &hebb_retrieval_table,
        NULL,
    };
    return tables;
}

void hebb_theory_table_status(hebb_table *table, hebb_status status)
{
    hebb_table_text(table, hebb_status_text(status));
}
