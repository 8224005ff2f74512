# The man page is installed; the notes go with the source.  A new one is a line here.
dist_man_MANS = docs/hebb.1
EXTRA_DIST += \
	docs/capacity.md \
	docs/capacity.svg \
	docs/cluster.md \
	docs/conventions.md \
	docs/engine.md \
	docs/ensembles.md \
	docs/formats.md \
	docs/learning.md \
	docs/mean_field_learning.md \
	docs/numerics.md \
	docs/rbm_learning.md \
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
	docs/theory/universal.md
