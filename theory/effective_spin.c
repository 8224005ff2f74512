#include "effective_spin.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "dense_retrieval.h"
#include "philox.h"

/* An innovation of the noise below this part of its variance is rounding and sampling, not motion. */
static const double FROZEN = 1e-10;

/*
 * For n >= 3 one below RESOLVED/n_paths is: the few spins that have just turned over give it, and the response to it, with
 * an error of its own size, which would turn them again, and drive a state that comes to rest out of it.
 */
static const double RESOLVED = 30.0;

/* One set of paths on its way; matrices are n x n, row t being known once step t is. */
typedef struct {
    int degree;        /* n of F(x) = x^n */
    double alpha, m0;  /* the load a for n >= 3 */
    size_t n, n_paths; /* times 0 .. n - 1 that have a field; paths, every other one from s(0) = -1 */
    double *correlation, *response, *factor; /* C, G, and L of <n n> = L L^T, n = L z */
    double *memory;     /* (1 - G)^-1; for n >= 3 r'(C) G: below the diagonal, what s hears of its past */
    double *z;          /* n x n_paths */
    double *field;      /* h without the newest noise, of each path */
    double *sign;       /* <s(t+1)> given all but the newest noise, times the path's weight */
    int8_t *spins;      /* (n + 1) x n_paths */
    double *m, *sigma2; /* n + 1 */
} path_set;

static double *row(const path_set *set, double *matrix, size_t t)
{
    return matrix + t * set->n;
}

/* Paths from s(0) = +1 and -1 are equally many and weigh (1 +- m0)/n_paths. */
static double weight(const path_set *set, size_t path)
{
    return (1.0 + (path % 2 == 0 ? set->m0 : -set->m0)) / (double)set->n_paths;
}

