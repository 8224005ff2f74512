/*
 * wrap - what the wrappers of failing_memory.c and failing_files.c have in common
 */
#ifndef HEBB_FAULTS_WRAP_H
#define HEBB_FAULTS_WRAP_H

#include "failing_calls.h"

/* The linker's names: a call of f comes to __wrap_f, and __real_f is the system's. */
#define WRAP(type, name, parameters)                                                                                   \
    type __real_##name parameters;                                                                                     \
    type __wrap_##name parameters;                                                                                     \
    type __wrap_##name parameters

extern failing_plan failing_now;
extern failing_record *failing_into; /* NULL: nothing counts */

/* Counts the call, and says whether it is to fail; errno is then set. */
bool failing_fails(unsigned calls, const char *name, const char *path);

/* Account for a block of memory; both take NULL.  keep returns the block. */
void *failing_keep(void *block);
void failing_drop(void *block);

/* Jansson's memory through the wrappers. */
void failing_take_allocators(void);

#endif
