#include "sweep_parts.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* ---- room ---- */

/* Words of scan room that n_words of slices need. */
static size_t scan_room(size_t n_words)
{
    return HEBB_SCAN_ROWS * ((n_words + 31) / 32 * 32);
}

static size_t scan_room_of_all(size_t n_patterns, size_t n_parts)
{
    return scan_room(hebb_patterns_padded(n_patterns) / 16) + scan_room(1) * (n_parts - 1);
}

/* A part alone needs no meetings, and no copies. */
static hebb_status make_posts(hebb_sweep_part *part, size_t n_networks, size_t n_parts)
{
    part->posts[0].fields = hebb_memory_zeroed(n_networks * sizeof *part->posts[0].fields);
    if (part->posts[0].fields == NULL) return HEBB_ENOMEM;
    part->posts[0].bounds = calloc(n_networks, sizeof *part->posts[0].bounds);
    if (part->posts[0].bounds == NULL) return HEBB_ENOMEM;
    if (n_parts == 1) return HEBB_OK;
    part->posts[1].fields = hebb_memory_zeroed(n_networks * sizeof *part->posts[1].fields);
    part->posts[1].bounds = calloc(n_networks, sizeof *part->posts[1].bounds);
    part->sums = hebb_memory_zeroed(n_networks * sizeof *part->sums);
    part->spins = hebb_memory_zeroed(n_networks * sizeof *part->spins);
    const bool is_made =
        part->posts[1].fields != NULL && part->posts[1].bounds != NULL && part->sums != NULL && part->spins != NULL;
    return is_made ? HEBB_OK : HEBB_ENOMEM;
}

/* The first part may have to stand for all: its tables have room for all patterns. */
static hebb_status make_part(hebb_sweeper *sweeper, size_t index, size_t n_parts, hebb_sweep_part *part)
{
    const hebb_patterns *patterns = sweeper->patterns;
    const size_t n_networks = sweeper->n_members;
    const size_t n_patterns =
        index == 0 ? patterns->n_patterns : hebb_patterns_part(patterns->n_patterns, index, n_parts).n_patterns;
    part->sweeper = sweeper;
    part->index = index;
    part->views = calloc(n_networks, sizeof *part->views);
    part->active = calloc(n_networks, sizeof *part->active);
    part->tables = calloc(n_networks, sizeof *part->tables);
    part->fields = calloc(n_networks, sizeof *part->fields);
    if (part->views == NULL || part->active == NULL || part->tables == NULL || part->fields == NULL) return HEBB_ENOMEM;
    hebb_status status = make_posts(part, n_networks, n_parts);
    for (size_t a = 0; status == HEBB_OK && a < n_networks; a++)
        status = hebb_field_tables_init(&part->views[a].tables, patterns->kernel, n_patterns);
    return status;
}

static void free_parts(size_t n_parts, hebb_sweep_part *parts, size_t n_networks)
{
    for (size_t k = 0; parts != NULL && k < n_parts; k++) {
        for (size_t a = 0; parts[k].views != NULL && a < n_networks; a++)
            hebb_field_tables_free(&parts[k].views[a].tables);
        for (size_t turn = 0; turn < 2; turn++) {
            free(parts[k].posts[turn].fields);
            free(parts[k].posts[turn].bounds);
        }
        free(parts[k].views);
        free(parts[k].active);
        free(parts[k].tables);
        free(parts[k].fields);
        free(parts[k].sums);
        free(parts[k].spins);
    }
    free(parts);
}

hebb_status hebb_sweep_parts_init(hebb_sweeper *sweeper, size_t n_parts)
{
    const size_t n_patterns = sweeper->patterns->n_patterns;
    hebb_sweep_part *parts = calloc(n_parts, sizeof *parts);
    uint16_t *room = hebb_memory_zeroed(hebb_patterns_block_room(n_patterns) * sizeof *room);
    uint16_t *scan = hebb_memory_zeroed(scan_room_of_all(n_patterns, n_parts) * sizeof *scan);
    hebb_status status = parts == NULL || room == NULL || scan == NULL ? HEBB_ENOMEM : HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < n_parts; k++) status = make_part(sweeper, k, n_parts, parts + k);
    if (status != HEBB_OK) {
        free_parts(n_parts, parts, sweeper->n_members);
        free(room);
        free(scan);
        return hebb_fail(HEBB_ENOMEM, "no memory to update %zu neurons", sweeper->patterns->n_neurons);
    }
    hebb_sweep_parts_free(sweeper);
    sweeper->n_made = n_parts;
    sweeper->parts = parts;
    sweeper->room = room;
    sweeper->scan_room = scan;
    hebb_sweep_parts_share(sweeper, n_parts);
    return HEBB_OK;
}

void hebb_sweep_parts_free(hebb_sweeper *sweeper)
{
    free_parts(sweeper->n_made, sweeper->parts, sweeper->n_members);
    free(sweeper->room);
    free(sweeper->scan_room);
    sweeper->parts = NULL;
    sweeper->room = sweeper->scan_room = NULL;
}

