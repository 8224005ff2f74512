/*
 * page_parts FILE - a page's elements, their attributes and texts, a line each, in the words that all ways of writing them share
 *
 * For the tests: a page as it was written and as a browser has it are the same lines.  Entities are letters, empty
 * elements have no end, and text of blanks alone is left out.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input.h"

static const struct {
    const char *entity, *letter;
} entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", "\xc2\xa0"}};

/* A letter of text, decoded; what follows it. */
static const char *put_letter(const char *at)
{
    for (size_t k = 0; *at == '&' && k < sizeof entities / sizeof *entities; k++) {
        const size_t n = strlen(entities[k].entity);
        if (strncmp(at, entities[k].entity, n) != 0) continue;
        (void)fputs(entities[k].letter, stdout);
        return at + n;
    }
    (void)putchar(*at);
    return at + 1;
}

static const char *put_text(const char *at)
{
    const char *from = at;
    while (isspace((unsigned char)*at)) at++;
    if (*at == '<' || *at == '\0') return at;
    (void)fputs("text ", stdout);
    for (at = from; *at != '\0' && *at != '<';) at = put_letter(at);
    (void)putchar('\n');
    return at;
}

static bool is_in_name(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '!';
}

/* <name a="b" ...>, </name> or <name/> */
static const char *put_tag(const char *at)
{
    (void)fputs(*++at == '/' ? "end " : "element ", stdout);
    if (*at == '/') at++;
    while (is_in_name(*at)) (void)putchar(tolower((unsigned char)*at++));
    while (*at != '\0' && *at != '>') {
        if (*at != '"') {
            if (*at != '/') (void)putchar(*at);
            at++;
            continue;
        }
        (void)putchar('"');
        for (at++; *at != '\0' && *at != '"';) at = put_letter(at);
        if (*at != '\0') at++;
        (void)putchar('"');
    }
    (void)putchar('\n');
    return *at != '\0' ? at + 1 : at;
}

int main(int argc, char **argv)
{
    char *text;
    size_t n;
    if (argc != 2 || hebb_input_load(argv[1], (size_t)1 << 30, &text, &n) != HEBB_OK) return EXIT_FAILURE;
    for (const char *at = text; *at != '\0';) at = *at == '<' ? put_tag(at) : put_text(at);
    free(text);
    return EXIT_SUCCESS;
}
