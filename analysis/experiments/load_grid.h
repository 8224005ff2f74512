/*
 * load_grid - the grid of experiments at extensive load: alpha (slowest), N, and p = round(alpha N)
 */
#ifndef HEBB_EXPERIMENTS_LOAD_GRID_H
#define HEBB_EXPERIMENTS_LOAD_GRID_H

#include "study.h"

enum { HEBB_GRID_ALPHA, HEBB_GRID_NEURONS, HEBB_GRID_PATTERNS, HEBB_N_LOAD_GRID };
enum { HEBB_MAX_FURTHER_AXES = 5 };

/*
 * Makes alpha, n_neurons, n_patterns the study's grid columns and adds all points.
 *
 * n_patterns_there  in   the most patterns there are, e.g. in a file
 *
 * Returns HEBB_OK; HEBB_EDOM for a point without a pattern or with more than there are, by option and value;
 * HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_load_grid_plan(hebb_study *study, const hebb_list *alpha, const hebb_list *n_neurons,
                                                  size_t n_patterns_there);

/* The first columns of grids at extensive load, for a study's own array of columns. */
#define HEBB_LOAD_GRID_COLUMNS                                                                                         \
    {"alpha", "1", "load asked for"}, {"n_neurons", "1", "number of neurons N"},                                       \
    {                                                                                                                  \
        "n_patterns", "1", "number of patterns p = round(alpha N)"                                                     \
    }

/*
 * The same with further axes, which vary fastest: grid columns alpha, n_neurons, n_patterns, and one an axis, at most
 * HEBB_MAX_FURTHER_AXES.
 *
 * columns  in   HEBB_LOAD_GRID_COLUMNS and the axes' own; they must stay
 */
HEBB_CHECK_RESULT hebb_status hebb_load_grid_plan_with(hebb_study *study, const hebb_column *columns,
                                                       const hebb_list *alpha, const hebb_list *n_neurons,
                                                       size_t n_axes, const hebb_list *const *axes);

/* N, p and p/N of a point. */
size_t hebb_load_grid_neurons(const hebb_study *study, size_t point);
size_t hebb_load_grid_patterns(const hebb_study *study, size_t point);
double hebb_load_grid_load(const hebb_study *study, size_t point);

/* hebb_grid_check_memory. */
HEBB_CHECK_RESULT hebb_status hebb_load_grid_check_memory(const hebb_study *study,
                                                          double (*bytes)(const hebb_study *study, size_t point));

#endif
