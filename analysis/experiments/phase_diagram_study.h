/*
 * phase_diagram_study - the plane of load and temperature, measured: until which T a pattern stays, and from which T
 * on a spin glass has the lower free energy
 *
 * Each replica draws its own patterns and takes one network through three runs at a point's N, p and T:
 *
 *   1  at T from a pattern, --sweeps sweeps: is it kept?  The edge of retrieval is the T at which half of the replicas
 *      have lost it; theory: T_M.  Where it is lost, or without --cooling-sweeps, that is all.
 *   2  heated from the pattern, beta_0 = 1/0.02 to beta = 1/T:    beta f = beta_0 e(beta_0) - int_beta^beta_0 e dbeta
 *   3  cooled from a random state, 0 to beta:                     beta f = -ln 2 + int_0^beta e dbeta
 *
 * e is the energy per neuron; the first integral leaves out the entropy of the retrieval state at T = 0.02.  Both f
 * are upper bounds but for noise, as the energy lags behind.  They cross at T_c.  The energies alone do not tell T_c:
 * below alpha = 0.0519 retrieval has the lower energy up to all but T_M, and it is the glass's entropy that wins at
 * T_c.
 *
 * Small networks cooled at small loads may end in a pattern, or a mixture: such a run is `found`, no glass, and left
 * out.
 *
 * Theory: theory/phase_diagram.h, replica_symmetric_branch.h; for the glass one_step_rsb.h, as replica symmetry,
 * broken there at any T, has its f too low by some thousandths, and T_c with it.
 *
 * [AGS87] Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30.
 * [J97]   C. Jarzynski, Phys. Rev. Lett. 78 (1997) 2690: work and free energy of a process at finite speed.
 */
#ifndef HEBB_EXPERIMENTS_PHASE_DIAGRAM_STUDY_H
#define HEBB_EXPERIMENTS_PHASE_DIAGRAM_STUDY_H

#include "load_grid.h"
#include "study.h"

enum { PHASE_GRID_TEMPERATURE = HEBB_N_LOAD_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    PHASE_M,
    PHASE_LOST,
    PHASE_SWEEPS,
    PHASE_ENERGY,
    PHASE_ENERGY_RANDOM,
    PHASE_F_RETRIEVAL,
    PHASE_F_RANDOM,
    PHASE_FOUND,
    PHASE_N_VALUES
};

/* Writes summary.csv, edges.csv, crossings.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_phase_diagram_report(hebb_study *study);

#endif
