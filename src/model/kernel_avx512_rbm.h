/*
 * What AVX-512 has of its own for restricted Boltzmann machines, part of kernel_avx512.c and before kernel_rbm_body.h: random
 * words, lists of the units that are on, and 16 x 16 numbers transposed.
 */
#include <immintrin.h>
#include <stdbool.h>

#include "philox.h"

#define OF_AVX512 KERNEL_TARGET __attribute__((unused)) static inline

/*
 * The words of 16 blocks of a site, 8 a register, a 64-bit lane each.  Blocks 0 4 1 5 2 6 3 7 are side by side: then the two halves
 * of a block, joined within 128 bits, come out in order.                                                     [SMDS11]
 */
OF_AVX512 void draw_units_by_registers(hebb_philox generator, uint32_t sweep, uint32_t site, uint32_t index,
                                       uint32_t drawn[64])
{
    const __m512i multiplier0 = _mm512_set1_epi64(0xD2511F53), multiplier1 = _mm512_set1_epi64(0xCD9E8D57);
    const __m512i order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
    uint32_t key0 = generator.key[0], key1 = generator.key[1];
    __m512i word[4][2];
    for (int g = 0; g < 2; g++) {
        word[0][g] = _mm512_add_epi64(_mm512_set1_epi64((int64_t)index + 8 * g), order);
        word[1][g] = _mm512_setzero_si512();
        word[2][g] = _mm512_set1_epi64(site);
        word[3][g] = _mm512_set1_epi64(sweep);
    }
    for (int round = 0; round < 10; round++) {
        const __m512i keys0 = _mm512_set1_epi64(key0), keys1 = _mm512_set1_epi64(key1);
        for (int g = 0; g < 2; g++) {
            const __m512i product0 = _mm512_mul_epu32(word[0][g], multiplier0);
            const __m512i product1 = _mm512_mul_epu32(word[2][g], multiplier1);
            word[0][g] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product1, 32), word[1][g], keys0, 0x96);
            word[2][g] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(product0, 32), word[3][g], keys1, 0x96);
            word[1][g] = product1;
            word[3][g] = product0;
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
    for (int g = 0; g < 2; g++) {
        const __m512i first = _mm512_mask_blend_epi32(0xAAAA, word[0][g], _mm512_slli_epi64(word[1][g], 32));
        const __m512i second = _mm512_mask_blend_epi32(0xAAAA, word[2][g], _mm512_slli_epi64(word[3][g], 32));
        _mm512_storeu_si512(drawn + 32 * g, _mm512_unpacklo_epi64(first, second));
        _mm512_storeu_si512(drawn + 32 * g + 16, _mm512_unpackhi_epi64(first, second));
    }
}
#define DRAWN_UNITS draw_units_by_registers

/* Compressed in a register: to memory it takes ten times as long on some processors. */
OF_AVX512 size_t list_units_of_register(const void *on, uint32_t first, uint32_t *indices)
{
    const __m512i lanes = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __mmask16 mask = _mm512_movepi32_mask(_mm512_loadu_si512(on));
    const __m512i units = _mm512_add_epi32(lanes, _mm512_set1_epi32((int)first));
    _mm512_storeu_si512(indices, _mm512_maskz_compress_epi32(mask, units));
    return (size_t)__builtin_popcount(mask);
}
#define LISTED_UNITS list_units_of_register

/* Four rounds that exchange numbers 1, 2, 4 and 8 apart: within 128 bits, then whole ones. */
OF_AVX512 void transpose_registers(size_t stride, const float *rows, size_t to_stride, float *to)
{
    __m512 a[16], b[16];
#pragma GCC unroll 16
    for (size_t k = 0; k < 16; k++) a[k] = _mm512_loadu_ps(rows + k * stride);
#pragma GCC unroll 16
    for (int k = 0; k < 16; k += 2) {
        b[k] = _mm512_unpacklo_ps(a[k], a[k + 1]);
        b[k + 1] = _mm512_unpackhi_ps(a[k], a[k + 1]);
    }
#pragma GCC unroll 16
    for (int k = 0; k < 16; k += 4) /* a[k + c]: columns c of each 4, of rows k .. k + 3 */
        for (int h = 0; h < 2; h++) {
            const __m512d low = _mm512_castps_pd(b[k + h]), high = _mm512_castps_pd(b[k + h + 2]);
            a[k + 2 * h] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, high));
            a[k + 2 * h + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, high));
        }
#pragma GCC unroll 16
    for (int c = 0; c < 4; c++) { /* 128-bit lane q has column 4 q + c */
        const __m512 even_low = _mm512_shuffle_f32x4(a[c], a[c + 4], 0x88),
                     odd_low = _mm512_shuffle_f32x4(a[c], a[c + 4], 0xDD),
                     even_high = _mm512_shuffle_f32x4(a[c + 8], a[c + 12], 0x88),
                     odd_high = _mm512_shuffle_f32x4(a[c + 8], a[c + 12], 0xDD);
        b[c] = _mm512_shuffle_f32x4(even_low, even_high, 0x88);
        b[c + 8] = _mm512_shuffle_f32x4(even_low, even_high, 0xDD);
        b[c + 4] = _mm512_shuffle_f32x4(odd_low, odd_high, 0x88);
        b[c + 12] = _mm512_shuffle_f32x4(odd_low, odd_high, 0xDD);
    }
#pragma GCC unroll 16
    for (size_t k = 0; k < 16; k++) _mm512_storeu_ps(to + k * to_stride, b[k]);
}
#define TRANSPOSED_BLOCK transpose_registers
