#include "rbm_ladder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "parallel.h"
#include "rbm_free_energy.h"

/* The nearest two rungs may be. */
static const double LEAST_STEP = 0x1p-12;

hebb_rbm_ladder_options hebb_rbm_ladder_defaults(size_t n_ladders, uint64_t seed, int n_threads)
{
    return (hebb_rbm_ladder_options){.n_ladders = n_ladders,
                                     .seed = seed,
                                     .n_threads = n_threads,
                                     .sweeps = 5,
                                     .acceptance = 0.3,
                                     .max_rungs = 1000};
}

/* ---- a rung ---- */

/* Random numbers belong to the rung's place on the path, not to its number. */
static uint64_t place_bits(double place)
{
    uint64_t bits;
    memcpy(&bits, &place, sizeof bits);
    return bits;
}

static void mix(size_t n, double share, const double *a, const double *b, double *sum)
{
    for (size_t k = 0; k < n; k++) sum[k] = a != NULL ? (1.0 - share) * a[k] + share * b[k] : share * b[k];
}

/* The machine at a place; `mixed` has its shape. */
static void set_machine(const hebb_rbm *machines, double place, hebb_rbm *mixed)
{
    const size_t above = place > 0.0 ? (size_t)ceil(place) : 1; /* from 1 */
    const hebb_rbm *b = &machines[above - 1], *a = above > 1 ? &machines[above - 2] : NULL;
    const double share = place - (double)(above - 1);
    mix(b->n_visible * b->n_hidden, share, a != NULL ? a->weights : NULL, b->weights, mixed->weights);
    mix(b->n_visible, share, a != NULL ? a->visible_bias : b->visible_bias, b->visible_bias, mixed->visible_bias);
    mix(b->n_hidden, share, a != NULL ? a->hidden_bias : b->hidden_bias, b->hidden_bias, mixed->hidden_bias);
}

static void free_rung(hebb_rbm_rung *rung)
{
    hebb_rbm_gibbs_free(&rung->chains);
    hebb_rbm_layer_free(&rung->up);
    hebb_rbm_layer_free(&rung->down);
    free(rung->visible_bias);
    *rung = (hebb_rbm_rung){0};
}

/* Of each rung anew: how many there will be is not known before they are there. */
static hebb_status check_memory(const hebb_rbm *rbm, size_t n_ladders)
{
    const double n_units = (double)rbm->n_visible + (double)rbm->n_hidden;
    const double layers = 8.0 * (double)rbm->n_visible * (double)rbm->n_hidden;
    return hebb_memory_check("a rung of a ladder", layers + 8.0 * n_units * (double)n_ladders, 1);
}

/* Chains still have no states.  The rung may not be moved afterwards: its chains refer to its layers. */
static hebb_status make_rung(const hebb_rbm_ladder *ladder, double place, const hebb_rbm *rbm, hebb_rbm_rung *rung)
{
    *rung = (hebb_rbm_rung){.place = place, .visible_bias = calloc(rbm->n_visible, sizeof(double))};
    hebb_status status =
        rung->visible_bias != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for %zu biases", rbm->n_visible);
    if (status == HEBB_OK) status = check_memory(rbm, ladder->options.n_ladders);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&rung->up, rbm, HEBB_RBM_UP);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&rung->down, rbm, HEBB_RBM_DOWN);
    if (status == HEBB_OK)
        status = hebb_rbm_gibbs_init(&rung->chains, &rung->up, &rung->down, ladder->options.n_ladders,
                                     hebb_philox_derive(ladder->options.seed, HEBB_DRAW_GIBBS, place_bits(place), 0));
    for (size_t i = 0; status == HEBB_OK && i < rbm->n_visible; i++)
        rung->visible_bias[i] = (double)(float)rbm->visible_bias[i];
    return status;
}

/* ln p*(v) of some states, up to what is the same on all rungs. */
static void log_weights(const hebb_rbm_ladder *ladder, hebb_rbm_rung *rung, const hebb_layer_states *states,
                        double *logs)
{
    const hebb_rbm_layer *up = &rung->up;
    float *fields = rung->chains.hidden_fields;
    hebb_rbm_layer_fields(up, states, fields);
    for (size_t r = 0; r < states->n_states; r++)
        logs[r] = hebb_layer_bias_sum(states, r, rung->visible_bias) +
                  hebb_layer_log_sums(up->out, ladder->sigma_h, 1.0, up->n_out, fields + r * up->stride);
}

