#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "figure_path.h"
#include "report_html.h"
#include "report_page.h"

/* All folders of the page, and the ways to them. */
typedef struct {
    FILE *stream;
    size_t n;
    hebb_report_folder *folders;
    char **ways;
    hebb_verdict_count count;
} page;

static void put(const page *p, const char *markup)
{
    (void)fputs(markup, p->stream);
}

static void put_heading(const page *p, const char *id, size_t k, const char *level)
{
    (void)fprintf(p->stream, "<%s id=\"%s%zu\">", level, id, k + 1);
    hebb_html_bdi(p->stream, p->folders[k].title);
    (void)fprintf(p->stream, "</%s>\n", level);
}

/* ---- verdicts ---- */

static void put_number(const page *p, size_t n, const char *class)
{
    (void)fprintf(p->stream, "<td class=\"number\">");
    if (n > 0)
        (void)fprintf(p->stream, "<span class=\"%s\">%zu</span></td>", class, n);
    else
        put(p, "0</td>");
}

static void put_overview(const page *p)
{
    put(p, "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">results</th>"
           "<th scope=\"col\">folder</th><th scope=\"col\">agree</th><th scope=\"col\">disagree</th>"
           "<th scope=\"col\">inconclusive</th></tr></thead>\n<tbody>\n");
    for (size_t k = 0; k < p->n; k++) {
        const hebb_report_folder *folder = &p->folders[k];
        bool is_unfinished = false;
        for (size_t i = 0; i < folder->n_parts; i++) is_unfinished = is_unfinished || folder->parts[i].state != NULL;
        (void)fprintf(p->stream, "<tr><th scope=\"row\"><a href=\"#v%zu\">", k + 1);
        hebb_html_bdi(p->stream, folder->title);
        (void)fprintf(p->stream, "</a>%s</th><td><code>", is_unfinished ? " (not at its end)" : "");
        hebb_html_bdi(p->stream, folder->given);
        put(p, "</code></td>");
        put_number(p, folder->count.n_agree, "agree");
        put_number(p, folder->count.n_disagree, "disagree");
        put_number(p, folder->count.n_inconclusive, "inconclusive");
        put(p, "</tr>\n");
    }
    put(p, "</tbody></table></div>\n");
}

static bool has_verdicts(hebb_verdict_count count)
{
    return count.n_agree + count.n_disagree + count.n_inconclusive > 0;
}

static void put_lead(const page *p)
{
    if (!has_verdicts(p->count)) {
        put(p, "<section id=\"verdicts\"><h2>Results</h2>\n<p class=\"lead\"><span class=\"none\">No verdicts: nothing "
               "here is compared with a theory.</span></p>\n");
        return;
    }
    put(p, "<section id=\"verdicts\"><h2>Verdicts</h2>\n<p class=\"lead\">");
    hebb_report_put_count(p->stream, p->count);
    put(p,
        "</p>\n<p class=\"soft\">A simulation and its theory <em>agree</em> where they differ by no more than the "
        "tolerance and three standard errors, corrected for the number of comparisons; <em>disagree</em> where they "
        "differ by more; <em>inconclusive</em> where the error is too large to tell, or the theory does not cover the "
        "point: the notes say which. Numbers are rounded to their errors; all digits are in the CSV files, and shown "
        "where the pointer rests.</p>\n");
    if (p->n > 1) put_overview(p);
}

static hebb_status put_verdicts(const page *p)
{
    hebb_status status = HEBB_OK;
    put_lead(p);
    for (size_t k = 0; status == HEBB_OK && k < p->n; k++) {
        const hebb_report_folder *folder = &p->folders[k];
        if (p->n > 1) put_heading(p, "v", k, "h3");
        if (p->n > 1 && has_verdicts(p->count) && folder->parts[0].verdicts.n_rows == 0 &&
            !folder->parts[0].is_training)
            put(p, "<p class=\"soft\">Nothing is compared in this folder itself.</p>\n");
        status = hebb_report_put_states(p->stream, folder);
        if (status == HEBB_OK) status = hebb_report_put_verdicts(p->stream, folder);
    }
    put(p, "</section>\n");
    return status;
}

