/*
 * mixture_shift - a symmetric mixture at finite N: the first correction in 1/N to its overlap and transverse eigenvalue
 *
 *   exp(-beta N f(M)) about the minimum M_n: with G the inverse Hessian and f_abc, f_abcd the derivatives of f there,
 *
 *   <M_k> = m_n + (T/N) d_k,      d = -G t/2,   t_a = f_abc G_bc
 *   cov(M)^-1 T/N = d2f + (T/N) P,   P_ij = f_ijab G_ab/2 - f_iab G_ac G_bd f_jcd/2 + f_ijk d_k
 *
 * M is the variable of the effective action, whose covariance is that of the overlaps plus T/N: what a simulation calls
 * 1/(1 + beta N Var m) is the eigenvalue of the left-hand side.  It holds while the barrier around the mixture is many T:
 * close to T_n the correction grows as 1/(N lambda^2).  Other patterns that are stored add to it and are not counted.
 * Derivation: docs/theory/mixtures_measured.md (5), (6).
 *
 * [AGS85] Amit, Gutfreund, Sompolinsky, Phys. Rev. A 32 (1985) 1007.
 */
#ifndef HEBB_THEORY_MIXTURE_SHIFT_H
#define HEBB_THEORY_MIXTURE_SHIFT_H

#include "mixture.h"

typedef struct {
    double m;              /* N (<m> - m_n) */
    double eig_transverse; /* N (lambda(N) - lambda); NaN for n = 1 */
} hebb_mixture_shift;

/*
 * For a mixture of order n with p = n patterns stored, from hebb_mixture_solve.
 *
 * Cost: n averages.  Returns HEBB_OK; HEBB_ENOSOLUTION at T = 0 and where an eigenvalue is not positive: there is no
 * minimum to expand about.
 */
HEBB_CHECK_RESULT hebb_status hebb_mixture_shift_find(const hebb_mixture *mixture, hebb_mixture_shift *shift);

#endif
