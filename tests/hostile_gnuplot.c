/*
 * Hostile texts through real gnuplot:  hostile_gnuplot [CASES [SEED]]
 *
 * Texts of hostile_texts.h stand in a results file's block of comments, in its column of texts, in the name of the folder
 * and in the environment, while a figure of the program's is drawn there.  Its SVG must be what it is without them, to the
 * byte, and no file may be there that was not asked for.  Labels for TeX are checked to be labels.
 */
#include <errno.h>
#include <ftw.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gnuplot.h"
#include "gnuplot_tex.h"
#include "hostile_texts.h"
#include "input.h"
#include "provenance.h"
#include "table.h"

extern char **environ;

enum { SKIPPED = 77, TEXT_SIZE = 4096, N_ROWS = 100, A_START = N_ROWS, A_LINE = 10 };

static char *script, *reference, *tex_reference;
static size_t n_script, n_reference, n_tex_reference;
static unsigned long n_cases, n_failed;

static void fail(uint64_t seed, const char *where, const char *why)
{
    (void)fprintf(stderr, "FAILED: text %llu, %s: %s\n", (unsigned long long)seed, where, why);
    n_failed++;
}

static void must(bool succeeded, const char *what)
{
    if (succeeded) return;
    (void)fprintf(stderr, "hostile_gnuplot: %s: %s %s\n", what, strerror(errno), hebb_diagnostic());
    exit(99);
}

/* ---- files ---- */

static void in_folder(char path[600], const char *folder, const char *name)
{
    must(snprintf(path, 600, "%s/%s", folder, name) < 600, "a path");
}

static void write_script(const char *folder)
{
    char path[600];
    in_folder(path, folder, "plot.gp");
    FILE *file = fopen(path, "w");
    must(file != NULL && fwrite(script, 1, n_script, file) == n_script && fclose(file) == 0, path);
}

/* The results that the figure draws; texts from `seed` on in the comments, and in the cells of the first rows. */
static void write_results(const char *folder, uint64_t seed, size_t n_comments, size_t n_cells)
{
    static const hebb_column columns[] = {
        {"order", "1", "order"}, {"f", "1", "energy"}, {"status", "", "a text"}, {"", "", ""}};
    char path[600], text[TEXT_SIZE], key[32];
    hebb_provenance provenance = {0};
    hebb_table table = {0};
    must(hebb_provenance_init(&provenance, "hebb theory mixtures", NULL) == HEBB_OK, "provenance");
    for (size_t k = 0; k < n_comments; k += A_LINE) {
        char line[A_LINE * (TEXT_SIZE + 1) + 1] = "";
        for (size_t j = 0, n = 0; j < A_LINE; j++) {
            n += hostile_text(seed + k + j, TEXT_SIZE, line + n);
            line[n++] = ' ';
            line[n] = '\0';
        }
        snprintf(key, sizeof key, "text-%zu", k);
        must(hebb_provenance_add(&provenance, key, "%s", line) == HEBB_OK, "provenance");
    }
    must(hebb_table_init(&table, 3, columns) == HEBB_OK, "table");
    for (size_t k = 0; k < N_ROWS; k++) {
        const size_t order = k + 1;
        (void)hostile_text(seed + k, sizeof text, text);
        /* To gnuplot a line is a row; no text of the program's has two. */
        for (char *c = text; *c != '\0'; c++)
            if (*c == '\n' || *c == '\r') *c = ' ';
        hebb_table_number(&table, (double)order);
        hebb_table_number(&table, -0.318 + (order % 2 == 0 ? 0.1 : -0.1) / (double)order);
        hebb_table_text(&table, k < n_cells ? text : "ok");
    }
    in_folder(path, folder, "theory-ladder.csv");
    must(hebb_table_save(&table, &provenance, path) == HEBB_OK, path);
    hebb_table_free(&table);
    hebb_provenance_free(&provenance);
}

/* ---- what may be there ---- */

static char stranger[600];

static int look(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    static const char *const known[] = {"plot.gp",    "theory-ladder.csv", "theory-ladder.meta.json", "figure.pdf",
                                        "figure.svg", HEBB_GNUPLOT_TEX,    HEBB_GNUPLOT_TEX_PAGES};
    (void)info;
    bool is_known = kind == FTW_D;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        is_known = is_known || strcmp(path + place->base, known[k]) == 0;
    if (!is_known) snprintf(stranger, sizeof stranger, "%s", path);
    return 0;
}

