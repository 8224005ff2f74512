/*
 * boltzmann_equilibrium_study - how often Gibbs sampling visits the states of a small Boltzmann machine, against
 * exp(-E/T)/Z
 *
 * A replica is n_chains chains of one machine, from one of three starts.  After `equilibration` sweeps each chain's
 * states are counted for `sweeps` more.
 *
 *   total variation  TV(M) = (1/2) sum_s |n_s/M - p_s|  of one chain's n_s among M sweeps
 *   variance         V_s = M p_s (1 - p_s) + 2 p_s sum_{t<M} (M - t) ((P^t)_ss - p_s),  P the transitions of a sweep
 *   in theory        (1/2M) sum_s sqrt(2 V_s/pi) r(v_s),   v_s = M^2 p_s^2 (1 - p_s)/V_s independent visits
 *
 * r(v) is the mean deviation of a Poisson variable of mean v over that of a Gaussian one of variance v: 1 where visits are
 * many, and the distance then falls as 1/sqrt(M).
 */
#ifndef HEBB_EXPERIMENTS_BOLTZMANN_EQUILIBRIUM_STUDY_H
#define HEBB_EXPERIMENTS_BOLTZMANN_EQUILIBRIUM_STUDY_H

#include "machine_states.h"

enum { EQUILIBRIUM_UNITS, EQUILIBRIUM_TEMPERATURE, EQUILIBRIUM_START, EQUILIBRIUM_N_GRID };
enum { EQUILIBRIUM_OFF, EQUILIBRIUM_ON, EQUILIBRIUM_RANDOM, EQUILIBRIUM_N_STARTS };

/* The numbers of one replica, in the order of units.csv. */
enum { EQUILIBRIUM_VARIATION, EQUILIBRIUM_ENERGY, EQUILIBRIUM_N_VALUES };

enum { EQUILIBRIUM_MAX_TIMES = 40 };

/*
 * After the values: TV at each time, the share of every state among all that were visited, and how many chains were in
 * every state at the end.
 */
typedef struct {
    hebb_machine_choice machine;
    size_t n_chains;
    long n_equilibration, n_sweeps;
    size_t n_times;
    long times[EQUILIBRIUM_MAX_TIMES]; /* 1, 2, 5, 10 .., and n_sweeps */
} hebb_boltzmann_equilibrium_study;    /* study->own */

static inline size_t hebb_boltzmann_equilibrium_visited(const hebb_boltzmann_equilibrium_study *own)
{
    return EQUILIBRIUM_N_VALUES + own->n_times;
}

static inline size_t hebb_boltzmann_equilibrium_last(const hebb_boltzmann_equilibrium_study *own)
{
    return hebb_boltzmann_equilibrium_visited(own) + own->machine.n_states;
}

/* Writes summary.csv, states.csv, variation.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_equilibrium_report(hebb_study *study);

#endif
