#include "training_state.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clock.h"
#include "input.h"
#include "table.h"
#include "training_folder.h"

enum { UPDATE, RUNNING, IS_OVER, ROWS, N_HEAD }; /* the numbers before the arrays */

static const hebb_column update_column = {"update", "1", "updates done"};

static const hebb_column seconds_column = {"seconds", "s", "wall-clock time in which it trained, before this row"};

static size_t row_length(const hebb_training_state *state)
{
    return 1 + state->learner->n_columns;
}

static size_t array_length(const hebb_learner_array *array)
{
    return array->n_columns > 0 ? array->n_rows * array->n_columns : array->n_rows;
}

hebb_status hebb_training_state_init(hebb_training_state *state, const char *folder, const hebb_learner *learner,
                                     void *self, hebb_fingerprint fingerprint, double interval)
{
    hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS];
    *state = (hebb_training_state){.folder = folder, .learner = learner, .self = self, .n_numbers = N_HEAD};
    const size_t n = learner->arrays(self, arrays);
    for (size_t k = 0; k < n; k++) state->n_numbers += array_length(&arrays[k]);
    state->checkpoint = hebb_checkpoint_begin(folder, fingerprint, 0, interval);
    state->begun = hebb_clock_now();
    state->numbers = calloc(state->n_numbers, sizeof *state->numbers);
    return state->numbers != NULL ? HEBB_OK : hebb_fail(HEBB_ENOMEM, "%s: no memory for the training's state", folder);
}

void hebb_training_state_free(hebb_training_state *state)
{
    free(state->rows);
    free(state->seconds);
    free(state->numbers);
    *state = (hebb_training_state){0};
}

/* ---- the log ---- */

