#include "options.h"

#include <getopt.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "input.h"
#include "nearest.h"
#include "number.h"
#include "text_reader.h"

static bool is_list(const hebb_option *option)
{
    return option->kind == HEBB_OPTION_INTEGER_LIST || option->kind == HEBB_OPTION_REAL_LIST;
}

static hebb_option_value *find(const hebb_options *options, const char *name)
{
    for (size_t k = 0; k < options->n; k++)
        if (strcmp(options->values[k].option->name, name) == 0) return &options->values[k];
    return NULL;
}

static const hebb_option_value *get(const hebb_options *options, const char *name)
{
    const hebb_option_value *value = find(options, name);
    if (value == NULL) {
        (void)fprintf(stderr, "hebb: internal error: no option is called '%s'\n", name);
        abort();
    }
    return value;
}

/* ---- reading one value ---- */

static hebb_status check_range(const char *origin, const hebb_option *option, double x)
{
    const hebb_range *range = &option->range;
    char low[HEBB_NUMBER_LENGTH], high[HEBB_NUMBER_LENGTH], text[HEBB_NUMBER_LENGTH];
    const bool is_within = (range->low_is_open ? x > range->low : x >= range->low) && x <= range->high;
    if (isfinite(x) && is_within) return HEBB_OK;
    hebb_number_format(x, text);
    if (!isfinite(x)) return hebb_fail(HEBB_EDOM, "%s: %s is out of range: a finite number is needed", origin, text);
    hebb_number_format(range->low, low);
    hebb_number_format(range->high, high);
    if (isinf(range->high))
        return hebb_fail(HEBB_EDOM, "%s: %s is out of range: it must be %s %s", origin, text,
                         range->low_is_open ? "greater than" : "at least", low);
    return hebb_fail(HEBB_EDOM, "%s: %s is out of range: it must be %s %s and at most %s", origin, text,
                     range->low_is_open ? "greater than" : "at least", low, high);
}

static hebb_status check_integer(const char *origin, double x)
{
    char text[HEBB_NUMBER_LENGTH];
    if (!isfinite(x) || x == floor(x)) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "%s: %s is no whole number", origin, hebb_number_format(x, text));
}

static hebb_status parse_list(const char *origin, const hebb_option *option, const char *text, hebb_list *list)
{
    hebb_status status = hebb_list_parse(text, list);
    if (status != HEBB_OK) {
        char sentence[512];
        snprintf(sentence, sizeof sentence, "%s", hebb_diagnostic());
        return hebb_fail(status, "%s: %s", origin, sentence);
    }
    for (size_t k = 0; status == HEBB_OK && k < list->length; k++) {
        if (option->kind == HEBB_OPTION_INTEGER_LIST) status = check_integer(origin, list->values[k]);
        if (status == HEBB_OK) status = check_range(origin, option, list->values[k]);
    }
    if (status != HEBB_OK) hebb_list_free(list);
    return status;
}

static hebb_status parse_choice(const char *origin, const hebb_option *option, const char *text)
{
    for (const char *word = option->argument, *end; *word != '\0'; word = *end == '|' ? end + 1 : end) {
        end = word + strcspn(word, "|");
        if (strlen(text) == (size_t)(end - word) && strncmp(word, text, strlen(text)) == 0) return HEBB_OK;
    }
    return hebb_fail(HEBB_EUSAGE, "%s: '%s' is none of %s", origin, text, option->argument);
}

/* Beyond 2^53 a double would not tell neighbours apart, neither against the range nor in the canonical form. */
static hebb_status parse_integer(const char *origin, const hebb_option *option, const char *text, long *n)
{
    const double largest = 0x1p53;
    double x;
    if (!hebb_number_parse(text, &x)) return hebb_fail(HEBB_EUSAGE, "%s: '%s' is no number", origin, text);
    hebb_status status = check_integer(origin, x);
    if (status == HEBB_OK) status = check_range(origin, option, x);
    if (status != HEBB_OK) return status;
    if (!hebb_number_parse_integer(text, n)) *n = fabs(x) <= largest ? (long)x : LONG_MAX; /* 1e6 */
    if (*n > (long)largest || *n < -(long)largest) return hebb_fail(HEBB_EDOM, "%s: %s is too large", origin, text);
    return HEBB_OK;
}

