/*
 * sweep_cost - what a sweep takes in pattern space and with stored couplings, and which is worth while
 *
 *   pattern space     N (update + look_up p)  +  F (flip + flip_pattern p)
 *   stored couplings  F (stored_flip + stored_neuron N (1 + b / 8 MiB)),   b = 2 F N bytes of couplings read
 *   making them       20 us + N^2 (coupling + product p)
 *
 * for F flips a sweep, with the kernel's constants, the first term being shared by the sweeper's threads; what both do,
 * the noise above all, is left out.
 *
 * The constants were fitted by least squares of the relative error to heat-bath sweeps on one core of a Zen 4: N = 100 ..
 * 5000, alpha = .05, .1, .2, T = .05, .3, .6, 1, from a pattern, sequential and random order, the best of 25 runs each.
 * Of those 168 cases AVX-512 would be sent the slower way in 9 and AVX2 in 6, at most 10 % and 25 % slower than the other.
 * States do not depend on any of it.
 */
#ifndef HEBB_DYNAMICS_SWEEP_COST_H
#define HEBB_DYNAMICS_SWEEP_COST_H

#include <stdbool.h>
#include "sweep.h"

/* ns a sweep of all of a sweeper's networks that make n_flips flips together. */
double hebb_sweep_cost_patterns(const hebb_sweeper *sweeper, double n_flips);
double hebb_sweep_cost_stored(const hebb_sweeper *sweeper, double n_flips);

/* ns to make the couplings. */
double hebb_sweep_cost_making(const hebb_patterns *patterns);

/* How things stand between two sweeps. */
typedef struct {
    double n_flips;  /* a sweep, of all networks, as of late */
    double n_left;   /* sweeps to come */
    bool are_made;   /* there are couplings */
    bool are_stored; /* and they are in use */
} hebb_sweep_prospect;

/*
 * Whether the next sweep should use stored couplings.  They are made, or taken up again, where that pays over all the
 * sweeps to come; they are left where leaving pays within 16.
 */
bool hebb_sweep_should_store(const hebb_sweeper *sweeper, const hebb_sweep_prospect *prospect);

#endif
