/* completion for zsh */
#include "manual.h"

#include <string.h>

static const char HEAD[] = "#compdef hebb\n"
                           "# zsh completion for hebb; hebb-manual wrote it from the tables of options\n\n"
                           "_hebb_figures() {\n"
                           "  local line\n"
                           "  local -a names\n"
                           "  if (( $+commands[$program] )) || [[ -x $program ]]; then\n"
                           "    for line in \"${(@f)$($program figure --list 2>/dev/null)}\"; do\n"
                           "      [[ -n $line ]] && names+=(\"${${line%% *}//:/\\\\:}:${line##[^ ]# #}\")\n"
                           "    done\n"
                           "  fi\n"
                           "  _describe -t figures figure names\n"
                           "}\n\n"
                           "_hebb_figures_or_folders() {\n"
                           "  local ret=1\n"
                           "  _hebb_figures && ret=0\n"
                           "  compadd \"$@\" && ret=0\n"
                           "  _directories && ret=0\n"
                           "  return ret\n"
                           "}\n\n"
                           "_hebb_words_or_files() {\n"
                           "  local ret=1\n"
                           "  compadd -- \"$@\" && ret=0\n"
                           "  _files && ret=0\n"
                           "  return ret\n"
                           "}\n\n"
                           "_hebb() {\n"
                           "  setopt local_options extended_glob\n"
                           "  local program=${(Q)words[1]} verb=$words[2] subject=$words[3] ret=1 skip=1\n"
                           "  local -a verbs subjects own common operands\n"
                           "  if (( CURRENT == 2 )); then\n"
                           "    verbs=(\n";

static const char AFTER_VERBS[] = "    )\n"
                                  "    _describe -t verbs command verbs && ret=0\n"
                                  "    [[ $PREFIX == -* ]] && compadd -- --help --version && ret=0\n"
                                  "    return ret\n"
                                  "  fi\n"
                                  "  case $verb in\n";

static const char TAIL[] = "  (*) return 1 ;;\n"
                           "  esac\n"
                           "  shift $skip words\n"
                           "  (( CURRENT -= skip ))\n"
                           "  _arguments -s -S : $own $common $operands\n"
                           "}\n\n"
                           "_hebb \"$@\"\n";

/* Between single quotes; what _arguments and _describe would take for their own gets a backslash. */
static void put_escaped(const char *text, int length, const char *special, FILE *stream)
{
    for (const char *c = text; c < text + length; c++) {
        if (*c == '\'') {
            (void)fputs("'\\''", stream);
            continue;
        }
        if (strchr(special, *c) != NULL) (void)fputc('\\', stream);
        (void)fputc(*c, stream);
    }
}

static void put_named(const char *indent, const char *name, const char *summary, FILE *stream)
{
    (void)fprintf(stream, "%s'", indent);
    put_escaped(name, (int)strlen(name), ":\\", stream);
    (void)fputc(':', stream);
    put_escaped(summary, (int)strlen(summary), ":\\", stream);
    (void)fputs("'\n", stream);
}

static void put_word_list(const hebb_manual_values *values, FILE *stream)
{
    const char *builtin;
    for (size_t k = 0; k < values->n; k++) {
        if (k > 0) (void)fputc(' ', stream);
        put_escaped(values->words[k].text, values->words[k].length, ":\\()[] ", stream);
    }
    for (size_t k = 0; values->is_builtin && (builtin = hebb_manual_builtin(k)) != NULL; k++)
        (void)fprintf(stream, "%sbuiltin\\:%s", values->n + k > 0 ? " " : "", builtin);
}

/* How _arguments completes it; a blank: not, it shows what is wanted. */
static void put_action(const hebb_manual_values *values, FILE *stream)
{
    const bool has_words = values->n > 0 || values->is_builtin;
    if (values->is_figure)
        (void)fputs(" _hebb_figures_or_folders ", stream);
    else if (values->is_file && has_words)
        (void)fputs(" _hebb_words_or_files ", stream);
    else
        (void)fputs(values->is_file ? "_files" : values->is_folder ? "_directories" : has_words ? "(" : " ", stream);
    if (values->is_file || values->is_figure || !values->is_folder) put_word_list(values, stream);
    if (has_words && !values->is_file && !values->is_folder) (void)fputs(")", stream);
}

