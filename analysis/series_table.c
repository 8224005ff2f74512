/* hebb analyse series: the columns of a file, each with its mean, its error, and whether it can be believed */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "analysis_table.h"
#include "c_locale.h"
#include "input.h"
#include "jackknife.h"
#include "series.h"
#include "series_file.h"

static const hebb_option options[] = {
    {"column", 0, HEBB_OPTION_TEXT, "NAME", NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "this column alone; all that hold numbers where not given"},
    {"skip", 0, HEBB_OPTION_INTEGER, "N", "0", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT,
     "leave out the first N values, from before the run settled"},
    {"both-ends", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT,
     "compare two runs, from opposite ends: have they met?"},
    {"neurons", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 0x1p53), HEBB_OPTION_RESULT,
     "with --temperature: the susceptibility, N/T times the variance"},
    {"temperature", 0, HEBB_OPTION_REAL, "T", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT, "see --neurons"},
};

static const hebb_column columns[] = {
    {"column", "", "as the file names it, or its number from 1"},
    {"run", "1", "1, or 2 for the second file"},
    {"n", "1", "values, the first --skip left out"},
    {"mean", "as the column's", "of the values"},
    {"mean_err", "as the column's", "its standard error, from tau"},
    {"variance", "the column's squared", "of one value, by the jackknife over bins of 10 tau"},
    {"variance_err", "the column's squared", "its standard error"},
    {"tau", "rows", "integrated autocorrelation time, 1/2 for independent values: the largest of the next three"},
    {"tau_window", "rows", "by the sum up to a window of 5 tau"},
    {"tau_sequence", "rows", "by the initial positive, monotone sequence"},
    {"tau_batch", "rows", "by batch means"},
    {"n_effective", "1", "n/(2 tau): independent values worth as much"},
    {"halves_z", "1", "(mean of the second half - mean of the first)/error"},
    {"ends_z", "1", "(second half of run 2 - second half of run 1)/error"},
    {"binder", "1", "1 - <x^4>/(3 <x^2>^2)"},
    {"binder_err", "1", "its standard error"},
    {"susceptibility", "as the column's squared", "N/T times the variance"},
    {"susceptibility_err", "as the column's squared", "its standard error"},
    {"status", "", "ok, or why the row is not to be believed"},
};

/* ---- one series ---- */

/* Of blocks of so many values: the means of y^power and y^(2 power), y = (x - origin)/unit. */
static void fill_blocks(size_t n_blocks, size_t length, const double *x, double origin, double unit, int power,
                        double *blocks)
{
    for (size_t b = 0; b < n_blocks; b++) {
        double sum = 0.0, squares = 0.0;
        for (size_t k = b * length; k < (b + 1) * length; k++) {
            const double y = (x[k] - origin) / unit, z = power == 2 ? y * y : y;
            sum += z;
            squares += z * z;
        }
        blocks[2 * b] = sum / (double)length;
        blocks[2 * b + 1] = squares / (double)length;
    }
}

static double largest(size_t n, const double *x)
{
    double found = 0.0;
    for (size_t k = 0; k < n; k++) found = fmax(found, fabs(x[k]));
    return found;
}

/* The variance and the cumulant, without errors where the series is too short for bins. */
static hebb_status find_moments(const double *x, const hebb_series *series, hebb_estimate *variance,
                                hebb_estimate *binder)
{
    const size_t known = hebb_series_bin_length(series), length = known > 0 ? known : series->n;
    const size_t n_blocks = series->n / length;
    double *blocks = calloc(2 * n_blocks, sizeof *blocks);
    if (blocks == NULL) return HEBB_ENOMEM;
    fill_blocks(n_blocks, length, x, series->mean, 1.0, 1, blocks);
    hebb_status status = hebb_jackknife(n_blocks, 2, blocks, hebb_jackknife_variance, NULL, variance);
    if (known == 0) variance->value = series->variance;
    fill_blocks(n_blocks, length, x, 0.0, largest(series->n, x), 2, blocks);
    if (status == HEBB_OK) status = hebb_jackknife(n_blocks, 2, blocks, hebb_jackknife_binder, NULL, binder);
    free(blocks);
    return status;
}

/* ---- what is wrong with it ---- */

typedef struct {
    char text[240];
    size_t length;
} remarks;

