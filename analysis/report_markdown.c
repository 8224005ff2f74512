#include "report_markdown.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "report_html.h"

enum {
    MAX_DEPTH = 8,  /* of lists in lists, and of emphasis in emphasis; what is deeper is text */
    MAX_SPAN = 2000 /* bytes that emphasis, code or a link may take: keeps the search for its end short */
};

/* ---- parts of a text ---- */

/* The first line, without its newline; *rest is what follows. */
static hebb_markdown_part take_line(hebb_markdown_part text, hebb_markdown_part *rest)
{
    const char *newline = text.n > 0 ? memchr(text.text, '\n', text.n) : NULL;
    size_t n = newline != NULL ? (size_t)(newline - text.text) : text.n;
    const size_t taken = newline != NULL ? n + 1 : n;
    *rest = (hebb_markdown_part){text.n - taken, text.text + taken};
    if (n > 0 && text.text[n - 1] == '\r') n--;
    return (hebb_markdown_part){n, text.text};
}

static bool starts(hebb_markdown_part line, const char *with)
{
    const size_t n = strlen(with);
    return line.n >= n && memcmp(line.text, with, n) == 0;
}

static hebb_markdown_part cut(hebb_markdown_part line, size_t n)
{
    if (n > line.n) n = line.n;
    return (hebb_markdown_part){line.n - n, line.text + n};
}

static size_t indent_of(hebb_markdown_part line)
{
    size_t n = 0;
    while (n < line.n && line.text[n] == ' ') n++;
    return n;
}

static bool is_blank(hebb_markdown_part line)
{
    for (size_t k = 0; k < line.n; k++)
        if (line.text[k] != ' ' && line.text[k] != '\t') return false;
    return true;
}

static hebb_markdown_part trim(hebb_markdown_part line)
{
    line = cut(line, indent_of(line));
    while (line.n > 0 && (line.text[line.n - 1] == ' ' || line.text[line.n - 1] == '\t')) line.n--;
    return line;
}

hebb_markdown_part hebb_markdown_section(size_t n, const char *text, const char *opening)
{
    hebb_markdown_part rest = {n, text}, section = {0, text};
    bool is_in = false;
    while (rest.n > 0) {
        const hebb_markdown_part line = take_line(rest, &rest);
        const bool is_heading = starts(line, "## "), is_title = starts(line, "# ");
        if (is_in && (is_heading || is_title)) break;
        if (is_in) section.n = (size_t)(line.text + line.n - section.text);
        if (is_in || !(opening != NULL ? is_heading && starts(cut(line, 3), opening) : is_title)) continue;
        is_in = true;
        section.text = rest.text;
    }
    return section;
}

hebb_markdown_part hebb_markdown_paragraph(hebb_markdown_part part)
{
    hebb_markdown_part paragraph = {0, part.text};
    while (part.n > 0) {
        const hebb_markdown_part line = take_line(part, &part);
        if (is_blank(line) && paragraph.n > 0) break;
        if (is_blank(line)) continue;
        if (paragraph.n == 0) paragraph.text = line.text;
        paragraph.n = (size_t)(line.text + line.n - paragraph.text);
    }
    return paragraph;
}

/* ---- within a line ---- */

/* Text whose line breaks are blanks. */
static void put_words(FILE *stream, hebb_markdown_part text)
{
    while (text.n > 0) {
        const hebb_markdown_part line = take_line(text, &text);
        hebb_html_text_n(stream, line.n, line.text);
        if (line.text + line.n < text.text) (void)fputc('\n', stream);
    }
}

/* Where `mark` stands again in the text behind its first `from` bytes; text.n where it does not. */
static size_t find(hebb_markdown_part text, size_t from, const char *mark)
{
    const size_t n = strlen(mark), end = text.n < MAX_SPAN ? text.n : MAX_SPAN;
    for (size_t k = from; k + n <= end; k++) {
        const char *first = memchr(text.text + k, *mark, end - k - n + 1);
        if (first == NULL) break;
        k = (size_t)(first - text.text);
        if (memcmp(first, mark, n) == 0) return k;
    }
    return text.n;
}

/* The end of emphasis between marks: not empty, no blank inside of either mark. */
static size_t find_end(hebb_markdown_part text, const char *mark)
{
    const size_t n = strlen(mark);
    if (text.n <= n || text.text[n] == ' ' || text.text[n] == '*') return text.n;
    size_t k = find(text, n + 1, mark);
    while (k < text.n && text.text[k - 1] == ' ') k = find(text, k + 1, mark);
    return k;
}

/* The words of [words](target): their end; text.n where it is no link. */
static size_t find_link(hebb_markdown_part text, size_t *length)
{
    const size_t bracket = find(text, 1, "]");
    if (bracket + 1 >= text.n || text.text[bracket + 1] != '(') return text.n;
    const size_t end = find(text, bracket, ")");
    *length = end + 1;
    return end == text.n ? text.n : bracket;
}

static void put_spans(FILE *stream, hebb_markdown_part text, int depth);

