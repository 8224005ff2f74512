#include "pgm.h"

#include "atomic_file.h"

hebb_status hebb_pgm_write(const char *path, size_t n_rows, size_t n_columns, const uint8_t *greys)
{
    hebb_atomic_file file;
    const hebb_status status = hebb_atomic_file_open(&file, path);
    if (status != HEBB_OK) return status;
    (void)fprintf(file.stream, "P5\n%zu %zu\n255\n", n_columns, n_rows); /* commit checks the stream */
    (void)fwrite(greys, n_columns, n_rows, file.stream);
    return hebb_atomic_file_commit(&file);
}
