/*
 * dense_heat_bath - a dense memory at temperature T > 0: neurons one after the other, each from its own noise
 *
 *   s_i = +1 with probability 1 / (1 + exp(-2 h_i / T)):   N h_i > (N T / 2) log(u / (1 - u))
 *
 * h_i and E of dense_memory.h, so exp(-E / T) / Z is left as it is, in either order.  u is drawn as in thermal.h, from the
 * same generator at the same address: for F(x) = x^2 the trajectories are those of hebb_thermal's heat bath, as long as
 * its limits reach (HEBB_FIELD_BOUND).  Kernels and interruptions change nothing; of the exponential, h_i goes through libm.
 */
#ifndef HEBB_DYNAMICS_DENSE_HEAT_BATH_H
#define HEBB_DYNAMICS_DENSE_HEAT_BATH_H

#include "dense_memory.h"
#include "sweep.h"

typedef struct {
    double temperature;          /* > 0 */
    hebb_update_order order;     /* sequential or random */
    hebb_philox order_generator; /* of the random order */
    hebb_philox noise;
    uint32_t *turn; /* room for N numbers */
} hebb_dense_heat_bath;

/* What has been done so far, zero at first; to be kept, with the spins, by who goes on later. */
typedef struct {
    long sweeps;
    int64_t flips;
} hebb_dense_walk;

/*
 * The next n_sweeps sweeps.  Allocates nothing.  Cost: O(K) an update and a flip.
 * Returns HEBB_OK; HEBB_EDOM for a temperature that is not above 0 or not finite and for synchronous order.
 */
HEBB_CHECK_RESULT hebb_status hebb_dense_heat_bath_run(hebb_dense_memory *memory, const hebb_dense_heat_bath *bath,
                                                       long n_sweeps, hebb_dense_walk *walk);

#endif
