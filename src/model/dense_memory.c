#include "dense_memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

static hebb_status check(const hebb_patterns *patterns, hebb_interaction interaction)
{
    if (patterns->store != HEBB_STORE_ROWS) return hebb_fail(HEBB_EDOM, "a dense memory takes patterns stored as rows");
    if (interaction.kind != HEBB_INTERACTION_EXPONENTIAL && interaction.degree < 2)
        return hebb_fail(HEBB_EDOM, "degree %d: from 2 on there is a memory", interaction.degree);
    if (interaction.kind != HEBB_INTERACTION_EXPONENTIAL && interaction.degree > HEBB_MAX_DEGREE)
        return hebb_fail(HEBB_EDOM, "degree %d: up to %d can be had", interaction.degree, HEBB_MAX_DEGREE);
    return HEBB_OK;
}

/* N h_i = D_i / (2 n N^(n-2)), of sums in the weights' units. */
static double field_unit(const hebb_dense_memory *memory)
{
    long double unit = memory->weights.unit;
    if (memory->interaction.kind == HEBB_INTERACTION_EXPONENTIAL) return 0.0; /* not proportional to it */
    for (int k = 2; k < memory->interaction.degree; k++) unit /= (long double)memory->patterns->n_neurons;
    return (double)(unit / (2 * memory->interaction.degree));
}

/* For the interaction, in place of what there is. */
static hebb_status make_sums(hebb_dense_memory *memory)
{
    const size_t n = memory->patterns->n_neurons, k = memory->patterns->n_patterns;
    hebb_dense_weights_free(&memory->weights);
    hebb_dense_exact_free(&memory->exact);
    const hebb_status status = hebb_dense_weights_init(&memory->weights, n, k, memory->interaction);
    memory->field_unit = field_unit(memory);
    return status != HEBB_OK ? status : hebb_dense_exact_init(&memory->exact, n, k, memory->interaction);
}

void hebb_dense_memory_start_again(hebb_dense_memory *memory)
{
    hebb_patterns_overlaps(memory->patterns, memory->spins, memory->room, memory->overlaps);
    hebb_dense_weights_set(&memory->weights, memory->patterns->kernel, memory->overlaps);
}

hebb_status hebb_dense_memory_init(hebb_dense_memory *memory, const hebb_patterns *patterns,
                                   hebb_interaction interaction)
{
    *memory = (hebb_dense_memory){0};
    const hebb_status status = check(patterns, interaction);
    if (status != HEBB_OK) return status;
    *memory = (hebb_dense_memory){
        .patterns = patterns,
        .interaction = interaction,
        .spins = malloc(patterns->n_neurons),
        .turned = calloc(patterns->n_neurons, 1),
        .overlaps = calloc(hebb_patterns_padded(patterns->n_patterns), sizeof(int32_t)),
        .room = hebb_memory_zeroed(hebb_patterns_block_room(patterns->n_patterns) * sizeof(uint16_t))};
    if (make_sums(memory) != HEBB_OK || memory->spins == NULL || memory->turned == NULL || memory->overlaps == NULL ||
        memory->room == NULL) {
        hebb_dense_memory_free(memory);
        return hebb_fail(HEBB_ENOMEM, "no memory for a network of %zu neurons", patterns->n_neurons);
    }
    memset(memory->spins, 1, patterns->n_neurons);
    hebb_dense_memory_start_again(memory);
    return HEBB_OK;
}

void hebb_dense_memory_free(hebb_dense_memory *memory)
{
    free(memory->spins);
    free(memory->turned);
    free(memory->overlaps);
    free(memory->room);
    hebb_dense_weights_free(&memory->weights);
    hebb_dense_exact_free(&memory->exact);
    *memory = (hebb_dense_memory){0};
}

