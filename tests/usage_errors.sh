#!/bin/sh
# What the command line refuses: one clear line on standard error, nothing on standard output, the exit status by class.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

# wrong STATUS PATTERN ARGUMENT...
wrong() {
  wrong_status=$1
  wrong_pattern=$2
  shift 2
  refuse "$wrong_status" "$wrong_pattern" "$HEBB" "$@"
}

# ---- words that are unknown: the nearest is named ----

wrong 64 'a verb is missing'
wrong 64 'unknown verb theroy.*theory' theroy
wrong 64 'unknown verb --alpha' --alpha .1
wrong 64 'unknown verb mixtures; did you mean hebb run mixtures[?]' mixtures
wrong 64 'a subject is missing' theory
wrong 64 'unknown subject capcity.*capacity' theory capcity
wrong 64 'unknown subject.*crosstalk' theory croztalk --alpha .1
wrong 64 'an experiment is missing' run
wrong 64 'unknown experiment capasity.*capacity' run capasity --out folder
wrong 64 'one name' figure
wrong 64 'one name' figure capacity crosstalk
wrong 64 'unknown figure capcity.*capacity' figure capcity
wrong 64 'unknown option --temprature.*--temperature' theory capacity --temprature 0
wrong 64 'unknown option --temprature.*--temperature' theory capacity --temprature=0
wrong 64 'unknown option -x' theory capacity -x
wrong 64 'extra' theory capacity extra
wrong 64 'extra' run capacity --out folder extra
wrong 64 'extra' run capacity --out folder -- extra
wrong 64 'rand.*random.sequential.synchronous' run capacity --update-order rand --out folder
wrong 64 '2rsb' theory capacity --ansatz 2rsb
wrong 64 'quick.paper' figure capacity --size quik

# ---- no abbreviations: an option added later must not break a script ----

wrong 64 'unknown option --alph.*--alpha' theory crosstalk --alph .1
wrong 64 'unknown option --alph.*--alpha' theory crosstalk --alph=.1
wrong 64 'unknown option --csv-plai.*--csv-plain' theory capacity --csv-plai
wrong 64 'unknown option --hel.*--help' theory capacity --hel

# ---- the machine ----

wrong 64 "--kernel: 'avx' is none of portable" run capacity --kernel avx --out folder
wrong 64 "--max-memory: 'much' is no amount of memory" run capacity --max-memory much --out folder
wrong 64 '--max-memory: the value is empty' figure capacity --max-memory '' --out folder
wrong 65 "--max-memory: '-1G' is out of range" run capacity --max-memory -1G --out folder
wrong 65 ' KiB, and 1 KiB may be had, the limit asked for; use ' run capacity --max-memory 1K --out folder
for text in nan inf 1e400 0 -1 0.5; do
  wrong 65 "--max-memory: '$text' is out of range" run capacity --max-memory "$text" --out folder
done
refuse 64 "HEBB_KERNEL: 'avx4' is none of portable, avx2, avx512" env HEBB_KERNEL=avx4 "$HEBB" run capacity --out folder
check '--version prints the version whatever HEBB_KERNEL says' sh -c 'HEBB_KERNEL=avx4 "$1" --version 2>/dev/null | grep -q "^hebb [0-9]"' sh "$HEBB"
check 'and then complains' sh -c 'HEBB_KERNEL=avx4 "$1" --version >/dev/null 2>&1; test $? -eq 64' sh "$HEBB"
absent 'nothing is begun' folder
check '--version names the kernel in use' sh -c 'HEBB_KERNEL=portable "$1" --version | grep -q "^kernel portable,"' sh "$HEBB"
check 'an empty HEBB_KERNEL chooses nothing' sh -c 'test "$(HEBB_KERNEL= "$1" --version)" = "$("$1" --version)"' sh "$HEBB"

# ---- values ----

