/*
 * blas - OpenBLAS as this program uses it: one thread a caller
 *
 * Results must not depend on threads, and units already fill the cores: a library that spreads one product over all of
 * them would sum in another order and start threads within threads.
 */
#ifndef HEBB_MODEL_BLAS_H
#define HEBB_MODEL_BLAS_H

/* For the whole process; at a program's start, before the first product. */
void hebb_blas_use_one_thread(void);

/*
 * Around every product.  OpenBLAS built without threads is not safe with several callers, whose results it mixes up: there
 * they wait for each other.
 */
void hebb_blas_enter(void);
void hebb_blas_leave(void);

/* The kernels that OpenBLAS has chosen for this processor, for benchmarks. */
const char *hebb_blas_core(void);

#endif
