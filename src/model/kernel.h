/*
 * kernel - the inner loops of the Hopfield model in pattern space, in forms for different processors
 *
 *   sum_mu xi_i^mu M^mu,   M^mu = sum_j xi_j^mu s_j      a neuron's field, times N, with its own contribution p s_i
 *   sum_mu xi_i^mu xi_j^mu                               what a flip of i does to the field of j
 *   M^mu += c xi_i^mu                                    what it does to the overlaps
 *
 * No N x N matrix is built.  All results are whole numbers, or come from the same additions and multiplications in the
 * same order, so every kernel gives the same to the bit.  A new kernel is a new file, two lines in kernel.c, and a
 * word in the option --kernel.
 *
 * Signs come as slices: of a block of up to 256 neurons, words[256 w + k] holds patterns 16 w .. 16 w + 15 of neuron k,
 * bit b set where xi_k^(16 w + b) = +1.  The number of words is a multiple of 3: 48 patterns, a unit, are 8 groups of
 * 6, and a table of 64 partial sums of a group's overlaps fits two 512-bit registers ("four Russians").  Neurons come
 * in whole 32s as far as memory goes: what lies between n and the next multiple of 32 is read and written, and means
 * nothing.
 *
 * [ADKF70] V. L. Arlazarov, E. A. Dinic, M. A. Kronrod, I. A. Faradzev, On economical construction of the transitive
 *          closure of a directed graph, Sov. Math. Dokl. 11 (1970) 1209.
 * [SMDS11] J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3,
 *          SC '11 (2011): Philox4x32-10, of which core/philox.h is the reference.
 */
#ifndef HEBB_MODEL_KERNEL_H
#define HEBB_MODEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "philox.h"
#include "status.h"

enum {
    HEBB_BLOCK = 256,          /* the most neurons in one call, and the stride of a slice's words */
    HEBB_UNIT = 48,            /* patterns a look-up table */
    HEBB_UNIT_WORDS = 3,       /* words a unit */
    HEBB_PART_WORDS = 24,      /* words by which a part of the patterns can begin: whole units, and blocks of Philox */
    HEBB_FIELDS_TOGETHER = 16, /* the most networks in one call */
    HEBB_SCAN_ROWS = 16,       /* of room for a scan */
    HEBB_NARROW = 32767,       /* what a sum of table entries may reach before it is widened */
    HEBB_DENSE_ROWS = 8,       /* the most neurons of a dense memory in one call */
    HEBB_FIELD_BOUND = 1 << 29 /* fields and limits stay below this, so that their difference fits 32 bits */
};

/* Units whose table entries can be added in 16 bits, whatever the signs; their sum counts 2^shift times. */
typedef struct {
    size_t n_units;
    const uint32_t *units;  /* which 48 patterns */
    const int16_t *numbers; /* 48 a unit: overlaps, or digits of them */
    char *tables;           /* unit_bytes a unit: what a kernel makes of the numbers */
    int shift;
} hebb_table_segment;

/*
 * All that fields are looked up in.  The segments up to the last of shift 0 have every unit once, in order; their
 * numbers and tables lie one behind the other.
 */
typedef struct {
    size_t n_segments, n_units;
    const hebb_table_segment *segments;
    const uint32_t *reach; /* sum |numbers| of each of the n_units units of shift 0, at most HEBB_NARROW */
    uint32_t reach_usual;  /* a little more than their mean */
    bool are_filled;       /* the tables hold their numbers' sums; otherwise the kernel fills them on its way */
    bool are_passing;      /* they will not be looked at again: a kernel that can do without need not fill them */
} hebb_table_plan;

/*
 * What the loops take on the machine where they were measured, in ns, so that the faster of two ways can be chosen
 * (dynamics/sweep_cost.h).  Only their ratios matter, and no result depends on them.
 */
typedef struct {
    double update[2], look_up[2];      /* a neuron's field from the overlaps; a pattern of it; in random order [1] */
    double flip, flip_pattern;         /* a flip corrected in its block; a pattern of it */
    double stored_flip, stored_neuron; /* a flip with stored couplings; a neuron of its row */
    double coupling, product;          /* making a coupling; a pattern of it */
} hebb_kernel_costs;

/*
 * A block of neurons to be updated; on several threads, the same in each but for the patterns, of which a thread has a
 * part.  What depends on all patterns is joined: every thread calls `join` with its numbers and is given the sums.
 */
