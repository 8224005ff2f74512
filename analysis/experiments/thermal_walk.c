#include "thermal_walk.h"

#include <stdlib.h>
#include <string.h>

double hebb_thermal_room_bytes(size_t n_neurons, size_t n_patterns)
{
    return hebb_patterns_bytes(n_neurons, n_patterns, HEBB_STORE_SLICES) + hebb_hopfield_bytes(n_neurons, n_patterns) +
           hebb_sweeper_bytes(n_neurons, n_patterns, 1) + (double)n_neurons;
}

hebb_status hebb_thermal_room_fit(hebb_thermal_room *room, size_t n_neurons, size_t n_patterns)
{
    return hebb_hopfield_fit(&room->patterns, &room->network, n_neurons, n_patterns, HEBB_STORE_SLICES);
}

void hebb_thermal_room_free(hebb_thermal_room *room)
{
    hebb_hopfield_free(&room->network);
    hebb_patterns_free(&room->patterns);
}

/* What a checkpoint holds: the network's state, then the numbers kept, as this machine has them. */
typedef struct {
    size_t n_network, n_kept, size; /* bytes */
    unsigned char *bytes;
} packed;

static hebb_status make_packed(const hebb_thermal *run, const hebb_thermal_walk *walk, packed *state)
{
    state->n_network = hebb_thermal_state_bytes(run);
    state->n_kept = walk->n_kept * sizeof *walk->kept;
    state->size = state->n_network + state->n_kept;
    state->bytes = malloc(state->size);
    return state->bytes != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for the state of a network");
}

static void load(hebb_checkpoint *checkpoint, hebb_thermal *run, const hebb_thermal_walk *walk, const packed *state)
{
    if (!hebb_checkpoint_load(checkpoint, state->size, state->bytes)) return;
    if (hebb_thermal_state_restore(run, state->bytes, state->n_network) != HEBB_OK)
        hebb_diagnostic_clear(); /* it is as none */
    else if (state->n_kept > 0)
        memcpy(walk->kept, state->bytes + state->n_network, state->n_kept);
}

static hebb_status save(hebb_checkpoint *checkpoint, const hebb_thermal *run, const hebb_thermal_walk *walk,
                        const packed *state)
{
    hebb_thermal_state_save(run, state->bytes);
    if (state->n_kept > 0) memcpy(state->bytes + state->n_network, walk->kept, state->n_kept);
    return hebb_checkpoint_save(checkpoint, state->size, state->bytes);
}

static hebb_status go(hebb_thermal *run, const hebb_thermal_walk *walk, hebb_checkpoint *checkpoint,
                      const packed *state)
{
    bool is_over = false;
    while (run->n_sweeps < walk->max_sweeps && !is_over) {
        hebb_status status = hebb_thermal_run(run, 1);
        if (status == HEBB_OK) status = walk->after_sweep(walk->context, run, run->n_sweeps, &is_over);
        if (status == HEBB_OK && !is_over && hebb_checkpoint_is_due(checkpoint))
            status = save(checkpoint, run, walk, state);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

hebb_status hebb_thermal_walk_run(hebb_thermal_room *room, const hebb_thermal_walk *walk, hebb_checkpoint *checkpoint)
{
    const hebb_thermal_options how = {.rule = walk->rule,
                                      .temperature = walk->temperature,
                                      .order = walk->order,
                                      .order_generator = walk->draws.order,
                                      .noise = &walk->draws.noise,
                                      .planned_sweeps = walk->max_sweeps};
    hebb_thermal run;
    packed state = {0};
    hebb_status status = hebb_thermal_init(&run, 1, &room->network, &how);
    if (status != HEBB_OK) return status;
    status = make_packed(&run, walk, &state);
    if (status == HEBB_OK) {
        load(checkpoint, &run, walk, &state);
        status = go(&run, walk, checkpoint, &state);
    }
    free(state.bytes);
    hebb_thermal_free(&run);
    return status;
}

hebb_thermal_draws hebb_thermal_draws_at(uint64_t seed, uint64_t realisation, uint32_t replica)
{
    return (hebb_thermal_draws){.noise = hebb_philox_derive(seed, HEBB_DRAW_NOISE, realisation, replica),
                                .order = hebb_philox_derive(seed, HEBB_DRAW_ORDER, realisation, replica),
                                .state = hebb_philox_derive(seed, HEBB_DRAW_STATE, realisation, replica)};
}

size_t hebb_thermal_kept_spins(size_t n_neurons)
{
    return (n_neurons + sizeof(double) - 1) / sizeof(double);
}

uint64_t hebb_thermal_realisation(size_t n_neurons, size_t n_patterns, double temperature, double further)
{
    const double numbers[] = {temperature, further};
    uint64_t address = hebb_patterns_address(n_neurons, n_patterns);
    for (size_t k = 0; k < 2; k++) {
        uint64_t bits;
        memcpy(&bits, &numbers[k], sizeof bits);
        const hebb_philox mixed = hebb_philox_derive(bits, HEBB_DRAW_NOISE, address, (uint32_t)k);
        address = (uint64_t)mixed.key[0] << 32 | mixed.key[1];
    }
    return address;
}