/* What a line of a config file could not say is refused, as --print-config must. */
static hebb_status check_text(const char *origin, const char *text)
{
    if (*text == '\0') return hebb_fail(HEBB_EUSAGE, "%s: the value is empty", origin);
    for (const char *c = text; *c != '\0'; c++)
        if (hebb_c_locale_is_control(*c)) return hebb_fail(HEBB_EUSAGE, "%s: a control character in the value", origin);
    if (*text == ' ' || text[strlen(text) - 1] == ' ')
        return hebb_fail(HEBB_EUSAGE, "%s: '%s' begins or ends with a blank", origin, text);
    return HEBB_OK;
}

/* Reads text into a value that owns nothing yet. */
static hebb_status parse_value(const char *origin, const char *text, hebb_option_value *value)
{
    double x;
    switch (value->option->kind) {
    case HEBB_OPTION_FLAG:
        value->value.flag = strcmp(text, "yes") == 0;
        if (!value->value.flag && strcmp(text, "no") != 0)
            return hebb_fail(HEBB_EUSAGE, "%s: '%s' is neither yes nor no", origin, text);
        return HEBB_OK;
    case HEBB_OPTION_INTEGER:
        return parse_integer(origin, value->option, text, &value->value.integer);
    case HEBB_OPTION_REAL:
        if (!hebb_number_parse(text, &x)) return hebb_fail(HEBB_EUSAGE, "%s: '%s' is no number", origin, text);
        value->value.real = x;
        return check_range(origin, value->option, x);
    case HEBB_OPTION_INTEGER_LIST:
    case HEBB_OPTION_REAL_LIST:
        return parse_list(origin, value->option, text, &value->value.list);
    case HEBB_OPTION_CHOICE:
        return parse_choice(origin, value->option, text);
    case HEBB_OPTION_TEXT:
        return check_text(origin, text);
    }
    return hebb_fail(HEBB_EINTERNAL, "%s: unknown kind of option", origin);
}

static void free_value(hebb_option_value *value)
{
    if (value->text != NULL && is_list(value->option)) hebb_list_free(&value->value.list);
    free(value->text);
    value->text = NULL;
}

static hebb_status set_value(hebb_option_value *value, const char *origin, const char *text)
{
    hebb_option_value fresh = {.option = value->option};
    const hebb_status status = parse_value(origin, text, &fresh);
    if (status != HEBB_OK) return status;
    fresh.text = strdup(text);
    if (fresh.text == NULL) {
        if (is_list(fresh.option)) hebb_list_free(&fresh.value.list);
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for its value", origin);
    }
    free_value(value);
    *value = fresh;
    return HEBB_OK;
}

/* ---- the whole ---- */

