/* image_set: images from files and from the program, their normal form, masks, refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "digits.h"
#include "image_set.h"
#include "scratch.h"

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(scratch_path(name), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(a_file_s_images_are_its_rows)
{
    hebb_image_set images;
    double pixels[4];
    write_file("x.csv", "1,2,3,4\n5,6,7,9\n");
    ck_assert_int_eq(hebb_image_set_open(&images, scratch_path("x.csv"), 1), HEBB_OK);
    ck_assert_uint_eq(images.n_images, 2);
    ck_assert_uint_eq(images.n_pixels, 4);
    ck_assert_uint_eq(images.n_rows, 2);
    ck_assert_uint_eq(images.n_columns, 2);
    const uint32_t checksum = images.checksum;
    hebb_image_set_get(&images, 7, 1, pixels);
    ck_assert_double_eq(pixels[0], 5.0);
    ck_assert_double_eq(pixels[3], 9.0);
    hebb_image_set_free(&images);
    hebb_image_set_free(&images);
    write_file("x.csv", "1,2,3,4\n5,6,7,8\n");
    ck_assert_int_eq(hebb_image_set_open(&images, scratch_path("x.csv"), 1), HEBB_OK);
    ck_assert_uint_ne(images.checksum, checksum);
    hebb_image_set_free(&images);
    write_file("x.csv", "1,2,3\n5,6,7\n");
    ck_assert_int_eq(hebb_image_set_open(&images, scratch_path("x.csv"), 1), HEBB_OK);
    ck_assert_uint_eq(images.n_rows, 1);
    ck_assert_uint_eq(images.n_columns, 3);
    hebb_image_set_free(&images);
}
END_TEST

START_TEST(the_built_in_digits_are_those_of_the_seed_and_the_set)
{
    hebb_image_set images;
    double pixels[HEBB_DIGIT_PIXELS];
    uint8_t bytes[HEBB_DIGIT_PIXELS];
    ck_assert_int_eq(hebb_image_set_open(&images, "builtin:digits", 4), HEBB_OK);
    hebb_image_set_get(&images, 2, 13, pixels);
    hebb_digit_draw(4, 2, 13, bytes);
    for (int i = 0; i < HEBB_DIGIT_PIXELS; i++) ck_assert_double_eq(pixels[i], bytes[i]);
    hebb_image_set_free(&images);
}
END_TEST

START_TEST(a_pattern_has_mean_0_and_norm_1)
{
    double pixels[] = {0.0, 0.0, 255.0, 17.0, 80.0, 3.0}, sum = 0.0, square = 0.0;
    double grey[] = {7.1, 7.1, 7.1}, brighter[6];
    for (int i = 0; i < 6; i++) brighter[i] = 3.0 * pixels[i] + 40.0;
    ck_assert_int_eq(hebb_image_normalise(6, pixels), HEBB_OK);
    ck_assert_int_eq(hebb_image_normalise(6, brighter), HEBB_OK);
    for (int i = 0; i < 6; i++) {
        sum += pixels[i];
        square += pixels[i] * pixels[i];
        ck_assert_double_eq_tol(pixels[i], brighter[i], 1e-15);
    }
    ck_assert_double_eq_tol(sum, 0.0, 1e-15);
    ck_assert_double_eq_tol(square, 1.0, 1e-15);
    ck_assert_int_eq(hebb_image_normalise(3, grey), HEBB_EDATA);

    double huge[] = {1e308, -1e308, 0.0, 0.0}, tiny[] = {1e-320, -1e-320, 0.0, 0.0};
    ck_assert_int_eq(hebb_image_normalise(4, huge), HEBB_OK);
    ck_assert_int_eq(hebb_image_normalise(4, tiny), HEBB_OK);
    ck_assert_double_eq_tol(huge[0], sqrt(0.5), 1e-15);
    ck_assert_double_eq_tol(tiny[0], sqrt(0.5), 1e-15);
}
END_TEST

START_TEST(masks_take_the_lower_part_the_right_part_or_that_many_pixels)
{
    const hebb_image_set images = {.n_rows = 4, .n_columns = 6, .n_pixels = 24};
    double pattern[24];
    uint32_t order[24];
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_PROBE, 0, 0), 0, 0);
    for (int kind = HEBB_MASK_LOWER; kind <= HEBB_MASK_RANDOM; kind++) {
        int n_masked = 0;
        for (int i = 0; i < 24; i++) pattern[i] = 1.0;
        hebb_image_mask(&images, (hebb_mask_kind)kind, 0.5, &stream, order, pattern);
        for (int i = 0; i < 24; i++) {
            n_masked += pattern[i] == 0.0;
            if (kind == HEBB_MASK_LOWER) ck_assert_double_eq(pattern[i], i / 6 < 2 ? 1.0 : 0.0);
            if (kind == HEBB_MASK_RIGHT) ck_assert_double_eq(pattern[i], i % 6 < 3 ? 1.0 : 0.0);
        }
        ck_assert_int_eq(n_masked, 12);
    }
}
END_TEST

START_TEST(bad_data_are_refused)
{
    hebb_image_set images;
    ck_assert_int_eq(hebb_image_set_open(&images, "builtin:letters", 1), HEBB_EUSAGE);
    ck_assert_int_eq(hebb_image_set_open(&images, scratch_path("none.csv"), 1), HEBB_ENOINPUT);
    write_file("x.csv", "1,2\n3,nan\n");
    ck_assert_int_eq(hebb_image_set_open(&images, scratch_path("x.csv"), 1), HEBB_EDATA);
    write_file("x.txt", "1,2\n");
    ck_assert_int_eq(hebb_image_set_open(&images, scratch_path("x.txt"), 1), HEBB_EDATA);
    hebb_image_set_free(&images);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("image_set");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, scratch_make, scratch_remove);
    tcase_add_test(all, a_file_s_images_are_its_rows);
    tcase_add_test(all, the_built_in_digits_are_those_of_the_seed_and_the_set);
    tcase_add_test(all, a_pattern_has_mean_0_and_norm_1);
    tcase_add_test(all, masks_take_the_lower_part_the_right_part_or_that_many_pixels);
    tcase_add_test(all, bad_data_are_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
