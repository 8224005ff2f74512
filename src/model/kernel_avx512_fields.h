/*
 * fields of the AVX-512 kernel: a group of 6 patterns has 64 partial sums of 16 bits in two registers, which vpermi2w
 * looks up for 32 neurons at once; it reads the lower 6 bits of each 16-bit lane and ignores the rest, so the words
 * need shifting but no masking.
 */

enum {
    GROUP = 6,                    /* patterns a look-up */
    N_GROUPS = HEBB_UNIT / GROUP, /* in a unit */
    GROUP_BYTES = 128,            /* 64 entries */
    GROUP_UNIT = N_GROUPS * GROUP_BYTES,
    UNIT_STRIDE = HEBB_UNIT_WORDS * HEBB_BLOCK, /* words of a block's unit */
    AHEAD = 16384,                              /* bytes of slices fetched ahead of their use, to the second cache */
    SOON = 3072                                 /* and to the first */
};

/* The table of one group, two registers. */
typedef struct {
    __m512i low, high;
} group_table;

LOOP inline __m512i look_up(group_table table, __m512i indices)
{
    return _mm512_permutex2var_epi16(table.low, indices, table.high);
}

/* What a unit's tables are made of: the sums of three numbers at a time, entry b with the signs of the bits in b. */
enum { TRIPLES = HEBB_UNIT / 3 };
typedef struct {
    _Alignas(64) int16_t sums[TRIPLES][8];
} table_terms;

/* 16-bit lanes a run, a run of them */
LOOP inline __m512i eight_lanes_each(int16_t a, int16_t b, int16_t c, int16_t d)
{
    const __m256i lower = _mm256_set_m128i(_mm_set1_epi16(b), _mm_set1_epi16(a));
    return _mm512_inserti64x4(_mm512_castsi256_si512(lower), _mm256_set_m128i(_mm_set1_epi16(d), _mm_set1_epi16(c)), 1);
}

LOOP inline void find_terms(const int16_t numbers[HEBB_UNIT], table_terms *terms)
{
    const __m512i signs[3] = {_mm512_set1_epi32(0x0001FFFF), _mm512_set1_epi64(0x00010001FFFFFFFF),
                              _mm512_set4_epi32(0x00010001, 0x00010001, -1, -1)};
    const __m512i first = eight_lanes_each(0, 3, 6, 9), front = load(numbers);
    const __m512i back = _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)(const void *)(numbers + 32)));
    UNROLLED
    for (int t = 0; t < TRIPLES; t += 4) {
        __m512i sum[3];
        UNROLLED
        for (int j = 0; j < 3; j++) {
            const __m512i which = _mm512_add_epi16(first, _mm512_set1_epi16((int16_t)(3 * t + j)));
            sum[j] = _mm512_mullo_epi16(_mm512_permutex2var_epi16(front, which, back), signs[j]);
        }
        _mm512_store_si512(terms->sums[t], _mm512_add_epi16(_mm512_add_epi16(sum[0], sum[1]), sum[2]));
    }
}

LOOP inline __m512i eight_sums(const int16_t sums[8])
{
    return _mm512_broadcast_i32x4(_mm_load_si128((const __m128i *)(const void *)sums));
}

/* Entry b is the sum of group g's numbers, each with the sign of its bit in b: two sums of three. */
LOOP inline group_table make_table(const table_terms *terms, int g)
{
    const __m512i low = eight_lanes_each(0x0100, 0x0302, 0x0504, 0x0706), four = _mm512_set1_epi8(8);
    const __m512i lower = eight_sums(terms->sums[2 * g]), upper = eight_sums(terms->sums[2 * g + 1]);
    return (group_table){_mm512_add_epi16(lower, _mm512_shuffle_epi8(upper, low)),
                         _mm512_add_epi16(lower, _mm512_shuffle_epi8(upper, _mm512_add_epi8(low, four)))};
}

