#include "memory.h"

#include <stdint.h>
#include <stdio.h>

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
    return available;
}

hebb_status hebb_memory_check(const char *what, double bytes_each, int n_workers)
{
    const double gib = 1024.0 * 1024.0 * 1024.0;
    const double wanted = bytes_each * n_workers;
    const size_t available = hebb_memory_available();
    if (available == SIZE_MAX || wanted <= (double)available) return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "%s: %.3g GiB for each of %d thread%s is %.3g GiB, and %.3g GiB are free%s", what,
                     bytes_each / gib, n_workers, n_workers == 1 ? "" : "s", wanted / gib, (double)available / gib,
                     n_workers > 1 ? "; use fewer --threads or a smaller system" : "; use a smaller system");
}
