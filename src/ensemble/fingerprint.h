/*
 * fingerprint - a study's identity in 128 bits: XXH3 of the text that says all that can change a result
 *
 * Against mistakes, not against malice.  The algorithm's output is fixed since xxHash 0.8.0.
 */
#ifndef HEBB_ENSEMBLE_FINGERPRINT_H
#define HEBB_ENSEMBLE_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    unsigned char bytes[16];
} hebb_fingerprint;

enum { HEBB_FINGERPRINT_LENGTH = 33 };

hebb_fingerprint hebb_fingerprint_of(size_t size, const char *text);

bool hebb_fingerprint_equals(hebb_fingerprint a, hebb_fingerprint b);

/* 32 hexadecimal digits; returns text. */
char *hebb_fingerprint_format(hebb_fingerprint fingerprint, char text[HEBB_FINGERPRINT_LENGTH]);

#endif
