/*
 * commands - what is run with faults, in a folder of its own
 *
 * The words are split at blanks.  Results go to out/ or to standard output; inputs are in ../input/ (tests/faults.sh
 * makes them).  Every subject of `hebb theory` and `hebb analyse` and every experiment must be here.  What an earlier
 * command has reached is not tried again (hebb_faults.c): of two that go the same way the one with more to lose comes
 * first.
 */
#ifndef HEBB_FAULTS_COMMANDS_H
#define HEBB_FAULTS_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "program.h"

typedef struct {
    const char *words;
    const char *before; /* other commands, which ran there, with ';' between them; NULL: an empty folder */
    bool draws;         /* with gnuplot on the path */
    bool varies;        /* standard output hangs on the time, but for the head of its table */
    int exit_status;    /* without a fault */
    size_t cut;         /* from that rename on all of the last command before failed; it left a checkpoint; 0: none */
} command;

#define BASINS      "run basins --quiet --threads 1 --replicas 2 --neurons 20 --out out"
#define EQUILIBRIUM "run boltzmann-equilibrium --quiet --threads 1 --replicas 2 --units 2 --chains 2 --equilibration 1"
#define FLOWS       "run microscopic-reversibility --quiet --threads 1 --replicas 2 --units 2 --chains 2 --equilibration 1"
#define DYNAMICS    "run dynamics --quiet --threads 1 --replicas 2 --neurons 20 --alpha .1 --overlap .5 --out out"
#define ANNEALING   "run annealing --quiet --threads 1 --replicas 2 --neurons 20 --patterns 2 --factor .3 --out out"
#define SCHEDULE                                                                                                       \
    "run annealing-schedule --quiet --threads 1 --replicas 2 --end-temperature 1 --chains 1 --half-way .99 --out out"
#define LEARNING    "run boltzmann-learning --quiet --threads 1 --replicas 2 --updates 2 --chains 1,2 --out out"
#define CAPACITY    "run capacity --quiet --threads 1 --replicas 2 --out out"
#define CONTINUOUS  "run continuous --quiet --threads 1 --replicas 2 --neurons 8 --patterns 3 --iterations 50 --out out"
#define DENSE       "run dense --quiet --threads 1 --replicas 2 --neurons 12 --load .3 --out out"
#define DENSE_STEPS "run dense-dynamics --quiet --threads 1 --replicas 2 --neurons 8 --load .3 --out out"
#define ACCURACY    "run mean-field-accuracy --quiet --threads 1 --replicas 2 --out out"
#define LANDSCAPE   "run mean-field-landscape --quiet --threads 1 --replicas 2 --out out"
#define MIXTURES    "run mixtures --quiet --threads 1 --replicas 2 --neurons 16 --sweeps 5 --out out"
#define MODE        "run rbm-phases --quiet --threads 1 --replicas 2 --chains 2 --settle 1 --sweeps 2 --out out"
#define RUN         "run crosstalk --quiet --threads 1 --replicas 2 --neurons 20"
#define COMPLETION  "run completion --quiet --threads 1 --replicas 2 --beta 9 --out out"
#define CROSSTALK   RUN " --out out"
#define SHARD_A     RUN " --alpha .1,.2 --shard 1/2 --out out/a"
#define SHARD_B     RUN " --alpha .1,.2 --shard 2/2 --out out/b"
#define STOPPED     CROSSTALK " --alpha .1,.2 --time-limit 0"
#define LONG_UNITS  CAPACITY " --neurons 20 --alpha .6 --checkpoint-interval 0" /* of some sweeps, saved after each */
#define PHASES                                                                                                         \
    "run phase-diagram --quiet --threads 1 --replicas 2 --neurons 20 --alpha .2 --sweeps 8 --curve 1 --out out"
#define RETRIEVAL "run retrieval --quiet --threads 1 --replicas 2 --neurons 20 --alpha .2 --sweeps 8 --out out"
#define TRAJECTORY                                                                                                     \
    "run rbm-trajectory --quiet --threads 1 --replicas 2 --pool 14 --hidden 2 --sigma .5 --cases 4 --chains 2 "        \
    "--batch 2 --updates 2 --out out"
#define GROWING                                                                                                        \
    "run rbm-modes --quiet --threads 1 --replicas 2 --visible 4 --hidden 4 --eigenvalues 1.5 --cases 4 --updates 2 "   \
    "--out out"
