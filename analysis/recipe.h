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
 * A line that starts with '#' is a comment.  `as NAME` names a theory table's file, or the folder of a further run; the
 * one run without a name writes into the figure's own folder.
 */
#ifndef HEBB_ANALYSIS_RECIPE_H
#define HEBB_ANALYSIS_RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include "status.h"

enum { HEBB_RECIPE_MAX_STEPS = 200 };

typedef enum { HEBB_STEP_RUN, HEBB_STEP_THEORY } hebb_step_kind;

typedef struct {
    long line;
    char *name, *value;
} hebb_setting;

typedef struct {
    long line;      /* of the first section */
    bool is_wanted; /* it has a section for the size asked for: after reading, all steps have */
    hebb_step_kind kind;
    char *subject; /* the experiment or the theory's subject */
    char *label;   /* after `as`; NULL: none */
    size_t n_settings;
    hebb_setting *settings;
} hebb_step;

typedef struct {
    char *title; /* NULL: none */
    size_t n_steps;
    hebb_step *steps;
} hebb_recipe;

/*
 * size  in   "quick" or "paper": sections for the other one are checked and left out
 *
 * Returns HEBB_OK, HEBB_ENOINPUT, HEBB_EIO, HEBB_EDATA (malformed, or over HEBB_RECIPE_MAX_STEPS; file and line are
 * named) or HEBB_ENOMEM.  Subjects and options are checked by whoever follows the recipe.
 */
HEBB_CHECK_RESULT hebb_status hebb_recipe_read(const char *path, const char *size, hebb_recipe *recipe);

/* Safe on a zeroed one and twice. */
void hebb_recipe_free(hebb_recipe *recipe);

#endif
