/* rbm_modes: rates against finite differences of an enumerated machine's gradient, flows against closed forms and against
 * flows of whole matrices, states of modes against enumeration and the order parameters' equations. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "rbm_mode_states.h"
#include "rbm_modes.h"

enum { N = 4, M = 4, N_STATES = 1 << N, N_ALL = 1 << (N + M) };

/* ---- a machine by enumeration: this file's own ---- */

typedef struct {
    bool is_sign;
    double p[N_STATES]; /* the data's law */
    double W[N * M], b[N], c[M];
} small_machine;

static double value_of(const small_machine *s, unsigned state, int unit)
{
    return state >> unit & 1 ? 1.0 : s->is_sign ? -1.0 : 0.0;
}

static double minus_energy(const small_machine *s, unsigned state)
{
    double x = 0.0;
    for (int i = 0; i < N; i++) {
        x += s->b[i] * value_of(s, state, i);
        for (int j = 0; j < M; j++) x += value_of(s, state, i) * s->W[i * M + j] * value_of(s, state, N + j);
    }
    for (int j = 0; j < M; j++) x += s->c[j] * value_of(s, state, N + j);
    return x;
}

/* <(v - mu)(h - nu)>_data - the same of the model. */
static void gradient(const small_machine *s, double mu, double nu, double *slope)
{
    double z = 0.0, clamped[N_STATES] = {0}, p[N_ALL];
    for (unsigned a = 0; a < N_ALL; a++) {
        p[a] = exp(minus_energy(s, a));
        z += p[a];
        clamped[a & (N_STATES - 1)] += p[a];
    }
    for (int k = 0; k < N * M; k++) slope[k] = 0.0;
    for (unsigned a = 0; a < N_ALL; a++) {
        const unsigned v = a & (N_STATES - 1);
        const double weight = s->p[v] * p[a] / clamped[v] - p[a] / z;
        for (int i = 0; i < N; i++)
            for (int j = 0; j < M; j++)
                slope[i * M + j] += weight * (value_of(s, a, i) - mu) * (value_of(s, a, N + j) - nu);
    }
}

/* A law of two magnets of two units; its modes are (1,1,0,0)/sqrt 2, (1,-1,0,0)/sqrt 2, ... */
static void make(small_machine *s, bool is_sign)
{
    double sum = 0.0;
    *s = (small_machine){.is_sign = is_sign};
    for (unsigned v = 0; v < N_STATES; v++) {
        s->p[v] = exp(((v & 1) == (v >> 1 & 1) ? 0.8 : 0.0) + ((v >> 2 & 1) == (v >> 3 & 1) ? 0.0 : 0.3));
        sum += s->p[v];
    }
    for (unsigned v = 0; v < N_STATES; v++) s->p[v] /= sum;
}

static const double modes[N][N] = {{1, 1, 0, 0}, {1, -1, 0, 0}, {0, 0, 1, 1}, {0, 0, 1, -1}}; /* over sqrt 2 */

static double eigenvalue_of(const small_machine *s, int a)
{
    double square = 0.0;
    for (unsigned v = 0; v < N_STATES; v++) {
        double x = 0.0;
        for (int i = 0; i < N; i++) x += modes[a][i] * (value_of(s, v, i) - (s->is_sign ? 0.0 : 0.5)) / sqrt(2.0);
        square += s->p[v] * x * x;
    }
    return square;
}

/* Third-order terms are 1e-6 of the first. */
START_TEST(rates_are_the_gradient_s_to_first_order)
{
    const double w = 1e-3;
    for (int is_sign = 0; is_sign < 2; is_sign++)
        for (int a = 0; a < N; a++) {
            small_machine s;
            double slope[N * M], along = 0.0, square = 0.0;
            make(&s, is_sign);
            const double middle = is_sign ? 0.0 : 0.5;
            for (int i = 0; i < N; i++)
                for (int j = 0; j < M; j++) {
                    s.W[i * M + j] = w * modes[a][i] / sqrt(2.0) * (j % 2 == 0 ? 0.5 : -0.5);
                    s.b[i] -= middle * s.W[i * M + j];
                    s.c[j] -= middle * s.W[i * M + j];
                }
            gradient(&s, middle, middle, slope);
            for (int k = 0; k < N * M; k++) {
                along += slope[k] * s.W[k] / w;
                square += slope[k] * slope[k];
            }
            const hebb_modes_problem law = {.law = is_sign ? HEBB_MODES_SPIN : HEBB_MODES_BINARY, .mean = 0.5};
            const double rate = hebb_modes_rate(&law, eigenvalue_of(&s, a));
            ck_assert_double_gt(fabs(rate), 1e-3);
            ck_assert_double_eq_tol(along / (w * rate), 1.0, 1e-4);
            ck_assert_double_eq_tol(sqrt(square) / (w * fabs(rate)), 1.0, 1e-4); /* and nothing across */
        }
}
END_TEST