hebb_status hebb_dense_memory_fit(hebb_patterns *patterns, hebb_dense_memory *memory, size_t n_neurons,
                                  size_t n_patterns, hebb_interaction interaction)
{
    if (memory->spins != NULL && patterns->n_neurons == n_neurons && patterns->n_patterns == n_patterns) {
        hebb_status status = check(patterns, interaction);
        if (status == HEBB_OK && interaction.kind == memory->interaction.kind &&
            interaction.degree == memory->interaction.degree)
            return HEBB_OK;
        memory->interaction = interaction;
        if (status == HEBB_OK) status = make_sums(memory);
        if (status == HEBB_OK) return HEBB_OK;
        hebb_dense_memory_free(memory);
        hebb_patterns_free(patterns);
        return status;
    }
    hebb_dense_memory_free(memory);
    hebb_patterns_free(patterns);
    hebb_status status = hebb_patterns_init(patterns, n_neurons, n_patterns, HEBB_STORE_ROWS);
    if (status == HEBB_OK) status = hebb_dense_memory_init(memory, patterns, interaction);
    if (status != HEBB_OK) hebb_patterns_free(patterns);
    return status;
}

double hebb_dense_memory_bytes(size_t n_neurons, size_t n_patterns)
{
    return 2.0 * (double)n_neurons + sizeof(int32_t) * (double)hebb_patterns_padded(n_patterns) +
           sizeof(uint16_t) * (double)hebb_patterns_block_room(n_patterns) +
           hebb_dense_weights_bytes(n_neurons, n_patterns) + hebb_dense_exact_bytes(n_neurons);
}

void hebb_dense_memory_start_at_pattern(hebb_dense_memory *memory, size_t pattern)
{
    hebb_patterns_column(memory->patterns, pattern, memory->spins);
    hebb_dense_memory_start_again(memory);
}

void hebb_dense_memory_start_at(hebb_dense_memory *memory, const int8_t *spins)
{
    memcpy(memory->spins, spins, memory->patterns->n_neurons);
    hebb_dense_memory_start_again(memory);
}

void hebb_dense_memory_start_near_pattern(hebb_dense_memory *memory, size_t pattern, size_t n_turned,
                                          hebb_philox generator)
{
    const size_t n = memory->patterns->n_neurons;
    hebb_stream stream;
    hebb_stream_init(&stream, generator, 0, 0);
    hebb_patterns_column(memory->patterns, pattern, memory->spins);
    for (size_t i = 0; i < n; i++)
        if (hebb_stream_chooses(&stream, (uint32_t)(n - i), &n_turned)) memory->spins[i] = (int8_t)-memory->spins[i];
    hebb_dense_memory_start_again(memory);
}

/* ---- neurons ---- */

typedef struct {
    const uint64_t *rows[HEBB_DENSE_ROWS];
    int8_t spins[HEBB_DENSE_ROWS];
} looked_at;

static const uint64_t *row_of(const hebb_dense_memory *memory, size_t neuron)
{
    return memory->patterns->rows + neuron * memory->patterns->words_per_neuron;
}

static looked_at look_at(const hebb_dense_memory *memory, size_t n, const uint32_t *neurons)
{
    looked_at them = {0};
    for (size_t k = 0; k < n; k++) {
        them.rows[k] = row_of(memory, neurons[k]);
        them.spins[k] = memory->spins[neurons[k]];
    }
    return them;
}

void hebb_dense_memory_drives(const hebb_dense_memory *memory, size_t n, const uint32_t *neurons, int8_t *drives)
{
    const looked_at them = look_at(memory, n, neurons);
    hebb_dense_weights_sum(&memory->weights, memory->patterns->kernel, n, them.rows, them.spins, NULL, drives);
    for (size_t k = 0; k < n; k++)
        if (drives[k] == HEBB_UNSURE)
            drives[k] = (int8_t)hebb_dense_exact_sign(&memory->exact, memory->overlaps, them.rows[k], them.spins[k]);
}

int hebb_dense_memory_drive(const hebb_dense_memory *memory, size_t neuron)
{
    const uint32_t number = (uint32_t)neuron;
    int8_t drive;
    hebb_dense_memory_drives(memory, 1, &number, &drive);
    return drive;
}

int64_t hebb_dense_memory_unsure(const hebb_dense_memory *memory)
{
    return *memory->exact.n_unsure;
}

hebb_status hebb_dense_memory_check_sure(const hebb_dense_memory *memory, int64_t before)
{
    if (hebb_dense_memory_unsure(memory) == before) return HEBB_OK;
    return hebb_fail(HEBB_ENOCONV, "a neuron's drive is 0 to %d bits, and is not 0", 64 * HEBB_EXACT_LIMBS);
}