static size_t put_element(FILE *stream, hebb_markdown_part text, const char *mark, const char *element, int depth)
{
    const size_t n = strlen(mark), end = find_end(text, mark);
    if (end == text.n) return 0;
    (void)fprintf(stream, "<%s>", element);
    put_spans(stream, (hebb_markdown_part){end - n, text.text + n}, depth + 1);
    (void)fprintf(stream, "</%s>", element);
    return end + n;
}

/* An element that begins here; the bytes that it took, 0 where none does. */
static size_t put_span(FILE *stream, hebb_markdown_part text, int depth)
{
    size_t length = 0;
    if (starts(text, "`")) {
        const size_t end = find(text, 1, "`");
        if (end == text.n) return 0;
        (void)fputs("<code>", stream);
        put_words(stream, (hebb_markdown_part){end - 1, text.text + 1});
        (void)fputs("</code>", stream);
        return end + 1;
    }
    if (depth >= MAX_DEPTH) return 0;
    if (starts(text, "**")) return put_element(stream, text, "**", "strong", depth);
    if (starts(text, "*")) return put_element(stream, text, "*", "em", depth);
    if (!starts(text, "[")) return 0;
    const size_t end = find_link(text, &length);
    if (end == text.n) return 0;
    put_spans(stream, (hebb_markdown_part){end - 1, text.text + 1}, depth + 1);
    return length;
}

/* Whether the two bytes are a mark that is meant as itself. */
static bool is_escape(hebb_markdown_part text)
{
    return text.n > 1 && *text.text == '\\' && text.text[1] != '\0' && strchr("*`[]|\\_", text.text[1]) != NULL;
}

static bool is_mark(char c)
{
    return c == '`' || c == '*' || c == '[' || c == '\\';
}

static void put_spans(FILE *stream, hebb_markdown_part text, int depth)
{
    while (text.n > 0) {
        size_t n = 0;
        while (n < text.n && !is_mark(text.text[n])) n++;
        put_words(stream, (hebb_markdown_part){n, text.text});
        text = cut(text, n);
        if (text.n == 0) return;
        const bool is_own = is_escape(text);
        const size_t taken = is_own ? 0 : put_span(stream, text, depth);
        if (is_own) text = cut(text, 1);
        if (taken == 0) put_words(stream, (hebb_markdown_part){1, text.text}); /* the mark is none */
        text = cut(text, taken > 0 ? taken : 1);
    }
}

/* ---- tables ---- */

static bool is_rule(hebb_markdown_part line)
{
    line = trim(line);
    bool has_dash = false;
    for (size_t k = 0; k < line.n; k++) {
        if (line.text[k] == '\0' || strchr("|-: \t", line.text[k]) == NULL) return false;
        has_dash = has_dash || line.text[k] == '-';
    }
    return has_dash;
}

static bool is_table(hebb_markdown_part line, hebb_markdown_part rest)
{
    const hebb_markdown_part rule = trim(take_line(rest, &rest));
    return starts(trim(line), "|") && starts(rule, "|") && is_rule(rule);
}

static void put_row(FILE *stream, hebb_markdown_part line, const char *cell)
{
    line = trim(line);
    line = cut(line, 1);
    if (line.n > 0 && line.text[line.n - 1] == '|') line.n--;
    (void)fputs("<tr>", stream);
    for (bool is_last = false; !is_last;) {
        size_t end = 0;
        while (end < line.n && !(line.text[end] == '|' && (end == 0 || line.text[end - 1] != '\\'))) end++;
        is_last = end == line.n;
        (void)fprintf(stream, "<%s%s>", cell, *cell == 't' && cell[1] == 'h' ? " scope=\"col\"" : "");
        put_spans(stream, trim((hebb_markdown_part){end, line.text}), 0);
        (void)fprintf(stream, "</%s>", cell);
        line = cut(line, end + 1);
    }
    (void)fputs("</tr>\n", stream);
}

static hebb_markdown_part put_table(FILE *stream, hebb_markdown_part text)
{
    hebb_markdown_part next, line = take_line(text, &text);
    (void)fputs("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead>", stream);
    put_row(stream, line, "th");
    (void)fputs("</thead>\n<tbody>\n", stream);
    (void)take_line(text, &text);
    while (text.n > 0) {
        line = take_line(text, &next);
        if (!starts(trim(line), "|")) break;
        put_row(stream, line, "td");
        text = next;
    }
    (void)fputs("</tbody></table></div>\n", stream);
    return text;
}

/* ---- blocks ---- */

static bool is_heading(hebb_markdown_part line)
{
    size_t n = 0;
    while (n < line.n && line.text[n] == '#') n++;
    return n > 0 && n <= 6 && n < line.n && line.text[n] == ' ';
}

/* The bytes before an item's text, "  - " or " 1. "; 0 where the line begins none. */
static size_t item_indent(hebb_markdown_part line, bool *is_ordered)
{
    const size_t indent = indent_of(line);
    size_t k = indent;
    *is_ordered = false;
    if (k + 1 < line.n && (line.text[k] == '-' || line.text[k] == '*') && line.text[k + 1] == ' ') return k + 2;
    while (k < line.n && line.text[k] >= '0' && line.text[k] <= '9') k++;
    *is_ordered = true;
    if (k > indent && k - indent < 4 && k + 1 < line.n && line.text[k] == '.' && line.text[k + 1] == ' ') return k + 2;
    return 0;
}

