#include "mixture_shift.h"

#include <math.h>

#include "one_spin.h"

/*
 * Third and fourth derivatives of f at the mixture.  They depend on which indices are left when equal ones are paired
 * off: three[k] with one or three left, four[k] with none, two or four left.
 */
typedef struct {
    double one, three;
    double none, two, four;
} derivatives;

/* E[xi^1 .. xi^k | z] for k = 1 .. 4; 0 where there are not so many patterns. */
static void mean_products(double n, double z, double product[5])
{
    const double z2 = z * z;
    product[1] = z / n;
    product[2] = n > 1.0 ? (z2 - n) / (n * (n - 1.0)) : 0.0;
    product[3] = n > 2.0 ? (z2 - 3.0 * n + 2.0) * z / (n * (n - 1.0) * (n - 2.0)) : 0.0;
    product[4] = n > 3.0
                     ? (z2 * z2 - (6.0 * n - 8.0) * z2 + 3.0 * n * (n - 2.0)) / (n * (n - 1.0) * (n - 2.0) * (n - 3.0))
                     : 0.0;
}

static derivatives find_derivatives(int n, double m, double T)
{
    double weight[HEBB_MAX_ORDER + 1], product[5];
    hebb_pattern_sum_law(n, weight);
    derivatives d = {0};
    for (int k = 0; k <= n; k++) {
        const double z = n - 2 * k, x = m * z / T;
        const double t = tanh(x), s = hebb_one_spin_sech2(x);
        /* -T ln 2cosh(x) differentiated three and four times in M: the second is -sech^2/T */
        const double third = 2.0 * t * s / (T * T), fourth = 2.0 * s * (s - 2.0 * t * t) / (T * T * T);
        mean_products(n, z, product);
        d.one += weight[k] * third * product[1];
        d.three += weight[k] * third * product[3];
        d.none += weight[k] * fourth;
        d.two += weight[k] * fourth * product[2];
        d.four += weight[k] * fourth * product[4];
    }
    return d;
}

hebb_status hebb_mixture_shift_find(const hebb_mixture *mixture, hebb_mixture_shift *shift)
{
    const double n = mixture->order, T = mixture->temperature, eigenvalue = mixture->eig_transverse;
    if (!(T > 0.0) || !(mixture->eig_longitudinal > 0.0) || eigenvalue <= 0.0) return HEBB_ENOSOLUTION;
    const derivatives d = find_derivatives(mixture->order, mixture->m, T);

    /* G = g + (G_l - g)/n 1 1^T; n = 1 has only the longitudinal direction */
    const double g_long = 1.0 / mixture->eig_longitudinal, g = n > 1.0 ? 1.0 / eigenvalue : g_long;
    const double rest = (g_long - g) / n, split = d.one - d.three;
    /* t_a, the same for all a, and from it the mean */
    const double tension =
        g * n * d.one + rest * (n * d.one + 2.0 * (n - 1.0) * d.one + (n - 1.0) * (n - 2.0) * d.three);
    const double mean = -0.5 * g_long * tension;
    shift->m = T * mean;
    shift->eig_transverse = NAN;
    if (n < 2.0) return HEBB_OK;

    /* P of the direction e = (1, -1, 0, ..)/sqrt 2, P_11 - P_12 */
    const double quartic =
        g * n * (d.none - d.two) +
        rest * ((n - 2.0) * d.none + (n * (n - 2.0) - 4.0 * (n - 2.0)) * d.two - (n - 2.0) * (n - 3.0) * d.four);
    const double cubic = split * split * (n - 2.0) * g * (g + rest * (n - 2.0));
    shift->eig_transverse = T * (0.5 * quartic - cubic + mean * (n - 2.0) * split);
    return HEBB_OK;
}
