#include "signals.h"

#include <signal.h>
#include <stddef.h>

#include "stop.h"

static const struct {
    int number;
    const char *name;
} watched[] = {{SIGINT, "SIGINT"}, {SIGTERM, "SIGTERM"}, {SIGUSR1, "SIGUSR1"}, {SIGXCPU, "SIGXCPU"}};
enum { N_WATCHED = sizeof watched / sizeof *watched };

static void request_stop(int number)
{
    for (size_t k = 0; k < N_WATCHED; k++)
        if (watched[k].number == number) hebb_stop_request(watched[k].name);
}

void hebb_signals_watch(void)
{
    for (size_t k = 0; k < N_WATCHED; k++) {
        struct sigaction action = {.sa_handler = request_stop};
        action.sa_flags = SA_RESTART | (watched[k].number == SIGINT ? (int)SA_RESETHAND : 0);
        (void)sigemptyset(&action.sa_mask);
        (void)sigaction(watched[k].number, &action, NULL);
    }
}
