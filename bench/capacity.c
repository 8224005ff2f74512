/* One realisation of the capacity experiment, set-up included, on one core: prints seconds, overlap, sweeps. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "relax.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        (void)fprintf(stderr, "usage: capacity N ALPHA REPLICA\n");
        return EXIT_FAILURE;
    }
    const size_t n = (size_t)atol(argv[1]), p = hebb_patterns_at_load(atof(argv[2]), n);
    const double started = now();
    hebb_patterns patterns = {0};
    hebb_hopfield network = {0};
    hebb_relax_workspace workspace = {0};
    hebb_status status = hebb_patterns_init(&patterns, n, p);
    if (status == HEBB_OK) {
        hebb_patterns_draw(&patterns, 1, (uint32_t)atol(argv[3]));
        status = hebb_hopfield_init(&network, &patterns);
    }
    if (status == HEBB_OK) status = hebb_relax_workspace_init(&workspace, n);
    if (status == HEBB_OK) {
        const hebb_relax_options how = {.order = HEBB_ORDER_SEQUENTIAL, .max_sweeps = 10000};
        hebb_hopfield_start_at_pattern(&network, 0);
        const hebb_relaxation relaxation = hebb_relax(&network, &how, &workspace);
        const double seconds = now() - started;
        (void)printf("%.6f %.6f %ld\n", seconds, hebb_hopfield_overlap(&network, 0), relaxation.sweeps);
    } else {
        (void)fprintf(stderr, "capacity: %s\n", hebb_diagnostic());
    }
    hebb_relax_workspace_free(&workspace);
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
    return status == HEBB_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
