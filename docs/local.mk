# Man pages, one of the program and one a verb, and completions are written by hebb-manual from the tables of options and the
# texts in docs/man: a new verb is a text and two words here.
MANUAL_TEXTS = \
	docs/man/analyse.mdoc docs/man/figure.mdoc docs/man/hebb.mdoc docs/man/merge.mdoc docs/man/plan.mdoc \
	docs/man/report.mdoc docs/man/resume.mdoc docs/man/run.mdoc docs/man/sample.mdoc docs/man/status.mdoc docs/man/theory.mdoc \
	docs/man/train.mdoc
MANUAL_PAGES = \
	docs/hebb.1 docs/hebb-analyse.1 docs/hebb-figure.1 docs/hebb-merge.1 docs/hebb-plan.1 docs/hebb-report.1 docs/hebb-resume.1 \
	docs/hebb-run.1 docs/hebb-sample.1 docs/hebb-status.1 docs/hebb-theory.1 docs/hebb-train.1
EXTRA_DIST += $(MANUAL_TEXTS)
nodist_man_MANS = $(MANUAL_PAGES)
$(MANUAL_PAGES): hebb-manual$(EXEEXT) $(MANUAL_TEXTS)
	@$(MKDIR_P) docs
	$(AM_V_GEN)page=`basename $@ .1` && text=`echo $$page | $(SED) 's/^hebb-//'` && \
	./hebb-manual$(EXEEXT) man $$text $(srcdir)/docs/man/$$text.mdoc >$@.new && mv -f $@.new $@

# Each shell looks for a file of its own name in a folder of its own.
bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = completion/bash/hebb
fishcompletiondir = $(datadir)/fish/vendor_completions.d
nodist_fishcompletion_DATA = completion/fish/hebb.fish
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = completion/zsh/_hebb
COMPLETIONS = $(nodist_bashcompletion_DATA) $(nodist_fishcompletion_DATA) $(nodist_zshcompletion_DATA)
$(COMPLETIONS): hebb-manual$(EXEEXT)
	$(AM_V_GEN)folder=`dirname $@` && $(MKDIR_P) $$folder && \
	./hebb-manual$(EXEEXT) `basename $$folder` >$@.new && mv -f $@.new $@
CLEANFILES += $(MANUAL_PAGES) $(COMPLETIONS)

# The notes are installed under the same names beside README.md.  A new one is a line here.
nobase_dist_doc_DATA += \
	docs/README.md \
	docs/capacity.md \
	docs/capacity.svg \
	docs/cluster.md \
	docs/conventions.md \
	docs/engine.md \
	docs/ensembles.md \
	docs/errata.md \
	docs/formats.md \
	docs/learning.md \
	docs/library.md \
	docs/mean_field_learning.md \
	docs/numerics.md \
	docs/numpy.md \
	docs/rbm_learning.md \
	docs/references.bib \
	docs/statistics.md \
	docs/theory/annealing_schedule.md \
	docs/theory/boltzmann.md \
	docs/theory/completion.md \
	docs/theory/continuous.md \
	docs/theory/crosstalk.md \
	docs/theory/curie_weiss.md \
	docs/theory/dense.md \
	docs/theory/dense_dynamics.md \
	docs/theory/dense_retrieval.md \
	docs/theory/effective_spin.md \
	docs/theory/exponential.md \
	docs/theory/field_average.md \
	docs/theory/mixtures.md \
	docs/theory/mixtures_measured.md \
	docs/theory/one_step_rsb.md \
	docs/theory/rbm_fixed_points.md \
	docs/theory/rbm_likelihood.md \
	docs/theory/rbm_modes.md \
	docs/theory/rbm_phases.md \
	docs/theory/replica_symmetric.md \
	docs/theory/retrieval_dynamics.md \
	docs/theory/thermal.md \
	docs/theory/two_body.md \
	docs/theory/universal.md \
	docs/tour.md \
	docs/tutorial.md \
	docs/usability.md

CLEANFILES += docs/gallery.html

# All figures on one page, with what the papers show.
.PHONY: gallery
gallery: figures
	$(MKDIR_P) docs
	./hebb$(EXEEXT) report --gallery results -o docs/gallery.html
	@echo "the gallery is `pwd`/docs/gallery.html"
