/*
 * rbm_ladder_ratios - ln Z along a training: ladders of replica exchange through its checkpoints, and bridges from rung to rung
 *
 *   ln Z = ln Z_0 + sum of ln Z_{k+1}/Z_k over the rungs below                             (rbm_ladder.h, rbm_bridge.h)
 *
 * Ladders are independent: what they differ by is the error bar, correlations along a ladder and from round to round
 * included.  It knows nothing of what no ladder has seen; that ladders are not at rest yet shows where the two halves of the
 * rounds differ.
 */
#ifndef HEBB_ANALYSIS_RBM_LADDER_RATIOS_H
#define HEBB_ANALYSIS_RBM_LADDER_RATIOS_H

#include "rbm_ladder.h"
#include "rbm_run.h"

typedef struct {
    size_t n_ladders;    /* 2 or more */
    long settle, sweeps; /* rounds that are left out, and that count: 2 or more, half of them a pair */
    uint64_t seed;
    int n_threads;
} hebb_ladder_ratios_options;

typedef struct {
    double ln_z, ln_z_err;
    double drift, drift_err; /* of ln Z from the first half of the rounds to the second; NaN where there are too few */
    double acceptance;       /* the least share of exchanges on the way */
} hebb_ladder_ratio;

typedef struct {
    hebb_rbm_ladder ladder;
    double least_acceptance, mean_acceptance;
    hebb_ladder_ratio *ratios; /* a rung */
} hebb_ladder_ratios;

/*
 * checkpoints  in   n of them, rising, whose ln Z is wanted; those between are rungs where they are of use
 *
 * HEBB_EDOM, HEBB_EDATA, HEBB_EIO, HEBB_ENOMEM.  To be freed in any case.
 */
HEBB_CHECK_RESULT hebb_status hebb_ladder_ratios_init(hebb_ladder_ratios *ratios, const hebb_rbm_run *run, size_t n,
                                                      const size_t *checkpoints,
                                                      const hebb_ladder_ratios_options *options);

/* Safe on a zeroed one and twice. */
void hebb_ladder_ratios_free(hebb_ladder_ratios *ratios);

/* Whether the checkpoint is a rung, and then its ratio; the states of its chains, borrowed, NULL where it is none. */
bool hebb_ladder_ratios_get(const hebb_ladder_ratios *ratios, size_t checkpoint, hebb_ladder_ratio *ratio);
const hebb_layer_states *hebb_ladder_ratios_states(const hebb_ladder_ratios *ratios, size_t checkpoint);

#endif