/* tables  out  may be NULL */
LOOP inline void make_tables(const table_terms *terms, char *tables, group_table group[N_GROUPS])
{
    UNROLLED
    for (int g = 0; g < N_GROUPS; g++) {
        group[g] = make_table(terms, g);
        if (tables == NULL) continue;
        _mm512_storeu_si512(tables + GROUP_BYTES * g, group[g].low);
        _mm512_storeu_si512(tables + GROUP_BYTES * g + 64, group[g].high);
    }
}

/*
 * The terms of the next units, some units at a time: what was stored long enough ago is read again without delay, and
 * from memory a broadcast costs no shuffle.
 */
enum { TERMS_TOGETHER = 16 };

LOOP inline const table_terms *next_terms(const hebb_table_segment *segment, size_t unit, table_terms *terms)
{
    const size_t place = unit % TERMS_TOGETHER;
    if (place == 0)
        for (size_t u = 0; u < TERMS_TOGETHER && unit + u < segment->n_units; u++)
            find_terms(segment->numbers + (unit + u) * HEBB_UNIT, terms + u);
    __asm__ volatile("" : : "r"(terms) : "memory");
    return terms + place;
}

LOOP inline void load_tables(const char *tables, group_table group[N_GROUPS])
{
    UNROLLED
    for (int g = 0; g < N_GROUPS; g++)
        group[g] = (group_table){load(tables + GROUP_BYTES * g), load(tables + GROUP_BYTES * g + 64)};
}

/* The groups' indices for 32 neurons: bits 0, 6, 12 ... 42 of the 48 in three words. */
LOOP inline void take_indices(const uint16_t *words, __m512i index[N_GROUPS])
{
    const __m512i first = load(words), second = load(words + HEBB_BLOCK), third = load(words + 2 * HEBB_BLOCK);
    index[0] = first;
    index[1] = _mm512_srli_epi16(first, 6);
    index[2] = _mm512_shrdi_epi16(first, second, 12);
    index[3] = _mm512_srli_epi16(second, 2);
    index[4] = _mm512_shrdi_epi16(second, third, 8);
    index[5] = _mm512_srli_epi16(index[4], 6);
    index[6] = _mm512_srli_epi16(third, 4);
    index[7] = _mm512_srli_epi16(third, 10);
}

LOOP inline void add_unit(size_t n_tiles, const uint16_t *words, const group_table group[N_GROUPS],
                          __m512i sums[MAX_TILES])
{
    for (size_t t = 0; t < n_tiles; t++) {
        __m512i index[N_GROUPS];
        for (int w = 0; w < HEBB_UNIT_WORDS; w++)
            _mm_prefetch((const char *)(words + w * HEBB_BLOCK + TILE * t) + AHEAD, _MM_HINT_T1);
        take_indices(words + TILE * t, index);
        const __m512i a = _mm512_add_epi16(look_up(group[0], index[0]), look_up(group[1], index[1]));
        const __m512i b = _mm512_add_epi16(look_up(group[2], index[2]), look_up(group[3], index[3]));
        const __m512i c = _mm512_add_epi16(look_up(group[4], index[4]), look_up(group[5], index[5]));
        const __m512i d = _mm512_add_epi16(look_up(group[6], index[6]), look_up(group[7], index[7]));
        sums[t] = _mm512_add_epi16(sums[t], _mm512_add_epi16(_mm512_add_epi16(a, b), _mm512_add_epi16(c, d)));
    }
}

/* fields += 2^shift sums, or = for the first segment; the sums start again at 0. */
LOOP inline void widen(size_t n_tiles, int shift, bool is_first, __m512i sums[MAX_TILES], int32_t *fields)
{
    const __m128i places = _mm_cvtsi32_si128(shift);
    for (size_t t = 0; t < n_tiles; t++, fields += TILE) {
        __m512i lower = _mm512_sll_epi32(_mm512_cvtepi16_epi32(_mm512_castsi512_si256(sums[t])), places);
        __m512i upper = _mm512_sll_epi32(_mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(sums[t], 1)), places);
        if (!is_first) {
            lower = _mm512_add_epi32(lower, load(fields));
            upper = _mm512_add_epi32(upper, load(fields + 16));
        }
        _mm512_storeu_si512(fields, lower);
        _mm512_storeu_si512(fields + 16, upper);
        sums[t] = _mm512_setzero_si512();
    }
}