wrong 64 '--alpha.*missing' theory crosstalk --alpha
wrong 64 '-o.*missing|--output.*missing' theory capacity -o
wrong 64 '--quiet takes no value' theory capacity --quiet=yes
wrong 64 '--out DIR is needed' run capacity
wrong 64 '--out.*empty' run capacity --out ''
wrong 64 '--alpha LIST is needed' theory retrieval
wrong 64 '--alpha LIST, or --neurons' theory crosstalk
wrong 64 '--alpha LIST, or --neurons' theory crosstalk --neurons 100
wrong 64 '--threshold goes with --patterns-file' run capacity --threshold 3 --out folder
wrong 65 '--paths: 2047 are too few; at least 2048, or 0' run dynamics --paths 2047 --out folder
wrong 65 '--paths: 2047 are too few; at least 2048, or 0' run basins --paths 2047 --out folder
wrong 65 '--overlap: 1.5 is out of range' run dynamics --overlap 1.5 --out folder
wrong 65 '--steps: 101 is out of range' run dynamics --steps 101 --out folder
for text in abc 0x1 '.1 ' ' .1' 1e 1.2.3 .1O '' ',' '.1,,.2' '.1,' 1:2 1:2:3:4 :2:1 1::1 1:2: a:b:c; do
  wrong 64 '--alpha: .*(no number|empty item|no step|no range)' theory crosstalk --alpha "$text"
done
for value in -1 0 -0 nan inf -inf 1e400 1e-400 .1,0 .1:inf:.1 nan:1:.1; do
  wrong 65 '--alpha: .*(out of range|not finite)' theory crosstalk --alpha "$value"
  absent 'nothing is begun' folder
  wrong 65 '--alpha: .*(out of range|not finite)' run capacity --out folder --alpha "$value"
done
wrong 65 'step 0' theory crosstalk --alpha 1:2:0
wrong 65 'wrong sign' theory crosstalk --alpha 1:2:-1
wrong 65 'wrong sign' theory crosstalk --alpha 2:1:1
wrong 65 '1000000 values' theory crosstalk --alpha 1:2:1e-9
wrong 65 '--neurons: 0 is out of range' run capacity --neurons 0 --out folder
wrong 65 '--neurons: -5 is out of range' run capacity --neurons -5 --out folder
wrong 65 '--neurons: 1 is out of range' run crosstalk --neurons 1 --out folder
wrong 65 '--neurons: .* is out of range' run capacity --neurons 1e9 --out folder
wrong 64 '--neurons: 100.5 is no whole number' run capacity --neurons 100.5 --out folder
wrong 64 '--neurons: .* is no whole number' run capacity --neurons 100:200:.5 --out folder
wrong 64 '--replicas: 2.5 is no whole number' run capacity --replicas 2.5 --out folder
for option in --replicas --sweeps --threads; do
  wrong 65 "$option: 0 is out of range" run capacity $option 0 --out folder
done
wrong 65 '--kappa: 0 is out of range' run rbm-phases --kappa 0 --out folder
wrong 65 '--sigma: -1 is out of range' run rbm-phases --sigma -1 --out folder
wrong 65 '--kappa 1000 and --units 4' run rbm-phases --kappa 1000 --units 4 --out folder
wrong 64 "--mode-law: 'cauchy' is none of" run rbm-phases --mode-law cauchy --out folder
wrong 65 'a machine of 90000 visible and 90000 hidden units' \
  run rbm-phases --units 90000 --replicas 1 --max-memory 100M --out folder
wrong 64 '--lines finds the weights itself' theory rbm-phases --kappa 1 --sigma 1 --weight 1 --lines
wrong 65 '--neurons: 1 is out of range' run curie-weiss --neurons 1 --out folder
wrong 65 '--temperature: 0 is out of range' run curie-weiss --temperature 0 --out folder
wrong 65 '--temperature: .*(out of range|not finite)' run curie-weiss --temperature nan --out folder
wrong 65 '--sweeps: 1 is out of range' run curie-weiss --sweeps 1 --out folder
wrong 64 "--rule: 'glauber' is none of heat-bath.metropolis" run curie-weiss --rule glauber --out folder
wrong 64 "--update-order: 'synchronous' is none of random.sequential" run sigmoid --update-order synchronous --out folder
wrong 65 '--temperature: -0.1 is out of range' run sigmoid --temperature 0,-.1 --out folder
wrong 65 '0 patterns|half a pattern' run sigmoid --neurons 100 --alpha .001 --out folder
wrong 65 '--units: 11 is out of range' run boltzmann-equilibrium --units 11 --out folder
wrong 65 '--start: 3 is out of range' run boltzmann-equilibrium --start 3 --out folder
wrong 64 "--kind: 'spin' is none of sign.binary" run boltzmann-equilibrium --kind spin --out folder
wrong 65 '--update: 2 is out of range' run microscopic-reversibility --update 2 --out folder
wrong 65 '--end-temperature: 9 is above --start-temperature, 5' run annealing-schedule --end-temperature 9 --out folder
wrong 65 '--temperatures: 65 is out of range' run annealing-schedule --temperatures 65 --out folder
wrong 64 "'xo' is none of .*xor" run annealing-schedule --problem xo --out folder
wrong 65 '--hidden: 3 visible and 22 hidden units' run boltzmann-learning --hidden 22 --out folder
wrong 65 '--chains: 0 is out of range' run boltzmann-learning --chains 0 --out folder
wrong 64 '--objective conditional: bars-and-stripes has no input' run boltzmann-learning --problem bars-and-stripes \
  --objective conditional --out folder
