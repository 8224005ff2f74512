#include "results_folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atomic_file.h"
#include "ensemble.h"
#include "input.h"
#include "journals.h"
#include "training_folder.h"

static hebb_status has_file(const char *folder, const char *name, bool *found)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0)
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for its files' paths", folder);
    *found = access(path, F_OK) == 0;
    const hebb_status looked = *found ? HEBB_OK : hebb_input_status(errno);
    const hebb_status status = looked == HEBB_OK || looked == HEBB_ENOINPUT
                                   ? HEBB_OK
                                   : hebb_fail(looked, "%s: cannot be looked at: %s", path, strerror(errno));
    free(path);
    return status;
}

hebb_status hebb_results_folder_check(const char *folder, const char *name)
{
    bool has_manifest = false, found = false;
    hebb_status status = has_file(folder, "manifest.json", &has_manifest);
    if (status == HEBB_OK && !has_manifest) status = has_file(folder, name, &found);
    if (status != HEBB_OK || !found) return status;
    return hebb_fail(HEBB_EUSAGE,
                     "%s/%s: is there already, and no manifest.json says from which study; choose "
                     "another folder or give --overwrite",
                     folder, name);
}

/* Files of these names that no manifest explains are somebody else's; a figure's own folder has its plot.gp. */
static hebb_status check_strangers(const char *folder)
{
    static const char *const names[] = {"units.csv",  "summary.csv", "theory.csv", "verdict.csv",
                                        "figure.pdf", "figure.svg",  "plot.gp",    "journal"};
    bool is_figure = false;
    hebb_status status = has_file(folder, "recipe.conf", &is_figure);
    for (size_t k = 0; status == HEBB_OK && k < sizeof names / sizeof *names; k++) {
        const bool is_ours = is_figure && strcmp(names[k], "plot.gp") == 0;
        if (!is_ours) status = hebb_results_folder_check(folder, names[k]);
    }
    return status;
}

/* Makes the folder and sees whether it is free, or the same study's. */
static hebb_status enter(const char *folder, const hebb_provenance *provenance, bool overwrite)
{
    char *manifest;
    struct stat info;
    hebb_status status = hebb_folder_make(folder);
    if (status != HEBB_OK) return status;
    if (asprintf(&manifest, "%s/manifest.json", folder) < 0)
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for its manifest's path", folder);
    if (stat(manifest, &info) == 0 && !S_ISREG(info.st_mode)) /* hebb_atomic_file_open would wait for a pipe */
        status = hebb_fail(HEBB_EUSAGE, "%s: is no regular file; choose another folder", manifest);
    if (status == HEBB_OK && !overwrite) status = check_strangers(folder);
    if (status == HEBB_OK && !overwrite) status = hebb_provenance_match(provenance, manifest);
    free(manifest);
    return status;
}

hebb_status hebb_results_folder_claim(const char *folder, const hebb_provenance *provenance, bool overwrite)
{
    char *manifest = NULL;
    hebb_status status = enter(folder, provenance, overwrite);
    if (status == HEBB_OK && asprintf(&manifest, "%s/manifest.json", folder) < 0) {
        manifest = NULL;
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its manifest's path", folder);
    }
    if (status == HEBB_OK) status = hebb_provenance_save(provenance, manifest);
    free(manifest);
    return status;
}

/* Whether a journal in the folder is this study's: then the folder is, whatever has become of its manifest. */
static hebb_status has_our_journal(const char *folder, const hebb_manifest *manifest, bool *found)
{
    const hebb_journal_kind kind = hebb_manifest_journals(manifest);
    hebb_journals journals;
    *found = false;
    const hebb_status status = hebb_journals_list(folder, &journals);
    for (size_t k = 0; status == HEBB_OK && k < journals.n; k++)
        *found = *found || hebb_journal_is_of(journals.paths[k], &kind);
    hebb_journals_free(&journals);
    return status;
}

static hebb_status check_shard(const char *folder, const hebb_manifest *there, const hebb_manifest *manifest)
{
    if (there->shard == manifest->shard && there->n_shards == manifest->n_shards) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "%s: holds shard %zu/%zu of this study, not %zu/%zu; choose another folder", folder,
                     there->shard, there->n_shards, manifest->shard, manifest->n_shards);
}

/*
 * Sees whether the folder is this study's or free.
 *
 * is_whole  out  its manifest is there and says so; else it is to be written: a damaged or lost one too, as each record in
 *                the journals is checked against the study
 */
static hebb_status check_there(const char *folder, const hebb_manifest *manifest, bool *is_whole)
{
    hebb_manifest there;
    bool is_ours = false;
    hebb_status status = hebb_manifest_read(&there, folder);
    *is_whole = status == HEBB_OK && hebb_fingerprint_equals(there.fingerprint, manifest->fingerprint);
    if (*is_whole) status = check_shard(folder, &there, manifest);
    hebb_manifest_free(&there);
    if (*is_whole || status == HEBB_ENOMEM || status == HEBB_EIO) return status;
    if (status != HEBB_OK && (status = has_our_journal(folder, manifest, &is_ours)) != HEBB_OK) return status;
    return enter(folder, &manifest->provenance, is_ours);
}

/* A training's log and checkpoints would stay beside the study, so --overwrite does not go that far. */
static hebb_status check_no_training(const char *folder)
{
    hebb_manifest there;
    const hebb_status status = hebb_manifest_read(&there, folder);
    const bool is_training = status == HEBB_OK && hebb_training_learner_name(&there) != NULL;
    hebb_manifest_free(&there);
    if (is_training) return hebb_fail(HEBB_EUSAGE, "%s: holds a training (hebb train); choose another folder", folder);
    return status == HEBB_ENOMEM || status == HEBB_EIO ? status : HEBB_OK;
}

hebb_status hebb_results_folder_claim_study(const char *folder, const hebb_manifest *manifest, bool overwrite)
{
    bool is_whole = false;
    hebb_status status = overwrite ? check_no_training(folder) : HEBB_OK;
    if (status == HEBB_OK) status = overwrite ? enter(folder, &manifest->provenance, true) : hebb_folder_make(folder);
    if (status == HEBB_OK) status = overwrite ? hebb_ensemble_clear(folder) : check_there(folder, manifest, &is_whole);
    return status == HEBB_OK && !is_whole ? hebb_manifest_save(manifest, folder) : status;
}
