#include "digits.h"

#include <stdbool.h>
#include <string.h>

#include "philox.h"

/* The realisation of all digits: no (N, K) has that address. */
static const uint64_t DIGITS = UINT64_C(0xd191757265616c73);

/* ---- strokes: x from 0 to 60 to the right, y from 0 to 100 down ---- */

enum { MAX_STROKE = 20, WIDTH = 60, HEIGHT = 100 };

typedef struct {
    int x, y;
} point;

/* One stroke a digit: where the pen begins, then for each curve its control point and its end. */
typedef struct {
    int n_points;
    point points[MAX_STROKE];
} stroke;

/* A straight line to (x, y): its control point, halfway, is filled in when it is drawn. */
#define LINE_TO(x, y)                                                                                                  \
    {-1, -1},                                                                                                          \
    {                                                                                                                  \
        x, y                                                                                                           \
    }

static const stroke strokes[HEBB_DIGIT_CLASSES] = {
    {9, {{30, 0}, {59, 2}, {58, 50}, {57, 99}, {30, 100}, {2, 99}, {2, 50}, {2, 2}, {31, 1}}},
    {5, {{16, 24}, LINE_TO(34, 0), LINE_TO(33, 100)}},
    {9, {{6, 27}, {8, 0}, {31, 0}, {56, 0}, {54, 29}, {52, 52}, {5, 100}, LINE_TO(58, 99)}},
    {11, {{8, 12}, {18, 0}, {31, 0}, {54, 0}, {53, 24}, {52, 45}, {24, 47}, {57, 47}, {57, 74}, {56, 104}, {5, 92}}},
    {7, {{42, 100}, LINE_TO(43, 0), LINE_TO(3, 67), LINE_TO(60, 66)}},
    {11, {{54, 1}, LINE_TO(15, 0), LINE_TO(10, 45), {19, 36}, {31, 37}, {58, 38}, {57, 68}, {55, 108}, {4, 92}}},
    {11, {{46, 0}, {12, 22}, {6, 62}, {4, 100}, {31, 100}, {57, 100}, {57, 71}, {56, 44}, {33, 44}, {12, 46}, {6, 64}}},
    {5, {{4, 2}, LINE_TO(57, 0), {34, 44}, {24, 100}}},
    {17,
     {{30, 47},
      {7, 41},
      {7, 22},
      {8, 0},
      {30, 0},
      {52, 0},
      {53, 22},
      {53, 40},
      {30, 47},
      {3, 55},
      {4, 76},
      {6, 100},
      {30, 100},
      {55, 100},
      {56, 76},
      {57, 55},
      {30, 47}}},
    {11, {{15, 100}, {50, 84}, {54, 38}, {55, 0}, {30, 0}, {4, 0}, {3, 29}, {4, 56}, {27, 56}, {48, 54}, {54, 36}}},
};

/* ---- the page, in units of 1/512 of a pixel ---- */

enum { PIXEL = 512, POINTS = 8, GRAIN = PIXEL / POINTS, FINE_SIDE = HEBB_DIGIT_SIDE * POINTS, CURVE_STEPS = 10 };

typedef struct {
    bool covered[FINE_SIDE][FINE_SIDE];
    long radius; /* of the pen */
} page;

/* How the digit is written: (x, y) from the middle go to shift + matrix (x, y). */
typedef struct {
    int jitter;           /* every point moves by so much at most */
    int xx, xy, yx, yy;   /* in units of the page for one of the stroke */
    int shift_x, shift_y; /* in units of the page */
    long radius;
} hand;

/* Uniform on low .. high. */
static int draw_between(hebb_stream *stream, int low, int high)
{
    return low + (int)hebb_stream_below(stream, (uint32_t)(high - low + 1));
}

/* At the ends of all ranges the ink is off the outermost pixels: 54 yy + 34 yx + shift and radius are below 13 pixels. */
static hand draw_hand(hebb_stream *stream)
{
    const int middle = HEBB_DIGIT_SIDE * PIXEL / 2;
    hand h = {.jitter = 4};
    h.xx = draw_between(stream, 80, 116); /* 102 make the height 20 pixels */
    h.yy = draw_between(stream, 84, 100);
    h.xy = -draw_between(stream, -14, 26); /* the top leans to the right more often */
    h.yx = draw_between(stream, -6, 6);
    h.shift_x = middle + draw_between(stream, -PIXEL, PIXEL);
    h.shift_y = middle + draw_between(stream, -PIXEL / 2, PIXEL / 2);
    h.radius = draw_between(stream, 15 * PIXEL / 16, 24 * PIXEL / 16);
    return h;
}