/* {0,1} units of mean p that their biases keep: the centred gradient has lambda of the covariance, less p(1-p). */
START_TEST(units_of_another_mean_follow_their_covariance)
{
    const double p = 0.3, w = 1e-3;
    small_machine s = {.is_sign = false};
    /* two units that go together with probability q, the others independent */
    const double q = 0.35;
    for (unsigned v = 0; v < N_STATES; v++) {
        double both = p * p, none = (1 - p) * (1 - p);
        const double one = p * (1 - p), first = v & 1, second = v >> 1 & 1;
        both = (1 - q) * both + q * p;
        none = (1 - q) * none + q * (1 - p);
        s.p[v] = first != second ? (1 - q) * one : first > 0 ? both : none;
        for (int i = 2; i < N; i++) s.p[v] *= v >> i & 1 ? p : 1 - p;
    }
    double slope[N * M], along = 0.0;
    for (int i = 0; i < N; i++) s.b[i] = log(p / (1 - p));
    for (int j = 0; j < M; j++)
        for (int i = 0; i < 2; i++) {
            s.W[i * M + j] = w * 0.5 / sqrt(2.0);
            s.b[i] -= 0.5 * s.W[i * M + j];
            s.c[j] -= p * s.W[i * M + j];
        }
    gradient(&s, p, 0.5, slope);
    for (int k = 0; k < N * M; k++) along += slope[k] * s.W[k] / w;
    const hebb_modes_problem law = {.law = HEBB_MODES_BINARY, .mean = p};
    const double lambda = p * (1 - p) * (1 + q);
    ck_assert_double_eq_tol(along / w, hebb_modes_rate(&law, lambda), 1e-5 * w + 1e-7);
}
END_TEST

/* ---- flows ---- */

static double follow_one(const hebb_modes_problem *problem, double time)
{
    hebb_modes_path *path;
    double w[HEBB_MODES_MAX_ROTATED];
    ck_assert_int_eq(hebb_modes_path_init(problem, &path), HEBB_OK);
    ck_assert_int_eq(hebb_modes_path_follow(path, time, w), HEBB_OK);
    hebb_modes_path_free(path);
    return w[0];
}

/* With y = (sigma_v sigma_h w)^2, a = lambda - sigma_v^2: ln y - (sigma_v^2/lambda) ln|a - lambda y| grows by 2 sigma_h^2 a t. */
START_TEST(the_exact_flow_is_its_closed_form)
{
    const double widths[][2] = {{1.0, 1.0}, {0.7, 1.3}, {1.4, 0.6}}, eigenvalues[] = {0.2, 0.9, 1.5, 6.0};
    for (int k = 0; k < 3; k++)
        for (int l = 0; l < 4; l++)
            for (double time = 0.1; time < 2.0; time *= 2.0) {
                const double v = widths[k][0], h = widths[k][1], lambda = eigenvalues[l], w0 = 0.3;
                const hebb_modes_problem problem = {.law = HEBB_MODES_GAUSSIAN,
                                                    .flow = HEBB_MODES_EXACT,
                                                    .n = 1,
                                                    .eigenvalues = &lambda,
                                                    .n_started = 1,
                                                    .w0 = &w0,
                                                    .sigma_v = v,
                                                    .sigma_h = h};
                const double w = follow_one(&problem, time), a = lambda - v * v;
                const double y0 = v * v * h * h * w0 * w0, y = v * v * h * h * w * w;
                if (fabs(a - lambda * y) < 1e-6) continue; /* arrived: the logarithm has no digits left */
                const double grown = log(y / y0) - v * v / lambda * log((a - lambda * y) / (a - lambda * y0));
                ck_assert_double_eq_tol(grown, 2.0 * h * h * a * time, 1e-7);
            }
}
END_TEST

