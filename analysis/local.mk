# Where a simulation meets its theory; stands on all layers but cli.
noinst_LIBRARIES += analysis/libanalysis.a

analysis_libanalysis_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble -I$(srcdir)/src/model \
	-I$(srcdir)/src/dynamics -I$(srcdir)/theory -I$(srcdir)/analysis -I$(srcdir)/analysis/experiments $(GSL_CFLAGS)
analysis_libanalysis_a_SOURCES = \
	analysis/estimators.c analysis/estimators.h \
	analysis/figure.c analysis/figure.h analysis/figure_draw.c analysis/figure_path.h analysis/figure_recipe.c \
	analysis/finite_size.c analysis/finite_size.h \
	analysis/gnuplot.c analysis/gnuplot.h \
	analysis/recipe.c analysis/recipe.h \
	analysis/verdict.c analysis/verdict.h \
	analysis/experiments/experiment.c analysis/experiments/experiment.h \
	analysis/experiments/experiment_merge.c analysis/experiments/experiment_plan.c analysis/experiments/experiment_run.c \
	analysis/experiments/planned_study.c analysis/experiments/planned_study.h \
	analysis/experiments/results_folder.c analysis/experiments/results_folder.h \
	analysis/experiments/study.c analysis/experiments/study.h \
	analysis/experiments/summary.c analysis/experiments/summary.h \
	analysis/experiments/capacity.c analysis/experiments/capacity_report.c analysis/experiments/capacity_study.h \
	analysis/experiments/crosstalk.c \
	analysis/experiments/load_grid.c analysis/experiments/load_grid.h
