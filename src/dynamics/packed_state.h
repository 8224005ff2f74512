/*
 * packed_state - what the packed states of relax_state.h and thermal_state.h are made of: little-endian numbers, signs as
 * bits, a checksum
 */
#ifndef HEBB_DYNAMICS_PACKED_STATE_H
#define HEBB_DYNAMICS_PACKED_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEBB_PACKED_CHECKSUM = 8 }; /* bytes */

/* The lowest n_bytes bytes of a number, 8 at most. */
void hebb_packed_put(size_t n_bytes, uint64_t number, unsigned char *to);
uint64_t hebb_packed_get(size_t n_bytes, const unsigned char *from);

/* Bytes of n bits. */
size_t hebb_packed_bytes(size_t n_bits);

/* n signs as bits, 1 for +1, filled up with 0 to whole bytes; bit i % 8 of byte i / 8 is sign i. */
void hebb_packed_put_signs(size_t n, const int8_t *signs, unsigned char *to);
void hebb_packed_get_signs(size_t n, const unsigned char *from, int8_t *signs);

/* Whether what fills n bits up to whole bytes is 0. */
bool hebb_packed_is_filled_up(size_t n_bits, const unsigned char *bits);

/* The checksum of the first n_bytes - HEBB_PACKED_CHECKSUM bytes, as the rest; and whether it is there. */
void hebb_packed_seal(size_t n_bytes, unsigned char *state);
bool hebb_packed_is_sealed(size_t n_bytes, const unsigned char *state);

#endif
