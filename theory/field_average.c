#include "field_average.h"

#include <math.h>

#include "one_spin.h"

/* exp(-CUT) is what is left out at a window's ends, relative to the largest term. */
#define CUT 42.0

/* The poles at i pi/2 leave exp(-pi^2/SMEARED_STEP) times at most the cube of 2 pi/SMEARED_STEP: below 1e-17. */
#define SMEARED_STEP 0.22

static double gaussian(double z)
{
    return 0.5 * sqrt(M_2_PI) * exp(-0.5 * z * z);
}

/* ---- over z: x = H/T = h +- w, h and w in units of T ---- */

typedef struct {
    double step, end; /* nodes w = 0, step, 2 step, ... up to end */
} half_line;

/*
 * With width s the Gaussian alone needs 0.7 s (error exp(-2 pi^2/0.49)).  Once the strip that this bound supposes
 * reaches the poles, their distance pi/2 sets the step: exp(-pi^2/step + pi^2/(8 s^2)) = exp(-CUT).
 */
static half_line half_line_for(double h, double s)
{
    const double by_poles = M_PI * M_PI / (CUT + M_PI * M_PI / (8.0 * s * s));
    const double by_gaussian = 0.68 * s;
    half_line line;
    line.step = by_gaussian > 4.0 * s * s ? by_gaussian : fmin(by_gaussian, by_poles);
    line.end = fmin(4.0 * s * s, h) + sqrt(2.0 * CUT) * s; /* sech^4 moves the largest term towards w = h */
    return line;
}

/* tanh, sech^2 and so on at a node; exponential is exp(-2|x|). */
static double tanh_from(double x, double exponential)
{
    return fabs(x) < 0.5 ? fabs(tanh(x)) : (1.0 - exponential) / (1.0 + exponential);
}

/* |x| - tanh |x|, tanh |x| being known */
static double shortfall_from(double x, double tanh_x)
{
    return fabs(x) < 0.5 ? hebb_one_spin_x_minus_tanh(fabs(x)) : fabs(x) - tanh_x;
}

static double sech2_from(double exponential)
{
    const double d = 1.0 + exponential;
    return 4.0 * exponential / (d * d);
}

static hebb_field_average average_over_z(double h, double s, double T)
{
    const half_line line = half_line_for(h, s);
    const double numerator = -expm1(-4.0 * h);
    double m = 0.0, error = 0.0, q = 0.0, sech2 = 0.0, sech4 = 0.0, slope = 0.0, shortfall = 0.0;
    for (int j = 0; j * line.step <= line.end; j++) {
        const double w = j * line.step;
        const double weight = (j == 0 ? 0.5 : 1.0) * gaussian(w / s);
        const double e_plus = exp(-2.0 * (h + w)), e_minus = exp(-2.0 * fabs(h - w));
        const double t_plus = tanh_from(h + w, e_plus), t_minus = tanh_from(h - w, e_minus);
        const double s_plus = sech2_from(e_plus), s_minus = sech2_from(e_minus);
        const double product = (1.0 + e_plus) * (1.0 + e_minus);
        /* tanh(h+w) + tanh(h-w) = sinh 2h/(cosh(h+w) cosh(h-w)) */
        m += weight * 2.0 * numerator * (w <= h ? 1.0 : e_minus) / product;
        error += weight * (e_plus / (1.0 + e_plus) + (w <= h ? e_minus : 1.0) / (1.0 + e_minus));
        q += weight * (t_plus * t_plus + t_minus * t_minus);
        sech2 += weight * (s_plus + s_minus);
        sech4 += weight * (s_plus * s_plus + s_minus * s_minus);
        shortfall += weight * (shortfall_from(h + w, t_plus) + copysign(shortfall_from(h - w, t_minus), h - w));
        slope += weight * (t_plus * s_plus + (w <= h ? t_minus : -t_minus) * s_minus);
    }
    const double scale = line.step / s;
    return (hebb_field_average){.m = scale * m,
                                .error = scale * error,
                                .q = fmin(scale * q, 1.0),
                                .c = scale * sech2 / T,
                                .c1 = -2.0 * scale * slope / (T * T),
                                .c2 = scale * (4.0 * sech2 - 6.0 * sech4) / (T * T * T),
                                .sech4 = scale * sech4 / T,
                                .shortfall = scale * shortfall};
}

