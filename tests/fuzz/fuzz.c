#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "c_locale.h"
#include "list.h"

void fuzz_fail(const char *condition, const char *file, int line)
{
    (void)fprintf(stderr, "%s:%d: does not hold: %s\n  the last sentence: %s\n", file, line, condition,
                  hebb_diagnostic());
    abort();
}

const char *fuzz_file(int k, const void *bytes, size_t n)
{
    static char paths[FUZZ_N_FILES][32];
    static int descriptors[FUZZ_N_FILES];
    if (paths[k][0] == '\0') {
        descriptors[k] = memfd_create("fuzz", MFD_CLOEXEC);
        FUZZ_EXPECT(descriptors[k] >= 0);
        snprintf(paths[k], sizeof paths[k], "/proc/self/fd/%d", descriptors[k]);
    }
    FUZZ_EXPECT(ftruncate(descriptors[k], (off_t)n) == 0);
    FUZZ_EXPECT(pwrite(descriptors[k], bytes, n, 0) == (ssize_t)n);
    return paths[k];
}

static char folder[256], link_path[300];

static void remove_folder(void)
{
    DIR *directory = opendir(folder);
    for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        (void)unlinkat(dirfd(directory), entry->d_name, 0);
    if (directory != NULL) (void)closedir(directory);
    (void)rmdir(folder);
}

const char *fuzz_folder(void)
{
    if (folder[0] != '\0') return folder;
    const char *parent = getenv("TMPDIR");
    if (parent == NULL) parent = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/hebb-fuzz-XXXXXX", parent);
    FUZZ_EXPECT(mkdtemp(folder) != NULL);
    FUZZ_EXPECT(atexit(remove_folder) == 0);
    return folder;
}

const char *fuzz_folder_file(const char *name, const void *bytes, size_t n)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FUZZ_EXPECT(descriptor >= 0);
    FUZZ_EXPECT(write(descriptor, bytes, n) == (ssize_t)n);
    FUZZ_EXPECT(close(descriptor) == 0);
    return path;
}

const char *fuzz_file_named(const char *ending, const void *bytes, size_t n)
{
    const char *path = fuzz_file(0, bytes, n);
    char wanted[sizeof link_path];
    snprintf(wanted, sizeof wanted, "%s/x%s", fuzz_folder(), ending);
    if (strcmp(wanted, link_path) != 0) {
        (void)unlink(link_path);
        strcpy(link_path, wanted);
        FUZZ_EXPECT(symlink(path, link_path) == 0);
    }
    return link_path;
}

bool fuzz_check_status(hebb_status status, const char *opening)
{
    if (status == HEBB_OK) return true;
    FUZZ_EXPECT(status == HEBB_EUSAGE || status == HEBB_EDOM || status == HEBB_EDATA);
    const char *sentence = hebb_diagnostic();
    FUZZ_EXPECT(strncmp(sentence, opening, strlen(opening)) == 0 && sentence[strlen(opening)] != '\0');
    for (const unsigned char *c = (const unsigned char *)sentence; *c != '\0'; c++) {
        FUZZ_EXPECT(*c >= ' ' && *c != 0x7f);
        FUZZ_EXPECT(!(c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0)); /* U+009B opens an escape sequence too */
    }
    return false;
}

void fuzz_check_array(const hebb_array *array, size_t n_bytes, size_t expansion)
{
    FUZZ_EXPECT(array->data != NULL);
    FUZZ_EXPECT(array->n_dimensions <= HEBB_ARRAY_MAX_DIMENSIONS);
    const size_t n = hebb_array_n_bytes(array->type, array->n_dimensions, array->shape);
    FUZZ_EXPECT(n <= n_bytes * expansion);
    FUZZ_EXPECT(n == hebb_array_n_elements(array) * hebb_array_type_size(array->type));
}

void fuzz_check_equal(const hebb_array *a, const hebb_array *b)
{
    FUZZ_EXPECT(a->type == b->type && a->n_dimensions == b->n_dimensions);
    for (size_t d = 0; d < a->n_dimensions; d++) FUZZ_EXPECT(a->shape[d] == b->shape[d]);
    FUZZ_EXPECT(memcmp(a->data, b->data, hebb_array_n_bytes(a->type, a->n_dimensions, a->shape)) == 0);
}

char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    FUZZ_EXPECT(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

bool fuzz_has_long_range(const char *text)
{
    for (const char *colon = strchr(text, ':'); colon != NULL; colon = strchr(colon + 1, ':')) {
        const char *first = colon;
        while (first > text && strchr("0123456789.eE+-", first[-1]) != NULL) first--;
        char *end;
        const double start = hebb_c_locale_read(first, NULL), stop = hebb_c_locale_read(colon + 1, &end);
        if (*end != ':') continue;
        const double n = (stop - start) / hebb_c_locale_read(end + 1, NULL);
        if (n > 1e3 && n < 2 * HEBB_LIST_MAX_LENGTH) return true;
    }
    return false;
}
