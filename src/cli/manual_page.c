/* a verb's man page, in mdoc */
#include "manual.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "number.h"

enum { TEXT_WIDTH = 70 };
static const char BUILTIN[] = "builtin:";

static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && strncmp(text, word, length) == 0;
}

/* ---- words ---- */

/* The length of a character in UTF-8, and its code point.  A byte that begins none stands for itself. */
static int decode(const char *text, unsigned *code)
{
    const unsigned char first = (unsigned char)*text;
    const int length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    *code = length == 1 ? first : first & (0xffu >> (length + 1));
    for (int k = 1; k < length; k++) {
        if (((unsigned char)text[k] & 0xc0) != 0x80) return k;
        *code = *code << 6 | ((unsigned char)text[k] & 0x3f);
    }
    return length;
}

/* As roff reads it: nothing in it is a request, a dash stays one that can be copied. */
static void put_word(const char *text, size_t length, FILE *stream)
{
    if (length > 0 && (*text == '.' || *text == '\'')) (void)fputs("\\&", stream);
    for (const char *c = text; c < text + length;) {
        unsigned code;
        const int n = decode(c, &code);
        if (code >= 0x80)
            (void)fprintf(stream, "\\[u%04X]", code);
        else if (code == '\\')
            (void)fputs("\\e", stream);
        else if (code == '-')
            (void)fputs("\\-", stream);
        else if (code == '^')
            (void)fputs("\\(ha", stream);
        else if (code == '~')
            (void)fputs("\\(ti", stream);
        else
            (void)fputc((int)code, stream);
        c += n;
    }
}

/* A line of text, broken where it gets long and after each sentence. */
static void put_text(const char *text, FILE *stream)
{
    size_t column = 0;
    char last = '\0';
    while (*text != '\0') {
        const size_t length = strcspn(text, " ");
        const bool has_stop = column > 0 && strchr(".?!", last) != NULL,
                   ends = has_stop && isupper((unsigned char)*text);
        if (has_stop && !ends) (void)fputs("\\&", stream); /* "e.g." */
        if (column > 0 && (ends || column + 1 + length > TEXT_WIDTH)) {
            (void)fputc('\n', stream);
            column = 0;
        } else if (column > 0) {
            (void)fputc(' ', stream);
            column++;
        }
        put_word(text, length, stream);
        column += length;
        last = length > 0 ? text[length - 1] : '\0';
        text += length + (text[length] == ' ');
    }
    (void)fputc('\n', stream);
}

/* "loads p/N" becomes "Loads p/N"; "p/N" and "ln Z" stay. */
static bool begins_with_a_word(const char *text)
{
    size_t length = 0;
    while (islower((unsigned char)text[length])) length++;
    if (text[length] != '\0' && strchr(" ,;:'-.", text[length]) == NULL) return false;
    return is_word(text, length, "a") || (length > 1 && !is_word(text, length, "ln"));
}

/* A sentence with its full stop; `more` in brackets at its end. */
static void put_sentence(const char *text, const char *more, FILE *stream)
{
    char sentence[1024];
    const size_t n = strlen(text);
    const char *stop = *more == '\0' && n > 0 && strchr(".?!", text[n - 1]) != NULL ? "" : ".";
    snprintf(sentence, sizeof sentence, "%s%s%s%s%s", text, *more != '\0' ? " (" : "", more, *more != '\0' ? ")" : "",
             stop);
    if (begins_with_a_word(sentence)) *sentence = (char)toupper((unsigned char)*sentence);
    put_text(sentence, stream);
}

/* One of the alternatives of a value or an operand. */
static void put_alternative(const char *word, size_t length, FILE *stream)
{
    if (length >= 2 && strncmp(word, "--", 2) == 0) {
        (void)fputs("Fl Fl ", stream);
        put_word(word + 2, length - 2, stream);
    } else if (*word == '-') {
        (void)fputs("Fl ", stream);
        put_word(word + 1, length - 1, stream);
    } else if (strncmp(word, BUILTIN, sizeof BUILTIN - 1) == 0) {
        (void)fprintf(stream, "Cm builtin\\&: Ns Ar ");
        put_word(word + sizeof BUILTIN - 1, length - (sizeof BUILTIN - 1), stream);
    } else {
        (void)fputs(isupper((unsigned char)*word) || *word == '.' || is_word(word, length, "options") ? "Ar \\&"
                                                                                                      : "Cm \\&",
                    stream);
        put_word(word, length, stream);
    }
}

