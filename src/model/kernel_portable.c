/* The kernel in plain C, for any processor. */
#define KERNEL_TARGET
#include "kernel_body.h"

extern const hebb_kernel hebb_kernel_portable;
const hebb_kernel hebb_kernel_portable = {.name = "portable",
                                          .unit_bytes = BYTE_UNIT,
                                          .costs = {{2.5, 3.0}, {0.033, 0.080}, 230.0, 17.0, 12.0, 0.15, 4.2, 0.10},
                                          .draw_slices = draw_slices,
                                          .draw_rows = draw_rows,
                                          .slice_rows = slice_rows,
                                          .add_overlaps = add_overlaps,
                                          .narrow = narrow,
                                          .fields = fields_by_bytes,
                                          .fields_together = fields_together_by_bytes,
                                          .scan = scan,
                                          .products = find_products,
                                          .next_unstable = next_unstable,
                                          .add_row = add_row,
                                          .add_rows = add_rows,
                                          .random = random_words,
                                          .heat_bath = heat_bath,
                                          .metropolis = metropolis,
                                          .thresholds = thresholds,
                                          .turn_row = turn_row,
                                          .largest = largest,
                                          .weigh_whole = weigh_whole,
                                          .weigh_cubic = weigh_cubic,
                                          .weigh_real = weigh_real,
                                          .sum_whole = sum_whole,
                                          .sum_real = sum_real};
