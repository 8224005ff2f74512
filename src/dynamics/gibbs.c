#include "gibbs.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "memory.h"

/*
 * A tile of chains goes through all its sweeps before the next: its rows stay in the first cache.  The machine's tables
 * are kept from call to call where they fit the second one, and made for four units at a time where not.
 */
enum { TILE_CHAINS = 1024, ROOM_WORDS = 1 << 15, KEPT_UNITS = 128, COUNTED_WORDS = 64 };

/* What a run works with. */
typedef struct hebb_gibbs_room {
    size_t n_groups, n_rows; /* of four units; words a chain */
    size_t tile;             /* the most chains in a tile: whole 64s */
    size_t n_tables;         /* n_units in whole fours, or 4 */
    bool is_filled;          /* the tables are those of `weights` and `kind` */
    hebb_unit_kind kind;
    double *weights;  /* what kept tables have been made of */
    double *sums;     /* 16 a group, n_groups a table */
    float *rough;     /* the same */
    uint32_t *groups; /* n_groups a table */
    hebb_gibbs_table *tables;
    uint32_t *rows; /* of a tile */
} hebb_gibbs_room;

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void room_free(hebb_gibbs_room *room)
{
    if (room == NULL) return;
    free(room->weights);
    free(room->sums);
    free(room->rough);
    free(room->groups);
    free(room->tables);
    free(room->rows);
    free(room);
}

static hebb_gibbs_room *room_make(size_t n_units, size_t n_words)
{
    hebb_gibbs_room *room = calloc(1, sizeof *room);
    if (room == NULL) return NULL;
    const size_t n_groups = (n_units + 3) / 4, n_rows = (n_units + 31) / 32;
    const bool keeps = n_units <= KEPT_UNITS;
    const size_t usual = ROOM_WORDS / n_rows / 64 * 64, tile = usual < 64 ? 64 : least(usual, TILE_CHAINS);
    *room = (hebb_gibbs_room){.n_groups = n_groups,
                              .n_rows = n_rows,
                              .tile = least(tile, 64 * n_words),
                              .n_tables = keeps ? 4 * n_groups : 4,
                              .weights = calloc(keeps ? n_units * n_units : 1, sizeof(double))};
    room->sums = hebb_memory_zeroed(room->n_tables * n_groups * 16 * sizeof(double));
    room->rough = hebb_memory_zeroed(room->n_tables * n_groups * 16 * sizeof(float));
    room->groups = calloc(room->n_tables * n_groups, sizeof *room->groups);
    room->tables = calloc(room->n_tables, sizeof *room->tables);
    room->rows = hebb_memory_zeroed(n_rows * room->tile * sizeof *room->rows);
    if (room->weights != NULL && room->sums != NULL && room->rough != NULL && room->groups != NULL &&
        room->tables != NULL && room->rows != NULL)
        return room;
    room_free(room);
    return NULL;
}

/* Few chains are not worth the question. */
static hebb_status check_memory(size_t n_units, size_t n_words)
{
    enum { WORTH_ASKING = 1 << 20 };
    const double bytes = (double)n_units * (double)n_words * sizeof(uint64_t);
    char what[80];
    if (bytes < WORTH_ASKING) return HEBB_OK;
    snprintf(what, sizeof what, "chains of %zu units, 64 x %zu of them", n_units, n_words);
    return hebb_memory_check(what, bytes, 1);
}

hebb_status hebb_gibbs_init(hebb_gibbs *gibbs, const hebb_boltzmann *machine, size_t n_chains, hebb_philox noise)
{
    *gibbs = (hebb_gibbs){0};
    if (n_chains == 0 || n_chains > UINT32_MAX)
        return hebb_fail(HEBB_EDOM, "%zu chains: there must be from 1 to 2^32 - 1", n_chains);
    const size_t n_words = (n_chains + 63) / 64;
    const hebb_status status = check_memory(machine->n_units, n_words);
    if (status != HEBB_OK) return status;
    *gibbs = (hebb_gibbs){.machine = machine,
                          .noise = noise,
                          .n_chains = n_chains,
                          .n_words = n_words,
                          .bits = hebb_memory_zeroed(machine->n_units * n_words * sizeof(uint64_t)),
                          .is_clamped = calloc(machine->n_units, 1),
                          .room = room_make(machine->n_units, n_words)};
    if (gibbs->bits != NULL && gibbs->is_clamped != NULL && gibbs->room != NULL) return HEBB_OK;
    hebb_gibbs_free(gibbs);
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu chains of %zu units", n_chains, machine->n_units);
}

void hebb_gibbs_free(hebb_gibbs *gibbs)
{
    free(gibbs->bits);
    free(gibbs->is_clamped);
    room_free(gibbs->room);
    *gibbs = (hebb_gibbs){0};
}