LOOP void fields_by_groups_from(size_t first_segment, size_t n, const uint16_t *slices, const hebb_table_plan *plan,
                                int32_t *fields)
{
    const size_t n_tiles = (n + TILE - 1) / TILE;
    __m512i sums[MAX_TILES];
    table_terms terms[TERMS_TOGETHER];
    for (size_t t = 0; t < n_tiles; t++) sums[t] = _mm512_setzero_si512();
    for (size_t s = first_segment; s < plan->n_segments; s++) {
        const hebb_table_segment *segment = plan->segments + s;
        for (size_t u = 0; u < segment->n_units; u++) {
            const uint16_t *words = slices + (size_t)segment->units[u] * UNIT_STRIDE;
            group_table group[N_GROUPS];
            if (plan->are_filled)
                load_tables(segment->tables + u * GROUP_UNIT, group);
            else
                make_tables(next_terms(segment, u, terms), plan->are_passing ? NULL : segment->tables + u * GROUP_UNIT,
                            group);
            add_unit(n_tiles, words, group, sums);
        }
        widen(n_tiles, segment->shift, s == 0, sums, fields);
    }
}

/*
 * ---- a whole block of 8 tiles: its sums stay in registers ----
 *
 * Zen 4 hands vector instructions to two schedulers by turns, and makes a look-up a cycle only if both get as many of
 * them: so look-ups and additions come in fours or eights, not alternately, which the empty asm statements are for.
 */

LOOP inline void add_in_place(__m512i *sum, __m512i x)
{
    __asm__ volatile("vpaddw %1, %0, %0" : "+v"(*sum) : "v"(x)); /* left to itself, GCC moves sums back and forth */
}

/* fields += sums; of a tile the even neurons come first here, then the odd ones */
LOOP inline void add_to_fields(const __m512i sums[MAX_TILES], int32_t *fields)
{
    const __m512i even = _mm512_set1_epi32(1), odd = _mm512_set1_epi32(1 << 16);
    UNROLLED
    for (int t = 0; t < MAX_TILES; t++, fields += TILE) {
        _mm512_storeu_si512(fields, _mm512_dpwssd_epi32(load(fields), sums[t], even));
        _mm512_storeu_si512(fields + 16, _mm512_dpwssd_epi32(load(fields + 16), sums[t], odd));
    }
}

/* Puts a tile's fields into their order. */
LOOP inline void interleave(int32_t *fields)
{
    const __m512i lower = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    const __m512i even = load(fields), odd = load(fields + 16);
    _mm512_storeu_si512(fields, _mm512_permutex2var_epi32(even, lower, odd));
    _mm512_storeu_si512(fields + 16,
                        _mm512_permutex2var_epi32(even, _mm512_add_epi32(lower, _mm512_set1_epi32(8)), odd));
}

/* x >> places by a multiplication, which other units do: half of the shifts relieve those that shift and look up. */
LOOP inline __m512i shift_elsewhere(__m512i x, int places)
{
    return _mm512_mulhi_epu16(x, _mm512_set1_epi16((int16_t)(1 << (16 - places))));
}

/* The indices of half a unit's groups for 32 neurons: bits 0, 6, 12, 18, or 24, 30, 36, 42. */
LOOP inline void take_half(int half, const uint16_t *words, __m512i index[N_GROUPS / 2])
{
    __m512i first = load(words + half * HEBB_BLOCK), second = load(words + (half + 1) * HEBB_BLOCK);
    __asm__ volatile("" : "+v"(first), "+v"(second)); /* loaded once */
    if (half == 0) {
        index[0] = first;
        index[1] = shift_elsewhere(first, 6);
        index[2] = _mm512_shrdi_epi16(first, second, 12);
        index[3] = _mm512_srli_epi16(second, 2);
    } else {
        index[0] = _mm512_shrdi_epi16(first, second, 8);
        index[1] = shift_elsewhere(index[0], 6);
        index[2] = _mm512_srli_epi16(second, 4);
        index[3] = _mm512_srli_epi16(second, 10);
    }
}

