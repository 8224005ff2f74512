#!/bin/sh
# What may use what: core below all; ensemble, model and theory on core; dynamics on model; learning
# on ensemble and dynamics; analysis on all of these.  Each layer's
# whole library is linked with those below it and nothing else, so that a call into another layer is an undefined symbol.
# shellcheck source-path=SCRIPTDIR source=shell.sh
. "${srcdir:-.}/tests/shell.sh"

[ -n "${CORE_LIBS:-}" ] || skip 'make check says in the environment what the program was linked with'

build=${HEBB%/*}
core=$build/src/core/libcore.a
ensemble=$build/src/ensemble/libensemble.a
model=$build/src/model/libmodel.a
dynamics=$build/src/dynamics/libdynamics.a
learning=$build/src/learning/liblearning.a
theory=$build/theory/libtheory.a
analysis=$build/analysis/libanalysis.a
[ -e "$core" ] || skip "the libraries are not beside $HEBB"

printf 'int main(void)\n{\n    return 0;\n}\n' >main.c

# compile FILE.c: into FILE.o
compile() {
  # shellcheck disable=SC2086 # words
  $CC $CFLAGS $HEBB_CFLAGS $OPENMP_CFLAGS -c -o "${1%.c}.o" "$1" >said 2>&1 || fail "$1 does not compile: $(cat said)"
}

# link_whole LIBS LIBRARY...: the whole of the libraries, with these from the system
link_whole() {
  system=$1
  shift
  # shellcheck disable=SC2086 # words
  $CC $CFLAGS $HEBB_CFLAGS $OPENMP_CFLAGS $LDFLAGS -o program main.o -Wl,--whole-archive "$@" -Wl,--no-whole-archive \
    $system -lm $LIBS >said 2>&1
}

# stands 'WHAT' LIBS LIBRARY...
stands() {
  n_checked=$((n_checked + 1))
  what=$1
  shift
  link_whole "$@" && ./program && return
  fail "$what"
  grep -E 'undefined|multiple' said | sort -u | head -n 20 | sed 's/^/  | /' >&2
}

compile main.c
stands 'core stands alone' "$CORE_LIBS" "$core"
stands 'ensemble stands on core' "$ENSEMBLE_LIBS $CORE_LIBS" "$ensemble" "$core"
stands 'model stands on core' "$MODEL_LIBS $CORE_LIBS" "$model" "$core"
stands 'theory stands on core' "$THEORY_LIBS $CORE_LIBS" "$theory" "$core"
stands 'dynamics stands on core and model' "$DYNAMICS_LIBS $CORE_LIBS" "$dynamics" "$model" "$core"
stands 'learning stands on core, ensemble, model and dynamics' "$LEARNING_LIBS $CORE_LIBS" "$learning" "$dynamics" "$model" \
  "$ensemble" "$core"
stands 'analysis stands on all of them' "$LEARNING_LIBS $THEORY_LIBS $CORE_LIBS" "$analysis" "$learning" "$dynamics" "$model" "$theory" \
  "$ensemble" "$core"

source=${HEBB_FIGURES%/figures}
equal 'files that know of MPI' \
  "$(cd "$source" && grep -rlE --include='*.[ch]' '<mpi\.h>|MPI_[A-Z][a-z]' src theory analysis)" src/mpi/team_mpi.c

# ---- does the test bite? ----

# trespass NAME LIBRARY FUNCTION: a copy NAME.a of the library with an object in it that calls the function
trespass() {
  printf 'void %s(void);\nvoid trespass(void);\nvoid trespass(void)\n{\n    %s();\n}\n' "$3" "$3" >"$1.c"
  compile "$1.c"
  cp "$2" "$1.a"
  chmod u+w "$1.a"
  $AR r "$1.a" "$1.o" 2>said || fail "$1.o does not go into the copy of $2: $(cat said)"
}

# falls FUNCTION LIBS LIBRARY...: undefined, and nothing else is
falls() {
  n_checked=$((n_checked + 1))
  function=$1
  shift
  if link_whole "$@"; then fail "a call of $function goes unnoticed"; fi
  grep -q "$function" said || fail "not for the reason of $function: $(cat said)"
  equal "undefined symbols beside $function" "$(grep 'undefined' said | grep -cv "$function")" 0
}

trespass theory-on-model "$theory" hebb_patterns_draw
falls hebb_patterns_draw "$THEORY_LIBS $CORE_LIBS" ./theory-on-model.a "$core"
stands 'it is the model that is missing' "$MODEL_LIBS $THEORY_LIBS $CORE_LIBS" ./theory-on-model.a "$model" "$core"
trespass model-on-theory "$model" hebb_capacity_t0
falls hebb_capacity_t0 "$MODEL_LIBS $CORE_LIBS" ./model-on-theory.a "$core"
trespass core-on-model "$core" hebb_hopfield_init
falls hebb_hopfield_init "$CORE_LIBS" ./core-on-model.a
trespass dynamics-on-theory "$dynamics" hebb_crosstalk_exact
falls hebb_crosstalk_exact "$DYNAMICS_LIBS $CORE_LIBS" ./dynamics-on-theory.a "$model" "$core"
trespass ensemble-on-model "$ensemble" hebb_patterns_draw
falls hebb_patterns_draw "$ENSEMBLE_LIBS $CORE_LIBS" ./ensemble-on-model.a "$core"
trespass learning-on-theory "$learning" hebb_crosstalk_exact
falls hebb_crosstalk_exact "$LEARNING_LIBS $CORE_LIBS" ./learning-on-theory.a "$dynamics" "$model" "$ensemble" "$core"
trespass model-on-gsl "$model" gsl_sf_gamma
falls gsl_sf_gamma "$MODEL_LIBS $CORE_LIBS" ./model-on-gsl.a "$core"

finish
