/*
 * Times of the Hopfield engine:
 *
 *   hopfield                tables: relaxation, heat bath and Metropolis, a sweep alone, starts in lockstep, two threads
 *                           for two realisations, and for one
 *   hopfield versions       what runs
 *   hopfield realisation ORDER N ALPHA TEMPERATURE SWEEPS RUNS [FIRST]
 *                           a line a run: seconds, overlap with pattern 0, sweeps, seconds of set-up among the first
 *
 * From pattern 0; at temperature 0 until nothing moves, else SWEEPS of heat bath.  In the environment, SIZES and RUNS
 * change what the tables hold, and HEBB_KERNEL names the kernel.  Seconds are of the
 * processor, on one thread; where two threads are compared, of the clock.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine_limits.h"
#include "parallel.h"
#include "realisation.h"
#include "timing.h"

enum { MAX_RUNS = 99, MAX_SIZES = 32, THERMAL_SWEEPS = 50 };

static const double cold_load = 0.13, warm_load = 0.1, warm_temperature = 0.3;

static size_t n_runs = 5, n_sizes, sizes[MAX_SIZES];
static double bandwidth, last_cache; /* bytes a second, bytes; 0: not known */

static const char *const orders[] = {
    [HEBB_ORDER_SEQUENTIAL] = "sequential", [HEBB_ORDER_RANDOM] = "random", [HEBB_ORDER_SYNCHRONOUS] = "synchronous"};

static void check(hebb_status status)
{
    if (status == HEBB_OK) return;
    const char *sentence = hebb_diagnostic();
    (void)fprintf(stderr, "hopfield: %s\n", *sentence != '\0' ? sentence : hebb_status_text(status));
    exit(EXIT_FAILURE);
}

static hebb_realisation_plan cold(size_t n, hebb_update_order order, size_t n_networks)
{
    return (hebb_realisation_plan){
        .n_neurons = n, .n_patterns = hebb_patterns_at_load(cold_load, n), .n_networks = n_networks, .order = order};
}

static hebb_realisation_plan warm(size_t n, hebb_update_order order, hebb_thermal_rule rule)
{
    return (hebb_realisation_plan){.n_neurons = n,
                                   .n_patterns = hebb_patterns_at_load(warm_load, n),
                                   .n_networks = 1,
                                   .order = order,
                                   .temperature = warm_temperature,
                                   .rule = rule,
                                   .sweeps = THERMAL_SWEEPS};
}

