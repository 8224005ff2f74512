/*
 * parallel - independent units of work over threads
 *
 * A unit writes its results where its own number says, so what comes out does not depend on the number of threads.
 */
#ifndef HEBB_CORE_PARALLEL_H
#define HEBB_CORE_PARALLEL_H

#include <stddef.h>
#include "status.h"

typedef struct {
    void *context; /* shared and constant during the run */
    /* Makes a thread's own room, once a thread; NULL pointers in both when none is needed. */
    hebb_status (*workspace_make)(void *context, void **workspace);
    void (*workspace_free)(void *workspace);
    /* Does one unit. */
    hebb_status (*run)(void *context, void *workspace, size_t unit);
} hebb_parallel_work;

/* The processors that this process may use. */
int hebb_parallel_processors(void);

/*
 * Runs units 0 .. n_units-1, each once, handed out in rising order.  After a failure no further unit starts.
 *
 * Returns HEBB_OK, or the status of the lowest-numbered unit that failed, its sentence left for the caller.
 */
HEBB_CHECK_RESULT hebb_status hebb_parallel_run(const hebb_parallel_work *work, size_t n_units, int n_threads);

#endif
