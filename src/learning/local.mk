# How weights move; stands on core, ensemble, model and dynamics.
noinst_LIBRARIES += src/learning/liblearning.a

src_learning_liblearning_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble -I$(srcdir)/src/model \
	-I$(srcdir)/src/dynamics -I$(srcdir)/src/learning
src_learning_liblearning_a_SOURCES = \
	src/learning/batch.c src/learning/batch.h \
	src/learning/boltzmann_defaults.c \
	src/learning/boltzmann_divergence.c \
	src/learning/boltzmann_learner.c \
	src/learning/boltzmann_learning.c src/learning/boltzmann_learning.h \
	src/learning/contrastive.c src/learning/contrastive.h src/learning/contrastive_measure.c \
	src/learning/criterion.h \
	src/learning/learner.c src/learning/learner.h \
	src/learning/machine_learner.c src/learning/machine_learner.h \
	src/learning/machine_recipe.c src/learning/machine_recipe.h \
	src/learning/mean_field_defaults.c \
	src/learning/mean_field_learner.c \
	src/learning/mean_field_learning.c src/learning/mean_field_learning.h \
	src/learning/problem.c src/learning/problem.h \
	src/learning/problem_builtin.c \
	src/learning/problem_file.c src/learning/problem_file.h \
	src/learning/rbm_import.c \
	src/learning/rbm_learner.c src/learning/rbm_learner.h \
	src/learning/rbm_sample.c src/learning/rbm_sample.h \
	src/learning/training_data.c src/learning/training_data.h \
	src/learning/training_folder.c src/learning/training_folder.h \
	src/learning/training_run.c src/learning/training_run.h \
	src/learning/training_sample.c src/learning/training_sample.h \
	src/learning/training_state.c src/learning/training_state.h

LEARNING_LIBS = $(DYNAMICS_LIBS) $(ENSEMBLE_LIBS)
