#include "problem.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

hebb_status hebb_problem_init(hebb_problem *problem, size_t n_input, size_t n_output, size_t n_cases)
{
    *problem = (hebb_problem){0};
    const size_t n_visible = n_input + n_output;
    if (n_visible < n_input || n_visible == 0 || n_cases == 0)
        return hebb_fail(HEBB_EDOM, "%zu cases of %zu input and %zu output units: there must be cases and units",
                         n_cases, n_input, n_output);
    *problem =
        (hebb_problem){.n_input = n_input,
                       .n_output = n_output,
                       .n_visible = n_visible,
                       .n_cases = n_cases,
                       .cases = n_cases <= SIZE_MAX / n_visible ? hebb_memory_zeroed(n_cases * n_visible) : NULL};
    if (problem->cases != NULL) return HEBB_OK;
    hebb_problem_free(problem);
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu cases of %zu units", n_cases, n_visible);
}

bool hebb_problem_is_function(const hebb_problem *problem)
{
    if (problem->n_input == 0 || problem->n_output == 0) return false;
    for (size_t c = 0; c < problem->n_cases; c++)
        for (size_t d = 0; d < c; d++) {
            const uint8_t *one = problem->cases + c * problem->n_visible;
            const uint8_t *other = problem->cases + d * problem->n_visible;
            if (memcmp(one, other, problem->n_input) == 0 &&
                memcmp(one + problem->n_input, other + problem->n_input, problem->n_output) != 0)
                return false;
        }
    return true;
}

void hebb_problem_free(hebb_problem *problem)
{
    free(problem->cases);
    free(problem->reals);
    *problem = (hebb_problem){0};
}
