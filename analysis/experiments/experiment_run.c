/* How a study is run: its folder claimed, its missing units computed, its results written. */
#include <stdlib.h>
#include <string.h>

#include "ensemble.h"
#include "parallel.h"
#include "planned_study.h"
#include "progress.h"
#include "results_folder.h"
#include "shell_path.h"
#include "stop.h"

/* ---- units ---- */

typedef struct {
    const hebb_experiment *experiment;
    const hebb_study *study;
    hebb_progress progress;
} running;

/* The threads of a unit wait for each other many times a sweep: each must have a processor to itself. */
static hebb_status make_workspace(void *context, int n_unit_threads, void **workspace)
{
    const running *r = context;
    const int n_at_once = r->study->n_threads / n_unit_threads, most = hebb_parallel_processors() / n_at_once;
    const int n_threads = n_unit_threads <= most ? n_unit_threads : most > 0 ? most : 1;
    return hebb_experiment_make_workspace(r->experiment, r->study, n_threads, workspace);
}

static hebb_status run_unit(void *context, void *workspace, size_t unit, hebb_checkpoint *checkpoint, double *numbers)
{
    const running *r = context;
    const hebb_unit its = {unit / r->study->n_replicas, unit % r->study->n_replicas, checkpoint};
    return r->experiment->run(r->study, workspace, &its, numbers);
}

static void show_unit(void *context, size_t unit)
{
    running *r = context;
    hebb_progress_add(&r->progress, r->experiment->cost(r->study, unit / r->study->n_replicas));
}

static void begin_progress(running *r, const hebb_manifest *manifest, const hebb_units *units, bool show)
{
    size_t n_pending = 0;
    double cost = 0.0;
    for (size_t unit = 0; show && unit < units->n; unit++) {
        if (hebb_units_is_done(units, unit) || !hebb_manifest_has_unit(manifest, unit)) continue;
        cost += r->experiment->cost(r->study, unit / r->study->n_replicas);
        n_pending++;
    }
    hebb_progress_init(&r->progress, r->experiment->name, n_pending, cost, !show);
}

static hebb_status compute(hebb_planned_study *planned, const hebb_experiment_setting *setting, const hebb_team *team,
                           const hebb_units *units)
{
    running r = {.experiment = planned->experiment, .study = &planned->study};
    const hebb_ensemble_work work = {&r, make_workspace, planned->experiment->workspace_free, run_unit, show_unit};
    const hebb_ensemble ensemble = {.folder = setting->folder,
                                    .manifest = &planned->manifest,
                                    .team = team,
                                    .n_threads = setting->n_threads,
                                    .checkpoint_interval = setting->checkpoint_interval};
    begin_progress(&r, &planned->manifest, units, setting->show_progress && team->rank == 0 && team->size == 1);
    const hebb_status status = hebb_ensemble_run(&ensemble, units, &work);
    hebb_progress_end(&r.progress);
    return status;
}

/* ---- the folder ---- */

static void say_what_is_there(const hebb_planned_study *planned, const hebb_units *units,
                              const hebb_journal_report *report)
{
    const hebb_study *study = &planned->study;
    const char *name = planned->experiment->name;
    const size_t n = hebb_manifest_shard_units(&planned->manifest);
    if (report->has_bad_header) hebb_study_say(study, "%s: a journal's header is damaged; it is written anew", name);
    if (report->n_damaged > 0)
        hebb_study_say(study, "%s: %llu damaged records in the journal; their units are computed again", name,
                       (unsigned long long)report->n_damaged);
    if (units->n_done >= n)
        hebb_study_say(study, "%s: all %zu units are in %s already; --overwrite computes them again", name, n,
                       study->folder);
    else if (units->n_done > 0)
        hebb_study_say(study, "%s: %zu of %zu units are in %s already", name, units->n_done, n, study->folder);
}

/* At rank 0. */
static hebb_status enter_folder(const hebb_planned_study *planned, bool overwrite, hebb_units *units)
{
    hebb_journal_report report;
    hebb_status status = hebb_results_folder_claim_study(planned->study.folder, &planned->manifest, overwrite);
    if (status == HEBB_OK) status = hebb_ensemble_survey(planned->study.folder, &planned->manifest, units, &report);
    if (status == HEBB_OK) say_what_is_there(planned, units, &report);
    return status;
}