static hebb_status add_row(hebb_training_state *state, const double *cells, double seconds)
{
    const size_t length = row_length(state);
    if (state->n_rows == state->room) {
        const size_t room = 2 * state->room + 64;
        double *rows = reallocarray(state->rows, room, length * sizeof *rows);
        if (rows == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for the rows of log.csv", state->folder);
        state->rows = rows;
        double *times = reallocarray(state->seconds, room, sizeof *times);
        if (times == NULL) return hebb_fail(HEBB_ENOMEM, "%s: no memory for the rows of timing.csv", state->folder);
        state->seconds = times;
        state->room = room;
    }
    state->seconds[state->n_rows] = seconds;
    memcpy(state->rows + state->n_rows++ * length, cells, length * sizeof *cells);
    return HEBB_OK;
}

hebb_status hebb_training_state_log(hebb_training_state *state, bool is_checkpoint)
{
    double cells[1 + HEBB_LEARNER_MAX_COLUMNS];
    cells[0] = (double)state->update;
    const hebb_status status = state->learner->log(state->self, state->update, is_checkpoint, cells + 1);
    const double seconds = state->seconds_before + hebb_clock_now() - state->begun;
    return status == HEBB_OK ? add_row(state, cells, seconds) : status;
}

static hebb_status begin_table(const hebb_training_state *state, hebb_table *table, char **path)
{
    *path = NULL;
    hebb_status status = hebb_table_init(table, 1, &update_column);
    for (size_t k = 0; k < state->learner->n_columns && status == HEBB_OK; k++)
        status = hebb_table_add_column(table, state->learner->columns[k]);
    if (status == HEBB_OK && asprintf(path, "%s/log.csv", state->folder) < 0) {
        *path = NULL;
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its files' paths", state->folder);
    }
    return status;
}

static void fill_row(void *context, size_t row, hebb_table *table)
{
    const hebb_training_state *state = context;
    const size_t length = row_length(state);
    for (size_t k = 0; k < length; k++) hebb_table_number(table, state->rows[row * length + k]);
}

static hebb_status save_log(hebb_training_state *state)
{
    hebb_table table = {0};
    char *path;
    hebb_status status = begin_table(state, &table, &path);
    if (status == HEBB_OK)
        status =
            hebb_table_save_rows(&table, &(hebb_table_rows){state->n_rows, fill_row, state}, state->provenance, path);
    free(path);
    hebb_table_free(&table);
    return status;
}

/* The rows up to the present update, n of them, or none where log.csv does not have them. */
static hebb_status read_log(hebb_training_state *state, size_t n)
{
    hebb_table table = {0};
    char *path;
    double cells[1 + HEBB_LEARNER_MAX_COLUMNS];
    hebb_status status = begin_table(state, &table, &path);
    if (status == HEBB_OK) status = hebb_table_read(&table, path);
    for (size_t row = 0; row < n && row < table.n_rows && status == HEBB_OK; row++) {
        for (size_t k = 0; k < row_length(state); k++) cells[k] = hebb_table_cell(&table, row, k)->number;
        if (cells[0] <= (double)state->update) status = add_row(state, cells, NAN);
    }
    free(path);
    hebb_table_free(&table);
    if (status != HEBB_EDATA && status != HEBB_ENOINPUT) return status;
    hebb_diagnostic_clear(); /* a log that is none costs time, nothing else */
    state->n_rows = 0;
    return HEBB_OK;
}

/* ---- times ---- */

/* Of the learner's columns, the one that stands beside the time. */
static size_t find_timed(const hebb_learner *learner)
{
    size_t k = 0;
    while (k + 1 < learner->n_columns && strcmp(learner->columns[k].name, learner->timed) != 0) k++;
    return k;
}

static hebb_status begin_timing(const hebb_training_state *state, hebb_table *table, char **path)
{
    const hebb_learner *learner = state->learner;
    *path = NULL;
    hebb_status status = hebb_table_init(table, 1, &update_column);
    if (status == HEBB_OK) status = hebb_table_add_column(table, seconds_column);
    if (status == HEBB_OK) status = hebb_table_add_column(table, learner->columns[find_timed(learner)]);
    if (status == HEBB_OK && asprintf(path, "%s/timing.csv", state->folder) < 0) {
        *path = NULL;
        status = hebb_fail(HEBB_ENOMEM, "%s: no memory for its files' paths", state->folder);
    }
    return status;
}

static void fill_timing_row(void *context, size_t row, hebb_table *table)
{
    const hebb_training_state *state = context;
    const double *cells = state->rows + row * row_length(state);
    hebb_table_number(table, cells[0]);
    hebb_table_number(table, state->seconds[row]);
    hebb_table_number(table, cells[1 + find_timed(state->learner)]);
}

static hebb_status save_timing(hebb_training_state *state)
{
    hebb_table table = {0};
    char *path;
    if (state->learner->timed == NULL) return HEBB_OK;
    hebb_status status = begin_timing(state, &table, &path);
    if (status == HEBB_OK)
        status = hebb_table_save_rows(&table, &(hebb_table_rows){state->n_rows, fill_timing_row, state},
                                      state->provenance, path);
    free(path);
    hebb_table_free(&table);
    return status;
}

/* The times of the log's rows, as far as they are there. */
static hebb_status read_timing(hebb_training_state *state)
{
    hebb_table table = {0};
    char *path;
    if (state->learner->timed == NULL) return HEBB_OK;
    hebb_status status = begin_timing(state, &table, &path);
    if (status == HEBB_OK) status = hebb_table_read(&table, path);
    for (size_t row = 0; row < state->n_rows && row < table.n_rows && status == HEBB_OK; row++) {
        if (hebb_table_cell(&table, row, 0)->number != state->rows[row * row_length(state)]) break;
        const double seconds = hebb_table_cell(&table, row, 1)->number;
        state->seconds[row] = seconds;
        if (isfinite(seconds)) state->seconds_before = seconds;
    }
    free(path);
    hebb_table_free(&table);
    if (status != HEBB_EDATA && status != HEBB_ENOINPUT) return status;
    hebb_diagnostic_clear();
    return HEBB_OK;
}

/* ---- the state ---- */

static hebb_status gather(hebb_training_state *state)
{
    hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS];
    double *at = state->numbers + N_HEAD;
    state->learner->gather(state->self);
    const size_t n = state->learner->arrays(state->self, arrays);
    for (size_t k = 0; k < n; k++) {
        const size_t length = array_length(&arrays[k]);
        for (size_t i = 0; i < length; i++)
            if (!isfinite(arrays[k].values[i]))
                return hebb_fail(HEBB_EDOM,
                                 "train %s: after update %llu a number of %s is not finite; take a smaller "
                                 "--learning-rate",
                                 state->learner->name, (unsigned long long)state->update, arrays[k].name);
        memcpy(at, arrays[k].values, length * sizeof *at);
        at += length;
    }
    return HEBB_OK;
}

