/*
 * hebb_parallel_each: threads that stay from one loop to the next and help with any.
 *
 * Not OpenMP's: these go on looking for milliseconds for the next loop and at the end of each, so that where other programs
 * want the processors too a short loop on two threads took ten times what it takes on one.  Here a helper goes to sleep
 * after some 50 us, and a loop waits only for those that have begun a unit of it: one that is kept from running is not
 * waited for.
 */
#include "parallel.h"

#include <signal.h>

typedef struct loop {
    void (*run)(void *context, size_t unit);
    void *context;
    size_t n_units;
    atomic_size_t next;
    atomic_int n_inside; /* helpers; it is the caller's again once they are 0 and it is not in the list */
    int n_wanted;        /* helpers that may still join */
    struct loop *below;
} loop;

enum { LOOKS = 3000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t is_begun = PTHREAD_COND_INITIALIZER, is_left = PTHREAD_COND_INITIALIZER;
static loop *loops;            /* under the mutex: those that may be joined, the newest first */
static int n_helpers, n_asked; /* under the mutex: threads that there are, and that the loops of the list asked for */
static atomic_int n_looks, n_asleep; /* of callers */
static atomic_uint n_begun;          /* loops, ever */

static void do_units(loop *l)
{
    for (size_t unit; (unit = atomic_fetch_add(&l->next, 1)) < l->n_units;) l->run(l->context, unit);
}

static void pause_a_little(void)
{
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
}

/* ---- a helper ---- */

/* Under the mutex.  NULL: none wants help. */
static loop *join(void)
{
    loop *l = loops;
    while (l != NULL && l->n_wanted == 0) l = l->below;
    if (l == NULL) return NULL;
    l->n_wanted--;
    atomic_fetch_add(&l->n_inside, 1);
    return l;
}

/* After the subtraction the loop is its caller's, and may be gone. */
static void leave(loop *l)
{
    if (atomic_fetch_sub(&l->n_inside, 1) > 1 || atomic_load(&n_asleep) == 0) return;
    pthread_mutex_lock(&mutex);
    pthread_cond_broadcast(&is_left);
    pthread_mutex_unlock(&mutex);
}

static void *help(void *unused)
{
    (void)unused;
    for (;;) {
        loop *l;
        pthread_mutex_lock(&mutex);
        while ((l = join()) == NULL) pthread_cond_wait(&is_begun, &mutex);
        const unsigned seen = atomic_load(&n_begun);
        pthread_mutex_unlock(&mutex);
        do_units(l);
        leave(l);
        for (int k = atomic_load(&n_looks); k > 0 && atomic_load(&n_begun) == seen; k--) pause_a_little();
    }
    return NULL;
}

/* Under the mutex.  Signals are for the program's own threads; a helper that is not to be had is done without. */
static void hire(void)
{
    sigset_t all, before;
    if (n_helpers >= n_asked) return;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (pthread_t thread; n_helpers < n_asked && pthread_create(&thread, NULL, help, NULL) == 0; n_helpers++)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    atomic_store(&n_looks, n_helpers < hebb_parallel_processors() ? LOOKS : 0);
}

/* ---- the caller ---- */

static void begin(loop *l)
{
    pthread_mutex_lock(&mutex);
    n_asked += l->n_wanted;
    hire();
    l->below = loops;
    loops = l;
    atomic_fetch_add(&n_begun, 1);
    for (int k = 0; k < l->n_wanted; k++) pthread_cond_signal(&is_begun);
    pthread_mutex_unlock(&mutex);
}

static void end(loop *l, int n_wanted)
{
    pthread_mutex_lock(&mutex);
    loop **at = &loops;
    while (*at != l) at = &(*at)->below;
    *at = l->below;
    n_asked -= n_wanted;
    pthread_mutex_unlock(&mutex);
    for (int k = atomic_load(&n_looks); k > 0 && atomic_load(&l->n_inside) > 0; k--) pause_a_little();
    if (atomic_load(&l->n_inside) == 0) return;
    pthread_mutex_lock(&mutex);
    atomic_fetch_add(&n_asleep, 1);
    while (atomic_load(&l->n_inside) > 0) pthread_cond_wait(&is_left, &mutex);
    atomic_fetch_sub(&n_asleep, 1);
    pthread_mutex_unlock(&mutex);
}

void hebb_parallel_each(size_t n_units, int n_threads, void (*run)(void *context, size_t unit), void *context)
{
    if (n_threads <= 1 || n_units <= 1) {
        for (size_t unit = 0; unit < n_units; unit++) run(context, unit);
        return;
    }
    const int n_wanted = (size_t)n_threads < n_units ? n_threads - 1 : (int)n_units - 1;
    loop own = {.run = run, .context = context, .n_units = n_units, .n_wanted = n_wanted};
    begin(&own);
    do_units(&own);
    end(&own, n_wanted);
}
