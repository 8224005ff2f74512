/* idx: the array that the file holds, and the same one from the file when it is gzipped, and when it is written again. */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "fuzz.h"
#include "idx.h"

enum { MAX_EXPANSION = 1032 + 1 };

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("\0\0\010\002\0\0\0\002\0\0\0\004\000\001\000\001\001\001\001\001"),
    FUZZ_SEED("\0\0\016\001\0\0\0\001\077\360\0\0\0\0\0\0"),
    FUZZ_SEED("\0\0\013\003\0\0\0\001\0\0\0\002\0\0\0\001\001\002\377\376"),
    FUZZ_SEED("\0\0\010\003\377\377\377\377\377\377\377\377\377\377\377\377"),
    FUZZ_SEED("\0\0\014\002\0\0\0\0\377\377\377\377"),
    /* the first one gzipped, and a gzip member that holds nothing */
    FUZZ_SEED("\037\213\010\000\000\000\000\000\002\003\143\140\340\140\142\140\140\000\141\026\006\106\006\106\020"
              "\000\000\200\157\175\275\024\000\000\000"),
    FUZZ_SEED("\037\213\010\000\000\000\000\000\002\003\003\000\000\000\000\000\000\000\000\000"),
    {NULL, 0}};
const char *const fuzz_words[] = {
    "\x1f\x8b\x08", "\xff\xff\xff\xff", "\x7f\xff\xff\xff", "\x80",     "\x08\x01", "\x09\x02",
    "\x0b\x03",     "\x0c\x04",         "\x0d\x05",         "\x0e\x08", NULL};

/* A gzip file of the bytes, quickly and badly packed; the caller frees it. */
static unsigned char *gzip(const uint8_t *data, size_t size, size_t *n)
{
    z_stream deflater = {0};
    FUZZ_EXPECT(deflateInit2(&deflater, 1, Z_DEFLATED, 16 + 9, 1, Z_DEFAULT_STRATEGY) == Z_OK);
    const size_t room = deflateBound(&deflater, size);
    unsigned char *packed = malloc(room);
    FUZZ_EXPECT(packed != NULL);
    deflater.next_in = (z_const Bytef *)(uintptr_t)data;
    deflater.avail_in = (uInt)size;
    deflater.next_out = packed;
    deflater.avail_out = (uInt)room;
    FUZZ_EXPECT(deflate(&deflater, Z_FINISH) == Z_STREAM_END);
    *n = deflater.total_out;
    (void)deflateEnd(&deflater);
    return packed;
}

/* Plain and gzipped are read alike, or both are refused. */
static void check_gzipped(const uint8_t *data, size_t size, const hebb_array *plain)
{
    size_t n;
    unsigned char *packed = gzip(data, size, &n);
    const char *path = fuzz_file(1, packed, n);
    hebb_array array;
    const bool is_read = fuzz_check_status(hebb_idx_read(path, SIZE_MAX, &array), path);
    FUZZ_EXPECT(is_read == (plain->data != NULL));
    if (is_read) fuzz_check_equal(plain, &array);
    hebb_array_free(&array);
    free(packed);
}

/* With no room at all only an array of nothing is read. */
static void check_limit(const char *path, const hebb_array *array)
{
    hebb_array none;
    const hebb_status status = hebb_idx_read(path, 0, &none);
    const size_t n = hebb_array_n_bytes(array->type, array->n_dimensions, array->shape);
    FUZZ_EXPECT(status == (n == 0 ? HEBB_OK : HEBB_ENOMEM));
    hebb_array_free(&none);
}

/* The header and the data as the format has them stand in the file already: they are compared with it. */
static void check_content(const uint8_t *data, size_t size, const hebb_array *array)
{
    const size_t head = 4 + 4 * array->n_dimensions, width = hebb_array_type_size(array->type);
    FUZZ_EXPECT(size == head + hebb_array_n_elements(array) * width);
    const bool is_little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    const unsigned char *bytes = array->data;
    for (size_t k = 0; k < size - head; k++)
        FUZZ_EXPECT(data[head + k] == bytes[is_little ? k / width * width + (width - 1 - k % width) : k]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(0, data, size);
    const bool is_gzip = size > 1 && data[0] == 0x1f && data[1] == 0x8b;
    hebb_array array;
    if (fuzz_check_status(hebb_idx_read(path, SIZE_MAX, &array), path)) {
        fuzz_check_array(&array, size, is_gzip ? MAX_EXPANSION : 1);
        FUZZ_EXPECT(array.n_dimensions >= 1);
        check_limit(path, &array);
        if (!is_gzip) check_content(data, size, &array);
    } else {
        FUZZ_EXPECT(array.data == NULL);
    }
    if (!is_gzip) check_gzipped(data, size, &array);
    hebb_array_free(&array);
    return 0;
}
