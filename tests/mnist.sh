#!/bin/sh
# Handwritten digits as patterns: they overlap with each other, so they are recalled far worse than the theory of
# independent patterns says, and no verdict is passed.  Needs HEBB_MNIST, the folder of the files of MNIST.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

[ -n "${HEBB_MNIST:-}" ] || skip 'HEBB_MNIST is not set to the folder of the MNIST files'
digits=$HEBB_MNIST/t10k-images-idx3-ubyte.gz
[ -r "$digits" ] || skip "$digits is not there"

expect 0 "$HEBB" run capacity --patterns-file "$digits" --threshold 127 --alpha .02,.05,.1 --replicas 10 --out digits
check 'the theory is said to assume independent patterns' grep -q 'the theory curve assumes independent patterns' "$err"
check 'nothing agrees and nothing disagrees' grep -q '^verdict: 0 agree, 0 disagree, ' "$err"
row=0
for p in 16 39 78; do
  row=$((row + 1))
  equal 'pixels' "$(cell digits/summary.csv $row n_neurons)" 784
  equal 'p = round(alpha N)' "$(cell digits/summary.csv $row n_patterns)" $p
  near 'the theory of independent patterns recalls them' "$(cell digits/summary.csv $row m_theory)" 1 .003
  m=$(cell digits/summary.csv $row m)
  check "the digits are not recalled at p = $p" awk -v m="$m" 'BEGIN { exit !(m != "" && m < .85) }'
done
equal 'verdicts' "$(data digits/verdict.csv | sed 1d | cut -d, -f10 | sort -u)" inconclusive
check 'each says why' sh -c '! grep inconclusive digits/verdict.csv | grep -v "assumes independent patterns"'
check 'the file is in the header by its content alone' grep -Eq '^# patterns: 10000 of 784 signs, CRC-32 [0-9a-f]{8}$' digits/units.csv
check 'no path is in a table' sh -c '! grep -F ubyte digits/*.csv digits/*.meta.json'

# too few pixels are on: half of the patterns of a threshold out of reach are all alike
refuse 65 'threshold' "$HEBB" run capacity --patterns-file "$digits" --alpha .02 --replicas 2 --out grey
expect 0 "$HEBB" run capacity --patterns-file "$digits" --threshold 255 --alpha .02 --replicas 2 --quiet --out dark
equal 'patterns that are all alike are recalled' "$(cell dark/summary.csv 1 m)" 1

# half of a handwritten digit is completed, and its picture drawn
expect 0 "$HEBB" run completion --data "$digits" --patterns 50 --beta 2,100 --replicas 20 --out completed
check 'theory and measurement agree' grep -q '^verdict: 6 agree, 0 disagree, 0 inconclusive' "$err"
check 'the sharp memory finds the digit' awk -v x="$(cell completed/summary.csv 2 right)" 'BEGIN { exit !(x != "" && x > .9) }'
check 'the soft one does not' awk -v x="$(cell completed/summary.csv 1 right)" 'BEGIN { exit !(x != "" && x < .3) }'
check 'the file is in the header by its content alone' grep -Eq '^# images: 10000 of 784 pixels, CRC-32 [0-9a-f]{8}$' completed/units.csv

finish
