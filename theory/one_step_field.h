/*
 * one_step_field - what one value of the common field gives in one-step replica-symmetry breaking
 *
 *   <.> = int Dz (.) e^(kappa L(x))/I,   x = u + z,   L(x) = t ln 2cosh(x/t),   I = int Dz e^(kappa L(x))
 *
 * the average over the states, at common field u, with weight kappa; all in units of the field's width w within u, t
 * the temperature in these units.  At t = 0, L = |x|.  Derivation: docs/theory/one_step_rsb.md (2), (9).
 */
#ifndef HEBB_THEORY_ONE_STEP_FIELD_H
#define HEBB_THEORY_ONE_STEP_FIELD_H

/* With derivatives to ln kappa (_k) and to ln t (_t).  miss is odd in u, the rest is even. */
typedef struct {
    double gap, gap_k, gap_t;                      /* <tanh^2 x/t> - <tanh x/t>^2 */
    double c, c_k, c_t;                            /* <sech^2 x/t>/t */
    double complexity, complexity_k, complexity_t; /* [ln I - kappa <L> + kappa^2 <tanh^2 x/t>/2]/kappa^2 */
    double miss, miss_k, miss_t;                   /* erf(u/sqrt(2 (1+t^2))) - <tanh x/t> */
    double entropy;                                /* <dL/dt> = <ln 2cosh x/t - (x/t) tanh x/t> */
    double wrong, wrong_t;                         /* 1 - <tanh x/t>, with its own digits where it is small */
    double sech4, c_u;                             /* <sech^4 x/t>, and the derivative of c to u; not at t = 0 */
} hebb_rsb1_field;

/* t = 0, in closed form.  u >= 0, kappa >= 0.  Relative error 1e-15 of each function's value at u = 0. */
hebb_rsb1_field hebb_rsb1_field_t0(double u, double kappa);

/*
 * t > 0.  For t < 1 the closed form and what temperature adds to the integrand, on the nodes of a table that serves
 * all u; for t >= 1 the trapezoid in z.  Relative error 1e-14 for t < 10, then eps t^2.
 *
 * Cost: 300 ns for t < 1, 2 microseconds above.
 */
#define HEBB_RSB1_NODES   64
#define HEBB_RSB1_MOMENTS 15

#define HEBB_RSB1_KAPPAS 5
#define HEBB_RSB1_INNER  5

typedef struct {
    double kappa, t;
    double x[HEBB_RSB1_NODES];
    double added[HEBB_RSB1_NODES][HEBB_RSB1_MOMENTS];                 /* to the integrand at x; see one_step_field.c */
    double inner[HEBB_RSB1_KAPPAS][HEBB_RSB1_NODES][HEBB_RSB1_INNER]; /* the same at smaller kappa, if kappa is small */
} hebb_rsb1_nodes;

void hebb_rsb1_nodes_init(hebb_rsb1_nodes *nodes, double kappa, double t);

hebb_rsb1_field hebb_rsb1_field_thermal(double u, const hebb_rsb1_nodes *nodes);

#endif
