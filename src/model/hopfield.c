#include "hopfield.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

hebb_status hebb_hopfield_init(hebb_hopfield *network, const hebb_patterns *patterns)
{
    *network =
        (hebb_hopfield){.patterns = patterns,
                        .spins = malloc(patterns->n_neurons),
                        .overlaps = calloc(hebb_patterns_padded(patterns->n_patterns), sizeof(int32_t)),
                        .room = hebb_memory_zeroed(hebb_patterns_block_room(patterns->n_patterns) * sizeof(uint16_t))};
    if (network->spins == NULL || network->overlaps == NULL || network->room == NULL) {
        hebb_hopfield_free(network);
        return hebb_fail(HEBB_ENOMEM, "no memory for a network of %zu neurons", patterns->n_neurons);
    }
    memset(network->spins, 1, patterns->n_neurons);
    hebb_patterns_overlaps(patterns, network->spins, network->room, network->overlaps);
    return HEBB_OK;
}

void hebb_hopfield_free(hebb_hopfield *network)
{
    free(network->spins);
    free(network->overlaps);
    free(network->room);
    *network = (hebb_hopfield){0};
}

hebb_status hebb_hopfield_fit(hebb_patterns *patterns, hebb_hopfield *network, size_t n_neurons, size_t n_patterns,
                              hebb_pattern_store store)
{
    if (patterns->n_neurons == n_neurons && patterns->n_patterns == n_patterns && patterns->store == store)
        return HEBB_OK;
    hebb_hopfield_free(network);
    hebb_patterns_free(patterns);
    hebb_status status = hebb_patterns_init(patterns, n_neurons, n_patterns, store);
    if (status == HEBB_OK) status = hebb_hopfield_init(network, patterns);
    if (status != HEBB_OK) hebb_patterns_free(patterns);
    return status;
}

double hebb_hopfield_bytes(size_t n_neurons, size_t n_patterns)
{
    return (double)n_neurons + sizeof(int32_t) * (double)hebb_patterns_padded(n_patterns) +
           sizeof(uint16_t) * (double)hebb_patterns_block_room(n_patterns);
}

/* From spins that have been set. */
static void find_overlaps(hebb_hopfield *network)
{
    hebb_patterns_overlaps(network->patterns, network->spins, network->room, network->overlaps);
}

void hebb_hopfield_start_at_pattern(hebb_hopfield *network, size_t pattern)
{
    hebb_patterns_column(network->patterns, pattern, network->spins);
    find_overlaps(network);
}

void hebb_hopfield_start_at(hebb_hopfield *network, const int8_t *spins)
{
    memcpy(network->spins, spins, network->patterns->n_neurons);
    find_overlaps(network);
}

/* Fair signs, 32 a draw. */
static void fill_with_fair_signs(hebb_hopfield *network, hebb_philox generator)
{
    hebb_stream stream;
    uint32_t bits = 0;
    hebb_stream_init(&stream, generator, 0, 0);
    for (size_t i = 0; i < network->patterns->n_neurons; i++, bits >>= 1) {
        if (i % 32 == 0) bits = hebb_stream_u32(&stream);
        network->spins[i] = (int8_t)((bits & 1) * 2 - 1);
    }
}

void hebb_hopfield_start_at_random(hebb_hopfield *network, hebb_philox generator)
{
    fill_with_fair_signs(network, generator);
    find_overlaps(network);
}

void hebb_hopfield_turn_over(hebb_hopfield *network, size_t n_turned, hebb_stream *stream)
{
    const size_t n = network->patterns->n_neurons;
    for (size_t i = 0; i < n; i++)
        if (hebb_stream_chooses(stream, (uint32_t)(n - i), &n_turned)) network->spins[i] = (int8_t)-network->spins[i];
    find_overlaps(network);
}

void hebb_hopfield_start_near_pattern(hebb_hopfield *network, size_t pattern, double m0, hebb_philox generator)
{
    hebb_stream stream;
    hebb_stream_init(&stream, generator, 0, 0);
    hebb_patterns_column(network->patterns, pattern, network->spins);
    hebb_hopfield_turn_over(network, (size_t)llround(0.5 * (1.0 - m0) * (double)network->patterns->n_neurons), &stream);
}

double hebb_hopfield_nearest_overlap(size_t n_neurons, double m0)
{
    const double n = (double)n_neurons;
    return 1.0 - 2.0 * round(0.5 * (1.0 - m0) * n) / n;
}

void hebb_hopfield_start_at_mixture(hebb_hopfield *network, size_t n, hebb_philox generator)
{
    const hebb_patterns *patterns = network->patterns;
    fill_with_fair_signs(network, generator);
    for (size_t i = 0; i < patterns->n_neurons; i++) {
        long sum = 0;
        for (size_t mu = 0; mu < n; mu++) sum += hebb_patterns_get(patterns, i, mu);
        if (sum != 0) network->spins[i] = sum > 0 ? 1 : -1;
    }
    find_overlaps(network);
}

int64_t hebb_hopfield_field(const hebb_hopfield *network, size_t neuron)
{
    const hebb_patterns *patterns = network->patterns;
    int64_t sum = -(int64_t)patterns->n_patterns * network->spins[neuron];
    for (size_t mu = 0; mu < patterns->n_patterns; mu++)
        sum += hebb_patterns_get(patterns, neuron, mu) * (int64_t)network->overlaps[mu];
    return sum;
}

void hebb_hopfield_block_fields(const hebb_hopfield *network, hebb_field_tables *tables, size_t first, size_t n,
                                int64_t *fields)
{
    const hebb_patterns *patterns = network->patterns;
    const uint16_t *slices = hebb_patterns_block(patterns, first, n, network->room);
    int32_t found[HEBB_BLOCK];
    if (tables->bound < HEBB_FIELD_BOUND) {
        hebb_field_tables_look_up(tables, n, slices, found);
        for (size_t k = 0; k < n; k++) fields[k] = found[k];
    } else {
        hebb_field_tables_add_up(patterns->n_patterns, network->overlaps, n, slices, fields);
    }
}

int64_t hebb_hopfield_energy_sum(const hebb_hopfield *network)
{
    int64_t sum = (int64_t)(network->patterns->n_patterns * network->patterns->n_neurons);
    for (size_t mu = 0; mu < network->patterns->n_patterns; mu++)
        sum -= (int64_t)network->overlaps[mu] * network->overlaps[mu];
    return sum;
}

double hebb_hopfield_energy(const hebb_hopfield *network)
{
    const double n = (double)network->patterns->n_neurons;
    return (double)hebb_hopfield_energy_sum(network) / (2.0 * n * n);
}

double hebb_hopfield_overlap(const hebb_hopfield *network, size_t pattern)
{
    return (double)network->overlaps[pattern] / (double)network->patterns->n_neurons;
}
