/*
 * retrieval_study - a stored pattern at T > 0 and load alpha = p/N: how well a network in equilibrium remembers it
 *
 *   m = <m^1>,   q = (1/N) sum_i <s_i>^2,   r = (N/(p-1)) sum_{mu >= 2} <m^mu>^2,   e = <H>/N
 *
 * with <.> over the heat bath's dynamics, after equilibration.  Each replica draws its own patterns and is followed twice
 * with different noise, a first run from the pattern and a second from nearby: the squares are products of the two
 * runs' means, so that neither has the bias that the noise of one mean, squared, would add; and where both runs
 * agree, the start is forgotten.  Theory: the replica-symmetric retrieval state (theory/replica_symmetric_branch.h)
 * at p/N, T.
 *
 * [AGS87] Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30.
 * [EA75]  S. F. Edwards, P. W. Anderson, J. Phys. F 5 (1975) 965: q.
 */
#ifndef HEBB_EXPERIMENTS_RETRIEVAL_STUDY_H
#define HEBB_EXPERIMENTS_RETRIEVAL_STUDY_H

#include "load_grid.h"
#include "study.h"

enum { RETRIEVAL_GRID_TEMPERATURE = HEBB_N_LOAD_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    RETRIEVAL_M,
    RETRIEVAL_Q,
    RETRIEVAL_ENERGY,
    RETRIEVAL_R,
    RETRIEVAL_TAU,
    RETRIEVAL_M_FIRST,
    RETRIEVAL_M_SECOND,
    RETRIEVAL_DRIFT,
    RETRIEVAL_M_SERIES_ERR,
    RETRIEVAL_LOST,
    RETRIEVAL_N_VALUES
};

/* Writes summary.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_retrieval_report(hebb_study *study);

#endif
