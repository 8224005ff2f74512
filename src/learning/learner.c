#include "learner.h"

#include <string.h>

/* The registry: a line a learner, in alphabetical order. */
#define EVERY_LEARNER(ENTRY)                                                                                           \
    ENTRY(hebb_boltzmann_learner)                                                                                      \
    ENTRY(hebb_mean_field_learner)                                                                                     \
    ENTRY(hebb_rbm_learner)

#define DECLARATION(name) extern const hebb_learner name;
#define ADDRESS(name)     &name,

EVERY_LEARNER(DECLARATION)

const hebb_learner *const *hebb_learners(void)
{
    static const hebb_learner *const learners[] = {EVERY_LEARNER(ADDRESS) NULL};
    return learners;
}

const hebb_learner *hebb_learner_find(const char *name)
{
    for (const hebb_learner *const *learner = hebb_learners(); *learner != NULL; learner++)
        if (strcmp((*learner)->name, name) == 0) return *learner;
    return NULL;
}
