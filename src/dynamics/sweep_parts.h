/*
 * sweep_parts - the patterns of a sweep shared out to threads; for sweep.c and its like
 *
 *   F_i = sum_parts sum_{mu in part} xi_i^mu M^mu
 *
 * A thread has a part of the patterns for good: it alone reads them or draws them again, has their overlaps and tables,
 * and puts flips into them.  All threads go through the same blocks in step and decide the same, from sums over the
 * parts that they join: of a block's fields, and of what its flips do to fields.  These are whole numbers, so nothing
 * depends on the number of threads.  A block without flips costs one meeting of the threads; flips cost one more
 * whenever those that wait are felt (kernel.h).
 */
#ifndef HEBB_DYNAMICS_SWEEP_PARTS_H
#define HEBB_DYNAMICS_SWEEP_PARTS_H

#include "sweep.h"

/* What a thread knows of a network. */
typedef struct {
    hebb_field_tables tables; /* of its part of the overlaps */
    bool are_current;         /* the tables are those of the overlaps */
    bool is_done;             /* as in hebb_sweep_member, which has what the first thread found */
    size_t n_still;
} hebb_sweep_view;

/* What a thread shows the others at a meeting. */
typedef struct {
    int32_t (*fields)[HEBB_BLOCK]; /* of the active networks whose bound is below HEBB_FIELD_BOUND */
    int64_t *bounds;               /* on its part of the fields; of all active networks */
    int32_t numbers[HEBB_BLOCK];
    int64_t wide;
} hebb_sweep_post;

struct hebb_sweep_part {
    hebb_sweeper *sweeper;
    size_t index;
    hebb_pattern_part patterns;
    uint16_t *room, *scan_room; /* pieces of the sweeper's */
    hebb_sweep_view *views;     /* one a network */
    size_t n_active, *active;   /* networks still on their way */
    hebb_field_tables **tables; /* theirs, but for wide ones */
    const int32_t **fields;     /* theirs in a block; NULL: too wide for 32 bits */
    int32_t (*sums)[HEBB_BLOCK];
    int8_t (
        *spins)[HEBB_BLOCK]; /* theirs in a block: what the network's own are, the first thread may change meanwhile */
    size_t n_meetings;
    hebb_sweep_post posts[2]; /* in turn: the others may still look at the last one */
};

/*
 * Makes n_parts parts, at most hebb_patterns_most_parts, and shares the patterns out to them; those there were are freed,
 * unless it fails.  HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_sweep_parts_init(hebb_sweeper *sweeper, size_t n_parts);

/* Safe on a zeroed sweeper and twice. */
void hebb_sweep_parts_free(hebb_sweeper *sweeper);

/* Bytes that they take, the sweeper's rooms included. */
double hebb_sweep_parts_bytes(size_t n_patterns, size_t n_networks, size_t n_parts);

/* Shares the patterns out to one part alone, or to all that have been made.  Allocates nothing. */
void hebb_sweep_parts_share(hebb_sweeper *sweeper, size_t n_parts);

/* A network's overlaps have changed: no tables are theirs. */
void hebb_sweep_parts_outdate(hebb_sweeper *sweeper, size_t member);

/* For hebb_scan: numbers[k] becomes its sum over all parts; context is the calling thread's part. */
void hebb_sweep_part_join(void *context, size_t n, int32_t *numbers);

/* The sum over all parts. */
int64_t hebb_sweep_part_join_wide(hebb_sweep_part *part, int64_t number);

/*
 * Sets `fields`, from what has been looked up into hebb_sweep_part_post's for tables whose bound is below
 * HEBB_FIELD_BOUND: the fields of the active networks for a block of n neurons, or NULL where sum_parts bound + reach
 * reaches it.
 */
void hebb_sweep_part_join_fields(hebb_sweep_part *part, size_t n, int64_t reach);
hebb_sweep_post *hebb_sweep_part_post(hebb_sweep_part *part);

#endif
