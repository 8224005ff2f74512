/*
 * rbm_phases_machine - a machine with a planted mode, its chains, and what is measured on them (rbm_phases_study.h)
 */
#ifndef HEBB_EXPERIMENTS_RBM_PHASES_MACHINE_H
#define HEBB_EXPERIMENTS_RBM_PHASES_MACHINE_H

#include "checkpoint.h"
#include "rbm_gibbs.h"
#include "rbm_phases_study.h"

typedef struct {
    bool is_gaussian;                               /* one Gaussian hidden unit */
    size_t n_visible, n_hidden, n_chains, n_levels; /* that the room is for */
    hebb_rbm rbm;
    hebb_rbm_layer up, down;
    hebb_rbm_gibbs levels[RBM_PHASES_MAX_LEVELS]; /* hottest first, beta = 1 last */
    double beta[RBM_PHASES_MAX_LEVELS];
    double *u, *v;           /* the mode: n_visible, n_hidden */
    double *energies;        /* n_levels x n_chains */
    uint8_t *bytes, *others; /* n_chains x the larger layer */
    uint32_t *counts;        /* the larger layer */
    void *kept;              /* for the checkpoint */
} hebb_planted_machine;

/* Bytes of one, at most. */
double hebb_planted_machine_bytes(size_t n_visible, size_t n_hidden, size_t n_chains, size_t n_levels);

/* Makes room for that many where it is for others.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_planted_machine_fit(hebb_planted_machine *machine, bool is_gaussian,
                                                       size_t n_visible, size_t n_hidden, size_t n_chains,
                                                       size_t n_levels);

/* Safe on a zeroed one and twice. */
void hebb_planted_machine_free(hebb_planted_machine *machine);

/* The addresses of one replica's random numbers. */
typedef struct {
    hebb_philox weights, mode, start, noise, swap;
} hebb_planted_draws;

/* Draws mode and weights. */
void hebb_planted_machine_draw(hebb_planted_machine *machine, const hebb_rbm_system *system,
                               const hebb_planted_draws *draws);

/* Samples it; values: RBM_PHASES_N_VALUES.  Returns HEBB_OK; what hebb_checkpoint_save returned; HEBB_EDOM. */
HEBB_CHECK_RESULT hebb_status hebb_planted_machine_sample(hebb_planted_machine *machine, const hebb_rbm_system *system,
                                                          const hebb_planted_draws *draws, long n_settle, long n_sweeps,
                                                          hebb_checkpoint *checkpoint, double *values);

#endif
