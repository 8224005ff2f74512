/*
 * load_grid - the grid of experiments at extensive load: alpha (slowest), N, and p = round(alpha N)
 */
#ifndef HEBB_EXPERIMENTS_LOAD_GRID_H
#define HEBB_EXPERIMENTS_LOAD_GRID_H

#include "study.h"

enum { HEBB_GRID_ALPHA, HEBB_GRID_NEURONS, HEBB_GRID_PATTERNS, HEBB_N_LOAD_GRID };

/*
 * Makes alpha, n_neurons, n_patterns the study's grid columns and adds all points.
 *
 * n_patterns_there  in   the most patterns there are, e.g. in a file
 *
 * Returns HEBB_OK; HEBB_EDOM for a point without a pattern or with more than there are, by option and value;
 * HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_load_grid_plan(hebb_study *study, const hebb_list *alpha, size_t n_sizes,
                                                  const double *n_neurons, size_t n_patterns_there);

/* N, p and p/N of a point. */
size_t hebb_load_grid_neurons(const hebb_study *study, size_t point);
size_t hebb_load_grid_patterns(const hebb_study *study, size_t point);
double hebb_load_grid_load(const hebb_study *study, size_t point);

/*
 * Refuses, before anything is allocated, what would not fit: the largest point for each thread, and all results.
 *
 * bytes  in   what a thread needs at a point
 */
HEBB_CHECK_RESULT hebb_status hebb_load_grid_check_memory(const hebb_study *study,
                                                          double (*bytes)(const hebb_study *study, size_t point));

#endif
