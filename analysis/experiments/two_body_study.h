/*
 * two_body_study - what the two-body experiment and its report share
 */
#ifndef HEBB_EXPERIMENTS_TWO_BODY_STUDY_H
#define HEBB_EXPERIMENTS_TWO_BODY_STUDY_H

#include "dense_memory.h"
#include "study.h"
#include "two_body_flow.h"

enum { TWO_BODY_DEGREE, TWO_BODY_BETA, TWO_BODY_NEURONS, TWO_BODY_PATTERNS, TWO_BODY_RATIO, TWO_BODY_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    TWO_BODY_OVERLAP,
    TWO_BODY_FALL,
    TWO_BODY_RISE,
    TWO_BODY_DISTANCE,
    TWO_BODY_FIRST_ORDER,
    TWO_BODY_DIFFERENCE,
    TWO_BODY_REST_TIME,
    TWO_BODY_STEPS,
    TWO_BODY_N_VALUES
};

typedef struct {
    bool is_softmax;
    double temperature, turned, time;
    uint64_t pattern_seed, dynamics_seed;
} hebb_two_body_study; /* study->own */

/* One replica's patterns and start: for any number of points that differ in the ratio alone. */
typedef struct {
    size_t n_neurons, n_patterns; /* that there is room for; 0: none */
    hebb_patterns patterns;
    hebb_dense_memory dense;
    uint32_t *turn;
    double *xi;             /* K x N, of norm sqrt(N), or 1 for the softmax memory */
    double *v, *end, *next; /* N */
    hebb_two_body memory;
    hebb_two_body_flow flow;
} hebb_two_body_room;

size_t hebb_two_body_study_neurons(const hebb_study *study, size_t point);
size_t hebb_two_body_study_patterns(const hebb_study *study, size_t point);

/* Neurons that are turned over at the start. */
size_t hebb_two_body_study_turned(const hebb_two_body_study *own, size_t n_neurons);

/* Makes room, patterns and start of a replica at a point, and the memory; `room` may be zeroed or used. */
HEBB_CHECK_RESULT hebb_status hebb_two_body_room_set(const hebb_study *study, size_t point, size_t replica,
                                                     hebb_two_body_room *room);

/* Starts the room's flow at the replica's start.  ratio  in  tau_h/tau_v; 0: hidden neurons follow at once */
HEBB_CHECK_RESULT hebb_status hebb_two_body_room_start(hebb_two_body_room *room, double ratio);

/* Frees what is in it: safe on a zeroed room and twice. */
void hebb_two_body_room_free(hebb_two_body_room *room);

/* Writes summary.csv, theory.csv, energy.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_two_body_report(hebb_study *study);

#endif
