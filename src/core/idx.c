#include "idx.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <zlib.h>

#include "input.h"

enum { DEFLATE_MAX_EXPANSION = 1032, CHUNK = 1 << 14, INFLATE_AT_ONCE = 1 << 30 };

static const unsigned char gzip_magic[2] = {0x1f, 0x8b};

typedef struct {
    const char *path;
    FILE *stream;
    size_t n_bytes; /* of the file as it lies on the disk */
    bool is_gzip;
    bool has_ended; /* the last gzip member, its checksum right */
    z_stream inflater;
    unsigned char chunk[CHUNK];
} source;

typedef struct {
    hebb_array_type type;
    size_t n_dimensions;
    size_t shape[HEBB_ARRAY_MAX_DIMENSIONS];
} header;

static hebb_status source_open(source *s, const char *path)
{
    memset(s, 0, sizeof *s);
    s->path = path;
    hebb_status status = hebb_input_open(path, &s->stream, &s->n_bytes);
    if (status != HEBB_OK) return status;

    unsigned char start[sizeof gzip_magic];
    if (s->n_bytes < sizeof start) return HEBB_OK;
    status = hebb_input_read(path, s->stream, start, sizeof start);
    if (status != HEBB_OK) return status;
    rewind(s->stream);
    if (memcmp(start, gzip_magic, sizeof start) != 0) return HEBB_OK;
    if (inflateInit2(&s->inflater, 16 + MAX_WBITS) != Z_OK) /* 16: gzip's header and checksum */
        return hebb_fail(HEBB_ENOMEM, "%s: no memory to unpack it", path);
    s->is_gzip = true;
    return HEBB_OK;
}

static void source_close(source *s)
{
    if (s->is_gzip) (void)inflateEnd(&s->inflater);
    if (s->stream != NULL) (void)fclose(s->stream);
}

/* The next packed bytes, none at the end of the file. */
static hebb_status refill(source *s)
{
    s->inflater.next_in = s->chunk;
    s->inflater.avail_in = (uInt)fread(s->chunk, 1, sizeof s->chunk, s->stream);
    if (ferror(s->stream)) return hebb_fail(HEBB_EIO, "%s: reading failed: %s", s->path, strerror(errno));
    return HEBB_OK;
}

/* A gzip file may be several ones, concatenated. */
static hebb_status end_member(source *s)
{
    if (s->inflater.avail_in == 0) {
        const hebb_status status = refill(s);
        if (status != HEBB_OK) return status;
    }
    s->has_ended = s->inflater.avail_in == 0;
    if (!s->has_ended && *s->inflater.next_in != gzip_magic[0])
        return hebb_fail(HEBB_EDATA, "%s: other data follow its gzip data; download it again", s->path);
    (void)inflateReset(&s->inflater);
    return HEBB_OK;
}

static hebb_status inflate_some(source *s, unsigned char *into, size_t n_wanted, size_t *n_got)
{
    hebb_status status = s->inflater.avail_in == 0 ? refill(s) : HEBB_OK;
    if (status != HEBB_OK) return status;
    if (s->inflater.avail_in == 0)
        return hebb_fail(HEBB_EDATA, "%s: truncated: its gzip data break off after %zu bytes; download it again",
                         s->path, s->n_bytes);
    const uInt room = n_wanted < INFLATE_AT_ONCE ? (uInt)n_wanted : INFLATE_AT_ONCE;
    s->inflater.next_out = into;
    s->inflater.avail_out = room;
    const int code = inflate(&s->inflater, Z_NO_FLUSH);
    *n_got = room - s->inflater.avail_out;
    if (code == Z_STREAM_END) return end_member(s);
    if (code == Z_OK || code == Z_BUF_ERROR) return HEBB_OK;
    if (code == Z_MEM_ERROR) return hebb_fail(HEBB_ENOMEM, "%s: no memory to unpack it", s->path);
    return hebb_fail(HEBB_EDATA, "%s: corrupt gzip data (%s); download it again", s->path,
                     s->inflater.msg != NULL ? s->inflater.msg : "preset dictionary");
}

/* Fewer than n_wanted only at the end. */
static hebb_status source_read(source *s, void *into, size_t n_wanted, size_t *n_got)
{
    *n_got = 0;
    if (!s->is_gzip) {
        *n_got = fread(into, 1, n_wanted, s->stream);
        return ferror(s->stream) ? hebb_fail(HEBB_EIO, "%s: reading failed: %s", s->path, strerror(errno)) : HEBB_OK;
    }
    while (*n_got < n_wanted && !s->has_ended) {
        size_t n = 0;
        const hebb_status status = inflate_some(s, (unsigned char *)into + *n_got, n_wanted - *n_got, &n);
        if (status != HEBB_OK) return status;
        *n_got += n;
    }
    return HEBB_OK;
}

