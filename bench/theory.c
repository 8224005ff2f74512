/* Times of the theory's solvers on one core: prints medians of RUNS repetitions, a line a solver. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "asymmetric_mixture.h"
#include "capacity.h"
#include "crosstalk.h"
#include "curie_weiss.h"
#include "mixture.h"
#include "one_step_rsb.h"
#include "phase_diagram.h"
#include "replica_symmetric_branch.h"
#include "retrieval_dynamics.h"
#include "timing.h"

/* Each solves one of its points, 0 <= k < points, and adds to *sum, which keeps the compiler from leaving it out. */
typedef hebb_status (*solver)(size_t k, double *sum);

static double between(double low, double high, size_t k, size_t n)
{
    return low + (high - low) * ((double)k + 0.5) / (double)n;
}

enum { LOADS = 200 };

static hebb_status crosstalk_gaussian(size_t k, double *sum)
{
    double p_error;
    const hebb_status status = hebb_crosstalk_gaussian(between(0.0, 1.0, k, LOADS), &p_error);
    *sum += p_error;
    return status;
}

static hebb_status crosstalk_exact(size_t k, double *sum)
{
    hebb_crosstalk law;
    const hebb_status status = hebb_crosstalk_exact(1000, 10 + (long)k, false, &law);
    *sum += law.wrong;
    return status;
}

static hebb_status retrieval_t0(size_t k, double *sum)
{
    hebb_rs_state state;
    const hebb_status status = hebb_rs_retrieval_t0(between(0.0, 0.1379, k, LOADS), &state);
    *sum += state.m;
    return status;
}

static hebb_status capacity_t0(size_t k, double *sum)
{
    hebb_capacity capacity;
    const hebb_status status = hebb_capacity_t0(&capacity);
    *sum += capacity.alpha + (double)k;
    return status;
}

static hebb_status capacity_global_t0(size_t k, double *sum)
{
    hebb_capacity capacity;
    const hebb_status status = hebb_capacity_global_t0(&capacity);
    *sum += capacity.alpha + (double)k;
    return status;
}

static hebb_status retrieval_warm(size_t k, double *sum)
{
    hebb_rs_state state;
    const hebb_status status = hebb_rs_retrieval(0.05, 0.3, 1, &state);
    *sum += state.m + (double)k;
    return status;
}

static hebb_status glass_warm(size_t k, double *sum)
{
    hebb_rs_state state;
    const hebb_status status = hebb_rs_glass(0.05, 0.3, &state);
    *sum += state.q + (double)k;
    return status;
}

static hebb_status capacity_warm(double temperature, int order, double *sum)
{
    hebb_capacity capacity;
    const hebb_status status = hebb_capacity_at(temperature, order, &capacity);
    *sum += capacity.alpha;
    return status;
}

static hebb_status capacity_cold(size_t k, double *sum)
{
    *sum += (double)k;
    return capacity_warm(0.1, 1, sum);
}

static hebb_status capacity_half(size_t k, double *sum)
{
    *sum += (double)k;
    return capacity_warm(0.5, 1, sum);
}

static hebb_status capacity_mixture(size_t k, double *sum)
{
    *sum += (double)k;
    return capacity_warm(0.1, 3, sum);
}

static hebb_status phase_tops(size_t k, double *sum)
{
    hebb_phase_tops tops;
    const hebb_status status = hebb_phase_tops_find(&tops);
    *sum += tops.at + (double)k;
    return status;
}

/* Loads .001 to .2, all lines; the tops are found once, with the first of them, as the program does. */
static hebb_status phase_diagram(size_t k, double *sum)
{
    static hebb_phase_tops tops;
    hebb_phase_lines lines = {0};
    hebb_status status = k == 0 ? hebb_phase_tops_find(&tops) : HEBB_OK;
    if (status == HEBB_OK) status = hebb_phase_lines_at(1e-3 * (double)(k + 1), &tops, &lines);
    *sum += lines.glass;
    return status;
}

static hebb_status dynamics_critical(size_t k, double *sum)
{
    hebb_retrieval_fixed_point edge;
    const hebb_status status = hebb_retrieval_dynamics_fixed_points(between(0.0, 0.1596, k, LOADS), NULL, &edge);
    *sum += edge.m0;
    return status;
}

static hebb_status dynamics_capacity(size_t k, double *sum)
{
    hebb_retrieval_fixed_point end;
    hebb_retrieval_dynamics_capacity(&end);
    *sum += end.alpha + (double)k;
    return HEBB_OK;
}

static hebb_status curie_weiss(size_t k, double *sum)
{
    hebb_curie_weiss state;
    const hebb_status status = hebb_curie_weiss_exact(between(0.5, 1.5, k, LOADS), 10000, &state);
    *sum += state.m;
    return status;
}

