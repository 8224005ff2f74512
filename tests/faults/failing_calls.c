#include "failing_calls.h"

#include <errno.h>
#include <execinfo.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wrap.h"

failing_plan failing_now;
failing_record *failing_into;

/* ---- which call fails ---- */

/* The same for two calls that were reached the same way, as far as the nearest callers go: a loop's are one place. */
static uint32_t place(void)
{
    void *frames[6];
    const int n = backtrace(frames, sizeof frames / sizeof *frames);
    uint32_t hash = 2166136261u;
    for (int k = 0; k < n; k++) hash = (hash ^ (uint32_t)(uintptr_t)frames[k]) * 16777619u;
    return hash;
}

/* Counts the call, and says whether it is to fail; errno is then set. */
bool failing_fails(unsigned calls, const char *name, const char *path)
{
    if (failing_into == NULL || (failing_now.calls & calls) == 0) return false;
    const size_t number = ++failing_into->n_calls;
    if (failing_now.number == 0 && number <= FAILING_MAX_CALLS) failing_into->places[number - 1] = place();
    if (failing_now.number == 0 || number < failing_now.number || (number > failing_now.number && !failing_now.goes_on))
        return false;
    if (!failing_into->has_failed) {
        failing_into->has_failed = true;
        failing_into->failed_calls = calls;
        snprintf(failing_into->name, sizeof failing_into->name, "%s", name);
    }
    const size_t length = strlen(failing_into->paths);
    snprintf(failing_into->paths + length, sizeof failing_into->paths - length, "%s\n", path);
    errno = failing_now.reason;
    return true;
}

/* ---- memory ---- */

static void *kept; /* the blocks in use: a tree of <search.h> */

static int by_address(const void *a, const void *b)
{
    return (a > b) - (a < b);
}

void *failing_keep(void *block)
{
    if (failing_into != NULL && block != NULL && tfind(block, &kept, by_address) == NULL) {
        if (tsearch(block, &kept, by_address) == NULL) abort();
        failing_into->n_kept++;
    }
    return block;
}

void failing_drop(void *block)
{
    if (failing_into == NULL || block == NULL || tfind(block, &kept, by_address) == NULL) return;
    (void)tdelete(block, &kept, by_address);
    failing_into->n_kept--;
}

/* ---- begin and end ---- */

static void leave_to_the_sanitizer(void *block)
{
    (void)block;
}

void failing_begin(const failing_plan *chosen, failing_record *into)
{
    void *frames[2];
    (void)backtrace(frames, 2); /* it loads a library at its first call */
    memset(into, 0, offsetof(failing_record, places));
    failing_now = *chosen;
    failing_into = into;
    failing_take_allocators();
}

void failing_end(void)
{
    failing_into = NULL;
    tdestroy(kept, leave_to_the_sanitizer);
    kept = NULL;
}
