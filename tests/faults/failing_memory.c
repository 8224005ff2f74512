/* Memory that is not given: to hebb, and to the libraries that take an allocator or an answer of NULL. */
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_fft_halfcomplex.h>
#include <gsl/gsl_fft_real.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_permutation.h>
#include <gsl/gsl_roots.h>
#include <jansson.h>
#include <zlib.h>

#include "wrap.h"

WRAP(void, free, (void *block))
{
    failing_drop(block);
    __real_free(block);
}

WRAP(void *, malloc, (size_t n))
{
    return failing_fails(CALL_MEMORY, "malloc", "") ? NULL : failing_keep(__real_malloc(n));
}

WRAP(void *, calloc, (size_t n, size_t size))
{
    return failing_fails(CALL_MEMORY, "calloc", "") ? NULL : failing_keep(__real_calloc(n, size));
}

WRAP(void *, aligned_alloc, (size_t alignment, size_t n))
{
    return failing_fails(CALL_MEMORY, "aligned_alloc", "") ? NULL : failing_keep(__real_aligned_alloc(alignment, n));
}

WRAP(void *, reallocarray, (void *block, size_t n, size_t size))
{
    if (failing_fails(CALL_MEMORY, "reallocarray", "")) return NULL;
    failing_drop(block);
    void *resized = __real_reallocarray(block, n, size);
    if (resized == NULL) (void)failing_keep(block);
    return failing_keep(resized);
}

WRAP(void *, realloc, (void *block, size_t n))
{
    return __wrap_reallocarray(block, n, 1);
}

WRAP(int, pthread_create, (pthread_t * thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context))
{
    return failing_fails(CALL_MEMORY, "pthread_create", "") ? EAGAIN
                                                            : __real_pthread_create(thread, attributes, run, context);
}

WRAP(char *, strdup, (const char *text))
{
    return failing_fails(CALL_MEMORY, "strdup", "") ? NULL : failing_keep(__real_strdup(text));
}

WRAP(char *, strndup, (const char *text, size_t n))
{
    return failing_fails(CALL_MEMORY, "strndup", "") ? NULL : failing_keep(__real_strndup(text, n));
}

/* Without memory the text is undefined. */
WRAP(int, vasprintf, (char **text, const char *format, va_list arguments))
{
    *text = (char *)"never to be read or freed";
    if (failing_fails(CALL_MEMORY, "asprintf", "")) return -1;
    const int length = __real_vasprintf(text, format, arguments);
    if (length >= 0) (void)failing_keep(*text);
    return length;
}

WRAP(int, asprintf, (char **text, const char *format, ...))
{
    va_list arguments;
    va_start(arguments, format);
    const int length = __wrap_vasprintf(text, format, arguments);
    va_end(arguments);
    return length;
}

WRAP(int, __vasprintf_chk, (char **text, int flag, const char *format, va_list arguments))
{
    (void)flag;
    return __wrap_vasprintf(text, format, arguments);
}

WRAP(int, __asprintf_chk, (char **text, int flag, const char *format, ...))
{
    (void)flag;
    va_list arguments;
    va_start(arguments, format);
    const int length = __wrap_vasprintf(text, format, arguments);
    va_end(arguments);
    return length;
}

/* As glibc: without memory for the line the stream's error flag stays clear. */
WRAP(ssize_t, __getdelim, (char **line, size_t *room, int delimiter, FILE *stream))
{
    if (failing_fails(CALL_MEMORY, "getline", "")) return -1;
    failing_drop(*line);
    const ssize_t length = __real___getdelim(line, room, delimiter, stream);
    (void)failing_keep(*line);
    return length;
}

WRAP(ssize_t, getline, (char **line, size_t *room, FILE *stream))
{
    return __wrap___getdelim(line, room, '\n', stream);
}

WRAP(FILE *, open_memstream, (char **text, size_t *size))
{
    return failing_fails(CALL_MEMORY, "open_memstream", "") ? NULL : __real_open_memstream(text, size);
}

