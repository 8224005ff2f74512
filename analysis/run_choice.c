#include "run_choice.h"

#include <inttypes.h>
#include <stdlib.h>

#include "parallel.h"

static hebb_status find(const hebb_rbm_run *run, uint64_t update, size_t *found)
{
    size_t nearest = 0;
    for (size_t k = 0; k < run->n_checkpoints; k++) {
        const uint64_t other = run->updates[k], best = run->updates[nearest];
        if ((other > update ? other - update : update - other) < (best > update ? best - update : update - best))
            nearest = k;
    }
    *found = nearest;
    if (run->updates[nearest] == update) return HEBB_OK;
    return hebb_fail(HEBB_ENOINPUT, "--update: %s has no checkpoint of update %" PRIu64 "; the nearest is %" PRIu64,
                     run->folder, update, run->updates[nearest]);
}

static int compare(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* The checkpoints of --update, each once. */
static hebb_status choose(hebb_run_choice *choice, const hebb_list *updates)
{
    const size_t n = updates->length > 0 ? updates->length : choice->run.n_checkpoints;
    choice->which = calloc(n, sizeof *choice->which);
    if (choice->which == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the numbers of %zu checkpoints", n);
    for (size_t k = 0; k < n; k++) {
        choice->which[k] = k;
        if (updates->length == 0) continue;
        const hebb_status status = find(&choice->run, (uint64_t)updates->values[k], &choice->which[k]);
        if (status != HEBB_OK) return status;
    }
    qsort(choice->which, n, sizeof *choice->which, compare);
    choice->n = 1;
    for (size_t k = 1; k < n; k++)
        if (choice->which[k] != choice->which[choice->n - 1]) choice->which[choice->n++] = choice->which[k];
    return HEBB_OK;
}

hebb_status hebb_run_choice_open(hebb_run_choice *choice, const char *subject, const hebb_analysis_input *input,
                                 hebb_provenance *provenance)
{
    *choice = (hebb_run_choice){.n_threads = input->n_threads};
    if (input->n_files != 1)
        return hebb_fail(HEBB_EUSAGE, "analyse %s: give the folder of one training, not %zu", subject, input->n_files);
    hebb_status status = hebb_rbm_run_open(&choice->run, input->files[0]);
    if (status != HEBB_OK) return status;
    const hebb_provenance *its = &choice->run.manifest.provenance;
    const char *trained = choice->run.is_training ? hebb_provenance_get(its, "command") : NULL;
    const char *data = choice->run.is_training ? hebb_provenance_get(its, "data") : NULL;
    status = hebb_provenance_add(provenance, "trained", "%s", trained != NULL ? trained : "elsewhere");
    if (status == HEBB_OK && data != NULL) status = hebb_provenance_add(provenance, "data", "%s", data);
    return status == HEBB_OK ? choose(choice, hebb_options_list(input->options, "update")) : status;
}

void hebb_run_choice_close(hebb_run_choice *choice)
{
    hebb_rbm_run_close(&choice->run);
    free(choice->which);
    *choice = (hebb_run_choice){0};
}

uint64_t hebb_run_choice_update(const hebb_run_choice *choice, size_t k)
{
    return choice->run.updates[choice->which[k]];
}

typedef struct {
    const hebb_run_choice *choice;
    hebb_status (*look)(void *context, size_t k, const hebb_rbm *rbm);
    void *context;
} looking;

static hebb_status look_at(void *context, void *workspace, size_t k)
{
    const looking *l = context;
    hebb_rbm rbm;
    (void)workspace;
    hebb_status status = hebb_rbm_run_machine(&l->choice->run, l->choice->which[k], &rbm);
    if (status == HEBB_OK) status = l->look(l->context, k, &rbm);
    hebb_rbm_free(&rbm);
    return status;
}

hebb_status hebb_run_choice_each(const hebb_run_choice *choice,
                                 hebb_status (*look)(void *context, size_t k, const hebb_rbm *rbm), void *context)
{
    looking l = {.choice = choice, .look = look, .context = context};
    const hebb_parallel_work work = {.context = &l, .run = look_at};
    return hebb_parallel_run(&work, choice->n, choice->n_threads);
}
