/*
 * All solutions for P patterns: counts and fractions at T = 0, the equations with all signs, the sums that Morse's
 * theory asks for, and Newton's iteration from random starts, which must find nothing else.
 */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_rng.h>

#include "asymmetric_mixture.h"
#include "ground_mixture.h"
#include "mixture.h"
#include "sign_cone.h"

static hebb_asymmetric_set solutions(int p, double T)
{
    hebb_asymmetric_set set;
    ck_assert_int_eq(hebb_asymmetric_mixtures(p, T, &set), HEBB_OK);
    return set;
}

/* The solution with these overlaps, or NULL. */
static const hebb_asymmetric_mixture *find(const hebb_asymmetric_set *set, const double *m, double tolerance)
{
    for (size_t k = 0; k < set->n; k++) {
        double difference = 0.0;
        for (int i = 0; i < set->n_patterns; i++) difference = fmax(difference, fabs(set->list[k].m[i] - m[i]));
        if (difference <= tolerance) return &set->list[k];
    }
    return NULL;
}

/* Gradient and Hessian of f by all 2^P signs, and f. */
static double derivatives(int p, const double *m, double T, double *gradient, gsl_matrix *hessian)
{
    double f = 0.0;
    gsl_matrix_set_identity(hessian);
    for (int i = 0; i < p; i++) {
        gradient[i] = m[i];
        f += 0.5 * m[i] * m[i];
    }
    for (unsigned code = 0; code < 1U << p; code++) {
        double h = 0.0;
        for (int i = 0; i < p; i++) h += (code >> i) & 1 ? -m[i] : m[i];
        const double s = tanh(h / T);
        f -= ldexp(fabs(h) + T * log1p(exp(-2.0 * fabs(h) / T)), -p);
        for (int i = 0; i < p; i++) {
            const double xi = (code >> i) & 1 ? -1.0 : 1.0;
            gradient[i] -= ldexp(xi * s, -p);
            for (int j = 0; j < p; j++)
                *gsl_matrix_ptr(hessian, (size_t)i, (size_t)j) -=
                    ldexp(xi * ((code >> j) & 1 ? -1.0 : 1.0) * (1.0 - s) * (1.0 + s) / T, -p);
        }
    }
    return f;
}

static void assert_solution(int p, const hebb_asymmetric_mixture *at, double T)
{
    double gradient[HEBB_MAX_MIXED];
    gsl_matrix *hessian = gsl_matrix_alloc((size_t)p, (size_t)p);
    gsl_vector *values = gsl_vector_alloc((size_t)p);
    gsl_eigen_symm_workspace *workspace = gsl_eigen_symm_alloc((size_t)p);
    const double f = derivatives(p, at->m, T, gradient, hessian);
    for (int i = 0; i < p; i++) {
        ck_assert_msg(fabs(gradient[i]) <= 2e-15 + 5e-16 / T, "P = %d, T = %g: residual %g", p, T, gradient[i]);
        ck_assert(at->m[i] >= 0.0 && (i == 0 || at->m[i] <= at->m[i - 1]));
    }
    ck_assert_double_eq_tol(at->f, f, 1e-14);
    ck_assert_int_eq(gsl_eigen_symm(hessian, values, workspace), GSL_SUCCESS);
    ck_assert_double_eq_tol(at->eig_min, gsl_vector_min(values), 2e-14 / T / fmin(T, 1.0));
    int index = 0;
    for (int i = 0; i < p; i++) index += gsl_vector_get(values, (size_t)i) < 0.0;
    if (fabs(at->eig_min) > 1e-8) ck_assert(at->stable == (index == 0));
    ck_assert_int_eq(at->index, index);
    gsl_eigen_symm_free(workspace);
    gsl_vector_free(values);
    gsl_matrix_free(hessian);
}

static void assert_set(const hebb_asymmetric_set *set)
{
    double sum = 0.0;
    ck_assert(set->is_complete);
    for (size_t k = 0; k < set->n; k++) {
        sum += (set->list[k].index % 2 == 0 ? 1.0 : -1.0) * set->list[k].multiplicity;
        ck_assert(k == 0 || set->list[k].f >= set->list[k - 1].f);
    }
    ck_assert_double_eq(sum, 1.0);
}

static hebb_status count_faces(unsigned steps, const int *inside, void *data)
{
    (void)steps;
    (void)inside;
    ++*(int *)data;
    return HEBB_OK;
}

