/*
 * parallel - independent units of work over threads
 *
 * A unit writes its results where its own number says, so what comes out does not depend on the number of threads.
 */
#ifndef HEBB_CORE_PARALLEL_H
#define HEBB_CORE_PARALLEL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include "status.h"

typedef struct {
    void *context; /* shared and constant during the run */
    /* Makes a thread's own room, once a thread; NULL pointers in both when none is needed. */
    hebb_status (*workspace_make)(void *context, void **workspace);
    void (*workspace_free)(void *workspace);
    /* Does one unit. */
    hebb_status (*run)(void *context, void *workspace, size_t unit);
    /* The next unit for the thread that asks, false when there is none left.  NULL: 0 .. n_units-1, in rising order. */
    bool (*next)(void *context, size_t *unit);
    /* What the calling thread does while n_threads others do the units; NULL: it is one of them. */
    hebb_status (*meanwhile)(void *context);
} hebb_parallel_work;

/* The processors that this process may use. */
int hebb_parallel_processors(void);

/* Lets units have threads of their own within hebb_parallel_run.  For the whole process: for the program to call. */
void hebb_parallel_allow_two_levels(void);

/*
 * Runs n_units units, each once, on n_threads threads at most.  After a failure no further unit starts.
 *
 * Returns HEBB_OK, or the status of the lowest-numbered unit that failed, its sentence left for the caller.
 */
HEBB_CHECK_RESULT hebb_status hebb_parallel_run(const hebb_parallel_work *work, size_t n_units, int n_threads);

/*
 * The same for work that cannot fail and needs no room: inner loops, some 50 us of work or more.  It may be called within
 * units.  Where processors are wanted by others too it takes no longer than on one thread, but for what a helper that is
 * kept from running has begun.
 */
void hebb_parallel_each(size_t n_units, int n_threads, void (*run)(void *context, size_t unit), void *context);

/*
 * Calls run(context, k) for k = 0 .. n_threads - 1, all of them at the same time, so that they may wait for each other.
 *
 * Returns false, having done nothing, where so many threads are not to be had: without OpenMP, under a limit of its
 * own, or within hebb_parallel_run unless two levels are allowed.
 */
HEBB_CHECK_RESULT bool hebb_parallel_together(int n_threads, void (*run)(void *context, int thread), void *context);

/* Where the threads of hebb_parallel_together meet. */
typedef struct {
    int n_threads, n_looks;
    atomic_int n_here, n_asleep;
    atomic_uint round;
    pthread_mutex_t mutex;
    pthread_cond_t is_over;
} hebb_parallel_meeting;

/* Nothing to be freed; while nobody is there it may be made again. */
void hebb_parallel_meeting_init(hebb_parallel_meeting *meeting, int n_threads);

/*
 * Waits until all threads are here; each sees what the others wrote before.  A fraction of a microsecond where each has
 * a processor to itself.  One that has waited for some 50 us goes to sleep, at once if there are fewer processors than
 * threads.
 */
void hebb_parallel_meet(hebb_parallel_meeting *meeting);

#endif
