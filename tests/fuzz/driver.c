/*
 * driver - runs a harness where there is no libFuzzer
 *
 *   NAME                 the seeds, the inputs that once failed (found/NAME-*), then mutations of both
 *   NAME FILE...         these inputs alone
 *   NAME --corpus FOLDER writes the seeds into FOLDER and the words to FOLDER.dict, for libFuzzer
 *
 * FUZZ_EXECUTIONS (20000), FUZZ_SECONDS (2; whichever ends first) and FUZZ_SEED (1) change the second part.  A child
 * does the work, with half a gigabyte of address space (under ASan: in one piece) and ten seconds for each input.  The
 * input that ends it is in memory that both share: the parent saves it as crash-NAME and says how to repeat it.
 */
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"

enum { MAX_SIZE = 1 << 16, USUAL_SIZE = 1 << 12, MAX_INPUTS = 1000, SECONDS_AN_INPUT = 10, MAX_MUTATIONS = 5 };

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SHADOW 1 /* terabytes of address space */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SHADOW 1
#endif
#endif

#ifdef HAS_SHADOW
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "max_allocation_size_mb=512";
}
#endif

typedef struct {
    size_t n;
    long n_executions;
    uint8_t bytes[MAX_SIZE];
} input;

static input *current; /* shared with the parent */
static fuzz_seed inputs[MAX_INPUTS];
static size_t n_inputs, n_words;
static uint64_t state;

static void die(const char *what)
{
    (void)fprintf(stderr, "fuzz: %s: %s\n", what, strerror(errno));
    exit(99);
}

/* ---- inputs to start from ---- */

static void add_file(const char *path)
{
    FILE *stream = fopen(path, "rb");
    char *bytes = malloc(MAX_SIZE);
    if (stream == NULL || bytes == NULL || n_inputs == MAX_INPUTS) die(path);
    inputs[n_inputs++] = (fuzz_seed){bytes, fread(bytes, 1, MAX_SIZE, stream)};
    if (ferror(stream)) die(path);
    (void)fclose(stream);
}

static void add_seeds(void)
{
    for (size_t k = 0; fuzz_seeds[k].bytes != NULL; k++) inputs[n_inputs++] = fuzz_seeds[k];
    inputs[n_inputs++] = (fuzz_seed){"", 0};
    while (fuzz_words[n_words] != NULL) n_words++;
}

static void add_found(const char *name)
{
    const char *source = getenv("srcdir");
    char pattern[1000];
    glob_t found = {0};
    snprintf(pattern, sizeof pattern, "%s/tests/fuzz/found/%s-*", source != NULL ? source : ".", name);
    if (glob(pattern, 0, NULL, &found) == 0)
        for (size_t k = 0; k < found.gl_pathc; k++) add_file(found.gl_pathv[k]);
    globfree(&found);
}

/* ---- mutations ---- */

