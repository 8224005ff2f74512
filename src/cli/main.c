/* hebb, a program of one process */
#include "program.h"

int main(int argc, char **argv)
{
    return hebb_program_run(argc, argv, &hebb_team_alone);
}
