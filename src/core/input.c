#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXCERPT_BYTES = 32 };

static const char *kind_of(mode_t mode)
{
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
    return "no regular file";
}

hebb_status hebb_input_measure(const char *path, int descriptor, size_t *n_bytes)
{
    struct stat info;
    if (fstat(descriptor, &info) != 0) return hebb_fail(HEBB_EIO, "%s: %s", path, strerror(errno));
    if (!S_ISREG(info.st_mode)) return hebb_fail(HEBB_ENOINPUT, "%s: is %s; name a file", path, kind_of(info.st_mode));
    if ((uintmax_t)info.st_size > SIZE_MAX) return hebb_fail(HEBB_EIO, "%s: too large for this machine", path);
    *n_bytes = (size_t)info.st_size;
    return HEBB_OK;
}

hebb_status hebb_input_status(int reason)
{
    if (reason == ENOMEM) return HEBB_ENOMEM;
    return reason == EIO || reason == EMFILE || reason == ENFILE ? HEBB_EIO : HEBB_ENOINPUT;
}

hebb_status hebb_input_open(const char *path, FILE **stream, size_t *n_bytes)
{
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) return hebb_fail(hebb_input_status(errno), "%s: cannot be opened: %s", path, strerror(errno));
    hebb_status status = hebb_input_measure(path, descriptor, n_bytes);
    if (status != HEBB_OK) goto out;
    *stream = fdopen(descriptor, "r");
    if (*stream == NULL) status = hebb_fail(HEBB_ENOMEM, "%s: no memory to read it", path);
out:
    if (status != HEBB_OK) (void)close(descriptor);
    return status;
}

hebb_status hebb_input_load(const char *path, size_t max_bytes, char **text, size_t *n_bytes)
{
    FILE *stream = NULL;
    *text = NULL;
    hebb_status status = hebb_input_open(path, &stream, n_bytes);
    if (status != HEBB_OK) return status;
    if (*n_bytes > max_bytes) {
        status = hebb_fail(HEBB_EDATA, "%s: %zu bytes; at most %zu are read", path, *n_bytes, max_bytes);
        goto out;
    }
    *text = *n_bytes < SIZE_MAX ? malloc(*n_bytes + 1) : NULL;
    if (*text == NULL) {
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its %zu bytes", path, *n_bytes);
        goto out;
    }
    (*text)[*n_bytes] = '\0';
    status = hebb_input_read(path, stream, *text, *n_bytes);
out:
    if (status != HEBB_OK) {
        free(*text);
        *text = NULL;
    }
    (void)fclose(stream);
    return status;
}

hebb_status hebb_input_read(const char *path, FILE *stream, void *into, size_t n_bytes)
{
    if (fread(into, 1, n_bytes, stream) == n_bytes) return HEBB_OK;
    if (ferror(stream)) return hebb_fail(HEBB_EIO, "%s: reading failed: %s", path, strerror(errno));
    return hebb_fail(HEBB_EIO, "%s: became shorter while it was read", path);
}

hebb_status hebb_input_check_length(const char *path, size_t n_promised, size_t n_found)
{
    if (n_promised == n_found) return HEBB_OK;
    if (n_promised < n_found)
        return hebb_fail(HEBB_EDATA,
                         "%s: too long: the header promises %zu bytes of data, the file has %zu; "
                         "download it again or regenerate it",
                         path, n_promised, n_found);
    return hebb_fail(HEBB_EDATA,
                     "%s: truncated: the header promises %s%zu bytes of data, the file has %zu; "
                     "download it again or regenerate it",
                     path, n_promised == SIZE_MAX ? "more than " : "", n_promised, n_found);
}

hebb_status hebb_input_blame(const char *path, hebb_status status)
{
    char sentence[1024];
    snprintf(sentence, sizeof sentence, "%s", hebb_diagnostic()); /* hebb_fail writes where it stands */
    return hebb_fail(status, "%s: %s", path, sentence);
}

const char *hebb_input_excerpt(char excerpt[HEBB_INPUT_EXCERPT_SIZE], const void *content, size_t n)
{
    const unsigned char *bytes = content;
    char *to = excerpt;
    for (size_t i = 0; i < n && i < EXCERPT_BYTES; i++) {
        const int is_printable = bytes[i] >= 0x20 && bytes[i] < 0x7f;
        to += sprintf(to, is_printable ? "%c" : "\\x%02x", bytes[i]);
    }
    strcpy(to, n > EXCERPT_BYTES ? "..." : "");
    return excerpt;
}
