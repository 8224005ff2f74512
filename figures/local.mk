# Recipes, installed as $(pkgdatadir)/figures/NAME/.  A new figure is a line here.
nobase_dist_pkgdata_DATA = \
	figures/basins-theory/recipe.conf figures/basins-theory/plot.gp figures/basins-theory/README.md \
	figures/capacity/recipe.conf figures/capacity/plot.gp figures/capacity/README.md \
	figures/crosstalk/recipe.conf figures/crosstalk/plot.gp figures/crosstalk/README.md \
	figures/free-energy-landscape/recipe.conf figures/free-energy-landscape/plot.gp figures/free-energy-landscape/README.md \
	figures/mixture-ladder/recipe.conf figures/mixture-ladder/plot.gp figures/mixture-ladder/README.md \
	figures/mixtures/recipe.conf figures/mixtures/plot.gp figures/mixtures/README.md \
	figures/phase-diagram/recipe.conf figures/phase-diagram/plot.gp figures/phase-diagram/README.md \
	figures/retrieval-overlap/recipe.conf figures/retrieval-overlap/plot.gp figures/retrieval-overlap/README.md
