/*
 * training_sample - visible states drawn from the machine that a training has left in its folder
 */
#ifndef HEBB_LEARNING_TRAINING_SAMPLE_H
#define HEBB_LEARNING_TRAINING_SAMPLE_H

#include "learner.h"
#include "provenance.h"
#include "table.h"

typedef struct {
    const char *folder;
    long update;        /* of the checkpoint; -1: the last */
    const char *input;  /* 0s and 1s that the input is clamped to; NULL: it is free */
    double temperature; /* NAN: as in training */
    long sweeps;        /* at each temperature */
    uint64_t seed;
    size_t n_samples;
    bool follows_trajectory, starts_at_data, wants_means; /* of RBMs: learner.h */
    int n_threads;
    bool is_picture;   /* it will be written by hebb_training_sample_write_pgm: what that refuses is refused first */
    const char *shape; /* of an image, as there */
} hebb_training_sample_setting;

typedef struct {
    size_t n_samples, n_visible;
    int8_t *states;              /* n_samples x n_visible, numbers of the machine's own units: -1 and 1, or 0 and 1 */
    double *values;              /* in place of states: means, or states of Gaussian units; else NULL */
    char note[HEBB_SAMPLE_NOTE]; /* for the user; "": nothing */
    uint64_t update;             /* of the checkpoint they are drawn from */
    char *trained, *data;        /* the training's canonical command, and what it learnt */
    char (*names)[24];           /* of the columns, v1 ...; made by hebb_training_sample_table */
} hebb_training_sample;

/* --count, --update and what else says what is to be drawn; --count has no default. */
extern const hebb_option_table hebb_training_sample_options;

/* What such options say, of a training's folder; both are borrowed.  n_threads is 1. */
hebb_training_sample_setting hebb_training_sample_read(const hebb_options *options, const char *folder);

/*
 * Draws them; they depend on the checkpoint and the setting alone.
 *
 * Returns HEBB_OK; HEBB_ENOINPUT for a folder that is none or has no such checkpoint; HEBB_EDATA for one that is no
 * training's or damaged; HEBB_EUSAGE for an input that does not fit; HEBB_EIO, HEBB_ENOMEM.  To be freed in any case.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_sample_draw(hebb_training_sample *sample,
                                                        const hebb_training_sample_setting *setting);

/* Safe on a zeroed one and twice. */
void hebb_training_sample_free(hebb_training_sample *sample);

/* The canonical command of drawing, of the training, and what it learnt.  To be freed in any case.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_training_sample_provenance(const hebb_training_sample *sample,
                                                              const hebb_options *options, hebb_provenance *provenance);

/* A table of columns v1 ..., a row a sample; it lives no longer than the sample.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_training_sample_table(hebb_training_sample *sample, hebb_table *table);

/* An array of int8, or of doubles where there are values, n_samples x n_visible.  As hebb_npy_write. */
HEBB_CHECK_RESULT hebb_status hebb_training_sample_write_npy(const hebb_training_sample *sample, const char *path);

/*
 * A sheet of images, on white, off black, values between 0 and 1, or -1 and 1, grey, with grey lines between them, in rows
 * of ceil(sqrt(n_samples)).
 *
 * shape  in   "ROWSxCOLUMNS" of an image; NULL: a square
 *
 * Returns as hebb_pgm_write; HEBB_EUSAGE for a shape that is none, or units that make no square, HEBB_EDOM for one that does not fit.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_sample_write_pgm(const hebb_training_sample *sample, const char *shape,
                                                             const char *path);

#endif