/* Pairs a second that the look-ups would allow. */
static double most_pairs(void)
{
    return HEBB_MACHINE_PAIRS * hebb_machine_look_ups();
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* ---- rows: set-up, run, and what share of the limits the run reaches ---- */

/* Medians. */
typedef struct {
    double setup_seconds, seconds, sweeps, rate, limit, overlap; /* updates a second; pairs a second */
    bool are_stored;
} figures;

static figures measure(const hebb_realisation_plan *plan)
{
    double setup[MAX_RUNS], seconds[MAX_RUNS], sweeps[MAX_RUNS], rate[MAX_RUNS], limit[MAX_RUNS], overlap[MAX_RUNS];
    figures medians = {0};
    hebb_realisation run = {0};
    for (size_t r = 0; r <= n_runs; r++) { /* the first warms up, and is measured over */
        const size_t k = r > 0 ? r - 1 : 0;
        check(hebb_realisation_init(&run, plan, (uint32_t)r));
        const double limit_before = most_pairs();
        check(hebb_realisation_run(&run));
        limit[k] = larger(limit_before, most_pairs());
        setup[k] = run.setup_seconds;
        seconds[k] = run.seconds;
        sweeps[k] = run.updates / (double)plan->n_neurons;
        rate[k] = run.updates / run.seconds;
        overlap[k] = hebb_hopfield_overlap(run.networks, 0);
        medians.are_stored = run.thermal.are_stored;
    }
    hebb_realisation_free(&run);
    medians.setup_seconds = hebb_timing_median(n_runs, setup);
    medians.seconds = hebb_timing_median(n_runs, seconds);
    medians.sweeps = hebb_timing_median(n_runs, sweeps);
    medians.rate = hebb_timing_median(n_runs, rate);
    medians.limit = hebb_timing_median(n_runs, limit);
    medians.overlap = hebb_timing_median(n_runs, overlap);
    return medians;
}

static void print_share(bool is_known, double part, double whole)
{
    if (is_known && whole > 0.0)
        (void)printf(" %6.0f%%", 100.0 * part / whole);
    else
        (void)printf(" %7s", "-");
}

/* Neurons and pairs a second, and the shares: of the memory's only where it is read, for patterns beyond the caches. */
static void print_rates(const hebb_realisation_plan *plan, double rate, double limit, bool are_stored)
{
    const double pairs = rate * (double)plan->n_patterns;
    const hebb_pattern_store store = plan->order == HEBB_ORDER_RANDOM ? HEBB_STORE_ROWS : HEBB_STORE_SLICES;
    const double bytes = hebb_patterns_bytes(plan->n_neurons, plan->n_patterns, store);
    (void)printf(" %9.2f %9.1f", 1e-6 * rate, 1e-9 * pairs);
    print_share(!are_stored, pairs, limit);
    print_share(!are_stored && bytes > last_cache, rate / (double)plan->n_neurons * bytes, bandwidth);
}

static void print_row(const char *rule, const hebb_realisation_plan *plan)
{
    const figures f = measure(plan);
    (void)printf("%7zu %-12s %-12s %9.3f %9.3f %7.4f %7.1f", plan->n_neurons, rule, orders[plan->order],
                 1e3 * f.setup_seconds, 1e3 * f.seconds, f.overlap, f.sweeps);
    print_rates(plan, f.rate, f.limit, f.are_stored);
    (void)printf("  %s\n", f.are_stored ? "couplings" : "patterns");
    (void)fflush(stdout);
}

static void print_dynamics(void)
{
    (void)printf("\nT = 0, alpha = %g, until nothing moves; T = %g, alpha = %g, %d sweeps.  From a pattern.\n",
                 cold_load, warm_temperature, warm_load, THERMAL_SWEEPS);
    (void)printf("%7s %-12s %-12s %9s %9s %7s %7s %9s %9s %7s %7s  %s\n", "N", "rule", "order", "setup_ms", "run_ms",
                 "m", "sweeps", "Mneuron/s", "Gpair/s", "look-up", "memory", "fields_from");
    for (size_t k = 0; k < n_sizes; k++) {
        for (int order = 0; order < 3; order++) {
            const hebb_realisation_plan plan = cold(sizes[k], (hebb_update_order)order, 1);
            print_row("T=0", &plan);
        }
        for (int rule = 0; rule < 2; rule++)
            for (int order = 0; order < 2; order++) {
                const hebb_realisation_plan plan = warm(sizes[k], (hebb_update_order)order, (hebb_thermal_rule)rule);
                print_row(rule == HEBB_HEAT_BATH ? "heat bath" : "Metropolis", &plan);
            }
    }
}

/* ---- a sweep alone: at a fixed point, so that nothing is left but the fields ---- */

static void print_sweep(size_t n, hebb_update_order order)
{
    const hebb_realisation_plan plan = cold(n, order, 1);
    const long n_sweeps = 1 + (long)(4e10 / ((double)n * (double)plan.n_patterns));
    hebb_realisation run = {0};
    double rates[MAX_RUNS], limits[MAX_RUNS];
    check(hebb_realisation_init(&run, &plan, 0));
    check(hebb_realisation_run(&run));
    hebb_sweeper_restart(&run.sweeper);
    run.sweeper.stops_when_still = false;
    for (size_t r = 0; r < n_runs; r++) {
        const double limit_before = most_pairs(), started = hebb_timing_processor();
        for (long k = 0; k < n_sweeps; k++) hebb_sweeper_run(&run.sweeper, (uint32_t)k);
        rates[r] = (double)n_sweeps * (double)n / (hebb_timing_processor() - started);
        limits[r] = larger(limit_before, most_pairs());
    }
    const double rate = hebb_timing_median(n_runs, rates);
    (void)printf("%7zu %-12s %9.4f", n, orders[order], 1e3 * (double)n / rate);
    print_rates(&plan, rate, hebb_timing_median(n_runs, limits), false);
    (void)printf("\n");
    (void)fflush(stdout);
    hebb_realisation_free(&run);
}

static void print_sweeps(void)
{
    (void)printf("\nA sweep that finds nothing to do, T = 0, alpha = %g.\n", cold_load);
    (void)printf("%7s %-12s %9s %9s %9s %7s %7s\n", "N", "order", "sweep_ms", "Mneuron/s", "Gpair/s", "look-up",
                 "memory");
    for (size_t k = 0; k < n_sizes; k++)
        for (int order = 0; order < 3; order++) print_sweep(sizes[k], (hebb_update_order)order);
}

/* ---- lockstep ---- */

/* The same starts on the same patterns, one after the other: seconds of all, without set-up. */
static double run_singly(hebb_realisation *all)
{
    double seconds = 0.0;
    for (size_t a = 0; a < all->plan.n_networks; a++) {
        hebb_sweeper sweeper;
        hebb_relaxation result;
        const hebb_relax_options how = {.max_sweeps = 100000};
        check(hebb_sweeper_init(&sweeper, 1, all->networks + a, HEBB_ORDER_SEQUENTIAL));
        const double started = hebb_timing_processor();
        check(hebb_relax(&sweeper, &how, &result));
        seconds += hebb_timing_processor() - started;
        hebb_sweeper_free(&sweeper);
    }
    return seconds;
}

static void print_lockstep(size_t n, size_t n_starts)
{
    const hebb_realisation_plan plan = cold(n, HEBB_ORDER_SEQUENTIAL, n_starts),
                                one = cold(n, HEBB_ORDER_SEQUENTIAL, 1);
    double setup[MAX_RUNS], together[MAX_RUNS], setup_one[MAX_RUNS], singly[MAX_RUNS];
    hebb_realisation single = {0}, batch = {0};
    for (size_t r = 0; r <= n_runs; r++) { /* the first warms up, and is measured over */
        const size_t k = r > 0 ? r - 1 : 0;
        check(hebb_realisation_init(&single, &one, (uint32_t)r));
        setup_one[k] = single.setup_seconds;
        check(hebb_realisation_init(&batch, &plan, (uint32_t)r));
        setup[k] = batch.setup_seconds;
        check(hebb_realisation_run(&batch));
        together[k] = batch.seconds;
        hebb_realisation_restart(&batch);
        singly[k] = run_singly(&batch);
    }
    hebb_realisation_free(&single);
    hebb_realisation_free(&batch);
    const double s = hebb_timing_median(n_runs, setup), t = hebb_timing_median(n_runs, together);
    const double s1 = hebb_timing_median(n_runs, setup_one), t1 = hebb_timing_median(n_runs, singly);
    const double starts = (double)n_starts;
    (void)printf("%7zu %6zu %10.3f %10.3f %6.2f %14.3f %14.3f %6.2f\n", n, n_starts, 1e3 * t1 / starts,
                 1e3 * t / starts, t1 / t, 1e3 * (s1 + t1 / starts), 1e3 * (s + t) / starts,
                 starts * (s1 + t1 / starts) / (s + t));
    (void)fflush(stdout);
}

static void print_batches(void)
{
    (void)printf(
        "\nStarts on the same patterns, in lockstep and one by one, T = 0, alpha = %g, sequential: ms a start.\n",
        cold_load);
    (void)printf("%7s %6s %10s %10s %6s %14s %14s %6s\n", "N", "starts", "alone", "lockstep", "ratio", "alone+setup",
                 "lockstep+setup", "ratio");
    for (size_t k = 0; k < n_sizes; k++)
        for (size_t n_starts = 8; n_starts <= 16; n_starts += 8) print_lockstep(sizes[k], n_starts);
}

/* ---- two threads ---- */

static hebb_status make_room(void *context, void **workspace)
{
    (void)context;
    *workspace = calloc(1, sizeof(hebb_realisation));
    return *workspace != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a thread");
}

static void free_room(void *workspace)
{
    if (workspace != NULL) hebb_realisation_free(workspace);
    free(workspace);
}

static hebb_status run_unit(void *context, void *workspace, size_t unit)
{
    const hebb_realisation_plan *plan = context;
    const hebb_status status = hebb_realisation_init(workspace, plan, (uint32_t)unit);
    return status == HEBB_OK ? hebb_realisation_run(workspace) : status;
}

static double run_threads(hebb_realisation_plan *plan, size_t n_units, int n_threads)
{
    const hebb_parallel_work work = {
        .context = plan, .workspace_make = make_room, .workspace_free = free_room, .run = run_unit};
    const double started = hebb_timing_now();
    check(hebb_parallel_run(&work, n_units, n_threads));
    return hebb_timing_now() - started;
}

static void print_threads(void)
{
    if (hebb_parallel_processors() < 2) {
        (void)printf("\nOne processor: no comparison of threads.\n");
        return;
    }
    (void)printf("\nRealisations with set-up, sequential order, on one thread and on two: ms for all, by the clock.\n");
    (void)printf("%7s %-12s %5s %10s %10s %6s\n", "N", "rule", "runs", "one", "two", "ratio");
    for (size_t k = 0; k < n_sizes; k++)
        for (int is_warm = 0; is_warm < 2; is_warm++) {
            const double small = 20000.0 / (double)sizes[k];
            const size_t n_units = small > 1.0 ? (size_t)(8.0 * small * small) : 8;
            double one[MAX_RUNS], two[MAX_RUNS];
            hebb_realisation_plan plan = is_warm ? warm(sizes[k], HEBB_ORDER_SEQUENTIAL, HEBB_HEAT_BATH)
                                                 : cold(sizes[k], HEBB_ORDER_SEQUENTIAL, 1);
            for (size_t r = 0; r < n_runs; r++) {
                one[r] = run_threads(&plan, n_units, 1);
                two[r] = run_threads(&plan, n_units, 2);
            }
            const double t1 = hebb_timing_median(n_runs, one), t2 = hebb_timing_median(n_runs, two);
            (void)printf("%7zu %-12s %5zu %10.2f %10.2f %6.2f\n", sizes[k], is_warm ? "heat bath" : "T=0", n_units,
                         1e3 * t1, 1e3 * t2, t1 / t2);
            (void)fflush(stdout);
        }
}

/* ---- two threads inside one realisation ---- */

enum { INNER_SWEEPS = 3 };

/* Seconds of the clock that sweeps from pattern 0 take. */
static double time_inner(hebb_sweeper *sweeper, int n_threads)
{
    check(hebb_sweeper_use_threads(sweeper, n_threads));
    hebb_hopfield_start_at_pattern(sweeper->members->network, 0);
    hebb_sweeper_restart(sweeper);
    const double started = hebb_timing_now();
    for (uint32_t sweep = 0; sweep < INNER_SWEEPS; sweep++) hebb_sweeper_run(sweeper, sweep);
    return hebb_timing_now() - started;
}

static void print_inner(size_t n, hebb_update_order order, hebb_pattern_store store, const char *store_name)
{
    hebb_patterns patterns;
    hebb_hopfield network;
    hebb_sweeper sweeper;
    double one[MAX_RUNS], two[MAX_RUNS];
    check(hebb_patterns_init(&patterns, n, hebb_patterns_at_load(cold_load, n), store));
    patterns.n_threads = 2;
    hebb_patterns_draw(&patterns, 1, 0);
    check(hebb_hopfield_init(&network, &patterns));
    check(hebb_sweeper_init(&sweeper, 1, &network, order));
    for (size_t r = 0; r < n_runs; r++) {
        one[r] = time_inner(&sweeper, 1);
        two[r] = time_inner(&sweeper, 2);
    }
    const double t1 = hebb_timing_median(n_runs, one), t2 = hebb_timing_median(n_runs, two);
    (void)printf("%7zu %-12s %-8s %10.2f %10.2f %6.2f\n", n, orders[order], store_name, 1e3 * t1 / INNER_SWEEPS,
                 1e3 * t2 / INNER_SWEEPS, t1 / t2);
    (void)fflush(stdout);
    hebb_sweeper_free(&sweeper);
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
}

static void print_inner_threads(void)
{
    if (hebb_parallel_processors() < 2) return;
    (void)printf(
        "\nOne realisation on one thread and on two, T = 0, alpha = %g, the first %d sweeps from a pattern: ms a "
        "sweep, by the clock.\n",
        cold_load, INNER_SWEEPS);
    (void)printf("%7s %-12s %-8s %10s %10s %6s\n", "N", "order", "patterns", "one", "two", "ratio");
    for (size_t k = 0; k < n_sizes; k++) {
        print_inner(sizes[k], HEBB_ORDER_SEQUENTIAL, HEBB_STORE_SLICES, "stored");
        print_inner(sizes[k], HEBB_ORDER_SEQUENTIAL, HEBB_STORE_NOTHING, "drawn");
        print_inner(sizes[k], HEBB_ORDER_RANDOM, HEBB_STORE_ROWS, "stored");
    }
}

/* ---- one realisation a line ---- */

static int print_realisations(char **words, uint32_t first)
{
    hebb_realisation_plan plan = {.n_neurons = (size_t)atol(words[1]), .n_networks = 1};
    plan.n_patterns = hebb_patterns_at_load(atof(words[2]), plan.n_neurons);
    plan.temperature = atof(words[3]);
    plan.sweeps = atol(words[4]);
    while (plan.order < HEBB_ORDER_SYNCHRONOUS && strcmp(words[0], orders[plan.order]) != 0) plan.order++;
    hebb_realisation run = {0};
    for (long r = -1; r < atol(words[5]); r++) { /* the first warms up */
        const double started = hebb_timing_processor();
        check(hebb_realisation_init(&run, &plan, r < 0 ? UINT32_MAX : first + (uint32_t)r));
        check(hebb_realisation_run(&run));
        const double seconds = hebb_timing_processor() - started;
        if (r >= 0)
            (void)printf("%.7f %.6f %.0f %.7f\n", seconds, hebb_hopfield_overlap(run.networks, 0),
                         plan.temperature > 0.0 ? (double)plan.sweeps : (double)run.results[0].sweeps,
                         run.setup_seconds);
    }
    hebb_realisation_free(&run);
    return EXIT_SUCCESS;
}

static void read_environment(void)
{
    const char *runs = getenv("RUNS"), *list = getenv("SIZES");
    if (runs != NULL && atol(runs) > 0 && atol(runs) <= MAX_RUNS) n_runs = (size_t)atol(runs);
    if (list == NULL || *list == '\0') list = "2000 5000 10000 20000 50000 100000";
    for (char *end; n_sizes < MAX_SIZES && strtol(list, &end, 10) > 0; list = end)
        sizes[n_sizes++] = (size_t)strtol(list, &end, 10);
}

int main(int argc, char **argv)
{
    check(hebb_kernel_select(getenv("HEBB_KERNEL")));
    if (argc >= 8 && strcmp(argv[1], "realisation") == 0)
        return print_realisations(argv + 2, argc > 8 ? (uint32_t)atol(argv[8]) : 0);
    (void)printf("hebb %s, kernel %s\n", PACKAGE_VERSION, hebb_kernel_in_use()->name);
    if (argc == 2 && strcmp(argv[1], "versions") == 0) return EXIT_SUCCESS;
    if (argc != 1) {
        (void)fprintf(stderr,
                      "usage: hopfield [versions | realisation ORDER N ALPHA TEMPERATURE SWEEPS RUNS [FIRST]]\n");
        return EXIT_FAILURE;
    }
    read_environment();
    bandwidth = hebb_machine_bandwidth();
    last_cache = hebb_machine_cache();
    const double pairs = most_pairs();
    (void)printf(
        "limits of a core: %.2fe9 look-ups a second, %.0fe9 pairs; %.1f GB/s from memory, beyond %.0f MiB of cache\n",
        1e-9 * pairs / HEBB_MACHINE_PAIRS, 1e-9 * pairs, 1e-9 * bandwidth, last_cache / (1 << 20));
    print_dynamics();
    print_sweeps();
    print_batches();
    print_threads();
    print_inner_threads();
    return EXIT_SUCCESS;
}
