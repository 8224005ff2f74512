/*
 * The batch update of the continuous memory against the two products that it consists of.
 *
 *   continuous [ROUNDS]
 *
 * Each round times the update and the products alone, one after the other, for a twentieth of a second each; of the rounds
 * (9 unless told) the median of the ratio, its least and its largest.  The products are OpenBLAS's, called as one would:
 * states Xi^T into a matrix of B x K, that times Xi.  One thread.
 */
#include <stdio.h>
#include <stdlib.h>

#include <cblas.h>

#include "blas.h"
#include "continuous_memory.h"
#include "philox.h"
#include "timing.h"

enum { MAX_ROUNDS = 99 };

static const struct {
    int n_neurons, n_patterns, n_states;
} sizes[] = {
    {64, 100, 1},     {64, 100, 32},   {64, 100, 512},   {64, 1000, 1},     {64, 1000, 32},   {64, 1000, 512},
    {64, 10000, 1},   {64, 10000, 32}, {64, 10000, 512}, {256, 100, 1},     {256, 100, 32},   {256, 100, 512},
    {256, 1000, 1},   {256, 1000, 32}, {256, 1000, 512}, {256, 10000, 1},   {256, 10000, 32}, {256, 10000, 512},
    {784, 1000, 1},   {784, 1000, 32}, {784, 1000, 512}, {784, 10000, 32},  {1024, 100, 1},   {1024, 100, 32},
    {1024, 100, 512}, {1024, 1000, 1}, {1024, 1000, 32}, {1024, 1000, 512}, {1024, 10000, 1}, {1024, 10000, 512},
};

typedef struct {
    int n, k, b;
    double beta, *patterns, *states, *next, *weights;
    hebb_continuous_memory memory;
} problem;

static void products(problem *p)
{
    const int n = p->n, k = p->k, b = p->b;
    if (b == 1) {
        cblas_dgemv(CblasRowMajor, CblasNoTrans, k, n, p->beta, p->patterns, n, p->states, 1, 0.0, p->weights, 1);
        cblas_dgemv(CblasRowMajor, CblasTrans, k, n, 1.0, p->patterns, n, p->weights, 1, 0.0, p->next, 1);
        return;
    }
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, b, k, n, p->beta, p->states, n, p->patterns, n, 0.0,
                p->weights, k);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, b, n, k, 1.0, p->weights, k, p->patterns, n, 0.0, p->next,
                n);
}

static void update(problem *p)
{
    if (hebb_continuous_memory_update(&p->memory, (size_t)p->b, p->states, p->next, NULL) != HEBB_OK) abort();
}

/* Seconds a call, over a twentieth of a second of them. */
static double time_calls(problem *p, void (*call)(problem *))
{
    const double started = hebb_timing_processor();
    double elapsed = 0.0;
    long calls = 0;
    while (elapsed < 0.05) {
        call(p);
        calls++;
        elapsed = hebb_timing_processor() - started;
    }
    return elapsed / (double)calls;
}

static double *draw(size_t n, uint32_t replica)
{
    hebb_stream stream;
    double *x = malloc(n * sizeof *x);
    if (x == NULL) abort();
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_REAL, n, replica), 0, 0);
    for (size_t k = 0; k < n; k++) x[k] = hebb_stream_gaussian(&stream);
    return x;
}

static int compare(size_t at, size_t n_rounds)
{
    const size_t n = (size_t)sizes[at].n_neurons, k = (size_t)sizes[at].n_patterns, b = (size_t)sizes[at].n_states;
    double ratios[MAX_ROUNDS], updates[MAX_ROUNDS];
    problem p = {sizes[at].n_neurons,
                 sizes[at].n_patterns,
                 sizes[at].n_states,
                 1.0 / (double)n,
                 draw(n * k, 1),
                 draw(n * b, 2),
                 calloc(n, b * sizeof(double)),
                 calloc(k, b * sizeof(double)),
                 {0}};
    if (p.next == NULL || p.weights == NULL ||
        hebb_continuous_memory_init(&p.memory, n, k, p.patterns, p.beta) != HEBB_OK)
        return EXIT_FAILURE;
    for (size_t r = 0; r <= n_rounds; r++) { /* the first warms up, and is measured over */
        const size_t place = r > 0 ? r - 1 : 0;
        const double alone = time_calls(&p, products);
        updates[place] = time_calls(&p, update);
        ratios[place] = updates[place] / alone;
    }
    const double middle = hebb_timing_median(n_rounds, ratios), seconds = hebb_timing_median(n_rounds, updates);
    (void)printf("%9zu %9zu %7zu %12.2f %9.1f %7.3f %7.3f %7.3f\n", n, k, b, 1e6 * seconds,
                 4e-9 * (double)n * (double)k * (double)b / seconds, middle, ratios[0], ratios[n_rounds - 1]);
    hebb_continuous_memory_free(&p.memory);
    free(p.patterns), free(p.states), free(p.next), free(p.weights);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    const long asked = argc == 2 ? atol(argv[1]) : 9;
    const size_t n_rounds = asked < 1 ? 1 : asked > MAX_ROUNDS ? MAX_ROUNDS : (size_t)asked;
    int failed = EXIT_SUCCESS;
    hebb_blas_use_one_thread();
    (void)printf("OpenBLAS core %s, one thread\n", hebb_blas_core());
    (void)printf("%9s %9s %7s %12s %9s %7s %7s %7s\n", "n_neurons", "n_patterns", "states", "us_update", "gflop_s",
                 "ratio", "least", "most");
    for (size_t at = 0; at < sizeof sizes / sizeof *sizes && failed == EXIT_SUCCESS; at++)
        failed = compare(at, n_rounds);
    return failed;
}
