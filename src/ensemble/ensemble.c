#include "ensemble.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journals.h"
#include "parallel.h"
#include "stop.h"

/* ---- what is done ---- */

/* All journals of the folder, one after the other. */
static hebb_status read_all(const char *folder, const hebb_manifest *manifest, hebb_journal_visit visit, void *context,
                            hebb_journal_report *report)
{
    const hebb_journal_kind kind = hebb_manifest_journals(manifest);
    hebb_journals journals;
    *report = (hebb_journal_report){0};
    hebb_status status = hebb_journals_list(folder, &journals);
    for (size_t k = 0; status == HEBB_OK && k < journals.n; k++) {
        hebb_journal_report one;
        status = hebb_journal_read(journals.paths[k], &kind, visit, context, &one);
        report->n_records += one.n_records;
        report->n_damaged += one.n_damaged;
        report->is_cut = report->is_cut || one.is_cut;
        report->has_bad_header = report->has_bad_header || one.has_bad_header;
    }
    hebb_journals_free(&journals);
    return status;
}

static hebb_status mark(void *context, uint64_t unit, const double *numbers)
{
    (void)numbers;
    hebb_units_mark(context, unit);
    return HEBB_OK;
}

hebb_status hebb_ensemble_survey(const char *folder, const hebb_manifest *manifest, hebb_units *units,
                                 hebb_journal_report *report)
{
    const hebb_status status = hebb_units_init(units, hebb_manifest_units(manifest));
    return status == HEBB_OK ? read_all(folder, manifest, mark, units, report) : status;
}

typedef struct {
    const char *folder;
    size_t n_numbers;
    double *numbers;
    hebb_units *units;
} collection;

/* By bytes: a NaN equals itself. */
static hebb_status collect_one(void *context, uint64_t unit, const double *numbers)
{
    collection *c = context;
    double *place = c->numbers + unit * c->n_numbers;
    const size_t size = c->n_numbers * sizeof *place;
    if (hebb_units_is_done(c->units, unit) && memcmp(place, numbers, size) != 0)
        return hebb_fail(HEBB_EDATA,
                         "%s: unit %llu has a different result here than in what was read before: one of them is "
                         "wrong; remove its journal",
                         c->folder, (unsigned long long)unit);
    memcpy(place, numbers, size);
    hebb_units_mark(c->units, unit);
    return HEBB_OK;
}

hebb_status hebb_ensemble_collect_more(const char *folder, const hebb_manifest *manifest, double *numbers,
                                       hebb_units *units)
{
    hebb_journal_report report;
    collection c = {folder, manifest->n_numbers, numbers, units};
    return read_all(folder, manifest, collect_one, &c, &report);
}

hebb_status hebb_ensemble_collect(const char *folder, const hebb_manifest *manifest, double *numbers, hebb_units *units)
{
    const hebb_status status = hebb_units_init(units, hebb_manifest_units(manifest));
    return status == HEBB_OK ? hebb_ensemble_collect_more(folder, manifest, numbers, units) : status;
}

bool hebb_ensemble_is_busy(const char *folder)
{
    hebb_journals journals;
    bool is_busy = false;
    if (hebb_journals_list(folder, &journals) != HEBB_OK) return false;
    for (size_t k = 0; k < journals.n; k++) is_busy = is_busy || hebb_journal_is_busy(journals.paths[k]);
    hebb_journals_free(&journals);
    return is_busy;
}

hebb_status hebb_ensemble_clear(const char *folder)
{
    hebb_journals journals;
    hebb_status status = hebb_journals_list(folder, &journals);
    for (size_t k = 0; status == HEBB_OK && k < journals.n; k++)
        if (hebb_journal_is_busy(journals.paths[k]))
            status = hebb_fail(HEBB_EUSAGE, "%s: another process is at work on this study", journals.paths[k]);
    for (size_t k = 0; status == HEBB_OK && k < journals.n; k++)
        if (unlink(journals.paths[k]) != 0)
            status = hebb_fail(HEBB_EIO, "%s: cannot be removed: %s", journals.paths[k], strerror(errno));
    hebb_journals_free(&journals);
    if (status == HEBB_OK) hebb_checkpoint_sweep(folder);
    return status;
}

