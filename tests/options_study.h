/*
 * options_study - a table with every kind of option, and command lines for it
 *
 * options_set_up and options_tear_down are a checked fixture: fresh options and a folder of their own.
 */
#ifndef HEBB_TESTS_OPTIONS_STUDY_H
#define HEBB_TESTS_OPTIONS_STUDY_H

#include <stdarg.h>

#include "options.h"
#include "scratch.h"

static const hebb_option common[] = {
    {"quiet", 'q', HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, 0, "no messages"},
    {"threads", 0, HEBB_OPTION_INTEGER, "N", NULL, HEBB_FROM_TO(1.0, 4096.0), 0, "threads"},
    {"out", 'o', HEBB_OPTION_TEXT, "DIR", NULL, HEBB_ANY, 0, "folder for the results"},
    {"help", 'h', HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION, "print this and stop"},
};
static const hebb_option study[] = {
    {"alpha", 'a', HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT, "load p/N"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "100,200", HEBB_AT_LEAST(1.0), HEBB_OPTION_RESULT, "sizes"},
    {"sweeps", 's', HEBB_OPTION_INTEGER, "N", "10", HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "sweeps at most"},
    {"field", 0, HEBB_OPTION_REAL, "X", "0.5", HEBB_FROM_TO(-1.0, 1.0), HEBB_OPTION_RESULT, "external field"},
    {"state", 0, HEBB_OPTION_CHOICE, "retrieval|glass", "retrieval", HEBB_ANY, HEBB_OPTION_RESULT, "which solution"},
    {"self-coupling", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT, "keep J_ii"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT, "seed"},
};
static const hebb_option_table tables[] = {{sizeof common / sizeof *common, common},
                                           {sizeof study / sizeof *study, study}};

static hebb_options options;

static inline void make(hebb_options *fresh)
{
    ck_assert_int_eq(hebb_options_init(fresh, 2, tables), HEBB_OK);
}

static inline void options_set_up(void)
{
    scratch_make();
    make(&options);
}

static inline void options_tear_down(void)
{
    hebb_options_free(&options);
    scratch_remove();
}

/* The words of the line are argv[1], argv[2], ...; operands are copied there, each with a blank after it. */
static inline hebb_status parse_for_operands(hebb_options *into, const char *line, char operands[100])
{
    char copy[500], program[] = "hebb";
    char *argv[40] = {program};
    int argc = 1, n_operands;
    ck_assert_uint_lt(strlen(line), sizeof copy);
    strcpy(copy, line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) argv[argc++] = word;
    const hebb_status status = hebb_options_parse(into, argc, argv, &n_operands);
    operands[0] = '\0';
    if (status != HEBB_OK) return status;
    for (int k = argc - n_operands; k < argc; k++) strcat(strcat(operands, argv[k]), " ");
    return HEBB_OK;
}

static inline hebb_status parse_into(hebb_options *into, const char *line)
{
    char operands[100];
    return parse_for_operands(into, line, operands);
}

static inline void parse(const char *line)
{
    const hebb_status status = parse_into(&options, line);
    ck_assert_msg(status == HEBB_OK, "%s: %s", line, hebb_diagnostic());
}

static inline const char *write_config(const char *text)
{
    return scratch_write("run.conf", text, strlen(text));
}

static inline void assert_list_of(const hebb_options *from, const char *name, size_t length, ...)
{
    const hebb_list *list = hebb_options_list(from, name);
    ck_assert_uint_eq(list->length, length);
    va_list want;
    va_start(want, length);
    for (size_t k = 0; k < length; k++) ck_assert(list->values[k] == va_arg(want, double));
    va_end(want);
}

#endif
