/*
 * Loaded ahead of a program (LD_PRELOAD): every program below the folder $HEBB_COMMA_PROGRAMS then starts in the locale
 * $HEBB_COMMA_LOCALE, as a program that calls setlocale would, and so do those that it starts.  Other programs, a test's
 * awk and sort, stay as they are.  See tests/comma_locale.sh.
 */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((constructor)) static void start_in_locale(void)
{
    char program[4096];
    const char *folder = getenv("HEBB_COMMA_PROGRAMS"), *name = getenv("HEBB_COMMA_LOCALE");
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (folder == NULL || name == NULL || length <= 0) return;
    program[length] = '\0';
    if (strncmp(program, folder, strlen(folder)) != 0 || program[strlen(folder)] != '/') return;
    /* The system's words for what went wrong stay English: tests look for them. */
    if (unsetenv("LC_ALL") != 0 || unsetenv("LC_NUMERIC") != 0) abort();
    if (setenv("LANG", name, 1) != 0 || setenv("LC_MESSAGES", "C", 1) != 0) abort();
    if (setlocale(LC_ALL, "") == NULL || *localeconv()->decimal_point != ',') abort();
}
