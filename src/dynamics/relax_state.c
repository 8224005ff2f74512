#include "relax_state.h"

#include <string.h>

#include "packed_state.h"

enum { MAGIC = 8, HEADER = MAGIC + 4 * 4, NUMBERS = 4 * 8 };
static const char magic[MAGIC] = {'h', 'e', 'b', 'b', 'r', 'l', 'x', '1'};

/* ---- sizes ---- */

static size_t bytes_of_member(const hebb_sweeper *sweeper)
{
    const size_t n_maps = sweeper->order == HEBB_ORDER_SYNCHRONOUS ? 2 : 1;
    return NUMBERS + n_maps * hebb_packed_bytes(sweeper->patterns->n_neurons);
}

size_t hebb_relax_state_bytes(const hebb_sweeper *sweeper)
{
    return HEADER + sweeper->n_members * bytes_of_member(sweeper) + HEBB_PACKED_CHECKSUM;
}

static void put_header(const hebb_sweeper *sweeper, unsigned char *to)
{
    memcpy(to, magic, MAGIC);
    hebb_packed_put(4, (uint64_t)sweeper->order, to + MAGIC);
    hebb_packed_put(4, sweeper->n_members, to + MAGIC + 4);
    hebb_packed_put(4, sweeper->patterns->n_neurons, to + MAGIC + 8);
    hebb_packed_put(4, sweeper->patterns->n_patterns, to + MAGIC + 12);
}

/* ---- to be left ---- */

static void put_member(const hebb_sweeper *sweeper, const hebb_sweep_member *member, const hebb_relaxation *result,
                       unsigned char *to)
{
    const size_t n = sweeper->patterns->n_neurons;
    const bool counts_still = sweeper->order == HEBB_ORDER_SEQUENTIAL && result->outcome == HEBB_RELAX_UNFINISHED;
    hebb_packed_put(8, (uint64_t)result->outcome, to);
    hebb_packed_put(8, (uint64_t)result->sweeps, to + 8);
    hebb_packed_put(8, (uint64_t)result->flips, to + 16);
    hebb_packed_put(8, counts_still ? member->n_still : 0, to + 24);
    unsigned char *spins = to + NUMBERS, *flipped = spins + hebb_packed_bytes(n);
    hebb_packed_put_signs(n, member->network->spins, spins);
    if (sweeper->order != HEBB_ORDER_SYNCHRONOUS) return;
    memset(flipped, 0, hebb_packed_bytes(n));
    if (result->outcome != HEBB_RELAX_UNFINISHED) return;
    for (size_t k = 0; k < member->n_flipped; k++)
        flipped[member->flipped[k] / 8] |= (unsigned char)(1 << member->flipped[k] % 8);
}

void hebb_relax_state_save(const hebb_sweeper *sweeper, const hebb_relaxation *results, unsigned char *state)
{
    put_header(sweeper, state);
    for (size_t a = 0; a < sweeper->n_members; a++)
        put_member(sweeper, sweeper->members + a, results + a, state + HEADER + a * bytes_of_member(sweeper));
    hebb_packed_seal(hebb_relax_state_bytes(sweeper), state);
}

/* ---- to be taken up again ---- */

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
    const uint64_t outcome = hebb_packed_get(8, from), sweeps = hebb_packed_get(8, from + 8),
                   flips = hebb_packed_get(8, from + 16);
    const uint64_t n_still = hebb_packed_get(8, from + 24);
    const unsigned char *spins = from + NUMBERS, *flipped = spins + hebb_packed_bytes(n);
    if (outcome > HEBB_RELAX_UNFINISHED || sweeps > n_sweeps || flips > sweeps * n) return false;
    if (outcome == HEBB_RELAX_UNFINISHED && sweeps != n_sweeps) return false;
    if (outcome == HEBB_RELAX_TWO_CYCLE && sweeper->order != HEBB_ORDER_SYNCHRONOUS) return false;
    if (n_still != 0 && (sweeper->order != HEBB_ORDER_SEQUENTIAL || n_still >= n)) return false;
    if (n_still != 0 && outcome != HEBB_RELAX_UNFINISHED) return false;
    if (!hebb_packed_is_filled_up(n, spins)) return false;
    if (sweeper->order != HEBB_ORDER_SYNCHRONOUS) return true;
    return hebb_packed_is_filled_up(n, flipped) &&
           (outcome == HEBB_RELAX_UNFINISHED || is_zero(hebb_packed_bytes(n), flipped));
}

static hebb_status check_header(const hebb_sweeper *sweeper, const unsigned char *state, size_t n_bytes)
{
    unsigned char expected[HEADER];
    put_header(sweeper, expected);
    if (n_bytes < HEADER + HEBB_PACKED_CHECKSUM || memcmp(state, magic, MAGIC) != 0)
        return hebb_fail(HEBB_EDATA, "%zu bytes that are no state of a relaxation", n_bytes);
    if (memcmp(state, expected, HEADER) != 0)
        return hebb_fail(HEBB_EDATA, "the state of another relaxation, of %u x %u neurons and %u patterns",
                         (unsigned)hebb_packed_get(4, state + MAGIC + 4),
                         (unsigned)hebb_packed_get(4, state + MAGIC + 8),
                         (unsigned)hebb_packed_get(4, state + MAGIC + 12));
    if (n_bytes != hebb_relax_state_bytes(sweeper))
        return hebb_fail(HEBB_EDATA, "the state of a relaxation in %zu bytes: it takes %zu", n_bytes,
                         hebb_relax_state_bytes(sweeper));
    if (!hebb_packed_is_sealed(n_bytes, state))
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
        if (hebb_packed_get(8, member) == HEBB_RELAX_UNFINISHED && hebb_packed_get(8, member + 8) < n_sweeps)
            n_sweeps = hebb_packed_get(8, member + 8);
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
    const unsigned char *spins = from + NUMBERS, *flipped = spins + hebb_packed_bytes(n);
    hebb_hopfield *network = member->network;
    *result = (hebb_relaxation){.outcome = (hebb_relax_outcome)hebb_packed_get(8, from),
                                .sweeps = (long)hebb_packed_get(8, from + 8),
                                .flips = (int64_t)hebb_packed_get(8, from + 16)};
    member->n_still = hebb_packed_get(8, from + 24);
    member->is_done = result->outcome != HEBB_RELAX_UNFINISHED;
    hebb_packed_get_signs(n, spins, network->spins);
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
