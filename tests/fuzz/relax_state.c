/*
 * relax_state: refused and nothing changed, or a state that saves as the same bytes and goes on.
 *
 * The first byte of an input says what the rest is for and how it is made a state: its last two bits are the order;
 * + 4: the checksum is made to hold, + 8: the header is put right.
 */
#include "relax_state.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { N = 11, P = 5, N_NETWORKS = 2, HEADER = 24, MEMBER = 32 + 2 * 2, MAX_BYTES = HEADER + N_NETWORKS * MEMBER + 8 };
enum { N_SWEEPS = 20, SEAL = 4, SEAL_HEADER = 8 };

/* clang-format off */
#define NUMBER(x) x "\0\0\0\0\0\0\0"
#define HEAD(order) "hebbrlx1" order "\0\0\0" "\2\0\0\0" "\13\0\0\0" "\5\0\0\0"
#define UNFINISHED NUMBER("\2") NUMBER("\3") NUMBER("\11") NUMBER("\4") "\125\5"
#define FIXED_POINT NUMBER("\0") NUMBER("\2") NUMBER("\7") NUMBER("\0") "\252\2"
#define SHUFFLED NUMBER("\2") NUMBER("\3") NUMBER("\11") NUMBER("\0") "\125\5"
/* clang-format on */
const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("4" HEAD("\0") UNFINISHED FIXED_POINT "checksum"),
                                FUZZ_SEED("4" HEAD("\0") FIXED_POINT FIXED_POINT "checksum"),
                                FUZZ_SEED("5" HEAD("\1") SHUFFLED SHUFFLED "checksum"),
                                FUZZ_SEED("6" HEAD("\2") SHUFFLED "\141\4" FIXED_POINT "\0\0"
                                                                  "checksum"),
                                FUZZ_SEED("6" HEAD("\2") SHUFFLED "\141\4" NUMBER("\1") NUMBER("\2") NUMBER("\7")
                                              NUMBER("\0") "\252\2\0\0"
                                                           "checksum"),
                                FUZZ_SEED("4" HEAD("\0") UNFINISHED "checksum"),
                                FUZZ_SEED("<"
                                          "????????????????????????" UNFINISHED FIXED_POINT "checksum"),
                                FUZZ_SEED("0" HEAD("\0") UNFINISHED FIXED_POINT "checksum"),
                                {NULL, 0}};
const char *const fuzz_words[] = {"hebbrlx1", "\377\377\377\377\377\377\377\177", "\377\377\377\177", "\1\1\1\1", NULL};

/* The same for every input; the state is set anew for each. */
static struct {
    bool is_made;
    hebb_patterns patterns;
    hebb_hopfield networks[N_NETWORKS];
    hebb_sweeper sweepers[3];
} set;

static void free_set(void)
{
    for (size_t o = 0; o < 3; o++) hebb_sweeper_free(&set.sweepers[o]);
    for (size_t a = 0; a < N_NETWORKS; a++) hebb_hopfield_free(&set.networks[a]);
    hebb_patterns_free(&set.patterns);
}

static void make_set(void)
{
    if (set.is_made) return;
    set.is_made = true;
    FUZZ_EXPECT(hebb_kernel_select(NULL) == HEBB_OK);
    FUZZ_EXPECT(hebb_patterns_init(&set.patterns, N, P, HEBB_STORE_SLICES) == HEBB_OK);
    hebb_patterns_draw(&set.patterns, 3, 0);
    for (size_t a = 0; a < N_NETWORKS; a++) FUZZ_EXPECT(hebb_hopfield_init(&set.networks[a], &set.patterns) == HEBB_OK);
    for (size_t o = 0; o < 3; o++)
        FUZZ_EXPECT(hebb_sweeper_init(&set.sweepers[o], N_NETWORKS, set.networks, (hebb_update_order)o) == HEBB_OK);
    FUZZ_EXPECT(atexit(free_set) == 0);
}

/* ---- a state put right ---- */

static void put(size_t n_bytes, uint64_t number, uint8_t *to)
{
    for (size_t k = 0; k < n_bytes; k++) to[k] = (uint8_t)(number >> 8 * k);
}

static void seal(unsigned mode, hebb_update_order order, uint8_t *bytes, size_t n)
{
    const uint32_t numbers[] = {(uint32_t)order, N_NETWORKS, N, P};
    if (mode & SEAL_HEADER && n >= HEADER) {
        memcpy(bytes, "hebbrlx1", 8);
        for (size_t k = 0; k < 4; k++) put(4, numbers[k], bytes + 8 + 4 * k);
    }
    if (!(mode & SEAL) || n < 8) return;
    uint64_t sum = UINT64_C(14695981039346656037);
    for (size_t k = 0; k < n - 8; k++) sum = (sum ^ bytes[k]) * UINT64_C(1099511628211);
    put(8, sum, bytes + n - 8);
}

