# How a state moves; stands on core and model.
noinst_LIBRARIES += src/dynamics/libdynamics.a

src_dynamics_libdynamics_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model \
	-I$(srcdir)/src/dynamics $(GSL_CFLAGS)
src_dynamics_libdynamics_a_SOURCES = \
	src/dynamics/continuous_relax.c src/dynamics/continuous_relax.h \
	src/dynamics/dense_heat_bath.c src/dynamics/dense_heat_bath.h \
	src/dynamics/dense_relax.c src/dynamics/dense_relax.h \
	src/dynamics/ferromagnet.c src/dynamics/ferromagnet.h \
	src/dynamics/gibbs.c src/dynamics/gibbs.h \
	src/dynamics/packed_state.c src/dynamics/packed_state.h \
	src/dynamics/rbm_gibbs.c src/dynamics/rbm_gibbs.h \
	src/dynamics/rbm_ladder.c src/dynamics/rbm_ladder.h \
	src/dynamics/relax.c src/dynamics/relax.h \
	src/dynamics/relax_state.c src/dynamics/relax_state.h \
	src/dynamics/schedule.c src/dynamics/schedule.h \
	src/dynamics/stored_sweep.c src/dynamics/stored_sweep.h \
	src/dynamics/sweep.c src/dynamics/sweep.h \
	src/dynamics/sweep_cost.c src/dynamics/sweep_cost.h \
	src/dynamics/sweep_parts.c src/dynamics/sweep_parts.h \
	src/dynamics/tempering.c src/dynamics/tempering.h \
	src/dynamics/tempering_state.c src/dynamics/tempering_state.h \
	src/dynamics/thermal.c src/dynamics/thermal.h \
	src/dynamics/thermal_state.c src/dynamics/thermal_state.h \
	src/dynamics/two_body_flow.c src/dynamics/two_body_flow.h

DYNAMICS_LIBS = $(MODEL_LIBS) $(GSL_LIBS)
