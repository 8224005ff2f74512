/*
 * journal: the records that hold, by a reader of our own, and no other; these and a new one once it is added.
 *
 * The first byte of an input is how the rest is made into a journal, so that mutations get behind the checksums:
 * + 1: the records' checksums are made to hold, + 2: the header's, + 4: a number a record instead of two.
 */
#include "journal.h"

#include <endian.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "fuzz.h"

enum { N_UNITS = 5, HEADER = 56, MAX_NUMBERS = 2, SEAL_RECORDS = 1, SEAL_HEADER = 2, ONE_NUMBER = 4 };

/* clang-format off */
#define HEAD(n) "hebbjrnl" "\1\0\0\0\0\0\0\0" n "\0\0\0\0\0\0\0" "\5\0\0\0\0\0\0\0" "0123456789abcdef"
#define RECORD(unit) unit "\0\0\0\0\0\0\0" "\0\0\0\0\0\0\360?" "\1\0\0\0\0\0\370\177" "checksum"
#define SHORT_RECORD(unit) unit "\0\0\0\0\0\0\0" "\0\0\0\0\0\0\360?" "checksum"
/* clang-format on */
const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("3" HEAD("\2") "checksum" RECORD("\0") RECORD("\4") RECORD("\2") RECORD("\4")),
    FUZZ_SEED("7" HEAD("\1") "checksum" SHORT_RECORD("\1") SHORT_RECORD("\5") SHORT_RECORD("\3")),
    FUZZ_SEED("1" HEAD("\2") "checksum" RECORD("\0") RECORD("\1")),
    FUZZ_SEED("3" HEAD("\3") "checksum" RECORD("\0")),
    FUZZ_SEED("7" HEAD("\1") "checksum" SHORT_RECORD("\1") "cut"),
    FUZZ_SEED("0" HEAD("\2") "\xe9\xf2\xd2\xcd\xb0\xc6\x60\x8b" RECORD("\0")),
    FUZZ_SEED("0" HEAD("\2")),
    FUZZ_SEED("4hebb"),
    {NULL, 0}};
const char *const fuzz_words[] = {
    "hebbjrnl", "0123456789abcdef", "\1\1\1\1\1\1\1\1", "\377\377\377\377\377\377\377\377", "checksum", NULL};

/* ---- a writer and a reader of our own ---- */

static void put(uint8_t *at, uint64_t x)
{
    const uint64_t little = htole64(x);
    memcpy(at, &little, sizeof little);
}

static uint64_t get(const uint8_t *at)
{
    uint64_t little;
    memcpy(&little, at, sizeof little);
    return le64toh(little);
}

static hebb_journal_kind make_kind(bool has_one)
{
    hebb_journal_kind kind = {.n_units = N_UNITS, .n_numbers = has_one ? 1 : MAX_NUMBERS};
    memcpy(kind.fingerprint.bytes, "0123456789abcdef", sizeof kind.fingerprint.bytes);
    return kind;
}

static size_t record_size(const hebb_journal_kind *kind)
{
    return 16 + 8 * kind->n_numbers;
}

static void true_header(const hebb_journal_kind *kind, uint8_t header[HEADER])
{
    memcpy(header, "hebbjrnl", 8);
    put(header + 8, 1);
    put(header + 16, kind->n_numbers);
    put(header + 24, kind->n_units);
    memcpy(header + 32, kind->fingerprint.bytes, 16);
    put(header + 48, XXH3_64bits(header, 48));
}

static uint64_t checksum_at(const hebb_journal_kind *kind, const uint8_t *record, uint64_t place)
{
    uint8_t header[HEADER];
    true_header(kind, header);
    return XXH3_64bits_withSeed(record, record_size(kind) - 8, get(header + 48) + place);
}

static void seal(unsigned mode, const hebb_journal_kind *kind, uint8_t *bytes, size_t size)
{
    const size_t length = record_size(kind);
    if (mode & SEAL_HEADER && size >= HEADER) put(bytes + 48, XXH3_64bits(bytes, 48));
    for (size_t k = 0; mode & SEAL_RECORDS && HEADER + (k + 1) * length <= size; k++) {
        uint8_t *record = bytes + HEADER + k * length;
        put(record + length - 8, checksum_at(kind, record, k));
    }
}

typedef struct {
    size_t n, n_damaged;
    struct {
        uint64_t unit;
        uint8_t numbers[8 * MAX_NUMBERS]; /* as they stand in the file */
    } * records;
} contents;

