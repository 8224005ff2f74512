/*
 * rbm_modes - how the singular values of a restricted Boltzmann machine's weights grow while it learns
 *
 *   E(v, h) = -b.v - c.h - v'Wh,   W = sum_a w_a u^a v^a',   dW/dt = <v h'>_data - <v h'>_model
 *
 * t is learning rate times updates.  Along eigenvectors of the data's correlation, of eigenvalues lambda_a:
 *
 *   linear, to first order in W:    dw_a/dt = r_a w_a
 *     spin      +-1 units, no biases               r = lambda - 1                      lambda: of <v v'>, uncentred
 *     binary    {0,1} units, hidden means 1/2      r = (lambda - p(1-p))/4             lambda: of the covariance
 *     gaussian  widths sigma_v, sigma_h            r = sigma_h^2 (lambda - sigma_v^2)
 *   exact, gaussian units alone:    dw_a/dt = w_a sigma_h^2 (lambda_a - sigma_v^2/(1 - sigma_v^2 sigma_h^2 w_a^2))
 *     and for W whose u^a are not the eigenvectors,
 *                                   dW/dt = sigma_h^2 (C - (1/sigma_v^2 - sigma_h^2 W W')^-1) W
 *   mean field, spin units alone:   modes of entries +-1/sqrt(N), all orders in w: rbm_mode_states.h
 *
 * Derivations, what is centred, and the corrections of order w^2: docs/theory/rbm_modes.md (4) to (6).
 *
 * [DFF17] A. Decelle, G. Fissore, C. Furtlehner, Spectral dynamics of learning in restricted Boltzmann machines,
 *         EPL 119 (2017) 60001.
 * [DFF18] A. Decelle, G. Fissore, C. Furtlehner, Thermodynamics of restricted Boltzmann machines and related learning
 *         dynamics, J. Stat. Phys. 172 (2018) 1576.
 */
#ifndef HEBB_THEORY_RBM_MODES_H
#define HEBB_THEORY_RBM_MODES_H

#include <stddef.h>
#include "status.h"

typedef enum { HEBB_MODES_BINARY, HEBB_MODES_SPIN, HEBB_MODES_GAUSSIAN } hebb_modes_law;
typedef enum { HEBB_MODES_LINEAR, HEBB_MODES_EXACT, HEBB_MODES_MEAN_FIELD } hebb_modes_flow;

enum { HEBB_MODES_MAX_ROTATED = 16 }; /* eigenvalues, where eigenvectors rotate */

typedef struct {
    hebb_modes_law law;
    hebb_modes_flow flow;
    size_t n;                  /* of the data's eigenvalues, >= 1 */
    const double *eigenvalues; /* n, >= 0 */
    size_t n_started;          /* modes that W has at t = 0, 1 .. n */
    const double *w0;          /* n_started, > 0; exact: below 1/(sigma_v sigma_h), where the model ends */
    double rotation;         /* radians: u^a at t = 0 is column a of G_12 G_23 ... G_(n-1)n, rotations by that angle */
    double mean;             /* p of binary units, in (0, 1) */
    double sigma_v, sigma_h; /* > 0 */
    size_t n_visible, n_hidden; /* of the mean-field flow */
} hebb_modes_problem;

/* r of a mode, see above; the parameters that the law does not have are not looked at. */
double hebb_modes_rate(const hebb_modes_problem *problem, double eigenvalue);

/*
 * Where the exact flow ends: w^2 = (lambda - sigma_v^2)/(sigma_v^2 sigma_h^2 lambda) for lambda > sigma_v^2, else 0.
 */
double hebb_modes_fixed_point(double eigenvalue, double sigma_v, double sigma_h);

typedef struct hebb_modes_path hebb_modes_path;

/*
 * A path at t = 0.
 *
 * problem  in   copied, its arrays are not: they must outlive the path
 * path     out  to be freed by hebb_modes_path_free; NULL after a failure
 *
 * Returns HEBB_OK; HEBB_EDOM for numbers out of range, a flow that the law does not have, or a rotation of more than
 * HEBB_MODES_MAX_ROTATED; HEBB_ENOMEM; of the mean-field flow also as hebb_mode_states_init.
 */
HEBB_CHECK_RESULT hebb_status hebb_modes_path_init(const hebb_modes_problem *problem, hebb_modes_path **path);

/*
 * The singular values at a time, n_started of them: along their eigenvectors in the order of the eigenvalues; from the
 * largest where they rotate.
 *
 * time  in   >= 0; times in ascending order are cheapest
 * w     out  linear: to rounding; exact: to 1e-10 relative; rotated, or mean field: to 1e-10 of the largest
 *
 * By GSL's rk8pd pair with an error of 1e-12 a step, but for the linear flow, which is exp(r t).
 * Returns HEBB_OK; HEBB_EDOM; HEBB_ENOCONV after 1 000 000 steps, or where w is beyond the largest double.
 */
HEBB_CHECK_RESULT hebb_status hebb_modes_path_follow(hebb_modes_path *path, double time, double *w);

/* NULL is no path. */
void hebb_modes_path_free(hebb_modes_path *path);

#endif
