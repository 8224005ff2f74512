#include "universal_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment.h"
#include "grid.h"
#include "rbm_exact.h"
#include "rbm_gibbs.h"
#include "rbm_universal.h"
#include "thermal_walk.h"

/*
 * Sweeps left out, in units of the height S.  A well is left with a probability of 1/(1 + p_i S) a sweep at least, so
 * what is left of the start is e^-10.  S above a tenth of what is counted leaves too few visits: such machines are not
 * sampled.
 */
static const double SETTLE = 10.0, VISITS = 10.0;

/* The sum over states, one after the other, is a unit's longest step: up to some seconds. */
static const double MAX_SUM = 0x1p28;

static const hebb_option options[] = {
    {"visible", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "4,6,8", HEBB_FROM_TO(1.0, 20.0), HEBB_OPTION_RESULT,
     "numbers of visible units n"},
    {"support", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "2,5,12", HEBB_FROM_TO(1.0, 1024.0), HEBB_OPTION_RESULT,
     "numbers of vectors k that have a probability; the machine has k + 1 hidden units"},
    {"kl", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(1e-8, 1.0), HEBB_OPTION_RESULT,
     "KL that is wanted at most, nats: 0.1,0.01,0.001 where no weights are given"},
    {"weight", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.01, 100.0), HEBB_OPTION_RESULT,
     "in place of it: the size of all weights"},
    {"visible-units", 0, HEBB_OPTION_CHOICE, "binary|sign", "binary", HEBB_ANY, HEBB_OPTION_RESULT,
     "values of the visible units: 0, 1 or -1, +1"},
    {"hidden-units", 0, HEBB_OPTION_CHOICE, "binary|sign", "binary", HEBB_ANY, HEBB_OPTION_RESULT,
     "values of the hidden units"},
    {"chains", 0, HEBB_OPTION_INTEGER, "N", "8", HEBB_FROM_TO(1.0, 1e6), HEBB_OPTION_RESULT,
     "Gibbs chains of a replica"},
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "10000", HEBB_FROM_TO(0.0, 1e8), HEBB_OPTION_RESULT,
     "counted of each chain, where a tenth of them is enough to leave the deepest well; 0: nothing is sampled"},
};

static const hebb_column grid_columns[UNIVERSAL_N_GRID] = {
    {"n_visible", "1", "visible units n"},
    {"n_support", "1", "vectors k that have a probability"},
    {"kl_target", "nat", "KL that is wanted at most; 0: the weight is given"},
    {"weight", "1", "size w of all weights; 0: chosen for the KL"},
};

static const hebb_column value_columns[UNIVERSAL_N_VALUES] = {
    {"size", "1", "size w of all weights"},
    {"n_hidden", "1", "hidden units of the machine"},
    {"kl", "nat", "sum of p ln p/p_machine, by enumeration"},
    {"kl_law", "nat", "(1 - k/2^n) 2^(n/2) exp(-w/2)"},
    {"kl_low", "nat", "not below that, in theory"},
    {"kl_high", "nat", "not above that, in theory"},
    {"outside", "1", "the machine's probability off the support, by enumeration"},
    {"outside_low", "1", "not below that, in theory"},
    {"outside_high", "1", "not above that, in theory"},
    {"outside_sampled", "1", "the same by Gibbs sampling; empty: wells too deep for --sweeps"},
};

/* ---- plan ---- */

static size_t size_at(const hebb_study *study, size_t point, size_t column)
{
    return (size_t)hebb_study_grid(study, point, column);
}

static double sum_of(double n_visible, double n_support)
{
    return fmax(n_visible, n_support + 1.0) * exp2(fmin(n_visible, n_support + 1.0));
}

