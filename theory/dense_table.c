/* `hebb theory dense`: loads at an error rate, error-free and in equilibrium, and the error rate at finite size */
#include <math.h>

#include "dense_capacity.h"
#include "dense_one_step.h"
#include "theory_table.h"

static const hebb_option options_of_dense[] = {
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, HEBB_DENSE_CAPACITY_MAX_DEGREE),
     HEBB_OPTION_RESULT, "powers n of F(x) = x^n"},
    {"p-error", 0, HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_FROM_TO(0.0, 0.5), HEBB_OPTION_RESULT,
     "shares of wrong bits after one update, above 0 and below 0.5; 0.001,0.01 if not given"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(2.0, 0x1p31), HEBB_OPTION_RESULT,
     "sizes N, for the exact law"},
    {"patterns", 0, HEBB_OPTION_INTEGER_LIST, "LIST", NULL, HEBB_FROM_TO(1.0, 0x1p52), HEBB_OPTION_RESULT,
     "numbers of patterns K, with --neurons"},
    {"interaction", 0, HEBB_OPTION_CHOICE, "power|rectified|exponential", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "with --neurons: F(x) = x^n (if not given), or the same for x > 0 and else 0; e^x has no exact law here"},
};

static const hebb_column limit_columns[] = {
    {"degree", "1", "power n"},
    {"p_error", "1", "share of wrong bits after one update"},
    {"alpha_one_step", "1", "load K/N^(n-1) with that share, N to infinity"},
    {"k_prefactor", "1", "k in K = k N^(n-1)/ln N, the patterns up to which one has no wrong bit"},
    {"a_c", "1", "(2n-3)!! alpha_c"},
    {"m_c", "1", "overlap at alpha_c"},
    {"alpha_c", "1", "load K/N^(n-1) up to which there is a retrieval state, replica symmetry at T = 0"},
    HEBB_STATUS_COLUMN,
};

static const hebb_column exact_columns[] = {
    {"degree", "1", "power n"},
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns K"},
    {"p_error_exact", "1", "exact probability that a bit's drive is against it"},
    {"p_error_gaussian", "1", "erfc(sqrt(N^(n-1)/(2 K (2n-3)!!)))/2; half the noise's variance if rectified"},
    {"p_tie_exact", "1", "exact probability that a bit's drive is zero"},
    {"p_error_moments", "1", "a Gaussian of the exact variance at N and K"},
    HEBB_STATUS_COLUMN,
};

static hebb_status add_limit(hebb_table *table, int degree, double p_error)
{
    double alpha = NAN;
    hebb_dense_end limit = {NAN, NAN, NAN};
    hebb_status status = hebb_dense_alpha_one_step(degree, p_error, &alpha);
    if (status == HEBB_EDOM)
        return hebb_fail(HEBB_EDOM, "--p-error: %.17g is not a share above 0 and below 0.5", p_error);
    if (status == HEBB_OK) status = hebb_dense_limit_t0(degree, &limit);
    const double cells[] = {degree,  p_error, alpha,      0.5 / hebb_dense_double_factorial(degree),
                            limit.a, limit.m, limit.alpha};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_theory_table_status(table, status);
    return HEBB_OK;
}

static hebb_status fill_limits(const hebb_list *degrees, const hebb_list *p_errors, hebb_table *table)
{
    static const double usual[] = {0.001, 0.01};
    const double *p = p_errors->length > 0 ? p_errors->values : usual;
    const size_t n = p_errors->length > 0 ? p_errors->length : sizeof usual / sizeof *usual;
    hebb_status status = hebb_table_init(table, sizeof limit_columns / sizeof *limit_columns, limit_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)degrees->length * (double)n);
    for (size_t a = 0; status == HEBB_OK && a < degrees->length; a++)
        for (size_t b = 0; status == HEBB_OK && b < n; b++) status = add_limit(table, (int)degrees->values[a], p[b]);
    return status;
}

static void add_exact(hebb_table *table, hebb_dense_energy energy, const hebb_dense_noise *noise, hebb_status made,
                      double n_neurons, double n_patterns)
{
    hebb_dense_law law = {NAN, NAN, NAN};
    double gaussian = NAN;
    const hebb_status solved = made == HEBB_OK ? hebb_dense_one_step(noise, (long)n_patterns, &law) : made;
    if (solved != HEBB_OK) law.wrong = law.tie = NAN;
    if (hebb_dense_gaussian(energy.degree, energy.rectified, n_neurons, n_patterns, &gaussian) != HEBB_OK)
        gaussian = NAN;
    const double cells[] = {energy.degree, n_neurons, n_patterns, law.wrong, gaussian, law.tie, law.moments};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    if (solved == HEBB_EDOM)
        hebb_table_text(table, "the values of F are too large for exact integers");
    else if (solved == HEBB_ENOCONV)
        hebb_table_text(table, "the lattice of the sums is too long");
    else
        hebb_theory_table_status(table, solved);
}

/* The first letter of the form of F. */
static char interaction(const hebb_options *options)
{
    const char *text = hebb_options_text(options, "interaction");
    return text != NULL ? *text : 'p';
}

static hebb_status fill_exact(const hebb_options *options, hebb_table *table)
{
    const hebb_list *degrees = hebb_options_list(options, "degree"), *neurons = hebb_options_list(options, "neurons"),
                    *patterns = hebb_options_list(options, "patterns");
    const double n_rows = (double)degrees->length * (double)neurons->length * (double)patterns->length;
    hebb_status status = hebb_table_init(table, sizeof exact_columns / sizeof *exact_columns, exact_columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, n_rows);
    if (status != HEBB_OK) return status;
    for (size_t a = 0; a < degrees->length; a++)
        for (size_t b = 0; b < neurons->length; b++) {
            const hebb_dense_energy energy = {(int)degrees->values[a], interaction(options) == 'r'};
            hebb_dense_noise noise;
            const hebb_status made = hebb_dense_noise_init(&noise, energy, (long)neurons->values[b]);
            for (size_t c = 0; c < patterns->length; c++)
                add_exact(table, energy, &noise, made, neurons->values[b], patterns->values[c]);
            hebb_dense_noise_free(&noise);
        }
    return HEBB_OK;
}

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    const bool has_neurons = hebb_options_is_set(options, "neurons"),
               has_patterns = hebb_options_is_set(options, "patterns"),
               has_p_error = hebb_options_is_set(options, "p-error");
    if (interaction(options) == 'e')
        return hebb_fail(HEBB_EUSAGE, "--interaction exponential: e^x takes no values on a lattice, and its law is not "
                                      "found by counting; hebb theory exponential has its loads");
    const hebb_status status = hebb_options_require(options, "degree");
    if (status != HEBB_OK) return status;
    if (has_neurons && has_patterns && !has_p_error) return fill_exact(options, table);
    if (!has_neurons && !has_patterns && !hebb_options_is_set(options, "interaction"))
        return fill_limits(hebb_options_list(options, "degree"), hebb_options_list(options, "p-error"), table);
    return hebb_fail(HEBB_EUSAGE, "theory dense: give --degree LIST [--p-error LIST], or --degree LIST --neurons LIST "
                                  "--patterns LIST [--interaction power|rectified]");
}

const hebb_theory_table hebb_dense_table = {"dense", "loads and error rates of the memories F(x) = x^n",
                                            sizeof options_of_dense / sizeof *options_of_dense, options_of_dense, fill};
