# The program: parses, calls, writes; no physics.
bin_PROGRAMS += hebb

hebb_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/theory -I$(srcdir)/analysis \
	-I$(srcdir)/analysis/experiments -I$(srcdir)/src/cli $(GSL_CFLAGS)
hebb_SOURCES = \
	src/cli/cmd_figure.c \
	src/cli/cmd_run.c \
	src/cli/cmd_theory.c \
	src/cli/command.c src/cli/command.h \
	src/cli/main.c
LAYER_LIBS = analysis/libanalysis.a src/dynamics/libdynamics.a src/model/libmodel.a theory/libtheory.a \
	src/core/libcore.a
hebb_LDADD = $(LAYER_LIBS) $(THEORY_LIBS) $(CORE_LIBS)
