#include "grid.h"

#include <stdio.h>
#include <stdlib.h>

static size_t length(const hebb_list *axis)
{
    return axis != NULL ? axis->length : 1;
}

static hebb_status add_points(hebb_study *study, const hebb_list *const *axes,
                              hebb_status (*complete)(void *context, double *row), void *context, double *row)
{
    size_t n_points = 1;
    for (size_t g = 0; g < study->n_grid; g++)
        if (__builtin_mul_overflow(n_points, length(axes[g]), &n_points))
            return hebb_fail(HEBB_ENOMEM, "no memory for so many points");
    for (size_t k = 0; k < n_points; k++) {
        size_t rest = k;
        for (size_t g = study->n_grid; g-- > 0; rest /= length(axes[g]))
            row[g] = axes[g] != NULL ? axes[g]->values[rest % length(axes[g])] : 0.0;
        hebb_status status = complete != NULL ? complete(context, row) : HEBB_OK;
        if (status == HEBB_OK) status = hebb_study_add_point(study, row);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

hebb_status hebb_grid_plan(hebb_study *study, const hebb_list *const *axes,
                           hebb_status (*complete)(void *context, double *row), void *context)
{
    double *row = calloc(study->n_grid, sizeof *row);
    if (row == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a point");
    const hebb_status status = add_points(study, axes, complete, context, row);
    free(row);
    return status;
}

hebb_status hebb_grid_check_memory(const hebb_study *study, size_t neurons, size_t patterns,
                                   double (*bytes)(const hebb_study *study, size_t point))
{
    double largest = 0.0;
    char what[80] = "";
    for (size_t k = 0; k < study->n_points; k++) {
        if (bytes(study, k) <= largest) continue;
        largest = bytes(study, k);
        snprintf(what, sizeof what, "%.0f patterns of %.0f neurons", hebb_study_grid(study, k, patterns),
                 hebb_study_grid(study, k, neurons));
    }
    return hebb_study_check_memory(study, what, largest);
}
