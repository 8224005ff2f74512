/*
 * Times of dense memories:
 *
 *   dense                                      a table: start, an update, a flip, a relaxation
 *   dense versions                             what runs
 *   dense patterns F N K REPLICA FILE          writes the patterns: N rows of 64-bit words
 *   dense relaxation F N K REPLICA             one line: seconds of relaxation, of the start, overlap, sweeps, flips,
 *                                              final spins in hexadecimal
 *
 * F is a degree or `exp`.  From pattern 0, sequential, T = 0, until nothing moves; once to warm up and once measured.
 * Seconds are of the processor, on one thread.  RUNS in the environment changes what the table is a median of, and
 * HEBB_KERNEL names the kernel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dense_relax.h"
#include "packed_state.h"
#include "timing.h"

enum { MAX_RUNS = 99 };

static void check(hebb_status status)
{
    if (status == HEBB_OK) return;
    const char *sentence = hebb_diagnostic();
    (void)fprintf(stderr, "dense: %s\n", *sentence != '\0' ? sentence : hebb_status_text(status));
    exit(EXIT_FAILURE);
}

static hebb_interaction interaction_of(const char *text)
{
    if (strcmp(text, "exp") == 0) return (hebb_interaction){HEBB_INTERACTION_EXPONENTIAL, 0};
    return (hebb_interaction){HEBB_INTERACTION_POWER, atoi(text)};
}

typedef struct {
    hebb_patterns patterns;
    hebb_dense_memory memory;
    uint32_t *turn;
    double start_seconds, seconds;
    hebb_relaxation result;
} relaxation;

/* It must stay where it is: the memory borrows the patterns. */
static void prepare(relaxation *run, const char *f, size_t n, size_t k, uint32_t replica)
{
    *run = (relaxation){.turn = calloc(n, sizeof(uint32_t))};
    if (run->turn == NULL) check(HEBB_ENOMEM);
    check(hebb_dense_memory_fit(&run->patterns, &run->memory, n, k, interaction_of(f)));
    hebb_patterns_draw(&run->patterns, 1, replica);
}

static void drop(relaxation *run)
{
    free(run->turn);
    hebb_dense_memory_free(&run->memory);
    hebb_patterns_free(&run->patterns);
}

static void relax(relaxation *run)
{
    const hebb_dense_relax_options options = {.order = HEBB_ORDER_SEQUENTIAL, .max_sweeps = 1000, .turn = run->turn};
    const double started = hebb_timing_processor();
    hebb_dense_memory_start_at_pattern(&run->memory, 0);
    const double ready = hebb_timing_processor();
    check(hebb_dense_relax(&run->memory, &options, &run->result));
    run->start_seconds = ready - started;
    run->seconds = hebb_timing_processor() - ready;
}

/* ---- lines for dense.sh ---- */

static void print_relaxation(const char *f, size_t n, size_t k, uint32_t replica)
{
    relaxation run;
    prepare(&run, f, n, k, replica);
    unsigned char *bits = calloc(hebb_packed_bytes(n), 1);
    if (bits == NULL) check(HEBB_ENOMEM);
    relax(&run);
    relax(&run);
    (void)printf("%.9f %.9f %.6f %ld %lld ", run.seconds, run.start_seconds, hebb_dense_memory_overlap(&run.memory, 0),
                 run.result.sweeps, (long long)run.result.flips);
    hebb_packed_put_signs(n, run.memory.spins, bits);
    for (size_t b = 0; b < hebb_packed_bytes(n); b++) (void)printf("%02x", bits[b]);
    (void)printf("\n");
    free(bits);
    drop(&run);
}

static void write_patterns(const char *f, size_t n, size_t k, uint32_t replica, const char *path)
{
    relaxation run;
    prepare(&run, f, n, k, replica);
    FILE *file = fopen(path, "wb");
    const size_t n_words = n * run.patterns.words_per_neuron;
    if (file == NULL || fwrite(run.patterns.rows, sizeof(uint64_t), n_words, file) != n_words || fclose(file) != 0)
        check(hebb_fail(HEBB_EIO, "%s: cannot be written", path));
    drop(&run);
}

/* ---- the table ---- */

static const struct {
    const char *f;
    size_t n, k;
} cases[] = {{"2", 10000, 1300}, {"3", 100, 840},   {"3", 300, 7566},   {"3", 1000, 84063}, {"3", 3000, 756571},
             {"4", 100, 10000},  {"4", 200, 80000}, {"4", 400, 640000}, {"10", 100, 20000}, {"exp", 40, 20000}};

static void print_case(size_t c, size_t n_runs)
{
    double start[MAX_RUNS], update[MAX_RUNS], flip[MAX_RUNS], whole[MAX_RUNS], sweeps[MAX_RUNS];
    relaxation run;
    prepare(&run, cases[c].f, cases[c].n, cases[c].k, 0);
    relax(&run);
    for (size_t r = 0; r < n_runs; r++) {
        hebb_patterns_draw(&run.patterns, 1, (uint32_t)r);
        relax(&run);
        start[r] = run.start_seconds;
        whole[r] = run.seconds;
        sweeps[r] = (double)run.result.sweeps;
        const double ready = hebb_timing_processor();
        (void)hebb_dense_memory_count_unstable(&run.memory, NULL);
        const double counted = hebb_timing_processor();
        for (size_t i = 0; i < 20; i++) hebb_dense_memory_flip(&run.memory, i);
        update[r] = (counted - ready) / (double)cases[c].n;
        flip[r] = (hebb_timing_processor() - counted) / 20.0;
    }
    const double update_seconds = hebb_timing_median(n_runs, update);
    (void)printf("%4s %6zu %7zu %10.3f %10.3f %8.1f %10.3f %10.2f %8.1f\n", cases[c].f, cases[c].n, cases[c].k,
                 1e3 * hebb_timing_median(n_runs, start), 1e3 * hebb_timing_median(n_runs, whole),
                 hebb_timing_median(n_runs, sweeps), 1e6 * update_seconds, 1e6 * hebb_timing_median(n_runs, flip),
                 1e-9 * (double)cases[c].k / update_seconds);
    (void)fflush(stdout);
    drop(&run);
}

static void print_table(void)
{
    const char *wanted = getenv("RUNS");
    const int n_runs = wanted == NULL ? 5 : atoi(wanted);
    (void)printf("%4s %6s %7s %10s %10s %8s %10s %10s %8s\n", "F", "N", "K", "start_ms", "relax_ms", "sweeps",
                 "update_us", "flip_us", "Gpair/s");
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        print_case(c, n_runs < 1 ? 1 : n_runs > MAX_RUNS ? MAX_RUNS : (size_t)n_runs);
}

int main(int argc, char **argv)
{
    check(hebb_kernel_select(getenv("HEBB_KERNEL")));
    if (argc == 1)
        print_table();
    else if (argc == 2 && strcmp(argv[1], "versions") == 0)
        (void)printf("hebb, kernel %s\n", hebb_kernel_in_use()->name);
    else if (argc == 6 && strcmp(argv[1], "relaxation") == 0)
        print_relaxation(argv[2], strtoul(argv[3], NULL, 10), strtoul(argv[4], NULL, 10), (uint32_t)atoi(argv[5]));
    else if (argc == 7 && strcmp(argv[1], "patterns") == 0)
        write_patterns(argv[2], strtoul(argv[3], NULL, 10), strtoul(argv[4], NULL, 10), (uint32_t)atoi(argv[5]),
                       argv[6]);
    else {
        (void)fprintf(stderr, "usage: dense [versions | patterns F N K REPLICA FILE | relaxation F N K REPLICA]\n");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
