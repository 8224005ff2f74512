# A harness a reader, tests/fuzz/READER.c; a new one is a word here.
FUZZ_HARNESSES = \
	tests/fuzz/checkpoint \
	tests/fuzz/clock \
	tests/fuzz/csv_reader \
	tests/fuzz/gnuplot_tex \
	tests/fuzz/idx \
	tests/fuzz/journal \
	tests/fuzz/list \
	tests/fuzz/manifest \
	tests/fuzz/npy \
	tests/fuzz/number \
	tests/fuzz/options \
	tests/fuzz/pattern_file \
	tests/fuzz/problem_file \
	tests/fuzz/provenance \
	tests/fuzz/real_pattern_file \
	tests/fuzz/recipe \
	tests/fuzz/relax_state \
	tests/fuzz/report \
	tests/fuzz/report_markdown \
	tests/fuzz/shard \
	tests/fuzz/table \
	tests/fuzz/tempering_state

# Their inputs come from libFuzzer in a build of its own (see run.sh), else from driver.c.
check_LIBRARIES += tests/fuzz/libfuzz.a
tests_fuzz_libfuzz_a_SOURCES = tests/fuzz/fuzz.c tests/fuzz/fuzz.h
if !LIBFUZZER
tests_fuzz_libfuzz_a_SOURCES += tests/fuzz/driver.c
endif
FUZZ_LIBS = tests/fuzz/libfuzz.a $(FUZZ_ENGINE)
EXTRA_DIST += tests/fuzz/driver.c tests/fuzz/found tests/fuzz/run.sh

check_PROGRAMS += $(FUZZ_HARNESSES)
TESTS += $(FUZZ_HARNESSES)

.PHONY: fuzz
fuzz: $(FUZZ_HARNESSES)
	$(SHELL) $(srcdir)/tests/fuzz/run.sh $(FUZZ_HARNESSES)
