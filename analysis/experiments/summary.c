#include "summary.h"

hebb_status hebb_summary_init(const hebb_study *study, size_t n, const hebb_observable *observables, hebb_table *table)
{
    static const hebb_column replicas = {"replicas", "1", "number of replicas"};
    hebb_status status = hebb_study_table_init(study, 1, &replicas, table);
    for (size_t k = 0; k < n; k++) {
        const hebb_column columns[] = {observables[k].value, observables[k].error, observables[k].theory,
                                       observables[k].z};
        for (size_t c = 0; status == HEBB_OK && c < 4; c++) status = hebb_table_add_column(table, columns[c]);
    }
    return status;
}

void hebb_summary_add(const hebb_study *study, size_t point, size_t n, const hebb_measurement *measurements,
                      hebb_table *table)
{
    hebb_study_add_grid(study, point, table);
    hebb_table_number(table, (double)study->n_replicas);
    for (size_t k = 0; k < n; k++) {
        const hebb_estimate *x = &measurements[k].estimate;
        hebb_table_number(table, x->value);
        hebb_table_number(table, x->error);
        hebb_table_number(table, measurements[k].theory);
        hebb_table_number(table, hebb_verdict_z(x->value, x->error, measurements[k].theory));
    }
}

hebb_status hebb_summary_save(const hebb_study *study, size_t n, const hebb_observable *observables, size_t n_further,
                              const hebb_column *further, hebb_summary_row add_row, const void *results)
{
    hebb_table table;
    hebb_status status = hebb_summary_init(study, n, observables, &table);
    for (size_t k = 0; status == HEBB_OK && k < n_further; k++) status = hebb_table_add_column(&table, further[k]);
    for (size_t point = 0; status == HEBB_OK && point < study->n_points; point++)
        add_row(study, point, results, &table);
    if (status == HEBB_OK) status = hebb_study_save(study, &table, "summary.csv");
    hebb_table_free(&table);
    return status;
}