static point place(const hand *h, point p)
{
    const int x = p.x - WIDTH / 2, y = p.y - HEIGHT / 2;
    return (point){h->shift_x + h->xx * x + h->xy * y, h->shift_y + h->yx * x + h->yy * y};
}

/* Whether (x, y) is within the pen's radius of the segment a b: products of whole numbers below 2^55. */
static bool is_near(const page *sheet, point a, point b, long x, long y)
{
    const long dx = x - a.x, dy = y - a.y, ex = b.x - a.x, ey = b.y - a.y;
    const long along = dx * ex + dy * ey, length = ex * ex + ey * ey, reach = sheet->radius * sheet->radius;
    if (along <= 0) return dx * dx + dy * dy <= reach;
    if (along >= length) return (x - b.x) * (x - b.x) + (y - b.y) * (y - b.y) <= reach;
    const long across = dx * ey - dy * ex;
    return across * across <= reach * length;
}

static long least(long a, long b)
{
    return a < b ? a : b;
}

static long most(long a, long b)
{
    return a > b ? a : b;
}

/* The points k with low <= GRAIN k + GRAIN/2 <= high are among first .. last. */
static void find_span(long low, long high, long *first, long *last)
{
    *first = most(low, 0) / GRAIN;
    *last = least(most(high, -1) / GRAIN, FINE_SIDE - 1);
}

static void draw_segment(page *sheet, point a, point b)
{
    long left, right, top, bottom;
    find_span(least(a.x, b.x) - sheet->radius - GRAIN, most(a.x, b.x) + sheet->radius, &left, &right);
    find_span(least(a.y, b.y) - sheet->radius - GRAIN, most(a.y, b.y) + sheet->radius, &top, &bottom);
    for (long j = top; j <= bottom; j++)
        for (long i = left; i <= right; i++)
            if (!sheet->covered[j][i] && is_near(sheet, a, b, GRAIN * i + GRAIN / 2, GRAIN * j + GRAIN / 2))
                sheet->covered[j][i] = true;
}

static void draw_curve(page *sheet, point start, point control, point end)
{
    const int n = CURVE_STEPS;
    point last = start;
    for (int k = 1; k <= n; k++) {
        const int a = (n - k) * (n - k), b = 2 * k * (n - k), c = k * k;
        const point next = {(a * start.x + b * control.x + c * end.x) / (n * n),
                            (a * start.y + b * control.y + c * end.y) / (n * n)};
        draw_segment(sheet, last, next);
        last = next;
    }
}

static void draw_stroke(page *sheet, const stroke *path, const hand *h, hebb_stream *stream)
{
    point points[MAX_STROKE];
    for (int k = 0; k < path->n_points; k++) {
        const int x = draw_between(stream, -h->jitter, h->jitter), y = draw_between(stream, -h->jitter, h->jitter);
        points[k] = (point){path->points[k].x + x, path->points[k].y + y};
    }
    for (int k = 1; k < path->n_points; k += 2) /* a line bends a little too */
        if (path->points[k].x < 0)
            points[k] = (point){(points[k - 1].x + points[k + 1].x) / 2 + points[k].x + 1,
                                (points[k - 1].y + points[k + 1].y) / 2 + points[k].y + 1};
    for (int k = 1; k < path->n_points; k += 2)
        draw_curve(sheet, place(h, points[k - 1]), place(h, points[k]), place(h, points[k + 1]));
}

static void develop(const page *sheet, uint8_t *pixels)
{
    for (int row = 0; row < HEBB_DIGIT_SIDE; row++)
        for (int column = 0; column < HEBB_DIGIT_SIDE; column++) {
            int n = 0;
            for (int j = 0; j < POINTS; j++)
                for (int i = 0; i < POINTS; i++) n += sheet->covered[row * POINTS + j][column * POINTS + i];
            pixels[row * HEBB_DIGIT_SIDE + column] = (uint8_t)(255 * n / (POINTS * POINTS));
        }
}

int hebb_digit_class(uint32_t index)
{
    return (int)(index % HEBB_DIGIT_CLASSES);
}

void hebb_digit_draw(uint64_t seed, uint32_t set, uint32_t index, uint8_t *pixels)
{
    page sheet;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(seed, HEBB_DRAW_REAL, DIGITS, set), 0, index);
    const hand h = draw_hand(&stream);
    memset(sheet.covered, 0, sizeof sheet.covered);
    sheet.radius = h.radius;
    draw_stroke(&sheet, &strokes[hebb_digit_class(index)], &h, &stream);
    develop(&sheet, pixels);
}
