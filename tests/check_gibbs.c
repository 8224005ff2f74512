/* gibbs: every kernel's chains against the header's own words; starts, counts, refusals. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "gibbs_machine.h"
#include "gibbs_reference.h"
#include "memory.h"

static void check_nothing_beyond(const hebb_gibbs *gibbs)
{
    for (size_t i = 0; i < gibbs->machine->n_units && gibbs->n_chains % 64 != 0; i++)
        ck_assert_uint_eq(gibbs->bits[(i + 1) * gibbs->n_words - 1] >> gibbs->n_chains % 64, 0);
}

/* ---- the chains ---- */

/* Every third unit clamped, to values of the random start; two calls at different temperatures. */
static void check_chains(size_t n, size_t n_chains, hebb_unit_kind kind, hebb_links links, double scale)
{
    hebb_boltzmann machine;
    hebb_gibbs gibbs;
    draw_machine(&machine, n, kind, links, scale);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, n_chains, noise_of(1)), HEBB_OK);
    const size_t n_bytes = n * gibbs.n_words * sizeof *gibbs.bits;
    hebb_gibbs_randomise(&gibbs, noise_of(2));
    for (size_t i = 0; i < n; i += 3) gibbs.is_clamped[i] = n > 2;
    uint64_t *start = malloc(n_bytes), *want = malloc(n_bytes);
    int8_t *state = malloc(n);
    memcpy(start, gibbs.bits, n_bytes);
    for (size_t c = 0; c < n_chains; c++) {
        hebb_gibbs_get(&gibbs, c, state);
        for (uint32_t t = 0; t < 3; t++)
            gibbs_reference_sweep(&machine, gibbs.is_clamped, noise_of(1), t, (uint32_t)c, t < 2 ? 1.7 : 0.6, state);
        hebb_gibbs_set(&gibbs, c, state);
    }
    memcpy(want, gibbs.bits, n_bytes);
    for (EACH_KERNEL(kernel)) {
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        memcpy(gibbs.bits, start, n_bytes);
        hebb_gibbs_reseed(&gibbs, noise_of(1));
        ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1.7, 2), HEBB_OK);
        ck_assert_int_eq(hebb_gibbs_run(&gibbs, 0.6, 1), HEBB_OK);
        if (memcmp(gibbs.bits, want, n_bytes) != 0)
            ck_abort_msg("%s, %zu units, %zu chains, kind %d, links %d, scale %g", (*kernel)->name, n, n_chains, kind,
                         links, scale);
        check_nothing_beyond(&gibbs);
    }
    free(state);
    free(start);
    free(want);
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}

START_TEST(chains_are_the_reference_s_from_every_kernel)
{
    const size_t sizes[] = {1, 2, 3, 4, 5, 7, 20, 64, 65, 133}, chains[] = {1, 5, 8, 9, 40, 57, 63, 64, 65, 100, 128};
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (size_t c = 0; c < COUNT(chains); c++)
            for (int kind = 0; kind < 2; kind++)
                check_chains(sizes[s], chains[c], (hebb_unit_kind)kind, all_links[(s + c) % 4], 1.0);
    for (int kind = 0; kind < 2; kind++) {
        check_chains(6, 1500, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 0.5);   /* two tiles */
        check_chains(150, 1100, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 0.1); /* the same without kept tables */
        check_chains(30, 100, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 30.0);
        check_chains(30, 100, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 1e35); /* more than single precision adds up */
        check_chains(30, 100, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 1e-44);
    }
}
END_TEST

