/*
 * Flips of the AVX-512 kernel.  A flip is not felt by the neurons after it at once: it waits, and those that wait are
 * felt by 32 neurons together, when one of these can no longer be decided without them.  What waits is merged: k signs,
 * k < 2^B, c of them +1, add up to v = 2 c - k in binary digits d_b,
 *
 *   k odd:   v = sum_{b<B} 2^b eps_b,  eps_b = 2 d_b - 1                  d: digits of c + (2^B - 1 - k) / 2
 *   k even:  v = 2 sum_{b<B-1} 2^b d_b - 2^B d_{B-1}                      d: two's complement of c - k / 2
 *
 * so that sum_mu xi^mu v^mu costs B counts of bits, of those that differ, or of those that both have.  The padding is
 * patterns of -1 everywhere, which are taken off again.
 */

enum {
    MOST_DIGITS = 4,
    MOST_WAITING = (1 << MOST_DIGITS) - 1,
    AT_A_TIME = 96 /* words: 16 x 96 x MOST_WAITING fits 15 bits */
};
_Static_assert((int)MOST_WAITING <= (int)HEBB_SCAN_ROWS, "a row of room for each");

typedef struct {
    const hebb_scan *block;
    hebb_flips *made;
    int32_t *overlaps;
    size_t n_waiting,
        stride; /* rows in the room, each negated where the spin went down, and words from one to the next */
    int32_t n_up[MOST_WAITING]; /* bits set in each */
    int32_t slack[HEBB_BLOCK];  /* s_k F_k - c_k, without those that wait */
} scan_state;

/* Digits of merged rows: digit b of 16 patterns twice in each of digits[b][w]. */
typedef struct {
    _Alignas(64) uint32_t digits[MOST_DIGITS][AT_A_TIME];
} merged_rows;

/* n words of n_rows rows, n_rows < 2^n_digits. */
LOOP inline void merge_rows(int n_digits, size_t n_rows, const uint16_t *rows, size_t stride, size_t n,
                            merged_rows *merged)
{
    const int k = (int)n_rows, beside = k % 2 != 0 ? ((1 << n_digits) - 1 - k) / 2 : -k / 2;
    for (size_t w = 0; w < n; w += TILE) {
        __m512i digits[MOST_DIGITS];
        UNROLLED
        for (int b = 0; b < n_digits; b++) digits[b] = _mm512_set1_epi32(-(beside >> b & 1));
        for (size_t a = 0; a < n_rows; a++) {
            __m512i carry = load(rows + a * stride + w);
            UNROLLED
            for (int b = 0; b < n_digits; b++) {
                const __m512i both = _mm512_and_si512(digits[b], carry);
                digits[b] = _mm512_xor_si512(digits[b], carry);
                carry = both;
            }
        }
        UNROLLED
        for (int b = 0; b < n_digits; b++) {
            const __m512i lower = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(digits[b]));
            const __m512i upper = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(digits[b], 1));
            _mm512_store_si512(merged->digits[b] + w, _mm512_or_si512(lower, _mm512_slli_epi32(lower, 16)));
            _mm512_store_si512(merged->digits[b] + w + 16, _mm512_or_si512(upper, _mm512_slli_epi32(upper, 16)));
        }
    }
}

/*
 * counts += sum_b +-2^b (bits in which 32 neurons' n words differ from digit b, or which both have), - for the last
 * digit of an even number of rows
 */
LOOP inline void count_bits_of(int n_digits, bool even, size_t n, const uint16_t *words, const merged_rows *merged,
                               __m512i counts[2])
{
    __m512i sums[MOST_DIGITS];
    UNROLLED
    for (int b = 0; b < n_digits; b++) sums[b] = _mm512_setzero_si512();
    for (size_t w = 0; w < n; w += HEBB_UNIT_WORDS) {
        UNROLLED
        for (size_t v = w; v < w + HEBB_UNIT_WORDS; v++) {
            const __m512i word = load(words + v * HEBB_BLOCK);
            UNROLLED
            for (int b = 0; b < n_digits; b++) {
                const __m512i digit = _mm512_set1_epi32((int)merged->digits[b][v]);
                const __m512i bits = even ? _mm512_and_si512(word, digit) : _mm512_xor_si512(word, digit);
                sums[b] = _mm512_add_epi16(sums[b], _mm512_popcnt_epi16(bits));
            }
        }
    }
    __m512i sum = sums[0];
    UNROLLED
    for (int b = 1; b < n_digits; b++) {
        const __m512i weighted = _mm512_slli_epi16(sums[b], (unsigned)b);
        sum = even && b == n_digits - 1 ? _mm512_sub_epi16(sum, weighted) : _mm512_add_epi16(sum, weighted);
    }
    counts[0] = _mm512_add_epi32(counts[0], _mm512_cvtepi16_epi32(_mm512_castsi512_si256(sum)));
    counts[1] = _mm512_add_epi32(counts[1], _mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(sum, 1)));
}