static hebb_status parse_magic(const char *path, const unsigned char magic[4], header *h)
{
    static const struct {
        unsigned char code;
        hebb_array_type type;
    } types[] = {{0x08, HEBB_ARRAY_U8},  {0x09, HEBB_ARRAY_I8},  {0x0b, HEBB_ARRAY_I16},
                 {0x0c, HEBB_ARRAY_I32}, {0x0d, HEBB_ARRAY_F32}, {0x0e, HEBB_ARRAY_F64}};
    if (magic[0] != 0 || magic[1] != 0)
        return hebb_fail(HEBB_EDATA, "%s: no IDX file: it starts with bytes %02x %02x, not 00 00", path, magic[0],
                         magic[1]);
    h->n_dimensions = magic[3];
    if (h->n_dimensions < 1 || h->n_dimensions > HEBB_ARRAY_MAX_DIMENSIONS)
        return hebb_fail(HEBB_EDATA, "%s: the header promises %zu dimensions, expected 1 to %d; is it an IDX file?",
                         path, h->n_dimensions, HEBB_ARRAY_MAX_DIMENSIONS);
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        if (types[t].code == magic[2]) {
            h->type = types[t].type;
            return HEBB_OK;
        }
    return hebb_fail(HEBB_EDATA, "%s: data type %02x, expected 08, 09, 0b, 0c, 0d or 0e; is it an IDX file?", path,
                     magic[2]);
}

static hebb_status read_header(source *s, header *h)
{
    unsigned char magic[4], sizes[4 * HEBB_ARRAY_MAX_DIMENSIONS];
    size_t n;
    hebb_status status = source_read(s, magic, sizeof magic, &n);
    if (status != HEBB_OK) return status;
    if (n < sizeof magic)
        return hebb_fail(HEBB_EDATA, "%s: no IDX file: only %zu bytes, too few for a header", s->path, n);
    status = parse_magic(s->path, magic, h);
    if (status != HEBB_OK) return status;

    status = source_read(s, sizes, 4 * h->n_dimensions, &n);
    if (status != HEBB_OK) return status;
    if (n < 4 * h->n_dimensions)
        return hebb_fail(HEBB_EDATA, "%s: truncated: %zu bytes, the header alone takes %zu; download it again", s->path,
                         sizeof magic + n, sizeof magic + 4 * h->n_dimensions);
    for (size_t d = 0; d < h->n_dimensions; d++) {
        const unsigned char *b = sizes + 4 * d;
        h->shape[d] = (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
    }
    return HEBB_OK;
}

static hebb_status check_promise(const source *s, const header *h)
{
    const size_t n_promised = hebb_array_n_bytes(h->type, h->n_dimensions, h->shape);
    if (!s->is_gzip) return hebb_input_check_length(s->path, n_promised, s->n_bytes - 4 - 4 * h->n_dimensions);
    if (n_promised / DEFLATE_MAX_EXPANSION <= s->n_bytes) return HEBB_OK;
    return hebb_fail(HEBB_EDATA,
                     "%s: truncated: the header promises %zu bytes of data, more than %zu gzipped ones can hold; "
                     "download it again",
                     s->path, n_promised, s->n_bytes);
}

static hebb_status read_data(source *s, hebb_array *array)
{
    const size_t n_promised = hebb_array_n_bytes(array->type, array->n_dimensions, array->shape);
    size_t n_found, n_left;
    unsigned char left;
    hebb_status status = source_read(s, array->data, n_promised, &n_found);
    if (status != HEBB_OK) return status;
    status = source_read(s, &left, 1, &n_left); /* also has the checksum verified */
    if (status != HEBB_OK) return status;
    if (n_left > 0)
        return hebb_fail(HEBB_EDATA, "%s: more follows the %zu bytes of data that the header promises", s->path,
                         n_promised);
    return hebb_input_check_length(s->path, n_promised, n_found);
}

hebb_status hebb_idx_read(const char *path, size_t max_bytes, hebb_array *array)
{
    *array = (hebb_array){0};
    source s;
    header h = {0};
    hebb_status status = source_open(&s, path);
    if (status != HEBB_OK) goto out;
    status = read_header(&s, &h);
    if (status != HEBB_OK) goto out;
    status = check_promise(&s, &h);
    if (status != HEBB_OK) goto out;
    status = hebb_array_init(array, h.type, h.n_dimensions, h.shape, max_bytes);
    if (status != HEBB_OK) {
        hebb_input_blame(path, status);
        goto out;
    }
    status = read_data(&s, array);
    if (status == HEBB_OK) hebb_array_decode(array, true);
out:
    if (status != HEBB_OK) hebb_array_free(array);
    source_close(&s);
    return status;
}
