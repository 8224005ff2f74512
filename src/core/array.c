#include "array.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

size_t hebb_array_type_size(hebb_array_type type)
{
    static const unsigned char size[] = {
        [HEBB_ARRAY_U8] = 1,  [HEBB_ARRAY_I8] = 1,  [HEBB_ARRAY_U16] = 2, [HEBB_ARRAY_I16] = 2, [HEBB_ARRAY_U32] = 4,
        [HEBB_ARRAY_I32] = 4, [HEBB_ARRAY_U64] = 8, [HEBB_ARRAY_I64] = 8, [HEBB_ARRAY_F32] = 4, [HEBB_ARRAY_F64] = 8};
    return size[type];
}

size_t hebb_array_n_elements(const hebb_array *array)
{
    size_t n = 1;
    for (size_t d = 0; d < array->n_dimensions; d++) n *= array->shape[d];
    return n;
}

size_t hebb_array_n_bytes(hebb_array_type type, size_t n_dimensions, const size_t *shape)
{
    size_t n = hebb_array_type_size(type);
    for (size_t d = 0; d < n_dimensions; d++)
        if (__builtin_mul_overflow(n, shape[d], &n)) return SIZE_MAX;
    return n;
}

hebb_status hebb_array_init(hebb_array *array, hebb_array_type type, size_t n_dimensions, const size_t *shape,
                            size_t max_bytes)
{
    *array = (hebb_array){0};
    if (n_dimensions > HEBB_ARRAY_MAX_DIMENSIONS)
        return hebb_fail(HEBB_EDATA, "an array of %zu dimensions; at most %d are supported", n_dimensions,
                         HEBB_ARRAY_MAX_DIMENSIONS);
    const size_t n_bytes = hebb_array_n_bytes(type, n_dimensions, shape);
    if (n_bytes > max_bytes)
        return hebb_fail(HEBB_ENOMEM, "an array of %s%zu bytes; at most %zu are allowed",
                         n_bytes == SIZE_MAX ? "more than " : "", n_bytes, max_bytes);
    void *data = n_bytes > PTRDIFF_MAX ? NULL : calloc(n_bytes > 0 ? n_bytes : 1, 1);
    if (data == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for an array of %zu bytes", n_bytes);
    array->type = type;
    array->n_dimensions = n_dimensions;
    for (size_t d = 0; d < n_dimensions; d++) array->shape[d] = shape[d];
    array->data = data;
    return HEBB_OK;
}

double hebb_array_get(const hebb_array *array, size_t index)
{
    const void *data = array->data;
    switch (array->type) {
    case HEBB_ARRAY_U8:
        return ((const uint8_t *)data)[index];
    case HEBB_ARRAY_I8:
        return ((const int8_t *)data)[index];
    case HEBB_ARRAY_U16:
        return ((const uint16_t *)data)[index];
    case HEBB_ARRAY_I16:
        return ((const int16_t *)data)[index];
    case HEBB_ARRAY_U32:
        return ((const uint32_t *)data)[index];
    case HEBB_ARRAY_I32:
        return ((const int32_t *)data)[index];
    case HEBB_ARRAY_U64:
        return (double)((const uint64_t *)data)[index];
    case HEBB_ARRAY_I64:
        return (double)((const int64_t *)data)[index];
    case HEBB_ARRAY_F32:
        return (double)((const float *)data)[index];
    case HEBB_ARRAY_F64:
        return ((const double *)data)[index];
    }
    return NAN;
}

void hebb_array_decode(hebb_array *array, bool file_is_big_endian)
{
    const bool machine_is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
    const size_t size = hebb_array_type_size(array->type);
    if (size == 1 || file_is_big_endian == machine_is_big_endian) return;
    unsigned char *const end = (unsigned char *)array->data + size * hebb_array_n_elements(array);
    for (unsigned char *element = array->data; element != end; element += size)
        for (size_t low = 0, high = size - 1; low < high; low++, high--) {
            const unsigned char byte = element[low];
            element[low] = element[high];
            element[high] = byte;
        }
}

void hebb_array_free(hebb_array *array)
{
    free(array->data);
    *array = (hebb_array){0};
}
