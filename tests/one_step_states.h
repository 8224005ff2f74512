/* What the checks of one-step replica-symmetry breaking share. */
#ifndef HEBB_TESTS_ONE_STEP_STATES_H
#define HEBB_TESTS_ONE_STEP_STATES_H

#include <check.h>
#include <math.h>

#include "one_step_rsb.h"

static hebb_rsb1_state retrieval(double alpha)
{
    hebb_rsb1_state state;
    ck_assert_int_eq(hebb_rsb1_retrieval_t0(alpha, &state), HEBB_OK);
    return state;
}

static hebb_rsb1_state glass(double alpha)
{
    hebb_rsb1_state state;
    ck_assert_int_eq(hebb_rsb1_glass_t0(alpha, &state), HEBB_OK);
    return state;
}

static void assert_close(double got, double want, double relative)
{
    ck_assert_msg(fabs(got - want) <= relative * fabs(want), "got %.17g, want %.17g, relative error %.2g", got, want,
                  fabs(got / want - 1.0));
}

#endif