START_TEST(the_exact_flow_ends_at_its_fixed_point)
{
    const double eigenvalues[] = {6.0, 2.0, 0.4}, w0[] = {0.1, 0.1, 0.1};
    const hebb_modes_problem problem = {.law = HEBB_MODES_GAUSSIAN,
                                        .flow = HEBB_MODES_EXACT,
                                        .n = 3,
                                        .eigenvalues = eigenvalues,
                                        .n_started = 3,
                                        .w0 = w0,
                                        .sigma_v = 0.8,
                                        .sigma_h = 1.1};
    hebb_modes_path *path;
    double w[3];
    ck_assert_int_eq(hebb_modes_path_init(&problem, &path), HEBB_OK);
    ck_assert_int_eq(hebb_modes_path_follow(path, 200.0, w), HEBB_OK);
    for (int a = 0; a < 3; a++) ck_assert_double_eq_tol(w[a], hebb_modes_fixed_point(eigenvalues[a], 0.8, 1.1), 1e-9);
    /* the model's variance along the mode is the data's there */
    ck_assert_double_eq_tol(1.0 / (1.0 / 0.64 - 1.21 * w[0] * w[0]), 6.0, 1e-7);
    ck_assert_double_eq(hebb_modes_fixed_point(0.4, 0.8, 1.1), 0.0);
    ck_assert_int_eq(hebb_modes_path_follow(path, 0.0, w), HEBB_OK); /* and back to the start */
    ck_assert_double_eq(w[0], 0.1);
    hebb_modes_path_free(path);
}
END_TEST

/* W' = sigma_h^2 (C - (1/sigma_v^2 - sigma_h^2 W W')^-1) W for two units and one mode, by 20 000 steps of its own. */
START_TEST(a_rotated_mode_turns_towards_the_first_eigenvector)
{
    const double lambda[] = {3.0, 1.6}, w0 = 0.2, angle = 1.2, v2 = 0.81, h2 = 1.44, time = 2.0;
    double x = w0 * cos(angle), y = w0 * sin(angle);
    enum { STEPS = 20000 };
    for (int n = 0; n < STEPS; n++) {
        double a = x, b = y, fx = 0.0, fy = 0.0;
        for (int half = 0; half < 2; half++) { /* the middle of the step */
            const double p = 1.0 / v2 - h2 * a * a, q = -h2 * a * b, r = 1.0 / v2 - h2 * b * b, det = p * r - q * q;
            fx = h2 * (lambda[0] * a - (r * a - q * b) / det);
            fy = h2 * (lambda[1] * b - (p * b - q * a) / det);
            a = x + 0.5 * time / STEPS * fx;
            b = y + 0.5 * time / STEPS * fy;
        }
        x += time / STEPS * fx;
        y += time / STEPS * fy;
    }
    hebb_modes_problem problem = {.law = HEBB_MODES_GAUSSIAN,
                                  .flow = HEBB_MODES_EXACT,
                                  .n = 2,
                                  .eigenvalues = lambda,
                                  .n_started = 1,
                                  .w0 = &w0,
                                  .rotation = angle,
                                  .sigma_v = 0.9,
                                  .sigma_h = 1.2};
    ck_assert_double_eq_tol(follow_one(&problem, time), hypot(x, y), 1e-7);
    ck_assert_double_eq_tol(follow_one(&problem, 60.0), hebb_modes_fixed_point(3.0, 0.9, 1.2), 1e-8);
    problem.flow = HEBB_MODES_LINEAR;
    ck_assert_double_eq_tol(
        follow_one(&problem, 0.3),
        w0 * hypot(cos(angle) * exp(0.3 * h2 * (3.0 - v2)), sin(angle) * exp(0.3 * h2 * (1.6 - v2))), 1e-12);
}
END_TEST

/* All singular values from a start of two sizes: the square of the matrix turns as its own flow says. */
START_TEST(a_turned_basis_of_equal_modes_does_not_matter)
{
    const double lambda[] = {3.0, 2.0, 0.5}, w0[] = {0.2, 0.2, 0.2};
    hebb_modes_problem problem = {.law = HEBB_MODES_GAUSSIAN,
                                  .flow = HEBB_MODES_EXACT,
                                  .n = 3,
                                  .eigenvalues = lambda,
                                  .n_started = 3,
                                  .w0 = w0,
                                  .sigma_v = 1.0,
                                  .sigma_h = 1.0};
    double straight[3], turned[3];
    hebb_modes_path *path;
    for (int k = 0; k < 2; k++) {
        problem.rotation = 0.7 * k;
        ck_assert_int_eq(hebb_modes_path_init(&problem, &path), HEBB_OK);
        ck_assert_int_eq(hebb_modes_path_follow(path, 1.3, k == 0 ? straight : turned), HEBB_OK);
        hebb_modes_path_free(path);
    }
    for (int a = 0; a < 3; a++) ck_assert_double_eq_tol(straight[a], turned[a], 1e-9);
}
END_TEST

