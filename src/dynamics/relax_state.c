#include "relax_state.h"

#include <string.h>

enum { MAGIC = 8, HEADER = MAGIC + 4 * 4, NUMBERS = 4 * 8, CHECKSUM = 8 };
static const char magic[MAGIC] = {'h', 'e', 'b', 'b', 'r', 'l', 'x', '1'};

/* ---- sizes ---- */

static size_t bits_in_bytes(size_t n)
{
    return (n + 7) / 8;
}

static size_t bytes_of_member(const hebb_sweeper *sweeper)
{
    const size_t n_maps = sweeper->order == HEBB_ORDER_SYNCHRONOUS ? 2 : 1;
    return NUMBERS + n_maps * bits_in_bytes(sweeper->patterns->n_neurons);
}

size_t hebb_relax_state_bytes(const hebb_sweeper *sweeper)
{
    return HEADER + sweeper->n_members * bytes_of_member(sweeper) + CHECKSUM;
}

/* ---- numbers ---- */

static void put(size_t n_bytes, uint64_t number, unsigned char *to)
{
    for (size_t k = 0; k < n_bytes; k++) to[k] = (unsigned char)(number >> 8 * k);
}

static uint64_t get(size_t n_bytes, const unsigned char *from)
{
    uint64_t number = 0;
    for (size_t k = 0; k < n_bytes; k++) number |= (uint64_t)from[k] << 8 * k;
    return number;
}

/* FNV-1a: each step is one to one, so no wrong byte alone goes unnoticed. */
static uint64_t checksum_of(size_t n_bytes, const unsigned char *bytes)
{
    uint64_t sum = UINT64_C(0xCBF29CE484222325);
    for (size_t k = 0; k < n_bytes; k++) sum = (sum ^ bytes[k]) * UINT64_C(0x100000001B3);
    return sum;
}

static void put_header(const hebb_sweeper *sweeper, unsigned char *to)
{
    memcpy(to, magic, MAGIC);
    put(4, (uint64_t)sweeper->order, to + MAGIC);
    put(4, sweeper->n_members, to + MAGIC + 4);
    put(4, sweeper->patterns->n_neurons, to + MAGIC + 8);
    put(4, sweeper->patterns->n_patterns, to + MAGIC + 12);
}

/* ---- to be left ---- */

static void put_member(const hebb_sweeper *sweeper, const hebb_sweep_member *member, const hebb_relaxation *result,
                       unsigned char *to)
{
    const size_t n = sweeper->patterns->n_neurons;
    const bool counts_still = sweeper->order == HEBB_ORDER_SEQUENTIAL && result->outcome == HEBB_RELAX_UNFINISHED;
    put(8, (uint64_t)result->outcome, to);
    put(8, (uint64_t)result->sweeps, to + 8);
    put(8, (uint64_t)result->flips, to + 16);
    put(8, counts_still ? member->n_still : 0, to + 24);
    unsigned char *spins = to + NUMBERS, *flipped = spins + bits_in_bytes(n);
    memset(spins, 0, bytes_of_member(sweeper) - NUMBERS);
    for (size_t i = 0; i < n; i++) spins[i / 8] |= (unsigned char)((member->network->spins[i] > 0) << i % 8);
    if (sweeper->order != HEBB_ORDER_SYNCHRONOUS || result->outcome != HEBB_RELAX_UNFINISHED) return;
    for (size_t k = 0; k < member->n_flipped; k++)
        flipped[member->flipped[k] / 8] |= (unsigned char)(1 << member->flipped[k] % 8);
}

void hebb_relax_state_save(const hebb_sweeper *sweeper, const hebb_relaxation *results, unsigned char *state)
{
    const size_t before_sum = hebb_relax_state_bytes(sweeper) - CHECKSUM;
    put_header(sweeper, state);
    for (size_t a = 0; a < sweeper->n_members; a++)
        put_member(sweeper, sweeper->members + a, results + a, state + HEADER + a * bytes_of_member(sweeper));
    put(CHECKSUM, checksum_of(before_sum, state), state + before_sum);
}

/* ---- to be taken up again ---- */

/* Bits from n on are 0. */
static bool is_filled_up(size_t n, const unsigned char *bits)
{
    return n % 8 == 0 || bits[n / 8] >> n % 8 == 0;
}

static bool is_zero(size_t n_bytes, const unsigned char *bytes)
{
    size_t k = 0;
    while (k < n_bytes && bytes[k] == 0) k++;
    return k == n_bytes;
}

