/*
 * curie_weiss_study - one stored pattern at temperature T: the network beside the ferromagnet, and both beside the sum
 * over the magnetisation
 *
 * With one pattern, s_i = xi_i sigma_i makes the network the fully connected ferromagnet [M76].  Each replica runs both,
 * from one noise in its two gauges (dynamics/ferromagnet.h), and counts the spins in which, after each sweep, they
 * differ.  What is measured is compared with the exact law at that N (theory/curie_weiss.h).
 *
 * Even replicas start at xi, odd ones at -xi.  Below T = 1 a large network does not cross between its two valleys; what
 * is even in m does not mind, and the histogram of m is made of pairs of replicas, one from either valley: by symmetry each
 * weighs one half.
 *
 * [M76] D. C. Mattis, Phys. Lett. A 56 (1976) 421.
 */
#ifndef HEBB_EXPERIMENTS_CURIE_WEISS_STUDY_H
#define HEBB_EXPERIMENTS_CURIE_WEISS_STUDY_H

#include "study.h"
#include "thermal.h"

enum { CURIE_WEISS_TEMPERATURE, CURIE_WEISS_NEURONS, CURIE_WEISS_N_GRID };

/* The numbers of one replica, in the order of units.csv; averages over the sweeps but for the last two. */
enum {
    CURIE_WEISS_M,        /* |m| */
    CURIE_WEISS_M2,       /* m^2 */
    CURIE_WEISS_M4,       /* m^4 */
    CURIE_WEISS_ENERGY,   /* H/N */
    CURIE_WEISS_M_SIGNED, /* m */
    CURIE_WEISS_TAU,
    CURIE_WEISS_MISMATCHES,
    CURIE_WEISS_N_VALUES
};

enum { CURIE_WEISS_MAX_BINS = 101 }; /* of the histogram of m, after the values: magnetisation_bins.h */

typedef struct {
    hebb_thermal_rule rule;
    hebb_update_order order;
    long n_equilibration, n_sweeps;
    uint64_t pattern_seed, dynamics_seed;
} hebb_curie_weiss_study; /* study->own */

/* Writes summary.csv, histogram.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_curie_weiss_report(hebb_study *study);

#endif
