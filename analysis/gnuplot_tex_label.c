/* Labels of gnuplot's enhanced text, as TeX. */
#include "gnuplot_tex.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
    const char *character, *math;
} symbol;

/* The characters beside ASCII, as they are in math. */
static const symbol symbols[] = {
    {"α", "\\alpha "},     {"β", "\\beta "},    {"γ", "\\gamma "},   {"δ", "\\delta "},    {"ε", "\\epsilon "},
    {"ζ", "\\zeta "},      {"η", "\\eta "},     {"θ", "\\theta "},   {"κ", "\\kappa "},    {"λ", "\\lambda "},
    {"μ", "\\mu "},        {"ν", "\\nu "},      {"ξ", "\\xi "},      {"π", "\\pi "},       {"ρ", "\\rho "},
    {"σ", "\\sigma "},     {"τ", "\\tau "},     {"φ", "\\phi "},     {"χ", "\\chi "},      {"ψ", "\\psi "},
    {"ω", "\\omega "},     {"Γ", "\\Gamma "},   {"Δ", "\\Delta "},   {"Θ", "\\Theta "},    {"Λ", "\\Lambda "},
    {"Ξ", "\\Xi "},        {"Π", "\\Pi "},      {"Σ", "\\Sigma "},   {"Φ", "\\Phi "},      {"Ψ", "\\Psi "},
    {"Ω", "\\Omega "},     {"±", "\\pm "},      {"×", "\\times "},   {"·", "\\cdot "},     {"→", "\\rightarrow "},
    {"←", "\\leftarrow "}, {"∂", "\\partial "}, {"∇", "\\nabla "},   {"−", "-"},           {"∝", "\\propto "},
    {"∞", "\\infty "},     {"∈", "\\in "},      {"√", "\\surd "},    {"≈", "\\approx "},   {"≠", "\\neq "},
    {"≤", "\\leq "},       {"≥", "\\geq "},     {"⟨", "\\langle "},  {"⟩", "\\rangle "},   {"…", "\\ldots "},
    {"°", "^{\\circ }"},   {"²", "^{2}"},       {"³", "^{3}"},       {"’", "\\mbox{'}"},   {"‘", "\\mbox{`}"},
    {"“", "\\mbox{``}"},   {"”", "\\mbox{''}"}, {"–", "\\mbox{--}"}, {"—", "\\mbox{---}"}, {"ℓ", "\\ell "},
};

static const char macron[] = "\xcc\x84"; /* combining: it comes after its letter */

/* How a label is being written. */
typedef struct {
    const char *label, *rest;
    FILE *stream;
    bool in_math, is_italic, had_scripts[2]; /* a superscript, a subscript directly before */
    unsigned depth, script_depth;            /* of groups; of the scripts around */
} writer;

enum { MAX_DEPTH = 20, MAX_QUOTED = 60 };

static hebb_status fail(const writer *w, const char *what)
{
    char quoted[MAX_QUOTED + 1];
    size_t n = 0;
    for (const char *c = w->label; *c != '\0' && n < MAX_QUOTED; c++) quoted[n++] = *c < ' ' || *c > '~' ? '?' : *c;
    quoted[n] = '\0';
    return hebb_fail(HEBB_EDATA, "label \"%s\": %s", quoted, what);
}

/* Within a script all is math. */
static void set_math(writer *w, bool in_math)
{
    if (w->script_depth > 0 || in_math == w->in_math) return;
    (void)fputc('$', w->stream);
    w->in_math = in_math;
}

