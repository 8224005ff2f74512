/*
 * one_step_rsb - the Hopfield model at extensive load p = alpha N, one step of replica-symmetry breaking
 *
 *   H = -1/2 sum_{i != j} J_ij s_i s_j,   J_ij = (1/N) sum_mu xi_i^mu xi_j^mu
 *   h = m + sqrt(alpha r0) z0 + sqrt(alpha (r1-r0)) z1,   <.> = int Dz1 (.) (2cosh beta h)^x / int Dz1 (2cosh beta h)^x
 *   m = int Dz0 <tanh beta h>,   q0 = int Dz0 <tanh beta h>^2,   q1 = int Dz0 <tanh^2 beta h>
 *   C = beta (1-q1),   Lambda = C + mu (q1-q0),   mu = beta x
 *   r0 = q0/(1-Lambda)^2,   r1 = r0 + (q1-q0)/((1-Lambda)(1-C)),   df/dx = 0
 *
 * At T = 0, x vanishes as T and mu = x/T is left; tanh becomes the sign and (2cosh beta h)^x becomes exp(mu |h|).
 * Derivation, free energy, and the two equations that remain: docs/theory/one_step_rsb.md (2), (3).
 *
 * [AT78] de Almeida, Thouless, J. Phys. A 11 (1978) 983.
 * [CAG86] Crisanti, Amit, Gutfreund, Europhys. Lett. 2 (1986) 337.
 * [SK94] Steffan, Kuehn, Z. Phys. B 95 (1994) 249.
 */
#ifndef HEBB_THEORY_ONE_STEP_RSB_H
#define HEBB_THEORY_ONE_STEP_RSB_H

#include "capacity.h"
#include "status.h"

/* One solution of the equations.  Energies are in units of J and per neuron; entropies in units of k_B. */
typedef struct {
    double alpha;       /* load p/N */
    double temperature; /* T = 1/beta */
    double m;           /* overlap with the retrieved pattern; 0 in the glass */
    double error;       /* (1 - m)/2, with its own digits where m is close to 1 */
    double q0;          /* overlap of two states */
    double q1;          /* overlap of a state with itself; 1 at T = 0 */
    double gap;         /* q1 - q0, with its own digits; 0 where replica symmetry is stable */
    double r0;          /* noise of the patterns not retrieved that the states share: variance alpha r0 */
    double r1;          /* all of that noise: variance alpha r1 */
    double c;           /* C = beta (1 - q1), the susceptibility within a state */
    double breakpoint;  /* x, the share of pairs of replicas in two states; at T = 0 mu = lim x/T; NaN where q0 = q1 */
    double f;           /* free energy per neuron */
    double e;           /* energy per neuron */
    double s;           /* entropy per neuron; still negative at T = 0, where more steps are needed */
} hebb_rsb1_state;

/*
 * The retrieval solution at T = 0.                                                     [SK94]
 *
 * alpha  in   p/N, 0 < alpha <= alpha_c of hebb_rsb1_capacity_t0
 * state  out  f, e, m, r0, r1 to 1e-14 relative; error, gap, c, s and the breakpoint are exponentially small or large,
 *             as exp(-1/(2 alpha)) and its powers, and have relative errors of 4e-15/alpha.  Below alpha = 7e-4 they
 *             underflow to 0 and the breakpoint overflows to infinity; the gap does both below 1.4e-3.  Close to
 *             alpha_c the square root there takes digits from all but f and e, as if alpha were off in its last place.
 *
 * At alpha_c, to the last bit, the state is that of hebb_rsb1_spinodal_t0; the next double above has none.
 * Cost: 40 to 300 microseconds.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for alpha <= 0, infinite or NaN; HEBB_ENOSOLUTION above alpha_c; HEBB_ENOCONV (never
 * seen).  The state is written on HEBB_OK alone.
 */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_retrieval_t0(double alpha, hebb_rsb1_state *state);

/*
 * The spin-glass solution at T = 0, m = 0.
 *
 * alpha  in   p/N, 1e-10 <= alpha <= 1e10
 * state  out  error is 1/2; e, f to 1e-14, the others to 1e-13 relative
 *
 * Cost: 45 microseconds.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for alpha out of range or NaN; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_glass_t0(double alpha, hebb_rsb1_state *state);

/*
 * The solution at T = 0 that has y = m/sqrt(alpha r0), with no root to choose: one alpha belongs to each y, and it has
 * its maximum alpha_c at y = 2.13...: retrieval lies above, the unstable solutions below.
 *
 * y      in   1 <= y <= 1e150
 * state  out  1e-14 relative at the y given; what is exponentially small: 2 y^2 units in the last place
 *
 * Cost: 30 microseconds.  Returns HEBB_OK; HEBB_EDOM for y out of range or NaN; HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_branch_t0(double y, hebb_rsb1_state *state);

/*
 * The end of the retrieval branch at T = 0, where alpha is largest.                    [SK94]
 *
 * state  out  alpha, f, e to 1e-15, the others to 1e-13 relative
 *
 * Cost: 110 microseconds.  Returns HEBB_OK, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_spinodal_t0(hebb_rsb1_state *state);

/* The same end as a capacity: alpha_c, m_c and its share of wrong bits; [SK94] print .138186. */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_capacity_t0(hebb_capacity *capacity);

/*
 * Retrieval, glass, and the end of retrieval at any temperature; T = 0 is the above.
 *
 * alpha        in   as above
 * temperature  in   T >= 0; below 1e-150 it counts as 0 in all but the breakpoint
 * state        out  T > 0: f, e, s, m to 1e-12; gap and breakpoint 1e-11 at first, and 3e-15/d^3 at the relative
 *                   distance d from the line where the symmetry breaks or the glass begins.  Retrieval where replica
 *                   symmetry is stable, the at_margin of replica_symmetric.h positive [AT78]: that solution, with
 *                   q0 = q1, gap 0 and the breakpoint NaN; 1e-14/(1-T) relative.  The end of retrieval loses more
 *                   towards T = 1: its alpha was off by 6e-14 relative at T = .94, 5e-10 at .9999, 5e-9 at .99999 and
 *                   7e-7 at .999999, against the symmetric solution of capacity.h; always below 2e-16/(1-T)^2
 *
 * Cost: symmetric 50 to 500 microseconds; broken 1 to 25 milliseconds, the longest next to alpha_c.  Thread-safe.
 * Returns HEBB_OK; HEBB_EDOM for a value out of range or NaN; HEBB_ENOSOLUTION for a retrieval above alpha_c(T) or
 * from T = 1 on, a glass from T_g = 1 + sqrt(alpha) on; HEBB_ENOCONV within 1e-5, relative, below the line where the
 * symmetry of the retrieval state breaks, within 1e-3 below T_g, and for the end of retrieval, and loads next to it,
 * where 1 - T < 1e-7 (seen from 5e-8 on).
 */
HEBB_CHECK_RESULT hebb_status hebb_rsb1_retrieval(double alpha, double temperature, hebb_rsb1_state *state);
HEBB_CHECK_RESULT hebb_status hebb_rsb1_glass(double alpha, double temperature, hebb_rsb1_state *state);
HEBB_CHECK_RESULT hebb_status hebb_rsb1_spinodal(double temperature, hebb_rsb1_state *state);
HEBB_CHECK_RESULT hebb_status hebb_rsb1_capacity(double temperature, hebb_capacity *capacity);

#endif
