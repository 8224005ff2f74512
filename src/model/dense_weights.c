#include "dense_weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* ---- tables of G ---- */

static int64_t whole_power(int64_t x, int degree)
{
    int64_t product = 1;
    for (int k = 0; k < degree; k++) product *= x;
    return product;
}

static int64_t whole_energy(hebb_interaction interaction, int64_t x)
{
    if (interaction.kind == HEBB_INTERACTION_RECTIFIED && x <= 0) return 0;
    return whole_power(x, interaction.degree);
}

static int64_t whole_step(hebb_interaction interaction, int64_t a)
{
    return whole_energy(interaction, a + 1) - whole_energy(interaction, a - 1);
}

static bool fits_whole(hebb_interaction interaction, size_t n_neurons)
{
    return interaction.kind != HEBB_INTERACTION_EXPONENTIAL &&
           interaction.degree * log2((double)n_neurons + 2.0) < 62.0;
}

static int64_t place(size_t n_neurons, size_t k)
{
    return 2 * (int64_t)k - (int64_t)n_neurons - 1;
}

/* What all of G can be divided by, and its largest value then. */
static int64_t common_divisor(hebb_interaction interaction, size_t n_neurons, int64_t *largest)
{
    int64_t divisor = 0, found = 0;
    for (size_t k = 0; k < n_neurons + 2; k++) {
        int64_t step = llabs(whole_step(interaction, place(n_neurons, k)));
        if (step > found) found = step;
        while (step != 0) {
            const int64_t rest = divisor % step;
            divisor = step;
            step = rest;
        }
    }
    *largest = found / divisor;
    return divisor;
}

/* F(a + 1) - F(a - 1) = 2 h sum_j (a + 1)^j (a - 1)^(n - 1 - j) for a >= 1, times h^n. */
static double scaled_step(hebb_interaction interaction, int64_t a, double h)
{
    const bool is_mirrored = a < 0;
    if (interaction.kind == HEBB_INTERACTION_RECTIFIED && is_mirrored) return 0.0;
    const double up = h * (double)(llabs(a) + 1), down = h * (double)(llabs(a) - 1);
    double sum = 0.0, power_of_up = 1.0;
    for (int j = 0; j < interaction.degree; j++) {
        sum = sum * down + power_of_up;
        power_of_up *= up;
    }
    if (a == 0)
        sum = interaction.kind == HEBB_INTERACTION_RECTIFIED ? power_of_up : power_of_up * (interaction.degree % 2 * 2);
    else
        sum *= 2.0 * h;
    return is_mirrored && interaction.degree % 2 == 0 ? -sum : sum;
}

static hebb_status fill_real(hebb_dense_weights *weights, int64_t divisor)
{
    const size_t n = weights->n_neurons;
    const int exponent = (int)ceil(log2((double)n + 2.0));
    weights->real_steps = hebb_memory_zeroed((n + 2) * sizeof(double));
    weights->real = hebb_memory_zeroed((weights->n_patterns + 63) / 64 * 64 * sizeof(double));
    if (weights->real_steps == NULL || weights->real == NULL) return HEBB_ENOMEM;
    for (size_t k = 0; k < n + 2; k++) {
        if (weights->interaction.kind == HEBB_INTERACTION_EXPONENTIAL)
            weights->real_steps[k] = exp(2.0 * ((double)k - (double)(n + 1)));
        else if (divisor > 0)
            weights->real_steps[k] = (double)(whole_step(weights->interaction, place(n, k)) / divisor);
        else
            weights->real_steps[k] = scaled_step(weights->interaction, place(n, k), ldexp(1.0, -exponent));
    }
    if (weights->interaction.kind == HEBB_INTERACTION_EXPONENTIAL)
        weights->unit = expl(2.0L) - 1.0L;
    else
        weights->unit = divisor > 0 ? (long double)divisor : ldexpl(1.0L, exponent * weights->interaction.degree);
    return HEBB_OK;
}

