/* A machine built for a distribution, by enumeration. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "rbm_exact.h"
#include "rbm_universal.h"

enum { N = 4, N_STATES = 1 << N, K = 3 };

static const uint32_t vectors[K] = {5, 4, 14};
static const double probability[K] = {.5, .3, .2};

/* p(v) of all v. */
static void law_of(const hebb_rbm *rbm, double *p)
{
    double visible[N], fields[K + 1], ln_z;
    ck_assert_int_eq(hebb_rbm_log_partition(rbm, 1, &ln_z), HEBB_OK);
    for (uint32_t v = 0; v < N_STATES; v++) {
        for (size_t l = 0; l < N; l++)
            visible[l] = v >> l & 1 ? 1.0 : rbm->visible_kind == HEBB_LAYER_SIGN ? -1.0 : 0.0;
        hebb_rbm_hidden_fields(rbm, visible, fields);
        p[v] = exp(-hebb_rbm_free_energy(rbm, visible, fields) - ln_z);
    }
}

START_TEST(its_law_is_the_product_whatever_the_units)
{
    static const hebb_layer_kind kinds[] = {HEBB_LAYER_BINARY, HEBB_LAYER_SIGN};
    for (double w = 1.0; w < 12.0; w += 3.5)
        for (int k = 0; k < 4; k++) {
            const double height = pow(2.0, 0.5 * N) * exp(0.5 * w);
            double want[N_STATES], sum = 0.0, p[N_STATES];
            for (uint32_t v = 0; v < N_STATES; v++) {
                want[v] = 1.0;
                for (size_t i = 0; i < K; i++)
                    want[v] *= 1.0 + probability[i] * height * exp(-w * __builtin_popcount(v ^ vectors[i]));
                sum += want[v];
            }
            hebb_rbm rbm;
            ck_assert_int_eq(hebb_rbm_universal_build(&rbm, N, kinds[k % 2], kinds[k / 2], K, vectors, probability, w),
                             HEBB_OK);
            ck_assert_uint_eq(rbm.n_hidden, K + 1);
            law_of(&rbm, p);
            for (uint32_t v = 0; v < N_STATES; v++) ck_assert_double_eq_tol(p[v], want[v] / sum, 1e-12 * want[v] / sum);
            hebb_rbm_free(&rbm);
        }
}
END_TEST

START_TEST(large_weights_reproduce_the_distribution)
{
    hebb_rbm rbm;
    double p[N_STATES];
    ck_assert_int_eq(
        hebb_rbm_universal_build(&rbm, N, HEBB_LAYER_BINARY, HEBB_LAYER_BINARY, K, vectors, probability, 40.0),
        HEBB_OK);
    law_of(&rbm, p);
    for (size_t i = 0; i < K; i++) ck_assert_double_eq_tol(p[vectors[i]], probability[i], 1e-7);
    ck_assert_double_le(p[0], 1e-7);
    hebb_rbm_free(&rbm);
    hebb_rbm_free(&rbm);
}
END_TEST

START_TEST(what_is_no_distribution_is_refused)
{
    hebb_rbm rbm;
    static const double none[K] = {.5, 0.0, .5};
    const hebb_layer_kind on = HEBB_LAYER_BINARY;
    ck_assert_int_eq(hebb_rbm_universal_build(&rbm, N, HEBB_LAYER_GAUSSIAN, on, K, vectors, probability, 9.0),
                     HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_universal_build(&rbm, 3, on, on, K, vectors, probability, 9.0), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_universal_build(&rbm, 1, on, on, K, vectors, probability, 9.0), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_universal_build(&rbm, N, on, on, 0, vectors, probability, 9.0), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_universal_build(&rbm, N, on, on, K, vectors, none, 9.0), HEBB_EDOM);
    ck_assert_int_eq(hebb_rbm_universal_build(&rbm, N, on, on, K, vectors, probability, NAN), HEBB_EDOM);
    hebb_rbm_free(&rbm);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm universal");
    TCase *model = tcase_create("model");
    tcase_add_test(model, its_law_is_the_product_whatever_the_units);
    tcase_add_test(model, large_weights_reproduce_the_distribution);
    tcase_add_test(model, what_is_no_distribution_is_refused);
    suite_add_tcase(suite, model);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
