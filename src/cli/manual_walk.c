/* the tables, as pages and completions look at them */
#include "manual.h"

#include <ctype.h>
#include <string.h>

#include "problem.h"
#include "problem_file.h"

void hebb_manual_all_options(const hebb_verb *verb, const void *entry, hebb_manual_options *found)
{
    hebb_option_table tables[HEBB_VERB_MAX_TABLES];
    const size_t n = verb->tables(entry, tables);
    found->n = 0;
    for (size_t t = 0; t < n; t++)
        for (size_t k = 0; k < tables[t].n && found->n < HEBB_MANUAL_MAX_OPTIONS; k++)
            found->options[found->n++] = &tables[t].options[k];
}

static bool has(const hebb_manual_options *set, const hebb_option *option)
{
    for (size_t k = 0; k < set->n; k++)
        if (set->options[k] == option) return true;
    return false;
}

/* Keeps of a set what is in another, or what is not. */
static void keep(hebb_manual_options *set, const hebb_manual_options *other, bool is_in)
{
    size_t n = 0;
    for (size_t k = 0; k < set->n; k++)
        if (has(other, set->options[k]) == is_in) set->options[n++] = set->options[k];
    set->n = n;
}

void hebb_manual_common_options(const hebb_verb *verb, hebb_manual_options *found)
{
    hebb_subject subject;
    hebb_manual_options of_subject;
    found->n = 0;
    if (verb == NULL) {
        for (size_t k = 0; k < hebb_common_options.n; k++) found->options[found->n++] = &hebb_common_options.options[k];
        return;
    }
    if (verb->noun == NULL) {
        hebb_manual_all_options(verb, NULL, found);
        return;
    }
    for (size_t k = 0; verb->subject(k, &subject); k++) {
        hebb_manual_all_options(verb, subject.entry, &of_subject);
        if (k == 0) *found = of_subject;
        keep(found, &of_subject, true);
    }
}

void hebb_manual_own_options(const hebb_verb *verb, const hebb_subject *subject, hebb_manual_options *found)
{
    hebb_manual_options common;
    hebb_manual_common_options(verb, &common);
    hebb_manual_all_options(verb, subject->entry, found);
    keep(found, &common, false);
}

static void add_word(hebb_manual_values *values, const char *text, size_t length)
{
    if (values->n == sizeof values->words / sizeof *values->words) return;
    values->words[values->n].text = text;
    values->words[values->n++].length = (int)length;
}

/* "FILE|builtin:NAME": capitals stand for something, all else for itself. */
static void add_alternatives(hebb_manual_values *values, const char *text, size_t length)
{
    for (const char *word = text, *last = text + length; word < last;) {
        size_t n = 0;
        while (word + n < last && word[n] != '|') n++;
        const bool stands_for_something = isupper((unsigned char)*word);
        if (strncmp(word, "FILE", 4) == 0 || strncmp(word, "PATH", 4) == 0)
            values->is_file = true;
        else if (strncmp(word, "DIR", 3) == 0 || strncmp(word, "FOLDER", 6) == 0)
            values->is_folder = true;
        else if (strncmp(word, "builtin:NAME", 12) == 0)
            values->is_builtin = true;
        else if (!stands_for_something && *word != '-' && *word != '[' && *word != '.')
            add_word(values, word, n);
        word += n + (word + n < last);
    }
}

void hebb_manual_option_values(const hebb_option *option, hebb_manual_values *values)
{
    *values = (hebb_manual_values){0};
    if (option->argument == NULL) return;
    if (option->kind == HEBB_OPTION_TEXT || option->kind == HEBB_OPTION_CHOICE)
        add_alternatives(values, option->argument, strlen(option->argument));
    if (values->is_file && option->default_text != NULL)
        add_word(values, option->default_text, strlen(option->default_text));
}

void hebb_manual_operand_values(const char *operands, hebb_manual_values *values)
{
    *values = (hebb_manual_values){0};
    const size_t length = operands != NULL ? strcspn(operands, " ") : 0;
    if (length == 0 || *operands == '-' || *operands == '[') return;
    add_alternatives(values, operands, length);
    values->is_figure = strncmp(operands, "NAME|FOLDER", strlen("NAME|FOLDER")) == 0;
}

const char *hebb_manual_builtin(size_t k)
{
    size_t n;
    const char *const *names = hebb_problem_names(&n);
    return k < n ? names[k] : hebb_problem_drawn[k - n];
}
