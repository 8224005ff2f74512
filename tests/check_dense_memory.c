/* dense_memory: every decision against whole numbers of any length, where double would overflow too; fields and energies. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense_reference.h"
#include "engine.h"

/* Its degree is not used. */
static const hebb_interaction exponential = {HEBB_INTERACTION_EXPONENTIAL, -1000000};

typedef struct {
    hebb_patterns patterns;
    hebb_dense_memory memory;
    dense_reference reference;
} both;

static both *make_both(const hebb_kernel *kernel, size_t n, size_t k, hebb_interaction interaction)
{
    both *made = calloc(1, sizeof *made);
    ck_assert_int_eq(hebb_kernel_select(kernel == NULL ? NULL : kernel->name), HEBB_OK);
    ck_assert_int_eq(hebb_dense_memory_fit(&made->patterns, &made->memory, n, k, interaction), HEBB_OK);
    return made;
}

static void draw(both *made, uint32_t replica)
{
    hebb_patterns_draw(&made->patterns, 5, replica);
    made->reference = dense_reference_make(&made->patterns, made->memory.interaction);
}

static void drop(both *made)
{
    hebb_dense_memory_free(&made->memory);
    hebb_patterns_free(&made->patterns);
    dense_reference_free(&made->reference);
    free(made);
}

static void start_somewhere(both *made, uint32_t where)
{
    const size_t n = made->patterns.n_neurons;
    int8_t *spins = malloc(n);
    hebb_dense_memory_start_at_pattern(&made->memory, 0);
    if (where % 3 == 1)
        hebb_dense_memory_start_near_pattern(&made->memory, 0, n / 6, hebb_philox_derive(1, HEBB_DRAW_STATE, n, where));
    if (where % 3 == 2) {
        engine_random_spins(n, where, spins);
        hebb_dense_memory_start_at(&made->memory, spins);
    }
    dense_reference_start(&made->reference, made->memory.spins);
    free(spins);
}

/* Every `step`-th neuron, and how many are unstable if it is each. */
static void assert_decisions(const both *made, size_t step)
{
    size_t n_unstable = 0, n_ties = 0;
    for (size_t i = 0; i < made->reference.n; i += step) {
        const int drive = dense_reference_drive(&made->reference, i);
        ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, i), drive);
        n_unstable += drive * made->reference.spins[i] < 0;
        n_ties += drive == 0;
    }
    if (step == 1) {
        size_t found;
        ck_assert_uint_eq(hebb_dense_memory_count_unstable(&made->memory, &found), n_unstable);
        ck_assert_uint_eq(found, n_ties);
    }
    ck_assert_int_eq(hebb_dense_memory_unsure(&made->memory), 0);
}

/* ---- decisions ---- */

static void check_interaction(const hebb_kernel *kernel, hebb_interaction interaction, uint32_t number)
{
    static const size_t sizes[][2] = {{1, 1},   {2, 2},   {3, 1},    {5, 9},   {16, 63},
                                      {33, 64}, {40, 65}, {63, 130}, {17, 300}};
    for (size_t c = 0; c < COUNT(sizes); c++) {
        if (interaction.degree > 4 && (c + number) % 3 != 0) continue;
        both *made = make_both(kernel, sizes[c][0], sizes[c][1], interaction);
        draw(made, number);
        for (uint32_t where = 0; where < 3; where++) {
            start_somewhere(made, where);
            assert_decisions(made, 1);
        }
        drop(made);
    }
}

START_TEST(decisions_are_those_of_whole_numbers_in_every_kernel)
{
    static const int degrees[] = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 20, 33, 64};
    for (EACH_KERNEL(kernel)) {
        for (size_t d = 0; d < COUNT(degrees); d++) {
            check_interaction(*kernel, (hebb_interaction){HEBB_INTERACTION_POWER, degrees[d]}, (uint32_t)d);
            check_interaction(*kernel, (hebb_interaction){HEBB_INTERACTION_RECTIFIED, degrees[d]}, (uint32_t)d);
        }
        check_interaction(*kernel, exponential, 0);
    }
}
END_TEST

