#include "journal.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xxhash.h>

#include "atomic_file.h"
#include "clock.h"
#include "input.h"

static const char MAGIC[8] = {'h', 'e', 'b', 'b', 'j', 'r', 'n', 'l'};
enum { FORMAT = 1, FINGERPRINT_AT = 32, CHECKSUM_AT = 48, HEADER = 56 };

static hebb_status fail(const char *what, const char *path)
{
    return hebb_fail(errno == ENOMEM ? HEBB_ENOMEM : HEBB_EIO, "%s: %s: %s", path, what, strerror(errno));
}

/* ---- bytes ---- */

static void put(unsigned char *at, uint64_t x)
{
    const uint64_t little = htole64(x);
    memcpy(at, &little, sizeof little);
}

static uint64_t get(const unsigned char *at)
{
    uint64_t little;
    memcpy(&little, at, sizeof little);
    return le64toh(little);
}

static void make_header(const hebb_journal_kind *kind, unsigned char header[HEADER])
{
    memcpy(header, MAGIC, sizeof MAGIC);
    put(header + 8, FORMAT);
    put(header + 16, kind->n_numbers);
    put(header + 24, kind->n_units);
    memcpy(header + FINGERPRINT_AT, kind->fingerprint.bytes, sizeof kind->fingerprint.bytes);
    put(header + CHECKSUM_AT, XXH3_64bits(header, CHECKSUM_AT));
}

static size_t record_size(const hebb_journal_kind *kind)
{
    return 16 + 8 * (size_t)kind->n_numbers;
}

/* seed: of the header; place: from 0 */
static uint64_t record_checksum(const unsigned char *record, size_t size, uint64_t seed, uint64_t place)
{
    return XXH3_64bits_withSeed(record, size - 8, seed + place);
}

static uint64_t seed_of(const hebb_journal_kind *kind)
{
    unsigned char header[HEADER];
    make_header(kind, header);
    return get(header + CHECKSUM_AT);
}

/* ---- reading ---- */

/* A header that holds and is another study's is refused; one that does not hold is taken for what it should be. */
static hebb_status check_header(const char *path, const hebb_journal_kind *kind, const unsigned char *header,
                                hebb_journal_report *report)
{
    unsigned char expected[HEADER];
    make_header(kind, expected);
    if (memcmp(header, expected, HEADER) == 0) return HEBB_OK;
    report->has_bad_header = get(header + CHECKSUM_AT) != XXH3_64bits(header, CHECKSUM_AT);
    if (report->has_bad_header) return HEBB_OK;
    if (memcmp(header, MAGIC, sizeof MAGIC) == 0 && get(header + 8) != FORMAT)
        return hebb_fail(HEBB_EDATA, "%s: is of version %llu, this program reads %d", path,
                         (unsigned long long)get(header + 8), FORMAT);
    return hebb_fail(HEBB_EDATA, "%s: is another study's; choose another folder or give --overwrite", path);
}

static hebb_status read_records(FILE *file, const char *path, const hebb_journal_kind *kind, hebb_journal_visit visit,
                                void *context, hebb_journal_report *report)
{
    const size_t size = record_size(kind);
    const uint64_t seed = seed_of(kind);
    hebb_status status = HEBB_OK;
    unsigned char *record = malloc(size);
    double *numbers = malloc((size_t)kind->n_numbers * sizeof *numbers + 1);
    if (record == NULL || numbers == NULL) status = hebb_fail(HEBB_ENOMEM, "%s: no memory for a record", path);
    size_t length = 0;
    for (uint64_t place = 0; status == HEBB_OK && (length = fread(record, 1, size, file)) == size; place++) {
        const uint64_t unit = get(record);
        if (get(record + size - 8) != record_checksum(record, size, seed, place) || unit >= kind->n_units) {
            report->n_damaged++;
            continue;
        }
        for (size_t k = 0; k < kind->n_numbers; k++) {
            const uint64_t bits = get(record + 8 + 8 * k);
            memcpy(numbers + k, &bits, sizeof bits);
        }
        report->n_records++;
        status = visit(context, unit, numbers);
    }
    if (status == HEBB_OK && ferror(file)) status = fail("cannot be read", path);
    report->is_cut = status == HEBB_OK && length > 0;
    free(numbers);
    free(record);
    return status;
}

