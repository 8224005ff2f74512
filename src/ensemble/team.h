/*
 * team - who computes a study: one process, or the ranks of an MPI job, of which rank 0 hands out the units
 *
 * Each process has threads of its own and a journal of its own.  What is here knows nothing of MPI: a program that is
 * started by mpirun brings a team of its own.
 */
#ifndef HEBB_ENSEMBLE_TEAM_H
#define HEBB_ENSEMBLE_TEAM_H

#include <stddef.h>
#include "queue.h"
#include "status.h"

enum { HEBB_LARGEST_SHARE = 4096 };

/* Units to be handed out, in order; at rank 0 alone. */
typedef struct {
    size_t n, next;
    const size_t *units;
} hebb_deal;

typedef struct {
    int rank, size;
    int n_neighbours; /* ranks on this machine, this one among them: they share its memory */
    int n_processors; /* this rank's part of those that it may use; 0: all of them */

    /*
     * All ranks call it and wait for each other: the gravest of their statuses, with its sentence.  HEBB_ESTOPPED is
     * less grave than any failure.
     */
    hebb_status (*agree)(hebb_status status);

    /* All ranks call it: rank 0's number. */
    size_t (*tell)(size_t n);

    /*
     * On each rank's first thread, while n_threads others take from the queue, which has room for
     * 2 HEBB_LARGEST_SHARE + n_threads: brings units there until there are no more, then closes it, and returns once no
     * rank has a unit in work.  Where a rank is to stop (stop.h), or its queue was dropped, all ranks are asked to stop.
     * NULL in a team of one.
     */
    hebb_status (*hand_out)(hebb_deal *deal, hebb_queue *queue, int n_threads);
} hebb_team;

/* This process and no other. */
extern const hebb_team hebb_team_alone;

/*
 * How many of n_left units go to one of n_askers at a time, HEBB_LARGEST_SHARE at most: fewer towards the end, so that all
 * end together.
 */
size_t hebb_team_share(size_t n_left, size_t n_askers);

#endif
