#include "list.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "number.h"

enum { MAX_DIGITS = 18, MAX_EXPONENT = 400 };

/* mantissa * 10^exponent, exactly as written */
typedef struct {
    int64_t mantissa;
    int exponent;
} decimal;

static hebb_status append(hebb_list *list, double value)
{
    if (list->length == HEBB_LIST_MAX_LENGTH)
        return hebb_fail(HEBB_EDOM, "a list may have at most %d values", HEBB_LIST_MAX_LENGTH);
    if ((list->length & (list->length - 1)) == 0) { /* at powers of two the room is used up */
        double *room = realloc(list->values, (list->length == 0 ? 1 : 2 * list->length) * sizeof *room);
        if (room == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a list of %zu values", list->length);
        list->values = room;
    }
    list->values[list->length++] = value;
    return HEBB_OK;
}

/* Reads a finite number that hebb_number_parse has accepted; false when it has too many digits to be kept exactly. */
static bool decimal_parse(const char *text, decimal *d)
{
    const bool negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    *d = (decimal){0, 0};
    int n_digits = 0;
    for (bool after_point = false; isdigit((unsigned char)*text) || *text == '.'; text++) {
        if (*text == '.') {
            after_point = true;
            continue;
        }
        if (n_digits > 0 || *text != '0') n_digits++;
        if (n_digits > MAX_DIGITS) return false;
        d->mantissa = 10 * d->mantissa + (*text - '0');
        if (after_point) d->exponent--;
    }
    if (*text == 'e' || *text == 'E') {
        const long exponent = strtol(text + 1, NULL, 10);
        if (exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT) return false;
        d->exponent += (int)exponent;
    }
    if (negative) d->mantissa = -d->mantissa;
    while (d->mantissa != 0 && d->mantissa % 10 == 0) {
        d->mantissa /= 10;
        d->exponent++;
    }
    return true;
}

/* Writes *d in units of 10^exponent; false when that takes more than MAX_DIGITS digits. */
static bool decimal_align(decimal *d, int exponent)
{
    if (d->mantissa == 0) d->exponent = exponent;
    for (; d->exponent > exponent; d->exponent--)
        if (llabs(d->mantissa) >= 100000000000000000 || __builtin_mul_overflow(d->mantissa, 10, &d->mantissa))
            return false;
    return true;
}

static bool align_range(decimal range[3])
{
    int exponent = MAX_EXPONENT;
    for (int k = 0; k < 3; k++)
        if (range[k].mantissa != 0 && range[k].exponent < exponent) exponent = range[k].exponent;
    for (int k = 0; k < 3; k++)
        if (!decimal_align(&range[k], exponent)) return false;
    return true;
}

static hebb_status append_range(hebb_list *list, const char *item, const char *const texts[3])
{
    decimal range[3];
    for (int k = 0; k < 3; k++) {
        double value;
        if (!hebb_number_parse(texts[k], &value)) return hebb_fail(HEBB_EUSAGE, "'%s' is no number", texts[k]);
        if (!isfinite(value)) return hebb_fail(HEBB_EDOM, "the range '%s' is not finite", item);
        if (!decimal_parse(texts[k], &range[k]))
            return hebb_fail(HEBB_EDOM, "the range '%s' has more than %d digits", item, MAX_DIGITS);
    }
    if (range[2].mantissa == 0) return hebb_fail(HEBB_EDOM, "the range '%s' has step 0", item);
    if (!align_range(range)) return hebb_fail(HEBB_EDOM, "the range '%s' spans more than %d digits", item, MAX_DIGITS);

    const int64_t start = range[0].mantissa, step = range[2].mantissa;
    const int64_t n_steps = (range[1].mantissa - start) / step; /* truncates: the sign tells an empty range */
    if ((range[1].mantissa > start && step < 0) || (range[1].mantissa < start && step > 0))
        return hebb_fail(HEBB_EDOM, "the range '%s' is empty: its step has the wrong sign", item);
    if (n_steps >= HEBB_LIST_MAX_LENGTH - (int64_t)list->length)
        return hebb_fail(HEBB_EDOM, "the range '%s' makes the list longer than %d values", item, HEBB_LIST_MAX_LENGTH);
    for (int64_t k = 0; k <= n_steps; k++) {
        char text[HEBB_NUMBER_LENGTH + 8];
        snprintf(text, sizeof text, "%llde%d", (long long)(start + k * step), range[0].exponent);
        const hebb_status status = append(list, hebb_c_locale_read(text, NULL));
        if (status != HEBB_OK) return status;
    }
    return HEBB_OK;
}

/* Takes the item apart in place, at its colons. */
static hebb_status append_item(hebb_list *list, char *item)
{
    double value;
    if (strchr(item, ':') == NULL) {
        if (!hebb_number_parse(item, &value)) return hebb_fail(HEBB_EUSAGE, "'%s' is no number", item);
        return append(list, value);
    }
    char whole[128];
    snprintf(whole, sizeof whole, "%s", item);
    char *stop = strchr(item, ':');
    *stop++ = '\0';
    char *step = strchr(stop, ':');
    if (step == NULL) return hebb_fail(HEBB_EUSAGE, "the range '%s' has no step: write start:stop:step", whole);
    *step++ = '\0';
    if (strchr(step, ':') != NULL) return hebb_fail(HEBB_EUSAGE, "'%s' is no range: write start:stop:step", whole);
    return append_range(list, whole, (const char *const[3]){item, stop, step});
}

hebb_status hebb_list_parse(const char *text, hebb_list *list)
{
    *list = (hebb_list){0, NULL};
    char *copy = strdup(text);
    if (copy == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for a list of %zu characters", strlen(text));
    hebb_status status = HEBB_OK;
    char *rest = copy;
    for (char *item; status == HEBB_OK && (item = strsep(&rest, ",")) != NULL;)
        status =
            *item == '\0' ? hebb_fail(HEBB_EUSAGE, "the list '%s' has an empty item", text) : append_item(list, item);
    free(copy);
    if (status != HEBB_OK) hebb_list_free(list);
    return status;
}

void hebb_list_free(hebb_list *list)
{
    free(list->values);
    *list = (hebb_list){0, NULL};
}