typedef struct {
    size_t n, n_patterns, n_words; /* the latter two of the part */
    size_t n_patterns_in_all;
    bool at_once; /* all from the fields given */
    const uint16_t *slices;
    const int8_t *spins;   /* s_k, before */
    const int32_t *fields; /* F_k, before; room for HEBB_BLOCK, as for the limits */
    const int32_t *limits; /* c_k */
    uint16_t *room;        /* HEBB_SCAN_ROWS rows of n_words, rounded up to whole 32s */
    void (*join)(void *context, size_t n, int32_t *numbers); /* n at most HEBB_BLOCK; NULL: the part is all there is */
    void *join_context;
} hebb_scan;

/* Flips made in a block: which of its neurons, and by how much its spin changed, 2 or -2. */
typedef struct {
    size_t n;
    uint16_t which[HEBB_BLOCK];
    int8_t changes[HEBB_BLOCK];
} hebb_flips;

/* A unit's field: bias + sum_g sums[16 g + b], b the bits of units 4 groups[g] .. 4 groups[g] + 3. */
typedef struct {
    double bias;
    double size; /* sum of the weights' sizes, the bias apart */
    size_t n_groups;
    const uint32_t *groups; /* those that have a weight other than 0, in order */
    const double *sums;     /* 16 a group */
    const float *rough;     /* the same in single precision: they decide where no rounding could decide otherwise */
} hebb_gibbs_table;

/*
 * Four units of a Boltzmann machine in many chains.  Bit k of rows[stride w + c] is set where unit 32 w + k of chain c is
 * on; there is room for whole 64s of chains, and what is beyond n_chains means nothing.
 */
typedef struct {
    uint32_t first_unit;            /* a multiple of 4 */
    unsigned updated;               /* bit k: unit first_unit + k is updated */
    const hebb_gibbs_table *tables; /* 4, of which those updated are read */
    uint32_t first_chain;           /* which number the first one has */
    size_t n_chains, stride;
    uint32_t *rows; /* changed */
    size_t n_words;
    uint64_t *bits; /* the same in the other order, written: chain c is bit c % 64 of bits[n_words k + c / 64] */
} hebb_gibbs_four;

/*
 * Sums of listed rows (model/rows_gather.h): indices[from[r] .. to[r] - 1] of state r name rows.  A tile: its columns and
 * the rows between are to be few enough for the first cache.
 */
typedef struct {
    size_t n_states, n_columns; /* the latter a multiple of 16 */
    const size_t *from, *to;
    const uint32_t *indices;
    const float *rows;
    size_t stride;
    const float *start; /* n_columns; NULL: 0 */
    bool is_begun;      /* the sums go on from what they are */
    bool is_subtracted;
    float *sums;
    size_t sums_stride;
} hebb_gather;

/* A row of weights in the step of learning (model/rbm_gradient.h); n_columns is a multiple of 16. */
typedef struct {
    size_t n_columns;
    const float *sums;
    float *velocity, *weights;
    float scale, rate, momentum, decay, left, right, column_factor;
    const float *change, *offset, *row_factors; /* NULL: not there */
    float *row_product;                         /* with row_factors */
    float *column_products;                     /* added to; NULL: not wanted */
} hebb_step_row;

/* What goes with the weights of a dense memory: sum_mu of u, of W = u + v, and of |u| + |v|. */
enum { HEBB_SUM_OF_RISES, HEBB_SUM_OF_WEIGHTS, HEBB_SUM_OF_SIZES, HEBB_WEIGHT_SUMS };

