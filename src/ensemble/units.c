#include "units.h"

#include <stdlib.h>

hebb_status hebb_units_init(hebb_units *units, size_t n)
{
    *units = (hebb_units){.n = n, .words = calloc(n / 64 + 1, sizeof *units->words)};
    return units->words != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "no memory for a list of %zu units", n);
}

void hebb_units_mark(hebb_units *units, size_t unit)
{
    units->n_done += !hebb_units_is_done(units, unit);
    units->words[unit / 64] |= UINT64_C(1) << unit % 64;
}

bool hebb_units_is_done(const hebb_units *units, size_t unit)
{
    return units->words[unit / 64] >> unit % 64 & 1;
}

void hebb_units_free(hebb_units *units)
{
    free(units->words);
    *units = (hebb_units){0};
}