/* Three of a unit's 24 lines, from memory towards the second cache and from there towards the first. */
LOOP inline void fetch_three(const uint16_t *words)
{
    UNROLLED
    for (int line = 0; line < 3; line++) {
        _mm_prefetch((const char *)(words + TILE * line) + AHEAD, _MM_HINT_T1);
        _mm_prefetch((const char *)(words + TILE * line) + SOON, _MM_HINT_T0);
    }
}

/* Adds half a unit's groups, whose tables and the sums together fit the registers. */
LOOP inline void add_half(int half, const uint16_t *words, const char *tables, __m512i sums[MAX_TILES])
{
    group_table group[N_GROUPS / 2];
    UNROLLED
    for (int g = 0; g < N_GROUPS / 2; g++) {
        const char *table = tables + GROUP_BYTES * (N_GROUPS / 2 * half + g);
        group[g] = (group_table){load(table), load(table + 64)};
    }
    UNROLLED
    for (int t = 0; t < MAX_TILES; t += 2) {
        __m512i one[N_GROUPS / 2], other[N_GROUPS / 2];
        fetch_three(words + TILE * 3 * (MAX_TILES / 2 * half + t / 2));
        take_half(half, words + TILE * t, one);
        take_half(half, words + TILE * (t + 1), other);
        UNROLLED
        for (int g = 0; g < N_GROUPS / 2; g++) {
            one[g] = look_up(group[g], one[g]);
            other[g] = look_up(group[g], other[g]);
        }
        __asm__ volatile("" : "+v"(one[0]), "+v"(one[1]), "+v"(one[2]), "+v"(one[3]));         /* eight look-ups */
        __asm__ volatile("" : "+v"(other[0]), "+v"(other[1]), "+v"(other[2]), "+v"(other[3])); /* eight additions */
        UNROLLED
        for (int g = 0; g < N_GROUPS / 2; g++) {
            add_in_place(&sums[t], one[g]);
            add_in_place(&sums[t + 1], other[g]);
        }
    }
}

LOOP void fields_of_block(const uint16_t *slices, const hebb_table_plan *plan, int32_t *fields)
{
    size_t s = 0;
    const uint16_t *words = slices;
    memset(fields, 0, sizeof(int32_t[HEBB_BLOCK]));
    for (; s < plan->n_segments && plan->segments[s].shift == 0; s++) {
        const hebb_table_segment *segment = plan->segments + s;
        __m512i sums[MAX_TILES];
        UNROLLED
        for (int t = 0; t < MAX_TILES; t++) sums[t] = _mm512_setzero_si512();
        ROLLED
        for (size_t u = 0; u < segment->n_units; u++, words += UNIT_STRIDE) {
            char *tables = segment->tables + u * GROUP_UNIT;
            add_half(0, words, tables, sums);
            add_half(1, words, tables, sums);
        }
        add_to_fields(sums, fields);
    }
    for (size_t t = 0; t < MAX_TILES; t++) interleave(fields + TILE * t);
    fields_by_groups_from(s, HEBB_BLOCK, slices, plan, fields);
}

LOOP void fill_segments(const hebb_table_plan *plan)
{
    table_terms terms[TERMS_TOGETHER];
    for (size_t s = 0; s < plan->n_segments && plan->segments[s].shift == 0; s++)
        for (size_t u = 0; u < plan->segments[s].n_units; u++) {
            group_table group[N_GROUPS];
            make_tables(next_terms(plan->segments + s, u, terms), plan->segments[s].tables + u * GROUP_UNIT, group);
        }
}

/* Tables that nobody will look at again never leave the registers. */
LOOP void fields_by_groups(size_t n, const uint16_t *slices, const hebb_table_plan *plan, int32_t *fields)
{
    if (n <= HEBB_BLOCK - TILE || (plan->are_passing && !plan->are_filled)) {
        fields_by_groups_from(0, n, slices, plan, fields);
        return;
    }
    if (!plan->are_filled) fill_segments(plan);
    fields_of_block(slices, plan, fields);
}

/* ---- several networks ---- */

enum {
    RUN = 4,      /* the most units whose indices are taken at a time: 16 KiB */
    FEWEST = 6,   /* networks for which it pays to take indices apart */
    FAR = 1 << 19 /* bytes of tables that stay in the second cache beside the slices */
};