/* Where sums cancel, another order of additions would set a unit otherwise. */
START_TEST(fields_are_added_in_the_stated_order_from_every_kernel)
{
    for (int kind = 0; kind < 2; kind++) {
        hebb_boltzmann machine;
        hebb_gibbs gibbs;
        draw_machine(&machine, 50, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 1.0);
        for (size_t i = 0; i < 50; i++)
            for (size_t j = 0; j < i; j++) /* 1, 2^20 and 2^53 */
                hebb_boltzmann_set_weight(&machine, i, j,
                                          ldexp(machine.weights[i * 50 + j], (i + j) % 3 == 0 ? 53 : (int)j % 2 * 20));
        ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, 200, noise_of(1)), HEBB_OK);
        uint64_t want[200] = {0};
        for (size_t pass = 0; hebb_kernels()[pass] != NULL; pass++) {
            ck_assert_int_eq(hebb_kernel_select(hebb_kernels()[pass]->name), HEBB_OK);
            hebb_gibbs_reseed(&gibbs, noise_of(1));
            hebb_gibbs_randomise(&gibbs, noise_of(2));
            for (size_t c = 0; pass == 0 && c < 200; c++) {
                int8_t state[50];
                hebb_gibbs_get(&gibbs, c, state);
                for (uint32_t t = 0; t < 4; t++)
                    gibbs_reference_sweep(&machine, gibbs.is_clamped, noise_of(1), t, (uint32_t)c, 1e16, state);
                for (size_t i = 0; i < 50; i++) want[i * 4 + c / 64] |= (uint64_t)(state[i] > 0) << c % 64;
            }
            ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1e16, 4), HEBB_OK);
            ck_assert_mem_eq(gibbs.bits, want, sizeof want);
        }
        hebb_gibbs_free(&gibbs);
        hebb_boltzmann_free(&machine);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}
END_TEST

/* A kernel that first tries single precision: among a million and a half decisions some dozens are too near for it. */
START_TEST(decisions_however_near_are_the_same_from_every_kernel)
{
    enum { N_CHAINS = 100000, N = 5 };
    hebb_boltzmann machine;
    hebb_gibbs gibbs[2];
    draw_machine(&machine, N, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 0.5);
    for (EACH_KERNEL(kernel)) {
        hebb_gibbs *chains = gibbs + (kernel != hebb_kernels());
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        ck_assert_int_eq(hebb_gibbs_init(chains, &machine, N_CHAINS, noise_of(1)), HEBB_OK);
        ck_assert_int_eq(hebb_gibbs_run(chains, 1.0, 3), HEBB_OK);
        if (chains == gibbs) continue;
        ck_assert_mem_eq(chains->bits, gibbs->bits, N * chains->n_words * sizeof(uint64_t));
        hebb_gibbs_free(chains);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
    hebb_gibbs_free(gibbs);
    hebb_boltzmann_free(&machine);
}
END_TEST

/* The bias from which on the unit of chain c is on in sweep 0, by bisection down to neighbouring numbers. */
static double least_bias(hebb_gibbs *gibbs, double *bias, size_t c)
{
    double off = -30.0, on = 30.0;
    for (;;) {
        *bias = off + 0.5 * (on - off);
        if (*bias == off || *bias == on) return on;
        hebb_gibbs_reseed(gibbs, noise_of(9));
        ck_assert_int_eq(hebb_gibbs_run(gibbs, 1.0, 1), HEBB_OK);
        if (bit_of(gibbs, 0, c))
            on = *bias;
        else
            off = *bias;
    }
}

/* A unit alone is on where its bias is above ln(u/(1 - u)): the logarithm's last bit, which no trajectory would show. */
START_TEST(a_unit_turns_at_the_same_number_in_every_kernel)
{
    enum { N_CHAINS = 300 };
    hebb_boltzmann machine;
    hebb_gibbs gibbs;
    double first[N_CHAINS];
    ck_assert_int_eq(hebb_boltzmann_init(&machine, 0, 1, 0, HEBB_UNITS_BINARY, HEBB_LINKS_FULL), HEBB_OK);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, N_CHAINS, noise_of(9)), HEBB_OK);
    for (EACH_KERNEL(kernel)) {
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        for (size_t c = 0; c < N_CHAINS; c++) {
            uint32_t block[4];
            hebb_philox_block(noise_of(9), 0, (uint32_t)c, 0, block);
            const long double u = block[0] + 0.5L;
            const double limit = (double)logl(u / (0x1p32L - u)), found = least_bias(&gibbs, machine.biases, c);
            ck_assert_double_eq_tol(found, limit, 1e-15 * fabs(limit));
            if (kernel == hebb_kernels()) first[c] = found;
            ck_assert_double_eq(found, first[c]);
        }
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
}
END_TEST

enum { N_AGREED = 21, N_AGREED_CHAINS = 70 };

