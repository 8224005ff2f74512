#include "dense_room.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double hebb_dense_room_bytes(size_t n_neurons, size_t n_patterns)
{
    return hebb_patterns_bytes(n_neurons, n_patterns, HEBB_STORE_ROWS) +
           hebb_dense_memory_bytes(n_neurons, n_patterns) + (sizeof(uint32_t) + 1.0) * (double)n_neurons;
}

static size_t state_bytes(const hebb_dense_room *room)
{
    return sizeof room->progress + room->patterns.n_neurons;
}

hebb_status hebb_dense_room_fit(hebb_dense_room *room, size_t n_neurons, size_t n_patterns,
                                hebb_interaction interaction)
{
    const bool is_new = room->turn == NULL || room->patterns.n_neurons != n_neurons;
    const hebb_status status =
        hebb_dense_memory_fit(&room->patterns, &room->memory, n_neurons, n_patterns, interaction);
    if (status != HEBB_OK || !is_new) return status;
    free(room->turn);
    free(room->state);
    room->turn = calloc(n_neurons, sizeof *room->turn);
    room->state = malloc(state_bytes(room));
    if (room->turn != NULL && room->state != NULL) return HEBB_OK;
    hebb_dense_room_free(room); /* the next call begins anew */
    return hebb_fail(HEBB_ENOMEM, "no memory for the state of a network");
}

void hebb_dense_room_free(hebb_dense_room *room)
{
    hebb_dense_memory_free(&room->memory);
    hebb_patterns_free(&room->patterns);
    free(room->turn);
    free(room->state);
    room->turn = NULL;
    room->state = NULL;
}

/* ---- checkpoints ---- */

static hebb_status keep(hebb_dense_room *room, hebb_checkpoint *checkpoint)
{
    if (!hebb_checkpoint_is_due(checkpoint)) return HEBB_OK;
    memcpy(room->state, &room->progress, sizeof room->progress);
    memcpy(room->state + sizeof room->progress, room->memory.spins, room->patterns.n_neurons);
    return hebb_checkpoint_save(checkpoint, state_bytes(room), room->state);
}

/* What a unit leaves half-way; anything else is as none. */
static bool is_sound(const hebb_dense_progress *progress, size_t n_neurons, const int8_t *spins)
{
    if (progress->walk.sweeps < 0 || progress->walk.flips < 0 || !isfinite(progress->m_sum) ||
        !isfinite(progress->e_sum) || progress->relaxed.outcome != HEBB_RELAX_UNFINISHED ||
        progress->relaxed.sweeps < 0 || progress->relaxed.flips < 0)
        return false;
    for (size_t i = 0; i < n_neurons; i++)
        if (spins[i] != 1 && spins[i] != -1) return false;
    return true;
}

bool hebb_dense_room_restore(hebb_dense_room *room, hebb_checkpoint *checkpoint)
{
    memset(&room->progress, 0, sizeof room->progress); /* its padding too: it is saved */
    room->progress.relaxed.outcome = HEBB_RELAX_UNFINISHED;
    if (!hebb_checkpoint_load(checkpoint, state_bytes(room), room->state)) return false;
    const int8_t *spins = (const int8_t *)room->state + sizeof room->progress;
    hebb_dense_progress progress;
    memcpy(&progress, room->state, sizeof progress);
    if (!is_sound(&progress, room->patterns.n_neurons, spins)) return false;
    memcpy(&room->progress, room->state, sizeof room->progress);
    hebb_dense_memory_start_at(&room->memory, spins);
    return true;
}

/* ---- dynamics ---- */

hebb_status hebb_dense_room_heat(hebb_dense_room *room, const hebb_dense_way *way, hebb_checkpoint *checkpoint)
{
    hebb_dense_progress *at = &room->progress;
    const hebb_dense_heat_bath bath = {way->temperature, way->order, way->order_generator, way->noise, room->turn};
    while (way->temperature > 0.0 && at->walk.sweeps < way->thermal_sweeps) {
        hebb_status status = hebb_dense_heat_bath_run(&room->memory, &bath, 1, &at->walk);
        if (status != HEBB_OK) return status;
        if (2 * at->walk.sweeps > way->thermal_sweeps) {
            at->m_sum += hebb_dense_memory_overlap(&room->memory, 0);
            at->e_sum += hebb_dense_memory_energy(&room->memory);
        }
        if ((status = keep(room, checkpoint)) != HEBB_OK) return status;
    }
    return HEBB_OK;
}

/* A relaxation on its way. */
typedef struct {
    hebb_dense_room *room;
    hebb_checkpoint *checkpoint;
} relaxation;

static hebb_status after_sweep(void *context, const hebb_dense_memory *memory, const hebb_relaxation *result)
{
    (void)memory;
    const relaxation *at = context;
    at->room->progress.relaxed.sweeps = result->sweeps;
    at->room->progress.relaxed.flips = result->flips;
    return keep(at->room, at->checkpoint);
}

hebb_status hebb_dense_room_relax(hebb_dense_room *room, const hebb_dense_way *way, hebb_checkpoint *checkpoint)
{
    relaxation at = {room, checkpoint};
    const hebb_dense_relax_options how = {.order = way->order,
                                          .max_sweeps = way->max_sweeps,
                                          .generator = way->order_generator,
                                          .turn = room->turn,
                                          .after_sweep = after_sweep,
                                          .context = &at};
    hebb_relaxation result = room->progress.relaxed;
    const hebb_status status = hebb_dense_relax_resume(&room->memory, &how, &result);
    room->progress.relaxed = result;
    return status;
}
