/*
 * recipe - what a figure is made of: the recipe.conf of its folder
 *
 *   title = Overlap against load at T = 0            key = value, before the first section
 *
 *   [run capacity]                                   an experiment, its options as keys
 *   alpha = 0.02:0.2:0.02
 *   [run capacity quick]                             for one size alone
 *   replicas = 100
 *   [theory retrieval as glass]                      a theory table, saved as theory-glass.csv
 *   state = glass
 *
 *   [train rbm as digits]                            a training, its folder digits/
 *   hidden = 16
 *   [train rbm as digits mnist]                      where $HEBB_MNIST has the four files of MNIST
 *   data = $HEBB_MNIST/train-images-idx3-ubyte.gz
 *   [train rbm as digits no-mnist]                   where it has not
 *   data = builtin:digits
 *   [sample digits as drawn]                         what that training's machine draws, sample-drawn.csv
 *   count = 50
 *   [analyse likelihood as course]                   an analysis of its folder, analysis-course.csv
 *   of = digits                                      can be left out: it is the training above
 *
 * A line that starts with '#' is a comment.  `as NAME` names a file, or the folder of a training or of a further run; the
 * one run without a name writes into the figure's own folder.  What a section is for comes last: quick or paper, mnist or
 * no-mnist, both or none of them.  Sections of one step add up, a later line winning; one section has a key once.
 */
#ifndef HEBB_ANALYSIS_RECIPE_H
#define HEBB_ANALYSIS_RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include "status.h"

enum { HEBB_RECIPE_MAX_STEPS = 200 };

typedef enum { HEBB_STEP_RUN, HEBB_STEP_THEORY, HEBB_STEP_TRAIN, HEBB_STEP_SAMPLE, HEBB_STEP_ANALYSE } hebb_step_kind;

enum { HEBB_STEP_KINDS = 5 };

/* "run", "theory", "train", "sample", "analyse": by kind. */
extern const char *const hebb_step_words[];

typedef struct {
    long line;
    char *name, *value;
} hebb_setting;

typedef struct {
    long line;      /* of the first section */
    bool is_wanted; /* it has a section for what is asked for: after reading, all steps have */
    hebb_step_kind kind;
    char *subject; /* the experiment, subject or learner; of a sample the training's name */
    char *label;   /* after `as`; NULL: none */
    size_t n_settings;
    hebb_setting *settings;
} hebb_step;

typedef struct {
    bool has_all; /* sections of every size, with MNIST and without: to be checked, not to be followed */
    char *title;  /* NULL: none */
    size_t n_steps;
    hebb_step *steps;
} hebb_recipe;

/*
 * size  in   "quick" or "paper": sections for the other one are left out, as those with or without MNIST are that do not
 *            fit what $HEBB_MNIST has.  NULL: all sections, so that a slip in one that is not asked for is found as well
 *
 * Returns HEBB_OK, HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA (malformed, or over HEBB_RECIPE_MAX_STEPS; file and line are
 * named) or HEBB_ENOMEM.  Subjects and options are checked by whoever follows the recipe.
 */
HEBB_CHECK_RESULT hebb_status hebb_recipe_read(const char *path, const char *size, hebb_recipe *recipe);

/* The folder that $HEBB_MNIST names, where it has the four files of MNIST; else NULL. */
const char *hebb_recipe_mnist(void);

/* Safe on a zeroed one and twice. */
void hebb_recipe_free(hebb_recipe *recipe);

#endif
