/* table: rows of whole cells, and the same rows when they are written and read again. */
#include "table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

const fuzz_seed fuzz_seeds[] = {FUZZ_SEED("# hebb: 0.1.0\n# seed: 1\nalpha,note\n0.1,ok\n0.2,\n,\"a,\"\"b\"\"\"\n"),
                                FUZZ_SEED("alpha,note\n1e999,-inf\nnan,\" x \"\n"),
                                FUZZ_SEED("alpha,note\n1\n"),
                                FUZZ_SEED("alpha,notes\n"),
                                FUZZ_SEED("alpha\n\"\"\n#\n3\n\"#\"\n"),
                                FUZZ_SEED("alpha,note\n\"1\r\n2\",\r\n"),
                                {NULL, 0}};
const char *const fuzz_words[] = {"alpha,note\n", "alpha\n", "\"", "\"\"",  ",",  "\n",    "\r\n",   "#",  "nan", "inf",
                                  "1e999",        "0x1",     "\t", "\n,\n", "-0", "\",\"", "\"\n\"", "\v", NULL};

static const hebb_column columns[] = {{"alpha", "1", "load"}, {"note", "", "a text"}};

static hebb_status read_table(const char *path, size_t n_columns, hebb_table *table)
{
    FUZZ_EXPECT(hebb_table_init(table, n_columns, columns) == HEBB_OK);
    return hebb_table_read(table, path);
}

static bool same_cell(const hebb_cell *a, const hebb_cell *b)
{
    if (a->text != NULL || b->text != NULL) return a->text != NULL && b->text != NULL && strcmp(a->text, b->text) == 0;
    return (isnan(a->number) && isnan(b->number)) || memcmp(&a->number, &b->number, sizeof a->number) == 0;
}

static void check_written(const hebb_table *table)
{
    char *text = NULL;
    size_t n;
    FILE *stream = open_memstream(&text, &n);
    FUZZ_EXPECT(stream != NULL);
    FUZZ_EXPECT(hebb_table_write(table, NULL, "memory", stream) == HEBB_OK);
    FUZZ_EXPECT(fclose(stream) == 0);
    hebb_table again;
    FUZZ_EXPECT(read_table(fuzz_file(1, text, n), table->n_columns, &again) == HEBB_OK);
    FUZZ_EXPECT(again.n_rows == table->n_rows);
    for (size_t k = 0; k < table->n_cells; k++) FUZZ_EXPECT(same_cell(&table->cells[k], &again.cells[k]));
    hebb_table_free(&again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(0, data, size);
    for (size_t n_columns = 1; n_columns <= sizeof columns / sizeof *columns; n_columns++) {
        hebb_table table;
        if (fuzz_check_status(read_table(path, n_columns, &table), path)) {
            FUZZ_EXPECT(memchr(data, '\0', size) == NULL);
            FUZZ_EXPECT(table.n_cells == table.n_rows * n_columns && table.n_cells <= size);
            check_written(&table);
        }
        hebb_table_free(&table);
    }
    return 0;
}
