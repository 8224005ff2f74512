#include "machine_limits.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"
#include "timing.h"

#ifdef __x86_64__
#include <immintrin.h>

/*
 * Ten chains: each waits for its own last result alone, which takes fewer cycles than the others' turns.  Variables of
 * their own: an array would be stored and loaded again at each step.
 */
enum { N_CHAINS = 10 };

/* The assembler, of no instruction, keeps the compiler from finding out what the chain comes to. */
#define LOOK_UP(chain)                                                                                                 \
    do {                                                                                                               \
        (chain) = _mm512_permutex2var_epi16(low, (chain), high);                                                       \
        __asm__ volatile("" : "+v"(chain));                                                                            \
    } while (0)

__attribute__((target("avx512f,avx512bw"))) static uint64_t look_up(long n_rounds)
{
    const __m512i low = _mm512_set1_epi16(3), high = _mm512_set1_epi16(5);
    __m512i a = low, b = high, c = low, d = high, e = low, f = high, g = low, h = high, i = low, j = high;
    for (long r = 0; r < n_rounds; r++) {
        LOOK_UP(a);
        LOOK_UP(b);
        LOOK_UP(c);
        LOOK_UP(d);
        LOOK_UP(e);
        LOOK_UP(f);
        LOOK_UP(g);
        LOOK_UP(h);
        LOOK_UP(i);
        LOOK_UP(j);
    }
    a = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
    e = _mm512_or_si512(_mm512_or_si512(e, f), _mm512_or_si512(g, h));
    return (uint64_t)_mm512_reduce_add_epi64(_mm512_or_si512(_mm512_or_si512(a, e), _mm512_or_si512(i, j)));
}

#define MULTIPLY_ADD(chain)                                                                                            \
    do {                                                                                                               \
        (chain) = _mm512_fmadd_ps(factor, (chain), term);                                                              \
        __asm__ volatile("" : "+v"(chain));                                                                            \
    } while (0)

__attribute__((target("avx512f"))) static float multiply_add(long n_rounds)
{
    const __m512 factor = _mm512_set1_ps(0.5f), term = _mm512_set1_ps(1.0f);
    __m512 a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term, i = term, j = term;
    for (long r = 0; r < n_rounds; r++) {
        MULTIPLY_ADD(a);
        MULTIPLY_ADD(b);
        MULTIPLY_ADD(c);
        MULTIPLY_ADD(d);
        MULTIPLY_ADD(e);
        MULTIPLY_ADD(f);
        MULTIPLY_ADD(g);
        MULTIPLY_ADD(h);
        MULTIPLY_ADD(i);
        MULTIPLY_ADD(j);
    }
    a = _mm512_add_ps(_mm512_add_ps(a, b), _mm512_add_ps(c, d));
    e = _mm512_add_ps(_mm512_add_ps(e, f), _mm512_add_ps(g, h));
    return _mm512_reduce_add_ps(_mm512_add_ps(_mm512_add_ps(a, e), _mm512_add_ps(i, j)));
}

double hebb_machine_products(void)
{
    enum { N_ROUNDS = 50000, N_TRIES = 3, LANES = 16 };
    if (!__builtin_cpu_supports("avx512f")) return 0.0;
    double best = 0.0;
    volatile float sum = 0.0f;
    for (int k = 0; k < N_TRIES; k++) {
        const double started = hebb_timing_processor();
        sum = sum + multiply_add(N_ROUNDS);
        const double rate = (double)LANES * N_CHAINS * N_ROUNDS / (hebb_timing_processor() - started);
        best = rate > best ? rate : best;
    }
    return best;
}

double hebb_machine_look_ups(void)
{
    enum { N_ROUNDS = 100000, N_TRIES = 3 };
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw")) return 0.0;
    double best = 0.0;
    volatile uint64_t sum = 0;
    for (int k = 0; k < N_TRIES; k++) {
        const double started = hebb_timing_processor();
        sum = sum + look_up(N_ROUNDS);
        const double rate = (double)N_CHAINS * N_ROUNDS / (hebb_timing_processor() - started);
        best = rate > best ? rate : best;
    }
    return best;
}
#else
double hebb_machine_look_ups(void)
{
    return 0.0;
}

double hebb_machine_products(void)
{
    return 0.0;
}
#endif

double hebb_machine_cache(void)
{
    /* Not sysconf: in a virtual machine that may tell the host's. */
    FILE *file = fopen("/sys/devices/system/cpu/cpu0/cache/index3/size", "re");
    if (file == NULL) return 0.0;
    double kib = 0.0;
    if (fscanf(file, "%lfK", &kib) != 1) kib = 0.0;
    (void)fclose(file);
    return 1024.0 * kib;
}

double hebb_machine_bandwidth(void)
{
    enum { N_SUMS = 32, N_TRIES = 9 };
    const size_t n = (size_t)1 << 26;
    uint64_t *words = hebb_memory_zeroed(n * sizeof *words);
    if (words == NULL) return 0.0;
    double best = 0.0;
    volatile uint64_t total = 0;
    for (int k = 0; k < N_TRIES; k++) {
        uint64_t sums[N_SUMS] = {0};
        const double started = hebb_timing_processor();
        for (size_t i = 0; i < n; i += N_SUMS)
            for (size_t j = 0; j < N_SUMS; j++) sums[j] += words[i + j];
        for (size_t j = 0; j < N_SUMS; j++) total = total + sums[j];
        const double rate = (double)n * sizeof *words / (hebb_timing_processor() - started);
        best = rate > best ? rate : best;
    }
    free(words);
    return best;
}
