# How a state moves; stands on core and model.
noinst_LIBRARIES += src/dynamics/libdynamics.a

src_dynamics_libdynamics_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model \
	-I$(srcdir)/src/dynamics
src_dynamics_libdynamics_a_SOURCES = src/dynamics/relax.c src/dynamics/relax.h
