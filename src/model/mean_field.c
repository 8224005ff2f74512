#include "mean_field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The variance of a unit of mean v. */
static double variance_of(hebb_unit_kind kind, double v)
{
    return kind == HEBB_UNITS_SIGN ? (1.0 - v) * (1.0 + v) : v * (1.0 - v);
}

/* Sums run in four lanes that are added in a fixed order. */
static double weigh(size_t n, const double *row, const double *v)
{
    double sum[4] = {0.0};
    size_t j = 0;
    for (; j + 4 <= n; j += 4)
        for (size_t k = 0; k < 4; k++) sum[k] += row[j + k] * v[j + k];
    for (; j < n; j++) sum[j % 4] += row[j] * v[j];
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

static double weigh_squares(size_t n, const double *row, const double *v)
{
    double sum[4] = {0.0};
    size_t j = 0;
    for (; j + 4 <= n; j += 4)
        for (size_t k = 0; k < 4; k++) sum[k] += row[j + k] * row[j + k] * v[j + k];
    for (; j < n; j++) sum[j % 4] += row[j] * row[j] * v[j];
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

typedef struct {
    const hebb_boltzmann *machine;
    const hebb_mean_field_options *options;
    const uint8_t *is_clamped;
    double beta;
    double *v;         /* what is settled */
    const double *old; /* what fields are made of: v itself, or v before a synchronous sweep */
    double *variances; /* of `old`; TAP alone */
} settling;

/* The mean that the field of the others gives the unit. */
static double next_mean(const settling *s, size_t unit)
{
    const hebb_boltzmann *machine = s->machine;
    const size_t n = machine->n_units;
    const double *row = machine->weights + unit * n;
    const bool is_sign = machine->kind == HEBB_UNITS_SIGN;
    double field = machine->biases[unit] + weigh(n, row, s->old);
    if (s->options->order == HEBB_MEAN_FIELD_TAP)
        field += ((is_sign ? 0.0 : 0.5) - s->old[unit]) * s->beta * weigh_squares(n, row, s->variances);
    return is_sign ? tanh(s->beta * field) : 1.0 / (1.0 + exp(-s->beta * field));
}

/* Returns the largest move; NaN once there is one. */
static double sweep(settling *s)
{
    const hebb_boltzmann *machine = s->machine;
    const double keep = s->options->damping;
    const bool is_tap = s->options->order == HEBB_MEAN_FIELD_TAP;
    double largest = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) {
        if (s->is_clamped != NULL && s->is_clamped[i]) continue;
        const double target = next_mean(s, i), next = keep > 0.0 ? keep * s->v[i] + (1.0 - keep) * target : target;
        const double move = fabs(next - s->v[i]);
        if (move > largest || isnan(move)) largest = move;
        s->v[i] = next;
        if (is_tap && s->old == s->v) s->variances[i] = variance_of(machine->kind, next);
    }
    return largest;
}

static hebb_status check(const hebb_mean_field_options *options, double temperature)
{
    if (!(temperature > 0.0) || !isfinite(temperature))
        return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite", temperature);
    if (!(options->damping >= 0.0 && options->damping < 1.0))
        return hebb_fail(HEBB_EDOM, "a damping of %g: it must be from 0 to below 1", options->damping);
    if (!(options->tolerance >= 0.0)) return hebb_fail(HEBB_EDOM, "a tolerance of %g", options->tolerance);
    return HEBB_OK;
}

hebb_status hebb_mean_field_settle_in(const hebb_boltzmann *machine, const hebb_mean_field_options *options,
                                      double temperature, const uint8_t *is_clamped, double *buffer, double *v,
                                      hebb_mean_field_result *result)
{
    const hebb_status status = check(options, temperature);
    if (status != HEBB_OK) return status;
    const size_t n = machine->n_units;
    const bool is_tap = options->order == HEBB_MEAN_FIELD_TAP, is_synchronous = options->is_synchronous;
    settling s = {.machine = machine,
                  .options = options,
                  .is_clamped = is_clamped,
                  .beta = 1.0 / temperature,
                  .v = v,
                  .old = is_synchronous ? buffer : v,
                  .variances = buffer + n};
    hebb_mean_field_result done = {.residual = INFINITY};
    while (done.sweeps < options->max_sweeps && !(done.residual <= options->tolerance && options->tolerance > 0.0)) {
        if (is_synchronous) memcpy(buffer, v, n * sizeof *buffer);
        if (is_tap && (is_synchronous || done.sweeps == 0))
            for (size_t i = 0; i < n; i++) s.variances[i] = variance_of(machine->kind, v[i]);
        done.residual = sweep(&s);
        done.sweeps++;
    }
    if (result != NULL) *result = done;
    const bool is_settled = options->tolerance > 0.0 ? done.residual <= options->tolerance : !isnan(done.residual);
    return is_settled ? HEBB_OK : HEBB_ENOCONV;
}

hebb_status hebb_mean_field_settle(const hebb_boltzmann *machine, const hebb_mean_field_options *options,
                                   double temperature, const uint8_t *is_clamped, double *v,
                                   hebb_mean_field_result *result)
{
    double *buffer = calloc(HEBB_MEAN_FIELD_BUFFER * machine->n_units, sizeof *buffer);
    if (buffer == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the means of %zu units", machine->n_units);
    const hebb_status status = hebb_mean_field_settle_in(machine, options, temperature, is_clamped, buffer, v, result);
    free(buffer);
    return status;
}

static double x_ln_x(double x)
{
    return x > 0.0 ? x * log(x) : 0.0;
}

double hebb_mean_field_entropy(const hebb_boltzmann *machine, const double *v)
{
    double entropy = 0.0;
    for (size_t i = 0; i < machine->n_units; i++) {
        const bool is_sign = machine->kind == HEBB_UNITS_SIGN;
        const double on = is_sign ? 0.5 * (1.0 + v[i]) : v[i], off = is_sign ? 0.5 * (1.0 - v[i]) : 1.0 - v[i];
        entropy -= x_ln_x(on) + x_ln_x(off);
    }
    return entropy;
}

double hebb_mean_field_free_energy(const hebb_boltzmann *machine, hebb_mean_field_order order, double temperature,
                                   const double *v)
{
    const size_t n = machine->n_units;
    double energy = 0.0, reaction = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double *row = machine->weights + i * n;
        energy -= (machine->biases[i] + weigh(i, row, v)) * v[i];
        if (order != HEBB_MEAN_FIELD_TAP) continue;
        double squares = 0.0;
        for (size_t j = 0; j < i; j++) squares += row[j] * row[j] * variance_of(machine->kind, v[j]);
        reaction += squares * variance_of(machine->kind, v[i]);
    }
    if (temperature <= 0.0) return energy;
    return energy - temperature * hebb_mean_field_entropy(machine, v) - 0.5 * reaction / temperature;
}
