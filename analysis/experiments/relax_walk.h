/*
 * relax_walk - one network relaxed at T = 0, as a unit of a study: with checkpoints
 *
 * thermal_walk.h is the same at T > 0.
 */
#ifndef HEBB_EXPERIMENTS_RELAX_WALK_H
#define HEBB_EXPERIMENTS_RELAX_WALK_H

#include "checkpoint.h"
#include "relax_state.h"
#include "table.h"

/* A thread's network.  Zero it first, and set n_threads; kept from unit to unit while size and store are the same. */
typedef struct {
    hebb_patterns patterns;
    hebb_hopfield network;
    hebb_sweeper sweeper;
    int n_threads;        /* that a unit may use */
    unsigned char *state; /* of a relaxation that is left half-way */
} hebb_relax_room;

/* Bytes that it takes with threads of a sweep's own. */
double hebb_relax_room_bytes(size_t n_neurons, size_t n_patterns, hebb_pattern_store store, int n_threads);

/*
 * Ready for N x p; patterns are then to be drawn and the state to be set.  Returns as hebb_patterns_init, after a failure
 * of which the next call begins anew.
 */
HEBB_CHECK_RESULT hebb_status hebb_relax_room_fit(hebb_relax_room *room, size_t n_neurons, size_t n_patterns,
                                                  hebb_pattern_store store, hebb_update_order order);

/* Safe on a zeroed one and twice. */
void hebb_relax_room_free(hebb_relax_room *room);

/*
 * Relaxes from the room's state, or from where an earlier run was stopped.
 *
 * how  in   without what is called after a sweep: that is the walk's own
 *
 * Returns as hebb_relax; HEBB_ESTOPPED when the program is to stop, the state having been saved.
 */
HEBB_CHECK_RESULT hebb_status hebb_relax_walk_run(hebb_relax_room *room, hebb_relax_options how,
                                                  hebb_checkpoint *checkpoint, hebb_relaxation *relaxation);

/* Columns of a summary: how many runs of a point came to no fixed point. */
enum { HEBB_N_RELAX_COUNTS = 2 };
extern const hebb_column hebb_relax_counts[HEBB_N_RELAX_COUNTS];

#endif
