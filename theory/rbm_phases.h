/*
 * rbm_phases - the phases of a restricted Boltzmann machine with one planted mode, replica-symmetric
 *
 *   E(s, t) = -sum_ij s_i W_ij t_j,   W_ij = w u_i v_j/L + r_ij,   s_i, t_j = +-1,   temperature 1     [DFF18]
 *
 * with N_v visible units s, N_h hidden units t, kappa = N_h/N_v, L = sqrt(N_v N_h), u_i and v_j drawn from one law
 * with mean 0 and variance 1, and r_ij Gaussian of variance sigma^2/L.  The mode's unit vectors are u/sqrt(N_v) and
 * v/sqrt(N_h), so w is its singular value.  x is a unit Gaussian, E the average over x and u, or x and v:
 *
 *   h     = kappa^(1/4)  (sigma sqrt(q)     x + w m     u)   field on a visible unit
 *   h_bar = kappa^(-1/4) (sigma sqrt(q_bar) x + w m_bar v)   field on a hidden unit
 *   m     = kappa^(1/4)  E[v tanh h_bar] = kappa^(1/4)  <sum_j v_j t_j>/N_h,   q     = E tanh^2 h_bar
 *   m_bar = kappa^(-1/4) E[u tanh h]     = kappa^(-1/4) <sum_i u_i s_i>/N_v,   q_bar = E tanh^2 h
 *
 * m and q are the hidden layer's, whose field the visible units feel; the barred ones are the visible layer's.  The
 * solutions are stationary points of the free energy per L
 *
 *   f = w m m_bar - (sigma^2/2)(1 - q)(1 - q_bar) - kappa^(-1/2) E ln 2cosh h - kappa^(1/2) E ln 2cosh h_bar
 *
 * and the energy per L, the derivative of f as w and sigma are scaled together, is -w m m_bar - sigma^2 (1 - q q_bar).
 *
 * Paramagnet: m = q = 0, for w <= 1 and sigma <= 1.  Glass: m = 0, q > 0.  Ferromagnet: m > 0; it grows out of m = 0 at
 * w^2 (1 - q)(1 - q_bar) = 1.  Replica symmetry holds where sigma^4 E[sech^4 h] E[sech^4 h_bar] < 1 [AT78]: nowhere in
 * the glass. Derivation: docs/theory/rbm_phases.md (1) to (3).
 *
 * [DFF18] A. Decelle, G. Fissore, C. Furtlehner, J. Stat. Phys. 172 (2018) 1576.
 * [AT78]  J. R. L. de Almeida, D. J. Thouless, J. Phys. A 11 (1978) 983.
 */
#ifndef HEBB_THEORY_RBM_PHASES_H
#define HEBB_THEORY_RBM_PHASES_H

#include "status.h"

/* The law of u_i and v_j, of variance 1: unit Gaussian; +-1; density exp(-sqrt(2) |u|)/sqrt(2). */
typedef enum { HEBB_RBM_GAUSSIAN_MODE, HEBB_RBM_BINARY_MODE, HEBB_RBM_LAPLACE_MODE } hebb_rbm_mode_law;

typedef struct {
    double kappa;  /* N_h/N_v, 1e-12 .. 1e12 */
    double sigma;  /* 0 .. 1e6 */
    double weight; /* w, 0 .. 1e6 */
    hebb_rbm_mode_law law;
} hebb_rbm_system;

typedef struct {
    double m, m_bar, q, q_bar;
    double free_energy; /* f = -ln Z/L */
    double energy;      /* <E>/L */
    double at_margin;   /* 1 - sigma^4 E[sech^4 h] E[sech^4 h_bar]; replica symmetry is stable where it is positive */
    double residual;    /* the largest |right - left|/left of the equations for m and q, of those that are not 0 */
} hebb_rbm_state;

typedef enum { HEBB_RBM_PARAMAGNET, HEBB_RBM_FERROMAGNET, HEBB_RBM_GLASS } hebb_rbm_phase;

/* paramagnet, ferromagnet, glass */
const char *hebb_rbm_phases_text(hebb_rbm_phase phase);

/*
 * f at any order parameters, q and q_bar in [0, 1], m and m_bar >= 0: to a relative 1e-13, Laplace 1e-12.  NaN for a
 * system out of range.
 */
double hebb_rbm_phases_free_energy(const hebb_rbm_system *system, double m, double m_bar, double q, double q_bar);

/*
 * The solution with m = 0 and the largest q: the glass for sigma > 1, the paramagnet with exact zeros below.  It does
 * not depend on the law.
 *
 * state  out  relative errors 1e-12, in q and q_bar 1e-13/(sigma - 1)
 *
 * Returns HEBB_OK; HEBB_EDOM for a system out of range or NaN; HEBB_ENOCONV.  Cost: some 20 us.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_phases_unmagnetised(const hebb_rbm_system *system, hebb_rbm_state *state);

/*
 * The solution with m > 0.  No system was found to have two: see the notes.
 *
 * state  out  relative errors 1e-11; near the line where m vanishes as d^(1/2), of m 1e-13/d
 *
 * Returns HEBB_OK; HEBB_ENOSOLUTION where there is none; HEBB_EDOM; HEBB_ENOCONV (never seen).
 * Cost: .2 ms, Laplace 20 ms.  Thread-safe.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_phases_ferromagnet(const hebb_rbm_system *system, hebb_rbm_state *state);

/*
 * The phase and its state: the ferromagnet where it exists, the solution with m = 0 elsewhere.  Returns as the two
 * above.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_phases_at(const hebb_rbm_system *system, hebb_rbm_state *state,
                                                 hebb_rbm_phase *phase);

/* The lines at one sigma; system->weight is not looked at.  That of paramagnet and glass is sigma = 1. */
typedef struct {
    double ferromagnet; /* w above which m > 0: 1 for sigma <= 1, above it ((1 - q)(1 - q_bar))^(-1/2) of the glass */
    double at; /* w above which the ferromagnet's replica symmetry is stable, sigma > 1; NaN below: everywhere */
} hebb_rbm_lines;

/*
 * Relative errors 1e-12 and 1e-9.  Returns as hebb_rbm_phases_ferromagnet; HEBB_ENOSOLUTION where the second is
 * above 1e6.
 */
HEBB_CHECK_RESULT hebb_status hebb_rbm_phases_lines_at(const hebb_rbm_system *system, hebb_rbm_lines *lines);

#endif
