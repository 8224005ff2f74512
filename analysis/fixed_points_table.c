/* hebb analyse fixed-points: how many states an RBM has in mean field, through training */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixed_points.h"
#include "memory.h"
#include "progress.h"
#include "run_choice.h"

static const hebb_option options[] = {
    HEBB_RUN_CHOICE_OPTION,
    {"approximation", 0, HEBB_OPTION_CHOICE, "naive|tap2|tap3", "tap2", HEBB_ANY, HEBB_OPTION_RESULT,
     "order of the expansion in the weights: first, second, third"},
    {"from", 0, HEBB_OPTION_CHOICE, "all|data|noise|backwards", "all", HEBB_ANY, HEBB_OPTION_RESULT,
     "starts: cases of the data, random states, or what the next checkpoint's have settled to"},
    {"starts", 0, HEBB_OPTION_INTEGER, "N", "100", HEBB_FROM_TO(1.0, 1e7), HEBB_OPTION_RESULT,
     "of each kind at each checkpoint; of data no more than there are cases"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "1000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "updates of both layers at most"},
    {"tolerance", 0, HEBB_OPTION_REAL, "X", "1e-6", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "settled: no mean moves by more in a sweep, over the width of its unit's values"},
    {"distance", 0, HEBB_OPTION_REAL, "X", "0.01", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "two within it, root mean square over all units, are one"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT, "of the random states"},
};

static const hebb_column columns[] = {
    {"update", "1", "of the checkpoint"},
    {"start", "", "data, noise, or backwards: from the solutions at the checkpoint after it"},
    {"approximation", "", "naive, tap2 or tap3"},
    {"n_starts", "1", "starts"},
    {"n_converged", "1", "that have settled; the others are not counted"},
    {"n_distinct", "1", "distinct solutions among these"},
    {"free_energy", "nat", "the lowest of them"},
    {"free_energy_highest", "nat", "the highest"},
    {"largest_share", "1", "of the settled starts, those that lead to the solution of the most"},
    {"residual", "1", "largest move of a mean in the last sweep, of all starts"},
    {"iterations", "1", "sweeps, mean over the starts"},
    {"status", "", "ok, or how many have not settled"},
};

enum { FROM_DATA, FROM_NOISE, BACKWARDS, KINDS };
static const char *const kind_names[KINDS] = {"data", "noise", "backwards"};

typedef struct {
    bool is_there;
    size_t n_starts, n_settled, n_distinct;
    double lowest, highest, share, residual, sweeps;
} result;

typedef struct {
    const hebb_options *options;
    hebb_run_choice choice;
    hebb_layer_states data;
    bool has_data, is_wanted[KINDS];
    hebb_fixed_points_setting setting;
    size_t n_starts;
    double distance;
    result *results;         /* n checkpoints x KINDS */
    hebb_fixed_points later; /* the distinct solutions at the checkpoint after: those that are followed */
    hebb_progress progress;
} search;

/* ---- one checkpoint ---- */

static result summarise(const search *s, const hebb_fixed_points *points, const hebb_rbm *rbm, size_t n_distinct,
                        const size_t *which)
{
    result r = {.is_there = true, .n_starts = points->n, .n_distinct = n_distinct, .lowest = NAN, .highest = NAN};
    size_t most = 0;
    for (size_t k = 0; k < points->n; k++) {
        r.n_settled += points->is_settled[k];
        r.residual = isnan(points->moves[k]) || points->moves[k] > r.residual ? points->moves[k] : r.residual;
        r.sweeps += (double)points->sweeps[k];
    }
    r.sweeps /= (double)points->n;
    for (size_t k = 0; k < n_distinct; k++) {
        const size_t n = hebb_fixed_points_near(points, rbm, s->distance, which[k]);
        r.lowest = fmin(r.lowest, points->energies[which[k]]);
        r.highest = fmax(r.highest, points->energies[which[k]]);
        most = n > most ? n : most;
    }
    r.share = r.n_settled > 0 ? (double)most / (double)r.n_settled : NAN;
    return r;
}

/* The distinct ones become those that are followed. */
static hebb_status keep(search *s, const hebb_fixed_points *points, const hebb_rbm *rbm, size_t n, const size_t *which)
{
    hebb_fixed_points_free(&s->later);
    const hebb_status status = hebb_fixed_points_init(&s->later, rbm, n);
    if (status == HEBB_OK) hebb_fixed_points_follow(&s->later, rbm, points, which);
    return status;
}

/* Settles the starts, and says what has become of them. */
static hebb_status find(search *s, const hebb_rbm *rbm, hebb_fixed_points *points, result *found, bool is_followed)
{
    size_t *which = calloc(points->n, sizeof *which);
    if (which == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the numbers of %zu fixed points", points->n);
    hebb_status status = hebb_fixed_points_settle(points, rbm, &s->setting);
    if (status == HEBB_OK) {
        const size_t n = hebb_fixed_points_distinct(points, rbm, s->distance, which);
        *found = summarise(s, points, rbm, n, which);
        if (is_followed) status = keep(s, points, rbm, n, which);
    }
    free(which);
    return status;
}

static hebb_status start(search *s, const hebb_rbm *rbm, int kind, size_t n, hebb_fixed_points *points)
{
    const uint64_t seed = (uint64_t)hebb_options_integer(s->options, "seed");
    const hebb_status status = hebb_fixed_points_init(points, rbm, n);
    if (status != HEBB_OK) return status;
    if (kind == FROM_DATA) hebb_fixed_points_from_data(points, &s->data);
    if (kind == FROM_NOISE) hebb_fixed_points_from_noise(points, rbm, hebb_philox_derive(seed, HEBB_DRAW_STATE, 0, 0));
    return HEBB_OK;
}

/* What is followed backwards begins at the last checkpoint, from data where there are any. */
static hebb_status look(search *s, const hebb_rbm *rbm, int kind, bool is_last, result *found)
{
    hebb_fixed_points points = {0};
    hebb_status status = HEBB_OK;
    if (kind == BACKWARDS && !is_last) {
        if (s->later.n == 0) return HEBB_OK; /* none has settled */
        points = s->later;
        s->later = (hebb_fixed_points){0};
    } else {
        const int from = kind == BACKWARDS ? (s->has_data ? FROM_DATA : FROM_NOISE) : kind;
        const size_t n = from == FROM_DATA && s->data.n_states < s->n_starts ? s->data.n_states : s->n_starts;
        status = start(s, rbm, from, n, &points);
    }
    if (status == HEBB_OK) status = find(s, rbm, &points, found, kind == BACKWARDS);
    hebb_fixed_points_free(&points);
    return status;
}

static hebb_status look_at(search *s, size_t k)
{
    hebb_rbm rbm;
    hebb_status status = hebb_rbm_run_machine(&s->choice.run, s->choice.which[k], &rbm);
    if (status == HEBB_OK)
        status = hebb_memory_check("fixed points of a machine",
                                   64.0 * (double)(rbm.n_visible + rbm.n_hidden) * (double)s->n_starts +
                                       24.0 * (double)rbm.n_visible * (double)rbm.n_hidden,
                                   1);
    for (int kind = 0; status == HEBB_OK && kind < KINDS; kind++)
        if (s->is_wanted[kind])
            status = look(s, &rbm, kind, k + 1 == s->choice.n, &s->results[k * KINDS + (size_t)kind]);
    hebb_rbm_free(&rbm);
    hebb_progress_add(&s->progress, 1.0);
    return status;
}

/* ---- the table ---- */

static hebb_status plan(search *s)
{
    const hebb_options *given = s->options;
    const char *from = hebb_options_text(given, "from"), *approximation = hebb_options_text(given, "approximation");
    s->has_data = s->choice.run.is_training;
    for (int kind = 0; kind < KINDS; kind++)
        s->is_wanted[kind] = strcmp(from, "all") == 0 || strcmp(from, kind_names[kind]) == 0;
    if (!s->has_data && strcmp(from, "data") == 0)
        return hebb_fail(HEBB_EUSAGE, "--from data: %s holds weights without their data; take --from noise",
                         s->choice.run.folder);
    s->is_wanted[FROM_DATA] = s->is_wanted[FROM_DATA] && s->has_data;
    s->setting = (hebb_fixed_points_setting){.order = approximation[0] == 'n'   ? HEBB_RBM_NAIVE
                                                      : approximation[3] == '2' ? HEBB_RBM_TAP2
                                                                                : HEBB_RBM_TAP3,
                                             .tolerance = hebb_options_real(given, "tolerance"),
                                             .max_sweeps = hebb_options_integer(given, "sweeps"),
                                             .n_threads = s->choice.n_threads};
    s->n_starts = (size_t)hebb_options_integer(given, "starts");
    s->distance = hebb_options_real(given, "distance");
    s->results = calloc(s->choice.n * KINDS, sizeof *s->results);
    if (s->results == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu checkpoints", s->choice.n);
    const bool needs_data = s->has_data && (s->is_wanted[FROM_DATA] || s->is_wanted[BACKWARDS]);
    return needs_data ? hebb_rbm_run_data(&s->choice.run, &s->data) : HEBB_OK;
}

static void add_row(const search *s, size_t k, int kind, hebb_table *table)
{
    const result *r = &s->results[k * KINDS + (size_t)kind];
    char remark[80] = "ok";
    if (!r->is_there)
        snprintf(remark, sizeof remark, "none to follow");
    else if (r->n_settled < r->n_starts)
        snprintf(remark, sizeof remark, "%zu of %zu have not settled", r->n_starts - r->n_settled, r->n_starts);
    hebb_table_number(table, (double)hebb_run_choice_update(&s->choice, k));
    hebb_table_text(table, kind_names[kind]);
    hebb_table_text(table, hebb_options_text(s->options, "approximation"));
    const double cells[] = {(double)r->n_starts,
                            (double)r->n_settled,
                            (double)r->n_distinct,
                            r->lowest,
                            r->highest,
                            r->share,
                            r->residual,
                            r->sweeps};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) hebb_table_number(table, r->is_there ? cells[c] : NAN);
    hebb_table_text(table, remark);
}

static hebb_status fill(const hebb_analysis_input *input, hebb_table *table, hebb_provenance *provenance)
{
    search s = {.options = input->options};
    hebb_status status = hebb_run_choice_open(&s.choice, "fixed-points", input, provenance);
    if (status == HEBB_OK) status = plan(&s);
    hebb_progress_init(&s.progress, "fixed-points", s.choice.n, (double)s.choice.n, input->log == NULL);
    for (size_t k = s.choice.n; status == HEBB_OK && k-- > 0;) status = look_at(&s, k);
    hebb_progress_end(&s.progress);
    if (status == HEBB_OK) status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    for (size_t k = 0; status == HEBB_OK && k < s.choice.n; k++)
        for (int kind = 0; kind < KINDS; kind++)
            if (s.is_wanted[kind]) add_row(&s, k, kind, table);
    free(s.results);
    hebb_fixed_points_free(&s.later);
    hebb_layer_states_free(&s.data);
    hebb_run_choice_close(&s.choice);
    return status;
}

const hebb_analysis_table hebb_fixed_points_table = {.subject = "fixed-points",
                                                     .files = "DIR",
                                                     .summary =
                                                         "states that an RBM has in mean field, through training",
                                                     .n_options = sizeof options / sizeof *options,
                                                     .options = options,
                                                     .fill = fill};
