/*
 * gnuplot_tex - a figure's plot.gp drawn once more, its labels set by TeX in a document's own fonts
 *
 * A plot.gp is written for gnuplot's enhanced text.  Its terminal cairolatex gives labels to TeX as they stand, so they
 * are translated, and nothing but what is translated reaches TeX: a label can contain no command.
 *
 * Enhanced text that is understood: {...}, ^ and _ before a character or a group, {/:Italic ...}, {/:Bold ...}; other
 * fonts and sizes change nothing; ~, & and @ are characters.
 */
#ifndef HEBB_ANALYSIS_GNUPLOT_TEX_H
#define HEBB_ANALYSIS_GNUPLOT_TEX_H

#include <stdio.h>
#include "status.h"

/*
 * The script that draws with cairolatex into `picture`, with labels that hebb_gnuplot_tex_document understands:
 *
 *   'pdf svg'                      -> 'pdf', the formats that the script draws in turn
 *   pdfcairo enhanced              -> cairolatex pdf
 *   'figure.' . format             -> 'picture'
 *   {/:Italic X}, {/FONT X}        -> $X$, X: gnuplot does not measure a key by what TeX drops
 *   font ',9', small, (...)        -> and textcolor lt 0, '' lt -1, where the line names no color: the label is smaller,
 *                                     which cairolatex tells by line types alone; other fonts change nothing
 *
 * path     in   of the script, for sentences
 * picture  in   name of a file without quotes, ending in .tex; the pages go beside it, as .pdf
 *
 * HEBB_EDATA when one of the first three is not there just once, or a markup does not end in its line; HEBB_ENOMEM.
 * The caller frees *changed.
 */
HEBB_CHECK_RESULT hebb_status hebb_gnuplot_tex_script(const char *path, const char *script, const char *picture,
                                                      char **changed);

/*
 * Writes a label as TeX: one that stands in a box, needs no package, and is ASCII.  An italic letter is one of math.
 *
 * HEBB_EDATA: braces that do not match, no UTF-8, a character that TeX does not have; the stream's errors are its
 * owner's to see.
 */
HEBB_CHECK_RESULT hebb_status hebb_gnuplot_tex_label(const char *label, FILE *stream);

/*
 * Writes what a document takes with \input: gnuplot's picture, its labels translated, those of line type 0 smaller.
 *
 * path   in   of the picture, for sentences
 * text   in   what gnuplot wrote; changed
 * pages  in   name of the PDF with the curves, beside the file that is written
 *
 * HEBB_EDATA: a label as above, or a line that gnuplot 5.4 does not write.
 */
HEBB_CHECK_RESULT hebb_status hebb_gnuplot_tex_document(const char *path, char *text, const char *pages, FILE *stream);

#endif
