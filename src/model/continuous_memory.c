#include "continuous_memory.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cblas.h>

#include "blas.h"
#include "memory.h"
#include "number.h"
#include "softmax.h"

/* States at a time: a block packs the patterns anew, which 32 do not repay (a third more time at K = 10000), 400 do. */
enum { WEIGHT_BYTES = 1 << 25, MIN_ROWS = 32, MAX_ROWS = 512 };

static size_t rows_at(size_t n_patterns)
{
    const size_t rows = WEIGHT_BYTES / sizeof(double) / n_patterns;
    return rows < MIN_ROWS ? MIN_ROWS : rows > MAX_ROWS ? MAX_ROWS : rows;
}

double hebb_continuous_memory_bytes(size_t n_patterns)
{
    return sizeof(double) * (double)n_patterns * (1.0 + (double)rows_at(n_patterns));
}

static hebb_status check_pattern(const hebb_continuous_memory *memory, size_t mu)
{
    const double *pattern = memory->patterns + mu * memory->n_neurons;
    char number[HEBB_NUMBER_LENGTH];
    if (isfinite(memory->squared_norms[mu])) return HEBB_OK;
    for (size_t i = 0; i < memory->n_neurons; i++)
        if (!isfinite(pattern[i]))
            return hebb_fail(HEBB_EDATA, "pattern %zu, column %zu is %s: patterns are finite numbers", mu + 1, i + 1,
                             hebb_number_format(pattern[i], number));
    return hebb_fail(HEBB_EDATA, "pattern %zu is too large to be squared; scale the patterns", mu + 1);
}

static hebb_status take_norms(hebb_continuous_memory *memory)
{
    double largest = 0.0;
    for (size_t mu = 0; mu < memory->n_patterns; mu++) {
        memory->squared_norms[mu] = hebb_softmax_square(memory->n_neurons, memory->patterns + mu * memory->n_neurons);
        const hebb_status status = check_pattern(memory, mu);
        if (status != HEBB_OK) return status;
        largest = fmax(largest, memory->squared_norms[mu]);
    }
    memory->largest_norm = sqrt(largest);
    return largest > 0.0 ? HEBB_OK : hebb_fail(HEBB_EDATA, "the patterns are all 0");
}

hebb_status hebb_continuous_memory_init(hebb_continuous_memory *memory, size_t n_neurons, size_t n_patterns,
                                        const double *patterns, double beta)
{
    *memory = (hebb_continuous_memory){0};
    if (n_patterns == 0 || n_neurons == 0 || n_patterns > INT_MAX || n_neurons > INT_MAX)
        return hebb_fail(HEBB_EDOM, "%zu patterns of %zu numbers: both are to be 1 to %d", n_patterns, n_neurons,
                         INT_MAX);
    *memory = (hebb_continuous_memory){.n_neurons = n_neurons, .n_patterns = n_patterns, .patterns = patterns};
    memory->n_rows = rows_at(n_patterns);
    memory->squared_norms = malloc(n_patterns * sizeof *memory->squared_norms);
    memory->weights = hebb_memory_zeroed(memory->n_rows * n_patterns * sizeof *memory->weights);
    hebb_status status = memory->squared_norms != NULL && memory->weights != NULL
                             ? take_norms(memory)
                             : hebb_fail(HEBB_ENOMEM, "no memory for the weights of %zu patterns", n_patterns);
    if (status == HEBB_OK) status = hebb_continuous_memory_set_beta(memory, beta);
    if (status != HEBB_OK) hebb_continuous_memory_free(memory);
    return status;
}

void hebb_continuous_memory_free(hebb_continuous_memory *memory)
{
    free(memory->squared_norms);
    free(memory->weights);
    *memory = (hebb_continuous_memory){0};
}

hebb_status hebb_continuous_memory_set_beta(hebb_continuous_memory *memory, double beta)
{
    char number[HEBB_NUMBER_LENGTH];
    if (!(beta > 0.0) || !isfinite(beta))
        return hebb_fail(HEBB_EDOM, "beta is %s: it must be above 0 and finite", hebb_number_format(beta, number));
    if (!isfinite(beta * memory->largest_norm * memory->largest_norm))
        return hebb_fail(HEBB_EDOM, "beta is %s: too large for patterns of that norm",
                         hebb_number_format(beta, number));
    memory->beta = beta;
    return HEBB_OK;
}

/* Scores below this are finite whatever the order of their sum. */
static hebb_status check_states(const hebb_continuous_memory *memory, size_t n_states, const double *states)
{
    const double limit = 1e300 / memory->beta / memory->largest_norm;
    for (size_t a = 0; a < n_states; a++) {
        const double norm = sqrt(hebb_softmax_square(memory->n_neurons, states + a * memory->n_neurons));
        if (!(norm <= limit)) return hebb_fail(HEBB_EDOM, "state %zu is not finite, or too large", a + 1);
    }
    return HEBB_OK;
}

