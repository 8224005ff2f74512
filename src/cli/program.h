/*
 * program - hebb VERB SUBJECT [options], for whoever computes: one process, or the ranks of an MPI job
 */
#ifndef HEBB_CLI_PROGRAM_H
#define HEBB_CLI_PROGRAM_H

#include "team.h"

/* Returns the exit status.  Of several ranks all call it. */
int hebb_program_run(int argc, char **argv, const hebb_team *team);

#endif
