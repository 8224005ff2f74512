#include "rivals.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "exponential_sign.h"

/* The same code for several instruction sets, chosen when the program starts; other compilers have the plain one. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

enum { LANES = 256 };

static uint64_t mask_of(size_t n_neurons)
{
    return n_neurons == 64 ? UINT64_MAX : (UINT64_C(1) << n_neurons) - 1;
}

uint64_t hebb_rivals_pattern(hebb_philox generator, size_t n_neurons, uint64_t mu)
{
    uint32_t block[4];
    if (n_neurons <= 32) {
        hebb_philox_block(generator, 0, 0, mu / 4, block);
        return block[mu % 4] & mask_of(n_neurons);
    }
    hebb_philox_block(generator, 0, 0, mu / 2, block);
    return (block[2 * (mu % 2)] | (uint64_t)block[2 * (mu % 2) + 1] << 32) & mask_of(n_neurons);
}

void hebb_rivals_clear(hebb_rivals *rivals, size_t n_neurons)
{
    memset(rivals, 0, sizeof *rivals);
    rivals->n_neurons = n_neurons;
}

void hebb_rivals_add_one(hebb_rivals *rivals, uint64_t state, uint64_t pattern)
{
    const uint64_t differs = state ^ pattern;
    const int k = __builtin_popcountll(differs);
    rivals->at[k]++;
    for (size_t i = 0; i < rivals->n_neurons; i++) rivals->against[k][i] += differs >> i & 1;
}

/* LANES blocks from `first` on, word by word: Philox4x32-10 as in core/philox.h, in loops that a compiler vectorises. */
CLONES static void draw(hebb_philox generator, uint64_t first, uint32_t word[4][LANES])
{
    for (size_t l = 0; l < LANES; l++) {
        word[0][l] = (uint32_t)(first + l);
        word[1][l] = (uint32_t)((first + l) >> 32);
        word[2][l] = 0;
        word[3][l] = 0;
    }
    uint32_t key0 = generator.key[0], key1 = generator.key[1];
    for (int round = 0; round < 10; round++, key0 += UINT32_C(0x9E3779B9), key1 += UINT32_C(0xBB67AE85))
        for (size_t l = 0; l < LANES; l++) {
            const uint64_t a = UINT64_C(0xD2511F53) * word[0][l], b = UINT64_C(0xCD9E8D57) * word[2][l];
            const uint32_t x1 = word[1][l], x3 = word[3][l];
            word[0][l] = (uint32_t)(b >> 32) ^ x1 ^ key0;
            word[1][l] = (uint32_t)b;
            word[2][l] = (uint32_t)(a >> 32) ^ x3 ^ key1;
            word[3][l] = (uint32_t)a;
        }
}

/* differs[l]: where the patterns disagree with the state; counts up to 32 neurons of them. */
CLONES static void count_narrow(const uint32_t *differs, size_t n, uint32_t *at, uint32_t (*against)[64])
{
    for (size_t l = 0; l < n; l++) {
        const uint32_t x = differs[l];
        const int k = __builtin_popcount(x);
        uint32_t *row = against[k];
        at[k]++;
        for (uint32_t i = 0; i < 32; i++) row[i] += x >> i & 1;
    }
}

CLONES static void count_wide(const uint64_t *differs, size_t n, uint32_t *at, uint32_t (*against)[64])
{
    for (size_t l = 0; l < n; l++) {
        const uint64_t x = differs[l];
        const uint32_t low = (uint32_t)x, high = (uint32_t)(x >> 32);
        const int k = __builtin_popcountll(x);
        uint32_t *row = against[k];
        at[k]++;
        for (uint32_t i = 0; i < 32; i++) row[i] += low >> i & 1;
        for (uint32_t i = 0; i < 32; i++) row[32 + i] += high >> i & 1;
    }
}

/* The patterns of whole groups of LANES blocks; group g begins with block g LANES. */
static void add_group(hebb_rivals *rivals, hebb_philox generator, uint64_t state, uint64_t group)
{
    uint32_t word[4][LANES];
    const uint64_t mask = mask_of(rivals->n_neurons);
    draw(generator, group * LANES, word);
    if (rivals->n_neurons <= 32) {
        for (int w = 0; w < 4; w++) {
            for (size_t l = 0; l < LANES; l++) word[w][l] = (word[w][l] ^ (uint32_t)state) & (uint32_t)mask;
            count_narrow(word[w], LANES, rivals->at, rivals->against);
        }
        return;
    }
    for (int w = 0; w < 4; w += 2) {
        uint64_t differs[LANES];
        for (size_t l = 0; l < LANES; l++) differs[l] = ((word[w][l] | (uint64_t)word[w + 1][l] << 32) ^ state) & mask;
        count_wide(differs, LANES, rivals->at, rivals->against);
    }
}

void hebb_rivals_add(hebb_rivals *rivals, hebb_philox generator, uint64_t state, uint64_t first, uint64_t n)
{
    const uint64_t in_group = rivals->n_neurons <= 32 ? 4 * LANES : 2 * LANES, end = first + n;
    uint64_t mu = first;
    for (; mu < end && mu % in_group != 0; mu++)
        hebb_rivals_add_one(rivals, state, hebb_rivals_pattern(generator, rivals->n_neurons, mu));
    for (; end - mu >= in_group; mu += in_group) add_group(rivals, generator, state, mu / in_group);
    for (; mu < end; mu++) hebb_rivals_add_one(rivals, state, hebb_rivals_pattern(generator, rivals->n_neurons, mu));
}

int hebb_rivals_drive(const hebb_rivals *rivals, size_t neuron)
{
    const double u = 0.13533528323661269189; /* e^{-2} */
    const size_t n = rivals->n_neurons;
    int32_t c[HEBB_RIVALS_MAX_NEURONS + 1]; /* c_j at n - j */
    double sum = 0.0, size = 0.0, power = 1.0;
    bool is_zero = true;
    for (size_t j = 0; j <= n; j++, power *= u) {
        const int64_t next = j < n ? rivals->against[j + 1][neuron] : 0;
        const int64_t times = (int64_t)rivals->at[j] - rivals->against[j][neuron] - next;
        c[n - j] = (int32_t)times; /* up to HEBB_RIVALS_MAX */
        sum += (double)times * power;
        size += fabs((double)times) * power;
        is_zero = is_zero && times == 0;
    }
    if (is_zero) return 0;
    /* powers: (j+1) 2^-53 each; products and 65 additions: another 66 */
    if (fabs(sum) > 256.0 * 0x1p-53 * size) return sum > 0.0 ? 1 : -1;
    uint64_t room[HEBB_EXACT_ROOM(HEBB_EXACT_LIMBS)];
    int sign;
    return hebb_exponential_sign(n + 1, c, HEBB_EXACT_LIMBS, room, &sign) ? sign : 0; /* 65 terms are always enough */
}

uint64_t hebb_rivals_step(const hebb_rivals *rivals, uint64_t state)
{
    uint64_t next = state;
    for (size_t i = 0; i < rivals->n_neurons; i++)
        if (hebb_rivals_drive(rivals, i) < 0) next ^= UINT64_C(1) << i;
    return next;
}