/* D of the chains on each of two rungs: 2 n_ladders numbers. */
static void differences(const hebb_rbm_ladder *ladder, hebb_rbm_rung *a, hebb_rbm_rung *b, double *below, double *above,
                        double *spare)
{
    const size_t n = ladder->options.n_ladders;
    log_weights(ladder, b, &a->chains.visible, below);
    log_weights(ladder, a, &a->chains.visible, spare);
    for (size_t r = 0; r < n; r++) below[r] -= spare[r];
    log_weights(ladder, b, &b->chains.visible, above);
    log_weights(ladder, a, &b->chains.visible, spare);
    for (size_t r = 0; r < n; r++) above[r] -= spare[r];
}

/* ---- putting rungs ---- */

static void copy_states(hebb_layer_states *to, const hebb_layer_states *from)
{
    const hebb_index_lists *lists = &from->lists;
    if (from->kind == HEBB_LAYER_GAUSSIAN) {
        memcpy(to->reals, from->reals, from->n_states * from->n_units * sizeof *from->reals);
        return;
    }
    memcpy(to->lists.starts, lists->starts, (from->n_states + 1) * sizeof *lists->starts);
    memcpy(to->lists.indices, lists->indices, lists->starts[from->n_states] * sizeof *lists->indices);
}

static double mean_acceptance(size_t n, const double *below, const double *above)
{
    double sum = 0.0;
    for (size_t r = 0; r < n; r++) sum += fmin(1.0, exp(below[r] - above[r]));
    return sum / (double)n;
}

typedef struct {
    hebb_rbm_ladder *ladder;
    size_t n_machines;
    const hebb_rbm *machines;
    hebb_rbm mixed;
    double *below, *above, *spare; /* n_ladders */
} building;

/* The next place where a rung must be. */
static double next_needed(const building *of, double place)
{
    const bool *is_needed = of->ladder->options.is_needed;
    size_t k = (size_t)floor(place) + 1;
    while (k < of->n_machines && (is_needed == NULL || !is_needed[k - 1])) k++;
    return (double)k;
}

/* A rung at a place, its chains walked there from those of the rung below; and how often they would exchange. */
static hebb_status try_rung(building *of, hebb_rbm_rung *below, double place, hebb_rbm_rung *rung, double *acceptance)
{
    hebb_rbm_ladder *ladder = of->ladder;
    set_machine(of->machines, place, &of->mixed);
    hebb_status status = make_rung(ladder, place, &of->mixed, rung);
    if (status != HEBB_OK) return status;
    copy_states(&rung->chains.visible, &below->chains.visible);
    status = hebb_rbm_gibbs_run(&rung->chains, ladder->options.sweeps);
    if (status != HEBB_OK) return status;
    differences(ladder, below, rung, of->below, of->above, of->spare);
    *acceptance = mean_acceptance(ladder->options.n_ladders, of->below, of->above);
    return HEBB_OK;
}

/* Steps are halved until exchange is frequent enough; above one machine they are whole numbers of machines. */
static hebb_status add_rung(building *of, double *step)
{
    hebb_rbm_ladder *ladder = of->ladder;
    hebb_rbm_rung *below = &ladder->rungs[ladder->n_rungs - 1], *rung = below + 1;
    for (;;) {
        double acceptance, place = below->place + *step;
        if (*step > 1.0) place = floor(place);
        place = fmin(place, next_needed(of, below->place));
        const hebb_status status = try_rung(of, below, place, rung, &acceptance);
        const bool is_kept = status == HEBB_OK && acceptance >= ladder->options.acceptance;
        *step = place - below->place;
        if (status == HEBB_OK && !is_kept && *step > LEAST_STEP) {
            free_rung(rung);
            *step /= 2.0;
            continue;
        }
        ladder->n_rungs++; /* also after a failure: to be freed */
        if (status == HEBB_OK) *step *= acceptance > 0.5 * (1.0 + ladder->options.acceptance) ? 2.0 : 1.0;
        return status;
    }
}

