/* The tables of verdicts: see report_page.h. */
#include "report_page.h"

#include <stdlib.h>
#include <string.h>

#include "figure_path.h"
#include "report_html.h"
#include "report_number.h"

enum {
    MANY = 40,      /* rows that agree are folded in from here on */
    VERY_MANY = 25, /* rows of a table that scrolls in itself */
    LONG_NUMBER = 9 /* digits from which a grid's value is rounded */
};

/* The columns that are no grid's. */
enum { QUANTITY, SIMULATION, ERROR, THEORY, Z, TOLERANCE, VERDICT, NOTE, N_NAMED };
static const char *const named[N_NAMED] = {"quantity", "simulation", "simulation_err", "theory",
                                           "z",        "tolerance",  "verdict",        "note"};

static const char *const heads[] = {"quantity", "grid point", "sizes",  "theory", "simulation \xc2\xb1 error",
                                    "z",        "tolerance",  "verdict"};
enum { N_HEADS = sizeof heads / sizeof *heads };

/* A row, and where the first row with its note is. */
typedef struct {
    const char *note;
    size_t row, first;
} place;

typedef struct {
    const hebb_report_table *table;
    size_t columns[N_NAMED]; /* n_columns: there is none */
} verdict_table;

static const char *cell(const verdict_table *t, size_t row, int name)
{
    return t->columns[name] < t->table->n_columns ? t->table->rows[row][t->columns[name]] : "";
}

void hebb_report_put_count(FILE *stream, hebb_verdict_count count)
{
    if (count.n_agree + count.n_disagree + count.n_inconclusive == 0) {
        (void)fputs("<span class=\"none\">nothing compared</span>", stream);
        return;
    }
    const size_t n[] = {count.n_agree, count.n_disagree, count.n_inconclusive};
    static const hebb_verdict order[] = {HEBB_AGREE, HEBB_DISAGREE, HEBB_INCONCLUSIVE};
    for (size_t k = 0; k < sizeof n / sizeof *n; k++) {
        const char *verdict = hebb_verdict_text(order[k]);
        (void)fprintf(stream, "%s<span class=\"%s\">%zu %s</span>", k > 0 ? ", " : "", n[k] > 0 ? verdict : "none",
                      n[k], verdict);
    }
}

/* ---- cells ---- */

/* The letters of docs/conventions.md for the commonest columns. */
static const char *letter_of(const char *column)
{
    static const struct {
        const char *column, *letter;
    } letters[] = {{"alpha", "\xce\xb1"}, {"temperature", "T"}, {"n_neurons", "N"}, {"n_patterns", "p"}};
    for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
        if (strcmp(letters[k].column, column) == 0) return letters[k].letter;
    return column;
}

static bool is_size(const char *column)
{
    return strncmp(column, "n_", 2) == 0;
}

/* The grid's columns that are sizes, or those that are none; empty ones are left out. */
static void put_grid(FILE *stream, const verdict_table *t, size_t row, bool sizes)
{
    const hebb_report_table *table = t->table;
    const char *between = "";
    (void)fputs("<td>", stream);
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *name = table->rows[0][c], *text = table->rows[row][c];
        bool is_named = false;
        for (int k = 0; k < N_NAMED; k++) is_named = is_named || t->columns[k] == c;
        if (is_named || is_size(name) != sizes || *text == '\0') continue;
        (void)fprintf(stream, "%s<span class=\"pair\" title=\"", between);
        hebb_html_text(stream, name);
        (void)fputs(" = ", stream);
        hebb_html_text(stream, text);
        (void)fputs("\">", stream);
        hebb_html_bdi(stream, letter_of(name));
        (void)fputs(" = <bdi>", stream);
        if (strlen(text) < LONG_NUMBER)
            hebb_html_text(stream, text);
        else
            hebb_report_predicted(stream, text, "");
        (void)fputs("</bdi>", stream);
        between = ",</span> ";
    }
    (void)fputs(*between != '\0' ? "</span></td>" : "</td>", stream);
}

static void begin_number(FILE *stream, const char *title, const char *error)
{
    (void)fputs("<td class=\"number\"", stream);
    if (*title != '\0') {
        (void)fputs(" title=\"", stream);
        hebb_html_text(stream, title);
        if (*error != '\0') (void)fputs(" \xc2\xb1 ", stream);
        hebb_html_text(stream, error);
        (void)fputc('"', stream);
    }
    (void)fputs("><bdi>", stream);
}

