/**
 * Companies unlike those of {@code simulate}, for measuring only: other people, other habits, gaming made in other ways or of kinds that
 * the catalogue does not list. It shares no code with {@link io.goodhart.simulation}, so that what is found here was not written there.
 */
package io.goodhart.evaluation.unlike;