/* Whether the line ends the paragraph before it. */
static bool interrupts(hebb_markdown_part line, hebb_markdown_part rest)
{
    bool is_ordered;
    const size_t indent = item_indent(line, &is_ordered);
    const bool is_item = indent > 0 && (!is_ordered || (indent == 3 && *line.text == '1'));
    return is_blank(line) || is_heading(line) || is_item || is_table(line, rest);
}

static hebb_markdown_part put_paragraph(FILE *stream, hebb_markdown_part text)
{
    hebb_markdown_part rest, line = take_line(text, &rest), paragraph = text;
    do {
        paragraph.n = (size_t)(line.text + line.n - paragraph.text);
        text = rest;
        line = take_line(text, &rest);
    } while (text.n > 0 && !interrupts(line, rest));
    (void)fputs("<p>", stream);
    put_spans(stream, trim(paragraph), 0);
    (void)fputs("</p>\n", stream);
    return text;
}

static hebb_markdown_part put_heading(FILE *stream, hebb_markdown_part text)
{
    hebb_markdown_part line = take_line(text, &text);
    while (starts(line, "#")) line = cut(line, 1);
    (void)fputs("<h4>", stream);
    put_spans(stream, trim(line), 0);
    (void)fputs("</h4>\n", stream);
    return text;
}

static hebb_markdown_part put_code(FILE *stream, hebb_markdown_part text)
{
    hebb_markdown_part next;
    bool is_first = true;
    (void)fputs("<pre tabindex=\"0\"><code>", stream);
    for (size_t n_blank = 0; text.n > 0; text = next) {
        const hebb_markdown_part line = take_line(text, &next);
        if (is_blank(line)) {
            n_blank++;
            continue;
        }
        if (indent_of(line) < 4) break;
        for (n_blank += !is_first; n_blank > 0; n_blank--) (void)fputc('\n', stream);
        hebb_html_text_n(stream, line.n - 4, line.text + 4);
        is_first = false;
    }
    (void)fputs("</code></pre>\n", stream);
    return text;
}

static hebb_status put_blocks(FILE *stream, hebb_markdown_part text, int depth);

/* An item's lines without their indent, and what follows it. */
static hebb_markdown_part take_item(hebb_markdown_part text, char *lines, size_t *n)
{
    hebb_markdown_part next, line = take_line(text, &next);
    bool is_ordered, was_blank = false;
    const size_t indent = item_indent(line, &is_ordered);
    *n = 0;
    for (bool is_first = true;; is_first = false) {
        const hebb_markdown_part own = cut(line, is_first || indent_of(line) >= indent ? indent : indent_of(line));
        memcpy(lines + *n, own.text, own.n);
        *n += own.n;
        lines[(*n)++] = '\n';
        was_blank = is_blank(line);
        text = next;
        if (text.n == 0) return text;
        line = take_line(text, &next);
        if (is_blank(line) || indent_of(line) >= indent) continue;
        if (was_blank || item_indent(line, &is_ordered) > 0 || is_heading(line)) return text;
    }
}

static hebb_status put_list(FILE *stream, hebb_markdown_part *text, int depth)
{
    bool is_ordered, is_other;
    hebb_markdown_part rest;
    hebb_status status = HEBB_OK;
    (void)item_indent(take_line(*text, &rest), &is_ordered);
    char *lines = malloc(text->n + 1); /* a last line may be without a newline */
    if (lines == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a list of %zu bytes", text->n);
    (void)fputs(is_ordered ? "<ol>\n" : "<ul>\n", stream);
    while (status == HEBB_OK && text->n > 0) {
        const hebb_markdown_part line = take_line(*text, &rest);
        size_t n;
        if (item_indent(line, &is_other) == 0 || is_other != is_ordered) break;
        *text = take_item(*text, lines, &n);
        (void)fputs("<li>", stream);
        status = put_blocks(stream, (hebb_markdown_part){n, lines}, depth + 1);
        (void)fputs("</li>\n", stream);
    }
    (void)fputs(is_ordered ? "</ol>\n" : "</ul>\n", stream);
    free(lines);
    return status;
}

static hebb_status put_blocks(FILE *stream, hebb_markdown_part text, int depth)
{
    hebb_status status = HEBB_OK;
    while (status == HEBB_OK && text.n > 0) {
        hebb_markdown_part rest;
        const hebb_markdown_part line = take_line(text, &rest);
        bool is_ordered;
        if (is_blank(line))
            text = rest;
        else if (depth < MAX_DEPTH && item_indent(line, &is_ordered) > 0)
            status = put_list(stream, &text, depth);
        else if (indent_of(line) >= 4)
            text = put_code(stream, text);
        else if (is_heading(line))
            text = put_heading(stream, text);
        else if (is_table(line, rest))
            text = put_table(stream, text);
        else
            text = put_paragraph(stream, text);
    }
    return status;
}

hebb_status hebb_markdown_write(FILE *stream, hebb_markdown_part part)
{
    return put_blocks(stream, part, 0);
}