/* Bytes of the UTF-8 character at c, 0 where there is none. */
static size_t length_of_character(const char *c)
{
    const unsigned char first = (unsigned char)*c;
    const size_t length = first < 0x80   ? 1
                          : first < 0xc2 ? 0
                          : first < 0xe0 ? 2
                          : first < 0xf0 ? 3
                          : first < 0xf5 ? 4
                                         : 0;
    for (size_t k = 1; k < length; k++)
        if (((unsigned char)c[k] & 0xc0) != 0x80) return 0;
    return length;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void write_math(writer *w, const char *math)
{
    set_math(w, true);
    if (*math == '^') { /* a power of its own is a script like others */
        if (w->had_scripts[0]) (void)fputs("{}", w->stream);
        w->had_scripts[0] = true;
    } else {
        w->had_scripts[0] = w->had_scripts[1] = false;
    }
    (void)fputs(math, w->stream);
}

/* A character of ASCII that is no letter or digit, as text; NULL: as it stands. */
static const char *text_of(char c, char next)
{
    switch (c) {
    case '#':
        return "\\#";
    case '%':
        return "\\%";
    case '&':
        return "\\&";
    case '$':
        return "\\$";
    case '{':
        return "\\{";
    case '}':
        return "\\}";
    case '_':
        return "\\_";
    case '^':
        return "\\^{}";
    case '~':
        return "\\~{}";
    case '"':
        return "''";
    case '`':
        return "\\`{}";
    case '-':
        return next == '-' ? "-{}" : NULL;
    case '\'':
        return next == '\'' ? "'{}" : NULL;
    case ',':
        return next == ',' ? ",{}" : NULL;
    default:
        return NULL;
    }
}

static void write_ascii(writer *w, char c, char next)
{
    static const char only_math[] = "\\|<>";
    char math[20] = {c};
    if (c == '\\') snprintf(math, sizeof math, "\\backslash ");
    const char *text = text_of(c, next);
    if (w->script_depth == 0 && strchr(only_math, c) == NULL && !(w->is_italic && is_letter(c))) {
        set_math(w, false);
        w->had_scripts[0] = w->had_scripts[1] = false;
        if (text != NULL)
            (void)fputs(text, w->stream);
        else
            (void)fputc(c, w->stream);
        return;
    }
    if (c == ' ')
        snprintf(math, sizeof math, "\\ ");
    else if (is_letter(c) && !w->is_italic)
        snprintf(math, sizeof math, "\\mathrm{%c}", c);
    else if (strchr("^~\"`'", c) != NULL)
        snprintf(math, sizeof math, "\\mbox{%s}", text != NULL ? text : (char[]){c, '\0'});
    else if (text != NULL && c != ',')
        snprintf(math, sizeof math, "%s", text);
    write_math(w, math);
}

/* One character, and the macron over it. */
static hebb_status write_character(writer *w)
{
    const char *c = w->rest;
    const size_t length = length_of_character(c);
    if (length == 0) return fail(w, "is no UTF-8");
    if (length == 1 && ((unsigned char)*c < ' ' || *c == 0x7f)) return fail(w, "has a control character");
    w->rest += length;
    if (length == 1 && strncmp(w->rest, macron, strlen(macron)) == 0) {
        char math[20];
        if (!is_letter(*c)) return fail(w, "has a macron over what is no letter");
        snprintf(math, sizeof math, w->is_italic ? "\\bar{%c}" : "\\bar{\\mathrm{%c}}", *c);
        write_math(w, math);
        w->rest += strlen(macron);
        return HEBB_OK;
    }
    if (length == 1) {
        const bool is_first = c == w->label;
        /* TeX makes one space of many, and drops those after its own. */
        if (*c == ' ' && w->script_depth == 0 && c > w->label && c[-1] == ' ') {
            set_math(w, false);
            (void)fputs("\\ ", w->stream);
        } else if (*c == '-' && is_first && c[1] >= '0' && c[1] <= '9') { /* gnuplot's minus sign */
            write_math(w, "-");
        } else {
            write_ascii(w, *c, *w->rest);
        }
        return HEBB_OK;
    }
    for (size_t k = 0; k < sizeof symbols / sizeof *symbols; k++) {
        if (strlen(symbols[k].character) != length || strncmp(symbols[k].character, c, length) != 0) continue;
        write_math(w, symbols[k].math);
        return HEBB_OK;
    }
    return fail(w, "has a character for which hebb knows no TeX");
}

static hebb_status write_until(writer *w, char end);

/* After an opening brace: its font, if it names one, and what it holds up to the closing one. */
static hebb_status write_group(writer *w)
{
    const bool was_italic = w->is_italic;
    if (++w->depth > MAX_DEPTH) return fail(w, "has braces too deep");
    if (*w->rest == '/') {
        const size_t n = strcspn(w->rest, " }");
        if (n == strlen("/:Italic") && strncmp(w->rest, "/:Italic", n) == 0) w->is_italic = true;
        w->rest += n + (w->rest[n] == ' ' ? 1 : 0);
    }
    const hebb_status status = write_until(w, '}');
    w->is_italic = was_italic;
    w->depth--;
    return status;
}

/* After ^ or _: the character or the group that is raised or lowered. */
static hebb_status write_script(writer *w, char kind)
{
    const size_t k = kind == '^' ? 0 : 1;
    if (*w->rest == '\0' || *w->rest == '}') return fail(w, "ends in ^ or _");
    if (*w->rest == '^' || *w->rest == '_') return fail(w, "has ^ or _ twice");
    set_math(w, true);
    if (w->had_scripts[k]) (void)fputs("{}", w->stream); /* to TeX a second one is an error */
    const bool had_other = w->had_scripts[1 - k] && !w->had_scripts[k];
    (void)fprintf(w->stream, "%c{", kind);
    w->script_depth++;
    w->had_scripts[0] = w->had_scripts[1] = false;
    const bool is_group = *w->rest == '{';
    if (is_group) w->rest++;
    while (is_group && *w->rest == ' ') w->rest++;
    const hebb_status status = is_group ? write_group(w) : write_character(w);
    w->script_depth--;
    (void)fputc('}', w->stream);
    w->had_scripts[k] = true;
    w->had_scripts[1 - k] = had_other;
    return status;
}

static hebb_status write_until(writer *w, char end)
{
    hebb_status status = HEBB_OK;
    while (status == HEBB_OK) {
        const char c = *w->rest;
        if (c == end && c != '\0') w->rest++;
        if (c == end) return HEBB_OK;
        if (c == '\0') return fail(w, "{ without }");
        if (c == '}') return fail(w, "} without {");
        if (c != '{' && c != '^' && c != '_' && c != '$') {
            status = write_character(w);
            continue;
        }
        w->rest++;
        if (c == '{')
            status = write_group(w);
        else if (c == '$') /* what hebb_gnuplot_tex_script makes of italics */
            w->is_italic = !w->is_italic;
        else
            status = write_script(w, c);
    }
    return status;
}

hebb_status hebb_gnuplot_tex_label(const char *label, FILE *stream)
{
    writer w = {.label = label, .rest = label, .stream = stream};
    const hebb_status status = write_until(&w, '\0');
    if (status == HEBB_OK && w.is_italic) return fail(&w, "$ without a second one");
    set_math(&w, false);
    return status;
}
