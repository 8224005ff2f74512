#include "exponential_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "exponential_capacity.h"
#include "grid.h"
#include "rival_law.h"
#include "rivals.h"

static const hebb_option options[] = {
    {"rho", 0, HEBB_OPTION_REAL_LIST, "LIST", "0", HEBB_FROM_TO(0.0, 0.5), HEBB_OPTION_RESULT,
     "shares of wrong bits at the start, below 1/2; d = round(rho N)"},
    {"alpha", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads; K = round(e^(alpha N))"},
    {"of-typical", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads in units of the one up to which a typical pattern comes back at rho, N to infinity; 0.7:1:0.03 if neither "
     "they nor --alpha are given"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "16,20,24", HEBB_FROM_TO(2.0, HEBB_RIVAL_LAW_MAX_NEURONS),
     HEBB_OPTION_RESULT, "sizes N"},
    {"rivals", 0, HEBB_OPTION_CHOICE, "drawn|law|mixed", "drawn", HEBB_ANY, HEBB_OPTION_RESULT,
     "draw every pattern, up to 1e9 of up to 64 neurons; or draw what they do from its law; or the first up to 1e6"},
    {"steps", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(1.0, 1000.0), HEBB_OPTION_RESULT,
     "synchronous steps at most; more than one with drawn rivals alone"},
    {"curve", 0, HEBB_OPTION_INTEGER, "N", "60", HEBB_FROM_TO(0.0, 10000.0), HEBB_OPTION_RESULT,
     "loads of each line in theory.csv; 0: no lines and no exact thresholds"},
};

static const hebb_column grid_columns[EXPONENTIAL_N_GRID] = {
    {"rho", "1", "share of wrong bits asked for"},
    {"alpha", "1", "load asked for"},
    {"n_neurons", "1", "number of neurons N"},
    {"n_errors", "1", "wrong bits at the start, d = round(rho N)"},
    {"n_patterns", "1", "number of patterns K = round(e^(alpha N))"},
};

static const hebb_column value_columns[EXPONENTIAL_N_VALUES] = {
    {"right", "1", "share of neurons that are right after one step"},
    {"retrieved", "1", "1 where all are right after one step, else 0"},
    {"m_end", "1", "overlap with the pattern after the last step"},
    {"steps", "1", "steps made, one without a change included"},
};

static size_t count_at(const hebb_study *study, size_t point, size_t column)
{
    return (size_t)hebb_study_grid(study, point, column);
}

/* Patterns that --rivals mixed draws: some ms. */
static const double MIXED_UP_TO = 1e6;

bool hebb_exponential_is_drawn(const hebb_study *study, double n_neurons, double n_patterns)
{
    const char *rivals = hebb_options_text(study->options, "rivals");
    if (strcmp(rivals, "mixed") != 0) return strcmp(rivals, "drawn") == 0;
    return n_neurons <= HEBB_RIVALS_MAX_NEURONS && n_patterns <= MIXED_UP_TO;
}

static bool is_drawn(const hebb_study *study, size_t point)
{
    return hebb_exponential_is_drawn(study, hebb_study_grid(study, point, EXPONENTIAL_NEURONS),
                                     hebb_study_grid(study, point, EXPONENTIAL_PATTERNS));
}

static hebb_status complete(void *context, double *row)
{
    const hebb_study *study = context;
    const double n = row[EXPONENTIAL_NEURONS], rho = row[EXPONENTIAL_RHO];
    double all, typical;
    row[EXPONENTIAL_ERRORS] = round(rho * n);
    if (hebb_exponential_capacity(rho, &all, &typical) != HEBB_OK || 2.0 * row[EXPONENTIAL_ERRORS] >= n)
        return hebb_fail(HEBB_EDOM, "--rho %g: half or more of %.0f neurons would be wrong; give less", rho, n);
    if (!hebb_options_is_set(study->options, "alpha")) row[EXPONENTIAL_ALPHA] *= typical;
    const double n_patterns = row[EXPONENTIAL_PATTERNS] = round(exp(row[EXPONENTIAL_ALPHA] * n));
    if (!(n_patterns >= 2.0 && isfinite(n_patterns)))
        return hebb_fail(HEBB_EDOM, "--alpha %g: e^(alpha N) is %.3g patterns at --neurons %.0f; 2 to 1e308 will do",
                         row[EXPONENTIAL_ALPHA], n_patterns, n);
    if (!hebb_exponential_is_drawn(study, n, n_patterns)) return HEBB_OK;
    if (n > HEBB_RIVALS_MAX_NEURONS)
        return hebb_fail(HEBB_EDOM, "--neurons %.0f: patterns are drawn for up to %d; --rivals law goes further", n,
                         HEBB_RIVALS_MAX_NEURONS);
    if (n_patterns > HEBB_RIVALS_MAX)
        return hebb_fail(
            HEBB_EDOM,
            "--alpha %g: %.3g patterns at --neurons %.0f, and up to 1e9 are drawn; --rivals law goes further",
            row[EXPONENTIAL_ALPHA], n_patterns, n);
    return HEBB_OK;
}

/* A drive's counts, and what is kept of a unit on its way. */
typedef struct {
    hebb_rivals rivals;
    uint64_t state, next_pattern;
    double values[EXPONENTIAL_N_VALUES];
} progress;

typedef struct {
    progress at;
    hebb_rival_law law;
    double fields[HEBB_RIVAL_LAW_MAX_NEURONS];
    uint32_t chosen[HEBB_RIVAL_LAW_MAX_NEURONS];
} workspace;

static double bytes(const hebb_study *study, size_t point)
{
    (void)study, (void)point;
    return sizeof(workspace);
}

static hebb_status plan(hebb_study *study)
{
    study->n_grid = EXPONENTIAL_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = EXPONENTIAL_N_VALUES;
    study->value_columns = value_columns;
    const bool has_alpha = hebb_options_is_set(study->options, "alpha");
    hebb_status status = HEBB_OK;
    if (has_alpha && hebb_options_is_set(study->options, "of-typical"))
        return hebb_fail(HEBB_EUSAGE, "--alpha and --of-typical name the same loads; give one of them");
    if (!has_alpha && !hebb_options_is_set(study->options, "of-typical"))
        status = hebb_options_set(study->options, "--of-typical", "of-typical", "0.7:1:0.03");
    if (status != HEBB_OK) return status;
    if (strcmp(hebb_options_text(study->options, "rivals"), "drawn") != 0 &&
        hebb_options_integer(study->options, "steps") > 1)
        return hebb_fail(HEBB_EUSAGE, "--steps: the law of the rivals is that of one step; use --rivals drawn");
    const hebb_list *axes[EXPONENTIAL_N_GRID] = {hebb_options_list(study->options, "rho"),
                                                 hebb_options_list(study->options, has_alpha ? "alpha" : "of-typical"),
                                                 hebb_options_list(study->options, "neurons"), NULL, NULL};
    status = hebb_grid_plan(study, axes, complete, study);
    return status == HEBB_OK ? hebb_grid_check_memory(study, EXPONENTIAL_NEURONS, EXPONENTIAL_PATTERNS, bytes) : status;
}

/* ns a pattern, and what a unit takes beside. */
static double cost(const hebb_study *study, size_t point)
{
    if (!is_drawn(study, point)) return 1e6;
    return 4.0 * hebb_study_grid(study, point, EXPONENTIAL_PATTERNS) *
               (double)hebb_options_integer(study->options, "steps") +
           2e4;
}

/* ---- one unit ---- */

/* What addresses a point's random numbers: N, d and K, each of them whole. */
static uint64_t realisation(const hebb_study *study, size_t point)
{
    return count_at(study, point, EXPONENTIAL_PATTERNS) | (uint64_t)count_at(study, point, EXPONENTIAL_NEURONS) << 40 |
           (uint64_t)count_at(study, point, EXPONENTIAL_ERRORS) << 52;
}

/* The pattern with d different neurons turned over. */
static uint64_t start_near(uint64_t pattern, size_t n, size_t d, hebb_philox generator)
{
    hebb_stream stream;
    hebb_stream_init(&stream, generator, 0, 0);
    for (size_t i = 0; i < n; i++)
        if (hebb_stream_chooses(&stream, (uint32_t)(n - i), &d)) pattern ^= UINT64_C(1) << i;
    return pattern;
}

static void note_step(progress *at, uint64_t pattern, uint64_t next)
{
    const double n = (double)at->rivals.n_neurons, n_wrong = (double)__builtin_popcountll(next ^ pattern);
    at->values[EXPONENTIAL_STEPS]++;
    if (at->values[EXPONENTIAL_STEPS] == 1.0) {
        at->values[EXPONENTIAL_RIGHT] = 1.0 - n_wrong / n;
        at->values[EXPONENTIAL_RETRIEVED] = n_wrong == 0.0;
    }
    at->values[EXPONENTIAL_END] = 1.0 - 2.0 * n_wrong / n;
}

static hebb_status run_drawn(const hebb_study *study, progress *at, const hebb_unit *unit, double *values)
{
    const uint64_t SOME = UINT64_C(1) << 24; /* patterns, a tenth of a second: then the checkpoint's clock is asked */
    const size_t n = count_at(study, unit->point, EXPONENTIAL_NEURONS);
    const uint64_t n_patterns = count_at(study, unit->point, EXPONENTIAL_PATTERNS);
    const double max_steps = (double)hebb_options_integer(study->options, "steps");
    const uint64_t address = realisation(study, unit->point);
    const hebb_philox patterns =
        hebb_philox_derive(hebb_study_seed(study, "pattern-seed"), HEBB_DRAW_RIVALS, address, (uint32_t)unit->replica);
    const uint64_t pattern = hebb_rivals_pattern(patterns, n, 0);
    if (!hebb_checkpoint_load(unit->checkpoint, sizeof *at, at)) {
        memset(at, 0, sizeof *at);
        hebb_rivals_clear(&at->rivals, n);
        at->state = start_near(pattern, n, count_at(study, unit->point, EXPONENTIAL_ERRORS),
                               hebb_philox_derive(hebb_study_seed(study, "dynamics-seed"), HEBB_DRAW_STATE, address,
                                                  (uint32_t)unit->replica));
    }
    for (;;) {
        const uint64_t left = n_patterns - at->next_pattern;
        hebb_rivals_add(&at->rivals, patterns, at->state, at->next_pattern, left < SOME ? left : SOME);
        at->next_pattern += left < SOME ? left : SOME;
        if (at->next_pattern == n_patterns) {
            const uint64_t before = at->state;
            at->state = hebb_rivals_step(&at->rivals, before);
            note_step(at, pattern, at->state);
            if (at->state == before || at->values[EXPONENTIAL_STEPS] >= max_steps) break;
            hebb_rivals_clear(&at->rivals, n);
            at->next_pattern = 0;
        }
        if (!hebb_checkpoint_is_due(unit->checkpoint)) continue;
        const hebb_status status = hebb_checkpoint_save(unit->checkpoint, sizeof *at, at);
        if (status != HEBB_OK) return status;
    }
    memcpy(values, at->values, sizeof at->values);
    return HEBB_OK;
}

static hebb_status run_law(const hebb_study *study, workspace *w, const hebb_unit *unit, double *values)
{
    const size_t n = count_at(study, unit->point, EXPONENTIAL_NEURONS),
                 d = count_at(study, unit->point, EXPONENTIAL_ERRORS);
    const double n_patterns = hebb_study_grid(study, unit->point, EXPONENTIAL_PATTERNS);
    const hebb_status status = hebb_rival_law_init(&w->law, n, n_patterns, d);
    if (status != HEBB_OK) return status;
    uint64_t address;
    memcpy(&address, &n_patterns, sizeof address); /* K is beyond the integers: the double's own bits */
    hebb_stream stream;
    hebb_stream_init(
        &stream,
        hebb_philox_derive(hebb_study_seed(study, "pattern-seed"), HEBB_DRAW_RIVALS, address, (uint32_t)unit->replica),
        (uint32_t)n, (uint32_t)(d + 1));
    const double right = (double)hebb_rival_law_step(&w->law, &stream, w->fields, w->chosen);
    values[EXPONENTIAL_RIGHT] = right / (double)n;
    values[EXPONENTIAL_RETRIEVED] = right == (double)n;
    values[EXPONENTIAL_END] = 2.0 * right / (double)n - 1.0;
    values[EXPONENTIAL_STEPS] = 1.0;
    return HEBB_OK;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    workspace *w = room;
    return is_drawn(study, unit->point) ? run_drawn(study, &w->at, unit, values) : run_law(study, w, unit, values);
}

static void workspace_free(void *room)
{
    free(room);
}

const hebb_experiment hebb_exponential_experiment = {.name = "exponential",
                                                     .summary = "retrieval of a pattern out of e^(alpha N)",
                                                     .n_options = sizeof options / sizeof *options,
                                                     .options = options,
                                                     .plan = plan,
                                                     .cost = cost,
                                                     .bytes = bytes,
                                                     .workspace_size = sizeof(workspace),
                                                     .workspace_free = workspace_free,
                                                     .run = run,
                                                     .report = hebb_exponential_report};
