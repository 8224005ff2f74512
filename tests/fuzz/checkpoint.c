/*
 * checkpoint: the very state that the file holds, or none and nothing changed; and what is saved over it is loaded.
 *
 * The first byte of an input says how the rest is made into a file: + 1: its checksum is made to hold, + 2: its head is
 * put right, + 4: no state at all, else one of 16 bytes.
 */
#include "checkpoint.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "fuzz.h"

enum { HEAD = 40, UNIT = 7, SIZE = 16, SEAL = 1, SEAL_HEAD = 2, NO_STATE = 4 };

/* clang-format off */
#define HEAD_OF(n) "hebbckpt" "0123456789abcdef" "\7\0\0\0\0\0\0\0" n "\0\0\0\0\0\0\0"
/* clang-format on */
const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("1" HEAD_OF("\20") "a half-way state"
                                                             "checksum"),
                                FUZZ_SEED("5" HEAD_OF("\0") "checksum"),
                                FUZZ_SEED("1" HEAD_OF("\21") "a half-way state."
                                                             "checksum"),
                                FUZZ_SEED("3????????????????????????????????????????a half-way statechecksum"),
                                FUZZ_SEED("0" HEAD_OF("\20") "a half-way state"),
                                FUZZ_SEED("0hebb"),
                                {NULL, 0}};
const char *const fuzz_words[] = {
    "hebbckpt", "0123456789abcdef", "checksum", "a half-way state", "\377\377\377\377\377\377\377\377", NULL};

static hebb_checkpoint begin(void)
{
    hebb_fingerprint fingerprint;
    memcpy(fingerprint.bytes, "0123456789abcdef", sizeof fingerprint.bytes);
    return hebb_checkpoint_begin(fuzz_folder(), fingerprint, UNIT, HUGE_VAL);
}

static void put(uint8_t *at, uint64_t x)
{
    const uint64_t little = htole64(x);
    memcpy(at, &little, sizeof little);
}

static void true_head(size_t state_size, uint8_t head[HEAD])
{
    memcpy(head, "hebbckpt0123456789abcdef", 24);
    put(head + 24, UNIT);
    put(head + 32, state_size);
}

/* Where the file has the length of one that holds such a state. */
static void true_checksum(const uint8_t *bytes, size_t state_size, uint8_t checksum[8])
{
    put(checksum, XXH3_64bits_withSeed(bytes + HEAD, state_size, XXH3_64bits(bytes, HEAD)));
}

static void check_saved(size_t size)
{
    uint8_t state[SIZE + 1] = "another state..", loaded[SIZE + 1] = {0};
    hebb_checkpoint checkpoint = begin(), next = begin();
    FUZZ_EXPECT(hebb_checkpoint_save(&checkpoint, size, state) == HEBB_OK);
    FUZZ_EXPECT(hebb_checkpoint_load(&next, size, loaded) && memcmp(loaded, state, size) == 0);
    hebb_checkpoint_end(&next);
    FUZZ_EXPECT(!hebb_checkpoint_load(&next, size, loaded));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    const unsigned mode = data[0];
    const size_t n = size - 1, state_size = mode & NO_STATE ? 0 : SIZE;
    uint8_t *bytes = malloc(n + 1), head[HEAD], checksum[8], loaded[SIZE + 1], before[SIZE + 1];
    FUZZ_EXPECT(bytes != NULL);
    memcpy(bytes, data + 1, n);
    const bool is_long_enough = n == HEAD + state_size + 8;
    true_head(state_size, head);
    if (mode & SEAL_HEAD && n >= HEAD) memcpy(bytes, head, HEAD);
    if (is_long_enough) true_checksum(bytes, state_size, checksum);
    if (mode & SEAL && is_long_enough) memcpy(bytes + n - 8, checksum, 8);
    (void)fuzz_folder_file("unit-7.checkpoint", bytes, n);
    memset(before, 0x5a, sizeof before);
    memcpy(loaded, before, sizeof loaded);
    const bool is_there = is_long_enough && memcmp(bytes, head, HEAD) == 0 && memcmp(bytes + n - 8, checksum, 8) == 0;
    hebb_checkpoint checkpoint = begin();
    FUZZ_EXPECT(hebb_checkpoint_load(&checkpoint, state_size, loaded) == is_there && checkpoint.is_there);
    FUZZ_EXPECT(memcmp(loaded, is_there ? bytes + HEAD : before, state_size) == 0);
    FUZZ_EXPECT(memcmp(loaded + state_size, before, sizeof loaded - state_size) == 0);
    check_saved(state_size);
    free(bytes);
    return 0;
}
