#include "report_number.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "number.h"
#include "report_html.h"

enum { MAX_DECIMALS = 10, ROOM = 400 }; /* errors below that are written apart */

#define PLUS_MINUS " \xc2\xb1 "

static const double LARGE = 1e6, SMALL = 1e-4; /* beyond these a power of ten is written */

/* Digits with a true minus sign. */
static void put_digits(FILE *stream, const char *digits)
{
    if (*digits == '-') {
        (void)fputs("\xe2\x88\x92", stream);
        digits++;
    }
    (void)fputs(digits, stream);
}

static void put_fixed(FILE *stream, double x, int decimals)
{
    char digits[ROOM];
    (void)hebb_c_locale_print(digits, sizeof digits, "%.*f", decimals, x);
    const bool is_zero = digits[strspn(digits, "-0.")] == '\0'; /* no -0.00 */
    put_digits(stream, is_zero && *digits == '-' ? digits + 1 : digits);
}

static void put_power(FILE *stream, int exponent)
{
    (void)fputs("\xc2\xb7"
                "10<sup>",
                stream); /* a centred dot */
    put_fixed(stream, exponent, 0);
    (void)fputs("</sup>", stream);
}

/* The power of ten of x once it is rounded to so many digits. */
static int exponent_of(double x, int n_digits)
{
    char digits[HEBB_NUMBER_LENGTH];
    (void)hebb_c_locale_print(digits, sizeof digits, "%.*e", n_digits - 1, x);
    const char *e = strchr(digits, 'e');
    return e != NULL ? (int)strtol(e + 1, NULL, 10) : 0;
}

/* To n digits, without zeros at the end. */
static void put_short(FILE *stream, double x, int n_digits)
{
    char digits[HEBB_NUMBER_LENGTH];
    (void)hebb_c_locale_print(digits, sizeof digits, "%.*g", n_digits, x);
    char *e = strchr(digits, 'e');
    if (e != NULL) *e = '\0';
    put_digits(stream, digits);
    if (e != NULL) put_power(stream, (int)strtol(e + 1, NULL, 10));
}

/* x, and ± error where it is not NaN, both with the decimals that stand for the place 10^-place. */
static void put_to_place(FILE *stream, double x, double error, int place)
{
    const double size = fmax(fabs(x), isnan(error) ? 0.0 : error);
    const bool has_power = size > 0.0 && (size >= LARGE || size < SMALL);
    const int power = has_power ? exponent_of(size, 1) : 0;
    const double unit = pow(10.0, -power);
    const int wanted = place + power, decimals = wanted < 0 ? 0 : wanted > MAX_DECIMALS ? MAX_DECIMALS : wanted;
    const bool is_braced = has_power && !isnan(error) && wanted <= MAX_DECIMALS;
    if (!isfinite(unit)) { /* the smallest numbers there are */
        put_short(stream, x, 3);
        return;
    }
    if (is_braced) (void)fputc('(', stream);
    put_fixed(stream, x * unit, decimals);
    if (is_braced || (!has_power && !isnan(error) && wanted <= MAX_DECIMALS)) {
        (void)fputs(PLUS_MINUS, stream);
        put_fixed(stream, error * unit, decimals);
    }
    if (is_braced) (void)fputc(')', stream);
    if (has_power) put_power(stream, power);
    if (isnan(error) || wanted <= MAX_DECIMALS) return;
    (void)fputs(PLUS_MINUS, stream);
    put_short(stream, error, 2);
}

/* Whether the text is a finite number. */
static bool is_number(const char *text, double *x)
{
    return hebb_number_parse(text, x) && isfinite(*x);
}

void hebb_report_measured(FILE *stream, const char *value, const char *error)
{
    double x, e;
    if (!is_number(value, &x)) {
        hebb_html_text(stream, value);
        if (*error == '\0') return;
        (void)fputs(PLUS_MINUS, stream);
        hebb_html_text(stream, error);
    } else if (is_number(error, &e) && e > 0.0) {
        put_to_place(stream, x, e, 1 - exponent_of(e, 2));
    } else {
        put_short(stream, x, 6);
        if (*error == '\0') return;
        (void)fputs(PLUS_MINUS, stream);
        hebb_html_text(stream, error);
    }
}

void hebb_report_predicted(FILE *stream, const char *value, const char *error)
{
    double x, e;
    if (!is_number(value, &x))
        hebb_html_text(stream, value);
    else if (is_number(error, &e) && e > 0.0)
        put_to_place(stream, x, NAN, 2 - exponent_of(e, 2));
    else
        put_short(stream, x, 6);
}

void hebb_report_rough(FILE *stream, const char *value)
{
    double x;
    if (!is_number(value, &x))
        hebb_html_text(stream, value);
    else if (fabs(x) >= 0.1 && fabs(x) < 1000.0)
        put_fixed(stream, x, 2);
    else
        put_short(stream, x, 3);
}

void hebb_report_score(FILE *stream, const char *value)
{
    double x;
    if (is_number(value, &x) && fabs(x) < 1000.0)
        put_fixed(stream, x, 2);
    else
        hebb_report_rough(stream, value);
}
