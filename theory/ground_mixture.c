#include "ground_mixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pattern_blocks.h"

/* All numbers here are fractions with small denominators, or rounding. */
#define ROUNDING 1e-9

/* |v.xi| beyond which the average s is taken for one at +-1, where v is infinite: fractions stay further away. */
#define SATURATED 12.0

typedef struct {
    hebb_ground_mixture *list;
    size_t n, room;
    int n_patterns;
} collection;

/* In coordinates c_j = sqrt(b_j) a_j the patterns' scalar product is the usual one. */
typedef struct {
    hebb_blocks blocks;
    double xi[HEBB_MAX_SIGNS][HEBB_MAX_MIXED]; /* y_j/sqrt(b_j) */
    int sign[HEBB_MAX_SIGNS];                  /* of the field on the face */
    double g[HEBB_MAX_MIXED];
    int rank; /* of the vectors with sign 0 */
    double basis[HEBB_MAX_MIXED][HEBB_MAX_MIXED];
} face;

static double dot(int n, const double *x, const double *y)
{
    double sum = 0.0;
    for (int j = 0; j < n; j++) sum += x[j] * y[j];
    return sum;
}

static int sign_of(double x)
{
    return (x > ROUNDING) - (x < -ROUNDING);
}

/* Takes what the basis spans out of x, twice against rounding. */
static void project_out(const face *f, double *x)
{
    const int k = f->blocks.n_blocks;
    for (int pass = 0; pass < 2; pass++)
        for (int b = 0; b < f->rank; b++) {
            const double along = dot(k, x, f->basis[b]);
            for (int j = 0; j < k; j++) x[j] -= along * f->basis[b][j];
        }
}

/* inside: a value for each block. */
static void face_init(face *f, int n_patterns, unsigned steps, const double *inside)
{
    *f = (face){0};
    hebb_blocks_init(&f->blocks, n_patterns, steps);
    const int k = f->blocks.n_blocks;
    for (int term = 0; term < f->blocks.n_terms; term++) {
        double field = 0.0;
        for (int j = 0; j < k; j++) {
            f->xi[term][j] = f->blocks.y[term][j] / sqrt((double)f->blocks.size[j]);
            field += inside[j] * f->blocks.y[term][j];
        }
        f->sign[term] = sign_of(field);
        for (int j = 0; j < k; j++) f->g[j] += f->blocks.weight[term] * f->sign[term] * f->xi[term][j];
        if (f->sign[term] != 0) continue;
        double rest[HEBB_MAX_MIXED];
        memcpy(rest, f->xi[term], sizeof rest);
        project_out(f, rest);
        const double length = sqrt(dot(k, rest, rest));
        if (length < ROUNDING) continue;
        for (int j = 0; j < k; j++) f->basis[f->rank][j] = rest[j] / length;
        f->rank++;
    }
}

/* Whether c lies on the face: the fields' signs are the face's, and c is ordered strictly. */
static bool lies_on(const face *f, const double *c)
{
    const int k = f->blocks.n_blocks;
    for (int term = 0; term < f->blocks.n_terms; term++)
        if (sign_of(dot(k, c, f->xi[term])) != f->sign[term]) return false;
    for (int j = 0; j < k; j++) {
        const double next = j + 1 < k ? c[j + 1] / sqrt((double)f->blocks.size[j + 1]) : 0.0;
        if (sign_of(c[j] / sqrt((double)f->blocks.size[j]) - next) != 1) return false;
    }
    return true;
}

/*
 * Gradient and Hessian of <ln cosh v.xi>_Z - v.r - T v.v/2 in the coordinates u of the basis; returns the largest
 * |v.xi|.
 */
static double zonotope(const face *f, const double *u, const double *r, double T, double *gradient,
                       double H[HEBB_MAX_MIXED][HEBB_MAX_MIXED])
{
    double largest = 0.0;
    for (int b = 0; b < f->rank; b++) {
        gradient[b] = -r[b] - T * u[b];
        for (int c = 0; c < f->rank; c++) H[b][c] = b == c ? -T : 0.0;
    }
    for (int term = 0; term < f->blocks.n_terms; term++) {
        if (f->sign[term] != 0) continue;
        double p[HEBB_MAX_MIXED];
        for (int b = 0; b < f->rank; b++) p[b] = dot(f->blocks.n_blocks, f->xi[term], f->basis[b]);
        const double x = dot(f->rank, p, u);
        const double s = tanh(x);
        largest = fmax(largest, fabs(x));
        for (int b = 0; b < f->rank; b++) {
            gradient[b] += f->blocks.weight[term] * p[b] * s;
            for (int c = 0; c < f->rank; c++) H[b][c] += f->blocks.weight[term] * p[b] * p[c] * (1.0 - s * s);
        }
    }
    return largest;
}

/* Newton's step H^-1 gradient, H positive definite, by Cholesky's factors in place. */
static void solve(int n, double H[HEBB_MAX_MIXED][HEBB_MAX_MIXED], double *x)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = H[i][j];
            for (int k = 0; k < j; k++) sum -= H[i][k] * H[j][k];
            H[i][j] = i == j ? sqrt(fmax(sum, 1e-300)) : sum / H[j][j];
        }
        for (int k = 0; k < i; k++) x[i] -= H[i][k] * x[k];
        x[i] /= H[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++) x[i] -= H[k][i] * x[k];
        x[i] /= H[i][i];
    }
}

