/* report: a page of a folder whose verdict.csv, manifest.json or log.csv is the input is whole markup, or a refusal. */
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "markup.h"

const fuzz_seed fuzz_seeds[] = {
    FUZZ_SEED("Vquantity,alpha,n_neurons,simulation,simulation_err,theory,z,tolerance,verdict,note\n"
              "m,.1,100,.5,.01,.51,-1,0,agree,\nm,.2,100,.5,1e-13,1e9,0,0,disagree,\"<b>, \"\"x\"\"\"\n"
              "m,,,,,,,,inconclusive,a\n"),
    FUZZ_SEED("V# hebb: 0\n# command: <x>\nquantity,verdict\nm,agree\n"),
    FUZZ_SEED("M{\"hebb\": \"0\", \"command\": \"hebb figure x --size quick --out 'a b'\", \"study\": {\"experiment\": "
              "\"capacity\", \"resume\": \"hebb run --seed 3\"}}"),
    FUZZ_SEED("M{\"hebb\": \"0\", \"a<b\": \"\\u0000\", \"study\": {\"experiment\": \"train rbm\", \"options\": {}}}"),
    FUZZ_SEED("Lupdate,log_likelihood\n0,-1.5\n1,<i>\n"),
    {NULL, 0}};
const char *const fuzz_words[] = {",",           "\n",         "\"",   "agree",        "disagree",     "1e-5", "1e300",
                                  "nan",         "<",          "&",    "--seed ",      "hebb figure ", "{",    "}",
                                  "\"study\": ", "\"hebb\": ", "\xff", "\xe2\x80\xae", "# command: ",  NULL};

/* The page without its style, which is no markup. */
static void check_page(char *page, size_t n)
{
    size_t where;
    char *from = strstr(page, "<style>"), *to = strstr(page, "</style>"), *body = strchr(page, '\n');
    FUZZ_EXPECT(from != NULL && to != NULL && body != NULL);
    memmove(from, to + strlen("</style>"), n - (size_t)(to + strlen("</style>") - page) + 1);
    FUZZ_EXPECT(markup_is_whole(body, strlen(body), &where));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char verdicts[] = "quantity,verdict\n",
                      manifest[] = "{\"hebb\": \"0\", \"study\": {\"experiment\": \"train x\"}}";
    const char kind = size > 0 ? (char)data[0] : 'V';
    const void *bytes = size > 0 ? (const void *)(data + 1) : "";
    const size_t n_bytes = size > 0 ? size - 1 : 0;
    char *page = NULL, *folder = strdup(fuzz_folder());
    size_t n;
    FUZZ_EXPECT(folder != NULL);
    (void)fuzz_folder_file("verdict.csv", kind == 'V' ? bytes : verdicts, kind == 'V' ? n_bytes : sizeof verdicts - 1);
    (void)fuzz_folder_file("manifest.json", kind == 'M' ? bytes : manifest,
                           kind == 'M' ? n_bytes : sizeof manifest - 1);
    (void)fuzz_folder_file("log.csv", kind == 'L' ? bytes : "", kind == 'L' ? n_bytes : 0);
    FILE *stream = open_memstream(&page, &n);
    FUZZ_EXPECT(stream != NULL);
    const hebb_status status = hebb_report_write(stream, 1, &folder, NULL);
    FUZZ_EXPECT(fclose(stream) == 0);
    if (fuzz_check_status(status, folder)) check_page(page, n);
    free(page);
    free(folder);
    return 0;
}