hebb_status hebb_options_init(hebb_options *options, size_t n_tables, const hebb_option_table *tables)
{
    *options = (hebb_options){0, NULL};
    size_t n = 0;
    for (size_t t = 0; t < n_tables; t++) n += tables[t].n;
    options->values = calloc(n > 0 ? n : 1, sizeof *options->values);
    if (options->values == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for %zu options", n);
    for (size_t t = 0; t < n_tables; t++)
        for (size_t k = 0; k < tables[t].n; k++) {
            const hebb_option *option = &tables[t].options[k];
            hebb_option_value *value = &options->values[options->n];
            if (find(options, option->name) != NULL)
                return hebb_fail(HEBB_EINTERNAL, "two options are called --%s", option->name);
            value->option = option;
            options->n++;
            if (option->kind == HEBB_OPTION_FLAG && option->default_text != NULL)
                return hebb_fail(HEBB_EINTERNAL, "--%s is a flag and has a default", option->name);
            if (option->default_text == NULL) continue;
            const hebb_status status = set_value(value, option->name, option->default_text);
            if (status != HEBB_OK) return status;
        }
    return HEBB_OK;
}

void hebb_options_free(hebb_options *options)
{
    for (size_t k = 0; k < options->n; k++) free_value(&options->values[k]);
    free(options->values);
    *options = (hebb_options){0, NULL};
}

/* The valid name nearest to `name`, without the options that have any of the flags; NULL when there is none. */
static const char *nearest_name(const hebb_options *options, unsigned flags, const char *name)
{
    const char *names[256];
    size_t n = 0;
    for (size_t k = 0; k < options->n && n < 256; k++)
        if (!(options->values[k].option->flags & flags)) names[n++] = options->values[k].option->name;
    return hebb_nearest(name, n, names);
}

static hebb_status fail_unknown(const hebb_options *options, const char *origin, const char *dashes, const char *name)
{
    const char *nearest = nearest_name(options, *dashes == '\0' ? HEBB_OPTION_ACTION : 0, name);
    if (nearest == NULL) return hebb_fail(HEBB_EUSAGE, "%sunknown option %s%s", origin, dashes, name);
    return hebb_fail(HEBB_EUSAGE, "%sunknown option %s%s; did you mean %s%s?", origin, dashes, name, dashes, nearest);
}

hebb_status hebb_options_set(hebb_options *options, const char *origin, const char *name, const char *text)
{
    hebb_option_value *value = find(options, name);
    if (value == NULL) {
        const char *nearest = nearest_name(options, 0, name);
        return hebb_fail(HEBB_EUSAGE, "%s: there is no such option%s%s%s", origin, nearest ? "; did you mean " : "",
                         nearest ? nearest : "", nearest ? "?" : "");
    }
    const hebb_status status = set_value(value, origin, text);
    if (status == HEBB_OK) value->given = true;
    return status;
}

/* ---- the command line ---- */

/* getopt's two views of the table; val is the index + 256, out of the letters' way. */
static void describe_to_getopt(const hebb_options *options, struct option *longs, char *letters)
{
    *letters++ = ':'; /* a missing value is ours to report */
    for (size_t k = 0; k < options->n; k++) {
        const hebb_option *option = options->values[k].option;
        const int has_argument = option->kind == HEBB_OPTION_FLAG ? no_argument : required_argument;
        longs[k] = (struct option){option->name, has_argument, NULL, 256 + (int)k};
        if (option->letter == 0) continue;
        *letters++ = option->letter;
        if (has_argument == required_argument) *letters++ = ':';
    }
    longs[options->n] = (struct option){NULL, 0, NULL, 0};
    *letters = '\0';
}

static size_t index_of_letter(const hebb_options *options, int letter)
{
    size_t k = 0;
    while (k < options->n && options->values[k].option->letter != letter) k++;
    return k;
}

/* Whether the argument that getopt_long matched spells the name out: it takes abbreviations, we do not. */
static bool is_spelt_out(const char *argument, const char *name)
{
    const size_t length = strcspn(argument + 2, "=");
    return strlen(name) == length && strncmp(argument + 2, name, length) == 0;
}

static hebb_status set_from_argument(hebb_options *options, size_t k, const char *argument)
{
    hebb_option_value *value = &options->values[k];
    char origin[80];
    snprintf(origin, sizeof origin, "--%s", value->option->name);
    const bool is_flag = value->option->kind == HEBB_OPTION_FLAG;
    const hebb_status status = set_value(value, origin, is_flag ? "yes" : argument);
    if (status == HEBB_OK) value->given = true;
    return status;
}

static hebb_status fail_argument(const hebb_options *options, int result, const char *argument)
{
    char name[80] = {(char)optopt, '\0'};
    if (optopt >= 256) snprintf(name, sizeof name, "%s", options->values[optopt - 256].option->name);
    const char *dashes = optopt >= 256 || optopt == 0 ? "--" : "-";
    if (result == ':') return hebb_fail(HEBB_EUSAGE, "%s%s: a value is missing", dashes, name);
    if (optopt >= 256) return hebb_fail(HEBB_EUSAGE, "--%s takes no value", name);
    if (optopt == 0) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(argument + 2, "="), argument + 2);
        return fail_unknown(options, "", "--", name);
    }
    return hebb_fail(HEBB_EUSAGE, "unknown option -%s", name);
}

