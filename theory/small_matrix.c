#include "small_matrix.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

static bool is_finite(size_t n, size_t width, const double *A)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            if (!isfinite(A[i * width + j])) return false;
    return true;
}

hebb_status hebb_small_solve(size_t n, size_t width, double *A, double *b)
{
    if (n == 0) return HEBB_OK;
    if (!is_finite(n, width, A)) return HEBB_ENOCONV;
    if (n > HEBB_SMALL_MAX) return HEBB_EDOM;
    size_t places[HEBB_SMALL_MAX];
    gsl_permutation order = {.size = n, .data = places};
    gsl_matrix_view matrix = gsl_matrix_view_array_with_tda(A, n, n, width);
    gsl_vector_view side = gsl_vector_view_array(b, n);
    int sign;
    if (gsl_linalg_LU_decomp(&matrix.matrix, &order, &sign) != GSL_SUCCESS) return HEBB_ENOCONV;
    for (size_t i = 0; i < n; i++)
        if (!(fabs(A[i * width + i]) > DBL_MIN)) return HEBB_ENOCONV; /* singular: GSL would call its error handler */
    return gsl_linalg_LU_svx(&matrix.matrix, &order, &side.vector) == GSL_SUCCESS ? HEBB_OK : HEBB_ENOCONV;
}

hebb_status hebb_small_eigen(size_t n, size_t width, double *A, double *values, double *vectors)
{
    if (n == 0) return HEBB_OK;
    if (!is_finite(n, width, A)) return HEBB_ENOCONV;
    if (n > HEBB_SMALL_MAX) return HEBB_EDOM;
    double room[4][HEBB_SMALL_MAX];
    gsl_eigen_symmv_workspace workspace = {.size = n, .d = room[0], .sd = room[1], .gc = room[2], .gs = room[3]};
    gsl_matrix_view matrix = gsl_matrix_view_array_with_tda(A, n, n, width);
    gsl_matrix_view basis = gsl_matrix_view_array_with_tda(vectors, n, n, width);
    gsl_vector_view spectrum = gsl_vector_view_array(values, n);
    if (gsl_eigen_symmv(&matrix.matrix, &spectrum.vector, &basis.matrix, &workspace) != GSL_SUCCESS)
        return HEBB_ENOCONV;
    if (gsl_eigen_symmv_sort(&spectrum.vector, &basis.matrix, GSL_EIGEN_SORT_VAL_ASC) != GSL_SUCCESS)
        return HEBB_ENOCONV;
    /* GSL has the vectors in columns. */
    return gsl_matrix_transpose(&basis.matrix) == GSL_SUCCESS ? HEBB_OK : HEBB_ENOCONV;
}

hebb_status hebb_small_largest(size_t n, const double *A, double *largest)
{
    double copy[HEBB_SMALL_MAX * HEBB_SMALL_MAX], vectors[HEBB_SMALL_MAX * HEBB_SMALL_MAX], values[HEBB_SMALL_MAX];
    if (n == 0 || n > HEBB_SMALL_MAX) return HEBB_EDOM;
    memcpy(copy, A, n * n * sizeof *copy);
    const hebb_status status = hebb_small_eigen(n, n, copy, values, vectors);
    if (status == HEBB_OK) *largest = values[n - 1];
    return status;
}
