/* Symmetric mixtures against enumeration of the signs, multiprecision values, limits, thermodynamics and AGS85. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_vector.h>

#include "mixture.h"

static void assert_close(double got, double want, double relative)
{
    ck_assert_msg(fabs(got - want) <= relative * fabs(want), "got %.17g, want %.17g, relative error %.2g", got, want,
                  fabs(got / want - 1.0));
}

static hebb_mixture mixture(int n, double T)
{
    hebb_mixture at;
    ck_assert_int_eq(hebb_mixture_solve(n, T, &at), HEBB_OK);
    return at;
}

static hebb_mixture critical(int n)
{
    hebb_mixture at;
    ck_assert_int_eq(hebb_mixture_critical(n, &at), HEBB_OK);
    return at;
}

/* Averages over the 2^p signs of p patterns, n of them mixed with overlap m. */
typedef struct {
    double equation[12]; /* <xi^mu tanh(M.xi/T)> */
    double f;
    double eigenvalues[12]; /* of the Hessian, ascending */
} enumeration;

static enumeration enumerate(int p, int n, double m, double T)
{
    enumeration e = {.f = 0.5 * n * m * m};
    gsl_matrix *hessian = gsl_matrix_alloc((size_t)p, (size_t)p);
    gsl_matrix_set_identity(hessian);
    const double weight = ldexp(1.0, -p);
    for (unsigned code = 0; code < 1U << p; code++) {
        int xi[12];
        double h = 0.0;
        for (int mu = 0; mu < p; mu++) xi[mu] = (code >> mu) & 1 ? -1 : 1;
        for (int mu = 0; mu < n; mu++) h += m * xi[mu];
        const double sech2 = 1.0 / (cosh(h / T) * cosh(h / T));
        e.f -= weight * (fabs(h) + T * log1p(exp(-2.0 * fabs(h) / T)));
        for (int mu = 0; mu < p; mu++) {
            e.equation[mu] += weight * xi[mu] * tanh(h / T);
            for (int nu = 0; nu < p; nu++)
                *gsl_matrix_ptr(hessian, (size_t)mu, (size_t)nu) -= weight * xi[mu] * xi[nu] * sech2 / T;
        }
    }
    gsl_vector *values = gsl_vector_alloc((size_t)p);
    gsl_eigen_symm_workspace *workspace = gsl_eigen_symm_alloc((size_t)p);
    ck_assert_int_eq(gsl_eigen_symm(hessian, values, workspace), GSL_SUCCESS);
    gsl_sort_vector(values);
    for (int mu = 0; mu < p; mu++) e.eigenvalues[mu] = gsl_vector_get(values, (size_t)mu);
    gsl_eigen_symm_free(workspace);
    gsl_vector_free(values);
    gsl_matrix_free(hessian);
    return e;
}

static int ascending(const void *x, const void *y)
{
    const double a = *(const double *)x;
    const double b = *(const double *)y;
    return (a > b) - (a < b);
}

START_TEST(averages_over_all_signs_give_equation_energy_and_the_whole_hessian)
{
    static const double T[] = {0.03, 0.2, 0.45, 0.51, 0.8, 0.99};
    for (int n = 1; n <= 8; n++)
        for (int p = n; p <= n + 2; p++)
            for (size_t k = 0; k < sizeof T / sizeof *T; k++) {
                const hebb_mixture at = mixture(n, T[k]);
                const enumeration e = enumerate(p, n, at.m, T[k]);
                for (int mu = 0; mu < p; mu++) ck_assert_double_eq_tol(e.equation[mu], mu < n ? at.m : 0.0, 1e-15);
                ck_assert_double_eq_tol(at.f, e.f, 1e-14);
                double eigenvalues[12] = {at.eig_longitudinal};
                for (int mu = 1; mu < p; mu++) eigenvalues[mu] = mu < n ? at.eig_transverse : at.eig_unmixed;
                qsort(eigenvalues, (size_t)p, sizeof *eigenvalues, ascending);
                for (int mu = 0; mu < p; mu++)
                    ck_assert_double_eq_tol(eigenvalues[mu], e.eigenvalues[mu], 1e-14 / T[k]);
            }
}
END_TEST