/* ---- memory of libraries ---- */

void failing_take_allocators(void)
{
    json_set_alloc_funcs(__wrap_malloc, __wrap_free);
}

WRAP(int, csv_init, (struct csv_parser * parser, unsigned char options))
{
    const int status = __real_csv_init(parser, options);
    csv_set_realloc_func(parser, __wrap_realloc);
    csv_set_free_func(parser, __wrap_free);
    return status;
}

static void *give_to_zlib(void *unused, unsigned n, unsigned size)
{
    (void)unused;
    return __wrap_calloc(n, size);
}

static void take_from_zlib(void *unused, void *block)
{
    (void)unused;
    __wrap_free(block);
}

WRAP(int, inflateInit2_, (z_stream * stream, int bits, const char *version, int size))
{
    stream->zalloc = give_to_zlib;
    stream->zfree = take_from_zlib;
    return __real_inflateInit2_(stream, bits, version, size);
}

WRAP(gsl_eigen_symmv_workspace *, gsl_eigen_symmv_alloc, (const size_t n))
{
    return failing_fails(CALL_MEMORY, "gsl_eigen_symmv_alloc", "") ? NULL : __real_gsl_eigen_symmv_alloc(n);
}

WRAP(gsl_fft_halfcomplex_wavetable *, gsl_fft_halfcomplex_wavetable_alloc, (size_t n))
{
    return failing_fails(CALL_MEMORY, "gsl_fft_halfcomplex_wavetable_alloc", "")
               ? NULL
               : __real_gsl_fft_halfcomplex_wavetable_alloc(n);
}

WRAP(gsl_fft_real_wavetable *, gsl_fft_real_wavetable_alloc, (size_t n))
{
    return failing_fails(CALL_MEMORY, "gsl_fft_real_wavetable_alloc", "") ? NULL
                                                                          : __real_gsl_fft_real_wavetable_alloc(n);
}

WRAP(gsl_fft_real_workspace *, gsl_fft_real_workspace_alloc, (size_t n))
{
    return failing_fails(CALL_MEMORY, "gsl_fft_real_workspace_alloc", "") ? NULL
                                                                          : __real_gsl_fft_real_workspace_alloc(n);
}

WRAP(gsl_min_fminimizer *, gsl_min_fminimizer_alloc, (const gsl_min_fminimizer_type *type))
{
    return failing_fails(CALL_MEMORY, "gsl_min_fminimizer_alloc", "") ? NULL : __real_gsl_min_fminimizer_alloc(type);
}

WRAP(gsl_odeiv2_control *, gsl_odeiv2_control_y_new, (double absolute, double relative))
{
    return failing_fails(CALL_MEMORY, "gsl_odeiv2_control_y_new", "")
               ? NULL
               : __real_gsl_odeiv2_control_y_new(absolute, relative);
}

WRAP(gsl_odeiv2_evolve *, gsl_odeiv2_evolve_alloc, (size_t n))
{
    return failing_fails(CALL_MEMORY, "gsl_odeiv2_evolve_alloc", "") ? NULL : __real_gsl_odeiv2_evolve_alloc(n);
}

WRAP(gsl_odeiv2_step *, gsl_odeiv2_step_alloc, (const gsl_odeiv2_step_type *type, size_t n))
{
    return failing_fails(CALL_MEMORY, "gsl_odeiv2_step_alloc", "") ? NULL : __real_gsl_odeiv2_step_alloc(type, n);
}

WRAP(gsl_permutation *, gsl_permutation_alloc, (const size_t n))
{
    return failing_fails(CALL_MEMORY, "gsl_permutation_alloc", "") ? NULL : __real_gsl_permutation_alloc(n);
}

WRAP(gsl_root_fsolver *, gsl_root_fsolver_alloc, (const gsl_root_fsolver_type *type))
{
    return failing_fails(CALL_MEMORY, "gsl_root_fsolver_alloc", "") ? NULL : __real_gsl_root_fsolver_alloc(type);
}