static hebb_field_potential potential_over_z(double h, double s, double T)
{
    const half_line line = half_line_for(h, s);
    double potential = 0.0, entropy = 0.0;
    for (int j = 0; j * line.step <= line.end; j++) {
        const double w = j * line.step;
        const double weight = (j == 0 ? 0.5 : 1.0) * gaussian(w / s);
        for (int sign = -1; sign <= 1; sign += 2) {
            const double x = fabs(h + sign * w), e = exp(-2.0 * x), rest = log1p(e);
            const double sine = x < 0.5 ? sinh(x) : 0.0; /* cosh^2 = 1 + sinh^2: for small x nothing cancels */
            potential += weight * (x < 0.5 ? 0.5 * log1p(sine * sine) : x + rest - M_LN2);
            entropy += weight * (rest + 2.0 * x * e / (1.0 + e));
        }
    }
    const double scale = line.step / s;
    return (hebb_field_potential){.potential = T * scale * potential, .entropy = scale * entropy};
}

enum { N_SERIES = 16 };

/*
 * By partial integration of z, q - s^2 <sech^4> = <tanh x (tanh x - x + (x/3) tanh^2 x)>, in which all x have the same sign.
 * The bracket is of order x^5: with tanh x = sum t_k x^(2k+1) and tanh' = 1 - tanh^2, it is
 * -(2/3) sum (k-1) t_k x^(2k+1).
 */
static double instability_over_z(double s)
{
    double t[N_SERIES] = {1.0};
    for (int k = 1; k < N_SERIES; k++) {
        for (int i = 0; i < k; i++) t[k] -= t[i] * t[k - 1 - i];
        t[k] /= 2 * k + 1;
    }
    const half_line line = half_line_for(0.0, s);
    double sum = 0.0;
    for (int j = 1; j * line.step <= line.end; j++) {
        const double x = j * line.step, g = tanh(x);
        double bracket = g - x + x * g * g / 3.0;
        if (x < 0.4) {
            bracket = 0.0;
            for (int k = N_SERIES - 1; k >= 2; k--) bracket = bracket * x * x - (k - 1) * t[k];
            bracket *= 2.0 / 3.0 * x * x * x * x * x;
        }
        sum += 2.0 * gaussian(x / s) * g * bracket;
    }
    return line.step / s * sum;
}

/* ---- over the smearing density: v = u - t y, with u = h/a and t = T/a ---- */

typedef struct {
    long first, last; /* nodes y = k SMEARED_STEP */
} window;

/*
 * The terms behave as exp(-2|y| + u t y - t^2 y^2/2).  They are largest at y = 0, or, where u t > 2, at the top of the
 * shifted Gaussian.  Those of erfc stop falling off like that at y = u/t, where v = 0, and fall as exp(-2y) from there.
 */
static window window_for(double u, double t)
{
    const double b = 2.0 - u * t;
    const double root = sqrt(b * b + 2.0 * CUT * t * t);
    const double left = -0.5 * CUT;
    double right = b > 0.0 ? 2.0 * CUT / (b + root) : (root - b) / (t * t);
    const double log_of_largest = b > 0.0 ? -0.5 * u * u : -2.0 * (u - 1.0 / t) / t;
    if (2.0 * u < t * (CUT - log_of_largest)) right = fmax(right, u / t + 0.5 * CUT);
    return (window){.first = (long)floor(left / SMEARED_STEP), .last = (long)ceil(right / SMEARED_STEP)};
}

