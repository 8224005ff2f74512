#include "index_lists.h"

#include <stdlib.h>
#include <string.h>

static hebb_status make(hebb_index_lists *lists, size_t n_states, size_t n_units, size_t room)
{
    *lists = (hebb_index_lists){.n_states = n_states,
                                .n_units = n_units,
                                .starts = calloc(n_states + 1, sizeof *lists->starts),
                                .indices = malloc((room + 1) * sizeof *lists->indices),
                                .room = room};
    if (lists->starts != NULL && lists->indices != NULL) return HEBB_OK;
    hebb_index_lists_free(lists);
    return hebb_fail(HEBB_ENOMEM, "no memory for %zu states of %zu units", n_states, n_units);
}

hebb_status hebb_index_lists_init(hebb_index_lists *lists, size_t n_states, size_t n_units)
{
    return make(lists, n_states, n_units, n_states * n_units);
}

hebb_status hebb_index_lists_from_bytes(hebb_index_lists *lists, size_t n_states, size_t n_units, const uint8_t *states)
{
    size_t n_on = 0;
    for (size_t k = 0; k < n_states * n_units; k++) n_on += states[k] != 0;
    const hebb_status status = make(lists, n_states, n_units, n_on);
    if (status == HEBB_OK) hebb_index_lists_set(lists, n_states, states);
    return status;
}

void hebb_index_lists_free(hebb_index_lists *lists)
{
    free(lists->starts);
    free(lists->indices);
    *lists = (hebb_index_lists){0};
}

void hebb_index_lists_set(hebb_index_lists *lists, size_t n_states, const uint8_t *states)
{
    size_t n = 0;
    lists->n_states = n_states;
    for (size_t r = 0; r < n_states; r++) {
        lists->starts[r] = n;
        for (size_t i = 0; i < lists->n_units; i++)
            if (states[r * lists->n_units + i] != 0) lists->indices[n++] = (uint32_t)i;
    }
    lists->starts[n_states] = n;
}

void hebb_index_lists_get(const hebb_index_lists *lists, uint8_t *states)
{
    memset(states, 0, lists->n_states * lists->n_units);
    for (size_t r = 0; r < lists->n_states; r++)
        for (size_t k = lists->starts[r]; k < lists->starts[r + 1]; k++)
            states[r * lists->n_units + lists->indices[k]] = 1;
}

void hebb_index_lists_select(hebb_index_lists *lists, const hebb_index_lists *from, size_t n, const uint32_t *which)
{
    size_t end = 0;
    lists->n_states = n;
    lists->n_units = from->n_units;
    for (size_t r = 0; r < n; r++) {
        const size_t first = from->starts[which[r]], length = from->starts[which[r] + 1] - first;
        lists->starts[r] = end;
        memcpy(lists->indices + end, from->indices + first, length * sizeof *lists->indices);
        end += length;
    }
    lists->starts[n] = end;
}

void hebb_index_lists_transpose(hebb_index_lists *lists, const hebb_index_lists *from)
{
    lists->n_states = from->n_units;
    lists->n_units = from->n_states;
    memset(lists->starts, 0, (from->n_units + 1) * sizeof *lists->starts);
    for (size_t k = 0; k < from->starts[from->n_states]; k++) lists->starts[from->indices[k] + 1]++;
    for (size_t i = 0; i < from->n_units; i++) lists->starts[i + 1] += lists->starts[i];
    for (size_t r = 0; r < from->n_states; r++)
        for (size_t k = from->starts[r]; k < from->starts[r + 1]; k++)
            lists->indices[lists->starts[from->indices[k]]++] = (uint32_t)r;
    for (size_t i = from->n_units; i > 0; i--) lists->starts[i] = lists->starts[i - 1];
    lists->starts[0] = 0;
}