START_TEST(states_have_the_digits_of_multiprecision_ones)
{
    static const struct {
        int n;
        double T, m, f, longitudinal, unmixed, transverse;
    } row[] = {
        {1, 0.9999999999, 0.000017320508791548569742, -0.69314718049063058563, 2.0000001654407419916e-10,
         2.0000001654407419916e-10, NAN},
        {1, 0.5, 0.95750402407726874068, -0.50983553399343459171, 0.83362791224832567252, 0.83362791224832567252, NAN},
        {1, 0.05, 0.9999999999999999915, -0.50000000000000000021, 0.99999999999999966013, 0.99999999999999966013, NAN},
        {2, 0.3, 0.49870690844598741156, -0.35416449424597210441, 0.98278107375672626943, -0.67527612978830359363,
         -2.3333333333333334567},
        {3, 0.999999, 0.0006546535050499588386, -0.69314648741308615811, 1.9999990123017899226e-6,
         2.8571392070806936869e-7, -5.7142862508879090826e-7},
        {3, 0.45, 0.43540792834683202722, -0.41460312686752678376, 0.73502359727938962548, 0.25828110617838849104,
         0.019909860627887923818},
        {4, 0.01, 0.375, -0.28384930192709979496, 1.0, -36.499999999999999219, -48.999999999999998959},
        {5, 0.1, 0.37486142194318530793, -0.35159710609932627961, 0.99722997261347732635, 0.98614988012763141891,
         0.98337985700616994205},
        {6, 0.7, 0.2265853855664910947, -0.51184356718809454576, 0.49187431498547810221, 0.028321404919806342692,
         -0.064389177093328009211},
        {9, 0.499999, 0.22670437805046498544, -0.42134416522668556158, 0.7226113176397459479, 0.028703555954866814907,
         -0.058034914255743076717},
        {31, 0.2, 0.14013315481099381605, -0.33628664904299652706, 0.94753113366383676998, 0.037155020578350710784,
         0.0068091501421678421441},
        {98, 0.02, 0.080393168408925728148, -0.31780450638294195391, 0.99999986619346435836, -3.0196617321570775,
         -3.0611015424493511274},
        {99, 0.9999999999, 1.0084390098978459664e-6, -0.69314718049063058563, 2.0000001652834464758e-10,
         6.7796615772173633913e-13, -1.3559323154478852041e-12},
        {99, 0.05, 0.080267903837632237135, -0.32023593870559919009, 0.99513381024387621308, 0.52469486836862447022,
         0.51989447100255047284},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        const hebb_mixture at = mixture(row[k].n, row[k].T);
        const double noise = row[k].T > 0.5 ? 0.0 : 1e-15 / row[k].T;
        assert_close(at.m, row[k].m, 2e-15);
        assert_close(at.f, row[k].f, 2e-15);
        assert_close(at.eig_longitudinal, row[k].longitudinal, 1e-14 + noise);
        ck_assert_double_eq_tol(at.eig_unmixed, row[k].unmixed, 1e-12 * fabs(row[k].unmixed) + noise);
        if (row[k].n > 1)
            ck_assert_double_eq_tol(at.eig_transverse, row[k].transverse, 1e-12 * fabs(row[k].transverse) + noise);
        else
            ck_assert(isnan(at.eig_transverse));
    }
}
END_TEST

