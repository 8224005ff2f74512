/* ferromagnet: every update from couplings summed pair by pair. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ferromagnet.h"

enum { MOST = 40 };

static hebb_ferromagnet make_magnet(size_t n, int8_t *spins, hebb_thermal_rule rule, double T)
{
    hebb_ferromagnet magnet;
    const hebb_status status = hebb_ferromagnet_init(&magnet, n, spins, rule, T);
    ck_assert_msg(status == HEBB_OK, "%s", hebb_diagnostic());
    return magnet;
}

/* s_i after its update with noise v, from h_i = (1/N) sum_{j != i} s_j. */
static int8_t updated(size_t n, const int8_t *spins, size_t i, hebb_thermal_rule rule, double T, double v)
{
    long double h = 0.0L;
    for (size_t j = 0; j < n; j++)
        if (j != i) h += (long double)spins[j] / (long double)n;
    if (rule == HEBB_METROPOLIS) {
        const long double raised = 2.0L * spins[i] * h; /* by a flip, the energy */
        return (int8_t)(raised <= 0.0L || v < expl(-raised / T) ? -spins[i] : spins[i]);
    }
    const long double up = expl(h / T), down = expl(-h / T);
    return v < up / (up + down) ? 1 : -1;
}

START_TEST(every_update_is_that_of_the_couplings_pair_by_pair)
{
    static const hebb_thermal_rule rules[] = {HEBB_HEAT_BATH, HEBB_METROPOLIS};
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(3, HEBB_DRAW_NOISE, 1, 2), 0, 0);
    for (int trial = 0; trial < 400; trial++) {
        const size_t n = 2 + hebb_stream_below(&stream, MOST - 1);
        const double T = 0.1 + 2.0 * hebb_stream_uniform(&stream);
        const hebb_thermal_rule rule = rules[trial % 2];
        int8_t spins[MOST], want[MOST];
        uint32_t turn[MOST];
        double v[MOST];
        for (size_t i = 0; i < n; i++) want[i] = spins[i] = hebb_stream_below(&stream, 2) == 0 ? -1 : 1;
        hebb_ferromagnet magnet = make_magnet(n, spins, rule, T);
        for (int sweep = 0; sweep < 4; sweep++) {
            hebb_stream_permutation(&stream, (uint32_t)n, turn);
            for (size_t i = 0; i < n; i++) v[i] = hebb_stream_uniform(&stream);
            hebb_ferromagnet_sweep(&magnet, turn, v);
            for (size_t k = 0; k < n; k++) want[turn[k]] = updated(n, want, turn[k], rule, T, v[turn[k]]);
            ck_assert_mem_eq(spins, want, n);
        }
        hebb_ferromagnet_free(&magnet);
    }
}
END_TEST

START_TEST(spins_set_from_outside_are_taken_up)
{
    int8_t spins[3] = {1, 1, 1};
    const uint32_t turn[] = {0, 1, 2};
    const double v[] = {0.5, 0.5, 0.5}; /* the sign of the field decides */
    hebb_ferromagnet magnet = make_magnet(3, spins, HEBB_HEAT_BATH, 0.01);
    memset(spins, -1, sizeof spins);
    hebb_ferromagnet_restart(&magnet);
    hebb_ferromagnet_sweep(&magnet, turn, v);
    for (int i = 0; i < 3; i++) ck_assert_int_eq(spins[i], -1);
    hebb_ferromagnet_free(&magnet);
    hebb_ferromagnet_free(&magnet);
}
END_TEST

START_TEST(temperatures_that_are_none_are_refused)
{
    static const double bad[] = {0.0, -1.0, INFINITY, NAN};
    int8_t spins[2] = {1, 1};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        hebb_ferromagnet magnet;
        ck_assert_int_eq(hebb_ferromagnet_init(&magnet, 2, spins, HEBB_HEAT_BATH, bad[k]), HEBB_EDOM);
        hebb_ferromagnet_free(&magnet);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ferromagnet");
    TCase *updates = tcase_create("updates");
    tcase_add_test(updates, every_update_is_that_of_the_couplings_pair_by_pair);
    tcase_add_test(updates, spins_set_from_outside_are_taken_up);
    tcase_add_test(updates, temperatures_that_are_none_are_refused);
    suite_add_tcase(suite, updates);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