/* Three sweeps of N_AGREED units: those of the first kernel, which knows double precision alone. */
static void check_kernels_agree(const hebb_boltzmann *machine, double temperature, double scale)
{
    uint64_t want[2 * N_AGREED];
    for (EACH_KERNEL(kernel)) {
        hebb_gibbs gibbs;
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        ck_assert_int_eq(hebb_gibbs_init(&gibbs, machine, N_AGREED_CHAINS, noise_of(1)), HEBB_OK);
        hebb_gibbs_randomise(&gibbs, noise_of(2));
        ck_assert_int_eq(hebb_gibbs_run(&gibbs, temperature, 3), HEBB_OK);
        if (kernel == hebb_kernels()) memcpy(want, gibbs.bits, sizeof want);
        ck_assert_msg(memcmp(want, gibbs.bits, sizeof want) == 0, "%s, weights of %g at %g", (*kernel)->name, scale,
                      temperature);
        hebb_gibbs_free(&gibbs);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}

/* From numbers that are no longer normal to sums that overflow or are none. */
START_TEST(any_weights_at_any_temperature_give_the_same_chains_from_every_kernel)
{
    static const double scales[] = {5e-324, 1e-310, 1e-300, 1e-46, 1e-38, 1e-5, 1.0, 1e29, 1e31, 1e38, 1e300, 1e308};
    static const double temperatures[] = {1e-307, 1e-45, 1e-15, 1.0, 1e31, 1e45, 1e307};
    for (size_t k = 0; k < 2 * COUNT(scales) * COUNT(temperatures); k++) {
        const double scale = scales[k / 2 % COUNT(scales)], temperature = temperatures[k / 2 / COUNT(scales)];
        hebb_boltzmann machine;
        draw_machine(&machine, N_AGREED, (hebb_unit_kind)(k % 2), HEBB_LINKS_FULL, scale);
        for (size_t i = 0; i < N_AGREED; i += 4) machine.biases[i] = i % 8 == 0 ? 1.0 : 0.1 * scale;
        check_kernels_agree(&machine, temperature, scale);
        hebb_boltzmann_free(&machine);
    }
}
END_TEST

/* Units that all repel each other: half are on, and what is left of a field is as small as single precision's error. */
START_TEST(large_weights_that_cancel_give_the_same_chains_from_every_kernel)
{
    for (int kind = 0; kind < 2; kind++)
        for (double scale = 1e3; scale < 1e13; scale *= 1e3) {
            hebb_boltzmann machine;
            draw_machine(&machine, N_AGREED, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 1.0);
            for (size_t i = 0; i < N_AGREED; i++) {
                if (kind == HEBB_UNITS_BINARY) machine.biases[i] += scale * (N_AGREED / 2);
                for (size_t j = 0; j < i; j++)
                    hebb_boltzmann_set_weight(&machine, i, j, machine.weights[i * N_AGREED + j] - scale);
            }
            check_kernels_agree(&machine, 2.0, scale);
            hebb_boltzmann_free(&machine);
        }
}
END_TEST

START_TEST(weights_and_biases_may_change_between_two_calls)
{
    hebb_boltzmann machine;
    hebb_gibbs gibbs, fresh;
    draw_machine(&machine, 9, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 1.0);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, 70, noise_of(1)), HEBB_OK);
    for (int step = 0; step < 3; step++) {
        if (step == 1) hebb_boltzmann_set_weight(&machine, 8, 2, 5.0);
        if (step == 2) machine.biases[4] = -3.0;
        ck_assert_int_eq(hebb_gibbs_init(&fresh, &machine, 70, noise_of(1)), HEBB_OK);
        memcpy(fresh.bits, gibbs.bits, 9 * gibbs.n_words * sizeof *gibbs.bits);
        fresh.n_sweeps = gibbs.n_sweeps;
        ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1.0, 2), HEBB_OK);
        ck_assert_int_eq(hebb_gibbs_run(&fresh, 1.0, 2), HEBB_OK);
        ck_assert_mem_eq(gibbs.bits, fresh.bits, 9 * gibbs.n_words * sizeof *gibbs.bits);
        hebb_gibbs_free(&fresh);
    }
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
}
END_TEST

START_TEST(the_field_is_the_machine_s_but_for_rounding)
{
    for (int kind = 0; kind < 2; kind++) {
        hebb_boltzmann machine;
        draw_machine(&machine, 31, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 1.0);
        int8_t state[31];
        for (size_t i = 0; i < 31; i++) state[i] = i % 3 == 0 ? 1 : hebb_unit_off((hebb_unit_kind)kind);
        for (size_t i = 0; i < 31; i++)
            ck_assert_double_eq_tol(gibbs_reference_field(&machine, state, i), hebb_boltzmann_field(&machine, state, i),
                                    1e-13);
        hebb_boltzmann_free(&machine);
    }
}
END_TEST

