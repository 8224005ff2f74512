/*
 * rbm_ladder - replica exchange between RBMs along a path of parameters: from a machine without weights, which is known
 *              exactly, through the machines of a training, to the last of them                             [BDFS24] [N01]
 *
 *   place 0          no weights, the biases of the first machine
 *   place k          machine k, from 1
 *   between          weights and biases on the straight line
 *
 * A ladder has one chain on each rung.  A round: a sweep of each chain, then neighbouring rungs a < b, every other pair in
 * turn, exchange their visible states with probability min(1, e^{D(v_a) - D(v_b)}), D(v) = F_a(v) - F_b(v), which leaves
 * the product of the machines' laws as it is.  Ladders do not meet: n_ladders of them are as many independent copies.
 *
 * A chain that is stuck in one part of the states of a trained machine comes down the ladder, where all parts are one, and
 * up again in another.  Rungs are put where chains that walk up from rung 0 exchange often enough, then, once they have come
 * to rest, where they do not; machines may be left out, and rungs between two machines put in.
 *
 * [BDFS24] N. Bereux, A. Decelle, C. Furtlehner, B. Seoane, Fast training and sampling of restricted Boltzmann machines,
 *          arXiv:2405.15376 (2024).
 * [N01]    R. M. Neal, Stat. Comput. 11 (2001) 125, for what lies between two machines.
 */
#ifndef HEBB_DYNAMICS_RBM_LADDER_H
#define HEBB_DYNAMICS_RBM_LADDER_H

#include "rbm_gibbs.h"

typedef struct {
    double place;
    hebb_rbm_layer up, down;
    double *visible_bias; /* n_visible, rounded to single precision as `down` has them */
    hebb_rbm_gibbs chains;
    double accepted; /* sum of the probabilities of exchange with the rung above */
    double tried;    /* how many */
} hebb_rbm_rung;

typedef struct {
    size_t n_ladders;
    uint64_t seed;
    int n_threads;     /* the result does not depend on it */
    long sweeps;       /* of the chains on a rung before the next one is looked for; 1 or more */
    double acceptance; /* mean probability of exchange that a rung is put for; in (0, 1) */
    size_t max_rungs;
    const bool *is_needed; /* n_machines: a rung must be there; NULL: of the last one alone */
} hebb_rbm_ladder_options;

/* Options that do for machines of some hundred units: rungs for exchanges of 0.3, 5 sweeps on the way up. */
hebb_rbm_ladder_options hebb_rbm_ladder_defaults(size_t n_ladders, uint64_t seed, int n_threads);

typedef struct {
    hebb_rbm_ladder_options options;
    size_t n_rungs;
    hebb_rbm_rung *rungs; /* in rising order of place, from 0 to n_machines */
    double ln_z;          /* of rung 0, exact */
    double sigma_v, sigma_h;
    uint32_t n_rounds; /* done */
    /*
     * Where not NULL, called for every pair in every round in which it is looked at, before an exchange, from several
     * threads: D of the chains on rung `pair`, and on the one above.
     */
    void (*record)(void *context, size_t pair, const double *below, const double *above);
    void *context;
    double *room; /* n_rungs x 3 n_ladders */
} hebb_rbm_ladder;

/*
 * Puts the rungs, with chains that have walked up to them.
 *
 * machines  in   n_machines, of one shape and kind; not needed any more afterwards
 *
 * Returns HEBB_OK; HEBB_EDOM for options out of range, or where max_rungs do not do; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_ladder_init(hebb_rbm_ladder *ladder, size_t n_machines, const hebb_rbm *machines,
                                                   const hebb_rbm_ladder_options *options);

/* Safe on a zeroed one and twice. */
void hebb_rbm_ladder_free(hebb_rbm_ladder *ladder);

/* HEBB_EDOM where more than 2^30 rounds would have been done; HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_ladder_run(hebb_rbm_ladder *ladder, long n_rounds);

/* Forgets the exchanges counted so far. */
void hebb_rbm_ladder_forget(hebb_rbm_ladder *ladder);

/* The least and the mean share of exchanges over the pairs; NaN where none was tried. */
void hebb_rbm_ladder_acceptance(const hebb_rbm_ladder *ladder, double *least, double *mean);

#endif
