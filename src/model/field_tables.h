/*
 * field_tables - partial sums of the overlaps, ready for a kernel to look fields up in
 *
 *   N h_i + p s_i = sum_mu xi_i^mu M^mu
 *
 * Sums run in 16 bits as far as no signs whatever could make them overflow, which is decided on sum |M^mu|.  A unit of
 * 48 patterns whose own |M^mu| add up to more, as that of the pattern at which a network starts, is looked up in digits
 * of 10 bits: M = d_0 + 2^10 d_1 + 2^20 d_2, -512 <= d < 512.
 */
#ifndef HEBB_MODEL_FIELD_TABLES_H
#define HEBB_MODEL_FIELD_TABLES_H

#include <stdbool.h>
#include "kernel.h"
#include "status.h"

typedef struct {
    const hebb_kernel *kernel; /* borrowed */
    size_t n_units;            /* of 48 patterns */
    char *tables;
    int16_t *numbers;
    uint32_t *units; /* of 48 patterns, one a table */
    uint32_t *reach; /* their sum |numbers| */
    uint32_t *wide;  /* those that need another digit */
    hebb_table_segment *segments;
    hebb_table_plan plan;
    long n_served; /* look-ups since they were set; those that follow tables used once are not kept at first */
    int64_t bound; /* at least sum_mu |M^mu|: no field is larger */
} hebb_field_tables;

/* Room for n_patterns' overlaps.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_field_tables_init(hebb_field_tables *tables, const hebb_kernel *kernel,
                                                     size_t n_patterns);

/* Safe on zeroed ones and twice. */
void hebb_field_tables_free(hebb_field_tables *tables);

/* Bytes that they take. */
double hebb_field_tables_bytes(size_t n_patterns);

/*
 * Makes the tables those of some overlaps.
 *
 * overlaps  in   one a pattern, padded with zeros to whole units, each below 2^24
 */
void hebb_field_tables_set(hebb_field_tables *tables, const int32_t *overlaps);

/*
 * fields[k] = sum_mu xi_k^mu M^mu for k < n, where bound < HEBB_FIELD_BOUND.
 *
 * fields  out  room for HEBB_BLOCK numbers
 */
void hebb_field_tables_look_up(hebb_field_tables *tables, size_t n, const uint16_t *slices, int32_t *fields);

/* The same for several networks at once; fields has HEBB_BLOCK numbers a network. */
void hebb_field_tables_look_up_together(size_t n_networks, hebb_field_tables *const *tables, size_t n,
                                        const uint16_t *slices, int32_t (*fields)[HEBB_BLOCK]);

/* The same without tables, from the overlaps themselves, whatever their size; O(p) additions a neuron. */
void hebb_field_tables_add_up(size_t n_patterns, const int32_t *overlaps, size_t n, const uint16_t *slices,
                              int64_t *fields);

#endif
