/*
 * kept_pattern - whether a network at temperature T still holds the pattern at which it was started
 *
 *   kept where its mean overlap with the pattern is at least half of m_1(T), and 0.15, at T < 1;
 *   m_1 = tanh(m_1/T)
 *
 * m_1 is the overlap without any load.  The overlaps of networks that were followed for a while have two peaks: those
 * that kept the pattern, at 0.7 m_1 or more up to the temperature at which retrieval ends, and those that lost it, at
 * what is left of the start in a spin glass, some 0.3 at low T and 0 at high.  The line lies in the valley between
 * them.
 */
#ifndef HEBB_EXPERIMENTS_KEPT_PATTERN_H
#define HEBB_EXPERIMENTS_KEPT_PATTERN_H

/* temperature: T > 0.  The least mean overlap of a network that holds its pattern; infinite for T >= 1, where none does. */
double hebb_kept_pattern_least(double temperature);

#endif