typedef __m512i unit_indices[N_GROUPS][MAX_TILES];

/* One network's way through the units. */
typedef struct {
    const int16_t *numbers; /* of the unit that is next, its table, and what its sums reach */
    char *tables;
    const uint32_t *reach;
    int32_t *fields; /* of a tile the even neurons, then the odd ones */
} walk;

/* Looks one group up for two networks: an index loaded serves both. */
LOOP inline void add_group_twice(const __m512i index[MAX_TILES], const char *tables_a, const char *tables_b,
                                 __m512i sums_a[MAX_TILES], __m512i sums_b[MAX_TILES])
{
    const group_table table_a = {load(tables_a), load(tables_a + 64)};
    const group_table table_b = {load(tables_b), load(tables_b + 64)};
    UNROLLED
    for (int t = 0; t < MAX_TILES; t += 2) {
        __m512i first = index[t], second = index[t + 1];
        __asm__ volatile("" : "+v"(first), "+v"(second)); /* one load for both */
        __m512i first_a = look_up(table_a, first), second_a = look_up(table_a, second);
        __m512i first_b = look_up(table_b, first), second_b = look_up(table_b, second);
        __asm__ volatile("" : "+v"(first_a), "+v"(second_a), "+v"(first_b), "+v"(second_b)); /* in this order */
        add_in_place(&sums_a[t], first_a);
        add_in_place(&sums_a[t + 1], second_a);
        add_in_place(&sums_b[t], first_b);
        add_in_place(&sums_b[t + 1], second_b);
    }
}

/* What a pair of networks fetches towards the second cache, beside its own tables of the next units: a line a group. */
typedef struct {
    bool is_on;
    const char *slices;
} fetching;

LOOP inline void fetch_tables(const walk *at, size_t g)
{
    _mm_prefetch(at->tables + GROUP_BYTES * g, _MM_HINT_T1);
    _mm_prefetch(at->tables + GROUP_BYTES * g + 64, _MM_HINT_T1);
}

/* Some units, whose sums stay within 16 bits, for two networks. */
LOOP inline void add_run(size_t n_units, const unit_indices *index, fetching fetch, walk *a, walk *b)
{
    __m512i sums_a[MAX_TILES], sums_b[MAX_TILES];
    UNROLLED
    for (int t = 0; t < MAX_TILES; t++) sums_a[t] = sums_b[t] = _mm512_setzero_si512();
    const __m512i *indices = index[0][0];
    const char *tables_a = a->tables, *tables_b = b->tables;
    a->tables += n_units * GROUP_UNIT;
    b->tables += n_units * GROUP_UNIT;
    ROLLED
    for (size_t g = 0; g < n_units * N_GROUPS; g++, indices += MAX_TILES) {
        if (fetch.is_on) {
            _mm_prefetch(fetch.slices + 64 * g, _MM_HINT_T1);
            fetch_tables(a, g);
            fetch_tables(b, g);
        }
        add_group_twice(indices, tables_a + GROUP_BYTES * g, tables_b + GROUP_BYTES * g, sums_a, sums_b);
    }
    add_to_fields(sums_a, a->fields);
    add_to_fields(sums_b, b->fields);
}

LOOP inline bool is_narrow(size_t n_units, walk *at)
{
    uint32_t reach = 0;
    for (size_t u = 0; u < n_units; u++) reach += *at->reach++;
    return reach <= HEBB_NARROW;
}

LOOP void add_indexed(size_t n_units, const unit_indices *index, fetching fetch, walk *a, walk *b)
{
    const bool a_is_narrow = is_narrow(n_units, a), b_is_narrow = is_narrow(n_units, b);
    const size_t step = a_is_narrow && b_is_narrow ? n_units : 1;
    for (size_t u = 0; u < n_units; u += step, fetch.slices += 64 * N_GROUPS * step)
        if (fetch.is_on)
            add_run(step, index + u, (fetching){true, fetch.slices}, a, b);
        else
            add_run(step, index + u, (fetching){false, NULL}, a, b);
}

