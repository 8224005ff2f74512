/*
 * queue - units on their way to the threads that compute them; one puts, many take
 */
#ifndef HEBB_ENSEMBLE_QUEUE_H
#define HEBB_ENSEMBLE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include "status.h"

typedef struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    size_t room, first, n; /* a ring */
    size_t *units;
    size_t n_members, n_idle;
    bool is_closed, is_dropped;
} hebb_queue;

/* At one moment. */
typedef struct {
    size_t n;         /* units that wait */
    size_t n_idle;    /* threads that wait for one */
    size_t n_members; /* threads that have joined and not left */
    bool is_dropped;
    bool is_over; /* closed, and neither a unit waits nor is a thread there: none will be taken any more */
} hebb_queue_state;

/* room: units that may wait at once.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_queue_init(hebb_queue *queue, size_t room);

/* The caller sees to it that no more wait than there is room for.  A queue that was dropped takes none. */
void hebb_queue_put(hebb_queue *queue, size_t n, const size_t *units);

/* A thread comes to take units, and goes.  For the one who puts them; taking needs neither. */
void hebb_queue_join(hebb_queue *queue);
void hebb_queue_leave(hebb_queue *queue);

hebb_queue_state hebb_queue_look(hebb_queue *queue);

/* Waits for a unit.  False when the queue is closed and empty, or was dropped. */
bool hebb_queue_take(hebb_queue *queue, size_t *unit);

/* No more will be put. */
void hebb_queue_close(hebb_queue *queue);

/* Closes it and forgets those that wait. */
void hebb_queue_drop(hebb_queue *queue);

/* Safe on a zeroed one and twice. */
void hebb_queue_free(hebb_queue *queue);

#endif