static hebb_status complete(void *context, double *row)
{
    (void)context;
    const double n = row[UNIVERSAL_VISIBLE], k = row[UNIVERSAL_SUPPORT];
    if (k > exp2(n)) return hebb_fail(HEBB_EDOM, "--support %g: there are %g vectors of --visible %g", k, exp2(n), n);
    if (sum_of(n, k) > MAX_SUM)
        return hebb_fail(HEBB_EDOM,
                         "--visible %g and --support %g: the sum over states would take minutes a replica; "
                         "less of the smaller one",
                         n, k);
    return HEBB_OK;
}

/* What a unit keeps from sweep to sweep. */
typedef struct {
    uint64_t n_done, n_outside;
    uint32_t states[]; /* n_chains */
} kept_state;

static size_t kept_bytes(const hebb_universal_study *own)
{
    return sizeof(kept_state) + own->n_chains * sizeof(uint32_t);
}

static double bytes(const hebb_study *study, size_t point)
{
    const hebb_universal_study *own = study->own;
    const double n = hebb_study_grid(study, point, UNIVERSAL_VISIBLE);
    const double n_hidden = hebb_study_grid(study, point, UNIVERSAL_SUPPORT) + 1.0;
    return 1e5 + exp2(n) + 40.0 * n * n_hidden + 100.0 * n_hidden +
           20.0 * (double)own->n_chains * (n + n_hidden + 32.0);
}

static double cost(const hebb_study *study, size_t point)
{
    const hebb_universal_study *own = study->own;
    const double n = hebb_study_grid(study, point, UNIVERSAL_VISIBLE),
                 k = hebb_study_grid(study, point, UNIVERSAL_SUPPORT);
    return sum_of(n, k) + (double)own->n_sweeps * (double)own->n_chains * (n + k);
}

static hebb_status check_memory(const hebb_study *study)
{
    double most = 0.0;
    for (size_t point = 0; point < study->n_points; point++) most = fmax(most, bytes(study, point));
    char what[80];
    snprintf(what, sizeof what, "the largest machine and %zu chains",
             ((const hebb_universal_study *)study->own)->n_chains);
    return hebb_study_check_memory(study, what, most);
}

static hebb_layer_kind kind_of(const hebb_study *study, const char *option)
{
    return strcmp(hebb_options_text(study->options, option), "sign") == 0 ? HEBB_LAYER_SIGN : HEBB_LAYER_BINARY;
}

static hebb_status plan(hebb_study *study)
{
    const bool by_weight = hebb_options_list(study->options, "weight")->length > 0;
    if (by_weight && hebb_options_list(study->options, "kl")->length > 0)
        return hebb_fail(HEBB_EUSAGE, "--kl and --weight exclude each other: the one follows from the other");
    if (!by_weight && hebb_options_list(study->options, "kl")->length == 0) {
        const hebb_status status = hebb_options_set(study->options, "--kl", "kl", "0.1,0.01,0.001");
        if (status != HEBB_OK) return status;
    }
    const hebb_list *const axes[UNIVERSAL_N_GRID] = {hebb_options_list(study->options, "visible"),
                                                     hebb_options_list(study->options, "support"),
                                                     by_weight ? NULL : hebb_options_list(study->options, "kl"),
                                                     by_weight ? hebb_options_list(study->options, "weight") : NULL};
    hebb_universal_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    *own = (hebb_universal_study){.visible_kind = kind_of(study, "visible-units"),
                                  .hidden_kind = kind_of(study, "hidden-units"),
                                  .n_chains = (size_t)hebb_options_integer(study->options, "chains"),
                                  .n_sweeps = hebb_options_integer(study->options, "sweeps"),
                                  .pattern_seed = hebb_study_seed(study, "pattern-seed"),
                                  .dynamics_seed = hebb_study_seed(study, "dynamics-seed")};
    study->own = own;
    study->n_grid = UNIVERSAL_N_GRID;
    study->grid_columns = grid_columns;
    study->n_values = UNIVERSAL_N_VALUES;
    study->value_columns = value_columns;
    const hebb_status status = hebb_grid_plan(study, axes, complete, NULL);
    return status == HEBB_OK ? check_memory(study) : status;
}

/* ---- a distribution and its machine ---- */

