#include "rbm_ladder_ratios.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "rbm_bridge.h"

/* ---- what the rounds leave ---- */

typedef struct {
    size_t n_ladders, n_rounds; /* of a pair at most */
    size_t *n_done;             /* a pair */
    double *below, *above;      /* pair x n_rounds x n_ladders */
} records;

static void record(void *context, size_t pair, const double *below, const double *above)
{
    records *of = context;
    const size_t n = of->n_ladders;
    if (of->n_done[pair] == of->n_rounds) return;
    const size_t at = (pair * of->n_rounds + of->n_done[pair]++) * n;
    memcpy(of->below + at, below, n * sizeof *below);
    memcpy(of->above + at, above, n * sizeof *above);
}

static hebb_status make_records(records *of, size_t n_pairs, const hebb_ladder_ratios_options *options)
{
    *of = (records){.n_ladders = options->n_ladders, .n_rounds = (size_t)(options->sweeps + 1) / 2};
    const double n = (double)n_pairs * (double)of->n_rounds * (double)of->n_ladders;
    const hebb_status status = hebb_memory_check("what the ladders leave", 16.0 * n, 1);
    if (status != HEBB_OK) return status;
    of->n_done = calloc(n_pairs, sizeof *of->n_done);
    of->below = calloc((size_t)n, sizeof *of->below);
    of->above = calloc((size_t)n, sizeof *of->above);
    return of->n_done != NULL && of->below != NULL && of->above != NULL
               ? HEBB_OK
               : hebb_fail(HEBB_ENOMEM, "no memory for what %zu ladders leave", options->n_ladders);
}

static void free_records(records *of)
{
    free(of->n_done);
    free(of->below);
    free(of->above);
}

/* ---- from rung to rung ---- */

/*
 * The ratio from `count` of a pair's rounds, NaN from none; what each ladder moves it by is added to `sums`, or where it
 * is_less taken off.
 */
static double bridge(const records *of, size_t pair, size_t first, size_t count, bool is_less, double *influences,
                     double *sums)
{
    const size_t n = of->n_ladders, at = (pair * of->n_rounds + first) * n;
    const double x = hebb_bridge(count, n, of->below + at, of->above + at, influences);
    for (size_t r = 0; r < n; r++) sums[r] += is_less ? -influences[r] : influences[r];
    return x;
}

static double length(size_t n, const double *x)
{
    double squares = 0.0;
    for (size_t r = 0; r < n; r++) squares += x[r] * x[r];
    return sqrt(squares);
}

