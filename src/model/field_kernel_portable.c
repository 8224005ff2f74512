/* The kernel in plain C, for any processor. */
#define KERNEL_TARGET
#include "field_kernel_body.h"

extern const hebb_field_kernel hebb_field_kernel_portable;
const hebb_field_kernel hebb_field_kernel_portable = {"portable", fields, add_row_products, add_row};