/* ---- states of modes ---- */

/* Two modes of four and four units, against the sum over all 256 states. */
START_TEST(mode_states_are_the_enumerated_machine_s)
{
    const double sign[2][4] = {{1, 1, 1, 1}, {1, 1, -1, -1}}, w[2] = {1.7, 0.6}, lambda[2] = {1.6, 0.8};
    hebb_mode_states states;
    ck_assert_int_eq(hebb_mode_states_init(&states, 2, N, M, lambda), HEBB_OK);
    small_machine s = {.is_sign = true};
    double sum = 0.0, square[2] = {0}, slope[N * M], data[2], model[2];
    for (int a = 0; a < 2; a++)
        for (int i = 0; i < N; i++)
            for (int j = 0; j < M; j++) s.W[i * M + j] += w[a] * 0.25 * sign[a][i] * sign[a][j];
    for (int pass = 0; pass < 2; pass++)
        for (unsigned v = 0; v < N_STATES; v++) {
            double x[2] = {0};
            for (int a = 0; a < 2; a++)
                for (int i = 0; i < N; i++) x[a] += 0.5 * sign[a][i] * value_of(&s, v, i);
            if (pass == 0) {
                s.p[v] = exp(0.5 * (states.couplings[0] * x[0] * x[0] + states.couplings[1] * x[1] * x[1]));
                sum += s.p[v];
                continue;
            }
            s.p[v] /= sum;
            for (int a = 0; a < 2; a++) square[a] += s.p[v] * x[a] * x[a];
        }
    for (int a = 0; a < 2; a++) ck_assert_double_eq_tol(square[a], lambda[a], 1e-9);
    gradient(&s, 0.0, 0.0, slope);
    hebb_mode_states_correlate(&states, w, data, model);
    for (int a = 0; a < 2; a++) {
        double along = 0.0;
        for (int i = 0; i < N; i++)
            for (int j = 0; j < M; j++) along += slope[i * M + j] * 0.25 * sign[a][i] * sign[a][j];
        ck_assert_double_eq_tol(data[a] - model[a], along, 1e-12);
    }
    hebb_mode_states_free(&states);
    hebb_mode_states_free(&states);
}
END_TEST

/* N to infinity: w/(1 - w^2) below w = 1, L m_v m_h above, with corrections of 1/N. */
START_TEST(mode_states_have_the_limits_of_many_units)
{
    enum { VISIBLE = 4000, HIDDEN = 1000 };
    const double lambda = 2.0, k = sqrt((double)HIDDEN / VISIBLE), L = sqrt((double)HIDDEN * VISIBLE);
    hebb_mode_states states;
    double data, model, w = 0.5, m_v = 1.0, m_h = 1.0;
    ck_assert_int_eq(hebb_mode_states_init(&states, 1, VISIBLE, HIDDEN, &lambda), HEBB_OK);
    hebb_mode_states_correlate(&states, &w, &data, &model);
    ck_assert_double_eq_tol(model, w / (1.0 - w * w), 0.01);
    ck_assert_double_eq_tol(data, w * lambda, 0.01);
    w = 1.5;
    for (int n = 0; n < 1000; n++) {
        m_h = tanh(w * m_v / k);
        m_v = tanh(w * m_h * k);
    }
    hebb_mode_states_correlate(&states, &w, &data, &model);
    ck_assert_double_eq_tol(model / L, m_v * m_h, 0.002);
    hebb_mode_states_free(&states);
}
END_TEST

