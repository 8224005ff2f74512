/*
 * digits - handwritten-looking digits that the program draws itself: data without a download
 *
 * An image is 28 x 28 grey values, 0 the paper, 255 ink, as in MNIST, the digit some 20 pixels high in the middle.  Each
 * of the ten classes is a few strokes (straight lines and quadratic Bezier curves); the random numbers at an image's
 * address move every point of them, scale, slant, shear and shift the whole, and choose the pen's width.  A grey value is
 * the share of a pixel's 8 x 8 points that the pen has covered.
 *
 * All is done in integers, and the random numbers are integers: the bytes are the same on every machine and compiler.
 */
#ifndef HEBB_MODEL_DIGITS_H
#define HEBB_MODEL_DIGITS_H

#include <stdint.h>

enum { HEBB_DIGIT_SIDE = 28, HEBB_DIGIT_PIXELS = HEBB_DIGIT_SIDE * HEBB_DIGIT_SIDE, HEBB_DIGIT_CLASSES = 10 };

/* The digit that an image shows, 0 .. 9: the index modulo 10. */
int hebb_digit_class(uint32_t index);

/*
 * Draws image `index` of a set; images of different (seed, set, index) are independent.
 *
 * pixels  out  HEBB_DIGIT_PIXELS grey values, row-major, the top row first
 *
 * Cost: .1 ms.  Allocates nothing.
 */
void hebb_digit_draw(uint64_t seed, uint32_t set, uint32_t index, uint8_t *pixels);

#endif
