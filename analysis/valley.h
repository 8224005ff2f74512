/*
 * valley - which stored pattern, or which mixture of patterns, a state is at
 *
 *   The ideal mixture of order n = 1, 3, 5, .. of a state s: sgn(sum of e_mu xi^mu) over the n patterns with the largest
 *   overlaps |m^mu|, e_mu being the sign of m^mu; for n = 1 the pattern itself or its negative.  The state is at the
 *   nearest of these if it differs from it in at most 1/32 of the neurons, and elsewhere otherwise.
 *
 * Why 1/32.  Up to the load where a mixture ends, replica symmetry at T = 0 has it differ from the ideal one in at most
 * 1.6 % of the neurons (n = 1 at alpha_c; 0.6 % for n = 3, 0.4 % for n = 5: hebb theory retrieval --order n, as each wrong
 * neuron lowers the sum of the n overlaps by 2/N or more).  Of all other minima of E for up to 7 patterns, p/N -> 0, the
 * nearest to a symmetric mixture differs from it in 1/16 for p = 5 and 6, and in 3/64 for p = 7 (hebb theory mixtures
 * --asymmetric --temperature 0); two symmetric ones differ in 3/16 and more up to n = 5.  A threshold on the overlaps
 * themselves would have to tell (1/2, 1/2, 1/2) from (1/2, 1/2, 1/4, 1/4, 1/4) within their fluctuations N^(-1/2).
 */
#ifndef HEBB_ANALYSIS_VALLEY_H
#define HEBB_ANALYSIS_VALLEY_H

#include "hopfield.h"

enum { HEBB_VALLEY_MOST = 9 }; /* the highest order that is told from elsewhere */

typedef struct {
    int n;          /* 1 at a pattern, 3, 5, .. at a mixture, 0 elsewhere */
    int n_patterns; /* how many of the following there are: as many as p and HEBB_VALLEY_MOST allow */
    size_t patterns[HEBB_VALLEY_MOST]; /* by falling |overlap|, equal ones by their number */
    int signs[HEBB_VALLEY_MOST];       /* of the overlaps; +1 for 0 */
    double distance;                   /* share of the neurons that differ from the nearest ideal mixture */
} hebb_valley;

/* Where a network's state is.  Its patterns must be stored.  Cost: some 9 (N + p). */
hebb_valley hebb_valley_of(const hebb_hopfield *network);

/* "pattern 2", "-pattern 1", "mixture of 3", "elsewhere"; patterns are counted from 1.  Returns text. */
enum { HEBB_VALLEY_LENGTH = 40 };
const char *hebb_valley_name(const hebb_valley *valley, char text[HEBB_VALLEY_LENGTH]);

#endif
