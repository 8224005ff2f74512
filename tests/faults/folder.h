/*
 * folder - what is in a folder, kept in memory to compare it with and to restore it
 *
 * A check program's helper: what cannot be done ends the program with a sentence.
 */
#ifndef HEBB_FAULTS_FOLDER_H
#define HEBB_FAULTS_FOLDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *path;  /* below the folder */
    char *bytes; /* NULL: a folder */
    size_t n_bytes;
} folder_entry;

typedef struct {
    size_t n;
    folder_entry *entries;
} folder;

/* Reads all that is below `path`, hidden files too; nothing where there is no such folder. */
folder folder_read(const char *path);

/* Empties `path`, made where it is missing, and puts this there. */
void folder_restore(const folder *content, const char *path);

/* NULL when there is no entry of that path. */
const folder_entry *folder_find(const folder *content, const char *path);

/* 1 when both are folders, or files of the same bytes; of timing.csv, whole ones. */
int folder_same_entry(const folder_entry *a, const folder_entry *b);

/* 1 when both hold the same. */
int folder_same(const folder *a, const folder *b);

/* Safe on a zeroed one. */
void folder_free(folder *content);

/* The whole of a file as a string; the caller frees it. */
char *file_text(const char *path, size_t *n_bytes);

/* Says why, and ends the program. */
void die(const char *what, const char *path) __attribute__((noreturn));

#endif
