#include "image_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "digits.h"
#include "pattern_file.h"

static const char BUILTIN[] = "builtin:", DIGITS[] = "builtin:digits";

static hebb_status check_numbers(const char *path, const hebb_image_set *images)
{
    for (size_t k = 0; k < images->n_images * images->n_pixels; k++)
        if (!isfinite(hebb_array_get(&images->array, k)))
            return hebb_fail(HEBB_EDATA, "%s: image %zu has a pixel that is no finite number", path,
                             k / images->n_pixels + 1);
    return HEBB_OK;
}

/* All of them before a run begins, though it may not draw them all. */
static hebb_status check_greys(const char *path, const hebb_image_set *images)
{
    double *pixels = malloc(images->n_pixels * sizeof *pixels);
    if (pixels == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for an image", path);
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k < images->n_images && status == HEBB_OK; k++) {
        hebb_image_set_get(images, 0, k, pixels);
        if (hebb_image_normalise(images->n_pixels, pixels) != HEBB_OK)
            status = hebb_fail(HEBB_EDATA, "%s: image %zu has one grey throughout; leave it out", path, k + 1);
    }
    free(pixels);
    return status;
}

static void find_sides(hebb_image_set *images)
{
    const hebb_array *array = &images->array;
    const size_t side = (size_t)llround(sqrt((double)images->n_pixels));
    const bool is_square = side * side == images->n_pixels;
    images->n_columns = array->n_dimensions > 2 ? array->shape[array->n_dimensions - 1]
                        : is_square             ? side
                                                : images->n_pixels;
    images->n_rows = images->n_pixels / images->n_columns;
}

/* zlib counts in 32 bits: image by image. */
static uint32_t checksum(const hebb_image_set *images)
{
    uLong crc = crc32(0, NULL, 0);
    const size_t bytes = images->n_pixels * hebb_array_type_size(images->array.type);
    for (size_t k = 0; k < images->n_images; k++)
        crc = crc32(crc, (const Bytef *)images->array.data + k * bytes, (uInt)bytes);
    return (uint32_t)crc;
}

static hebb_status open_file(hebb_image_set *images, const char *path)
{
    hebb_status status = hebb_pattern_file_read_array(path, &images->array, &images->n_images, &images->n_pixels);
    if (status == HEBB_OK) status = check_numbers(path, images);
    if (status == HEBB_OK) status = check_greys(path, images);
    if (status != HEBB_OK) return status;
    find_sides(images);
    images->checksum = checksum(images);
    return HEBB_OK;
}

hebb_status hebb_image_set_open(hebb_image_set *images, const char *data, uint64_t seed)
{
    *images = (hebb_image_set){.seed = seed};
    if (strcmp(data, DIGITS) == 0) {
        images->is_builtin = true;
        images->n_images = SIZE_MAX;
        images->n_rows = images->n_columns = HEBB_DIGIT_SIDE;
        images->n_pixels = HEBB_DIGIT_PIXELS;
        return HEBB_OK;
    }
    if (strncmp(data, BUILTIN, strlen(BUILTIN)) == 0)
        return hebb_fail(HEBB_EUSAGE, "%s: there are %s and files of your own", data, DIGITS);
    const hebb_status status = open_file(images, data);
    if (status != HEBB_OK) hebb_image_set_free(images);
    return status;
}

void hebb_image_set_free(hebb_image_set *images)
{
    if (!images->is_builtin) hebb_array_free(&images->array);
    *images = (hebb_image_set){0};
}

void hebb_image_set_get(const hebb_image_set *images, uint32_t set, size_t index, double *pixels)
{
    if (!images->is_builtin) {
        for (size_t i = 0; i < images->n_pixels; i++)
            pixels[i] = hebb_array_get(&images->array, index * images->n_pixels + i);
        return;
    }
    uint8_t bytes[HEBB_DIGIT_PIXELS];
    hebb_digit_draw(images->seed, set, (uint32_t)index, bytes);
    for (size_t i = 0; i < HEBB_DIGIT_PIXELS; i++) pixels[i] = bytes[i];
}

hebb_status hebb_image_normalise(size_t n_pixels, double *pixels)
{
    double mean = 0.0, square = 0.0, largest = 0.0;
    int exponent;
    for (size_t i = 0; i < n_pixels; i++) largest = fmax(largest, fabs(pixels[i]));
    frexp(largest, &exponent); /* so that no square over- or underflows; a power of 2 changes no digit */
    for (size_t i = 0; i < n_pixels; i++) pixels[i] = ldexp(pixels[i], -exponent);
    for (size_t i = 0; i < n_pixels; i++) mean += pixels[i] / (double)n_pixels;
    for (size_t i = 0; i < n_pixels; i++) {
        pixels[i] -= mean;
        square += pixels[i] * pixels[i];
    }
    const double norm = sqrt(square);
    if (!(norm > 1e-12 * fabs(mean)) || !isfinite(norm)) return HEBB_EDATA;
    for (size_t i = 0; i < n_pixels; i++) pixels[i] /= norm;
    return HEBB_OK;
}

void hebb_image_mask(const hebb_image_set *images, hebb_mask_kind kind, double share, hebb_stream *stream,
                     uint32_t *order, double *pattern)
{
    const size_t rows = images->n_rows, columns = images->n_columns, n = images->n_pixels;
    const size_t first_row = rows - (size_t)llround(share * (double)rows);
    const size_t first_column = columns - (size_t)llround(share * (double)columns);
    if (kind == HEBB_MASK_RANDOM) {
        const size_t n_masked = (size_t)llround(share * (double)n);
        hebb_stream_permutation(stream, (uint32_t)n, order);
        for (size_t k = 0; k < n_masked; k++) pattern[order[k]] = 0.0;
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (kind == HEBB_MASK_LOWER ? i / columns >= first_row : i % columns >= first_column) pattern[i] = 0.0;
}
