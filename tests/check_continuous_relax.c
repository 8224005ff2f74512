/* continuous_relax: fixed points, their kinds, and where the kinds change. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "blas.h"
#include "continuous_relax.h"
#include "philox.h"

enum { N = 20 };

/* count orthonormal vectors, by Gram and Schmidt, times sqrt(N). */
static double *draw_frame(size_t count, uint32_t replica)
{
    hebb_stream stream;
    double *x = calloc(count * N, sizeof *x);
    ck_assert_ptr_nonnull(x);
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_REAL, count, replica), 0, 0);
    for (size_t mu = 0; mu < count; mu++) {
        double norm = 0.0, *row = x + mu * N;
        for (size_t i = 0; i < N; i++) row[i] = hebb_stream_gaussian(&stream);
        for (size_t twice = 0; twice < 2; twice++)
            for (size_t nu = 0; nu < mu; nu++) {
                double share = 0.0;
                for (size_t i = 0; i < N; i++) share += row[i] * x[nu * N + i] / N;
                for (size_t i = 0; i < N; i++) row[i] -= share * x[nu * N + i];
            }
        for (size_t i = 0; i < N; i++) norm += row[i] * row[i];
        for (size_t i = 0; i < N; i++) row[i] *= sqrt(N / norm);
    }
    return x;
}

static const hebb_continuous_relax_options fine = {1e-13, 100000};

static hebb_continuous_fixed_point relax(const double *patterns, size_t q, double k, double *state)
{
    hebb_continuous_memory memory;
    hebb_continuous_fixed_point point;
    ck_assert_int_eq(hebb_continuous_memory_init(&memory, N, q, patterns, k / N), HEBB_OK);
    double *room = malloc((size_t)hebb_continuous_relax_bytes(N, q, 1));
    ck_assert_ptr_nonnull(room);
    ck_assert_int_eq(hebb_continuous_relax(&memory, 1, state, &fine, room, &point), HEBB_OK);
    free(room);
    hebb_continuous_memory_free(&memory);
    return point;
}

static hebb_continuous_fixed_point relax_from_pattern(const double *patterns, size_t q, double k, size_t mu)
{
    double state[N];
    memcpy(state, patterns + mu * N, sizeof state);
    return relax(patterns, q, k, state);
}

/* k_s(3) = 2.74564357, known elsewhere; the weight by bisection of p = softmax(k p), which is not the theory's way. */
START_TEST(a_pattern_stays_from_the_spinodal_on)
{
    double *patterns = draw_frame(3, 1);
    for (size_t mu = 0; mu < 3; mu++) {
        ck_assert_int_eq(relax_from_pattern(patterns, 3, 2.7456, mu).class.kind, HEBB_CONTINUOUS_AVERAGE);
        const hebb_continuous_fixed_point x = relax_from_pattern(patterns, 3, 2.7457, mu);
        ck_assert(x.class.kind == HEBB_CONTINUOUS_SINGLE && x.class.largest == mu);
        ck_assert_int_eq(x.status, HEBB_OK);
    }
    const double k = 3.5;
    double low = 0.75, high = 1.0;
    for (int step = 0; step < 60; step++) {
        const double a = 0.5 * (low + high), map = 1.0 / (1.0 + 2.0 * exp(-k * (a - 0.5 * (1.0 - a))));
        *(map > a ? &low : &high) = a;
    }
    const hebb_continuous_fixed_point x = relax_from_pattern(patterns, 3, k, 1);
    ck_assert_double_eq_tol(x.class.weight, low, 1e-12);
    ck_assert_double_eq_tol(x.class.effective_number, 1.0 / (low * low + 0.5 * (1.0 - low) * (1.0 - low)), 1e-11);
    free(patterns);
}
END_TEST

