/* How the folders of one study are joined: shards, or what several machines have done of them. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ensemble.h"
#include "journals.h"
#include "planned_study.h"
#include "results_folder.h"
#include "shell_path.h"

/* ---- what there is to join ---- */

static hebb_status check_same(const hebb_manifest *first, const char *first_folder, const hebb_manifest *other,
                              const char *other_folder)
{
    if (hebb_fingerprint_equals(first->fingerprint, other->fingerprint)) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "%s and %s hold different studies: %s; %s", first_folder, other_folder,
                     hebb_provenance_get(&first->provenance, "command"),
                     hebb_provenance_get(&other->provenance, "command"));
}

static hebb_status read_manifests(size_t n, const char *const *folders, hebb_manifest *manifests)
{
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        status = hebb_manifest_read(&manifests[k], folders[k]);
        if (status == HEBB_OK && k > 0) status = check_same(&manifests[0], folders[0], &manifests[k], folders[k]);
    }
    return status;
}

static hebb_status fail_look(const char *folder)
{
    return hebb_fail(HEBB_EIO, "%s: cannot be looked at: %s", folder, strerror(errno));
}

/* --overwrite would remove what there is to join. */
static hebb_status check_apart(size_t n, const char *const *folders, const char *out)
{
    struct stat target, info;
    if (stat(out, &target) != 0) return errno == ENOENT ? HEBB_OK : fail_look(out);
    for (size_t k = 0; k < n; k++) {
        if (stat(folders[k], &info) != 0) return fail_look(folders[k]);
        if (info.st_dev == target.st_dev && info.st_ino == target.st_ino)
            return hebb_fail(HEBB_EUSAGE,
                             "%s: is to be joined and cannot be overwritten; choose another folder for --out",
                             folders[k]);
    }
    return HEBB_OK;
}

static hebb_status collect(const hebb_planned_study *planned, size_t n, const char *const *folders, hebb_units *units)
{
    double *values = planned->study.values;
    hebb_status status = hebb_ensemble_collect(planned->study.folder, &planned->manifest, values, units);
    for (size_t k = 0; status == HEBB_OK && k < n; k++)
        status = hebb_ensemble_collect_more(folders[k], &planned->manifest, values, units);
    return status;
}

/* ---- what is joined ---- */

/* Into the folder's own journal: the units that are not in it yet. */
static hebb_status add_units(const hebb_planned_study *planned, const hebb_units *units)
{
    const hebb_journal_kind kind = hebb_manifest_journals(&planned->manifest);
    const double never = HUGE_VAL; /* synced at the end */
    hebb_units there = {0};
    hebb_journal journal = {.descriptor = -1};
    hebb_journal_report report;
    char *path = hebb_journals_path(planned->study.folder, 0);
    hebb_status status = path != NULL
                             ? hebb_journal_open(&journal, path, &kind, never)
                             : hebb_fail(HEBB_ENOMEM, "%s: no memory for its journal's path", planned->study.folder);
    if (status == HEBB_OK) status = hebb_ensemble_survey(planned->study.folder, &planned->manifest, &there, &report);
    for (size_t unit = 0; status == HEBB_OK && unit < units->n; unit++)
        if (hebb_units_is_done(units, unit) && !hebb_units_is_done(&there, unit))
            status = hebb_journal_add(&journal, unit, planned->study.values + unit * kind.n_numbers);
    const hebb_status closed = hebb_journal_close(&journal);
    hebb_units_free(&there);
    free(path);
    return status != HEBB_OK ? status : closed;
}

/* ---- what is missing ---- */

static size_t count_missing(size_t shard, size_t n_shards, const hebb_units *units)
{
    size_t n = 0;
    for (size_t unit = shard - 1; unit < units->n; unit += n_shards) n += !hebb_units_is_done(units, unit);
    return n;
}