/* Weights of 32 bits up to their bound, where sums of them are widened, and doubles beyond. */
START_TEST(decisions_are_right_where_32_bits_end)
{
    static const struct {
        size_t n, k;
        int degree, is_whole;
    } cases[] = {{640, 200, 4, 1}, {643, 200, 4, 1}, {650, 200, 4, 0}, {651, 200, 4, 0},
                 {6001, 70, 3, 1}, {6701, 70, 3, 0}, {9001, 64, 2, 1}};
    for (EACH_KERNEL(kernel))
        for (size_t c = 0; c < COUNT(cases); c++) {
            both *made = make_both(*kernel, cases[c].n, cases[c].k, (hebb_interaction){0, cases[c].degree});
            /* so that sums of 32 bits would overflow: all patterns are one, or its opposite at the last neurons */
            for (size_t i = 0; i < cases[c].n; i++)
                for (size_t mu = 0; mu < cases[c].k; mu++)
                    hebb_patterns_set(&made->patterns, i, mu, i + mu % 3 < cases[c].n ? 1 : -1);
            made->reference = dense_reference_make(&made->patterns, made->memory.interaction);
            start_somewhere(made, 0);
            ck_assert_int_eq(made->memory.weights.whole != NULL, cases[c].is_whole);
            for (size_t i = cases[c].n - 4; i < cases[c].n; i++) {
                ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, i), dense_reference_drive(&made->reference, i));
                hebb_dense_memory_flip(&made->memory, i);
                dense_reference_start(&made->reference, made->memory.spins);
                ck_assert_int_eq(hebb_dense_memory_drive(&made->memory, i), dense_reference_drive(&made->reference, i));
            }
            drop(made);
        }
}
END_TEST

START_TEST(nothing_overflows_at_powers_of_ten_thousand_neurons_and_exponentials_of_five_thousand)
{
    static const struct {
        size_t n, k;
        hebb_interaction interaction;
    } cases[] = {{5000, 600, {HEBB_INTERACTION_EXPONENTIAL, 0}},
                 {10000, 400, {HEBB_INTERACTION_POWER, 10}},
                 {10000, 400, {HEBB_INTERACTION_RECTIFIED, 10}},
                 {10000, 200, {HEBB_INTERACTION_POWER, 64}}};
    for (size_t c = 0; c < COUNT(cases); c++) {
        both *made = make_both(NULL, cases[c].n, cases[c].k, cases[c].interaction);
        draw(made, 1);
        for (uint32_t where = 0; where < 3; where++) {
            start_somewhere(made, where);
            assert_decisions(made, cases[c].n / 9);
            ck_assert(isfinite(hebb_dense_memory_energy(&made->memory)));
            ck_assert(isfinite(hebb_dense_memory_local_field(&made->memory, 3)));
        }
        drop(made);
    }
}
END_TEST

/* ---- fields and energies ---- */

static long double reference_energy_of(const dense_reference *net)
{
    const long double n = (long double)net->n;
    long double sum = 0.0L, prefactor = 1.0L / net->interaction.degree;
    for (size_t mu = 0; mu < net->k; mu++) {
        const long double x = (long double)dense_reference_overlap(net, mu);
        if (net->interaction.kind == HEBB_INTERACTION_EXPONENTIAL)
            sum += expl(x);
        else if (x > 0.0L || net->interaction.kind == HEBB_INTERACTION_POWER)
            sum += powl(x / n, net->interaction.degree);
    }
    return net->interaction.kind == HEBB_INTERACTION_EXPONENTIAL ? -logl(sum) / n : -prefactor * sum;
}

