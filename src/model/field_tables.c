#include "field_tables.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT = 10, N_DIGITS = 3 }; /* 3 digits of 10 bits hold an overlap */

static size_t units_of(size_t n_patterns)
{
    return (n_patterns + HEBB_UNIT - 1) / HEBB_UNIT;
}

hebb_status hebb_field_tables_init(hebb_field_tables *tables, const hebb_kernel *kernel, size_t n_patterns)
{
    const size_t n = N_DIGITS * units_of(n_patterns);
    *tables = (hebb_field_tables){.kernel = kernel,
                                  .n_units = units_of(n_patterns),
                                  .tables = aligned_alloc(64, n * kernel->unit_bytes),
                                  .numbers = calloc(n, HEBB_UNIT * sizeof *tables->numbers),
                                  .units = calloc(n, sizeof *tables->units),
                                  .reach = calloc(n, sizeof *tables->reach),
                                  .wide = calloc(units_of(n_patterns), sizeof *tables->wide),
                                  .segments = calloc(n, sizeof *tables->segments)};
    if (tables->tables != NULL && tables->numbers != NULL && tables->units != NULL && tables->reach != NULL &&
        tables->wide != NULL && tables->segments != NULL)
        return HEBB_OK;
    hebb_field_tables_free(tables);
    return hebb_fail(HEBB_ENOMEM, "no memory for the tables of %zu patterns", n_patterns);
}

void hebb_field_tables_free(hebb_field_tables *tables)
{
    free(tables->tables);
    free(tables->numbers);
    free(tables->units);
    free(tables->reach);
    free(tables->wide);
    free(tables->segments);
    *tables = (hebb_field_tables){0};
}

double hebb_field_tables_bytes(size_t n_patterns)
{
    size_t largest = 0;
    for (const hebb_kernel *const *kernel = hebb_kernels(); *kernel != NULL; kernel++)
        if ((*kernel)->unit_bytes > largest) largest = (*kernel)->unit_bytes;
    const double a_unit =
        N_DIGITS * (double)(largest + HEBB_UNIT * sizeof(int16_t) + 2 * sizeof(uint32_t) + sizeof(hebb_table_segment));
    return (a_unit + sizeof(uint32_t)) * (double)units_of(n_patterns);
}

/* Where the next unit goes. */
typedef struct {
    hebb_field_tables *tables;
    size_t n_segments, n_units; /* so far */
    uint32_t taken;             /* of what the last segment's 16 bits hold */
} filling;

static int16_t *next_numbers(const filling *to)
{
    return to->tables->numbers + HEBB_UNIT * to->n_units;
}

/* The unit whose numbers are in place already; sum = sum |numbers|. */
static void add_unit(filling *to, size_t unit, int shift, uint32_t sum)
{
    hebb_field_tables *tables = to->tables;
    hebb_table_segment *last = tables->segments + to->n_segments - 1;
    if (to->n_segments == 0 || last->shift != shift || to->taken + sum > HEBB_NARROW) {
        last = tables->segments + to->n_segments++;
        *last = (hebb_table_segment){.units = tables->units + to->n_units,
                                     .numbers = next_numbers(to),
                                     .tables = tables->tables + to->n_units * tables->kernel->unit_bytes,
                                     .shift = shift};
        to->taken = 0;
    }
    to->taken += sum;
    tables->bound += (int64_t)sum << shift;
    tables->units[to->n_units] = (uint32_t)unit;
    tables->reach[to->n_units++] = sum;
    last->n_units++;
}

/* What is left of the numbers above their digits 0 .. digit - 1; each digit is from -512 to 511. */
static void drop_digits(int digit, const int32_t *numbers, int32_t *rest)
{
    memcpy(rest, numbers, HEBB_UNIT * sizeof *rest);
    for (int d = 0; d < digit; d++)
        for (int k = 0; k < HEBB_UNIT; k++) rest[k] = (rest[k] + 512) >> DIGIT;
}

