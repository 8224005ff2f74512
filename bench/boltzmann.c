/*
 * Times of Gibbs sampling of Boltzmann machines:
 *
 *   boltzmann                                  a table: machines, chains and kernels
 *   boltzmann versions                         what runs
 *   boltzmann sweeps KIND UNITS CHAINS SWEEPS  one line: seconds, unit updates, <s> over units and chains at the end
 *
 * KIND is sign or binary.  Full links, Gaussian weights of variance 1/N, T = 1; once to warm up and once measured.  Seconds
 * are of the processor, on one thread.  RUNS in the environment changes what the table is a median of, and HEBB_KERNEL
 * names the kernel.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gibbs.h"
#include "kernel.h"
#include "timing.h"

enum { MAX_RUNS = 99 };

static void check(hebb_status status)
{
    if (status == HEBB_OK) return;
    const char *sentence = hebb_diagnostic();
    (void)fprintf(stderr, "boltzmann: %s\n", *sentence != '\0' ? sentence : hebb_status_text(status));
    exit(EXIT_FAILURE);
}

typedef struct {
    hebb_boltzmann machine;
    hebb_gibbs chains;
} system_of_chains;

/* It must stay where it is: the chains borrow the machine. */
static void prepare(system_of_chains *made, hebb_unit_kind kind, size_t n, size_t n_chains, hebb_links links)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_WEIGHTS, n, 0), 0, 0);
    check(hebb_boltzmann_init(&made->machine, n / 2, 0, n - n / 2, kind, links));
    hebb_boltzmann_draw_gaussian(&made->machine, &stream, 1.0 / sqrt((double)n));
    check(hebb_gibbs_init(&made->chains, &made->machine, n_chains, hebb_philox_derive(1, HEBB_DRAW_GIBBS, n, 0)));
    hebb_gibbs_randomise(&made->chains, hebb_philox_derive(1, HEBB_DRAW_STATE, n, 0));
}

static void drop(system_of_chains *made)
{
    hebb_gibbs_free(&made->chains);
    hebb_boltzmann_free(&made->machine);
}

/* One call a sweep, as learning does it with few. */
static double sweep(system_of_chains *made, long n_sweeps, long together)
{
    const double started = hebb_timing_processor();
    for (long done = 0; done < n_sweeps; done += together) check(hebb_gibbs_run(&made->chains, 1.0, together));
    return hebb_timing_processor() - started;
}

/* ---- lines for boltzmann.sh ---- */

static void print_sweeps(hebb_unit_kind kind, size_t n, size_t n_chains, long n_sweeps)
{
    system_of_chains made;
    prepare(&made, kind, n, n_chains, HEBB_LINKS_FULL);
    (void)sweep(&made, n_sweeps, n_sweeps);
    const double seconds = sweep(&made, n_sweeps, n_sweeps);
    uint64_t *on = calloc(n, sizeof *on), sum = 0;
    if (on == NULL) check(HEBB_ENOMEM);
    hebb_gibbs_count(&made.chains, 0, n_chains, on, NULL);
    for (size_t i = 0; i < n; i++) sum += on[i];
    const double share = (double)sum / (double)(n * n_chains);
    (void)printf("%.9f %.0f %.6f\n", seconds, (double)(n * n_chains) * (double)n_sweeps,
                 kind == HEBB_UNITS_SIGN ? 2.0 * share - 1.0 : share);
    free(on);
    drop(&made);
}

/* ---- the table ---- */

static const struct {
    hebb_unit_kind kind;
    hebb_links links;
    size_t n, n_chains;
    long n_sweeps, together;
} cases[] = {{HEBB_UNITS_BINARY, HEBB_LINKS_FULL, 100, 1000, 200, 200},
             {HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 100, 1000, 200, 200},
             {HEBB_UNITS_SIGN, HEBB_LINKS_RESTRICTED, 100, 1000, 200, 200},
             {HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 100, 64, 2000, 2000},
             {HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 20, 1000, 1000, 1000},
             {HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 20, 40, 20000, 1},
             {HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 12, 16, 40000, 1},
             {HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 7, 4, 100000, 1},
             {HEBB_UNITS_BINARY, HEBB_LINKS_FULL, 1000, 1000, 4, 4},
             {HEBB_UNITS_BINARY, HEBB_LINKS_FULL, 12, 100000, 20, 20}};

static void print_case(size_t c, size_t n_runs)
{
    double seconds[MAX_RUNS], counting[MAX_RUNS];
    const size_t n = cases[c].n;
    system_of_chains made;
    prepare(&made, cases[c].kind, n, cases[c].n_chains, cases[c].links);
    uint64_t *on = calloc(n, sizeof *on), *both = calloc(n * n, sizeof *both);
    if (on == NULL || both == NULL) check(HEBB_ENOMEM);
    (void)sweep(&made, cases[c].n_sweeps, cases[c].together);
    for (size_t r = 0; r < n_runs; r++) {
        seconds[r] = sweep(&made, cases[c].n_sweeps, cases[c].together);
        const double started = hebb_timing_processor();
        for (long k = 0; k < cases[c].n_sweeps; k++) hebb_gibbs_count(&made.chains, 0, cases[c].n_chains, on, both);
        counting[r] = hebb_timing_processor() - started;
    }
    const double updates = (double)(n * cases[c].n_chains) * (double)cases[c].n_sweeps;
    (void)printf(
        "%-6s %-10s %5zu %7zu %6ld %10.1f %10.2f %10.2f\n", cases[c].kind == HEBB_UNITS_SIGN ? "sign" : "binary",
        cases[c].links == HEBB_LINKS_FULL ? "full" : "restricted", n, cases[c].n_chains, cases[c].together,
        1e-6 * updates / hebb_timing_median(n_runs, seconds), 1e9 * hebb_timing_median(n_runs, seconds) / updates,
        1e9 * hebb_timing_median(n_runs, counting) / updates);
    (void)fflush(stdout);
    free(on);
    free(both);
    drop(&made);
}

static void print_table(void)
{
    const char *wanted = getenv("RUNS");
    const int n_runs = wanted == NULL ? 5 : atoi(wanted);
    (void)printf("%-6s %-10s %5s %7s %6s %10s %10s %10s\n", "units", "links", "N", "chains", "a_call", "Mupdate/s",
                 "ns_update", "ns_count");
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
    else if (argc == 6 && strcmp(argv[1], "sweeps") == 0)
        print_sweeps(strcmp(argv[2], "sign") == 0 ? HEBB_UNITS_SIGN : HEBB_UNITS_BINARY, strtoul(argv[3], NULL, 10),
                     strtoul(argv[4], NULL, 10), atol(argv[5]));
    else {
        (void)fprintf(stderr, "usage: boltzmann [versions | sweeps KIND UNITS CHAINS SWEEPS]\n");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
