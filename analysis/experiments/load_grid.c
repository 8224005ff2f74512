#include "load_grid.h"

#include "grid.h"
#include "number.h"
#include "patterns.h"

static const hebb_column columns[HEBB_N_LOAD_GRID] = {HEBB_LOAD_GRID_COLUMNS};

/* p of alpha and N, where it is one that there is; the context is how many there are. */
static hebb_status complete(void *context, double *row)
{
    const double alpha = row[HEBB_GRID_ALPHA], n_neurons = row[HEBB_GRID_NEURONS];
    const size_t *n_patterns_there = context;
    char text[HEBB_NUMBER_LENGTH];
    hebb_number_format(alpha, text);
    if (alpha * n_neurons > (double)*n_patterns_there + 0.5) /* asked first: it may not fit a size */
        return hebb_fail(HEBB_EDOM, "--alpha: %s at %.0f neurons is %.7g patterns, and there are %zu", text, n_neurons,
                         alpha * n_neurons, *n_patterns_there);
    const size_t p = hebb_patterns_at_load(alpha, (size_t)n_neurons);
    if (p < 1) return hebb_fail(HEBB_EDOM, "--alpha: %s at %.0f neurons is less than half a pattern", text, n_neurons);
    row[HEBB_GRID_PATTERNS] = (double)p;
    return HEBB_OK;
}

hebb_status hebb_load_grid_plan(hebb_study *study, const hebb_list *alpha, const hebb_list *n_neurons,
                                size_t n_patterns_there)
{
    const hebb_list *const axes[HEBB_N_LOAD_GRID] = {alpha, n_neurons, NULL};
    study->n_grid = HEBB_N_LOAD_GRID;
    study->grid_columns = columns;
    return hebb_grid_plan(study, axes, complete, &n_patterns_there);
}

hebb_status hebb_load_grid_plan_with(hebb_study *study, const hebb_column *all_columns, const hebb_list *alpha,
                                     const hebb_list *n_neurons, size_t n_axes, const hebb_list *const *axes)
{
    const hebb_list *all[HEBB_N_LOAD_GRID + HEBB_MAX_FURTHER_AXES] = {alpha, n_neurons, NULL};
    size_t n_patterns_there = HEBB_MAX_PATTERNS;
    if (n_axes > HEBB_MAX_FURTHER_AXES) return hebb_fail(HEBB_EINTERNAL, "a grid of %zu further axes", n_axes);
    for (size_t k = 0; k < n_axes; k++) all[HEBB_N_LOAD_GRID + k] = axes[k];
    study->n_grid = HEBB_N_LOAD_GRID + n_axes;
    study->grid_columns = all_columns;
    return hebb_grid_plan(study, all, complete, &n_patterns_there);
}

size_t hebb_load_grid_neurons(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, HEBB_GRID_NEURONS);
}

size_t hebb_load_grid_patterns(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, HEBB_GRID_PATTERNS);
}

double hebb_load_grid_load(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, HEBB_GRID_PATTERNS) / hebb_study_grid(study, point, HEBB_GRID_NEURONS);
}

hebb_status hebb_load_grid_check_memory(const hebb_study *study, double (*bytes)(const hebb_study *study, size_t point))
{
    return hebb_grid_check_memory(study, HEBB_GRID_NEURONS, HEBB_GRID_PATTERNS, bytes);
}
