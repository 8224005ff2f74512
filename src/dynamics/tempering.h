/*
 * tempering - replica exchange: networks of the same patterns at several temperatures, which they exchange
 *
 *   rungs k = 0 .. K-1 at temperatures T_0 < .. < T_(K-1);  each is held by one replica, a network of its own
 *   a round:  each replica makes its sweeps at its temperature (thermal.h);  then the replicas of the rungs (k, k+1), k
 *   even in even rounds and odd in odd ones, exchange temperatures with probability
 *
 *     min(1, exp(x)),   x = (1/T_k - 1/T_(k+1)) (H_k - H_(k+1))
 *
 * which leaves the product of the canonical distributions of all rungs as it is.  A pair's decision comes from the
 * random numbers at (round, k): by von Neumann's comparisons, which have the probability exp(x) exactly and take no
 * logarithm, so that neither machines nor kernels change a trajectory.  A replica's noise and its states do not depend
 * on which replicas go together, as long as it holds the same rungs.
 *
 * A round trip is a replica's way from the lowest rung to the highest and back to the lowest.
 *
 * [HN96]  K. Hukushima, K. Nemoto, J. Phys. Soc. Jpn. 65 (1996) 1604.
 * [KTHT06] H. G. Katzgraber, S. Trebst, D. A. Huse, M. Troyer, J. Stat. Mech. (2006) P03018: round trips.
 * [N51]   J. von Neumann, Nat. Bur. Stand. Appl. Math. Ser. 12 (1951) 36.
 * [F72]   G. E. Forsythe, Math. Comp. 26 (1972) 817.
 */
#ifndef HEBB_DYNAMICS_TEMPERING_H
#define HEBB_DYNAMICS_TEMPERING_H

#include "thermal.h"

typedef struct {
    hebb_thermal_rule rule;
    hebb_update_order order;     /* sequential or random */
    hebb_philox order_generator; /* of the random order: the same for all replicas */
    const double *temperatures;  /* rising, one a rung */
    const hebb_philox *noise;    /* one a replica */
    hebb_philox swap_generator;
    hebb_couplings_choice couplings; /* stored ones are each replica's own: N^2 16-bit numbers */
} hebb_tempering_options;

/* What a replica is on the way to. */
typedef enum { HEBB_NOT_BEEN_LOW, HEBB_ON_WAY_UP, HEBB_ON_WAY_DOWN } hebb_replica_way;

typedef struct {
    size_t n;             /* K */
    double *temperatures; /* of the rungs */
    hebb_thermal *replicas;
    hebb_hopfield *networks; /* borrowed; network a is replica a's */
    size_t *replica_at;      /* of each rung */
    size_t *rung_of;         /* of each replica */
    hebb_philox swap_generator;
    long n_rounds;          /* so far */
    int64_t *n_trials;      /* of exchanging rungs k and k + 1, k < K - 1 */
    int64_t *n_swaps;       /* those that were accepted */
    int64_t *n_round_trips; /* of each replica */
    hebb_replica_way *ways;
} hebb_tempering;

/*
 * n networks of the same patterns, network k on rung k.  Their states may be set before the first round; networks and
 * patterns must stay where they are.
 *
 * Returns HEBB_OK; HEBB_EDOM where temperatures do not rise, for n = 0, and as hebb_thermal_init; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_tempering_init(hebb_tempering *run, size_t n, hebb_hopfield *networks,
                                                  const hebb_tempering_options *options);

/* Safe on a zeroed one and twice. */
void hebb_tempering_free(hebb_tempering *run);

/* Bytes beside the networks and their patterns, without couplings. */
double hebb_tempering_bytes(size_t n_neurons, size_t n_patterns, size_t n_rungs);

/* To be called when networks' states have been set from outside. */
void hebb_tempering_restart(hebb_tempering *run);

/* The next n_rounds rounds of n_sweeps sweeps each; afterwards spins and overlaps are up to date. */
HEBB_CHECK_RESULT hebb_status hebb_tempering_run(hebb_tempering *run, long n_rounds, long n_sweeps);

/* The network that is at a rung's temperature at present. */
const hebb_hopfield *hebb_tempering_at(const hebb_tempering *run, size_t rung);

/* The share of exchanges of rungs k and k + 1 that were accepted; NaN before any was tried. */
double hebb_tempering_swap_rate(const hebb_tempering *run, size_t k);

/* Of all replicas. */
int64_t hebb_tempering_round_trips(const hebb_tempering *run);

/*
 * A geometric ladder: temperatures[k] = lowest (highest/lowest)^(k/(n-1)), the ends exact; swap rates are then equal
 * where the specific heat is constant.  By additions, multiplications and divisions alone: equal on every machine.
 *
 * n             in   2 or more
 * temperatures  out  n, rising; 2 n units in the last place
 *
 * Returns HEBB_OK; HEBB_EDOM unless 0 < lowest < highest, both finite, and for n < 2.
 */
HEBB_CHECK_RESULT hebb_status hebb_tempering_ladder(size_t n, double lowest, double highest, double *temperatures);

#endif
