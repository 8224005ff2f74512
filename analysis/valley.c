#include "valley.h"

#include <stdio.h>
#include <stdlib.h>

static const double FARTHEST = 1.0 / 32.0;

/* The patterns of the largest overlaps: a place is found for each. */
static void find_largest(const hebb_hopfield *network, hebb_valley *valley)
{
    for (size_t mu = 0; mu < network->patterns->n_patterns; mu++) {
        int k = valley->n_patterns;
        while (k > 0 && abs(network->overlaps[mu]) > abs(network->overlaps[valley->patterns[k - 1]])) k--;
        if (k == HEBB_VALLEY_MOST) continue;
        valley->n_patterns += valley->n_patterns < HEBB_VALLEY_MOST;
        for (int l = valley->n_patterns - 1; l > k; l--) valley->patterns[l] = valley->patterns[l - 1];
        valley->patterns[k] = mu;
    }
    for (int k = 0; k < valley->n_patterns; k++) valley->signs[k] = network->overlaps[valley->patterns[k]] < 0 ? -1 : 1;
}

hebb_valley hebb_valley_of(const hebb_hopfield *network)
{
    const size_t n_neurons = network->patterns->n_neurons;
    hebb_valley valley = {0};
    size_t n_different[HEBB_VALLEY_MOST] = {0};
    find_largest(network, &valley);
    for (size_t i = 0; i < n_neurons; i++) {
        int sum = 0; /* of an odd number of signs where it is looked at */
        for (int k = 0; k < valley.n_patterns; k++) {
            sum += valley.signs[k] * hebb_patterns_get(network->patterns, i, valley.patterns[k]);
            n_different[k] += (sum > 0) != (network->spins[i] > 0);
        }
    }
    int nearest = 0;
    for (int k = 2; k < valley.n_patterns; k += 2)
        if (n_different[k] < n_different[nearest]) nearest = k;
    valley.distance = (double)n_different[nearest] / (double)n_neurons;
    valley.n = valley.distance <= FARTHEST ? nearest + 1 : 0;
    return valley;
}

const char *hebb_valley_name(const hebb_valley *valley, char text[HEBB_VALLEY_LENGTH])
{
    if (valley->n == 0)
        (void)snprintf(text, HEBB_VALLEY_LENGTH, "elsewhere");
    else if (valley->n == 1)
        (void)snprintf(text, HEBB_VALLEY_LENGTH, "%spattern %zu", valley->signs[0] < 0 ? "-" : "",
                       valley->patterns[0] + 1);
    else
        (void)snprintf(text, HEBB_VALLEY_LENGTH, "mixture of %d", valley->n);
    return text;
}
