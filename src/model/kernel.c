#include "kernel.h"

#include <stdio.h>
#include <string.h>

extern const hebb_kernel hebb_kernel_portable;
#ifdef __x86_64__
extern const hebb_kernel hebb_kernel_avx2, hebb_kernel_avx512;
#endif

static int runs_anywhere(void)
{
    return 1;
}

#ifdef __x86_64__
static int runs_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

/* Ice Lake, Zen 4 and later: among other things, a table of 64 16-bit numbers looked up in one instruction. */
static int runs_avx512(void)
{
    return runs_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vnni") &&
           __builtin_cpu_supports("gfni");
}
#endif

static const struct {
    const hebb_kernel *kernel;
    int (*runs_here)(void);
} all[] = {
    {&hebb_kernel_portable, runs_anywhere},
#ifdef __x86_64__
    {&hebb_kernel_avx2, runs_avx2},
    {&hebb_kernel_avx512, runs_avx512},
#endif
};
enum { N_KERNELS = sizeof all / sizeof *all };

static const hebb_kernel *selected;

const hebb_kernel *const *hebb_kernels(void)
{
    static _Thread_local const hebb_kernel *here[N_KERNELS + 1];
    size_t n = 0;
    for (size_t k = 0; k < N_KERNELS; k++)
        if (all[k].runs_here()) here[n++] = all[k].kernel;
    here[n] = NULL;
    return here;
}

const hebb_kernel *hebb_kernel_in_use(void)
{
    if (selected != NULL) return selected;
    const hebb_kernel *const *kernel = hebb_kernels();
    while (kernel[1] != NULL) kernel++;
    return *kernel;
}

hebb_status hebb_kernel_select(const char *name)
{
    char names[80] = "";
    selected = NULL;
    if (name == NULL || *name == '\0') return HEBB_OK;
    for (size_t k = 0; k < N_KERNELS; k++) {
        const size_t length = strlen(names);
        snprintf(names + length, sizeof names - length, "%s%s", k == 0 ? "" : ", ", all[k].kernel->name);
        if (strcmp(name, all[k].kernel->name) != 0) continue;
        if (!all[k].runs_here()) return hebb_fail(HEBB_EDOM, "'%s': this processor does not run it", name);
        selected = all[k].kernel;
        return HEBB_OK;
    }
    return hebb_fail(HEBB_EUSAGE, "'%s' is none of %s", name, names);
}
