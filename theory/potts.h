/*
 * potts - the softmax memory of q orthogonal patterns of one norm M: a mean-field Potts problem
 *
 *   sigma = sum_mu p_mu x_mu,   p = softmax(k p),   k = beta M^2
 *   beta E(p) = -ln sum_mu e^(k p_mu) + (k/2) sum p^2 + ln q + k/2
 *
 * At a fixed point every ln p_mu - k p_mu is the same number, which at most two values of p can give: g patterns have the
 * weight a, the others b < 1/k < a.  With t = ln(a/b) = k (a - b) > 0 each branch is explicit:
 *
 *   b = 1/(g e^t + q - g),   a = e^t b,   k(t) = g t + q t/(e^t - 1)
 *
 * k(0) = q.  For g < q/2 the branch has a least k, the spinodal, at t_s > 0; beyond it (t > t_s) the state is the
 * condensed one, before it the saddle.  Eigenvalues of the update's Jacobian k (diag p - p p^T) on sum 0:
 *
 *   k a (g-1 times), k b (q-g-1 times), k q a b (once);   of the average p = 1/q: k/q (q-1 times)
 *
 * b < 1/k < a makes every condensed state of g >= 2 unstable: single patterns and the average alone are stable.
 * Derivations: docs/theory/continuous.md (4) to (8).
 *
 * [R20] H. Ramsauer et al., Hopfield networks is all you need, arXiv:2008.02217 (2020).
 * [W82] F. Y. Wu, The Potts model, Rev. Mod. Phys. 54 (1982) 235, sec. I.C: the mean-field theory.
 */
#ifndef HEBB_THEORY_POTTS_H
#define HEBB_THEORY_POTTS_H

#include "status.h"

/* Above this q - 1 and q are the same double. */
#define HEBB_POTTS_MAX_PATTERNS 0x1p52

typedef struct {
    double k_spinodal;         /* a single pattern is a fixed point from here on */
    double k_average_unstable; /* q: the average is one up to here */
    double k_crossing;         /* their energies are equal */
    double log_ratio;          /* t at the spinodal; 0 for q = 2 */
} hebb_potts_thresholds;

/*
 * q  in  2, 3, .. HEBB_POTTS_MAX_PATTERNS, a whole number; q = 2 is continuous: all three are 2
 *
 * Relative accuracy 1e-14.  Returns HEBB_OK, HEBB_EDOM, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_potts_thresholds_find(double q, hebb_potts_thresholds *thresholds);

/* The least k at which g of q patterns can be condensed, and t there: q and 0 where g >= q/2. */
HEBB_CHECK_RESULT hebb_status hebb_potts_spinodal(double q, double g, double *k, double *log_ratio);

typedef enum { HEBB_POTTS_AVERAGE, HEBB_POTTS_CONDENSED, HEBB_POTTS_SADDLE } hebb_potts_branch;

/* average, condensed, saddle */
const char *hebb_potts_branch_text(hebb_potts_branch branch);

typedef struct {
    double k, q, g;        /* g = q for the average */
    double log_ratio;      /* t */
    double large, small;   /* a and b; b is NaN for the average */
    double energy;         /* beta E, from 0 on */
    double eig_condensed;  /* k a; NaN for g = 1 */
    double eig_rest;       /* k b; NaN for g = q - 1 and for the average */
    double eig_collective; /* k q a b; NaN for the average, whose eigenvalues are all k a */
    int stable;            /* all of them below 1 */
} hebb_potts_state;

/* sum p^2 = g a^2 + (q-g) b^2: one over the number of patterns that the weights are spread over. */
double hebb_potts_sum_of_squares(const hebb_potts_state *state);

/* The state on the branch of g at the log ratio t > 0, with its k. */
hebb_potts_state hebb_potts_state_at(double q, double g, double t);

/*
 * The state of g condensed patterns on a branch at k.
 *
 * q  in   2 .. HEBB_POTTS_MAX_PATTERNS
 * g  in   1 .. q - 1; not looked at for the average
 * k  in   > 0 and finite
 *
 * Relative accuracy of the weights 1e-15 (1 + k) (10 + 1/|1 - eig_collective|).
 * Returns HEBB_OK; HEBB_EDOM; HEBB_ENOSOLUTION where the branch is not at that k; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_potts_solve(double q, double g, double k, hebb_potts_branch branch,
                                               hebb_potts_state *state);

#endif
