#include "update_options.h"

#include <string.h>

hebb_update_order hebb_update_options_order(const hebb_study *study)
{
    const char *name = hebb_options_text(study->options, "update-order");
    return strcmp(name, "random") == 0        ? HEBB_ORDER_RANDOM
           : strcmp(name, "synchronous") == 0 ? HEBB_ORDER_SYNCHRONOUS
                                              : HEBB_ORDER_SEQUENTIAL;
}

hebb_thermal_rule hebb_update_options_rule(const hebb_study *study)
{
    return strcmp(hebb_options_text(study->options, "rule"), "metropolis") == 0 ? HEBB_METROPOLIS : HEBB_HEAT_BATH;
}
