# Benchmarks: `make bench`, or one of its parts.  Not part of the checks: times are no test.
EXTRA_PROGRAMS = bench/boltzmann bench/continuous bench/dense bench/ensemble bench/hopfield bench/rbm bench/theory
bench_boltzmann_SOURCES = bench/boltzmann.c bench/timing.c bench/timing.h
bench_boltzmann_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/src/dynamics -I$(srcdir)/bench
bench_boltzmann_LDADD = src/dynamics/libdynamics.a src/model/libmodel.a src/core/libcore.a $(DYNAMICS_LIBS) $(CORE_LIBS) -lm
bench_continuous_SOURCES = bench/continuous.c bench/timing.c bench/timing.h
bench_continuous_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/bench $(OPENBLAS_CFLAGS)
bench_continuous_LDADD = src/model/libmodel.a src/core/libcore.a $(MODEL_LIBS) $(CORE_LIBS) -lm
bench_dense_SOURCES = bench/dense.c bench/timing.c bench/timing.h
bench_dense_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/src/dynamics -I$(srcdir)/bench
bench_dense_LDADD = src/dynamics/libdynamics.a src/model/libmodel.a src/core/libcore.a $(DYNAMICS_LIBS) $(CORE_LIBS) -lm
bench_ensemble_SOURCES = bench/ensemble.c bench/timing.c bench/timing.h
bench_ensemble_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble -I$(srcdir)/bench
bench_ensemble_LDADD = src/ensemble/libensemble.a src/core/libcore.a $(ENSEMBLE_LIBS) $(CORE_LIBS) -lm
bench_hopfield_SOURCES = bench/hopfield.c bench/machine_limits.c bench/machine_limits.h \
	bench/realisation.c bench/realisation.h bench/timing.c bench/timing.h
bench_hopfield_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/src/dynamics \
	-I$(srcdir)/bench
bench_hopfield_LDADD = src/dynamics/libdynamics.a src/model/libmodel.a src/core/libcore.a $(DYNAMICS_LIBS) $(CORE_LIBS) -lm
bench_rbm_SOURCES = bench/rbm.c bench/machine_limits.c bench/machine_limits.h bench/timing.c bench/timing.h
bench_rbm_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble -I$(srcdir)/src/model -I$(srcdir)/src/dynamics \
	-I$(srcdir)/src/learning -I$(srcdir)/bench $(OPENBLAS_CFLAGS)
bench_rbm_LDADD = src/learning/liblearning.a src/dynamics/libdynamics.a src/model/libmodel.a src/ensemble/libensemble.a src/core/libcore.a \
	$(LEARNING_LIBS) $(ENSEMBLE_LIBS) $(CORE_LIBS) -lm
bench_theory_SOURCES = bench/theory.c bench/timing.c bench/timing.h
bench_theory_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/theory -I$(srcdir)/bench
bench_theory_LDADD = theory/libtheory.a src/core/libcore.a $(THEORY_LIBS) $(CORE_LIBS) -lm
CLEANFILES += bench/boltzmann$(EXEEXT) bench/continuous$(EXEEXT) bench/dense$(EXEEXT) bench/ensemble$(EXEEXT) \
	bench/hopfield$(EXEEXT) bench/rbm$(EXEEXT) bench/theory$(EXEEXT)
EXTRA_DIST += bench/boltzmann.sh bench/boltzmann_baselines.py bench/dense.sh bench/dense_baselines.py bench/ensemble.sh bench/hopfield.sh bench/hopfield_baselines.py \
	bench/notebook.py bench/notebook.sh bench/rbm.sh bench/rbm_baselines.py \
	bench/README.md

.PHONY: bench bench-boltzmann bench-continuous bench-dense bench-ensemble bench-hopfield bench-notebook bench-rbm bench-theory
bench: bench-theory bench-notebook bench-hopfield bench-dense bench-ensemble bench-continuous bench-boltzmann bench-rbm
bench-boltzmann: bench/boltzmann$(EXEEXT)
	./bench/boltzmann$(EXEEXT)
	$(SHELL) $(srcdir)/bench/boltzmann.sh ./bench/boltzmann$(EXEEXT) $(srcdir)/bench/boltzmann_baselines.py
bench-continuous: bench/continuous$(EXEEXT)
	env -u OPENBLAS_CORETYPE ./bench/continuous$(EXEEXT) $${ROUNDS:-9}
bench-dense: bench/dense$(EXEEXT)
	./bench/dense$(EXEEXT)
	$(SHELL) $(srcdir)/bench/dense.sh ./bench/dense$(EXEEXT) $(srcdir)/bench/dense_baselines.py
bench-ensemble: bench/ensemble$(EXEEXT) hebb$(EXEEXT)
	$(SHELL) $(srcdir)/bench/ensemble.sh ./hebb$(EXEEXT) ./bench/ensemble$(EXEEXT)
bench-hopfield: bench/hopfield$(EXEEXT)
	./bench/hopfield$(EXEEXT)
	$(SHELL) $(srcdir)/bench/hopfield.sh ./bench/hopfield$(EXEEXT) $(srcdir)/bench/hopfield_baselines.py
bench-notebook: hebb$(EXEEXT)
	$(SHELL) $(srcdir)/bench/notebook.sh ./hebb$(EXEEXT) $(srcdir)/bench/notebook.py
bench-rbm: bench/rbm$(EXEEXT)
	env -u OPENBLAS_CORETYPE ./bench/rbm$(EXEEXT)
	$(SHELL) $(srcdir)/bench/rbm.sh ./bench/rbm$(EXEEXT) $(srcdir)/bench/rbm_baselines.py
bench-theory: bench/theory$(EXEEXT)
	./bench/theory$(EXEEXT) $${RUNS:-5}