void hebb_universal_room_free(hebb_universal_room *room)
{
    free(room->vectors);
    free(room->probability);
    free(room->visible);
    free(room->fields);
    free(room->on_machine);
    hebb_rbm_free(&room->machine);
    *room = (hebb_universal_room){0};
}

/* k of 0 .. 2^n - 1, each set of them as likely. */
static void draw_vectors(hebb_stream *stream, hebb_universal_room *room)
{
    const uint32_t n_states = (uint32_t)1 << room->n_visible, k = (uint32_t)room->n_support;
    for (uint32_t m = 0; m < k; m++) { /* Floyd: the newest number in place of one that is there already */
        const uint32_t newest = n_states - k + m;
        uint32_t drawn = hebb_stream_below(stream, newest + 1);
        for (uint32_t other = 0; other < m; other++)
            if (room->vectors[other] == drawn) {
                drawn = newest;
                break;
            }
        room->vectors[m] = drawn;
    }
}

hebb_status hebb_universal_room_draw(const hebb_study *study, size_t point, size_t replica, hebb_universal_room *room)
{
    const hebb_universal_study *own = study->own;
    const size_t n = size_at(study, point, UNIVERSAL_VISIBLE), k = size_at(study, point, UNIVERSAL_SUPPORT);
    hebb_universal_room_free(room);
    *room = (hebb_universal_room){.n_visible = n,
                                  .n_support = k,
                                  .vectors = calloc(k, sizeof *room->vectors),
                                  .probability = calloc(k, sizeof *room->probability),
                                  .visible = calloc(n, sizeof *room->visible),
                                  .fields = calloc(k + 1, sizeof *room->fields),
                                  .on_machine = calloc(k, sizeof *room->on_machine)};
    if (room->vectors == NULL || room->probability == NULL || room->visible == NULL || room->fields == NULL ||
        room->on_machine == NULL) {
        hebb_universal_room_free(room);
        return hebb_fail(HEBB_ENOMEM, "no memory for a distribution on %zu vectors", k);
    }
    /* The same distribution whatever KL or weight the machine is built for. */
    const uint64_t realisation = hebb_thermal_realisation(n, k, 0.0, 0.0);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(own->pattern_seed, HEBB_DRAW_PATTERNS, realisation, (uint32_t)replica),
                     0, 0);
    draw_vectors(&stream, room);
    hebb_stream_init(&stream, hebb_philox_derive(own->pattern_seed, HEBB_DRAW_REAL, realisation, (uint32_t)replica), 0,
                     0);
    double sum = 0.0;
    for (size_t i = 0; i < k; i++) sum += room->probability[i] = -log(hebb_stream_uniform(&stream));
    for (size_t i = 0; i < k; i++) room->probability[i] /= sum;
    return HEBB_OK;
}

hebb_universal_problem hebb_universal_room_problem(const hebb_universal_room *room)
{
    return (hebb_universal_problem){.n_visible = room->n_visible,
                                    .n_support = room->n_support,
                                    .vectors = room->vectors,
                                    .probability = room->probability};
}

/* ln p_machine(v) + ln Z */
static double log_share(hebb_universal_room *room, hebb_layer_kind kind, uint32_t vector)
{
    for (size_t l = 0; l < room->n_visible; l++)
        room->visible[l] = vector >> l & 1 ? 1.0 : kind == HEBB_LAYER_SIGN ? -1.0 : 0.0;
    hebb_rbm_hidden_fields(&room->machine, room->visible, room->fields);
    return -hebb_rbm_free_energy(&room->machine, room->visible, room->fields);
}

hebb_status hebb_universal_room_build(const hebb_study *study, double weight, hebb_universal_room *room)
{
    const hebb_universal_study *own = study->own;
    double ln_z;
    hebb_rbm_free(&room->machine);
    hebb_status status = hebb_rbm_universal_build(&room->machine, room->n_visible, own->visible_kind, own->hidden_kind,
                                                  room->n_support, room->vectors, room->probability, weight);
    if (status == HEBB_OK) status = hebb_rbm_log_partition(&room->machine, 1, &ln_z);
    if (status != HEBB_OK) return status;
    for (size_t i = 0; i < room->n_support; i++)
        room->on_machine[i] = exp(log_share(room, own->visible_kind, room->vectors[i]) - ln_z);
    return HEBB_OK;
}

