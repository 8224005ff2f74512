/* clock: a span is finite, not negative and what the text says; in seconds it reads back the same. */
#include "clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "fuzz.h"
#include "number.h"

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("90"),      FUZZ_SEED("90s"),    FUZZ_SEED("1.5h"), FUZZ_SEED("30m"),
                                FUZZ_SEED("2d"),      FUZZ_SEED("1e308d"), FUZZ_SEED("-1s"),  FUZZ_SEED("-0"),
                                FUZZ_SEED("nan"),     FUZZ_SEED("infm"),   FUZZ_SEED("s"),    FUZZ_SEED("1ss"),
                                FUZZ_SEED("1e-320d"), FUZZ_SEED("0x1d"),   FUZZ_SEED("1 h"),  {NULL, 0}};
const char *const fuzz_words[] = {"s",  "m",    "h",     "d",   "e",
                                  "e-", "e308", "e-308", "inf", "nan",
                                  "0x", "-",    ".",     "0",   "0000000000000000000000000000000000000000",
                                  NULL};

static double unit_of(char letter)
{
    return letter == 'm' ? 60.0 : letter == 'h' ? 3600.0 : letter == 'd' ? 86400.0 : 1.0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size), written[HEBB_NUMBER_LENGTH + 1], said[HEBB_CLOCK_LENGTH];
    double seconds = 77.0, again;
    if (fuzz_check_status(hebb_clock_parse(text, &seconds), "'")) {
        char *end;
        FUZZ_EXPECT(isfinite(seconds) && seconds >= 0.0);
        const double number = hebb_c_locale_read(text, &end);
        FUZZ_EXPECT(end > text && (*end == '\0' || (strchr("smhd", *end) != NULL && end[1] == '\0')));
        FUZZ_EXPECT(number * unit_of(*end) == seconds);
        FUZZ_EXPECT(hebb_clock_parse(hebb_number_format(seconds, written), &again) == HEBB_OK && again == seconds);
        FUZZ_EXPECT(hebb_clock_parse(strcat(written, "s"), &again) == HEBB_OK && again == seconds);
        FUZZ_EXPECT(hebb_clock_format(seconds, said) == said && strlen(said) < HEBB_CLOCK_LENGTH);
        if (seconds < 1e24)
            FUZZ_EXPECT(strchr(said, ' ') != NULL && hebb_c_locale_read(said, NULL) <= 999999999999999999999.0);
    } else {
        FUZZ_EXPECT(seconds == 77.0);
    }
    free(text);
    return 0;
}
