/* completion for fish */
#include "manual.h"

#include <string.h>

static const char HEAD[] =
    "# fish completion for hebb; hebb-manual wrote it from the tables of options\n\n"
    "function __hebb_needs_verb\n"
    "    set -l words (commandline -opc)\n"
    "    test (count $words) -eq 1\n"
    "end\n\n"
    "function __hebb_needs_subject --argument-names verb\n"
    "    set -l words (commandline -opc)\n"
    "    test (count $words) -eq 2; and test \"$words[2]\" = $verb\n"
    "end\n\n"
    "# Whether these words, a verb and perhaps a subject, stand before the cursor.\n"
    "function __hebb_has --argument-names verb subject\n"
    "    set -l words (commandline -opc)\n"
    "    test (count $words) -gt (count $argv); and test \"$words[2]\" = $verb\n"
    "    and begin\n"
    "        test -z \"$subject\"; or test \"$words[3]\" = $subject\n"
    "    end\n"
    "end\n\n"
    "# Whether a word behind the verb stands before the cursor, whichever it is.\n"
    "function __hebb_has_subject --argument-names verb\n"
    "    set -l words (commandline -opc)\n"
    "    test (count $words) -gt 2; and test \"$words[2]\" = $verb\n"
    "end\n\n"
    "function __hebb_figures\n"
    "    set -l words (commandline -opc)\n"
    "    command -q -- $words[1]; or return\n"
    "    command $words[1] figure --list 2>/dev/null | string replace -r '^(\\S+)\\s+' '$1\\t'\n"
    "end\n\n"
    "complete -c hebb -f\n"
    "complete -c hebb -n __hebb_needs_verb -s h -l help -d 'list the commands'\n"
    "complete -c hebb -n __hebb_needs_verb -l version -d 'print the version, and the kernel in use'\n";

/* In single quotes, where a backslash and a quote need one before them. */
static void put_quoted(const char *text, int length, FILE *stream)
{
    (void)fputc('\'', stream);
    for (const char *c = text; c < text + length; c++) {
        if (*c == '\'' || *c == '\\') (void)fputc('\\', stream);
        (void)fputc(*c, stream);
    }
    (void)fputc('\'', stream);
}

/* " -n CONDITION": where a line holds; subject "*": behind any. */
static void put_line(const char *verb, const char *subject, FILE *stream)
{
    const char *condition = subject != NULL && strcmp(subject, "*") == 0 ? "__hebb_has_subject" : "__hebb_has";
    const bool is_one = subject != NULL && strcmp(subject, "*") != 0;
    (void)fprintf(stream, "complete -c hebb -n '%s %s%s%s'", condition, verb, is_one ? " " : "", is_one ? subject : "");
}

/* All that is proposed as one argument of -a, which fish reads as words and commands: words are in quotes themselves. */
static void put_values(const hebb_manual_values *values, FILE *stream)
{
    const char *before = " -a \"", *builtin;
    for (size_t k = 0; k < values->n; k++, before = " ") {
        (void)fputs(before, stream);
        put_quoted(values->words[k].text, values->words[k].length, stream);
    }
    for (size_t k = 0; values->is_builtin && (builtin = hebb_manual_builtin(k)) != NULL; k++, before = " ")
        (void)fprintf(stream, "%s'builtin:%s'", before, builtin);
    if (values->is_figure) {
        (void)fprintf(stream, "%s(__hebb_figures)", before);
        before = " ";
    }
    if (values->is_folder && !values->is_file) {
        (void)fprintf(stream, "%s(__fish_complete_directories)", before);
        before = " ";
    }
    if (before[1] == '\0') (void)fputc('"', stream); /* there was one at least */
    if (values->is_file) (void)fputs(" -F", stream);
}

static void put_options(const char *verb, const char *subject, const hebb_manual_options *options, FILE *stream)
{
    hebb_manual_values values;
    for (size_t k = 0; k < options->n; k++) {
        const hebb_option *option = options->options[k];
        put_line(verb, subject, stream);
        if (option->letter != 0) (void)fprintf(stream, " -s %c", option->letter);
        (void)fprintf(stream, " -l %s", option->name);
        hebb_manual_option_values(option, &values);
        if (option->kind != HEBB_OPTION_FLAG) (void)fputs(values.is_file ? " -r" : " -x", stream);
        put_values(&values, stream);
        (void)fputs(" -d ", stream);
        put_quoted(option->help, (int)strlen(option->help), stream);
        (void)fputc('\n', stream);
    }
}

static void put_operands(const char *verb, const char *subject, const char *operands, FILE *stream)
{
    hebb_manual_values values;
    hebb_manual_operand_values(operands, &values);
    if (!values.is_file && !values.is_folder && !values.is_figure && values.n == 0) return;
    put_line(verb, subject, stream);
    put_values(&values, stream);
    (void)fputc('\n', stream);
}

static void put_subject(const hebb_verb *verb, const hebb_subject *subject, FILE *stream)
{
    hebb_manual_options options;
    (void)fprintf(stream, "complete -c hebb -n '__hebb_needs_subject %s' -a ", verb->name);
    put_quoted(subject->name, (int)strlen(subject->name), stream);
    (void)fputs(" -d ", stream);
    put_quoted(subject->summary, (int)strlen(subject->summary), stream);
    (void)fputc('\n', stream);
    hebb_manual_own_options(verb, subject, &options);
    put_options(verb->name, subject->name, &options, stream);
    put_operands(verb->name, subject->name, subject->operands != NULL ? subject->operands : verb->operands, stream);
}

static void put_verb(const hebb_verb *verb, FILE *stream)
{
    hebb_subject subject;
    hebb_manual_options options;
    (void)fprintf(stream, "\ncomplete -c hebb -n __hebb_needs_verb -a %s -d ", verb->name);
    put_quoted(verb->summary, (int)strlen(verb->summary), stream);
    (void)fputc('\n', stream);
    hebb_manual_common_options(verb, &options);
    put_options(verb->name, verb->noun != NULL ? "*" : NULL, &options, stream);
    if (verb->noun == NULL) put_operands(verb->name, NULL, verb->operands, stream);
    for (size_t k = 0; verb->noun != NULL && verb->subject(k, &subject); k++) put_subject(verb, &subject, stream);
    if (verb->noun == NULL) return;
    (void)fprintf(stream, "complete -c hebb -n '__hebb_needs_subject %s' -s h -l help -d 'list them'\n", verb->name);
    if (verb->instead != NULL)
        (void)fprintf(stream, "complete -c hebb -n '__hebb_needs_subject %s' -a '(__fish_complete_directories)'\n",
                      verb->name);
}

void hebb_manual_fish(FILE *stream)
{
    (void)fputs(HEAD, stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++) put_verb(*verb, stream);
}