/* Where exp(-2(h - a^2/T)/T) has underflown, there are no terms to add; its window would be too long. */
static int has_underflown(double u, double t)
{
    return u * t > 2.0 && 2.0 * (u - 1.0 / t) / t > 760.0;
}

typedef struct {
    double error, c, c1, c2, sech4;
} smeared_sums;

/* The nodes y = 0, +-step, ... on one side; exp(-2|y|) by multiplication: its error stays far below its share. */
static void add_side(long first, long last, double u, double t_step, smeared_sums *sum)
{
    const double ratio = exp(-2.0 * SMEARED_STEP);
    double exponential = first == 0 ? 1.0 : ratio;
    for (long k = first; k <= last; k++, exponential *= ratio) {
        const double v = u - t_step * (double)k;
        const double sech2 = sech2_from(exponential), density = sech2 * gaussian(v);
        sum->error += sech2 * erfc(M_SQRT1_2 * v);
        sum->c += density;
        sum->c1 -= v * density;
        sum->c2 += (v * v - 1.0) * density;
        sum->sech4 += sech2 * density;
    }
}

static hebb_field_average average_smeared(double u, double t, double a)
{
    smeared_sums sum = {0};
    if (!has_underflown(u, t)) {
        const window nodes = window_for(u, t);
        add_side(0, nodes.last, u, t * SMEARED_STEP, &sum);
        add_side(1, -nodes.first, u, -t * SMEARED_STEP, &sum);
    }
    const double error = 0.25 * SMEARED_STEP * sum.error, c = SMEARED_STEP * sum.c / a;
    return (hebb_field_average){.m = 1.0 - 2.0 * error,
                                .error = error,
                                .q = 1.0 - a * t * c,
                                .c = c,
                                .c1 = SMEARED_STEP * sum.c1 / (a * a),
                                .c2 = SMEARED_STEP * sum.c2 / (a * a * a),
                                .sech4 = SMEARED_STEP * sum.sech4 / a,
                                .shortfall = u / t - (1.0 - 2.0 * error)};
}

static hebb_field_potential potential_smeared(double u, double t, double a)
{
    double potential = 0.0, entropy = 0.0;
    const window all = window_for(0.0, 0.0); /* |v| is not small anywhere: the density alone sets the ends */
    for (long k = all.first; k <= all.last; k++) {
        const double y = SMEARED_STEP * (double)k, v = u - t * y;
        potential += sech2_from(exp(-2.0 * fabs(y))) * (v * erf(M_SQRT1_2 * v) + 2.0 * gaussian(v));
    }
    if (t > 0.0 && !has_underflown(u, t)) {
        const window nodes = window_for(u, t);
        for (long k = nodes.first; k <= nodes.last; k++) {
            const double y = SMEARED_STEP * (double)k, e = exp(-2.0 * fabs(y));
            entropy += (log1p(e) + 2.0 * fabs(y) * e / (1.0 + e)) * gaussian(u - t * y);
        }
    }
    return (hebb_field_potential){.potential = 0.5 * SMEARED_STEP * a * potential - t * a * M_LN2,
                                  .entropy = SMEARED_STEP * t * entropy};
}

hebb_field_average hebb_field_average_at(double h, double a, double T)
{
    return a > HEBB_FIELD_SMEARED_FROM * T ? average_smeared(h / a, T / a, a) : average_over_z(h / T, a / T, T);
}

hebb_field_potential hebb_field_potential_at(double h, double a, double T)
{
    return a > HEBB_FIELD_SMEARED_FROM * T ? potential_smeared(h / a, T / a, a) : potential_over_z(h / T, a / T, T);
}

double hebb_field_instability(double a, double T)
{
    if (a <= HEBB_FIELD_SMEARED_FROM * T) return instability_over_z(a / T);
    const hebb_field_average f = average_smeared(0.0, T / a, a);
    return f.q - a * a * f.sech4 / T;
}
