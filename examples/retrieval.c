/*
 * The overlap with a stored pattern at load alpha and T = 0: replica theory, and beside it a network that relaxes.
 *
 *   make && ./retrieval 0.1
 */
#include <gsl/gsl_errno.h>
#include <hebb/relax.h>
#include <hebb/replica_symmetric.h>
#include <stdio.h>
#include <stdlib.h>

enum { N_NEURONS = 4000, MAX_SWEEPS = 1000, SEED = 1 };

/* The overlap with pattern 0 where the walk that starts there ends. */
static hebb_status simulate(double alpha, double *overlap)
{
    hebb_patterns patterns = {0};
    hebb_hopfield network = {0};
    hebb_sweeper sweeper = {0};
    hebb_relaxation relaxation;
    const hebb_relax_options options = {.max_sweeps = MAX_SWEEPS};
    const size_t n_patterns = hebb_patterns_at_load(alpha, N_NEURONS);

    hebb_status status = hebb_patterns_init(&patterns, N_NEURONS, n_patterns, HEBB_STORE_SLICES);
    if (status != HEBB_OK) goto out;
    hebb_patterns_draw(&patterns, SEED, 0);
    status = hebb_hopfield_init(&network, &patterns);
    if (status != HEBB_OK) goto out;
    hebb_hopfield_start_at_pattern(&network, 0);
    status = hebb_sweeper_init(&sweeper, 1, &network, HEBB_ORDER_SEQUENTIAL);
    if (status != HEBB_OK) goto out;
    status = hebb_relax(&sweeper, &options, &relaxation);
    if (status == HEBB_OK && relaxation.outcome != HEBB_RELAX_FIXED_POINT) status = HEBB_ENOCONV;
    if (status == HEBB_OK) *overlap = hebb_hopfield_overlap(&network, 0);
out:
    hebb_sweeper_free(&sweeper);
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
    return status;
}

int main(int argc, char **argv)
{
    const double alpha = argc > 1 ? strtod(argv[1], NULL) : 0.1;
    double overlap = 0;
    hebb_rs_state theory;
    gsl_set_error_handler_off(); /* GSL's own ends the program */
    hebb_status status = hebb_rs_retrieval_t0(alpha, &theory);
    if (status == HEBB_OK) status = simulate(alpha, &overlap);
    if (status != HEBB_OK) {
        const char *sentence = hebb_diagnostic();
        fprintf(stderr, "retrieval: %s\n", *sentence != '\0' ? sentence : hebb_status_text(status));
        return EXIT_FAILURE;
    }
    printf("theory      m = %.10f\n", theory.m);
    printf("simulation  m = %.10f, %d neurons\n", overlap, (int)N_NEURONS);
    return EXIT_SUCCESS;
}
