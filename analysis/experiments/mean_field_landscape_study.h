/*
 * mean_field_landscape_study - what the mean-field-landscape experiment and its report share
 */
#ifndef HEBB_EXPERIMENTS_MEAN_FIELD_LANDSCAPE_STUDY_H
#define HEBB_EXPERIMENTS_MEAN_FIELD_LANDSCAPE_STUDY_H

#include "boltzmann.h"
#include "study.h"

enum { LANDSCAPE_UNITS, LANDSCAPE_TEMPERATURE, LANDSCAPE_N_GRID };

/* The observables of one replica, a machine, in the order of units.csv. */
enum {
    LANDSCAPE_STABLE,
    LANDSCAPE_MINIMA,
    LANDSCAPE_BARRIER,
    LANDSCAPE_FLIP_BARRIER,
    LANDSCAPE_DIFFERENCE,
    LANDSCAPE_SQUARE,
    LANDSCAPE_EIGENVALUE,
    LANDSCAPE_N_VALUES
};

enum { LANDSCAPE_MAX_UNITS = 16, LANDSCAPE_N_POSITIONS = 21 }; /* 0, .05 .. 1 */

/* After the observables: F as sampled at each position, then its standard errors. */
enum { LANDSCAPE_N_EXTRA = 2 * LANDSCAPE_N_POSITIONS };

/* A random machine, its states that no single flip lowers, and the way between two of them. */
typedef struct {
    hebb_boltzmann machine;
    double *energies;                 /* 2^n: room */
    size_t n_stable;                  /* of them */
    uint32_t *stable;                 /* 2^n: room; bit i: unit i is +1 */
    int8_t from[LANDSCAPE_MAX_UNITS]; /* of the lowest energy */
    /* The lowest of those at a distance of N/4 to 3N/4; else the lowest of the others. */
    int8_t to[LANDSCAPE_MAX_UNITS];
    size_t n_flips;                       /* their distance */
    double path[LANDSCAPE_MAX_UNITS + 1]; /* energies on the way by single flips, each time the cheapest */
} hebb_landscape_room;

/* Draws the machine of a replica and finds its states and the way; `room` may be zeroed or used. */
HEBB_CHECK_RESULT hebb_status hebb_landscape_room_set(const hebb_study *study, size_t point, size_t replica,
                                                      hebb_landscape_room *room);

/* Safe on a zeroed room and twice. */
void hebb_landscape_room_free(hebb_landscape_room *room);

/* V on the straight line: (1 - position) from + position to. */
void hebb_landscape_means(const hebb_landscape_room *room, double position, double *v);

/*
 * What a walk along x must climb at least, whichever of two valleys it starts from: the most, over all k, of the lower
 * of x_k - min of those before and x_k - min of those after.  0 where there is one valley.
 */
double hebb_landscape_barrier(size_t n, const double *x);

/* Writes summary.csv, theory.csv, landscape.csv, flips.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_mean_field_landscape_report(hebb_study *study);

#endif
