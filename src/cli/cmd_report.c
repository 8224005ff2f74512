/* hebb report DIR... -o FILE.html: results as one page; hebb report --gallery RESULTS: the figures as one */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "atomic_file.h"
#include "report.h"
#include "verb.h"

static const hebb_option report_options[] = {
    {"gallery", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION,
     "the page of all figures, from the folder that has one for each of them"},
};
static const hebb_option_table report_table = {sizeof report_options / sizeof *report_options, report_options};

static hebb_status write_page(FILE *stream, bool is_gallery, size_t n, char *const *folders, const char *output)
{
    return is_gallery ? hebb_report_gallery_write(stream, folders[0], output)
                      : hebb_report_write(stream, n, folders, output);
}

static bool is_page(const char *path)
{
    const char *ending = strrchr(path, '.');
    return ending != NULL && (strcmp(ending, ".html") == 0 || strcmp(ending, ".htm") == 0);
}

/* A slip must not cost results: what a page replaces is a page, or no file. */
static hebb_status check_output(const char *path)
{
    struct stat info;
    if (is_page(path)) return HEBB_OK;
    if (stat(path, &info) != 0)
        return errno == EIO ? hebb_fail(HEBB_EIO, "%s: %s", path, strerror(errno)) : HEBB_OK; /* to be made */
    if (!S_ISREG(info.st_mode)) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "--output: %s is there already, and is no .html: remove it, or choose another name",
                     path);
}

/* To standard output goes a page that is whole, or none. */
static int print_page(bool is_gallery, size_t n, char *const *folders)
{
    char *page = NULL;
    size_t n_bytes = 0;
    FILE *stream = open_memstream(&page, &n_bytes);
    if (stream == NULL) return hebb_command_fail(hebb_fail(HEBB_ENOMEM, "report: no memory for the page"));
    hebb_status status = write_page(stream, is_gallery, n, folders, NULL);
    const bool failed = ferror(stream) != 0;
    if ((fclose(stream) != 0 || failed) && status == HEBB_OK)
        status = hebb_fail(HEBB_ENOMEM, "report: no memory for the page");
    if (status == HEBB_OK) (void)fwrite(page, 1, n_bytes, stdout);
    const int exit_status = status == HEBB_OK ? hebb_command_close_output() : hebb_command_fail(status);
    free(page);
    return exit_status;
}

static int run(hebb_options *options, int n_operands, char **operands, const void *subject)
{
    (void)subject;
    const bool is_gallery = hebb_options_flag(options, "gallery");
    const char *output = hebb_options_text(options, "output");
    const size_t n = (size_t)n_operands;
    hebb_status status = HEBB_OK;
    if (n == 0 || (is_gallery && n > 1))
        status = hebb_fail(HEBB_EUSAGE, is_gallery ? "report: --gallery takes one folder, that of all figures"
                                                   : "report: give the folders of results");
    if (status == HEBB_OK && (output == NULL || strcmp(output, "-") == 0)) return print_page(is_gallery, n, operands);
    hebb_atomic_file file = {0};
    if (status == HEBB_OK) status = check_output(output);
    if (status == HEBB_OK) status = hebb_atomic_file_open(&file, output);
    if (status != HEBB_OK) return hebb_command_fail(status);
    status = write_page(file.stream, is_gallery, n, operands, output);
    if (status == HEBB_OK)
        status = hebb_atomic_file_commit(&file);
    else
        hebb_atomic_file_discard(&file);
    return status == HEBB_OK ? HEBB_EXIT_OK : hebb_command_fail(status);
}

static size_t tables_of(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES])
{
    (void)entry;
    size_t n = 0;
    tables[n++] = report_table;
    tables[n++] = hebb_output_options;
    tables[n++] = hebb_no_seed_options;
    tables[n++] = hebb_common_options;
    return n;
}

extern const hebb_verb hebb_verb_report;
const hebb_verb hebb_verb_report = {.name = "report",
                                    .summary = "results as one page of HTML: verdicts, figures, and how they were made",
                                    .operands = "DIR...",
                                    .tables = tables_of,
                                    .run = run};
