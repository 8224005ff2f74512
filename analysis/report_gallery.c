/* The gallery: see report.h. */
#include "report.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "figure_path.h"
#include "report_html.h"
#include "report_page.h"
#include "shell_path.h"

/* The subjects, in the order in which one learns them; a figure that is in none comes at the end. */
static const struct {
    const char *title, *names;
} subjects[] = {
    {"One pattern, and a few", " crosstalk sigmoid energy-descent curie-weiss two-valleys free-energy-landscape "},
    {"Mixtures", " mixtures mixture-ladder mixtures-measured annealing "},
    {"Load and temperature",
     " capacity retrieval-overlap retrieval phase-diagram phase-diagram-measured replica-exchange "},
    {"Dynamics and basins", " dynamics basins-theory basins "},
    {"Dense memories", " one-step dense dense-dynamics capacity-ladder exponential two-body "},
    {"Continuous memories", " continuous completion "},
    {"Boltzmann machines", " boltzmann-equilibrium microscopic-reversibility boltzmann-learning annealing-schedule "
                           "mean-field-accuracy mean-field-landscape mean-field-xor "},
    {"Restricted Boltzmann machines",
     " rbm-phase-diagram rbm-phases rbm-spectrum rbm-trajectory rbm-training rbm-samples universal "},
    {"Others", ""},
};
enum { N_SUBJECTS = sizeof subjects / sizeof *subjects, OTHERS = N_SUBJECTS - 1 };

typedef struct {
    const char *name;
    int subject;
    const char *place; /* in its subject's names */
} entry;

typedef struct {
    FILE *stream;
    const char *results, *output;
    size_t n;
    entry *entries; /* by subject */
} gallery;

/* Where the name stands as a word; NULL where it does not. */
static const char *find_word(const char *words, const char *name)
{
    const size_t n = strlen(name);
    for (const char *word = words; (word = strstr(word, name)) != NULL; word++)
        if (word > words && word[-1] == ' ' && word[n] == ' ') return word;
    return NULL;
}

static entry make_entry(const char *name)
{
    for (int k = 0; k < OTHERS; k++) {
        const char *place = find_word(subjects[k].names, name);
        if (place != NULL) return (entry){name, k, place};
    }
    return (entry){name, OTHERS, name};
}

static int by_subject(const void *a, const void *b)
{
    const entry *p = a, *q = b;
    if (p->subject != q->subject) return p->subject - q->subject;
    if (p->subject == OTHERS) return strcmp(p->name, q->name);
    return (p->place > q->place) - (p->place < q->place);
}

/* ---- a figure ---- */

static hebb_status put_text(const gallery *g, const char *name)
{
    char *text = NULL;
    size_t n = 0;
    hebb_status status = hebb_report_readme(name, &text, &n);
    if (status == HEBB_OK && text != NULL) {
        const hebb_markdown_part differs = hebb_markdown_section(n, text, "What differs");
        (void)fputs("<h4>What the paper shows</h4>\n", g->stream);
        status = hebb_markdown_write(g->stream, hebb_report_paper(n, text));
        if (status == HEBB_OK && differs.n > 0) {
            (void)fputs("<details><summary>What differs, and why</summary>\n", g->stream);
            status = hebb_markdown_write(g->stream, differs);
            (void)fputs("</details>\n", g->stream);
        }
    }
    free(text);
    return status;
}

static void put_tables(const gallery *g, const hebb_report_folder *folder, const char *way)
{
    const char *between = "<p class=\"files\">Numbers: ";
    for (size_t k = 0; k < folder->n_parts; k++) {
        const hebb_report_part *part = &folder->parts[k];
        for (size_t f = 0; f < part->n_files; f++) {
            (void)fputs(between, g->stream);
            hebb_report_put_link(g->stream, way, part->name, part->files[f].name);
            between = ", ";
        }
    }
    if (*between == ',') (void)fputs("</p>\n", g->stream);
}

static hebb_status put_made(const gallery *g, const hebb_report_folder *folder)
{
    char *way = NULL;
    hebb_status status = hebb_report_way(g->output, folder->given, &way);
    if (status == HEBB_OK) status = hebb_report_put_picture(g->stream, folder, way, false);
    if (status == HEBB_OK) {
        (void)fputs("<p>Verdicts: ", g->stream);
        hebb_report_put_count(g->stream, folder->count);
        (void)fputs("</p>\n", g->stream);
        for (size_t k = 0; k < folder->n_parts; k++)
            if (folder->parts[k].state != NULL) (void)fputs("<p class=\"state\">Not at its end.</p>\n", g->stream);
        put_tables(g, folder, way);
    }
    free(way);
    return status;
}

