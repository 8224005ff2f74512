/*
 * bipartite_ferromagnet - a restricted Boltzmann machine whose weights are one binary mode, exactly at any size
 *
 *   E(s, t) = -(w/L) M K,   M = sum_i u_i s_i,   K = sum_j v_j t_j,   s_i, t_j, u_i, v_j = +-1,   L = sqrt(N_v N_h)
 *
 * at temperature 1: the machine of rbm_phases.h with sigma = 0.  With the hidden units summed,
 *
 *   P(M) ~ C(N_v, (N_v - M)/2) (2 cosh(w M/L))^N_h
 *
 * and given M the hidden units are independent, of mean tanh(w M/L).  In the limit of large sizes m > 0 for w > 1; at
 * w = 1 M/N_v is of order N^(-1/4) and the susceptibility of order N^(1/2), as in every mean-field ferromagnet:
 * docs/theory/rbm_phases.md (5).
 */
#ifndef HEBB_THEORY_BIPARTITE_FERROMAGNET_H
#define HEBB_THEORY_BIPARTITE_FERROMAGNET_H

#include <stddef.h>
#include "status.h"

typedef struct {
    double visible;        /* <|M|>/N_v */
    double hidden;         /* <K sgn M>/N_h, with sgn 0 = 0 */
    double visible2;       /* <M^2>/N_v^2 */
    double hidden2;        /* <K^2>/N_h^2 */
    double susceptibility; /* (<M^2> - <|M|>^2)/N_v */
} hebb_bipartite_averages;

/*
 * weight  in  w, 0 .. 1e3
 *
 * Relative errors 1e-10 up to a million units, measured by enumeration at 20 and against the limit.  Cost: some 30 ns
 * N_v. Returns HEBB_OK; HEBB_EDOM for no units, more than 1e7 of a layer, or w out of range.
 */
HEBB_CHECK_RESULT hebb_status hebb_bipartite_ferromagnet(size_t n_visible, size_t n_hidden, double weight,
                                                         hebb_bipartite_averages *averages);

#endif
