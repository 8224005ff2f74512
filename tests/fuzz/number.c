/* number: what is read is finite or says so, and every double reads back from its shortest text. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "fuzz.h"
#include "number.h"

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("-0.5"),
                                FUZZ_SEED("1e-323"),
                                FUZZ_SEED("9007199254740993"),
                                FUZZ_SEED("-9223372036854775808"),
                                FUZZ_SEED("1e999"),
                                FUZZ_SEED("nan(1)"),
                                FUZZ_SEED("-inf"),
                                FUZZ_SEED("0x1p-3"),
                                FUZZ_SEED("\0\0\0\0\0\0\360?"),
                                {NULL, 0}};
const char *const fuzz_words[] = {"e",
                                  "E+",
                                  "e-",
                                  ".",
                                  "inf",
                                  "infinity",
                                  "nan",
                                  "0x",
                                  "-",
                                  "+",
                                  "_",
                                  "1e308",
                                  "4.9406564584124654e-324",
                                  "9223372036854775807",
                                  NULL};

static bool same(double x, double y)
{
    return memcmp(&x, &y, sizeof x) == 0 || (isnan(x) && isnan(y));
}

/* Of a number's text; zeros at either end do not count. */
static int n_significant(const char *text)
{
    int n = 0, n_zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text < '0' || *text > '9') continue;
        if (*text == '0') {
            if (n > 0) n_zeros++;
            continue;
        }
        n += n_zeros + 1;
        n_zeros = 0;
    }
    return n;
}

static void check_double(double x)
{
    char text[HEBB_NUMBER_LENGTH], shorter[HEBB_NUMBER_LENGTH];
    double again;
    FUZZ_EXPECT(hebb_number_format(x, text) == text && strlen(text) < HEBB_NUMBER_LENGTH);
    FUZZ_EXPECT(hebb_number_parse(text, &again) && same(x, again));
    const int n = isfinite(x) ? n_significant(text) : 0;
    FUZZ_EXPECT(n <= 17);
    if (n < 2) return;
    hebb_c_locale_print(shorter, sizeof shorter, "%.*e", n - 2, x); /* n - 1 digits */
    FUZZ_EXPECT(hebb_c_locale_read(shorter, NULL) != x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    double x = 0.0;
    if (hebb_number_parse(text, &x)) {
        FUZZ_EXPECT(strpbrk(text, "xXpP_(, ") == NULL);
        check_double(x);
    }
    long n;
    if (hebb_number_parse_integer(text, &n)) {
        char again[HEBB_NUMBER_LENGTH];
        long m;
        FUZZ_EXPECT(hebb_number_parse(text, &x) && x == (double)n);
        snprintf(again, sizeof again, "%ld", n);
        FUZZ_EXPECT(hebb_number_parse_integer(again, &m) && m == n);
    }
    free(text);
    for (size_t k = 0; k + sizeof x <= size; k += sizeof x) {
        memcpy(&x, data + k, sizeof x);
        check_double(x);
    }
    return 0;
}
