/* training_sample: states drawn from a training's checkpoints */
#include "training.h"

#include "boltzmann_exact.h"
#include "training_sample.h"

/*
 * chi^2 of 4000 samples over the 8 visible states, 7 degrees of freedom: above 45 in one of 10^7 cases, were they
 * independent of the start.  The seed is fixed.
 */
START_TEST(samples_follow_the_exact_law)
{
    enum { N_SAMPLES = 4000, N_STATES = 8 };
    for (int kind = 0; kind < 2; kind++) {
        const char *folder = folder_named(kind == 0 ? "sign" : "binary");
        hebb_boltzmann machine;
        hebb_training_arrays arrays;
        hebb_training_sample sample;
        double ln_p[N_STATES], count[N_STATES] = {0.0}, chi_square = 0.0;
        ck_assert_int_eq(
            train(boltzmann(), folder,
                  kind == 0 ? "updates 150 stop-after 0 log-every 50 per-decade 1 gradient exact links restricted"
                            : "updates 150 stop-after 0 log-every 50 per-decade 1 gradient exact links restricted "
                              "kind binary"),
            HEBB_OK);
        ck_assert_int_eq(hebb_training_folder_read(folder, 150, &arrays), HEBB_OK);
        ck_assert_int_eq(hebb_boltzmann_init(&machine, 2, 1, 4, kind == 0 ? HEBB_UNITS_SIGN : HEBB_UNITS_BINARY,
                                             HEBB_LINKS_RESTRICTED),
                         HEBB_OK);
        for (size_t i = 0; i < 3; i++) {
            machine.biases[i] = value(&arrays, "visible_bias", i);
            for (size_t j = 0; j < 4; j++)
                hebb_boltzmann_set_weight(&machine, i, 3 + j, value(&arrays, "weights", 4 * i + j));
        }
        for (size_t j = 0; j < 4; j++) machine.biases[3 + j] = value(&arrays, "hidden_bias", j);
        ck_assert_int_eq(hebb_boltzmann_exact_visible(&machine, 1.5, ln_p), HEBB_OK);
        const hebb_training_sample_setting setting = {
            .folder = folder, .update = -1, .temperature = 1.5, .sweeps = 20, .seed = 3, .n_samples = N_SAMPLES};
        ck_assert_msg(hebb_training_sample_draw(&sample, &setting) == HEBB_OK, "%s", hebb_diagnostic());
        for (size_t c = 0; c < N_SAMPLES; c++) {
            size_t index = 0;
            for (size_t i = 0; i < 3; i++) index |= (size_t)(sample.states[3 * c + i] > 0) << i;
            count[index]++;
        }
        for (size_t s = 0; s < N_STATES; s++) {
            const double expected = N_SAMPLES * exp(ln_p[s]);
            chi_square += (count[s] - expected) * (count[s] - expected) / expected;
        }
        ck_assert_msg(chi_square < 45.0, "chi^2 is %g", chi_square);
        hebb_training_sample_free(&sample);
        hebb_training_arrays_free(&arrays);
        hebb_boltzmann_free(&machine);
    }
}
END_TEST

static hebb_status draw(const char *folder, hebb_training_sample *sample)
{
    return hebb_training_sample_draw(sample, &(hebb_training_sample_setting){.folder = folder,
                                                                             .update = -1,
                                                                             .input = "01",
                                                                             .temperature = NAN,
                                                                             .sweeps = 20,
                                                                             .seed = 3,
                                                                             .n_samples = 400});
}

/* Of 400 states drawn at random some 200 would be wrong. */
START_TEST(samples_are_swept_even_where_training_did_not)
{
    hebb_training_sample sample;
    const char *folder = folder_named("a");
    ck_assert_int_eq(train(boltzmann(), folder,
                           "updates 150 stop-after 0 gradient exact log-every 50 per-decade 1 sweeps 0 collect 20"),
                     HEBB_OK);
    ck_assert_int_eq(draw(folder, &sample), HEBB_OK);
    size_t n_wrong = 0;
    for (size_t c = 0; c < 400; c++) n_wrong += sample.states[3 * c + 2] != 1;
    ck_assert_uint_lt(n_wrong, 20);
    hebb_training_sample_free(&sample);
}
END_TEST

START_TEST(a_checkpoint_that_lacks_an_array_gives_no_samples)
{
    static const char *const names[] = {"visible_weights", "hidden_weights"};
    const char *folder = folder_named("a");
    for (size_t k = 0; k < 2; k++) {
        char name[80];
        hebb_training_sample sample;
        ck_assert_int_eq(train(boltzmann(), folder, "updates 2 links full"), HEBB_OK);
        snprintf(name, sizeof name, "a/checkpoints/00000002/%s.npy", names[k]);
        ck_assert_int_eq(unlink(scratch_path(name)), 0);
        ck_assert_int_eq(draw(folder, &sample), HEBB_EDATA);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), names[k]));
        hebb_training_sample_free(&sample);
        ck_assert_int_eq(unlink(scratch_path("a/unit-0.checkpoint")), 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("training_sample");
    TCase *tests = tcase_create("samples");
    tcase_add_checked_fixture(tests, scratch_make, training_remove);
    tcase_add_test(tests, samples_follow_the_exact_law);
    tcase_add_test(tests, samples_are_swept_even_where_training_did_not);
    tcase_add_test(tests, a_checkpoint_that_lacks_an_array_gives_no_samples);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
