#include "text_reader.h"

#include <stdlib.h>
#include <string.h>

#include "input.h"

static hebb_status take_lines(const char *path, char *text, size_t n, hebb_text_on_line on_line, void *context)
{
    char *const end = text + n;
    long line = 0;
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) text += 3;
    for (char *next; text < end; text = next) {
        char *newline = memchr(text, '\n', (size_t)(end - text));
        char *const line_end = newline == NULL ? end : newline;
        next = newline == NULL ? end : newline + 1;
        line++;
        if (memchr(text, '\0', (size_t)(line_end - text)) != NULL)
            return hebb_fail(HEBB_EDATA, "%s:%ld: a NUL byte: this is no text file", path, line);
        *line_end = '\0'; /* behind the file there is one */
        const hebb_status status = on_line(context, path, line, text);
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

hebb_status hebb_text_read(const char *path, hebb_text_on_line on_line, void *context)
{
    char *text;
    size_t n_bytes;
    hebb_status status = hebb_input_load(path, HEBB_TEXT_MAX_BYTES, &text, &n_bytes);
    if (status != HEBB_OK) return status;
    status = take_lines(path, text, n_bytes, on_line, context);
    free(text);
    return status;
}
