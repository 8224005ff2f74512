/*
 * training_data - what a training learns, from its options: a file's cases, built-in ones, or another training's hidden layer
 *
 * Where --data names the folder of a training of a restricted Boltzmann machine, what is learnt is its hidden layer: one
 * state a case of its own data, drawn from p(h | v) of its last checkpoint (HEBB_DRAW_CLAMP of the new training's seed).
 * So deep belief networks are trained, layer by layer.                                                          [HOT06]
 *
 * [HOT06] G. E. Hinton, S. Osindero, Y.-W. Teh, Neural Comput. 18 (2006) 1527.
 */
#ifndef HEBB_LEARNING_TRAINING_DATA_H
#define HEBB_LEARNING_TRAINING_DATA_H

#include "learner.h"
#include "rbm_layer.h"

typedef struct {
    const hebb_learner *learner;
    const hebb_options *options; /* of the training: --data, --threshold, --cases, --seed, and the learner's own */
    const char *file;            /* is_test: the file's name or builtin:NAME, of visible units of the lowest layer */
    bool is_test;                /* cases that are not learnt */
    size_t n_input;              /* of a file's units, how many are input */
    double threshold;            /* NAN: that of the options */
} hebb_training_source;

/*
 * Returns as hebb_problem_open; HEBB_EDOM where a threshold leaves all units of all cases on, or off; HEBB_EUSAGE for real
 * data that are two-valued, and two-valued ones that are real; for a folder, HEBB_EDATA where it is no such training's, is
 * damaged, has more than 32 layers below it, or its data have changed since.
 */
HEBB_CHECK_RESULT hebb_status hebb_training_data_open(const hebb_training_source *source, hebb_problem *problem);

enum { HEBB_TRAINING_DATA_LINE = 200 };

/* A line that tells data apart by what they are, not by a file's name. */
void hebb_training_data_describe(const hebb_problem *problem, char line[HEBB_TRAINING_DATA_LINE]);

/*
 * The cases as states of a layer's units; to be freed by hebb_layer_states_free.  HEBB_ENOMEM.
 *
 * kind  in   Gaussian exactly where problem->reals is there
 */
HEBB_CHECK_RESULT hebb_status hebb_training_data_states(const hebb_problem *problem, hebb_layer_kind kind,
                                                        hebb_layer_states *states);

#endif
