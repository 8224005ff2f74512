/*
 * trajectory - which neurons flipped, one after the other, and in which order they were asked
 */
#ifndef HEBB_TESTS_TRAJECTORY_H
#define HEBB_TESTS_TRAJECTORY_H

#include <check.h>
#include <stdlib.h>

#include "hopfield.h"
#include "philox.h"
#include "sweep.h"

typedef struct {
    uint32_t *neurons;
    size_t n, room;
} flip_log;

static inline void log_flip(flip_log *log, size_t neuron)
{
    if (log->n == log->room) {
        log->room = 2 * log->room + 64;
        log->neurons = realloc(log->neurons, log->room * sizeof *log->neurons);
    }
    log->neurons[log->n++] = (uint32_t)neuron;
}

/* Of several networks, an array that begins at `first`. */
typedef struct {
    const hebb_hopfield *first;
    flip_log logs[8];
} flip_logs;

static inline void log_network_flip(void *context, const hebb_hopfield *network, size_t neuron)
{
    flip_logs *logs = context;
    log_flip(logs->logs + (network - logs->first), neuron);
}

static inline void check_equal_flips(const flip_log *got, const flip_log *want)
{
    ck_assert_uint_eq(got->n, want->n);
    if (got->n > 0) ck_assert_mem_eq(got->neurons, want->neurons, got->n * sizeof *got->neurons);
}

/* A sweep's order of the neurons. */
static inline void reference_turn(size_t n, hebb_update_order order, hebb_philox generator, uint32_t sweep,
                                  uint32_t *turn)
{
    for (uint32_t i = 0; i < n; i++) turn[i] = i;
    if (order != HEBB_ORDER_RANDOM) return;
    hebb_stream stream;
    hebb_stream_init(&stream, generator, sweep, 0);
    hebb_stream_permutation(&stream, (uint32_t)n, turn);
}

/* M^mu = sum_i xi_i^mu s_i, and no padding. */
static inline void check_overlaps_are_the_spins(const hebb_hopfield *network)
{
    const hebb_patterns *patterns = network->patterns;
    const size_t n_padded = hebb_patterns_padded(patterns->n_patterns);
    int32_t *overlaps = calloc(n_padded, sizeof *overlaps);
    uint16_t *room = calloc(hebb_patterns_block_room(patterns->n_patterns), sizeof *room);
    hebb_patterns_overlaps(patterns, network->spins, room, overlaps);
    ck_assert_mem_eq(network->overlaps, overlaps, n_padded * sizeof *overlaps);
    free(room);
    free(overlaps);
}

#endif
