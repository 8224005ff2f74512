#include "c_locale.h"

#include <pthread.h>
#include <stdlib.h>

static locale_t c_locale;
static pthread_once_t is_there = PTHREAD_ONCE_INIT;

/* Kept for as long as the process is there. */
static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

locale_t hebb_c_locale_enter(void)
{
    (void)pthread_once(&is_there, make_c_locale);
    return uselocale(c_locale); /* of no locale, (locale_t)0: tells the thread's and changes nothing */
}

void hebb_c_locale_leave(locale_t before)
{
    (void)uselocale(before);
}

int hebb_c_locale_print(char *text, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = hebb_c_locale_print_list(text, size, format, arguments);
    va_end(arguments);
    return length;
}

int hebb_c_locale_print_list(char *text, size_t size, const char *format, va_list arguments)
{
    const locale_t before = hebb_c_locale_enter();
    const int length = vsnprintf(text, size, format, arguments);
    hebb_c_locale_leave(before);
    return length;
}

int hebb_c_locale_write_list(FILE *stream, const char *format, va_list arguments)
{
    const locale_t before = hebb_c_locale_enter();
    const int length = vfprintf(stream, format, arguments);
    hebb_c_locale_leave(before);
    return length;
}

double hebb_c_locale_read(const char *text, char **end)
{
    const locale_t before = hebb_c_locale_enter();
    const double x = strtod(text, end);
    hebb_c_locale_leave(before);
    return x;
}
