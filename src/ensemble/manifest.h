/*
 * manifest - what a study is: manifest.json, written once, before the first unit runs, and not changed after
 *
 *   {"hebb": version, "command": the canonical command, further lines of provenance ...,
 *    "study": {"experiment": name, "options": {name: text, ...}, "points": n, "replicas": n, "numbers": a unit's,
 *              "shard": "k/n", "csv_plain": true|false, "resume": command or "", "fingerprint": 32 hexadecimal digits,
 *              "checksum": 32 hexadecimal digits}}
 *
 * The fingerprint is of the provenance and the counts, that is of all that can change a result: shards of one study share
 * it, and the options' texts, among them paths, are not in it.  The checksum is of everything.
 * Unit = point x replicas + replica.
 */
#ifndef HEBB_ENSEMBLE_MANIFEST_H
#define HEBB_ENSEMBLE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include "fingerprint.h"
#include "journal.h"
#include "provenance.h"

typedef struct {
    char *name, *text;
} hebb_manifest_option;

typedef struct {
    hebb_provenance provenance;
    char *experiment;
    size_t n_options; /* those that were set: what to set again to resume */
    hebb_manifest_option *options;
    size_t n_points, n_replicas, n_numbers; /* n_numbers: a unit's */
    size_t shard, n_shards;                 /* units u with u mod n_shards = shard - 1; 1, 1: all */
    bool csv_plain;
    hebb_fingerprint fingerprint;
    char *resume; /* the command that goes on, where it is not `hebb resume`; "": none */
} hebb_manifest;

/*
 * Starts a manifest of one shard of one; the provenance and the experiment's name are copied.
 * HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_manifest_init(hebb_manifest *manifest, const char *experiment,
                                                 const hebb_provenance *provenance, size_t n_points, size_t n_replicas,
                                                 size_t n_numbers);

/* Adds an option and its text.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_manifest_add_option(hebb_manifest *manifest, const char *name, const char *text);

/* Sets the command that goes on.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_manifest_set_resume(hebb_manifest *manifest, const char *command);

/* What its journals have in common. */
hebb_journal_kind hebb_manifest_journals(const hebb_manifest *manifest);

/* Units of the whole study, and of the shard. */
size_t hebb_manifest_units(const hebb_manifest *manifest);
size_t hebb_manifest_shard_units(const hebb_manifest *manifest);

/* Whether a unit is the shard's. */
bool hebb_manifest_has_unit(const hebb_manifest *manifest, size_t unit);

/* Writes folder/manifest.json.  HEBB_EDATA where a text is no UTF-8, HEBB_EIO, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_manifest_save(const hebb_manifest *manifest, const char *folder);

/*
 * Reads folder/manifest.json.
 *
 * Returns HEBB_OK; HEBB_ENOINPUT where there is none; HEBB_EDATA where it is no study's or damaged (it does not hold
 * what its fingerprint says), or another version's, which would compute other numbers.
 */
HEBB_CHECK_RESULT hebb_status hebb_manifest_read(hebb_manifest *manifest, const char *folder);

/* Safe on a zeroed one and twice. */
void hebb_manifest_free(hebb_manifest *manifest);

#endif