static void put_row(FILE *stream, const verdict_table *t, size_t row)
{
    static const char end[] = "</bdi></td>";
    const char *error = cell(t, row, ERROR), *verdict = cell(t, row, VERDICT);
    (void)fputs("<tr><th scope=\"row\">", stream);
    hebb_html_bdi(stream, cell(t, row, QUANTITY));
    (void)fputs("</th>", stream);
    put_grid(stream, t, row, false);
    put_grid(stream, t, row, true);
    begin_number(stream, cell(t, row, THEORY), "");
    hebb_report_predicted(stream, cell(t, row, THEORY), error);
    (void)fputs(end, stream);
    begin_number(stream, cell(t, row, SIMULATION), error);
    hebb_report_measured(stream, cell(t, row, SIMULATION), error);
    (void)fputs(end, stream);
    begin_number(stream, cell(t, row, Z), "");
    hebb_report_score(stream, cell(t, row, Z));
    (void)fputs(end, stream);
    begin_number(stream, cell(t, row, TOLERANCE), "");
    hebb_report_rough(stream, cell(t, row, TOLERANCE));
    (void)fprintf(stream, "%s<td class=\"%s\">%s</td></tr>\n", end, verdict, verdict); /* one of three words */
}

/* ---- a table of one kind of verdict, the rows of a note together ---- */

static int by_note(const void *a, const void *b)
{
    const place *p = a, *q = b;
    const int order = strcmp(p->note, q->note);
    return order != 0 ? order : (p->row > q->row) - (p->row < q->row);
}

static int by_first(const void *a, const void *b)
{
    const place *p = a, *q = b;
    return p->first != q->first ? (p->first > q->first) - (p->first < q->first) : (p->row > q->row) - (p->row < q->row);
}

/* The rows of that verdict, in the file's order but for those that have a note already seen. */
static size_t sort_rows(const verdict_table *t, const char *verdict, place *places)
{
    size_t n = 0;
    for (size_t row = 1; row <= t->table->n_rows; row++)
        if (strcmp(cell(t, row, VERDICT), verdict) == 0) places[n++] = (place){cell(t, row, NOTE), row, row};
    if (n == 0) return 0;
    qsort(places, n, sizeof *places, by_note);
    for (size_t k = 1; k < n; k++)
        if (strcmp(places[k].note, places[k - 1].note) == 0) places[k].first = places[k - 1].first;
    qsort(places, n, sizeof *places, by_first);
    return n;
}

static void put_table(FILE *stream, const verdict_table *t, const char *name, const char *verdict, size_t n,
                      const place *places)
{
    const bool is_folded = n > MANY && strcmp(verdict, hebb_verdict_text(HEBB_AGREE)) == 0;
    (void)fprintf(stream, "<details%s><summary><span class=\"%s\">%zu %s</span>", is_folded ? "" : " open=\"open\"",
                  verdict, n, verdict);
    if (*name != '\0') {
        (void)fputs(" in ", stream);
        hebb_html_bdi(stream, name);
    }
    (void)fprintf(stream, "</summary>\n<div class=\"scroll%s\" tabindex=\"0\"><table class=\"verdicts\">\n<caption>",
                  n > VERY_MANY ? " tall" : "");
    (void)fputs("A note stands above its rows.</caption>\n<thead><tr>", stream);
    for (int k = 0; k < N_HEADS; k++) (void)fprintf(stream, "<th scope=\"col\">%s</th>", heads[k]);
    (void)fputs("</tr></thead>\n<tbody>\n", stream);
    for (size_t k = 0; k < n; k++) {
        const bool is_new = k == 0 || places[k].first != places[k - 1].first;
        if (is_new && k > 0) (void)fputs("</tbody><tbody>\n", stream);
        if (is_new && *places[k].note != '\0') {
            (void)fprintf(stream, "<tr class=\"note\"><th colspan=\"%d\" scope=\"rowgroup\">", N_HEADS);
            hebb_html_bdi(stream, places[k].note);
            (void)fputs("</th></tr>\n", stream);
        }
        put_row(stream, t, places[k].row);
    }
    (void)fputs("</tbody></table></div></details>\n", stream);
}

static hebb_status put_part(FILE *stream, const hebb_report_part *part)
{
    static const hebb_verdict order[] = {HEBB_DISAGREE, HEBB_INCONCLUSIVE, HEBB_AGREE};
    verdict_table t = {.table = &part->verdicts};
    if (part->verdicts.n_rows == 0) return HEBB_OK;
    place *places = reallocarray(NULL, part->verdicts.n_rows, sizeof *places);
    if (places == NULL) return hebb_figure_fail_memory(part->path);
    for (int k = 0; k < N_NAMED; k++) t.columns[k] = hebb_report_column(t.table, named[k]);
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        const char *verdict = hebb_verdict_text(order[k]);
        const size_t n = sort_rows(&t, verdict, places);
        if (n > 0) put_table(stream, &t, part->name, verdict, n, places);
    }
    free(places);
    return HEBB_OK;
}

hebb_status hebb_report_put_verdicts(FILE *stream, const hebb_report_folder *folder)
{
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < folder->n_parts; k++) status = put_part(stream, &folder->parts[k]);
    return status;
}
