/* options as text: help, config, canonical form */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "number.h"

enum { HELP_COLUMN = 30, HELP_WIDTH = 100 };

/* Breaks the sentence at spaces so that lines from HELP_COLUMN on stay within HELP_WIDTH. */
static void print_wrapped(const char *sentence, FILE *stream)
{
    size_t column = HELP_COLUMN;
    while (*sentence != '\0') {
        const size_t word = strcspn(sentence, " ");
        if (column > HELP_COLUMN && column + 1 + word > HELP_WIDTH) {
            (void)fprintf(stream, "\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        } else if (column > HELP_COLUMN) {
            (void)fputc(' ', stream);
            column++;
        }
        (void)fprintf(stream, "%.*s", (int)word, sentence);
        column += word;
        sentence += word + (sentence[word] == ' ');
    }
}

void hebb_options_print_help(const hebb_options *options, FILE *stream)
{
    for (size_t k = 0; k < options->n; k++) {
        const hebb_option *option = options->values[k].option;
        char head[160], sentence[1024];
        const char letter[] = {'-', option->letter, ',', ' ', '\0'};
        snprintf(head, sizeof head, "  %s--%s%s%s", option->letter ? letter : "", option->name,
                 option->argument ? " " : "", option->argument ? option->argument : "");
        snprintf(sentence, sizeof sentence, "%s%s%s%s", option->help, option->default_text ? " (default " : "",
                 option->default_text ? option->default_text : "", option->default_text ? ")" : "");
        (void)fprintf(stream, "%-*s", HELP_COLUMN, head);
        if (strlen(head) >= HELP_COLUMN) (void)fprintf(stream, "\n%*s", HELP_COLUMN, "");
        print_wrapped(sentence, stream);
        (void)fputc('\n', stream);
    }
}

void hebb_options_print_config(const hebb_options *options, FILE *stream)
{
    for (size_t k = 0; k < options->n; k++) {
        const hebb_option_value *value = &options->values[k];
        if (value->option->flags & HEBB_OPTION_ACTION) continue;
        (void)fprintf(stream, "# %s\n", value->option->help);
        if (value->text != NULL)
            (void)fprintf(stream, "%s = %s\n", value->option->name, value->text);
        else
            (void)fprintf(stream, "# %s = %s\n", value->option->name,
                          value->option->argument ? value->option->argument : "yes");
    }
}

/*
 * A LIST, a number or a word; every number in its shortest form.  Ranges are exact decimals: those that a double may
 * not tell apart, as they can have more than 15 digits, stay as they are.
 */
static void print_shortest(const char *text, FILE *stream)
{
    enum { ALWAYS_EXACT = 15 };
    bool in_range = false;
    while (*text != '\0') {
        char part[128], number[HEBB_NUMBER_LENGTH];
        double x;
        const size_t length = strcspn(text, ",:");
        in_range = in_range || text[length] == ':';
        const bool is_kept = length >= sizeof part || (in_range && length > ALWAYS_EXACT);
        snprintf(part, sizeof part, "%.*s", (int)length, text);
        if (!is_kept && hebb_number_parse(part, &x))
            (void)fputs(hebb_number_format(x, number), stream);
        else
            (void)fprintf(stream, "%.*s", (int)length, text);
        text += length;
        if (*text == ',') in_range = false;
        if (*text != '\0') (void)fputc(*text++, stream);
    }
}

hebb_status hebb_options_canonical(const hebb_options *options, char **text)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    if (stream == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the canonical command");
    const char *space = "";
    for (size_t k = 0; k < options->n; k++) {
        const hebb_option_value *value = &options->values[k];
        if (!(value->option->flags & HEBB_OPTION_RESULT) || value->text == NULL) continue;
        if (value->option->kind == HEBB_OPTION_FLAG) {
            if (value->value.flag)
                (void)fprintf(stream, "%s--%s", space, value->option->name);
            else
                continue;
        } else {
            (void)fprintf(stream, "%s--%s ", space, value->option->name);
            if (value->option->kind == HEBB_OPTION_TEXT)
                (void)fputs(value->text, stream);
            else
                print_shortest(value->text, stream);
        }
        space = " ";
    }
    const bool failed = ferror(stream) != 0;
    if (fclose(stream) != 0 || failed) {
        free(*text);
        *text = NULL;
        return hebb_fail(HEBB_ENOMEM, "no memory for the canonical command");
    }
    return HEBB_OK;
}
