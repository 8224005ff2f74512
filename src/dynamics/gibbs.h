/*
 * gibbs - many chains of Gibbs sampling of one Boltzmann machine at once
 *
 *   unit i is set on with probability 1/(1 + exp(-x)),  x = h_i/T for units {0, 1}, 2 h_i/T for units {-1, +1}
 *
 * one unit after the other, in the order of their numbers; clamped units stay.  A chain is a bit a unit.  The random
 * number of unit i in sweep t of chain c is word i % 4 of the block at (t, c, i / 4), u = (word + 1/2)/2^32, and the unit
 * is set on where ln(u/(1 - u)) < x: what a chain does depends neither on the other chains nor on kernels or threads.
 *
 * A field is summed in fours: h_i = b_i + (s_0 w_i0 + .. + s_3 w_i3) + (s_4 w_i4 + ..) + .., from left to right in double,
 * the terms of +-1 units with their signs and those of {0, 1} units where these are on; fours without a link are left
 * out.  A kernel looks up the 16 sums that a four can have.  So it is what hebb_boltzmann_field gives but for rounding,
 * and the logarithm is a polynomial to 5e-16: every kernel, compiler and machine gives the same chains to the bit.
 */
#ifndef HEBB_DYNAMICS_GIBBS_H
#define HEBB_DYNAMICS_GIBBS_H

#include "boltzmann.h"

typedef struct {
    const hebb_boltzmann *machine; /* borrowed; its weights may change between two calls */
    hebb_philox noise;
    size_t n_chains, n_words; /* 64 chains a word */
    uint32_t n_sweeps;        /* done so far: the number of the next one */
    uint64_t n_unit_updates;  /* done so far, of all chains: clamped units do not count */
    uint64_t *bits;           /* n_units x n_words: chain c is bit c % 64 of word c / 64, set where the unit is on */
    uint8_t *is_clamped;      /* n_units, of all chains; none at first */
    struct hebb_gibbs_room *room;
} hebb_gibbs;

/*
 * n_chains chains with all units off.
 * Returns HEBB_OK; HEBB_EDOM for no chains or more than 2^32 - 1; HEBB_ENOMEM for more than there is, before any is
 * taken: a bit a unit and chain.
 */
HEBB_CHECK_RESULT hebb_status hebb_gibbs_init(hebb_gibbs *gibbs, const hebb_boltzmann *machine, size_t n_chains,
                                              hebb_philox noise);

/* Safe on a zeroed one and twice. */
void hebb_gibbs_free(hebb_gibbs *gibbs);

/* Other random numbers from here on, counted from sweep 0: an update of learning has its own. */
void hebb_gibbs_reseed(hebb_gibbs *gibbs, hebb_philox noise);

/* Copies a chain's state, n_units numbers of the machine's kind, in and out; set takes any number above 0 for on. */
void hebb_gibbs_set(hebb_gibbs *gibbs, size_t chain, const int8_t *state);
void hebb_gibbs_get(const hebb_gibbs *gibbs, size_t chain, int8_t *state);

/*
 * Sets every unit that is not clamped on or off with equal probability: of unit i the bits at (0, i) of `start`, chain by
 * chain.  `start` is another generator than the noise, whose addresses these are too.
 */
void hebb_gibbs_randomise(hebb_gibbs *gibbs, hebb_philox start);

/*
 * n_sweeps sweeps at temperature > 0.  Cost: n^2/4 look-ups a chain and sweep, less where links are few; nothing is
 * allocated.  HEBB_EDOM for another temperature, or one whose inverse is not finite; n_sweeps < 0, or more than 2^32 - 1
 * sweeps in all.
 */
HEBB_CHECK_RESULT hebb_status hebb_gibbs_run(hebb_gibbs *gibbs, double temperature, long n_sweeps);

/*
 * Adds, over the chains first .. first + n - 1, how many have unit i on, and how many have i and j on:
 *
 * on       inout  n_units
 * both_on  inout  n_units x n_units, symmetric; the diagonal is `on`; NULL where only means are wanted
 *
 * Means and correlations of either kind of units follow from these whole numbers (hebb_moments_from_counts).
 */
void hebb_gibbs_count(const hebb_gibbs *gibbs, size_t first, size_t n, uint64_t *on, uint64_t *both_on);

/* means[i] = <s_i>, products[i,j] = <s_i s_j> of n_samples states. */
void hebb_moments_from_counts(const hebb_boltzmann *machine, uint64_t n_samples, const uint64_t *on,
                              const uint64_t *both_on, double *means, double *products);

#endif