static double sum_of_products(size_t n, const double *a, const double *b)
{
    double sum[4] = {0.0, 0.0, 0.0, 0.0};
    size_t k = 0;
    for (; k + 4 <= n; k += 4)
        for (size_t j = 0; j < 4; j++) sum[j] += a[k + j] * b[k + j];
    for (; k < n; k++) sum[0] += a[k] * b[k];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static double sum_with_signs(size_t n, const double *a, const int8_t *signs)
{
    double sum[4] = {0.0, 0.0, 0.0, 0.0};
    size_t k = 0;
    for (; k + 4 <= n; k += 4)
        for (size_t j = 0; j < 4; j++) sum[j] += a[k + j] * signs[k + j];
    for (; k < n; k++) sum[0] += a[k] * signs[k];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* h(t) of every path but for the newest noise L(t, t) z(t); the variance of h(t). */
static void find_fields(path_set *set, size_t t)
{
    const double *factor = row(set, set->factor, t), *memory = row(set, set->memory, t);
    double signal = set->m[t];
    for (int k = 2; k < set->degree; k++) signal *= set->m[t];
    for (size_t a = 0; a < set->n_paths; a++) set->field[a] = signal;
    for (size_t k = 0; k < t; k++) {
        const double *z = set->z + k * set->n_paths;
        const int8_t *spins = set->spins + k * set->n_paths;
        const double echo = set->alpha * memory[k];
        for (size_t a = 0; a < set->n_paths; a++) set->field[a] += factor[k] * z[a] + echo * spins[a];
    }
    double mean = 0.0, square = 0.0;
    for (size_t a = 0; a < set->n_paths; a++) mean += weight(set, a) * set->field[a];
    for (size_t a = 0; a < set->n_paths; a++)
        square += weight(set, a) * (set->field[a] - mean) * (set->field[a] - mean);
    set->sigma2[t] = square + factor[t] * factor[t];
}

/*
 * Gives the newest noise over the paths what it has on average: mean 0 for either start, no correlation with what came
 * before, variance 1.  Errors become some four times smaller.
 */
static void match_moments(path_set *set, size_t t)
{
    const size_t n = set->n_paths;
    double *z = set->z + t * n, mean[2] = {0.0, 0.0}, square = 0.0;
    for (size_t a = 0; a < n; a++) mean[a % 2] += z[a];
    for (size_t a = 0; a < n; a++) z[a] -= mean[a % 2] / (0.5 * (double)n);
    for (size_t k = 0; k < t; k++) {
        const double *before = set->z + k * n;
        double product = 0.0;
        for (size_t a = 0; a < n; a++) product += weight(set, a) * z[a] * before[a];
        for (size_t a = 0; a < n; a++) z[a] -= product * before[a];
    }
    for (size_t a = 0; a < n; a++) square += weight(set, a) * z[a] * z[a];
    for (size_t a = 0; a < n; a++) z[a] /= sqrt(square);
}

/*
 * Averages of s(t+1), the newest noise being integrated out: m, C, and <s(t+1) z(k)>, which goes where G is to be.
 * Then the newest noise is drawn.
 */
static void make_spins(path_set *set, size_t t, hebb_stream *stream)
{
    const double newest = row(set, set->factor, t)[t];
    double *products = row(set, set->response, t + 1), *z = set->z + t * set->n_paths;
    int8_t *spins = set->spins + (t + 1) * set->n_paths;
    double density = 0.0;
    set->m[t + 1] = 0.0;
    for (size_t a = 0; a < set->n_paths; a++) {
        const double y = newest > 0.0 ? set->field[a] / newest : copysign(INFINITY, set->field[a]);
        set->sign[a] = weight(set, a) * erf(M_SQRT1_2 * y);
        density += weight(set, a) * exp(-0.5 * y * y);
        set->m[t + 1] += set->sign[a];
        z[a] = hebb_stream_gaussian(stream);
    }
    match_moments(set, t);
    for (size_t a = 0; a < set->n_paths; a++) spins[a] = set->field[a] + newest * z[a] < 0.0 ? -1 : 1;
    if (t + 1 == set->n) return;
    for (size_t k = 0; k <= t; k++) {
        row(set, set->correlation, t + 1)[k] = sum_with_signs(set->n_paths, set->sign, set->spins + k * set->n_paths);
        products[k] = k < t ? sum_of_products(set->n_paths, set->sign, set->z + k * set->n_paths)
                            : M_2_SQRTPI * M_SQRT1_2 * density;
    }
    row(set, set->correlation, t + 1)[t + 1] = 1.0;
}

/* Row t of (1 - G)^-1 = 1 + G (1 - G)^-1; for n >= 3 of r'(C) G, a pattern that is not retrieved having no memory. */
static void find_memory(path_set *set, size_t t)
{
    const double *response = row(set, set->response, t), *correlation = row(set, set->correlation, t);
    double *memory = row(set, set->memory, t);
    if (set->degree > 2) {
        const double k = set->degree - 1.0, scale = k * k / hebb_dense_double_factorial(set->degree);
        for (size_t j = 0; j < t; j++)
            memory[j] = scale * hebb_dense_gaussian_moment(set->degree - 2, correlation[j]) * response[j];
        return;
    }
    memory[t] = 1.0;
    for (size_t j = 0; j < t; j++)
        for (size_t k = 0; k <= j; k++) memory[k] += response[j] * row(set, set->memory, j)[k];
}

/* Row t of G from <s z> = G L. */
static void find_response(path_set *set, size_t t)
{
    double *response = row(set, set->response, t);
    for (size_t k = t; k-- > 0;) {
        for (size_t j = k + 1; j < t; j++) response[k] -= response[j] * row(set, set->factor, j)[k];
        const double own = row(set, set->factor, k)[k];
        response[k] = own > 0.0 ? response[k] / own : 0.0;
    }
}

/* r(C) = E[(u v)^(n-1)]/(2n-3)!! */
static double relative_noise(int degree, double correlation)
{
    return hebb_dense_gaussian_moment(degree - 1, correlation) / hebb_dense_double_factorial(degree);
}

/* <n(t) n(u)>, u <= t. */
static double covariance(const path_set *set, size_t t, size_t u)
{
    const double *of_t = row(set, set->memory, t), *of_u = row(set, set->memory, u);
    double sum = 0.0;
    if (set->degree > 2) return set->alpha * relative_noise(set->degree, row(set, set->correlation, t)[u]);
    for (size_t a = 0; a <= t; a++)
        for (size_t b = 0; b <= u; b++)
            sum += of_t[a] * of_u[b] * (a > b ? row(set, set->correlation, a)[b] : row(set, set->correlation, b)[a]);
    return set->alpha * sum;
}

/* Row t of Cholesky's factor. */
static void find_factor(path_set *set, size_t t)
{
    double *factor = row(set, set->factor, t);
    const double variance = covariance(set, t, t);
    const double least = set->degree > 2 ? RESOLVED / (double)set->n_paths : FROZEN;
    double rest = variance;
    for (size_t u = 0; u < t; u++) {
        const double *of_u = row(set, set->factor, u);
        double sum = covariance(set, t, u);
        for (size_t k = 0; k < u; k++) sum -= factor[k] * of_u[k];
        factor[u] = of_u[u] > 0.0 ? sum / of_u[u] : 0.0;
        rest -= factor[u] * factor[u];
    }
    factor[t] = rest > least * variance ? sqrt(rest) : 0.0;
}

static void follow(path_set *set, hebb_philox generator)
{
    const size_t n = set->n;
    for (size_t k = 0; k < n * n; k++) set->correlation[k] = set->response[k] = set->memory[k] = set->factor[k] = 0.0;
    for (size_t a = 0; a < set->n_paths; a++) set->spins[a] = a % 2 == 0 ? 1 : -1;
    set->m[0] = set->m0;
    set->correlation[0] = 1.0;
    for (size_t t = 0; t < n; t++) {
        hebb_stream stream;
        hebb_stream_init(&stream, generator, (uint32_t)t, 0);
        find_response(set, t);
        find_memory(set, t);
        find_factor(set, t);
        find_fields(set, t);
        make_spins(set, t, &stream);
    }
    set->sigma2[n] = NAN;
}

static void set_free(path_set *set)
{
    free(set->correlation);
    free(set->z);
    free(set->spins);
}

static hebb_status set_init(path_set *set)
{
    const size_t n = set->n, n_matrix = n * n;
    set->correlation = calloc(4 * n_matrix + 2 * (n + 1), sizeof *set->correlation);
    set->z = calloc((n + 2) * set->n_paths, sizeof *set->z);
    set->spins = calloc((n + 1) * set->n_paths, sizeof *set->spins);
    if (set->correlation == NULL || set->z == NULL || set->spins == NULL) {
        set_free(set);
        return HEBB_ENOMEM;
    }
    set->response = set->correlation + n_matrix;
    set->memory = set->response + n_matrix;
    set->factor = set->memory + n_matrix;
    set->m = set->factor + n_matrix;
    set->sigma2 = set->m + n + 1;
    set->field = set->z + n * set->n_paths;
    set->sign = set->field + set->n_paths;
    return HEBB_OK;
}

/* Running mean and sum of squared deviations, in `error`; with the last of the sets, the standard error. */
static void add(size_t k, double x, double *mean, double *error)
{
    const double before = x - *mean;
    *mean += before / (double)(k + 1);
    *error += before * (x - *mean);
    if (k + 1 == HEBB_EFFECTIVE_SETS) *error = sqrt(*error / (HEBB_EFFECTIVE_SETS * (HEBB_EFFECTIVE_SETS - 1.0)));
}

/* Room for a set of n_paths/HEBB_EFFECTIVE_SETS paths, an even number. */
static hebb_status set_make(path_set *set, int degree, double alpha, size_t n_steps, size_t n_paths)
{
    if (!(alpha >= 1e-6 && alpha <= 1e6) || n_steps < 1 || n_steps > HEBB_EFFECTIVE_MAX_STEPS ||
        n_paths < HEBB_EFFECTIVE_MIN_PATHS || degree < 2 || degree > HEBB_DENSE_MAX_DEGREE)
        return HEBB_EDOM;
    const size_t n_in_set = n_paths / HEBB_EFFECTIVE_SETS / 2 * 2;
    *set = (path_set){.degree = degree, .alpha = alpha, .n = n_steps, .n_paths = n_in_set};
    return set_init(set);
}

/* The k-th set's random numbers: the same for all alpha and m0. */
static hebb_philox paths_of(uint64_t seed, size_t k)
{
    return hebb_philox_derive(seed, HEBB_DRAW_PATH, 0, (uint32_t)k);
}

hebb_status hebb_effective_spin_follow(double alpha, double m0, size_t n_steps, size_t n_paths, uint64_t seed,
                                       hebb_effective_step *steps)
{
    return hebb_effective_spin_follow_dense(2, alpha, m0, n_steps, n_paths, seed, steps);
}

hebb_status hebb_effective_spin_follow_dense(int degree, double load, double m0, size_t n_steps, size_t n_paths,
                                             uint64_t seed, hebb_effective_step *steps)
{
    path_set set;
    if (!(m0 >= 0.0 && m0 <= 1.0)) return HEBB_EDOM;
    const hebb_status status = set_make(&set, degree, load, n_steps, n_paths);
    if (status != HEBB_OK) return status;
    set.m0 = m0;
    for (size_t t = 0; t <= n_steps; t++) steps[t] = (hebb_effective_step){0};
    for (size_t k = 0; k < HEBB_EFFECTIVE_SETS; k++) {
        follow(&set, paths_of(seed, k));
        for (size_t t = 0; t <= n_steps; t++) {
            add(k, set.m[t], &steps[t].m, &steps[t].m_error);
            add(k, set.sigma2[t], &steps[t].sigma2, &steps[t].sigma2_error);
        }
    }
    set_free(&set);
    return HEBB_OK;
}

static bool is_retrieved_from(path_set *set, double m0, hebb_philox generator)
{
    set->m0 = m0;
    follow(set, generator);
    return set->m[set->n] >= HEBB_EFFECTIVE_RETRIEVED;
}

/* Bisection on the multiples of 2^-13, which begins around what another set has given, NaN: none.  NaN: no edge. */
static double edge_of(path_set *set, double near, hebb_philox generator)
{
    const double last = 0x1p-13;
    double low = 0.0, high = 1.0, width = 0x1p-6;
    if (near > 0.0) {
        high = ldexp(rint(ldexp(near, 13)), -13);
        for (; high < 1.0 && !is_retrieved_from(set, high, generator); width *= 2.0) {
            low = high;
            high = fmin(1.0, high + width);
        }
        for (width = 0x1p-6; low == 0.0 && high > width && is_retrieved_from(set, high - width, generator);) {
            high -= width;
            width *= 2.0;
        }
        if (low == 0.0 && high > width) low = high - width;
    }
    if (high == 1.0 && !is_retrieved_from(set, 1.0, generator)) return NAN;
    while (high - low > last) {
        const double middle = low + ldexp(floor(ldexp(0.5 * (high - low), 13)), -13);
        *(is_retrieved_from(set, middle, generator) ? &high : &low) = middle;
    }
    return 0.5 * (low + high);
}

hebb_status hebb_effective_spin_edge(double alpha, size_t n_steps, size_t n_paths, uint64_t seed,
                                     hebb_effective_edge *edge)
{
    path_set set;
    double found = NAN;
    *edge = (hebb_effective_edge){0};
    const hebb_status status = set_make(&set, 2, alpha, n_steps, n_paths);
    if (status != HEBB_OK) return status;
    for (size_t k = 0; k < HEBB_EFFECTIVE_SETS; k++) {
        found = edge_of(&set, found, paths_of(seed, k));
        if (isnan(found)) break;
        add(k, found, &edge->m0, &edge->m0_error);
    }
    set_free(&set);
    if (!isnan(found)) return HEBB_OK;
    *edge = (hebb_effective_edge){NAN, NAN};
    return HEBB_ENOSOLUTION;
}
