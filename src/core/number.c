#include "number.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

char *hebb_number_format(double x, char text[HEBB_NUMBER_LENGTH])
{
    if (!isfinite(x)) return strcpy(text, isnan(x) ? "nan" : x > 0 ? "inf" : "-inf");
    char tried[HEBB_NUMBER_LENGTH];
    /* %.15g drops final zeros, so a shorter text can be missed among subnormals alone. */
    int digits = fabs(x) < 1e-290 ? 1 : 15;
    do (void)snprintf(tried, sizeof tried, "%.*g", digits, x);
    while (strtod(tried, NULL) != x && ++digits <= 17);
    if (digits == 17 && is_power_of_two(x)) use_decimal_beyond(x, tried);
    shorten_exponent(tried);
    return strcpy(text, tried);
}

bool hebb_number_parse(const char *text, double *x)
{
    if (isspace((unsigned char)*text) || *text == '\0' || strpbrk(text, "xX(") != NULL) return false;
    char *end;
    *x = strtod(text, &end);
    return *end == '\0';
}

bool hebb_number_parse_integer(const char *text, long *n)
{
    if (isspace((unsigned char)*text) || *text == '\0') return false;
    char *end;
    errno = 0;
    *n = strtol(text, &end, 10);
    return *end == '\0' && errno == 0;
}