/* ---- starts, counts, refusals ---- */

START_TEST(a_random_start_leaves_clamped_units_and_what_lies_beyond_the_chains)
{
    hebb_boltzmann machine;
    hebb_gibbs gibbs;
    draw_machine(&machine, 10, HEBB_UNITS_BINARY, HEBB_LINKS_FULL, 1.0);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, 100, noise_of(1)), HEBB_OK);
    gibbs.is_clamped[3] = gibbs.is_clamped[9] = 1;
    hebb_gibbs_randomise(&gibbs, noise_of(5));
    check_nothing_beyond(&gibbs);
    uint64_t on[10] = {0};
    hebb_gibbs_count(&gibbs, 0, 100, on, NULL);
    for (size_t i = 0; i < 10; i++) {
        if (i == 3 || i == 9)
            ck_assert_uint_eq(on[i], 0);
        else
            ck_assert(on[i] > 20 && on[i] < 80); /* six standard deviations */
    }
    hebb_gibbs_free(&gibbs);
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
}
END_TEST

static void check_counts(const hebb_gibbs *gibbs, size_t first, size_t n)
{
    enum { N = 7 };
    uint64_t on[N], means_only[N], both[N * N], want_on[N], want_both[N * N];
    for (size_t i = 0; i < N; i++) on[i] = means_only[i] = want_on[i] = i;
    for (size_t i = 0; i < N * N; i++) both[i] = want_both[i] = i / N + i % N;
    hebb_gibbs_count(gibbs, first, n, on, both);
    hebb_gibbs_count(gibbs, first, n, means_only, NULL);
    for (size_t c = first; c < first + n; c++)
        for (size_t i = 0; i < N; i++) {
            want_on[i] += bit_of(gibbs, i, c);
            for (size_t j = 0; j < N; j++) want_both[i * N + j] += bit_of(gibbs, i, c) && bit_of(gibbs, j, c);
        }
    ck_assert_mem_eq(on, want_on, sizeof on);
    ck_assert_mem_eq(means_only, want_on, sizeof on);
    ck_assert_mem_eq(both, want_both, sizeof both);
}

START_TEST(counts_are_those_of_the_chains_asked_for_from_every_kernel)
{
    const size_t n_chains = 4500; /* more than are counted at once */
    hebb_boltzmann machine;
    hebb_gibbs gibbs;
    draw_machine(&machine, 7, HEBB_UNITS_BINARY, HEBB_LINKS_FULL, 1.0);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, n_chains, noise_of(1)), HEBB_OK);
    hebb_gibbs_randomise(&gibbs, noise_of(5));
    for (EACH_KERNEL(kernel)) {
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        const size_t ranges[][2] = {{0, 4500}, {0, 0},    {0, 1},    {63, 1},   {64, 64},
                                    {5, 59},   {5, 60},   {10, 200}, {4095, 2}, {4096, 404},
                                    {1, 4499}, {4499, 1}, {4500, 0}, {0, 64},   {100, 28}};
        for (size_t r = 0; r < COUNT(ranges); r++) check_counts(&gibbs, ranges[r][0], ranges[r][1]);
    }
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
}
END_TEST

START_TEST(moments_are_the_averages_of_the_states)
{
    enum { N = 5, M = 90 };
    for (int kind = 0; kind < 2; kind++) {
        hebb_boltzmann machine;
        hebb_gibbs gibbs;
        draw_machine(&machine, N, (hebb_unit_kind)kind, HEBB_LINKS_FULL, 1.0);
        ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, M, noise_of(1)), HEBB_OK);
        hebb_gibbs_randomise(&gibbs, noise_of(6));
        uint64_t on[N] = {0}, both[N * N] = {0};
        double means[N], products[N * N], want[N] = {0}, want_products[N * N] = {0};
        hebb_gibbs_count(&gibbs, 0, M, on, both);
        hebb_moments_from_counts(&machine, M, on, both, means, products);
        for (size_t c = 0; c < M; c++) {
            int8_t state[N];
            hebb_gibbs_get(&gibbs, c, state);
            for (size_t i = 0; i < N; i++) {
                want[i] += state[i] / (double)M;
                for (size_t j = 0; j < N; j++) want_products[i * N + j] += state[i] * state[j] / (double)M;
            }
        }
        for (size_t i = 0; i < N; i++) ck_assert_double_eq_tol(means[i], want[i], 1e-14);
        for (size_t i = 0; i < N * N; i++) ck_assert_double_eq_tol(products[i], want_products[i], 1e-14);
        hebb_gibbs_free(&gibbs);
        hebb_boltzmann_free(&machine);
    }
}
END_TEST