/* Of x^2, x^3 and x^4: G = unit x the polynomial. */
static const struct {
    int64_t unit;
    int32_t factors[4];
} cubics[] = {[2] = {4, {0, 1, 0, 0}}, [3] = {2, {1, 0, 3, 0}}, [4] = {8, {0, 1, 0, 1}}};

/* Whether it is one of these, with weights that fit. */
static bool is_cubic(hebb_interaction interaction, size_t n_neurons, int64_t most)
{
    return interaction.kind == HEBB_INTERACTION_POWER && interaction.degree <= 4 &&
           fits_whole(interaction, n_neurons) &&
           whole_step(interaction, (int64_t)n_neurons + 1) / cubics[interaction.degree].unit <= most;
}

static hebb_status fill_cubic(hebb_dense_weights *weights)
{
    const int degree = weights->interaction.degree;
    weights->is_cubic = true;
    memcpy(weights->cubic, cubics[degree].factors, sizeof weights->cubic);
    weights->unit = (long double)cubics[degree].unit;
    weights->whole = hebb_memory_zeroed((weights->n_patterns + 63) / 64 * 64 * sizeof(int32_t));
    return weights->whole == NULL ? HEBB_ENOMEM : HEBB_OK;
}

static hebb_status fill_whole(hebb_dense_weights *weights, int64_t divisor)
{
    const size_t n = weights->n_neurons;
    weights->whole_steps = hebb_memory_zeroed((n + 2) * sizeof(int32_t));
    weights->whole = hebb_memory_zeroed((weights->n_patterns + 63) / 64 * 64 * sizeof(int32_t));
    if (weights->whole_steps == NULL || weights->whole == NULL) return HEBB_ENOMEM;
    for (size_t k = 0; k < n + 2; k++)
        weights->whole_steps[k] = (int32_t)(whole_step(weights->interaction, place(n, k)) / divisor);
    weights->unit = (long double)divisor;
    return HEBB_OK;
}

/* ---- public ---- */

hebb_status hebb_dense_weights_init(hebb_dense_weights *weights, size_t n_neurons, size_t n_patterns,
                                    hebb_interaction interaction)
{
    const int64_t most = (INT64_C(1) << 27) - 1; /* of one step: a weight has two, a lane eight of a word's */
    int64_t divisor = 0, largest = INT64_MAX;
    hebb_status status;
    *weights = (hebb_dense_weights){
        .interaction = interaction, .n_neurons = n_neurons, .n_patterns = n_patterns, .top = (int32_t)n_neurons};
    if (is_cubic(interaction, n_neurons, most)) {
        largest = whole_step(interaction, (int64_t)n_neurons + 1) / cubics[interaction.degree].unit;
        status = fill_cubic(weights);
    } else {
        if (fits_whole(interaction, n_neurons)) divisor = common_divisor(interaction, n_neurons, &largest);
        status = largest <= most ? fill_whole(weights, divisor) : fill_real(weights, divisor);
    }
    weights->are_exact = largest < INT64_C(1) << 53;
    weights->n_words_narrow = largest <= most ? (size_t)(((INT64_C(1) << 31) - 1) / (16 * largest)) : 0;
    if (status == HEBB_OK) return HEBB_OK;
    hebb_dense_weights_free(weights);
    return hebb_fail(HEBB_ENOMEM, "no memory for the weights of %zu patterns", n_patterns);
}

void hebb_dense_weights_free(hebb_dense_weights *weights)
{
    free(weights->whole_steps);
    free(weights->whole);
    free(weights->real_steps);
    free(weights->real);
    *weights = (hebb_dense_weights){0};
}

double hebb_dense_weights_bytes(size_t n_neurons, size_t n_patterns)
{
    return sizeof(double) * ((double)n_neurons + 2.0 + (double)n_patterns + 64.0);
}