__attribute__((format(printf, 2, 3))) static void remark(remarks *r, const char *format, ...)
{
    va_list arguments;
    if (r->length > 0) r->length += (size_t)snprintf(r->text + r->length, sizeof r->text - r->length, "; ");
    va_start(arguments, format);
    r->length += (size_t)hebb_c_locale_print_list(r->text + r->length, sizeof r->text - r->length, format, arguments);
    va_end(arguments);
}

/* ends_z: NaN where there is one run. */
static remarks judge(const hebb_series *series, double ends_z)
{
    remarks r = {.length = 0};
    if (isnan(series->tau))
        remark(&r, "too short: fewer than %d values tell no autocorrelation time", HEBB_SERIES_SHORTEST);
    else if (!series->is_long)
        remark(&r, "too short: fewer than %d autocorrelation times (%.3g)", HEBB_SERIES_LONG,
               (double)series->n / series->tau);
    if (fabs(series->halves_z) >= HEBB_SERIES_APART)
        remark(&r, "not settled: the halves differ by %.1f errors", fabs(series->halves_z));
    if (fabs(ends_z) >= HEBB_SERIES_APART) remark(&r, "not met: the two runs differ by %.1f errors", fabs(ends_z));
    if (series->is_constant) remark(&r, "constant");
    if (r.length == 0) remark(&r, "ok");
    return r;
}

/* ---- rows ---- */

/* N/T, or NaN. */
static double susceptibility_unit(const hebb_options *given)
{
    if (!hebb_options_is_set(given, "neurons")) return NAN;
    return (double)hebb_options_integer(given, "neurons") / hebb_options_real(given, "temperature");
}

static hebb_status add_row(const hebb_analysis_input *input, const char *name, size_t run, const double *x,
                           const hebb_series *series, double ends_z, hebb_table *table)
{
    hebb_estimate variance, binder;
    const double unit = susceptibility_unit(input->options);
    const hebb_status status = find_moments(x, series, &variance, &binder);
    if (status != HEBB_OK)
        return hebb_fail(status, "%s: no memory for the bins of column %.40s", input->files[run], name);
    const remarks r = judge(series, ends_z);
    const double cells[] = {(double)(run + 1),
                            (double)series->n,
                            series->mean,
                            series->error,
                            variance.value,
                            variance.error,
                            series->tau,
                            series->tau_window,
                            series->tau_sequence,
                            series->tau_batch,
                            series->n_effective,
                            series->halves_z,
                            ends_z,
                            binder.value,
                            binder.error,
                            unit * variance.value,
                            unit * variance.error};
    hebb_table_text(table, name);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) hebb_table_number(table, cells[k]);
    hebb_table_text(table, r.text);
    return HEBB_OK;
}

