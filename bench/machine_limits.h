/*
 * machine_limits - what one core of this machine can do at most, measured
 *
 * The engine's field kernels look up sums of 6 patterns for 32 neurons an instruction: vpermi2w on 512 bits, 192 pairs
 * (neuron, pattern).  Where one sweep's patterns do not fit the caches, memory is the limit.
 */
#ifndef HEBB_BENCH_MACHINE_LIMITS_H
#define HEBB_BENCH_MACHINE_LIMITS_H

/* Pairs an instruction. */
enum { HEBB_MACHINE_PAIRS = 192 };

/*
 * vpermi2w a second, independent of each other; 0 on a processor without AVX-512BW.  Takes some 2 ms: clocks change, so
 * it is to be asked just before and after what it is compared with.
 */
double hebb_machine_look_ups(void);

/*
 * Fused multiplications and additions of single precision a second, 16 an instruction, independent of each other; 0 on a processor
 * without AVX-512.  As hebb_machine_look_ups.
 */
double hebb_machine_products(void);

/* Bytes of the first core's third cache, as Linux has it; 0 where unknown. */
double hebb_machine_cache(void);

/* Bytes a second, reading half a GiB in order; 0 where there is no memory for that. */
double hebb_machine_bandwidth(void);

#endif