static void set_whole(hebb_dense_weights *weights, const hebb_kernel *kernel, const int32_t *overlaps)
{
    const size_t n_patterns = weights->n_patterns;
    if (weights->is_cubic)
        kernel->weigh_cubic(n_patterns, overlaps, weights->cubic, weights->whole, weights->whole_sums);
    else
        kernel->weigh_whole(n_patterns, overlaps, (int32_t)weights->n_neurons, weights->whole_steps, weights->whole,
                            weights->whole_sums);
}

void hebb_dense_weights_set(hebb_dense_weights *weights, const hebb_kernel *kernel, const int32_t *overlaps)
{
    const int32_t n = (int32_t)weights->n_neurons;
    double *sums = weights->real_sums;
    if (weights->whole != NULL) {
        set_whole(weights, kernel, overlaps);
        return;
    }
    if (weights->interaction.kind == HEBB_INTERACTION_EXPONENTIAL)
        weights->top = kernel->largest(weights->n_patterns, overlaps);
    kernel->weigh_real(weights->n_patterns, overlaps, 2 * n - weights->top, weights->real_steps, weights->real, sums);
    const bool has_degree = weights->interaction.kind != HEBB_INTERACTION_EXPONENTIAL;
    const double size = sums[HEBB_SUM_OF_SIZES], k = (double)weights->n_patterns;
    const double degree = has_degree ? weights->interaction.degree : 0.0;
    weights->error = (2.0 * k + 8.0 * degree + 64.0) * 0x1p-52 * size + k * 0x1p-1060;
    if (weights->are_exact && size < 0x1p53) weights->error = 0.0;
}

static int8_t sign_beyond(double x, double error)
{
    if (error == 0.0) return (int8_t)((x > 0.0) - (x < 0.0));
    if (x > error) return 1;
    return x < -error ? -1 : HEBB_UNSURE;
}

static void sum_whole(const hebb_dense_weights *weights, const hebb_kernel *kernel, size_t n,
                      const uint64_t *const *rows, const int8_t *spins, double *differences, int8_t *signs)
{
    const size_t n_words = (weights->n_patterns + 63) / 64;
    const int64_t *all = weights->whole_sums;
    int64_t sums[HEBB_DENSE_ROWS];
    kernel->sum_whole(n, rows, n_words, all[HEBB_SUM_OF_SIZES] <= INT32_MAX ? n_words : weights->n_words_narrow,
                      weights->whole, sums);
    for (size_t r = 0; r < n; r++) {
        const int64_t down = all[HEBB_SUM_OF_WEIGHTS] - all[HEBB_SUM_OF_RISES];
        const int64_t difference = sums[r] - (spins[r] > 0 ? all[HEBB_SUM_OF_RISES] : down);
        if (differences != NULL) differences[r] = (double)difference;
        if (signs != NULL) signs[r] = (int8_t)((difference > 0) - (difference < 0));
    }
}

void hebb_dense_weights_sum(const hebb_dense_weights *weights, const hebb_kernel *kernel, size_t n,
                            const uint64_t *const *rows, const int8_t *spins, double *differences, int8_t *signs)
{
    if (weights->whole != NULL) {
        sum_whole(weights, kernel, n, rows, spins, differences, signs);
        return;
    }
    const double *all = weights->real_sums;
    double sums[HEBB_DENSE_ROWS];
    kernel->sum_real(n, rows, (weights->n_patterns + 63) / 64, weights->real, sums);
    for (size_t r = 0; r < n; r++) {
        const double down = all[HEBB_SUM_OF_WEIGHTS] - all[HEBB_SUM_OF_RISES];
        const double difference = sums[r] - (spins[r] > 0 ? all[HEBB_SUM_OF_RISES] : down);
        if (differences != NULL) differences[r] = difference;
        if (signs != NULL) signs[r] = sign_beyond(difference, weights->error);
    }
}
