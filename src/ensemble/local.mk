# Units of work over threads, shards and ranks, kept in journals; stands on core.  No physics here.
noinst_LIBRARIES += src/ensemble/libensemble.a

src_ensemble_libensemble_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble \
	$(JANSSON_CFLAGS) $(XXHASH_CFLAGS)
src_ensemble_libensemble_a_SOURCES = \
	src/ensemble/checkpoint.c src/ensemble/checkpoint.h \
	src/ensemble/ensemble.c src/ensemble/ensemble.h \
	src/ensemble/fingerprint.c src/ensemble/fingerprint.h \
	src/ensemble/journal.c src/ensemble/journal.h \
	src/ensemble/journals.c src/ensemble/journals.h \
	src/ensemble/manifest.c src/ensemble/manifest.h \
	src/ensemble/queue.c src/ensemble/queue.h \
	src/ensemble/shard.c src/ensemble/shard.h \
	src/ensemble/team.c src/ensemble/team.h \
	src/ensemble/units.c src/ensemble/units.h

ENSEMBLE_LIBS = $(XXHASH_LIBS)