static hebb_status add_ratios(hebb_ladder_ratios *ratios, const records *of)
{
    const hebb_rbm_ladder *ladder = &ratios->ladder;
    const size_t n = of->n_ladders;
    double *influences = calloc(3 * n, sizeof *influences);
    if (influences == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu ladders", n);
    double *sums = influences + n, *drifts = sums + n;
    ratios->ratios[0] = (hebb_ladder_ratio){.ln_z = ladder->ln_z, .acceptance = 1.0};
    for (size_t pair = 0; pair + 1 < ladder->n_rungs; pair++) {
        const hebb_ladder_ratio *last = &ratios->ratios[pair];
        const hebb_rbm_rung *rung = &ladder->rungs[pair];
        const size_t n_done = of->n_done[pair], half = n_done / 2;
        const double x = bridge(of, pair, 0, n_done, false, influences, sums),
                     early = bridge(of, pair, 0, half, true, influences, drifts),
                     late = bridge(of, pair, n_done - half, half, false, influences, drifts);
        ratios->ratios[pair + 1] =
            (hebb_ladder_ratio){.ln_z = last->ln_z + x,
                                .ln_z_err = length(n, sums),
                                .drift = last->drift + late - early,
                                .drift_err = length(n, drifts),
                                .acceptance = fmin(last->acceptance, rung->accepted / rung->tried)};
    }
    free(influences);
    return HEBB_OK;
}

static hebb_status run_ladder(hebb_ladder_ratios *ratios, const hebb_ladder_ratios_options *options)
{
    hebb_rbm_ladder *ladder = &ratios->ladder;
    records of = {0};
    hebb_status status = make_records(&of, ladder->n_rungs - 1, options);
    if (status == HEBB_OK) status = hebb_rbm_ladder_run(ladder, options->settle);
    if (status == HEBB_OK) {
        hebb_rbm_ladder_forget(ladder);
        ladder->record = record;
        ladder->context = &of;
        status = hebb_rbm_ladder_run(ladder, options->sweeps);
        ladder->record = NULL;
    }
    hebb_rbm_ladder_acceptance(ladder, &ratios->least_acceptance, &ratios->mean_acceptance);
    ratios->ratios = calloc(ladder->n_rungs, sizeof *ratios->ratios);
    if (status == HEBB_OK && ratios->ratios == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for a ladder");
    if (status == HEBB_OK) status = add_ratios(ratios, &of);
    free_records(&of);
    return status;
}

/* ---- the machines of a training ---- */

static hebb_status check_shapes(const hebb_rbm_run *run, size_t n, const hebb_rbm *machines)
{
    for (size_t k = 1; k < n; k++)
        if (machines[k].n_visible != machines[0].n_visible || machines[k].n_hidden != machines[0].n_hidden)
            return hebb_fail(
                HEBB_EDATA, "%s/checkpoints: weights of update %llu are %zu x %zu, those of %llu %zu x %zu",
                run->folder, (unsigned long long)run->updates[k], machines[k].n_visible, machines[k].n_hidden,
                (unsigned long long)run->updates[0], machines[0].n_visible, machines[0].n_hidden);
    return HEBB_OK;
}

static hebb_status read_machines(const hebb_rbm_run *run, size_t n, hebb_rbm *machines)
{
    hebb_status status = hebb_rbm_run_machine(run, 0, &machines[0]);
    if (status == HEBB_OK)
        status = hebb_memory_check("the machines of a training",
                                   12.0 * (double)n * (double)machines[0].n_visible * (double)machines[0].n_hidden, 1);
    for (size_t k = 1; k < n && status == HEBB_OK; k++) status = hebb_rbm_run_machine(run, k, &machines[k]);
    return status == HEBB_OK ? check_shapes(run, n, machines) : status;
}

hebb_status hebb_ladder_ratios_init(hebb_ladder_ratios *ratios, const hebb_rbm_run *run, size_t n,
                                    const size_t *checkpoints, const hebb_ladder_ratios_options *options)
{
    *ratios = (hebb_ladder_ratios){0};
    const size_t n_machines = checkpoints[n - 1] + 1;
    hebb_rbm *machines = calloc(n_machines, sizeof *machines);
    bool *is_needed = calloc(n_machines, sizeof *is_needed);
    hebb_status status = machines != NULL && is_needed != NULL
                             ? read_machines(run, n_machines, machines)
                             : hebb_fail(HEBB_ENOMEM, "no memory for %zu machines", n_machines);
    for (size_t k = 0; k < n && status == HEBB_OK; k++) is_needed[checkpoints[k]] = true;
    const hebb_rbm_ladder_options own = hebb_rbm_ladder_defaults(options->n_ladders, options->seed, options->n_threads);
    if (status == HEBB_OK) {
        hebb_rbm_ladder_options with = own;
        with.is_needed = is_needed;
        status = hebb_rbm_ladder_init(&ratios->ladder, n_machines, machines, &with);
    }
    for (size_t k = 0; machines != NULL && k < n_machines; k++) hebb_rbm_free(&machines[k]);
    free(machines);
    free(is_needed);
    if (status == HEBB_OK) ratios->ladder.options.is_needed = NULL;
    return status == HEBB_OK ? run_ladder(ratios, options) : status;
}

void hebb_ladder_ratios_free(hebb_ladder_ratios *ratios)
{
    hebb_rbm_ladder_free(&ratios->ladder);
    free(ratios->ratios);
    *ratios = (hebb_ladder_ratios){0};
}

/* SIZE_MAX: it is none. */
static size_t rung_of(const hebb_ladder_ratios *ratios, size_t checkpoint)
{
    const double place = (double)checkpoint + 1.0;
    for (size_t k = 0; k < ratios->ladder.n_rungs && ratios->ratios != NULL; k++)
        if (fabs(ratios->ladder.rungs[k].place - place) < 1e-9) return k;
    return SIZE_MAX;
}

bool hebb_ladder_ratios_get(const hebb_ladder_ratios *ratios, size_t checkpoint, hebb_ladder_ratio *ratio)
{
    const size_t k = rung_of(ratios, checkpoint);
    if (k == SIZE_MAX) return false;
    *ratio = ratios->ratios[k];
    return true;
}

const hebb_layer_states *hebb_ladder_ratios_states(const hebb_ladder_ratios *ratios, size_t checkpoint)
{
    const size_t k = rung_of(ratios, checkpoint);
    return k != SIZE_MAX ? &ratios->ladder.rungs[k].chains.visible : NULL;
}
