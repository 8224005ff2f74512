#include "blas.h"

#include <pthread.h>

#include <cblas.h>

static pthread_mutex_t one_caller = PTHREAD_MUTEX_INITIALIZER;

void hebb_blas_use_one_thread(void)
{
    openblas_set_num_threads(1);
}

void hebb_blas_enter(void)
{
    if (openblas_get_parallel() == OPENBLAS_SEQUENTIAL) (void)pthread_mutex_lock(&one_caller);
}

void hebb_blas_leave(void)
{
    if (openblas_get_parallel() == OPENBLAS_SEQUENTIAL) (void)pthread_mutex_unlock(&one_caller);
}

const char *hebb_blas_core(void)
{
    return openblas_get_corename();
}