/* 2 h_i = ln(Z+ / Z-), with Z = sum e^M where s_i = +-1; the other state's Z is no smaller than e^-2 of this one's. */
static double exponential_field(const hebb_dense_weights *weights, int spin, double difference)
{
    const double part = spin * (double)weights->unit * difference / weights->real_sums[HEBB_SUM_OF_RISES];
    return -0.5 * spin * (double)weights->n_neurons * log1p(-part);
}

void hebb_dense_memory_fields(const hebb_dense_memory *memory, size_t n, const uint32_t *neurons, double *fields)
{
    const looked_at them = look_at(memory, n, neurons);
    hebb_dense_weights_sum(&memory->weights, memory->patterns->kernel, n, them.rows, them.spins, fields, NULL);
    for (size_t k = 0; k < n; k++)
        fields[k] = memory->interaction.kind == HEBB_INTERACTION_EXPONENTIAL
                        ? exponential_field(&memory->weights, them.spins[k], fields[k])
                        : memory->field_unit * fields[k];
}

double hebb_dense_memory_local_field(const hebb_dense_memory *memory, size_t neuron)
{
    const uint32_t number = (uint32_t)neuron;
    double field;
    hebb_dense_memory_fields(memory, 1, &number, &field);
    return field / (double)memory->patterns->n_neurons;
}

static double energy_of_powers(const hebb_dense_memory *memory)
{
    const double n = (double)memory->patterns->n_neurons;
    double sum = 0.0;
    for (size_t mu = 0; mu < memory->patterns->n_patterns; mu++) {
        const double m = memory->overlaps[mu] / n;
        double power = 1.0;
        if (m < 0.0 && memory->interaction.kind == HEBB_INTERACTION_RECTIFIED) continue;
        for (int k = 0; k < memory->interaction.degree; k++) power *= m;
        sum += power;
    }
    return -sum / memory->interaction.degree;
}

double hebb_dense_memory_energy(const hebb_dense_memory *memory)
{
    const hebb_dense_weights *weights = &memory->weights;
    if (memory->interaction.kind != HEBB_INTERACTION_EXPONENTIAL) return energy_of_powers(memory);
    return -(weights->top + log(weights->real_sums[HEBB_SUM_OF_RISES])) / (double)weights->n_neurons;
}

void hebb_dense_memory_turn(hebb_dense_memory *memory, size_t n, const uint32_t *neurons)
{
    const hebb_patterns *patterns = memory->patterns;
    for (size_t k = 0; k < n; k++) {
        const uint32_t i = neurons[k];
        patterns->kernel->turn_row(patterns->n_patterns, row_of(memory, i), -2 * memory->spins[i], memory->overlaps);
        memory->spins[i] = (int8_t)-memory->spins[i];
    }
    if (n > 0) hebb_dense_weights_set(&memory->weights, patterns->kernel, memory->overlaps);
}

void hebb_dense_memory_flip(hebb_dense_memory *memory, size_t neuron)
{
    const uint32_t number = (uint32_t)neuron;
    hebb_dense_memory_turn(memory, 1, &number);
}

size_t hebb_dense_memory_count_unstable(const hebb_dense_memory *memory, size_t *n_ties)
{
    const size_t n = memory->patterns->n_neurons;
    size_t n_unstable = 0, n_undriven = 0;
    for (size_t first = 0; first < n; first += HEBB_DENSE_ROWS) {
        uint32_t neurons[HEBB_DENSE_ROWS];
        int8_t drives[HEBB_DENSE_ROWS];
        const size_t n_here = n - first < HEBB_DENSE_ROWS ? n - first : HEBB_DENSE_ROWS;
        for (size_t k = 0; k < n_here; k++) neurons[k] = (uint32_t)(first + k);
        hebb_dense_memory_drives(memory, n_here, neurons, drives);
        for (size_t k = 0; k < n_here; k++) {
            n_unstable += memory->spins[first + k] * drives[k] < 0;
            n_undriven += drives[k] == 0;
        }
    }
    if (n_ties != NULL) *n_ties = n_undriven;
    return n_unstable;
}

double hebb_dense_memory_overlap(const hebb_dense_memory *memory, size_t pattern)
{
    return memory->overlaps[pattern] / (double)memory->patterns->n_neurons;
}
