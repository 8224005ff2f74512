# State, energy, local fields; stands on core.
noinst_LIBRARIES += src/model/libmodel.a

src_model_libmodel_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model $(ZLIB_CFLAGS)
src_model_libmodel_a_SOURCES = \
	src/model/couplings.c src/model/couplings.h \
	src/model/field_tables.c src/model/field_tables.h \
	src/model/hopfield.c src/model/hopfield.h \
	src/model/kernel.c src/model/kernel.h \
	src/model/kernel_avx2.c \
	src/model/kernel_avx512.c \
	src/model/kernel_avx512_fields.h \
	src/model/kernel_avx512_flips.h \
	src/model/kernel_avx512_noise.h \
	src/model/kernel_avx512_random.h \
	src/model/kernel_body.h \
	src/model/kernel_portable.c \
	src/model/pattern_file.c src/model/pattern_file.h \
	src/model/patterns.c src/model/patterns.h
