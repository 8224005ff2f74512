#include "status.h"

#include <stdarg.h>

#include "c_locale.h"

static _Thread_local char diagnostic[1024];

const char *hebb_status_text(hebb_status status)
{
    switch (status) {
    case HEBB_OK:
        return "ok";
    case HEBB_EUSAGE:
        return "wrong usage";
    case HEBB_EDOM:
        return "value out of range";
    case HEBB_EDATA:
        return "malformed data";
    case HEBB_ENOINPUT:
        return "no such input";
    case HEBB_ENOMEM:
        return "out of memory";
    case HEBB_EIO:
        return "input or output failed";
    case HEBB_ENOCONV:
        return "did not converge";
    case HEBB_ENOSOLUTION:
        return "no solution";
    case HEBB_EINTERNAL:
        return "internal error";
    case HEBB_ESTOPPED:
        return "stopped early";
    }
    return "unknown status";
}

hebb_status hebb_fail(hebb_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)hebb_c_locale_print_list(diagnostic, sizeof diagnostic, format, arguments);
    va_end(arguments);
    /* A name or a value that a file or a user gave may hold what a terminal obeys. */
    for (unsigned char *c = (unsigned char *)diagnostic; *c != '\0'; c++) {
        if (*c < 0x20 || *c == 0x7f) *c = '?';
        if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0) c[0] = c[1] = '?'; /* U+009B does what ESC [ does */
    }
    return status;
}

const char *hebb_diagnostic(void)
{
    return diagnostic;
}

void hebb_diagnostic_clear(void)
{
    diagnostic[0] = '\0';
}