static hebb_status put_entry(gallery *g, const entry *e)
{
    char *path = hebb_figure_path(g->results, e->name), *title = NULL, *recipe = NULL, *command = NULL, *word = NULL;
    hebb_report_folder folder = {0};
    hebb_status status = path != NULL ? hebb_figure_find(e->name, &recipe) : hebb_figure_fail_memory(e->name);
    if (status == HEBB_OK) status = hebb_figure_title(recipe, &title);
    if (status == HEBB_OK) word = hebb_shell_path(e->name);
    if (status == HEBB_OK && (word == NULL || asprintf(&command, "hebb figure %s --out DIR", word) < 0)) {
        command = NULL;
        status = hebb_figure_fail_memory(e->name);
    }
    if (status != HEBB_OK) goto out;
    (void)fputs("<article>\n<h3 id=\"", g->stream);
    hebb_html_path(g->stream, e->name);
    (void)fputs("\">", g->stream);
    hebb_html_bdi(g->stream, title);
    (void)fputs("</h3>\n", g->stream);
    hebb_report_put_command(g->stream, command);
    status = hebb_report_folder_read(&folder, path);
    if (status == HEBB_OK) {
        status = put_made(g, &folder);
    } else if (status == HEBB_ENOINPUT) {
        hebb_diagnostic_clear();
        (void)fputs("<div class=\"absent\"><p>Not computed yet: the command above makes it.</p></div>\n", g->stream);
        status = HEBB_OK;
    } else if (status == HEBB_EDATA) { /* the others are shown all the same */
        (void)fputs("<div class=\"absent\"><p>", g->stream);
        hebb_html_bdi(g->stream, hebb_diagnostic());
        (void)fputs("</p></div>\n", g->stream);
        hebb_diagnostic_clear();
        status = HEBB_OK;
    }
    if (status == HEBB_OK) status = put_text(g, e->name);
    (void)fputs("</article>\n", g->stream);
out:
    hebb_report_folder_free(&folder);
    free(word);
    free(command);
    free(title);
    free(recipe);
    free(path);
    return status;
}

/* ---- the page ---- */

static void put_contents(const gallery *g)
{
    (void)fputs("<nav aria-label=\"Figures\"><ul class=\"toc\">\n", g->stream);
    for (size_t k = 0; k < g->n; k++) {
        if (k == 0 || g->entries[k].subject != g->entries[k - 1].subject)
            (void)fprintf(g->stream, "%s<li>%s\n<ul>\n", k > 0 ? "</ul></li>\n" : "",
                          subjects[g->entries[k].subject].title);
        (void)fputs("<li><a href=\"#", g->stream);
        hebb_html_path(g->stream, g->entries[k].name);
        (void)fputs("\">", g->stream);
        hebb_html_bdi(g->stream, g->entries[k].name);
        (void)fputs("</a></li>\n", g->stream);
    }
    (void)fputs(g->n > 0 ? "</ul></li>\n</ul></nav>\n" : "</ul></nav>\n", g->stream);
}

static hebb_status put_gallery(gallery *g)
{
    hebb_status status = HEBB_OK;
    hebb_report_begin(g->stream, "The figures of hebb");
    (void)fprintf(g->stream,
                  "<p class=\"soft\">%zu figures of the literature on associative memories, computed again: theory as "
                  "lines, simulation as points. Each is one command.</p>\n</header>\n<main>\n",
                  g->n);
    put_contents(g);
    for (size_t k = 0; status == HEBB_OK && k < g->n; k++) {
        const int subject = g->entries[k].subject;
        if (k == 0 || subject != g->entries[k - 1].subject)
            (void)fprintf(g->stream, "%s<section><h2>%s</h2>\n", k > 0 ? "</section>\n" : "", subjects[subject].title);
        status = put_entry(g, &g->entries[k]);
    }
    if (g->n > 0) (void)fputs("</section>\n", g->stream);
    hebb_report_end(g->stream);
    return status;
}

static hebb_status check_folder(const char *results)
{
    DIR *folder = opendir(results);
    if (folder == NULL) return hebb_figure_fail_input(results);
    (void)closedir(folder);
    return HEBB_OK;
}

hebb_status hebb_report_gallery_write(FILE *stream, const char *results, const char *output)
{
    char **names = NULL;
    gallery g = {.stream = stream, .results = results, .output = output};
    hebb_status status = check_folder(results);
    if (status == HEBB_OK) status = hebb_figure_list(&names, &g.n);
    if (status == HEBB_OK && g.n > 0) {
        g.entries = reallocarray(NULL, g.n, sizeof *g.entries);
        if (g.entries == NULL) status = hebb_figure_fail_memory(results);
    }
    for (size_t k = 0; status == HEBB_OK && k < g.n; k++) g.entries[k] = make_entry(names[k]);
    if (status == HEBB_OK && g.n > 0) qsort(g.entries, g.n, sizeof *g.entries, by_subject);
    if (status == HEBB_OK) status = put_gallery(&g);
    for (size_t k = 0; k < g.n; k++) free(names[k]);
    free(names);
    free(g.entries);
    return status;
}
