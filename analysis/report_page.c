/* Pieces of a page: see report_page.h. */
#include "report_page.h"

#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "figure_path.h"
#include "input.h"
#include "report_html.h"
#include "report_number.h"
#include "report_style.h"
#include "shell_path.h"
#include "training_folder.h"

enum { MAX_PICTURE = 1 << 26, MAX_README = 1 << 20 }; /* bytes */

static void put(FILE *stream, const char *markup)
{
    (void)fputs(markup, stream);
}

void hebb_report_begin(FILE *stream, const char *title)
{
    put(stream, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
    hebb_html_text(stream, title);
    put(stream, "</title>\n<style>\n");
    put(stream, hebb_report_style);
    put(stream, "</style>\n</head>\n<body>\n<header>\n<h1>");
    hebb_html_bdi(stream, title);
    put(stream, "</h1>\n");
}

void hebb_report_end(FILE *stream)
{
    (void)fprintf(
        stream,
        "</main>\n<footer class=\"soft\"><p>Written by hebb %s. This page has no scripts and asks the network for "
        "nothing; its pictures are in it, its links lead to files beside it.</p></footer>\n</body>\n</html>\n",
        PACKAGE_VERSION);
}

static void put_command(FILE *stream, const char *command, const char *inputs)
{
    put(stream, "<pre tabindex=\"0\"><code>");
    hebb_html_text(stream, command);
    hebb_html_text(stream, inputs);
    put(stream, "</code></pre>\n");
}

void hebb_report_put_command(FILE *stream, const char *command)
{
    put_command(stream, command, "");
}

void hebb_report_put_link(FILE *stream, const char *link, const char *part, const char *file)
{
    put(stream, "<a href=\"");
    if (*link == '\0') put(stream, "./"); /* so that a first name with a colon is no scheme to anybody */
    hebb_html_path(stream, link);
    hebb_html_path(stream, part);
    if (*part != '\0') put(stream, "/");
    hebb_html_path(stream, file);
    put(stream, "\"><bdi>");
    hebb_html_text(stream, part);
    if (*part != '\0') put(stream, "/");
    hebb_html_text(stream, *file != '\0' || *part != '\0' ? file : *link != '\0' ? link : "./");
    put(stream, "</bdi></a>");
}

/* ---- pictures ---- */

/* The picture as part of the page; *is_there tells whether there was one. */
static hebb_status put_image(FILE *stream, const hebb_report_folder *folder, bool *is_there)
{
    char *path = hebb_figure_path(folder->given, "figure.svg"), *svg = NULL;
    size_t n = 0;
    hebb_status status =
        path != NULL ? hebb_input_load(path, MAX_PICTURE, &svg, &n) : hebb_figure_fail_memory(folder->given);
    free(path);
    *is_there = status == HEBB_OK && n > 0;
    if (status == HEBB_ENOINPUT || status == HEBB_EDATA) {
        hebb_diagnostic_clear();
        status = HEBB_OK;
    }
    if (*is_there) {
        put(stream, "<img alt=\"Figure: ");
        hebb_html_text(stream, folder->title);
        put(stream, "\" src=\"data:image/svg+xml;base64,");
        hebb_html_base64(stream, n, svg);
        put(stream, "\"/>\n");
    }
    free(svg);
    return status;
}

/* Why there is no picture, with the command that makes it. */
static hebb_status put_absent(FILE *stream, const hebb_report_folder *folder)
{
    const hebb_report_part *part = &folder->parts[0];
    put(stream, "<div class=\"absent\"><p>No picture: there is no figure.svg in the folder, or none that could be put "
                "into a page.</p>\n");
    if (part->has_plot) {
        char *path = hebb_figure_path(folder->given, "plot.gp");
        char *word = path != NULL ? hebb_shell_path(path) : NULL, *command = NULL;
        if (word != NULL && asprintf(&command, "gnuplot %s", word) < 0) command = NULL;
        if (command != NULL) {
            put(stream, "<p>Where gnuplot is installed, this draws it:</p>\n");
            hebb_report_put_command(stream, command);
        }
        free(path);
        free(word);
        if (command == NULL) return hebb_figure_fail_memory(folder->given);
        free(command);
    } else if (part->go_on != NULL) {
        put(stream, "<p>This goes on with it, and draws it at the end:</p>\n");
        hebb_report_put_command(stream, part->go_on);
    }
    put(stream, "</div>\n");
    return HEBB_OK;
}

hebb_status hebb_report_put_picture(FILE *stream, const hebb_report_folder *folder, const char *link, bool with_title)
{
    const hebb_report_part *part = &folder->parts[0];
    bool is_there = false;
    put(stream, "<figure>\n");
    hebb_status status = part->has_svg ? put_image(stream, folder, &is_there) : HEBB_OK;
    if (status == HEBB_OK && !is_there) status = put_absent(stream, folder);
    put(stream, "<figcaption class=\"files\">");
    if (with_title) hebb_html_bdi(stream, folder->title);
    if (part->has_pdf) {
        put(stream, with_title ? " \xc2\xb7 " : "");
        hebb_report_put_link(stream, link, "", "figure.pdf");
    }
    if (is_there) {
        put(stream, with_title || part->has_pdf ? " \xc2\xb7 " : "");
        hebb_report_put_link(stream, link, "", "figure.svg");
    }
    put(stream, "</figcaption>\n</figure>\n");
    return status;
}

/* ---- how far, and how made ---- */

static void put_part_state(FILE *stream, const hebb_report_part *part)
{
    if (part->state == NULL) return;
    put(stream, "<div class=\"state\"><p>Not at its end: ");
    const size_t n = strlen(part->path);
    const bool names_it = n > 0 && strncmp(part->state, part->path, n) == 0 &&
                          (part->state[n] == ':' || part->state[n] == '/' || part->path[n - 1] == '/');
    if (!names_it) { /* a sentence about a file begins with its name */
        put(stream, "<bdi><code>");
        hebb_html_text(stream, part->path);
        put(stream, "</code></bdi>, ");
    }
    hebb_html_bdi(stream, part->state);
    put(stream, ".");
    if (part->go_on != NULL) put(stream, " This goes on with it:");
    put(stream, "</p>\n");
    if (part->go_on != NULL) hebb_report_put_command(stream, part->go_on);
    put(stream, "</div>\n");
}

static void put_log(FILE *stream, const hebb_report_part *part)
{
    const hebb_report_table *log = &part->log;
    if (log->n_rows == 0) return;
    put(stream,
        "<div class=\"scroll\" tabindex=\"0\"><table>\n<caption>The last row of the training's log, <bdi><code>");
    hebb_html_text(stream, part->path);
    put(stream, "/log.csv</code></bdi>; a training has no verdict</caption>\n<tbody>\n");
    for (size_t k = 0; k < log->n_columns; k++) {
        put(stream, "<tr><th scope=\"row\">");
        hebb_html_bdi(stream, log->rows[0][k]);
        put(stream, "</th><td class=\"number\" title=\"");
        hebb_html_text(stream, log->rows[1][k]);
        put(stream, "\"><bdi>");
        hebb_report_predicted(stream, log->rows[1][k], "");
        put(stream, "</bdi></td></tr>\n");
    }
    put(stream, "</tbody></table></div>\n");
}

/* What can be done with a training that belongs to no figure. */
static hebb_status put_next(FILE *stream, const hebb_report_part *part)
{
    static const char *const heads[] = {"hebb sample --count 100 ", "hebb analyse likelihood ",
                                        "hebb analyse spectrum "};
    const size_t n = strcmp(part->experiment, HEBB_TRAINING_PREFIX "rbm") == 0 ? sizeof heads / sizeof *heads : 1;
    char *word = hebb_shell_path(part->path);
    if (word == NULL) return hebb_figure_fail_memory(part->path);
    put(stream, "<p>What to do with it:</p>\n");
    for (size_t k = 0; k < n; k++) put_command(stream, heads[k], word);
    free(word);
    return HEBB_OK;
}

hebb_status hebb_report_put_states(FILE *stream, const hebb_report_folder *folder)
{
    for (size_t k = 0; k < folder->n_parts; k++) {
        put_part_state(stream, &folder->parts[k]);
        if (folder->parts[k].is_training) put_log(stream, &folder->parts[k]);
    }
    return folder->parts[0].is_training ? put_next(stream, &folder->parts[0]) : HEBB_OK;
}

/* The options of a command whose names end in seed, with their values. */
static void put_seeds(FILE *stream, const char *command)
{
    const char *between = "<dt>Seeds</dt><dd>";
    for (const char *option = command; (option = strstr(option, " --")) != NULL;) {
        option += 3;
        const size_t n = strcspn(option, " ");
        if (n < 4 || strncmp(option + n - 4, "seed", 4) != 0 || option[n] == '\0') continue;
        const char *value = option + n + 1;
        put(stream, between);
        hebb_html_text_n(stream, n, option);
        put(stream, " = ");
        hebb_html_text_n(stream, strcspn(value, " "), value);
        between = ", ";
    }
    if (*between == ',') put(stream, "</dd>\n");
}

/* Of an analysis or a sample, which have their training's folder as operand. */
static bool is_of_training(const char *command)
{
    return strncmp(command, "hebb analyse ", 13) == 0 || strncmp(command, "hebb sample ", 12) == 0;
}

/* training  in  as a word of the shell; NULL: not known */
static void put_words(FILE *stream, const char *command, const char *training)
{
    size_t n = strlen(command);
    while (n > 0 && command[n - 1] == ' ') n--;
    put(stream, "<bdi><code>");
    hebb_html_text_n(stream, n, command);
    if (training != NULL && is_of_training(command)) {
        put(stream, " ");
        hebb_html_text(stream, training);
    }
    put(stream, "</code></bdi>");
}

static void put_notes(FILE *stream, const hebb_report_part *part, const char *training)
{
    const char *command = hebb_report_note(part, "command");
    put(stream, "<dl>\n");
    if (command != NULL) put_seeds(stream, command);
    for (size_t k = 0; k < part->n_notes; k++) {
        if (strcmp(part->notes[k].key, "command") == 0) continue;
        const bool is_version = strcmp(part->notes[k].key, "hebb") == 0;
        put(stream, "<dt>");
        if (is_version)
            put(stream, "Version");
        else
            hebb_html_bdi(stream, part->notes[k].key);
        put(stream, is_version ? "</dt><dd>hebb " : "</dt><dd>");
        if (is_version)
            hebb_html_bdi(stream, part->notes[k].value);
        else
            put_words(stream, part->notes[k].value, training);
        put(stream, "</dd>\n");
    }
    if (part->n_notes == 0) put(stream, "<dt>Version</dt><dd>not known: there is no manifest.json</dd>\n");
    put(stream, "</dl>\n");
}

/* The tables, with the commands of those that have one of their own. */
static void put_files(FILE *stream, const hebb_report_part *part, const char *link, const char *training)
{
    const char *command = hebb_report_note(part, "command");
    bool has_analysis = false;
    if (part->n_files == 0) return;
    put(stream, "<ul class=\"files\">\n");
    for (size_t k = 0; k < part->n_files; k++) {
        const char *own = part->files[k].command;
        put(stream, "<li>");
        hebb_report_put_link(stream, link, part->name, part->files[k].name);
        if (own != NULL && (command == NULL || strcmp(own, command) != 0)) {
            put(stream, " by ");
            put_words(stream, own, training);
            has_analysis = has_analysis || is_of_training(own);
        }
        put(stream, "</li>\n");
    }
    put(stream, "</ul>\n");
    if (has_analysis)
        (void)fprintf(
            stream,
            "<p class=\"soft\">%sA test set, where there was one, is to be added: <code>--test FILE</code>.</p>\n",
            training != NULL ? ""
                             : "To <code>hebb analyse</code> and <code>hebb sample</code> the training's "
                               "folder is to be added. ");
}

/* The folder that the analyses of a part are of, the part itself or the only training there is; *word NULL: not known. */
static hebb_status find_training(const hebb_report_folder *folder, const hebb_report_part *part, char **word)
{
    const hebb_report_part *training = part->is_training ? part : NULL;
    size_t n = 0;
    for (size_t k = 0; !part->is_training && k < folder->n_parts; k++) {
        if (!folder->parts[k].is_training) continue;
        training = &folder->parts[k];
        n++;
    }
    *word = NULL;
    if (training == NULL || n > 1) return HEBB_OK;
    *word = hebb_shell_path(training->path);
    return *word != NULL ? HEBB_OK : hebb_figure_fail_memory(training->path);
}

static hebb_status put_part_making(FILE *stream, const hebb_report_folder *folder, const hebb_report_part *part,
                                   const char *link)
{
    const char *command = hebb_report_note(part, "command");
    char *training;
    const hebb_status status = find_training(folder, part, &training);
    if (status != HEBB_OK) return status;
    if (*part->name != '\0') {
        put(stream, "<h4>");
        hebb_html_bdi(stream, part->name);
        put(stream, "</h4>\n");
    }
    const bool is_figure = command != NULL && folder->command != NULL && strncmp(command, "hebb figure ", 12) == 0;
    if (command != NULL && !is_figure) put_command(stream, command, part->inputs);
    put_notes(stream, part, training);
    put_files(stream, part, link, training);
    free(training);
    return HEBB_OK;
}

hebb_status hebb_report_put_making(FILE *stream, const hebb_report_folder *folder, const char *link)
{
    hebb_status status = HEBB_OK;
    if (folder->command != NULL) {
        put(stream, folder->is_own
                        ? "<p>The whole figure, with the path of its recipe's folder for ./ and its name:</p>\n"
                        : "<p>The whole figure:</p>\n");
        hebb_report_put_command(stream, folder->command);
    }
    for (size_t k = 0; status == HEBB_OK && k < folder->n_parts; k++)
        status = put_part_making(stream, folder, &folder->parts[k], link);
    return status;
}

/* ---- a figure's README ---- */

hebb_status hebb_report_readme(const char *figure, char **text, size_t *n)
{
    char *folder = NULL, *path = NULL;
    *text = NULL;
    *n = 0;
    hebb_status status = hebb_figure_find(figure, &folder);
    if (status == HEBB_OK) {
        path = hebb_figure_path(folder, "README.md");
        status = path != NULL ? hebb_input_load(path, MAX_README, text, n) : hebb_figure_fail_memory(folder);
    }
    free(path);
    free(folder);
    if (status == HEBB_OK || status == HEBB_EIO || status == HEBB_ENOMEM) return status;
    hebb_diagnostic_clear(); /* a page without it is better than none */
    return HEBB_OK;
}

hebb_markdown_part hebb_report_paper(size_t n, const char *text)
{
    static const char *const of[] = {"What the paper", "What the book", "What the textbook"};
    hebb_markdown_part part = {0, text};
    for (size_t k = 0; part.n == 0 && k < sizeof of / sizeof *of; k++) part = hebb_markdown_section(n, text, of[k]);
    return part.n > 0 ? part : hebb_markdown_section(n, text, NULL);
}
