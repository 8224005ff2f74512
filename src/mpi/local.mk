# The same program for the ranks of an MPI job, with --enable-mpi.
if ENABLE_MPI
bin_PROGRAMS += hebb-mpi
endif

hebb_mpi_CPPFLAGS = $(CLI_CPPFLAGS) -I$(srcdir)/src/mpi $(MPI_CFLAGS)
hebb_mpi_SOURCES = src/mpi/main.c src/mpi/team_mpi.c src/mpi/team_mpi.h
hebb_mpi_LDADD = src/cli/libcli.a $(LAYER_LIBS) $(MODEL_LIBS) $(THEORY_LIBS) $(ENSEMBLE_LIBS) $(CORE_LIBS) $(MPI_LIBS)
