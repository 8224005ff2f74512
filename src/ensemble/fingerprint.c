#include "fingerprint.h"

#include <stdio.h>
#include <string.h>

#include <xxhash.h>

hebb_fingerprint hebb_fingerprint_of(size_t size, const char *text)
{
    XXH128_canonical_t canonical;
    hebb_fingerprint fingerprint;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(text, size));
    memcpy(fingerprint.bytes, canonical.digest, sizeof fingerprint.bytes);
    return fingerprint;
}

bool hebb_fingerprint_equals(hebb_fingerprint a, hebb_fingerprint b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

char *hebb_fingerprint_format(hebb_fingerprint fingerprint, char text[HEBB_FINGERPRINT_LENGTH])
{
    for (size_t k = 0; k < sizeof fingerprint.bytes; k++) snprintf(text + 2 * k, 3, "%02x", fingerprint.bytes[k]);
    return text;
}
