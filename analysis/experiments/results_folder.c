#include "results_folder.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atomic_file.h"

static hebb_status has_file(const char *folder, const char *name, bool *found)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0)
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for its files' paths", folder);
    *found = access(path, F_OK) == 0;
    free(path);
    return HEBB_OK;
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
                                        "figure.pdf", "figure.svg",  "plot.gp"};
    bool is_figure = false;
    hebb_status status = has_file(folder, "recipe.conf", &is_figure);
    for (size_t k = 0; status == HEBB_OK && k < sizeof names / sizeof *names; k++) {
        const bool is_ours = is_figure && strcmp(names[k], "plot.gp") == 0;
        if (!is_ours) status = hebb_results_folder_check(folder, names[k]);
    }
    return status;
}

hebb_status hebb_results_folder_claim(const char *folder, const hebb_provenance *provenance, bool overwrite)
{
    char *manifest;
    hebb_status status = hebb_folder_make(folder);
    if (status != HEBB_OK) return status;
    if (asprintf(&manifest, "%s/manifest.json", folder) < 0)
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for its manifest's path", folder);
    if (!overwrite) status = check_strangers(folder);
    if (status == HEBB_OK && !overwrite) status = hebb_provenance_match(provenance, manifest);
    if (status == HEBB_OK) status = hebb_provenance_save(provenance, manifest);
    free(manifest);
    return status;
}
