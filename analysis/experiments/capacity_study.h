/*
 * capacity_study - does a Hopfield network at T = 0 hold a stored pattern at load alpha = p/N?
 *
 * Each replica draws its own patterns, starts at one of them and relaxes.  Theory: the replica-symmetric retrieval
 * state (theory/replica_symmetric.h) at p/N, and its end alpha_c.
 *
 * [AGS87] Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30, where the same experiment is figure 12.
 */
#ifndef HEBB_EXPERIMENTS_CAPACITY_STUDY_H
#define HEBB_EXPERIMENTS_CAPACITY_STUDY_H

#include "pattern_file.h"
#include "relax.h"
#include "study.h"

/* The observables of one replica, in the order of units.csv; the grid is load_grid's. */
enum {
    CAPACITY_M,
    CAPACITY_M_INITIAL,
    CAPACITY_SWEEPS,
    CAPACITY_FLIPS,
    CAPACITY_ENERGY,
    CAPACITY_OUTCOME,
    CAPACITY_N_VALUES
};

/*
 * A run is lost when it ends below this overlap.  The overlaps at the end have two peaks, one above .95 (m_c = .967)
 * and one about .3 (what is left of the start in a spin-glass state); this is the bottom of the valley between them,
 * which is flat from .70 to .80 at N = 500 and empty at N = 5000.
 */
#define CAPACITY_LOST_BELOW 0.75

typedef struct {
    hebb_pattern_file file; /* empty for random patterns */
    bool from_file;
    hebb_update_order order;
    long max_sweeps;
    uint64_t pattern_seed, dynamics_seed;
    double memory;     /* bytes that may be had, looked at once: a large result must not change the store of the next */
} hebb_capacity_study; /* study->own */

/* Writes summary.csv, theory.csv, finite_size.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_capacity_report(hebb_study *study);

#endif