/* Rung 0: units without weights. */
static hebb_status add_first(building *of)
{
    hebb_rbm_ladder *ladder = of->ladder;
    hebb_rbm_rung *rung = &ladder->rungs[0];
    set_machine(of->machines, 0.0, &of->mixed);
    ladder->n_rungs = 1;
    hebb_status status = make_rung(ladder, 0.0, &of->mixed, rung);
    if (status == HEBB_OK) status = hebb_rbm_gibbs_run(&rung->chains, 1);
    ladder->ln_z = 0.0;
    for (size_t i = 0; i < of->mixed.n_visible; i++)
        ladder->ln_z += hebb_layer_log_sum(of->mixed.visible_kind, ladder->sigma_v, of->mixed.visible_bias[i]);
    for (size_t j = 0; j < of->mixed.n_hidden; j++)
        ladder->ln_z += hebb_layer_log_sum(of->mixed.hidden_kind, ladder->sigma_h, of->mixed.hidden_bias[j]);
    return status;
}

static hebb_status build(building *of)
{
    hebb_rbm_ladder *ladder = of->ladder;
    const double top = (double)of->n_machines;
    double step = 1.0;
    hebb_status status = add_first(of);
    while (status == HEBB_OK && ladder->rungs[ladder->n_rungs - 1].place < top) {
        if (ladder->n_rungs == ladder->options.max_rungs)
            return hebb_fail(HEBB_EDOM, "%zu rungs lead to machine %.3g of %zu alone: the machines are too far apart",
                             ladder->n_rungs, ladder->rungs[ladder->n_rungs - 1].place, of->n_machines);
        status = add_rung(of, &step);
    }
    return status;
}

/* Moves the rungs above `pair` up by one.  Chains refer to their rung's layers. */
static void make_place(hebb_rbm_ladder *ladder, size_t pair)
{
    for (size_t k = ladder->n_rungs; k > pair + 1; k--) {
        ladder->rungs[k] = ladder->rungs[k - 1];
        ladder->rungs[k].chains.up = &ladder->rungs[k].up;
        ladder->rungs[k].chains.down = &ladder->rungs[k].down;
    }
    ladder->n_rungs++;
    ladder->rungs[pair + 1] = (hebb_rbm_rung){0};
}

/* One half way, its chains from those of the rung below. */
static hebb_status insert_rung(building *of, size_t pair)
{
    hebb_rbm_ladder *ladder = of->ladder;
    double acceptance;
    make_place(ladder, pair);
    hebb_rbm_rung *below = &ladder->rungs[pair];
    return try_rung(of, below, 0.5 * (below->place + below[2].place), below + 1, &acceptance);
}

static hebb_status make_room(hebb_rbm_ladder *ladder)
{
    free(ladder->room);
    ladder->room = calloc(ladder->n_rungs * 3 * ladder->options.n_ladders, sizeof *ladder->room);
    return ladder->room != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a ladder");
}

/*
 * Chains that have just walked up are still where the rung below had them, and exchange more than those that have come to
 * rest will: rungs are put in until these do half as often as was asked for.
 */
static hebb_status refine(building *of)
{
    enum { TRIES = 5, ROUNDS = 20 };
    hebb_rbm_ladder *ladder = of->ladder;
    hebb_status status = make_room(ladder);
    bool is_fine = false;
    for (int k = 0; k < TRIES && status == HEBB_OK && !is_fine; k++) {
        hebb_rbm_ladder_forget(ladder);
        status = hebb_rbm_ladder_run(ladder, ROUNDS);
        is_fine = true;
        for (size_t pair = ladder->n_rungs - 1; pair-- > 0 && status == HEBB_OK;) {
            const hebb_rbm_rung *rung = &ladder->rungs[pair];
            if (rung->accepted >= 0.5 * ladder->options.acceptance * rung->tried ||
                ladder->n_rungs == ladder->options.max_rungs || rung[1].place - rung->place < LEAST_STEP)
                continue;
            status = insert_rung(of, pair);
            is_fine = false;
        }
        if (status == HEBB_OK) status = make_room(ladder);
    }
    hebb_rbm_ladder_forget(ladder);
    return status;
}

