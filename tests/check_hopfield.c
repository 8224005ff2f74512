/* hopfield: fields and energies kept in pattern space against the dense matrix, for every kernel and store. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "engine.h"
#include "hopfield_reference.h"

static void check_block_fields(const hebb_hopfield *network, const hopfield_reference *reference, size_t first)
{
    const size_t n = network->patterns->n_neurons, p = network->patterns->n_patterns;
    const size_t left = HEBB_BLOCK - first % HEBB_BLOCK, n_block = n - first < left ? n - first : left;
    hebb_field_tables tables;
    int64_t fields[HEBB_BLOCK];
    ck_assert_int_eq(hebb_field_tables_init(&tables, network->patterns->kernel, p), HEBB_OK);
    hebb_field_tables_set(&tables, network->overlaps);
    hebb_hopfield_block_fields(network, &tables, first, n_block, fields);
    for (size_t k = 0; k < n_block; k++) {
        const size_t i = first + k;
        ck_assert_int_eq(fields[k], reference->fields[i] + (int64_t)p * reference->spins[i]);
    }
    hebb_field_tables_free(&tables);
}

static void check_network(const hebb_kernel *kernel, hebb_pattern_store store, size_t n, size_t p)
{
    engine *made = engine_make(kernel, store, n, p, 0, 1);
    hebb_hopfield *network = made->networks;
    hopfield_reference reference = reference_make(&made->patterns);
    int8_t *spins = malloc(n);
    for (size_t i = 0; i < n; i++) spins[i] = i % 3 == 0 ? -1 : 1;
    hebb_hopfield_start_at(network, spins);
    reference_start(&reference, spins);
    for (size_t i = 0; i < n; i++) ck_assert_int_eq(hebb_hopfield_field(network, i), reference.fields[i]);
    int overlap = 0;
    for (size_t i = 0; i < n; i++) overlap += spins[i] * hebb_patterns_get(&made->patterns, i, p - 1);
    ck_assert_double_eq(hebb_hopfield_overlap(network, p - 1), (double)overlap / (double)n);
    for (size_t first = 0; first < n; first += 32) check_block_fields(network, &reference, first);
    const int64_t energy = reference_energy(&reference);
    ck_assert_int_eq(hebb_hopfield_energy_sum(network), energy);
    ck_assert_double_eq(hebb_hopfield_energy(network), (double)energy / (2.0 * (double)n * (double)n));
    free(spins);
    reference_free(&reference);
    hebb_hopfield_free(network);
    engine_drop(made);
}

START_TEST(fields_and_energy_equal_the_dense_matrix)
{
    static const size_t sizes[] = {1, 2, 63, 64, 65, 127, 300}, loads[] = {1, 5, 63, 64, 65, 200};
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        for (size_t s = 0; s < N_STORES; s++)
            for (size_t a = 0; a < COUNT(sizes); a++)
                for (size_t b = 0; b < COUNT(loads); b++) check_network(*kernel, engine_stores[s], sizes[a], loads[b]);
}
END_TEST

START_TEST(a_new_network_is_all_up_and_knows_its_overlaps)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 300, 49, 0, 1);
    for (size_t mu = 0; mu < 49; mu++) {
        int32_t sum = 0;
        for (size_t i = 0; i < 300; i++) sum += hebb_patterns_get(&made->patterns, i, mu);
        ck_assert_int_eq(made->networks->overlaps[mu], sum);
    }
    engine_drop(made);
}
END_TEST

START_TEST(started_at_a_pattern_its_overlap_is_one)
{
    for (size_t s = 0; s < N_STORES; s++) {
        engine *made = engine_make(NULL, engine_stores[s], 129, 70, 0, 1);
        for (size_t mu = 0; mu < 70; mu++) {
            hebb_hopfield_start_at_pattern(made->networks, mu);
            for (size_t nu = 0; nu < 70; nu++)
                ck_assert(nu == mu ? hebb_hopfield_overlap(made->networks, nu) == 1.0
                                   : hebb_hopfield_overlap(made->networks, nu) < 0.9);
        }
        engine_drop(made);
    }
}
END_TEST

/* 40 starts of 1000 neurons: a mean overlap beyond 5 / sqrt(40000) = .025 has a probability of 6e-7. */
START_TEST(random_starts_are_fair_and_depend_on_the_generator_alone)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 1000, 2, 0, 2);
    double sum = 0.0;
    for (uint32_t k = 0; k < 40; k++) {
        const hebb_philox generator = {{9, k}};
        hebb_hopfield_start_at_random(made->networks, generator);
        hebb_hopfield_start_at_pattern(made->networks + 1, 1);
        hebb_hopfield_start_at_random(made->networks + 1, generator);
        ck_assert_mem_eq(made->networks[0].spins, made->networks[1].spins, 1000);
        ck_assert_mem_eq(made->networks[0].overlaps, made->networks[1].overlaps, 2 * sizeof(int32_t));
        for (size_t i = 0; i < 1000; i++) sum += made->networks[0].spins[i];
    }
    ck_assert_double_lt(fabs(sum / 40000.0), 0.025);
    engine_drop(made);
}
END_TEST