/* ---- figures ---- */

/* What the paper shows, and what ours does not do as it, of a figure of the program's own. */
static hebb_status put_readme(const page *p, const hebb_report_folder *folder)
{
    char *text = NULL;
    size_t n = 0;
    if (folder->figure == NULL) return HEBB_OK;
    hebb_status status = hebb_report_readme(folder->figure, &text, &n);
    if (status == HEBB_OK && text != NULL) {
        const hebb_markdown_part differs = hebb_markdown_section(n, text, "What differs");
        put(p, "<details><summary>What the paper shows, and what differs</summary>\n");
        status = hebb_markdown_write(p->stream, hebb_report_paper(n, text));
        if (status == HEBB_OK && differs.n > 0) {
            put(p, "<h4>What differs, and why</h4>\n");
            status = hebb_markdown_write(p->stream, differs);
        }
        put(p, "</details>\n");
    }
    free(text);
    return status;
}

/* A training has none, but for one that somebody put there. */
static bool has_figure(const hebb_report_folder *folder)
{
    const hebb_report_part *part = &folder->parts[0];
    return !part->is_training || part->has_svg || part->has_plot;
}

static hebb_status put_figures(const page *p)
{
    hebb_status status = HEBB_OK;
    size_t n = 0;
    for (size_t k = 0; k < p->n; k++) n += has_figure(&p->folders[k]);
    if (n == 0) return HEBB_OK;
    put(p, "<section id=\"figures\"><h2>Figures</h2>\n<div");
    put(p, n > 1 ? " class=\"figures\">\n" : ">\n");
    for (size_t k = 0; status == HEBB_OK && k < p->n; k++) {
        if (!has_figure(&p->folders[k])) continue;
        put(p, "<div>\n");
        status = hebb_report_put_picture(p->stream, &p->folders[k], p->ways[k], p->n > 1);
        if (status == HEBB_OK) status = put_readme(p, &p->folders[k]);
        put(p, "</div>\n");
    }
    put(p, "</div></section>\n");
    return status;
}

/* ---- making and citing ---- */

static hebb_status put_making(const page *p)
{
    hebb_status status = HEBB_OK;
    put(p, "<section id=\"making\"><h2>How it was made</h2>\n<p class=\"soft\">The commands give the same bytes again, "
           "on any number of threads and on any processor; paths in them are as they were given, and <code>hebb "
           "run</code> and <code>hebb "
           "train</code> want <code>--out DIR</code> besides. Which of the kernels "
           "computed is not recorded: they all give the "
           "same.</p>\n");
    for (size_t k = 0; status == HEBB_OK && k < p->n; k++) {
        if (p->n > 1) put_heading(p, "m", k, "h3");
        put(p, "<p class=\"files\">Folder: ");
        hebb_report_put_link(p->stream, p->ways[k], "", "");
        put(p, "</p>\n");
        status = hebb_report_put_making(p->stream, &p->folders[k], p->ways[k]);
    }
    put(p, "</section>\n");
    return status;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once; the new length. */
static size_t sort_once(const char **texts, size_t n)
{
    size_t n_kept = 0;
    if (n > 0) qsort(texts, n, sizeof *texts, by_text);
    for (size_t k = 0; k < n; k++)
        if (n_kept == 0 || strcmp(texts[n_kept - 1], texts[k]) != 0) texts[n_kept++] = texts[k];
    return n_kept;
}

static void put_citation(const page *p, const char *version)
{
    put(p, "<p>The hebb developers, <em>hebb: statistical physics of associative memories, solved and simulated</em>, "
           "version ");
    hebb_html_bdi(p->stream, version);
    put(p, " (free software, GPL-3.0-or-later).</p>\n<pre tabindex=\"0\"><code>@software{hebb,\n  author  = {{The hebb "
           "developers}},\n  title   = {hebb: statistical physics of associative memories, solved and simulated},\n"
           "  version = {");
    hebb_html_text(p->stream, version);
    put(p, "}\n}</code></pre>\n");
}

/* A paragraph that leads on to a table without the sentence that does so. */
static hebb_markdown_part whole_sentences(hebb_markdown_part part)
{
    while (part.n > 0 && strchr(" \n", part.text[part.n - 1]) != NULL) part.n--;
    if (part.n == 0 || part.text[part.n - 1] != ':') return part;
    for (size_t k = part.n - 1; k > 0; k--)
        if (part.text[k - 1] == '.' && strchr(" \n", part.text[k]) != NULL) return (hebb_markdown_part){k, part.text};
    return part;
}

/* The first paragraph on each figure's papers names them. */
static hebb_status put_papers(const page *p, const char **names)
{
    size_t n = 0;
    hebb_status status = HEBB_OK;
    for (size_t k = 0; k < p->n; k++) {
        const hebb_report_folder *folder = &p->folders[k];
        const char *name = folder->figure != NULL ? folder->figure : folder->drawn;
        if (name != NULL) names[n++] = name;
    }
    n = sort_once(names, n);
    if (n > 0) put(p, "<p>And the papers whose theory or figure it is:</p>\n<dl>\n");
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        char *text = NULL;
        size_t length = 0;
        status = hebb_report_readme(names[k], &text, &length);
        if (status == HEBB_OK && text != NULL) {
            put(p, "<dt>");
            hebb_html_bdi(p->stream, names[k]);
            put(p, "</dt><dd>");
            status = hebb_markdown_write(p->stream,
                                         whole_sentences(hebb_markdown_paragraph(hebb_report_paper(length, text))));
            put(p, "</dd>\n");
        }
        free(text);
    }
    if (n > 0) put(p, "</dl>\n");
    return status;
}

