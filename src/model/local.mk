# State, energy, local fields; stands on core.
noinst_LIBRARIES += src/model/libmodel.a

src_model_libmodel_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model $(ZLIB_CFLAGS)
src_model_libmodel_a_SOURCES = \
	src/model/field_kernel.c src/model/field_kernel.h \
	src/model/field_kernel_body.h \
	src/model/field_kernel_portable.c \
	src/model/field_kernel_avx2.c \
	src/model/hopfield.c src/model/hopfield.h \
	src/model/pattern_file.c src/model/pattern_file.h \
	src/model/patterns.c src/model/patterns.h
