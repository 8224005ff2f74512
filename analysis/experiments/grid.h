/*
 * grid - a study's points as the Cartesian product of lists, the first slowest
 */
#ifndef HEBB_EXPERIMENTS_GRID_H
#define HEBB_EXPERIMENTS_GRID_H

#include "study.h"

/*
 * Makes the points of the study, whose grid_columns and n_grid are set.
 *
 * axes      in   n_grid of them: a column's values, or NULL for a column that follows from the others
 * complete  in   fills in those columns, or refuses the point; NULL: there are none
 *
 * Returns HEBB_OK; what `complete` returned; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_grid_plan(hebb_study *study, const hebb_list *const *axes,
                                             hebb_status (*complete)(void *context, double *row), void *context);

/*
 * Refuses, before anything is allocated, what would not fit: the largest point for each thread, and all results.
 *
 * neurons, patterns  in   the columns of N and p
 * bytes              in   what a thread needs at a point
 */
HEBB_CHECK_RESULT hebb_status hebb_grid_check_memory(const hebb_study *study, size_t neurons, size_t patterns,
                                                     double (*bytes)(const hebb_study *study, size_t point));

#endif