/* Within 1e-13 of what the terms are. */
START_TEST(twice_the_field_is_what_a_flip_costs)
{
    static const hebb_interaction interactions[] = {{HEBB_INTERACTION_POWER, 2},      {HEBB_INTERACTION_POWER, 3},
                                                    {HEBB_INTERACTION_RECTIFIED, 3},  {HEBB_INTERACTION_POWER, 4},
                                                    {HEBB_INTERACTION_POWER, 10},     {HEBB_INTERACTION_RECTIFIED, 40},
                                                    {HEBB_INTERACTION_EXPONENTIAL, 0}};
    for (size_t c = 0; c < COUNT(interactions); c++) {
        both *made = make_both(NULL, 45, 90, interactions[c]);
        draw(made, (uint32_t)c);
        for (uint32_t where = 0; where < 3; where++) {
            start_somewhere(made, where);
            for (size_t i = 0; i < 45; i += 7) {
                const long double before = reference_energy_of(&made->reference);
                const double field = hebb_dense_memory_local_field(&made->memory, i);
                ck_assert_double_eq_tol(hebb_dense_memory_energy(&made->memory), (double)before,
                                        1e-13 * fabs((double)before));
                hebb_dense_memory_flip(&made->memory, i);
                dense_reference_start(&made->reference, made->memory.spins);
                const long double cost = reference_energy_of(&made->reference) - before;
                /* the spin has flipped: E rises by 2 h_i times what it was */
                ck_assert_double_eq_tol(-2.0 * made->memory.spins[i] * field / 45.0, (double)cost, 1e-13);
            }
        }
        drop(made);
    }
}
END_TEST

/* Beside a sum of energies of order 1 the field of x^40 far from all patterns is 1e-30, and right to 1e-12. */
START_TEST(small_differences_are_not_lost_in_the_energy)
{
    both *made = make_both(NULL, 300, 20, (hebb_interaction){HEBB_INTERACTION_POWER, 20});
    draw(made, 0);
    start_somewhere(made, 2);
    mpz_t difference, scale;
    mpz_init(difference);
    mpz_init(scale);
    mpz_ui_pow_ui(scale, 300, 19);
    mpz_mul_ui(scale, scale, 40);
    for (size_t i = 0; i < 300; i += 37) {
        dense_reference_difference(&made->reference, i, difference);
        mpf_t expected, unit;
        mpf_init2(expected, 200);
        mpf_init2(unit, 200);
        mpf_set_z(expected, difference);
        mpf_set_z(unit, scale);
        mpf_div(expected, expected, unit);
        const double field = mpf_get_d(expected);
        ck_assert_double_lt(fabs(field), 1e-9);
        ck_assert_double_eq_tol(hebb_dense_memory_local_field(&made->memory, i) / field, 1.0, 1e-12);
        mpf_clear(expected);
        mpf_clear(unit);
    }
    mpz_clear(difference);
    mpz_clear(scale);
    drop(made);
}
END_TEST

START_TEST(squares_have_the_hopfield_models_field_and_energy)
{
    for (size_t n = 20; n < 24; n++) {
        both *made = make_both(NULL, n, 11, (hebb_interaction){HEBB_INTERACTION_POWER, 2});
        draw(made, 0);
        start_somewhere(made, 2);
        hebb_hopfield network;
        ck_assert_int_eq(hebb_hopfield_init(&network, &made->patterns), HEBB_OK);
        hebb_hopfield_start_at(&network, made->memory.spins);
        for (uint32_t i = 0; i < n; i++) {
            double field;
            hebb_dense_memory_fields(&made->memory, 1, &i, &field);
            ck_assert_double_eq(field, (double)hebb_hopfield_field(&network, i));
        }
        ck_assert_double_eq_tol(hebb_dense_memory_energy(&made->memory) + 11 / (2.0 * (double)n),
                                hebb_hopfield_energy(&network), 1e-14);
        hebb_hopfield_free(&network);
        drop(made);
    }
}
END_TEST

START_TEST(every_kernel_gives_the_same_fields_to_the_bit)
{
    static const hebb_interaction interactions[] = {
        {HEBB_INTERACTION_POWER, 3}, {HEBB_INTERACTION_POWER, 12}, {HEBB_INTERACTION_EXPONENTIAL, 0}};
    for (size_t c = 0; c < COUNT(interactions); c++) {
        double first[90] = {0};
        for (EACH_KERNEL(kernel)) {
            both *made = make_both(*kernel, 90, 1003, interactions[c]);
            draw(made, 3);
            start_somewhere(made, 1);
            hebb_dense_memory_flip(&made->memory, 5);
            for (size_t i = 0; i < 90; i++) {
                const double field = hebb_dense_memory_local_field(&made->memory, i);
                if (kernel == hebb_kernels()) first[i] = field;
                ck_assert_double_eq(field, first[i]);
            }
            drop(made);
        }
    }
}
END_TEST

