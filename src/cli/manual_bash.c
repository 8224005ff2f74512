/* completion for bash */
#include "manual.h"

#include <string.h>

static const char HEAD[] =
    "# bash completion for hebb, of bash 4.3 or newer; hebb-manual wrote it from the tables of options\n"
    "# shellcheck shell=bash disable=SC2034\n\n";

static const char BODY[] =
    "# The figures that the program lists, those whose names need no quotes.\n"
    "_hebb_figures()\n"
    "{\n"
    "    local program name rest\n"
    "    program=$(type -P -- \"${COMP_WORDS[0]}\") || return\n"
    "    while read -r name rest; do\n"
    "        [[ -z $name || $name == *[!A-Za-z0-9._-]* ]] || candidates+=(\"$name\")\n"
    "    done < <(\"$program\" figure --list 2>/dev/null)\n"
    "}\n\n"
    "_hebb()\n"
    "{\n"
    "    local IFS=$' \\t\\n' verb subject= option= options= paths= word cur token head previous k instead=\n"
    "    local -a words=() candidates=() subjects=()\n"
    "    COMPREPLY=()\n"
    "    # The line is cut at : and = as well; what belongs together is put together again.\n"
    "    for ((k = 0; k <= COMP_CWORD; k++)); do\n"
    "        word=${COMP_WORDS[k]} previous=\n"
    "        ((k == 0)) || previous=${COMP_WORDS[k - 1]}\n"
    "        if ((k > 1)) && [[ (-n $word && -z ${word//[:=]/}) || (-n $previous && -z ${previous//[:=]/}) ]]; then\n"
    "            words[${#words[@]} - 1]+=$word\n"
    "        else\n"
    "            words+=(\"$word\")\n"
    "        fi\n"
    "    done\n"
    "    cur=${words[${#words[@]} - 1]}\n"
    "    token=${COMP_WORDS[COMP_CWORD]}\n"
    "    [[ -n ${token//[:=]/} ]] || token=\n"
    "    head=${cur%\"$token\"}\n"
    "    verb=${words[1]}\n"
    "    if ((${#words[@]} <= 2)); then\n"
    "        candidates=(\"${_hebb_verbs[@]}\" --help --version)\n"
    "    else\n"
    "        _hebb_of_verb\n"
    "    fi\n"
    "    for word in \"${candidates[@]}\"; do\n"
    "        [[ $word != \"$cur\"* ]] || COMPREPLY+=(\"${word#\"$head\"}\")\n"
    "    done\n"
    "    ((${#COMPREPLY[@]} == 0)) || return 0\n"
    "    # The shell's own completion of paths knows how to quote them.\n"
    "    case $paths in\n"
    "    file) compopt -o default ;;\n"
    "    folder) compopt -o dirnames ;;\n"
    "    esac\n"
    "    return 0\n"
    "}\n\n"
    "# What may stand behind a verb: a subject, an option, the value of one, an operand.\n"
    "_hebb_of_verb()\n"
    "{\n"
    "    _hebb_subjects\n"
    "    if ((${#subjects[@]} > 0)); then\n"
    "        if ((${#words[@]} == 3)); then\n"
    "            candidates=(\"${subjects[@]}\" --help)\n"
    "            paths=$instead\n"
    "            return\n"
    "        fi\n"
    "        for word in \"${subjects[@]}\"; do\n"
    "            [[ $word != \"${words[2]}\" ]] || subject=$word\n"
    "        done\n"
    "    fi\n"
    "    _hebb_options\n"
    "    previous=${words[${#words[@]} - 2]}\n"
    "    if [[ $cur == --*=* ]]; then\n"
    "        option=${cur%%=*}\n"
    "        _hebb_values\n"
    "        candidates=(\"${candidates[@]/#/$option=}\")\n"
    "    elif [[ \" $options \" == *\" $previous= \"* ]]; then\n"
    "        option=$previous\n"
    "        _hebb_values\n"
    "    elif [[ $cur == -* ]]; then\n"
    "        for word in $options; do candidates+=(\"${word%=}\"); done\n"
    "    else\n"
    "        _hebb_values\n"
    "    fi\n"
    "}\n\n"
    "complete -F _hebb hebb\n";

static void put_options(const hebb_manual_options *options, FILE *stream)
{
    for (size_t k = 0; k < options->n; k++) {
        const char *value = options->options[k]->kind == HEBB_OPTION_FLAG ? "" : "=";
        (void)fprintf(stream, " --%s%s", options->options[k]->name, value);
        if (options->options[k]->letter != 0) (void)fprintf(stream, " -%c%s", options->options[k]->letter, value);
    }
}

