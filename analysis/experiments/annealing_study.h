/*
 * annealing_study - where does cooling from a random state end: in a pattern, in a mixture, elsewhere?
 *
 * Each replica draws its own patterns and a random state, cools it from --start-temperature to --end-temperature by
 * heat bath, --sweeps sweeps at each temperature (0: not at all, a quench), relaxes at T = 0, and is named by
 * analysis/valley.h.  With --schedule exchange all temperatures are there at once (annealing_exchange.h).  Points that
 * differ in --sweeps alone have the same patterns and the same random state: each quench is beside its own cooling.
 *
 * Theory: the energy of what a run ended in, a pattern or a mixture of n: replica symmetry at T = 0 and p/N, where
 * p/N -> 0 has -n m_n^2/2 (theory/replica_symmetric_branch.h).
 *
 * [KGV83] S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Science 220 (1983) 671.
 * [AGS85] Amit, Gutfreund, Sompolinsky, Phys. Rev. A 32 (1985) 1007: the mixtures, and above which T each is gone.
 */
#ifndef HEBB_EXPERIMENTS_ANNEALING_STUDY_H
#define HEBB_EXPERIMENTS_ANNEALING_STUDY_H

#include "schedule.h"
#include "study.h"
#include "sweep.h"

enum { ANNEALING_NEURONS, ANNEALING_PATTERNS, ANNEALING_SWEEPS, ANNEALING_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    ANNEALING_MIXED,
    ANNEALING_DISTANCE,
    ANNEALING_M_FIRST,
    ANNEALING_M_SECOND,
    ANNEALING_M_THIRD,
    ANNEALING_ENERGY,
    ANNEALING_COOLING_SWEEPS,
    ANNEALING_RELAXING_SWEEPS,
    ANNEALING_SWAP_RATE,
    ANNEALING_ROUND_TRIPS,
    ANNEALING_N_VALUES
};

typedef struct {
    hebb_schedule schedule;
    double most_temperatures; /* an upper bound of how many the schedule has */
    bool exchanges;           /* all temperatures at once: annealing_exchange.h */
    size_t n_rungs;           /* where it exchanges; otherwise 0 */
    double *rungs;            /* rising; each replica's swap rates follow its observables */
    hebb_update_order order;
    uint64_t pattern_seed, dynamics_seed;
} hebb_annealing_study; /* study->own */

size_t hebb_annealing_neurons(const hebb_study *study, size_t point);
size_t hebb_annealing_patterns(const hebb_study *study, size_t point);
long hebb_annealing_sweeps(const hebb_study *study, size_t point);

/* Writes summary.csv, theory.csv, verdict.csv and, of exchanges, swaps.csv. */
HEBB_CHECK_RESULT hebb_status hebb_annealing_report(hebb_study *study);

#endif
