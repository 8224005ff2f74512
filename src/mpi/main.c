/* hebb-mpi, the same program for the ranks of an MPI job */
#include "program.h"
#include "team_mpi.h"

int main(int argc, char **argv)
{
    hebb_team team;
    hebb_team_mpi_begin(&team);
    return hebb_team_mpi_end(hebb_program_run(argc, argv, &team));
}