#define TWO_BODY     "run two-body --quiet --threads 1 --replicas 2 --neurons 6 --patterns 2 --tau-ratio 1,2 --out out"
#define UNIVERSAL    "run universal --quiet --threads 1 --replicas 2 --chains 2 --out out --visible"
#define THERMAL      "--quiet --threads 1 --replicas 2 --sweeps 4 --out out --temperature"
#define ONE_PATTERN  "run curie-weiss --neurons 4 --equilibration 1 --checkpoint-interval 0 " THERMAL " .5"
#define EXPONENTIAL  "run exponential --quiet --threads 1 --replicas 2 --neurons 8 --out out"
#define FIELDS       "run sigmoid --neurons 8 --alpha .25 --checkpoint-interval 0 " THERMAL " .5"
#define STABILITY    "run stability --quiet --threads 1 --replicas 2 --degree 3 --neurons 8 --starts 2 --out out --load"
#define TRAIN        "train boltzmann --data builtin:xor --updates 2 --quiet --threads 1 --out out"
#define MEAN_FIELD   "train mean-field --updates 2 --hidden 1 --sweeps 1 --temperatures 1 --quiet --threads 1 --out out"
#define RBM          "train rbm --updates 2 --hidden 1 --quiet --threads 1 --data "
#define STRIPES_RBM  RBM "builtin:bars-and-stripes --out out"
#define HALF_A_STUDY SHARD_A ";merge out/a --quiet --threads 1 --out out/all"

