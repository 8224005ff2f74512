/* The same loops for processors with AVX2 and a population count. */
#ifdef __x86_64__
#define KERNEL_TARGET __attribute__((target("avx2,popcnt")))
#include "field_kernel_body.h"

extern const hebb_field_kernel hebb_field_kernel_avx2;
const hebb_field_kernel hebb_field_kernel_avx2 = {"avx2", fields, add_row_products, add_row};
#else
typedef int hebb_no_avx2_here; /* ISO C wants a declaration */
#endif
