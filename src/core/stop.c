#include "stop.h"

#include <math.h>
#include <stdatomic.h>
#include <stddef.h>

#include "clock.h"

static _Atomic(const char *) reason;
static double deadline = INFINITY;

void hebb_stop_request(const char *why)
{
    const char *none = NULL;
    (void)atomic_compare_exchange_strong(&reason, &none, why);
}

void hebb_stop_after(double seconds)
{
    deadline = isinf(seconds) ? INFINITY : hebb_clock_now() + seconds;
}

bool hebb_stop_is_requested(void)
{
    if (atomic_load_explicit(&reason, memory_order_relaxed) != NULL) return true;
    if (isinf(deadline) || hebb_clock_now() < deadline) return false;
    hebb_stop_request("the time limit");
    return true;
}

const char *hebb_stop_reason(void)
{
    return atomic_load(&reason);
}

void hebb_stop_clear(void)
{
    atomic_store(&reason, NULL);
    deadline = INFINITY;
}