double hebb_sweep_parts_bytes(size_t n_patterns, size_t n_networks, size_t n_parts)
{
    const double posts = n_parts == 1 ? 1.0 : 2.0, a_block = HEBB_BLOCK * (n_parts == 1 ? 4.0 : 13.0);
    const double a_network = sizeof(hebb_sweep_view) + sizeof(size_t) + 2.0 * sizeof(void *) + posts * sizeof(int64_t);
    double tables = hebb_field_tables_bytes(n_patterns);
    for (size_t k = 1; k < n_parts; k++)
        tables += hebb_field_tables_bytes(hebb_patterns_part(n_patterns, k, n_parts).n_patterns);
    return (double)n_networks * (tables + (double)n_parts * (a_network + a_block)) +
           (double)n_parts * sizeof(hebb_sweep_part) +
           sizeof(uint16_t) * (double)(hebb_patterns_block_room(n_patterns) + scan_room_of_all(n_patterns, n_parts));
}

void hebb_sweep_parts_share(hebb_sweeper *sweeper, size_t n_parts)
{
    uint16_t *scan = sweeper->scan_room;
    sweeper->n_parts = n_parts;
    for (size_t k = 0; k < n_parts; k++) {
        hebb_sweep_part *part = sweeper->parts + k;
        part->patterns = hebb_patterns_part(sweeper->patterns->n_patterns, k, n_parts);
        part->room = sweeper->room + HEBB_BLOCK * part->patterns.first_word;
        part->scan_room = scan;
        part->n_meetings = 0;
        scan += scan_room(part->patterns.n_words);
        for (size_t a = 0; a < sweeper->n_members; a++)
            part->views[a].tables.n_units = part->patterns.n_words / HEBB_UNIT_WORDS;
    }
    for (size_t a = 0; a < sweeper->n_members; a++) hebb_sweep_parts_outdate(sweeper, a);
}

void hebb_sweep_parts_outdate(hebb_sweeper *sweeper, size_t member)
{
    for (size_t k = 0; k < sweeper->n_parts; k++) sweeper->parts[k].views[member].are_current = false;
}

/* ---- meetings ---- */

hebb_sweep_post *hebb_sweep_part_post(hebb_sweep_part *part)
{
    return part->posts + part->n_meetings % 2;
}

/* All have shown what they had to show in this turn's post. */
static size_t meet(hebb_sweep_part *part)
{
    const size_t turn = part->n_meetings++ % 2;
    hebb_parallel_meet(&part->sweeper->meeting);
    return turn;
}

void hebb_sweep_part_join(void *context, size_t n, int32_t *numbers)
{
    hebb_sweep_part *part = context;
    const hebb_sweeper *sweeper = part->sweeper;
    memcpy(hebb_sweep_part_post(part)->numbers, numbers, n * sizeof *numbers);
    const size_t turn = meet(part);
    for (size_t u = 0; u < sweeper->n_parts; u++) {
        const int32_t *others = sweeper->parts[u].posts[turn].numbers;
        if (u == part->index) continue;
        for (size_t k = 0; k < n; k++) numbers[k] += others[k];
    }
}

int64_t hebb_sweep_part_join_wide(hebb_sweep_part *part, int64_t number)
{
    const hebb_sweeper *sweeper = part->sweeper;
    if (sweeper->n_parts == 1) return number;
    hebb_sweep_part_post(part)->wide = number;
    const size_t turn = meet(part);
    number = 0;
    for (size_t u = 0; u < sweeper->n_parts; u++) number += sweeper->parts[u].posts[turn].wide;
    return number;
}

/* Without others: the fields stay where they are. */
static void take_own_fields(hebb_sweep_part *part, int64_t reach)
{
    const hebb_sweep_post *own = part->posts;
    size_t row = 0;
    for (size_t k = 0; k < part->n_active; k++) {
        part->fields[k] = own->bounds[k] + reach < HEBB_FIELD_BOUND ? own->fields[row] : NULL;
        row += own->bounds[k] < HEBB_FIELD_BOUND;
    }
}

void hebb_sweep_part_join_fields(hebb_sweep_part *part, size_t n, int64_t reach)
{
    const hebb_sweeper *sweeper = part->sweeper;
    if (sweeper->n_parts == 1) {
        take_own_fields(part, reach);
        return;
    }
    const size_t turn = meet(part);
    for (size_t k = 0; k < part->n_active; k++) {
        int64_t bound = reach;
        for (size_t u = 0; u < sweeper->n_parts; u++) bound += sweeper->parts[u].posts[turn].bounds[k];
        part->fields[k] = bound < HEBB_FIELD_BOUND ? part->sums[k] : NULL;
        memset(part->sums[k], 0, n * sizeof *part->sums[k]);
    }
    for (size_t u = 0; u < sweeper->n_parts; u++) {
        const hebb_sweep_post *post = sweeper->parts[u].posts + turn;
        const int32_t(*fields)[HEBB_BLOCK] = (const int32_t(*)[HEBB_BLOCK])post->fields;
        for (size_t k = 0; k < part->n_active; k++) {
            if (post->bounds[k] >= HEBB_FIELD_BOUND) continue;
            for (size_t i = 0; i < n && part->fields[k] != NULL; i++) part->sums[k][i] += (*fields)[i];
            fields++;
        }
    }
}