static void scatter(hebb_training_state *state)
{
    hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS];
    const double *at = state->numbers + N_HEAD;
    const size_t n = state->learner->arrays(state->self, arrays);
    for (size_t k = 0; k < n; k++) {
        const size_t length = array_length(&arrays[k]);
        memcpy(arrays[k].values, at, length * sizeof *at);
        at += length;
    }
    state->learner->scatter(state->self);
}

hebb_status hebb_training_state_load(hebb_training_state *state)
{
    const double *head = state->numbers;
    bool found;
    hebb_status status =
        hebb_checkpoint_read(&state->checkpoint, state->n_numbers * sizeof *state->numbers, state->numbers, &found);
    if (status != HEBB_OK || !found) return status;
    state->update = (uint64_t)head[UPDATE];
    status = read_log(state, (size_t)head[ROWS]);
    if (status != HEBB_OK) return status;
    if ((double)state->n_rows < head[ROWS]) {
        state->n_rows = 0;
        state->update = 0;
        return HEBB_OK;
    }
    state->criterion.running = (uint64_t)head[RUNNING];
    state->is_over = head[IS_OVER] != 0.0;
    scatter(state);
    return read_timing(state);
}

hebb_status hebb_training_state_keep(hebb_training_state *state)
{
    hebb_learner_array arrays[HEBB_LEARNER_MAX_ARRAYS];
    const hebb_status status = gather(state);
    if (status != HEBB_OK) return status;
    return hebb_training_folder_save(state->folder, state->update, state->learner->arrays(state->self, arrays), arrays);
}

hebb_status hebb_training_state_save(hebb_training_state *state)
{
    hebb_status status = gather(state);
    if (status == HEBB_OK) status = save_log(state);
    if (status == HEBB_OK) status = save_timing(state);
    if (status != HEBB_OK) return status;
    state->numbers[UPDATE] = (double)state->update;
    state->numbers[RUNNING] = (double)state->criterion.running;
    state->numbers[IS_OVER] = state->is_over;
    state->numbers[ROWS] = (double)state->n_rows;
    status = hebb_checkpoint_save(&state->checkpoint, state->n_numbers * sizeof *state->numbers, state->numbers);
    return status == HEBB_ESTOPPED ? HEBB_OK : status;
}

hebb_status hebb_training_state_peek(const char *folder, hebb_fingerprint fingerprint, uint64_t *update, bool *is_over)
{
    enum { AROUND = 48 }; /* bytes of a checkpoint's head and checksum: checkpoint.h */
    hebb_checkpoint checkpoint = hebb_checkpoint_begin(folder, fingerprint, 0, 0.0);
    struct stat info;
    char *path;
    bool found = false;
    *update = 0;
    *is_over = false;
    if (asprintf(&path, "%s/unit-0.checkpoint", folder) < 0)
        return hebb_fail(HEBB_ENOMEM, "%s: no memory for its files' paths", folder);
    hebb_status status = HEBB_OK;
    double *numbers = NULL;
    if (stat(path, &info) != 0) {
        if (hebb_input_status(errno) != HEBB_ENOINPUT)
            status = hebb_fail(hebb_input_status(errno), "%s: cannot be looked at: %s", path, strerror(errno));
    } else if (S_ISREG(info.st_mode) && info.st_size >= (off_t)(AROUND + N_HEAD * sizeof *numbers)) {
        numbers = malloc((size_t)info.st_size);
        status = numbers != NULL ? hebb_checkpoint_read(&checkpoint, (size_t)info.st_size - AROUND, numbers, &found)
                                 : hebb_fail(HEBB_ENOMEM, "%s: no memory for the training's state", path);
    }
    if (found) {
        *update = (uint64_t)numbers[UPDATE];
        *is_over = numbers[IS_OVER] != 0.0;
    }
    free(numbers);
    free(path);
    return status;
}
