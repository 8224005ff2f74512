#include "parallel.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

int hebb_parallel_processors(void)
{
#ifdef _OPENMP
    return omp_get_num_procs();
#else
    return 1;
#endif
}

/* The failure to report: sentences live in the thread that failed, so the text is carried over. */
typedef struct {
    size_t unit;
    hebb_status status;
    char sentence[1024];
} failure;

static void record(failure *first, size_t unit, hebb_status status)
{
#pragma omp critical(hebb_parallel)
    if (first->status == HEBB_OK || unit < first->unit) {
        first->unit = unit;
        first->status = status;
        strncpy(first->sentence, hebb_diagnostic(), sizeof first->sentence - 1);
    }
}

hebb_status hebb_parallel_run(const hebb_parallel_work *work, size_t n_units, int n_threads)
{
    failure first = {SIZE_MAX, HEBB_OK, ""};
    if ((size_t)n_threads > n_units) n_threads = n_units > 0 ? (int)n_units : 1;
    size_t next = 0;
    bool stop = false;
#pragma omp parallel num_threads(n_threads) default(none) shared(work, n_units, first, next, stop)
    {
        void *workspace = NULL;
        hebb_status status = HEBB_OK;
        hebb_diagnostic_clear();
        if (work->workspace_make != NULL) status = work->workspace_make(work->context, &workspace);
        if (status != HEBB_OK) record(&first, SIZE_MAX, status);
        while (status == HEBB_OK) {
            bool stopped;
            size_t unit;
#pragma omp atomic read
            stopped = stop;
#pragma omp atomic capture
            unit = next++;
            if (stopped || unit >= n_units) break;
            status = work->run(work->context, workspace, unit);
            if (status != HEBB_OK) record(&first, unit, status);
        }
        if (status != HEBB_OK) {
#pragma omp atomic write
            stop = true;
        }
        if (work->workspace_free != NULL) work->workspace_free(workspace);
    }
    return first.status == HEBB_OK ? HEBB_OK : hebb_fail(first.status, "%s", first.sentence);
}
