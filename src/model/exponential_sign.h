/*
 * exponential_sign - the sign of a polynomial with whole coefficients at e^-2, where doubles do not tell it
 *
 *   sum_k c_k z^(n-1-k),   z = e^-2
 *
 * e is transcendental [Hermite 1873], so the sum is 0 if and only if all c_k are.  Otherwise positive and negative c are
 * summed apart by Horner's rule in fixed point of L limbs of 64 bits (GMP), from the largest k with c_k != 0 on.  The
 * product of a step is cut by at most one unit of 2^-64L, z is wrong by two at most, the sums are below 1.16 2^31, and the
 * terms left out below one unit; a step divides what has been wrong so far by e^2.  So each sum is wrong by less than 2^33
 * units, and a difference of 2^34 or more has the right sign.  L grows from 4 to 256 until it does.
 *
 * A difference below 2^-16350 of its largest term is left undecided: whole numbers for which e^-2 is that nearly a root take
 * some thousand terms and have to be constructed.
 *
 * Nothing is allocated: up to 256 limbs GMP's products need none but the stack.
 */
#ifndef HEBB_MODEL_EXPONENTIAL_SIGN_H
#define HEBB_MODEL_EXPONENTIAL_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEBB_EXACT_LIMBS = 256 };

/* 64-bit words of room for L limbs. */
enum { HEBB_EXACT_NUMBERS = 6 };
#define HEBB_EXACT_ROOM(n_limbs) (HEBB_EXACT_NUMBERS * ((n_limbs) + 2))

/*
 * c        in   n >= 1 numbers of at most 2^31 - 1 either way
 * n_limbs  in   the most limbs that are tried, up to HEBB_EXACT_LIMBS
 * room     in   HEBB_EXACT_ROOM(n_limbs) words
 * sign     out  -1, 0 or 1
 *
 * Returns whether the sign is known; if not, it is 0.  Cost: O(n) for L = 4, all but always.
 */
bool hebb_exponential_sign(size_t n, const int32_t *c, size_t n_limbs, uint64_t *room, int *sign);

#endif
