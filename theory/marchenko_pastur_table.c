/* `hebb theory marchenko-pastur`: the singular values of a random matrix */
#include "marchenko_pastur.h"
#include "theory_table.h"

/* Squares of the edges, with 1e9 rows and columns, are numbers there. */
#define MOST_SIGMA 1e140

static const hebb_option options_of_marchenko_pastur[] = {
    {"visible", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT, "rows of the matrix"},
    {"hidden", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT, "its columns"},
    {"sigma", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_FROM_TO(1.0 / MOST_SIGMA, MOST_SIGMA), HEBB_OPTION_RESULT,
     "standard deviation of an entry"},
    {"points", 0, HEBB_OPTION_INTEGER, "N", "201", HEBB_FROM_TO(2.0, 1e8), HEBB_OPTION_RESULT,
     "singular values of the table, equally spaced between the edges, with both"},
};

static const hebb_column columns[] = {
    {"s", "1", "singular value, in the unit of sigma"},
    {"density", "1", "density of the singular values, of integral 1"},
    HEBB_STATUS_COLUMN,
};

static hebb_status fill(const hebb_options *options, hebb_table *table)
{
    hebb_status status = hebb_options_require(options, "visible");
    if (status == HEBB_OK) status = hebb_options_require(options, "hidden");
    if (status == HEBB_OK) status = hebb_options_require(options, "sigma");
    if (status != HEBB_OK) return status;
    const size_t n_visible = (size_t)hebb_options_integer(options, "visible");
    const size_t n_hidden = (size_t)hebb_options_integer(options, "hidden");
    const double sigma = hebb_options_real(options, "sigma");
    const long n_points = hebb_options_integer(options, "points");
    const double low = hebb_marchenko_pastur_lower_edge(n_visible, n_hidden, sigma);
    const double high = hebb_marchenko_pastur_edge(n_visible, n_hidden, sigma);
    status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) status = hebb_theory_table_room(table, (double)n_points);
    for (long k = 0; status == HEBB_OK && k < n_points; k++) {
        const double s = k == n_points - 1 ? high : low + (high - low) * (double)k / (double)(n_points - 1);
        hebb_table_number(table, s);
        hebb_table_number(table, hebb_marchenko_pastur_density(n_visible, n_hidden, sigma, s));
        hebb_theory_table_status(table, HEBB_OK);
    }
    return status;
}

const hebb_theory_table hebb_marchenko_pastur_table = {
    "marchenko-pastur", "singular values of a matrix of independent entries",
    sizeof options_of_marchenko_pastur / sizeof *options_of_marchenko_pastur, options_of_marchenko_pastur, fill};
