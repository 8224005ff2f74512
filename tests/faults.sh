#!/bin/sh
# Every allocation, write, sync, rename, close ... that a command makes is made to fail in turn: see tests/faults.
# With HEBB_FAULTS_ALL set, each single one; else, of those that a loop makes, the first and the last.
# shellcheck source-path=SCRIPTDIR source=shell.sh
srcdir_of_tests=$(cd "${srcdir:-.}" && pwd) || exit 99
. "$srcdir_of_tests/tests/shell.sh"

build=${HEBB%/*}
faults=$build/tests/faults/hebb-faults
[ -x "$faults" ] || skip "$faults is not built: make check builds it"

# ---- the calls that allocate or reach files are wrapped, in every layer ----

# Not here: printf, fputs, fread, fclose ... act on streams whose reads and writes are wrapped; qsort does without
# memory; csv_parse, json_* and inflate use the allocators that csv_init, json_set_alloc_funcs and inflateInit2_ set;
# libgomp ends the program by itself.
memory='malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|memalign|p?valloc|strn?dup|wcsdup|v?asprintf'
memory="$memory|__v?asprintf_chk|getline|getdelim|__getdelim|open_w?memstream|fmemopen|realpath|__realpath_chk"
memory="$memory|canonicalize_file_name|get_current_dir_name|getcwd|scandir|glob|regcomp|setenv|putenv|tsearch|hcreate"
memory="$memory|gsl_.*(alloc|_new)|csv_init|inflateInit2?_|deflateInit2?_|pthread_create|posix_spawn_file_actions_(init|add.*)"
files='fopen|fopencookie|freopen|fdopen|popen|tmpfile|tempnam|mkdtemp|mko?stemps?|open|openat|__open_2|creat|p?readv?'
files="$files|__p?read_chk|p?writev?|sendfile|copy_file_range|fsync|fdatasync|sync|syncfs|sync_file_range|mmap|msync"
files="$files|f?truncate|(posix_)?fallocate|rename|renameat2?|(sym)?link(at)?|unlink(at)?|remove|rmdir|mkdir(at)?|mkfifo"
files="$files|mknod|f?chmod(at)?|f?chown(at)?|futimens|utimensat|close|close_range|dup[23]?|fcntl|ioctl|flock|lockf"
files="$files|[lf]?stat|fstatat|statx|f?statvfs|access|faccessat|readlink(at)?|__readlink_chk|f?opendir|fdopendir|readdir"
files="$files|closedir|ftw|nftw|fts_open|pipe2?|posix_spawnp?|v?fork|exec.*|system|wait|waitpid|waitid|wait4|socket"
files="$files|gzopen|gzdopen|json_load_file|json_load_callback|json_dump_file|json_dumps|shm_open|sem_open"

# unwrapped: those of the names that are to be wrapped and are not
unwrapped() {
  sed 's/64$//' | grep -Ex "$memory|$files" | sort -u >called
  sed 's/.*--wrap=//' "${srcdir_of_tests:?}/tests/faults/wrapped" | sort -u >wrapped
  comm -23 called wrapped | tr '\n' ' '
}

find "$build/src" "$build/theory" "$build/analysis" -name 'lib*.a' >libraries
equal 'layers and the command line are found' "$(grep -c -e libcore -e libanalysis -e libtheory -e libcli -e libensemble libraries)" 5
while read -r library; do nm -u "$library"; done <libraries | awk '$1 == "U" { print $2 }' >undefined
check 'the names are found' grep -qx realloc undefined
equal 'calls that tests/faults does not make fail' "$(unwrapped <undefined)" ''
equal 'such a call would be seen' "$(printf 'qsort\nmkstemp64\nfopen\n' | unwrapped)" 'mkstemp '

# ---- what the commands read ----

mkdir input figures bin
awk 'BEGIN { # 4 patterns of 12 signs
  for (i = 0; i < 4; i++)
    for (j = 0; j < 12; j++) printf "%d%s", (i * i + 7 * j * j + i * j) % 11 % 2 ? 1 : 0, j < 11 ? "," : "\n"
}' >input/patterns.csv
bytes=$(tr -d ',\n' <input/patterns.csv | sed 's/0/\\000/g; s/1/\\001/g')
# shellcheck disable=SC2059 # the data are the format
{ printf '\0\0\010\002\0\0\0\004\0\0\0\014' && printf "$bytes"; } | gzip -c >input/patterns.idx.gz
# shellcheck disable=SC2059
{
  printf '\223NUMPY\001\000\166\000%-117s\n' "{'descr': '|u1', 'fortran_order': True, 'shape': (4, 12), }" && printf "$bytes"
} >input/patterns.npy
printf 'a,b,c\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n' >input/cases.csv
awk 'BEGIN { # 2 images of 2 by 2 pixels
  print "1,2,3,9"; print "8,1,0,3"
}' >input/images.csv
awk 'BEGIN { # 70 steps of two quantities, and a word
  print "m,word,energy"
  for (t = 0; t < 70; t++) printf "%d,up,%d\n", t * t % 11, t * t % 13
}' >input/series.csv
printf 'alpha = .1,.2\n' >input/crosstalk.conf
printf '# a study\nself-coupling = yes\nstarts = 2\n' >input/run.conf

# what draws each experiment's results: its name, and the figure's where that is another
set -- annealing annealing-schedule basins boltzmann-equilibrium boltzmann-learning capacity completion \
  continuous crosstalk curie-weiss dense dense-dynamics dynamics energy-descent exponential \
  mean-field-accuracy mean-field-landscape mean-field-xor microscopic-reversibility mixtures:mixtures-measured \
  phase-diagram:phase-diagram-measured rbm-modes:rbm-spectrum rbm-phases rbm-trajectory retrieval sigmoid \
  stability:capacity-ladder two-body universal
for pair in "$@" :small :tables :trained; do
  experiment=${pair%:*} figure=${pair#*:}
  mkdir "figures/$figure"
  {
    printf 'title = %s\n' "$figure"
    [ -z "$experiment" ] || printf '[run %s]\n' "$experiment"
  } >"figures/$figure/recipe.conf"
  printf "# drawn by the gnuplot of this test: 'pdf svg' pdfcairo 'figure.' . format\n" >"figures/$figure/plot.gp"
done
cat >>figures/small/recipe.conf <<'end'
[run crosstalk]
neurons = 20
alpha = .1
replicas = 2
[theory crosstalk as line]
alpha = .1,.2
[theory sk as glass paper]
ansatz = rs
end
cat >>figures/tables/recipe.conf <<'end'
[theory crosstalk as line]
alpha = .1,.2
end
cat >>figures/trained/recipe.conf <<'end'
[train rbm as machine]
data = builtin:xor
hidden = 1
updates = 2
[sample machine as drawn]
count = 2
sweeps = 1
[analyse likelihood as course]
of = machine
method = exact
end
# shellcheck disable=SC2016
cat >bin/gnuplot <<'END'
#!/bin/sh
if [ "$2" = plot.gp ]; then
  echo a picture >figure.pdf
  echo gnuplot_plot_1 >figure.svg
else
  echo curves >.figure-tex.pdf
  cat >.figure-tex.tex <<'TEX'
\begin{picture}(4880.00,4320.00)%
    \gplgaddtomacro\gplbacktext{%
      \put(495,537){\makebox(0,0)[r]{\strut{}$m$}}%
    }%
    \put(0,0){\includegraphics[width={244.00bp},height={216.00bp}]{.figure-tex}}%
  \end{picture}%
TEX
fi
END
chmod +x bin/gnuplot

# ---- the faults ----

# In memory where there is such a place: some hundred thousand small files are written and removed.
fast=$(mktemp -d /dev/shm/hebb-test.XXXXXX 2>/dev/null) || { fast=$scratch/fast && mkdir "$fast"; } || exit 99
trap 'status=$?; cd / && rm -rf "$fast" "$scratch"; exit $status' EXIT
mkdir "$fast/work" "$fast/nothing"
ln -s "$PWD/input" "$PWD/bin" "$fast"
cp "$faults" hebb-faults # the figures are looked for beside it
unset HEBB_FIGURES
n_checked=$((n_checked + 1))
(cd "$fast" && "$scratch/here/hebb-faults" ${HEBB_FAULTS_ALL:+--all} ${HEBB_FAULTS_ONLY:+"$HEBB_FAULTS_ONLY"}) ||
  fail 'see above'

finish