START_TEST(the_average_stays_up_to_k_equal_to_the_number_of_patterns)
{
    enum { Q = 8 };
    double *patterns = draw_frame(Q, 2);
    for (int above = 0; above < 2; above++) {
        double state[N] = {0.0};
        for (size_t mu = 0; mu < Q; mu++)
            for (size_t i = 0; i < N; i++) state[i] += (mu == 5 ? 1.001 : 1.0) / Q * patterns[mu * N + i];
        const hebb_continuous_fixed_point x = relax(patterns, Q, above ? 8.1 : 7.9, state);
        ck_assert_int_eq(x.class.kind, above ? HEBB_CONTINUOUS_SINGLE : HEBB_CONTINUOUS_AVERAGE);
        if (above) ck_assert_uint_eq(x.class.largest, 5);
        ck_assert_int_eq(x.status, HEBB_OK);
    }
    free(patterns);
}
END_TEST

/*
 * Three clusters of four patterns, x = sqrt(c) u + sqrt(1-c) v with orthonormal u and v: the average of one cluster is
 * stable, a metastable state, where its own patterns do not part, k (1-c) P/4 < 1, and clusters do,
 * k (c + (1-c)/4) > k_s(3).     docs/theory/continuous.md
 */
START_TEST(clusters_have_metastable_averages)
{
    enum { CLUSTERS = 3, SIZE = 4, Q = CLUSTERS * SIZE };
    const double c = 0.6, join = c + (1.0 - c) / SIZE;
    const struct {
        double k;
        hebb_continuous_kind kind;
    } cases[] = {{2.7456 / join, HEBB_CONTINUOUS_AVERAGE},
                 {2.7457 / join, HEBB_CONTINUOUS_METASTABLE},
                 {9.9, HEBB_CONTINUOUS_METASTABLE},
                 {10.2, HEBB_CONTINUOUS_SINGLE}};
    double *frame = draw_frame(CLUSTERS + Q, 3), patterns[Q * N];
    for (size_t mu = 0; mu < Q; mu++)
        for (size_t i = 0; i < N; i++)
            patterns[mu * N + i] = sqrt(c) * frame[mu / SIZE * N + i] + sqrt(1.0 - c) * frame[(CLUSTERS + mu) * N + i];
    for (size_t j = 0; j < sizeof cases / sizeof *cases; j++) {
        double state[N];
        for (size_t i = 0; i < N; i++) {
            state[i] = 0.0;
            for (size_t mu = SIZE; mu < 2 * SIZE; mu++)
                state[i] += (mu == 6 ? 1.01 : 1.0) / SIZE * patterns[mu * N + i];
        }
        const hebb_continuous_fixed_point x = relax(patterns, Q, cases[j].k, state);
        ck_assert_int_eq(x.status, HEBB_OK);
        ck_assert_msg(x.class.kind == cases[j].kind, "k = %g: %s", cases[j].k, hebb_continuous_kind_text(x.class.kind));
        if (x.class.kind == HEBB_CONTINUOUS_METASTABLE) ck_assert_double_ge(x.class.effective_number, 4.0 - 1e-9);
        if (x.class.kind == HEBB_CONTINUOUS_SINGLE) ck_assert_uint_eq(x.class.largest, 6);
    }
    free(frame);
}
END_TEST

START_TEST(states_relax_together_as_they_do_alone)
{
    enum { Q = 6, STATES = 9 };
    double *patterns = draw_frame(Q, 4), states[STATES * N], alone[STATES * N];
    hebb_continuous_memory memory;
    hebb_continuous_fixed_point together[STATES];
    for (size_t a = 0; a < STATES; a++)
        for (size_t i = 0; i < N; i++)
            states[a * N + i] = (1.0 - 0.1 * (double)a) * patterns[a % Q * N + i] + 0.02 * patterns[i];
    memcpy(alone, states, sizeof alone);
    double *room = malloc((size_t)hebb_continuous_relax_bytes(N, Q, STATES));
    ck_assert_ptr_nonnull(room);
    ck_assert_int_eq(hebb_continuous_memory_init(&memory, N, Q, patterns, 4.5 / N), HEBB_OK);
    ck_assert_int_eq(hebb_continuous_relax(&memory, STATES, states, &fine, room, together), HEBB_OK);
    for (size_t a = 0; a < STATES; a++) {
        const hebb_continuous_fixed_point x = relax(patterns, Q, 4.5, alone + a * N);
        ck_assert(x.class.kind == together[a].class.kind && x.status == HEBB_OK && together[a].status == HEBB_OK);
        ck_assert_double_eq_tol(x.class.weight, together[a].class.weight, 1e-11);
        for (size_t i = 0; i < N; i++) ck_assert_double_eq_tol(states[a * N + i], alone[a * N + i], 1e-10);
    }
    hebb_continuous_memory_free(&memory);
    free(room), free(patterns);
}
END_TEST

