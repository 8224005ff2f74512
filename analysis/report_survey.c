/* How far a study or a training is: see report_part.h. */
#include "report_part.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "ensemble.h"
#include "figure_path.h"
#include "shell_path.h"
#include "training_folder.h"
#include "training_run.h"

static hebb_status set_state(hebb_report_part *part, const char *format, ...) __attribute__((format(printf, 2, 3)));

static hebb_status set_state(hebb_report_part *part, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const locale_t before = hebb_c_locale_enter();
    if (vasprintf(&part->state, format, arguments) < 0) part->state = NULL;
    hebb_c_locale_leave(before);
    va_end(arguments);
    return part->state != NULL ? HEBB_OK : hebb_figure_fail_memory(part->path);
}

/* The command that goes on: the manifest's, or hebb VERB with the folder. */
static hebb_status set_go_on(hebb_report_part *part, const char *before, const char *after)
{
    if (*part->resume != '\0') {
        part->go_on = strdup(part->resume);
    } else {
        char *word = hebb_shell_path(part->path);
        if (word == NULL || asprintf(&part->go_on, "%s%s%s", before, word, after) < 0) part->go_on = NULL;
        free(word);
    }
    return part->go_on != NULL ? HEBB_OK : hebb_figure_fail_memory(part->path);
}

static hebb_status survey_training(hebb_report_part *part, const hebb_manifest *manifest)
{
    uint64_t n_done;
    bool is_over;
    const bool is_busy =
        hebb_training_folder_is_busy(part->path); /* first: one that ends meanwhile is not called stopped */
    hebb_status status = hebb_training_survey(part->path, manifest, &n_done, &is_over);
    if (status != HEBB_OK || is_over) return status;
    status = set_state(part, "%s after %llu of at most %zu updates", is_busy ? "running" : "stopped",
                       (unsigned long long)n_done, hebb_manifest_units(manifest));
    return status == HEBB_OK && !is_busy ? set_go_on(part, "hebb resume ", "") : status;
}

static hebb_status survey_study(hebb_report_part *part, const hebb_manifest *manifest)
{
    hebb_units units = {0};
    hebb_journal_report report;
    const bool is_busy = hebb_ensemble_is_busy(part->path);
    hebb_status status = hebb_ensemble_survey(part->path, manifest, &units, &report);
    const size_t n = hebb_manifest_shard_units(manifest), n_done = units.n_done;
    hebb_units_free(&units);
    if (status != HEBB_OK) return status;
    if (n_done == n && manifest->n_shards > 1) {
        status = set_state(part, "shard %zu of %zu, done: %zu units, to be joined with the others", manifest->shard,
                           manifest->n_shards, n);
        return status == HEBB_OK ? set_go_on(part, "hebb merge ", " OTHERS --out DIR") : status;
    }
    status = set_state(part, "%s after %zu of %zu units", is_busy ? "running" : "stopped", n_done, n);
    return status == HEBB_OK && !is_busy ? set_go_on(part, "hebb resume ", "") : status;
}

/* A manifest or journal that does not hold is no reason for no report: its sentence is the state. */
hebb_status hebb_report_survey(hebb_report_part *part)
{
    hebb_manifest manifest = {0};
    hebb_status status = HEBB_OK;
    if (*part->experiment == '\0' || (!part->is_training && part->verdicts.rows != NULL)) return HEBB_OK;
    status = hebb_manifest_read(&manifest, part->path);
    if (status == HEBB_OK)
        status = part->is_training ? survey_training(part, &manifest) : survey_study(part, &manifest);
    hebb_manifest_free(&manifest);
    if (status == HEBB_OK || status == HEBB_EIO || status == HEBB_ENOMEM) return status;
    free(part->state);
    part->state = strdup(hebb_diagnostic());
    hebb_diagnostic_clear();
    return part->state != NULL ? HEBB_OK : hebb_figure_fail_memory(part->path);
}
