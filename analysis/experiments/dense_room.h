/*
 * dense_room - one dense memory followed as a unit of a study: heat bath, then relaxation at T = 0; with checkpoints
 */
#ifndef HEBB_EXPERIMENTS_DENSE_ROOM_H
#define HEBB_EXPERIMENTS_DENSE_ROOM_H

#include "checkpoint.h"
#include "dense_heat_bath.h"
#include "dense_relax.h"

/* What one unit has come to; all of it, with the spins, is what a checkpoint keeps. */
typedef struct {
    hebb_dense_walk walk; /* of the heat bath */
    double m_sum, e_sum;  /* of overlap with pattern 0 and of E/N after each sweep of the second half */
    hebb_relaxation relaxed;
} hebb_dense_progress;

/* A thread's memory.  Zero it first; kept from unit to unit while the size is the same. */
typedef struct {
    hebb_patterns patterns;
    hebb_dense_memory memory;
    uint32_t *turn;
    unsigned char *state;         /* of a unit that is left half-way */
    hebb_dense_progress progress; /* of the unit at hand */
} hebb_dense_room;

/* How a unit moves. */
typedef struct {
    hebb_update_order order;
    double temperature;  /* of the heat bath; 0: none */
    long thermal_sweeps; /* an even number of them, at T > 0 */
    long max_sweeps;     /* of the relaxation */
    hebb_philox noise, order_generator;
} hebb_dense_way;

/* Bytes that it takes. */
double hebb_dense_room_bytes(size_t n_neurons, size_t n_patterns);

/* Ready for N x K; patterns are then to be drawn and the state to be set.  Returns as hebb_dense_memory_fit. */
HEBB_CHECK_RESULT hebb_status hebb_dense_room_fit(hebb_dense_room *room, size_t n_neurons, size_t n_patterns,
                                                  hebb_interaction interaction);

/* Safe on a zeroed one and twice. */
void hebb_dense_room_free(hebb_dense_room *room);

/*
 * Before a unit begins, its patterns drawn: goes on from where an earlier run was stopped.
 *
 * Returns whether there was one; if not, the state is to be set.
 */
bool hebb_dense_room_restore(hebb_dense_room *room, hebb_checkpoint *checkpoint);

/*
 * The way's sweeps in the heat bath, none at T = 0; and the relaxation at T = 0 from there.  What of them has been done
 * is not done again; room->progress says what came out.
 *
 * Returns HEBB_OK; HEBB_ESTOPPED when the program is to stop, the state having been saved; as the dynamics.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_room_heat(hebb_dense_room *room, const hebb_dense_way *way,
                                                   hebb_checkpoint *checkpoint);
HEBB_CHECK_RESULT hebb_status hebb_dense_room_relax(hebb_dense_room *room, const hebb_dense_way *way,
                                                    hebb_checkpoint *checkpoint);

#endif
