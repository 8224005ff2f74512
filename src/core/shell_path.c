#include "shell_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *hebb_shell_path(const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+";
    const char *quote = *path != '\0' && path[strspn(path, plain)] == '\0' ? "" : "'";
    char *word = malloc(4 * strlen(path) + sizeof "./''"); /* a quote becomes four characters */
    if (word == NULL) return NULL;
    char *to = word + sprintf(word, "%s%s", quote, *path == '-' ? "./" : "");
    for (; *path != '\0'; path++) to += sprintf(to, *path == '\'' ? "'\\''" : "%c", *path);
    strcpy(to, quote);
    return word;
}
