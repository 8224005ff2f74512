/* `hebb theory dense-dynamics`: the overlap of dense memories step by step, all neurons at once, T = 0 */
#include <math.h>
#include <stdlib.h>

#include "dense_dynamics.h"
#include "dense_retrieval.h"
#include "effective_spin.h"
#include "theory_table.h"

static const hebb_option options_of_dense_dynamics[] = {
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, HEBB_DENSE_MAX_DEGREE), HEBB_OPTION_RESULT,
     "degrees n of F(x) = x^n"},
    {"load", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-6, 1e6), HEBB_OPTION_RESULT,
     "loads a = K (2n-3)!!/N^(n-1)"},
    {"overlap", 0, HEBB_OPTION_REAL_LIST, "LIST", "1", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "overlaps of the random initial states"},
    {"steps", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, HEBB_EFFECTIVE_MAX_STEPS), HEBB_OPTION_RESULT,
     "how many synchronous updates to follow"},
    {"paths", 0, HEBB_OPTION_INTEGER, "N", "400000", HEBB_FROM_TO(HEBB_EFFECTIVE_MIN_PATHS, 1e8), HEBB_OPTION_RESULT,
     "paths of one spin sampled in all"},
};

static const hebb_column columns[] = {
    {"degree", "1", "degree n of F(x) = x^n"},
    {"load", "1", "load a = K (2n-3)!!/N^(n-1)"},
    {"m0", "1", "overlap of the initial state, random apart from that"},
    {"step", "1", "synchronous updates so far"},
    {"m", "1", "overlap with the pattern, exact but for the sampling of --paths"},
    {"m_err", "1", "its standard error"},
    {"m_exact", "1", "the same in closed form; empty after step 2"},
    {"m_map", "1", "m <- erf(m^(n-1)/sqrt(2a)): as if the patterns were drawn anew at every step"},
    {"sigma2", "1", "variance of the field over the neurons, exact but for the sampling; empty at the last step"},
    {"sigma2_err", "1", "its standard error"},
    HEBB_STATUS_COLUMN,
};

typedef struct {
    int degree;
    double load, m0;
    size_t n_steps, n_paths;
} start;

static hebb_status add_start(const start *from, hebb_effective_step *steps, hebb_table *table)
{
    double exact[3], map[HEBB_EFFECTIVE_MAX_STEPS + 1];
    hebb_dense_dynamics_map(from->degree, from->load, from->m0, from->n_steps, map);
    hebb_status solved = hebb_dense_dynamics_exact(from->degree, from->load, from->m0, exact);
    if (solved == HEBB_OK)
        solved = hebb_effective_spin_follow_dense(from->degree, from->load, from->m0, from->n_steps, from->n_paths,
                                                  HEBB_EFFECTIVE_SEED, steps);
    if (solved == HEBB_ENOMEM) return hebb_fail(HEBB_ENOMEM, "no memory for %zu paths", from->n_paths);
    for (size_t t = 0; t <= from->n_steps; t++) {
        const hebb_effective_step none = {NAN, NAN, NAN, NAN}, step = solved == HEBB_OK ? steps[t] : none;
        const double cells[] = {from->degree,
                                from->load,
                                from->m0,
                                (double)t,
                                step.m,
                                step.m_error,
                                solved == HEBB_OK && t <= 2 ? exact[t] : NAN,
                                map[t],
                                step.sigma2,
                                step.sigma2_error};
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
        hebb_theory_table_status(table, solved);
    }
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    static const char *const needed[] = {"degree", "load", "steps"};
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < sizeof needed / sizeof *needed; k++)
        status = hebb_options_require(options, needed[k]);
    if (status != HEBB_OK) return status;
    const hebb_list *degree = hebb_options_list(options, "degree"), *load = hebb_options_list(options, "load");
    const hebb_list *overlap = hebb_options_list(options, "overlap");
    start from = {.n_steps = (size_t)hebb_options_integer(options, "steps"),
                  .n_paths = (size_t)hebb_options_integer(options, "paths")};
    hebb_effective_step *steps = calloc(from.n_steps + 1, sizeof *steps);
    if (steps == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu steps", from.n_steps);
    status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK)
        status = hebb_theory_table_room(table, (double)degree->length * (double)load->length * (double)overlap->length *
                                                   (double)(from.n_steps + 1));
    for (size_t d = 0; status == HEBB_OK && d < degree->length; d++)
        for (size_t a = 0; status == HEBB_OK && a < load->length; a++)
            for (size_t b = 0; status == HEBB_OK && b < overlap->length; b++) {
                from.degree = (int)degree->values[d];
                from.load = load->values[a];
                from.m0 = overlap->values[b];
                status = add_start(&from, steps, table);
            }
    free(steps);
    return status;
}

const hebb_theory_table hebb_dense_dynamics_table = {
    "dense-dynamics", "overlap of dense memories step by step, all neurons at once, T = 0",
    sizeof options_of_dense_dynamics / sizeof *options_of_dense_dynamics, options_of_dense_dynamics, fill};
