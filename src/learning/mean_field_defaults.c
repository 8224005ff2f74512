/* What mean-field learning takes for a problem when nothing is said. */
#include "mean_field_learning.h"

#include <string.h>

/*
 * Found by trial on seeds above 1000; how often they succeed on others is in docs/mean_field_learning.md.
 *
 * An encoder starts as good as from 0: its hidden units then part along what the cases themselves prefer, while larger
 * starting weights now and then give two cases one code.  Exclusive or needs the opposite: hidden means of all but 0
 * make the clamped and the free averages all but the same, and learning does not begin.
 *
 * Without answers the free phase is one state an update, another one each time: weights never rest, and wander the
 * further the larger the steps are.
 */
void hebb_mean_field_learning_defaults(const hebb_problem *problem, hebb_machine_recipe *recipe,
                                       hebb_mean_field_learning_options *options)
{
    const bool is_encoder = strncmp(problem->name, "encoder-", 8) == 0, is_xor = strcmp(problem->name, "xor") == 0;
    const bool is_small = problem->n_input <= 4;
    *recipe = (hebb_machine_recipe){.kind = HEBB_UNITS_SIGN,
                                    .links = HEBB_LINKS_NO_INPUT_OUTPUT,
                                    .n_hidden = problem->n_hidden,
                                    .input_has_bias = !problem->has_answer,
                                    .start = is_encoder ? 0.001
                                             : is_xor   ? 1.0
                                                        : 0.5,
                                    .t_start = 5.0,
                                    .t_end = 1.0,
                                    .n_temperatures = 8,
                                    .max_updates = !problem->has_answer ? 4000
                                                   : is_small           ? 1000
                                                                        : 2000};
    *options = (hebb_mean_field_learning_options){.is_conditional = problem->has_answer,
                                                  .settling = {.max_sweeps = 2},
                                                  .learning_rate = !problem->has_answer      ? 0.005
                                                                   : is_encoder && !is_small ? 0.05
                                                                                             : 0.2,
                                                  .n_temperatures = 8};
}
