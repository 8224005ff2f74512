# Theory stands on core alone and never calls a simulator.
noinst_LIBRARIES += theory/libtheory.a

theory_libtheory_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/theory $(GSL_CFLAGS)
theory_libtheory_a_SOURCES = theory/theory_table.c theory/theory_table.h \
	theory/capacity.c theory/capacity.h theory/capacity_table.c \
	theory/crosstalk.c theory/crosstalk.h theory/crosstalk_table.c \
	theory/field_average.c theory/field_average.h \
	theory/pattern_sum.c theory/pattern_sum.h \
	theory/phase_diagram.c theory/phase_diagram.h theory/phase_diagram_table.c \
	theory/replica_symmetric.c theory/replica_symmetric.h theory/replica_symmetric_table.c \
	theory/replica_symmetric_branch.c theory/replica_symmetric_branch.h \
	theory/retrieval_dynamics.c theory/retrieval_dynamics.h theory/dynamics_table.c \
	theory/root.c theory/root.h

THEORY_LIBS = $(GSL_LIBS)
