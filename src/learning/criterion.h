/*
 * criterion - when learning has come to an end: all cases answered rightly for so many epochs running
 *
 * An epoch is as many updates as it takes to show every case once; its error rate is the share of cases that were answered
 * wrongly in it.  The criterion knows nothing of the rule by which the machine learns.
 */
#ifndef HEBB_LEARNING_CRITERION_H
#define HEBB_LEARNING_CRITERION_H

#include <stdbool.h>
#include <stdint.h>

enum { HEBB_CRITERION_EPOCHS = 10 }; /* what one takes for `wanted` */

typedef struct {
    uint64_t wanted;  /* epochs without an error, one after the other; at least 1 */
    uint64_t running; /* so many so far; starts at 0 */
} hebb_criterion;

/*
 * Counts one more epoch and says whether the criterion is met from here on: an error rate of 0 adds to the run, any other,
 * NaN too (no right answer), ends it.
 */
static inline bool hebb_criterion_add(hebb_criterion *criterion, double error_rate)
{
    criterion->running = error_rate == 0.0 ? criterion->running + 1 : 0;
    return criterion->running >= criterion->wanted;
}

#endif
