#!/bin/sh
# Numbers with a point are written and read through number.h and c_locale.h alone: printf and strtod follow the locale that a
# program which uses the libraries may have set.
# shellcheck source-path=SCRIPTDIR source=shell.sh
source_folder=$(cd "${srcdir:-.}" && pwd) || exit 99
. "$source_folder/tests/shell.sh"

# c_locale.c has the calls; the others make theirs between hebb_c_locale_enter and _leave.
exempt='analysis/gnuplot_tex.c analysis/report_survey.c src/core/c_locale.c src/core/number.c src/core/provenance.c'

# calls_in FILE...: statements that write or read a real number by the locale
calls_in() {
  awk '
    FNR == 1 { statement = "" }
    {
      statement = statement " " $0
      if ($0 !~ /[;{}]$/) next
      writes = statement ~ /(^|[^_a-z])(f|s|sn|as|d)?printf *\(/ &&
        statement ~ /%[-+ #0]*[0-9*]*((\.([1-9*])[0-9]*)?[lL]?[eEgGaA]|(\.[1-9*][0-9]*)?[lL]?[fF])/
      lists = statement ~ /(^|[^_a-z])v(f|s|sn|as|d)?printf *\(/
      reads = statement ~ /(^|[^_a-z])(strto(d|f|ld)|atof) *\(/ || statement ~ /scanf *\(.*%[0-9]*(l|L)?[efgaEFGA]/
      if (writes || lists || reads) { sub(/^ +/, "", statement); print FILENAME ":" FNR ": " statement }
      statement = ""
    }' "$@"
}

cat >good.c <<'end'
    hebb_c_locale_print(text, sizeof text, "%g", x);
    snprintf(text, sizeof text, "%.0f and %zu %%",
             x, n);
    return hebb_fail(HEBB_EDATA, "%g", x);
end
cat >bad.c <<'end'
    (void)snprintf(text, sizeof text,
                   "%.3g", x);
    (void)fprintf(stream, "%8.2f\n", x);
    (void)vfprintf(stream, format, arguments);
    y = strtod(text, NULL);
    if (sscanf(text, "%lg", &x) != 1) return;
end
equal 'what does not follow the locale is let pass' "$(calls_in good.c)" ''
equal 'what does is found' "$(calls_in bad.c | wc -l | tr -d ' ')" 5

(cd "$source_folder" && find src theory analysis -name '*.[ch]') >sources
for file in $exempt; do grep -vx "$file" sources >others && mv others sources; done
check 'sources are there' grep -qx analysis/series_table.c sources
files=$(cat sources)
# shellcheck disable=SC2086 # no blanks in their names
equal 'calls that follow the locale' "$(cd "$source_folder" && calls_in $files)" ''

finish
