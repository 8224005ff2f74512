# Sourced: what the program does at sizes of a fraction of a second, every verb, engine and learner, and whether another
# build or another processor gives the same.
#
#   studies_run FOLDER COMMAND...   the commands below by COMMAND (a path, or a tool and its options before it)
#   studies_compare FOLDER FOLDER   what docs/numerics.md promises of two machines
#
# Both print what is wrong and count it in $n_wrong; $n_studies and $n_files say how much there was.
# shellcheck shell=sh
n_wrong=0
n_studies=0
n_files=0

# A line a command.  Its first word: `exact`, units.csv, *.npy and standard output are equal to the byte and the rest to
# rounding; `near`, all is equal to rounding; a + before it, in the folder of the line before.
studies_list() {
  cat <<'END'
near theory capacity --temperature 0,.1
near theory capacity --ansatz 1rsb
near theory continuous --patterns 3,10
near theory crosstalk --alpha .1,.2
near theory crosstalk --neurons 100 --patterns 10,11
near theory curie-weiss --temperature .5 --neurons 10
near theory dense --degree 2,3
near theory dense-dynamics --degree 3 --load .2 --steps 1 --paths 2048
near theory dense-retrieval --degree 3 --load .1 --temperature 0,.2
near theory dynamics --alpha .1 --overlap .5 --steps 2
near theory exponential --rho 0,.1
near theory landscape --path between --position 0,.5 --temperature .3
near theory marchenko-pastur --visible 5 --hidden 3 --sigma .1 --points 3
near theory mixtures --order 3 --temperature 0,.3
near theory phase-diagram --alpha .05
near theory rbm-modes --law spin --eigenvalues 3,.5 --time 0,1 --w0 .1
near theory rbm-phases --kappa .3 --sigma .7 --weight .5,2.5
near theory retrieval --alpha .05 --temperature 0,.1
near theory sk --ansatz rs
near theory stability --degree 3 --neurons 20
exact run annealing --neurons 20 --patterns 2 --factor .3 --sweeps 2
exact run annealing --neurons 20 --patterns 2 --factor .3 --sweeps 2 --schedule exchange
near run annealing-schedule --end-temperature 1 --chains 1 --half-way .99 --temperatures 2 --updates 2
exact run basins --neurons 20 --alpha .1 --overlap .1,.9 --paths 0
near run boltzmann-equilibrium --units 2 --chains 2 --equilibration 1 --start 0,2 --sweeps 2
near run boltzmann-learning --updates 2 --chains 1,2
exact run capacity --neurons 20,200 --alpha .1,.2
exact run capacity --neurons 20,200 --alpha .1,.2 --update-order random
exact run capacity --neurons 20,200 --alpha .1,.2 --update-order synchronous
near run completion --beta 9 --patterns 2
near run continuous --neurons 8 --patterns 3 --k 4,6
exact run crosstalk --neurons 20
exact run curie-weiss --neurons 4,7 --equilibration 2 --sweeps 4 --temperature .5,2
exact run dense --degree 2,3 --neurons 12,70 --load .3 --temperature 0,.5 --thermal-sweeps 4
exact run dense-dynamics --degree 3 --neurons 8 --load .3 --steps 2 --paths 0
exact run dynamics --neurons 20 --alpha .1 --overlap .5 --steps 2 --paths 0
exact run energy-descent --neurons 20 --patterns 3 --order 0,3 --sweeps 1 --resolution 2
exact run exponential --neurons 8 --alpha .3,.4 --steps 3 --curve 0 --rivals drawn
near run mean-field-accuracy --units 2 --field 0 --coupling .1,.2
near run mean-field-landscape --units 3 --temperature .5 --samples 10
near run mean-field-xor --settle 1 --collect 1 --learning-rate 2 --temperatures 2 --updates 2 --read-sweeps 1
near run microscopic-reversibility --units 2 --chains 2 --equilibration 1 --steps 2
exact run mixtures --neurons 16 --sweeps 5 --order 3 --temperature .3
exact run phase-diagram --neurons 20 --alpha .2 --sweeps 8 --curve 1 --temperature .2 --cooling-sweeps 16
near run rbm-modes --visible 4 --hidden 4 --eigenvalues 1.5 --cases 4 --updates 2 --chains 0,2
near run rbm-phases --chains 2 --settle 1 --sweeps 2 --units 4,6 --sigma 0 --weight 1
near run rbm-trajectory --pool 14 --hidden 2 --sigma .5 --cases 4 --chains 2 --batch 2 --updates 2
exact run retrieval --neurons 20,200 --alpha .2 --sweeps 8 --temperature .2
exact run sigmoid --neurons 8,70 --alpha .25 --sweeps 4 --temperature 0,.5
exact run stability --degree 3 --neurons 8 --starts 2 --load .8,1.2
near run two-body --neurons 6 --patterns 2 --tau-ratio 1,2 --degree 3
near run universal --visible 2 --support 1,2 --kl 1,.1 --sweeps 99 --chains 2
exact +status out
near figure free-energy-landscape --out out
near +report out --output out/report.html
exact run crosstalk --neurons 20 --alpha .1,.2 --shard 1/1
exact +merge out --out out/all
exact +report out/all --output out/report.html
exact train boltzmann --data builtin:xor --updates 3 --temperatures 1
exact +sample out --count 3
near train mean-field --data builtin:xor --updates 2 --hidden 1 --sweeps 1 --temperatures 1
exact train rbm --data builtin:bars-and-stripes --updates 3 --hidden 9
exact +resume out
exact +report out --output out/report.html
exact +sample out --count 3 --sweeps 2
near +analyse spectrum out
near +analyse weights out --bins 3
near +analyse fixed-points out --starts 2 --approximation tap3
near +analyse likelihood out --test builtin:bars-and-stripes --chains 2 --temperatures 2 --ladders 2 --settle 0 --sweeps 2
END
}

