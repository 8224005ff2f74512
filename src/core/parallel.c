#include "parallel.h"

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

void hebb_parallel_allow_two_levels(void)
{
#ifdef _OPENMP
    omp_set_max_active_levels(2);
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

/* What the threads share. */
typedef struct {
    const hebb_parallel_work *work;
    size_t n_units, next;
    bool stop;
    failure first;
} shared_work;

static bool next_unit(shared_work *shared, size_t *unit)
{
    bool stopped;
#pragma omp atomic read
    stopped = shared->stop;
    if (stopped) return false;
    if (shared->work->next != NULL) return shared->work->next(shared->work->context, unit);
#pragma omp atomic capture
    *unit = shared->next++;
    return *unit < shared->n_units;
}

/* One thread's part. */
static void do_units(shared_work *shared)
{
    const hebb_parallel_work *work = shared->work;
    void *workspace = NULL;
    hebb_status status = HEBB_OK;
    size_t unit;
    if (work->workspace_make != NULL) status = work->workspace_make(work->context, &workspace);
    if (status != HEBB_OK) record(&shared->first, SIZE_MAX, status);
    while (status == HEBB_OK && next_unit(shared, &unit)) {
        status = work->run(work->context, workspace, unit);
        if (status != HEBB_OK) record(&shared->first, unit, status);
    }
    if (status != HEBB_OK) {
#pragma omp atomic write
        shared->stop = true;
    }
    if (work->workspace_free != NULL) work->workspace_free(workspace);
}

static int thread_number(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

static bool is_alone(void)
{
#ifdef _OPENMP
    return omp_get_num_threads() == 1;
#else
    return true;
#endif
}

/* The calling thread's part where it does no units; they are nobody's when it is the only thread there is. */
static void attend(shared_work *shared)
{
    hebb_status status = is_alone() ? hebb_fail(HEBB_EINTERNAL, "no thread to be had beside the first one")
                                    : shared->work->meanwhile(shared->work->context);
    if (status != HEBB_OK) record(&shared->first, SIZE_MAX, status);
}

hebb_status hebb_parallel_run(const hebb_parallel_work *work, size_t n_units, int n_threads)
{
    shared_work all = {.work = work, .n_units = n_units, .first = {SIZE_MAX, HEBB_OK, ""}};
    const int n_attending = work->meanwhile != NULL;
    if ((size_t)n_threads > n_units) n_threads = n_units > 0 ? (int)n_units : 1;
#pragma omp parallel num_threads(n_threads + n_attending) default(none) shared(all, n_attending)
    {
        hebb_diagnostic_clear();
        if (n_attending && thread_number() == 0)
            attend(&all);
        else
            do_units(&all);
    }
    return all.first.status == HEBB_OK ? HEBB_OK : hebb_fail(all.first.status, "%s", all.first.sentence);
}

bool hebb_parallel_together(int n_threads, void (*run)(void *context, int thread), void *context)
{
    bool are_there = n_threads == 1;
    if (are_there) run(context, 0);
#ifdef _OPENMP
    if (n_threads <= 1) return are_there;
#pragma omp parallel num_threads(n_threads) default(none) shared(n_threads, run, context, are_there)
    if (omp_get_num_threads() == n_threads) {
        run(context, omp_get_thread_num());
        if (omp_get_thread_num() == 0) are_there = true;
    }
#endif
    return are_there;
}

void hebb_parallel_meeting_init(hebb_parallel_meeting *meeting, int n_threads)
{
    const bool have_room = n_threads <= hebb_parallel_processors();
    *meeting = (hebb_parallel_meeting){.n_threads = n_threads,
                                       .n_looks = have_room ? 3000 : 0,
                                       .mutex = PTHREAD_MUTEX_INITIALIZER,
                                       .is_over = PTHREAD_COND_INITIALIZER};
}

/* The last one lets the others go: those asleep have said so before they looked at the round once more. */
static void let_go(hebb_parallel_meeting *meeting, unsigned round)
{
    atomic_store_explicit(&meeting->n_here, 0, memory_order_relaxed);
    atomic_store(&meeting->round, round + 1);
    if (atomic_load(&meeting->n_asleep) == 0) return;
    pthread_mutex_lock(&meeting->mutex);
    pthread_cond_broadcast(&meeting->is_over);
    pthread_mutex_unlock(&meeting->mutex);
}

static void sleep_until_over(hebb_parallel_meeting *meeting, unsigned round)
{
    pthread_mutex_lock(&meeting->mutex);
    atomic_fetch_add(&meeting->n_asleep, 1);
    while (atomic_load(&meeting->round) == round) pthread_cond_wait(&meeting->is_over, &meeting->mutex);
    atomic_fetch_sub(&meeting->n_asleep, 1);
    pthread_mutex_unlock(&meeting->mutex);
}

/* Not OpenMP's barrier, which goes on looking for milliseconds while the thread it waits for is kept from running. */
void hebb_parallel_meet(hebb_parallel_meeting *meeting)
{
    const unsigned round = atomic_load_explicit(&meeting->round, memory_order_relaxed);
    if (atomic_fetch_add_explicit(&meeting->n_here, 1, memory_order_acq_rel) == meeting->n_threads - 1) {
        let_go(meeting, round);
        return;
    }
    for (int k = 0; k < meeting->n_looks; k++) {
        if (atomic_load_explicit(&meeting->round, memory_order_acquire) != round) return;
#ifdef __x86_64__
        __builtin_ia32_pause();
#endif
    }
    sleep_until_over(meeting, round);
}