hebb_status hebb_rbm_ladder_init(hebb_rbm_ladder *ladder, size_t n_machines, const hebb_rbm *machines,
                                 const hebb_rbm_ladder_options *options)
{
    *ladder = (hebb_rbm_ladder){.options = *options};
    if (n_machines == 0 || options->n_ladders == 0 || options->sweeps < 1 || options->max_rungs < 2 ||
        !(options->acceptance > 0.0 && options->acceptance < 1.0))
        return hebb_fail(HEBB_EDOM, "a ladder of %zu chains over %zu machines: both must be 1 or more",
                         options->n_ladders, n_machines);
    const hebb_rbm *last = &machines[n_machines - 1];
    const size_t n = options->n_ladders;
    building of = {.ladder = ladder, .n_machines = n_machines, .machines = machines};
    ladder->sigma_v = last->sigma_v;
    ladder->sigma_h = last->sigma_h;
    hebb_status status =
        hebb_rbm_init(&of.mixed, last->n_visible, last->visible_kind, last->n_hidden, last->hidden_kind);
    if (status != HEBB_OK) return status;
    of.mixed.sigma_v = last->sigma_v;
    of.mixed.sigma_h = last->sigma_h;
    ladder->rungs = calloc(options->max_rungs + 1, sizeof *ladder->rungs);
    double *room = calloc(3 * n, sizeof *room);
    of.below = room;
    of.above = room + n;
    of.spare = room + 2 * n;
    status = ladder->rungs != NULL && room != NULL ? build(&of) : hebb_fail(HEBB_ENOMEM, "no memory for a ladder");
    if (status == HEBB_OK) status = refine(&of);
    free(room);
    hebb_rbm_free(&of.mixed);
    if (status != HEBB_OK) hebb_rbm_ladder_free(ladder);
    return status;
}

void hebb_rbm_ladder_free(hebb_rbm_ladder *ladder)
{
    for (size_t k = 0; k < ladder->n_rungs; k++) free_rung(&ladder->rungs[k]);
    free(ladder->rungs);
    free(ladder->room);
    *ladder = (hebb_rbm_ladder){0};
}

/* ---- rounds ---- */

static void sweep(void *context, size_t k)
{
    hebb_rbm_ladder *ladder = context;
    hebb_rbm_gibbs *chains = &ladder->rungs[k].chains;
    const hebb_status status = hebb_rbm_gibbs_run(chains, 1);
    (void)status; /* the number of sweeps was looked at before */
}

/* Appends state r to lists that are being written; their starts are then up to r + 1. */
static void append(hebb_index_lists *to, size_t r, const hebb_index_lists *from)
{
    const size_t first = from->starts[r], length = from->starts[r + 1] - first;
    memcpy(to->indices + to->starts[r], from->indices + first, length * sizeof *to->indices);
    to->starts[r + 1] = to->starts[r] + length;
}

/* The hidden states are drawn anew in each sweep, but lists of visible units need a second place: that of `spare`. */
static void exchange_lists(hebb_layer_states *a, hebb_layer_states *b, const bool *is_exchanged,
                           hebb_index_lists *spare)
{
    const size_t n = a->n_states;
    hebb_index_lists *to_a = &spare[0], *to_b = &spare[1];
    to_a->starts[0] = to_b->starts[0] = 0;
    for (size_t r = 0; r < n; r++) {
        append(to_a, r, is_exchanged[r] ? &b->lists : &a->lists);
        append(to_b, r, is_exchanged[r] ? &a->lists : &b->lists);
    }
    const hebb_index_lists old_a = a->lists, old_b = b->lists;
    a->lists = *to_a;
    b->lists = *to_b;
    *to_a = old_a;
    *to_b = old_b;
}

static void exchange_reals(hebb_layer_states *a, hebb_layer_states *b, const bool *is_exchanged)
{
    for (size_t r = 0; r < a->n_states; r++)
        for (size_t i = 0; i < a->n_units && is_exchanged[r]; i++) {
            const float kept = a->reals[r * a->n_units + i];
            a->reals[r * a->n_units + i] = b->reals[r * a->n_units + i];
            b->reals[r * a->n_units + i] = kept;
        }
}

/* A thread's room for exchanges. */
typedef struct {
    bool *is_exchanged;
    hebb_index_lists spare[2];
} exchanging;