/* ---- running ---- */

/* What the threads of this process share. */
typedef struct {
    const hebb_ensemble *ensemble;
    const hebb_ensemble_work *work;
    hebb_fingerprint fingerprint;
    hebb_deal deal;
    hebb_queue queue;
    hebb_journal journal;
    pthread_mutex_t journal_mutex;
    int n_unit_threads;
    bool was_handed_out;
} running;

/* A thread's. */
typedef struct {
    void *own; /* the work's */
    double *numbers;
    void (*free_own)(void *own);
    hebb_queue *queue;
} workspace;

static void free_workspace(void *room)
{
    workspace *w = room;
    if (w == NULL) return;
    hebb_queue_leave(w->queue);
    w->free_own(w->own);
    free(w->numbers);
    free(w);
}

static hebb_status make_workspace(void *context, void **room)
{
    running *r = context;
    workspace *w = calloc(1, sizeof *w);
    hebb_status status = HEBB_OK;
    *room = w;
    if (w != NULL) {
        w->queue = &r->queue;
        hebb_queue_join(w->queue);
        w->free_own = r->work->workspace_free;
        w->numbers = calloc(r->ensemble->manifest->n_numbers, sizeof *w->numbers);
    }
    if (w == NULL || w->numbers == NULL) status = hebb_fail(HEBB_ENOMEM, "no memory for a thread");
    if (status == HEBB_OK) status = r->work->workspace_make(r->work->context, r->n_unit_threads, &w->own);
    if (status != HEBB_OK) hebb_queue_drop(&r->queue); /* nobody is to wait for units that are not coming */
    return status;
}

static bool next_unit(void *context, size_t *unit)
{
    running *r = context;
    if (hebb_stop_is_requested()) hebb_queue_drop(&r->queue);
    return hebb_queue_take(&r->queue, unit);
}

static hebb_status keep(running *r, size_t unit, const double *numbers)
{
    (void)pthread_mutex_lock(&r->journal_mutex);
    const hebb_status status = hebb_journal_add(&r->journal, unit, numbers);
    (void)pthread_mutex_unlock(&r->journal_mutex);
    return status;
}

static hebb_status run_unit(void *context, void *room, size_t unit)
{
    running *r = context;
    workspace *w = room;
    const size_t n_numbers = r->ensemble->manifest->n_numbers;
    hebb_checkpoint checkpoint =
        hebb_checkpoint_begin(r->ensemble->folder, r->fingerprint, unit, r->ensemble->checkpoint_interval);
    memset(w->numbers, 0, n_numbers * sizeof *w->numbers);
    hebb_status status = r->work->run(r->work->context, w->own, unit, &checkpoint, w->numbers);
    if (status == HEBB_ESTOPPED) return HEBB_OK; /* the next one is not begun: somebody asked to stop */
    if (status == HEBB_OK) status = keep(r, unit, w->numbers);
    if (status != HEBB_OK) {
        hebb_queue_drop(&r->queue);
        return status;
    }
    hebb_checkpoint_end(&checkpoint);
    if (r->work->done != NULL) r->work->done(r->work->context, unit);
    return HEBB_OK;
}

/* Threads that take units, each with n_unit_threads for itself. */
static int n_takers(const running *r)
{
    return r->ensemble->n_threads / r->n_unit_threads;
}

static hebb_status bring_units(void *context)
{
    running *r = context;
    r->was_handed_out = true;
    return r->ensemble->team->hand_out(&r->deal, &r->queue, n_takers(r));
}