# Nothing is drawn: pictures are gnuplot's, which names their curves.
studies_run() {
  where=$1
  shift
  mkdir -p "$where/bin"
  printf '#!/bin/sh\necho a picture >figure.pdf\necho gnuplot_plot_1 >figure.svg\n' >"$where/bin/gnuplot"
  chmod +x "$where/bin/gnuplot"
  number=0
  while read -r _ words; do
    number=$((number + 1))
    case $words in
    +*) words=${words#+} ;;
    *) here=$where/$(printf '%02d' $number)-$(echo "$words" | cut -d' ' -f1-2 | tr ' ' -) && mkdir "$here" ;;
    esac
    case $words in run*) words="$words --replicas 2 --out out" ;; train*) words="$words --out out" ;; esac
    case $words in theory* | status*) ;; *) words="$words --quiet --threads 2" ;; esac
    n_studies=$((n_studies + 1))
    # shellcheck disable=SC2086 # words
    (cd "$here" && PATH=$where/bin "$@" $words >"$number.csv" 2>"$number.err") || {
      printf 'FAILED, exit status %d: hebb %s\n' $? "$words"
      n_wrong=$((n_wrong + 1))
      sed 's/^/  | /' "$here/$number.err"
    }
  done <<END
$(studies_list)
END
}

# near FILE FILE: cells are equal, or numbers within 1e-12 of the larger or of 1; what is a multiple of a standard error, a
# small difference, within 1e-6.  Prints the first line that is not.
near() {
  awk -F, '
    NR == FNR { line[FNR] = $0; n = FNR; next }
    !has_header && !/^#/ { has_header = 1; for (i = 1; i <= NF; i++) share[i] = $i ~ /^(.*_)?z$/ ? 1e-6 : 1e-12 }
    $0 != line[FNR] {
      k = split(line[FNR], cell, ",")
      bad = k != NF
      for (i = 1; i <= NF && !bad; i++) {
        if ($i == cell[i]) continue
        x = $i + 0; y = cell[i] + 0; d = x - y; size = 1
        if (d < 0) d = -d
        if (x > size || -x > size) size = x < 0 ? -x : x
        bad = $i !~ /^-?[0-9.]+(e-?[0-9]+)?$/ || cell[i] !~ /^-?[0-9.]+(e-?[0-9]+)?$/ || d > share[i] * size
      }
      if (bad) { print FNR ": " line[FNR]; print FNR ": " $0; exit 1 }
    }
    END { if (FNR != n) exit 1 }' "$1" "$2"
}

studies_compare() {
  for folder in "$1"/[0-9]*; do
    number=${folder##*/}
    promise=$(studies_list | sed -n "$(echo "${number%%-*}" | sed 's/^0//')p" | cut -d' ' -f1)
    (cd "$folder" && find . -type f ! -name '*.err' ! -name timing.csv ! -name journal ! -name lock) | sort >"$1/files"
    while read -r file; do
      n_files=$((n_files + 1))
      cmp -s "$folder/$file" "$2/$number/$file" && continue
      case $promise$file in
      exact*/units.csv | exact*.npy) said='not to the byte' ;;
      *.csv | *.json) said=$(near "$folder/$file" "$2/$number/$file") && continue ;;
      near*.npy | near*.checkpoint) continue ;; # log.csv has what they come to
      *) said='not to the byte' ;;
      esac
      n_wrong=$((n_wrong + 1))
      printf 'FAILED: %s\n' "$number/$file differs: $said"
    done <"$1/files"
  done
}