void hebb_gibbs_reseed(hebb_gibbs *gibbs, hebb_philox noise)
{
    gibbs->noise = noise;
    gibbs->n_sweeps = 0;
}

static bool is_on(const hebb_gibbs *gibbs, size_t chain, size_t unit)
{
    return gibbs->bits[unit * gibbs->n_words + chain / 64] >> (chain % 64) & 1;
}

static void turn(hebb_gibbs *gibbs, size_t chain, size_t unit, bool on)
{
    uint64_t *word = gibbs->bits + unit * gibbs->n_words + chain / 64;
    const uint64_t bit = (uint64_t)1 << (chain % 64);
    *word = on ? *word | bit : *word & ~bit;
}

void hebb_gibbs_set(hebb_gibbs *gibbs, size_t chain, const int8_t *state)
{
    for (size_t i = 0; i < gibbs->machine->n_units; i++) turn(gibbs, chain, i, state[i] > 0);
}

void hebb_gibbs_get(const hebb_gibbs *gibbs, size_t chain, int8_t *state)
{
    const int8_t off = hebb_unit_off(gibbs->machine->kind);
    for (size_t i = 0; i < gibbs->machine->n_units; i++) state[i] = is_on(gibbs, chain, i) ? 1 : off;
}

void hebb_gibbs_randomise(hebb_gibbs *gibbs, hebb_philox start)
{
    for (size_t i = 0; i < gibbs->machine->n_units; i++)
        if (!gibbs->is_clamped[i])
            hebb_philox_bits(start, 0, (uint32_t)i, gibbs->n_chains, gibbs->bits + i * gibbs->n_words);
}

/* The table at `slot` becomes that of a unit. */
static void fill_table(hebb_gibbs_room *room, const hebb_boltzmann *machine, size_t unit, size_t slot)
{
    const hebb_kernel *kernel = hebb_kernel_in_use();
    const size_t n = machine->n_units;
    const double *row = machine->weights + unit * n;
    uint32_t *groups = room->groups + slot * room->n_groups;
    double *sums = room->sums + slot * room->n_groups * 16, size = 0.0;
    float *rough = room->rough + slot * room->n_groups * 16;
    size_t n_groups = 0;
    for (size_t g = 0; g < room->n_groups; g++) {
        double last[4] = {0.0};
        const double *four = row + 4 * g;
        if (4 * g + 4 > n) four = memcpy(last, four, (n - 4 * g) * sizeof *four);
        if (four[0] == 0.0 && four[1] == 0.0 && four[2] == 0.0 && four[3] == 0.0) continue;
        groups[n_groups] = (uint32_t)g;
        kernel->sum_four(four, machine->kind == HEBB_UNITS_SIGN, sums + 16 * n_groups, rough + 16 * n_groups);
        for (size_t k = 0; k < 4; k++) size += fabs(four[k]);
        n_groups++;
    }
    room->tables[slot] =
        (hebb_gibbs_table){.size = size, .n_groups = n_groups, .groups = groups, .sums = sums, .rough = rough};
}

/* All tables, where they are kept and the weights are others than before. */
static void fill_tables(hebb_gibbs_room *room, const hebb_boltzmann *machine)
{
    const size_t n = machine->n_units;
    if (n > KEPT_UNITS) return;
    if (!room->is_filled || room->kind != machine->kind ||
        memcmp(room->weights, machine->weights, n * n * sizeof(double)) != 0) {
        memcpy(room->weights, machine->weights, n * n * sizeof(double));
        for (size_t i = 0; i < n; i++) fill_table(room, machine, i, i);
        room->kind = machine->kind;
        room->is_filled = true;
    }
    for (size_t i = 0; i < n; i++) room->tables[i].bias = machine->biases[i];
}

/* Which of four units are not clamped. */
static unsigned free_of_four(const hebb_gibbs *gibbs, size_t first_unit)
{
    unsigned found = 0;
    for (size_t k = 0; k < 4 && first_unit + k < gibbs->machine->n_units; k++)
        found |= (unsigned)!gibbs->is_clamped[first_unit + k] << k;
    return found;
}

/* One sweep of a tile. */
static void sweep(const hebb_gibbs *gibbs, size_t first_word, size_t n_chains, uint32_t number, double scale)
{
    const hebb_boltzmann *machine = gibbs->machine;
    hebb_gibbs_room *room = gibbs->room;
    const hebb_kernel *kernel = hebb_kernel_in_use();
    for (size_t first = 0; first < machine->n_units; first += 4) {
        const unsigned updated = free_of_four(gibbs, first);
        if (updated == 0) continue;
        for (size_t k = 0; k < 4 && machine->n_units > KEPT_UNITS; k++) {
            if (!(updated >> k & 1)) continue;
            fill_table(room, machine, first + k, k);
            room->tables[k].bias = machine->biases[first + k];
        }
        const hebb_gibbs_four four = {.first_unit = (uint32_t)first,
                                      .updated = updated,
                                      .tables = room->tables + (machine->n_units > KEPT_UNITS ? 0 : first),
                                      .first_chain = (uint32_t)(64 * first_word),
                                      .n_chains = n_chains,
                                      .stride = room->tile,
                                      .rows = room->rows,
                                      .n_words = gibbs->n_words,
                                      .bits = gibbs->bits + first * gibbs->n_words + first_word};
        kernel->gibbs_four(&four, gibbs->noise, number, scale);
    }
}

