/*
 * verb - the description of `hebb VERB` that the command line is parsed from, and from which --help, the man pages and
 * the completions are written (manual.h): they cannot differ from what is parsed
 */
#ifndef HEBB_CLI_VERB_H
#define HEBB_CLI_VERB_H

#include <stdbool.h>
#include "command.h"

enum { HEBB_VERB_MAX_TABLES = HEBB_TRAINING_MAX_TABLES + 4, HEBB_VERB_MAX_SUBJECTS = 128, HEBB_VERB_USAGE = 160 };

/* What a verb is done with, as `capacity` in `hebb run capacity`. */
typedef struct {
    const char *name, *summary; /* a line */
    const char *operands;       /* as usage names them, in place of the verb's; NULL: the verb's */
    const void *entry;          /* the registry's, for the verb's `tables` and `run` */
} hebb_subject;

typedef struct {
    const char *name;
    const char *summary;  /* a line */
    const char *operands; /* what it wants beside options, as usage names it: "DIR..."; required options too; NULL */
    bool is_for_all;      /* all ranks of an MPI job do it; else rank 0 alone */

    const char *noun; /* what its subjects are called, "experiment"; NULL: it has none, and `subject` is not called */
    bool (*subject)(size_t k, hebb_subject *subject); /* the k-th; false behind the last one, which ends a walk */
    const char *page;                                 /* the verb whose page describes the subjects; NULL: its own */
    const char *instead;                              /* what may stand in a subject's place, "DIR"; NULL: nothing */
    bool (*is_instead)(const char *word);             /* whether a word that is no subject is that */

    /* The tables of its options for a subject's entry (NULL: without a subject).  Returns how many. */
    size_t (*tables)(const void *entry, hebb_option_table tables[HEBB_VERB_MAX_TABLES]);

    /* Does it, with the words that are no options.  Returns an exit status. */
    int (*run)(hebb_options *options, int n_operands, char **operands, const void *entry);
} hebb_verb;

/* All verbs in alphabetical order, ended by NULL. */
const hebb_verb *const *hebb_verbs(void);

/* "hebb run capacity --out DIR [options]"; without a subject (NULL) "hebb run EXPERIMENT --out DIR [options]". */
void hebb_verb_usage(const hebb_verb *verb, const hebb_subject *subject, char usage[HEBB_VERB_USAGE]);

/* `hebb VERB ...`; argv[0] is the verb.  Returns an exit status. */
int hebb_verb_execute(const hebb_verb *verb, int argc, char **argv);

/* The experiments as subjects. */
bool hebb_verb_experiment(size_t k, hebb_subject *subject);

#endif
