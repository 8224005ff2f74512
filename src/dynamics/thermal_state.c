#include "thermal_state.h"

#include <limits.h>
#include <string.h>

#include "packed_state.h"

enum { MAGIC = 8, SIZES = MAGIC + 3 * 4, HEADER = SIZES + 2 * 8, NUMBERS = 8 };
static const char magic[MAGIC] = {'h', 'e', 'b', 'b', 't', 'h', 'm', '1'};

static size_t bytes_of_network(const hebb_thermal *run)
{
    return NUMBERS + hebb_packed_bytes(run->sweeper.patterns->n_neurons);
}

size_t hebb_thermal_state_bytes(const hebb_thermal *run)
{
    return HEADER + run->sweeper.n_members * bytes_of_network(run) + HEBB_PACKED_CHECKSUM;
}

static void put_sizes(const hebb_thermal *run, unsigned char *to)
{
    memcpy(to, magic, MAGIC);
    hebb_packed_put(4, run->sweeper.n_members, to + MAGIC);
    hebb_packed_put(4, run->sweeper.patterns->n_neurons, to + MAGIC + 4);
    hebb_packed_put(4, run->sweeper.patterns->n_patterns, to + MAGIC + 8);
}

void hebb_thermal_state_save(const hebb_thermal *run, unsigned char *state)
{
    uint64_t temperature;
    memcpy(&temperature, &run->temperature, sizeof temperature);
    put_sizes(run, state);
    hebb_packed_put(8, (uint64_t)run->n_sweeps, state + SIZES);
    hebb_packed_put(8, temperature, state + SIZES + 8);
    for (size_t a = 0; a < run->sweeper.n_members; a++) {
        unsigned char *to = state + HEADER + a * bytes_of_network(run);
        hebb_packed_put(8, (uint64_t)run->n_flips[a], to);
        hebb_packed_put_signs(run->sweeper.patterns->n_neurons, run->sweeper.members[a].network->spins, to + NUMBERS);
    }
    hebb_packed_seal(hebb_thermal_state_bytes(run), state);
}

static hebb_status check_state(const hebb_thermal *run, const unsigned char *state, size_t n_bytes)
{
    unsigned char expected[SIZES];
    put_sizes(run, expected);
    if (n_bytes != hebb_thermal_state_bytes(run) || memcmp(state, expected, SIZES) != 0)
        return hebb_fail(HEBB_EDATA, "%zu bytes that are no state of these networks at a temperature", n_bytes);
    if (!hebb_packed_is_sealed(n_bytes, state))
        return hebb_fail(HEBB_EDATA, "the state of networks at a temperature: its checksum is wrong");
    const uint64_t n_sweeps = hebb_packed_get(8, state + SIZES);
    bool is_possible = n_sweeps <= LONG_MAX;
    for (size_t a = 0; a < run->sweeper.n_members; a++) {
        const unsigned char *from = state + HEADER + a * bytes_of_network(run);
        is_possible = is_possible && hebb_packed_get(8, from) <= n_sweeps * run->sweeper.patterns->n_neurons &&
                      hebb_packed_is_filled_up(run->sweeper.patterns->n_neurons, from + NUMBERS);
    }
    return is_possible ? HEBB_OK
                       : hebb_fail(HEBB_EDATA, "the state of networks at a temperature: they cannot have come to this");
}

hebb_status hebb_thermal_state_restore(hebb_thermal *run, const unsigned char *state, size_t n_bytes)
{
    double temperature;
    hebb_status status = check_state(run, state, n_bytes);
    if (status != HEBB_OK) return status;
    const uint64_t bits = hebb_packed_get(8, state + SIZES + 8);
    memcpy(&temperature, &bits, sizeof temperature);
    status = hebb_thermal_set_temperature(run, temperature);
    if (status != HEBB_OK)
        return hebb_fail(HEBB_EDATA, "the state of networks at a temperature that there is not: %g", temperature);
    run->n_sweeps = (long)hebb_packed_get(8, state + SIZES);
    for (size_t a = 0; a < run->sweeper.n_members; a++) {
        const unsigned char *from = state + HEADER + a * bytes_of_network(run);
        hebb_hopfield *network = run->sweeper.members[a].network;
        run->n_flips[a] = (int64_t)hebb_packed_get(8, from);
        hebb_packed_get_signs(run->sweeper.patterns->n_neurons, from + NUMBERS, network->spins);
        hebb_patterns_overlaps(network->patterns, network->spins, network->room, network->overlaps);
    }
    hebb_thermal_restart(run);
    return HEBB_OK;
}
