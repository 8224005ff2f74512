/*
 * thermal - dynamics of a Hopfield network at temperature T > 0: neurons one after the other, each from its own noise
 *
 *   heat bath    s_i = +1 with probability 1 / (1 + exp(-2 h_i / T))          N h_i > (N T / 2) log(u / (1 - u))
 *   Metropolis   s_i flips with probability min(1, exp(-2 s_i h_i / T))       N s_i h_i < -(N T / 2) log u
 *                                                                                       docs/engine.md (2)
 *
 * u is uniform on the odd multiples of 2^-53 in (0, 1), drawn at the address (sweep, i / 2), where an even i takes the
 * first 64 bits and an odd one the last: so the right-hand sides do not depend on the state, a decision is a comparison
 * of whole numbers, and neither kernels, blocks, other networks nor an interruption change a trajectory.  Both rules
 * leave exp(-H/T)/Z as it is, in any order of the neurons; Metropolis in sequential order need not reach it where
 * fields can be 0, as it always flips there (N = 3, p = 2).
 *
 * With stored couplings a flip costs N additions and an update that does not flip next to nothing; in pattern space an
 * update costs p / 6 look-ups whether it flips or not.  So couplings are stored where that is faster (sweep_cost.h) and
 * the sweeps still to come are worth the N^2 p of making them; AUTO thinks again after every sweep, from the flips of the
 * last few.  The states are the same.
 *
 * [G63]   R. J. Glauber, J. Math. Phys. 4 (1963) 294.
 * [MRT53] N. Metropolis et al., J. Chem. Phys. 21 (1953) 1087.
 */
#ifndef HEBB_DYNAMICS_THERMAL_H
#define HEBB_DYNAMICS_THERMAL_H

#include "stored_sweep.h"
#include "sweep.h"

typedef enum { HEBB_HEAT_BATH, HEBB_METROPOLIS } hebb_thermal_rule;

typedef enum {
    HEBB_COUPLINGS_AUTO,     /* whichever is faster */
    HEBB_COUPLINGS_PATTERNS, /* never stored */
    HEBB_COUPLINGS_STORED    /* from the start */
} hebb_couplings_choice;

typedef struct {
    hebb_thermal_rule rule;
    double temperature;          /* > 0, in units of J */
    hebb_update_order order;     /* sequential or random */
    hebb_philox order_generator; /* of the random order: the same for all networks */
    const hebb_philox *noise;    /* one a network */
    hebb_couplings_choice couplings;
    long planned_sweeps; /* in all, for AUTO; once done, or if 0, it expects as many again as there have been */
} hebb_thermal_options;

typedef struct {
    hebb_sweeper sweeper;
    hebb_thermal_rule rule;
    double temperature;
    hebb_philox *noise;
    hebb_couplings_choice choice;
    long planned_sweeps, n_sweeps; /* done so far: the number of the next one */
    bool are_stored;               /* couplings were in use in the last sweep */
    bool cannot_store;             /* AUTO has found that they do not fit */
    long n_stored_sweeps;          /* so many of the sweeps used them */
    double n_recent_flips;         /* a sweep, of all networks */
    hebb_stored_sweeper stored;    /* couplings once made are kept, used or not */
    int64_t *n_flips;              /* of each network so far */
} hebb_thermal;

/*
 * Networks of the same patterns, whose states may be set before the first sweep.  They must stay where they are,
 * and the patterns as they are: couplings once made are not made again.
 * Returns HEBB_OK; HEBB_EDOM for a temperature that is not above 0 or not finite, for T N > 2.9e7 with p N >= 2^29, where
 * thresholds and fields outgrow 29 bits together, for synchronous order, and for stored couplings of more than 32767
 * patterns or where N p reaches 2^29; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_thermal_init(hebb_thermal *run, size_t n_networks, hebb_hopfield *networks,
                                                const hebb_thermal_options *options);

/* Safe on a zeroed one and twice. */
void hebb_thermal_free(hebb_thermal *run);

/* From here on at another temperature: annealing.  HEBB_EDOM for one that hebb_thermal_init would not take. */
HEBB_CHECK_RESULT hebb_status hebb_thermal_set_temperature(hebb_thermal *run, double temperature);

/* To be called when a network's state has been set from outside. */
void hebb_thermal_restart(hebb_thermal *run);

/*
 * The next n_sweeps sweeps; afterwards spins and overlaps are up to date.
 * Returns HEBB_OK; HEBB_ENOMEM where couplings chosen by STORED do not fit.  AUTO goes on without them.
 */
HEBB_CHECK_RESULT hebb_status hebb_thermal_run(hebb_thermal *run, long n_sweeps);

#endif
