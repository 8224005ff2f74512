#include "rbm_likelihood.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "rbm_ais.h"
#include "rbm_exact.h"
#include "rbm_free_energy.h"
#include "rbm_ladder_ratios.h"
#include "rbm_states.h"

const char *const hebb_likelihood_words[] = {[HEBB_LIKELIHOOD_EXACT] = "exact",
                                             [HEBB_LIKELIHOOD_AIS] = "ais",
                                             [HEBB_LIKELIHOOD_REVERSE_AIS] = "reverse-ais",
                                             [HEBB_LIKELIHOOD_LADDER] = "ladder"};

typedef struct {
    const hebb_rbm_run *run;
    const hebb_layer_states *train, *test;
    const hebb_likelihood_options *options;
    hebb_ladder_ratios ladder;
    double *base;
    size_t n_rows;
    hebb_likelihood_row *rows;
} work;

/* ---- cases ---- */

hebb_status hebb_rbm_mean_log_weight(const hebb_rbm *rbm, const hebb_layer_states *cases, double *mean)
{
    enum { AT_ONCE = 64 };
    hebb_rbm_layer up = {0};
    hebb_status status = hebb_rbm_layer_init(&up, rbm, HEBB_RBM_UP);
    float *fields = status == HEBB_OK ? calloc(AT_ONCE * up.stride, sizeof *fields) : NULL;
    if (status == HEBB_OK && fields == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for fields");
    double sum = 0.0;
    for (size_t first = 0; first < cases->n_states && status == HEBB_OK; first += AT_ONCE) {
        /* A window of the cases: their lists are a part of the whole's. */
        hebb_layer_states some = *cases;
        some.n_states = some.lists.n_states = cases->n_states - first < AT_ONCE ? cases->n_states - first : AT_ONCE;
        if (cases->kind == HEBB_LAYER_GAUSSIAN)
            some.reals += first * cases->n_units;
        else
            some.lists.starts += first;
        hebb_rbm_layer_fields(&up, &some, fields);
        for (size_t r = 0; r < some.n_states; r++)
            sum += hebb_layer_own_log(&some, r, rbm->visible_bias, rbm->sigma_v) +
                   hebb_layer_log_sums(rbm->hidden_kind, rbm->sigma_h, 1.0, rbm->n_hidden, fields + r * up.stride);
    }
    *mean = sum / (double)cases->n_states;
    free(fields);
    hebb_rbm_layer_free(&up);
    return status;
}

/* ---- rows ---- */

static hebb_likelihood_row *add_row(work *of, uint64_t update, hebb_likelihood_method method)
{
    hebb_likelihood_row *row = &of->rows[of->n_rows++];
    *row = (hebb_likelihood_row){.update = update,
                                 .method = method,
                                 .ln_z = NAN,
                                 .ln_z_err = NAN,
                                 .ess = NAN,
                                 .ll_train = NAN,
                                 .ll_test = NAN,
                                 .note = "ok"};
    return row;
}

/* Another sentence of a row's note. */
static void __attribute__((format(printf, 2, 3))) note(hebb_likelihood_row *row, const char *format, ...)
{
    va_list arguments;
    size_t n = strcmp(row->note, "ok") == 0 ? 0 : strlen(row->note);
    if (n > 0) n += (size_t)snprintf(row->note + n, sizeof row->note - n, "; ");
    if (n >= sizeof row->note) return;
    va_start(arguments, format);
    (void)hebb_c_locale_print_list(row->note + n, sizeof row->note - n, format, arguments);
    va_end(arguments);
}

/* what: what the estimate is where its weights' mean is that of a few. */
static void note_few(hebb_likelihood_row *row, size_t n, const char *what)
{
    if (row->ess < HEBB_LIKELIHOOD_FEW)
        note(row, "%.1f effective samples of %zu: %s, its error bar says little", row->ess, n, what);
}

/* What differs is told of estimates: enumeration is right. */
static void compare(hebb_likelihood_row *a, hebb_likelihood_row *b)
{
    const double difference = fabs(a->ln_z - b->ln_z), err = hypot(a->ln_z_err, b->ln_z_err);
    /* Rounding of single precision, where both are exact but for that. */
    const double rounding = 1e-5 * (1.0 + fabs(a->ln_z));
    if (!(difference > HEBB_LIKELIHOOD_DIFFER * err + rounding)) return;
    const char *first = hebb_likelihood_words[a->method], *second = hebb_likelihood_words[b->method];
    char errors[40] = "";
    if (err > 0.0) hebb_c_locale_print(errors, sizeof errors, ", %.3g errors", difference / err);
    hebb_likelihood_row *const rows[] = {a, b};
    for (int k = 0; k < 2; k++)
        if (rows[k]->method != HEBB_LIKELIHOOD_EXACT)
            note(rows[k], "%s and %s differ by %.3g%s: %s", first, second, difference, errors,
                 a->method == HEBB_LIKELIHOOD_EXACT          ? "take exact"
                 : rows[k]->method == HEBB_LIKELIHOOD_LADDER ? "raise --per-decade of the training"
                                                             : "raise --temperatures");
}

/* ---- methods ---- */

static hebb_status by_exact(work *of, uint64_t update, const hebb_rbm *rbm)
{
    double ln_z;
    if (!of->options->wants[HEBB_LIKELIHOOD_EXACT] || !hebb_rbm_is_enumerable(rbm)) return HEBB_OK;
    const hebb_status status = hebb_rbm_log_partition(rbm, of->options->n_threads, &ln_z);
    if (status != HEBB_OK && status != HEBB_EDOM) return status;
    hebb_likelihood_row *row = add_row(of, update, HEBB_LIKELIHOOD_EXACT);
    if (status == HEBB_EDOM) { /* Gaussian layers whose Z does not exist */
        note(row, "%.200s", hebb_diagnostic());
        return HEBB_OK;
    }
    row->ln_z = ln_z;
    row->ln_z_err = 0.0;
    return HEBB_OK;
}

static hebb_status by_ais(work *of, uint64_t update, const hebb_rbm *rbm, double *logs)
{
    const hebb_likelihood_options *options = of->options;
    if (!options->wants[HEBB_LIKELIHOOD_AIS]) return HEBB_OK;
    const hebb_rbm_ais ais = {rbm,           of->base, options->n_chains, options->n_steps,
                              options->seed, update,   options->n_threads};
    const hebb_status status = hebb_rbm_ais_up(&ais, logs);
    if (status != HEBB_OK) return status;
    hebb_likelihood_row *row = add_row(of, update, HEBB_LIKELIHOOD_AIS);
    row->ln_z = hebb_rbm_ais_base(rbm, of->base) + hebb_log_mean(options->n_chains, logs, &row->ln_z_err, &row->ess);
    note_few(row, options->n_chains, "a bound from below");
    return HEBB_OK;
}

/* Exact states, else those of the ladder; *states is the caller's to free where *is_own. */
static hebb_status states_of(work *of, size_t checkpoint, const hebb_rbm *rbm, hebb_layer_states *states, bool *is_own)
{
    *is_own = hebb_rbm_states_can_be_drawn(rbm);
    if (*is_own)
        return hebb_rbm_states_draw(rbm, of->options->n_chains, of->options->seed, of->run->updates[checkpoint],
                                    states);
    const hebb_layer_states *there = hebb_ladder_ratios_states(&of->ladder, checkpoint);
    *states = there != NULL ? *there : (hebb_layer_states){0};
    return HEBB_OK;
}

static hebb_status by_reverse_ais(work *of, size_t checkpoint, const hebb_rbm *rbm, double *logs)
{
    const hebb_likelihood_options *options = of->options;
    const uint64_t update = of->run->updates[checkpoint];
    hebb_layer_states states = {0};
    bool is_own;
    if (!options->wants[HEBB_LIKELIHOOD_REVERSE_AIS]) return HEBB_OK;
    hebb_status status = states_of(of, checkpoint, rbm, &states, &is_own);
    const hebb_rbm_ais ais = {rbm,           of->base, states.n_states,   options->n_steps,
                              options->seed, update,   options->n_threads};
    if (status == HEBB_OK && states.n_states > 1) status = hebb_rbm_ais_down(&ais, &states, logs);
    if (status == HEBB_OK && states.n_states > 1) {
        hebb_likelihood_row *row = add_row(of, update, HEBB_LIKELIHOOD_REVERSE_AIS);
        row->ln_z = hebb_rbm_ais_base(rbm, of->base) - hebb_log_mean(states.n_states, logs, &row->ln_z_err, &row->ess);
        note_few(row, states.n_states, is_own ? "a bound from above" : "no bound, its states being the ladder's");
    }
    if (is_own) hebb_layer_states_free(&states);
    return status;
}

static void by_ladder(work *of, size_t checkpoint)
{
    hebb_ladder_ratio ratio;
    if (!of->options->wants[HEBB_LIKELIHOOD_LADDER] || !hebb_ladder_ratios_get(&of->ladder, checkpoint, &ratio)) return;
    hebb_likelihood_row *row = add_row(of, of->run->updates[checkpoint], HEBB_LIKELIHOOD_LADDER);
    row->ln_z = ratio.ln_z;
    row->ln_z_err = ratio.ln_z_err;
    if (ratio.acceptance < HEBB_LIKELIHOOD_BROKEN)
        note(row, "only %.3g of the exchanges between two rungs below are accepted", ratio.acceptance);
    if (fabs(ratio.drift) > HEBB_LIKELIHOOD_DIFFER * ratio.drift_err)
        note(row, "not at rest: the later half of the rounds gives %.3g %s than the earlier one; raise --settle",
             fabs(ratio.drift), ratio.drift > 0.0 ? "more" : "less");
}

/* What no ladder has seen none tells of: alone it is an estimate that nothing has checked. */
static void note_alone(work *of, size_t first_row)
{
    if (of->n_rows == first_row + 1 && of->rows[first_row].method == HEBB_LIKELIHOOD_LADDER)
        note(&of->rows[first_row], "not checked by another method");
}

static hebb_status set_base(work *of, const hebb_rbm *rbm)
{
    const hebb_layer_states *cases = of->train != NULL ? of->train : of->test;
    free(of->base);
    of->base = calloc(rbm->n_visible, sizeof *of->base);
    if (of->base == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu biases", rbm->n_visible);
    if (cases != NULL)
        hebb_rbm_ais_base_of(rbm, cases, of->base);
    else
        memcpy(of->base, rbm->visible_bias, rbm->n_visible * sizeof *of->base);
    return HEBB_OK;
}

static hebb_status add_cases(work *of, const hebb_rbm *rbm, size_t first_row)
{
    double train = NAN, test = NAN;
    hebb_status status = HEBB_OK;
    if (of->train != NULL) status = hebb_rbm_mean_log_weight(rbm, of->train, &train);
    if (status == HEBB_OK && of->test != NULL) status = hebb_rbm_mean_log_weight(rbm, of->test, &test);
    for (size_t k = first_row; k < of->n_rows; k++) {
        of->rows[k].ll_train = train - of->rows[k].ln_z;
        of->rows[k].ll_test = test - of->rows[k].ln_z;
    }
    return status;
}

static hebb_status add_checkpoint(work *of, size_t checkpoint)
{
    hebb_rbm rbm = {0};
    const size_t first_row = of->n_rows, n_logs = of->options->n_chains > of->options->n_ladders
                                                      ? of->options->n_chains
                                                      : of->options->n_ladders;
    const uint64_t update = of->run->updates[checkpoint];
    double *logs = calloc(n_logs, sizeof *logs);
    hebb_status status = logs != NULL ? hebb_rbm_run_machine(of->run, checkpoint, &rbm)
                                      : hebb_fail(HEBB_ENOMEM, "no memory for %zu weights", n_logs);
    if (status == HEBB_OK) status = set_base(of, &rbm);
    if (status == HEBB_OK) status = by_exact(of, update, &rbm);
    if (status == HEBB_OK) status = by_ais(of, update, &rbm, logs);
    if (status == HEBB_OK) status = by_reverse_ais(of, checkpoint, &rbm, logs);
    if (status == HEBB_OK) by_ladder(of, checkpoint);
    if (status == HEBB_OK) note_alone(of, first_row);
    const bool has_exact = of->n_rows > first_row && of->rows[first_row].method == HEBB_LIKELIHOOD_EXACT &&
                           isfinite(of->rows[first_row].ln_z); /* then estimates are held against it alone */
    for (size_t a = first_row; status == HEBB_OK && a < (has_exact ? first_row + 1 : of->n_rows); a++)
        for (size_t b = a + 1; b < of->n_rows; b++) compare(&of->rows[a], &of->rows[b]);
    if (status == HEBB_OK) status = add_cases(of, &rbm, first_row);
    hebb_rbm_free(&rbm);
    free(logs);
    return status;
}

/* The ladder is also where states for reverse-ais come from, unless they are enumerated. */
static hebb_status make_ladder(work *of, size_t n, const size_t *checkpoints)
{
    const hebb_likelihood_options *options = of->options;
    bool is_wanted = options->wants[HEBB_LIKELIHOOD_LADDER];
    if (!is_wanted && options->wants[HEBB_LIKELIHOOD_REVERSE_AIS]) {
        hebb_rbm rbm = {0};
        const hebb_status status = hebb_rbm_run_machine(of->run, checkpoints[0], &rbm);
        is_wanted = status == HEBB_OK && !hebb_rbm_states_can_be_drawn(&rbm);
        hebb_rbm_free(&rbm);
        if (status != HEBB_OK) return status;
    }
    if (!is_wanted) return HEBB_OK;
    const hebb_ladder_ratios_options own = {.n_ladders = options->n_ladders,
                                            .settle = options->settle,
                                            .sweeps = options->sweeps,
                                            .seed = options->seed,
                                            .n_threads = options->n_threads};
    const hebb_status status = hebb_ladder_ratios_init(&of->ladder, of->run, n, checkpoints, &own);
    if (status == HEBB_OK && options->log != NULL) {
        char line[160];
        (void)hebb_c_locale_print(line, sizeof line,
                                  "%ld rounds; exchanges accepted: %.3g on the average, %.3g at least", options->sweeps,
                                  of->ladder.mean_acceptance, of->ladder.least_acceptance);
        (void)fprintf(options->log, "likelihood: %zu ladders of %zu rungs, %s\n", options->n_ladders,
                      of->ladder.ladder.n_rungs, line);
    }
    return status;
}

hebb_status hebb_rbm_likelihood(const hebb_rbm_run *run, size_t n_checkpoints, const size_t *checkpoints,
                                const hebb_layer_states *train, const hebb_layer_states *test,
                                const hebb_likelihood_options *options, size_t *n_rows, hebb_likelihood_row **rows)
{
    work of = {.run = run, .train = train, .test = test, .options = options};
    *rows = NULL;
    *n_rows = 0;
    if (options->n_chains < 2 || options->n_ladders < 2 || options->sweeps < 2 || options->settle < 0)
        return hebb_fail(HEBB_EDOM, "%zu chains, %zu ladders, %ld sweeps: an error bar takes 2 or more",
                         options->n_chains, options->n_ladders, options->sweeps);
    of.rows = calloc(n_checkpoints * HEBB_LIKELIHOOD_METHODS + 1, sizeof *of.rows);
    hebb_status status = of.rows != NULL ? make_ladder(&of, n_checkpoints, checkpoints)
                                         : hebb_fail(HEBB_ENOMEM, "no memory for %zu rows", n_checkpoints);
    for (size_t k = 0; k < n_checkpoints && status == HEBB_OK; k++) status = add_checkpoint(&of, checkpoints[k]);
    hebb_ladder_ratios_free(&of.ladder);
    free(of.base);
    if (status != HEBB_OK) {
        free(of.rows);
        return status;
    }
    *rows = of.rows;
    *n_rows = of.n_rows;
    return HEBB_OK;
}