/* Faces of full dimension: no field is zero, strictly ordered. */
static hebb_status count_cells(unsigned steps, const int *inside, void *data)
{
    int *count = data;
    const int p = count[1];
    if (steps != (1U << p) - 1) return HEBB_OK;
    for (int a = 0; a < 1 << (p - 1); a++) {
        int xi[HEBB_MAX_MIXED], h = 0;
        hebb_sign_vector(p, a, xi);
        for (int i = 0; i < p; i++) h += xi[i] * inside[i];
        if (h == 0) return HEBB_OK;
    }
    count[0]++;
    return HEBB_OK;
}

/* The cells are the self-dual threshold functions of up to P variables: 1, 1, 2, 3, 7, 21, 135 (Muroga 1971). */
START_TEST(the_cone_has_as_many_cells_as_there_are_self_dual_threshold_functions)
{
    static const int cells[] = {1, 1, 2, 3, 7, 21, 135};
    static const int faces[] = {2, 4, 12, 32, 128, 576, 5216};
    for (int p = 1; p <= HEBB_MAX_MIXED; p++) {
        int count[2] = {0, p};
        ck_assert_int_eq(hebb_sign_cone_walk(p, count_cells, count), HEBB_OK);
        ck_assert_int_eq(count[0], cells[p - 1]);
        count[0] = 0;
        ck_assert_int_eq(hebb_sign_cone_walk(p, count_faces, count), HEBB_OK);
        ck_assert_int_eq(count[0], faces[p - 1]);
    }
    int count[2] = {0, 0};
    ck_assert_int_eq(hebb_sign_cone_walk(0, count_faces, count), HEBB_EDOM);
    ck_assert_int_eq(hebb_sign_cone_walk(HEBB_MAX_MIXED + 1, count_faces, count), HEBB_EDOM);
}
END_TEST

/* Random vectors fall into faces that were listed: every sign pattern of the fields is known. */
typedef struct {
    int p, n;
    signed char signs[6000][HEBB_MAX_SIGNS];
} sign_list;

static void signs_of(int p, const double *m, signed char *signs)
{
    for (int a = 0; a < 1 << (p - 1); a++) {
        int xi[HEBB_MAX_MIXED];
        double h = 0.0;
        hebb_sign_vector(p, a, xi);
        for (int i = 0; i < p; i++) h += xi[i] * m[i];
        signs[a] = (signed char)((h > 1e-9) - (h < -1e-9));
    }
}

static hebb_status note_signs(unsigned steps, const int *inside, void *data)
{
    sign_list *list = data;
    double m[HEBB_MAX_MIXED];
    (void)steps;
    for (int i = 0; i < list->p; i++) m[i] = inside[i];
    signs_of(list->p, m, list->signs[list->n++]);
    return HEBB_OK;
}

static int descending(const void *x, const void *y)
{
    const double a = *(const double *)x, b = *(const double *)y;
    return (a < b) - (a > b);
}

START_TEST(every_vector_lies_on_a_face_of_the_list)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    sign_list *list = malloc(sizeof *list);
    gsl_rng_set(rng, 1);
    for (int p = 1; p <= HEBB_MAX_MIXED; p++) {
        list->p = p;
        list->n = 0;
        ck_assert_int_eq(hebb_sign_cone_walk(p, note_signs, list), HEBB_OK);
        for (int trial = 0; trial < 800; trial++) {
            double m[HEBB_MAX_MIXED];
            signed char signs[HEBB_MAX_SIGNS];
            /* small integers often make fields zero */
            for (int i = 0; i < p; i++) m[i] = trial % 2 ? gsl_rng_uniform(rng) : (double)gsl_rng_uniform_int(rng, 6);
            qsort(m, (size_t)p, sizeof *m, descending);
            signs_of(p, m, signs);
            bool found = false;
            for (int k = 0; k < list->n && !found; k++)
                found = memcmp(list->signs[k], signs, (size_t)1 << (p - 1)) == 0;
            ck_assert(found);
        }
    }
    free(list);
    gsl_rng_free(rng);
}
END_TEST

START_TEST(zero_temperature_has_these_many_solutions_and_minima)
{
    static const size_t n[] = {2, 3, 5, 8, 23, 81, 785};
    static const int n_stable[] = {1, 1, 2, 2, 5, 8, 40};
    for (int p = 1; p <= HEBB_MAX_MIXED; p++) {
        hebb_asymmetric_set set = solutions(p, 0.0);
        ck_assert_uint_eq(set.n, n[p - 1]);
        assert_set(&set);
        int stable = 0;
        for (size_t k = 0; k < set.n; k++) {
            const hebb_asymmetric_mixture *at = &set.list[k];
            double e = 0.0;
            for (int i = 0; i < p; i++) e -= 0.5 * at->m[i] * at->m[i];
            ck_assert_double_eq_tol(at->f, e, 1e-15);
            ck_assert(at->stable ? at->eig_min == 1.0 : at->eig_min == -INFINITY);
            stable += at->stable;
        }
        ck_assert_int_eq(stable, n_stable[p - 1]);
        hebb_asymmetric_set_free(&set);
        hebb_asymmetric_set_free(&set);
    }
}
END_TEST

