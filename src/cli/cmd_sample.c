/* hebb sample DIR --count N -o FILE: visible states of a trained machine */
#include <string.h>

#include "parallel.h"
#include "training_sample.h"
#include "verb.h"

static bool ends_in(const char *path, const char *ending)
{
    const size_t n = strlen(path), k = strlen(ending);
    return n > k && strcmp(path + n - k, ending) == 0;
}

static int print_table(hebb_training_sample *sample, const hebb_options *options)
{
    hebb_table table = {0};
    hebb_provenance provenance = {0};
    hebb_status status = hebb_training_sample_provenance(sample, options, &provenance);
    if (status == HEBB_OK) status = hebb_training_sample_table(sample, &table);
    const int exit_status = hebb_command_print_table(status, &table, &provenance, options);
    hebb_provenance_free(&provenance);
    hebb_table_free(&table);
    return exit_status;
}

/* What is to be written is known before anything is drawn. */
static hebb_status check_output(const hebb_options *options)
{
    const char *path = hebb_options_text(options, "output");
    const bool is_pgm = path != NULL && ends_in(path, ".pgm");
    if (path != NULL && strcmp(path, "-") != 0 && !ends_in(path, ".csv") && !ends_in(path, ".npy") && !is_pgm)
        return hebb_fail(HEBB_EUSAGE, "--output: %s ends in none of .csv, .npy, .pgm; pictures are written as .pgm",
                         path);
    if (hebb_options_is_set(options, "shape") && !is_pgm)
        return hebb_fail(HEBB_EUSAGE, "--shape is for a .pgm; give -o FILE.pgm or leave it out");
    return HEBB_OK;
}

static int write_samples(hebb_training_sample *sample, const hebb_options *options)
{
    const char *path = hebb_options_text(options, "output");
    hebb_status status;
    if (path != NULL && ends_in(path, ".npy"))
        status = hebb_training_sample_write_npy(sample, path);
    else if (path != NULL && ends_in(path, ".pgm"))
        status = hebb_training_sample_write_pgm(sample, hebb_options_text(options, "shape"), path);
    else
        return print_table(sample, options);
    return status == HEBB_OK ? HEBB_EXIT_OK : hebb_command_fail(status);
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    hebb_training_sample sample = {0};
    hebb_status status = n_operands == 1 ? HEBB_OK : hebb_fail(HEBB_EUSAGE, "sample: give the folder of one training");
    if (status == HEBB_OK) status = hebb_options_require(options, "count");
    if (status == HEBB_OK) status = check_output(options);
    if (status != HEBB_OK) return hebb_command_fail(status);
    hebb_training_sample_setting setting = hebb_training_sample_read(options, operands[0]);
    setting.n_threads = hebb_options_is_set(options, "threads") ? (int)hebb_options_integer(options, "threads")
                                                                : hebb_parallel_processors();
    const char *path = hebb_options_text(options, "output");
    setting.is_picture = path != NULL && ends_in(path, ".pgm");
    setting.shape = hebb_options_text(options, "shape");
    status = hebb_training_sample_draw(&sample, &setting);
    if (*sample.note != '\0' && !hebb_options_flag(options, "quiet"))
        (void)fprintf(stderr, "sample: %s\n", sample.note);
    const int exit_status = status == HEBB_OK ? write_samples(&sample, options) : hebb_command_fail(status);
    hebb_training_sample_free(&sample);
    return exit_status;
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    (void)entry;
    size_t n = 0;
    tables[n++] = hebb_training_sample_options;
    tables[n++] = hebb_output_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_sample;
const hebb_verb hebb_verb_sample = {.name = "sample",
                                    .summary = "visible states of a trained machine",
                                    .operands = "DIR --count N [-o FILE.csv|.npy|.pgm]",
                                    .tables = tables_of,
                                    .run = run};