/*
 * The v with <xi tanh v.xi>_Z = r + T v.  At T = 0 there is one where r lies inside the zonotope of the xi in Z: the
 * function that Newton's steps, cut to length 1, go down is convex, and r on its edge or outside sends v to infinity.
 */
static bool find_slope(const face *f, const double *r, double T, double *v)
{
    double u[HEBB_MAX_MIXED] = {0};
    for (int j = 0; j < f->blocks.n_blocks; j++) v[j] = 0.0;
    if (f->rank == 0) return true;
    double previous = INFINITY;
    for (int step = 0; step < 500; step++) {
        double gradient[HEBB_MAX_MIXED];
        double H[HEBB_MAX_MIXED][HEBB_MAX_MIXED];
        if (zonotope(f, u, r, T, gradient, H) > SATURATED) return false;
        solve(f->rank, H, gradient);
        const double length = sqrt(dot(f->rank, gradient, gradient));
        for (int b = 0; b < f->rank; b++) u[b] -= gradient[b] / fmax(length, 1.0);
        if (length < 1e-8 && length > 0.5 * previous) break;
        if (length < 1e-15) break;
        previous = length;
    }
    for (int b = 0; b < f->rank; b++)
        for (int j = 0; j < f->blocks.n_blocks; j++) v[j] += u[b] * f->basis[b][j];
    return true;
}

/*
 * The fraction that x is but for rounding, by x's continued fraction, itself correctly rounded; x if there is none.
 */
static double as_fraction(double x)
{
    double p[2] = {1.0, floor(x)};
    double q[2] = {0.0, 1.0};
    double rest = x - floor(x);
    for (int step = 0; step < 20 && fabs(p[1] / q[1] - x) > 2e-15; step++) {
        rest = 1.0 / rest;
        const double term = floor(rest);
        rest -= term;
        const double next_p = term * p[1] + p[0];
        const double next_q = term * q[1] + q[0];
        if (next_q > 2e4) return x;
        p[0] = p[1];
        q[0] = q[1];
        p[1] = next_p;
        q[1] = next_q;
    }
    return p[1] / q[1];
}

static hebb_status append(collection *c, const hebb_ground_mixture *found)
{
    if (c->n == c->room) {
        const size_t room = c->room == 0 ? 32 : 2 * c->room;
        hebb_ground_mixture *list = realloc(c->list, room * sizeof *list);
        if (list == NULL) return HEBB_ENOMEM;
        c->list = list;
        c->room = room;
    }
    c->list[c->n++] = *found;
    return HEBB_OK;
}

static hebb_status visit(unsigned steps, const int *inside, void *data)
{
    collection *found = data;
    face f;
    double value[HEBB_MAX_MIXED];
    int k = 0;
    for (int j = 0; j < found->n_patterns; j++)
        if (steps >> j & 1) value[k++] = inside[j];
    face_init(&f, found->n_patterns, steps, value);
    double c[HEBB_MAX_MIXED];
    double r[HEBB_MAX_MIXED];
    double v[HEBB_MAX_MIXED];
    memcpy(c, f.g, sizeof c);
    project_out(&f, c);
    if (!lies_on(&f, c)) return HEBB_OK;
    for (int b = 0; b < f.rank; b++) r[b] = -dot(k, f.g, f.basis[b]);
    if (!find_slope(&f, r, 0.0, v)) return HEBB_OK;

    hebb_ground_mixture mixture = {.steps = steps, .smallest_field = INFINITY};
    for (int j = 0; j < k; j++) {
        mixture.a[j] = as_fraction(c[j] / sqrt((double)f.blocks.size[j]));
        mixture.v[j] = v[j] / sqrt((double)f.blocks.size[j]);
    }
    mixture.e = -as_fraction(0.5 * dot(k, c, c)) + 0.0; /* + 0.0: no -0 */
    for (int term = 0; term < f.blocks.n_terms; term++) {
        if (f.sign[term] == 0) mixture.has_zero_fields = true;
        if (f.sign[term] != 0) mixture.smallest_field = fmin(mixture.smallest_field, fabs(dot(k, c, f.xi[term])));
    }
    return append(found, &mixture);
}

hebb_status hebb_ground_mixtures(int n_patterns, hebb_ground_mixture **list, size_t *n)
{
    collection found = {.n_patterns = n_patterns};
    const hebb_status status = hebb_sign_cone_walk(n_patterns, visit, &found);
    if (status != HEBB_OK) {
        free(found.list);
        return status;
    }
    *list = found.list;
    *n = found.n;
    return HEBB_OK;
}

hebb_status hebb_ground_mixture_slope(int n_patterns, const hebb_ground_mixture *mixture, double T, double *v)
{
    face f;
    double r[HEBB_MAX_MIXED];
    face_init(&f, n_patterns, mixture->steps, mixture->a);
    for (int b = 0; b < f.rank; b++) r[b] = -dot(f.blocks.n_blocks, f.g, f.basis[b]);
    if (!find_slope(&f, r, T, v)) return HEBB_ENOCONV;
    for (int j = 0; j < f.blocks.n_blocks; j++) v[j] /= sqrt((double)f.blocks.size[j]);
    return HEBB_OK;
}
