/*
 * realisation - networks with the same patterns, set up, run and timed
 *
 * Set-up is memory, the draw of the patterns, and the start of network a at pattern a.
 */
#ifndef HEBB_BENCH_REALISATION_H
#define HEBB_BENCH_REALISATION_H

#include <stdbool.h>
#include "relax.h"
#include "thermal.h"

typedef struct {
    size_t n_neurons, n_patterns, n_networks;
    hebb_update_order order;
    double temperature; /* 0: until nothing moves */
    hebb_thermal_rule rule;
    long sweeps; /* at T > 0 */
} hebb_realisation_plan;

typedef struct {
    hebb_realisation_plan plan;
    hebb_patterns patterns;
    hebb_hopfield *networks;
    hebb_sweeper sweeper; /* T = 0 */
    hebb_thermal thermal; /* T > 0 */
    hebb_relaxation *results;
    uint32_t *last_flipped;        /* of each network */
    double setup_seconds, seconds; /* the latter without set-up */
    double updates;                /* of single neurons, of all networks */
} hebb_realisation;

/*
 * Sets up: a zeroed one, or one of the same plan, whose memory is kept as `hebb run` keeps it.  HEBB_ENOMEM, HEBB_EDOM;
 * on failure it is freed.
 */
HEBB_CHECK_RESULT hebb_status hebb_realisation_init(hebb_realisation *run, const hebb_realisation_plan *plan,
                                                    uint32_t replica);

/* Runs from the starts to the end, or the plan's sweeps. */
HEBB_CHECK_RESULT hebb_status hebb_realisation_run(hebb_realisation *run);

/* Starts again at the patterns. */
void hebb_realisation_restart(hebb_realisation *run);

/* Safe on a zeroed one and twice. */
void hebb_realisation_free(hebb_realisation *run);

#endif
