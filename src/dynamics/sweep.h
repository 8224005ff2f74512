/*
 * sweep - every neuron of a network updated once, in pattern space; of several networks with the same patterns at once
 *
 *   neuron i flips where s_i F_i <= c_i,   F_i = N h_i + p s_i = sum_mu xi_i^mu M^mu
 *
 * What the dynamics is, T = 0, heat bath, Metropolis, is in the limits c_i alone: p - 1 at T = 0, where s_i flips if
 * s_i h_i < 0, and random at T > 0.  Neurons are taken in blocks: the fields of a block come from the overlaps at its
 * beginning; a flip is felt, exactly, by the neurons that follow in the block, and by the overlaps once the block is
 * done.  So the result does not depend on the blocks, nor on which networks go together.
 */
#ifndef HEBB_DYNAMICS_SWEEP_H
#define HEBB_DYNAMICS_SWEEP_H

#include <stdbool.h>
#include "field_tables.h"
#include "hopfield.h"
#include "parallel.h"

typedef enum { HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS } hebb_update_order;

/* Up to 256 neurons of a sweep. */
typedef struct {
    size_t n;
    bool is_run; /* neurons follow each other in the network */
    const uint32_t *neurons;
    const uint16_t *slices;
} hebb_sweep_block;

/* One network on its way. */
typedef struct {
    hebb_hopfield *network;             /* borrowed */
    int32_t *overlaps_after;            /* synchronous: of the state being made */
    uint32_t *flipped, *flipped_before; /* synchronous: which neurons, in this sweep and in the one before */
    size_t n_flipped, n_flipped_before;
    size_t n_still; /* updates since the last flip */
    bool is_done;   /* it is left out */
} hebb_sweep_member;

/* A thread's part of the patterns, with its fields and tables: sweep_parts.h. */
typedef struct hebb_sweep_part hebb_sweep_part;

typedef struct {
    const hebb_patterns *patterns; /* borrowed */
    size_t n_members;
    hebb_sweep_member *members;
    hebb_update_order order;
    hebb_philox order_generator; /* of the random order: the same for all members */
    size_t block;                /* neurons at a time: 32, 64, 128 or 256 */
    bool stops_when_still;       /* a member is done after N updates in turn without a flip; sequential order */

    /* Fills in limits[block->n] for a member whose spins in the block are given; each thread asks.  NULL: T = 0. */
    void (*find_limits)(void *context, size_t member, uint32_t sweep, const hebb_sweep_block *block,
                        const int8_t *spins, int32_t *limits);
    /* Called for every flip in turn, with the spins as they are right after it, the overlaps not.  May be NULL. */
    void (*on_flip)(void *context, const hebb_hopfield *network, size_t neuron);
    void *limits_context, *flip_context;

    int32_t limits_at_zero[HEBB_BLOCK]; /* those of T = 0 */
    uint32_t *turn;                     /* the sweep's neurons in their order */
    uint16_t *room, *scan_room;         /* for reading a block, and for updating it */
    size_t n_parts, n_made;             /* in use, one a thread, and in all */
    hebb_sweep_part *parts;
    hebb_parallel_meeting meeting;
} hebb_sweeper;

/*
 * Networks of the same patterns, in sequential order at T = 0 until set otherwise.  HEBB_ENOMEM.
 * They must stay where they are; their states may be set between sweeps, after which hebb_sweeper_restart is due.
 */
HEBB_CHECK_RESULT hebb_status hebb_sweeper_init(hebb_sweeper *sweeper, size_t n_networks, hebb_hopfield *networks,
                                                hebb_update_order order);

/* Safe on a zeroed one and twice. */
void hebb_sweeper_free(hebb_sweeper *sweeper);

/* Bytes that it takes at most on one thread, its networks and their patterns apart. */
double hebb_sweeper_bytes(size_t n_neurons, size_t n_patterns, size_t n_networks);

/*
 * From here on a sweep is shared by n_threads threads, each with a part of the patterns; 1 until set.  With fewer than
 * 384 patterns a thread, there are fewer threads.  States, overlaps and flips do not depend on it; on_flip is called by
 * one thread alone.  Within the threads of another loop this takes
 * hebb_parallel_allow_two_levels: where the threads are not to be had, a sweep runs on one.
 * Returns HEBB_OK; HEBB_ENOMEM, and then all is as before.
 */
HEBB_CHECK_RESULT hebb_status hebb_sweeper_use_threads(hebb_sweeper *sweeper, int n_threads);

/*
 * How many of n_threads threads make a sweep shorter: one every 2 500 patterns, as a block, 256 neurons, takes a core
 * 1 us every 1 000 patterns, 4 us where these are drawn again, and its threads meet once or more in it.
 */
int hebb_sweeper_worth_threads(size_t n_patterns, int n_threads);

/* Bytes that n_threads threads take more than one. */
double hebb_sweeper_threads_bytes(size_t n_patterns, size_t n_networks, int n_threads);

/* Forgets what is known of the networks' states: no member is done. */
void hebb_sweeper_restart(hebb_sweeper *sweeper);

/* What a sweep begins with: its order, in `turn`, and flips counted anew.  For those who make their own sweeps. */
void hebb_sweeper_begin(hebb_sweeper *sweeper, uint32_t sweep);

/*
 * One sweep of all members that are not done; afterwards their spins and overlaps are up to date and n_flipped is set.
 *
 * sweep  in   its number, which the random order and the limits depend on
 *
 * Cost: N p / 6 look-ups a member, 32 of them an instruction with AVX-512; O(256 p / 16) a flip.  Allocates nothing.
 */
void hebb_sweeper_run(hebb_sweeper *sweeper, uint32_t sweep);

#endif