LOOP inline void count_merged(int n_digits, bool even, const scan_state *state, size_t first_row, size_t tile,
                              __m512i counts[2])
{
    const hebb_scan *block = state->block;
    const uint16_t *rows = block->room + first_row * state->stride;
    for (size_t w = 0; w < block->n_words; w += AT_A_TIME) {
        const size_t n = block->n_words - w < AT_A_TIME ? block->n_words - w : AT_A_TIME;
        merged_rows merged;
        merge_rows(n_digits, state->n_waiting - first_row, rows + w, state->stride, n, &merged);
        count_bits_of(n_digits, even, n, block->slices + w * HEBB_BLOCK + TILE * tile, &merged, counts);
    }
}

/* Binary digits of a number of rows. */
LOOP inline int digits_of(size_t n_rows)
{
    return 32 - __builtin_clz((unsigned)n_rows);
}

/* slack[j] += 2 s_j (factor counts[j] + base) for a tile, s_j = -1 where `down` has a bit; joined, if the block is. */
LOOP inline void change_slack(const hebb_scan *block, int32_t factor, int32_t base, uint32_t down, __m512i counts[2],
                              int32_t *slack)
{
    UNROLLED
    for (int h = 0; h < 2; h++) {
        const __m512i sums = _mm512_mullo_epi32(counts[h], _mm512_set1_epi32(2 * factor));
        counts[h] = _mm512_add_epi32(sums, _mm512_set1_epi32(2 * base));
    }
    if (block->join != NULL) {
        int32_t changes[TILE];
        _mm512_storeu_si512(changes, counts[0]);
        _mm512_storeu_si512(changes + 16, counts[1]);
        block->join(block->join_context, TILE, changes);
        counts[0] = load(changes);
        counts[1] = load(changes + 16);
    }
    UNROLLED
    for (int h = 0; h < 2; h++) {
        const __mmask16 turned = (__mmask16)(down >> 16 * h);
        const __m512i change = _mm512_mask_sub_epi32(counts[h], turned, _mm512_setzero_si512(), counts[h]);
        _mm512_storeu_si512(slack + 16 * h, _mm512_add_epi32(load(slack + 16 * h), change));
    }
}

/* slack[j] += 2 s_j sum_mu xi_j^mu v^mu for a tile, v of the rows that wait, from row `from` on. */
LOOP void correct_tile(scan_state *state, size_t from, size_t tile)
{
    const hebb_scan *block = state->block;
    const size_t n_rows = state->n_waiting - from, left = block->n - TILE * tile;
    const __mmask32 in_block = left < TILE ? (1u << left) - 1 : ~0u;
    const uint32_t down = (uint32_t)_mm256_movepi8_mask(_mm256_maskz_loadu_epi8(in_block, block->spins + TILE * tile));
    const int32_t padded = 16 * (int32_t)block->n_words, n_padding = padded - (int32_t)block->n_patterns;
    const int8_t *changes = state->made->changes + state->made->n - state->n_waiting;
    __m512i counts[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()};
    int32_t *slack = state->slack + TILE * tile, all_up = 0, base = 0, factor = 4;
    for (size_t a = from; a < state->n_waiting; a++) {
        base -= changes[a] / 2 * n_padding;
        all_up += 2 * state->n_up[a] - padded; /* sum_mu v^mu */
    }
    switch (n_rows) {
    case 1:
        count_merged(1, false, state, from, tile, counts);
        break;
    case 2:
        count_merged(2, true, state, from, tile, counts);
        break;
    case 3:
        count_merged(2, false, state, from, tile, counts);
        break;
    case 4:
    case 6:
        count_merged(3, true, state, from, tile, counts);
        break;
    case 5:
    case 7:
        count_merged(3, false, state, from, tile, counts);
        break;
    default:
        if (n_rows % 2 == 0)
            count_merged(4, true, state, from, tile, counts);
        else
            count_merged(4, false, state, from, tile, counts);
    }
    if (n_rows % 2 != 0) {
        base += ((1 << digits_of(n_rows)) - 1) * padded;
        factor = -2;
    } else {
        base -= all_up;
    }
    change_slack(block, factor, base, down, counts, slack);
}

/* overlaps += 2 v of the rows that wait */
LOOP inline void add_merged(int n_digits, const scan_state *state)
{
    const hebb_scan *block = state->block;
    const bool even = state->n_waiting % 2 == 0;
    const __m512i least = _mm512_set1_epi32(even ? 0 : -2 * ((1 << n_digits) - 1));
    const __m512i last = _mm512_set1_epi32(even ? -(2 << n_digits) : 2 << n_digits);
    for (size_t w = 0; w < block->n_words; w += AT_A_TIME) {
        const size_t n = block->n_words - w < AT_A_TIME ? block->n_words - w : AT_A_TIME;
        int32_t *overlaps = state->overlaps + 16 * w;
        merged_rows merged;
        merge_rows(n_digits, state->n_waiting, block->room + w, state->stride, n, &merged);
        for (size_t v = 0; v < n; v++, overlaps += 16) {
            __m512i sum = _mm512_add_epi32(load(overlaps), least);
            UNROLLED
            for (int b = 0; b < n_digits - 1; b++)
                sum = _mm512_mask_add_epi32(sum, (__mmask16)merged.digits[b][v], sum, _mm512_set1_epi32(4 << b));
            sum = _mm512_mask_add_epi32(sum, (__mmask16)merged.digits[n_digits - 1][v], sum, last);
            _mm512_storeu_si512(overlaps, sum);
        }
    }
}

