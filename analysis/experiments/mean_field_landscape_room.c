/* A random machine with its stable states, and the way between two of them by single flips. */
#include "mean_field_landscape_study.h"

#include <math.h>
#include <stdlib.h>

void hebb_landscape_room_free(hebb_landscape_room *room)
{
    hebb_boltzmann_free(&room->machine);
    free(room->energies);
    free(room->stable);
    *room = (hebb_landscape_room){0};
}

static hebb_status fit(hebb_landscape_room *room, size_t n)
{
    if (room->machine.n_units == n && room->stable != NULL) return HEBB_OK;
    hebb_landscape_room_free(room);
    const hebb_status status = hebb_boltzmann_init(&room->machine, 0, n, 0, HEBB_UNITS_SIGN, HEBB_LINKS_FULL);
    if (status != HEBB_OK) return status;
    room->energies = calloc((size_t)1 << n, sizeof *room->energies);
    room->stable = calloc((size_t)1 << n, sizeof *room->stable);
    if (room->energies == NULL || room->stable == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for the states of %zu units", n);
    return HEBB_OK;
}

static void set_state(size_t n, uint32_t index, int8_t *state)
{
    for (size_t i = 0; i < n; i++) state[i] = index >> i & 1 ? 1 : -1;
}

/* Each state has the energy of the one without its highest unit on, plus that unit's flip. */
static void find_energies(hebb_landscape_room *room)
{
    const size_t n = room->machine.n_units;
    int8_t state[LANDSCAPE_MAX_UNITS];
    set_state(n, 0, state);
    room->energies[0] = hebb_boltzmann_energy(&room->machine, state);
    for (size_t i = 0; i < n; i++)
        for (uint32_t low = 0; low >> i == 0; low++) {
            set_state(n, low, state);
            room->energies[low | (uint32_t)1 << i] =
                room->energies[low] + hebb_boltzmann_flip_energy(&room->machine, state, i);
        }
}

static void find_stable(hebb_landscape_room *room)
{
    const size_t n = room->machine.n_units;
    room->n_stable = 0;
    for (uint32_t s = 0; s >> n == 0; s++) {
        bool is_stable = true;
        for (size_t i = 0; i < n && is_stable; i++)
            is_stable = room->energies[s ^ (uint32_t)1 << i] >= room->energies[s];
        if (is_stable) room->stable[room->n_stable++] = s;
    }
}

/* The stable state of the lowest energy at a distance of least to most from one; itself where there is none. */
static uint32_t find_lowest(const hebb_landscape_room *room, uint32_t from, size_t least, size_t most)
{
    uint32_t lowest = from;
    for (size_t k = 0; k < room->n_stable; k++) {
        const uint32_t s = room->stable[k];
        const size_t distance = (size_t)__builtin_popcount(s ^ from);
        if (distance < least || distance > most) continue;
        if (lowest == from || room->energies[s] < room->energies[lowest]) lowest = s;
    }
    return lowest;
}

static void find_path(hebb_landscape_room *room, uint32_t from, uint32_t to)
{
    room->n_flips = (size_t)__builtin_popcount(from ^ to);
    room->path[0] = room->energies[from];
    for (size_t step = 1; step <= room->n_flips; step++) {
        uint32_t cheapest = from;
        for (uint32_t left = from ^ to; left != 0; left &= left - 1) {
            const uint32_t next = from ^ (left & -left);
            if (cheapest == from || room->energies[next] < room->energies[cheapest]) cheapest = next;
        }
        from = cheapest;
        room->path[step] = room->energies[from];
    }
}

hebb_status hebb_landscape_room_set(const hebb_study *study, size_t point, size_t replica, hebb_landscape_room *room)
{
    const size_t n = (size_t)hebb_study_grid(study, point, LANDSCAPE_UNITS);
    const hebb_status status = fit(room, n);
    if (status != HEBB_OK) return status;
    hebb_stream stream;
    hebb_stream_init(
        &stream, hebb_philox_derive(hebb_study_seed(study, "pattern-seed"), HEBB_DRAW_WEIGHTS, n, (uint32_t)replica), 0,
        0);
    hebb_boltzmann_draw_gaussian(&room->machine, &stream, 1.0 / sqrt((double)n));
    for (size_t i = 0; i < n; i++) room->machine.biases[i] = 0.0;
    find_energies(room);
    find_stable(room);
    uint32_t from = room->stable[0];
    for (size_t k = 1; k < room->n_stable; k++)
        if (room->energies[room->stable[k]] < room->energies[from]) from = room->stable[k];
    uint32_t to = find_lowest(room, from, (n + 3) / 4, 3 * n / 4);
    if (to == from) to = find_lowest(room, from, 1, n);
    set_state(n, from, room->from);
    set_state(n, to, room->to);
    find_path(room, from, to);
    return HEBB_OK;
}

void hebb_landscape_means(const hebb_landscape_room *room, double position, double *v)
{
    for (size_t i = 0; i < room->machine.n_units; i++)
        v[i] = room->from[i] == room->to[i] ? room->from[i] : room->from[i] * (1.0 - 2.0 * position);
}

double hebb_landscape_barrier(size_t n, const double *x)
{
    double barrier = 0.0, before = INFINITY;
    for (size_t k = 0; k < n; k++) {
        double after = INFINITY;
        before = fmin(before, x[k]);
        for (size_t l = k; l < n; l++) after = fmin(after, x[l]);
        barrier = fmax(barrier, x[k] - fmax(before, after));
    }
    return barrier;
}
