/* options: a config file is refused by line, or its values are in range and print as a config that reads the same. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("# a study\n\n  alpha = 0.1,0.2 \nneurons=7\r\nself-coupling = yes\nquiet = no\nout = a = b # c\n"),
    FUZZ_SEED("\xef\xbb\xbf"
              "alpha = 0.1:0.3:0.1\nstate = glass\nfield = -1\nsweeps = 1e6\nseed = 9007199254740992"),
    FUZZ_SEED("neurons = 100,200:400:100,1e3\rfield = nan\n"),
    FUZZ_SEED("alpha\nhelp = yes\n"),
    FUZZ_SEED("\xff\xfe"
              "a\0l\0p\0h\0a\0=\0"
              "1\0\n\0"),
    FUZZ_SEED("sweeps = -9223372036854775809\n"),
    FUZZ_SEED("al\033[31mpha = 1\n"),
    {NULL, 0}};
const char *const fuzz_words[] = {"alpha",       "neurons",      "sweeps", "field", "state", "self-coupling",
                                  "seed",        "out",          "quiet",  "help",  " = ",   "yes",
                                  "no",          "retrieval",    "glass",  "#",     "\n",    "\r\n",
                                  "0.1:0.5:0.1", "1e999",        "nan",    "0x10",  "1_000", "-1",
                                  "\xc2\x9b",    "\xef\xbb\xbf", NULL};

static const hebb_option study[] = {
    {"quiet", 'q', HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, 0, "no messages"},
    {"out", 'o', HEBB_OPTION_TEXT, "DIR", NULL, HEBB_ANY, HEBB_OPTION_RESULT, "folder for the results"},
    {"help", 'h', HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_ACTION, "print this and stop"},
    {"alpha", 'a', HEBB_OPTION_REAL_LIST, "LIST", NULL, HEBB_ABOVE(0.0), HEBB_OPTION_RESULT, "load p/N"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "100", HEBB_AT_LEAST(1.0), HEBB_OPTION_RESULT, "sizes"},
    {"sweeps", 's', HEBB_OPTION_INTEGER, "N", "10", HEBB_AT_LEAST(0.0), HEBB_OPTION_RESULT, "sweeps at most"},
    {"field", 0, HEBB_OPTION_REAL, "X", "0.5", HEBB_FROM_TO(-1.0, 1.0), HEBB_OPTION_RESULT, "external field"},
    {"state", 0, HEBB_OPTION_CHOICE, "retrieval|glass", "retrieval", HEBB_ANY, HEBB_OPTION_RESULT, "which solution"},
    {"self-coupling", 0, HEBB_OPTION_FLAG, NULL, NULL, HEBB_ANY, HEBB_OPTION_RESULT, "keep J_ii"},
    {"seed", 0, HEBB_OPTION_INTEGER, "N", "1", HEBB_FROM_TO(0.0, 0x1p53), HEBB_OPTION_RESULT, "seed"},
};
static const hebb_option_table table = {sizeof study / sizeof *study, study};

static hebb_status read_config(const char *path, hebb_options *options)
{
    FUZZ_EXPECT(hebb_options_init(options, 1, &table) == HEBB_OK);
    return hebb_options_read_config(options, path);
}

static void check_values(const hebb_options *options)
{
    const hebb_list *alpha = hebb_options_list(options, "alpha"), *neurons = hebb_options_list(options, "neurons");
    for (size_t k = 0; k < alpha->length; k++) FUZZ_EXPECT(alpha->values[k] > 0.0 && isfinite(alpha->values[k]));
    FUZZ_EXPECT(neurons->length > 0);
    for (size_t k = 0; k < neurons->length; k++)
        FUZZ_EXPECT(neurons->values[k] >= 1.0 && neurons->values[k] == floor(neurons->values[k]));
    FUZZ_EXPECT(fabs(hebb_options_real(options, "field")) <= 1.0);
    FUZZ_EXPECT(hebb_options_integer(options, "sweeps") >= 0 && hebb_options_integer(options, "seed") >= 0);
    FUZZ_EXPECT(hebb_options_integer(options, "sweeps") <= 1L << 53);
    const char *state = hebb_options_text(options, "state");
    FUZZ_EXPECT(strcmp(state, "retrieval") == 0 || strcmp(state, "glass") == 0);
    FUZZ_EXPECT(!hebb_options_is_set(options, "help"));
}

static char *print_config(const hebb_options *options, size_t *n)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, n);
    FUZZ_EXPECT(stream != NULL);
    hebb_options_print_config(options, stream);
    FUZZ_EXPECT(fclose(stream) == 0);
    return text;
}

static void check_printed(const hebb_options *options)
{
    size_t n, n_again;
    char *printed = print_config(options, &n), *canonical, *canonical_again;
    hebb_options again;
    FUZZ_EXPECT(read_config(fuzz_file(1, printed, n), &again) == HEBB_OK);
    char *printed_again = print_config(&again, &n_again);
    FUZZ_EXPECT(n == n_again && memcmp(printed, printed_again, n) == 0);
    FUZZ_EXPECT(hebb_options_canonical(options, &canonical) == HEBB_OK);
    FUZZ_EXPECT(hebb_options_canonical(&again, &canonical_again) == HEBB_OK);
    FUZZ_EXPECT(strcmp(canonical, canonical_again) == 0);
    hebb_options_free(&again);
    free(canonical);
    free(canonical_again);
    free(printed);
    free(printed_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    const bool is_slow = fuzz_has_long_range(text);
    free(text);
    if (is_slow) return 0;
    const char *path = fuzz_file(0, data, size);
    hebb_options options;
    if (fuzz_check_status(read_config(path, &options), path)) {
        FUZZ_EXPECT(size == 0 || memchr(data, '\0', size) == NULL);
        check_values(&options);
        check_printed(&options);
    }
    hebb_options_free(&options);
    return 0;
}
