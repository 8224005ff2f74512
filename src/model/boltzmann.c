#include "boltzmann.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

enum { MAX_UNITS = 1 << 20 };

typedef enum { INPUT, OUTPUT, HIDDEN } layer;

static layer layer_of(const hebb_boltzmann *machine, size_t unit)
{
    if (unit < machine->n_input) return INPUT;
    return unit < machine->n_visible ? OUTPUT : HIDDEN;
}

static bool joins(hebb_links links, layer a, layer b)
{
    switch (links) {
    case HEBB_LINKS_FULL:
        return true;
    case HEBB_LINKS_NO_INPUT_OUTPUT:
        return !((a == INPUT && b == OUTPUT) || (a == OUTPUT && b == INPUT));
    case HEBB_LINKS_LAYERED:
    case HEBB_LINKS_RESTRICTED:
        return (a == HIDDEN) != (b == HIDDEN);
    }
    return false;
}

double hebb_boltzmann_bytes(size_t n_units)
{
    const double n = (double)n_units;
    return n * n * (sizeof(double) + 1) + n * (sizeof(double) + 1);
}

/* Small machines are not worth the question. */
static hebb_status check_memory(size_t n)
{
    enum { WORTH_ASKING = 1 << 20 };
    char what[64];
    if (hebb_boltzmann_bytes(n) < WORTH_ASKING) return HEBB_OK;
    snprintf(what, sizeof what, "a machine of %zu units", n);
    return hebb_memory_check(what, hebb_boltzmann_bytes(n), 1);
}

hebb_status hebb_boltzmann_init(hebb_boltzmann *machine, size_t n_input, size_t n_output, size_t n_hidden,
                                hebb_unit_kind kind, hebb_links links)
{
    *machine = (hebb_boltzmann){0};
    if (n_input > MAX_UNITS || n_output > MAX_UNITS || n_hidden > MAX_UNITS || n_input + n_output == 0 ||
        n_input + n_output + n_hidden > MAX_UNITS)
        return hebb_fail(
            HEBB_EDOM, "%zu input, %zu output and %zu hidden units: there must be visible ones, and %d in all at most",
            n_input, n_output, n_hidden, MAX_UNITS);
    const size_t n = n_input + n_output + n_hidden;
    const hebb_status status = check_memory(n);
    if (status != HEBB_OK) return status;
    *machine = (hebb_boltzmann){.n_input = n_input,
                                .n_output = n_output,
                                .n_hidden = n_hidden,
                                .n_visible = n_input + n_output,
                                .n_units = n,
                                .kind = kind,
                                .weights = hebb_memory_zeroed(n * n * sizeof(double)),
                                .biases = calloc(n, sizeof(double)),
                                .may_link = hebb_memory_zeroed(n * n),
                                .has_bias = calloc(n, 1)};
    if (machine->weights == NULL || machine->biases == NULL || machine->may_link == NULL || machine->has_bias == NULL) {
        hebb_boltzmann_free(machine);
        return hebb_fail(HEBB_ENOMEM, "no memory for a machine of %zu units", n);
    }
    for (size_t i = 0; i < n; i++) {
        machine->has_bias[i] = 1;
        for (size_t j = 0; j < n; j++)
            machine->may_link[i * n + j] = i != j && joins(links, layer_of(machine, i), layer_of(machine, j));
    }
    return HEBB_OK;
}

void hebb_boltzmann_free(hebb_boltzmann *machine)
{
    free(machine->weights);
    free(machine->biases);
    free(machine->may_link);
    free(machine->has_bias);
    *machine = (hebb_boltzmann){0};
}

void hebb_boltzmann_permit(hebb_boltzmann *machine, size_t i, size_t j, bool may_link)
{
    const size_t n = machine->n_units;
    machine->may_link[i * n + j] = machine->may_link[j * n + i] = may_link && i != j;
    if (!machine->may_link[i * n + j]) hebb_boltzmann_set_weight(machine, i, j, 0.0);
}

void hebb_boltzmann_permit_bias(hebb_boltzmann *machine, size_t i, bool has_bias)
{
    machine->has_bias[i] = has_bias;
    if (!has_bias) machine->biases[i] = 0.0;
}

/* 0: input, 1 .. n_layers: hidden, n_layers + 1: output. */
static size_t depth_of(const hebb_boltzmann *machine, size_t n_layers, const size_t *sizes, size_t unit)
{
    if (unit < machine->n_input) return 0;
    if (unit < machine->n_visible) return n_layers + 1;
    size_t depth = 1, end = machine->n_visible + sizes[0];
    while (unit >= end) end += sizes[depth++];
    return depth;
}

hebb_status hebb_boltzmann_layer(hebb_boltzmann *machine, size_t n_layers, const size_t *sizes)
{
    size_t n_hidden = 0;
    bool is_empty = n_layers == 0;
    for (size_t k = 0; k < n_layers && n_hidden <= machine->n_hidden; k++) {
        is_empty = is_empty || sizes[k] == 0;
        n_hidden = sizes[k] > machine->n_hidden ? sizes[k] : n_hidden + sizes[k];
    }
    if (is_empty || n_hidden != machine->n_hidden)
        return hebb_fail(HEBB_EDOM, "hidden layers must have a unit at least each and be %zu units together",
                         machine->n_hidden);
    for (size_t i = 0; i < machine->n_units; i++)
        for (size_t j = 0; j < i; j++) {
            const size_t a = depth_of(machine, n_layers, sizes, i), b = depth_of(machine, n_layers, sizes, j);
            hebb_boltzmann_permit(machine, i, j, a == b + 1 || b == a + 1);
        }
    return HEBB_OK;
}

