/*
 * couplings - Hebb's couplings as a matrix, for small networks that are updated many times
 *
 *   N J_ij = sum_mu xi_i^mu xi_j^mu,   J_ii = 0
 */
#ifndef HEBB_MODEL_COUPLINGS_H
#define HEBB_MODEL_COUPLINGS_H

#include <stdbool.h>
#include "patterns.h"

/* A coupling is held in 16 bits. */
enum { HEBB_MAX_COUPLED_PATTERNS = 32767 };

typedef struct {
    size_t n_neurons;
    size_t stride; /* numbers from row to row, a multiple of 32 */
    int16_t *rows; /* N rows, aligned to 64 bytes, padded with zeros; NULL: none stored */
} hebb_couplings;

/* p fits 16 bits and N p, which no N h_i + p s_i exceeds, stays below HEBB_FIELD_BOUND. */
bool hebb_couplings_can_hold(size_t n_neurons, size_t n_patterns);

/* Bytes that the couplings of N neurons take. */
double hebb_couplings_bytes(size_t n_neurons);

/*
 * Makes them from the patterns, however these are stored.
 * Returns HEBB_OK; HEBB_EDOM where they cannot hold N x p; HEBB_ENOMEM, before anything is made, where the matrix does
 * not fit.  Cost: N^2 p products, 512 of them an instruction with AVX-512.
 */
HEBB_CHECK_RESULT hebb_status hebb_couplings_init(hebb_couplings *couplings, const hebb_patterns *patterns);

/* Safe on zeroed ones and twice. */
void hebb_couplings_free(hebb_couplings *couplings);

#endif