wrong 64 '--beta goes with --model softmax' run two-body --beta 3 --out folder
wrong 64 '--degree goes with --model dense' run two-body --model softmax --degree 3 --out folder
wrong 65 '--tau-ratio: 0 is out of range' run two-body --tau-ratio 0 --out folder
wrong 65 '--beta: 0 is out of range' run two-body --model softmax --beta 0 --out folder
wrong 65 '10000 patterns of 10000 neurons: .* may be had' \
  run two-body --neurons 10000 --patterns 10000 --replicas 1 --max-memory 500M --out folder
wrong 64 'builtin:letters: there are builtin:digits and files' run completion --data builtin:letters --out folder
wrong 65 '--mask: 0.99 of 28 leaves nothing of an image' run completion --mask .99 --out folder
wrong 65 '--beta: .*(out of range|not finite)' run completion --beta nan --out folder
printf '1,2,3,4\n5,5,5,5\n' >grey.csv
wrong 65 'grey.csv: image 2 has one grey throughout' run completion --data grey.csv --patterns 1 --replicas 1 --out folder
wrong 66 'none.npy' run completion --data none.npy --out folder
wrong 65 '100000 images: .* may be had' run completion --patterns 100000 --replicas 1 --max-memory 100M --out folder
wrong 65 '--seed: -1 is out of range' run capacity --seed -1 --out folder
wrong 65 '--seed: .* out of range' run capacity --seed 1e20 --out folder
wrong 65 '--threads: .* out of range' run capacity --threads 5000 --out folder
wrong 65 '--alpha: .*half a pattern|0 patterns' run capacity --neurons 100 --alpha .001 --out folder
wrong 65 '--neurons: 100 are too few to balance 7 patterns.*--random-patterns' run mixtures --order 7 --neurons 100 --out folder
wrong 65 '--patterns: 3 are too few for a mixture of 5' run mixtures --order 5 --patterns 3 --out folder
wrong 65 '--equilibration: 97 of 100 --sweeps' run mixtures --sweeps 100 --equilibration 97 --out folder
wrong 65 '--temperature: 0 is out of range' run mixtures --temperature 0 --out folder
wrong 64 '--update-order: .*synchronous' run mixtures --update-order synchronous --out folder
wrong 65 '3 patterns of 1000000 neurons: ' run mixtures --order 3 --neurons 1000000 --max-memory 1M --out folder
wrong 65 'temperature.*-0.1' theory capacity --temperature -.1
wrong 65 'temperature' theory retrieval --alpha .1 --temperature nan
wrong 65 'order.*0' theory retrieval --alpha .1 --order 0
wrong 65 'order.*100' theory capacity --order 100
wrong 64 'state retrieval' theory retrieval --alpha .1 --state glass --order 3
wrong 65 'alpha.*0' theory phase-diagram --alpha 0
wrong 64 'ansatz rs' theory capacity --ansatz 1rsb --order 3
wrong 64 'ansatz rs' theory retrieval --alpha .02 --ansatz 1rsb --order 3
wrong 64 'alpha' theory phase-diagram

# ---- more memory than there is: refused by the number, before anything is allocated ----

wrong 65 '16000000 patterns of 16000000 neurons: .* GiB.* may be had' \
  run capacity --neurons 16000000 --alpha 1 --threads 2 --max-memory 1G --out folder
wrong 65 '400 patterns of 4000 neurons: ' run crosstalk --neurons 100,4000 --alpha .1 --replicas 2 --max-memory 100K \
  --out folder
wrong 65 '2.98e\+04 GiB.* may be had' run crosstalk --neurons 16000000 --alpha 1 --threads 2 --out folder
wrong 65 'GiB.* may be had' run capacity --replicas 1e9 --out folder
wrong 65 '16000000 neurons followed for 1000 sweeps: .* may be had' \
  run curie-weiss --neurons 100,16000000 --sweeps 1000 --replicas 1 --max-memory 100M --out folder
