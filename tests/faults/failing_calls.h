/*
 * failing_calls - the calls of the system that hebb's code makes, of which one, or all from one on, fail on demand
 *
 * The linker sends every call named in tests/faults/wrapped, from whatever object or layer, through a wrapper here
 * (ld's --wrap).  A wrapper counts; where the plan says so it fails as the system would, with the plan's errno.  Calls
 * inside shared libraries go past it, but for the memory of Jansson, libcsv and zlib, which take allocators, and the
 * reads of stdio: streams are made of our own functions.  Nothing is synced to the disk here; what is not is counted.
 *
 * Not for several threads.
 */
#ifndef HEBB_FAULTS_FAILING_CALLS_H
#define HEBB_FAULTS_FAILING_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a call is for; some are for two things. */
enum {
    CALL_MEMORY = 1 << 0,
    CALL_OPEN = 1 << 1,   /* for reading */
    CALL_CREATE = 1 << 2, /* files and folders */
    CALL_READ = 1 << 3,
    CALL_WRITE = 1 << 4,
    CALL_SYNC = 1 << 5,
    CALL_RENAME = 1 << 6,
    CALL_CLOSE = 1 << 7,         /* of what was read */
    CALL_CLOSE_WRITTEN = 1 << 8, /* of what was written */
    CALL_REMOVE = 1 << 9,
    CALL_LOOK = 1 << 10,    /* stat, access, readlink, realpath, readdir */
    CALL_PROCESS = 1 << 11, /* pipe, spawn */
    CALL_WAIT = 1 << 12     /* read from a pipe, wait for a process */
};

typedef struct {
    unsigned calls; /* those that are counted */
    size_t number;  /* which one fails, from 1; 0: none */
    bool goes_on;   /* and all that follow */
    int reason;     /* errno; 0: a read or write does half of what it was asked */
} failing_plan;

enum { FAILING_MAX_CALLS = 1 << 16, FAILING_MAX_TEXT = 256, FAILING_MAX_PATHS = 4096 };

/* What happened; in memory that the parent shares with the child. */
typedef struct {
    size_t n_calls;
    bool has_failed;
    unsigned failed_calls;              /* what the first call to fail is for */
    char name[FAILING_MAX_TEXT];        /* of that call */
    char paths[FAILING_MAX_PATHS];      /* of the files of all that failed, a line each, where there are any */
    long n_kept;                        /* blocks of memory not given back */
    long n_open;                        /* descriptors not closed */
    long n_unsynced;                    /* files closed before they were synced; new names whose folder was not */
    long n_unsynced_records;            /* written while what was written before was not synced */
    uint32_t places[FAILING_MAX_CALLS]; /* of each call, a hash of who called whom; only where none fails */
} failing_record;

/* Between the two calls count and fail, and memory and descriptors are accounted for. */
void failing_begin(const failing_plan *plan, failing_record *record);
void failing_end(void);

/* Then: standard output through a stream whose writes count. */
void failing_take_stdout(void);

#endif