static contents find(const hebb_journal_kind *kind, const uint8_t *bytes, size_t size)
{
    const size_t length = record_size(kind), n = size < HEADER ? 0 : (size - HEADER) / length;
    contents found = {.records = calloc(n + 1, sizeof *found.records)};
    FUZZ_EXPECT(found.records != NULL);
    for (size_t k = 0; k < n; k++) {
        const uint8_t *record = bytes + HEADER + k * length;
        if (get(record + length - 8) != checksum_at(kind, record, k) || get(record) >= N_UNITS) {
            found.n_damaged++;
            continue;
        }
        found.records[found.n].unit = get(record);
        memcpy(found.records[found.n++].numbers, record + 8, 8 * kind->n_numbers);
    }
    return found;
}

/* ---- the reader ---- */

typedef struct {
    const contents *expected;
    size_t n_numbers, n;
} reading;

static hebb_status take(void *context, uint64_t unit, const double *numbers)
{
    reading *r = context;
    FUZZ_EXPECT(r->n < r->expected->n && unit == r->expected->records[r->n].unit);
    for (size_t k = 0; k < r->n_numbers; k++) {
        uint64_t bits;
        memcpy(&bits, numbers + k, sizeof bits);
        FUZZ_EXPECT(bits == get(r->expected->records[r->n].numbers + 8 * k));
    }
    r->n++;
    return HEBB_OK;
}

static bool check_read(const char *path, const hebb_journal_kind *kind, const contents *expected,
                       hebb_journal_report *report)
{
    reading r = {expected, kind->n_numbers, 0};
    if (!fuzz_check_status(hebb_journal_read(path, kind, take, &r, report), path)) {
        FUZZ_EXPECT(r.n == 0 && report->n_records == 0);
        return false;
    }
    FUZZ_EXPECT(r.n == expected->n && report->n_records == expected->n && report->n_damaged == expected->n_damaged);
    return true;
}

static void check_added(const char *path, const hebb_journal_kind *kind, contents *expected)
{
    static const double numbers[MAX_NUMBERS] = {-0.0, 0.1};
    hebb_journal journal;
    hebb_journal_report report;
    FUZZ_EXPECT(hebb_journal_open(&journal, path, kind, HUGE_VAL) == HEBB_OK);
    FUZZ_EXPECT(journal.n_records == expected->n + expected->n_damaged);
    FUZZ_EXPECT(hebb_journal_add(&journal, N_UNITS - 1, numbers) == HEBB_OK);
    FUZZ_EXPECT(hebb_journal_close(&journal) == HEBB_OK);
    expected->records[expected->n].unit = N_UNITS - 1;
    for (size_t k = 0; k < kind->n_numbers; k++) {
        uint64_t bits;
        memcpy(&bits, numbers + k, sizeof bits);
        put(expected->records[expected->n].numbers + 8 * k, bits);
    }
    expected->n++;
    FUZZ_EXPECT(check_read(path, kind, expected, &report) && !report.is_cut && !report.has_bad_header);
}

static void check_refused(const char *path, const hebb_journal_kind *kind, const uint8_t *bytes, size_t size)
{
    hebb_journal journal;
    FUZZ_EXPECT(!fuzz_check_status(hebb_journal_open(&journal, path, kind, HUGE_VAL), path));
    uint8_t *now = malloc(size + 1);
    FILE *file = fopen(path, "rb");
    FUZZ_EXPECT(now != NULL && file != NULL && fread(now, 1, size + 1, file) == size);
    FUZZ_EXPECT(memcmp(now, bytes, size) == 0);
    (void)fclose(file);
    free(now);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    const unsigned mode = data[0];
    const hebb_journal_kind kind = make_kind(mode & ONE_NUMBER);
    const size_t n = size - 1;
    uint8_t *bytes = malloc(n + 1), header[HEADER];
    FUZZ_EXPECT(bytes != NULL);
    memcpy(bytes, data + 1, n);
    seal(mode, &kind, bytes, n);
    const char *path = fuzz_folder_file("journal", bytes, n);
    contents expected = find(&kind, bytes, n);
    hebb_journal_report report;
    true_header(&kind, header);
    const bool is_ours = n < HEADER || memcmp(bytes, header, HEADER) == 0;
    const bool is_foreign = !is_ours && get(bytes + 48) == XXH3_64bits(bytes, 48);
    FUZZ_EXPECT(check_read(path, &kind, &expected, &report) == !is_foreign);
    if (is_foreign) {
        check_refused(path, &kind, bytes, n);
    } else {
        FUZZ_EXPECT(report.has_bad_header == !is_ours);
        FUZZ_EXPECT(report.is_cut == (n < HEADER ? n > 0 : (n - HEADER) % record_size(&kind) > 0));
        check_added(path, &kind, &expected);
    }
    free(expected.records);
    free(bytes);
    return 0;
}