/* One of the names of an option; each excludes the other. */
static void put_spec(const hebb_option *option, bool is_long, FILE *stream)
{
    hebb_manual_values values;
    const bool is_flag = option->kind == HEBB_OPTION_FLAG;
    (void)fputs("      '", stream);
    if (option->letter != 0) (void)fprintf(stream, "(-%c --%s)", option->letter, option->name);
    if (is_long)
        (void)fprintf(stream, "--%s%s[", option->name, is_flag ? "" : "=");
    else
        (void)fprintf(stream, "-%c%s[", option->letter, is_flag ? "" : "+");
    put_escaped(option->help, (int)strlen(option->help), ":\\[]", stream);
    (void)fputc(']', stream);
    if (!is_flag) {
        (void)fputc(':', stream);
        put_escaped(option->argument, (int)strlen(option->argument), ":\\", stream);
        (void)fputc(':', stream);
        hebb_manual_option_values(option, &values);
        put_action(&values, stream);
    }
    (void)fputs("'\n", stream);
}

static void put_options(const char *array, const hebb_manual_options *options, FILE *stream)
{
    (void)fprintf(stream, "    %s=(\n", array);
    for (size_t k = 0; k < options->n; k++) {
        if (options->options[k]->letter != 0) put_spec(options->options[k], false, stream);
        put_spec(options->options[k], true, stream);
    }
    (void)fputs("    )\n", stream);
}

static void put_operands(const char *operands, FILE *stream)
{
    hebb_manual_values values;
    hebb_manual_operand_values(operands, &values);
    if (!values.is_file && !values.is_folder && !values.is_figure && values.n == 0) return;
    (void)fputs("    operands=('*:", stream);
    put_escaped(operands, (int)strcspn(operands, " "), ":\\", stream);
    (void)fputc(':', stream);
    put_action(&values, stream);
    (void)fputs("')\n", stream);
}

static void put_subjects(const hebb_verb *verb, FILE *stream)
{
    hebb_subject subject;
    hebb_manual_options options;
    (void)fputs("    if (( CURRENT == 3 )); then\n      subjects=(\n", stream);
    for (size_t k = 0; verb->subject(k, &subject); k++) put_named("        ", subject.name, subject.summary, stream);
    (void)fprintf(stream, "      )\n      _describe -t subjects %s subjects && ret=0\n", verb->noun);
    if (verb->instead != NULL) (void)fputs("      _directories && ret=0\n", stream);
    (void)fputs("      [[ $PREFIX == -* ]] && compadd -- --help && ret=0\n      return ret\n    fi\n"
                "    skip=2\n    case $subject in\n",
                stream);
    for (size_t k = 0; verb->subject(k, &subject); k++) {
        (void)fprintf(stream, "    (%s)\n", subject.name);
        hebb_manual_own_options(verb, &subject, &options);
        put_options("own", &options, stream);
        put_operands(subject.operands != NULL ? subject.operands : verb->operands, stream);
        (void)fputs("    ;;\n", stream);
    }
    (void)fputs("    esac\n", stream);
}

static void put_verb(const hebb_verb *verb, FILE *stream)
{
    hebb_manual_options options;
    (void)fprintf(stream, "  (%s)\n", verb->name);
    if (verb->noun != NULL)
        put_subjects(verb, stream);
    else
        put_operands(verb->operands, stream);
    hebb_manual_common_options(verb, &options);
    put_options("common", &options, stream);
    (void)fputs("  ;;\n", stream);
}

void hebb_manual_zsh(FILE *stream)
{
    (void)fputs(HEAD, stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++)
        put_named("      ", (*verb)->name, (*verb)->summary, stream);
    (void)fputs(AFTER_VERBS, stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++) put_verb(*verb, stream);
    (void)fputs(TAIL, stream);
}