wrong 65 '4000 patterns of 4000 neurons: .* may be had' \
  run sigmoid --neurons 4000 --alpha 1 --replicas 1 --max-memory 3M --out folder
for alpha in 2 1e10 1e300; do
  wrong 65 '--alpha: .*(patterns|there are)' run capacity --neurons 16000000 --alpha $alpha --out folder
  wrong 65 '--alpha: .*(patterns|there are)' run crosstalk --neurons 16000000 --alpha $alpha --out folder
done
wrong 65 'a table of 1e\+12 rows is 1.3[0-9]e\+05 GiB, and .* GiB may be had; ask for fewer points' \
  theory dynamics --alpha .001:1:.001 --overlap 0:1:.001 --steps 1000000
wrong 65 'rows is .* GiB' theory landscape --temperature .000001:1:.000001 --position .000001:1:.000001
wrong 65 'rows is .* GiB' theory curie-weiss --temperature .000001:1:.000001 --neurons 1:1000000:1
wrong 65 'rows is .* GiB' theory crosstalk --neurons 2:1000001:1 --patterns 1:1000000:1
many=$(awk 'BEGIN { for (k = 0; k < 10000; k++) printf "%s1:99:1", k ? "," : "" }') # 990000 orders
wrong 65 'rows is .* GiB' theory mixtures --order "$many" --temperature .000001:1:.000001
absent 'no folder is made for a study that cannot be run' folder

# ---- config files ----

config() {
  printf '%b' "$1" >study.conf
  shift
  wrong "$@" theory crosstalk --config study.conf
}
config 'alpha = .1\n\n# a comment\nneuron = 3\n' 64 'study.conf:4: unknown option neuron; did you mean neurons'
config 'alpha\n' 64 'study.conf:1: .*name = value'
config '\nalpha = abc\n' 64 "study.conf:2: alpha: 'abc' is no number"
config 'alpha = .1\nalpha = -1\n' 65 'study.conf:2: alpha: -1 is out of range'
config 'quiet = maybe\n' 64 'study.conf:1: quiet: .*neither yes nor no'
config 'config = study.conf\n' 64 'study.conf:1: .*config'
config 'alpha = .1\n\0' 65 'study.conf:2: a NUL byte'
config 'al\033[31mpha = 1\n' 64 'study.conf:1: unknown option al.\[31mpha' # no escape sequence gets to a terminal
equal 'control characters are replaced' "$(grep -c '[[:cntrl:]]' "$err")" 0
wrong 66 'nowhere.conf: ' theory crosstalk --config nowhere.conf

printf 'alpha = .1,.2\ncsv-plain = yes\n' >study.conf
expect 0 "$HEBB" theory crosstalk --config study.conf --alpha .3
equal 'the command line goes before the config file' "$(sed -n 2p "$out" | cut -d, -f1)" 0.3
expect 0 "$HEBB" run capacity --neurons 1e3 --alpha .1:.2:.05 --seed 7 --quiet --out 'a folder' --print-config
cp "$out" printed.conf
expect 0 "$HEBB" run capacity --config printed.conf --print-config
same_file '--print-config of a printed config is the same' printed.conf "$out"
expect 0 "$HEBB" run capacity --print-config
cp "$out" default.conf
expect 0 "$HEBB" run capacity --config default.conf --print-config
same_file 'also of the defaults' default.conf "$out"

# ---- input and output ----

wrong 66 'nowhere.csv: ' run capacity --alpha .5 --patterns-file nowhere.csv --out folder
wrong 66 './nowhere: ' figure ./nowhere
wrong 74 'nowhere/table.csv: ' theory capacity -o nowhere/table.csv
for verb in theory run; do
  expect 0 "$HEBB" $verb --help
  filled "$verb --help goes to standard output" "$out"
done
expect 0 "$HEBB" --version

# ---- verdicts: one study in 370 doubts a true theory, and with this seed it is this one ----

set -- run crosstalk --neurons 50 --alpha .5 --starts 10 --replicas 600 --seed 79 --threads 1
expect 2 "$HEBB" "$@" --strict --out doubted
equal 'it is one disagreement' "$(data doubted/verdict.csv | grep -c ,disagree,)" 1
expect 0 "$HEBB" "$@" --out doubted
check 'which is said without --strict too' grep -q '^verdict: 1 agree, 1 disagree, 0 inconclusive' "$err"

finish
