#include "blas.h"

#include <cblas.h>

void hebb_blas_use_one_thread(void)
{
    openblas_set_num_threads(1);
}

const char *hebb_blas_core(void)
{
    return openblas_get_corename();
}
