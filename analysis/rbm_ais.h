/*
 * rbm_ais - ln Z of an RBM by annealed importance sampling, from a machine without weights up to it, or from its own
 *           states down to that                                                          [N01] [SM08] [BGS15]
 *
 *   p*_beta(v) = e^{(1-beta) a.v + beta b.v} prod_j sum_h e^{beta x_j(v) h},   beta_k = k/K
 *
 *   up    v_0 from beta = 0, where the units are free with bias a; v_k from v_{k-1} by a sweep at beta_k;
 *         ln w = sum_k ln p*_{beta_k}(v_{k-1}) - ln p*_{beta_{k-1}}(v_{k-1}),   Z = Z_0 E[w]
 *   down  v_K from the machine, the same path backwards,                        1/Z = E[w']/Z_0
 *
 * The logarithm of a mean is below its expectation on the average: up gives a lower bound of ln Z, that holds with
 * probability 1 - e^{-t} to within t, and down, from exact states, an upper one.  Neither says how far off it is: the
 * effective sample size (sum w)^2/sum w^2 does, and where it is a few, only their difference does.
 * docs/theory/rbm_likelihood.md (1) to (3).
 *
 * [N01]   R. M. Neal, Stat. Comput. 11 (2001) 125.
 * [SM08]  R. Salakhutdinov, I. Murray, ICML 2008, 872.
 * [BGS15] Y. Burda, R. Grosse, R. Salakhutdinov, AISTATS 2015, 102.
 */
#ifndef HEBB_ANALYSIS_RBM_AIS_H
#define HEBB_ANALYSIS_RBM_AIS_H

#include "rbm_layer.h"

typedef struct {
    const hebb_rbm *rbm;
    const double *base; /* a: n_visible */
    size_t n_chains;    /* up: how many; down: as many as there are states */
    long n_steps;       /* K; 1 or more */
    uint64_t seed, realisation;
    int n_threads; /* the result does not depend on it */
} hebb_rbm_ais;

/* ln Z_0 */
double hebb_rbm_ais_base(const hebb_rbm *rbm, const double *base);

/*
 * Of the independent units nearest to some cases: a_i = ln p/(1 - p), atanh p, or p/sigma_v^2, of unit i's mean p, two-valued
 * units with one case on and one off more than there are.
 */
void hebb_rbm_ais_base_of(const hebb_rbm *rbm, const hebb_layer_states *cases, double *base);

/* logs out n_chains: ln w.  HEBB_EDOM, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_ais_up(const hebb_rbm_ais *ais, double *logs);

/*
 * states  in   of the machine's visible units
 * logs    out  as many: ln w'
 *
 * HEBB_EDOM, HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_ais_down(const hebb_rbm_ais *ais, const hebb_layer_states *states, double *logs);

/*
 * ln of the mean of e^{logs}, n of them, 2 or more.
 *
 * err  out  the jackknife's standard error and its estimate of the bias, which is not taken off, in one: root of the squares
 * ess  out  effective sample size, from 1 to n
 */
double hebb_log_mean(size_t n, const double *logs, double *err, double *ess);

#endif
