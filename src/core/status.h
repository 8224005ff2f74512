/*
 * status - what a function returns, and the sentence that explains a failure
 *
 * Functions return HEBB_OK or a negative code.  One that can say more than the code does (which file, which
 * line, which remedy) leaves through hebb_fail; the sentence waits in the calling thread until somebody prints
 * it.  Libraries never print.  Pure solvers return the bare code: their callers know the names of the inputs.
 */
#ifndef HEBB_CORE_STATUS_H
#define HEBB_CORE_STATUS_H

#define HEBB_CHECK_RESULT __attribute__((warn_unused_result))

typedef enum {
    HEBB_OK = 0,
    HEBB_EUSAGE = -1,      /* unknown name, missing value, text that is no number */
    HEBB_EDOM = -2,        /* a value out of range */
    HEBB_EDATA = -3,       /* malformed input */
    HEBB_ENOINPUT = -4,    /* no such input file */
    HEBB_ENOMEM = -5,      /* more memory than there is */
    HEBB_EIO = -6,         /* reading or writing failed */
    HEBB_ENOCONV = -7,     /* an iteration did not converge */
    HEBB_ENOSOLUTION = -8, /* the equations have no such solution here */
    HEBB_EINTERNAL = -9,   /* a defect of this program */
    HEBB_ESTOPPED = -10    /* asked to stop before the end; what is done is kept */
} hebb_status;

/* The code in a few words, for a failure that left no sentence.  Never NULL; static storage. */
const char *hebb_status_text(hebb_status status);

/*
 * Leaves the sentence (printf format, cut at 1023 bytes, no final newline; control characters become '?') as
 * this thread's diagnostic and returns the status, so that `return hebb_fail(HEBB_EDATA, "%s:%ld: ...", path, line);` is all a refusal takes.
 */
hebb_status hebb_fail(hebb_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* This thread's last sentence, "" when there is none.  Valid until the thread's next hebb_fail or clear. */
const char *hebb_diagnostic(void);

/* Forgets it. */
void hebb_diagnostic_clear(void);

#endif