static void check_no_stranger(uint64_t seed, const char *where)
{
    stranger[0] = '\0';
    must(nftw(".", look, 20, FTW_PHYS) == 0, "the folder");
    if (stranger[0] == '\0') return;
    fail(seed, where, "made a file");
    (void)fprintf(stderr, "  | %s\n", stranger);
    must(remove(stranger) == 0, stranger);
}

static void check_same(uint64_t seed, const char *where, const char *folder, const char *name, const char *expected,
                       size_t n_expected)
{
    char path[600], *content = NULL;
    size_t n = 0;
    in_folder(path, folder, name);
    const hebb_status status = hebb_input_load(path, 1 << 25, &content, &n);
    if (status != HEBB_OK)
        fail(seed, where, hebb_diagnostic());
    else if (n != n_expected || memcmp(content, expected, n) != 0)
        fail(seed, where, "another picture");
    free(content);
}

static void check_drawn(uint64_t seed, const char *where, const char *folder, const char *expected, size_t n_expected)
{
    bool drawn = false;
    if (hebb_gnuplot_draw(folder, &drawn) != HEBB_OK || !drawn)
        fail(seed, where, hebb_diagnostic());
    else
        check_same(seed, where, folder, "figure.svg", expected, n_expected);
    check_no_stranger(seed, where);
}

/* ---- the four places ---- */

static void try_comments(uint64_t seed, size_t n)
{
    write_results("clean", seed, n, 0);
    check_drawn(seed, "comments", "clean", reference, n_reference);
    n_cases += n;
}

static void try_cells(uint64_t seed, size_t n)
{
    write_results("clean", seed, 0, n);
    check_drawn(seed, "cells", "clean", reference, n_reference);
    n_cases += n;
}

/* Called by a path too, as the line for a machine without gnuplot says. */
static void draw_by_hand(uint64_t seed, const char *folder)
{
    char path[600], name[] = "gnuplot", option[] = "-d";
    in_folder(path, folder, "plot.gp");
    char *const arguments[] = {name, option, path, NULL};
    pid_t child;
    int outcome = 0;
    must(posix_spawnp(&child, "gnuplot", NULL, NULL, arguments, environ) == 0, "gnuplot");
    while (waitpid(child, &outcome, 0) < 0 && errno == EINTR) continue;
    if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != 0) fail(seed, "folder, by hand", "gnuplot failed");
    check_same(seed, "folder, by hand", folder, "figure.svg", reference, n_reference);
}

static void try_folder(uint64_t seed)
{
    static const char *const files[] = {"plot.gp",    "theory-ladder.csv", "theory-ladder.meta.json", "figure.pdf",
                                        "figure.svg", HEBB_GNUPLOT_TEX,    HEBB_GNUPLOT_TEX_PAGES};
    char folder[200] = "./", path[600];
    bool drawn = false;
    (void)hostile_text(seed, sizeof folder - 2, folder + 2);
    for (char *c = folder + 2; *c != '\0'; c++)
        if (*c == '/') *c = '|';
    must(mkdir(folder, 0700) == 0, folder);
    write_script(folder);
    write_results(folder, seed, 0, 0);
    check_drawn(seed, "folder", folder + 2, reference, n_reference); /* without ./: it may begin with - or = */
    draw_by_hand(seed, folder);
    if (hebb_gnuplot_draw_tex(folder + 2, &drawn) != HEBB_OK) fail(seed, "folder, TeX", hebb_diagnostic());
    check_same(seed, "folder, TeX", folder, HEBB_GNUPLOT_TEX, tex_reference, n_tex_reference);
    check_no_stranger(seed, "folder");
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        in_folder(path, folder, files[k]);
        (void)unlink(path);
    }
    must(rmdir(folder) == 0, folder);
    n_cases++;
}

static void try_environment(uint64_t seed)
{
    static const char *const names[] = {"GNUTERM",         "GNUPLOT_LIB", "GNUPLOT_DRIVER_DIR", "GNUPLOT_FONTPATH",
                                        "GNUHELP",         "FIT_LOG",     "FIT_SCRIPT",         "DISPLAY",
                                        "XDG_CONFIG_HOME", "PAGER"};
    enum { N_NAMES = sizeof names / sizeof *names };
    char text[TEXT_SIZE];
    const char *name = names[seed % N_NAMES];
    (void)hostile_text(seed, sizeof text, text);
    must(setenv(name, text, 1) == 0, name);
    check_drawn(seed, name, "clean", reference, n_reference);
    must(unsetenv(name) == 0, name);
    n_cases++;
}

/* ---- labels for TeX ---- */

