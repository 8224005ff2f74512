# A check program beside each module (tests/check_MODULE.c), and shell tests of the program.  A new one is a word here.
UNIT_TESTS += \
	tests/check_annealed_law \
	tests/check_annealing_experiment \
	tests/check_annealing_schedule_experiment \
	tests/check_array \
	tests/check_asymmetric_mixture \
	tests/check_atomic_file \
	tests/check_basins_experiment \
	tests/check_bipartite_ferromagnet \
	tests/check_boltzmann \
	tests/check_boltzmann_equilibrium_experiment \
	tests/check_boltzmann_exact \
	tests/check_boltzmann_gradient \
	tests/check_boltzmann_learning \
	tests/check_boltzmann_learning_experiment \
	tests/check_c_locale \
	tests/check_capacity \
	tests/check_capacity_experiment \
	tests/check_checkpoint \
	tests/check_clock \
	tests/check_completion \
	tests/check_completion_experiment \
	tests/check_continuous_experiment \
	tests/check_continuous_memory \
	tests/check_continuous_relax \
	tests/check_contrastive \
	tests/check_couplings \
	tests/check_coverage \
	tests/check_crosstalk \
	tests/check_crosstalk_experiment \
	tests/check_csv_reader \
	tests/check_curie_weiss \
	tests/check_curie_weiss_experiment \
	tests/check_dense_broken \
	tests/check_dense_capacity \
	tests/check_dense_dynamics \
	tests/check_dense_dynamics_experiment \
	tests/check_dense_exact \
	tests/check_dense_experiment \
	tests/check_dense_heat_bath \
	tests/check_dense_memory \
	tests/check_dense_relax \
	tests/check_dense_retrieval \
	tests/check_digits \
	tests/check_disorder \
	tests/check_disordered_phase \
	tests/check_dynamics_experiment \
	tests/check_effective_spin \
	tests/check_energy_descent_experiment \
	tests/check_ensemble \
	tests/check_estimators \
	tests/check_exponential_capacity \
	tests/check_exponential_experiment \
	tests/check_exponential_step \
	tests/check_ferromagnet \
	tests/check_field_average \
	tests/check_field_tables \
	tests/check_fingerprint \
	tests/check_finite_size \
	tests/check_fixed_points \
	tests/check_gibbs \
	tests/check_gibbs_law \
	tests/check_gnuplot_tex \
	tests/check_grid \
	tests/check_hopfield \
	tests/check_idx \
	tests/check_image_set \
	tests/check_index_lists \
	tests/check_input \
	tests/check_jackknife \
	tests/check_journal \
	tests/check_journal_sync \
	tests/check_journal_system \
	tests/check_journals \
	tests/check_json_file \
	tests/check_kernel \
	tests/check_kernel_dense \
	tests/check_kernel_noise \
	tests/check_landscape \
	tests/check_lapack \
	tests/check_list \
	tests/check_magnetisation_bins \
	tests/check_manifest \
	tests/check_marchenko_pastur \
	tests/check_mean_field \
	tests/check_mean_field_accuracy_experiment \
	tests/check_mean_field_landscape_experiment \
	tests/check_mean_field_learning \
	tests/check_mean_field_xor_experiment \
	tests/check_memory \
	tests/check_microscopic_reversibility_experiment \
	tests/check_mixture \
	tests/check_mixture_shift \
	tests/check_mixtures_experiment \
	tests/check_nearest \
	tests/check_npy \
	tests/check_number \
	tests/check_one_spin \
	tests/check_one_step_rsb \
	tests/check_one_step_rsb_thermal \
	tests/check_options \
	tests/check_options_text \
	tests/check_parallel \
	tests/check_pattern_file \
	tests/check_pattern_stability \
	tests/check_patterns \
	tests/check_phase_diagram \
	tests/check_phase_diagram_experiment \
	tests/check_philox \
	tests/check_polynomial \
	tests/check_potts \
	tests/check_problem \
	tests/check_problem_file \
	tests/check_progress \
	tests/check_provenance \
	tests/check_queue \
	tests/check_rbm \
	tests/check_rbm_exact \
	tests/check_rbm_free_energy \
	tests/check_rbm_gibbs \
	tests/check_rbm_gradient \
	tests/check_rbm_ladder \
	tests/check_rbm_layer \
	tests/check_rbm_likelihood \
	tests/check_rbm_mean_field \
	tests/check_rbm_modes \
	tests/check_rbm_modes_experiment \
	tests/check_rbm_phases \
	tests/check_rbm_phases_experiment \
	tests/check_rbm_trajectory_experiment \
	tests/check_rbm_universal \
	tests/check_real_pattern_file \
	tests/check_real_patterns \
	tests/check_recipe \
	tests/check_relax \
	tests/check_relax_state \
	tests/check_replica_symmetric \
	tests/check_replica_symmetric_branch \
	tests/check_report_html \
	tests/check_report_markdown \
	tests/check_report_number \
	tests/check_retrieval_dynamics \
	tests/check_retrieval_experiment \
	tests/check_rival_law \
	tests/check_rivals \
	tests/check_root \
	tests/check_schedule \
	tests/check_series \
	tests/check_series_coverage \
	tests/check_series_exact \
	tests/check_series_file \
	tests/check_shard \
	tests/check_shell_path \
	tests/check_sherrington_kirkpatrick \
	tests/check_sigmoid_experiment \
	tests/check_signals \
	tests/check_small_matrix \
	tests/check_softmax \
	tests/check_spectrum \
	tests/check_stability_experiment \
	tests/check_status \
	tests/check_stop \
	tests/check_stored_sweep \
	tests/check_sweep \
	tests/check_sweep_threads \
	tests/check_table \
	tests/check_team \
	tests/check_tempering \
	tests/check_text_reader \
	tests/check_thermal \
	tests/check_thermal_matrix \
	tests/check_thermal_sampling \
	tests/check_thermal_state \
	tests/check_thermal_walk \
	tests/check_training_run \
	tests/check_training_sample \
	tests/check_two_body \
	tests/check_two_body_experiment \
	tests/check_two_body_flow \
	tests/check_two_body_memory \
	tests/check_two_phase \
	tests/check_units \
	tests/check_universal \
	tests/check_universal_experiment \
	tests/check_valley \
	tests/check_verdict \
	tests/check_weights

