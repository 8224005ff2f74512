/* digits: the same bytes everywhere, no two alike, and what they show can be told from the pixels. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "digits.h"

enum { N_TRAINING = 500, N_TESTS = 500 };

/* Whole numbers throughout: a machine that draws other bytes is a defect. */
START_TEST(the_bytes_are_the_same_on_every_machine)
{
    uint8_t pixels[HEBB_DIGIT_PIXELS];
    uLong crc = crc32(0, NULL, 0);
    for (uint32_t index = 0; index < 200; index++) {
        hebb_digit_draw(1, 0, index, pixels);
        crc = crc32(crc, pixels, sizeof pixels);
    }
    ck_assert_uint_eq(crc, 3405571236u);
}
END_TEST

START_TEST(an_image_depends_on_its_address_alone)
{
    uint8_t first[HEBB_DIGIT_PIXELS], again[HEBB_DIGIT_PIXELS], other[HEBB_DIGIT_PIXELS];
    hebb_digit_draw(1, 0, 7, first);
    hebb_digit_draw(1, 0, 17, other);
    ck_assert_mem_ne(first, other, sizeof first);
    hebb_digit_draw(2, 0, 7, other);
    ck_assert_mem_ne(first, other, sizeof first);
    hebb_digit_draw(1, 1, 7, other);
    ck_assert_mem_ne(first, other, sizeof first);
    hebb_digit_draw(1, 0, 7, again);
    ck_assert_mem_eq(first, again, sizeof first);
}
END_TEST

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, HEBB_DIGIT_PIXELS);
}

START_TEST(no_two_of_a_class_are_alike)
{
    enum { N = 400 };
    static uint8_t images[N][HEBB_DIGIT_PIXELS];
    for (uint32_t k = 0; k < N; k++) hebb_digit_draw(1, 0, 10 * k + 1, images[k]);
    qsort(images, N, sizeof *images, by_bytes);
    for (int k = 1; k < N; k++) ck_assert_mem_ne(images[k - 1], images[k], sizeof *images);
}
END_TEST

/* Nothing is cut off at the edge; a tenth of the page or so is ink, and there are greys. */
START_TEST(the_digit_stands_whole_in_its_page)
{
    uint8_t pixels[HEBB_DIGIT_PIXELS];
    for (uint32_t index = 0; index < 1000; index++) {
        long ink = 0, n_grey = 0;
        hebb_digit_draw(3, 0, index, pixels);
        for (int k = 0; k < HEBB_DIGIT_SIDE; k++) {
            ck_assert_uint_eq(pixels[k], 0);
            ck_assert_uint_eq(pixels[HEBB_DIGIT_PIXELS - 1 - k], 0);
            ck_assert_uint_eq(pixels[k * HEBB_DIGIT_SIDE], 0);
            ck_assert_uint_eq(pixels[k * HEBB_DIGIT_SIDE + HEBB_DIGIT_SIDE - 1], 0);
        }
        for (int k = 0; k < HEBB_DIGIT_PIXELS; k++) {
            ink += pixels[k];
            n_grey += pixels[k] > 0 && pixels[k] < 255;
        }
        ck_assert_int_gt(ink, 255 * 20);
        ck_assert_int_lt(ink, 255 * 260);
        ck_assert_int_gt(n_grey, 15);
    }
}
END_TEST

/* The class whose mean image is nearest, as simple a reader as there is; chance is .1, handwriting gives it .8. */
START_TEST(what_they_show_can_be_read)
{
    static double mean[HEBB_DIGIT_CLASSES][HEBB_DIGIT_PIXELS];
    uint8_t pixels[HEBB_DIGIT_PIXELS];
    int n_right = 0;
    for (uint32_t index = 0; index < N_TRAINING; index++) {
        hebb_digit_draw(1, 0, index, pixels);
        for (int k = 0; k < HEBB_DIGIT_PIXELS; k++)
            mean[hebb_digit_class(index)][k] += (double)pixels[k] * HEBB_DIGIT_CLASSES / N_TRAINING;
    }
    for (uint32_t index = 0; index < N_TESTS; index++) {
        int nearest = 0;
        double least = 1e300;
        hebb_digit_draw(1, 1, index, pixels);
        for (int c = 0; c < HEBB_DIGIT_CLASSES; c++) {
            double distance = 0.0;
            for (int k = 0; k < HEBB_DIGIT_PIXELS; k++) distance += (pixels[k] - mean[c][k]) * (pixels[k] - mean[c][k]);
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        n_right += nearest == hebb_digit_class(index);
    }
    ck_assert_int_ge(n_right, N_TESTS * 8 / 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("digits");
    TCase *drawing = tcase_create("drawing");
    tcase_add_test(drawing, the_bytes_are_the_same_on_every_machine);
    tcase_add_test(drawing, an_image_depends_on_its_address_alone);
    tcase_add_test(drawing, no_two_of_a_class_are_alike);
    tcase_add_test(drawing, the_digit_stands_whole_in_its_page);
    tcase_add_test(drawing, what_they_show_can_be_read);
    suite_add_tcase(suite, drawing);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
