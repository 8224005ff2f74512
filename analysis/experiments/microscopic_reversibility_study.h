/*
 * microscopic_reversibility_study - flows between the states of a small Boltzmann machine in equilibrium, there and back
 *
 *   one unit at a time   each step updates a unit chosen at random:  p_a w(a -> b) = p_b w(b -> a),  every flow is balanced
 *   a sweep at a time    each step updates all units, in the order of their numbers: p stays what it is, since every
 *                        unit's update keeps it, but flows run in circles:  p_a S(a -> b) != p_b S(b -> a)
 *
 * A replica is n_chains chains of one machine from random starts; after `equilibration` sweeps (or as many unit updates) the
 * states before and after each of `steps` steps are counted.
 */
#ifndef HEBB_EXPERIMENTS_MICROSCOPIC_REVERSIBILITY_STUDY_H
#define HEBB_EXPERIMENTS_MICROSCOPIC_REVERSIBILITY_STUDY_H

#include "machine_states.h"

enum { REVERSIBILITY_UNITS, REVERSIBILITY_TEMPERATURE, REVERSIBILITY_UPDATE, REVERSIBILITY_N_GRID };
enum { REVERSIBILITY_UNIT, REVERSIBILITY_SWEEP };

/* The numbers of one replica, in the order of units.csv. */
enum { REVERSIBILITY_CIRCULATION, REVERSIBILITY_TURNOVER, REVERSIBILITY_ENERGY, REVERSIBILITY_N_VALUES };

enum { REVERSIBILITY_MAX_UNITS = 5 };

/* After the values: the flow from a to b, the share of steps from state a to state b, at n_states a + b. */
typedef struct {
    hebb_machine_choice machine;
    size_t n_chains;
    long n_equilibration, n_steps;
} hebb_microscopic_reversibility_study; /* study->own */

/*
 * The flows of a step in equilibrium, p_a times the probability of going on to b.
 *
 * p      in   n_states
 * flows  out  n_states x n_states
 * room        n_states
 */
void hebb_reversibility_flows(const hebb_machine_choice *machine, int update, const double *p, double *flows,
                              double *room);

/* Writes summary.csv, flows.csv, theory.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_microscopic_reversibility_report(hebb_study *study);

#endif
