/*
 * What keeping units costs: adding records to a journal, and reading them back into place.
 *
 *   bench/ensemble FOLDER N_UNITS     prints "microseconds a unit: add A, collect C"
 */
#include <stdio.h>
#include <stdlib.h>

#include "ensemble.h"
#include "journals.h"
#include "timing.h"

enum { N_NUMBERS = 6 }; /* as the capacity experiment's */

static void check(hebb_status status)
{
    if (status == HEBB_OK) return;
    (void)fprintf(stderr, "bench: %s\n", hebb_diagnostic());
    exit(1);
}

static double add(const char *folder, const hebb_manifest *manifest, size_t n_units)
{
    const hebb_journal_kind kind = hebb_manifest_journals(manifest);
    const double numbers[N_NUMBERS] = {0.97, 1.0, 5.0, 12.0, -0.53, 0.0};
    hebb_journal journal;
    char *path = hebb_journals_path(folder, 0);
    const double began = hebb_timing_now();
    check(hebb_journal_open(&journal, path, &kind, 60.0));
    for (size_t unit = 0; unit < n_units; unit++) check(hebb_journal_add(&journal, unit, numbers));
    check(hebb_journal_close(&journal));
    free(path);
    return hebb_timing_now() - began;
}

static double collect(const char *folder, const hebb_manifest *manifest, size_t n_units)
{
    hebb_units units;
    double *numbers = calloc(n_units, N_NUMBERS * sizeof *numbers);
    const double began = hebb_timing_now();
    check(hebb_ensemble_collect(folder, manifest, numbers, &units));
    const double seconds = hebb_timing_now() - began;
    if (units.n_done != n_units) check(hebb_fail(HEBB_EDATA, "%zu units were read", units.n_done));
    hebb_units_free(&units);
    free(numbers);
    return seconds;
}

int main(int argc, char **argv)
{
    if (argc != 3) return 64;
    const size_t n_units = strtoul(argv[2], NULL, 10);
    hebb_provenance provenance;
    hebb_manifest manifest;
    check(hebb_provenance_init(&provenance, "bench", NULL));
    check(hebb_manifest_init(&manifest, "bench", &provenance, 1, n_units, N_NUMBERS));
    check(hebb_ensemble_clear(argv[1]));
    const double adding = add(argv[1], &manifest, n_units), collecting = collect(argv[1], &manifest, n_units);
    (void)printf("%.3f %.3f\n", 1e6 * adding / (double)n_units, 1e6 * collecting / (double)n_units);
    hebb_manifest_free(&manifest);
    hebb_provenance_free(&provenance);
    return 0;
}
