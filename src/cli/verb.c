/* the verbs, and how one is called */
#include "verb.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The registry: a line a verb, in alphabetical order. */
#define EVERY_VERB(ENTRY)                                                                                              \
    ENTRY(hebb_verb_analyse)                                                                                           \
    ENTRY(hebb_verb_figure)                                                                                            \
    ENTRY(hebb_verb_merge)                                                                                             \
    ENTRY(hebb_verb_plan)                                                                                              \
    ENTRY(hebb_verb_report)                                                                                            \
    ENTRY(hebb_verb_resume)                                                                                            \
    ENTRY(hebb_verb_run)                                                                                               \
    ENTRY(hebb_verb_sample)                                                                                            \
    ENTRY(hebb_verb_status)                                                                                            \
    ENTRY(hebb_verb_theory)                                                                                            \
    ENTRY(hebb_verb_train)

#define DECLARATION(name) extern const hebb_verb name;
#define ADDRESS(name)     &name,

EVERY_VERB(DECLARATION)

const hebb_verb *const *hebb_verbs(void)
{
    static const hebb_verb *const verbs[] = {EVERY_VERB(ADDRESS) NULL};
    return verbs;
}

bool hebb_verb_experiment(size_t k, hebb_subject *subject)
{
    const hebb_experiment *experiment = hebb_experiments()[k];
    if (experiment == NULL) return false;
    *subject = (hebb_subject){.name = experiment->name, .summary = experiment->summary, .entry = experiment};
    return true;
}

void hebb_verb_usage(const hebb_verb *verb, const hebb_subject *subject, char usage[HEBB_VERB_USAGE])
{
    const char *operands = subject != NULL && subject->operands != NULL ? subject->operands : verb->operands;
    char placeholder[40] = "";
    for (size_t k = 0; verb->noun != NULL && verb->noun[k] != '\0' && k + 1 < sizeof placeholder; k++)
        placeholder[k] = (char)toupper((unsigned char)verb->noun[k]);
    const bool is_open = subject == NULL && verb->instead != NULL;
    snprintf(usage, HEBB_VERB_USAGE, "hebb %s%s%s%s%s%s%s [options]", verb->name, verb->noun != NULL ? " " : "",
             subject != NULL ? subject->name : placeholder, is_open ? "|" : "", is_open ? verb->instead : "",
             operands != NULL ? " " : "", operands != NULL ? operands : "");
}

static int list_subjects(const hebb_verb *verb)
{
    char usage[HEBB_VERB_USAGE];
    hebb_subject subject;
    int width = 0;
    for (size_t k = 0; verb->subject(k, &subject); k++)
        if ((int)strlen(subject.name) > width) width = (int)strlen(subject.name);
    hebb_verb_usage(verb, NULL, usage);
    (void)printf("usage: %s\n%s\n\n", usage, verb->summary);
    for (size_t k = 0; verb->subject(k, &subject); k++)
        (void)printf("  %-*s  %s\n", width, subject.name, subject.summary);
    return hebb_command_close_output();
}

static int execute(const hebb_verb *verb, const hebb_subject *subject, int argc, char **argv)
{
    char usage[HEBB_VERB_USAGE];
    hebb_option_table tables[HEBB_VERB_MAX_TABLES];
    const void *entry = subject != NULL ? subject->entry : NULL;
    hebb_verb_usage(verb, subject, usage);
    const hebb_command command = {.usage = usage,
                                  .summary = subject != NULL ? subject->summary : verb->summary,
                                  .n_tables = verb->tables(entry, tables),
                                  .tables = tables,
                                  .run = verb->run,
                                  .subject = entry};
    return hebb_command_execute(&command, argc, argv);
}

static int fail_missing(const hebb_verb *verb)
{
    const char *article = strchr("aeiou", verb->noun[0]) != NULL ? "an" : "a";
    return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "%s: %s %s%s%s is missing; hebb %s --help lists them", verb->name,
                                       article, verb->noun, verb->instead != NULL ? " or " : "",
                                       verb->instead != NULL ? verb->instead : "", verb->name));
}

int hebb_verb_execute(const hebb_verb *verb, int argc, char **argv)
{
    const char *names[HEBB_VERB_MAX_SUBJECTS];
    hebb_subject subject;
    size_t n = 0;
    if (verb->noun == NULL) return execute(verb, NULL, argc, argv);
    if (argc < 2) return fail_missing(verb);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return list_subjects(verb);
    while (n < HEBB_VERB_MAX_SUBJECTS && verb->subject(n, &subject)) {
        if (strcmp(subject.name, argv[1]) == 0) return execute(verb, &subject, argc - 1, argv + 1);
        names[n++] = subject.name;
    }
    if (verb->instead != NULL && argv[1][0] != '-' && verb->is_instead(argv[1])) return execute(verb, NULL, argc, argv);
    return hebb_command_fail_unknown(verb->noun, argv[1], n, names);
}
