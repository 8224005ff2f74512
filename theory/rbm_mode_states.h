/*
 * rbm_mode_states - machines of +-1 units whose modes have entries +-1/sqrt(N): their correlations, exactly
 *
 *   W = sum_a w_a u^a v^a',  u_i^a = e_a(g)/sqrt(N_v), v_j^a = e_a(g)/sqrt(N_h) for the units of group g,
 *   s_a = sum_i u_i^a v_i,  tau_a = sum_j v_j^a h_j,       dw_a/dt = <s_a tau_a>_data - <s_a tau_a>_model
 *
 * K = 1, 2, 3 modes have G = 2^(K-1) groups of the same size, e_1 = 1 and the others the signs of g's bits: any K rows of
 * signs are of this kind once units are turned over, as long as all combinations are equally many.  A state counts by its
 * groups' magnetisations alone:
 *
 *   model  P(s) ~ Omega(s) prod_g (2 cosh(sum_a w_a s_a e_a(g)/sqrt(N_h)))^(N_h/G)
 *   data   P(s) ~ Omega(s) exp(sum_a J_a s_a^2/2), <s_a^2> = lambda_a: of all laws with these eigenvalues the one of
 *          largest entropy
 *
 * Omega is the number of the group's states.  For N_v, N_h to infinity at w < 1 and finite lambda the flow is the Gaussian
 * one at sigma_v = sigma_h = 1; at w > 1 one mode has <s tau>/L = m_v m_h, m_v = tanh(w m_h k), m_h = tanh(w m_v/k),
 * L = sqrt(N_v N_h), k = (N_h/N_v)^(1/2): the order parameters of [DFF18].  docs/theory/rbm_modes.md (2).
 *
 * [DFF18] A. Decelle, G. Fissore, C. Furtlehner, J. Stat. Phys. 172 (2018) 1576.
 */
#ifndef HEBB_THEORY_RBM_MODE_STATES_H
#define HEBB_THEORY_RBM_MODE_STATES_H

#include <stddef.h>
#include "status.h"

enum { HEBB_MODE_STATES_MAX_MODES = 3, HEBB_MODE_STATES_MAX = 1000000 };

typedef struct {
    size_t n_modes, n_groups, n_visible, n_hidden, n_states;
    double couplings[HEBB_MODE_STATES_MAX_MODES]; /* J of the data's law */
    double *s;                                    /* n_states x n_modes */
    double *log_count;                            /* n_states: ln Omega */
    double *data;                                 /* n_states: the data's law */
    double *model;                                /* n_states: room */
} hebb_mode_states;

/*
 * n_modes      in   1 .. 3
 * n_visible, n_hidden  in   multiples of the number of groups; (n_visible/G + 1)^G states, 1 000 000 at most
 * eigenvalues  in   n_modes, > 0
 * states       out  to be freed, also after a failure
 *
 * Returns HEBB_OK; HEBB_EDOM for sizes that are no such; HEBB_ENOSOLUTION where no law has these eigenvalues: each is
 * below n_visible, and so is their sum, or they are so near to such a bound that J is not found; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_mode_states_init(hebb_mode_states *states, size_t n_modes, size_t n_visible,
                                                    size_t n_hidden, const double *eigenvalues);

/* <s_a tau_a> of the data and of the model at weights w; n_modes each.  To rounding.  Cost: n_states x n_groups. */
void hebb_mode_states_correlate(hebb_mode_states *states, const double *w, double *data, double *model);

/* Safe on zeroed ones and twice. */
void hebb_mode_states_free(hebb_mode_states *states);

#endif