/* ---- what holds ---- */

static void check_networks(void)
{
    for (size_t a = 0; a < N_NETWORKS; a++) {
        const hebb_hopfield *network = &set.networks[a];
        for (size_t i = 0; i < N; i++) FUZZ_EXPECT(network->spins[i] == 1 || network->spins[i] == -1);
        for (size_t mu = 0; mu < hebb_patterns_padded(P); mu++) {
            int32_t sum = 0;
            for (size_t i = 0; mu < P && i < N; i++) sum += hebb_patterns_get(&set.patterns, i, mu) * network->spins[i];
            FUZZ_EXPECT(network->overlaps[mu] == sum);
        }
    }
}

static long check_results(const hebb_sweeper *sweeper, const hebb_relaxation *results)
{
    long n_sweeps = 0;
    for (size_t a = 0; a < N_NETWORKS; a++) {
        const bool is_done = results[a].outcome != HEBB_RELAX_UNFINISHED;
        FUZZ_EXPECT(results[a].outcome <= HEBB_RELAX_UNFINISHED && results[a].sweeps >= 0);
        FUZZ_EXPECT(results[a].flips >= 0 && results[a].flips <= results[a].sweeps * (int64_t)N);
        FUZZ_EXPECT(sweeper->members[a].is_done == is_done && sweeper->members[a].n_flipped <= N);
        if (!is_done) n_sweeps = results[a].sweeps;
    }
    return n_sweeps;
}

static void check_goes_on(hebb_sweeper *sweeper, hebb_relaxation *results)
{
    uint8_t state[MAX_BYTES], again[MAX_BYTES];
    const long n_sweeps = check_results(sweeper, results);
    const hebb_relax_options options = {.max_sweeps = n_sweeps + N_SWEEPS, .generator = {{11, 12}}};
    FUZZ_EXPECT(hebb_relax_resume(sweeper, &options, results) == HEBB_OK);
    check_networks();
    for (size_t a = 0; a < N_NETWORKS; a++)
        FUZZ_EXPECT(results[a].outcome != HEBB_RELAX_UNFINISHED || results[a].sweeps == options.max_sweeps);
    const size_t n = hebb_relax_state_bytes(sweeper);
    hebb_relax_state_save(sweeper, results, state);
    if (!fuzz_check_status(hebb_relax_state_restore(sweeper, state, n, results), "")) {
        FUZZ_EXPECT(options.max_sweeps > INT32_MAX); /* more are no state's */
        return;
    }
    hebb_relax_state_save(sweeper, results, again);
    FUZZ_EXPECT(memcmp(state, again, n) == 0);
}

static void check(hebb_sweeper *sweeper, const uint8_t *bytes, size_t n)
{
    static const int8_t start[N] = {1, -1, -1, 1, 1, 1, -1, 1, -1, -1, 1};
    hebb_sweep_member before[N_NETWORKS];
    hebb_relaxation results[N_NETWORKS], as_they_were[N_NETWORKS];
    uint8_t state[MAX_BYTES];
    for (size_t a = 0; a < N_NETWORKS; a++) hebb_hopfield_start_at(&set.networks[a], start);
    hebb_sweeper_restart(sweeper);
    memcpy(before, sweeper->members, sizeof before);
    memset(as_they_were, 0x5a, sizeof as_they_were);
    memcpy(results, as_they_were, sizeof results);
    if (!fuzz_check_status(hebb_relax_state_restore(sweeper, bytes, n, results), "")) {
        FUZZ_EXPECT(memcmp(results, as_they_were, sizeof results) == 0);
        FUZZ_EXPECT(memcmp(before, sweeper->members, sizeof before) == 0);
        for (size_t a = 0; a < N_NETWORKS; a++) FUZZ_EXPECT(memcmp(set.networks[a].spins, start, N) == 0);
        check_networks();
        return;
    }
    FUZZ_EXPECT(n == hebb_relax_state_bytes(sweeper) && n <= MAX_BYTES);
    check_networks();
    hebb_relax_state_save(sweeper, results, state);
    FUZZ_EXPECT(memcmp(state, bytes, n) == 0);
    check_goes_on(sweeper, results);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    make_set();
    const unsigned mode = data[0];
    const hebb_update_order order = (hebb_update_order)((mode & 3) % 3);
    uint8_t *bytes = malloc(size - 1); /* no longer than that: reading past the end is seen */
    FUZZ_EXPECT(bytes != NULL || size == 1);
    if (size > 1) memcpy(bytes, data + 1, size - 1);
    seal(mode, order, bytes, size - 1);
    check(&set.sweepers[order], bytes, size - 1);
    free(bytes);
    return 0;
}
