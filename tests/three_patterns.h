/*
 * three_patterns - equilibrium of a network with three balanced patterns, around their mixture, by an exact sum
 *
 * A neuron and one with all three signs turned over are alike once s_i is counted along xi_i^1: four groups of N/4
 * neurons are left, with the signs (1, 1, 1), (1, 1, -1), (1, -1, 1), (1, -1, -1), and a state is the number of spins down in
 * each.  States of the mixture are those whose smallest overlap is above 3/5 of the largest: a little above the saddle's
 * ratio for T < .2, so that the sum ends where its terms are small.  Cost: (N/4)^4.
 */
#ifndef HEBB_TESTS_THREE_PATTERNS_H
#define HEBB_TESTS_THREE_PATTERNS_H

#include <math.h>

typedef struct {
    double m, energy;                        /* mean overlap and energy per neuron */
    double eig_longitudinal, eig_transverse; /* 1/(1 + (N/T) Var) */
} three_patterns;

static inline three_patterns three_patterns_sum(int n_neurons, double T)
{
    enum { MAX_GROUP = 64 };
    const int g = n_neurons / 4;
    double entropy[MAX_GROUP + 1], sum = 0.0, mean = 0.0, square = 0.0, transverse = 0.0, energy = 0.0;
    for (int k = 0; k <= g; k++) entropy[k] = lgamma(g + 1.0) - lgamma(k + 1.0) - lgamma(g - k + 1.0);
    for (int a = 0; a <= g; a++)
        for (int b = 0; b <= g; b++)
            for (int c = 0; c <= g; c++)
                for (int d = 0; d <= g; d++) {
                    const int A = g - 2 * a, B = g - 2 * b, C = g - 2 * c, D = g - 2 * d;
                    const int M[3] = {A + B + C + D, A + B - C - D, A - B + C - D};
                    const int least = M[0] < M[1] ? (M[0] < M[2] ? M[0] : M[2]) : (M[1] < M[2] ? M[1] : M[2]);
                    const int most = M[0] > M[1] ? (M[0] > M[2] ? M[0] : M[2]) : (M[1] > M[2] ? M[1] : M[2]);
                    if (least <= 0 || 5 * least < 3 * most) continue;
                    const double squares = (double)M[0] * M[0] + (double)M[1] * M[1] + (double)M[2] * M[2];
                    const double H = (3.0 - squares / n_neurons) / 2.0;
                    const double weight =
                        exp(entropy[a] + entropy[b] + entropy[c] + entropy[d] - (H + 0.4 * n_neurons) / T);
                    const double m = (M[0] + M[1] + M[2]) / (3.0 * n_neurons);
                    sum += weight;
                    mean += weight * m;
                    square += weight * m * m;
                    energy += weight * H / n_neurons;
                    transverse += weight * (squares / ((double)n_neurons * n_neurons) - 3.0 * m * m) / 2.0;
                }
    mean /= sum;
    const double longitudinal = 3.0 * (square / sum - mean * mean);
    return (three_patterns){mean, energy / sum, 1.0 / (1.0 + n_neurons / T * longitudinal),
                            1.0 / (1.0 + n_neurons / T * transverse / sum)};
}

#endif