/* What the values propose, behind a pattern of «verb/subject/option». */
static void put_values(const hebb_manual_values *values, FILE *stream)
{
    const char *paths = values->is_file ? "file" : values->is_folder ? "folder" : NULL;
    const char *builtin;
    (void)fputs(")", stream);
    if (paths != NULL) (void)fprintf(stream, " paths=%s;", paths);
    if (values->n > 0 || values->is_builtin) {
        const char *before = "";
        (void)fputs(" candidates=(", stream);
        for (size_t k = 0; k < values->n; k++, before = " ")
            (void)fprintf(stream, "%s'%.*s'", before, values->words[k].length, values->words[k].text);
        for (size_t k = 0; values->is_builtin && (builtin = hebb_manual_builtin(k)) != NULL; k++, before = " ")
            (void)fprintf(stream, "%s'builtin:%s'", before, builtin);
        (void)fputs(");", stream);
    }
    if (values->is_figure) (void)fputs(" _hebb_figures;", stream);
    (void)fputs(";\n", stream);
}

static bool is_empty(const hebb_manual_values *values)
{
    return values->n == 0 && !values->is_file && !values->is_folder && !values->is_builtin && !values->is_figure;
}

static void put_arm(const char *verb, const char *subject, const hebb_option *option, const hebb_manual_values *values,
                    FILE *stream)
{
    if (is_empty(values)) return;
    (void)fprintf(stream, "    %s/%s/", verb, subject);
    if (option != NULL) (void)fprintf(stream, "--%s", option->name);
    if (option != NULL && option->letter != 0) (void)fprintf(stream, " | %s/%s/-%c", verb, subject, option->letter);
    put_values(values, stream);
}

static void put_arms(const char *verb, const char *subject, const hebb_manual_options *options, FILE *stream)
{
    hebb_manual_values values;
    for (size_t k = 0; k < options->n; k++) {
        hebb_manual_option_values(options->options[k], &values);
        put_arm(verb, subject, options->options[k], &values, stream);
    }
}

static void put_all_values(const hebb_verb *verb, FILE *stream)
{
    hebb_subject subject;
    hebb_manual_options options;
    hebb_manual_values values;
    for (size_t k = 0; verb->noun != NULL && verb->subject(k, &subject); k++) {
        hebb_manual_own_options(verb, &subject, &options);
        put_arms(verb->name, subject.name, &options, stream);
        hebb_manual_operand_values(subject.operands != NULL ? subject.operands : verb->operands, &values);
        put_arm(verb->name, subject.name, NULL, &values, stream);
    }
    hebb_manual_common_options(verb, &options);
    put_arms(verb->name, verb->noun != NULL ? "*" : "", &options, stream);
    if (verb->noun != NULL) return;
    hebb_manual_operand_values(verb->operands, &values);
    put_arm(verb->name, "", NULL, &values, stream);
}

static void put_all_options(const hebb_verb *verb, FILE *stream)
{
    hebb_subject subject;
    hebb_manual_options options;
    for (size_t k = 0; verb->noun != NULL && verb->subject(k, &subject); k++) {
        hebb_manual_all_options(verb, subject.entry, &options);
        (void)fprintf(stream, "    %s/%s) options='", verb->name, subject.name);
        put_options(&options, stream);
        (void)fputs("' ;;\n", stream);
    }
    if (verb->noun != NULL && verb->instead == NULL) return;
    hebb_manual_all_options(verb, NULL, &options);
    (void)fprintf(stream, "    %s/) options='", verb->name);
    put_options(&options, stream);
    (void)fputs("' ;;\n", stream);
}

static void put_all_subjects(const hebb_verb *verb, FILE *stream)
{
    hebb_subject subject;
    if (verb->noun == NULL) return;
    (void)fprintf(stream, "    %s)", verb->name);
    if (verb->instead != NULL) (void)fputs(" instead=folder", stream);
    (void)fputs(" subjects=(", stream);
    for (size_t k = 0; verb->subject(k, &subject); k++) (void)fprintf(stream, "%s'%s'", k > 0 ? " " : "", subject.name);
    (void)fputs(") ;;\n", stream);
}

void hebb_manual_bash(FILE *stream)
{
    (void)fputs(HEAD, stream);
    (void)fputs("_hebb_verbs=(", stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++)
        (void)fprintf(stream, "%s'%s'", verb > hebb_verbs() ? " " : "", (*verb)->name);
    (void)fputs(")\n\n_hebb_subjects()\n{\n    subjects=() instead=\n    case $verb in\n", stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++) put_all_subjects(*verb, stream);
    (void)fputs("    esac\n}\n\n_hebb_options()\n{\n    case $verb/$subject in\n", stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++) put_all_options(*verb, stream);
    (void)fputs("    esac\n}\n\n# Of an option; without one of the operands.\n"
                "_hebb_values()\n{\n    case $verb/$subject/$option in\n",
                stream);
    for (const hebb_verb *const *verb = hebb_verbs(); *verb != NULL; verb++) put_all_values(*verb, stream);
    (void)fputs("    esac\n}\n\n", stream);
    (void)fputs(BODY, stream);
}
