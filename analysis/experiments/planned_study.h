/*
 * planned_study - a study whose grid is planned and whose manifest is made: what running, merging and planning begin with
 */
#ifndef HEBB_EXPERIMENTS_PLANNED_STUDY_H
#define HEBB_EXPERIMENTS_PLANNED_STUDY_H

#include "experiment.h"
#include "manifest.h"

typedef struct {
    const hebb_experiment *experiment;
    hebb_options own_options; /* where they come from a manifest */
    hebb_study study;
    hebb_manifest manifest;
} hebb_planned_study;

/* The caller's options.  Returns as the experiment's plan; to be freed also after a failure. */
HEBB_CHECK_RESULT hebb_status hebb_planned_study_init(hebb_planned_study *planned, const hebb_experiment *experiment,
                                                      hebb_options *options, const hebb_experiment_setting *setting);

/*
 * The study of a manifest, which `folder` holds (for messages).  HEBB_EDATA where it is not the study that its experiment
 * and options make.
 */
HEBB_CHECK_RESULT hebb_status hebb_planned_study_from(hebb_planned_study *planned, const hebb_manifest *manifest,
                                                      const char *folder, const hebb_experiment_setting *setting);

/* Writes all files from the units that are in the folder's journals, which must be all there are. */
HEBB_CHECK_RESULT hebb_status hebb_planned_study_report(hebb_planned_study *planned);

/* Room for the numbers of all units, study.values.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_planned_study_make_room(hebb_planned_study *planned);

/* Safe on a zeroed one and twice. */
void hebb_planned_study_free(hebb_planned_study *planned);

#endif
