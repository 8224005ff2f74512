# State, energy, local fields; stands on core.
noinst_LIBRARIES += src/model/libmodel.a

src_model_libmodel_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/model $(ZLIB_CFLAGS) $(OPENBLAS_CFLAGS)
src_model_libmodel_a_SOURCES = \
	src/model/blas.c src/model/blas.h \
	src/model/boltzmann.c src/model/boltzmann.h \
	src/model/boltzmann_exact.c src/model/boltzmann_exact.h \
	src/model/continuous_memory.c src/model/continuous_memory.h \
	src/model/couplings.c src/model/couplings.h \
	src/model/dense_exact.c src/model/dense_exact.h \
	src/model/dense_memory.c src/model/dense_memory.h \
	src/model/dense_weights.c src/model/dense_weights.h \
	src/model/digits.c src/model/digits.h \
	src/model/exponential_sign.c src/model/exponential_sign.h \
	src/model/field_tables.c src/model/field_tables.h \
	src/model/hopfield.c src/model/hopfield.h \
	src/model/image_set.c src/model/image_set.h \
	src/model/index_lists.c src/model/index_lists.h \
	src/model/kernel.c src/model/kernel.h \
	src/model/kernel_avx2.c \
	src/model/kernel_avx2_dense.h \
	src/model/kernel_avx2_gibbs.h \
	src/model/kernel_avx512.c \
	src/model/kernel_avx512_dense.h \
	src/model/kernel_avx512_fields.h \
	src/model/kernel_avx512_flips.h \
	src/model/kernel_avx512_gibbs.h \
	src/model/kernel_avx512_noise.h \
	src/model/kernel_avx512_random.h \
	src/model/kernel_avx512_rbm.h \
	src/model/kernel_body.h \
	src/model/kernel_dense_body.h \
	src/model/kernel_gibbs_body.h \
	src/model/kernel_portable.c \
	src/model/kernel_rbm_body.h \
	src/model/lapack.c src/model/lapack.h \
	src/model/mean_field.c src/model/mean_field.h \
	src/model/pattern_file.c src/model/pattern_file.h \
	src/model/patterns.c src/model/patterns.h \
	src/model/rbm.c src/model/rbm.h \
	src/model/rbm_exact.c src/model/rbm_exact.h \
	src/model/rbm_exact_real.c src/model/rbm_exact_real.h \
	src/model/rbm_free_energy.c src/model/rbm_free_energy.h \
	src/model/rbm_gradient.c src/model/rbm_gradient.h \
	src/model/rbm_layer.c src/model/rbm_layer.h \
	src/model/rbm_universal.c src/model/rbm_universal.h \
	src/model/real_pattern_file.c src/model/real_pattern_file.h \
	src/model/real_patterns.c src/model/real_patterns.h \
	src/model/rival_law.c src/model/rival_law.h \
	src/model/rivals.c src/model/rivals.h \
	src/model/rows_gather.c src/model/rows_gather.h \
	src/model/softmax.c src/model/softmax.h src/model/softmax_body.h \
	src/model/two_body_memory.c src/model/two_body_memory.h

# OpenBLAS before GSL's own CBLAS, which GSL's libraries bring along.
MODEL_LIBS = $(OPENBLAS_LIBS) $(GMP_LIBS)