/* ---- sampling ---- */

typedef struct {
    hebb_rbm_layer up, down;
    hebb_rbm_gibbs gibbs;
    kept_state *kept;
    uint8_t *bytes;       /* n_chains x n_visible */
    uint8_t *has_support; /* 2^n */
} sampler;

static void sampler_free(sampler *s)
{
    hebb_rbm_gibbs_free(&s->gibbs);
    hebb_rbm_layer_free(&s->up);
    hebb_rbm_layer_free(&s->down);
    free(s->kept);
    free(s->bytes);
    free(s->has_support);
    *s = (sampler){0};
}

static hebb_status sampler_make(const hebb_study *study, const hebb_unit *unit, const hebb_universal_room *room,
                                sampler *s)
{
    const hebb_universal_study *own = study->own;
    const uint64_t realisation = hebb_thermal_realisation(room->n_visible, room->n_support,
                                                          hebb_study_grid(study, unit->point, UNIVERSAL_TARGET),
                                                          hebb_study_grid(study, unit->point, UNIVERSAL_WEIGHT));
    const uint32_t replica = (uint32_t)unit->replica;
    *s = (sampler){.kept = calloc(1, kept_bytes(own)),
                   .bytes = calloc(own->n_chains, room->n_visible),
                   .has_support = calloc((size_t)1 << room->n_visible, 1)};
    if (s->kept == NULL || s->bytes == NULL || s->has_support == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu chains", own->n_chains);
    for (size_t i = 0; i < room->n_support; i++) s->has_support[room->vectors[i]] = 1;
    hebb_status status = hebb_rbm_layer_init(&s->up, &room->machine, HEBB_RBM_UP);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&s->down, &room->machine, HEBB_RBM_DOWN);
    if (status == HEBB_OK)
        status = hebb_rbm_gibbs_init(&s->gibbs, &s->up, &s->down, own->n_chains,
                                     hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_GIBBS, realisation, replica));
    if (status == HEBB_OK)
        hebb_rbm_gibbs_randomise(&s->gibbs,
                                 hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, realisation, replica));
    return status;
}

static uint32_t state_of(const hebb_index_lists *lists, size_t r)
{
    uint32_t state = 0;
    for (size_t k = lists->starts[r]; k < lists->starts[r + 1]; k++) state |= (uint32_t)1 << lists->indices[k];
    return state;
}

static void restore(const hebb_universal_room *room, size_t n_chains, sampler *s)
{
    for (size_t r = 0; r < n_chains; r++)
        for (size_t l = 0; l < room->n_visible; l++) s->bytes[r * room->n_visible + l] = s->kept->states[r] >> l & 1;
    hebb_index_lists_set(&s->gibbs.visible.lists, n_chains, s->bytes);
    s->gibbs.n_sweeps = (uint32_t)s->kept->n_done;
}

/* n_settle sweeps that do not count, then n_sweeps that do. */
static hebb_status walk(const hebb_universal_study *own, uint64_t n_settle, hebb_checkpoint *checkpoint, sampler *s)
{
    const uint64_t n_all = n_settle + (uint64_t)own->n_sweeps;
    kept_state *kept = s->kept;
    hebb_status status = HEBB_OK;
    while (status == HEBB_OK && kept->n_done < n_all) {
        status = hebb_rbm_gibbs_run(&s->gibbs, 1);
        const bool counts = kept->n_done++ >= n_settle;
        for (size_t r = 0; counts && r < own->n_chains; r++)
            kept->n_outside += !s->has_support[state_of(&s->gibbs.visible.lists, r)];
        if (status == HEBB_OK && hebb_checkpoint_is_due(checkpoint)) {
            for (size_t r = 0; r < own->n_chains; r++) kept->states[r] = state_of(&s->gibbs.visible.lists, r);
            status = hebb_checkpoint_save(checkpoint, kept_bytes(own), kept);
        }
    }
    return status;
}

