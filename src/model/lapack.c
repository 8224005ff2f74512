#include "lapack.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "blas.h"

void dgesdd_(const char *job, const int *m, const int *n, double *a, const int *lda, double *s, double *u,
             const int *ldu, double *vt, const int *ldvt, double *work, const int *lwork, int *iwork, int *info);

typedef struct {
    int m, n, k; /* of the matrix as Fortran reads it: the columns of ours, its rows, the smaller number */
    double *a, *u, *vt, *work;
    int *iwork;
} room;

static void free_room(room *r)
{
    free(r->a);
    free(r->u);
    free(r->vt);
    free(r->work);
    free(r->iwork);
}

static int call(room *r, const char *job, double *values, double *work, int n_work)
{
    int info;
    hebb_blas_enter();
    dgesdd_(job, &r->m, &r->n, r->a, &r->m, values, r->u, &r->m, r->vt, &r->k, work, &n_work, r->iwork, &info);
    hebb_blas_leave();
    return info;
}

static hebb_status decompose(room *r, const double *matrix, double *values, bool with_vectors)
{
    const char *job = with_vectors ? "S" : "N";
    const size_t m = (size_t)r->m, n = (size_t)r->n, k = (size_t)r->k;
    double best = 0.0;
    int info = 0;
    r->a = malloc(m * n * sizeof(double));
    r->u = malloc((with_vectors ? m * k : 1) * sizeof(double));
    r->vt = malloc((with_vectors ? k * n : 1) * sizeof(double));
    r->iwork = malloc(8 * k * sizeof(int));
    if (r->a == NULL || r->u == NULL || r->vt == NULL || r->iwork == NULL) goto no_memory;
    info = call(r, job, values, &best, -1); /* how much room it wants to work in */
    if (info == 0 && !(best <= INT_MAX)) goto too_large;
    if (info == 0) {
        r->work = malloc((size_t)best * sizeof(double));
        if (r->work == NULL) goto no_memory;
        memcpy(r->a, matrix, m * n * sizeof(double));
        info = call(r, job, values, r->work, (int)best);
    }
    if (info == 0) return HEBB_OK;
    return hebb_fail(HEBB_ENOCONV, "the singular values of %zu x %zu numbers: dgesdd gave up (%d)", n, m, info);
no_memory:
    return hebb_fail(HEBB_ENOMEM, "no memory for the singular values of %zu x %zu numbers", n, m);
too_large:
    return hebb_fail(HEBB_EDOM, "the singular values of %zu x %zu numbers: too many for LAPACK's whole numbers", n, m);
}

/* Its largest entry becomes positive; returns by which sign. */
static double orient(size_t n, double *vector)
{
    size_t largest = 0;
    for (size_t i = 1; i < n; i++)
        if (fabs(vector[i]) > fabs(vector[largest])) largest = i;
    const double sign = vector[largest] < 0.0 ? -1.0 : 1.0;
    for (size_t i = 0; i < n; i++) vector[i] *= sign;
    return sign;
}

hebb_status hebb_lapack_svd(size_t n_rows, size_t n_columns, const double *matrix, double *values, double *left,
                            double *right)
{
    const size_t k = n_rows < n_columns ? n_rows : n_columns;
    if (n_rows == 0 || n_columns == 0 || n_rows > INT_MAX / 8 || n_columns > INT_MAX / 8)
        return hebb_fail(HEBB_EDOM, "a matrix of %zu x %zu numbers: from 1 to %d each way", n_rows, n_columns,
                         INT_MAX / 8);
    room r = {.m = (int)n_columns, .n = (int)n_rows, .k = (int)k};
    const hebb_status status = decompose(&r, matrix, values, left != NULL);
    for (size_t a = 0; a < k && status == HEBB_OK && left != NULL; a++) {
        for (size_t i = 0; i < n_rows; i++) left[a * n_rows + i] = r.vt[a + k * i];
        const double sign = orient(n_rows, left + a * n_rows);
        for (size_t j = 0; j < n_columns; j++) right[a * n_columns + j] = sign * r.u[a * n_columns + j];
    }
    free_room(&r);
    return status;
}