hebb_status hebb_options_parse(hebb_options *options, int argc, char **argv, int *n_operands)
{
    struct option *longs = calloc(options->n + 1, sizeof *longs);
    char *letters = calloc(2 * options->n + 2, 1);
    hebb_status status = HEBB_OK;
    if (longs == NULL || letters == NULL) {
        status = hebb_fail(HEBB_ENOMEM, "no memory for the command line");
        goto out;
    }
    describe_to_getopt(options, longs, letters);
    opterr = 0;
    optind = 0; /* GNU: start afresh */
    for (int result; status == HEBB_OK && (result = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        const char *argument = argv[optind - 1 - (optarg != NULL && optarg == argv[optind - 1] ? 1 : 0)];
        if (result == '?' || result == ':') {
            status = fail_argument(options, result, argument);
        } else if (result < 256) {
            status = set_from_argument(options, index_of_letter(options, result), optarg);
        } else if (!is_spelt_out(argument, longs[result - 256].name)) {
            char name[80];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(argument + 2, "="), argument + 2);
            status = fail_unknown(options, "", "--", name);
        } else {
            status = set_from_argument(options, (size_t)(result - 256), optarg);
        }
    }
    *n_operands = argc - optind;
out:
    free(letters);
    free(longs);
    return status;
}

/* ---- config files ---- */

static char *trim(char *text)
{
    while (hebb_c_locale_is_space(*text)) text++;
    for (size_t n = strlen(text); n > 0 && hebb_c_locale_is_space(text[n - 1]); n--) text[n - 1] = '\0';
    return text;
}

static hebb_status read_config_line(void *context, const char *path, long number, char *line)
{
    hebb_options *options = context;
    char origin[1024];
    char *name = trim(line);
    if (*name == '\0' || *name == '#') return HEBB_OK;
    char *equals = strchr(name, '=');
    if (equals == NULL)
        return hebb_fail(HEBB_EUSAGE, "%s:%ld: '%s' is no line of the form name = value", path, number, name);
    *equals = '\0';
    name = trim(name);
    hebb_option_value *value = find(options, name);
    if (value != NULL && (value->option->flags & HEBB_OPTION_ACTION))
        return hebb_fail(HEBB_EUSAGE, "%s:%ld: %s belongs on the command line", path, number, name);
    if (value == NULL) {
        snprintf(origin, sizeof origin, "%s:%ld: ", path, number);
        return fail_unknown(options, origin, "", name);
    }
    if (value->given) return HEBB_OK;
    snprintf(origin, sizeof origin, "%s:%ld: %s", path, number, name);
    return set_value(value, origin, trim(equals + 1));
}

hebb_status hebb_options_read_config(hebb_options *options, const char *path)
{
    return hebb_text_read(path, read_config_line, options);
}

/* ---- values ---- */

bool hebb_options_is_set(const hebb_options *options, const char *name)
{
    return get(options, name)->text != NULL;
}

bool hebb_options_is_given(const hebb_options *options, const char *name)
{
    return get(options, name)->given;
}

bool hebb_options_flag(const hebb_options *options, const char *name)
{
    return get(options, name)->value.flag;
}

long hebb_options_integer(const hebb_options *options, const char *name)
{
    return get(options, name)->value.integer;
}

double hebb_options_real(const hebb_options *options, const char *name)
{
    return get(options, name)->value.real;
}

const hebb_list *hebb_options_list(const hebb_options *options, const char *name)
{
    return &get(options, name)->value.list;
}

const char *hebb_options_text(const hebb_options *options, const char *name)
{
    return get(options, name)->text;
}

hebb_status hebb_options_require(const hebb_options *options, const char *name)
{
    if (hebb_options_is_set(options, name)) return HEBB_OK;
    return hebb_fail(HEBB_EUSAGE, "--%s %s is needed", name, get(options, name)->option->argument);
}
