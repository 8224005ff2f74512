# Recipes, installed as $(pkgdatadir)/figures/NAME/.  A new figure is a line here.
nobase_dist_pkgdata_DATA = \
	figures/annealing-schedule/recipe.conf figures/annealing-schedule/plot.gp figures/annealing-schedule/README.md \
	figures/annealing/recipe.conf figures/annealing/plot.gp figures/annealing/README.md \
	figures/basins-theory/recipe.conf figures/basins-theory/plot.gp figures/basins-theory/README.md \
	figures/basins/recipe.conf figures/basins/plot.gp figures/basins/README.md \
	figures/boltzmann-equilibrium/recipe.conf figures/boltzmann-equilibrium/plot.gp figures/boltzmann-equilibrium/README.md \
	figures/boltzmann-learning/recipe.conf figures/boltzmann-learning/plot.gp figures/boltzmann-learning/README.md \
	figures/capacity-ladder/recipe.conf figures/capacity-ladder/plot.gp figures/capacity-ladder/README.md \
	figures/capacity/recipe.conf figures/capacity/plot.gp figures/capacity/README.md \
	figures/completion/recipe.conf figures/completion/plot.gp figures/completion/README.md \
	figures/continuous/recipe.conf figures/continuous/plot.gp figures/continuous/README.md \
	figures/crosstalk/recipe.conf figures/crosstalk/plot.gp figures/crosstalk/README.md \
	figures/curie-weiss/recipe.conf figures/curie-weiss/plot.gp figures/curie-weiss/README.md \
	figures/dense-dynamics/recipe.conf figures/dense-dynamics/plot.gp figures/dense-dynamics/README.md \
	figures/dense/recipe.conf figures/dense/plot.gp figures/dense/README.md \
	figures/dynamics/recipe.conf figures/dynamics/plot.gp figures/dynamics/README.md \
	figures/energy-descent/recipe.conf figures/energy-descent/plot.gp figures/energy-descent/README.md \
	figures/exponential/recipe.conf figures/exponential/plot.gp figures/exponential/README.md \
	figures/free-energy-landscape/recipe.conf figures/free-energy-landscape/plot.gp figures/free-energy-landscape/README.md \
	figures/mean-field-accuracy/recipe.conf figures/mean-field-accuracy/plot.gp figures/mean-field-accuracy/README.md \
	figures/mean-field-landscape/recipe.conf figures/mean-field-landscape/plot.gp figures/mean-field-landscape/README.md \
	figures/mean-field-xor/recipe.conf figures/mean-field-xor/plot.gp figures/mean-field-xor/README.md \
	figures/microscopic-reversibility/README.md \
	figures/microscopic-reversibility/recipe.conf figures/microscopic-reversibility/plot.gp \
	figures/mixture-ladder/recipe.conf figures/mixture-ladder/plot.gp figures/mixture-ladder/README.md \
	figures/mixtures-measured/recipe.conf figures/mixtures-measured/plot.gp figures/mixtures-measured/README.md \
	figures/mixtures/recipe.conf figures/mixtures/plot.gp figures/mixtures/README.md \
	figures/one-step/recipe.conf figures/one-step/plot.gp figures/one-step/README.md \
	figures/phase-diagram-measured/recipe.conf figures/phase-diagram-measured/plot.gp figures/phase-diagram-measured/README.md \
	figures/phase-diagram/recipe.conf figures/phase-diagram/plot.gp figures/phase-diagram/README.md \
	figures/rbm-phase-diagram/recipe.conf figures/rbm-phase-diagram/plot.gp figures/rbm-phase-diagram/README.md \
	figures/rbm-phases/recipe.conf figures/rbm-phases/plot.gp figures/rbm-phases/README.md \
	figures/rbm-samples/recipe.conf figures/rbm-samples/plot.gp figures/rbm-samples/README.md \
	figures/rbm-spectrum/recipe.conf figures/rbm-spectrum/plot.gp figures/rbm-spectrum/README.md \
	figures/rbm-training/recipe.conf figures/rbm-training/plot.gp figures/rbm-training/README.md \
	figures/rbm-trajectory/recipe.conf figures/rbm-trajectory/plot.gp figures/rbm-trajectory/README.md \
	figures/replica-exchange/recipe.conf figures/replica-exchange/plot.gp figures/replica-exchange/README.md \
	figures/retrieval-overlap/recipe.conf figures/retrieval-overlap/plot.gp figures/retrieval-overlap/README.md \
	figures/retrieval/recipe.conf figures/retrieval/plot.gp figures/retrieval/README.md \
	figures/sigmoid/recipe.conf figures/sigmoid/plot.gp figures/sigmoid/README.md \
	figures/two-body/recipe.conf figures/two-body/plot.gp figures/two-body/README.md \
	figures/two-valleys/recipe.conf figures/two-valleys/plot.gp figures/two-valleys/README.md \
	figures/universal/recipe.conf figures/universal/plot.gp figures/universal/README.md
