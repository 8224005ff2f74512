#include "number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"

/* "1e-07" -> "1e-7", "1e+22" -> "1e22": C pads exponents, readers do not need it. */
static void shorten_exponent(char *text)
{
    char *from = strchr(text, 'e');
    if (from == NULL) return;
    char *to = ++from;
    if (*from == '-') to++;
    from++;
    while (*from == '0' && from[1] != '\0') from++;
    memmove(to, from, strlen(from) + 1);
}

static bool is_power_of_two(double x)
{
    int exponent;
    return fabs(frexp(x, &exponent)) == 0.5;
}

/*
 * Doubles lie twice as dense below a power of two as above: of the 16-digit decimals around it the nearest, below, may
 * read as another double, and the next, above, as x.  A quarter of the upper gap farther out that one is the nearest.
 */
static void use_decimal_beyond(double x, char text[HEBB_NUMBER_LENGTH])
{
    char beyond[HEBB_NUMBER_LENGTH];
    snprintf(beyond, sizeof beyond, "%.16Lg", (long double)x * (1 + 0x1p-54L));
    if (strtod(beyond, NULL) == x) strcpy(text, beyond);
}

/* What is below 10^15 and an integer is written by %.15g as one: most cells of a large table. */
static bool format_integer(double x, char text[HEBB_NUMBER_LENGTH])
{
    if (!(fabs(x) < 1e15) || x != trunc(x) || (x == 0.0 && signbit(x))) return false;
    char digits[24], *to = digits + sizeof digits;
    unsigned long long n = (unsigned long long)fabs(x);
    *--to = '\0';
    do *--to = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    if (x < 0.0) *--to = '-';
    strcpy(text, to);
    return true;
}

/* The shortest of C's own texts that reads back to x, in the C locale. */
static void use_shortest(double x, char text[HEBB_NUMBER_LENGTH])
{
    /* %.15g drops final zeros, so a shorter text can be missed among subnormals alone. */
    int digits = fabs(x) < 1e-290 ? 1 : 15;
    do (void)snprintf(text, HEBB_NUMBER_LENGTH, "%.*g", digits, x);
    while (strtod(text, NULL) != x && ++digits <= 17);
    if (digits == 17 && is_power_of_two(x)) use_decimal_beyond(x, text);
}

char *hebb_number_format(double x, char text[HEBB_NUMBER_LENGTH])
{
    if (!isfinite(x)) return strcpy(text, isnan(x) ? "nan" : x > 0 ? "inf" : "-inf");
    if (format_integer(x, text)) return text;
    char tried[HEBB_NUMBER_LENGTH]; /* under the sanitizers gcc takes text for one that may be NULL */
    const locale_t before = hebb_c_locale_enter();
    use_shortest(x, tried);
    hebb_c_locale_leave(before);
    shorten_exponent(tried);
    return strcpy(text, tried);
}

bool hebb_number_parse(const char *text, double *x)
{
    if (hebb_c_locale_is_space(*text) || *text == '\0' || strpbrk(text, "xX(") != NULL) return false;
    char *end;
    *x = hebb_c_locale_read(text, &end);
    return *end == '\0';
}

bool hebb_number_parse_with_unit(const char *text, const char *letters, const double *units, double *x)
{
    char digits[HEBB_NUMBER_LENGTH];
    const size_t length = strlen(text);
    const char *letter = length > 0 ? strchr(letters, text[length - 1]) : NULL;
    const size_t n_digits = length - (letter != NULL);
    if (n_digits >= sizeof digits) return false;
    snprintf(digits, sizeof digits, "%.*s", (int)n_digits, text);
    if (!hebb_number_parse(digits, x)) return false;
    if (letter != NULL) *x *= units[letter - letters];
    return true;
}

bool hebb_number_parse_integer(const char *text, long *n)
{
    if (hebb_c_locale_is_space(*text) || *text == '\0') return false;
    char *end;
    errno = 0;
    *n = strtol(text, &end, 10);
    return *end == '\0' && errno == 0;
}