static void free_exchanging(void *workspace)
{
    exchanging *own = workspace;
    if (own == NULL) return;
    free(own->is_exchanged);
    for (int k = 0; k < 2; k++) hebb_index_lists_free(&own->spare[k]);
    free(own);
}

static hebb_status make_exchanging(void *context, void **workspace)
{
    const hebb_rbm_ladder *ladder = context;
    const hebb_layer_states *visible = &ladder->rungs[0].chains.visible;
    exchanging *own = calloc(1, sizeof *own);
    *workspace = own;
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for exchanges");
    own->is_exchanged = calloc(visible->n_states, sizeof *own->is_exchanged);
    hebb_status status =
        own->is_exchanged != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for %zu chains", visible->n_states);
    for (int k = 0; k < 2 && status == HEBB_OK && visible->kind != HEBB_LAYER_GAUSSIAN; k++)
        status = hebb_index_lists_init(&own->spare[k], visible->n_states, visible->n_units);
    return status;
}

/* Unit: the pair's number halved; the present round says whether even or odd pairs have their turn. */
static hebb_status exchange(void *context, void *workspace, size_t unit)
{
    hebb_rbm_ladder *ladder = context;
    exchanging *own = workspace;
    const size_t pair = 2 * unit + ladder->n_rounds % 2, n = ladder->options.n_ladders;
    hebb_rbm_rung *a = &ladder->rungs[pair], *b = a + 1;
    double *below = ladder->room + 3 * n * pair, *above = below + n, *spare = above + n;
    const hebb_philox noise = hebb_philox_derive(ladder->options.seed, HEBB_DRAW_SWAP, place_bits(a->place), 0);
    differences(ladder, a, b, below, above, spare);
    if (ladder->record != NULL) ladder->record(ladder->context, pair, below, above);
    for (size_t r = 0; r < n; r++) {
        hebb_stream stream;
        hebb_stream_init(&stream, noise, ladder->n_rounds, (uint32_t)r);
        const double p = fmin(1.0, exp(below[r] - above[r]));
        own->is_exchanged[r] = hebb_stream_uniform(&stream) < p;
        a->accepted += p;
    }
    a->tried += (double)n;
    if (a->chains.visible.kind == HEBB_LAYER_GAUSSIAN)
        exchange_reals(&a->chains.visible, &b->chains.visible, own->is_exchanged);
    else
        exchange_lists(&a->chains.visible, &b->chains.visible, own->is_exchanged, own->spare);
    return HEBB_OK;
}

hebb_status hebb_rbm_ladder_run(hebb_rbm_ladder *ladder, long n_rounds)
{
    const hebb_parallel_work work = {
        .context = ladder, .workspace_make = make_exchanging, .workspace_free = free_exchanging, .run = exchange};
    const long most = (1L << 30) - (long)ladder->n_rounds;
    if (n_rounds < 0 || n_rounds > most)
        return hebb_fail(HEBB_EDOM, "%ld rounds: there may be %ld more", n_rounds, most);
    hebb_status status = HEBB_OK;
    for (long t = 0; t < n_rounds && status == HEBB_OK; t++) {
        hebb_parallel_each(ladder->n_rungs, ladder->options.n_threads, sweep, ladder);
        const size_t n_pairs = (ladder->n_rungs - ladder->n_rounds % 2) / 2;
        status = hebb_parallel_run(&work, n_pairs, ladder->options.n_threads);
        ladder->n_rounds++;
    }
    return status;
}

void hebb_rbm_ladder_forget(hebb_rbm_ladder *ladder)
{
    for (size_t k = 0; k < ladder->n_rungs; k++) ladder->rungs[k].accepted = ladder->rungs[k].tried = 0.0;
}

void hebb_rbm_ladder_acceptance(const hebb_rbm_ladder *ladder, double *least, double *mean)
{
    double sum = 0.0;
    size_t n = 0;
    *least = INFINITY;
    for (size_t k = 0; k + 1 < ladder->n_rungs; k++) {
        if (ladder->rungs[k].tried == 0.0) continue;
        const double share = ladder->rungs[k].accepted / ladder->rungs[k].tried;
        *least = fmin(*least, share);
        sum += share;
        n++;
    }
    *mean = n > 0 ? sum / (double)n : NAN;
    if (n == 0) *least = NAN;
}
