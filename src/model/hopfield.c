#include "hopfield.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t n_overlaps(const hebb_patterns *patterns)
{
    return 64 * patterns->words_per_neuron;
}

hebb_status hebb_hopfield_init(hebb_hopfield *network, const hebb_patterns *patterns)
{
    *network = (hebb_hopfield){.patterns = patterns,
                               .spins = malloc(patterns->n_neurons),
                               .overlaps = calloc(n_overlaps(patterns), sizeof(int32_t)),
                               .counters =
                                   calloc(patterns->words_per_neuron, HEBB_PATTERNS_COUNTER_PLANES * sizeof(uint64_t))};
    if (network->spins == NULL || network->overlaps == NULL || network->counters == NULL) {
        hebb_hopfield_free(network);
        return hebb_fail(HEBB_ENOMEM, "no memory for a network of %zu neurons", patterns->n_neurons);
    }
    memset(network->spins, 1, patterns->n_neurons);
    hebb_patterns_overlaps(patterns, network->spins, network->counters, network->overlaps);
    return HEBB_OK;
}

void hebb_hopfield_free(hebb_hopfield *network)
{
    free(network->spins);
    free(network->overlaps);
    free(network->counters);
    *network = (hebb_hopfield){0};
}

hebb_status hebb_hopfield_fit(hebb_patterns *patterns, hebb_hopfield *network, size_t n_neurons, size_t n_patterns)
{
    if (patterns->n_neurons == n_neurons && patterns->n_patterns == n_patterns) return HEBB_OK;
    hebb_hopfield_free(network);
    hebb_patterns_free(patterns);
    hebb_status status = hebb_patterns_init(patterns, n_neurons, n_patterns);
    if (status == HEBB_OK) status = hebb_hopfield_init(network, patterns);
    if (status != HEBB_OK) hebb_patterns_free(patterns);
    return status;
}

double hebb_hopfield_bytes(size_t n_neurons, size_t n_patterns)
{
    const double n_words = ceil((double)n_patterns / 64.0);
    return (double)n_neurons + n_words * (64.0 * sizeof(int32_t) + HEBB_PATTERNS_COUNTER_PLANES * sizeof(uint64_t));
}

void hebb_hopfield_start_at_pattern(hebb_hopfield *network, size_t pattern)
{
    for (size_t i = 0; i < network->patterns->n_neurons; i++)
        network->spins[i] = (int8_t)hebb_patterns_get(network->patterns, i, pattern);
    hebb_patterns_overlaps(network->patterns, network->spins, network->counters, network->overlaps);
}

void hebb_hopfield_start_at(hebb_hopfield *network, const int8_t *spins)
{
    memcpy(network->spins, spins, network->patterns->n_neurons);
    hebb_patterns_overlaps(network->patterns, network->spins, network->counters, network->overlaps);
}

int64_t hebb_hopfield_field(const hebb_hopfield *network, size_t neuron)
{
    const hebb_patterns *patterns = network->patterns;
    int64_t sum = -(int64_t)patterns->n_patterns * network->spins[neuron];
    for (size_t mu = 0; mu < patterns->n_patterns; mu++)
        sum += hebb_patterns_get(patterns, neuron, mu) * (int64_t)network->overlaps[mu];
    return sum;
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
