/*
 * fixed_points - the solutions of an RBM's mean-field equations (rbm_mean_field.h), from many starts, and how many are distinct
 *
 * A start settles when no mean moves by more than a tolerance in a sweep.  Two solutions are one
 * when the distance of their means is within a threshold:
 *
 *   distance = sqrt(mean over all units of ((m - m')/width)^2),   width 1 (binary), 2 (sign), sigma (gaussian)
 *
 * How the learnt states divide as training goes on is seen by following the last machine's solutions through the machines
 * before it: where two have become one, they had not yet parted.                                                    [DSR23]
 *
 * [DSR23] A. Decelle, B. Seoane, L. Rosset, Phys. Rev. E 108 (2023) 014110.
 */
#ifndef HEBB_ANALYSIS_FIXED_POINTS_H
#define HEBB_ANALYSIS_FIXED_POINTS_H

#include <stdbool.h>
#include "philox.h"
#include "rbm_layer.h"
#include "rbm_mean_field.h"

typedef struct {
    hebb_rbm_mean_field_order order;
    double tolerance; /* of a mean's move in a sweep, over its unit's width */
    long max_sweeps;
    int n_threads; /* the result does not depend on it */
} hebb_fixed_points_setting;

typedef struct {
    size_t n;
    hebb_rbm_means means; /* n states: starts, then what they have settled to */
    bool is_whole;        /* a start is the means of both layers with their fields; else the visible means alone */
    bool *is_settled;     /* n */
    long *sweeps;         /* n: how many it took */
    double *moves;        /* n: of the last sweep */
    double *energies;     /* n: F, nats */
} hebb_fixed_points;

/* HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_fixed_points_init(hebb_fixed_points *points, const hebb_rbm *rbm, size_t n);

/* Safe on zeroed ones and twice. */
void hebb_fixed_points_free(hebb_fixed_points *points);

/* The starts: n of the data's cases, spread evenly over them; n <= data->n_states. */
void hebb_fixed_points_from_data(hebb_fixed_points *points, const hebb_layer_states *data);

/* The starts: visible units at random, start r from noise at (0, r): two-valued ones with probability 1/2, real ones normal. */
void hebb_fixed_points_from_noise(hebb_fixed_points *points, const hebb_rbm *rbm, hebb_philox noise);

/*
 * Settles them.
 *
 * Cost: for each start and sweep 4 n_visible n_hidden operations an order.  The same to the bit for any number of threads.
 * Returns HEBB_OK, also where some have not settled; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_fixed_points_settle(hebb_fixed_points *points, const hebb_rbm *rbm,
                                                       const hebb_fixed_points_setting *setting);

/*
 * Of those that have settled, one of each that are distinct: none is within `distance` of one before it.
 *
 * which  out  n: their numbers, rising
 *
 * Returns how many.
 */
size_t hebb_fixed_points_distinct(const hebb_fixed_points *points, const hebb_rbm *rbm, double distance, size_t *which);

/* How many of those that have settled are within `distance` of solution r. */
size_t hebb_fixed_points_near(const hebb_fixed_points *points, const hebb_rbm *rbm, double distance, size_t r);

/* Starts `to` (init for n) at the solutions from[which[0 .. n-1]], to be followed in another machine. */
void hebb_fixed_points_follow(hebb_fixed_points *to, const hebb_rbm *rbm, const hebb_fixed_points *from,
                              const size_t *which);

#endif
