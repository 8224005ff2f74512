/*
 * markup - whether text is markup that a strict reader takes: what the pages' texts must not break
 *
 * Letters are UTF-8 and none is a control character but \n.  Elements are closed in the order in which they were opened;
 * names and attributes are lower case, attributes in double quotes.  `&` begins one of the five entities.
 */
#ifndef HEBB_TESTS_MARKUP_H
#define HEBB_TESTS_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { MARKUP_DEPTH = 64, MARKUP_NAME = 16 };

typedef struct {
    const char *at, *end;
    size_t depth;
    char open[MARKUP_DEPTH][MARKUP_NAME];
} markup;

static inline bool markup_starts(const markup *m, const char *with)
{
    const size_t n = strlen(with);
    return (size_t)(m->end - m->at) >= n && memcmp(m->at, with, n) == 0;
}

/* A letter of text: one that may stand in a page. */
static inline bool markup_letter(markup *m)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    const unsigned char c = (unsigned char)*m->at;
    const size_t n = c < 0x80                ? 1
                     : c >= 0xc2 && c < 0xe0 ? 2
                     : c >= 0xe0 && c < 0xf0 ? 3
                     : c >= 0xf0 && c < 0xf5 ? 4
                                             : 0;
    if (n == 0 || (size_t)(m->end - m->at) < n || (c < 0x20 && c != '\n') || c == 0x7f) return false;
    if (c == '<' || c == '>') return false;
    for (size_t k = 0; c == '&' && k < sizeof entities / sizeof *entities; k++) {
        if (!markup_starts(m, entities[k])) continue;
        m->at += strlen(entities[k]);
        return true;
    }
    if (c == '&') return false;
    for (size_t k = 1; k < n; k++)
        if ((unsigned char)m->at[k] >> 6 != 2) return false;
    if (c == 0xc2 && (unsigned char)m->at[1] < 0xa0) return false; /* C1 controls */
    if (c == 0xe2 && (unsigned char)m->at[1] == 0x80 && (unsigned char)m->at[2] >= 0xa8 &&
        (unsigned char)m->at[2] <= 0xae)
        return false; /* letters that turn the line around */
    m->at += n;
    return true;
}

static inline size_t markup_name(const markup *m)
{
    size_t n = 0;
    while (m->at + n < m->end && ((m->at[n] >= 'a' && m->at[n] <= 'z') ||
                                  (n > 0 && m->at[n] >= '0' && m->at[n] <= '9') || (n > 0 && m->at[n] == '-')))
        n++;
    return n;
}

static inline bool markup_attribute(markup *m)
{
    const size_t n = markup_name(m);
    m->at += n;
    if (n == 0 || !markup_starts(m, "=\"")) return false;
    for (m->at += 2; m->at < m->end && *m->at != '"';)
        if (!markup_letter(m)) return false;
    return m->at < m->end && *m->at++ == '"';
}

static inline bool markup_tag(markup *m)
{
    const bool is_end = markup_starts(m, "</");
    m->at += is_end ? 2 : 1;
    const size_t n = markup_name(m);
    if (n == 0 || n >= MARKUP_NAME) return false;
    const char *name = m->at;
    m->at += n;
    while (!is_end && markup_starts(m, " ")) {
        m->at++;
        if (!markup_attribute(m)) return false;
    }
    const bool is_void = !is_end && markup_starts(m, "/>");
    if (is_void) m->at++;
    if (!markup_starts(m, ">")) return false;
    m->at++;
    if (is_void) return true;
    if (is_end) {
        m->depth--;
        return m->depth < MARKUP_DEPTH && strlen(m->open[m->depth]) == n && memcmp(m->open[m->depth], name, n) == 0;
    }
    if (m->depth == MARKUP_DEPTH) return false;
    memcpy(m->open[m->depth], name, n);
    m->open[m->depth++][n] = '\0';
    return true;
}

/* Whether all of it is such markup; *where is the byte at which it is not. */
static inline bool markup_is_whole(const char *text, size_t n, size_t *where)
{
    markup m = {.at = text, .end = text + n};
    bool is_whole = true;
    while (is_whole && m.at < m.end) is_whole = *m.at == '<' ? markup_tag(&m) : markup_letter(&m);
    *where = (size_t)(m.at - text);
    return is_whole && m.depth == 0;
}

#endif
