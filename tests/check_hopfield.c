/* hopfield: fields and energies kept in pattern space against the dense matrix. */
#include <check.h>
#include <stdlib.h>

#include "hopfield.h"
#include "hopfield_reference.h"

static void check_network(size_t n, size_t p)
{
    hebb_patterns patterns;
    hebb_hopfield network;
    ck_assert_int_eq(hebb_patterns_init(&patterns, n, p), HEBB_OK);
    hebb_patterns_draw(&patterns, 1, 0);
    ck_assert_int_eq(hebb_hopfield_init(&network, &patterns), HEBB_OK);
    hopfield_reference reference = reference_make(&patterns);
    int8_t *spins = malloc(n);
    for (size_t i = 0; i < n; i++) reference.spins[i] = spins[i] = i % 3 == 0 ? -1 : 1;
    hebb_hopfield_start_at(&network, spins);
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(hebb_hopfield_field(&network, i), (int64_t)reference_field(&reference, i));
    const int64_t energy = (int64_t)reference_energy(&reference);
    ck_assert_int_eq(hebb_hopfield_energy_sum(&network), energy);
    ck_assert_double_eq(hebb_hopfield_energy(&network), (double)energy / (2.0 * (double)n * (double)n));
    free(spins);
    reference_free(&reference);
    hebb_hopfield_free(&network);
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
}

START_TEST(fields_and_energy_equal_the_dense_matrix)
{
    static const size_t sizes[] = {1, 2, 63, 64, 65, 127}, loads[] = {1, 5, 63, 64, 65, 200};
    for (size_t a = 0; a < sizeof sizes / sizeof *sizes; a++)
        for (size_t b = 0; b < sizeof loads / sizeof *loads; b++) check_network(sizes[a], loads[b]);
}
END_TEST

START_TEST(started_at_a_pattern_its_overlap_is_one)
{
    hebb_patterns patterns;
    hebb_hopfield network;
    ck_assert_int_eq(hebb_patterns_init(&patterns, 129, 70), HEBB_OK);
    hebb_patterns_draw(&patterns, 1, 0);
    ck_assert_int_eq(hebb_hopfield_init(&network, &patterns), HEBB_OK);
    for (size_t mu = 0; mu < 70; mu++) {
        hebb_hopfield_start_at_pattern(&network, mu);
        for (size_t nu = 0; nu < 70; nu++)
            ck_assert(nu == mu ? hebb_hopfield_overlap(&network, nu) == 1.0
                               : hebb_hopfield_overlap(&network, nu) < 0.9);
    }
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hopfield");
    TCase *state = tcase_create("state");
    tcase_add_test(state, fields_and_energy_equal_the_dense_matrix);
    tcase_add_test(state, started_at_a_pattern_its_overlap_is_one);
    suite_add_tcase(suite, state);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