SHELL_TESTS += \
	tests/analyse.sh \
	tests/analyse_rbm.sh \
	tests/bad_files.sh \
	tests/bite_list.sh \
	tests/ensemble.sh \
	tests/equations.sh \
	tests/errata.sh \
	tests/faults.sh \
	tests/figures.sh \
	tests/install.sh \
	tests/latex.sh \
	tests/layers.sh \
	tests/locale_calls.sh \
	tests/manual.sh \
	tests/mnist.sh \
	tests/mpi.sh \
	tests/no_gnuplot.sh \
	tests/numpy.sh \
	tests/quoted_commands.sh \
	tests/rbm_hostile.sh \
	tests/rbm_likelihood.sh \
	tests/readme.sh \
	tests/recipes.sh \
	tests/references.sh \
	tests/report.sh \
	tests/report_browser.sh \
	tests/same_bytes.sh \
	tests/theory_tables.sh \
	tests/train.sh \
	tests/train_rbm.sh \
	tests/tutorial.sh \
	tests/usage_errors.sh

# The check programs see every layer.
AM_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble -I$(srcdir)/src/model \
	-I$(srcdir)/src/dynamics -I$(srcdir)/src/learning -I$(srcdir)/theory -I$(srcdir)/analysis -I$(srcdir)/analysis/experiments -I$(srcdir)/tests \
	$(GSL_CFLAGS) $(JANSSON_CFLAGS) $(XXHASH_CFLAGS) $(CHECK_CFLAGS)
LDADD = $(FUZZ_LIBS) $(LAYER_LIBS) $(MODEL_LIBS) $(THEORY_LIBS) $(ENSEMBLE_LIBS) $(CORE_LIBS) $(CHECK_LIBS)

# The command line's own.
tests_check_signals_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/src/cli
tests_check_signals_LDADD = src/cli/libcli.a $(LDADD)

