/* hebb status DIR...: how far studies are, as a table */
#include "ensemble.h"
#include "shard.h"
#include "training_folder.h"
#include "verb.h"

static const hebb_column columns[] = {
    {"folder", "", "as given"},
    {"experiment", "", "its name"},
    {"shard", "", "k/n: the k-th of n parts"},
    {"n_units", "1", "units of the shard; the most updates of a training"},
    {"n_done", "1", "units that are in its journals; updates that are saved"},
    {"n_damaged", "1", "records that do not hold, whose units are computed again"},
    {"state", "", "running, stopped or done"},
};

/* A training's units are its updates. */
static hebb_status add_training(const char *folder, const hebb_manifest *manifest, hebb_table *table)
{
    uint64_t n_done;
    bool is_over;
    char shard[HEBB_SHARD_LENGTH];
    const bool is_busy = hebb_training_folder_is_busy(folder); /* first, as below */
    const hebb_status status = hebb_training_survey(folder, manifest, &n_done, &is_over);
    if (status != HEBB_OK) return status;
    hebb_table_text(table, folder);
    hebb_table_text(table, manifest->experiment);
    hebb_table_text(table, hebb_shard_format(1, 1, shard));
    hebb_table_number(table, (double)hebb_manifest_units(manifest));
    hebb_table_number(table, (double)n_done);
    hebb_table_number(table, 0.0);
    hebb_table_text(table, is_busy ? "running" : is_over ? "done" : "stopped");
    return HEBB_OK;
}

static hebb_status add_row(const char *folder, hebb_table *table)
{
    char shard[HEBB_SHARD_LENGTH];
    hebb_manifest manifest;
    hebb_units units = {0};
    hebb_journal_report report;
    hebb_status status = hebb_manifest_read(&manifest, folder);
    if (status != HEBB_OK) return status;
    if (hebb_training_learner_name(&manifest) != NULL) {
        status = add_training(folder, &manifest, table);
        goto out;
    }
    const bool is_busy = hebb_ensemble_is_busy(folder); /* asked first: one that ends meanwhile is not called stopped */
    status = hebb_ensemble_survey(folder, &manifest, &units, &report);
    if (status == HEBB_OK) {
        const size_t n = hebb_manifest_shard_units(&manifest);
        hebb_table_text(table, folder);
        hebb_table_text(table, manifest.experiment);
        hebb_table_text(table, hebb_shard_format(manifest.shard, manifest.n_shards, shard));
        hebb_table_number(table, (double)n);
        hebb_table_number(table, (double)units.n_done);
        hebb_table_number(table, (double)report.n_damaged);
        hebb_table_text(table, is_busy ? "running" : units.n_done < n ? "stopped" : "done");
    }
out:
    hebb_units_free(&units);
    hebb_manifest_free(&manifest);
    return status;
}

/* A folder that is none does not hide the others: their rows come first. */
static int print_all(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    hebb_table table = {0};
    char why[1024] = "";
    hebb_status failed = HEBB_OK;
    hebb_status status = n_operands > 0 ? HEBB_OK : hebb_fail(HEBB_EUSAGE, "status: give the folders of studies");
    if (status == HEBB_OK) status = hebb_table_init(&table, sizeof columns / sizeof *columns, columns);
    for (int k = 0; status == HEBB_OK && k < n_operands; k++) {
        const hebb_status added = add_row(operands[k], &table);
        if (added != HEBB_ENOINPUT && added != HEBB_EDATA) status = added;
        if (added == HEBB_OK || status != HEBB_OK || failed != HEBB_OK) continue;
        failed = added;
        snprintf(why, sizeof why, "%s", hebb_diagnostic());
    }
    if (status == HEBB_OK && table.n_rows == 0) status = hebb_fail(failed, "%s", why);
    const int exit_status = hebb_command_print_table(status, &table, NULL, options);
    hebb_table_free(&table);
    return exit_status == HEBB_EXIT_OK && failed != HEBB_OK ? hebb_command_fail(hebb_fail(failed, "%s", why))
                                                            : exit_status;
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    (void)entry;
    size_t n = 0;
    tables[n++] = hebb_output_options;
    tables[n++] = hebb_no_seed_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_status;
const hebb_verb hebb_verb_status = {.name = "status",
                                    .summary = "how far studies are, also while they run",
                                    .operands = "DIR...",
                                    .tables = tables_of,
                                    .run = print_all};
