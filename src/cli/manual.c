/*
 * hebb-manual - writes what is installed beside the program: man pages and completions.  A tool of the build.
 *
 *   hebb-manual man hebb|VERB FILE.mdoc    the page, with the texts of the file (manual.h)
 *   hebb-manual bash|fish|zsh              the completion
 */
#include "manual.h"

#include <string.h>

static const char USAGE[] = "usage: hebb-manual man hebb|VERB FILE.mdoc | bash | fish | zsh";

static int write_page(const char *name, const char *path)
{
    const hebb_verb *verb = NULL;
    hebb_manual_text text;
    for (const hebb_verb *const *each = hebb_verbs(); *each != NULL; each++)
        if (strcmp((*each)->name, name) == 0) verb = *each;
    if (verb == NULL && strcmp(name, "hebb") != 0)
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "hebb-manual: %s is no verb", name));
    hebb_status status = hebb_manual_text_read(&text, path);
    if (status == HEBB_OK) status = hebb_manual_page(verb, &text, stdout);
    const int exit_status = status == HEBB_OK ? hebb_command_close_output() : hebb_command_fail(status);
    hebb_manual_text_free(&text);
    return exit_status;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "man") == 0) return write_page(argv[2], argv[3]);
    if (argc == 2 && strcmp(argv[1], "bash") == 0)
        hebb_manual_bash(stdout);
    else if (argc == 2 && strcmp(argv[1], "fish") == 0)
        hebb_manual_fish(stdout);
    else if (argc == 2 && strcmp(argv[1], "zsh") == 0)
        hebb_manual_zsh(stdout);
    else
        return hebb_command_fail(hebb_fail(HEBB_EUSAGE, "%s", USAGE));
    return hebb_command_close_output();
}