START_TEST(sweeps_and_updates_are_counted_and_bad_numbers_refused)
{
    hebb_boltzmann machine;
    hebb_gibbs gibbs;
    draw_machine(&machine, 6, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 1.0);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, 0, noise_of(1)), HEBB_EDOM);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, (size_t)1 << 32, noise_of(1)), HEBB_EDOM);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, 3, noise_of(1)), HEBB_OK);
    gibbs.is_clamped[2] = 1;
    ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1.0, 4), HEBB_OK);
    ck_assert_uint_eq(gibbs.n_sweeps, 4);
    ck_assert_uint_eq(gibbs.n_unit_updates, 4 * 5 * 3);
    const double bad[] = {0.0, -1.0, (double)NAN, (double)INFINITY, 1e-310};
    for (size_t k = 0; k < COUNT(bad); k++) ck_assert_int_eq(hebb_gibbs_run(&gibbs, bad[k], 1), HEBB_EDOM);
    ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1.0, -1), HEBB_EDOM);
    ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1.0, 0), HEBB_OK);
    gibbs.n_sweeps = UINT32_MAX - 2;
    ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1.0, 3), HEBB_EDOM);
    ck_assert_int_eq(hebb_gibbs_run(&gibbs, 1.0, 2), HEBB_OK);
    ck_assert_uint_eq(gibbs.n_sweeps, UINT32_MAX);
    ck_assert_uint_eq(gibbs.n_unit_updates, 6 * 5 * 3);
    hebb_gibbs_reseed(&gibbs, noise_of(3));
    ck_assert_uint_eq(gibbs.n_sweeps, 0);
    hebb_gibbs_free(&gibbs);
    hebb_boltzmann_free(&machine);
}
END_TEST

/* In a process of its own: the limit is the process's. */
START_TEST(more_memory_than_there_is_is_refused_before_it_is_taken)
{
    hebb_boltzmann machine;
    hebb_gibbs gibbs;
    draw_machine(&machine, 100, HEBB_UNITS_SIGN, HEBB_LINKS_FULL, 1.0);
    ck_assert_int_eq(hebb_memory_limit("512M"), HEBB_OK);
    ck_assert_int_eq(hebb_gibbs_init(&gibbs, &machine, 4000000000, noise_of(1)), HEBB_ENOMEM);
    ck_assert_msg(strstr(hebb_diagnostic(), "chains of 100 units, 64 x 62500000 of them: ") != NULL, "%s",
                  hebb_diagnostic());
    ck_assert_ptr_null(gibbs.bits);
    hebb_boltzmann_free(&machine);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gibbs");
    TCase *tests = tcase_create("gibbs");
    tcase_add_test(tests, chains_are_the_reference_s_from_every_kernel);
    tcase_add_test(tests, fields_are_added_in_the_stated_order_from_every_kernel);
    tcase_add_test(tests, decisions_however_near_are_the_same_from_every_kernel);
    tcase_add_test(tests, a_unit_turns_at_the_same_number_in_every_kernel);
    tcase_add_test(tests, any_weights_at_any_temperature_give_the_same_chains_from_every_kernel);
    tcase_add_test(tests, large_weights_that_cancel_give_the_same_chains_from_every_kernel);
    tcase_add_test(tests, weights_and_biases_may_change_between_two_calls);
    tcase_add_test(tests, the_field_is_the_machine_s_but_for_rounding);
    tcase_add_test(tests, a_random_start_leaves_clamped_units_and_what_lies_beyond_the_chains);
    tcase_add_test(tests, counts_are_those_of_the_chains_asked_for_from_every_kernel);
    tcase_add_test(tests, moments_are_the_averages_of_the_states);
    tcase_add_test(tests, sweeps_and_updates_are_counted_and_bad_numbers_refused);
    tcase_add_test(tests, more_memory_than_there_is_is_refused_before_it_is_taken);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
