/* list: at most so many values, ranges that keep their direction, and the same values when they are written out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_locale.h"
#include "fuzz.h"
#include "list.h"
#include "number.h"

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("0.1,0.2,0.3"),
                                FUZZ_SEED("0.1:0.3:0.1,5,3:1:-1"),
                                FUZZ_SEED("-1e-5:1e-5:5e-6"),
                                FUZZ_SEED("0:1e18:1"),
                                FUZZ_SEED("-999999999999999999:999999999999999999:1e17"),
                                FUZZ_SEED("nan,1e999:2:1"),
                                FUZZ_SEED("0.000000000000000001:1:0.5,,"),
                                {NULL, 0}};
const char *const fuzz_words[] = {
    ":", ",", "-",      "e", "e-", "e400", "e-400", "inf", "nan", "0.1:1", ":0.25", "::", "999999999999999999",
    ".", "0", "1:0:-1", NULL};

static void check_written(const hebb_list *list)
{
    char *text = NULL, number[HEBB_NUMBER_LENGTH];
    size_t n;
    FILE *stream = open_memstream(&text, &n);
    FUZZ_EXPECT(stream != NULL);
    for (size_t k = 0; k < list->length; k++)
        (void)fprintf(stream, "%s%s", k > 0 ? "," : "", hebb_number_format(list->values[k], number));
    FUZZ_EXPECT(fclose(stream) == 0);
    hebb_list again;
    FUZZ_EXPECT(hebb_list_parse(text, &again) == HEBB_OK && again.length == list->length);
    for (size_t k = 0; k < list->length; k++)
        FUZZ_EXPECT(again.values[k] == list->values[k] || (isnan(again.values[k]) && isnan(list->values[k])));
    hebb_list_free(&again);
    free(text);
}

/* A single range never turns back, and never passes its stop. */
static void check_range(const char *text, const hebb_list *list)
{
    if (strchr(text, ',') != NULL || strchr(text, ':') == NULL) return;
    const double start = hebb_c_locale_read(text, NULL), stop = hebb_c_locale_read(strchr(text, ':') + 1, NULL);
    FUZZ_EXPECT(list->values[0] == start);
    for (size_t k = 1; k < list->length; k++)
        FUZZ_EXPECT(stop > start ? list->values[k] >= list->values[k - 1] && list->values[k] <= stop
                                 : list->values[k] <= list->values[k - 1] && list->values[k] >= stop);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    hebb_list list = {0};
    if (fuzz_has_long_range(text)) goto out;
    if (fuzz_check_status(hebb_list_parse(text, &list), "")) {
        FUZZ_EXPECT(list.length > 0 && list.length <= HEBB_LIST_MAX_LENGTH);
        check_range(text, &list);
        check_written(&list);
    } else {
        FUZZ_EXPECT(list.length == 0 && list.values == NULL);
    }
out:
    hebb_list_free(&list);
    free(text);
    return 0;
}
