/*
 * update_options - the options of experiments that say how a network moves: --update-order and --rule
 */
#ifndef HEBB_EXPERIMENTS_UPDATE_OPTIONS_H
#define HEBB_EXPERIMENTS_UPDATE_OPTIONS_H

#include "study.h"
#include "thermal.h"

/* For an experiment's own array of options. */
#define HEBB_UPDATE_ORDER_OPTION                                                                                       \
    {                                                                                                                  \
        "update-order", 0, HEBB_OPTION_CHOICE, "random|sequential", "sequential", HEBB_ANY, HEBB_OPTION_RESULT,        \
            "order of the updates"                                                                                     \
    }
#define HEBB_UPDATE_RULE_OPTION                                                                                        \
    {                                                                                                                  \
        "rule", 0, HEBB_OPTION_CHOICE, "heat-bath|metropolis", "heat-bath", HEBB_ANY, HEBB_OPTION_RESULT,              \
            "how a neuron is updated"                                                                                  \
    }

/* What the user's --update-order names: random, sequential or, where the experiment's own option has it, synchronous. */
hebb_update_order hebb_update_options_order(const hebb_study *study);

/* What the user's --rule names. */
hebb_thermal_rule hebb_update_options_rule(const hebb_study *study);

#endif