/* Folders may be of different n: the finest division is the one to name what is missing by. */
static void say_absent_shards(const hebb_study *study, size_t n, const hebb_manifest *manifests,
                              const hebb_units *units)
{
    size_t n_shards = 1;
    for (size_t k = 0; k < n; k++) n_shards = manifests[k].n_shards > n_shards ? manifests[k].n_shards : n_shards;
    for (size_t shard = 1; shard <= n_shards; shard++) {
        const size_t n_missing = count_missing(shard, n_shards, units);
        bool is_given = false;
        for (size_t k = 0; k < n; k++)
            is_given = is_given || (manifests[k].n_shards == n_shards && manifests[k].shard == shard);
        if (!is_given && n_missing > 0)
            hebb_study_say(study, "merge: no folder of shard %zu/%zu is given: %zu units are missing", shard, n_shards,
                           n_missing);
    }
}

static bool is_repeated(size_t k, const char *const *folders)
{
    for (size_t before = 0; before < k; before++)
        if (strcmp(folders[before], folders[k]) == 0) return true;
    return false;
}

static hebb_status fail_unfinished(const hebb_study *study, size_t n, const char *const *folders,
                                   const hebb_manifest *manifests, const hebb_units *units)
{
    for (size_t k = 0; k < n; k++) {
        const hebb_manifest *its = &manifests[k];
        const size_t n_missing = count_missing(its->shard, its->n_shards, units);
        char *word = hebb_shell_path(folders[k]);
        if (n_missing > 0 && !is_repeated(k, folders))
            hebb_study_say(study,
                           "merge: %s, shard %zu/%zu, is unfinished: %zu of its %zu units are missing; hebb resume %s",
                           folders[k], its->shard, its->n_shards, n_missing, hebb_manifest_shard_units(its),
                           word != NULL ? word : folders[k]);
        free(word);
    }
    say_absent_shards(study, n, manifests, units);
    char *word = hebb_shell_path(study->folder);
    const hebb_status status = hebb_fail(HEBB_ESTOPPED,
                                         "merge: %zu of %zu units are in %s now; merge again when the others are "
                                         "there, or compute them with: hebb resume %s",
                                         units->n_done, units->n, study->folder, word != NULL ? word : study->folder);
    free(word);
    return status;
}

static hebb_status join(hebb_planned_study *planned, size_t n, const char *const *folders,
                        const hebb_manifest *manifests, hebb_experiment_result *result)
{
    hebb_units units = {0};
    hebb_status status = hebb_planned_study_make_room(planned);
    if (status == HEBB_OK) status = collect(planned, n, folders, &units);
    if (status == HEBB_OK) status = add_units(planned, &units);
    if (status == HEBB_OK && units.n_done < units.n)
        status = fail_unfinished(&planned->study, n, folders, manifests, &units);
    hebb_units_free(&units);
    if (status != HEBB_OK) return status;
    status = hebb_planned_study_report(planned);
    result->verdicts = planned->study.verdicts;
    result->is_reported = status == HEBB_OK;
    return status;
}

hebb_status hebb_experiment_merge(size_t n_folders, const char *const *folders, const hebb_experiment_setting *setting,
                                  const hebb_experiment **experiment, hebb_experiment_result *result)
{
    hebb_planned_study planned = {0};
    *result = (hebb_experiment_result){0};
    *experiment = NULL;
    hebb_manifest *manifests = calloc(n_folders, sizeof *manifests);
    if (manifests == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu manifests", n_folders);
    hebb_status status = read_manifests(n_folders, folders, manifests);
    if (status == HEBB_OK) {
        status = hebb_planned_study_from(&planned, &manifests[0], folders[0], setting);
        planned.manifest.shard = planned.manifest.n_shards = 1;
    }
    if (status == HEBB_OK && setting->overwrite) status = check_apart(n_folders, folders, setting->folder);
    if (status == HEBB_OK)
        status = hebb_results_folder_claim_study(setting->folder, &planned.manifest, setting->overwrite);
    if (status == HEBB_OK) status = join(&planned, n_folders, folders, manifests, result);
    *experiment = planned.experiment;
    for (size_t k = 0; k < n_folders; k++) hebb_manifest_free(&manifests[k]);
    free(manifests);
    hebb_planned_study_free(&planned);
    return status;
}