# The program once more, its calls of the system through wrappers that fail on demand; see tests/faults.
HEBB_FAULTS = tests/faults/hebb-faults
tests_faults_hebb_faults_CPPFLAGS = $(hebb_CPPFLAGS) $(ZLIB_CFLAGS) $(JANSSON_CFLAGS) -I$(srcdir)/tests/faults \
	-include $(srcdir)/tests/faults/main_of_hebb.h
tests_faults_hebb_faults_SOURCES = $(hebb_SOURCES) \
	tests/faults/commands.h \
	tests/faults/failing_calls.c tests/faults/failing_calls.h \
	tests/faults/failing_files.c \
	tests/faults/failing_memory.c \
	tests/faults/folder.c tests/faults/folder.h \
	tests/faults/hebb_faults.c \
	tests/faults/main_of_hebb.h \
	tests/faults/study_files.c tests/faults/study_files.h \
	tests/faults/wrap.h
tests_faults_hebb_faults_LDFLAGS = @$(srcdir)/tests/faults/wrapped
tests_faults_hebb_faults_LDADD = $(hebb_LDADD)
EXTRA_tests_faults_hebb_faults_DEPENDENCIES = tests/faults/wrapped
EXTRA_DIST += tests/faults/wrapped
check_PROGRAMS += $(HEBB_FAULTS)

if HAVE_CHECK
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif
TESTS += $(SHELL_TESTS)

# 20 kills here, 500 in the long tests.
check_PROGRAMS += tests/ensemble_kill tests/forge_unit tests/hostile_report tests/page_parts \
	tests/training_kill
TESTS += tests/ensemble_kill tests/training_kill
EXTRA_DIST += $(SHELL_TESTS) tests/boltzmann_reference.h tests/canonical_law.h tests/correlated.h \
	tests/dense_reference.h tests/document.sh tests/engine.h tests/equations.awk tests/experiment_results.h \
	tests/gibbs_machine.h tests/gibbs_reference.h tests/hopfield_reference.h tests/hostile_texts.h \
	tests/journal_study.h tests/markup.h tests/one_step_states.h tests/options_study.h tests/quoted_commands.awk \
	tests/random_rbm.h tests/rbm_reference.h tests/rbm_samples.h tests/references.awk tests/same_numbers.awk \
	tests/scratch.h tests/shell.sh tests/three_patterns.h tests/training.h tests/trajectory.h tests/two_body_system.h
# Some hundred texts here, more than ten thousand in the long tests.
check_PROGRAMS += tests/hostile_gnuplot
TESTS += tests/hostile_gnuplot

include tests/fuzz/local.mk

# How the program was linked, for tests/layers.sh and tests/install.sh.
LINKING_ENVIRONMENT = \
	CC='$(CC)'; AR='$(AR)'; NM='$(NM)'; CFLAGS='$(CFLAGS)'; HEBB_CFLAGS='$(HEBB_CFLAGS)'; OPENMP_CFLAGS='$(OPENMP_CFLAGS)'; \
	LDFLAGS='$(LDFLAGS)'; LIBS='$(LIBS)'; CORE_LIBS='$(CORE_LIBS)'; THEORY_LIBS='$(THEORY_LIBS)'; \
	ENSEMBLE_LIBS='$(ENSEMBLE_LIBS)'; MODEL_LIBS='$(MODEL_LIBS)'; DYNAMICS_LIBS='$(DYNAMICS_LIBS)'; LEARNING_LIBS='$(LEARNING_LIBS)'; \
	MAKE='$(MAKE)'; PKG_CONFIG='$(PKG_CONFIG)'; export MAKE PKG_CONFIG NM; \
	export ENSEMBLE_LIBS MODEL_LIBS DYNAMICS_LIBS LEARNING_LIBS CC AR CFLAGS HEBB_CFLAGS OPENMP_CFLAGS LDFLAGS LIBS CORE_LIBS THEORY_LIBS;