START_TEST(what_did_not_converge_says_so)
{
    double *patterns = draw_frame(3, 1), state[N];
    hebb_continuous_memory memory;
    hebb_continuous_fixed_point x;
    const hebb_continuous_relax_options few = {1e-13, 5};
    double *room = malloc((size_t)hebb_continuous_relax_bytes(N, 3, 1));
    ck_assert_ptr_nonnull(room);
    memcpy(state, patterns, sizeof state);
    ck_assert_int_eq(hebb_continuous_memory_init(&memory, N, 3, patterns, 2.7457 / N), HEBB_OK);
    ck_assert_int_eq(hebb_continuous_relax(&memory, 1, state, &few, room, &x), HEBB_OK);
    ck_assert(x.status == HEBB_ENOCONV && x.iterations == 5 && x.residual > 1e-13);
    state[0] = NAN;
    ck_assert_int_eq(hebb_continuous_relax(&memory, 1, state, &few, room, &x), HEBB_EDOM);
    hebb_continuous_memory_free(&memory);
    free(room), free(patterns);
}
END_TEST

static void check_kind(size_t n, const double *weights, hebb_continuous_kind kind)
{
    ck_assert_int_eq(hebb_continuous_classify(n, weights).kind, kind);
}

START_TEST(kinds_are_as_the_header_has_them)
{
    check_kind(1, (double[]){1.0}, HEBB_CONTINUOUS_SINGLE);
    check_kind(2, (double[]){0.74, 0.26}, HEBB_CONTINUOUS_AVERAGE);
    check_kind(2, (double[]){0.24, 0.76}, HEBB_CONTINUOUS_SINGLE);
    check_kind(3, (double[]){0.5, 0.5, 0.0}, HEBB_CONTINUOUS_METASTABLE);
    check_kind(3, (double[]){0.34, 0.33, 0.33}, HEBB_CONTINUOUS_AVERAGE);
    check_kind(4, (double[]){1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0}, HEBB_CONTINUOUS_METASTABLE);
    check_kind(4, (double[]){0.1, 0.7, 0.1, 0.1}, HEBB_CONTINUOUS_SINGLE);
    const hebb_continuous_class x = hebb_continuous_classify(4, (double[]){0.1, 0.7, 0.1, 0.1});
    ck_assert(x.largest == 1 && x.weight == 0.7);
    ck_assert_double_eq_tol(x.effective_number, 1.0 / 0.52, 1e-15);
    ck_assert_str_eq(hebb_continuous_kind_text(HEBB_CONTINUOUS_METASTABLE), "metastable");
}
END_TEST

int main(void)
{
    hebb_blas_use_one_thread();
    Suite *suite = suite_create("continuous_relax");
    TCase *physics = tcase_create("physics");
    tcase_add_test(physics, a_pattern_stays_from_the_spinodal_on);
    tcase_add_test(physics, the_average_stays_up_to_k_equal_to_the_number_of_patterns);
    tcase_add_test(physics, clusters_have_metastable_averages);
    tcase_add_test(physics, states_relax_together_as_they_do_alone);
    tcase_add_test(physics, what_did_not_converge_says_so);
    tcase_add_test(physics, kinds_are_as_the_header_has_them);
    suite_add_tcase(suite, physics);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
