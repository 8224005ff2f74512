# Theory stands on core alone and never calls a simulator.
noinst_LIBRARIES += theory/libtheory.a

theory_libtheory_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/theory $(GSL_CFLAGS)
theory_libtheory_a_SOURCES = theory/theory_table.c theory/theory_table.h \
	theory/annealed_law.c theory/annealed_law.h \
	theory/asymmetric_mixture.c theory/asymmetric_mixture.h \
	theory/bipartite_ferromagnet.c theory/bipartite_ferromagnet.h \
	theory/capacity.c theory/capacity.h theory/capacity_table.c \
	theory/completion.c theory/completion.h \
	theory/crosstalk.c theory/crosstalk.h theory/crosstalk_table.c \
	theory/curie_weiss.c theory/curie_weiss.h theory/curie_weiss_table.c \
	theory/dense_capacity.c theory/dense_capacity.h theory/dense_table.c \
	theory/dense_dynamics.c theory/dense_dynamics.h theory/dense_dynamics_table.c \
	theory/dense_one_step.c theory/dense_one_step.h \
	theory/dense_broken.c theory/dense_broken.h \
	theory/dense_retrieval.c theory/dense_retrieval.h theory/dense_retrieval_table.c \
	theory/disordered_phase.c theory/disordered_phase.h \
	theory/dual.h theory/one_step_average.c theory/one_step_average.h \
	theory/effective_spin.c theory/effective_spin.h \
	theory/exponential_capacity.c theory/exponential_capacity.h theory/exponential_table.c \
	theory/exponential_step.c theory/exponential_step.h \
	theory/field_average.c theory/field_average.h \
	theory/ground_mixture.c theory/ground_mixture.h \
	theory/landscape.c theory/landscape.h theory/landscape_table.c \
	theory/marchenko_pastur.c theory/marchenko_pastur.h theory/marchenko_pastur_table.c \
	theory/mean_field_error.c theory/mean_field_error.h \
	theory/mixture.c theory/mixture.h theory/mixture_table.c \
	theory/mixture_shift.c theory/mixture_shift.h \
	theory/mixture_search.c theory/mixture_search.h \
	theory/one_spin.c theory/one_spin.h \
	theory/one_step_branch.c theory/one_step_branch.h theory/one_step_glass.c \
	theory/one_step_equations.c theory/one_step_equations.h \
	theory/one_step_field.c theory/one_step_field.h \
	theory/one_step_rsb.c theory/one_step_rsb.h \
	theory/pattern_blocks.c theory/pattern_blocks.h \
	theory/pattern_sum.c theory/pattern_sum.h \
	theory/pattern_stability.c theory/pattern_stability.h theory/stability_table.c \
	theory/phase_diagram.c theory/phase_diagram.h theory/phase_diagram_table.c \
	theory/potts.c theory/potts.h theory/continuous_table.c \
	theory/rbm_mode_states.c theory/rbm_mode_states.h \
	theory/rbm_modes.c theory/rbm_modes.h theory/rbm_modes_table.c \
	theory/rbm_phases.c theory/rbm_phases.h theory/rbm_phases_table.c \
	theory/replica_symmetric.c theory/replica_symmetric.h theory/retrieval_table.c \
	theory/replica_symmetric_branch.c theory/replica_symmetric_branch.h \
	theory/retrieval_dynamics.c theory/retrieval_dynamics.h theory/dynamics_table.c \
	theory/root.c theory/root.h \
	theory/sherrington_kirkpatrick.c theory/sherrington_kirkpatrick.h theory/sk_table.c \
	theory/sign_cone.c theory/sign_cone.h \
	theory/small_matrix.c theory/small_matrix.h \
	theory/two_body.c theory/two_body.h \
	theory/two_phase.c theory/two_phase.h \
	theory/universal.c theory/universal.h

THEORY_LIBS = $(GSL_LIBS)
