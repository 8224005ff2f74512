#include "report_html.h"

#include <stdbool.h>
#include <string.h>

enum { REPLACEMENT = 0xfffd };

size_t hebb_html_letter(size_t n, const char *text, unsigned *code)
{
    static const unsigned smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char first = (unsigned char)*text;
    const size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    unsigned value = length == 1 ? first : first & (0x7fU >> length);
    *code = REPLACEMENT;
    if (length == 0 || length > n) return 1;
    for (size_t k = 1; k < length; k++) {
        const unsigned char next = (unsigned char)text[k];
        if (next >> 6 != 2) return 1;
        value = value << 6 | (next & 0x3fU);
    }
    if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return 1;
    *code = value;
    return length;
}

/* Letters that change how others are shown, or are not seen themselves. */
static bool turns_or_hides(unsigned code)
{
    return code == 0xad || code == 0x61c || code == 0x180e || code == 0x200b || code == 0x200e || code == 0x200f ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfff9 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe0fff);
}

/* What HTML and XML have no place for: C1 controls and non-characters. */
static bool is_no_text(unsigned code)
{
    return (code >= 0x80 && code < 0xa0) || (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
}

static void put_letter(FILE *stream, unsigned code, size_t length, const char *bytes)
{
    if (code < 0x20)
        (void)fprintf(stream, "\xe2\x90%c", (char)(0x80 + code)); /* U+2400 + code */
    else if (code == 0x7f)
        (void)fputs("\xe2\x90\xa1", stream);
    else if (turns_or_hides(code))
        (void)fprintf(stream, "[U+%04X]", code);
    else if (code == REPLACEMENT || is_no_text(code))
        (void)fputs("\xef\xbf\xbd", stream);
    else if (code == '&')
        (void)fputs("&amp;", stream);
    else if (code == '<')
        (void)fputs("&lt;", stream);
    else if (code == '>')
        (void)fputs("&gt;", stream);
    else if (code == '"')
        (void)fputs("&quot;", stream);
    else if (code == '\'')
        (void)fputs("&#39;", stream);
    else
        (void)fwrite(bytes, 1, length, stream);
}

void hebb_html_text_n(FILE *stream, size_t n, const char *text)
{
    while (n > 0) {
        unsigned code;
        const size_t length = hebb_html_letter(n, text, &code);
        put_letter(stream, code, length, text);
        text += length;
        n -= length;
    }
}

void hebb_html_text(FILE *stream, const char *text)
{
    hebb_html_text_n(stream, strlen(text), text);
}

void hebb_html_bdi(FILE *stream, const char *text)
{
    (void)fputs("<bdi>", stream);
    hebb_html_text(stream, text);
    (void)fputs("</bdi>", stream);
}

void hebb_html_path(FILE *stream, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    for (; *path != '\0'; path++) {
        if (strchr(plain, *path) != NULL)
            (void)fputc(*path, stream);
        else
            (void)fprintf(stream, "%%%02X", (unsigned)(unsigned char)*path);
    }
}

void hebb_html_base64(FILE *stream, size_t n, const char *bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t k = 0; k < n; k += 3) {
        const size_t left = n - k;
        const unsigned group = (unsigned)(unsigned char)bytes[k] << 16 |
                               (left > 1 ? (unsigned)(unsigned char)bytes[k + 1] << 8 : 0) |
                               (left > 2 ? (unsigned)(unsigned char)bytes[k + 2] : 0);
        const char four[4] = {digits[group >> 18], digits[group >> 12 & 63], left > 1 ? digits[group >> 6 & 63] : '=',
                              left > 2 ? digits[group & 63] : '='};
        (void)fwrite(four, 1, sizeof four, stream);
    }
}