/* Each alternative in its font: "-o" a flag, "FILE" stands for something, "all" for itself. */
static void put_alternatives(const char *text, size_t length, const char *before, FILE *stream)
{
    (void)fputs(before, stream);
    for (const char *word = text, *last = text + length; word < last;) {
        size_t n = 0;
        while (word + n < last && word[n] != '|') n++;
        const bool repeats = n > 3 && strncmp(word + n - 3, "...", 3) == 0;
        if (word > text) (void)fputs(" | ", stream);
        put_alternative(word, repeats ? n - 3 : n, stream);
        if (repeats) (void)fputs(" ...", stream);
        word += n + (word + n < last);
    }
}

/* ---- synopsis ---- */

/* A usage, a line of mdoc a word; brackets hold what may be left out. */
static void put_usage(const char *usage, FILE *stream)
{
    bool is_open = false;
    (void)fputs(".Nm hebb\n", stream);
    for (const char *word = usage + strcspn(usage, " "), *next; *word != '\0'; word = next) {
        word += strspn(word, " ");
        size_t length = strcspn(word, " ");
        next = word + length;
        if (*word == '[') {
            (void)fputs(".Oo\n", stream);
            is_open = true;
            word++;
            length--;
        }
        const bool closes = is_open && word[length - 1] == ']';
        put_alternatives(word, closes ? length - 1 : length, ".", stream);
        (void)fputs(closes ? "\n.Oc\n" : "\n", stream);
        is_open = is_open && !closes;
    }
}

static void put_synopsis(const hebb_verb *verb, FILE *stream)
{
    char usage[HEBB_VERB_USAGE];
    (void)fputs(".Sh SYNOPSIS\n", stream);
    for (const hebb_verb *const *each = hebb_verbs(); *each != NULL; each++) {
        if (verb != NULL && verb != *each) continue;
        hebb_verb_usage(*each, NULL, usage);
        put_usage(usage, stream);
    }
    if (verb == NULL) put_usage("hebb --help|--version", stream);
    if (verb != NULL && verb->noun != NULL) {
        snprintf(usage, sizeof usage, "hebb %s --help", verb->name);
        put_usage(usage, stream);
    }
}

/* ---- options ---- */

/* 1e8 and 2^53, not all of their digits. */
static void format_limit(double x, char text[HEBB_NUMBER_LENGTH])
{
    int exponent;
    const double decimals = log10(x);
    hebb_number_format(x, text);
    if (!isfinite(x)) return;
    if (x >= 1e5 && decimals == floor(decimals) && pow(10.0, decimals) == x)
        snprintf(text, HEBB_NUMBER_LENGTH, "1e%d", (int)decimals);
    else if (x >= 1e5 && frexp(x, &exponent) == 0.5)
        snprintf(text, HEBB_NUMBER_LENGTH, "2^%d", exponent - 1);
}

/* "from 2 to 99; default 3": what the sentence of help leaves to the table. */
static void describe_limits(const hebb_option *option, char *text, size_t size)
{
    char low[HEBB_NUMBER_LENGTH], high[HEBB_NUMBER_LENGTH];
    const hebb_range *range = &option->range;
    const bool has_low = isfinite(range->low), has_high = isfinite(range->high);
    const bool is_number = option->kind == HEBB_OPTION_INTEGER || option->kind == HEBB_OPTION_REAL ||
                           option->kind == HEBB_OPTION_INTEGER_LIST || option->kind == HEBB_OPTION_REAL_LIST;
    size_t n = 0;
    format_limit(range->low, low);
    format_limit(range->high, high);
    *text = '\0';
    if (is_number && has_low && has_high && !range->low_is_open)
        n = (size_t)snprintf(text, size, "from %s to %s", low, high);
    else if (is_number && (has_low || has_high))
        n = (size_t)snprintf(text, size, "%s%s%s%s%s", has_low ? range->low_is_open ? "above " : "at least " : "",
                             has_low ? low : "", has_low && has_high ? ", " : "", has_high ? "at most " : "",
                             has_high ? high : "");
    if (option->default_text != NULL)
        snprintf(text + n, size - n, "%sdefault %s", n > 0 ? "; " : "", option->default_text);
}