START_TEST(near_a_pattern_the_overlap_is_the_one_asked_for)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 129, 3, 0, 1);
    for (int k = -129; k <= 129; k += 2) {
        hebb_hopfield_start_near_pattern(made->networks, 2, (k + 0.3) / 129.0, (hebb_philox){{1, 2}});
        ck_assert_double_eq(hebb_hopfield_overlap(made->networks, 2), k / 129.0);
        if (k > -129) {
            hebb_hopfield_start_near_pattern(made->networks, 2, (k - 0.3) / 129.0, (hebb_philox){{1, 2}});
            ck_assert_double_eq(hebb_hopfield_overlap(made->networks, 2), k / 129.0);
        }
    }
    engine_drop(made);
}
END_TEST

/* 4000 draws of 3 of 10 neurons: each is turned over 1200 times; 5 sigma are 145. */
START_TEST(near_a_pattern_every_neuron_is_as_likely_to_be_turned_over)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 10, 1, 0, 1);
    int n_turned[10] = {0}, n_first_two = 0;
    for (uint32_t k = 0; k < 4000; k++) {
        hebb_hopfield_start_near_pattern(made->networks, 0, 0.4, (hebb_philox){{3, k}});
        bool turned[10];
        for (size_t i = 0; i < 10; i++) {
            turned[i] = made->networks->spins[i] != hebb_patterns_get(&made->patterns, i, 0);
            n_turned[i] += turned[i];
        }
        n_first_two += turned[0] && turned[1];
    }
    for (size_t i = 0; i < 10; i++) ck_assert_int_le(abs(n_turned[i] - 1200), 145);
    ck_assert_int_le(abs(n_first_two - 267), 79); /* 3/10 2/9 of them; 5 sigma */
    engine_drop(made);
}
END_TEST

START_TEST(a_mixture_has_the_sign_of_the_sum_and_fair_signs_at_a_tie)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 2000, 7, 0, 1);
    for (size_t n = 1; n <= 7; n++) {
        int n_ties = 0, n_up = 0;
        hebb_hopfield_start_at_mixture(made->networks, n, (hebb_philox){{5, 6}});
        for (size_t i = 0; i < 2000; i++) {
            int sum = 0;
            for (size_t mu = 0; mu < n; mu++) sum += hebb_patterns_get(&made->patterns, i, mu);
            ck_assert_int_ge(sum * made->networks->spins[i], 0);
            n_ties += sum == 0;
            n_up += sum == 0 && made->networks->spins[i] > 0;
        }
        ck_assert(n % 2 == 1 ? n_ties == 0 : n_ties > 400);
        ck_assert_int_le((2 * n_up - n_ties) * (2 * n_up - n_ties), 25 * n_ties); /* 5 sigma */
    }
    engine_drop(made);
}
END_TEST

START_TEST(a_fitting_network_is_kept_and_any_other_made_anew)
{
    hebb_patterns patterns = {0};
    hebb_hopfield network = {0};
    ck_assert_int_eq(hebb_hopfield_fit(&patterns, &network, 70, 9, HEBB_STORE_ROWS), HEBB_OK);
    const int8_t *spins = network.spins;
    ck_assert_int_eq(hebb_hopfield_fit(&patterns, &network, 70, 9, HEBB_STORE_ROWS), HEBB_OK);
    ck_assert_ptr_eq(network.spins, spins);
    static const struct {
        size_t n, p;
        hebb_pattern_store store;
    } next[] = {{70, 9, HEBB_STORE_SLICES}, {70, 90, HEBB_STORE_SLICES}, {700, 90, HEBB_STORE_NOTHING}};
    for (size_t k = 0; k < COUNT(next); k++) {
        ck_assert_int_eq(hebb_hopfield_fit(&patterns, &network, next[k].n, next[k].p, next[k].store), HEBB_OK);
        ck_assert_uint_eq(patterns.n_neurons, next[k].n);
        ck_assert_uint_eq(patterns.n_patterns, next[k].p);
        ck_assert_int_eq(patterns.store, next[k].store);
        ck_assert_ptr_eq(network.patterns, &patterns);
        hebb_patterns_draw(&patterns, 1, 0);
        hebb_hopfield_start_at_pattern(&network, next[k].p - 1);
        ck_assert_int_eq(network.overlaps[next[k].p - 1], (int32_t)next[k].n);
    }
    ck_assert_int_eq(hebb_hopfield_fit(&patterns, &network, 0, 9, HEBB_STORE_ROWS), HEBB_EDOM);
    ck_assert_ptr_null(network.spins);
    ck_assert_ptr_null(patterns.rows);
    hebb_hopfield_free(&network);
    hebb_patterns_free(&patterns);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hopfield");
    TCase *state = tcase_create("state");
    tcase_add_test(state, fields_and_energy_equal_the_dense_matrix);
    tcase_add_test(state, a_new_network_is_all_up_and_knows_its_overlaps);
    tcase_add_test(state, started_at_a_pattern_its_overlap_is_one);
    tcase_add_test(state, random_starts_are_fair_and_depend_on_the_generator_alone);
    tcase_add_test(state, near_a_pattern_the_overlap_is_the_one_asked_for);
    tcase_add_test(state, near_a_pattern_every_neuron_is_as_likely_to_be_turned_over);
    tcase_add_test(state, a_mixture_has_the_sign_of_the_sum_and_fair_signs_at_a_tie);
    tcase_add_test(state, a_fitting_network_is_kept_and_any_other_made_anew);
    suite_add_tcase(suite, state);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
