/*
 * shard - one of n parts of a study, k/n with k from 1: the units u with u mod n = k - 1
 */
#ifndef HEBB_ENSEMBLE_SHARD_H
#define HEBB_ENSEMBLE_SHARD_H

#include <stddef.h>
#include "status.h"

enum { HEBB_SHARD_LENGTH = 48, HEBB_MAX_SHARDS = 1000000 };

/* "2/5".  HEBB_EUSAGE for other text, HEBB_EDOM unless 1 <= k <= n <= HEBB_MAX_SHARDS. */
HEBB_CHECK_RESULT hebb_status hebb_shard_parse(const char *text, size_t *shard, size_t *n_shards);

/* Returns text. */
char *hebb_shard_format(size_t shard, size_t n_shards, char text[HEBB_SHARD_LENGTH]);

/*
 * The shard that an array of jobs under Slurm gives a task: its place among SLURM_ARRAY_TASK_COUNT, from
 * SLURM_ARRAY_TASK_ID, _MIN (1 where not set) and _STEP (1).  1, 1 outside of an array.
 * HEBB_EUSAGE where the variables contradict each other.
 */
HEBB_CHECK_RESULT hebb_status hebb_shard_of_array(size_t *shard, size_t *n_shards);

#endif
