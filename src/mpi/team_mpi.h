/*
 * team_mpi - the ranks of an MPI job as a team (team.h); the one module that knows of MPI
 *
 * One job a process: the state is the module's.  Only each process's first thread calls MPI (MPI_THREAD_FUNNELED), and
 * where it has to wait it sleeps: the processors belong to the threads that compute.
 *
 *   meeting          all ranks bring a status, a number, and whether their program has ended; all learn all of it, and
 *                    the sentence of the gravest failure.  A rank whose program has ended goes on meeting the others
 *                    until that holds for all, so that nobody waits for one that gave up early.
 *   rank r to 0      ASK, threads that are idle and threads there are · STOP, why · DONE, no unit is in work here
 *   rank 0 to r      units · END, there are no more · STOP, why · BYE, no unit is in work anywhere
 *
 * A failure of MPI itself ends the job, as MPI's own error handler does; so does the death of a rank, by the hand of
 * whoever started the job (mpirun, srun --kill-on-bad-exit).
 */
#ifndef HEBB_MPI_TEAM_MPI_H
#define HEBB_MPI_TEAM_MPI_H

#include "team.h"

/* Enters the job.  All that other ranks than 0 would write to standard output goes nowhere. */
void hebb_team_mpi_begin(hebb_team *team);

/*
 * Leaves the job, when the other ranks have come here as well.
 *
 * exit_status  in   of this rank's program; hebb_diagnostic() says why where it failed
 *
 * Returns the job's: rank 0's, or another's where that is 0.
 */
int hebb_team_mpi_end(int exit_status);

#endif
