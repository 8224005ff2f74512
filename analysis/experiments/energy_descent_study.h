/*
 * energy_descent_study - the energy against time at T = 0, update by update, from several kinds of starts
 *
 * A start is a random state, or the ideal mixture of the first n patterns (n = 1: the first pattern) of which
 * round(N (1 - x)/2) neurons, drawn at random, are turned over.  Neurons are updated one after the other, and each flip's
 * energy is taken from fields that the experiment computes by itself; that no flip may raise it is counted.  The state
 * at the end is named by analysis/valley.h.
 *
 * Theory, p/N -> 0, n odd: a neuron that is updated takes the mixture's value, and in a sweep each is updated once.  At
 * time t, in sweeps, the n overlaps are m_n (x + (1 - x) t) up to t = 1, and
 *
 *   E/N = -(n m_n^2/2) (x + (1 - x) min(t, 1))^2
 *
 * The end is the mixture, whose energy replica symmetry gives at p/N > 0, too (theory/replica_symmetric_branch.h).  For
 * even n mixtures are saddles, and from a random state nothing says where it goes.
 *
 * [H82]   J. J. Hopfield, Proc. Natl. Acad. Sci. USA 79 (1982) 2554: the energy falls.
 * [AGS85] Amit, Gutfreund, Sompolinsky, Phys. Rev. A 32 (1985) 1007.
 */
#ifndef HEBB_EXPERIMENTS_ENERGY_DESCENT_STUDY_H
#define HEBB_EXPERIMENTS_ENERGY_DESCENT_STUDY_H

#include "study.h"
#include "sweep.h"

enum { DESCENT_NEURONS, DESCENT_PATTERNS, DESCENT_ORDER, DESCENT_N_GRID };

/* The observables of one replica, in the order of units.csv; the energies at the times k/--resolution follow. */
enum {
    DESCENT_MIXED,
    DESCENT_PATTERN,
    DESCENT_DISTANCE,
    DESCENT_INITIAL,
    DESCENT_ENERGY,
    DESCENT_FLIPS,
    DESCENT_RISES,
    DESCENT_SWEEPS,
    DESCENT_N_VALUES
};

typedef struct {
    hebb_update_order order;
    double overlap;             /* x */
    size_t resolution, n_times; /* points a sweep, and in all */
    uint64_t pattern_seed, dynamics_seed;
} hebb_energy_descent_study; /* study->own */

size_t hebb_energy_descent_neurons(const hebb_study *study, size_t point);
size_t hebb_energy_descent_patterns(const hebb_study *study, size_t point);
size_t hebb_energy_descent_order(const hebb_study *study, size_t point);

/* Writes summary.csv, trajectories.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_energy_descent_report(hebb_study *study);

#endif