static hebb_status put_cite(const page *p)
{
    const char **texts = reallocarray(NULL, p->n, sizeof *texts);
    size_t n = 0;
    if (texts == NULL) return hebb_figure_fail_memory(p->folders[0].given);
    put(p, "<section id=\"cite\"><h2>How to cite</h2>\n");
    for (size_t k = 0; k < p->n; k++) {
        const char *version = hebb_report_note(&p->folders[k].parts[0], "hebb");
        if (version != NULL) texts[n++] = version;
    }
    n = sort_once(texts, n);
    for (size_t k = 0; k < n; k++) put_citation(p, texts[k]);
    if (n == 0) put_citation(p, PACKAGE_VERSION);
    const hebb_status status = put_papers(p, texts);
    put(p, "</section>\n");
    free(texts);
    return status;
}

/* ---- the page ---- */

static hebb_status put_page(const page *p)
{
    char *title = NULL;
    const int n =
        p->n == 1 ? asprintf(&title, "%s", p->folders[0].title) : asprintf(&title, "%zu results of hebb", p->n);
    if (n < 0) return hebb_figure_fail_memory(p->folders[0].given);
    hebb_report_begin(p->stream, title);
    free(title);
    put(p, "<p class=\"soft\">Theory solved, model simulated, and whether the two agree</p>\n</header>\n<main>\n");
    hebb_status status = put_verdicts(p);
    if (status == HEBB_OK) status = put_figures(p);
    if (status == HEBB_OK) status = put_making(p);
    if (status == HEBB_OK) status = put_cite(p);
    hebb_report_end(p->stream);
    return status;
}

hebb_status hebb_report_write(FILE *stream, size_t n, char *const *folders, const char *output)
{
    page p = {.stream = stream, .folders = calloc(n, sizeof *p.folders), .ways = calloc(n, sizeof *p.ways)};
    hebb_status status = p.folders != NULL && p.ways != NULL ? HEBB_OK : hebb_figure_fail_memory(folders[0]);
    for (size_t k = 0; status == HEBB_OK && k < n; k++) {
        status = hebb_report_folder_read(&p.folders[p.n++], folders[k]);
        if (status == HEBB_OK) status = hebb_report_way(output, folders[k], &p.ways[k]);
        p.count = hebb_verdict_count_add(p.count, p.folders[k].count);
    }
    if (status == HEBB_OK) status = put_page(&p);
    for (size_t k = 0; k < p.n; k++) {
        hebb_report_folder_free(&p.folders[k]);
        free(p.ways[k]);
    }
    free(p.folders);
    free(p.ways);
    return status;
}
