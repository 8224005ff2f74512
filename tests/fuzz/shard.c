/* shard: k of n within their bounds, as they stand in the text, and the same when they are written out. */
#include "shard.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("2/5"),
                                FUZZ_SEED("1000000/1000000"),
                                FUZZ_SEED("0/1"),
                                FUZZ_SEED("6/5"),
                                FUZZ_SEED("1/1000001"),
                                FUZZ_SEED("1//2"),
                                FUZZ_SEED(" 1/2"),
                                FUZZ_SEED("18446744073709551617/18446744073709551617"),
                                FUZZ_SEED("+3/4"),
                                FUZZ_SEED("000000000000000000000000000000000000000000000001/2"),
                                {NULL, 0}};
const char *const fuzz_words[] = {"/", "1", "0", "-", "+", "1000000", "9223372036854775808", "0x1", " ", "1e1", NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size), written[HEBB_SHARD_LENGTH];
    size_t k = 77, n = 78, k_again, n_again;
    if (fuzz_check_status(hebb_shard_parse(text, &k, &n), "'")) {
        char *slash, *end;
        FUZZ_EXPECT(1 <= k && k <= n && n <= HEBB_MAX_SHARDS);
        FUZZ_EXPECT(strtoul(text, &slash, 10) == k && *slash == '/');
        FUZZ_EXPECT(strtoul(slash + 1, &end, 10) == n && *end == '\0');
        FUZZ_EXPECT(hebb_shard_format(k, n, written) == written && strlen(written) < HEBB_SHARD_LENGTH - 1);
        FUZZ_EXPECT(hebb_shard_parse(written, &k_again, &n_again) == HEBB_OK && k_again == k && n_again == n);
    } else {
        FUZZ_EXPECT(k == 77 && n == 78);
    }
    free(text);
    return 0;
}