hebb_status hebb_journal_read(const char *path, const hebb_journal_kind *kind, hebb_journal_visit visit, void *context,
                              hebb_journal_report *report)
{
    FILE *file;
    size_t n_bytes;
    *report = (hebb_journal_report){0};
    if (access(path, F_OK) != 0)
        return errno == ENOENT ? HEBB_OK
                               : hebb_fail(hebb_input_status(errno), "%s: cannot be read: %s", path, strerror(errno));
    hebb_status status = hebb_input_open(path, &file, &n_bytes);
    if (status != HEBB_OK) return status;
    unsigned char header[HEADER];
    const size_t length = fread(header, 1, HEADER, file);
    if (ferror(file))
        status = fail("cannot be read", path);
    else if (length < HEADER)
        report->is_cut = length > 0;
    else
        status = check_header(path, kind, header, report);
    if (status == HEBB_OK && length == HEADER) {
        if (n_bytes - HEADER >= record_size(kind)) /* no memory for a record that the file cannot hold */
            status = read_records(file, path, kind, visit, context, report);
        else
            report->is_cut = n_bytes > HEADER;
    }
    (void)fclose(file);
    return status;
}

bool hebb_journal_is_of(const char *path, const hebb_journal_kind *kind)
{
    FILE *file;
    size_t n_bytes;
    unsigned char header[HEADER], expected[HEADER];
    if (hebb_input_open(path, &file, &n_bytes) != HEBB_OK) return false;
    make_header(kind, expected);
    const bool is_of = fread(header, 1, HEADER, file) == HEADER && memcmp(header, expected, HEADER) == 0;
    (void)fclose(file);
    return is_of;
}

/* ---- adding ---- */

static hebb_status write_at(const hebb_journal *journal, const unsigned char *bytes, size_t size, uint64_t offset)
{
    for (size_t done = 0; done < size;) {
        const ssize_t n = pwrite(journal->descriptor, bytes + done, size - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail("cannot be written", journal->path);
        done += (size_t)n;
    }
    return HEBB_OK;
}

/* EINVAL, EROFS: no file that could be synced, such as a pipe. */
static hebb_status sync_now(hebb_journal *journal)
{
    int failed;
    do failed = fsync(journal->descriptor);
    while (failed != 0 && errno == EINTR);
    journal->synced = hebb_clock_now();
    if (failed == 0 || errno == EINVAL || errno == EROFS) return HEBB_OK;
    return fail("cannot be synced", journal->path);
}

/* The lock belongs to the open file, and goes with it however the process ends. */
static struct flock whole_file(void)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

/* Where files cannot be locked there is nobody to ask. */
static hebb_status lock(const hebb_journal *journal)
{
    struct flock lock = whole_file();
    if (fcntl(journal->descriptor, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES)) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "%s: another process is at work on this study; hebb status shows how far it is",
                     journal->path);
}

bool hebb_journal_is_busy(const char *path)
{
    struct flock lock = whole_file();
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); /* one may be read-only */
    if (descriptor < 0) return false;
    const bool is_busy = fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    (void)close(descriptor);
    return is_busy;
}

