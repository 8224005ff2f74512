# Where a simulation meets its theory; stands on all layers but cli.
noinst_LIBRARIES += analysis/libanalysis.a

analysis_libanalysis_a_CPPFLAGS = $(BASE_CPPFLAGS) -I$(srcdir)/src/core -I$(srcdir)/src/ensemble -I$(srcdir)/src/model \
	-I$(srcdir)/src/dynamics -I$(srcdir)/src/learning -I$(srcdir)/theory -I$(srcdir)/analysis -I$(srcdir)/analysis/experiments $(GSL_CFLAGS) $(ZLIB_CFLAGS)
analysis_libanalysis_a_SOURCES = \
	analysis/analysis_table.c analysis/analysis_table.h \
	analysis/disorder.c analysis/disorder.h \
	analysis/estimators.c analysis/estimators.h \
	analysis/figure.c analysis/figure.h analysis/figure_copy.c analysis/figure_draw.c analysis/figure_path.h \
	analysis/figure_recipe.c \
	analysis/figure_step.c analysis/figure_step.h \
	analysis/finite_size.c analysis/finite_size.h \
	analysis/fixed_points.c analysis/fixed_points.h analysis/fixed_points_table.c \
	analysis/gnuplot.c analysis/gnuplot.h \
	analysis/gnuplot_tex.c analysis/gnuplot_tex.h analysis/gnuplot_tex_label.c \
	analysis/jackknife.c analysis/jackknife.h \
	analysis/polynomial.c analysis/polynomial.h \
	analysis/rbm_mean_field.c analysis/rbm_mean_field.h \
	analysis/likelihood_table.c \
	analysis/rbm_ais.c analysis/rbm_ais.h \
	analysis/rbm_bridge.c analysis/rbm_bridge.h \
	analysis/rbm_ladder_ratios.c analysis/rbm_ladder_ratios.h \
	analysis/rbm_likelihood.c analysis/rbm_likelihood.h \
	analysis/rbm_run.c analysis/rbm_run.h \
	analysis/rbm_states.c analysis/rbm_states.h \
	analysis/recipe.c analysis/recipe.h \
	analysis/report.c analysis/report.h analysis/report_folder.c analysis/report_folder.h \
	analysis/report_gallery.c analysis/report_html.c analysis/report_html.h \
	analysis/report_markdown.c analysis/report_markdown.h analysis/report_number.c analysis/report_number.h \
	analysis/report_page.c analysis/report_page.h analysis/report_part.c analysis/report_part.h \
	analysis/report_style.h analysis/report_survey.c analysis/report_table.c analysis/report_verdicts.c \
	analysis/report_way.c \
	analysis/run_choice.c analysis/run_choice.h \
	analysis/series.c analysis/series.h analysis/series_file.c analysis/series_file.h analysis/series_table.c \
	analysis/spectrum.c analysis/spectrum.h analysis/spectrum_table.c \
	analysis/valley.c analysis/valley.h \
	analysis/verdict.c analysis/verdict.h \
	analysis/weights.c analysis/weights.h analysis/weights_table.c \
	analysis/experiments/experiment.c analysis/experiments/experiment.h analysis/experiments/experiment_merge.c \
	analysis/experiments/experiment_plan.c analysis/experiments/experiment_run.c \
	analysis/experiments/grid.c analysis/experiments/grid.h \
	analysis/experiments/planned_study.c analysis/experiments/planned_study.h \
	analysis/experiments/results_folder.c analysis/experiments/results_folder.h \
	analysis/experiments/study.c analysis/experiments/study.h \
	analysis/experiments/summary.c analysis/experiments/summary.h \
	analysis/experiments/annealing.c analysis/experiments/annealing_report.c analysis/experiments/annealing_study.h \
	analysis/experiments/annealing_exchange.c analysis/experiments/annealing_exchange.h \
	analysis/experiments/annealing_schedule.c analysis/experiments/annealing_schedule_report.c \
	analysis/experiments/annealing_schedule_study.h \
	analysis/experiments/basins.c analysis/experiments/basins_edges.c analysis/experiments/basins_edges.h \
	analysis/experiments/basins_report.c analysis/experiments/basins_study.h \
	analysis/experiments/boltzmann_learning.c analysis/experiments/boltzmann_learning_report.c \
	analysis/experiments/boltzmann_learning_study.h \
	analysis/experiments/boltzmann_equilibrium.c analysis/experiments/boltzmann_equilibrium_report.c \
	analysis/experiments/boltzmann_equilibrium_study.h \
	analysis/experiments/capacity.c analysis/experiments/capacity_report.c analysis/experiments/capacity_study.h \
	analysis/experiments/completion.c analysis/experiments/completion_report.c \
	analysis/experiments/completion_study.h \
	analysis/experiments/continuous.c analysis/experiments/continuous_edges.c \
	analysis/experiments/continuous_report.c analysis/experiments/continuous_study.h \
	analysis/experiments/crosstalk.c \
	analysis/experiments/curie_weiss.c analysis/experiments/curie_weiss_report.c \
	analysis/experiments/curie_weiss_study.h \
	analysis/experiments/dense.c analysis/experiments/dense_finite_size.c analysis/experiments/dense_report.c \
	analysis/experiments/dense_study.h analysis/experiments/dense_room.c analysis/experiments/dense_room.h \
	analysis/experiments/dense_dynamics.c analysis/experiments/dense_dynamics_report.c \
	analysis/experiments/dense_dynamics_study.h \
	analysis/experiments/dynamics.c analysis/experiments/dynamics_report.c analysis/experiments/dynamics_study.h \
	analysis/experiments/energy_descent.c analysis/experiments/energy_descent_report.c \
	analysis/experiments/energy_descent_study.h \
	analysis/experiments/exponential.c analysis/experiments/exponential_report.c \
	analysis/experiments/exponential_study.h analysis/experiments/exponential_threshold.c \
	analysis/experiments/kept_pattern.c analysis/experiments/kept_pattern.h \
	analysis/experiments/load_grid.c analysis/experiments/load_grid.h \
	analysis/experiments/machine_states.c analysis/experiments/machine_states.h \
	analysis/experiments/magnetisation_bins.c analysis/experiments/magnetisation_bins.h \
	analysis/experiments/mean_field_accuracy.c analysis/experiments/mean_field_accuracy_report.c \
	analysis/experiments/mean_field_accuracy_study.h \
	analysis/experiments/mean_field_landscape.c analysis/experiments/mean_field_landscape_report.c \
	analysis/experiments/mean_field_landscape_room.c analysis/experiments/mean_field_landscape_study.h \
	analysis/experiments/microscopic_reversibility.c analysis/experiments/microscopic_reversibility_report.c \
	analysis/experiments/microscopic_reversibility_study.h \
	analysis/experiments/mean_field_xor.c analysis/experiments/mean_field_xor_report.c \
	analysis/experiments/mean_field_xor_study.h \
	analysis/experiments/mixtures.c analysis/experiments/mixtures_edges.c analysis/experiments/mixtures_report.c \
	analysis/experiments/mixtures_study.h \
	analysis/experiments/phase_diagram.c analysis/experiments/phase_diagram_groups.c \
	analysis/experiments/phase_diagram_groups.h analysis/experiments/phase_diagram_report.c \
	analysis/experiments/phase_diagram_study.h \
	analysis/experiments/rbm_modes.c analysis/experiments/rbm_modes_data.c \
	analysis/experiments/rbm_modes_report.c analysis/experiments/rbm_modes_study.h \
	analysis/experiments/rbm_trajectory.c analysis/experiments/rbm_trajectory_report.c \
	analysis/experiments/rbm_trajectory_study.h \
	analysis/experiments/relax_walk.c analysis/experiments/relax_walk.h \
	analysis/experiments/rbm_phases.c analysis/experiments/rbm_phases_machine.c \
	analysis/experiments/rbm_phases_machine.h analysis/experiments/rbm_phases_report.c \
	analysis/experiments/rbm_phases_scaling.c analysis/experiments/rbm_phases_study.h \
	analysis/experiments/retrieval.c analysis/experiments/retrieval_report.c analysis/experiments/retrieval_study.h \
	analysis/experiments/sigmoid.c analysis/experiments/sigmoid_report.c analysis/experiments/sigmoid_study.h \
	analysis/experiments/stability.c analysis/experiments/stability_report.c analysis/experiments/stability_study.h \
	analysis/experiments/thermal_walk.c analysis/experiments/thermal_walk.h \
	analysis/experiments/two_body.c analysis/experiments/two_body_report.c analysis/experiments/two_body_study.h \
	analysis/experiments/two_phase_machine.c analysis/experiments/two_phase_machine.h \
	analysis/experiments/universal.c analysis/experiments/universal_report.c analysis/experiments/universal_study.h \
	analysis/experiments/update_options.c analysis/experiments/update_options.h