/* ---- the rest ---- */

START_TEST(turning_many_is_flipping_each)
{
    static const uint32_t turned[] = {3, 0, 69, 17};
    both *made = make_both(NULL, 70, 77, (hebb_interaction){HEBB_INTERACTION_POWER, 3});
    draw(made, 0);
    start_somewhere(made, 0);
    hebb_dense_memory_turn(&made->memory, COUNT(turned), turned);
    dense_reference_start(&made->reference, made->memory.spins);
    for (size_t mu = 0; mu < 77; mu++)
        ck_assert_int_eq(made->memory.overlaps[mu], dense_reference_overlap(&made->reference, mu));
    ck_assert_double_eq_tol(hebb_dense_memory_overlap(&made->memory, 0), 1.0 - 8.0 / 70.0, 1e-15);
    assert_decisions(made, 1);
    drop(made);
}
END_TEST

START_TEST(a_memory_is_fitted_again_to_another_interaction)
{
    both *made = make_both(NULL, 30, 50, (hebb_interaction){HEBB_INTERACTION_POWER, 3});
    const hebb_interaction others[] = {{HEBB_INTERACTION_POWER, 30}, exponential, {HEBB_INTERACTION_RECTIFIED, 2}};
    draw(made, 0);
    for (size_t c = 0; c < COUNT(others); c++) {
        ck_assert_int_eq(hebb_dense_memory_fit(&made->patterns, &made->memory, 30, 50, others[c]), HEBB_OK);
        made->reference.interaction = others[c];
        start_somewhere(made, 1);
        assert_decisions(made, 1);
    }
    drop(made);
}
END_TEST

START_TEST(other_stores_and_degrees_are_refused)
{
    static const int degrees[] = {-1, 0, 1, HEBB_MAX_DEGREE + 1};
    hebb_patterns patterns;
    hebb_dense_memory memory = {0};
    ck_assert_int_eq(hebb_patterns_init(&patterns, 10, 3, HEBB_STORE_ROWS), HEBB_OK);
    for (size_t d = 0; d < COUNT(degrees); d++) {
        const hebb_interaction interaction = {HEBB_INTERACTION_RECTIFIED, degrees[d]};
        ck_assert_int_eq(hebb_dense_memory_init(&memory, &patterns, interaction), HEBB_EDOM);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "degree"));
    }
    hebb_patterns_free(&patterns);
    ck_assert_int_eq(hebb_patterns_init(&patterns, 10, 3, HEBB_STORE_SLICES), HEBB_OK);
    ck_assert_int_eq(hebb_dense_memory_init(&memory, &patterns, exponential), HEBB_EDOM);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "rows"));
    hebb_patterns_free(&patterns);
    hebb_dense_memory_free(&memory);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dense_memory");
    TCase *decisions = tcase_create("decisions"), *rest = tcase_create("rest");
    tcase_add_test(decisions, decisions_are_those_of_whole_numbers_in_every_kernel);
    tcase_add_test(decisions, decisions_are_right_where_32_bits_end);
    tcase_add_test(decisions, nothing_overflows_at_powers_of_ten_thousand_neurons_and_exponentials_of_five_thousand);
    tcase_add_test(rest, twice_the_field_is_what_a_flip_costs);
    tcase_add_test(rest, small_differences_are_not_lost_in_the_energy);
    tcase_add_test(rest, squares_have_the_hopfield_models_field_and_energy);
    tcase_add_test(rest, every_kernel_gives_the_same_fields_to_the_bit);
    tcase_add_test(rest, turning_many_is_flipping_each);
    tcase_add_test(rest, a_memory_is_fitted_again_to_another_interaction);
    tcase_add_test(rest, other_stores_and_degrees_are_refused);
    suite_add_tcase(suite, decisions);
    suite_add_tcase(suite, rest);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed != 0;
}
