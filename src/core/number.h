/*
 * number - doubles and whole numbers to text and back, in the C locale
 */
#ifndef HEBB_CORE_NUMBER_H
#define HEBB_CORE_NUMBER_H

#include <stdbool.h>

enum { HEBB_NUMBER_LENGTH = 48 };

/*
 * The fewest significant digits that read back to the same double: 0.1, 12, 1e-7, -inf, nan.
 * Returns text.
 */
char *hebb_number_format(double x, char text[HEBB_NUMBER_LENGTH]);

/* Whether the whole of text is a decimal number (inf and nan in any case count); hexadecimal is refused. */
bool hebb_number_parse(const char *text, double *x);

/*
 * The same with one of the letters behind the number, or none: the number times the letter's unit.
 *
 * letters, units  in   as "smh" and {1, 60, 3600}
 */
bool hebb_number_parse_with_unit(const char *text, const char *letters, const double *units, double *x);

/* Whether the whole of text is a decimal whole number that fits a long. */
bool hebb_number_parse_integer(const char *text, long *n);

#endif
