/* Put before every source of tests/faults/hebb-faults: the program's main under a name of its own. */
#ifndef HEBB_FAULTS_MAIN_OF_HEBB_H
#define HEBB_FAULTS_MAIN_OF_HEBB_H

int hebb_main(int argc, char **argv);
#define main hebb_main

#endif
