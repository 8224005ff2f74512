/*
 * rbm_bridge - the ratio of two machines' normalisations from states of both: Bennett's acceptance ratio    [B76] [MW96]
 *
 *   sum_{v of a} s(D(v) - x) = sum_{v of b} s(x - D(v)),   x = ln Z_b/Z_a,  D = ln p*_b - ln p*_a,  s(y) = 1/(1 + e^{-y})
 *
 * with as many states of each.  Of all estimates from such states it has the least variance where they are independent.
 * docs/theory/rbm_likelihood.md (4).
 *
 * [B76]  C. H. Bennett, J. Comput. Phys. 22 (1976) 245.
 * [MW96] X.-L. Meng, W. H. Wong, Stat. Sinica 6 (1996) 831.
 */
#ifndef HEBB_ANALYSIS_RBM_BRIDGE_H
#define HEBB_ANALYSIS_RBM_BRIDGE_H

#include <stddef.h>

/*
 * below, above  in   n_rounds x n_groups: D of states of a, and of b
 * influences    out  n_groups: by how much x would move, to first order, were a group counted twice instead of once, times
 *                    n_groups/(n_groups - 1) to half a power: groups being independent, the squares add up to x's variance,
 *                    and so do those of sums of influences on several x from the same groups
 *
 * Returns x.
 */
double hebb_bridge(size_t n_rounds, size_t n_groups, const double *below, const double *above, double *influences);

#endif
