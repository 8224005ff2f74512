/* texts for the man pages, cut into sections */
#include "manual.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char MARK[] = ".\\\" @";

static hebb_status read_all(const char *path, char **all)
{
    size_t size = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return hebb_fail(errno == ENOENT ? HEBB_ENOINPUT : HEBB_EIO,
                         "%s: %s; the man page of every verb has a text there", path, strerror(errno));
    *all = NULL;
    const bool is_read = getdelim(all, &size, '\0', file) > 0, failed = !is_read && ferror(file) != 0;
    (void)fclose(file);
    if (failed) return hebb_fail(HEBB_EIO, "%s: cannot be read", path);
    return is_read ? HEBB_OK : hebb_fail(HEBB_EDATA, "%s: nothing in it", path);
}

hebb_status hebb_manual_text_read(hebb_manual_text *text, const char *path)
{
    *text = (hebb_manual_text){.path = path};
    const hebb_status status = read_all(path, &text->all);
    if (status != HEBB_OK) return status;
    text->head = text->all;
    for (char *line = text->all, *next; *line != '\0'; line = next) {
        next = line + strcspn(line, "\n");
        if (*next == '\n') next++;
        if (strncmp(line, MARK, sizeof MARK - 1) != 0) continue;
        if (text->n == HEBB_MANUAL_MAX_SECTIONS) return hebb_fail(HEBB_EDATA, "%s: too many sections", path);
        char *key = line + sizeof MARK - 1;
        *line = '\0'; /* the end of what came before */
        key[strcspn(key, "\n")] = '\0';
        text->sections[text->n].key = key;
        text->sections[text->n++].text = next;
    }
    return strstr(text->head, ".Dd ") != NULL ? HEBB_OK : hebb_fail(HEBB_EDATA, "%s: a line .Dd is missing", path);
}

void hebb_manual_text_free(hebb_manual_text *text)
{
    free(text->all);
    *text = (hebb_manual_text){0};
}

const char *hebb_manual_text_section(hebb_manual_text *text, const char *key, const char *word, const char *other)
{
    char wanted[160];
    snprintf(wanted, sizeof wanted, "%s%s%s%s%s", key, word != NULL ? " " : "", word != NULL ? word : "",
             other != NULL ? " " : "", other != NULL ? other : "");
    for (size_t k = 0; k < text->n; k++) {
        if (strcmp(text->sections[k].key, wanted) != 0) continue;
        text->sections[k].is_used = true;
        return text->sections[k].text;
    }
    return "";
}

hebb_status hebb_manual_text_all_used(const hebb_manual_text *text)
{
    for (size_t k = 0; k < text->n; k++)
        if (!text->sections[k].is_used)
            return hebb_fail(HEBB_EDATA, "%s: section '%s' is about nothing that the tables have", text->path,
                             text->sections[k].key);
    return HEBB_OK;
}