static void put_option(const hebb_option *option, const char *more, FILE *stream)
{
    char limits[400];
    (void)fputs(".It", stream);
    if (option->letter != 0) (void)fprintf(stream, " Fl %c ,", option->letter);
    (void)fputs(" Fl Fl ", stream);
    put_word(option->name, strlen(option->name), stream);
    if (option->argument != NULL) put_alternatives(option->argument, strlen(option->argument), " ", stream);
    (void)fputc('\n', stream);
    describe_limits(option, limits, sizeof limits);
    put_sentence(option->help, limits, stream);
    (void)fputs(more, stream);
}

static void put_options(const hebb_manual_options *options, const hebb_subject *subject, hebb_manual_text *text,
                        FILE *stream)
{
    if (options->n == 0) return;
    (void)fputs(".Bl -tag -width Ds\n", stream);
    for (size_t k = 0; k < options->n; k++) {
        const char *name = options->options[k]->name;
        put_option(options->options[k],
                   subject != NULL ? hebb_manual_text_section(text, "option", subject->name, name)
                                   : hebb_manual_text_section(text, "option", name, NULL),
                   stream);
    }
    (void)fputs(".El\n", stream);
}

/* ---- what it is done with ---- */

static void put_heading(const char *noun, FILE *stream)
{
    (void)fputs(".Sh ", stream);
    for (; *noun != '\0'; noun++) (void)fputc(toupper((unsigned char)*noun), stream);
    (void)fputs("S\n", stream);
}

/* The names alone, where another page describes them. */
static void put_subject_names(const hebb_verb *verb, FILE *stream)
{
    hebb_subject subject, after;
    put_heading(verb->noun, stream);
    (void)fprintf(stream, "Those of\n.Xr hebb-%s 1 ,\nwith the options that they have there:\n", verb->page);
    for (size_t k = 0; verb->subject(k, &subject); k++) {
        (void)fputs(".Cm \\&", stream);
        put_word(subject.name, strlen(subject.name), stream);
        (void)fputs(verb->subject(k + 1, &after) ? " ,\n" : " .\n", stream);
    }
}

static void put_subjects(const hebb_verb *verb, hebb_manual_text *text, FILE *stream)
{
    hebb_subject subject;
    hebb_manual_options own;
    put_heading(verb->noun, stream);
    for (size_t k = 0; verb->subject(k, &subject); k++) {
        (void)fprintf(stream, ".Ss hebb %s %s", verb->name, subject.name);
        (void)fprintf(stream, "%s%s\n", subject.operands != NULL ? " " : "",
                      subject.operands != NULL ? subject.operands : "");
        put_sentence(subject.summary, "", stream);
        (void)fputs(hebb_manual_text_section(text, "subject", subject.name, NULL), stream);
        hebb_manual_own_options(verb, &subject, &own);
        put_options(&own, &subject, text, stream);
        (void)fputs(hebb_manual_text_section(text, "after", subject.name, NULL), stream);
    }
}

static void put_verbs(FILE *stream)
{
    (void)fputs(".Sh COMMANDS\n.Bl -tag -width \"hebb-analyse(1)\" -compact\n", stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++) {
        (void)fprintf(stream, ".It Xr hebb-%s 1\n", (*verb)->name);
        put_sentence((*verb)->summary, "", stream);
    }
    (void)fputs(".El\n", stream);
}

/* ---- how it ends ---- */

static bool has_option(const hebb_manual_options *set, const char *name)
{
    for (size_t k = 0; k < set->n; k++)
        if (strcmp(set->options[k]->name, name) == 0) return true;
    return false;
}

