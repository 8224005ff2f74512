# The program: parses, calls, writes; no physics.
bin_PROGRAMS += hebb
noinst_LIBRARIES += src/cli/libcli.a

CLI_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble -I$(srcdir)/src/model -I$(srcdir)/src/dynamics \
	-I$(srcdir)/src/learning -I$(srcdir)/theory -I$(srcdir)/analysis \
	-I$(srcdir)/analysis/experiments -I$(srcdir)/src/cli $(GSL_CFLAGS)
CLI_SOURCES = \
	src/cli/cmd_analyse.c \
	src/cli/cmd_figure.c \
	src/cli/cmd_merge.c \
	src/cli/cmd_plan.c \
	src/cli/cmd_report.c \
	src/cli/cmd_resume.c \
	src/cli/cmd_run.c \
	src/cli/cmd_sample.c \
	src/cli/cmd_status.c \
	src/cli/cmd_theory.c \
	src/cli/cmd_train.c \
	src/cli/command.c src/cli/command.h \
	src/cli/program.c src/cli/program.h \
	src/cli/signals.c src/cli/signals.h \
	src/cli/verb.c src/cli/verb.h
src_cli_libcli_a_CPPFLAGS = $(CLI_CPPFLAGS)
src_cli_libcli_a_SOURCES = $(CLI_SOURCES)
LAYER_LIBS = analysis/libanalysis.a src/learning/liblearning.a src/dynamics/libdynamics.a src/model/libmodel.a theory/libtheory.a \
	src/ensemble/libensemble.a src/core/libcore.a
hebb_CPPFLAGS = $(CLI_CPPFLAGS)
hebb_SOURCES = src/cli/main.c
hebb_LDADD = src/cli/libcli.a $(LAYER_LIBS) $(MODEL_LIBS) $(THEORY_LIBS) $(ENSEMBLE_LIBS) $(CORE_LIBS)

# Writes the man pages and the completions (docs/local.mk); not installed.
noinst_PROGRAMS += hebb-manual
hebb_manual_CPPFLAGS = $(CLI_CPPFLAGS)
hebb_manual_SOURCES = src/cli/manual.c src/cli/manual.h src/cli/manual_bash.c src/cli/manual_fish.c src/cli/manual_page.c \
	src/cli/manual_text.c src/cli/manual_walk.c src/cli/manual_zsh.c
hebb_manual_LDADD = $(hebb_LDADD)