static hebb_status mixture(size_t k, double *sum)
{
    hebb_mixture state;
    const hebb_status status = hebb_mixture_solve(9, between(0.0, 1.0, k, LOADS), &state);
    *sum += state.m;
    return status;
}

static hebb_status mixture_critical(size_t k, double *sum)
{
    hebb_mixture state;
    const hebb_status status = hebb_mixture_critical(3 + 2 * (int)k, &state);
    *sum += state.m;
    return status;
}

static hebb_status asymmetric(size_t k, double *sum)
{
    hebb_asymmetric_set set = {0};
    const hebb_status status = hebb_asymmetric_mixtures(5, between(0.0, 1.0, k, 20), &set);
    *sum += (double)set.n;
    hebb_asymmetric_set_free(&set);
    return status;
}

static hebb_status retrieval_broken(size_t k, double *sum)
{
    hebb_rsb1_state state;
    const hebb_status status = hebb_rsb1_retrieval_t0(between(0.0, 0.138, k, LOADS), &state);
    *sum += state.m;
    return status;
}

static hebb_status capacity_broken(size_t k, double *sum)
{
    hebb_capacity capacity;
    const hebb_status status = hebb_rsb1_capacity_t0(&capacity);
    *sum += capacity.alpha + (double)k;
    return status;
}

/* A new solver is a line here. */
static const struct {
    const char *name;
    solver solve;
    size_t n_points;
} solvers[] = {
    {"crosstalk, N to infinity", crosstalk_gaussian, LOADS},
    {"crosstalk, N = 1000", crosstalk_exact, LOADS},
    {"retrieval, T = 0", retrieval_t0, LOADS},
    {"capacity, T = 0", capacity_t0, 1},
    {"capacity, T = 0, global minimum", capacity_global_t0, 1},
    {"retrieval, alpha = .05, T = .3", retrieval_warm, 1},
    {"spin glass, alpha = .05, T = .3", glass_warm, 1},
    {"capacity, T = .1", capacity_cold, 1},
    {"capacity, T = .5", capacity_half, 1},
    {"capacity of 3-mixtures, T = .1", capacity_mixture, 1},
    {"phase diagram, its tops alone", phase_tops, 1},
    {"phase diagram, 200 loads, all lines", phase_diagram, LOADS},
    {"retrieval in 1RSB, T = 0", retrieval_broken, LOADS},
    {"capacity in 1RSB, T = 0", capacity_broken, 1},
    {"Curie-Weiss, N = 10000", curie_weiss, LOADS},
    {"9-mixture", mixture, LOADS},
    {"T_n, n = 3 .. 99", mixture_critical, 49},
    {"all solutions for 5 patterns", asymmetric, 20},
    {"dynamics --critical", dynamics_critical, LOADS},
    {"dynamics --capacity", dynamics_capacity, 1},
};

/* Seconds for all points of a solver once, measured over passes that take a hundredth of a second together. */
static hebb_status time_once(size_t s, double *seconds, double *sum)
{
    const double started = hebb_timing_now();
    double elapsed = 0.0;
    long passes = 0;
    while (elapsed < 0.01) {
        for (size_t k = 0; k < solvers[s].n_points; k++) {
            const hebb_status status = solvers[s].solve(k, sum);
            if (status != HEBB_OK) return status;
        }
        passes++;
        elapsed = hebb_timing_now() - started;
    }
    *seconds = elapsed / (double)passes;
    return HEBB_OK;
}

int main(int argc, char **argv)
{
    enum { MAX_RUNS = 1000 };
    const long asked = argc == 2 ? atol(argv[1]) : 5;
    const size_t n_runs = asked < 1 ? 1 : asked > MAX_RUNS ? MAX_RUNS : (size_t)asked;
    double seconds[MAX_RUNS], sum = 0.0;
    (void)printf("%-36s %8s %14s %14s\n", "solver", "points", "us_a_solution", "ms_together");
    for (size_t s = 0; s < sizeof solvers / sizeof *solvers; s++) {
        for (size_t r = 0; r <= n_runs; r++) { /* the first warms up, and is measured over */
            const hebb_status status = time_once(s, &seconds[r > 0 ? r - 1 : 0], &sum);
            if (status != HEBB_OK) {
                (void)fprintf(stderr, "theory: %s: %s\n", solvers[s].name, hebb_status_text(status));
                return EXIT_FAILURE;
            }
        }
        const double median = hebb_timing_median(n_runs, seconds);
        (void)printf("%-36s %8zu %14.3f %14.3f\n", solvers[s].name, solvers[s].n_points,
                     1e6 * median / (double)solvers[s].n_points, 1e3 * median);
    }
    return isfinite(sum) ? EXIT_SUCCESS : EXIT_FAILURE;
}