/* A digit of a unit that is too wide to be taken whole.  Returns true where the unit needs the next digit too. */
static bool add_digit(filling *to, int digit, size_t unit, const int32_t *overlaps)
{
    int32_t rest[HEBB_UNIT];
    drop_digits(digit, overlaps + HEBB_UNIT * unit, rest);
    uint32_t sum = to->tables->kernel->narrow(rest, next_numbers(to));
    const bool is_wide = sum > HEBB_NARROW;
    if (is_wide) {
        for (int k = 0; k < HEBB_UNIT; k++) rest[k] = ((rest[k] + 512) & 1023) - 512;
        sum = to->tables->kernel->narrow(rest, next_numbers(to));
    }
    add_unit(to, unit, DIGIT * digit, sum);
    return is_wide;
}

void hebb_field_tables_set(hebb_field_tables *tables, const int32_t *overlaps)
{
    const bool last_served_once = tables->n_served <= 1;
    filling to = {.tables = tables};
    uint32_t *wide = tables->wide;
    size_t n_wide = 0;
    tables->bound = 0;
    for (size_t unit = 0; unit < tables->n_units; unit++) {
        const uint32_t sum = tables->kernel->narrow(overlaps + HEBB_UNIT * unit, next_numbers(&to));
        if (sum <= HEBB_NARROW)
            add_unit(&to, unit, 0, sum);
        else if (add_digit(&to, 0, unit, overlaps))
            wide[n_wide++] = (uint32_t)unit;
    }
    const uint32_t usual = (uint32_t)(tables->bound * 9 / (8 * (int64_t)tables->n_units));
    for (int digit = 1; n_wide > 0; digit++) {
        size_t n_left = 0;
        for (size_t u = 0; u < n_wide; u++)
            if (add_digit(&to, digit, wide[u], overlaps)) wide[n_left++] = wide[u];
        n_wide = n_left;
    }
    tables->plan = (hebb_table_plan){.n_segments = to.n_segments,
                                     .n_units = tables->n_units,
                                     .segments = tables->segments,
                                     .reach = tables->reach,
                                     .reach_usual = usual,
                                     .are_passing = last_served_once};
    tables->n_served = 0;
}

/* Tables that have served twice are kept until they change. */
static void have_served(hebb_field_tables *tables)
{
    tables->plan.are_filled = !tables->plan.are_passing;
    tables->plan.are_passing = false;
    tables->n_served++;
}

void hebb_field_tables_look_up(hebb_field_tables *tables, size_t n, const uint16_t *slices, int32_t *fields)
{
    tables->kernel->fields(n, slices, &tables->plan, fields);
    have_served(tables);
}

void hebb_field_tables_look_up_together(size_t n_networks, hebb_field_tables *const *tables, size_t n,
                                        const uint16_t *slices, int32_t (*fields)[HEBB_BLOCK])
{
    const hebb_table_plan *plans[HEBB_FIELDS_TOGETHER];
    for (size_t first = 0; first < n_networks; first += HEBB_FIELDS_TOGETHER) {
        const size_t left = n_networks - first, n_plans = left < HEBB_FIELDS_TOGETHER ? left : HEBB_FIELDS_TOGETHER;
        for (size_t a = 0; a < n_plans; a++) plans[a] = &tables[first + a]->plan;
        tables[0]->kernel->fields_together(n, slices, n_plans, plans, fields + first);
        for (size_t a = 0; a < n_plans; a++) have_served(tables[first + a]);
    }
}

void hebb_field_tables_add_up(size_t n_patterns, const int32_t *overlaps, size_t n, const uint16_t *slices,
                              int64_t *fields)
{
    memset(fields, 0, n * sizeof *fields);
    for (size_t mu = 0; mu < n_patterns; mu++)
        for (size_t k = 0; k < n; k++) {
            const bool up = slices[mu / 16 * HEBB_BLOCK + k] >> mu % 16 & 1;
            fields[k] += up ? overlaps[mu] : -overlaps[mu];
        }
}
