/*
 * hostile_report FIRST N FOLDER - results whose every text is one of hostile_texts.h, numbers FIRST to FIRST + N - 1
 *
 * Makes the folder, which must not be there: verdict.csv, manifest.json, a figure.svg that would run and fetch, tables and
 * a folder with hostile names.  N is 200 at least.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "hostile_texts.h"

enum { ROOM = 4096, N_TEXTS = 10, N_NOTES = 40, N_FILES = 30, MAX_NAME = 100 };

static uint64_t next; /* the number of the next text */
static char text[ROOM];

static const char *take(void)
{
    (void)hostile_text(next++, sizeof text, text);
    return text;
}

/* One that may be a file's name. */
static const char *take_name(void)
{
    (void)take();
    text[MAX_NAME] = '\0';
    for (char *c = text; *c != '\0'; c++)
        if (*c == '/') *c = '_';
    if (*text == '.') *text = '_';
    return text;
}

static FILE *create(const char *folder, const char *name)
{
    char path[ROOM];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "w");
    if (stream == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return stream;
}

static void put_field(FILE *stream, const char *field, const char *after)
{
    (void)fputc('"', stream);
    for (; *field != '\0'; field++) {
        if (*field == '"') (void)fputc('"', stream);
        (void)fputc(*field, stream);
    }
    (void)fprintf(stream, "\"%s", after);
}

/* Ten texts a row: quantity, three of the grid, five numbers, note. */
static void write_verdicts(const char *folder, uint64_t end)
{
    static const char *const verdicts[] = {"agree", "disagree", "inconclusive"};
    FILE *stream = create(folder, "verdict.csv");
    (void)fputs("quantity,", stream);
    put_field(stream, take(), ",");
    put_field(stream, take(), ",");
    (void)fputs("n_x,simulation,simulation_err,theory,z,tolerance,verdict,note\n", stream);
    for (size_t row = 0; next < end; row++) {
        for (int k = 0; k < N_TEXTS - 1; k++) put_field(stream, take(), ",");
        (void)fprintf(stream, "%s,", verdicts[row % 3]);
        put_field(stream, take(), "\n");
    }
    if (fclose(stream) != 0) exit(EXIT_FAILURE);
}

/* Texts that are no UTF-8 cannot be in it. */
static void put_text(json_t *object, const char *key)
{
    json_t *value = NULL;
    while (value == NULL) value = json_string(take());
    if (json_object_set_new(object, key, value) != 0) exit(EXIT_FAILURE);
}

static void write_manifest(const char *folder)
{
    json_t *object = json_object(), *study = json_object();
    put_text(object, "hebb");
    put_text(object, "command");
    for (int k = 0; k < N_NOTES; k++) {
        char key[ROOM];
        (void)snprintf(key, sizeof key, "%s", take());
        json_t *value = json_string(take());
        if (json_object_set_new(object, key, value) != 0) continue; /* no UTF-8 */
    }
    put_text(study, "experiment");
    put_text(study, "resume");
    (void)json_object_set_new(object, "study", study);
    FILE *stream = create(folder, "manifest.json");
    if (json_dumpf(object, stream, JSON_INDENT(2)) != 0 || fclose(stream) != 0) exit(EXIT_FAILURE);
    json_decref(object);
}

static void write_files(const char *folder)
{
    for (int k = 0; k < N_FILES; k++) {
        char name[MAX_NAME + 8];
        (void)snprintf(name, sizeof name, "%s.csv", take_name());
        FILE *stream = create(folder, name);
        (void)fprintf(stream, "# command: %s\n", take());
        if (fclose(stream) != 0) exit(EXIT_FAILURE);
    }
    FILE *stream = create(folder, "figure.svg");
    (void)fputs(
        "<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"http://127.0.0.1:4567/HOSTILE.css\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"200\" "
        "height=\"100\" onload=\"document.title='HOSTILE'\">\n<script>parent.document.title='HOSTILE'</script>\n"
        "<image width=\"9\" height=\"9\" xlink:href=\"http://127.0.0.1:4567/HOSTILE.png\"/>\n"
        "<style>@import url(http://127.0.0.1:4567/HOSTILE.css);</style>\n"
        "<foreignObject width=\"99\" height=\"99\"><iframe xmlns=\"http://www.w3.org/1999/xhtml\" "
        "src=\"http://127.0.0.1:4567/HOSTILE\"></iframe></foreignObject>\n<text y=\"50\">x</text></svg>\n",
        stream);
    if (fclose(stream) != 0) exit(EXIT_FAILURE);
}

static void make_folder(const char *folder)
{
    if (mkdir(folder, 0777) == 0) return;
    perror(folder);
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
    if (argc != 4) return EXIT_FAILURE;
    next = strtoull(argv[1], NULL, 10);
    const uint64_t end = next + strtoull(argv[2], NULL, 10);
    char part[ROOM + MAX_NAME];
    make_folder(argv[3]);
    write_files(argv[3]);
    write_manifest(argv[3]);
    (void)snprintf(part, sizeof part, "%s/%s", argv[3], take_name());
    make_folder(part);
    write_manifest(part);
    write_verdicts(argv[3], end);
    return EXIT_SUCCESS;
}
