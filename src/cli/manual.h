/*
 * manual - the man pages and the completions of bash, zsh and fish, written from the description of the verbs (verb.h)
 *
 * What the tables say of a verb, a subject and an option comes from them; what they do not say, from a text of the verb's,
 * docs/man/VERB.mdoc: a head with .Dd, then sections, each after a line `.\" @KEY`, where KEY is
 *
 *   description       the beginning of DESCRIPTION
 *   subject NAME      what a subject prints or writes, before its options
 *   after NAME        the same, after its options
 *   option NAME       more on an option of all subjects, after its line of help
 *   option NAME NAME  more on an option of one subject: the subject, then the option
 *   options           after the options of all subjects
 *   sections          sections of its own between OPTIONS and EXIT STATUS
 *   examples          EXAMPLES
 *   see               SEE ALSO after hebb(1), which every verb's page has
 *   end               what comes last
 *
 * A section that fits nothing in the tables is an error: a text cannot outlive what it is about.
 */
#ifndef HEBB_CLI_MANUAL_H
#define HEBB_CLI_MANUAL_H

#include <stdio.h>
#include "verb.h"

enum { HEBB_MANUAL_MAX_OPTIONS = 256, HEBB_MANUAL_MAX_SECTIONS = 256 };

/* ---- walking the tables ---- */

typedef struct {
    size_t n;
    const hebb_option *options[HEBB_MANUAL_MAX_OPTIONS];
} hebb_manual_options;

/* All options for a subject's entry; NULL: without a subject. */
void hebb_manual_all_options(const hebb_verb *verb, const void *entry, hebb_manual_options *found);

/* Those that every subject has; of a verb without subjects all; of no verb (NULL) those of every command. */
void hebb_manual_common_options(const hebb_verb *verb, hebb_manual_options *found);

/* Those of a subject that are not every subject's. */
void hebb_manual_own_options(const hebb_verb *verb, const hebb_subject *subject, hebb_manual_options *found);

/* ---- what a value or an operand may be ---- */

typedef struct {
    bool is_file, is_folder, is_figure, is_builtin; /* a path, a figure's name, builtin:NAME */
    size_t n;
    struct {
        const char *text;
        int length;
    } words[24]; /* words as they stand */
} hebb_manual_values;

/* Of an option; all empty where nothing can be proposed, as for a number. */
void hebb_manual_option_values(const hebb_option *option, hebb_manual_values *values);

/* Of the operands that a usage names: "DIR... --out DIR", "NAME|FOLDER|all|--list"; NULL: none. */
void hebb_manual_operand_values(const char *operands, hebb_manual_values *values);

/* The name of the k-th built-in problem, NULL behind the last one. */
const char *hebb_manual_builtin(size_t k);

/* ---- texts ---- */

typedef struct {
    char *all;        /* the file, cut into sections */
    const char *path; /* borrowed */
    const char *head;
    size_t n;
    struct {
        const char *key, *text;
        bool is_used;
    } sections[HEBB_MANUAL_MAX_SECTIONS];
} hebb_manual_text;

/* HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM, HEBB_EDATA, each with a sentence.  To be freed also after a failure. */
HEBB_CHECK_RESULT hebb_status hebb_manual_text_read(hebb_manual_text *text, const char *path);
void hebb_manual_text_free(hebb_manual_text *text);

/* The section "KEY", or "KEY WORD", or "KEY WORD WORD" (words NULL: none); "" where there is none. */
const char *hebb_manual_text_section(hebb_manual_text *text, const char *key, const char *word, const char *other);

/* HEBB_EDATA for a section that was never asked for. */
HEBB_CHECK_RESULT hebb_status hebb_manual_text_all_used(const hebb_manual_text *text);

/* ---- what is written ---- */

/* The page of a verb; NULL: of hebb itself. */
HEBB_CHECK_RESULT hebb_status hebb_manual_page(const hebb_verb *verb, hebb_manual_text *text, FILE *stream);

void hebb_manual_bash(FILE *stream);
void hebb_manual_fish(FILE *stream);
void hebb_manual_zsh(FILE *stream);

#endif
