/*
 * annealing_exchange - --schedule exchange of the annealing experiment: all temperatures at once, and replicas that
 * exchange them
 *
 *   K rungs, a geometric ladder from --end-temperature to --start-temperature; a replica each, from random states; as
 *   many rounds of one sweep and one exchange (dynamics/tempering.h) as annealing has sweeps a temperature.
 *
 * So it takes as many sweeps as annealing from the hottest to the coldest of these temperatures, and as many at each.
 */
#ifndef HEBB_EXPERIMENTS_ANNEALING_EXCHANGE_H
#define HEBB_EXPERIMENTS_ANNEALING_EXCHANGE_H

#include "annealing_study.h"
#include "hopfield.h"

/*
 * Makes own->rungs from the schedule, which is geometric: K - 1 factors that are nearest to its own.  HEBB_EDOM for
 * fewer than 2 rungs; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_annealing_make_rungs(hebb_annealing_study *own);

/* Bytes that it takes beside one network and its patterns. */
double hebb_annealing_exchange_bytes(const hebb_annealing_study *own, size_t n_neurons, size_t n_patterns);

/*
 * Leaves the network in the state that the lowest rung has at the end.
 *
 * values  out  the study's: the lowest swap rate, round trips, and behind the observables the swap rate of each pair
 *
 * Returns HEBB_OK; HEBB_ESTOPPED when the program is to stop, the state having been saved; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_annealing_exchange(const hebb_study *study, const hebb_unit *unit,
                                                      hebb_hopfield *network, double *values);

#endif
