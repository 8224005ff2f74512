#include "field_kernel.h"

extern const hebb_field_kernel hebb_field_kernel_portable;

#ifdef __x86_64__
extern const hebb_field_kernel hebb_field_kernel_avx2;

const hebb_field_kernel *const *hebb_field_kernels(void)
{
    static const hebb_field_kernel *const all[] = {&hebb_field_kernel_portable, &hebb_field_kernel_avx2, NULL};
    static const hebb_field_kernel *const plain[] = {&hebb_field_kernel_portable, NULL};
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") ? all : plain;
}
#else
const hebb_field_kernel *const *hebb_field_kernels(void)
{
    static const hebb_field_kernel *const plain[] = {&hebb_field_kernel_portable, NULL};
    return plain;
}
#endif

const hebb_field_kernel *hebb_field_kernel_best(void)
{
    const hebb_field_kernel *const *kernel = hebb_field_kernels();
    while (kernel[1] != NULL) kernel++;
    return *kernel;
}
