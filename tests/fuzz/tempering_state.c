/*
 * tempering_state and thermal_state, which it holds: refused and nothing changed, or a state that saves as the same
 * bytes and goes on.
 *
 * An input changes a good state: its first byte says which checksums are made to hold, 1 those of the replicas' states,
 * 2 that of the whole, and with 4 how many bytes are missing follows; then come a place, of two bytes, and what stands
 * there, again and again.
 */
#include "tempering_state.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "packed_state.h"
#include "thermal_state.h"

enum { N = 11, P = 3, N_RUNGS = 3, N_ROUNDS = 6, SEAL_REPLICAS = 1, SEAL = 2, CUT = 4 };
enum { HEADER = 20, RUNG = 24, NUMBERS = 16 };

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("\3"),
                                FUZZ_SEED("\0\14\0\1"),
                                FUZZ_SEED("\3\14\0\1"),
                                FUZZ_SEED("\3\24\0\1"),
                                FUZZ_SEED("\3\134\0\2\242\0\1"),
                                FUZZ_SEED("\3\140\0\3"),
                                FUZZ_SEED("\3\200\0\377"),
                                FUZZ_SEED("\7\1"),
                                FUZZ_SEED("\3\234\0\7"),
                                {NULL, 0}};
const char *const fuzz_words[] = {"\377\377", "\177\360", NULL};

/* The same for every input; the state is set anew for each. */
static struct {
    bool is_made;
    hebb_patterns patterns;
    hebb_hopfield networks[N_RUNGS];
    hebb_tempering run;
    size_t size;
    uint8_t *good; /* after N_ROUNDS rounds */
} set;

static void free_set(void)
{
    hebb_tempering_free(&set.run);
    for (size_t a = 0; a < N_RUNGS; a++) hebb_hopfield_free(&set.networks[a]);
    hebb_patterns_free(&set.patterns);
    free(set.good);
}

static void make_set(void)
{
    static const double rungs[N_RUNGS] = {0.5, 0.75, 1.5};
    static const hebb_philox noise[N_RUNGS] = {{{1, 2}}, {{3, 4}}, {{5, 6}}};
    const hebb_tempering_options how = {.temperatures = rungs, .noise = noise, .swap_generator = {{7, 8}}};
    if (set.is_made) return;
    set.is_made = true;
    FUZZ_EXPECT(hebb_kernel_select(NULL) == HEBB_OK);
    FUZZ_EXPECT(hebb_patterns_init(&set.patterns, N, P, HEBB_STORE_SLICES) == HEBB_OK);
    hebb_patterns_draw(&set.patterns, 3, 0);
    for (size_t a = 0; a < N_RUNGS; a++) FUZZ_EXPECT(hebb_hopfield_init(&set.networks[a], &set.patterns) == HEBB_OK);
    FUZZ_EXPECT(hebb_tempering_init(&set.run, N_RUNGS, set.networks, &how) == HEBB_OK);
    FUZZ_EXPECT(hebb_tempering_run(&set.run, N_ROUNDS, 1) == HEBB_OK);
    set.size = hebb_tempering_state_bytes(&set.run);
    set.good = malloc(set.size);
    FUZZ_EXPECT(set.good != NULL);
    hebb_tempering_state_save(&set.run, set.good);
    FUZZ_EXPECT(atexit(free_set) == 0);
}

/* A copy of the good state, changed, of its own length: reading past the end is seen. */
static uint8_t *change(const uint8_t *data, size_t size, size_t *n)
{
    const unsigned mode = data[0];
    size_t k = 1;
    *n = set.size;
    if (mode & CUT && k < size) *n -= data[k++] % set.size;
    uint8_t *whole = malloc(set.size), *bytes = malloc(*n);
    FUZZ_EXPECT(whole != NULL && bytes != NULL);
    memcpy(whole, set.good, set.size);
    for (; k + 2 < size; k += 3) whole[(data[k] | data[k + 1] << 8) % set.size] = data[k + 2];
    const size_t inner = hebb_thermal_state_bytes(set.run.replicas), first = HEADER + N_RUNGS * RUNG + NUMBERS;
    for (size_t a = 0; mode & SEAL_REPLICAS && a < N_RUNGS; a++)
        hebb_packed_seal(inner, whole + first + a * (NUMBERS + inner));
    if (mode & SEAL) hebb_packed_seal(set.size, whole);
    memcpy(bytes, whole, *n);
    free(whole);
    return bytes;
}

static void check_networks(void)
{
    for (size_t a = 0; a < N_RUNGS; a++) {
        FUZZ_EXPECT(set.run.replica_at[set.run.rung_of[a]] == a);
        FUZZ_EXPECT(set.run.replicas[a].temperature == set.run.temperatures[set.run.rung_of[a]]);
        for (size_t mu = 0; mu < P; mu++) {
            int32_t sum = 0;
            for (size_t i = 0; i < N; i++) sum += hebb_patterns_get(&set.patterns, i, mu) * set.networks[a].spins[i];
            FUZZ_EXPECT(set.networks[a].overlaps[mu] == sum);
        }
    }
}

static void check(const uint8_t *bytes, size_t n)
{
    uint8_t *after = malloc(set.size);
    FUZZ_EXPECT(after != NULL);
    FUZZ_EXPECT(hebb_tempering_state_restore(&set.run, set.good, set.size) == HEBB_OK);
    const bool is_taken = fuzz_check_status(hebb_tempering_state_restore(&set.run, bytes, n), "");
    check_networks();
    hebb_tempering_state_save(&set.run, after);
    FUZZ_EXPECT(memcmp(after, is_taken ? bytes : set.good, set.size) == 0);
    FUZZ_EXPECT(!is_taken || n == set.size);
    bool is_early = set.run.n_rounds < INT32_MAX;
    for (size_t a = 0; a < N_RUNGS; a++) is_early = is_early && set.run.replicas[a].n_sweeps < INT32_MAX;
    if (is_taken && is_early) {
        FUZZ_EXPECT(hebb_tempering_run(&set.run, 3, 1) == HEBB_OK);
        check_networks();
    }
    free(after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t n;
    if (size == 0) return 0;
    make_set();
    uint8_t *bytes = change(data, size, &n);
    check(bytes, n);
    free(bytes);
    return 0;
}
