/*
 * The loops of Boltzmann machines in plain C, part of kernel_body.h.  A field is the bias and then the table entries, one
 * group after the other: the same additions in the same order in every kernel.
 */

/* table[b] = sum of the weights of the units that are on, b's bits, less that of the others where they are -1 */
LOOP void sum_four(const double weights[4], bool is_sign, double table[16], float rough[16])
{
    table[0] = is_sign ? -weights[0] : 0.0;
    table[1] = weights[0];
    for (int k = 1; k < 4; k++)
        for (int b = 0; b < 1 << k; b++) {
            table[b + (1 << k)] = table[b] + weights[k];
            if (is_sign) table[b] -= weights[k];
        }
    for (int b = 0; b < 16; b++) rough[b] = (float)table[b];
}

LOOP void chain_rows(size_t n_units, size_t n_words, const uint64_t *bits, size_t stride, uint32_t *rows)
{
    for (size_t first = 0; first < n_units; first += 32) {
        uint32_t *row = rows + first / 32 * stride;
        for (size_t c = 0; c < 64; c++) row[c] = 0;
        for (size_t k = 0; k < 32 && first + k < n_units; k++) {
            const uint64_t word = bits[(first + k) * n_words];
            for (size_t c = 0; c < 64; c++) row[c] |= (uint32_t)(word >> c & 1) << k;
        }
    }
}

/* fields[l] of 16 chains */
LOOP inline void add_groups(const hebb_gibbs_table *table, size_t stride, const uint32_t *rows, double fields[LANES])
{
    for (int l = 0; l < LANES; l++) fields[l] = table->bias;
    for (size_t g = 0; g < table->n_groups; g++) {
        const uint32_t *row = rows + table->groups[g] / 8 * stride;
        const unsigned shift = 4 * (table->groups[g] % 8);
        const double *sums = table->sums + 16 * g;
        for (int l = 0; l < LANES; l++) fields[l] += sums[row[l] >> shift & 15];
    }
}

/*
 * By how much scale times the rough field less the rough logit can be off from what double precision has.  S, the sum of
 * all sizes, bounds every partial sum: rounding n_groups + 1 numbers costs 2^-24 S, each of n_groups additions as much,
 * factor and product as much again, times scale: (n_groups + 3) 2^-24 scale S.  Twice that and more also has the next
 * order, 2^-6 of it for 2^20 units, and double precision's own roundings.  The logit is right to 3e-5.  Numbers below
 * 2^-126 add 2^-150 scale each: nothing.  No sum below 1e30 overflows, and a product that does has the right sign.
 * Infinite, so that nothing is decided, where S or scale are beyond that or are no numbers.
 */
LOOP inline float doubt_of(const hebb_gibbs_table *table, double scale)
{
    const double size = table->size + __builtin_fabs(table->bias);
    if (!(size < 1e30) || !(scale < 1e15) || !(scale > 1e-30)) return __builtin_inff();
    return (float)(4e-5 + scale * size * ((double)table->n_groups + 8.0) * 0x1p-23);
}

/* Which of 16 chains have their unit on next. */
LOOP uint64_t next_of_lanes(const hebb_gibbs_table *table, size_t stride, const uint32_t *rows,
                            const uint32_t random[LANES], double scale)
{
    double fields[LANES], limits[LANES];
    add_groups(table, stride, rows, fields);
    for (int l = 0; l < LANES; l++) {
        const double u = (double)random[l] + 0.5; /* times 2^-32, which the ratio does not see */
        limits[l] = fixed_log_ratio(u, 0x1p32 - u);
    }
    uint64_t on = 0;
    for (int l = 0; l < LANES; l++) on |= (uint64_t)(limits[l] < scale * fields[l]) << l;
    return on;
}

/* next_of says which of 16 chains have a unit on next. */
LOOP inline __attribute__((always_inline)) void
gibbs_four_with(uint64_t (*next_of)(const hebb_gibbs_table *table, size_t stride, const uint32_t *rows,
                                    const uint32_t random[LANES], double scale),
                const hebb_gibbs_four *four, hebb_philox noise, uint32_t sweep, double scale)
{
    for (size_t first = 0; first < four->n_chains; first += LANES) {
        uint32_t sites[LANES], drawn[4][LANES];
        for (uint32_t l = 0; l < LANES; l++) sites[l] = four->first_chain + (uint32_t)first + l;
        philox_lanes(noise, sweep, sites, four->first_unit / 4, drawn);
        const size_t left = four->n_chains - first;
        const uint64_t kept = left < LANES ? (UINT64_C(1) << left) - 1 : (UINT64_C(1) << LANES) - 1;
        for (size_t k = 0; k < 4; k++) {
            if (!(four->updated >> k & 1)) continue;
            const uint64_t on = next_of(four->tables + k, four->stride, four->rows + first, drawn[k], scale);
            uint32_t *row = four->rows + four->first_unit / 32 * four->stride + first;
            const unsigned at = (four->first_unit + k) % 32;
            for (int l = 0; l < LANES; l++) row[l] = (row[l] & ~(1u << at)) | ((uint32_t)on >> l & 1) << at;
            uint64_t *word = four->bits + k * four->n_words + first / 64;
            *word = (*word & ~(kept << first % 64)) | (on & kept) << first % 64;
        }
    }
}

LOOP void gibbs_four(const hebb_gibbs_four *four, hebb_philox noise, uint32_t sweep, double scale)
{
    gibbs_four_with(next_of_lanes, four, noise, sweep, scale);
}

LOOP void count_common(size_t n_rows, size_t n_words, size_t stride, const uint64_t *rows, const uint64_t *one,
                       uint64_t *counts)
{
    for (size_t r = 0; r < n_rows; r++) {
        uint64_t count = 0;
        for (size_t w = 0; w < n_words; w++) count += (uint64_t)__builtin_popcountll(rows[r * stride + w] & one[w]);
        counts[r] += count;
    }
}
