/*
 * universal_study - a restricted Boltzmann machine built for a random distribution: how far is it from it
 *
 * A replica is a distribution: k different vectors of n units, all sets of them alike, with probabilities uniform on
 * the simplex.  The machine of k + 1 hidden units is built for it (rbm_universal.h), its p(v) summed exactly, and sampled by
 * block Gibbs sampling where its wells are not too deep for that: a chain stays in the well of vector i for some
 * p_i S sweeps, S the height that theory/universal.h has.
 *
 *   KL        sum_i p_i ln p_i/p_machine(s_i), nats
 *   outside   the machine's probability off the support
 */
#ifndef HEBB_EXPERIMENTS_UNIVERSAL_STUDY_H
#define HEBB_EXPERIMENTS_UNIVERSAL_STUDY_H

#include "rbm.h"
#include "study.h"
#include "universal.h"

/* The KL that is wanted, or the weight; 0: the other one is given. */
enum { UNIVERSAL_VISIBLE, UNIVERSAL_SUPPORT, UNIVERSAL_TARGET, UNIVERSAL_WEIGHT, UNIVERSAL_N_GRID };

/* The numbers of one replica, in the order of units.csv. */
enum {
    UNIVERSAL_SIZE, /* of the weights: chosen for that replica where a KL is wanted */
    UNIVERSAL_HIDDEN,
    UNIVERSAL_KL,
    UNIVERSAL_KL_LAW,
    UNIVERSAL_KL_LOW,
    UNIVERSAL_KL_HIGH,
    UNIVERSAL_OUTSIDE,
    UNIVERSAL_OUTSIDE_LOW,
    UNIVERSAL_OUTSIDE_HIGH,
    UNIVERSAL_SAMPLED, /* NaN: not sampled */
    UNIVERSAL_N_VALUES
};

typedef struct {
    hebb_layer_kind visible_kind, hidden_kind;
    size_t n_chains;
    long n_sweeps; /* counted; 0: nothing is sampled */
    uint64_t pattern_seed, dynamics_seed;
} hebb_universal_study; /* study->own */

/* A distribution and its machine. */
typedef struct {
    size_t n_visible, n_support;
    uint32_t *vectors;   /* n_support, in the order in which they were drawn */
    double *probability; /* n_support */
    hebb_rbm machine;    /* of the last build */
    double *visible, *fields;
    double *on_machine; /* n_support: the machine's probabilities */
} hebb_universal_room;

/* Draws the distribution of that replica at that point.  Zero the room first.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_universal_room_draw(const hebb_study *study, size_t point, size_t replica,
                                                       hebb_universal_room *room);

/* Builds its machine and fills in on_machine.  HEBB_EDOM, HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_universal_room_build(const hebb_study *study, double weight,
                                                        hebb_universal_room *room);

/* As theory wants it. */
hebb_universal_problem hebb_universal_room_problem(const hebb_universal_room *room);

/* Safe on a zeroed one and twice. */
void hebb_universal_room_free(hebb_universal_room *room);

/* Writes summary.csv, law.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_universal_report(hebb_study *study);

#endif
