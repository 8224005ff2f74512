#include "load_grid.h"

#include "patterns.h"
#include "number.h"

static const hebb_column columns[HEBB_N_LOAD_GRID] = {
    {"alpha", "1", "load asked for"},
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns p = round(alpha N)"},
};

static hebb_status add_point(hebb_study *study, double alpha, double n_neurons, size_t n_patterns_there)
{
    char text[HEBB_NUMBER_LENGTH];
    hebb_number_format(alpha, text);
    if (alpha * n_neurons > (double)n_patterns_there + 0.5) /* asked first: it may not fit a size */
        return hebb_fail(HEBB_EDOM, "--alpha: %s at %.0f neurons is %.7g patterns, and there are %zu", text, n_neurons,
                         alpha * n_neurons, n_patterns_there);
    const size_t p = hebb_patterns_at_load(alpha, (size_t)n_neurons);
    if (p < 1) return hebb_fail(HEBB_EDOM, "--alpha: %s at %.0f neurons is less than half a pattern", text, n_neurons);
    return hebb_study_add_point(study, (const double[HEBB_N_LOAD_GRID]){alpha, n_neurons, (double)p});
}

hebb_status hebb_load_grid_plan(hebb_study *study, const hebb_list *alpha, size_t n_sizes, const double *n_neurons,
                                size_t n_patterns_there)
{
    hebb_status status = HEBB_OK;
    study->n_grid = HEBB_N_LOAD_GRID;
    study->grid_columns = columns;
    for (size_t a = 0; a < alpha->length; a++)
        for (size_t b = 0; status == HEBB_OK && b < n_sizes; b++)
            status = add_point(study, alpha->values[a], n_neurons[b], n_patterns_there);
    return status;
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
    double largest = 0.0;
    char what[80] = "";
    for (size_t k = 0; k < study->n_points; k++) {
        if (bytes(study, k) <= largest) continue;
        largest = bytes(study, k);
        snprintf(what, sizeof what, "%zu patterns of %zu neurons", hebb_load_grid_patterns(study, k),
                 hebb_load_grid_neurons(study, k));
    }
    return hebb_study_check_memory(study, what, largest);
}
