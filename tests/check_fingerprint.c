/* fingerprint: XXH3 of 128 bits, the same on every machine and in every version. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fingerprint.h"

static void assert_fingerprint(const char *text, const char *expected)
{
    char digits[HEBB_FINGERPRINT_LENGTH];
    ck_assert_ptr_eq(hebb_fingerprint_format(hebb_fingerprint_of(strlen(text), text), digits), digits);
    ck_assert_str_eq(digits, expected);
}

/* The first is published with the algorithm; the others are those of xxHash 0.8. */
START_TEST(known_texts_have_the_published_algorithms_sums)
{
    assert_fingerprint("", "99aa06d3014798d86001c324468d497f");
    assert_fingerprint("hebb", "531a85ee21df505af294056bf17d2d59");
    assert_fingerprint(
        "hebb run capacity --neurons 500,1000,2000,5000 --alpha 0.02:0.12:0.02,0.125:0.18:0.0025 --replicas "
        "100 --seed 1 --update-order sequential --sweeps 10000, long enough for the algorithm's long "
        "inputs, which begin at 241 bytes; as others may have them",
        "a1ad9531dd8fcf8d7c761ab98bb2ce79");
}
END_TEST

START_TEST(a_bit_makes_another_one)
{
    char text[] = "a study";
    const hebb_fingerprint whole = hebb_fingerprint_of(sizeof text, text);
    for (size_t bit = 0; bit < 8 * sizeof text; bit++) {
        text[bit / 8] ^= (char)(1 << bit % 8);
        ck_assert(!hebb_fingerprint_equals(hebb_fingerprint_of(sizeof text, text), whole));
        text[bit / 8] ^= (char)(1 << bit % 8);
    }
    ck_assert(hebb_fingerprint_equals(hebb_fingerprint_of(sizeof text, text), whole));
    ck_assert(!hebb_fingerprint_equals(hebb_fingerprint_of(sizeof text - 1, text), whole));
}
END_TEST

START_TEST(two_are_equal_in_each_byte_or_not_at_all)
{
    const hebb_fingerprint one = hebb_fingerprint_of(4, "hebb");
    for (size_t k = 0; k < sizeof one.bytes; k++) {
        hebb_fingerprint other = one;
        ck_assert(hebb_fingerprint_equals(one, other));
        other.bytes[k] ^= 1;
        ck_assert(!hebb_fingerprint_equals(one, other));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fingerprint");
    TCase *tcase = tcase_create("fingerprint");
    tcase_add_test(tcase, known_texts_have_the_published_algorithms_sums);
    tcase_add_test(tcase, a_bit_makes_another_one);
    tcase_add_test(tcase, two_are_equal_in_each_byte_or_not_at_all);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
