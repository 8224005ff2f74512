/*
 * options - one table from which the parser, --help, config files and --print-config come
 *
 * A program lists its options as arrays of hebb_option; hebb_options holds one value for each.  Values are set from
 * the defaults, then a config file, then the command line; the last one wins.
 *
 *   a config file is lines of `name = value`; '#' starts a comment line; a flag's value is yes or no
 */
#ifndef HEBB_CORE_OPTIONS_H
#define HEBB_CORE_OPTIONS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "list.h"
#include "status.h"

typedef enum {
    HEBB_OPTION_FLAG,
    HEBB_OPTION_INTEGER,
    HEBB_OPTION_REAL,
    HEBB_OPTION_INTEGER_LIST,
    HEBB_OPTION_REAL_LIST,
    HEBB_OPTION_CHOICE, /* one of the words of `argument`, which separates them by '|' */
    HEBB_OPTION_TEXT
} hebb_option_kind;

typedef enum {
    HEBB_OPTION_RESULT = 1, /* can change a result: it is in the canonical command */
    HEBB_OPTION_ACTION = 2  /* belongs to one call (--help): not in config files */
} hebb_option_flags;

/* Where a number may lie; NaN and the infinities are refused in any case. */
typedef struct {
    double low, high;
    bool low_is_open;
} hebb_range;

#define HEBB_ANY                                                                                                       \
    {                                                                                                                  \
        -INFINITY, INFINITY, false                                                                                     \
    }
#define HEBB_ABOVE(x)                                                                                                  \
    {                                                                                                                  \
        (x), INFINITY, true                                                                                            \
    }
#define HEBB_AT_LEAST(x)                                                                                               \
    {                                                                                                                  \
        (x), INFINITY, false                                                                                           \
    }
#define HEBB_FROM_TO(x, y)                                                                                             \
    {                                                                                                                  \
        (x), (y), false                                                                                                \
    }

typedef struct {
    const char *name; /* long name, without dashes; also the config key */
    char letter;      /* short name, or 0 */
    hebb_option_kind kind;
    const char *argument;     /* what --help calls the value */
    const char *default_text; /* parsed like a user's text; NULL: not set */
    hebb_range range;         /* of numbers, and of each number in a list */
    unsigned flags;           /* hebb_option_flags */
    const char *help;
} hebb_option;

/* The value of one option; read it through the functions below. */
typedef struct {
    const hebb_option *option;
    char *text; /* as last set, NULL when not set */
    bool given; /* on the command line or by hebb_options_set, not by a default or a config file */
    union {
        bool flag;
        long integer;
        double real;
        hebb_list list;
    } value;
} hebb_option_value;

typedef struct {
    size_t n;
    hebb_option_value *values; /* in the tables' order */
} hebb_options;

typedef struct {
    size_t n;
    const hebb_option *options;
} hebb_option_table;

/* Sets all defaults.  HEBB_ENOMEM, or HEBB_EINTERNAL for a table at odds with itself. */
HEBB_CHECK_RESULT hebb_status hebb_options_init(hebb_options *options, size_t n_tables,
                                                const hebb_option_table *tables);

/* Safe on zeroed options and twice. */
void hebb_options_free(hebb_options *options);

/*
 * Sets one option.
 *
 * origin  in   who says so, the beginning of the sentence on failure: "--alpha" or "run.conf:3: alpha"
 *
 * Returns HEBB_OK; HEBB_EUSAGE (unknown name: the nearest is named; text that is no number or no such choice),
 * HEBB_EDOM (out of range), HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_options_set(hebb_options *options, const char *origin, const char *name,
                                               const char *text);

/*
 * Reads argv[1..argc), which getopt may reorder so that what is no option comes last.
 *
 * n_operands  out  how many there are of those: argv[argc - n_operands .. argc)
 *
 * Long names may not be abbreviated: a script must not break when an option is added.
 */
HEBB_CHECK_RESULT hebb_status hebb_options_parse(hebb_options *options, int argc, char **argv, int *n_operands);

/*
 * Reads a config file.  What has been given already stays: the command line goes first.
 *
 * Returns as hebb_text_read and hebb_options_set; the sentence names file and line.
 */
HEBB_CHECK_RESULT hebb_status hebb_options_read_config(hebb_options *options, const char *path);

/* Values.  A name that is in no table, or one of another kind, is a defect of the program and aborts. */
bool hebb_options_is_set(const hebb_options *options, const char *name);
bool hebb_options_is_given(const hebb_options *options, const char *name);
bool hebb_options_flag(const hebb_options *options, const char *name);
long hebb_options_integer(const hebb_options *options, const char *name);
double hebb_options_real(const hebb_options *options, const char *name);
const hebb_list *hebb_options_list(const hebb_options *options, const char *name); /* not NULL; length 0: not set */
const char *hebb_options_text(const hebb_options *options, const char *name);      /* texts and choices; may be NULL */

/* HEBB_EUSAGE, with a sentence, unless the option has a value. */
HEBB_CHECK_RESULT hebb_status hebb_options_require(const hebb_options *options, const char *name);

/* One paragraph an option, as --help prints them. */
void hebb_options_print_help(const hebb_options *options, FILE *stream);

/* A config file of the present values, which reads back to the same. */
void hebb_options_print_config(const hebb_options *options, FILE *stream);

/*
 * The options that can change a result, in the tables' order, numbers in their shortest form: equal studies give
 * equal texts.  The caller frees *text.
 */
HEBB_CHECK_RESULT hebb_status hebb_options_canonical(const hebb_options *options, char **text);

#endif
