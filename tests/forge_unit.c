/*
 * forge_unit FOLDER UNIT - adds a unit with numbers that nobody computed to the journal of a study's folder
 *
 * For the tests: two results of one unit, each with a checksum that holds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "journal.h"
#include "journals.h"
#include "manifest.h"

static hebb_status add(const char *folder, const hebb_manifest *manifest, size_t unit)
{
    const hebb_journal_kind kind = hebb_manifest_journals(manifest);
    hebb_journal journal;
    char *path = hebb_journals_path(folder, 0);
    double *numbers = calloc(manifest->n_numbers, sizeof *numbers);
    if (path == NULL || numbers == NULL) abort();
    hebb_status status = hebb_journal_open(&journal, path, &kind, 0.0);
    for (size_t k = 0; k < manifest->n_numbers; k++) numbers[k] = 0.5;
    if (status == HEBB_OK) status = hebb_journal_add(&journal, unit, numbers);
    if (status == HEBB_OK) status = hebb_journal_close(&journal);
    free(numbers);
    free(path);
    return status;
}

int main(int argc, char **argv)
{
    hebb_manifest manifest;
    if (argc != 3) return EXIT_FAILURE;
    hebb_status status = hebb_manifest_read(&manifest, argv[1]);
    if (status == HEBB_OK) status = add(argv[1], &manifest, strtoul(argv[2], NULL, 10));
    if (status != HEBB_OK) (void)fprintf(stderr, "%s\n", hebb_diagnostic());
    hebb_manifest_free(&manifest);
    return status == HEBB_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