/* splitmix64 [S. Vigna, 2015]: any will do, as long as it is the same everywhere. */
static uint64_t draw(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static size_t below(size_t n)
{
    return n > 0 ? (size_t)(draw() % n) : 0;
}

static size_t smaller_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Puts n bytes at `at` in place of n_old; what does not fit is left as it is.  `bytes` may lie in the input. */
static void replace(size_t at, size_t n_old, const void *bytes, size_t n)
{
    static uint8_t piece[MAX_SIZE];
    if (current->n - n_old + n > MAX_SIZE) return;
    memcpy(piece, bytes, n);
    memmove(current->bytes + at + n, current->bytes + at + n_old, current->n - at - n_old);
    memcpy(current->bytes + at, piece, n);
    current->n += n - n_old;
}

static void flip_bit(void)
{
    if (current->n > 0) current->bytes[below(current->n)] ^= (uint8_t)(1U << below(8));
}

static void set_byte(void)
{
    static const char bytes[] = "\0\1\x7f\x80\xff\n\r\"#,:=[]{}'-+.e09 \t\v\x1b\xc2";
    if (current->n > 0) current->bytes[below(current->n)] = (uint8_t)bytes[below(sizeof bytes)];
}

static void truncate_at(void)
{
    current->n = below(current->n + 1);
}

static void erase(void)
{
    const size_t at = below(current->n + 1);
    replace(at, below(smaller_of(current->n - at, 32) + 1), "", 0);
}

static void copy_block(void)
{
    const size_t from = below(current->n + 1), n = below(current->n - from + 1);
    replace(below(current->n + 1), 0, current->bytes + from, n);
}

/* Lines, fields and nested brackets by the thousand, now and then. */
static void repeat_block(void)
{
    const size_t from = below(current->n + 1), n = below(smaller_of(current->n - from, 16) + 1);
    const size_t limit = below(16) == 0 ? MAX_SIZE : USUAL_SIZE;
    for (size_t k = below(1 << below(13)); k > 0 && current->n + n <= limit; k--)
        replace(from, 0, current->bytes + from, n);
}

static void insert_word(void)
{
    if (n_words == 0) return;
    const char *word = fuzz_words[below(n_words)];
    replace(below(current->n + 1), 0, word, strlen(word));
}

static void insert_bytes(void)
{
    const uint64_t bytes = draw();
    replace(below(current->n + 1), 0, &bytes, below(sizeof bytes + 1));
}

static bool is_digit(size_t at)
{
    return current->bytes[at] >= '0' && current->bytes[at] <= '9';
}

/* A run of digits becomes an extreme number, in text. */
static void swap_number(void)
{
    static const char *const extremes[] = {"0",
                                           "-1",
                                           "1e999",
                                           "1e-999",
                                           "nan",
                                           "-inf",
                                           "2147483648",
                                           "4294967296",
                                           "9223372036854775808",
                                           "18446744073709551616",
                                           "0x7f",
                                           "1_000",
                                           "1.7976931348623159e308",
                                           "000000000000000000000000000000001"};
    size_t at = below(current->n + 1), n = 0;
    while (at < current->n && !is_digit(at)) at++;
    while (at + n < current->n && is_digit(at + n)) n++;
    const char *extreme = extremes[below(sizeof extremes / sizeof *extremes)];
    if (n > 0) replace(at, n, extreme, strlen(extreme));
}

/* Four bytes become an extreme number, in binary. */
static void swap_word(void)
{
    static const uint32_t extremes[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x01000000, 0xff000000, 0x0000ffff};
    if (current->n < 4) return;
    memcpy(current->bytes + below(current->n - 3), &extremes[below(sizeof extremes / sizeof *extremes)], 4);
}

/* The rest of another input follows. */
static void splice(void)
{
    const fuzz_seed *other = &inputs[below(n_inputs)];
    const size_t at = below(current->n + 1), from = below(other->n + 1);
    replace(at, current->n - at, other->bytes + from, other->n - from);
}

static void mutate(void)
{
    static void (*const mutations[])(void) = {flip_bit,     set_byte,     truncate_at, erase,
                                              copy_block,   repeat_block, insert_word, insert_word,
                                              insert_bytes, swap_number,  swap_word,   splice};
    const fuzz_seed *seed = &inputs[below(n_inputs)];
    current->n = seed->n;
    memcpy(current->bytes, seed->bytes, seed->n);
    for (size_t k = 1 + below(MAX_MUTATIONS); k > 0; k--) mutations[below(sizeof mutations / sizeof *mutations)]();
}

/* ---- the child ---- */

/* The input is copied to a block of its own size: reading past its end is then seen by a sanitizer. */
static void execute(void)
{
    uint8_t *bytes = malloc(current->n > 0 ? current->n : 1);
    if (bytes == NULL) die("no memory for an input");
    memcpy(bytes, current->bytes, current->n);
    (void)alarm(SECONDS_AN_INPUT);
    (void)LLVMFuzzerTestOneInput(bytes, current->n);
    free(bytes);
    current->n_executions++;
}

static long number_from(const char *variable, long otherwise)
{
    const char *text = getenv(variable);
    return text != NULL ? strtol(text, NULL, 10) : otherwise;
}

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void work(bool with_mutations)
{
#ifndef HAS_SHADOW
    const rlim_t address_space = 1 << 29;
    const struct rlimit limit = {address_space, address_space};
    if (setrlimit(RLIMIT_AS, &limit) != 0) die("setrlimit");
#endif
    for (size_t k = 0; k < n_inputs; k++) {
        current->n = inputs[k].n;
        memcpy(current->bytes, inputs[k].bytes, inputs[k].n);
        execute();
    }
    if (!with_mutations) return;
    const long n = number_from("FUZZ_EXECUTIONS", 20000);
    const double end = now() + (double)number_from("FUZZ_SECONDS", 2);
    state = (uint64_t)number_from("FUZZ_SEED", 1);
    for (long k = 0; k < n && now() < end; k++) {
        mutate();
        execute();
    }
}

/* ---- the parent ---- */

static void say_how_it_ended(int status)
{
    if (!WIFSIGNALED(status))
        (void)fprintf(stderr, "fuzz: exit status %d", WEXITSTATUS(status));
    else if (WTERMSIG(status) == SIGALRM)
        (void)fprintf(stderr, "fuzz: no end after %d seconds", SECONDS_AN_INPUT);
    else
        (void)fprintf(stderr, "fuzz: %s", strsignal(WTERMSIG(status)));
    (void)fprintf(stderr, " after %ld executions\n", current->n_executions);
}

static void save_input(const char *program, const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "crash-%s", name);
    FILE *stream = fopen(path, "wb");
    if (stream == NULL) die(path);
    (void)fwrite(current->bytes, 1, current->n, stream);
    if (fclose(stream) != 0) die(path);
    (void)fprintf(stderr, "fuzz: its input is %s; to repeat it: %s %s\n", path, program, path);
}

