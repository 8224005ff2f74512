/*
 * summary - summary.csv: a row a point; the grid, the number of replicas, and for each observable x: x, x_err,
 * x_theory, x_z
 */
#ifndef HEBB_EXPERIMENTS_SUMMARY_H
#define HEBB_EXPERIMENTS_SUMMARY_H

#include "estimators.h"
#include "study.h"

typedef struct {
    hebb_column value, error, theory, z;
} hebb_observable;

/* All four arguments are string literals. */
#define HEBB_OBSERVABLE(name, unit, meaning, theory)                                                                   \
    {                                                                                                                  \
        {name, unit, meaning}, {name "_err", unit, "standard error of " name}, {name "_theory", unit, theory},         \
        {                                                                                                              \
            name "_z", "1", "(" name " - " name "_theory)/" name "_err"                                                \
        }                                                                                                              \
    }

typedef struct {
    hebb_estimate estimate;
    double theory; /* NaN: none */
} hebb_measurement;

/* The table's columns; the caller may add more of its own. */
HEBB_CHECK_RESULT hebb_status hebb_summary_init(const hebb_study *study, size_t n, const hebb_observable *observables,
                                                hebb_table *table);

/* The cells of one point's row up to the caller's own, from n measurements in the observables' order. */
void hebb_summary_add(const hebb_study *study, size_t point, size_t n, const hebb_measurement *measurements,
                      hebb_table *table);

/* One point's row, all its cells, from the report's results. */
typedef void (*hebb_summary_row)(const hebb_study *study, size_t point, const void *results, hebb_table *table);

/* The whole of summary.csv: observables, n_further columns more, and add_row's row of each point. */
HEBB_CHECK_RESULT hebb_status hebb_summary_save(const hebb_study *study, size_t n, const hebb_observable *observables,
                                                size_t n_further, const hebb_column *further, hebb_summary_row add_row,
                                                const void *results);

#endif