/* weights <- beta states Xi^T */
static void find_scores(const hebb_continuous_memory *memory, size_t n_states, const double *states, double *weights)
{
    const int n = (int)memory->n_neurons, k = (int)memory->n_patterns, b = (int)n_states;
    hebb_blas_enter();
    if (n_states == 1)
        cblas_dgemv(CblasRowMajor, CblasNoTrans, k, n, memory->beta, memory->patterns, n, states, 1, 0.0, weights, 1);
    else
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, b, k, n, memory->beta, states, n, memory->patterns, n, 0.0,
                    weights, k);
    hebb_blas_leave();
}

/* next <- weights Xi */
static void read_out(const hebb_continuous_memory *memory, size_t n_states, const double *weights, double *next)
{
    const int n = (int)memory->n_neurons, k = (int)memory->n_patterns, b = (int)n_states;
    hebb_blas_enter();
    if (n_states == 1)
        cblas_dgemv(CblasRowMajor, CblasTrans, k, n, 1.0, memory->patterns, n, weights, 1, 0.0, next, 1);
    else
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, b, n, k, 1.0, weights, k, memory->patterns, n, 0.0, next,
                    n);
    hebb_blas_leave();
}

/* At most n_rows states. */
static void update_some(hebb_continuous_memory *memory, size_t n_states, const double *states, double *next,
                        double *weights)
{
    const size_t n = memory->n_neurons, n_patterns = memory->n_patterns;
    double max, shares[MAX_ROWS], *p = weights != NULL ? weights : memory->weights;
    find_scores(memory, n_states, states, p);
    for (size_t a = 0; a < n_states; a++) shares[a] = 1.0 / hebb_softmax(n_patterns, p + a * n_patterns, &max);
    read_out(memory, n_states, p, next);
    for (size_t a = 0; a < n_states; a++) {
        hebb_softmax_scale(n, shares[a], next + a * n); /* there are fewer neurons than patterns, as a rule */
        if (weights != NULL) hebb_softmax_scale(n_patterns, shares[a], p + a * n_patterns);
    }
}

hebb_status hebb_continuous_memory_update(hebb_continuous_memory *memory, size_t n_states, const double *states,
                                          double *next, double *weights)
{
    const size_t n = memory->n_neurons;
    const hebb_status status = check_states(memory, n_states, states);
    if (status != HEBB_OK) return status;
    for (size_t first = 0; first < n_states; first += memory->n_rows) {
        const size_t rows = n_states - first < memory->n_rows ? n_states - first : memory->n_rows;
        update_some(memory, rows, states + first * n, next + first * n,
                    weights != NULL ? weights + first * memory->n_patterns : NULL);
    }
    return HEBB_OK;
}

static double squared_distance(size_t n, const double *x, const double *y)
{
    double sums[8] = {0.0};
    size_t k = 0;
    for (; k + 8 <= n; k += 8)
        for (size_t j = 0; j < 8; j++) sums[j] += (x[k + j] - y[k + j]) * (x[k + j] - y[k + j]);
    for (size_t j = 0; k < n; j++, k++) sums[j] += (x[k] - y[k]) * (x[k] - y[k]);
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

double hebb_continuous_memory_energy(hebb_continuous_memory *memory, const double *state)
{
    const size_t n = memory->n_neurons, n_patterns = memory->n_patterns;
    const double largest = memory->largest_norm * memory->largest_norm;
    double max;
    for (size_t mu = 0; mu < n_patterns; mu++)
        memory->weights[mu] =
            -0.5 * memory->beta *
            (squared_distance(n, memory->patterns + mu * n, state) + fmax(0.0, largest - memory->squared_norms[mu]));
    const double sum = hebb_softmax(n_patterns, memory->weights, &max);
    return (log((double)n_patterns) - log(sum) - max) / memory->beta;
}

double hebb_continuous_memory_separation(hebb_continuous_memory *memory, size_t pattern)
{
    const int n = (int)memory->n_neurons, k = (int)memory->n_patterns;
    const double *x = memory->patterns + pattern * memory->n_neurons;
    double most = -INFINITY;
    hebb_blas_enter();
    cblas_dgemv(CblasRowMajor, CblasNoTrans, k, n, 1.0, memory->patterns, n, x, 1, 0.0, memory->weights, 1);
    hebb_blas_leave();
    for (size_t mu = 0; mu < memory->n_patterns; mu++)
        if (mu != pattern) most = fmax(most, memory->weights[mu]);
    return memory->squared_norms[pattern] - most;
}

size_t hebb_continuous_memory_nearest(hebb_continuous_memory *memory, const double *state, double *distance)
{
    size_t nearest = 0;
    double least = INFINITY;
    for (size_t mu = 0; mu < memory->n_patterns; mu++) {
        const double d = squared_distance(memory->n_neurons, memory->patterns + mu * memory->n_neurons, state);
        if (d < least) {
            least = d;
            nearest = mu;
        }
    }
    *distance = sqrt(least);
    return nearest;
}
