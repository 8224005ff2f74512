# A check program beside each module (tests/check_MODULE.c), and shell tests of the program.  A new one is a word here.
UNIT_TESTS += \
	tests/check_array \
	tests/check_asymmetric_mixture \
	tests/check_atomic_file \
	tests/check_capacity \
	tests/check_capacity_experiment \
	tests/check_couplings \
	tests/check_crosstalk \
	tests/check_crosstalk_experiment \
	tests/check_csv_reader \
	tests/check_curie_weiss \
	tests/check_estimators \
	tests/check_field_average \
	tests/check_field_tables \
	tests/check_finite_size \
	tests/check_hopfield \
	tests/check_idx \
	tests/check_input \
	tests/check_kernel \
	tests/check_kernel_noise \
	tests/check_landscape \
	tests/check_list \
	tests/check_memory \
	tests/check_mixture \
	tests/check_nearest \
	tests/check_npy \
	tests/check_number \
	tests/check_one_step_rsb \
	tests/check_one_step_rsb_thermal \
	tests/check_options \
	tests/check_options_text \
	tests/check_parallel \
	tests/check_pattern_file \
	tests/check_patterns \
	tests/check_phase_diagram \
	tests/check_philox \
	tests/check_progress \
	tests/check_provenance \
	tests/check_recipe \
	tests/check_relax \
	tests/check_replica_symmetric \
	tests/check_replica_symmetric_branch \
	tests/check_retrieval_dynamics \
	tests/check_root \
	tests/check_sherrington_kirkpatrick \
	tests/check_small_matrix \
	tests/check_status \
	tests/check_stored_sweep \
	tests/check_sweep \
	tests/check_table \
	tests/check_thermal \
	tests/check_thermal_matrix \
	tests/check_thermal_sampling \
	tests/check_verdict

SHELL_TESTS += \
	tests/bad_files.sh \
	tests/figures.sh \
	tests/layers.sh \
	tests/mnist.sh \
	tests/no_gnuplot.sh \
	tests/same_bytes.sh \
	tests/theory_tables.sh \
	tests/usage_errors.sh

# The check programs see every layer.
AM_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/src/dynamics -I$(srcdir)/theory \
	-I$(srcdir)/analysis -I$(srcdir)/analysis/experiments -I$(srcdir)/tests $(GSL_CFLAGS) \
	$(JANSSON_CFLAGS) $(CHECK_CFLAGS)
LDADD = $(LAYER_LIBS) $(THEORY_LIBS) $(CORE_LIBS) $(CHECK_LIBS)

if HAVE_CHECK
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif
TESTS += $(SHELL_TESTS)
EXTRA_DIST += $(SHELL_TESTS) tests/boltzmann.h tests/engine.h tests/hopfield_reference.h tests/one_step_states.h \
	tests/options_study.h tests/scratch.h tests/shell.sh tests/trajectory.h

# How the program was linked, for tests/layers.sh.
LINKING_ENVIRONMENT = \
	CC='$(CC)'; AR='$(AR)'; CFLAGS='$(CFLAGS)'; HEBB_CFLAGS='$(HEBB_CFLAGS)'; OPENMP_CFLAGS='$(OPENMP_CFLAGS)'; \
	LDFLAGS='$(LDFLAGS)'; LIBS='$(LIBS)'; CORE_LIBS='$(CORE_LIBS)'; THEORY_LIBS='$(THEORY_LIBS)'; \
	export CC AR CFLAGS HEBB_CFLAGS OPENMP_CFLAGS LDFLAGS LIBS CORE_LIBS THEORY_LIBS;
AM_TESTS_ENVIRONMENT = \
	HEBB='$(abs_top_builddir)/hebb$(EXEEXT)'; export HEBB; \
	HEBB_FIGURES='$(abs_top_srcdir)/figures'; export HEBB_FIGURES; \
	CK_DEFAULT_TIMEOUT=300; export CK_DEFAULT_TIMEOUT; \
	$(LINKING_ENVIRONMENT)
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)

# Minutes more, with fresh seeds that are printed.
EXTRA_PROGRAMS += tests/long/first_minimum
CLEANFILES += tests/long/first_minimum$(EXEEXT)
LONG_TESTS = tests/long/capacity_limit.sh tests/long/first_minimum.sh tests/long/same_bytes.sh \
	tests/long/older_processors.sh
EMULATED_TESTS = tests/check_kernel tests/check_kernel_noise tests/check_field_tables tests/check_patterns \
	tests/check_relax tests/check_sweep tests/check_couplings tests/check_stored_sweep tests/check_thermal
EXTRA_DIST += $(LONG_TESTS)
.PHONY: check-long
check-long: check tests/long/first_minimum$(EXEEXT)
	@set -e; $(AM_TESTS_ENVIRONMENT) \
	for test in $(LONG_TESTS); do echo "== $$test"; $(SHELL) $(srcdir)/$$test $(EMULATED_TESTS); done
