#include "gnuplot_tex.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"

/* ---- the script ---- */

/* fontscale: that of pdfcairo, with which the script was written, for places in units of characters. */
static const char terminal[] = "cairolatex pdf input colortext fontscale 0.5";

/* Where the text stands the only time, else NULL. */
static const char *find_once(const char *script, const char *text)
{
    const char *found = strstr(script, text);
    return found != NULL && strstr(found + 1, text) == NULL ? found : NULL;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Writes what stands for {/FONT TEXT} at c and returns where the script goes on; NULL: it does not end. */
static const char *write_font(const char *c, FILE *stream)
{
    const char *text = c + strcspn(c, " }\n");
    const bool is_italic = text - c == 9 && strncmp(c, "{/:Italic", 9) == 0;
    if (*text == ' ') text++;
    const size_t n = strcspn(text, "{}\n");
    if (text[n] != '}') return NULL;
    if (is_italic) (void)fputc('$', stream);
    (void)fwrite(text, 1, n, stream);
    if (is_italic) (void)fputc('$', stream);
    return text + n + 1;
}

/* Where the three texts that change stand in a script; where its line begins, and the quote that is open there. */
typedef struct {
    const char *formats, *terminal, *output, *line;
    char quote;
} places;

static hebb_status find_places(const char *path, const char *script, places *found)
{
    *found = (places){.formats = find_once(script, "'pdf svg'"),
                      .terminal = find_once(script, "pdfcairo"),
                      .output = find_once(script, "'figure.' . "),
                      .line = script};
    const char *missing = found->formats == NULL    ? "do for [format in 'pdf svg']"
                          : found->terminal == NULL ? "set terminal pdfcairo"
                          : found->output == NULL   ? "set output 'figure.' . format"
                                                    : NULL;
    if (missing == NULL) return HEBB_OK;
    return hebb_fail(HEBB_EDATA, "%s: cannot be drawn for TeX: it needs one line with \"%s\"", path, missing);
}

static size_t skip_word(const char *text, const char *word)
{
    const size_t n = strlen(word);
    return strncmp(text, word, n) == 0 && !is_word(text[n]) ? n : 0;
}

/* Whether the text stands in the line before its end. */
static bool is_in_line(const char *line, const char *text)
{
    const char *found = strstr(line, text);
    return found != NULL && found < line + strcspn(line, "\n");
}

/* Behind a font: a name of a variable, a quoted text, an expression in parentheses; NULL: it is none of them. */
static const char *after_font(const char *c)
{
    const size_t length = strcspn(c, "\n");
    const char *end = c;
    int depth = 0;
    if (*c == '\'') {
        end = memchr(c + 1, '\'', length - 1);
        return end != NULL ? end + 1 : NULL;
    }
    while (is_word(*end)) end++;
    if (*c != '(') return end > c ? end : NULL;
    for (; end < c + length; end++) {
        depth += *end == '(' ? 1 : *end == ')' ? -1 : 0;
        if (depth == 0) return end + 1;
    }
    return NULL;
}

/*
 * cairolatex drops fonts, but tells line type 0 from others.  A font without a name (a size of its own) takes that for
 * its text, '' the usual one; a text with a color keeps it and the usual size.
 */
static const char *write_own_font(const char *c, const places *found, FILE *stream)
{
    static const char word[] = " font ";
    const char *font = c + strlen(word), *end = after_font(font);
    (void)fputs(word, stream);
    if (end == NULL || is_in_line(found->line, "set term") || is_in_line(found->line, " tc ") ||
        is_in_line(found->line, " textcolor ") || (*font == '\'' && font[1] != '\'' && font[1] != ','))
        return font;
    (void)fwrite(font, 1, (size_t)(end - font), stream);
    (void)fputs(strncmp(font, "''", 2) == 0 ? " textcolor lt -1" : " textcolor lt 0", stream);
    return end;
}

static void note_quote(char c, char *quote)
{
    if (c == '\n')
        *quote = '\0';
    else if (*quote == c)
        *quote = '\0';
    else if (*quote == '\0' && (c == '\'' || c == '"'))
        *quote = c;
}

/* Writes what stands for the text at c, where that changes, and returns where the script goes on. */
static const char *write_changed(const char *c, const places *found, const char *picture, FILE *stream)
{
    if (c == found->formats) {
        (void)fputs("'pdf'", stream);
        return c + strlen("'pdf svg'");
    }
    if (c == found->terminal) {
        (void)fputs(terminal, stream);
        c += strlen("pdfcairo");
        return c + skip_word(c, " enhanced");
    }
    if (c == found->output) {
        (void)fprintf(stream, "'%s'", picture);
        c += strlen("'figure.' . ");
        while (is_word(*c)) c++;
        return c;
    }
    if (c[0] == '{' && c[1] == '/') return write_font(c, stream);
    if (found->quote == '\0' && strncmp(c, " font ", 6) == 0) return write_own_font(c, found, stream);
    (void)fputc(*c, stream);
    return c + 1;
}

static hebb_status close_memory(const char *path, FILE *stream)
{
    const bool failed = ferror(stream) != 0;
    if (fclose(stream) == 0 && !failed) return HEBB_OK;
    return hebb_fail(HEBB_ENOMEM, "%s: no memory for what TeX takes", path);
}

hebb_status hebb_gnuplot_tex_script(const char *path, const char *script, const char *picture, char **changed)
{
    places found;
    size_t size;
    long line = 1;
    *changed = NULL;
    hebb_status status = find_places(path, script, &found);
    if (status != HEBB_OK) return status;
    FILE *stream = open_memstream(changed, &size);
    if (stream == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for what TeX takes", path);
    for (const char *c = script, *next; status == HEBB_OK && *c != '\0'; c = next) {
        if (*c == '\n') {
            line++;
            found.line = c + 1;
        }
        next = write_changed(c, &found, picture, stream);
        if (next == NULL) {
            status = hebb_fail(HEBB_EDATA, "%s:%ld: \"%.20s\" cannot be translated for TeX: fonts hold no braces", path,
                               line, c);
            next = c;
        }
        for (; c < next; c++) note_quote(*c, &found.quote);
    }
    const hebb_status closed = close_memory(path, stream);
    return status != HEBB_OK ? status : closed;
}

/* ---- the picture ---- */

/* What is under way: labels that go below the curves and above them, each its own text in memory. */
typedef struct {
    const char *path;
    long line;
    FILE *below, *above, *layer; /* layer: one of the two */
    double color[3];
    bool is_small;
    double width, height; /* units of the picture */
    char size[2][32];     /* of the pages, "244.00bp" */
} picture;

static hebb_status fail_line(const picture *p, const char *line)
{
    return hebb_fail(HEBB_EDATA, "%s:%ld: gnuplot's TeX is not as that of version 5.4: %.60s", p->path, p->line, line);
}

/* Behind the text, if the line begins with it; else NULL. */
static char *after(char *line, const char *text)
{
    const size_t n = strlen(text);
    return strncmp(line, text, n) == 0 ? line + n : NULL;
}

/* Takes the end of a line off, if it is that. */
static bool cut_end(char *line, const char *end)
{
    const size_t length = strlen(line), n = strlen(end);
    if (length < n || strcmp(line + length - n, end) != 0) return false;
    line[length - n] = '\0';
    return true;
}

static bool is_black(const picture *p)
{
    return p->color[0] == 0.0 && p->color[1] == 0.0 && p->color[2] == 0.0;
}

/* \put(X,Y){\makebox(0,0)[r]{\strut{}LABEL}}%, turned: {\rotatebox{-270}{\makebox..}} */
static hebb_status put_label(picture *p, char *line)
{
    int x, y, angle = 0, n = 0;
    char side = 'c';
    const char *const whole = line;
    if (sscanf(line, "\\put(%d,%d){%n", &x, &y, &n) != 2 || n == 0) return fail_line(p, whole);
    line += n;
    n = 0;
    const bool is_turned = sscanf(line, "\\rotatebox{%d}{%n", &angle, &n) == 1 && n > 0;
    if (is_turned) line += n;
    char *text = after(line, "\\makebox(0,0)");
    if (text == NULL) return fail_line(p, whole);
    if (text[0] == '[' && (text[1] == 'l' || text[1] == 'r') && text[2] == ']') {
        side = text[1];
        text += 3;
    }
    char *label = after(text, "{\\strut{}");
    if (label == NULL)
        return hebb_fail(HEBB_EDATA, "%s: label \"%.60s\": begins with { or [, which cairolatex takes for itself",
                         p->path, text);
    if (!cut_end(label, is_turned ? "}}}%" : "}}%")) return fail_line(p, whole);
    for (size_t end = strlen(label); end > 0 && label[end - 1] == ' '; end--) label[end - 1] = '\0';
    if (*label == '\0' || p->layer == NULL) return *label == '\0' ? HEBB_OK : fail_line(p, whole);
    (void)fprintf(p->layer, "  \\put(%d,%d){%s", x, y, p->is_small ? "\\hebbfiguresmallfont" : "");
    if (!is_black(p)) (void)fprintf(p->layer, "\\color[rgb]{%.2f,%.2f,%.2f}", p->color[0], p->color[1], p->color[2]);
    if (is_turned) (void)fprintf(p->layer, "\\rotatebox{%d}{", angle);
    (void)fprintf(p->layer, "\\makebox(0,0)[%c]{\\strut ", side);
    hebb_status status = hebb_gnuplot_tex_label(label, p->layer);
    if (status != HEBB_OK) {
        char why[256];
        snprintf(why, sizeof why, "%s", hebb_diagnostic());
        status = hebb_fail(status, "%s: %s", p->path, why);
    }
    (void)fprintf(p->layer, "}%s}%%\n", is_turned ? "}" : "");
    return status;
}

static hebb_status read_line(picture *p, char *line)
{
    double *rgb = p->color;
    line += strspn(line, " ");
    if (strncmp(line, "\\put(0,0){\\includegraphics[", 27) == 0)
        return sscanf(line, "\\put(0,0){\\includegraphics[width={%31[0-9.bp]},height={%31[0-9.bp]}]", p->size[0],
                      p->size[1]) == 2
                   ? HEBB_OK
                   : fail_line(p, line);
    if (strncmp(line, "\\put(", 5) == 0) return put_label(p, line);
    if (strcmp(line, "\\gplgaddtomacro\\gplbacktext{%") == 0)
        p->layer = p->below;
    else if (strcmp(line, "\\gplgaddtomacro\\gplfronttext{%") == 0)
        p->layer = p->above;
    else if (strcmp(line, "}%") == 0)
        p->layer = NULL;
    else if (strncmp(line, "\\csname LT", 10) == 0) {
        rgb[0] = rgb[1] = rgb[2] = 0.0;
        p->is_small = line[10] == 'a';
    } else if (sscanf(line, "\\colorrgb{%lf,%lf,%lf}", &rgb[0], &rgb[1], &rgb[2]) == 3) {
        p->is_small = false;
    } else if (strcmp(line, "\\gplbacktext") != 0 && strcmp(line, "\\gplfronttext") != 0) {
        return fail_line(p, line);
    }
    return HEBB_OK;
}

/* The lines between \begin{picture} and \end{picture}; before and behind stands what gnuplot always writes. */
static hebb_status read_picture(picture *p, char *text)
{
    bool has_begun = false;
    hebb_status status = HEBB_OK;
    for (char *line = text, *next; line != NULL && status == HEBB_OK; line = next) {
        next = strchr(line, '\n');
        if (next != NULL) *next++ = '\0';
        p->line++;
        if (!has_begun)
            has_begun = sscanf(line, "\\begin{picture}(%lf,%lf)", &p->width, &p->height) == 2;
        else if (strcmp(line + strspn(line, " "), "\\end{picture}%") == 0)
            return *p->size[0] != '\0' ? HEBB_OK : hebb_fail(HEBB_EDATA, "%s: has no page", p->path);
        else
            status = read_line(p, line);
    }
    return status != HEBB_OK ? status : hebb_fail(HEBB_EDATA, "%s: gnuplot's TeX does not end", p->path);
}

/* \CurrentFilePath, in LaTeX since 2020: the folder of the file that is being read. */
static void write_document(const picture *p, const char *below, const char *above, const char *pages, FILE *stream)
{
    (void)fprintf(
        stream,
        "%% Labels of %s. In a document: \\usepackage{graphicx} and, where the figure goes,\n"
        "%% \\input{FOLDER/figure-tex}.  Another size of the labels: \\newcommand\\hebbfigurefont{\\scriptsize},\n"
        "%% of the smaller ones: \\newcommand\\hebbfiguresmallfont{\\tiny}\n"
        "\\begingroup\n"
        "\\providecommand\\hebbfigurefont{\\footnotesize}\\hebbfigurefont\n"
        "\\providecommand\\hebbfiguresmallfont{\\scriptsize}\n"
        "\\providecommand\\color[2][]{}%%\n"
        "\\providecommand\\CurrentFilePath{}%%\n"
        "\\edef\\hebbfigurefolder{\\CurrentFilePath}%%\n"
        "\\ifx\\hebbfigurefolder\\empty\\else\\edef\\hebbfigurefolder{\\hebbfigurefolder/}\\fi\n"
        "\\setlength\\unitlength{0.05bp}%%\n"
        "\\begin{picture}(%.0f,%.0f)%%\n%s"
        "  \\put(0,0){\\includegraphics[width=%s,height=%s]{\\hebbfigurefolder %s}}%%\n%s"
        "\\end{picture}%%\n"
        "\\endgroup\n",
        pages, p->width, p->height, below, p->size[0], p->size[1], pages, above);
}

hebb_status hebb_gnuplot_tex_document(const char *path, char *text, const char *pages, FILE *stream)
{
    char *below = NULL, *above = NULL;
    size_t size;
    picture p = {.path = path, .below = open_memstream(&below, &size)};
    if (p.below != NULL) p.above = open_memstream(&above, &size);
    const locale_t before = hebb_c_locale_enter();
    hebb_status status = p.above != NULL ? read_picture(&p, text) : HEBB_OK;
    bool failed = p.above == NULL;
    if (p.above != NULL) failed = fclose(p.above) != 0 || failed;
    if (p.below != NULL) failed = fclose(p.below) != 0 || failed;
    if (status == HEBB_OK && failed) status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its labels", path);
    if (status == HEBB_OK) write_document(&p, below, above, pages, stream);
    hebb_c_locale_leave(before);
    free(above);
    free(below);
    return status;
}