static const command commands[] = {
    {.words = "--help"},
    {.words = "--version"},
    {.words = "theory --help"},
    {.words = "run --help"},
    {.words = "run capacity --help"},
    {.words = "run capacity --print-config --neurons 100 --alpha .1:.2:.05"},
    {.words = "theory capacity --temperature 0,.1"},
    {.words = "theory capacity --ansatz 1rsb"},
    {.words = "theory continuous --patterns 3,10"},
    {.words = "theory continuous --patterns 3 --k 2,4 --condensed 1,2"},
    {.words = "theory crosstalk --alpha .1,.2"},
    {.words = "theory crosstalk --neurons 100 --patterns 10,11"},
    {.words = "theory crosstalk --neurons 100 --capacity"},
    {.words = "theory curie-weiss --temperature .5 --neurons 10"},
    {.words = "theory curie-weiss --temperature .5"},
    {.words = "theory dense --degree 2,3"},
    {.words = "theory dense --degree 3 --neurons 30,100 --patterns 5,60"},
    {.words = "theory dense-dynamics --degree 3 --load .2 --steps 1 --paths 2048"},
    {.words = "theory dense-retrieval --degree 2,3 --load .1 --temperature 0,.2"},
    {.words = "theory dense-retrieval --degree 3 --critical"},
    {.words = "theory dense-retrieval --degree 3 --critical --ansatz 1rsb"},
    {.words = "theory dynamics --alpha .1 --overlap .5 --steps 2"},
    {.words = "theory dynamics --alpha .1 --overlap .5 --steps 1 --paths 2048"},
    {.words = "theory dynamics --alpha .1 --critical"},
    {.words = "theory dynamics --alpha 5 --critical --paths 2048"},
    {.words = "theory exponential --rho 0,.1"},
    {.words = "theory exponential --lambda 1 --ensemble spherical"},
    {.words = "theory exponential --rho 0 --neurons 6"},
    {.words = "theory exponential --rho 0 --neurons 10 --patterns 20"},
    {.words = "theory landscape --path between --position 0,.5 --temperature .3"},
    {.words = "theory marchenko-pastur --visible 5 --hidden 3 --sigma .1 --points 3"},
    {.words = "theory mixtures --order 3 --temperature 0,.3"},
    {.words = "theory mixtures --order 1,3 --critical"},
    {.words = "theory mixtures --order 1,2,3 --crossings"},
    {.words = "theory mixtures --asymmetric --patterns 4 --temperature 0,.3"},
    {.words = "theory phase-diagram --alpha .05"},
    {.words = "theory rbm-modes --law spin --eigenvalues 3,.5 --time 0,1 --w0 .1"},
    {.words =
         "theory rbm-modes --law spin --flow mean-field --visible 4 --hidden 4 --eigenvalues 2,.5 --time 0,1 --w0 .1"},
    {.words = "theory rbm-modes --law gaussian --eigenvalues 3,.5 --time 0,1 --w0 .1 --rotation 20 --started 1"},
    {.words = "theory rbm-phases --kappa .3 --sigma .7 --weight .5,2.5"},
    {.words = "theory rbm-phases --kappa 1 --sigma 1.5 --lines"},
    {.words = "theory retrieval --alpha .05 --temperature 0,.1"},
    {.words = "theory retrieval --alpha .05 --temperature .1 --order 3"},
    {.words = "theory retrieval --alpha .05 --temperature 0,.1 --state glass --ansatz 1rsb"},
    {.words = "theory sk --ansatz rs"},
    {.words = "theory sk --ansatz 1rsb"},
    {.words = "theory stability --degree 3 --neurons 20"},
    {.words = "theory stability --interaction exponential --neurons 16"},
    {.words = "theory crosstalk --config ../input/crosstalk.conf"},
    {.words = "theory crosstalk --alpha .1,.2 -o out/table.csv"},
    {.words = "theory crosstalk --alpha .1,.2 -o out/table.csv",
     .before = "theory crosstalk --alpha .3 -o out/table.csv"},
    {.words = "theory crosstalk --alpha .1 -o /dev/stdout"},
    {.words = ANNEALING " --sweeps 0,1"},
    {.words = ANNEALING " --sweeps 2 --checkpoint-interval 0"},
    {.words = ANNEALING " --sweeps 2 --schedule exchange --checkpoint-interval 0"},
    {.words = SCHEDULE " --temperatures 2 --updates 2"},
    {.words = LEARNING " --checkpoint-interval 0"},
    {.words = CAPACITY " --neurons 20 --alpha .1,.2"},
    {.words = CAPACITY " --neurons 20 --alpha .1,.2 --update-order random"},
    {.words = CAPACITY " --neurons 20 --alpha .1,.2 --update-order synchronous"},
    {.words = CAPACITY " --alpha .2 --patterns-file ../input/patterns.csv"},
    {.words = CAPACITY " --alpha .2 --patterns-file ../input/patterns.npy"},
    {.words = CAPACITY " --alpha .2 --patterns-file ../input/patterns.idx.gz"},
    {.words = DENSE " --degree 2,3 --update-order random --checkpoint-interval 0"},
    {.words = ACCURACY " --units 2 --field 0 --coupling .1,.2"},
    {.words = LANDSCAPE " --units 3 --temperature .5 --samples 10"},
    {.words = MIXTURES " --order 3,2 --temperature .3"},
    {.words = MIXTURES " --order 3 --temperature .3 --random-patterns --checkpoint-interval 0"},
    {.words = CONTINUOUS " --neurons 8,12,16 --k 2,2.6,3 --ensemble gaussian"},
    {.words = CROSSTALK " --alpha .1,.2"},
    {.words = PHASES " --temperature .2 --cooling-sweeps 16"},
    {.words = PHASES " --temperature .1,.9 --cooling-sweeps 0 --checkpoint-interval 0"},
    {.words = MODE " --units 4,6 --sigma 0 --weight 1 --mode-law binary"},
    {.words = MODE " --units 4 --hidden-units gaussian --weight .5,1"},
    {.words = MODE " --units 4 --sigma 1.2 --weight .5 --levels 2 --checkpoint-interval 0"},
    {.words = RETRIEVAL " --temperature .2 --update-order random"},
    {.words = RETRIEVAL " --temperature .2 --checkpoint-interval 0"},
    {.words = "run curie-weiss --neurons 4,7 --equilibration 2 " THERMAL " .5,2"},
    {.words = ONE_PATTERN, .before = ONE_PATTERN, .cut = 3},
    {.words = "run sigmoid --neurons 8 --alpha .25 " THERMAL " 0,.5"},
    {.words = FIELDS, .before = FIELDS, .cut = 3},
    {.words = EQUILIBRIUM " --start 0,2 --sweeps 2 --checkpoint-interval 0 --out out"},
    {.words = FLOWS " --steps 2 --checkpoint-interval 0 --out out"},
    {.words = BASINS " --alpha .1 --overlap .1,.9 --paths 0"},
    {.words = BASINS " --alpha .5 --overlap .1 --update-order synchronous --paths 2048 --checkpoint-interval 0"},
    {.words = DENSE_STEPS " --degree 2,3 --steps 2 --paths 0 --checkpoint-interval 0"},
    {.words = DENSE_STEPS " --steps 1 --paths 2048"},
    {.words = DYNAMICS " --steps 2 --paths 0"},
    {.words = DYNAMICS " --steps 1 --paths 2048"},
    {.words = STABILITY " .8,1.2 --checkpoint-interval 0"},
    {.words = "run energy-descent --quiet --threads 1 --replicas 2 --neurons 20 --patterns 3 --order 0,3 --sweeps 1 "
              "--resolution 2 --out out"},
    {.words = EXPONENTIAL " --alpha .3,.4 --steps 3 --curve 0 --checkpoint-interval 0"},
    {.words = COMPLETION " --patterns 1 --data ../input/images.csv --mask-kind random"},
    {.words = "run mean-field-xor --quiet --threads 1 --replicas 2 --settle 1 --collect 1 --learning-rate 2 "
              "--temperatures 2 --updates 2 --read-sweeps 1 --checkpoint-interval 0 --out out"},
    {.words = GROWING " --chains 0,2"},
    {.words = GROWING " --law gaussian --chains 2"},
    {.words = TRAJECTORY},
    {.words = TWO_BODY " --degree 3"},
    {.words = TWO_BODY " --model softmax"},
    {.words = UNIVERSAL " 2 --support 1,2 --kl 1,.1 --sweeps 99"},
    {.words = UNIVERSAL " 1 --support 1 --weight .1 --sweeps 16 --checkpoint-interval 0"},
    {.words = "resume out/all --quiet --threads 1", .before = HALF_A_STUDY},
    {.words = CROSSTALK " --alpha .1,.2", .before = CROSSTALK " --alpha .1,.2"},
    {.words = CROSSTALK " --alpha .1 --overwrite", .before = CROSSTALK " --alpha .2"},
    {.words = CROSSTALK " --alpha .1 --config ../input/run.conf"},
    {.words = CROSSTALK " --alpha .1,.2 --checkpoint-interval 0"},
    {.words = SHARD_A},
    {.words = LONG_UNITS " --shard 1/2"},
    {.words = RUN " --alpha .1,.2 --shard 2/2 --out out/a", .before = SHARD_A, .exit_status = HEBB_EXIT_USAGE},
    {.words = "merge out/b out/a --quiet --threads 1 --out out/a --overwrite",
     .before = SHARD_A ";" SHARD_B,
     .exit_status = HEBB_EXIT_USAGE},
    {.words = STOPPED, .exit_status = HEBB_EXIT_STOPPED},
    {.words = CROSSTALK " --alpha .1,.2", .before = STOPPED},
    {.words = LONG_UNITS},
    {.words = LONG_UNITS, .before = LONG_UNITS, .cut = 3},
    {.words = "resume out --quiet --threads 1", .before = STOPPED},
    {.words = "resume out --quiet --threads 1 --checkpoint-interval 0", .before = LONG_UNITS, .cut = 3},
    {.words = "merge out/a out/b --quiet --threads 1 --out out/all", .before = SHARD_A ";" SHARD_B},
    {.words = "merge out/a out/b --quiet --threads 1 --out out/all", .before = HALF_A_STUDY ";" SHARD_B},
    {.words = "merge out/a out/b --quiet --threads 1 --out out/all --overwrite", .before = HALF_A_STUDY ";" SHARD_B},
    {.words = "merge out/b --quiet --threads 1 --out out/all", .before = SHARD_B, .exit_status = HEBB_EXIT_STOPPED},
    {.words = "status out/a out/all", .before = HALF_A_STUDY},
    {.words = "status out --output out/status.csv", .before = STOPPED},
    {.words = "plan capacity --quiet --threads 1 --replicas 2 --neurons 20 --alpha .1,.2", .varies = true},
    {.words = "plan out --quiet --threads 1", .before = STOPPED, .varies = true},
    {.words = "train --help"},
    {.words = TRAIN " --gradient exact --links full --test builtin:xor --checkpoint-interval 0"},
    {.words = "resume out --quiet --threads 1", .before = TRAIN},
    {.words = "status out", .before = TRAIN},
    {.words = MEAN_FIELD " --data ../input/cases.csv --inputs 2 --batch 1"},
    {.words = MEAN_FIELD " --data ../input/patterns.npy --test ../input/patterns.npy"},
    {.words = MEAN_FIELD " --data builtin:digits --cases 1 --links restricted"},
    {.words = RBM "builtin:xor --test builtin:xor --momentum .5 --checkpoint-interval 0 --out out"},
    {.words = RBM "builtin:xor --algorithm exact --out out"},
    {.words = RBM "../input/cases.csv --visible-units gaussian --algorithm cd --out out"},
    {.words = "resume out --quiet --threads 1", .before = RBM "builtin:xor --out out"},
    {.words = RBM "out --out out/second", .before = RBM "builtin:xor --out out"},
    {.words = RBM "builtin:xor --start-from out --out out/second", .before = RBM "builtin:xor --out out"},
    {.words = "sample out --count 3 --input 01", .before = TRAIN},
    {.words = "sample out --count 3 --output out/s.npy --update 0", .before = TRAIN},
    {.words = "sample out --count 3 --output out/s.pgm --shape 1x3", .before = TRAIN},
    {.words = "sample out --count 3 --sweeps 2 --threads 1", .before = STRIPES_RBM},
    {.words = "sample out --count 3 --start data --sweeps 0 --threads 1 --output out/s.pgm", .before = STRIPES_RBM},
    {.words = "sample out --count 3 --method trajectory --means --sweeps 2 --threads 1 --output out/s.npy",
     .before = STRIPES_RBM},
    {.words = "analyse --help"},
    {.words = "analyse fixed-points out --starts 2 --approximation tap3 --quiet --threads 1", .before = STRIPES_RBM},
    {.words = "analyse series ../input/series.csv -o out/series.csv"},
    {.words = "analyse series ../input/series.csv ../input/series.csv --both-ends --column m --quiet"},
    {.words = "analyse series ../input/series.csv --column n", .exit_status = HEBB_EXIT_USAGE},
    {.words =
         "analyse likelihood out --test builtin:bars-and-stripes --chains 2 --temperatures 2 --ladders 2 --settle 0 "
         "--sweeps 2 --quiet --threads 1",
     .before = STRIPES_RBM},
    {.words = "analyse likelihood out --update all --method ladder --ladders 2 --settle 0 --sweeps 2 --threads 1",
     .before = STRIPES_RBM},
    {.words =
         "analyse likelihood out/checkpoints/00000002 --method exact,ais --data builtin:bars-and-stripes --chains 2 "
         "--temperatures 2 --quiet --threads 1",
     .before = STRIPES_RBM},
    {.words = "analyse spectrum out --quiet --threads 1", .before = STRIPES_RBM},
    {.words = "analyse spectrum out --departures --update 0,2 --quiet --threads 1", .before = STRIPES_RBM},
    {.words = "analyse weights out --bins 3 --quiet --threads 1", .before = STRIPES_RBM},
    {.words = "report out -o out/report.html", .before = CROSSTALK " --alpha .1,.2", .draws = true},
    {.words = "report out", .before = CROSSTALK " --alpha .1,.2"},
    {.words = "report out", .before = STOPPED},
    {.words = "report out/a out/b", .before = SHARD_A ";" SHARD_B},
    {.words = "report out", .before = TRAIN},
    {.words = "report out", .before = "figure small --threads 1 --out out"},
    {.words = "report out", .before = "figure tables --threads 1 --out out"},
    {.words = "report out", .before = "figure trained --threads 1 --out out"},
    {.words = "report --gallery out -o out/gallery.html", .before = "figure small --threads 1 --out out/small"},
    {.words = "figure --list"},
    {.words = "figure small --copy out/own"},
    {.words = "figure small --threads 1 --out out"},
    {.words = "figure small --threads 1 --out out", .draws = true},
    {.words = "figure tables --threads 1 --out out", .draws = true},
    {.words = "figure trained --threads 1 --out out", .draws = true},
    {.words = "figure tables --quiet --out out", .before = "figure tables --quiet --out out", .draws = true},
    {.words = "figure tables --terminal cairolatex --out out",
     .before = "figure tables --quiet --out out",
     .draws = true},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

#endif