START_TEST(the_solutions_of_the_literature_appear_with_their_energies)
{
    static const struct {
        double m[5];
        double e, multiplicity;
        bool stable;
    } row[] = {
        {{1, 0, 0, 0, 0}, -0.5, 10, true},
        {{0.5, 0.5, 0, 0, 0}, -0.25, 40, false},
        {{0.5, 0.5, 0.5, 0, 0}, -0.375, 80, true},
        {{0.375, 0.375, 0.375, 0.375, 0}, -9.0 / 32, 80, false},
        {{0.375, 0.375, 0.375, 0.375, 0.375}, -45.0 / 128, 32, true},
        {{0.5, 0.5, 0.25, 0.25, 0.25}, -11.0 / 32, 320, true},
        {{0.625, 0.375, 0.375, 0.125, 0.125}, -45.0 / 128, 960, true},
        {{2.0 / 3, 1.0 / 3, 1.0 / 3, 0, 0}, -1.0 / 3, 240, false},
        {{0, 0, 0, 0, 0}, 0, 1, false},
    };
    hebb_asymmetric_set set = solutions(5, 0.0);
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        const hebb_asymmetric_mixture *at = find(&set, row[k].m, 0.0); /* correctly rounded */
        ck_assert_ptr_nonnull(at);
        ck_assert_double_eq(at->f, row[k].e);
        ck_assert_double_eq(at->multiplicity, row[k].multiplicity);
        ck_assert(at->stable == row[k].stable);
    }
    /* (3/4, 1/4, 1/4, 1/4), the average of its own threshold function, makes a field zero: no solution */
    ck_assert_ptr_null(find(&set, (double[]){0.75, 0.25, 0.25, 0.25, 0.0}, 1e-6));
    hebb_asymmetric_set_free(&set);
}
END_TEST

START_TEST(fields_at_zero_temperature_give_the_overlaps_back)
{
    for (int p = 1; p <= HEBB_MAX_MIXED; p++) {
        hebb_asymmetric_set set = solutions(p, 0.0);
        for (size_t k = 0; k < set.n; k++) {
            if (!set.list[k].stable) continue;
            double mean[HEBB_MAX_MIXED] = {0};
            signed char signs[HEBB_MAX_SIGNS];
            signs_of(p, set.list[k].m, signs);
            for (int a = 0; a < 1 << (p - 1); a++) {
                int xi[HEBB_MAX_MIXED];
                hebb_sign_vector(p, a, xi);
                for (int i = 0; i < p; i++) mean[i] += ldexp(xi[i] * signs[a], 1 - p);
            }
            for (int i = 0; i < p; i++) ck_assert_double_eq(mean[i], set.list[k].m[i]);
        }
        hebb_asymmetric_set_free(&set);
    }
}
END_TEST

START_TEST(low_temperatures_continue_those_at_zero)
{
    static const double T[] = {1e-300, 1e-12, 1e-6, 2e-4, 2.9e-4, 5e-4};
    for (int p = 1; p <= 6; p++) {
        hebb_asymmetric_set zero = solutions(p, 0.0);
        for (size_t t = 0; t < sizeof T / sizeof *T; t++) {
            hebb_asymmetric_set set = solutions(p, T[t]);
            ck_assert_uint_eq(set.n, zero.n);
            assert_set(&set);
            for (size_t k = 0; k < set.n; k++) {
                const hebb_asymmetric_mixture *at = find(&zero, set.list[k].m, 2.0 * T[t] + 1e-15);
                ck_assert_ptr_nonnull(at);
                ck_assert_double_eq(at->multiplicity, set.list[k].multiplicity);
                ck_assert_int_eq(at->index, set.list[k].index);
                if (T[t] >= 2e-4) assert_solution(p, &set.list[k], T[t]);
            }
            hebb_asymmetric_set_free(&set);
        }
        hebb_asymmetric_set_free(&zero);
    }
}
END_TEST

