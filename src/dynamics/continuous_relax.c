#include "continuous_relax.h"

#include <math.h>
#include <string.h>

const char *hebb_continuous_kind_text(hebb_continuous_kind kind)
{
    static const char *const texts[] = {"single", "metastable", "average"};
    return texts[kind];
}

hebb_continuous_kind hebb_continuous_kind_of(double n, double squares, double largest)
{
    return n > 1.0 && n * squares < 1.25 ? HEBB_CONTINUOUS_AVERAGE
           : largest > 0.5               ? HEBB_CONTINUOUS_SINGLE
                                         : HEBB_CONTINUOUS_METASTABLE;
}

hebb_continuous_class hebb_continuous_classify(size_t n, const double *weights)
{
    hebb_continuous_class class = {.weight = weights[0]};
    double squares = 0.0;
    for (size_t mu = 0; mu < n; mu++) {
        squares += weights[mu] * weights[mu];
        if (!(weights[mu] > class.weight)) continue;
        class.weight = weights[mu];
        class.largest = mu;
    }
    class.effective_number = 1.0 / squares;
    class.kind = hebb_continuous_kind_of((double)n, squares, class.weight);
    return class;
}

/* The states that still move, packed, and where each belongs. */
typedef struct {
    size_t n;
    double *states, *next, *weights;
    size_t *places;
} moving;

static moving share_out(const hebb_continuous_memory *memory, size_t n_states, double *room)
{
    const size_t n = memory->n_neurons * n_states;
    moving m = {n_states, room, room + n, room + 2 * n, NULL};
    m.places = (size_t *)(void *)(m.weights + memory->n_patterns * n_states);
    return m;
}

double hebb_continuous_relax_bytes(size_t n_neurons, size_t n_patterns, size_t n_states)
{
    return (double)n_states *
           ((2.0 * (double)n_neurons + (double)n_patterns) * sizeof(double) + (double)sizeof(size_t));
}

static double distance(size_t n, const double *x, const double *y)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += (x[i] - y[i]) * (x[i] - y[i]);
    return sqrt(sum);
}

/* Takes the states that have arrived, or must stop, out of those that move. */
static void take_out(const hebb_continuous_memory *memory, const hebb_continuous_relax_options *options, long step,
                     moving *m, double *states, hebb_continuous_fixed_point *points)
{
    const size_t n = memory->n_neurons, n_patterns = memory->n_patterns;
    size_t n_left = 0;
    for (size_t a = 0; a < m->n; a++) {
        hebb_continuous_fixed_point *x = &points[m->places[a]];
        x->iterations = step;
        x->residual = distance(n, m->next + a * n, m->states + a * n) / memory->largest_norm;
        x->status = x->residual <= options->tolerance ? HEBB_OK : HEBB_ENOCONV;
        if (x->status == HEBB_OK || step == options->max_iterations) {
            x->class = hebb_continuous_classify(n_patterns, m->weights + a * n_patterns);
            memcpy(states + m->places[a] * n, m->next + a * n, n * sizeof *states);
            continue;
        }
        memcpy(m->states + n_left * n, m->next + a * n, n * sizeof *states);
        m->places[n_left++] = m->places[a];
    }
    m->n = n_left;
}

hebb_status hebb_continuous_relax(hebb_continuous_memory *memory, size_t n_states, double *states,
                                  const hebb_continuous_relax_options *options, double *room,
                                  hebb_continuous_fixed_point *points)
{
    moving m = share_out(memory, n_states, room);
    memcpy(m.states, states, n_states * memory->n_neurons * sizeof *states);
    for (size_t a = 0; a < n_states; a++) m.places[a] = a;
    for (long step = 1; m.n > 0; step++) {
        const hebb_status status = hebb_continuous_memory_update(memory, m.n, m.states, m.next, m.weights);
        if (status != HEBB_OK) return status;
        take_out(memory, options, step, &m, states, points);
    }
    return HEBB_OK;
}
