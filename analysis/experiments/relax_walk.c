#include "relax_walk.h"

#include <stdlib.h>

const hebb_column hebb_relax_counts[HEBB_N_RELAX_COUNTS] = {
    {"two_cycles", "1", "runs that ended in a cycle of two states"},
    {"unsettled", "1", "runs given up after --sweeps"},
};

double hebb_relax_room_bytes(size_t n_neurons, size_t n_patterns, hebb_pattern_store store, int n_threads)
{
    return hebb_patterns_bytes(n_neurons, n_patterns, store) + hebb_hopfield_bytes(n_neurons, n_patterns) +
           hebb_sweeper_bytes(n_neurons, n_patterns, 1) +
           hebb_sweeper_threads_bytes(n_patterns, 1, hebb_sweeper_worth_threads(n_patterns, n_threads)) +
           0.25 * (double)n_neurons; /* the state */
}

static hebb_status make_sweeper(hebb_relax_room *room, hebb_update_order order)
{
    const int n_threads = hebb_sweeper_worth_threads(room->patterns.n_patterns, room->n_threads);
    hebb_status status = hebb_sweeper_init(&room->sweeper, 1, &room->network, order);
    if (status == HEBB_OK) status = hebb_sweeper_use_threads(&room->sweeper, n_threads);
    if (status != HEBB_OK) return status;
    room->patterns.n_threads = n_threads;
    room->state = malloc(hebb_relax_state_bytes(&room->sweeper));
    return room->state != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the state of a network");
}

hebb_status hebb_relax_room_fit(hebb_relax_room *room, size_t n_neurons, size_t n_patterns, hebb_pattern_store store,
                                hebb_update_order order)
{
    const hebb_patterns *now = &room->patterns;
    if (now->n_neurons == n_neurons && now->n_patterns == n_patterns && now->store == store) return HEBB_OK;
    hebb_sweeper_free(&room->sweeper);
    free(room->state);
    room->state = NULL;
    hebb_status status = hebb_hopfield_fit(&room->patterns, &room->network, n_neurons, n_patterns, store);
    if (status != HEBB_OK) return status;
    status = make_sweeper(room, order);
    if (status != HEBB_OK) hebb_patterns_free(&room->patterns); /* the next call begins anew */
    return status;
}

void hebb_relax_room_free(hebb_relax_room *room)
{
    hebb_sweeper_free(&room->sweeper);
    hebb_hopfield_free(&room->network);
    hebb_patterns_free(&room->patterns);
    free(room->state);
    room->state = NULL;
}

/* A relaxation on its way. */
typedef struct {
    unsigned char *state;
    hebb_checkpoint *checkpoint;
} progress;

static hebb_status keep(void *context, const hebb_sweeper *sweeper, const hebb_relaxation *results)
{
    const progress *at = context;
    if (!hebb_checkpoint_is_due(at->checkpoint)) return HEBB_OK;
    hebb_relax_state_save(sweeper, results, at->state);
    return hebb_checkpoint_save(at->checkpoint, hebb_relax_state_bytes(sweeper), at->state);
}

hebb_status hebb_relax_walk_run(hebb_relax_room *room, hebb_relax_options how, hebb_checkpoint *checkpoint,
                                hebb_relaxation *relaxation)
{
    const size_t size = hebb_relax_state_bytes(&room->sweeper);
    progress at = {room->state, checkpoint};
    how.after_sweep = keep;
    how.context = &at;
    if (hebb_checkpoint_load(checkpoint, size, room->state)) {
        if (hebb_relax_state_restore(&room->sweeper, room->state, size, relaxation) == HEBB_OK)
            return hebb_relax_resume(&room->sweeper, &how, relaxation);
        hebb_diagnostic_clear(); /* it is as none */
    }
    return hebb_relax(&room->sweeper, &how, relaxation);
}
