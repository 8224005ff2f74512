/*
 * shell_path - a path as one word of a shell's command line, for the commands that messages recommend
 */
#ifndef HEBB_CORE_SHELL_PATH_H
#define HEBB_CORE_SHELL_PATH_H

/*
 * In quotes where it needs them, and with ./ in front where it would be taken for an option.
 * The caller frees it.  NULL: no memory.
 */
char *hebb_shell_path(const char *path);

#endif
