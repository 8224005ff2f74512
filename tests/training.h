/* What the tests of trainings share: a training by words, in a folder of its own that is removed. */
#ifndef HEBB_TESTS_TRAINING_H
#define HEBB_TESTS_TRAINING_H

#include "training_run.h"

#include <ftw.h>
#include <math.h>

#include "scratch.h"
#include "training_folder.h"

static inline int training_remove_one(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)info;
    (void)type;
    (void)place;
    return remove(path);
}

static inline void training_remove(void)
{
    ck_assert_int_eq(nftw(scratch_folder, training_remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* The words are options and their values. */
static inline hebb_status train(const hebb_learner *learner, const char *folder, const char *words)
{
    hebb_option_table tables[HEBB_TRAINING_MAX_TABLES];
    hebb_options options;
    char copy[400];
    snprintf(copy, sizeof copy, "data builtin:xor %s", words);
    const size_t n = hebb_training_tables(learner, tables);
    ck_assert_int_eq(hebb_options_init(&options, n, tables), HEBB_OK);
    for (char *name = strtok(copy, " "), *text; name != NULL; name = strtok(NULL, " ")) {
        ck_assert_ptr_nonnull(text = strtok(NULL, " "));
        ck_assert_msg(hebb_options_set(&options, name, name, text) == HEBB_OK, "%s", hebb_diagnostic());
    }
    const hebb_training_setting setting = {.folder = folder, .n_threads = 1, .save_interval = 1e9};
    const hebb_status status = hebb_training_run(learner, &options, &setting);
    hebb_options_free(&options);
    return status;
}

static inline const char *folder_named(const char *name)
{
    static char paths[4][600];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s", scratch_path(name));
    return path;
}

static inline const hebb_learner *boltzmann(void)
{
    return hebb_learner_find("boltzmann");
}

/* One number of a checkpoint; NaN where it has no such array. */
static inline double value(const hebb_training_arrays *arrays, const char *name, size_t index)
{
    for (size_t k = 0; k < arrays->n; k++)
        if (strcmp(arrays->arrays[k].name, name) == 0) return arrays->arrays[k].values[index];
    return NAN;
}

#endif
