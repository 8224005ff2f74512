/*
 * fuzz - what the harnesses share: one a reader, run by libFuzzer (`make fuzz`) or by driver.c (`make check`)
 *
 * A harness is one file: fuzz_seeds, fuzz_words and LLVMFuzzerTestOneInput, which gives the bytes to its reader and
 * holds what comes back against the reader's contract.  What does not hold aborts; so does a sanitizer.  It keeps no
 * state from one input to the next, so that an input alone repeats what it did.
 */
#ifndef HEBB_TESTS_FUZZ_H
#define HEBB_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "array.h"
#include "status.h"

typedef struct {
    const char *bytes;
    size_t n;
} fuzz_seed;

#define FUZZ_SEED(text)                                                                                                \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }

/* Inputs to start from, good ones and some that are nearly so; ended by NULL bytes. */
extern const fuzz_seed fuzz_seeds[];

/* What a mutation may put in beside bytes; ended by NULL. */
extern const char *const fuzz_words[];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts with the condition and its place unless it holds. */
#define FUZZ_EXPECT(condition) ((condition) ? (void)0 : fuzz_fail(#condition, __FILE__, __LINE__))
void fuzz_fail(const char *condition, const char *file, int line) __attribute__((noreturn));

enum { FUZZ_N_FILES = 2 };

/*
 * A file in memory with these contents, valid until the next call for the same k < FUZZ_N_FILES.  Returns its path;
 * that of fuzz_file_named ends in `ending`.
 */
const char *fuzz_file(int k, const void *bytes, size_t n);
const char *fuzz_file_named(const char *ending, const void *bytes, size_t n);

/*
 * A folder of the harness's own, in memory where that can be had, and a file in it with these contents, whatever was there
 * before.  Returns its path, valid until the next call.
 */
const char *fuzz_folder(void);
const char *fuzz_folder_file(const char *name, const void *bytes, size_t n);

/*
 * A status that a reader may return: HEBB_OK, or a refusal for which it left a sentence that opens with `opening` and
 * that a terminal can show.  HEBB_EIO is none, as nothing is wrong with the file system, and neither is HEBB_ENOMEM: what
 * a small file holds, and not what it promises, fits into memory.  Returns whether it is HEBB_OK.
 */
bool fuzz_check_status(hebb_status status, const char *opening);

/* An array that a file of so many bytes can hold, each `expansion`-fold. */
void fuzz_check_array(const hebb_array *array, size_t n_bytes, size_t expansion);

/* Aborts unless both have the same type, shape and bytes. */
void fuzz_check_equal(const hebb_array *a, const hebb_array *b);

/* The bytes as a text, up to the first NUL; the caller frees it. */
char *fuzz_text(const uint8_t *data, size_t size);

/*
 * Whether text has a range start:stop:step of a thousand values or more, but not so many that it is refused: those are
 * right and take too long to be tried a million times.
 */
bool fuzz_has_long_range(const char *text);

#endif
