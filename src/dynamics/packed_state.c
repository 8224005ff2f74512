#include "packed_state.h"

#include <string.h>

void hebb_packed_put(size_t n_bytes, uint64_t number, unsigned char *to)
{
    for (size_t k = 0; k < n_bytes; k++) to[k] = (unsigned char)(number >> 8 * k);
}

uint64_t hebb_packed_get(size_t n_bytes, const unsigned char *from)
{
    uint64_t number = 0;
    for (size_t k = 0; k < n_bytes; k++) number |= (uint64_t)from[k] << 8 * k;
    return number;
}

size_t hebb_packed_bytes(size_t n_bits)
{
    return (n_bits + 7) / 8;
}

void hebb_packed_put_signs(size_t n, const int8_t *signs, unsigned char *to)
{
    memset(to, 0, hebb_packed_bytes(n));
    for (size_t i = 0; i < n; i++) to[i / 8] |= (unsigned char)((signs[i] > 0) << i % 8);
}

void hebb_packed_get_signs(size_t n, const unsigned char *from, int8_t *signs)
{
    for (size_t i = 0; i < n; i++) signs[i] = (int8_t)((from[i / 8] >> i % 8 & 1) * 2 - 1);
}

bool hebb_packed_is_filled_up(size_t n_bits, const unsigned char *bits)
{
    return n_bits % 8 == 0 || bits[n_bits / 8] >> n_bits % 8 == 0;
}

/* FNV-1a: each step is one to one, so no wrong byte alone goes unnoticed. */
static uint64_t checksum_of(size_t n_bytes, const unsigned char *bytes)
{
    uint64_t sum = UINT64_C(0xCBF29CE484222325);
    for (size_t k = 0; k < n_bytes; k++) sum = (sum ^ bytes[k]) * UINT64_C(0x100000001B3);
    return sum;
}

void hebb_packed_seal(size_t n_bytes, unsigned char *state)
{
    const size_t before_sum = n_bytes - HEBB_PACKED_CHECKSUM;
    hebb_packed_put(HEBB_PACKED_CHECKSUM, checksum_of(before_sum, state), state + before_sum);
}

bool hebb_packed_is_sealed(size_t n_bytes, const unsigned char *state)
{
    const size_t before_sum = n_bytes - HEBB_PACKED_CHECKSUM;
    return hebb_packed_get(HEBB_PACKED_CHECKSUM, state + before_sum) == checksum_of(before_sum, state);
}