/* At rank 0: the shard's units that are not done, in rising order. */
static hebb_status list_pending(const hebb_manifest *manifest, const hebb_units *units, size_t **pending, size_t *n)
{
    *n = 0;
    *pending = malloc((units->n - units->n_done + 1) * sizeof **pending);
    if (*pending == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a list of %zu units", units->n);
    for (size_t unit = manifest->shard - 1; unit < units->n; unit += manifest->n_shards)
        if (!hebb_units_is_done(units, unit)) (*pending)[(*n)++] = unit;
    return HEBB_OK;
}

/* Fewer units than threads: the units share the threads out. */
static int threads_a_unit(const hebb_ensemble *ensemble, size_t n_pending)
{
    const size_t n_threads = (size_t)ensemble->n_threads, n_ranks = (size_t)ensemble->team->size;
    const size_t n_here = (n_pending + n_ranks - 1) / n_ranks;
    return n_here > 0 && n_here < n_threads ? (int)(n_threads / n_here) : 1;
}

static hebb_status open_journal(running *r)
{
    const hebb_ensemble *ensemble = r->ensemble;
    const hebb_journal_kind kind = hebb_manifest_journals(ensemble->manifest);
    r->fingerprint = kind.fingerprint;
    char *path = hebb_journals_path(ensemble->folder, ensemble->team->rank);
    if (path == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for its journal's path", ensemble->folder);
    const hebb_status status = hebb_journal_open(&r->journal, path, &kind, ensemble->checkpoint_interval);
    free(path);
    return status;
}

/* In a team of one the units wait all at once; in a larger one a share of them at a time. */
static hebb_status fill_queue(running *r)
{
    const bool is_alone = r->ensemble->team->size == 1;
    const hebb_status status =
        hebb_queue_init(&r->queue, is_alone ? r->deal.n : 2 * HEBB_LARGEST_SHARE + (size_t)r->ensemble->n_threads);
    if (status != HEBB_OK || !is_alone) return status;
    hebb_queue_put(&r->queue, r->deal.n, r->deal.units);
    hebb_queue_close(&r->queue);
    return HEBB_OK;
}

static hebb_status run_here(running *r)
{
    const hebb_ensemble *ensemble = r->ensemble;
    const bool is_alone = ensemble->team->size == 1;
    const hebb_parallel_work work = {.context = r,
                                     .workspace_make = make_workspace,
                                     .workspace_free = free_workspace,
                                     .run = run_unit,
                                     .next = next_unit,
                                     .meanwhile = is_alone ? NULL : bring_units};
    const size_t n_units = is_alone ? r->deal.n : SIZE_MAX;
    if (n_units == 0) return HEBB_OK;
    const hebb_status status = hebb_parallel_run(&work, n_units, n_takers(r));
    if (is_alone || r->was_handed_out) return status;
    hebb_queue_drop(&r->queue); /* no threads were to be had: the others are not to wait for this rank */
    const hebb_status told = ensemble->team->hand_out(&r->deal, &r->queue, n_takers(r));
    return status != HEBB_OK ? status : told;
}

hebb_status hebb_ensemble_run(const hebb_ensemble *ensemble, const hebb_units *units, const hebb_ensemble_work *work)
{
    const hebb_team *team = ensemble->team;
    size_t *pending = NULL, n_pending = 0;
    running r = {
        .ensemble = ensemble, .work = work, .journal = {.descriptor = -1}, .journal_mutex = PTHREAD_MUTEX_INITIALIZER};
    hebb_status status = HEBB_OK;
    if (team->rank == 0) status = list_pending(ensemble->manifest, units, &pending, &n_pending);
    if (status == HEBB_OK) status = open_journal(&r);
    r.deal = (hebb_deal){.n = n_pending, .units = pending};
    if (status == HEBB_OK) status = fill_queue(&r);
    status = team->agree(status);
    r.n_unit_threads = threads_a_unit(ensemble, team->tell(n_pending));
    if (status == HEBB_OK) status = run_here(&r);
    const hebb_status closed = hebb_journal_close(&r.journal);
    hebb_queue_free(&r.queue);
    free(pending);
    return team->agree(status != HEBB_OK ? status : closed);
}
