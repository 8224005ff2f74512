#include "small_matrix.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

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
    gsl_permutation *order = gsl_permutation_alloc(n);
    if (order == NULL) return HEBB_ENOMEM;
    gsl_matrix_view matrix = gsl_matrix_view_array_with_tda(A, n, n, width);
    gsl_vector_view side = gsl_vector_view_array(b, n);
    int sign;
    hebb_status status = HEBB_ENOCONV;
    if (gsl_linalg_LU_decomp(&matrix.matrix, order, &sign) != GSL_SUCCESS) goto out;
    for (size_t i = 0; i < n; i++)
        if (!(fabs(A[i * width + i]) > DBL_MIN)) goto out; /* singular: GSL would call its error handler */
    if (gsl_linalg_LU_svx(&matrix.matrix, order, &side.vector) == GSL_SUCCESS) status = HEBB_OK;
out:
    gsl_permutation_free(order);
    return status;
}

hebb_status hebb_small_eigen(size_t n, size_t width, double *A, double *values, double *vectors)
{
    if (n == 0) return HEBB_OK;
    if (!is_finite(n, width, A)) return HEBB_ENOCONV;
    gsl_eigen_symmv_workspace *workspace = gsl_eigen_symmv_alloc(n);
    if (workspace == NULL) return HEBB_ENOMEM;
    gsl_matrix_view matrix = gsl_matrix_view_array_with_tda(A, n, n, width);
    gsl_matrix_view basis = gsl_matrix_view_array_with_tda(vectors, n, n, width);
    gsl_vector_view spectrum = gsl_vector_view_array(values, n);
    hebb_status status = HEBB_ENOCONV;
    if (gsl_eigen_symmv(&matrix.matrix, &spectrum.vector, &basis.matrix, workspace) != GSL_SUCCESS) goto out;
    if (gsl_eigen_symmv_sort(&spectrum.vector, &basis.matrix, GSL_EIGEN_SORT_VAL_ASC) != GSL_SUCCESS) goto out;
    if (gsl_matrix_transpose(&basis.matrix) == GSL_SUCCESS) status = HEBB_OK; /* GSL has the vectors in columns */
out:
    gsl_eigen_symmv_free(workspace);
    return status;
}