/* options: of the verb; NULL: every status there is */
static void put_exit_statuses(const hebb_manual_options *options, FILE *stream)
{
    static const struct {
        int status;
        const char *option, *sentence; /* only where there is the option; NULL: everywhere */
    } statuses[] = {
        {HEBB_EXIT_OK, NULL, "Done."},
        {HEBB_EXIT_DISAGREE, "strict", "A verdict is \\[u00AB]disagree\\[u00BB], with\n.Fl Fl strict\nonly."},
        {HEBB_EXIT_USAGE, NULL,
         "Usage: an unknown word or option, a missing value, text that is no number,\noptions that do not go together, "
         "a "
         "folder that holds something else."},
        {HEBB_EXIT_DATA, NULL, "Bad data, a value out of range, or more memory than there is."},
        {HEBB_EXIT_NOINPUT, NULL, "No such input file."},
        {HEBB_EXIT_INTERNAL, NULL, "Internal error."},
        {HEBB_EXIT_IO, NULL, "Input or output failed."},
        {HEBB_EXIT_STOPPED, "time-limit",
         "Stopped early; what is done is kept, and the command that standard error names goes on."},
    };
    (void)fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n", stream);
    for (size_t k = 0; k < sizeof statuses / sizeof *statuses; k++)
        if (options == NULL || statuses[k].option == NULL || has_option(options, statuses[k].option))
            (void)fprintf(stream, ".It %d\n%s\n", statuses[k].status, statuses[k].sentence);
    (void)fputs(".El\n", stream);
}

static void put_section(const char *heading, const char *section, FILE *stream)
{
    if (*section != '\0') (void)fprintf(stream, ".Sh %s\n%s", heading, section);
}

static void put_see_also(const hebb_verb *verb, hebb_manual_text *text, FILE *stream)
{
    const char *more = hebb_manual_text_section(text, "see", NULL, NULL);
    (void)fputs(".Sh SEE ALSO\n", stream);
    if (verb != NULL) (void)fprintf(stream, ".Xr hebb 1%s\n", strncmp(more, ".Xr", 3) == 0 ? " ," : "");
    (void)fputs(more, stream);
}

/* ---- the page ---- */

hebb_status hebb_manual_page(const hebb_verb *verb, hebb_manual_text *text, FILE *stream)
{
    char name[40];
    hebb_manual_options common;
    hebb_manual_common_options(verb, &common);
    snprintf(name, sizeof name, "hebb%s%s", verb != NULL ? "-" : "", verb != NULL ? verb->name : "");
    (void)fprintf(stream, "%s.Dt ", text->head);
    for (const char *c = name; *c != '\0'; c++) (void)fputc(toupper((unsigned char)*c), stream);
    (void)fprintf(stream, " 1\n.Os hebb %s\n.Sh NAME\n.Nm %s\n.Nd ", PACKAGE_VERSION, name);
    if (verb == NULL)
        (void)fputs("statistical physics of associative memories and Boltzmann machines, solved and simulated\n",
                    stream);
    else
        (void)fprintf(stream, "%s\n", verb->summary);
    put_synopsis(verb, stream);
    put_section("DESCRIPTION", hebb_manual_text_section(text, "description", NULL, NULL), stream);
    if (verb == NULL) put_verbs(stream);
    if (verb != NULL && verb->noun != NULL && verb->page == NULL) put_subjects(verb, text, stream);
    if (verb != NULL && verb->noun != NULL && verb->page != NULL) put_subject_names(verb, stream);
    (void)fputs(".Sh OPTIONS\n", stream);
    if (verb == NULL || verb->noun != NULL)
        (void)fprintf(stream, "Options of every %s.\n", verb == NULL ? "command" : verb->noun);
    put_options(&common, NULL, text, stream);
    (void)fputs(hebb_manual_text_section(text, "options", NULL, NULL), stream);
    (void)fputs(hebb_manual_text_section(text, "sections", NULL, NULL), stream);
    put_exit_statuses(verb != NULL ? &common : NULL, stream);
    put_section("EXAMPLES", hebb_manual_text_section(text, "examples", NULL, NULL), stream);
    put_see_also(verb, text, stream);
    (void)fputs(hebb_manual_text_section(text, "end", NULL, NULL), stream);
    return hebb_manual_text_all_used(text);
}
