#!/bin/sh
# MNIST in 784 x 16, 2000 updates with the defaults: the exact likelihood of the test cases is above -150 nat, where independent
# pixels have -206; and 784 x 500 learns.  Needs HEBB_MNIST, the folder of the files of MNIST.
set -eu
[ -n "${HEBB_MNIST:-}" ] || { echo 'HEBB_MNIST is not set to the folder of the MNIST files'; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
last() { awk -F, -v name="$2" '/^#/ { next } !k { for (i = 1; i <= NF; i++) if ($i == name) k = i; next } { x = $k } END { print x }' "$1"; }

"$HEBB" train rbm --data "$HEBB_MNIST/train-images-idx3-ubyte.gz" --test "$HEBB_MNIST/t10k-images-idx3-ubyte.gz" --threshold 127 \
  --hidden 16 --algorithm pcd --steps 10 --batch 500 --updates 2000 --quiet --out "$folder/small"
likelihood=$(last "$folder/small/log.csv" test_log_likelihood)
echo "784 x 16: test log-likelihood $likelihood"
awk -v x="$likelihood" 'BEGIN { exit !(x > -150 && x < -100) }'

"$HEBB" train rbm --data "$HEBB_MNIST/train-images-idx3-ubyte.gz" --threshold 127 --hidden 500 --updates 1000 --quiet \
  --out "$folder/large"
first=$(awk -F, '$1 == "0" { print $5 }' "$folder/large/log.csv")
likelihood=$(last "$folder/large/log.csv" log_pseudo_likelihood)
echo "784 x 500: pseudo-likelihood from $first to $likelihood"
awk -v x="$likelihood" -v first="$first" 'BEGIN { exit !(x > first + 80) }'
