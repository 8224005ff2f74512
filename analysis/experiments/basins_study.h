/*
 * basins_study - from how far away is a pattern found?  Overlap at the end against overlap at the start, T = 0
 *
 * Each replica draws its own patterns, starts from a random state of overlap m_0 with one of them and relaxes.  The edge
 * of the basin is the m_0 from which half of the replicas find the pattern.  Theory, of synchronous updates: Amari and
 * Maginu's map (theory/retrieval_dynamics.h) and the exact dynamics (theory/effective_spin.h), both at p/N.
 *
 * A replica's patterns, and the order in which neurons are turned over to make its start, are the same for all m_0: its
 * starts lie on one way from the pattern outwards.
 *
 * [AM88] Amari, Maginu, Neural Networks 1 (1988) 63.
 */
#ifndef HEBB_EXPERIMENTS_BASINS_STUDY_H
#define HEBB_EXPERIMENTS_BASINS_STUDY_H

#include "effective_spin.h"
#include "load_grid.h"
#include "relax.h"
#include "study.h"

enum { BASINS_M0 = HEBB_N_LOAD_GRID, BASINS_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum { BASINS_M, BASINS_M_INITIAL, BASINS_SWEEPS, BASINS_ENERGY, BASINS_OUTCOME, BASINS_N_VALUES };

/*
 * A run has found the pattern when it ends at this overlap or above.  The overlaps at the end have a peak at m > .96 and
 * a broad one below, of states that remember their start; the same place as in capacity_study.h.
 */
#define BASINS_RETRIEVED_FROM HEBB_EFFECTIVE_RETRIEVED

typedef struct {
    hebb_update_order order;
    long max_sweeps;
    size_t n_paths; /* of the effective spin; 0: no exact edge */
    uint64_t pattern_seed, dynamics_seed, seed;
} hebb_basins_study; /* study->own */

/* Writes summary.csv, theory.csv, edges.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_basins_report(hebb_study *study);

#endif