typedef struct {
    const char *name;
    size_t unit_bytes; /* of a unit's table, a multiple of 64 */
    hebb_kernel_costs costs;

    /*
     * Fair signs of n neurons: bit mu of neuron i is bit mu of hebb_philox_bits(generator, 0, i, p).  The bits from p
     * on are 0.  draw_slices writes words first_word .. first_word + n_words - 1, first_word being a multiple of
     * HEBB_PART_WORDS; draw_rows neurons first .. first + n - 1, words_per_neuron 64-bit words each.
     */
    void (*draw_slices)(hebb_philox generator, size_t n, const uint32_t *neurons, size_t n_patterns, size_t first_word,
                        size_t n_words, uint16_t *slices);
    void (*draw_rows)(hebb_philox generator, uint32_t first, size_t n, size_t n_patterns, size_t words_per_neuron,
                      uint64_t *rows);

    /* Rows of neurons[k], words_per_neuron 64-bit words each, into slices of n_words, the same words as in drawing. */
    void (*slice_rows)(size_t n, const uint32_t *neurons, size_t words_per_neuron, const uint64_t *rows,
                       size_t first_word, size_t n_words, uint16_t *slices);

    /* overlaps[mu] += sum_k s_k xi_k^mu for mu < 16 n_words, padding included: it counts as -1. */
    void (*add_overlaps)(size_t n, const int8_t *spins, size_t n_words, const uint16_t *slices, int32_t *overlaps);

    /* numbers[mu] = overlaps[mu] mod 2^16 for one unit; returns sum_mu |overlaps[mu]|, each below 2^24. */
    uint32_t (*narrow)(const int32_t overlaps[HEBB_UNIT], int16_t numbers[HEBB_UNIT]);

    /*
     * fields[k] = sum_mu xi_k^mu M^mu for k < n: the sum over the plan's segments.  fields_together does it for several
     * plans, all of them on the same slices.
     */
    void (*fields)(size_t n, const uint16_t *slices, const hebb_table_plan *plan, int32_t *fields);
    void (*fields_together)(size_t n, const uint16_t *slices, size_t n_plans, const hebb_table_plan *const *plans,
                            int32_t (*fields)[HEBB_BLOCK]);

    /*
     * Updates the neurons of a block one after the other, each flip felt by those after it, unless at once: neuron k
     * flips where s_k F_k <= c_k.  The flips are listed in their order, and overlaps[mu] += sum of their changes x
     * xi^mu for mu < 16 n_words, padding included: it counts as -1.  The spins themselves stay as they are.
     */
    void (*scan)(const hebb_scan *block, hebb_flips *made, int32_t *overlaps);

    /*
     * products[j] = sum_{mu<p} xi^mu xi_j^mu for j < n and p < 2^15, xi being the neuron of some slice whose words are
     * one[HEBB_BLOCK w].
     */
    void (*products)(size_t n, size_t n_patterns, size_t n_words, const uint16_t *slices, const uint16_t *one,
                     int16_t *products);

    /* The first k >= from with s_k fields[k] <= limits[k], or n. */
    size_t (*next_unstable)(size_t n, const int8_t *spins, const int32_t *fields, const int32_t *limits, size_t from);

    /* fields[j] += change row[j] for j < n, a multiple of 32; change is 2 or -2. */
    void (*add_row)(size_t n, const int16_t *row, int change, int32_t *fields);

    /* overlaps[mu] += sum_a changes[a] xi_{which[a]}^mu for mu < 16 n_words, padding included: it counts as -1. */
    void (*add_rows)(size_t n_rows, const uint16_t *which, const int8_t *changes, size_t n_words,
                     const uint16_t *slices, int32_t *overlaps);

    /* words[k] = 64 bits at (sweep, i / 2), i = neurons[k]: the first for an even i, the last for an odd one. */
    void (*random)(hebb_philox generator, uint32_t sweep, size_t n, const uint32_t *neurons, uint64_t *words);

    /*
     * limits[k] such that s_k fields[k] <= limits[k] where neuron k flips: see dynamics/thermal.h.  scale = T N / 2.
     */
    void (*heat_bath)(size_t n, const int8_t *spins, const uint64_t *words, double scale, int32_t n_patterns,
                      int32_t *limits);
    void (*metropolis)(size_t n, const uint64_t *words, double scale, int32_t n_patterns, int32_t *limits);

    /* thresholds[k] = scale log(u / (1 - u)), u being uniform from words[k]: what heat_bath rounds. */
    void (*thresholds)(size_t n, const uint64_t *words, double scale, double *thresholds);

    /*
     * Of dense memories (model/dense_weights.h), whose signs are rows: bit mu % 64 of word mu / 64 of a neuron's row.
     *
     * turn_row   overlaps[mu] += change xi^mu for mu < p
     * largest    the largest overlap of p > 0
     * weigh_*    weights[mu] = v + u and their sums for mu < p;  v, u = steps[k], steps[k + 1],  k = (M^mu + offset) / 2,
     *            a whole number >= 0; weights fit 32 bits
     * weigh_cubic  the same with v, u = c[0] + c[1] a + c[2] a^2 + c[3] a^3 at a = M^mu - 1, M^mu + 1; all that Horner's
     *            rule meets on the way fits 32 bits, and so does |v| + |u|
     * sum_*      sums[r] = sum of weights[mu] over the bits of rows[r], of n_words words, that are set; as many weights;
     *            n_rows at most HEBB_DENSE_ROWS.  Every eighth weight of n_words_narrow words, from any on, can be
     *            added in 32 bits, whatever the signs
     *
     * What is added in double is added in the same order by every kernel.
     */
    void (*turn_row)(size_t n_patterns, const uint64_t *row, int change, int32_t *overlaps);
    int32_t (*largest)(size_t n_patterns, const int32_t *overlaps);
    void (*weigh_whole)(size_t n_patterns, const int32_t *overlaps, int32_t offset, const int32_t *steps,
                        int32_t *weights, int64_t sums[HEBB_WEIGHT_SUMS]);
    void (*weigh_cubic)(size_t n_patterns, const int32_t *overlaps, const int32_t c[4], int32_t *weights,
                        int64_t sums[HEBB_WEIGHT_SUMS]);
    void (*weigh_real)(size_t n_patterns, const int32_t *overlaps, int32_t offset, const double *steps, double *weights,
                       double sums[HEBB_WEIGHT_SUMS]);
    void (*sum_whole)(size_t n_rows, const uint64_t *const *rows, size_t n_words, size_t n_words_narrow,
                      const int32_t *weights, int64_t *sums);
    void (*sum_real)(size_t n_rows, const uint64_t *const *rows, size_t n_words, const double *weights, double *sums);

    /*
     * Of Boltzmann machines (dynamics/gibbs.h).
     *
     * sum_four      table[b] = ((+-w_0 +- w_1) +- w_2) +- w_3, + where the bit of b is set, else - or, of units {0, 1}, nothing
     * chain_rows    rows[stride w + c] for 64 chains from bits[n_words i], of unit i < n_units
     * gibbs_four    one unit after the other: on where log(u/(1 - u)) < scale field, u = (word + 1/2)/2^32 of word
     *               k of the block at (sweep, chain, first_unit / 4)
     * count_common  counts[r] += number of bits set in both rows[stride r + w] and one[w], w < n_words
     */
    void (*sum_four)(const double weights[4], bool is_sign, double table[16], float rough[16]);
    void (*chain_rows)(size_t n_units, size_t n_words, const uint64_t *bits, size_t stride, uint32_t *rows);
    void (*gibbs_four)(const hebb_gibbs_four *four, hebb_philox noise, uint32_t sweep, double scale);
    void (*count_common)(size_t n_rows, size_t n_words, size_t stride, const uint64_t *rows, const uint64_t *one,
                         uint64_t *counts);

    /*
     * Of restricted Boltzmann machines (model/rbm_layer.h), in single precision.  n and n_columns are multiples of 16.
     *
     * gather          sums of listed rows, each number from left to right
     * logistic_means  1/(1 + exp(-x)), of sign units tanh x
     * draw_layer      units that are on -> indices, which has room for all of them; returns how many.  Unit j is on where
     *                 ln(u/(1 - u)) < x, of sign units 2x, u = (word + 1/2)/2^32 of word j % 4 of the block at (sweep,
     *                 chain, j / 4), to the rounding that docs/numerics.md states
     * step_row        a row's step; returns sum_j g_ij^2
     * transpose_rows  to[k to_stride + l] = rows[l stride + k] for l < n_rows, k < n_columns, any numbers
     *
     * and of their enumeration (model/rbm_exact.h), in double precision, at 4 x 16 states s = 16 a + l in one call:
     *
     * multiply_odds   prod_{i<n} (1 + o_i) = mantissas[s] 2^exponents[s], o_i = four[4 i + a] sixteen[16 i + l]; no product
     *                 of n_between factors overflows
     * share_odds      f_is = weights[s] o_i/(1 + o_i): by_four[4 i + a] = sum_l f_is, by_sixteen[16 i + l] += sum_a f_is
     */
    void (*gather)(const hebb_gather *tile);
    void (*logistic_means)(bool is_sign, size_t n, const float *fields, float *means);
    size_t (*draw_layer)(bool is_sign, size_t n_units, const float *fields, hebb_philox noise, uint32_t sweep,
                         uint32_t chain, uint32_t *indices);
    double (*step_row)(const hebb_step_row *row);
    void (*transpose_rows)(size_t n_rows, size_t n_columns, size_t stride, const float *rows, size_t to_stride,
                           float *to);
    void (*multiply_odds)(size_t n, size_t n_between, const double *four, const double *sixteen, double mantissas[64],
                          uint64_t exponents[64]);
    void (*share_odds)(size_t n, const double *four, const double *sixteen, const double weights[64], double *by_four,
                       double *by_sixteen);
} hebb_kernel;

/* All that this processor runs, ended by NULL; the plain C one comes first, the fastest last. */
const hebb_kernel *const *hebb_kernels(void);

/* The kernel in use: the one selected, else the fastest. */
const hebb_kernel *hebb_kernel_in_use(void);

/*
 * Selects a kernel for the whole process, before any is used; NULL or an empty name: the fastest.
 * Returns HEBB_OK; HEBB_EUSAGE for a name that does not exist, HEBB_EDOM for one that this processor does not run.
 */
HEBB_CHECK_RESULT hebb_status hebb_kernel_select(const char *name);

#endif