/* Whether a network can have come to this after n_sweeps, those of the unfinished ones. */
static bool is_possible(const hebb_sweeper *sweeper, const unsigned char *from, uint64_t n_sweeps)
{
    const size_t n = sweeper->patterns->n_neurons;
    const uint64_t outcome = get(8, from), sweeps = get(8, from + 8), flips = get(8, from + 16);
    const uint64_t n_still = get(8, from + 24);
    const unsigned char *spins = from + NUMBERS, *flipped = spins + bits_in_bytes(n);
    if (outcome > HEBB_RELAX_UNFINISHED || sweeps > n_sweeps || flips > sweeps * n) return false;
    if (outcome == HEBB_RELAX_UNFINISHED && sweeps != n_sweeps) return false;
    if (outcome == HEBB_RELAX_TWO_CYCLE && sweeper->order != HEBB_ORDER_SYNCHRONOUS) return false;
    if (n_still != 0 && (sweeper->order != HEBB_ORDER_SEQUENTIAL || n_still >= n)) return false;
    if (n_still != 0 && outcome != HEBB_RELAX_UNFINISHED) return false;
    if (!is_filled_up(n, spins)) return false;
    if (sweeper->order != HEBB_ORDER_SYNCHRONOUS) return true;
    return is_filled_up(n, flipped) && (outcome == HEBB_RELAX_UNFINISHED || is_zero(bits_in_bytes(n), flipped));
}

static hebb_status check_header(const hebb_sweeper *sweeper, const unsigned char *state, size_t n_bytes)
{
    unsigned char expected[HEADER];
    put_header(sweeper, expected);
    if (n_bytes < HEADER + CHECKSUM || memcmp(state, magic, MAGIC) != 0)
        return hebb_fail(HEBB_EDATA, "%zu bytes that are no state of a relaxation", n_bytes);
    if (memcmp(state, expected, HEADER) != 0)
        return hebb_fail(HEBB_EDATA, "the state of another relaxation, of %u x %u neurons and %u patterns",
                         (unsigned)get(4, state + MAGIC + 4), (unsigned)get(4, state + MAGIC + 8),
                         (unsigned)get(4, state + MAGIC + 12));
    if (n_bytes != hebb_relax_state_bytes(sweeper))
        return hebb_fail(HEBB_EDATA, "the state of a relaxation in %zu bytes: it takes %zu", n_bytes,
                         hebb_relax_state_bytes(sweeper));
    if (get(CHECKSUM, state + n_bytes - CHECKSUM) != checksum_of(n_bytes - CHECKSUM, state))
        return hebb_fail(HEBB_EDATA, "the state of a relaxation: its checksum is wrong");
    return HEBB_OK;
}

static hebb_status check_state(const hebb_sweeper *sweeper, const unsigned char *state, size_t n_bytes)
{
    const hebb_status status = check_header(sweeper, state, n_bytes);
    if (status != HEBB_OK) return status;
    uint64_t n_sweeps = INT32_MAX; /* as a long holds anywhere */
    for (size_t a = 0; a < sweeper->n_members; a++) {
        const unsigned char *member = state + HEADER + a * bytes_of_member(sweeper);
        if (get(8, member) == HEBB_RELAX_UNFINISHED && get(8, member + 8) < n_sweeps) n_sweeps = get(8, member + 8);
    }
    for (size_t a = 0; a < sweeper->n_members; a++)
        if (!is_possible(sweeper, state + HEADER + a * bytes_of_member(sweeper), n_sweeps))
            return hebb_fail(HEBB_EDATA, "the state of a relaxation: network %zu cannot have come to this", a);
    return HEBB_OK;
}

static void get_member(hebb_sweeper *sweeper, hebb_sweep_member *member, const unsigned char *from,
                       hebb_relaxation *result)
{
    const size_t n = sweeper->patterns->n_neurons;
    const unsigned char *spins = from + NUMBERS, *flipped = spins + bits_in_bytes(n);
    hebb_hopfield *network = member->network;
    *result = (hebb_relaxation){.outcome = (hebb_relax_outcome)get(8, from),
                                .sweeps = (long)get(8, from + 8),
                                .flips = (int64_t)get(8, from + 16)};
    member->n_still = get(8, from + 24);
    member->is_done = result->outcome != HEBB_RELAX_UNFINISHED;
    for (size_t i = 0; i < n; i++) network->spins[i] = (int8_t)((spins[i / 8] >> i % 8 & 1) * 2 - 1);
    hebb_patterns_overlaps(network->patterns, network->spins, network->room, network->overlaps);
    for (size_t i = 0; sweeper->order == HEBB_ORDER_SYNCHRONOUS && i < n; i++)
        if (flipped[i / 8] >> i % 8 & 1) member->flipped[member->n_flipped++] = (uint32_t)i;
}

hebb_status hebb_relax_state_restore(hebb_sweeper *sweeper, const unsigned char *state, size_t n_bytes,
                                     hebb_relaxation *results)
{
    const hebb_status status = check_state(sweeper, state, n_bytes);
    if (status != HEBB_OK) return status;
    hebb_sweeper_restart(sweeper);
    for (size_t a = 0; a < sweeper->n_members; a++)
        get_member(sweeper, sweeper->members + a, state + HEADER + a * bytes_of_member(sweeper), results + a);
    return HEBB_OK;
}
