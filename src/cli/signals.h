/*
 * signals - what ends the program early without loss: SIGINT, SIGTERM, SIGUSR1, SIGXCPU
 */
#ifndef HEBB_CLI_SIGNALS_H
#define HEBB_CLI_SIGNALS_H

/*
 * From now on the first of these signals makes a request to stop (stop.h); a further SIGINT ends the program at once, as it
 * does in programs that know nothing of it.
 */
void hebb_signals_watch(void);

#endif