static hebb_status sample(const hebb_study *study, const hebb_unit *unit, const hebb_universal_room *room,
                          double weight, double *share)
{
    const hebb_universal_study *own = study->own;
    const double height = exp(0.5 * ((double)room->n_visible * M_LN2 + weight));
    sampler s = {0};
    *share = NAN;
    if (VISITS * height > (double)own->n_sweeps) return HEBB_OK;
    hebb_status status = sampler_make(study, unit, room, &s);
    if (status == HEBB_OK && hebb_checkpoint_load(unit->checkpoint, kept_bytes(own), s.kept))
        restore(room, own->n_chains, &s);
    if (status == HEBB_OK) status = walk(own, (uint64_t)ceil(SETTLE * height), unit->checkpoint, &s);
    if (status == HEBB_OK) *share = (double)s.kept->n_outside / ((double)own->n_chains * (double)own->n_sweeps);
    sampler_free(&s);
    return status;
}

/* ---- one unit ---- */

static hebb_status measure(const hebb_study *study, const hebb_unit *unit, hebb_universal_room *room, double *values)
{
    const hebb_universal_problem problem = hebb_universal_room_problem(room);
    const double target = hebb_study_grid(study, unit->point, UNIVERSAL_TARGET);
    double weight = hebb_study_grid(study, unit->point, UNIVERSAL_WEIGHT), kl = 0.0, inside = 0.0;
    hebb_universal_bounds bounds;
    hebb_status status = target > 0.0 ? hebb_universal_weight(&problem, target, &weight) : HEBB_OK;
    if (status == HEBB_OK) status = hebb_universal_bounds_at(&problem, weight, &bounds);
    if (status != HEBB_OK) return hebb_fail(status, "no weights for a KL of %g", target);
    status = hebb_universal_room_build(study, weight, room);
    if (status != HEBB_OK) return status;
    for (size_t i = 0; i < room->n_support; i++) {
        kl += room->probability[i] * log(room->probability[i] / room->on_machine[i]);
        inside += room->on_machine[i];
    }
    values[UNIVERSAL_SIZE] = weight;
    values[UNIVERSAL_HIDDEN] = (double)room->machine.n_hidden;
    values[UNIVERSAL_KL] = kl;
    values[UNIVERSAL_KL_LAW] = bounds.law;
    values[UNIVERSAL_KL_LOW] = bounds.low;
    values[UNIVERSAL_KL_HIGH] = bounds.high;
    values[UNIVERSAL_OUTSIDE] = 1.0 - inside;
    values[UNIVERSAL_OUTSIDE_LOW] = bounds.outside_low;
    values[UNIVERSAL_OUTSIDE_HIGH] = bounds.outside_high;
    return sample(study, unit, room, weight, values + UNIVERSAL_SAMPLED);
}

static void workspace_free(void *workspace)
{
    if (workspace != NULL) hebb_universal_room_free(workspace);
    free(workspace);
}

static hebb_status run(const hebb_study *study, void *workspace, const hebb_unit *unit, double *values)
{
    hebb_universal_room *room = workspace;
    const hebb_status status = hebb_universal_room_draw(study, unit->point, unit->replica, room);
    return status == HEBB_OK ? measure(study, unit, room, values) : status;
}

const hebb_experiment hebb_universal_experiment = {
    .name = "universal",
    .summary = "a restricted Boltzmann machine of k + 1 hidden units built for a distribution on k vectors",
    .n_options = sizeof options / sizeof *options,
    .options = options,
    .plan = plan,
    .cost = cost,
    .bytes = bytes,
    .workspace_size = sizeof(hebb_universal_room),
    .workspace_free = workspace_free,
    .run = run,
    .report = hebb_universal_report};
