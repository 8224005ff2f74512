# libhebb.a: the objects of all layers below the command line, compiled once; its headers, and hebb.pc.
lib_LIBRARIES = libhebb.a
libhebb_a_SOURCES =
libhebb_a_LIBADD = $(src_core_libcore_a_OBJECTS) $(src_ensemble_libensemble_a_OBJECTS) $(src_model_libmodel_a_OBJECTS) \
	$(src_dynamics_libdynamics_a_OBJECTS) $(src_learning_liblearning_a_OBJECTS) $(theory_libtheory_a_OBJECTS) \
	$(analysis_libanalysis_a_OBJECTS)
libhebb_a_DEPENDENCIES = $(libhebb_a_LIBADD)

pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = src/library/hebb.pc
# Where it is installed is known for certain only now: make install prefix=ELSEWHERE.
install-data-hook:
	$(SED) -e 's|^prefix=.*|prefix=$(prefix)|' -e 's|^exec_prefix=.*|exec_prefix=$(exec_prefix)|' \
	  -e 's|^libdir=.*|libdir=$(libdir)|' -e 's|^includedir=.*|includedir=$(includedir)|' src/library/hebb.pc \
	  >'$(DESTDIR)$(pkgconfigdir)/hebb.pc'

# What is calculated, and what these headers include.  Not installed: what the program alone is made of (studies and their
# folders, tables and recipes of the command line, gnuplot) and what stands in a header for one module's sake.
# A new one is a line here and a word in docs/library.md.
hebbincludedir = $(includedir)/hebb
hebbinclude_HEADERS = \
	src/core/array.h \
	src/core/csv_reader.h \
	src/core/idx.h \
	src/core/list.h \
	src/core/memory.h \
	src/core/npy.h \
	src/core/number.h \
	src/core/options.h \
	src/core/parallel.h \
	src/core/pgm.h \
	src/core/philox.h \
	src/core/provenance.h \
	src/core/status.h \
	src/core/table.h \
	src/model/boltzmann.h \
	src/model/boltzmann_exact.h \
	src/model/continuous_memory.h \
	src/model/couplings.h \
	src/model/dense_exact.h \
	src/model/dense_memory.h \
	src/model/dense_weights.h \
	src/model/digits.h \
	src/model/exponential_sign.h \
	src/model/field_tables.h \
	src/model/hopfield.h \
	src/model/image_set.h \
	src/model/index_lists.h \
	src/model/kernel.h \
	src/model/mean_field.h \
	src/model/pattern_file.h \
	src/model/patterns.h \
	src/model/rbm.h \
	src/model/rbm_exact.h \
	src/model/rbm_free_energy.h \
	src/model/rbm_gradient.h \
	src/model/rbm_layer.h \
	src/model/rbm_universal.h \
	src/model/real_pattern_file.h \
	src/model/real_patterns.h \
	src/model/rival_law.h \
	src/model/rivals.h \
	src/model/softmax.h \
	src/model/two_body_memory.h \
	src/dynamics/continuous_relax.h \
	src/dynamics/dense_heat_bath.h \
	src/dynamics/dense_relax.h \
	src/dynamics/ferromagnet.h \
	src/dynamics/gibbs.h \
	src/dynamics/rbm_gibbs.h \
	src/dynamics/rbm_ladder.h \
	src/dynamics/relax.h \
	src/dynamics/relax_state.h \
	src/dynamics/schedule.h \
	src/dynamics/stored_sweep.h \
	src/dynamics/sweep.h \
	src/dynamics/tempering.h \
	src/dynamics/tempering_state.h \
	src/dynamics/thermal.h \
	src/dynamics/thermal_state.h \
	src/dynamics/two_body_flow.h \
	src/learning/batch.h \
	src/learning/boltzmann_learning.h \
	src/learning/contrastive.h \
	src/learning/criterion.h \
	src/learning/machine_recipe.h \
	src/learning/mean_field_learning.h \
	src/learning/problem.h \
	src/learning/problem_file.h \
	theory/annealed_law.h \
	theory/asymmetric_mixture.h \
	theory/bipartite_ferromagnet.h \
	theory/capacity.h \
	theory/completion.h \
	theory/crosstalk.h \
	theory/curie_weiss.h \
	theory/dense_broken.h \
	theory/dense_capacity.h \
	theory/dense_dynamics.h \
	theory/dense_one_step.h \
	theory/dense_retrieval.h \
	theory/effective_spin.h \
	theory/exponential_capacity.h \
	theory/exponential_step.h \
	theory/field_average.h \
	theory/ground_mixture.h \
	theory/landscape.h \
	theory/marchenko_pastur.h \
	theory/mean_field_error.h \
	theory/mixture.h \
	theory/mixture_shift.h \
	theory/one_step_rsb.h \
	theory/pattern_stability.h \
	theory/pattern_sum.h \
	theory/phase_diagram.h \
	theory/potts.h \
	theory/rbm_mode_states.h \
	theory/rbm_modes.h \
	theory/rbm_phases.h \
	theory/replica_symmetric.h \
	theory/replica_symmetric_branch.h \
	theory/retrieval_dynamics.h \
	theory/sherrington_kirkpatrick.h \
	theory/sign_cone.h \
	theory/two_body.h \
	theory/two_phase.h \
	theory/universal.h \
	analysis/disorder.h \
	analysis/estimators.h \
	analysis/finite_size.h \
	analysis/fixed_points.h \
	analysis/jackknife.h \
	analysis/polynomial.h \
	analysis/rbm_ais.h \
	analysis/rbm_bridge.h \
	analysis/rbm_mean_field.h \
	analysis/rbm_states.h \
	analysis/series.h \
	analysis/series_file.h \
	analysis/spectrum.h \
	analysis/valley.h \
	analysis/verdict.h \
	analysis/weights.h

# Programs that use the installed library.
nobase_dist_doc_DATA += examples/Makefile examples/retrieval.c
