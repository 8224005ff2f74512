/*
 * Gibbs sampling of an RBM of 16 x 12 units against its exact averages <v_i h_j>: a table of errors at 10^5, 10^6 and 10^7 samples.
 * The argument is the seed.  The root mean square error must fall by more than 2.2 a step (3.16 expected, its own spread
 * is .1 of it), and that of the z-scores lie within .6 and 1.6: P = 1e-5 of a false alarm.
 */
#include <stdio.h>
#include <stdlib.h>

#include "rbm_samples.h"

int main(int argc, char **argv)
{
    const uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    double before = INFINITY;
    int n_bad = 0;
    (void)printf("%10s %12s %12s %8s\n", "samples", "rms_error", "largest", "rms_z");
    for (long n = 100000; n <= 10000000; n *= 10) {
        const rbm_sampling_error error = rbm_samples_error(n, seed);
        const bool good = error.rms * 2.2 < before && error.z > 0.6 && error.z < 1.6;
        (void)printf("%10ld %12.3e %12.3e %8.2f%s\n", n, error.rms, error.largest, error.z,
                     good ? "" : "  not as it should");
        n_bad += !good;
        before = error.rms;
    }
    return n_bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
