# Benchmarks: `make bench`, or one of its two.  Not part of the checks: times are no test.
EXTRA_PROGRAMS = bench/capacity bench/theory
bench_capacity_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/src/dynamics
bench_capacity_LDADD = src/dynamics/libdynamics.a src/model/libmodel.a src/core/libcore.a $(CORE_LIBS) -lm
bench_theory_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/theory
bench_theory_LDADD = theory/libtheory.a src/core/libcore.a $(THEORY_LIBS) $(CORE_LIBS) -lm
CLEANFILES += bench/capacity$(EXEEXT) bench/theory$(EXEEXT)
EXTRA_DIST += bench/capacity.sh bench/capacity_numpy.py bench/README.md

.PHONY: bench bench-capacity bench-theory
bench: bench-theory bench-capacity
bench-capacity: bench/capacity$(EXEEXT)
	$(SHELL) $(srcdir)/bench/capacity.sh ./bench/capacity$(EXEEXT) $(srcdir)/bench/capacity_numpy.py
bench-theory: bench/theory$(EXEEXT)
	./bench/theory$(EXEEXT) $${RUNS:-5}
