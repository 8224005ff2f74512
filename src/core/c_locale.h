/*
 * c_locale - text as the C locale has it, whatever locale the process is in
 *
 * hebb sets no locale; a program that uses its libraries may, and in most of Europe printf then writes 0,5 and strtod stops
 * at the point of 0.5.  What writes or reads a number with a point goes through here or through number.h.  The locale is
 * the calling thread's, and for as long as the call takes; the process's is never touched.
 */
#ifndef HEBB_CORE_C_LOCALE_H
#define HEBB_CORE_C_LOCALE_H

#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * From here to the call of hebb_c_locale_leave with what this one returned, the calling thread is in the C locale.
 * Some 10 ns both.  Never fails: the C locale needs no memory of glibc's, and where there is none to be had the thread
 * stays where it is.
 */
locale_t hebb_c_locale_enter(void);

void hebb_c_locale_leave(locale_t before);

/* snprintf, vsnprintf and vfprintf with a point in every number. */
int hebb_c_locale_print(char *text, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
int hebb_c_locale_print_list(char *text, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
int hebb_c_locale_write_list(FILE *stream, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

/* strtod with a point. */
double hebb_c_locale_read(const char *text, char **end);

/* Classes of ASCII alone: in other locales the bytes of a UTF-8 letter may pass for blanks and controls. */
static inline bool hebb_c_locale_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool hebb_c_locale_is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

#endif