static int run(const char *program, const char *name, bool with_mutations)
{
    current = mmap(NULL, sizeof *current, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (current == MAP_FAILED) die("no memory");
    const double start = now();
    const pid_t child = fork();
    if (child < 0) die("fork");
    if (child == 0) {
        work(with_mutations);
        exit(EXIT_SUCCESS);
    }
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) die("waitpid");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        (void)printf("%s: %zu inputs and %ld mutations in %.2f s\n", name, n_inputs,
                     current->n_executions - (long)n_inputs, now() - start);
        return EXIT_SUCCESS;
    }
    say_how_it_ended(status);
    save_input(program, name);
    return EXIT_FAILURE;
}

/* ---- libFuzzer's corpus ---- */

static FILE *create(const char *path)
{
    FILE *stream = fopen(path, "wb");
    if (stream == NULL) die(path);
    return stream;
}

static void write_corpus(const char *folder)
{
    char path[1000];
    for (size_t k = 0; k < n_inputs; k++) {
        snprintf(path, sizeof path, "%s/seed-%zu", folder, k);
        FILE *stream = create(path);
        (void)fwrite(inputs[k].bytes, 1, inputs[k].n, stream);
        if (fclose(stream) != 0) die(path);
    }
    snprintf(path, sizeof path, "%s.dict", folder);
    FILE *stream = create(path);
    for (size_t k = 0; k < n_words; k++) {
        (void)fputc('"', stream);
        for (const char *c = fuzz_words[k]; *c != '\0'; c++) (void)fprintf(stream, "\\x%02x", (unsigned char)*c);
        (void)fputs("\"\n", stream);
    }
    if (fclose(stream) != 0) die(path);
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/'), *name = slash != NULL ? slash + 1 : argv[0];
    if (argc > 1 && strcmp(argv[1], "--corpus") != 0) {
        for (int k = 1; k < argc; k++) add_file(argv[k]);
        return run(argv[0], name, false);
    }
    add_seeds();
    add_found(name);
    if (argc == 3) {
        write_corpus(argv[2]);
        return EXIT_SUCCESS;
    }
    return run(argv[0], name, true);
}
