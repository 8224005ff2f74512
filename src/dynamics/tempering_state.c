#include "tempering_state.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "packed_state.h"
#include "thermal_state.h"

enum { MAGIC = 8, HEADER = MAGIC + 4 + 8, RUNG = 3 * 8, NUMBERS = 2 * 4 + 8 };
static const char magic[MAGIC] = {'h', 'e', 'b', 'b', 't', 'm', 'p', '1'};

/* All replicas' states have the same size. */
static size_t bytes_of_replica(const hebb_tempering *run)
{
    return NUMBERS + hebb_thermal_state_bytes(run->replicas);
}

static size_t offset_of_replica(const hebb_tempering *run, size_t a)
{
    return HEADER + run->n * RUNG + a * bytes_of_replica(run);
}

size_t hebb_tempering_state_bytes(const hebb_tempering *run)
{
    return offset_of_replica(run, run->n) + HEBB_PACKED_CHECKSUM;
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

void hebb_tempering_state_save(const hebb_tempering *run, unsigned char *state)
{
    memcpy(state, magic, MAGIC);
    hebb_packed_put(4, run->n, state + MAGIC);
    hebb_packed_put(8, (uint64_t)run->n_rounds, state + MAGIC + 4);
    for (size_t k = 0; k < run->n; k++) {
        unsigned char *to = state + HEADER + k * RUNG;
        hebb_packed_put(8, bits_of(run->temperatures[k]), to);
        hebb_packed_put(8, (uint64_t)run->n_trials[k], to + 8);
        hebb_packed_put(8, (uint64_t)run->n_swaps[k], to + 16);
    }
    for (size_t a = 0; a < run->n; a++) {
        unsigned char *to = state + offset_of_replica(run, a);
        hebb_packed_put(4, run->rung_of[a], to);
        hebb_packed_put(4, (uint64_t)run->ways[a], to + 4);
        hebb_packed_put(8, (uint64_t)run->n_round_trips[a], to + 8);
        hebb_thermal_state_save(run->replicas + a, to + NUMBERS);
    }
    hebb_packed_seal(hebb_tempering_state_bytes(run), state);
}

/* ---- to be taken up again ---- */

static bool are_rungs_possible(const hebb_tempering *run, const unsigned char *state)
{
    const uint64_t n_rounds = hebb_packed_get(8, state + MAGIC + 4);
    bool is_possible = n_rounds <= LONG_MAX;
    for (size_t k = 0; k < run->n; k++) {
        const unsigned char *from = state + HEADER + k * RUNG;
        const uint64_t n_trials = hebb_packed_get(8, from + 8), n_swaps = hebb_packed_get(8, from + 16);
        is_possible = is_possible && hebb_packed_get(8, from) == bits_of(run->temperatures[k]) &&
                      n_trials <= n_rounds && n_swaps <= n_trials;
    }
    return is_possible;
}

/* Every rung is some replica's, which has its temperature: K replicas at K different ones. */
static bool are_replicas_possible(const hebb_tempering *run, const unsigned char *state)
{
    const uint64_t n_rounds = hebb_packed_get(8, state + MAGIC + 4);
    bool is_possible = true;
    for (size_t a = 0; is_possible && a < run->n; a++) {
        const unsigned char *from = state + offset_of_replica(run, a);
        const uint64_t rung = hebb_packed_get(4, from), n_trips = hebb_packed_get(8, from + 8);
        is_possible = rung < run->n && hebb_packed_get(4, from + 4) <= HEBB_ON_WAY_DOWN && n_trips <= n_rounds;
        for (size_t b = 0; b < a; b++)
            is_possible = is_possible && hebb_packed_get(4, state + offset_of_replica(run, b)) != rung;
    }
    return is_possible;
}

static hebb_status check_state(const hebb_tempering *run, const unsigned char *state, size_t n_bytes)
{
    if (n_bytes != hebb_tempering_state_bytes(run) || memcmp(state, magic, MAGIC) != 0 ||
        hebb_packed_get(4, state + MAGIC) != run->n)
        return hebb_fail(HEBB_EDATA, "%zu bytes that are no state of this replica exchange", n_bytes);
    if (!hebb_packed_is_sealed(n_bytes, state))
        return hebb_fail(HEBB_EDATA, "the state of a replica exchange: its checksum is wrong");
    if (!are_rungs_possible(run, state) || !are_replicas_possible(run, state))
        return hebb_fail(HEBB_EDATA, "the state of a replica exchange: it cannot have come to this");
    return HEBB_OK;
}

/* The thermal states are checked one by one: what was there before is kept until all have been taken. */
static hebb_status restore_replicas(hebb_tempering *run, const unsigned char *state)
{
    const size_t size = hebb_thermal_state_bytes(run->replicas);
    hebb_status status = HEBB_OK;
    for (size_t a = 0; status == HEBB_OK && a < run->n; a++)
        status = hebb_thermal_state_restore(run->replicas + a, state + offset_of_replica(run, a) + NUMBERS, size);
    for (size_t a = 0; status == HEBB_OK && a < run->n; a++) {
        const uint64_t rung = hebb_packed_get(4, state + offset_of_replica(run, a));
        if (run->replicas[a].temperature != run->temperatures[rung])
            status = hebb_fail(HEBB_EDATA, "the state of a replica exchange: a replica has another rung's temperature");
    }
    return status;
}

hebb_status hebb_tempering_state_restore(hebb_tempering *run, const unsigned char *state, size_t n_bytes)
{
    hebb_status status = check_state(run, state, n_bytes);
    if (status != HEBB_OK) return status;
    unsigned char *before = malloc(hebb_tempering_state_bytes(run));
    if (before == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the state of a replica exchange");
    hebb_tempering_state_save(run, before);
    status = restore_replicas(run, state);
    if (status != HEBB_OK && restore_replicas(run, before) != HEBB_OK)
        status = hebb_fail(HEBB_EINTERNAL, "a state of a replica exchange cannot be taken back");
    free(before);
    if (status != HEBB_OK) return status;
    run->n_rounds = (long)hebb_packed_get(8, state + MAGIC + 4);
    for (size_t k = 0; k < run->n; k++) {
        run->n_trials[k] = (int64_t)hebb_packed_get(8, state + HEADER + k * RUNG + 8);
        run->n_swaps[k] = (int64_t)hebb_packed_get(8, state + HEADER + k * RUNG + 16);
    }
    for (size_t a = 0; a < run->n; a++) {
        const unsigned char *from = state + offset_of_replica(run, a);
        run->rung_of[a] = hebb_packed_get(4, from);
        run->replica_at[run->rung_of[a]] = a;
        run->ways[a] = (hebb_replica_way)hebb_packed_get(4, from + 4);
        run->n_round_trips[a] = (int64_t)hebb_packed_get(8, from + 8);
    }
    return HEBB_OK;
}