/* ASCII, braces that match, math that ends, and of commands those that make characters. */
static bool is_label(const char *tex)
{
    static const char *const commands[] = {"alpha",  "backslash", "mathrm", "mbox", "langle",
                                           "rangle", "bar",       "times",  "infty"};
    int depth = 0;
    bool in_math = false;
    for (const char *c = tex; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~') return false;
        if (*c == '{') depth++;
        if (*c == '}' && --depth < 0) return false;
        if (*c == '$') in_math = !in_math;
        if (*c == '#' || *c == '%' || *c == '&' || *c == '~') return false;
        if (*c != '\\') continue;
        size_t n = 0;
        while ((c[1 + n] >= 'a' && c[1 + n] <= 'z') || (c[1 + n] >= 'A' && c[1 + n] <= 'Z')) n++;
        bool is_known = n == 0 && c[1] != '\0' && strchr("#%&${}_^~` ", c[1]) != NULL;
        for (size_t k = 0; k < sizeof commands / sizeof *commands; k++)
            is_known = is_known || (n == strlen(commands[k]) && strncmp(c + 1, commands[k], n) == 0);
        if (!is_known) return false;
        c += n == 0 ? 1 : n;
    }
    return depth == 0 && !in_math;
}

static void try_label(uint64_t seed)
{
    char text[TEXT_SIZE], *tex = NULL;
    size_t size;
    (void)hostile_text(seed, sizeof text, text);
    FILE *stream = open_memstream(&tex, &size);
    must(stream != NULL, "a label");
    const hebb_status status = hebb_gnuplot_tex_label(text, stream);
    must(fclose(stream) == 0, "a label");
    if (status == HEBB_OK && !is_label(tex)) {
        fail(seed, "label", "is no label in TeX");
        (void)fprintf(stderr, "  | %s\n", tex);
    }
    if (status != HEBB_OK && status != HEBB_EDATA) fail(seed, "label", hebb_diagnostic());
    free(tex);
}

/* ---- all ---- */

/* A folder without anything hostile, and what is drawn there. */
static bool draw_references(void)
{
    char path[600];
    bool drawn = false;
    const char *figures = getenv("HEBB_FIGURES");
    must(figures != NULL, "HEBB_FIGURES");
    in_folder(path, figures, "mixture-ladder/plot.gp");
    must(hebb_input_load(path, 1 << 25, &script, &n_script) == HEBB_OK, path);
    must(mkdir("clean", 0700) == 0, "clean");
    write_script("clean");
    write_results("clean", 0, 0, 0);
    must(hebb_gnuplot_draw("clean", &drawn) == HEBB_OK, "clean");
    if (!drawn) return false;
    must(hebb_input_load("clean/figure.svg", 1 << 25, &reference, &n_reference) == HEBB_OK, "clean/figure.svg");
    must(hebb_gnuplot_draw_tex("clean", &drawn) == HEBB_OK, "clean");
    must(hebb_input_load("clean/" HEBB_GNUPLOT_TEX, 1 << 25, &tex_reference, &n_tex_reference) == HEBB_OK, "TeX");
    return true;
}

static int remove_any(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    return remove(path);
}

int main(int argc, char **argv)
{
    const unsigned long n = argc > 1 ? strtoul(argv[1], NULL, 10) : 600;
    const uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    const char *parent = getenv("TMPDIR");
    char folder[300];
    snprintf(folder, sizeof folder, "%s/hebb-hostile-XXXXXX", parent != NULL ? parent : "/tmp");
    must(mkdtemp(folder) != NULL && chdir(folder) == 0, folder);
    const bool has_gnuplot = draw_references();
    uint64_t seed = first;
    for (; has_gnuplot && n_cases < n - n / 20; seed += A_START) {
        try_comments(seed, A_START);
        try_cells(seed, A_START);
    }
    write_results("clean", 0, 0, 0);
    for (; has_gnuplot && n_cases < n; seed++) {
        try_folder(seed);
        try_environment(seed);
    }
    for (uint64_t k = 0; k < 20 * n; k++) try_label(first + k);
    free(script);
    free(reference);
    free(tex_reference);
    must(chdir("/") == 0 && nftw(folder, remove_any, 20, FTW_DEPTH | FTW_PHYS) == 0, folder);
    (void)printf("%lu texts through gnuplot from seed %llu, %lu failures\n", n_cases, (unsigned long long)first,
                 n_failed);
    if (n_failed > 0) return EXIT_FAILURE;
    if (!has_gnuplot) (void)printf("SKIPPED: gnuplot is not there\n");
    return has_gnuplot ? EXIT_SUCCESS : SKIPPED;
}