/* n m = <z tanh(mz/T)> with the weights by a recursion in long double, where f is also stationary and dF = -S dT. */
START_TEST(random_orders_and_temperatures_satisfy_the_equations)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 1);
    for (int trial = 0; trial < 20000; trial++) {
        const int n = 1 + (int)gsl_rng_uniform_int(rng, HEBB_MAX_ORDER);
        const double u = gsl_rng_uniform(rng);
        const double T = trial % 3 == 0 ? 1.0 - pow(10.0, -12.0 * u) : trial % 3 == 1 ? u : pow(10.0, -200.0 * u);
        if (T >= 1.0 || T <= 0.0) continue;
        const hebb_mixture at = mixture(n, T);
        long double weight = ldexpl(1.0L, -n);
        long double average = 0.0L;
        long double entropy = 0.0L;
        for (int k = 0; k <= n; k++) {
            const long double z = n - 2 * k;
            const long double x = z == 0.0L ? 0.0L : at.m * z / T;
            average += weight * z * tanhl(x);
            entropy +=
                weight * (log1pl(expl(-2.0L * fabsl(x))) + (x == 0.0L ? 0.0L : fabsl(x) * (1.0L - tanhl(fabsl(x)))));
            weight *= (long double)(n - k) / (long double)(k + 1);
        }
        ck_assert_double_eq_tol(at.m, (double)(average / n), 3e-16);
        ck_assert(at.f <= -T * M_LN2 * (1.0 - 4e-16) && (n % 2 == 0 || at.eig_longitudinal > 0.0));
        ck_assert(n == 1 || at.eig_unmixed >= at.eig_transverse);
        ck_assert(at.stable == (at.eig_unmixed > 0.0 && (n == 1 || at.eig_transverse > 0.0)));
        if (T > 0.02 && T < 0.98) {
            const double d = 2e-4 * T * (1.0 - T);
            const double slope = (mixture(n, T + d).f - mixture(n, T - d).f) / (2.0 * d);
            ck_assert_double_eq_tol(slope, (double)-entropy, 1e-6);
        }
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(branch_and_solution_are_inverse)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 2);
    for (int trial = 0; trial < 10000; trial++) {
        const int n = 1 + (int)gsl_rng_uniform_int(rng, HEBB_MAX_ORDER);
        const double h = pow(10.0, -7.0 + 9.0 * gsl_rng_uniform(rng));
        hebb_mixture on_branch;
        ck_assert_int_eq(hebb_mixture_branch(n, h, &on_branch), HEBB_OK);
        if (on_branch.temperature >= 1.0) continue;
        const hebb_mixture at = mixture(n, on_branch.temperature);
        assert_close(on_branch.m, on_branch.temperature * h, 1e-15);
        /* T is rounded: near 1 the overlap follows 1 - T */
        assert_close(at.m, on_branch.m, 5e-15 + 2e-16 / (1.0 - on_branch.temperature));
        assert_close(at.f, on_branch.f, 2e-15);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(zero_temperature_is_exact_and_the_limit)
{
    for (int n = 1; n <= HEBB_MAX_ORDER; n++) {
        const hebb_mixture at = mixture(n, 0.0);
        long double m = 1.0L; /* C(n-1, floor((n-1)/2))/2^(n-1) */
        const int half = (n - 1) / 2;
        for (int k = 1; k <= half; k++) m *= (long double)(n - 1 - half + k) / k;
        m = ldexpl(m, 1 - n);
        assert_close(at.m, (double)m, 4e-16);
        assert_close(at.f, (double)(-0.5L * n * m * m), 1e-15);
        ck_assert_double_eq(at.eig_longitudinal, 1.0);
        ck_assert(at.stable == (n % 2 != 0));
        const double side = n % 2 == 0 ? -INFINITY : 1.0;
        ck_assert(at.eig_unmixed == side);
        ck_assert(n == 1 ? isnan(at.eig_transverse) : at.eig_transverse == side);
        const hebb_mixture cold = mixture(n, 1e-6); /* exactly linear in T: even n have spins without a field */
        ck_assert_double_eq(cold.m, at.m);
        ck_assert_double_eq_tol(mixture(n, 1e-320).f, at.f, 2e-16);
        ck_assert_double_eq_tol((cold.f - at.f) / 1e-6, (mixture(n, 5e-7).f - at.f) / 5e-7, 1e-9);
        ck_assert(n % 2 == 0 ? cold.f < at.f : fabs(cold.f - at.f) < 3e-16);
    }
}
END_TEST

/* The ladder, and its limit: m_n sqrt(n) -> sqrt(2/pi) with relative corrections 1/n. */
START_TEST(energies_at_zero_temperature_close_on_minus_1_over_pi)
{
    for (int n = 1; n + 2 <= HEBB_MAX_ORDER; n++)
        ck_assert(n % 2 != 0 ? mixture(n, 0.0).f < mixture(n + 2, 0.0).f : mixture(n, 0.0).f > mixture(n + 2, 0.0).f);
    ck_assert(mixture(99, 0.0).f < -M_1_PI && mixture(98, 0.0).f > -M_1_PI);
    ck_assert_double_eq_tol(mixture(99, 0.0).f, -M_1_PI * (1.0 + 0.5 / 99), 2e-5);
    ck_assert_double_eq_tol(mixture(98, 0.0).f, -M_1_PI * (1.0 - 0.5 / 98), 2e-5);
    ck_assert_double_eq(mixture(1, 0.0).f, -0.5);
    ck_assert_double_eq(mixture(2, 0.0).f, -0.25);
    ck_assert_double_eq(mixture(3, 0.0).f, -0.375);
}
END_TEST

/* m_n^2 = 3t/(3n-2), eigenvalues 2t, 2t/(3n-2), -4t/(3n-2), f + T ln 2 = -(3/4) t^2 n/(3n-2), to relative order t. */
START_TEST(near_the_critical_temperature_the_leading_powers_are_right)
{
    for (int n = 1; n <= HEBB_MAX_ORDER; n++)
        for (int k = 20; k <= 50; k += 6) {
            const double t = ldexp(1.0, -k);
            const hebb_mixture at = mixture(n, 1.0 - t);
            const double error = 10.0 * t + 2e-13;
            assert_close(at.m, sqrt(3.0 * t / (3 * n - 2)), error);
            assert_close(at.eig_longitudinal, 2.0 * t, error);
            assert_close(at.eig_unmixed, 2.0 * t / (3 * n - 2), 10.0 * error);
            if (n > 1) assert_close(at.eig_transverse, -4.0 * t / (3 * n - 2), 10.0 * error);
        }
    for (int n = 1; n <= HEBB_MAX_ORDER; n++) {
        const double t = 1e-3;
        assert_close(mixture(n, 1.0 - t).f + (1.0 - t) * M_LN2, -0.75 * t * t * n / (3 * n - 2), 2e-3);
    }
}
END_TEST

START_TEST(a_mixture_of_two_is_half_a_pattern)
{
    for (int k = 0; k < 100; k++) {
        const hebb_mixture one = mixture(1, 0.01 * k);
        const hebb_mixture two = mixture(2, 0.01 * k);
        assert_close(two.m, 0.5 * one.m, 1e-15);
        if (k > 0) assert_close(two.eig_transverse, 1.0 - 100.0 / k, 1e-13);
    }
}
END_TEST

START_TEST(critical_temperatures_to_ten_digits)
{
    static const struct {
        int n;
        double T, m;
    } row[] = {
        {3, 0.45979423987778542564, 0.43197115551205395842},  {5, 0.38473927238868022879, 0.33585656056110308605},
        {7, 0.34392984495380109224, 0.28559947954402675194},  {9, 0.31660140141864740774, 0.25321739546161902109},
        {11, 0.29636186733696898737, 0.23004387704445686199}, {21, 0.23892983701499640976, 0.16869630542013972735},
        {51, 0.17575798930016690242, 0.10972301544946745033}, {99, 0.13832780345506562056, 0.079276631387774449076},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        assert_close(critical(row[k].n).temperature, row[k].T, 2e-15);
        assert_close(critical(row[k].n).m, row[k].m, 2e-15);
    }
    ck_assert_double_eq(critical(1).temperature, 1.0);
    ck_assert_double_eq(critical(1).m, 0.0);
}
END_TEST

/* [AGS85] prints three digits; the first and the last are off in the third. */
START_TEST(published_critical_temperatures)
{
    ck_assert_double_eq_tol(critical(3).temperature, 0.461, 0.0013);
    ck_assert_double_eq_tol(critical(5).temperature, 0.385, 0.0005);
    ck_assert_double_eq_tol(critical(7).temperature, 0.345, 0.0011);
    ck_assert(critical(3).temperature < 0.4605 && critical(7).temperature < 0.3445);
}
END_TEST

START_TEST(odd_mixtures_are_stable_below_their_critical_temperature_and_even_ones_nowhere)
{
    for (int n = 1; n <= HEBB_MAX_ORDER; n++) {
        double T_n = 0.0;
        if (n % 2 != 0) T_n = critical(n).temperature;
        if (n > 1 && n % 2 != 0) {
            ck_assert(mixture(n, T_n * (1.0 - 1e-12)).stable && !mixture(n, T_n * (1.0 + 1e-12)).stable);
            ck_assert_double_eq_tol(mixture(n, T_n).eig_transverse, 0.0, 1e-13);
        }
        for (int k = 0; k < 300; k++) ck_assert(mixture(n, k / 300.0).stable == (k / 300.0 < T_n));
    }
}
END_TEST

START_TEST(crossings_to_their_digits)
{
    static const struct {
        int n, other;
        double T, f, error;
    } row[] = {
        {2, 3, 0.54258826013659274866, -0.44550215745157972828, 1e-13},
        {2, 4, 0.40401978058540108827, -0.39150131923670095761, 1e-13},
        {4, 9, 0.300825057627667223, -0.36049352902006575677, 1e-13},
        {52, 99, 0.086411704178778209821, -0.32197215051621084938, 1e-12},
        {96, 98, 0.063026909231030856305, -0.32026280919603583093, 2e-11},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        double T;
        double f;
        ck_assert_int_eq(hebb_mixture_crossing(row[k].n, row[k].other, &T, &f), HEBB_OK);
        assert_close(T, row[k].T, row[k].error);
        assert_close(f, row[k].f, row[k].error);
    }
}
END_TEST

/* An even order crosses every higher one, once; an odd one, none. */
START_TEST(which_orders_cross)
{
    for (int n = 1; n <= 20; n++)
        for (int other = n + 1; other <= 20; other++) {
            double T;
            double f;
            const hebb_status status = hebb_mixture_crossing(n, other, &T, &f);
            ck_assert_int_eq(status, n % 2 == 0 ? HEBB_OK : HEBB_ENOSOLUTION);
            int changes = 0;
            bool above = mixture(n, 0.0).f > mixture(other, 0.0).f;
            ck_assert(above == (n % 2 == 0));
            for (int k = 1; k < 250; k++) {
                const bool now = mixture(n, k / 256.0).f > mixture(other, k / 256.0).f;
                changes += now != above;
                above = now;
            }
            ck_assert_int_eq(changes, n % 2 == 0);
        }
}
END_TEST

/*
 * A hundred thousand neurons with signs of their own for the n patterns: the first t N of them have the mixture's sign, and
 * a share (1 + x)/2 of the others.  -sum M^2/2 of their overlaps has an error of .003 at the most; even n has no such signs.
 */
START_TEST(descent_is_the_energy_of_neurons_that_turn_one_after_the_other)
{
    enum { N = 100000 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int n = 1; n <= 7; n += 2)
        for (int step = 0; step <= 3; step++) {
            const double x = 0.6, t = 0.5 * step;
            double overlaps[7] = {0.0}, energy = 0.0, theory;
            for (int i = 0; i < N; i++) {
                int signs[7], sum = 0;
                for (int mu = 0; mu < n; mu++) sum += signs[mu] = gsl_rng_uniform(rng) < 0.5 ? -1 : 1;
                const bool is_wrong = i >= t * N && gsl_rng_uniform(rng) < 0.5 * (1.0 - x);
                for (int mu = 0; mu < n; mu++) overlaps[mu] += (sum > 0) == is_wrong ? -signs[mu] : signs[mu];
            }
            for (int mu = 0; mu < n; mu++) energy -= 0.5 * overlaps[mu] * overlaps[mu] / ((double)N * N);
            ck_assert_int_eq(hebb_mixture_descent(n, x, t, &theory), HEBB_OK);
            ck_assert_double_eq_tol(energy, theory, 0.012);
        }
    gsl_rng_free(rng);
    double unused;
    ck_assert_int_eq(hebb_mixture_descent(2, 0.5, 0.0, &unused), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_mixture_descent(0, 0.5, 0.0, &unused), HEBB_EDOM);
    ck_assert_int_eq(hebb_mixture_descent(3, 1.5, 0.0, &unused), HEBB_EDOM);
    ck_assert_int_eq(hebb_mixture_descent(3, NAN, 0.0, &unused), HEBB_EDOM);
    ck_assert_int_eq(hebb_mixture_descent(3, 0.5, -1.0, &unused), HEBB_EDOM);
}
END_TEST

START_TEST(values_out_of_range_are_refused)
{
    hebb_mixture at;
    double T;
    double f;
    static const double bad[] = {-1e-300, -1.0, NAN, INFINITY, -INFINITY};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        ck_assert_int_eq(hebb_mixture_solve(3, bad[k], &at), HEBB_EDOM);
    static const int bad_order[] = {0, -1, HEBB_MAX_ORDER + 1};
    for (size_t k = 0; k < sizeof bad_order / sizeof *bad_order; k++) {
        ck_assert_int_eq(hebb_mixture_solve(bad_order[k], 0.5, &at), HEBB_EDOM);
        ck_assert_int_eq(hebb_mixture_critical(bad_order[k], &at), HEBB_EDOM);
        ck_assert_int_eq(hebb_mixture_branch(bad_order[k], 1.0, &at), HEBB_EDOM);
        ck_assert_int_eq(hebb_mixture_crossing(bad_order[k], 3, &T, &f), HEBB_EDOM);
    }
    ck_assert_int_eq(hebb_mixture_branch(3, 0.0, &at), HEBB_EDOM);
    ck_assert_int_eq(hebb_mixture_branch(3, NAN, &at), HEBB_EDOM);
    ck_assert_int_eq(hebb_mixture_crossing(3, 3, &T, &f), HEBB_EDOM);
    ck_assert_int_eq(hebb_mixture_solve(3, 1.0, &at), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_mixture_solve(3, 2.0, &at), HEBB_ENOSOLUTION);
    ck_assert_int_eq(hebb_mixture_critical(4, &at), HEBB_ENOSOLUTION);
}
END_TEST

int main(void)
{
    gsl_set_error_handler_off();
    Suite *suite = suite_create("mixture");
    TCase *states = tcase_create("states");
    tcase_add_test(states, averages_over_all_signs_give_equation_energy_and_the_whole_hessian);
    tcase_add_test(states, states_have_the_digits_of_multiprecision_ones);
    tcase_add_test(states, random_orders_and_temperatures_satisfy_the_equations);
    tcase_add_test(states, branch_and_solution_are_inverse);
    tcase_add_test(states, zero_temperature_is_exact_and_the_limit);
    tcase_add_test(states, energies_at_zero_temperature_close_on_minus_1_over_pi);
    tcase_add_test(states, near_the_critical_temperature_the_leading_powers_are_right);
    tcase_add_test(states, a_mixture_of_two_is_half_a_pattern);
    tcase_add_test(states, critical_temperatures_to_ten_digits);
    tcase_add_test(states, published_critical_temperatures);
    tcase_add_test(states, odd_mixtures_are_stable_below_their_critical_temperature_and_even_ones_nowhere);
    tcase_add_test(states, crossings_to_their_digits);
    tcase_add_test(states, which_orders_cross);
    tcase_add_test(states, descent_is_the_energy_of_neurons_that_turn_one_after_the_other);
    tcase_add_test(states, values_out_of_range_are_refused);
    suite_add_tcase(suite, states);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
