/*
 * dual - numbers that carry their derivatives, for Newton's iteration without difference quotients
 *
 *   x = x.v + sum_k x.d[k] eps_k,   eps_j eps_k = 0
 *
 * An expression written in these has, to rounding, the derivatives of the expression itself.  All is inline.
 */
#ifndef HEBB_THEORY_DUAL_H
#define HEBB_THEORY_DUAL_H

#include <math.h>

#define HEBB_DUAL_DIRECTIONS 4

typedef struct {
    double v;                       /* value */
    double d[HEBB_DUAL_DIRECTIONS]; /* its derivatives */
} hebb_dual;

static inline hebb_dual hebb_dual_constant(double x)
{
    return (hebb_dual){.v = x};
}

/* The variable of direction k. */
static inline hebb_dual hebb_dual_variable(double x, int k)
{
    hebb_dual y = {.v = x};
    y.d[k] = 1.0;
    return y;
}

/* A function of x with the value and the slope given. */
static inline hebb_dual hebb_dual_chain(hebb_dual x, double value, double slope)
{
    hebb_dual y = {.v = value};
    for (int k = 0; k < HEBB_DUAL_DIRECTIONS; k++) y.d[k] = slope * x.d[k];
    return y;
}

/* a x + b y + c */
static inline hebb_dual hebb_dual_linear(double a, hebb_dual x, double b, hebb_dual y, double c)
{
    hebb_dual z = {.v = a * x.v + b * y.v + c};
    for (int k = 0; k < HEBB_DUAL_DIRECTIONS; k++) z.d[k] = a * x.d[k] + b * y.d[k];
    return z;
}

static inline hebb_dual hebb_dual_add(hebb_dual x, hebb_dual y)
{
    return hebb_dual_linear(1.0, x, 1.0, y, 0.0);
}

static inline hebb_dual hebb_dual_sub(hebb_dual x, hebb_dual y)
{
    return hebb_dual_linear(1.0, x, -1.0, y, 0.0);
}

static inline hebb_dual hebb_dual_scale(double a, hebb_dual x)
{
    return hebb_dual_chain(x, a * x.v, a);
}

static inline hebb_dual hebb_dual_mul(hebb_dual x, hebb_dual y)
{
    hebb_dual z = {.v = x.v * y.v};
    for (int k = 0; k < HEBB_DUAL_DIRECTIONS; k++) z.d[k] = x.v * y.d[k] + y.v * x.d[k];
    return z;
}

static inline hebb_dual hebb_dual_div(hebb_dual x, hebb_dual y)
{
    const double quotient = x.v / y.v;
    hebb_dual z = {.v = quotient};
    for (int k = 0; k < HEBB_DUAL_DIRECTIONS; k++) z.d[k] = (x.d[k] - quotient * y.d[k]) / y.v;
    return z;
}

static inline hebb_dual hebb_dual_log(hebb_dual x)
{
    return hebb_dual_chain(x, log(x.v), 1.0 / x.v);
}

static inline hebb_dual hebb_dual_log1p(hebb_dual x)
{
    return hebb_dual_chain(x, log1p(x.v), 1.0 / (1.0 + x.v));
}

static inline hebb_dual hebb_dual_exp(hebb_dual x)
{
    const double value = exp(x.v);
    return hebb_dual_chain(x, value, value);
}

static inline hebb_dual hebb_dual_sqrt(hebb_dual x)
{
    const double root = sqrt(x.v);
    return hebb_dual_chain(x, root, 0.5 / root);
}

/* 1 - x */
static inline hebb_dual hebb_dual_complement(hebb_dual x)
{
    return hebb_dual_chain(x, 1.0 - x.v, -1.0);
}

#endif