/* No row waits any longer: the overlaps have them. */
LOOP void add_waiting(scan_state *state)
{
    if (state->n_waiting == 0) return;
    switch (digits_of(state->n_waiting)) {
    case 1:
        add_merged(1, state);
        break;
    case 2:
        add_merged(2, state);
        break;
    case 3:
        add_merged(3, state);
        break;
    default:
        add_merged(4, state);
        break;
    }
    state->n_waiting = 0;
}

/* Neuron k's words, side by side; negated where `mask` is all ones.  Returns how many bits are set. */
LOOP inline int32_t take_row(const hebb_scan *block, size_t k, uint64_t mask, uint16_t *row)
{
    const uint16_t *words = block->slices + k;
    int32_t n_up = 0;
    size_t w = 0;
    for (; w + 4 <= block->n_words; w += 4, words += 4 * HEBB_BLOCK) {
        const uint64_t lower = words[0] | (uint64_t)words[HEBB_BLOCK] << 16;
        const uint64_t upper = words[2 * HEBB_BLOCK] | (uint64_t)words[3 * HEBB_BLOCK] << 16;
        const uint64_t four = (lower | upper << 32) ^ mask;
        memcpy(row + w, &four, sizeof four);
        n_up += __builtin_popcountll(four);
    }
    for (; w < block->n_words; w++, words += HEBB_BLOCK) {
        row[w] = (uint16_t)(*words ^ mask);
        n_up += __builtin_popcount(row[w]);
    }
    return n_up;
}

LOOP inline void flip_neuron(scan_state *state, size_t k)
{
    const bool up = state->block->spins[k] < 0;
    const size_t row = state->n_waiting++;
    state->made->which[state->made->n] = (uint16_t)k;
    state->made->changes[state->made->n++] = up ? 2 : -2;
    state->n_up[row] = take_row(state->block, k, up ? 0 : ~UINT64_C(0), state->block->room + row * state->stride);
}

LOOP inline uint32_t at_most(const int32_t *slack, int32_t bound)
{
    const __m512i bounds = _mm512_set1_epi32(bound);
    return _mm512_cmple_epi32_mask(load(slack), bounds) | (uint32_t)_mm512_cmple_epi32_mask(load(slack + 16), bounds)
                                                              << 16;
}

/* Makes room for more rows in the middle of a tile that has not felt those from `felt` on. */
LOOP void clear_waiting(scan_state *state, size_t tile, size_t felt)
{
    if (!state->block->at_once)
        for (size_t t = tile; TILE * t < state->block->n; t++)
            if (state->n_waiting > (t == tile ? felt : 0)) correct_tile(state, t == tile ? felt : 0, t);
    add_waiting(state);
}

LOOP inline void scan_tile(scan_state *state, size_t tile)
{
    const size_t left = state->block->n - TILE * tile;
    const int32_t reach_of_one = state->block->at_once ? 0 : 2 * (int32_t)state->block->n_patterns_in_all;
    const int32_t *slack = state->slack + TILE * tile;
    uint32_t to_do = left < TILE ? (1u << left) - 1 : ~0u;
    size_t felt = 0; /* so many of the waiting rows */
    for (;;) {
        const int32_t reach = reach_of_one * (int32_t)(state->n_waiting - felt);
        const uint32_t near = at_most(slack, reach) & to_do;
        if (near == 0) return;
        if ((at_most(slack, -reach) & near & -near) == 0) { /* the next one might flip or not */
            correct_tile(state, felt, tile);
            felt = state->n_waiting;
            to_do &= -(near & -near);
            continue;
        }
        flip_neuron(state, TILE * tile + (size_t)__builtin_ctz(near));
        to_do &= -(near & -near) << 1;
        if (state->n_waiting < MOST_WAITING) continue;
        clear_waiting(state, tile, felt);
        felt = 0;
    }
}

LOOP void scan_by_tiles(const hebb_scan *block, hebb_flips *made, int32_t *overlaps)
{
    scan_state state;
    state.block = block;
    state.made = made;
    state.overlaps = overlaps;
    state.n_waiting = 0;
    state.stride = (block->n_words + TILE - 1) / TILE * TILE;
    made->n = 0;
    find_slack(block->n, block->spins, block->fields, block->limits, state.slack);
    for (size_t tile = 0; TILE * tile < block->n; tile++) scan_tile(&state, tile);
    add_waiting(&state);
}
