# No physics here; everything else stands on it.
noinst_LIBRARIES += src/core/libcore.a

src_core_libcore_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core $(ZLIB_CFLAGS) $(JANSSON_CFLAGS)
src_core_libcore_a_SOURCES = \
	src/core/array.c src/core/array.h \
	src/core/atomic_file.c src/core/atomic_file.h \
	src/core/c_locale.c src/core/c_locale.h \
	src/core/clock.c src/core/clock.h \
	src/core/csv_reader.c src/core/csv_reader.h \
	src/core/idx.c src/core/idx.h \
	src/core/input.c src/core/input.h \
	src/core/json_file.c src/core/json_file.h \
	src/core/list.c src/core/list.h \
	src/core/memory.c src/core/memory.h \
	src/core/nearest.c src/core/nearest.h \
	src/core/npy.c src/core/npy.h \
	src/core/number.c src/core/number.h \
	src/core/options.c src/core/options.h \
	src/core/options_text.c \
	src/core/parallel.c src/core/parallel.h src/core/parallel_each.c \
	src/core/pgm.c src/core/pgm.h \
	src/core/philox.c src/core/philox.h \
	src/core/progress.c src/core/progress.h \
	src/core/provenance.c src/core/provenance.h \
	src/core/shell_path.c src/core/shell_path.h \
	src/core/status.c src/core/status.h \
	src/core/stop.c src/core/stop.h \
	src/core/table.c src/core/table.h \
	src/core/text_reader.c src/core/text_reader.h

CORE_LIBS = $(CSV_LIBS) $(ZLIB_LIBS) $(JANSSON_LIBS)