hebb_status hebb_gibbs_run(hebb_gibbs *gibbs, double temperature, long n_sweeps)
{
    const double scale = (gibbs->machine->kind == HEBB_UNITS_SIGN ? 2.0 : 1.0) / temperature;
    if (!(temperature > 0.0) || !isfinite(temperature) || !isfinite(scale))
        return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite, as its inverse", temperature);
    if (n_sweeps < 0 || (unsigned long)n_sweeps > UINT32_MAX - gibbs->n_sweeps)
        return hebb_fail(HEBB_EDOM, "%ld sweeps after %lu: there must be from 0 to 2^32 - 1 in all", n_sweeps,
                         (unsigned long)gibbs->n_sweeps);
    const hebb_boltzmann *machine = gibbs->machine;
    hebb_gibbs_room *room = gibbs->room;
    fill_tables(room, machine);
    for (size_t first = 0; first < gibbs->n_chains; first += room->tile) {
        const size_t n_chains = least(gibbs->n_chains - first, room->tile);
        for (size_t c = 0; c < n_chains; c += 64)
            hebb_kernel_in_use()->chain_rows(machine->n_units, gibbs->n_words, gibbs->bits + (first + c) / 64,
                                             room->tile, room->rows + c);
        for (uint32_t k = 0; k < n_sweeps; k++) sweep(gibbs, first / 64, n_chains, gibbs->n_sweeps + k, scale);
    }
    size_t n_free = 0;
    for (size_t i = 0; i < machine->n_units; i++) n_free += !gibbs->is_clamped[i];
    gibbs->n_sweeps += (uint32_t)n_sweeps;
    gibbs->n_unit_updates += (uint64_t)n_sweeps * n_free * gibbs->n_chains;
    return HEBB_OK;
}

/* The bits of word w that belong to chains first .. end - 1. */
static uint64_t chosen_bits(size_t w, size_t first, size_t end)
{
    uint64_t chosen = ~UINT64_C(0);
    if (first > 64 * w) chosen &= ~UINT64_C(0) << (first - 64 * w);
    if (end < 64 * w + 64) chosen &= ~UINT64_C(0) >> (64 * w + 64 - end);
    return chosen;
}

void hebb_gibbs_count(const hebb_gibbs *gibbs, size_t first, size_t n, uint64_t *on, uint64_t *both_on)
{
    const hebb_kernel *kernel = hebb_kernel_in_use();
    const size_t n_units = gibbs->machine->n_units, n_words = gibbs->n_words, end_word = (first + n + 63) / 64;
    for (size_t w = first / 64; n > 0 && w < end_word; w += COUNTED_WORDS) {
        const size_t n_here = least(end_word - w, COUNTED_WORDS);
        const uint64_t *bits = gibbs->bits + w;
        uint64_t chosen[COUNTED_WORDS], one[COUNTED_WORDS];
        for (size_t v = 0; v < n_here; v++) chosen[v] = chosen_bits(w + v, first, first + n);
        kernel->count_common(n_units, n_here, n_words, bits, chosen, on);
        for (size_t i = 0; both_on != NULL && i < n_units; i++) {
            for (size_t v = 0; v < n_here; v++) one[v] = bits[i * n_words + v] & chosen[v];
            kernel->count_common(n_units - i, n_here, n_words, bits + i * n_words, one, both_on + i * n_units + i);
        }
    }
    for (size_t i = 0; both_on != NULL && i < n_units; i++)
        for (size_t j = 0; j < i; j++) both_on[i * n_units + j] = both_on[j * n_units + i];
}

void hebb_moments_from_counts(const hebb_boltzmann *machine, uint64_t n_samples, const uint64_t *on,
                              const uint64_t *both_on, double *means, double *products)
{
    const size_t n = machine->n_units;
    const double samples = (double)n_samples;
    const bool is_sign = machine->kind == HEBB_UNITS_SIGN;
    for (size_t i = 0; i < n; i++) {
        means[i] = is_sign ? 2.0 * (double)on[i] / samples - 1.0 : (double)on[i] / samples;
        for (size_t j = 0; j < n; j++) {
            const double both = (double)both_on[i * n + j], either = (double)on[i] + (double)on[j];
            products[i * n + j] = is_sign ? (4.0 * both - 2.0 * either) / samples + 1.0 : both / samples;
        }
    }
}
