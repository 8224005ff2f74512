/* array against arithmetic done by hand, and its own refusals. */
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

START_TEST(elements_widen_to_the_numbers_they_stand_for)
{
    static const uint8_t u8[] = {0, 255};
    static const int8_t i8[] = {-128, 127};
    static const uint16_t u16[] = {1, UINT16_MAX};
    static const int16_t i16[] = {INT16_MIN, INT16_MAX};
    static const uint32_t u32[] = {1, UINT32_MAX};
    static const int32_t i32[] = {INT32_MIN, INT32_MAX};
    static const uint64_t u64[] = {1, UINT64_C(1) << 63};
    static const int64_t i64[] = {INT64_MIN, INT64_C(1) << 53};
    static const float f32[] = {-0.5F, INFINITY};
    static const double f64[] = {0.1, -1e300};
    static const struct {
        hebb_array_type type;
        const void *data;
        double first, second;
    } row[] = {{HEBB_ARRAY_U8, u8, 0, 255},
               {HEBB_ARRAY_I8, i8, -128, 127},
               {HEBB_ARRAY_U16, u16, 1, 65535},
               {HEBB_ARRAY_I16, i16, -32768, 32767},
               {HEBB_ARRAY_U32, u32, 1, 4294967295.0},
               {HEBB_ARRAY_I32, i32, -2147483648.0, 2147483647.0},
               {HEBB_ARRAY_U64, u64, 1, 0x1p63},
               {HEBB_ARRAY_I64, i64, -0x1p63, 0x1p53},
               {HEBB_ARRAY_F32, f32, -0.5, INFINITY},
               {HEBB_ARRAY_F64, f64, 0.1, -1e300}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        hebb_array array;
        ck_assert_int_eq(hebb_array_init(&array, row[k].type, 1, (size_t[]){2}, 16), HEBB_OK);
        memcpy(array.data, row[k].data, 2 * hebb_array_type_size(row[k].type));
        ck_assert(hebb_array_get(&array, 0) == row[k].first);
        ck_assert(hebb_array_get(&array, 1) == row[k].second);
        hebb_array_free(&array);
    }
}
END_TEST

START_TEST(decoding_gives_the_same_number_from_either_byte_order)
{
    static const struct {
        hebb_array_type type;
        const char *little, *big;
        double value;
    } row[] = {{HEBB_ARRAY_U8, "\x05", "\x05", 5},
               {HEBB_ARRAY_I16, "\xfe\xff", "\xff\xfe", -2},
               {HEBB_ARRAY_U32, "\x04\x03\x02\x01", "\x01\x02\x03\x04", 0x01020304},
               {HEBB_ARRAY_F64, "\x00\x00\x00\x00\x00\x00\xf8\xbf", "\xbf\xf8\x00\x00\x00\x00\x00\x00", -1.5}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        for (int is_big = 0; is_big < 2; is_big++) {
            const size_t size = hebb_array_type_size(row[k].type);
            hebb_array array;
            ck_assert_int_eq(hebb_array_init(&array, row[k].type, 2, (size_t[]){1, 2}, SIZE_MAX), HEBB_OK);
            memcpy((char *)array.data + size, is_big ? row[k].big : row[k].little, size);
            hebb_array_decode(&array, is_big);
            ck_assert(hebb_array_get(&array, 0) == 0);
            ck_assert(hebb_array_get(&array, 1) == row[k].value);
            hebb_array_free(&array);
        }
}
END_TEST

START_TEST(a_new_array_is_zero_and_keeps_its_shape)
{
    hebb_array array;
    ck_assert_int_eq(hebb_array_init(&array, HEBB_ARRAY_F32, 3, (size_t[]){2, 3, 4}, 96), HEBB_OK);
    ck_assert_uint_eq(hebb_array_n_elements(&array), 24);
    ck_assert_uint_eq(array.shape[2], 4);
    for (size_t i = 0; i < 24; i++) ck_assert(hebb_array_get(&array, i) == 0);
    hebb_array_free(&array);
    hebb_array_free(&array);
    ck_assert_ptr_null(array.data);
}
END_TEST

START_TEST(no_dimensions_are_one_element_and_a_zero_size_is_none)
{
    hebb_array array;
    ck_assert_int_eq(hebb_array_init(&array, HEBB_ARRAY_I16, 0, NULL, 2), HEBB_OK);
    ck_assert_uint_eq(hebb_array_n_elements(&array), 1);
    hebb_array_free(&array);
    ck_assert_int_eq(hebb_array_init(&array, HEBB_ARRAY_I16, 2, (size_t[]){7, 0}, 0), HEBB_OK);
    ck_assert_uint_eq(hebb_array_n_elements(&array), 0);
    ck_assert_ptr_nonnull(array.data);
    hebb_array_free(&array);
}
END_TEST

START_TEST(bytes_that_cannot_be_counted_saturate)
{
    const size_t half = SIZE_MAX / 2 + 1;
    ck_assert_uint_eq(hebb_array_n_bytes(HEBB_ARRAY_F64, 2, (size_t[]){3, 5}), 120);
    ck_assert_uint_eq(hebb_array_n_bytes(HEBB_ARRAY_U8, 2, (size_t[]){half, 1}), half);
    ck_assert_uint_eq(hebb_array_n_bytes(HEBB_ARRAY_U8, 2, (size_t[]){half, 2}), SIZE_MAX);
    ck_assert_uint_eq(hebb_array_n_bytes(HEBB_ARRAY_F64, 1, (size_t[]){half / 4}), SIZE_MAX);
}
END_TEST

static void assert_too_large(size_t n_dimensions, const size_t *shape, size_t max_bytes, const char *words)
{
    hebb_array array;
    ck_assert_int_eq(hebb_array_init(&array, HEBB_ARRAY_F64, n_dimensions, shape, max_bytes), HEBB_ENOMEM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), words));
    ck_assert_ptr_null(array.data);
    ck_assert_uint_eq(array.n_dimensions, 0);
}

START_TEST(arrays_over_the_limit_are_refused_with_their_size)
{
    assert_too_large(2, (size_t[]){3, 5}, 119, "an array of 120 bytes; at most 119 are allowed");
    assert_too_large(2, (size_t[]){SIZE_MAX, SIZE_MAX}, 1000, "more than");
    assert_too_large(2, (size_t[]){SIZE_MAX, SIZE_MAX}, SIZE_MAX, "no memory");
    assert_too_large(1, (size_t[]){SIZE_MAX / 8}, SIZE_MAX, "no memory");
}
END_TEST

START_TEST(more_dimensions_than_there_is_room_for_are_refused)
{
    hebb_array array;
    ck_assert_int_eq(hebb_array_init(&array, HEBB_ARRAY_U8, 9, (size_t[9]){1}, 100), HEBB_EDATA);
    ck_assert_ptr_null(array.data);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("array");
    TCase *elements = tcase_create("elements");
    tcase_add_test(elements, elements_widen_to_the_numbers_they_stand_for);
    tcase_add_test(elements, decoding_gives_the_same_number_from_either_byte_order);
    tcase_add_test(elements, a_new_array_is_zero_and_keeps_its_shape);
    tcase_add_test(elements, no_dimensions_are_one_element_and_a_zero_size_is_none);
    tcase_add_test(elements, bytes_that_cannot_be_counted_saturate);
    tcase_add_test(elements, arrays_over_the_limit_are_refused_with_their_size);
    tcase_add_test(elements, more_dimensions_than_there_is_room_for_are_refused);
    suite_add_tcase(suite, elements);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
