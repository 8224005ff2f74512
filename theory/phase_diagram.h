/*
 * phase_diagram - the lines of the Hopfield model in the plane of load and temperature, replica symmetry
 *
 *   T_g   the spin glass appears:                       T_g = 1 + sqrt(alpha)
 *   T_M   the retrieval state appears (spinodal):       d alpha/da = 0 along the branch of given T
 *   T_c   retrieval becomes the global minimum:         f_retrieval = f_glass
 *   T_R   retrieval's replica symmetry breaks below:    alpha <sech^4>/T^2 = (1 - C)^2
 *
 * T_M and T_c bend back at low temperature: beyond their loads at T = 0 retrieval, or its dominance, is found between a
 * lower and an upper temperature only.  Equations: replica_symmetric_branch.h, docs/theory/thermal.md (1), (2).
 *
 * [AGS87] Amit, Gutfreund, Sompolinsky, Ann. Phys. (N.Y.) 173 (1987) 30.
 * [AT78]  de Almeida, Thouless, J. Phys. A 11 (1978) 983.
 */
#ifndef HEBB_THEORY_PHASE_DIAGRAM_H
#define HEBB_THEORY_PHASE_DIAGRAM_H

#include "status.h"

typedef struct {
    double alpha, temperature;
} hebb_phase_point;

/* Where the lines turn back: their largest loads. */
typedef struct {
    hebb_phase_point retrieval;     /* top of T_M */
    hebb_phase_point thermodynamic; /* top of T_c */
    double retrieval_t0;            /* load of T_M at T = 0, alpha_c */
    double thermodynamic_t0;        /* load of T_c at T = 0, alpha_g */
    double at;                      /* the largest load with a T_R */
    double at_signal;               /* m/sqrt(alpha r) there */
} hebb_phase_tops;

/* NaN: no such temperature. */
typedef struct {
    double glass;
    double retrieval, retrieval_lower; /* lower ends: NaN where retrieval extends to T = 0 */
    double thermodynamic, thermodynamic_lower;
    double
        at; /* T_R; the lower one where, within 1e-7 of its largest load, there are two; 0 where T_R, exp(-1/(2 alpha)) for small alpha, underflows */
} hebb_phase_lines;

/*
 * tops  out  alphas to 1e-13, temperatures to 1e-7 (places of maxima; T_M's and T_c's to 1e-11)
 *
 * Cost: 10 ms.  Returns HEBB_OK, HEBB_ENOCONV (never seen) or HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_phase_tops_find(hebb_phase_tops *tops);

/*
 * All lines at one load.                                                        [AGS87] fig. 3; T_R: [AT78]
 *
 * alpha  in   > 0
 * tops   in   of hebb_phase_tops_find
 * lines  out  relative errors 1e-13 (T_c for alpha < 1e-20: 1e-14), except close to a top, where T's is
 *             1e-15/sqrt(1 - alpha/top), and in the lower ends close to their loads at T = 0, where it is
 *             1e-16/(alpha - alpha(0))
 *
 * Cost: 0.8 ms.  Returns HEBB_OK, HEBB_EDOM for alpha <= 0, infinite or NaN, or HEBB_ENOCONV (never seen).
 */
HEBB_CHECK_RESULT hebb_status hebb_phase_lines_at(double alpha, const hebb_phase_tops *tops, hebb_phase_lines *lines);

#endif