/* Every image under signs and permutations, counted. */
START_TEST(multiplicities_are_the_numbers_of_images)
{
    const int p = 4;
    hebb_asymmetric_set set = solutions(p, 0.1);
    for (size_t k = 0; k < set.n; k++) {
        const double *m = set.list[k].m;
        double images[24 * 16][4];
        int n = 0;
        for (int code = 0; code < 256 * 16; code++) {
            const int place[] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3};
            if (((1 << place[0]) | (1 << place[1]) | (1 << place[2]) | (1 << place[3])) != 15) continue;
            double image[4];
            for (int i = 0; i < p; i++) image[i] = (code >> (8 + i)) & 1 ? 0.0 - m[place[i]] : m[place[i]];
            bool known = false;
            for (int j = 0; j < n && !known; j++) {
                known = true;
                for (int i = 0; i < p; i++) known = known && images[j][i] == image[i];
            }
            if (!known) memcpy(images[n++], image, sizeof image);
        }
        ck_assert_double_eq(set.list[k].multiplicity, n);
    }
    hebb_asymmetric_set_free(&set);
}
END_TEST

START_TEST(symmetric_mixtures_are_among_them_with_their_eigenvalues)
{
    for (int p = 1; p <= 6; p++)
        for (int k = 1; k < 12; k++) {
            const double T = k / 12.0;
            hebb_asymmetric_set set = solutions(p, T);
            for (int n = 1; n <= p; n++) {
                hebb_mixture mixture;
                double m[HEBB_MAX_MIXED] = {0};
                ck_assert_int_eq(hebb_mixture_solve(n, T, &mixture), HEBB_OK);
                for (int i = 0; i < n; i++) m[i] = mixture.m;
                const hebb_asymmetric_mixture *at = find(&set, m, 1e-14);
                ck_assert_ptr_nonnull(at);
                /* signs 2^n and places C(p, n): not p!/(p-n)! */
                double images = ldexp(1.0, n);
                for (int i = 0; i < n; i++) images *= (p - i) / (double)(i + 1);
                ck_assert_double_eq_tol(at->multiplicity, images, 1e-9);
                double least = mixture.eig_longitudinal;
                if (n < p) least = fmin(least, mixture.eig_unmixed);
                if (n > 1) least = fmin(least, mixture.eig_transverse);
                ck_assert_double_eq_tol(at->eig_min, least, 1e-13);
                ck_assert_double_eq_tol(at->f, mixture.f, 1e-15);
            }
            hebb_asymmetric_set_free(&set);
        }
}
END_TEST

START_TEST(random_temperatures_satisfy_the_equations_and_morse)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 2);
    for (int trial = 0; trial < 10000; trial++) {
        const int p = trial % 500 == 0 ? 5 : trial % 100 == 0 ? 4 : 1 + trial % 3;
        const double T = gsl_rng_uniform_pos(rng) * (trial % 2 ? 1.0 : 0.6);
        if (T < 1e-3) continue;
        hebb_asymmetric_set set = solutions(p, T);
        assert_set(&set);
        for (size_t k = 0; k < set.n; k++) assert_solution(p, &set.list[k], T);
        hebb_asymmetric_set_free(&set);
    }
    gsl_rng_free(rng);
}
END_TEST

/* One step of Newton's iteration for the gradient; its length. */
static double newton(int p, double T, double *m, gsl_matrix *hessian, gsl_vector *step, gsl_permutation *order)
{
    double gradient[HEBB_MAX_MIXED];
    int sign;
    (void)derivatives(p, m, T, gradient, hessian);
    gsl_vector_view right = gsl_vector_view_array(gradient, (size_t)p);
    if (gsl_linalg_LU_decomp(hessian, order, &sign) != GSL_SUCCESS ||
        gsl_linalg_LU_solve(hessian, order, &right.vector, step) != GSL_SUCCESS)
        return INFINITY;
    double length = 0.0;
    for (int i = 0; i < p; i++) length = fmax(length, fabs(gsl_vector_get(step, (size_t)i)));
    for (int i = 0; i < p; i++) m[i] -= gsl_vector_get(step, (size_t)i) * fmin(1.0, 0.2 / length);
    return length;
}