/* What of the header is there: size bytes. */
static hebb_status read_header(const hebb_journal *journal, unsigned char header[HEADER], size_t *size)
{
    *size = 0;
    while (*size < HEADER) {
        const ssize_t n = pread(journal->descriptor, header + *size, HEADER - *size, (off_t)*size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail("cannot be read", journal->path);
        if (n == 0) break;
        *size += (size_t)n;
    }
    return HEBB_OK;
}

/* The header, where there is none that holds; and where the next record goes. */
static hebb_status prepare(hebb_journal *journal)
{
    size_t size;
    unsigned char header[HEADER];
    hebb_journal_report report = {0};
    struct stat info;
    if (fstat(journal->descriptor, &info) != 0) return fail("cannot be looked at", journal->path);
    if (info.st_nlink == 0) /* between opening and locking it, --overwrite of another process */
        return hebb_fail(HEBB_EUSAGE, "%s: another process removed it just now; try again", journal->path);
    hebb_status status = hebb_input_measure(journal->path, journal->descriptor, &size);
    if (status != HEBB_OK) return status;
    size_t n_read;
    status = read_header(journal, header, &n_read);
    const bool has_header = status == HEBB_OK && n_read == HEADER && size >= HEADER;
    if (has_header) {
        status = check_header(journal->path, &journal->kind, header, &report);
        journal->n_records = (size - HEADER) / record_size(&journal->kind);
    }
    if (status != HEBB_OK || (has_header && !report.has_bad_header)) return status;
    make_header(&journal->kind, header);
    status = write_at(journal, header, HEADER, 0);
    if (status == HEBB_OK) status = sync_now(journal);
    if (status == HEBB_OK && size == 0) status = hebb_folder_sync(journal->path);
    return status;
}

hebb_status hebb_journal_open(hebb_journal *journal, const char *path, const hebb_journal_kind *kind, double interval)
{
    *journal = (hebb_journal){.descriptor = -1, .kind = *kind, .interval = interval, .path = strdup(path)};
    journal->record = malloc(record_size(kind));
    hebb_status status = HEBB_OK;
    if (journal->path == NULL || journal->record == NULL)
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for a record", path);
    if (status == HEBB_OK) {
        journal->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
        if (journal->descriptor < 0) status = fail("cannot be written", path);
    }
    if (status == HEBB_OK) status = lock(journal);
    if (status == HEBB_OK) status = prepare(journal);
    journal->synced = hebb_clock_now();
    if (status == HEBB_OK) return HEBB_OK;
    journal->is_torn = true; /* nothing of ours is in it that could be lost */
    const hebb_status closed = hebb_journal_close(journal);
    (void)closed;
    return status;
}

hebb_status hebb_journal_add(hebb_journal *journal, uint64_t unit, const double *numbers)
{
    const size_t size = record_size(&journal->kind);
    unsigned char *record = journal->record;
    if (journal->is_torn) return hebb_fail(HEBB_EIO, "%s", journal->why); /* another thread's: one sentence for both */
    put(record, unit);
    for (size_t k = 0; k < journal->kind.n_numbers; k++) {
        uint64_t bits;
        memcpy(&bits, numbers + k, sizeof bits);
        put(record + 8 + 8 * k, bits);
    }
    put(record + size - 8, record_checksum(record, size, seed_of(&journal->kind), journal->n_records));
    hebb_status status = write_at(journal, record, size, HEADER + journal->n_records * size);
    if (status == HEBB_OK) {
        journal->n_records++;
        if (hebb_clock_now() - journal->synced >= journal->interval) status = sync_now(journal);
    }
    journal->is_torn = status != HEBB_OK;
    if (journal->is_torn) snprintf(journal->why, sizeof journal->why, "%s", hebb_diagnostic());
    return status;
}

hebb_status hebb_journal_close(hebb_journal *journal)
{
    hebb_status status = HEBB_OK;
    if (journal->descriptor >= 0) {
        if (!journal->is_torn) status = sync_now(journal);
        if (close(journal->descriptor) != 0 && status == HEBB_OK && !journal->is_torn)
            status = fail("cannot be closed", journal->path);
    }
    free(journal->record);
    free(journal->path);
    *journal = (hebb_journal){.descriptor = -1};
    return status;
}
