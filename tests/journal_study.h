/*
 * journal_study - a small study whose journal is looked at to the bit, for the tests of the journal
 */
#ifndef HEBB_TESTS_JOURNAL_STUDY_H
#define HEBB_TESTS_JOURNAL_STUDY_H

#include <math.h>
#include <stdint.h>

#include "journal.h"
#include "scratch.h"

enum { N_UNITS = 9, N_NUMBERS = 2, HEADER = 56, RECORD = 16 + 8 * N_NUMBERS, N_WRITTEN = 6 };
enum { SIZE = HEADER + N_WRITTEN * RECORD };

static const uint64_t written[N_WRITTEN] = {7, 0, 3, 8, 1, 4}; /* as threads finish them */

static inline hebb_journal_kind make_kind(void)
{
    return (hebb_journal_kind){hebb_fingerprint_of(5, "study"), N_UNITS, N_NUMBERS};
}

/* Numbers that a copy by value, a text or a flush of subnormals would change. */
static inline uint64_t true_bits(uint64_t unit, size_t k)
{
    static const uint64_t bits[] = {
        0x8000000000000000, /* -0 */
        0x7ff8000000000000, /* NaN, and others by their payload, quiet and signalling */
        0xfff8000000000123, 0x7ff0000000000001, 0x7ff0000000000000, 0xfff0000000000000, /* infinities */
        0x0000000000000001, 0x800fffffffffffff, 0x7fefffffffffffff, 0x3fb999999999999a, 0, 0xbff0000000000000};
    return bits[(unit * N_NUMBERS + k) % (sizeof bits / sizeof *bits)];
}

static inline void true_numbers(uint64_t unit, double *numbers)
{
    for (size_t k = 0; k < N_NUMBERS; k++) {
        const uint64_t bits = true_bits(unit, k);
        memcpy(numbers + k, &bits, sizeof bits);
    }
}

typedef struct {
    size_t n, n_of[N_UNITS];
    uint64_t order[100];
} readings;

/* Each number that comes out of a journal is the true one. */
static inline hebb_status take(void *context, uint64_t unit, const double *numbers)
{
    readings *r = context;
    double expected[N_NUMBERS];
    ck_assert_uint_lt(unit, N_UNITS);
    true_numbers(unit, expected);
    ck_assert_mem_eq(numbers, expected, sizeof expected);
    r->n_of[unit]++;
    r->order[r->n++] = unit;
    return HEBB_OK;
}

static inline hebb_journal_report read_journal(const char *path, readings *r)
{
    const hebb_journal_kind kind = make_kind();
    hebb_journal_report report;
    *r = (readings){0};
    const hebb_status status = hebb_journal_read(path, &kind, take, r, &report);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_uint_eq(report.n_records, r->n);
    return report;
}

static inline hebb_journal open_journal(const char *path)
{
    const hebb_journal_kind kind = make_kind();
    hebb_journal journal;
    const hebb_status status = hebb_journal_open(&journal, path, &kind, HUGE_VAL);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    return journal;
}

static inline void add(hebb_journal *journal, uint64_t unit)
{
    double numbers[N_NUMBERS];
    true_numbers(unit, numbers);
    ck_assert_int_eq(hebb_journal_add(journal, unit, numbers), HEBB_OK);
}

static inline void write_journal(const char *path)
{
    hebb_journal journal = open_journal(path);
    for (size_t k = 0; k < N_WRITTEN; k++) add(&journal, written[k]);
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}

static inline void read_bytes(const char *path, size_t size, unsigned char *bytes)
{
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(bytes, 1, size, file), size);
    ck_assert_int_eq(fgetc(file), EOF);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void write_and_read_bytes(unsigned char bytes[SIZE])
{
    write_journal(scratch_path("journal"));
    read_bytes(scratch_path("journal"), SIZE, bytes);
}

/* What `resume` does: the units that were not read are added, and then each is there once. */
static inline void complete(const char *path, const readings *found)
{
    readings all;
    const uint64_t n_damaged = read_journal(path, &all).n_damaged;
    hebb_journal journal = open_journal(path);
    for (uint64_t unit = 0; unit < N_UNITS; unit++)
        if (found->n_of[unit] == 0) add(&journal, unit);
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
    const hebb_journal_report report = read_journal(path, &all);
    for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(all.n_of[unit], 1);
    ck_assert_uint_eq(report.n_damaged, n_damaged); /* what was cut off is written over */
    ck_assert(!report.is_cut && !report.has_bad_header);
}

/* In memory where that can be had: a thousand syncs are no test of the disk. */
static inline void make_in_memory(void)
{
    if (access("/dev/shm", W_OK | X_OK) == 0) ck_assert_int_eq(setenv("TMPDIR", "/dev/shm", 0), 0);
    scratch_make();
}

#endif