# Threads that wait for others sleep: those that look on take the time of the threads they wait for where cores are short.
AM_TESTS_ENVIRONMENT = \
	OMP_WAIT_POLICY=passive; export OMP_WAIT_POLICY; \
	HEBB='$(abs_top_builddir)/hebb$(EXEEXT)'; export HEBB; \
	HEBB_MPI='$(abs_top_builddir)/hebb-mpi$(EXEEXT)'; HEBB_MPIRUN='$(MPIRUN)'; export HEBB_MPI HEBB_MPIRUN; \
	HEBB_FIGURES='$(abs_top_srcdir)/figures'; export HEBB_FIGURES; \
	CK_DEFAULT_TIMEOUT=$${CK_DEFAULT_TIMEOUT:-300}; export CK_DEFAULT_TIMEOUT; \
	$(LINKING_ENVIRONMENT)
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)

# The suite once more, every program in a locale with a decimal comma.
EXTRA_DIST += tests/comma_locale.c tests/comma_locale.sh
.PHONY: check-locale
check-locale: all
	@srcdir='$(srcdir)' CC='$(CC)' MAKE='$(MAKE)' $(SHELL) $(srcdir)/tests/comma_locale.sh

# Memcheck over every verb, engine and learner, and over these.
MEMCHECKED_TESTS = tests/check_checkpoint tests/check_csv_reader tests/check_input tests/check_journal tests/check_json_file \
	tests/check_polynomial tests/check_rbm_layer tests/check_units tests/check_weights
.PHONY: check-valgrind
check-valgrind: all $(MEMCHECKED_TESTS)
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/long/valgrind.sh

# Minutes more, with fresh seeds that are printed.
EXTRA_PROGRAMS += tests/long/first_minimum tests/long/learning tests/long/rbm_samples
CLEANFILES += tests/long/first_minimum$(EXEEXT) tests/long/learning$(EXEEXT) tests/long/rbm_samples$(EXEEXT)
LONG_TESTS = tests/long/capacity_limit.sh tests/long/compilers.sh tests/long/dense_memories.sh \
	tests/long/documents.sh tests/long/faults.sh tests/long/figures.sh tests/long/first_minimum.sh \
	tests/long/hostile_gnuplot.sh tests/long/kills.sh tests/long/latex.sh tests/long/learning.sh \
	tests/long/many_units.sh tests/long/mean_field_learning.sh tests/long/older_processors.sh \
	tests/long/phase_diagram.sh tests/long/rbm_mnist.sh tests/long/rbm_samples.sh tests/long/report_browser.sh \
	tests/long/same_bytes.sh tests/long/thermal_memories.sh tests/long/valgrind.sh
EMULATED_TESTS = tests/check_kernel tests/check_kernel_dense tests/check_kernel_noise tests/check_field_tables tests/check_patterns \
	tests/check_relax tests/check_sweep tests/check_couplings tests/check_stored_sweep tests/check_thermal \
	tests/check_dense_memory tests/check_rbm_exact tests/check_rbm_gradient tests/check_rbm_layer
EXTRA_DIST += $(LONG_TESTS) tests/long/empty_tables.sh tests/long/tiny_studies.sh tests/read_only.sh
.PHONY: check-long
check-long: check tests/long/first_minimum$(EXEEXT) tests/long/learning$(EXEEXT) tests/long/rbm_samples$(EXEEXT) $(FUZZ_HARNESSES)
	@set -e; $(AM_TESTS_ENVIRONMENT) \
	for test in $(LONG_TESTS); do echo "== $$test"; $(SHELL) $(srcdir)/$$test $(EMULATED_TESTS); done
	@echo "== tests/fuzz"; $(SHELL) $(srcdir)/tests/fuzz/run.sh --if-possible $(FUZZ_HARNESSES)
	@echo '== tests/bite/bite.sh' && $(MAKE) bite

# Deliberate faults, one at a time: do the tests notice?  make bite FAULTS='NAME...' tries those alone.
BITE = tests/bite/bite.sh tests/bite/faults.txt tests/bite/list_faults.awk tests/bite/seed_fault.awk
EXTRA_DIST += $(BITE)
.PHONY: bite
if HAVE_CHECK
bite:
	@srcdir='$(srcdir)' MAKE='$(MAKE)' $(SHELL) $(srcdir)/tests/bite/bite.sh $(FAULTS)
else
bite:
	@echo 'bite: skipped without Check'
endif