START_TEST(the_mean_field_flow_ends_where_data_and_model_agree)
{
    const double lambda[] = {9.0, 5.0}, w0[] = {0.1, 0.1};
    const hebb_modes_problem problem = {.law = HEBB_MODES_SPIN,
                                        .flow = HEBB_MODES_MEAN_FIELD,
                                        .n = 2,
                                        .eigenvalues = lambda,
                                        .n_started = 2,
                                        .w0 = w0,
                                        .n_visible = 24,
                                        .n_hidden = 12};
    hebb_modes_path *path;
    hebb_mode_states states;
    double w[2], data[2], model[2];
    ck_assert_int_eq(hebb_modes_path_init(&problem, &path), HEBB_OK);
    ck_assert_int_eq(hebb_modes_path_follow(path, 1e-3, w), HEBB_OK);
    for (int a = 0; a < 2; a++) /* first order, and (1 + lambda^2/M) w^2/(lambda - 1) of it */
        ck_assert_double_eq_tol(log(w[a] / w0[a]) / (1e-3 * (lambda[a] - 1.0)), 1.0, 0.03);
    ck_assert_int_eq(hebb_modes_path_follow(path, 100.0, w), HEBB_OK);
    ck_assert_double_gt(w[0], 1.0);
    ck_assert_int_eq(hebb_mode_states_init(&states, 2, 24, 12, lambda), HEBB_OK);
    hebb_mode_states_correlate(&states, w, data, model);
    for (int a = 0; a < 2; a++) ck_assert_double_eq_tol(data[a], model[a], 1e-8);
    hebb_mode_states_free(&states);
    hebb_modes_path_free(path);
}
END_TEST

START_TEST(what_is_out_of_range_is_refused)
{
    const double lambda[] = {2.0, 0.5}, w0[] = {0.1, 0.1}, none[] = {0.0, 0.1}, whole[] = {1.0, 0.1},
                 bad[] = {NAN, 1.0};
    const hebb_modes_problem good = {HEBB_MODES_GAUSSIAN, HEBB_MODES_EXACT, 2, lambda, 2, w0, 0.0, 0.5, 1.0, 1.0, 4, 4};
    hebb_modes_problem tries[10];
    for (int k = 0; k < 10; k++) tries[k] = good;
    tries[0].w0 = none;
    tries[1].w0 = whole;
    tries[2].eigenvalues = bad;
    tries[3].n_started = 3;
    tries[4].n_started = 0;
    tries[5].sigma_v = 0.0;
    tries[6].law = HEBB_MODES_SPIN; /* exact */
    tries[7].flow = HEBB_MODES_MEAN_FIELD;
    tries[8].rotation = INFINITY;
    tries[9].law = HEBB_MODES_BINARY;
    for (int k = 0; k < 10; k++) {
        hebb_modes_path *path;
        ck_assert_int_eq(hebb_modes_path_init(&tries[k], &path), HEBB_EDOM);
        ck_assert_ptr_null(path);
    }
    hebb_modes_path *path;
    double w[2];
    ck_assert_int_eq(hebb_modes_path_init(&good, &path), HEBB_OK);
    ck_assert_int_eq(hebb_modes_path_follow(path, -1.0, w), HEBB_EDOM);
    ck_assert_int_eq(hebb_modes_path_follow(path, NAN, w), HEBB_EDOM);
    hebb_modes_path_free(path);
    hebb_modes_path_free(NULL);
    hebb_mode_states states;
    const double large = 5.0;
    ck_assert_int_eq(hebb_mode_states_init(&states, 2, 4, 3, lambda), HEBB_EDOM);
    ck_assert_int_eq(hebb_mode_states_init(&states, 4, 8, 8, lambda), HEBB_EDOM);
    ck_assert_int_eq(hebb_mode_states_init(&states, 1, 4, 4, &large), HEBB_ENOSOLUTION);
    hebb_mode_states_free(&states);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rbm modes");
    TCase *theory = tcase_create("theory");
    tcase_add_test(theory, rates_are_the_gradient_s_to_first_order);
    tcase_add_test(theory, units_of_another_mean_follow_their_covariance);
    tcase_add_test(theory, the_exact_flow_is_its_closed_form);
    tcase_add_test(theory, the_exact_flow_ends_at_its_fixed_point);
    tcase_add_test(theory, a_rotated_mode_turns_towards_the_first_eigenvector);
    tcase_add_test(theory, a_turned_basis_of_equal_modes_does_not_matter);
    tcase_add_test(theory, mode_states_are_the_enumerated_machine_s);
    tcase_add_test(theory, mode_states_have_the_limits_of_many_units);
    tcase_add_test(theory, the_mean_field_flow_ends_where_data_and_model_agree);
    tcase_add_test(theory, what_is_out_of_range_is_refused);
    suite_add_tcase(suite, theory);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