hebb_status hebb_boltzmann_check(const hebb_boltzmann *machine)
{
    const size_t n = machine->n_units;
    for (size_t i = 0; i < n; i++) {
        const double bias = machine->biases[i];
        if (!isfinite(bias)) return hebb_fail(HEBB_EDATA, "the bias of unit %zu is %g", i, bias);
        if (!machine->has_bias[i] && bias != 0.0)
            return hebb_fail(HEBB_EDATA, "the bias of unit %zu is %g: it may have none", i, bias);
        for (size_t j = 0; j <= i; j++) {
            const double w = machine->weights[i * n + j];
            if (!isfinite(w)) return hebb_fail(HEBB_EDATA, "the weight of units %zu and %zu is %g", j, i, w);
            if (w != machine->weights[j * n + i])
                return hebb_fail(HEBB_EDATA, "the weight of units %zu and %zu is %g one way and %g the other", j, i,
                                 machine->weights[j * n + i], w);
            if (!machine->may_link[i * n + j] && w != 0.0)
                return hebb_fail(HEBB_EDATA, "the weight of units %zu and %zu is %g: they may not be linked", j, i, w);
        }
    }
    return HEBB_OK;
}

void hebb_boltzmann_set_weight(hebb_boltzmann *machine, size_t i, size_t j, double weight)
{
    machine->weights[i * machine->n_units + j] = machine->weights[j * machine->n_units + i] = weight;
}

/* Four sums side by side, always added in the same order. */
static double weigh(size_t n, const double *row, const int8_t *state)
{
    double sum[4] = {0.0};
    size_t j = 0;
    for (; j + 4 <= n; j += 4)
        for (size_t k = 0; k < 4; k++) sum[k] += row[j + k] * state[j + k];
    for (; j < n; j++) sum[0] += row[j] * state[j];
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

double hebb_boltzmann_field(const hebb_boltzmann *machine, const int8_t *state, size_t unit)
{
    return machine->biases[unit] + weigh(machine->n_units, machine->weights + unit * machine->n_units, state);
}

void hebb_boltzmann_fields(const hebb_boltzmann *machine, const int8_t *state, double *fields)
{
    for (size_t i = 0; i < machine->n_units; i++) fields[i] = hebb_boltzmann_field(machine, state, i);
}

double hebb_boltzmann_flip_energy(const hebb_boltzmann *machine, const int8_t *state, size_t unit)
{
    const int change = 1 + hebb_unit_off(machine->kind) - 2 * state[unit];
    return -change * hebb_boltzmann_field(machine, state, unit);
}

double hebb_boltzmann_energy(const hebb_boltzmann *machine, const int8_t *state)
{
    const size_t n = machine->n_units;
    double energy = 0.0;
    for (size_t i = 0; i < n; i++)
        energy -= (machine->biases[i] + weigh(i, machine->weights + i * n, state)) * state[i];
    return energy;
}

/* Copies the mask and converts the numbers; returns the offset. */
static double convert(const hebb_boltzmann *machine, hebb_boltzmann *other)
{
    const size_t n = machine->n_units;
    const bool to_binary = machine->kind == HEBB_UNITS_SIGN;
    double weights = 0.0, biases = 0.0; /* of the +-1 form */
    for (size_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (size_t j = 0; j < n; j++) {
            const double w = machine->weights[i * n + j];
            sum += w;
            if (j < i) weights += to_binary ? w : 0.25 * w;
            other->weights[i * n + j] = to_binary ? 4.0 * w : 0.25 * w;
            other->may_link[i * n + j] = machine->may_link[i * n + j];
        }
        const double b = machine->biases[i];
        other->biases[i] = to_binary ? 2.0 * b - 2.0 * sum : 0.5 * b + 0.25 * sum;
        biases += to_binary ? b : other->biases[i];
    }
    return to_binary ? biases - weights : weights - biases;
}

hebb_status hebb_boltzmann_convert(const hebb_boltzmann *machine, hebb_boltzmann *other, double *offset)
{
    const hebb_unit_kind kind = machine->kind == HEBB_UNITS_SIGN ? HEBB_UNITS_BINARY : HEBB_UNITS_SIGN;
    *other = (hebb_boltzmann){0};
    hebb_status status = hebb_boltzmann_check(machine);
    if (status == HEBB_OK)
        status = hebb_boltzmann_init(other, machine->n_input, machine->n_output, machine->n_hidden, kind,
                                     HEBB_LINKS_FULL); /* a bias comes from the weights even where there was none */
    if (status != HEBB_OK) return status;
    *offset = convert(machine, other);
    if (isfinite(*offset) && hebb_boltzmann_check(other) == HEBB_OK) return HEBB_OK;
    hebb_boltzmann_free(other);
    return hebb_fail(HEBB_EDOM, "the weights are too large to be converted to the other kind of units");
}

static void draw(hebb_boltzmann *machine, hebb_stream *stream, double (*next)(hebb_stream *stream), double scale)
{
    const size_t n = machine->n_units;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (machine->may_link[i * n + j]) hebb_boltzmann_set_weight(machine, i, j, scale * next(stream));
    for (size_t i = 0; i < n; i++)
        if (machine->has_bias[i]) machine->biases[i] = scale * next(stream);
}

static double symmetric_uniform(hebb_stream *stream)
{
    return 2.0 * hebb_stream_uniform(stream) - 1.0;
}

void hebb_boltzmann_draw_uniform(hebb_boltzmann *machine, hebb_stream *stream, double scale)
{
    draw(machine, stream, symmetric_uniform, scale);
}

void hebb_boltzmann_draw_gaussian(hebb_boltzmann *machine, hebb_stream *stream, double scale)
{
    draw(machine, stream, hebb_stream_gaussian, scale);
}
