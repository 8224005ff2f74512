/*
 * completion_study - what the completion experiment and its report share
 */
#ifndef HEBB_EXPERIMENTS_COMPLETION_STUDY_H
#define HEBB_EXPERIMENTS_COMPLETION_STUDY_H

#include "image_set.h"
#include "study.h"

enum { COMPLETION_PATTERNS, COMPLETION_BETA, COMPLETION_N_GRID };

/* The observables of one replica, in the order of units.csv. */
enum {
    COMPLETION_RIGHT,
    COMPLETION_RIGHT_FIRST,
    COMPLETION_WEIGHT,
    COMPLETION_WEIGHT_THEORY,
    COMPLETION_ERROR_FIRST,
    COMPLETION_ERROR_THEORY,
    COMPLETION_BOUND,
    COMPLETION_ERROR_END,
    COMPLETION_SEPARATION,
    COMPLETION_UPDATES,
    COMPLETION_N_VALUES
};

/* After the observables: weight and bound by theory at each beta of a fine grid. */
enum { COMPLETION_N_CURVE = 61, COMPLETION_N_EXTRA = 2 * COMPLETION_N_CURVE };

typedef struct {
    hebb_image_set images;
    hebb_mask_kind kind;
    double mask;
    uint64_t pattern_seed, dynamics_seed;
} hebb_completion_study; /* study->own */

/* A memory's images and patterns, and a masked one. */
typedef struct {
    size_t n_pixels, n_patterns; /* that there is room for; 0: none */
    double *pixels, *patterns;   /* K x N */
    double *state, *next;        /* N */
    double *weights, *overlaps;  /* K */
    uint32_t *order;             /* room for as many as the images' pixels, or the file's images */
} hebb_completion_room;

/* Makes room for a point, and its replica's images; HEBB_ENOMEM, or HEBB_EDATA for an image of one grey. */
HEBB_CHECK_RESULT hebb_status hebb_completion_room_set(const hebb_study *study, size_t point, size_t replica,
                                                       hebb_completion_room *room);

/* room->state is pattern `target` with its mask, that of this replica and target. */
void hebb_completion_room_mask(const hebb_study *study, size_t replica, size_t target, hebb_completion_room *room);

/* Frees what is in it: safe on a zeroed room and twice. */
void hebb_completion_room_free(hebb_completion_room *room);

/* A beta of the fine grid. */
double hebb_completion_curve_beta(size_t k);

/* Writes summary.csv, theory.csv, images.csv and verdict.csv. */
HEBB_CHECK_RESULT hebb_status hebb_completion_report(hebb_study *study);

#endif
