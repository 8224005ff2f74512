/*
 * rbm_likelihood - ln Z of the machines of a training by several methods, and with it the mean of ln p(v) over cases
 *
 *   exact        enumeration (rbm_exact.h)
 *   ais          annealed importance sampling from independent units up to the machine (rbm_ais.h): a bound from below
 *   reverse-ais  the same from the machine's own states down; a bound from above where these are exact
 *   ladder       replica exchange through the training from a machine without weights, whose ln Z is known
 *                (rbm_ladder.h), and the ratios between neighbouring rungs (rbm_bridge.h)
 *
 * Methods that differ by more than HEBB_LIKELIHOOD_DIFFER of their errors together say so, and so do the two halves of a
 * ladder's rounds.  Where Z is enumerated, estimates are held against it alone, and its own row stays as it is.
 */
#ifndef HEBB_ANALYSIS_RBM_LIKELIHOOD_H
#define HEBB_ANALYSIS_RBM_LIKELIHOOD_H

#include <stdio.h>
#include "rbm_run.h"

typedef enum {
    HEBB_LIKELIHOOD_EXACT,
    HEBB_LIKELIHOOD_AIS,
    HEBB_LIKELIHOOD_REVERSE_AIS,
    HEBB_LIKELIHOOD_LADDER
} hebb_likelihood_method;

enum { HEBB_LIKELIHOOD_METHODS = 4, HEBB_LIKELIHOOD_NOTE = 240 };

/*
 * Errors at which two methods are said to differ: they are honest but not normal, so more than the three of a verdict.
 * Effective samples below which an error bar is said to mean nothing: of so few the largest weight is one in ten.
 */
#define HEBB_LIKELIHOOD_DIFFER 4.0
#define HEBB_LIKELIHOOD_FEW    10.0
/* Share of exchanges below which a ladder is said to be broken. */
#define HEBB_LIKELIHOOD_BROKEN 0.05

/* "exact", "ais", "reverse-ais", "ladder": by method. */
extern const char *const hebb_likelihood_words[];

typedef struct {
    bool wants[HEBB_LIKELIHOOD_METHODS];
    size_t n_chains;     /* of ais and reverse-ais; 2 or more */
    long n_steps;        /* temperatures of both */
    size_t n_ladders;    /* 2 or more */
    long settle, sweeps; /* rounds of the ladders that are left out, and that count; sweeps 2 or more */
    uint64_t seed;
    int n_threads;
    FILE *log; /* NULL: nothing is said */
} hebb_likelihood_options;

typedef struct {
    uint64_t update;
    hebb_likelihood_method method;
    double ln_z, ln_z_err, ess;      /* NAN: none */
    double ll_train, ll_test;        /* per case; NAN: none */
    char note[HEBB_LIKELIHOOD_NOTE]; /* "ok", or what to think of it */
} hebb_likelihood_row;

/*
 * checkpoints  in   n_checkpoints numbers of checkpoints of the run, rising
 * train, test  in   cases; NULL: none.  The base of ais is made from `train`, else `test`, else from the machine's bias
 * rows         out  HEBB_LIKELIHOOD_METHODS a checkpoint at most; *n_rows of them; the caller frees it
 *
 * A method that does not apply to a machine has no row.  HEBB_EDOM, HEBB_EDATA, HEBB_ENOMEM, HEBB_EIO.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_likelihood(const hebb_rbm_run *run, size_t n_checkpoints,
                                                  const size_t *checkpoints, const hebb_layer_states *train,
                                                  const hebb_layer_states *test, const hebb_likelihood_options *options,
                                                  size_t *n_rows, hebb_likelihood_row **rows);

/* The mean of ln p*(v) = -F(v) over cases.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_rbm_mean_log_weight(const hebb_rbm *rbm, const hebb_layer_states *cases,
                                                       double *mean);

#endif