static hebb_status fail_stopped(const hebb_planned_study *planned, size_t n_done, size_t n)
{
    const char *resume = planned->manifest.resume, *folder = planned->study.folder, *why = hebb_stop_reason();
    const bool has_resume = *resume != '\0';
    char *word = hebb_shell_path(folder);
    const hebb_status status =
        hebb_fail(HEBB_ESTOPPED, "%s: stopped%s%s: %zu of %zu units are done and kept; go on with: %s%s",
                  planned->experiment->name, why != NULL ? " by " : "", why != NULL ? why : "", n_done, n,
                  has_resume ? resume : "hebb resume ",
                  has_resume     ? ""
                  : word != NULL ? word
                                 : folder);
    free(word);
    return status;
}

/* At rank 0: reports where nothing is missing. */
static hebb_status leave_folder(hebb_planned_study *planned, hebb_experiment_result *result)
{
    const hebb_manifest *manifest = &planned->manifest;
    const size_t n = hebb_manifest_shard_units(manifest);
    hebb_units units = {0};
    hebb_journal_report report;
    hebb_status status = hebb_ensemble_survey(planned->study.folder, manifest, &units, &report);
    const size_t n_done = units.n_done;
    hebb_units_free(&units);
    if (status != HEBB_OK) return status;
    if (n_done < n) return fail_stopped(planned, n_done, n);
    if (manifest->n_shards > 1) {
        hebb_checkpoint_sweep(planned->study.folder);
        hebb_study_say(&planned->study, "%s: shard %zu/%zu is done, %zu units; hebb merge joins it to the others",
                       planned->experiment->name, manifest->shard, manifest->n_shards, n);
        return HEBB_OK;
    }
    status = hebb_planned_study_report(planned);
    result->verdicts = planned->study.verdicts;
    result->is_reported = status == HEBB_OK;
    return status;
}

/* Whether all ranks have the same study before them: a file that it reads may differ from machine to machine. */
static hebb_status check_team(const hebb_planned_study *planned, const hebb_team *team)
{
    size_t mine = 0;
    const hebb_fingerprint fingerprint = planned->manifest.fingerprint;
    memcpy(&mine, fingerprint.bytes, sizeof mine);
    if (team->tell(mine) == mine) return team->agree(HEBB_OK);
    return team->agree(hebb_fail(HEBB_EDATA, "another study here than at rank 0: a file that it reads differs"));
}

static hebb_status run(hebb_status status, hebb_planned_study *planned, const hebb_experiment_setting *setting,
                       hebb_experiment_result *result)
{
    const hebb_team *team = setting->team != NULL ? setting->team : &hebb_team_alone;
    hebb_units units = {0};
    status = team->agree(status);
    if (status == HEBB_OK) status = check_team(planned, team);
    if (status == HEBB_OK) {
        if (team->rank == 0) status = enter_folder(planned, setting->overwrite, &units);
        status = team->agree(status);
    }
    if (status == HEBB_OK) status = compute(planned, setting, team, &units);
    if (status == HEBB_OK) {
        if (team->rank == 0) status = leave_folder(planned, result);
        status = team->agree(status);
    }
    hebb_units_free(&units);
    hebb_planned_study_free(planned);
    return status;
}

hebb_status hebb_experiment_run(const hebb_experiment *experiment, hebb_options *options,
                                const hebb_experiment_setting *setting, hebb_experiment_result *result)
{
    hebb_planned_study planned;
    *result = (hebb_experiment_result){0};
    return run(hebb_planned_study_init(&planned, experiment, options, setting), &planned, setting, result);
}

hebb_status hebb_experiment_resume(const hebb_experiment_setting *setting, const hebb_experiment **experiment,
                                   hebb_experiment_result *result)
{
    hebb_planned_study planned = {0};
    hebb_manifest manifest;
    *result = (hebb_experiment_result){0};
    hebb_status status = hebb_manifest_read(&manifest, setting->folder);
    if (status == HEBB_OK && *manifest.resume != '\0')
        status =
            hebb_fail(HEBB_EUSAGE, "%s: is part of a figure, which goes on with: %s", setting->folder, manifest.resume);
    if (status == HEBB_OK) status = hebb_planned_study_from(&planned, &manifest, setting->folder, setting);
    hebb_manifest_free(&manifest);
    *experiment = planned.experiment;
    return run(status, &planned, setting, result);
}
