#include "shard.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

hebb_status hebb_shard_parse(const char *text, size_t *shard, size_t *n_shards)
{
    char first[HEBB_NUMBER_LENGTH] = "";
    long k = 0, n = 0;
    const char *slash = strchr(text, '/');
    if (slash != NULL && (size_t)(slash - text) < sizeof first)
        snprintf(first, sizeof first, "%.*s", (int)(slash - text), text);
    if (slash == NULL || !hebb_number_parse_integer(first, &k) || !hebb_number_parse_integer(slash + 1, &n))
        return hebb_fail(HEBB_EUSAGE, "'%s' is no shard: give k/n, such as 2/5", text);
    if (k < 1 || k > n || n > HEBB_MAX_SHARDS)
        return hebb_fail(HEBB_EDOM, "'%s' is out of range: k/n with k from 1 to n, and n at most %d", text,
                         HEBB_MAX_SHARDS);
    *shard = (size_t)k;
    *n_shards = (size_t)n;
    return HEBB_OK;
}

char *hebb_shard_format(size_t shard, size_t n_shards, char text[HEBB_SHARD_LENGTH])
{
    snprintf(text, HEBB_SHARD_LENGTH, "%zu/%zu", shard, n_shards);
    return text;
}

/* The variable's number, or fallback where it is not set. */
static hebb_status read_variable(const char *name, long fallback, long *n)
{
    const char *text = getenv(name);
    *n = fallback;
    if (text == NULL || hebb_number_parse_integer(text, n)) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "%s: '%s' is no number; give --shard", name, text);
}

hebb_status hebb_shard_of_array(size_t *shard, size_t *n_shards)
{
    long id, count, first, step;
    *shard = *n_shards = 1;
    if (getenv("SLURM_ARRAY_TASK_ID") == NULL || getenv("SLURM_ARRAY_TASK_COUNT") == NULL) return HEBB_OK;
    hebb_status status = read_variable("SLURM_ARRAY_TASK_ID", 0, &id);
    if (status == HEBB_OK) status = read_variable("SLURM_ARRAY_TASK_COUNT", 0, &count);
    if (status == HEBB_OK) status = read_variable("SLURM_ARRAY_TASK_MIN", 1, &first);
    if (status == HEBB_OK) status = read_variable("SLURM_ARRAY_TASK_STEP", 1, &step);
    if (status != HEBB_OK) return status;
    long distance = -1;
    const bool is_after = !__builtin_sub_overflow(id, first, &distance) && distance >= 0 && step > 0;
    const long place = is_after ? distance / step : -1;
    if (place < 0 || place >= count || count > HEBB_MAX_SHARDS || distance % step != 0)
        return hebb_fail(HEBB_EUSAGE,
                         "SLURM_ARRAY_TASK_ID = %ld is none of the array's %ld tasks from %ld in steps of %ld; give "
                         "--shard",
                         id, count, first, step);
    *shard = (size_t)place + 1;
    *n_shards = (size_t)count;
    return HEBB_OK;
}
