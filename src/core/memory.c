#include "memory.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "c_locale.h"
#include "number.h"

enum { LINE = 64, HUGE_PAGE = 1 << 21 };

void *hebb_memory_zeroed(size_t bytes)
{
    const size_t piece = bytes >= 4 * HUGE_PAGE ? HUGE_PAGE : LINE;
    if (bytes > SIZE_MAX - piece) return NULL;
    const size_t rounded = (bytes + piece - 1) / piece * piece;
    void *memory = aligned_alloc(piece, rounded > 0 ? rounded : piece);
    if (memory == NULL) return NULL;
#ifdef MADV_HUGEPAGE
    if (piece == HUGE_PAGE) (void)madvise(memory, rounded, MADV_HUGEPAGE); /* only a matter of speed */
#endif
    memset(memory, 0, rounded);
    return memory;
}

/* The number after `key` in a file of the kernel's, times unit; SIZE_MAX when it is not there («max», no file). */
static size_t read_kernel_number(const char *path, const char *key, size_t unit)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) return SIZE_MAX;
    char line[256], pattern[64];
    unsigned long long number;
    size_t bytes = SIZE_MAX;
    snprintf(pattern, sizeof pattern, "%s%%llu", key);
    while (bytes == SIZE_MAX && fgets(line, sizeof line, file) != NULL) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        if (sscanf(line, pattern, &number) == 1 && number < SIZE_MAX / unit) bytes = (size_t)number * unit;
#pragma GCC diagnostic pop
    }
    (void)fclose(file);
    return bytes;
}

char *hebb_memory_format(double bytes, char text[HEBB_MEMORY_LENGTH])
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB"};
    size_t unit = 0;
    for (; bytes >= 1024.0 && unit + 1 < sizeof units / sizeof *units; unit++) bytes /= 1024.0;
    hebb_c_locale_print(text, HEBB_MEMORY_LENGTH, "%.3g %s", bytes, units[unit]);
    return text;
}

static size_t user_limit = SIZE_MAX;
static size_t n_sharing = 1;

void hebb_memory_share(int n)
{
    n_sharing = n > 1 ? (size_t)n : 1;
}

hebb_status hebb_memory_limit(const char *text)
{
    static const double units[] = {0x1p10, 0x1p20, 0x1p30, 0x1p40};
    double bytes;
    if (!hebb_number_parse_with_unit(text, "KMGT", units, &bytes))
        return hebb_fail(HEBB_EUSAGE, "'%s' is no amount of memory: give bytes, or a number with K, M, G or T", text);
    if (!(bytes >= 1.0) || !isfinite(bytes)) return hebb_fail(HEBB_EDOM, "'%s' is out of range: from 1 byte on", text);
    user_limit = bytes < (double)SIZE_MAX ? (size_t)bytes : SIZE_MAX;
    return HEBB_OK;
}

size_t hebb_memory_available(void)
{
    size_t available = read_kernel_number("/proc/meminfo", "MemAvailable: ", 1024);
    const size_t limit = read_kernel_number("/sys/fs/cgroup/memory.max", "", 1);
    size_t used = read_kernel_number("/sys/fs/cgroup/memory.current", "", 1);
    if (limit != SIZE_MAX && used != SIZE_MAX) {
        const size_t cached = read_kernel_number("/sys/fs/cgroup/memory.stat", "inactive_file ", 1);
        if (cached <= used) used -= cached; /* files' pages count as used and are given back when needed */
        const size_t left = limit > used ? limit - used : 0;
        if (left < available) available = left;
    }
    if (available != SIZE_MAX) available /= n_sharing;
    return available < user_limit ? available : user_limit;
}

hebb_status hebb_memory_check(const char *what, double bytes_each, int n_workers)
{
    char each[HEBB_MEMORY_LENGTH], all[HEBB_MEMORY_LENGTH], there[HEBB_MEMORY_LENGTH];
    const double wanted = bytes_each * n_workers;
    const size_t available = hebb_memory_available();
    if (available == SIZE_MAX || wanted <= (double)available) return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "%s: %s for each of %d thread%s is %s, and %s may be had%s; use %sa smaller system",
                     what, hebb_memory_format(bytes_each, each), n_workers, n_workers == 1 ? "" : "s",
                     hebb_memory_format(wanted, all), hebb_memory_format((double)available, there),
                     user_limit < SIZE_MAX && available == user_limit ? ", the limit asked for" : "",
                     n_workers > 1 ? "fewer --threads or " : "");
}
