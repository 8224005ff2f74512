/*
 * journal - the units of a study that are finished, with their numbers, as they come
 *
 * A header and records of one length, little-endian:
 *
 *   header   "hebbjrnl", version, numbers a record, units of the study, fingerprint, checksum   8 + 3 x 8 + 16 + 8 bytes
 *   record   unit, its numbers (IEEE 754), checksum                                             8 + 8 n + 8 bytes
 *
 * The checksum is XXH3-64 with a seed made of the header and of the record's place, so that a record of another study,
 * or at another place, is none.  A record is written by one call at its own place: what a kill cuts off is the last one
 * alone.  A reader takes the records whose checksum holds and counts the others; their units are computed again.
 *
 * A unit is finished once its record is written; a killed process loses none.  What the operating system has not yet
 * brought to the disk is lost if the machine stops: hebb_journal_add syncs after each interval.
 */
#ifndef HEBB_ENSEMBLE_JOURNAL_H
#define HEBB_ENSEMBLE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include "fingerprint.h"
#include "status.h"

/* What a study's journals have in common. */
typedef struct {
    hebb_fingerprint fingerprint;
    uint64_t n_units;
    uint64_t n_numbers; /* a unit */
} hebb_journal_kind;

typedef struct {
    int descriptor; /* -1: none */
    char *path;
    hebb_journal_kind kind;
    uint64_t n_records; /* those that do not count included: the next one's place */
    unsigned char *record;
    double interval, synced; /* seconds */
    bool is_torn;            /* a write failed: the journal ends here */
    char why[256];           /* the sentence of that */
} hebb_journal;

typedef struct {
    uint64_t n_records;  /* that hold */
    uint64_t n_damaged;  /* that do not */
    bool is_cut;         /* the last one is not whole */
    bool has_bad_header; /* it was taken for what it should be: the records tell */
} hebb_journal_report;

/* Called for every record that holds, in the file's order.  Another return than HEBB_OK ends the reading with it. */
typedef hebb_status (*hebb_journal_visit)(void *context, uint64_t unit, const double *numbers);

/*
 * Reads a journal, also one that a running process is writing.
 *
 * report  out
 *
 * Returns HEBB_OK, also where there is no such file or it is damaged (see the report); HEBB_EDATA for a journal of
 * another study or another version; HEBB_ENOINPUT for what may not be read or is no regular file, such as a pipe, which
 * is not waited for; HEBB_EIO, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_journal_read(const char *path, const hebb_journal_kind *kind,
                                                hebb_journal_visit visit, void *context, hebb_journal_report *report);

/*
 * Opens a journal to add to it; one that is not there is made.
 *
 * interval  in   seconds between two syncs; 0: every record
 *
 * Returns HEBB_OK; HEBB_EUSAGE while another process has it open for this; else as hebb_journal_read.
 */
HEBB_CHECK_RESULT hebb_status hebb_journal_open(hebb_journal *journal, const char *path, const hebb_journal_kind *kind,
                                                double interval);

/* Whether there is a journal of exactly this kind, its header whole. */
bool hebb_journal_is_of(const char *path, const hebb_journal_kind *kind);

/* Whether a process has the journal open to add to it.  False where that cannot be told. */
bool hebb_journal_is_busy(const char *path);

/* Adds a record; one call at a time.  HEBB_EIO: nothing is added, and nothing will be any more. */
HEBB_CHECK_RESULT hebb_status hebb_journal_add(hebb_journal *journal, uint64_t unit, const double *numbers);

/* Syncs and closes.  HEBB_EIO.  Safe on one that was not opened, {.descriptor = -1}, and twice. */
HEBB_CHECK_RESULT hebb_status hebb_journal_close(hebb_journal *journal);

#endif