/* Counts which solutions are reached from random starts; fails on one that is not in the set. */
static size_t reach(int p, double T, int n_starts, gsl_rng *rng)
{
    hebb_asymmetric_set set = solutions(p, T);
    bool *reached = calloc(set.n, sizeof *reached);
    gsl_matrix *hessian = gsl_matrix_alloc((size_t)p, (size_t)p);
    gsl_vector *step = gsl_vector_alloc((size_t)p);
    gsl_permutation *order = gsl_permutation_alloc((size_t)p);
    assert_set(&set);
    for (int start = 0; start < n_starts; start++) {
        double m[HEBB_MAX_MIXED], length = INFINITY;
        for (int i = 0; i < p; i++) /* equal values stay equal: that leads to the symmetric ones */
            m[i] = start % 2 ? 0.8 * gsl_rng_uniform(rng) : 0.125 * (double)gsl_rng_uniform_int(rng, 7);
        for (int k = 0; k < 60 && length > 1e-12; k++) length = newton(p, T, m, hessian, step, order);
        if (!(length <= 1e-12)) continue;
        for (int i = 0; i < p; i++) m[i] = fabs(m[i]);
        qsort(m, (size_t)p, sizeof *m, descending);
        const hebb_asymmetric_mixture *at = find(&set, m, 1e-9);
        ck_assert_msg(at != NULL, "P = %d, T = %g: %g %g %g %g %g is not in the list", p, T, m[0], m[1], m[2], m[3],
                      m[4]);
        reached[at - set.list] = true;
    }
    size_t missed = 0;
    for (size_t k = 0; k < set.n; k++) missed += !reached[k];
    gsl_permutation_free(order);
    gsl_vector_free(step);
    gsl_matrix_free(hessian);
    free(reached);
    hebb_asymmetric_set_free(&set);
    return missed;
}

START_TEST(random_starts_find_the_same_solutions_and_no_others)
{
    static const double T[] = {0.05, 0.1, 0.2, 0.3, 0.4, 0.47, 0.55, 0.7};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 3);
    for (int p = 2; p <= 5; p++)
        for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
            const size_t missed = reach(p, T[k], p == 5 ? 1500 : 400, rng);
            const size_t allowed = T[k] < 0.25 ? 3 : 0; /* a solution whose basin is small may be missed */
            ck_assert_msg(missed <= allowed, "P = %d, T = %g: %zu not reached", p, T[k], missed);
        }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(seven_patterns_have_all_solutions_at_some_temperatures)
{
    static const double T[] = {0.01, 0.18};
    static const size_t n[] = {683, 52};
    for (size_t k = 0; k < 2; k++) {
        hebb_asymmetric_set set = solutions(7, T[k]);
        assert_set(&set);
        ck_assert_uint_eq(set.n, n[k]);
        for (size_t i = 0; i < set.n; i++) assert_solution(7, &set.list[i], T[k]);
        hebb_asymmetric_set_free(&set);
    }
}
END_TEST

START_TEST(above_the_critical_temperature_there_is_nothing_but_zero)
{
    static const double T[] = {1.0, 1.0000001, 3.0, 1e300};
    for (int p = 1; p <= HEBB_MAX_MIXED; p++)
        for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
            hebb_asymmetric_set set = solutions(p, T[k]);
            ck_assert_uint_eq(set.n, 1);
            ck_assert_double_eq(set.list[0].m[0], 0.0);
            ck_assert_double_eq(set.list[0].f, -T[k] * M_LN2);
            ck_assert(set.list[0].stable == (T[k] > 1.0));
            hebb_asymmetric_set_free(&set);
        }
}
END_TEST

START_TEST(values_out_of_range_are_refused)
{
    hebb_asymmetric_set set;
    static const double bad[] = {-1e-300, -1.0, NAN, INFINITY, -INFINITY};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        ck_assert_int_eq(hebb_asymmetric_mixtures(3, bad[k], &set), HEBB_EDOM);
    ck_assert_int_eq(hebb_asymmetric_mixtures(0, 0.5, &set), HEBB_EDOM);
    ck_assert_int_eq(hebb_asymmetric_mixtures(HEBB_MAX_MIXED + 1, 0.5, &set), HEBB_EDOM);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("asymmetric_mixture");
    TCase *all = tcase_create("all solutions");
    tcase_add_test(all, the_cone_has_as_many_cells_as_there_are_self_dual_threshold_functions);
    tcase_add_test(all, every_vector_lies_on_a_face_of_the_list);
    tcase_add_test(all, zero_temperature_has_these_many_solutions_and_minima);
    tcase_add_test(all, the_solutions_of_the_literature_appear_with_their_energies);
    tcase_add_test(all, fields_at_zero_temperature_give_the_overlaps_back);
    tcase_add_test(all, low_temperatures_continue_those_at_zero);
    tcase_add_test(all, multiplicities_are_the_numbers_of_images);
    tcase_add_test(all, symmetric_mixtures_are_among_them_with_their_eigenvalues);
    tcase_add_test(all, random_temperatures_satisfy_the_equations_and_morse);
    tcase_add_test(all, random_starts_find_the_same_solutions_and_no_others);
    tcase_add_test(all, seven_patterns_have_all_solutions_at_some_temperatures);
    tcase_add_test(all, above_the_critical_temperature_there_is_nothing_but_zero);
    tcase_add_test(all, values_out_of_range_are_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
