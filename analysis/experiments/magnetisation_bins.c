#include "magnetisation_bins.h"

static hebb_magnetisation_bins make(long n, long per_bin)
{
    const long is_even = n % 2 == 0;
    const long below = is_even ? (n / 2 + per_bin / 2) / per_bin : (n - 1) / 2 / per_bin + 1; /* bins of M < 0 alone */
    return (hebb_magnetisation_bins){.n_spins = n,
                                     .per_bin = per_bin,
                                     .offset = below * per_bin + (is_even ? per_bin / 2 : 0),
                                     .n_bins = (size_t)(2 * below + is_even)};
}

hebb_magnetisation_bins hebb_magnetisation_bins_make(long n_spins, size_t max_bins)
{
    long per_bin = 1;
    while (make(n_spins, per_bin).n_bins > max_bins) per_bin += 2;
    return make(n_spins, per_bin);
}

size_t hebb_magnetisation_bins_find(const hebb_magnetisation_bins *bins, long M)
{
    const long half = M >= 0 ? M / 2 : -((1 - M) / 2);
    return (size_t)((half + bins->offset) / bins->per_bin);
}

long hebb_magnetisation_bins_values(const hebb_magnetisation_bins *bins, size_t bin, long *first)
{
    const long n = bins->n_spins;
    const long low = 2 * ((long)bin * bins->per_bin - bins->offset) + n % 2, high = low + 2 * (bins->per_bin - 1);
    *first = low < -n ? -n : low;
    return ((high > n ? n : high) - *first) / 2 + 1;
}