LOOP inline void take_block_indices(const uint16_t *words, unit_indices index)
{
    ROLLED
    for (int t = 0; t < MAX_TILES; t++) {
        __m512i taken[N_GROUPS];
        take_indices(words + TILE * t, taken);
        UNROLLED
        for (int g = 0; g < N_GROUPS; g++) index[g][t] = taken[g];
    }
}

LOOP void fill_tables(size_t n_units, walk *at)
{
    for (size_t u = 0; u < n_units; u++, at->numbers += HEBB_UNIT) {
        group_table group[N_GROUPS];
        table_terms terms;
        find_terms(at->numbers, &terms);
        __asm__ volatile("" : : "r"(&terms) : "memory");
        make_tables(&terms, at->tables + u * GROUP_UNIT, group);
    }
}

/* How many units to take at a time, such that the sums of most will do with 16 bits. */
LOOP size_t length_of_runs(size_t n_plans, const hebb_table_plan *const *plans)
{
    size_t length = RUN;
    for (size_t a = 0; a < n_plans; a++)
        while (length > 1 && length * plans[a]->reach_usual > HEBB_NARROW) length--;
    return length;
}

/* Adds some units for all networks.  Three pairs fetch a third each of the units three runs on, if all that is far. */
LOOP void add_indexed_to_all(size_t n_units, const uint16_t *words, bool are_far, size_t n_plans,
                             const hebb_table_plan *const *plans, walk at[HEBB_FIELDS_TOGETHER])
{
    unit_indices index[RUN];
    const char *coming = (const char *)(words + 3 * n_units * UNIT_STRIDE);
    for (size_t u = 0; u < n_units; u++) take_block_indices(words + u * UNIT_STRIDE, index[u]);
    for (size_t a = 0; a < n_plans; a += 2) {
        const size_t third = a < 6 ? a / 2 : 0;
        for (size_t b = a; b < a + 2; b++)
            if (!plans[b]->are_filled) fill_tables(n_units, &at[b]);
        const fetching fetch = {are_far, coming + third * 64 * N_GROUPS * n_units};
        add_indexed(n_units, index, fetch, &at[a], &at[a + 1]);
    }
}

/* An even number of networks, a block of 8 tiles: the indices are taken once for all. */
LOOP void fields_of_pairs(const uint16_t *slices, size_t n_plans, const hebb_table_plan *const *plans,
                          int32_t (*fields)[HEBB_BLOCK])
{
    walk at[HEBB_FIELDS_TOGETHER];
    const size_t n_units = plans[0]->n_units, length = length_of_runs(n_plans, plans);
    const bool are_far = n_plans * n_units * GROUP_UNIT > FAR;
    for (size_t a = 0; a < n_plans; a++) {
        at[a] = (walk){plans[a]->segments[0].numbers, plans[a]->segments[0].tables, plans[a]->reach, fields[a]};
        memset(fields[a], 0, sizeof fields[a]);
    }
    for (size_t unit = 0; unit < n_units; unit += length)
        add_indexed_to_all(n_units - unit < length ? n_units - unit : length, slices + unit * UNIT_STRIDE, are_far,
                           n_plans, plans, at);
    for (size_t a = 0; a < n_plans; a++) {
        size_t s = 0;
        while (s < plans[a]->n_segments && plans[a]->segments[s].shift == 0) s++;
        for (size_t t = 0; t < MAX_TILES; t++) interleave(fields[a] + TILE * t);
        fields_by_groups_from(s, HEBB_BLOCK, slices, plans[a], fields[a]);
    }
}

LOOP void fields_together_by_groups(size_t n, const uint16_t *slices, size_t n_plans,
                                    const hebb_table_plan *const *plans, int32_t (*fields)[HEBB_BLOCK])
{
    const size_t n_paired = n > HEBB_BLOCK - TILE && n_plans >= FEWEST ? n_plans - n_plans % 2 : 0;
    if (n_paired > 0) fields_of_pairs(slices, n_paired, plans, fields);
    for (size_t a = n_paired; a < n_plans; a++) fields_by_groups(n, slices, plans[a], fields[a]);
}
