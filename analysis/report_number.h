/*
 * report_number - a CSV file's numbers as one reads them: a measured one to two digits of its error, others to a few
 *
 * The numbers come as the file has them, and a text that is none is shown as it is, escaped.  Large and small ones are
 * written a·10^b.  A failure to write is the stream's error flag.
 */
#ifndef HEBB_ANALYSIS_REPORT_NUMBER_H
#define HEBB_ANALYSIS_REPORT_NUMBER_H

#include <stdio.h>

/* "0.9905 ± 0.0011"; the value alone, to six digits, where the error is empty. */
void hebb_report_measured(FILE *stream, const char *value, const char *error);

/* To one digit more than the error is shown with, and six digits where there is none. */
void hebb_report_predicted(FILE *stream, const char *value, const char *error);

/* To two decimals: z. */
void hebb_report_score(FILE *stream, const char *value);

/* To three digits or two decimals: tolerances. */
void hebb_report_rough(FILE *stream, const char *value);

#endif
