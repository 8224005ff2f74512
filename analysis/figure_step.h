/* figure_step - one step of a recipe: what it is to do, checked before the first of them is taken, and then done */
#ifndef HEBB_ANALYSIS_FIGURE_STEP_H
#define HEBB_ANALYSIS_FIGURE_STEP_H

#include "analysis_table.h"
#include "experiment.h"
#include "recipe.h"
#include "theory_table.h"
#include "training_run.h"

/* A step with its options set; of the subjects the one of its kind. */
typedef struct {
    const hebb_step *step;
    const hebb_experiment *experiment;
    const hebb_theory_table *theory;
    const hebb_learner *learner;
    const hebb_analysis_table *analysis;
    const char *training; /* whose folder a sample or an analysis is of: the training's name in the recipe */
    hebb_options options;
} hebb_figure_step;

/*
 * path  in   of the recipe, for sentences
 * seed  in   instead of the recipe's, where a step has one; NULL: the recipe's
 * k     in   which of the steps; those before it are the trainings that it may be of
 *
 * HEBB_EDATA, HEBB_EUSAGE, HEBB_EDOM, the sentence naming file and line; HEBB_ENOMEM.  The options are to be freed.
 */
HEBB_CHECK_RESULT hebb_status hebb_figure_step_prepare(const char *path, const char *seed, const hebb_recipe *recipe,
                                                       size_t k, hebb_figure_step *prepared);

/* Does it, below setting->folder. */
HEBB_CHECK_RESULT hebb_status hebb_figure_step_follow(hebb_figure_step *prepared,
                                                      const hebb_experiment_setting *setting,
                                                      hebb_verdict_count *verdicts);

/* Whether it is a run or a training, which have a folder and a manifest of their own; else it makes one file. */
bool hebb_figure_step_makes_folder(const hebb_step *step);

/* "theory-glass.csv": no experiment's file begins so.  The caller frees it; NULL: no memory. */
char *hebb_figure_step_file(const hebb_step *step);

/* Adds the canonical command of a file's step, under the file's name without its ending.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_figure_step_note(const hebb_figure_step *prepared, hebb_provenance *provenance);

#endif