/* The rows of the j-th column: one a file. */
static hebb_status add_column(const hebb_analysis_input *input, size_t j, const hebb_series_file *files,
                              hebb_table *table)
{
    const size_t skip = (size_t)hebb_options_integer(input->options, "skip");
    hebb_series series[2];
    const double *x[2];
    for (size_t run = 0; run < input->n_files; run++) {
        x[run] = files[run].columns[j].values + skip;
        const hebb_status status = hebb_series_analyse(files[run].n_rows - skip, x[run], &series[run]);
        if (status != HEBB_OK)
            return hebb_fail(status, "%s: no memory to analyse column %.40s", input->files[run],
                             files[run].columns[j].name);
    }
    const double ends_z = input->n_files == 2 ? hebb_series_ends_z(&series[0], &series[1]) : NAN;
    for (size_t run = 0; run < input->n_files; run++) {
        const hebb_status status = add_row(input, files[run].columns[j].name, run, x[run], &series[run], ends_z, table);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

/* ---- files ---- */

static hebb_status check_options(const hebb_analysis_input *input)
{
    const bool has_two_ends = hebb_options_flag(input->options, "both-ends");
    if (input->n_files == 0) return hebb_fail(HEBB_EUSAGE, "analyse series: give a file, FILE.csv");
    if (has_two_ends && input->n_files != 2)
        return hebb_fail(HEBB_EUSAGE, "--both-ends compares two runs: give two files, not %zu", input->n_files);
    if (!has_two_ends && input->n_files != 1)
        return hebb_fail(HEBB_EUSAGE, "analyse series: give one file, not %zu; two with --both-ends", input->n_files);
    if (hebb_options_is_set(input->options, "neurons") != hebb_options_is_set(input->options, "temperature"))
        return hebb_fail(HEBB_EUSAGE, "--neurons N and --temperature T go together");
    return HEBB_OK;
}

static hebb_status check_length(const hebb_analysis_input *input, size_t run, const hebb_series_file *file)
{
    const long skip = hebb_options_integer(input->options, "skip");
    if (file->n_rows < 2)
        return hebb_fail(HEBB_EDATA, "%s: one row of values; a series has two at least", input->files[run]);
    if ((size_t)skip > file->n_rows - 2)
        return hebb_fail(HEBB_EDOM, "--skip: %ld is out of range, %s has %zu rows and two must be left", skip,
                         input->files[run], file->n_rows);
    return HEBB_OK;
}

/* Two runs have the same columns. */
static hebb_status check_alike(const hebb_analysis_input *input, const hebb_series_file *files)
{
    const hebb_series_file *one = &files[0], *two = &files[1];
    if (one->n_columns != two->n_columns)
        return hebb_fail(HEBB_EDATA, "%s: %zu columns, and %s has %zu; the two runs must have the same",
                         input->files[1], two->n_columns, input->files[0], one->n_columns);
    for (size_t j = 0; j < one->n_columns; j++) {
        if (strcmp(one->columns[j].name, two->columns[j].name) != 0)
            return hebb_fail(HEBB_EDATA, "%s: column %zu is %.40s, and %.40s in %s; the two runs must have the same",
                             input->files[1], j + 1, two->columns[j].name, one->columns[j].name, input->files[0]);
        if (one->columns[j].is_text != two->columns[j].is_text)
            return hebb_fail(HEBB_EDATA, "%s: column %.40s holds %s, and %s in %s; choose another with --column",
                             input->files[1], two->columns[j].name, two->columns[j].is_text ? "text" : "numbers",
                             one->columns[j].is_text ? "text" : "numbers", input->files[0]);
    }
    return HEBB_OK;
}

static hebb_status read_files(const hebb_analysis_input *input, hebb_series_file *files, hebb_provenance *provenance)
{
    hebb_status status = HEBB_OK;
    for (size_t run = 0; status == HEBB_OK && run < input->n_files; run++) {
        status = hebb_series_file_read(input->files[run], hebb_options_text(input->options, "column"), &files[run]);
        if (status == HEBB_OK) status = check_length(input, run, &files[run]);
        if (status == HEBB_OK)
            status = hebb_provenance_add(provenance, run == 0 ? "series" : "other_end", "%zu rows, CRC-32 %08x",
                                         files[run].n_rows, files[run].checksum);
    }
    return status == HEBB_OK && input->n_files == 2 ? check_alike(input, files) : status;
}

static void tell_left_out(const hebb_analysis_input *input, const hebb_series_file *file)
{
    char excerpt[HEBB_INPUT_EXCERPT_SIZE]; /* the name may hold what a terminal obeys */
    for (size_t j = 0; input->log != NULL && j < file->n_columns; j++)
        if (file->columns[j].is_text)
            (void)fprintf(input->log, "analyse: column %s holds text and is left out\n",
                          hebb_input_excerpt(excerpt, file->columns[j].name, strlen(file->columns[j].name)));
}

static hebb_status fill(const hebb_analysis_input *input, hebb_table *table, hebb_provenance *provenance)
{
    hebb_series_file files[2] = {{0}, {0}};
    hebb_status status = check_options(input);
    if (status == HEBB_OK) status = read_files(input, files, provenance);
    if (status == HEBB_OK) status = hebb_table_init(table, sizeof columns / sizeof *columns, columns);
    if (status == HEBB_OK) tell_left_out(input, &files[0]);
    for (size_t j = 0; status == HEBB_OK && j < files[0].n_columns; j++)
        if (files[0].columns[j].is_chosen) status = add_column(input, j, files, table);
    for (size_t run = 0; run < 2; run++) hebb_series_file_free(&files[run]);
    return status;
}

const hebb_analysis_table hebb_series_table = {.subject = "series",
                                               .files = "FILE.csv",
                                               .summary =
                                                   "a column's mean, error, autocorrelation time; is it settled?",
                                               .n_options = sizeof options / sizeof *options,
                                               .options = options,
                                               .fill = fill};
