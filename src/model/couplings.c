#include "couplings.h"

#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

enum { LANES = 32 };

static size_t stride_of(size_t n_neurons)
{
    return (n_neurons + LANES - 1) / LANES * LANES;
}

bool hebb_couplings_can_hold(size_t n_neurons, size_t n_patterns)
{
    return n_patterns <= HEBB_MAX_COUPLED_PATTERNS && n_neurons * n_patterns < HEBB_FIELD_BOUND;
}

double hebb_couplings_bytes(size_t n_neurons)
{
    return sizeof(int16_t) * (double)n_neurons * (double)stride_of(n_neurons);
}

/*
 * The whole square, each coupling twice: with so little work a product, turning the upper triangle over costs more.
 *
 * mine, others  in   room for a block each
 */
static void fill(hebb_couplings *couplings, const hebb_patterns *patterns, uint16_t *mine, uint16_t *others)
{
    const size_t n = patterns->n_neurons;
    for (size_t first = 0; first < n; first += HEBB_BLOCK) {
        const size_t n_rows = hebb_patterns_block_size(patterns, first);
        const uint16_t *row_slices = hebb_patterns_block(patterns, first, n_rows, mine);
        for (size_t column = 0; column < n; column += HEBB_BLOCK) {
            const size_t n_columns = hebb_patterns_block_size(patterns, column);
            const uint16_t *slices = hebb_patterns_block(patterns, column, n_columns, others);
            for (size_t k = 0; k < n_rows; k++)
                patterns->kernel->products(n_columns, patterns->n_patterns, patterns->n_words, slices, row_slices + k,
                                           couplings->rows + (first + k) * couplings->stride + column);
        }
    }
    for (size_t i = 0; i < n; i++) couplings->rows[i * couplings->stride + i] = 0;
}

hebb_status hebb_couplings_init(hebb_couplings *couplings, const hebb_patterns *patterns)
{
    const size_t n = patterns->n_neurons, p = patterns->n_patterns;
    *couplings = (hebb_couplings){0};
    if (p > HEBB_MAX_COUPLED_PATTERNS)
        return hebb_fail(HEBB_EDOM, "%zu patterns: stored couplings hold at most %d", p, HEBB_MAX_COUPLED_PATTERNS);
    if (!hebb_couplings_can_hold(n, p))
        return hebb_fail(HEBB_EDOM, "%zu patterns of %zu neurons: too many for stored couplings", p, n);
    char what[80];
    snprintf(what, sizeof what, "couplings of %zu neurons", n);
    hebb_status status = hebb_memory_check(what, hebb_couplings_bytes(n), 1);
    if (status != HEBB_OK) return status;
    const size_t room_bytes = hebb_patterns_block_room(p) * sizeof(uint16_t);
    uint16_t *mine = hebb_memory_zeroed(room_bytes), *others = hebb_memory_zeroed(room_bytes);
    int16_t *rows = hebb_memory_zeroed((size_t)hebb_couplings_bytes(n));
    if (mine == NULL || others == NULL || rows == NULL) {
        free(rows);
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory", what);
    } else {
        *couplings = (hebb_couplings){n, stride_of(n), rows};
        fill(couplings, patterns, mine, others);
    }
    free(mine);
    free(others);
    return status;
}

void hebb_couplings_free(hebb_couplings *couplings)
{
    free(couplings->rows);
    *couplings = (hebb_couplings){0};
}
