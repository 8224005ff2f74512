/* npy: the array that the file holds, and the same array when it is written and read again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "npy.h"

#define SEED(dictionary, data) FUZZ_SEED("\x93NUMPY\x01\x00\x50\x00" dictionary data)
const fuzz_seed fuzz_seeds[] = {
    SEED("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 4), }                    \n", "\1\2\3\4\5\6\7\10"),
    SEED("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 2), }                     \n", "\1\2\3\4\5\6\7\10"
                                                                                              "\1\2\3\4\5\6\7\10"),
    SEED("{'descr': '>u2', 'fortran_order': True, 'shape': (2, 3), }                     \n",
         "\1\2\3\4\5\6\7\10\1\2\3\4"),
    SEED("{'descr': '|b1', 'fortran_order': False, 'shape': (), }                        \n", "\1"),
    SEED("{'descr': '<i4', 'fortran_order': False, 'shape': (0, 99999999999), }          \n", ""),
    SEED("{'descr': '<i4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }  \n", ""),
    FUZZ_SEED("\x93NUMPY\x02\x00\x3c\x00\x00\x00{\"shape\":(2L,),\"fortran_order\":False,\"descr\":\"<i8\"}        \n"
              "\1\2\3\4\5\6\7\10\1\2\3\4\5\6\7\10"),
    FUZZ_SEED("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 2)}\n"
              "\1\2\3\4\5\6\7\10"),
    FUZZ_SEED("{'descr': '>i2', 'fortran_order': False, 'shape': (3,)}\n"
              "\1\2\3\4\5\6"),
    {NULL, 0}};
const char *const fuzz_words[] = {"'descr'",
                                  "'fortran_order'",
                                  "'shape'",
                                  "True",
                                  "False",
                                  "(",
                                  ")",
                                  "{",
                                  "}",
                                  ",",
                                  ":",
                                  "'<f8'",
                                  "'>f4'",
                                  "'|b1'",
                                  "'|u1'",
                                  "'<i8'",
                                  "'>u8'",
                                  "'<u4'",
                                  "'>i2'",
                                  "'|O'",
                                  "[",
                                  "-1",
                                  "0",
                                  "1",
                                  "18446744073709551615",
                                  "18446744073709551616",
                                  "4294967296",
                                  "L",
                                  "1, 1, 1, 1, 1, 1, 1, 1",
                                  "0, 0",
                                  NULL};

/* As numpy.save does, in the machine's byte order; the caller frees it. */
static char *write_npy(const hebb_array *array, size_t *n)
{
    static const char codes[][3] = {
        [HEBB_ARRAY_U8] = "u1",  [HEBB_ARRAY_I8] = "i1",  [HEBB_ARRAY_U16] = "u2", [HEBB_ARRAY_I16] = "i2",
        [HEBB_ARRAY_U32] = "u4", [HEBB_ARRAY_I32] = "i4", [HEBB_ARRAY_U64] = "u8", [HEBB_ARRAY_I64] = "i8",
        [HEBB_ARRAY_F32] = "f4", [HEBB_ARRAY_F64] = "f8"};
    const char order = hebb_array_type_size(array->type) == 1      ? '|'
                       : __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? '<'
                                                                   : '>';
    char dictionary[400], *file = NULL;
    int length = snprintf(dictionary, sizeof dictionary, "{'descr': '%c%s', 'fortran_order': False, 'shape': (", order,
                          codes[array->type]);
    for (size_t d = 0; d < array->n_dimensions; d++)
        length += snprintf(dictionary + length, sizeof dictionary - (size_t)length, "%zu,", array->shape[d]);
    length += snprintf(dictionary + length, sizeof dictionary - (size_t)length, ")}\n");
    FILE *stream = open_memstream(&file, n);
    FUZZ_EXPECT(stream != NULL);
    (void)fwrite("\x93NUMPY\x01\x00", 1, 8, stream);
    (void)fputc(length & 0xff, stream);
    (void)fputc(length >> 8, stream);
    (void)fputs(dictionary, stream);
    (void)fwrite(array->data, 1, hebb_array_n_bytes(array->type, array->n_dimensions, array->shape), stream);
    FUZZ_EXPECT(fclose(stream) == 0);
    return file;
}

/* The data stand in the file already, in the order and byte order of the header. */
static void check_content(const uint8_t *data, size_t size, const hebb_array *array)
{
    const size_t width = hebb_array_type_size(array->type), n = hebb_array_n_elements(array), head = size - n * width;
    const char *bytes = array->data;
    const bool is_big = memchr(data, '>', head) != NULL;
    const bool is_swapped = is_big == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    const bool is_fortran = memmem(data, head, "True", 4) != NULL;
    for (size_t k = 0; k < n; k++) {
        size_t place = 0, rest = k;
        for (size_t d = array->n_dimensions; d-- > 0; rest /= array->shape[d]) {
            size_t stride = 1;
            for (size_t e = 0; e < d; e++) stride *= array->shape[e];
            place += rest % array->shape[d] * stride;
        }
        const uint8_t *element = data + head + (is_fortran ? place : k) * width;
        for (size_t b = 0; b < width; b++)
            FUZZ_EXPECT((char)element[is_swapped ? width - 1 - b : b] == bytes[k * width + b]);
    }
}

static void check_file(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(0, data, size);
    hebb_array array, again;
    if (!fuzz_check_status(hebb_npy_read(path, SIZE_MAX, &array), path)) {
        FUZZ_EXPECT(array.data == NULL);
        return;
    }
    fuzz_check_array(&array, size, 1);
    check_content(data, size, &array);
    size_t n;
    char *file = write_npy(&array, &n);
    path = fuzz_file(1, file, n);
    FUZZ_EXPECT(hebb_npy_read(path, SIZE_MAX, &again) == HEBB_OK);
    fuzz_check_equal(&array, &again);
    hebb_array_free(&again);
    const size_t n_bytes = hebb_array_n_bytes(array.type, array.n_dimensions, array.shape);
    FUZZ_EXPECT(n_bytes == 0 || hebb_npy_read(path, n_bytes - 1, &again) == HEBB_ENOMEM);
    hebb_array_free(&array);
    free(file);
}

/* A file with that header, of the length that the first line of the input has, and the rest as its data. */
static void check_headed(const uint8_t *data, size_t size)
{
    static const uint8_t start[] = "\x93NUMPY\x02";
    enum { HEAD = sizeof start + 4 };
    const uint8_t *newline = size > 0 ? memchr(data, '\n', size) : NULL;
    const size_t n = newline != NULL ? (size_t)(newline - data) + 1 : size;
    uint8_t *file = malloc(HEAD + size);
    FUZZ_EXPECT(file != NULL);
    memcpy(file, start, sizeof start);
    for (int k = 0; k < 4; k++) file[sizeof start + k] = (uint8_t)(n >> 8 * k);
    memcpy(file + HEAD, data, size);
    check_file(file, HEAD + size);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_file(data, size);
    check_headed(data, size);
    return 0;
}
