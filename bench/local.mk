# Benchmarks: `make bench`.  Not part of the checks: times are no test.
EXTRA_PROGRAMS = bench/capacity
bench_capacity_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model -I$(srcdir)/src/dynamics
bench_capacity_LDADD = src/dynamics/libdynamics.a src/model/libmodel.a src/core/libcore.a $(CORE_LIBS) -lm
CLEANFILES += bench/capacity$(EXEEXT)
EXTRA_DIST += bench/capacity.sh bench/capacity_numpy.py bench/README.md

.PHONY: bench
bench: bench/capacity$(EXEEXT)
	$(SHELL) $(srcdir)/bench/capacity.sh ./bench/capacity$(EXEEXT) $(srcdir)/bench/capacity_numpy.py
